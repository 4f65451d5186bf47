//! Everything that was weighed, and who looked again.

use super::{HARM_REVIEW_DUE, WAITING_REVIEW_DUE, WeighingEvent};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, HelpTrajectoryId, PersonId, WeighingId};
use crate::personal::Personal;
use crate::regie::Agreed;
use crate::regie::asked::carried;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// Something that was weighed.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighing {
    /// The weighing.
    pub id: WeighingId,
    /// What.
    pub what: Weighed,
    /// Whom it concerns.
    pub persons: Vec<PersonId>,
    /// Who decided.
    pub decided: Vec<Agreed>,
    /// The day.
    pub on: CivilDay,
    /// The day on which somebody looks again, as said at first.
    pub review: Option<CivilDay>,
    /// Who looked again, in the order told.
    pub looks: Vec<Look>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What was weighed.
#[derive(Clone, PartialEq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "facts are few and short-lived; a box would only hide what stands in one"
)]
pub enum Weighed {
    /// Help that may harm.
    Harm {
        /// Which help.
        help: Personal<Line>,
        /// The trajectory it is.
        trajectory: Option<HelpTrajectoryId>,
        /// What it may bring.
        benefit: Personal<Text>,
        /// What harm it may do.
        harm: Personal<Text>,
        /// Which lighter help was weighed.
        lighter: Option<Personal<Text>>,
        /// Why it is done all the same.
        justification: Personal<Text>,
        /// The interest of the child.
        child_interest: Option<Personal<Text>>,
    },
    /// A deliberate wait.
    Waiting {
        /// With what.
        what: Personal<Text>,
        /// Why.
        reason: Personal<Text>,
    },
}

/// That somebody looked again.
#[derive(Clone, PartialEq, Debug)]
pub struct Look {
    /// The day.
    pub on: CivilDay,
    /// Whether it goes on.
    pub goes_on: bool,
    /// What was found.
    pub finding: Personal<Text>,
    /// The next day on which somebody looks.
    pub next: Option<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Weighing {
    /// Since when it is over.
    #[must_use]
    pub fn over(&self) -> Option<CivilDay> {
        self.looks.iter().find(|look| !look.goes_on).map(|look| look.on)
    }
}

/// Weighings in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Weighings {
    weighings: Vec<Weighing>,
}

impl Weighings {
    /// Every weighing.
    #[must_use]
    pub fn all(&self) -> &[Weighing] {
        &self.weighings
    }

    /// This weighing.
    #[must_use]
    pub fn get(&self, weighing: WeighingId) -> Option<&Weighing> {
        self.weighings.iter().find(|known| known.id == weighing)
    }

    /// Whether this trajectory was justified.
    #[must_use]
    pub fn justifies(&self, justified: HelpTrajectoryId) -> bool {
        let of =
            |known: &Weighing| matches!(known.what, Weighed::Harm { trajectory: Some(one), .. } if one == justified);
        self.weighings.iter().any(of)
    }

    /// What is looked at again, while it goes on.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        let on = self.weighings.iter().filter(|known| known.over().is_none());
        on.filter_map(|known| known.due.clone())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &WeighingEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        let due = || carried(&fact.due, HARM_REVIEW_DUE).or_else(|| carried(&fact.due, WAITING_REVIEW_DUE));
        match event.clone() {
            WeighingEvent::HarmfulHelpJustified {
                weighing,
                persons,
                help,
                trajectory,
                benefit,
                harm,
                lighter,
                justification,
                child_interest,
                decided,
                review,
            } => {
                let what = Weighed::Harm { help, trajectory, benefit, harm, lighter, justification, child_interest };
                let (looks, due) = (Vec::new(), due());
                self.weighings.push(Weighing {
                    id: weighing,
                    what,
                    persons,
                    decided,
                    on,
                    review,
                    looks,
                    due,
                    fact: id,
                });
            }
            WeighingEvent::WaitingDecided { weighing, persons, what, reason, decided, review } => {
                let (what, looks, due) = (Weighed::Waiting { what, reason }, Vec::new(), due());
                let review = Some(review);
                self.weighings.push(Weighing {
                    id: weighing,
                    what,
                    persons,
                    decided,
                    on,
                    review,
                    looks,
                    due,
                    fact: id,
                });
            }
            WeighingEvent::WeighingReviewed { weighing, goes_on, finding, next } => {
                if let Some(known) = self.weighings.iter_mut().find(|known| known.id == weighing) {
                    known.due = due();
                    known.looks.push(Look { on, goes_on, finding, next, fact: id });
                }
            }
        }
    }
}
