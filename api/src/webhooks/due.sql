-- What may be tried now, in order; of one case only the first that waits, so that letters about it arrive in order.
SELECT event_id, number, case_id, kind, recorded, tries FROM letter
WHERE receiver = ?1 AND dead_since IS NULL AND due <= ?2
    AND NOT EXISTS (SELECT 1 FROM follower WHERE follower.receiver = ?1 AND rests_until > ?2)
    AND NOT EXISTS (
        SELECT 1 FROM letter AS earlier
        WHERE earlier.receiver = ?1 AND earlier.case_id = letter.case_id AND earlier.dead_since IS NULL
            AND earlier.number < letter.number
    )
ORDER BY number
LIMIT ?3
