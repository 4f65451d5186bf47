//! What the director marked as safe to share (privacy.md, "Three layers"): from then on it is not locating. The mark is of what stands there
//! at that moment: whoever changes it takes the mark away, until the director looks again.

use super::catalogue::{ALREADY_SAFE, NOT_MARKED_SAFE, NOT_SHAREABLE};
use super::offer::kept;
use super::{Shareable, TopologyCommand, TopologyEvent, draft};
use crate::case::{CaseEvent, CaseState};
use crate::divorce::Divorce;
use crate::fact::Fact;
use crate::ids::{EventId, WorkerId};
use crate::plan::{self, Item, PlanRef};
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::time::CivilDay;

/// That something may be shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SafeMark {
    /// What.
    pub what: Shareable,
    /// From this day on.
    pub on: CivilDay,
    /// Who said so.
    pub by: WorkerId,
    /// What it said when it was marked: of a goal or action the fact of its last change.
    of: Option<EventId>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Divorce {
    /// What is marked as safe to share and still says what it said then.
    #[must_use]
    pub fn safe_mark(&self, plans: &plan::Plans, what: Shareable) -> Option<&SafeMark> {
        let found = self.topology.marks.iter().find(|mark| mark.what == what)?;
        (found.of == says(plans, what)).then_some(found)
    }

    /// Everything that is marked as safe to share and still says what it said then.
    pub fn safe_marks<'d>(&'d self, plans: &'d plan::Plans) -> impl Iterator<Item = &'d SafeMark> {
        self.topology.marks.iter().filter(|mark| mark.of == says(plans, mark.what))
    }

    /// Whether this was marked and nobody took the mark away, also when it says something else by now.
    pub(in crate::divorce) fn was_marked(&self, what: Shareable) -> bool {
        self.topology.marks.iter().any(|mark| mark.what == what)
    }
}

/// The fact of the last change of a goal or action.
fn says(plans: &plan::Plans, what: Shareable) -> Option<EventId> {
    match what {
        Shareable::Goal(goal) => plans.last_change(Item::Goal(goal)),
        Shareable::Action(action) => plans.last_change(Item::Action(action)),
        Shareable::Director(_) | Shareable::Agreement(_) => None,
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    super::check_directs(asked)?;
    match command {
        TopologyCommand::MarkSafeToShare { what } => {
            check_shareable(asked, *what)?;
            if asked.state.divorce.safe_mark(&asked.state.plans, *what).is_some() {
                return Err(Rejection::new(ALREADY_SAFE).with("what", id_of(*what)));
            }
            Ok(vec![draft(TopologyEvent::SafeToShareMarked { what: *what })])
        }
        TopologyCommand::RevokeSafeToShare { what, reason } => {
            if !asked.state.divorce.was_marked(*what) {
                return Err(Rejection::new(NOT_MARKED_SAFE).with("what", id_of(*what)));
            }
            let reason = kept(asked, reason.as_ref());
            Ok(vec![draft(TopologyEvent::SafeToShareRevoked { what: *what, reason })])
        }
        _ => Ok(Vec::new()),
    }
}

fn check_shareable(asked: &Asked<'_, '_>, what: Shareable) -> Result<(), Rejection> {
    let (state, today) = (asked.state, asked.today());
    let shareable = match what {
        Shareable::Director(worker) => {
            let regie = asked.regie();
            let directs = regie.director_on(today).is_some_and(|held| held.worker == worker);
            directs || regie.deputy_on(today).is_some_and(|held| held.worker == worker)
        }
        Shareable::Goal(goal) => state.plans.goal(goal).is_some_and(|goal| goal.plan == PlanRef::Child),
        Shareable::Action(action) => state.plans.action(action).is_some_and(|action| action.plan == PlanRef::Child),
        Shareable::Agreement(agreement) => {
            state.divorce.agreement(agreement).is_some_and(|agreement| agreement.ended.is_none())
        }
    };
    if shareable { Ok(()) } else { Err(Rejection::new(NOT_SHAREABLE).with("what", id_of(what))) }
}

fn id_of(what: Shareable) -> Detail {
    match what {
        Shareable::Director(worker) => Detail::id(worker),
        Shareable::Goal(goal) => Detail::id(goal),
        Shareable::Action(action) => Detail::id(action),
        Shareable::Agreement(agreement) => Detail::id(agreement),
    }
}

pub(super) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let of = |what| says(&state.plans, what);
    match event {
        TopologyEvent::SafeToShareMarked { what } => {
            let of = of(*what);
            let mark = SafeMark { what: *what, on: fact.occurred.day(), by: fact.actor.worker, of, fact: fact.id };
            let marks = &mut state.divorce.topology.marks;
            marks.retain(|known| known.what != *what);
            marks.push(mark);
        }
        TopologyEvent::SafeToShareRevoked { what, .. } => {
            state.divorce.topology.marks.retain(|known| known.what != *what);
        }
        _ => {}
    }
}
