INSERT INTO dons_trajectory (case_id, trajectory_id, since, until) VALUES (?1, ?2, ?3, ?4)
