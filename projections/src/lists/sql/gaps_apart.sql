-- Gaps of which not everyone may know, and those that are told one by one: what the worker may know of each, their relation says.
SELECT case_id FROM caseload
WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL AND (gap_told = 0 OR {single})
ORDER BY case_id
