-- Each trajectory that ran between two days counts once, in the municipalities that ever asked this team: whether the team was asked in it
-- between those days, and whether it spoke with parents itself or stepped in.
WITH asks AS (
    SELECT DISTINCT municipality FROM sat_request JOIN caseload USING (case_id) WHERE team = :team
), ran AS (
    SELECT case_id, trajectory_id, max(since, :first) AS first_day, min(coalesce(until, :last), :last) AS last_day
    FROM dons_trajectory JOIN caseload USING (case_id)
    WHERE municipality IN (SELECT municipality FROM asks) AND since <= :last AND (until IS NULL OR until >= :first)
)
SELECT
    count(*),
    coalesce(sum(EXISTS (
        SELECT 1 FROM sat_request AS asked
        WHERE asked.case_id = ran.case_id AND team = :team AND asked_on BETWEEN first_day AND last_day
    )), 0),
    coalesce(sum(EXISTS (
        SELECT 1 FROM sat_request AS asked
        WHERE asked.case_id = ran.case_id AND team = :team
            AND intervened_from <= last_day AND coalesce(intervened_until, :last) >= first_day
    )), 0)
FROM ran
