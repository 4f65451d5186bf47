//! Mutations of informal support.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::informal::{InformalCommand, NewMatch, NewMeasure};

use super::super::carry_out::on_case;
use super::super::enums::{SupportEndedBy, SupportKind, SupportMoment, SupportOutcome};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records that a family and a volunteer were matched.
#[derive(InputObject)]
pub struct MatchSupportInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Of which kind.
    kind: SupportKind,
    /// Whom it is for.
    persons: Vec<ID>,
    /// Who gives it.
    volunteer: String,
    /// By way of which organisation.
    organisation: Option<String>,
    /// What it is for, in the family's words.
    question: String,
    /// What the volunteer does, and what not.
    tasks: Option<String>,
}

/// Records that house rules were signed.
#[derive(InputObject)]
pub struct SignSupportHouseRulesInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// Who of the family signed.
    #[graphql(default)]
    signed_by: Vec<ID>,
    /// What they say that is not usual.
    rules: Option<String>,
}

/// Records that a certificate of conduct (VOG) was seen.
#[derive(InputObject)]
pub struct RecordSupportCertificateInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// The day on which it was issued.
    issued: Day,
}

/// Records that they try it.
#[derive(InputObject)]
pub struct StartSupportTrialInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// Until which day; by the term of policy when absent.
    until: Option<Day>,
}

/// Records what came of the trial.
#[derive(InputObject)]
pub struct EvaluateSupportTrialInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// Whether it goes on.
    outcome: SupportOutcome,
    /// In words.
    words: String,
}

/// Records that it was agreed for a term.
#[derive(InputObject)]
pub struct AgreeSupportTermInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// First day; the day it was agreed when absent.
    from: Option<Day>,
    /// Last day; by the term of policy when absent.
    until: Option<Day>,
    /// What was agreed by word of mouth.
    agreements: Option<String>,
}

/// Records that it was looked at together.
#[derive(InputObject)]
pub struct ReviewSupportInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// Who of the family took part.
    #[graphql(default)]
    took_part: Vec<ID>,
    /// What came of it.
    outcome: SupportOutcome,
    /// In words.
    words: String,
    /// The day by which it is looked at next; by the term of policy when absent.
    next: Option<Day>,
}

/// Records a measure for one person.
#[derive(InputObject)]
pub struct MeasureSupportInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// Whose measure.
    person: ID,
    /// When.
    moment: SupportMoment,
    /// Whether it does that person good.
    benefit: Option<bool>,
    /// Whether that person has formal help beside it.
    formal_help: Option<bool>,
    /// In own words.
    words: Option<String>,
}

/// Records that it ended.
#[derive(InputObject)]
pub struct EndSupportInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The support.
    support: ID,
    /// The last day; the day it happened when absent.
    last_day: Option<Day>,
    /// Who ended it. Nobody has to say why.
    ended_by: SupportEndedBy,
    /// Whether they stay in touch.
    in_touch: Option<bool>,
    /// In words.
    words: Option<String>,
}

/// Informal support.
#[derive(Default)]
pub struct InformalMutation;

#[Object]
impl InformalMutation {
    /// Records that a family and a volunteer were matched.
    async fn match_support(&self, ctx: &Context<'_>, input: MatchSupportInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::MatchSupport(Box::new(NewMatch {
                kind: input.kind.into(),
                persons: input.persons.read("persons")?,
                volunteer: input.volunteer.read("volunteer")?,
                organisation: input.organisation.read("organisation")?,
                question: input.question.read("question")?,
                tasks: input.tasks.read("tasks")?,
            }))))
        })
        .await
    }

    /// Records that house rules were agreed and signed; again when they change.
    async fn sign_support_house_rules(
        &self,
        ctx: &Context<'_>,
        input: SignSupportHouseRulesInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::SignSupportHouseRules {
                support: input.support.read("support")?,
                signed_by: input.signed_by.read("signedBy")?,
                rules: input.rules.read("rules")?,
            }))
        })
        .await
    }

    /// Records that a certificate of conduct (VOG) of the volunteer was seen.
    async fn record_support_certificate(
        &self,
        ctx: &Context<'_>,
        input: RecordSupportCertificateInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let support = input.support.read("support")?;
            Ok(CaseCommand::Informal(InformalCommand::RecordSupportCertificate { support, issued: input.issued.0 }))
        })
        .await
    }

    /// Records that they try it. Without a certificate of conduct or signed house rules it is taken and marked.
    async fn start_support_trial(&self, ctx: &Context<'_>, input: StartSupportTrialInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let (support, until) = (input.support.read("support")?, input.until.map(|day| day.0));
            Ok(CaseCommand::Informal(InformalCommand::StartSupportTrial { support, until }))
        })
        .await
    }

    /// Records what came of the trial.
    async fn evaluate_support_trial(&self, ctx: &Context<'_>, input: EvaluateSupportTrialInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::EvaluateSupportTrial {
                support: input.support.read("support")?,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that it was agreed for a term.
    async fn agree_support_term(&self, ctx: &Context<'_>, input: AgreeSupportTermInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::AgreeSupportTerm {
                support: input.support.read("support")?,
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                agreements: input.agreements.read("agreements")?,
            }))
        })
        .await
    }

    /// Records that it was looked at together.
    async fn review_support(&self, ctx: &Context<'_>, input: ReviewSupportInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::ReviewSupport {
                support: input.support.read("support")?,
                took_part: input.took_part.read("tookPart")?,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
                next: input.next.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records what it does for one person, as theirs. Measuring has a consent of its own.
    async fn measure_support(&self, ctx: &Context<'_>, input: MeasureSupportInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let measure = NewMeasure {
                person: input.person.read("person")?,
                moment: input.moment.into(),
                benefit: input.benefit,
                formal_help: input.formal_help,
                words: input.words.read("words")?,
            };
            let support = input.support.read("support")?;
            Ok(CaseCommand::Informal(InformalCommand::MeasureSupport { support, measure }))
        })
        .await
    }

    /// Records that it ended.
    async fn end_support(&self, ctx: &Context<'_>, input: EndSupportInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Informal(InformalCommand::EndSupport {
                support: input.support.read("support")?,
                last_day: input.last_day.map(|day| day.0),
                ended_by: input.ended_by.into(),
                in_touch: input.in_touch,
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
