//! A case that takes whatever is ordered: for tests that go on after a refusal. Ids come from a seed per command, so that the same
//! command makes the same ids at whatever place in the history.

use uuid::Uuid;

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order, decide, everybody};
use crate::fact::{Actor, Audience, CommandRef, Draft, Fact};
use crate::ids::{CommandId, EventId, Revision};
use crate::rejection::Rejection;
use crate::terms::{Terms, TermsBook};
use crate::testing::NOOR;
use crate::time::{CivilDay, Occurred, Timestamp};

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) history: History<Case>,
    pub(crate) now: Timestamp,
    /// Everything that was recorded, in order; what was set aside since is no longer read in the history.
    pub(crate) all: Vec<Fact<CaseEvent>>,
    terms: Terms,
    book: TermsBook,
}

impl World {
    /// Goes on from a history on a day.
    pub(crate) fn after(history: History<Case>, day: CivilDay) -> Self {
        let book = TermsBook::nl_default().unwrap();
        let all = history.facts().to_vec();
        Self { history, now: day.at(9, 0), all, terms: book.terms_on(day).clone(), book }
    }

    pub(crate) fn today(&self) -> CivilDay {
        self.now.day()
    }

    pub(crate) fn state(&self) -> &CaseState {
        self.history.state()
    }

    /// The policy of these tests.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Gives a command; what was accepted is recorded. The seed makes ids and must differ per command.
    pub(crate) fn give(
        &mut self,
        seed: u128,
        actor: &Actor,
        order: &Order<CaseCommand>,
    ) -> Result<Vec<CaseEvent>, Rejection> {
        let mut made = 0;
        let mut ids = || {
            made += 1;
            Uuid::from_u128(0xF000_0000_0000 + (seed << 8) + made)
        };
        let mut context = Context {
            id: Uuid::from_u128(0xCA5E),
            now: self.now,
            actor,
            terms: &self.terms,
            book: &self.book,
            ids: &mut ids,
            knows: &everybody,
        };
        let drafts = decide(&self.history, order, &mut context)?;
        Ok(self.record(seed, actor, drafts))
    }

    /// The state, but for what was told before what: as if everything had been told at once.
    pub(crate) fn state_but_for_places(&self) -> CaseState {
        let at_once = |fact: &Fact<CaseEvent>| Fact { revision: Revision::FIRST, ..fact.clone() };
        History::<Case>::fold(self.history.facts().iter().map(at_once).collect()).state().clone()
    }

    /// Records events as one command.
    pub(crate) fn record(&mut self, seed: u128, actor: &Actor, drafts: Vec<Draft<CaseEvent>>) -> Vec<CaseEvent> {
        let count = u32::try_from(drafts.len()).unwrap();
        let mut events = Vec::new();
        for (index, draft) in (0..count).zip(drafts) {
            events.push(draft.event.clone());
            let command = CommandId::from_uuid(Uuid::from_u128(0xC000_0000_0000 + seed));
            let fact = Fact {
                id: EventId::from_uuid(Uuid::from_u128(0xE000_0000_0000 + (seed << 8) + u128::from(index))),
                revision: self.history.revision().map_or(Revision::FIRST, Revision::next),
                recorded_at: self.now,
                occurred: draft.occurred.unwrap_or(Occurred::At(self.now)),
                learnt: draft.learnt,
                actor: actor.clone(),
                audience: draft.audience.unwrap_or(Audience::Case),
                command: CommandRef { id: command, digest: NOOR.to_string(), index, count },
                terms: self.terms.version.to_string(),
                due: draft.due,
                departures: draft.departures,
                event: draft.event,
            };
            self.all.push(fact.clone());
            self.history.push(fact);
        }
        events
    }
}
