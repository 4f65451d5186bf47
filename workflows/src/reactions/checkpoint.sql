SELECT version, source, filter, position FROM checkpoint WHERE name = ?1
