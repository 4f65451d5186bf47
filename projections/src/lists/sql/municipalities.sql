SELECT DISTINCT municipality FROM caseload WHERE {scope}
