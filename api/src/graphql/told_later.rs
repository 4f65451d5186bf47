//! What is told later in a case, for who guards privacy: that there is something, on which ground and until when, without content.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{CaseId, Subject};
use domain::safety::{Lane, ToldLater};
use projections::views::Facts;

use super::enums::ToldLaterGround;
use super::input::Read;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, id};
use crate::gate::{Act, Field, Operation, Relation, Topic};

const TOLD_LATER: &str = "toldLater";

/// A line of the list.
const LINE: Field = Field::new("toldLater.line", Topic::Trail);

/// Something that is kept from somebody for now (uitgesteld), without what it is about.
#[derive(SimpleObject)]
pub struct ToldLaterLine {
    /// Names it.
    id: ID,
    /// Since when it is kept.
    since: Day,
    /// On which ground.
    ground: ToldLaterGround,
    /// The day on which somebody looks again.
    review: Day,
    /// Whether that day has passed and nobody looked.
    overdue: bool,
    /// The day on which the person was told. Absent until then.
    told: Option<Day>,
}

/// What is told later.
#[derive(Default)]
pub struct ToldLaterQuery;

#[Object]
impl ToldLaterQuery {
    /// What is told later in a case, in order of the day: ids, days and grounds, no content and nobody by name. For the privacy officer of the
    /// municipality, and for the case director and deputy as far as they know the lane.
    async fn told_later(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<Vec<ToldLaterLine>> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let (loaded, mandate) = session.open_for(case, Operation::accounting(TOLD_LATER, Act::Overview)).await?;
        let officer = mandate.relation() == Relation::PrivacyOfficer;
        let history = &loaded.history;
        let facts = Facts::of(history, session.rights());
        let knows = |lane: &Lane| {
            let opened = history.fact(lane.fact).map(|fact| facts.kept(fact));
            opened.is_some_and(|opened| mandate.admits(&opened))
        };
        let lanes = history.state().safety.lanes().iter().filter(|lane| officer || knows(lane));
        let mut all: Vec<&ToldLater> = lanes.flat_map(|lane| &lane.told_later).collect();
        all.sort_by_key(|one| (one.since, history.fact(one.fact).map(|fact| fact.revision)));
        all.retain(|one| mandate.makes(&EVERYONE, LINE, &[Subject::Person(one.person)]));
        let today = session.today();
        let line = |one: &ToldLater| {
            let review = one.looks.last().map_or(one.review, |look| look.review);
            ToldLaterLine {
                id: id(one.id),
                since: Day(one.since),
                ground: one.ground.into(),
                review: Day(review),
                overdue: one.told.is_none() && review < today,
                told: one.told.as_ref().map(|told| Day(told.on)),
            }
        };
        Ok(all.into_iter().map(line).collect())
    }
}
