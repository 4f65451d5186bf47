//! Which facts lead to somebody whose locating data are protected, and which are about such a person at all. Both are asked of today's
//! protection, whatever day is looked at.

use std::collections::BTreeSet;

use super::ProtectionEvent;
use super::state::{housemates_from, lived_from};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::ConsentEvent;
use crate::correction::CorrectionEvent;
use crate::crisis::CrisisEvent;
use crate::decider::{DomainEvent as _, History};
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent, TopologyEvent};
use crate::emergency::EmergencyEvent;
use crate::exclusion::ExclusionEvent;
use crate::households::{HouseholdEvent, gives_away};
use crate::ids::{ConsentId, EventId, HouseholdId, PersonId, Subject, WorkerId};
use crate::life::LifeEvent;
use crate::personal::Personal;
use crate::regie::{Agreed, RegieEvent};
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::sharing::SharingEvent;
use crate::text::Line;
use crate::time::CivilDay;

/// What must not be located in a case.
#[derive(Clone, Debug)]
pub struct Locating<'a> {
    now: &'a CaseState,
    /// What is read: a fact that speaks of an earlier one leads where that leads.
    history: &'a History<Case>,
    households: BTreeSet<HouseholdId>,
    /// Everyone protected, and who lives with them: `privacy.md` counts what leads to parent *and* child.
    people: BTreeSet<PersonId>,
}

impl<'a> Locating<'a> {
    /// By the protection of now, for a reader of this day or a later one.
    #[must_use]
    pub fn on(history: &'a History<Case>, day: CivilDay) -> Self {
        let now = history.state();
        Self { now, history, households: protected_households_from(now, day), people: people_from(now, now, day) }
    }

    /// The same for whoever looks back: where a protected person lived by the record of then counts as well.
    #[must_use]
    pub fn looking_back(now: &'a CaseState, then: &'a History<Case>, day: CivilDay) -> Self {
        let mut households = protected_households_from(now, day);
        let persons = now.protection.protected_persons();
        households.extend(persons.flat_map(|person| lived_from(&then.state().households, person, day)));
        let mut people = people_from(now, now, day);
        people.extend(people_from(now, then.state(), day));
        Self { now, history: then, households, people }
    }

    /// The households that lead to somebody protected.
    #[must_use]
    pub const fn households(&self) -> &BTreeSet<HouseholdId> {
        &self.households
    }

    /// Whether this fact leads to somebody protected: where they live and with whom, which professionals came in about them, and what
    /// is said of such a fact later: why it was corrected, struck out or told to others.
    #[must_use]
    pub fn leads(&self, event: &CaseEvent) -> bool {
        if !self.anybody() {
            return false;
        }
        let whole = self.history.facts().len();
        self.speaks_of(event, whole, &|said| self.leads_alone(said))
            || (target_of(event).is_some() && self.speaks_of(event, whole, &|said| self.is_stay_of_protected(said)))
    }

    /// Whether the professionals named in this event lead to somebody protected: `privacy.md` counts workers' names as locating.
    #[must_use]
    pub fn workers_lead(&self, event: &CaseEvent) -> bool {
        match event {
            CaseEvent::Consent(
                ConsentEvent::ConsentGranted { subject, .. } | ConsentEvent::ConsentAsked { subject, .. },
            ) => self.people.contains(subject),
            CaseEvent::Regie(RegieEvent::DirectorAssigned { agreed, .. }) => agreed.iter().any(|agreed| match agreed {
                Agreed::Worker(worker) => self.came_in(*worker).any(|consents| self.about_hidden(consents)),
                Agreed::Person(_) => false,
            }),
            event => self.leads(event),
        }
    }

    /// Whether it leads to somebody protected that this worker recorded something: who coordinates for them, came in about them or
    /// represents them. Who directs or stands in shows anyway.
    #[must_use]
    pub fn author_leads(&self, author: WorkerId) -> bool {
        let regie = &self.now.regie;
        let shows = regie.directorships().iter().any(|held| held.worker == author)
            || regie.deputyships().iter().any(|held| held.worker == author);
        self.anybody() && !shows && self.works_for_hidden(author)
    }

