//! Versions, and what each person says of them (rule 9, R07). A version is a plan's content as it was offered on a moment. Each person
//! answers for themself.
//!
//! **A change asks again only those it touches.** Exactly: each line of a version names a goal or action, the fact that said it as it then
//! read, and whom of those asked it touches (who is concerned, and who has authority over a child that is). The *part* of a person is
//! the lines that touch them. What somebody answered about an earlier version stands for a later one as long as their part was the same
//! in each version from the one they answered on; a line added, taken out, said otherwise, with another owner, day or effect on them
//! makes it another part, and they are asked. Whom a version does not touch has no part, and nothing they said before stands for it.

use std::collections::BTreeMap;

use super::catalogue::{PLAN_ASKS_NOBODY, PLAN_EMPTY, RESERVATION_WITHOUT_WORDS, VERSION_UNKNOWN};
use super::goals::kept;
use super::plans::{asking, check_acts, check_is_plan, is_theirs};
use super::{Activated, Answer, Item, OfferedLine, PlanCommand, PlanEvent, PlanRef, Plans, draft};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, Subject, VersionId, WorkerId};
use crate::personal::Personal;
use crate::regie::asked::{self, Asked};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// A plan's content as it was offered on a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Version {
    /// The version.
    pub id: VersionId,
    /// Of which plan.
    pub plan: PlanRef,
    /// The day it was offered.
    pub offered: CivilDay,
    /// Who offered it.
    pub by: WorkerId,
    /// Its goals and actions.
    pub lines: Vec<VersionLine>,
    /// What each person said of it, by the day it was said.
    pub(super) answers: BTreeMap<PersonId, Vec<Said>>,
    /// That it became active.
    pub activated: Option<Activated>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A goal or action as a version holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionLine {
    /// Which.
    pub item: Item,
    /// The fact that said it as it read then.
    pub content: EventId,
    /// Whom of those asked it touches.
    pub touches: Vec<PersonId>,
}

/// What somebody said of a version.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// Who.
    pub person: PersonId,
    /// What.
    pub answer: Personal<Answer>,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day it was said.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

impl Version {
    /// Whom it asks, in order.
    #[must_use]
    pub fn asks(&self) -> Vec<PersonId> {
        let touched: Vec<_> = self.lines.iter().flat_map(|line| line.touches.iter().copied()).collect();
        crate::once::each_once(&touched)
    }

    /// The last thing somebody said of this version.
    #[must_use]
    pub fn answer_of(&self, person: PersonId) -> Option<&Said> {
        self.answers.get(&person).and_then(|given| given.last())
    }

    /// Everything said of this version, by person, each in order of the day.
    pub fn answers(&self) -> impl Iterator<Item = &Said> {
        self.answers.values().flatten()
    }

    /// What of it touches somebody.
    fn part(&self, person: PersonId) -> Vec<(Item, EventId)> {
        let lines = self.lines.iter().filter(|line| line.touches.contains(&person));
        lines.map(|line| (line.item, line.content)).collect()
    }
}

impl Plans {
    /// What somebody said that stands for this version: of it, or of an earlier one as long as what touches them was the same.
    #[must_use]
    pub fn standing_answer(&self, version: VersionId, person: PersonId) -> Option<&Said> {
        let place = self.versions.iter().position(|offered| offered.id == version)?;
        let offered = self.versions.get(place)?;
        let part = offered.part(person);
        let earlier = self.versions.get(..place)?.iter().rev().filter(|earlier| earlier.plan == offered.plan);
        let same = earlier.take_while(|earlier| !part.is_empty() && earlier.part(person) == part);
        std::iter::once(offered).chain(same).find_map(|version| version.answer_of(person))
    }

    /// Whom of those a version asks nothing stands of that they said.
    #[must_use]
    pub fn still_to_ask(&self, version: &Version) -> Vec<PersonId> {
        let silent = |person: &PersonId| self.standing_answer(version.id, *person).is_none();
        version.asks().into_iter().filter(silent).collect()
    }

    /// The goals and actions of a plan as it reads now, each with the fact that says so and whom it concerns: goals that were not
    /// withdrawn, actions that were not dropped. What was reached or done stays: progress asks nobody again.
    fn content(&self, plan: PlanRef) -> Vec<(Item, EventId, &[PersonId])> {
        let goals = self.goals().filter(|goal| goal.belongs_to(plan) && goal.is_content());
        let goals = goals.map(|goal| (Item::Goal(goal.id), goal.content(), goal.concerns.as_slice()));
        let dropped = |action: &super::Action| {
            action.ended.as_ref().is_some_and(|ended| ended.outcome == super::ActionOutcome::Dropped)
        };
        let actions = self.actions().filter(|action| action.belongs_to(plan) && !dropped(action));
        let actions = actions.map(|action| (Item::Action(action.id), action.content, action.concerns.as_slice()));
        goals.chain(actions).collect()
    }

