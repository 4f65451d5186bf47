//! Who may know what of a plan.

use super::*;
use crate::layers::{Layer, Layers, LayersOf};
use crate::protection::{Locating, ProtectionCommand};

fn last_layers(given: &Given<Case>) -> Layers {
    let layers = LayersOf::on(given.history(), day("2026-05-04"), ages());
    layers.of_fact(given.history().facts().last().unwrap())
}

fn layers_of(given: Given<Case>, command: PlanCommand) -> Layers {
    last_layers(&given.when(command).accepted())
}

fn only(layer: Layer) -> Layers {
    Layers::of([layer])
}

#[test]
fn what_concerns_a_child_is_the_childs_and_what_concerns_a_parent_that_household_s() {
    let family = |concerns: &[PersonId]| layers_of(case(), goal(PlanRef::Family, "rust", ILSE, concerns));
    assert_eq!(family(&[MORRIS]), only(Layer::Child(MORRIS)));
    assert_eq!(family(&[ILSE]), only(Layer::Household(A)));
    assert_eq!(family(&[ILSE, MORRIS]), only(Layer::Household(A)), "the narrower of both");
    assert_eq!(family(&[ILSE, ROBERT]), Layers::nobodys(), "they live apart: for who reaches everything");
    let samira = crate::testing::SAMIRA;
    let friend = crate::testing::person(samira, "Gerda", Some("1980-01-01"), crate::people::FamilyRole::NetworkMember);
    let given = case().recorded([Draft::of(friend)]);
    let alone = layers_of(given, goal(PlanRef::Family, "rust", ILSE, &[samira]));
    assert_eq!(alone, only(Layer::Person(samira)), "of whom nobody knows where they live");
}

/// The household layer never crosses, also when it is about a child that lives in both.
#[test]
fn the_plan_of_a_household_stays_in_it_whomever_it_concerns() {
    for concerns in [&[MORRIS][..], &[ILSE], &[ROBERT]] {
        assert_eq!(layers_of(two_plans(), goal(OF_A, "rust", ILSE, concerns)), only(Layer::Household(A)));
    }
    let given = two_plans().when(action(OF_A, Owner::Person(ILSE), None, &[MORRIS])).accepted();
    let id = the_action(&given);
    let given = given.when(offer(OF_A)).accepted();
    assert_eq!(last_layers(&given), only(Layer::Household(A)));
    let ended = PlanCommand::EndAction { action: id, outcome: ActionOutcome::Done, words: None };
    assert_eq!(last_layers(&given.when(ended).accepted()), only(Layer::Household(A)));
}

#[test]
fn what_somebody_said_of_a_version_is_theirs_and_that_it_is_active_everyones() {
    let given = offered();
    assert_eq!(last_layers(&given), Layers::case());
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Refused)).accepted();
    assert_eq!(last_layers(&given), only(Layer::Person(ILSE)));
    assert_eq!(layers_of(given, answer(version, MORRIS, Answer::Endorsed)), only(Layer::Person(MORRIS)));
    assert_eq!(last_layers(&active()), Layers::case());
    let given = two_plans().when(goal(OF_A, "rust", ILSE, &[ILSE])).accepted().when(offer(OF_A)).accepted();
    let version = last(&given, OF_A);
    let given = given.when(answer(version, ILSE, Answer::Refused)).accepted();
    assert_eq!(last_layers(&given), only(Layer::Household(A)), "who coordinates that plan knows");
    assert_eq!(layers_of(given, answer(version, MORRIS, Answer::Endorsed)), only(Layer::Person(MORRIS)));
}

#[test]
fn what_concerns_somebody_protected_leads_to_them() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let leads = |given: Given<Case>, command: PlanCommand| {
        let given = given.when(command).accepted();
        let led = |given: &Given<Case>| {
            let event = &given
                .history()
                .facts()
                .iter()
                .rev()
                .find(|fact| matches!(fact.event, CaseEvent::Plan(_)))
                .unwrap()
                .event;
            Locating::on(given.history(), day("2026-05-04")).leads(event)
        };
        assert!(!led(&given), "nobody is protected yet");
        led(&given.when(protect.clone()).accepted())
    };
    let family = |concerns: &[PersonId]| goal(PlanRef::Family, "rust", ROBERT, concerns);
    assert!(leads(case(), family(&[ILSE])));
    assert!(leads(case(), family(&[MORRIS])), "who lives with her");
    assert!(!leads(case(), family(&[ROBERT])));
    assert!(leads(case(), goal(PlanRef::Family, "rust", ILSE, &[ROBERT])), "in her words");
    assert!(leads(case(), action(PlanRef::Family, Owner::Person(ILSE), None, &[ROBERT])));
    assert!(
        !leads(two_plans(), goal(OF_A, "rust", ILSE, &[ILSE])),
        "in her own layer, where nobody of another side comes"
    );
    let version = last(&offered(), PlanRef::Family);
    assert!(leads(offered(), answer(version, ILSE, Answer::Endorsed)));
    assert!(!leads(offered(), answer(version, ROBERT, Answer::Endorsed)));
}

/// Who works for somebody protected leads to them by an action for somebody else.
#[test]
fn who_works_for_somebody_protected_is_not_shown_beside_an_action_for_another() {
    let given = household(two_plans(), A, crate::divorce::tests::WIM);
    let run = |worker| action(OF_B, Owner::Worker(worker), None, &[ROBERT]);
    let given = given.when(run(crate::divorce::tests::WIM)).accepted().when(run(ANJA)).accepted();
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = given.when(protect).accepted();
    let locating = Locating::on(given.history(), day("2026-05-04"));
    let agreed = given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Plan(_)));
    let found: Vec<_> = agreed.map(|fact| (locating.leads(&fact.event), locating.workers_lead(&fact.event))).collect();
    assert_eq!(found, [(false, true), (false, false)]);
}

/// What parents chose about a plan of their own stands in the household of each of them.
#[test]
fn an_own_plan_is_of_the_households_of_who_makes_it() {
    use crate::ownplan::OwnPlanCommand;
    let of = |parents: &[PersonId]| {
        let given = case().when(OwnPlanCommand::TakeOwnPlan { parents: parents.to_vec(), agreed: None }).accepted();
        let own_plan = given.state().own_plans.taken()[0].id;
        let taken = last_layers(&given);
        let given = given.when(OwnPlanCommand::PresentOwnPlan { own_plan, words: None }).accepted();
        assert_eq!(last_layers(&given), taken);
        taken
    };
    assert_eq!((of(&[ILSE]), of(&[ILSE, ROBERT])), (only(Layer::Household(A)), Layers::nobodys()));
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = case().when(OwnPlanCommand::TakeOwnPlan { parents: vec![ILSE], agreed: None }).accepted();
    let event = given.history().facts().last().unwrap().event.clone();
    let given = given.when(protect).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&event));
}
