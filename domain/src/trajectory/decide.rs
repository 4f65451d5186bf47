//! The law of this room: help for people of the case, with goals of their plan; an extension of help that runs, decided once until
//! somebody objects.

use super::catalogue::{
    EXTENSION_DECIDED, EXTENSION_NO_LONGER, EXTENSION_NOT_DECIDED, EXTENSION_NOT_REVIEWED, EXTENSION_OPEN,
    EXTENSION_UNKNOWN, GOALS_AT_START, OBJECTED_ALREADY, OBJECTION_IN_TIME, REFUSED_UNTIL, REVIEWED_BY_THREE,
    SAME_GOALS, TRAJECTORY_OVER, TRAJECTORY_UNKNOWN,
};
use super::review::{changed_goals, pseudonym};
use super::{
    EXTENSION_DUE, Extension, ExtensionOutcome, JUSTIFICATION_DUE, NewTrajectory, ReviewRole, TRAJECTORY_DUE,
    Trajectory, TrajectoryCommand, TrajectoryEvent,
};
use crate::calendar::Convention;
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::{self, CONSENT_BEFORE_HELP};
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{ExtensionId, GoalId, HelpTrajectoryId, PersonId, RecordId, Subject};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::plan::catalogue::GOAL_UNKNOWN;
use crate::regie::asked::Answer;
use crate::rejection::{Code, Detail, Rejection};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(super) fn decide(
    history: &History<Case>,
    command: &TrajectoryCommand,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    match command {
        TrajectoryCommand::StartTrajectory(new) => start(state, new, on, context),
        TrajectoryCommand::SetTrajectoryGoals { trajectory, goals, words } => {
            set_goals(state, *trajectory, goals, words.as_ref(), context)
        }
        TrajectoryCommand::AskExtension { trajectory, until, reason } => {
            ask(history, *trajectory, (*until, reason), on, context)
        }
        TrajectoryCommand::GiveExtensionView { extension, role, worker, advice, view } => {
            let (_, known) = known_extension(state, *extension)?;
            if known.pseudonym.is_none() {
                return Err(of_extension(EXTENSION_NOT_REVIEWED, *extension));
            }
            let view = context.in_record(view.clone());
            let (extension, role, worker, advice) = (*extension, *role, *worker, *advice);
            let event = TrajectoryEvent::ExtensionViewGiven { extension, role, worker, advice, view };
            let draft = draft(event).for_audience(Audience::Director);
            let twice = spoke_for_another(known, role, worker);
            Ok(vec![if twice { draft.departing(REVIEWED_BY_THREE, None) } else { draft }])
        }
        TrajectoryCommand::DecideExtension { extension, outcome, until, reason, decided_by } => {
            decided(state, *extension, (*outcome, *until), (reason, decided_by), on, context)
        }
        TrajectoryCommand::ObjectToExtension { extension, person, words } => {
            object(state, *extension, *person, words.as_ref(), on, context)
        }
        TrajectoryCommand::EndTrajectory { trajectory, last_day, how, words } => {
            let known = running(state, *trajectory)?;
            let last_day = last_day.unwrap_or(on);
            check_order(known.from, Some(last_day))?;
            let words = kept(words.as_ref(), context);
            let event = TrajectoryEvent::TrajectoryEnded { trajectory: *trajectory, last_day, how: *how, words };
            Ok(vec![of_all(event, &known.persons, state, context)])
        }
    }
}

