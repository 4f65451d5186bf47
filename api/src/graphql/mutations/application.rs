//! Mutations of what was asked for a family and waits for an answer.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::application::{ApplicationCommand, NewApplication};
use domain::case::CaseCommand;

use super::super::carry_out::on_case;
use super::super::enums::{ApplicationKind, ApplicationOutcome};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records that a decision or material aid was asked for somebody.
#[derive(InputObject)]
pub struct MakeApplicationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What for.
    kind: ApplicationKind,
    /// For whom.
    persons: Vec<ID>,
    /// What is needed.
    what: String,
    /// Of whom it was asked.
    of_whom: String,
    /// Which concern it leaves open while nobody answers.
    concern: Option<String>,
    /// For which trajectory.
    trajectory: Option<ID>,
    /// By when an answer was promised. Of a decision the term of the law when absent.
    answer_by: Option<Day>,
}

/// Records that an answer takes longer.
#[derive(InputObject)]
pub struct DelayApplicationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The application.
    application: ID,
    /// Why.
    reason: String,
    /// By when an answer is promised now.
    answer_by: Option<Day>,
}

/// Records the answer to an application.
#[derive(InputObject)]
pub struct AnswerApplicationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The application.
    application: ID,
    /// What.
    outcome: ApplicationOutcome,
    /// Why, or what of it.
    words: Option<String>,
}

/// What was asked for a family.
#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Records that a decision (beschikking) or material aid was asked for somebody, and which concern waits for the answer.
    async fn make_application(&self, ctx: &Context<'_>, input: MakeApplicationInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Application(ApplicationCommand::MakeApplication(Box::new(NewApplication {
                kind: input.kind.into(),
                persons: input.persons.read("persons")?,
                what: input.what.read("what")?,
                of_whom: input.of_whom.read("ofWhom")?,
                concern: input.concern.read("concern")?,
                trajectory: input.trajectory.read("trajectory")?,
                answer_by: input.answer_by.map(|day| day.0),
            }))))
        })
        .await
    }

    /// Records that whoever must answer said that it takes longer.
    async fn delay_application(&self, ctx: &Context<'_>, input: DelayApplicationInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Application(ApplicationCommand::DelayApplication {
                application: input.application.read("application")?,
                reason: input.reason.read("reason")?,
                answer_by: input.answer_by.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records the answer to an application.
    async fn answer_application(&self, ctx: &Context<'_>, input: AnswerApplicationInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Application(ApplicationCommand::AnswerApplication {
                application: input.application.read("application")?,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
