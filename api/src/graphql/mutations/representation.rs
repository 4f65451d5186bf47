//! Mutations about who represents somebody of the case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::representation::RepresentationCommand;

use super::super::carry_out::on_case;
use super::super::enums::{RepresentativeKind, Source};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records who represents somebody.
#[derive(InputObject)]
pub struct NameRepresentativeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// Who represents them.
    worker: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// In which capacity.
    kind: RepresentativeKind,
    /// First day.
    from: Day,
    /// Last day, when known.
    until: Option<Day>,
    /// Where it comes from.
    source: Source,
}

/// Records that somebody no longer represents a person.
#[derive(InputObject)]
pub struct EndRepresentativeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// Who represented them.
    worker: ID,
    /// Last day; the day it happened when absent.
    last_day: Option<Day>,
    /// Why.
    reason: Option<String>,
}

/// Who represents somebody.
#[derive(Default)]
pub struct RepresentationMutation;

#[Object]
impl RepresentationMutation {
    /// Records who represents somebody of the case: a guardian of an institution, a curator, a mentor, somebody with a written proxy, a
    /// worker of a certified institution. Told as it is: a court, a register or the person names them.
    async fn name_representative(&self, ctx: &Context<'_>, input: NameRepresentativeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Representation(RepresentationCommand::NameRepresentative {
                person: input.person.read("person")?,
                worker: input.worker.read("worker")?,
                organisation: input.organisation.read("organisation")?,
                kind: input.kind.into(),
                from: input.from.0,
                until: input.until.map(|day| day.0),
                source: input.source.into(),
            }))
        })
        .await
    }

    /// Records that somebody no longer represents a person.
    async fn end_representative(&self, ctx: &Context<'_>, input: EndRepresentativeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Representation(RepresentationCommand::EndRepresentative {
                person: input.person.read("person")?,
                worker: input.worker.read("worker")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
