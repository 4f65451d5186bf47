//! The crisis card of a child: for its director and deputy, for whoever is on call for the municipality, and in an emergency. The one
//! question that is answered also when the trail cannot be written (`trail::CRISIS_CARD`); so a card leads to nothing else of the case.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::fact::Audience;
use domain::ids::{CaseId, PersonId, Subject, WorkerId};
use domain::personal::Personal;
use domain::plan::Owner;
use domain::rejection::Detail;
use domain::text::{Name, Text};
use domain::time::Timestamp;
use projections::views::Kept;
use projections::views::crisis::{CardView, ToCall, card};

use super::case::CaseNode;
use super::input::Read;
use super::printed::{Part, page};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, organisation, plain, words};
use crate::gate::{Field, Topic};
use crate::trail::CRISIS_CARD;

const CARD: Field = Field::new("crisisCard", Topic::Crisis);
const NAME: Field = Field::new("crisisCard.name", Topic::Crisis);
const SLEEPS: Field = Field::new("crisisCard.sleeps", Topic::Crisis);
const CALL: Field = Field::new("crisisCard.call", Topic::Crisis);
const DO_NOT_CALL: Field = Field::new("crisisCard.doNotCall", Topic::Crisis);
const AGREEMENTS: Field = Field::new("crisisCard.agreements", Topic::Crisis);
const RULINGS: Field = Field::new("crisisCard.rulings", Topic::Crisis);
const DIRECTOR: Field = Field::new("crisisCard.director", Topic::Crisis);
const PLAN: Field = Field::new("crisisCard.plan", Topic::Crisis);

/// A worker to call.
#[derive(SimpleObject, Clone)]
pub struct CardContact {
    /// The name. Absent when the identity provider never introduced them.
    name: Option<String>,
    /// The organisation, by its short name.
    organisation: String,
}

/// What somebody does by the crisis plan.
#[derive(SimpleObject, Clone)]
pub struct CardAction {
    /// What.
    what: Option<String>,
    /// Who does it, by name. Absent when nobody does yet, or the name is not known.
    owner: Option<String>,
    /// Whether nobody does it yet (nog niemand).
    nobody_yet: bool,
}

/// What a crisis card shows of the crisis plan: who does what, as was agreed in calm days.
#[derive(SimpleObject, Clone)]
pub struct CardPlan {
    /// The day on which the plan was written.
    written: Option<Day>,
    /// Whether nobody looked at it for the term. Then it says nothing more: call the case director.
    stale: bool,
    /// Whether an action has no owner.
    incomplete: bool,
    /// Who does what. Nothing of a stale plan.
    actions: Vec<CardAction>,
}

/// The crisis card of a child.
pub struct CrisisCardNode {
    case: CaseNode,
    view: Granted<CardView>,
    now: Timestamp,
}

/// One part of a card.
type Words = Option<Kept<Personal<Text>>>;

impl CrisisCardNode {
    fn new(case: &CaseNode, view: CardView, now: Timestamp) -> Option<Self> {
        let about = [Subject::Person(view.child.value)];
        let view = granted(case.mandate(), CARD, &about, view, |view| &view.child)?;
        Some(Self { case: case.clone(), view, now })
    }

    fn said(&self, session: &Session<'_>, field: Field, part: Option<&Kept<Personal<Text>>>) -> Option<String> {
        words(session, self.case.mandate(), field, part?)
    }

    fn child_name(&self, session: &Session<'_>) -> Option<String> {
        words(session, self.case.mandate(), NAME, self.view.name.as_ref()?)
    }

    fn part(
        &self,
        pick: impl FnOnce(&projections::views::crisis::CardWords) -> &Words,
    ) -> Option<&Kept<Personal<Text>>> {
        self.view.words.as_ref().and_then(|words| pick(words).as_ref())
    }

    fn call_first(&self) -> Option<&Kept<Personal<Text>>> {
        self.view.words.as_ref().map(|words| &words.call)
    }