    fn works_for_hidden(&self, worker: WorkerId) -> bool {
        let coordinators = self.now.divorce.coordinators().iter();
        let mut coordinates = coordinators.filter(|one| one.worker == worker).map(|one| one.household);
        let mut represents = self.now.representation.through_time().map(|(held, _)| *held);
        coordinates.any(|household| self.households.contains(&household))
            || self.came_in(worker).any(|consents| self.about_hidden(consents))
            || represents.any(|(person, who)| who == worker && self.people.contains(&person))
    }

    /// Whether this fact is about somebody protected, or a household that leads to them, in any way.
    #[must_use]
    pub fn concerns(&self, event: &CaseEvent) -> bool {
        let whole = self.history.facts().len();
        self.anybody() && (self.leads(event) || self.speaks_of(event, whole, &|said| self.concerns_alone(said)))
    }

    fn anybody(&self) -> bool {
        self.now.protection.protected_persons().next().is_some()
    }

    /// Whether this holds for the event, for what it puts in the place of another, or for the fact it points at and what that one
    /// speaks of in turn. What it points at was recorded before this place; what is not there may be anything.
    fn speaks_of(&self, event: &CaseEvent, before: usize, holds: &dyn Fn(&CaseEvent) -> bool) -> bool {
        if holds(event) {
            return true;
        }
        let instead = match event {
            CaseEvent::Correction(CorrectionEvent::FactCorrected { replacement, .. }) => replacement.as_ref(),
            _ => None,
        };
        let earlier = |target: EventId| {
            let facts = self.history.facts().get(..before).unwrap_or_default();
            let place = facts.iter().rposition(|fact| fact.id == target);
            let fact = place.and_then(|place| Some((place, facts.get(place)?)));
            fact.is_none_or(|(place, fact)| self.speaks_of(&fact.event, place, holds))
        };
        instead.is_some_and(|instead| self.speaks_of(&instead.0, before, holds))
            || target_of(event).is_some_and(earlier)
    }

    /// Whether this event leads by what it says itself. Every event is named: a new one does not compile until somebody has thought
    /// about it.
    fn leads_alone(&self, event: &CaseEvent) -> bool {
        match event {
            CaseEvent::Households(
                HouseholdEvent::AddressRecorded { household, .. }
                | HouseholdEvent::MembershipRecorded { household, .. }
                | HouseholdEvent::MembershipEnded { household, .. },
            ) => self.households.contains(household),
            CaseEvent::Households(
                HouseholdEvent::HouseholdFormed { household, label, .. }
                | HouseholdEvent::HouseholdRelabelled { household, label },
            ) => self.households.contains(household) && self.label_leads(*household, label),
            CaseEvent::Regie(event) => self.regie_leads(event),
            CaseEvent::Divorce(event) => self.divorce_leads(event),
            CaseEvent::Sharing(event) => self.sharing_leads(event),
            CaseEvent::Protection(ProtectionEvent::LocatingDataProtected { person, .. }) => {
                self.now.protection.is_protected(*person)
            }
            CaseEvent::Protection(
                ProtectionEvent::LiftingProposed { .. } | ProtectionEvent::ProtectionLifted { .. },
            )
            | CaseEvent::Life(_)
            | CaseEvent::Consent(_)
            | CaseEvent::People(_)
            | CaseEvent::Correction(_)
            | CaseEvent::Emergency(EmergencyEvent::EmergencyAccessEnded { .. }) => false,
            CaseEvent::Representation(
                RepresentationEvent::RepresentativeNamed { person, .. }
                | RepresentationEvent::RepresentativeEnded { person, .. },
            ) => self.people.contains(person),
            CaseEvent::Ruling(event) => self.ruling_leads(event),
            // Why somebody is kept out (a neighbour, family), and what is written in or for an emergency, may tell where somebody is;
            // nobody can say of whom. A crisis card of one child may hold the number of somebody protected who lives elsewhere.
            CaseEvent::Exclusion(ExclusionEvent::WorkerExcluded { .. } | ExclusionEvent::ExclusionLifted { .. })
            | CaseEvent::Emergency(
                EmergencyEvent::EmergencyAccessOpened { .. } | EmergencyEvent::EmergencyAccessReviewed { .. },
            )
            | CaseEvent::Crisis(CrisisEvent::CrisisCardWritten { .. }) => true,
        }
    }

