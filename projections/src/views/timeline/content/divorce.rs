//! The words of what is recorded about a divorce.

use domain::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent, TopologyEvent};

use super::{Labelled, days, episode, line, maybe, process_day, text};

pub(super) fn of_divorce(event: &DivorceEvent) -> Vec<Labelled> {
    match event {
        DivorceEvent::Topology(event) => of_topology(event),
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed { from, until, .. }) => {
            days(*from, *until).collect()
        }
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, reason, .. }) => {
            vec![process_day("last_day", *last_day), text("reason", reason)]
        }
        DivorceEvent::Sat(event) => of_sat(event),
        DivorceEvent::Dons(event) => of_dons(event),
        DivorceEvent::Episode(event) => episode::of_episode(event),
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

fn of_topology(event: &TopologyEvent) -> Vec<Labelled> {
    match event {
        TopologyEvent::PlanSplitPerHousehold { reason, .. }
        | TopologyEvent::PlansApartForProfessionals { reason, .. }
        | TopologyEvent::PlansJoined { reason, .. } => vec![text("reason", reason)],
        TopologyEvent::TwoPlansAdvised { words, .. } => vec![text("words", words)],
        TopologyEvent::VisionShared { said, effect, .. } => {
            maybe("words", said.as_ref()).into_iter().chain(maybe("effect", effect.as_ref())).collect()
        }
        TopologyEvent::TwoPlansAnswered { words, .. }
        | TopologyEvent::TwoPlansWished { words, .. }
        | TopologyEvent::SharedAgreementEnded { words, .. } => maybe("words", words.as_ref()),
        TopologyEvent::SharedAgreementMade { topic, channel, .. } => {
            vec![text("agreed", topic), text("channel", channel)]
        }
        TopologyEvent::SafeToShareMarked { .. } => Vec::new(),
        TopologyEvent::SafeToShareRevoked { reason, .. } => maybe("reason", reason.as_ref()),
    }
}
