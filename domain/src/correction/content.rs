//! Other content in the place of a fact: the same event about the same people, with what was wrong said right. New words are a
//! record of their own, so that the wrong and the right ones can each be destroyed alone.

mod explanation;
mod words;

pub(super) use explanation::explained;

use super::{CORRECTION_DOES_NOT_FIT, CORRECTION_OF_ERASED, CORRECTION_OF_UNREADABLE, CorrectedContent};
use crate::case::{CaseEvent, CaseState};
use crate::conference::{Attendee, Came, Point};
use crate::consent::WhoIs;
use crate::decider::{Context, DomainEvent};
use crate::divorce::episode::NoticedBy;
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, EpisodeEvent, SatEvent, TopologyEvent};
use crate::exclusion::ExclusionEvent;
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent};
use crate::fact::{Departure, Fact};
use crate::households::HouseholdEvent;
use crate::ids::RulingId;
use crate::informal::InformalEvent;
use crate::life::LifeEvent;
use crate::people::{self, NewAuthority, PeopleEvent};
use crate::personal::{Personal, Presence};
use crate::reference::ReferenceEvent;
use crate::regie::{self, RegieEvent};
use crate::rejection::Rejection;
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::safety::SafetyEvent;
use crate::school::SchoolEvent;
use crate::service::ServiceEvent;
use crate::sharing::SharingEvent;
use crate::statement::{Speaker, StatementEvent};
use crate::terms::ConsentAges;
use crate::time::CivilDay;

/// The event with this content in it.
///
/// # Errors
/// `CORRECTION_DOES_NOT_FIT` when an event of this type has no such content; `CORRECTION_OF_ERASED` when what should stay is gone;
/// and what the room of the event refuses about the content itself.
pub(super) fn replace(
    event: &CaseEvent,
    right: &CorrectedContent,
    state: &CaseState,
    context: &mut Context<'_>,
) -> Result<CaseEvent, Rejection> {
    let mut event = event.clone();
    match (&mut event, right) {
        (CaseEvent::People(event), right) => person(event, right, state, context)?,
        (
            CaseEvent::Households(HouseholdEvent::MembershipRecorded { from, until, .. }),
            CorrectedContent::Membership { from: first, until: last },
        ) => {
            people::check_order(*first, *last)?;
            (*from, *until) = (*first, *last);
        }
        (
            CaseEvent::Life(LifeEvent::CaseOpened { framework, ground, question, .. }),
            CorrectedContent::Opening { framework: right, ground: rests_on },
        ) => {
            kept(Some(&*question))?;
            (*framework, *ground) = (*right, *rests_on);
        }
        (
            CaseEvent::Households(HouseholdEvent::MembershipEnded { last_day, .. }),
            CorrectedContent::LastDay { last_day: last },
        ) => *last_day = *last,
        (
            CaseEvent::Regie(event),
            CorrectedContent::Party { .. } | CorrectedContent::Director { .. } | CorrectedContent::LastDay { .. },
        ) => in_regie(event, right)?,
        (CaseEvent::Divorce(event), CorrectedContent::LastDay { last_day: last }) => last_day_in_divorce(event, *last)?,
        (
            CaseEvent::Representation(RepresentationEvent::RepresentativeEnded { last_day, reason, .. })
            | CaseEvent::Ruling(RulingEvent::RulingEnded { last_day, reason, .. })
            | CaseEvent::Reference(ReferenceEvent::ExternalReferenceEnded { last_day, reason, .. })
            | CaseEvent::Informal(InformalEvent::SupportEnded { last_day, words: reason, .. }),
            CorrectedContent::LastDay { last_day: last },
        ) => {
            kept(reason.as_ref())?;
            *last_day = *last;
        }
        (event, CorrectedContent::Words(text)) => words::words(event, text, context)?,
        (event, CorrectedContent::Explanation(_)) => explanation::explainable(event)?,
        (event, _) => return Err(misfit(event)),
    }
    Ok(event)
}

