//! The gate denies by default; what it allows is what the policy says, no more.

use domain::case::CaseEvent;
use domain::fact::{Actor, Audience, CommandRef, Fact, Role};
use domain::ids::{CommandId, EventId, HandoverId, PersonId, Subject, WorkerId};
use domain::life::{LegalFramework, LifeEvent, OpeningGround, Origin};
use domain::personal::{DataClass, Personal};
use domain::regie::RegieEvent;
use domain::terms::TermsBook;
use domain::text::{Name, Text};
use domain::time::{Occurred, Timestamp};
use eventstore::clock::ToldClock;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::identity::{Identity, Scope};

const NAME: Field = Field::new("person.name", Topic::People);
const DIRECTOR: Field = Field::new("regie.director", Topic::Regie);
const READ: Operation = Operation::looking("case", Act::Read);

fn worker(number: u128) -> WorkerId {
    WorkerId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn huizen() -> Organisation {
    Organisation::new("gemeente-huizen").unwrap()
}

fn caller(who: WorkerId, role: Role, organisation: &str, purpose: Option<Purpose>) -> Caller {
    let actor = Actor { worker: who, role, organisation: Organisation::new(organisation).unwrap(), on_behalf_of: None };
    Caller {
        identity: Identity {
            actor,
            name: Name::new("Iemand").unwrap(),
            roles: vec![role],
            scopes: vec![Scope::Read, Scope::Write],
            expires_at: Timestamp::from_micros(i64::MAX),
        },
        purpose,
        request: Uuid::nil(),
        trace: Trace::new(),
    }
}

fn gate() -> Gate {
    let terms = Arc::new(TermsBook::nl_default().unwrap());
    Gate::new(Policy::first().unwrap(), terms, Arc::new(ToldClock::at(day("2026-06-15").at(12, 0))))
}

fn words() -> Personal<Text> {
    Personal::ordinary(Subject::Record(domain::ids::RecordId::from_uuid(Uuid::nil())), Text::new("woorden").unwrap())
}

fn history(events: Vec<CaseEvent>) -> History<Case> {
    let author = caller(worker(9), Role::AccessWorker, "gemeente-huizen", None).identity.actor;
    let facts = events.into_iter().enumerate().map(|(index, event)| Fact {
        id: EventId::from_uuid(Uuid::from_u128(index as u128 + 1)),
        revision: Revision::new(index as u64),
        recorded_at: day("2026-03-02").at(9, 0),
        occurred: Occurred::Day(day("2026-03-02")),
        learnt: None,
        actor: author.clone(),
        audience: Audience::Case,
        command: CommandRef {
            id: CommandId::from_uuid(Uuid::from_u128(index as u128)),
            digest: String::new(),
            index: 0,
            count: 1,
        },
        terms: "nl".to_owned(),
        due: Vec::new(),
        departures: Vec::new(),
        event,
    });
    History::fold(facts.collect())
}

fn opened() -> CaseEvent {
    CaseEvent::Life(LifeEvent::CaseOpened {
        municipality: huizen(),
        framework: LegalFramework::Voluntary,
        origin: Origin::Request,
        ground: OpeningGround::HelpConsent,
        question: words(),
    })
}

fn assigned(director: WorkerId, from: &str) -> CaseEvent {
    CaseEvent::Regie(RegieEvent::DirectorAssigned {
        director,
        organisation: huizen(),
        tasks: Vec::new(),
        agreed: Vec::new(),
        from: day(from),
    })
}

fn case_id() -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(77))
}

fn relation(history: &History<Case>, who: &Caller) -> Option<(Relation, String)> {
    let mandate = gate().judge(who, READ, Target::Case(case_id(), history), &TrailDraft::new()).ok()?;
    Some((mandate.relation(), mandate.decision().rules.join(",")))
}

/// What a signal says is read from the file of access before it is copied: the policy lets nobody link what they may not read.
#[test]
fn a_signal_is_linked_by_access_workers_of_its_municipality_alone() {
    let anja = caller(worker(3), Role::CaseDirector, "gemeente-huizen", None);
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    let elsewhere = caller(worker(2), Role::AccessWorker, "gemeente-laren", None);
    let directed = history(vec![opened(), assigned(worker(3), "2026-06-01")]);
    let links = |who: &Caller| {
        let link = Operation { act: Act::LinkSignal, ..READ };
        gate().judge(who, link, Target::Case(case_id(), &directed), &TrailDraft::new()).is_ok()
    };
    let reads = |who: &Caller| {
        let (stream, facts) =
            ("signal-7".parse().unwrap(), Relations { municipality: Some(huizen()), ..Relations::default() });
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        gate().judge(who, Operation::signalling("linkSignal"), target, &TrailDraft::new()).is_ok()
    };
    assert_eq!([&anja, &noor, &elsewhere].map(links), [false, true, false]);
    assert_eq!([&anja, &noor, &elsewhere].map(reads), [false, true, false]);
}

