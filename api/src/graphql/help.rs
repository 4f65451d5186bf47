//! Help as it runs: trajectories of providers with their extensions, what was weighed, what waits for an answer, direct referrals, and the
//! legal framework with conditions in voluntary help. Each value by the audience and layers of its own fact.

mod asked;
mod conditions;
mod sheet;
mod trajectories;
mod weighed;

use async_graphql::{Context, Object, Result};
use domain::ids::{PersonId, Subject};
use projections::views;

use self::asked::{ApplicationNode, ReferralNode};
use self::conditions::{ConditionNode, FrameworkChange};
use self::trajectories::TrajectoryNode;
use self::weighed::WeighingNode;
use super::case::CaseNode;
use super::people::PersonNode;
use super::session::Session;
use crate::gate::{Field, Topic};

/// What it is about, for the policy: help, who gives it, what it waits for.
const TOPIC: Topic = Topic::Service;

const TRAJECTORY: Field = Field::new("help.trajectory", TOPIC);
const TRAJECTORY_WORDS: Field = Field::new("help.trajectory.words", TOPIC);
const TRAJECTORY_GOALS: Field = Field::new("help.trajectory.goals", TOPIC);
const TRAJECTORY_END: Field = Field::new("help.trajectory.end", TOPIC);
const EXTENSION: Field = Field::new("help.extension", TOPIC);
const EXTENSION_WORDS: Field = Field::new("help.extension.words", TOPIC);
const EXTENSION_VIEW: Field = Field::new("help.extension.view", TOPIC);
const EXTENSION_DECISION: Field = Field::new("help.extension.decision", TOPIC);
const EXTENSION_OBJECTION: Field = Field::new("help.extension.objection", TOPIC);
const SHEET: Field = Field::new("help.extension.sheet", TOPIC);
const WEIGHING: Field = Field::new("help.weighing", TOPIC);
const WEIGHING_WORDS: Field = Field::new("help.weighing.words", TOPIC);
const WEIGHING_LOOK: Field = Field::new("help.weighing.look", TOPIC);
const APPLICATION: Field = Field::new("help.application", TOPIC);
const APPLICATION_WORDS: Field = Field::new("help.application.words", TOPIC);
const APPLICATION_ANSWER: Field = Field::new("help.application.answer", TOPIC);
const REFERRAL: Field = Field::new("help.referral", TOPIC);
const REFERRAL_WORDS: Field = Field::new("help.referral.words", TOPIC);
const CONDITION: Field = Field::new("help.condition", TOPIC);
const CONDITION_WORDS: Field = Field::new("help.condition.words", TOPIC);
const CONDITION_ANSWER: Field = Field::new("help.condition.answer", TOPIC);
const FRAMEWORK: Field = Field::new("help.framework", Topic::Status);

fn of_all(persons: &[PersonId]) -> Vec<Subject> {
    persons.iter().copied().map(Subject::Person).collect()
}

fn persons(case: &CaseNode, persons: &[PersonId]) -> Vec<PersonNode> {
    persons.iter().filter_map(|person| case.person(*person)).collect()
}

/// Help as it runs in a case.
pub struct HelpNode {
    case: CaseNode,
}

impl HelpNode {
    /// Of this case.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }

    fn covers(&self) -> bool {
        self.case.mandate().covers(TOPIC)
    }
}

/// Help as it runs: by whom, for which goals, until when; what was weighed; what was asked and waits.
#[Object(name = "Help")]
impl HelpNode {
    /// Trajectories of providers, in order of their first day.
    async fn trajectories(&self, ctx: &Context<'_>) -> Result<Vec<TrajectoryNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::trajectories::trajectories);
        Ok(all.into_iter().filter_map(|view| TrajectoryNode::new(&self.case, view)).collect())
    }

    /// Help that may harm with its justification, and deliberate waiting, in order of the day.
    async fn weighings(&self, ctx: &Context<'_>) -> Result<Vec<WeighingNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::weighings::weighings);
        Ok(all.into_iter().filter_map(|view| WeighingNode::new(&self.case, view)).collect())
    }

    /// What was asked for the family: decisions (beschikkingen) with their waiting days beside the concern they leave open, and material
    /// aid. In order of the day.
    async fn applications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that still wait for an answer.", default)] waiting: bool,
    ) -> Result<Vec<ApplicationNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::applications::applications);
        let wanted = all.into_iter().filter(|view| !waiting || ApplicationNode::waits(&self.case, view));
        Ok(wanted.filter_map(|view| ApplicationNode::new(&self.case, view)).collect())
    }

    /// Direct referrals (rechtstreekse verwijzing), in order of the day.
    async fn referrals(&self, ctx: &Context<'_>) -> Result<Vec<ReferralNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::referrals::referrals);
        Ok(all.into_iter().filter_map(|view| ReferralNode::new(&self.case, view)).collect())
    }

    /// Conditions in voluntary help (voorwaarde bij vrijwillige hulp), in order of the day. Each may be refused.
    async fn conditions(&self, ctx: &Context<'_>) -> Result<Vec<ConditionNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::conditions::conditions);
        Ok(all.into_iter().filter_map(|view| ConditionNode::new(&self.case, view)).collect())
    }

    /// Each time help became compulsory, by a measure, or voluntary again, in order of the first day.
    async fn framework_changes(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkChange>> {
        let all = self.case.read(&Session::of(ctx)?, views::conditions::changes);
        Ok(all.iter().filter_map(|view| FrameworkChange::new(&self.case, view)).collect())
    }
}
