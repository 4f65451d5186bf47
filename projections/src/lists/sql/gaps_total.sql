SELECT count(*) FROM caseload WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL
