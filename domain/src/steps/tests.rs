use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::case::CaseCommand;
use crate::conflict::catalogue::CONFLICT_UNKNOWN;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{
    A, ANJA, FENNA, ILSE, MORRIS, ROBERT, WIM, apart, appoint, closed, directed, fact_of, strike,
};
use crate::fact::{NEUTRAL, Role};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

fn to(workers: &[WorkerId]) -> Audience {
    Audience::Workers(workers.to_vec())
}

pub(crate) fn taken(person: PersonId, step: ConversationStep) -> NewTaken {
    NewTaken {
        person,
        step,
        worker: None,
        words: Some(text("Er even over nagedacht.")),
        conflict: None,
        known_to: None,
    }
}

pub(crate) fn take(new: NewTaken) -> StepsCommand {
    StepsCommand::RecordConversationStep(Box::new(new))
}

pub(crate) fn option(person: PersonId, words: &str) -> NewOption {
    NewOption {
        person,
        author: Some(SaidBy::Person(person)),
        worker: None,
        words: text(words),
        conflict: None,
        known_to: None,
    }
}

pub(crate) fn author(new: NewOption) -> StepsCommand {
    StepsCommand::RecordOption(Box::new(new))
}

pub(crate) fn tried(option: OptionId, effect: OptionEffect) -> StepsCommand {
    StepsCommand::RecordOptionTried { option, effect, words: None, present: vec![] }
}

pub(crate) fn name_face(person: PersonId, known_to: Option<Audience>) -> StepsCommand {
    let who = NewAttendee::Outside(line("Juf van groep 6"));
    StepsCommand::NameTrustedContact { person, who, words: Some(text("Zij luistert.")), known_to }
}

fn may_be_there(trusted: TrustedContactId, agrees: bool, on: Option<&str>) -> StepsCommand {
    StepsCommand::AnswerTrustedPresence { trusted, agrees, on: on.map(day), words: None }
}

pub(crate) fn end_face(trusted: TrustedContactId) -> StepsCommand {
    StepsCommand::EndTrustedContact { trusted, reason: Some(text("Naar een andere school.")) }
}

pub(crate) fn option_of(given: &Given<Case>) -> OptionId {
    given.state().steps.options().next().unwrap().id
}

pub(crate) fn face_of(given: &Given<Case>) -> TrustedContactId {
    given.state().steps.trusted_contacts().next().unwrap().id
}

fn last(given: &Given<Case>) -> &Fact<CaseEvent> {
    given.history().facts().last().unwrap()
}

/// Case 01: all six steps with Robert, by name; in any order and again.
#[test]
fn every_step_is_taken_by_its_name_in_any_order_and_again() {
    use ConversationStep::*;
    let order = [Options, ShareVision, Acknowledge, Dynamics, NeedAndDesire, Reality, ShareVision];
    let given = order.into_iter().fold(directed(), |given, step| given.when(take(taken(ROBERT, step))).accepted());
    let mut steps: Vec<_> = given.state().steps.taken().map(|taken| (taken.person, taken.worker, taken.step)).collect();
    assert_eq!(steps.len(), 7);
    steps.sort_unstable_by_key(|(.., step)| *step);
    steps.dedup();
    assert_eq!(steps.len(), 6);
    assert!(steps.iter().all(|(person, worker, _)| (*person, *worker) == (ROBERT, ANJA)));
    let by_fenna = NewTaken { worker: Some(FENNA), words: None, ..taken(ROBERT, Reality) };
    let given = given.when(take(by_fenna)).accepted();
    assert!(given.state().steps.taken().any(|taken| taken.worker == FENNA && taken.words.is_none()));
}

fn has_number(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(_) => true,
        serde_json::Value::Array(list) => list.iter().any(has_number),
        serde_json::Value::Object(fields) => fields.values().any(has_number),
        _ => false,
    }
}

/// 004b 0.7: a step has a name and never a number.
#[test]
fn no_field_of_this_room_holds_a_number() {
    let given = directed().when(take(taken(ROBERT, ConversationStep::NeedAndDesire))).accepted();
    let given = given.when(author(option(ROBERT, "Niet meteen reageren."))).accepted();
    let id = option_of(&given);
    let given = given.when(tried(id, OptionEffect::MoreRest)).accepted().when(name_face(ROBERT, None)).accepted();
    let face = face_of(&given);
    let given = given.when(may_be_there(face, true, None)).accepted().when(end_face(face)).accepted();
    let of_room = given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Steps(_)));
    let stored: Vec<_> =
        of_room.map(|fact| crate::personal::codec_scope(|| fact.event.to_payload()).unwrap()).collect();
    assert_eq!(stored.len(), CATALOGUE.len());
    assert!(!stored.iter().any(has_number), "{stored:?}");
    assert_eq!(stored[0]["step"], "need_and_desire");
}

