use super::catalogue::*;
use super::*;
use crate::correction::CorrectionCommand;
use crate::decider::{BACKDATED, DomainCommand as _};
use crate::fact::Role;
use crate::life::{LifeCommand, Outcome};
use crate::people::catalogue::NAMES_IN_TEXT;
use crate::regie::RegieCommand;
use crate::regie::tests::{
    PETRA, SAM, assign, care, join, offer, offered, open_case, open_handover, party, ready_to_accept, with_director,
};
use crate::testing::*;

fn exclude(worker: WorkerId) -> ExclusionCommand {
    ExclusionCommand::ExcludeWorker { worker, ground: ExclusionGround::Neighbour, reason: text("Woont ernaast") }
}

fn lift(worker: WorkerId) -> ExclusionCommand {
    ExclusionCommand::LiftExclusion { worker, reason: text("Verhuisd") }
}

fn excluded(given: &Given<Case>) -> Vec<WorkerId> {
    given.state().exclusions.excluded().collect()
}

/// Noor excluded Sam.
fn without_sam() -> Given<Case> {
    open_case().when(exclude(SAM)).accepted()
}

#[test]
fn one_worker_excludes_at_once_and_another_lifts() {
    let given = open_case().when(exclude(SAM)).then([ExclusionEvent::WorkerExcluded {
        worker: SAM,
        ground: ExclusionGround::Neighbour,
        reason: words(fresh(1), "Woont ernaast"),
    }]);
    assert_eq!(excluded(&given), [SAM]);
    let exclusion = given.state().exclusions.of(SAM).unwrap();
    assert_eq!((exclusion.ground, exclusion.since), (ExclusionGround::Neighbour, day("2026-03-02")));
    let lifted = given
        .by(JOOST, Role::CaseDirector)
        .when(lift(SAM))
        .then([ExclusionEvent::ExclusionLifted { worker: SAM, reason: words(fresh(2), "Verhuisd") }]);
    assert_eq!(excluded(&lifted), []);
    assert_eq!(excluded(&lifted.when(exclude(SAM)).accepted()), [SAM]);
}

#[test]
fn nobody_is_kept_out_twice_or_let_in_who_was_in() {
    without_sam().when(exclude(SAM)).then_rejected(ALREADY_EXCLUDED);
    without_sam().by(JOOST, Role::CaseDirector).when(lift(PETRA)).then_rejected(NOT_EXCLUDED);
}

#[test]
fn who_excluded_does_not_lift_and_who_is_excluded_never() {
    without_sam().when(lift(SAM)).then_rejected(LIFTED_BY_ANOTHER);
    without_sam().by(SAM, Role::CaseDirector).when(lift(SAM)).then_rejected(EXCLUDED_CANNOT_LIFT);
    let own = open_case().by(SAM, Role::Supporter).when(exclude(SAM)).accepted();
    own.when(lift(SAM)).then_rejected(EXCLUDED_CANNOT_LIFT);
    let behalf = |worker, of| Actor { on_behalf_of: Some(of), ..actor(worker, Role::CaseDirector) };
    let state = without_sam();
    let exclusion = state.state().exclusions.of(SAM).unwrap();
    let code = |actor: Actor| check_lifts(&actor, SAM, exclusion).map_err(|no| no.code);
    assert_eq!(code(behalf(JOOST, SAM)), Err(EXCLUDED_CANNOT_LIFT));
    assert_eq!(code(behalf(JOOST, NOOR)), Err(LIFTED_BY_ANOTHER));
    assert_eq!(code(behalf(JOOST, LAYLA)), Ok(()));
}

#[test]
fn an_excluded_worker_gets_no_role() {
    without_sam().when(join(SAM)).then_rejected(WORKER_EXCLUDED);
    without_sam().when(assign(SAM)).then_rejected(WORKER_EXCLUDED);
    let directed = || with_director().when(exclude(SAM)).accepted().by(JOOST, Role::CaseDirector);
    let deputy = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-04-10"),
        reason: text("ziek"),
    };
    directed().when(deputy).then_rejected(WORKER_EXCLUDED);
    directed().when(offer(SAM, "2026-04-10")).then_rejected(WORKER_EXCLUDED);
    directed().when(offer(LAYLA, "2026-04-10")).accepted();
    let accept = |given: &Given<Case>| RegieCommand::AcceptHandover { handover: open_handover(given) };
    let later = ready_to_accept().by(NOOR, Role::AccessWorker).when(exclude(LAYLA)).accepted();
    let asked = accept(&later);
    later.by(LAYLA, Role::CaseDirector).when(asked).then_rejected(WORKER_EXCLUDED);
}

#[test]
fn what_an_excluded_worker_did_is_reported_all_the_same() {
    let report = RegieCommand::ReportPartyJoined { party: party(SAM), last_day: None, explanation: None };
    without_sam().when(report).accepted();
}

/// Who directs is agreed with the family; the gate gives an excluded director nothing.
#[test]
fn a_directorship_does_not_end_by_itself() {
    let given = offered().by(NOOR, Role::AccessWorker).when(exclude(JOOST)).accepted();
    assert_eq!(given.state().regie.director_on(day("2026-06-19")).map(|held| held.worker), Some(JOOST));
    assert_eq!(excluded(&given), [JOOST]);
}

#[test]
fn it_works_from_recording_and_in_a_closed_case_too() {
    open_case().on("2026-03-06").when_on("2026-03-05", exclude(SAM)).then_rejected(BACKDATED);
    let lifting = without_sam().on("2026-03-06").by(JOOST, Role::CaseDirector);
    lifting.when_on("2026-03-05", lift(SAM)).then_rejected(BACKDATED);
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let closed = open_case().when(close).accepted().when(exclude(SAM)).accepted();
    closed.by(JOOST, Role::CaseDirector).when(lift(SAM)).accepted();
}

#[test]
fn a_correction_lets_nobody_in() {
    let given = without_sam();
    let target = given.history().facts().last().unwrap().id;
    let strike = || CorrectionCommand::StrikeOut { target, reason: text("Vergissing") };
    let given = given.by(JOOST, Role::CaseDirector).when(strike()).refused_but(EXCLUSION_WEAKENED);
    let words = CorrectionCommand::Correct {
        target,
        reason: text("Preciezer"),
        occurred: None,
        content: crate::correction::CorrectedContent::Words(text("Woont in de buurt")),
    };
    let given = given.when(words).accepted();
    assert_eq!(given.state().exclusions.of(SAM).unwrap().reason.known().unwrap().as_str(), "Woont in de buurt");
    let given = given.when(lift(SAM)).accepted();
    let lifted = given.history().facts().last().unwrap().id;
    let undo = CorrectionCommand::StrikeOut { target: lifted, reason: text("Toch niet") };
    assert_eq!(excluded(&given.when(undo).accepted()), [SAM]);
}

#[test]
fn the_reason_names_nobody() {
    let named = ExclusionCommand::ExcludeWorker {
        worker: SAM,
        ground: ExclusionGround::OwnFamily,
        reason: text("Oom van Ilias"),
    };
    open_case().when(named).then_rejected(NAMES_IN_TEXT);
}

#[test]
fn a_lost_key_keeps_nobody_in() {
    assert!(!crate::case::CaseCommand::from(exclude(SAM)).needs_all());
    assert!(crate::case::CaseCommand::from(lift(SAM)).needs_all());
}
