//! Watches the head for followers of what any node writes. A subscription tells at once, and how far it is when others write; a look now
//! and then finds what one that keeps silent does not tell. Either may fail: followers read from their own position, so a late hint
//! costs time and nothing else.

use std::sync::Arc;

use tokio::time::{Instant, sleep, timeout};
use tonic::codec::Streaming;

use super::connection::Connection;
use super::horizon::Horizon;
use super::read::Reader;
use super::session::Session;
use super::trouble::{Failure, Trouble};
use super::wire::{self, ReadResp, WirePosition};
use crate::port::Position;

/// Moves the head of one history.
pub(super) struct HeadFollower {
    pub(super) connection: Arc<Connection>,
    pub(super) reader: Reader,
    pub(super) horizon: Arc<Horizon>,
    /// Since when the server holds less than it did.
    pub(super) behind_since: Option<Instant>,
}

impl HeadFollower {
    /// Goes on until the store is closed.
    pub(super) async fn run(mut self) {
        let connection = Arc::clone(&self.connection);
        tokio::select! {
            () = connection.closed() => {}
            () = self.keep_following() => {}
        }
    }

    async fn keep_following(&mut self) {
        let connection = Arc::clone(&self.connection);
        loop {
            let session = connection.session_when_connected().await;
            tokio::select! {
                // However a subscription ended: in order, broken, or refused. Never again at once, or a server that ends each one would
                // keep both sides busy.
                outcome = self.follow(&session) => {
                    connection.hear(&session, &outcome);
                    connection.figures.subscribed_anew();
                }
                // Its thread and connections go when nobody holds it.
                () = connection.left(session.number) => {}
            }
            drop(session);
            sleep(connection.patience.first_pause).await;
        }
    }

    /// Follows one subscription to its end.
    async fn follow(&mut self, session: &Session) -> Result<(), Failure> {
        while !self.look(session).await? {
            sleep(self.connection.patience.look).await;
        }
        let mut told = self.reader.subscribe(&session.wire, self.horizon.examined()).await?;
        while let Some(said) = self.next(&mut told, session).await? {
            self.hear(said);
        }
        Ok(())
    }

    fn hear(&self, said: ReadResp) {
        let event = said.event.as_ref().and_then(|event| event.event.as_ref());
        let event_at = event.map(|event| WirePosition { commit: event.commit, prepare: event.prepare });
        let reached = said.checkpoint.or(said.caught_up.and_then(|caught_up| caught_up.position)).or(event_at);
        if let Some(event) = event_at.and_then(|_| self.reader.of_ours(said)) {
            self.horizon.hear(&event);
        }
        if let Some(reached) = reached {
            self.horizon.examine(reached);
        }
    }

    /// What the subscription says next. While it says nothing, looks for itself.
    async fn next(&mut self, told: &mut Streaming<ReadResp>, session: &Session) -> Result<Option<ReadResp>, Failure> {
        loop {
            match timeout(self.connection.patience.look, wire::next(told)).await {
                Ok(said) => return said,
                Err(_) => {
                    self.look(session).await?;
                }
            }
        }
    }

    /// Looks at what came since, if what was there still is.
    async fn look(&mut self, session: &Session) -> Result<bool, Failure> {
        let holds = self.holds_head(session).await?;
        if holds {
            self.horizon.advance(&self.reader, &session.wire).await?;
        }
        session.reads.fine();
        self.compare(holds);
        Ok(holds)
    }

    async fn holds_head(&self, session: &Session) -> Result<bool, Failure> {
        let head = self.horizon.head();
        Ok(head == Position::START || self.reader.event_at(&session.wire, head).await?.is_some())
    }

    /// What was there is there, unless the server was put back: then everything known here is of a future that never comes. A node
    /// that led until a moment ago may be behind for a while, so it takes more than one look.
    fn compare(&mut self, holds: bool) {
        if holds {
            self.behind_since = None;
            return;
        }
        let since = *self.behind_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= self.connection.patience.whole {
            self.connection.give_up(Trouble::Rewound);
        }
    }
}
