-- Of the case only the notice is shown; it waits also when the case is closed.
SELECT case_id, notice_id, notified_on, told FROM notice
WHERE receiver = ?1
ORDER BY notified_on, case_id, told
