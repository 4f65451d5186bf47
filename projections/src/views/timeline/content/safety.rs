//! The words of what is recorded about safety.

use domain::safety::SafetyEvent;
use domain::statement::Speaker;

use super::{Labelled, line, maybe, process_day, text};

/// The sentence of each, and what else stands there in words; what was answered or decided shows with the lane.
pub(super) fn of_safety(event: &SafetyEvent) -> Vec<Labelled> {
    match event {
        SafetyEvent::SafetySignalRecorded { facts, judgement, reported_by, observed_by, told_by, .. } => {
            let spoke = [("reported_by", Some(reported_by)), ("observed_by", observed_by.as_ref())];
            let spoke = spoke.into_iter().chain([("told_by", told_by.as_ref())]);
            let outside = spoke.filter_map(|(label, spoke)| match spoke {
                Some(Speaker::Outside(who)) => Some(line(label, who)),
                _ => None,
            });
            let judged = maybe("judgement", judgement.as_ref());
            std::iter::once(text("facts", facts)).chain(judged).chain(outside).collect()
        }
        SafetyEvent::SafetyDecided { help, words, .. } => {
            std::iter::once(text("words", words)).chain(maybe("help", help.as_ref())).collect()
        }
        SafetyEvent::VeiligThuisAnswered { established, source, words, .. } => {
            vec![text("words", words), line("source", source), process_day("established", *established)]
        }
        SafetyEvent::ToldLaterDecided { words, review, .. } | SafetyEvent::ToldLaterReviewed { words, review, .. } => {
            vec![text("words", words), process_day("review", *review)]
        }
        SafetyEvent::PersonTold { words, .. } => maybe("words", words.as_ref()),
        SafetyEvent::SafetyScreened { words, .. }
        | SafetyEvent::SafetyMapped { words, .. }
        | SafetyEvent::SafetyConsulted { words, .. }
        | SafetyEvent::SafetyTalkJudged { words, .. }
        | SafetyEvent::SafetyTalkHeld { words, .. }
        | SafetyEvent::SafetyWeighed { words, .. }
        | SafetyEvent::ReportedToVeiligThuis { words, .. }
        | SafetyEvent::SafetyLaneCleared { words, .. } => vec![text("words", words)],
    }
}
