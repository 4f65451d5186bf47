-- As standings.sql, of gaps that show to everyone who may know who directs.
SELECT municipality IS :organisation, director_organisation IS :organisation, ever_directed, count(*)
FROM caseload
WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL AND gap_told = 1
    AND case_id NOT IN (SELECT case_id FROM case_worker WHERE worker = :worker)
GROUP BY municipality, director_organisation, ever_directed
