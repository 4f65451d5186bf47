SELECT e.position, s.name, e.revision, e.id, e.outer_type, e.version, e.recorded_at, e.batch_end, e.previous, e.hash,
    e.metadata, e.data
FROM streams AS s
JOIN events AS e ON e.stream = s.id
WHERE s.name = ?1 AND e.revision >= ?2
ORDER BY e.revision;
