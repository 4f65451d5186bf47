//! What is known about the people of a case, read at a date. Values may be erased or unavailable; every reader copes.

use std::collections::BTreeMap;

use super::{Authority, AuthorityKind, FamilyRole, PeopleEvent, Source};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, Revision, RulingId};
use crate::personal::{Personal, Presence};
use crate::terms::ConsentAges;
use crate::text::Name;
use crate::time::CivilDay;
use crate::timeline::{Entry, Timeline};

/// From this day on recognition brings joint authority by law, unless the deed or the law says otherwise (BW 1:251b, `privacy.md`).
const AUTHORITY_BY_RECOGNITION: (i32, u32, u32) = (2023, 1, 1);

/// Somebody of this case.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// First day in the case.
    pub from: CivilDay,
    /// The event that brought them in.
    pub added_by: EventId,
    /// What people call them, through time.
    pub name: Timeline<Personal<Name>>,
    /// The birth date as last recorded.
    pub birth_date: Option<Personal<CivilDay>>,
    /// Who they are in this family, through time.
    pub role: Timeline<Personal<FamilyRole>>,
    /// Every name ever recorded, also one that another took the place of on the same day: a text may still not hold it.
    called: Vec<Personal<Name>>,
}

impl Person {
    /// The name on a day; before the first, the first. `None` when it was erased or cannot be read.
    #[must_use]
    pub fn name_on(&self, day: CivilDay) -> Option<&Name> {
        self.personal_name_on(day).and_then(Personal::known)
    }

    /// As [`Person::name_on`], with what became of it, for the gate.
    #[must_use]
    pub fn personal_name_on(&self, day: CivilDay) -> Option<&Personal<Name>> {
        self.name.at(day).or_else(|| self.name.entries().first().map(|entry| &entry.value))
    }

    /// The birth date, as long as it is known.
    #[must_use]
    pub fn born(&self) -> Option<CivilDay> {
        self.birth_date.as_ref().and_then(Personal::known).copied()
    }

    /// Completed years on a day. `None` when the birth date is unknown or erased, and before birth.
    #[must_use]
    pub fn age_on(&self, day: CivilDay) -> Option<u32> {
        self.born().filter(|born| *born <= day).map(|born| day.age_of(born))
    }

    /// The role on a day, as long as it can be read.
    #[must_use]
    pub fn role_on(&self, day: CivilDay) -> Option<FamilyRole> {
        self.role.at(day).and_then(Personal::known).copied()
    }

    /// Whether this is a child on a day: in that role then, or under age and in that role at some time. Nobody ages out of being a
    /// child of the family by a missing line; who is of age is for [`Person::age_on`] to say. A role that cannot be read by a fault may
    /// be that of a child: what is owed to a child is owed until somebody can read it, unless the person is known to be of age.
    #[must_use]
    pub fn is_child_on(&self, day: CivilDay, ages: ConsentAges) -> bool {
        let age = self.age_on(day);
        let ever = || self.role.entries().iter().any(|entry| entry.value.known() == Some(&FamilyRole::Child));
        let lost = || self.role.entries().iter().any(|entry| entry.value.presence() == Presence::Unavailable);
        self.role_on(day) == Some(FamilyRole::Child)
            || (age.is_some_and(|age| age < ages.adult()) && ever())
            || (age.is_none_or(|age| age < ages.adult()) && lost())
    }

    /// Whether this may be a child on a day, as far as can be read: for what must not be decided on a guess. Before the first day in the
    /// case the first role counts.
    #[must_use]
    pub fn may_be_child_on(&self, day: CivilDay, ages: ConsentAges) -> bool {
        let unreadable = self.birth_date.as_ref().is_some_and(|date| date.known().is_none());
        let role = self.role.at(day).or_else(|| self.role.entries().first().map(|entry| &entry.value));
        let grown_up = role.and_then(Personal::known).is_some_and(|role| *role != FamilyRole::Child);
        unreadable || !grown_up || self.is_child_on(day, ages)
    }

    /// Every name ever recorded that can still be read.
    fn names(&self) -> impl Iterator<Item = &Name> {
        self.called.iter().filter_map(Personal::known)
    }
}

/// Who must be asked about a child on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holders {
    /// These have authority; each of them counts. Never empty.
    Known(Vec<PersonId>),
    /// The record gives no answer that a system may act on: a person must decide (standards F2, fail closed). Also for authority that
    /// was erased, for a guardianship without a known guardian, and for a recognition whose effect is unanswered.
    PersonMustDecide(AuthorityKind),
    /// Nothing is recorded for that day, or the person is of age and nobody has authority any more.
    Unknown,
}

/// A dated value as it was told.
#[derive(Clone, PartialEq, Debug)]
pub struct Told<T> {
    /// What was told.
    pub value: Personal<T>,
    /// Where it comes from.
    pub source: Source,
    /// The ruling that says so, when one does.
    pub ruling: Option<RulingId>,
    /// Its place in the history: what was told later knew what was told before.
    pub revision: Revision,
}

