//! The words and the professionals in an event. Every event is named here: a new one does not pass unseen.

mod assessed;

use domain::application::ApplicationEvent;
use domain::case::CaseEvent;
use domain::conference::{Attendee, ConferenceEvent};
use domain::conflict::ConflictEvent;
use domain::consent::ConsentEvent;
use domain::contact::ContactEvent;
use domain::correction::CorrectionEvent;
use domain::crisis::CrisisEvent;
use domain::crisisplan::CrisisPlanEvent;
use domain::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent, TopologyEvent};
use domain::emergency::{EmergencyEvent, EmergencyGround};
use domain::exclusion::ExclusionEvent;
use domain::fact::Fact;
use domain::framework::FrameworkEvent;
use domain::households::HouseholdEvent;
use domain::ids::WorkerId;
use domain::life::LifeEvent;
use domain::ownplan::OwnPlanEvent;
use domain::people::PeopleEvent;
use domain::personal::Personal;
use domain::plan::PlanEvent;
use domain::protection::ProtectionEvent;
use domain::reference::ReferenceEvent;
use domain::referral::ReferralEvent;
use domain::reflection::ReflectionEvent;
use domain::regie::{Agreed, RegieEvent};
use domain::representation::RepresentationEvent;
use domain::request::RequestEvent;
use domain::ret::RetEvent;
use domain::ruling::{RulingDates, RulingEvent};
use domain::school::SchoolEvent;
use domain::service::ServiceEvent;
use domain::sharing::SharingEvent;
use domain::statement::{Speaker, StatementEvent};
use domain::steps::StepsEvent;
use domain::text::{Line, Name, Text};
use domain::time::CivilDay;
use domain::trajectory::TrajectoryEvent;
use domain::voice::VoiceEvent;
use domain::weighing::WeighingEvent;

use super::Words;

type Labelled = (&'static str, Words);

fn text(label: &'static str, words: &Personal<Text>) -> Labelled {
    (label, Words::Text(words.clone()))
}

fn line(label: &'static str, words: &Personal<Line>) -> Labelled {
    (label, Words::Line(words.clone()))
}

fn name(label: &'static str, words: &Personal<Name>) -> Labelled {
    (label, Words::Name(words.clone()))
}

fn day(label: &'static str, date: &Personal<CivilDay>) -> Labelled {
    (label, Words::Day(date.clone()))
}

fn process_day(label: &'static str, date: CivilDay) -> Labelled {
    (label, Words::ProcessDay(date))
}

/// The days something holds: what a correction of it changes.
fn days(from: CivilDay, until: Option<CivilDay>) -> impl Iterator<Item = Labelled> {
    std::iter::once(process_day("from", from)).chain(until.map(|until| process_day("until", until)))
}

fn maybe(label: &'static str, words: Option<&Personal<Text>>) -> Vec<Labelled> {
    words.map(|words| text(label, words)).into_iter().collect()
}

/// The words of an event, labelled by the field they stand in.
pub(super) fn words(event: &CaseEvent) -> Vec<Labelled> {
    match event {
        CaseEvent::Life(event) => of_life(event),
        CaseEvent::Consent(event) => of_consent(event),
        CaseEvent::People(event) => of_people(event),
        CaseEvent::Households(event) => of_households(event),
        CaseEvent::Protection(event) => of_protection(event),
        CaseEvent::Regie(event) => of_regie(event),
        CaseEvent::Divorce(event) => of_divorce(event),
        CaseEvent::Sharing(event) => of_sharing(event),
        CaseEvent::Correction(
            CorrectionEvent::FactCorrected { reason, .. }
            | CorrectionEvent::MisplacedFactSetAside { reason, .. }
            | CorrectionEvent::SetAsideFactBroughtBack { reason, .. },
        )
        | CaseEvent::Exclusion(
            ExclusionEvent::WorkerExcluded { reason, .. } | ExclusionEvent::ExclusionLifted { reason, .. },
        ) => vec![text("reason", reason)],
        CaseEvent::Representation(event) => of_representation(event),
        CaseEvent::Emergency(event) => of_emergency(event),
        CaseEvent::Crisis(event) => of_crisis(event),
        CaseEvent::Plan(event) => of_plan(event),
        CaseEvent::OwnPlan(event) => of_own_plan(event),
        CaseEvent::Contact(event) => of_contact(event),
        CaseEvent::Voice(event) => of_voice(event),
        CaseEvent::Statement(event) => of_statement(event),
        CaseEvent::Request(event) => of_request(event),
        CaseEvent::Conflict(event) => of_conflict(event),
        CaseEvent::Service(event) => of_service(event),
        CaseEvent::Ruling(event) => of_ruling(event),
        CaseEvent::Assessment(event) => assessed::of_assessment(event),
        CaseEvent::Reference(event) => assessed::of_reference(event),
        CaseEvent::Informal(event) => assessed::of_informal(event),
        CaseEvent::Conference(event) => of_conference(event),
        CaseEvent::Reflection(event) => of_reflection(event),
        CaseEvent::School(event) => of_school(event),
        CaseEvent::Trajectory(event) => of_trajectory(event),
        CaseEvent::Weighing(event) => of_weighing(event),
        CaseEvent::Application(event) => of_application(event),
        CaseEvent::Referral(event) => of_referral(event),
        CaseEvent::Framework(event) => of_framework(event),
        CaseEvent::Steps(event) => of_steps(event),
        CaseEvent::CrisisPlan(event) => of_crisis_plan(event),
        CaseEvent::Ret(event) => of_ret(event),
    }
}

fn outside(label: &'static str, who: &Attendee) -> Option<Labelled> {
    match who {
        Attendee::Outside(who) => Some(line(label, who)),
        Attendee::Person(_) | Attendee::Worker(_) => None,
    }
}

/// What the family said about each who comes shows with the conference: yes or no, no words of somebody.
fn of_conference(event: &ConferenceEvent) -> Vec<Labelled> {
    match event {
        ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, planned, .. } => {
            let more = [("purpose", purpose.as_ref()), ("expected", expected.as_ref())];
            let more = more.into_iter().flat_map(|(label, words)| maybe(label, words));
            let guests = invited.iter().filter_map(|guest| outside("invited", &guest.who));
            let day = planned.map(|day| process_day("planned", day));
            std::iter::once(text("occasion", occasion)).chain(more).chain(guests).chain(day).collect()
        }
        ConferenceEvent::ConferenceHeld { came, agreed, words, .. }
        | ConferenceEvent::ConferenceResumed { came, agreed, words, .. } => {
            let guests = came.iter().filter_map(|guest| outside("came", &guest.who));
            let left = came.iter().filter_map(|guest| guest.left_early.as_ref()).map(|words| text("left_early", words));
            let points = agreed.iter().flat_map(|point| {
                std::iter::once(text("agreed", &point.what)).chain(point.by.map(|by| process_day("due", by)))
            });
            std::iter::once(text("words", words)).chain(points).chain(guests).chain(left).collect()
        }
        ConferenceEvent::ConferenceStopped { reason, resumes, .. } => {
            std::iter::once(text("reason", reason)).chain(resumes.map(|day| process_day("resumes", day))).collect()
        }
        ConferenceEvent::HeardApart { words, .. } => maybe("words", words.as_ref()),
        ConferenceEvent::ConferenceNotResumed { reason, .. } => vec![text("reason", reason)],
        ConferenceEvent::HearingsPlanned { .. } => Vec::new(),
    }
}

