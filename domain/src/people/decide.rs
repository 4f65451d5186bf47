//! The law of this room: what may be recorded about people.

use super::catalogue::{
    AUTHORITY_BEFORE_BIRTH, AUTHORITY_OVER_ADULT, BIRTH_DATE_IMPOSSIBLE, HOLDER_IS_CHILD, HOLDERS_DO_NOT_FIT,
    HOLDERS_NOT_DIFFERENT, PERSON_ALREADY_IN_CASE, PERSON_UNKNOWN, RECOGNITION_BEFORE_BIRTH, SELF_RECOGNITION,
    UNTIL_BEFORE_FROM,
};
use super::{Authority, AuthorityKind, FamilyRole, NewAuthority, People, PeopleCommand, PeopleEvent};
use crate::case::CaseEvent;
use crate::consent::WhoIs;
use crate::decider::Context;
use crate::fact::Draft;
use crate::ids::{PersonId, RulingId, Subject};
use crate::mentions::fold_words;
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::ConsentAges;
use crate::text::Name;
use crate::time::CivilDay;
use crate::timeline::Timeline;

pub(super) fn decide(
    people: &People,
    command: &PeopleCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let today = context.today();
    let event = match command {
        PeopleCommand::AddPerson { name, birth_date, role, from } => {
            check_birth_date(*birth_date, today)?;
            check_new(people, name, *birth_date)?;
            added(PersonId::from_uuid(context.new_id()), name, *birth_date, *role, from.unwrap_or(today))
        }
        PeopleCommand::RenamePerson { person, name, from } => {
            check_known(people, *person)?;
            let from = from.unwrap_or(today);
            PeopleEvent::PersonRenamed { person: *person, name: owned(*person, name.clone()), from }
        }
        PeopleCommand::RecordBirthDate { person, birth_date, source } => {
            check_known(people, *person)?;
            check_birth_date(Some(*birth_date), today)?;
            check_birth_fits(people, *person, *birth_date, context.terms.consent_ages)?;
            let birth_date = owned(*person, *birth_date);
            PeopleEvent::BirthDateRecorded { person: *person, birth_date, source: *source }
        }
        PeopleCommand::RecordFamilyRole { person, role, from, until } => {
            check_known(people, *person)?;
            check_order(*from, *until)?;
            let role = owned(*person, *role);
            PeopleEvent::FamilyRoleRecorded { person: *person, role, from: *from, until: *until }
        }
        PeopleCommand::RecordAuthority(given) => authority_of_case(people, given, None, context.terms.consent_ages)?,
        PeopleCommand::RecordAuthorityUnder { ruling, authority } => {
            authority_of_case(people, authority, Some(*ruling), context.terms.consent_ages)?
        }
        PeopleCommand::RecordRecognition { child, parent, recognised, from, source } => {
            check_known(people, *child)?;
            check_known(people, *parent)?;
            check_recognition(people, *child, *parent, *from)?;
            let recognised = owned(*child, *recognised);
            PeopleEvent::RecognitionRecorded {
                child: *child,
                parent: *parent,
                recognised,
                from: *from,
                source: *source,
            }
        }
    };
    Ok(vec![Draft::of(CaseEvent::People(event))])
}

/// The event that brings somebody into the case.
pub(crate) fn added(
    person: PersonId,
    name: &Name,
    birth_date: Option<CivilDay>,
    role: FamilyRole,
    from: CivilDay,
) -> PeopleEvent {
    PeopleEvent::PersonAdded {
        person,
        name: owned(person, name.clone()),
        birth_date: birth_date.map(|day| owned(person, day)),
        role: owned(person, role),
        from,
    }
}

/// The event that records authority over somebody of the case, by a ruling when one says so.
///
/// # Errors
/// As [`authority_recorded`].
pub(crate) fn authority_of_case(
    people: &People,
    given: &NewAuthority,
    ruling: Option<RulingId>,
    ages: ConsentAges,
) -> Result<PeopleEvent, Rejection> {
    let of_case = |who: &WhoIs| match who {
        WhoIs::Person(person) if people.contains(*person) => Some(*person),
        WhoIs::Person(_) | WhoIs::Key(_) => None,
    };
    let born = |child| people.person(child).and_then(super::Person::born);
    let event = authority_recorded(given, ages, of_case, born)?;
    Ok(match event {
        PeopleEvent::AuthorityRecorded { child, authority, from, until, source, ruling: _ } => {
            PeopleEvent::AuthorityRecorded { child, authority, from, until, source, ruling }
        }
        other => other,
    })
}

