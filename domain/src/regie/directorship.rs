//! The directorship: agreed, with tasks, at most one at any moment (rule 1); ended without a successor, or handed back to the family
//! task by task (rule 4).

use crate::case::CaseEvent;
use crate::fact::{Due, Fact, Organisation};
use crate::ids::{EventId, HandoverId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, draft};
use crate::regie::slice::{Period, Regie, insert_ordered};
use crate::regie::{Agreed, RegieCommand, RegieEvent, RegieTask};
use crate::regie::{deputy, gap};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// There is a director on some of those days (rule 1).
pub const DIRECTOR_PRESENT: Code = Code("DIRECTOR_PRESENT");
/// Nobody directs on that day.
pub const NO_DIRECTOR: Code = Code("NO_DIRECTOR");
/// Nobody of the family or network agreed (G2).
pub const AGREEMENT_MISSING: Code = Code("AGREEMENT_MISSING");
/// No task was named.
pub const TASKS_MISSING: Code = Code("TASKS_MISSING");
/// A task was named twice.
pub const TASK_TWICE: Code = Code("TASK_TWICE");
/// The task is not with the director on that day.
pub const TASK_NOT_OPEN: Code = Code("TASK_NOT_OPEN");

/// A time in which one worker directed the case.
#[derive(Clone, PartialEq, Debug)]
pub struct Directorship {
    /// The director.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// First and last day.
    pub period: Period,
    /// The tasks that were agreed to belong to the role.
    pub tasks: Vec<RegieTask>,
    /// Who agreed.
    pub agreed: Vec<Agreed>,
    /// The handover it began with; `None` when assigned.
    pub handover: Option<HandoverId>,
    /// The term that runs if the end of this directorship opened a gap.
    pub(super) gap: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A task that went back to the family.
#[derive(Clone, PartialEq, Debug)]
pub struct HandedBack {
    /// Which.
    pub task: RegieTask,
    /// To whom.
    pub to: PersonId,
    /// From which day.
    pub from: CivilDay,
    /// How it was agreed.
    pub agreement: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &RegieCommand) -> Answer {
    match command {
        RegieCommand::AssignCaseDirector { director, organisation, tasks, agreed, from } => {
            let from = asked.start_of_act(*from)?;
            asked.check_not_excluded(*director)?;
            check_tasks(tasks)?;
            check_agreement(asked, agreed)?;
            check_vacant(asked.regie(), from, None)?;
            Ok(vec![draft(RegieEvent::DirectorAssigned {
                director: *director,
                organisation: organisation.clone(),
                tasks: tasks.clone(),
                agreed: agreed.clone(),
                from,
            })])
        }
        RegieCommand::EndDirectorship { last_day, reason } => end(asked, *last_day, reason),
        RegieCommand::HandBackRegie { tasks, to, agreement } => hand_back(asked, tasks, *to, agreement.as_ref()),
        _ => Ok(Vec::new()),
    }
}

fn check_tasks(tasks: &[RegieTask]) -> Result<(), Rejection> {
    if tasks.is_empty() {
        return Err(Rejection::new(TASKS_MISSING));
    }
    let twice = tasks.iter().enumerate().find(|(index, task)| tasks.iter().take(*index).any(|other| other == *task));
    match twice {
        Some((_, task)) => Err(Rejection::new(TASK_TWICE).with("task", task.as_str())),
        None => Ok(()),
    }
}

/// The parties and the family agree who directs; professionals among themselves are not enough (G2, G4).
fn check_agreement(asked: &Asked<'_, '_>, agreed: &[Agreed]) -> Result<(), Rejection> {
    let mut family = false;
    for agreed in agreed {
        if let Agreed::Person(person) = agreed {
            asked.check_person(*person)?;
            family = true;
        }
    }
    if family { Ok(()) } else { Err(Rejection::new(AGREEMENT_MISSING)) }
}

/// Nobody directs from this day on, except the one whose place is taken.
pub(super) fn check_vacant(regie: &Regie, from: CivilDay, in_place_of: Option<EventId>) -> Result<(), Rejection> {
    let present = regie
        .directorships
        .iter()
        .find(|directorship| directorship.period.reaches(from) && Some(directorship.fact) != in_place_of);
    let Some(present) = present else { return Ok(()) };
    let rejection = Rejection::new(DIRECTOR_PRESENT)
        .with("director", Detail::id(present.worker))
        .with("since", present.period.since);
    Err(match present.period.until {
        Some(until) => rejection.with("until", until),
        None => rejection,
    })
}

/// The directorship that holds on this day.
pub(crate) fn check_present<'a>(asked: &Asked<'a, '_>, day: CivilDay) -> Result<&'a Directorship, Rejection> {
    asked.regie().director_on(day).ok_or_else(|| Rejection::new(NO_DIRECTOR).with("day", day))
}

fn end(asked: &mut Asked<'_, '_>, last_day: Option<CivilDay>, reason: &Text) -> Answer {
    let last_day = last_day.unwrap_or_else(|| asked.happened());
    let directorship = check_present(asked, last_day)?;
    if !directorship.period.reaches(asked.today()) && !ended_by_closing(asked.regie(), directorship, last_day) {
        // Who stopped or handed over before today does not stop again; a wrong last day is corrected (`CorrectedContent::LastDay`).
        return Err(Rejection::new(NO_DIRECTOR).with("day", asked.today()));
    }
    let director = directorship.worker;
    let term = gap::due_after(asked.context.terms, last_day);
    let reason = asked.context.in_record(reason.clone());
    Ok(vec![draft(RegieEvent::DirectorEnded { director, last_day, reason }).with_due(term)])
}

/// Whether this directorship ended because the case was closed, later than this day: that the director had stopped before is told late.
fn ended_by_closing(regie: &Regie, directorship: &Directorship, last_day: CivilDay) -> bool {
    directorship.period.until.is_some_and(|until| last_day < until && regie.closed_on(until))
}

fn hand_back(asked: &mut Asked<'_, '_>, tasks: &[RegieTask], to: PersonId, agreement: Option<&Text>) -> Answer {
    let from = asked.happened();
    check_tasks(tasks)?;
    check_present(asked, from)?;
    asked.check_person(to)?;
    let open = asked.regie().open_tasks(from);
    if let Some(task) = tasks.iter().find(|task| !open.contains(task)) {
        return Err(Rejection::new(TASK_NOT_OPEN).with("task", task.as_str()).with("day", from));
    }
    let agreement = agreement.map(|words| asked.context.in_record(words.clone()));
    Ok(vec![draft(RegieEvent::RegieHandedBack { tasks: tasks.to_vec(), to, agreement, from })])
}

pub(super) fn apply(regie: &mut Regie, fact: &Fact<CaseEvent>, event: &RegieEvent) {
    match event {
        RegieEvent::DirectorAssigned { director, organisation, tasks, agreed, from } => {
            begin(
                regie,
                Directorship {
                    worker: *director,
                    organisation: organisation.clone(),
                    period: Period::since(*from),
                    tasks: tasks.clone(),
                    agreed: agreed.clone(),
                    handover: None,
                    gap: None,
                    fact: fact.id,
                },
            );
        }
        RegieEvent::DirectorEnded { director, last_day, .. } => {
            if let Some(directorship) = end_on(regie, *last_day, |worker| worker == *director, *last_day) {
                directorship.gap = gap::carried(&fact.due);
            }
        }
        RegieEvent::RegieHandedBack { tasks, to, agreement, from } => {
            for task in tasks {
                let back =
                    HandedBack { task: *task, to: *to, from: *from, agreement: agreement.clone(), fact: fact.id };
                insert_ordered(&mut regie.handed_back, back, |back| (back.from, back.task));
            }
        }
        _ => {}
    }
}

/// Starts a directorship beside those that stand; only an accepted handover ends another.
pub(super) fn begin(regie: &mut Regie, mut directorship: Directorship) {
    directorship.period = regie.within_the_case(directorship.period);
    insert_ordered(&mut regie.directorships, directorship, |directorship| {
        (directorship.period.since, directorship.worker)
    });
}

/// Ends the directorship that holds on a day, of such a worker, and with it the time of who stands in. `None` when nothing was shortened.
pub(super) fn end_on(
    regie: &mut Regie,
    held_on: CivilDay,
    whose: impl Fn(WorkerId) -> bool,
    last_day: CivilDay,
) -> Option<&mut Directorship> {
    let held = |one: &&mut Directorship| whose(one.worker) && one.period.holds_on(held_on);
    let directorship = regie.directorships.iter_mut().find(held)?;
    let directed = directorship.period;
    deputy::end_with(&mut regie.deputyships, directorship.worker, directed, last_day);
    directorship.period.end(last_day).then_some(directorship)
}
