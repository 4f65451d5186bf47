INSERT INTO quarantine (stream, reason) VALUES (?1, ?2) ON CONFLICT (stream) DO UPDATE SET reason = excluded.reason
