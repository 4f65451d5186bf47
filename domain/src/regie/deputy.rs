//! A deputy stands in for a director who is unavailable, until a day; both names show (rule 1; divorce.md, "director unavailable").

use crate::case::CaseEvent;
use crate::fact::{Due, Fact, Organisation, Role};
use crate::ids::{EventId, PersonId, WorkerId};
use crate::once::each_once;
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, draft};
use crate::regie::directorship::check_present;
use crate::regie::slice::{Period, Regie, insert_ordered};
use crate::regie::{RegieCommand, RegieEvent};
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

/// There is a deputy on some of those days.
pub const DEPUTY_PRESENT: Code = Code("DEPUTY_PRESENT");
/// There is no deputy on that day.
pub const DEPUTY_ABSENT: Code = Code("DEPUTY_ABSENT");
/// A director cannot stand in for themself.
pub const DEPUTY_IS_DIRECTOR: Code = Code("DEPUTY_IS_DIRECTOR");
/// Longer than a deputy may stand in.
pub const DEPUTY_TOO_LONG: Code = Code("DEPUTY_TOO_LONG");
/// That worker never stood in.
pub const DEPUTY_UNKNOWN: Code = Code("DEPUTY_UNKNOWN");
/// Nobody is named who was told.
pub const NOBODY_TOLD: Code = Code("NOBODY_TOLD");
/// Only the director, an access worker or a team lead appoints a deputy.
pub const MAY_NOT_APPOINT: Code = Code("MAY_NOT_APPOINT");

/// Within which the family is told of the deputy (PD 2 working days).
pub const DEPUTY_TOLD_DUE: &str = "family_told_of_deputy";

