-- Keys apart from the history. A row is never moved and never deleted: destroying a key overwrites `wrapped` in place with zeros
-- of the same length, so that no page keeps a copy of it, and adds a tombstone.
PRAGMA application_id = 1380996182; -- "RPTV"
PRAGMA user_version = 2;

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value ANY  NOT NULL
) STRICT;

-- `made` counts up, so that rows are only ever added at the end.
CREATE TABLE key (
    made       INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    generation INTEGER NOT NULL,
    epoch      INTEGER NOT NULL,
    wrapped    BLOB    NOT NULL CHECK (length(wrapped) = 60) -- nonce, key, tag
) STRICT;

CREATE TABLE tombstone (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    recorded_at INTEGER NOT NULL,
    decision    BLOB    NOT NULL CHECK (length(decision) = 16)
) STRICT, WITHOUT ROWID;
