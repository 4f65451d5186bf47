//! Emergency accesses: of a case, for its director; and over all cases of a municipality, for its privacy officer, who is told at once
//! (R03), and its manager. On which ground and why is the privacy officer's to judge, so it is shown to them; nothing else of the case is.

use async_graphql::connection::Edge;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::case::Case;
use domain::emergency::{EmergencyGround, SixAnswers};
use domain::fact::{Actor, Audience, Role};
use domain::ids::{EmergencyId, Subject, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::Timestamp;
use eventstore::port::StreamName;
use projections::lists::EmergencyListed;
use projections::views::emergency::{EmergencyView, ReviewView, emergencies};

use super::case::CaseNode;
use super::enums::ReviewOutcome;
use super::lists::{BAD_CURSOR, Opened, Rows, USUAL_ROWS, connection, failed, page_size};
use super::scalars::{Day, Moment};
use super::schema::cost_of_rows;
use super::session::Session;
use super::show::{Granted, granted, granted_to, id, organisation, words};
use crate::gate::{Act, Field, Mandate, Operation, Purpose, Target, Topic};
use crate::trail::TrailDraft;

/// The name of the list.
pub const LIST: &str = "emergencies";

const ACCESS: Field = Field::new("emergency", Topic::Emergency);
const WORKER: Field = Field::new("emergency.worker", Topic::Emergency);
const GROUND: Field = Field::new("emergency.ground", Topic::Emergency);
const ANSWERS: Field = Field::new("emergency.answers", Topic::EmergencyWords);
const REASON: Field = Field::new("emergency.reason", Topic::EmergencyWords);
const REVIEW: Field = Field::new("emergency.review", Topic::Emergency);
const FINDING: Field = Field::new("emergency.finding", Topic::EmergencyWords);

/// On what an emergency access rests.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum EmergencyGroundKind {
    /// Somebody's life or health is in danger now.
    VitalInterest,
    /// A conflict of duties, weighed by its six questions.
    ConflictOfDuties,
}

/// The answers to the six questions of a conflict of duties.
#[derive(SimpleObject)]
pub struct SixAnswersNode {
    /// What was done to get consent.
    consent_sought: Option<String>,
    /// Which serious harm keeping silent would do.
    harm: Option<String>,
    /// Why keeping silent is not possible in conscience.
    conscience: Option<String>,
    /// Why there is no other way.
    subsidiarity: Option<String>,
    /// How breaking the silence prevents or limits the harm.
    effect: Option<String>,
    /// Why no more is looked at than is needed.
    proportionality: Option<String>,
}

/// One emergency access.
#[derive(Clone)]
pub struct EmergencyNode {
    case: CaseNode,
    view: Granted<EmergencyView>,
    now: Timestamp,
}

/// What a line says by which a change is noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outline {
    emergency: EmergencyId,
    over_at: Timestamp,
    open: bool,
    reviewed: bool,
    overdue: bool,
}

impl EmergencyNode {
    fn new(case: &CaseNode, view: EmergencyView, now: Timestamp) -> Option<Self> {
        let view = granted(case.mandate(), ACCESS, &[case.subject()], view, |view| &view.access)?;
        Some(Self { case: case.clone(), view, now })
    }

    /// For whom the case is a line of the list: that there was an access, when and by whom, is told whatever was said of its audience.
    fn listed(case: &CaseNode, view: EmergencyView, now: Timestamp) -> Option<Self> {
        let view = granted_to(case.mandate(), ACCESS, &[case.subject()], &Audience::Case, view)?;
        Some(Self { case: case.clone(), view, now })
    }

    /// The emergency accesses of a case, as far as its viewer may know of them.
    #[must_use]
    pub fn of(session: &Session<'_>, case: &CaseNode) -> Vec<Self> {
        let now = session.now();
        let views = case.read(session, emergencies);
        views.into_iter().filter_map(|view| Self::new(case, view, now)).collect()
    }

    /// By which a change is noticed.
    #[must_use]
    pub fn outline(&self) -> Outline {
        Outline {
            emergency: self.view.access.value,
            over_at: self.view.over_at,
            open: self.view.is_open_at(self.now),
            reviewed: self.view.review.is_some(),
            overdue: self.view.is_overdue_on(self.now.day()),
        }
    }

    /// The same line, noted in another draft.
    #[must_use]
    pub fn noting_in(&self, draft: &TrailDraft) -> Self {
        Self { case: self.case.noting_in(draft), view: self.view.clone(), now: self.now }
    }

    fn mandate(&self) -> &Mandate {
        self.case.mandate()
    }

