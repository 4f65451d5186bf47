use uuid::Uuid;

use super::duty::{DUTY_ABSENT, DUTY_PRESENT, DUTY_TOO_LONG, DUTY_WITHOUT_END, SELF_ASSIGNED_DUTY};
use super::*;
use crate::decider::{BACKDATED, decide, everybody};
use crate::fact::Actor;
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::regie::FROM_IN_PAST;
use crate::terms::TermsBook;
use crate::testing::{Given, STREAM, actor, day, given_of, name, organisation};

fn introduce(called: &str, roles: &[Role]) -> WorkerCommand {
    WorkerCommand::IntroduceWorker {
        name: name(called),
        organisation: organisation("gemeente-huizen"),
        roles: roles.to_vec(),
    }
}

fn introduced(called: &str, roles: &[Role]) -> WorkerEvent {
    WorkerEvent::WorkerIntroduced {
        name: Personal::ordinary(Subject::Worker(WorkerId::from_uuid(STREAM)), name(called)),
        organisation: organisation("gemeente-huizen"),
        roles: roles.to_vec(),
    }
}

#[test]
fn only_what_changed_is_written() {
    let both = [Role::AccessWorker, Role::CaseDirector];
    let given = given_of::<Worker>([])
        .when(introduce("Noor", &[Role::CaseDirector, Role::AccessWorker, Role::CaseDirector]))
        .then([introduced("Noor", &both)])
        .when(introduce("Noor", &both))
        .then_nothing()
        .when(introduce("Noor B.", &both))
        .then([introduced("Noor B.", &both)])
        .when(introduce("Noor B.", &[Role::AccessWorker]))
        .accepted();
    assert_eq!(given.state().known.as_ref().map(|known| known.roles.clone()), Some(vec![Role::AccessWorker]));
}

fn assign(duty: Duty, from: Option<&str>, until: Option<&str>) -> WorkerCommand {
    WorkerCommand::AssignDuty {
        duty,
        organisation: organisation("gemeente-huizen"),
        from: from.map(day),
        until: until.map(day),
    }
}

fn end(duty: Duty, last_day: Option<&str>) -> WorkerCommand {
    WorkerCommand::EndDuty { duty, organisation: organisation("gemeente-huizen"), last_day: last_day.map(day) }
}

fn assigned(duty: Duty, from: &str, until: Option<&str>) -> WorkerEvent {
    WorkerEvent::DutyAssigned {
        duty,
        organisation: organisation("gemeente-huizen"),
        from: day(from),
        until: until.map(day),
    }
}

/// On Monday 2026-03-02.
fn nobody() -> Given<Worker> {
    given_of([])
}

fn duties(given: &Given<Worker>, on: &str) -> Vec<Duty> {
    given.state().duties_on(day(on)).map(|(duty, _)| duty).collect()
}

#[test]
fn a_duty_is_read_at_a_day() {
    let given = nobody()
        .when(assign(Duty::OnCall, Some("2026-03-06"), Some("2026-03-09")))
        .then([assigned(Duty::OnCall, "2026-03-06", Some("2026-03-09"))])
        .when(assign(Duty::TeamLead, None, None))
        .then([assigned(Duty::TeamLead, "2026-03-02", None)]);
    assert_eq!(duties(&given, "2026-03-01"), []);
    assert_eq!(duties(&given, "2026-03-05"), [Duty::TeamLead]);
    assert_eq!(duties(&given, "2026-03-06"), [Duty::TeamLead, Duty::OnCall]);
    assert_eq!(duties(&given, "2026-03-09"), [Duty::TeamLead, Duty::OnCall]);
    assert_eq!(duties(&given, "2026-03-10"), [Duty::TeamLead]);
    let huizen = organisation("gemeente-huizen");
    assert!(given.state().duties_on(day("2026-03-06")).all(|(_, of)| *of == huizen));
}

