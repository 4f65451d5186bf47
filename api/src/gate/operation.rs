//! What is asked of the gate: an operation of the API, the act it is, and the purposes it serves.

use domain::case::CaseCommand;
use domain::consent::ConsentCommand;
use domain::divorce::{CoordinatorCommand, DivorceCommand, DonsCommand, EpisodeCommand, SatCommand, SatEnd};
use domain::emergency::EmergencyCommand;
use domain::framework::FrameworkCommand;
use domain::life::LifeCommand;
use domain::protection::ProtectionCommand;
use domain::regie::RegieCommand;
use domain::safety::SafetyCommand;
use domain::sharing::SharingCommand;

use super::purpose::Purpose;
use crate::identity::Scope;

/// A kind of act, as the policy names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Act {
    /// Look at one case.
    Read,
    /// See one's worklist, caseload or the gaps; each row is judged by itself.
    List,
    /// Look for somebody; each hit is judged by itself.
    Search,
    /// Open a case.
    Open,
    /// Close, change an audience, say that help became compulsory or voluntary.
    Life,
    /// Open a closed case again.
    Reopen,
    /// Copy a signal into a case.
    LinkSignal,
    /// Report what happened otherwise than a rule says.
    Report,
    /// Record people, authority, recognition, what courts ruled.
    People,
    /// Record households, membership, addresses.
    Households,
    /// Record consent, refusal, withdrawal.
    Consent,
    /// Confirm, as its receiver, a notice that a consent ended.
    ConfirmNotice,
    /// Protect locating data.
    Protect,
    /// Propose or confirm that protection is lifted.
    LiftProtection,
    /// Let parties join and leave, say what they can offer and when they are expected to end.
    Parties,
    /// Assign a case director where there is none.
    Assign,
    /// Appoint or end a deputy.
    Deputies,
    /// What belongs to directing: hand back, stop.
    Direct,
    /// Offer a handover, record the family's word about it.
    OfferHandover,
    /// Read the summary of a handover as its successor; accept it.
    AnswerHandover,
    /// End an offered handover: decline it, or take it back.
    EndHandover,
    /// Strike out or correct a fact.
    Correct,
    /// Raise a signal, or set one aside.
    Signal,
    /// Make one plan two or one again, and what goes with it.
    Split,
    /// Appoint or end a coordinator of a household's plan.
    Coordinators,
    /// End a request to a divorce advice team; agree on direct contact or an intervention.
    Sat,
    /// Answer a request as the team that was asked.
    AcceptSat,
    /// Ask a divorce advice team, answer its advice.
    AskSat,
    /// Advise as the advisor who accepted.
    AdviseSat,
    /// Say *not me* as one of the team.
    NotMe,
    /// Assign both family representatives of a `DOnS` trajectory.
    Dons,
    /// Record what happens in a `DOnS` trajectory: conversations, goals, barriers, its end.
    Accompany,
    /// Record that something was shared and taken up, or withdraw it.
    Share,
    /// Keep a worker out of a case, or let them in again.
    Exclude,
    /// Record who represents somebody, or that it ended.
    Represent,
    /// Open an emergency access for oneself, or end it.
    Emergency,
    /// Review an emergency access afterwards.
    ReviewEmergency,
    /// Write a crisis card.
    CrisisCard,
    /// Work in a plan: goals, actions, versions, evaluations; the family's own plan.
    Plan,
    /// Record a contact moment, or how a promise ended.
    Contact,
    /// Record what a child said, or how it fares.
    Voice,
    /// Record what somebody said, or what an authority established.
    Statement,
    /// Record a request from outside, decide on it, tell the family.
    Request,
    /// Record conflicts, and how each experiences them.
    Conflict,
    /// Record how heavy help is, who gives it until when, which bodies joined, what was weighed, asked and advised.
    Service,
    /// Record an assessment, what somebody said in it, whether they recognise it.
    Assess,
    /// Record that something about somebody stands elsewhere.
    Reference,
    /// Record the life of informal support.
    Informal,
    /// Record a conference: called, held, stopped, and what follows a stop.
    Conference,
    /// Record a reflection of those around a family.
    Reflection,
    /// Record what is done with a school.
    School,
    /// Decide in an episode of a divorce: recognise, acknowledge, choose a track, say that rest was reached.
    Episode,
    /// Record safety: screening, signals, the steps of a lane, who is told later.
    Safety,
    /// Clear a lane of safety, as a second person.
    ClearSafety,
    /// Record work with a person: steps, what they thought of, familiar faces.
    Steps,
    /// Write the crisis plan, or record that it was looked at.
    CrisisPlan,
    /// Accept or dismiss what the system proposed.
    AnswerProposal,
    /// Write about the own part, for oneself alone.
    Reflect,
    /// Look who looked; see which emergency accesses wait for review.
    AccessLog,
    /// See what one person may hear of who looked at their file, what is told later, and who was told that a consent ended.
    Overview,
    /// Ask why something was granted or refused.
    Why,
    /// Say who is on call for an organisation, or that it ended.
    AssignDuty,
    /// Say who leads a team of an organisation, or that it ended.
    AppointTeamLead,
    /// Keep what one is writing oneself, and end that.
    Draft,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 64] = [
        Self::Read,
        Self::List,
        Self::Search,
        Self::Open,
        Self::Life,
        Self::Reopen,
        Self::LinkSignal,
        Self::Report,
        Self::People,
        Self::Households,
        Self::Consent,
        Self::ConfirmNotice,
        Self::Protect,
        Self::LiftProtection,
        Self::Parties,
        Self::Assign,
        Self::Deputies,
        Self::Direct,
        Self::OfferHandover,
        Self::AnswerHandover,
        Self::EndHandover,
        Self::Correct,
        Self::Signal,
        Self::Split,
        Self::Coordinators,
        Self::Sat,
        Self::AcceptSat,
        Self::AskSat,
        Self::AdviseSat,
        Self::NotMe,
        Self::Dons,
        Self::Accompany,
        Self::Share,
        Self::Exclude,
        Self::Represent,
        Self::Emergency,
        Self::ReviewEmergency,
        Self::CrisisCard,
        Self::Plan,
        Self::Contact,
        Self::Voice,
        Self::Statement,
        Self::Request,
        Self::Conflict,
        Self::Service,
        Self::Assess,
        Self::Reference,
        Self::Informal,
        Self::Conference,
        Self::Reflection,
        Self::School,
        Self::Episode,
        Self::Safety,
        Self::ClearSafety,
        Self::Steps,
        Self::CrisisPlan,
        Self::AnswerProposal,
        Self::Reflect,
        Self::AccessLog,
        Self::Overview,
        Self::Why,
        Self::AssignDuty,
        Self::AppointTeamLead,
        Self::Draft,
    ];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Search => "search",
            Self::Open => "open",
            Self::Life => "life",
            Self::Reopen => "reopen",
            Self::LinkSignal => "link_signal",
            Self::Report => "report",
            Self::People => "people",
            Self::Households => "households",
            Self::Consent => "consent",
            Self::ConfirmNotice => "confirm_notice",
            Self::Protect => "protect",
            Self::LiftProtection => "lift_protection",
            Self::Parties => "parties",
            Self::Assign => "assign",
            Self::Deputies => "deputies",
            Self::Direct => "direct",
            Self::OfferHandover => "offer_handover",
            Self::AnswerHandover => "answer_handover",
            Self::EndHandover => "end_handover",
            Self::Correct => "correct",
            Self::Signal => "signal",
            Self::Split => "split",
            Self::Coordinators => "coordinators",
            Self::Sat => "sat",
            Self::AcceptSat => "accept_sat",
            Self::AskSat => "ask_sat",
            Self::AdviseSat => "advise_sat",
            Self::NotMe => "not_me",
            Self::Dons => "dons",
            Self::Accompany => "accompany",
            Self::Share => "share",
            Self::Exclude => "exclude",
            Self::Represent => "represent",
            Self::Emergency => "emergency",
            Self::ReviewEmergency => "review_emergency",
            Self::CrisisCard => "crisis_card",
            Self::Plan => "plan",
            Self::Contact => "contact",
            Self::Voice => "voice",
            Self::Statement => "statement",
            Self::Request => "request",
            Self::Conflict => "conflict",
            Self::Service => "service",
            Self::Assess => "assess",
            Self::Reference => "reference",
            Self::Informal => "informal",
            Self::Conference => "conference",
            Self::Reflection => "reflection",
            Self::School => "school",
            Self::Episode => "episode",
            Self::Safety => "safety",
            Self::ClearSafety => "clear_safety",
            Self::Steps => "steps",
            Self::CrisisPlan => "crisis_plan",
            Self::AnswerProposal => "answer_proposal",
            Self::Reflect => "reflect",
            Self::AccessLog => "access_log",
            Self::Overview => "overview",
            Self::Why => "why",
            Self::AssignDuty => "assign_duty",
            Self::AppointTeamLead => "appoint_team_lead",
            Self::Draft => "draft",
        }
    }

    /// Which act a command is. Every room is named here, and every command of a room that is more than one act: a new one does not compile
    /// until somebody has thought about it. What is added to a room that is one act, is that act.
    #[must_use]
    pub const fn of(command: &CaseCommand) -> Self {
        match command {
            CaseCommand::Life(command) => of_life(command),
            CaseCommand::Consent(command) => of_consent(command),
            CaseCommand::People(_) | CaseCommand::Ruling(_) => Self::People,
            CaseCommand::Households(_) => Self::Households,
            CaseCommand::Protection(ProtectionCommand::ProtectLocatingData { .. }) => Self::Protect,
            CaseCommand::Protection(
                ProtectionCommand::ProposeLifting { .. } | ProtectionCommand::ConfirmLifting { .. },
            ) => Self::LiftProtection,
            CaseCommand::Regie(command) => of_regie(command),
            CaseCommand::Divorce(command) => of_divorce(command),
            CaseCommand::Sharing(SharingCommand::RecordAcceptedShare { .. } | SharingCommand::WithdrawShare { .. }) => {
                Self::Share
            }
            CaseCommand::Correction(_) => Self::Correct,
            CaseCommand::Exclusion(_) => Self::Exclude,
            CaseCommand::Representation(_) => Self::Represent,
            CaseCommand::Emergency(
                EmergencyCommand::OpenEmergencyAccess { .. } | EmergencyCommand::EndEmergencyAccess { .. },
            ) => Self::Emergency,
            CaseCommand::Crisis(_) => Self::CrisisCard,
            CaseCommand::Plan(_) | CaseCommand::OwnPlan(_) => Self::Plan,
            CaseCommand::Contact(_) => Self::Contact,
            CaseCommand::Voice(_) => Self::Voice,
            CaseCommand::Statement(_) => Self::Statement,
            CaseCommand::Request(_) => Self::Request,
            CaseCommand::Conflict(_) => Self::Conflict,
            CaseCommand::Assessment(_) => Self::Assess,
            CaseCommand::Reference(_) => Self::Reference,
            CaseCommand::Informal(_) => Self::Informal,
            CaseCommand::Conference(_) => Self::Conference,
            CaseCommand::Reflection(_) => Self::Reflection,
            CaseCommand::School(_) => Self::School,
            CaseCommand::Safety(command) => of_safety(command),
            CaseCommand::Steps(_) => Self::Steps,
            CaseCommand::CrisisPlan(_) => Self::CrisisPlan,
            CaseCommand::Alert(_) => Self::AnswerProposal,
            CaseCommand::Framework(command) => of_framework(command),
            CaseCommand::Service(_)
            | CaseCommand::Trajectory(_)
            | CaseCommand::Weighing(_)
            | CaseCommand::Application(_)
            | CaseCommand::Referral(_)
            | CaseCommand::Ret(_) => Self::Service,
            CaseCommand::Emergency(EmergencyCommand::ReviewEmergencyAccess { .. }) => Self::ReviewEmergency,
        }
    }

    /// Whether it only looks.
    #[must_use]
    pub const fn looks(self) -> bool {
        matches!(self, Self::Read | Self::List | Self::Search | Self::AccessLog | Self::Overview | Self::Why)
    }

    const fn scope(self) -> Scope {
        if self.looks() { Scope::Read } else { Scope::Write }
    }
}

