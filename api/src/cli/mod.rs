//! The command line. Each command says what it did, or one line to standard error and an exit code.

mod backup;
pub mod copy;
pub mod demo;
mod rebuild;
pub mod serve;
mod simulate;
mod token;
mod unserved;
mod verify;
mod webhooks;

use std::error::Error;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use domain::terms::TermsBook;
use domain::time::Timestamp;
use eventstore::clock::Clock;
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{EventStore as _, StoreFault};
use eventstore::sqlite::SqliteStore;

use self::copy::End;
use self::unserved::Place;
use crate::config::{DataConfig, PREFIX};
use crate::node::{HISTORY, HistoryPlace};
use crate::simulate::Asked;

/// Something was found to be wrong: `verify`, and `webhooks list` when there are dead letters.
const WRONG: u8 = 1;
/// The command could not be carried out. (2 is what `clap` says of a command line that cannot be.)
const FAILED: u8 = 3;

/// Rustpunt keeps the record of families whom many parties help.
#[derive(Parser)]
#[command(name = "rustpunt", version, about, disable_help_subcommand = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Play invented case histories and serve them, on this machine only.
    Demo {
        /// Folder to keep the demo in; a temporary one when none.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Loopback address and port.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8600")]
        listen: SocketAddr,
    },
    /// Write a region of invented families, for a demo of believable size or for measuring. The same command again goes on where it was
    /// broken off.
    Simulate {
        /// How many families.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=simulate::MOST))]
        cases: u32,
        /// The same seed and number give the same families.
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// Break every story off after so many steps, for a very large region; whole stories when nothing is said.
        #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
        steps: Option<u32>,
        /// Folder for it: a new one, or one that this began.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Serve a real folder.
    Serve {
        /// The configuration (docs/configuration.md).
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Say that the system clock is right, after it stepped.
        #[arg(long)]
        confirm_clock: bool,
        /// The cluster that holds the history, `esdb://…` or `kurrentdb://…`. Give an address with a password in
        /// `RUSTPUNT_DATA_STORE`: a command line can be read by others.
        #[arg(long, value_name = "ADDRESS")]
        store: Option<String>,
    },
    /// Print a token for an invented person of a demo.
    Token {
        /// The demo's folder.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// The person's short name, such as `anja`.
        #[arg(long = "as", value_name = "NAME")]
        person: String,
    },
    /// Make the read database anew from the history. Stop the server first.
    Rebuild {
        #[command(flatten)]
        place: Place,
    },
    /// Walk history and trail, and name the first bad entry. Needs no key, alters nothing.
    Verify {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Move a history to another engine, as it is, or go on with a copy that was broken off. Stop the server first.
    ///
    /// Copies every event with its revision, id, time and hash. Each hash is made again from the bytes before an event is written and
    /// once more in the target; an event that does not fit is named and nothing after it is copied. The source is only read. The target
    /// must be empty or hold the beginning of the same history. The same command again goes on where it was, also after a kill. The
    /// vault stays where it is and goes with the copy; lists and reactions begin anew there.
    Copy {
        /// A folder with a history, or the address of a cluster (`esdb://…`, `kurrentdb://…`). Give an address with a password in the
        /// variable: a command line can be read by others.
        #[arg(long, value_name = "PLACE", env = "RUSTPUNT_COPY_FROM", hide_env_values = true)]
        from: String,
        /// Under which name the history stands on the cluster it comes from.
        #[arg(long, value_name = "NAME", default_value = "rustpunt")]
        namespace: String,
        /// A folder, made when there is none, or the address of a cluster, as for `--from`.
        #[arg(long, value_name = "PLACE", env = "RUSTPUNT_COPY_TO", hide_env_values = true)]
        to: String,
        /// Under which name the history will stand on the cluster it goes to.
        #[arg(long, value_name = "NAME", default_value = "rustpunt")]
        to_namespace: String,
    },
    /// Look at webhooks that nobody took, or send them again; also while a server runs.
    Webhooks {
        #[command(subcommand)]
        what: webhooks::What,
    },
    /// Copy history and vault, also while a server runs.
    Backup {
        #[command(flatten)]
        place: Place,
        /// Where the copy of the history goes.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Where the copy of the vault goes: best another place, kept at most 30 days.
        #[arg(long, value_name = "DIR")]
        vault_to: Option<PathBuf>,
    },
}

/// What a command found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Fine,
    Wrong,
}

