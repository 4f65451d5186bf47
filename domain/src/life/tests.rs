use std::collections::BTreeSet;

use super::*;
use crate::consent::{Category, ConsentCommand, ConsentEvent, ConsentKind, Evidence, Missing, WhoIs, help_missing};
use crate::decider::DomainEvent;
use crate::fact::Role;
use crate::ids::{HouseholdId, Subject};
use crate::people::{AuthorityKind, FamilyRole, PERSON_UNKNOWN, PeopleCommand, Source};
use crate::personal::codec_scope;
use crate::testing::*;

fn key(key: &str) -> WhoIs {
    WhoIs::Key(key.to_owned())
}

fn new_person(called: &str, birth: Option<&str>, role: FamilyRole) -> NewPerson {
    NewPerson { key: called.to_lowercase(), name: name(called), birth_date: birth.map(day), role }
}

fn consent(giver: &str, subject: &str, kind: ConsentKind) -> NewConsent {
    NewConsent {
        giver: key(giver),
        subject: key(subject),
        kind,
        purpose: None,
        categories: if kind == ConsentKind::Sharing { vec![Category::Signal] } else { Vec::new() },
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    }
}

fn authority_of(child: &str, kind: AuthorityKind, holders: &[&str], from: &str) -> NewAuthority {
    NewAuthority {
        child: key(child),
        kind,
        holders: holders.iter().map(|holder| key(holder)).collect(),
        from: day(from),
        until: None,
        source: Source::Register,
    }
}

fn signal() -> LinkedSignal {
    LinkedSignal {
        signal: SignalId::from_uuid(uuid::Uuid::from_u128(0x51)),
        topic: text("Spanning bij overdragen"),
        place: PlaceKind::School,
        raised_at: day("2026-02-20").at(9, 0),
    }
}

/// What a case is opened with, before it is a command.
#[derive(Clone)]
struct Ask {
    ground: OpeningGround,
    signal: Option<LinkedSignal>,
    people: Vec<NewPerson>,
    authority: Vec<NewAuthority>,
    consents: Vec<NewConsent>,
}

impl Ask {
    fn command(self) -> LifeCommand {
        LifeCommand::OpenCase {
            municipality: organisation("gemeente-huizen"),
            framework: LegalFramework::Voluntary,
            ground: self.ground,
            question: text("Rust in huis"),
            signal: self.signal,
            people: self.people,
            authority: self.authority,
            consents: self.consents,
        }
    }
}

/// Samira (sole authority) and Ilias, as case 05 opens.
fn samira() -> Ask {
    Ask {
        ground: OpeningGround::HelpConsent,
        signal: None,
        people: vec![
            new_person("Samira", Some("1990-05-05"), FamilyRole::Parent),
            new_person("Ilias", Some("2017-01-09"), FamilyRole::Child),
        ],
        authority: vec![authority_of("ilias", AuthorityKind::OneParent, &["samira"], "2017-01-09")],
        consents: vec![consent("samira", "ilias", ConsentKind::Help)],
    }
}

/// Farida, Joris (joint authority) and Mila, 12, as case 02 opens.
fn mila() -> Ask {
    Ask {
        people: vec![
            new_person("Farida", None, FamilyRole::Parent),
            new_person("Joris", None, FamilyRole::Parent),
            new_person("Mila", Some("2013-02-20"), FamilyRole::Child),
        ],
        authority: vec![authority_of("mila", AuthorityKind::JointParents, &["farida", "joris"], "2013-02-20")],
        consents: vec![consent("farida", "mila", ConsentKind::Help)],
        ..samira()
    }
}

fn nothing() -> Given<Case> {
    given([] as [(&str, CaseEvent); 0])
}

fn open(ask: Ask) -> When<Case> {
    nothing().when(ask.command())
}

#[test]
fn a_case_opens_with_its_people_authority_and_consent_in_one_append() {
    let opened = open(samira());
    let names: Vec<_> = opened.drafts().iter().map(|draft| draft.event.info().name).collect();
    assert_eq!(names, ["CaseOpened", "PersonAdded", "PersonAdded", "AuthorityRecorded", "ConsentGranted"]);
    let given = opened.accepted();
    let state = given.state();
    assert_eq!(state.life.phase, Phase::Open(day("2026-03-02")));
    let children = state.people.children_on(day("2026-03-02"), ages());
    assert_eq!(children.len(), 1);
    assert_eq!(help_missing(state, children[0], day("2026-03-02"), given.terms()), []);
    // Words are records of their own; a name belongs to the person.
    let question = state.life.opening.as_ref().map(|opening| opening.question.owner());
    assert!(matches!(question, Some(Subject::Record(_))));
}

