//! One mutation per command, named as practice says it. What a command may do is decided in the domain; here it is only read.

mod alert;
mod application;
mod assessment;
mod caseload;
mod conference;
mod conflict;
mod consent;
mod contact;
mod corrections;
mod crisis_plan;
mod divorce;
mod dons;
mod drafts;
mod duties;
mod emergency;
mod episode;
mod exclusion;
mod expert_teams;
mod framework;
mod handover;
mod households;
mod informal;
mod life;
mod people;
mod plan;
mod protection;
mod reference;
mod referral;
mod reflection;
mod regie;
mod representation;
mod request;
mod rulings;
mod safety;
mod sat;
mod school;
mod service;
mod sharing;
mod signals;
mod statement;
mod steps;
mod trajectory;
mod two_plans;
mod voice;
mod weighing;

use async_graphql::MergedObject;

/// Everything that can be done. In groups: one long chain of them is deeper than the compiler follows.
#[derive(MergedObject, Default)]
pub struct Mutation(FamilyAndRegieMutation, PlanAndConflictMutation, HelpMutation);

/// Who is in a case, who consents, who directs, and what was wrong.
#[derive(MergedObject, Default)]
pub struct FamilyAndRegieMutation(
    life::LifeMutation,
    signals::SignalMutation,
    consent::ConsentMutation,
    people::PeopleMutation,
    households::HouseholdMutation,
    protection::ProtectionMutation,
    regie::RegieMutation,
    handover::HandoverMutation,
    divorce::DivorceMutation,
    two_plans::TwoPlansMutation,
    dons::DonsMutation,
    sat::SatMutation,
    sharing::SharingMutation,
    representation::RepresentationMutation,
    exclusion::ExclusionMutation,
    duties::DutyMutation,
    corrections::CorrectionMutation,
);

/// What is planned, said, fought over and ruled, what was assessed, and who supports beside.
#[derive(MergedObject, Default)]
pub struct PlanAndConflictMutation(
    emergency::EmergencyMutation,
    plan::PlanMutation,
    contact::ContactMutation,
    voice::VoiceMutation,
    statement::StatementMutation,
    request::RequestMutation,
    conflict::ConflictMutation,
    service::ServiceMutation,
    rulings::RulingMutation,
    caseload::CaseloadMutation,
    assessment::AssessmentMutation,
    reference::ReferenceMutation,
    informal::InformalMutation,
    ConferenceAndSchoolMutation,
);

/// What people do together around a family, and what a worker keeps to themself. A group of its own: the compiler follows one list only so far.
#[derive(MergedObject, Default)]
pub struct ConferenceAndSchoolMutation(
    conference::ConferenceMutation,
    reflection::ReflectionMutation,
    school::SchoolMutation,
    super::own::OwnMutation,
    safety::SafetyMutation,
    EachPersonMutation,
);

/// Working with each person, and what is agreed for when it goes wrong.
#[derive(MergedObject, Default)]
pub struct EachPersonMutation(steps::StepsMutation, crisis_plan::CrisisPlanMutation, expert_teams::ExpertTeamMutation);

/// Help as it runs, what was weighed and asked, where a family stands in a divorce.
#[derive(MergedObject, Default)]
pub struct HelpMutation(
    trajectory::TrajectoryMutation,
    weighing::WeighingMutation,
    application::ApplicationMutation,
    referral::ReferralMutation,
    framework::FrameworkMutation,
    drafts::DraftMutation,
    episode::EpisodeMutation,
    alert::AlertMutation,
);
