//! Mutations of contact moments and of what was promised in them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::contact::{ContactCommand, NewContact, NewPromise};

use super::super::carry_out::on_case;
use super::super::enums::{
    ContactAnswer, ContactDirection, ContactMedium, ContactVerification, PromiseEnd, PromiseKind,
};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Records a contact moment. With whom and one sentence are enough.
#[derive(InputObject)]
pub struct RecordContactInput {
    #[graphql(flatten)]
    act: ActInput,
    /// With whom of the case.
    #[graphql(default)]
    with: Vec<ID>,
    /// With whom else: the teacher, the general practitioner.
    other: Option<String>,
    /// About whom else of the case.
    #[graphql(default)]
    about: Vec<ID>,
    /// Which worker had it; you when absent.
    worker: Option<ID>,
    /// Who sought it.
    direction: Option<ContactDirection>,
    /// By which way.
    medium: Option<ContactMedium>,
    /// How it was made sure who it was.
    verified: Option<ContactVerification>,
    /// What was said, in a sentence.
    said: String,
    /// What was asked.
    asked: Option<String>,
    /// What became of what was asked.
    answer: Option<ContactAnswer>,
    /// The answer in words: what was done, not what somebody is.
    answered: Option<String>,
    /// What was promised.
    #[graphql(default)]
    promises: Vec<PromiseInput>,
}

/// Something promised in a contact.
#[derive(InputObject)]
pub struct PromiseInput {
    /// To call back, or something else.
    kind: PromiseKind,
    /// What; may be left out of a call-back.
    what: Option<String>,
    /// By which day; of a call-back the term of the municipality when absent.
    by: Option<Day>,
    /// Who does it; you when absent.
    worker: Option<ID>,
}

/// Says how a promise ended.
#[derive(InputObject)]
pub struct SettlePromiseInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The promise.
    promise: ID,
    /// How.
    how: PromiseEnd,
    /// More about it.
    note: Option<String>,
}

fn promise(given: &PromiseInput) -> Result<NewPromise, Refusal> {
    Ok(NewPromise {
        kind: given.kind.into(),
        what: given.what.read("what")?,
        by: given.by.map(|day| day.0),
        worker: given.worker.read("worker")?,
    })
}

/// Contact moments.
#[derive(Default)]
pub struct ContactMutation;

#[Object]
impl ContactMutation {
    /// Records a contact moment: a call, a message, a visit, a talk. What was refused is recorded as what was asked and answered.
    async fn record_contact(&self, ctx: &Context<'_>, input: RecordContactInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Contact(ContactCommand::RecordContact(Box::new(NewContact {
                with: input.with.read("with")?,
                other: input.other.read("other")?,
                about: input.about.read("about")?,
                worker: input.worker.read("worker")?,
                direction: input.direction.map(Into::into),
                medium: input.medium.map(Into::into),
                verified: input.verified.map(Into::into),
                said: input.said.read("said")?,
                asked: input.asked.read("asked")?,
                answer: input.answer.map(Into::into),
                answered: input.answered.read("answered")?,
                promises: each("promises", &input.promises, promise)?,
            }))))
        })
        .await
    }

    /// Says that a promise was kept, or how else it ended: the call-back is done.
    async fn settle_promise(&self, ctx: &Context<'_>, input: SettlePromiseInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Contact(ContactCommand::SettlePromise {
                promise: input.promise.read("promise")?,
                how: input.how.into(),
                note: input.note.read("note")?,
            }))
        })
        .await
    }
}
