//! Regie over the process: at most one case director, agreed; handover, deputy, gap, handing back to the family; the parties around
//! the family, what each can and cannot do (rules 0-6 and 12; T 004:426-429, 451, 858-866).
//!
//! Events and commands stand here; what each means, in a file per subject: [`parties`], [`directorship`], [`handover`], [`deputy`],
//! [`gap`], [`closing`]. Dated facts are kept as they were told, overlaps included, so that a correction that would make two directors is seen
//! ([`broken`]) instead of being smoothed away.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Fact, Organisation};
use crate::ids::{ConsentId, HandoverId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod asked;
mod broken;
mod catalogue;
mod closing;
mod deputy;
mod directorship;
mod gap;
mod grounds;
mod handover;
mod info;
mod parties;
mod slice;

use asked::Asked;

#[cfg(test)]
pub(crate) mod tests;

pub use asked::FROM_IN_PAST;
pub use broken::BrokenRule;
pub use catalogue::{CATALOGUE, CODES};
pub(crate) use closing::{case_closed, case_opened, case_reopened, framework_changed};
pub use deputy::{DEPUTY_TOLD_DUE, Deputyship, FamilyTold};
pub use directorship::Directorship;
pub(crate) use directorship::{NO_DIRECTOR, check_present};
pub(crate) use gap::due as gap_due;
pub use gap::{GAP_DUE, Gap, gap_in_open_case};
pub(crate) use grounds::{NoGround, missing};
pub use handover::{FamilyWord, Handover, HandoverOutcome};
pub use parties::{Contribution, PARTY_ABSENT, Party, SPECIALIST_DUE};
pub(crate) use parties::{departures_by_dates, dues_by_dates};
pub(crate) use slice::insert_ordered;
pub use slice::{Period, Regie};

/// A task that belongs to the role of case director (004:426, 451).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegieTask {
    /// Keep the overview.
    Overview,
    /// Guard the course.
    Course,
    /// Guard calm.
    Calm,
    /// Keep the plan.
    Plan,
    /// Keep the contacts with and between those involved.
    Contacts,
    /// See to evaluations.
    Evaluation,
}

impl RegieTask {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Course => "course",
            Self::Calm => "calm",
            Self::Plan => "plan",
            Self::Contacts => "contacts",
            Self::Evaluation => "evaluation",
        }
    }
}

/// Who agreed to something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreed {
    /// Somebody of the family or network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
}

impl Agreed {
    /// Who of the family or network, if it is one of them.
    #[must_use]
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Worker(_) => None,
        }
    }

    /// Which professional, if it is one.
    #[must_use]
    pub const fn worker(self) -> Option<WorkerId> {
        match self {
            Self::Person(_) => None,
            Self::Worker(worker) => Some(worker),
        }
    }
}