const fn of_life(command: &LifeCommand) -> Act {
    match command {
        LifeCommand::OpenCase { .. } => Act::Open,
        LifeCommand::LinkSignal { .. } => Act::LinkSignal,
        LifeCommand::ReopenCase { .. } => Act::Reopen,
        LifeCommand::CloseCase { .. } | LifeCommand::ChangeAudience { .. } => Act::Life,
        LifeCommand::ReportDeparture { .. } => Act::Report,
    }
}

const fn of_consent(command: &ConsentCommand) -> Act {
    match command {
        ConsentCommand::ConfirmWithdrawalNotice { .. } => Act::ConfirmNotice,
        ConsentCommand::GrantConsent(_)
        | ConsentCommand::GrantConsentFor { .. }
        | ConsentCommand::AskConsent(_)
        | ConsentCommand::RecordConsentException(_)
        | ConsentCommand::EndConsentException { .. }
        | ConsentCommand::RefuseConsent { .. }
        | ConsentCommand::RefuseConsentFor { .. }
        | ConsentCommand::WithdrawConsent { .. } => Act::Consent,
    }
}

const fn of_safety(command: &SafetyCommand) -> Act {
    match command {
        SafetyCommand::ClearSafetyLane { .. } => Act::ClearSafety,
        SafetyCommand::RecordSafetyScreening { .. }
        | SafetyCommand::RecordSafetySignal(_)
        | SafetyCommand::RecordSafetyMapping { .. }
        | SafetyCommand::RecordSafetyConsultation { .. }
        | SafetyCommand::JudgeSafetyTalk { .. }
        | SafetyCommand::RecordSafetyTalk { .. }
        | SafetyCommand::WeighSafety { .. }
        | SafetyCommand::DecideSafety { .. }
        | SafetyCommand::RecordReportToVeiligThuis { .. }
        | SafetyCommand::RecordVeiligThuisAnswer { .. }
        | SafetyCommand::DecideToTellLater { .. }
        | SafetyCommand::ReviewTellingLater { .. }
        | SafetyCommand::RecordPersonTold { .. } => Act::Safety,
    }
}

