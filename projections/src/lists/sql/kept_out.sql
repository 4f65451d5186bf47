SELECT case_id FROM case_worker WHERE worker = ?1 AND excluded = 1
