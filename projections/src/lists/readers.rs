//! Connections that read one file: a few, made when needed, lent to one question at a time.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::fault::ListsFault;
use super::file::connect_reader;

/// Most connections that read at the same time. Questions take microseconds to milliseconds; more of them only wait elsewhere.
const MOST: usize = 8;

/// The connections of one file.
pub(super) struct Readers {
    path: PathBuf,
    lent: Mutex<Lent>,
    freed: Condvar,
}

#[derive(Default)]
struct Lent {
    idle: Vec<Connection>,
    out: usize,
}

impl Readers {
    /// Of this file; none is open yet.
    pub fn of(path: PathBuf) -> Self {
        Self { path, lent: Mutex::default(), freed: Condvar::new() }
    }

    /// Runs a question within one view of the database. Waits for its turn on the thread that asks.
    pub fn ask<T>(&self, question: impl FnOnce(&Connection) -> Result<T, ListsFault>) -> Result<T, ListsFault> {
        let mut turn = self.turn();
        let mut connection = turn.take(&self.path)?;
        let transaction = connection.transaction()?;
        let answer = question(&transaction)?;
        transaction.finish()?;
        // After a fault it is not lent again: the next question gets a fresh connection.
        turn.connection = Some(connection);
        Ok(answer)
    }

    fn turn(&self) -> Turn<'_> {
        let busy = |lent: &mut Lent| lent.out >= MOST;
        let mut lent = self.freed.wait_while(self.lent(), busy).unwrap_or_else(PoisonError::into_inner);
        lent.out += 1;
        Turn { readers: self, connection: lent.idle.pop() }
    }

    fn lent(&self) -> MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to one connection. It is given back however the question ends.
struct Turn<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Turn<'_> {
    fn take(&mut self, path: &Path) -> Result<Connection, ListsFault> {
        self.connection.take().map_or_else(|| connect_reader(path), Ok)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut lent = self.readers.lent();
        lent.out -= 1;
        lent.idle.extend(self.connection.take());
        drop(lent);
        self.readers.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Many ask at once: as many as there are connections are answered side by side, the others in their turn.
    #[test]
    fn however_many_ask_a_few_connections_answer() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("any.db");
        Connection::open(&path).and_then(|made| made.execute_batch("CREATE TABLE any (one)")).expect("a database");
        let readers = Readers::of(path);
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let question = |connection: &Connection| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // The first ones wait for each other, so that they are asked at the same time.
            while most.load(Ordering::SeqCst) < MOST {
                std::thread::yield_now();
            }
            let answer = connection.query_row("SELECT 1", [], |row| row.get::<_, i64>(0));
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(answer?)
        };
        std::thread::scope(|threads| {
            let asked: Vec<_> = (0..5 * MOST).map(|_| threads.spawn(|| readers.ask(question))).collect();
            for answer in asked {
                assert_eq!(answer.join().expect("a thread").expect("an answer"), 1);
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), MOST);
        let lent = readers.lent();
        assert_eq!((lent.idle.len(), lent.out), (MOST, 0));
    }

    #[test]
    fn a_question_that_fails_gives_its_turn_back_and_its_connection_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = Readers::of(folder.path().join("not-there.db"));
        for _ in 0..=MOST {
            assert!(readers.ask(|_| Ok(())).is_err());
        }
        assert_eq!(readers.lent().out, 0);

        Connection::open(&readers.path).expect("a database");
        readers.ask(|_| Ok(())).expect("an answer");
        assert_eq!(readers.lent().idle.len(), 1);
        let failed = readers.ask(|connection| Ok(connection.execute_batch("SELECT one FROM nowhere")?));
        assert!(failed.is_err());
        let lent = readers.lent();
        assert_eq!((lent.idle.len(), lent.out), (0, 0));
    }
}
