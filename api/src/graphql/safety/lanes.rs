//! A lane of safety: its signals, the steps that were taken, what is left of the terms, who is told later.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::personal::Personal;
use domain::safety::{CONSULT_DUE, DECIDE_DUE, MAP_DUE, TALK_DUE, WEIGH_DUE};
use domain::text::Text;
use domain::time::CivilDay;
use projections::views::Kept;
use projections::views::safety::{LaneView, SignalView, StepView, StepWhat, ToldLaterView};
use projections::views::statements::SpokenBy;

use super::{LANE, SIGNAL, STEP, TOLD_LATER, of_all};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::{SafetyKind, ToldLaterGround};
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, personal, plain, words};
use crate::graphql::workers::WorkerNode;

/// A step of the meldcode that was taken in a lane.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SafetyStepKind {
    /// What is known was mapped (step 1).
    Mapped,
    /// A colleague or Veilig Thuis was consulted (step 2).
    Consulted,
    /// It was judged whether somebody can be talked with safely.
    TalkJudged,
    /// Somebody was talked with (step 3).
    Talked,
    /// It was weighed (step 4).
    Weighed,
    /// The two decisions were taken (step 5).
    Decided,
    /// A report to Veilig Thuis was made.
    Reported,
    /// Veilig Thuis answered.
    Answered,
    /// A second person cleared the lane.
    Cleared,
}

/// A step that still waits, and until when.
#[derive(SimpleObject)]
pub struct SafetyStepOpen {
    /// Which step. A talk waits until each child whom the lane concerns was talked with alone.
    step: SafetyStepKind,
    /// The last day of its term.
    last_day: Day,
}

fn step_of(due: &str) -> Option<SafetyStepKind> {
    match due {
        MAP_DUE => Some(SafetyStepKind::Mapped),
        CONSULT_DUE => Some(SafetyStepKind::Consulted),
        TALK_DUE => Some(SafetyStepKind::Talked),
        WEIGH_DUE => Some(SafetyStepKind::Weighed),
        DECIDE_DUE => Some(SafetyStepKind::Decided),
        _ => None,
    }
}

/// A lane.
pub struct LaneNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<LaneView>,
}

impl LaneNode {
    pub(super) fn new(case: &CaseNode, view: LaneView) -> Option<Self> {
        let about = of_all(&view.concerns);
        let view = granted(case.mandate(), LANE, &about, view, |view| &view.lane)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn cleared_on(&self) -> Option<CivilDay> {
        plain(self.case.mandate(), LANE, &self.about, self.view.cleared.as_ref()?)
    }
}

/// A lane of safety (veiligheidsspoor): it runs beside everything else from its first signal until a second person clears it. While it is
/// open nothing joint is offered.
#[Object(name = "SafetyLane")]
impl LaneNode {
    /// Names the lane.
    async fn id(&self) -> ID {
        id(self.view.lane.value)
    }

    /// Names the fact that opened it: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.lane.fact)
    }

    /// The day on which it opened, and since which nothing joint is offered.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Whether it is open on the day looked at.
    async fn open(&self) -> bool {
        self.cleared_on().is_none()
    }

    /// The day on which it was cleared. Absent while it is open.
    async fn cleared(&self) -> Option<Day> {
        self.cleared_on().map(Day)
    }

