//! What came into a case when it began, and what went otherwise than a rule says.

use async_graphql::{Context, ID, Object, Result};
use domain::case::CaseEvent;
use domain::fact::Fact;
use domain::ids::Subject;
use domain::safety::tells_of_safety;
use projections::views::life::{DepartureView, SignalView};

use super::case::CaseNode;
use super::enums::PlaceKind;
use super::scalars::{Day, Moment};
use super::seals::persons_of;
use super::session::Session;
use super::show::{Granted, granted, id, plain, words};
use crate::gate::{Field, Mandate, Meant, Topic};

const DEPARTURE: Field = Field::new("case.departures", Topic::Regie);
const DEPARTURE_WORDS: Field = Field::new("case.departures.explanation", Topic::Life);
const SIGNAL: Field = Field::new("case.signals", Topic::Signal);

/// A signal that was copied into a case.
pub struct SignalCopyNode {
    view: Granted<SignalView>,
    case: CaseNode,
}

impl SignalCopyNode {
    /// A copy of a signal, if the viewer may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: SignalView) -> Option<Self> {
        let view = granted(case.mandate(), SIGNAL, &[case.subject()], view, |view| &view.signal)?;
        Some(Self { view, case: case.clone() })
    }
}

/// A signal that was copied into a case.
#[Object(name = "SignalCopy")]
impl SignalCopyNode {
    /// The signal.
    async fn signal_id(&self) -> ID {
        id(self.view.signal.value)
    }

    /// What it said.
    async fn topic(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), SIGNAL, &self.view.topic))
    }

    /// Kind of place it came from.
    async fn place(&self) -> Option<PlaceKind> {
        Some(self.view.place.into())
    }

    /// When it was raised.
    async fn raised_at(&self) -> Option<Moment> {
        Some(Moment(self.view.raised_at))
    }

    /// The consents it was linked under.
    async fn consent_ids(&self) -> Vec<ID> {
        self.view.consents.iter().map(id).collect()
    }
}

/// Whether the viewer may know that this rule was departed from by something about these: of some rules it tells of their safety.
pub(super) fn shows_rule<'m>(mandate: &Mandate, rule: &str, kept: impl Into<Meant<'m>>, about: &[Subject]) -> bool {
    !tells_of_safety(rule) || mandate.would_show(Topic::Safety, kept, about)
}

/// Whether the fact that departed may itself be seen: that something went otherwise goes no further than what it says that happened.
pub(super) fn is_seen(case: &CaseNode, departure: &DepartureView) -> bool {
    let shows = |fact: &Fact<CaseEvent>| {
        let about = persons_of(&fact.event);
        Topic::touched_by(&fact.event, |topic| case.mandate().would_show(topic, &departure.rule, &about))
            && shows_rule(case.mandate(), &departure.rule.value, &departure.rule, &about)
    };
    case.history().fact(departure.rule.fact).is_some_and(shows)
}

/// Something that went otherwise than a rule says. A record that refuses reality gets false entries.
pub struct DepartureNode {
    view: Granted<DepartureView>,
    case: CaseNode,
}

impl DepartureNode {
    /// What departed, if the viewer may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: DepartureView) -> Option<Self> {
        if !is_seen(case, &view) {
            return None;
        }
        let view = granted(case.mandate(), DEPARTURE, &[case.subject()], view, |view| &view.rule)?;
        Some(Self { view, case: case.clone() })
    }
}

/// Something that went otherwise than a rule says. A record that refuses reality gets false entries.
#[Object(name = "Departure")]
impl DepartureNode {
    /// The fact that departed: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.rule.fact)
    }

    /// The rule, as a stable word.
    async fn rule(&self) -> Option<String> {
        plain(self.case.mandate(), DEPARTURE, &[self.case.subject()], &self.view.rule)
    }

    /// The rule, in words.
    async fn rule_text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let rule = plain(self.case.mandate(), DEPARTURE, &[self.case.subject()], &self.view.rule);
        let locale = Session::of(ctx)?.locale();
        Ok(rule.map(|rule| locale.label(&format!("rule-{}", rule.replace('_', "-")))))
    }

    /// The day it happened.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// What happened, or why it went so. Absent while nobody wrote it.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.explanation.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), DEPARTURE_WORDS, kept)))
    }

    /// Whether somebody wrote what happened.
    async fn explained(&self) -> bool {
        self.view.explanation.is_some()
    }
}
