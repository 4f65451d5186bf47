INSERT INTO emergency (case_id, emergency_id, opened, over_at, reviewed, last_review_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
