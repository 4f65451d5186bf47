//! The family's own plan first (familiegroepsplan; rule 15, Jeugdwet 4.1.2-4.1.3): explained to each parent, then taken with an agreed day,
//! or waived. One parent's plan binds only the households of that parent. All of it is a report: what was explained and chosen is
//! recorded as it went, and marked where it went otherwise.

use serde::{Deserialize, Serialize};

use crate::calendar::Convention;
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::{HouseholdId, OwnPlanId, PersonId, Subject};
use crate::once::each_once;
use crate::personal::Personal;
use crate::plan::catalogue::PLAN_NOT_YOURS;
use crate::plan::{asked_of_family, works_for};
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{NO_PARENT_NAMED, OWN_PLAN_BEFORE, OWN_PLAN_PRESENTED, OWN_PLAN_UNKNOWN};
pub use state::{Explained, OwnPlan, OwnPlans, Waived};

/// What must follow when a family took the making of its own plan: the plan, by the agreed day.
pub const OWN_PLAN_DUE: &str = "own_plan";
/// What must follow a waiver: the plan for help in writing, if anybody wishes.
pub const HELP_PLAN_WRITTEN_DUE: &str = "help_plan_written";
/// What must follow a waiver: the plan for help fixed.
pub const HELP_PLAN_FIXED_DUE: &str = "help_plan_fixed";
/// The rule that an own plan is explained before it is taken or waived.
const EXPLAINED_FIRST: &str = "own_plan_explained_first";
/// The rule that an own plan is ready within its term.
const READY_IN_TIME: &str = "own_plan_in_time";

/// Whom an own plan binds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binds {
    /// The whole family: everyone with authority takes part.
    Family,
    /// These households only, in order; none while nobody recorded where the parent lives.
    Households(Vec<HouseholdId>),
}

/// Who makes the plan for help when the family waives its own: the law sets terms for providers and certified institutions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanMaker {
    /// The municipality: no term by this law.
    Municipality,
    /// A provider of youth care (jeugdhulpaanbieder).
    Provider,
    /// A certified institution (GI).
    CertifiedInstitution,
}

/// What can happen about own plans.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum OwnPlanEvent {
    /// It was explained that the family may make a plan of its own.
    OwnPlanExplained {
        /// To whom, in order.
        parents: Vec<PersonId>,
    },
    /// Parents take it: they make a plan with those around them.
    OwnPlanTaken {
        /// The plan they will make.
        own_plan: OwnPlanId,
        /// Who, in order.
        parents: Vec<PersonId>,
        /// Whom it binds.
        binds: Binds,
        /// The day by which it is ready, as agreed.
        agreed: CivilDay,
    },
    /// They presented the plan they made.
    OwnPlanPresented {
        /// The plan.
        own_plan: OwnPlanId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// Parents waive it.
    OwnPlanWaived {
        /// Who, in order.
        parents: Vec<PersonId>,
        /// Who makes the plan for help instead.
        maker: PlanMaker,
        /// Why, in their words.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked about own plans.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum OwnPlanCommand {
    /// Record that it was explained.
    ExplainOwnPlan {
        /// To whom.
        parents: Vec<PersonId>,
    },
    /// Record that it is taken.
    TakeOwnPlan {
        /// Who.
        parents: Vec<PersonId>,
        /// The day by which it is ready; by the term when nothing is said.
        agreed: Option<CivilDay>,
    },
    /// Record that it was presented.
    PresentOwnPlan {
        /// The plan.
        own_plan: OwnPlanId,
        /// More about it.
        words: Option<Text>,
    },
    /// Record that it was waived.
    WaiveOwnPlan {
        /// Who.
        parents: Vec<PersonId>,
        /// Who makes the plan for help instead.
        maker: PlanMaker,
        /// Why.
        reason: Option<Text>,
    },
}

impl OwnPlanEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people and households it is about and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let persons = |list: &[PersonId]| list.iter().copied().map(Subject::Person).collect::<Vec<_>>();
        match self {
            Self::OwnPlanExplained { parents } => persons(parents),
            Self::OwnPlanTaken { parents, binds, .. } => {
                let households = match binds {
                    Binds::Family => &[],
                    Binds::Households(households) => households.as_slice(),
                };
                households.iter().copied().map(Subject::Household).chain(persons(parents)).collect()
            }
            Self::OwnPlanPresented { words, .. } => words.iter().map(Personal::owner).collect(),
            Self::OwnPlanWaived { parents, reason, .. } => {
                persons(parents).into_iter().chain(reason.as_ref().map(Personal::owner)).collect()
            }
        }
    }
}

