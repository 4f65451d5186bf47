//! Who was told that a consent ended, and whether each confirmed it (R02): for who directs, and for who guards privacy.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{CaseId, Subject};
use projections::views::consents::{ConsentView, NoticeView, consents};

use super::case::CaseNode;
use super::input::Read;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, plain};
use super::workers::WorkerNode;
use crate::gate::{Act, Field, Operation, Topic};

const NOTICES: &str = "withdrawalNotices";

const NOTICE: Field = Field::new("withdrawalNotice", Topic::Sharing);
const RECEIVER: Field = Field::new("withdrawalNotice.receiver", Topic::Sharing);

/// That one receiver was told that a consent ended: what they know may not be used further, nor passed on.
pub struct WithdrawalNoticeNode {
    case: CaseNode,
    about: [Subject; 2],
    view: Granted<NoticeView>,
}

/// The notices by this withdrawal, or this no, as far as the viewer may know of them.
#[must_use]
pub fn of(case: &CaseNode, word: &ConsentView) -> Vec<WithdrawalNoticeNode> {
    let about = [Subject::Person(word.giver), Subject::Person(word.subject)];
    let node = |view: &NoticeView| {
        let view = granted(case.mandate(), NOTICE, &about, view.clone(), |view| &view.notice)?;
        Some(WithdrawalNoticeNode { case: case.clone(), about, view })
    };
    word.notices.iter().filter_map(node).collect()
}

/// That one receiver was told that a consent ended: what they know may not be used further, nor passed on.
#[Object(name = "WithdrawalNotice")]
impl WithdrawalNoticeNode {
    /// Names the notice.
    async fn id(&self) -> ID {
        id(self.view.notice.value)
    }

    /// The consent that was withdrawn, or the no by which one ended.
    async fn consent_id(&self) -> ID {
        id(self.view.word)
    }

    /// Who was told. While somebody of the case must not be found, for the case director alone when the consent is about them.
    async fn receiver(&self) -> Option<WorkerNode> {
        let seen = plain(self.case.mandate(), RECEIVER, &self.about, &self.view.receiver)?;
        let receiver = seen.into_iter().next()?;
        Some(WorkerNode::new(receiver, self.case.mandate().clone()))
    }

    /// The day they were told.
    async fn notified_on(&self) -> Day {
        Day(self.view.on)
    }

    /// The day they confirmed it; nothing while they did not.
    async fn confirmed_on(&self) -> Option<Day> {
        plain(self.case.mandate(), NOTICE, &self.about, self.view.confirmed.as_ref()?).map(Day)
    }
}

/// Notices.
#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// Who was told in a case that a consent ended, and who confirmed it, in the order of the consents: ids, days and receivers, and not what
    /// was consented to. For the privacy officer of the municipality, and for the case director and deputy.
    async fn withdrawal_notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<Vec<WithdrawalNoticeNode>> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let (loaded, mandate) = session.open_for(case, Operation::accounting(NOTICES, Act::Overview)).await?;
        let case = CaseNode::with(case, loaded, mandate, session.today());
        let words = case.read(&session, consents);
        Ok(words.iter().flat_map(|word| of(&case, word)).collect())
    }
}