    async fn name(&self, ctx: &Context<'_>, worker: WorkerId) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let loaded = session.services().workers.load(worker.as_uuid()).await;
        let loaded = loaded.map_err(|error| session.unreadable(&error))?;
        let Some(known) = &loaded.history.state().known else { return Ok(None) };
        Ok(self.mandate().see(&Audience::Case, WORKER, &known.name).known().map(|name| name.as_str().to_owned()))
    }
}

/// One emergency access: who opened which case for themself, on which ground, until when, and what somebody else found.
#[Object(name = "EmergencyAccess")]
impl EmergencyNode {
    /// Names the access.
    async fn id(&self) -> ID {
        id(self.view.access.value)
    }

    /// The case.
    async fn case_id(&self) -> ID {
        id(self.case.case_id())
    }

    /// Who has or had it.
    async fn worker_id(&self) -> ID {
        self.mandate().note_made(WORKER, &[Subject::Worker(self.view.worker)]);
        id(self.view.worker)
    }

    /// The name of who has or had it. Absent when the identity provider never introduced them.
    async fn worker_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.name(ctx, self.view.worker).await
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// On which ground.
    async fn ground(&self) -> Option<EmergencyGroundKind> {
        let kind = match self.view.ground {
            EmergencyGround::VitalInterest => EmergencyGroundKind::VitalInterest,
            EmergencyGround::ConflictOfDuties { .. } => EmergencyGroundKind::ConflictOfDuties,
        };
        // Which of the two it is leads to nobody; the words may.
        self.mandate().see_plain(&Audience::Case, GROUND, &[self.case.subject()], kind).known()
    }

    /// The six answers, when the ground is a conflict of duties.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Option<SixAnswersNode>> {
        let EmergencyGround::ConflictOfDuties { answers } = &self.view.ground else { return Ok(None) };
        let session = Session::of(ctx)?;
        let said =
            |answer: &Personal<Text>| words(&session, self.mandate(), ANSWERS, &self.view.access.with(answer.clone()));
        let SixAnswers { consent_sought, harm, conscience, subsidiarity, effect, proportionality } = &**answers;
        Ok(Some(SixAnswersNode {
            consent_sought: said(consent_sought),
            harm: said(harm),
            conscience: said(conscience),
            subsidiarity: said(subsidiarity),
            effect: said(effect),
            proportionality: said(proportionality),
        }))
    }

    /// Why, as written when it was opened. While somebody of the case must not be found, for whoever directs or has an emergency access, and for
    /// the privacy officer, who judges it.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.mandate(), REASON, &self.view.reason))
    }

    /// Since when.
    async fn opened(&self) -> Moment {
        Moment(self.view.since)
    }

    /// When it ends, or ended.
    async fn until(&self) -> Moment {
        Moment(self.view.over_at)
    }

    /// Whether it is open now.
    async fn open(&self) -> bool {
        self.view.is_open_at(self.now)
    }

    /// The last day on which a review is in time.
    async fn review_last_day(&self) -> Day {
        Day(self.view.last_review_day)
    }

    /// Whether nobody reviewed it and that day is over.
    async fn overdue(&self) -> bool {
        self.view.is_overdue_on(self.now.day())
    }

    /// Whether somebody reviewed it.
    async fn reviewed(&self) -> bool {
        self.view.review.is_some()
    }

    /// What somebody else found.
    async fn review(&self) -> Option<EmergencyReviewNode> {
        let review = self.view.review.clone()?;
        let review = granted(self.mandate(), REVIEW, &[self.case.subject()], review, |review| &review.outcome)?;
        Some(EmergencyReviewNode { of: self.clone(), review })
    }
}

/// A review of an emergency access.
pub struct EmergencyReviewNode {
    of: EmergencyNode,
    review: Granted<ReviewView>,
}

/// A review of an emergency access by somebody else than who had it.
#[Object(name = "EmergencyReview")]
impl EmergencyReviewNode {
    /// What it came to.
    async fn outcome(&self) -> ReviewOutcome {
        self.review.outcome.value.into()
    }

    /// In words.
    async fn finding(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.of.mandate(), FINDING, &self.review.finding))
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.review.day)
    }

    /// Who reviewed it.
    async fn by_id(&self) -> ID {
        self.of.mandate().note_made(REVIEW, &[Subject::Worker(self.review.by)]);
        id(self.review.by)
    }

    /// The name of who reviewed it.
    async fn by_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.of.name(ctx, self.review.by).await
    }
}

/// Which lines are asked for; all when nothing is said.
#[derive(Clone, Copy, Default)]
struct Wanted {
    open: Option<bool>,
    unreviewed: Option<bool>,
    overdue: Option<bool>,
}

impl Wanted {
    fn admits(self, found: &EmergencyListed, now: Timestamp) -> bool {
        let fits = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
        fits(self.open, found.row.is_open_at(now))
            && fits(self.unreviewed, !found.row.reviewed)
            && fits(self.overdue, found.row.is_overdue_on(now.day()))
    }
}