fn of_steps(event: &StepsEvent) -> Vec<Labelled> {
    match event {
        StepsEvent::ConversationStepTaken { words, .. } | StepsEvent::OptionTried { words, .. } => {
            maybe("words", words.as_ref())
        }
        StepsEvent::OptionAuthored { words, .. } => vec![text("words", words)],
        StepsEvent::TrustedContactNamed { who, words, .. } => {
            outside("trusted", who).into_iter().chain(maybe("words", words.as_ref())).collect()
        }
        StepsEvent::TrustedPresenceAnswered { on, words, .. } => {
            maybe("words", words.as_ref()).into_iter().chain(on.map(|day| process_day("planned", day))).collect()
        }
        StepsEvent::TrustedContactEnded { reason, .. } => maybe("reason", reason.as_ref()),
    }
}

fn of_crisis_plan(event: &CrisisPlanEvent) -> Vec<Labelled> {
    match event {
        CrisisPlanEvent::CrisisPlanWritten { signs, actions, .. } => {
            let actions = actions.iter().map(|action| text("action", &action.what));
            maybe("signs", signs.as_ref()).into_iter().chain(actions).collect()
        }
        CrisisPlanEvent::CrisisPlanReviewed { words } => maybe("words", words.as_ref()),
    }
}

fn of_ret(event: &RetEvent) -> Vec<Labelled> {
    match event {
        RetEvent::RetAsked { stuck, .. } => vec![text("stuck", stuck)],
        RetEvent::RetFamilyTold { words, .. } | RetEvent::RetEnded { words, .. } => vec![text("words", words)],
        RetEvent::RetJoined { .. } => Vec::new(),
    }
}

fn of_reflection(event: &ReflectionEvent) -> Vec<Labelled> {
    match event {
        ReflectionEvent::ReflectionHeld { changes, next, .. } => {
            maybe("changes", changes.as_ref()).into_iter().chain([process_day("next", *next)]).collect()
        }
        ReflectionEvent::ReflectionSaid { right_thing, together, .. } => {
            let words = [("right_thing", right_thing.as_ref()), ("together", together.as_ref())];
            words.into_iter().flat_map(|(label, words)| maybe(label, words)).collect()
        }
    }
}

fn of_school(event: &SchoolEvent) -> Vec<Labelled> {
    match event {
        SchoolEvent::IntakeHeld { present, contact_forms, feedback, expectations, words, .. } => {
            let more = [("contact_forms", contact_forms.as_ref()), ("feedback", feedback.as_ref())];
            let more = more.into_iter().flat_map(|(label, words)| maybe(label, words));
            let expected = expectations.iter().map(|expectation| text("expectation", &expectation.what));
            let outside = present.iter().filter_map(|present| outside("present", &present.who));
            std::iter::once(text("words", words)).chain(more).chain(expected).chain(outside).collect()
        }
        SchoolEvent::ArrangementTriaged { school_can, asked, route, .. } => {
            [text("school_can", school_can), text("asked", asked)]
                .into_iter()
                .chain(maybe("route", route.as_ref()))
                .collect()
        }
        SchoolEvent::SchoolQuestionAsked { asked_by, words, by, .. } => {
            [text("asked", words), process_day("answer_by", *by)]
                .into_iter()
                .chain(outside("asked_by", asked_by))
                .collect()
        }
        SchoolEvent::SchoolQuestionHandedOver { note, .. } => maybe("note", note.as_ref()),
        SchoolEvent::SchoolQuestionEnded { words, .. } => maybe("answered", words.as_ref()),
    }
}

