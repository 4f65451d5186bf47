-- The open cases that are told one by one, with what people are to each.
SELECT case_id, relations FROM caseload
WHERE {scope} AND phase = 'open'
ORDER BY case_id
