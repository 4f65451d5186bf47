INSERT OR IGNORE INTO case_worker (case_id, worker, excluded) VALUES (?1, ?2, ?3)
