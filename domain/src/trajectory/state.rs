//! Every trajectory, what it served through time, and what became of each extension.

use super::{
    EXTENSION_DUE, ExtensionAdvice, ExtensionOutcome, JUSTIFICATION_DUE, ReviewRole, TRAJECTORY_DUE, TrajectoryEnding,
    TrajectoryEvent,
};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, ExtensionId, GoalId, HelpTrajectoryId, PersonId, WorkerId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// Help of a provider.
#[derive(Clone, PartialEq, Debug)]
pub struct Trajectory {
    /// The trajectory.
    pub id: HelpTrajectoryId,
    /// Which product.
    pub product: Personal<Line>,
    /// By which provider.
    pub provider: Personal<Line>,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// Which professional gives it, when known.
    pub worker: Option<WorkerId>,
    /// The first day.
    pub from: CivilDay,
    /// The last day as agreed when it began.
    pub until: Option<CivilDay>,
    /// Whether it may harm.
    pub may_harm: bool,
    /// The day it was told of.
    pub told: CivilDay,
    /// Which goals it served through time, the first ones first.
    pub goals: Vec<GoalsSet>,
    /// Extensions that were asked, in the order told.
    pub extensions: Vec<Extension>,
    /// How it ended.
    pub ended: Option<Ended>,
    end_due: Option<Due>,
    justification_due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Which goals a trajectory served from a day on.
#[derive(Clone, PartialEq, Debug)]
pub struct GoalsSet {
    /// The goals.
    pub goals: Vec<GoalId>,
    /// Why these.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// An extension that was asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Extension {
    /// The extension.
    pub id: ExtensionId,
    /// Until when it was asked.
    pub until: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// The day it was asked.
    pub asked: CivilDay,
    /// Which goals had changed since the trajectory began.
    pub changed: Vec<GoalId>,
    /// The name under which three roles see it; `None` when nothing had changed.
    pub pseudonym: Option<String>,
    /// The views of the roles, in the order told.
    pub views: Vec<GivenView>,
    /// What was decided, in the order told: again only after an objection.
    pub decisions: Vec<Decided>,
    /// Who objected, in the order told.
    pub objections: Vec<Objection>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// The view of a role.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenView {
    /// Which role.
    pub role: ReviewRole,
    /// Who spoke for it.
    pub worker: WorkerId,
    /// What it advises.
    pub advice: ExtensionAdvice,
    /// Why.
    pub view: Personal<Text>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// What the college decided.
#[derive(Clone, PartialEq, Debug)]
pub struct Decided {
    /// What.
    pub outcome: ExtensionOutcome,
    /// Until when help goes on, when granted.
    pub until: Option<CivilDay>,
    /// Why.
    pub reason: Personal<Text>,
    /// Who decided.
    pub decided_by: Personal<Line>,
    /// The day.
    pub on: CivilDay,
    /// Until and with this day objection is open.
    pub objection_until: CivilDay,
    end_due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody objected.
#[derive(Clone, PartialEq, Debug)]
pub struct Objection {
    /// Who.
    pub person: PersonId,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// To which decision, by its place.
    pub against: usize,
    /// The fact that says so.
    pub fact: EventId,
}

/// How a trajectory ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Ended {
    /// The last day.
    pub last_day: CivilDay,
    /// The day it was told of.
    pub on: CivilDay,
    /// How.
    pub how: TrajectoryEnding,
    /// More about it.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Trajectory {
    /// The goals it serves now.
    #[must_use]
    pub fn goals_now(&self) -> &[GoalId] {
        self.goals.last().map_or(&[], |set| set.goals.as_slice())
    }

    /// Every goal it ever served, in order.
    #[must_use]
    pub fn goals_ever(&self) -> Vec<GoalId> {
        each_once(&self.goals.iter().flat_map(|set| set.goals.iter().copied()).collect::<Vec<_>>())
    }

    /// The agreed last day by what was decided up to this day; `None` while none was agreed.
    #[must_use]
    pub fn until_on(&self, day: CivilDay) -> Option<CivilDay> {
        let decided = self.extensions.iter().filter_map(|extension| {
            let counts = |decided: &&Decided| decided.on <= day;
            extension.decisions.iter().rev().find(counts)?.until
        });
        self.until.map(|agreed| decided.fold(agreed, CivilDay::max))
    }

    /// The extension that waits for its decision.
    #[must_use]
    pub fn waiting(&self) -> Option<&Extension> {
        self.extensions.iter().find(|extension| extension.decisions.is_empty())
    }

    fn end_due(&self) -> Option<&Due> {
        let granted = self.extensions.iter().filter_map(|extension| extension.decisions.last()?.end_due.as_ref());
        self.end_due.iter().chain(granted).max_by_key(|due| due.last_day)
    }
}

impl Extension {
    /// The last day for the decision, by the law.
    #[must_use]
    pub fn decide_by(&self) -> Option<CivilDay> {
        self.due.as_ref().map(|due| due.last_day)
    }

    /// The roles whose view is still missing.
    #[must_use]
    pub fn missing(&self) -> Vec<ReviewRole> {
        let given = |role: &ReviewRole| self.views.iter().any(|view| view.role == *role);
        let needed = ReviewRole::ALL.into_iter().filter(|_| self.pseudonym.is_some());
        needed.filter(|role| !given(role)).collect()
    }

