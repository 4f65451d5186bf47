//! A `DOnS` trajectory on a day: the conversations held and not held, how far it is beside what is usual, the goals of the parents, what
//! stands in the way, how it ended.

use domain::divorce::{
    Barrier, BarrierKind, DonsConversation, DonsConversationKind, DonsEnding, DonsHeld, DonsProgress, DonsSubGoal, Duo,
    GoalStep, ParentGoal, Took, Wording,
};
use domain::ids::{BarrierId, DonsConversationId, ParentGoalId, PersonId, TrajectoryId, WorkerId};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// What is told of trajectories by the day.
#[derive(Clone, PartialEq, Debug)]
pub struct DonsView {
    /// How far the trajectory of the day is, or the last one that began by then. Figures, by the fact that it began.
    pub progress: Option<Kept<(TrajectoryId, DonsProgress)>>,
    /// How trajectories ended, in order of the first day.
    pub endings: Vec<Kept<EndingView>>,
    /// Every conversation, in order of the day.
    pub conversations: Vec<ConversationView>,
    /// The goals of the parents, in the order told.
    pub goals: Vec<ParentGoalView>,
    /// What stands in the way or did, in the order told.
    pub barriers: Vec<BarrierView>,
}

/// How a trajectory ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndingView {
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// The last day.
    pub last_day: Option<CivilDay>,
    /// Whether it was completed; else it ended early.
    pub completed: bool,
    /// Why it ended early.
    pub reason: Option<Kept<Personal<Text>>>,
    /// What came of it for how the parents communicate.
    pub communication: Option<Kept<Personal<Text>>>,
    /// What came of it for the contact with the children.
    pub contact: Option<Kept<Personal<Text>>>,
    /// What was agreed.
    pub agreements: Option<Kept<Personal<Text>>>,
}

/// A conversation of a trajectory.
#[derive(Clone, PartialEq, Debug)]
pub struct ConversationView {
    /// The conversation, with who may know of it.
    pub conversation: Kept<DonsConversationId>,
    /// Which kind.
    pub kind: DonsConversationKind,
    /// The day.
    pub day: CivilDay,
    /// Minutes of preparing and writing up.
    pub preparation: u32,
    /// How it was held; `None` of one that was not.
    pub held: Option<HeldView>,
    /// Of one that was not held, who did not come.
    pub absent: Vec<PersonId>,
    /// Of one that was not held, why.
    pub reason: Option<Kept<Personal<Text>>>,
}

/// How a conversation was held.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldView {
    /// Who of the family was present.
    pub present: Vec<PersonId>,
    /// Whether they were spoken with one after the other.
    pub apart: bool,
    /// Which workers were present.
    pub representatives: Kept<Vec<WorkerId>>,
    /// How long it lasted.
    pub minutes: u32,
    /// What it was about.
    pub topics: Vec<Kept<Personal<Line>>>,
    /// On which sub-goals it worked.
    pub sub_goals: Vec<DonsSubGoal>,
    /// What came of it.
    pub words: Option<Kept<Personal<Text>>>,
    /// Where it went otherwise than usual.
    pub deviations: Vec<DeviationView>,
}

/// Where a conversation went otherwise than usual.
#[derive(Clone, PartialEq, Debug)]
pub struct DeviationView {
    /// Which rule, as a stable word.
    pub rule: String,
    /// Why; `None` while nobody explained it.
    pub explanation: Option<Kept<Personal<Text>>>,
}

/// A goal of the parents.
#[derive(Clone, PartialEq, Debug)]
pub struct ParentGoalView {
    /// The goal, with who may know of it.
    pub goal: Kept<ParentGoalId>,
    /// Whose goal.
    pub parents: Vec<PersonId>,
    /// Every step by the day, in the order told.
    pub steps: Vec<Kept<StepView>>,
}

/// One step of a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct StepView {
    /// What happened to it.
    pub step: GoalStep,
    /// The day.
    pub day: CivilDay,
    /// In which conversation.
    pub conversation: Option<DonsConversationId>,
    /// As it read from then on.
    pub words: Kept<Personal<Text>>,
}

/// The day on which a barrier was lifted, and more about it.
pub type Lifted = (CivilDay, Option<Kept<Personal<Text>>>);

/// Something that stands in the way, or did.
#[derive(Clone, PartialEq, Debug)]
pub struct BarrierView {
    /// The barrier, with who may know of it.
    pub barrier: Kept<BarrierId>,
    /// What.
    pub kind: Kept<Personal<BarrierKind>>,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// Since when.
    pub since: CivilDay,
    /// More about it.
    pub words: Option<Kept<Personal<Text>>>,
    /// That it was lifted by the day: when, and more about it.
    pub lifted: Option<Kept<Lifted>>,
}

