//! The life of a case: opened from a request or a signal, closed, reopened; what reality did otherwise is reported (rules 0, 4, 22, 25).

use serde::{Deserialize, Serialize};

mod events;
mod opening;
mod phase;
#[cfg(test)]
mod tests;

pub use events::CATALOGUE;
pub use phase::Phase;
pub(crate) use phase::{check_open, is_act};

use std::collections::BTreeMap;

use crate::assessment;
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::{self, NewConsent};
use crate::decider::{Context, History, Order};
use crate::divorce;
use crate::fact::{Audience, Draft, Fact, Organisation};
use crate::households;
use crate::ids::{ConsentId, EventId, PersonId, SignalId};
use crate::people::{self, NewAuthority, NewPerson};
use crate::personal::Personal;
use crate::protection::Locating;
use crate::regie;
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::{self, SafetyEvent};
use crate::sharing;
use crate::signal::PlaceKind;
use crate::text::Text;
use crate::time::{CivilDay, Timestamp};
use crate::voice;

/// Whether help is voluntary or rests on a measure (004:441).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalFramework {
    /// The family chooses.
    Voluntary,
    /// A measure binds the family.
    Compulsory,
}

/// What a case came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A request for help.
    Request,
    /// A signal, linked in the same append.
    Signal(SignalId),
}

/// On what a case may open (rule 22).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningGround {
    /// A help consent by someone with standing, for each child.
    HelpConsent,
    /// A decision under the meldcode.
    MeldcodeDecision,
    /// A measure by a court.
    Measure,
}

/// How a case ended (rule 25).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Good enough, in the family's eyes.
    GoodEnough,
    /// No help was needed.
    NoHelpNeeded,
    /// The family was reassured.
    Reassured,
    /// The family moved out of the municipality.
    Moved,
    /// The family ended the contact.
    EndedByFamily,
}

