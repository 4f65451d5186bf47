-- Of each of these cases the terms that ended before today and still wait: the earliest last day, and how many.
SELECT case_id, min(last_day), sum(terms) FROM due
WHERE case_id IN (SELECT unhex(value) FROM json_each(:cases)) AND last_day < :today
GROUP BY case_id
