INSERT INTO told_to (case_id, receiver, organisation) VALUES (?1, ?2, ?3)
