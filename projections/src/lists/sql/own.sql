-- The open cases to which the worker has a relation of their own, with what people are to each.
SELECT case_id, relations FROM caseload
WHERE {scope} AND phase = 'open'
ORDER BY case_id
