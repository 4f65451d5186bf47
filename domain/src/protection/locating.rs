//! Which facts lead to somebody whose locating data are protected, and which are about such a person at all. Both are asked of today's
//! protection, whatever day is looked at.

use std::collections::BTreeSet;

use super::ProtectionEvent;
use super::state::{housemates_from, lived_from};
use crate::alert::AlertEvent;
use crate::application::ApplicationEvent;
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::ConsentEvent;
use crate::contact::ContactEvent;
use crate::correction::CorrectionEvent;
use crate::crisis::CrisisEvent;
use crate::decider::{DomainEvent as _, History};
use crate::divorce::{CoordinatorEvent, DivorceEvent, SatEvent, Shareable, TopologyEvent};
use crate::emergency::EmergencyEvent;
use crate::exclusion::ExclusionEvent;
use crate::fact::Fact;
use crate::framework::FrameworkEvent;
use crate::households::{HouseholdEvent, gives_away};
use crate::ids::{
    ActionId, AgreementId, ConsentId, EventId, GoalId, HouseholdId, PersonId, Subject, VersionId, WorkerId,
};
use crate::life::LifeEvent;
use crate::ownplan::OwnPlanEvent;
use crate::personal::Personal;
use crate::plan::{Action, Goal, Item, Placed, PlanEvent, PlanRef, SaidBy};
use crate::referral::ReferralEvent;
use crate::regie::RegieEvent;
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::sharing::SharingEvent;
use crate::statement::{Speaker, StatementEvent};
use crate::steps::StepsEvent;
use crate::text::{Line, Text};
use crate::time::CivilDay;
use crate::trajectory::TrajectoryEvent;
use crate::weighing::WeighingEvent;

/// What must not be located in a case.
#[derive(Clone, Debug)]
pub struct Locating<'a> {
    now: &'a CaseState,
    /// What is read: a fact that speaks of an earlier one leads where that leads.
    history: &'a History<Case>,
    day: CivilDay,
    /// Whose locating data are looked after: everyone's that are protected, or some of them.
    persons: BTreeSet<PersonId>,
    households: BTreeSet<HouseholdId>,
    /// Everyone protected, and who lives with them: `privacy.md` counts what leads to parent *and* child.
    people: BTreeSet<PersonId>,
}

impl<'a> Locating<'a> {
    /// By the protection of now, for a reader of this day or a later one.
    #[must_use]
    pub fn on(history: &'a History<Case>, day: CivilDay) -> Self {
        Self::looking_back(history.state(), history, day)
    }

    /// The same for whoever looks back: where a protected person lived by the record of then counts as well.
    #[must_use]
    pub fn looking_back(now: &'a CaseState, then: &'a History<Case>, day: CivilDay) -> Self {
        Self::looking_after(now, then, day, now.protection.protected_persons().collect())
    }

    /// The same for whoever works for all who live in this household today: what leads there, and to nobody else who is protected, they may
    /// know. Somebody lives there who lives there alone, or of whom the household is named as one that leads to them: whoever protected them
    /// against another household where they live as well has said so.
    #[must_use]
    pub fn beyond(&self, household: HouseholdId, today: CivilDay) -> Self {
        let elsewhere = |person: &PersonId| !lives_within(self.now, *person, household, today);
        let persons = self.persons.iter().copied().filter(elsewhere).collect();
        Self::looking_after(self.now, self.history, self.day, persons)
    }

