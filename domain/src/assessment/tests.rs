//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conflict::catalogue::PERSON_NAMED_TWICE;
use crate::consent::{ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use crate::correction::{CORRECTION_BREAKS_HISTORY, CORRECTION_DOES_NOT_FIT, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{A, ANJA, ILSE, MORRIS, ROBERT, WIM, closed, directed, fact_of, strike};
use crate::fact::{FieldClass, NEUTRAL};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::LifeCommand;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::personal::{DataClass, MARK, codec_scope};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::voice::catalogue::AUDIENCE_NOT_THE_CHILDS;

const STRANGER: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));

fn told<T>(person: PersonId, said: T) -> Told<T> {
    Told { person, said, known_to: None, family_may_know: Vec::new() }
}

fn known_to<T>(told: Told<T>, audience: Audience) -> Told<T> {
    Told { known_to: Some(audience), ..told }
}

fn themes(words: &str) -> NewThemes {
    let theme = NewTheme {
        theme: line("slapen"),
        kind: ThemeKind::Concern,
        words: text(words),
        severity: Some(Weight::Much),
        urgency: None,
    };
    NewThemes { themes: vec![theme], left_out: vec![line("geld")] }
}

fn giz(told: Vec<Told<NewThemes>>) -> NewContent {
    NewContent::Giz { variant: GizVariant::Extended, about: vec![MORRIS], told }
}

fn record(content: NewContent) -> AssessmentCommand {
    recorded(NewAssessment {
        content,
        version: None,
        took_part: Vec::new(),
        by: Vec::new(),
        occasion: Some(text("samen kijken wat er speelt")),
    })
}

fn recorded(new: NewAssessment) -> AssessmentCommand {
    AssessmentCommand::RecordAssessment(Box::new(new))
}

pub(crate) fn portrait(words: &str) -> AssessmentCommand {
    record(NewContent::LifeworldPortrait(told(MORRIS, text(words))))
}

pub(crate) fn score(person: PersonId, points: u16) -> AssessmentCommand {
    record(NewContent::Resilience(told(person, Score(points))))
}

fn analysis() -> AssessmentCommand {
    let hypothesis = NewHypothesis { effect: Effect::Keeps, words: text("het wisselen gaat zonder overgang") };
    let told = vec![told(ROBERT, text("sinds de zomer slaapt hij slecht"))];
    record(NewContent::ExplanatoryAnalysis { about: vec![MORRIS], told, hypotheses: vec![hypothesis] })
}

fn genogram() -> AssessmentCommand {
    let relation = NewRelation {
        from: NewRelated::Other(line("oma Bep")),
        kind: RelationKind::GrandparentOf,
        to: NewRelated::Person(MORRIS),
        words: Some(text("daar is het rustig")),
    };
    record(NewContent::Genogram { about: vec![ILSE, MORRIS], told: vec![told(ILSE, vec![relation])] })
}

fn future(topics: Vec<NewTopic>) -> AssessmentCommand {
    record(NewContent::FuturePlan(told(MORRIS, topics)))
}

fn measured() -> ConsentCommand {
    ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(ILSE),
        subject: WhoIs::Person(ILSE),
        kind: ConsentKind::Measuring,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    })
}

pub(crate) fn only(given: &Given<Case>) -> Assessment {
    let all = given.state().assessments.all();
    assert_eq!(all.len(), 1);
    all[0].clone()
}

fn rules(given: &Given<Case>) -> Vec<String> {
    given.state().life.departures.iter().map(|one| one.rule.clone()).collect()
}

fn audience_of(given: &Given<Case>, person: PersonId) -> Audience {
    let facts = given.history().facts().iter();
    let told = |event: &CaseEvent| matches!(event, CaseEvent::Assessment(AssessmentEvent::AssessmentPartTold { person: who, .. }) if *who == person);
    facts.rev().find(|fact| told(&fact.event)).unwrap().audience.clone()
}