/// Where a line stands: it never changes.
fn place(found: &EmergencyListed) -> String {
    format!("{:020}|{}", found.row.opened.micros(), found.row.emergency)
}

/// Emergency accesses of the caller's municipality, first opened first. Who may not know of them finds an empty list: each line is
/// judged by what people are to its case.
async fn waiting(session: &Session<'_>) -> Result<Vec<EmergencyListed>> {
    session.own(LIST, Act::List)?;
    let actor = &session.caller().identity.actor;
    let Some(looking) = looking(actor) else { return Ok(Vec::new()) };
    let listed = session.services().lists.emergencies(actor.organisation.clone()).await;
    let listed = listed.map_err(|fault| failed(session, &fault))?;
    let seen = |found: &EmergencyListed| {
        let stream = StreamName::about(<Case as domain::decider::Decider>::CATEGORY, found.case.as_uuid());
        let target = Target::Row { stream: &stream, revision: None, facts: &found.related };
        session.services().gate.judge_row(session.caller(), looking, target, &TrailDraft::new()).is_ok()
    };
    Ok(listed.into_iter().filter(seen).collect())
}

/// Seeing which accesses wait for a review is giving account of who looked, for the privacy officer, who reads no case; the manager looks at
/// each case as far as a manager may.
fn looking(actor: &Actor) -> Option<Operation> {
    let act = match actor.role {
        Role::PrivacyOfficer => Act::AccessLog,
        Role::Manager => Act::Read,
        _ => return None,
    };
    Some(Operation { name: LIST, act, purposes: &[Purpose::Oversight] })
}

/// The line, from its case. None for a case that cannot be read any more: the others go on.
async fn line(session: &Session<'_>, opened: &mut Opened, found: &EmergencyListed) -> Result<Option<EmergencyNode>> {
    let Some(looking) = looking(&session.caller().identity.actor) else { return Ok(None) };
    let Some(loaded) = opened.case(session, found.case).await? else { return Ok(None) };
    let target = Target::Case(found.case, &loaded.history);
    let judged = session.services().gate.judge_row(session.caller(), looking, target, session.draft());
    let Ok(mandate) = judged else { return Ok(None) };
    let case = CaseNode::with(found.case, loaded, mandate, session.today());
    let view = case.read(session, emergencies).into_iter().find(|view| view.access.value == found.row.emergency);
    Ok(view.and_then(|view| EmergencyNode::listed(&case, view, session.now())))
}

/// The first lines, for a subscription: as many as the largest page has.
///
/// # Errors
/// As the list itself.
pub async fn first_lines(session: &Session<'_>, most: usize) -> Result<Vec<EmergencyNode>> {
    let (mut opened, mut lines) = (Opened::default(), Vec::new());
    for found in waiting(session).await?.iter().take(most) {
        lines.extend(line(session, &mut opened, found).await?);
    }
    Ok(lines)
}

/// The emergency accesses of a municipality.
#[derive(Default)]
pub struct EmergencyQuery;

#[Object]
impl EmergencyQuery {
    /// Emergency accesses in your municipality that are open or that nobody reviewed yet, first opened first: for the privacy officer, and for the
    /// manager without what was written about them.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn emergencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that are open now, or only those that are over.")] open: Option<bool>,
        #[graphql(desc = "Only those that nobody reviewed, or only those that somebody did.")] unreviewed: Option<bool>,
        #[graphql(desc = "Only those whose review is late, or only those whose review is not.")] overdue: Option<bool>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<EmergencyNode>> {
        let session = Session::of(ctx)?;
        let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
        let first = usize::from(page_size(&session, first)?.get());
        let read = |cursor: String| seals.open_cursor(viewer, LIST, &cursor).ok_or(BAD_CURSOR);
        let after = after.map(read).transpose().map_err(|code| session.refuse_code(code))?;
        let (now, wanted) = (session.now(), Wanted { open, unreviewed, overdue });
        let all: Vec<_> = waiting(&session).await?.into_iter().filter(|found| wanted.admits(found, now)).collect();
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let rest = all.iter().filter(|found| after.as_ref().is_none_or(|after| place(found) > *after));
        let rest: Vec<&EmergencyListed> = rest.take(first + 1).collect();
        let (mut opened, mut edges) = (Opened::default(), Vec::new());
        for found in rest.iter().take(first) {
            if let Some(node) = line(&session, &mut opened, found).await? {
                edges.push(Edge::new(seals.cursor(viewer, LIST, &place(found)), node));
            }
        }
        Ok(connection(edges, rest.len() > first, total))
    }
}
