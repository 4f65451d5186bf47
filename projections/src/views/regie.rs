//! Who directs, who stands in, which parties are in, and what nobody has taken up yet (rules 0-6 and 12).

use std::collections::BTreeMap;

use domain::case::CaseEvent;
use domain::fact::{Fact, Organisation};
use domain::ids::{ConsentId, EventId, HandoverId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::regie::{
    Contribution, Deputyship, Directorship, FamilyTold, FamilyWord, Gap, Handover, HandoverOutcome, Party, RegieEvent,
    RegieTask,
};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::ends::{Ends, closed_on};
use super::{Kept, NO_FACT, Reading};

/// Regie on a day.
///
/// Whether somebody directs and who stands in is where the case stands: that is as it is, for every reader, so that a gap is seen at
/// once (rule 2). Who else is in, and which offer waits, is for each reader as the facts that they may know say it
/// ([`RegieView::parties_to`], [`RegieView::offers_to`]); and of what ended, on which day ([`Ends::until`]).
#[derive(Clone, PartialEq, Debug)]
pub struct RegieView {
    /// The day.
    day: CivilDay,
    /// The case director; `None` is *nog geen regiehouder*.
    pub director: Option<DirectorView>,
    /// Who stands in; both show.
    pub deputy: Option<DeputyView>,
    /// Everyone who directed, directs or will, in order of the first day.
    pub directors: Vec<DirectorView>,
    /// Tasks that went back to the family.
    pub handed_back: Vec<HandedBackView>,
    /// Parties that are in on the day.
    pub parties: Vec<PartyView>,
    /// Parties that left before, or join later.
    pub other_parties: Vec<PartyView>,
    /// Several parties, or one under a measure, and no director (rules 2 and 6). Ask [`RegieView::gap`]: how many there are depends on who reads.
    gap: Option<Gap>,
    /// The number of parties from which nobody in charge is a gap.
    gap_from: usize,
    /// The handover that waits for an answer on the day.
    pub handover: Option<HandoverView>,
    /// Handovers that ended.
    pub earlier_handovers: Vec<HandoverView>,
}

/// A directorship.
#[derive(Clone, PartialEq, Debug)]
pub struct DirectorView {
    /// Who.
    pub director: Kept<WorkerId>,
    /// For which organisation.
    pub organisation: Organisation,
    /// First day.
    pub since: CivilDay,
    /// Last day, by the facts that say so.
    pub until: Ends,
    /// The tasks agreed to belong to the role.
    pub tasks: Vec<RegieTask>,
    /// Whether it holds on the day.
    holds: bool,
    /// Those that went back to the family under this director, by the day.
    handed_back: Vec<Kept<RegieTask>>,
    /// Who of the family or network agreed.
    pub agreed_persons: Vec<PersonId>,
    /// Which professionals agreed; locating when one of them helps somebody protected.
    pub agreed_workers: Kept<Vec<WorkerId>>,
    /// The handover it began with.
    pub handover: Option<HandoverId>,
}

/// A deputy.
#[derive(Clone, PartialEq, Debug)]
pub struct DeputyView {
    /// Who.
    pub deputy: Kept<WorkerId>,
    /// For which organisation.
    pub organisation: Organisation,
    /// For whom.
    pub director: Option<WorkerId>,
    /// First day.
    pub since: CivilDay,
    /// Last day, by the facts that say so: the agreed one, unless it ended before.
    pub until: Ends,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// The last day on which the family is told, when it was written down.
    pub tell_family_by: Option<CivilDay>,
    /// Who of the family was told, in order of the day.
    pub told: Vec<Kept<ToldView>>,
}

/// That people of the family were told who stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldView {
    /// The day.
    pub on: CivilDay,
    /// Who.
    pub persons: Vec<PersonId>,
}

/// A task that went back to the family (rule 4).
#[derive(Clone, PartialEq, Debug)]
pub struct HandedBackView {
    /// Which.
    pub task: Kept<RegieTask>,
    /// To whom.
    pub to: PersonId,
    /// From which day.
    pub from: CivilDay,
    /// How it was agreed.
    pub agreement: Option<Kept<Personal<Text>>>,
}

