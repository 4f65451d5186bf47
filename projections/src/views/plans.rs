//! The one plan on a day: of the family, and of each household once the plans went apart. Each goal, action, answer and evaluation
//! carries who may know it; what follows from several is worked out for a reader, from the facts that they may know.

use domain::fact::Due;
use domain::ids::{ActionId, GoalId, OwnPlanId, PersonId, VersionId, WorkerId};
use domain::ownplan::{Binds, OwnPlan, PlanMaker};
use domain::personal::Personal;
use domain::plan::{
    self, Action, ActionOutcome, Answer, Evaluation, EvaluationOutcome, Goal, GoalStanding, GoalWarning, Item, Owner,
    Placed, PlanRef, SaidBy, SubjectChosen, Turn, Version,
};
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// The plans of a case on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct PlansView {
    /// That of the family.
    pub family: PlanView,
    /// Whether that can be read and no longer acted in.
    pub frozen: bool,
    /// Those of the households, in the order in which the case knows them.
    pub households: Vec<PlanView>,
    /// What stands in the layer of the children, once the plans went apart: goals and actions, no plan that is offered.
    pub children: PlanView,
    /// The family's own plan first.
    pub own: OwnPlansView,
}

/// A plan.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanView {
    /// The day.
    day: CivilDay,
    /// Which.
    pub plan: PlanRef,
    /// Its goals, in the order proposed.
    pub goals: Vec<GoalView>,
    /// Its actions, in the order agreed.
    pub actions: Vec<ActionView>,
    /// Its versions, in the order offered.
    pub versions: Vec<VersionView>,
    /// Its evaluations, in order of the day.
    pub evaluations: Vec<EvaluationView>,
}

/// A goal. Ask [`GoalView::words_to`] and [`GoalView::standing_to`].
#[derive(Clone, PartialEq, Debug)]
pub struct GoalView {
    /// The goal.
    pub goal: Kept<GoalId>,
    /// Of which plan.
    pub plan: PlanRef,
    /// Where it went from there.
    pub went: Option<WentView>,
    /// What a person chose it to be about.
    pub subject: Option<Kept<SubjectChosen>>,
    /// Why it is marked.
    pub warning: Option<GoalWarning>,
    /// Whom it concerns, in order of joining.
    pub concerns: Vec<PersonId>,
    /// The day it was proposed.
    pub proposed: CivilDay,
    /// Its words through time.
    pub wordings: Vec<WordingView>,
    /// What became of it through time.
    pub turns: Vec<TurnView>,
}

/// Where a goal or action went from a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct WentView {
    /// Where to, with who may know that.
    pub to: Kept<PlanRef>,
    /// The day.
    pub on: CivilDay,
}

/// The words of a goal from a day on.
#[derive(Clone, PartialEq, Debug)]
pub struct WordingView {
    /// In the words of who said it so.
    pub words: Kept<Personal<Text>>,
    /// Who said it so.
    pub by: Kept<SaidBy>,
    /// From this day on.
    pub on: CivilDay,
}

/// What became of a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct TurnView {
    /// What.
    pub turn: Kept<Turn>,
    /// More about it.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// An action. Ask [`ActionView::owner_to`], [`ActionView::due_to`] and [`ActionView::ended_to`].
#[derive(Clone, PartialEq, Debug)]
pub struct ActionView {
    /// The action.
    pub action: Kept<ActionId>,
    /// Of which plan.
    pub plan: PlanRef,
    /// Where it went from there.
    pub went: Option<WentView>,
    /// What must happen.
    pub what: Kept<Personal<Text>>,
    /// For which goal.
    pub goal: Option<GoalId>,
    /// Whom it concerns, in order of joining.
    pub concerns: Vec<PersonId>,
    /// The day it was agreed.
    pub agreed: CivilDay,
    /// Who owned it, through time.
    owners: Vec<Kept<Owner>>,
    /// When it was due, through time.
    dues: Vec<DueView>,
    /// How it ended.
    ended: Option<EndView>,
}

/// When an action is due.
#[derive(Clone, PartialEq, Debug)]
pub struct DueView {
    /// The last day.
    pub day: Kept<CivilDay>,
    /// Why it was moved there.
    pub reason: Option<Kept<Personal<Text>>>,
}

