//! Working with each person: the conversation steps by name, what somebody thought of and what came of it, their familiar faces. Nothing of
//! it is counted or hinted at to whoever it is not for.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{ConflictId, PersonId, Subject};
use projections::views::Kept;
use projections::views::steps::{self as views, OptionView, PresenceView, TakenView, TriedView, TrustedView};

use super::case::CaseNode;
use super::conferences::Who;
use super::enums::{ConversationStep, OptionEffect};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
pub const TOPIC: Topic = Topic::Steps;

const STEP: Field = Field::new("steps.step", TOPIC);
const OPTION: Field = Field::new("steps.option", TOPIC);
const TRIED: Field = Field::new("steps.tried", TOPIC);
const TRUSTED: Field = Field::new("steps.trustedContact", TOPIC);
const PRESENCE: Field = Field::new("steps.presence", TOPIC);
const ENDED: Field = Field::new("steps.ended", TOPIC);
const CONFLICT: Field = Field::new("steps.conflict", Topic::Conflict);

/// The steps that were taken, as far as they are for the viewer.
pub fn taken(session: &Session<'_>, case: &CaseNode) -> Vec<TakenStepNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::taken).into_iter().filter_map(|view| TakenStepNode::new(case, view)).collect()
}

/// What people thought of, as far as it is for the viewer.
pub fn options(session: &Session<'_>, case: &CaseNode) -> Vec<OwnOptionNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::options).into_iter().filter_map(|view| OwnOptionNode::new(case, view)).collect()
}

/// Familiar faces, as far as they are for the viewer.
pub fn trusted_contacts(session: &Session<'_>, case: &CaseNode) -> Vec<TrustedContactNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    let named = case.read(session, views::trusted_contacts);
    named.into_iter().filter_map(|view| TrustedContactNode::new(case, view)).collect()
}

/// A conflict that a step or an option names, for whoever may know of it.
fn conflict(case: &CaseNode, named: &Kept<ConflictId>) -> Option<ConflictId> {
    plain(case.mandate(), CONFLICT, &[], named)
}

fn of(person: PersonId) -> [Subject; 1] {
    [Subject::Person(person)]
}

/// A step that was taken with somebody.
pub struct TakenStepNode {
    case: CaseNode,
    view: Granted<TakenView>,
}

impl TakenStepNode {
    fn new(case: &CaseNode, view: TakenView) -> Option<Self> {
        let about = of(view.person);
        let view = granted(case.mandate(), STEP, &about, view, |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }
}

/// A step that was taken in a conversation with one person: by its name, never a number.
#[Object(name = "ConversationStepTaken")]
impl TakenStepNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// With whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Which.
    async fn step(&self) -> ConversationStep {
        self.view.step.into()
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// By which worker.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// What came up, in the person's words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), STEP, kept)))
    }

    /// About which conflict: its energy and flare-ups stand there.
    async fn conflict_id(&self) -> Option<ID> {
        conflict(&self.case, self.view.conflict.as_ref()?).map(id)
    }
}

/// What somebody thought of that they can do themself.
pub struct OwnOptionNode {
    case: CaseNode,
    view: Granted<OptionView>,
}

impl OwnOptionNode {
    fn new(case: &CaseNode, view: OptionView) -> Option<Self> {
        let about = of(view.person);
        let view = granted(case.mandate(), OPTION, &about, view, |view| &view.option)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What somebody thought of that they can do themself, and what came of trying it.
#[Object(name = "OwnOption")]
impl OwnOptionNode {
    /// Names the option.
    async fn id(&self) -> ID {
        id(self.view.option.value)
    }

    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.option.fact)
    }

    /// Who thought of it, and for whom it is.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// With which worker they spoke.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// What, in the person's words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), OPTION, &self.view.words))
    }

    /// About which conflict.
    async fn conflict_id(&self) -> Option<ID> {
        conflict(&self.case, self.view.conflict.as_ref()?).map(id)
    }

    /// What came of trying it, in the order of the days.
    async fn tried(&self) -> Vec<TriedNode> {
        let about = of(self.view.person);
        let tried = |view: &TriedView| {
            let view = granted(self.case.mandate(), TRIED, &about, view.clone(), |view| &view.effect)?;
            Some(TriedNode { case: self.case.clone(), view })
        };
        self.view.tried.iter().filter_map(tried).collect()
    }
}

