(caseload.director = :scope OR caseload.deputy = :scope)
