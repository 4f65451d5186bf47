//! Where steps in help, help that runs, what was weighed, asked and referred, and conditions stand.

use super::LayersOf;
use crate::application::ApplicationEvent;
use crate::case::CaseEvent;
use crate::framework::FrameworkEvent;
use crate::ids::{InvolvementId, PersonId};
use crate::layers::{Layer, Layers};
use crate::referral::ReferralEvent;
use crate::service::ServiceEvent;
use crate::trajectory::TrajectoryEvent;
use crate::weighing::WeighingEvent;

impl LayersOf<'_> {
    /// A child's help and its providers are the child's; a grown-up's are personal. What somebody wishes is their own, and of a child in no
    /// layer that crosses. What is about several is for whoever reaches each.
    pub(super) fn of_service(&self, event: &ServiceEvent, before: usize) -> Layers {
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

    /// What is said of several at once: for whoever reaches what is about each, of a child its layer.
    pub(super) fn of_each(&self, persons: &[PersonId]) -> Layers {
        Layers::each_of(persons.iter().map(|person| self.own(*person)))
    }

    /// Help of a provider stands where those stand for whom it is, and so does what becomes of it. Who objects says so for themself.
    pub(super) fn of_trajectory(&self, event: &TrajectoryEvent, before: usize) -> Layers {
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

    pub(super) fn of_weighing(&self, event: &WeighingEvent, before: usize) -> Layers {
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

    pub(super) fn of_application(&self, event: &ApplicationEvent, before: usize) -> Layers {
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

    pub(super) fn of_referral(&self, event: &ReferralEvent, before: usize) -> Layers {
        match event {
            ReferralEvent::ReferralRecorded { persons, .. } => self.of_each(persons),
            ReferralEvent::ReferralPlanned { referral, .. } => self.where_told(before, |told| match told {
                CaseEvent::Referral(ReferralEvent::ReferralRecorded { referral: known, .. }) => known == referral,
                _ => false,
            }),
        }
    }

    /// Whether help is voluntary everyone must know. Of a condition, those of whom it asks something; what one says of it is their own.
    pub(super) fn of_framework(&self, event: &FrameworkEvent, before: usize) -> Layers {
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
}
