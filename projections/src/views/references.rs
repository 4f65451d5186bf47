//! References to registers elsewhere, as they stood on the day: where something stands, never what it says.

use domain::ids::{PersonId, ReferenceId};
use domain::personal::Personal;
use domain::reference::{Reference, Register};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// That something about somebody stands elsewhere.
#[derive(Clone, PartialEq, Debug)]
pub struct ReferenceView {
    /// The reference, with who may know of it.
    pub reference: Kept<ReferenceId>,
    /// About whom.
    pub person: PersonId,
    /// In which kind of register.
    pub register: Kept<Personal<Register>>,
    /// Under which number or name there.
    pub number: Kept<Personal<Line>>,
    /// Who keeps it.
    pub keeper: Kept<Personal<Line>>,
    /// Since which day.
    pub since: CivilDay,
    /// The last day, when it had one by the day looked at.
    pub until: Option<Kept<CivilDay>>,
    /// Why it ended.
    pub reason: Option<Kept<Personal<Text>>>,
}

/// Every reference that had begun by the day, in the order of their first days.
#[must_use]
pub fn references(reading: &Reading<'_>) -> Vec<ReferenceView> {
    let mut all: Vec<_> = reading.state().references.all().iter().filter(|one| one.since <= reading.day()).collect();
    all.sort_by_key(|one| (one.since, reading.recorded(one.fact)));
    all.into_iter().map(|one| view(reading, one)).collect()
}

fn view(reading: &Reading<'_>, one: &Reference) -> ReferenceView {
    let ended = one.ended.as_ref().filter(|ended| ended.last_day <= reading.day());
    ReferenceView {
        reference: reading.kept(one.id, one.fact),
        person: one.person,
        register: reading.kept(one.register.clone(), one.fact),
        number: reading.kept(one.number.clone(), one.fact),
        keeper: reading.kept(one.keeper.clone(), one.fact),
        since: one.since,
        until: ended.map(|ended| reading.kept(ended.last_day, ended.fact)),
        reason: ended.and_then(|ended| Some(reading.kept(ended.reason.clone()?, ended.fact))),
    }
}

#[cfg(test)]
mod tests {
    use domain::reference::{Opaque, ReferenceCommand};

    use super::*;
    use crate::testing::{Office, case, day, line, on};

    #[tokio::test]
    async fn a_reference_stands_from_its_first_day_and_shows_its_last() {
        let mut office = Office::new();
        office.open(case(1)).await;
        let person = office.history(case(1)).state().people.iter().next().unwrap().id;
        let refer = ReferenceCommand::RecordExternalReference {
            person,
            register: Register::School,
            number: Opaque::new("opp-7").unwrap(),
            keeper: line("basisschool"),
            since: Some(day("2026-02-01")),
        };
        office.order(case(1), refer).await;
        let reference = office.history(case(1)).state().references.all()[0].id;
        let end = ReferenceCommand::EndExternalReference { reference, last_day: None, reason: None };
        office.on("2026-03-10").order(case(1), end).await;
        let seen = |today: &str| {
            on(&office, today, references).into_iter().map(|one| one.until.map(|until| until.value)).collect::<Vec<_>>()
        };
        assert_eq!(seen("2026-01-31"), []);
        assert_eq!((seen("2026-03-09"), seen("2026-03-10")), (vec![None], vec![Some(day("2026-03-10"))]));
    }
}
