//! Direct referrals (rechtstreekse verwijzing; rule 14, Jeugdwet 2.6): a general practitioner, a medical specialist or a youth doctor refers
//! straight to a provider. It is a right by law, so nobody is asked for permission here; it is recorded when the family agrees, and
//! then brought into the one plan, so that whoever helps knows of each other (seed 003 3265-3275).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::{HelpAsked, help_asked};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{PersonId, RecordId, ReferralId, Subject};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::check_known;
use crate::personal::{DataClass, Personal};
use crate::plan::Item;
use crate::plan::catalogue::{ACTION_UNKNOWN, GOAL_UNKNOWN};
use crate::rejection::{Code, Detail, Rejection};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::text::Line;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{REFERRAL_IN_PLAN, REFERRAL_NOT_AGREED, REFERRAL_UNKNOWN};
pub use state::{InPlan, Referral, Referrals};

/// Who refers straight to a provider (Jeugdwet 2.6(1)(e)).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Referrer {
    /// A general practitioner (huisarts).
    Gp,
    /// A medical specialist.
    MedicalSpecialist,
    /// A youth doctor (jeugdarts).
    YouthDoctor,
}

/// What can happen to a direct referral.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
#[expect(
    clippy::large_enum_variant,
    reason = "facts are few and short-lived; a box would only hide what stands in one"
)]
pub enum ReferralEvent {
    /// It was recorded, with the family's agreement.
    ReferralRecorded {
        /// The referral.
        referral: ReferralId,
        /// Of whom; each once, never nobody.
        persons: Vec<PersonId>,
        /// In which capacity somebody referred.
        by: Referrer,
        /// Who, when known.
        who: Option<Personal<Line>>,
        /// To which provider.
        provider: Personal<Line>,
        /// For which help, when known.
        help: Option<Personal<Line>>,
        /// On which day, when known.
        referred: Option<CivilDay>,
        /// Who of the family agreed to record it, in order.
        agreed: Vec<PersonId>,
    },
    /// It was brought into the one plan.
    ReferralPlanned {
        /// The referral.
        referral: ReferralId,
        /// As which goal or action.
        item: Item,
    },
}

/// A direct referral as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewReferral {
    /// Of whom.
    pub persons: Vec<PersonId>,
    /// In which capacity somebody referred.
    pub by: Referrer,
    /// Who, when known.
    pub who: Option<Line>,
    /// To which provider.
    pub provider: Line,
    /// For which help, when known.
    pub help: Option<Line>,
    /// On which day, when known.
    pub referred: Option<CivilDay>,
    /// Who of the family agreed to record it.
    pub agreed: Vec<PersonId>,
}

/// What can be asked about direct referrals.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ReferralCommand {
    /// Record one.
    RecordReferral(Box<NewReferral>),
    /// Bring it into the one plan.
    PlanReferral {
        /// The referral.
        referral: ReferralId,
        /// As which goal or action.
        item: Item,
    },
}

impl ReferralEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ReferralRecorded { persons, who, provider, help, agreed, .. } => {
                let people = each_once(&[persons.as_slice(), agreed].concat());
                let lines = [who, help].into_iter().flatten().map(Personal::owner);
                people.into_iter().map(Subject::Person).chain([provider.owner()]).chain(lines).collect()
            }
            Self::ReferralPlanned { .. } => Vec::new(),
        }
    }
}

impl ReferralCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordReferral(_) => "recordReferral",
            Self::PlanReferral { .. } => "planReferral",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordReferral(new) => {
                let NewReferral { persons: _, by: _, who, provider, help, referred: _, agreed: _ } = &**new;
                let lines = [who, help].into_iter().flatten().map(Line::as_str);
                std::iter::once(provider.as_str()).chain(lines).collect()
            }
            Self::PlanReferral { referral: _, item: _ } => Vec::new(),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ReferralCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    match command {
        ReferralCommand::RecordReferral(new) => {
            let on = order.happened(context.today());
            recorded(state, new, on, context)
        }
        ReferralCommand::PlanReferral { referral, item } => {
            let refused = |code: Code| Rejection::new(code).with("referral", Detail::id(referral));
            let known = state.referrals.get(*referral).ok_or_else(|| refused(REFERRAL_UNKNOWN))?;
            check_item(state, *item)?;
            if known.in_plan.iter().any(|there| there.item == *item) {
                return Err(refused(REFERRAL_IN_PLAN));
            }
            let event = ReferralEvent::ReferralPlanned { referral: *referral, item: *item };
            Ok(vec![of_all(event, &known.persons, state, context)])
        }
    }
}

fn recorded(
    state: &CaseState,
    new: &NewReferral,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    new.persons.iter().chain(&new.agreed).try_for_each(|person| check_known(&state.people, *person))?;
    check_once(&new.persons)?;
    if new.persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    check_agreed(state, new, on, context)?;
    let persons = each_once(&new.persons);
    let event = ReferralEvent::ReferralRecorded {
        referral: ReferralId::from_uuid(context.new_id()),
        persons: persons.clone(),
        by: new.by,
        who: new.who.clone().map(|who| context.in_record(who)),
        provider: of_health(&new.provider, context),
        help: new.help.as_ref().map(|help| of_health(help, context)),
        referred: new.referred,
        agreed: each_once(&new.agreed),
    };
    Ok(vec![of_all(event, &persons, state, context)])
}

/// Whether whoever must be asked about help for each of them agreed on that day (rule 14). Where nobody can say who that is, a person must
/// decide first.
fn check_agreed(state: &CaseState, new: &NewReferral, on: CivilDay, context: &Context<'_>) -> Result<(), Rejection> {
    let mut still = Vec::new();
    let mut unclear = false;
    for person in &new.persons {
        let HelpAsked { givers, unclear: open, .. } = help_asked(state, *person, on, context.terms);
        unclear |= !open.is_empty();
        still.extend(givers.into_iter().map(|(giver, _)| giver).filter(|giver| !new.agreed.contains(giver)));
    }
    if still.is_empty() && !unclear && !new.agreed.is_empty() {
        return Ok(());
    }
    Err(Rejection::new(REFERRAL_NOT_AGREED)
        .with("day", on)
        .with("still_to_ask", Detail::ids(each_once(&still)))
        .with("unclear", if unclear { "yes" } else { "no" }))
}

fn check_item(state: &CaseState, item: Item) -> Result<(), Rejection> {
    match item {
        Item::Goal(goal) if state.plans.goal(goal).is_none() => {
            Err(Rejection::new(GOAL_UNKNOWN).with("goal", Detail::id(goal)))
        }
        Item::Action(action) if state.plans.action(action).is_none() => {
            Err(Rejection::new(ACTION_UNKNOWN).with("action", Detail::id(action)))
        }
        Item::Goal(_) | Item::Action(_) => Ok(()),
    }
}

/// To which help somebody is referred says something of their health.
fn of_health(line: &Line, context: &mut Context<'_>) -> Personal<Line> {
    Personal::new(Subject::Record(RecordId::from_uuid(context.new_id())), DataClass::Health, line.clone())
}

fn of_all(event: ReferralEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = audience_of_all(state, persons, context.today(), context.terms.consent_ages);
    Draft::of(CaseEvent::Referral(event)).for_audience(audience)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ReferralEvent) {
    state.referrals.apply(fact, event);
}

/// Whether a fact speaks of a referral, goal or action that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &ReferralEvent) -> bool {
    match event {
        ReferralEvent::ReferralRecorded { .. } => false,
        ReferralEvent::ReferralPlanned { referral, item } => {
            state.referrals.get(*referral).is_none() || check_item(state, *item).is_err()
        }
    }
}
