-- NORMAL: a lost power loses the last rows together with their checkpoint, never one without the other.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
-- What was taken out is overwritten: an erased person's tokens do not stay behind in a free page.
PRAGMA secure_delete = ON;
PRAGMA busy_timeout = 5000;
PRAGMA temp_store = MEMORY;
PRAGMA trusted_schema = OFF;
