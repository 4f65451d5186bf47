//! The peer's log: one order over all streams, kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;
use uuid::Uuid;

use super::decide::{Expected, Standing, Verdict, decide};

/// An event as it stands on the peer's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// Commit and prepare position, which are equal here: strictly increasing, never 0, with gaps.
    pub position: u64,
    /// Name of the stream.
    pub stream: String,
    /// Place in the stream, from 0.
    pub revision: u64,
    /// Id the writer gave.
    pub id: Uuid,
    /// Type the writer gave.
    pub event_type: String,
    /// Whether the writer said `application/json`.
    pub json: bool,
    /// Body.
    pub data: Vec<u8>,
    /// Custom metadata.
    pub metadata: Vec<u8>,
    /// When it was written, in ticks of 100 ns since 1970.
    pub created: u64,
}

/// What a writer offers: an event before it has a place.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub id: Uuid,
    pub event_type: String,
    pub json: bool,
    pub data: Vec<u8>,
    pub metadata: Vec<u8>,
}

impl Offered {
    fn system(event_type: &str, data: &str) -> Self {
        let (event_type, data) = (event_type.to_owned(), data.as_bytes().to_vec());
        Self { id: Uuid::new_v4(), event_type, json: true, data, metadata: Vec::new() }
    }

    /// Bytes as the server counts them against its limit (`Event.SizeOnDisk`).
    pub fn size(&self) -> usize {
        self.data.len() + self.metadata.len() + self.event_type.chars().count() * 2
    }
}

/// Where a write stands, or where the same write already stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// Last revision of this write; none when nothing was written to an empty stream.
    pub revision: Option<u64>,
    /// Position of its last event.
    pub position: Option<u64>,
    /// Whether it stood there before.
    pub repeated: bool,
}

/// A place on the log, as the server orders them: commit and prepare position. What stands before the event at `commit` and not on it
/// has 0 for the second.
pub(super) type Place = (u64, u64);

/// A page of the log, as a reader with or without a filter gets it.
pub(super) struct Hop {
    /// What matched, in the order of reading.
    pub events: Vec<Arc<LoggedEvent>>,
    pub looked_at: usize,
    /// Where the next page begins.
    pub next: Place,
    /// Whether nothing more stands there.
    pub end: bool,
}

/// How much a page may hold.
#[derive(Clone, Copy)]
pub(super) struct PageSize {
    pub matches: usize,
    pub window: usize,
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    WrongExpectedVersion { current: Option<u64> },
    StreamDeleted,
}

/// What a reader of one stream finds.
pub(super) enum Found {
    Missing,
    Tombstoned,
    /// Visible events in order, and the last revision.
    Events {
        events: Vec<Arc<LoggedEvent>>,
        first: u64,
        last: u64,
    },
}

#[derive(Default)]
struct Stream {
    events: Vec<Arc<LoggedEvent>>,
    /// Revisions below it are hidden by an earlier deletion.
    first: u64,
    deleted: bool,
    tombstoned: bool,
}

struct Contents {
    events: Vec<Arc<LoggedEvent>>,
    streams: HashMap<String, Stream>,
    ids: HashMap<Uuid, (String, u64)>,
    next_position: u64,
    appends: u64,
}

/// The log of one peer, or of all nodes of a cluster.
pub(super) struct Log {
    contents: Mutex<Contents>,
    changes: watch::Sender<u64>,
    system_event_every: Option<u64>,
}

impl Log {
    pub fn new(system_event_every: Option<u64>) -> Self {
        let contents = Contents {
            events: Vec::new(),
            streams: HashMap::new(),
            ids: HashMap::new(),
            next_position: 517,
            appends: 0,
        };
        Self { contents: Mutex::new(contents), changes: watch::Sender::new(0), system_event_every }
    }

