//! What follows from everything that happened about regie, and how others read it: always at a date.

use crate::dues::judged_on;
use crate::fact::{Due, Organisation};
use crate::ids::{HandoverId, WorkerId};
use crate::regie::RegieTask;
use crate::regie::closing::Closing;
use crate::regie::deputy::Deputyship;
use crate::regie::directorship::{Directorship, HandedBack};
use crate::regie::handover::Handover;
use crate::regie::parties::Party;
use crate::time::CivilDay;

/// The first and the last day of something, both inclusive. A period that ends before it starts holds on no day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Period {
    /// First day.
    pub since: CivilDay,
    /// Last day; `None` while no end is known.
    pub until: Option<CivilDay>,
}

impl Period {
    /// From this day on, with no end in sight.
    #[must_use]
    pub const fn since(day: CivilDay) -> Self {
        Self { since: day, until: None }
    }

    /// Whether the day is part of it.
    #[must_use]
    pub fn holds_on(self, day: CivilDay) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether any day of it is this day or later.
    #[must_use]
    pub fn reaches(self, day: CivilDay) -> bool {
        self.until.is_none_or(|until| until >= day && until >= self.since)
    }

    /// The first day that is part of both.
    #[must_use]
    pub fn first_shared_day(self, other: Self) -> Option<CivilDay> {
        let day = self.since.max(other.since);
        (self.holds_on(day) && other.holds_on(day)).then_some(day)
    }

    /// Ends it on this day, unless it has ended by then: an end never prolongs.
    pub(crate) fn end(&mut self, last_day: CivilDay) -> bool {
        let shortens = self.until.is_none_or(|until| last_day < until);
        if shortens {
            self.until = Some(last_day);
        }
        shortens
    }

    /// The days on which it starts to hold and stops holding.
    pub(super) fn bounds(self) -> impl Iterator<Item = CivilDay> {
        std::iter::once(self.since).chain(self.until.map(|until| until.plus_days(1)))
    }
}

/// That a measure came, or ended.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Measure {
    /// The first day.
    pub(super) from: CivilDay,
    /// Whether a measure binds the family from then on.
    pub(super) compulsory: bool,
    /// The term that runs if this opened a gap.
    pub(super) gap: Option<Due>,
}

/// This room's slice of the state: each list in the order of the first day, whatever the order of telling.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Regie {
    pub(super) parties: Vec<Party>,
    pub(super) directorships: Vec<Directorship>,
    pub(super) handed_back: Vec<HandedBack>,
    pub(super) deputyships: Vec<Deputyship>,
    pub(super) handovers: Vec<Handover>,
    /// The day the case was first opened.
    pub(super) opened: Option<CivilDay>,
    /// Whether a measure bound the family when the case was opened.
    pub(super) compulsory: bool,
    /// Each change of that, in the order told.
    pub(super) measures: Vec<Measure>,
    /// Each closing, in the order told.
    pub(super) closings: Vec<Closing>,
}

impl Regie {
    /// Whether this day lies before the one on which the case was first opened.
    pub(crate) fn is_before_opening(&self, day: CivilDay) -> bool {
        self.opened.is_some_and(|opened| day < opened)
    }

    /// The case director on this day (rule 1).
    #[must_use]
    pub fn director_on(&self, day: CivilDay) -> Option<&Directorship> {
        self.directorships.iter().rev().find(|directorship| directorship.period.holds_on(day))
    }

    /// Every directorship, past and announced ones included, in order of the first day.
    #[must_use]
    pub fn directorships(&self) -> &[Directorship] {
        &self.directorships
    }

    /// Who stands in for the director on this day. A deputy stands in for one director: with that directorship the role ends.
    #[must_use]
    pub fn deputy_on(&self, day: CivilDay) -> Option<&Deputyship> {
        let director = self.director_on(day)?.worker;
        self.deputyships.iter().rev().find(|deputy| deputy.period.holds_on(day) && deputy.director == Some(director))
    }

    /// Every deputyship, in order of the first day.
    #[must_use]
    pub fn deputyships(&self) -> &[Deputyship] {
        &self.deputyships
    }

    /// The parties that are in on this day (rule 2): neither the access worker nor the director as such.
    #[must_use]
    pub fn parties_on(&self, day: CivilDay) -> Vec<&Party> {
        self.parties.iter().filter(|party| party.period.holds_on(day)).collect()
    }

