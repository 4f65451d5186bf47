//! Mutations of what was weighed: help that may harm, and deliberate waiting.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::weighing::{NewJustification, WeighingCommand};

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::regie::AgreedInput;

/// Records the justification of help that may harm.
#[derive(InputObject)]
pub struct JustifyHarmfulHelpInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Whom it concerns.
    persons: Vec<ID>,
    /// Which help.
    help: String,
    /// The trajectory it is, when it runs as one.
    trajectory: Option<ID>,
    /// What it may bring.
    benefit: String,
    /// What harm it may do.
    harm: String,
    /// Which lighter help was weighed.
    lighter: Option<String>,
    /// Why it is done all the same.
    justification: String,
    /// The interest of the child.
    child_interest: Option<String>,
    /// Who decided: of the family, and professionals.
    decided: Vec<AgreedInput>,
    /// The day on which somebody looks again.
    review: Option<Day>,
}

/// Records that it was decided to wait on purpose.
#[derive(InputObject)]
pub struct DecideToWaitInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Whom it concerns.
    persons: Vec<ID>,
    /// With what is waited.
    what: String,
    /// Why.
    reason: String,
    /// Who decided: of the family, and professionals.
    decided: Vec<AgreedInput>,
    /// The day on which somebody looks again.
    review: Day,
}

/// Records that somebody looked again at what was weighed.
#[derive(InputObject)]
pub struct ReviewWeighingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The weighing.
    weighing: ID,
    /// Whether it goes on.
    goes_on: bool,
    /// What was found.
    finding: String,
    /// The next day on which somebody looks again; a wait that goes on has one.
    next: Option<Day>,
}

/// What was weighed.
#[derive(Default)]
pub struct WeighingMutation;

#[Object]
impl WeighingMutation {
    /// Records the justification of help that may harm: what it may bring, what harm it may do, why it is done all the same.
    async fn justify_harmful_help(&self, ctx: &Context<'_>, input: JustifyHarmfulHelpInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Weighing(WeighingCommand::JustifyHarmfulHelp(Box::new(NewJustification {
                persons: input.persons.read("persons")?,
                help: input.help.read("help")?,
                trajectory: input.trajectory.read("trajectory")?,
                benefit: input.benefit.read("benefit")?,
                harm: input.harm.read("harm")?,
                lighter: input.lighter.read("lighter")?,
                justification: input.justification.read("justification")?,
                child_interest: input.child_interest.read("childInterest")?,
                decided: input.decided.read("decided")?,
                review: input.review.map(|day| day.0),
            }))))
        })
        .await
    }

    /// Records that it was decided to wait on purpose, why, and when somebody looks again.
    async fn decide_to_wait(&self, ctx: &Context<'_>, input: DecideToWaitInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Weighing(WeighingCommand::DecideToWait {
                persons: input.persons.read("persons")?,
                what: input.what.read("what")?,
                reason: input.reason.read("reason")?,
                decided: input.decided.read("decided")?,
                review: input.review.0,
            }))
        })
        .await
    }

    /// Records that somebody looked again at help that may harm or at a deliberate wait: it goes on, or ends.
    async fn review_weighing(&self, ctx: &Context<'_>, input: ReviewWeighingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Weighing(WeighingCommand::ReviewWeighing {
                weighing: input.weighing.read("weighing")?,
                goes_on: input.goes_on,
                finding: input.finding.read("finding")?,
                next: input.next.map(|day| day.0),
            }))
        })
        .await
    }
}
