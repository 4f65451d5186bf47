//! The text of an event in whose place a correction puts other words. Every room names its own.

use super::divorce::{optional_text_of_divorce, text_of_divorce};
use super::safety::text_of_safety;
use super::{kept, kept_attendee, kept_held, misfit};
use crate::alert::AlertEvent;
use crate::application::ApplicationEvent;
use crate::assessment::AssessmentEvent;
use crate::case::CaseEvent;
use crate::conference::ConferenceEvent;
use crate::conflict::ConflictEvent;
use crate::consent::ConsentEvent;
use crate::contact::ContactEvent;
use crate::crisisplan::CrisisPlanEvent;
use crate::decider::Context;
use crate::exclusion::ExclusionEvent;
use crate::framework::FrameworkEvent;
use crate::informal::InformalEvent;
use crate::life::LifeEvent;
use crate::ownplan::OwnPlanEvent;
use crate::personal::{DataClass, Personal};
use crate::plan::PlanEvent;
use crate::protection::ProtectionEvent;
use crate::reference::ReferenceEvent;
use crate::reflection::ReflectionEvent;
use crate::regie::RegieEvent;
use crate::rejection::Rejection;
use crate::representation::RepresentationEvent;
use crate::request::RequestEvent;
use crate::ret::RetEvent;
use crate::ruling::RulingEvent;
use crate::safety::SafetyEvent;
use crate::school::SchoolEvent;
use crate::service::ServiceEvent;
use crate::sharing::SharingEvent;
use crate::statement::{Speaker, StatementEvent};
use crate::steps::StepsEvent;
use crate::text::Text;
use crate::trajectory::TrajectoryEvent;
use crate::voice::VoiceEvent;
use crate::weighing::WeighingEvent;

/// Puts other words in the place of the one text an event has. An event with two texts (what somebody can and cannot offer) or with a
/// copy of a text that stands elsewhere (a signal) is struck out and recorded anew; of an offered handover it is the summary.
pub(super) fn words(event: &mut CaseEvent, text: &Text, context: &mut Context<'_>) -> Result<(), Rejection> {
    let right = context.in_record(text.clone());
    if let Some(place) = text_of(event)? {
        // As sensitive as what it takes the place of.
        let class = place.class().unwrap_or(DataClass::Ordinary);
        *place = Personal::new(right.owner(), class, text.clone());
        return Ok(());
    }
    let class = optional_class_of(event);
    let Some(place) = optional_text_of(event)? else { return Err(misfit(event)) };
    *place = Some(Personal::new(right.owner(), class, text.clone()));
    Ok(())
}

