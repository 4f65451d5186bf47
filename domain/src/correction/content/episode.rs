//! The text of a fact of an episode in whose place a correction puts other words.

use super::kept;
use crate::divorce::EpisodeEvent;
use crate::divorce::episode::NoticedBy;
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;

/// What was noticed, shows, was said or decided. A feature, a track or a step that was wrong is struck out and recorded anew.
pub(super) fn text_of_episode(event: &mut EpisodeEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
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
