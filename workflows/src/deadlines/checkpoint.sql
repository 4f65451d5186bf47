SELECT version, source, filter, policy, position FROM checkpoint WHERE name = ?1