fn start(state: &CaseState, new: &NewTrajectory, on: CivilDay, context: &mut Context<'_>) -> Answer {
    new.persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_once(&new.persons)?;
    if new.persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    check_goals(state, &new.goals)?;
    let from = new.from.unwrap_or(on);
    check_order(from, new.until)?;
    // What began before today is a report (rule 0); what begins today or later is an act, also when it was agreed before.
    if from >= context.today() {
        consent::check_help_may_start(state, &new.persons, from, context.terms)?;
    }
    let unasked = !consent::help_without_consent(state, &new.persons, from, context.terms).is_empty();
    let (trajectory, persons) = (HelpTrajectoryId::from_uuid(context.new_id()), each_once(&new.persons));
    let event = TrajectoryEvent::TrajectoryStarted {
        trajectory,
        product: of_health(new.product.clone(), context),
        provider: of_health(new.provider.clone(), context),
        persons: persons.clone(),
        worker: new.worker,
        from,
        until: new.until,
        may_harm: new.may_harm,
    };
    let mut started = of_all(event, &persons, state, context);
    started.due.extend(new.until.map(|until| due_on(TRAJECTORY_DUE, until, context)));
    if new.may_harm {
        let last_day = context.terms.last_day(context.terms.rest_of_fact, from.max(context.today()));
        started = started.with_due(due_on(JUSTIFICATION_DUE, last_day, context));
    }
    if unasked {
        started = started.departing(CONSENT_BEFORE_HELP, None);
    }
    if new.goals.is_empty() {
        return Ok(vec![started.departing(GOALS_AT_START, None)]);
    }
    let event = TrajectoryEvent::TrajectoryGoalsSet { trajectory, goals: each_once(&new.goals), words: None };
    Ok(vec![started, of_all(event, &persons, state, context)])
}

fn set_goals(
    state: &CaseState,
    trajectory: HelpTrajectoryId,
    goals: &[GoalId],
    words: Option<&Text>,
    context: &mut Context<'_>,
) -> Answer {
    let known = running(state, trajectory)?;
    check_goals(state, goals)?;
    let goals = each_once(goals);
    if goals == known.goals_now() {
        return Err(of_trajectory(SAME_GOALS, trajectory));
    }
    let event = TrajectoryEvent::TrajectoryGoalsSet { trajectory, goals, words: kept(words, context) };
    Ok(vec![of_all(event, &known.persons, state, context)])
}

fn ask(
    history: &History<Case>,
    trajectory: HelpTrajectoryId,
    (until, reason): (CivilDay, &Text),
    on: CivilDay,
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    let known = running(state, trajectory)?;
    if let Some(open) = known.waiting() {
        return Err(of_trajectory(EXTENSION_OPEN, trajectory).with("since", open.asked));
    }
    check_order(known.from, Some(until))?;
    if let Some(agreed) = known.until_on(context.today()).filter(|agreed| until <= *agreed) {
        return Err(of_trajectory(EXTENSION_NO_LONGER, trajectory).with("agreed", agreed).with("asked", until));
    }
    let changed = changed_goals(history, known);
    let extension = ExtensionId::from_uuid(context.new_id());
    let pseudonym = (!changed.is_empty()).then(|| pseudonym(context));
    let reason = context.in_record(reason.clone());
    let event = TrajectoryEvent::ExtensionAsked { extension, trajectory, until, reason, changed, pseudonym };
    let last_day = context.terms.decision.last_day(on, &context.terms.calendar, Convention::Statutory);
    let asked = of_all(event, &known.persons, state, context);
    Ok(vec![asked.with_due(due_on(EXTENSION_DUE, last_day, context))])
}

fn decided(
    state: &CaseState,
    extension: ExtensionId,
    (outcome, until): (ExtensionOutcome, Option<CivilDay>),
    (reason, decided_by): (&Text, &Line),
    on: CivilDay,
    context: &mut Context<'_>,
) -> Answer {
    let (trajectory, known) = known_extension(state, extension)?;
    let objected = known.objections.iter().any(|objection| objection.against + 1 == known.decisions.len());
    if let Some(before) = known.decisions.last().filter(|_| !objected) {
        return Err(of_extension(EXTENSION_DECIDED, extension).with("on", before.on));
    }
    let until = match (outcome, until) {
        (ExtensionOutcome::Refused, Some(_)) => return Err(of_extension(REFUSED_UNTIL, extension)),
        (ExtensionOutcome::Refused, None) => None,
        (ExtensionOutcome::Granted, until) => Some(until.unwrap_or(known.until)),
    };
    check_order(trajectory.from, until)?;
    let objection = context.terms.objection;
    let objection_until = objection.last_day(on, &context.terms.calendar, Convention::Statutory);
    let event = TrajectoryEvent::ExtensionDecided {
        extension,
        outcome,
        until,
        reason: context.in_record(reason.clone()),
        decided_by: context.in_record(decided_by.clone()),
        objection_until,
    };
    let mut draft = of_all(event, &trajectory.persons, state, context);
    draft.due.extend(until.map(|until| due_on(TRAJECTORY_DUE, until, context)));
    Ok(vec![if known.is_reviewed() { draft } else { draft.departing(REVIEWED_BY_THREE, None) }])
}

