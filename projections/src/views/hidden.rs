//! What locates somebody who is protected, and for the coordinator of which household it does not: what leads to nobody but those who live
//! there. Who that is follows from what is known today, also for a look at the past.

use std::collections::BTreeSet;

use domain::case::{Case, CaseState};
use domain::decider::History;
use domain::ids::HouseholdId;
use domain::protection::Locating;
use domain::time::CivilDay;

/// What must not be located in a case, for everybody and for who coordinates a household.
pub(super) struct Hidden<'a> {
    all: Locating<'a>,
    /// For each household with a coordinator of today: what leads to somebody protected elsewhere.
    beyond: Vec<(HouseholdId, Locating<'a>)>,
}

impl<'a> Hidden<'a> {
    /// Of what is read at a day, by the rights of today.
    pub(super) fn looking_back(now: &'a CaseState, then: &'a History<Case>, day: CivilDay, today: CivilDay) -> Self {
        let all = Locating::looking_back(now, then, day);
        let anybody = now.protection.protected_persons().next().is_some();
        let coordinated = now.divorce.coordinators_on(today).map(|one| one.household);
        let coordinated: BTreeSet<HouseholdId> = coordinated.filter(|_| anybody).collect();
        let beyond = coordinated.into_iter().map(|household| (household, all.beyond(household, today)));
        Self { beyond: beyond.collect(), all }
    }

    /// The households that lead to somebody protected.
    pub(super) const fn households(&self) -> &BTreeSet<HouseholdId> {
        self.all.households()
    }

    /// Whether something leads to somebody protected, and to which households alone.
    pub(super) fn judge(&self, leads: impl Fn(&Locating<'a>) -> bool) -> (bool, Vec<HouseholdId>) {
        if !leads(&self.all) {
            return (false, Vec::new());
        }
        let home = self.beyond.iter().filter(|(_, beyond)| !leads(beyond)).map(|(household, _)| *household);
        (true, home.collect())
    }
}
