//! What may I say? For whoever is about to pick up the phone: what this person may hear, today (`privacy.md`, "Three layers"; case 04).
//!
//! Each part carries the facts it rests on, so that the gate judges each. To a reader who may not know one of them the answer is that a
//! person must decide: never a yes by what is hidden. A ruling in force that may forbid what authority allows is adjudicated by nobody here:
//! then a person must decide too, and reads the ruling.

use std::cmp::Reverse;

use domain::case::CaseState;
use domain::consent::{Consent, ConsentKind};
use domain::fact::Organisation;
use domain::ids::{HouseholdId, PersonId, WorkerId};
use domain::people::{Holders, Person};
use domain::personal::Personal;
use domain::representation::RepresentativeKind;
use domain::ruling::Ruling;
use domain::time::CivilDay;

use super::contacts::{PromiseView, promises};
use super::people::{birth_date, of_authority};
use super::requests::{RequestView, requests};
use super::rulings::RulingView;
use super::safety::{ToldLaterView, lanes};
use super::two_plans::AgreementView;
use super::{Kept, Reading};

/// What may be said to one person on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct SayView {
    /// To whom, with who may know that they are in the case. Their own personal layer is theirs to hear, and nobody else's.
    pub person: Kept<PersonId>,
    /// The households they live in: the layer of each is theirs to hear, and of no other.
    pub households: Vec<Kept<HouseholdId>>,
    /// For each other child of the family, in order of joining.
    pub children: Vec<ChildSay>,
    /// Who represents the person: to be asked as well, or instead.
    pub representatives: Vec<Kept<RepresentedBy>>,
    /// What was promised to the person, the last first: to a reader who may not know that one, an earlier one is the last.
    pub promises: Vec<PromiseView>,
    /// What the person said no to, or took back, and that still stands: about whom, in order of joining.
    pub noes: Vec<Kept<OwnNo>>,
    /// What the person asked for from outside and nobody decided on yet: the way that is open (rule 31).
    pub requests: Vec<RequestView>,
    /// What was decided on requests of the person, the last decided first: a refusal holds, and says by which way they may go on.
    pub decided: Vec<RequestView>,
    /// The minimal shared agreements that bind the person on the day: by which way people communicate, about what.
    pub agreements: Vec<AgreementView>,
    /// What is kept from the person for now (told later), by the day it began, until they were told.
    pub told_later: Vec<ToldLaterView>,
    /// The rulings in force that name the person, or are about a child of the family: what they decide, and by which way people communicate.
    pub rulings: Vec<RulingView>,
    /// Whether locating data of somebody else in the case are protected: say nothing of where anybody is. For whoever asks; names nobody.
    pub mind_locating: bool,
    /// Who that is, for who may know.
    pub protected: Vec<Kept<PersonId>>,
    /// That the person must not be found, for who may know: make sure who is on the phone, and tell nobody that they called.
    pub is_protected: Option<Kept<()>>,
}

/// What may be said about a child.
#[derive(Clone, PartialEq, Debug)]
pub struct ChildSay {
    /// The child.
    pub child: Kept<PersonId>,
    /// Whether the person has authority over the child.
    authority: Authority,
    /// Whether the person may hear the child's layer, by authority and age.
    layer: Hears,
    /// The facts both rest on: that the child is there, its age, authority and recognitions.
    pub rests_on: Vec<Kept<()>>,
    /// What those say, by what became of it: erased, or lost by a fault.
    pub values: Vec<Kept<Personal<()>>>,
    /// What the child itself said no to, from the age at which that counts: it stands, whoever has authority.
    pub noes: Vec<Kept<OpenNo>>,
    /// Who represents the child.
    pub representatives: Vec<Kept<RepresentedBy>>,
}

/// Whether somebody has authority over a child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Authority {
    /// Yes, alone or with somebody else.
    Holds,
    /// Somebody else has.
    HoldsNot,
    /// Nobody has it over somebody who is of age.
    OfAge,
    /// It is not recorded, undetermined, under investigation or temporarily nobody's; or it is not for the reader.
    PersonMustDecide,
}

/// Whether somebody may hear a child's layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hears {
    /// Yes: has authority over a child under 16.
    Yes,
    /// No.
    No(Why),
    /// A person must decide.
    PersonMustDecide,
}

/// Why somebody may not hear a child's layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Has no authority over the child: ask what they want to know, and answer a request for information in writing.
    NoAuthority,
    /// From 16 only if the young person agrees (Jeugdwet 7.3.11): that is asked of the young person at the time, and no record answers it.
    YoungPersonMustAgree,
    /// From 18 not at all.
    OfAge,
}

/// Something a child said no to, or took back, and that still stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenNo {
    /// To what.
    pub kind: ConsentKind,
    /// Whether it was a yes first.
    pub withdrawn: bool,
    /// Since which day.
    pub since: CivilDay,
}

