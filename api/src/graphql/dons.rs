//! A `DOnS` trajectory as somebody may see it: conversations held and not held, how far it is, goals of the parents, what stands in the way.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::divorce::{DonsKindProgress, DonsProgress};
use domain::ids::{PersonId, Subject, TrajectoryId};
use projections::views::Kept;
use projections::views::dons::{
    BarrierView, ConversationView, DeviationView, DonsView, EndingView, ParentGoalView, StepView, dons,
};

use super::case::CaseNode;
use super::enums::{BarrierKind, DonsConversationKind, DonsSubGoal, GoalStep};
use super::life::shows_rule;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, knows, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What happens in a trajectory is about this, for the policy.
const TOPIC: Topic = Topic::Dons;

const PROGRESS: Field = Field::new("dons.progress", TOPIC);
const CONVERSATION: Field = Field::new("dons.conversation", TOPIC);
const WORDS: Field = Field::new("dons.words", TOPIC);
const GOAL: Field = Field::new("dons.goal", TOPIC);
const BARRIER: Field = Field::new("dons.barrier", TOPIC);
const ENDING: Field = Field::new("dons.ending", TOPIC);

/// How far a kind of conversation is, beside what is usual.
#[derive(SimpleObject)]
pub struct DonsKindCount {
    /// Which kind.
    kind: DonsConversationKind,
    /// How many were held.
    held: u32,
    /// How many are usual, at least.
    usual_least: u32,
    /// How many are usual, at most.
    usual_most: u32,
    /// How many were planned and not held: neither held nor a deviation.
    not_held: u32,
    /// How many of those held went otherwise than usual.
    deviations: u32,
}

impl From<DonsKindProgress> for DonsKindCount {
    fn from(progress: DonsKindProgress) -> Self {
        Self {
            kind: progress.kind.into(),
            held: progress.held,
            usual_least: progress.usual.least(),
            usual_most: progress.usual.most(),
            not_held: progress.not_held,
            deviations: progress.deviations,
        }
    }
}

/// How far a trajectory is, as figures.
pub struct DonsProgressNode {
    case: CaseNode,
    trajectory: TrajectoryId,
    progress: DonsProgress,
}

impl DonsProgressNode {
    /// The progress, for who may see it under this field.
    fn seen(case: &CaseNode, field: Field, kept: &Kept<(TrajectoryId, DonsProgress)>) -> Option<Self> {
        let (trajectory, progress) = plain(case.mandate(), field, &[case.subject()], kept)?;
        Some(Self { case: case.clone(), trajectory, progress })
    }

    /// The figures alone, under a field of who asks for them: for a divorce advice team.
    #[must_use]
    pub fn figures(session: &Session<'_>, case: &CaseNode, field: Field) -> Option<Self> {
        Self::seen(case, field, case.read(session, dons).progress.as_ref()?)
    }
}

/// How far a `DOnS` trajectory is beside what is usual. Usual is no law: outside it a conversation is explained and shows as a deviation.
#[Object(name = "DonsProgress")]
impl DonsProgressNode {
    /// The trajectory.
    async fn trajectory(&self) -> ID {
        id(self.trajectory)
    }

    /// Each kind of conversation, in the usual order.
    async fn kinds(&self) -> Vec<DonsKindCount> {
        self.progress.kinds.iter().copied().map(Into::into).collect()
    }

    /// How many conversations went otherwise than usual.
    async fn deviations(&self) -> u32 {
        self.progress.kinds.iter().map(|kind| kind.deviations).sum()
    }

    /// Minutes logged, with preparing and writing up.
    async fn minutes(&self) -> i64 {
        i64::try_from(self.progress.minutes).unwrap_or(i64::MAX)
    }

    /// The same in whole hours.
    async fn hours(&self) -> i64 {
        i64::try_from(self.progress.minutes / 60).unwrap_or(i64::MAX)
    }

    /// About how many hours a trajectory takes: information, no limit.
    async fn usual_hours(&self) -> u32 {
        self.progress.usual_hours
    }

    /// The parents who were spoken with alone.
    async fn parents_alone(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.progress.parents_alone)
    }
}

fn persons(case: &CaseNode, persons: &[PersonId]) -> Vec<PersonNode> {
    persons.iter().filter_map(|person| case.person(*person)).collect()
}

fn about(case: &CaseNode, persons: &[PersonId]) -> Vec<Subject> {
    std::iter::once(case.subject()).chain(case.reached(persons)).collect()
}

/// Everything that is told of trajectories, to who may see it.
fn told(session: &Session<'_>, case: &CaseNode) -> Option<DonsView> {
    case.mandate().covers(TOPIC).then(|| case.read(session, dons))
}

/// How far the trajectory of the day is, or the last one.
pub fn progress(session: &Session<'_>, case: &CaseNode) -> Option<DonsProgressNode> {
    DonsProgressNode::seen(case, PROGRESS, told(session, case)?.progress.as_ref()?)
}

