//! Which layers each fact of a case stands in. Asked by what is known today, whatever day is looked at: rights are always those of now.

mod assessed;
mod divorce;
mod each;
mod help;
mod plans;
mod safety;
mod said;
mod together;

use std::collections::HashMap;

use super::{Layer, Layers};
use crate::alert::AlertEvent;
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::ConsentEvent;
use crate::correction::CorrectionEvent;
use crate::crisis::CrisisEvent;
use crate::decider::History;
use crate::emergency::EmergencyEvent;
use crate::exclusion::ExclusionEvent;
use crate::fact::{Audience, Fact};
use crate::households::HouseholdEvent;
use crate::ids::RulingId;
use crate::ids::{ConsentId, EventId, HouseholdId, PersonId, ShareId, WorkerId};
use crate::life::LifeEvent;
use crate::people::{FamilyRole, PeopleEvent, Person};
use crate::protection::ProtectionEvent;
use crate::regie::{Agreed, RegieEvent};
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::sharing::SharingEvent;
use crate::terms::ConsentAges;
use crate::time::CivilDay;

/// Which layers the facts of a case stand in.
#[derive(Clone, Debug)]
pub struct LayersOf<'a> {
    /// Who is who by everything known now.
    now: &'a CaseState,
    /// What is read: a fact that speaks of an earlier one stands where that stands.
    history: &'a History<Case>,
    /// By age on this day somebody is a child.
    today: CivilDay,
    ages: ConsentAges,
    /// About whom each consent was told, also one that was struck out.
    subjects: HashMap<ConsentId, PersonId>,
}

impl<'a> LayersOf<'a> {
    /// By what is known now, for a reader of today.
    #[must_use]
    pub fn on(history: &'a History<Case>, today: CivilDay, ages: ConsentAges) -> Self {
        Self::looking_back(history.state(), history, today, ages)
    }

    /// The same for whoever reads the record of an earlier day: who lives where, who is who and who is of age are of today.
    #[must_use]
    pub fn looking_back(now: &'a CaseState, then: &'a History<Case>, today: CivilDay, ages: ConsentAges) -> Self {
        let subjects = then.facts().iter().filter_map(|fact| match &fact.event {
            CaseEvent::Consent(
                ConsentEvent::ConsentGranted { consent, subject, .. }
                | ConsentEvent::ConsentRefused { consent, subject, .. },
            ) => Some((*consent, *subject)),
            _ => None,
        });
        Self { now, history: then, today, ages, subjects: subjects.collect() }
    }

    /// Where a recorded fact stands: what it speaks of was recorded before it.
    #[must_use]
    pub fn of_fact(&self, fact: &Fact<CaseEvent>) -> Layers {
        self.stands(&fact.event, self.place(fact))
    }

    /// Where an event would stand that was recorded now.
    #[must_use]
    pub fn of(&self, event: &CaseEvent) -> Layers {
        self.stands(event, self.history.facts().len())
    }

    /// Where the names of the professionals stand whom a fact names: a fact of everyone's may name who came in for one of the family.
    #[must_use]
    pub fn of_workers(&self, fact: &Fact<CaseEvent>) -> Layers {
        let layers = self.of_fact(fact);
        let CaseEvent::Regie(RegieEvent::DirectorAssigned { agreed, .. }) = &fact.event else { return layers };
        let before = self.place(fact);
        let came_in = agreed.iter().filter_map(|agreed| match agreed {
            Agreed::Worker(worker) => self.came_in(*worker, before),
            Agreed::Person(_) => None,
        });
        came_in.fold(layers, |layers, consents| layers.meet(&self.of_consents(consents)))
    }

    /// How many facts were recorded before this one.
    fn place(&self, fact: &Fact<CaseEvent>) -> usize {
        self.history.facts().partition_point(|earlier| earlier.revision < fact.revision)
    }

