//! Layers (`privacy.md`, "Three layers"), by a naive oracle: whose a fact is follows from the fact alone, and a reader is a set of layers.

use std::collections::BTreeMap;

use super::After;
use crate::case::CaseEvent;
use crate::conflict::ConflictEvent;
use crate::decider::DomainEvent as _;
use crate::divorce::{DivorceEvent, EpisodeEvent, Held, Place, TopologyEvent};
use crate::fact::Fact;
use crate::households::HouseholdEvent;
use crate::ids::{HouseholdId, PersonId};
use crate::layers::{Layer, LayersOf, stands_in_child_layer};
use crate::plan::{Item, PlanEvent, PlanRef};
use crate::service::ServiceEvent;

/// Whose a fact certainly is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Whose {
    /// Of this household: nobody of another one.
    House(HouseholdId),
    /// This grown-up's own: only who reaches them.
    Own(PersonId),
    /// About this child: both households' workers.
    Child(PersonId),
    /// The oracle does not say.
    Unsaid,
}

/// What somebody reaches who works for one household: the case, every child, that household; of persons only those who are asked for.
fn works_for(household: HouseholdId, layer: Layer) -> bool {
    match layer {
        Layer::Case | Layer::Child(_) => true,
        Layer::Household(other) | Layer::Whereabouts(other) => household == other,
        Layer::Person(_) | Layer::Review(_) | Layer::Share(_) => false,
    }
}

/// Everything but what is personal of one: what everybody else's helpers reach together.
fn works_for_others(person: PersonId, layer: Layer) -> bool {
    match layer {
        // The layer of nobody is for who directs.
        Layer::Person(other) => other != person && other != PersonId::from_uuid(uuid::Uuid::nil()),
        Layer::Review(_) | Layer::Share(_) => false,
        _ => true,
    }
}

pub(super) fn nothing_crosses(after: &After<'_>, facts: &[Fact<CaseEvent>]) {
    let ages = after.world.terms().consent_ages;
    let layers = LayersOf::on(&after.world.history, after.today(), ages);
    let homes = homes(after);
    let houses: Vec<_> = after.state().households.iter().map(|known| known.id).collect();
    for fact in facts.iter().filter(|fact| after.world.history.fact(fact.id).is_some()) {
        let (stands, name) = (layers.of_fact(fact), fact.event.info().name);
        assert!(stands.iter().next().is_some(), "{name} stands nowhere");
        let read_in = |household: HouseholdId| stands.reached_by(|layer| works_for(household, layer));
        match whose(after, &homes, &fact.event) {
            Whose::House(own) => {
                assert!(read_in(own), "{name} is not read in its own household");
                for other in houses.iter().filter(|other| **other != own) {
                    assert!(!read_in(*other), "{name} of one household is read in another");
                }
            }
            Whose::Own(person) => {
                assert!(
                    !stands.reached_by(|layer| works_for_others(person, layer)),
                    "{name} of {person} is read by others"
                );
                assert!(
                    stands.reached_by(|layer| layer == Layer::Person(person)),
                    "{name} is not for who helps {person}"
                );
            }
            Whose::Child(child) => {
                assert!(houses.iter().all(|house| read_in(*house)), "{name} of {child} is not read in both households");
            }
            Whose::Unsaid => {}
        }
    }
}

/// In which plans each item ever was, in order, as told: where it was agreed, and where it went when the plans went apart or together.
type Homes = BTreeMap<Item, Vec<PlanRef>>;

fn homes(after: &After<'_>) -> Homes {
    let mut homes: Homes = BTreeMap::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Plan(PlanEvent::GoalProposed { plan, goal, .. }) => {
                homes.insert(Item::Goal(*goal), vec![*plan]);
            }
            CaseEvent::Plan(PlanEvent::ActionAgreed { plan, action, .. }) => {
                homes.insert(Item::Action(*action), vec![*plan]);
            }
            CaseEvent::Divorce(DivorceEvent::Topology(
                TopologyEvent::PlanSplitPerHousehold { assignment, .. } | TopologyEvent::PlansJoined { assignment, .. },
            )) => {
                for given in assignment {
                    let item = match given.item {
                        Held::Goal(goal) => Item::Goal(goal),
                        Held::Action(action) => Item::Action(action),
                        Held::Agreement(_) => continue,
                    };
                    let to = match given.to {
                        Place::Household(household) => PlanRef::Household(household),
                        Place::Child => PlanRef::Child,
                        Place::Agreement(agreement) => PlanRef::Agreement(agreement),
                        Place::Family => PlanRef::Family,
                        Place::Closed => continue,
                    };
                    homes.entry(item).or_default().push(to);
                }
            }
            _ => {}
        }
    }
    homes
}

