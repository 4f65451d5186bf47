//! R03: who guards privacy finds every emergency access that is open or that nobody reviewed, at once, and no longer than that.

use domain::emergency::{EmergencyCommand, NewGround, ReviewOutcome};
use domain::fact::{Organisation, Role};
use domain::ids::EmergencyId;

use super::folded::{lists, turn};
use super::world::drain;
use crate::lists::{EmergencyListed, Lists};
use crate::testing::{JOOST, LAYLA, Office, SAM, case, day, organisation, text};

fn huizen() -> Organisation {
    organisation("gemeente-huizen")
}

async fn waiting(lists: &Lists) -> Vec<EmergencyListed> {
    lists.emergencies(huizen()).await.expect("the list")
}

async fn opened(office: &mut Office) -> EmergencyId {
    let open = EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("kind is weg"),
        hours: Some(24),
    };
    office.by(SAM, Role::Supporter).order(case(1), open).await;
    office.history(case(1)).state().emergency.all().last().expect("an access").id
}

/// Wednesday, Thursday, Friday; and Monday, when it is late.
#[tokio::test]
async fn an_access_is_listed_at_once_and_until_it_is_reviewed() {
    let mut office = Office::new();
    office.on("2026-03-02").open(case(1)).await.assign(case(1), JOOST).await;
    let lists = lists(&office).await;
    assert_eq!(waiting(&lists).await, []);
    let emergency = opened(office.on("2026-03-04")).await;
    drain(&lists).await;
    let [found] = &waiting(&lists).await[..] else { panic!("one access") };
    assert_eq!((found.case, found.row.emergency, found.row.reviewed), (case(1), emergency, false));
    assert!(found.row.is_open_at(found.row.opened) && !found.row.is_open_at(found.row.over_at));
    assert_eq!(found.related.emergencies.len(), 1, "the relation that the gate goes by");
    assert_eq!(lists.emergencies(organisation("gemeente-almere")).await.expect("the list"), []);

    turn(&mut office, &lists, "2026-03-09").await;
    let [late] = &waiting(&lists).await[..] else { panic!("one access") };
    assert!(late.row.is_overdue_on(day("2026-03-09")) && !late.row.is_overdue_on(late.row.last_review_day));
    assert_eq!(late.related.emergencies.len(), 0);

    let review = EmergencyCommand::ReviewEmergencyAccess {
        emergency,
        outcome: ReviewOutcome::Justified,
        finding: text("nodig"),
    };
    office.by(LAYLA, Role::PrivacyOfficer).order(case(1), review).await;
    drain(&lists).await;
    assert_eq!(waiting(&lists).await, []);
    let again = opened(&mut office).await;
    drain(&lists).await;
    assert_eq!(waiting(&lists).await.iter().map(|found| found.row.emergency).collect::<Vec<_>>(), [again]);
}