fn as_rule(relation: Relation, rule: &str) -> (Relation, String) {
    (relation, rule.to_owned())
}

#[test]
fn access_workers_carry_the_case_until_a_director_is_assigned() {
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    let elsewhere = caller(worker(2), Role::AccessWorker, "gemeente-laren", None);
    let anja = caller(worker(3), Role::CaseDirector, "het-gezinsplan", None);
    let before = history(vec![opened()]);
    assert_eq!(relation(&before, &noor), Some(as_rule(Relation::AccessWorker, "access.all-until-director")));
    assert_eq!(relation(&before, &elsewhere), None);
    assert_eq!(relation(&before, &anja), None);

    let since = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    assert_eq!(relation(&since, &noor), Some(as_rule(Relation::AccessWorker, "access.regie-and-gaps")));
    assert_eq!(relation(&since, &anja), Some(as_rule(Relation::Director, "director.all")));

    let gap = history(vec![
        opened(),
        assigned(worker(3), "2026-03-11"),
        CaseEvent::Regie(RegieEvent::DirectorEnded {
            director: worker(3),
            last_day: day("2026-05-01"),
            reason: words(),
        }),
    ]);
    assert_eq!(relation(&gap, &anja), None, "access ends with the directorship, on the next request");
    assert_eq!(relation(&gap, &noor), Some(as_rule(Relation::AccessWorker, "access.regie-and-gaps")));
}

#[test]
fn a_deputy_sees_until_the_last_day_and_a_successor_only_the_handover() {
    let deputy = |until: &str| {
        CaseEvent::Regie(RegieEvent::DeputyAppointed {
            deputy: worker(4),
            organisation: huizen(),
            from: day("2026-06-01"),
            until: day(until),
            reason: words(),
        })
    };
    let wim = caller(worker(4), Role::Supporter, "zorg-bv", None);
    let running = history(vec![opened(), assigned(worker(3), "2026-03-11"), deputy("2026-06-15")]);
    assert_eq!(relation(&running, &wim), Some(as_rule(Relation::Deputy, "deputy.all")));
    let over = history(vec![opened(), assigned(worker(3), "2026-03-11"), deputy("2026-06-14")]);
    assert_eq!(relation(&over, &wim), None);

    let offer = CaseEvent::Regie(RegieEvent::HandoverOffered {
        handover: HandoverId::from_uuid(Uuid::from_u128(5)),
        successor: worker(5),
        organisation: huizen(),
        planned: day("2026-07-01"),
        reason: words(),
        summary: words(),
        open_tasks: Vec::new(),
    });
    let offered = history(vec![opened(), assigned(worker(3), "2026-03-11"), offer]);
    let lars = caller(worker(5), Role::CaseDirector, "zorg-bv", None);
    assert_eq!(relation(&offered, &lars), None, "a successor reads the summary, not the case");
    let answer = Operation { name: "readHandoverSummary", act: Act::AnswerHandover, ..READ };
    let mandate =
        gate().judge(&lars, answer, Target::Case(case_id(), &offered), &TrailDraft::new()).expect("the offer");
    assert_eq!(mandate.relation(), Relation::Successor);
    assert!(mandate.covers(Topic::Handover) && !mandate.covers(Topic::People) && !mandate.covers(Topic::Life));
}

#[test]
fn absent_and_forbidden_are_the_same_to_caller_and_trail() {
    let stranger = caller(worker(8), Role::CaseDirector, "elders", None);
    let there = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    let nowhere = History::<Case>::default();
    let look = |history: &History<Case>| {
        let draft = TrailDraft::new();
        let refused = gate().judge(&stranger, READ, Target::Case(case_id(), history), &draft).expect_err("refused");
        let mut entry = draft
            .take(
                &stranger,
                Timestamp::from_micros(0),
                crate::trail::OperationKind::Query,
                crate::trail::Ended::Answered,
            )
            .expect("an attempt is kept");
        for place in entry.judgements.iter_mut().flat_map(|judgement| &mut judgement.at) {
            place.1 = None;
        }
        (refused, entry)
    };
    assert_eq!(look(&there), look(&nowhere));
    assert_eq!(look(&there).0.code(), "NOT_AVAILABLE");
}

#[test]
fn a_purpose_that_the_role_may_not_use_is_refused_whatever_the_case() {
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", Some(Purpose::Oversight));
    for history in [History::default(), history(vec![opened()])] {
        let refused = gate().judge(&noor, READ, Target::Case(case_id(), &history), &TrailDraft::new());
        assert_eq!(refused.expect_err("not her purpose").code(), "PURPOSE_NOT_ALLOWED");
    }
    let ravi = caller(worker(6), Role::PrivacyOfficer, "gemeente-huizen", None);
    let refused = gate().judge(&ravi, READ, Target::Case(case_id(), &history(vec![opened()])), &TrailDraft::new());
    assert_eq!(refused.expect_err("no content for a privacy officer").code(), "NOT_AVAILABLE");
}

