-- Gaps of which not everyone may know, and those in which the worker has a part: what they may know of it, their relation says.
SELECT case_id FROM caseload
WHERE {scope} AND phase = 'open' AND gap_since IS NOT NULL
    AND (gap_told = 0 OR case_id IN (SELECT case_id FROM case_worker WHERE worker = :worker))
ORDER BY case_id
