SELECT case_id, worker, expected_end FROM specialist
WHERE case_id IN (SELECT unhex(value) FROM json_each(:cases))
ORDER BY case_id, expected_end, worker