const fn of_framework(command: &FrameworkCommand) -> Act {
    match command {
        FrameworkCommand::ChangeLegalFramework { .. } => Act::Life,
        FrameworkCommand::SetCondition(_)
        | FrameworkCommand::AnswerCondition { .. }
        | FrameworkCommand::EndCondition { .. } => Act::Service,
    }
}

const fn of_regie(command: &RegieCommand) -> Act {
    match command {
        RegieCommand::JoinParty(_)
        | RegieCommand::ReportPartyJoined { .. }
        | RegieCommand::LeaveParty { .. }
        | RegieCommand::StateContribution { .. }
        | RegieCommand::ChangeExpectedEnd { .. } => Act::Parties,
        RegieCommand::AssignCaseDirector { .. } => Act::Assign,
        RegieCommand::AppointDeputy { .. }
        | RegieCommand::EndDeputy { .. }
        | RegieCommand::TellFamilyOfDeputy { .. } => Act::Deputies,
        RegieCommand::OfferHandover { .. } | RegieCommand::RecordFamilyWord { .. } => Act::OfferHandover,
        RegieCommand::EndDirectorship { .. } | RegieCommand::HandBackRegie { .. } => Act::Direct,
        RegieCommand::ReadHandoverSummary { .. } | RegieCommand::AcceptHandover { .. } => Act::AnswerHandover,
        RegieCommand::EndHandover { .. } => Act::EndHandover,
    }
}

