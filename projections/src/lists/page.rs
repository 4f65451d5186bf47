//! Who may see which rows, and a page of them. The scope is part of every WHERE: what is outside is neither shown nor counted.

use std::num::NonZeroU16;

use domain::fact::Organisation;
use domain::ids::{CaseId, WorkerId};
use rusqlite::ToSql;
use uuid::Uuid;

/// Parameters of a query, by name.
pub(super) type Parameters<'a> = Vec<(&'static str, &'a dyn ToSql)>;

/// The relation on which somebody sees a list, as the gate decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Cases that this worker directs, or stands in for, on the day.
    Director(WorkerId),
    /// Cases of this municipality.
    Municipality(Organisation),
    /// Cases that this worker directs or stands in for, wherever they are, and those of this municipality.
    DirectorOrMunicipality(WorkerId, Organisation),
}

/// A list of cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// Open cases.
    Caseload,
    /// Open cases with several parties and no director.
    Gaps,
}

/// What the worker and the municipality of a scope are to a case: everything in a list that a gate goes by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, and all sixteen answers are possible"
)]
pub struct Standing {
    /// The worker directs it.
    pub directs: bool,
    /// The worker stands in.
    pub deputises: bool,
    /// It is a case of the municipality.
    pub in_municipality: bool,
    /// Whether it ever had a director.
    pub ever_directed: bool,
}

/// How many cases of a list there are in a scope, told apart by what a gate goes by: for whoever may say how many somebody sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Cases that a gate judges alike, by what the worker and municipality of the scope are to them.
    pub alike: Vec<(Standing, u64)>,
    /// Cases of which not everyone may know why they are in the list: each is for the gate to judge by itself.
    pub apart: Vec<CaseId>,
}

impl Tally {
    /// All of them, whoever may see them.
    #[must_use]
    pub fn total(&self) -> u64 {
        let apart = u64::try_from(self.apart.len()).unwrap_or(u64::MAX);
        self.alike.iter().map(|(_, cases)| cases).sum::<u64>().saturating_add(apart)
    }
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

impl Cursor {
    /// The place right before a case with this key: whoever goes on from there meets that case again.
    #[must_use]
    pub fn before(key: String, case: CaseId) -> Self {
        let before = case.as_uuid().as_u128().saturating_sub(1);
        Self { key, case: CaseId::from_uuid(Uuid::from_u128(before)) }
    }
}

/// Which part of a list is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageRequest {
    /// How many at most.
    pub first: NonZeroU16,
    /// After which row; from the start when nothing is said.
    pub after: Option<Cursor>,
    /// Whether the list is counted as well: whoever reads on within one answer counted already.
    pub counted: bool,
}

impl PageRequest {
    /// The first so many.
    #[must_use]
    pub const fn first(first: NonZeroU16) -> Self {
        Self { first, after: None, counted: true }
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
    /// The same of a list of cases, told apart.
    pub tally: Tally,
}

impl<T> ListPage<T> {
    /// From one row more than wanted.
    #[must_use]
    pub fn cut(mut rows: Vec<(Cursor, T)>, request: &PageRequest, total: u64) -> Self {
        let first = usize::from(request.first.get());
        let more = rows.len() > first;
        rows.truncate(first);
        Self { rows, more, total, tally: Tally::default() }
    }

    /// The same page of something made of each row.
    #[must_use]
    pub fn map<U>(self, of: impl Fn(T) -> U) -> ListPage<U> {
        let rows = self.rows.into_iter().map(|(cursor, row)| (cursor, of(row))).collect();
        ListPage { rows, more: self.more, total: self.total, tally: self.tally }
    }
}

/// A scope as values that SQL understands; what a scope does not name is absent.
pub(super) struct Bound {
    worker: Option<Vec<u8>>,
    municipality: Option<String>,
}

impl Bound {
    /// The parameters of a query that asks for both.
    pub fn both(&self) -> Parameters<'_> {
        vec![(":worker", &self.worker), (":municipality", &self.municipality)]
    }

    /// The parameters of a query with the condition of the scope in its place.
    pub fn named(&self) -> Parameters<'_> {
        let worker = self.worker.as_ref().map(|worker| (":worker", worker as &dyn ToSql));
        let municipality = self.municipality.as_ref().map(|municipality| (":municipality", municipality as &dyn ToSql));
        worker.into_iter().chain(municipality).collect()
    }
}

impl Scope {
    /// The values that the WHERE of this scope asks for.
    pub(super) fn bound(&self) -> Bound {
        let (worker, municipality) = match self {
            Self::Director(worker) => (Some(worker), None),
            Self::Municipality(municipality) => (None, Some(municipality)),
            Self::DirectorOrMunicipality(worker, municipality) => (Some(worker), Some(municipality)),
        };
        Bound {
            worker: worker.map(|worker| worker.as_uuid().as_bytes().to_vec()),
            municipality: municipality.map(|municipality| municipality.as_str().to_owned()),
        }
    }

    /// Scopes that make up this one, each with an index that gives its rows in order. A case may be in more than one.
    pub(super) fn parts(&self) -> Vec<Self> {
        match self {
            Self::DirectorOrMunicipality(worker, municipality) => {
                vec![Self::Director(*worker), Self::Municipality(municipality.clone())]
            }
            one => vec![one.clone()],
        }
    }

    /// The condition of this scope on `caseload`, as `:worker` and `:municipality`.
    pub(super) const fn condition(&self) -> &'static str {
        match self {
            Self::Director(_) => include_str!("sql/scope_director.sql"),
            Self::Municipality(_) => include_str!("sql/scope_municipality.sql"),
            Self::DirectorOrMunicipality(..) => include_str!("sql/scope_both.sql"),
        }
    }

    /// A query with this scope in its place.
    pub(super) fn within(&self, sql: &str) -> String {
        sql.replace("{scope}", self.condition().trim())
    }
}