    /// By the card's own readers: whoever may read it may know whom to call about the case.
    async fn contact(&self, session: &Session<'_>, to_call: Option<&ToCall>) -> Result<Option<CardContact>> {
        let Some(ToCall { worker, organisation: of }) = to_call else { return Ok(None) };
        let name = self.name_of(session, *worker).await?;
        Ok(Some(CardContact { name, organisation: organisation(of) }))
    }

    async fn name_of(&self, session: &Session<'_>, worker: WorkerId) -> Result<Option<String>> {
        let loaded = session.services().workers.load(worker.as_uuid()).await;
        let loaded = loaded.map_err(|error| session.unreadable(&error))?;
        let Some(known) = &loaded.history.state().known else { return Ok(None) };
        let seen = self.case.mandate().see(&Audience::Case, DIRECTOR, &known.name);
        Ok(seen.known().map(|name| name.as_str().to_owned()))
    }

    async fn action(&self, session: &Session<'_>, view: &projections::views::crisis::CardAction) -> Result<CardAction> {
        let owner = match view.owner {
            Owner::Worker(worker) => self.name_of(session, worker).await?,
            Owner::Person(_) | Owner::Nobody => self.said_name(session, view.name.as_ref()),
        };
        let what = words(session, self.case.mandate(), PLAN, &view.what);
        Ok(CardAction { what, owner, nobody_yet: view.owner == Owner::Nobody })
    }

    fn said_name(&self, session: &Session<'_>, name: Option<&Kept<Personal<Name>>>) -> Option<String> {
        words(session, self.case.mandate(), NAME, name?)
    }

    /// Who does what by the crisis plan, as lines to print.
    async fn plan_lines(&self, session: &Session<'_>) -> Result<Option<String>> {
        let Some(plan) = &self.view.plan else { return Ok(None) };
        let mut lines = Vec::new();
        for view in &plan.actions {
            let CardAction { what, owner, .. } = self.action(session, view).await?;
            lines.extend(what.map(|what| match owner {
                Some(owner) => format!("{owner}: {what}"),
                None => what,
            }));
        }
        Ok((!lines.is_empty()).then(|| lines.join("; ")))
    }

    /// What the card says of rulings, with the day it was written: a ruling can start or end while the card still holds.
    fn rulings_lines(&self, session: &Session<'_>) -> Option<String> {
        let said = self.said(session, RULINGS, self.part(|words| &words.rulings));
        let key = if self.view.rulings_changed { "card-rulings-changed" } else { "card-rulings-as-written" };
        let note = session.locale().sentence(key, &[("written", Detail::Day(self.view.written))]);
        match said {
            Some(said) => Some(format!("{said}\n{note}")),
            None => self.view.rulings_changed.then_some(note),
        }
    }

    fn expired(&self) -> bool {
        self.view.words.is_none()
    }
}

/// The crisis card of a child: what whoever is called in the night must know, on one page.
#[Object(name = "CrisisCard")]
impl CrisisCardNode {
    /// The child.
    async fn child_id(&self) -> ID {
        id(self.view.child.value)
    }

