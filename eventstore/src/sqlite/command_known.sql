-- Whether a command has written in a stream.
SELECT 1
FROM streams AS s
JOIN events AS e ON e.stream = s.id
WHERE s.name = ?1 AND e.command_id = ?2;