/// What can happen about regie.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum RegieEvent {
    /// A professional joined with an organisation.
    PartyJoined {
        /// The professional.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// What they know about.
        expertise: Option<Personal<Line>>,
        /// Whether brought in as a specialist (rule 3).
        specialist: bool,
        /// When the work is expected to end.
        expected_end: Option<CivilDay>,
        /// First day.
        from: CivilDay,
        /// The consents it rests on.
        consents: Vec<ConsentId>,
    },
    /// A professional left.
    PartyLeft {
        /// The professional.
        worker: WorkerId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
    /// A professional said what they can and cannot offer (rule 12).
    ContributionStated {
        /// The professional.
        worker: WorkerId,
        /// Can.
        can: Personal<Text>,
        /// Cannot.
        cannot: Personal<Text>,
    },
    /// The expected end of a professional's work changed.
    ExpectedEndChanged {
        /// The professional.
        worker: WorkerId,
        /// The day.
        expected_end: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
    /// There is a case director.
    DirectorAssigned {
        /// The director.
        director: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// The tasks that belong to the role.
        tasks: Vec<RegieTask>,
        /// Who agreed.
        agreed: Vec<Agreed>,
        /// First day.
        from: CivilDay,
    },
    /// The directorship was offered to a successor.
    HandoverOffered {
        /// The handover.
        handover: HandoverId,
        /// To whom.
        successor: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// The day it is meant to pass.
        planned: CivilDay,
        /// Why.
        reason: Personal<Text>,
        /// What the successor must know: this, not the case, is what the successor reads before accepting.
        summary: Personal<Text>,
        /// What stays to be done.
        open_tasks: Vec<Personal<Line>>,
    },
    /// The family was asked about the successor and told the day.
    FamilyWordRecorded {
        /// The handover.
        handover: HandoverId,
        /// Who spoke.
        person: PersonId,
        /// Whether they agree.
        agrees: Personal<bool>,
        /// In their words.
        words: Option<Personal<Text>>,
        /// The day they were told it would pass.
        told_day: CivilDay,
    },
    /// The successor read the summary.
    HandoverSummaryRead {
        /// The handover.
        handover: HandoverId,
    },
    /// The successor accepted: the directorship passed at that moment.
    HandoverAccepted {
        /// The handover.
        handover: HandoverId,
        /// The new director.
        director: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// The tasks that belong to the role.
        tasks: Vec<RegieTask>,
        /// First day.
        from: CivilDay,
    },
    /// The successor declined, or the director took the offer back.
    HandoverEnded {
        /// The handover.
        handover: HandoverId,
        /// Why.
        reason: Option<Personal<Text>>,
    },
    /// Somebody stands in for the director until a day; both names show.
    DeputyAppointed {
        /// The deputy.
        deputy: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// First day.
        from: CivilDay,
        /// Last day.
        until: CivilDay,
        /// Why.
        reason: Personal<Text>,
    },
    /// The deputy stopped before the agreed day.
    DeputyEnded {
        /// The deputy.
        deputy: WorkerId,
        /// Last day.
        last_day: CivilDay,
    },
    /// People of the family were told who stands in.
    FamilyToldOfDeputy {
        /// The deputy.
        deputy: WorkerId,
        /// Since when that deputy stands in: the same worker may do so more than once.
        since: CivilDay,
        /// Who was told.
        persons: Vec<PersonId>,
    },
    /// The director stopped without a successor.
    DirectorEnded {
        /// The director.
        director: WorkerId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Personal<Text>,
    },
    /// Tasks went back to the family (rule 4).
    RegieHandedBack {
        /// Which tasks.
        tasks: Vec<RegieTask>,
        /// To whom.
        to: PersonId,
        /// How it was agreed.
        agreement: Option<Personal<Text>>,
        /// From which day.
        from: CivilDay,
    },
}

/// What can be asked about regie.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum RegieCommand {
    /// Let a professional join. Refused without the consent it needs.
    JoinParty(NewParty),
    /// Report that a professional joined, also when the consent came late or not at all (rule 0).
    ReportPartyJoined {
        /// Who joined.
        party: NewParty,
        /// Last day, of a stay that is over: reported late, also of somebody who is in again.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_day: Option<CivilDay>,
        /// Why it went so.
        explanation: Option<Text>,
    },
    /// Record that a professional left.
    LeaveParty {
        /// The professional.
        worker: WorkerId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
    /// Record what a professional can and cannot offer.
    StateContribution {
        /// The professional.
        worker: WorkerId,
        /// Can.
        can: Text,
        /// Cannot.
        cannot: Text,
    },
    /// Change the expected end of a professional's work.
    ChangeExpectedEnd {
        /// The professional.
        worker: WorkerId,
        /// The day.
        expected_end: CivilDay,
        /// Why.
        reason: Option<Text>,
    },
    /// Assign the case director.
    AssignCaseDirector {
        /// The director.
        director: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// The tasks that belong to the role.
        tasks: Vec<RegieTask>,
        /// Who agreed.
        agreed: Vec<Agreed>,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
    },
    /// Offer the directorship to a successor.
    OfferHandover {
        /// To whom.
        successor: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// The day it is meant to pass.
        planned: CivilDay,
        /// Why.
        reason: Text,
        /// What the successor must know.
        summary: Text,
        /// What stays to be done.
        open_tasks: Vec<Line>,
    },
    /// Record what the family says about the successor, and the day they were told.
    RecordFamilyWord {
        /// The handover.
        handover: HandoverId,
        /// Who spoke.
        person: PersonId,
        /// Whether they agree.
        agrees: bool,
        /// In their words.
        words: Option<Text>,
        /// The day they were told it would pass.
        told_day: CivilDay,
    },
    /// Say, as the successor, that the summary was read.
    ReadHandoverSummary {
        /// The handover.
        handover: HandoverId,
    },
    /// Accept, as the successor.
    AcceptHandover {
        /// The handover.
        handover: HandoverId,
    },
    /// Decline, as the successor, or take the offer back, as the director.
    EndHandover {
        /// The handover.
        handover: HandoverId,
        /// Why.
        reason: Option<Text>,
    },
    /// Appoint a deputy.
    AppointDeputy {
        /// The deputy.
        deputy: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Last day.
        until: CivilDay,
        /// Why.
        reason: Text,
    },
    /// End the deputy's time early.
    EndDeputy {
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
    },
    /// Record that people of the family were told who stands in.
    TellFamilyOfDeputy {
        /// The deputy.
        deputy: WorkerId,
        /// Who was told.
        persons: Vec<PersonId>,
    },
    /// Record that the director stopped without a successor.
    EndDirectorship {
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Text,
    },
    /// Hand tasks back to the family.
    HandBackRegie {
        /// Which tasks.
        tasks: Vec<RegieTask>,
        /// To whom.
        to: PersonId,
        /// How it was agreed.
        agreement: Option<Text>,
    },
}

/// A professional who joins.
#[derive(Clone, Debug, Serialize)]
pub struct NewParty {
    /// The professional.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// What they know about.
    pub expertise: Option<Line>,
    /// Whether brought in as a specialist (rule 3).
    pub specialist: bool,
    /// When the work is expected to end.
    pub expected_end: Option<CivilDay>,
    /// First day; today when nothing is said.
    pub from: Option<CivilDay>,
    /// The consents it rests on.
    pub consents: Vec<ConsentId>,
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RegieCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut asked = Asked::new(history, order, context);
    match command {
        RegieCommand::JoinParty(_)
        | RegieCommand::ReportPartyJoined { .. }
        | RegieCommand::LeaveParty { .. }
        | RegieCommand::StateContribution { .. }
        | RegieCommand::ChangeExpectedEnd { .. } => parties::decide(&mut asked, command),
        RegieCommand::AssignCaseDirector { .. }
        | RegieCommand::EndDirectorship { .. }
        | RegieCommand::HandBackRegie { .. } => directorship::decide(&mut asked, command),
        RegieCommand::OfferHandover { .. }
        | RegieCommand::RecordFamilyWord { .. }
        | RegieCommand::ReadHandoverSummary { .. }
        | RegieCommand::AcceptHandover { .. }
        | RegieCommand::EndHandover { .. } => handover::decide(&mut asked, command),
        RegieCommand::AppointDeputy { .. }
        | RegieCommand::EndDeputy { .. }
        | RegieCommand::TellFamilyOfDeputy { .. } => deputy::decide(&mut asked, command),
    }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &RegieEvent) {
    let regie = &mut state.regie;
    match event {
        RegieEvent::PartyJoined { .. }
        | RegieEvent::PartyLeft { .. }
        | RegieEvent::ContributionStated { .. }
        | RegieEvent::ExpectedEndChanged { .. } => parties::apply(regie, fact, event),
        RegieEvent::DirectorAssigned { .. } | RegieEvent::DirectorEnded { .. } | RegieEvent::RegieHandedBack { .. } => {
            directorship::apply(regie, fact, event);
        }
        RegieEvent::HandoverOffered { .. }
        | RegieEvent::FamilyWordRecorded { .. }
        | RegieEvent::HandoverSummaryRead { .. }
        | RegieEvent::HandoverAccepted { .. }
        | RegieEvent::HandoverEnded { .. } => handover::apply(regie, fact, event),
        RegieEvent::DeputyAppointed { .. } | RegieEvent::DeputyEnded { .. } | RegieEvent::FamilyToldOfDeputy { .. } => {
            deputy::apply(regie, fact, event);
        }
    }
}
