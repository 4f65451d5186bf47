INSERT INTO due (case_id, last_day, terms) VALUES (?1, ?2, ?3)
