//! The trail as whoever answers for a municipality may read it: of the own municipality, without the cases they are kept out of.

use std::collections::BTreeSet;

use async_graphql::Result;
use domain::decider::DomainEvent as _;
use domain::ids::{CaseId, Subject};

use super::lists::failed;
use super::session::Session;
use crate::trail::{Accountant, Entry, Found, Mark, Trail, TrailFilter, TrailPlace};

/// Entries that are read at a time to be counted.
const AT_A_TIME: usize = 250;

/// The trail, for its reader.
pub(super) struct Account<'a> {
    session: Session<'a>,
    trail: &'a Trail,
    reader: Accountant,
}

impl<'a> Account<'a> {
    /// The trail of the caller's own municipality.
    ///
    /// # Errors
    /// When it cannot be told which cases the caller is kept out of: then nothing is shown.
    pub(super) async fn of(session: Session<'a>, trail: &'a Trail) -> Result<Self> {
        let actor = &session.caller().identity.actor;
        let (worker, municipality) = (actor.worker, actor.organisation.clone());
        let cases = session.services().lists.kept_out(worker).await.map_err(|fault| failed(&session, &fault))?;
        let mut kept_out = BTreeSet::new();
        for case in cases {
            kept_out.extend(all_of(&session, case).await);
        }
        Ok(Self { session, trail, reader: Accountant { worker, municipality, kept_out } })
    }

    /// What the reader is told of an entry; nothing when it is not what is asked for, as far as they are told of it.
    fn told_of(&self, entry: &Entry, filter: &TrailFilter) -> Option<Entry> {
        self.reader.told_of(entry).filter(|told| filter.admits(told))
    }

    /// Entries that the filter admits, as the reader is told of them, newest first, after a place; at most so many, and whether there are
    /// more.
    ///
    /// # Errors
    /// When a file of the period cannot be read.
    pub(super) async fn read(
        &self,
        filter: &TrailFilter,
        after: Option<TrailPlace>,
        most: usize,
    ) -> Result<(Vec<Found>, bool)> {
        let (mut told, mut after) = (Vec::new(), after);
        loop {
            let page = self.trail.read(filter, after.as_ref(), most + 1).await;
            let page = page.map_err(|fault| self.session.unread(&fault))?;
            after = page.found.last().map(|found| found.place.clone());
            told.extend(
                page.found.into_iter().filter_map(|Found { place, entry }| {
                    self.told_of(&entry, filter).map(|entry| Found { place, entry })
                }),
            );
            if told.len() > most || !page.more || after.is_none() {
                break;
            }
        }
        let more = told.len() > most;
        told.truncate(most);
        Ok((told, more))
    }

    /// How many entries that is; counted up to `most`. Only where a whole municipality is asked for, and nothing is kept from the reader,
    /// does an index know.
    ///
    /// # Errors
    /// As [`Account::read`].
    pub(super) async fn count(&self, filter: &TrailFilter, most: usize) -> Result<usize> {
        let whole = filter.marks.iter().all(|mark| matches!(mark, Mark::Municipality(_)));
        if whole && self.reader.kept_out.is_empty() {
            return self.trail.count(filter, most).await.map_err(|fault| self.session.unread(&fault));
        }
        let (mut counted, mut after, mut more) = (0, None, true);
        while more && counted < most {
            let (told, further) = self.read(filter, after, AT_A_TIME.min(most - counted)).await?;
            counted += told.len();
            after = told.last().map(|found| found.place.clone());
            more = further && after.is_some();
        }
        Ok(counted)
    }
}

/// A case with everybody and everything that its facts are about.
async fn all_of(session: &Session<'_>, case: CaseId) -> BTreeSet<Subject> {
    let cases = &session.services().cases;
    let subjects = |facts: &[domain::fact::Fact<domain::case::CaseEvent>]| {
        let named = facts.iter().flat_map(|fact| fact.event.subjects());
        named.filter(|subject| !matches!(subject, Subject::Worker(_))).collect::<BTreeSet<_>>()
    };
    let mut all = match cases.load(case.as_uuid()).await {
        Ok(loaded) => subjects(loaded.history.facts()),
        // Of a case that cannot be read whole: as much of it as can.
        Err(_) => subjects(cases.load_readable(case.as_uuid()).await.history.facts()),
    };
    all.insert(Subject::Case(case));
    all
}
