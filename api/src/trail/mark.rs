//! What an entry of the trail can be found by: ids and stable words.

use std::collections::BTreeSet;
use std::fmt;

use domain::fact::Organisation;
use domain::ids::{CaseId, PersonId, Subject, WorkerId};
use uuid::Uuid;

use super::entry::{Entry, JudgementEntry, Outcome};
use crate::gate::Purpose;

/// One thing that an entry can be found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    /// The request it belongs to.
    Request(Uuid),
    /// It was about this person.
    Person(PersonId),
    /// It was about this case, or judged on it.
    Case(CaseId),
    /// This worker asked, or was represented.
    Worker(WorkerId),
    /// A part of it was allowed by emergency access.
    Emergency,
    /// It was refused, or a part of it.
    Refused,
    /// It ran this operation of the API.
    Operation(String),
    /// For this organisation.
    Organisation(Organisation),
    /// For this purpose.
    Purpose(Purpose),
    /// It ended so.
    Outcome(Outcome),
    /// It concerns this municipality.
    Municipality(Organisation),
}

impl Mark {
    /// Every mark of an entry, as the index keeps them.
    pub(super) fn of(entry: &Entry) -> BTreeSet<String> {
        let mut marks = vec![
            Self::Request(entry.request),
            Self::Worker(entry.who),
            Self::Organisation(entry.organisation.clone()),
            Self::Outcome(entry.outcome),
        ];
        marks.extend(entry.on_behalf_of.map(Self::Worker));
        marks.extend(entry.municipalities().into_iter().map(Self::Municipality));
        marks.extend(entry.subjects.iter().filter_map(Self::subject));
        marks.extend(entry.cases().into_iter().map(Self::Case));
        marks.extend(entry.judgements.iter().map(|judged| Self::Purpose(judged.purpose)));
        marks.extend(entry.judgements.iter().map(|judged| Self::Operation(judged.operation.clone())));
        marks.extend(entry.is_refused().then_some(Self::Refused));
        marks.extend(entry.judgements.iter().any(JudgementEntry::is_emergency).then_some(Self::Emergency));
        marks.iter().map(ToString::to_string).collect()
    }

    const fn subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Person(person) => Some(Self::Person(*person)),
            // Cases come from the places that were judged as well.
            Subject::Case(_) | Subject::Household(_) | Subject::Signal(_) | Subject::Record(_) | Subject::Worker(_) => {
                None
            }
        }
    }

    /// How few entries have it, roughly: the smaller, the better to begin a search with.
    const fn commonness(&self) -> u8 {
        match self {
            Self::Request(_) => 0,
            Self::Emergency => 1,
            Self::Person(_) => 2,
            Self::Case(_) => 3,
            Self::Worker(_) => 4,
            Self::Refused => 5,
            Self::Operation(_) => 6,
            Self::Organisation(_) => 7,
            Self::Outcome(_) => 8,
            Self::Purpose(_) => 9,
            Self::Municipality(_) => 10,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(request) => write!(f, "request:{request}"),
            Self::Person(person) => write!(f, "person:{person}"),
            Self::Case(case) => write!(f, "case:{case}"),
            Self::Worker(worker) => write!(f, "worker:{worker}"),
            Self::Emergency => f.write_str("emergency"),
            Self::Refused => f.write_str("refused"),
            Self::Operation(operation) => write!(f, "operation:{operation}"),
            Self::Organisation(organisation) => write!(f, "organisation:{}", organisation.as_str()),
            Self::Purpose(purpose) => write!(f, "purpose:{purpose}"),
            Self::Outcome(outcome) => write!(f, "outcome:{}", outcome.as_str()),
            Self::Municipality(municipality) => write!(f, "municipality:{}", municipality.as_str()),
        }
    }
}

/// Which entries are asked for: those with all of the marks, that ended within the period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrailFilter {
    /// All of these.
    pub marks: Vec<Mark>,
    /// From this moment on.
    pub from: Option<domain::time::Timestamp>,
    /// Up to and with this moment.
    pub until: Option<domain::time::Timestamp>,
}

impl TrailFilter {
    /// The marks as the index keeps them, the rarest first.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut marks: Vec<&Mark> = self.marks.iter().collect();
        marks.sort_by_key(|mark| mark.commonness());
        marks.into_iter().map(ToString::to_string).collect()
    }

    /// Whether an entry is one of those: asked of the entry itself, whatever an index says.
    #[must_use]
    pub fn admits(&self, entry: &Entry) -> bool {
        let marks = Mark::of(entry);
        self.marks.iter().all(|mark| marks.contains(&mark.to_string()))
            && self.from.is_none_or(|from| entry.at >= from)
            && self.until.is_none_or(|until| entry.at <= until)
    }
}