/// 004b R45: an option comes from the person; one that nobody thought of is no option.
#[test]
fn an_option_is_its_authors() {
    let without = NewOption { author: None, ..option(ROBERT, "Niet meteen reageren.") };
    directed().when(author(without)).then_rejected(OPTION_WITHOUT_AUTHOR);
    for of_another in [SaidBy::Worker(ANJA), SaidBy::Person(ILSE), SaidBy::Person(MORRIS)] {
        let new = NewOption { author: Some(of_another), ..option(ROBERT, "Niet meteen reageren.") };
        directed().when(author(new)).then_rejected(OPTION_OF_ANOTHER);
    }
    let unknown = NewOption { author: Some(SaidBy::Person(nobody())), ..option(ROBERT, "Zo.") };
    directed().when(author(unknown)).then_rejected(PERSON_UNKNOWN);
    directed().when(author(option(nobody(), "Zo."))).then_rejected(PERSON_UNKNOWN);
    let given = directed().when(author(option(ROBERT, "Niet meteen reageren."))).accepted();
    let own = given.state().steps.option(option_of(&given)).unwrap();
    assert_eq!((own.person, own.worker, own.words.known().unwrap().as_str()), (ROBERT, ANJA, "Niet meteen reageren."));
}

/// Case 01: two options of Robert, each tried, one with more rest and one without change; and again later.
#[test]
fn what_came_of_trying_is_recorded_as_often_as_it_is_tried() {
    let given = directed().when(author(option(ROBERT, "Niet meteen reageren."))).accepted();
    let id = option_of(&given);
    let given = given.when(tried(id, OptionEffect::NoChange)).accepted().on("2026-05-04");
    let given = given.when(tried(id, OptionEffect::MoreRest)).accepted();
    let effects: Vec<_> =
        given.state().steps.option(id).unwrap().tried.iter().map(|tried| tried.effect.known()).collect();
    assert_eq!(effects, [Some(&OptionEffect::NoChange), Some(&OptionEffect::MoreRest)]);
    let unknown = OptionId::from_uuid(Uuid::from_u128(0xBAD));
    given.when(tried(unknown, OptionEffect::MoreStrife)).then_rejected(OPTION_UNKNOWN);
}

/// Case 03: with a child it is said for whom it is, exactly; nobody widens it later.
#[test]
fn of_a_child_it_is_said_for_whom_it_is() {
    use ConversationStep::Acknowledge;
    directed().when(take(taken(MORRIS, Acknowledge))).then_rejected(STEPS_AUDIENCE);
    directed().when(author(option(MORRIS, "Met mama praten."))).then_rejected(STEPS_AUDIENCE);
    directed().when(name_face(MORRIS, None)).then_rejected(STEPS_AUDIENCE);
    for wrong in [
        Audience::Case,
        Audience::Child(ROBERT),
        Audience::Workers(vec![]),
        Audience::Persons(vec![MORRIS]),
        Audience::Households(vec![A]),
        Audience::Author,
    ] {
        let new = NewTaken { known_to: Some(wrong), ..taken(MORRIS, Acknowledge) };
        directed().when(take(new)).then_rejected(STEPS_AUDIENCE);
    }
    let of = |known_to: Audience| {
        let new = NewTaken { known_to: Some(known_to), ..taken(MORRIS, Acknowledge) };
        let given = directed().when(take(new)).accepted();
        last(&given).audience.clone()
    };
    assert_eq!(of(Audience::Director), Audience::Director);
    assert_eq!(of(Audience::Child(MORRIS)), Audience::Child(MORRIS));
    assert_eq!(of(Audience::Workers(vec![FENNA])), Audience::Workers(vec![FENNA]));
    let new = NewTaken { known_to: Some(to(&[ANJA])), ..taken(MORRIS, Acknowledge) };
    let given = directed().when(take(new)).accepted();
    let widen = LifeCommand::ChangeAudience {
        target: fact_of(&given, "ConversationStepTaken"),
        audience: Audience::Child(MORRIS),
        reason: text("handig"),
    };
    given.when(widen).then_rejected(STEPS_KEEP_AUDIENCE);
}

