//! The words of what is recorded about a divorce.

use domain::divorce::episode::NoticedBy;
use domain::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, EpisodeEvent, SatEvent, TopologyEvent};

use super::{Labelled, days, line, maybe, process_day, text};

pub(super) fn of_divorce(event: &DivorceEvent) -> Vec<Labelled> {
    match event {
        DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { reason, .. }) => vec![text("reason", reason)],
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed { from, until, .. }) => {
            days(*from, *until).collect()
        }
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, reason, .. }) => {
            vec![process_day("last_day", *last_day), text("reason", reason)]
        }
        DivorceEvent::Sat(event) => of_sat(event),
        DivorceEvent::Dons(event) => of_dons(event),
        DivorceEvent::Episode(event) => of_episode(event),
    }
}

fn of_sat(event: &SatEvent) -> Vec<Labelled> {
    match event {
        SatEvent::SatRequested { question, .. } => vec![text("question", question)],
        SatEvent::SatAccepted { .. } => Vec::new(),
        SatEvent::SatEnded { explanation, .. } => maybe("explanation", explanation.as_ref()),
        SatEvent::SatNotMeSaid { reason, .. } | SatEvent::SatAdviceAnswered { reason, .. } => {
            maybe("reason", reason.as_ref())
        }
        SatEvent::SatAdviceGiven { words, conditions, .. } => {
            let conditions = conditions.iter().map(|condition| text("advice_condition", condition));
            std::iter::once(text("advice", words)).chain(conditions).collect()
        }
        SatEvent::SatModeAgreed { from, until, .. } => days(*from, *until).collect(),
        SatEvent::SatModeEnded { last_day, reason, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("reason", reason.as_ref())).collect()
        }
    }
}

/// Of which kind a conversation was, and in which way it went otherwise, shows with the trajectory.
fn of_dons(event: &DonsEvent) -> Vec<Labelled> {
    match event {
        DonsEvent::DonsDuoAssigned { from, .. } => days(*from, None).collect(),
        DonsEvent::DonsEnded { last_day, reason, .. } => {
            vec![process_day("last_day", *last_day), text("reason", reason)]
        }
        DonsEvent::DonsConversationHeld { topics, words, .. } => {
            let topics = topics.iter().map(|topic| line("topic", topic));
            topics.chain(maybe("words", words.as_ref())).collect()
        }
        DonsEvent::DonsConversationNotHeld { reason, .. } => vec![text("reason", reason)],
        DonsEvent::ParentGoalDrafted { words, .. } | DonsEvent::ParentGoalAdjusted { words, .. } => {
            vec![text("goal", words)]
        }
        DonsEvent::ParentGoalFixed { .. } => Vec::new(),
        DonsEvent::BarrierOpened { words, .. } | DonsEvent::BarrierLifted { words, .. } => {
            maybe("words", words.as_ref())
        }
        DonsEvent::DonsCompleted { last_day, communication, contact, agreements, .. } => {
            let outcomes = [("communication", communication), ("contact", contact), ("agreements", agreements)];
            let outcomes = outcomes.into_iter().flat_map(|(label, words)| maybe(label, words.as_ref()));
            std::iter::once(process_day("last_day", *last_day)).chain(outcomes).collect()
        }
    }
}

/// Which features were seen shows with the episode: a word of ours, none of somebody.
fn of_episode(event: &EpisodeEvent) -> Vec<Labelled> {
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
        EpisodeEvent::ParentStrainNamed { words, .. } | EpisodeEvent::DivorceEpisodeMoved { words, .. } => {
            vec![text("words", words)]
        }
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
