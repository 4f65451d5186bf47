INSERT INTO checkpoint (name, version, source, filter, policy, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (name) DO UPDATE SET
    version = excluded.version,
    source = excluded.source,
    filter = excluded.filter,
    policy = excluded.policy,
    position = excluded.position
