//! What each event and command says about itself.

use crate::fact::EventInfo;
use crate::ids::Subject;
use crate::personal::Personal;
use crate::regie::{Agreed, RegieCommand, RegieEvent, catalogue};

impl RegieEvent {
    /// What holds for this event's type.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        match self {
            Self::PartyJoined { .. } => &catalogue::PARTY_JOINED,
            Self::PartyLeft { .. } => &catalogue::PARTY_LEFT,
            Self::ContributionStated { .. } => &catalogue::CONTRIBUTION_STATED,
            Self::ExpectedEndChanged { .. } => &catalogue::EXPECTED_END_CHANGED,
            Self::DirectorAssigned { .. } => &catalogue::DIRECTOR_ASSIGNED,
            Self::HandoverOffered { .. } => &catalogue::HANDOVER_OFFERED,
            Self::FamilyWordRecorded { .. } => &catalogue::FAMILY_WORD_RECORDED,
            Self::HandoverSummaryRead { .. } => &catalogue::HANDOVER_SUMMARY_READ,
            Self::HandoverAccepted { .. } => &catalogue::HANDOVER_ACCEPTED,
            Self::HandoverEnded { .. } => &catalogue::HANDOVER_ENDED,
            Self::DeputyAppointed { .. } => &catalogue::DEPUTY_APPOINTED,
            Self::DeputyEnded { .. } => &catalogue::DEPUTY_ENDED,
            Self::FamilyToldOfDeputy { .. } => &catalogue::FAMILY_TOLD_OF_DEPUTY,
            Self::DirectorEnded { .. } => &catalogue::DIRECTOR_ENDED,
            Self::RegieHandedBack { .. } => &catalogue::REGIE_HANDED_BACK,
        }
    }

    /// The people it is about and the records it holds. Workers are named by the payload; a case keeps no key of theirs.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::PartyJoined { expertise, .. } => owner(expertise.as_ref()),
            Self::PartyLeft { reason, .. }
            | Self::ExpectedEndChanged { reason, .. }
            | Self::HandoverEnded { reason, .. } => owner(reason.as_ref()),
            Self::ContributionStated { can, cannot, .. } => vec![can.owner(), cannot.owner()],
            Self::DirectorAssigned { agreed, .. } => agreed.iter().filter_map(|agreed| family(*agreed)).collect(),
            Self::HandoverOffered { reason, summary, open_tasks, .. } => {
                [reason.owner(), summary.owner()].into_iter().chain(open_tasks.iter().map(Personal::owner)).collect()
            }
            Self::FamilyWordRecorded { person, words, .. } => {
                [Subject::Person(*person)].into_iter().chain(owner(words.as_ref())).collect()
            }
            Self::HandoverSummaryRead { .. } | Self::HandoverAccepted { .. } | Self::DeputyEnded { .. } => Vec::new(),
            Self::FamilyToldOfDeputy { persons, .. } => persons.iter().copied().map(Subject::Person).collect(),
            Self::DeputyAppointed { reason, .. } | Self::DirectorEnded { reason, .. } => vec![reason.owner()],
            Self::RegieHandedBack { to, agreement, .. } => {
                [Subject::Person(*to)].into_iter().chain(owner(agreement.as_ref())).collect()
            }
        }
    }
}

fn owner<T>(value: Option<&Personal<T>>) -> Vec<Subject> {
    value.map(Personal::owner).into_iter().collect()
}

const fn family(agreed: Agreed) -> Option<Subject> {
    match agreed {
        Agreed::Person(person) => Some(Subject::Person(person)),
        Agreed::Worker(_) => None,
    }
}

impl RegieCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::JoinParty(_) => "joinParty",
            Self::ReportPartyJoined { .. } => "reportPartyJoined",
            Self::LeaveParty { .. } => "leaveParty",
            Self::StateContribution { .. } => "stateContribution",
            Self::ChangeExpectedEnd { .. } => "changeExpectedEnd",
            Self::AssignCaseDirector { .. } => "assignCaseDirector",
            Self::OfferHandover { .. } => "offerHandover",
            Self::RecordFamilyWord { .. } => "recordFamilyWord",
            Self::ReadHandoverSummary { .. } => "readHandoverSummary",
            Self::AcceptHandover { .. } => "acceptHandover",
            Self::EndHandover { .. } => "endHandover",
            Self::AppointDeputy { .. } => "appointDeputy",
            Self::EndDeputy { .. } => "endDeputy",
            Self::TellFamilyOfDeputy { .. } => "tellFamilyOfDeputy",
            Self::EndDirectorship { .. } => "endDirectorship",
            Self::HandBackRegie { .. } => "handBackRegie",
        }
    }
}
