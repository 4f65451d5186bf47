//! Emergency accesses that are open, or that nobody reviewed yet: for who guards privacy in the municipality (R03). Ids and times alone:
//! on which ground, and why, stands in the case.

use domain::case::CaseState;
use domain::emergency::Access;
use domain::fact::Organisation;
use domain::ids::{CaseId, EmergencyId};
use domain::time::{CivilDay, Timestamp};
use rusqlite::Connection;

use super::fault::ListsFault;
use super::follower::Lists;
use super::sql;
use crate::relations::Relations;

/// One emergency access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EmergencyRow {
    /// Which.
    pub emergency: EmergencyId,
    /// Since which moment.
    pub opened: Timestamp,
    /// The moment from which it is over.
    pub over_at: Timestamp,
    /// Whether somebody reviewed it.
    pub reviewed: bool,
    /// The last day on which a review is in time.
    pub last_review_day: CivilDay,
}

impl EmergencyRow {
    /// Whether it is open at this moment.
    #[must_use]
    pub fn is_open_at(&self, moment: Timestamp) -> bool {
        self.opened <= moment && moment < self.over_at
    }

    /// Whether a review is late on this day.
    #[must_use]
    pub fn is_overdue_on(&self, day: CivilDay) -> bool {
        !self.reviewed && self.last_review_day < day
    }
}

/// One emergency access, in its case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmergencyListed {
    /// The case.
    pub case: CaseId,
    /// The access.
    pub row: EmergencyRow,
    /// What people are to the case: whoever may not know of it is told nothing, without opening it.
    pub related: Relations,
}

/// Those that nobody reviewed, and those that are open at some moment of the day.
pub(super) fn of(state: &CaseState, day: CivilDay) -> Vec<EmergencyRow> {
    let begin = day.minus_days(1).end();
    let waits = |access: &&Access| access.review.is_none() || access.over_at() > begin;
    let row = |access: &Access| EmergencyRow {
        emergency: access.id,
        opened: access.since,
        over_at: access.over_at(),
        reviewed: access.review.is_some(),
        last_review_day: access.last_review_day,
    };
    state.emergency.all().iter().filter(waits).map(row).collect()
}

impl Lists {
    /// Emergency accesses in the cases of a municipality that are open now or that nobody reviewed, first opened first. All of them: they
    /// are few, and none may stay behind.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn emergencies(&self, municipality: Organisation) -> Result<Vec<EmergencyListed>, ListsFault> {
        let now = self.sources.clock.now();
        self.ask(move |connection| waiting(connection, &municipality, now)).await
    }
}

fn waiting(
    connection: &Connection,
    municipality: &Organisation,
    now: Timestamp,
) -> Result<Vec<EmergencyListed>, ListsFault> {
    let mut statement = connection.prepare_cached(include_str!("sql/emergencies.sql"))?;
    let rows = statement.query_map((municipality.as_str(), now.micros()), |row| {
        Ok(EmergencyListed {
            case: CaseId::from_uuid(sql::id(row, 0)?),
            row: EmergencyRow {
                emergency: EmergencyId::from_uuid(sql::id(row, 1)?),
                opened: Timestamp::from_micros(row.get(2)?),
                over_at: Timestamp::from_micros(row.get(3)?),
                reviewed: row.get(4)?,
                last_review_day: sql::day(row, 5)?,
            },
            related: sql::relations(row, 6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
