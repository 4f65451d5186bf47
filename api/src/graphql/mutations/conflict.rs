//! Mutations of conflicts between named people. All of them record what somebody saw, heard or said: nothing is computed, and nobody is blamed.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::conflict::{
    ConflictCommand, ENERGY_OUT_OF_RANGE, EnergyPercent, GlaslStage, NewReaction, NewStage, OutOfRange,
    STAGE_OUT_OF_RANGE,
};
use domain::rejection::{Code, Detail};

use super::super::carry_out::on_case;
use super::super::enums::{Medium, NetworkEffect, ParentingForm, RestKind};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Names a conflict between people of the case.
#[derive(InputObject)]
pub struct NameConflictInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Between whom: at least two.
    between: Vec<ID>,
    /// About what, in a sentence that blames nobody.
    about: String,
}

/// How one person experiences a conflict.
#[derive(InputObject)]
pub struct ExperiencedInput {
    /// Who.
    person: ID,
    /// The stage on the ladder of Glasl, 1 to 9. Leave it out when it cannot be said.
    stage: Option<i32>,
    /// What you saw or heard: acts, no judgement.
    observations: String,
}

/// Records how people experience a conflict, each apart.
#[derive(InputObject)]
pub struct AssessConflictInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conflict.
    conflict: ID,
    /// Each person apart: they may differ.
    experienced: Vec<ExperiencedInput>,
    /// Who assessed it; you when absent.
    assessed_by: Option<ID>,
}

/// Records how parents are parents beside each other.
#[derive(InputObject)]
pub struct AssessParentingFormInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The parents of whom it holds. Where it differs: each parent in a command of their own.
    parents: Vec<ID>,
    /// The form.
    form: ParentingForm,
    /// On what it rests.
    basis: String,
    /// Who assessed it; you when absent.
    assessed_by: Option<ID>,
}

/// Records what somebody of the network does to a conflict.
#[derive(InputObject)]
pub struct AssessNetworkEffectInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conflict.
    conflict: ID,
    /// Who of the network.
    person: ID,
    /// Feeds it, calms it, or it cannot be said.
    effect: NetworkEffect,
    /// On what it rests: acts you saw or heard, no judgement.
    basis: String,
    /// Who assessed it; you when absent.
    assessed_by: Option<ID>,
}

/// What somebody did in a flare-up.
#[derive(InputObject)]
pub struct ReactionInput {
    /// Who.
    person: ID,
    /// What that person did: acts, no roles.
    acts: String,
}

/// Records that a conflict flared up.
#[derive(InputObject)]
pub struct RecordFlareUpInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conflict.
    conflict: ID,
    /// By which way.
    medium: Medium,
    /// What set it off.
    trigger: String,
    /// What each did.
    #[graphql(default)]
    reactions: Vec<ReactionInput>,
    /// Who of those in the conflict told you: then it is that person's account. Leave it out when somebody else saw or heard it.
    told_by: Option<ID>,
}

/// Records how much energy a conflict takes.
#[derive(InputObject)]
pub struct ReportConflictEnergyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conflict.
    conflict: ID,
    /// Whose energy.
    person: ID,
    /// Of a hundred, as that person says it.
    percent: i32,
}

/// Records that it was calm.
#[derive(InputObject)]
pub struct ReportCalmPeriodInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who says so.
    person: ID,
    /// In which conflict, if one is meant.
    conflict: Option<ID>,
    /// First day.
    from: Day,
    /// Last day. Leave it out while it is still calm.
    until: Option<Day>,
    /// What helped, or what it was like.
    words: Option<String>,
}

/// Records that a conflict came to rest.
#[derive(InputObject)]
pub struct RestConflictInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conflict.
    conflict: ID,
    /// How.
    kind: RestKind,
    /// What shows it.
    reason: String,
}

/// A number of a scale; one that is no small number fits no scale either.
fn on_scale<T>(given: i32, code: Code, read: fn(u8) -> Result<T, OutOfRange>) -> Result<T, Refusal> {
    let small = u8::try_from(given).unwrap_or(u8::MAX);
    let refused = |bounds: OutOfRange| {
        let bound = |number: u8| Detail::Number(u64::from(number));
        Refusal::new(code).with("lowest", bound(bounds.lowest)).with("highest", bound(bounds.highest))
    };
    read(small).map_err(refused)
}