#[test]
fn it_opens_once() {
    given(opened()).when(samira().command()).then_rejected(CASE_ALREADY_OPENED);
}

#[test]
fn one_consent_with_standing_opens_and_what_is_missing_shows() {
    let given = open(mila()).accepted();
    let people: Vec<_> = given.state().people.iter().map(|person| person.id).collect();
    let [_, joris, mila] = people[..] else { panic!("three people") };
    let missing = help_missing(given.state(), mila, day("2026-03-02"), given.terms());
    assert_eq!(missing, [Missing::Consent(mila), Missing::Consent(joris)]);
}

#[test]
fn each_child_needs_one_unless_there_is_another_ground() {
    let mut two = samira();
    two.people.push(new_person("Aya", Some("2019-01-01"), FamilyRole::Child));
    two.authority.push(authority_of("aya", AuthorityKind::Undetermined, &[], "2019-01-01"));
    // Samira speaks for Aya too, but who has authority over Aya is for a person to decide: that counts for nothing.
    two.consents.push(consent("samira", "aya", ConsentKind::Help));
    let rejection = open(two.clone()).then_rejected(OPENING_WITHOUT_CONSENT);
    assert_eq!(rejection.details[0], ("children_without", Detail::Number(1)));
    let (_, Detail::List(ways)) = &rejection.details[2] else { panic!("what stays open (rule 32)") };
    assert!(ways.contains(&Detail::Word("veilig_thuis")), "{ways:?}");
    for ground in [OpeningGround::MeldcodeDecision, OpeningGround::Measure] {
        open(Ask { ground, ..two.clone() }).accepted();
    }
}

#[test]
fn from_sixteen_the_young_person_alone_opens() {
    let mut jay = mila();
    jay.people[2] = new_person("Mila", Some("2010-03-02"), FamilyRole::Child);
    jay.authority[0].from = day("2010-03-02");
    open(jay.clone()).then_rejected(OPENING_WITHOUT_CONSENT);
    jay.consents = vec![consent("mila", "mila", ConsentKind::Help)];
    open(jay).accepted();
}

#[test]
fn a_consent_that_no_longer_has_standing_opens_nothing() {
    // Joris and Farida spoke for Mila in January, and Mila is sixteen today.
    let mut sixteen = mila();
    sixteen.people[2] = new_person("Mila", Some("2010-03-02"), FamilyRole::Child);
    sixteen.authority[0].from = day("2010-03-02");
    sixteen.consents[0].from = Some(day("2026-01-15"));
    open(sixteen).then_rejected(OPENING_WITHOUT_CONSENT);
    // Samira had authority when she spoke, and has it no longer.
    let mut ended = samira();
    ended.consents[0].from = Some(day("2026-02-20"));
    ended.authority[0].until = Some(day("2026-02-28"));
    open(ended.clone()).then_rejected(OPENING_WITHOUT_CONSENT);
    ended.authority[0].until = Some(day("2026-03-02"));
    open(ended).accepted();
    // Nor does one that had none when it was said: authority came after it.
    let mut late = samira();
    late.consents[0].from = Some(day("2026-02-20"));
    late.authority[0].from = day("2026-02-23");
    open(late).then_rejected(OPENING_WITHOUT_CONSENT);
}

#[test]
fn a_guardian_opens_for_a_child_without_birth_date() {
    let mut ask = samira();
    ask.people[0].role = FamilyRole::Guardian;
    ask.people[1].birth_date = None;
    ask.authority = vec![authority_of("ilias", AuthorityKind::Guardianship, &["samira"], "2020-01-01")];
    let given = open(ask).accepted();
    let ilias = given.state().people.children_on(day("2026-03-02"), ages())[0];
    assert_eq!(help_missing(given.state(), ilias, day("2026-03-02"), given.terms()), [Missing::AgeUnknown]);
}