    /// Whom it concerns.
    async fn concerns(&self) -> Vec<PersonNode> {
        self.view.concerns.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// For which workers only. None: for the director and the deputy.
    async fn known_to(&self) -> Vec<WorkerNode> {
        self.view.known_to.iter().map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// What was signalled.
    async fn signals(&self) -> Vec<SignalNode> {
        self.view.signals.iter().filter_map(|view| SignalNode::new(&self.case, view)).collect()
    }

    /// The steps that were taken, in order of the day.
    async fn steps(&self) -> Vec<StepNode> {
        self.view.steps.iter().filter_map(|view| StepNode::new(&self.case, &self.about, view)).collect()
    }

    /// The steps that still wait, each with the last day of its term.
    async fn waiting(&self) -> Vec<SafetyStepOpen> {
        let open = self.view.open.iter();
        open.filter_map(|(what, last_day)| Some(SafetyStepOpen { step: step_of(what)?, last_day: Day(*last_day) }))
            .collect()
    }

    /// Who is told of it later.
    async fn told_later(&self) -> Vec<ToldLaterNode> {
        self.view.told_later.iter().filter_map(|view| ToldLaterNode::new(&self.case, view)).collect()
    }
}

/// Who said, saw or told something: exactly one of these, as far as you may know.
#[derive(SimpleObject)]
pub struct SafetySpeaker {
    /// Somebody of the case.
    person: Option<PersonNode>,
    /// A professional.
    worker: Option<WorkerNode>,
    /// Somebody else.
    outside: Option<String>,
}

/// A safety signal.
pub struct SignalNode {
    case: CaseNode,
    view: Granted<SignalView>,
}

impl SignalNode {
    fn new(case: &CaseNode, view: &SignalView) -> Option<Self> {
        let about = of_all(&view.concerns);
        let view = granted(case.mandate(), SIGNAL, &about, view.clone(), |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }

    fn speaker(&self, ctx: &Context<'_>, spoke: &SpokenBy) -> Result<SafetySpeaker> {
        let session = Session::of(ctx)?;
        let nobody = SafetySpeaker { person: None, worker: None, outside: None };
        Ok(match spoke {
            SpokenBy::Person(person) => SafetySpeaker { person: self.case.person(*person), ..nobody },
            SpokenBy::Worker(worker) => {
                SafetySpeaker { worker: Some(WorkerNode::new(*worker, self.case.mandate().clone())), ..nobody }
            }
            SpokenBy::Outside(who) => {
                SafetySpeaker { outside: words(&session, self.case.mandate(), SIGNAL, who), ..nobody }
            }
        })
    }
}

/// A safety signal: facts apart from judgement.
#[Object(name = "SafetySignal")]
impl SignalNode {
    /// Names the fact.
    async fn id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Whom it concerns.
    async fn concerns(&self) -> Vec<PersonNode> {
        self.view.concerns.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// About what, in broad words.
    async fn kind(&self) -> Option<SafetyKind> {
        personal(self.case.mandate(), SIGNAL, &self.view.kind).known().map(|kind| (*kind).into())
    }

    /// The facts: what was seen, heard or said.
    async fn facts(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), SIGNAL, &self.view.facts))
    }

    /// What somebody makes of them.
    async fn judgement(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.judgement.as_ref().and_then(|kept| words(&session, self.case.mandate(), SIGNAL, kept)))
    }

    /// Who reported it.
    async fn reported_by(&self, ctx: &Context<'_>) -> Result<SafetySpeaker> {
        self.speaker(ctx, &self.view.reported_by)
    }

    /// Who observed it, if another.
    async fn observed_by(&self, ctx: &Context<'_>) -> Result<Option<SafetySpeaker>> {
        self.view.observed_by.as_ref().map(|spoke| self.speaker(ctx, spoke)).transpose()
    }

    /// From whom whoever reported it had it.
    async fn told_by(&self, ctx: &Context<'_>) -> Result<Option<SafetySpeaker>> {
        self.view.told_by.as_ref().map(|spoke| self.speaker(ctx, spoke)).transpose()
    }
}

/// What was answered to the five questions of the meldcode.
#[derive(SimpleObject)]
pub struct SafetyAnswers {
    /// Whether violence, neglect or other unsafety is suspected.
    suspected: bool,
    /// Whether unsafety is acute.
    acute: bool,
    /// Whether unsafety is structural.
    structural: bool,
    /// Whether effective help can be given or organised.
    can_help: Option<bool>,
    /// Whether those concerned accept it and take part.
    accepted: Option<bool>,
    /// Whether it leads to lasting safety.
    lasting: Option<bool>,
}

