//! What courts ruled about the people of a case.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{PersonId, Subject};
use projections::views::rulings::RulingView;

use super::case::CaseNode;
use super::enums::{ConsentKind, RulingKind, Source};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, knows, last_day, personal, plain, words};
use crate::gate::{Field, Topic};

/// What rulings are about, for the policy.
pub const TOPIC: Topic = Topic::Ruling;

const RULING: Field = Field::new("ruling", TOPIC);
const KIND: Field = Field::new("ruling.kind", TOPIC);
const WORDS: Field = Field::new("ruling.words", TOPIC);
const DATES: Field = Field::new("ruling.dates", TOPIC);

/// A ruling about somebody of the case.
pub struct RulingNode {
    case: CaseNode,
    about: [Subject; 1],
    view: Granted<RulingView>,
}

/// In whose place a ruling puts the court or an institution when consent is asked.
#[derive(SimpleObject)]
pub struct StandsInNode {
    /// Of whom.
    of: Vec<PersonNode>,
    /// For which kinds of consent.
    kinds: Vec<ConsentKind>,
}

impl RulingNode {
    /// A ruling, if the viewer may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: RulingView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), RULING, &about, view, |view| &view.ruling)?;
        Some(Self { case: case.clone(), about, view })
    }

    /// About whom.
    #[must_use]
    pub fn about(&self) -> PersonId {
        self.view.person
    }

    /// What it decides.
    #[must_use]
    pub fn decides(&self, session: &Session<'_>) -> Option<String> {
        words(session, self.case.mandate(), WORDS, &self.view.scope)
    }

    /// By which way people communicate.
    #[must_use]
    pub fn way(&self, session: &Session<'_>) -> Option<String> {
        words(session, self.case.mandate(), WORDS, self.view.channel.as_ref()?)
    }

    /// About what.
    #[must_use]
    pub fn what(&self) -> Option<domain::ruling::RulingKind> {
        personal(self.case.mandate(), KIND, &self.view.kind).known().copied()
    }

    fn dates(&self) -> Option<domain::ruling::RulingDates> {
        plain(self.case.mandate(), DATES, &self.about, &self.view.dates)
    }

    fn persons(&self, persons: &[PersonId]) -> Vec<PersonNode> {
        persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }
}

/// What a court ruled about somebody of the case (uitspraak). Told as it is: nothing is judged here.
#[Object(name = "Ruling")]
impl RulingNode {
    /// Names the ruling.
    async fn id(&self) -> ID {
        id(self.view.ruling.value)
    }

    /// About whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Whom else it names, as far as you may know them.
    async fn others(&self) -> Vec<PersonNode> {
        self.persons(&self.view.others)
    }

    /// About what.
    async fn kind(&self) -> Option<RulingKind> {
        self.what().map(Into::into)
    }

    /// What it decides, in a sentence.
    async fn scope(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.decides(&Session::of(ctx)?))
    }

    /// By which way people communicate.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.way(&Session::of(ctx)?))
    }

    /// How the court names it.
    async fn reference(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.reference.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// In whose place it puts the court or an institution when consent is asked.
    async fn stands_in(&self) -> Option<StandsInNode> {
        let place = self.view.in_place.as_ref()?;
        let kinds = place.kinds.iter().map(|kind| (*kind).into()).collect();
        Some(StandsInNode { of: self.persons(&place.of), kinds })
    }

    /// The day it was pronounced.
    async fn pronounced(&self) -> Option<Day> {
        self.view.pronounced.map(Day)
    }

    /// The day it was sent.
    async fn sent(&self) -> Option<Day> {
        self.dates()?.sent.map(Day)
    }

    /// First day on which it is in force. Absent while that is not known, as when an appeal holds it up.
    async fn in_force_from(&self) -> Option<Day> {
        self.dates()?.in_force.map(Day)
    }

    /// The day from which nobody can appeal.
    async fn final_on(&self) -> Option<Day> {
        self.dates()?.final_on.map(Day)
    }

    /// Last day: its own, the one it ended on, or the day before another ruling took its place.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), DATES, &self.about, &self.view.until)
    }

    /// Whether it is in force on the day looked at.
    async fn in_force(&self) -> bool {
        self.view.is_in_force(knows(self.case.mandate()))
    }

    /// Why it ended, when it ended otherwise than by its last day.
    async fn ended_because(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.ended.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Where we know it from.
    async fn source(&self) -> Source {
        self.view.source.into()
    }

    /// The earlier ruling whose place it takes.
    async fn replaces(&self) -> Option<ID> {
        self.view.replaces.map(id)
    }

    /// The ruling that takes its place.
    async fn replaced_by(&self) -> Option<ID> {
        plain(self.case.mandate(), RULING, &self.about, self.view.replaced_by.as_ref()?).map(id)
    }
}