    fn looking_after(now: &'a CaseState, then: &'a History<Case>, day: CivilDay, persons: BTreeSet<PersonId>) -> Self {
        let (mut households, mut people) = (BTreeSet::new(), BTreeSet::new());
        for told in [now, then.state()] {
            households.extend(households_from(now, told, &persons, day));
            people.extend(people_from(now, told, &persons, day));
        }
        Self { now, history: then, day, persons, households, people }
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

    /// Whether the professionals named in this event lead to somebody protected: `privacy.md` counts workers' names as locating. Every event
    /// is named: a new one does not compile until somebody has thought about whom it names.
    #[must_use]
    pub fn workers_lead(&self, event: &CaseEvent) -> bool {
        let any = |workers: Vec<WorkerId>| workers.into_iter().any(|worker| self.author_leads(worker));
        match event {
            CaseEvent::Consent(event) => self.consent_workers_lead(event),
            CaseEvent::Regie(RegieEvent::DirectorAssigned { agreed, .. }) => {
                let mut agreed = agreed.iter().filter_map(|agreed| agreed.worker());
                self.anybody() && agreed.any(|worker| self.works_for_hidden(worker))
            }
            // Who works for somebody hidden leads to them by what they do for others.
            CaseEvent::Plan(said) => self.leads(event) || any(said.workers()),
            CaseEvent::Conflict(said) => any(said.assessor().into_iter().collect()),
            CaseEvent::Service(said) => any(said.workers()),
            CaseEvent::Trajectory(said) => self.leads(event) || any(said.workers()),
            CaseEvent::Weighing(said) => self.leads(event) || any(said.workers()),
            CaseEvent::Divorce(DivorceEvent::Episode(said)) => self.leads(event) || any(said.workers()),
            // These lead by the worker they name, or whatever they say.
            CaseEvent::Regie(_)
            | CaseEvent::Divorce(_)
            | CaseEvent::Sharing(_)
            | CaseEvent::Representation(_)
            | CaseEvent::Exclusion(_)
            | CaseEvent::Emergency(_)
            | CaseEvent::Contact(_)
            | CaseEvent::Voice(_)
            | CaseEvent::Statement(_)
            | CaseEvent::Request(_)
            | CaseEvent::Assessment(_)
            | CaseEvent::Conference(_)
            | CaseEvent::Reflection(_)
            | CaseEvent::School(_)
            | CaseEvent::Safety(_)
            | CaseEvent::Steps(_)
            | CaseEvent::CrisisPlan(_)
            | CaseEvent::Ret(_)
            | CaseEvent::Alert(_)
            // These name no worker.
            | CaseEvent::Life(_)
            | CaseEvent::People(_)
            | CaseEvent::Households(_)
            | CaseEvent::Protection(_)
            | CaseEvent::Correction(_)
            | CaseEvent::Crisis(_)
            | CaseEvent::OwnPlan(_)
            | CaseEvent::Ruling(_)
            | CaseEvent::Reference(_)
            | CaseEvent::Informal(_)
            | CaseEvent::Application(_)
            | CaseEvent::Referral(_)
            | CaseEvent::Framework(_) => self.leads(event),
        }
    }

    /// Who would join, receive or speak in somebody's place leads to whoever the consent is about and to whoever gave, refused or was asked
    /// it; who works for somebody hidden leads to them whosever it is. So does who knew something under it.
    fn consent_workers_lead(&self, event: &ConsentEvent) -> bool {
        match event {
            ConsentEvent::ConsentGranted { giver, subject, recipients, by, .. } => {
                self.named_lead(*giver, *subject, recipients.iter().copied().chain(*by))
            }
            ConsentEvent::ConsentAsked { giver, subject, recipients, .. } => {
                self.named_lead(*giver, *subject, recipients.iter().copied())
            }
            ConsentEvent::ConsentRefused { giver, subject, by, .. } => self.named_lead(*giver, *subject, *by),
            ConsentEvent::WithdrawalNotified { word, receiver, .. } => {
                let word = self.now.consents.get(*word);
                self.anybody() && word.is_none_or(|word| self.named_lead(word.giver, word.subject, [*receiver]))
            }
            ConsentEvent::ConsentWithdrawn { .. }
            | ConsentEvent::WithdrawalNoticeConfirmed { .. }
            | ConsentEvent::ConsentExceptionRecorded { .. }
            | ConsentEvent::ConsentExceptionEnded { .. } => false,
        }
    }

    fn named_lead(&self, giver: PersonId, subject: PersonId, workers: impl IntoIterator<Item = WorkerId>) -> bool {
        self.any_hidden(&[giver, subject]) || workers.into_iter().any(|worker| self.author_leads(worker))
    }

    /// Whether the words of this event may lead to somebody protected where the rest of it does not. What somebody wrote may say where
    /// somebody is, whomever it is about, and nobody marked it as safe to share: unmarked is locating (`privacy.md`).
    #[must_use]
    pub fn words_lead(&self, event: &CaseEvent) -> bool {
        let whole = self.history.facts().len();
        self.leads(event) || (self.anybody() && self.speaks_of(event, whole, &|said| self.words_lead_alone(said)))
    }

    /// The same of what is written beside a fact of whatever kind: why it went otherwise than a rule says.
    #[must_use]
    pub fn explanation_leads(&self) -> bool {
        self.anybody()
    }

    /// Whether the words of this event lead, while anybody is protected, by what it is. Every event is named: a new one does not compile
    /// until somebody has thought about what is written in it.
    fn words_lead_alone(&self, event: &CaseEvent) -> bool {
        match event {
            // Names, which show anyway; labels and addresses, which are judged themselves; days and states that the system tells.
            CaseEvent::People(_)
            | CaseEvent::Households(_)
            | CaseEvent::Alert(_)
            // Judged by whom it concerns, with whom it was, who said it and by whom: what concerns nobody hidden stands in a household or is
            // somebody's own, and crosses to no other side.
            | CaseEvent::Plan(_)
            | CaseEvent::OwnPlan(_)
            | CaseEvent::Contact(_)
            | CaseEvent::Statement(_)
            | CaseEvent::Steps(_) => false,
            CaseEvent::Regie(event) => regie_words_lead(event),
            CaseEvent::Divorce(event) => self.divorce_words_lead(event),
            // Of the rest nobody can say of whom it speaks.
            CaseEvent::Life(_)
            | CaseEvent::Consent(_)
            | CaseEvent::Protection(_)
            | CaseEvent::Correction(_)
            | CaseEvent::Sharing(_)
            | CaseEvent::Exclusion(_)
            | CaseEvent::Representation(_)
            | CaseEvent::Emergency(_)
            | CaseEvent::Crisis(_)
            | CaseEvent::Voice(_)
            | CaseEvent::Request(_)
            | CaseEvent::Conflict(_)
            | CaseEvent::Service(_)
            | CaseEvent::Ruling(_)
            | CaseEvent::Assessment(_)
            | CaseEvent::Reference(_)
            | CaseEvent::Informal(_)
            | CaseEvent::Conference(_)
            | CaseEvent::Reflection(_)
            | CaseEvent::School(_)
            | CaseEvent::Trajectory(_)
            | CaseEvent::Weighing(_)
            | CaseEvent::Application(_)
            | CaseEvent::Referral(_)
            | CaseEvent::Framework(_)
            | CaseEvent::Safety(_)
            | CaseEvent::CrisisPlan(_)
            | CaseEvent::Ret(_) => true,
        }
    }

    /// A minimal shared agreement says nothing but what it says: the director marks it as safe to share, or not. What was said besides is
    /// not marked.
    fn divorce_words_lead(&self, event: &DivorceEvent) -> bool {
        match event {
            DivorceEvent::Topology(TopologyEvent::SharedAgreementMade { agreement, .. }) => {
                !self.is_safe_agreement(*agreement)
            }
            DivorceEvent::Topology(_)
            | DivorceEvent::Coordinators(_)
            | DivorceEvent::Sat(_)
            | DivorceEvent::Dons(_)
            | DivorceEvent::Episode(_) => true,
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
        !self.persons.is_empty()
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
                self.persons.contains(person)
            }
            CaseEvent::Protection(
                ProtectionEvent::LiftingProposed { .. } | ProtectionEvent::ProtectionLifted { .. },
            )
            | CaseEvent::Life(_)
            | CaseEvent::Consent(_)
            | CaseEvent::People(_)
            | CaseEvent::Correction(_)
            | CaseEvent::Emergency(EmergencyEvent::EmergencyAccessEnded { .. })
            // A kind, a stage, a level, a figure or a day leads to nobody; the words may ([`Locating::words_lead`]).
            | CaseEvent::Conflict(_)
            | CaseEvent::Service(_) => false,
            CaseEvent::Plan(event) => self.plan_leads(event),
            CaseEvent::OwnPlan(event) => self.own_plan_leads(event),
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
            | CaseEvent::Crisis(CrisisEvent::CrisisCardWritten { .. })
            // So may a child's words, what an authority established and what somebody outside asks for.
            | CaseEvent::Voice(_)
            | CaseEvent::Request(_)
            // And what somebody says in an assessment, where something about them is kept, and whoever comes by as a volunteer.
            | CaseEvent::Assessment(_)
            | CaseEvent::Reference(_)
            | CaseEvent::Informal(_)
            // And where people meet, how they keep in touch, which school a child goes to.
            | CaseEvent::Conference(_)
            | CaseEvent::Reflection(_)
            | CaseEvent::School(_)
            // And where somebody was unsafe, or sleeps safely now.
            | CaseEvent::Safety(_)
            // And who does what in a crisis, and of which region a team is.
            | CaseEvent::CrisisPlan(_)
            | CaseEvent::Ret(_) => true,
            CaseEvent::Trajectory(event) => self.trajectory_leads(event),
            CaseEvent::Weighing(event) => self.weighing_leads(event),
            CaseEvent::Application(event) => self.application_leads(event),
            CaseEvent::Referral(event) => self.referral_leads(event),
            CaseEvent::Framework(event) => self.framework_leads(event),
            // A term leads where the fact leads that said it ([`target_of`]); why somebody dismissed something may say more.
            CaseEvent::Alert(event) => match event {
                AlertEvent::AlertRaised { .. } | AlertEvent::ProposalMade { .. } => false,
                AlertEvent::ProposalAccepted { .. } | AlertEvent::ProposalDismissed { .. } => true,
            },
            CaseEvent::Contact(event) => self.contact_leads(event),
            CaseEvent::Statement(event) => self.statement_leads(event),
            CaseEvent::Steps(event) => self.steps_lead(event),
        }
    }

