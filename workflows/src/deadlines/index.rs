//! When each case is next, and how far that was read from the history: a small file of its own. It may be removed at any moment: it is then
//! built anew, and a desk gives each act one effect.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::alert::Look;
use domain::ids::CaseId;
use domain::time::Timestamp;
use eventstore::follow::Identity;
use eventstore::port::Position;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use uuid::Uuid;

use super::runner::NAME;
use crate::fault::FollowerFault;

/// The cases in order of their next moment, and the file in which that survives a restart.
pub(super) struct Index {
    path: PathBuf,
    identity: Identity,
    kept: Mutex<Kept>,
}

struct Kept {
    connection: Connection,
    moments: Moments,
}

/// When each case is next, to the moment: in memory only.
#[derive(Default)]
struct Moments {
    by_case: HashMap<CaseId, Timestamp>,
    by_time: BTreeSet<(Timestamp, CaseId)>,
}

impl Moments {
    fn set(&mut self, case: CaseId, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.by_case.insert(case, at),
            None => self.by_case.remove(&case),
        };
        if let Some(before) = before {
            self.by_time.remove(&(before, case));
        }
        self.by_time.extend(at.map(|at| (at, case)));
    }
}

/// A case and when it is next.
pub(super) type Moment = (CaseId, Option<Look>);

impl Index {
    /// Opens the file, and makes it when there is none; with where to go on. One that belongs to another history, release or policy, or
    /// lies beyond the head of a restored history, is emptied. Blocks for as long as the disk takes.
    pub fn open(path: &Path, identity: Identity, head: Position) -> Result<(Self, Position), FollowerFault> {
        let opened = || {
            let connection = connect(path)?;
            let position = begin(&connection, &identity, head)?;
            let moments = read_moments(&connection)?;
            Ok((Kept { connection, moments }, position))
        };
        let (kept, position) = opened().map_err(|error| failed(path, error))?;
        Ok((Self { path: path.to_path_buf(), identity, kept: Mutex::new(kept) }, position))
    }

    /// Notes when these cases are next, and how far that was read, in one go.
    pub fn note(&self, moments: &[Moment], reached: Position) -> Result<(), FollowerFault> {
        self.write(moments, |transaction| {
            let Identity { name, version, source, filter, policy } = &self.identity;
            let row = (name, version, source, filter, policy, reached.token().cast_signed());
            transaction.execute(include_str!("save_checkpoint.sql"), row).map(|_| ())
        })
    }

    /// Notes when a case is next that had its turn.
    pub fn put(&self, moment: Moment) -> Result<(), FollowerFault> {
        self.write(&[moment], |_| Ok(()))
    }

    /// The first moment of any case.
    pub fn first(&self) -> Option<Timestamp> {
        self.lock().moments.by_time.first().map(|(at, _)| *at)
    }

    /// The first moment after this one of these cases.
    pub fn first_of(&self, cases: &[CaseId], after: Timestamp) -> Option<Timestamp> {
        let kept = self.lock();
        let of_each = cases.iter().filter_map(|case| kept.moments.by_case.get(case).copied());
        of_each.filter(|at| after < *at).min()
    }

    /// The cases whose moment has come, in order of it; no more than so many.
    pub fn due(&self, now: Timestamp, most: usize) -> Vec<CaseId> {
        let kept = self.lock();
        let come = kept.moments.by_time.iter().take_while(|(at, _)| *at <= now);
        come.take(most).map(|(_, case)| *case).collect()
    }