#[test]
fn of_a_grown_up_it_is_for_who_works_for_them_unless_for_fewer() {
    let of = |known_to: Option<Audience>| {
        let new = NewTaken { known_to, ..taken(ROBERT, ConversationStep::Dynamics) };
        let given = directed().when(take(new)).accepted();
        let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
        assert_eq!(layers.of_fact(last(&given)), Layers::of([Layer::Person(ROBERT)]));
        last(&given).audience.clone()
    };
    assert_eq!(of(None), Audience::Persons(vec![ROBERT]));
    assert_eq!(of(Some(Audience::Child(ROBERT))), Audience::Persons(vec![ROBERT]), "who works for him");
    assert_eq!(of(Some(Audience::Director)), Audience::Director);
    assert_eq!(of(Some(to(&[FENNA]))), Audience::Workers(vec![FENNA]));
    let new = NewTaken { known_to: Some(Audience::Case), ..taken(ROBERT, ConversationStep::Dynamics) };
    directed().when(take(new)).then_rejected(STEPS_AUDIENCE);
}

/// What follows is for whoever may know what it follows, and stands where that stands.
#[test]
fn what_follows_stands_where_the_first_stands() {
    let new = NewOption { known_to: Some(to(&[ANJA])), ..option(MORRIS, "Met mama praten, met iemand erbij.") };
    let given = directed().when(author(new)).accepted().when(name_face(MORRIS, Some(to(&[ANJA])))).accepted();
    let (id, face) = (option_of(&given), face_of(&given));
    let given =
        given.when(may_be_there(face, true, None)).accepted().when(tried(id, OptionEffect::MoreRest)).accepted();
    let given = given.when(end_face(face)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let of_room: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Steps(_))).collect();
    assert_eq!(of_room.len(), 5);
    for fact in of_room {
        assert_eq!(fact.audience, Audience::Workers(vec![ANJA]));
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Child(MORRIS), Layer::Person(MORRIS)]));
        assert_eq!(fact.event.info().outer, NEUTRAL);
    }
}

/// Case 03: juf Carola is named by Sacha, Sacha agrees that she is there on that day; without that yes it is marked.
#[test]
fn a_familiar_face_is_there_when_the_person_agreed() {
    let with_face = || {
        let new = NewOption { known_to: Some(to(&[ANJA])), ..option(MORRIS, "Met mama praten, met iemand erbij.") };
        directed().when(author(new)).accepted().when(name_face(MORRIS, Some(to(&[ANJA])))).accepted()
    };
    let there = |given: Given<Case>, on: &str| {
        let (option, face) = (option_of(&given), face_of(&given));
        let present = vec![face];
        let tried = StepsCommand::RecordOptionTried { option, effect: OptionEffect::MoreRest, words: None, present };
        let given = given.on(on).when(tried).accepted();
        last(&given).departures.iter().map(|one| one.rule.clone()).collect::<Vec<_>>()
    };
    let unagreed = [PRESENCE_AGREED];
    assert_eq!(there(with_face(), "2026-04-24"), unagreed, "nobody asked");
    let given = with_face();
    let face = face_of(&given);
    let agreed = given.when(may_be_there(face, true, Some("2026-04-24"))).accepted();
    assert_eq!(there(agreed, "2026-04-24"), [""; 0]);
    let agreed = with_face().when(may_be_there(face, true, Some("2026-04-24"))).accepted();
    assert_eq!(there(agreed, "2026-05-01"), unagreed, "for another day");
    let always = with_face().when(may_be_there(face, true, None)).accepted();
    assert_eq!(there(always, "2026-05-01"), [""; 0]);
    let no = with_face().when(may_be_there(face, true, None)).accepted().on("2026-04-23");
    let no = no.when(may_be_there(face, false, None)).accepted();
    assert_eq!(there(no, "2026-04-24"), unagreed, "the last word counts");
    let over = with_face().when(may_be_there(face, true, None)).accepted().when(end_face(face)).accepted();
    assert_eq!(there(over, "2026-04-24"), unagreed, "not any more");
    let explain = |given: &Given<Case>| CorrectionCommand::Correct {
        target: fact_of(given, "OptionTried"),
        reason: text("uitleg"),
        occurred: None,
        content: CorrectedContent::Explanation(text("Mondeling gevraagd.")),
    };
    let given = with_face();
    let present = vec![face];
    let tried = StepsCommand::RecordOptionTried {
        option: option_of(&given),
        effect: OptionEffect::MoreRest,
        words: None,
        present,
    };
    let given = given.when(tried).accepted();
    let right = explain(&given);
    assert!(given.when(right).accepted().state().life.departures[0].explanation.is_some());
}

