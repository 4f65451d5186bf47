-- How many open cases there are of each standing. A worker or municipality that a scope does not name is NULL, and equals nothing.
SELECT director IS NOT NULL AND director IS :worker, deputy IS NOT NULL AND deputy IS :worker, municipality IS :municipality,
    ever_directed, count(*)
FROM caseload
WHERE (director = :worker OR deputy = :worker OR municipality = :municipality) AND phase = 'open'
    AND (:gaps = 0 OR (gap_since IS NOT NULL AND gap_told = 1))
GROUP BY 1, 2, 3, 4