/// What is told of trajectories on the day.
#[must_use]
pub fn dons(reading: &Reading<'_>) -> DonsView {
    let (divorce, day) = (&reading.state().divorce, reading.day());
    let begun = || divorce.duos().iter().filter(|duo| duo.period.since <= day);
    let last = divorce.duo_on(day).or_else(|| begun().next_back());
    let progress = |duo: &Duo| {
        let progress = divorce.dons_progress(duo.trajectory, day, &reading.terms.dons);
        // How many there are leads to nobody.
        let kept = reading.kept((), duo.fact).counted();
        kept.with((duo.trajectory, progress))
    };
    let conversations = divorce.dons_conversations().iter().filter(|one| one.day <= day);
    DonsView {
        progress: last.map(progress),
        endings: begun().filter_map(|duo| ending(reading, duo)).collect(),
        conversations: conversations.map(|one| conversation(reading, one)).collect(),
        goals: divorce.parent_goals().iter().filter_map(|known| goal(reading, known)).collect(),
        barriers: divorce
            .barriers()
            .iter()
            .filter(|known| known.since <= day)
            .map(|known| barrier(reading, known))
            .collect(),
    }
}

fn ending(reading: &Reading<'_>, duo: &Duo) -> Option<Kept<EndingView>> {
    let last_day = duo.period.until.filter(|until| *until <= reading.day())?;
    let none = EndingView {
        trajectory: duo.trajectory,
        last_day: Some(last_day),
        completed: false,
        reason: None,
        communication: None,
        contact: None,
        agreements: None,
    };
    Some(match duo.ended.clone()? {
        DonsEnding::Completed { communication, contact, agreements, fact } => {
            let kept = |words: Option<Personal<Text>>| words.map(|words| reading.kept(words, fact));
            let (communication, contact) = (kept(communication), kept(contact));
            let agreements = kept(agreements);
            reading.kept(EndingView { completed: true, communication, contact, agreements, ..none }, fact)
        }
        DonsEnding::Early { reason, fact } => {
            let reason = Some(reading.kept(reason, fact));
            reading.kept(EndingView { reason, ..none }, fact)
        }
    })
}

fn conversation(reading: &Reading<'_>, known: &DonsConversation) -> ConversationView {
    let (held, absent, reason) = match &known.took {
        Took::Held(held) => (Some(as_held(reading, known, held)), Vec::new(), None),
        Took::NotHeld(not) => {
            let reason = reading.kept(not.reason.clone(), known.fact);
            (None, reading.by_joining(&not.absent), Some(reason))
        }
    };
    ConversationView {
        conversation: reading.kept(known.id, known.fact),
        kind: known.kind,
        day: known.day,
        preparation: known.preparation,
        held,
        absent,
        reason,
    }
}

fn as_held(reading: &Reading<'_>, known: &DonsConversation, held: &DonsHeld) -> HeldView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), known.fact);
    let deviation = |(rule, explanation): &(String, Option<Personal<Text>>)| DeviationView {
        rule: rule.clone(),
        explanation: explanation.as_ref().map(kept),
    };
    HeldView {
        present: reading.by_joining(&held.present),
        apart: held.apart,
        representatives: reading.kept_workers(held.representatives.clone(), known.fact),
        minutes: held.minutes,
        topics: held.topics.iter().map(|topic| reading.kept(topic.clone(), known.fact)).collect(),
        sub_goals: held.sub_goals.clone(),
        words: held.words.as_ref().map(kept),
        deviations: held.deviations.iter().map(deviation).collect(),
    }
}

fn goal(reading: &Reading<'_>, known: &ParentGoal) -> Option<ParentGoalView> {
    let so_far = known.steps.iter().filter(|step| step.day <= reading.day());
    let steps: Vec<_> = so_far.map(|step| reading.kept(as_step(reading, step), step.fact)).collect();
    let first = steps.first()?;
    Some(ParentGoalView { goal: first.with(known.id), parents: reading.by_joining(&known.parents), steps })
}

fn as_step(reading: &Reading<'_>, step: &Wording) -> StepView {
    let words = reading.kept(step.words.clone(), step.fact);
    StepView { step: step.step, day: step.day, conversation: step.conversation, words }
}

fn barrier(reading: &Reading<'_>, known: &Barrier) -> BarrierView {
    let lifted = known.lifted.as_ref().filter(|(on, ..)| *on <= reading.day());
    let lifted = lifted.map(|(on, words, fact)| {
        let words = words.as_ref().map(|words| reading.kept(words.clone(), *fact));
        reading.kept((*on, words), *fact)
    });
    BarrierView {
        barrier: reading.kept(known.id, known.fact),
        kind: reading.kept(known.kind.clone(), known.fact),
        persons: reading.by_joining(&known.persons),
        since: known.since,
        words: known.words.as_ref().map(|words| reading.kept(words.clone(), known.fact)),
        lifted,
    }
}
