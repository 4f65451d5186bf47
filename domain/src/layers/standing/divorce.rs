//! Where the facts of a divorce and of conflicts stand.

use super::LayersOf;
use crate::case::CaseEvent;
use crate::conflict::ConflictEvent;
use crate::divorce::{CoordinatorEvent, DivorceEvent, EpisodeEvent, SatEvent, TopologyEvent};
use crate::ids::{ConflictId, PersonId, ReviewId};
use crate::layers::{Layer, Layers};

impl LayersOf<'_> {
    pub(super) fn of_divorce(&self, event: &DivorceEvent, before: usize) -> Layers {
        match event {
            // That there are two plans, and who accompanies both parents, everyone knows.
            DivorceEvent::Topology(event) => self.of_topology(event, before),
            // What they do is the trajectory's: of both parents, for whoever may know of it at all.
            DivorceEvent::Dons(_) => Layers::case(),
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

    /// That there are two plans everyone knows. What somebody heard, answered or wishes is their own; a minimal shared agreement is for the
    /// workers of the households it is between; what was advised and what may be shared is for who directs.
    fn of_topology(&self, event: &TopologyEvent, before: usize) -> Layers {
        match event {
            TopologyEvent::PlanSplitPerHousehold { .. }
            | TopologyEvent::PlansApartForProfessionals { .. }
            | TopologyEvent::PlansJoined { .. } => Layers::case(),
            TopologyEvent::VisionShared { person, .. }
            | TopologyEvent::TwoPlansAnswered { person, .. }
            | TopologyEvent::TwoPlansWished { person, .. } => Layers::of([Layer::Person(*person)]),
            TopologyEvent::SharedAgreementMade { households, .. } => {
                Layers::of(households.iter().copied().map(Layer::Household))
            }
            TopologyEvent::SharedAgreementEnded { agreement, .. } => self.where_told(before, |told| match told {
                CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::SharedAgreementMade {
                    agreement: made,
                    ..
                })) => made == agreement,
                _ => false,
            }),
            TopologyEvent::TwoPlansAdvised { .. }
            | TopologyEvent::SafeToShareMarked { .. }
            | TopologyEvent::SafeToShareRevoked { .. } => Layers::nobodys(),
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

    /// What is said of a conflict as a whole says something of everyone in it: for whoever reaches each. What is said of one, or told by
    /// one, is that person's own, and never crosses to the household of another. What a child said for itself is in no layer that
    /// crosses; how a child experiences a conflict, or what it does to
    /// one as somebody of the network, as assessed, is the child's.
    pub(super) fn of_conflict(&self, event: &ConflictEvent, before: usize) -> Layers {
        match event {
            ConflictEvent::ConflictNamed { between, .. } => {
                Layers::each_of(between.iter().map(|person| self.own(*person)))
            }
            ConflictEvent::GlaslStageAssessed { person, .. } | ConflictEvent::NetworkEffectAssessed { person, .. } => {
                self.of_persons(&[*person])
            }
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
