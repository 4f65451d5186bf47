-- The cases whose rows a new day changes without an event: a date of process reached, or a month in which a sealed date falls.
SELECT case_id FROM caseload WHERE changes_on <= ?1
UNION
SELECT case_id FROM caseload WHERE changes_in_month <= ?1
ORDER BY case_id
