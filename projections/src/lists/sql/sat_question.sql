SELECT sat_request.case_id, review_id, team, asked_on, open, accept_by, advise_by, advisor, advised_by, advised_on, answered_on, follows,
    intervened_from, intervened_until, relations
FROM sat_request JOIN caseload USING (case_id)
WHERE review_id = ?1
