//! What follows from everything that happened about plans: this room's slice of the state.

use std::collections::BTreeMap;

use super::{Action, Activated, Evaluation, Goal, PlanRef, Version};
use crate::ids::{ActionId, GoalId, VersionId};
use crate::once::each_once;

/// The plans of a case.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plans {
    pub(super) goals: BTreeMap<GoalId, Goal>,
    pub(super) actions: BTreeMap<ActionId, Action>,
    /// In the order offered.
    pub(super) versions: Vec<Version>,
    /// In order of the day.
    pub(super) evaluations: Vec<Evaluation>,
}

impl Plans {
    /// A goal.
    #[must_use]
    pub fn goal(&self, goal: GoalId) -> Option<&Goal> {
        self.goals.get(&goal)
    }

    /// Every goal of every plan, withdrawn ones too.
    pub fn goals(&self) -> impl Iterator<Item = &Goal> {
        self.goals.values()
    }

    /// An action.
    #[must_use]
    pub fn action(&self, action: ActionId) -> Option<&Action> {
        self.actions.get(&action)
    }

    /// Every action of every plan.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.values()
    }

    /// What runs in a plan: the open goals, and the actions that are not over. What one plan becoming two must give a place, none lost.
    pub fn running(&self, plan: PlanRef) -> (impl Iterator<Item = &Goal>, impl Iterator<Item = &Action>) {
        let open = move |goal: &&Goal| goal.plan == plan && goal.standing() == super::GoalStanding::Open;
        let runs = move |action: &&Action| action.plan == plan && action.ended.is_none();
        (self.goals().filter(open), self.actions().filter(runs))
    }

    /// A version.
    #[must_use]
    pub fn version(&self, version: VersionId) -> Option<&Version> {
        self.versions.iter().find(|offered| offered.id == version)
    }

    /// Every version of every plan, in the order offered.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter()
    }

    /// Every version of a plan, in the order offered.
    #[must_use]
    pub fn versions_of(&self, plan: PlanRef) -> impl DoubleEndedIterator<Item = &Version> {
        self.versions.iter().filter(move |version| version.plan == plan)
    }

    /// The version of a plan that was offered last.
    #[must_use]
    pub fn last_version(&self, plan: PlanRef) -> Option<&Version> {
        self.versions_of(plan).next_back()
    }

    /// The version that is worked by: the last one that became active.
    #[must_use]
    pub fn active_version(&self, plan: PlanRef) -> Option<&Version> {
        self.versions_of(plan).rev().find(|version| version.activated.is_some())
    }

    /// When a plan of the case became active for the first time.
    #[must_use]
    pub fn first_activated(&self) -> Option<&Activated> {
        self.versions.iter().filter_map(|version| version.activated.as_ref()).min_by_key(|active| active.on)
    }

    /// The plans that ever became active.
    pub fn active_plans(&self) -> impl Iterator<Item = PlanRef> {
        let active = self.versions.iter().filter(|version| version.activated.is_some()).map(|version| version.plan);
        each_once(&active.collect::<Vec<_>>()).into_iter()
    }

    pub(super) fn change_action(&mut self, action: ActionId, change: impl FnOnce(&mut Action)) {
        if let Some(action) = self.actions.get_mut(&action) {
            change(action);
        }
    }
}
