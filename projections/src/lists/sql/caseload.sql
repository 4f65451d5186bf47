SELECT case_id, municipality, phase, opened_on, closed_on, director, director_since, deputy, deputy_until, parties, gap_since,
    gap_last_day, gap_alert_at, handover_id, handover_successor, handover_planned, departures, departures_unexplained,
    incomplete_consents, last_change, relations, told
FROM caseload
WHERE {scope} AND phase = 'open' AND (opened_on, case_id) > (:key, :case)
ORDER BY opened_on, case_id
LIMIT :limit