    /// Every event is named, here and in what this calls: a new one does not compile until somebody has thought about it.
    fn stands(&self, event: &CaseEvent, before: usize) -> Layers {
        match event {
            CaseEvent::Life(event) => self.of_life(event, before),
            CaseEvent::Consent(event) => self.of_consent(event),
            CaseEvent::People(event) => self.of_people(event),
            CaseEvent::Households(event) => self.of_households(event),
            CaseEvent::Protection(
                ProtectionEvent::LocatingDataProtected { person, .. }
                | ProtectionEvent::LiftingProposed { person, .. }
                | ProtectionEvent::ProtectionLifted { person },
            ) => Layers::of([Layer::Person(*person)]),
            CaseEvent::Regie(event) => self.of_regie(event, before),
            CaseEvent::Divorce(event) => self.of_divorce(event, before),
            CaseEvent::Sharing(SharingEvent::ShareAccepted { subjects, .. }) => self.of_persons(subjects),
            CaseEvent::Sharing(SharingEvent::ShareWithdrawn { share, .. }) => self.of_share(*share, before),
            CaseEvent::Exclusion(ExclusionEvent::WorkerExcluded { .. } | ExclusionEvent::ExclusionLifted { .. }) => {
                Layers::case()
            }
            // Of whom it is that somebody was in danger, the words alone say: their audience keeps them.
            CaseEvent::Emergency(
                EmergencyEvent::EmergencyAccessOpened { .. }
                | EmergencyEvent::EmergencyAccessEnded { .. }
                | EmergencyEvent::EmergencyAccessReviewed { .. },
            )
            // That something was set aside says nothing of anybody; its audience keeps why.
            | CaseEvent::Correction(
                CorrectionEvent::MisplacedFactSetAside { .. } | CorrectionEvent::SetAsideFactBroughtBack { .. },
            ) => Layers::case(),
            // Where a child sleeps tonight and whom to call: whereabouts, so no layer that crosses.
            CaseEvent::Crisis(CrisisEvent::CrisisCardWritten { child, .. }) => Layers::of([Layer::Person(*child)]),
            CaseEvent::Plan(event) => self.of_plan(event, before),
            CaseEvent::OwnPlan(event) => self.of_own_plan(event, before),
            CaseEvent::Contact(event) => self.of_contact(event, before),
            CaseEvent::Voice(event) => self.of_voice(event, before),
            CaseEvent::Statement(event) => self.of_statement(event, before),
            CaseEvent::Request(event) => self.of_request(event, before),
            CaseEvent::Representation(
                RepresentationEvent::RepresentativeNamed { person, .. }
                | RepresentationEvent::RepresentativeEnded { person, .. },
            )
            | CaseEvent::Ruling(RulingEvent::RulingRecorded { person, .. }) => self.of_persons(&[*person]),
            CaseEvent::Ruling(
                RulingEvent::RulingDatesRecorded { ruling, .. } | RulingEvent::RulingEnded { ruling, .. },
            ) => self.of_ruling(*ruling, before),
            CaseEvent::Conflict(event) => self.of_conflict(event, before),
            CaseEvent::Service(event) => self.of_service(event, before),
            CaseEvent::Assessment(event) => self.of_assessment(event, before),
            CaseEvent::Reference(event) => self.of_reference(event, before),
            CaseEvent::Informal(event) => self.of_informal(event, before),
            CaseEvent::Conference(event) => self.of_conference(event, before),
            CaseEvent::Reflection(event) => self.of_reflection(event, before),
            CaseEvent::School(event) => self.of_school(event, before),
            CaseEvent::Trajectory(event) => self.of_trajectory(event, before),
            CaseEvent::Weighing(event) => self.of_weighing(event, before),
            CaseEvent::Application(event) => self.of_application(event, before),
            CaseEvent::Referral(event) => self.of_referral(event, before),
            CaseEvent::Framework(event) => self.of_framework(event, before),
            CaseEvent::Safety(event) => self.of_safety(event, before),
            CaseEvent::Steps(event) => self.of_steps(event, before),
            CaseEvent::CrisisPlan(event) => self.of_crisis_plan(event, before),
            CaseEvent::Ret(event) => self.of_ret(event, before),
            CaseEvent::Alert(event) => self.of_alert(event, before),
            CaseEvent::Correction(CorrectionEvent::FactCorrected { target, replacement, .. }) => {
                let stood = self.stands_earlier(*target, before);
                // What takes its place may be for fewer, and is never for more.
                replacement.as_ref().map_or(stood.clone(), |now| stood.meet(&self.stands(&now.0, before)))
            }
        }
    }

    /// What the system tells stands where that stands on which it rests; a day that follows from a birth date is that person's own. An answer
    /// stands where the proposal does.
    fn of_alert(&self, event: &AlertEvent, before: usize) -> Layers {
        match event {
            AlertEvent::AlertRaised { said_by: Some(fact), .. } | AlertEvent::ProposalMade { cause: fact, .. } => {
                self.stands_earlier(*fact, before)
            }
            AlertEvent::AlertRaised { said_by: None, persons, .. } => each_personal(persons),
            AlertEvent::ProposalAccepted { proposal, .. } | AlertEvent::ProposalDismissed { proposal, .. } => self
                .where_told(before, |event| match event {
                    CaseEvent::Alert(AlertEvent::ProposalMade { proposal: made, .. }) => made == proposal,
                    _ => false,
                }),
        }
    }

