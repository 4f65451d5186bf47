INSERT INTO follower (receiver, source, position, counted, quiet_to, quiet_before, last_recorded, rests_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)
ON CONFLICT (receiver) DO UPDATE SET
    source = excluded.source,
    position = excluded.position,
    counted = excluded.counted,
    quiet_to = excluded.quiet_to,
    quiet_before = excluded.quiet_before,
    last_recorded = excluded.last_recorded
