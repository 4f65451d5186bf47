//! Mutations of direct referrals.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::plan::Item;
use domain::referral::{NewReferral, ReferralCommand};

use super::super::carry_out::on_case;
use super::super::enums::Referrer;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Records a direct referral.
#[derive(InputObject)]
pub struct RecordReferralInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Of whom.
    persons: Vec<ID>,
    /// In which capacity somebody referred.
    by: Referrer,
    /// Who, when known.
    who: Option<String>,
    /// To which provider.
    provider: String,
    /// For which help, when known.
    help: Option<String>,
    /// On which day, when known.
    referred: Option<Day>,
    /// Who of the family agreed to record it: everyone who is asked about help for them.
    agreed: Vec<ID>,
}

/// What stands in a plan.
#[derive(OneofObject)]
pub enum PlanItemInput {
    /// A goal.
    Goal(ID),
    /// An action.
    Action(ID),
}

/// Brings a direct referral into the one plan.
#[derive(InputObject)]
pub struct PlanReferralInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The referral.
    referral: ID,
    /// As which goal or action.
    item: PlanItemInput,
}

fn item(input: &PlanItemInput) -> Result<Item, Refusal> {
    match input {
        PlanItemInput::Goal(id) => id.read("goal").map(Item::Goal),
        PlanItemInput::Action(id) => id.read("action").map(Item::Action),
    }
}

/// Direct referrals.
#[derive(Default)]
pub struct ReferralMutation;

#[Object]
impl ReferralMutation {
    /// Records a direct referral (rechtstreekse verwijzing), when the family agrees.
    async fn record_referral(&self, ctx: &Context<'_>, input: RecordReferralInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Referral(ReferralCommand::RecordReferral(Box::new(NewReferral {
                persons: input.persons.read("persons")?,
                by: input.by.into(),
                who: input.who.read("who")?,
                provider: input.provider.read("provider")?,
                help: input.help.read("help")?,
                referred: input.referred.map(|day| day.0),
                agreed: input.agreed.read("agreed")?,
            }))))
        })
        .await
    }

    /// Brings a direct referral into the one plan, as a goal or action that stands there.
    async fn plan_referral(&self, ctx: &Context<'_>, input: PlanReferralInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Referral(ReferralCommand::PlanReferral {
                referral: input.referral.read("referral")?,
                item: item(&input.item)?,
            }))
        })
        .await
    }
}