    fn regie_leads(&self, event: &RegieEvent) -> bool {
        match event {
            RegieEvent::PartyJoined { consents, .. } => self.about_hidden(consents),
            RegieEvent::PartyLeft { worker, .. }
            | RegieEvent::ContributionStated { worker, .. }
            | RegieEvent::ExpectedEndChanged { worker, .. } => {
                let mut came_in = self.came_in(*worker).peekable();
                came_in.peek().is_none() || came_in.any(|consents| self.about_hidden(consents))
            }
            // Who directs is the one fact of regie that must show, or nobody can be called (rule 2; decision 0004).
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

    /// Who coordinates the plan of a household leads where that household does, and who advises about somebody where that person does. A
    /// duo speaks with both parents, so no consent says about whom: while anybody is protected it may lead to them. That there are two
    /// plans says of no household where it is.
    fn divorce_leads(&self, event: &DivorceEvent) -> bool {
        match event {
            DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { .. }) => false,
            DivorceEvent::Coordinators(
                CoordinatorEvent::PlanCoordinatorAppointed { household, .. }
                | CoordinatorEvent::PlanCoordinatorEnded { household, .. },
            ) => self.households.contains(household),
            DivorceEvent::Sat(SatEvent::SatRequested { scope, .. }) => self.any_hidden(scope),
            DivorceEvent::Sat(event @ (SatEvent::SatAccepted { .. } | SatEvent::SatEnded { .. })) => {
                let review = self.now.divorce.sat_review(event.review());
                review.is_none_or(|review| self.any_hidden(&review.scope))
            }
            DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. } | DonsEvent::DonsEnded { .. }) => true,
        }
    }

    /// Who receives something about somebody leads to them: a school above all.
    fn sharing_leads(&self, event: &SharingEvent) -> bool {
        match event {
            SharingEvent::ShareAccepted { subjects, .. } => self.any_hidden(subjects),
            SharingEvent::ShareWithdrawn { share, .. } => {
                let share = self.now.sharing.get(*share);
                share.is_none_or(|share| self.any_hidden(&share.subjects))
            }
        }
    }

    /// A ruling says where a child lives, where it is handed over or where somebody may not come: of somebody hidden that leads to them,
    /// whether they are the one it is about or another it names.
    fn ruling_leads(&self, event: &RulingEvent) -> bool {
        let ruling = match event {
            RulingEvent::RulingRecorded { person, others, .. } => {
                return self.any_hidden(&[*person]) || self.any_hidden(others);
            }
            RulingEvent::RulingDatesRecorded { ruling, .. } | RulingEvent::RulingEnded { ruling, .. } => ruling,
        };
        let ruling = self.now.rulings.get(*ruling);
        ruling.is_none_or(|ruling| self.any_hidden(&[ruling.person]) || self.any_hidden(&ruling.others))
    }

    fn any_hidden(&self, persons: &[PersonId]) -> bool {
        persons.iter().any(|person| self.people.contains(person))
    }

    /// A label is neutral and leads to nobody, unless an address that was told later shows that it gives the place away. Asked of every
    /// address of the household, also one that holds no longer; one that cannot be read may hold any word.
    fn label_leads(&self, household: HouseholdId, label: &Personal<Line>) -> bool {
        let told = self.history.facts().iter().filter_map(|fact| match &fact.event {
            CaseEvent::Households(HouseholdEvent::AddressRecorded { household: of, address, .. })
                if *of == household =>
            {
                Some(address)
            }
            _ => None,
        });
        let known = self.now.households.household(household).map(|known| known.address.entries()).unwrap_or_default();
        let mut addresses = known.iter().map(|entry| &entry.value.0).chain(told);
        addresses.any(|address| address.known().is_none_or(|address| gives_away(label, address)))
    }

    /// Whether this says where somebody protected lived, in whichever household. What is said of it later may say where instead.
    fn is_stay_of_protected(&self, event: &CaseEvent) -> bool {
        match event {
            CaseEvent::Households(
                HouseholdEvent::MembershipRecorded { person, .. } | HouseholdEvent::MembershipEnded { person, .. },
            ) => self.now.protection.is_protected(*person),
            _ => false,
        }
    }

    fn concerns_alone(&self, event: &CaseEvent) -> bool {
        let protected = |person: &PersonId| self.now.protection.is_protected(*person);
        let about = |subject: &Subject| match subject {
            Subject::Person(person) => protected(person),
            Subject::Household(household) => self.households.contains(household),
            _ => false,
        };
        let withdrawn = match event {
            // The consent itself says about whom; one that was struck out does not.
            CaseEvent::Consent(ConsentEvent::ConsentWithdrawn { consent, .. }) => {
                let consent = self.now.consents.get(*consent);
                consent.is_none_or(|consent| [consent.giver, consent.subject].iter().any(protected))
            }
            _ => false,
        };
        withdrawn || event.subjects().iter().any(about)
    }

    /// Whether who came in under these consents came in about somebody hidden. Without any, or under one that was struck out, nobody
    /// can say about whom: then they may lead to somebody.
    fn about_hidden(&self, consents: &[ConsentId]) -> bool {
        let hidden = |id: &ConsentId| {
            let consent = self.now.consents.get(*id);
            consent.is_none_or(|consent| self.people.contains(&consent.subject))
        };
        self.anybody() && (consents.is_empty() || consents.iter().any(hidden))
    }

    /// Under which consents this worker came in, each time, also where that was struck out.
    fn came_in(&self, worker: WorkerId) -> impl Iterator<Item = &[ConsentId]> {
        let told = self.history.facts().iter().filter_map(move |fact| match &fact.event {
            CaseEvent::Regie(RegieEvent::PartyJoined { worker: who, consents, .. }) if *who == worker => {
                Some(consents.as_slice())
            }
            _ => None,
        });
        let parties = self.now.regie.parties().iter().filter(move |party| party.worker == worker);
        parties.map(|party| party.consents.as_slice()).chain(told)
    }
}