/// The text that an event of this type always has.
fn text_of(event: &mut CaseEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        CaseEvent::Life(
            LifeEvent::CaseOpened { question: text, .. }
            | LifeEvent::CaseReopened { reason: text }
            | LifeEvent::DepartureReported { what: text, .. }
            | LifeEvent::AudienceChanged { reason: text, .. },
        )
        | CaseEvent::Regie(
            RegieEvent::DeputyAppointed { reason: text, .. } | RegieEvent::DirectorEnded { reason: text, .. },
        )
        | CaseEvent::Protection(
            ProtectionEvent::LocatingDataProtected { reason: text, .. }
            | ProtectionEvent::LiftingProposed { agreed: text, .. },
        )
        | CaseEvent::Sharing(
            SharingEvent::ShareAccepted { offered: text, .. } | SharingEvent::ShareWithdrawn { reason: text, .. },
        )
        | CaseEvent::Exclusion(
            ExclusionEvent::WorkerExcluded { reason: text, .. } | ExclusionEvent::ExclusionLifted { reason: text, .. },
        )
        | CaseEvent::Plan(PlanEvent::ActionAgreed { what: text, .. } | PlanEvent::PlanEvaluated { words: text, .. }) => {
            Some(text)
        }
        CaseEvent::Divorce(event) => return text_of_divorce(event),
        CaseEvent::Conflict(event) => return text_of_conflict(event),
        CaseEvent::Service(event) => return text_of_service(event),
        CaseEvent::Assessment(event) => return text_of_assessment(event),
        CaseEvent::Informal(event) => return text_of_informal(event),
        CaseEvent::Conference(event) => return text_of_conference(event),
        CaseEvent::School(event) => return text_of_school(event),
        CaseEvent::Trajectory(event) => return text_of_trajectory(event),
        CaseEvent::Weighing(event) => return text_of_weighing(event),
        CaseEvent::Safety(event) => return text_of_safety(event),
        CaseEvent::Application(ApplicationEvent::ApplicationMade { what, of_whom, concern, .. }) => {
            kept(Some(&*of_whom))?;
            kept(concern.as_ref())?;
            Some(what)
        }
        CaseEvent::Application(ApplicationEvent::ApplicationDelayed { reason: text, .. })
        | CaseEvent::Framework(FrameworkEvent::ConditionEnded { reason: text, .. })
        | CaseEvent::Steps(StepsEvent::OptionAuthored { words: text, .. })
        | CaseEvent::Ret(
            RetEvent::RetAsked { stuck: text, .. }
            | RetEvent::RetFamilyTold { words: text, .. }
            | RetEvent::RetEnded { words: text, .. },
        )
        | CaseEvent::Alert(AlertEvent::ProposalDismissed { reason: text, .. }) => Some(text),
        CaseEvent::Framework(FrameworkEvent::ConditionSet { what, why, set_by, .. }) => {
            kept(Some(&*why))?;
            kept(Some(&*set_by))?;
            Some(what)
        }
        CaseEvent::Consent(ConsentEvent::ConsentExceptionRecorded { ground, reason, .. }) => {
            kept(Some(&*ground))?;
            Some(reason)
        }
        CaseEvent::Ruling(RulingEvent::RulingRecorded { kind, scope, channel, reference, .. }) => {
            kept(Some(&*kind))?;
            kept(channel.as_ref())?;
            kept(reference.as_ref())?;
            Some(scope)
        }
        CaseEvent::Regie(RegieEvent::HandoverOffered { reason, summary, open_tasks, .. }) => {
            kept(Some(&*reason))?;
            open_tasks.iter().try_for_each(|task| kept(Some(task)))?;
            Some(summary)
        }
        event => text_of_said(event)?,
    })
}

/// Of what somebody said or asked, the words themselves: what else stands in the fact stays.
fn text_of_said(event: &mut CaseEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        CaseEvent::Contact(ContactEvent::ContactRecorded { said, other, asked, answered, promises, .. }) => {
            kept(other.as_ref())?;
            kept(asked.as_ref())?;
            kept(answered.as_ref())?;
            promises.iter().try_for_each(|promise| kept(promise.what.as_ref()))?;
            Some(said)
        }
        CaseEvent::Voice(VoiceEvent::ChildVoiceRecorded { words, setting, .. }) => {
            kept(setting.as_ref())?;
            Some(words)
        }
        CaseEvent::Statement(StatementEvent::StatementRecorded { words, speaker, .. }) => {
            if let Speaker::Outside(who) = speaker {
                kept(Some(&*who))?;
            }
            Some(words)
        }
        CaseEvent::Request(RequestEvent::OutsideRequestRecorded { asked, who, article, .. }) => {
            kept(who.as_ref())?;
            kept(article.as_ref())?;
            Some(asked)
        }
        CaseEvent::Request(RequestEvent::OutsideRequestDecided { reason, weighing, .. }) => {
            kept(weighing.as_ref().map(|weighing| &weighing.child_interest))?;
            Some(reason)
        }
        CaseEvent::Request(RequestEvent::FamilyToldLater { ground, .. }) => Some(ground),
        _ => None,
    })
}

/// What was seen of a stage, on what a form or an effect rests, what set a flare-up off, about what or why. A stage or figure that was wrong is struck
/// out and recorded anew.
fn text_of_conflict(event: &mut ConflictEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        ConflictEvent::ConflictNamed { about: text, .. } | ConflictEvent::ConflictRested { reason: text, .. } => {
            Some(text)
        }
        ConflictEvent::GlaslStageAssessed { stage, observations, .. } => {
            kept(stage.as_ref())?;
            Some(observations)
        }
        ConflictEvent::ParentingFormAssessed { form, basis, .. } => {
            kept(Some(&*form))?;
            Some(basis)
        }
        ConflictEvent::NetworkEffectAssessed { effect, basis, .. } => {
            kept(Some(&*effect))?;
            Some(basis)
        }
        ConflictEvent::FlareUpRecorded { medium, trigger, reactions, .. } => {
            kept(Some(&*medium))?;
            reactions.iter().try_for_each(|reaction| kept(Some(&reaction.acts)))?;
            Some(trigger)
        }
        ConflictEvent::ConflictEnergyReported { .. } | ConflictEvent::CalmPeriodReported { .. } => None,
    })
}

