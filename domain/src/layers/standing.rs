//! Which layers each fact of a case stands in. Asked by what is known today, whatever day is looked at: rights are always those of now.

mod assessed;
mod divorce;
mod help;
mod plans;
mod said;
mod together;

use std::collections::HashMap;

use super::{Layer, Layers};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::ConsentEvent;
use crate::correction::CorrectionEvent;
use crate::crisis::CrisisEvent;
use crate::decider::History;
use crate::divorce::{CoordinatorEvent, DivorceEvent, EpisodeEvent, SatEvent, TopologyEvent};
use crate::emergency::EmergencyEvent;
use crate::exclusion::ExclusionEvent;
use crate::fact::{Audience, Fact};
use crate::households::HouseholdEvent;
use crate::ids::RulingId;
use crate::ids::{
    ConflictId, ConsentId, EventId, HouseholdId, InvolvementId, LaneId, PersonId, ReviewId, ShareId, VersionId,
    WorkerId,
};
use crate::ids::{ConsentId, EventId, HouseholdId, PersonId, ShareId, WorkerId};
use crate::life::LifeEvent;
use crate::people::{FamilyRole, PeopleEvent, Person};
use crate::protection::ProtectionEvent;
use crate::regie::{Agreed, RegieEvent};
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::safety::SafetyEvent;
use crate::school::SchoolEvent;
use crate::service::ServiceEvent;
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
            CaseEvent::Correction(CorrectionEvent::FactCorrected { target, replacement, .. }) => {
                let stood = self.stands_earlier(*target, before);
                // What takes its place may be for fewer, and is never for more.
                replacement.as_ref().map_or(stood.clone(), |now| stood.meet(&self.stands(&now.0, before)))
            }
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
            ConsentEvent::ConsentWithdrawn { consent, .. } => self.of_consents(&[*consent]),
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
        let child = self.is_child(person).then_some(Layer::Child(person));
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
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::HandoverEnded { .. } => Layers::case(),
        }
    }

    fn of_divorce(&self, event: &DivorceEvent, before: usize) -> Layers {
        match event {
            // That there are two plans, and who accompanies both parents, everyone knows.
            DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { .. })
            // What they do is the trajectory's: of both parents, for whoever may know of it at all.
            | DivorceEvent::Dons(_) => Layers::case(),
            DivorceEvent::Coordinators(
                CoordinatorEvent::PlanCoordinatorAppointed { household, .. }
                | CoordinatorEvent::PlanCoordinatorEnded { household, .. },
            ) => Layers::of([Layer::Household(*household)]),
            DivorceEvent::Sat(SatEvent::SatRequested { scope, withheld, .. }) => {
                self.of_all(scope.iter().chain(withheld))
            }
            DivorceEvent::Sat(event) => self.of_review(event.review(), before),
            DivorceEvent::Episode(event) => self.of_episode(event, before),
        }
    }

    /// An episode says something of both parents: for whoever reaches each, and whoever else is named. What concerns one parent alone is
    /// that parent's own, and never crosses.
    fn of_episode(&self, event: &EpisodeEvent, before: usize) -> Layers {
        if let Some(person) = event.of_one() {
            return Layers::of([Layer::Person(person)]);
        }
        let named = self.of_involved(&event.persons());
        if let EpisodeEvent::DivorceSignalRecorded { about, .. } = event {
            let of_parents = about.iter().map(|person| Layer::Person(*person));
            return if about.is_empty() { Layers::nobodys() } else { Layers::each_of(of_parents).meet(&named) };
        }
        let signalled = self.where_told(before, |told| match told {
            CaseEvent::Divorce(DivorceEvent::Episode(begun @ EpisodeEvent::DivorceSignalRecorded { .. })) => {
                begun.episode() == event.episode()
            }
            _ => false,
        });
        signalled.meet(&named)
    }

    /// The plan of a household stays in that household, whomever it concerns. That of the family stands where those stand whom an item
    /// concerns; that it was offered or became active is everyone's, what one person said of it that person's own. What a child said is the child's.
    fn of_plan(&self, event: &PlanEvent, before: usize) -> Layers {
        match event {
            PlanEvent::GoalProposed { plan, concerns, .. } | PlanEvent::ActionAgreed { plan, concerns, .. } => plan
                .household()
                .map_or_else(|| self.of_item(concerns), |household| Layers::of([Layer::Household(household)])),
            PlanEvent::GoalReworded { goal, .. }
            | PlanEvent::GoalReached { goal, .. }
            | PlanEvent::GoalWithdrawn { goal, .. }
            | PlanEvent::GoalResumed { goal, .. } => self.where_told(before, |event| match event {
                CaseEvent::Plan(PlanEvent::GoalProposed { goal: proposed, .. }) => proposed == goal,
                _ => false,
            }),
            PlanEvent::ActionOwned { action, .. }
            | PlanEvent::ActionMoved { action, .. }
            | PlanEvent::ActionEnded { action, .. } => self.where_told(before, |event| match event {
                CaseEvent::Plan(PlanEvent::ActionAgreed { action: agreed, .. }) => agreed == action,
                _ => false,
            }),
            PlanEvent::PlanActivated { version, .. } => self.of_version(*version, before),
            // What was said there is of the grown-ups who took part.
            PlanEvent::PlanEvaluated { plan: PlanRef::Family, took_part, heard, .. } => {
                self.of_item(&[took_part.as_slice(), heard].concat())
            }
            PlanEvent::PlanOffered { plan, .. } | PlanEvent::PlanEvaluated { plan, .. } => of_plan(*plan),
            PlanEvent::PlanAnswered { version, person, .. } => {
                let offered = self.of_version(*version, before);
                let theirs = offered == Layers::case() || self.is_child(*person);
                if theirs { Layers::of([Layer::Person(*person)]) } else { offered }
            }
        }
    }

    fn of_version(&self, version: VersionId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Plan(PlanEvent::PlanOffered { version: offered, .. }) => *offered == version,
            _ => false,
        })
    }

    /// What is said of a conflict as a whole says something of everyone in it: for whoever reaches each. What is said of one, or told by
    /// one, is that person's own, and never crosses to the household of another. What a child said for itself is in no layer that
    /// crosses; how a child experiences a conflict, as assessed, is the child's.
    fn of_conflict(&self, event: &ConflictEvent, before: usize) -> Layers {
        match event {
            ConflictEvent::ConflictNamed { between, .. } => {
                Layers::each_of(between.iter().map(|person| self.own(*person)))
            }
            ConflictEvent::GlaslStageAssessed { person, .. } => self.of_persons(&[*person]),
            ConflictEvent::ParentingFormAssessed { person, .. }
            | ConflictEvent::ConflictEnergyReported { person, .. }
            | ConflictEvent::CalmPeriodReported { person, .. }
            | ConflictEvent::FlareUpRecorded { told_by: Some(person), .. } => Layers::of([Layer::Person(*person)]),
            ConflictEvent::FlareUpRecorded { conflict, told_by: None, .. }
            | ConflictEvent::ConflictRested { conflict, .. } => self.of_named_conflict(*conflict, before),
        }
    }

    /// A child's help and its providers are the child's; a grown-up's are personal. What somebody wishes is their own, and of a child in no
    /// layer that crosses. What is about several is for whoever reaches each.
    fn of_service(&self, event: &ServiceEvent, before: usize) -> Layers {
        match event {
            ServiceEvent::ServiceStepTaken { person, .. } => self.of_persons(&[*person]),
            ServiceEvent::FamilyWishTold { person, .. } => Layers::of([Layer::Person(*person)]),
            ServiceEvent::BodyJoined { persons, .. } | ServiceEvent::AdviceRecorded { persons, .. } => {
                Layers::each_of(persons.iter().map(|person| self.own(*person)))
            }
            ServiceEvent::BodyLeft { involvement, .. } => self.of_involvement(*involvement, before),
        }
    }

    /// Where it stands that the body joined of which this says that it left.
    fn of_involvement(&self, involvement: InvolvementId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Service(ServiceEvent::BodyJoined { involvement: joined, .. }) => *joined == involvement,
            _ => false,
        })
    }

    /// A conference says something of everyone whom it is about and of each of the family who was asked or came: for whoever reaches all
    /// of them. What follows it, of those whom it names besides.
    fn of_conference(&self, event: &ConferenceEvent, before: usize) -> Layers {
        let named = self.of_involved(&event.persons());
        match event {
            ConferenceEvent::ConferenceCalled { about, .. } => {
                Layers::each_of(about.iter().map(|person| self.own(*person))).meet(&named)
            }
            ConferenceEvent::ConferenceHeld { conference, .. }
            | ConferenceEvent::ConferenceStopped { conference, .. } => {
                let called = self.where_told(before, |event| match event {
                    CaseEvent::Conference(ConferenceEvent::ConferenceCalled { conference: called, .. }) => {
                        called == conference
                    }
                    _ => false,
                });
                called.meet(&named)
            }
        }
    }

    /// Of those who were there: for whoever reaches each; with nobody of the family, for who directs. What one said is that person's own;
    /// of a child in no layer that crosses. What a professional said stands where the whole stands.
    fn of_reflection(&self, event: &ReflectionEvent, before: usize) -> Layers {
        match event {
            ReflectionEvent::ReflectionHeld { with, .. } if with.is_empty() => Layers::nobodys(),
            ReflectionEvent::ReflectionHeld { with, .. } => {
                Layers::each_of(with.iter().map(|person| self.own(*person)))
            }
            ReflectionEvent::ReflectionSaid { by: SaidBy::Person(person), .. } => Layers::of([Layer::Person(*person)]),
            ReflectionEvent::ReflectionSaid { reflection, by: SaidBy::Worker(_), .. } => {
                self.where_told(before, |event| match event {
                    CaseEvent::Reflection(ReflectionEvent::ReflectionHeld { reflection: held, .. }) => {
                        held == reflection
                    }
                    _ => false,
                })
            }
        }
    }

    /// A child's help and its providers: the child's; of an intake, for whoever reaches each of the family who was there besides.
    fn of_school(&self, event: &SchoolEvent, before: usize) -> Layers {
        match event {
            SchoolEvent::IntakeHeld { .. } | SchoolEvent::SchoolQuestionAsked { .. } => {
                self.of_involved(&event.persons())
            }
            SchoolEvent::ArrangementTriaged { child, .. } => Layers::of([self.own(*child)]),
            SchoolEvent::SchoolQuestionHandedOver { question, .. }
            | SchoolEvent::SchoolQuestionEnded { question, .. } => self.where_told(before, |event| match event {
                CaseEvent::School(SchoolEvent::SchoolQuestionAsked { question: asked, .. }) => asked == question,
                _ => false,
            }),
        }
    }

    /// What is said of several at once: for whoever reaches what is about each, of a child its layer.
    fn of_each(&self, persons: &[PersonId]) -> Layers {
        Layers::each_of(persons.iter().map(|person| self.own(*person)))
    }

    /// Help of a provider stands where those stand for whom it is, and so does what becomes of it. Who objects says so for themself.
    fn of_trajectory(&self, event: &TrajectoryEvent, before: usize) -> Layers {
        match event {
            TrajectoryEvent::TrajectoryStarted { persons, .. } => self.of_each(persons),
            TrajectoryEvent::TrajectoryGoalsSet { trajectory, .. }
            | TrajectoryEvent::ExtensionAsked { trajectory, .. }
            | TrajectoryEvent::TrajectoryEnded { trajectory, .. } => self.where_told(before, |told| match told {
                CaseEvent::Trajectory(TrajectoryEvent::TrajectoryStarted { trajectory: began, .. }) => {
                    began == trajectory
                }
                _ => false,
            }),
            TrajectoryEvent::ExtensionViewGiven { extension, .. }
            | TrajectoryEvent::ExtensionDecided { extension, .. } => self.where_told(before, |told| match told {
                CaseEvent::Trajectory(TrajectoryEvent::ExtensionAsked { extension: asked, .. }) => asked == extension,
                _ => false,
            }),
            TrajectoryEvent::ExtensionObjected { person, .. } => Layers::of([Layer::Person(*person)]),
        }
    }

    fn of_weighing(&self, event: &WeighingEvent, before: usize) -> Layers {
        match event {
            WeighingEvent::HarmfulHelpJustified { persons, .. } | WeighingEvent::WaitingDecided { persons, .. } => {
                self.of_each(persons)
            }
            WeighingEvent::WeighingReviewed { weighing, .. } => self.where_told(before, |told| match told {
                CaseEvent::Weighing(
                    WeighingEvent::HarmfulHelpJustified { weighing: weighed, .. }
                    | WeighingEvent::WaitingDecided { weighing: weighed, .. },
                ) => weighed == weighing,
                _ => false,
            }),
        }
    }

    /// For whoever reaches each of these: of parents and children what is their own, of anybody else whoever may know that they are in the
    /// case.
    fn of_involved(&self, persons: &[PersonId]) -> Layers {
        let of_family = |person: &PersonId| {
            let known = self.now.people.person(*person);
            known.is_none_or(|known| was_child(known) || was(known, FamilyRole::Parent))
        };
        let (family, others): (Vec<PersonId>, Vec<PersonId>) = persons.iter().copied().partition(of_family);
        let own = Layers::each_of(family.into_iter().map(|person| self.own(person)));
        others.into_iter().fold(own, |layers, person| layers.meet(&of_identity(self.now, person)))
    }

    fn of_application(&self, event: &ApplicationEvent, before: usize) -> Layers {
        match event {
            ApplicationEvent::ApplicationMade { persons, .. } => self.of_each(persons),
            ApplicationEvent::ApplicationDelayed { .. } | ApplicationEvent::ApplicationAnswered { .. } => self
                .where_told(before, |told| match told {
                    CaseEvent::Application(made @ ApplicationEvent::ApplicationMade { .. }) => {
                        made.application() == event.application()
                    }
                    _ => false,
                }),
        }
    }

    fn of_referral(&self, event: &ReferralEvent, before: usize) -> Layers {
        match event {
            ReferralEvent::ReferralRecorded { persons, .. } => self.of_each(persons),
            ReferralEvent::ReferralPlanned { referral, .. } => self.where_told(before, |told| match told {
                CaseEvent::Referral(ReferralEvent::ReferralRecorded { referral: known, .. }) => known == referral,
                _ => false,
            }),
        }
    }

    /// Whether help is voluntary everyone must know. Of a condition, those of whom it asks something; what one says of it is their own.
    fn of_framework(&self, event: &FrameworkEvent, before: usize) -> Layers {
        match event {
            FrameworkEvent::LegalFrameworkChanged { .. } => Layers::case(),
            FrameworkEvent::ConditionSet { persons, .. } => self.of_each(persons),
            FrameworkEvent::ConditionAnswered { person, .. } => Layers::of([Layer::Person(*person)]),
            FrameworkEvent::ConditionEnded { condition, .. } => self.where_told(before, |told| match told {
                CaseEvent::Framework(FrameworkEvent::ConditionSet { condition: set, .. }) => set == condition,
                _ => false,
            }),
        }
    }

    /// Its audience says for whom it is; the layers keep it to who reaches each whom a signal concerns, so that nothing crosses to the other
    /// household of anybody. What one person said, or was asked, is that person's own: of a child in no layer that crosses.
    fn of_safety(&self, event: &SafetyEvent, before: usize) -> Layers {
        match event {
            SafetyEvent::SafetyScreened { person, .. }
            | SafetyEvent::SafetyTalkJudged { person, .. }
            | SafetyEvent::SafetyTalkHeld { person, .. } => Layers::of([Layer::Person(*person)]),
            SafetyEvent::SafetySignalRecorded { concerns, .. } => self.of_each(concerns),
            SafetyEvent::ToldLaterReviewed { told_later, .. } | SafetyEvent::PersonTold { told_later, .. } => self
                .where_told(before, |told| match told {
                    CaseEvent::Safety(SafetyEvent::ToldLaterDecided { told_later: decided, .. }) => {
                        decided == told_later
                    }
                    _ => false,
                }),
            SafetyEvent::SafetyMapped { lane, .. }
            | SafetyEvent::SafetyConsulted { lane, .. }
            | SafetyEvent::SafetyWeighed { lane, .. }
            | SafetyEvent::SafetyDecided { lane, .. }
            | SafetyEvent::ReportedToVeiligThuis { lane, .. }
            | SafetyEvent::VeiligThuisAnswered { lane, .. }
            | SafetyEvent::ToldLaterDecided { lane, .. }
            | SafetyEvent::SafetyLaneCleared { lane, .. } => self.of_lane(*lane, before),
        }
    }

    /// Where a lane stands: for whoever reaches everybody whom one of its signals concerns.
    fn of_lane(&self, lane: LaneId, before: usize) -> Layers {
        let facts = self.history.facts().get(..before).unwrap_or_default();
        let concerned = facts.iter().filter_map(|fact| match &fact.event {
            CaseEvent::Safety(SafetyEvent::SafetySignalRecorded { lane: of, concerns, .. }) if *of == lane => {
                Some(concerns.as_slice())
            }
            _ => None,
        });
        let concerned: Vec<_> = concerned.flatten().copied().collect();
        if concerned.is_empty() { Layers::nobodys() } else { self.of_each(&concerned) }
    }

    fn of_own_plan(&self, event: &OwnPlanEvent, before: usize) -> Layers {
        match event {
            OwnPlanEvent::OwnPlanExplained { parents }
            | OwnPlanEvent::OwnPlanTaken { parents, .. }
            | OwnPlanEvent::OwnPlanWaived { parents, .. } => self.of_item(parents),
            OwnPlanEvent::OwnPlanPresented { own_plan, .. } => self.where_told(before, |event| match event {
                CaseEvent::OwnPlan(OwnPlanEvent::OwnPlanTaken { own_plan: taken, .. }) => taken == own_plan,
                _ => false,
            }),
        }
    }

    /// What concerns children only is theirs. What concerns grown-ups stands in the households where each of them lives, in none when
    /// they live apart: then it is for who reaches everything. Of whom nobody knows where they live, it is personal.
    fn of_item(&self, concerns: &[PersonId]) -> Layers {
        let grown_ups = || concerns.iter().filter(|person| !self.is_child(**person));
        if grown_ups().next().is_none() && !concerns.is_empty() {
            return self.of_persons(concerns);
        }
        let lives = |person: &PersonId| {
            let households = self.now.households.households_of(*person, self.today).into_iter();
            let layers: Vec<_> = households.map(Layer::Household).collect();
            Layers::of(if layers.is_empty() { vec![Layer::Person(*person)] } else { layers })
        };
        grown_ups().map(lives).reduce(|all, one| all.meet(&one)).unwrap_or_else(Layers::nobodys)
    }

    /// Where the conflict itself stands that this is about.
    fn of_named_conflict(&self, conflict: ConflictId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Conflict(ConflictEvent::ConflictNamed { conflict: named, .. }) => *named == conflict,
            _ => false,
        })
    }

    /// A question about several people is for whoever reaches each of them: it says something of all. About nobody, the case's own.
    fn of_all<'p>(&self, persons: impl Iterator<Item = &'p PersonId>) -> Layers {
        persons.fold(Layers::case(), |layers, person| layers.meet(&self.of_persons(&[*person])))
    }

    /// A talk is personal to whom it was with, of a child too; one with several is for whoever reaches each.
    fn of_contact(&self, event: &ContactEvent, before: usize) -> Layers {
        match event {
            ContactEvent::ContactRecorded { with, .. } => each_personal(with),
            ContactEvent::PromiseSettled { promise, .. } => self.where_told(before, |event| match event {
                CaseEvent::Contact(ContactEvent::ContactRecorded { promises, .. }) => {
                    promises.iter().any(|made| made.promise == *promise)
                }
                _ => false,
            }),
        }
    }

    /// Its audience says for whom a child's words are; in the child's layer, so that a named worker of either household is reached.
    fn of_voice(&self, event: &VoiceEvent, before: usize) -> Layers {
        match event {
            VoiceEvent::ChildVoiceRecorded { child, .. } | VoiceEvent::ChildSignalOpened { child, .. } => {
                Layers::of([self.own(*child), Layer::Person(*child)])
            }
            VoiceEvent::ChildSignalChanged { signal, .. } | VoiceEvent::ChildSignalClosed { signal, .. } => self
                .where_told(before, |event| match event {
                    CaseEvent::Voice(VoiceEvent::ChildSignalOpened { signal: opened, .. }) => opened == signal,
                    _ => false,
                }),
        }
    }

    /// What answers a passage stands where the passage stands. Else it is the speaker's own; through somebody, nobody's.
    fn of_statement(&self, event: &StatementEvent, before: usize) -> Layers {
        match event {
            StatementEvent::StatementRecorded { answers: Some(target), .. } => self.stands_earlier(*target, before),
            StatementEvent::StatementRecorded { speaker: Speaker::Person(person), told_by: None, .. } => {
                each_personal(&[*person])
            }
            StatementEvent::StatementRecorded { .. } => Layers::nobodys(),
            StatementEvent::StatementTested { statement, .. } => self.where_told(before, |event| match event {
                CaseEvent::Statement(StatementEvent::StatementRecorded { statement: said, .. }) => said == statement,
                _ => false,
            }),
            StatementEvent::FindingRecorded { about, .. } => each_personal(about),
        }
    }

    fn of_request(&self, event: &RequestEvent, before: usize) -> Layers {
        match event {
            RequestEvent::OutsideRequestRecorded { about, .. } => each_personal(about),
            RequestEvent::OutsideRequestDecided { .. }
            | RequestEvent::FamilyToldOfRequest { .. }
            | RequestEvent::FamilyToldLater { .. } => self.where_told(before, |told| match told {
                CaseEvent::Request(asked @ RequestEvent::OutsideRequestRecorded { .. }) => {
                    asked.request() == event.request()
                }
                _ => false,
            }),
        }
    }

    /// Where the request stands that this is about.
    fn of_review(&self, review: ReviewId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatRequested { review: asked, .. })) => *asked == review,
            _ => false,
        })
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
        if self.is_child(person) { Layer::Child(person) } else { Layer::Person(person) }
    }

    fn is_child(&self, person: PersonId) -> bool {
        is_child(self.now, person, self.today, self.ages)
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
pub fn is_child(state: &CaseState, person: PersonId, day: CivilDay, ages: ConsentAges) -> bool {
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
    let young = |person: &PersonId| is_child(state, *person, today, ages);
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
