//! The words of work with each person, of the crisis plan and of the regional expert team.

use domain::crisisplan::CrisisPlanEvent;
use domain::ret::RetEvent;
use domain::steps::StepsEvent;

use super::together::outside;
use super::{Labelled, maybe, process_day, text};

pub(super) fn of_steps(event: &StepsEvent) -> Vec<Labelled> {
    match event {
        StepsEvent::ConversationStepTaken { words, .. } | StepsEvent::OptionTried { words, .. } => {
            maybe("words", words.as_ref())
        }
        StepsEvent::OptionAuthored { words, .. } => vec![text("words", words)],
        StepsEvent::TrustedContactNamed { who, words, .. } => {
            outside("trusted", who).into_iter().chain(maybe("words", words.as_ref())).collect()
        }
        StepsEvent::TrustedPresenceAnswered { on, words, .. } => {
            maybe("words", words.as_ref()).into_iter().chain(on.map(|day| process_day("planned", day))).collect()
        }
        StepsEvent::TrustedContactEnded { reason, .. } => maybe("reason", reason.as_ref()),
    }
}

pub(super) fn of_crisis_plan(event: &CrisisPlanEvent) -> Vec<Labelled> {
    match event {
        CrisisPlanEvent::CrisisPlanWritten { signs, actions, .. } => {
            let actions = actions.iter().map(|action| text("action", &action.what));
            maybe("signs", signs.as_ref()).into_iter().chain(actions).collect()
        }
        CrisisPlanEvent::CrisisPlanReviewed { words } => maybe("words", words.as_ref()),
    }
}

pub(super) fn of_ret(event: &RetEvent) -> Vec<Labelled> {
    match event {
        RetEvent::RetAsked { stuck, .. } => vec![text("stuck", stuck)],
        RetEvent::RetFamilyTold { words, .. } | RetEvent::RetEnded { words, .. } => vec![text("words", words)],
        RetEvent::RetJoined { .. } => Vec::new(),
    }
}
