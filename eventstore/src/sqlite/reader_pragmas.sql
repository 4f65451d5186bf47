PRAGMA query_only = ON;
PRAGMA busy_timeout = 5000;
PRAGMA cache_size = -16384;
PRAGMA trusted_schema = OFF;
