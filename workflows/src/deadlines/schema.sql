-- NORMAL: a lost power loses the last rows; what followed them is done again, with no effect twice.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA trusted_schema = OFF;
CREATE TABLE IF NOT EXISTS checkpoint (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    filter TEXT NOT NULL,
    policy TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- When each case is next: an id and a moment, of a day that gives away a birth date the month. What comes then stands in the case.
CREATE TABLE IF NOT EXISTS moment (
    case_id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
