case_id IN (SELECT case_id FROM sat_request WHERE team = :organisation AND open = 1 AND (accept_by IS NOT NULL OR advise_by IS NOT NULL))
