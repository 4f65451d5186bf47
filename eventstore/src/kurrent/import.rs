//! Taking in what was recorded elsewhere. It is sent as appended events are; only the chain was made before.

use async_trait::async_trait;

use super::{KurrentStore, countable};
use crate::import::{self, Import};
use crate::port::{AppendError, Appended, RecordedEvent};

#[async_trait]
impl Import for KurrentStore {
    async fn import(&self, batch: Vec<RecordedEvent>) -> Result<Appended, AppendError> {
        self.open()?;
        let place = import::check(&batch)?;
        // Refuses what an append would refuse.
        import::as_appended(batch.clone())?;
        if !countable(place.expected.next().number().saturating_add(batch.len() as u64)) {
            return Err(AppendError::Invalid("no stream is as long".to_owned()));
        }
        self.writer.import(&place, batch).await
    }
}