impl OwnPlanCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ExplainOwnPlan { .. } => "explainOwnPlan",
            Self::TakeOwnPlan { .. } => "takeOwnPlan",
            Self::PresentOwnPlan { .. } => "presentOwnPlan",
            Self::WaiveOwnPlan { .. } => "waiveOwnPlan",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::ExplainOwnPlan { parents: _ } | Self::TakeOwnPlan { parents: _, agreed: _ } => Vec::new(),
            Self::PresentOwnPlan { own_plan: _, words }
            | Self::WaiveOwnPlan { parents: _, maker: _, reason: words } => words.iter().map(Text::as_str).collect(),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &OwnPlanCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut asked = Asked::new(history, order, context);
    asked.check_report_in_case(asked.happened())?;
    match command {
        OwnPlanCommand::ExplainOwnPlan { parents } => {
            let parents = named(&asked, parents)?;
            Ok(vec![draft(OwnPlanEvent::OwnPlanExplained { parents })])
        }
        OwnPlanCommand::TakeOwnPlan { parents, agreed } => take(&mut asked, parents, *agreed),
        OwnPlanCommand::PresentOwnPlan { own_plan, words } => {
            let found = asked.state.own_plans.get(*own_plan).filter(|own| works_for(&asked, &own.parents));
            let refused = |code| Rejection::new(code).with("own_plan", Detail::id(own_plan));
            let found = found.ok_or_else(|| refused(OWN_PLAN_UNKNOWN))?;
            if let Some((day, _)) = found.presented {
                return Err(refused(OWN_PLAN_PRESENTED).with("on", day));
            }
            let words = words.as_ref().map(|words| asked.context.in_record(words.clone()));
            Ok(vec![draft(OwnPlanEvent::OwnPlanPresented { own_plan: *own_plan, words })])
        }
        OwnPlanCommand::WaiveOwnPlan { parents, maker, reason } => {
            let parents = named(&asked, parents)?;
            let unexplained = !asked.state.own_plans.are_explained(&parents);
            let reason = reason.as_ref().map(|reason| asked.context.in_record(reason.clone()));
            let dues = waiver_dues(&asked, *maker);
            let mut waived = draft(OwnPlanEvent::OwnPlanWaived { parents, maker: *maker, reason });
            waived.due = dues;
            Ok(vec![if unexplained { waived.departing(EXPLAINED_FIRST, None) } else { waived }])
        }
    }
}

fn draft(event: OwnPlanEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::OwnPlan(event))
}

fn named(asked: &Asked<'_, '_>, parents: &[PersonId]) -> Result<Vec<PersonId>, Rejection> {
    parents.iter().try_for_each(|person| asked.check_person(*person))?;
    if parents.is_empty() {
        return Err(Rejection::new(NO_PARENT_NAMED));
    }
    if !works_for(asked, parents) {
        return Err(Rejection::new(PLAN_NOT_YOURS));
    }
    Ok(each_once(parents))
}