#[test]
fn nobody_gives_themself_a_duty_nor_has_somebody_do_so_for_them() {
    let own = WorkerId::from_uuid(STREAM);
    let given = nobody().by(own, Role::TeamLead);
    given.when(assign(Duty::TeamLead, None, None)).then_rejected(SELF_ASSIGNED_DUTY);
    let book = TermsBook::nl_default().unwrap();
    let terms = book.terms_on(day("2026-03-02"));
    let for_them = Actor { on_behalf_of: Some(own), ..actor(crate::testing::NOOR, Role::TeamLead) };
    let mut context = Context {
        id: STREAM,
        now: day("2026-03-02").at(9, 0),
        actor: &for_them,
        terms,
        book: &book,
        ids: &mut || Uuid::nil(),
        knows: &everybody,
    };
    let order = Order::now(assign(Duty::TeamLead, None, None));
    let refused = decide::<Worker>(&History::default(), &order, &mut context).unwrap_err();
    assert_eq!(refused.code, SELF_ASSIGNED_DUTY);
}

#[test]
fn being_on_call_has_an_end_and_lasts_a_month_at_most() {
    let on_call = |until| nobody().when(assign(Duty::OnCall, Some("2026-03-06"), until));
    on_call(None).then_rejected(DUTY_WITHOUT_END);
    on_call(Some("2026-04-05")).accepted();
    on_call(Some("2026-04-06")).then_rejected(DUTY_TOO_LONG);
    on_call(Some("2026-03-05")).then_rejected(UNTIL_BEFORE_FROM);
    nobody().when(assign(Duty::TeamLead, None, Some("2027-12-31"))).accepted();
}

#[test]
fn a_duty_starts_no_earlier_than_it_is_given() {
    nobody().when(assign(Duty::TeamLead, Some("2026-03-01"), None)).then_rejected(FROM_IN_PAST);
    nobody().when_on("2026-03-01", assign(Duty::TeamLead, None, None)).then_rejected(BACKDATED);
}

#[test]
fn the_same_duty_is_not_given_twice_for_the_same_days() {
    let given = || nobody().when(assign(Duty::OnCall, Some("2026-03-06"), Some("2026-03-09"))).accepted();
    let again = |from, until| given().when(assign(Duty::OnCall, Some(from), Some(until)));
    again("2026-03-09", "2026-03-12").then_rejected(DUTY_PRESENT);
    again("2026-03-02", "2026-03-06").then_rejected(DUTY_PRESENT);
    again("2026-03-02", "2026-03-20").then_rejected(DUTY_PRESENT);
    again("2026-03-02", "2026-03-05").accepted();
    again("2026-03-10", "2026-03-20").accepted();
    let elsewhere = WorkerCommand::AssignDuty {
        duty: Duty::OnCall,
        organisation: organisation("gemeente-blaricum"),
        from: None,
        until: Some(day("2026-03-09")),
    };
    assert_eq!(duties(&given().when(elsewhere).accepted(), "2026-03-06"), [Duty::OnCall, Duty::OnCall]);
    let open = nobody().when(assign(Duty::TeamLead, None, None)).accepted();
    open.when(assign(Duty::TeamLead, Some("2030-01-01"), None)).then_rejected(DUTY_PRESENT);
}

#[test]
fn a_duty_ends_once_and_can_be_given_again() {
    let given = nobody().when(assign(Duty::TeamLead, None, None)).accepted().on("2026-03-20");
    let ended = given.when(end(Duty::TeamLead, None)).then([WorkerEvent::DutyEnded {
        duty: Duty::TeamLead,
        organisation: organisation("gemeente-huizen"),
        last_day: day("2026-03-20"),
    }]);
    assert_eq!(duties(&ended, "2026-03-20"), [Duty::TeamLead]);
    assert_eq!(duties(&ended, "2026-03-21"), []);
    let ended = ended.on("2026-03-23").when(end(Duty::TeamLead, None)).refused_but(DUTY_ABSENT);
    let ended = ended.when(end(Duty::OnCall, None)).refused_but(DUTY_ABSENT);
    ended.when(assign(Duty::TeamLead, None, None)).accepted();
}

fn seen(case: u128, up_to: u64) -> SeenCase {
    SeenCase { case: crate::ids::CaseId::from_uuid(Uuid::from_u128(case)), up_to: crate::ids::Revision::new(up_to) }
}

const fn mark(cases: Vec<SeenCase>) -> WorkerCommand {
    WorkerCommand::MarkCaseloadSeen { cases }
}

