//! All cases on one timeline: the steps of every history, by moment. Steps of the same moment stay in the order of the files.

use super::Histories;
use super::script::{CaseHistory, Step};

/// A step with the case it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The case.
    pub case: &'a CaseHistory,
    /// What happens.
    pub step: &'a Step,
}

/// Merges the histories.
#[must_use]
pub fn merge(histories: &Histories) -> Vec<Entry<'_>> {
    let steps = |case| move |step| Entry { case, step };
    let mut entries: Vec<_> = histories.cases.iter().flat_map(|case| case.steps.iter().map(steps(case))).collect();
    entries.sort_by_key(|entry| entry.step.at);
    entries
}