    /// What people call the child.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.child_name(&Session::of(ctx)?))
    }

    /// Where the child sleeps.
    async fn sleeps(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.said(&Session::of(ctx)?, SLEEPS, self.part(|words| &words.sleeps)))
    }

    /// Whom to call, with numbers.
    async fn call(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.said(&Session::of(ctx)?, CALL, self.call_first()))
    }

    /// Whom not to call.
    async fn do_not_call(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.said(&Session::of(ctx)?, DO_NOT_CALL, self.part(|words| &words.do_not_call)))
    }

    /// What was agreed for a crisis.
    async fn agreements(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.said(&Session::of(ctx)?, AGREEMENTS, self.part(|words| &words.agreements)))
    }

    /// Which rulings were in force on the day the card was written, as its writer put it.
    async fn rulings(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.said(&Session::of(ctx)?, RULINGS, self.part(|words| &words.rulings)))
    }

    /// Whether a ruling about the child started, ended or was told since the card was written: call the case director about rulings.
    async fn rulings_changed(&self) -> bool {
        self.view.rulings_changed
    }

    /// Who does what by the crisis plan that names this child. Absent when there is none.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<CardPlan>> {
        let session = Session::of(ctx)?;
        let Some(view) = &self.view.plan else { return Ok(None) };
        let about = [Subject::Person(self.view.child.value)];
        let written = plain(self.case.mandate(), PLAN, &about, &view.written).map(Day);
        let mut actions = Vec::new();
        for action in &view.actions {
            actions.push(self.action(&session, action).await?);
        }
        Ok(Some(CardPlan { written, stale: view.stale, incomplete: view.incomplete, actions }))
    }

    /// Whether somebody of the family must not be found: then say nothing of where anybody is.
    async fn mind_locating(&self) -> bool {
        self.view.mind_locating
    }

    /// The day it was written.
    async fn written(&self) -> Day {
        Day(self.view.written)
    }

    /// The last day on which it can be relied on.
    async fn expires(&self) -> Day {
        Day(self.view.expires)
    }

    /// Whether it has expired. Then it says nothing more: call the case director.
    #[graphql(name = "expired")]
    async fn has_expired(&self) -> bool {
        self.expired()
    }

    /// The case director, to be called about the case.
    async fn director(&self, ctx: &Context<'_>) -> Result<Option<CardContact>> {
        self.contact(&Session::of(ctx)?, self.view.director.as_ref()).await
    }

    /// Who stands in for the case director.
    async fn deputy(&self, ctx: &Context<'_>) -> Result<Option<CardContact>> {
        self.contact(&Session::of(ctx)?, self.view.deputy.as_ref()).await
    }

    /// The card as a page to print, for when there is no network: HTML in the language of the request, whole by itself. It says until
    /// when it holds, and when it was printed.
    async fn printable(&self, ctx: &Context<'_>) -> Result<String> {
        let session = Session::of(ctx)?;
        let said = |label, field, part| Part { label, words: self.said(&session, field, part) };
        let director = self.contact(&session, self.view.director.as_ref()).await?;
        let deputy = self.contact(&session, self.view.deputy.as_ref()).await?;
        let name = |contact: CardContact| match contact.name {
            Some(name) => format!("{name} ({})", contact.organisation),
            None => contact.organisation,
        };
        let parts = [
            said("card-sleeps", SLEEPS, self.part(|words| &words.sleeps)),
            said("card-call", CALL, self.call_first()),
            said("card-do-not-call", DO_NOT_CALL, self.part(|words| &words.do_not_call)),
            said("card-agreements", AGREEMENTS, self.part(|words| &words.agreements)),
            Part { label: "card-rulings", words: self.rulings_lines(&session) },
            Part { label: "card-plan", words: self.plan_lines(&session).await? },
            Part { label: "card-director", words: director.map(name) },
            Part { label: "card-deputy", words: deputy.map(name) },
        ];
        let title = self.child_name(&session);
        let warning = self.view.mind_locating.then_some("card-mind-locating");
        let days = (self.view.written, self.view.expires);
        Ok(page(session.locale(), title.as_deref(), (self.expired(), warning), &parts, days, self.now))
    }
}

/// Crisis cards.
#[derive(Default)]
pub struct CrisisQuery;

#[Object]
impl CrisisQuery {
    /// The crisis card of a child; nothing when nobody wrote one. Asked for alone it is answered also when the trail of who looked cannot
    /// be written; that you looked is recorded as soon as it can.
    async fn crisis_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
        #[graphql(desc = "The child.")] child: ID,
    ) -> Result<Option<CrisisCardNode>> {
        let session = Session::of(ctx)?;
        let (case, child) = session.read(|| {
            let case: CaseId = case_id.read("caseId")?;
            let child: PersonId = child.read("child")?;
            Ok((case, child))
        })?;
        let (loaded, mandate) = session.open(case, CRISIS_CARD).await?;
        let node = CaseNode::with(case, loaded, mandate, session.today());
        let view = node.read(&session, |reading| card(reading, child));
        Ok(view.and_then(|view| CrisisCardNode::new(&node, view, session.now())))
    }
}
