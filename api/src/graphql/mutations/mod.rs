//! One mutation per command, named as practice says it. What a command may do is decided in the domain; here it is only read.

mod conflict;
mod consent;
mod contact;
mod corrections;
mod divorce;
mod drafts;
mod duties;
mod emergency;
mod exclusion;
mod handover;
mod households;
mod life;
mod people;
mod plan;
mod protection;
mod regie;
mod representation;
mod request;
mod rulings;
mod service;
mod sharing;
mod signals;
mod statement;
mod voice;

use async_graphql::MergedObject;

/// Everything that can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    life::LifeMutation,
    signals::SignalMutation,
    consent::ConsentMutation,
    people::PeopleMutation,
    households::HouseholdMutation,
    protection::ProtectionMutation,
    regie::RegieMutation,
    handover::HandoverMutation,
    divorce::DivorceMutation,
    sharing::SharingMutation,
    representation::RepresentationMutation,
    exclusion::ExclusionMutation,
    duties::DutyMutation,
    corrections::CorrectionMutation,
    emergency::EmergencyMutation,
    plan::PlanMutation,
    contact::ContactMutation,
    voice::VoiceMutation,
    statement::StatementMutation,
    request::RequestMutation,
    conflict::ConflictMutation,
    service::ServiceMutation,
    rulings::RulingMutation,
    drafts::DraftMutation,
);