/// The event that records authority as given. `find` names the person somebody means, `born` the birth date of that person.
///
/// # Errors
/// `PERSON_UNKNOWN`, `UNTIL_BEFORE_FROM`, `AUTHORITY_BEFORE_BIRTH`, `AUTHORITY_OVER_ADULT`, `HOLDER_IS_CHILD`, `HOLDERS_DO_NOT_FIT`, `HOLDERS_NOT_DIFFERENT`.
pub(crate) fn authority_recorded(
    given: &NewAuthority,
    ages: ConsentAges,
    find: impl Fn(&WhoIs) -> Option<PersonId>,
    born: impl Fn(PersonId) -> Option<CivilDay>,
) -> Result<PeopleEvent, Rejection> {
    let child = find(&given.child).ok_or_else(|| unknown(&given.child))?;
    let mut holders = Vec::with_capacity(given.holders.len());
    for holder in &given.holders {
        holders.push(find(holder).ok_or_else(|| unknown(holder))?);
    }
    check_order(given.from, given.until)?;
    if let Some(born) = born(child) {
        authority_over_minor(child, born, given.from, ages)?;
    }
    if holders.contains(&child) {
        return Err(Rejection::new(HOLDER_IS_CHILD).with("child", Detail::id(child)));
    }
    let authority = owned(child, authority(given.kind, holders)?);
    Ok(PeopleEvent::AuthorityRecorded {
        child,
        authority,
        from: given.from,
        until: given.until,
        source: given.source,
        ruling: None,
    })
}

/// Kind and holders put together.
fn authority(kind: AuthorityKind, holders: Vec<PersonId>) -> Result<Authority, Rejection> {
    let twice = holders.iter().enumerate().find(|(index, holder)| holders[..*index].contains(holder));
    if let Some((_, holder)) = twice {
        return Err(Rejection::new(HOLDERS_NOT_DIFFERENT).with("holder", Detail::id(*holder)));
    }
    Ok(match (kind, holders.as_slice()) {
        (AuthorityKind::JointParents, [one, other]) => Authority::JointParents(*one, *other),
        (AuthorityKind::OneParent, [one]) => Authority::OneParent(*one),
        (AuthorityKind::JointWithOther, [one, other]) => Authority::JointWithOther(*one, *other),
        // The register names none, one or two guardians (standards F2).
        (AuthorityKind::Guardianship, [] | [_] | [_, _]) => Authority::Guardianship(holders),
        (AuthorityKind::TemporarilyNone, []) => Authority::TemporarilyNone,
        (AuthorityKind::Undetermined, []) => Authority::Undetermined,
        (AuthorityKind::UnderInvestigation, []) => Authority::UnderInvestigation,
        _ => return Err(do_not_fit(kind, holders.len())),
    })
}

fn do_not_fit(kind: AuthorityKind, given: usize) -> Rejection {
    let (word, most): (_, u64) = match kind {
        AuthorityKind::JointParents => ("joint_parents", 2),
        AuthorityKind::OneParent => ("one_parent", 1),
        AuthorityKind::JointWithOther => ("joint_with_other", 2),
        AuthorityKind::Guardianship => ("guardianship", 2),
        AuthorityKind::TemporarilyNone => ("temporarily_none", 0),
        AuthorityKind::Undetermined => ("undetermined", 0),
        AuthorityKind::UnderInvestigation => ("under_investigation", 0),
    };
    let given = u64::try_from(given).unwrap_or(u64::MAX);
    Rejection::new(HOLDERS_DO_NOT_FIT).with("kind", word).with("holders", given).with("fits", most)
}

fn check_recognition(people: &People, child: PersonId, parent: PersonId, from: CivilDay) -> Result<(), Rejection> {
    if child == parent {
        return Err(Rejection::new(SELF_RECOGNITION).with("person", Detail::id(child)));
    }
    let born = people.person(child).and_then(super::Person::born);
    born.map_or(Ok(()), |born| recognised_after_birth(child, born, from))
}

/// Before birth recognition is possible (BW 1:203) but takes effect at birth.
fn recognised_after_birth(child: PersonId, born: CivilDay, from: CivilDay) -> Result<(), Rejection> {
    if from < born {
        return Err(Rejection::new(RECOGNITION_BEFORE_BIRTH).with("child", Detail::id(child)).with("from", from));
    }
    Ok(())
}

/// Authority over an unborn child takes effect at birth; over somebody of age there is none.
fn authority_over_minor(child: PersonId, born: CivilDay, from: CivilDay, ages: ConsentAges) -> Result<(), Rejection> {
    let refused = |code| Rejection::new(code).with("child", Detail::id(child)).with("from", from);
    if from < born {
        return Err(refused(AUTHORITY_BEFORE_BIRTH));
    }
    match from.age_of(born) {
        age if age >= ages.adult() => Err(refused(AUTHORITY_OVER_ADULT).with("age", u64::from(age))),
        _ => Ok(()),
    }
}

