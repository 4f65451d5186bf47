//! Contact moments, what was promised in them, and the balance of contacts.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{PersonId, Subject};
use projections::views::Kept;
use projections::views::contacts::{self as views, BalanceView, ContactView, PromiseView, SettledView};

use super::case::CaseNode;
use super::enums::{ContactAnswer, ContactDirection, ContactMedium, ContactVerification, PromiseEnd, PromiseKind};
use super::input::Read;
use super::people::PersonNode;
use super::plans::{ActionOwner, Responsibility, ResponsibilityKind};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, plain, words};
use super::statements::{AnswerNode, answers_to};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What contacts are about, for the policy.
pub const TOPIC: Topic = Topic::Contact;

const CONTACT: Field = Field::new("contact", TOPIC);
const WORDS: Field = Field::new("contact.words", TOPIC);
const PROMISE: Field = Field::new("contact.promise", TOPIC);
const SETTLED: Field = Field::new("contact.promise.settled", TOPIC);
const BALANCE: Field = Field::new("contact.balance", TOPIC);

/// Contact moments that the viewer may know of: with everyone, or with one person.
///
/// # Errors
/// When the person is no id.
pub fn all(session: &Session<'_>, case: &CaseNode, person: Option<&ID>) -> Result<Vec<ContactNode>> {
    let person: Option<PersonId> = session.read(|| person.map(|person| person.read("person")).transpose())?;
    let with = |view: &&ContactView| person.is_none_or(|person| view.with.contains(&person));
    let held = held(session, case).iter().filter(with).cloned();
    Ok(held.filter_map(|view| ContactNode::new(case, view)).collect())
}

/// Promises that wait, as far as the viewer may know, by their day.
pub fn open_promises(session: &Session<'_>, case: &CaseNode) -> Vec<PromiseNode> {
    let promises = held(session, case).iter().flat_map(|contact| contact.promises.iter().cloned());
    let open = promises.filter_map(|view| PromiseNode::new(case, view)).filter(PromiseNode::waits);
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|promise| (promise.said().by.is_none(), promise.said().by));
    open
}

/// Promises that wait, as lines of the responsibility board: whoever promised something owns it.
pub fn promises_waiting(session: &Session<'_>, case: &CaseNode) -> Vec<Responsibility> {
    let line = |promise: PromiseNode| {
        let said = promise.said();
        let owner = ActionOwner::of_worker(WorkerNode::new(said.worker, case.mandate().clone()));
        let (due, overdue) = (said.by.map(Day), said.overdue);
        let line = Responsibility::of(ResponsibilityKind::Promise, Some(owner));
        Responsibility { due, overdue, promise: Some(promise), ..line }
    };
    open_promises(session, case).into_iter().map(line).collect()
}

/// The balance of contacts with those whom the viewer may know.
pub fn balance(session: &Session<'_>, case: &CaseNode) -> Vec<BalanceNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::balance).iter().filter_map(|view| BalanceNode::new(case, view)).collect()
}

/// Worked out once for the answer, and not at all for whoever may see none.
fn held<'c>(session: &Session<'_>, case: &'c CaseNode) -> &'c [ContactView] {
    if !case.mandate().covers(TOPIC) {
        return &[];
    }
    case.views().contacts.get(|| case.read(session, views::contacts))
}

fn persons(ids: &[PersonId]) -> Vec<Subject> {
    ids.iter().copied().map(Subject::Person).collect()
}

fn shown(case: &CaseNode, ids: &[PersonId]) -> Vec<PersonNode> {
    ids.iter().filter_map(|person| case.person(*person)).collect()
}

/// A contact moment.
pub struct ContactNode {
    case: CaseNode,
    view: Granted<ContactView>,
}

impl ContactNode {
    /// A contact, for whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ContactView) -> Option<Self> {
        let about = persons(&view.with);
        let view = granted(case.mandate(), CONTACT, &about, view, |view| &view.contact)?;
        Some(Self { case: case.clone(), view })
    }

    fn said(
        &self,
        ctx: &Context<'_>,
        kept: Option<&Kept<domain::personal::Personal<domain::text::Text>>>,
    ) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }
}

/// A contact moment: with whom, what was asked, said and promised. One line is enough.
#[Object(name = "Contact")]
impl ContactNode {
    /// Names the contact.
    async fn id(&self) -> ID {
        id(self.view.contact.value)
    }

    /// Names the fact: what a correction, a change of audience or an answer may name.
    async fn fact_id(&self) -> ID {
        id(self.view.contact.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// With whom of the case.
    #[graphql(name = "with")]
    async fn with_whom(&self) -> Vec<PersonNode> {
        shown(&self.case, &self.view.with)
    }

    /// With whom else.
    async fn other(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.other.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// About whom else of the case.
    async fn about(&self) -> Vec<PersonNode> {
        shown(&self.case, &self.view.about)
    }

    /// Which worker had it.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// Who sought it.
    async fn direction(&self) -> Option<ContactDirection> {
        self.view.direction.map(Into::into)
    }

    /// By which way.
    async fn medium(&self) -> Option<ContactMedium> {
        self.view.medium.map(Into::into)
    }

    /// How it was made sure who it was.
    async fn verified(&self) -> Option<ContactVerification> {
        self.view.verified.map(Into::into)
    }

    /// What was said, in a sentence.
    #[graphql(name = "said")]
    async fn what_was_said(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, Some(&self.view.said))
    }

    /// What was asked.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.view.asked.as_ref())
    }

    /// What became of what was asked.
    async fn answer(&self) -> Option<ContactAnswer> {
        self.view.answer.map(Into::into)
    }

    /// The answer in words.
    async fn answered(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.view.answered.as_ref())
    }

