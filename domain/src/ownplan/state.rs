//! What follows from everything that happened about own plans: this room's slice of the state, each list in order of the day.

use super::{Binds, OwnPlanEvent, PlanMaker};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, OwnPlanId, PersonId};
use crate::personal::Personal;
use crate::regie::insert_ordered;
use crate::text::Text;
use crate::time::CivilDay;

/// That it was explained.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// To whom, in order.
    pub parents: Vec<PersonId>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// A plan that parents make themselves.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnPlan {
    /// The plan.
    pub id: OwnPlanId,
    /// Who makes it, in order.
    pub parents: Vec<PersonId>,
    /// Whom it binds.
    pub binds: Binds,
    /// The day it was taken.
    pub taken: CivilDay,
    /// The day by which it is ready, as agreed.
    pub agreed: CivilDay,
    /// What must follow, as the fact carries it.
    pub(super) due: Option<Due>,
    /// The day it was presented, with the fact that says so.
    pub presented: Option<(CivilDay, EventId)>,
    /// What was said of it then.
    pub words: Option<Personal<Text>>,
    /// The fact that says that it was taken.
    pub fact: EventId,
}

/// That parents waived it.
#[derive(Clone, PartialEq, Debug)]
pub struct Waived {
    /// Who, in order.
    pub parents: Vec<PersonId>,
    /// Who makes the plan for help instead.
    pub maker: PlanMaker,
    /// Why, in their words.
    pub reason: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// What must follow by law, as the fact carries it.
    pub dues: Vec<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// The own plans of a family.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OwnPlans {
    explained: Vec<Explained>,
    taken: Vec<OwnPlan>,
    waived: Vec<Waived>,
}

impl OwnPlans {
    /// To whom it was explained, and when.
    #[must_use]
    pub fn explained(&self) -> &[Explained] {
        &self.explained
    }

    /// The plans that parents took the making of.
    #[must_use]
    pub fn taken(&self) -> &[OwnPlan] {
        &self.taken
    }

    /// Who waived it.
    #[must_use]
    pub fn waived(&self) -> &[Waived] {
        &self.waived
    }

    /// One of the plans that parents took the making of.
    #[must_use]
    pub fn get(&self, own_plan: OwnPlanId) -> Option<&OwnPlan> {
        self.taken.iter().find(|own| own.id == own_plan)
    }

    /// Whether it was explained to each of these.
    #[must_use]
    pub fn are_explained(&self, parents: &[PersonId]) -> bool {
        parents.iter().all(|parent| self.explained.iter().any(|explained| explained.parents.contains(parent)))
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &OwnPlanEvent) {
        let on = fact.occurred.day();
        match event {
            OwnPlanEvent::OwnPlanExplained { parents } => {
                let explained = Explained { parents: parents.clone(), on, fact: fact.id };
                insert_ordered(&mut self.explained, explained, |one| (one.on, one.parents.clone()));
            }
            OwnPlanEvent::OwnPlanTaken { own_plan, parents, binds, agreed } => {
                let taken = OwnPlan {
                    id: *own_plan,
                    parents: parents.clone(),
                    binds: binds.clone(),
                    taken: on,
                    agreed: *agreed,
                    due: crate::regie::asked::carried(&fact.due, super::OWN_PLAN_DUE),
                    presented: None,
                    words: None,
                    fact: fact.id,
                };
                insert_ordered(&mut self.taken, taken, |one| (one.taken, one.id));
            }
            OwnPlanEvent::OwnPlanPresented { own_plan, words } => {
                if let Some(own) = self.taken.iter_mut().find(|own| own.id == *own_plan) {
                    own.presented = Some((on, fact.id));
                    own.words.clone_from(words);
                }
            }
            OwnPlanEvent::OwnPlanWaived { parents, maker, reason } => {
                let (parents, reason) = (parents.clone(), reason.clone());
                let waived = Waived { parents, maker: *maker, reason, on, dues: fact.due.clone(), fact: fact.id };
                insert_ordered(&mut self.waived, waived, |one| (one.on, one.parents.clone()));
            }
        }
    }
}