#[test]
fn a_consent_given_before_the_opening_keeps_its_day_and_one_from_later_does_not_count_yet() {
    let mut ask = samira();
    ask.consents[0].from = Some(day("2026-02-27"));
    let drafts = open(ask.clone()).drafts().to_vec();
    assert_eq!(drafts[4].occurred.map(crate::time::Occurred::day), Some(day("2026-02-27")));
    assert_eq!(drafts[0].occurred, None);
    ask.consents[0].from = Some(day("2026-03-03"));
    open(ask).then_rejected(OPENING_WITHOUT_CONSENT);
}

#[test]
fn a_family_that_does_not_hang_together_is_refused() {
    let refused = |change: fn(&mut Ask), code| {
        let mut ask = samira();
        change(&mut ask);
        open(ask).then_rejected(code)
    };
    refused(|ask| ask.people.clear(), CASE_WITHOUT_PEOPLE);
    refused(|ask| ask.people[1].role = FamilyRole::NetworkMember, CASE_WITHOUT_CHILD);
    refused(|ask| ask.people[1].key = "samira".to_owned(), PERSON_KEY_TWICE);
    refused(|ask| ask.consents[0].giver = key("nobody"), PERSON_KEY_UNKNOWN);
    refused(|ask| ask.consents[0].subject = WhoIs::Person(ILIAS), PERSON_KEY_UNKNOWN);
    refused(|ask| ask.authority[0].holders = vec![key("nobody")], PERSON_KEY_UNKNOWN);
    refused(|ask| ask.authority[0].child = key("nobody"), PERSON_KEY_UNKNOWN);
}

#[test]
fn two_identical_people_cannot_be_told_apart_and_are_refused() {
    let with = |called: &str, birth: Option<&str>| {
        let mut ask = samira();
        ask.people.push(NewPerson { key: "other".to_owned(), ..new_person(called, birth, FamilyRole::NetworkMember) });
        open(ask)
    };
    let rejection = with("samíra", Some("1990-05-05")).then_rejected(crate::people::PERSON_ALREADY_IN_CASE);
    assert_eq!(rejection.details, [("places", Detail::List(vec![Detail::Number(0), Detail::Number(2)]))]);
    with("Samira", Some("1990-05-06")).accepted();
    with("Samira", None).accepted();
    let mut unborn = samira();
    unborn.people[0].birth_date = None;
    unborn.people.push(NewPerson { key: "other".to_owned(), ..unborn.people[0].clone() });
    open(unborn).then_rejected(crate::people::PERSON_ALREADY_IN_CASE);
}

#[test]
fn a_signal_comes_in_under_sharing_consent_or_the_meldcode() {
    let mut ask = Ask { signal: Some(signal()), ..samira() };
    open(ask.clone()).then_rejected(SIGNAL_WITHOUT_CONSENT);
    ask.consents.push(consent("samira", "ilias", ConsentKind::Sharing));
    let given = open(ask.clone()).accepted();
    let life = &given.state().life;
    assert_eq!(life.opening.as_ref().map(|opening| opening.origin.clone()), Some(Origin::Signal(signal().signal)));
    assert_eq!(life.signals[0].consents, [given.state().consents.all()[1].id]);
    given.when(LifeCommand::LinkSignal { signal: signal() }).then_rejected(SIGNAL_ALREADY_LINKED);
    ask.consents.clear();
    open(Ask { ground: OpeningGround::MeldcodeDecision, ..ask }).accepted();
}

#[test]
fn a_signal_is_linked_later_once_somebody_with_standing_consents_to_sharing() {
    let link = || LifeCommand::LinkSignal { signal: signal() };
    given(opened()).when(link()).then_rejected(SIGNAL_WITHOUT_CONSENT);
    let sharing = NewConsent {
        giver: WhoIs::Person(SAMIRA),
        subject: WhoIs::Person(ILIAS),
        ..consent("", "", ConsentKind::Sharing)
    };
    given(opened()).when(ConsentCommand::GrantConsent(sharing)).accepted().when(link()).accepted();
}

fn close() -> LifeCommand {
    LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }
}

fn reopen() -> LifeCommand {
    LifeCommand::ReopenCase { reason: text("Nieuwe vraag") }
}

