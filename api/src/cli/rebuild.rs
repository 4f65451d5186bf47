//! `rustpunt rebuild`: the read database anew, from the history.

use indicatif::ProgressBar;

use super::unserved::{Place, Unserved};
use super::{Done, Failure, Outcome, environment, runtime};

pub(super) fn run(place: Place) -> Done {
    runtime()?.block_on(rebuild(place.settle(environment())?))?;
    println!("The read database was made anew.");
    Ok(Outcome::Fine)
}

pub(super) async fn rebuild(unserved: Unserved) -> Result<(), Failure> {
    let node = unserved.open().await?;
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
    Ok(rebuilt?)
}
