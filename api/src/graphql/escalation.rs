//! *Verloop: spanning, hulp en rust*, as somebody may see it: conflicts between named people and what each of them experiences, and how
//! heavy help is, on one time axis. Each value by the audience and layers of its own fact; nothing here ranks, scores or compares people.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::conflict::{GlaslPhase, GlaslStage};
use domain::ids::{ConflictId, EventId, PersonId, StepId, Subject, WorkerId};
use domain::personal::Personal;
use projections::views::Kept;
use projections::views::escalation::{
    AdviceView, CalmView, ConflictView, CourseView, EnergyView, EscalationView, FlareUpView, FormView, InvolvementView,
    RestView, ServiceStepView, SideView, StageView,
};

use super::case::CaseNode;
use super::enums::{Body, Environment, Medium, ParentingForm, RestKind};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, granted_to, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// Conflicts, but for the stages.
const CONFLICT: Topic = Topic::Conflict;
/// Stages on the ladder of Glasl: for director and SAT only (divorce.md).
const GLASL: Topic = Topic::Glasl;

/// How heavy help is, which bodies joined, what was advised.
const SERVICE: Topic = Topic::Service;

const NAMED: Field = Field::new("escalation.conflict", CONFLICT);
const ABOUT: Field = Field::new("escalation.conflict.about", CONFLICT);
const STAGE: Field = Field::new("escalation.stage", GLASL);
const OBSERVATIONS: Field = Field::new("escalation.stage.observations", GLASL);
const FLARE_UP: Field = Field::new("escalation.flareUp", CONFLICT);
const FLARE_UP_WORDS: Field = Field::new("escalation.flareUp.words", CONFLICT);
const ENERGY: Field = Field::new("escalation.energy", CONFLICT);
const REST: Field = Field::new("escalation.rest", CONFLICT);
const FORM: Field = Field::new("escalation.parentingForm", CONFLICT);
const CALM: Field = Field::new("escalation.calm", CONFLICT);
const STEP: Field = Field::new("escalation.step", SERVICE);
const STEP_WORDS: Field = Field::new("escalation.step.words", SERVICE);
const WISH: Field = Field::new("escalation.step.wish", SERVICE);
const BODY: Field = Field::new("escalation.body", SERVICE);
const BODY_WORDS: Field = Field::new("escalation.body.words", SERVICE);
const ADVICE: Field = Field::new("escalation.advice", SERVICE);

fn of(person: PersonId) -> [Subject; 1] {
    [Subject::Person(person)]
}

fn of_all(persons: &[PersonId]) -> Vec<Subject> {
    persons.iter().copied().map(Subject::Person).collect()
}

/// Three stages that are read together, with the words for families.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(name = "GlaslPhase")]
pub enum Phase {
    /// Stages 1 to 3: together (samen).
    Together,
    /// Stages 4 to 6: with help from outside (met hulp van buiten).
    HelpFromOutside,
    /// Stages 7 to 9: safety and rest first (eerst veiligheid en rust).
    SafetyFirst,
}

impl From<GlaslPhase> for Phase {
    fn from(phase: GlaslPhase) -> Self {
        match phase {
            GlaslPhase::Together => Self::Together,
            GlaslPhase::HelpFromOutside => Self::HelpFromOutside,
            GlaslPhase::SafetyFirst => Self::SafetyFirst,
        }
    }
}

/// The words for families of a phase.
const fn phase_label(phase: GlaslPhase) -> &'static str {
    match phase {
        GlaslPhase::Together => "phase-together",
        GlaslPhase::HelpFromOutside => "phase-help-from-outside",
        GlaslPhase::SafetyFirst => "phase-safety-first",
    }
}

/// A kind of point on the time axis. Child signals get a kind of their own when the child's voice is kept.
#[derive(Enum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EscalationKind {
    /// Somebody assessed how a person experiences a conflict.
    Stage,
    /// A conflict flared up.
    FlareUp,
    /// Somebody said how much energy a conflict takes.
    Energy,
    /// Somebody said that it was calm from this day on.
    Calm,
    /// A conflict came to rest.
    Rest,
    /// Somebody assessed how a parent is a parent beside the other.
    ParentingForm,
    /// Help went to another level, up or down, or began.
    ServiceStep,
    /// A body joined.
    BodyJoined,
    /// A body left.
    BodyLeft,
    /// Somebody advised.
    Advice,
    /// One plan became a plan per household.
    PlansApart,
}