    /// What was promised.
    async fn promises(&self) -> Vec<PromiseNode> {
        let promises = self.view.promises.iter().cloned();
        promises.filter_map(|view| PromiseNode::new(&self.case, view)).collect()
    }

    /// What somebody of the case says in answer to it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<AnswerNode>> {
        answers_to(ctx, &self.case, self.view.contact.fact, TOPIC, &persons(&self.view.with))
    }
}

/// Something promised in a contact.
pub struct PromiseNode {
    case: CaseNode,
    view: Granted<PromiseView>,
}

impl PromiseNode {
    /// A promise, for whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: PromiseView) -> Option<Self> {
        let about = persons(&view.to);
        let view = granted(case.mandate(), PROMISE, &about, view, |view| &view.promise)?;
        Some(Self { case: case.clone(), view })
    }

    fn end(&self) -> Option<SettledView> {
        let kept = self.view.settled.as_ref()?;
        plain(self.case.mandate(), SETTLED, &persons(&self.view.to), kept)
    }

    /// What was promised, as the viewer may see it.
    pub fn promised(&self, session: &Session<'_>) -> Option<String> {
        self.view.what.as_ref().and_then(|kept| words(session, self.case.mandate(), PROMISE, kept))
    }

    /// What stands in it.
    pub fn said(&self) -> &PromiseView {
        &self.view
    }

    /// Whether it waits, as far as the viewer may know.
    pub fn waits(&self) -> bool {
        self.end().is_none()
    }
}

/// Something promised in a contact: to call back, or something else.
#[Object(name = "Promise")]
impl PromiseNode {
    /// Names the promise.
    async fn id(&self) -> ID {
        id(self.view.promise.value)
    }

    /// In which contact.
    async fn contact_id(&self) -> ID {
        id(self.view.contact)
    }

    /// To whom of the case.
    async fn to(&self) -> Vec<PersonNode> {
        shown(&self.case, &self.view.to)
    }

    /// The day on which it was made.
    async fn made(&self) -> Day {
        Day(self.view.made)
    }

    /// To call back, or something else.
    async fn kind(&self) -> PromiseKind {
        self.view.kind.into()
    }

    /// What.
    async fn what(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.promised(&Session::of(ctx)?))
    }

    /// By which day.
    async fn by(&self) -> Option<Day> {
        self.view.by.map(Day)
    }

    /// Who does it.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker, self.case.mandate().clone())
    }

    /// How it ended. Absent while it waits.
    async fn ended(&self) -> Option<PromiseEnd> {
        self.end().map(|settled| settled.how.into())
    }

    /// The day on which it ended.
    async fn ended_on(&self) -> Option<Day> {
        self.end().map(|settled| Day(settled.day))
    }

    /// More about how it ended.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let note = self.end().and_then(|settled| settled.note);
        Ok(note.and_then(|kept| words(&session, self.case.mandate(), SETTLED, &kept)))
    }

    /// Whether its day has passed while it waits.
    async fn overdue(&self) -> bool {
        self.view.overdue
    }
}

/// How often and how long ago there was contact with somebody.
pub struct BalanceNode {
    case: CaseNode,
    person: PersonId,
    /// The days of those contacts that the viewer may know of.
    days: Vec<domain::time::CivilDay>,
}

impl BalanceNode {
    /// For a parent or a child whom the viewer may know to be in the case.
    #[must_use]
    pub fn new(case: &CaseNode, view: &BalanceView) -> Option<Self> {
        case.person(view.person.value)?;
        let about = persons(&[view.person.value]);
        let days = view.contacts.iter().filter_map(|kept| plain(case.mandate(), BALANCE, &about, kept)).collect();
        Some(Self { case: case.clone(), person: view.person.value, days })
    }
}

/// How often there was contact with a parent or a child, and how long ago the last was. Numbers and days: no score.
#[Object(name = "ContactBalance")]
impl BalanceNode {
    /// With whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.person)
    }

    /// How many contacts you may know of.
    async fn contacts(&self) -> i32 {
        i32::try_from(self.days.len()).unwrap_or(i32::MAX)
    }

    /// The day of the last.
    async fn last(&self) -> Option<Day> {
        self.days.iter().max().copied().map(Day)
    }

    /// How many days have passed since the last, on the day looked at.
    async fn days_since(&self) -> Option<i32> {
        let last = *self.days.iter().max()?;
        i32::try_from((self.case.day().date() - last.date()).num_days()).ok()
    }
}