fn misfit(event: &CaseEvent) -> Rejection {
    Rejection::new(CORRECTION_DOES_NOT_FIT).with("event", event.info().name)
}

fn person(
    event: &mut PeopleEvent,
    right: &CorrectedContent,
    state: &CaseState,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    match (&mut *event, right) {
        (PeopleEvent::PersonAdded { name, birth_date, role, .. }, CorrectedContent::Name(right)) => {
            kept(birth_date.as_ref())?;
            kept(Some(&*role))?;
            *name = Personal::ordinary(name.owner(), right.clone());
        }
        (PeopleEvent::PersonRenamed { name, .. }, CorrectedContent::Name(right)) => {
            *name = Personal::ordinary(name.owner(), right.clone());
        }
        (PeopleEvent::PersonAdded { name, birth_date, role, .. }, CorrectedContent::BirthDate(right)) => {
            kept(Some(&*name))?;
            kept(Some(&*role))?;
            people::check_birth_date(Some(*right), context.today())?;
            *birth_date = Some(Personal::ordinary(name.owner(), *right));
        }
        (PeopleEvent::BirthDateRecorded { birth_date, .. }, CorrectedContent::BirthDate(right)) => {
            people::check_birth_date(Some(*right), context.today())?;
            *birth_date = Personal::ordinary(birth_date.owner(), *right);
        }
        (PeopleEvent::AuthorityRecorded { child, ruling, .. }, CorrectedContent::Authority(right))
            if right.child == WhoIs::Person(*child) =>
        {
            *event = authority(right, *ruling, state, context.terms.consent_ages)?;
        }
        (
            PeopleEvent::RecognitionRecorded { recognised, from, .. },
            CorrectedContent::Recognition { recognised: right, from: first },
        ) => {
            *recognised = Personal::ordinary(recognised.owner(), *right);
            *from = *first;
        }
        (event, _) => return Err(misfit(&CaseEvent::People(event.clone()))),
    }
    Ok(())
}

fn authority(
    right: &NewAuthority,
    ruling: Option<RulingId>,
    state: &CaseState,
    ages: ConsentAges,
) -> Result<PeopleEvent, Rejection> {
    people::authority_of_case(&state.people, right, ruling, ages)
}

fn in_regie(event: &mut RegieEvent, right: &CorrectedContent) -> Result<(), Rejection> {
    match (&mut *event, right) {
        (
            RegieEvent::PartyJoined { from, expected_end, expertise, .. },
            CorrectedContent::Party { from: first, expected_end: end },
        ) => {
            kept(expertise.as_ref())?;
            people::check_order(*first, *end)?;
            (*from, *expected_end) = (*first, *end);
        }
        (
            RegieEvent::DirectorAssigned { from, .. } | RegieEvent::HandoverAccepted { from, .. },
            CorrectedContent::Director { from: first },
        ) => *from = *first,
        (RegieEvent::DirectorEnded { last_day, reason, .. }, CorrectedContent::LastDay { last_day: last }) => {
            kept(Some(&*reason))?;
            *last_day = *last;
        }
        (RegieEvent::PartyLeft { last_day, reason, .. }, CorrectedContent::LastDay { last_day: last }) => {
            kept(reason.as_ref())?;
            *last_day = *last;
        }
        (RegieEvent::DeputyEnded { last_day, .. }, CorrectedContent::LastDay { last_day: last }) => *last_day = *last,
        (event, _) => return Err(misfit(&CaseEvent::Regie(event.clone()))),
    }
    Ok(())
}

