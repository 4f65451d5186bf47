//! Mutations of consent. Withdrawing takes no more steps than granting.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::consent::{ConsentCommand, NewAsk, NewException};
use domain::ids::WorkerId;

use super::super::carry_out::on_case;
use super::super::enums::{Category, ConsentKind, ExceptionGround};
use super::super::input::{ActInput, Read, by_id, check_length};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::life::ConsentInput;

/// Records that consent was given.
#[derive(InputObject)]
pub struct GrantConsentInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    consent: ConsentInput,
    /// Who spoke in the giver's place, as their representative: whether that counts follows from the record.
    spoken_by: Option<ID>,
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
    /// Who spoke in their place, as their representative: whether that counts follows from the record.
    spoken_by: Option<ID>,
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

/// Confirms a notice that a consent was withdrawn.
#[derive(InputObject)]
pub struct ConfirmWithdrawalNoticeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which: as your worklist names it.
    notice: ID,
}

/// Records that somebody was asked for consent.
#[derive(InputObject)]
pub struct AskConsentInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who was asked.
    giver: ID,
    /// Whose help or data it is about.
    subject: ID,
    /// To what.
    kind: ConsentKind,
    /// What for.
    purpose: Option<String>,
    /// Which data would be shared.
    #[graphql(default)]
    categories: Vec<Category>,
    /// Which workers would receive or join.
    #[graphql(default)]
    recipients: Vec<ID>,
    /// What was explained, and why it was asked.
    explained: Option<String>,
    /// The day by which an answer was asked for.
    answer_by: Option<Day>,
}

/// Records an exception that the law makes to asking for consent.
#[derive(InputObject)]
pub struct RecordConsentExceptionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Whose help or data it is about.
    subject: ID,
    /// On which ground.
    ground: ExceptionGround,
    /// Why the ground is there, in a sentence.
    reason: String,
    /// First day; the day it happened when absent.
    from: Option<Day>,
    /// Last day, when known.
    until: Option<Day>,
}

/// Records that an exception no longer holds.
#[derive(InputObject)]
pub struct EndConsentExceptionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    exception: ID,
    /// Last day; the day it happened when absent.
    last_day: Option<Day>,
    /// Why.
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
            let consent = input.consent.read_by(by_id)?;
            let by: Option<WorkerId> = input.spoken_by.read("spokenBy")?;
            Ok(CaseCommand::Consent(match by {
                Some(by) => ConsentCommand::GrantConsentFor { by, consent },
                None => ConsentCommand::GrantConsent(consent),
            }))
        })
        .await
    }

    /// Records that somebody was asked for consent, what for, why, and what was explained.
    async fn ask_consent(&self, ctx: &Context<'_>, input: AskConsentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            check_length("categories", input.categories.len())?;
            Ok(CaseCommand::Consent(ConsentCommand::AskConsent(NewAsk {
                giver: input.giver.read("giver")?,
                subject: input.subject.read("subject")?,
                kind: input.kind.into(),
                purpose: input.purpose.read("purpose")?,
                categories: input.categories.iter().map(|category| (*category).into()).collect(),
                recipients: input.recipients.read("recipients")?,
                explained: input.explained.read("explained")?,
                answer_by: input.answer_by.map(|day| day.0),
            })))
        })
        .await
    }

    /// Records an exception that the law makes to asking for consent: its ground, why it is there, and until when.
    async fn record_consent_exception(
        &self,
        ctx: &Context<'_>,
        input: RecordConsentExceptionInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::RecordConsentException(NewException {
                subject: input.subject.read("subject")?,
                ground: input.ground.into(),
                reason: input.reason.read("reason")?,
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
            })))
        })
        .await
    }

    /// Records that an exception no longer holds.
    async fn end_consent_exception(&self, ctx: &Context<'_>, input: EndConsentExceptionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::EndConsentException {
                exception: input.exception.read("exception")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records that somebody said no. A refusal is as much a fact as a grant.
    async fn refuse_consent(&self, ctx: &Context<'_>, input: RefuseConsentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let (giver, subject) = (input.giver.read("giver")?, input.subject.read("subject")?);
            let (kind, reason) = (input.kind.into(), input.reason.read("reason")?);
            let by: Option<WorkerId> = input.spoken_by.read("spokenBy")?;
            Ok(CaseCommand::Consent(match by {
                Some(by) => ConsentCommand::RefuseConsentFor { by, giver, subject, kind, reason },
                None => ConsentCommand::RefuseConsent { giver, subject, kind, reason },
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
    /// Says, as its receiver, that you read the notice that a consent was withdrawn: what you know under it you neither use further nor pass
    /// on.
    async fn confirm_withdrawal_notice(
        &self,
        ctx: &Context<'_>,
        input: ConfirmWithdrawalNoticeInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Consent(ConsentCommand::ConfirmWithdrawalNotice { notice: input.notice.read("notice")? }))
        })
        .await
    }
}
