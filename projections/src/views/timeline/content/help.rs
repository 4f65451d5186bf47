//! The words of steps in help, of help that runs, of what was weighed, asked and referred, and of conditions.

use domain::application::ApplicationEvent;
use domain::framework::FrameworkEvent;
use domain::personal::Personal;
use domain::referral::ReferralEvent;
use domain::service::ServiceEvent;
use domain::text::Line;
use domain::trajectory::TrajectoryEvent;
use domain::weighing::WeighingEvent;

use super::{Labelled, days, line, maybe, process_day, text};

pub(super) fn of_service(event: &ServiceEvent) -> Vec<Labelled> {
    let maybe_line = |label, words: &Option<Personal<Line>>| words.as_ref().map(|words| line(label, words));
    match event {
        ServiceEvent::ServiceStepTaken { reason, programme, provider, .. } => {
            let lines = [maybe_line("programme", programme), maybe_line("provider", provider)];
            std::iter::once(text("reason", reason)).chain(lines.into_iter().flatten()).collect()
        }
        ServiceEvent::FamilyWishTold { wish, .. } => vec![text("wish", wish)],
        ServiceEvent::BodyJoined { organisation, reason, family_told, .. } => {
            let told = maybe("family_told", family_told.as_ref());
            std::iter::once(text("reason", reason))
                .chain(maybe_line("organisation", organisation))
                .chain(told)
                .collect()
        }
        ServiceEvent::BodyLeft { reason, .. } => vec![text("reason", reason)],
        ServiceEvent::AdviceRecorded { source, advice, .. } => vec![line("source", source), text("advice", advice)],
    }
}

pub(super) fn of_trajectory(event: &TrajectoryEvent) -> Vec<Labelled> {
    match event {
        TrajectoryEvent::TrajectoryStarted { product, provider, from, until, .. } => {
            [line("product", product), line("provider", provider)].into_iter().chain(days(*from, *until)).collect()
        }
        TrajectoryEvent::TrajectoryGoalsSet { words, .. } | TrajectoryEvent::ExtensionObjected { words, .. } => {
            maybe("words", words.as_ref())
        }
        TrajectoryEvent::ExtensionAsked { until, reason, .. } => {
            vec![text("reason", reason), process_day("until", *until)]
        }
        TrajectoryEvent::ExtensionViewGiven { view, .. } => vec![text("view", view)],
        TrajectoryEvent::ExtensionDecided { until, reason, decided_by, objection_until, .. } => {
            let until = until.map(|until| process_day("until", until));
            let rest = [text("reason", reason), line("decided_by", decided_by)];
            let objection = process_day("objection_until", *objection_until);
            rest.into_iter().chain(until).chain([objection]).collect()
        }
        TrajectoryEvent::TrajectoryEnded { last_day, words, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("words", words.as_ref())).collect()
        }
    }
}

pub(super) fn of_weighing(event: &WeighingEvent) -> Vec<Labelled> {
    match event {
        WeighingEvent::HarmfulHelpJustified {
            help,
            benefit,
            harm,
            lighter,
            justification,
            child_interest,
            review,
            ..
        } => {
            let rest = [text("benefit", benefit), text("harm", harm), text("justification", justification)];
            let more = maybe("lighter", lighter.as_ref()).into_iter();
            let more = more.chain(maybe("child_interest", child_interest.as_ref()));
            let review = review.map(|review| process_day("review", review));
            std::iter::once(line("help", help)).chain(rest).chain(more).chain(review).collect()
        }
        WeighingEvent::WaitingDecided { what, reason, review, .. } => {
            vec![text("what", what), text("reason", reason), process_day("review", *review)]
        }
        WeighingEvent::WeighingReviewed { finding, next, .. } => {
            std::iter::once(text("finding", finding)).chain(next.map(|next| process_day("next", next))).collect()
        }
    }
}

pub(super) fn of_application(event: &ApplicationEvent) -> Vec<Labelled> {
    match event {
        ApplicationEvent::ApplicationMade { what, of_whom, concern, answer_by, .. } => {
            let by = answer_by.map(|by| process_day("answer_by", by));
            let words = [text("what", what), line("of_whom", of_whom)];
            words.into_iter().chain(maybe("concern", concern.as_ref())).chain(by).collect()
        }
        ApplicationEvent::ApplicationDelayed { reason, answer_by, .. } => {
            let by = answer_by.map(|by| process_day("answer_by", by));
            std::iter::once(text("reason", reason)).chain(by).collect()
        }
        ApplicationEvent::ApplicationAnswered { words, .. } => maybe("words", words.as_ref()),
    }
}

pub(super) fn of_referral(event: &ReferralEvent) -> Vec<Labelled> {
    match event {
        ReferralEvent::ReferralRecorded { who, provider, help, referred, .. } => {
            let who = who.as_ref().map(|who| line("who", who));
            let help = help.as_ref().map(|help| line("help", help));
            let referred = referred.map(|day| process_day("referred", day));
            who.into_iter().chain([line("provider", provider)]).chain(help).chain(referred).collect()
        }
        ReferralEvent::ReferralPlanned { .. } => Vec::new(),
    }
}

pub(super) fn of_framework(event: &FrameworkEvent) -> Vec<Labelled> {
    match event {
        FrameworkEvent::LegalFrameworkChanged { from, .. } => days(*from, None).collect(),
        FrameworkEvent::ConditionSet { what, why, set_by, until, .. } => {
            vec![text("what", what), text("why", why), line("set_by", set_by), process_day("until", *until)]
        }
        FrameworkEvent::ConditionAnswered { words, .. } => maybe("words", words.as_ref()),
        FrameworkEvent::ConditionEnded { reason, .. } => vec![text("reason", reason)],
    }
}
