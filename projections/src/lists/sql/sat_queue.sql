-- Open questions to a team, and those on which an advisor advised: whether that was followed.
SELECT sat_request.case_id, review_id, team, asked_on, open, accept_by, advise_by, advisor, advised_by, advised_on, answered_on, follows,
    intervened_from, intervened_until, relations
FROM sat_request JOIN caseload USING (case_id)
WHERE team = ?1 AND (open = 1 OR advised_by = ?2)
ORDER BY asked_on, review_id
