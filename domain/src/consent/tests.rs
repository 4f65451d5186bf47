use super::*;
use crate::decider::BACKDATED;
use crate::fact::{Audience, Organisation, Role};
use crate::people::{Authority, FamilyRole, PERSON_UNKNOWN};
use crate::regie::RegieCommand;
use crate::rejection::Detail;
use crate::testing::*;

mod gaps;
mod named;
mod notices;
mod sharing;
mod standing_in;
mod table;
mod words;

const ERIK: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(3));
const NADIA: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(4));
const SACHA: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(5));

/// Sacha (2014-04-03) with Erik and Nadia, joint authority (case 03), opened 2026-02-16 without consents yet.
fn sacha(authority: Authority) -> Vec<(&'static str, CaseEvent)> {
    let mut events = vec![opened().remove(0).1];
    events.extend([
        person(ERIK, "Erik", Some("1980-01-01"), FamilyRole::Parent),
        person(NADIA, "Nadia", Some("1981-01-01"), FamilyRole::Parent),
        person(SACHA, "Sacha", Some("2014-04-03"), FamilyRole::Child),
        crate::testing::authority(SACHA, authority, "2014-04-03"),
    ]);
    events.into_iter().map(|event| ("2026-02-16", event)).collect()
}

fn joint() -> Given<Case> {
    given(sacha(Authority::JointParents(ERIK, NADIA)))
}

fn new(giver: PersonId, subject: PersonId, kind: ConsentKind) -> NewConsent {
    NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind,
        purpose: Some(line("Rust")),
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    }
}

fn grant(giver: PersonId, kind: ConsentKind) -> ConsentCommand {
    ConsentCommand::GrantConsent(new(giver, SACHA, kind))
}

fn refuse(giver: PersonId) -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver, subject: SACHA, kind: ConsentKind::Help, reason: None }
}

fn missing(given: &Given<Case>, on: &str) -> Vec<Missing> {
    help_missing(given.state(), SACHA, day(on), given.terms())
}

fn last(given: &Given<Case>) -> &Consent {
    given.state().consents.all().last().unwrap()
}

#[test]
fn a_birthday_makes_consent_incomplete_until_the_child_agrees() {
    let given = joint()
        .when(grant(ERIK, ConsentKind::Help))
        .accepted()
        .when(grant(NADIA, ConsentKind::Help))
        .accepted()
        .on("2026-04-10")
        .when(grant(SACHA, ConsentKind::Help))
        .accepted();
    assert_eq!(last(&given).standing, Standing::Child);
    // Case 03: asked for 04-02, 04-03, 04-09 and 04-10.
    assert_eq!(missing(&given, "2026-04-02"), []);
    assert_eq!(missing(&given, "2026-04-03"), [Missing::Consent(SACHA)]);
    assert_eq!(missing(&given, "2026-04-09"), [Missing::Consent(SACHA)]);
    assert_eq!(missing(&given, "2026-04-10"), []);
}

#[test]
fn one_yes_and_one_no_is_incomplete_and_the_last_word_counts() {
    let given = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(refuse(NADIA)).accepted();
    assert_eq!(missing(&given, "2026-02-16"), [Missing::Refused(NADIA)]);
    let given = given.on("2026-02-20").when(grant(NADIA, ConsentKind::Help)).accepted();
    assert_eq!(missing(&given, "2026-02-19"), [Missing::Refused(NADIA)]);
    assert_eq!(missing(&given, "2026-02-20"), []);
}

#[test]
fn whoever_speaks_is_recorded_and_counts_only_with_standing() {
    for unclear in [
        Authority::Undetermined,
        Authority::TemporarilyNone,
        Authority::UnderInvestigation,
        Authority::Guardianship(Vec::new()),
        Authority::OneParent(NADIA),
    ] {
        let given = given(sacha(unclear)).when(grant(ERIK, ConsentKind::Help)).accepted();
        assert_eq!(last(&given).standing, Standing::Undetermined);
        assert!(given.state().consents.valid(last(&given).id, day("2026-02-16")), "recorded as said");
        assert!(!counts(given.state(), last(&given).id, day("2026-02-16"), given.terms()));
    }
    let given = given(sacha(Authority::Undetermined));
    assert_eq!(missing(&given, "2026-02-16"), [Missing::AuthorityUnclear]);
}

