-- From form 1 to form 2. The old note named a position, which means nothing outside the store it came from: it goes, and the next one
-- is written when the vault is used.
DROP TABLE head_mark;
PRAGMA user_version = 2;
