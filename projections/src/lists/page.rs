//! Who may see which rows, and a page of them. The scope is part of every WHERE: what is outside is neither shown nor counted.

use std::num::NonZeroU16;

use domain::alert::Receiver;
use domain::fact::Organisation;
use domain::ids::{CaseId, WorkerId};
use rusqlite::{Statement, ToSql};
use uuid::Uuid;

use crate::relations::Relations;

/// Parameters of a query, by name.
pub(super) type Parameters<'a> = Vec<(&'static str, &'a dyn ToSql)>;

/// On what somebody sees a list. Who is kept out of a case finds it in no scope that names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Cases to which this worker has a relation of their own on the day, whichever.
    Worker(WorkerId),
    /// Cases of this municipality.
    Municipality(Organisation),
    /// Those of the worker, wherever they are, and those of this municipality.
    WorkerOrMunicipality(WorkerId, Organisation),
    /// Those of the worker, and those of which this organisation is the municipality, provides the director, or owes an answer as a
    /// divorce advice team.
    WorkerOrOrganisation(WorkerId, Organisation),
    /// Those of the worker, and those in which this organisation owes an answer as a divorce advice team.
    WorkerOrAsked(WorkerId, Organisation),
    /// Those of the worker, and those in which something waits of which this receiver was told, who is it of this organisation: the
    /// aandachtsfunctionaris, the privacy officer, the manager. However many cases they watch over, these are few.
    Told(WorkerId, Receiver, Organisation),
}

/// A list of cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// Open cases.
    Caseload,
    /// Open cases with several parties and no director.
    Gaps,
}

/// Whose a case is in which the worker of a scope has no part: everything that a gate goes by then.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Standing {
    /// The municipality.
    pub municipality: Organisation,
    /// The organisation that its director works for.
    pub director_organisation: Option<Organisation>,
    /// Whether it ever had a director.
    pub ever_directed: bool,
}

/// How many cases of a list there are in a scope, told apart by what a gate goes by: for whoever may say how many somebody sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Cases to which the worker of the scope has a relation of their own, and those that wait for an answer of the organisation, each with
    /// what people are to it: few, judged one by one.
    pub own: Vec<(CaseId, Relations)>,
    /// The others, as a gate judges them alike.
    pub alike: Vec<(Standing, u64)>,
    /// Cases of which not everyone may know why they are in the list: each is for the gate to judge by its history.
    pub apart: Vec<CaseId>,
}

impl Tally {
    /// All of them, whoever may see them.
    #[must_use]
    pub fn total(&self) -> u64 {
        let single = u64::try_from(self.own.len() + self.apart.len()).unwrap_or(u64::MAX);
        self.alike.iter().map(|(_, cases)| cases).sum::<u64>().saturating_add(single)
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

/// A scope as values that SQL understands; what a scope does not name is absent, and equals nothing.
pub(super) struct Bound {
    worker: Option<Vec<u8>>,
    organisation: Option<String>,
    receiver: Option<&'static str>,
}

impl Bound {
    /// The parameters that a statement asks for, of these and of more.
    pub fn of<'a>(&'a self, statement: &Statement<'_>, more: &Parameters<'a>) -> rusqlite::Result<Parameters<'a>> {
        let own: Parameters<'a> =
            vec![(":worker", &self.worker), (":organisation", &self.organisation), (":receiver", &self.receiver)];
        let mut asked = Vec::new();
        for (name, value) in own.into_iter().chain(more.iter().copied()) {
            if statement.parameter_index(name)?.is_some() {
                asked.push((name, value));
            }
        }
        Ok(asked)
    }
}

/// A part of a scope, with an index that gives its rows in order or one that gives few. A case may be in more than one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The worker's own.
    Own,
    /// Those of the municipality.
    Municipality,
    /// Those whose director works for the organisation.
    Directed,
    /// Those that wait for an answer of the organisation, as a divorce advice team.
    Asked,
    /// Those in which the receiver was told of something that waits.
    Told,
}

