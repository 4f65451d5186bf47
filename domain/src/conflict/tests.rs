//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{A, ANJA, HUGO, ILSE, MORRIS, ROBERT, TESS, WIM, apart, appoint, close, directed};
use crate::fact::{Audience, Draft, FieldClass, Role};
use crate::ids::EventId;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_UNKNOWN;
use crate::people::FamilyRole;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::personal::{MARK, codec_scope};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

/// The conflict of [`named`].
pub(crate) const PARENTS: ConflictId = ConflictId::from_uuid(fresh_const(1));

const fn fresh_const(number: u128) -> Uuid {
    Uuid::from_u128(0xF000_0000 + number)
}

pub(crate) fn name_conflict(between: &[PersonId]) -> ConflictCommand {
    ConflictCommand::NameConflict { between: between.to_vec(), about: text("het ophalen en brengen") }
}

pub(crate) fn stage(number: u8) -> GlaslStage {
    GlaslStage::new(number).unwrap()
}

pub(crate) fn assess(conflict: ConflictId, experienced: &[(PersonId, Option<u8>)]) -> ConflictCommand {
    let experienced = experienced.iter().map(|(person, number)| NewStage {
        person: *person,
        stage: number.map(stage),
        observations: text("men hoort elkaar nog aan"),
    });
    ConflictCommand::AssessConflict { conflict, experienced: experienced.collect(), by: None }
}

pub(crate) fn flare_up(conflict: ConflictId, told_by: Option<PersonId>) -> ConflictCommand {
    ConflictCommand::RecordFlareUp {
        conflict,
        medium: Medium::App,
        trigger: text("een bericht op vrijdagavond"),
        reactions: vec![NewReaction { person: ROBERT, acts: text("kondigde aan te komen ophalen") }],
        told_by,
    }
}

pub(crate) fn energy(conflict: ConflictId, person: PersonId, percent: u8) -> ConflictCommand {
    ConflictCommand::ReportConflictEnergy { conflict, person, percent: EnergyPercent::new(percent).unwrap() }
}

fn calm(person: PersonId, conflict: Option<ConflictId>, from: &str, until: Option<&str>) -> ConflictCommand {
    let words = Some(text("er hoefde niets overlegd te worden"));
    ConflictCommand::ReportCalmPeriod { person, conflict, from: day(from), until: until.map(day), words }
}

fn form(parents: &[PersonId]) -> ConflictCommand {
    let basis = text("gesprekken met ieder apart");
    ConflictCommand::AssessParentingForm { parents: parents.to_vec(), form: ParentingForm::Conflict, basis, by: None }
}

/// A neighbour, who is no party to any conflict.
pub(crate) const ROOS: PersonId = PersonId::from_uuid(Uuid::from_u128(0x66));

pub(crate) fn network(person: PersonId, effect: NetworkEffect) -> ConflictCommand {
    let basis = text("stuurt berichten door");
    ConflictCommand::AssessNetworkEffect { conflict: PARENTS, person, effect, basis, by: None }
}

/// As [`named`], with a neighbour.
pub(crate) fn with_neighbour() -> Given<Case> {
    named().recorded([Draft::of(person(ROOS, "Roos", None, FamilyRole::NetworkMember))])
}

fn rest(kind: RestKind) -> ConflictCommand {
    ConflictCommand::RestConflict { conflict: PARENTS, kind, reason: text("drie maanden zonder bericht in de avond") }
}

/// Ilse and Robert are in a conflict; it is 2026-04-21 and Anja directs.
pub(crate) fn named() -> Given<Case> {
    directed().when(name_conflict(&[ROBERT, ILSE])).accepted()
}

/// As case 01: 3 and 3, then 5 for Robert and 4 for Ilse.
fn escalated() -> Given<Case> {
    let given = named().when_on("2026-02-10", assess(PARENTS, &[(ILSE, Some(3)), (ROBERT, Some(3))])).accepted();
    given.when_on("2026-03-03", assess(PARENTS, &[(ROBERT, Some(5)), (ILSE, Some(4))])).accepted()
}

fn conflict(given: &Given<Case>) -> Conflict {
    given.state().conflicts.conflict(PARENTS).unwrap().clone()
}

fn stage_on(given: &Given<Case>, person: PersonId, on: &str) -> Option<u8> {
    conflict(given).stage_on(person, day(on))?.stage.as_ref()?.known().map(|stage| stage.number())
}

