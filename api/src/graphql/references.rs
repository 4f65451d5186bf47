//! References to registers elsewhere: where something stands, never what it says.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::Subject;
use projections::views::references::{self as views, ReferenceView};

use super::case::CaseNode;
use super::enums::ExternalRegister;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use crate::gate::{Field, Topic};

const TOPIC: Topic = Topic::Reference;
const REFERENCE: Field = Field::new("reference", TOPIC);
const ENDED: Field = Field::new("reference.ended", TOPIC);

/// Every reference that the viewer may know of.
pub fn all(session: &Session<'_>, case: &CaseNode) -> Vec<ReferenceNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::references).into_iter().filter_map(|view| ReferenceNode::new(case, view)).collect()
}

/// A reference to a register elsewhere.
pub struct ReferenceNode {
    case: CaseNode,
    view: Granted<ReferenceView>,
}

impl ReferenceNode {
    fn new(case: &CaseNode, view: ReferenceView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), REFERENCE, &about, view, |view| &view.reference)?;
        Some(Self { case: case.clone(), view })
    }
}

/// That something about somebody stands in a register or file elsewhere. What it says stays with its keeper.
#[Object(name = "ExternalReference")]
impl ReferenceNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.reference.value)
    }

    /// About whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// In which kind of register.
    async fn register(&self) -> Option<ExternalRegister> {
        personal(self.case.mandate(), REFERENCE, &self.view.register).known().map(|register| (*register).into())
    }

    /// Under which number or name there.
    async fn number(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REFERENCE, &self.view.number))
    }

    /// Who keeps it.
    async fn keeper(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REFERENCE, &self.view.keeper))
    }

    /// Since which day it is known to stand there.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// The last day, when it had one by the day looked at.
    async fn until(&self) -> Option<Day> {
        let about = [Subject::Person(self.view.person)];
        plain(self.case.mandate(), ENDED, &about, self.view.until.as_ref()?).map(Day)
    }

    /// Why it ended.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.reason.as_ref().and_then(|kept| words(&session, self.case.mandate(), ENDED, kept)))
    }
}
