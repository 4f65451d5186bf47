//! `rustpunt backup`: history first, vault second, to files that do not exist yet. A running server makes the copies itself.

use std::fs;
use std::path::{Path, PathBuf};

use super::unserved::{Place, Unserved};
use super::{Done, Failure, Outcome, environment, runtime};
use crate::node::control::{Answered, Asked, ask};
use crate::node::{Copied, HISTORY, VAULT, unserved};

pub(super) fn run(from: Place, to: &Path, vault_to: Option<&Path>) -> Done {
    copy(from.settle(environment()?)?, to, vault_to)
}

pub(super) fn copy(from: Unserved, to: &Path, vault_to: Option<&Path>) -> Done {
    let (history, vault) = (place(to)?.join(HISTORY), place(vault_to.unwrap_or(to))?.join(VAULT));
    for copy in [&history, &vault] {
        if copy.exists() {
            return Err(format!("{} is there already: name a folder without a copy", copy.display()).into());
        }
    }
    let asked = Asked::Backup { history: history.clone(), vault: vault.clone() };
    let copied = match ask(&from.folder, &asked)? {
        Some(Answered::Done(copied)) => copied,
        Some(Answered::Failed(what)) => return Err(what.into()),
        None => runtime()?.block_on(alone(from, &history, &vault))?,
    };
    match copied {
        Copied::Both => println!("History copied to {}", history.display()),
        Copied::VaultOnly => {
            println!("The history stands on a cluster: copy it there, before the vault (docs/operations.md).");
        }
    }
    println!("Vault copied to   {}", vault.display());
    if vault_to.is_none() {
        eprintln!(
            "rustpunt: the vault lies beside the history; keep copies apart (--vault-to), or forgetting is worth nothing"
        );
    }
    Ok(Outcome::Fine)
}

async fn alone(from: Unserved, history: &Path, vault: &Path) -> Result<Copied, Failure> {
    Ok(unserved::copy(from.options().await?, history, vault).await?)
}

/// A folder for a copy, in full; made when there is none.
fn place(folder: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(folder)
        .and_then(|()| folder.canonicalize())
        .map_err(|error| format!("{} cannot be used ({error}): check the path and its rights", folder.display()))
}