/// Why a step was taken or a body joined or left, what was wished or advised. A level that was wrong is struck out and recorded anew.
fn text_of_service(event: &mut ServiceEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(Some(match event {
        ServiceEvent::ServiceStepTaken { level, reason, programme, provider, .. } => {
            kept(Some(&*level))?;
            kept(programme.as_ref())?;
            kept(provider.as_ref())?;
            reason
        }
        ServiceEvent::BodyJoined { organisation, reason, family_told, .. } => {
            kept(organisation.as_ref())?;
            kept(family_told.as_ref())?;
            reason
        }
        ServiceEvent::AdviceRecorded { source, advice, .. } => {
            kept(Some(&*source))?;
            advice
        }
        ServiceEvent::FamilyWishTold { wish: text, .. } | ServiceEvent::BodyLeft { reason: text, .. } => text,
    }))
}

/// A story, a portrait or a hypothesis. Themes, relations, scores and future plans are struck out and recorded anew.
fn text_of_assessment(event: &mut AssessmentEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        AssessmentEvent::AssessmentPartTold { content, .. } => content.text_mut(),
        AssessmentEvent::HypothesisStated { effect, words, .. } => {
            kept(Some(&*effect))?;
            Some(words)
        }
        AssessmentEvent::AssessmentRecorded { .. } | AssessmentEvent::AssessmentTested { .. } => None,
    })
}

/// What support is for, and what was said when it was looked at. Who gives it, a certificate and days are struck out and recorded anew.
fn text_of_informal(event: &mut InformalEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        InformalEvent::SupportMatched { volunteer, organisation, question, tasks, .. } => {
            kept(Some(&*volunteer))?;
            kept(organisation.as_ref())?;
            kept(tasks.as_ref())?;
            Some(question)
        }
        InformalEvent::SupportTrialEvaluated { words, .. } | InformalEvent::SupportReviewed { words, .. } => {
            Some(words)
        }
        InformalEvent::SupportHouseRulesSigned { .. }
        | InformalEvent::SupportCertificateSeen { .. }
        | InformalEvent::SupportTrialStarted { .. }
        | InformalEvent::SupportTermAgreed { .. }
        | InformalEvent::SupportMeasured { .. }
        | InformalEvent::SupportEnded { .. } => None,
    })
}

/// How sensitive the words are that an event of this type may have.
const fn optional_class_of(event: &CaseEvent) -> DataClass {
    match event {
        CaseEvent::Assessment(_)
        | CaseEvent::Reference(_)
        | CaseEvent::Informal(InformalEvent::SupportMeasured { .. }) => DataClass::Health,
        CaseEvent::Safety(_) => DataClass::Criminal,
        _ => DataClass::Ordinary,
    }
}

/// Why a conference was called or stopped, and what it yielded. Who was there or what was agreed is struck out and recorded anew.
fn text_of_conference(event: &mut ConferenceEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, .. } => {
            kept(purpose.as_ref())?;
            kept(expected.as_ref())?;
            for guest in invited {
                kept_attendee(&guest.who)?;
                guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
            }
            Some(occasion)
        }
        ConferenceEvent::ConferenceHeld { came, agreed, words, .. }
        | ConferenceEvent::ConferenceResumed { came, agreed, words, .. } => {
            kept_held(came, agreed)?;
            Some(words)
        }
        ConferenceEvent::ConferenceStopped { reason, .. } | ConferenceEvent::ConferenceNotResumed { reason, .. } => {
            Some(reason)
        }
        ConferenceEvent::HearingsPlanned { .. } | ConferenceEvent::HeardApart { .. } => None,
    })
}

