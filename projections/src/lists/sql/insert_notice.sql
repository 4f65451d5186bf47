INSERT INTO notice (case_id, notice_id, receiver, notified_on, told) VALUES (?1, ?2, ?3, ?4, ?5)
