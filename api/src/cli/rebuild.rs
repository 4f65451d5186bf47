//! `rustpunt rebuild`: the read database anew, from the history.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::terms::TermsBook;
use eventstore::clock::{Clock, SystemClock};
use indicatif::ProgressBar;

use super::{Done, Outcome, last_recorded, runtime};
use crate::demo::clock::DemoClock;
use crate::demo::player::present;
use crate::node::{FolderKind, Node, NodeOptions};

pub(super) fn run(folder: &Path, master_key_file: Option<PathBuf>) -> Done {
    runtime()?.block_on(rebuild(folder, master_key_file))
}

async fn rebuild(folder: &Path, master_key_file: Option<PathBuf>) -> Done {
    let node = open_unserved(folder, master_key_file).await?;
    let bar = ProgressBar::new(0);
    let lists = node.lists();
    let shown = bar.clone();
    let rebuilt = lists
        .rebuild(&move |progress| {
            shown.set_length(progress.head.token());
            shown.set_position(progress.position.token());
        })
        .await;
    bar.finish_and_clear();
    drop(lists);
    node.close().await;
    rebuilt?;
    println!("The read database was made anew.");
    Ok(Outcome::Fine)
}

/// A node that only this command uses.
pub(super) async fn open_unserved(
    folder: &Path,
    master_key_file: Option<PathBuf>,
) -> Result<Node, Box<dyn std::error::Error + Send + Sync>> {
    let Some(kind) = FolderKind::of(folder) else {
        return Err(format!("{} holds no history: check the path", folder.display()).into());
    };
    let clock: Arc<dyn Clock> = match kind {
        FolderKind::Real => Arc::new(SystemClock::new()),
        FolderKind::Demo => {
            let last = last_recorded(folder).await?;
            Arc::new(DemoClock::at(last.map_or(present(), |last| last.max(present()))))
        }
    };
    let terms = TermsBook::nl_default()?;
    Ok(Node::open(NodeOptions { folder: folder.to_path_buf(), kind, master_key_file, terms, clock }, || {}).await?)
}