#[test]
fn a_case_closes_and_opens_again() {
    let closed = given(opened())
        .when(reopen())
        .refused_but(CASE_NOT_CLOSED)
        .on("2026-10-01")
        .when(close())
        .then([LifeEvent::CaseClosed { outcome: Outcome::Reassured, explanation: None }]);
    assert_eq!(closed.state().life.phase, Phase::Closed(day("2026-10-01")));
    let reopened = closed.when(close()).refused_but(CASE_NOT_OPEN).on("2026-11-02").when(reopen()).accepted();
    assert_eq!(reopened.state().life.phase, Phase::Open(day("2026-11-02")));
    assert_eq!(reopened.state().life.ending.as_ref().map(|ending| ending.day), Some(day("2026-10-01")));
}

#[test]
fn nothing_can_be_asked_of_a_case_that_is_not_there() {
    nothing().when(close()).then_rejected(CASE_UNKNOWN);
    nothing().when(depart("other")).then_rejected(CASE_UNKNOWN);
}

#[test]
fn closing_waits_until_the_director_handed_back_everything() {
    use crate::regie::{Agreed, RegieEvent, RegieTask};
    let assigned = RegieEvent::DirectorAssigned {
        director: JOOST,
        organisation: organisation("gemeente-huizen"),
        tasks: vec![RegieTask::Overview, RegieTask::Plan],
        agreed: vec![Agreed::Person(SAMIRA)],
        from: day("2026-03-25"),
    };
    let back =
        |task| RegieEvent::RegieHandedBack { tasks: vec![task], to: SAMIRA, agreement: None, from: day("2026-09-30") };
    let mut events = opened();
    events.push(("2026-03-25", assigned.into()));
    events.push(("2026-09-30", back(RegieTask::Overview).into()));
    let rejection = given(events.clone()).on("2026-10-01").when(close()).then_rejected(REGIE_NOT_HANDED_BACK);
    assert_eq!(rejection.details, [("open_tasks", Detail::Number(1))]);
    events.push(("2026-09-30", back(RegieTask::Plan).into()));
    given(events).on("2026-10-01").by(JOOST, Role::CaseDirector).when(close()).accepted();
}

fn depart(rule: &str) -> LifeCommand {
    LifeCommand::ReportDeparture {
        rule: rule.to_owned(),
        what: text("Een professional besliste"),
        persons: vec![SAMIRA],
    }
}

#[test]
fn what_went_otherwise_is_accepted_marked_and_listed_also_when_the_case_is_closed() {
    let given = given(opened()).on("2026-03-27").when(close()).accepted();
    let given = given.when_on("2026-03-25", depart("family_decides")).accepted();
    let fact = given.history().facts().last().unwrap();
    assert_eq!(fact.departures[0].rule, "family_decides");
    assert_eq!(fact.audience, Audience::Director);
    let [listed] = &given.state().life.departures[..] else { panic!("one departure") };
    assert_eq!((listed.fact, listed.day, listed.persons.as_slice()), (fact.id, day("2026-03-25"), &[SAMIRA][..]));
    assert_eq!(listed.explanation.as_ref().and_then(|words| words.known()), Some(&text("Een professional besliste")));
    given.when(depart("whatever")).then_rejected(DEPARTURE_RULE_UNKNOWN);
}

#[test]
fn a_departure_on_a_fact_of_another_room_is_listed_too() {
    let late = Draft::of(help_consent(HELP, SAMIRA, ILIAS)).departing("consent_before_help", None);
    let given = given(opened()).recorded([late]);
    assert_eq!(given.state().life.departures[0].rule, "consent_before_help");
}

#[test]
fn what_happened_can_be_recorded_on_a_closed_case_and_acts_wait() {
    let closed = || given(opened()).when(close()).accepted();
    let refuse = ConsentCommand::RefuseConsent { giver: SAMIRA, subject: ILIAS, kind: ConsentKind::Help, reason: None };
    closed().when(refuse).accepted();
    closed().when(PeopleCommand::RenamePerson { person: ILIAS, name: name("Ilyas"), from: None }).accepted();
    closed().when(LifeCommand::LinkSignal { signal: signal() }).then_rejected(CASE_NOT_OPEN);
    let tasks = vec![crate::regie::RegieTask::Plan];
    closed()
        .when(crate::regie::RegieCommand::HandBackRegie { tasks, to: SAMIRA, agreement: None })
        .then_rejected(CASE_NOT_OPEN);
}

