//! Where read databases lie: one in use, named by a pointer file; a new one is built beside it and put in use by exchanging the
//! pointer, so that a crash at any moment leaves one of them in use, whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::time::CivilDay;
use eventstore::follow::Identity;
use eventstore::port::Position;
use uuid::Uuid;

use super::fault::ListsFault;
use super::file;
use super::generation::Generation;
const POINTER: &str = "read.current";

/// The folder of the read databases.
#[derive(Clone, Debug)]
pub(super) struct Place {
    folder: PathBuf,
}

impl Place {
    /// The folder, made when it is not there.
    pub fn open(folder: PathBuf) -> Result<Self, ListsFault> {
        fs::create_dir_all(&folder).map_err(|error| ListsFault::File { path: folder.clone(), error })?;
        Ok(Self { folder })
    }

    /// A name for a new database of a version.
    pub fn new_path(&self, version: u32) -> PathBuf {
        self.folder.join(format!("read-v{version}-{}.db", Uuid::new_v4().simple()))
    }

    /// The database in use, if it may be followed from. Half-built ones are cleared away; one that may not be followed from stays
    /// until another is in use, so that an older release still finds it.
    pub fn usable(&self, wanted: &Identity, head: Position, today: CivilDay) -> Option<Arc<Generation>> {
        let pointed = self.pointed();
        self.clear(pointed.as_slice());
        let path = pointed?;
        let (generation, checkpoint) = match Generation::open(&path) {
            Ok(opened) => opened,
            Err(fault) => {
                tracing::warn!(file = %path.display(), %fault, "the read database cannot be opened; it is built anew");
                return None;
            }
        };
        if let Err(refused) = checkpoint.check(wanted, head, today) {
            tracing::warn!(file = %path.display(), %refused, "the read database cannot be used");
            return None;
        }
        Some(Arc::new(generation))
    }

    /// Puts a database in use, durably.
    pub fn point_at(&self, path: &Path) -> Result<(), ListsFault> {
        let draft = self.folder.join(format!("{POINTER}.new"));
        self.exchange(&draft, path).map_err(|error| ListsFault::File { path: draft, error })
    }

    fn exchange(&self, draft: &Path, path: &Path) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default();
        let mut file = File::create(draft)?;
        file.write_all(name.as_encoded_bytes())?;
        file.sync_all()?;
        fs::rename(draft, self.folder.join(POINTER))?;
        File::open(&self.folder)?.sync_all()
    }

    /// Takes away every database but these.
    pub fn clear(&self, keep: &[PathBuf]) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        for path in paths.filter(|path| is_database(path) && !keep.contains(path)) {
            file::remove(&path);
        }
    }

    fn pointed(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.folder.join(POINTER)).ok()?;
        let path = self.folder.join(name.trim());
        // A pointer leads to one of our own files, or nowhere.
        (is_database(&path) && path.parent() == Some(&self.folder) && path.exists()).then_some(path)
    }
}

fn is_database(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("read-v") && path.extension().is_some_and(|extension| extension == "db")
}
