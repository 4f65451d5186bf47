SELECT worker, expected_end FROM specialist WHERE case_id = ?1 ORDER BY expected_end, worker
