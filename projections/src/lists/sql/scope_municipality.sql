caseload.municipality = :scope
