//! Who is in the case: names, ages, roles, where they live, who has authority over whom, and what consent help still lacks.

use domain::ids::{HouseholdId, PersonId};
use domain::people::{Authority, FamilyRole, Holders, PeopleEvent, Person, Source};
use domain::personal::Personal;
use domain::text::Name;
use domain::time::CivilDay;
use domain::timeline::Entry;

use domain::case::CaseEvent;

use super::help::{HelpView, help};
use super::{Kept, Reading};

/// A value that holds for a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Dated<T> {
    /// First day.
    pub from: CivilDay,
    /// Last day, when known.
    pub until: Option<CivilDay>,
    /// The value.
    pub value: Kept<T>,
}

/// One person on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonView {
    /// The person.
    pub person: PersonId,
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
    /// Completed years on the day; known to whom the birth date is known.
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
    /// Who must be asked, or that a person must decide (standards F2). Rests on what was recorded.
    pub holders: Holders,
}

impl AuthorityView {
    /// As if nothing had been recorded: what shows to who may not know what was.
    pub const NOTHING: Self = Self { recorded: None, source: None, holders: Holders::Unknown };

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
    PersonView {
        person: person.id,
        since: person.from,
        name: name(reading, person),
        called: called(reading, person),
        earlier_names: earlier_names(reading, person),
        age: birth_date.as_ref().and_then(|born| age(born, day)),
        role: person.role.entry_at(day).map(|entry| dated(reading, entry, entry.value.clone())),
        is_child,
        households: households(reading, person.id),
        authority: is_child.then(|| authority(reading, person.id)),
        recognitions: recognitions(reading, person.id),
        protected: reading.now.protection.is_protected(person.id),
        help: is_child.then(|| help(reading, person.id, birth_date.as_ref().map(Kept::bare))),
        birth_date,
    }
}

pub(super) fn dated<T, V>(reading: &Reading<'_>, entry: &Entry<V>, value: T) -> Dated<T> {
    Dated { from: entry.from, until: entry.until, value: reading.kept(value, entry.fact) }
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
    earlier.map(|entry| dated(reading, entry, entry.value.clone())).collect()
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
    let (date, class) = (*born.value.known()?, born.value.class()?);
    let age = (date <= day).then(|| day.age_of(date))?;
    let value = Personal::new(born.value.owner(), class, age);
    Some(born.with(value))
}

fn households(reading: &Reading<'_>, person: PersonId) -> Vec<Kept<HouseholdId>> {
    let day = reading.day();
    let lives = reading.state().households.iter().filter_map(|household| {
        let entry = household.members.get(&person)?.entry_at(day)?;
        Some(reading.kept(household.id, entry.fact))
    });
    lives.collect()
}

fn authority(reading: &Reading<'_>, child: PersonId) -> AuthorityView {
    let people = &reading.state().people;
    let entry = people.authority_entry(child, reading.day());
    AuthorityView {
        recorded: entry.map(|entry| dated(reading, entry, entry.value.value.clone())),
        source: entry.map(|entry| entry.value.source),
        holders: people.holders_at(child, reading.day(), reading.terms.consent_ages),
    }
}

fn recognitions(reading: &Reading<'_>, child: PersonId) -> Vec<RecognitionView> {
    let recognised = reading.state().people.recognitions_of(child).filter_map(|(parent, timeline)| {
        let entry = timeline.entry_at(reading.day())?;
        let recognised = dated(reading, entry, entry.value.value.clone());
        Some(RecognitionView { parent, recognised, source: entry.value.source })
    });
    recognised.collect()
}
