//! Who is in the case: names, ages, roles, where they live, who has authority over whom, and what consent help still lacks.

use domain::ids::{HouseholdId, PersonId, RulingId};
use domain::people::{Authority, FamilyRole, Holders, PeopleEvent, Person, Source};
use domain::personal::Personal;
use domain::text::Name;
use domain::time::CivilDay;
use domain::timeline::{Entry, Timeline};

use domain::case::CaseEvent;

use super::ends::Ends;
use super::help::{HelpView, help};
use super::{Kept, Reading};

/// A value that holds for a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Dated<T> {
    /// First day.
    pub from: CivilDay,
    /// Last day, by the facts that say so.
    pub until: Ends,
    /// The value.
    pub value: Kept<T>,
}

/// One person on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonView {
    /// The person.
    pub person: PersonId,
    /// That they are in the case, with who may know that.
    pub added: Kept<()>,
    /// First day in the case.
    pub since: CivilDay,
    /// What people call them.
    pub name: Option<Kept<Personal<Name>>>,
    /// Every name of the record, also one that another took the place of: what they can be found by.
    pub called: Vec<Kept<Personal<Name>>>,
    /// What people called them before, earliest first.
    pub earlier_names: Vec<Dated<Personal<Name>>>,
    /// The birth date as last recorded.
    pub birth_date: Option<Kept<Personal<CivilDay>>>,
    /// Completed years on the day; known to whom the birth date is known, and erased or lost with it.
    pub age: Option<Kept<Personal<u32>>>,
    /// Who they are in this family on the day.
    pub role: Option<Dated<Personal<FamilyRole>>>,
    /// Whether this is a child of the family on the day; follows from role and age.
    pub is_child: bool,
    /// Where they live on the day: a child may belong to several.
    pub households: Vec<Kept<HouseholdId>>,
    /// For a child: who has authority on the day.
    pub authority: Option<AuthorityView>,
    /// For a child: who recognised it, by the day.
    pub recognitions: Vec<RecognitionView>,
    /// Whether locating data of this person are protected now.
    pub protected: bool,
    /// For a child: whose help consent is asked for on the day, and what is missing (rule 22).
    pub help: Option<HelpView>,
}

/// Who has authority over a child on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct AuthorityView {
    /// What was recorded, with its days; `None` when nothing was for that day.
    pub recorded: Option<Dated<Personal<Authority>>>,
    /// Where that comes from.
    pub source: Option<Source>,
    /// The ruling it cites.
    pub ruling: Option<RulingId>,
    /// Who must be asked, or that a person must decide (standards F2). Rests on what was recorded.
    pub holders: Holders,
    /// What it rests on, by what became of it: where that was lost by a fault, who must be asked is a guess.
    pub values: Vec<Kept<Personal<()>>>,
}

impl AuthorityView {
    /// As if nothing had been recorded: what shows to who may not know what was.
    pub const NOTHING: Self =
        Self { recorded: None, source: None, ruling: None, holders: Holders::Unknown, values: Vec::new() };

    /// Whether the record gives no answer that a system may act on.
    #[must_use]
    pub const fn person_must_decide(&self) -> bool {
        !matches!(self.holders, Holders::Known(_))
    }
}

/// Whether a parent recognised a child.
#[derive(Clone, PartialEq, Debug)]
pub struct RecognitionView {
    /// The parent.
    pub parent: PersonId,
    /// Whether, and from when.
    pub recognised: Dated<Personal<bool>>,
    /// Where it comes from.
    pub source: Source,
}

/// Everyone who is in the case on the day, in order of joining.
#[must_use]
pub fn people(reading: &Reading<'_>) -> Vec<PersonView> {
    reading.state().people.iter().map(|person| view(reading, person)).collect()
}

fn view(reading: &Reading<'_>, person: &Person) -> PersonView {
    let day = reading.day();
    let is_child = person.is_child_on(day, reading.terms.consent_ages);
    let birth_date = birth_date(reading, person);
    let added = reading.kept((), person.added_by);
    PersonView {
        person: person.id,
        added: added.clone(),
        since: person.from,
        name: name(reading, person),
        called: called(reading, person),
        earlier_names: earlier_names(reading, person),
        age: birth_date.as_ref().and_then(|born| age(born, day)),
        role: person.role.entry_at(day).map(|entry| dated(reading, &person.role, entry, entry.value.clone())),
        is_child,
        households: households(reading, person.id),
        authority: is_child.then(|| authority(reading, person.id)),
        recognitions: recognitions(reading, person.id),
        protected: reading.now.protection.is_protected(person.id),
        help: is_child.then(|| help(reading, person.id, added, birth_date.as_ref())),
        birth_date,
    }
}