#[test]
fn a_token_without_write_scope_commands_nothing() {
    let mut noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    noor.identity.scopes = vec![Scope::Read];
    let open = Operation { act: Act::Open, ..READ };
    let refused = gate().judge(&noor, open, Target::New(&huizen()), &TrailDraft::new());
    assert_eq!(refused.expect_err("no scope").code(), "SCOPE_MISSING");
}

#[test]
fn a_value_leaves_as_far_as_topic_audience_and_class_allow() {
    let who = Subject::Person(PersonId::from_uuid(Uuid::from_u128(3)));
    let name = Personal::ordinary(who, Name::new("Samira").unwrap());
    let before = history(vec![opened()]);
    let since = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    let draft = TrailDraft::new();
    let judge = |history| gate().judge(&noor, READ, Target::Case(case_id(), history), &draft).expect("access");

    let all = judge(&before);
    assert!(matches!(all.see(&Audience::Case, NAME, &name).into_sight(), Sight::Known(_)));
    assert!(matches!(all.see(&Audience::Director, NAME, &name).into_sight(), Sight::Withheld));
    assert!(matches!(all.see(&Audience::Workers(vec![worker(2)]), NAME, &name).into_sight(), Sight::Withheld));
    assert!(matches!(all.see(&Audience::Workers(vec![worker(1)]), NAME, &name).into_sight(), Sight::Known(_)));
    assert!(matches!(all.see(&Audience::Author, NAME, &name).into_sight(), Sight::Withheld));

    let narrow = judge(&since);
    assert!(matches!(narrow.see(&Audience::Case, NAME, &name).into_sight(), Sight::Withheld));
    assert!(matches!(narrow.see_plain(&Audience::Case, DIRECTOR, &[], worker(3)).into_sight(), Sight::Known(_)));
    assert!(!narrow.admits(&Audience::Persons(Vec::new())));
    let health = Personal::new(who, DataClass::Health, 1);
    assert!(matches!(narrow.see(&Audience::Case, DIRECTOR, &health).into_sight(), Sight::Withheld));
}

/// What leads to somebody protected is for the director and deputy, whatever its audience.
#[test]
fn what_locates_somebody_protected_leaves_only_where_a_rule_says_so() {
    let before = history(vec![opened()]);
    let since = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    let anja = caller(worker(3), Role::CaseDirector, "het-gezinsplan", None);
    let admits = |who: &Caller, history: &History<Case>, locating| {
        let mandate = gate().judge(who, READ, Target::Case(case_id(), history), &TrailDraft::new()).expect("access");
        mandate.admits(Meant { audience: &Audience::Case, author: Some(worker(1)), locating, layers: None })
    };
    assert!(admits(&anja, &since, true));
    for history in [&before, &since] {
        assert!(admits(&noor, history, false) && !admits(&noor, history, true));
    }
}

#[test]
fn erased_is_said_and_a_fault_fails_the_answer_but_only_to_who_may_look() {
    let mark = |erased: bool| {
        let subject = Subject::Person(PersonId::from_uuid(Uuid::from_u128(3)));
        let value = serde_json::json!({"$personal": {"of": subject, "erased": erased}});
        serde_json::from_value::<Personal<Name>>(value).unwrap()
    };
    let draft = TrailDraft::new();
    let noor = caller(worker(1), Role::AccessWorker, "gemeente-huizen", None);
    let since = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    let narrow = gate().judge(&noor, READ, Target::Case(case_id(), &since), &draft).expect("access");
    assert!(matches!(narrow.see(&Audience::Case, NAME, &mark(true)).into_sight(), Sight::Withheld));
    assert!(matches!(narrow.see(&Audience::Case, NAME, &mark(false)).into_sight(), Sight::Withheld));
    assert!(!draft.is_unavailable());

    let all = gate().judge(&noor, READ, Target::Case(case_id(), &history(vec![opened()])), &draft).expect("access");
    assert!(matches!(all.see(&Audience::Case, NAME, &mark(true)).into_sight(), Sight::Erased));
    assert!(!draft.is_unavailable());
    assert!(matches!(all.see(&Audience::Case, NAME, &mark(false)).into_sight(), Sight::Unavailable));
    assert!(draft.is_unavailable());
}

#[test]
fn the_policy_is_named_by_the_digest_of_its_text() {
    let policy = Policy::first().unwrap();
    assert_eq!(policy.digest().len(), 64);
    let changed = include_str!("../../policy/first.toml").replace("2026-11/4", "2026-11/5");
    assert_ne!(Policy::parse(&changed).unwrap().digest(), policy.digest());
    let twice = format!("{changed}\n{}", &changed[changed.find("[[rule]]").unwrap()..]);
    assert!(matches!(Policy::parse(&twice), Err(PolicyError::SameRule(_))));
}

