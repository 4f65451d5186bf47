//! The professionals in an event. Every event is named here: a new one does not pass unseen.

use domain::case::CaseEvent;
use domain::consent::ConsentEvent;
use domain::contact::ContactEvent;
use domain::divorce::{CoordinatorEvent, DivorceEvent};
use domain::emergency::EmergencyEvent;
use domain::exclusion::ExclusionEvent;
use domain::ids::WorkerId;
use domain::regie::{Agreed, RegieEvent};
use domain::representation::RepresentationEvent;
use domain::request::RequestEvent;
use domain::sharing::SharingEvent;
use domain::statement::{Speaker, StatementEvent};
use domain::voice::VoiceEvent;

/// The professionals an event is about, besides who recorded it.
pub(in crate::views::timeline) fn workers(event: &CaseEvent) -> Vec<WorkerId> {
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
        CaseEvent::Safety(event) => event.workers(),
        CaseEvent::Alert(event) => event.owner().into_iter().collect(),
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
        CaseEvent::Consent(ConsentEvent::WithdrawalNotified { receiver, .. }) => vec![*receiver],
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
            | ConsentEvent::WithdrawalNoticeConfirmed { .. }
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
        ) => vec![*worker],
        DivorceEvent::Sat(event) => event.worker().into_iter().collect(),
        DivorceEvent::Dons(event) => event.workers(),
        DivorceEvent::Episode(event) => event.workers(),
        DivorceEvent::Topology(_) => Vec::new(),
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
        | RegieEvent::FamilyToldOfDeputy { deputy: worker, .. }
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
