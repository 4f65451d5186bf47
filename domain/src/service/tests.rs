//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conflict::catalogue::{CONFLICT_UNKNOWN, PERSON_NAMED_TWICE};
use crate::conflict::tests::{PARENTS, named};
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, ROBERT, WIM, directed};
use crate::fact::{Audience, FieldClass, NEUTRAL};
use crate::ids::EventId;
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::personal::{MARK, codec_scope};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn step(person: PersonId, level: u8) -> NewStep {
    NewStep {
        person,
        environment: Environment::Family,
        level: ServiceLevel::new(level).unwrap(),
        reason: text("eerst iemand die regelmatig komt"),
        decided: vec![Agreed::Person(ILSE), Agreed::Worker(ANJA)],
        programme: Some(line("ambulante begeleiding")),
        provider: Some(line("gezinshulp")),
        wishes: vec![NewWish { person: MORRIS, wish: text("niet te vaak") }],
    }
}

fn take(step: NewStep) -> ServiceCommand {
    ServiceCommand::TakeServiceStep(Box::new(step))
}

fn join(body: Body, persons: &[PersonId], told: Option<&str>) -> ServiceCommand {
    ServiceCommand::RecordBodyJoined {
        body,
        organisation: Some(line("regio noord")),
        persons: persons.to_vec(),
        reason: text("de gewone hulp loopt vast"),
        family_told: told.map(text),
    }
}

fn leave(involvement: InvolvementId) -> ServiceCommand {
    ServiceCommand::RecordBodyLeft { involvement, reason: text("het loopt weer") }
}

fn advise(on: AdvisedOn) -> ServiceCommand {
    ServiceCommand::RecordAdvice { on, source: line("gedragswetenschapper"), advice: text("eerst rust, dan praten") }
}

fn levels(given: &Given<Case>, person: PersonId) -> Vec<(String, u8)> {
    let service = &given.state().service;
    let course = service.course().find(|(of, environment, _)| (*of, *environment) == (person, Environment::Family));
    let steps = course.map(|(.., steps)| steps).unwrap_or_default();
    steps.iter().map(|step| (step.on.to_string(), step.level.known().unwrap().number())).collect()
}

fn fact_of(given: &Given<Case>, name: &str) -> EventId {
    given.history().facts().iter().rev().find(|fact| fact.event.info().name == name).unwrap().id
}

fn joined(given: &Given<Case>) -> InvolvementId {
    given.state().service.involvements()[0].id
}

#[test]
fn help_goes_up_and_down_per_person_and_environment_in_order_of_the_day() {
    let given = directed().when_on("2026-03-01", take(step(MORRIS, 3))).accepted();
    let given = given.when(take(step(MORRIS, 2))).accepted().when_on("2026-04-01", take(step(MORRIS, 5))).accepted();
    let expected = [("2026-03-01", 3), ("2026-04-01", 5), ("2026-04-21", 2)].map(|(on, level)| (on.to_owned(), level));
    assert_eq!(levels(&given, MORRIS), expected);
    let school = NewStep { environment: Environment::PrimarySchool, ..step(MORRIS, 1) };
    let given = given.when(take(school)).accepted();
    assert_eq!(given.state().service.course().count(), 2, "each environment has a level of its own");
    let first = given.state().service.course().next().unwrap().2[0].clone();
    assert_eq!(first.wishes[&MORRIS].words.known().map(Text::as_str), Some("niet te vaak"));
}

/// Rules 0 and 22: others decided the step, so it is taken; heavier help of a child whose consent is incomplete is marked.
#[test]
fn a_step_up_without_consent_is_marked_and_a_step_down_is_not() {
    let rules = |given: &Given<Case>| -> Vec<String> {
        given.state().life.departures.iter().map(|one| one.rule.clone()).collect()
    };
    let first = directed().when(take(step(MORRIS, 1))).accepted();
    assert_eq!(rules(&first), Vec::<String>::new(), "the lightest is there for everybody");
    let up = first.on("2026-04-22").when(take(step(MORRIS, 3))).accepted();
    assert_eq!(rules(&up), ["consent_before_help"]);
    let down = up.on("2026-04-23").when(take(step(MORRIS, 2))).accepted();
    assert_eq!(rules(&down).len(), 1, "a step down asks nothing anew");
    let asked = crate::trajectory::tests::consented().when(take(step(MORRIS, 3))).accepted();
    assert_eq!(rules(&asked), Vec::<String>::new());
}

