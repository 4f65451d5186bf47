//! What is done with schools: intakes, what was weighed, questions with who answers and by when.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{PersonId, Subject};
use projections::views::school::{EndedView, IntakeView, SchoolQuestionView, TriageView, intakes, questions, triages};
use projections::views::{Kept, Reading};

use super::case::CaseNode;
use super::conferences::Who;
use super::enums::{IntakeSide, QuestionEnd, TriageOutcome};
use super::people::PersonNode;
use super::plans::{ActionOwner, Responsibility, ResponsibilityKind};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What is done with schools, for the policy.
pub const TOPIC: Topic = Topic::School;

const INTAKE: Field = Field::new("school.intake", TOPIC);
const TRIAGE: Field = Field::new("school.triage", TOPIC);
const QUESTION: Field = Field::new("school.question", TOPIC);
const OWNER: Field = Field::new("school.question.owner", TOPIC);
const ENDED: Field = Field::new("school.question.ended", TOPIC);

/// What is done with schools in a case, as far as the viewer may know.
pub struct SchoolNode {
    case: CaseNode,
}

impl SchoolNode {
    /// Of this case.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }

    /// Not worked out at all for whoever may see none.
    fn views<V>(&self, session: &Session<'_>, view: impl FnOnce(&Reading<'_>) -> Vec<V>) -> Vec<V> {
        if self.case.mandate().covers(TOPIC) { self.case.read(session, view) } else { Vec::new() }
    }

    fn question_nodes(&self, session: &Session<'_>) -> Vec<SchoolQuestionNode> {
        let node = |view| {
            let view = of(&self.case, QUESTION, view, |view: &SchoolQuestionView| (view.child, &view.question))?;
            Some(SchoolQuestionNode { case: self.case.clone(), view })
        };
        self.views(session, questions).into_iter().filter_map(node).collect()
    }

    /// Questions that wait, as lines of the responsibility board.
    pub fn questions_waiting(&self, session: &Session<'_>) -> Vec<Responsibility> {
        let line = |question: SchoolQuestionNode| {
            let owner = question.owned().map(ActionOwner::of_worker);
            let (due, overdue) = (Some(Day(question.view.by)), question.view.overdue);
            let line = Responsibility::of(ResponsibilityKind::SchoolQuestion, owner);
            Responsibility { due, overdue, school_question: Some(question), ..line }
        };
        let waiting = self.question_nodes(session).into_iter().filter(|question| question.ended().is_none());
        waiting.map(line).collect()
    }
}

/// What is done with schools: intakes, what was weighed, and what schools asked.
#[Object(name = "School")]
impl SchoolNode {
    /// Intakes with a school, in the order of their days.
    async fn intakes(&self, ctx: &Context<'_>) -> Result<Vec<IntakeNode>> {
        let session = Session::of(ctx)?;
        let views = self.views(&session, intakes);
        let node = |view| {
            let view = of(&self.case, INTAKE, view, |view: &IntakeView| (view.child, &view.intake))?;
            Some(IntakeNode { case: self.case.clone(), view })
        };
        Ok(views.into_iter().filter_map(node).collect())
    }

    /// What was weighed between what a school can do and what is asked.
    async fn triages(&self, ctx: &Context<'_>) -> Result<Vec<TriageNode>> {
        let session = Session::of(ctx)?;
        let views = self.views(&session, triages);
        let node = |view| {
            let view = of(&self.case, TRIAGE, view, |view: &TriageView| (view.child, &view.triage))?;
            Some(TriageNode { case: self.case.clone(), view })
        };
        Ok(views.into_iter().filter_map(node).collect())
    }

    /// What schools asked: those that wait only, or all.
    async fn questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that wait.", default)] open: bool,
    ) -> Result<Vec<SchoolQuestionNode>> {
        let nodes = self.question_nodes(&Session::of(ctx)?).into_iter();
        Ok(nodes.filter(|node| !open || node.ended().is_none()).collect())
    }
}

/// For whoever may know the fact.
fn of<V, T>(case: &CaseNode, field: Field, view: V, parts: impl Fn(&V) -> (PersonId, &Kept<T>)) -> Option<Granted<V>> {
    let about = [Subject::Person(parts(&view).0)];
    granted(case.mandate(), field, &about, view, |view| parts(view).1)
}

/// Somebody who was there at an intake.
#[derive(SimpleObject)]
pub struct IntakePresent {
    /// Somebody of the family.
    person: Option<PersonNode>,
    /// A professional.
    worker: Option<WorkerNode>,
    /// Somebody else.
    outside: Option<String>,
    /// From which side.
    side: IntakeSide,
}

/// What one side expects of the others.
#[derive(SimpleObject)]
pub struct IntakeExpectation {
    /// Whose.
    side: IntakeSide,
    /// What.
    what: Option<String>,
}

/// An intake with a school.
pub struct IntakeNode {
    case: CaseNode,
    view: Granted<IntakeView>,
}

/// An intake with a school: held together, otherwise parents commit less.
#[Object(name = "SchoolIntake")]
impl IntakeNode {
    /// Names the intake.
    async fn id(&self) -> ID {
        id(self.view.intake.value)
    }

