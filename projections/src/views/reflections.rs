//! Reflections (rule 26): with whom, what each said, what changes, and when the next one is.

use domain::ids::{PersonId, ReflectionId, WorkerId};
use domain::personal::Personal;
use domain::plan::SaidBy;
use domain::reflection::{self, Reflected, Reflection};
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// A reflection.
#[derive(Clone, PartialEq, Debug)]
pub struct ReflectionView {
    /// The reflection, with who may know of it.
    pub reflection: Kept<ReflectionId>,
    /// The day.
    pub on: CivilDay,
    /// With whom of the family and network, in order of joining.
    pub with: Vec<PersonId>,
    /// With which professionals.
    pub workers: Vec<WorkerId>,
    /// What each said.
    pub said: Vec<ReflectedView>,
    /// What changes.
    pub changes: Option<Kept<Personal<Text>>>,
    /// The last day for the next one.
    pub next: CivilDay,
}

/// What one of them said.
#[derive(Clone, PartialEq, Debug)]
pub struct ReflectedView {
    /// Who, with who may know that.
    pub by: Kept<SaidBy>,
    /// Still the right thing?
    pub right_thing: Option<Kept<Personal<Text>>>,
    /// How are we doing together?
    pub together: Option<Kept<Personal<Text>>>,
}

/// Every reflection by the day, in the order of the days.
#[must_use]
pub fn reflections(reading: &Reading<'_>) -> Vec<ReflectionView> {
    let mut held = reading.state().reflections.all();
    held.retain(|held| held.on <= reading.day());
    held.sort_by_key(|held| (held.on, reading.recorded(held.fact)));
    held.into_iter().map(|held| view(reading, held)).collect()
}

/// By which day those around the family reflect next; `None` while no plan became active and they never did.
#[must_use]
pub fn next_reflection(reading: &Reading<'_>) -> Option<Kept<CivilDay>> {
    let state = reading.state();
    let due = reflection::open_due(state)?.last_day;
    let last = state.reflections.last().filter(|last| last.next == due).map(|last| last.fact);
    let rests_on = last.or_else(|| state.plans.first_activated().map(|active| active.fact))?;
    Some(reading.kept(due, rests_on))
}

fn view(reading: &Reading<'_>, held: &Reflection) -> ReflectionView {
    ReflectionView {
        reflection: reading.kept(held.id, held.fact),
        on: held.on,
        with: reading.by_joining(&held.with),
        workers: held.workers.clone(),
        said: held.said.iter().map(|said| reflected(reading, said)).collect(),
        changes: held.changes.clone().map(|changes| reading.kept(changes, held.fact)),
        next: held.next,
    }
}

fn reflected(reading: &Reading<'_>, said: &Reflected) -> ReflectedView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), said.fact);
    ReflectedView {
        by: reading.kept(said.by, said.fact),
        right_thing: said.right_thing.as_ref().map(kept),
        together: said.together.as_ref().map(kept),
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::Audience;
    use domain::reflection::{NewReflection, NewSaid, ReflectionCommand};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, text};

    #[tokio::test]
    async fn what_each_said_stands_beside_who_may_know_it() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let people: Vec<_> = office.history(case(1)).state().people.iter().map(|person| person.id).collect();
        let [mother, child, ..] = people[..] else { panic!("two people") };
        let said = |by| NewSaid { by, right_thing: Some(text("Ja.")), together: None };
        let new = NewReflection {
            with: vec![],
            workers: vec![],
            said: vec![said(SaidBy::Person(child)), said(SaidBy::Person(mother)), said(SaidBy::Worker(JOOST))],
            changes: Some(text("Minder overleg.")),
            next: None,
        };
        assert!(on(&office, "2026-03-02", next_reflection).is_none());
        office.order(case(1), ReflectionCommand::RecordReflection(Box::new(new))).await;
        let [held] = &on(&office, "2026-03-02", reflections)[..] else { panic!("one reflection") };
        assert_eq!((held.with.as_slice(), held.workers.as_slice()), (&[mother, child][..], &[JOOST][..]));
        let audiences: Vec<_> = held.said.iter().map(|said| said.by.audience.clone()).collect();
        assert_eq!(audiences, [Audience::Director, Audience::Persons(vec![mother]), Audience::Case]);
        assert_eq!(on(&office, "2026-03-02", next_reflection).unwrap().value, day("2026-09-02"));
        assert!(on(&office, "2026-03-01", reflections).is_empty());
    }
}
