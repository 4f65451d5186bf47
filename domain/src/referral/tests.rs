//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::DomainCommand as _;
use crate::divorce::tests::{A, ILSE, MORRIS, ROBERT, apart, closed, directed, fact_of, still_to_ask, strike};
use crate::fact::Audience;
use crate::ids::GoalId;
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::people::{AuthorityKind, NewAuthority, PeopleCommand, Source};
use crate::plan::PlanRef;
use crate::plan::tests::{case, goal, the_goal};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::trajectory::tests::check_catalogue;

fn new(agreed: &[PersonId]) -> NewReferral {
    NewReferral {
        persons: vec![MORRIS],
        by: Referrer::Gp,
        who: Some(line("de huisarts")),
        provider: line("praktijk de linde"),
        help: Some(line("speltherapie")),
        referred: Some(day("2026-04-14")),
        agreed: agreed.to_vec(),
    }
}

pub(crate) fn record(agreed: &[PersonId]) -> ReferralCommand {
    ReferralCommand::RecordReferral(Box::new(new(agreed)))
}

pub(crate) fn plan(referral: ReferralId, goal: GoalId) -> ReferralCommand {
    ReferralCommand::PlanReferral { referral, item: Item::Goal(goal) }
}

fn only(given: &Given<Case>) -> &Referral {
    &given.state().referrals.all()[0]
}

/// Rule 14, case 05 (2026-09-14): noticed, recorded when the family agrees, brought into the one plan.
#[test]
fn a_direct_referral_is_recorded_when_the_family_agrees_and_brought_into_the_plan() {
    let given = case().when(goal(PlanRef::Family, "hij speelt weer", ILSE, &[MORRIS])).accepted();
    let refused = given.when(record(&[ILSE])).then_rejected(REFERRAL_NOT_AGREED);
    assert!(still_to_ask(&refused, &[ROBERT]), "joint authority means both");
    let given = case().when(goal(PlanRef::Family, "hij speelt weer", ILSE, &[MORRIS])).accepted();
    let given = given.when(record(&[])).refused_but(REFERRAL_NOT_AGREED);
    let given = given.when(record(&[ROBERT, ILSE])).accepted();
    assert_eq!((only(&given).agreed.as_slice(), only(&given).in_plan.as_slice()), (&[ILSE, ROBERT][..], &[][..]));
    let (id, goal) = (only(&given).id, the_goal(&given));
    let given = given.when(plan(id, goal)).accepted();
    assert_eq!(only(&given).in_plan[0].item, Item::Goal(goal));
    given.when(plan(id, goal)).then_rejected(REFERRAL_IN_PLAN);
}

/// A grown-up agrees for themself; where nobody can say who has authority, a person must decide first.
#[test]
fn who_agrees_is_who_is_asked_about_help() {
    let own = NewReferral { persons: vec![ILSE], ..new(&[ILSE]) };
    directed().when(ReferralCommand::RecordReferral(Box::new(own))).accepted();
    let others = NewReferral { persons: vec![ILSE], ..new(&[ROBERT]) };
    directed().when(ReferralCommand::RecordReferral(Box::new(others))).then_rejected(REFERRAL_NOT_AGREED);
    let unclear = PeopleCommand::RecordAuthority(NewAuthority {
        child: crate::consent::WhoIs::Person(MORRIS),
        kind: AuthorityKind::Undetermined,
        holders: vec![],
        from: day("2026-04-01"),
        until: None,
        source: Source::Register,
    });
    let refused = directed().when(unclear).accepted().when(record(&[ILSE, ROBERT])).then_rejected(REFERRAL_NOT_AGREED);
    assert!(refused.details.contains(&("unclear", "yes".into())));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let record_as = |new: NewReferral| ReferralCommand::RecordReferral(Box::new(new));
    let refused = |new: NewReferral, code| directed().when(record_as(new)).then_rejected(code);
    let both = || new(&[ILSE, ROBERT]);
    refused(NewReferral { persons: vec![], ..both() }, ABOUT_NOBODY);
    refused(NewReferral { persons: vec![stranger], ..both() }, PERSON_UNKNOWN);
    refused(new(&[ILSE, ROBERT, stranger]), PERSON_UNKNOWN);
    refused(NewReferral { help: Some(line("praten met Robert")), ..both() }, NAMES_IN_TEXT);
    let (nothing, nowhere) = (ReferralId::from_uuid(Uuid::from_u128(0xBAD)), GoalId::from_uuid(Uuid::from_u128(0xBAD)));
    directed().when(plan(nothing, nowhere)).then_rejected(REFERRAL_UNKNOWN);
    let given = directed().when(record(&[ILSE, ROBERT])).accepted();
    let id = only(&given).id;
    let given = given.when(plan(id, nowhere)).refused_but(GOAL_UNKNOWN);
    let action = Item::Action(crate::ids::ActionId::from_uuid(Uuid::from_u128(0xBAD)));
    given.when(ReferralCommand::PlanReferral { referral: id, item: action }).then_rejected(ACTION_UNKNOWN);
}

/// Told late, agreement is that of whoever was to be asked on the day it was given.
#[test]
fn it_is_told_late_and_of_a_closed_case() {
    let given = directed().when_on("2026-02-01", record(&[ILSE, ROBERT])).accepted();
    assert_eq!(only(&given).on, day("2026-02-01"));
    closed(directed(), "2026-05-04").when(record(&[ILSE, ROBERT])).accepted();
}

#[test]
fn it_is_the_childs_and_leads_to_whoever_is_hidden() {
    let given = apart().when(record(&[ILSE, ROBERT])).accepted();
    let fact = given.history().fact(fact_of(&given, "ReferralRecorded")).unwrap().clone();
    let layers = LayersOf::on(given.history(), day("2026-05-04"), ages());
    assert_eq!(layers.of_fact(&fact), Layers::of([Layer::Child(MORRIS)]));
    assert_eq!(fact.audience, Audience::Child(MORRIS));
    assert!(!Locating::on(given.history(), day("2026-05-04")).leads(&fact.event));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&fact.event), "she agreed to it");
}

#[test]
fn a_mistake_is_struck_out_and_every_type_stands_in_the_catalogue() {
    let given = directed().when(record(&[ILSE, ROBERT])).accepted();
    let mistaken = strike(&given, "ReferralRecorded");
    assert_eq!(given.when(mistaken).accepted().state().referrals.all(), []);
    let given = case().when(goal(PlanRef::Family, "hij speelt weer", ILSE, &[MORRIS])).accepted();
    let given = given.when(record(&[ILSE, ROBERT])).accepted();
    let (id, goal) = (only(&given).id, the_goal(&given));
    let given = given.when(plan(id, goal)).accepted();
    let recorded = strike(&given, "ReferralRecorded");
    let given = given.when(recorded).refused_but(crate::correction::CORRECTION_BREAKS_HISTORY);
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Referral(_))).collect();
    check_catalogue(&events, CATALOGUE);
    assert!(!CaseCommand::from(record(&[])).needs_all(), "it is a report");
}
