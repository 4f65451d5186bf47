//! Contact moments, what was promised in them, and the balance of contacts: how many there were with each parent and child and how long ago
//! the last was (004b R10). Numbers and days, in the order of joining: no score and no ranking (rule 34).

use domain::contact::{Answer, Contact, Direction, MadePromise, Medium, PromiseEnd, PromiseKind, Verified};
use domain::ids::{ContactId, PersonId, PromiseId, WorkerId};
use domain::people::FamilyRole;
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// A contact moment.
#[derive(Clone, PartialEq, Debug)]
pub struct ContactView {
    /// The contact, with who may know of it.
    pub contact: Kept<ContactId>,
    /// The day.
    pub day: CivilDay,
    /// With whom of the case, in order of joining.
    pub with: Vec<PersonId>,
    /// With whom else.
    pub other: Option<Kept<Personal<Line>>>,
    /// About whom else of the case.
    pub about: Vec<PersonId>,
    /// Which worker had it.
    pub worker: WorkerId,
    /// Who sought it.
    pub direction: Option<Direction>,
    /// By which way.
    pub medium: Option<Medium>,
    /// How it was made sure who it was.
    pub verified: Option<Verified>,
    /// What was said.
    pub said: Kept<Personal<Text>>,
    /// What was asked.
    pub asked: Option<Kept<Personal<Text>>>,
    /// What became of what was asked.
    pub answer: Option<Answer>,
    /// The answer in words.
    pub answered: Option<Kept<Personal<Text>>>,
    /// What was promised.
    pub promises: Vec<PromiseView>,
}

/// Something promised in a contact.
#[derive(Clone, PartialEq, Debug)]
pub struct PromiseView {
    /// The promise, with who may know of it.
    pub promise: Kept<PromiseId>,
    /// In which contact.
    pub contact: ContactId,
    /// To whom of the case.
    pub to: Vec<PersonId>,
    /// The day on which it was made.
    pub made: CivilDay,
    /// To call back, or something else.
    pub kind: PromiseKind,
    /// What.
    pub what: Option<Kept<Personal<Text>>>,
    /// By which day.
    pub by: Option<CivilDay>,
    /// Who does it.
    pub worker: WorkerId,
    /// How it ended; `None` while it waits.
    pub settled: Option<Kept<SettledView>>,
    /// Whether its day has passed while nobody settled it.
    pub overdue: bool,
}

/// How a promise ended.
#[derive(Clone, PartialEq, Debug)]
pub struct SettledView {
    /// The day.
    pub day: CivilDay,
    /// How.
    pub how: PromiseEnd,
    /// More about it.
    pub note: Option<Kept<Personal<Text>>>,
}

/// How often and how long ago there was contact with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct BalanceView {
    /// A parent or a child, with who may know that they are in the case.
    pub person: Kept<PersonId>,
    /// The day of each contact, with who may know of it: a reader counts what the reader may know.
    pub contacts: Vec<Kept<CivilDay>>,
}

/// Every contact by the day, in the order of their days.
#[must_use]
pub fn contacts(reading: &Reading<'_>) -> Vec<ContactView> {
    let mut contacts: Vec<_> = held(reading).map(|contact| view(reading, contact)).collect();
    contacts.sort_by_key(|contact| contact.day);
    contacts
}

/// Every promise made by the day, in the order of the days on which they were made.
#[must_use]
pub fn promises(reading: &Reading<'_>) -> Vec<PromiseView> {
    contacts(reading).into_iter().flat_map(|contact| contact.promises).collect()
}

/// For each parent and child who is in the case on the day, in order of joining.
#[must_use]
pub fn balance(reading: &Reading<'_>) -> Vec<BalanceView> {
    let (people, day, ages) = (&reading.state().people, reading.day(), reading.terms.consent_ages);
    let counts = |person: &&domain::people::Person| {
        person.role_on(day) == Some(FamilyRole::Parent) || person.is_child_on(day, ages)
    };
    people.iter().filter(counts).map(|person| of(reading, person)).collect()
}

fn of(reading: &Reading<'_>, person: &domain::people::Person) -> BalanceView {
    let with = held(reading).filter(|contact| contact.with.contains(&person.id));
    BalanceView {
        person: reading.kept(person.id, person.added_by),
        contacts: with.map(|contact| reading.kept(contact.day, contact.fact)).collect(),
    }
}

fn held<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Contact> {
    reading.state().contacts.all().iter().filter(|contact| contact.day <= reading.day())
}