/// One point on the time axis: what came before what, and whether it calms. No point is compared with that of another person.
#[derive(SimpleObject)]
pub struct EscalationPoint {
    /// The day.
    on: Day,
    /// What it is.
    kind: EscalationKind,
    /// The fact that says so: the id of its timeline entry.
    fact_id: ID,
    /// The conflict, if one is meant.
    conflict_id: Option<ID>,
    /// Of whom it is said, or who says it.
    person: Option<PersonNode>,
    /// The stage, 1 to 9. Absent when it could not be said.
    stage: Option<i32>,
    /// By how many stages or levels it rose since this person's last known one, or fell when negative.
    change: Option<i32>,
    /// The level of help, 1 to 10.
    level: Option<i32>,
    /// Where help is given.
    environment: Option<Environment>,
    /// Which body.
    body: Option<Body>,
    /// Of a hundred.
    energy: Option<i32>,
    /// Last day of a calm period, once it has ended.
    until: Option<Day>,
    /// By which way it flared up.
    medium: Option<Medium>,
    /// The form of parenthood.
    form: Option<ParentingForm>,
}

impl EscalationPoint {
    fn new(kind: EscalationKind, on: Day, fact: EventId) -> Self {
        let (conflict_id, person, stage, change) = (None, None, None, None);
        let (level, environment, body) = (None, None, None);
        let (energy, until, medium, form) = (None, None, None, None);
        let fact_id = id(fact);
        Self {
            on,
            kind,
            fact_id,
            conflict_id,
            person,
            stage,
            change,
            level,
            environment,
            body,
            energy,
            until,
            medium,
            form,
        }
    }
}

/// How conflicts went.
pub struct EscalationNode {
    case: CaseNode,
}

impl EscalationNode {
    /// Of this case. Everything in it is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }

    fn view<'s>(&'s self, session: &Session<'_>) -> &'s EscalationView {
        self.case.escalation_view(session)
    }

    fn conflict_nodes(&self, session: &Session<'_>) -> Vec<ConflictNode> {
        let all = self.view(session).conflicts.iter().cloned();
        all.filter_map(|view| ConflictNode::new(&self.case, view)).collect()
    }

    fn form_nodes(&self, session: &Session<'_>) -> Vec<FormNode> {
        self.view(session).forms.iter().cloned().filter_map(|view| FormNode::new(&self.case, view)).collect()
    }

    fn course_nodes(&self, session: &Session<'_>) -> Vec<CourseNode> {
        let node = |view: CourseView| CourseNode { case: self.case.clone(), view };
        let begun = |node: &CourseNode| node.is_known();
        self.view(session).courses.iter().cloned().map(node).filter(begun).collect()
    }

    fn body_nodes(&self, session: &Session<'_>) -> Vec<BodyNode> {
        self.view(session).involvements.iter().cloned().filter_map(|view| BodyNode::new(&self.case, view)).collect()
    }

    fn advice_nodes(&self, session: &Session<'_>) -> Vec<AdviceNode> {
        self.view(session).advices.iter().cloned().filter_map(|view| AdviceNode::new(&self.case, view)).collect()
    }

    fn calm_nodes(&self, session: &Session<'_>) -> Vec<CalmNode> {
        self.view(session).calm.iter().cloned().filter_map(|view| CalmNode::new(&self.case, view)).collect()
    }
}