const fn of_divorce(command: &DivorceCommand) -> Act {
    match command {
        DivorceCommand::Topology(_) => Act::Split,
        DivorceCommand::Coordinators(
            CoordinatorCommand::AppointPlanCoordinator { .. } | CoordinatorCommand::EndPlanCoordinator { .. },
        ) => Act::Coordinators,
        DivorceCommand::Sat(SatCommand::AcceptSat { .. } | SatCommand::EndSat { reason: SatEnd::NotMe, .. }) => {
            Act::AcceptSat
        }
        DivorceCommand::Sat(SatCommand::SayNotMe { .. }) => Act::NotMe,
        DivorceCommand::Sat(SatCommand::GiveSatAdvice(_)) => Act::AdviseSat,
        DivorceCommand::Sat(SatCommand::RequestSat { .. } | SatCommand::AnswerSatAdvice { .. }) => Act::AskSat,
        DivorceCommand::Sat(
            SatCommand::EndSat { .. } | SatCommand::AgreeSatMode { .. } | SatCommand::EndSatMode { .. },
        ) => Act::Sat,
        DivorceCommand::Dons(command) => of_dons(command),
        DivorceCommand::Episode(command) => of_episode(command),
    }
}

const fn of_dons(command: &DonsCommand) -> Act {
    match command {
        DonsCommand::AssignDonsDuo { .. } => Act::Dons,
        DonsCommand::EndDons { .. }
        | DonsCommand::RecordDonsConversation(_)
        | DonsCommand::RecordDonsNotHeld { .. }
        | DonsCommand::DraftParentGoal { .. }
        | DonsCommand::AdjustParentGoal { .. }
        | DonsCommand::FixParentGoal { .. }
        | DonsCommand::OpenBarrier { .. }
        | DonsCommand::LiftBarrier { .. }
        | DonsCommand::CompleteDons { .. } => Act::Accompany,
    }
}

