//! Consents of a case: a refusal is as much a fact as a grant.

use async_graphql::{Context, ID, Object, Result};
use domain::consent::WayOpen;
use domain::ids::Subject;
use projections::views::consents::{ConsentView, ExceptionView, QuestionView};

use super::case::CaseNode;
use super::enums::{Category, ConsentKind, Evidence, ExceptionGround, Standing, WordState};
use super::notices::{self, WithdrawalNoticeNode};
use super::people::{PersonNode, WayOpenNode};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, knows, note_lost, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

const CONSENT: Field = Field::new("consent", Topic::Consent);
const RECIPIENTS: Field = Field::new("consent.recipients", Topic::Consent);
const WORDS: Field = Field::new("consent.words", Topic::Consent);

/// One word of one giver about one subject.
pub struct ConsentNode {
    case: CaseNode,
    view: Granted<ConsentView>,
}

impl ConsentNode {
    /// A consent, if its audience holds the viewer.
    #[must_use]
    pub fn new(case: &CaseNode, view: ConsentView) -> Option<Self> {
        let about = [Subject::Person(view.giver), Subject::Person(view.subject)];
        let view = granted(case.mandate(), CONSENT, &about, view, |view| &view.consent)?;
        Some(Self { case: case.clone(), view })
    }
}

/// One word of one giver about one subject: a yes or a no.
#[Object(name = "Consent")]
impl ConsentNode {
    /// Names the consent.
    async fn id(&self) -> ID {
        id(self.view.consent.value)
    }

    /// Who spoke.
    async fn giver(&self) -> Option<PersonNode> {
        self.case.person(self.view.giver)
    }

    /// In which capacity, as judged when it was given.
    async fn standing(&self) -> Standing {
        self.view.standing.into()
    }

    /// Whose help or data it is about.
    async fn subject(&self) -> Option<PersonNode> {
        self.case.person(self.view.subject)
    }

    /// To what.
    async fn kind(&self) -> ConsentKind {
        self.view.kind.into()
    }

    /// Whether it is a no.
    async fn refused(&self) -> bool {
        self.view.refused
    }

    /// What for.
    async fn purpose(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.purpose.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Which data.
    async fn categories(&self) -> Vec<Category> {
        self.view.categories.iter().map(|category| (*category).into()).collect()
    }

    /// Which workers may receive or join.
    async fn recipients(&self) -> Vec<WorkerNode> {
        let about = [Subject::Person(self.view.subject)];
        let seen = plain(self.case.mandate(), RECIPIENTS, &about, &self.view.recipients).unwrap_or_default();
        seen.into_iter().map(|worker| WorkerNode::new(worker, self.case.mandate().clone())).collect()
    }

    /// First day; for a no the day it was said.
    async fn from(&self) -> Day {
        Day(self.view.from)
    }

    /// Last day, when agreed.
    async fn until(&self) -> Option<Day> {
        self.view.until.map(Day)
    }

    /// The day from which it no longer holds, when it was withdrawn.
    async fn withdrawn(&self) -> Option<Day> {
        let about = [Subject::Person(self.view.giver)];
        self.view.withdrawn.as_ref().and_then(|kept| plain(self.case.mandate(), CONSENT, &about, kept)).map(Day)
    }

    /// What was explained; for a no the reason, in their words.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// How it was given.
    async fn evidence(&self) -> Option<Evidence> {
        self.view.evidence.map(Into::into)
    }

    /// Who spoke in the giver's place, as their representative.
    async fn spoken_by(&self) -> Option<WorkerNode> {
        let about = [Subject::Person(self.view.subject)];
        let seen = plain(self.case.mandate(), RECIPIENTS, &about, self.view.by.as_ref()?)?;
        let by = seen.into_iter().next()?;
        Some(WorkerNode::new(by, self.case.mandate().clone()))
    }

    /// What became of it by the day looked at.
    async fn state(&self) -> WordState {
        self.view.state.into()
    }

    /// Whether it is a yes that holds on the day looked at.
    async fn holds(&self) -> bool {
        self.view.holds
    }

    /// Whether it also counts: the giver has standing on the day looked at.
    async fn counts(&self) -> bool {
        note_lost(self.case.mandate(), CONSENT, &self.view.values);
        self.view.counts
    }

    /// Who was told that something ended by this withdrawal, or by this no, and what became of it: for who directs.
    async fn notices(&self) -> Vec<WithdrawalNoticeNode> {
        notices::of(&self.case, &self.view)
    }

    /// What stays open after this no, or after this yes was withdrawn, until whoever said it says yes again or need not be asked any more.
    /// Named, never chosen. Empty for any other word, and for who may not know all that it follows from.
    async fn ways_open(&self, ctx: &Context<'_>) -> Result<Vec<WayOpenNode>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let Some(after) = &self.view.after_no else { return Ok(Vec::new()) };
        note_lost(mandate, WAYS, &self.view.values);
        let about = [Subject::Person(self.view.giver), Subject::Person(self.view.subject)];
        let ways: Vec<WayOpen> = after.ways_open(knows(mandate)).to_vec();
        let seen = mandate.see_plain(&self.view.consent, WAYS, &about, ways).known().unwrap_or_default();
        Ok(seen.into_iter().map(|way| WayOpenNode::new(&session, way)).collect())
    }
}

const WAYS: Field = Field::new("consent.waysOpen", Topic::Consent);
const QUESTION: Field = Field::new("consent.question", Topic::Consent);
const EXCEPTION: Field = Field::new("consent.exception", Topic::Consent);

/// A question for consent that waits for its answer.
pub struct QuestionNode {
    case: CaseNode,
    view: Granted<QuestionView>,
}

impl QuestionNode {
    /// A question, if its audience holds the viewer.
    #[must_use]
    pub fn new(case: &CaseNode, view: QuestionView) -> Option<Self> {
        let about = [Subject::Person(view.giver.value), Subject::Person(view.subject)];
        let view = granted(case.mandate(), QUESTION, &about, view, |view| &view.giver)?;
        Some(Self { case: case.clone(), view })
    }
}

/// A question for consent that waits for its answer: what that person says next to that kind of thing.
#[Object(name = "ConsentQuestion")]
impl QuestionNode {
    /// Who was asked.
    async fn giver(&self) -> Option<PersonNode> {
        self.case.person(self.view.giver.value)
    }