#[test]
fn what_was_seen_only_goes_forward() {
    let own = || nobody().by(WorkerId::from_uuid(STREAM), Role::CaseDirector);
    let given = own()
        .when(mark(vec![seen(2, 7), seen(1, 4), seen(2, 5)]))
        .then([WorkerEvent::CaseloadSeen { cases: vec![seen(1, 4), seen(2, 7)] }])
        .when(mark(vec![seen(1, 4), seen(2, 6)]))
        .then_nothing()
        .when(mark(vec![seen(1, 9), seen(2, 7), seen(3, 0)]))
        .then([WorkerEvent::CaseloadSeen { cases: vec![seen(1, 9), seen(3, 0)] }]);
    let known = |case| given.state().seen.up_to(seen(case, 0).case).map(crate::ids::Revision::number);
    assert_eq!([known(1), known(2), known(3), known(4)], [Some(9), Some(7), Some(0), None]);
    own().when(mark(Vec::new())).then_nothing();
}

#[test]
fn nobody_says_what_another_has_seen() {
    nobody().when(mark(vec![seen(1, 4)])).then_rejected(SEEN_BY_ANOTHER);
    nobody()
        .by(WorkerId::from_uuid(STREAM), Role::CaseDirector)
        .when_on("2026-03-01", mark(vec![seen(1, 4)]))
        .then_rejected(BACKDATED);
}

fn own(words: &str, names: NamesFound) -> WorkerCommand {
    WorkerCommand::WriteOwnReflection { words: crate::testing::text(words), names }
}

/// Rule 26: by the worker alone, in the worker's own stream, for the worker alone.
#[test]
fn an_own_reflection_is_written_by_the_worker_and_kept_for_the_worker() {
    let me = WorkerId::from_uuid(STREAM);
    let words = "Ik nam de rol van redder; volgende keer vraag ik eerst wat zij zelf wil.";
    let when = given_of::<Worker>([]).by(me, Role::Supporter).when(own(words, NamesFound::None));
    assert_eq!(when.drafts()[0].audience, Some(crate::fact::Audience::Author));
    let given = when.accepted();
    let [written] = given.state().reflections.as_slice() else { panic!("one reflection") };
    assert_eq!(written.words.known().unwrap().as_str(), words);
    assert!(matches!(written.words.owner(), Subject::Record(_)), "it can be destroyed alone");
    let given = given.when_on("2026-02-12", own("Langer geleden.", NamesFound::None)).accepted();
    assert_eq!(given.state().reflections[1].day, day("2026-02-12"));
    for role in Role::ALL {
        let other = given_of::<Worker>([]).by(crate::testing::NOOR, role);
        other.when(own(words, NamesFound::None)).then_rejected(reflection::REFLECTION_OF_ANOTHER);
    }
    let for_me = Actor { on_behalf_of: Some(me), ..actor(crate::testing::NOOR, Role::Supporter) };
    let terms = TermsBook::nl_default().unwrap();
    let mut context = Context {
        id: STREAM,
        now: day("2026-03-06").at(9, 0),
        actor: &for_me,
        terms: terms.terms_on(day("2026-03-06")),
        book: &terms,
        ids: &mut || Uuid::nil(),
        knows: &everybody,
    };
    let order = Order::now(own(words, NamesFound::None));
    let refused = decide::<Worker>(&History::default(), &order, &mut context).unwrap_err();
    assert_eq!(refused.code, reflection::REFLECTION_OF_ANOTHER, "also by nobody in the worker's place");
}

#[test]
fn an_own_reflection_names_nobody() {
    let me = || given_of::<Worker>([]).by(WorkerId::from_uuid(STREAM), Role::Supporter);
    for words in ["bel 0612345678", "zie {person:00000000-0000-0000-0000-000000000001}", "moeder@example.org"] {
        me().when(own(words, NamesFound::None)).then_rejected(reflection::REFLECTION_NAMES_SOMEBODY);
    }
    me().when(own("Het liep stroef.", NamesFound::Somebody)).then_rejected(reflection::REFLECTION_NAMES_SOMEBODY);
}
