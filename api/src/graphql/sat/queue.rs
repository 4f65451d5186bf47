//! The queue of a divorce advice team: open questions, anonymous ones too, with the terms left; one's own advices and whether they were
//! followed; what the team was to the trajectories of a year. Each open line is judged by what its reader is to the case.

use async_graphql::connection::Edge;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::case::Case;
use domain::fact::Role;
use domain::ids::{CaseId, ReviewId, Subject};
use domain::time::CivilDay;
use eventstore::port::StreamName;
use projections::lists::{AdviceRow, SatListed};
use uuid::Uuid;

use super::review::SatReviewNode;
use super::{SatRequestNode, request};
use crate::gate::{Act, Field, Operation, Target, Topic};
use crate::graphql::case::CaseNode;
use crate::graphql::input::Read;
use crate::graphql::lists::{BAD_CURSOR, NOT_AVAILABLE, Opened, Rows, USUAL_ROWS, connection, failed, page_size};
use crate::graphql::scalars::Day;
use crate::graphql::schema::cost_of_rows;
use crate::graphql::session::Session;
use crate::graphql::show::id;
use crate::trail::TrailDraft;

/// The name of the list.
const LIST: &str = "satQueue";
/// The name of the review.
const REVIEWS: &str = "satReview";

const LINE: Field = Field::new("satQueue.line", Topic::Sat);
const PICTURE: Field = Field::new("satPicture", Topic::Status);

/// A line of the queue.
pub struct SatQueueLine {
    case: CaseId,
    review: ReviewId,
    asked: CivilDay,
    accept_by: Option<CivilDay>,
    advise_by: Option<CivilDay>,
    today: CivilDay,
    /// One's own advice.
    own: Option<AdviceRow>,
    /// The question itself, while it is open and may be read.
    request: Option<SatRequestNode>,
}

/// A question in the queue of a divorce advice team: open for the team, or one on which you advised.
#[Object]
impl SatQueueLine {
    /// The case, to name in what you do with the question.
    async fn case_id(&self) -> ID {
        id(self.case)
    }

    /// Names the question.
    async fn review_id(&self) -> ID {
        id(self.review)
    }

    /// The day it was asked.
    async fn asked_on(&self) -> Day {
        Day(self.asked)
    }

    /// The last day on which somebody accepts in time. Absent once that does not wait.
    async fn accept_by(&self) -> Option<Day> {
        self.accept_by.map(Day)
    }

    /// The last day on which the team advises in time. Absent once that does not wait.
    async fn advise_by(&self) -> Option<Day> {
        self.advise_by.map(Day)
    }

    /// Whether one of these days is over.
    async fn overdue(&self) -> bool {
        [self.accept_by, self.advise_by].into_iter().flatten().any(|last| last < self.today)
    }

    /// The day on which you advised.
    async fn advised_on(&self) -> Option<Day> {
        self.own.map(|own| Day(own.on))
    }

    /// The day on which your advice was answered.
    async fn answered_on(&self) -> Option<Day> {
        self.own?.answered.map(|(on, _)| Day(on))
    }

    /// Whether your advice is followed. Absent while nobody answered it.
    async fn followed(&self) -> Option<bool> {
        self.own?.answered.map(|(_, follows)| follows)
    }

    /// The question, as far as you may read it. Absent once your access is over.
    async fn request(&self) -> Option<&SatRequestNode> {
        self.request.as_ref()
    }
}

/// What a divorce advice team was to the `DOnS` trajectories of a year, in the municipalities that ask it: exact, for work. A figure for
/// others to read is another matter: there small numbers are left out.
#[derive(SimpleObject)]
pub struct SatPicture {
    /// The year.
    year: i32,
    /// Trajectories that ran in that year.
    trajectories: u32,
    /// Those of them in which your team was asked that year.
    consulted: u32,
    /// Those of them in which your team spoke with parents itself or stepped in that year.
    intervened: u32,
}

/// The work of a divorce advice team.
#[derive(Default)]
pub struct SatQuery;