    /// Where an earlier fact stands. One that is not there may be anything, so it is for nobody.
    fn stands_earlier(&self, target: EventId, before: usize) -> Layers {
        let facts = self.history.facts().get(..before).unwrap_or_default();
        let place = facts.iter().rposition(|fact| fact.id == target);
        let found = place.and_then(|place| Some((place, facts.get(place)?)));
        found.map_or_else(Layers::nobodys, |(place, fact)| self.stands(&fact.event, place))
    }

    fn of_life(&self, event: &LifeEvent, before: usize) -> Layers {
        match event {
            LifeEvent::AudienceChanged { target, .. } => self.stands_earlier(*target, before),
            LifeEvent::CaseOpened { .. }
            | LifeEvent::SignalLinked { .. }
            | LifeEvent::CaseClosed { .. }
            | LifeEvent::CaseReopened { .. }
            | LifeEvent::DepartureReported { .. } => Layers::case(),
        }
    }

    fn of_consent(&self, event: &ConsentEvent) -> Layers {
        match event {
            ConsentEvent::ConsentGranted { subject, .. }
            | ConsentEvent::ConsentRefused { subject, .. }
            | ConsentEvent::ConsentAsked { subject, .. }
            | ConsentEvent::ConsentExceptionRecorded { subject, .. }
            | ConsentEvent::ConsentExceptionEnded { subject, .. } => Layers::of([self.own(*subject)]),
            ConsentEvent::ConsentWithdrawn { consent: word, .. } | ConsentEvent::WithdrawalNotified { word, .. } => {
                self.of_consents(&[*word])
            }
            ConsentEvent::WithdrawalNoticeConfirmed { notice } => {
                let word = self.now.consents.notice(*notice).map(|notice| notice.word);
                word.map_or_else(Layers::nobodys, |word| self.of_consents(&[word]))
            }
        }
    }

    fn of_people(&self, event: &PeopleEvent) -> Layers {
        match event {
            PeopleEvent::PersonAdded { person, .. }
            | PeopleEvent::PersonRenamed { person, .. }
            | PeopleEvent::BirthDateRecorded { person, .. }
            | PeopleEvent::FamilyRoleRecorded { person, .. } => of_identity(self.now, *person),
            PeopleEvent::AuthorityRecorded { child, .. } | PeopleEvent::RecognitionRecorded { child, .. } => {
                Layers::of([self.own(*child)])
            }
        }
    }

    fn of_households(&self, event: &HouseholdEvent) -> Layers {
        match event {
            // A label is neutral: everyone may know that there are two households.
            HouseholdEvent::HouseholdFormed { .. } | HouseholdEvent::HouseholdRelabelled { .. } => Layers::case(),
            HouseholdEvent::MembershipRecorded { household, person, .. }
            | HouseholdEvent::MembershipEnded { household, person, .. } => self.of_membership(*household, *person),
            HouseholdEvent::AddressRecorded { household, .. } => Layers::of([Layer::Household(*household)]),
        }
    }

    /// Where a child lives concerns whoever works for that child; where a grown-up lives, that household.
    fn of_membership(&self, household: HouseholdId, person: PersonId) -> Layers {
        let child = self.in_child_layer(person).then_some(Layer::Child(person));
        Layers::of([Layer::Household(household)].into_iter().chain(child))
    }

    fn of_regie(&self, event: &RegieEvent, before: usize) -> Layers {
        match event {
            RegieEvent::PartyJoined { consents, .. } => self.of_consents(consents),
            RegieEvent::PartyLeft { worker, .. }
            | RegieEvent::ContributionStated { worker, .. }
            | RegieEvent::ExpectedEndChanged { worker, .. } => {
                let consents = self.came_in(*worker, before);
                consents.map_or_else(Layers::nobodys, |consents| self.of_consents(consents))
            }
            RegieEvent::DirectorAssigned { .. }
            | RegieEvent::DirectorEnded { .. }
            | RegieEvent::RegieHandedBack { .. }
            | RegieEvent::DeputyAppointed { .. }
            | RegieEvent::DeputyEnded { .. }
            | RegieEvent::FamilyToldOfDeputy { .. }
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::HandoverEnded { .. } => Layers::case(),
        }
    }

