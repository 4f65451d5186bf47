//! The first day on which a fact says something by its own dates. Every event is named here: a new one does not pass unseen.

use domain::case::CaseEvent;
use domain::conflict::ConflictEvent;
use domain::consent::ConsentEvent;
use domain::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent};
use domain::fact::Fact;
use domain::framework::FrameworkEvent;
use domain::households::HouseholdEvent;
use domain::people::PeopleEvent;
use domain::reference::ReferenceEvent;
use domain::regie::RegieEvent;
use domain::representation::RepresentationEvent;
use domain::ruling::RulingEvent;
use domain::sharing::SharingEvent;
use domain::time::CivilDay;
use domain::trajectory::TrajectoryEvent;

/// Whether a fact had happened by this day, or says something about it: a dated fact does from its own first day on, whenever it was
/// told, an end from the day after. A birth date and a label have no days: they hold whenever somebody looks.
pub(in crate::views::timeline) fn has_begun(fact: &Fact<CaseEvent>, day: CivilDay) -> bool {
    let undated = matches!(
        fact.event,
        CaseEvent::People(PeopleEvent::BirthDateRecorded { .. })
            | CaseEvent::Households(HouseholdEvent::HouseholdRelabelled { .. })
    );
    undated || fact.occurred.day() <= day || first_day(&fact.event).is_some_and(|first| first <= day)
}

/// The first day on which a fact says something by its own dates.
#[expect(clippy::too_many_lines, reason = "a table: every event has its line")]
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
            | DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { from, .. })
            | DivorceEvent::Sat(SatEvent::SatModeAgreed { from, .. }),
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
            | DivorceEvent::Dons(DonsEvent::DonsEnded { last_day, .. } | DonsEvent::DonsCompleted { last_day, .. })
            | DivorceEvent::Sat(SatEvent::SatModeEnded { last_day, .. }),
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
            | ConsentEvent::WithdrawalNotified { .. }
            | ConsentEvent::WithdrawalNoticeConfirmed { .. }
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
            | RegieEvent::FamilyToldOfDeputy { .. }
            | RegieEvent::HandoverEnded { .. }
            | RegieEvent::RegieHandedBack { .. },
        )
        | CaseEvent::Divorce(
            DivorceEvent::Topology(_) | DivorceEvent::Sat(_) | DivorceEvent::Dons(_) | DivorceEvent::Episode(_),
        )
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
            | ConflictEvent::NetworkEffectAssessed { .. }
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
        | CaseEvent::Safety(_)
        | CaseEvent::Steps(_)
        | CaseEvent::CrisisPlan(_)
        | CaseEvent::Ret(_)
        | CaseEvent::Alert(_)
        | CaseEvent::People(PeopleEvent::BirthDateRecorded { .. })
        | CaseEvent::Households(HouseholdEvent::HouseholdRelabelled { .. }) => None,
    }
}
