//! The life of a case: how it began, where it stands, how it ended, and what went otherwise than a rule says.

use domain::case::CaseEvent;
use domain::fact::Organisation;
use domain::ids::{ConsentId, PersonId, SignalId};
use domain::life::{LegalFramework, LifeEvent, OpeningGround, Origin, Outcome, Phase, ReportedDeparture};
use domain::personal::Personal;
use domain::signal::PlaceKind;
use domain::text::Text;
use domain::time::{CivilDay, Timestamp};

use super::conditions::framework_now;
use super::{Kept, Reading};

/// The life of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct LifeView {
    /// Where it stands.
    pub phase: Phase,
    /// How it began; `None` before it did.
    pub opening: Option<OpeningView>,
    /// How it last ended; stays when it was opened again.
    pub ending: Option<EndingView>,
    /// Signals copied into it.
    pub signals: Vec<SignalView>,
    /// What went otherwise than a rule says, for the director (rule 0).
    pub departures: Vec<DepartureView>,
}

/// How a case began.
#[derive(Clone, PartialEq, Debug)]
pub struct OpeningView {
    /// Whose case it is.
    pub municipality: Organisation,
    /// Voluntary or compulsory on the day looked at.
    pub framework: Kept<LegalFramework>,
    /// Request or signal.
    pub origin: Kept<Origin>,
    /// On what it rests (rule 22).
    pub ground: Kept<OpeningGround>,
    /// The question.
    pub question: Kept<Personal<Text>>,
}

/// How a case ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndingView {
    /// The day.
    pub day: CivilDay,
    /// How (rule 25).
    pub outcome: Kept<Outcome>,
    /// More about it.
    pub explanation: Option<Kept<Personal<Text>>>,
}

/// A signal as copied into the case.
#[derive(Clone, PartialEq, Debug)]
pub struct SignalView {
    /// The signal, with who may know that it was copied.
    pub signal: Kept<SignalId>,
    /// What it said.
    pub topic: Kept<Personal<Text>>,
    /// Kind of place it came from.
    pub place: PlaceKind,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// Under which consents.
    pub consents: Vec<ConsentId>,
}

/// Something that went otherwise than a rule says.
#[derive(Clone, PartialEq, Debug)]
pub struct DepartureView {
    /// The rule, as a stable word; with the fact that departed.
    pub rule: Kept<String>,
    /// The day.
    pub day: CivilDay,
    /// What happened, or why it went so; `None` while nobody explained it.
    pub explanation: Option<Kept<Personal<Text>>>,
    /// About whom; empty when the fact itself says so.
    pub persons: Vec<PersonId>,
}

/// The life of the case.
#[must_use]
pub fn life(reading: &Reading<'_>) -> LifeView {
    let life = &reading.state().life;
    LifeView {
        phase: life.phase,
        opening: opening(reading),
        ending: ending(reading),
        signals: signals(reading),
        departures: departures(reading),
    }
}

fn opening(reading: &Reading<'_>) -> Option<OpeningView> {
    let opening = reading.state().life.opening.as_ref()?;
    let opened = |event: &CaseEvent| matches!(event, CaseEvent::Life(LifeEvent::CaseOpened { .. }));
    let fact = reading.last_fact(opened)?;
    Some(OpeningView {
        municipality: opening.municipality.clone(),
        framework: framework_now(reading).unwrap_or_else(|| reading.kept(opening.framework, fact)),
        origin: reading.kept(opening.origin.clone(), fact),
        ground: reading.kept(opening.ground, fact),
        question: reading.kept_words(opening.question.clone(), fact),
    })
}

fn ending(reading: &Reading<'_>) -> Option<EndingView> {
    let ending = reading.state().life.ending.as_ref()?;
    let closed = |event: &CaseEvent| matches!(event, CaseEvent::Life(LifeEvent::CaseClosed { .. }));
    let fact = reading.last_fact(closed)?;
    let explanation = ending.explanation.clone().map(|words| reading.kept_words(words, fact));
    Some(EndingView { day: ending.day, outcome: reading.kept(ending.outcome, fact), explanation })
}

fn signals(reading: &Reading<'_>) -> Vec<SignalView> {
    let linked = |signal: SignalId| {
        reading.last_fact(|event| match event {
            CaseEvent::Life(LifeEvent::SignalLinked { signal: linked, .. }) => *linked == signal,
            _ => false,
        })
    };
    let copies = reading.state().life.signals.iter().filter_map(|copy| {
        let fact = linked(copy.signal)?;
        Some(SignalView {
            signal: reading.kept(copy.signal, fact),
            topic: reading.kept_words(copy.topic.clone(), fact),
            place: copy.place,
            raised_at: copy.raised_at,
            consents: copy.consents.clone(),
        })
    });
    copies.collect()
}

/// What went otherwise than a rule says by the day, in recorded order: also where the fact that says so is a dated one.
#[must_use]
pub fn departures(reading: &Reading<'_>) -> Vec<DepartureView> {
    let view = |departure: &ReportedDeparture| DepartureView {
        rule: reading.kept(departure.rule.clone(), departure.fact),
        day: departure.day,
        explanation: departure.explanation.clone().map(|words| reading.kept_explanation(words, departure.fact)),
        persons: departure.persons.clone(),
    };
    let by_the_day = reading.state().life.departures.iter().filter(|departure| departure.day <= reading.day());
    by_the_day.map(view).collect()
}