/// What was said with each person, what came of an option, why a familiar face.
fn optional_text_of_steps(event: &mut StepsEvent) -> Result<Option<&mut Option<Personal<Text>>>, Rejection> {
    Ok(match event {
        StepsEvent::ConversationStepTaken { words, .. } | StepsEvent::TrustedContactEnded { reason: words, .. } => {
            Some(words)
        }
        StepsEvent::OptionTried { effect, words, .. } => {
            kept(Some(&*effect))?;
            Some(words)
        }
        StepsEvent::TrustedPresenceAnswered { agrees, words, .. } => {
            kept(Some(&*agrees))?;
            Some(words)
        }
        StepsEvent::TrustedContactNamed { who, words, .. } => {
            kept_attendee(who)?;
            Some(words)
        }
        StepsEvent::OptionAuthored { .. } => None,
    })
}

/// What shows that a crisis begins, and what was found. Who does what is written anew.
fn optional_text_of_crisis_plan(event: &mut CrisisPlanEvent) -> Result<&mut Option<Personal<Text>>, Rejection> {
    match event {
        CrisisPlanEvent::CrisisPlanWritten { signs, actions, .. } => {
            actions.iter().try_for_each(|action| kept(Some(&action.what)))?;
            Ok(signs)
        }
        CrisisPlanEvent::CrisisPlanReviewed { words } => Ok(words),
    }
}

/// What came out of an intake, what is asked, and what a school asked. What was weighed otherwise is struck out and recorded anew.
fn text_of_school(event: &mut SchoolEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        SchoolEvent::IntakeHeld { present, contact_forms, feedback, expectations, words, .. } => {
            present.iter().try_for_each(|present| kept_attendee(&present.who))?;
            kept(contact_forms.as_ref())?;
            kept(feedback.as_ref())?;
            expectations.iter().try_for_each(|expectation| kept(Some(&expectation.what)))?;
            Some(words)
        }
        SchoolEvent::SchoolQuestionAsked { asked_by, words, .. } => {
            kept_attendee(asked_by)?;
            Some(words)
        }
        SchoolEvent::ArrangementTriaged { .. }
        | SchoolEvent::SchoolQuestionHandedOver { .. }
        | SchoolEvent::SchoolQuestionEnded { .. } => None,
    })
}

/// Why an extension is asked, what a role finds of it, why the college decided. A date that was wrong is struck out and recorded anew.
fn text_of_trajectory(event: &mut TrajectoryEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        TrajectoryEvent::ExtensionAsked { reason: text, .. }
        | TrajectoryEvent::ExtensionViewGiven { view: text, .. } => Some(text),
        TrajectoryEvent::ExtensionDecided { reason, decided_by, .. } => {
            kept(Some(&*decided_by))?;
            Some(reason)
        }
        TrajectoryEvent::TrajectoryStarted { .. }
        | TrajectoryEvent::TrajectoryGoalsSet { .. }
        | TrajectoryEvent::ExtensionObjected { .. }
        | TrajectoryEvent::TrajectoryEnded { .. } => None,
    })
}

/// The justification itself, why there is waited, what a second look found.
fn text_of_weighing(event: &mut WeighingEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(Some(match event {
        WeighingEvent::HarmfulHelpJustified { help, benefit, harm, lighter, justification, child_interest, .. } => {
            kept(Some(&*help))?;
            [benefit, harm].into_iter().try_for_each(|text| kept(Some(&*text)))?;
            [lighter, child_interest].into_iter().try_for_each(|text| kept(text.as_ref()))?;
            justification
        }
        WeighingEvent::WaitingDecided { what, reason, .. } => {
            kept(Some(&*what))?;
            reason
        }
        WeighingEvent::WeighingReviewed { finding, .. } => finding,
    }))
}