/// What can happen in the life of a case.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum LifeEvent {
    /// The case was opened.
    CaseOpened {
        /// Whose case it is.
        municipality: Organisation,
        /// Voluntary or compulsory.
        framework: LegalFramework,
        /// Request or signal.
        origin: Origin,
        /// On what it rests.
        ground: OpeningGround,
        /// The question, in a sentence.
        question: Personal<Text>,
    },
    /// A signal was copied into this case.
    SignalLinked {
        /// The signal.
        signal: SignalId,
        /// What it said.
        topic: Personal<Text>,
        /// Kind of place it came from.
        place: PlaceKind,
        /// When it was raised.
        raised_at: Timestamp,
        /// The sharing consents it was linked under; empty after a meldcode decision.
        consents: Vec<ConsentId>,
    },
    /// The case was closed.
    CaseClosed {
        /// How it ended.
        outcome: Outcome,
        /// More about it.
        explanation: Option<Personal<Text>>,
    },
    /// The case was opened again.
    CaseReopened {
        /// Why.
        reason: Personal<Text>,
    },
    /// Something happened otherwise than a rule says (rule 0).
    DepartureReported {
        /// The rule, as a stable word.
        rule: String,
        /// What happened.
        what: Personal<Text>,
        /// About whom.
        persons: Vec<PersonId>,
    },
    /// Who may know an earlier fact was changed.
    AudienceChanged {
        /// The fact.
        target: EventId,
        /// Who may know it from now on.
        audience: Audience,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked in the life of a case.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum LifeCommand {
    /// Open it, with its people, their authority and the consents that allow it, in one append.
    OpenCase {
        /// Whose case it is.
        municipality: Organisation,
        /// Voluntary or compulsory.
        framework: LegalFramework,
        /// On what it rests.
        ground: OpeningGround,
        /// The question, in a sentence.
        question: Text,
        /// The signal it came from, as the desk read it.
        signal: Option<LinkedSignal>,
        /// The family, each with a key that the other lists use.
        people: Vec<NewPerson>,
        /// Who has authority over which child.
        authority: Vec<NewAuthority>,
        /// Who consented to what.
        consents: Vec<NewConsent>,
    },
    /// Link a signal to the open case.
    LinkSignal {
        /// The signal, as the desk read it.
        signal: LinkedSignal,
    },
    /// Close it.
    CloseCase {
        /// How it ended.
        outcome: Outcome,
        /// More about it.
        explanation: Option<Text>,
    },
    /// Open it again.
    ReopenCase {
        /// Why.
        reason: Text,
    },
    /// Report what happened otherwise than a rule says.
    ReportDeparture {
        /// The rule, as a stable word: one of the words the API lists.
        rule: String,
        /// What happened.
        what: Text,
        /// About whom.
        persons: Vec<PersonId>,
    },
    /// Change who may know an earlier fact.
    ChangeAudience {
        /// The fact.
        target: EventId,
        /// Who may know it.
        audience: Audience,
        /// Why.
        reason: Text,
    },
}

/// A signal as read from its own stream, to be copied into a case.
#[derive(Clone, Debug, Serialize)]
pub struct LinkedSignal {
    /// The signal.
    pub signal: SignalId,
    /// What it said.
    pub topic: Text,
    /// Kind of place it came from.
    pub place: PlaceKind,
    /// When it was raised.
    pub raised_at: Timestamp,
}

/// The rules that a departure can be reported of, as stable words (rule 0). The API lists them; a new one is added at the end.
pub const DEPARTURE_RULES: &[&str] = &[
    "consent_before_help",
    "consent_before_joining",
    "consent_before_sharing",
    "one_director",
    "family_asked_about_successor",
    "summary_read_before_acceptance",
    "regie_handed_back_before_closing",
    "family_decides",
    "different_listeners",
    "child_heard",
    "child_words_kept",
    "safety_before_joint_talk",
    "action_has_owner",
    "plan_before_action",
    "child_interest_weighed",
    "neutral_label",
    "other",
    "family_told_of_ret",
];

/// The case was opened before.
pub const CASE_ALREADY_OPENED: Code = Code("CASE_ALREADY_OPENED");
/// There is no such case.
pub const CASE_UNKNOWN: Code = Code("CASE_UNKNOWN");
/// The case is closed: acts wait until it is opened again.
pub const CASE_NOT_OPEN: Code = Code("CASE_NOT_OPEN");
/// The case is open: there is nothing to reopen.
pub const CASE_NOT_CLOSED: Code = Code("CASE_NOT_CLOSED");
/// A case opens with somebody.
pub const CASE_WITHOUT_PEOPLE: Code = Code("CASE_WITHOUT_PEOPLE");
/// A case opens around at least one child.
pub const CASE_WITHOUT_CHILD: Code = Code("CASE_WITHOUT_CHILD");
/// Two persons of the command have the same key.
pub const PERSON_KEY_TWICE: Code = Code("PERSON_KEY_TWICE");
/// No person of the command has this key.
pub const PERSON_KEY_UNKNOWN: Code = Code("PERSON_KEY_UNKNOWN");
/// No help consent by someone with standing, for a child, and no other ground (rule 22).
pub const OPENING_WITHOUT_CONSENT: Code = Code("OPENING_WITHOUT_CONSENT");
/// A signal is linked under the sharing consent of everyone who must be asked about somebody, or under a decision under the meldcode
/// (rule 22). Ask who was not asked; after a no the meldcode stays open.
pub const SIGNAL_WITHOUT_CONSENT: Code = Code("SIGNAL_WITHOUT_CONSENT");
/// The signal was linked to this case before.
pub const SIGNAL_ALREADY_LINKED: Code = Code("SIGNAL_ALREADY_LINKED");
/// Tasks of the directorship are not handed back to the family (rule 4).
pub const REGIE_NOT_HANDED_BACK: Code = Code("REGIE_NOT_HANDED_BACK");
/// The rule is not one of [`DEPARTURE_RULES`].
pub const DEPARTURE_RULE_UNKNOWN: Code = Code("DEPARTURE_RULE_UNKNOWN");
/// The fact whose audience should change is not in this case.
pub const AUDIENCE_FACT_UNKNOWN: Code = Code("AUDIENCE_FACT_UNKNOWN");
/// An audience of nobody.
pub const AUDIENCE_EMPTY: Code = Code("AUDIENCE_EMPTY");

/// The fact is about somebody whose locating data are protected: it is shown to fewer, never to more. Lifting protection takes two
/// workers and the protected person.
pub const AUDIENCE_PROTECTED: Code = Code("AUDIENCE_PROTECTED");

/// Every code this room refuses with.
pub const CODES: &[Code] = &[
    CASE_ALREADY_OPENED,
    CASE_UNKNOWN,
    CASE_NOT_OPEN,
    CASE_NOT_CLOSED,
    CASE_WITHOUT_PEOPLE,
    CASE_WITHOUT_CHILD,
    PERSON_KEY_TWICE,
    PERSON_KEY_UNKNOWN,
    OPENING_WITHOUT_CONSENT,
    SIGNAL_WITHOUT_CONSENT,
    SIGNAL_ALREADY_LINKED,
    REGIE_NOT_HANDED_BACK,
    DEPARTURE_RULE_UNKNOWN,
    AUDIENCE_FACT_UNKNOWN,
    AUDIENCE_EMPTY,
    AUDIENCE_PROTECTED,
];

/// This room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Life {
    /// Where the case stands.
    pub phase: Phase,
    /// What was said when it opened.
    pub opening: Option<Opening>,
    /// How it last ended; stays when it is opened again.
    pub ending: Option<Ending>,
    /// The signals copied into it.
    pub signals: Vec<SignalCopy>,
    /// What happened otherwise than a rule says, for the director.
    pub departures: Vec<ReportedDeparture>,
    audiences: BTreeMap<EventId, Audience>,
}

