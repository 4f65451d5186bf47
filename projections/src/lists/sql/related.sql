SELECT municipality, director, deputy, handover_successor, ever_directed FROM caseload WHERE case_id = ?1
