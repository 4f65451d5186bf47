//! Who represents somebody of the case.

use async_graphql::Object;
use domain::ids::Subject;
use projections::views::representatives::RepresentativeView;

use super::case::CaseNode;
use super::enums::{RepresentativeKind, Source};
use super::people::PersonNode;
use super::scalars::Day;
use super::show::{Granted, granted, last_day, organisation, personal};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What representation is about, for the policy: as its events in the timeline.
pub const TOPIC: Topic = Topic::People;

const REPRESENTATIVE: Field = Field::new("representative", TOPIC);
const KIND: Field = Field::new("representative.kind", TOPIC);

/// Somebody who represents a person of the case.
pub struct RepresentativeNode {
    case: CaseNode,
    about: [Subject; 1],
    view: Granted<RepresentativeView>,
}

impl RepresentativeNode {
    /// A representative, if the viewer may know of them.
    #[must_use]
    pub fn new(case: &CaseNode, view: RepresentativeView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), REPRESENTATIVE, &about, view, |view| &view.kind.value)?;
        Some(Self { case: case.clone(), about, view })
    }
}

/// Somebody who represents a person of the case.
#[Object(name = "Representative")]
impl RepresentativeNode {
    /// Whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Who represents them.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// In which capacity.
    async fn kind(&self) -> Option<RepresentativeKind> {
        let seen = personal(self.case.mandate(), KIND, &self.view.kind.value);
        seen.known().map(|kind| (*kind).into())
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.kind.from)
    }

    /// Last day, when known and you may know it.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), REPRESENTATIVE, &self.about, &self.view.kind.until)
    }

    /// Where it comes from.
    async fn source(&self) -> Source {
        self.view.source.into()
    }
}
