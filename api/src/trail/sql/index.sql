-- A disposable index of one file of the trail: ids and times only, each made from an entry that stands there. Whatever is asked is
-- answered from the trail file itself; this only says where to look. Delete it at any time: it is made anew.
CREATE TABLE indexed (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    position INTEGER NOT NULL,
    last BLOB NOT NULL
) STRICT;

CREATE TABLE entries (
    place INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL
) STRICT;

-- What an entry can be found by: `person:…`, `municipality:…`, `operation:…`.
CREATE TABLE marks (
    mark TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (mark, place)
) STRICT, WITHOUT ROWID;
