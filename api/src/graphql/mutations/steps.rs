//! Mutations of working with each person.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::plan::SaidBy;
use domain::steps::{NewOption, NewTaken, StepsCommand};

use super::super::carry_out::on_case;
use super::super::enums::{ConversationStep, OptionEffect};
use super::super::input::{ActInput, AudienceInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::conference::AttendeeInput;
use super::plan::SaidByInput;

/// Records that a conversation step was taken.
#[derive(InputObject)]
pub struct RecordConversationStepInput {
    #[graphql(flatten)]
    act: ActInput,
    /// With whom: a parent, a child.
    person: ID,
    /// Which step, by its name.
    step: ConversationStep,
    /// By which worker; you when absent.
    worker: Option<ID>,
    /// What came up, in the person's words.
    words: Option<String>,
    /// About which conflict.
    conflict: Option<ID>,
    /// For whom it is. Of a child said exactly, as the child said: workers, the director, or at the widest who works for this child. Of a
    /// grown-up who works for them when absent. Whoever is not named cannot read it afterwards, also you.
    known_to: Option<AudienceInput>,
}

/// Records what somebody thought of.
#[derive(InputObject)]
pub struct RecordOptionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// For whom.
    person: ID,
    /// Who thought of it. An option comes from the person: anybody else, or nobody, is refused.
    author: Option<SaidByInput>,
    /// With which worker they spoke; you when absent.
    worker: Option<ID>,
    /// What, in the person's words.
    words: String,
    /// About which conflict.
    conflict: Option<ID>,
    /// For whom it is. Of a child said exactly, as the child said; of a grown-up who works for them when absent.
    known_to: Option<AudienceInput>,
}

/// Records what came of trying an option.
#[derive(InputObject)]
pub struct RecordOptionTriedInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The option.
    option: ID,
    /// What came of it, as the person says.
    effect: OptionEffect,
    /// In words.
    words: Option<String>,
    /// Which familiar faces were there.
    #[graphql(default)]
    present: Vec<ID>,
}

/// Records whom somebody named as a familiar face.
#[derive(InputObject)]
pub struct NameTrustedContactInput {
    #[graphql(flatten)]
    act: ActInput,
    /// By whom named.
    person: ID,
    /// Who it is.
    who: AttendeeInput,
    /// Why this one.
    words: Option<String>,
    /// For whom it is. Of a child said exactly, as the child said; of a grown-up who works for them when absent.
    known_to: Option<AudienceInput>,
}

/// Records whether a familiar face may be there.
#[derive(InputObject)]
pub struct AnswerTrustedPresenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The familiar face.
    trusted: ID,
    /// Whether this one may be there.
    agrees: bool,
    /// On which day; each time when absent.
    on: Option<Day>,
    /// In words.
    words: Option<String>,
}

/// Records that somebody is no familiar face any more.
#[derive(InputObject)]
pub struct EndTrustedContactInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The familiar face.
    trusted: ID,
    /// Why.
    reason: Option<String>,
}

/// Working with each person.
#[derive(Default)]
pub struct StepsMutation;

#[Object]
impl StepsMutation {
    /// Records that a conversation step was taken with one person: by its name, in any order, as often as it was taken.
    async fn record_conversation_step(
        &self,
        ctx: &Context<'_>,
        input: RecordConversationStepInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Steps(StepsCommand::RecordConversationStep(Box::new(NewTaken {
                person: input.person.read("person")?,
                step: input.step.into(),
                worker: input.worker.read("worker")?,
                words: input.words.read("words")?,
                conflict: input.conflict.read("conflict")?,
                known_to: input.known_to.as_ref().map(|known_to| known_to.read("knownTo")).transpose()?,
            }))))
        })
        .await
    }

    /// Records what somebody thought of that they can do themself. Your own idea is no option of theirs.
    async fn record_option(&self, ctx: &Context<'_>, input: RecordOptionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let author: Option<SaidBy> = input.author.as_ref().map(|author| author.read("author")).transpose()?;
            Ok(CaseCommand::Steps(StepsCommand::RecordOption(Box::new(NewOption {
                person: input.person.read("person")?,
                author,
                worker: input.worker.read("worker")?,
                words: input.words.read("words")?,
                conflict: input.conflict.read("conflict")?,
                known_to: input.known_to.as_ref().map(|known_to| known_to.read("knownTo")).transpose()?,
            }))))
        })
        .await
    }

    /// Records what came of trying an option: more rest, no change or more strife. As often as it is tried.
    async fn record_option_tried(&self, ctx: &Context<'_>, input: RecordOptionTriedInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Steps(StepsCommand::RecordOptionTried {
                option: input.option.read("option")?,
                effect: input.effect.into(),
                words: input.words.read("words")?,
                present: input.present.read("present")?,
            }))
        })
        .await
    }

    /// Records whom somebody named as a familiar face (vertrouwd gezicht). It gives that one nothing to see.
    async fn name_trusted_contact(&self, ctx: &Context<'_>, input: NameTrustedContactInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Steps(StepsCommand::NameTrustedContact {
                person: input.person.read("person")?,
                who: input.who.read("who")?,
                words: input.words.read("words")?,
                known_to: input.known_to.as_ref().map(|known_to| known_to.read("knownTo")).transpose()?,
            }))
        })
        .await
    }

    /// Records whether somebody agrees that their familiar face is there: on a day, or each time.
    async fn answer_trusted_presence(
        &self,
        ctx: &Context<'_>,
        input: AnswerTrustedPresenceInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Steps(StepsCommand::AnswerTrustedPresence {
                trusted: input.trusted.read("trusted")?,
                agrees: input.agrees,
                on: input.on.map(|day| day.0),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that somebody is no familiar face any more.
    async fn end_trusted_contact(&self, ctx: &Context<'_>, input: EndTrustedContactInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Steps(StepsCommand::EndTrustedContact {
                trusted: input.trusted.read("trusted")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