fn experienced(input: &ExperiencedInput) -> Result<NewStage, Refusal> {
    Ok(NewStage {
        person: input.person.read("person")?,
        stage: input.stage.map(|stage| on_scale(stage, STAGE_OUT_OF_RANGE, GlaslStage::new)).transpose()?,
        observations: input.observations.read("observations")?,
    })
}

fn reaction(input: &ReactionInput) -> Result<NewReaction, Refusal> {
    Ok(NewReaction { person: input.person.read("person")?, acts: input.acts.read("acts")? })
}

/// Conflicts between named people.
#[derive(Default)]
pub struct ConflictMutation;

#[Object]
impl ConflictMutation {
    /// Names a conflict between people of the case, and what it is about. Only who may know something of each of them reads it.
    async fn name_conflict(&self, ctx: &Context<'_>, input: NameConflictInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let (between, about) = (input.between.read("between")?, input.about.read("about")?);
            Ok(CaseCommand::Conflict(ConflictCommand::NameConflict { between, about }))
        })
        .await
    }

    /// Records how people experience a conflict now, as you or a colleague assess it: a stage of the ladder of Glasl for each person
    /// apart. It is never computed, and says nothing of who is right.
    async fn assess_conflict(&self, ctx: &Context<'_>, input: AssessConflictInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::AssessConflict {
                conflict: input.conflict.read("conflict")?,
                experienced: each("experienced", &input.experienced, experienced)?,
                by: input.assessed_by.read("assessedBy")?,
            }))
        })
        .await
    }

    /// Records how parents are parents beside each other: together, side by side, or in strife.
    async fn assess_parenting_form(&self, ctx: &Context<'_>, input: AssessParentingFormInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::AssessParentingForm {
                parents: input.parents.read("parents")?,
                form: input.form.into(),
                basis: input.basis.read("basis")?,
                by: input.assessed_by.read("assessedBy")?,
            }))
        })
        .await
    }

    /// Records what somebody of the network does to a conflict, as you or a colleague assess it. The newest counts, older ones stay.
    async fn assess_network_effect(&self, ctx: &Context<'_>, input: AssessNetworkEffectInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::AssessNetworkEffect {
                conflict: input.conflict.read("conflict")?,
                person: input.person.read("person")?,
                effect: input.effect.into(),
                basis: input.basis.read("basis")?,
                by: input.assessed_by.read("assessedBy")?,
            }))
        })
        .await
    }

    /// Records that a conflict flared up: by which way, what set it off, what each did. Acts only.
    async fn record_flare_up(&self, ctx: &Context<'_>, input: RecordFlareUpInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::RecordFlareUp {
                conflict: input.conflict.read("conflict")?,
                medium: input.medium.into(),
                trigger: input.trigger.read("trigger")?,
                reactions: each("reactions", &input.reactions, reaction)?,
                told_by: input.told_by.read("toldBy")?,
            }))
        })
        .await
    }

    /// Records how much of their energy somebody says a conflict takes ("100 kilo energie").
    async fn report_conflict_energy(&self, ctx: &Context<'_>, input: ReportConflictEnergyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::ReportConflictEnergy {
                conflict: input.conflict.read("conflict")?,
                person: input.person.read("person")?,
                percent: on_scale(input.percent, ENERGY_OUT_OF_RANGE, EnergyPercent::new)?,
            }))
        })
        .await
    }

    /// Records that it was calm, as somebody says.
    async fn report_calm_period(&self, ctx: &Context<'_>, input: ReportCalmPeriodInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::ReportCalmPeriod {
                person: input.person.read("person")?,
                conflict: input.conflict.read("conflict")?,
                from: input.from.0,
                until: input.until.map(|day| day.0),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a conflict came to rest. When it flares up later, it rests no longer: that is normal, and no failure.
    async fn rest_conflict(&self, ctx: &Context<'_>, input: RestConflictInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conflict(ConflictCommand::RestConflict {
                conflict: input.conflict.read("conflict")?,
                kind: input.kind.into(),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
