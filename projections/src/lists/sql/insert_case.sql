INSERT INTO caseload (
    case_id, municipality, phase, opened_on, closed_on, director, director_since, deputy, deputy_until, parties, gap_since,
    gap_last_day, gap_alert_at, handover_id, handover_successor, handover_planned, departures, departures_unexplained,
    incomplete_consents, changes_in_month, changes_on, names_missing, ever_directed,
    director_organisation, relations, gap_told, last_change, told
) VALUES (
    :case_id, :municipality, :phase, :opened_on, :closed_on, :director, :director_since, :deputy, :deputy_until, :parties,
    :gap_since, :gap_last_day, :gap_alert_at, :handover_id, :handover_successor, :handover_planned, :departures,
    :departures_unexplained, :incomplete_consents, :changes_in_month, :changes_on, :names_missing,
    :ever_directed, :director_organisation, :relations, :gap_told, :last_change, :told
)
