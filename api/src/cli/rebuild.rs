//! `rustpunt rebuild`: the read database anew, from the history.

use indicatif::ProgressBar;
use projections::lists::Progress;

use super::unserved::{Place, Unserved};
use super::{Done, Failure, Outcome, environment, runtime};
use crate::node::unserved;

pub(super) fn run(place: Place) -> Done {
    runtime()?.block_on(rebuild(place.settle(environment()?)?))?;
    println!("The read database was made anew.");
    Ok(Outcome::Fine)
}

pub(super) async fn rebuild(place: Unserved) -> Result<(), Failure> {
    let options = place.options().await?;
    let bar = ProgressBar::new(0);
    let shown = bar.clone();
    let show = move |progress: Progress| {
        shown.set_length(progress.head.token());
        shown.set_position(progress.position.token());
    };
    let rebuilt = unserved::rebuild(options, &show).await;
    bar.finish_and_clear();
    Ok(rebuilt?)
}