/// A professional who is in the case.
#[derive(Clone, PartialEq, Debug)]
pub struct PartyView {
    /// Who.
    pub worker: Kept<WorkerId>,
    /// For which organisation.
    pub organisation: Organisation,
    /// First day.
    pub since: CivilDay,
    /// Last day, by the facts that say so.
    pub until: Ends,
    /// What they know about.
    pub expertise: Option<Kept<Personal<Line>>>,
    /// Whether brought in as a specialist (rule 3).
    pub specialist: bool,
    /// When the work is expected to end.
    pub expected_end: Option<Kept<CivilDay>>,
    /// Whether that day has passed while they are still in.
    pub overdue: Kept<bool>,
    /// Whether that day has passed.
    run_out: bool,
    /// The consents it rests on.
    pub consents: Vec<ConsentId>,
    /// What they can and cannot offer, as last stated.
    pub contribution: Option<ContributionView>,
}

/// What a professional can and cannot offer (rule 12).
#[derive(Clone, PartialEq, Debug)]
pub struct ContributionView {
    /// Can.
    pub can: Kept<Personal<Text>>,
    /// Cannot.
    pub cannot: Kept<Personal<Text>>,
    /// The day it was stated.
    pub stated: CivilDay,
}

/// One offer of the directorship, with its steps.
#[derive(Clone, PartialEq, Debug)]
pub struct HandoverView {
    /// The handover.
    pub handover: Kept<HandoverId>,
    /// Who directed when it was offered.
    pub predecessor: Option<WorkerId>,
    /// To whom.
    pub successor: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// The day of the offer.
    pub offered: CivilDay,
    /// Who offered it.
    pub offered_by: WorkerId,
    /// The day it is meant to pass.
    pub planned: CivilDay,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// What the successor must know: all that a successor reads before accepting.
    pub summary: Kept<Personal<Text>>,
    /// What stays to be done.
    pub open_tasks: Vec<Kept<Personal<Line>>>,
    /// What the family said about the successor.
    pub family: Vec<FamilyWordView>,
    /// The day the successor read the summary, with the fact that says so.
    pub read: Option<Kept<CivilDay>>,
    /// How it ended, with the fact that ended it; `None` while it waits.
    pub ended: Option<Kept<HandoverEnd>>,
}

/// What somebody of the family said about the successor.
#[derive(Clone, PartialEq, Debug)]
pub struct FamilyWordView {
    /// Who.
    pub person: PersonId,
    /// Whether they agree.
    pub agrees: Kept<Personal<bool>>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day they were told it would pass.
    pub told_day: CivilDay,
}

/// How a handover ended.
#[derive(Clone, PartialEq, Debug)]
pub enum HandoverEnd {
    /// The directorship passed on this day.
    Accepted(CivilDay),
    /// It was declined or taken back.
    Ended {
        /// The day.
        on: CivilDay,
        /// Who ended it.
        by: WorkerId,
        /// Why.
        reason: Option<Kept<Personal<Text>>>,
    },
}

impl HandoverEnd {
    /// The day.
    #[must_use]
    pub const fn day(&self) -> CivilDay {
        match self {
            Self::Accepted(day) | Self::Ended { on: day, .. } => *day,
        }
    }
}

impl PartyView {
    /// Whether they are in on the day, to a reader who knows these facts: who left is in for whoever may not know that they left.
    fn is_in(&self, day: CivilDay, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.since <= day && self.until.reach(day, knows)
    }
}

impl RegieView {
    /// The parties that are in on the day, and the others, to a reader who knows these facts. Each in order of the first day.
    pub fn parties_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> (Vec<&PartyView>, Vec<&PartyView>) {
        let all = self.parties.iter().chain(&self.other_parties);
        let (mut within, mut others): (Vec<_>, Vec<_>) = all.partition(|party| party.is_in(self.day, &knows));
        within.sort_by_key(|party| party.since);
        others.sort_by_key(|party| party.since);
        (within, others)
    }

    /// Whether the expected end of a party has passed while they are still in, to a reader who knows these facts.
    pub fn overdue(&self, party: &PartyView, knows: impl Fn(&Kept<()>) -> bool) -> Kept<bool> {
        party.overdue.with(party.run_out && party.is_in(self.day, knows))
    }