fn of_plan(event: &PlanEvent) -> Vec<Labelled> {
    match event {
        PlanEvent::GoalProposed { words, .. } | PlanEvent::GoalReworded { words, .. } => vec![text("goal", words)],
        PlanEvent::GoalReached { words, .. }
        | PlanEvent::GoalWithdrawn { words, .. }
        | PlanEvent::GoalResumed { words, .. }
        | PlanEvent::ActionEnded { words, .. }
        | PlanEvent::PlanAnswered { words, .. } => maybe("words", words.as_ref()),
        PlanEvent::ActionAgreed { what, due, .. } => {
            std::iter::once(text("action", what)).chain(due.map(|due| process_day("due", due))).collect()
        }
        PlanEvent::ActionOwned { .. } | PlanEvent::PlanOffered { .. } => Vec::new(),
        PlanEvent::ActionMoved { due, reason, .. } => {
            std::iter::once(process_day("due", *due)).chain(maybe("reason", reason.as_ref())).collect()
        }
        PlanEvent::PlanActivated { reason, interest, .. } => {
            maybe("reason", reason.as_ref()).into_iter().chain(maybe("interest", interest.as_ref())).collect()
        }
        PlanEvent::PlanEvaluated { words, next, .. } => vec![text("words", words), process_day("next", *next)],
    }
}

fn of_own_plan(event: &OwnPlanEvent) -> Vec<Labelled> {
    match event {
        OwnPlanEvent::OwnPlanExplained { .. } => Vec::new(),
        OwnPlanEvent::OwnPlanTaken { agreed, .. } => vec![process_day("agreed", *agreed)],
        OwnPlanEvent::OwnPlanPresented { words, .. } => maybe("words", words.as_ref()),
        OwnPlanEvent::OwnPlanWaived { reason, .. } => maybe("reason", reason.as_ref()),
    }
}

fn of_life(event: &LifeEvent) -> Vec<Labelled> {
    match event {
        LifeEvent::CaseOpened { question, .. } => vec![text("question", question)],
        LifeEvent::SignalLinked { topic, .. } => vec![text("topic", topic)],
        LifeEvent::CaseClosed { explanation, .. } => maybe("explanation", explanation.as_ref()),
        LifeEvent::CaseReopened { reason } | LifeEvent::AudienceChanged { reason, .. } => vec![text("reason", reason)],
        LifeEvent::DepartureReported { what, .. } => vec![text("what", what)],
    }
}

fn of_consent(event: &ConsentEvent) -> Vec<Labelled> {
    match event {
        ConsentEvent::ConsentGranted { purpose, explained, .. } => {
            let purpose = purpose.as_ref().map(|purpose| line("purpose", purpose));
            purpose.into_iter().chain(maybe("explained", explained.as_ref())).collect()
        }
        ConsentEvent::ConsentRefused { reason, .. } | ConsentEvent::ConsentWithdrawn { reason, .. } => {
            maybe("reason", reason.as_ref())
        }
        ConsentEvent::ConsentAsked { purpose, explained, answer_by, .. } => {
            let purpose = purpose.as_ref().map(|purpose| line("purpose", purpose));
            let by = answer_by.map(|day| process_day("answer_by", day));
            purpose.into_iter().chain(maybe("explained", explained.as_ref())).chain(by).collect()
        }
        ConsentEvent::ConsentExceptionRecorded { ground, reason, from, until, .. } => {
            let words = [("ground", Words::Exception(ground.clone())), text("reason", reason)];
            words.into_iter().chain(days(*from, *until)).collect()
        }
        ConsentEvent::ConsentExceptionEnded { last_day, reason, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("reason", reason.as_ref())).collect()
        }
    }
}

fn of_people(event: &PeopleEvent) -> Vec<Labelled> {
    match event {
        PeopleEvent::PersonAdded { name: called, birth_date, .. } => {
            let born = birth_date.as_ref().map(|date| day("birth_date", date));
            std::iter::once(name("name", called)).chain(born).collect()
        }
        PeopleEvent::PersonRenamed { name: called, .. } => vec![name("name", called)],
        PeopleEvent::BirthDateRecorded { birth_date, .. } => vec![day("birth_date", birth_date)],
        PeopleEvent::FamilyRoleRecorded { role, from, until, .. } => {
            std::iter::once(("role", Words::Role(role.clone()))).chain(days(*from, *until)).collect()
        }
        PeopleEvent::AuthorityRecorded { authority, from, until, .. } => {
            std::iter::once(("authority", Words::Authority(authority.clone()))).chain(days(*from, *until)).collect()
        }
        PeopleEvent::RecognitionRecorded { recognised, from, .. } => {
            std::iter::once(("recognised", Words::Recognised(recognised.clone()))).chain(days(*from, None)).collect()
        }
    }
}

/// An address is no words of somebody: it is shown with its household. The gate leaves out the whole entry of a fact that leads to
/// somebody protected ([`super::super::Kept::locating`]).
fn of_households(event: &HouseholdEvent) -> Vec<Labelled> {
    match event {
        HouseholdEvent::HouseholdFormed { label, .. } | HouseholdEvent::HouseholdRelabelled { label, .. } => {
            vec![line("label", label)]
        }
        HouseholdEvent::MembershipRecorded { from, until, .. } => days(*from, *until).collect(),
        HouseholdEvent::MembershipEnded { last_day, .. } => vec![process_day("last_day", *last_day)],
        HouseholdEvent::AddressRecorded { .. } => Vec::new(),
    }
}

