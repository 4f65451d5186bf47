//! A socket in the folder, for its owner only, by which a command line asks the running server to do what only the server can do
//! consistently: copy history and vault.

use std::fs::{self, Permissions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream as Blocking;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use super::Node;

const SOCKET: &str = "control.sock";

/// Longest request, in bytes.
const LONGEST: u64 = 16 * 1024;

/// What may be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// Copy history first, vault second.
    Backup {
        /// Where the copy of the history goes, in full.
        history: PathBuf,
        /// Where the copy of the vault goes, in full.
        vault: PathBuf,
    },
}

/// The answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// It was done.
    Done,
    /// It was not, and what to do.
    Failed(String),
}

/// Hears requests until told to stop. A server that cannot listen here goes on without.
pub async fn hear(folder: &Path, node: Arc<Node>, mut stop: watch::Receiver<bool>) {
    let path = folder.join(SOCKET);
    // What an earlier server left behind: this one holds the lock of the folder.
    let _ = fs::remove_file(&path);
    let listener = match UnixListener::bind(&path)
        .and_then(|listener| fs::set_permissions(&path, Permissions::from_mode(0o600)).map(|()| listener))
    {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, "no backup can be asked of this server from the command line");
            return;
        }
    };
    let told = async move {
        // A sender that went away means the same as being told.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    tokio::pin!(told);
    loop {
        tokio::select! {
            () = &mut told => break,
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                if let Err(error) = answer(&node, stream).await {
                    tracing::warn!(%error, "a command line went away before its answer");
                }
            }
        }
    }
    let _ = fs::remove_file(&path);
}

async fn answer(node: &Node, mut stream: UnixStream) -> io::Result<()> {
    let mut line = String::new();
    tokio::io::BufReader::new((&mut stream).take(LONGEST)).read_line(&mut line).await?;
    let answered = match serde_json::from_str::<Asked>(&line) {
        Err(_) => Answered::Failed("this is no request: use the command line of the same release".to_owned()),
        Ok(Asked::Backup { history, vault }) => match node.backup(&history, &vault).await {
            Ok(()) => Answered::Done,
            Err(error) => Answered::Failed(error.to_string()),
        },
    };
    let mut text = serde_json::to_string(&answered)?;
    text.push('\n');
    stream.write_all(text.as_bytes()).await
}

/// Asks the server that runs on this folder; `None` when none does.
///
/// # Errors
/// When the server went away before its answer.
pub fn ask(folder: &Path, asked: &Asked) -> io::Result<Option<Answered>> {
    let mut stream = match Blocking::connect(folder.join(SOCKET)) {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let mut text = serde_json::to_string(asked)?;
    text.push('\n');
    stream.write_all(text.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(Some(serde_json::from_str(&line)?))
}
