-- The read database: lists over many cases. It may be thrown away at any moment; every row is a function of a case's history and a
-- day. Allow-list: ids, states, dates of process, keyed digests. Nothing about a person stands here in clear, and a date that
-- follows from a sealed value only as a month.

-- What has been read so far: moves in the transaction that applies.
CREATE TABLE checkpoint (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    filter TEXT NOT NULL,
    -- The policy the rows go by, as a digest.
    policy TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- The civil day the rows speak of: membership, directorship and gaps are read at it.
    day TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE caseload (
    case_id BLOB NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('open', 'closed')),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    director BLOB,
    director_since TEXT,
    deputy BLOB,
    deputy_until TEXT,
    parties INTEGER NOT NULL,
    gap_since TEXT,
    gap_last_day TEXT,
    gap_alert_at INTEGER,
    -- Whether the gap shows to everyone who may know who directs; otherwise whoever counts it looks at the case.
    gap_told INTEGER NOT NULL CHECK (gap_told IN (0, 1)),
    handover_id BLOB,
    handover_successor BLOB,
    handover_planned TEXT,
    -- Whether there ever was a director: from then on access workers see less of it.
    ever_directed INTEGER NOT NULL CHECK (ever_directed IN (0, 1)),
    -- For whom the director works: whose team leads see the case in their lists.
    director_organisation TEXT,
    -- What people are to the case, whole, for the gate: ids and dates (relations.rs).
    relations TEXT NOT NULL,
    departures INTEGER NOT NULL,
    departures_unexplained INTEGER NOT NULL,
    incomplete_consents INTEGER NOT NULL,
    -- Alerts and proposals that wait; of what, and for whom, stands in the case itself.
    told INTEGER NOT NULL,
    -- The month (first day) in which a sealed date changes this row by itself, and the day on which a day of process does.
    changes_in_month TEXT,
    changes_on TEXT,
    -- Whether somebody's name could not be read for want of a key: a fault, to be looked into.
    names_missing INTEGER NOT NULL CHECK (names_missing IN (0, 1)),
    last_change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX caseload_by_director_organisation ON caseload (director_organisation, opened_on, case_id)
    WHERE director_organisation IS NOT NULL;
CREATE INDEX caseload_by_successor ON caseload (handover_successor, case_id) WHERE handover_successor IS NOT NULL;
CREATE INDEX caseload_by_municipality ON caseload (municipality, opened_on, case_id);
CREATE INDEX caseload_by_standing ON caseload (municipality, phase, director_organisation, ever_directed);
CREATE INDEX caseload_by_director_standing ON caseload (director_organisation, phase, municipality, ever_directed)
    WHERE director_organisation IS NOT NULL;
CREATE INDEX caseload_by_gap ON caseload (municipality, gap_since, case_id) WHERE gap_since IS NOT NULL;
CREATE INDEX caseload_by_month ON caseload (changes_in_month) WHERE changes_in_month IS NOT NULL;
CREATE INDEX caseload_by_missing_name ON caseload (case_id) WHERE names_missing = 1;
CREATE INDEX caseload_by_day ON caseload (changes_on) WHERE changes_on IS NOT NULL;

-- Who has a relation of their own to a case on the day, whichever, and who is kept out of it, whatever they are: for the WHERE. What
-- they are to it stands with the case.
CREATE TABLE case_worker (
    case_id BLOB NOT NULL,
    worker BLOB NOT NULL,
    excluded INTEGER NOT NULL CHECK (excluded IN (0, 1)),
    PRIMARY KEY (case_id, worker)
) STRICT, WITHOUT ROWID;

-- Who is told of something that waits, of those who watch over many cases and are to be told of few: the receiver, and the organisation for
-- which they are it. Of what stands in the case itself.
CREATE TABLE told_to (
    case_id BLOB NOT NULL,
    receiver TEXT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (case_id, receiver, organisation)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_to_by_receiver ON told_to (receiver, organisation, case_id);

CREATE INDEX case_worker_by_worker ON case_worker (worker, excluded, case_id);

-- Notices that a consent ended, which their receivers did not confirm. Under which consent, and about whom, stands in the case.
CREATE TABLE notice (
    case_id BLOB NOT NULL,
    notice_id BLOB NOT NULL,
    receiver BLOB NOT NULL,
    notified_on TEXT NOT NULL,
    -- Its place in the history of the case.
    told INTEGER NOT NULL,
    PRIMARY KEY (case_id, notice_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_by_receiver ON notice (receiver, notified_on, case_id, told);

-- Emergency accesses that are open at some moment of the day, and those that nobody reviewed (R03): for who guards privacy. Moments in
-- microseconds.
CREATE TABLE emergency (
    case_id BLOB NOT NULL,
    emergency_id BLOB NOT NULL,
    opened INTEGER NOT NULL,
    over_at INTEGER NOT NULL,
    reviewed INTEGER NOT NULL CHECK (reviewed IN (0, 1)),
    last_review_day TEXT NOT NULL,
    PRIMARY KEY (case_id, emergency_id)
) STRICT, WITHOUT ROWID;

-- Questions to divorce advice teams, with the terms that wait on the day, who accepted, and how the last advice was answered. What was asked,
-- and about whom, stands in the case.
CREATE TABLE sat_request (
    case_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    team TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    accept_by TEXT,
    advise_by TEXT,
    advisor BLOB,
    advised_by BLOB,
    advised_on TEXT,
    answered_on TEXT,
    follows INTEGER CHECK (follows IN (0, 1)),
    intervened_from TEXT,
    intervened_until TEXT,
    PRIMARY KEY (case_id, review_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sat_request_by_team ON sat_request (team, open, asked_on, review_id);
CREATE INDEX sat_request_by_review ON sat_request (review_id);

-- DOnS trajectories that began by the day: for the picture of a year.
CREATE TABLE dons_trajectory (
    case_id BLOB NOT NULL,
    trajectory_id BLOB NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (case_id, trajectory_id)
) STRICT, WITHOUT ROWID;

-- Specialists who are in on the day, with the last day on which their work was expected to end (rule 3).
CREATE TABLE specialist (
    case_id BLOB NOT NULL,
    worker BLOB NOT NULL,
    expected_end TEXT NOT NULL,
    PRIMARY KEY (case_id, worker)
) STRICT, WITHOUT ROWID;

-- The last days of terms that wait in the case, and how many end on each: days of process, without what they are.
CREATE TABLE due (
    case_id BLOB NOT NULL,
    last_day TEXT NOT NULL,
    terms INTEGER NOT NULL,
    PRIMARY KEY (case_id, last_day)
) STRICT, WITHOUT ROWID;

-- The keyed blind index: by what was typed, and by case, so that it goes with the person.
CREATE TABLE search (
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    token BLOB NOT NULL,
    PRIMARY KEY (case_id, person_id, token)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_by_token ON search (token, case_id, person_id);

-- Streams that could not be read: without rows until they can.
CREATE TABLE quarantine (
    stream TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
