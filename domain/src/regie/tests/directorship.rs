use super::*;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::BACKDATED;
use crate::ids::PersonId;
use crate::people::PERSON_UNKNOWN;
use crate::regie::BrokenRule;
use crate::regie::asked::FROM_IN_PAST;
use crate::regie::directorship::{
    AGREEMENT_MISSING, DIRECTOR_PRESENT, NO_DIRECTOR, TASK_NOT_OPEN, TASK_TWICE, TASKS_MISSING,
};
use crate::rejection::Detail;
use crate::testing::{fresh, words};

fn director_on(given: &Given<Case>, on: &str) -> Option<WorkerId> {
    regie(given).director_on(day(on)).map(|directorship| directorship.worker)
}

fn agreed_by(agreed: Vec<Agreed>, tasks: Vec<RegieTask>) -> RegieCommand {
    RegieCommand::AssignCaseDirector { director: JOOST, organisation: care(), tasks, agreed, from: None }
}

#[test]
fn a_director_is_assigned_with_who_agreed_the_tasks_and_the_day() {
    let given = open_case().on("2026-03-25").when(assign(JOOST)).then([RegieEvent::DirectorAssigned {
        director: JOOST,
        organisation: care(),
        tasks: TASKS.to_vec(),
        agreed: vec![Agreed::Person(SAMIRA), Agreed::Worker(PETRA)],
        from: day("2026-03-25"),
    }]);
    assert_eq!(director_on(&given, "2026-03-24"), None);
    assert_eq!(director_on(&given, "2026-03-25"), Some(JOOST));
    assert_eq!(regie(&given).open_tasks(day("2026-03-25")), TASKS);
}

#[test]
fn a_second_director_is_refused_with_who_and_since_when() {
    let rejection = with_director().on("2026-04-01").when(assign(LAYLA)).then_rejected(DIRECTOR_PRESENT);
    assert_eq!(rejection.details, [("director", Detail::id(JOOST)), ("since", day("2026-03-25").into())]);
}

#[test]
fn a_director_announced_for_later_leaves_no_room_before_that_day() {
    let given = open_case().on("2026-03-25").when(assign_from(JOOST, Some("2026-05-01"))).accepted();
    assert_eq!(director_on(&given, "2026-04-30"), None);
    given.when(assign(LAYLA)).then_rejected(DIRECTOR_PRESENT);
}

#[test]
fn an_announced_end_leaves_room_from_the_day_after() {
    let end = RegieCommand::EndDirectorship { last_day: Some(day("2026-05-31")), reason: text("ander werk") };
    let given = with_director().on("2026-05-01").when(end).accepted();
    given.when(assign_from(LAYLA, Some("2026-05-31"))).then_rejected(DIRECTOR_PRESENT);
    let end = RegieCommand::EndDirectorship { last_day: Some(day("2026-05-31")), reason: text("ander werk") };
    let given = with_director().on("2026-05-01").when(end).accepted();
    let given = given.when(assign_from(LAYLA, Some("2026-06-01"))).accepted();
    assert_eq!(director_on(&given, "2026-05-31"), Some(JOOST));
    assert_eq!(director_on(&given, "2026-06-01"), Some(LAYLA));
    assert!(regie(&given).broken_rules().is_empty());
}

#[test]
fn an_earlier_first_day_needs_to_have_happened_earlier() {
    open_case().on("2026-03-25").when(assign_from(JOOST, Some("2026-03-23"))).then_rejected(FROM_IN_PAST);
    let given = open_case().on("2026-03-25").when_on("2026-03-23", assign(JOOST)).accepted();
    assert_eq!(director_on(&given, "2026-03-23"), Some(JOOST));
}