/// How an action ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndView {
    /// How.
    pub outcome: Kept<ActionOutcome>,
    /// More about it.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// A version.
#[derive(Clone, PartialEq, Debug)]
pub struct VersionView {
    /// The version.
    pub version: Kept<VersionId>,
    /// Of which plan.
    pub plan: PlanRef,
    /// The day it was offered.
    pub offered: CivilDay,
    /// Who offered it.
    pub by: Kept<WorkerId>,
    /// Its goals and actions.
    pub items: Vec<Item>,
    /// Whom it asks, in order of joining, each with what they said that stands for it.
    pub asked: Vec<AskedView>,
    /// What others said of it, in order of joining.
    pub others: Vec<AnswerView>,
    /// That it became active.
    pub activated: Option<ActivatedView>,
    /// The facts by which the plan reads otherwise since.
    changes: Vec<Kept<()>>,
}

/// Somebody whom a version asks.
#[derive(Clone, PartialEq, Debug)]
pub struct AskedView {
    /// Who.
    pub person: PersonId,
    /// What they said that stands.
    pub answer: Option<AnswerView>,
}

/// What somebody said of a version.
#[derive(Clone, PartialEq, Debug)]
pub struct AnswerView {
    /// Who.
    pub person: PersonId,
    /// What.
    pub answer: Kept<Personal<Answer>>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day it was said.
    pub on: CivilDay,
    /// Whether it was said of an earlier version, in which everything that touches them read the same.
    pub of_earlier: bool,
}

/// That a version became active.
#[derive(Clone, PartialEq, Debug)]
pub struct ActivatedView {
    /// From this day on.
    pub on: Kept<CivilDay>,
    /// Who was asked and did not endorse it, in order of joining.
    pub despite: Vec<PersonId>,
    /// Why all the same, in the director's words.
    pub reason: Option<Kept<Personal<Text>>>,
    /// The interest of the child.
    pub interest: Option<Kept<Personal<Text>>>,
    /// By when it is evaluated, from here.
    evaluation: Option<CivilDay>,
}

/// An evaluation of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct EvaluationView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Of which plan.
    pub plan: PlanRef,
    /// Who of the family and network took part, in order of joining.
    pub took_part: Vec<PersonId>,
    /// Which professionals took part.
    pub workers: Vec<Kept<WorkerId>>,
    /// Which children were heard, in order of joining.
    pub heard: Vec<PersonId>,
    /// Which children of the family were not.
    pub not_heard: Vec<PersonId>,
    /// What came out of it.
    pub outcome: EvaluationOutcome,
    /// In words.
    pub words: Kept<Personal<Text>>,
    /// The last day for the next one.
    pub next: CivilDay,
}

/// The family's own plan first (rule 15).
#[derive(Clone, PartialEq, Debug)]
pub struct OwnPlansView {
    /// To whom it was explained, with the day.
    pub explained: Vec<ExplainedView>,
    /// The plans that parents took the making of.
    pub taken: Vec<OwnPlanView>,
    /// Who waived it.
    pub waived: Vec<WaivedView>,
}

/// That it was explained.
#[derive(Clone, PartialEq, Debug)]
pub struct ExplainedView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// To whom, in order of joining.
    pub parents: Vec<PersonId>,
}

/// A plan that parents make themselves.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnPlanView {
    /// The plan.
    pub own_plan: Kept<OwnPlanId>,
    /// Who makes it, in order of joining.
    pub parents: Vec<PersonId>,
    /// Whom it binds.
    pub binds: Binds,
    /// The day it was taken.
    pub taken: CivilDay,
    /// The day by which it is ready, as agreed.
    pub agreed: CivilDay,
    /// The day it was presented.
    pub presented: Option<Kept<CivilDay>>,
    /// What was said of it then.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That parents waived it.
#[derive(Clone, PartialEq, Debug)]
pub struct WaivedView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Who, in order of joining.
    pub parents: Vec<PersonId>,
    /// Who makes the plan for help instead.
    pub maker: PlanMaker,
    /// Why, in their words.
    pub reason: Option<Kept<Personal<Text>>>,
    /// What must follow by law.
    pub dues: Vec<Due>,
}

