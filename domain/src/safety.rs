//! Safety before everything (rule 19; Besluit meldcode; divorce.md, "Safety before everything"). Each parent and each child is screened
//! alone, one-sided control included. A safety signal opens a *lane* beside whatever else goes on: the steps of the meldcode with their
//! terms, facts apart from judgement, until a second person clears it. While a lane is open nothing joint is offered.
//!
//! The order of the steps is advised and never forced: what took place is taken as it went and marked where it went otherwise (rule 0).
//! Only clearing is an act. In clear nothing tells that there is a lane.

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Fact};
use crate::rejection::Rejection;

mod asked;
pub(crate) mod catalogue;
mod clearing;
mod commands;
mod decide;
mod events;
mod lane;
mod state;
#[cfg(test)]
pub(crate) mod tests;
mod told_later;

pub use asked::{
    StepsAsked, Why, joint_before_screening, joint_talk_barred, safety_steps_asked_on, screened_on, unscreened_on,
};
pub use catalogue::{CATALOGUE, CODES, LANE_UNKNOWN, TOLD_LATER_UNKNOWN};
pub use commands::{NewAnswers, NewSignal, SafetyCommand};
pub(crate) use decide::check_audience;
pub use events::{Answers, SafetyEvent, SafetyKind, ScreeningOutcome, ToldLaterGround};
pub use lane::{
    Cleared, Consulted, Decided, Held, Judged, Lane, Look, Mapped, Reported, SafetySignal, Told, ToldLater, VtAnswer,
    Weighed,
};
pub use state::{Safety, Screening};

/// That what is known is mapped (step 1).
pub const MAP_DUE: &str = "meldcode_map";
/// That a colleague or Veilig Thuis is consulted (step 2).
pub const CONSULT_DUE: &str = "meldcode_consult";
/// That the child is talked with, alone (step 3).
pub const TALK_DUE: &str = "meldcode_talk";
/// That it is weighed (step 4).
pub const WEIGH_DUE: &str = "meldcode_weigh";
/// That is decided whether a report is needed and help is possible (step 5).
pub const DECIDE_DUE: &str = "meldcode_decide";
/// That somebody looks again at whether a person can be told.
pub const TOLD_LATER_DUE: &str = "told_later_review";

/// The rule that somebody is screened alone (divorce.md, "Safety before everything").
pub const SCREENED_ALONE: &str = "screened_alone";
/// The rule that one-sided control is part of the screening.
pub const CONTROL_SCREENED: &str = "control_screened";
/// The rule that in a lane each is talked with alone (Besluit meldcode, step 3).
pub const TALKED_ALONE: &str = "talked_alone";
/// The rule that a parent is talked with only once that was judged safe (rule 19).
pub const JUDGED_SAFE_FIRST: &str = "judged_safe_first";
/// The rule that the child is talked with first (rule 19).
pub const CHILD_FIRST: &str = "child_first";
/// The rule that it is weighed after a consultation and a talk, and decided after it was weighed (Besluit meldcode).
pub const MELDCODE_ORDER: &str = "meldcode_order";
/// The rule that a report follows a decision, unless unsafety is acute or structural (rule 19).
pub const DECIDED_BEFORE_REPORT: &str = "decided_before_report";
/// The rule that joint conversations wait while a lane is open (rule 19).
pub const JOINT_TALKS_WAIT: &str = "safety_before_joint_talk";

/// The rule that each was screened alone before anything joint is offered (divorce.md, "Safety before everything").
pub const SCREENED_BEFORE_JOINT: &str = "screened_before_joint";

/// Whether it tells of somebody's safety that this rule was departed from, whatever departed: that a lane is open, that somebody was not
/// screened. It goes no further than what is known of their safety.
#[must_use]
pub fn tells_of_safety(rule: &str) -> bool {
    [JOINT_TALKS_WAIT, SCREENED_BEFORE_JOINT].contains(&rule)
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &SafetyCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history, order, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &SafetyEvent) {
    state.safety.apply(fact, event);
}

/// Whether a fact speaks of a lane, or of something that is told later, that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &SafetyEvent) -> bool {
    match event {
        SafetyEvent::SafetyScreened { .. } | SafetyEvent::SafetySignalRecorded { opens: true, .. } => false,
        SafetyEvent::ToldLaterReviewed { told_later, .. } | SafetyEvent::PersonTold { told_later, .. } => {
            state.safety.told_later(*told_later).is_none()
        }
        event => event.lane().is_none_or(|lane| state.safety.lane(lane).is_none()),
    }
}
