//! Duties: what somebody may see or do across cases because an organisation asked them to, for a time. A duty is never taken, always
//! given: by whom is for the gate to say, but never by the worker to themself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{WorkerCommand, WorkerEvent};
use crate::decider::{Context, Order};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation};
use crate::ids::WorkerId;
use crate::people::check_order;
use crate::regie::FROM_IN_PAST;
use crate::rejection::{Code, Rejection};
use crate::time::CivilDay;
use crate::timeline::{Entry, Timeline};

/// Nobody gives a duty to themself, or to the worker they act for.
pub const SELF_ASSIGNED_DUTY: Code = Code("SELF_ASSIGNED_DUTY");
/// Being on call has a last day.
pub const DUTY_WITHOUT_END: Code = Code("DUTY_WITHOUT_END");
/// On call for longer than [`ON_CALL_MOST_DAYS`].
pub const DUTY_TOO_LONG: Code = Code("DUTY_TOO_LONG");
/// The worker has this duty for this organisation on some of those days.
pub const DUTY_PRESENT: Code = Code("DUTY_PRESENT");
/// The worker has no such duty on that day.
pub const DUTY_ABSENT: Code = Code("DUTY_ABSENT");

/// For how many days at a time somebody can be on call, first and last included (PD): a roster is made for a month, and nobody keeps
/// the crisis cards of a municipality by being forgotten on it.
pub const ON_CALL_MOST_DAYS: u64 = 31;

/// What somebody is asked to do across cases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Sees caseload, terms and directors of the organisation, no content; the next step of every overdue chain.
    TeamLead,
    /// Can be called outside office hours: reads crisis cards.
    OnCall,
    /// Trained as a family representative (gezinsvertegenwoordiger): may be one of a `DOnS` duo (R30; 004b:5947). Opens no case.
    FamilyRepresentative,
}

impl Duty {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TeamLead => "team_lead",
            Self::OnCall => "on_call",
            Self::FamilyRepresentative => "family_representative",
        }
    }
}

const DUTY: FieldInfo = FieldInfo::structure("duty", "team lead, on call, or trained as a family representative");
const ORGANISATION: FieldInfo = FieldInfo::structure("organisation", "for which organisation");

/// The worker got a duty. Never back-dated: it gives rights.
pub(super) const ASSIGNED: EventInfo = EventInfo {
    name: "DutyAssigned",
    version: 1,
    outer: "DutyAssigned",
    axis: Axis::Dated,
    may_precede: false,
    audience: "case",
    caused_by: &["assignDuty"],
    meaning: "The worker has a duty for an organisation.",
    fields: &[
        DUTY,
        ORGANISATION,
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when known"),
    ],
};

pub(super) const ENDED: EventInfo = EventInfo {
    name: "DutyEnded",
    may_precede: true,
    caused_by: &["endDuty"],
    meaning: "A duty ended before the agreed day, or one without an agreed day ended.",
    fields: &[DUTY, ORGANISATION, FieldInfo::structure("last_day", "last day")],
    outer: "DutyEnded",
    ..ASSIGNED
};

/// The duties of one worker, each through time.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Duties {
    held: BTreeMap<(Duty, Organisation), Timeline<()>>,
}

impl Duties {
    /// Those of this day, in a fixed order.
    pub fn on(&self, day: CivilDay) -> impl Iterator<Item = (Duty, &Organisation)> {
        let held = self.held.iter().filter(move |(_, days)| days.at(day).is_some());
        held.map(|((duty, organisation), _)| (*duty, organisation))
    }

    fn days(&self, duty: Duty, organisation: &Organisation) -> Option<&Timeline<()>> {
        self.held.get(&(duty, organisation.clone()))
    }

    pub(super) fn apply(&mut self, fact: &Fact<WorkerEvent>) {
        match &fact.event {
            WorkerEvent::DutyAssigned { duty, organisation, from, until } => {
                let days = self.held.entry((*duty, organisation.clone())).or_default();
                match until {
                    Some(until) => days.set_between(*from, *until, (), fact.id),
                    None => days.set_from(*from, (), fact.id),
                }
            }
            WorkerEvent::DutyEnded { duty, organisation, last_day } => {
                if let Some(days) = self.held.get_mut(&(*duty, organisation.clone())) {
                    days.end(*last_day, fact.id);
                }
            }
            WorkerEvent::WorkerIntroduced { .. }
            | WorkerEvent::CaseloadSeen { .. }
            | WorkerEvent::OwnReflectionWritten { .. } => {}
        }
    }
}

pub(super) fn decide(
    duties: &Duties,
    order: &Order<WorkerCommand>,
    context: &Context<'_>,
) -> Result<Vec<Draft<WorkerEvent>>, Rejection> {
    let happened = order.happened(context.today());
    let event = match &order.command {
        WorkerCommand::IntroduceWorker { .. }
        | WorkerCommand::MarkCaseloadSeen { .. }
        | WorkerCommand::WriteOwnReflection { .. } => return Ok(Vec::new()),
        WorkerCommand::AssignDuty { duty, organisation, from, until } => {
            check_given_by_another(context)?;
            let from = from.unwrap_or(happened);
            if from < happened {
                return Err(Rejection::new(FROM_IN_PAST).with("from", from).with("occurred", happened));
            }
            check_order(from, *until)?;
            check_length(*duty, from, *until)?;
            check_free(duties.days(*duty, organisation), from, *until)?;
            WorkerEvent::DutyAssigned { duty: *duty, organisation: organisation.clone(), from, until: *until }
        }
        WorkerCommand::EndDuty { duty, organisation, last_day } => {
            let last_day = last_day.unwrap_or(happened);
            if duties.days(*duty, organisation).is_none_or(|days| days.at(last_day).is_none()) {
                return Err(Rejection::new(DUTY_ABSENT).with("duty", duty.as_str()).with("day", last_day));
            }
            WorkerEvent::DutyEnded { duty: *duty, organisation: organisation.clone(), last_day }
        }
    };
    Ok(vec![Draft::of(event)])
}

fn check_given_by_another(context: &Context<'_>) -> Result<(), Rejection> {
    let receiver = WorkerId::from_uuid(context.id);
    if context.actor.is_or_acts_for(receiver) {
        return Err(Rejection::new(SELF_ASSIGNED_DUTY));
    }
    Ok(())
}

fn check_length(duty: Duty, from: CivilDay, until: Option<CivilDay>) -> Result<(), Rejection> {
    if duty != Duty::OnCall {
        return Ok(());
    }
    let longest = from.plus_days(ON_CALL_MOST_DAYS - 1);
    match until {
        None => Err(Rejection::new(DUTY_WITHOUT_END).with("last_day_allowed", longest)),
        Some(until) if until > longest => {
            Err(Rejection::new(DUTY_TOO_LONG).with("until", until).with("last_day_allowed", longest))
        }
        Some(_) => Ok(()),
    }
}

fn check_free(days: Option<&Timeline<()>>, from: CivilDay, until: Option<CivilDay>) -> Result<(), Rejection> {
    let shares = |held: &&Entry<()>| held.shares_a_day_with(from, until);
    match days.and_then(|days| days.entries().iter().find(shares)) {
        Some(held) => Err(Rejection::new(DUTY_PRESENT).with("since", held.from)),
        None => Ok(()),
    }
}