/// A time in which somebody stood in for the director.
#[derive(Clone, PartialEq, Debug)]
pub struct Deputyship {
    /// The deputy.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// For whom: the director on the first day. With that directorship the role ends.
    pub director: Option<WorkerId>,
    /// First and last day: no later than the director's.
    pub period: Period,
    /// The last day as it was agreed.
    pub agreed_until: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// Who appointed.
    pub appointed_by: WorkerId,
    /// By when the family is told.
    pub tell_family: Option<Due>,
    /// Who of the family was told, in order of the day.
    pub told: Vec<FamilyTold>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That people of the family were told who stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FamilyTold {
    /// The day.
    pub on: CivilDay,
    /// Who.
    pub persons: Vec<PersonId>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Deputyship {
    /// Whether it is that of this worker from this day on.
    pub(super) fn is(&self, worker: WorkerId, since: CivilDay) -> bool {
        self.worker == worker && self.period.since == since
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &RegieCommand) -> Answer {
    match command {
        RegieCommand::AppointDeputy { deputy, organisation, from, until, reason } => {
            let from = asked.start_of_act(*from)?;
            check_appointment(asked, *deputy, from, *until)?;
            let told = told_due(asked.context.terms, asked.today());
            let reason = asked.context.in_record(reason.clone());
            let event = RegieEvent::DeputyAppointed {
                deputy: *deputy,
                organisation: organisation.clone(),
                from,
                until: *until,
                reason,
            };
            Ok(vec![draft(event).with_due(told)])
        }
        RegieCommand::EndDeputy { last_day } => {
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            let Some(deputyship) = asked.regie().deputy_on(last_day) else {
                return Err(Rejection::new(DEPUTY_ABSENT).with("day", last_day));
            };
            Ok(vec![draft(RegieEvent::DeputyEnded { deputy: deputyship.worker, last_day })])
        }
        RegieCommand::TellFamilyOfDeputy { deputy, persons } => tell_family(asked, *deputy, persons),
        _ => Ok(Vec::new()),
    }
}

/// Of somebody who stood in more than once, the last time is meant.
fn tell_family(asked: &Asked<'_, '_>, deputy: WorkerId, persons: &[PersonId]) -> Answer {
    let known = asked.regie().deputyships.iter().rfind(|deputyship| deputyship.worker == deputy);
    let Some(known) = known else {
        return Err(Rejection::new(DEPUTY_UNKNOWN).with("deputy", Detail::id(deputy)));
    };
    if persons.is_empty() {
        return Err(Rejection::new(NOBODY_TOLD));
    }
    persons.iter().try_for_each(|person| check_known(&asked.state.people, *person))?;
    let (since, persons) = (known.period.since, each_once(persons));
    Ok(vec![draft(RegieEvent::FamilyToldOfDeputy { deputy, since, persons })])
}

fn check_appointment(
    asked: &Asked<'_, '_>,
    deputy: WorkerId,
    from: CivilDay,
    until: CivilDay,
) -> Result<(), Rejection> {
    asked.check_not_excluded(deputy)?;
    check_order(from, Some(until))?;
    let directorship = check_present(asked, from)?;
    check_appointer(asked, directorship.worker)?;
    if directorship.worker == deputy {
        return Err(Rejection::new(DEPUTY_IS_DIRECTOR).with("deputy", Detail::id(deputy)));
    }
    let longest = asked.context.terms.last_day(asked.context.terms.deputy_max, from);
    if until > longest {
        return Err(Rejection::new(DEPUTY_TOO_LONG).with("until", until).with("last_day_allowed", longest));
    }
    let asked_for = Period { since: from, until: Some(until) };
    let present = asked.regie().deputyships.iter().find(|other| other.period.first_shared_day(asked_for).is_some());
    match present {
        Some(present) => Err(Rejection::new(DEPUTY_PRESENT)
            .with("deputy", Detail::id(present.worker))
            .with("since", present.period.since)),
        None => Ok(()),
    }
}

fn check_appointer(asked: &Asked<'_, '_>, director: WorkerId) -> Result<(), Rejection> {
    let actor = asked.context.actor;
    if actor.worker == director || matches!(actor.role, Role::AccessWorker | Role::TeamLead) {
        return Ok(());
    }
    Err(Rejection::new(MAY_NOT_APPOINT).with("director", Detail::id(director)))
}

fn told_due(terms: &Terms, appointed: CivilDay) -> Due {
    let term = terms.family_told_of_deputy;
    Due {
        what: DEPUTY_TOLD_DUE.to_owned(),
        last_day: terms.last_day(term, appointed),
        at: terms.follows_at(term, appointed),
    }
}

pub(super) fn apply(regie: &mut Regie, fact: &Fact<CaseEvent>, event: &RegieEvent) {
    match event {
        RegieEvent::DeputyAppointed { deputy, organisation, from, until, reason } => {
            let directorship = regie.director_on(*from);
            let mut period = regie.within_the_case(Period { since: *from, until: Some(*until) });
            if let Some(last_day) = directorship.and_then(|directorship| directorship.period.until) {
                period.end(last_day);
            }
            let deputyship = Deputyship {
                worker: *deputy,
                organisation: organisation.clone(),
                director: directorship.map(|directorship| directorship.worker),
                period,
                agreed_until: *until,
                reason: reason.clone(),
                appointed_by: fact.actor.worker,
                tell_family: super::asked::carried(&fact.due, DEPUTY_TOLD_DUE),
                told: Vec::new(),
                fact: fact.id,
            };
            insert_ordered(&mut regie.deputyships, deputyship, |deputyship| {
                (deputyship.period.since, deputyship.worker)
            });
        }
        RegieEvent::DeputyEnded { deputy, last_day } => {
            let ended = regie
                .deputyships
                .iter_mut()
                .find(|deputyship| deputyship.worker == *deputy && deputyship.period.holds_on(*last_day));
            if let Some(deputyship) = ended {
                deputyship.period.end(*last_day);
            }
        }
        RegieEvent::FamilyToldOfDeputy { deputy, since, persons } => {
            let told = FamilyTold { on: fact.occurred.day(), persons: persons.clone(), fact: fact.id };
            if let Some(deputyship) = regie.deputyships.iter_mut().find(|deputyship| deputyship.is(*deputy, *since)) {
                insert_ordered(&mut deputyship.told, told, |told| (told.on, told.persons.clone()));
            }
        }
        _ => {}
    }
}

/// Who stood in for this director in this time stops with the directorship; who was to start later does not start.
pub(super) fn end_with(deputyships: &mut [Deputyship], director: WorkerId, directed: Period, last_day: CivilDay) {
    let of_director = deputyships.iter_mut().filter(|deputyship| deputyship.director == Some(director));
    for deputyship in of_director.filter(|deputyship| directed.holds_on(deputyship.period.since)) {
        deputyship.period.end(last_day);
    }
}
