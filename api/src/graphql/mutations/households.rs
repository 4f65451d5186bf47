//! Mutations about households.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::households::HouseholdCommand;

use super::super::carry_out::on_case;
use super::super::enums::Source;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records a household and who lives there.
#[derive(InputObject)]
pub struct FormHouseholdInput {
    #[graphql(flatten)]
    act: ActInput,
    /// A neutral label ("bij mama", "huishouden A"): never a street, a place or a team.
    label: String,
    /// Since when.
    from: Day,
    /// Who lives there from that day.
    #[graphql(default)]
    members: Vec<ID>,
}

/// Gives a household another label.
#[derive(InputObject)]
pub struct RelabelHouseholdInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// A neutral label.
    label: String,
}

/// Records that somebody lives in a household.
#[derive(InputObject)]
pub struct RecordMembershipInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// The person.
    person: ID,
    /// First day.
    from: Day,
    /// Last day, when known.
    until: Option<Day>,
}

/// Records that somebody no longer lives in a household.
#[derive(InputObject)]
pub struct EndMembershipInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// The person.
    person: ID,
    /// Last day.
    last_day: Day,
}

/// Records where a household is.
#[derive(InputObject)]
pub struct RecordAddressInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// The address.
    address: String,
    /// Since when.
    from: Day,
    /// Where it comes from.
    source: Source,
}

/// Households.
#[derive(Default)]
pub struct HouseholdMutation;

#[Object]
impl HouseholdMutation {
    /// Records a household and who lives there. A child may belong to several.
    async fn form_household(&self, ctx: &Context<'_>, input: FormHouseholdInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Households(HouseholdCommand::FormHousehold {
                label: input.label.read("label")?,
                from: input.from.0,
                members: input.members.read("members")?,
            }))
        })
        .await
    }

    /// Gives a household another neutral label.
    async fn relabel_household(&self, ctx: &Context<'_>, input: RelabelHouseholdInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Households(HouseholdCommand::RelabelHousehold {
                household: input.household.read("household")?,
                label: input.label.read("label")?,
            }))
        })
        .await
    }

    /// Records that somebody lives in a household, wholly or partly.
    async fn record_membership(&self, ctx: &Context<'_>, input: RecordMembershipInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Households(HouseholdCommand::RecordMembership {
                household: input.household.read("household")?,
                person: input.person.read("person")?,
                from: input.from.0,
                until: input.until.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records that somebody no longer lives in a household.
    async fn end_membership(&self, ctx: &Context<'_>, input: EndMembershipInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Households(HouseholdCommand::EndMembership {
                household: input.household.read("household")?,
                person: input.person.read("person")?,
                last_day: input.last_day.0,
            }))
        })
        .await
    }

    /// Records where a household is. For the case director and deputy, until somebody changes who may know it; of a protected household
    /// nobody can make that more.
    async fn record_address(&self, ctx: &Context<'_>, input: RecordAddressInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Households(HouseholdCommand::RecordAddress {
                household: input.household.read("household")?,
                address: input.address.read("address")?,
                from: input.from.0,
                source: input.source.into(),
            }))
        })
        .await
    }
}