#[test]
fn each_age_and_kind_has_its_own_speakers() {
    let given = joint();
    let people = &given.state().people;
    let who = |giver, subject, kind, on| standing(people, given.terms().consent_ages, giver, subject, kind, day(on));
    let (help, sharing) = (ConsentKind::Help, ConsentKind::Sharing);
    for (giver, kind, on, expected) in [
        (ERIK, help, "2026-04-02", Standing::Parent),
        (SACHA, help, "2026-04-02", Standing::Undetermined),
        (ERIK, help, "2026-04-03", Standing::Parent),
        (SACHA, help, "2026-04-03", Standing::Child),
        (SACHA, help, "2030-04-03", Standing::Themself),
        (ERIK, help, "2030-04-03", Standing::Undetermined),
        (ERIK, ConsentKind::Joining, "2026-04-03", Standing::Parent),
        (ERIK, sharing, "2026-04-02", Standing::Parent),
        (SACHA, sharing, "2026-04-02", Standing::Undetermined),
        (ERIK, sharing, "2026-04-03", Standing::Undetermined),
        (SACHA, sharing, "2026-04-03", Standing::Child),
        (SACHA, sharing, "2033-01-01", Standing::Themself),
    ] {
        assert_eq!(who(giver, SACHA, kind, on), expected, "{kind:?} on {on}");
    }
    assert_eq!(who(ERIK, ERIK, sharing, "2026-02-16"), Standing::Themself);
    assert_eq!(who(ERIK, NADIA, sharing, "2026-02-16"), Standing::Undetermined);
}

#[test]
fn a_parents_yes_to_sharing_stops_counting_on_the_twelfth_birthday() {
    let given = joint().on("2026-03-20").when(grant(ERIK, ConsentKind::Sharing)).accepted();
    let id = last(&given).id;
    assert!(counts(given.state(), id, day("2026-04-02"), given.terms()));
    assert!(!counts(given.state(), id, day("2026-04-03"), given.terms()));
}

#[test]
fn a_consent_has_its_days_and_is_never_older_than_the_word() {
    let until = |from: Option<&str>, until: &str| {
        let new = new(ERIK, SACHA, ConsentKind::Help);
        ConsentCommand::GrantConsent(NewConsent { from: from.map(day), until: Some(day(until)), ..new })
    };
    joint().when(until(Some("2026-02-15"), "2026-03-01")).then_rejected(CONSENT_BEFORE_GIVEN);
    joint().when(until(None, "2026-02-15")).then_rejected(Code("UNTIL_BEFORE_FROM"));
    // A late report keeps the day on which it was said.
    let given = joint().on("2026-02-20").when_on("2026-02-18", until(None, "2026-03-01")).accepted();
    let valid = |on| given.state().consents.valid(last(&given).id, day(on));
    assert_eq!(["2026-02-17", "2026-02-18", "2026-03-01", "2026-03-02"].map(valid), [false, true, true, false]);
}

