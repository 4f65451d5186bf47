//! A socket in the folder, for its owner only, by which a command line asks the running server to do what only the server can do
//! consistently: copy history and vault.

use std::fs::{self, Permissions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream as Blocking;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Copied, Node};

const SOCKET: &str = "control.sock";

/// Longest request, in bytes.
const LONGEST: u64 = 16 * 1024;

/// How long a command line may take to say what it wants, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before the next command line is let in, after one could not be.
const BEFORE_NEXT: Duration = Duration::from_secs(1);

/// Below this every system takes the path of a socket, in bytes.
const LONGEST_PATH: usize = 100;

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
    /// It was done: what was copied.
    Done(Copied),
    /// It was not, and what to do.
    Failed(String),
}

/// Hears requests until told to stop, each on its own: who connects and says nothing keeps nobody waiting. A copy that is being made
/// then is finished first. A server that cannot listen here goes on without.
pub async fn hear(folder: &Path, node: Arc<Node>, mut stop: watch::Receiver<bool>) {
    let path = folder.join(SOCKET);
    let (bound, _folder) = match within_reach(folder) {
        Ok(place) => place,
        Err(error) => return unheard(&error),
    };
    // What an earlier server left behind: this one holds the lock of the folder.
    let _ = fs::remove_file(&path);
    let listener = match UnixListener::bind(&bound)
        .and_then(|listener| fs::set_permissions(&path, Permissions::from_mode(0o600)).map(|()| listener))
    {
        Ok(listener) => listener,
        Err(error) => return unheard(&error),
    };
    let (stopping, copying) = (stop.clone(), Arc::new(Mutex::new(())));
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            () = told(&mut stop) => break,
            accepted = listener.accept() => {
                match accepted {
                    Ok((stream, _)) => {
                        talks.spawn(talk(Arc::clone(&node), stream, stopping.clone(), Arc::clone(&copying)));
                    }
                    // Of no use at once: it takes until somebody closes a file.
                    Err(error) => {
                        tracing::warn!(%error, "a command line could not be let in");
                        let _ = timeout(BEFORE_NEXT, told(&mut stop)).await;
                    }
                }
            }
            // What has ended goes, also by a panic.
            Some(_) = talks.join_next() => {}
        }
    }
    let _ = fs::remove_file(&path);
    while talks.join_next().await.is_some() {}
}

fn unheard(error: &io::Error) {
    tracing::warn!(%error, "no backup can be asked of this server from the command line");
}

/// A path to the socket that is short enough for the system, which takes about a hundred bytes; with what keeps it good.
fn within_reach(folder: &Path) -> io::Result<(PathBuf, Option<fs::File>)> {
    let path = folder.join(SOCKET);
    if path.as_os_str().len() < LONGEST_PATH {
        return Ok((path, None));
    }
    let opened = fs::File::open(folder)?;
    Ok((PathBuf::from(format!("/proc/self/fd/{}", opened.as_raw_fd())).join(SOCKET), Some(opened)))
}

async fn talk(node: Arc<Node>, stream: UnixStream, stop: watch::Receiver<bool>, copying: Arc<Mutex<()>>) {
    if let Err(error) = answer(&node, stream, stop, &copying).await {
        tracing::warn!(%error, "a command line went away, or said nothing, before its answer");
    }
}

async fn answer(
    node: &Node,
    mut stream: UnixStream,
    mut stop: watch::Receiver<bool>,
    copying: &Mutex<()>,
) -> io::Result<()> {
    let mut line = String::new();
    let mut reader = tokio::io::BufReader::new((&mut stream).take(LONGEST));
    tokio::select! {
        () = told(&mut stop) => return Ok(()),
        read = timeout(PATIENCE, reader.read_line(&mut line)) => read??,
    };
    let answered = match serde_json::from_str::<Asked>(&line) {
        Err(_) => Answered::Failed("this is no request: use the command line of the same release".to_owned()),
        Ok(Asked::Backup { history, vault }) => copy(node, &history, &vault, stop, copying).await,
    };
    let mut text = serde_json::to_string(&answered)?;
    text.push('\n');
    timeout(PATIENCE, stream.write_all(text.as_bytes())).await?
}

/// One copy at a time. Once begun it is finished.
async fn copy(
    node: &Node,
    history: &Path,
    vault: &Path,
    mut stop: watch::Receiver<bool>,
    copying: &Mutex<()>,
) -> Answered {
    let turn = tokio::select! {
        () = told(&mut stop) => None,
        turn = copying.lock() => Some(turn),
    };
    let Some(_turn) = turn else { return Answered::Failed("the server is stopping: ask again".to_owned()) };
    match node.backup(history, vault).await {
        Ok(copied) => Answered::Done(copied),
        Err(error) => Answered::Failed(error.to_string()),
    }
}

async fn told(stop: &mut watch::Receiver<bool>) {
    // A sender that went away means the same as being told.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Asks the server that runs on this folder; `None` when none does.
///
/// # Errors
/// When the server went away before its answer.
pub fn ask(folder: &Path, asked: &Asked) -> io::Result<Option<Answered>> {
    let (socket, _folder) = match within_reach(folder) {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut stream = match Blocking::connect(socket) {
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
