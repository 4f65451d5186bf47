//! Conflicts between named people: what each of them experiences, and how calm it was.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::conflict::{self, GlaslStage};
use domain::ids::{ConflictId, PersonId, Subject, WorkerId};
use domain::personal::Personal;
use projections::views::Kept;
use projections::views::escalation::{
    CalmView, ConflictView, EnergyView, FlareUpView, FormView, RestView, SideView, StageView,
};

use super::{
    ABOUT, CALM, CONFLICT, ENERGY, EscalationKind, EscalationPoint, FLARE_UP, FLARE_UP_WORDS, FORM, GLASL, NAMED,
    OBSERVATIONS, Phase, REST, STAGE, of, of_all, phase_label,
};
use crate::gate::{Field, Topic};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::{Medium, ParentingForm, RestKind};
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, granted_to, id, personal, plain, words};
use crate::graphql::workers::WorkerNode;
use crate::locale::Locale;

/// A conflict of which something may be known: that it was named, or what one of those in it experienced.
pub struct ConflictNode {
    case: CaseNode,
    /// Whether it may be known as a whole.
    whole: bool,
    view: Granted<ConflictView>,
}

impl ConflictNode {
    pub(super) fn new(case: &CaseNode, view: ConflictView) -> Option<Self> {
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

    pub(super) fn points(&self) -> Vec<EscalationPoint> {
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

    /// How many days it has been calm on the day looked at: since it flared up last, as far as you know. Absent when you know of no time
    /// that it did.
    async fn days_since_flare_up(&self) -> Option<i32> {
        let nodes = self.flare_up_nodes();
        let last = nodes.iter().map(|node| node.view.on.value).max()?;
        i32::try_from(self.case.day().days_since(last)).ok()
    }

    /// That it lies still on the day looked at: as long as it did not flare up since.
    async fn rest(&self) -> Option<RestNode> {
        let (mandate, about) = (self.case.mandate(), of_all(&self.view.between));
        let rest = self.view.rest_to(|kept| mandate.would_show(CONFLICT, kept, &about))?;
        let view = granted(mandate, REST, &about, rest.clone(), |rest| &rest.on)?;
        Some(RestNode { case: self.case.clone(), view })
    }
}

/// A way to intervene that a source finds fitting at some stages of the ladder of Glasl.
#[derive(SimpleObject)]
pub struct FittingIntervention {
    /// What.
    words: String,
    /// The lowest stage at which it fits.
    from: i32,
    /// The highest stage at which it fits.
    to: i32,
    /// Who says so; others may draw the line elsewhere.
    source: String,
}

impl FittingIntervention {
    fn new(fitting: &conflict::FittingIntervention, locale: Locale) -> Self {
        let words = locale.of(&fitting.nl, &fitting.en).to_owned();
        let [from, to] = [fitting.from, fitting.to].map(|stage| i32::from(stage.number()));
        Self { words, from, to, source: fitting.source.clone() }
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

    pub(super) fn points(&self) -> Vec<EscalationPoint> {
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

    /// What some source finds fitting at that stage, by the terms of the day looked at: advice with its source, and never a gate. Ranges
    /// overlap. None while the stage is not known.
    async fn fitting_interventions(&self, ctx: &Context<'_>) -> Result<Vec<FittingIntervention>> {
        let session = Session::of(ctx)?;
        let Some(stage) = self.stage_nodes().last().and_then(StageNode::known) else { return Ok(Vec::new()) };
        let terms = session.services().cases.office().terms.terms_on(self.case.day());
        Ok(terms.fitting_at(stage).map(|fitting| FittingIntervention::new(fitting, session.locale())).collect())
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

    /// Since which day the stage is lower than it was: the last assessment by which it fell. Absent when it did not fall, or rose since.
    async fn lower_since(&self) -> Option<Day> {
        let stages = self.stage_nodes();
        let moved = stages.iter().rfind(|node| node.change.is_some_and(|change| change != 0))?;
        moved.change.is_some_and(|change| change < 0).then_some(Day(moved.view.on.value))
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
pub(super) fn assessor(case: &CaseNode, field: Field, person: PersonId, by: &Kept<WorkerId>) -> Option<WorkerNode> {
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

    pub(super) fn point(&self) -> EscalationPoint {
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
    pub(super) fn new(case: &CaseNode, view: FormView) -> Option<Self> {
        let about = of(view.person);
        let view = granted(case.mandate(), FORM, &about, view, |view| &view.form)?;
        Some(Self { case: case.clone(), view })
    }

    fn shown(&self) -> Option<ParentingForm> {
        personal(self.case.mandate(), FORM, &self.view.form).known().map(|form| (*form).into())
    }

    pub(super) fn point(&self) -> EscalationPoint {
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
    pub(super) fn new(case: &CaseNode, view: CalmView) -> Option<Self> {
        let about = of(view.person.value);
        let view = granted(case.mandate(), CALM, &about, view, |view| &view.person)?;
        Some(Self { case: case.clone(), view })
    }

    pub(super) fn point(&self) -> EscalationPoint {
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

    /// How many days it lasted, or lasts on the day looked at: the first and the last day count.
    async fn days(&self) -> Option<i32> {
        let last = self.view.until.unwrap_or(self.case.day());
        i32::try_from(last.days_since(self.view.from) + 1).ok()
    }

    /// What helped, or what it was like.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), CALM, kept)))
    }
}
