//! How far a relation reaches into a case: which children, which households, whose personal layer (`privacy.md`, "Three layers"). The
//! policy says what kinds of data a relation sees; this says of whom. Both must allow.

use std::collections::BTreeSet;

use domain::consent::Category;
use domain::fact::{Actor, Audience};
use domain::ids::{HouseholdId, PersonId, ReviewId, ShareId, Subject, WorkerId};
use domain::layers::{Layer, Layers};
use projections::relations::Relations;

use super::relation::Relation;
use super::seen::Topic;

/// All of a kind, or these.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reached<T> {
    /// All of them.
    All,
    /// These, or none.
    These(BTreeSet<T>),
}

impl<T: Ord> Reached<T> {
    fn none() -> Self {
        Self::These(BTreeSet::new())
    }

    /// Whether it is among them.
    #[must_use]
    pub fn has(&self, one: &T) -> bool {
        match self {
            Self::All => true,
            Self::These(these) => these.contains(one),
        }
    }
}

impl<T: Ord> FromIterator<T> for Reached<T> {
    fn from_iter<I: IntoIterator<Item = T>>(these: I) -> Self {
        Self::These(these.into_iter().collect())
    }
}

/// How far a relation reaches into a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    /// Whose child layer.
    pub children: Reached<PersonId>,
    /// The layer of which households.
    pub households: Reached<HouseholdId>,
    /// Whose personal layer.
    pub persons: Reached<PersonId>,
    /// Where which households are, as who coordinates them.
    pub homes: Reached<HouseholdId>,
    /// Which questions to a divorce advice team, as one of those they were put to.
    pub reviews: Reached<ReviewId>,
    /// Which shares, as the receiver.
    pub shares: Reached<ShareId>,
    /// About what at all, whatever else the policy shows.
    pub topics: Reached<Topic>,
    /// About what it may know that stands in no layer. Of anything else there only what is about those it reaches.
    pub common: Reached<Topic>,
}

/// What somebody may know of a case as a whole who works for a few of its people only.
const AROUND: [Topic; 5] = [Topic::Status, Topic::Regie, Topic::Staff, Topic::Sat, Topic::Sharing];

impl Reach {
    /// All of the case, also every question and share as those who received it.
    #[must_use]
    pub const fn everything() -> Self {
        Self {
            children: Reached::All,
            households: Reached::All,
            persons: Reached::All,
            homes: Reached::All,
            reviews: Reached::All,
            shares: Reached::All,
            topics: Reached::All,
            common: Reached::All,
        }
    }

    /// Every layer. What was put to a few is theirs.
    fn layers() -> Self {
        Self { homes: Reached::none(), reviews: Reached::none(), shares: Reached::none(), ..Self::everything() }
    }

    /// What stands in no layer.
    #[must_use]
    pub fn case() -> Self {
        Self { children: Reached::none(), households: Reached::none(), persons: Reached::none(), ..Self::layers() }
    }

    /// What a relation reaches, as far as these facts say so. The table stands in `docs/decisions/0008-gate.md`.
    #[must_use]
    pub fn of(relation: Relation, facts: &Relations, actor: &Actor) -> Self {
        let worker = actor.worker;
        match relation {
            Relation::Director | Relation::Deputy => Self::everything(),
            // The policy keeps access, once there was a director, to who directs and takes part; successor and privacy officer to theirs.
            Relation::Emergency | Relation::AccessWorker | Relation::Successor | Relation::PrivacyOfficer => {
                Self::layers()
            }
            Relation::Coordinator => of_coordinator(facts, worker),
            Relation::Supporter => {
                let held = facts.supporters.iter().filter(|held| held.worker == worker);
                let persons = held.flat_map(|held| held.named_by.iter().copied()).collect();
                Self { children: Reached::All, persons, ..Self::case() }
            }
            Relation::ExpertTeam => {
                let held = facts.expert_team.iter().filter(|held| held.worker == worker);
                let children = held.flat_map(|held| held.children.iter().copied());
                of_a_few(facts, children.filter(|child| !facts.grown_ups.contains(child)))
            }
            Relation::FamilyRepresentative => {
                let reviews = facts.duo_questions.iter().copied().collect();
                Self { children: Reached::All, reviews, ..Self::case() }
            }
            Relation::OnCall => Self { children: Reached::All, ..Self::case() },
            Relation::SatAdvisor => of_advisor(facts, actor),
            Relation::SatTeam => Self { reviews: reviews(facts, actor), ..Self::case() },
            Relation::Representative => {
                let held = facts.representatives.iter().filter(|held| held.worker == worker);
                of_a_few(facts, held.map(|held| held.person))
            }
            Relation::Receiver => of_receiver(facts, worker),
            Relation::TeamLead
            | Relation::Notified
            | Relation::SatTeamLead
            | Relation::AttentionOfficer
            | Relation::Manager
            | Relation::Own
            | Relation::None => Self::case(),
        }
    }

    /// Whether what stands in these layers is reached.
    #[must_use]
    pub fn reaches(&self, layers: &Layers) -> bool {
        layers.reached_by(|layer| layer == Layer::Case || self.reaches_beyond_case(layer))
    }

