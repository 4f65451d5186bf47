//! Where rows come from: the fold of one case, read at one day.

use async_trait::async_trait;
use domain::ids::CaseId;
use domain::time::CivilDay;

use super::fault::RowFault;
use super::row::CaseRows;

/// Makes the rows of one case from its whole history. Must depend on nothing but that history, the keys that are left, the
/// day, and a policy that it names.
#[async_trait]
pub trait RowSource: Send + Sync {
    /// The rows of a case on a day; `None` for a case that has nothing to list yet.
    ///
    /// # Errors
    /// [`RowFault::Unreadable`] sets the stream aside, [`RowFault::Unreachable`] is tried again.
    async fn rows(&self, case: CaseId, day: CivilDay) -> Result<Option<CaseRows>, RowFault>;

    /// Lets go of anything kept of a case: keys were destroyed, and the next rows must not be made from what was opened before.
    fn forget(&self, case: CaseId);

    /// The policy that rows go by, such as a digest of the terms: rows of another one are made anew.
    fn policy(&self) -> String;

    /// The latest last day of a deputy that is told of on this day: policy (`deputy_ending_notice`), so read when asked.
    fn deputies_by(&self, today: CivilDay) -> CivilDay;
}
