//! The one plan: goals in the family's words, actions of somebody or of nobody yet; offered, answered by each, worked by; evaluated with the
//! family, and adjusted (rules 7 to 10). Only who directs works in it here.

use domain::case::CaseEvent;
use domain::ids::{ActionId, GoalId, PersonId};
use domain::people::FamilyRole;
use domain::plan::{
    self, Action, ActionOutcome, Answer, EvaluationOutcome, GoalStanding, Owner, PlanCommand, PlanEvent, PlanRef,
    SaidBy, Version,
};
use domain::reflection::{NewReflection, NewSaid, ReflectionCommand};
use domain::time::Timestamp;

use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

/// How often somebody is asked what they say of a plan: as many as mostly have to agree.
const ASKS: usize = 3;

/// The plan of the family, or of a household once the plans went apart: made, worked by, evaluated, adjusted.
pub(super) fn plan(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("plan");
    if plot.going == Going::Brief || !dice.falls(shares::PLAN) {
        return;
    }
    let begins = 14 + dice.days(shares::UNTIL_PLAN);
    let mut when = plot.days_in(begins, &mut dice);
    let (goals, actions) = (1 + dice.weighted(shares::GOALS.of), 1 + dice.weighted(shares::ACTIONS.of));
    let more = usize::from(plot.is_heavy());
    when = drawn_up(plot, when, 0, (goals + more, actions + 2 * more), &mut dice);
    reflections(plot, when, &mut dice);
    while when < plot.closes {
        progress(plot, when, &mut dice);
        let days = dice.days(shares::EVALUATED);
        when = plot.later(when, days, &mut dice);
        let adjusted = dice.weighted(shares::EVALUATIONS.of) == 1;
        evaluated(plot, when, adjusted, &mut dice);
        if adjusted {
            when = drawn_up(plot, when, 0, (usize::from(more > 0), 1 + more), &mut dice);
        }
    }
}

/// Once the plans went apart, each household draws up its own.
pub(super) fn of_households(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("plan of a household");
    if !plot.family.apart || plot.going == Going::Brief || !dice.falls(shares::PLAN) {
        return;
    }
    for place in 0..2 {
        let when = plot.days_in(dice.between(205..=250), &mut dice);
        drawn_up(plot, when, place, (1, 1), &mut dice);
    }
}

/// The plan that stands at this place: of the family, or of this household.
fn plan_at(scene: &Scene<'_>, place: usize) -> Option<PlanRef> {
    if scene.state.divorce.split_on(scene.day).is_none() {
        return (place == 0).then_some(PlanRef::Family);
    }
    let plan = PlanRef::Household(scene.household(place)?);
    plan::plans_on(scene.state, scene.day).contains(&plan).then_some(plan)
}

/// The same, while somebody directs who can work in it, and it asks somebody.
fn works_in(scene: &Scene<'_>, place: usize) -> Option<PlanRef> {
    scene.open()?;
    scene.director()?;
    let plan = plan_at(scene, place)?;
    let asked = plan::asked_on(scene.state, plan, scene.day, scene.terms.consent_ages);
    (!asked.is_empty()).then_some(plan)
}

/// Who belongs to a plan, in the order in which the case knows them: of a household who lives there.
fn belonging(scene: &Scene<'_>, plan: PlanRef) -> Vec<PersonId> {
    let people = scene.state.people.iter().map(|person| person.id);
    match plan {
        PlanRef::Household(household) => {
            let there = scene.state.households.members_on(household, scene.day);
            people.filter(|person| there.contains(person)).collect()
        }
        _ => people.collect(),
    }
}

fn with_role(scene: &Scene<'_>, plan: PlanRef, role: FamilyRole) -> Vec<PersonId> {
    let has = |person: &PersonId| scene.state.people.role_on(*person, scene.day) == Some(role);
    belonging(scene, plan).into_iter().filter(has).collect()
}

/// The open goals of a plan, in the order told: ids say nothing of an order.
fn open_goals(scene: &Scene<'_>, plan: PlanRef) -> Vec<GoalId> {
    let told = scene.history.facts().iter().filter_map(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::GoalProposed { goal, .. }) => scene.state.plans.goal(*goal),
        _ => None,
    });
    told.filter(|goal| goal.plan == plan && goal.standing() == GoalStanding::Open).map(|goal| goal.id).collect()
}

