//! `Read` as a subscription: catches up, says so, then follows. Where it starts is exclusive, unlike a read.

use std::sync::Arc;
use std::time::SystemTime;

use prost_types::Timestamp;
use tokio::sync::{mpsc, watch};
use tonic::Status;
use uuid::Uuid;

use super::faults::{Ending, Fault};
use super::filter::Filter;
use super::log::{Found, LoggedEvent};
use super::node::Node;
use super::read::{appeared, invalid_position, is_boundary, message};
use super::refusals;
use super::wire::streams::ReadResp;
use super::wire::streams::read_resp::{CaughtUp, Checkpoint, Content, Position, SubscriptionConfirmation};

/// Where a subscription reads.
pub(super) enum Source {
    All { filter: Option<Filter> },
    Stream { name: String },
}

/// Where a subscription starts: after this.
#[derive(Clone, Copy)]
pub(super) enum Start {
    Beginning,
    After(u64),
    End,
}

/// Messages of a subscription.
pub(super) type Messages = mpsc::Receiver<Result<ReadResp, Status>>;

/// Opens a subscription.
pub(super) fn open(node: Arc<Node>, source: Source, start: Start, structured_ids: bool) -> Messages {
    let (messages, receiver) = mpsc::channel(8);
    let subscription = Subscription {
        endings: node.faults.endings(),
        changes: node.cluster.log.changes(),
        node,
        source,
        structured_ids,
        messages,
        seen: None,
        considered: 0,
    };
    tokio::spawn(subscription.run(start));
    receiver
}

struct Subscription {
    node: Arc<Node>,
    source: Source,
    structured_ids: bool,
    messages: mpsc::Sender<Result<ReadResp, Status>>,
    endings: watch::Receiver<Option<Ending>>,
    changes: watch::Receiver<u64>,
    /// Position, or revision in a stream, up to which everything was delivered or passed over.
    seen: Option<u64>,
    /// Events looked at since the last checkpoint.
    considered: u32,
}

/// The subscription is over: the caller has gone, or this is the last thing it hears.
struct Over(Option<Status>);

impl Subscription {
    async fn run(mut self, start: Start) {
        let _open = self.node.counters.subscription();
        let Err(Over(Some(status))) = self.follow(start).await else { return };
        let _ = self.messages.send(Err(status)).await;
    }

    async fn follow(&mut self, start: Start) -> Result<(), Over> {
        let subscription_id = Uuid::new_v4().to_string();
        self.send(message(Content::Confirmation(SubscriptionConfirmation { subscription_id }))).await?;
        self.strike()?;
        self.seen = match start {
            Start::Beginning => None,
            Start::After(seen) => Some(seen),
            Start::End => self.head(),
        };
        self.check_start(start)?;
        // Beyond the head, the server goes live at once and passes over everything up to there.
        let behind = self.seen < self.head();
        if behind {
            while self.page().await? {}
            self.checkpoint().await?;
        }
        self.caught_up().await?;
        loop {
            self.changes.mark_unchanged();
            if self.page().await? {
                continue;
            }
            self.wait().await?;
        }
    }

    async fn wait(&mut self) -> Result<(), Over> {
        tokio::select! {
            _ = self.changes.changed() => Ok(()),
            () = self.messages.closed() => Err(Over(None)),
            _ = self.endings.changed() => Err(self.ending()),
        }
    }

    async fn stall(&mut self) -> Over {
        tokio::select! {
            () = self.messages.closed() => Over(None),
            _ = self.endings.changed() => self.ending(),
        }
    }

    fn ending(&self) -> Over {
        let ending = *self.endings.borrow();
        Over((ending == Some(Ending::Broken)).then(refusals::unavailable))
    }

    fn strike(&self) -> Result<(), Over> {
        if self.node.faults.strikes(Fault::EndSubscription) {
            return Err(Over(None));
        }
        if self.node.faults.strikes(Fault::BreakSubscription) {
            return Err(Over(Some(refusals::unavailable())));
        }
        Ok(())
    }