/// Conversations, in order of the day.
pub fn conversations(session: &Session<'_>, case: &CaseNode) -> Vec<DonsConversationNode> {
    let all = told(session, case).map(|view| view.conversations).unwrap_or_default();
    all.into_iter().filter_map(|view| DonsConversationNode::new(case, view)).collect()
}

/// Goals of the parents, in the order told.
pub fn goals(session: &Session<'_>, case: &CaseNode) -> Vec<ParentGoalNode> {
    let all = told(session, case).map(|view| view.goals).unwrap_or_default();
    all.into_iter().filter_map(|view| ParentGoalNode::new(case, view)).collect()
}

/// What stands in the way or did, in the order told.
pub fn barriers(session: &Session<'_>, case: &CaseNode) -> Vec<BarrierNode> {
    let all = told(session, case).map(|view| view.barriers).unwrap_or_default();
    all.into_iter().filter_map(|view| BarrierNode::new(case, view)).collect()
}

/// How this trajectory ended.
pub fn ending(session: &Session<'_>, case: &CaseNode, trajectory: TrajectoryId) -> Option<DonsEndingNode> {
    let all = told(session, case)?.endings;
    let found = all.into_iter().find(|ending| ending.value.trajectory == trajectory)?;
    let view = plain(case.mandate(), ENDING, &[case.subject()], &found)?;
    Some(DonsEndingNode { case: case.clone(), view })
}

/// A conversation of a trajectory.
pub struct DonsConversationNode {
    case: CaseNode,
    view: Granted<ConversationView>,
}

impl DonsConversationNode {
    fn new(case: &CaseNode, view: ConversationView) -> Option<Self> {
        let present = view.held.as_ref().map_or(view.absent.as_slice(), |held| held.present.as_slice());
        let about = about(case, present);
        let view = granted(case.mandate(), CONVERSATION, &about, view, |view| &view.conversation)?;
        Some(Self { case: case.clone(), view })
    }
}

/// Where a conversation went otherwise than usual.
#[derive(SimpleObject)]
pub struct DonsDeviation {
    /// Which rule, as a stable word: `dons_pattern`, `dons_attendance` or `safety_before_joint_talk`.
    rule: String,
    /// Why. Absent while nobody explained it.
    explanation: Option<String>,
}

/// A conversation of a `DOnS` trajectory, held or not held.
#[Object(name = "DonsConversation")]
impl DonsConversationNode {
    /// Names the conversation.
    async fn id(&self) -> ID {
        id(self.view.conversation.value)
    }

    /// Which kind.
    async fn kind(&self) -> DonsConversationKind {
        self.view.kind.into()
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// Whether it was held. One that was not counts as neither held nor a deviation.
    async fn held(&self) -> bool {
        self.view.held.is_some()
    }

    /// Who of the family was present.
    async fn present(&self) -> Vec<PersonNode> {
        self.view.held.as_ref().map(|held| persons(&self.case, &held.present)).unwrap_or_default()
    }

    /// Whether they were spoken with one after the other.
    async fn apart(&self) -> Option<bool> {
        self.view.held.as_ref().map(|held| held.apart)
    }

    /// Which workers were present.
    async fn representatives(&self) -> Vec<WorkerNode> {
        let Some(held) = &self.view.held else { return Vec::new() };
        let seen = plain(self.case.mandate(), CONVERSATION, &[self.case.subject()], &held.representatives);
        let node = |worker| WorkerNode::new(worker, self.case.mandate().clone());
        seen.unwrap_or_default().into_iter().map(node).collect()
    }

    /// How long it lasted, in minutes.
    async fn minutes(&self) -> Option<u32> {
        self.view.held.as_ref().map(|held| held.minutes)
    }

    /// How long it took to prepare and write up, in minutes.
    async fn preparation_minutes(&self) -> u32 {
        self.view.preparation
    }

    /// What it was about.
    async fn topics(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let session = Session::of(ctx)?;
        let Some(held) = &self.view.held else { return Ok(Vec::new()) };
        Ok(held.topics.iter().filter_map(|kept| words(&session, self.case.mandate(), WORDS, kept)).collect())
    }

    /// On which sub-goals it worked.
    async fn sub_goals(&self) -> Vec<DonsSubGoal> {
        let held = self.view.held.as_ref().map(|held| held.sub_goals.as_slice()).unwrap_or_default();
        held.iter().copied().map(Into::into).collect()
    }

    /// What came of it.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.held.as_ref().and_then(|held| held.words.as_ref());
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Of one that was not held, who did not come.
    async fn absent(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.absent)
    }

    /// Of one that was not held, why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.reason.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Where it went otherwise than usual, each with its explanation.
    async fn deviations(&self, ctx: &Context<'_>) -> Result<Vec<DonsDeviation>> {
        let session = Session::of(ctx)?;
        let Some(held) = &self.view.held else { return Ok(Vec::new()) };
        let about = about(&self.case, &held.present);
        let shows =
            |view: &&DeviationView| shows_rule(self.case.mandate(), &view.rule, &self.view.conversation, &about);
        let deviation = |view: &DeviationView| {
            let why = view.explanation.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept));
            DonsDeviation { rule: view.rule.clone(), explanation: why }
        };
        Ok(held.deviations.iter().filter(shows).map(deviation).collect())
    }
}