/// The open goals of the plan that is worked by now.
pub(super) fn goals_now(scene: &Scene<'_>) -> Vec<GoalId> {
    plan_at(scene, 0).map(|plan| open_goals(scene, plan)).unwrap_or_default()
}

/// The actions that run in the plan of this place, in the order told.
fn running<'a>(scene: &'a Scene<'_>, place: usize) -> Vec<&'a Action> {
    let Some(plan) = plan_at(scene, place) else { return Vec::new() };
    let told = scene.history.facts().iter().filter_map(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::ActionAgreed { action, .. }) => scene.state.plans.action(*action),
        _ => None,
    });
    told.filter(|action| action.plan == plan && action.ended.is_none()).collect()
}

/// The version that waits for answers, of a plan that is worked in.
fn waiting<'a>(scene: &'a Scene<'_>, place: usize) -> Option<&'a Version> {
    let version = scene.state.plans.last_version(works_in(scene, place)?)?;
    version.activated.is_none().then_some(version)
}

/// Goals and actions, the offer, what each says, and that it is worked by. Gives the moment after.
fn drawn_up(
    plot: &mut Plot<'_>,
    begins: Timestamp,
    place: usize,
    (goals, actions): (usize, usize),
    dice: &mut Dice,
) -> Timestamp {
    let mut when = begins;
    for _ in 0..goals {
        goal(plot, when, place, dice);
        when = plot.later(when, 0, dice);
    }
    for _ in 0..actions {
        action(plot, when, place, dice);
        when = plot.later(when, 0, dice);
    }
    when = plot.later(when, dice.between(1..=5), dice);
    plot.at(when, "plan offered", move |scene| {
        let plan = works_in(scene, place)?;
        // What reads as it did when it was offered last is not offered again.
        let (goals, actions) = scene.state.plans.running(plan);
        let runs = goals.count() + actions.count() > 0;
        let changed = scene.state.plans.last_version(plan);
        let changed = changed.is_none_or(|last| !scene.state.plans.changes_since(last).is_empty());
        (runs && changed).then_some(())?;
        Some(Given::by(scene.as_director()?, PlanCommand::OfferPlan { plan }))
    });
    for _ in 0..ASKS {
        when = plot.later(when, dice.between(0..=3), dice);
        answer(plot, when, place, dice);
    }
    when = plot.later(when, dice.between(1..=7), dice);
    plot.at(when, "plan worked by", move |scene| activated(scene, place));
    plot.later(when, 1, dice)
}

fn goal(plot: &mut Plot<'_>, when: Timestamp, place: usize, dice: &mut Dice) {
    let (words, which) = (dice.word(words::GOALS), dice.place(2));
    plot.at(when, "goal", move |scene| {
        let plan = works_in(scene, place)?;
        let parents = with_role(scene, plan, FamilyRole::Parent);
        let speaker = parents.get(which).or(parents.first()).copied()?;
        let children = with_role(scene, plan, FamilyRole::Child).into_iter();
        let concerns = std::iter::once(speaker).chain(children).collect();
        let (words, proposed_by) = (text(words)?, SaidBy::Person(speaker));
        Some(Given::by(scene.as_director()?, PlanCommand::ProposeGoal { plan, words, proposed_by, concerns }))
    });
}

fn action(plot: &mut Plot<'_>, when: Timestamp, place: usize, dice: &mut Dice) {
    let (what, owner, which) = (dice.word(words::ACTIONS), dice.weighted(shares::OWNERS.of), dice.place(4));
    let (days, dated) = (dice.between(7..=60), dice.between(0..=9) < 8);
    plot.at(when, "action", move |scene| {
        let plan = works_in(scene, place)?;
        let goals = open_goals(scene, plan);
        let goal = goals.get(which).or(goals.last()).copied();
        let concerns = belonging(scene, plan).into_iter().take(3).collect::<Vec<_>>();
        if concerns.is_empty() {
            return None;
        }
        let owner = owner_of(scene, plan, owner, which);
        let due = dated.then(|| scene.day.plus_days(days));
        let command = PlanCommand::AgreeAction { plan, what: text(what)?, owner, due, goal, concerns };
        Some(Given::by(scene.as_director()?, command))
    });
}