/// How conflicts went (verloop: spanning, hulp en rust). De-escalation weighs as much as escalation.
#[Object(name = "Escalation")]
impl EscalationNode {
    /// Conflicts between named people.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<ConflictNode>> {
        Ok(self.conflict_nodes(&Session::of(ctx)?))
    }

    /// How parents were parents beside each other, as assessed, in order of the day.
    async fn parenting_forms(&self, ctx: &Context<'_>) -> Result<Vec<FormNode>> {
        Ok(self.form_nodes(&Session::of(ctx)?))
    }

    /// Periods that somebody called calm, in order of the first day.
    async fn calm_periods(&self, ctx: &Context<'_>) -> Result<Vec<CalmNode>> {
        Ok(self.calm_nodes(&Session::of(ctx)?))
    }

    /// How heavy help is (opschalen, afschalen), for each person in each environment.
    async fn services(&self, ctx: &Context<'_>) -> Result<Vec<CourseNode>> {
        Ok(self.course_nodes(&Session::of(ctx)?))
    }

    /// Bodies that joined, in order of the day. The divorce advice team stands under `divorce`.
    async fn bodies(&self, ctx: &Context<'_>) -> Result<Vec<BodyNode>> {
        Ok(self.body_nodes(&Session::of(ctx)?))
    }

    /// What was advised, with its source, in order of the day.
    async fn advices(&self, ctx: &Context<'_>) -> Result<Vec<AdviceNode>> {
        Ok(self.advice_nodes(&Session::of(ctx)?))
    }

    /// All of it on one time axis, as far as you may know it, in order of the day.
    async fn axis(&self, ctx: &Context<'_>) -> Result<Vec<EscalationPoint>> {
        let session = Session::of(ctx)?;
        let mut points: Vec<EscalationPoint> =
            self.conflict_nodes(&session).iter().flat_map(ConflictNode::points).collect();
        points.extend(self.form_nodes(&session).iter().map(FormNode::point));
        points.extend(self.calm_nodes(&session).iter().map(CalmNode::point));
        points.extend(self.course_nodes(&session).iter().flat_map(CourseNode::points));
        points.extend(self.body_nodes(&session).iter().flat_map(BodyNode::points));
        points.extend(self.advice_nodes(&session).iter().map(AdviceNode::point));
        points.extend(plans_apart(&session, &self.case));
        points.sort_by_key(|point| (point.on.0, point.kind));
        Ok(points)
    }
}

/// That the plans went apart, for whoever may know that.
fn plans_apart(session: &Session<'_>, case: &CaseNode) -> Option<EscalationPoint> {
    let split = case.divorce_view(session).split.as_ref()?;
    let on = plain(case.mandate(), super::divorce::SPLIT, &[case.subject()], &split.on)?;
    Some(EscalationPoint::new(EscalationKind::PlansApart, Day(on), split.on.fact))
}

/// A conflict of which something may be known: that it was named, or what one of those in it experienced.
pub struct ConflictNode {
    case: CaseNode,
    /// Whether it may be known as a whole.
    whole: bool,
    view: Granted<ConflictView>,
}

impl ConflictNode {
    fn new(case: &CaseNode, view: ConflictView) -> Option<Self> {
        let mandate = case.mandate();
        let about = of_all(&view.between);
        if let Some(view) = granted(mandate, NAMED, &about, view.clone(), |view| &view.conflict) {
            return Some(Self { case: case.clone(), whole: true, view });
        }
        let part = first_known(case, &view.sides, &view.flare_ups)?;
        let view = granted_to(mandate, NAMED, &part.1, &part.0, view)?;
        Some(Self { case: case.clone(), whole: false, view })
    }

    fn side_nodes(&self) -> Vec<SideNode> {
        let sides = self.view.sides.iter().filter(|side| self.whole || knows_of_side(&self.case, side, &self.view));
        let node = |side: &SideView| SideNode {
            case: self.case.clone(),
            conflict: self.view.conflict.value,
            view: side.clone(),
        };
        sides.map(node).collect()
    }

    fn flare_up_nodes(&self) -> Vec<FlareUpNode> {
        let between = of_all(&self.view.between);
        let about = |view: &FlareUpView| view.told_by.map_or_else(|| between.clone(), |person| of(person).to_vec());
        let node = |view: &FlareUpView| {
            let about = about(view);
            let view = granted(self.case.mandate(), FLARE_UP, &about, view.clone(), |view| &view.on)?;
            Some(FlareUpNode { case: self.case.clone(), view })
        };
        self.view.flare_ups.iter().filter_map(node).collect()
    }

    fn points(&self) -> Vec<EscalationPoint> {
        let conflict = id(self.view.conflict.value);
        let mut points: Vec<EscalationPoint> = self.side_nodes().iter().flat_map(SideNode::points).collect();
        points.extend(self.flare_up_nodes().iter().map(FlareUpNode::point));
        let about = of_all(&self.view.between);
        points.extend(self.view.rests().iter().filter_map(|rest| {
            let on = plain(self.case.mandate(), REST, &about, &rest.on)?;
            Some(EscalationPoint::new(EscalationKind::Rest, Day(on), rest.on.fact))
        }));
        points.into_iter().map(|point| EscalationPoint { conflict_id: Some(conflict.clone()), ..point }).collect()
    }
}

