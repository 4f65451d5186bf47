//! The words of the facts of a divorce.

use super::episode::text_of_episode;
use super::{kept, misfit};
use crate::case::CaseEvent;
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, EpisodeEvent, SatEvent, TopologyEvent};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;

/// The text that a fact of this room always has.
pub(super) fn text_of_divorce(event: &mut DivorceEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        DivorceEvent::Topology(
            TopologyEvent::PlanSplitPerHousehold { reason: text, .. }
            | TopologyEvent::PlansApartForProfessionals { reason: text, .. }
            | TopologyEvent::PlansJoined { reason: text, .. }
            | TopologyEvent::TwoPlansAdvised { words: text, .. },
        )
        | DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { reason: text, .. })
        | DivorceEvent::Sat(SatEvent::SatRequested { question: text, .. })
        | DivorceEvent::Dons(
            DonsEvent::DonsEnded { reason: text, .. }
            | DonsEvent::DonsConversationNotHeld { reason: text, .. }
            | DonsEvent::ParentGoalDrafted { words: text, .. }
            | DonsEvent::ParentGoalAdjusted { words: text, .. },
        ) => Some(text),
        DivorceEvent::Sat(SatEvent::SatAdviceGiven { words, conditions, .. }) => {
            conditions.iter().try_for_each(|condition| kept(Some(condition)))?;
            Some(words)
        }
        DivorceEvent::Episode(event) => return text_of_episode(event),
        _ => None,
    })
}

/// Of a conversation what came of it, of a barrier more about it, of what ended or was answered why.
pub(super) fn optional_text_of_divorce(
    event: &mut DivorceEvent,
) -> Result<Option<&mut Option<Personal<Text>>>, Rejection> {
    Ok(match event {
        DivorceEvent::Sat(
            SatEvent::SatEnded { explanation: text, .. }
            | SatEvent::SatNotMeSaid { reason: text, .. }
            | SatEvent::SatAdviceAnswered { reason: text, .. }
            | SatEvent::SatModeEnded { reason: text, .. },
        )
        | DivorceEvent::Topology(
            TopologyEvent::TwoPlansAnswered { words: text, .. }
            | TopologyEvent::TwoPlansWished { words: text, .. }
            | TopologyEvent::SharedAgreementEnded { words: text, .. }
            | TopologyEvent::VisionShared { said: text, .. },
        )
        | DivorceEvent::Dons(DonsEvent::BarrierLifted { words: text, .. })
        | DivorceEvent::Episode(EpisodeEvent::ComplexDivorceAcknowledged { words: text, .. }) => Some(text),
        DivorceEvent::Dons(DonsEvent::DonsConversationHeld { topics, words, .. }) => {
            topics.iter().try_for_each(|topic| kept(Some(topic)))?;
            Some(words)
        }
        DivorceEvent::Dons(DonsEvent::BarrierOpened { kind, words, .. }) => {
            kept(Some(&*kind))?;
            Some(words)
        }
        _ => None,
    })
}

/// A conversation that went otherwise than usual can be explained.
pub(super) fn divorce_explainable(event: &DivorceEvent) -> Result<(), Rejection> {
    match event {
        DivorceEvent::Dons(DonsEvent::DonsConversationHeld { topics, words, .. }) => {
            topics.iter().try_for_each(|topic| kept(Some(topic)))?;
            kept(words.as_ref())
        }
        event => Err(misfit(&CaseEvent::Divorce(event.clone()))),
    }
}