fn view(reading: &Reading<'_>, contact: &Contact) -> ContactView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), contact.fact);
    let made = reading.state().contacts.promises().iter().filter(|promise| promise.contact == contact.id);
    ContactView {
        contact: reading.kept(contact.id, contact.fact),
        day: contact.day,
        with: reading.by_joining(&contact.with),
        other: contact.other.clone().map(|other| reading.kept(other, contact.fact)),
        about: reading.by_joining(&contact.about),
        worker: contact.worker,
        direction: contact.direction,
        medium: contact.medium,
        verified: contact.verified,
        said: kept(&contact.said),
        asked: contact.asked.as_ref().map(kept),
        answer: contact.answer,
        answered: contact.answered.as_ref().map(kept),
        promises: made.map(|promise| promised(reading, contact, promise)).collect(),
    }
}

fn promised(reading: &Reading<'_>, contact: &Contact, promise: &MadePromise) -> PromiseView {
    let day = reading.day();
    let settled = promise.settled.as_ref().filter(|settled| settled.day <= day);
    PromiseView {
        promise: reading.kept(promise.id, promise.fact),
        contact: contact.id,
        to: reading.by_joining(&contact.with),
        made: contact.day,
        kind: promise.kind,
        what: promise.what.clone().map(|what| reading.kept(what, promise.fact)),
        by: promise.by,
        worker: promise.worker,
        overdue: settled.is_none() && promise.by.is_some_and(|by| by < day),
        settled: settled.map(|settled| {
            let note = settled.note.clone().map(|note| reading.kept(note, settled.fact));
            reading.kept(SettledView { day: settled.day, how: settled.how, note }, settled.fact)
        }),
    }
}

#[cfg(test)]
mod tests {
    use domain::contact::{ContactCommand, NewContact, NewPromise};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, text};

    fn talk(with: PersonId, promises: Vec<NewPromise>) -> ContactCommand {
        ContactCommand::RecordContact(Box::new(NewContact {
            with: vec![with],
            other: None,
            about: vec![],
            worker: None,
            direction: Some(Direction::Incoming),
            medium: Some(Medium::Phone),
            verified: None,
            said: text("Het gaat beter."),
            asked: None,
            answer: None,
            answered: None,
            promises,
        }))
    }

    async fn spoken() -> (Office, PersonId, PersonId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let people: Vec<_> = office.history(case(1)).state().people.iter().map(|person| person.id).collect();
        let [mother, child, ..] = people[..] else { panic!("two people") };
        let call = NewPromise { kind: PromiseKind::CallBack, what: None, by: None, worker: None };
        office.order(case(1), talk(mother, vec![call])).await;
        office.on("2026-03-10").order(case(1), talk(mother, vec![])).await;
        (office, mother, child)
    }

    #[tokio::test]
    async fn the_balance_counts_and_dates_contacts_with_each_parent_and_child_by_the_day() {
        let (office, mother, child) = spoken().await;
        let of = |today, who| {
            let view = on(&office, today, balance).into_iter().find(|view| view.person.value == who).unwrap();
            view.contacts.iter().map(|kept| kept.value).collect::<Vec<_>>()
        };
        assert_eq!(of("2026-03-10", mother), [day("2026-03-02"), day("2026-03-10")]);
        assert_eq!(of("2026-03-09", mother), [day("2026-03-02")]);
        assert_eq!(of("2026-03-10", child), []);
    }

    #[tokio::test]
    async fn a_call_back_is_overdue_after_its_day_until_it_is_settled() {
        let (mut office, mother, _) = spoken().await;
        let first = |office: &Office, today| on(office, today, promises).remove(0);
        let waits = first(&office, "2026-03-04");
        assert_eq!((waits.by, waits.overdue, waits.to.as_slice()), (Some(day("2026-03-04")), false, &[mother][..]));
        assert!(first(&office, "2026-03-05").overdue);
        let settle = ContactCommand::SettlePromise { promise: waits.promise.value, how: PromiseEnd::Kept, note: None };
        office.order(case(1), settle).await;
        let settled = first(&office, "2026-03-10");
        assert!(!settled.overdue);
        assert_eq!(settled.settled.unwrap().value.day, day("2026-03-10"));
        assert!(first(&office, "2026-03-09").settled.is_none(), "as it looked");
    }

    #[tokio::test]
    async fn a_contact_is_for_who_works_for_whom_it_was_with() {
        let (office, mother, _) = spoken().await;
        let view = on(&office, "2026-03-10", contacts).remove(0);
        assert_eq!(view.contact.audience, domain::fact::Audience::Persons(vec![mother]));
        assert_eq!(view.said.value.known().unwrap().as_str(), "Het gaat beter.");
        assert_eq!(view.said.layers, view.contact.layers);
    }
}
