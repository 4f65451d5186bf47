//! Mutations about the protection of locating data.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::protection::ProtectionCommand;

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;

/// Protects what could lead to somebody.
#[derive(InputObject)]
pub struct ProtectLocatingDataInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// The households that could lead to the person, besides those the person lives in.
    #[graphql(default)]
    households: Vec<ID>,
    /// Why.
    reason: String,
}

/// Proposes to lift protection, with the protected person's agreement.
#[derive(InputObject)]
pub struct ProposeLiftingProtectionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// How the protected person agreed.
    agreed: String,
}

/// Confirms, as a second worker, that protection is lifted.
#[derive(InputObject)]
pub struct ConfirmLiftingProtectionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
}

/// Protection of locating data.
#[derive(Default)]
pub struct ProtectionMutation;

#[Object]
impl ProtectionMutation {
    /// Protects what could lead to somebody. One worker is enough, and it works at once.
    async fn protect_locating_data(&self, ctx: &Context<'_>, input: ProtectLocatingDataInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Protection(ProtectionCommand::ProtectLocatingData {
                person: input.person.read("person")?,
                households: input.households.read("households")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Proposes to lift protection. The protected person has agreed; a second worker must confirm.
    async fn propose_lifting_protection(
        &self,
        ctx: &Context<'_>,
        input: ProposeLiftingProtectionInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Protection(ProtectionCommand::ProposeLifting {
                person: input.person.read("person")?,
                agreed: input.agreed.read("agreed")?,
            }))
        })
        .await
    }

    /// Confirms as a second worker: protection ends.
    async fn confirm_lifting_protection(
        &self,
        ctx: &Context<'_>,
        input: ConfirmLiftingProtectionInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Protection(ProtectionCommand::ConfirmLifting { person: input.person.read("person")? }))
        })
        .await
    }
}