fn some_worker() -> impl Strategy<Value = WorkerId> {
    (1_u128..5).prop_map(worker)
}

fn some_held() -> impl Strategy<Value = Option<WorkerId>> {
    proptest::option::of(some_worker())
}

prop_compose! {
    fn some_facts()(
        municipality in proptest::option::of(prop_oneof![Just("gemeente-huizen"), Just("gemeente-laren")]),
        director in some_held(),
        deputy in some_held(),
        successor in proptest::option::of(some_worker()),
        ever in any::<bool>(),
    ) -> Relations {
        Relations {
            municipality: municipality.map(|name| Organisation::new(name).unwrap()),
            ever_directed: ever || director.is_some(),
            director, deputy, successor,
            ..Relations::default()
        }
    }
}

prop_compose! {
    fn some_caller()(
        who in some_worker(),
        role in proptest::sample::select(Role::ALL.to_vec()),
        organisation in prop_oneof![Just("gemeente-huizen"), Just("gemeente-laren"), Just("zorg-bv")],
        purpose in proptest::option::of(proptest::sample::select(Purpose::ALL.to_vec())),
    ) -> Caller {
        caller(who, role, organisation, purpose)
    }
}

/// Who may look into a case, written down once more by hand.
fn may_read(caller: &Caller, facts: &Relations) -> bool {
    let actor = &caller.identity.actor;
    let works = matches!(actor.role, Role::AccessWorker | Role::CaseDirector | Role::Supporter);
    let holds = facts.director == Some(actor.worker) || facts.deputy == Some(actor.worker);
    let access = actor.role == Role::AccessWorker && facts.municipality.as_ref() == Some(&actor.organisation);
    match caller.purpose {
        None => (works && holds) || access,
        Some(Purpose::Coordination) => (works && holds) || (access && !facts.ever_directed),
        Some(Purpose::Access) => access,
        Some(Purpose::Advice | Purpose::Oversight) => false,
    }
}

proptest! {
    #[test]
    fn the_gate_agrees_with_a_naive_oracle(caller in some_caller(), facts in some_facts()) {
        let stream = StreamName::new("case", case_id()).unwrap();
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        let judged = gate().judge(&caller, READ, target, &TrailDraft::new());
        prop_assert_eq!(judged.is_ok(), may_read(&caller, &facts));
    }

    #[test]
    fn whoever_is_nothing_to_a_case_gets_nothing(
        caller in some_caller(),
        act in proptest::sample::select(Act::ALL.to_vec()),
        municipality in prop_oneof![Just("gemeente-bussum"), Just("gemeente-weesp")],
    ) {
        let facts = Relations { municipality: Some(Organisation::new(municipality).unwrap()), ..Relations::default() };
        let stream = StreamName::new("case", case_id()).unwrap();
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        let judged = gate().judge(&caller, Operation { act, ..READ }, target, &TrailDraft::new());
            prop_assert!(judged.is_err());
    }

    #[test]
    fn roles_without_content_never_hold_a_mandate(
        mut caller in some_caller(),
        facts in some_facts(),
        act in proptest::sample::select(Act::ALL.to_vec()),
        role in proptest::sample::select(vec![
            Role::SatAdvisor, Role::PrivacyOfficer, Role::TeamLead, Role::Operator, Role::System,
        ]),
    ) {
        caller.identity.actor.role = role;
        let stream = StreamName::new("case", case_id()).unwrap();
        for target in [Target::Row { stream: &stream, revision: None, facts: &facts }, Target::Own, Target::New(&huizen())] {
            let judged = gate().judge(&caller, Operation { act, ..READ }, target, &TrailDraft::new());
            prop_assert!(judged.is_err());
        }
    }

    #[test]
    fn once_there_was_a_director_access_sees_nothing_but_regie(
        facts in some_facts(),
        topic in proptest::sample::select(Topic::ALL.to_vec()),
    ) {
        let facts = Relations { ever_directed: true, municipality: Some(huizen()), ..facts };
        let noor = caller(worker(9), Role::AccessWorker, "gemeente-huizen", None);
        let stream = StreamName::new("case", case_id()).unwrap();
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        let mandate = gate().judge(&noor, READ, target, &TrailDraft::new()).expect("access keeps regie and gaps");
        prop_assert_eq!(mandate.covers(topic), matches!(topic, Topic::Status | Topic::Regie | Topic::Staff));
        for audience in [Audience::Director, Audience::Persons(Vec::new()), Audience::Households(Vec::new())] {
            prop_assert!(!mandate.admits(&audience));
        }
    }
}
