//! What each of the network does to a conflict, as a person assessed it.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{ConflictId, PersonId};
use projections::views::escalation::{NetworkAssessedView, NetworkView};

use super::conflicts::assessor;
use super::{EscalationKind, EscalationPoint, NETWORK, NETWORK_WORDS, of};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::NetworkEffect;
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, personal, words};
use crate::graphql::workers::WorkerNode;

/// What somebody of the network does to a conflict. Each assessment is judged by its own fact.
pub struct NetworkNode {
    case: CaseNode,
    conflict: ConflictId,
    person: PersonId,
    assessed: Vec<NetworkAssessedNode>,
}

impl NetworkNode {
    /// For whoever may know an assessment of this person.
    pub(super) fn new(case: &CaseNode, view: &NetworkView) -> Option<Self> {
        let (conflict, person) = (view.conflict, view.person);
        let node = |one: &NetworkAssessedView| {
            let view = granted(case.mandate(), NETWORK, &of(person), one.clone(), |one| &one.effect)?;
            Some(NetworkAssessedNode { case: case.clone(), person, view })
        };
        let assessed: Vec<_> = view.assessed.iter().filter_map(node).collect();
        (!assessed.is_empty()).then(|| Self { case: case.clone(), conflict, person, assessed })
    }

    pub(super) fn points(&self) -> Vec<EscalationPoint> {
        let point = |node: &NetworkAssessedNode| EscalationPoint {
            conflict_id: Some(id(self.conflict)),
            person: self.case.person(self.person),
            network_effect: node.shown(),
            ..EscalationPoint::new(EscalationKind::NetworkEffect, Day(node.view.on), node.view.effect.fact)
        };
        self.assessed.iter().map(point).collect()
    }
}

/// What somebody of the network does to a conflict: feeds it, or calms it. It is never computed, and nobody is blamed.
#[Object(name = "NetworkEffectOnConflict")]
impl NetworkNode {
    /// The conflict.
    async fn conflict_id(&self) -> ID {
        id(self.conflict)
    }

    /// Who of the network.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.person)
    }

    /// What it is on the day looked at: as last assessed.
    async fn now(&self) -> Option<NetworkEffect> {
        self.assessed.last()?.shown()
    }

    /// Every assessment, in order of the day it speaks of.
    async fn assessments(&self) -> &[NetworkAssessedNode] {
        &self.assessed
    }
}

/// What somebody of the network does to a conflict, as assessed about a day.
pub struct NetworkAssessedNode {
    case: CaseNode,
    person: PersonId,
    view: Granted<NetworkAssessedView>,
}

impl NetworkAssessedNode {
    fn shown(&self) -> Option<NetworkEffect> {
        personal(self.case.mandate(), NETWORK, &self.view.effect).known().map(|effect| (*effect).into())
    }
}

/// What somebody of the network does to a conflict, as a person assessed it.
#[Object(name = "NetworkEffectAssessment")]
impl NetworkAssessedNode {
    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.effect.fact)
    }

    /// The day it speaks of.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Feeds it, calms it, or it could not be said.
    async fn effect(&self) -> Option<NetworkEffect> {
        self.shown()
    }

    /// On what it rests.
    async fn basis(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), NETWORK_WORDS, &self.view.basis))
    }

    /// Who assessed it. Absent when that would lead to somebody who must not be found.
    async fn assessed_by(&self) -> Option<WorkerNode> {
        assessor(&self.case, NETWORK, self.person, &self.view.by)
    }
}