#[test]
fn only_people_of_the_case_consent() {
    let stranger = PersonId::from_uuid(fresh(99));
    joint().when(grant(stranger, ConsentKind::Help)).then_rejected(PERSON_UNKNOWN);
    joint().when(refuse(stranger)).then_rejected(PERSON_UNKNOWN);
    let by_key = NewConsent { giver: WhoIs::Key("erik".to_owned()), ..new(ERIK, SACHA, ConsentKind::Help) };
    joint().when(ConsentCommand::GrantConsent(by_key)).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn withdrawing_works_from_now_on_and_stays_readable() {
    let withdraw = |consent| ConsentCommand::WithdrawConsent { consent, reason: None };
    let given = given(opened())
        .on("2026-05-04")
        .when(withdraw(HELP))
        .then([ConsentEvent::ConsentWithdrawn { consent: HELP, reason: None }]);
    // Rule 32: five working days, 5 May is free.
    let due = given.history().facts().last().unwrap().due[0].clone();
    assert_eq!((due.what.as_str(), due.last_day), (HELP_ENDS_OR_OTHER_GROUND, day("2026-05-12")));
    let consents = &given.state().consents;
    assert!(consents.valid(HELP, day("2026-05-03")));
    assert!(!consents.valid(HELP, day("2026-05-04")));
    assert_eq!(
        consents.get(HELP).and_then(|consent| consent.withdrawn).map(|withdrawn| (withdrawn.said.on, withdrawn.fact)),
        Some((day("2026-05-04"), event_id(5)))
    );
    given
        .when(withdraw(HELP))
        .refused_but(CONSENT_ALREADY_WITHDRAWN)
        .when(withdraw(ConsentId::from_uuid(fresh(99))))
        .then_rejected(CONSENT_UNKNOWN);
}

#[test]
fn withdrawing_is_never_back_dated_and_a_no_cannot_be_withdrawn() {
    let withdraw = |consent| ConsentCommand::WithdrawConsent { consent, reason: None };
    given(opened()).on("2026-05-04").when_on("2026-05-01", withdraw(HELP)).then_rejected(BACKDATED);
    let refused = joint().when(refuse(NADIA)).accepted();
    let id = last(&refused).id;
    refused.when(withdraw(id)).then_rejected(CONSENT_NOT_GRANTED);
}

#[test]
fn why_somebody_said_no_is_for_the_director() {
    let reason = Some(text("Dat zeg ik liever niet"));
    let refused = ConsentCommand::RefuseConsent { giver: NADIA, subject: SACHA, kind: ConsentKind::Help, reason };
    assert_eq!(joint().when(refused).drafts()[0].audience, Some(Audience::Director));
    assert_eq!(joint().when(refuse(NADIA)).drafts()[0].audience, None);
}

#[test]
fn a_worker_joins_under_a_consent_that_names_them_or_nobody() {
    let allows = |giver, kind, recipients: Vec<WorkerId>, worker| {
        let consent = NewConsent { recipients, ..new(giver, SACHA, kind) };
        let given = given(sacha(Authority::OneParent(ERIK)));
        let given = given.when(ConsentCommand::GrantConsent(consent)).accepted();
        let ids = [last(&given).id];
        let on = |ids, on| joining_allowed(given.state(), worker, ids, day(on), given.terms());
        assert!(!on(&ids, "2026-02-15"), "not before it was given");
        assert!(!on(&[], "2026-02-16"), "not without naming it");
        on(&ids, "2026-02-16")
    };
    assert!(allows(ERIK, ConsentKind::Joining, vec![], LAYLA));
    assert!(allows(ERIK, ConsentKind::Joining, vec![LAYLA], LAYLA));
    assert!(!allows(ERIK, ConsentKind::Joining, vec![JOOST], LAYLA));
    assert!(allows(ERIK, ConsentKind::Sharing, vec![LAYLA], LAYLA));
    assert!(!allows(ERIK, ConsentKind::Sharing, vec![], LAYLA));
    assert!(!allows(ERIK, ConsentKind::Help, vec![LAYLA], LAYLA));
    assert!(!allows(SACHA, ConsentKind::Joining, vec![LAYLA], LAYLA), "eleven");
}

#[test]
fn the_consultant_joins_once_samira_consents() {
    // Case 05: refused on 03-16, consent on 03-18, joins 03-19.
    let join = |consents| {
        RegieCommand::JoinParty(crate::regie::NewParty {
            worker: LAYLA,
            organisation: Organisation::new("gemeente-huizen").unwrap(),
            expertise: None,
            specialist: false,
            expected_end: None,
            from: None,
            consents,
        })
    };
    let given = given(opened())
        .on("2026-03-16")
        .when(join(vec![HELP]))
        .refused_but(Code("CONSENT_TO_JOIN_MISSING"))
        .on("2026-03-18")
        .when(ConsentCommand::GrantConsent(NewConsent {
            recipients: vec![LAYLA],
            ..new(SAMIRA, ILIAS, ConsentKind::Joining)
        }))
        .accepted();
    let id = last(&given).id;
    given.on("2026-03-19").when(join(vec![id])).accepted();
}

/// Lets Layla join for Sacha.
fn joining(giver: PersonId) -> ConsentCommand {
    joining_of(giver, &[LAYLA])
}

fn joining_of(giver: PersonId, workers: &[WorkerId]) -> ConsentCommand {
    ConsentCommand::GrantConsent(NewConsent { recipients: workers.to_vec(), ..new(giver, SACHA, ConsentKind::Joining) })
}

fn refuse_joining(giver: PersonId) -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver, subject: SACHA, kind: ConsentKind::Joining, reason: None }
}

