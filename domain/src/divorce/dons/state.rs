//! Trajectories as they were told: who accompanies, which conversations were held and not held, what the parents work towards, what stands
//! in the way, how it ended.

use super::{BarrierKind, DonsConversationKind, DonsEvent, DonsPattern, DonsSubGoal, FamilyRepresentative, Usual};
use crate::case::CaseEvent;
use crate::divorce::Divorce;
use crate::fact::{Due, Fact};
use crate::ids::{BarrierId, DonsConversationId, EventId, ParentGoalId, PersonId, TrajectoryId, WorkerId};
use crate::personal::Personal;
use crate::regie::{Period, Regie, insert_ordered};
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A `DOnS` trajectory and who accompanies it.
#[derive(Clone, PartialEq, Debug)]
pub struct Duo {
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Two different people.
    pub representatives: [FamilyRepresentative; 2],
    /// First and last day.
    pub period: Period,
    /// How it ended, when somebody said so.
    pub ended: Option<DonsEnding>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How a trajectory ended.
#[derive(Clone, PartialEq, Debug)]
pub enum DonsEnding {
    /// Completed, with what came of it.
    Completed {
        /// For how the parents communicate.
        communication: Option<Personal<Text>>,
        /// For the contact with the children.
        contact: Option<Personal<Text>>,
        /// What was agreed.
        agreements: Option<Personal<Text>>,
        /// The fact that says so.
        fact: EventId,
    },
    /// Early: back to triage.
    Early {
        /// Why.
        reason: Personal<Text>,
        /// The fact that says so.
        fact: EventId,
    },
}

/// A conversation of a trajectory.
#[derive(Clone, PartialEq, Debug)]
pub struct DonsConversation {
    /// The conversation.
    pub id: DonsConversationId,
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Which kind.
    pub kind: DonsConversationKind,
    /// The day.
    pub day: CivilDay,
    /// Minutes of preparing and writing up.
    pub preparation: u32,
    /// Whether it took place, and how.
    pub took: Took,
    /// The fact that says so.
    pub fact: EventId,
}

/// Whether a conversation took place.
#[derive(Clone, PartialEq, Debug)]
pub enum Took {
    /// It was held.
    Held(DonsHeld),
    /// It was not: neither held nor a deviation.
    NotHeld(DonsNotHeld),
}

/// How a conversation was held.
#[derive(Clone, PartialEq, Debug)]
pub struct DonsHeld {
    /// Who of the family was present.
    pub present: Vec<PersonId>,
    /// Whether they were spoken with one after the other.
    pub apart: bool,
    /// Which workers were present.
    pub representatives: Vec<WorkerId>,
    /// How long it lasted.
    pub minutes: u32,
    /// What it was about.
    pub topics: Vec<Personal<Line>>,
    /// On which sub-goals it worked.
    pub sub_goals: Vec<DonsSubGoal>,
    /// What came of it.
    pub words: Option<Personal<Text>>,
    /// Which rules it did not follow, with the explanation.
    pub deviations: Vec<(String, Option<Personal<Text>>)>,
    /// By when it is to be explained.
    pub explain_by: Option<Due>,
}

/// Why a conversation was not held.
#[derive(Clone, PartialEq, Debug)]
pub struct DonsNotHeld {
    /// Who did not come.
    pub absent: Vec<PersonId>,
    /// Why.
    pub reason: Personal<Text>,
}

impl DonsConversation {
    /// How it was held, if it was.
    #[must_use]
    pub const fn held(&self) -> Option<&DonsHeld> {
        match &self.took {
            Took::Held(held) => Some(held),
            Took::NotHeld(_) => None,
        }
    }

    /// What it took in all, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        u64::from(self.preparation) + self.held().map_or(0, |held| u64::from(held.minutes))
    }

    fn deviates(&self) -> bool {
        self.held().is_some_and(|held| !held.deviations.is_empty())
    }
}

/// What became of a goal in one step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GoalStep {
    /// It was drafted.
    Drafted,
    /// It was adjusted.
    Adjusted,
    /// It was fixed as it stood.
    Fixed,
}