fn of_crisis(event: &CrisisEvent) -> Vec<Labelled> {
    let CrisisEvent::CrisisCardWritten { child: _, sleeps, call, do_not_call, agreements, rulings, expires } = event;
    let parts = [
        ("sleeps", sleeps.as_ref()),
        ("call", Some(call)),
        ("do_not_call", do_not_call.as_ref()),
        ("agreements", agreements.as_ref()),
        ("rulings", rulings.as_ref()),
    ];
    let said = parts.into_iter().flat_map(|(label, words)| maybe(label, words));
    said.chain([process_day("expires", *expires)]).collect()
}

fn of_contact(event: &ContactEvent) -> Vec<Labelled> {
    match event {
        ContactEvent::ContactRecorded { other, said, asked, answered, promises, .. } => {
            let other = other.as_ref().map(|other| line("other", other));
            let promised =
                promises.iter().filter_map(|promise| promise.what.as_ref()).map(|what| text("promised", what));
            let words = [("said", Some(said)), ("asked", asked.as_ref()), ("answered", answered.as_ref())];
            let said = words.into_iter().flat_map(|(label, words)| maybe(label, words));
            other.into_iter().chain(said).chain(promised).collect()
        }
        ContactEvent::PromiseSettled { note, .. } => maybe("note", note.as_ref()),
    }
}

/// About what a signal is, and how it goes, shows with the signal: a word of health, no words of somebody.
fn of_voice(event: &VoiceEvent) -> Vec<Labelled> {
    match event {
        VoiceEvent::ChildVoiceRecorded { words, setting, .. } => {
            std::iter::once(text("words", words)).chain(maybe("setting", setting.as_ref())).collect()
        }
        VoiceEvent::ChildSignalOpened { words, .. }
        | VoiceEvent::ChildSignalChanged { words, .. }
        | VoiceEvent::ChildSignalClosed { words, .. } => maybe("words", words.as_ref()),
    }
}

fn of_statement(event: &StatementEvent) -> Vec<Labelled> {
    match event {
        StatementEvent::StatementRecorded { speaker, words, .. } => {
            let who = match speaker {
                Speaker::Outside(who) => Some(line("speaker", who)),
                Speaker::Person(_) | Speaker::Worker(_) => None,
            };
            who.into_iter().chain([text("words", words)]).collect()
        }
        StatementEvent::StatementTested { words, .. } => maybe("words", words.as_ref()),
        StatementEvent::FindingRecorded { body, words, established, source, .. } => {
            let body = body.as_ref().map(|body| line("body", body));
            let rest = [text("words", words), process_day("established", *established), line("source", source)];
            body.into_iter().chain(rest).collect()
        }
    }
}

fn of_ruling(event: &RulingEvent) -> Vec<Labelled> {
    let told = |dates: &RulingDates| {
        let days = [("sent", dates.sent), ("from", dates.in_force), ("final", dates.final_on), ("until", dates.until)];
        days.into_iter().filter_map(|(label, day)| Some(process_day(label, day?)))
    };
    match event {
        RulingEvent::RulingRecorded { kind, scope, channel, reference, pronounced, dates, .. } => {
            let words = [("kind", Words::Ruling(kind.clone())), text("scope", scope)];
            let more = maybe("channel", channel.as_ref()).into_iter();
            let more = more.chain(reference.as_ref().map(|words| line("reference", words)));
            let days = pronounced.map(|day| process_day("pronounced", day)).into_iter().chain(told(dates));
            words.into_iter().chain(more).chain(days).collect()
        }
        RulingEvent::RulingDatesRecorded { dates, .. } => told(dates).collect(),
        RulingEvent::RulingEnded { last_day, reason, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("reason", reason.as_ref())).collect()
        }
    }
}

fn of_request(event: &RequestEvent) -> Vec<Labelled> {
    match event {
        RequestEvent::OutsideRequestRecorded { who, asked, article, answer_by, .. } => {
            let who = who.as_ref().map(|who| line("who", who));
            let article = article.as_ref().map(|article| line("article", article));
            let by = answer_by.map(|by| process_day("answer_by", by));
            who.into_iter().chain([text("asked", asked)]).chain(article).chain(by).collect()
        }
        RequestEvent::OutsideRequestDecided { reason, weighing, .. } => {
            let weighed = weighing.as_ref().map(|weighing| text("child_interest", &weighing.child_interest));
            std::iter::once(text("reason", reason)).chain(weighed).collect()
        }
        RequestEvent::FamilyToldOfRequest { .. } => Vec::new(),
        RequestEvent::FamilyToldLater { ground, review, .. } => {
            vec![text("ground", ground), process_day("review", *review)]
        }
    }
}

fn of_conflict(event: &ConflictEvent) -> Vec<Labelled> {
    match event {
        ConflictEvent::ConflictNamed { about, .. } => vec![text("about", about)],
        ConflictEvent::GlaslStageAssessed { observations, .. } => vec![text("observations", observations)],
        ConflictEvent::ParentingFormAssessed { basis, .. } => vec![text("basis", basis)],
        ConflictEvent::FlareUpRecorded { trigger, reactions, .. } => {
            let acts = reactions.iter().map(|reaction| text("acts", &reaction.acts));
            std::iter::once(text("trigger", trigger)).chain(acts).collect()
        }
        ConflictEvent::ConflictEnergyReported { .. } => Vec::new(),
        ConflictEvent::CalmPeriodReported { from, until, words, .. } => {
            days(*from, *until).chain(maybe("words", words.as_ref())).collect()
        }
        ConflictEvent::ConflictRested { reason, .. } => vec![text("reason", reason)],
    }
}

