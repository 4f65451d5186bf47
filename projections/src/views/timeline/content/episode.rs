//! The words of the episodes of a divorce.

use domain::divorce::EpisodeEvent;
use domain::divorce::episode::NoticedBy;

use super::{Labelled, line, maybe, process_day, text};

/// Which features were seen shows with the episode: a word of ours, none of somebody.
pub(super) fn of_episode(event: &EpisodeEvent) -> Vec<Labelled> {
    match event {
        EpisodeEvent::DivorceSignalRecorded { noticed_by, words, .. } => {
            let outside = match noticed_by {
                NoticedBy::Outside(who) => Some(line("noticed_by", who)),
                NoticedBy::Person(_) | NoticedBy::Worker(_) => None,
            };
            [text("noticed", words)].into_iter().chain(outside).collect()
        }
        EpisodeEvent::DivorceSettling { look_back, words, .. } => {
            [text("words", words)].into_iter().chain(look_back.map(|day| process_day("look_back", day))).collect()
        }
        EpisodeEvent::ParentStrainNamed { words, .. } => vec![text("words", words)],
        // Which step it was, the label says.
        EpisodeEvent::DivorceEpisodeMoved { step, words, .. } => vec![text(step.as_str(), words)],
        EpisodeEvent::ComplexDivorceRecognised { seen, rationale, .. } => {
            let seen = seen.iter().filter_map(|one| one.what.as_ref()).map(|what| text("seen", what));
            [text("rationale", rationale)].into_iter().chain(seen).collect()
        }
        EpisodeEvent::ComplexDivorceAcknowledged { words, .. } => maybe("words", words.as_ref()),
        EpisodeEvent::DivorceTriageDecided { weighed, .. } | EpisodeEvent::DivorceTrackSwitched { weighed, .. } => {
            let beside = weighed.alternatives.iter().map(|one| text("weighed_beside", &one.reason));
            let not_informed = maybe("not_informed", weighed.not_informed.as_ref());
            [text("reason", &weighed.reason)].into_iter().chain(beside).chain(not_informed).collect()
        }
    }
}
