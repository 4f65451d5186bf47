//! The crisis card of a child: what somebody on call must know in the night, on one page, with a day on which it expires
//! (`privacy.md`, "Reading is an act too"). The one thing that is shown when the trail cannot be written, and that is printed beforehand.
//!
//! Its facts are for the director: no audience lets the people on call in, because they have no relation to the family. They read the
//! card of a case by a rule of the gate of its own, and through that nothing else.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{PersonId, Subject};
use crate::people::check_may_be_child;
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;

use catalogue::{CARD_EXPIRED, CARD_FOR_A_CHILD, CARD_TOO_LONG};
pub use catalogue::{CATALOGUE, CODES};
pub use state::{Crisis, CrisisCard};

/// What can happen about crisis cards.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum CrisisEvent {
    /// A card was written; it takes the place of an earlier one of this child.
    CrisisCardWritten {
        /// The child.
        child: PersonId,
        /// Where the child sleeps.
        sleeps: Option<Personal<Text>>,
        /// Whom to call, with numbers.
        call: Personal<Text>,
        /// Whom not to call.
        do_not_call: Option<Personal<Text>>,
        /// What was agreed for a crisis.
        agreements: Option<Personal<Text>>,
        /// Which rulings are in force.
        rulings: Option<Personal<Text>>,
        /// The last day on which it can be relied on.
        expires: CivilDay,
    },
}

/// What can be asked about crisis cards.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum CrisisCommand {
    /// Write the card of a child.
    WriteCrisisCard(Box<NewCard>),
}

/// A card as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewCard {
    /// The child.
    pub child: PersonId,
    /// Where the child sleeps.
    pub sleeps: Option<Text>,
    /// Whom to call, with numbers.
    pub call: Text,
    /// Whom not to call.
    pub do_not_call: Option<Text>,
    /// What was agreed for a crisis.
    pub agreements: Option<Text>,
    /// Which rulings are in force.
    pub rulings: Option<Text>,
    /// The last day on which it can be relied on.
    pub expires: CivilDay,
}

impl CrisisEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let Self::CrisisCardWritten { child, .. } = self;
        vec![Subject::Person(*child)]
    }
}

impl CrisisCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::WriteCrisisCard(_) => "writeCrisisCard",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &CrisisCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let CrisisCommand::WriteCrisisCard(card) = command;
    let (people, today, ages) = (&history.state().people, context.today(), context.terms.consent_ages);
    check_may_be_child(people, card.child, today, ages, CARD_FOR_A_CHILD)?;
    check_expiry(card.expires, context)?;
    let mut kept = |words: &Option<Text>| words.as_ref().map(|words| context.in_record(words.clone()));
    let (sleeps, do_not_call) = (kept(&card.sleeps), kept(&card.do_not_call));
    let (agreements, rulings) = (kept(&card.agreements), kept(&card.rulings));
    let call = context.in_record(card.call.clone());
    let (child, expires) = (card.child, card.expires);
    let event = CrisisEvent::CrisisCardWritten { child, sleeps, call, do_not_call, agreements, rulings, expires };
    Ok(vec![Draft::of(CaseEvent::Crisis(event))])
}

fn check_expiry(expires: CivilDay, context: &Context<'_>) -> Result<(), Rejection> {
    let today = context.today();
    if expires < today {
        return Err(Rejection::new(CARD_EXPIRED).with("expires", expires));
    }
    let longest = context.terms.last_day(context.terms.crisis_card, today);
    if expires > longest {
        return Err(Rejection::new(CARD_TOO_LONG).with("expires", expires).with("last_day_allowed", longest));
    }
    Ok(())
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &CrisisEvent) {
    state.crisis.apply(fact, event);
}

#[cfg(test)]
mod tests;