impl GoalView {
    /// Its words, to a reader who knows these facts.
    pub fn words_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&WordingView> {
        self.wordings.iter().rev().find(|wording| knows(&wording.words.bare()))
    }

    /// Where it stands, to such a reader.
    pub fn standing_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> GoalStanding {
        match self.turns.iter().rev().find(|turn| knows(&turn.turn.bare())).map(|turn| turn.turn.value) {
            None | Some(Turn::Resumed) => GoalStanding::Open,
            Some(Turn::Reached(_)) => GoalStanding::Reached,
            Some(Turn::Withdrawn) => GoalStanding::Withdrawn,
        }
    }
}

impl ActionView {
    /// Who owns it, to a reader who knows these facts. Who may not be known owns it all the same: then there is none to say.
    pub fn owner_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&Kept<Owner>> {
        self.owners.last().filter(|owner| knows(&owner.bare()))
    }

    /// Whether nobody does, to such a reader.
    pub fn is_nobodys(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.owner_to(knows).is_some_and(|owner| owner.value == Owner::Nobody)
    }

    /// When it is due, to such a reader.
    pub fn due_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&DueView> {
        self.dues.iter().rev().find(|due| knows(&due.day.bare()))
    }

    /// How it ended, to such a reader.
    pub fn ended_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&EndView> {
        self.ended.as_ref().filter(|ended| knows(&ended.outcome.bare()))
    }

    /// Whether its day has passed while it runs, to such a reader.
    pub fn is_overdue(&self, day: CivilDay, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.ended_to(&knows).is_none() && self.due_to(&knows).is_some_and(|due| due.day.value < day)
    }
}

impl VersionView {
    /// That it became active, to a reader who knows these facts.
    pub fn activated_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&ActivatedView> {
        self.activated.as_ref().filter(|active| knows(&active.on.bare()))
    }

    /// Whether the plan reads otherwise since, as far as such a reader knows.
    pub fn is_changed_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.changes.iter().any(knows)
    }
}

impl PlanView {
    /// The day at which it is read.
    #[must_use]
    pub const fn day(&self) -> CivilDay {
        self.day
    }

    /// The version that is worked by, to a reader who knows these facts.
    pub fn active_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&VersionView> {
        self.versions.iter().rev().find(|version| version.activated_to(&knows).is_some())
    }

    /// By when it is evaluated next, to such a reader: as the last evaluation says, or from the day on which it first became active.
    pub fn evaluation_due_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<CivilDay> {
        let active = self.versions.iter().filter_map(|version| version.activated_to(&knows));
        let first = active.min_by_key(|active| active.on.value)?;
        let held = self.evaluations.iter().rev().find(|held| knows(&held.on.bare()));
        match held.filter(|held| held.on.value >= first.on.value) {
            Some(held) => Some(held.next),
            None => first.evaluation,
        }
    }
}

/// The plans on the day.
#[must_use]
pub fn plans(reading: &Reading<'_>) -> PlansView {
    let mut all = plan::plans_on(reading.state(), reading.day()).into_iter();
    let family = all.next().unwrap_or(PlanRef::Family);
    let families = plan(reading, family);
    PlansView {
        family: families,
        frozen: plan::is_frozen(reading.state(), PlanRef::Family, reading.day()),
        children: plan(reading, PlanRef::Child),
        households: all.map(|household| plan(reading, household)).collect(),
        own: own(reading),
    }
}

fn plan(reading: &Reading<'_>, plan: PlanRef) -> PlanView {
    let plans = &reading.state().plans;
    let mut goals: Vec<_> = plans.goals().filter(|goal| goal.belongs_to(plan)).collect();
    goals.sort_by_key(|goal| place(reading, goal.fact));
    let mut actions: Vec<_> = plans.actions().filter(|action| action.belongs_to(plan)).collect();
    actions.sort_by_key(|action| place(reading, action.fact));
    PlanView {
        day: reading.day(),
        plan,
        goals: goals.into_iter().map(|found| goal(reading, found, plan)).collect(),
        actions: actions.into_iter().map(|found| action(reading, found, plan)).collect(),
        versions: plans.versions_of(plan).map(|found| version(reading, found)).collect(),
        evaluations: plans.evaluations_of(plan).map(|found| evaluation(reading, found)).collect(),
    }
}