    /// The facts by which the plan of this version reads otherwise by now: what came in or was changed, and what was taken out.
    #[must_use]
    pub fn changes_since(&self, version: &Version) -> Vec<EventId> {
        let now = self.content(version.plan);
        let offered = |item, content| version.lines.iter().any(|line| (line.item, line.content) == (item, content));
        let came = now.iter().filter(|(item, content, _)| !offered(*item, *content)).map(|(_, content, _)| *content);
        let stays = |item| now.iter().any(|(there, ..)| *there == item);
        let gone = version.lines.iter().filter(|line| !stays(line.item)).filter_map(|line| self.taken_out(line.item));
        came.chain(gone).collect()
    }

    /// The fact that took an item out of its plan.
    fn taken_out(&self, item: Item) -> Option<EventId> {
        match item {
            Item::Goal(goal) => self.goal(goal)?.turns.last().map(|turn| turn.fact),
            Item::Action(action) => self.action(action)?.ended.as_ref().map(|ended| ended.fact),
        }
    }

    /// Whom an item concerns.
    pub(crate) fn concerned_by(&self, item: Item) -> &[PersonId] {
        match item {
            Item::Goal(goal) => self.goal(goal).map(|goal| goal.concerns.as_slice()),
            Item::Action(action) => self.action(action).map(|action| action.concerns.as_slice()),
        }
        .unwrap_or_default()
    }
}

pub(super) fn offer(asked: &mut Asked<'_, '_>, plan: PlanRef) -> asked::Answer {
    check_is_plan(plan)?;
    check_acts(asked, plan)?;
    let content = asked.state.plans.content(plan);
    if content.is_empty() {
        return Err(Rejection::new(PLAN_EMPTY));
    }
    let asking = asking(asked.state, plan, asked.happened(), asked.context.terms.consent_ages);
    if asking.is_empty() {
        return Err(Rejection::new(PLAN_ASKS_NOBODY));
    }
    let line = |(item, _, concerns)| OfferedLine { item, touches: asking.touched(concerns) };
    let lines = content.into_iter().map(line).collect();
    let version = VersionId::from_uuid(asked.context.new_id());
    Ok(vec![draft(PlanEvent::PlanOffered { plan, version, lines })])
}

/// What somebody said is a report: of whoever is in the case, whether asked or not.
pub(super) fn answer(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> asked::Answer {
    let PlanCommand::AnswerPlan { version, person, answer, words } = command else { return Ok(Vec::new()) };
    find(asked, *version)?;
    asked.check_person(*person)?;
    if *answer == Answer::Reserved && words.is_none() {
        return Err(Rejection::new(RESERVATION_WITHOUT_WORDS));
    }
    let words = kept(asked, words.as_ref());
    let answer = Personal::ordinary(Subject::Person(*person), *answer);
    Ok(vec![draft(PlanEvent::PlanAnswered { version: *version, person: *person, answer, words })])
}

/// This version, of a plan that whoever asks works in. One of another's plan reads as one that is not there.
pub(super) fn find<'a>(asked: &Asked<'a, '_>, version: VersionId) -> Result<&'a Version, Rejection> {
    let found = asked.state.plans.version(version).filter(|found| is_theirs(asked, found.plan));
    found.ok_or_else(|| Rejection::new(VERSION_UNKNOWN).with("version", Detail::id(version)))
}

pub(super) fn apply(plans: &mut Plans, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    match event {
        PlanEvent::PlanOffered { plan, version, lines } => {
            let content: BTreeMap<_, _> =
                plans.content(*plan).into_iter().map(|(item, fact, _)| (item, fact)).collect();
            // What is not there any more, its fact struck out, is no part of what was offered either.
            let line = |line: &OfferedLine| {
                let touches = line.touches.clone();
                content.get(&line.item).map(|content| VersionLine { item: line.item, content: *content, touches })
            };
            let lines = lines.iter().filter_map(line).collect();
            plans.versions.push(Version {
                id: *version,
                plan: *plan,
                offered: fact.occurred.day(),
                by: fact.actor.worker,
                lines,
                answers: BTreeMap::new(),
                activated: None,
                fact: fact.id,
            });
        }
        PlanEvent::PlanAnswered { version, person, answer, words } => {
            let given = Said {
                person: *person,
                answer: answer.clone(),
                words: words.clone(),
                on: fact.occurred.day(),
                fact: fact.id,
            };
            if let Some(version) = plans.versions.iter_mut().find(|offered| offered.id == *version) {
                crate::regie::insert_ordered(version.answers.entry(*person).or_default(), given, |given| given.on);
            }
        }
        _ => {}
    }
}
