//! Questions to divorce advice teams, and `DOnS` trajectories: for the queue of a team, and for the picture of a year. Ids, states and days
//! of process alone: what was asked, and about whom, stands in the case.

use domain::case::CaseState;
use domain::divorce::{Duo, SAT_ACCEPTANCE_DUE, SAT_ADVICE_DUE, SatReview};
use domain::fact::Organisation;
use domain::ids::{CaseId, ReviewId, TrajectoryId, WorkerId};
use domain::time::CivilDay;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::fault::ListsFault;
use super::follower::Lists;
use super::sql;
use crate::relations::Relations;

/// One question to a team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatRow {
    /// Which.
    pub review: ReviewId,
    /// Which team.
    pub team: Organisation,
    /// The day it was asked.
    pub asked_on: CivilDay,
    /// Whether it is open on the day.
    pub open: bool,
    /// The last day on which an advisor accepts in time, while that waits.
    pub accept_by: Option<CivilDay>,
    /// The last day on which the team advises in time, while that waits.
    pub advise_by: Option<CivilDay>,
    /// The advisor who accepted.
    pub advisor: Option<WorkerId>,
    /// The last advice.
    pub advice: Option<AdviceRow>,
    /// First and last day on which the team spoke with people itself or stepped in.
    pub intervened: Option<(CivilDay, Option<CivilDay>)>,
}

/// The last advice on a question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AdviceRow {
    /// Whose.
    pub advisor: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// The day on which it was answered, and whether it is followed.
    pub answered: Option<(CivilDay, bool)>,
}

/// One `DOnS` trajectory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DonsRow {
    /// Which.
    pub trajectory: TrajectoryId,
    /// First day.
    pub since: CivilDay,
    /// Last day, when it ended.
    pub until: Option<CivilDay>,
}

/// One question, in its case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatListed {
    /// The case.
    pub case: CaseId,
    /// The question.
    pub row: SatRow,
    /// What people are to the case: whoever may not know of it is told nothing, without opening it.
    pub related: Relations,
}

/// What a team was to the `DOnS` trajectories of a year, in the municipalities that ask it: exact, for work. Each trajectory counts once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SatPicture {
    /// Trajectories that ran in that year.
    pub trajectories: u32,
    /// Those of them in which the team was asked that year.
    pub consulted: u32,
    /// Those of them in which the team spoke with parents itself or stepped in that year.
    pub intervened: u32,
}

/// The questions of a case.
pub(super) fn questions(state: &CaseState, day: CivilDay) -> Vec<SatRow> {
    let told = state.divorce.sat_reviews().iter().filter(|review| review.period.since <= day);
    told.map(|review| question(review, day)).collect()
}

fn question(review: &SatReview, day: CivilDay) -> SatRow {
    let open = review.period.holds_on(day);
    let waits = |what| review.term(what).filter(|_| open).map(|due| due.last_day);
    let advice = review.advices.last().map(|advice| AdviceRow {
        advisor: advice.advisor,
        on: advice.on,
        answered: advice.answer.as_ref().map(|answer| (answer.on, answer.follows)),
    });
    let first = review.modes.iter().map(|held| held.period.since).min();
    // One without an end has none, whatever the others have.
    let last: Option<Vec<CivilDay>> = review.modes.iter().map(|held| held.period.until).collect();
    SatRow {
        review: review.id,
        team: review.team.clone(),
        asked_on: review.period.since,
        open,
        accept_by: waits(SAT_ACCEPTANCE_DUE),
        advise_by: waits(SAT_ADVICE_DUE),
        advisor: review.accepted.as_ref().map(|accepted| accepted.advisor),
        advice,
        intervened: first.map(|first| (first, last.and_then(|days| days.into_iter().max()))),
    }
}

/// The trajectories of a case that began by the day.
pub(super) fn trajectories(state: &CaseState, day: CivilDay) -> Vec<DonsRow> {
    let row = |duo: &Duo| DonsRow { trajectory: duo.trajectory, since: duo.period.since, until: duo.period.until };
    state.divorce.duos().iter().filter(|duo| duo.period.since <= day).map(row).collect()
}