/// 003:3616-3622: each is asked apart, and answers can be laid side by side; nothing is added up.
#[test]
fn each_persons_part_of_a_joint_assessment_is_a_fact_of_its_own() {
    let content = giz(vec![
        told(ILSE, themes("hij ligt wakker")),
        told(ROBERT, themes("hij slaapt goed")),
        told(MORRIS, themes("soms")),
    ]);
    let given = directed().when(record(content)).accepted();
    let made = only(&given);
    assert_eq!((made.about.as_slice(), made.took_part.as_slice()), (&[MORRIS][..], &[ILSE, ROBERT, MORRIS][..]));
    assert_eq!((made.by.as_slice(), made.instrument), (&[ANJA][..], Instrument::Giz(GizVariant::Extended)));
    assert_eq!(made.version.as_str(), "giz-2", "the usual one of the policy");
    assert_eq!(made.parts.len(), 3);
    let Part::Themes { themes, left_out } = &made.parts.iter().find(|part| part.person == ROBERT).unwrap().content
    else {
        panic!("themes");
    };
    assert_eq!(themes[0].words.known().map(Text::as_str), Some("hij slaapt goed"));
    assert_eq!((themes[0].severity.as_ref().unwrap().known(), left_out.len()), (Some(&Weight::Much), 1));
    assert_eq!(rules(&given), [] as [String; 0]);
}

/// Rule 16: also inside joint assessments. Without a word of the child it is for the director alone; nobody widens it later.
#[test]
fn a_childs_words_inside_a_joint_assessment_are_for_whom_the_child_said() {
    let child = |audience: Option<Audience>| Told { known_to: audience, ..told(MORRIS, themes("soms")) };
    let given = directed().when(record(giz(vec![told(ILSE, themes("wakker")), child(None)]))).accepted();
    assert_eq!(
        [audience_of(&given, ILSE), audience_of(&given, MORRIS)],
        [Audience::Persons(vec![ILSE]), Audience::Director]
    );
    let stands = |given: &Given<Case>, person| {
        let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
        let part = only(given).parts.iter().find(|part| part.person == person).unwrap().fact;
        layers.of_fact(given.history().fact(part).unwrap())
    };
    assert_eq!(stands(&given, ILSE), Layers::of([Layer::Person(ILSE)]), "never crosses to the other household");
    assert_eq!(stands(&given, MORRIS), Layers::of([Layer::Child(MORRIS), Layer::Person(MORRIS)]));
    let wim = Audience::Workers(vec![WIM]);
    let given = directed().when(record(giz(vec![child(Some(wim.clone()))]))).accepted();
    assert_eq!(audience_of(&given, MORRIS), wim);
    let target = only(&given).parts[0].fact;
    let widen = |audience| LifeCommand::ChangeAudience { target, audience, reason: text("handig") };
    let given = given.when(widen(Audience::Child(MORRIS))).refused_but(ASSESSMENT_KEEPS_AUDIENCE);
    given.when(widen(Audience::Case)).then_rejected(ASSESSMENT_KEEPS_AUDIENCE);
    for audience in
        [Audience::Case, Audience::Persons(vec![ILSE]), Audience::Households(vec![A]), Audience::Workers(vec![])]
    {
        directed().when(record(giz(vec![child(Some(audience))]))).then_rejected(AUDIENCE_NOT_THE_CHILDS);
    }
    for audience in
        [Audience::Case, Audience::Persons(vec![ROBERT]), Audience::Child(MORRIS), Audience::Workers(vec![])]
    {
        let told = known_to(told(ILSE, themes("wakker")), audience);
        directed().when(record(giz(vec![told]))).then_rejected(AUDIENCE_NOT_THEIRS);
    }
    directed().when(record(giz(vec![known_to(told(ILSE, themes("wakker")), Audience::Director)]))).accepted();
}

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |command: AssessmentCommand, code| directed().when(command).then_rejected(code);
    refused(record(giz(vec![])), NOTHING_SAID);
    refused(
        record(NewContent::Giz { variant: GizVariant::Signalling, about: vec![], told: vec![told(ILSE, themes("x"))] }),
        ASSESSED_NOBODY,
    );
    refused(record(giz(vec![told(ILSE, NewThemes { themes: vec![], left_out: vec![] })])), NOTHING_SAID);
    refused(record(giz(vec![told(ILSE, themes("een")), told(ILSE, themes("twee"))])), PERSON_NAMED_TWICE);
    refused(record(giz(vec![told(STRANGER, themes("een"))])), PERSON_UNKNOWN);
    refused(record(giz(vec![told(ILSE, themes("Robert weet het"))])), NAMES_IN_TEXT);
    refused(future(vec![]), NOTHING_SAID);
    refused(future(vec![NewTopic::Discussed(line("wonen"), Some(text("bij Ilse")))]), NAMES_IN_TEXT);
    let family = Told { family_may_know: vec![STRANGER], ..told(MORRIS, text("ik ben Kwik")) };
    refused(record(NewContent::LifeworldPortrait(family)), PERSON_UNKNOWN);
    let of = |from, to| {
        let relation = NewRelation { from, kind: RelationKind::Other, to, words: None };
        record(NewContent::Genogram { about: vec![MORRIS], told: vec![told(ILSE, vec![relation])] })
    };
    refused(of(NewRelated::Person(STRANGER), NewRelated::Person(MORRIS)), PERSON_UNKNOWN);
    refused(of(NewRelated::Other(line("opa van Robert")), NewRelated::Person(MORRIS)), NAMES_IN_TEXT);
    directed().when_on("2026-05-01", genogram()).then_rejected(OCCURRED_IN_FUTURE);
    for points in [0, 24, 101, u16::MAX] {
        refused(score(ILSE, points), SCORE_OUT_OF_RANGE);
    }
}