/// A step that was taken.
pub struct StepNode {
    case: CaseNode,
    view: Granted<StepView>,
}

impl StepNode {
    fn new(case: &CaseNode, about: &[Subject], view: &StepView) -> Option<Self> {
        let with: Vec<_> = view.what.person().map(Subject::Person).into_iter().collect();
        let about = if with.is_empty() { about } else { &with };
        let view = granted(case.mandate(), STEP, about, view.clone(), |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }

    fn yes(&self, kept: Option<&Kept<Personal<bool>>>) -> Option<bool> {
        kept.and_then(|kept| personal(self.case.mandate(), STEP, kept).known().copied())
    }

    fn workers(&self, workers: &[domain::ids::WorkerId]) -> Vec<WorkerNode> {
        workers.iter().map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    fn said(&self, ctx: &Context<'_>, kept: Option<&Kept<Personal<Text>>>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), STEP, kept)))
    }
}

/// A step of the meldcode that was taken. What a step of another kind has is absent.
#[Object(name = "SafetyStep")]
impl StepNode {
    /// Names the fact.
    async fn id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// Which step.
    async fn kind(&self) -> SafetyStepKind {
        match self.view.what {
            StepWhat::Mapped => SafetyStepKind::Mapped,
            StepWhat::Consulted { .. } => SafetyStepKind::Consulted,
            StepWhat::TalkJudged { .. } => SafetyStepKind::TalkJudged,
            StepWhat::Talked { .. } => SafetyStepKind::Talked,
            StepWhat::Weighed { .. } => SafetyStepKind::Weighed,
            StepWhat::Decided { .. } => SafetyStepKind::Decided,
            StepWhat::Reported { .. } => SafetyStepKind::Reported,
            StepWhat::Answered { .. } => SafetyStepKind::Answered,
            StepWhat::Cleared => SafetyStepKind::Cleared,
        }
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Who took it.
    async fn by(&self) -> Vec<WorkerNode> {
        self.workers(&self.view.by)
    }

    /// The sentence: what is known, advised, said or established, or why.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, Some(&self.view.words))
    }

    /// With whom there was talked, or whether that is safe.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.what.person()?)
    }

    /// Of a talk: whether nobody else was there.
    async fn alone(&self) -> Option<bool> {
        match self.view.what {
            StepWhat::Talked { alone, .. } => Some(alone),
            _ => None,
        }
    }

    /// Whether talking with this person was judged safe.
    async fn safe(&self) -> Option<bool> {
        match &self.view.what {
            StepWhat::TalkJudged { safe, .. } => self.yes(Some(safe)),
            _ => None,
        }
    }

    /// Which colleagues were consulted, or weighed along.
    async fn colleagues(&self) -> Vec<WorkerNode> {
        match &self.view.what {
            StepWhat::Consulted { colleagues, .. } => self.workers(colleagues),
            StepWhat::Weighed { with, .. } => self.workers(with),
            _ => Vec::new(),
        }
    }

    /// Whether Veilig Thuis was consulted.
    async fn veilig_thuis(&self) -> Option<bool> {
        match self.view.what {
            StepWhat::Consulted { veilig_thuis, .. } => Some(veilig_thuis),
            _ => None,
        }
    }

    /// The aandachtsfunctionaris who weighed along.
    async fn officer(&self) -> Option<WorkerNode> {
        match self.view.what {
            StepWhat::Weighed { officer, .. } => self.workers(officer.as_slice()).pop(),
            _ => None,
        }
    }

    /// What was answered to the five questions.
    async fn answers(&self) -> Option<SafetyAnswers> {
        let StepWhat::Weighed { answers, .. } = &self.view.what else { return None };
        let domain::safety::Answers { suspected, acute, structural, can_help, accepted, lasting } =
            *personal(self.case.mandate(), STEP, answers).known()?;
        Some(SafetyAnswers { suspected, acute, structural, can_help, accepted, lasting })
    }

    /// Whether a report to Veilig Thuis is needed.
    async fn report_needed(&self) -> Option<bool> {
        match &self.view.what {
            StepWhat::Decided { report_needed, .. } => self.yes(Some(report_needed)),
            _ => None,
        }
    }

    /// Whether help can be given or organised.
    async fn help_possible(&self) -> Option<bool> {
        match &self.view.what {
            StepWhat::Decided { help_possible, .. } => self.yes(Some(help_possible)),
            _ => None,
        }
    }

    /// Which help, with whom.
    async fn help(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match &self.view.what {
            StepWhat::Decided { help, .. } => self.said(ctx, help.as_ref()),
            _ => Ok(None),
        }
    }

    /// Of a report: whether it was made at once, for acute or structural unsafety.
    async fn at_once(&self) -> Option<bool> {
        match self.view.what {
            StepWhat::Reported { at_once } => Some(at_once),
            _ => None,
        }
    }

    /// The day on which Veilig Thuis established this.
    async fn established(&self) -> Option<Day> {
        match self.view.what {
            StepWhat::Answered { established, .. } => Some(Day(established)),
            _ => None,
        }
    }

    /// Where that stands.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(match &self.view.what {
            StepWhat::Answered { source, .. } => words(&session, self.case.mandate(), STEP, source),
            _ => None,
        })
    }
}