/// A goal of the parents.
pub struct ParentGoalNode {
    case: CaseNode,
    view: Granted<ParentGoalView>,
}

impl ParentGoalNode {
    fn new(case: &CaseNode, view: ParentGoalView) -> Option<Self> {
        let about = about(case, &view.parents);
        let view = granted(case.mandate(), GOAL, &about, view, |view| &view.goal)?;
        Some(Self { case: case.clone(), view })
    }

    fn step(&self, session: &Session<'_>, kept: &Kept<StepView>) -> Option<ParentGoalStep> {
        let step = plain(self.case.mandate(), GOAL, &[self.case.subject()], kept)?;
        Some(ParentGoalStep {
            step: step.step.into(),
            day: Day(step.day),
            conversation_id: step.conversation.map(id),
            words: words(session, self.case.mandate(), WORDS, &step.words),
        })
    }
}

/// One step of a goal of the parents.
#[derive(SimpleObject)]
pub struct ParentGoalStep {
    /// What happened to it.
    step: GoalStep,
    /// The day.
    day: Day,
    /// In which conversation.
    conversation_id: Option<ID>,
    /// As it read from then on.
    words: Option<String>,
}

/// A goal of the parents: drafted, adjusted and fixed in conversation. Its history is kept.
#[Object(name = "ParentGoal")]
impl ParentGoalNode {
    /// Names the goal.
    async fn id(&self) -> ID {
        id(self.view.goal.value)
    }

    /// Whose goal.
    async fn parents(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.parents)
    }

    /// As it reads on the day looked at.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let told = self.view.steps.iter().rfind(|step| knows(self.case.mandate())(&step.bare()));
        Ok(told.and_then(|step| self.step(&session, step)).and_then(|step| step.words))
    }

    /// Whether the parents fixed it as it reads.
    async fn fixed(&self, ctx: &Context<'_>) -> Result<bool> {
        let session = Session::of(ctx)?;
        let last = self.view.steps.iter().rev().find_map(|step| self.step(&session, step));
        Ok(last.is_some_and(|step| step.step == GoalStep::Fixed))
    }

    /// Every step, in the order told.
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<ParentGoalStep>> {
        let session = Session::of(ctx)?;
        Ok(self.view.steps.iter().filter_map(|step| self.step(&session, step)).collect())
    }
}

/// Something that stands in the way, or did.
pub struct BarrierNode {
    case: CaseNode,
    view: Granted<BarrierView>,
}

impl BarrierNode {
    fn new(case: &CaseNode, view: BarrierView) -> Option<Self> {
        let about = about(case, &view.persons);
        let view = granted(case.mandate(), BARRIER, &about, view, |view| &view.barrier)?;
        Some(Self { case: case.clone(), view })
    }
}

/// That a barrier was lifted.
#[derive(SimpleObject)]
pub struct BarrierLifted {
    /// The day.
    day: Day,
    /// More about it.
    words: Option<String>,
}

/// Something that stands in the way of shared parenting, or did.
#[Object(name = "Barrier")]
impl BarrierNode {
    /// Names the barrier.
    async fn id(&self) -> ID {
        id(self.view.barrier.value)
    }

    /// What.
    async fn kind(&self) -> Option<BarrierKind> {
        personal(self.case.mandate(), BARRIER, &self.view.kind).known().map(|kind| (*kind).into())
    }

    /// For whom.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// Since when.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// More about it.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// That it was lifted. Absent while it stands in the way.
    async fn lifted(&self, ctx: &Context<'_>) -> Result<Option<BarrierLifted>> {
        let session = Session::of(ctx)?;
        let Some(kept) = &self.view.lifted else { return Ok(None) };
        let seen = plain(self.case.mandate(), BARRIER, &[self.case.subject()], kept);
        Ok(seen.map(|(day, said)| BarrierLifted {
            day: Day(day),
            words: said.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)),
        }))
    }
}

/// How a trajectory ended.
pub struct DonsEndingNode {
    case: CaseNode,
    view: EndingView,
}

/// How a `DOnS` trajectory ended: completed, with what came of it, or early, back to triage.
#[Object(name = "DonsEnding")]
impl DonsEndingNode {
    /// Last day.
    async fn last_day(&self) -> Option<Day> {
        self.view.last_day.map(Day)
    }

    /// Whether it was completed; else it ended early, and triage chooses again.
    async fn completed(&self) -> bool {
        self.view.completed
    }

    /// Why it ended early.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.reason.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// What came of it for how the parents communicate.
    async fn communication(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.communication.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// What came of it for the contact with the children.
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.contact.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// What was agreed.
    async fn agreements(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.agreements.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }
}
