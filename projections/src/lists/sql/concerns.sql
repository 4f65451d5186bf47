SELECT (SELECT count(*) FROM quarantine), (SELECT count(*) FROM caseload WHERE names_missing = 1)
