//! What the measurements share: options, conditions, samples of time, medians over runs, tables.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Names another folder to measure in than the system's temporary one; its disk is what is measured.
pub const FOLDER: &str = "RUSTPUNT_BENCH_FOLDER";

/// How to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// How often each figure is taken; an odd number has a median of its own.
    pub runs: usize,
    /// An eighth of the work, to see whether everything still runs; its figures say little.
    pub quick: bool,
    /// Only these parts; all of them when empty.
    pub parts: Vec<String>,
}

impl Options {
    /// Reads `--quick`, `--runs N` and names of parts; what the build tool adds is passed over.
    #[must_use]
    pub fn from_arguments() -> Self {
        let mut options = Self { runs: 0, quick: false, parts: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--runs" => options.runs = arguments.next().and_then(|runs| runs.parse().ok()).unwrap_or(0),
                other if other.starts_with('-') => {}
                part => options.parts.push(part.to_owned()),
            }
        }
        if options.runs == 0 {
            options.runs = if options.quick { 1 } else { 5 };
        }
        options
    }

    /// Whether a part is wanted.
    #[must_use]
    pub fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }

    /// So much work, or an eighth of it.
    #[must_use]
    pub fn work(&self, full: usize) -> usize {
        if self.quick { (full / 8).max(1) } else { full }
    }
}

/// An empty folder to measure in.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> io::Result<tempfile::TempDir> {
    std::env::var_os(FOLDER).map_or_else(tempfile::tempdir, tempfile::tempdir_in)
}

/// How long one thing took, over and over.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Takes the time of something.
    pub fn time<T>(&mut self, what: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = what();
        self.0.push(started.elapsed());
        result
    }

    /// Takes in a time.
    pub fn push(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// Takes in the samples of others.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `percent` of the samples did not exceed; zero without samples.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted.get(last * percent / 100).copied().unwrap_or_default()
    }
}

/// One figure over several runs.
#[derive(Debug, Clone, Default)]
pub struct Runs(Vec<f64>);

impl Runs {
    /// Takes in the figure of one run.
    pub fn push(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Takes in a time, in microseconds.
    pub fn push_time(&mut self, time: Duration) {
        self.push(time.as_secs_f64() * 1e6);
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    /// The middle one.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.sorted().get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The middle one, with the smallest and the largest when there were several.
    #[must_use]
    pub fn spread(&self) -> String {
        let sorted = self.sorted();
        match (sorted.first(), sorted.last()) {
            (Some(least), Some(most)) if sorted.len() > 1 => {
                format!("{} ({}..{})", figure(self.median()), figure(*least), figure(*most))
            }
            _ => figure(self.median()),
        }
    }
}

/// Three digits, and thousands apart.
#[must_use]
pub fn figure(number: f64) -> String {
    if number.abs() < 9.995 {
        return format!("{number:.2}");
    }
    if number.abs() < 99.95 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A table with aligned columns, also readable as Markdown.
#[derive(Debug)]
pub struct Table {
    title: String,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a title and column heads.
    #[must_use]
    pub fn new<const N: usize>(title: &str, heads: [&str; N]) -> Self {
        Self { title: title.to_owned(), rows: vec![heads.map(str::to_owned).to_vec()] }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Prints it.
    pub fn print(&self) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        println!("\n### {}\n", self.title);
        for (number, row) in self.rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:>width$} ")).collect();
            println!("|{}|", cells.join("|"));
            if number == 0 {
                let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 1)).collect();
                println!("|{}:|", rules.join(":|"));
            }
        }
    }
}

/// How many commits took how many batches together, in steps of two: `1: 40, 2-3: 12, 4-7: 3`.
#[must_use]
pub fn histogram(groups: &[(usize, u64)]) -> String {
    let mut text = String::new();
    let mut from = 1;
    while groups.iter().any(|(size, _)| *size >= from) {
        let to = from * 2 - 1;
        let commits: u64 = groups.iter().filter(|(size, _)| (from..=to).contains(size)).map(|(_, count)| count).sum();
        if commits > 0 {
            let range = if from == to { from.to_string() } else { format!("{from}-{to}") };
            let comma = if text.is_empty() { "" } else { ", " };
            // Writing to a text cannot fail.
            let _ = write!(text, "{comma}{range}: {commits}");
        }
        from = to + 1;
    }
    text
}

/// Prints what the figures depend on: the machine, how busy it is, and what a sync costs in this folder.
///
/// # Errors
/// When the folder cannot be written.
pub fn print_conditions(options: &Options, folder: &Path) -> io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("?").to_owned();
    println!("## Conditions\n\n- {cores} cores, load average {load} when this began, {} runs", options.runs);
    if load.parse::<f64>().is_ok_and(|load| load > 0.5) {
        println!("- THE MACHINE IS BUSY: look at ratios only, and repeat when it is idle");
    }
    if options.quick {
        println!("- QUICK: an eighth of the work; these figures say little");
    }
    println!("- build: {}", if cfg!(debug_assertions) { "DEBUG, not optimised" } else { "optimised" });
    let syncs = sync_baseline(folder, options.work(1_000))?;
    println!(
        "- 4 KiB appended and synced (fdatasync): p50 {} µs, p99 {} µs",
        figure(syncs.percentile(50).as_secs_f64() * 1e6),
        figure(syncs.percentile(99).as_secs_f64() * 1e6)
    );
    println!("- SQLite {}, pragmas of every writer: {}", rusqlite::version(), pragmas());
    Ok(())
}

/// The pragmas of the history's writer, which the bare loop uses as well.
pub const WRITER_PRAGMAS: &str = include_str!("../../eventstore/src/sqlite/writer_pragmas.sql");

fn pragmas() -> String {
    let lines = WRITER_PRAGMAS.lines().filter_map(|line| line.strip_prefix("PRAGMA "));
    let settings: Vec<&str> = lines.map(|line| line.trim_end_matches(';')).collect();
    format!("journal_mode = WAL, {}", settings.join(", "))
}

fn sync_baseline(folder: &Path, times: usize) -> io::Result<Samples> {
    let path = folder.join("sync-baseline");
    let mut file = File::create(&path)?;
    let mut samples = Samples::default();
    for _ in 0..times {
        samples.time(|| file.write_all(&[0x5A; 4_096]).and_then(|()| file.sync_data()))?;
    }
    std::fs::remove_file(path)?;
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(
            [0.123, 12.34, 123.4, 1_234.5, 1_234_567.0].map(figure),
            ["0.12", "12.3", "123", "1 234", "1 234 567"]
        );
    }

    #[test]
    fn medians_and_percentiles_take_what_was_measured() {
        let mut runs = Runs::default();
        for figure in [3.0, 1.0, 2.0] {
            runs.push(figure);
        }
        assert_eq!((runs.median(), runs.spread().as_str()), (2.0, "2.00 (1.00..3.00)"));
        let mut samples = Samples::default();
        for micros in 0..=100 {
            samples.push(Duration::from_micros(micros));
        }
        assert_eq!(
            (samples.percentile(50), samples.percentile(99)),
            (Duration::from_micros(50), Duration::from_micros(99))
        );
    }

    #[test]
    fn a_histogram_goes_in_steps_of_two() {
        assert_eq!(histogram(&[(1, 40), (2, 5), (3, 7), (9, 1)]), "1: 40, 2-3: 12, 8-15: 1");
        assert_eq!(histogram(&[]), "");
    }
}