/// Layla under every joining consent there is.
fn layla(given: &Given<Case>) -> crate::regie::NewParty {
    crate::regie::NewParty {
        worker: LAYLA,
        organisation: organisation("zorg-vecht"),
        expertise: None,
        specialist: false,
        expected_end: None,
        from: None,
        consents: given.state().consents.all().iter().map(|consent| consent.id).collect(),
    }
}

fn layla_joins(given: Given<Case>) -> When<Case> {
    let party = layla(&given);
    given.when(RegieCommand::JoinParty(party))
}

const TO_JOIN: Code = Code("CONSENT_TO_JOIN_MISSING");

#[test]
fn joint_authority_means_every_holder_before_somebody_joins() {
    let one = || joint().when(joining(ERIK)).accepted();
    let rejection = layla_joins(one()).then_rejected(TO_JOIN);
    assert!(rejection.details.contains(&("still_to_ask", crate::rejection::Detail::ids([NADIA]))));
    layla_joins(one().when(refuse_joining(NADIA)).accepted()).then_rejected(TO_JOIN);
    let both = one().when(refuse_joining(NADIA)).accepted().on("2026-02-17").when(joining(NADIA)).accepted();
    layla_joins(both).accepted();
    // A no of later stands against an earlier yes, and a yes to somebody else is no yes to Layla.
    let no = one().when(joining(NADIA)).accepted().on("2026-02-17").when(refuse_joining(ERIK)).accepted();
    let other = no.when(joining_of(ERIK, &[JOOST])).accepted();
    layla_joins(other).then_rejected(TO_JOIN);
}

#[test]
fn what_one_parent_refused_can_be_reported_and_is_marked() {
    let given = joint().when(joining(ERIK)).accepted().when(refuse_joining(NADIA)).accepted();
    let report = RegieCommand::ReportPartyJoined {
        last_day: None,
        party: layla(&given),
        explanation: Some(text("zij was er al")),
    };
    let when = given.when(report);
    assert_eq!(when.drafts()[0].departures[0].rule, "consent_before_joining");
}

#[test]
fn from_twelve_the_child_is_asked_too_and_from_sixteen_alone() {
    let both = || joint().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted();
    layla_joins(both().on("2026-04-02")).accepted();
    layla_joins(both().on("2026-04-03")).then_rejected(TO_JOIN);
    layla_joins(both().on("2026-04-03").when(joining(SACHA)).accepted()).accepted();
    layla_joins(both().on("2026-04-03").when(refuse_joining(SACHA)).accepted()).then_rejected(TO_JOIN);
    let alone = joint().on("2030-04-03").when(refuse_joining(ERIK)).accepted().when(joining(SACHA)).accepted();
    layla_joins(alone).accepted();
}

#[test]
fn an_adult_lets_somebody_join_for_themself() {
    let own = NewConsent { recipients: vec![LAYLA], ..new(ERIK, ERIK, ConsentKind::Joining) };
    let given = joint().when(refuse_joining(NADIA)).accepted().when(ConsentCommand::GrantConsent(own)).accepted();
    layla_joins(given).accepted();
}

#[test]
fn without_a_birth_date_nobody_can_say_whether_the_child_is_asked() {
    let mut events = sacha(Authority::OneParent(ERIK));
    events[3].1 = person(SACHA, "Sacha", None, FamilyRole::Child);
    let given = given(events).when(joining(ERIK)).accepted();
    let missing = joining_missing(given.state(), LAYLA, SACHA, day("2026-02-16"), given.terms());
    assert_eq!(missing, [Missing::AgeUnknown]);
}