fn take(asked: &mut Asked<'_, '_>, parents: &[PersonId], agreed: Option<CivilDay>) -> Answer {
    let (parents, day) = (named(asked, parents)?, asked.happened());
    let terms = asked.context.terms;
    let by_term = terms.last_day(terms.own_plan, day);
    let agreed = agreed.unwrap_or(by_term);
    if agreed < day {
        return Err(Rejection::new(OWN_PLAN_BEFORE).with("taken", day).with("agreed", agreed));
    }
    let due = Due { what: OWN_PLAN_DUE.to_owned(), last_day: agreed, at: terms.calendar.follows_at(agreed) };
    let binds = binds(asked.state, &parents, day, asked);
    let unexplained = !asked.state.own_plans.are_explained(&parents);
    let own_plan = OwnPlanId::from_uuid(asked.context.new_id());
    let mut taken = draft(OwnPlanEvent::OwnPlanTaken { own_plan, parents, binds, agreed }).with_due(due);
    if unexplained {
        taken = taken.departing(EXPLAINED_FIRST, None);
    }
    Ok(vec![if agreed > by_term { taken.departing(READY_IN_TIME, None) } else { taken }])
}

/// Whom a plan of these parents binds: the family when everyone with authority takes part, else the households where they live.
fn binds(state: &CaseState, parents: &[PersonId], day: CivilDay, asked: &Asked<'_, '_>) -> Binds {
    let with_authority = asked_of_family(state, day, asked.context.terms.consent_ages);
    if !with_authority.is_empty() && with_authority.iter().all(|holder| parents.contains(holder)) {
        return Binds::Family;
    }
    let lived = parents.iter().flat_map(|parent| state.households.households_of(*parent, day));
    Binds::Households(each_once(&lived.collect::<Vec<_>>()))
}

/// The terms of the law after a waiver, for whom it binds.
fn waiver_dues(asked: &Asked<'_, '_>, maker: PlanMaker) -> Vec<Due> {
    if maker == PlanMaker::Municipality {
        return Vec::new();
    }
    let (terms, day) = (asked.context.terms, asked.happened());
    let due = |what: &str, term: crate::calendar::Term| Due {
        what: what.to_owned(),
        last_day: term.last_day(day, &terms.calendar, Convention::Statutory),
        at: term.follows_at(day, &terms.calendar, Convention::Statutory),
    };
    vec![due(HELP_PLAN_WRITTEN_DUE, terms.help_plan_written), due(HELP_PLAN_FIXED_DUE, terms.help_plan_fixed)]
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &OwnPlanEvent) {
    state.own_plans.apply(fact, event);
}

/// What must follow and has not (see [`crate::dues`]): a plan that was taken and not presented; after a waiver, a plan for help.
pub(crate) fn open_dues(state: &CaseState) -> Vec<Due> {
    let taken = state.own_plans.taken().iter().filter(|own| own.presented.is_none());
    let taken = taken.filter_map(|own| own.due.clone());
    let waived = state.own_plans.waived().iter().flat_map(|waived| waits_after(state, waived));
    taken.chain(waived).collect()
}

fn waits_after<'s>(state: &'s CaseState, waived: &'s Waived) -> impl Iterator<Item = Due> + 's {
    let since = |day: CivilDay| day >= waived.on;
    let offered = state.plans.versions().any(|version| since(version.offered));
    let fixed = state.plans.versions().any(|version| version.activated.as_ref().is_some_and(|active| since(active.on)));
    let waits = move |due: &&Due| match due.what.as_str() {
        HELP_PLAN_WRITTEN_DUE => !offered && !fixed,
        _ => !fixed,
    };
    waived.dues.iter().filter(waits).cloned()
}

/// Whether the plan is not there that this fact says was presented.
pub(crate) fn missing(state: &CaseState, event: &OwnPlanEvent) -> bool {
    match event {
        OwnPlanEvent::OwnPlanPresented { own_plan, .. } => state.own_plans.get(*own_plan).is_none(),
        OwnPlanEvent::OwnPlanExplained { .. }
        | OwnPlanEvent::OwnPlanTaken { .. }
        | OwnPlanEvent::OwnPlanWaived { .. } => false,
    }
}

#[cfg(test)]
pub(crate) mod tests;