    /// What is done with somebody hidden leads to them, and so does who works for them, whose familiar face comes from outside, or that a
    /// child's words may say anything. What a parent says who lives apart stays with who works for that parent, as a contact does.
    fn steps_lead(&self, event: &StepsEvent) -> bool {
        let steps = &self.now.steps;
        let of = |person: &PersonId, worker: Option<WorkerId>| {
            self.any_hidden(&[*person]) || worker.is_some_and(|worker| self.author_leads(worker))
        };
        match event {
            StepsEvent::ConversationStepTaken { person, worker, .. }
            | StepsEvent::OptionAuthored { person, worker, .. } => of(person, Some(*worker)),
            StepsEvent::OptionTried { option, .. } => {
                steps.option(*option).is_none_or(|known| of(&known.person, Some(known.worker)))
            }
            StepsEvent::TrustedContactNamed { .. }
            | StepsEvent::TrustedPresenceAnswered { .. }
            | StepsEvent::TrustedContactEnded { .. } => true,
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
            | RegieEvent::FamilyToldOfDeputy { .. }
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::HandoverEnded { .. } => false,
        }
    }

    /// Who coordinates the plan of a household leads where that household does, and who advises about somebody where that person does. A
    /// duo speaks with both parents, so no consent says about whom: while anybody is protected it may lead to them. That there are two
    /// plans says of no household where it is; nor does a state, a step or a track: the words may, and who noticed or saw something.
    fn divorce_leads(&self, event: &DivorceEvent) -> bool {
        match event {
            DivorceEvent::Topology(event) => self.topology_leads(event),
            // A state, a step or a track leads to nobody; the words may, and who noticed or saw it.
            DivorceEvent::Episode(_) => false,
            DivorceEvent::Coordinators(
                CoordinatorEvent::PlanCoordinatorAppointed { household, .. }
                | CoordinatorEvent::PlanCoordinatorEnded { household, .. },
            ) => self.households.contains(household),
            DivorceEvent::Sat(SatEvent::SatRequested { scope, .. }) => self.any_hidden(scope),
            DivorceEvent::Sat(event) => {
                let review = self.now.divorce.sat_review(event.review());
                review.is_none_or(|review| self.any_hidden(&review.scope))
            }
            // So may what is said in their conversations, and what stands in the way.
            DivorceEvent::Dons(_) => true,
        }
    }