    /// The handover that waits for an answer on the day, and those that ended, to a reader who knows these facts: one that ended waits
    /// for whoever may not know that it did.
    pub fn offers_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> (Option<&HandoverView>, Vec<&HandoverView>) {
        let told = |offer: &&HandoverView| knows(&offer.handover.bare());
        let ended = |offer: &HandoverView| offer.ended.as_ref().is_some_and(|end| knows(&end.bare()));
        let latest_first = self.handover.iter().chain(self.earlier_handovers.iter().rev());
        let waits = latest_first.filter(told).find(|offer| !ended(offer));
        let waits_still = waits.map(|offer| offer.handover.value);
        let others = self.earlier_handovers.iter().filter(|offer| waits_still != Some(offer.handover.value));
        (waits, others.collect())
    }

    /// Tasks of the role that are with nobody (*nog niemand*), to a reader who knows these facts. A task is with somebody when the
    /// director has it or it went back to the family under this director; with no director, whatever last went back counts.
    pub fn unowned(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<RegieTask> {
        let director = self.director.as_ref().filter(|director| knows(&director.director.bare()));
        let open = director.map(|director| director.open_tasks(&knows)).unwrap_or_default();
        let since = director.map(|director| director.since);
        let back = |task: RegieTask| {
            let went_back = |back: &HandedBackView| since.is_none_or(|since| since <= back.from);
            let mut told = self.handed_back.iter().filter(|back| knows(&back.task.bare()));
            told.any(|back| back.task.value == task && went_back(back))
        };
        TASKS.into_iter().filter(|task| !open.contains(task) && !back(*task)).collect()
    }

    /// Organisations with more than one party in (rule 12), by the parties that a reader knows.
    pub fn duplicates(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<(Organisation, Vec<WorkerId>)> {
        let mut workers = BTreeMap::<&Organisation, Vec<WorkerId>>::new();
        for party in self.parties_to(&knows).0.into_iter().filter(|party| knows(&party.worker.bare())) {
            workers.entry(&party.organisation).or_default().push(party.worker.value);
        }
        let several = workers.into_iter().filter(|(_, workers)| workers.len() > 1);
        several.map(|(organisation, workers)| (organisation.clone(), workers)).collect()
    }

    /// The gap, with as many parties as a reader may know to be there; none when those are not so many. Rule 2 wants it seen at once,
    /// so parties whose names lead to somebody protected count.
    pub fn gap(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<Gap> {
        let counts = |kept: &Kept<()>| knows(&kept.counted());
        let parties = self.parties_to(counts).0.into_iter().filter(|party| counts(&party.worker.bare())).count();
        self.gap.filter(|_| parties >= self.gap_from).map(|gap| Gap { parties, ..gap })
    }
}

impl DirectorView {
    /// The tasks still with the director on the day, to a reader who knows these facts.
    pub fn open_tasks(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<RegieTask> {
        let back = |task: &RegieTask| self.handed_back.iter().any(|back| back.value == *task && knows(&back.bare()));
        self.tasks.iter().copied().filter(|task| self.holds && !back(task)).collect()
    }
}

/// Every task of the role.
const TASKS: [RegieTask; 6] = [
    RegieTask::Overview,
    RegieTask::Course,
    RegieTask::Calm,
    RegieTask::Plan,
    RegieTask::Contacts,
    RegieTask::Evaluation,
];

/// Regie on the day.
#[must_use]
pub fn regie(reading: &Reading<'_>) -> RegieView {
    let (regie, day) = (&reading.state().regie, reading.day());
    let (parties, other_parties) = regie.parties().iter().partition::<Vec<&Party>, _>(|p| p.period.holds_on(day));
    let (open, earlier): (Vec<&Handover>, Vec<&Handover>) = regie
        .handovers()
        .iter()
        .filter(|handover| handover.offered <= day)
        .partition(|handover| handover.is_open_on(day));
    RegieView {
        day,
        director: regie.director_on(day).map(|found| director(reading, found)),
        deputy: regie.deputy_on(day).map(|found| deputy(reading, found)),
        directors: regie.directorships().iter().map(|found| director(reading, found)).collect(),
        handed_back: handed_back(reading),
        parties: parties.into_iter().map(|found| party(reading, found)).collect(),
        other_parties: other_parties.into_iter().map(|found| party(reading, found)).collect(),
        gap: regie.gap_on(day),
        gap_from: regie.gap_from(day),
        handover: open.last().map(|found| handover(reading, found)),
        earlier_handovers: earlier.into_iter().map(|found| handover(reading, found)).collect(),
    }
}

fn director(reading: &Reading<'_>, found: &Directorship) -> DirectorView {
    let day = reading.day();
    let since = found.period.since;
    let ended = |event: &CaseEvent| end_of_directing(event, Some(found.worker));
    let back = reading.state().regie.handed_back().iter().filter(|back| since <= back.from && back.from <= day);
    DirectorView {
        director: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        since,
        until: Ends::of_role(reading, found.period, None, ended),
        tasks: found.tasks.clone(),
        holds: found.period.holds_on(day),
        handed_back: back.map(|back| reading.kept(back.task, back.fact)).collect(),
        agreed_persons: found.agreed.iter().filter_map(|agreed| agreed.person()).collect(),
        agreed_workers: reading
            .kept_workers(found.agreed.iter().filter_map(|agreed| agreed.worker()).collect(), found.fact),
        handover: found.handover,
    }
}

/// The last day of this director by an event that ends a directorship.
fn end_of_directing(event: &CaseEvent, of: Option<WorkerId>) -> Option<CivilDay> {
    match event {
        CaseEvent::Regie(RegieEvent::DirectorEnded { director, last_day, .. }) if Some(*director) == of => {
            Some(*last_day)
        }
        CaseEvent::Regie(RegieEvent::HandoverAccepted { from, .. }) => Some(from.minus_days(1)),
        _ => None,
    }
}

fn deputy(reading: &Reading<'_>, found: &Deputyship) -> DeputyView {
    let told = |told: &FamilyTold| reading.kept(ToldView { on: told.on, persons: told.persons.clone() }, told.fact);
    let ended = |event: &CaseEvent| match event {
        CaseEvent::Regie(RegieEvent::DeputyEnded { deputy, last_day }) if *deputy == found.worker => Some(*last_day),
        event => end_of_directing(event, found.director),
    };
    DeputyView {
        deputy: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        director: found.director,
        since: found.period.since,
        until: Ends::of_role(reading, found.period, agreed_end(reading, found), ended),
        reason: reading.kept_words(found.reason.clone(), found.fact),
        tell_family_by: found.tell_family.as_ref().map(|due| due.last_day),
        told: found.told.iter().map(told).collect(),
    }
}

/// The last day that was agreed when a deputy was appointed.
fn agreed_end(reading: &Reading<'_>, found: &Deputyship) -> Option<(CivilDay, EventId)> {
    let appointed = reading.stands().find(|fact| fact.id == found.fact)?;
    match &appointed.event {
        CaseEvent::Regie(RegieEvent::DeputyAppointed { until, .. }) => Some((*until, appointed.id)),
        _ => None,
    }
}

fn handed_back(reading: &Reading<'_>) -> Vec<HandedBackView> {
    let until_now = reading.state().regie.handed_back().iter().filter(|back| back.from <= reading.day());
    let views = until_now.map(|back| HandedBackView {
        task: reading.kept(back.task, back.fact),
        to: back.to,
        from: back.from,
        agreement: back.agreement.clone().map(|words| reading.kept_words(words, back.fact)),
    });
    views.collect()
}

fn party(reading: &Reading<'_>, found: &Party) -> PartyView {
    let day = reading.day();
    let last_day = found.review.as_ref().map(|due| due.last_day).or(found.expected_end);
    let run_out = last_day.is_some_and(|last_day| last_day < day);
    let left = |event: &CaseEvent| match event {
        CaseEvent::Regie(RegieEvent::PartyLeft { worker, last_day, .. }) => {
            (*worker == found.worker).then_some(*last_day)
        }
        _ => None,
    };
    let changed = |event: &CaseEvent| match event {
        CaseEvent::Regie(RegieEvent::ExpectedEndChanged { worker, expected_end, .. }) => {
            *worker == found.worker && Some(*expected_end) == found.expected_end
        }
        _ => false,
    };
    let end_of = reading.last_fact(changed).unwrap_or(found.fact);
    PartyView {
        worker: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        since: found.period.since,
        until: Ends::of_role(reading, found.period, None, left),
        expertise: found.expertise.clone().map(|line| reading.kept_words(line, found.fact)),
        specialist: found.specialist,
        expected_end: found.expected_end.map(|end| reading.kept(end, end_of)),
        overdue: reading.kept(run_out && found.period.holds_on(day), end_of),
        run_out,
        consents: found.consents.clone(),
        contribution: found.contribution.as_ref().map(|stated| contribution(reading, found, stated)),
    }
}

fn contribution(reading: &Reading<'_>, party: &Party, stated: &Contribution) -> ContributionView {
    let says = |event: &CaseEvent| match event {
        CaseEvent::Regie(RegieEvent::ContributionStated { worker, can, .. }) => {
            *worker == party.worker && *can == stated.can
        }
        _ => false,
    };
    let fact = reading.last_fact(says).unwrap_or(party.fact);
    ContributionView {
        can: reading.kept_words(stated.can.clone(), fact),
        cannot: reading.kept_words(stated.cannot.clone(), fact),
        stated: stated.stated,
    }
}

fn handover(reading: &Reading<'_>, found: &Handover) -> HandoverView {
    let day = reading.day();
    HandoverView {
        handover: reading.kept(found.id, found.fact),
        predecessor: found.predecessor,
        successor: found.successor,
        organisation: found.organisation.clone(),
        offered: found.offered,
        offered_by: found.offered_by,
        planned: found.planned,
        reason: reading.kept(found.reason.clone(), found.fact),
        summary: reading.kept(found.summary.clone(), found.fact),
        open_tasks: found.open_tasks.iter().map(|task| reading.kept(task.clone(), found.fact)).collect(),
        family: found.words.iter().map(|word| family_word(reading, word)).collect(),
        read: found.read.filter(|read| *read <= day).map(|read| reading.kept(read, read_by(reading, found))),
        ended: found.outcome.as_ref().and_then(|outcome| end(reading, found, outcome)),
    }
}

/// The fact by which the successor read the summary: the first of them.
fn read_by(reading: &Reading<'_>, found: &Handover) -> EventId {
    let read = reading.stands().find(|fact| match &fact.event {
        CaseEvent::Regie(RegieEvent::HandoverSummaryRead { handover }) => *handover == found.id,
        _ => false,
    });
    read.map_or(NO_FACT, |fact| fact.id)
}

fn family_word(reading: &Reading<'_>, word: &FamilyWord) -> FamilyWordView {
    FamilyWordView {
        person: word.person,
        agrees: reading.kept(word.agrees.clone(), word.fact),
        words: word.words.clone().map(|words| reading.kept(words, word.fact)),
        told_day: word.told_day,
    }
}

/// How it ended, as far as that had happened on the day.
fn end(reading: &Reading<'_>, found: &Handover, outcome: &HandoverOutcome) -> Option<Kept<HandoverEnd>> {
    let fact = ended_by(reading, found).unwrap_or(NO_FACT);
    let end = match outcome {
        HandoverOutcome::Accepted(on) => HandoverEnd::Accepted(*on),
        HandoverOutcome::Ended { on, by, reason } => {
            let reason = reason.clone().map(|words| reading.kept(words, fact));
            HandoverEnd::Ended { on: *on, by: *by, reason }
        }
    };
    (end.day() <= reading.day()).then(|| reading.kept(end, fact))
}

/// The fact that ended a handover: its answer, or the closing of the case.
fn ended_by(reading: &Reading<'_>, found: &Handover) -> Option<EventId> {
    let answers = |event: &CaseEvent| match event {
        CaseEvent::Regie(
            RegieEvent::HandoverEnded { handover, .. } | RegieEvent::HandoverAccepted { handover, .. },
        ) => *handover == found.id,
        _ => false,
    };
    let offered_before = |fact: &&Fact<CaseEvent>| closed_on(fact).is_some_and(|day| found.offered <= day);
    reading.last_fact(answers).or_else(|| Some(reading.stands().find(offered_before)?.id))
}