#[test]
fn a_familiar_face_is_somebody_elses_to_nobody_and_ends_once() {
    let own = StepsCommand::NameTrustedContact {
        person: ROBERT,
        who: NewAttendee::Person(ROBERT),
        words: None,
        known_to: None,
    };
    directed().when(own).then_rejected(TRUSTED_CONTACT_OWN);
    let stranger = StepsCommand::NameTrustedContact {
        person: ROBERT,
        who: NewAttendee::Person(nobody()),
        words: None,
        known_to: None,
    };
    directed().when(stranger).then_rejected(PERSON_UNKNOWN);
    directed().when(name_face(nobody(), None)).then_rejected(PERSON_UNKNOWN);
    let given = directed().when(name_face(ROBERT, None)).accepted();
    let face = face_of(&given);
    let given = given.when(author(option(ILSE, "Even wandelen."))).accepted();
    let of_another = StepsCommand::RecordOptionTried {
        option: option_of(&given),
        effect: OptionEffect::MoreRest,
        words: None,
        present: vec![face],
    };
    let given = given.when(of_another).refused_but(TRUSTED_CONTACT_UNKNOWN);
    let unknown = TrustedContactId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(end_face(unknown)).refused_but(TRUSTED_CONTACT_UNKNOWN);
    let given = given.when(may_be_there(unknown, true, None)).refused_but(TRUSTED_CONTACT_UNKNOWN);
    let given = given.when(end_face(face)).accepted();
    let given = given.when(end_face(face)).refused_but(TRUSTED_CONTACT_OVER);
    given.on("2026-04-24").when(may_be_there(face, true, None)).then_rejected(TRUSTED_CONTACT_OVER);
    // Who it is may be a worker, or somebody of the case: it gives them nothing.
    for who in [NewAttendee::Worker(WIM), NewAttendee::Person(ILSE)] {
        let named = StepsCommand::NameTrustedContact { person: ROBERT, who, words: None, known_to: None };
        directed().when(named).accepted();
    }
}

/// Energy and flare-ups are elsewhere: a step only says with which conflict it was about.
#[test]
fn a_step_may_name_its_conflict() {
    let name = crate::conflict::tests::name_conflict(&[ILSE, ROBERT]);
    let given = directed().when(name).accepted();
    let conflict = given.state().conflicts.all()[0].id;
    let about = |conflict| NewTaken { conflict: Some(conflict), ..taken(ROBERT, ConversationStep::Dynamics) };
    let given = given.when(take(about(conflict))).accepted();
    assert_eq!(given.state().steps.taken().next().unwrap().conflict, Some(conflict));
    let unknown = ConflictId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(take(about(unknown))).refused_but(CONFLICT_UNKNOWN);
    let new = NewOption { conflict: Some(unknown), ..option(ROBERT, "Even wandelen.") };
    given.when(author(new)).then_rejected(CONFLICT_UNKNOWN);
}

/// What took place is taken: long ago, late, of a closed case too; never of tomorrow.
#[test]
fn it_is_a_report() {
    let step = || take(taken(ROBERT, ConversationStep::Reality));
    let given = directed().when_on("2019-01-01", step()).accepted();
    assert_eq!(given.state().steps.taken().next().unwrap().day, day("2019-01-01"));
    directed().when_on("2026-04-22", step()).then_rejected(OCCURRED_IN_FUTURE);
    closed(directed(), "2026-05-01").on("2026-05-02").when(step()).accepted();
    given_of::<Case>([]).when(step()).then_rejected(CASE_UNKNOWN);
    assert!(!CaseCommand::from(step()).needs_all());
    directed().by(FENNA, Role::Supporter).when(step()).accepted();
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || Some(text("Ilse"));
    let given = directed().when(author(option(ROBERT, "Even wandelen."))).accepted();
    let given = given.when(name_face(ROBERT, None)).accepted();
    let (option_id, face) = (option_of(&given), face_of(&given));
    let mut given = given;
    for command in [
        take(NewTaken { words: named(), ..taken(ROBERT, ConversationStep::Dynamics) }),
        author(option(ROBERT, "Ilse bellen")),
        StepsCommand::RecordOptionTried {
            option: option_id,
            effect: OptionEffect::NoChange,
            words: named(),
            present: vec![],
        },
        StepsCommand::NameTrustedContact {
            person: ROBERT,
            who: NewAttendee::Outside(line("De zus van Ilse")),
            words: None,
            known_to: None,
        },
        StepsCommand::NameTrustedContact {
            person: ROBERT,
            who: NewAttendee::Worker(WIM),
            words: named(),
            known_to: None,
        },
        StepsCommand::AnswerTrustedPresence { trusted: face, agrees: true, on: None, words: named() },
        StepsCommand::EndTrustedContact { trusted: face, reason: named() },
    ] {
        given = given.when(command).refused_but(NAMES_IN_TEXT);
    }
}

