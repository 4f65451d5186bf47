//! What somebody can keep watching. Rights are judged at every delivery; a change that the viewer may not see wakes nobody.

use async_graphql::{Context, ID, Result, Subscription};
use domain::ids::CaseId;
use futures_util::{Stream, stream};

use super::case::CaseNode;
use super::input::Read;
use super::lists::{AttentionNode, outline, worklist};
use super::session::Session;

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
                let (loaded, mandate) = match session.open(case, "caseChanged").await {
                    Ok(opened) => opened,
                    Err(refused) => return Some((Err(refused), (heads, last, true))),
                };
                let revision = session.revision_token(case, &loaded.history, &mandate);
                if last.as_ref() == Some(&revision) {
                    continue;
                }
                let node = CaseNode::with(case, loaded, mandate, session.today());
                return Some((Ok(node), (heads, Some(revision), false)));
            }
        }))
    }

    /// What waits for you, now and whenever it changes.
    async fn worklist<'a>(&self, ctx: &Context<'a>) -> Result<impl Stream<Item = Result<Vec<AttentionNode>>> + 'a> {
        let session = Session::of(ctx)?;
        let mut heads = session.services().cases.office().store.watch_head();
        heads.mark_changed();
        Ok(stream::unfold((heads, None, false), move |(mut heads, last, ended)| async move {
            if ended {
                return None;
            }
            loop {
                heads.changed().await.ok()?;
                let lines = match worklist(&session).await {
                    Ok(lines) => lines,
                    Err(refused) => return Some((Err(refused), (heads, last, true))),
                };
                let seen = outline(&lines);
                if last.as_ref() == Some(&seen) {
                    continue;
                }
                return Some((Ok(lines), (heads, Some(seen), false)));
            }
        }))
    }
}
