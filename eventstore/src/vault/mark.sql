INSERT INTO head_mark (only, source, position, hash) VALUES (1, ?1, ?2, ?3)
ON CONFLICT (only) DO UPDATE SET source = excluded.source, position = excluded.position, hash = excluded.hash;