/// What may be known of a conflict by whoever may not know that it was named: the first thing that one of those in it experienced, and
/// of whom. Nothing is noted by asking.
fn first_known(case: &CaseNode, sides: &[SideView], flare_ups: &[FlareUpView]) -> Option<(Kept<()>, Vec<Subject>)> {
    let told = flare_ups.iter().filter_map(|one| Some((one.on.bare(), of(one.told_by?).to_vec())));
    let mut told = told.filter(|(kept, about)| case.mandate().would_show(CONFLICT, kept, about));
    let mut said = sides.iter().flat_map(|side| {
        let energy = side.energy.iter().map(|one| (one.percent.bare(), of(side.person).to_vec(), CONFLICT));
        let stages =
            side.course_to(|_| true).into_iter().map(|step| (step.stage.on.bare(), of(side.person).to_vec(), GLASL));
        energy.chain(stages).collect::<Vec<_>>()
    });
    let shown = |(kept, about, topic): &(Kept<()>, Vec<Subject>, Topic)| case.mandate().would_show(*topic, kept, about);
    said.find(shown).map(|(kept, about, _)| (kept, about)).or_else(|| told.next())
}

/// Whether anything that this person experienced of a conflict may be known.
fn knows_of_side(case: &CaseNode, side: &SideView, view: &ConflictView) -> bool {
    let told = view.flare_ups.iter().filter(|one| one.told_by == Some(side.person));
    let told: Vec<_> = told.cloned().collect();
    first_known(case, std::slice::from_ref(side), &told).is_some()
}

/// A conflict between named people. Whoever may know what one of them experienced, and not the whole, reads that part alone.
#[Object(name = "Conflict")]
impl ConflictNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.conflict.value)
    }

    /// Those in it of whom you may know that.
    async fn between(&self) -> Vec<PersonNode> {
        self.side_nodes().iter().filter_map(|side| self.case.person(side.view.person)).collect()
    }

    /// About what.
    async fn about(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), ABOUT, &self.view.about))
    }

    /// The day since which it is known. Absent when you may not know it as a whole.
    async fn since(&self) -> Option<Day> {
        self.whole.then_some(Day(self.view.since))
    }

    /// What each of those in it experienced and said: of whom you may know it.
    async fn sides(&self) -> Vec<SideNode> {
        self.side_nodes()
    }

    /// When it flared up, in order of the day.
    async fn flare_ups(&self) -> Vec<FlareUpNode> {
        self.flare_up_nodes()
    }

    /// That it lies still on the day looked at: as long as it did not flare up since.
    async fn rest(&self) -> Option<RestNode> {
        let (mandate, about) = (self.case.mandate(), of_all(&self.view.between));
        let rest = self.view.rest_to(|kept| mandate.would_show(CONFLICT, kept, &about))?;
        let view = granted(mandate, REST, &about, rest.clone(), |rest| &rest.on)?;
        Some(RestNode { case: self.case.clone(), view })
    }
}

/// What one person experiences of a conflict. Each value in it is judged by its own fact.
pub struct SideNode {
    case: CaseNode,
    conflict: ConflictId,
    view: SideView,
}

impl SideNode {
    fn stage_nodes(&self) -> Vec<StageNode> {
        let (mandate, about) = (self.case.mandate(), of(self.view.person));
        let steps = self.view.course_to(|kept| mandate.would_show(GLASL, kept, &about));
        let node = |(view, change): (StageView, Option<i32>)| {
            let view = granted(mandate, STAGE, &about, view, |view| &view.on)?;
            Some(StageNode { case: self.case.clone(), person: self.view.person, view, change })
        };
        steps.into_iter().map(|step| (step.stage.clone(), step.change)).filter_map(node).collect()
    }

    fn energy_nodes(&self) -> Vec<EnergyNode> {
        let node = |view: &EnergyView| {
            let view = granted(self.case.mandate(), ENERGY, &of(self.view.person), view.clone(), |view| &view.percent)?;
            Some(EnergyNode { case: self.case.clone(), view })
        };
        self.view.energy.iter().filter_map(node).collect()
    }

    fn points(&self) -> Vec<EscalationPoint> {
        let person = |point| EscalationPoint { person: self.case.person(self.view.person), ..point };
        let stages = self.stage_nodes();
        let stage = |node: &StageNode| {
            let (day, fact) = (Day(node.view.on.value), node.view.on.fact);
            let stage = node.number();
            let change = node.change;
            EscalationPoint { stage, change, ..EscalationPoint::new(EscalationKind::Stage, day, fact) }
        };
        let energy = |node: &EnergyNode| {
            let (day, fact) = (Day(node.view.on), node.view.percent.fact);
            let energy = node.number();
            EscalationPoint { energy, ..EscalationPoint::new(EscalationKind::Energy, day, fact) }
        };
        stages.iter().map(stage).chain(self.energy_nodes().iter().map(energy)).map(person).collect()
    }
}