fn risen(given: &Given<Case>, person: PersonId) -> Vec<(String, u8, u8)> {
    let conflict = conflict(given);
    let all = rises(conflict.stages_of(person, day("2026-12-31")));
    all.iter().map(|rise| (rise.on.to_string(), rise.by, rise.to.number())).collect()
}

#[test]
fn a_conflict_is_between_named_people_about_something() {
    let given = directed().when(name_conflict(&[ROBERT, ILSE])).then([ConflictEvent::ConflictNamed {
        conflict: PARENTS,
        between: vec![ILSE, ROBERT],
        about: words(fresh(2), "het ophalen en brengen"),
    }]);
    let known = conflict(&given);
    assert_eq!((known.since, known.between), (day("2026-04-21"), vec![ILSE, ROBERT]));
    let three = given.when(name_conflict(&[MORRIS, ILSE, ROBERT])).accepted();
    assert_eq!(three.state().conflicts.all().len(), 2, "about something else");
}

#[test]
fn a_conflict_of_nobody_of_one_of_one_twice_or_with_a_stranger_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(name_conflict(&[])).then_rejected(CONFLICT_NEEDS_TWO);
    directed().when(name_conflict(&[ILSE])).then_rejected(CONFLICT_NEEDS_TWO);
    directed().when(name_conflict(&[ILSE, ILSE])).then_rejected(PERSON_NAMED_TWICE);
    directed().when(name_conflict(&[ILSE, stranger])).then_rejected(PERSON_UNKNOWN);
    given_of::<Case>([]).when(name_conflict(&[ILSE, ROBERT])).then_rejected(CASE_UNKNOWN);
}

/// R10: per conflict and person, with assessor, day and observations; a person's stage is another fact than the other's.
#[test]
fn each_person_is_assessed_apart_by_somebody_also_about_an_earlier_day() {
    let command = assess(PARENTS, &[(ROBERT, Some(5)), (ILSE, None)]);
    let assessed = |person, number: Option<u8>, record| ConflictEvent::GlaslStageAssessed {
        conflict: PARENTS,
        person,
        stage: number.map(|number| Personal::ordinary(Subject::Person(person), stage(number))),
        observations: words(fresh(record), "men hoort elkaar nog aan"),
        by: ANJA,
        model: GLASL.to_owned(),
    };
    let given = named().when_on("2026-03-03", command).then([assessed(ROBERT, Some(5), 3), assessed(ILSE, None, 4)]);
    assert_eq!(stage_on(&given, ROBERT, "2026-03-02"), None);
    assert_eq!(stage_on(&given, ROBERT, "2026-03-03"), Some(5));
    assert_eq!(stage_on(&given, ILSE, "2026-04-21"), None, "it could not be said");
    assert!(conflict(&given).stage_on(ILSE, day("2026-04-21")).is_some(), "and that was assessed too");
    let colleague = ConflictCommand::AssessConflict {
        conflict: PARENTS,
        experienced: vec![NewStage { person: ILSE, stage: Some(stage(4)), observations: text("gehoord") }],
        by: Some(WIM),
    };
    let given = given.when(colleague).accepted();
    assert_eq!(conflict(&given).stage_on(ILSE, day("2026-04-21")).unwrap().by, WIM);
}

#[test]
fn an_assessment_that_makes_no_sense_is_refused() {
    let other = ConflictId::from_uuid(Uuid::from_u128(0xBAD));
    named().when(assess(other, &[(ILSE, Some(3))])).then_rejected(CONFLICT_UNKNOWN);
    named().when(assess(PARENTS, &[])).then_rejected(NOBODY_ASSESSED);
    named().when(assess(PARENTS, &[(MORRIS, Some(3))])).then_rejected(NOT_IN_CONFLICT);
    named().when(assess(PARENTS, &[(ILSE, Some(3)), (ILSE, Some(4))])).then_rejected(PERSON_NAMED_TWICE);
    named().when_on("2026-04-22", assess(PARENTS, &[(ILSE, Some(3))])).then_rejected(OCCURRED_IN_FUTURE);
    let system = named().by(ANJA, Role::System);
    system.when(assess(PARENTS, &[(ILSE, Some(3))])).then_rejected(ASSESSED_BY_A_PERSON);
    named().by(ANJA, Role::System).when(form(&[ILSE])).then_rejected(ASSESSED_BY_A_PERSON);
}