    /// That the plans went apart says of nobody where they are. What somebody hidden heard, answered or wishes leads to them, and so does a
    /// minimal shared agreement that binds them, until the director marked it as safe to share: the mark is of what was agreed.
    fn topology_leads(&self, event: &TopologyEvent) -> bool {
        match event {
            TopologyEvent::PlanSplitPerHousehold { .. } | TopologyEvent::PlansJoined { .. } => false,
            TopologyEvent::VisionShared { person, .. }
            | TopologyEvent::TwoPlansAnswered { person, .. }
            | TopologyEvent::TwoPlansWished { person, .. } => self.people.contains(person),
            TopologyEvent::SharedAgreementMade { agreement, between, .. } => {
                self.any_hidden(between) && !self.is_safe_agreement(*agreement)
            }
            TopologyEvent::SharedAgreementEnded { agreement, words } => {
                let made = self.now.divorce.agreement(*agreement);
                made.is_none_or(|made| {
                    self.any_hidden(&made.between) && (words.is_some() || !self.is_safe_agreement(*agreement))
                })
            }
            TopologyEvent::TwoPlansAdvised { .. }
            | TopologyEvent::PlansApartForProfessionals { .. }
            | TopologyEvent::SafeToShareMarked { .. }
            | TopologyEvent::SafeToShareRevoked { .. } => true,
        }
    }

