//! The name of this node, kept in its folder across restarts: its trail is one chain.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use uuid::Uuid;

use super::TrailFault;

const FILE: &str = "node-id";

/// Names a node. Random; says nothing about a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NodeId(Uuid);

impl NodeId {
    /// The id kept in this folder; made when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn keep(folder: &Path) -> Result<Self, TrailFault> {
        let path = folder.join(FILE);
        let at_file = |error: std::io::Error| TrailFault::Unwritable(format!("{} ({error})", path.display()));
        match fs::read_to_string(&path) {
            Ok(text) => Uuid::try_parse(text.trim()).map(Self).map_err(|_| {
                TrailFault::Unwritable(format!("{} holds no node id: put the file back from a backup", path.display()))
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let id = Self(Uuid::new_v4());
                let mut file =
                    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(at_file)?;
                writeln!(file, "{id}").and_then(|()| file.sync_all()).map_err(at_file)?;
                File::open(folder).and_then(|folder| folder.sync_all()).map_err(at_file)?;
                Ok(id)
            }
            Err(error) => Err(at_file(error)),
        }
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}