#[test]
fn how_far_a_stage_rose_follows_from_the_one_before_in_order_of_the_day() {
    let given = escalated();
    assert_eq!(risen(&given, ROBERT), [("2026-03-03".to_owned(), 2, 5)]);
    assert_eq!(risen(&given, ILSE), [("2026-03-03".to_owned(), 1, 4)]);
    let late = given.when_on("2026-02-20", assess(PARENTS, &[(ROBERT, Some(4))])).accepted();
    assert_eq!(risen(&late, ROBERT), [("2026-02-20".to_owned(), 1, 4), ("2026-03-03".to_owned(), 1, 5)], "told late");
    let unknown = late.when_on("2026-03-10", assess(PARENTS, &[(ROBERT, None)])).accepted();
    let down = unknown.when_on("2026-04-01", assess(PARENTS, &[(ROBERT, Some(3))])).accepted();
    let again = down.when(assess(PARENTS, &[(ROBERT, Some(6))])).accepted();
    assert_eq!(risen(&again, ROBERT).last(), Some(&("2026-04-21".to_owned(), 3, 6)), "down is no rise");
}

/// 004b L7316, divorce.md: somebody of the network feeds a conflict or calms it. The newest counts by its day; older ones stay.
#[test]
fn what_a_neighbour_does_to_a_conflict_is_assessed_by_somebody_and_the_newest_counts() {
    let given =
        with_neighbour().when(network(ROOS, NetworkEffect::Feeds)).then([ConflictEvent::NetworkEffectAssessed {
            conflict: PARENTS,
            person: ROOS,
            effect: Personal::ordinary(Subject::Person(ROOS), NetworkEffect::Feeds),
            basis: words(fresh(3), "stuurt berichten door"),
            by: ANJA,
        }]);
    let late = given.when_on("2026-03-01", network(ROOS, NetworkEffect::Calms)).accepted();
    let effects = |on: &str| {
        let known = conflict(&late);
        known.effects_of(ROOS, day(on)).map(|one| *one.effect.known().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(effects("2026-02-28"), []);
    assert_eq!(effects("2026-04-20"), [NetworkEffect::Calms]);
    assert_eq!(effects("2026-04-21"), [NetworkEffect::Calms, NetworkEffect::Feeds], "the last one counts");
}

#[test]
fn it_is_said_of_somebody_of_the_network_in_a_conflict_that_was_named_by_a_person() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    with_neighbour().when(network(ILSE, NetworkEffect::Feeds)).then_rejected(EFFECT_OF_NETWORK);
    with_neighbour().when(network(MORRIS, NetworkEffect::Calms)).then_rejected(EFFECT_OF_NETWORK);
    with_neighbour().when(network(stranger, NetworkEffect::Unknown)).then_rejected(PERSON_UNKNOWN);
    directed().when(network(ILSE, NetworkEffect::Feeds)).then_rejected(CONFLICT_UNKNOWN);
    let system = with_neighbour().by(ANJA, Role::System);
    system.when(network(ROOS, NetworkEffect::Feeds)).then_rejected(ASSESSED_BY_A_PERSON);
}

#[test]
fn a_flare_up_tells_acts_and_who_told_it() {
    let given = named().when_on("2026-02-27", flare_up(PARENTS, Some(ROBERT))).accepted();
    let known = conflict(&given).flare_ups.remove(0);
    assert_eq!((known.on, known.medium.known()), (day("2026-02-27"), Some(&Medium::App)));
    assert_eq!((known.reactions[0].person, known.told_by), (ROBERT, Some(ROBERT)));
    named().when(flare_up(PARENTS, Some(MORRIS))).then_rejected(NOT_IN_CONFLICT);
    let twice = ConflictCommand::RecordFlareUp {
        conflict: PARENTS,
        medium: Medium::Other,
        trigger: text("geld voor schoenen"),
        reactions: vec![
            NewReaction { person: ILSE, acts: text("liep weg") },
            NewReaction { person: ILSE, acts: text("belde") },
        ],
        told_by: None,
    };
    named().when(twice).then_rejected(PERSON_NAMED_TWICE);
}

#[test]
fn a_conflict_lies_still_until_it_flares_up_again_and_relapse_is_normal() {
    let given = named().when_on("2026-03-01", flare_up(PARENTS, None)).accepted();
    let given = given.when_on("2026-04-01", rest(RestKind::Resting)).accepted();
    assert!(conflict(&given).rest_on(day("2026-03-31")).is_none());
    assert_eq!(conflict(&given).rest_on(day("2026-04-01")).map(|rest| rest.kind), Some(RestKind::Resting));
    let given = given.when_on("2026-04-10", flare_up(PARENTS, None)).accepted();
    assert!(conflict(&given).rest_on(day("2026-04-09")).is_some());
    assert!(conflict(&given).rest_on(day("2026-04-10")).is_none());
    let given = given.when(rest(RestKind::Ended)).accepted();
    assert_eq!(conflict(&given).rest_on(day("2026-04-21")).map(|rest| rest.kind), Some(RestKind::Ended));
}

#[test]
fn energy_and_calm_are_what_somebody_says_of_themself() {
    let given = named().when_on("2026-04-01", energy(PARENTS, ROBERT, 90)).accepted();
    let given = given.when(energy(PARENTS, ROBERT, 60)).accepted();
    let said =
        conflict(&given).energy[&ROBERT].iter().map(|one| one.percent.known().unwrap().number()).collect::<Vec<_>>();
    assert_eq!(said, [90, 60]);
    named().when(energy(PARENTS, MORRIS, 10)).then_rejected(NOT_IN_CONFLICT);
    let given = given.when(calm(ROBERT, Some(PARENTS), "2026-03-05", Some("2026-03-19"))).accepted();
    let given = given.when(calm(MORRIS, None, "2026-02-01", None)).accepted();
    assert_eq!(given.state().conflicts.calm().count(), 2);
    named().when(calm(MORRIS, Some(PARENTS), "2026-03-05", None)).then_rejected(NOT_IN_CONFLICT);
    named().when(calm(ILSE, None, "2026-04-22", None)).then_rejected(CALM_NOT_BEGUN);
    named().when(calm(ILSE, None, "2026-04-01", Some("2026-04-22"))).then_rejected(CALM_NOT_BEGUN);
    named().when(calm(ILSE, None, "2026-04-01", Some("2026-03-22"))).then_rejected(UNTIL_BEFORE_FROM);
}

#[test]
fn the_form_of_parenthood_is_said_of_each_parent_and_of_no_child() {
    let given = directed().when(form(&[ILSE, ROBERT])).accepted();
    let said: Vec<_> = given.state().conflicts.forms().map(|one| (one.person, one.by)).collect();
    assert_eq!(said, [(ILSE, ANJA), (ROBERT, ANJA)]);
    directed().when(form(&[])).then_rejected(NOBODY_ASSESSED);
    directed().when(form(&[MORRIS])).then_rejected(FORM_OF_PARENTS);
}

/// What happened can always be recorded (rule 0): on a closed case too, and while a key is missing by a fault.
#[test]
fn all_of_it_is_a_report() {
    let commands = || {
        let mut all = vec![name_conflict(&[ILSE, ROBERT]), assess(PARENTS, &[(ILSE, Some(3))]), form(&[ILSE])];
        all.extend([flare_up(PARENTS, None), energy(PARENTS, ILSE, 5), calm(ILSE, None, "2026-03-01", None)]);
        all.extend([rest(RestKind::Ended), network(ROOS, NetworkEffect::Unknown)]);
        all
    };
    for command in commands() {
        assert!(!CaseCommand::from(command).needs_all());
    }
    let back = crate::regie::RegieCommand::HandBackRegie {
        tasks: vec![crate::regie::RegieTask::Overview],
        to: ILSE,
        agreement: None,
    };
    for command in commands() {
        with_neighbour().when(back.clone()).accepted().when(close()).accepted().when(command).accepted();
    }
}

#[test]
fn every_text_names_nobody() {
    let about = |about: &str| ConflictCommand::NameConflict { between: vec![ILSE, ROBERT], about: text(about) };
    named().when(about("Ilse belt")).then_rejected(NAMES_IN_TEXT);
    let seen = |seen: &str| ConflictCommand::AssessConflict {
        conflict: PARENTS,
        experienced: vec![NewStage { person: ROBERT, stage: None, observations: text(seen) }],
        by: None,
    };
    named().when(seen("Ilse belt")).then_rejected(NAMES_IN_TEXT);
    let basis = ConflictCommand::AssessParentingForm {
        parents: vec![ILSE],
        form: ParentingForm::Parallel,
        basis: text("Robert zegt het"),
        by: None,
    };
    named().when(basis).then_rejected(NAMES_IN_TEXT);
    let basis = ConflictCommand::AssessNetworkEffect {
        conflict: PARENTS,
        person: ROOS,
        effect: NetworkEffect::Calms,
        basis: text("belt Ilse"),
        by: None,
    };
    with_neighbour().when(basis).then_rejected(NAMES_IN_TEXT);
    let flared = |trigger: &str, acts: &str| ConflictCommand::RecordFlareUp {
        conflict: PARENTS,
        medium: Medium::Mail,
        trigger: text(trigger),
        reactions: vec![NewReaction { person: ILSE, acts: text(acts) }],
        told_by: None,
    };
    named().when(flared("Morris ziek", "belde")).then_rejected(NAMES_IN_TEXT);
    named().when(flared("ziek", "belde Robert")).then_rejected(NAMES_IN_TEXT);
    let quiet = ConflictCommand::ReportCalmPeriod {
        person: ILSE,
        conflict: None,
        from: day("2026-04-01"),
        until: None,
        words: Some(text("Robert was weg")),
    };
    named().when(quiet).then_rejected(NAMES_IN_TEXT);
    let rested =
        ConflictCommand::RestConflict { conflict: PARENTS, kind: RestKind::Ended, reason: text("Robert lacht") };
    named().when(rested).then_rejected(NAMES_IN_TEXT);
}

fn fact_of(given: &Given<Case>, name: &str) -> EventId {
    given.history().facts().iter().rev().find(|fact| fact.event.info().name == name).unwrap().id
}

#[test]
fn a_mistake_is_corrected_and_a_conflict_that_others_speak_of_is_not_struck_out() {
    let given = escalated();
    let strike = |target| CorrectionCommand::StrikeOut { target, reason: text("verkeerd dossier") };
    let refused = given.when(strike(fact_of(&escalated(), "ConflictNamed")));
    let given = refused.refused_but(CORRECTION_BREAKS_HISTORY);
    let last = fact_of(&given, "GlaslStageAssessed");
    let given = given.when(strike(last)).accepted();
    assert_eq!((stage_on(&given, ILSE, "2026-04-21"), stage_on(&given, ROBERT, "2026-04-21")), (Some(3), Some(5)));
    let words = |target| CorrectionCommand::Correct {
        target,
        reason: text("stond er anders"),
        occurred: None,
        content: CorrectedContent::Words(text("beter gezegd")),
    };
    for (command, name) in [
        (rest(RestKind::Resting), "ConflictRested"),
        (flare_up(PARENTS, Some(ROBERT)), "FlareUpRecorded"),
        (form(&[ILSE]), "ParentingFormAssessed"),
        (calm(ILSE, None, "2026-04-01", None), "CalmPeriodReported"),
        (assess(PARENTS, &[(ILSE, Some(3))]), "GlaslStageAssessed"),
        (name_conflict(&[ILSE, MORRIS]), "ConflictNamed"),
        (network(ROOS, NetworkEffect::Feeds), "NetworkEffectAssessed"),
    ] {
        let given = with_neighbour().when(command).accepted();
        let target = fact_of(&given, name);
        let given = given.when(words(target)).accepted();
        let stands = given.history().standing().into_iter().rev().find_map(|standing| match standing {
            crate::decider::Standing::Replaced(fact, _) => Some(fact.event.clone()),
            _ => None,
        });
        let stored = codec_scope(|| stands.unwrap().to_payload()).unwrap().to_string();
        assert!(stored.contains("beter gezegd"), "{name}");
    }
}

fn stands(given: &Given<Case>, name: &str) -> Layers {
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    layers.of_fact(given.history().fact(fact_of(given, name)).unwrap())
}

/// What is said of both is for whoever reaches each of them; what is said of one is that person's own.
#[test]
fn no_side_of_a_conflict_crosses_to_the_other_household() {
    let both = || Layers::each_of([Layer::Person(ILSE), Layer::Person(ROBERT)]);
    let own = |person| Layers::of([Layer::Person(person)]);
    let case = with_neighbour;
    assert_eq!(stands(&case(), "ConflictNamed"), both());
    let after = |command: ConflictCommand, name: &str| stands(&case().when(command).accepted(), name);
    assert_eq!(after(assess(PARENTS, &[(ILSE, Some(3))]), "GlaslStageAssessed"), own(ILSE));
    assert_eq!(after(form(&[ROBERT]), "ParentingFormAssessed"), own(ROBERT));
    assert_eq!(after(network(ROOS, NetworkEffect::Feeds), "NetworkEffectAssessed"), own(ROOS));
    assert_eq!(after(energy(PARENTS, ILSE, 40), "ConflictEnergyReported"), own(ILSE));
    assert_eq!(after(flare_up(PARENTS, Some(ROBERT)), "FlareUpRecorded"), own(ROBERT));
    assert_eq!(after(flare_up(PARENTS, None), "FlareUpRecorded"), both());
    assert_eq!(after(rest(RestKind::Resting), "ConflictRested"), both());
    assert_eq!(
        after(calm(MORRIS, None, "2026-04-01", None), "CalmPeriodReported"),
        own(MORRIS),
        "no layer that crosses"
    );
    let with_child = case().when(name_conflict(&[ILSE, MORRIS])).accepted();
    let expected = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(stands(&with_child, "ConflictNamed"), expected);
    let only = |audience: Audience, given: Given<Case>, name: &str| {
        assert_eq!(given.history().fact(fact_of(&given, name)).unwrap().audience, audience, "{name}");
    };
    only(Audience::Persons(vec![ILSE, ROBERT]), case(), "ConflictNamed");
    let assessed = case().when(network(ROOS, NetworkEffect::Calms)).accepted();
    only(Audience::Persons(vec![ROOS]), assessed, "NetworkEffectAssessed");
    only(Audience::Persons(vec![ROBERT]), case().when(energy(PARENTS, ROBERT, 9)).accepted(), "ConflictEnergyReported");
    only(Audience::Case, with_child, "ConflictNamed");
}

/// Once somebody is protected, what is written of a conflict may say where they are; a stage, a figure or a day does not. The name of an
/// assessor who works for them leads to them as any name does.
#[test]
fn the_words_lead_to_somebody_protected_and_the_figures_do_not() {
    let given = apart().when(appoint(A, WIM)).accepted().when(name_conflict(&[ILSE, ROBERT])).accepted();
    let id = given.state().conflicts.all()[0].id;
    let by = |by| ConflictCommand::AssessConflict {
        conflict: id,
        experienced: vec![NewStage { person: ROBERT, stage: Some(stage(5)), observations: text("gehoord") }],
        by: Some(by),
    };
    let given = given.when(by(WIM)).accepted();
    let event = |given: &Given<Case>| given.history().fact(fact_of(given, "GlaslStageAssessed")).unwrap().event.clone();
    let leads = |given: &Given<Case>| {
        let (locating, event) = (Locating::on(given.history(), day("2026-05-04")), event(given));
        (locating.leads(&event), locating.words_lead(&event), locating.workers_lead(&event))
    };
    assert_eq!(leads(&given), (false, false, false), "nobody is protected");
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = given.when(protect).accepted();
    assert_eq!(leads(&given), (false, true, true), "of Robert, by who coordinates for Ilse");
    let given = given.when(by(TESS)).accepted();
    assert_eq!(leads(&given), (false, true, false), "by somebody who works for nobody hidden");
    let strike = CorrectionCommand::StrikeOut { target: fact_of(&given, "GlaslStageAssessed"), reason: text("anders") };
    let given = given.when(strike).accepted();
    let corrected = given.history().facts().last().unwrap().event.clone();
    assert!(Locating::on(given.history(), day("2026-05-04")).words_lead(&corrected), "why it was struck out as well");
}

/// Every type of event of this room, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let neighbour = Draft::of(person(ROOS, "Roos", None, FamilyRole::NetworkMember));
    let given = escalated().recorded([neighbour]).when(network(ROOS, NetworkEffect::Calms)).accepted();
    let given = given.when(form(&[ILSE])).accepted().when(flare_up(PARENTS, Some(ILSE))).accepted();
    let given = given.when(energy(PARENTS, ILSE, 50)).accepted().when(rest(RestKind::Resting)).accepted();
    let given = given.when(calm(ILSE, Some(PARENTS), "2026-04-01", Some("2026-04-10"))).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    facts.filter(|event| matches!(event, CaseEvent::Conflict(_))).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    let mut seen = BTreeSet::new();
    for event in every_event() {
        let info = event.info();
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
    assert_eq!(CODES.iter().collect::<BTreeSet<_>>().len(), CODES.len());
}

/// An advisor, the words of whom a fact names, is nobody of the case: it names no subject.
#[test]
fn who_assessed_is_no_subject() {
    let command = ConflictCommand::AssessConflict {
        conflict: PARENTS,
        experienced: vec![NewStage { person: ILSE, stage: None, observations: text("gehoord") }],
        by: Some(HUGO),
    };
    let given = named().when(command).accepted();
    let CaseEvent::Conflict(event) = given.history().facts().last().unwrap().event.clone() else {
        panic!("of a conflict")
    };
    assert_eq!((event.assessor(), event.persons()), (Some(HUGO), vec![ILSE]));
}
