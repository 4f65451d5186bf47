//! The gate denies by default; what it allows is what the policy says, no more.

mod oracle;

use std::collections::BTreeSet;

use domain::case::CaseEvent;
use domain::fact::{Actor, Audience, CommandRef, Fact, Role};
use domain::ids::{CommandId, ConsentId, EventId, HandoverId, HouseholdId, PersonId, Subject, WorkerId};
use domain::life::{LegalFramework, LifeEvent, OpeningGround, Origin};
use domain::personal::{DataClass, Personal};
use domain::regie::RegieEvent;
use domain::terms::TermsBook;
use domain::text::{Name, Text};
use domain::time::{Occurred, Timestamp};
use domain::worker::Duty;
use eventstore::clock::ToldClock;
use projections::relations::{Coordinator, EmergencyAccess, Supporter};
use uuid::Uuid;

use super::*;
use crate::identity::{Identity, Scope};
use crate::trail::Accountant;

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
        duties: Vec::new(),
        purpose,
        request: Uuid::nil(),
        trace: Trace::new(),
    }
}

fn gate() -> Gate {
    let terms = Arc::new(TermsBook::nl_default().unwrap());
    Gate::new(Policy::product().unwrap(), terms, Arc::new(ToldClock::at(day("2026-06-15").at(12, 0))))
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
    assert_eq!(
        relation(&before, &noor),
        Some(as_rule(Relation::AccessWorker, "access.all-until-director,access.sees-until-director"))
    );
    assert_eq!(relation(&before, &elsewhere), None);
    assert_eq!(relation(&before, &anja), None);

    let since = history(vec![opened(), assigned(worker(3), "2026-03-11")]);
    assert_eq!(
        relation(&since, &noor),
        Some(as_rule(Relation::AccessWorker, "access.regie-and-gaps,access.sees-regie-and-gaps,access.sees-safety"))
    );
    assert_eq!(
        relation(&since, &anja),
        Some(as_rule(Relation::Director, "director.does,director.sees,director.sees_dons"))
    );

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
    assert_eq!(
        relation(&gap, &noor),
        Some(as_rule(Relation::AccessWorker, "access.regie-and-gaps,access.sees-regie-and-gaps,access.sees-safety"))
    );
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
    assert_eq!(relation(&running, &wim), Some(as_rule(Relation::Deputy, "deputy.does,deputy.sees,deputy.sees_dons")));
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
        let kept = draft.take(
            &stranger,
            Timestamp::from_micros(0),
            crate::trail::OperationKind::Query,
            crate::trail::Ended::Answered,
        );
        let [entry] = &kept[..] else { panic!("an attempt is one entry: {kept:?}") };
        // As whoever answers for the stranger's own organisation reads it; whose case it was is for its municipality.
        let reader = Accountant {
            worker: worker(9),
            municipality: stranger.identity.actor.organisation.clone(),
            kept_out: BTreeSet::new(),
        };
        let told = reader.told_of(entry).expect("an attempt is told");
        (refused, crate::trail::Entry { municipalities: Vec::new(), ..told })
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
        mandate.admits(Meant {
            audience: &Audience::Case,
            author: Some(worker(1)),
            locating,
            at_home: &[],
            layers: Meant::case(),
        })
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

fn related(facts: &Relations, who: &Caller, act: Act) -> Result<Mandate, Refused> {
    let stream = StreamName::new("case", case_id()).unwrap();
    let target = Target::Row { stream: &stream, revision: None, facts };
    gate().judge(who, Operation { act, ..READ }, target, &TrailDraft::new())
}

fn in_huizen() -> Relations {
    Relations { municipality: Some(huizen()), director: Some(worker(3)), ever_directed: true, ..Relations::default() }
}

/// R02: an excluded worker is excluded from everything, whatever else they are.
#[test]
fn an_excluded_worker_is_nothing_at_all() {
    let everything = |excluded: Vec<WorkerId>| Relations {
        director: Some(worker(7)),
        deputy: Some(worker(7)),
        successor: Some(worker(7)),
        emergencies: vec![EmergencyAccess { worker: worker(7), until: day("2026-06-16").at(0, 0) }],
        duo: vec![worker(7)],
        excluded,
        ..in_huizen()
    };
    for role in Role::ALL {
        let mut who = caller(worker(7), role, "gemeente-huizen", None);
        who.duties = vec![(Duty::OnCall, huizen()), (Duty::TeamLead, huizen())];
        for act in Act::ALL {
            assert!(related(&everything(vec![worker(7)]), &who, act).is_err(), "{role:?} {act:?}");
        }
    }
    let anja = caller(worker(7), Role::CaseDirector, "gemeente-huizen", None);
    assert!(related(&everything(vec![worker(8)]), &anja, Act::Read).is_ok());
}

/// Nor is whoever acts for them: both persons behind an act count.
#[test]
fn whoever_acts_for_somebody_who_is_kept_out_is_nothing_either() {
    let facts = |excluded| Relations { director: Some(worker(7)), excluded, ..in_huizen() };
    let mut anja = caller(worker(7), Role::CaseDirector, "gemeente-huizen", None);
    anja.identity.actor.on_behalf_of = Some(worker(8));
    for act in Act::ALL {
        assert!(related(&facts(vec![worker(8)]), &anja, act).is_err(), "{act:?}");
    }
    assert!(related(&facts(vec![worker(9)]), &anja, Act::Read).is_ok());
}

/// `privacy.md`: protection covers every road. With a part of the family in hand an emergency is none, whatever else somebody is.
#[test]
fn no_emergency_opens_a_case_to_whoever_is_barred_from_it() {
    let piet = caller(worker(7), Role::Supporter, "zorg-bv", None);
    let mut on_call = piet.clone();
    on_call.duties = vec![(Duty::OnCall, huizen())];
    let noor = caller(worker(7), Role::AccessWorker, "gemeente-huizen", None);
    let mut for_them = caller(worker(6), Role::Supporter, "zorg-bv", None);
    for_them.identity.actor.on_behalf_of = Some(worker(7));
    let home = HouseholdId::from_uuid(Uuid::from_u128(1));
    let coordinates = Coordinator { worker: worker(7), household: home, members: Vec::new() };
    let facts = |barred| Relations { coordinators: vec![coordinates.clone()], barred, ..in_huizen() };
    assert!(related(&facts(Vec::new()), &on_call, Act::Emergency).is_ok(), "nobody must not be found");
    for who in [&piet, &on_call, &noor, &for_them] {
        assert!(related(&facts(vec![worker(7)]), who, Act::Emergency).is_err(), "{who:?}");
    }
    assert!(related(&facts(vec![worker(8)]), &on_call, Act::Emergency).is_ok(), "somebody else is");

    let access = EmergencyAccess { worker: worker(7), until: day("2026-06-15").at(13, 0) };
    let open = |barred| Relations { emergencies: vec![access.clone()], barred, ..in_huizen() };
    assert!(related(&open(Vec::new()), &piet, Act::Read).is_ok());
    assert!(related(&open(vec![worker(7)]), &piet, Act::Read).is_err(), "what was open closes");
    let directs = Relations { director: Some(worker(7)), ..open(vec![worker(7)]) };
    let anja = caller(worker(7), Role::CaseDirector, "zorg-bv", None);
    assert!(related(&directs, &anja, Act::Emergency).is_ok(), "who directs ends it");
}

/// R03: whoever knows the case may open an emergency access; who is kept out, and who names a case that is not there, hear the same.
#[test]
fn an_emergency_is_open_to_whoever_is_nothing_to_the_case_and_tells_nobody_else_that_it_exists() {
    let piet = caller(worker(7), Role::Supporter, "zorg-bv", None);
    let opened = related(&in_huizen(), &piet, Act::Emergency).expect("anybody who works with families");
    assert_eq!((opened.relation(), opened.purpose()), (Relation::None, Purpose::Emergency));
    assert!(Topic::ALL.iter().all(|topic| !opened.covers(*topic)), "opening shows nothing");
    assert!(related(&in_huizen(), &piet, Act::Read).is_err());

    let attempt = |facts: &Relations, who: &Caller| {
        let stream = StreamName::new("case", case_id()).unwrap();
        let draft = TrailDraft::new();
        let target = Target::Row { stream: &stream, revision: None, facts };
        let refused =
            gate().judge(who, Operation { act: Act::Emergency, ..READ }, target, &draft).expect_err("refused");
        let entry = draft.take(
            who,
            Timestamp::from_micros(0),
            crate::trail::OperationKind::Mutation,
            crate::trail::Ended::Answered,
        );
        let [entry] = &entry[..] else { panic!("an attempt is one entry: {entry:?}") };
        (refused, crate::trail::Entry { municipalities: Vec::new(), ..entry.clone() })
    };
    let kept_out = Relations { excluded: vec![worker(7)], ..in_huizen() };
    assert_eq!(attempt(&kept_out, &piet), attempt(&Relations::default(), &piet));
    assert_eq!(attempt(&kept_out, &piet).0.code(), "NOT_AVAILABLE");
    for role in [Role::PrivacyOfficer, Role::TeamLead, Role::SatAdvisor, Role::Operator, Role::System] {
        let other = caller(worker(7), role, "elders", None);
        assert_eq!(attempt(&in_huizen(), &other), attempt(&Relations::default(), &other));
    }
    let takes_part = Supporter { worker: worker(7), named_by: Vec::new(), consents: Vec::new() };
    let takes_part = Relations { supporters: vec![takes_part], ..in_huizen() };
    assert!(related(&takes_part, &piet, Act::Emergency).is_err(), "who works for a part of the family calls");
}

#[test]
fn an_emergency_access_ends_at_its_moment() {
    let piet = caller(worker(7), Role::Supporter, "zorg-bv", None);
    let until = |hour, minute| Relations {
        emergencies: vec![EmergencyAccess { worker: worker(7), until: day("2026-06-15").at(hour, minute) }],
        ..in_huizen()
    };
    let open = related(&until(12, 1), &piet, Act::Read).expect("open");
    assert_eq!((open.relation(), open.purpose()), (Relation::Emergency, Purpose::Emergency));
    assert!(open.admits(Meant {
        audience: &Audience::Case,
        author: None,
        locating: true,
        at_home: &[],
        layers: Meant::case()
    }));
    assert!(!open.admits(&Audience::Director));
    assert!(related(&until(12, 0), &piet, Act::Read).is_err(), "not a moment longer");
}

#[test]
fn duties_count_for_their_own_organisation_and_in_a_gap_the_municipality_leads() {
    let led = Relations { director_organisation: Some(Organisation::new("zorg-bv").unwrap()), ..in_huizen() };
    let gap = Relations { director: None, ..in_huizen() };
    let with = |role, duty, of: &str| {
        let mut who = caller(worker(7), role, "zorg-bv", None);
        who.duties = vec![(duty, Organisation::new(of).unwrap())];
        who
    };
    let leader = |of| with(Role::TeamLead, Duty::TeamLead, of);
    assert_eq!(related(&led, &leader("zorg-bv"), Act::Read).unwrap().relation(), Relation::TeamLead);
    assert!(related(&led, &leader("gemeente-huizen"), Act::Read).is_err());
    assert!(related(&gap, &leader("gemeente-huizen"), Act::Read).is_ok());
    assert!(related(&gap, &leader("zorg-bv"), Act::Read).is_err());
    let on_call = |of| with(Role::Supporter, Duty::OnCall, of);
    let card = related(&led, &on_call("gemeente-huizen"), Act::Read).expect("on call");
    assert_eq!(card.relation(), Relation::OnCall);
    assert!(card.covers(Topic::Crisis) && !card.covers(Topic::People) && !card.covers(Topic::Regie));
    assert!(related(&led, &on_call("gemeente-laren"), Act::Read).is_err());
}

/// A team lead gives duties to people of the own organisation, not to those of another.
#[test]
fn duties_are_given_within_an_organisation() {
    let lead = caller(worker(7), Role::TeamLead, "gemeente-huizen", None);
    let assign = |organisation: &str| {
        let target = Target::Staff { leads: organisation == "gemeente-huizen" };
        let doing = Operation::doing("assignDuty", Act::AssignDuty);
        gate().judge(&lead, doing, target, &TrailDraft::new()).is_ok()
    };
    assert!(assign("gemeente-huizen") && !assign("gemeente-laren"));
}

/// Who hears of what was not done in its term sees where a case stands, and nothing of anybody.
#[test]
fn who_is_told_of_a_term_is_told_by_role_organisation_and_what_waits() {
    let zorg = Organisation::new("zorg-bv").unwrap();
    let sat = Organisation::new("sat-gooi").unwrap();
    let directed = Relations {
        ever_directed: true,
        director_organisation: Some(zorg.clone()),
        open_questions: vec![sat.clone()],
        ..in_huizen()
    };
    let reads = |facts: &Relations, who: &Caller| related(facts, who, Act::Read).ok().map(|mandate| mandate.relation());
    let officer = |organisation| caller(worker(7), Role::AttentionOfficer, organisation, None);
    assert_eq!(reads(&directed, &officer("zorg-bv")), Some(Relation::AttentionOfficer));
    assert_eq!(reads(&directed, &officer("gemeente-huizen")), None, "of the organisation that directs");
    assert_eq!(reads(&in_huizen(), &officer("gemeente-huizen")), Some(Relation::AttentionOfficer), "nobody directs");
    assert_eq!(reads(&in_huizen(), &officer("zorg-bv")), None);
    let manager = |organisation| caller(worker(7), Role::Manager, organisation, None);
    assert_eq!(reads(&directed, &manager("gemeente-huizen")), Some(Relation::Manager));
    assert_eq!(reads(&directed, &manager("zorg-bv")), None, "of the municipality");
    let lead = |role, of: &Organisation| {
        let mut lead = caller(worker(7), role, "sat-gooi", None);
        lead.duties = vec![(Duty::TeamLead, of.clone())];
        lead
    };
    assert_eq!(reads(&directed, &lead(Role::TeamLead, &sat)), Some(Relation::SatTeamLead));
    assert_eq!(reads(&directed, &lead(Role::TeamLead, &zorg)), Some(Relation::TeamLead));
    assert_eq!(reads(&directed, &lead(Role::SatAdvisor, &sat)), None, "in the role of who leads");
    assert_eq!(reads(&in_huizen(), &lead(Role::TeamLead, &sat)), None, "nothing waits for an answer");
    assert!(
        related(&directed, &lead(Role::Supporter, &sat), Act::Emergency).is_ok(),
        "nothing to the case in another role"
    );
    for who in [officer("zorg-bv"), manager("gemeente-huizen"), lead(Role::TeamLead, &sat)] {
        let mandate = related(&directed, &who, Act::Read).expect("where it stands");
        assert!(mandate.covers(Topic::Status));
        for topic in [Topic::People, Topic::Safety, Topic::Sat, Topic::Life, Topic::Alert, Topic::EmergencyWords] {
            assert!(!mandate.covers(topic), "{topic:?}");
        }
        let mut others = Act::ALL.into_iter().filter(|act| *act != Act::Read);
        assert!(others.all(|act| related(&directed, &who, act).is_err()), "no more than looking");
        let out = Relations { excluded: vec![worker(7)], ..directed.clone() };
        assert!(related(&out, &who, Act::Read).is_err());
    }
    assert!(related(&directed, &manager("gemeente-huizen"), Act::Read).unwrap().covers(Topic::Emergency));
    assert!(
        related(&directed, &manager("gemeente-huizen"), Act::ReviewEmergency).is_err(),
        "the one who judges does not close"
    );
}

#[test]
fn the_privacy_officer_reads_the_trail_and_no_case() {
    let ravi = caller(worker(7), Role::PrivacyOfficer, "gemeente-huizen", None);
    assert!(related(&in_huizen(), &ravi, Act::Read).is_err());
    let log = related(&in_huizen(), &ravi, Act::AccessLog).expect("the trail");
    assert!(
        log.covers(Topic::Trail)
            && log.covers(Topic::Emergency)
            && !log.covers(Topic::People)
            && !log.covers(Topic::Life)
    );
    let elsewhere = caller(worker(7), Role::PrivacyOfficer, "gemeente-laren", None);
    assert!(related(&in_huizen(), &elsewhere, Act::AccessLog).is_err());
}

/// R03: a review that cannot read why is none. Of what leads to somebody protected that is all there is to see for the privacy officer.
#[test]
fn what_was_written_in_an_emergency_is_read_by_the_privacy_officer_also_when_it_locates() {
    let ravi = caller(worker(7), Role::PrivacyOfficer, "gemeente-huizen", None);
    let mut gerda = caller(worker(7), Role::TeamLead, "gemeente-huizen", None);
    gerda.duties = vec![(Duty::TeamLead, huizen())];
    let sees = |who: &Caller, act| {
        let mandate = related(&in_huizen(), who, act).expect("reviews");
        let meant =
            Meant { audience: &Audience::Case, author: None, locating: true, at_home: &[], layers: Meant::case() };
        Topic::ALL.into_iter().filter(|topic| mandate.would_show(*topic, meant, &[])).collect::<Vec<_>>()
    };
    for act in [Act::AccessLog, Act::ReviewEmergency] {
        assert_eq!(sees(&ravi, act), [Topic::EmergencyWords]);
    }
    assert_eq!(sees(&gerda, Act::ReviewEmergency), [], "a team lead asks the privacy officer");
}

/// Who is two things to a case acts as one of them: the widest that allows it.
#[test]
fn relations_are_never_added_up() {
    let household = HouseholdId::from_uuid(Uuid::from_u128(1));
    let (samira, robert) = (PersonId::from_uuid(Uuid::from_u128(1)), PersonId::from_uuid(Uuid::from_u128(2)));
    let facts = Relations {
        coordinators: vec![Coordinator { worker: worker(7), household, members: vec![samira] }],
        supporters: vec![Supporter { worker: worker(7), named_by: vec![robert], consents: Vec::new() }],
        ..in_huizen()
    };
    let wim = caller(worker(7), Role::Supporter, "zorg-bv", None);
    let mandate = related(&facts, &wim, Act::Read).expect("coordinates");
    assert_eq!(mandate.relation(), Relation::Coordinator);
    assert!(mandate.admits(&Audience::Persons(vec![samira])));
    assert!(!mandate.admits(&Audience::Persons(vec![robert])));
}

/// R17: a decision says on which consents the relation rested, in the trail and in the event.
#[test]
fn a_decision_names_the_consents_of_the_relation_it_used() {
    let consent = ConsentId::from_uuid(Uuid::from_u128(11));
    let (samira, wim) = (PersonId::from_uuid(Uuid::from_u128(1)), caller(worker(7), Role::Supporter, "zorg-bv", None));
    let named = Supporter { worker: worker(7), named_by: vec![samira], consents: vec![consent] };
    let facts = Relations { supporters: vec![named], ..in_huizen() };
    let mandate = related(&facts, &wim, Act::Read).expect("takes part");
    assert_eq!(mandate.decision().consents, [consent]);
    assert_eq!(eventstore::metadata::Decision::from(mandate.decision()).consents, [consent]);
    let directs = Relations { director: Some(worker(7)), ..facts };
    assert!(related(&directs, &wim, Act::Read).unwrap().decision().consents.is_empty());
}
