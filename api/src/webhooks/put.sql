-- A letter that is there already stays as it is, with its tries.
INSERT INTO letter (receiver, event_id, number, case_id, kind, recorded, tries, due)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0)
ON CONFLICT (receiver, event_id) DO NOTHING
