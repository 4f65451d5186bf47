//! Goals in the family's words, and actions with one owner or nobody yet.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::plan::{Owner, PlanRef, SaidBy, SubjectChosen, Turn};
use domain::time::CivilDay;
use projections::views::plans::{ActionView, GoalView, TurnView, WentView, WordingView};

use super::super::case::CaseNode;
use super::super::enums::{ActionOutcome, GoalHandling, GoalStanding, GoalSubject, GoalWarningKind, PlanPlace};
use super::super::households::HouseholdNode;
use super::super::people::PersonNode;
use super::super::scalars::Day;
use super::super::session::Session;
use super::super::show::{Granted, granted, id, knows, plain, words};
use super::super::workers::WorkerNode;
use super::{TOPIC, about, household_of, persons};
use crate::gate::Field;

const GOAL: Field = Field::new("plans.goal", TOPIC);
const GOAL_WORDS: Field = Field::new("plans.goal.words", TOPIC);
const ACTION: Field = Field::new("plans.action", TOPIC);
const WHAT: Field = Field::new("plans.action.what", TOPIC);
const OWNER: Field = Field::new("plans.action.owner", TOPIC);

/// A goal of a plan.
pub struct GoalNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<GoalView>,
}

impl GoalNode {
    pub(super) fn new(case: &CaseNode, view: &GoalView) -> Option<Self> {
        let about = about(case, view.plan, &view.concerns);
        let view = granted(case.mandate(), GOAL, &about, view.clone(), |view| &view.goal)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn wording(&self) -> Option<&WordingView> {
        self.view.words_to(knows(self.case.mandate()))
    }

    fn chosen(&self) -> Option<SubjectChosen> {
        plain(self.case.mandate(), GOAL, &self.about, self.view.subject.as_ref()?)
    }
}

/// Why a goal is pointed at.
#[derive(SimpleObject)]
pub struct GoalWarning {
    /// Why.
    kind: GoalWarningKind,
    /// What can be done instead.
    suggestion: String,
}

/// Where a goal or action went when the plans went apart, or were joined again.
#[derive(SimpleObject)]
pub struct Went {
    /// Where to.
    to: PlanPlace,
    /// To the plan of this household.
    household: Option<HouseholdNode>,
    /// The day.
    day: Day,
}

fn went(
    session: &Session<'_>,
    case: &CaseNode,
    field: Field,
    about: &[Subject],
    view: Option<&WentView>,
) -> Option<Went> {
    let view = view?;
    let to = plain(case.mandate(), field, about, &view.to)?;
    Some(Went {
        to: match to {
            PlanRef::Family => PlanPlace::Family,
            PlanRef::Household(_) => PlanPlace::Household,
            PlanRef::Child => PlanPlace::Children,
            PlanRef::Agreement(_) => PlanPlace::Agreement,
        },
        household: to.household().and_then(|household| household_of(case, session, household)),
        day: Day(view.on),
    })
}

/// The words of a goal from a day on.
#[derive(SimpleObject)]
pub struct GoalWording {
    /// The words.
    words: Option<String>,
    /// Who of the family or its network said it so.
    person: Option<PersonNode>,
    /// Which professional said it so.
    worker: Option<WorkerNode>,
    /// From this day on.
    since: Day,
}

/// What became of a goal on a day.
#[derive(SimpleObject)]
pub struct GoalTurn {
    /// Where it stood from then on.
    standing: GoalStanding,
    /// Who of the family said that it is reached.
    said_by: Option<PersonNode>,
    /// More about it.
    words: Option<String>,
    /// The day.
    day: Day,
}

fn wording(session: &Session<'_>, case: &CaseNode, about: &[Subject], view: &WordingView) -> GoalWording {
    let by = plain(case.mandate(), GOAL_WORDS, about, &view.by);
    let (person, worker) = match by {
        Some(SaidBy::Person(person)) => (case.person(person), None),
        Some(SaidBy::Worker(worker)) => (None, Some(WorkerNode::new(worker, case.mandate().clone()))),
        None => (None, None),
    };
    GoalWording { words: words(session, case.mandate(), GOAL_WORDS, &view.words), person, worker, since: Day(view.on) }
}

/// A goal in the family's words. "Good enough" is theirs to say; a goal is never failed.
#[Object(name = "Goal")]
impl GoalNode {
    /// Names the goal.
    async fn id(&self) -> ID {
        id(self.view.goal.value)
    }

