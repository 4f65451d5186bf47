INSERT INTO search (case_id, person_id, token) VALUES (?1, ?2, ?3)
