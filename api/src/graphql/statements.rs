//! What people said, as theirs; what authorities established; and what somebody says in answer to a passage, wherever that is shown (rule 30).

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{EventId, PersonId, Subject};
use projections::views::statements::{self as views, AnswerView, FindingView, SpokenBy, StatementView, TestedView};

use super::case::CaseNode;
use super::enums::{FindingAuthority, StatementRecognised};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
pub const TOPIC: Topic = Topic::Statement;

const STATEMENT: Field = Field::new("statement", TOPIC);
const WORDS: Field = Field::new("statement.words", TOPIC);
const TESTED: Field = Field::new("statement.tested", TOPIC);
const FINDING: Field = Field::new("finding", TOPIC);
const FINDING_WORDS: Field = Field::new("finding.words", TOPIC);

/// The name in the trail of what answers a passage; about whatever the passage is about.
const ANSWER: &str = "statement.answer";

fn persons(ids: &[PersonId]) -> Vec<Subject> {
    ids.iter().copied().map(Subject::Person).collect()
}

/// What people said, as far as the viewer may know.
pub fn said(session: &Session<'_>, case: &CaseNode) -> Vec<StatementNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::statements).into_iter().filter_map(|view| StatementNode::new(case, view)).collect()
}

/// What authorities established, as far as the viewer may know.
pub fn found(session: &Session<'_>, case: &CaseNode) -> Vec<FindingNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::findings).into_iter().filter_map(|view| FindingNode::new(case, view)).collect()
}

/// What somebody says in answer to this fact, for whoever may see it where it stands: about this, of these.
///
/// # Errors
/// When the request has no session.
pub fn answers_to(
    ctx: &Context<'_>,
    case: &CaseNode,
    passage: EventId,
    topic: Topic,
    about: &[Subject],
) -> Result<Vec<AnswerNode>> {
    let session = Session::of(ctx)?;
    let all = case.views().answers.get(|| case.read(&session, views::answers));
    let given = all.get(&passage).into_iter().flatten().cloned();
    Ok(given.filter_map(|view| AnswerNode::new(case, view, topic, about)).collect())
}

/// What somebody says in answer to a passage.
pub struct AnswerNode {
    case: CaseNode,
    view: Granted<AnswerView>,
    topic: Topic,
}

impl AnswerNode {
    fn new(case: &CaseNode, view: AnswerView, topic: Topic, about: &[Subject]) -> Option<Self> {
        let view = granted(case.mandate(), Field::new(ANSWER, topic), about, view, |view| &view.statement)?;
        Some(Self { case: case.clone(), view, topic })
    }
}

/// What somebody of the case says in answer to a passage: shown wherever the passage is.
#[Object(name = "PassageAnswer")]
impl AnswerNode {
    /// Names the statement.
    async fn statement_id(&self) -> ID {
        id(self.view.statement.value)
    }

    /// Who says it.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let field = Field::new(ANSWER, self.topic);
        Ok(words(&Session::of(ctx)?, self.case.mandate(), field, &self.view.words))
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }
}

/// What somebody said.
pub struct StatementNode {
    case: CaseNode,
    view: Granted<StatementView>,
}

impl StatementNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: StatementView) -> Option<Self> {
        let about = Self::about(&view);
        let view = granted(case.mandate(), STATEMENT, &about, view, |view| &view.statement)?;
        Some(Self { case: case.clone(), view })
    }

    fn about(view: &StatementView) -> Vec<Subject> {
        let spoke = match &view.speaker {
            SpokenBy::Person(person) => Some(Subject::Person(*person)),
            SpokenBy::Worker(_) | SpokenBy::Outside(_) => None,
        };
        persons(&view.about).into_iter().chain(spoke).collect()
    }
}

/// What somebody said, as theirs. Nothing here says whether it is true.
#[Object(name = "Statement")]
impl StatementNode {
    /// Names the statement.
    async fn id(&self) -> ID {
        id(self.view.statement.value)
    }

    /// Names the fact.
    async fn fact_id(&self) -> ID {
        id(self.view.statement.fact)
    }