/// What one person experiences of a conflict.
#[Object(name = "ConflictSide")]
impl SideNode {
    /// The conflict.
    async fn conflict_id(&self) -> ID {
        id(self.conflict)
    }

    /// Who.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The stage as this person experiences the conflict now, 1 to 9: as last assessed. Absent while nobody assessed it, and when it could
    /// not be said.
    async fn stage_now(&self) -> Option<i32> {
        self.stage_nodes().last()?.number()
    }

    /// The phase of that stage.
    async fn phase_now(&self) -> Option<Phase> {
        self.stage_nodes().last()?.known().map(|stage| stage.phase().into())
    }

    /// The words for the family: together; with help from outside; safety and rest first.
    async fn words_for_family(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let locale = Session::of(ctx)?.locale();
        let known = self.stage_nodes().last().and_then(StageNode::known);
        Ok(known.map(|stage| locale.label(phase_label(stage.phase()))))
    }

    /// For how many days that stage holds, on the day looked at: since the first assessment of an unbroken row of it.
    async fn days_in_stage(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let _session = Session::of(ctx)?;
        let (mandate, about) = (self.case.mandate(), of(self.view.person));
        // What is last and could not be said ends the row: nobody knows whether the stage still holds.
        if self.stage_nodes().last().and_then(StageNode::known).is_none() {
            return Ok(None);
        }
        let since = self.view.held_since(|kept| mandate.would_show(GLASL, kept, &about));
        Ok(since.and_then(|since| i32::try_from(self.case.day().days_since(since)).ok()))
    }

    /// Every assessment, in order of the day it speaks of.
    async fn stages(&self) -> Vec<StageNode> {
        self.stage_nodes()
    }

    /// What this person said of the energy that the conflict takes, in order of the day.
    async fn energy(&self) -> Vec<EnergyNode> {
        self.energy_nodes()
    }
}

/// How somebody experienced a conflict on a day.
pub struct StageNode {
    case: CaseNode,
    person: PersonId,
    view: Granted<StageView>,
    change: Option<i32>,
}

impl StageNode {
    fn known(&self) -> Option<GlaslStage> {
        let kept = self.view.stage.as_ref()?;
        personal(self.case.mandate(), STAGE, kept).known().copied()
    }

    fn number(&self) -> Option<i32> {
        self.known().map(|stage| i32::from(stage.number()))
    }
}

/// How somebody experienced a conflict on a day, as a person assessed it. It is never computed.
#[Object(name = "GlaslAssessment")]
impl StageNode {
    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.on.fact)
    }

    /// The day it speaks of.
    async fn on(&self) -> Day {
        Day(self.view.on.value)
    }

    /// The stage, 1 to 9. Absent when it could not be said.
    async fn stage(&self) -> Option<i32> {
        self.number()
    }

    /// The phase.
    async fn phase(&self) -> Option<Phase> {
        self.known().map(|stage| stage.phase().into())
    }

    /// By how many stages it lies higher than this person's last known one; negative when it fell.
    async fn change(&self) -> Option<i32> {
        self.known().and(self.change)
    }

    /// What was seen or heard.
    async fn observations(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), OBSERVATIONS, &self.view.observations))
    }

    /// Who assessed it. Absent when that would lead to somebody who must not be found.
    async fn assessed_by(&self) -> Option<WorkerNode> {
        assessor(&self.case, STAGE, self.person, &self.view.by)
    }

    /// The ladder and its version.
    async fn model(&self) -> &str {
        &self.view.model
    }
}

/// Who assessed something. Who assessed it knows that.
fn assessor(case: &CaseNode, field: Field, person: PersonId, by: &Kept<WorkerId>) -> Option<WorkerNode> {
    let mandate = case.mandate();
    let seen = mandate.actor().worker == by.value || mandate.would_show(field.topic(), by, &of(person));
    seen.then(|| WorkerNode::new(by.value, mandate.clone()))
}

/// What somebody said of the energy that a conflict takes.
pub struct EnergyNode {
    case: CaseNode,
    view: Granted<EnergyView>,
}

