-- FULL: a commit returns after the log is on the medium. The readers see a commit only after that.
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA busy_timeout = 5000;
-- Savepoints keep their undo pages in memory; they never need to survive anything.
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
PRAGMA trusted_schema = OFF;
