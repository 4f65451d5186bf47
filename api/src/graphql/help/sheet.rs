//! What three roles see of an extension under a pseudonym: for the case director, who hands it to them.

use async_graphql::SimpleObject;
use domain::ids::Subject;
use projections::views::trajectories::{SheetGoalView, SheetView};

use super::SHEET;
use crate::gate::Mandate;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{plain, words};

/// What three roles see of an extension: goals, dates and product. No names, no family, no provider.
#[derive(SimpleObject)]
pub struct ReviewSheet {
    /// The name under which they see it.
    pseudonym: String,
    /// Which product.
    product: Option<String>,
    /// The first day.
    from: Day,
    /// The last day that was agreed before.
    until: Option<Day>,
    /// The last day that is asked.
    asked_until: Day,
    /// Every goal that the trajectory ever served, in the order in which it came to serve them.
    goals: Vec<ReviewedGoal>,
}

/// A goal as three roles see it.
#[derive(SimpleObject)]
pub struct ReviewedGoal {
    /// Its words through time, without anybody's name.
    wordings: Vec<ReviewedWording>,
    /// Since when the trajectory serves it.
    since: Day,
    /// Since when it serves it no longer.
    left: Option<Day>,
    /// On which day the family said that it was reached.
    reached: Option<Day>,
    /// Whether it changed since the trajectory began.
    changed: bool,
}

/// The words of a goal from a day on.
#[derive(SimpleObject)]
pub struct ReviewedWording {
    /// From this day on.
    since: Day,
    /// The words.
    words: Option<String>,
}

impl ReviewSheet {
    pub(super) fn new(session: &Session<'_>, mandate: &Mandate, about: &[Subject], view: &SheetView) -> Option<Self> {
        let pseudonym = plain(mandate, SHEET, about, &view.pseudonym)?;
        let goal = |goal: &SheetGoalView| ReviewedGoal {
            wordings: goal
                .wordings
                .iter()
                .map(|(on, kept)| ReviewedWording { since: Day(*on), words: words(session, mandate, SHEET, kept) })
                .collect(),
            since: Day(goal.since),
            left: goal.left.map(Day),
            reached: goal.reached.map(Day),
            changed: goal.changed,
        };
        Some(Self {
            pseudonym,
            product: words(session, mandate, SHEET, &view.product),
            from: Day(view.from),
            until: view.until.map(Day),
            asked_until: Day(view.asked_until),
            goals: view.goals.iter().map(goal).collect(),
        })
    }
}