fn of_service(event: &ServiceEvent) -> Vec<Labelled> {
    let maybe_line = |label, words: &Option<Personal<Line>>| words.as_ref().map(|words| line(label, words));
    match event {
        ServiceEvent::ServiceStepTaken { reason, programme, provider, .. } => {
            let lines = [maybe_line("programme", programme), maybe_line("provider", provider)];
            std::iter::once(text("reason", reason)).chain(lines.into_iter().flatten()).collect()
        }
        ServiceEvent::FamilyWishTold { wish, .. } => vec![text("wish", wish)],
        ServiceEvent::BodyJoined { organisation, reason, family_told, .. } => {
            let told = maybe("family_told", family_told.as_ref());
            std::iter::once(text("reason", reason))
                .chain(maybe_line("organisation", organisation))
                .chain(told)
                .collect()
        }
        ServiceEvent::BodyLeft { reason, .. } => vec![text("reason", reason)],
        ServiceEvent::AdviceRecorded { source, advice, .. } => vec![line("source", source), text("advice", advice)],
    }
}

fn of_trajectory(event: &TrajectoryEvent) -> Vec<Labelled> {
    match event {
        TrajectoryEvent::TrajectoryStarted { product, provider, from, until, .. } => {
            [line("product", product), line("provider", provider)].into_iter().chain(days(*from, *until)).collect()
        }
        TrajectoryEvent::TrajectoryGoalsSet { words, .. } | TrajectoryEvent::ExtensionObjected { words, .. } => {
            maybe("words", words.as_ref())
        }
        TrajectoryEvent::ExtensionAsked { until, reason, .. } => {
            vec![text("reason", reason), process_day("until", *until)]
        }
        TrajectoryEvent::ExtensionViewGiven { view, .. } => vec![text("view", view)],
        TrajectoryEvent::ExtensionDecided { until, reason, decided_by, objection_until, .. } => {
            let until = until.map(|until| process_day("until", until));
            let rest = [text("reason", reason), line("decided_by", decided_by)];
            let objection = process_day("objection_until", *objection_until);
            rest.into_iter().chain(until).chain([objection]).collect()
        }
        TrajectoryEvent::TrajectoryEnded { last_day, words, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("words", words.as_ref())).collect()
        }
    }
}

fn of_weighing(event: &WeighingEvent) -> Vec<Labelled> {
    match event {
        WeighingEvent::HarmfulHelpJustified {
            help,
            benefit,
            harm,
            lighter,
            justification,
            child_interest,
            review,
            ..
        } => {
            let rest = [text("benefit", benefit), text("harm", harm), text("justification", justification)];
            let more = maybe("lighter", lighter.as_ref()).into_iter();
            let more = more.chain(maybe("child_interest", child_interest.as_ref()));
            let review = review.map(|review| process_day("review", review));
            std::iter::once(line("help", help)).chain(rest).chain(more).chain(review).collect()
        }
        WeighingEvent::WaitingDecided { what, reason, review, .. } => {
            vec![text("what", what), text("reason", reason), process_day("review", *review)]
        }
        WeighingEvent::WeighingReviewed { finding, next, .. } => {
            std::iter::once(text("finding", finding)).chain(next.map(|next| process_day("next", next))).collect()
        }
    }
}

fn of_application(event: &ApplicationEvent) -> Vec<Labelled> {
    match event {
        ApplicationEvent::ApplicationMade { what, of_whom, concern, answer_by, .. } => {
            let by = answer_by.map(|by| process_day("answer_by", by));
            let words = [text("what", what), line("of_whom", of_whom)];
            words.into_iter().chain(maybe("concern", concern.as_ref())).chain(by).collect()
        }
        ApplicationEvent::ApplicationDelayed { reason, answer_by, .. } => {
            let by = answer_by.map(|by| process_day("answer_by", by));
            std::iter::once(text("reason", reason)).chain(by).collect()
        }
        ApplicationEvent::ApplicationAnswered { words, .. } => maybe("words", words.as_ref()),
    }
}

fn of_referral(event: &ReferralEvent) -> Vec<Labelled> {
    match event {
        ReferralEvent::ReferralRecorded { who, provider, help, referred, .. } => {
            let who = who.as_ref().map(|who| line("who", who));
            let help = help.as_ref().map(|help| line("help", help));
            let referred = referred.map(|day| process_day("referred", day));
            who.into_iter().chain([line("provider", provider)]).chain(help).chain(referred).collect()
        }
        ReferralEvent::ReferralPlanned { .. } => Vec::new(),
    }
}

fn of_framework(event: &FrameworkEvent) -> Vec<Labelled> {
    match event {
        FrameworkEvent::LegalFrameworkChanged { from, .. } => days(*from, None).collect(),
        FrameworkEvent::ConditionSet { what, why, set_by, until, .. } => {
            vec![text("what", what), text("why", why), line("set_by", set_by), process_day("until", *until)]
        }
        FrameworkEvent::ConditionAnswered { words, .. } => maybe("words", words.as_ref()),
        FrameworkEvent::ConditionEnded { reason, .. } => vec![text("reason", reason)],
    }
}