    /// Names the fact: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.intake.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// The pupil.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child)
    }

    /// Who was there, and from which side.
    async fn present(&self, ctx: &Context<'_>) -> Result<Vec<IntakePresent>> {
        let session = Session::of(ctx)?;
        let present = self.view.present.iter().map(|(who, side)| {
            let Who { person, worker, outside } = Who::of(&session, &self.case, INTAKE, who);
            IntakePresent { person, worker, outside, side: (*side).into() }
        });
        Ok(present.collect())
    }

    /// How they keep in touch: at home, by phone.
    async fn contact_forms(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.contact_forms.as_ref().and_then(|kept| words(&session, self.case.mandate(), INTAKE, kept)))
    }

    /// When and how they look back together.
    async fn feedback(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.feedback.as_ref().and_then(|kept| words(&session, self.case.mandate(), INTAKE, kept)))
    }

    /// What each side expects of the others.
    async fn expectations(&self, ctx: &Context<'_>) -> Result<Vec<IntakeExpectation>> {
        let session = Session::of(ctx)?;
        let expected = self.view.expectations.iter().map(|(side, what)| IntakeExpectation {
            side: (*side).into(),
            what: words(&session, self.case.mandate(), INTAKE, what),
        });
        Ok(expected.collect())
    }

    /// What came out of it, in a sentence.
    #[graphql(name = "words")]
    async fn in_a_sentence(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), INTAKE, &self.view.words))
    }
}

/// What was weighed.
pub struct TriageNode {
    case: CaseNode,
    view: Granted<TriageView>,
}

/// What was weighed between what a school can do and what is asked beyond that.
#[Object(name = "ArrangementTriage")]
impl TriageNode {
    /// Names the weighing.
    async fn id(&self) -> ID {
        id(self.view.triage.value)
    }

    /// Names the fact: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.triage.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// The pupil.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child)
    }

    /// What the school can do.
    async fn school_can(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TRIAGE, &self.view.school_can))
    }

    /// What is asked beyond that.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TRIAGE, &self.view.asked))
    }

    /// Whether there is a question at home as well.
    async fn home_question(&self) -> Option<bool> {
        personal(self.case.mandate(), TRIAGE, &self.view.home_question).known().copied()
    }

    /// What came of it.
    async fn outcome(&self) -> Option<TriageOutcome> {
        let outcome = personal(self.case.mandate(), TRIAGE, &self.view.outcome).known().copied();
        outcome.map(Into::into)
    }

    /// Of another route: which.
    async fn route(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.route.as_ref().and_then(|kept| words(&session, self.case.mandate(), TRIAGE, kept)))
    }
}

/// A question of a school.
pub struct SchoolQuestionNode {
    case: CaseNode,
    view: Granted<SchoolQuestionView>,
}

impl SchoolQuestionNode {
    fn about(&self) -> [Subject; 1] {
        [Subject::Person(self.view.child)]
    }

    fn owned(&self) -> Option<WorkerNode> {
        let owner = plain(self.case.mandate(), OWNER, &self.about(), &self.view.owner)?;
        Some(WorkerNode::new(owner, self.case.mandate().clone()))
    }

    fn ended(&self) -> Option<EndedView> {
        plain(self.case.mandate(), ENDED, &self.about(), self.view.ended.as_ref()?)
    }
}

/// A question of a school about a pupil. That it was answered shares nothing by itself.
#[Object(name = "SchoolQuestion")]
impl SchoolQuestionNode {
    /// Names the question.
    async fn id(&self) -> ID {
        id(self.view.question.value)
    }

    /// Names the fact: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.question.fact)
    }

    /// The day on which it was asked.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// The pupil.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child)
    }

    /// Who of the family asked it for the school.
    async fn asked_by(&self, ctx: &Context<'_>) -> Result<Option<PersonNode>> {
        Ok(Who::of(&Session::of(ctx)?, &self.case, QUESTION, &self.view.asked_by).person)
    }

    /// Which professional asked it.
    async fn asked_by_worker(&self, ctx: &Context<'_>) -> Result<Option<WorkerNode>> {
        Ok(Who::of(&Session::of(ctx)?, &self.case, QUESTION, &self.view.asked_by).worker)
    }

    /// Who else asked it: the teacher, the head of the school.
    async fn asked_by_other(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Who::of(&Session::of(ctx)?, &self.case, QUESTION, &self.view.asked_by).outside)
    }

    /// What was asked.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), QUESTION, &self.view.words))
    }

    /// Whether somebody calls back.
    async fn call_back(&self) -> bool {
        self.view.call_back
    }

    /// Who answers.
    async fn owner(&self) -> Option<WorkerNode> {
        self.owned()
    }

    /// What was said when it was handed over last.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.note.as_ref().and_then(|kept| words(&session, self.case.mandate(), OWNER, kept)))
    }

    /// By which day.
    async fn by(&self) -> Day {
        Day(self.view.by)
    }

    /// Whether its day has passed while it waits.
    async fn overdue(&self) -> bool {
        self.view.overdue
    }

    /// How it ended. Absent while it waits.
    #[graphql(name = "ended")]
    async fn how_ended(&self) -> Option<QuestionEnd> {
        self.ended().map(|ended| ended.how.into())
    }

    /// The day on which it ended.
    async fn ended_on(&self) -> Option<Day> {
        self.ended().map(|ended| Day(ended.day))
    }

    /// Who answered.
    async fn answered_by(&self) -> Option<WorkerNode> {
        let worker = self.ended()?.answered_by;
        Some(WorkerNode::new(worker, self.case.mandate().clone()))
    }

    /// The answer in words.
    async fn answer(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.ended().and_then(|ended| ended.words);
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), ENDED, &kept)))
    }
}