/// Why it was still told later.
#[derive(SimpleObject)]
pub struct ToldLaterLook {
    /// The day.
    on: Day,
    /// Why.
    words: Option<String>,
}

/// That somebody is told later.
pub struct ToldLaterNode {
    case: CaseNode,
    view: Granted<ToldLaterView>,
}

impl ToldLaterNode {
    pub(in crate::graphql) fn new(case: &CaseNode, view: &ToldLaterView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), TOLD_LATER, &about, view.clone(), |view| &view.told_later)?;
        Some(Self { case: case.clone(), view })
    }

    /// The day on which somebody looks again.
    pub(in crate::graphql) fn review_on(&self) -> CivilDay {
        self.view.review
    }
}

/// That somebody is told of a lane later (uitgesteld): until then that person's overview shows nothing of it.
#[Object(name = "ToldLater")]
impl ToldLaterNode {
    /// Names what is told later.
    async fn id(&self) -> ID {
        id(self.view.told_later.value)
    }

    /// Since when.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Who is told later.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// On which ground.
    async fn ground(&self) -> ToldLaterGround {
        self.view.ground.into()
    }

    /// Who decided.
    async fn decided_by(&self) -> WorkerNode {
        WorkerNode::new(self.view.decided_by, self.case.mandate().clone())
    }

    /// Which colleague was consulted.
    async fn consulted(&self) -> WorkerNode {
        WorkerNode::new(self.view.consulted, self.case.mandate().clone())
    }

    /// The day on which somebody looks again.
    async fn review(&self) -> Day {
        Day(self.view.review)
    }

    /// Why.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TOLD_LATER, &self.view.words))
    }

    /// When somebody looked again, and why it was still told later.
    async fn looks(&self, ctx: &Context<'_>) -> Result<Vec<ToldLaterLook>> {
        let session = Session::of(ctx)?;
        let look = |(on, kept): &(CivilDay, Kept<Personal<Text>>)| ToldLaterLook {
            on: Day(*on),
            words: words(&session, self.case.mandate(), TOLD_LATER, kept),
        };
        Ok(self.view.looks.iter().map(look).collect())
    }

    /// The day on which the person was told. Absent until then.
    async fn told(&self) -> Option<Day> {
        let about = [Subject::Person(self.view.person)];
        plain(self.case.mandate(), TOLD_LATER, &about, self.view.told.as_ref()?).map(Day)
    }

    /// How that went.
    async fn told_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.told_words.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), TOLD_LATER, kept)))
    }
}
