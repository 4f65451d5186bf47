SELECT e.position, s.name, e.revision, e.id, e.outer_type, e.version, e.recorded_at, e.batch_end, e.previous, e.hash,
    e.metadata, e.data
FROM events AS e
LEFT JOIN streams AS s ON s.id = e.stream
WHERE e.position > ?1
ORDER BY e.position;
