//! What can be explained later: the facts that a rule may mark, and their marks with words.

use super::divorce::divorce_explainable;
use super::safety::safety_explainable;
use super::{kept, kept_attendee, kept_held, misfit};
use crate::assessment::AssessmentEvent;
use crate::case::CaseEvent;
use crate::conference::ConferenceEvent;
use crate::decider::Context;
use crate::fact::{Departure, Fact};
use crate::framework::FrameworkEvent;
use crate::households::HouseholdEvent;
use crate::informal::InformalEvent;
use crate::ownplan::OwnPlanEvent;
use crate::plan::PlanEvent;
use crate::reflection::ReflectionEvent;
use crate::regie::RegieEvent;
use crate::rejection::Rejection;
use crate::school::SchoolEvent;
use crate::service::ServiceEvent;
use crate::steps::StepsEvent;
use crate::text::Text;
use crate::trajectory::TrajectoryEvent;

/// Whether this can be explained: the facts that a rule may mark. The words of a reported departure are its explanation.
pub(super) fn explainable(event: &CaseEvent) -> Result<(), Rejection> {
    match event {
        CaseEvent::Regie(RegieEvent::PartyJoined { expertise, .. }) => kept(expertise.as_ref()),
        CaseEvent::Regie(RegieEvent::FamilyWordRecorded { agrees, words, .. }) => {
            kept(Some(agrees))?;
            kept(words.as_ref())
        }
        CaseEvent::Households(HouseholdEvent::AddressRecorded { address, .. }) => kept(Some(address)),
        CaseEvent::Plan(PlanEvent::PlanEvaluated { words, .. }) => kept(Some(words)),
        CaseEvent::OwnPlan(OwnPlanEvent::OwnPlanTaken { .. })
        | CaseEvent::Informal(InformalEvent::SupportTrialStarted { .. }) => Ok(()),
        CaseEvent::OwnPlan(OwnPlanEvent::OwnPlanWaived { reason, .. }) => kept(reason.as_ref()),
        CaseEvent::Trajectory(event) => trajectory_explainable(event),
        CaseEvent::Safety(event) => safety_explainable(event),
        CaseEvent::Divorce(event) => divorce_explainable(event),
        CaseEvent::Framework(FrameworkEvent::ConditionSet { what, why, set_by, .. }) => {
            [what, why].into_iter().try_for_each(|text| kept(Some(text)))?;
            kept(Some(set_by))
        }
        CaseEvent::Service(ServiceEvent::BodyJoined { organisation, reason, .. }) => {
            kept(organisation.as_ref())?;
            kept(Some(reason))
        }
        CaseEvent::Assessment(AssessmentEvent::AssessmentRecorded { occasion, .. }) => kept(occasion.as_ref()),
        CaseEvent::Informal(InformalEvent::SupportTermAgreed { agreements, .. }) => kept(agreements.as_ref()),
        CaseEvent::Informal(InformalEvent::SupportMeasured { benefit, formal_help, words, .. }) => {
            kept(benefit.as_ref())?;
            kept(formal_help.as_ref())?;
            kept(words.as_ref())
        }
        CaseEvent::Conference(
            ConferenceEvent::ConferenceHeld { came, agreed, words, .. }
            | ConferenceEvent::ConferenceResumed { came, agreed, words, .. },
        ) => {
            kept_held(came, agreed)?;
            kept(Some(words))
        }
        CaseEvent::Conference(ConferenceEvent::HeardApart { words, .. }) => kept(words.as_ref()),
        CaseEvent::Conference(ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, .. }) => {
            [Some(occasion), purpose.as_ref(), expected.as_ref()].into_iter().try_for_each(kept)?;
            for guest in invited {
                kept_attendee(&guest.who)?;
                guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
            }
            Ok(())
        }
        CaseEvent::Steps(StepsEvent::OptionTried { effect, words, .. }) => {
            kept(Some(effect))?;
            kept(words.as_ref())
        }
        CaseEvent::Reflection(ReflectionEvent::ReflectionHeld { changes, .. }) => kept(changes.as_ref()),
        CaseEvent::School(SchoolEvent::IntakeHeld {
            present, contact_forms, feedback, expectations, words, ..
        }) => {
            present.iter().try_for_each(|present| kept_attendee(&present.who))?;
            kept(contact_forms.as_ref())?;
            kept(feedback.as_ref())?;
            expectations.iter().try_for_each(|expectation| kept(Some(&expectation.what)))?;
            kept(Some(words))
        }
        CaseEvent::School(SchoolEvent::ArrangementTriaged {
            school_can, asked, home_question, outcome, route, ..
        }) => {
            kept(Some(school_can))?;
            kept(Some(asked))?;
            kept(Some(home_question))?;
            kept(Some(outcome))?;
            kept(route.as_ref())
        }
        event => Err(misfit(event)),
    }
}

/// A trajectory without goals, an extension that not three weighed, a late objection.
fn trajectory_explainable(event: &TrajectoryEvent) -> Result<(), Rejection> {
    match event {
        TrajectoryEvent::TrajectoryStarted { product, provider, .. } => {
            [product, provider].into_iter().try_for_each(|line| kept(Some(line)))
        }
        TrajectoryEvent::ExtensionViewGiven { view, .. } => kept(Some(view)),
        TrajectoryEvent::ExtensionDecided { reason, decided_by, .. } => {
            kept(Some(reason))?;
            kept(Some(decided_by))
        }
        TrajectoryEvent::ExtensionObjected { words, .. } => kept(words.as_ref()),
        event => Err(misfit(&CaseEvent::Trajectory(event.clone()))),
    }
}

/// The marks of a fact, each with these words.
///
/// # Errors
/// `CORRECTION_DOES_NOT_FIT` when nothing departs from a rule.
pub(in crate::correction) fn explained(
    fact: &Fact<CaseEvent>,
    text: &Text,
    context: &mut Context<'_>,
) -> Result<Vec<Departure>, Rejection> {
    if fact.departures.is_empty() {
        return Err(misfit(&fact.event));
    }
    let mut explained = |departure: &Departure| Departure {
        rule: departure.rule.clone(),
        explanation: Some(context.in_record(text.clone())),
    };
    Ok(fact.departures.iter().map(&mut explained).collect())
}
