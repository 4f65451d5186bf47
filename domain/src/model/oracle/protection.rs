//! Protection (`privacy.md`): what locates somebody protected leads to them, until two workers lifted it.

use std::collections::{BTreeMap, BTreeSet};

use super::After;
use crate::case::CaseEvent;
use crate::consent::ConsentEvent;
use crate::decider::DomainEvent as _;
use crate::fact::Fact;
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, HouseholdId, PersonId};
use crate::protection::{Locating, ProtectionEvent};
use crate::regie::RegieEvent;
use crate::representation::RepresentationEvent;
use crate::time::CivilDay;

/// Who is protected, since when, and which households were named.
type Guarded = BTreeMap<PersonId, (CivilDay, BTreeSet<HouseholdId>)>;

fn guarded(after: &After<'_>) -> Guarded {
    let mut guarded = Guarded::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Protection(ProtectionEvent::LocatingDataProtected { person, households, .. }) => {
                let since = || (fact.occurred.day(), BTreeSet::new());
                guarded.entry(*person).or_insert_with(since).1.extend(households);
            }
            CaseEvent::Protection(ProtectionEvent::ProtectionLifted { person }) => {
                guarded.remove(person);
            }
            _ => {}
        }
    }
    guarded
}

/// What leads to somebody protected: what was named, where they lived when it was set, and where they were told to live since; whatever
/// was said of that later. In a history that was corrected the oracle knows of what was named alone.
fn covered(after: &After<'_>, guarded: &Guarded) -> BTreeSet<HouseholdId> {
    let named = guarded.values().flat_map(|(_, named)| named).copied();
    if after.was_corrected() {
        return named.collect();
    }
    let mut homes = BTreeSet::new();
    let mut lived: BTreeMap<PersonId, (CivilDay, BTreeSet<HouseholdId>)> = BTreeMap::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Households(HouseholdEvent::MembershipRecorded { household, person, until, .. }) => {
                // What a stay that ends leaves of an earlier one the oracle does not say.
                let open = until.is_none();
                let _ = if open { homes.insert((*person, *household)) } else { homes.remove(&(*person, *household)) };
                if let Some((since, there)) = lived.get_mut(person)
                    && until.is_none_or(|until| until >= *since)
                {
                    there.insert(*household);
                }
            }
            CaseEvent::Households(HouseholdEvent::MembershipEnded { household, person, .. }) => {
                homes.remove(&(*person, *household));
            }
            CaseEvent::Protection(ProtectionEvent::LocatingDataProtected { person, .. }) => {
                let (_, there) = lived.entry(*person).or_insert_with(|| (fact.occurred.day(), BTreeSet::new()));
                there.extend(homes.iter().filter(|(who, _)| who == person).map(|(_, household)| *household));
            }
            CaseEvent::Protection(ProtectionEvent::ProtectionLifted { person }) => {
                lived.remove(person);
            }
            _ => {}
        }
    }
    named.chain(lived.into_values().flat_map(|(_, there)| there)).collect()
}

pub(super) fn covered_until_two_lift_it(after: &After<'_>, new: &[Fact<CaseEvent>]) {
    let guarded = guarded(after);
    let protected: Vec<_> = after.state().protection.protected_persons().collect();
    assert_eq!(protected, guarded.keys().copied().collect::<Vec<_>>(), "who is protected");
    lifted_by_two(after, new);
    if guarded.is_empty() {
        return;
    }
    let covered = covered(after, &guarded);
    let locating = Locating::on(&after.world.history, after.today());
    assert!(covered.is_subset(locating.households()), "a household is uncovered");
    let about = about(after);
    for fact in after.world.history.facts() {
        // Nobody marked what is written there.
        if matches!(fact.event, CaseEvent::Life(_) | CaseEvent::Consent(_) | CaseEvent::Correction(_)) {
            assert!(locating.words_lead(&fact.event), "the words of {}", fact.event.info().name);
        }
        if locates(&fact.event, &guarded, &covered, &about) {
            let name = fact.event.info().name;
            assert!(locating.leads(&fact.event), "{name} leads to somebody protected");
            assert!(locating.words_lead(&fact.event), "so do the words of {name}");
            assert!(locating.workers_lead(&fact.event), "and the workers of {name}");
        }
    }
}

/// About whom each consent was told.
fn about(after: &After<'_>) -> BTreeMap<ConsentId, PersonId> {
    let told = after.world.all.iter().filter_map(|fact| match &fact.event {
        CaseEvent::Consent(ConsentEvent::ConsentGranted { consent, subject, .. }) => Some((*consent, *subject)),
        _ => None,
    });
    told.collect()
}

/// Address, household, who helps, who represents, whereabouts; and what may say anything at all of where somebody is.
fn locates(
    event: &CaseEvent,
    guarded: &Guarded,
    covered: &BTreeSet<HouseholdId>,
    about: &BTreeMap<ConsentId, PersonId>,
) -> bool {
    match event {
        CaseEvent::Households(
            HouseholdEvent::AddressRecorded { household, .. }
            | HouseholdEvent::MembershipRecorded { household, .. }
            | HouseholdEvent::MembershipEnded { household, .. },
        ) => covered.contains(household),
        CaseEvent::Protection(ProtectionEvent::LocatingDataProtected { person, .. })
        | CaseEvent::Representation(
            RepresentationEvent::RepresentativeNamed { person, .. }
            | RepresentationEvent::RepresentativeEnded { person, .. },
        ) => guarded.contains_key(person),
        CaseEvent::Regie(RegieEvent::PartyJoined { consents, .. }) => {
            consents.iter().any(|consent| about.get(consent).is_none_or(|person| guarded.contains_key(person)))
        }
        CaseEvent::Contact(crate::contact::ContactEvent::ContactRecorded { with, about, .. }) => {
            with.iter().chain(about).any(|person| guarded.contains_key(person))
        }
        CaseEvent::Crisis(_)
        | CaseEvent::CrisisPlan(_)
        | CaseEvent::Voice(_)
        | CaseEvent::School(_)
        | CaseEvent::Conference(_)
        | CaseEvent::Reference(_)
        | CaseEvent::Assessment(_)
        | CaseEvent::Safety(_) => true,
        _ => false,
    }
}

/// Each lifting follows on a proposal by another worker, since the person was protected last.
fn lifted_by_two(after: &After<'_>, new: &[Fact<CaseEvent>]) {
    for lifted in new {
        let CaseEvent::Protection(ProtectionEvent::ProtectionLifted { person }) = &lifted.event else { continue };
        let mut earlier = after.facts().rev().filter(|fact| fact.revision < lifted.revision);
        let last = earlier.find(|fact| match &fact.event {
            CaseEvent::Protection(event) => event.subjects().contains(&crate::ids::Subject::Person(*person)),
            _ => false,
        });
        let last = last.expect("nobody was protected");
        assert!(
            matches!(last.event, CaseEvent::Protection(ProtectionEvent::LiftingProposed { .. })),
            "nobody proposed it"
        );
        assert_ne!(last.actor.worker, lifted.actor.worker, "lifted by one");
    }
}