/// Where a fact stands in the history: in that order goals and actions are shown, whatever their ids.
fn place(reading: &Reading<'_>, fact: domain::ids::EventId) -> Option<domain::ids::Revision> {
    reading.facts.get(&fact).map(|fact| fact.revision)
}

/// Where something went from this plan, when it stands elsewhere.
fn went(places: &[Placed], of: PlanRef) -> Option<&Placed> {
    let stood = places.iter().rposition(|placed| placed.plan == of)?;
    places.get(stood + 1)
}

/// Whether a fact was told while the thing stood in the plan: a plan that froze reads as it did.
fn told_there(reading: &Reading<'_>, fact: domain::ids::EventId, left: Option<&Placed>) -> bool {
    left.is_none_or(|left| place(reading, fact) <= place(reading, left.fact))
}

fn went_view(reading: &Reading<'_>, left: Option<&Placed>) -> Option<WentView> {
    left.map(|left| WentView { to: reading.kept(left.plan, left.fact), on: left.on })
}

fn goal(reading: &Reading<'_>, found: &Goal, of: PlanRef) -> GoalView {
    let left = went(found.places(), of);
    let wording = |wording: &plan::Wording| WordingView {
        words: reading.kept(wording.words.clone(), wording.fact),
        by: match wording.by {
            SaidBy::Worker(worker) => reading.kept_author(worker, wording.fact).with(wording.by),
            SaidBy::Person(_) => reading.kept(wording.by, wording.fact),
        },
        on: wording.on,
    };
    let turn = |turn: &plan::GoalTurn| TurnView {
        turn: reading.kept(turn.turn, turn.fact),
        words: turn.words.clone().map(|words| reading.kept(words, turn.fact)),
        on: turn.on,
    };
    GoalView {
        goal: reading.kept(found.id, found.fact),
        plan: of,
        went: went_view(reading, left),
        subject: found.subject.clone().filter(|_| left.is_none()).map(|chosen| {
            let fact = chosen.fact;
            reading.kept(chosen, fact)
        }),
        warning: plan::warning(reading.state(), found, reading.day()).filter(|_| left.is_none()),
        concerns: reading.by_joining(&found.concerns),
        proposed: found.proposed,
        wordings: found.wordings.iter().filter(|told| told_there(reading, told.fact, left)).map(wording).collect(),
        turns: found.turns.iter().filter(|told| told_there(reading, told.fact, left)).map(turn).collect(),
    }
}

fn action(reading: &Reading<'_>, found: &Action, of: PlanRef) -> ActionView {
    let left = went(found.places(), of);
    // It names a goal of its own plan only: that of another household is none of its readers'.
    let same = |goal: &GoalId| {
        reading
            .state()
            .plans
            .goal(*goal)
            .is_some_and(|goal| if left.is_some() { true } else { goal.plan == found.plan })
    };
    // Who works for somebody hidden leads to them by what they do for others.
    let owner = |held: &plan::Held| match held.owner.worker() {
        Some(worker) => reading.kept_author(worker, held.fact).with(held.owner),
        None => reading.kept(held.owner, held.fact),
    };
    let due = |due: &plan::DueDate| DueView {
        day: reading.kept(due.day, due.fact),
        reason: due.reason.clone().map(|reason| reading.kept(reason, due.fact)),
    };
    let ended = |ended: &plan::ActionEnd| EndView {
        outcome: reading.kept(ended.outcome, ended.fact),
        words: ended.words.clone().map(|words| reading.kept(words, ended.fact)),
        on: ended.on,
    };
    ActionView {
        action: reading.kept(found.id, found.fact),
        plan: of,
        went: went_view(reading, left),
        what: reading.kept(found.what.clone(), found.fact),
        goal: found.goal.filter(same),
        concerns: reading.by_joining(&found.concerns),
        agreed: found.agreed,
        owners: found.owners.iter().filter(|told| told_there(reading, told.fact, left)).map(owner).collect(),
        dues: found.dues.iter().filter(|told| told_there(reading, told.fact, left)).map(due).collect(),
        ended: found.ended.as_ref().filter(|told| told_there(reading, told.fact, left)).map(ended),
    }
}