/// Whether what is recorded about somebody can be true of one born on that day.
fn check_birth_fits(people: &People, person: PersonId, born: CivilDay, ages: ConsentAges) -> Result<(), Rejection> {
    for (_, timeline) in people.recognitions_of(person) {
        timeline.entries().iter().try_for_each(|entry| recognised_after_birth(person, born, entry.from))?;
    }
    let authority = people.authority_of(person).map(Timeline::entries).unwrap_or_default();
    authority.iter().try_for_each(|entry| authority_over_minor(person, born, entry.from, ages))
}

/// Whether a correction leaves birth dates, recognitions and authority as the commands of this room would have let them be. What did not
/// fit before keeps nothing from being corrected.
///
/// # Errors
/// `RECOGNITION_BEFORE_BIRTH`, `AUTHORITY_BEFORE_BIRTH`, `AUTHORITY_OVER_ADULT`.
pub(crate) fn check_births(before: &People, after: &People, ages: ConsentAges) -> Result<(), Rejection> {
    let fits = |people: &People, person| {
        let born = people.person(person).and_then(super::Person::born);
        born.map_or(Ok(()), |born| check_birth_fits(people, person, born, ages))
    };
    after.iter().filter(|person| fits(before, person.id).is_ok()).try_for_each(|person| fits(after, person.id))
}

/// Whether somebody can have been born on that day.
///
/// # Errors
/// `BIRTH_DATE_IMPOSSIBLE` in the future and before 1900.
pub(crate) fn check_birth_date(birth_date: Option<CivilDay>, today: CivilDay) -> Result<(), Rejection> {
    let first = CivilDay::from_ymd(1900, 1, 1);
    match birth_date {
        Some(day) if day > today || first.is_some_and(|first| day < first) => {
            Err(Rejection::new(BIRTH_DATE_IMPOSSIBLE).with("today", today))
        }
        _ => Ok(()),
    }
}

/// Whether nobody in the case is exactly the same. People without a birth date must differ in what they are called: otherwise nobody
/// could tell them apart.
fn check_new(people: &People, name: &Name, birth_date: Option<CivilDay>) -> Result<(), Rejection> {
    let words = fold_words(name.as_str());
    let same = |known: &super::Person| {
        let current = known.name.entries().last().and_then(|entry| entry.value.known());
        known.born() == birth_date && current.is_some_and(|current| fold_words(current.as_str()) == words)
    };
    match people.iter().find(|known| same(known)) {
        Some(known) => Err(Rejection::new(PERSON_ALREADY_IN_CASE).with("person", Detail::id(known.id))),
        None => Ok(()),
    }
}

/// Whether this person is in the case.
///
/// # Errors
/// `PERSON_UNKNOWN`.
pub(crate) fn check_known(people: &People, person: PersonId) -> Result<(), Rejection> {
    if people.contains(person) { Ok(()) } else { Err(unknown(&WhoIs::Person(person))) }
}

/// Whether this person is in the case and may be a child on a day, as far as can be read (see [`super::Person::may_be_child_on`]).
///
/// # Errors
/// `PERSON_UNKNOWN`; `code` for a grown-up.
pub(crate) fn check_may_be_child(
    people: &People,
    person: PersonId,
    on: CivilDay,
    ages: ConsentAges,
    code: Code,
) -> Result<(), Rejection> {
    check_known(people, person)?;
    if people.person(person).is_some_and(|known| known.may_be_child_on(on, ages)) {
        return Ok(());
    }
    Err(Rejection::new(code).with("person", Detail::id(person)))
}

/// Whether a period ends on or after its first day.
///
/// # Errors
/// `UNTIL_BEFORE_FROM`.
pub(crate) fn check_order(from: CivilDay, until: Option<CivilDay>) -> Result<(), Rejection> {
    match until.filter(|until| *until < from) {
        Some(until) => Err(Rejection::new(UNTIL_BEFORE_FROM).with("from", from).with("until", until)),
        None => Ok(()),
    }
}

/// A key is what a client typed, so it may be a name: it is not repeated.
fn unknown(who: &WhoIs) -> Rejection {
    match who {
        WhoIs::Person(person) => Rejection::new(PERSON_UNKNOWN).with("person", Detail::id(*person)),
        WhoIs::Key(_) => Rejection::new(PERSON_UNKNOWN).with("person", "key"),
    }
}

const fn owned<T>(person: PersonId, value: T) -> Personal<T> {
    Personal::ordinary(Subject::Person(person), value)
}
