use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::CorrectionCommand;
use crate::decider::{DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{ANJA, FENNA, ILSE, MORRIS, ROBERT, closed, directed, fact_of, strike};
use crate::fact::{NEUTRAL, Role};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

pub(crate) fn anja_only() -> Audience {
    Audience::Workers(vec![ANJA])
}

pub(crate) fn says(child: PersonId, words: &str, known_to: Audience) -> VoiceCommand {
    VoiceCommand::RecordChildVoice {
        child,
        words: text(words),
        listener: None,
        setting: None,
        known_to,
        family_may_know: vec![],
    }
}

pub(crate) fn sleeps_badly(child: PersonId, known_to: Audience) -> VoiceCommand {
    VoiceCommand::OpenChildSignal {
        child,
        domain: SignalDomain::Sleeping,
        change: Change::Worse,
        words: Some(text("Slaapt slecht voor het wisselen.")),
        told_by: Some(child),
        worker: None,
        known_to,
    }
}

pub(crate) fn better(signal: ChildSignalId) -> VoiceCommand {
    VoiceCommand::ChangeChildSignal { signal, change: Change::Better, words: None }
}

pub(crate) fn over(signal: ChildSignalId) -> VoiceCommand {
    VoiceCommand::CloseChildSignal { signal, words: Some(text("Slaapt weer goed.")) }
}

fn signal(given: &Given<Case>) -> &ChildSignal {
    let [signal] = given.state().voices.signals() else { panic!("one signal") };
    signal
}

/// Case 01, 2026-06-19: what is for Anja only is for nobody else, also not for who listened and wrote it.
#[test]
fn a_childs_words_are_for_whom_the_child_said_exactly() {
    let listened = directed().by(FENNA, Role::Supporter);
    let when = listened.when(says(MORRIS, "Ik wil gewoon rust.", anja_only()));
    assert_eq!(when.drafts()[0].audience, Some(anja_only()));
    let given = when.accepted();
    let [heard] = given.state().voices.heard() else { panic!("one voice") };
    assert_eq!((heard.child, heard.listener), (MORRIS, FENNA));
    assert!(heard.family_may_know.is_empty(), "no parent unless the child said so");
    assert_eq!(heard.words.known().unwrap().as_str(), "Ik wil gewoon rust.");
}

#[test]
fn for_whom_it_is_is_said_and_never_as_wide_as_a_family_or_the_case() {
    for audience in [anja_only(), Audience::Director, Audience::Child(MORRIS)] {
        directed().when(says(MORRIS, "Rust.", audience.clone())).accepted();
        directed().when(sleeps_badly(MORRIS, audience)).accepted();
    }
    for audience in [
        Audience::Workers(vec![]),
        Audience::Child(ILSE),
        Audience::Case,
        Audience::Author,
        Audience::Persons(vec![ILSE]),
        Audience::Households(vec![crate::divorce::tests::A]),
    ] {
        directed().when(says(MORRIS, "Rust.", audience.clone())).then_rejected(AUDIENCE_NOT_THE_CHILDS);
        directed().when(sleeps_badly(MORRIS, audience)).then_rejected(AUDIENCE_NOT_THE_CHILDS);
    }
}

#[test]
fn what_cannot_be_is_refused_and_what_was_is_taken() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(says(nobody, "Rust.", anja_only())).then_rejected(PERSON_UNKNOWN);
    directed().when(says(ROBERT, "Rust.", anja_only())).then_rejected(VOICE_OF_A_CHILD);
    directed().when(sleeps_badly(ROBERT, anja_only())).then_rejected(VOICE_OF_A_CHILD);
    directed().when(says(MORRIS, "Bij Ilse is het fijn", anja_only())).then_rejected(NAMES_IN_TEXT);
    directed().when_on("2026-04-22", says(MORRIS, "Rust.", anja_only())).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(says(MORRIS, "Rust.", anja_only())).then_rejected(CASE_UNKNOWN);
    let unknown = ChildSignalId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(better(unknown)).then_rejected(CHILD_SIGNAL_UNKNOWN);
    directed().when(over(unknown)).then_rejected(CHILD_SIGNAL_UNKNOWN);
    let parent = VoiceCommand::RecordChildVoice {
        child: MORRIS,
        words: text("Rust."),
        listener: Some(FENNA),
        setting: Some(text("Aan tafel, alleen.")),
        known_to: anja_only(),
        family_may_know: vec![nobody],
    };
    directed().when(parent).then_rejected(PERSON_UNKNOWN);
    directed().when_on("2020-01-01", says(MORRIS, "Rust.", anja_only())).accepted();
    closed(directed(), "2026-05-01").when(says(MORRIS, "Rust.", anja_only())).accepted();
}