impl Lists {
    /// The questions to a team that are open, and those on which this advisor advised, first asked first.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn sat_questions(&self, team: Organisation, advisor: WorkerId) -> Result<Vec<SatListed>, ListsFault> {
        self.ask(move |connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/sat_queue.sql"))?;
            let advisor = advisor.as_uuid();
            let rows = statement.query_map((team.as_str(), &advisor.as_bytes()[..]), listed)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// One question.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn sat_question(&self, review: ReviewId) -> Result<Option<SatListed>, ListsFault> {
        self.ask(move |connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/sat_question.sql"))?;
            Ok(statement.query_row([&review.as_uuid().as_bytes()[..]], listed).optional()?)
        })
        .await
    }

    /// What this team was to the trajectories between these days.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn sat_picture(
        &self,
        team: Organisation,
        (first, last): (CivilDay, CivilDay),
    ) -> Result<SatPicture, ListsFault> {
        self.ask(move |connection| picture(connection, &team, first, last)).await
    }
}

fn picture(
    connection: &Connection,
    team: &Organisation,
    first: CivilDay,
    last: CivilDay,
) -> Result<SatPicture, ListsFault> {
    let mut statement = connection.prepare_cached(include_str!("sql/sat_picture.sql"))?;
    let named = named_params! { ":team": team.as_str(), ":first": first.to_string(), ":last": last.to_string() };
    Ok(statement.query_row(named, |row| {
        Ok(SatPicture { trajectories: row.get(0)?, consulted: row.get(1)?, intervened: row.get(2)? })
    })?)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<SatListed> {
    let team: String = row.get(2)?;
    let advice = match sql::maybe_id(row, 8)? {
        Some(advisor) => {
            let (on, answered_on) = (sql::day(row, 9)?, sql::maybe_day(row, 10)?);
            let answered = match answered_on {
                Some(on) => Some((on, row.get(11)?)),
                None => None,
            };
            Some(AdviceRow { advisor: WorkerId::from_uuid(advisor), on, answered })
        }
        None => None,
    };
    let intervened = match sql::maybe_day(row, 12)? {
        Some(from) => Some((from, sql::maybe_day(row, 13)?)),
        None => None,
    };
    Ok(SatListed {
        case: CaseId::from_uuid(sql::id(row, 0)?),
        row: SatRow {
            review: ReviewId::from_uuid(sql::id(row, 1)?),
            team: sql::short_name(&team, 2)?,
            asked_on: sql::day(row, 3)?,
            open: row.get(4)?,
            accept_by: sql::maybe_day(row, 5)?,
            advise_by: sql::maybe_day(row, 6)?,
            advisor: sql::maybe_id(row, 7)?.map(WorkerId::from_uuid),
            advice,
            intervened,
        },
        related: sql::relations(row, 14)?,
    })
}

/// Writes the rows of a case.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    case: CaseId,
    questions: &[SatRow],
    trajectories: &[DonsRow],
) -> Result<(), ListsFault> {
    let case = case.as_uuid();
    let bytes = |uuid: uuid::Uuid| uuid.as_bytes().to_vec();
    let day = |day: CivilDay| day.to_string();
    for found in questions {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_sat.sql"))?;
        let answered = found.advice.and_then(|advice| advice.answered);
        statement.execute(named_params! {
            ":case_id": bytes(case),
            ":review_id": bytes(found.review.as_uuid()),
            ":team": found.team.as_str(),
            ":asked_on": day(found.asked_on),
            ":open": found.open,
            ":accept_by": found.accept_by.map(day),
            ":advise_by": found.advise_by.map(day),
            ":advisor": found.advisor.map(|advisor| bytes(advisor.as_uuid())),
            ":advised_by": found.advice.map(|advice| bytes(advice.advisor.as_uuid())),
            ":advised_on": found.advice.map(|advice| day(advice.on)),
            ":answered_on": answered.map(|(on, _)| day(on)),
            ":follows": answered.map(|(_, follows)| follows),
            ":intervened_from": found.intervened.map(|(from, _)| day(from)),
            ":intervened_until": found.intervened.and_then(|(_, until)| until).map(day),
        })?;
    }
    for found in trajectories {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_dons.sql"))?;
        let days = (day(found.since), found.until.map(day));
        statement.execute((bytes(case), bytes(found.trajectory.as_uuid()), days.0, days.1))?;
    }
    Ok(())
}
