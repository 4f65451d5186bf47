//! Mutations of how heavy help is, which bodies join, and what was advised.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::rejection::Detail;
use domain::service::{AdvisedOn, LEVEL_OUT_OF_RANGE, NewStep, NewWish, ServiceCommand, ServiceLevel};

use super::super::carry_out::on_case;
use super::super::enums::{Body, Environment};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::regie::AgreedInput;

/// What somebody of the family wishes.
#[derive(InputObject)]
pub struct WishInput {
    /// Who.
    person: ID,
    /// What, in own words.
    wish: String,
}

/// Records that help went to a level.
#[derive(InputObject)]
pub struct TakeServiceStepInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Whose help.
    person: ID,
    /// Where.
    environment: Environment,
    /// The level since then: 1 (prevention for all) to 10 (no fixed abode).
    level: i32,
    /// Why.
    reason: String,
    /// Who decided: of the family, and professionals.
    decided: Vec<AgreedInput>,
    /// Which programme, when known.
    programme: Option<String>,
    /// Who provides it, when known.
    provider: Option<String>,
    /// What the young person and the parents wish, each in own words.
    #[graphql(default)]
    wishes: Vec<WishInput>,
}

/// Records that a body joined.
#[derive(InputObject)]
pub struct RecordBodyJoinedInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which body.
    body: Body,
    /// Of which region or organisation, when known.
    organisation: Option<String>,
    /// About whom.
    persons: Vec<ID>,
    /// Why.
    reason: String,
    /// What the family was told of what it does and does not do.
    family_told: Option<String>,
}

/// Records that a body left.
#[derive(InputObject)]
pub struct RecordBodyLeftInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The involvement.
    involvement: ID,
    /// Why, or with what result.
    reason: String,
}

/// On what is advised.
#[derive(OneofObject)]
pub enum AdvisedOnInput {
    /// A conflict.
    Conflict(ID),
    /// A step in help.
    Step(ID),
}

/// Records what was advised.
#[derive(InputObject)]
pub struct RecordAdviceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// On what.
    on: AdvisedOnInput,
    /// Whose advice: a behavioural scientist, the regional expert team.
    source: String,
    /// The advice.
    advice: String,
}

fn level(given: i32) -> Result<ServiceLevel, Refusal> {
    let bound = |number: u8| Detail::Number(u64::from(number));
    let refused = || {
        Refusal::new(LEVEL_OUT_OF_RANGE)
            .with("lowest", bound(ServiceLevel::LOWEST))
            .with("highest", bound(ServiceLevel::HIGHEST))
    };
    u8::try_from(given).ok().and_then(|given| ServiceLevel::new(given).ok()).ok_or_else(refused)
}

fn wish(input: &WishInput) -> Result<NewWish, Refusal> {
    Ok(NewWish { person: input.person.read("person")?, wish: input.wish.read("wish")? })
}

/// How heavy help is.
#[derive(Default)]
pub struct ServiceMutation;

#[Object]
impl ServiceMutation {
    /// Records that help for somebody went to a level in an environment: up (opschalen), down (afschalen) or for the first time.
    async fn take_service_step(&self, ctx: &Context<'_>, input: TakeServiceStepInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Service(ServiceCommand::TakeServiceStep(Box::new(NewStep {
                person: input.person.read("person")?,
                environment: input.environment.into(),
                level: level(input.level)?,
                reason: input.reason.read("reason")?,
                decided: input.decided.read("decided")?,
                programme: input.programme.read("programme")?,
                provider: input.provider.read("provider")?,
                wishes: each("wishes", &input.wishes, wish)?,
            }))))
        })
        .await
    }

    /// Records that a body joined: the regional expert team (RET), Veilig Thuis, the Raad or a certified institution.
    async fn record_body_joined(&self, ctx: &Context<'_>, input: RecordBodyJoinedInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Service(ServiceCommand::RecordBodyJoined {
                body: input.body.into(),
                organisation: input.organisation.read("organisation")?,
                persons: input.persons.read("persons")?,
                reason: input.reason.read("reason")?,
                family_told: input.family_told.read("familyTold")?,
            }))
        })
        .await
    }

    /// Records that a body left.
    async fn record_body_left(&self, ctx: &Context<'_>, input: RecordBodyLeftInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Service(ServiceCommand::RecordBodyLeft {
                involvement: input.involvement.read("involvement")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records what was advised on a conflict or a step in help, and by whom. An advice opens and closes nothing.
    async fn record_advice(&self, ctx: &Context<'_>, input: RecordAdviceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let on = match &input.on {
                AdvisedOnInput::Conflict(id) => AdvisedOn::Conflict(id.read("conflict")?),
                AdvisedOnInput::Step(id) => AdvisedOn::Step(id.read("step")?),
            };
            let (source, advice) = (input.source.read("source")?, input.advice.read("advice")?);
            Ok(CaseCommand::Service(ServiceCommand::RecordAdvice { on, source, advice }))
        })
        .await
    }
}
