caseload.municipality = :organisation AND caseload.case_id NOT IN (SELECT case_id FROM case_worker WHERE worker = :worker AND excluded = 1)