fn of_emergency(event: &EmergencyEvent) -> Vec<Labelled> {
    match event {
        EmergencyEvent::EmergencyAccessOpened { ground, reason, .. } => {
            let answers = match ground {
                EmergencyGround::VitalInterest => Vec::new(),
                EmergencyGround::ConflictOfDuties { answers } => {
                    answers.each().map(|(label, answer)| text(label, answer)).to_vec()
                }
            };
            std::iter::once(text("reason", reason)).chain(answers).collect()
        }
        EmergencyEvent::EmergencyAccessEnded { .. } => Vec::new(),
        EmergencyEvent::EmergencyAccessReviewed { finding, .. } => vec![text("finding", finding)],
    }
}

fn of_representation(event: &RepresentationEvent) -> Vec<Labelled> {
    match event {
        RepresentationEvent::RepresentativeNamed { from, until, .. } => days(*from, *until).collect(),
        RepresentationEvent::RepresentativeEnded { last_day, reason, .. } => {
            std::iter::once(process_day("last_day", *last_day)).chain(maybe("reason", reason.as_ref())).collect()
        }
    }
}

fn of_protection(event: &ProtectionEvent) -> Vec<Labelled> {
    match event {
        ProtectionEvent::LocatingDataProtected { reason, .. } => vec![text("reason", reason)],
        ProtectionEvent::LiftingProposed { agreed, .. } => vec![text("agreed", agreed)],
        ProtectionEvent::ProtectionLifted { .. } => Vec::new(),
    }
}

fn of_regie(event: &RegieEvent) -> Vec<Labelled> {
    match event {
        RegieEvent::PartyJoined { expertise, from, expected_end, .. } => {
            let expertise = expertise.as_ref().map(|expertise| line("expertise", expertise));
            let end = expected_end.map(|end| process_day("expected_end", end));
            expertise.into_iter().chain(days(*from, None)).chain(end).collect()
        }
        RegieEvent::PartyLeft { reason, .. }
        | RegieEvent::ExpectedEndChanged { reason, .. }
        | RegieEvent::HandoverEnded { reason, .. } => maybe("reason", reason.as_ref()),
        RegieEvent::ContributionStated { can, cannot, .. } => vec![text("can", can), text("cannot", cannot)],
        RegieEvent::HandoverOffered { reason, summary, open_tasks, .. } => {
            let tasks = open_tasks.iter().map(|task| line("open_task", task));
            [text("reason", reason), text("summary", summary)].into_iter().chain(tasks).collect()
        }
        RegieEvent::FamilyWordRecorded { words, .. } => maybe("words", words.as_ref()),
        RegieEvent::DeputyAppointed { reason, .. } | RegieEvent::DirectorEnded { reason, .. } => {
            vec![text("reason", reason)]
        }
        RegieEvent::RegieHandedBack { agreement, .. } => maybe("agreement", agreement.as_ref()),
        RegieEvent::DirectorAssigned { from, .. } | RegieEvent::HandoverAccepted { from, .. } => {
            days(*from, None).collect()
        }
        RegieEvent::DeputyEnded { last_day, .. } => vec![process_day("last_day", *last_day)],
        RegieEvent::HandoverSummaryRead { .. } => Vec::new(),
    }
}

fn of_divorce(event: &DivorceEvent) -> Vec<Labelled> {
    match event {
        DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { reason, .. }) => vec![text("reason", reason)],
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed { from, until, .. }) => {
            days(*from, *until).collect()
        }
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, reason, .. })
        | DivorceEvent::Dons(DonsEvent::DonsEnded { last_day, reason, .. }) => {
            vec![process_day("last_day", *last_day), text("reason", reason)]
        }
        DivorceEvent::Sat(SatEvent::SatRequested { question, .. }) => vec![text("question", question)],
        DivorceEvent::Sat(SatEvent::SatEnded { explanation, .. }) => maybe("explanation", explanation.as_ref()),
        DivorceEvent::Sat(SatEvent::SatAccepted { .. }) => Vec::new(),
        DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { from, .. }) => days(*from, None).collect(),
    }
}

fn of_sharing(event: &SharingEvent) -> Vec<Labelled> {
    match event {
        SharingEvent::ShareAccepted { from, until, offered, .. } => {
            days(*from, *until).chain([text("offered", offered)]).collect()
        }
        SharingEvent::ShareWithdrawn { reason, .. } => vec![text("reason", reason)],
    }
}

/// Whether a fact had happened by this day, or says something about it: a dated fact does from its own first day on, whenever it was
/// told, an end from the day after. A birth date and a label have no days: they hold whenever somebody looks.
pub(super) fn has_begun(fact: &Fact<CaseEvent>, day: CivilDay) -> bool {
    let undated = matches!(
        fact.event,
        CaseEvent::People(PeopleEvent::BirthDateRecorded { .. })
            | CaseEvent::Households(HouseholdEvent::HouseholdRelabelled { .. })
    );
    undated || fact.occurred.day() <= day || first_day(&fact.event).is_some_and(|first| first <= day)
}

