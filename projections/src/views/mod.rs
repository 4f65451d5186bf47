//! Views of one case: pure functions of a history and a day, used for now and for `asOf` alike. No decision is made here: each value
//! carries who may know it, so that the gate can decide value by value.

pub mod advice;
pub mod agenda;
pub mod alerts;
pub mod applications;
pub mod assessments;
pub mod conditions;
pub mod conferences;
pub mod consents;
pub mod contacts;
pub mod coordination;
pub mod crisis;
pub mod crisis_plan;
pub mod divorce;
pub mod dons;
pub mod emergency;
pub mod ends;
pub mod episodes;
pub mod escalation;
pub mod exclusions;
pub mod help;
mod hidden;
pub mod households;
pub mod informal;
pub mod life;
pub mod misplaced;
pub mod people;
pub mod plans;
mod readers;
pub mod references;
pub mod referrals;
pub mod reflections;
pub mod regie;
pub mod representatives;
pub mod requests;
pub mod ret;
pub mod rulings;
pub mod safety;
pub mod say;
pub mod school;
pub mod shares;
pub mod statements;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod timeline;
pub mod trajectories;
pub mod two_plans;
pub mod voices;
pub mod weighings;

use std::cell::OnceCell;
use std::collections::HashMap;

use domain::case::{Case, CaseEvent, CaseState};
use domain::decider::{History, Standing, counts_about};
use domain::fact::{Audience, Fact};
use domain::ids::{EventId, HouseholdId, PersonId, Revision, WorkerId};
use domain::layers::{Layers, LayersOf, of_identity};
use domain::people::Person;
use domain::protection::Locating;
use domain::terms::{ConsentAges, Terms, TermsBook};
use domain::time::CivilDay;

use self::hidden::Hidden;

/// A value as somebody recorded it, with who may know it.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept<T> {
    /// The value.
    pub value: T,
    /// The fact that says so.
    pub fact: EventId,
    /// Who may know it, as of now ([`Reading::audience`]).
    pub audience: Audience,
    /// Who wrote it: decides for [`Audience::Author`].
    pub author: WorkerId,
    /// Whether it could lead to somebody whose locating data are protected now ([`domain::protection::Locating::leads`]).
    pub locating: bool,
    /// Of what locates: the households of which whoever coordinates them may know it, because it leads to nobody who does not live there.
    pub at_home: Vec<HouseholdId>,
    /// Which layers it stands in, as of now ([`LayersOf`]).
    pub layers: Layers,
}

impl<T> Kept<T> {
    /// Something else that follows from the same fact, for the same readers.
    pub fn with<U>(&self, value: U) -> Kept<U> {
        let Self { fact, author, locating, .. } = *self;
        let (audience, at_home, layers) = (self.audience.clone(), self.at_home.clone(), self.layers.clone());
        Kept { value, fact, audience, author, locating, at_home, layers }
    }

    /// The fact and its readers, without what it says: what a derived value rests on.
    pub fn bare(&self) -> Kept<()> {
        self.with(())
    }

    /// The same for a number: how many there are leads to nobody, even where each of them does.
    pub fn counted(&self) -> Kept<()> {
        Kept { locating: false, ..self.bare() }
    }
}

/// By which day rights are judged, and who is a child by the law of that day: today, also for a look at the past.
#[derive(Clone, Copy, Debug)]
pub struct Rights {
    /// Today.
    pub today: CivilDay,
    /// The ages that hold today.
    pub ages: ConsentAges,
}

impl Rights {
    /// Those of this day.
    #[must_use]
    pub fn on(today: CivilDay, book: &TermsBook) -> Self {
        Self { today, ages: book.terms_on(today).consent_ages }
    }
}

/// A case as it is being read: content of then, rights of now (`privacy.md`).
pub struct Reading<'a> {
    history: &'a History<Case>,
    now: &'a CaseState,
    day: CivilDay,
    terms: &'a Terms,
    hidden: Hidden<'a>,
    layers: LayersOf<'a>,
    facts: HashMap<EventId, &'a Fact<CaseEvent>>,
    standing: OnceCell<Vec<Standing<'a, CaseEvent>>>,
}

/// No fact of any history: a value that nothing recorded says is for nobody but the director.
const NO_FACT: EventId = EventId::from_uuid(uuid::Uuid::nil());