/// Case 06: measuring has a consent of its own. What was measured without one is taken, marked and listed (rule 0).
#[test]
fn a_score_without_a_consent_for_measuring_departs_from_a_rule() {
    let given = directed().when(score(ILSE, 64)).accepted();
    assert_eq!(rules(&given), [CONSENT_BEFORE_MEASURING]);
    let agreed = directed().on("2026-04-01").when(measured()).accepted().on("2026-04-21");
    let given = agreed.when(score(ILSE, 64)).accepted();
    assert_eq!(rules(&given), [] as [String; 0]);
    // Long ago, before anybody was asked.
    assert_eq!(rules(&given.when_on("2026-03-31", score(ILSE, 70)).accepted()), [CONSENT_BEFORE_MEASURING]);
    let made = directed().when(score(ILSE, 64)).accepted();
    let Part::Score(points) = &only(&made).parts[0].content else { panic!("a score") };
    assert_eq!((points.known(), points.class()), (Some(&Score(64)), Some(DataClass::Health)));
}

/// Rule 29: several versions are in use at once; another is taken and marked.
#[test]
fn a_version_that_policy_does_not_name_is_marked() {
    let in_version = |version: &str| {
        let version = Some(InstrumentVersion::new(version).unwrap());
        let content = giz(vec![told(ILSE, themes("wakker"))]);
        recorded(NewAssessment { content, version, took_part: vec![ROBERT], by: vec![WIM, ANJA, WIM], occasion: None })
    };
    let given = directed().when(in_version("giz-1")).accepted();
    assert_eq!(rules(&given), [] as [String; 0]);
    assert_eq!((only(&given).took_part, only(&given).by), (vec![ILSE, ROBERT], vec![ANJA, WIM]));
    assert_eq!(rules(&directed().when(in_version("giz-9")).accepted()), [INSTRUMENT_IN_USE]);
    for name in ["", "GIZ 2", &"g".repeat(65)] {
        assert_eq!(InstrumentVersion::new(name), Err(InvalidInstrumentVersion));
    }
}

