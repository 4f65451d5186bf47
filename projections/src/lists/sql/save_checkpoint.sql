INSERT INTO checkpoint (name, version, source, filter, position, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (name) DO UPDATE SET
    version = excluded.version,
    source = excluded.source,
    filter = excluded.filter,
    position = excluded.position,
    day = excluded.day
