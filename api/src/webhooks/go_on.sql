-- Only from where the page was read: somebody may have asked for a replay meanwhile, and that stands.
UPDATE follower SET position = ?2, counted = ?3, last_recorded = ?4
WHERE receiver = ?1 AND position = ?5 AND counted = ?6 AND quiet_to = ?7 AND quiet_before = ?8