    /// Whose help or data it is about.
    async fn subject(&self) -> Option<PersonNode> {
        self.case.person(self.view.subject)
    }

    /// To what.
    async fn kind(&self) -> ConsentKind {
        self.view.kind.into()
    }

    /// What for.
    async fn purpose(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.purpose.as_ref().and_then(|kept| words(&session, self.case.mandate(), QUESTION, kept)))
    }

    /// What was explained, and why it was asked.
    async fn explained(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.explained.as_ref().and_then(|kept| words(&session, self.case.mandate(), QUESTION, kept)))
    }

    /// The day it was asked.
    async fn asked(&self) -> Day {
        Day(self.view.asked)
    }

    /// The day by which an answer was asked for.
    async fn answer_by(&self) -> Option<Day> {
        self.view.answer_by.map(Day)
    }
}

/// An exception that the law makes to asking for consent.
pub struct ExceptionNode {
    case: CaseNode,
    view: Granted<ExceptionView>,
}

impl ExceptionNode {
    /// An exception, if its audience holds the viewer.
    #[must_use]
    pub fn new(case: &CaseNode, view: ExceptionView) -> Option<Self> {
        let about = [Subject::Person(view.subject)];
        let view = granted(case.mandate(), EXCEPTION, &about, view, |view| &view.exception)?;
        Some(Self { case: case.clone(), view })
    }
}

/// An exception that the law makes to asking for consent: the ground somebody found, and the days it holds.
#[Object(name = "ConsentException")]
impl ExceptionNode {
    /// Names the exception.
    async fn id(&self) -> ID {
        id(self.view.exception.value)
    }

    /// Whose help or data it is about.
    async fn subject(&self) -> Option<PersonNode> {
        self.case.person(self.view.subject)
    }

    /// On which ground.
    async fn ground(&self) -> Option<ExceptionGround> {
        personal(self.case.mandate(), EXCEPTION, &self.view.ground).known().map(|ground| (*ground).into())
    }

    /// Why the ground is there.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), EXCEPTION, &self.view.reason))
    }

    /// First day.
    async fn from(&self) -> Day {
        Day(self.view.from)
    }

    /// Last day, when known.
    async fn until(&self) -> Option<Day> {
        self.view.until.map(Day)
    }
}