#[test]
fn somebody_of_the_family_agrees_and_is_in_the_case() {
    open_case().when(agreed_by(Vec::new(), TASKS.to_vec())).then_rejected(AGREEMENT_MISSING);
    open_case().when(agreed_by(vec![Agreed::Worker(PETRA)], TASKS.to_vec())).then_rejected(AGREEMENT_MISSING);
    let stranger = PersonId::from_uuid(Uuid::from_u128(0x99));
    open_case().when(agreed_by(vec![Agreed::Person(stranger)], TASKS.to_vec())).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn tasks_are_named_once() {
    let samira = || vec![Agreed::Person(SAMIRA)];
    open_case().when(agreed_by(samira(), Vec::new())).then_rejected(TASKS_MISSING);
    let twice = vec![RegieTask::Plan, RegieTask::Overview, RegieTask::Plan];
    let rejection = open_case().when(agreed_by(samira(), twice)).then_rejected(TASK_TWICE);
    assert_eq!(rejection.details, [("task", "plan".into())]);
}

#[test]
fn bringing_in_a_specialist_never_ends_the_directorship() {
    let specialist = RegieCommand::JoinParty(NewParty { specialist: true, ..party(SAM) });
    let given = with_director().on("2026-04-20").when(specialist).accepted();
    assert_eq!(director_on(&given, "2026-04-20"), Some(JOOST));
}

#[test]
fn a_director_who_stops_directs_until_the_last_day() {
    let given = with_director().on("2026-04-10").when(end_directorship()).then([RegieEvent::DirectorEnded {
        director: JOOST,
        last_day: day("2026-04-10"),
        reason: words(fresh(1), "ander werk"),
    }]);
    assert_eq!(director_on(&given, "2026-04-10"), Some(JOOST));
    assert_eq!(director_on(&given, "2026-04-11"), None);
    assert!(regie(&given).open_tasks(day("2026-04-11")).is_empty());
    given.on("2026-04-11").when(end_directorship()).then_rejected(NO_DIRECTOR);
}

#[test]
fn who_stopped_does_not_stop_again_on_an_earlier_day() {
    let given = with_director().on("2026-04-10").when(end_directorship()).accepted().on("2026-04-14");
    let earlier = RegieCommand::EndDirectorship { last_day: Some(day("2026-04-01")), reason: text("eerder") };
    given.when(earlier).then_rejected(NO_DIRECTOR);
}

fn hand_back(tasks: &[RegieTask]) -> RegieCommand {
    RegieCommand::HandBackRegie { tasks: tasks.to_vec(), to: SAMIRA, agreement: None }
}

#[test]
fn tasks_go_back_one_by_one_until_all_are_with_the_family() {
    let given =
        with_director().on("2026-09-01").when(hand_back(&[RegieTask::Contacts])).then([RegieEvent::RegieHandedBack {
            tasks: vec![RegieTask::Contacts],
            to: SAMIRA,
            agreement: None,
            from: day("2026-09-01"),
        }]);
    assert_eq!(regie(&given).open_tasks(day("2026-08-31")), TASKS);
    assert_eq!(regie(&given).open_tasks(day("2026-09-01")), [RegieTask::Overview, RegieTask::Plan]);
    let given = given.on("2026-10-01").when(hand_back(&[RegieTask::Overview, RegieTask::Plan])).accepted();
    assert!(regie(&given).open_tasks(day("2026-10-01")).is_empty());
    assert_eq!(director_on(&given, "2026-10-01"), Some(JOOST));
}

#[test]
fn only_tasks_that_are_with_the_director_go_back_to_somebody_of_the_case() {
    open_case().when(hand_back(&[RegieTask::Plan])).then_rejected(NO_DIRECTOR);
    let given = with_director().when(hand_back(&[RegieTask::Plan])).accepted();
    let rejection = given.when(hand_back(&[RegieTask::Contacts, RegieTask::Plan])).then_rejected(TASK_NOT_OPEN);
    assert!(rejection.details.contains(&("task", "plan".into())));
    with_director().when(hand_back(&[RegieTask::Calm])).then_rejected(TASK_NOT_OPEN);
    with_director().when(hand_back(&[])).then_rejected(TASKS_MISSING);
    let stranger = PersonId::from_uuid(Uuid::from_u128(0x99));
    let to_stranger = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Plan], to: stranger, agreement: None };
    with_director().when(to_stranger).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn a_task_that_went_back_can_be_with_a_later_director_again() {
    let given = with_director().on("2026-04-01").when(hand_back(&[RegieTask::Plan])).accepted();
    let given = given.on("2026-04-10").when(end_directorship()).accepted().on("2026-04-13").when(assign(LAYLA));
    assert_eq!(regie(&given.accepted()).open_tasks(day("2026-04-13")), TASKS);
}

#[test]
fn rights_do_not_start_before_they_are_recorded() {
    let appoint = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-04-20"),
        reason: text("ziek"),
    };
    with_director().on("2026-04-10").when_on("2026-04-09", appoint).then_rejected(BACKDATED);
}

#[test]
fn two_directors_told_all_the_same_are_seen() {
    let assigned = |director, from: &str| RegieEvent::DirectorAssigned {
        director,
        organisation: care(),
        tasks: TASKS.to_vec(),
        agreed: vec![Agreed::Person(SAMIRA)],
        from: day(from),
    };
    let told = [("2026-03-25", assigned(JOOST, "2026-03-25")), ("2026-04-01", assigned(LAYLA, "2026-03-30"))];
    let given = given(opened().into_iter().chain(told.map(|(on, event)| (on, event.into()))));
    let expected = BrokenRule::TwoDirectors { first: JOOST, second: LAYLA, on: day("2026-03-30") };
    assert_eq!(regie(&given).broken_rules(), [expected]);
}

#[test]
fn a_correction_that_would_make_two_directors_is_refused() {
    let given = with_director().on("2026-04-10").when(end_directorship()).accepted();
    let given = given.on("2026-04-13").when(assign(LAYLA)).accepted();
    let layla = regie(&given).director_on(day("2026-04-13")).unwrap().fact;
    let correct = |from: &str| CorrectionCommand::Correct {
        target: layla,
        reason: text("andere dag"),
        occurred: None,
        content: CorrectedContent::Director { from: day(from) },
    };
    let given = given.when(correct("2026-04-11")).accepted();
    assert_eq!(director_on(&given, "2026-04-11"), Some(LAYLA));
    given.when(correct("2026-04-10")).then_rejected(CORRECTION_BREAKS_HISTORY);
}
