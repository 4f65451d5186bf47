caseload.municipality = :municipality
