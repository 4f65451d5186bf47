//! Mutations of references to registers elsewhere.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::reference::{Opaque, REFERENCE_NOT_OPAQUE, ReferenceCommand};

use super::super::carry_out::on_case;
use super::super::enums::ExternalRegister;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Records that something about somebody stands elsewhere.
#[derive(InputObject)]
pub struct RecordExternalReferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// About whom.
    person: ID,
    /// In which kind of register.
    register: ExternalRegister,
    /// Under which number or name there: no words, and no number that leads to a person elsewhere.
    number: String,
    /// Who keeps it.
    keeper: String,
    /// Since which day it is known to stand there; the day it happened when absent.
    since: Option<Day>,
}

/// Records that it stands there no longer.
#[derive(InputObject)]
pub struct EndExternalReferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The reference.
    reference: ID,
    /// The last day; the day it happened when absent.
    last_day: Option<Day>,
    /// Why.
    reason: Option<String>,
}

impl Read<Opaque> for String {
    fn read(&self, field: &'static str) -> Result<Opaque, Refusal> {
        Opaque::new(self).map_err(|_| Refusal::new(REFERENCE_NOT_OPAQUE).with("field", field))
    }
}

/// References to registers elsewhere.
#[derive(Default)]
pub struct ReferenceMutation;

#[Object]
impl ReferenceMutation {
    /// Records that something about somebody stands in a register or file elsewhere. Never what it says.
    async fn record_external_reference(
        &self,
        ctx: &Context<'_>,
        input: RecordExternalReferenceInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Reference(ReferenceCommand::RecordExternalReference {
                person: input.person.read("person")?,
                register: input.register.into(),
                number: input.number.read("number")?,
                keeper: input.keeper.read("keeper")?,
                since: input.since.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records that it stands there no longer.
    async fn end_external_reference(&self, ctx: &Context<'_>, input: EndExternalReferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Reference(ReferenceCommand::EndExternalReference {
                reference: input.reference.read("reference")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
