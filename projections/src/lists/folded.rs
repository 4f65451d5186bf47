//! The rows of a case from its real history: what the law of a case says on the day, and nothing that leads to a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;
use domain::alert::Receiver;
use domain::case::{Case, CaseState};
use domain::consent::help_missing;
use domain::decider::{Decider as _, History};
use domain::dues::all_open_dues;
use domain::fact::{Audience, Organisation};
use domain::ids::{CaseId, PersonId, WorkerId};
use domain::life::{OpeningGround, Phase};
use domain::personal::{Personal, Presence};
use domain::regie::{GAP_DUE, SPECIALIST_DUE};
use domain::terms::{Terms, TermsBook};
use domain::time::CivilDay;
use eventstore::chain::digest;
use eventstore::codec::Codec;
use eventstore::loader::{LoadError, Loaded, load};
use eventstore::port::{EventStore, StreamName};

use super::advice;
use super::blind::{SearchKey, Token};
use super::emergencies;
use super::fault::RowFault;
use super::row::{CaseRow, CaseRows, Changes, Deputising, Directing, GapRow, HandoverRow, ListedPhase, NoticeRow};
use super::source::RowSource;
use crate::relations::Relations;
use crate::views::regie::regie;
use crate::views::{Kept, Reading, Rights, alerts, people};

/// Where the fold of a case comes from: a desk that keeps opened cases, or the store itself.
#[async_trait]
pub trait CaseHistories: Send + Sync {
    /// Everything in a case, at least as new as what was recorded when this was asked.
    ///
    /// # Errors
    /// When the case cannot be read.
    async fn load(&self, case: CaseId) -> Result<Arc<Loaded<Case>>, LoadError>;

    /// Lets go of what is kept of a case, so that the next load opens it anew.
    fn forget(&self, case: CaseId);
}

/// Cases loaded from the store, opened and checked, each time anew.
pub struct StoredHistories {
    /// The history.
    pub store: Arc<dyn EventStore>,
    /// Opens it.
    pub codec: Codec,
}

#[async_trait]
impl CaseHistories for StoredHistories {
    async fn load(&self, case: CaseId) -> Result<Arc<Loaded<Case>>, LoadError> {
        let stream = StreamName::about(Case::CATEGORY, case.as_uuid());
        load::<Case>(&*self.store, &self.codec, &stream).await.map(Arc::new)
    }

    fn forget(&self, _: CaseId) {}
}

/// Rows from the fold of each case that changed.
pub struct FoldedRows {
    /// Where folds come from.
    pub histories: Arc<dyn CaseHistories>,
    /// The key of the blind index.
    pub key: Arc<SearchKey>,
    /// Policy in force, for the ages of consent.
    pub terms: Arc<TermsBook>,
}

