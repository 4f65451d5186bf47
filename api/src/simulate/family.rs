//! Who a family is, before anything is written down about it.

use domain::people::{AuthorityKind, FamilyRole};
use domain::time::CivilDay;

use super::dice::Dice;
use super::shares;
use super::words::{FAMILIES, MEN, WOMEN};

/// Somebody of a family.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) born: CivilDay,
    pub(super) role: FamilyRole,
    pub(super) woman: bool,
}

/// A family: the parents first, then the children, then who else is in from the start. Its people are known by their place in this list,
/// which is the order in which they join the case.
#[derive(Clone, Debug)]
pub(super) struct Family {
    pub(super) members: Vec<Member>,
    /// 1 or 2.
    pub(super) parents: usize,
    /// 1 to 4.
    pub(super) children: usize,
    /// Two parents who live apart.
    pub(super) apart: bool,
    pub(super) authority: AuthorityKind,
    /// Which of the members have authority over the children.
    pub(super) holders: Vec<usize>,
}

impl Family {
    /// A family as it is on the day the case opens.
    pub(super) fn invent(day: CivilDay, dice: &mut Dice) -> Self {
        let parents = if dice.falls(shares::TWO_PARENTS) { 2 } else { 1 };
        let children = 1 + dice.weighted(shares::CHILDREN.of);
        let (one, other) = (dice.word(FAMILIES), dice.word(FAMILIES));
        let mut family = Self {
            members: Vec::new(),
            parents,
            children,
            apart: parents == 2 && dice.falls(shares::APART),
            authority: AuthorityKind::OneParent,
            holders: Vec::new(),
        };
        let oldest = dice.between(0..=6_500);
        let first_is_woman = dice.between(0..=99) < 85;
        let second_is_woman = dice.falls(shares::SAME_SEX) == first_is_woman;
        for (surname, woman) in [(one, first_is_woman), (other, second_is_woman)].into_iter().take(parents) {
            let age_at_birth = dice.between(20 * 365..=38 * 365);
            family.add(surname, day.minus_days(oldest + age_at_birth), FamilyRole::Parent, woman, dice);
        }
        let mut born = oldest;
        for _ in 0..children {
            let girl = dice.between(0..=1) == 0;
            family.add(one, day.minus_days(born), FamilyRole::Child, girl, dice);
            // The next one is younger; twins when there is no room for that.
            born -= dice.between(300.min(born)..=1_600.min(born));
        }
        if dice.falls(shares::NETWORK) {
            let woman = dice.between(0..=2) < 2;
            let age = dice.between(25 * 365..=75 * 365);
            family.add(dice.word(FAMILIES), day.minus_days(age), FamilyRole::NetworkMember, woman, dice);
        }
        family.settle_authority(dice);
        family
    }

    /// Adds somebody whose first name nobody else has, so that nobody is taken for another.
    fn add(&mut self, surname: &str, born: CivilDay, role: FamilyRole, woman: bool, dice: &mut Dice) {
        let name = self.new_name(surname, woman, dice);
        self.members.push(Member { name, born, role, woman });
    }

    /// A name that nobody of the family has.
    pub(super) fn new_name(&self, surname: &str, woman: bool, dice: &mut Dice) -> String {
        let names = if woman { WOMEN } else { MEN };
        let first = dice.place(names.len());
        let taken = |name: &str| self.members.iter().any(|member| member.name.split(' ').next() == Some(name));
        let free = names.iter().cycle().skip(first).take(names.len()).find(|name| !taken(name));
        format!("{} {surname}", free.copied().unwrap_or_default())
    }

    fn settle_authority(&mut self, dice: &mut Dice) {
        use AuthorityKind::{
            Guardianship, JointParents, JointWithOther, OneParent, TemporarilyNone, UnderInvestigation, Undetermined,
        };
        let kinds: &[(AuthorityKind, u32)] = &if self.parents == 2 {
            let kinds = [JointParents, OneParent, JointWithOther, Undetermined, UnderInvestigation, TemporarilyNone];
            kinds.into_iter().zip(shares::AUTHORITY_OF_TWO.of.iter().copied()).collect::<Vec<_>>()
        } else {
            let kinds = [OneParent, Guardianship, Undetermined];
            kinds.into_iter().zip(shares::AUTHORITY_OF_ONE.of.iter().copied()).collect::<Vec<_>>()
        };
        let weights: Vec<u32> = kinds.iter().map(|(_, weight)| *weight).collect();
        let kind = kinds.get(dice.weighted(&weights)).map_or(OneParent, |(kind, _)| *kind);
        let network = self.others().next();
        (self.authority, self.holders) = match (kind, network) {
            (JointWithOther, Some(other)) => (JointWithOther, vec![0, other]),
            // Somebody else must be there to have it with.
            (JointParents, _) | (JointWithOther, None) => (JointParents, vec![0, 1]),
            (Guardianship, Some(other)) => (Guardianship, vec![other]),
            (OneParent, _) => (OneParent, vec![0]),
            (other, _) => (other, Vec::new()),
        };
    }

    /// The places of the parents.
    pub(super) fn parents(&self) -> std::ops::Range<usize> {
        0..self.parents
    }

    /// The places of the children.
    pub(super) fn children(&self) -> std::ops::Range<usize> {
        self.parents..self.parents + self.children
    }

    /// The places of everybody else.
    pub(super) fn others(&self) -> std::ops::Range<usize> {
        self.parents + self.children..self.members.len()
    }

    /// Age in completed years.
    pub(super) fn age(&self, member: usize, day: CivilDay) -> u32 {
        self.members.get(member).map_or(0, |member| day.age_of(member.born))
    }
}
