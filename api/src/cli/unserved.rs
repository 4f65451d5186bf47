//! A folder that a command works on while no server does, under the same configuration: what lists say and what is written depends on
//! municipal and legal policy, and the master key is where the server finds it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use domain::terms::TermsBook;
use domain::time::Timestamp;
use eventstore::clock::{Clock, SystemClock};

use super::{Failure, history_place, last_recorded, terms_of};
use crate::config::{Config, ConfigError, DataConfig};
use crate::demo::clock::DemoClock;
use crate::demo::player::present;
use crate::node::{FolderKind, NodeOptions};
use crate::simulate;

/// Which folder, as the command line says it.
#[derive(Args)]
pub(super) struct Place {
    /// The folder; that of the configuration when none.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The configuration that `serve` uses (docs/configuration.md); not needed for a demo.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// File with the master key, when it is neither in the configuration nor in `RUSTPUNT_MASTER_KEY`.
    #[arg(long, value_name = "FILE")]
    pub master_key_file: Option<PathBuf>,
}

/// Which folder, and how it is served.
pub(super) struct Unserved {
    /// The folder.
    pub folder: PathBuf,
    /// Where its master key and its terms are. A demo has its own.
    data: DataConfig,
}

impl Place {
    /// Reads the configuration, and lets the command line win over it.
    pub fn settle(self, environment: impl Iterator<Item = (String, String)>) -> Result<Unserved, ConfigError> {
        let mut data = Config::read(self.config.as_deref(), environment)?.data;
        let folder = Config::needed(self.data.as_ref().or(data.folder.as_ref()), "data.folder")?.clone();
        if FolderKind::of(&folder) == Some(FolderKind::Demo) {
            data = DataConfig::default();
        }
        data.master_key_file = self.master_key_file.or(data.master_key_file);
        Ok(Unserved { folder, data })
    }
}

impl Unserved {
    /// How to open what lies there.
    pub async fn options(self) -> Result<NodeOptions, Failure> {
        let Self { folder, data } = self;
        let Some(kind) = FolderKind::of(&folder) else {
            return Err(format!("{} holds no history: check the path", folder.display()).into());
        };
        let clock: Arc<dyn Clock> = match kind {
            FolderKind::Real => Arc::new(SystemClock::new()),
            FolderKind::Demo => {
                let last = last_recorded(&folder).await?;
                Arc::new(DemoClock::at(demo_time(&folder, last)))
            }
        };
        let terms: TermsBook = terms_of(&data)?;
        let history = history_place(&data, &clock)?;
        Ok(NodeOptions { folder, kind, history, master_key_file: data.master_key_file, terms, clock })
    }
}

/// The time in a demo that nobody serves: the present, once its stories were played. A region without them stands where it ends, so that
/// they can still be played after it.
fn demo_time(folder: &Path, last: Option<Timestamp>) -> Timestamp {
    match last {
        Some(last) if simulate::is_region(folder) && last <= simulate::end() => last,
        last => last.map_or(present(), |last| last.max(present())),
    }
}

#[cfg(test)]
mod tests;