#[Object]
impl SatQuery {
    /// The questions to your team that are open, anonymous ones too, with the terms left; and those on which you advised, with whether that
    /// was followed. First asked first. Whoever leads the team sees which wait for an answer and by when, and not what was asked.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn sat_queue(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<SatQueueLine>> {
        let session = Session::of(ctx)?;
        let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
        let first = usize::from(page_size(&session, first)?.get());
        let read = |cursor: String| seals.open_cursor(viewer, LIST, &cursor).ok_or(BAD_CURSOR);
        let after = after.map(read).transpose().map_err(|code| session.refuse_code(code))?;
        let all = waiting(&session).await?;
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let rest = all.iter().filter(|found| after.as_ref().is_none_or(|after| place(found) > *after));
        let rest: Vec<&SatListed> = rest.take(first + 1).collect();
        let (mut opened, mut edges) = (Opened::default(), Vec::new());
        for found in rest.iter().take(first) {
            let node = line(&session, &mut opened, found).await?;
            edges.push(Edge::new(seals.cursor(viewer, LIST, &place(found)), node));
        }
        Ok(connection(edges, rest.len() > first, total))
    }

    /// Everything about one question that you may see, in one look: the question and whom it is about, both ladders on one time axis, how
    /// parents are parents beside each other, how far a `DOnS` trajectory is, the plans, what was asked before. Nothing beyond your
    /// mandate.
    async fn sat_review(&self, ctx: &Context<'_>, #[graphql(desc = "The question.")] id: ID) -> Result<SatReviewNode> {
        let session = Session::of(ctx)?;
        let review: ReviewId = session.read(|| id.read("id"))?;
        let found = session.services().lists.sat_question(review).await.map_err(|fault| failed(&session, &fault))?;
        // What is not there takes the same path as what is not for this reader: a case that nobody has.
        let nobodys = CaseId::from_uuid(Uuid::new_v5(&Uuid::NAMESPACE_OID, review.as_uuid().as_bytes()));
        let case = found.map_or(nobodys, |found| found.case);
        let (loaded, mandate) = session.open(case, REVIEWS).await?;
        let case = CaseNode::with(case, loaded, mandate, session.today());
        let Some(request) = request(&session, &case, review) else {
            let refused = session.open(nobodys, REVIEWS).await.err();
            return Err(refused.unwrap_or_else(|| session.refuse_code(NOT_AVAILABLE)));
        };
        Ok(SatReviewNode::new(case, review, request))
    }

    /// What your team was to the `DOnS` trajectories of a year, each counted once.
    async fn sat_picture(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year; this one when absent.")] year: Option<i32>,
    ) -> Result<Option<SatPicture>> {
        let session = Session::of(ctx)?;
        let mandate = session.own("satPicture", Act::List)?;
        let actor = &session.caller().identity.actor;
        let year = year.unwrap_or_else(|| session.today().year());
        let days = CivilDay::from_ymd(year, 1, 1).zip(CivilDay::from_ymd(year, 12, 31));
        let Some(days) = days.filter(|_| actor.role == Role::SatAdvisor) else { return Ok(None) };
        let picture = session.services().lists.sat_picture(actor.organisation.clone(), days).await;
        let picture = picture.map_err(|fault| failed(&session, &fault))?;
        mandate.note_made(PICTURE, &[]);
        let projections::lists::SatPicture { trajectories, consulted, intervened } = picture;
        Ok(Some(SatPicture { year, trajectories, consulted, intervened }))
    }
}

/// Where a line stands: it never changes.
fn place(found: &SatListed) -> String {
    format!("{}|{}", found.row.asked_on, found.row.review)
}

/// Open questions of the caller's team that the caller may know of, and those on which the caller advised.
async fn waiting(session: &Session<'_>) -> Result<Vec<SatListed>> {
    session.own(LIST, Act::List)?;
    let actor = &session.caller().identity.actor;
    if !matches!(actor.role, Role::SatAdvisor | Role::TeamLead) {
        return Ok(Vec::new());
    }
    let listed = session.services().lists.sat_questions(actor.organisation.clone(), actor.worker).await;
    let listed = listed.map_err(|fault| failed(session, &fault))?;
    let seen = |found: &SatListed| {
        let stream = StreamName::about(<Case as domain::decider::Decider>::CATEGORY, found.case.as_uuid());
        let target = Target::Row { stream: &stream, revision: None, facts: &found.related };
        let looking = Operation::looking(LIST, Act::Read);
        session.services().gate.judge_row(session.caller(), looking, target, &TrailDraft::new()).is_ok()
    };
    let excluded = |found: &SatListed| found.related.excluded.contains(&actor.worker);
    let own = |found: &SatListed| found.row.advice.is_some_and(|advice| advice.advisor == actor.worker);
    let listed = listed.into_iter().filter(|found| !excluded(found));
    Ok(listed.filter(|found| own(found) || seen(found)).collect())
}

/// The line. The question stands in it while the case may be opened; of one's own advice on what is closed, the days alone.
async fn line(session: &Session<'_>, opened: &mut Opened, found: &SatListed) -> Result<SatQueueLine> {
    let me = session.caller().identity.actor.worker;
    let case = if found.row.open { opened.case(session, found.case).await? } else { None };
    let case = case.and_then(|loaded| CaseNode::of(session, found.case, loaded));
    let request = case.as_ref().and_then(|case| request(session, case, found.row.review));
    match &case {
        Some(case) => case.mandate().note_made(LINE, &[case.subject()]),
        None => session.own(LIST, Act::List)?.note_made(LINE, &[Subject::Case(found.case)]),
    }
    Ok(SatQueueLine {
        case: found.case,
        review: found.row.review,
        asked: found.row.asked_on,
        accept_by: found.row.accept_by,
        advise_by: found.row.advise_by,
        today: session.today(),
        own: found.row.advice.filter(|advice| advice.advisor == me),
        request,
    })
}
