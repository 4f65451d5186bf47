SELECT 1 FROM quarantine WHERE stream = ?1 UNION ALL SELECT 1 FROM caseload WHERE case_id = ?2 LIMIT 1
