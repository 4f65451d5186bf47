-- The successor is no director yet: of the case only the offer is shown.
SELECT case_id, handover_id, handover_planned FROM caseload
WHERE handover_successor = ?1 AND phase = 'open'
ORDER BY handover_planned, case_id
