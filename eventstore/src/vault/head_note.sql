-- How far the history was when the vault last looked, in terms that no engine owns: an older history is noticed at the next start.
CREATE TABLE head_note (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    stream   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