/// The earlier fact that an event says something of.
const fn target_of(event: &CaseEvent) -> Option<EventId> {
    match event {
        CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. })
        | CaseEvent::Life(LifeEvent::AudienceChanged { target, .. }) => Some(*target),
        _ => None,
    }
}

/// The households that must not be located when a day is looked at: those covered on whatever day
/// ([`super::Protection::protected_households`]), and those where somebody protected lives on that day or later. Looking at an earlier
/// day may not show the way to where they went since. Pass the state of *now*: an earlier state does not know a protection that was set
/// later.
#[must_use]
pub fn protected_households_from(state: &CaseState, day: CivilDay) -> BTreeSet<HouseholdId> {
    let mut households = state.protection.protected_households();
    let persons = state.protection.protected_persons();
    households.extend(persons.flat_map(|person| lived_from(&state.households, person, day)));
    households
}

/// Everyone whose helpers lead to somebody protected: those people, and who lives with them on this day or later or did since
/// protection began. Protection is that of now; who lives where is as told in the other state.
fn people_from(now: &CaseState, told: &CaseState, day: CivilDay) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    for (person, guard) in now.protection.guards() {
        people.insert(person);
        people.extend(&guard.housemates);
        people.extend(housemates_from(&told.households, person, &guard.households, day));
    }
    people
}

/// Whether somebody would come to know a fact about a protected person whom today's audience keeps out. One worker may not undo
/// protection by showing what it hides.
#[must_use]
pub fn is_shown_wider(before: &History<Case>, after: &History<Case>, day: CivilDay) -> bool {
    let (now, then) = (&before.state().life, &after.state().life);
    let locating = Locating::on(before, day);
    let about = before.facts().iter().filter(|fact| locating.concerns(&fact.event));
    about.into_iter().any(|fact| !then.audience_of(fact).is_within(now.audience_of(fact)))
}