    /// Where the share stands that this is about.
    fn of_share(&self, share: ShareId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Sharing(SharingEvent::ShareAccepted { share: accepted, .. }) => *accepted == share,
            _ => false,
        })
    }

    /// Where the ruling stands that this is about.
    fn of_ruling(&self, ruling: RulingId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Ruling(RulingEvent::RulingRecorded { ruling: told, .. }) => *told == ruling,
            _ => false,
        })
    }

    /// Where the last such fact stands that was told before this place; nobody's when none was.
    fn where_told(&self, before: usize, is_it: impl Fn(&CaseEvent) -> bool) -> Layers {
        let facts = self.history.facts().get(..before).unwrap_or_default();
        let found = facts.iter().rev().find(|fact| is_it(&fact.event));
        found.map_or_else(Layers::nobodys, |fact| self.stands(&fact.event, before))
    }

    /// The layers of these people; of nobody, the case's own.
    fn of_persons(&self, persons: &[PersonId]) -> Layers {
        Layers::of(persons.iter().map(|person| self.own(*person)))
    }

    /// The layers of those whom these consents are about; without any, the case's own. About whom a consent is that nobody told of,
    /// nobody can say.
    fn of_consents(&self, consents: &[ConsentId]) -> Layers {
        let known: Option<Vec<_>> = consents.iter().map(|id| self.subjects.get(id).copied()).collect();
        known.map_or_else(Layers::nobodys, |subjects| self.of_persons(&subjects))
    }

    /// Under which consents this worker came in last, before this place.
    fn came_in(&self, worker: WorkerId, before: usize) -> Option<&'a [ConsentId]> {
        let facts: &'a [_] = self.history.facts().get(..before).unwrap_or_default();
        facts.iter().rev().find_map(|fact| match &fact.event {
            CaseEvent::Regie(RegieEvent::PartyJoined { worker: who, consents, .. }) if *who == worker => {
                Some(consents.as_slice())
            }
            _ => None,
        })
    }

    /// The layer of what is about this person: of a child its own, which both households' workers share; of anybody else the personal
    /// one.
    fn own(&self, person: PersonId) -> Layer {
        if self.in_child_layer(person) { Layer::Child(person) } else { Layer::Person(person) }
    }

    fn in_child_layer(&self, person: PersonId) -> bool {
        stands_in_child_layer(self.now, person, self.today, self.ages)
    }
}

/// For whoever reaches what is personal of each of these people; of nobody, nobody's.
fn each_personal(persons: &[PersonId]) -> Layers {
    let mut each = persons.iter().map(|person| Layers::of([Layer::Person(*person)]));
    let first = each.next().unwrap_or_else(Layers::nobodys);
    each.fold(first, |layers, own| layers.meet(&own))
}

/// Whether what is about somebody stands in a child's layer on this day: under age; without a birth date that can be read, in the role of a
/// child or under somebody's authority. Of others nobody can say so: then the narrower, personal layer is theirs.
#[must_use]
pub fn stands_in_child_layer(state: &CaseState, person: PersonId, day: CivilDay, ages: ConsentAges) -> bool {
    match state.people.age_on(person, day) {
        Some(age) => age < ages.adult(),
        None => state.people.authority_of(person).is_some() || state.people.person(person).is_some_and(was_child),
    }
}

/// Where it stands who somebody is: of children and parents everyone knows; of anybody else (a step-parent, a neighbour) the households
/// in which they live or ever lived know, or everyone when there are none.
#[must_use]
pub fn of_identity(now: &CaseState, person: PersonId) -> Layers {
    let family = |person: &Person| was_child(person) || was(person, FamilyRole::Parent);
    if now.people.person(person).is_some_and(family) {
        return Layers::case();
    }
    let lived = now
        .households
        .iter()
        .filter(|household| household.members.get(&person).is_some_and(|days| !days.entries().is_empty()));
    Layers::of(lived.map(|household| Layer::Household(household.id)))
}

/// Who may know what is said of all of these: of one child its layer, of grown-ups the personal one. Where a child is one of several, no
/// audience of persons would let in who works for all of them, so the layers alone keep it to who reaches each.
pub(crate) fn audience_of_all(state: &CaseState, persons: &[PersonId], today: CivilDay, ages: ConsentAges) -> Audience {
    let young = |person: &PersonId| stands_in_child_layer(state, *person, today, ages);
    match persons {
        [person] if young(person) => Audience::Child(*person),
        persons if persons.iter().any(young) => Audience::Case,
        persons => Audience::Persons(persons.to_vec()),
    }
}

fn was_child(person: &Person) -> bool {
    was(person, FamilyRole::Child)
}

/// Whether somebody is or was in this role, as far as that can be read.
fn was(person: &Person, role: FamilyRole) -> bool {
    person.role.entries().iter().any(|entry| entry.value.known() == Some(&role))
}
