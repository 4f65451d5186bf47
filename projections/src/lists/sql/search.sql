-- Every token must be found for the same person. Tokens of other municipalities cannot match: they hang on the municipality's name.
SELECT search.case_id, search.person_id, relations
FROM search JOIN caseload ON caseload.case_id = search.case_id
WHERE search.token IN (SELECT unhex(value) FROM json_each(:tokens)) AND {scope}
GROUP BY search.case_id, search.person_id
HAVING count(*) = :wanted
ORDER BY search.case_id, search.person_id
