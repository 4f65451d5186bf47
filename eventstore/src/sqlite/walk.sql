-- Everything, in order, with what only `verify` looks at.
SELECT e.position, s.name, e.revision, e.id, e.outer_type, e.version, e.recorded_at, e.batch_end, e.previous, e.hash,
    e.metadata, e.data, e.command_id, e.command_index, e.metadata_digest, e.data_digest, e.stream
FROM events AS e
LEFT JOIN streams AS s ON s.id = e.stream
ORDER BY e.position;