/// Why a command could not be carried out: one line for a person.
pub type Failure = Box<dyn Error + Send + Sync>;

type Done = Result<Outcome, Failure>;

/// Carries out the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Line::parse().command {
        Command::Demo { data, listen } => demo::run(data, listen),
        Command::Simulate { cases, seed, steps, data } => simulate::run(&data, Asked { cases, seed, steps }),
        Command::Serve { config, confirm_clock, store } => serve::run(config.as_deref(), confirm_clock, store),
        Command::Token { data, person } => token::run(&data, &person),
        Command::Rebuild { place } => rebuild::run(place),
        Command::Verify { data } => verify::run(&data),
        Command::Copy { from, namespace, to, to_namespace } => End::read(&from, &namespace)
            .and_then(|from| Ok((from, End::read(&to, &to_namespace)?)))
            .and_then(|(from, to)| copy::run(&from, &to)),
        Command::Webhooks { what } => webhooks::run(what),
        Command::Backup { place, to, vault_to } => backup::run(place, &to, vault_to.as_deref()),
    };
    match done {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(WRONG),
        Err(error) => {
            eprintln!("rustpunt: {error}");
            ExitCode::from(FAILED)
        }
    }
}

/// Where the history stands, as the configuration says. Begins to connect, so it needs a running Tokio.
fn history_place(data: &DataConfig, clock: &Arc<dyn Clock>) -> Result<HistoryPlace, StoreFault> {
    let Some(store) = &data.store else { return Ok(HistoryPlace::Folder) };
    let options = KurrentOptions {
        address: store.expose().parse()?,
        namespace: data.store_namespace.as_deref().map_or_else(|| Ok(Namespace::default()), str::parse)?,
        clock: Arc::clone(clock),
        patience: Patience::default(),
    };
    Ok(HistoryPlace::Cluster(Box::new(KurrentStore::connect(options))))
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// The variables of this process that are ours.
fn environment() -> Result<impl Iterator<Item = (String, String)>, Failure> {
    ours(std::env::vars_os())
}

/// A setting that cannot be read is refused: to pass it over would be a silent default.
fn ours(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<impl Iterator<Item = (String, String)>, Failure> {
    let mut found = Vec::new();
    for (name, value) in variables.filter(|(name, _)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes())) {
        let shown = name.to_string_lossy().into_owned();
        let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) else {
            return Err(format!("the variable {shown} is not UTF-8 text: set it anew, or unset it").into());
        };
        found.push((name, value));
    }
    Ok(found.into_iter())
}

/// Municipal and legal policy as configured.
fn terms_of(data: &DataConfig) -> Result<TermsBook, Failure> {
    Ok(match &data.terms_file {
        None => TermsBook::nl_default()?,
        Some(file) => TermsBook::parse(&read(file)?)?,
    })
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read ({error}): check the path", file.display()))
}

/// When the last event in a folder was recorded; `None` for a folder without events.
async fn last_recorded(folder: &Path) -> Result<Option<Timestamp>, StoreFault> {
    let path = folder.join(HISTORY);
    if !path.exists() {
        return Ok(None);
    }
    let store = SqliteStore::open_read_only(&path)?;
    Ok(store.last_event().await?.map(|event| event.recorded_at))
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    #[test]
    fn a_setting_that_is_no_text_is_refused_and_what_is_not_ours_is_passed_over() {
        let text = |text: &str| OsString::from(text);
        let odd = || OsString::from_vec(vec![b'/', 0xff]);
        let good = [(text("HOME"), odd()), (text("RUSTPUNT_DATA_FOLDER"), text("/data"))];
        let found: Vec<_> = ours(good.into_iter()).unwrap().collect();
        assert_eq!(found, [("RUSTPUNT_DATA_FOLDER".to_owned(), "/data".to_owned())]);
        let name = OsString::from_vec([b"RUSTPUNT_".as_slice(), &[0xff]].concat());
        for bad in [(text("RUSTPUNT_DATA_FOLDER"), odd()), (name, text("x"))] {
            let refused = ours([bad].into_iter()).map(|_| ()).unwrap_err().to_string();
            assert!(refused.contains("RUSTPUNT_") && refused.contains("UTF-8"), "{refused}");
        }
    }
}
