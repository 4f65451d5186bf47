//! What can be asked.

use async_graphql::{Context, ID, MergedObject, Object, Result, SimpleObject};
use domain::ids::CaseId;

use super::access_log::TrailQuery;
use super::case::CaseNode;
use super::crisis::CrisisQuery;
use super::drafts::DraftQuery;
use super::emergencies::EmergencyQuery;
use super::enums::Role;
use super::handovers::HandoverQuery;
use super::input::Read;
use super::lists::ListQuery;
use super::misplaced::SetAsideQuery;
use super::notices::NoticeQuery;
use super::overview::OverviewQuery;
use super::own::OwnQuery;
use super::sat::SatQuery;
use super::say::SayQuery;
use super::scalars::Day;
use super::session::Session;
use super::show::{id, organisation};
use super::told_later::ToldLaterQuery;
use super::why::WhyQuery;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    CaseQuery,
    ListQuery,
    HandoverQuery,
    TrailQuery,
    OverviewQuery,
    WhyQuery,
    EmergencyQuery,
    CrisisQuery,
    SayQuery,
    SetAsideQuery,
    OwnQuery,
    DraftQuery,
    SatQuery,
    ToldLaterQuery,
    NoticeQuery,
);

/// Who you are to the system.
#[derive(SimpleObject)]
pub struct Me {
    /// Names you.
    id: ID,
    /// Your name.
    name: String,
    /// In which role you act.
    role: Role,
    /// For which organisation, by its short name.
    organisation: String,
    /// Whom you represent, when the identity provider says so.
    on_behalf_of: Option<ID>,
    /// Today, in the Netherlands, as the system reads dated facts.
    today: Day,
}

/// A rule that a departure may name.
#[derive(SimpleObject)]
pub struct DepartureRule {
    /// The stable word.
    word: String,
    /// The rule, in words.
    text: String,
}

/// Cases, one at a time.
#[derive(Default)]
pub struct CaseQuery;

#[Object]
impl CaseQuery {
    /// Who you are to the system.
    async fn me(&self, ctx: &Context<'_>) -> Result<Me> {
        let session = Session::of(ctx)?;
        let identity = &session.caller().identity;
        Ok(Me {
            id: id(identity.actor.worker),
            name: identity.name.as_str().to_owned(),
            role: identity.actor.role.into(),
            organisation: organisation(&identity.actor.organisation),
            on_behalf_of: identity.actor.on_behalf_of.map(id),
            today: Day(session.today()),
        })
    }

    /// One case. A case that does not exist and one that you may not see give the same answer.
    async fn case(&self, ctx: &Context<'_>, #[graphql(desc = "The case.")] id: ID) -> Result<CaseNode> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| id.read("id"))?;
        let (loaded, mandate) = session.open(case, "case").await?;
        Ok(CaseNode::with(case, loaded, mandate, session.today()))
    }

    /// The rules that `reportDeparture` may name.
    async fn departure_rules(&self, ctx: &Context<'_>) -> Result<Vec<DepartureRule>> {
        let locale = Session::of(ctx)?.locale();
        let rule = |word: &&str| DepartureRule {
            word: (*word).to_owned(),
            text: locale.label(&format!("rule-{}", word.replace('_', "-"))),
        };
        Ok(domain::life::DEPARTURE_RULES.iter().map(rule).collect())
    }
}
