//! `DOnS`, shared parenting after divorce: two different family representatives accompany both parents (divorce.md). Here who
//! they are and until when; conversations, goals and outcomes follow.

use serde::{Deserialize, Serialize};

use super::Divorce;
use crate::case::CaseEvent;
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation};
use crate::ids::{EventId, Subject, TrajectoryId, WorkerId};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked};
use crate::regie::{Period, Regie, insert_ordered};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// A duo is two different people.
pub const DUO_IS_ONE_PERSON: Code = Code("DUO_IS_ONE_PERSON");
/// There is a duo on some of those days already.
pub const DUO_PRESENT: Code = Code("DUO_PRESENT");
/// This trajectory does not run on that day.
pub const DONS_ABSENT: Code = Code("DONS_ABSENT");

/// A family representative of a duo.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FamilyRepresentative {
    /// The worker.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
}

/// What can happen about a `DOnS` trajectory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum DonsEvent {
    /// Two family representatives were assigned: the trajectory began.
    DonsDuoAssigned {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Two different people.
        representatives: [FamilyRepresentative; 2],
        /// First day.
        from: CivilDay,
    },
    /// The trajectory ended.
    DonsEnded {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked about a `DOnS` trajectory.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum DonsCommand {
    /// Assign two family representatives.
    AssignDonsDuo {
        /// Two different people.
        representatives: [FamilyRepresentative; 2],
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
    },
    /// Record that the trajectory ended.
    EndDons {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Text,
    },
}

const TRAJECTORY: FieldInfo = FieldInfo::structure("trajectory", "the trajectory");

pub(super) const DUO_ASSIGNED: EventInfo = EventInfo {
    name: "DonsDuoAssigned",
    version: 1,
    outer: "DonsDuoAssigned",
    axis: Axis::Dated,
    may_precede: false,
    audience: "case",
    caused_by: &["assignDonsDuo"],
    meaning: "Two family representatives accompany both parents: the DOnS trajectory began.",
    fields: &[
        TRAJECTORY,
        FieldInfo::structure("representatives", "the two of them, each with an organisation"),
        FieldInfo::structure("from", "first day"),
    ],
};

pub(super) const DONS_ENDED: EventInfo = EventInfo {
    name: "DonsEnded",
    outer: "DonsEnded",
    may_precede: true,
    caused_by: &["endDons"],
    meaning: "The DOnS trajectory ended.",
    fields: &[TRAJECTORY, FieldInfo::structure("last_day", "last day"), FieldInfo::personal("reason", "why")],
    ..DUO_ASSIGNED
};

impl DonsEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        match self {
            Self::DonsDuoAssigned { .. } => &DUO_ASSIGNED,
            Self::DonsEnded { .. } => &DONS_ENDED,
        }
    }

    pub(super) fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::DonsDuoAssigned { .. } => Vec::new(),
            Self::DonsEnded { reason, .. } => vec![reason.owner()],
        }
    }
}

impl DonsCommand {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::AssignDonsDuo { .. } => "assignDonsDuo",
            Self::EndDons { .. } => "endDons",
        }
    }
}

/// A `DOnS` trajectory and who accompanies it.
#[derive(Clone, PartialEq, Debug)]
pub struct Duo {
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Two different people.
    pub representatives: [FamilyRepresentative; 2],
    /// First and last day.
    pub period: Period,
    /// The fact that says so.
    pub fact: EventId,
}

impl Divorce {
    /// Who accompanies both parents on this day: at most one duo does.
    #[must_use]
    pub fn duo_on(&self, day: CivilDay) -> Option<&Duo> {
        self.duos.iter().rev().find(|duo| duo.period.holds_on(day))
    }

    /// Every duo, past and announced ones included, in order of the first day.
    #[must_use]
    pub fn duos(&self) -> &[Duo] {
        &self.duos
    }

    /// The duo on some of these days.
    pub(super) fn duo_within(&self, days: Period) -> Option<&Duo> {
        self.duos.iter().find(|duo| duo.period.first_shared_day(days).is_some())
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &DonsCommand) -> Answer {
    match command {
        DonsCommand::AssignDonsDuo { representatives, from } => {
            let from = asked.start_of_act(*from)?;
            check_duo(&asked.state.divorce, representatives, from)?;
            let trajectory = TrajectoryId::from_uuid(asked.context.new_id());
            Ok(vec![draft(DonsEvent::DonsDuoAssigned { trajectory, representatives: representatives.clone(), from })])
        }
        DonsCommand::EndDons { trajectory, last_day, reason } => {
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            let runs = |duo: &Duo| duo.trajectory == *trajectory && duo.period.holds_on(last_day);
            if !asked.state.divorce.duos.iter().any(runs) {
                return Err(Rejection::new(DONS_ABSENT)
                    .with("trajectory", Detail::id(trajectory))
                    .with("day", last_day));
            }
            let reason = asked.context.in_record(reason.clone());
            Ok(vec![draft(DonsEvent::DonsEnded { trajectory: *trajectory, last_day, reason })])
        }
    }
}

fn draft(event: DonsEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into()))
}

fn check_duo(divorce: &Divorce, two: &[FamilyRepresentative; 2], from: CivilDay) -> Result<(), Rejection> {
    let [one, other] = two;
    if one.worker == other.worker {
        return Err(Rejection::new(DUO_IS_ONE_PERSON).with("worker", Detail::id(one.worker)));
    }
    match divorce.duo_within(Period::since(from)) {
        Some(present) => Err(Rejection::new(DUO_PRESENT)
            .with("trajectory", Detail::id(present.trajectory))
            .with("since", present.period.since)),
        None => Ok(()),
    }
}

pub(super) fn apply(divorce: &mut Divorce, regie: &Regie, fact: &Fact<CaseEvent>, event: &DonsEvent) {
    match event {
        DonsEvent::DonsDuoAssigned { trajectory, representatives, from } => {
            let duo = Duo {
                trajectory: *trajectory,
                representatives: representatives.clone(),
                period: regie.within_the_case(Period::since(*from)),
                fact: fact.id,
            };
            insert_ordered(&mut divorce.duos, duo, |duo| (duo.period.since, duo.trajectory));
        }
        DonsEvent::DonsEnded { trajectory, last_day, .. } => {
            let runs = |duo: &&mut Duo| duo.trajectory == *trajectory && duo.period.holds_on(*last_day);
            if let Some(duo) = divorce.duos.iter_mut().find(runs) {
                duo.period.end(*last_day);
            }
        }
    }
}