fn grant_from(giver: PersonId, kind: ConsentKind, from: &str, until: Option<&str>) -> ConsentCommand {
    let (from, until) = (Some(day(from)), until.map(day));
    ConsentCommand::GrantConsent(NewConsent { from, until, ..new(giver, SACHA, kind) })
}

const fn withdraw(consent: ConsentId) -> ConsentCommand {
    ConsentCommand::WithdrawConsent { consent, reason: None }
}

fn withdraw_last(given: Given<Case>) -> When<Case> {
    let id = last(&given).id;
    given.when(withdraw(id))
}

/// Erik alone has authority over Sacha.
fn erik_alone() -> Given<Case> {
    given(sacha(Authority::OneParent(ERIK)))
}

/// Sacha's case, in which somebody was added as these values say.
fn with_added(id: PersonId, birth_date: Option<Personal<CivilDay>>, role: Personal<FamilyRole>) -> Given<Case> {
    let name = Personal::ordinary(Subject::Person(id), name("Robin"));
    let added = crate::people::PeopleEvent::PersonAdded { person: id, name, birth_date, role, from: day("2026-02-16") };
    joint().recorded([Draft::of(added.into())])
}

#[test]
fn what_cannot_be_read_makes_nobody_an_adult() {
    let robin = PersonId::from_uuid(uuid::Uuid::from_u128(6));
    let owner = Subject::Person(robin);
    let born = || Personal::ordinary(owner, day("1980-01-01"));
    let role = |role| Personal::ordinary(owner, role);
    let for_robin = || {
        let help = new(robin, robin, ConsentKind::Help);
        ConsentCommand::GrantConsent(NewConsent { recipients: vec![LAYLA], ..help })
    };
    let spoke = |given: Given<Case>| {
        let given = given.when(for_robin()).accepted();
        let missing = help_missing(given.state(), robin, day("2026-02-16"), given.terms());
        (last(&given).standing, missing)
    };
    let unclear = vec![Missing::AgeUnknown, Missing::AuthorityUnclear];
    let undetermined = (Standing::Undetermined, unclear);
    assert_eq!(spoke(with_added(robin, None, lost(owner))), undetermined);
    assert_eq!(spoke(with_added(robin, Some(lost(owner)), role(FamilyRole::Child))), undetermined);
    assert_eq!(spoke(with_added(robin, Some(lost(owner)), role(FamilyRole::Carer))), undetermined);
    // Somebody had authority; who is lost.
    let authority = crate::people::PeopleEvent::AuthorityRecorded {
        child: robin,
        authority: lost(owner),
        from: day("2026-01-01"),
        until: None,
        source: crate::people::Source::Register,
        ruling: None,
    };
    let given = with_added(robin, None, role(FamilyRole::NetworkMember)).recorded([Draft::of(authority.into())]);
    assert_eq!(spoke(given), undetermined);
    // Where enough can be read, it is.
    assert_eq!(spoke(with_added(robin, Some(born()), lost(owner))), (Standing::Themself, vec![]));
    assert_eq!(spoke(with_added(robin, None, role(FamilyRole::Carer))), (Standing::Themself, vec![]));
}

#[test]
fn a_child_whose_role_cannot_be_read_is_not_left_out() {
    let robin = PersonId::from_uuid(uuid::Uuid::from_u128(6));
    let given = with_added(robin, None, lost(Subject::Person(robin)));
    assert_eq!(given.state().people.children_on(day("2026-02-16"), ages()), [SACHA, robin]);
}

#[test]
fn before_the_first_day_in_the_case_a_child_without_birth_date_is_a_child_too() {
    let robin = PersonId::from_uuid(uuid::Uuid::from_u128(6));
    let child = Personal::ordinary(Subject::Person(robin), FamilyRole::Child);
    let given = with_added(robin, None, child);
    let ages = given.terms().consent_ages;
    let earlier = standing(&given.state().people, ages, robin, robin, ConsentKind::Help, day("2026-02-10"));
    assert_eq!(earlier, Standing::Undetermined);
}
