-- The batch that begins with this event, as it was stored.
SELECT s.name, e.position, e.revision, e.id, e.outer_type, e.version, e.recorded_at, e.batch_end, e.command_id, e.command_index,
    e.previous, e.metadata_digest, e.data_digest
FROM events AS first
JOIN events AS e ON e.position BETWEEN first.position AND first.batch_end
JOIN streams AS s ON s.id = e.stream
WHERE first.id = ?1
ORDER BY e.position;