#[test]
fn a_step_that_makes_no_sense_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let refused = |step: NewStep, code| directed().when(take(step)).then_rejected(code);
    refused(NewStep { decided: Vec::new(), ..step(MORRIS, 3) }, DECIDED_BY_NOBODY);
    refused(step(stranger, 3), PERSON_UNKNOWN);
    refused(NewStep { decided: vec![Agreed::Person(stranger)], ..step(MORRIS, 3) }, PERSON_UNKNOWN);
    let wish = |person| NewWish { person, wish: text("rust") };
    refused(NewStep { wishes: vec![wish(stranger)], ..step(MORRIS, 3) }, PERSON_UNKNOWN);
    refused(NewStep { wishes: vec![wish(ILSE), wish(ILSE)], ..step(MORRIS, 3) }, PERSON_NAMED_TWICE);
    refused(NewStep { reason: text("Robert wil het"), ..step(MORRIS, 3) }, NAMES_IN_TEXT);
    let named = NewWish { person: MORRIS, wish: text("bij Ilse blijven") };
    refused(NewStep { wishes: vec![named], ..step(MORRIS, 3) }, NAMES_IN_TEXT);
    assert_eq!([0, 11].map(ServiceLevel::new), [Err(NoLevel), Err(NoLevel)]);
}

#[test]
fn a_body_joins_about_somebody_and_leaves_once() {
    let given = directed().when(join(Body::VeiligThuis, &[MORRIS], None)).accepted();
    let id = joined(&given);
    let given = given.when(leave(id)).accepted();
    let left = given.state().service.involvement(id).unwrap().left.clone().unwrap();
    assert_eq!(left.0, day("2026-04-21"));
    given.when(leave(id)).then_rejected(INVOLVEMENT_OVER);
    directed().when(leave(id)).then_rejected(INVOLVEMENT_UNKNOWN);
    directed().when(join(Body::Gi, &[], None)).then_rejected(ABOUT_NOBODY);
    directed().when(join(Body::Gi, &[MORRIS, MORRIS], None)).then_rejected(PERSON_NAMED_TWICE);
}

/// Rule 21: the family hears what the expert team does not do. That it joined is taken all the same, and listed.
#[test]
fn an_expert_team_of_which_the_family_was_not_told_departs_from_a_rule() {
    let given = directed().when(join(Body::Ret, &[MORRIS], None)).accepted();
    let listed: Vec<_> = given.state().life.departures.iter().map(|one| one.rule.clone()).collect();
    assert_eq!(listed, [FAMILY_TOLD_OF_RET]);
    let told = directed().when(join(Body::Ret, &[MORRIS], Some("het lost niets op, het denkt mee"))).accepted();
    assert_eq!(told.state().life.departures, []);
}

#[test]
fn an_advice_has_a_source_and_stands_on_a_conflict_or_a_step() {
    let given = named().when(take(step(MORRIS, 3))).accepted();
    let taken = given.state().service.course().next().unwrap().2[0].id;
    let given = given.when(advise(AdvisedOn::Conflict(PARENTS))).accepted();
    let given = given.when(advise(AdvisedOn::Step(taken))).accepted();
    let about: Vec<_> = given.state().service.advices().iter().map(|advice| advice.persons.clone()).collect();
    assert!(about.contains(&vec![ILSE, ROBERT]) && about.contains(&vec![MORRIS]));
    directed().when(advise(AdvisedOn::Conflict(PARENTS))).then_rejected(CONFLICT_UNKNOWN);
    directed().when(advise(AdvisedOn::Step(taken))).then_rejected(STEP_UNKNOWN);
}

fn stands(given: &Given<Case>, name: &str) -> Layers {
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    layers.of_fact(given.history().fact(fact_of(given, name)).unwrap())
}

