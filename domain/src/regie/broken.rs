//! Rules that a state breaks. No accepted command does; a correction might, and is tested with this before it is written.

use crate::ids::WorkerId;
use crate::regie::slice::{Period, Regie};
use crate::time::CivilDay;

/// A rule about regie that does not hold in a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrokenRule {
    /// Two directors on one day (rule 1).
    TwoDirectors {
        /// Who started first.
        first: WorkerId,
        /// Who started while the first was still there.
        second: WorkerId,
        /// The first day that both have.
        on: CivilDay,
    },
    /// One professional who is a party twice.
    PartyTwice {
        /// The professional.
        worker: WorkerId,
        /// The first day of overlap.
        on: CivilDay,
    },
    /// Somebody who is in before the case was opened.
    BeforeOpening {
        /// The director or party.
        worker: WorkerId,
        /// The first day.
        on: CivilDay,
    },
    /// Two deputies on one day.
    TwoDeputies {
        /// Who started first.
        first: WorkerId,
        /// Who started while the first was still there.
        second: WorkerId,
        /// The first day that both have.
        on: CivilDay,
    },
}

impl Regie {
    /// Every rule that does not hold here; empty after accepted commands. Compare before and after a correction.
    #[must_use]
    pub fn broken_rules(&self) -> Vec<BrokenRule> {
        let directors = self.directorships.iter().map(|directorship| (directorship.worker, directorship.period));
        let deputies = self.deputyships.iter().map(|deputy| (deputy.worker, deputy.period));
        let parties = self.parties.iter().map(|party| (party.worker, party.period));
        let two_directors =
            overlaps(directors).into_iter().map(|(first, second, on)| BrokenRule::TwoDirectors { first, second, on });
        let two_deputies =
            overlaps(deputies).into_iter().map(|(first, second, on)| BrokenRule::TwoDeputies { first, second, on });
        let twice = overlaps(parties)
            .into_iter()
            .filter(|(first, second, _)| first == second)
            .map(|(worker, _, on)| BrokenRule::PartyTwice { worker, on });
        two_directors.chain(two_deputies).chain(twice).chain(self.before_opening()).collect()
    }

    fn before_opening(&self) -> impl Iterator<Item = BrokenRule> {
        let directors = self.directorships.iter().map(|directorship| (directorship.worker, directorship.period.since));
        let parties = self.parties.iter().map(|party| (party.worker, party.period.since));
        let early = |(_, since): &(WorkerId, CivilDay)| self.opened.is_some_and(|opened| *since < opened);
        directors.chain(parties).filter(early).map(|(worker, on)| BrokenRule::BeforeOpening { worker, on })
    }
}

/// Every pair that shares a day. A case has few of these, so each is simply compared with each.
fn overlaps(periods: impl Iterator<Item = (WorkerId, Period)>) -> Vec<(WorkerId, WorkerId, CivilDay)> {
    let periods: Vec<_> = periods.collect();
    let mut found = Vec::new();
    for (index, (first, one)) in periods.iter().enumerate() {
        for (second, other) in periods.iter().skip(index + 1) {
            found.extend(one.first_shared_day(*other).map(|day| (*first, *second, day)));
        }
    }
    found
}
