SELECT relations FROM caseload WHERE case_id = ?1