fn last_day_in_divorce(event: &mut DivorceEvent, last: CivilDay) -> Result<(), Rejection> {
    match event {
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, reason, .. })
        | DivorceEvent::Dons(DonsEvent::DonsEnded { last_day, reason, .. }) => {
            kept(Some(&*reason))?;
            *last_day = last;
            Ok(())
        }
        DivorceEvent::Dons(DonsEvent::DonsCompleted { last_day, communication, contact, agreements, .. }) => {
            [communication, contact, agreements].into_iter().try_for_each(|text| kept(text.as_ref()))?;
            *last_day = last;
            Ok(())
        }
        DivorceEvent::Sat(SatEvent::SatModeEnded { last_day, reason, .. }) => {
            kept(reason.as_ref())?;
            *last_day = last;
            Ok(())
        }
        event => Err(misfit(&CaseEvent::Divorce(event.clone()))),
    }
}

/// Puts other words in the place of the one text an event has. An event with two texts (what somebody can and cannot offer) or with a
/// copy of a text that stands elsewhere (a signal) is struck out and recorded anew; of an offered handover it is the summary.
fn words(event: &mut CaseEvent, text: &Text, context: &mut Context<'_>) -> Result<(), Rejection> {
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
        | CaseEvent::Divorce(
            DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { reason: text, .. })
            | DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { reason: text, .. })
            | DivorceEvent::Sat(SatEvent::SatRequested { question: text, .. })
            | DivorceEvent::Dons(
                DonsEvent::DonsEnded { reason: text, .. }
                | DonsEvent::DonsConversationNotHeld { reason: text, .. }
                | DonsEvent::ParentGoalDrafted { words: text, .. }
                | DonsEvent::ParentGoalAdjusted { words: text, .. },
            ),
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
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatAdviceGiven { words, conditions, .. })) => {
            conditions.iter().try_for_each(|condition| kept(Some(condition)))?;
            Some(words)
        }
        CaseEvent::Divorce(DivorceEvent::Episode(event)) => return text_of_episode(event),
        CaseEvent::Conflict(event) => return text_of_conflict(event),
        CaseEvent::Service(event) => return text_of_service(event),
        CaseEvent::Assessment(event) => return text_of_assessment(event),
        CaseEvent::Informal(event) => return text_of_informal(event),
        CaseEvent::Conference(event) => return text_of_conference(event).map(Some),
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
        | CaseEvent::Framework(FrameworkEvent::ConditionEnded { reason: text, .. }) => Some(text),
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

/// What was noticed, shows, was said or decided in an episode. A feature, a track or a step that was wrong is struck out and recorded anew.
fn text_of_episode(event: &mut EpisodeEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    Ok(match event {
        EpisodeEvent::DivorceSignalRecorded { noticed_by, words, .. } => {
            if let NoticedBy::Outside(who) = noticed_by {
                kept(Some(&*who))?;
            }
            Some(words)
        }
        EpisodeEvent::DivorceSettling { words, .. }
        | EpisodeEvent::ParentStrainNamed { words, .. }
        | EpisodeEvent::DivorceEpisodeMoved { words, .. } => Some(words),
        EpisodeEvent::ComplexDivorceRecognised { seen, rationale, .. } => {
            seen.iter().try_for_each(|one| kept(Some(&one.feature)).and_then(|()| kept(one.what.as_ref())))?;
            Some(rationale)
        }
        EpisodeEvent::DivorceTriageDecided { weighed, .. } | EpisodeEvent::DivorceTrackSwitched { weighed, .. } => {
            weighed.alternatives.iter().try_for_each(|one| kept(Some(&one.reason)))?;
            kept(weighed.not_informed.as_ref())?;
            Some(&mut weighed.reason)
        }
        EpisodeEvent::ComplexDivorceAcknowledged { .. } => None,
    })
}