    fn is_safe_agreement(&self, agreement: AgreementId) -> bool {
        self.now.divorce.safe_mark(&self.now.plans, Shareable::Agreement(agreement)).is_some()
    }

    /// Whether a goal or action is marked as safe to share, and nobody put other words in its place since.
    fn is_safe_item(&self, item: Item) -> bool {
        let (what, fact) = match item {
            Item::Goal(goal) => (Shareable::Goal(goal), None),
            Item::Action(action) => {
                (Shareable::Action(action), self.now.plans.action(action).map(|action| action.fact))
            }
        };
        let Some(mark) = self.now.divorce.safe_mark(&self.now.plans, what) else { return false };
        let since = self.history.facts().iter().rev().take_while(|told| told.id != mark.fact);
        !since.into_iter().any(|told| fact.is_some() && target_of(&told.event) == fact)
    }

    /// Whether a goal or action leads by whom it concerns and who said or owns it. In the layer of the children, which both households know,
    /// whomever it concerns, until it is marked as safe to share: the mark is of what it says now, not of words that were said besides. In
    /// the plan of a household it leads to nobody who lives there; what came out of the plan of the family may lead to somebody who does not.
    fn item_leads(&self, item: Item, places: &[Placed], persons: &[&[PersonId]], beside: bool) -> bool {
        let hidden = || persons.iter().any(|persons| self.any_hidden(persons));
        match places.last().map(|placed| placed.plan) {
            Some(PlanRef::Household(household)) => {
                let members = self.now.households.members_on(household, self.day);
                let of_family = places.first().is_some_and(|placed| placed.plan == PlanRef::Family);
                let mut all = persons.iter().flat_map(|persons| persons.iter());
                of_family && all.any(|person| self.people.contains(person) && !members.contains(person))
            }
            Some(PlanRef::Child) => beside || !self.is_safe_item(item),
            Some(PlanRef::Family | PlanRef::Agreement(_)) | None => hidden(),
        }
    }

