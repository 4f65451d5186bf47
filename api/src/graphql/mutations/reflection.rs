//! Mutations of reflection.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::reflection::{NewReflection, NewSaid, ReflectionCommand};

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::plan::SaidByInput;

/// What somebody said in a reflection: at least to one of both questions.
#[derive(InputObject)]
pub struct ReflectionWordsInput {
    /// Who.
    by: SaidByInput,
    /// Still the right thing?
    right_thing: Option<String>,
    /// How are we doing together?
    together: Option<String>,
}

/// Records a reflection.
#[derive(InputObject)]
pub struct RecordReflectionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// With whom of the family and its network, besides who said something.
    #[graphql(default)]
    with: Vec<ID>,
    /// With which professionals, besides who said something.
    #[graphql(default)]
    workers: Vec<ID>,
    /// What each said.
    said: Vec<ReflectionWordsInput>,
    /// What changes.
    changes: Option<String>,
    /// The last day for the next one; by the term of the municipality when absent.
    next: Option<Day>,
}

fn said(given: &ReflectionWordsInput) -> Result<NewSaid, Refusal> {
    Ok(NewSaid {
        by: given.by.read("by")?,
        right_thing: given.right_thing.read("rightThing")?,
        together: given.together.read("together")?,
    })
}

/// Reflection.
#[derive(Default)]
pub struct ReflectionMutation;

#[Object]
impl ReflectionMutation {
    /// Records a reflection of those around the family: still the right thing? how are we doing together? What each said is kept as theirs.
    async fn record_reflection(&self, ctx: &Context<'_>, input: RecordReflectionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Reflection(ReflectionCommand::RecordReflection(Box::new(NewReflection {
                with: input.with.read("with")?,
                workers: input.workers.read("workers")?,
                said: each("said", &input.said, said)?,
                changes: input.changes.read("changes")?,
                next: input.next.map(|day| day.0),
            }))))
        })
        .await
    }
}
