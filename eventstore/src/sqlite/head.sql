-- The last event of one stream.
SELECT s.id, e.revision, e.hash, e.recorded_at
FROM streams AS s
JOIN events AS e ON e.stream = s.id
WHERE s.name = ?1
ORDER BY e.revision DESC
LIMIT 1;