/// A parent, somebody who works with the family, or nobody yet.
fn owner_of(scene: &Scene<'_>, plan: PlanRef, thrown: usize, which: usize) -> Owner {
    let parents = with_role(scene, plan, FamilyRole::Parent);
    let parent = parents.get(which % 2).or(parents.first()).copied();
    let free = |worker: &domain::ids::WorkerId| !scene.state.exclusions.is_excluded(*worker);
    let there = scene.state.regie.parties_on(scene.day).into_iter().map(|party| party.worker);
    let workers: Vec<_> = there.chain(scene.director().map(|director| director.worker)).filter(free).collect();
    match (thrown, parent, workers.get(which % workers.len().max(1))) {
        (0, Some(parent), _) => Owner::Person(parent),
        (1, _, Some(worker)) => Owner::Worker(*worker),
        _ => Owner::Nobody,
    }
}

fn answer(plot: &mut Plot<'_>, when: Timestamp, place: usize, dice: &mut Dice) {
    let answers = [Answer::Endorsed, Answer::Reserved, Answer::Refused, Answer::NotAnswered];
    let answer = answers.get(dice.weighted(shares::ANSWERS.of)).copied().unwrap_or(Answer::Endorsed);
    let (reserved, no) = (dice.word(words::RESERVED), dice.word(words::REFUSALS));
    plot.at(when, "plan answered", move |scene| {
        let version = waiting(scene, place)?;
        let person = silent(scene, version).first().copied()?;
        let words = match answer {
            Answer::Reserved => text(reserved),
            Answer::Refused => text(no),
            Answer::Endorsed | Answer::NotAnswered => None,
        };
        let command = PlanCommand::AnswerPlan { version: version.id, person, answer, words };
        Some(Given::by(scene.as_director()?, command))
    });
}

/// Who must answer still, in the order in which the case knows them.
fn silent(scene: &Scene<'_>, version: &Version) -> Vec<PersonId> {
    let asked = plan::must_answer(scene.state, version, scene.day, scene.terms.consent_ages);
    let waits =
        |person: &PersonId| asked.contains(person) && scene.state.plans.standing_answer(version.id, *person).is_none();
    scene.state.people.iter().map(|person| person.id).filter(waits).collect()
}

/// Worked by when everybody answered; a no stands beside it, with why all the same.
fn activated(scene: &Scene<'_>, place: usize) -> Option<Given> {
    let version = waiting(scene, place)?;
    let asked = plan::must_answer(scene.state, version, scene.day, scene.terms.consent_ages);
    if asked.is_empty() || !silent(scene, version).is_empty() {
        return None;
    }
    let endorses = |person: &PersonId| {
        let said = scene.state.plans.standing_answer(version.id, *person);
        said.and_then(|said| said.answer.known()).is_some_and(|answer| answer.endorses())
    };
    let all = asked.iter().all(endorses);
    let why = |words| if all { Some(None) } else { text(words).map(Some) };
    let command = PlanCommand::ActivatePlan {
        version: version.id,
        reason: why("De hulp kan niet wachten; het nee staat erbij.")?,
        interest: why("De kinderen hebben nu rust nodig.")?,
    };
    Some(Given::by(scene.as_director()?, command))
}

/// What becomes of goals and actions until the next evaluation.
fn progress(plot: &mut Plot<'_>, from: Timestamp, dice: &mut Dice) {
    if dice.falls(shares::ACTION_MOVED) {
        let (days, why) = (dice.between(14..=45), dice.word(words::MOVED));
        let moved = plot.later(from, dice.between(7..=40), dice);
        plot.at(moved, "action moved", move |scene| {
            works_in(scene, 0)?;
            let action = running(scene, 0).into_iter().find(|action| action.due().is_some())?;
            let due = scene.day.plus_days(days);
            let same = action.due().is_some_and(|now| now.day == due);
            let command = PlanCommand::MoveAction { action: action.id, due, reason: text(why) };
            (!same).then_some(Given::by(scene.as_director()?, command))
        });
    }
    let taken = plot.later(from, dice.between(5..=20), dice);
    plot.at(taken, "action owned", |scene| {
        let plan = works_in(scene, 0)?;
        let action = running(scene, 0).into_iter().find(|action| action.owner() == Owner::Nobody)?.id;
        let owner = owner_of(scene, plan, 0, 0);
        (owner != Owner::Nobody).then_some(())?;
        Some(Given::by(scene.as_director()?, PlanCommand::OwnAction { action, owner }))
    });
    for _ in 0..2 {
        if !dice.falls(shares::ACTION_ENDED) {
            continue;
        }
        let ends = plot.later(from, dice.between(10..=75), dice);
        let outcomes = [ActionOutcome::Done, ActionOutcome::DidNotWorkOut, ActionOutcome::Dropped];
        let outcome = outcomes.get(dice.weighted(shares::ACTION_ENDS.of)).copied().unwrap_or(ActionOutcome::Done);
        plot.at(ends, "action ends", move |scene| {
            scene.open()?;
            let action: ActionId = running(scene, 0).first()?.id;
            Some(Given::by(scene.as_director()?, PlanCommand::EndAction { action, outcome, words: None }))
        });
    }
    of_goals(plot, from, dice);
}

