//! What the killed process said it sent and heard, compared with what is on the disk.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::case::Case;
use domain::ids::EventId;
use eventstore::chain::digest;
use eventstore::codec::Codec;
use eventstore::key::StreamKeys;
use eventstore::metadata::Metadata;
use eventstore::port::{Digest, NewEvent, Position, RecordedEvent, StreamName};
use eventstore::sqlite::{Entry, SqliteStore, VerifyReport, verify};
use eventstore::vault::check_pair;
use tests::archive::{self, HISTORY, VAULT};
use uuid::Uuid;

use crate::child::UNFINISHED;
use crate::said::{Ack, Said, Sent};

/// Everything that was sent, and what became of it.
pub struct Ledger {
    acked: BTreeMap<Uuid, (Prints, Ack)>,
    /// In the order they were sent; whether each was found on the disk, once somebody has looked.
    unfinished: Vec<(Sent, Option<bool>)>,
    /// Everything up to here was opened before.
    opened_to: Position,
    /// How often a batch was found whole, or not at all, though nobody had heard of it.
    pub whole: usize,
    pub absent: usize,
}

impl Ledger {
    pub fn new() -> Self {
        Self { acked: BTreeMap::new(), unfinished: Vec::new(), opened_to: Position::START, whole: 0, absent: 0 }
    }

    /// Takes in what the process said.
    pub fn note(&mut self, said: impl IntoIterator<Item = Said>) {
        for said in said {
            match said {
                Said::Sending(sent) => self.unfinished.push((sent, None)),
                Said::Acked(ack) => self.note_ack(ack),
                _ => {}
            }
        }
    }

    fn note_ack(&mut self, ack: Ack) {
        let place = self.unfinished.iter().position(|(sent, _)| sent.command == ack.command).expect("it was sent");
        let (sent, found) = self.unfinished.remove(place);
        // A batch that was there already is recognised; one that was not is new.
        assert_eq!(ack.repeated, found.unwrap_or(false), "{ack:?}");
        self.acked.insert(ack.command, (prints_of(&sent), ack));
    }

    pub fn acked(&self) -> usize {
        self.acked.len()
    }

    /// Leaves what is unfinished in the folder, to be sent again.
    pub fn leave_unfinished(&self, folder: &Path) {
        let lines = self.unfinished.iter().map(|(sent, _)| serde_json::to_string(sent).unwrap() + "\n");
        fs::write(folder.join(UNFINISHED), lines.collect::<String>()).unwrap();
    }

    /// Looks at a copy of the folder, as a machine that starts again would find it: every acknowledged batch is there, no batch is
    /// there by half, nothing else is there, the chain holds, and every event opens. What was opened before is opened again only
    /// when `everything` is asked for.
    pub async fn check(&mut self, folder: &Path, everything: bool) -> VerifyReport {
        let copy = tempfile::tempdir().unwrap();
        if !copy_files(folder, copy.path()) {
            assert_eq!(self.acked.len(), 0, "acknowledged, and there is no history");
            return self.nothing_there();
        }
        let vault = archive::open_vault(copy.path()).unwrap();
        let codec = archive::codec(Arc::clone(&vault));
        let opened_to = if everything { Position::START } else { self.opened_to };
        let mut found = Found::default();
        let check = |entry: &Entry| {
            found.take_in(&entry.event, entry.ends_batch, &codec, opened_to);
            Ok(())
        };
        let report = verify(&copy.path().join(HISTORY), check, |_, _| ()).unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert!(!found.in_batch, "the history ends with a whole batch");
        let store = SqliteStore::open_read_only(&copy.path().join(HISTORY)).unwrap();
        check_pair(&vault, &store, None).await.unwrap();
        self.compare(found);
        self.opened_to = report.head;
        report
    }

    fn nothing_there(&mut self) -> VerifyReport {
        for (_, found) in &mut self.unfinished {
            *found = Some(false);
        }
        VerifyReport {
            source: String::new(),
            events: 0,
            streams: 0,
            head: Position::START,
            schema: Vec::new(),
            trail_starts: Vec::new(),
            first_bad: None,
        }
    }

    fn compare(&mut self, mut found: Found) {
        for (sent, ack) in self.acked.values() {
            let batch = found.batches.remove(&ack.command).unwrap_or_else(|| panic!("lost: {ack:?}"));
            assert_eq!(&batch.prints, sent, "other bytes, or half a batch: {ack:?}");
            assert_eq!(batch.last, (ack.position(), ack.last_revision));
        }
        for (sent, was_found) in &mut self.unfinished {
            let batch = found.batches.remove(&sent.command);
            *was_found = Some(batch.is_some());
            if let Some(batch) = batch {
                assert_eq!(batch.prints, prints_of(sent), "other bytes, or half a batch");
                self.whole += 1;
            } else {
                self.absent += 1;
            }
        }
        assert!(found.batches.is_empty(), "nobody sent {:?}", found.batches.keys());
    }
}

/// What tells one batch from every other: its stream, and each event's id and digests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Prints(Vec<(StreamName, EventId, Digest, Digest)>);

fn prints_of(sent: &Sent) -> Prints {
    let stream = sent.stream();
    let print = |event: NewEvent| (stream.clone(), event.id, digest(&event.metadata), digest(&event.data));
    Prints(sent.batch().into_iter().map(print).collect())
}

/// A batch as it stands on the disk.
struct Stored {
    prints: Prints,
    last: (Position, u64),
}

/// What is on the disk: the events of each command, in order.
#[derive(Default)]
struct Found {
    batches: HashMap<Uuid, Stored>,
    keys: HashMap<StreamName, StreamKeys>,
    in_batch: bool,
}

impl Found {
    fn take_in(&mut self, event: &RecordedEvent, ends_batch: bool, codec: &Codec, opened_to: Position) {
        let command = Metadata::from_bytes(&event.metadata).unwrap().command;
        assert_eq!(self.in_batch, command.index > 0, "a batch begins where one ended");
        assert_eq!(ends_batch, command.index + 1 == command.count, "a batch ends with its last event");
        self.in_batch = !ends_batch;
        if event.position > opened_to {
            assert_opens(codec, event, self.keys.entry(event.stream.clone()).or_default());
        }
        let last = (event.position, event.revision.number());
        let batch =
            self.batches.entry(command.id.as_uuid()).or_insert_with(|| Stored { prints: Prints::default(), last });
        batch.last = last;
        batch.prints.0.push((event.stream.clone(), event.id, digest(&event.metadata), digest(&event.data)));
    }
}

/// The event opens, and so does each personal value in it: no key is missing.
pub fn assert_opens(codec: &Codec, event: &RecordedEvent, keys: &mut StreamKeys) {
    codec.decode::<Case>(event, keys).unwrap();
    assert!(keys.missing().is_empty(), "a key is missing: {}", event.position);
}

/// Copies history, vault and their logs. The index of a log is left behind: it is made anew after a power cut.
pub fn copy_files(from: &Path, to: &Path) -> bool {
    for name in [HISTORY, VAULT] {
        for name in [name.to_owned(), format!("{name}-wal")] {
            if from.join(&name).exists() {
                fs::copy(from.join(&name), to.join(&name)).unwrap();
            }
        }
    }
    from.join(HISTORY).exists()
}
