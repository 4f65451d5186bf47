//! Mutations of regie: parties, the case director, the deputy, handing back to the family.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::regie::{Agreed, NewParty, RegieCommand};

use super::super::carry_out::on_case;
use super::super::enums::RegieTask;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// A professional who joins.
#[derive(InputObject)]
pub struct PartyInput {
    /// The professional.
    worker: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// What they know about.
    expertise: Option<String>,
    /// Whether brought in as a specialist.
    #[graphql(default)]
    specialist: bool,
    /// When the work is expected to end.
    expected_end: Option<Day>,
    /// First day; today when absent.
    from: Option<Day>,
    /// The consents it rests on.
    #[graphql(default)]
    consents: Vec<ID>,
}

impl Read<NewParty> for PartyInput {
    fn read(&self, _field: &'static str) -> Result<NewParty, Refusal> {
        Ok(NewParty {
            worker: self.worker.read("worker")?,
            organisation: self.organisation.read("organisation")?,
            expertise: self.expertise.read("expertise")?,
            specialist: self.specialist,
            expected_end: self.expected_end.map(|day| day.0),
            from: self.from.map(|day| day.0),
            consents: self.consents.read("consents")?,
        })
    }
}

/// Who agreed.
#[derive(OneofObject)]
pub enum AgreedInput {
    /// Somebody of the family or network.
    Person(ID),
    /// A professional.
    Worker(ID),
}

impl Read<Agreed> for AgreedInput {
    fn read(&self, field: &'static str) -> Result<Agreed, Refusal> {
        match self {
            Self::Person(id) => id.read(field).map(Agreed::Person),
            Self::Worker(id) => id.read(field).map(Agreed::Worker),
        }
    }
}

/// Lets a professional join.
#[derive(InputObject)]
pub struct JoinPartyInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    party: PartyInput,
}

/// Reports that a professional joined.
#[derive(InputObject)]
pub struct ReportPartyJoinedInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    party: PartyInput,
    /// Last day, of a stay that is over: also of somebody who is in again.
    last_day: Option<Day>,
    /// Why it went so.
    explanation: Option<String>,
}

/// Records that a professional left.
#[derive(InputObject)]
pub struct LeavePartyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The professional.
    worker: ID,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// Why.
    reason: Option<String>,
}

/// Records what a professional can and cannot offer.
#[derive(InputObject)]
pub struct StateContributionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The professional.
    worker: ID,
    /// What they can offer.
    can: String,
    /// What they cannot offer.
    cannot: String,
}

/// Changes the expected end of a professional's work.
#[derive(InputObject)]
pub struct ChangeExpectedEndInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The professional.
    worker: ID,
    /// The day.
    expected_end: Day,
    /// Why.
    reason: Option<String>,
}

/// Assigns the case director.
#[derive(InputObject)]
pub struct AssignCaseDirectorInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The director.
    director: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// The tasks that belong to the role.
    tasks: Vec<RegieTask>,
    /// Who agreed; at least somebody of the family.
    agreed: Vec<AgreedInput>,
    /// First day; today when absent.
    from: Option<Day>,
}

/// Appoints a deputy.
#[derive(InputObject)]
pub struct AppointDeputyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The deputy.
    deputy: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// First day; today when absent.
    from: Option<Day>,
    /// Last day.
    until: Day,
    /// Why.
    reason: String,
}

/// Ends the deputy's time early.
#[derive(InputObject)]
pub struct EndDeputyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Last day; today when absent.
    last_day: Option<Day>,
}

/// Records that people of the family were told who stands in.
#[derive(InputObject)]
pub struct TellFamilyOfDeputyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The deputy.
    deputy: ID,
    /// Who of the family was told.
    persons: Vec<ID>,
}

/// Records that the director stopped without a successor.
#[derive(InputObject)]
pub struct EndDirectorshipInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// Why.
    reason: String,
}