/// A no of somebody about somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnNo {
    /// About whom.
    pub about: PersonId,
    /// What.
    pub no: OpenNo,
}

/// Who represents somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct RepresentedBy {
    /// Who.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which capacity.
    pub kind: Personal<RepresentativeKind>,
}

impl ChildSay {
    /// Whether the person has authority, to a reader who knows these facts.
    pub fn authority(&self, knows: impl Fn(&Kept<()>) -> bool) -> Authority {
        if self.rests_on.iter().all(knows) { self.authority } else { Authority::PersonMustDecide }
    }

    /// Whether the person may hear the child's layer, to a reader who knows these facts.
    pub fn layer(&self, knows: impl Fn(&Kept<()>) -> bool) -> Hears {
        if self.rests_on.iter().all(knows) { self.layer } else { Hears::PersonMustDecide }
    }
}

/// What may be said to this person on the day; `None` for somebody who is not in the case.
#[must_use]
pub fn what_may_i_say(reading: &Reading<'_>, person: PersonId) -> Option<SayView> {
    let (state, day) = (reading.state(), reading.day());
    let known = state.people.person(person)?;
    let children = state.people.iter().filter(|child| child.id != person);
    let children = children.filter(|child| child.is_child_on(day, reading.terms.consent_ages));
    let others = || reading.now.protection.protected_persons().filter(|other| *other != person);
    Some(SayView {
        person: reading.kept(person, known.added_by),
        households: super::people::households(reading, person),
        children: children.map(|child| about(reading, person, child)).collect(),
        representatives: representatives(reading, person),
        promises: promised(reading, person),
        noes: own_noes(reading, person),
        requests: open_requests(reading, person),
        decided: decided_requests(reading, person),
        agreements: agreements(reading, person),
        told_later: told_later(reading, person),
        rulings: rulings(reading, person),
        mind_locating: others().next().is_some(),
        protected: others().filter_map(|other| protected(reading, other)).collect(),
        is_protected: protected(reading, person).map(|kept| kept.bare()),
    })
}

fn told_later(reading: &Reading<'_>, person: PersonId) -> Vec<ToldLaterView> {
    let all = lanes(reading).into_iter().flat_map(|lane| lane.told_later);
    all.filter(|one| one.person == person && one.told.is_none()).collect()
}

fn promised(reading: &Reading<'_>, person: PersonId) -> Vec<PromiseView> {
    promises(reading).into_iter().rev().filter(|promise| promise.to.contains(&person)).collect()
}

/// Those the person has to do with: that name them, or that are about a child without saying whom else.
fn rulings(reading: &Reading<'_>, person: PersonId) -> Vec<RulingView> {
    let (state, day) = (reading.state(), reading.day());
    let children = state.people.children_on(day, reading.terms.consent_ages);
    let concerns = |ruling: &&Ruling| ruling.names(person) || children.contains(&ruling.person);
    state.rulings.in_force(day).filter(concerns).map(|ruling| super::rulings::view(reading, ruling)).collect()
}

/// Whether a ruling in force may forbid that this person hears about that child. One that names nobody besides, or cannot be read, may.
fn is_limited(reading: &Reading<'_>, person: PersonId, child: PersonId) -> bool {
    let limits = |ruling: &Ruling| {
        let both = ruling.names(child) && (ruling.names(person) || ruling.others.is_empty());
        both && ruling.kind.known().is_none_or(|kind| kind.limits_hearing())
    };
    reading.state().rulings.in_force(reading.day()).any(limits)
}

fn about(reading: &Reading<'_>, person: PersonId, child: &Person) -> ChildSay {
    let (state, day, ages) = (reading.state(), reading.day(), reading.terms.consent_ages);
    let age = child.age_on(day);
    let authority = authority(reading, person, child);
    let layer = match (authority, age) {
        (Authority::OfAge, _) => Hears::No(Why::OfAge),
        (Authority::HoldsNot, _) => Hears::No(Why::NoAuthority),
        (Authority::Holds, _) if is_limited(reading, person, child.id) => Hears::PersonMustDecide,
        (Authority::Holds, Some(age)) if age < ages.help_alone() => Hears::Yes,
        (Authority::Holds, Some(_)) => Hears::No(Why::YoungPersonMustAgree),
        (Authority::Holds, None) | (Authority::PersonMustDecide, _) => Hears::PersonMustDecide,
    };
    let born = birth_date(reading, child);
    let values = of_authority(reading, child.id, day);
    let added = reading.kept(child.id, child.added_by);
    let entry = state.people.authority_entry(child.id, day).map(|entry| reading.kept((), entry.fact));
    let recognitions = values.iter().map(Kept::bare);
    let rests_on = [added.bare()].into_iter().chain(born.as_ref().map(Kept::bare)).chain(entry).chain(recognitions);
    let speaks = age.is_some_and(|age| age >= ages.sharing());
    ChildSay {
        authority,
        layer,
        rests_on: rests_on.collect(),
        values: values.into_iter().chain(born.as_ref().and_then(super::help::known_or_not)).collect(),
        noes: if speaks { noes(reading, child.id) } else { Vec::new() },
        representatives: representatives(reading, child.id),
        child: added,
    }
}