/// 004:4472-4484: the first draft was not recognised, the second was; both stay, and neither says who is right.
#[test]
fn a_portrait_is_drafted_until_it_is_recognised() {
    let given = directed().when(portrait("altijd boos")).accepted();
    let (id, first) = (only(&given).id, only(&given).parts[0].id);
    let recognise = |draft, person, recognised, words: &str| AssessmentCommand::TestAssessment {
        tested: TestedOn::Portrait(draft),
        told: told(person, NewRecognition { recognised, words: Some(text(words)) }),
    };
    let given = given.when(recognise(first, MORRIS, Recognised::No, "zo ben ik niet")).accepted();
    let next =
        AssessmentCommand::AddToAssessment { assessment: id, told: told(MORRIS, NewPart::Portrait(text("wil rust"))) };
    let given = given.on("2026-05-04").when(next).accepted();
    let second = only(&given).parts[1].id;
    let given = given.when(recognise(second, MORRIS, Recognised::Yes, "ja")).accepted();
    let given = given.when(recognise(second, ROBERT, Recognised::Partly, "voor een deel")).accepted();
    let tested: Vec<_> = only(&given).parts.iter().map(|part| part.tested.len()).collect();
    assert_eq!(tested, [1, 2]);
    let last = given.history().facts().last().unwrap();
    assert_eq!(last.audience, Audience::Persons(vec![ROBERT]));
    let layers = LayersOf::on(given.history(), day("2026-05-04"), ages());
    assert_eq!(layers.of_fact(last), Layers::nobodys(), "what a parent says of a child's portrait: for the director");
    let stranger = AssessmentPartId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(recognise(stranger, MORRIS, Recognised::Yes, "ja")).refused_but(PORTRAIT_UNKNOWN);
    let of = |person| AssessmentCommand::AddToAssessment {
        assessment: id,
        told: told(person, NewPart::Portrait(text("x"))),
    };
    let given = given.when(of(ROBERT)).refused_but(PART_OF_ANOTHER);
    let other = AssessmentCommand::AddToAssessment { assessment: id, told: told(MORRIS, NewPart::Story(text("x"))) };
    let given = given.when(other).refused_but(PART_DOES_NOT_FIT);
    let nowhere = AssessmentId::from_uuid(Uuid::from_u128(0xBAD));
    let unknown =
        AssessmentCommand::AddToAssessment { assessment: nowhere, told: told(MORRIS, NewPart::Story(text("x"))) };
    given.when(unknown).then_rejected(ASSESSMENT_UNKNOWN);
}

/// 004b R5: a reading is tested with whom it is about, so that it does not become the truth.
#[test]
fn a_hypothesis_is_a_reading_until_it_was_tested() {
    let given = directed().when(analysis()).accepted();
    let made = only(&given);
    assert_eq!(given.history().fact(made.hypotheses[0].fact).unwrap().audience, Audience::Director);
    let later = AssessmentCommand::StateHypothesis {
        assessment: made.id,
        hypothesis: NewHypothesis { effect: Effect::Reduces, words: text("een vast ritueel") },
    };
    let given = given.when(later).accepted();
    let test = |hypothesis, person| AssessmentCommand::TestAssessment {
        tested: TestedOn::Hypothesis(hypothesis),
        told: told(person, NewRecognition { recognised: Recognised::Yes, words: None }),
    };
    let given = given.when(test(made.hypotheses[0].id, ROBERT)).accepted();
    let given = given.when(test(made.hypotheses[0].id, MORRIS)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Director, "a child's word");
    assert_eq!(only(&given).hypotheses[0].tested.len() + only(&given).hypotheses[1].tested.len(), 2);
    let given = given.when(test(HypothesisId::from_uuid(Uuid::nil()), ROBERT)).refused_but(HYPOTHESIS_UNKNOWN);
    let unfit = AssessmentCommand::StateHypothesis {
        assessment: AssessmentId::from_uuid(Uuid::nil()),
        hypothesis: NewHypothesis { effect: Effect::Causes, words: text("x") },
    };
    given.when(unfit).then_rejected(ASSESSMENT_UNKNOWN);
    let given = directed().when(portrait("rustig")).accepted();
    let hypothesis = NewHypothesis { effect: Effect::Causes, words: text("x") };
    let unfit = AssessmentCommand::StateHypothesis { assessment: only(&given).id, hypothesis };
    given.when(unfit).then_rejected(PART_DOES_NOT_FIT);
}

