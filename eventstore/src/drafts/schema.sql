-- What somebody is writing and has not recorded. Outside the history, and never part of a copy of it. Each is sealed under a key of its own
-- in the vault; when its time is over that key is destroyed first, and the row goes after it.
PRAGMA application_id = 1380996164; -- "RPTD"
PRAGMA user_version = 1;

CREATE TABLE draft (
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    author   BLOB    NOT NULL CHECK (length(author) = 16),
    key      BLOB    NOT NULL CHECK (length(key) = 16),
    begun_at INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    sealed   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_author ON draft (author);
CREATE INDEX draft_by_end ON draft (until);
