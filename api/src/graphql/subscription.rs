//! What somebody can keep watching. Rights are judged at every delivery; a change that the viewer may not see wakes nobody, and a round
//! that delivers nothing leaves nothing in the trail. What was withheld after all, because its trail entry could not be written or a
//! value was lost, is delivered by the next round that finds something to do.

use async_graphql::{Context, ID, Result, Subscription};
use domain::ids::{CaseId, Revision};
use domain::time::CivilDay;
use eventstore::port::{Digest, Position};
use futures_util::{Stream, stream};
use projections::lists::Reached;
use tokio::sync::watch::Receiver;

use super::attention::AttentionNode;
use super::case::CaseNode;
use super::emergencies::EmergencyNode;
use super::input::Read;
use super::session::Session;
use super::watched::watch;
use crate::trail::TrailDraft;

/// What somebody can keep watching.
#[derive(Default)]
pub struct SubscriptionRoot;

#[Subscription(name = "Subscription")]
impl SubscriptionRoot {
    /// The case: now, whenever something that you may see was recorded, and when a new day comes, because what holds by date may then
    /// be different. Ends when you may not see it any more.
    async fn case_changed<'a>(
        &self,
        ctx: &Context<'a>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<impl Stream<Item = Result<CaseNode>> + 'a> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let watching = Some((Wakes::of(&session), WatchedCase::new(case)));
        Ok(stream::unfold(watching, move |watching| async move {
            let (mut wakes, mut watched) = watching?;
            if session.draft().take_withheld() {
                watched = WatchedCase::new(case);
            }
            loop {
                wakes.next().await?;
                match watched.round(&session).await {
                    Ok(None) => {}
                    Ok(Some(node)) => return Some((Ok(node), Some((wakes, watched)))),
                    Err(refused) => return Some((Err(refused), None)),
                }
            }
        }))
    }

    /// Emergency accesses in your municipality that are open or that nobody reviewed yet, at once and whenever that changes, because
    /// something was recorded or because a new day came: for the privacy officer and the manager, the first 100.
    async fn emergencies<'a>(&self, ctx: &Context<'a>) -> Result<impl Stream<Item = Result<Vec<EmergencyNode>>> + 'a> {
        Ok(watch(Session::of(ctx)?))
    }

    /// What waits for you, now and whenever it changes, because something was recorded or because a new day came: the first 100 lines.
    async fn worklist<'a>(&self, ctx: &Context<'a>) -> Result<impl Stream<Item = Result<Vec<AttentionNode>>> + 'a> {
        Ok(watch(Session::of(ctx)?))
    }
}

/// What may give a case something new to say: something was recorded, or a new day came.
struct Wakes {
    heads: Receiver<Position>,
    days: Receiver<Option<Reached>>,
    /// The last day that gave news.
    day: CivilDay,
}

impl Wakes {
    /// The first time is now.
    fn of(session: &Session<'_>) -> Self {
        let mut heads = session.services().cases.office().store.watch_head();
        heads.mark_changed();
        Self { heads, days: session.services().lists.watch_reached(), day: session.today() }
    }

    /// Waits for the next one; `None` when there never will be.
    async fn next(&mut self) -> Option<()> {
        let day = self.day;
        let later = |reached: &Option<Reached>| reached.is_some_and(|reached| reached.day > day);
        self.day = tokio::select! {
            changed = self.heads.changed() => changed.ok().map(|()| day),
            came = async { self.days.wait_for(later).await.map(|reached| (*reached).map(|reached| reached.day)) } => came.ok()?,
        }?;
        Some(())
    }
}

/// A case as a subscription met it last.
struct WatchedCase {
    case: CaseId,
    /// The head of its stream and the day: while they stay, there is nothing new to say.
    met: Option<(Option<(Revision, Digest)>, CivilDay)>,
    /// What was delivered: the revision as the viewer may see it, and the day it was read at.
    delivered: Option<(String, CivilDay)>,
}

impl WatchedCase {
    const fn new(case: CaseId) -> Self {
        Self { case, met: None, delivered: None }
    }

    /// One look: the case, if there is something new that the viewer may see.
    async fn round(&mut self, session: &Session<'_>) -> Result<Option<CaseNode>> {
        let (cases, day) = (&session.services().cases, session.today());
        // A store that is away is met once more by opening the case, and told there.
        let head = cases.office().store.stream_head(&cases.stream(self.case.as_uuid())).await.ok();
        let met = head.map(|head| (head, day));
        if met.is_some() && met == self.met {
            return Ok(None);
        }
        let round = TrailDraft::new();
        let caller = session.caller_now().await;
        let opened = session.asked_by(&caller).noting_in(&round).open(self.case, "caseChanged").await;
        if opened.is_err() {
            session.draft().absorb(&round);
        }
        let (loaded, mandate) = opened?;
        let seen = Some((session.revision_token(self.case, &loaded.history, &mandate), day));
        self.met = met;
        if seen == self.delivered {
            return Ok(None);
        }
        self.delivered = seen;
        session.draft().absorb(&round);
        Ok(Some(CaseNode::with(self.case, loaded, mandate.noting_in(session.draft()), day)))
    }
}