fn of_goals(plot: &mut Plot<'_>, from: Timestamp, dice: &mut Dice) {
    if dice.falls(shares::GOAL_REWORDED) {
        let (reworded, words) = (plot.later(from, dice.between(15..=50), dice), dice.word(words::GOALS_REWORDED));
        plot.at(reworded, "goal reworded", move |scene| {
            let plan = works_in(scene, 0)?;
            let goal = open_goals(scene, plan).last().copied()?;
            let proposed_by = SaidBy::Person(with_role(scene, plan, FamilyRole::Parent).first().copied()?);
            let command = PlanCommand::RewordGoal { goal, words: text(words)?, proposed_by };
            Some(Given::by(scene.as_director()?, command))
        });
    }
    if dice.falls(shares::GOAL_REACHED) {
        let reached = plot.later(from, dice.between(30..=80), dice);
        plot.at(reached, "goal reached", |scene| {
            let plan = works_in(scene, 0)?;
            let goal = open_goals(scene, plan).first().copied()?;
            let said_by = with_role(scene, plan, FamilyRole::Parent).first().copied()?;
            Some(Given::by(scene.as_director()?, PlanCommand::ReachGoal { goal, said_by, words: None }))
        });
    }
}

/// Whether the plan fits still, with the family; children from an age on are heard.
fn evaluated(plot: &mut Plot<'_>, when: Timestamp, adjusted: bool, dice: &mut Dice) {
    let outcome = if adjusted { EvaluationOutcome::Adjusted } else { EvaluationOutcome::GoesOn };
    let (words, place) = (dice.word(words::EVALUATED), dice.place(2));
    plot.at(when, "evaluation", move |scene| {
        let active = |place| works_in(scene, place).filter(|plan| scene.state.plans.active_version(*plan).is_some());
        let plan = active(place).or_else(|| active(0))?;
        let old_enough = |child: &PersonId| {
            scene.state.people.age_on(*child, scene.day).is_some_and(|age| age >= shares::HEARD_FROM)
        };
        let heard = with_role(scene, plan, FamilyRole::Child).into_iter().filter(old_enough).collect();
        let took_part = with_role(scene, plan, FamilyRole::Parent);
        if took_part.is_empty() {
            return None;
        }
        let workers = vec![scene.director()?.worker];
        let words = text(words)?;
        let command = PlanCommand::EvaluatePlan { plan, took_part, workers, heard, outcome, words, next: None };
        Some(Given::by(scene.as_director()?, command))
    });
}

/// Those around the family reflect on how they work.
fn reflections(plot: &mut Plot<'_>, from: Timestamp, dice: &mut Dice) {
    if !dice.falls(shares::REFLECTS) {
        return;
    }
    let mut when = from;
    while when < plot.closes {
        let days = dice.days(shares::REFLECTED);
        when = plot.later(when, days, dice);
        let together = dice.word(words::TOGETHER);
        plot.at(when, "reflection", move |scene| {
            scene.open()?;
            scene.state.plans.first_activated()?;
            let (family, director) = (SaidBy::Person(scene.person(0)?), SaidBy::Worker(scene.director()?.worker));
            let said = |by, right, together| NewSaid { by, right_thing: right, together };
            let reflection = NewReflection {
                with: Vec::new(),
                workers: Vec::new(),
                said: vec![said(family, text("Het past nog bij ons."), None), said(director, None, text(together))],
                changes: None,
                next: None,
            };
            let command = ReflectionCommand::RecordReflection(Box::new(reflection));
            Some(Given::by(scene.as_director()?, command))
        });
    }
}
