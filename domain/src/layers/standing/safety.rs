//! Where the facts about safety stand.

use super::LayersOf;
use crate::case::CaseEvent;
use crate::ids::LaneId;
use crate::layers::{Layer, Layers};
use crate::safety::SafetyEvent;

impl LayersOf<'_> {
    /// Its audience says for whom it is; the layers keep it to who reaches each whom a signal concerns, so that nothing crosses to the other
    /// household of anybody. What one person said, or was asked, is that person's own: of a child in no layer that crosses.
    pub(super) fn of_safety(&self, event: &SafetyEvent, before: usize) -> Layers {
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
}