/// One step of a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Wording {
    /// What happened to it.
    pub step: GoalStep,
    /// The day.
    pub day: CivilDay,
    /// In which conversation.
    pub conversation: Option<DonsConversationId>,
    /// As it reads from then on; of a goal that was fixed, as it stood.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A goal of the parents.
#[derive(Clone, PartialEq, Debug)]
pub struct ParentGoal {
    /// The goal.
    pub id: ParentGoalId,
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Whose goal.
    pub parents: Vec<PersonId>,
    /// Every step, in the order told; never empty.
    pub steps: Vec<Wording>,
}

impl ParentGoal {
    /// The last step told.
    #[must_use]
    pub fn now(&self) -> Option<&Wording> {
        self.steps.last()
    }
}

/// Something that stands in the way, or did.
#[derive(Clone, PartialEq, Debug)]
pub struct Barrier {
    /// The barrier.
    pub id: BarrierId,
    /// What.
    pub kind: Personal<BarrierKind>,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// Since when.
    pub since: CivilDay,
    /// More about it.
    pub words: Option<Personal<Text>>,
    /// The day on which it was lifted, with more about it and the fact that says so.
    pub lifted: Option<(CivilDay, Option<Personal<Text>>, EventId)>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What is told of trajectories besides who accompanies them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Dons {
    conversations: Vec<DonsConversation>,
    goals: Vec<ParentGoal>,
    barriers: Vec<Barrier>,
}

/// The conversations of one trajectory up to a day.
pub(super) struct DonsTrajectory<'a>(Vec<&'a DonsConversation>);

impl<'a> DonsTrajectory<'a> {
    /// Those of this kind that were held.
    pub(super) fn held(&self, kind: DonsConversationKind) -> impl Iterator<Item = &'a DonsConversation> {
        self.0.iter().copied().filter(move |one| one.kind == kind && one.held().is_some())
    }
}

/// How far a trajectory is, beside what is usual. Figures only: no score.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DonsProgress {
    /// Each kind, in the usual order.
    pub kinds: Vec<DonsKindProgress>,
    /// Minutes logged, with preparation.
    pub minutes: u64,
    /// About how many hours are usual.
    pub usual_hours: u32,
    /// The parents who were spoken with alone.
    pub parents_alone: Vec<PersonId>,
}

/// How far a kind of conversation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DonsKindProgress {
    /// Which kind.
    pub kind: DonsConversationKind,
    /// What is usual.
    pub usual: Usual,
    /// How many were held.
    pub held: u32,
    /// How many were planned and not held.
    pub not_held: u32,
    /// How many of those held went otherwise than usual.
    pub deviations: u32,
}

impl Divorce {
    /// Who accompanies both parents on this day: at most one duo does.
    #[must_use]
    pub fn duo_on(&self, day: CivilDay) -> Option<&Duo> {
        self.duos.iter().rev().find(|duo| duo.period.holds_on(day))
    }

    /// Every duo, past and announced ones included, in order of the first day.
    #[must_use]
    pub fn duos(&self) -> &[Duo] {
        &self.duos
    }

    /// The duo of this trajectory.
    #[must_use]
    pub fn duo(&self, trajectory: TrajectoryId) -> Option<&Duo> {
        self.duos.iter().find(|duo| duo.trajectory == trajectory)
    }

    /// The duo on some of these days.
    pub(in crate::divorce) fn duo_within(&self, days: Period) -> Option<&Duo> {
        self.duos.iter().find(|duo| duo.period.first_shared_day(days).is_some())
    }

    /// Every conversation of every trajectory, in order of the day.
    #[must_use]
    pub fn dons_conversations(&self) -> &[DonsConversation] {
        &self.dons.conversations
    }

    /// This conversation.
    #[must_use]
    pub fn dons_conversation(&self, conversation: DonsConversationId) -> Option<&DonsConversation> {
        self.dons.conversations.iter().find(|one| one.id == conversation)
    }

    /// The goals of the parents, in the order told.
    #[must_use]
    pub fn parent_goals(&self) -> &[ParentGoal] {
        &self.dons.goals
    }

