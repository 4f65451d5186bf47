//! `rustpunt webhooks`: letters that nobody took, and another try; also while a server sends from the same folder.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::ids::EventId;
use domain::time::Timestamp;

use super::{Done, Failure, Outcome};
use crate::webhooks::{DeadLetter, OUTBOX, Outbox, Standing, Which};

/// What is asked.
#[derive(Subcommand)]
pub(super) enum What {
    /// Show each receiver with what waits for it, and every letter that is laid aside. Ends with 1 when there is one.
    List {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Send letters again that were laid aside: all, those of a receiver, or one. Or everything that was told since a moment.
    Replay {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Only to this receiver.
        #[arg(long, value_name = "NAME")]
        receiver: Option<String>,
        /// Only the letter about this fact, by its id.
        #[arg(long, value_name = "ID", conflicts_with = "since")]
        event: Option<EventId>,
        /// Everything that was told since this moment (RFC 3339), also what was taken before: for a receiver that lost it. It knows by
        /// their ids what it has already.
        #[arg(long, value_name = "MOMENT", value_parser = Timestamp::given)]
        since: Option<Timestamp>,
    },
}

pub(super) fn run(what: What) -> Done {
    match what {
        What::List { data } => list(&data),
        What::Replay { data, receiver, event, since } => replay(&data, receiver, event, since),
    }
}

fn list(folder: &Path) -> Done {
    let outbox = outbox(folder)?;
    for Standing { receiver, waiting, dead } in outbox.standings()? {
        println!("{receiver}: {waiting} wait, {dead} laid aside");
    }
    let dead = outbox.dead()?;
    for DeadLetter { receiver, number, event, kind, tries, since, why } in &dead {
        println!("{receiver}\t{number}\t{event}\t{}\t{since}\t{tries} tries\t{why}", kind.event_type());
    }
    if dead.is_empty() {
        return Ok(Outcome::Fine);
    }
    println!("Once the receiver can take them: rustpunt webhooks replay --data {}", folder.display());
    Ok(Outcome::Wrong)
}

fn replay(folder: &Path, receiver: Option<String>, event: Option<EventId>, since: Option<Timestamp>) -> Done {
    let outbox = outbox(folder)?;
    if let Some(name) = &receiver {
        known(&outbox, name)?;
    }
    if let Some(since) = since {
        let receivers = outbox.replay_since(receiver.as_deref(), since)?;
        println!("Receivers to which all that was told since {since} is sent again: {receivers}");
    } else {
        let letters = outbox.replay(&Which { receiver, event })?;
        println!("Letters that are sent again: {letters}");
    }
    Ok(Outcome::Fine)
}

/// A name that nobody has would look like nothing to do.
fn known(outbox: &Outbox, name: &str) -> Result<(), Failure> {
    let names: Vec<String> = outbox.standings()?.into_iter().map(|standing| standing.receiver).collect();
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    Err(format!("nothing was ever to be sent to `{name}` from here, but to {}", names.join(", ")).into())
}

fn outbox(folder: &Path) -> Result<Outbox, Failure> {
    let file = folder.join(OUTBOX);
    if !file.exists() {
        return Err(format!(
            "{} is not there: nothing was ever to be sent from here, or the path is wrong",
            file.display()
        )
        .into());
    }
    Ok(Outbox::open(&file)?)
}