impl Part {
    /// The condition on `caseload`, as `:worker` and `:organisation`.
    const fn condition(self) -> &'static str {
        match self {
            Self::Own => include_str!("sql/scope_own.sql"),
            Self::Municipality => include_str!("sql/scope_municipality.sql"),
            Self::Directed => include_str!("sql/scope_directed.sql"),
            Self::Asked => include_str!("sql/scope_asked.sql"),
            Self::Told => include_str!("sql/scope_told.sql"),
        }
    }

    /// The condition that a case is told by itself, of a part whose cases are few and not alike.
    const fn single(self) -> Option<&'static str> {
        match self {
            Self::Own => Some(include_str!("sql/single_own.sql")),
            Self::Asked => Some(include_str!("sql/single_asked.sql")),
            Self::Municipality | Self::Directed | Self::Told => None,
        }
    }
}

impl Scope {
    /// The values that the WHERE of this scope asks for.
    pub(super) fn bound(&self) -> Bound {
        let worker = match self {
            Self::Municipality(_) => None,
            Self::Worker(worker)
            | Self::WorkerOrMunicipality(worker, _)
            | Self::WorkerOrOrganisation(worker, _)
            | Self::WorkerOrAsked(worker, _)
            | Self::Told(worker, ..) => Some(worker),
        };
        let receiver = match self {
            Self::Told(_, receiver, _) => Some(receiver.as_str()),
            _ => None,
        };
        Bound {
            worker: worker.map(|worker| worker.as_uuid().as_bytes().to_vec()),
            organisation: self.organisation().map(|organisation| organisation.as_str().to_owned()),
            receiver,
        }
    }

    /// The organisation it names.
    pub(super) const fn organisation(&self) -> Option<&Organisation> {
        match self {
            Self::Worker(_) => None,
            Self::Municipality(organisation)
            | Self::WorkerOrMunicipality(_, organisation)
            | Self::WorkerOrOrganisation(_, organisation)
            | Self::WorkerOrAsked(_, organisation)
            | Self::Told(_, _, organisation) => Some(organisation),
        }
    }

    /// What this scope is made of.
    pub(super) const fn parts(&self) -> &'static [Part] {
        match self {
            Self::Worker(_) => &[Part::Own],
            Self::Municipality(_) => &[Part::Municipality],
            Self::WorkerOrMunicipality(..) => &[Part::Own, Part::Municipality],
            Self::WorkerOrOrganisation(..) => &[Part::Own, Part::Municipality, Part::Directed, Part::Asked],
            Self::WorkerOrAsked(..) => &[Part::Own, Part::Asked],
            Self::Told(..) => &[Part::Own, Part::Told],
        }
    }

    /// Its parts of which there may be many cases, that are told as far as they are alike.
    pub(super) fn many(&self) -> Vec<Part> {
        self.parts().iter().copied().filter(|part| part.single().is_none()).collect()
    }

    /// Its parts whose cases are few, and told one by one.
    pub(super) fn few(&self) -> Vec<Part> {
        self.parts().iter().copied().filter(|part| part.single().is_some()).collect()
    }

    /// A query with these parts of this scope in its place, and what tells the cases that are told one by one.
    pub(super) fn within(&self, parts: &[Part], sql: &str) -> String {
        let either = |conditions: Vec<&str>| {
            let conditions: Vec<_> = conditions.into_iter().map(|one| format!("({})", one.trim())).collect();
            format!("({})", conditions.join(" OR "))
        };
        // A scope that names no worker has nobody's own: the condition then holds for no case.
        let few = self.few();
        let single = if few.is_empty() { &[Part::Own][..] } else { &few[..] };
        let single = either(single.iter().filter_map(|part| part.single()).collect());
        let scope = either(parts.iter().map(|part| part.condition()).collect());
        sql.replace("{scope}", &scope).replace("{single}", &single)
    }
}
