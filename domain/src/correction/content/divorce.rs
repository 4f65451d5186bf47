//! The words of the facts of a divorce.

use super::{kept, misfit};
use crate::case::CaseEvent;
use crate::divorce::episode::NoticedBy;
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, EpisodeEvent, SatEvent, TopologyEvent};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;

/// The text that a fact of this room always has.
pub(super) fn text_of_divorce(event: &mut DivorceEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { reason: text, .. })
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

/// What was noticed, shows, was said or decided in an episode. A feature, a track or a step that was wrong is struck out and recorded anew.
fn text_of_episode(event: &mut EpisodeEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        EpisodeEvent::DivorceSignalRecorded { noticed_by, words, .. } => {
            if let NoticedBy::Outside(who) = noticed_by {
                kept(Some(&*who))?;
            }
            Some(words)
        }
        EpisodeEvent::DivorceSettling { words, .. }
        | EpisodeEvent::ParentStrainNamed { words, .. }
        | EpisodeEvent::DivorceEpisodeMoved { words, .. } => Some(words),
        EpisodeEvent::ComplexDivorceRecognised { seen, rationale, .. } => {
            seen.iter().try_for_each(|one| kept(Some(&one.feature)).and_then(|()| kept(one.what.as_ref())))?;
            Some(rationale)
        }
        EpisodeEvent::DivorceTriageDecided { weighed, .. } | EpisodeEvent::DivorceTrackSwitched { weighed, .. } => {
            weighed.alternatives.iter().try_for_each(|one| kept(Some(&one.reason)))?;
            kept(weighed.not_informed.as_ref())?;
            Some(&mut weighed.reason)
        }
        EpisodeEvent::ComplexDivorceAcknowledged { .. } => None,
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
