//! Only one process writes in a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::port::StoreFault;

/// The right to write in a folder, for as long as this value lives. The operating system takes the lock back when the process
/// ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    folder: PathBuf,
    _file: File,
}

impl FolderLock {
    /// Name of the lock file. It stays behind, empty, and means nothing without the lock on it.
    pub const FILE: &'static str = "lock";

    /// Takes the lock of a folder that exists.
    ///
    /// # Errors
    /// [`StoreFault::Locked`] when someone holds it, [`StoreFault::Unwritable`] when the folder cannot be written.
    pub fn take(folder: &Path) -> Result<Self, StoreFault> {
        let folder = folder.canonicalize().map_err(|error| unwritable(folder, &error))?;
        let path = folder.join(Self::FILE);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| unwritable(&folder, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { folder, _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreFault::Locked(format!(
                "{} is held; stop the other server or command first, or use another folder",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(StoreFault::Unwritable(format!(
                "{} cannot be locked ({error}); the folder must be on a disk that knows file locks",
                path.display()
            ))),
        }
    }

    /// The folder, in full.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether this lock is about the folder of that file, or one above it.
    #[must_use]
    pub fn covers(&self, file: &Path) -> bool {
        file.parent()
            .map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
            .and_then(|parent| parent.canonicalize().ok())
            .is_some_and(|parent| parent.starts_with(&self.folder))
    }
}

fn unwritable(folder: &Path, error: &io::Error) -> StoreFault {
    StoreFault::Unwritable(format!(
        "{} does not let this user make files ({error}); give it write access or use another folder",
        folder.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        let refused = FolderLock::take(folder.path()).unwrap_err();
        assert!(matches!(&refused, StoreFault::Locked(what) if what.contains("lock")), "{refused}");
        drop(first);
        FolderLock::take(folder.path()).unwrap();
    }

    #[test]
    fn a_lock_covers_its_folder_and_what_is_under_it() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("trail")).unwrap();
        let lock = FolderLock::take(folder.path()).unwrap();
        assert!(lock.covers(&folder.path().join("history.db")));
        assert!(lock.covers(&folder.path().join("trail/2026-11.db")));
        assert!(!lock.covers(&other.path().join("history.db")));
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let refused = FolderLock::take(&folder.path().join("gone")).unwrap_err();
        assert!(refused.to_string().contains("gone"), "{refused}");
    }
}
