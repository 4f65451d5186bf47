-- The columns and indexes of the history, without its triggers and references: what a bare loop would write.
CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE,
    outer_type TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    batch_end INTEGER NOT NULL,
    command_id BLOB,
    command_index INTEGER,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    metadata_digest BLOB NOT NULL,
    data_digest BLOB NOT NULL,
    metadata BLOB,
    data BLOB
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS events_by_stream ON events (stream, revision);

CREATE UNIQUE INDEX IF NOT EXISTS events_by_command ON events (stream, command_id, command_index) WHERE command_id IS NOT NULL;