impl Life {
    /// Who may know this fact: what it was recorded with, unless changed since.
    #[must_use]
    pub fn audience_of<'a>(&'a self, fact: &'a Fact<CaseEvent>) -> &'a Audience {
        self.audiences.get(&fact.id).unwrap_or(&fact.audience)
    }
}

/// What was said when the case opened.
#[derive(Clone, PartialEq, Debug)]
pub struct Opening {
    /// Whose case it is.
    pub municipality: Organisation,
    /// Voluntary or compulsory.
    pub framework: LegalFramework,
    /// Request or signal.
    pub origin: Origin,
    /// On what it rests.
    pub ground: OpeningGround,
    /// The question.
    pub question: Personal<Text>,
}

/// How a case ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Ending {
    /// The day.
    pub day: CivilDay,
    /// How.
    pub outcome: Outcome,
    /// More about it.
    pub explanation: Option<Personal<Text>>,
}

/// A signal as copied into the case.
#[derive(Clone, PartialEq, Debug)]
pub struct SignalCopy {
    /// The signal.
    pub signal: SignalId,
    /// What it said.
    pub topic: Personal<Text>,
    /// Kind of place it came from.
    pub place: PlaceKind,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// Under which consents.
    pub consents: Vec<ConsentId>,
}

/// Something that happened otherwise than a rule says.
#[derive(Clone, PartialEq, Debug)]
pub struct ReportedDeparture {
    /// The fact that says so.
    pub fact: EventId,
    /// The day it happened.
    pub day: CivilDay,
    /// The rule, as a stable word.
    pub rule: String,
    /// What happened, or why it went so.
    pub explanation: Option<Personal<Text>>,
    /// About whom; empty when the fact itself says so.
    pub persons: Vec<PersonId>,
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &LifeCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    match command {
        LifeCommand::OpenCase { municipality, framework, ground, question, signal, people, authority, consents } => {
            let family = opening::Family { people, authority, consents };
            let opened = opening::Asked {
                municipality,
                framework: *framework,
                ground: *ground,
                question,
                signal: signal.as_ref(),
            };
            opening::open(history, &opened, &family, context)
        }
        LifeCommand::LinkSignal { signal } => Ok(vec![link_signal(state, signal, context)?]),
        LifeCommand::CloseCase { outcome, explanation } => close(state, *outcome, explanation.as_ref(), context),
        LifeCommand::ReopenCase { reason } => {
            Ok(vec![draft(LifeEvent::CaseReopened { reason: context.in_record(reason.clone()) })])
        }
        LifeCommand::ReportDeparture { rule, what, persons } => report_departure(state, rule, what, persons, context),
        LifeCommand::ChangeAudience { target, audience, reason } => {
            change_audience(history, *target, audience, reason, context)
        }
    }
}