impl EnergyNode {
    fn number(&self) -> Option<i32> {
        let percent = personal(self.case.mandate(), ENERGY, &self.view.percent).known().copied();
        percent.map(|percent| i32::from(percent.number()))
    }
}

/// What somebody said of the energy that a conflict takes ("100 kilo energie").
#[Object(name = "ConflictEnergy")]
impl EnergyNode {
    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Of a hundred.
    async fn percent(&self) -> Option<i32> {
        self.number()
    }
}

/// That a conflict flared up.
pub struct FlareUpNode {
    case: CaseNode,
    view: Granted<FlareUpView>,
}

impl FlareUpNode {
    fn way(&self) -> Option<Medium> {
        personal(self.case.mandate(), FLARE_UP, &self.view.medium).known().map(|medium| (*medium).into())
    }

    fn point(&self) -> EscalationPoint {
        let (medium, person) = (self.way(), self.view.told_by.and_then(|person| self.case.person(person)));
        let point = EscalationPoint::new(EscalationKind::FlareUp, Day(self.view.on.value), self.view.on.fact);
        EscalationPoint { person, medium, ..point }
    }
}

/// What somebody did in a flare-up.
#[derive(SimpleObject)]
pub struct ReactionNode {
    /// Who.
    person: Option<PersonNode>,
    /// What that person did.
    acts: Option<String>,
}

/// That a conflict flared up: acts, no roles and no blame. A relapse is normal and fails no plan.
#[Object(name = "FlareUp")]
impl FlareUpNode {
    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.on.fact)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on.value)
    }

    /// By which way.
    async fn medium(&self) -> Option<Medium> {
        self.way()
    }

    /// What set it off, as it was told.
    async fn trigger(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), FLARE_UP_WORDS, &self.view.trigger))
    }

    /// What each did, as it was told. Whoever may not know the words is told of no one's.
    async fn reactions(&self, ctx: &Context<'_>) -> Result<Vec<ReactionNode>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let node = |(person, acts): &(PersonId, Kept<Personal<domain::text::Text>>)| {
            mandate.would_show(CONFLICT, acts, &of(*person)).then(|| ReactionNode {
                person: self.case.person(*person),
                acts: words(&session, mandate, FLARE_UP_WORDS, acts),
            })
        };
        Ok(self.view.reactions.iter().filter_map(node).collect())
    }

    /// Who of those in the conflict told it. Absent when somebody else saw or heard it.
    async fn told_by(&self) -> Option<PersonNode> {
        self.view.told_by.and_then(|person| self.case.person(person))
    }
}

/// That a conflict lies still.
pub struct RestNode {
    case: CaseNode,
    view: Granted<RestView>,
}

/// That a conflict lies still.
#[Object(name = "ConflictRest")]
impl RestNode {
    /// Since which day.
    async fn since(&self) -> Day {
        Day(self.view.on.value)
    }

    /// How.
    async fn kind(&self) -> RestKind {
        self.view.kind.into()
    }

    /// What shows it.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REST, &self.view.reason))
    }
}

/// How a parent was a parent beside the other, from a day on.
pub struct FormNode {
    case: CaseNode,
    view: Granted<FormView>,
}

impl FormNode {
    fn new(case: &CaseNode, view: FormView) -> Option<Self> {
        let about = of(view.person);
        let view = granted(case.mandate(), FORM, &about, view, |view| &view.form)?;
        Some(Self { case: case.clone(), view })
    }

    fn shown(&self) -> Option<ParentingForm> {
        personal(self.case.mandate(), FORM, &self.view.form).known().map(|form| (*form).into())
    }

    fn point(&self) -> EscalationPoint {
        let (form, person) = (self.shown(), self.case.person(self.view.person));
        let point = EscalationPoint::new(EscalationKind::ParentingForm, Day(self.view.on), self.view.form.fact);
        EscalationPoint { person, form, ..point }
    }
}

/// How a parent was a parent beside the other, as a person assessed it.
#[Object(name = "ParentingFormAssessment")]
impl FormNode {
    /// The parent.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// From this day on.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// The form.
    async fn form(&self) -> Option<ParentingForm> {
        self.shown()
    }

    /// On what it rests.
    async fn basis(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), FORM, &self.view.basis))
    }

    /// Who assessed it. Absent when that would lead to somebody who must not be found.
    async fn assessed_by(&self) -> Option<WorkerNode> {
        assessor(&self.case, FORM, self.view.person, &self.view.by)
    }
}

