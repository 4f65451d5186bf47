//! Who directs, who stands in, which parties are in, and what nobody has taken up yet (rules 0-6 and 12).

use std::collections::BTreeMap;

use domain::case::CaseEvent;
use domain::fact::Organisation;
use domain::ids::{ConsentId, HandoverId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::regie::{
    Agreed, Contribution, Deputyship, Directorship, FamilyWord, Gap, Handover, HandoverOutcome, Party, Period,
    RegieEvent, RegieTask,
};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// Regie on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct RegieView {
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
    /// First and last day.
    pub period: Period,
    /// The tasks agreed to belong to the role.
    pub tasks: Vec<RegieTask>,
    /// Whether it holds on the day.
    holds: bool,
    /// Those that went back to the family under this director, by the day.
    handed_back: Vec<Kept<RegieTask>>,
    /// Who agreed.
    pub agreed: Vec<Agreed>,
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
    /// First and last day.
    pub period: Period,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// The last day on which the family is told, when it was written down.
    pub tell_family_by: Option<CivilDay>,
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
    /// First and last day.
    pub period: Period,
    /// What they know about.
    pub expertise: Option<Kept<Personal<Line>>>,
    /// Whether brought in as a specialist (rule 3).
    pub specialist: bool,
    /// When the work is expected to end.
    pub expected_end: Option<Kept<CivilDay>>,
    /// Whether that day has passed while they are still in.
    pub overdue: Kept<bool>,
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
    /// The day the successor read the summary.
    pub read: Option<CivilDay>,
    /// How it ended; `None` while it waits.
    pub ended: Option<HandoverEnd>,
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

impl RegieView {
    /// Tasks of the role that are with nobody (*nog niemand*), to a reader who knows these facts. A task is with somebody when the
    /// director has it or it went back to the family under this director; with no director, whatever last went back counts.
    pub fn unowned(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<RegieTask> {
        let director = self.director.as_ref().filter(|director| knows(&director.director.bare()));
        let open = director.map(|director| director.open_tasks(&knows)).unwrap_or_default();
        let since = director.map(|director| director.period.since);
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
        for party in self.parties.iter().filter(|party| knows(&party.worker.bare())) {
            workers.entry(&party.organisation).or_default().push(party.worker.value);
        }
        let several = workers.into_iter().filter(|(_, workers)| workers.len() > 1);
        several.map(|(organisation, workers)| (organisation.clone(), workers)).collect()
    }

    /// The gap, with as many parties as a reader may know to be there; none when those are not so many. Rule 2 wants it seen at once,
    /// so parties whose names lead to somebody protected count.
    pub fn gap(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<Gap> {
        let parties = self.parties.iter().filter(|party| knows(&party.worker.counted())).count();
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
        director: regie.director_on(day).map(|found| director(reading, found)),
        deputy: regie.deputy_on(day).map(|found| deputy(reading, found)),
        directors: regie.directorships().iter().map(|found| director(reading, found)).collect(),
        handed_back: handed_back(reading),
        parties: parties.into_iter().map(|found| party(reading, found)).collect(),
        other_parties: other_parties.into_iter().map(|found| party(reading, found)).collect(),
        gap: regie.gap_on(day),
        gap_from: regie.gap_from(),
        handover: open.last().map(|found| handover(reading, found)),
        earlier_handovers: earlier.into_iter().map(|found| handover(reading, found)).collect(),
    }
}

fn director(reading: &Reading<'_>, found: &Directorship) -> DirectorView {
    let day = reading.day();
    let since = found.period.since;
    let back = reading.state().regie.handed_back().iter().filter(|back| since <= back.from && back.from <= day);
    DirectorView {
        director: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        period: found.period,
        tasks: found.tasks.clone(),
        holds: found.period.holds_on(day),
        handed_back: back.map(|back| reading.kept(back.task, back.fact)).collect(),
        agreed: found.agreed.clone(),
        handover: found.handover,
    }
}

fn deputy(reading: &Reading<'_>, found: &Deputyship) -> DeputyView {
    DeputyView {
        deputy: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        director: found.director,
        period: found.period,
        reason: reading.kept(found.reason.clone(), found.fact),
        tell_family_by: found.tell_family.as_ref().map(|due| due.last_day),
    }
}

fn handed_back(reading: &Reading<'_>) -> Vec<HandedBackView> {
    let until_now = reading.state().regie.handed_back().iter().filter(|back| back.from <= reading.day());
    let views = until_now.map(|back| HandedBackView {
        task: reading.kept(back.task, back.fact),
        to: back.to,
        from: back.from,
        agreement: back.agreement.clone().map(|words| reading.kept(words, back.fact)),
    });
    views.collect()
}

fn party(reading: &Reading<'_>, found: &Party) -> PartyView {
    let day = reading.day();
    let last_day = found.review.as_ref().map(|due| due.last_day).or(found.expected_end);
    let overdue = found.period.holds_on(day) && last_day.is_some_and(|last_day| last_day < day);
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
        period: found.period,
        expertise: found.expertise.clone().map(|line| reading.kept(line, found.fact)),
        specialist: found.specialist,
        expected_end: found.expected_end.map(|end| reading.kept(end, end_of)),
        overdue: reading.kept(overdue, end_of),
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
        can: reading.kept(stated.can.clone(), fact),
        cannot: reading.kept(stated.cannot.clone(), fact),
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
        read: found.read.filter(|read| *read <= day),
        ended: found.outcome.as_ref().and_then(|outcome| end(reading, found, outcome)),
    }
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
fn end(reading: &Reading<'_>, found: &Handover, outcome: &HandoverOutcome) -> Option<HandoverEnd> {
    match outcome {
        HandoverOutcome::Accepted(on) | HandoverOutcome::Ended { on, .. } if *on > reading.day() => None,
        HandoverOutcome::Accepted(on) => Some(HandoverEnd::Accepted(*on)),
        HandoverOutcome::Ended { on, by, reason } => {
            let ends = |event: &CaseEvent| match event {
                CaseEvent::Regie(RegieEvent::HandoverEnded { handover, .. }) => *handover == found.id,
                _ => false,
            };
            let fact = reading.last_fact(ends).unwrap_or(found.fact);
            let reason = reason.clone().map(|words| reading.kept(words, fact));
            Some(HandoverEnd::Ended { on: *on, by: *by, reason })
        }
    }
}