    /// As it is said now.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.wording().and_then(|wording| words(&session, self.case.mandate(), GOAL_WORDS, &wording.words)))
    }

    /// Who of the family or its network proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<PersonNode>> {
        let session = Session::of(ctx)?;
        let first = self.view.wordings.first();
        Ok(first.and_then(|first| wording(&session, &self.case, &self.about, first).person))
    }

    /// The day it was proposed.
    async fn proposed(&self) -> Day {
        Day(self.view.proposed)
    }

    /// Whom it concerns.
    async fn concerns(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.concerns)
    }

    /// What a person chose it to be about.
    async fn subject(&self) -> Option<GoalSubject> {
        Some(self.chosen()?.subject.into())
    }

    /// What becomes of it, when it cannot be asked of somebody.
    async fn handling(&self) -> Option<GoalHandling> {
        self.chosen()?.handling.map(Into::into)
    }

    /// Why it is pointed at, with another way to say it. Nothing is refused for it.
    async fn warning(&self, ctx: &Context<'_>) -> Result<Option<GoalWarning>> {
        let session = Session::of(ctx)?;
        Ok(self.view.warning.map(|warning| {
            let suggestion = session.locale().label(match warning {
                domain::plan::GoalWarning::AboutOtherParent => "goal-warning-about-other-parent",
                domain::plan::GoalWarning::ContactBeforeRest => "goal-warning-contact-before-rest",
            });
            GoalWarning { kind: warning.into(), suggestion }
        }))
    }

    /// Where it went from this plan.
    async fn went(&self, ctx: &Context<'_>) -> Result<Option<Went>> {
        let session = Session::of(ctx)?;
        Ok(went(&session, &self.case, GOAL, &self.about, self.view.went.as_ref()))
    }

    /// Where it stands.
    async fn standing(&self) -> GoalStanding {
        self.view.standing_to(knows(self.case.mandate())).into()
    }

    /// Its words through time, the first first. Nobody can rewrite them.
    async fn wordings(&self, ctx: &Context<'_>) -> Result<Vec<GoalWording>> {
        let session = Session::of(ctx)?;
        let knows = knows(self.case.mandate());
        let told = self.view.wordings.iter().filter(|view| knows(&view.words.bare()));
        Ok(told.map(|view| wording(&session, &self.case, &self.about, view)).collect())
    }

    /// What became of it through time.
    async fn turns(&self, ctx: &Context<'_>) -> Result<Vec<GoalTurn>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let node = |view: &TurnView| {
            let turn = plain(mandate, GOAL, &self.about, &view.turn)?;
            let (standing, said_by) = match turn {
                Turn::Reached(person) => (GoalStanding::Reached, self.case.person(person)),
                Turn::Withdrawn => (GoalStanding::Withdrawn, None),
                Turn::Resumed => (GoalStanding::Open, None),
            };
            let words = view.words.as_ref().and_then(|kept| words(&session, mandate, GOAL_WORDS, kept));
            Some(GoalTurn { standing, said_by, words, day: Day(view.on) })
        };
        Ok(self.view.turns.iter().filter_map(node).collect())
    }
}

/// Who owns something: one of these, or nobody yet.
#[derive(SimpleObject)]
pub struct ActionOwner {
    /// Whether nobody owns it yet (nog niemand).
    pub nobody: bool,
    /// Somebody of the family or its network.
    pub person: Option<PersonNode>,
    /// A professional.
    pub worker: Option<WorkerNode>,
}

impl ActionOwner {
    /// This worker.
    pub fn of_worker(worker: WorkerNode) -> Self {
        Self { nobody: false, person: None, worker: Some(worker) }
    }

