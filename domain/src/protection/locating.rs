//! Which facts lead to somebody whose locating data are protected, and which are about such a person at all. Both are asked of today's
//! protection, whatever day is looked at.

use std::collections::BTreeSet;

use super::ProtectionEvent;
use crate::case::{CaseEvent, CaseState};
use crate::consent::ConsentEvent;
use crate::correction::CorrectionEvent;
use crate::decider::{DomainEvent as _, History};
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, HouseholdId, PersonId, Subject, WorkerId};
use crate::regie::RegieEvent;
use crate::time::CivilDay;

/// What must not be located in a case.
#[derive(Clone, Debug)]
pub struct Locating<'a> {
    now: &'a CaseState,
    households: BTreeSet<HouseholdId>,
}

impl<'a> Locating<'a> {
    /// By the protection of `now`, for a reader of this day or a later one.
    #[must_use]
    pub fn on(now: &'a CaseState, day: CivilDay) -> Self {
        Self { now, households: protected_households_from(now, day) }
    }

    /// The same for whoever looks back: where a protected person lived by the record of then counts as well.
    #[must_use]
    pub fn looking_back(now: &'a CaseState, then: &CaseState, day: CivilDay) -> Self {
        let mut households = protected_households_from(now, day);
        let persons = now.protection.protected_persons();
        households.extend(persons.flat_map(|person| lived_from(then, person, day)));
        Self { now, households }
    }

    /// The households that lead to somebody protected.
    #[must_use]
    pub const fn households(&self) -> &BTreeSet<HouseholdId> {
        &self.households
    }

    /// Whether this fact leads to somebody protected: where they live and with whom, and which professionals came in about them. A
    /// label is neutral and leads to nobody. Every event is named: a new one does not compile until somebody has thought about it.
    #[must_use]
    pub fn leads(&self, event: &CaseEvent) -> bool {
        match event {
            CaseEvent::Households(
                HouseholdEvent::AddressRecorded { household, .. }
                | HouseholdEvent::MembershipRecorded { household, .. }
                | HouseholdEvent::MembershipEnded { household, .. },
            ) => self.households.contains(household),
            CaseEvent::Regie(event) => self.regie_leads(event),
            CaseEvent::Protection(ProtectionEvent::LocatingDataProtected { person, .. }) => {
                self.now.protection.is_protected(*person)
            }
            CaseEvent::Correction(CorrectionEvent::FactCorrected { replacement, .. }) => {
                replacement.as_ref().is_some_and(|replacement| self.leads(&replacement.0))
            }
            CaseEvent::Households(
                HouseholdEvent::HouseholdFormed { .. } | HouseholdEvent::HouseholdRelabelled { .. },
            )
            | CaseEvent::Protection(
                ProtectionEvent::LiftingProposed { .. } | ProtectionEvent::ProtectionLifted { .. },
            )
            | CaseEvent::Life(_)
            | CaseEvent::Consent(_)
            | CaseEvent::People(_) => false,
        }
    }

    fn regie_leads(&self, event: &RegieEvent) -> bool {
        match event {
            RegieEvent::PartyJoined { consents, .. } => self.about_protected(consents),
            RegieEvent::PartyLeft { worker, .. }
            | RegieEvent::ContributionStated { worker, .. }
            | RegieEvent::ExpectedEndChanged { worker, .. } => self.came_in_about_protected(*worker),
            // Who directs is the one fact of regie that must show, or nobody can be called (rule 2).
            RegieEvent::DirectorAssigned { .. }
            | RegieEvent::DirectorEnded { .. }
            | RegieEvent::RegieHandedBack { .. }
            | RegieEvent::DeputyAppointed { .. }
            | RegieEvent::DeputyEnded { .. }
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::HandoverEnded { .. } => false,
        }
    }

    /// Whether the professionals named in this event lead to somebody protected: `privacy.md` counts workers' names as locating.
    #[must_use]
    pub fn workers_lead(&self, event: &CaseEvent) -> bool {
        match event {
            CaseEvent::Consent(ConsentEvent::ConsentGranted { subject, .. }) => {
                self.now.protection.is_protected(*subject)
            }
            event => self.leads(event),
        }
    }

    /// Whether this fact is about somebody protected, or a household that leads to them, in any way.
    #[must_use]
    pub fn concerns(&self, event: &CaseEvent) -> bool {
        let about = |subject: &Subject| match subject {
            Subject::Person(person) => self.now.protection.is_protected(*person),
            Subject::Household(household) => self.households.contains(household),
            _ => false,
        };
        let withdrawn = match event {
            // The consent itself says about whom.
            CaseEvent::Consent(ConsentEvent::ConsentWithdrawn { consent, .. }) => {
                self.now.consents.get(*consent).is_some_and(|consent| {
                    [consent.giver, consent.subject].iter().any(|person| self.now.protection.is_protected(*person))
                })
            }
            _ => false,
        };
        withdrawn || self.leads(event) || event.subjects().iter().any(about)
    }

    fn about_protected(&self, consents: &[ConsentId]) -> bool {
        let about = |id: &ConsentId| {
            let subject = self.now.consents.get(*id).map(|consent| consent.subject);
            subject.is_some_and(|subject| self.now.protection.is_protected(subject))
        };
        consents.iter().any(about)
    }

    fn came_in_about_protected(&self, worker: WorkerId) -> bool {
        let parties = self.now.regie.parties().iter().filter(|party| party.worker == worker);
        parties.into_iter().any(|party| self.about_protected(&party.consents))
    }
}

/// The households that must not be located when a day is looked at: those named, and those where somebody protected lives on that day
/// or later. Looking at an earlier day may not show the way to where they went since. Pass the state of *now*: an earlier state does
/// not know a protection that was set later.
#[must_use]
pub fn protected_households_from(state: &CaseState, day: CivilDay) -> BTreeSet<HouseholdId> {
    let lived = |person| lived_from(state, person, day);
    let mut households = state.protection.protected_households();
    households.extend(state.protection.protected_persons().flat_map(lived));
    households
}

fn lived_from(state: &CaseState, person: PersonId, day: CivilDay) -> Vec<HouseholdId> {
    let lives = |known: &&crate::households::Household| {
        let days = known.members.get(&person).map(crate::timeline::Timeline::entries).unwrap_or_default();
        days.iter().any(|entry| entry.until.is_none_or(|until| until >= day))
    };
    state.households.iter().filter(lives).map(|known| known.id).collect()
}

/// Whether somebody would come to know a fact about a protected person whom today's audience keeps out. One worker may not undo
/// protection by showing what it hides.
#[must_use]
pub fn is_shown_wider(before: &History<crate::case::Case>, after: &History<crate::case::Case>, day: CivilDay) -> bool {
    let (now, then) = (&before.state().life, &after.state().life);
    let locating = Locating::on(before.state(), day);
    let about = before.facts().iter().filter(|fact| locating.concerns(&fact.event));
    about.into_iter().any(|fact| !then.audience_of(fact).is_within(now.audience_of(fact)))
}