fn object(
    state: &CaseState,
    extension: ExtensionId,
    person: PersonId,
    words: Option<&Text>,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Answer {
    let (_, known) = known_extension(state, extension)?;
    check_known(&state.people, person)?;
    let Some(decided) = known.decisions.last() else { return Err(of_extension(EXTENSION_NOT_DECIDED, extension)) };
    let against = known.decisions.len() - 1;
    if known.objections.iter().any(|made| made.person == person && made.against == against) {
        return Err(of_extension(OBJECTED_ALREADY, extension).with("person", Detail::id(person)));
    }
    let late = on > decided.objection_until;
    let event = TrajectoryEvent::ExtensionObjected { extension, person, words: kept(words, context) };
    // What somebody says of it is their own: it crosses to nobody else's workers.
    let draft = draft(event).for_audience(Audience::Persons(vec![person]));
    Ok(vec![if late { draft.departing(OBJECTION_IN_TIME, None) } else { draft }])
}

/// Whether whoever speaks for this role spoke for another one already: then they are no three.
fn spoke_for_another(known: &Extension, role: ReviewRole, worker: crate::ids::WorkerId) -> bool {
    known.views.iter().any(|view| view.worker == worker && view.role != role)
}

fn check_goals(state: &CaseState, goals: &[GoalId]) -> Result<(), Rejection> {
    match goals.iter().find(|goal| state.plans.goal(**goal).is_none()) {
        Some(unknown) => Err(Rejection::new(GOAL_UNKNOWN).with("goal", Detail::id(unknown))),
        None => Ok(()),
    }
}

fn running(state: &CaseState, trajectory: HelpTrajectoryId) -> Result<&Trajectory, Rejection> {
    let known = state.trajectories.get(trajectory).ok_or_else(|| of_trajectory(TRAJECTORY_UNKNOWN, trajectory))?;
    match &known.ended {
        Some(ended) => Err(of_trajectory(TRAJECTORY_OVER, trajectory).with("since", ended.last_day)),
        None => Ok(known),
    }
}

fn known_extension(state: &CaseState, extension: ExtensionId) -> Result<(&Trajectory, &Extension), Rejection> {
    state.trajectories.extension(extension).ok_or_else(|| of_extension(EXTENSION_UNKNOWN, extension))
}

fn of_trajectory(code: Code, trajectory: HelpTrajectoryId) -> Rejection {
    Rejection::new(code).with("trajectory", Detail::id(trajectory))
}

fn of_extension(code: Code, extension: ExtensionId) -> Rejection {
    Rejection::new(code).with("extension", Detail::id(extension))
}

/// Which help somebody gets says something of their health.
fn of_health(line: Line, context: &mut Context<'_>) -> Personal<Line> {
    Personal::new(Subject::Record(RecordId::from_uuid(context.new_id())), DataClass::Health, line)
}

fn kept(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}

fn due_on(what: &str, last_day: CivilDay, context: &Context<'_>) -> Due {
    Due { what: what.to_owned(), last_day, at: context.terms.calendar.follows_at(last_day) }
}

const fn draft(event: TrajectoryEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Trajectory(event))
}

fn of_all(event: TrajectoryEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    draft(event).for_audience(audience_of_all(state, persons, context.today(), context.terms.consent_ages))
}
