//! The words of facts about safety, and which of them can be explained.

use super::{kept, misfit};
use crate::case::CaseEvent;
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::safety::SafetyEvent;
use crate::statement::Speaker;
use crate::text::Text;

/// The facts of a signal, and the sentence of every step. What was answered or decided otherwise is struck out and recorded anew.
pub(super) fn text_of_safety(event: &mut SafetyEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    kept_safety(event)?;
    Ok(match event {
        SafetyEvent::SafetySignalRecorded { facts: words, .. }
        | SafetyEvent::SafetyScreened { words, .. }
        | SafetyEvent::SafetyMapped { words, .. }
        | SafetyEvent::SafetyConsulted { words, .. }
        | SafetyEvent::SafetyTalkJudged { words, .. }
        | SafetyEvent::SafetyTalkHeld { words, .. }
        | SafetyEvent::SafetyWeighed { words, .. }
        | SafetyEvent::SafetyDecided { words, .. }
        | SafetyEvent::ReportedToVeiligThuis { words, .. }
        | SafetyEvent::VeiligThuisAnswered { words, .. }
        | SafetyEvent::ToldLaterDecided { words, .. }
        | SafetyEvent::ToldLaterReviewed { words, .. }
        | SafetyEvent::SafetyLaneCleared { words, .. } => Some(words),
        SafetyEvent::PersonTold { .. } => None,
    })
}

/// What stands in a fact about safety besides its sentence.
fn kept_safety(event: &SafetyEvent) -> Result<(), Rejection> {
    match event {
        SafetyEvent::SafetyScreened { outcome, .. } => kept(Some(outcome)),
        SafetyEvent::SafetySignalRecorded { kind, judgement, reported_by, observed_by, told_by, .. } => {
            kept(Some(kind))?;
            kept(judgement.as_ref())?;
            std::iter::once(reported_by).chain(observed_by).chain(told_by).try_for_each(kept_speaker)
        }
        SafetyEvent::SafetyTalkJudged { safe, .. } => kept(Some(safe)),
        SafetyEvent::SafetyWeighed { answers, .. } => kept(Some(answers)),
        SafetyEvent::SafetyDecided { report_needed, help_possible, help, .. } => {
            [report_needed, help_possible].into_iter().try_for_each(|one| kept(Some(one)))?;
            kept(help.as_ref())
        }
        SafetyEvent::VeiligThuisAnswered { source, .. } => kept(Some(source)),
        SafetyEvent::SafetyMapped { .. }
        | SafetyEvent::SafetyConsulted { .. }
        | SafetyEvent::SafetyTalkHeld { .. }
        | SafetyEvent::ReportedToVeiligThuis { .. }
        | SafetyEvent::ToldLaterDecided { .. }
        | SafetyEvent::ToldLaterReviewed { .. }
        | SafetyEvent::PersonTold { .. }
        | SafetyEvent::SafetyLaneCleared { .. } => Ok(()),
    }
}

fn kept_speaker(speaker: &Speaker) -> Result<(), Rejection> {
    match speaker {
        Speaker::Outside(who) => kept(Some(who)),
        Speaker::Person(_) | Speaker::Worker(_) => Ok(()),
    }
}

/// A screening or a talk that was not alone, steps in another order, a report before it was decided on.
pub(super) fn safety_explainable(event: &SafetyEvent) -> Result<(), Rejection> {
    kept_safety(event)?;
    match event {
        SafetyEvent::SafetyScreened { words, .. }
        | SafetyEvent::SafetyTalkHeld { words, .. }
        | SafetyEvent::SafetyWeighed { words, .. }
        | SafetyEvent::SafetyDecided { words, .. }
        | SafetyEvent::ReportedToVeiligThuis { words, .. } => kept(Some(words)),
        event => Err(misfit(&CaseEvent::Safety(event.clone()))),
    }
}
