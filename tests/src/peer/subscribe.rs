//! `Read` as a subscription: catches up, says so, then follows. Where it starts is exclusive, unlike a read.

use std::sync::Arc;
use std::time::SystemTime;

use prost_types::Timestamp;
use tokio::sync::{mpsc, watch};
use tonic::Status;
use uuid::Uuid;

use super::faults::{Ending, Fault};
use super::filter::Filter;
use super::log::{Found, Hop, LoggedEvent, PageSize, Place};
use super::node::Node;
use super::read::{appeared, invalid_position, message};
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
    /// A revision of a stream.
    After(u64),
    /// A place on the log.
    AfterPlace(Place),
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
        from: (0, 0),
        passed: (0, 0),
        told: (0, 0),
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
    /// Revision in a stream up to which everything was delivered.
    seen: Option<u64>,
    /// Place on the log of what was last delivered or told as a checkpoint.
    from: Place,
    /// Place up to which the log was looked through.
    passed: Place,
    /// The last checkpoint.
    told: Place,
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
        match start {
            Start::Beginning => {}
            Start::After(seen) => self.seen = Some(seen),
            Start::AfterPlace(place) => self.from = place,
            Start::End => match &self.source {
                Source::All { .. } => self.from = self.end(),
                Source::Stream { .. } => self.seen = self.last(),
            },
        }
        self.check_start(start)?;
        // Beyond the head, the server goes live at once and passes over everything up to there.
        if self.is_behind() {
            self.catch_up().await?;
        }
        self.caught_up().await?;
        loop {
            self.changes.mark_unchanged();
            if self.live().await? {
                continue;
            }
            self.wait().await?;
        }
    }

    fn is_behind(&self) -> bool {
        match &self.source {
            Source::All { .. } => self.from < self.end(),
            Source::Stream { .. } => self.seen < self.last(),
        }
    }

    async fn catch_up(&mut self) -> Result<(), Over> {
        if let Source::Stream { .. } = self.source {
            while self.live().await? {}
            return Ok(());
        }
        // Where the page begins; what was delivered from it is further.
        let mut page_from = self.from;
        loop {
            if self.messages.is_closed() {
                return Err(Over(None));
            }
            let hop = self.hop(page_from);
            if self.filter().is_some() {
                self.node.counters.hopped(hop.looked_at);
                self.node.faults.hop().await;
            }
            self.passed = hop.next;
            self.considered += u32::try_from(hop.looked_at).unwrap_or(u32::MAX);
            for (index, event) in hop.events.iter().enumerate() {
                let place = (event.position, event.position);
                if place > self.from {
                    self.from = place;
                    self.deliver(event, index + 1 == hop.events.len()).await?;
                }
            }
            // As the server: a checkpoint says where the page began that was looked through, or what was delivered from it.
            if hop.end {
                return self.checkpoint(self.from.max(page_from)).await;
            }
            if self.filter().is_some_and(|filter| self.considered >= filter.checkpoint_every) {
                self.checkpoint(self.from.max(page_from)).await?;
            }
            page_from = hop.next;
        }
    }

    fn filter(&self) -> Option<&Filter> {
        match &self.source {
            Source::All { filter } => filter.as_ref(),
            Source::Stream { .. } => None,
        }
    }

    fn hop(&self, from: Place) -> Hop {
        let window = self.filter().map_or(usize::MAX, |filter| filter.window as usize);
        let size = PageSize { matches: self.node.options.page_size.max(1), window };
        let wants = |event: &LoggedEvent| self.filter().is_none_or(|filter| filter.wants(event));
        self.node.cluster.log.forwards(from, size, self.node.hidden(), wants)
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
        let Start::AfterPlace((commit, _)) = start else { return Ok(()) };
        if self.node.cluster.log.is_boundary(commit, self.node.hidden()) {
            return Ok(());
        }
        // Named also when a filter is set, unlike in a read.
        Err(Over(Some(invalid_position(false))))
    }

    /// The place of the last event.
    fn end(&self) -> Place {
        self.node.cluster.log.head(self.node.hidden()).map_or((0, 0), |position| (position, position))
    }

    /// The last revision of the stream.
    fn last(&self) -> Option<u64> {
        let Source::Stream { name } = &self.source else { return None };
        match self.node.cluster.log.stream(name, self.node.hidden()) {
            Found::Events { last, .. } => Some(last),
            Found::Missing | Found::Tombstoned => None,
        }
    }

    /// Delivers what came, if anything did, event by event.
    async fn live(&mut self) -> Result<bool, Over> {
        let name = match &self.source {
            Source::All { .. } => return self.live_on_all().await,
            Source::Stream { name } => name.clone(),
        };
        let size = self.node.options.page_size.max(1);
        let events: Vec<_> = match self.node.cluster.log.stream(&name, self.node.hidden()) {
            Found::Missing => Vec::new(),
            Found::Tombstoned => return Err(Over(Some(refusals::stream_deleted(&name)))),
            Found::Events { events, .. } => {
                let after = |event: &Arc<LoggedEvent>| self.seen.is_none_or(|seen| event.revision > seen);
                events.into_iter().filter(after).take(size).collect()
            }
        };
        for (index, event) in events.iter().enumerate() {
            self.seen = Some(event.revision);
            self.deliver(event, index + 1 == events.len()).await?;
        }
        Ok(!events.is_empty())
    }

    async fn live_on_all(&mut self) -> Result<bool, Over> {
        let size = PageSize { matches: 1, window: 1 };
        let (commit, prepare) = self.from.max(self.passed);
        // After what was looked at; a place before a record has 0 for the second, and the record is still to come.
        let next = self.node.cluster.log.forwards((commit, prepare + 1), size, self.node.hidden(), |_| true);
        let Some(event) = next.events.first() else { return Ok(false) };
        let place = (event.position, event.position);
        self.passed = place;
        self.considered += 1;
        if self.filter().is_none_or(|filter| filter.wants(event)) {
            self.from = place;
            self.deliver(event, true).await?;
        }
        if self.filter().is_some_and(|filter| self.considered >= filter.checkpoint_every) {
            self.from = place;
            self.checkpoint(place).await?;
        }
        Ok(true)
    }

    async fn deliver(&mut self, event: &LoggedEvent, last: bool) -> Result<(), Over> {
        if self.node.faults.strikes(Fault::StallSubscription) {
            return Err(self.stall().await);
        }
        self.send(appeared(event, self.structured_ids)).await?;
        if last && self.node.faults.strikes(Fault::DuplicateEvents) {
            self.send(appeared(event, self.structured_ids)).await?;
        }
        Ok(())
    }

    /// Only a filtered subscription needs them: others know where they are from their events. The same one is not told twice.
    async fn checkpoint(&mut self, (commit_position, prepare_position): Place) -> Result<(), Over> {
        self.considered = 0;
        let place = (commit_position, prepare_position);
        self.from = self.from.max(place);
        if self.filter().is_none() || place <= self.told {
            return Ok(());
        }
        self.told = place;
        let checkpoint = Checkpoint { commit_position, prepare_position, timestamp: Some(now()) };
        self.send(message(Content::Checkpoint(checkpoint))).await
    }

    async fn caught_up(&mut self) -> Result<(), Over> {
        let (stream_revision, position) = match self.source {
            Source::All { .. } => (None, Some(self.from).filter(|from| from.0 > 0)),
            Source::Stream { .. } => (self.seen.and_then(|seen| i64::try_from(seen).ok()), None),
        };
        let position =
            position.map(|(commit_position, prepare_position)| Position { commit_position, prepare_position });
        let caught_up = CaughtUp { timestamp: Some(now()), stream_revision, position };
        self.send(message(Content::CaughtUp(caught_up))).await
    }

    async fn send(&mut self, message: ReadResp) -> Result<(), Over> {
        self.node.faults.delivery().await;
        tokio::select! {
            sent = self.messages.send(Ok(message)) => sent.map_err(|_| Over(None)),
            _ = self.endings.changed() => Err(self.ending()),
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}