    /// This person.
    pub(super) fn of_person(person: Option<PersonNode>) -> Self {
        Self { nobody: false, person, worker: None }
    }

    /// Whoever this is, as the viewer may see them.
    pub fn of(case: &CaseNode, owner: Owner) -> Self {
        match owner {
            Owner::Nobody => Self { nobody: true, person: None, worker: None },
            Owner::Person(person) => Self::of_person(case.person(person)),
            Owner::Worker(worker) => Self::of_worker(WorkerNode::new(worker, case.mandate().clone())),
        }
    }
}

/// An action of a plan.
pub struct ActionNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ActionView>,
    /// The day at which it waits; none in a plan that is frozen.
    day: Option<CivilDay>,
}

impl ActionNode {
    pub(super) fn new(case: &CaseNode, view: &ActionView, day: Option<CivilDay>) -> Option<Self> {
        let about = about(case, view.plan, &view.concerns);
        let view = granted(case.mandate(), ACTION, &about, view.clone(), |view| &view.action)?;
        Some(Self { case: case.clone(), about, view, day })
    }

    pub(super) fn owned(&self) -> Option<ActionOwner> {
        let mandate = self.case.mandate();
        let owner = plain(mandate, OWNER, &self.about, self.view.owner_to(knows(mandate))?)?;
        Some(ActionOwner::of(&self.case, owner))
    }

    pub(super) fn due_day(&self) -> Option<Day> {
        let due = self.view.due_to(knows(self.case.mandate()))?;
        plain(self.case.mandate(), ACTION, &self.about, &due.day).map(Day)
    }

    pub(super) fn overdue(&self) -> bool {
        self.day.is_some_and(|day| self.view.is_overdue(day, knows(self.case.mandate())))
    }
}

/// How an action ended.
#[derive(SimpleObject)]
pub struct ActionEnding {
    /// The day.
    day: Day,
    /// How. None of them blames anybody.
    outcome: ActionOutcome,
    /// More about it.
    words: Option<String>,
}

/// An action: what must happen, who does it, by when.
#[Object(name = "Action")]
impl ActionNode {
    /// Names the action.
    async fn id(&self) -> ID {
        id(self.view.action.value)
    }

    /// What must happen.
    async fn what(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), WHAT, &self.view.what))
    }

    /// Who does it. Absent: not for you to know.
    async fn owner(&self) -> Option<ActionOwner> {
        self.owned()
    }

    /// By when.
    async fn due(&self) -> Option<Day> {
        self.due_day()
    }

    /// Why it was moved to that day.
    async fn moved_because(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let reason = self.view.due_to(knows(self.case.mandate())).and_then(|due| due.reason.as_ref());
        Ok(reason.and_then(|kept| words(&session, self.case.mandate(), WHAT, kept)))
    }

    /// Whether that day has passed while it runs; in a plan that is frozen nothing waits.
    #[graphql(name = "overdue")]
    async fn is_overdue(&self) -> bool {
        self.overdue()
    }

    /// Where it went from this plan.
    async fn went(&self, ctx: &Context<'_>) -> Result<Option<Went>> {
        let session = Session::of(ctx)?;
        Ok(went(&session, &self.case, ACTION, &self.about, self.view.went.as_ref()))
    }

    /// For which goal.
    async fn goal_id(&self) -> Option<ID> {
        self.view.goal.map(id)
    }

    /// Whom it concerns.
    async fn concerns(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.concerns)
    }

    /// The day it was agreed.
    async fn agreed(&self) -> Day {
        Day(self.view.agreed)
    }

    /// How it ended.
    async fn ended(&self, ctx: &Context<'_>) -> Result<Option<ActionEnding>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let Some(ended) = self.view.ended_to(knows(mandate)) else { return Ok(None) };
        let outcome = plain(mandate, ACTION, &self.about, &ended.outcome);
        Ok(outcome.map(|outcome| ActionEnding {
            day: Day(ended.on),
            outcome: outcome.into(),
            words: ended.words.as_ref().and_then(|kept| words(&session, mandate, WHAT, kept)),
        }))
    }
}