/// That it was calm, as somebody says.
pub struct CalmNode {
    case: CaseNode,
    view: Granted<CalmView>,
}

impl CalmNode {
    fn new(case: &CaseNode, view: CalmView) -> Option<Self> {
        let about = of(view.person.value);
        let view = granted(case.mandate(), CALM, &about, view, |view| &view.person)?;
        Some(Self { case: case.clone(), view })
    }

    fn point(&self) -> EscalationPoint {
        let point = EscalationPoint::new(EscalationKind::Calm, Day(self.view.from), self.view.person.fact);
        let person = self.case.person(self.view.person.value);
        EscalationPoint { conflict_id: self.view.conflict.map(id), person, until: self.view.until.map(Day), ..point }
    }
}

/// That it was calm, as somebody says.
#[Object(name = "CalmPeriod")]
impl CalmNode {
    /// Who says so.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person.value)
    }

    /// In which conflict, if one is meant.
    async fn conflict_id(&self) -> Option<ID> {
        self.view.conflict.map(id)
    }

    /// First day.
    async fn from(&self) -> Day {
        Day(self.view.from)
    }

    /// Last day. Absent while it is still calm on the day looked at.
    async fn until(&self) -> Option<Day> {
        self.view.until.map(Day)
    }

    /// What helped, or what it was like.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), CALM, kept)))
    }
}

/// How heavy help for somebody is in an environment. Each step is judged by its own fact.
pub struct CourseNode {
    case: CaseNode,
    view: CourseView,
}

impl CourseNode {
    fn steps_known(&self) -> Vec<(&ServiceStepView, Option<i32>)> {
        let (mandate, about) = (self.case.mandate(), of(self.view.person));
        self.view.steps_to(|kept| mandate.would_show(SERVICE, kept, &about))
    }

    fn is_known(&self) -> bool {
        !self.steps_known().is_empty()
    }

    fn step_nodes(&self) -> Vec<StepNode> {
        let node = |(view, change): (&ServiceStepView, Option<i32>)| {
            let about = of(self.view.person);
            let view = granted(self.case.mandate(), STEP, &about, view.clone(), |view| &view.step)?;
            Some(StepNode { case: self.case.clone(), person: self.view.person, view, change })
        };
        self.steps_known().into_iter().filter_map(node).collect()
    }

    fn points(&self) -> Vec<EscalationPoint> {
        let point = |node: &StepNode| EscalationPoint {
            person: self.case.person(self.view.person),
            change: node.change,
            level: node.number(),
            environment: Some(self.view.environment.into()),
            ..EscalationPoint::new(EscalationKind::ServiceStep, Day(node.view.on), node.view.step.fact)
        };
        self.step_nodes().iter().map(point).collect()
    }
}

/// How heavy help for somebody is in an environment. Stepping down weighs as much as stepping up.
#[Object(name = "ServiceCourse")]
impl CourseNode {
    /// Whose help.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Where.
    async fn environment(&self) -> Environment {
        self.view.environment.into()
    }

    /// The level on the day looked at, 1 to 10.
    async fn level_now(&self) -> Option<i32> {
        self.step_nodes().last()?.number()
    }

    /// Each step, in order of the day.
    async fn steps(&self) -> Vec<StepNode> {
        self.step_nodes()
    }
}

/// That help went to a level.
pub struct StepNode {
    case: CaseNode,
    person: PersonId,
    view: Granted<ServiceStepView>,
    change: Option<i32>,
}

impl StepNode {
    fn number(&self) -> Option<i32> {
        let level = personal(self.case.mandate(), STEP, &self.view.level).known().copied();
        level.map(|level| i32::from(level.number()))
    }
}

/// What somebody of the family wishes.
#[derive(SimpleObject)]
pub struct WishNode {
    /// Who.
    person: Option<PersonNode>,
    /// What, in own words.
    wish: Option<String>,
}

