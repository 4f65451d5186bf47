//! The legal framework through time, and conditions in voluntary help.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use projections::views::conditions::{ConditionView, ConditionWordView, FrameworkView};

use super::{CONDITION, CONDITION_ANSWER, CONDITION_WORDS, FRAMEWORK, of_all, persons};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::LegalFramework;
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, personal, plain, words};

/// That help became compulsory, or voluntary again.
#[derive(SimpleObject)]
pub struct FrameworkChange {
    /// The framework from that day on.
    framework: LegalFramework,
    /// The first day.
    from: Day,
}

impl FrameworkChange {
    pub(super) fn new(case: &CaseNode, view: &FrameworkView) -> Option<Self> {
        let framework = plain(case.mandate(), FRAMEWORK, &[case.subject()], &view.framework)?;
        Some(Self { framework: framework.into(), from: Day(view.from) })
    }
}

/// A condition in voluntary help.
pub struct ConditionNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ConditionView>,
}

impl ConditionNode {
    pub(super) fn new(case: &CaseNode, view: ConditionView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), CONDITION, &about, view, |view| &view.condition)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn gone(&self) -> Option<Day> {
        let (on, _) = self.view.ended.as_ref()?;
        plain(self.case.mandate(), CONDITION, &self.about, on).map(Day)
    }
}

/// What somebody said of a condition.
#[derive(SimpleObject)]
pub struct ConditionAnswer {
    /// Who.
    person: Option<PersonNode>,
    /// Whether they accept it.
    accepts: Option<bool>,
    /// In their words.
    words: Option<String>,
    /// The day.
    on: Day,
}

/// A condition in voluntary help (voorwaarde bij vrijwillige hulp): what, why, by whom, until when. It may be refused.
#[Object(name = "HelpCondition")]
impl ConditionNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.condition.value)
    }

    /// Of whom it asks something.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// What.
    async fn what(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), CONDITION_WORDS, &self.view.what))
    }

    /// Why.
    async fn why(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), CONDITION_WORDS, &self.view.why))
    }

    /// Who sets it.
    async fn set_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), CONDITION_WORDS, &self.view.set_by))
    }

    /// The day it was set.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// The last day.
    async fn until(&self) -> Day {
        Day(self.view.until)
    }

    /// That it may be refused. Always so: a condition never makes help compulsory.
    async fn may_be_refused(&self) -> bool {
        true
    }

    /// To whom it was explained that it may be refused.
    async fn explained(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.explained)
    }

    /// What each said of it, in the order told: of whom you may know it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<ConditionAnswer>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |view: &ConditionWordView| {
            if !mandate.makes(&view.accepts, CONDITION_ANSWER, &[Subject::Person(view.person)]) {
                return None;
            }
            Some(ConditionAnswer {
                person: self.case.person(view.person),
                accepts: personal(mandate, CONDITION_ANSWER, &view.accepts).known().copied(),
                words: view.words.as_ref().and_then(|kept| words(&session, mandate, CONDITION_ANSWER, kept)),
                on: Day(view.on),
            })
        };
        Ok(self.view.words.iter().filter_map(node).collect())
    }

    /// The day it ended, when that was before its last day.
    async fn ended(&self) -> Option<Day> {
        self.gone()
    }

    /// Why it ended before its last day.
    async fn ended_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.ended.as_ref().map(|(_, reason)| reason);
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), CONDITION_WORDS, kept)))
    }

    /// Whether it holds on the day looked at.
    async fn holds(&self) -> bool {
        self.view.holds
    }
}
