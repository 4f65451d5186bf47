//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::assessment::CONSENT_BEFORE_MEASURING;
use crate::assessment::tests::check_stored;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _};
use crate::divorce::tests::{A, ANJA, ILSE, MORRIS, ROBERT, closed, directed, fact_of, strike};
use crate::fact::{Audience, Role};
use crate::ids::EventId;
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

const STRANGER: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));

pub(crate) fn matched(persons: &[PersonId]) -> InformalCommand {
    InformalCommand::MatchSupport(Box::new(NewMatch {
        kind: SupportKind::Buddy,
        persons: persons.to_vec(),
        volunteer: line("mevrouw Kwartel"),
        organisation: Some(line("maatjesproject")),
        question: text("samen iets leuks doen"),
        tasks: Some(text("om de week naar buiten; geen huiswerk")),
    }))
}

pub(crate) fn support(given: &Given<Case>) -> SupportId {
    given.state().informal.all()[0].id
}

fn known(given: &Given<Case>) -> Support {
    given.state().informal.all()[0].clone()
}

pub(crate) fn sign(support: SupportId) -> InformalCommand {
    InformalCommand::SignSupportHouseRules { support, signed_by: vec![ILSE], rules: Some(text("geen foto's")) }
}

pub(crate) fn certificate(support: SupportId) -> InformalCommand {
    InformalCommand::RecordSupportCertificate { support, issued: day("2026-01-05") }
}

fn trial(support: SupportId) -> InformalCommand {
    InformalCommand::StartSupportTrial { support, until: None }
}

fn evaluate(support: SupportId, outcome: SupportOutcome) -> InformalCommand {
    InformalCommand::EvaluateSupportTrial { support, outcome, words: text("het klikt") }
}

fn term(support: SupportId, until: Option<&str>) -> InformalCommand {
    let agreements = Some(text("om de week"));
    InformalCommand::AgreeSupportTerm { support, from: None, until: until.map(day), agreements }
}

fn review(support: SupportId, outcome: SupportOutcome) -> InformalCommand {
    let took_part = vec![ILSE, MORRIS];
    InformalCommand::ReviewSupport { support, took_part, outcome, words: text("het gaat goed"), next: None }
}

fn measure(support: SupportId, person: PersonId) -> InformalCommand {
    let measure = NewMeasure {
        person,
        moment: MeasuredAt::Baseline,
        benefit: Some(true),
        formal_help: Some(false),
        words: Some(text("ik kijk ernaar uit")),
    };
    InformalCommand::MeasureSupport { support, measure }
}

pub(crate) fn stop(support: SupportId, last_day: Option<&str>) -> InformalCommand {
    InformalCommand::EndSupport {
        support,
        last_day: last_day.map(day),
        ended_by: EndedBy::Together,
        in_touch: Some(true),
        words: Some(text("de jongen redt zich")),
    }
}

fn rules(given: &Given<Case>) -> Vec<String> {
    given.state().life.departures.iter().map(|one| one.rule.clone()).collect()
}

fn open(given: &Given<Case>, on: &str) -> Vec<(String, CivilDay)> {
    let ours = [SUPPORT_TRIAL_DUE, SUPPORT_REVIEW_DUE, SUPPORT_TERM_DUE];
    let dues = crate::dues::open_dues(given.state(), day(on)).into_iter();
    dues.filter(|due| ours.contains(&due.what.as_str())).map(|due| (due.what, due.last_day)).collect()
}

fn due(what: &str, last_day: &str) -> (String, CivilDay) {
    (what.to_owned(), day(last_day))
}