    /// What concerns somebody hidden may say where they are: their school, who comes by, when. So may what was said together, and why the
    /// plan of the family became active in spite of a no. The plan of a household stands in that household's layer alone, where nobody
    /// of another side comes: whoever works there works with it.
    fn plan_leads(&self, event: &PlanEvent) -> bool {
        let plans = &self.now.plans;
        let of_goal = |goal: &GoalId, also: &[PersonId], beside: bool| {
            let leads =
                |goal: &Goal| self.item_leads(Item::Goal(goal.id), goal.places(), &[&goal.concerns, also], beside);
            plans.goal(*goal).is_none_or(leads)
        };
        let of_action = |action: &ActionId, also: &[PersonId], beside: bool| {
            let leads = |of: &Action| self.item_leads(Item::Action(of.id), of.places(), &[&of.concerns, also], beside);
            plans.action(*action).is_none_or(leads)
        };
        // Of the words of a goal the last ones are what it says.
        let earlier_words = |goal: &GoalId, words: &Personal<Text>| {
            let now = plans.goal(*goal).and_then(|goal| goal.wordings.last());
            now.is_none_or(|now| now.words.owner() != words.owner())
        };
        let person = |by: &SaidBy| by.person();
        let of_version =
            |version: &VersionId| plans.version(*version).is_none_or(|found| found.plan == PlanRef::Family);
        match event {
            PlanEvent::GoalProposed { goal, words, proposed_by, .. }
            | PlanEvent::GoalReworded { goal, words, proposed_by } => {
                of_goal(goal, person(proposed_by).as_slice(), earlier_words(goal, words))
            }
            PlanEvent::ActionAgreed { action, owner, .. } | PlanEvent::ActionOwned { action, owner } => {
                of_action(action, owner.person().as_slice(), false)
            }
            PlanEvent::GoalReached { goal, said_by, words } => of_goal(goal, &[*said_by], words.is_some()),
            PlanEvent::GoalWithdrawn { goal, words } | PlanEvent::GoalResumed { goal, words } => {
                of_goal(goal, &[], words.is_some())
            }
            PlanEvent::GoalSubjectChosen { goal, .. } => of_goal(goal, &[], false),
            PlanEvent::ActionMoved { action, reason: words, .. } | PlanEvent::ActionEnded { action, words, .. } => {
                of_action(action, &[], words.is_some())
            }
            PlanEvent::PlanOffered { .. } => false,
            PlanEvent::PlanAnswered { version, person, .. } => self.people.contains(person) && of_version(version),
            PlanEvent::PlanActivated { version, reason, interest, .. } => {
                (reason.is_some() || interest.is_some()) && of_version(version)
            }
            PlanEvent::PlanEvaluated { plan, .. } => *plan == PlanRef::Family,
        }
    }