    fn write(
        &self,
        moments: &[Moment],
        more: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), FollowerFault> {
        let mut kept = self.lock();
        let written = || {
            let transaction = kept.connection.transaction()?;
            put(&transaction, moments)?;
            more(&transaction)?;
            transaction.commit()
        };

        written().map_err(|error| failed(&self.path, error))?;
        for (case, look) in moments {
            kept.moments.set(*case, look.map(|look| look.at));
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A transaction of a panicking thread was rolled back: what it left behind can be used.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where to go on.
fn begin(connection: &Connection, identity: &Identity, head: Position) -> rusqlite::Result<Position> {
    if let Some((found, position)) = read_checkpoint(connection, &identity.name)? {
        if found == *identity && position <= head {
            return Ok(position);
        }
        tracing::warn!(
            checkpoint = %position,
            %head,
            "the index of deadlines is of another history, release or policy, or lies beyond the head; it is built anew"
        );
    }
    connection.execute_batch("DELETE FROM moment; DELETE FROM checkpoint;")?;
    Ok(Position::START)
}

fn read_checkpoint(connection: &Connection, name: &str) -> rusqlite::Result<Option<(Identity, Position)>> {
    let read = connection.query_row(include_str!("checkpoint.sql"), [name], |row| {
        let identity = Identity {
            name: name.to_owned(),
            version: row.get(0)?,
            source: row.get(1)?,
            filter: row.get(2)?,
            policy: row.get(3)?,
        };
        Ok((identity, Position::from_token(row.get::<_, i64>(4)?.cast_unsigned())))
    });
    read.optional()
}

fn read_moments(connection: &Connection) -> rusqlite::Result<Moments> {
    let mut moments = Moments::default();
    let mut statement = connection.prepare("SELECT case_id, at FROM moment")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let case = CaseId::from_uuid(Uuid::from_bytes(row.get::<_, [u8; 16]>(0)?));
        moments.set(case, Some(Timestamp::from_micros(row.get(1)?)));
    }
    Ok(moments)
}

fn put(transaction: &Transaction<'_>, moments: &[Moment]) -> rusqlite::Result<()> {
    for (case, look) in moments {
        let case = case.as_uuid().into_bytes();
        match look {
            Some(look) => {
                let row = (case, written_as(*look).micros());
                transaction.execute("INSERT OR REPLACE INTO moment (case_id, at) VALUES (?1, ?2)", row)?
            }
            None => transaction.execute("DELETE FROM moment WHERE case_id = ?1", [case])?,
        };
    }
    Ok(())
}

/// A day that gives away a birth date is written as its month: the case is then looked at once more than needed, after a restart.
fn written_as(look: Look) -> Timestamp {
    if look.of_birth { look.at.day().first_of_month().at(0, 0) } else { look.at }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(include_str!("schema.sql"))?;
    Ok(connection)
}

fn failed(path: &Path, error: rusqlite::Error) -> FollowerFault {
    FollowerFault::of_file(NAME, path, error)
}

#[cfg(test)]
mod tests {
    use eventstore::port::Filter;

    use super::super::acting::BEGIN_ANEW;
    use super::*;

    fn identity(policy: &str) -> Identity {
        Identity::new("deadlines", 1, "history-a", &Filter::categories(["case"])).under(policy.to_owned())
    }

    fn case(number: u128) -> CaseId {
        CaseId::from_uuid(Uuid::from_u128(number))
    }

    const fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros)
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the index is told it: a case may also have nothing ahead")]
    const fn look(micros: i64) -> Option<Look> {
        Some(Look { at: at(micros), of_birth: false })
    }

    #[test]
    fn it_says_who_is_next_and_goes_on_where_it_was_unless_it_is_of_something_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deadlines.db");
        let place = Position::from_token;
        let (index, position) = Index::open(&path, identity("p"), place(9)).unwrap();
        assert_eq!((position, index.first()), (Position::START, None));
        index.note(&[(case(1), look(30)), (case(2), look(10)), (case(3), None)], place(7)).unwrap();
        assert_eq!(index.first(), Some(at(10)));
        assert_eq!(index.due(at(9), 9), []);
        assert_eq!(index.due(at(30), 9), [case(2), case(1)]);
        assert_eq!(index.due(at(30), 1), [case(2)]);
        index.put((case(2), look(40))).unwrap();
        drop(index);

        let (again, position) = Index::open(&path, identity("p"), place(9)).unwrap();
        assert_eq!((position, again.first()), (place(7), Some(at(30))));
        drop(again);
        let (beyond, position) = Index::open(&path, identity("p"), place(6)).unwrap();
        assert_eq!((position, beyond.first()), (Position::START, None), "of a history that was restored");
        beyond.note(&[(case(1), look(30))], place(5)).unwrap();
        drop(beyond);
        let (other, position) = Index::open(&path, identity("another"), place(9)).unwrap();
        assert_eq!((position, other.first()), (Position::START, None), "under another policy");
    }

    /// What lies on the disk says no birthday: only whoever runs knows the day, from the case itself.
    #[test]
    fn a_day_that_gives_away_a_birth_date_is_written_as_its_month() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deadlines.db");
        let moment = "2026-03-14T07:00:00Z".parse().unwrap();
        let (index, _) = Index::open(&path, identity("p"), Position::from_token(9)).unwrap();
        index.note(&[(case(1), Some(Look { at: moment, of_birth: true }))], Position::from_token(1)).unwrap();
        assert_eq!(index.first(), Some(moment));
        drop(index);
        let (again, _) = Index::open(&path, identity("p"), Position::from_token(9)).unwrap();
        assert_eq!(again.first().map(Timestamp::on_the_clock), Some("2026-03-01 00:00".to_owned()));
    }

    #[test]
    fn a_file_that_is_no_index_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deadlines.db");
        std::fs::write(&path, vec![7; 4096]).unwrap();
        let refused = Index::open(&path, identity("p"), Position::START).err().unwrap().to_string();
        assert!(refused.contains("the file of deadlines") && refused.contains("remove the file"), "{refused}");
        assert!(!refused.contains("reactions"), "{refused}");
        assert!(BEGIN_ANEW.contains("restore the vault") && BEGIN_ANEW.contains("index of deadlines"));
    }
}
