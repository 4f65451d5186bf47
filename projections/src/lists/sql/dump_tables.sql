-- Every table but the checkpoint: two databases that read the same history at different moments must agree on these.
SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'checkpoint' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name