/// Case 01: opened 06-19, closed 10-05.
#[test]
fn a_signal_opens_changes_closes_and_opens_again() {
    let given = directed().when(sleeps_badly(MORRIS, anja_only())).accepted();
    let id = signal(&given).id;
    let given = given.by(FENNA, Role::Supporter).on("2026-06-01").when(better(id)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, anja_only(), "as the signal, not as who reports");
    let given = given.on("2026-10-05").when(over(id)).accepted();
    assert_eq!(signal(&given).closed.as_ref().unwrap().day, day("2026-10-05"));
    let changes: Vec<_> = signal(&given).steps.iter().map(|step| *step.change.known().unwrap()).collect();
    assert_eq!(changes, [Change::Worse, Change::Better]);
    let given = given.on("2026-10-06").when_on("2026-09-01", better(id)).accepted();
    assert!(signal(&given).closed.is_some(), "told later of an earlier day");
    let given = given.when(over(id)).accepted();
    let again = VoiceCommand::ChangeChildSignal { signal: id, change: Change::Worse, words: None };
    let given = given.on("2026-11-01").when(again).accepted();
    assert!(signal(&given).closed.is_none());
}

#[test]
fn nobody_widens_it_later_and_anybody_who_may_narrows_it() {
    let given = || directed().when(says(MORRIS, "Rust.", Audience::Child(MORRIS))).accepted();
    let change = |given: &Given<Case>, audience| LifeCommand::ChangeAudience {
        target: fact_of(given, "ChildVoiceRecorded"),
        audience,
        reason: text("anders"),
    };
    let case = given();
    let narrowed = change(&case, Audience::Director);
    case.when(narrowed).accepted();
    for wider in [Audience::Case, Audience::Child(ILSE), Audience::Persons(vec![ILSE]), anja_only()] {
        let case = given();
        let wider = change(&case, wider);
        case.when(wider).then_rejected(VOICE_KEEPS_AUDIENCE);
    }
}

#[test]
fn nothing_in_clear_tells_that_a_child_spoke_and_how_it_fares_is_health() {
    let given = directed().when(says(MORRIS, "Rust.", anja_only())).accepted();
    let given = given.when(sleeps_badly(MORRIS, anja_only())).accepted();
    let id = signal(&given).id;
    let given = given.when(better(id)).accepted().when(over(id)).accepted();
    let told: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Voice(_))).collect();
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|fact| fact.event.info().outer == NEUTRAL));
    assert_eq!(signal(&given).domain.class(), Some(DataClass::Health));
    assert_eq!(signal(&given).domain.owner(), Subject::Person(MORRIS));
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    for fact in told {
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Child(MORRIS), Layer::Person(MORRIS)]));
        assert!(!Locating::on(given.history(), day("2026-04-21")).leads(&fact.event), "nobody is protected");
    }
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![], reason: text("veilig") };
    let given = given.when(protect).accepted();
    let voice = given.history().facts().iter().find(|fact| matches!(fact.event, CaseEvent::Voice(_))).unwrap();
    assert!(Locating::on(given.history(), day("2026-04-21")).leads(&voice.event), "a child may tell where");
}

#[test]
fn it_is_struck_out_and_corrected_for_the_same_readers() {
    use crate::correction::CorrectedContent;
    let given = directed().when(says(MORRIS, "Ik wil rust.", anja_only())).accepted();
    let target = fact_of(&given, "ChildVoiceRecorded");
    let right = CorrectionCommand::Correct {
        target,
        reason: text("verschreven"),
        occurred: None,
        content: CorrectedContent::Words(text("Ik wil gewoon rust.")),
    };
    let given = given.when(right).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, anja_only());
    assert_eq!(given.state().voices.heard()[0].words.known().unwrap().as_str(), "Ik wil gewoon rust.");
    let out = strike(&given, "ChildVoiceRecorded");
    assert!(given.when(out).accepted().state().voices.heard().is_empty());
}
