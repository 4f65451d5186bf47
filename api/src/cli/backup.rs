//! `rustpunt backup`: history first, vault second, to files that do not exist yet. A running server makes the copies itself.

use std::fs;
use std::path::{Path, PathBuf};

use super::rebuild::open_unserved;
use super::{Done, Outcome, runtime};
use crate::node::control::{Answered, Asked, ask};
use crate::node::{HISTORY, VAULT};

pub(super) fn run(folder: &Path, to: &Path, vault_to: Option<&Path>, master_key_file: Option<PathBuf>) -> Done {
    let (history, vault) = (place(to)?.join(HISTORY), place(vault_to.unwrap_or(to))?.join(VAULT));
    for copy in [&history, &vault] {
        if copy.exists() {
            return Err(format!("{} is there already: name a folder without a copy", copy.display()).into());
        }
    }
    let asked = Asked::Backup { history: history.clone(), vault: vault.clone() };
    match ask(folder, &asked)? {
        Some(Answered::Done) => {}
        Some(Answered::Failed(what)) => return Err(what.into()),
        None => runtime()?.block_on(alone(folder, &history, &vault, master_key_file))?,
    }
    println!("History copied to {}", history.display());
    println!("Vault copied to   {}", vault.display());
    if vault_to.is_none() {
        eprintln!(
            "rustpunt: the vault lies beside the history; keep copies apart (--vault-to), or forgetting is worth nothing"
        );
    }
    Ok(Outcome::Fine)
}

async fn alone(
    folder: &Path,
    history: &Path,
    vault: &Path,
    master_key_file: Option<PathBuf>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let node = open_unserved(folder, master_key_file).await?;
    let copied = node.backup(history, vault).await;
    node.close().await;
    Ok(copied?)
}

/// A folder for a copy, in full; made when there is none.
fn place(folder: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(folder)
        .and_then(|()| folder.canonicalize())
        .map_err(|error| format!("{} cannot be used ({error}): check the path and its rights", folder.display()))
}