const fn of_episode(command: &EpisodeCommand) -> Act {
    match command {
        // What somebody noticed, and what a parent says of themself, is recorded by whoever records conflicts.
        EpisodeCommand::RecordDivorceSignal { .. } | EpisodeCommand::RecordNamedStrain { .. } => Act::Conflict,
        EpisodeCommand::SettleDivorceEpisode { .. }
        | EpisodeCommand::RecogniseComplexDivorce { .. }
        | EpisodeCommand::AcknowledgeComplexDivorce { .. }
        | EpisodeCommand::DecideDivorceTriage(_)
        | EpisodeCommand::SwitchDivorceTrack(_)
        | EpisodeCommand::TakeDivorceStep { .. } => Act::Episode,
    }
}

/// One operation of the API.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operation {
    /// Its name in the API, such as `caseload` or `assignCaseDirector`.
    pub name: &'static str,
    /// The act it is.
    pub act: Act,
    /// The purposes it serves; the first that somebody's role and relation allow is the default.
    pub purposes: &'static [Purpose],
}

/// Everything somebody may work for, the usual first.
const EVERY: &[Purpose] =
    &[Purpose::Coordination, Purpose::Access, Purpose::Emergency, Purpose::Advice, Purpose::Oversight];

/// Whoever watches over sharing asks for that alone; whoever works with a family, for what they do there.
const ACCOUNT: &[Purpose] =
    &[Purpose::Oversight, Purpose::Coordination, Purpose::Access, Purpose::Advice, Purpose::Emergency];

/// What a signal is for.
const HELP: &[Purpose] = &[Purpose::Coordination, Purpose::Access];

impl Operation {
    /// An operation that looks: `Act::Read`, `Act::List`, `Act::Search` and others that [look](Act::looks).
    #[must_use]
    pub const fn looking(name: &'static str, act: Act) -> Self {
        Self { name, act, purposes: EVERY }
    }

    /// An operation that gives account of who looked: `Act::AccessLog`, `Act::Overview` or `Act::Why`.
    #[must_use]
    pub const fn accounting(name: &'static str, act: Act) -> Self {
        Self { name, act, purposes: ACCOUNT }
    }

    /// An operation that runs a command on a case. The name is the command's own.
    #[must_use]
    pub const fn commanding(name: &'static str, command: &CaseCommand) -> Self {
        Self { name, act: Act::of(command), purposes: EVERY }
    }

    /// An operation that does something which is no command on a case, such as giving somebody a duty.
    #[must_use]
    pub const fn doing(name: &'static str, act: Act) -> Self {
        Self { name, act, purposes: EVERY }
    }

    /// An operation on a signal.
    #[must_use]
    pub const fn signalling(name: &'static str) -> Self {
        Self { name, act: Act::Signal, purposes: HELP }
    }

    /// The scope a token needs for it.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.act.scope()
    }
}
