//! `rustpunt simulate`: a region of invented families, or the rest of one.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use projections::lists::Progress;

use super::{Done, Failure, Outcome, runtime};
use crate::server::stop_on_signal;
use crate::simulate::{Asked, Written, rebuild, write};

/// Most families: far more than a country has.
pub(super) const MOST: i64 = 10_000_000;

pub(super) fn run(folder: &Path, asked: Asked) -> Done {
    let written = runtime()?.block_on(carry_out(folder, asked))?;
    tell(folder, asked, &written);
    Ok(Outcome::Fine)
}

async fn carry_out(folder: &Path, asked: Asked) -> Result<Written, Failure> {
    let bar = bar("Writing a region {bar:30} {percent}%  {msg}  {elapsed_precise}");
    let stop = stop_on_signal()?;
    let written = write(folder, asked, &bar, &move |_| *stop.borrow()).await;
    bar.finish_and_clear();
    let written = written?;
    if written.whole {
        let bar = self::bar("Making its lists {bar:30} {percent}%  {elapsed_precise}");
        let shown = bar.clone();
        let show = move |progress: Progress| {
            shown.set_length(progress.head.token());
            shown.set_position(progress.position.token());
        };
        let rebuilt = rebuild(folder, &show).await;
        bar.finish_and_clear();
        rebuilt?;
    }
    Ok(written)
}

fn bar(template: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

fn tell(folder: &Path, asked: Asked, written: &Written) {
    let (folder, cases) = (folder.display(), asked.cases);
    for (code, count) in &written.refused {
        eprintln!("rustpunt: the law of a case refused {count} orders ({code}): the stories need a look");
    }
    if !written.whole {
        println!("Stopped with {} facts written. The same command goes on from there:", written.facts);
        println!("  rustpunt simulate {asked} --data {folder}");
        return;
    }
    let tenths = written.facts * 10 / u64::from(cases);
    println!("A region of {cases} invented families, {} facts: {}.{} a case.", written.facts, tenths / 10, tenths % 10);
    println!("  rustpunt demo --data {folder}      plays the stories of the demo on top, and serves both");
    println!("  rustpunt verify --data {folder}    walks its history");
}