/// 003:1141-1157: acquaintance with certificate, house rules, trial, agreement, looks together, closing; what runs is waited for.
#[test]
fn support_goes_through_its_life_and_what_runs_is_waited_for() {
    let given = directed().when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let given = given.when(certificate(id)).accepted().when(sign(id)).accepted().when(trial(id)).accepted();
    assert_eq!(open(&given, "2026-04-21"), [due(SUPPORT_TRIAL_DUE, "2026-06-16")]);
    let given = given.on("2026-06-01").when(evaluate(id, SupportOutcome::GoesOn)).accepted();
    assert_eq!(open(&given, "2026-06-01"), []);
    let given = given.when(term(id, None)).accepted();
    let terms = [due(SUPPORT_REVIEW_DUE, "2026-09-01"), due(SUPPORT_TERM_DUE, "2027-06-01")];
    assert_eq!(open(&given, "2026-06-01"), terms);
    let given = given.on("2026-08-24").when(review(id, SupportOutcome::Adjusted)).accepted();
    assert_eq!(
        open(&given, "2026-08-24"),
        [due(SUPPORT_REVIEW_DUE, "2026-11-24"), due(SUPPORT_TERM_DUE, "2027-06-01")]
    );
    let given = given.on("2027-05-20").when(review(id, SupportOutcome::Stops)).accepted();
    assert_eq!(open(&given, "2027-05-20"), [due(SUPPORT_TERM_DUE, "2027-06-01")], "nothing to look at again");
    let given = given.on("2027-06-01").when(stop(id, None)).accepted();
    assert_eq!((open(&given, "2027-06-01"), rules(&given)), (vec![], vec![]));
    let ended = known(&given).ended.unwrap();
    assert_eq!((ended.last_day, ended.by, ended.in_touch), (day("2027-06-01"), EndedBy::Together, Some(true)));
}

#[test]
fn what_came_in_another_order_is_taken_and_marked() {
    let given = directed().when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let given = given.when(trial(id)).accepted();
    assert_eq!(rules(&given), [CERTIFICATE_BEFORE_TRIAL, HOUSE_RULES_BEFORE_TRIAL]);
    let given = given.when(term(id, None)).accepted();
    assert_eq!(rules(&given)[2..], [TRIAL_BEFORE_TERM]);
    let given = given.when(evaluate(id, SupportOutcome::Stops)).accepted().when(term(id, None)).accepted();
    assert_eq!(rules(&given)[3..], [TRIAL_BEFORE_TERM], "a trial that stopped is none");
    // A trial that nobody told of went well all the same.
    let given = directed().when(matched(&[ROBERT])).accepted();
    let id = support(&given);
    let given = given.when(evaluate(id, SupportOutcome::GoesOn)).accepted().when(term(id, None)).accepted();
    assert_eq!(rules(&given), [] as [String; 0]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let none = SupportId::from_uuid(Uuid::nil());
    let given = directed().when(matched(&[])).refused_but(NOBODY_SUPPORTED);
    let given = given.when(matched(&[STRANGER])).refused_but(PERSON_UNKNOWN);
    let commands =
        [sign(none), certificate(none), trial(none), evaluate(none, SupportOutcome::GoesOn), term(none, None)];
    let more = [review(none, SupportOutcome::GoesOn), measure(none, ILSE), stop(none, None)];
    let given =
        commands.into_iter().chain(more).fold(given, |given, command| given.when(command).refused_but(SUPPORT_UNKNOWN));
    let named = InformalCommand::MatchSupport(Box::new(NewMatch {
        kind: SupportKind::Other,
        persons: vec![MORRIS],
        volunteer: line("tante van Robert"),
        organisation: None,
        question: text("rust"),
        tasks: None,
    }));
    let given = given.when(named).refused_but(NAMES_IN_TEXT).when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let given = given.when_on("2026-04-20", sign(id)).refused_but(SUPPORT_NOT_BEGUN);
    let ahead = InformalCommand::RecordSupportCertificate { support: id, issued: day("2026-04-22") };
    let given = given.when(ahead).refused_but(CERTIFICATE_FROM_FUTURE);
    let given = given.when(term(id, Some("2026-04-20"))).refused_but(UNTIL_BEFORE_FROM);
    let given = given.when(stop(id, Some("2026-04-20"))).refused_but(UNTIL_BEFORE_FROM);
    let given = given.when(measure(id, STRANGER)).refused_but(PERSON_UNKNOWN);
    let given = given.on("2026-05-01").when(stop(id, None)).accepted().on("2026-05-04");
    let given = given.when(stop(id, None)).refused_but(SUPPORT_OVER).when(trial(id)).refused_but(SUPPORT_OVER);
    // A late report of before it ended is taken; so is a measure afterwards.
    let given = given.when_on("2026-04-28", sign(id)).accepted().when(measure(id, ILSE)).accepted();
    closed(given, "2026-06-01").when(matched(&[ROBERT])).accepted();
}

/// 003:998-1010: measuring has a consent of its own.
#[test]
fn a_measure_is_that_persons_own_and_needs_a_consent() {
    let given = directed().when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let given = given.when(measure(id, ILSE)).accepted();
    assert_eq!(rules(&given), [CONSENT_BEFORE_MEASURING]);
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Persons(vec![ILSE]));
    let given = given.when(measure(id, MORRIS)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Director, "a child's word");
}

