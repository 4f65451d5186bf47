//! Mutations of the legal framework, and of conditions in voluntary help.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::framework::{FrameworkCommand, NewCondition};

use super::super::carry_out::on_case;
use super::super::enums::LegalFramework;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records that help became compulsory, or voluntary again.
#[derive(InputObject)]
pub struct ChangeLegalFrameworkInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The framework.
    framework: LegalFramework,
    /// The first day; the day it happened when absent.
    from: Option<Day>,
    /// The ruling it rests on, when that is in the case.
    ruling: Option<ID>,
}

/// Sets a condition in voluntary help.
#[derive(InputObject)]
pub struct SetConditionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Of whom it asks something.
    persons: Vec<ID>,
    /// What.
    what: String,
    /// Why.
    why: String,
    /// Who sets it.
    set_by: String,
    /// The last day.
    until: Day,
    /// To whom it was explained that it may be refused.
    #[graphql(default)]
    explained: Vec<ID>,
}

/// Records that somebody accepted or refused a condition.
#[derive(InputObject)]
pub struct AnswerConditionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The condition.
    condition: ID,
    /// Who.
    person: ID,
    /// Whether they accept it.
    accepts: bool,
    /// In their words.
    words: Option<String>,
}

/// Records that a condition ended before its last day.
#[derive(InputObject)]
pub struct EndConditionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The condition.
    condition: ID,
    /// Why.
    reason: String,
}

/// The legal framework and conditions.
#[derive(Default)]
pub struct FrameworkMutation;

#[Object]
impl FrameworkMutation {
    /// Records that help became compulsory, by a measure, or voluntary again.
    async fn change_legal_framework(&self, ctx: &Context<'_>, input: ChangeLegalFrameworkInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Framework(FrameworkCommand::ChangeLegalFramework {
                framework: input.framework.into(),
                from: input.from.map(|day| day.0),
                ruling: input.ruling.read("ruling")?,
            }))
        })
        .await
    }

    /// Sets a condition in voluntary help (voorwaarde): what, why, by whom, until when. It may be refused, and that is explained.
    async fn set_condition(&self, ctx: &Context<'_>, input: SetConditionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Framework(FrameworkCommand::SetCondition(Box::new(NewCondition {
                persons: input.persons.read("persons")?,
                what: input.what.read("what")?,
                why: input.why.read("why")?,
                set_by: input.set_by.read("setBy")?,
                until: input.until.0,
                explained: input.explained.read("explained")?,
            }))))
        })
        .await
    }

    /// Records that somebody accepted or refused a condition in voluntary help.
    async fn answer_condition(&self, ctx: &Context<'_>, input: AnswerConditionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Framework(FrameworkCommand::AnswerCondition {
                condition: input.condition.read("condition")?,
                person: input.person.read("person")?,
                accepts: input.accepts,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a condition in voluntary help ended before its last day.
    async fn end_condition(&self, ctx: &Context<'_>, input: EndConditionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Framework(FrameworkCommand::EndCondition {
                condition: input.condition.read("condition")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
