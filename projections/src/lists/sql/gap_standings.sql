-- As standings.sql, of gaps that show to everyone who may know who directs.
SELECT municipality, director_organisation, ever_directed, count(*)
FROM caseload
WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL AND gap_told = 1 AND NOT {single}
GROUP BY municipality, director_organisation, ever_directed
