//! Mutations of the handover: offered, the family asked, the summary read, accepted or ended.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::regie::RegieCommand;

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Offers the directorship to a successor.
#[derive(InputObject)]
pub struct OfferHandoverInput {
    #[graphql(flatten)]
    act: ActInput,
    /// To whom.
    successor: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// The day it is meant to pass.
    planned: Day,
    /// Why.
    reason: String,
    /// What the successor must know: this, not the case, is what the successor reads before accepting.
    summary: String,
    /// What stays to be done.
    #[graphql(default)]
    open_tasks: Vec<String>,
}

/// Records what the family says about the successor.
#[derive(InputObject)]
pub struct RecordFamilyWordInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The handover.
    handover: ID,
    /// Who spoke.
    person: ID,
    /// Whether they agree.
    agrees: bool,
    /// In their words.
    words: Option<String>,
    /// The day they were told it would pass.
    told_day: Day,
}

/// Says that the successor read the summary.
#[derive(InputObject)]
pub struct ReadHandoverSummaryInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The handover.
    handover: ID,
}

/// Accepts the directorship.
#[derive(InputObject)]
pub struct AcceptHandoverInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The handover.
    handover: ID,
}

/// Declines, or takes the offer back.
#[derive(InputObject)]
pub struct EndHandoverInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The handover.
    handover: ID,
    /// Why.
    reason: Option<String>,
}

/// Handover of the directorship.
#[derive(Default)]
pub struct HandoverMutation;

#[Object]
impl HandoverMutation {
    /// Offers the directorship to a successor. Until the successor accepts, nothing changes.
    async fn offer_handover(&self, ctx: &Context<'_>, input: OfferHandoverInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::OfferHandover {
                successor: input.successor.read("successor")?,
                organisation: input.organisation.read("organisation")?,
                planned: input.planned.0,
                reason: input.reason.read("reason")?,
                summary: input.summary.read("summary")?,
                open_tasks: input.open_tasks.read("openTasks")?,
            }))
        })
        .await
    }

    /// Records what somebody of the family says about the successor, and the day they were told it would pass.
    async fn record_family_word(&self, ctx: &Context<'_>, input: RecordFamilyWordInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::RecordFamilyWord {
                handover: input.handover.read("handover")?,
                person: input.person.read("person")?,
                agrees: input.agrees,
                words: input.words.read("words")?,
                told_day: input.told_day.0,
            }))
        })
        .await
    }

    /// Says, as the successor, that the summary was read.
    async fn read_handover_summary(&self, ctx: &Context<'_>, input: ReadHandoverSummaryInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::ReadHandoverSummary { handover: input.handover.read("handover")? }))
        })
        .await
    }

    /// Accepts the directorship, as the successor: no moment without a director, none with two.
    async fn accept_handover(&self, ctx: &Context<'_>, input: AcceptHandoverInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::AcceptHandover { handover: input.handover.read("handover")? }))
        })
        .await
    }

    /// Declines, as the successor, or takes the offer back, as the director.
    async fn end_handover(&self, ctx: &Context<'_>, input: EndHandoverInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Regie(RegieCommand::EndHandover {
                handover: input.handover.read("handover")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
