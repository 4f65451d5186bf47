//! What was shared with somebody outside the case.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use projections::views::shares::ShareView;

use super::case::CaseNode;
use super::enums::{Capacity, Category};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, organisation, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What sharing is about, for the policy: as its events in the timeline.
const TOPIC: Topic = Topic::Sharing;

const SHARE: Field = Field::new("sharing.share", TOPIC);
const OFFERED: Field = Field::new("sharing.share.offered", TOPIC);
const WITHDRAWN: Field = Field::new("sharing.share.withdrawn", TOPIC);

/// Sharing with somebody outside the case.
pub struct SharingNode {
    case: CaseNode,
}

impl SharingNode {
    /// Of this case. What was shared is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }
}

/// Sharing with somebody outside the case.
#[Object(name = "Sharing")]
impl SharingNode {
    /// What was shared, in the order told.
    async fn shares(&self, ctx: &Context<'_>) -> Result<Vec<ShareNode>> {
        let session = Session::of(ctx)?;
        if !self.case.mandate().covers(TOPIC) {
            return Ok(Vec::new());
        }
        let shares = self.case.shares_view(&session).iter().cloned();
        Ok(shares.filter_map(|view| ShareNode::new(&self.case, view)).collect())
    }
}

/// Something that was shared.
pub struct ShareNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ShareView>,
}

impl ShareNode {
    fn new(case: &CaseNode, view: ShareView) -> Option<Self> {
        let about: Vec<Subject> = std::iter::once(case.subject()).chain(case.reached(&view.subjects)).collect();
        let view = granted(case.mandate(), SHARE, &about, view, |view| &view.share)?;
        Some(Self { case: case.clone(), about, view })
    }
}

/// That something shared was withdrawn.
#[derive(SimpleObject)]
pub struct Withdrawal {
    /// The day from which it may not be used further.
    day: Day,
    /// Why.
    reason: Option<String>,
}

/// Something that was shared with somebody outside the case, under consents that name the receiver.
#[Object(name = "Share")]
impl ShareNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.share.value)
    }

    /// Who receives.
    async fn recipient(&self) -> WorkerNode {
        WorkerNode::new(self.view.recipient, self.case.mandate().clone())
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// In which capacity.
    async fn capacity(&self) -> Capacity {
        self.view.capacity.into()
    }

    /// About whom.
    async fn subjects(&self) -> Vec<PersonNode> {
        self.view.subjects.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Which data.
    async fn categories(&self) -> Vec<Category> {
        self.view.categories.iter().map(|category| (*category).into()).collect()
    }

    /// The consents it rests on: not for the receiver.
    async fn consent_ids(&self) -> Vec<ID> {
        let consents = plain(self.case.mandate(), SHARE, &self.about, &self.view.consents);
        consents.unwrap_or_default().into_iter().map(id).collect()
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Last day, when agreed.
    async fn until(&self) -> Option<Day> {
        self.view.until.map(Day)
    }

    /// What is shared and why the receiver needs to know it. While somebody of the case must not be found, for the case director and
    /// deputy only.
    async fn offered(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), OFFERED, &self.view.offered))
    }

    /// That it was withdrawn.
    async fn withdrawn(&self, ctx: &Context<'_>) -> Result<Option<Withdrawal>> {
        let session = Session::of(ctx)?;
        let Some(kept) = &self.view.withdrawn else { return Ok(None) };
        let seen = plain(self.case.mandate(), WITHDRAWN, &self.about, kept);
        Ok(seen.map(|withdrawn| Withdrawal {
            day: Day(withdrawn.on),
            reason: words(&session, self.case.mandate(), WITHDRAWN, &withdrawn.reason),
        }))
    }
}