/// What was, and last is, of one household and never of another is of that household.
fn of_item(homes: &Homes, item: Item) -> Whose {
    let Some(places) = homes.get(&item) else { return Whose::Unsaid };
    match places.as_slice() {
        [PlanRef::Household(own)] | [PlanRef::Family, PlanRef::Household(own)] => Whose::House(*own),
        _ => Whose::Unsaid,
    }
}

fn of_person(after: &After<'_>, person: PersonId) -> Whose {
    let ages = after.world.terms().consent_ages;
    if stands_in_child_layer(after.state(), person, after.today(), ages) {
        Whose::Child(person)
    } else {
        Whose::Own(person)
    }
}

/// What one said or is told about one alone: of a child too in no layer that crosses.
fn whose(after: &After<'_>, homes: &Homes, event: &CaseEvent) -> Whose {
    match event {
        CaseEvent::Households(HouseholdEvent::AddressRecorded { household, .. }) => Whose::House(*household),
        CaseEvent::Households(
            HouseholdEvent::MembershipRecorded { household, person, .. }
            | HouseholdEvent::MembershipEnded { household, person, .. },
        ) => match of_person(after, *person) {
            Whose::Own(_) => Whose::House(*household),
            child => child,
        },
        CaseEvent::Plan(event) => of_plan(homes, event),
        CaseEvent::Divorce(
            DivorceEvent::Topology(
                TopologyEvent::VisionShared { person, .. }
                | TopologyEvent::TwoPlansAnswered { person, .. }
                | TopologyEvent::TwoPlansWished { person, .. },
            )
            | DivorceEvent::Episode(
                EpisodeEvent::ParentStrainNamed { person, .. }
                | EpisodeEvent::ComplexDivorceAcknowledged { person, .. },
            ),
        )
        | CaseEvent::Conflict(
            ConflictEvent::ParentingFormAssessed { person, .. }
            | ConflictEvent::ConflictEnergyReported { person, .. }
            | ConflictEvent::CalmPeriodReported { person, .. },
        )
        | CaseEvent::Service(ServiceEvent::FamilyWishTold { person, .. }) => Whose::Own(*person),
        CaseEvent::Conflict(
            ConflictEvent::GlaslStageAssessed { person, .. } | ConflictEvent::NetworkEffectAssessed { person, .. },
        )
        | CaseEvent::Service(ServiceEvent::ServiceStepTaken { person, .. }) => of_person(after, *person),
        CaseEvent::Consent(
            crate::consent::ConsentEvent::ConsentGranted { subject, .. }
            | crate::consent::ConsentEvent::ConsentRefused { subject, .. },
        ) => of_person(after, *subject),
        _ => Whose::Unsaid,
    }
}

fn of_plan(homes: &Homes, event: &PlanEvent) -> Whose {
    match event {
        PlanEvent::GoalProposed { goal, .. }
        | PlanEvent::GoalReworded { goal, .. }
        | PlanEvent::GoalReached { goal, .. }
        | PlanEvent::GoalWithdrawn { goal, .. }
        | PlanEvent::GoalResumed { goal, .. }
        | PlanEvent::GoalSubjectChosen { goal, .. } => of_item(homes, Item::Goal(*goal)),
        PlanEvent::ActionAgreed { action, .. }
        | PlanEvent::ActionOwned { action, .. }
        | PlanEvent::ActionMoved { action, .. }
        | PlanEvent::ActionEnded { action, .. } => of_item(homes, Item::Action(*action)),
        PlanEvent::PlanOffered { plan: PlanRef::Household(household), .. }
        | PlanEvent::PlanEvaluated { plan: PlanRef::Household(household), .. } => Whose::House(*household),
        _ => Whose::Unsaid,
    }
}
