case_id IN (SELECT case_id FROM case_worker WHERE worker = :worker)