/// What was seen of a stage, on what a form rests, what set a flare-up off, about what or why. A stage or figure that was wrong is struck
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
fn text_of_conference(event: &mut ConferenceEvent) -> Result<&mut Personal<Text>, Rejection> {
    match event {
        ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, .. } => {
            kept(purpose.as_ref())?;
            kept(expected.as_ref())?;
            for guest in invited {
                kept_attendee(&guest.who)?;
                guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
            }
            Ok(occasion)
        }
        ConferenceEvent::ConferenceHeld { came, agreed, words, .. } => {
            kept_held(came, agreed)?;
            Ok(words)
        }
        ConferenceEvent::ConferenceStopped { reason, .. } => Ok(reason),
    }
}

fn kept_held(came: &[Came], agreed: &[Point]) -> Result<(), Rejection> {
    for guest in came {
        kept_attendee(&guest.who)?;
        kept(guest.left_early.as_ref())?;
        guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
    }
    agreed.iter().try_for_each(|point| kept(Some(&point.what)))
}

fn kept_attendee(who: &Attendee) -> Result<(), Rejection> {
    match who {
        Attendee::Outside(who) => kept(Some(who)),
        Attendee::Person(_) | Attendee::Worker(_) => Ok(()),
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

/// The facts of a signal, and the sentence of every step. What was answered or decided otherwise is struck out and recorded anew.
fn text_of_safety(event: &mut SafetyEvent) -> Result<Option<&mut Personal<Text>>, Rejection> {
    kept_safety(event)?;
    Ok(match event {
        SafetyEvent::SafetySignalRecorded { facts: words, .. }
        | SafetyEvent::SafetyScreened { words, .. }
        | SafetyEvent::SafetyMapped { words, .. }
        | SafetyEvent::SafetyConsulted { words, .. }
        | SafetyEvent::SafetyTalkJudged { words, .. }
        | SafetyEvent::SafetyTalkHeld { words, .. }
        | SafetyEvent::SafetyWeighed { words, .. }
        | SafetyEvent::SafetyDecided { words, .. }
        | SafetyEvent::ReportedToVeiligThuis { words, .. }
        | SafetyEvent::VeiligThuisAnswered { words, .. }
        | SafetyEvent::ToldLaterDecided { words, .. }
        | SafetyEvent::ToldLaterReviewed { words, .. }
        | SafetyEvent::SafetyLaneCleared { words, .. } => Some(words),
        SafetyEvent::PersonTold { .. } => None,
    })
}

/// What stands in a fact about safety besides its sentence.
fn kept_safety(event: &SafetyEvent) -> Result<(), Rejection> {
    match event {
        SafetyEvent::SafetyScreened { outcome, .. } => kept(Some(outcome)),
        SafetyEvent::SafetySignalRecorded { kind, judgement, reported_by, observed_by, told_by, .. } => {
            kept(Some(kind))?;
            kept(judgement.as_ref())?;
            std::iter::once(reported_by).chain(observed_by).chain(told_by).try_for_each(kept_speaker)
        }
        SafetyEvent::SafetyTalkJudged { safe, .. } => kept(Some(safe)),
        SafetyEvent::SafetyWeighed { answers, .. } => kept(Some(answers)),
        SafetyEvent::SafetyDecided { report_needed, help_possible, help, .. } => {
            [report_needed, help_possible].into_iter().try_for_each(|one| kept(Some(one)))?;
            kept(help.as_ref())
        }
        SafetyEvent::VeiligThuisAnswered { source, .. } => kept(Some(source)),
        SafetyEvent::SafetyMapped { .. }
        | SafetyEvent::SafetyConsulted { .. }
        | SafetyEvent::SafetyTalkHeld { .. }
        | SafetyEvent::ReportedToVeiligThuis { .. }
        | SafetyEvent::ToldLaterDecided { .. }
        | SafetyEvent::ToldLaterReviewed { .. }
        | SafetyEvent::PersonTold { .. }
        | SafetyEvent::SafetyLaneCleared { .. } => Ok(()),
    }
}

fn kept_speaker(speaker: &Speaker) -> Result<(), Rejection> {
    match speaker {
        Speaker::Outside(who) => kept(Some(who)),
        Speaker::Person(_) | Speaker::Worker(_) => Ok(()),
    }
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

/// Of a conversation what came of it, of a barrier more about it, of what ended or was answered why.
fn optional_text_of_divorce(event: &mut DivorceEvent) -> Result<Option<&mut Option<Personal<Text>>>, Rejection> {
    Ok(match event {
        DivorceEvent::Sat(
            SatEvent::SatEnded { explanation: text, .. }
            | SatEvent::SatNotMeSaid { reason: text, .. }
            | SatEvent::SatAdviceAnswered { reason: text, .. }
            | SatEvent::SatModeEnded { reason: text, .. },
        )
        | DivorceEvent::Dons(DonsEvent::BarrierLifted { words: text, .. })
        | DivorceEvent::Episode(EpisodeEvent::ComplexDivorceAcknowledged { words: text, .. }) => Some(text),
        DivorceEvent::Dons(DonsEvent::DonsConversationHeld { topics, words, .. }) => {
            topics.iter().try_for_each(|topic| kept(Some(topic)))?;
            Some(words)
        }
        DivorceEvent::Dons(DonsEvent::BarrierOpened { kind, words, .. }) => {
            kept(Some(&*kind))?;
            Some(words)
        }
        _ => None,
    })
}

/// Whether this can be explained: the facts that a rule may mark. The words of a reported departure are its explanation.
fn explainable(event: &CaseEvent) -> Result<(), Rejection> {
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
        CaseEvent::Conference(ConferenceEvent::ConferenceHeld { came, agreed, words, .. }) => {
            kept_held(came, agreed)?;
            kept(Some(words))
        }
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::DonsConversationHeld { topics, words, .. })) => {
            topics.iter().try_for_each(|topic| kept(Some(topic)))?;
            kept(words.as_ref())
        }
        CaseEvent::Conference(ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, .. }) => {
            [Some(occasion), purpose.as_ref(), expected.as_ref()].into_iter().try_for_each(kept)?;
            for guest in invited {
                kept_attendee(&guest.who)?;
                guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
            }
            Ok(())
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

/// A screening or a talk that was not alone, steps in another order, a report before it was decided on.
fn safety_explainable(event: &SafetyEvent) -> Result<(), Rejection> {
    kept_safety(event)?;
    match event {
        SafetyEvent::SafetyScreened { words, .. }
        | SafetyEvent::SafetyTalkHeld { words, .. }
        | SafetyEvent::SafetyWeighed { words, .. }
        | SafetyEvent::SafetyDecided { words, .. }
        | SafetyEvent::ReportedToVeiligThuis { words, .. } => kept(Some(words)),
        event => Err(misfit(&CaseEvent::Safety(event.clone()))),
    }
}

/// The marks of a fact, each with these words.
///
/// # Errors
/// `CORRECTION_DOES_NOT_FIT` when nothing departs from a rule.
pub(super) fn explained(
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

/// The marks of a fact with this event in its place: what its new dates decide is judged anew, all else stays.
pub(super) fn judged(
    event: &CaseEvent,
    (recorded, stands): (&Fact<CaseEvent>, &Fact<CaseEvent>),
    state: &CaseState,
    context: &Context<'_>,
) -> Vec<Departure> {
    match event {
        CaseEvent::Regie(event) => {
            regie::departures_by_dates(event, (recorded, stands), state, context.terms_of(recorded))
        }
        _ => stands.departures.clone(),
    }
}

/// What stays is written again, so it must still be readable.
pub(super) fn kept<T>(value: Option<&Personal<T>>) -> Result<(), Rejection> {
    match value.map(Personal::presence) {
        None | Some(Presence::Known) => Ok(()),
        Some(Presence::Erased) => Err(Rejection::new(CORRECTION_OF_ERASED)),
        Some(Presence::Unavailable) => Err(Rejection::new(CORRECTION_OF_UNREADABLE)),
    }
}
