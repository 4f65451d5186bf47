//! Mutations about the people of a case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::ids::RulingId;
use domain::people::PeopleCommand;

use super::super::carry_out::on_case;
use super::super::enums::{FamilyRole, Source};
use super::super::input::{ActInput, Read, by_id};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::life::AuthorityInput;

/// Adds somebody to the case.
#[derive(InputObject)]
pub struct AddPersonInput {
    #[graphql(flatten)]
    act: ActInput,
    /// As people call them.
    name: String,
    /// If known.
    birth_date: Option<Day>,
    /// Who they are in this family.
    role: FamilyRole,
    /// Since when; today when absent.
    from: Option<Day>,
}

/// Records another name.
#[derive(InputObject)]
pub struct RenamePersonInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// The name.
    name: String,
    /// Since when; today when absent.
    from: Option<Day>,
}

/// Records a birth date.
#[derive(InputObject)]
pub struct RecordBirthDateInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// The date.
    birth_date: Day,
    /// Where it comes from.
    source: Source,
}

/// Records a role in the family.
#[derive(InputObject)]
pub struct RecordFamilyRoleInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The person.
    person: ID,
    /// The role.
    role: FamilyRole,
    /// First day.
    from: Day,
    /// Last day, when known.
    until: Option<Day>,
}

/// Records who has authority over a child.
#[derive(InputObject)]
pub struct RecordAuthorityInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    authority: AuthorityInput,
    /// The ruling that says so, when one on record does.
    ruling: Option<ID>,
}

/// Records whether a parent recognised a child.
#[derive(InputObject)]
pub struct RecordRecognitionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The child.
    child: ID,
    /// The parent.
    parent: ID,
    /// Whether recognised.
    recognised: bool,
    /// First day.
    from: Day,
    /// Where it comes from.
    source: Source,
}

/// The people of a case.
#[derive(Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Adds somebody to the case. Being involved is not having authority, and not having access.
    async fn add_person(&self, ctx: &Context<'_>, input: AddPersonInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::People(PeopleCommand::AddPerson {
                name: input.name.read("name")?,
                birth_date: input.birth_date.map(|day| day.0),
                role: input.role.into(),
                from: input.from.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records another name. The earlier one stays in the history.
    async fn rename_person(&self, ctx: &Context<'_>, input: RenamePersonInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::People(PeopleCommand::RenamePerson {
                person: input.person.read("person")?,
                name: input.name.read("name")?,
                from: input.from.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records a birth date.
    async fn record_birth_date(&self, ctx: &Context<'_>, input: RecordBirthDateInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::People(PeopleCommand::RecordBirthDate {
                person: input.person.read("person")?,
                birth_date: input.birth_date.0,
                source: input.source.into(),
            }))
        })
        .await
    }

    /// Records a role in the family, from a day on.
    async fn record_family_role(&self, ctx: &Context<'_>, input: RecordFamilyRoleInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::People(PeopleCommand::RecordFamilyRole {
                person: input.person.read("person")?,
                role: input.role.into(),
                from: input.from.0,
                until: input.until.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records who has authority (gezag) over a child, from a day on, with its source.
    async fn record_authority(&self, ctx: &Context<'_>, input: RecordAuthorityInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let authority = input.authority.read_by(by_id)?;
            let ruling: Option<RulingId> = input.ruling.read("ruling")?;
            Ok(CaseCommand::People(match ruling {
                Some(ruling) => PeopleCommand::RecordAuthorityUnder { ruling, authority },
                None => PeopleCommand::RecordAuthority(authority),
            }))
        })
        .await
    }

    /// Records whether a parent recognised (erkende) a child. Recognition is not authority.
    async fn record_recognition(&self, ctx: &Context<'_>, input: RecordRecognitionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::People(PeopleCommand::RecordRecognition {
                child: input.child.read("child")?,
                parent: input.parent.read("parent")?,
                recognised: input.recognised,
                from: input.from.0,
                source: input.source.into(),
            }))
        })
        .await
    }
}