    /// This goal.
    #[must_use]
    pub fn parent_goal(&self, goal: ParentGoalId) -> Option<&ParentGoal> {
        self.dons.goals.iter().find(|one| one.id == goal)
    }

    /// What stands in the way or did, in the order told.
    #[must_use]
    pub fn barriers(&self) -> &[Barrier] {
        &self.dons.barriers
    }

    /// This barrier.
    #[must_use]
    pub fn barrier(&self, barrier: BarrierId) -> Option<&Barrier> {
        self.dons.barriers.iter().find(|one| one.id == barrier)
    }

    /// How far a trajectory is on a day, beside what is usual by this pattern.
    #[must_use]
    pub fn dons_progress(&self, trajectory: TrajectoryId, day: CivilDay, pattern: &DonsPattern) -> DonsProgress {
        let told = self.dons_on(trajectory, day);
        let kind = |kind: DonsConversationKind| {
            let of_kind = || told.0.iter().filter(|one| one.kind == kind);
            DonsKindProgress {
                kind,
                usual: pattern.usual(kind),
                held: many(of_kind().filter(|one| one.held().is_some())),
                not_held: many(of_kind().filter(|one| one.held().is_none())),
                deviations: many(of_kind().filter(|one| one.deviates())),
            }
        };
        DonsProgress {
            kinds: DonsConversationKind::ALL.into_iter().map(kind).collect(),
            minutes: told.0.iter().map(|one| one.minutes()).sum(),
            usual_hours: pattern.hours,
            parents_alone: self.dons_spoken_alone(trajectory, day),
        }
    }

    /// How many conversations of a kind were held up to a day.
    #[must_use]
    pub fn dons_held(&self, trajectory: TrajectoryId, kind: DonsConversationKind, day: CivilDay) -> usize {
        self.dons_on(trajectory, day).held(kind).count()
    }

    /// Who was spoken with alone in a preparatory conversation up to a day.
    #[must_use]
    pub fn dons_spoken_alone(&self, trajectory: TrajectoryId, day: CivilDay) -> Vec<PersonId> {
        let told = self.dons_on(trajectory, day);
        let held = told.held(DonsConversationKind::Preparatory).filter_map(DonsConversation::held);
        let alone = held.filter(|held| held.apart || held.present.len() == 1).flat_map(|held| held.present.clone());
        let mut once = Vec::new();
        for parent in alone {
            if !once.contains(&parent) {
                once.push(parent);
            }
        }
        once
    }

    /// Conversations that went otherwise than usual and wait for an explanation (see [`crate::dues`]).
    pub(in crate::divorce) fn dons_dues(&self) -> impl Iterator<Item = Due> {
        let held = self.dons.conversations.iter().filter_map(DonsConversation::held);
        let unexplained = |held: &&DonsHeld| held.deviations.iter().any(|(_, explained)| explained.is_none());
        held.filter(unexplained).filter_map(|held| held.explain_by.clone())
    }

    pub(super) fn dons_on(&self, trajectory: TrajectoryId, day: CivilDay) -> DonsTrajectory<'_> {
        let of_it = |one: &&DonsConversation| one.trajectory == trajectory && one.day <= day;
        DonsTrajectory(self.dons.conversations.iter().filter(of_it).collect())
    }

    fn end_dons(&mut self, trajectory: TrajectoryId, last_day: CivilDay, how: DonsEnding) {
        let runs = |duo: &&mut Duo| duo.trajectory == trajectory && duo.period.holds_on(last_day);
        if let Some(duo) = self.duos.iter_mut().find(runs) {
            duo.period.end(last_day);
            duo.ended = Some(how);
        }
    }
}

fn many<'a>(conversations: impl Iterator<Item = &'a &'a DonsConversation>) -> u32 {
    u32::try_from(conversations.count()).unwrap_or(u32::MAX)
}

/// What must follow when a deviation was not explained at once (rule 0).
pub const DONS_EXPLANATION_DUE: &str = "dons_explanation";

