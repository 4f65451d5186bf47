-- The tombstone speaks first: a destroyed key stays destroyed, whatever else is found.
SELECT tombstone.recorded_at, tombstone.decision, key.epoch, key.wrapped
FROM (SELECT ?1 AS id) AS wanted
LEFT JOIN tombstone ON tombstone.id = wanted.id
LEFT JOIN key ON key.id = wanted.id;
