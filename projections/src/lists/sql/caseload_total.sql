SELECT count(*) FROM caseload WHERE {scope} AND phase = 'open'
