//! *Verloop: spanning, hulp en rust*, as somebody may see it: conflicts between named people and what each of them experiences, and how
//! heavy help is, on one time axis. Each value by the audience and layers of its own fact; nothing here ranks, scores or compares people.

mod conflicts;
mod help;
mod network;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::conflict::GlaslPhase;
use domain::ids::{EventId, PersonId, Subject};
use projections::views::escalation::{CourseView, EscalationView};
use serde::Deserialize;

pub use self::conflicts::FormNode;
use self::conflicts::{CalmNode, ConflictNode};
use self::help::{AdviceNode, BodyNode, CourseNode};
use self::network::NetworkNode;
use super::case::CaseNode;
use super::divorce::DivorceNode;
use super::enums::{
    Body, ChildSignalChange, ChildSignalDomain, Environment, Medium, NetworkEffect, ParentingForm, SatEnd, SatMode,
};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{id, plain};
use super::voices::{self, ChildSignalNode};
use crate::gate::{Field, Topic};

/// Conflicts, but for the stages.
const CONFLICT: Topic = Topic::Conflict;
/// Stages on the ladder of Glasl, and what each of the network does to a conflict: for director and SAT only (divorce.md).
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
const NETWORK: Field = Field::new("escalation.network", GLASL);
const NETWORK_WORDS: Field = Field::new("escalation.network.words", GLASL);
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

/// A kind of point on the time axis.
#[derive(Enum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
    /// Somebody assessed what somebody of the network does to a conflict.
    NetworkEffect,
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
    /// A signal about how a child fares was opened. In words under `childSignals`, as what follows it.
    ChildSignalOpened,
    /// How a child fares changed, or was looked at again.
    ChildSignalChanged,
    /// A signal about how a child fares was closed.
    ChildSignalClosed,
    /// A divorce advice team (SAT) was asked. In words under `divorce`, as what follows it.
    SatRequested,
    /// An advisor of that team accepted.
    SatAccepted,
    /// The team advised.
    SatAdvised,
    /// Who asked answered the advice.
    SatAnswered,
    /// The team was there in another way from this day on: it spoke with people itself, or stepped in.
    SatModeBegun,
    /// The last day of that.
    SatModeEnded,
    /// What was asked of that team ended.
    SatEnded,
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
    /// Last day: of a calm period, once it has ended; of what the divorce advice team does, as agreed or ended.
    until: Option<Day>,
    /// By which way it flared up.
    medium: Option<Medium>,
    /// The form of parenthood.
    form: Option<ParentingForm>,
    /// What somebody of the network does to a conflict.
    network_effect: Option<NetworkEffect>,
    /// About what a signal is of how a child fares.
    child_signal: Option<ChildSignalDomain>,
    /// How that child fares since the last time.
    signal_change: Option<ChildSignalChange>,
    /// How a question to the divorce advice team ended.
    sat_end: Option<SatEnd>,
    /// Whether the advice of that team is followed; else departed from.
    sat_followed: Option<bool>,
    /// In which way that team was there.
    sat_mode: Option<SatMode>,
}

