//! A list that somebody keeps watching: delivered at once and whenever it changed, because something was recorded or because a new day
//! came. Who asks is looked up anew for every delivery: a duty that ended ends what it showed. A round that delivers nothing leaves nothing
//! in the trail.

use async_graphql::Result;
use futures_util::{Stream, stream};
use projections::lists::AttentionLine;

use super::attention::AttentionNode;
use super::emergencies::{self, EmergencyNode, Outline};
use super::lists::{MOST_ROWS, is_stale};
use super::session::Session;
use super::worklist;
use crate::trail::TrailDraft;

/// A line of such a list.
pub trait Watched: Sized + Send {
    /// What of it is news when it changes.
    type Outline: PartialEq + Send;

    /// The first lines for who asks, as many as the largest page has.
    ///
    /// # Errors
    /// When the lists have not caught up, or the gate refuses.
    fn first_lines(session: &Session<'_>) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// By which a change is noticed.
    fn outline(&self) -> Self::Outline;

    /// The same line, noted in another draft.
    fn noted_in(self, draft: &TrailDraft) -> Self;
}

/// The list, each time it has something new to say.
pub fn watch<'a, L: Watched + 'a>(session: Session<'a>) -> impl Stream<Item = Result<Vec<L>>> + 'a {
    let mut reached = session.services().lists.watch_reached();
    reached.mark_changed();
    stream::unfold(Some((reached, None)), move |watching| async move {
        let (mut reached, mut last) = watching?;
        if session.draft().take_withheld() {
            last = None;
        }
        loop {
            reached.changed().await.ok()?;
            let round = TrailDraft::new();
            let caller = session.caller_now().await;
            let lines = match L::first_lines(&session.asked_by(&caller).noting_in(&round)).await {
                Ok(lines) => lines,
                // Not there yet: when the lists move on, it is asked again.
                Err(refused) if is_stale(&refused) => continue,
                Err(refused) => {
                    session.draft().absorb(&round);
                    return Some((Err(refused), None));
                }
            };
            let seen: Vec<L::Outline> = lines.iter().map(L::outline).collect();
            if last.as_ref() == Some(&seen) {
                continue;
            }
            session.draft().absorb(&round);
            let lines = lines.into_iter().map(|line| line.noted_in(session.draft())).collect();
            return Some((Ok(lines), Some((reached, Some(seen)))));
        }
    })
}

impl Watched for AttentionNode {
    type Outline = AttentionLine;

    async fn first_lines(session: &Session<'_>) -> Result<Vec<Self>> {
        worklist::first_lines(session).await
    }

    fn outline(&self) -> AttentionLine {
        self.line()
    }

    fn noted_in(self, draft: &TrailDraft) -> Self {
        self.noting_in(draft)
    }
}

impl Watched for EmergencyNode {
    type Outline = Outline;

    async fn first_lines(session: &Session<'_>) -> Result<Vec<Self>> {
        emergencies::first_lines(session, usize::from(MOST_ROWS)).await
    }

    fn outline(&self) -> Outline {
        Self::outline(self)
    }

    fn noted_in(self, draft: &TrailDraft) -> Self {
        self.noting_in(draft)
    }
}