fn draft(event: LifeEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Life(event))
}

/// Copies a signal into a case, under the sharing consents that count today for somebody about whom everyone who must be asked agreed, or
/// under the decision that opened the case.
pub(super) fn link_signal(
    state: &CaseState,
    signal: &LinkedSignal,
    context: &mut Context<'_>,
) -> Result<Draft<CaseEvent>, Rejection> {
    let id = Detail::id(signal.signal);
    if state.life.signals.iter().any(|copy| copy.signal == signal.signal) {
        return Err(Rejection::new(SIGNAL_ALREADY_LINKED).with("signal", id));
    }
    let consents = consent::for_signals(state, context.today(), context.terms);
    let meldcode = state.life.opening.as_ref().is_some_and(|opening| opening.ground == OpeningGround::MeldcodeDecision);
    if consents.is_empty() && !meldcode {
        let open = consent::WAYS_FOR_SIGNALS.iter().map(|way| Detail::Word(way.as_str())).collect();
        return Err(Rejection::new(SIGNAL_WITHOUT_CONSENT)
            .with("signal", id)
            .with("category", "signal")
            .with("ways_open", Detail::List(open)));
    }
    Ok(draft(LifeEvent::SignalLinked {
        signal: signal.signal,
        topic: context.in_record(signal.topic.clone()),
        place: signal.place,
        raised_at: signal.raised_at,
        consents,
    }))
}

fn close(
    state: &CaseState,
    outcome: Outcome,
    explanation: Option<&Text>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let today = context.today();
    let open = state.regie.open_tasks(today);
    if state.regie.director_on(today).is_some() && !open.is_empty() {
        return Err(Rejection::new(REGIE_NOT_HANDED_BACK).with("open_tasks", open.len() as u64));
    }
    let explanation = explanation.cloned().map(|explanation| context.in_record(explanation));
    Ok(vec![draft(LifeEvent::CaseClosed { outcome, explanation })])
}

fn report_departure(
    state: &CaseState,
    rule: &str,
    what: &Text,
    persons: &[PersonId],
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    if !DEPARTURE_RULES.contains(&rule) {
        let known = DEPARTURE_RULES.iter().copied().map(Detail::Word).collect();
        return Err(Rejection::new(DEPARTURE_RULE_UNKNOWN).with("known", Detail::List(known)));
    }
    persons.iter().try_for_each(|person| people::check_known(&state.people, *person))?;
    let what = context.in_record(what.clone());
    let event = LifeEvent::DepartureReported { rule: rule.to_owned(), what, persons: persons.to_vec() };
    Ok(vec![draft(event).departing(rule, None).for_audience(Audience::Director)])
}

