//! How far reactions have read, in a small file of its own. It may be removed at any moment: reactions then begin anew, and a desk
//! gives each act one effect.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use eventstore::follow::Identity;
use eventstore::port::Position;
use rusqlite::{Connection, OptionalExtension as _};

use super::runner::NAME;
use crate::fault::FollowerFault;

/// The file.
pub(super) struct CheckpointFile {
    path: PathBuf,
    identity: Identity,
    connection: Mutex<Connection>,
}

impl CheckpointFile {
    /// Opens the file, and makes it when there is none. Blocks for as long as the disk takes.
    pub fn open(path: &Path, identity: Identity) -> Result<Self, FollowerFault> {
        let connection = connect(path).map_err(|error| failed(path, error))?;
        Ok(Self { path: path.to_path_buf(), identity, connection: Mutex::new(connection) })
    }

    /// Where to go on: the start when the checkpoint belongs to something else, or lies beyond the head of a restored history.
    pub fn position(&self, head: Position) -> Result<Position, FollowerFault> {
        let stored = self.read().map_err(|error| failed(&self.path, error))?;
        let Some((identity, position)) = stored else { return Ok(Position::START) };
        if identity == self.identity && position <= head {
            return Ok(position);
        }
        tracing::warn!(
            checkpoint = %position,
            %head,
            "the checkpoint of reactions is of another history or release, or lies beyond the head; they begin anew"
        );
        Ok(Position::START)
    }

    /// Notes how far was read.
    pub fn save(&self, position: Position) -> Result<(), FollowerFault> {
        let Identity { name, version, source, filter, .. } = &self.identity;
        let row = (name, version, source, filter, position.token().cast_signed());
        let saved = self.lock().execute(include_str!("save_checkpoint.sql"), row);
        saved.map(|_| ()).map_err(|error| failed(&self.path, error))
    }

    fn read(&self) -> rusqlite::Result<Option<(Identity, Position)>> {
        let name = &self.identity.name;
        self.lock()
            .query_row(include_str!("checkpoint.sql"), [name], |row| {
                let identity = Identity {
                    name: name.clone(),
                    version: row.get(0)?,
                    source: row.get(1)?,
                    filter: row.get(2)?,
                    // Reactions go by what stands in the facts.
                    policy: String::new(),
                };
                Ok((identity, Position::from_token(row.get::<_, i64>(3)?.cast_unsigned())))
            })
            .optional()
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // One statement is one transaction: what a panicking thread left behind can be used.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

    fn identity(filter: &Filter) -> Identity {
        Identity::new("reactions", 1, "history-a", filter)
    }

    fn at(position: u64) -> Position {
        Position::from_token(position)
    }

    #[test]
    fn what_was_saved_is_found_again_and_only_by_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reactions.db");
        let case = Filter::categories(["case"]);
        let open = |identity| CheckpointFile::open(&path, identity).unwrap();
        assert_eq!(open(identity(&case)).position(at(9)).unwrap(), Position::START);
        open(identity(&case)).save(at(6)).unwrap();
        open(identity(&case)).save(at(7)).unwrap();
        assert_eq!(open(identity(&case)).position(at(7)).unwrap(), at(7));
        assert_eq!(open(identity(&case)).position(at(6)).unwrap(), Position::START, "beyond the head");
        for other in [
            identity(&Filter::all()),
            Identity::new("reactions", 2, "history-a", &case),
            Identity::new("reactions", 1, "history-b", &case),
            Identity::new("others", 1, "history-a", &case),
        ] {
            assert_eq!(open(other.clone()).position(at(9)).unwrap(), Position::START, "{other:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_checkpoint_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reactions.db");
        std::fs::write(&path, vec![7; 4096]).unwrap();
        let refused = CheckpointFile::open(&path, identity(&Filter::all())).err().unwrap().to_string();
        assert!(refused.contains("the file of reactions") && refused.contains("remove the file"), "{refused}");
        assert!(!refused.contains("deadlines"), "{refused}");
        assert!(BEGIN_ANEW.contains("restore the vault") && BEGIN_ANEW.contains("checkpoint file of reactions"));
    }
}
