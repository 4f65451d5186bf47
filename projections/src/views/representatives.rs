//! Who represents whom on a day: a guardian of an institution, a curator, a mentor, somebody with a written proxy, a jeugdbeschermer.

use domain::fact::Organisation;
use domain::ids::{PersonId, WorkerId};
use domain::people::Source;
use domain::personal::Personal;
use domain::representation::RepresentativeKind;

use super::Reading;
use super::people::{Dated, dated};

/// Somebody who represents a person of the case.
#[derive(Clone, PartialEq, Debug)]
pub struct RepresentativeView {
    /// Whom.
    pub person: PersonId,
    /// In which capacity, with its days and who may know it.
    pub kind: Dated<Personal<RepresentativeKind>>,
    /// Who represents them.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// Where it comes from.
    pub source: Source,
}

/// Everyone who represents somebody on the day, in the order told.
#[must_use]
pub fn representatives(reading: &Reading<'_>) -> Vec<RepresentativeView> {
    let held = reading.state().representation.through_time().filter_map(|((person, worker), days)| {
        let entry = days.entry_at(reading.day())?;
        Some(RepresentativeView {
            person: *person,
            kind: dated(reading, days, entry, entry.value.kind.clone()),
            worker: *worker,
            organisation: entry.value.organisation.clone(),
            source: entry.value.source,
        })
    });
    let mut all: Vec<_> = held.collect();
    all.sort_by_key(|view| reading.stands().position(|fact| fact.id == view.kind.value.fact));
    all
}
