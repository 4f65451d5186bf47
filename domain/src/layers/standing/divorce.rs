//! Where the facts of a divorce and of conflicts stand.

use super::LayersOf;
use crate::case::CaseEvent;
use crate::conflict::ConflictEvent;
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent, TopologyEvent};
use crate::ids::{ConflictId, PersonId, ReviewId};
use crate::layers::{Layer, Layers};

impl LayersOf<'_> {
    pub(super) fn of_divorce(&self, event: &DivorceEvent, before: usize) -> Layers {
        match event {
            // That there are two plans, and who accompanies both parents, everyone knows.
            DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { .. })
            | DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. } | DonsEvent::DonsEnded { .. }) => Layers::case(),
            DivorceEvent::Coordinators(
                CoordinatorEvent::PlanCoordinatorAppointed { household, .. }
                | CoordinatorEvent::PlanCoordinatorEnded { household, .. },
            ) => Layers::of([Layer::Household(*household)]),
            DivorceEvent::Sat(SatEvent::SatRequested { scope, withheld, .. }) => {
                self.of_all(scope.iter().chain(withheld))
            }
            DivorceEvent::Sat(SatEvent::SatAccepted { review, .. } | SatEvent::SatEnded { review, .. }) => {
                self.of_review(*review, before)
            }
        }
    }

    /// What is said of a conflict as a whole says something of everyone in it: for whoever reaches each. What is said of one, or told by
    /// one, is that person's own, and never crosses to the household of another. What a child said for itself is in no layer that
    /// crosses; how a child experiences a conflict, as assessed, is the child's.
    pub(super) fn of_conflict(&self, event: &ConflictEvent, before: usize) -> Layers {
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

    /// Where the request stands that this is about.
    fn of_review(&self, review: ReviewId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatRequested { review: asked, .. })) => *asked == review,
            _ => false,
        })
    }
}
