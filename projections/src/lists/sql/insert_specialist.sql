INSERT INTO specialist (case_id, worker, expected_end) VALUES (?1, ?2, ?3)
