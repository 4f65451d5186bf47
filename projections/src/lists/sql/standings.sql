-- How many open cases there are of each standing, but for those that are told one by one: in which the worker has a part, that wait for an
-- answer of the organisation, or that the worker is kept out of. Read from an index alone, whatever the number of cases. A worker that a
-- scope does not name is NULL, and equals nothing.
SELECT municipality, director_organisation, ever_directed, count(*)
FROM caseload
WHERE {scope} AND phase = 'open' AND NOT {single}
GROUP BY municipality, director_organisation, ever_directed
