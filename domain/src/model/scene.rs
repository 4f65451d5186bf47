//! What a generator looks at, and the dice it throws. Everything follows from one number per turn, so that a failing walk shrinks to the
//! turns that matter.

use crate::case::{CaseEvent, CaseState};
use crate::decider::History;
use crate::fact::{Draft, Fact};
use crate::households::HouseholdCommand;
use crate::ids::{EventId, HouseholdId, PersonId, WorkerId};
use crate::people::FamilyRole;
use crate::testing::world::World;
use crate::testing::*;
use crate::time::CivilDay;
use uuid::Uuid;

pub(super) use crate::divorce::tests::{A, ANJA, B, FENNA, HUGO, ILSE, MORRIS, ROBERT, TESS, WIM};
pub(super) use crate::safety::tests::OFFICER;

/// The sister of Morris: 13, so that a child with a voice of its own takes part, and turns 14 during the longer walks.
pub(super) const SANNE: PersonId = PersonId::from_uuid(Uuid::from_u128(0x64));
/// The new partner of Robert.
pub(super) const FLEUR: PersonId = PersonId::from_uuid(Uuid::from_u128(0x65));
/// A friend of the family.
pub(super) const ROOS: PersonId = PersonId::from_uuid(Uuid::from_u128(0x66));

pub(super) const WORKERS: [WorkerId; 8] = [ANJA, WIM, FENNA, HUGO, TESS, OFFICER, NOOR, JOOST];
/// The team that is asked for advice; the organisation of every actor of these tests.
pub(super) const TEAM: &str = "gemeente-huizen";

/// Numbers that look thrown, all from one seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(count.max(1)).unwrap()).unwrap()
    }

    /// Once in so many throws.
    pub(super) fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(super) fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// One of these, if there is any.
    pub(super) fn any_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(self.one_of(all)) }
    }

    /// Mostly the last one: what was begun last is what people go on with.
    pub(super) fn late_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if self.once_in(4) { self.any_of(all) } else { all.last().cloned() }
    }

    /// Any professional.
    pub(super) fn worker(&mut self) -> WorkerId {
        self.one_of(&WORKERS)
    }

    /// Each with an even chance.
    pub(super) fn some_of<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        all.iter().filter(|_| self.once_in(2)).cloned().collect()
    }
}

/// The case as a generator sees it.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    today: CivilDay,
}

impl<'a> Scene<'a> {
    pub(super) fn of(world: &'a World) -> Self {
        Self { world, today: world.today() }
    }

    pub(super) fn state(&self) -> &'a CaseState {
        self.world.state()
    }

    pub(super) fn today(&self) -> CivilDay {
        self.today
    }

    pub(super) fn history(&self) -> &'a History<crate::case::Case> {
        &self.world.history
    }

    /// What was told in the history, in order, whatever became of it: a generator also asks for what is over.
    pub(super) fn told<T>(&self, of: impl Fn(&CaseEvent) -> Option<T>) -> Vec<T> {
        self.history().facts().iter().filter_map(|fact| of(&fact.event)).collect()
    }

    pub(super) fn facts(&self, which: impl Fn(&Fact<CaseEvent>) -> bool) -> Vec<EventId> {
        self.history().facts().iter().filter(|fact| which(fact)).map(|fact| fact.id).collect()
    }

    /// Everyone in the case with this part in the family today.
    fn of_role(&self, child: bool) -> Vec<PersonId> {
        let is = |role: Option<FamilyRole>| match role {
            Some(FamilyRole::Child) => child,
            Some(FamilyRole::Parent) => !child,
            _ => false,
        };
        let people = self.state().people.iter();
        people.filter(|person| is(person.role_on(self.today()))).map(|person| person.id).collect()
    }

    pub(super) fn parents(&self) -> Vec<PersonId> {
        self.of_role(false)
    }

    pub(super) fn children(&self) -> Vec<PersonId> {
        self.of_role(true)
    }

    /// Somebody of the case; now and then somebody nobody knows.
    pub(super) fn person(&self, dice: &mut Dice) -> PersonId {
        if dice.once_in(40) {
            return PersonId::from_uuid(Uuid::from_u128(0xBAD));
        }
        let all: Vec<_> = self.state().people.iter().map(|person| person.id).collect();
        dice.any_of(&all).unwrap_or(ILSE)
    }

    pub(super) fn parent(&self, dice: &mut Dice) -> PersonId {
        if dice.once_in(15) { self.person(dice) } else { dice.any_of(&self.parents()).unwrap_or(ILSE) }
    }

    pub(super) fn child(&self, dice: &mut Dice) -> PersonId {
        if dice.once_in(15) { self.person(dice) } else { dice.any_of(&self.children()).unwrap_or(MORRIS) }
    }

    /// One or a few of the case.
    pub(super) fn persons(&self, dice: &mut Dice) -> Vec<PersonId> {
        let mut some = vec![self.person(dice)];
        while dice.once_in(3) {
            some.push(self.person(dice));
        }
        some
    }

    pub(super) fn household(&self, dice: &mut Dice) -> HouseholdId {
        let all: Vec<_> = self.state().households.iter().map(|one| one.id).collect();
        if dice.once_in(4) { dice.any_of(&all).unwrap_or(A) } else { dice.one_of(&[A, B]) }
    }

    /// A day at most so many before, or after, today.
    pub(super) fn day(&self, dice: &mut Dice, before: u64, after: u64) -> CivilDay {
        let moved = u64::try_from(dice.below(usize::try_from(before + after + 1).unwrap())).unwrap();
        self.today().minus_days(before).plus_days(moved)
    }

    /// Mostly nothing.
    pub(super) fn maybe_day(&self, dice: &mut Dice, before: u64, after: u64) -> Option<CivilDay> {
        dice.once_in(3).then(|| self.day(dice, before, after))
    }
}

/// The case of Ilse and Robert: Anja directs; Ilse with Morris and Sanne in A, Robert and Fleur with the children in B; it is 2026-04-21.
/// Nobody was screened and nobody consented: that is what the walk is for.
pub(super) fn start() -> World {
    let more = [
        person(SANNE, "Sanne", Some("2012-06-20"), FamilyRole::Child),
        person(FLEUR, "Fleur", Some("1985-07-07"), FamilyRole::StepParent),
        person(ROOS, "Roos", None, FamilyRole::NetworkMember),
        authority(SANNE, crate::people::Authority::JointParents(ILSE, ROBERT), "2012-06-20"),
    ];
    let given = crate::plan::tests::case().recorded(more.map(Draft::of));
    let moved = |household, person| {
        let from = day("2026-01-19");
        HouseholdCommand::RecordMembership { household, person, from, until: None }
    };
    let given = [(A, SANNE), (B, SANNE), (B, FLEUR)]
        .into_iter()
        .fold(given, |given, (household, person)| given.when(moved(household, person)).accepted());
    World::after(given.history().clone(), day("2026-04-21"))
}

/// Nothing happened yet.
pub(super) fn nothing() -> World {
    World::after(History::default(), day("2026-04-21"))
}