/// What is done with somebody hidden leads to them, and who works for them; with the other parent it does not.
#[test]
fn work_with_somebody_hidden_leads_to_them() {
    let given = apart().when(appoint(A, WIM)).accepted();
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = given.when(protect).accepted();
    let leads = |given: &Given<Case>| Locating::on(given.history(), day("2026-05-04")).leads(&last(given).event);
    let given = given.when(take(taken(ILSE, ConversationStep::Reality))).accepted();
    assert!(leads(&given));
    let given = given.when(take(taken(ROBERT, ConversationStep::Reality))).accepted();
    assert!(!leads(&given));
    let by_wim = NewTaken { worker: Some(WIM), ..taken(ROBERT, ConversationStep::Reality) };
    let given = given.when(take(by_wim)).accepted();
    assert!(leads(&given), "he works for her");
    let given = given.when(author(option(ROBERT, "Even wandelen."))).accepted();
    assert!(!leads(&given));
    let id = option_of(&given);
    let given = given.when(tried(id, OptionEffect::MoreRest)).accepted();
    assert!(!leads(&given));
    let given = given.when(name_face(ROBERT, None)).accepted();
    assert!(leads(&given), "somebody from outside: nobody can say where they work");
}

#[test]
fn words_are_corrected_and_what_others_rest_on_is_not_struck_out() {
    let begun = || {
        let given = directed().when(take(taken(ROBERT, ConversationStep::Reality))).accepted();
        let given = given.when(author(option(ROBERT, "Even wandelen."))).accepted();
        let given = given.when(name_face(ROBERT, None)).accepted();
        let (id, face) = (option_of(&given), face_of(&given));
        let given = given.when(tried(id, OptionEffect::NoChange)).accepted();
        given.when(may_be_there(face, true, None)).accepted().when(end_face(face)).accepted()
    };
    for name in CATALOGUE.iter().map(|info| info.name) {
        let given = begun();
        let right = CorrectionCommand::Correct {
            target: fact_of(&given, name),
            reason: text("verschreven"),
            occurred: None,
            content: CorrectedContent::Words(text("Anders gezegd.")),
        };
        given.when(right).accepted();
    }
    let given = begun();
    for name in ["OptionAuthored", "TrustedContactNamed"] {
        let out = strike(&given, name);
        begun().when(out).then_rejected(CORRECTION_BREAKS_HISTORY);
    }
    let out = strike(&given, "OptionTried");
    let given = given.when(out).accepted();
    let out = strike(&given, "OptionAuthored");
    assert!(given.when(out).accepted().state().steps.options().next().is_none());
    // Set aside as another family's, what only says how it went on goes along.
    let given = begun();
    let aside = |name| CorrectionCommand::SetAside {
        targets: vec![fact_of(&given, name)],
        reason: text("hoort bij een ander gezin"),
    };
    let (option, face) = (aside("OptionAuthored"), aside("TrustedContactNamed"));
    let after = begun().when(option).accepted().when(face).accepted();
    assert!(after.state().steps.options().next().is_none() && after.state().steps.trusted_contacts().next().is_none());
}

#[test]
fn whom_it_names_and_what_it_holds_are_its_subjects() {
    let given = directed().when(take(taken(ROBERT, ConversationStep::Reality))).accepted();
    let CaseEvent::Steps(event) = &last(&given).event else { panic!("a step") };
    assert_eq!((event.person(), event.subjects().len(), event.workers()), (Some(ROBERT), 2, vec![ANJA]));
    let given = given.when(name_face(ROBERT, None)).accepted();
    let CaseEvent::Steps(event) = &last(&given).event else { panic!("a face") };
    assert_eq!(event.subjects().len(), 3, "he, who it is, and why");
}