pub(super) fn dated<T, V>(reading: &Reading<'_>, timeline: &Timeline<V>, entry: &Entry<V>, value: T) -> Dated<T> {
    let until = Ends::of_entry(reading, timeline, entry);
    Dated { from: entry.from, until, value: reading.kept(value, entry.fact) }
}

fn name(reading: &Reading<'_>, person: &Person) -> Option<Kept<Personal<Name>>> {
    let entry = person.name.entry_at(reading.day()).or_else(|| person.name.entries().first())?;
    Some(reading.kept(entry.value.clone(), entry.fact))
}

pub(crate) fn called(reading: &Reading<'_>, person: &Person) -> Vec<Kept<Personal<Name>>> {
    person.name.entries().iter().map(|entry| reading.kept(entry.value.clone(), entry.fact)).collect()
}

fn earlier_names(reading: &Reading<'_>, person: &Person) -> Vec<Dated<Personal<Name>>> {
    let day = reading.day();
    let earlier = person.name.entries().iter().filter(|entry| entry.until.is_some_and(|until| until < day));
    earlier.map(|entry| dated(reading, &person.name, entry, entry.value.clone())).collect()
}

pub(crate) fn birth_date(reading: &Reading<'_>, person: &Person) -> Option<Kept<Personal<CivilDay>>> {
    let value = person.birth_date.clone()?;
    let recorded = |event: &CaseEvent| match event {
        CaseEvent::People(PeopleEvent::PersonAdded { person: added, birth_date: Some(_), .. }) => *added == person.id,
        CaseEvent::People(PeopleEvent::BirthDateRecorded { person: born, .. }) => *born == person.id,
        _ => false,
    };
    let fact = reading.last_fact(recorded).unwrap_or(person.added_by);
    Some(reading.kept(value, fact))
}

fn age(born: &Kept<Personal<CivilDay>>, day: CivilDay) -> Option<Kept<Personal<u32>>> {
    let age = born.value.derive(|date| (*date <= day).then(|| day.age_of(*date)))?;
    Some(born.with(age))
}

pub(super) fn households(reading: &Reading<'_>, person: PersonId) -> Vec<Kept<HouseholdId>> {
    let day = reading.day();
    let lives = reading.state().households.iter().filter_map(|household| {
        let entry = household.members.get(&person)?.entry_at(day)?;
        Some(reading.kept(household.id, entry.fact))
    });
    lives.collect()
}

fn authority(reading: &Reading<'_>, child: PersonId) -> AuthorityView {
    let (people, day) = (&reading.state().people, reading.day());
    let recorded = people.authority_of(child).and_then(|timeline| Some((timeline, timeline.entry_at(day)?)));
    AuthorityView {
        recorded: recorded.map(|(timeline, entry)| dated(reading, timeline, entry, entry.value.value.clone())),
        source: recorded.map(|(_, entry)| entry.value.source),
        ruling: recorded.and_then(|(_, entry)| entry.value.ruling),
        holders: people.holders_at(child, day, reading.terms.consent_ages),
        values: of_authority(reading, child, day),
    }
}

/// What was recorded on who must be asked about a child on a day, by what became of it.
pub(super) fn of_authority(reading: &Reading<'_>, child: PersonId, day: CivilDay) -> Vec<Kept<Personal<()>>> {
    let people = &reading.state().people;
    let authority = people.authority_entry(child, day);
    let authority = authority.map(|entry| (entry.value.value.derive(|_| Some(())), entry.fact));
    let recognitions = people.recognitions_of(child).filter_map(|(_, timeline)| timeline.entry_at(day));
    let recognitions = recognitions.map(|entry| (entry.value.value.derive(|_| Some(())), entry.fact));
    let values = authority.into_iter().chain(recognitions);
    values.filter_map(|(value, fact)| Some(reading.kept(value?, fact))).collect()
}

fn recognitions(reading: &Reading<'_>, child: PersonId) -> Vec<RecognitionView> {
    let recognised = reading.state().people.recognitions_of(child).filter_map(|(parent, timeline)| {
        let entry = timeline.entry_at(reading.day())?;
        let recognised = dated(reading, timeline, entry, entry.value.value.clone());
        Some(RecognitionView { parent, recognised, source: entry.value.source })
    });
    recognised.collect()
}
