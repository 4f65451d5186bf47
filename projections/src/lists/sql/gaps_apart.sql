SELECT case_id FROM caseload
WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL AND gap_told = 0
ORDER BY case_id