    fn check_start(&self, start: Start) -> Result<(), Over> {
        let (Source::All { .. }, Start::After(position)) = (&self.source, start) else { return Ok(()) };
        if is_boundary(&self.node.cluster.log.all(self.node.hidden()), position) {
            return Ok(());
        }
        // Named also when a filter is set, unlike in a read.
        Err(Over(Some(invalid_position(false))))
    }

    fn head(&self) -> Option<u64> {
        match &self.source {
            Source::All { .. } => self.node.cluster.log.head(self.node.hidden()),
            Source::Stream { name } => match self.node.cluster.log.stream(name, self.node.hidden()) {
                Found::Events { last, .. } => Some(last),
                Found::Missing | Found::Tombstoned => None,
            },
        }
    }

    fn next_page(&self) -> Result<Vec<Arc<LoggedEvent>>, Over> {
        let (log, hidden, size) = (&self.node.cluster.log, self.node.hidden(), self.node.options.page_size.max(1));
        match &self.source {
            Source::All { .. } => Ok(log.after(self.seen, size, hidden)),
            Source::Stream { name } => match log.stream(name, hidden) {
                Found::Missing => Ok(Vec::new()),
                Found::Tombstoned => Err(Over(Some(refusals::stream_deleted(name)))),
                Found::Events { events, .. } => {
                    let after = |event: &Arc<LoggedEvent>| self.seen.is_none_or(|seen| event.revision > seen);
                    Ok(events.into_iter().filter(after).take(size).collect())
                }
            },
        }
    }

    /// Delivers the next page, if there is one.
    async fn page(&mut self) -> Result<bool, Over> {
        let events = self.next_page()?;
        for (index, event) in events.iter().enumerate() {
            self.deliver(event, index + 1 == events.len()).await?;
        }
        Ok(!events.is_empty())
    }

    async fn deliver(&mut self, event: &LoggedEvent, last: bool) -> Result<(), Over> {
        self.seen = Some(if matches!(self.source, Source::All { .. }) { event.position } else { event.revision });
        self.considered += 1;
        let wanted = !matches!(&self.source, Source::All { filter: Some(filter) } if !filter.wants(event));
        if wanted {
            if self.node.faults.strikes(Fault::StallSubscription) {
                return Err(self.stall().await);
            }
            self.send(appeared(event, self.structured_ids)).await?;
            if last && self.node.faults.strikes(Fault::DuplicateEvents) {
                self.send(appeared(event, self.structured_ids)).await?;
            }
        }
        if matches!(&self.source, Source::All { filter: Some(filter) } if self.considered >= filter.checkpoint_every) {
            self.checkpoint().await?;
        }
        Ok(())
    }

    /// Only a filtered subscription needs them: others know where they are from their events.
    async fn checkpoint(&mut self) -> Result<(), Over> {
        self.considered = 0;
        let (Source::All { filter: Some(_) }, Some(position)) = (&self.source, self.seen) else { return Ok(()) };
        let checkpoint = Checkpoint { commit_position: position, prepare_position: position, timestamp: Some(now()) };
        self.send(message(Content::Checkpoint(checkpoint))).await
    }

    async fn caught_up(&mut self) -> Result<(), Over> {
        let (stream_revision, position) = match self.source {
            Source::All { .. } => (None, self.seen),
            Source::Stream { .. } => (self.seen.and_then(|seen| i64::try_from(seen).ok()), None),
        };
        let position = position.map(|position| Position { commit_position: position, prepare_position: position });
        let caught_up = CaughtUp { timestamp: Some(now()), stream_revision, position };
        self.send(message(Content::CaughtUp(caught_up))).await
    }

    async fn send(&mut self, message: ReadResp) -> Result<(), Over> {
        tokio::time::sleep(self.node.faults.latency()).await;
        tokio::select! {
            sent = self.messages.send(Ok(message)) => sent.map_err(|_| Over(None)),
            _ = self.endings.changed() => Err(self.ending()),
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}
