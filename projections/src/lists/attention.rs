//! What needs attention in a case: each line one act, as stable words, ids and days. Computed from the row for the day it is shown;
//! the words for people live at the edge.

use domain::ids::{AlertId, CaseId, HandoverId, NoticeId, ProposalId, WorkerId};
use domain::time::CivilDay;

use super::row::{CaseRow, ListedPhase};

/// One thing that needs attention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AttentionLine {
    /// In which case.
    pub case: CaseId,
    /// What.
    pub what: Attention,
}

/// What needs attention: most pressing first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Attention {
    /// Several parties, no director, and the term is over: assign a director (rule 2).
    GapOverdue {
        /// Last day of the term.
        last_day: CivilDay,
        /// First day of the gap.
        since: CivilDay,
        /// How many parties.
        parties: u32,
    },
    /// Somebody was asked to take over and has not answered: read the summary and answer (rule 1).
    HandoverWaiting {
        /// The day it is meant to pass.
        planned: CivilDay,
        /// The handover.
        handover: HandoverId,
        /// Who was asked.
        successor: WorkerId,
    },
    /// A consent ended under which whoever is told knew something: read it and confirm (R02). Only its receiver has this line.
    WithdrawalNotice {
        /// The day they were told.
        on: CivilDay,
        /// The notice.
        notice: NoticeId,
    },
    /// Several parties, no director, within the term: assign a director (rule 2).
    Gap {
        /// Last day of the term.
        last_day: CivilDay,
        /// First day of the gap.
        since: CivilDay,
        /// How many parties.
        parties: u32,
    },
    /// No director and no gap: assign a director.
    NoDirector {
        /// The day on which the case was opened.
        opened_on: CivilDay,
    },
    /// The deputy's time is nearly over: see who directs from then on.
    DeputyEnding {
        /// Last day.
        until: CivilDay,
        /// The deputy.
        deputy: WorkerId,
    },
    /// A specialist is still in after the expected end: ask whether they are still needed (rule 3).
    SpecialistOverdue {
        /// The expected end.
        expected_end: CivilDay,
        /// The specialist.
        worker: WorkerId,
    },
    /// Terms ran out while nobody did what they wait for: see to each of them (rule 33).
    TermsOverdue {
        /// The earliest last day.
        last_day: CivilDay,
        /// How many.
        terms: u32,
    },
    /// Children whose help lacks a consent: ask again, or name another ground (rule 22).
    ConsentsIncomplete {
        /// How many children.
        children: u32,
    },
    /// Something went otherwise than a rule says, and nobody explained it: write why (rule 0).
    DeparturesUnexplained {
        /// How many.
        count: u32,
    },
    /// What the system told and proposed: which, and for whom, stands in the case itself.
    Told {
        /// How many.
        count: u32,
    },
    /// Something waits of which somebody was told.
    Alert {
        /// The day on which it was told first.
        told: CivilDay,
        /// The alert.
        alert: AlertId,
    },
    /// Something was proposed and waits for an answer.
    Proposal {
        /// The day on which it was made.
        made: CivilDay,
        /// The proposal.
        proposal: ProposalId,
    },
}

impl Attention {
    /// The stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::GapOverdue { .. } => "gap_overdue",
            Self::HandoverWaiting { .. } => "handover_waiting",
            Self::WithdrawalNotice { .. } => "withdrawal_notice",
            Self::Gap { .. } => "gap",
            Self::NoDirector { .. } => "no_director",
            Self::DeputyEnding { .. } => "deputy_ending",
            Self::SpecialistOverdue { .. } => "specialist_overdue",
            Self::TermsOverdue { .. } => "terms_overdue",
            Self::ConsentsIncomplete { .. } => "consents_incomplete",
            Self::DeparturesUnexplained { .. } => "departures_unexplained",
            Self::Told { .. } => "told",
            Self::Alert { .. } => "alert",
            Self::Proposal { .. } => "proposal",
        }
    }

    /// The day it is about, when it is about one.
    #[must_use]
    pub const fn day(&self) -> Option<CivilDay> {
        match self {
            Self::GapOverdue { last_day: day, .. }
            | Self::HandoverWaiting { planned: day, .. }
            | Self::WithdrawalNotice { on: day, .. }
            | Self::Gap { last_day: day, .. }
            | Self::NoDirector { opened_on: day }
            | Self::DeputyEnding { until: day, .. }
            | Self::TermsOverdue { last_day: day, .. }
            | Self::SpecialistOverdue { expected_end: day, .. }
            | Self::Alert { told: day, .. }
            | Self::Proposal { made: day, .. } => Some(*day),
            Self::ConsentsIncomplete { .. } | Self::DeparturesUnexplained { .. } | Self::Told { .. } => None,
        }
    }
}

/// What stands beside the row of a case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Beside {
    /// Specialists as stored: worker and expected end.
    pub specialists: Vec<(WorkerId, CivilDay)>,
    /// Of the terms that ran out the earliest last day, and how many there are.
    pub overdue: Option<(CivilDay, u32)>,
}

/// What needs attention in one case on a day, most pressing first. `deputies_by`: a deputy whose last day is not after this one is told
/// of ([`super::source::RowSource::deputies_by`]).
#[must_use]
pub fn attention(row: &CaseRow, beside: &Beside, today: CivilDay, deputies_by: CivilDay) -> Vec<AttentionLine> {
    if row.phase != ListedPhase::Open {
        return Vec::new();
    }
    let mut found: Vec<Attention> = without_director(row, today).into_iter().collect();
    found.extend(row.handover.map(|handover| Attention::HandoverWaiting {
        planned: handover.planned,
        handover: handover.handover,
        successor: handover.successor,
    }));
    found.extend(row.deputy.and_then(|deputy| {
        let until = deputy.until.filter(|until| *until <= deputies_by)?;
        Some(Attention::DeputyEnding { until, deputy: deputy.worker })
    }));
    found.extend(beside.overdue.map(|(last_day, terms)| Attention::TermsOverdue { last_day, terms }));
    let overdue = beside.specialists.iter().filter(|(_, expected_end)| *expected_end < today);
    found.extend(overdue.map(|&(worker, expected_end)| Attention::SpecialistOverdue { expected_end, worker }));
    found.extend(
        (row.incomplete_consents > 0).then_some(Attention::ConsentsIncomplete { children: row.incomplete_consents }),
    );
    found.extend(
        (row.departures_unexplained > 0)
            .then_some(Attention::DeparturesUnexplained { count: row.departures_unexplained }),
    );
    found.extend((row.told > 0).then_some(Attention::Told { count: row.told }));
    found.sort_unstable();
    found.into_iter().map(|what| AttentionLine { case: row.case, what }).collect()
}

fn without_director(row: &CaseRow, today: CivilDay) -> Option<Attention> {
    match row.gap {
        Some(gap) if gap.last_day < today => {
            Some(Attention::GapOverdue { last_day: gap.last_day, since: gap.since, parties: row.parties })
        }
        Some(gap) => Some(Attention::Gap { last_day: gap.last_day, since: gap.since, parties: row.parties }),
        None if row.director.is_none() => Some(Attention::NoDirector { opened_on: row.opened_on }),
        None => None,
    }
}
