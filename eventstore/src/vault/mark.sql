INSERT INTO head_note (only, stream, revision, hash) VALUES (1, ?1, ?2, ?3)
ON CONFLICT (only) DO UPDATE SET stream = excluded.stream, revision = excluded.revision, hash = excluded.hash;