    /// Who said it, when of the case.
    async fn speaker(&self) -> Option<PersonNode> {
        match &self.view.speaker {
            SpokenBy::Person(person) => self.case.person(*person),
            SpokenBy::Worker(_) | SpokenBy::Outside(_) => None,
        }
    }

    /// Which professional said it: also an own reading, to be tested.
    async fn professional(&self) -> Option<WorkerNode> {
        match &self.view.speaker {
            SpokenBy::Worker(worker) => Some(WorkerNode::new(*worker, self.case.mandate().clone())),
            SpokenBy::Person(_) | SpokenBy::Outside(_) => None,
        }
    }

    /// Who else said it.
    async fn outside(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(match &self.view.speaker {
            SpokenBy::Outside(who) => words(&session, self.case.mandate(), WORDS, who),
            SpokenBy::Person(_) | SpokenBy::Worker(_) => None,
        })
    }

    /// About whom of the case.
    #[graphql(name = "about")]
    async fn about_whom(&self) -> Vec<PersonNode> {
        self.view.about.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// The words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), WORDS, &self.view.words))
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// Which worker heard or read it.
    async fn heard_by(&self) -> WorkerNode {
        WorkerNode::new(self.view.heard_by, self.case.mandate().clone())
    }

    /// Through whom of the case it was heard, when not from the speaker.
    async fn told_by(&self) -> Option<PersonNode> {
        self.case.person(self.view.told_by?)
    }

    /// In which contact.
    async fn contact_id(&self) -> Option<ID> {
        self.view.contact.map(id)
    }

    /// The fact that it answers.
    async fn answers_fact(&self) -> Option<ID> {
        self.view.answers.map(id)
    }

    /// With whom it was tested.
    async fn tested(&self) -> Vec<TestedNode> {
        let tested = |kept: &projections::views::Kept<TestedView>| {
            let about = [Subject::Person(kept.value.with)];
            let view = granted(self.case.mandate(), TESTED, &about, kept.clone(), |kept| kept)?;
            Some(TestedNode { case: self.case.clone(), view })
        };
        self.view.tested.iter().filter_map(tested).collect()
    }

    /// What somebody of the case says in answer to it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<AnswerNode>> {
        answers_to(ctx, &self.case, self.view.statement.fact, TOPIC, &Self::about(&self.view))
    }
}

/// That a statement was tested with somebody whom it is about.
pub struct TestedNode {
    case: CaseNode,
    view: Granted<projections::views::Kept<TestedView>>,
}

/// That a statement was tested with somebody whom it is about.
#[Object(name = "StatementTest")]
impl TestedNode {
    /// With whom.
    #[graphql(name = "with")]
    async fn with_whom(&self) -> Option<PersonNode> {
        self.case.person(self.view.value.with)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.value.day)
    }

    /// Whether they recognise it.
    async fn recognised(&self) -> Option<StatementRecognised> {
        let seen = personal(self.case.mandate(), TESTED, &self.view.value.recognised);
        seen.known().map(|recognised| (*recognised).into())
    }

    /// In their words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.value.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), TESTED, kept)))
    }
}

/// What an authority established.
pub struct FindingNode {
    case: CaseNode,
    view: Granted<FindingView>,
}

impl FindingNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: FindingView) -> Option<Self> {
        let about = persons(&view.about);
        let view = granted(case.mandate(), FINDING, &about, view, |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What an authority established, as theirs, with the day and the source.
#[Object(name = "Finding")]
impl FindingNode {
    /// Names the fact.
    async fn id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// Which kind of authority.
    async fn authority(&self) -> FindingAuthority {
        self.view.authority.into()
    }

    /// Which one.
    async fn body(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.body.as_ref().and_then(|kept| words(&session, self.case.mandate(), FINDING_WORDS, kept)))
    }

    /// About whom of the case.
    async fn about(&self) -> Vec<PersonNode> {
        self.view.about.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// What it established, in its words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), FINDING_WORDS, &self.view.words))
    }

    /// The day on which it did.
    async fn established(&self) -> Day {
        Day(self.view.established)
    }

    /// Where that stands.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), FINDING_WORDS, &self.view.source))
    }

    /// What somebody of the case says in answer to it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<AnswerNode>> {
        answers_to(ctx, &self.case, self.view.fact.fact, TOPIC, &persons(&self.view.about))
    }
}
