caseload.case_id IN (SELECT case_id FROM sat_request WHERE team = :organisation AND open = 1 AND (accept_by IS NOT NULL OR advise_by IS NOT NULL))
    AND caseload.case_id NOT IN (SELECT case_id FROM case_worker WHERE worker = :worker AND excluded = 1)
