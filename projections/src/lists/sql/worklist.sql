SELECT case_id, municipality, phase, opened_on, closed_on, director, director_since, deputy, deputy_until, parties, gap_since,
    gap_last_day, gap_alert_at, handover_id, handover_successor, handover_planned, departures, departures_unexplained,
    incomplete_consents, last_change, relations, told
FROM caseload
WHERE {scope} AND phase = 'open' AND (opened_on, case_id) > (:key, :case)
    -- Whatever gives a line of attention (attention.rs): a case without one waits for nobody.
    AND (
        director IS NULL OR gap_since IS NOT NULL OR handover_id IS NOT NULL OR deputy_until <= :deputies_by
        OR incomplete_consents > 0 OR departures_unexplained > 0 OR told > 0
        OR EXISTS (SELECT 1 FROM due WHERE due.case_id = caseload.case_id AND last_day < :today)
        OR EXISTS (SELECT 1 FROM specialist WHERE specialist.case_id = caseload.case_id AND expected_end < :today)
    )
ORDER BY opened_on, case_id
LIMIT :limit
