SELECT stream, reason FROM quarantine ORDER BY stream