    /// Every party that ever joined or will join, in order of the first day.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// Whether this worker is a party on this day.
    #[must_use]
    pub fn is_party_on(&self, worker: WorkerId, day: CivilDay) -> bool {
        self.parties.iter().any(|party| party.worker == worker && party.period.holds_on(day))
    }

    /// A handover, open or not.
    #[must_use]
    pub fn handover(&self, id: HandoverId) -> Option<&Handover> {
        self.handovers.iter().find(|handover| handover.id == id)
    }

    /// The handover that waits for an answer; at most one does.
    #[must_use]
    pub fn open_handover(&self) -> Option<&Handover> {
        self.handovers.iter().find(|handover| handover.outcome.is_none())
    }

    /// The handover that waited for an answer at the end of this day.
    #[must_use]
    pub fn open_handover_on(&self, day: CivilDay) -> Option<&Handover> {
        self.handovers.iter().find(|handover| handover.is_open_on(day))
    }

    /// Every handover, in order of the offer.
    #[must_use]
    pub fn handovers(&self) -> &[Handover] {
        &self.handovers
    }

    /// The tasks that are with the director on this day: agreed, and not handed back to the family (rule 4). Empty without a director.
    #[must_use]
    pub fn open_tasks(&self, day: CivilDay) -> Vec<RegieTask> {
        let Some(directorship) = self.director_on(day) else { return Vec::new() };
        let back = |task: RegieTask| {
            self.handed_back
                .iter()
                .any(|back| back.task == task && directorship.period.since <= back.from && back.from <= day)
        };
        directorship.tasks.iter().copied().filter(|task| !back(*task)).collect()
    }

    /// What went back to the family, to whom and since when, in order of the day.
    #[must_use]
    pub fn handed_back(&self) -> &[HandedBack] {
        &self.handed_back
    }

    /// Organisations with more than one party in on this day, each with its workers (rule 12).
    #[must_use]
    pub fn duplicate_organisations(&self, day: CivilDay) -> Vec<(Organisation, Vec<WorkerId>)> {
        let mut workers = std::collections::BTreeMap::<&Organisation, Vec<WorkerId>>::new();
        for party in self.parties_on(day) {
            workers.entry(&party.organisation).or_default().push(party.worker);
        }
        workers
            .into_iter()
            .filter(|(_, workers)| workers.len() > 1)
            .map(|(organisation, workers)| (organisation.clone(), workers))
            .collect()
    }

    /// Specialists who are still in after the last day on which their work was expected to end, or to be looked at again (rule 3).
    #[must_use]
    pub fn overdue_specialists(&self, day: CivilDay) -> Vec<(&Party, &Due)> {
        self.parties_on(day)
            .into_iter()
            .filter_map(|party| party.review.as_ref().map(|due| (party, due)))
            .filter(|(_, due)| due.last_day < day)
            .collect()
    }

    /// What must follow and has not, as things stand (see [`crate::dues`]): a gap to fill, a specialist to look at, a family to tell of
    /// a deputy: as long as that deputy stands in and nobody of the family was told.
    pub(crate) fn open_dues(&self, today: CivilDay) -> Vec<Due> {
        let mut dues = self.open_gaps(today);
        let looked_at = |party: &Party, due: &Due| {
            self.overdue_specialists(judged_on(due, today)).iter().any(|(overdue, _)| overdue.fact == party.fact)
        };
        let waits = |deputy: &Deputyship, due: &Due| {
            let day = judged_on(due, today).max(deputy.period.since);
            deputy.told.is_empty() && self.deputy_on(day).is_some_and(|found| found.fact == deputy.fact)
        };
        let reviews = self.parties.iter().filter_map(|party| party.review.as_ref().map(|due| (party, due)));
        dues.extend(reviews.filter(|(party, due)| looked_at(party, due)).map(|(_, due)| due.clone()));
        let tellings =
            self.deputyships.iter().filter_map(|deputy| deputy.tell_family.as_ref().map(|due| (deputy, due)));
        dues.extend(tellings.filter(|(deputy, due)| waits(deputy, due)).map(|(_, due)| due.clone()));
        dues
    }
}

/// Keeps a list in an order that does not depend on who told first.
pub(crate) fn insert_ordered<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let place = list.partition_point(|other| key(other) <= key(&item));
    list.insert(place, item);
}