    /// Whether each of three roles gave its view, each by somebody else.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        let last = |role: ReviewRole| self.views.iter().rev().find(|view| view.role == role).map(|view| view.worker);
        let speakers: Vec<_> = ReviewRole::ALL.into_iter().filter_map(last).collect();
        self.pseudonym.is_none() || (self.missing().is_empty() && each_once(&speakers).len() == speakers.len())
    }
}

/// Trajectories in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trajectories {
    trajectories: Vec<Trajectory>,
}

impl Trajectories {
    /// Every trajectory.
    #[must_use]
    pub fn all(&self) -> &[Trajectory] {
        &self.trajectories
    }

    /// This trajectory.
    #[must_use]
    pub fn get(&self, trajectory: HelpTrajectoryId) -> Option<&Trajectory> {
        self.trajectories.iter().find(|known| known.id == trajectory)
    }

    /// This extension, with its trajectory.
    #[must_use]
    pub fn extension(&self, extension: ExtensionId) -> Option<(&Trajectory, &Extension)> {
        let of = |known| Extension::is(known, extension);
        self.trajectories.iter().find_map(|known| Some((known, known.extensions.iter().find(|one| of(one))?)))
    }

    /// What must follow: a trajectory ends or is extended, an extension is decided, help that may harm is justified.
    pub(super) fn open_dues(&self, justified: impl Fn(HelpTrajectoryId) -> bool) -> Vec<Due> {
        let running = || self.trajectories.iter().filter(|known| known.ended.is_none());
        let ends = running().filter_map(Trajectory::end_due);
        let decisions = running().filter_map(|known| known.waiting()?.due.as_ref());
        let justify = running().filter(|known| !justified(known.id));
        let justify = justify.filter_map(|known| known.justification_due.as_ref());
        ends.chain(decisions).chain(justify).cloned().collect()
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &TrajectoryEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            TrajectoryEvent::TrajectoryStarted {
                trajectory,
                product,
                provider,
                persons,
                worker,
                from,
                until,
                may_harm,
            } => {
                let started = Trajectory {
                    id: trajectory,
                    product,
                    provider,
                    persons,
                    worker,
                    from,
                    until,
                    may_harm,
                    told: on,
                    goals: Vec::new(),
                    extensions: Vec::new(),
                    ended: None,
                    end_due: carried(&fact.due, TRAJECTORY_DUE),
                    justification_due: carried(&fact.due, JUSTIFICATION_DUE),
                    fact: id,
                };
                self.trajectories.push(started);
            }
            TrajectoryEvent::TrajectoryGoalsSet { trajectory, goals, words } => {
                self.change(trajectory, |known| known.goals.push(GoalsSet { goals, words, on, fact: id }));
            }
            TrajectoryEvent::TrajectoryEnded { trajectory, last_day, how, words } => {
                self.change(trajectory, |known| known.ended = Some(Ended { last_day, on, how, words, fact: id }));
            }
            TrajectoryEvent::ExtensionAsked { extension, trajectory, until, reason, changed, pseudonym } => {
                let asked = Extension {
                    id: extension,
                    until,
                    reason,
                    asked: on,
                    changed,
                    pseudonym,
                    views: Vec::new(),
                    decisions: Vec::new(),
                    objections: Vec::new(),
                    due: carried(&fact.due, EXTENSION_DUE),
                    fact: id,
                };
                self.change(trajectory, |known| known.extensions.push(asked));
            }
            event => self.apply_to_extension(fact, event),
        }
    }

    fn apply_to_extension(&mut self, fact: &Fact<CaseEvent>, event: TrajectoryEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event {
            TrajectoryEvent::ExtensionViewGiven { extension, role, worker, advice, view } => {
                let given = GivenView { role, worker, advice, view, on, fact: id };
                self.change_extension(extension, |known| known.views.push(given));
            }
            TrajectoryEvent::ExtensionDecided { extension, outcome, until, reason, decided_by, objection_until } => {
                let end_due = carried(&fact.due, TRAJECTORY_DUE);
                let decided = Decided { outcome, until, reason, decided_by, on, objection_until, end_due, fact: id };
                self.change_extension(extension, |known| known.decisions.push(decided));
            }
            TrajectoryEvent::ExtensionObjected { extension, person, words } => {
                self.change_extension(extension, |known| {
                    let against = known.decisions.len().saturating_sub(1);
                    known.objections.push(Objection { person, words, on, against, fact: id });
                });
            }
            TrajectoryEvent::TrajectoryStarted { .. }
            | TrajectoryEvent::TrajectoryGoalsSet { .. }
            | TrajectoryEvent::ExtensionAsked { .. }
            | TrajectoryEvent::TrajectoryEnded { .. } => {}
        }
    }

    fn change(&mut self, id: HelpTrajectoryId, change: impl FnOnce(&mut Trajectory)) {
        if let Some(known) = self.trajectories.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }

    fn change_extension(&mut self, id: ExtensionId, change: impl FnOnce(&mut Extension)) {
        let mut all = self.trajectories.iter_mut().flat_map(|known| known.extensions.iter_mut());
        if let Some(extension) = all.find(|known| known.is(id)) {
            change(extension);
        }
    }
}

impl Extension {
    fn is(&self, id: ExtensionId) -> bool {
        self.id == id
    }
}
