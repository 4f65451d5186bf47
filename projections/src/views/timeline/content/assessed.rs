//! The words of assessments, of references to registers elsewhere and of informal support. A score, a weight or a yes or no shows with its
//! assessment or measure: no words of somebody.

use domain::assessment::{AssessmentEvent, Part, Related, TopicState};
use domain::informal::InformalEvent;
use domain::personal::Personal;
use domain::reference::ReferenceEvent;
use domain::text::Line;

use super::{Labelled, day, line, maybe, process_day, text};

pub(super) fn of_assessment(event: &AssessmentEvent) -> Vec<Labelled> {
    match event {
        AssessmentEvent::AssessmentRecorded { occasion, .. } => maybe("occasion", occasion.as_ref()),
        AssessmentEvent::AssessmentPartTold { content, .. } => of_part(content),
        AssessmentEvent::HypothesisStated { words, .. } => vec![text("hypothesis", words)],
        AssessmentEvent::AssessmentTested { words, .. } => maybe("words", words.as_ref()),
    }
}

fn of_part(part: &Part) -> Vec<Labelled> {
    match part {
        Part::Themes { themes, left_out } => {
            let said = themes.iter().flat_map(|theme| [line("theme", &theme.theme), text("words", &theme.words)]);
            said.chain(left_out.iter().map(|theme| line("left_out", theme))).collect()
        }
        Part::Story(words) => vec![text("words", words)],
        Part::Portrait(words) => vec![text("portrait", words)],
        Part::Score(_) => Vec::new(),
        Part::Relations(relations) => {
            let other = |end: &Related| match end {
                Related::Person(_) => None,
                Related::Other(who) => Some(line("relation", who)),
            };
            let said = relations.iter().flat_map(|one| {
                let ends = [other(&one.from), other(&one.to)].into_iter().flatten();
                ends.chain(maybe("words", one.words.as_ref())).collect::<Vec<_>>()
            });
            said.collect()
        }
        Part::Future(topics) => {
            let said = topics.iter().flat_map(|topic| {
                let wish = match &topic.state {
                    TopicState::Discussed(wish) => maybe("wish", wish.as_ref()),
                    TopicState::Open => Vec::new(),
                };
                std::iter::once(line("topic", &topic.topic)).chain(wish).collect::<Vec<_>>()
            });
            said.collect()
        }
    }
}

pub(super) fn of_reference(event: &ReferenceEvent) -> Vec<Labelled> {
    match event {
        ReferenceEvent::ExternalReferenceRecorded { number, keeper, since, .. } => {
            vec![line("number", number), line("keeper", keeper), process_day("since", *since)]
        }
        ReferenceEvent::ExternalReferenceEnded { last_day, reason, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("reason", reason.as_ref())).collect()
        }
    }
}

pub(super) fn of_informal(event: &InformalEvent) -> Vec<Labelled> {
    let maybe_line =
        |label, words: Option<&Personal<Line>>| words.map(|words| line(label, words)).into_iter().collect::<Vec<_>>();
    match event {
        InformalEvent::SupportMatched { volunteer, organisation, question, tasks, .. } => {
            let who = std::iter::once(line("volunteer", volunteer));
            let who = who.chain(maybe_line("organisation", organisation.as_ref()));
            who.chain([text("question", question)]).chain(maybe("tasks", tasks.as_ref())).collect()
        }
        InformalEvent::SupportHouseRulesSigned { rules, .. } => maybe("rules", rules.as_ref()),
        InformalEvent::SupportCertificateSeen { issued, .. } => vec![day("issued", issued)],
        InformalEvent::SupportTrialStarted { until, .. } => vec![process_day("until", *until)],
        InformalEvent::SupportTrialEvaluated { words, .. } => vec![text("words", words)],
        InformalEvent::SupportTermAgreed { from, until, agreements, .. } => {
            super::days(*from, Some(*until)).chain(maybe("agreements", agreements.as_ref())).collect()
        }
        InformalEvent::SupportReviewed { words, next, .. } => {
            std::iter::once(text("words", words)).chain(next.map(|next| process_day("next", next))).collect()
        }
        InformalEvent::SupportMeasured { words, .. } => maybe("words", words.as_ref()),
        InformalEvent::SupportEnded { last_day, words, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("words", words.as_ref())).collect()
        }
    }
}
