-- The history: one file, append only. Positions and revisions leave no gaps. No row is ever changed or taken out; what must be
-- forgotten is forgotten by destroying its key.
CREATE TABLE store (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- The digests stand beside the bytes, so that a later release may drop the bytes of a destroyed dossier (NULL) and the chain
-- still verifies. This release never writes NULL there. `batch_end` is the position of the last event of the same append.
CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
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

CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);

CREATE UNIQUE INDEX events_by_command ON events (stream, command_id, command_index) WHERE command_id IS NOT NULL;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN
    SELECT raise(ABORT, 'a recorded event is never changed: append a correction');
END;

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN
    SELECT raise(ABORT, 'a recorded event is never deleted: destroy its key in the vault');
END;

-- INSERT OR REPLACE takes the old row out without asking the trigger above.
CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = new.position)
    OR EXISTS (SELECT 1 FROM events WHERE id = new.id)
    OR EXISTS (SELECT 1 FROM events WHERE stream = new.stream AND revision = new.revision)
    OR EXISTS (
        SELECT 1 FROM events
        WHERE stream = new.stream AND command_id = new.command_id AND command_index = new.command_index
    )
BEGIN
    SELECT raise(ABORT, 'a recorded event is never replaced: append a correction');
END;

CREATE TRIGGER streams_refuse_update BEFORE UPDATE ON streams
BEGIN
    SELECT raise(ABORT, 'a stream never changes its name');
END;

CREATE TRIGGER streams_refuse_delete BEFORE DELETE ON streams
BEGIN
    SELECT raise(ABORT, 'a stream is never deleted: destroy its keys in the vault');
END;

CREATE TRIGGER streams_refuse_replace BEFORE INSERT ON streams
WHEN EXISTS (SELECT 1 FROM streams WHERE id = new.id OR name = new.name)
BEGIN
    SELECT raise(ABORT, 'a stream is never replaced');
END;

CREATE TRIGGER store_refuse_update BEFORE UPDATE ON store
BEGIN
    SELECT raise(ABORT, 'a history keeps its own name');
END;

CREATE TRIGGER store_refuse_delete BEFORE DELETE ON store
BEGIN
    SELECT raise(ABORT, 'a history keeps its own name');
END;

CREATE TRIGGER store_refuse_replace BEFORE INSERT ON store
WHEN EXISTS (SELECT 1 FROM store WHERE key = new.key)
BEGIN
    SELECT raise(ABORT, 'a history keeps its own name');
END;
