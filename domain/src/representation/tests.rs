use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn named(person: PersonId, from: &str, until: Option<&str>) -> RepresentationCommand {
    RepresentationCommand::NameRepresentative {
        person,
        worker: LAYLA,
        organisation: organisation("gi-midden"),
        kind: RepresentativeKind::Jeugdbeschermer,
        from: day(from),
        until: until.map(day),
        source: Source::Court,
    }
}

fn end(last_day: Option<&str>) -> RepresentationCommand {
    RepresentationCommand::EndRepresentative {
        person: ILIAS,
        worker: LAYLA,
        last_day: last_day.map(day),
        reason: Some(text("Maatregel voorbij")),
    }
}

fn on(given: &Given<Case>, at: &str) -> Vec<(PersonId, WorkerId)> {
    given.state().representation.on(day(at)).map(|(person, worker)| (*person, worker)).collect()
}

/// Layla represents Ilias from 2026-03-02 on.
fn represented() -> Given<Case> {
    given(opened()).when(named(ILIAS, "2026-03-02", None)).accepted()
}

#[test]
fn somebody_represents_from_a_day_until_a_day() {
    let given = given(opened()).on("2026-03-06");
    let when = given.when(named(ILIAS, "2026-02-01", Some("2026-06-30")));
    assert_eq!(when.drafts()[0].audience, Some(Audience::Persons(vec![ILIAS])));
    let given = when.then([RepresentationEvent::RepresentativeNamed {
        person: ILIAS,
        worker: LAYLA,
        organisation: organisation("gi-midden"),
        kind: Personal::ordinary(Subject::Person(ILIAS), RepresentativeKind::Jeugdbeschermer),
        from: day("2026-02-01"),
        until: Some(day("2026-06-30")),
        source: Source::Court,
    }]);
    for (at, held) in [("2026-01-31", false), ("2026-02-01", true), ("2026-06-30", true), ("2026-07-01", false)] {
        assert_eq!(!on(&given, at).is_empty(), held, "{at}");
    }
    assert_eq!(on(&given, "2026-03-06"), [(ILIAS, LAYLA)]);
    let (worker, entry) = given.state().representation.of(ILIAS, day("2026-03-06")).next().unwrap();
    assert_eq!((worker, entry.value.kind.known()), (LAYLA, Some(&RepresentativeKind::Jeugdbeschermer)));
    assert_eq!(given.state().representation.of(SAMIRA, day("2026-03-06")).count(), 0);
}

#[test]
fn one_worker_may_represent_several() {
    let given = represented().when(named(SAMIRA, "2026-03-02", None)).accepted();
    assert_eq!(on(&given, "2026-03-02"), [(SAMIRA, LAYLA), (ILIAS, LAYLA)]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let case = || given(opened());
    case().when(named(nobody, "2026-03-02", None)).then_rejected(PERSON_UNKNOWN);
    case().when(named(ILIAS, "2026-03-02", Some("2026-03-01"))).then_rejected(UNTIL_BEFORE_FROM);
    case().when(end(None)).then_rejected(REPRESENTATIVE_ABSENT);
    represented().when(named(ILIAS, "2030-01-01", None)).then_rejected(REPRESENTATIVE_PRESENT);
    represented().when(end(Some("2026-03-01"))).then_rejected(REPRESENTATIVE_ABSENT);
    let elsewhere =
        RepresentationCommand::EndRepresentative { person: nobody, worker: LAYLA, last_day: None, reason: None };
    case().when(elsewhere).then_rejected(PERSON_UNKNOWN);
    let naming = RepresentationCommand::EndRepresentative {
        person: ILIAS,
        worker: LAYLA,
        last_day: None,
        reason: Some(text("Samira wil het niet meer")),
    };
    represented().when(naming).then_rejected(NAMES_IN_TEXT);
}

#[test]
fn it_ends_and_may_begin_again() {
    let given =
        represented().on("2026-04-01").when(end(Some("2026-03-31"))).then([RepresentationEvent::RepresentativeEnded {
            person: ILIAS,
            worker: LAYLA,
            last_day: day("2026-03-31"),
            reason: Some(words(fresh(1), "Maatregel voorbij")),
        }]);
    assert_eq!(on(&given, "2026-03-31"), [(ILIAS, LAYLA)]);
    assert_eq!(on(&given, "2026-04-01"), []);
    let given = given.when(end(None)).refused_but(REPRESENTATIVE_ABSENT);
    let given = given.when(named(ILIAS, "2026-05-01", None)).accepted();
    assert_eq!(on(&given, "2026-05-01"), [(ILIAS, LAYLA)]);
}

#[test]
fn the_last_day_is_the_day_it_happened_when_nothing_is_said() {
    let given = represented().on("2026-04-01").when_on("2026-03-20", end(None)).accepted();
    assert_eq!(on(&given, "2026-03-20"), [(ILIAS, LAYLA)]);
    assert_eq!(on(&given, "2026-03-21"), []);
}

#[test]
fn a_correction_keeps_what_rests_on_it() {
    let given = represented();
    let began = given.history().facts().last().unwrap().id;
    let ended = given.on("2026-04-01").when(end(None)).accepted();
    let last = ended.history().facts().last().unwrap().id;
    let strike = CorrectionCommand::StrikeOut { target: began, reason: text("Vergissing") };
    let ended = ended.when(strike).refused_but(CORRECTION_BREAKS_HISTORY);
    let earlier = CorrectionCommand::Correct {
        target: last,
        reason: text("Eerder"),
        occurred: None,
        content: CorrectedContent::LastDay { last_day: day("2026-03-20") },
    };
    let ended = ended.when(earlier).accepted();
    assert_eq!(on(&ended, "2026-03-21"), []);
    let again = ended.when(named(ILIAS, "2026-03-25", None)).accepted();
    let undo = CorrectionCommand::StrikeOut { target: last, reason: text("Vergissing") };
    again.when(undo).then_rejected(CORRECTION_BREAKS_HISTORY);
}

/// `privacy.md` counts workers' names as locating, "of parent *and* child".
#[test]
fn who_represents_somebody_protected_leads_to_them() {
    let protect =
        |person| ProtectionCommand::ProtectLocatingData { person, households: vec![], reason: text("Voor de rust") };
    let leads = |given: &Given<Case>| {
        let fact = given.history().facts().iter().find(|fact| matches!(fact.event, CaseEvent::Representation(_)));
        let locating = Locating::on(given.history(), day("2026-03-02"));
        let event = &fact.unwrap().event;
        (locating.leads(event), locating.workers_lead(event))
    };
    assert_eq!(leads(&represented()), (false, false), "nobody is protected");
    assert_eq!(leads(&represented().when(protect(SAMIRA)).accepted()), (false, false), "Ilias lives elsewhere");
    assert_eq!(leads(&represented().when(protect(ILIAS)).accepted()), (true, true));
}
