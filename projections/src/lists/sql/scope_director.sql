(caseload.director = :worker OR caseload.deputy = :worker)
