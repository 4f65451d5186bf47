//! Rows of the events table as values. A row that does not hold what the tables promise is named, never guessed at.

use domain::ids::{CommandId, EventId, Revision};
use domain::time::Timestamp;
use rusqlite::Row;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::port::{CommandSlot, DamagedEntry, Digest, Position, RecordedEvent, StoreFault, StreamName};

/// Why a row is no event.
#[derive(Debug)]
pub(super) enum BadRow {
    /// What is wrong with it, and what could still be read of its place.
    Content { position: Option<Position>, stream: Option<StreamName>, revision: Option<Revision>, what: String },
    /// `SQLite` could not read it.
    Medium(rusqlite::Error),
}

impl BadRow {
    /// The damaged entry, when its place could still be read; otherwise the damage concerns everything.
    pub(super) fn entry(self) -> Result<DamagedEntry, StoreFault> {
        match self {
            Self::Content { stream: Some(stream), revision: Some(revision), what, .. } => {
                Ok(DamagedEntry { stream, revision, what })
            }
            bad => Err(bad.into()),
        }
    }
}

impl From<rusqlite::Error> for BadRow {
    fn from(error: rusqlite::Error) -> Self {
        Self::Medium(error)
    }
}

impl From<BadRow> for StoreFault {
    fn from(bad: BadRow) -> Self {
        match bad {
            BadRow::Medium(error) => super::fault::fault(&error),
            BadRow::Content { stream: Some(stream), revision: Some(revision), what, .. } => {
                Self::Damaged { stream, revision, what }
            }
            BadRow::Content { position, what, .. } => Self::Other(format!(
                "the history is damaged at position {}: {what}; run `rustpunt verify`",
                position.map_or_else(|| "?".to_owned(), |position| position.to_string())
            )),
        }
    }
}

/// A wrong column: its name.
type Wrong = &'static str;

/// The place of a row, whatever else is wrong with it.
struct Place {
    position: Option<Position>,
    stream: Option<StreamName>,
    revision: Option<Revision>,
}

/// Columns 0 to 11 of `read_stream.sql`, `read_all.sql` and `walk.sql`: the event, and the position of its batch's last.
pub(super) fn event(row: &Row<'_>) -> Result<(RecordedEvent, Position), BadRow> {
    let place = Place {
        position: number(row, 0)?.map(Position::from_token),
        stream: text(row, 1)?.and_then(|name| name.parse().ok()),
        revision: number(row, 2)?.map(Revision::new),
    };
    match fields(row, &place)? {
        Ok(found) => Ok(found),
        Err(column) => Err(place.wrong(format!("its {column} is not what this release writes"))),
    }
}

impl Place {
    fn wrong(self, what: String) -> BadRow {
        BadRow::Content { position: self.position, stream: self.stream, revision: self.revision, what }
    }
}

fn fields(row: &Row<'_>, place: &Place) -> rusqlite::Result<Result<(RecordedEvent, Position), Wrong>> {
    let (position, stream, revision) = (place.position, place.stream.clone(), place.revision);
    let (id, outer_type, version) = (uuid(row, 3)?, text(row, 4)?.map(str::to_owned), number(row, 5)?);
    let (recorded_at, batch_end) = (integer(row, 6)?, number(row, 7)?);
    let (previous, hash) = (digest(row, 8)?, digest(row, 9)?);
    let (metadata, data) = (bytes(row, 10)?, bytes(row, 11)?);
    Ok((|| {
        let left = batch_end.zip(position).and_then(|(end, position)| end.checked_sub(position.token()));
        let event = RecordedEvent {
            position: position.ok_or("position")?,
            stream: stream.ok_or("stream")?,
            revision: revision.ok_or("revision")?,
            id: EventId::from_uuid(id.ok_or("id")?),
            outer_type: outer_type.ok_or("type")?,
            version: version.and_then(|version| u16::try_from(version).ok()).ok_or("version")?,
            recorded_at: Timestamp::from_micros(recorded_at.ok_or("recorded_at")?),
            metadata: metadata.ok_or("metadata")?.to_vec(),
            data: data.ok_or("data")?.to_vec(),
            previous: previous.ok_or("previous hash")?,
            hash: hash.ok_or("hash")?,
            left: left.and_then(|left| u32::try_from(left).ok()).ok_or("batch end")?,
        };
        Ok((event, Position::from_token(batch_end.ok_or("batch end")?)))
    })())
}

/// A command slot in two columns; `Err` when they are no slot.
pub(super) fn slot(row: &Row<'_>, column: usize) -> rusqlite::Result<Result<Option<CommandSlot>, Wrong>> {
    if matches!((row.get_ref(column)?, row.get_ref(column + 1)?), (ValueRef::Null, ValueRef::Null)) {
        return Ok(Ok(None));
    }
    let index = number(row, column + 1)?.and_then(|index| u32::try_from(index).ok());
    Ok(match (uuid(row, column)?, index) {
        (Some(id), Some(index)) => Ok(Some(CommandSlot { id: CommandId::from_uuid(id), index })),
        _ => Err("command"),
    })
}

pub(super) fn integer(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<i64>> {
    Ok(row.get_ref(column)?.as_i64().ok())
}

pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(integer(row, column)?.and_then(|number| u64::try_from(number).ok()))
}

pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str().ok())
}

fn bytes<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r [u8]>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Blob(bytes) => Some(bytes),
        _ => None,
    })
}

pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    Ok(bytes(row, column)?.and_then(|bytes| Uuid::from_slice(bytes).ok()))
}

pub(super) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Digest>> {
    Ok(bytes(row, column)?.and_then(|bytes| bytes.try_into().ok()).map(Digest))
}

/// A number as `SQLite` keeps it. Positions and revisions cannot reach half of what fits.
pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