/// Takes a fact into the state. Total.
pub(in crate::divorce) fn apply(divorce: &mut Divorce, regie: &Regie, fact: &Fact<CaseEvent>, event: &DonsEvent) {
    let day = fact.occurred.day();
    match event.clone() {
        DonsEvent::DonsDuoAssigned { trajectory, representatives, from } => {
            let period = regie.within_the_case(Period::since(from));
            let duo = Duo { trajectory, representatives, period, ended: None, fact: fact.id };
            insert_ordered(&mut divorce.duos, duo, |duo| (duo.period.since, duo.trajectory));
        }
        DonsEvent::DonsEnded { trajectory, last_day, reason } => {
            divorce.end_dons(trajectory, last_day, DonsEnding::Early { reason, fact: fact.id });
        }
        DonsEvent::DonsCompleted { trajectory, last_day, communication, contact, agreements } => {
            let how = DonsEnding::Completed { communication, contact, agreements, fact: fact.id };
            divorce.end_dons(trajectory, last_day, how);
        }
        DonsEvent::DonsConversationHeld {
            conversation: id,
            trajectory,
            kind,
            present,
            apart,
            representatives,
            minutes,
            preparation,
            topics,
            sub_goals,
            words,
        } => {
            let marks = fact.departures.iter().map(|mark| (mark.rule.clone(), mark.explanation.clone()));
            let held = DonsHeld {
                present,
                apart,
                representatives,
                minutes,
                topics,
                sub_goals,
                words,
                deviations: marks.collect(),
                explain_by: fact.due.iter().find(|due| due.what == DONS_EXPLANATION_DUE).cloned(),
            };
            let took = Took::Held(held);
            divorce.dons.tell(DonsConversation { id, trajectory, kind, day, preparation, took, fact: fact.id });
        }
        DonsEvent::DonsConversationNotHeld { conversation: id, trajectory, kind, absent, preparation, reason } => {
            let took = Took::NotHeld(DonsNotHeld { absent, reason });
            divorce.dons.tell(DonsConversation { id, trajectory, kind, day, preparation, took, fact: fact.id });
        }
        event => divorce.dons.apply(fact, event),
    }
}

impl Dons {
    fn tell(&mut self, conversation: DonsConversation) {
        insert_ordered(&mut self.conversations, conversation, |one| one.day);
    }

    fn apply(&mut self, fact: &Fact<CaseEvent>, event: DonsEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event {
            DonsEvent::ParentGoalDrafted { goal, trajectory, parents, conversation, words } => {
                let drafted = Wording { step: GoalStep::Drafted, day, conversation, words, fact: id };
                self.goals.push(ParentGoal { id: goal, trajectory, parents, steps: vec![drafted] });
            }
            DonsEvent::ParentGoalAdjusted { goal, conversation, words } => {
                let adjusted = Wording { step: GoalStep::Adjusted, day, conversation, words, fact: id };
                self.step(goal, |_| Some(adjusted));
            }
            DonsEvent::ParentGoalFixed { goal, conversation } => self.step(goal, |known| {
                let words = known.now()?.words.clone();
                Some(Wording { step: GoalStep::Fixed, day, conversation, words, fact: id })
            }),
            DonsEvent::BarrierOpened { barrier, kind, persons, words } => {
                let opened = Barrier { id: barrier, kind, persons, since: day, words, lifted: None, fact: id };
                self.barriers.push(opened);
            }
            DonsEvent::BarrierLifted { barrier, words } => {
                if let Some(known) = self.barriers.iter_mut().find(|one| one.id == barrier) {
                    known.lifted.get_or_insert((day, words, id));
                }
            }
            DonsEvent::DonsDuoAssigned { .. }
            | DonsEvent::DonsEnded { .. }
            | DonsEvent::DonsCompleted { .. }
            | DonsEvent::DonsConversationHeld { .. }
            | DonsEvent::DonsConversationNotHeld { .. } => {}
        }
    }

    fn step(&mut self, goal: ParentGoalId, step: impl FnOnce(&ParentGoal) -> Option<Wording>) {
        let Some(known) = self.goals.iter_mut().find(|one| one.id == goal) else { return };
        let step = step(known);
        known.steps.extend(step);
    }
}
