//! What the system will do by itself in a case, when, and why: visible before it happens.

use super::proposals::{OwedProposal, owed};
use super::waiting::{Waits, waiting};
use super::{AlertKey, Ground, Receiver, table};
use crate::case::{Case, CaseState};
use crate::consent::next_turn;
use crate::decider::History;
use crate::ids::{EventId, WorkerId};
use crate::life::Phase;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// What comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    /// Somebody is told that something waits.
    Alert {
        /// Which alert.
        key: AlertKey,
        /// The last day, or the day that comes.
        day: CivilDay,
        /// Which step of its chain, from 1.
        step: u32,
        /// Who is told.
        to: Receiver,
        /// At the step of the owner: which professional.
        owner: Option<WorkerId>,
    },
    /// Something is proposed.
    Proposal(OwedProposal),
}

/// Something that the system does when its moment comes, if it still waits then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    /// The moment. One that has passed is done at once.
    pub at: Timestamp,
    /// What.
    pub next: Next,
    /// The fact it is about, if there is one: why.
    pub about: Option<EventId>,
}

/// What the system will do by itself, as the case stands now, in order of the moment. A step that follows another one appears once that one
/// was taken.
#[must_use]
pub fn pending(history: &History<Case>, now: Timestamp, terms: &Terms) -> Vec<Pending> {
    let state = history.state();
    let alerts = waiting(history, now.day(), terms);
    let mut found: Vec<Pending> = alerts.into_iter().filter_map(|waits| next_step(state, waits, now.day())).collect();
    let proposals = owed(history, now, terms).into_iter();
    found.extend(proposals.map(|proposal| Pending {
        at: proposal.at,
        about: Some(proposal.cause),
        next: Next::Proposal(proposal),
    }));
    found.sort_by_key(|pending| pending.at);
    found
}

/// The first moment at which the system does something by itself, as things stand. One that has passed: now.
#[must_use]
pub fn next_at(history: &History<Case>, now: Timestamp, terms: &Terms) -> Option<Timestamp> {
    pending(history, now, terms).first().map(|pending| pending.at)
}

/// When somebody must look at a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Look {
    /// The moment.
    pub at: Timestamp,
    /// Whether it gives away a birth date, or may: such a day is written down in clear as a month at most.
    pub of_birth: bool,
}

/// The first moment after this one at which somebody must look: something is done by itself, or a day begins on which more may come to wait
/// though nothing was recorded, such as a birthday.
#[must_use]
pub fn next_look(history: &History<Case>, after: Timestamp, terms: &Terms) -> Option<Look> {
    ahead_of(history, &pending(history, after, terms), after, terms)
}

/// The same, and whether anything is owed by now.
#[must_use]
pub fn owed_or_next(history: &History<Case>, now: Timestamp, terms: &Terms) -> (bool, Option<Look>) {
    let pending = pending(history, now, terms);
    (pending.first().is_some_and(|first| first.at <= now), ahead_of(history, &pending, now, terms))
}

fn ahead_of(history: &History<Case>, pending: &[Pending], after: Timestamp, terms: &Terms) -> Option<Look> {
    let acts = pending.iter().find(|pending| after < pending.at);
    let acts = acts.map(|pending| Look { at: pending.at, of_birth: pending.next.is_of_birth() });
    let open = matches!(history.state().life.phase, Phase::Open(_));
    let turns = open.then(|| next_turn(history.state(), after.day(), terms)).flatten();
    let turns = turns.map(|day| Look { at: day.at(0, 0), of_birth: true });
    [acts, turns].into_iter().flatten().min()
}

impl Next {
    /// Whether its moment gives away a birth date.
    const fn is_of_birth(&self) -> bool {
        matches!(self, Self::Alert { key: AlertKey { ground: Ground::Of(_), .. }, .. })
    }
}

/// The next step of a chain, if there is one.
fn next_step(state: &CaseState, waits: Waits, today: CivilDay) -> Option<Pending> {
    let chain = table::line(&waits.key.what).chain;
    let (told, at) = match state.alerts.under(&waits.key, waits.day).and_then(|raised| raised.steps.last()) {
        None => (0, waits.at),
        Some(last) => (after(chain, last.to, last.step), last.next?),
    };
    let (place, to) = receiver(state, chain, told, waits.owner, today)?;
    let step = u32::try_from(place).ok()?.saturating_add(1);
    let owner = waits.owner.filter(|_| to == Receiver::Owner);
    let next = Next::Alert { key: waits.key, day: waits.day, step, to, owner };
    Some(Pending { at, next, about: waits.about })
}

/// The place in the chain after whom was told last; by its number when the table names that receiver no longer.
fn after(chain: &[Receiver], to: Receiver, step: u32) -> usize {
    chain
        .iter()
        .position(|one| *one == to)
        .map_or_else(|| usize::try_from(step).unwrap_or(usize::MAX), |place| place + 1)
}

/// Who is told from this place on. An owner who is nobody, or the director, is passed over.
pub(super) fn receiver(
    state: &CaseState,
    chain: &[Receiver],
    from: usize,
    owner: Option<WorkerId>,
    today: CivilDay,
) -> Option<(usize, Receiver)> {
    let directs = |worker: WorkerId| state.regie.director_on(today).is_some_and(|held| held.worker == worker);
    let mut rest = chain.iter().copied().enumerate().skip(from);
    rest.find(|(_, to)| *to != Receiver::Owner || owner.is_some_and(|worker| !directs(worker)))
}
