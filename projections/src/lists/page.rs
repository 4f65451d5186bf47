//! Who may see which rows, and a page of them. The scope is part of every WHERE: what is outside is neither shown nor counted.

use std::num::NonZeroU16;

use domain::fact::Organisation;
use domain::ids::{CaseId, WorkerId};
use rusqlite::ToSql;

/// The relation on which somebody sees a list, as the gate decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Cases that this worker directs, or stands in for, on the day.
    Director(WorkerId),
    /// Cases of this municipality.
    Municipality(Organisation),
}

/// Where a row stands in its list: the key the list is sorted by, then the case. It goes on from there whatever came in between. Not
/// for clients as it is: whoever sends it out seals it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cursor {
    /// The sort key; a day or an id, as stored.
    pub key: String,
    /// The case.
    pub case: CaseId,
}

/// Which part of a list is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageRequest {
    /// How many at most.
    pub first: NonZeroU16,
    /// After which row; from the start when nothing is said.
    pub after: Option<Cursor>,
}

impl PageRequest {
    /// The first so many.
    #[must_use]
    pub const fn first(first: NonZeroU16) -> Self {
        Self { first, after: None }
    }

    /// One more than wanted, to know whether more follow.
    pub(super) fn limit(&self) -> i64 {
        i64::from(self.first.get()) + 1
    }

    pub(super) fn after_key(&self) -> &str {
        self.after.as_ref().map_or("", |cursor| cursor.key.as_str())
    }

    pub(super) fn after_case(&self) -> Vec<u8> {
        self.after.as_ref().map_or_else(Vec::new, |cursor| cursor.case.as_uuid().as_bytes().to_vec())
    }
}

/// A part of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListPage<T> {
    /// The rows, each with its place.
    pub rows: Vec<(Cursor, T)>,
    /// Whether more follow.
    pub more: bool,
    /// How many there are in the scope, on all pages.
    pub total: u64,
}

impl<T> ListPage<T> {
    /// From one row more than wanted.
    #[must_use]
    pub fn cut(mut rows: Vec<(Cursor, T)>, request: &PageRequest, total: u64) -> Self {
        let first = usize::from(request.first.get());
        let more = rows.len() > first;
        rows.truncate(first);
        Self { rows, more, total }
    }
}

impl Scope {
    /// The value that the WHERE of this scope asks for.
    pub(super) fn value(&self) -> Box<dyn ToSql> {
        match self {
            Self::Director(worker) => Box::new(worker.as_uuid().as_bytes().to_vec()),
            Self::Municipality(municipality) => Box::new(municipality.as_str().to_owned()),
        }
    }

    /// The condition of this scope on `caseload`, as `:scope`.
    pub(super) const fn condition(&self) -> &'static str {
        match self {
            Self::Director(_) => include_str!("sql/scope_director.sql"),
            Self::Municipality(_) => include_str!("sql/scope_municipality.sql"),
        }
    }

    /// A query with this scope in its place.
    pub(super) fn within(&self, sql: &str) -> String {
        sql.replace("{scope}", self.condition().trim())
    }
}