/// What came of trying an option.
pub struct TriedNode {
    case: CaseNode,
    view: Granted<TriedView>,
}

/// What came of trying an option, as the person says.
#[Object(name = "OptionTried")]
impl TriedNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.effect.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// More rest, no change or more strife.
    async fn effect(&self) -> Option<OptionEffect> {
        personal(self.case.mandate(), TRIED, &self.view.effect).known().map(|effect| (*effect).into())
    }

    /// In words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), TRIED, kept)))
    }

    /// Which familiar faces were there, by their ids.
    async fn present_ids(&self) -> Vec<ID> {
        self.view.present.iter().copied().map(id).collect()
    }
}

/// Whether a familiar face may be there.
#[derive(SimpleObject)]
pub struct TrustedPresence {
    /// The day on which it was said.
    day: Day,
    /// For which day. Absent: each time.
    on: Option<Day>,
    /// Yes or no.
    agrees: Option<bool>,
    /// In words.
    words: Option<String>,
}

/// Somebody's familiar face.
pub struct TrustedContactNode {
    case: CaseNode,
    view: Granted<TrustedView>,
}

impl TrustedContactNode {
    fn new(case: &CaseNode, view: TrustedView) -> Option<Self> {
        let about = of(view.person);
        let view = granted(case.mandate(), TRUSTED, &about, view, |view| &view.trusted)?;
        Some(Self { case: case.clone(), view })
    }

    fn who(&self, session: &Session<'_>) -> Who {
        Who::of(session, &self.case, TRUSTED, &self.view.who)
    }

    fn answer(&self, session: &Session<'_>, view: &PresenceView) -> Option<TrustedPresence> {
        let about = of(self.view.person);
        let mandate = self.case.mandate();
        let view = granted(mandate, PRESENCE, &about, view.clone(), |view| &view.agrees)?;
        Some(TrustedPresence {
            day: Day(view.day),
            on: view.on.map(Day),
            agrees: personal(mandate, PRESENCE, &view.agrees).known().copied(),
            words: view.words.as_ref().and_then(|kept| words(session, mandate, PRESENCE, kept)),
        })
    }
}

/// Somebody's familiar face (vertrouwd gezicht), often not a professional. It gives that one nothing to see.
#[Object(name = "TrustedContact")]
impl TrustedContactNode {
    /// Names the familiar face.
    async fn id(&self) -> ID {
        id(self.view.trusted.value)
    }

    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.trusted.fact)
    }

    /// Who named this one.
    async fn named_by(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// Who it is, when somebody of the family or its network.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<PersonNode>> {
        Ok(self.who(&Session::of(ctx)?).person)
    }

    /// Who it is, when a professional.
    async fn worker(&self, ctx: &Context<'_>) -> Result<Option<WorkerNode>> {
        Ok(self.who(&Session::of(ctx)?).worker)
    }

    /// Who it is, when somebody else: a teacher, a neighbour.
    async fn outside(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.who(&Session::of(ctx)?).outside)
    }

    /// Why this one.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), TRUSTED, kept)))
    }

    /// Whether this one may be there, as the person said, in the order of the days.
    async fn presence(&self, ctx: &Context<'_>) -> Result<Vec<TrustedPresence>> {
        let session = Session::of(ctx)?;
        Ok(self.view.presence.iter().filter_map(|view| self.answer(&session, view)).collect())
    }

    /// The day on which this one was no familiar face any more.
    async fn ended(&self) -> Option<Day> {
        let kept = self.view.ended.as_ref()?;
        plain(self.case.mandate(), ENDED, &of(self.view.person), kept).map(|ended| Day(ended.day))
    }

    /// Why not any more.
    async fn ended_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let reason = self.view.ended.as_ref().and_then(|kept| kept.value.reason.as_ref());
        Ok(reason.and_then(|kept| words(&session, self.case.mandate(), ENDED, kept)))
    }
}