/// Of a child's help both households' workers know; what a parent or a child wishes is their own; a grown-up's help is personal.
#[test]
fn a_childs_help_is_the_childs_and_a_wish_crosses_to_nobody() {
    let given = named().when(take(step(MORRIS, 3))).accepted();
    let child = || Layers::of([Layer::Child(MORRIS)]);
    assert_eq!(stands(&given, "ServiceStepTaken"), child());
    assert_eq!(stands(&given, "FamilyWishTold"), Layers::of([Layer::Person(MORRIS)]));
    let own = named().when(take(step(ILSE, 3))).accepted();
    assert_eq!(stands(&own, "ServiceStepTaken"), Layers::of([Layer::Person(ILSE)]));
    let both = Layers::each_of([Layer::Person(ILSE), Layer::Person(ROBERT)]);
    let advised = named().when(advise(AdvisedOn::Conflict(PARENTS))).accepted();
    assert_eq!(stands(&advised, "AdviceRecorded"), both);
    let given = given.when(join(Body::VeiligThuis, &[ILSE, MORRIS], None)).accepted();
    let id = joined(&given);
    let given = given.when(leave(id)).accepted();
    let of_both = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!([stands(&given, "BodyJoined"), stands(&given, "BodyLeft")], [of_both.clone(), of_both]);
    let audience =
        |given: &Given<Case>, name: &str| given.history().fact(fact_of(given, name)).unwrap().audience.clone();
    assert_eq!(audience(&given, "ServiceStepTaken"), Audience::Child(MORRIS));
    assert_eq!(audience(&given, "FamilyWishTold"), Audience::Persons(vec![MORRIS]));
    assert_eq!(audience(&own, "ServiceStepTaken"), Audience::Persons(vec![ILSE]));
    assert_eq!(audience(&advised, "AdviceRecorded"), Audience::Persons(vec![ILSE, ROBERT]));
}

#[test]
fn once_somebody_is_protected_words_and_workers_lead_and_a_level_does_not() {
    let given =
        crate::divorce::tests::apart().when(crate::divorce::tests::appoint(crate::divorce::tests::A, WIM)).accepted();
    let decided = NewStep { decided: vec![Agreed::Worker(WIM)], ..step(MORRIS, 3) };
    let given = given.when(take(NewStep { wishes: Vec::new(), ..decided })).accepted();
    let leads = |given: &Given<Case>| {
        let event = given.history().fact(fact_of(given, "ServiceStepTaken")).unwrap().event.clone();
        let locating = Locating::on(given.history(), day("2026-05-04"));
        (locating.leads(&event), locating.words_lead(&event), locating.workers_lead(&event))
    };
    assert_eq!(leads(&given), (false, false, false));
    let protect = ProtectionCommand::ProtectLocatingData {
        person: ILSE,
        households: vec![crate::divorce::tests::A],
        reason: text("veilig"),
    };
    assert_eq!(leads(&given.when(protect).accepted()), (false, true, true));
}

#[test]
fn a_mistake_is_struck_out_unless_something_else_speaks_of_it() {
    let given = directed().when(take(step(MORRIS, 3))).accepted();
    let strike = |target| CorrectionCommand::StrikeOut { target, reason: text("verkeerd dossier") };
    let (taken, wish) = (fact_of(&given, "ServiceStepTaken"), fact_of(&given, "FamilyWishTold"));
    let given = given.when(strike(taken)).refused_but(CORRECTION_BREAKS_HISTORY);
    let given = given.when(strike(wish)).accepted().when(strike(taken)).accepted();
    assert_eq!(levels(&given, MORRIS), []);
}

/// Every type of event of this room, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let given = named().when(take(step(MORRIS, 3))).accepted();
    let given = given.when(join(Body::Ret, &[MORRIS], Some("het denkt mee"))).accepted();
    let id = joined(&given);
    let given = given.when(leave(id)).accepted().when(advise(AdvisedOn::Conflict(PARENTS))).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    facts.filter(|event| matches!(event, CaseEvent::Service(_))).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    let mut seen = BTreeSet::new();
    for event in every_event() {
        let info = event.info();
        assert_eq!(info.outer, NEUTRAL, "nothing in clear tells of help");
        seen.insert(info.name);
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: BTreeSet<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(), "{}", info.name);
        for field in info.fields {
            let personal = stored.get(field.name).is_some_and(|value| value.to_string().contains(MARK));
            assert_eq!(personal, matches!(field.class, FieldClass::Personal(_)), "{}.{}", info.name, field.name);
        }
        assert_eq!(CaseEvent::from_payload(info.name, stored.clone()).unwrap(), event, "reads what it wrote");
        let stored = stored.to_string();
        let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
        for owner in owners {
            assert!(subjects.iter().any(|subject| subject == owner), "{owner} of {}", info.name);
        }
    }
    assert_eq!(seen, CATALOGUE.iter().map(|info| info.name).collect());
    assert!(!CaseCommand::from(leave(InvolvementId::from_uuid(Uuid::nil()))).needs_all(), "all of it is a report");
}
