INSERT INTO checkpoint (name, version, source, filter, position) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name) DO UPDATE SET
    version = excluded.version,
    source = excluded.source,
    filter = excluded.filter,
    position = excluded.position
