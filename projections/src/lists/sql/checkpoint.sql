SELECT name, version, source, filter, position, day FROM checkpoint