#[async_trait]
impl RowSource for FoldedRows {
    async fn rows(&self, case: CaseId, day: CivilDay) -> Result<Option<CaseRows>, RowFault> {
        match self.histories.load(case).await {
            Ok(loaded) => Ok(rows_of(case, &loaded.history, day, &self.terms, &self.key)),
            // A destroyed dossier is listed no more.
            Err(LoadError::Destroyed { .. }) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    fn forget(&self, case: CaseId) {
        self.histories.forget(case);
    }

    fn policy(&self) -> String {
        digest(self.terms.text().as_bytes()).to_string()
    }

    fn deputies_by(&self, today: CivilDay) -> CivilDay {
        let terms = self.terms.terms_on(today);
        terms.last_day(terms.deputy_ending_notice, today)
    }
}

/// A fault of one stream sets that stream aside; a fault of store or vault concerns all and is tried again.
fn fault(error: &LoadError) -> RowFault {
    if error.is_of_one_stream() {
        RowFault::Unreadable(error.to_string())
    } else {
        RowFault::Unreachable(error.to_string())
    }
}

/// The rows of a case on a day; `None` before it was opened.
#[must_use]
pub fn rows_of(
    case: CaseId,
    history: &History<Case>,
    day: CivilDay,
    book: &TermsBook,
    key: &SearchKey,
) -> Option<CaseRows> {
    let (state, terms) = (history.state(), book.terms_on(day));
    let told = alerts::waiting(history, day, terms);
    let row = CaseRow { told: count(told.lines), ..row_of(case, history, day, terms)? };
    let rights = Rights { today: day, ages: terms.consent_ages };
    let reading = Reading::new(history, state, day, terms, rights);
    let (search, names_missing) = index(&reading, &row.municipality, key);
    let changes = Changes::after(day, state, book);
    // Facts that were told to fewer than everyone may make a gap of which not everyone knows.
    let everyone = |kept: &Kept<()>| kept.audience == Audience::Case;
    let gap_told = row.gap.is_none() || regie(&reading).gap(everyone).is_some();
    Some(CaseRows {
        specialists: specialists(state, day),
        dues: dues(state, day, terms),
        told_to: told_to(&told.receivers, &row.relations),
        emergencies: emergencies::of(state, day),
        questions: advice::questions(state, day),
        trajectories: advice::trajectories(state, day),
        notices: notices(state),
        search,
        changes,
        gap_told,
        names_missing,
        row,
    })
}

fn row_of(case: CaseId, history: &History<Case>, day: CivilDay, terms: &Terms) -> Option<CaseRow> {
    let state = history.state();
    let (phase, opened_on) = match state.life.phase {
        Phase::Absent => return None,
        Phase::Open(since) => (ListedPhase::Open, since),
        Phase::Closed(on) => (ListedPhase::Closed(on), on),
    };
    let regie = &state.regie;
    let departures = &state.life.departures;
    let handover = regie.open_handover_on(day);
    Some(CaseRow {
        case,
        municipality: state.life.opening.as_ref()?.municipality.clone(),
        phase,
        opened_on,
        director: state
            .answering_director_on(day)
            .map(|found| Directing { worker: found.worker, since: found.period.since }),
        deputy: regie.deputy_on(day).map(|found| Deputising { worker: found.worker, until: found.period.until }),
        parties: count(regie.parties_on(day).len()),
        gap: regie.gap_on(day).map(|gap| GapRow { since: gap.since, last_day: gap.last_day, alert_at: gap.alert_at }),
        handover: handover.map(|found| HandoverRow {
            handover: found.id,
            successor: found.successor,
            planned: found.planned,
        }),
        departures: count(departures.len()),
        departures_unexplained: count(departures.iter().filter(|found| found.explanation.is_none()).count()),
        incomplete_consents: incomplete_consents(state, day, terms),
        told: 0,
        last_change: history.facts().last()?.recorded_at,
        relations: Relations::of(state, day, terms),
    })
}

/// What waits for its receivers. Who is kept out hears nothing of the case.
fn notices(state: &CaseState) -> Vec<NoticeRow> {
    let waiting = state.consents.waiting_notices().into_iter();
    let told = waiting.filter(|notice| !state.exclusions.is_excluded(notice.receiver));
    told.map(|notice| NoticeRow {
        notice: notice.id,
        receiver: notice.receiver,
        on: notice.told.on,
        told: notice.told.told,
    })
    .collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Children whose help lacks a consent. A measure by a court needs none.
fn incomplete_consents(state: &CaseState, day: CivilDay, terms: &Terms) -> u32 {
    if state.life.opening.as_ref().is_some_and(|opening| opening.ground == OpeningGround::Measure) {
        return 0;
    }
    let children = state.people.children_on(day, terms.consent_ages);
    count(children.into_iter().filter(|child| !help_missing(state, *child, day, terms).is_empty()).count())
}

fn specialists(state: &CaseState, day: CivilDay) -> BTreeMap<WorkerId, CivilDay> {
    let parties = state.regie.parties_on(day).into_iter().filter(|party| party.specialist);
    let until = parties.filter_map(|party| {
        let last_day = party.review.as_ref().map(|due| due.last_day).or(party.expected_end)?;
        Some((party.worker, last_day))
    });
    until.collect()
}

/// The terms that wait. A gap and a specialist have lines of their own.
fn dues(state: &CaseState, day: CivilDay, terms: &Terms) -> BTreeMap<CivilDay, u32> {
    let mut found = BTreeMap::new();
    for due in all_open_dues(state, day, terms) {
        if ![GAP_DUE, SPECIALIST_DUE].contains(&due.what.as_str()) {
            *found.entry(due.last_day).or_insert(0) += 1;
        }
    }
    found
}

/// Who watches over many cases and was told of this one, each with the organisation for which they are it. Everybody else who is told finds
/// the case by what they are to it.
fn told_to(receivers: &BTreeSet<Receiver>, relations: &Relations) -> BTreeSet<(Receiver, Organisation)> {
    let of = |receiver: &Receiver| match receiver {
        Receiver::AttentionOfficer => Some((*receiver, relations.led()?.clone())),
        Receiver::PrivacyOfficerAndManager => Some((*receiver, relations.municipality.clone()?)),
        Receiver::Owner
        | Receiver::AccessWorkers
        | Receiver::Director
        | Receiver::TeamLead
        | Receiver::Sat
        | Receiver::SatTeamLead => None,
    };
    receivers.iter().filter_map(of).collect()
}

/// What each person is found by, and whether a name could not be read for want of a key.
fn index(
    reading: &Reading<'_>,
    municipality: &Organisation,
    key: &SearchKey,
) -> (BTreeMap<PersonId, BTreeSet<Token>>, bool) {
    let mut found = BTreeMap::<PersonId, BTreeSet<Token>>::new();
    let mut missing = false;
    for person in reading.state().people.iter() {
        for name in people::called(reading, person) {
            missing |= name.value.presence() == Presence::Unavailable;
            if let Some(name) = findable(&name) {
                found.entry(person.id).or_default().extend(key.name_tokens(municipality, name));
            }
        }
        // A birth date finds only who can be found by name: an erased person leaves nothing.
        let Some(tokens) = found.get_mut(&person.id) else { continue };
        let born = people::birth_date(reading, person);
        tokens.extend(born.as_ref().and_then(findable).map(|born| key.birth_token(municipality, *born)));
    }
    (found, missing)
}

/// What was told to a few only is not found by others: not even that it is there. What was told to some stands in the index for them;
/// whoever shows a hit asks again what the searcher may know ([`super::Lists::finds`]).
fn findable<T>(kept: &Kept<Personal<T>>) -> Option<&T> {
    let hidden = matches!(kept.audience, Audience::Workers(_) | Audience::Author);
    kept.value.known().filter(|_| !hidden)
}
