//! Mutations of sharing with somebody outside the case. Withdrawing takes no more steps than sharing.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::sharing::SharingCommand;

use super::super::carry_out::on_case;
use super::super::enums::{Capacity, Category};
use super::super::input::{ActInput, Read, check_length};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records that somebody outside accepted what was offered.
#[derive(InputObject)]
pub struct RecordAcceptedShareInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who receives.
    recipient: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// In which capacity.
    capacity: Capacity,
    /// About whom.
    subjects: Vec<ID>,
    /// Which data.
    categories: Vec<Category>,
    /// First day; today when absent.
    from: Option<Day>,
    /// Last day, when agreed.
    until: Option<Day>,
    /// What is shared and why the receiver needs to know it.
    offered: String,
}

/// Withdraws what was shared.
#[derive(InputObject)]
pub struct WithdrawShareInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What was shared.
    share: ID,
    /// Why.
    reason: String,
}

/// Sharing with somebody outside the case.
#[derive(Default)]
pub struct SharingMutation;

#[Object]
impl SharingMutation {
    /// Records that somebody outside the case accepted what was offered. It needs, for each person and each kind of data, consents that
    /// name the receiver.
    async fn record_accepted_share(&self, ctx: &Context<'_>, input: RecordAcceptedShareInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            check_length("categories", input.categories.len())?;
            Ok(CaseCommand::Sharing(SharingCommand::RecordAcceptedShare {
                recipient: input.recipient.read("recipient")?,
                organisation: input.organisation.read("organisation")?,
                capacity: input.capacity.into(),
                subjects: input.subjects.read("subjects")?,
                categories: input.categories.iter().map(|category| (*category).into()).collect(),
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                offered: input.offered.read("offered")?,
            }))
        })
        .await
    }

    /// Withdraws what was shared, from now on: it may not be used further. What somebody knows cannot be unknown.
    async fn withdraw_share(&self, ctx: &Context<'_>, input: WithdrawShareInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Sharing(SharingCommand::WithdrawShare {
                share: input.share.read("share")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