    /// Whether something about this, of these subjects, is reached where it stands.
    #[must_use]
    pub fn knows(&self, topic: Topic, layers: &Layers, about: &[Subject]) -> bool {
        let common = || self.common.has(&topic) || (!about.is_empty() && about.iter().all(|one| self.is_of(*one)));
        let reached = |layer| if layer == Layer::Case { common() } else { self.reaches_beyond_case(layer) };
        self.topics.has(&topic) && layers.reached_by(reached)
    }

    /// Whether an audience names somebody who is reached.
    #[must_use]
    pub fn admits(&self, audience: &Audience) -> bool {
        match audience {
            Audience::Child(child) => self.children.has(child),
            Audience::Households(households) => is_among(&self.households, households),
            Audience::Persons(persons) => is_among(&self.persons, persons),
            Audience::Case | Audience::Director | Audience::Workers(_) | Audience::Author => true,
        }
    }

    fn reaches_beyond_case(&self, layer: Layer) -> bool {
        match layer {
            Layer::Case => false,
            Layer::Child(child) => self.children.has(&child),
            Layer::Household(household) => self.households.has(&household),
            Layer::Person(person) => self.persons.has(&person),
            Layer::Whereabouts(household) => self.homes.has(&household),
            Layer::Review(review) => self.reviews.has(&review),
            Layer::Share(share) => self.shares.has(&share),
        }
    }

    /// Whether this is somebody or some household that is reached.
    #[must_use]
    pub fn is_of(&self, subject: Subject) -> bool {
        match subject {
            Subject::Person(person) => self.persons.has(&person) || self.children.has(&person),
            Subject::Household(household) => self.households.has(&household),
            Subject::Case(_) | Subject::Signal(_) | Subject::Record(_) | Subject::Worker(_) => false,
        }
    }
}

fn is_among<T: Ord>(reached: &Reached<T>, named: &[T]) -> bool {
    *reached == Reached::All || named.iter().any(|one| reached.has(one))
}

fn of_coordinator(facts: &Relations, worker: WorkerId) -> Reach {
    let held = || facts.coordinators.iter().filter(|held| held.worker == worker);
    let households: Reached<_> = held().map(|held| held.household).collect();
    let persons = held().flat_map(|held| held.members.iter().copied()).collect();
    Reach { children: Reached::All, homes: households.clone(), households, persons, ..Reach::case() }
}

/// Of a child the child layer, of a grown-up the personal one, and of the case as a whole what is around them.
fn of_a_few(facts: &Relations, persons: impl Iterator<Item = PersonId>) -> Reach {
    let (persons, children): (BTreeSet<_>, BTreeSet<_>) = persons.partition(|person| facts.grown_ups.contains(person));
    Reach {
        children: Reached::These(children),
        persons: Reached::These(persons),
        common: Reached::from_iter(AROUND),
        ..Reach::case()
    }
}

/// Of those whom the questions are about; the plan, when everyone of each lets it be shared.
fn of_advisor(facts: &Relations, actor: &Actor) -> Reach {
    let held = || facts.advisors.iter().filter(|held| held.worker == actor.worker);
    let topics = if held().all(|held| held.plan) {
        Reached::All
    } else {
        Topic::ALL.into_iter().filter(|topic| *topic != Topic::Plan).collect()
    };
    Reach {
        reviews: reviews(facts, actor),
        topics,
        ..of_a_few(facts, held().flat_map(|held| held.scope.iter().copied()))
    }
}

/// Of everyone about whom something was shared, no more than what was shared about anybody: a share that names more people than kinds
/// is one share.
fn of_receiver(facts: &Relations, worker: WorkerId) -> Reach {
    let held = || facts.receivers.iter().filter(|held| held.worker == worker);
    let kinds = held().flat_map(|held| held.categories.iter().copied()).filter_map(topic_of);
    let topics = [Topic::Status, Topic::Staff, Topic::Sharing].into_iter().chain(kinds).collect();
    let shares = held().map(|held| held.share).collect();
    Reach { shares, topics, ..of_a_few(facts, held().flat_map(|held| held.persons.iter().copied())) }
}

/// The questions whose words are somebody's to read: those they accepted, and those their team was asked and nobody accepted yet.
fn reviews(facts: &Relations, actor: &Actor) -> Reached<ReviewId> {
    let own = facts.advisors.iter().filter(|held| held.worker == actor.worker && held.told).map(|held| held.review);
    let asked = facts.asked_teams.iter().filter(|team| team.is_told(actor.worker, &actor.organisation));
    own.chain(asked.map(|team| team.review)).collect()
}

/// Where data of a kind are found in a case, as far as they are.
const fn topic_of(category: Category) -> Option<Topic> {
    match category {
        Category::Identity => Some(Topic::People),
        Category::Plan => Some(Topic::Divorce),
        Category::Signal => Some(Topic::Signal),
        Category::School | Category::Health | Category::Wellbeing | Category::Escalation => None,
    }
}
