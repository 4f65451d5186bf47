use super::*;
use crate::correction::CORRECTION_BREAKS_HISTORY;
use crate::divorce::dons::catalogue::{DONS_ABSENT, DONS_NOT_THE_TRACK, DUO_IS_ONE_PERSON, DUO_PRESENT};
use crate::divorce::episode::DivorceTrack;
use crate::divorce::episode::tests::triage;
use crate::ids::TrajectoryId;
use crate::life::CASE_NOT_OPEN;
use crate::protection::{Locating, ProtectionCommand};
use crate::regie::asked::FROM_IN_PAST;

fn representative(worker: WorkerId) -> FamilyRepresentative {
    FamilyRepresentative { worker, organisation: organisation("zorg-vecht") }
}

fn assign(one: WorkerId, other: WorkerId, from: Option<&str>) -> DonsCommand {
    DonsCommand::AssignDonsDuo {
        representatives: [representative(one), representative(other)],
        from: from.map(day),
        untrained: vec![],
    }
}

fn end(trajectory: TrajectoryId, last_day: Option<&str>) -> DonsCommand {
    DonsCommand::EndDons { trajectory, last_day: last_day.map(day), reason: text("doelen bereikt") }
}

fn on(given: &Given<Case>, on: &str) -> Option<[WorkerId; 2]> {
    let duo = given.state().divorce.duo_on(day(on))?;
    Some(duo.representatives.each_ref().map(|one| one.worker))
}

/// Chosen anew, after an end returned it to triage.
fn again(given: Given<Case>) -> Given<Case> {
    given.when(triage(DivorceTrack::Dons)).accepted()
}

/// As case 02: a duo since 2026-04-21.
fn running() -> (Given<Case>, TrajectoryId) {
    let given = offered(directed()).when(assign(WIM, FENNA, None)).accepted();
    let trajectory = given.state().divorce.duos()[0].trajectory;
    (given, trajectory)
}

#[test]
fn two_different_people_accompany_both_parents() {
    let given = offered(directed());
    let made = given.ids_made();
    let given = given.when(assign(WIM, FENNA, Some("2026-04-22"))).then([DonsEvent::DonsDuoAssigned {
        trajectory: TrajectoryId::from_uuid(fresh(made + 1)),
        representatives: [representative(WIM), representative(FENNA)],
        from: day("2026-04-22"),
    }]);
    assert_eq!(on(&given, "2026-04-21"), None);
    assert_eq!(on(&given, "2026-04-22"), Some([WIM, FENNA]));
}

#[test]
fn the_same_person_twice_is_no_duo_and_there_is_one_at_a_time() {
    directed().when(assign(WIM, WIM, None)).then_rejected(DUO_IS_ONE_PERSON);
    let (given, _) = running();
    given.on("2026-05-01").when(assign(TESS, FENNA, None)).then_rejected(DUO_PRESENT);
    directed().when(assign(WIM, FENNA, Some("2026-04-20"))).then_rejected(FROM_IN_PAST);
    closed(directed(), "2026-04-22").when(assign(WIM, FENNA, None)).then_rejected(CASE_NOT_OPEN);
}

#[test]
fn it_ends_and_another_may_follow() {
    let (given, trajectory) = running();
    let made = given.ids_made();
    let ends = given.on("2026-06-25").when(end(trajectory, None));
    let ended = DonsEvent::DonsEnded {
        trajectory,
        last_day: day("2026-06-25"),
        reason: words(fresh(made + 1), "doelen bereikt"),
    };
    assert_eq!(ends.drafts()[0].event, CaseEvent::from(ended));
    let given = ends.accepted();
    assert_eq!((on(&given, "2026-06-25"), on(&given, "2026-06-26")), (Some([WIM, FENNA]), None));
    let given = given.on("2026-06-26").when(assign(TESS, FENNA, None)).refused_but(DONS_NOT_THE_TRACK);
    again(given).when(assign(TESS, FENNA, None)).accepted();
}

#[test]
fn only_what_runs_ends() {
    let (given, trajectory) = running();
    let given = given.when(end(TrajectoryId::from_uuid(fresh(99)), None)).refused_but(DONS_ABSENT);
    let given = given.when(end(trajectory, Some("2026-04-20"))).refused_but(DONS_ABSENT);
    let given = given.on("2026-06-25").when(end(trajectory, None)).accepted().on("2026-06-26");
    given.when(end(trajectory, None)).then_rejected(DONS_ABSENT);
}

#[test]
fn closing_ends_it_and_an_end_before_that_can_be_told_late() {
    let (given, trajectory) = running();
    let given = closed(given, "2026-07-01");
    assert_eq!((on(&given, "2026-07-01"), on(&given, "2026-07-02")), (Some([WIM, FENNA]), None));
    let given = given.on("2026-07-06").when(end(trajectory, Some("2026-06-25"))).accepted();
    assert_eq!(on(&given, "2026-06-26"), None);
    let given = given.on("2026-09-07").when(reopen()).accepted();
    assert_eq!(on(&given, "2026-09-07"), None);
}

#[test]
fn corrections_leave_one_duo() {
    let (given, trajectory) = running();
    let given = given.on("2026-06-25").when(end(trajectory, None)).accepted();
    let start = strike(&given, "DonsDuoAssigned");
    let given = given.when(start).refused_but(CORRECTION_BREAKS_HISTORY);
    let given = again(given.on("2026-06-26")).when(assign(TESS, FENNA, None)).accepted();
    let end = strike(&given, "DonsEnded");
    given.when(end).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn while_somebody_is_protected_the_duo_may_lead_to_them() {
    let (given, _) = running();
    let leads = |given: &Given<Case>| {
        let locating = Locating::on(given.history(), day("2026-04-21"));
        let fact = given.history().fact(fact_of(given, "DonsDuoAssigned")).unwrap();
        locating.leads(&fact.event)
    };
    assert!(!leads(&given));
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![], reason: text("veilig") };
    assert!(leads(&given.when(protect).accepted()));
}
