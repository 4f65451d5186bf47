//! Going through the server's log, with a filter by prefix. The server looks at a page of events after the other, and while none of them
//! matches a read with a count hears nothing at all; a subscription hears how far it is. So a short stretch is read, which costs one call
//! and has an end, and a long one is followed.

use std::time::Duration;

use tokio::time::timeout;
use tonic::codec::Streaming;

use super::read::{Reader, of_all};
use super::trouble::{Failure, Trouble};
use super::wire::{self, AllOptions, Empty, ReadOptions, ReadResp, Wire, WirePosition};
use crate::port::RecordedEvent;

/// Most events asked for at once.
const AT_ONCE: u64 = 8 * 1_024;

/// The part of our patience with the server for which a read with a count may keep silent before it is followed instead.
const QUIET: u32 = 4;

/// Bytes of the server's log after which a stretch is long.
const LONG: u64 = 4 * 1024 * 1024;

/// What comes next.
#[expect(clippy::large_enum_variant, reason = "one at a time, taken apart at once")]
pub(super) enum Step {
    /// An event of this history.
    Event(RecordedEvent),
    /// Nothing of this history, up to [`Passage::at`].
    Passed,
    /// Nothing more stands there.
    End,
}

/// A walk through the log from a position on.
pub(super) struct Passage<'r> {
    reader: &'r Reader,
    wire: &'r Wire,
    prefixes: Vec<String>,
    at: WirePosition,
    /// Whether it is known to be a long one.
    is_long: bool,
    under_way: Option<UnderWay>,
}

struct UnderWay {
    messages: Streaming<ReadResp>,
    course: Course,
}

enum Course {
    /// So many events were said.
    Counted { said: u64 },
    /// Followed from here on.
    Followed { from: WirePosition },
}

impl<'r> Passage<'r> {
    /// From after a position.
    pub(super) fn begin(reader: &'r Reader, wire: &'r Wire, prefixes: Vec<String>, after: WirePosition) -> Self {
        Self { reader, wire, prefixes, at: after, is_long: false, under_way: None }
    }

    /// The same, up to there: positions count the bytes of the server's log.
    pub(super) fn up_to(self, end: WirePosition) -> Self {
        let is_long = end.commit.saturating_sub(self.at.commit) > LONG;
        Self { is_long, ..self }
    }

    /// Up to where everything was looked at.
    pub(super) const fn at(&self) -> WirePosition {
        self.at
    }

    /// What comes next.
    pub(super) async fn next(&mut self) -> Result<Step, Failure> {
        loop {
            let mut under_way = match self.under_way.take() {
                Some(under_way) => under_way,
                None if std::mem::take(&mut self.is_long) => self.follow().await?,
                None => self.read().await?,
            };
            let Ok(said) = timeout(self.patience(&under_way), wire::next(&mut under_way.messages)).await else {
                match under_way.course {
                    Course::Counted { .. } => self.under_way = Some(self.follow().await?),
                    // It went on until then. Servers before 23.10 do not tell when they are at the end; a read has one.
                    Course::Followed { from } if from < self.at => {}
                    Course::Followed { .. } => return Err(Failure::Lost(Trouble::Silent)),
                }
                continue;
            };
            let Some(said) = said? else {
                match under_way.course {
                    // What was asked for; there may be more.
                    Course::Counted { said } if said >= AT_ONCE => continue,
                    Course::Counted { .. } => return Ok(Step::End),
                    Course::Followed { .. } => {
                        return Err(Failure::Lost(Trouble::Unreachable("it ends a subscription".to_owned())));
                    }
                }
            };
            if let (Course::Counted { said: counted }, Some(_)) = (&mut under_way.course, &said.event) {
                *counted += 1;
            }
            self.under_way = Some(under_way);
            if let Some(step) = self.hear(said) {
                return Ok(step);
            }
        }
    }

    /// What is new in what the server said.
    fn hear(&mut self, said: ReadResp) -> Option<Step> {
        if let Some(reached) = said.checkpoint {
            self.at = reached.max(self.at);
            return Some(Step::Passed);
        }
        if let Some(caught_up) = said.caught_up {
            self.at = caught_up.position.unwrap_or_default().max(self.at);
            return Some(Step::End);
        }
        let event = said.event.as_ref()?.event.as_ref()?;
        let position = WirePosition { commit: event.commit, prepare: event.prepare };
        if position <= self.at {
            // Where a read begins, and what is said twice.
            return None;
        }
        self.at = position;
        Some(self.reader.of_ours(said).map_or(Step::Passed, Step::Event))
    }

    fn patience(&self, under_way: &UnderWay) -> Duration {
        match under_way.course {
            Course::Counted { .. } => self.reader.idle / QUIET,
            Course::Followed { .. } => self.reader.idle,
        }
    }

    /// Alone, as a stream of messages cannot be shared.
    async fn read(&mut self) -> Result<UnderWay, Failure> {
        let options = ReadOptions { count: Some(AT_ONCE), ..of_all(self.from(), &self.prefixes) };
        // The server answers with the first thing it has to say.
        match timeout(self.reader.idle / QUIET, self.wire.read(options)).await {
            Ok(messages) => Ok(UnderWay { messages: messages?, course: Course::Counted { said: 0 } }),
            Err(_) => self.follow().await,
        }
    }

    async fn follow(&mut self) -> Result<UnderWay, Failure> {
        let options = ReadOptions { subscription: Some(Empty {}), ..of_all(self.from(), &self.prefixes) };
        let messages = timeout(self.reader.idle, self.wire.read(options)).await;
        let messages = messages.map_err(|_| Failure::Lost(Trouble::Silent))??;
        Ok(UnderWay { messages, course: Course::Followed { from: self.at } })
    }

    fn from(&self) -> AllOptions {
        from(self.at)
    }
}

/// From a position on.
pub(super) fn from(position: WirePosition) -> AllOptions {
    match position.commit {
        0 => AllOptions { start: Some(Empty {}), ..AllOptions::default() },
        _ => AllOptions { position: Some(position), ..AllOptions::default() },
    }
}
