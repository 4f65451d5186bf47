//! The peer of the history's writer: one connection that inserts what queued up and commits, and nothing else. No hash, no chain, no
//! expectation, no trigger, no savepoint; the same rows, columns, indexes and pragmas, the same callers, the same queue.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread::JoinHandle;

use eventstore::port::NewEvent;
use rusqlite::{Connection, params};
use tests::measure::WRITER_PRAGMAS;
use tokio::sync::{mpsc, oneshot};

/// Most rows of one commit, as in the history's writer.
const LARGEST_GROUP: usize = 256;

/// A row and whom to tell.
struct Request {
    stream: i64,
    revision: u64,
    event: NewEvent,
    done: oneshot::Sender<()>,
}

/// A running loop.
pub struct Bare {
    queue: mpsc::Sender<Request>,
    writer: JoinHandle<BTreeMap<usize, u64>>,
}

/// A way to the loop, for one caller.
#[derive(Clone)]
pub struct Handle(mpsc::Sender<Request>);

impl Bare {
    /// Begins in a file, or goes on in it.
    pub fn start(path: &Path) -> Self {
        let connection = Connection::open(path).unwrap();
        connection.execute_batch(include_str!("bare.sql")).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        connection.execute_batch(WRITER_PRAGMAS).unwrap();
        let (queue, requests) = mpsc::channel(1_024);
        Self { queue, writer: std::thread::spawn(move || write(&connection, requests)) }
    }

    pub fn handle(&self) -> Handle {
        Handle(self.queue.clone())
    }

    /// Ends it; how many commits took how many rows.
    pub fn finish(self) -> Vec<(usize, u64)> {
        drop(self.queue);
        self.writer.join().unwrap().into_iter().collect()
    }
}

impl Handle {
    pub async fn append(&self, stream: i64, revision: u64, event: NewEvent) {
        let (done, told) = oneshot::channel();
        self.0.send(Request { stream, revision, event, done }).await.ok().unwrap();
        told.await.unwrap();
    }
}

fn write(connection: &Connection, mut requests: mpsc::Receiver<Request>) -> BTreeMap<usize, u64> {
    let mut groups = BTreeMap::new();
    let mut insert = connection.prepare(include_str!("../../../eventstore/src/sqlite/insert_event.sql")).unwrap();
    let mut begin_stream = connection.prepare("INSERT INTO streams (id, name) VALUES (?1, ?2)").unwrap();
    let digest = [0xD1_u8; 32];
    let last = "SELECT COALESCE(MAX(position), 0) FROM events";
    let mut position: i64 = connection.query_one(last, [], |row| row.get(0)).unwrap();
    while let Some(first) = requests.blocking_recv() {
        let mut group = vec![first];
        while group.len() < LARGEST_GROUP {
            let Ok(next) = requests.try_recv() else { break };
            group.push(next);
        }
        connection.prepare_cached("BEGIN IMMEDIATE").unwrap().execute([]).unwrap();
        for Request { stream, revision, event, .. } in &group {
            if *revision == 0 {
                begin_stream.execute(params![stream, format!("case-{stream:036}")]).unwrap();
            }
            position += 1;
            insert
                .execute(params![
                    position,
                    stream,
                    i64::try_from(*revision).unwrap(),
                    event.id.as_uuid().as_bytes().as_slice(),
                    event.outer_type,
                    event.version,
                    position,
                    position,
                    event.command.map(|slot| slot.id.as_uuid().into_bytes()),
                    event.command.map(|slot| slot.index),
                    digest.as_slice(),
                    digest.as_slice(),
                    digest.as_slice(),
                    digest.as_slice(),
                    event.metadata,
                    event.data,
                ])
                .unwrap();
        }
        connection.prepare_cached("COMMIT").unwrap().execute([]).unwrap();
        *groups.entry(group.len()).or_default() += 1;
        for request in group {
            let _ = request.done.send(());
        }
    }
    groups
}
