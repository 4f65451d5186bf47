//! Reading stored values back as what they are.

use std::fmt::Write;

use domain::fact::Organisation;
use domain::ids::{CaseId, HandoverId, WorkerId};
use domain::time::{CivilDay, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::fault::ListsFault;
use super::row::{CaseRow, Deputising, Directing, GapRow, HandoverRow, ListedPhase};
use crate::relations::Relations;

/// A value that is not what this release writes there.
#[derive(Debug, thiserror::Error)]
#[error("not a value this release writes")]
struct Misread;

fn misread(index: usize, kind: Type) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, kind, Box::new(Misread))
}

pub(super) fn maybe_id(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Uuid>> {
    let bytes: Option<Vec<u8>> = row.get(index)?;
    bytes.map(|bytes| Uuid::from_slice(&bytes).map_err(|_| misread(index, Type::Blob))).transpose()
}

pub(super) fn id(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    maybe_id(row, index)?.ok_or_else(|| misread(index, Type::Null))
}

pub(super) fn maybe_day(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<CivilDay>> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| text.parse().map_err(|_| misread(index, Type::Text))).transpose()
}

pub(super) fn day(row: &Row<'_>, index: usize) -> rusqlite::Result<CivilDay> {
    maybe_day(row, index)?.ok_or_else(|| misread(index, Type::Null))
}

/// The short name of an organisation.
pub(super) fn short_name(text: &str, index: usize) -> rusqlite::Result<Organisation> {
    Organisation::new(text).map_err(|_| misread(index, Type::Text))
}

/// A row of `caseload.sql` or `gaps.sql`.
pub(super) fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    let municipality: String = row.get(1)?;
    let phase: String = row.get(2)?;
    let closed_on = maybe_day(row, 4)?;
    let phase = match (phase.as_str(), closed_on) {
        ("closed", Some(on)) => ListedPhase::Closed(on),
        ("open", None) => ListedPhase::Open,
        _ => return Err(misread(2, Type::Text)),
    };
    Ok(CaseRow {
        case: CaseId::from_uuid(id(row, 0)?),
        municipality: short_name(&municipality, 1)?,
        phase,
        opened_on: day(row, 3)?,
        director: director(row)?,
        deputy: deputy(row)?,
        parties: row.get(9)?,
        gap: gap(row)?,
        handover: handover(row)?,
        departures: row.get(16)?,
        departures_unexplained: row.get(17)?,
        incomplete_consents: row.get(18)?,
        last_change: Timestamp::from_micros(row.get(19)?),
        relations: relations(row, 20)?,
        told: row.get(21)?,
    })
}

/// What people are to a case, as [`stored`] wrote it.
pub(super) fn relations(row: &Row<'_>, index: usize) -> rusqlite::Result<Relations> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|_| misread(index, Type::Text))
}

/// What people are to a case, as a column holds it.
pub(super) fn stored(relations: &Relations) -> rusqlite::Result<String> {
    serde_json::to_string(relations).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn director(row: &Row<'_>) -> rusqlite::Result<Option<Directing>> {
    let Some(worker) = maybe_id(row, 5)? else { return Ok(None) };
    Ok(Some(Directing { worker: WorkerId::from_uuid(worker), since: day(row, 6)? }))
}

fn deputy(row: &Row<'_>) -> rusqlite::Result<Option<Deputising>> {
    let Some(worker) = maybe_id(row, 7)? else { return Ok(None) };
    Ok(Some(Deputising { worker: WorkerId::from_uuid(worker), until: maybe_day(row, 8)? }))
}

fn gap(row: &Row<'_>) -> rusqlite::Result<Option<GapRow>> {
    let Some(since) = maybe_day(row, 10)? else { return Ok(None) };
    Ok(Some(GapRow { since, last_day: day(row, 11)?, alert_at: Timestamp::from_micros(row.get(12)?) }))
}

fn handover(row: &Row<'_>) -> rusqlite::Result<Option<HandoverRow>> {
    let Some(handover) = maybe_id(row, 13)? else { return Ok(None) };
    Ok(Some(HandoverRow {
        handover: HandoverId::from_uuid(handover),
        successor: WorkerId::from_uuid(id(row, 14)?),
        planned: day(row, 15)?,
    }))
}

/// All rows of a read database, table by table in order of the primary key, without the checkpoint: two databases over the same
/// history must give the same text (R20).
///
/// # Errors
/// When the database cannot be read.
pub fn canonical_dump(connection: &Connection) -> Result<String, ListsFault> {
    let mut tables = connection.prepare(include_str!("sql/dump_tables.sql"))?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut dump = String::new();
    for table in &tables {
        dump_table(connection, table, &mut dump)?;
    }
    Ok(dump)
}

fn dump_table(connection: &Connection, table: &str, dump: &mut String) -> Result<(), ListsFault> {
    // Names come from the schema of this release, never from data.
    let key = format!(
        "SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk)"
    );
    let key: String = connection.query_row(&key, [], |row| row.get(0))?;
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY {key}"))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        dump.push_str(table);
        for (index, column) in columns.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = write!(dump, " {column}={}", shown(row.get_ref(index)?));
        }
        dump.push('\n');
    }
    Ok(())
}

fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => "-".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        }),
    }
}