/// That help went to a level (opschalen, afschalen).
#[Object(name = "ServiceStep")]
impl StepNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.step.value)
    }

    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.step.fact)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// The level since then, 1 to 10.
    async fn level(&self) -> Option<i32> {
        self.number()
    }

    /// By how many levels it lies higher than the last known one; negative when help was scaled down.
    async fn change(&self) -> Option<i32> {
        self.change
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), STEP_WORDS, &self.view.reason))
    }

    /// Who of the family and network decided.
    async fn decided_by(&self) -> Vec<PersonNode> {
        self.view.decided_persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Which professionals decided. Left out when that would lead to somebody who must not be found.
    async fn decided_by_workers(&self) -> Vec<WorkerNode> {
        let mandate = self.case.mandate();
        let workers = plain(mandate, STEP, &of(self.person), &self.view.decided_workers).unwrap_or_default();
        workers.into_iter().map(|worker| WorkerNode::new(worker, mandate.clone())).collect()
    }

    /// Which programme, when known.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.programme.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), STEP_WORDS, kept)))
    }

    /// Who provides it, when known.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.provider.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), STEP_WORDS, kept)))
    }

    /// What each of the family wishes: of whom you may know it.
    async fn wishes(&self, ctx: &Context<'_>) -> Result<Vec<WishNode>> {
        let session = Session::of(ctx)?;
        let node = |(person, kept): &(PersonId, Kept<Personal<domain::text::Text>>)| {
            if !self.case.mandate().makes(kept, WISH, &of(*person)) {
                return None;
            }
            let wish = words(&session, self.case.mandate(), WISH, kept);
            Some(WishNode { person: self.case.person(*person), wish })
        };
        Ok(self.view.wishes.iter().filter_map(node).collect())
    }
}

/// That a body joined.
pub struct BodyNode {
    case: CaseNode,
    view: Granted<InvolvementView>,
}

impl BodyNode {
    fn new(case: &CaseNode, view: InvolvementView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), BODY, &about, view, |view| &view.involvement)?;
        Some(Self { case: case.clone(), view })
    }

    fn gone(&self) -> Option<(Day, EventId)> {
        let (on, _) = self.view.left.as_ref()?;
        let day = plain(self.case.mandate(), BODY, &of_all(&self.view.persons), on)?;
        Some((Day(day), on.fact))
    }

    fn points(&self) -> Vec<EscalationPoint> {
        let point = |(kind, on, fact)| {
            let point = EscalationPoint::new(kind, on, fact);
            EscalationPoint { body: Some(self.view.body.into()), ..point }
        };
        let joined = (EscalationKind::BodyJoined, Day(self.view.since), self.view.involvement.fact);
        let left = self.gone().map(|(on, fact)| (EscalationKind::BodyLeft, on, fact));
        std::iter::once(joined).chain(left).map(point).collect()
    }
}

/// That a body joined: the regional expert team, Veilig Thuis, the Raad or a certified institution.
#[Object(name = "BodyInvolvement")]
impl BodyNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.involvement.value)
    }

    /// Which body.
    async fn body(&self) -> Body {
        self.view.body.into()
    }

    /// Of which region or organisation, when known.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.organisation.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }

    /// About whom.
    async fn persons(&self) -> Vec<PersonNode> {
        self.view.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Since which day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// The day it left.
    async fn left(&self) -> Option<Day> {
        self.gone().map(|(day, _)| day)
    }

    /// Why it joined.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), BODY_WORDS, &self.view.reason))
    }

    /// Why it left, or with what result.
    async fn left_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.left.as_ref().and_then(|(_, kept)| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }

    /// What the family was told of what it does and does not do.
    async fn family_told(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.family_told.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }
}

/// What was advised.
pub struct AdviceNode {
    case: CaseNode,
    view: Granted<AdviceView>,
}

impl AdviceNode {
    fn new(case: &CaseNode, view: AdviceView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), ADVICE, &about, view, |view| &view.on)?;
        Some(Self { case: case.clone(), view })
    }

    fn point(&self) -> EscalationPoint {
        let point = EscalationPoint::new(EscalationKind::Advice, Day(self.view.on.value), self.view.on.fact);
        EscalationPoint { conflict_id: self.view.conflict.map(id), ..point }
    }
}

/// What was advised, with its source. An advice is data: it opens and closes nothing.
#[Object(name = "Advice")]
impl AdviceNode {
    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on.value)
    }

    /// On which conflict.
    async fn conflict_id(&self) -> Option<ID> {
        self.view.conflict.map(id)
    }

    /// On which step.
    async fn step_id(&self) -> Option<ID> {
        self.view.step.map(|step: StepId| id(step))
    }

    /// About whom.
    async fn persons(&self) -> Vec<PersonNode> {
        self.view.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Whose advice.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), ADVICE, &self.view.source))
    }

    /// The advice.
    async fn advice(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), ADVICE, &self.view.advice))
    }
}
