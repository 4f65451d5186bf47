-- How many open cases there are of each standing, but for those in which the worker has a part or is kept out of: they are told one by
-- one. Read from an index alone, whatever the number of cases. A worker that a scope does not name is NULL, and equals nothing.
SELECT municipality IS :organisation, director_organisation IS :organisation, ever_directed, count(*)
FROM caseload
WHERE {scope} AND phase = 'open' AND case_id NOT IN (SELECT case_id FROM case_worker WHERE worker = :worker)
GROUP BY municipality, director_organisation, ever_directed
