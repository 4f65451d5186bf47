//! Mutations of regional expert teams (RET).

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::ret::{NewRet, NewTold, RetCommand};

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;

/// What the family was told of what the team does and does not do.
#[derive(InputObject)]
pub struct RetToldInput {
    /// Who was told.
    persons: Vec<ID>,
    /// In which words: that it does not fix, among them.
    words: String,
}

/// Asks a regional expert team.
#[derive(InputObject)]
pub struct AskRetInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which team, by its short name.
    organisation: String,
    /// About which children.
    children: Vec<ID>,
    /// Why regular help is stuck.
    stuck: String,
    /// What the family was told, when it was told already.
    told: Option<RetToldInput>,
}

/// Records what the family was told.
#[derive(InputObject)]
pub struct TellFamilyOfRetInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The involvement.
    ret: ID,
    /// What, to whom.
    told: RetToldInput,
}

/// Lets members of a regional expert team join.
#[derive(InputObject)]
pub struct JoinRetInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The involvement.
    ret: ID,
    /// Who is in from now on: each is named by a consent about each of the children.
    members: Vec<ID>,
}

/// Records that the involvement is over.
#[derive(InputObject)]
pub struct EndRetInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The involvement.
    ret: ID,
    /// With what result, or why.
    words: String,
}

fn told(given: &RetToldInput) -> Result<NewTold, Refusal> {
    Ok(NewTold { persons: given.persons.read("persons")?, words: given.words.read("words")? })
}

/// Regional expert teams.
#[derive(Default)]
pub struct ExpertTeamMutation;

#[Object]
impl ExpertTeamMutation {
    /// Asks a regional expert team (RET), because regular help is stuck.
    async fn ask_ret(&self, ctx: &Context<'_>, input: AskRetInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ret(RetCommand::AskRet(Box::new(NewRet {
                organisation: input.organisation.read("organisation")?,
                children: input.children.read("children")?,
                stuck: input.stuck.read("stuck")?,
                told: input.told.as_ref().map(told).transpose()?,
            }))))
        })
        .await
    }

    /// Records that the family was told what a regional expert team does, and that it does not fix.
    async fn tell_family_of_ret(&self, ctx: &Context<'_>, input: TellFamilyOfRetInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ret(RetCommand::TellFamilyOfRet { ret: input.ret.read("ret")?, told: told(&input.told)? }))
        })
        .await
    }

    /// Lets members of a regional expert team join: from now on these read the crisis plan and the child layer.
    async fn join_ret(&self, ctx: &Context<'_>, input: JoinRetInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ret(RetCommand::JoinRet {
                ret: input.ret.read("ret")?,
                members: input.members.read("members")?,
            }))
        })
        .await
    }

    /// Records that the involvement of a regional expert team is over: its members read nothing from then on.
    async fn end_ret(&self, ctx: &Context<'_>, input: EndRetInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ret(RetCommand::EndRet { ret: input.ret.read("ret")?, words: input.words.read("words")? }))
        })
        .await
    }
}
