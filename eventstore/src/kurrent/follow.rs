//! Watches the head for followers of what any node writes. A subscription tells at once; a look now and then finds what one that keeps
//! silent does not tell. Either may fail: followers read from their own position, so a late hint costs time and nothing else.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tonic::codec::Streaming;

use super::connection::Connection;
use super::raise;
use super::read::Reader;
use super::session::Session;
use super::trouble::{Failure, Trouble};
use super::wire::{self, ReadResp};
use crate::port::Position;

/// Moves the head of one history.
pub(super) struct HeadFollower {
    pub(super) connection: Arc<Connection>,
    pub(super) reader: Reader,
    pub(super) prefix: String,
    pub(super) head: watch::Sender<Position>,
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
        loop {
            let session = self.connection.session_when_connected().await;
            // However a subscription ended: in order, broken, or refused. Never again at once, or a server that ends each one would
            // keep both sides busy.
            let outcome = self.follow(&session).await;
            self.connection.hear(&session, &outcome);
            self.connection.figures.subscribed_anew();
            drop(session);
            tokio::time::sleep(self.connection.patience.first_pause).await;
        }
    }

    /// Follows one subscription to its end.
    async fn follow(&mut self, session: &Session) -> Result<(), Failure> {
        self.look(session).await?;
        let after = *self.head.borrow();
        let mut told = self.reader.subscribe(&session.wire, &self.prefix, after).await?;
        while let Some(said) = self.next(&mut told, session).await? {
            if let Some(event) = self.reader.of_ours(said) {
                raise(&self.head, event.position);
            }
        }
        Ok(())
    }

    /// What the subscription says next. While it says nothing, looks for itself.
    async fn next(&mut self, told: &mut Streaming<ReadResp>, session: &Session) -> Result<Option<ReadResp>, Failure> {
        loop {
            match timeout(self.connection.patience.look, wire::next(told)).await {
                Ok(said) => return said,
                Err(_) => self.look(session).await?,
            }
        }
    }

    async fn look(&mut self, session: &Session) -> Result<(), Failure> {
        let before = *self.head.borrow();
        let look = self.reader.look(&session.wire, &self.prefix);
        let last = timeout(self.reader.idle, look).await.map_err(|_| Failure::Lost(Trouble::Silent))??;
        let last = last.map_or(Position::START, |last| last.position);
        raise(&self.head, last);
        session.reads.fine();
        self.compare(last, before);
        Ok(())
    }

    /// What was there is there, unless the server was put back: then everything known here is of a future that never comes. A node
    /// that led until a moment ago may be behind for a while, so it takes more than one look.
    fn compare(&mut self, last: Position, before: Position) {
        if last >= before {
            self.behind_since = None;
            return;
        }
        let since = *self.behind_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= self.connection.patience.whole {
            self.connection.give_up(Trouble::Rewound);
        }
    }
}