/// The first day on which a fact says something by its own dates.
fn first_day(event: &CaseEvent) -> Option<CivilDay> {
    match event {
        CaseEvent::People(
            PeopleEvent::PersonAdded { from, .. }
            | PeopleEvent::PersonRenamed { from, .. }
            | PeopleEvent::FamilyRoleRecorded { from, .. }
            | PeopleEvent::AuthorityRecorded { from, .. }
            | PeopleEvent::RecognitionRecorded { from, .. },
        )
        | CaseEvent::Households(
            HouseholdEvent::HouseholdFormed { from, .. }
            | HouseholdEvent::MembershipRecorded { from, .. }
            | HouseholdEvent::AddressRecorded { from, .. },
        )
        | CaseEvent::Consent(
            ConsentEvent::ConsentGranted { from, .. } | ConsentEvent::ConsentExceptionRecorded { from, .. },
        )
        | CaseEvent::Regie(
            RegieEvent::PartyJoined { from, .. }
            | RegieEvent::DirectorAssigned { from, .. }
            | RegieEvent::HandoverAccepted { from, .. }
            | RegieEvent::DeputyAppointed { from, .. },
        )
        | CaseEvent::Divorce(
            DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed { from, .. })
            | DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { from, .. }),
        )
        | CaseEvent::Sharing(SharingEvent::ShareAccepted { from, .. })
        | CaseEvent::Representation(RepresentationEvent::RepresentativeNamed { from, .. })
        | CaseEvent::Reference(ReferenceEvent::ExternalReferenceRecorded { since: from, .. })
        | CaseEvent::Conflict(ConflictEvent::CalmPeriodReported { from, .. })
        | CaseEvent::Trajectory(TrajectoryEvent::TrajectoryStarted { from, .. })
        | CaseEvent::Framework(FrameworkEvent::LegalFrameworkChanged { from, .. }) => Some(*from),
        CaseEvent::Households(HouseholdEvent::MembershipEnded { last_day, .. })
        | CaseEvent::Reference(ReferenceEvent::ExternalReferenceEnded { last_day, .. })
        | CaseEvent::Regie(
            RegieEvent::PartyLeft { last_day, .. }
            | RegieEvent::DeputyEnded { last_day, .. }
            | RegieEvent::DirectorEnded { last_day, .. },
        )
        | CaseEvent::Divorce(
            DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, .. })
            | DivorceEvent::Dons(DonsEvent::DonsEnded { last_day, .. }),
        )
        | CaseEvent::Consent(ConsentEvent::ConsentExceptionEnded { last_day, .. })
        | CaseEvent::Representation(RepresentationEvent::RepresentativeEnded { last_day, .. })
        | CaseEvent::Trajectory(TrajectoryEvent::TrajectoryEnded { last_day, .. }) => Some(last_day.plus_days(1)),
        CaseEvent::Ruling(RulingEvent::RulingRecorded { pronounced, dates, .. }) => {
            [*pronounced, dates.sent, dates.in_force].into_iter().flatten().min()
        }
        CaseEvent::Ruling(RulingEvent::RulingDatesRecorded { .. } | RulingEvent::RulingEnded { .. })
        | CaseEvent::Consent(
            ConsentEvent::ConsentRefused { .. }
            | ConsentEvent::ConsentWithdrawn { .. }
            | ConsentEvent::ConsentAsked { .. },
        )
        | CaseEvent::Life(_)
        | CaseEvent::Protection(_)
        | CaseEvent::Regie(
            RegieEvent::ContributionStated { .. }
            | RegieEvent::ExpectedEndChanged { .. }
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverEnded { .. }
            | RegieEvent::RegieHandedBack { .. },
        )
        | CaseEvent::Divorce(DivorceEvent::Topology(_) | DivorceEvent::Sat(_))
        | CaseEvent::Sharing(SharingEvent::ShareWithdrawn { .. })
        | CaseEvent::Correction(_)
        | CaseEvent::Exclusion(_)
        | CaseEvent::Emergency(_)
        | CaseEvent::Crisis(_)
        | CaseEvent::Plan(_)
        | CaseEvent::OwnPlan(_)
        | CaseEvent::Contact(_)
        | CaseEvent::Voice(_)
        | CaseEvent::Statement(_)
        | CaseEvent::Request(_)
        | CaseEvent::Conflict(
            ConflictEvent::ConflictNamed { .. }
            | ConflictEvent::GlaslStageAssessed { .. }
            | ConflictEvent::ParentingFormAssessed { .. }
            | ConflictEvent::FlareUpRecorded { .. }
            | ConflictEvent::ConflictEnergyReported { .. }
            | ConflictEvent::ConflictRested { .. },
        )
        | CaseEvent::Service(_)
        | CaseEvent::Assessment(_)
        | CaseEvent::Informal(_)
        | CaseEvent::Conference(_)
        | CaseEvent::Reflection(_)
        | CaseEvent::School(_)
        | CaseEvent::Trajectory(_)
        | CaseEvent::Weighing(_)
        | CaseEvent::Application(_)
        | CaseEvent::Referral(_)
        | CaseEvent::Framework(_)
        | CaseEvent::Steps(_)
        | CaseEvent::CrisisPlan(_)
        | CaseEvent::Ret(_)
        | CaseEvent::People(PeopleEvent::BirthDateRecorded { .. })
        | CaseEvent::Households(HouseholdEvent::HouseholdRelabelled { .. }) => None,
    }
}

