//! Where the demo's clock stops on its way: at each moment at which something is due in the cases played so far.

use std::time::Duration;

use domain::dues::next_due;
use domain::ids::CaseId;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::node::Node;

/// How long the lists may take to come to the head at a stop. Far longer than they need: only a fault lasts so long.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why nobody could tell what is due, or something did not have its turn.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Knows what is due, and lets everything that reacts to time have its turn.
pub trait Deadlines {
    /// The first moment after this one at which something is due in these cases, as they stand now.
    fn next(
        &self,
        cases: &[CaseId],
        after: Timestamp,
    ) -> impl Future<Output = Result<Option<Timestamp>, Failure>> + Send;

    /// Everything that reacts to time has its turn. The clock stands at such a moment, and goes on afterwards.
    fn have_turn(&self) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Everything that reacts to what was just done has its turn, while the clock stands where that was done.
    fn settle(&self) -> impl Future<Output = Result<(), Failure>> + Send {
        async { Ok(()) }
    }

    /// What the system proposed in a case: the proposal of this number, from 1, in the order made.
    fn proposal(&self, _case: CaseId, _number: usize) -> impl Future<Output = Result<Option<Uuid>, Failure>> + Send {
        async { Ok(None) }
    }
}

/// The deadlines in the cases of a node: of the same folds that its views and lists are made from.
pub struct NodeDeadlines<'a> {
    node: &'a Node,
    at_stop: &'a (dyn Fn(&Node) + Send + Sync),
}

impl<'a> NodeDeadlines<'a> {
    /// The deadlines of this node. `at_stop` may look at each stop, once everything had its turn.
    pub fn of(node: &'a Node, at_stop: &'a (dyn Fn(&Node) + Send + Sync)) -> Self {
        Self { node, at_stop }
    }
}

impl Deadlines for NodeDeadlines<'_> {
    async fn next(&self, cases: &[CaseId], after: Timestamp) -> Result<Option<Timestamp>, Failure> {
        let services = self.node.services();
        let terms = services.cases.office().terms.terms_on(after.day());
        let mut first = self.node.deadlines().next_of(cases, after);
        for case in cases {
            let loaded = services.cases.load(case.as_uuid()).await?;
            first = [first, next_due(loaded.history.state(), after, terms)].into_iter().flatten().min();
        }
        Ok(first)
    }

    async fn settle(&self) -> Result<(), Failure> {
        self.node.reactions().catch_up().await?;
        self.node.deadlines().catch_up().await?;
        Ok(())
    }

    async fn proposal(&self, case: CaseId, number: usize) -> Result<Option<Uuid>, Failure> {
        let loaded = self.node.services().cases.load(case.as_uuid()).await?;
        let mut made = loaded.history.state().alerts.proposals().iter();
        Ok(made.nth(number.saturating_sub(1)).map(|proposal| proposal.id.as_uuid()))
    }

    async fn have_turn(&self) -> Result<(), Failure> {
        self.settle().await?;
        let head = self.node.store().head().await?;
        self.node.lists().when_processed(head, PATIENCE).await?;
        (self.at_stop)(self.node);
        Ok(())
    }
}