    fn lock(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whoever waits that more, or something else, can be seen.
    pub fn changed(&self) {
        self.changes.send_modify(|version| *version += 1);
    }

    /// Wakes at every change.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Writes all of it or nothing, at once.
    pub fn append(&self, stream: &str, expected: Expected, offered: Vec<Offered>) -> Result<Written, Refused> {
        let mut contents = self.lock();
        let written = contents.append(stream, expected, offered)?;
        contents.appends += 1;
        let appends = contents.appends;
        if self.system_event_every.is_some_and(|every| appends.is_multiple_of(every)) {
            contents.push("$stats-127.0.0.1:2113", Offered::system("$statsCollected", r#"{"proc-cpu":1}"#));
        }
        drop(contents);
        self.changed();
        Ok(written)
    }

    /// Deletes a stream: softly (it reads as missing and may be written again) or for good.
    pub fn remove(&self, stream: &str, expected: Expected, for_good: bool) -> Result<u64, Refused> {
        let position = self.lock().remove(stream, expected, for_good)?;
        self.changed();
        Ok(position)
    }

    /// Forgets everything after `position`, as when an older backup was put back.
    pub fn truncate_to(&self, position: u64) {
        self.lock().truncate_to(position);
        self.changed();
    }

    /// All events but the last `hidden`.
    pub fn all(&self, hidden: usize) -> Vec<Arc<LoggedEvent>> {
        let contents = self.lock();
        let visible = contents.events.len().saturating_sub(hidden);
        contents.events[..visible].to_vec()
    }

    /// The page from a place on, itself included, of all but the last `hidden` events.
    pub fn forwards(&self, from: Place, size: PageSize, hidden: usize, wants: impl Fn(&LoggedEvent) -> bool) -> Hop {
        let contents = self.lock();
        let visible = contents.events.len().saturating_sub(hidden);
        let start = contents.events.partition_point(|event| (event.position, event.position) < from).min(visible);
        let page = look_through(contents.events[start..visible].iter(), size, wants);
        let after = contents.events.get(start + page.looked_at);
        let next = match after {
            _ if page.looked_at == 0 => from,
            Some(after) => (after.position, 0),
            None => (contents.next_position, 0),
        };
        Hop { end: start + page.looked_at == visible, next, ..page }
    }

    /// The page before a place, of all but the last `hidden` events.
    pub fn backwards(&self, before: Place, size: PageSize, hidden: usize, wants: impl Fn(&LoggedEvent) -> bool) -> Hop {
        let contents = self.lock();
        let visible = contents.events.len().saturating_sub(hidden);
        let end = contents.events.partition_point(|event| (event.position, event.position) < before).min(visible);
        let page = look_through(contents.events[..end].iter().rev(), size, wants);
        let first = end - page.looked_at;
        let next = contents.events.get(first).map_or((0, 0), |event| (event.position, event.position));
        Hop { end: first == 0, next, ..page }
    }

    /// Whether a record begins there, or nothing stands there yet.
    pub fn is_boundary(&self, position: u64, hidden: usize) -> bool {
        let contents = self.lock();
        let visible = contents.events.len().saturating_sub(hidden);
        let events = &contents.events[..visible];
        let beyond = events.last().is_none_or(|last| position > last.position);
        position == 0 || beyond || events.binary_search_by_key(&position, |event| event.position).is_ok()
    }

    /// So many events in one stream, as others write who have nothing to do with us.
    pub fn fill(&self, stream: &str, count: usize) {
        let mut contents = self.lock();
        for _ in 0..count {
            contents.push(stream, Offered::system("SomethingElse", ""));
        }
        drop(contents);
        self.changed();
    }

    /// Position of the last event but `hidden`.
    pub fn head(&self, hidden: usize) -> Option<u64> {
        let contents = self.lock();
        let visible = contents.events.len().checked_sub(hidden + 1)?;
        contents.events.get(visible).map(|event| event.position)
    }

    /// One stream, without the last `hidden` events of the log.
    pub fn stream(&self, name: &str, hidden: usize) -> Found {
        let contents = self.lock();
        let visible = contents.events.len().saturating_sub(hidden);
        let end = contents.events.get(visible).map(|event| event.position);
        let Some(stream) = contents.streams.get(name) else { return Found::Missing };
        if stream.tombstoned {
            return Found::Tombstoned;
        }
        let seen = |event: &&Arc<LoggedEvent>| end.is_none_or(|end| event.position < end);
        let Some(last) = stream.events.iter().rev().find(seen).map(|event| event.revision) else {
            return Found::Missing;
        };
        if stream.deleted || last < stream.first {
            return Found::Missing;
        }
        let shown = stream.events.iter().filter(seen).filter(|event| event.revision >= stream.first);
        Found::Events { events: shown.cloned().collect(), first: stream.first, last }
    }
}

fn look_through<'e>(
    events: impl Iterator<Item = &'e Arc<LoggedEvent>>,
    size: PageSize,
    wants: impl Fn(&LoggedEvent) -> bool,
) -> Hop {
    let mut hop = Hop { events: Vec::new(), looked_at: 0, next: (0, 0), end: false };
    for event in events.take(size.window) {
        if hop.events.len() == size.matches {
            break;
        }
        hop.looked_at += 1;
        if wants(event) {
            hop.events.push(Arc::clone(event));
        }
    }
    hop
}

impl Contents {
    fn append(&mut self, name: &str, expected: Expected, offered: Vec<Offered>) -> Result<Written, Refused> {
        let standing = self.standing(name);
        let current = standing.current;
        let ids: Vec<Uuid> = offered.iter().map(|event| event.id).collect();
        match decide(&standing, expected, &ids) {
            Verdict::Wrong => return Err(Refused::WrongExpectedVersion { current }),
            Verdict::Deleted => return Err(Refused::StreamDeleted),
            Verdict::Repeated { last } => {
                let position = self.streams[name].events.iter().find(|event| event.revision == last);
                let position = position.map(|event| event.position);
                return Ok(Written { revision: Some(last), position, repeated: true });
            }
            Verdict::Write => {}
        }
        self.revive(name);
        let mut written = Written { revision: current, position: None, repeated: false };
        for event in offered {
            let event = self.push(name, event);
            written = Written { revision: Some(event.revision), position: Some(event.position), repeated: false };
        }
        Ok(written)
    }

    fn standing<'a>(&'a self, name: &'a str) -> Standing<'a> {
        let stream = self.streams.get(name);
        Standing {
            name,
            current: stream.and_then(|stream| stream.events.last()).map(|event| event.revision),
            deleted: stream.is_some_and(|stream| stream.deleted),
            tombstoned: stream.is_some_and(|stream| stream.tombstoned),
            ids: &self.ids,
        }
    }

    /// A softly deleted stream that is written again hides what stood before.
    fn revive(&mut self, name: &str) {
        let Some(stream) = self.streams.get_mut(name) else { return };
        if stream.deleted {
            stream.deleted = false;
            stream.first = stream.events.last().map_or(0, |event| event.revision + 1);
        }
    }

    fn push(&mut self, name: &str, event: Offered) -> Arc<LoggedEvent> {
        let stream = self.streams.entry(name.to_owned()).or_default();
        let logged = Arc::new(LoggedEvent {
            position: self.next_position,
            stream: name.to_owned(),
            revision: stream.events.last().map_or(0, |event| event.revision + 1),
            id: event.id,
            event_type: event.event_type,
            json: event.json,
            data: event.data,
            metadata: event.metadata,
            created: ticks(),
        });
        stream.events.push(Arc::clone(&logged));
        if let Some((below, most)) = name.strip_prefix("$$").map(|of| (of, limits(&logged.data))) {
            self.hide(below, most);
        }
        self.next_position += 100 + (logged.data.len() + logged.metadata.len()) as u64;
        self.ids.insert(logged.id, (name.to_owned(), logged.revision));
        self.events.push(Arc::clone(&logged));
        logged
    }

    /// Metadata of a stream hide its first events.
    fn hide(&mut self, name: &str, (before, count): (Option<u64>, Option<u64>)) {
        let Some(stream) = self.streams.get_mut(name) else { return };
        let next = stream.events.last().map_or(0, |event| event.revision + 1);
        let first = before.map(|before| before.min(next)).max(count.map(|count| next.saturating_sub(count)));
        stream.first = first.unwrap_or_default().max(stream.first);
    }

    fn remove(&mut self, name: &str, expected: Expected, for_good: bool) -> Result<u64, Refused> {
        let standing = self.standing(name);
        let current = standing.current;
        match decide(&standing, expected, &[]) {
            Verdict::Deleted => return Err(Refused::StreamDeleted),
            Verdict::Wrong => return Err(Refused::WrongExpectedVersion { current }),
            Verdict::Write | Verdict::Repeated { .. } => {}
        }
        let notice = if for_good {
            self.push(name, Offered::system("$streamDeleted", ""))
        } else {
            self.push(&format!("$${name}"), Offered::system("$metadata", r#"{"$tb":9223372036854775807}"#))
        };
        let stream = self.streams.entry(name.to_owned()).or_default();
        stream.deleted = !for_good;
        stream.tombstoned |= for_good;
        Ok(notice.position)
    }

    fn truncate_to(&mut self, position: u64) {
        self.events.retain(|event| event.position <= position);
        for stream in self.streams.values_mut() {
            stream.events.retain(|event| event.position <= position);
        }
        self.streams.retain(|_, stream| !stream.events.is_empty());
        self.ids.clear();
        for event in &self.events {
            self.ids.insert(event.id, (event.stream.clone(), event.revision));
        }
        self.next_position = self.events.last().map_or(517, |event| event.position + 103);
    }
}

/// `$tb` (truncate before) and `$maxCount` in the metadata of a stream.
fn limits(metadata: &[u8]) -> (Option<u64>, Option<u64>) {
    let metadata: serde_json::Value = serde_json::from_slice(metadata).unwrap_or_default();
    let number = |name: &str| metadata.get(name).and_then(serde_json::Value::as_u64);
    (number("$tb"), number("$maxCount"))
}

fn ticks() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos() / 100).unwrap_or(u64::MAX)
}