impl<'a> Reading<'a> {
    /// Reads `history` (cut for `asOf`, or whole) at a day. `now` is the state of the whole history: audiences and protection are
    /// always today's. `terms` are those of the day.
    #[must_use]
    pub fn new(
        history: &'a History<Case>,
        now: &'a CaseState,
        day: CivilDay,
        terms: &'a Terms,
        rights: Rights,
    ) -> Self {
        let facts = history.facts().iter().map(|fact| (fact.id, fact)).collect();
        let hidden = Hidden::looking_back(now, history, day, rights.today);
        let layers = LayersOf::looking_back(now, history, rights.today, rights.ages);
        Self { history, now, day, terms, hidden, layers, facts, standing: OnceCell::new() }
    }

    /// The day that dated facts are read at.
    #[must_use]
    pub const fn day(&self) -> CivilDay {
        self.day
    }

    /// What held.
    #[must_use]
    pub const fn state(&self) -> &'a CaseState {
        self.history.state()
    }

    /// Who may know a fact now: what it was recorded with, unless changed since. A fact that is not in the history is for nobody but
    /// the director.
    #[must_use]
    pub fn audience(&self, fact: EventId) -> Audience {
        self.facts.get(&fact).map_or(Audience::Director, |fact| self.now.life.audience_of(fact).clone())
    }

    /// A value with who may know it, its author, its layers and whether it locates: by way of [`keep`].
    fn kept<T>(&self, value: T, fact: EventId) -> Kept<T> {
        let known = self.facts.get(&fact).copied();
        keep(value, fact, known, self.now, &self.hidden, |fact| self.layers.of_fact(fact))
    }

    /// The professionals that a fact names, with who may know them: their names may locate where the rest of the fact does not.
    fn kept_workers(&self, workers: Vec<WorkerId>, fact: EventId) -> Kept<Vec<WorkerId>> {
        let known = self.facts.get(&fact).copied();
        let (locating, at_home) =
            self.hidden.judge(|locating| known.is_none_or(|fact| locating.workers_lead(&fact.event)));
        let kept = keep(workers, fact, known, self.now, &self.hidden, |fact| self.layers.of_workers(fact));
        Kept { locating, at_home, ..kept }
    }

    /// The words of a fact, with who may know them: they may lead to somebody protected where the rest of the fact does not.
    fn kept_words<T>(&self, words: T, fact: EventId) -> Kept<T> {
        let known = self.facts.get(&fact).copied();
        let (locating, at_home) =
            self.hidden.judge(|locating| known.is_none_or(|fact| locating.words_lead(&fact.event)));
        Kept { locating, at_home, ..self.kept(words, fact) }
    }

    /// Why a fact went otherwise than a rule says, with who may know that: free text beside it, whatever kind of fact it is.
    fn kept_explanation<T>(&self, words: T, fact: EventId) -> Kept<T> {
        let (locating, at_home) = self.hidden.judge(Locating::explanation_leads);
        Kept { locating, at_home, ..self.kept(words, fact) }
    }

    /// Who recorded a fact, with who may know that: who works for somebody hidden leads to them by what they write about others.
    fn kept_author(&self, author: WorkerId, fact: EventId) -> Kept<WorkerId> {
        let (kept, known) = (self.kept(author, fact), self.facts.get(&fact).copied());
        let leads = |locating: &Locating<'_>| {
            known.is_none_or(|fact| locating.leads(&fact.event)) || locating.author_leads(author)
        };
        let (locating, at_home) = self.hidden.judge(leads);
        Kept { locating, at_home, ..kept }
    }

    /// The same people in order of joining, whatever order a fact keeps them in: that of their ids says nothing to a reader.
    fn by_joining(&self, persons: &[PersonId]) -> Vec<PersonId> {
        let place = |id: &PersonId| self.state().people.iter().position(|person| person.id == *id);
        let mut persons = persons.to_vec();
        persons.sort_by_key(|id| (place(id).is_none(), place(id)));
        persons
    }

    /// Where somebody stands in the order of joining: nothing may stand in the order of ids, which says nothing to a reader.
    fn place_of(&self, person: PersonId) -> Option<usize> {
        self.state().people.iter().position(|known| known.id == person)
    }

    /// Where a fact stands in the order of recording.
    fn recorded(&self, fact: EventId) -> Option<Revision> {
        self.facts.get(&fact).map(|fact| fact.revision)
    }

    /// What was recorded, as it reads after corrections, in recorded order, struck-out facts included: worked out once. What the state
    /// that is read does not rest on is not there: process facts of after the day (`architecture.md`, "Time travel").
    fn standing(&self) -> &[Standing<'a, CaseEvent>] {
        self.standing.get_or_init(|| {
            let counts = |standing: &Standing<'_, CaseEvent>| counts_about(content_of(standing), self.day);
            self.history.standing().into_iter().filter(counts).collect()
        })
    }

    /// The facts that stand, as they read after corrections, in recorded order.
    fn stands(&self) -> impl DoubleEndedIterator<Item = &Fact<CaseEvent>> {
        let stands = |standing: &&Standing<'_, CaseEvent>| !matches!(standing, Standing::Voided(..));
        self.standing().iter().filter(stands).map(content_of)
    }

    /// The last fact that still stands and that this picks out: the one that recorded a value.
    fn last_fact(&self, picks: impl Fn(&CaseEvent) -> bool) -> Option<EventId> {
        self.stands().rev().find(|fact| picks(&fact.event)).map(|fact| fact.id)
    }
}