#[test]
fn who_may_know_a_fact_can_change_and_must_be_somebody() {
    let change = |target, audience| LifeCommand::ChangeAudience { target, audience, reason: text("Op verzoek") };
    let given = given(opened()).when(change(event_id(4), Audience::Director)).accepted();
    let fact = given.history().fact(event_id(4)).unwrap();
    assert_eq!(given.state().life.audience_of(fact), &Audience::Director);
    let other = given.history().fact(event_id(1)).unwrap();
    assert_eq!(given.state().life.audience_of(other), &Audience::Case);
    given
        .when(change(event_id(99), Audience::Director))
        .refused_but(AUDIENCE_FACT_UNKNOWN)
        .when(change(event_id(1), Audience::Persons(vec![])))
        .refused_but(AUDIENCE_EMPTY)
        .when(change(event_id(1), Audience::Child(PersonId::from_uuid(fresh(7)))))
        .refused_but(PERSON_UNKNOWN)
        .when(change(event_id(1), Audience::Households(vec![HouseholdId::from_uuid(fresh(7))])))
        .then_rejected(crate::households::catalogue::HOUSEHOLD_UNKNOWN);
}

#[test]
fn an_opening_cannot_be_said_to_have_happened_earlier() {
    nothing().when_on("2026-02-27", samira().command()).then_rejected(crate::decider::BACKDATED);
}

/// One of each event of this room, of consent and of correction: what is told about its fields is what is stored.
#[test]
fn the_catalogue_tells_what_is_stored() {
    let ask = {
        let mut ask = Ask { signal: Some(signal()), ..samira() };
        ask.consents.push(consent("samira", "ilias", ConsentKind::Sharing));
        ask
    };
    let reason = || words(fresh(1000), "Omdat");
    let mut events: Vec<CaseEvent> = open(ask).drafts().iter().map(|draft| draft.event.clone()).collect();
    let target = event_id(0);
    events.extend([
        CaseEvent::from(LifeEvent::CaseClosed { outcome: Outcome::Moved, explanation: Some(reason()) }),
        LifeEvent::CaseReopened { reason: reason() }.into(),
        LifeEvent::DepartureReported { rule: "other".to_owned(), what: reason(), persons: vec![SAMIRA] }.into(),
        LifeEvent::AudienceChanged { target, audience: Audience::Director, reason: reason() }.into(),
        ConsentEvent::ConsentWithdrawn { consent: HELP, reason: None }.into(),
        ConsentEvent::ConsentRefused {
            consent: HELP,
            giver: SAMIRA,
            subject: ILIAS,
            kind: ConsentKind::Help,
            reason: None,
            by: Some(NOOR),
            standing: Some(crate::consent::Standing::Undetermined),
        }
        .into(),
        crate::correction::CorrectionEvent::MisplacedFactSetAside { target, reason: reason() }.into(),
        crate::correction::CorrectionEvent::SetAsideFactBroughtBack { set_aside: target, reason: reason() }.into(),
        crate::correction::CorrectionEvent::FactCorrected {
            target,
            reason: reason(),
            occurred: None,
            replacement: None,
            judged_anew: true,
        }
        .into(),
    ]);
    for event in &events {
        let payload = codec_scope(|| event.to_payload()).unwrap();
        let stored: BTreeSet<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
        let may = |field: &&crate::fact::FieldInfo| !field.optional || stored.contains(field.name);
        let told: BTreeSet<_> = event.info().fields.iter().filter(may).map(|field| field.name).collect();
        assert_eq!(stored, told, "{}", event.info().name);
        assert_eq!(CaseEvent::from_payload(event.info().name, payload).as_ref(), Ok(event));
    }
}

#[test]
fn a_name_is_one_type_and_a_code_one_refusal() {
    let mut names: Vec<_> = crate::catalogue::events().iter().map(|info| info.name).collect();
    let mut codes = crate::catalogue::codes();
    let (types, refusals) = (names.len(), codes.len());
    names.sort_unstable();
    names.dedup();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!((names.len(), codes.len()), (types, refusals));
}
