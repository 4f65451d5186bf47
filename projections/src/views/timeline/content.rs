//! The words in an event, and beside them its first day and its professionals. Every event is named in each: a new one does not pass unseen.

mod assessed;
mod divorce;
mod each;
mod episode;
mod first_days;
mod help;
mod safety;
mod together;
mod workers;

pub(super) use first_days::has_begun;
pub(super) use workers::workers;

use domain::alert::AlertEvent;
use domain::case::CaseEvent;
use domain::conflict::ConflictEvent;
use domain::consent::ConsentEvent;
use domain::contact::ContactEvent;
use domain::correction::CorrectionEvent;
use domain::crisis::CrisisEvent;
use domain::emergency::{EmergencyEvent, EmergencyGround};
use domain::exclusion::ExclusionEvent;
use domain::households::HouseholdEvent;
use domain::life::LifeEvent;
use domain::ownplan::OwnPlanEvent;
use domain::people::PeopleEvent;
use domain::personal::Personal;
use domain::plan::PlanEvent;
use domain::protection::ProtectionEvent;
use domain::regie::RegieEvent;
use domain::representation::RepresentationEvent;
use domain::request::RequestEvent;
use domain::ruling::{RulingDates, RulingEvent};
use domain::sharing::SharingEvent;
use domain::statement::{Speaker, StatementEvent};
use domain::text::{Line, Name, Text};
use domain::time::CivilDay;
use domain::voice::VoiceEvent;

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
        CaseEvent::Divorce(event) => divorce::of_divorce(event),
        CaseEvent::Safety(event) => safety::of_safety(event),
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
        CaseEvent::Service(event) => help::of_service(event),
        CaseEvent::Ruling(event) => of_ruling(event),
        CaseEvent::Assessment(event) => assessed::of_assessment(event),
        CaseEvent::Reference(event) => assessed::of_reference(event),
        CaseEvent::Informal(event) => assessed::of_informal(event),
        CaseEvent::Conference(event) => together::of_conference(event),
        CaseEvent::Reflection(event) => together::of_reflection(event),
        CaseEvent::School(event) => together::of_school(event),
        CaseEvent::Steps(event) => each::of_steps(event),
        CaseEvent::CrisisPlan(event) => each::of_crisis_plan(event),
        CaseEvent::Ret(event) => each::of_ret(event),
        CaseEvent::Trajectory(event) => help::of_trajectory(event),
        CaseEvent::Weighing(event) => help::of_weighing(event),
        CaseEvent::Application(event) => help::of_application(event),
        CaseEvent::Referral(event) => help::of_referral(event),
        CaseEvent::Framework(event) => help::of_framework(event),
        CaseEvent::Alert(event) => of_alert(event),
    }
}

fn of_alert(event: &AlertEvent) -> Vec<Labelled> {
    match event {
        AlertEvent::AlertRaised { last_day, own_day, .. } => {
            let said = last_day.map(|day| process_day("last_day", day));
            said.into_iter().chain(own_day.as_ref().map(|own| day("last_day", own))).collect()
        }
        AlertEvent::ProposalMade { .. } => Vec::new(),
        AlertEvent::ProposalAccepted { words, .. } => maybe("words", words.as_ref()),
        AlertEvent::ProposalDismissed { reason, .. } => vec![text("reason", reason)],
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
        PlanEvent::ActionOwned { .. } | PlanEvent::PlanOffered { .. } | PlanEvent::GoalSubjectChosen { .. } => {
            Vec::new()
        }
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
        ConsentEvent::WithdrawalNotified { .. } | ConsentEvent::WithdrawalNoticeConfirmed { .. } => Vec::new(),
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
        ConflictEvent::ParentingFormAssessed { basis, .. } | ConflictEvent::NetworkEffectAssessed { basis, .. } => {
            vec![text("basis", basis)]
        }
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
        RegieEvent::HandoverSummaryRead { .. } | RegieEvent::FamilyToldOfDeputy { .. } => Vec::new(),
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