/// A fact with the content that stands; of one that was struck out, what stood there.
fn content_of<'s>(standing: &'s Standing<'_, CaseEvent>) -> &'s Fact<CaseEvent> {
    match standing {
        Standing::Original(fact) | Standing::Voided(fact, _) => fact,
        Standing::Replaced(fact, _) => fact,
    }
}

/// A value with who may know it. The only way to one: so none is kept without its audience, its author, its layers and whether it
/// locates. What is not in the history is for nobody but the director, and counts as locating.
fn keep<T>(
    value: T,
    id: EventId,
    known: Option<&Fact<CaseEvent>>,
    now: &CaseState,
    hidden: &Hidden<'_>,
    stands: impl FnOnce(&Fact<CaseEvent>) -> Layers,
) -> Kept<T> {
    let author = known.map_or(WorkerId::from_uuid(uuid::Uuid::nil()), |fact| fact.actor.worker);
    let audience = known.map_or(Audience::Director, |fact| now.life.audience_of(fact).clone());
    let (locating, at_home) = hidden.judge(|locating| known.is_none_or(|fact| locating.leads(&fact.event)));
    let layers = known.map_or_else(Layers::nobodys, stands);
    Kept { value, fact: id, audience, author, locating, at_home, layers }
}

/// The facts of a whole case, each with who may know it: for whoever asks of facts, not of what they say.
pub struct Facts<'a> {
    now: &'a CaseState,
    hidden: Hidden<'a>,
    layers: LayersOf<'a>,
}

impl<'a> Facts<'a> {
    /// Of this case.
    #[must_use]
    pub fn of(history: &'a History<Case>, rights: Rights) -> Self {
        Self {
            now: history.state(),
            hidden: Hidden::looking_back(history.state(), history, rights.today, rights.today),
            layers: LayersOf::on(history, rights.today, rights.ages),
        }
    }

    /// Who may know this fact of it.
    #[must_use]
    pub fn kept(&self, fact: &Fact<CaseEvent>) -> Kept<()> {
        keep((), fact.id, Some(fact), self.now, &self.hidden, |fact| self.layers.of_fact(fact))
    }
}

/// Who is in the case by everything known now, each with who may know that: for a person met anywhere, also by who looks back.
#[must_use]
pub fn present(history: &History<Case>, day: CivilDay) -> HashMap<PersonId, Kept<()>> {
    let now = history.state();
    let hidden = Hidden::looking_back(now, history, day, day);
    let facts: HashMap<EventId, &Fact<CaseEvent>> = history.facts().iter().map(|fact| (fact.id, fact)).collect();
    let added = |person: &Person| {
        let (id, stands) = (person.added_by, |_: &_| of_identity(now, person.id));
        keep((), id, facts.get(&id).copied(), now, &hidden, stands)
    };
    now.people.iter().map(|person| (person.id, added(person))).collect()
}