fn version(reading: &Reading<'_>, found: &Version) -> VersionView {
    let plans = &reading.state().plans;
    let answer = |said: &plan::Said, of_earlier| AnswerView {
        person: said.person,
        answer: reading.kept(said.answer.clone(), said.fact),
        words: said.words.clone().map(|words| reading.kept(words, said.fact)),
        on: said.on,
        of_earlier,
    };
    let asks = reading.by_joining(&found.asks());
    let asked = |person: &PersonId| {
        let standing = plans.standing_answer(found.id, *person);
        let of_this = found.answer_of(*person).map(|said| said.fact);
        AskedView { person: *person, answer: standing.map(|said| answer(said, of_this != Some(said.fact))) }
    };
    let said: Vec<_> = found.answers().map(|said| said.person).filter(|person| !asks.contains(person)).collect();
    let mut others = reading.by_joining(&said);
    others.dedup();
    let others = others.iter().filter_map(|person| found.answer_of(*person)).map(|said| answer(said, false));
    // A plan that froze reads as it did.
    let frozen = plan::is_frozen(reading.state(), found.plan, reading.day());
    let changes = if frozen { Vec::new() } else { plans.changes_since(found) };
    VersionView {
        version: reading.kept(found.id, found.fact),
        plan: found.plan,
        offered: found.offered,
        by: reading.kept_author(found.by, found.fact),
        items: found.lines.iter().map(|line| line.item).collect(),
        asked: asks.iter().map(asked).collect(),
        others: others.collect(),
        activated: found.activated.as_ref().map(|active| ActivatedView {
            on: reading.kept(active.on, active.fact),
            despite: reading.by_joining(&active.despite),
            reason: active.reason.clone().map(|words| reading.kept(words, active.fact)),
            interest: active.interest.clone().map(|words| reading.kept(words, active.fact)),
            evaluation: active.evaluated_by(),
        }),
        changes: changes.into_iter().map(|fact| reading.kept((), fact)).collect(),
    }
}

fn evaluation(reading: &Reading<'_>, found: &Evaluation) -> EvaluationView {
    let children = reading.state().people.children_on(found.on, reading.terms.consent_ages);
    let on = reading.kept(found.on, found.fact);
    EvaluationView {
        plan: found.plan,
        took_part: reading.by_joining(&found.took_part),
        workers: found.workers.iter().map(|worker| reading.kept_author(*worker, found.fact)).collect(),
        heard: reading.by_joining(&found.heard),
        not_heard: children.into_iter().filter(|child| !found.heard.contains(child)).collect(),
        outcome: found.outcome,
        words: on.with(found.words.clone()),
        next: found.next,
        on,
    }
}

fn own(reading: &Reading<'_>) -> OwnPlansView {
    let own = &reading.state().own_plans;
    let taken = |found: &OwnPlan| {
        let presented = found.presented.map(|(day, fact)| reading.kept(day, fact));
        let words = found.words.clone().zip(presented.as_ref()).map(|(words, told)| told.with(words));
        OwnPlanView {
            own_plan: reading.kept(found.id, found.fact),
            parents: reading.by_joining(&found.parents),
            binds: found.binds.clone(),
            taken: found.taken,
            agreed: found.agreed,
            presented,
            words,
        }
    };
    OwnPlansView {
        explained: own
            .explained()
            .iter()
            .map(|found| ExplainedView {
                on: reading.kept(found.on, found.fact),
                parents: reading.by_joining(&found.parents),
            })
            .collect(),
        taken: own.taken().iter().map(taken).collect(),
        waived: own
            .waived()
            .iter()
            .map(|found| WaivedView {
                on: reading.kept(found.on, found.fact),
                parents: reading.by_joining(&found.parents),
                maker: found.maker,
                reason: found.reason.clone().map(|words| reading.kept(words, found.fact)),
                dues: found.dues.clone(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
