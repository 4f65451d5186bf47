SELECT case_id FROM caseload WHERE names_missing = 1 ORDER BY case_id