/// That a court ruled about authority over a child: until it is answered nobody knows who has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ruled {
    /// The ruling.
    pub(crate) ruling: RulingId,
    /// The child.
    pub(crate) child: PersonId,
    /// First day on which it is in force.
    pub(crate) from: CivilDay,
    /// Last day, when known.
    pub(crate) until: Option<CivilDay>,
    /// Its place in the history.
    pub(crate) revision: Revision,
}

/// The people of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    /// In order of joining.
    known: Vec<Person>,
    authority: BTreeMap<PersonId, Timeline<Told<Authority>>>,
    /// By child, then parent.
    recognition: BTreeMap<(PersonId, PersonId), Timeline<Told<bool>>>,
    /// What a court ruled about authority.
    ruled: Vec<Ruled>,
}

impl People {
    /// Whether this person is in the case.
    #[must_use]
    pub fn contains(&self, person: PersonId) -> bool {
        self.person(person).is_some()
    }

    /// This person of the case.
    #[must_use]
    pub fn person(&self, person: PersonId) -> Option<&Person> {
        self.known.iter().find(|known| known.id == person)
    }

    /// Everyone, in order of joining.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.known.iter()
    }

    /// Every name, former ones too, that a free text may not hold by itself (`NAMES_IN_TEXT`).
    pub fn names(&self) -> impl Iterator<Item = (PersonId, &Name)> {
        self.known.iter().flat_map(|person| person.names().map(|name| (person.id, name)))
    }

    /// Completed years on a day; `None` when the person or the birth date is unknown or erased, and before birth.
    #[must_use]
    pub fn age_on(&self, person: PersonId, day: CivilDay) -> Option<u32> {
        self.person(person)?.age_on(day)
    }

    /// The role on a day.
    #[must_use]
    pub fn role_on(&self, person: PersonId, day: CivilDay) -> Option<FamilyRole> {
        self.person(person)?.role_on(day)
    }

    /// The children on a day, in order of joining (see [`Person::is_child_on`]).
    #[must_use]
    pub fn children_on(&self, day: CivilDay, ages: ConsentAges) -> Vec<PersonId> {
        self.known.iter().filter(|person| person.is_child_on(day, ages)).map(|person| person.id).collect()
    }

    /// Who has authority on a day as it was recorded. For what may be done with it, ask [`People::holders_at`].
    #[must_use]
    pub fn authority_at(&self, child: PersonId, day: CivilDay) -> Option<&Authority> {
        self.authority_entry(child, day)?.value.value.known()
    }

    /// As [`People::authority_at`], with source, days and what became of the value.
    #[must_use]
    pub fn authority_entry(&self, child: PersonId, day: CivilDay) -> Option<&Entry<Told<Authority>>> {
        self.authority.get(&child)?.entry_at(day)
    }

    /// Everything that was recorded about authority over a child.
    #[must_use]
    pub fn authority_of(&self, child: PersonId) -> Option<&Timeline<Told<Authority>>> {
        self.authority.get(&child)
    }

    /// Whether a parent had recognised a child on a day; `None` when nothing (readable) is recorded.
    #[must_use]
    pub fn recognition_at(&self, child: PersonId, parent: PersonId, day: CivilDay) -> Option<bool> {
        self.recognition.get(&(child, parent))?.at(day)?.value.known().copied()
    }

    /// The recognitions recorded for a child, by parent.
    pub fn recognitions_of(&self, child: PersonId) -> impl Iterator<Item = (PersonId, &Timeline<Told<bool>>)> {
        let of_child = self.recognition.iter().filter(move |((of, _), _)| *of == child);
        of_child.map(|((_, parent), timeline)| (*parent, timeline))
    }

    /// Who must be asked about a child on a day, by the ages that hold on it: from majority nobody has authority (BW 1:233, 1:245).
    ///
    /// The system never computes authority from a recognition. One of 2023-01-01 or later means joint authority *unless* the deed or
    /// the law says otherwise, so until somebody recorded which, the answer is [`AuthorityKind::Undetermined`]. It is answered by
    /// authority that starts on or after the recognition, that was recorded with the recognition known, or that the parent who
    /// recognised already has. Likewise a ruling about authority that is in force: answered by authority that cites it, that starts on or
    /// after it, or that was recorded with the ruling known.
    #[must_use]
    pub fn holders_at(&self, child: PersonId, day: CivilDay, ages: ConsentAges) -> Holders {
        if self.age_on(child, day).is_some_and(|age| age >= ages.adult()) {
            return Holders::Unknown;
        }
        let entry = self.authority_entry(child, day);
        if self.recognition_unanswered(child, day, entry) || self.ruling_unanswered(child, day, entry) {
            return Holders::PersonMustDecide(AuthorityKind::Undetermined);
        }
        let Some(entry) = entry else { return Holders::Unknown };
        let Some(authority) = entry.value.value.known() else {
            return Holders::PersonMustDecide(AuthorityKind::Undetermined);
        };
        let holders = authority.holders();
        if holders.is_empty() {
            return Holders::PersonMustDecide(authority.kind());
        }
        // A holder whose arrival in the case was struck out: the record contradicts itself.
        if !holders.iter().all(|holder| self.contains(*holder)) {
            return Holders::PersonMustDecide(AuthorityKind::Undetermined);
        }
        Holders::Known(holders)
    }

    fn recognition_unanswered(&self, child: PersonId, day: CivilDay, entry: Option<&Entry<Told<Authority>>>) -> bool {
        let (year, month, first) = AUTHORITY_BY_RECOGNITION;
        let by_law = CivilDay::from_ymd(year, month, first);
        self.recognitions_of(child).any(|(parent, timeline)| {
            let Some(recognition) = timeline.entry_at(day) else { return false };
            // One that can no longer be read may have been a yes.
            let recognised = recognition.value.value.known().copied().unwrap_or(true);
            recognised
                && by_law.is_some_and(|by_law| recognition.from >= by_law)
                && !entry.is_some_and(|entry| answers(entry, parent, recognition))
        })
    }

    /// What a court ruled about authority, as it stands now.
    pub(crate) fn set_ruled(&mut self, ruled: Vec<Ruled>) {
        self.ruled = ruled;
    }

    fn ruling_unanswered(&self, child: PersonId, day: CivilDay, entry: Option<&Entry<Told<Authority>>>) -> bool {
        let in_force =
            |ruled: &&Ruled| ruled.child == child && ruled.from <= day && ruled.until.is_none_or(|until| day <= until);
        let answered = |ruled: &Ruled| {
            entry.is_some_and(|entry| {
                let told = &entry.value;
                told.ruling == Some(ruled.ruling) || entry.from >= ruled.from || told.revision > ruled.revision
            })
        };
        self.ruled.iter().filter(in_force).any(|ruled| !answered(ruled))
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &PeopleEvent) {
        match event {
            PeopleEvent::PersonAdded { person, name, birth_date, role, from } if !self.contains(*person) => {
                let mut added = Person {
                    id: *person,
                    from: *from,
                    added_by: fact.id,
                    name: Timeline::new(),
                    birth_date: birth_date.clone(),
                    role: Timeline::new(),
                    called: vec![name.clone()],
                };
                added.name.set_from(*from, name.clone(), fact.id);
                added.role.set_from(*from, role.clone(), fact.id);
                self.known.push(added);
            }
            PeopleEvent::PersonAdded { .. } => {}
            PeopleEvent::PersonRenamed { person, name, from } => self.change(*person, |known| {
                known.name.set_from(*from, name.clone(), fact.id);
                known.called.push(name.clone());
            }),
            PeopleEvent::BirthDateRecorded { person, birth_date, .. } => {
                self.change(*person, |known| known.birth_date = Some(birth_date.clone()));
            }
            PeopleEvent::FamilyRoleRecorded { person, role, from, until } => {
                self.change(*person, |known| set(&mut known.role, *from, *until, role.clone(), fact.id));
            }
            PeopleEvent::AuthorityRecorded { child, authority, from, until, source, ruling } => {
                let (source, ruling, revision) = (*source, *ruling, fact.revision);
                let told = Told { value: authority.clone(), source, ruling, revision };
                set(self.authority.entry(*child).or_default(), *from, *until, told, fact.id);
            }
            PeopleEvent::RecognitionRecorded { child, parent, recognised, from, source } => {
                let (source, revision) = (*source, fact.revision);
                let told = Told { value: recognised.clone(), source, ruling: None, revision };
                self.recognition.entry((*child, *parent)).or_default().set_from(*from, told, fact.id);
            }
        }
    }

    fn change(&mut self, person: PersonId, change: impl FnOnce(&mut Person)) {
        if let Some(known) = self.known.iter_mut().find(|known| known.id == person) {
            change(known);
        }
    }
}

/// Whether authority says what became of it when this parent recognised the child.
fn answers(authority: &Entry<Told<Authority>>, parent: PersonId, recognition: &Entry<Told<bool>>) -> bool {
    let has_it = authority.value.value.known().is_some_and(|known| known.holders().contains(&parent));
    has_it || authority.from >= recognition.from || authority.value.revision > recognition.value.revision
}

fn set<T>(timeline: &mut Timeline<T>, from: CivilDay, until: Option<CivilDay>, value: T, fact: EventId) {
    match until {
        Some(until) => timeline.set_between(from, until, value, fact),
        None => timeline.set_from(from, value, fact),
    }
}
