//! What somebody can keep watching. Rights are judged at every delivery; a change that the viewer may not see wakes nobody, and a round
//! that delivers nothing leaves nothing in the trail.

use async_graphql::{Context, ID, Result, Subscription};
use domain::ids::CaseId;
use futures_util::{Stream, stream};

use super::attention::AttentionNode;
use super::case::CaseNode;
use super::input::Read;
use super::lists::is_stale;
use super::session::Session;
use super::worklist::{first_lines, outline};
use crate::trail::TrailDraft;

/// What somebody can keep watching.
#[derive(Default)]
pub struct SubscriptionRoot;

#[Subscription(name = "Subscription")]
impl SubscriptionRoot {
    /// The case, now and whenever something that you may see has changed. Ends when you may not see it any more.
    async fn case_changed<'a>(
        &self,
        ctx: &Context<'a>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<impl Stream<Item = Result<CaseNode>> + 'a> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let mut heads = session.services().cases.office().store.watch_head();
        heads.mark_changed();
        Ok(stream::unfold((heads, None::<String>, false), move |(mut heads, last, ended)| async move {
            if ended {
                return None;
            }
            loop {
                heads.changed().await.ok()?;
                let round = TrailDraft::new();
                let (loaded, mandate) = match session.noting_in(&round).open(case, "caseChanged").await {
                    Ok(opened) => opened,
                    Err(refused) => {
                        session.draft().absorb(&round);
                        return Some((Err(refused), (heads, last, true)));
                    }
                };
                let revision = session.revision_token(case, &loaded.history, &mandate);
                if last.as_ref() == Some(&revision) {
                    continue;
                }
                session.draft().absorb(&round);
                let node = CaseNode::with(case, loaded, mandate.noting_in(session.draft()), session.today());
                return Some((Ok(node), (heads, Some(revision), false)));
            }
        }))
    }

    /// What waits for you, now and whenever it changes, because something was recorded or because a new day came: the first 100 lines.
    async fn worklist<'a>(&self, ctx: &Context<'a>) -> Result<impl Stream<Item = Result<Vec<AttentionNode>>> + 'a> {
        let session = Session::of(ctx)?;
        let mut reached = session.services().lists.watch_reached();
        reached.mark_changed();
        Ok(stream::unfold((reached, None, false), move |(mut reached, last, ended)| async move {
            if ended {
                return None;
            }
            loop {
                reached.changed().await.ok()?;
                let round = TrailDraft::new();
                let lines = match first_lines(&session.noting_in(&round)).await {
                    Ok(lines) => lines,
                    // Not there yet: when the lists move on, it is asked again.
                    Err(refused) if is_stale(&refused) => continue,
                    Err(refused) => {
                        session.draft().absorb(&round);
                        return Some((Err(refused), (reached, last, true)));
                    }
                };
                let seen = outline(&lines);
                if last.as_ref() == Some(&seen) {
                    continue;
                }
                session.draft().absorb(&round);
                let lines = lines.into_iter().map(|line| line.noting_in(session.draft())).collect();
                return Some((Ok(lines), (reached, Some(seen), false)));
            }
        }))
    }
}
