-- The successor is no director yet: of the case only the offer is shown. Who is kept out hears nothing of it.
SELECT case_id, handover_id, handover_planned FROM caseload
WHERE handover_successor = ?1 AND phase = 'open'
    AND NOT EXISTS (
        SELECT 1 FROM case_worker AS kept
        WHERE kept.case_id = caseload.case_id AND kept.worker = ?1 AND kept.excluded = 1
    )
ORDER BY handover_planned, case_id