/// The professionals an event is about, besides who recorded it.
pub(super) fn workers(event: &CaseEvent) -> Vec<WorkerId> {
    match event {
        CaseEvent::Regie(event) => in_regie(event),
        CaseEvent::Divorce(event) => in_divorce(event),
        CaseEvent::Conflict(event) => event.assessor().into_iter().collect(),
        CaseEvent::Service(event) => event.workers(),
        CaseEvent::Assessment(event) => event.workers(),
        CaseEvent::Conference(event) => event.workers(),
        CaseEvent::Reflection(event) => event.workers(),
        CaseEvent::School(event) => event.workers(),
        CaseEvent::Steps(event) => event.workers(),
        CaseEvent::CrisisPlan(event) => event.workers(),
        CaseEvent::Ret(event) => event.workers(),
        CaseEvent::Trajectory(event) => event.workers(),
        CaseEvent::Weighing(event) => event.workers(),
        CaseEvent::Sharing(SharingEvent::ShareAccepted { recipient, .. }) => vec![*recipient],
        CaseEvent::Exclusion(
            ExclusionEvent::WorkerExcluded { worker, .. } | ExclusionEvent::ExclusionLifted { worker, .. },
        )
        | CaseEvent::Representation(
            RepresentationEvent::RepresentativeNamed { worker, .. }
            | RepresentationEvent::RepresentativeEnded { worker, .. },
        )
        | CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { worker, .. })
        | CaseEvent::Voice(
            VoiceEvent::ChildVoiceRecorded { listener: worker, .. } | VoiceEvent::ChildSignalOpened { worker, .. },
        ) => vec![*worker],
        CaseEvent::Consent(ConsentEvent::ConsentGranted { recipients, by, .. }) => {
            recipients.iter().copied().chain(*by).collect()
        }
        CaseEvent::Consent(ConsentEvent::ConsentAsked { recipients, .. }) => recipients.clone(),
        CaseEvent::Plan(event) => event.workers(),
        CaseEvent::Contact(ContactEvent::ContactRecorded { worker, promises, .. }) => {
            let mut workers = vec![*worker];
            workers.extend(promises.iter().map(|promise| promise.worker));
            workers.dedup();
            workers
        }
        CaseEvent::Statement(StatementEvent::StatementRecorded { speaker, heard_by, .. }) => {
            let spoke = match speaker {
                Speaker::Worker(worker) => Some(*worker),
                Speaker::Person(_) | Speaker::Outside(_) => None,
            };
            spoke.into_iter().chain([*heard_by]).collect()
        }
        CaseEvent::Request(RequestEvent::OutsideRequestDecided { decided_by, .. }) => decided_by.clone(),
        CaseEvent::Consent(
            ConsentEvent::ConsentRefused { .. }
            | ConsentEvent::ConsentWithdrawn { .. }
            | ConsentEvent::ConsentExceptionRecorded { .. }
            | ConsentEvent::ConsentExceptionEnded { .. },
        )
        | CaseEvent::Contact(ContactEvent::PromiseSettled { .. })
        | CaseEvent::Voice(VoiceEvent::ChildSignalChanged { .. } | VoiceEvent::ChildSignalClosed { .. })
        | CaseEvent::Statement(StatementEvent::StatementTested { .. } | StatementEvent::FindingRecorded { .. })
        | CaseEvent::Request(
            RequestEvent::OutsideRequestRecorded { .. }
            | RequestEvent::FamilyToldOfRequest { .. }
            | RequestEvent::FamilyToldLater { .. },
        )
        | CaseEvent::Life(_)
        | CaseEvent::People(_)
        | CaseEvent::Households(_)
        | CaseEvent::Protection(_)
        | CaseEvent::Emergency(
            EmergencyEvent::EmergencyAccessEnded { .. } | EmergencyEvent::EmergencyAccessReviewed { .. },
        )
        | CaseEvent::Sharing(SharingEvent::ShareWithdrawn { .. })
        | CaseEvent::Crisis(_)
        | CaseEvent::OwnPlan(_)
        | CaseEvent::Ruling(_)
        | CaseEvent::Reference(_)
        | CaseEvent::Informal(_)
        | CaseEvent::Application(_)
        | CaseEvent::Referral(_)
        | CaseEvent::Framework(_)
        | CaseEvent::Correction(_) => Vec::new(),
    }
}

fn in_divorce(event: &DivorceEvent) -> Vec<WorkerId> {
    match event {
        DivorceEvent::Coordinators(
            CoordinatorEvent::PlanCoordinatorAppointed { worker, .. }
            | CoordinatorEvent::PlanCoordinatorEnded { worker, .. },
        )
        | DivorceEvent::Sat(SatEvent::SatAccepted { advisor: worker, .. }) => vec![*worker],
        DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { representatives, .. }) => {
            representatives.iter().map(|one| one.worker).collect()
        }
        DivorceEvent::Topology(_)
        | DivorceEvent::Sat(SatEvent::SatRequested { .. } | SatEvent::SatEnded { .. })
        | DivorceEvent::Dons(DonsEvent::DonsEnded { .. }) => Vec::new(),
    }
}

fn in_regie(event: &RegieEvent) -> Vec<WorkerId> {
    match event {
        RegieEvent::PartyJoined { worker, .. }
        | RegieEvent::PartyLeft { worker, .. }
        | RegieEvent::ContributionStated { worker, .. }
        | RegieEvent::ExpectedEndChanged { worker, .. }
        | RegieEvent::HandoverOffered { successor: worker, .. }
        | RegieEvent::HandoverAccepted { director: worker, .. }
        | RegieEvent::DeputyAppointed { deputy: worker, .. }
        | RegieEvent::DeputyEnded { deputy: worker, .. }
        | RegieEvent::DirectorEnded { director: worker, .. } => vec![*worker],
        RegieEvent::DirectorAssigned { director, agreed, .. } => {
            let agreed = agreed.iter().filter_map(|agreed| match agreed {
                Agreed::Worker(worker) => Some(*worker),
                Agreed::Person(_) => None,
            });
            std::iter::once(*director).chain(agreed).collect()
        }
        RegieEvent::FamilyWordRecorded { .. }
        | RegieEvent::HandoverSummaryRead { .. }
        | RegieEvent::HandoverEnded { .. }
        | RegieEvent::RegieHandedBack { .. } => Vec::new(),
    }
}
