SELECT name, version, source, filter, policy, position, day FROM checkpoint
