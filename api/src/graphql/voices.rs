//! What children said, in their own words, and how each fares. Nothing of it is counted or hinted at to whoever it is not for.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::Subject;
use projections::views::voices::{self as views, ChildSignalView, ClosedView, StepView, VoiceView};

use super::case::CaseNode;
use super::enums::{ChildSignalChange, ChildSignalDomain};
use super::escalation::{EscalationKind, EscalationPoint};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
pub const TOPIC: Topic = Topic::Voice;

const VOICE: Field = Field::new("voice", TOPIC);
const WORDS: Field = Field::new("voice.words", TOPIC);
const SIGNAL: Field = Field::new("childSignal", TOPIC);
const STEP: Field = Field::new("childSignal.step", TOPIC);
const CLOSED: Field = Field::new("childSignal.closed", TOPIC);

/// What children said, as far as it is for the viewer.
pub fn heard(session: &Session<'_>, case: &CaseNode) -> Vec<VoiceNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::voices).into_iter().filter_map(|view| VoiceNode::new(case, view)).collect()
}

/// How children fare, as far as it is for the viewer.
pub fn signals(session: &Session<'_>, case: &CaseNode) -> Vec<ChildSignalNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::child_signals).into_iter().filter_map(|view| ChildSignalNode::new(case, view)).collect()
}

/// What a child said.
pub struct VoiceNode {
    case: CaseNode,
    view: Granted<VoiceView>,
}

impl VoiceNode {
    /// For whom the child said.
    #[must_use]
    pub fn new(case: &CaseNode, view: VoiceView) -> Option<Self> {
        let about = [Subject::Person(view.child)];
        let view = granted(case.mandate(), VOICE, &about, view, |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What a child said, in its own words: for whom the child said, and nobody else.
#[Object(name = "ChildVoice")]
impl VoiceNode {
    /// Names the fact.
    async fn id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// The child.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// In its own words.
    #[graphql(name = "words")]
    async fn own_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), WORDS, &self.view.words))
    }

    /// Who listened.
    async fn listener(&self) -> WorkerNode {
        WorkerNode::new(self.view.listener, self.case.mandate().clone())
    }

    /// How it came about.
    async fn setting(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.setting.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// For which workers only. None: for the director, or for who works for the child.
    async fn known_to(&self) -> Vec<WorkerNode> {
        self.view.known_to.iter().map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// Who of the family may know, as the child said. Nobody else of the family may, also not whom the child lives with.
    async fn family_may_know(&self) -> Vec<PersonNode> {
        self.view.family_may_know.iter().filter_map(|person| self.case.person(*person)).collect()
    }
}

/// A signal about how a child fares.
pub struct ChildSignalNode {
    case: CaseNode,
    view: Granted<ChildSignalView>,
}

impl ChildSignalNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ChildSignalView) -> Option<Self> {
        let about = [Subject::Person(view.child)];
        let view = granted(case.mandate(), SIGNAL, &about, view, |view| &view.signal)?;
        Some(Self { case: case.clone(), view })
    }

    /// What of it stands on the axis of the escalation view.
    pub fn points(&self) -> Vec<EscalationPoint> {
        let mandate = self.case.mandate();
        let about = [Subject::Person(self.view.child)];
        let domain = personal(mandate, SIGNAL, &self.view.domain).known().map(|domain| (*domain).into());
        let step = |step: &StepView| {
            if !mandate.makes(&step.change, STEP, &about) {
                return None;
            }
            let opened = step.change.fact == self.view.signal.fact;
            let kind = if opened { EscalationKind::ChildSignalOpened } else { EscalationKind::ChildSignalChanged };
            let change = personal(mandate, STEP, &step.change).known().map(|change| (*change).into());
            Some(EscalationPoint::new(kind, Day(step.day), step.change.fact).changed(change))
        };
        let closed = self.closed().zip(self.view.closed.as_ref());
        let closed = closed
            .map(|(seen, kept)| EscalationPoint::new(EscalationKind::ChildSignalClosed, Day(seen.day), kept.fact));
        let points = self.view.steps.iter().filter_map(step).chain(closed);
        points.map(|point| point.of_child(self.case.person(self.view.child), domain)).collect()
    }

    fn closed(&self) -> Option<ClosedView> {
        plain(self.case.mandate(), CLOSED, &[Subject::Person(self.view.child)], self.view.closed.as_ref()?)
    }
}

/// A signal about how a child fares: opened, changed, closed.
#[Object(name = "ChildSignal")]
impl ChildSignalNode {
    /// Names the signal.
    async fn id(&self) -> ID {
        id(self.view.signal.value)
    }

    /// The child.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child)
    }

    /// About what.
    async fn domain(&self) -> Option<ChildSignalDomain> {
        personal(self.case.mandate(), SIGNAL, &self.view.domain).known().map(|domain| (*domain).into())
    }

    /// Who of the family told it.
    async fn told_by(&self) -> Option<PersonNode> {
        self.case.person(self.view.told_by?)
    }

    /// Which worker noticed or was told.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// The day on which it was opened.
    async fn opened(&self) -> Day {
        Day(self.view.opened)
    }

    /// How it went, in the order of the days.
    async fn steps(&self) -> Vec<ChildSignalStepNode> {
        let about = [Subject::Person(self.view.child)];
        let step = |view: &StepView| {
            let view = granted(self.case.mandate(), STEP, &about, view.clone(), |view| &view.change)?;
            Some(ChildSignalStepNode { case: self.case.clone(), view })
        };
        self.view.steps.iter().filter_map(step).collect()
    }

    /// The day on which it was over. Absent while it is open.
    #[graphql(name = "closed")]
    async fn closed_on(&self) -> Option<Day> {
        self.closed().map(|closed| Day(closed.day))
    }

    /// What was said when it was over.
    async fn closing_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.closed().and_then(|closed| closed.words);
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), CLOSED, &kept)))
    }
}

/// How a child fared on a day.
pub struct ChildSignalStepNode {
    case: CaseNode,
    view: Granted<StepView>,
}

/// How a child fared on a day.
#[Object(name = "ChildSignalStep")]
impl ChildSignalStepNode {
    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// How it went.
    async fn change(&self) -> Option<ChildSignalChange> {
        personal(self.case.mandate(), STEP, &self.view.change).known().map(|change| (*change).into())
    }

    /// In words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), STEP, kept)))
    }
}