fn change_audience(
    history: &History<Case>,
    target: EventId,
    audience: &Audience,
    reason: &Text,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let refused = |code| Err(Rejection::new(code).with("fact", Detail::id(target)));
    let Some(fact) = history.fact(target) else { return refused(AUDIENCE_FACT_UNKNOWN) };
    let (empty, persons) = match audience {
        Audience::Child(child) => (false, std::slice::from_ref(child)),
        Audience::Persons(persons) => (persons.is_empty(), persons.as_slice()),
        Audience::Households(households) => (households.is_empty(), [].as_slice()),
        Audience::Workers(workers) => (workers.is_empty(), [].as_slice()),
        Audience::Case | Audience::Director | Audience::Author => (false, [].as_slice()),
    };
    if empty {
        return Err(Rejection::new(AUDIENCE_EMPTY));
    }
    persons.iter().try_for_each(|person| people::check_known(&history.state().people, *person))?;
    if let Audience::Households(asked) = audience {
        households::check_known(&history.state().households, asked)?;
    }
    // For whom a child's words are is the child's to say (rule 16).
    let of_a_child = matches!(fact.event, CaseEvent::Voice(_));
    if of_a_child && !audience.is_within(history.state().life.audience_of(fact)) {
        return refused(voice::VOICE_KEEPS_AUDIENCE);
    }
    if let CaseEvent::Safety(event) = &fact.event {
        let keeps = matches!(event, SafetyEvent::SafetyTalkHeld { child: true, .. });
        if keeps && !audience.is_within(history.state().life.audience_of(fact)) {
            return refused(voice::VOICE_KEEPS_AUDIENCE);
        }
        safety::check_audience(audience)?;
    }
    if assessment::is_own_words(&fact.event) && !audience.is_within(history.state().life.audience_of(fact)) {
        return refused(assessment::ASSESSMENT_KEEPS_AUDIENCE);
    }
    let protected = Locating::on(history, context.today()).concerns(&fact.event);
    if protected && !audience.is_within(history.state().life.audience_of(fact)) {
        return refused(AUDIENCE_PROTECTED);
    }
    let reason = context.in_record(reason.clone());
    let event = LifeEvent::AudienceChanged { target, audience: audience.clone(), reason };
    Ok(vec![draft(event).for_audience(Audience::Director)])
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &LifeEvent) {
    let life = &mut state.life;
    let day = fact.occurred.day();
    match event.clone() {
        LifeEvent::CaseOpened { municipality, framework, origin, ground, question } => {
            life.phase = Phase::Open(day);
            life.opening = Some(Opening { municipality, framework, origin, ground, question });
            regie::case_opened(state, day);
        }
        LifeEvent::SignalLinked { signal, topic, place, raised_at, consents } => {
            life.signals.push(SignalCopy { signal, topic, place, raised_at, consents });
        }
        LifeEvent::CaseClosed { outcome, explanation } => {
            life.phase = Phase::Closed(day);
            life.ending = Some(Ending { day, outcome, explanation });
            regie::case_closed(state, day, fact.actor.worker);
            end_other_roles(state);
        }
        LifeEvent::CaseReopened { .. } => {
            life.phase = Phase::Open(day);
            regie::case_reopened(state, day);
            end_other_roles(state);
        }
        // Listed with all other departures, in `list_departures`.
        LifeEvent::DepartureReported { .. } => {}
        LifeEvent::AudienceChanged { target, audience, .. } => {
            life.audiences.insert(target, audience);
        }
    }
}

/// What other rooms than regie gave somebody ends with the case too.
fn end_other_roles(state: &mut CaseState) {
    divorce::end_with_the_case(state);
    sharing::end_with_the_case(&mut state.sharing, &state.regie);
}

/// Lists what a fact of any room says to have gone otherwise than a rule says (rule 0). Called for every fact, in `case`. What a
/// correction carries is about the fact that it corrects, and listed with that.
pub(crate) fn list_departures(state: &mut CaseState, fact: &Fact<CaseEvent>) {
    let (said, persons) = match &fact.event {
        CaseEvent::Correction(_) => return,
        CaseEvent::Life(LifeEvent::DepartureReported { what, persons, .. }) => (Some(what), persons.as_slice()),
        _ => (None, [].as_slice()),
    };
    state.life.departures.extend(fact.departures.iter().map(|departure| ReportedDeparture {
        fact: fact.id,
        day: fact.occurred.day(),
        rule: departure.rule.clone(),
        explanation: departure.explanation.as_ref().or(said).cloned(),
        persons: persons.to_vec(),
    }));
}