    fn own_plan_leads(&self, event: &OwnPlanEvent) -> bool {
        match event {
            OwnPlanEvent::OwnPlanExplained { parents }
            | OwnPlanEvent::OwnPlanTaken { parents, .. }
            | OwnPlanEvent::OwnPlanWaived { parents, .. } => self.any_hidden(parents),
            OwnPlanEvent::OwnPlanPresented { own_plan, .. } => {
                let own = self.now.own_plans.get(*own_plan);
                own.is_none_or(|own| self.any_hidden(&own.parents))
            }
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

    /// A talk leads to somebody by whom it was with or about, and by which worker had it; with nobody of the case, nobody can say.
    fn contact_leads(&self, event: &ContactEvent) -> bool {
        match event {
            ContactEvent::ContactRecorded { with, about, worker, promises, .. } => {
                with.is_empty()
                    || self.any_hidden(with)
                    || self.any_hidden(about)
                    || self.author_leads(*worker)
                    || promises.iter().any(|promise| self.author_leads(promise.worker))
            }
            ContactEvent::PromiseSettled { promise, .. } => {
                let contacts = &self.now.contacts;
                let made = contacts.promise(*promise).and_then(|promise| contacts.get(promise.contact));
                made.is_none_or(|contact| {
                    contact.with.is_empty()
                        || self.any_hidden(&contact.with)
                        || self.any_hidden(&contact.about)
                        || self.author_leads(contact.worker)
                })
            }
        }
    }

    fn statement_leads(&self, event: &StatementEvent) -> bool {
        match event {
            StatementEvent::StatementRecorded { speaker, about, heard_by, told_by, .. } => {
                let spoken = match speaker {
                    Speaker::Person(person) => self.people.contains(person),
                    Speaker::Worker(worker) => self.author_leads(*worker),
                    Speaker::Outside(_) => true,
                };
                spoken || self.any_hidden(about) || self.author_leads(*heard_by) || self.any_hidden(told_by.as_slice())
            }
            StatementEvent::StatementTested { statement, with, .. } => {
                let known = self.now.statements.get(*statement);
                self.people.contains(with)
                    || known.is_none_or(|known| {
                        let spoken = match &known.speaker {
                            Speaker::Person(person) => self.people.contains(person),
                            Speaker::Worker(_) | Speaker::Outside(_) => true,
                        };
                        spoken || self.any_hidden(&known.about) || self.any_hidden(known.told_by.as_slice())
                    })
            }
            StatementEvent::FindingRecorded { .. } => true,
        }
    }

    /// A provider has a site: help of somebody hidden leads to them, and so does what becomes of it.
    fn trajectory_leads(&self, event: &TrajectoryEvent) -> bool {
        let all = &self.now.trajectories;
        match event {
            TrajectoryEvent::TrajectoryStarted { persons, .. } => self.any_hidden(persons),
            TrajectoryEvent::TrajectoryGoalsSet { trajectory, .. }
            | TrajectoryEvent::ExtensionAsked { trajectory, .. }
            | TrajectoryEvent::TrajectoryEnded { trajectory, .. } => {
                all.get(*trajectory).is_none_or(|known| self.any_hidden(&known.persons))
            }
            TrajectoryEvent::ExtensionViewGiven { extension, .. }
            | TrajectoryEvent::ExtensionDecided { extension, .. } => {
                all.extension(*extension).is_none_or(|(known, _)| self.any_hidden(&known.persons))
            }
            TrajectoryEvent::ExtensionObjected { extension, person, .. } => {
                self.people.contains(person)
                    || all.extension(*extension).is_none_or(|(known, _)| self.any_hidden(&known.persons))
            }
        }
    }

    fn weighing_leads(&self, event: &WeighingEvent) -> bool {
        match event {
            WeighingEvent::HarmfulHelpJustified { persons, .. } | WeighingEvent::WaitingDecided { persons, .. } => {
                self.any_hidden(persons)
            }
            WeighingEvent::WeighingReviewed { weighing, .. } => {
                let known = self.now.weighings.get(*weighing);
                known.is_none_or(|known| self.any_hidden(&known.persons))
            }
        }
    }

    fn application_leads(&self, event: &ApplicationEvent) -> bool {
        match event {
            ApplicationEvent::ApplicationMade { persons, .. } => self.any_hidden(persons),
            ApplicationEvent::ApplicationDelayed { application, .. }
            | ApplicationEvent::ApplicationAnswered { application, .. } => {
                let known = self.now.applications.get(*application);
                known.is_none_or(|known| self.any_hidden(&known.persons))
            }
        }
    }

    fn referral_leads(&self, event: &ReferralEvent) -> bool {
        match event {
            ReferralEvent::ReferralRecorded { persons, agreed, .. } => {
                self.any_hidden(persons) || self.any_hidden(agreed)
            }
            ReferralEvent::ReferralPlanned { referral, .. } => {
                let known = self.now.referrals.get(*referral);
                known.is_none_or(|known| self.any_hidden(&known.persons) || self.any_hidden(&known.agreed))
            }
        }
    }

    /// A condition says where somebody must be: at school, at home, at an appointment.
    fn framework_leads(&self, event: &FrameworkEvent) -> bool {
        match event {
            FrameworkEvent::LegalFrameworkChanged { .. } => false,
            FrameworkEvent::ConditionSet { persons, explained, .. } => {
                self.any_hidden(persons) || self.any_hidden(explained)
            }
            FrameworkEvent::ConditionAnswered { condition, .. } | FrameworkEvent::ConditionEnded { condition, .. } => {
                let known = self.now.conditions.get(*condition);
                known.is_none_or(|known| self.any_hidden(&known.persons) || self.any_hidden(&known.explained))
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
            ) => self.persons.contains(person),
            _ => false,
        }
    }

    fn concerns_alone(&self, event: &CaseEvent) -> bool {
        let protected = |person: &PersonId| self.persons.contains(person);
        let about = |subject: &Subject| match subject {
            Subject::Person(person) => protected(person),
            Subject::Household(household) => self.households.contains(household),
            _ => false,
        };
        // The consent itself says about whom; one that was struck out does not.
        let said_about = |word: ConsentId| {
            let word = self.now.consents.get(word);
            word.is_none_or(|word| [word.giver, word.subject].iter().any(protected))
        };
        let withdrawn = match event {
            CaseEvent::Consent(
                ConsentEvent::ConsentWithdrawn { consent: word, .. } | ConsentEvent::WithdrawalNotified { word, .. },
            ) => said_about(*word),
            CaseEvent::Consent(ConsentEvent::WithdrawalNoticeConfirmed { notice }) => {
                self.now.consents.notice(*notice).is_none_or(|notice| said_about(notice.word))
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

/// What is written of regie leads but for what passes between the director and whoever may take over: who is asked must have read it before
/// they answer, and it is shown to nobody else (`api/policy`, topic `handover`).
const fn regie_words_lead(event: &RegieEvent) -> bool {
    match event {
        RegieEvent::HandoverOffered { .. }
        | RegieEvent::FamilyWordRecorded { .. }
        | RegieEvent::HandoverSummaryRead { .. }
        | RegieEvent::HandoverAccepted { .. }
        | RegieEvent::HandoverEnded { .. } => false,
        RegieEvent::PartyJoined { .. }
        | RegieEvent::PartyLeft { .. }
        | RegieEvent::ContributionStated { .. }
        | RegieEvent::ExpectedEndChanged { .. }
        | RegieEvent::DirectorAssigned { .. }
        | RegieEvent::DirectorEnded { .. }
        | RegieEvent::RegieHandedBack { .. }
        | RegieEvent::DeputyAppointed { .. }
        | RegieEvent::DeputyEnded { .. }
        | RegieEvent::FamilyToldOfDeputy { .. } => true,
    }
}

/// The earlier fact that an event says something of.
const fn target_of(event: &CaseEvent) -> Option<EventId> {
    match event {
        CaseEvent::Alert(event) => event.rests_on(),
        CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. })
        | CaseEvent::Life(LifeEvent::AudienceChanged { target, .. })
        | CaseEvent::Statement(StatementEvent::StatementRecorded { answers: Some(target), .. }) => Some(*target),
        _ => None,
    }
}

/// The households that must not be located when a day is looked at: those covered on whatever day
/// ([`super::Protection::protected_households`]), and those where somebody protected lives on that day or later. Looking at an earlier
/// day may not show the way to where they went since. Pass the state of *now*: an earlier state does not know a protection that was set
/// later.
#[must_use]
pub fn protected_households_from(state: &CaseState, day: CivilDay) -> BTreeSet<HouseholdId> {
    households_from(state, state, &state.protection.protected_persons().collect(), day)
}

/// Those of them that lead to these people. Protection is that of now; who lives where is as told in the other state.
fn households_from(
    now: &CaseState,
    told: &CaseState,
    persons: &BTreeSet<PersonId>,
    day: CivilDay,
) -> BTreeSet<HouseholdId> {
    let mut households = BTreeSet::new();
    for (person, guard) in now.protection.guards().filter(|(person, _)| persons.contains(person)) {
        households.extend(guard.households.union(&guard.lived));
        households.extend(lived_from(&told.households, person, day));
    }
    households
}

/// Whether somebody protected lives in this household on a day, and is not protected there by way of another one.
pub(crate) fn lives_within(state: &CaseState, person: PersonId, household: HouseholdId, day: CivilDay) -> bool {
    let homes = state.households.households_of(person, day);
    let named = state.protection.guard(person).is_some_and(|guard| guard.households.contains(&household));
    let unnamed = state.protection.guard(person).is_some_and(|guard| guard.households.is_empty());
    homes.contains(&household) && (named || (unnamed && homes.len() == 1))
}

/// Everyone whose helpers lead to these people: they themselves, and who lives with them on this day or later or did since protection
/// began. Protection is that of now; who lives where is as told in the other state.
fn people_from(now: &CaseState, told: &CaseState, persons: &BTreeSet<PersonId>, day: CivilDay) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    for (person, guard) in now.protection.guards().filter(|(person, _)| persons.contains(person)) {
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
    // What is set aside is shown to nobody.
    let read = |fact: &&Fact<CaseEvent>| !after.is_set_aside(fact.id);
    let about = before.facts().iter().filter(read).filter(|fact| locating.concerns(&fact.event));
    about.into_iter().any(|fact| !then.audience_of(fact).is_within(now.audience_of(fact)))
}