fn authority(reading: &Reading<'_>, person: PersonId, child: &Person) -> Authority {
    let (people, day, ages) = (&reading.state().people, reading.day(), reading.terms.consent_ages);
    if child.age_on(day).is_some_and(|age| age >= ages.adult()) {
        return Authority::OfAge;
    }
    match people.holders_at(child.id, day, ages) {
        Holders::Known(holders) if holders.contains(&person) => Authority::Holds,
        Holders::Known(_) => Authority::HoldsNot,
        Holders::PersonMustDecide(_) | Holders::Unknown => Authority::PersonMustDecide,
    }
}

/// Each no of the child about what concerns it, and each yes it took back, that no later yes to the same kind of thing answers.
fn noes(reading: &Reading<'_>, child: PersonId) -> Vec<Kept<OpenNo>> {
    open_noes(reading, child, child).collect()
}

/// The same of what somebody said about anybody: a parent's no about a child stands beside the child's own.
fn own_noes(reading: &Reading<'_>, giver: PersonId) -> Vec<Kept<OwnNo>> {
    let subjects = reading.state().people.iter().map(|person| person.id);
    let about =
        |about: PersonId| open_noes(reading, giver, about).map(move |no| no.with(OwnNo { about, no: no.value }));
    subjects.flat_map(about).collect()
}

fn open_noes<'r>(
    reading: &'r Reading<'_>,
    giver: PersonId,
    subject: PersonId,
) -> impl Iterator<Item = Kept<OpenNo>> + 'r {
    let own = words_of(reading.state(), giver, subject).filter(|word| word.said.on <= reading.day());
    own.filter_map(move |word| open_no(reading, word))
}

fn words_of(state: &CaseState, giver: PersonId, subject: PersonId) -> impl Iterator<Item = &Consent> {
    state.consents.all().iter().filter(move |word| word.giver == giver && word.subject == subject)
}

fn asked_by(reading: &Reading<'_>, person: PersonId) -> impl Iterator<Item = RequestView> {
    requests(reading).into_iter().filter(move |request| request.person == Some(person))
}

fn open_requests(reading: &Reading<'_>, person: PersonId) -> Vec<RequestView> {
    asked_by(reading, person).filter(|request| request.decided.is_none()).collect()
}

fn decided_requests(reading: &Reading<'_>, person: PersonId) -> Vec<RequestView> {
    let mut decided: Vec<_> = asked_by(reading, person).filter(|request| request.decided.is_some()).collect();
    decided.reverse();
    // Stable: of two that were decided on one day the last asked comes first.
    decided.sort_by_key(|request| Reverse(request.decided.as_ref().map(|decision| decision.value.day)));
    decided
}

fn agreements(reading: &Reading<'_>, person: PersonId) -> Vec<AgreementView> {
    super::two_plans::agreements(reading)
        .filter(|made| made.ended.is_none() && made.between.contains(&person))
        .collect()
}

fn open_no(reading: &Reading<'_>, word: &Consent) -> Option<Kept<OpenNo>> {
    let day = reading.day();
    let (said, fact) = match word.withdrawn {
        _ if word.refused => (word.said, word.fact),
        Some(withdrawn) if withdrawn.said.on <= day => (withdrawn.said, withdrawn.fact),
        _ => return None,
    };
    let answers =
        |later: &Consent| later.kind == word.kind && said < later.said && reading.state().consents.valid(later.id, day);
    if words_of(reading.state(), word.giver, word.subject).any(answers) {
        return None;
    }
    Some(reading.kept(OpenNo { kind: word.kind, withdrawn: !word.refused, since: said.on }, fact))
}

fn representatives(reading: &Reading<'_>, person: PersonId) -> Vec<Kept<RepresentedBy>> {
    let held = reading.state().representation.of(person, reading.day());
    let kept = held.map(|(worker, entry)| {
        let (organisation, kind) = (entry.value.organisation.clone(), entry.value.kind.clone());
        reading.kept(RepresentedBy { worker, organisation, kind }, entry.fact)
    });
    kept.collect()
}

/// By the fact that set the protection; one that looking back does not hold yet is for nobody but the director.
fn protected(reading: &Reading<'_>, person: PersonId) -> Option<Kept<PersonId>> {
    let guard = reading.now.protection.guard(person)?;
    Some(reading.kept(person, guard.since))
}

#[cfg(test)]
mod tests;
