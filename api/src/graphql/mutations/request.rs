//! Mutations of requests from outside.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::request::{NewRequest, RequestCommand, Weighing};
use domain::text::Text;

use super::super::carry_out::on_case;
use super::super::enums::{Category, RequestOutcome, RequesterKind};
use super::super::input::{ActInput, Read, check_length};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Records that somebody outside asked for information.
#[derive(InputObject)]
pub struct RecordOutsideRequestInput {
    #[graphql(flatten)]
    act: ActInput,
    /// In which capacity.
    requester: RequesterKind,
    /// Who, when of the case: a parent without authority always is.
    person: Option<ID>,
    /// Who, when not of the case.
    who: Option<String>,
    /// About whom.
    about: Vec<ID>,
    /// What was asked.
    asked: String,
    /// By which article.
    article: Option<String>,
    /// Whether in writing.
    in_writing: bool,
    /// By when an answer is asked.
    answer_by: Option<Day>,
}

/// How the request of a parent without authority was weighed (BW 1:377c).
#[derive(InputObject)]
pub struct WeighingInput {
    /// Whether a parent with authority would be told the same.
    equally: bool,
    /// What the child's interest says.
    child_interest: String,
}

/// Decides on a request from outside.
#[derive(InputObject)]
pub struct DecideOutsideRequestInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The request.
    request: ID,
    /// What.
    outcome: RequestOutcome,
    /// Which data are given; none when it is refused.
    #[graphql(default)]
    categories: Vec<Category>,
    /// Why.
    reason: String,
    /// Who decided: never only you.
    decided_by: Vec<ID>,
    /// How the request of a parent without authority was weighed.
    weighing: Option<WeighingInput>,
}

/// Records that the family was told of a request.
#[derive(InputObject)]
pub struct TellFamilyOfRequestInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The request.
    request: ID,
    /// Who was told.
    persons: Vec<ID>,
}

/// Records that the family is told of a request later.
#[derive(InputObject)]
pub struct TellFamilyLaterInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The request.
    request: ID,
    /// On which ground.
    ground: String,
    /// The day on which somebody looks at it again.
    review: Day,
}

fn weighed(given: &WeighingInput) -> Result<Weighing<Text>, Refusal> {
    Ok(Weighing { equally: given.equally, child_interest: given.child_interest.read("childInterest")? })
}

/// Requests from outside.
#[derive(Default)]
pub struct RequestMutation;

#[Object]
impl RequestMutation {
    /// Records that somebody outside asked for information: the Raad, the police, a lawyer, a parent without authority.
    async fn record_outside_request(&self, ctx: &Context<'_>, input: RecordOutsideRequestInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Request(RequestCommand::RecordOutsideRequest(Box::new(NewRequest {
                requester: input.requester.into(),
                person: input.person.read("person")?,
                who: input.who.read("who")?,
                about: input.about.read("about")?,
                asked: input.asked.read("asked")?,
                article: input.article.read("article")?,
                in_writing: input.in_writing,
                answer_by: input.answer_by.map(|day| day.0),
            }))))
        })
        .await
    }

    /// Decides on a request from outside: given or refused, never by you alone.
    async fn decide_outside_request(&self, ctx: &Context<'_>, input: DecideOutsideRequestInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            check_length("categories", input.categories.len())?;
            Ok(CaseCommand::Request(RequestCommand::DecideOutsideRequest {
                request: input.request.read("request")?,
                outcome: input.outcome.into(),
                categories: input.categories.iter().map(|category| (*category).into()).collect(),
                reason: input.reason.read("reason")?,
                decided_by: input.decided_by.read("decidedBy")?,
                weighing: input.weighing.as_ref().map(weighed).transpose()?,
            }))
        })
        .await
    }

    /// Records that the family was told of a request from outside.
    async fn tell_family_of_request(&self, ctx: &Context<'_>, input: TellFamilyOfRequestInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Request(RequestCommand::TellFamilyOfRequest {
                request: input.request.read("request")?,
                persons: input.persons.read("persons")?,
            }))
        })
        .await
    }

    /// Records that the family is told of a request from outside later, on which ground, and when somebody looks at that again.
    async fn tell_family_later(&self, ctx: &Context<'_>, input: TellFamilyLaterInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Request(RequestCommand::TellFamilyLater {
                request: input.request.read("request")?,
                ground: input.ground.read("ground")?,
                review: input.review.0,
            }))
        })
        .await
    }
}
