-- NORMAL: a lost power loses the last positions; what followed them is done again, with no effect twice.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA trusted_schema = OFF;
CREATE TABLE IF NOT EXISTS checkpoint (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    filter TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