impl EscalationPoint {
    pub(super) fn new(kind: EscalationKind, on: Day, fact: EventId) -> Self {
        let (conflict_id, person, stage, change) = (None, None, None, None);
        let (level, environment, body) = (None, None, None);
        let (energy, until, medium, form) = (None, None, None, None);
        let (network_effect, child_signal, signal_change) = (None, None, None);
        let (sat_end, sat_followed, sat_mode) = (None, None, None);
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
            network_effect,
            child_signal,
            signal_change,
            sat_end,
            sat_followed,
            sat_mode,
        }
    }

    /// Of a signal about how this child fares.
    pub(super) fn of_child(self, child: Option<PersonNode>, domain: Option<ChildSignalDomain>) -> Self {
        Self { person: child, child_signal: domain, ..self }
    }

    /// How a child fares since the last time.
    pub(super) fn changed(self, change: Option<ChildSignalChange>) -> Self {
        Self { signal_change: change, ..self }
    }

    /// How a question to the divorce advice team ended.
    pub(super) fn ended_so(self, end: SatEnd) -> Self {
        Self { sat_end: Some(end), ..self }
    }

    /// Whether an advice of the divorce advice team is followed.
    pub(super) fn answered(self, follows: bool) -> Self {
        Self { sat_followed: Some(follows), ..self }
    }

    /// In which way that team is there, and until which day.
    pub(super) fn in_mode(self, mode: SatMode, until: Option<Day>) -> Self {
        Self { sat_mode: Some(mode), until, ..self }
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

    /// How parents were parents beside each other, as far as the viewer may know.
    #[must_use]
    pub fn form_nodes(&self, session: &Session<'_>) -> Vec<FormNode> {
        self.view(session).forms.iter().cloned().filter_map(|view| FormNode::new(&self.case, view)).collect()
    }

    fn course_nodes(&self, session: &Session<'_>) -> Vec<CourseNode> {
        let node = |view: CourseView| CourseNode::new(&self.case, view);
        let begun = |node: &CourseNode| node.is_known();
        self.view(session).courses.iter().cloned().map(node).filter(begun).collect()
    }

    fn body_nodes(&self, session: &Session<'_>) -> Vec<BodyNode> {
        self.view(session).involvements.iter().cloned().filter_map(|view| BodyNode::new(&self.case, view)).collect()
    }

    fn advice_nodes(&self, session: &Session<'_>) -> Vec<AdviceNode> {
        self.view(session).advices.iter().cloned().filter_map(|view| AdviceNode::new(&self.case, view)).collect()
    }

    fn network_nodes(&self, session: &Session<'_>) -> Vec<NetworkNode> {
        self.view(session).network.iter().filter_map(|view| NetworkNode::new(&self.case, view)).collect()
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

    /// What each of the network does to a conflict, as assessed: whoever feeds it, and whoever calms it.
    async fn network_effects(&self, ctx: &Context<'_>) -> Result<Vec<NetworkNode>> {
        Ok(self.network_nodes(&Session::of(ctx)?))
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
        points.extend(self.network_nodes(&session).iter().flat_map(NetworkNode::points));
        points.extend(self.calm_nodes(&session).iter().map(CalmNode::point));
        points.extend(self.course_nodes(&session).iter().flat_map(CourseNode::points));
        points.extend(self.body_nodes(&session).iter().flat_map(BodyNode::points));
        points.extend(self.advice_nodes(&session).iter().map(AdviceNode::point));
        points.extend(plans_apart(&session, &self.case));
        points.extend(voices::signals(&session, &self.case).iter().flat_map(ChildSignalNode::points));
        points.extend(DivorceNode::new(&self.case).sat_points(&session));
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

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType;

    use super::*;
    use crate::locale::Locale;

    /// The picture of the escalation view says them.
    #[test]
    fn every_word_of_the_api_that_is_drawn_has_words_in_both_languages() {
        fn names<T: EnumType>(of: &str) -> Vec<String> {
            let key = |name: &str| format!("drawing-{of}-{}", name.to_ascii_lowercase().replace('_', "-"));
            T::items().iter().map(|item| key(item.name)).collect()
        }
        let all = [
            names::<Body>("body"),
            names::<ChildSignalChange>("change"),
            names::<ChildSignalDomain>("signal"),
            names::<Environment>("environment"),
            names::<Medium>("medium"),
            names::<ParentingForm>("form"),
            names::<NetworkEffect>("network"),
            names::<SatEnd>("sat-end"),
            names::<SatMode>("sat-mode")
                .iter()
                .flat_map(|mode| ["begun", "over"].map(|how| format!("{mode}-{how}")))
                .collect(),
        ];
        for locale in Locale::ALL {
            let missing: Vec<&String> = all.iter().flatten().filter(|key| locale.label(key) == **key).collect();
            assert!(missing.is_empty(), "add to api/locales/{}.ftl: {missing:?}", locale.tag());
        }
    }
}