fn stands(given: &Given<Case>, fact: EventId) -> Layers {
    LayersOf::on(given.history(), day("2026-04-21"), ages()).of_fact(given.history().fact(fact).unwrap())
}

/// Support for a child is the child's; for a parent it never crosses to the other household. A certificate is for the director.
#[test]
fn it_stands_where_whom_it_is_for_stands_and_leads_once_somebody_is_protected() {
    let all = |given: Given<Case>| {
        let id = support(&given);
        given.when(certificate(id)).accepted().when(sign(id)).accepted().when(measure(id, ILSE)).accepted()
    };
    let of_child = all(directed().when(matched(&[MORRIS])).accepted());
    let child = Layers::of([Layer::Child(MORRIS)]);
    for name in ["SupportMatched", "SupportCertificateSeen", "SupportHouseRulesSigned"] {
        assert_eq!(stands(&of_child, fact_of(&of_child, name)), child);
    }
    assert_eq!(stands(&of_child, fact_of(&of_child, "SupportMeasured")), Layers::of([Layer::Person(ILSE)]));
    let audience = |name| of_child.history().fact(fact_of(&of_child, name)).unwrap().audience.clone();
    assert_eq!(audience("SupportMatched"), Audience::Child(MORRIS));
    assert_eq!(audience("SupportCertificateSeen"), Audience::Director);
    let of_both = all(directed().when(matched(&[ILSE, MORRIS])).accepted());
    let both = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(stands(&of_both, fact_of(&of_both, "SupportHouseRulesSigned")), both);
    let event = of_child.history().fact(fact_of(&of_child, "SupportMatched")).unwrap().event.clone();
    assert!(!Locating::on(of_child.history(), day("2026-04-21")).leads(&event));
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = of_child.by(ANJA, Role::CaseDirector).when(protect).accepted();
    assert!(Locating::on(given.history(), day("2026-04-21")).leads(&event));
}

#[test]
fn words_and_a_last_day_are_corrected_and_what_others_speak_of_stays() {
    let given = directed().when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let given = given.on("2026-05-01").when(stop(id, None)).accepted();
    let correct =
        |target, content| CorrectionCommand::Correct { target, reason: text("vergissing"), occurred: None, content };
    let asked = correct(fact_of(&given, "SupportMatched"), CorrectedContent::Words(text("iets voor de jongen alleen")));
    let last = correct(fact_of(&given, "SupportEnded"), CorrectedContent::LastDay { last_day: day("2026-04-28") });
    let given = given.when(asked).accepted().when(last).accepted();
    assert_eq!(known(&given).question.known().map(Text::as_str), Some("iets voor de jongen alleen"));
    assert_eq!(known(&given).ended.unwrap().last_day, day("2026-04-28"));
    let strikes = strike(&given, "SupportMatched");
    let given = given.when(strikes).refused_but(CORRECTION_BREAKS_HISTORY);
    let strikes = strike(&given, "SupportEnded");
    assert!(known(&given.when(strikes).accepted()).ended.is_none());
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    let given = directed().when(matched(&[MORRIS])).accepted();
    let id = support(&given);
    let commands = [certificate(id), sign(id), trial(id), evaluate(id, SupportOutcome::GoesOn), term(id, None)];
    let more = [review(id, SupportOutcome::GoesOn), measure(id, ILSE), stop(id, None)];
    let given = commands.into_iter().chain(more).fold(given, |given, command| given.when(command).accepted());
    let facts = given.history().facts().iter().map(|fact| &fact.event);
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Informal(_))).collect();
    for event in &events {
        check_stored(event);
    }
    let seen: BTreeSet<_> = events.iter().map(|event| event.info().name).collect();
    assert_eq!(seen, CATALOGUE.iter().map(|info| info.name).collect());
    assert!(!CaseCommand::from(stop(id, None)).needs_all(), "all of it is a report");
}
