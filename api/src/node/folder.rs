//! What lies in a node's folder, and whose folder it is.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use eventstore::key::{MasterKey, SystemEntropy};

use super::OpenError;

/// The history.
pub const HISTORY: &str = "history.db";
/// The vault.
pub const VAULT: &str = "vault.db";
/// The folder of the trail.
pub const TRAIL: &str = "trail";
/// The master key of a demo.
pub const MASTER_KEY: &str = "master.key";
/// Says that everything here is invented.
const DEMO_MARK: &str = "DEMO";
/// The demo issuer's key gives a demo folder away too.
const DEMO_ISSUER: &str = "demo-issuer.pem";

/// Whose folder it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FolderKind {
    /// Invented people, a demo issuer, a master key beside the vault.
    Demo,
    /// Real people.
    Real,
}

impl FolderKind {
    /// Whose folder this is, if it was ever used.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Self> {
        let has = |name: &str| folder.join(name).exists();
        if has(DEMO_MARK) || has(DEMO_ISSUER) {
            return Some(Self::Demo);
        }
        (has(HISTORY) || has(VAULT)).then_some(Self::Real)
    }
}

/// Makes the folder for its owner only when there is none, and refuses the wrong kind.
pub(crate) fn prepare(folder: &Path, kind: FolderKind) -> Result<(), OpenError> {
    let shown = || folder.display().to_string();
    let unusable = |source| OpenError::Folder { path: shown(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unusable)?;
    match (kind, FolderKind::of(folder)) {
        (FolderKind::Real, Some(FolderKind::Demo)) => Err(OpenError::IsDemo(shown())),
        (FolderKind::Demo, Some(FolderKind::Real)) => Err(OpenError::IsReal(shown())),
        (FolderKind::Demo, _) if !folder.join(DEMO_MARK).exists() => {
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(folder.join(DEMO_MARK))
                .map_err(unusable)?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The master key: of the environment, of the file that was named, and for a demo of the file beside the vault, which is made only
/// for a folder that was never used.
pub(super) fn master_key(folder: &Path, kind: FolderKind, file: Option<&Path>) -> Result<MasterKey, OpenError> {
    if let Some(key) = MasterKey::from_environment()? {
        return Ok(key);
    }
    if let Some(file) = file {
        return Ok(MasterKey::from_file(file)?);
    }
    let beside = folder.join(MASTER_KEY);
    match (kind, beside.exists()) {
        (FolderKind::Real, _) => Err(OpenError::NoMasterKey),
        (FolderKind::Demo, true) => Ok(MasterKey::from_file(&beside)?),
        (FolderKind::Demo, false) if folder.join(HISTORY).exists() || folder.join(VAULT).exists() => {
            Err(OpenError::MasterKeyGone(beside.display().to_string()))
        }
        (FolderKind::Demo, false) => Ok(MasterKey::create_file(&beside, &SystemEntropy)?),
    }
}

/// Keeps a database to its owner, with what lies beside it while it is open. What is made there later gets the rights of the database.
pub(crate) fn owner_only(database: &Path) -> Result<(), OpenError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(suffix);
        match fs::set_permissions(&file, Permissions::from_mode(0o600)) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(OpenError::Folder { path: PathBuf::from(file).display().to_string(), source });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Makes a database for its owner only where there is none: an empty file, to be filled by whoever opens it.
pub(super) fn begin_database(database: &Path) -> Result<(), OpenError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(database) {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => {
            Err(OpenError::Folder { path: database.display().to_string(), source })
        }
        Err(_) => owner_only(database),
        Ok(_) => Ok(()),
    }
}

/// Makes a folder for its owner only, also one that was there for others to look into.
pub(super) fn private(folder: &Path) -> Result<(), OpenError> {
    let unusable = |source| OpenError::Folder { path: folder.display().to_string(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unusable)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(unusable)
}
