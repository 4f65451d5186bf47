-- One that ended by itself is over without another event: whether it is open is asked by the moment.
SELECT emergency.case_id, emergency_id, opened, over_at, reviewed, last_review_day, relations
FROM emergency JOIN caseload USING (case_id)
WHERE municipality = ?1 AND (reviewed = 0 OR over_at > ?2)
ORDER BY opened, emergency_id