#[test]
fn a_closed_case_takes_it_and_a_day_long_ago_too() {
    closed(directed(), "2026-06-01").when(genogram()).accepted();
    let given = directed().when_on("2020-01-01", genogram()).accepted();
    assert_eq!(only(&given).on, day("2020-01-01"));
}

#[test]
fn once_somebody_is_protected_all_of_it_leads() {
    let given = directed().when(genogram()).accepted();
    let leads = |given: &Given<Case>| {
        let event = given.history().fact(fact_of(given, "AssessmentPartTold")).unwrap().event.clone();
        Locating::on(given.history(), day("2026-05-04")).leads(&event)
    };
    assert!(!leads(&given));
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    assert!(leads(&given.when(protect).accepted()));
}

#[test]
fn words_are_corrected_and_what_others_speak_of_stays() {
    let correct = |target, words: &str| CorrectionCommand::Correct {
        target,
        reason: text("verkeerd getypt"),
        occurred: None,
        content: CorrectedContent::Words(text(words)),
    };
    let given = directed().when(analysis()).accepted();
    let target = fact_of(&given, "HypothesisStated");
    let given = given.when(correct(target, "het wisselen gaat zonder rust")).accepted();
    let words = &only(&given).hypotheses[0].words;
    assert_eq!(
        (words.known().map(Text::as_str), words.class()),
        (Some("het wisselen gaat zonder rust"), Some(DataClass::Health))
    );
    let strikes = strike(&given, "AssessmentRecorded");
    given.when(strikes).then_rejected(CORRECTION_BREAKS_HISTORY);
    let given = directed().when(genogram()).accepted();
    let target = fact_of(&given, "AssessmentPartTold");
    let given = given.when(correct(target, "anders")).refused_but(CORRECTION_DOES_NOT_FIT);
    let given = {
        let strikes = strike(&given, "AssessmentPartTold");
        given.when(strikes).accepted()
    };
    let strikes = strike(&given, "AssessmentRecorded");
    assert_eq!(given.when(strikes).accepted().state().assessments.all(), []);
}

/// Every type of event of this room, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let given = directed().when(analysis()).accepted();
    let hypothesis = only(&given).hypotheses[0].id;
    let test = AssessmentCommand::TestAssessment {
        tested: TestedOn::Hypothesis(hypothesis),
        told: told(ROBERT, NewRecognition { recognised: Recognised::Yes, words: Some(text("ja")) }),
    };
    let given = given.when(test).accepted().when(genogram()).accepted().when(score(ILSE, 64)).accepted();
    let given = given.when(portrait("rustig")).accepted();
    let topics = vec![NewTopic::Open(line("geld")), NewTopic::Discussed(line("wonen"), Some(text("thuis")))];
    let given = given.when(future(topics)).accepted().when(record(giz(vec![told(ILSE, themes("wakker"))]))).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    facts.filter(|event| matches!(event, CaseEvent::Assessment(_))).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    let mut seen = BTreeSet::new();
    for event in every_event() {
        check_stored(&event);
        seen.insert(event.info().name);
    }
    assert_eq!(seen, CATALOGUE.iter().map(|info| info.name).collect());
    assert!(!CaseCommand::from(genogram()).needs_all(), "all of it is a report");
}

/// What the catalogue says of an event holds for what is stored of it.
pub(crate) fn check_stored(event: &CaseEvent) {
    let info = event.info();
    assert_eq!(info.outer, NEUTRAL, "nothing in clear tells how somebody fares");
    let stored = codec_scope(|| event.to_payload()).unwrap();
    let fields: BTreeSet<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(), "{}", info.name);
    for field in info.fields {
        let value = stored.get(field.name).unwrap();
        if value.is_null() {
            continue;
        }
        let personal = value.to_string().contains(MARK);
        assert_eq!(personal, matches!(field.class, FieldClass::Personal(_)), "{}.{}", info.name, field.name);
    }
    assert_eq!(CaseEvent::from_payload(info.name, stored.clone()).unwrap(), *event, "reads what it wrote");
    let stored = stored.to_string();
    let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
    for owner in owners {
        assert!(subjects.iter().any(|subject| subject == owner), "{owner} of {}", info.name);
    }
}
