//! Mutations of consent. Withdrawing takes no more steps than granting.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::consent::ConsentCommand;

use super::super::carry_out::on_case;
use super::super::enums::ConsentKind;
use super::super::input::{ActInput, Read, by_id};
use super::super::payload::CasePayload;
use super::life::ConsentInput;

/// Records that consent was given.
#[derive(InputObject)]
pub struct GrantConsentInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    consent: ConsentInput,
}

/// Records that consent was refused.
#[derive(InputObject)]
pub struct RefuseConsentInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who refused.
    giver: ID,
    /// Whose help or data it was about.
    subject: ID,
    /// What was asked.
    kind: ConsentKind,
    /// In their words; nobody has to say why.
    reason: Option<String>,
}

/// Withdraws a consent, from now on.
#[derive(InputObject)]
pub struct WithdrawConsentInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    consent: ID,
    /// In their words; nobody has to say why.
    reason: Option<String>,
}

/// Consent.
#[derive(Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Records that somebody gave consent. In which capacity is judged from authority and age on that day.
    async fn grant_consent(&self, ctx: &Context<'_>, input: GrantConsentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::GrantConsent(input.consent.read_by(by_id)?)))
        })
        .await
    }

    /// Records that somebody said no. A refusal is as much a fact as a grant.
    async fn refuse_consent(&self, ctx: &Context<'_>, input: RefuseConsentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::RefuseConsent {
                giver: input.giver.read("giver")?,
                subject: input.subject.read("subject")?,
                kind: input.kind.into(),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Withdraws a consent. It works from the next request and is never back-dated.
    async fn withdraw_consent(&self, ctx: &Context<'_>, input: WithdrawConsentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::WithdrawConsent {
                consent: input.consent.read("consent")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