/// The text that an event of this type may have.
fn optional_text_of(event: &mut CaseEvent) -> Result<Option<&mut Option<Personal<Text>>>, Rejection> {
    Ok(match event {
        CaseEvent::Life(LifeEvent::CaseClosed { explanation: text, .. })
        | CaseEvent::Consent(
            ConsentEvent::ConsentRefused { reason: text, .. }
            | ConsentEvent::ConsentWithdrawn { reason: text, .. }
            | ConsentEvent::ConsentExceptionEnded { reason: text, .. },
        )
        | CaseEvent::Regie(
            RegieEvent::PartyLeft { reason: text, .. }
            | RegieEvent::ExpectedEndChanged { reason: text, .. }
            | RegieEvent::HandoverEnded { reason: text, .. }
            | RegieEvent::RegieHandedBack { agreement: text, .. },
        )
        | CaseEvent::Representation(RepresentationEvent::RepresentativeEnded { reason: text, .. })
        | CaseEvent::Plan(PlanEvent::ActionMoved { reason: text, .. } | PlanEvent::ActionEnded { words: text, .. })
        | CaseEvent::OwnPlan(
            OwnPlanEvent::OwnPlanPresented { words: text, .. } | OwnPlanEvent::OwnPlanWaived { reason: text, .. },
        )
        | CaseEvent::Conflict(ConflictEvent::CalmPeriodReported { words: text, .. })
        | CaseEvent::Conference(ConferenceEvent::HeardApart { words: text, .. })
        | CaseEvent::Ruling(RulingEvent::RulingEnded { reason: text, .. })
        | CaseEvent::Assessment(AssessmentEvent::AssessmentRecorded { occasion: text, .. })
        | CaseEvent::Reference(ReferenceEvent::ExternalReferenceEnded { reason: text, .. })
        | CaseEvent::Informal(
            InformalEvent::SupportHouseRulesSigned { rules: text, .. }
            | InformalEvent::SupportTermAgreed { agreements: text, .. }
            | InformalEvent::SupportEnded { words: text, .. },
        )
        | CaseEvent::Reflection(ReflectionEvent::ReflectionHeld { changes: text, .. })
        | CaseEvent::School(
            SchoolEvent::SchoolQuestionHandedOver { note: text, .. }
            | SchoolEvent::SchoolQuestionEnded { words: text, .. },
        ) => Some(text),
        CaseEvent::Informal(InformalEvent::SupportMeasured { words, benefit, formal_help, .. }) => {
            kept(benefit.as_ref())?;
            kept(formal_help.as_ref())?;
            Some(words)
        }
        CaseEvent::Divorce(event) => return optional_text_of_divorce(event),
        CaseEvent::Plan(PlanEvent::PlanAnswered { answer, words, .. }) => {
            kept(Some(&*answer))?;
            Some(words)
        }
        CaseEvent::Plan(PlanEvent::PlanActivated { reason, interest, .. }) => {
            kept(interest.as_ref())?;
            Some(reason)
        }
        CaseEvent::Steps(event) => return optional_text_of_steps(event),
        CaseEvent::CrisisPlan(event) => return optional_text_of_crisis_plan(event).map(Some),
        CaseEvent::Consent(
            ConsentEvent::ConsentGranted { purpose, explained, .. }
            | ConsentEvent::ConsentAsked { purpose, explained, .. },
        ) => {
            kept(purpose.as_ref())?;
            Some(explained)
        }
        CaseEvent::Regie(RegieEvent::FamilyWordRecorded { agrees, words, .. }) => {
            kept(Some(&*agrees))?;
            Some(words)
        }
        CaseEvent::Framework(FrameworkEvent::ConditionAnswered { accepts, words, .. }) => {
            kept(Some(&*accepts))?;
            Some(words)
        }
        CaseEvent::Trajectory(
            TrajectoryEvent::ExtensionObjected { words, .. } | TrajectoryEvent::TrajectoryEnded { words, .. },
        )
        | CaseEvent::Application(ApplicationEvent::ApplicationAnswered { words, .. })
        | CaseEvent::Alert(AlertEvent::ProposalAccepted { words, .. })
        | CaseEvent::Contact(ContactEvent::PromiseSettled { note: words, .. })
        | CaseEvent::Voice(VoiceEvent::ChildSignalClosed { words, .. })
        | CaseEvent::Safety(SafetyEvent::PersonTold { words, .. }) => Some(words),
        CaseEvent::Voice(VoiceEvent::ChildSignalOpened { words, domain, change, .. }) => {
            kept(Some(&*domain))?;
            kept(Some(&*change))?;
            Some(words)
        }
        CaseEvent::Voice(VoiceEvent::ChildSignalChanged { words, change, .. }) => {
            kept(Some(&*change))?;
            Some(words)
        }
        CaseEvent::Statement(StatementEvent::StatementTested { words, recognised, .. })
        | CaseEvent::Assessment(AssessmentEvent::AssessmentTested { words, recognised, .. }) => {
            kept(Some(&*recognised))?;
            Some(words)
        }
        _ => None,
    })
}
