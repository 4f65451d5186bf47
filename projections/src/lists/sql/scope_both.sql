(caseload.director = :worker OR caseload.deputy = :worker OR caseload.municipality = :municipality)
