//! A gap: two parties or more and no director (rules 1 and 2; T 004:2271); under a measure one is enough, because who directs is then
//! never silently empty (rule 6). Computed, never recorded: whoever joins, leaves, starts or
//! stops, in whatever order it is told, changes it.

use crate::case::CaseState;
use crate::dues::judged_on;
use crate::fact::Due;
use crate::life::Phase;
use crate::regie::slice::Regie;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// What follows when a gap lasts longer than its term. A fact that could open a gap carries it; it counts only if the gap is there.
pub const GAP_DUE: &str = "gap";

/// The number of parties from which nobody in charge is a gap, in voluntary help.
const SEVERAL: usize = 2;
/// The same under a measure (rule 6).
const ANY: usize = 1;

/// Several parties, or one under a measure, and no director.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// The first day on which so many parties were in and nobody directed, without a break since.
    pub since: CivilDay,
    /// The number of parties on the day asked about.
    pub parties: usize,
    /// The last day of the term (rule 2, PD 5 working days).
    pub last_day: CivilDay,
    /// When the alert goes out if nothing changes.
    pub alert_at: Timestamp,
}

/// The gap on this day, in a case that is open: in a closed one nobody needs to direct.
#[must_use]
pub fn gap_in_open_case(state: &CaseState, day: CivilDay) -> Option<Gap> {
    matches!(state.life.phase, Phase::Open(_)).then(|| state.regie.gap_on(day)).flatten()
}

impl Regie {
    /// The gap on this day. Its term is the one written into the fact that opened it; without one it counts as run out at once: a
    /// needless alert does less harm than a silent gap.
    #[must_use]
    pub fn gap_on(&self, day: CivilDay) -> Option<Gap> {
        if !self.leaderless(day) {
            return None;
        }
        let mut bounds = self.bounds();
        bounds.sort_unstable();
        let opens = |bound: &CivilDay| *bound <= day && !self.leaderless(bound.minus_days(1));
        let since = bounds.iter().rev().copied().find(opens).unwrap_or(day);
        let (last_day, alert_at) =
            self.term_of_gap(since).map_or((since, since.at(0, 0)), |due| (due.last_day, due.at));
        Some(Gap { since, parties: self.parties_on(day).len(), last_day, alert_at })
    }

    /// The terms of gaps that nobody filled: each is asked on the day its alert goes out.
    pub(super) fn open_gaps(&self, today: CivilDay) -> Vec<Due> {
        let joined = self.parties.iter().filter_map(|party| party.gap.as_ref());
        let ended = self.directorships.iter().filter_map(|directorship| directorship.gap.as_ref());
        let bound = self.measures.iter().filter_map(|measure| measure.gap.as_ref());
        let mut open: Vec<Due> = Vec::new();
        for due in joined.chain(ended).chain(bound) {
            let runs = |gap: Gap| (gap.last_day, gap.alert_at) == (due.last_day, due.at);
            if self.gap_on(judged_on(due, today)).is_some_and(runs) && !open.contains(due) {
                open.push(due.clone());
            }
        }
        open
    }

    /// The number of parties from which nobody in charge is a gap on this day: several, and under a measure one.
    #[must_use]
    pub fn gap_from(&self, day: CivilDay) -> usize {
        if self.measure_told(day).unwrap_or(self.compulsory) { ANY } else { SEVERAL }
    }

    /// Whether a measure binds the family on this day, as far as a change of that was told since the opening.
    pub(crate) fn measure_told(&self, day: CivilDay) -> Option<bool> {
        let changed = self.measures.iter().filter(|measure| measure.from <= day).max_by_key(|measure| measure.from);
        changed.map(|measure| measure.compulsory)
    }

    fn leaderless(&self, day: CivilDay) -> bool {
        self.director_on(day).is_none() && self.parties_on(day).len() >= self.gap_from(day)
    }

    fn bounds(&self) -> Vec<CivilDay> {
        let parties = self.parties.iter().map(|party| party.period);
        let directorships = self.directorships.iter().map(|directorship| directorship.period);
        let bounds = parties.chain(directorships).flat_map(super::slice::Period::bounds);
        bounds.chain(self.measures.iter().map(|measure| measure.from)).collect()
    }

    fn term_of_gap(&self, since: CivilDay) -> Option<&Due> {
        let joined =
            self.parties.iter().filter(|party| party.period.since == since).filter_map(|party| party.gap.as_ref());
        let stopped = |until: Option<CivilDay>| until.is_some_and(|until| until.plus_days(1) == since);
        let ended = self
            .directorships
            .iter()
            .filter(|directorship| stopped(directorship.period.until))
            .filter_map(|directorship| directorship.gap.as_ref());
        let bound =
            self.measures.iter().filter(|measure| measure.from == since).filter_map(|measure| measure.gap.as_ref());
        joined.chain(ended).chain(bound).min_by_key(|due| due.at)
    }
}

/// The term that runs if a gap opens on this day.
pub(crate) fn due(terms: &Terms, since: CivilDay) -> Due {
    Due { what: GAP_DUE.to_owned(), last_day: terms.last_day(terms.gap, since), at: terms.follows_at(terms.gap, since) }
}

/// The term that runs if the end of a directorship on this day opens a gap.
pub(super) fn due_after(terms: &Terms, last_day: CivilDay) -> Due {
    due(terms, last_day.plus_days(1))
}

/// The gap term that a fact carries.
pub(super) fn carried(dues: &[Due]) -> Option<Due> {
    super::asked::carried(dues, GAP_DUE)
}
