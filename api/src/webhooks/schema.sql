-- NORMAL: a lost power loses the last rows; what followed them is read and sent once more, under the same ids.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA trusted_schema = OFF;
-- How far the history was read for each receiver; what is quiet is counted and not sent.
CREATE TABLE IF NOT EXISTS follower (
    receiver TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    position INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    quiet_to INTEGER NOT NULL,
    quiet_before INTEGER NOT NULL,
    last_recorded INTEGER NOT NULL,
    rests_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What was not taken yet: ids and moments only.
CREATE TABLE IF NOT EXISTS letter (
    receiver TEXT NOT NULL,
    event_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    case_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'proposal', 'answer')),
    recorded INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    due INTEGER NOT NULL,
    dead_since INTEGER,
    why TEXT,
    PRIMARY KEY (receiver, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS letter_in_order ON letter (receiver, case_id, number) WHERE dead_since IS NULL;
CREATE INDEX IF NOT EXISTS letter_by_number ON letter (receiver, number) WHERE dead_since IS NULL;
