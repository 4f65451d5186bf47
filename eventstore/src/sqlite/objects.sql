-- What the file consists of, to be compared with what this release would have made.
SELECT type || ' ' || name, coalesce(sql, '')
FROM sqlite_schema
WHERE name NOT LIKE 'sqlite\_stat%' ESCAPE '\'
ORDER BY 1;