/// Hands tasks back to the family.
#[derive(InputObject)]
pub struct HandBackRegieInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which tasks.
    tasks: Vec<RegieTask>,
    /// To whom.
    to: ID,
    /// How it was agreed.
    agreement: Option<String>,
}

fn tasks(given: &[RegieTask]) -> Vec<domain::regie::RegieTask> {
    given.iter().map(|task| (*task).into()).collect()
}

/// Regie: who directs, and who takes part.
#[derive(Default)]
pub struct RegieMutation;

#[Object]
impl RegieMutation {
    /// Lets a professional join the case. Refused without the consent it needs.
    async fn join_party(&self, ctx: &Context<'_>, input: JoinPartyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || Ok(CaseCommand::Regie(RegieCommand::JoinParty(input.party.read("party")?)))).await
    }

    /// Reports that a professional joined, also when consent came late or not at all. Marked as a departure then.
    async fn report_party_joined(&self, ctx: &Context<'_>, input: ReportPartyJoinedInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::ReportPartyJoined {
                party: input.party.read("party")?,
                last_day: input.last_day.map(|day| day.0),
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Records that a professional left.
    async fn leave_party(&self, ctx: &Context<'_>, input: LeavePartyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::LeaveParty {
                worker: input.worker.read("worker")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records what a professional can and cannot offer.
    async fn state_contribution(&self, ctx: &Context<'_>, input: StateContributionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::StateContribution {
                worker: input.worker.read("worker")?,
                can: input.can.read("can")?,
                cannot: input.cannot.read("cannot")?,
            }))
        })
        .await
    }

    /// Changes when a professional's work is expected to end.
    async fn change_expected_end(&self, ctx: &Context<'_>, input: ChangeExpectedEndInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::ChangeExpectedEnd {
                worker: input.worker.read("worker")?,
                expected_end: input.expected_end.0,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Assigns the case director (regiehouder), with who agreed and the tasks. Refused while there is one.
    async fn assign_case_director(&self, ctx: &Context<'_>, input: AssignCaseDirectorInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::AssignCaseDirector {
                director: input.director.read("director")?,
                organisation: input.organisation.read("organisation")?,
                tasks: tasks(&input.tasks),
                agreed: input.agreed.read("agreed")?,
                from: input.from.map(|day| day.0),
            }))
        })
        .await
    }

    /// Appoints a deputy (waarnemer) until a day. The director stays; both names show.
    async fn appoint_deputy(&self, ctx: &Context<'_>, input: AppointDeputyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::AppointDeputy {
                deputy: input.deputy.read("deputy")?,
                organisation: input.organisation.read("organisation")?,
                from: input.from.map(|day| day.0),
                until: input.until.0,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Ends the deputy's time before the agreed day.
    async fn end_deputy(&self, ctx: &Context<'_>, input: EndDeputyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::EndDeputy { last_day: input.last_day.map(|day| day.0) }))
        })
        .await
    }

    /// Records that people of the family were told who stands in (within two working days). Of a deputy who stood in more than once, the last
    /// time is meant.
    async fn tell_family_of_deputy(&self, ctx: &Context<'_>, input: TellFamilyOfDeputyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::TellFamilyOfDeputy {
                deputy: input.deputy.read("deputy")?,
                persons: input.persons.read("persons")?,
            }))
        })
        .await
    }

    /// Records that the director stopped without a successor: a gap, if two parties are in, or one under a measure.
    async fn end_directorship(&self, ctx: &Context<'_>, input: EndDirectorshipInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::EndDirectorship {
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Hands tasks back to the family. When all are back, the case can close.
    async fn hand_back_regie(&self, ctx: &Context<'_>, input: HandBackRegieInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::HandBackRegie {
                tasks: tasks(&input.tasks),
                to: input.to.read("to")?,
                agreement: input.agreement.read("agreement")?,
            }))
        })
        .await
    }
}
