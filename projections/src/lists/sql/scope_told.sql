caseload.case_id IN (SELECT case_id FROM told_to WHERE receiver = :receiver AND organisation = :organisation)
    AND caseload.case_id NOT IN (SELECT case_id FROM case_worker WHERE worker = :worker AND excluded = 1)
