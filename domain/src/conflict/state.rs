//! Every conflict of a case with what was said of it, by person and in order of the day.

use std::collections::BTreeMap;

use super::{ConflictEvent, EnergyPercent, GlaslStage, Medium, NetworkEffect, ParentingForm, Reaction, RestKind};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{ConflictId, EventId, PersonId, Revision, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// A conflict between named people.
#[derive(Clone, PartialEq, Debug)]
pub struct Conflict {
    /// The conflict.
    pub id: ConflictId,
    /// Between whom.
    pub between: Vec<PersonId>,
    /// About what.
    pub about: Personal<Text>,
    /// The day since which it is known.
    pub since: CivilDay,
    /// Its place in the history.
    pub told: Revision,
    /// How each experienced it, in order of the day.
    pub stages: BTreeMap<PersonId, Vec<Assessed>>,
    /// What each said of their energy, in order of the day.
    pub energy: BTreeMap<PersonId, Vec<Energy>>,
    /// What each of the network does to it, in order of the day.
    pub network: BTreeMap<PersonId, Vec<NetworkAssessed>>,
    /// When it flared up, in order of the day.
    pub flare_ups: Vec<FlareUp>,
    /// When it came to rest, in order of the day.
    pub rests: Vec<Rest>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How somebody experienced a conflict on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessed {
    /// The day.
    pub on: CivilDay,
    /// The stage; nothing when it could not be said.
    pub stage: Option<Personal<GlaslStage>>,
    /// What was seen or heard.
    pub observations: Personal<Text>,
    /// Who assessed it.
    pub by: WorkerId,
    /// By which version of the ladder.
    pub model: String,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody said of the energy that a conflict takes.
#[derive(Clone, PartialEq, Debug)]
pub struct Energy {
    /// The day.
    pub on: CivilDay,
    /// Of a hundred.
    pub percent: Personal<EnergyPercent>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody of the network does to a conflict, as assessed about a day.
#[derive(Clone, PartialEq, Debug)]
pub struct NetworkAssessed {
    /// The day.
    pub on: CivilDay,
    /// Feeds it, calms it, or it could not be said.
    pub effect: Personal<NetworkEffect>,
    /// On what it rests.
    pub basis: Personal<Text>,
    /// Who assessed it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a conflict flared up.
#[derive(Clone, PartialEq, Debug)]
pub struct FlareUp {
    /// The day.
    pub on: CivilDay,
    /// By which way.
    pub medium: Personal<Medium>,
    /// What set it off.
    pub trigger: Personal<Text>,
    /// What each did.
    pub reactions: Vec<Reaction>,
    /// Who of those in the conflict told it.
    pub told_by: Option<PersonId>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a conflict came to rest.
#[derive(Clone, PartialEq, Debug)]
pub struct Rest {
    /// The day.
    pub on: CivilDay,
    /// How.
    pub kind: RestKind,
    /// What shows it.
    pub reason: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How a parent was a parent beside the other, from a day on.
#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    /// The parent.
    pub person: PersonId,
    /// The day.
    pub on: CivilDay,
    /// The form.
    pub form: Personal<ParentingForm>,
    /// On what it rests.
    pub basis: Personal<Text>,
    /// Who assessed it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it was calm, as somebody says.
#[derive(Clone, PartialEq, Debug)]
pub struct Calm {
    /// Who says so.
    pub person: PersonId,
    /// In which conflict, if one is meant.
    pub conflict: Option<ConflictId>,
    /// First day.
    pub from: CivilDay,
    /// Last day; nothing while it is still calm.
    pub until: Option<CivilDay>,
    /// What helped, or what it was like.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A stage that lies higher than the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rise {
    /// The day on which it was assessed.
    pub on: CivilDay,
    /// The stage since then.
    pub to: GlaslStage,
    /// By how many stages.
    pub by: u8,
    /// The assessment.
    pub fact: EventId,
}

/// Where stages rose since the last one that was known before, of one person in one conflict, in order. What could not be said or can no
/// longer be read is passed over: it is neither a rise nor the end of one.
pub fn rises<'a>(assessed: impl IntoIterator<Item = &'a Assessed>) -> Vec<Rise> {
    let known = assessed.into_iter().filter_map(|one| Some((one, *one.stage.as_ref()?.known()?)));
    let mut before: Option<GlaslStage> = None;
    let mut rises = Vec::new();
    for (one, to) in known {
        let by = before.map_or(0, |before| to.number().saturating_sub(before.number()));
        if by > 0 {
            rises.push(Rise { on: one.on, to, by, fact: one.fact });
        }
        before = Some(to);
    }
    rises
}

impl Conflict {
    /// How this person experienced it, by the day.
    #[must_use]
    pub fn stages_of(&self, person: PersonId, day: CivilDay) -> impl DoubleEndedIterator<Item = &Assessed> {
        self.stages.get(&person).into_iter().flatten().filter(move |one| one.on <= day)
    }

    /// How this person experienced it on the day, as last assessed.
    #[must_use]
    pub fn stage_on(&self, person: PersonId, day: CivilDay) -> Option<&Assessed> {
        self.stages_of(person, day).next_back()
    }

    /// What this one of the network does to it, by the day.
    #[must_use]
    pub fn effects_of(&self, person: PersonId, day: CivilDay) -> impl DoubleEndedIterator<Item = &NetworkAssessed> {
        self.network.get(&person).into_iter().flatten().filter(move |one| one.on <= day)
    }

    /// That it lies still on this day: as long as it did not flare up since.
    #[must_use]
    pub fn rest_on(&self, day: CivilDay) -> Option<&Rest> {
        let rest = self.rests.iter().rfind(|rest| rest.on <= day)?;
        let again = self.flare_ups.iter().any(|flare_up| rest.on < flare_up.on && flare_up.on <= day);
        (!again).then_some(rest)
    }
}

/// The conflicts of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conflicts {
    by_id: BTreeMap<ConflictId, Conflict>,
    forms: BTreeMap<PersonId, Vec<Form>>,
    calm: BTreeMap<PersonId, Vec<Calm>>,
}

impl Conflicts {
    /// This conflict.
    #[must_use]
    pub fn conflict(&self, conflict: ConflictId) -> Option<&Conflict> {
        self.by_id.get(&conflict)
    }

    /// All, in order of the day since which they are known.
    #[must_use]
    pub fn all(&self) -> Vec<&Conflict> {
        let mut all: Vec<_> = self.by_id.values().collect();
        all.sort_by_key(|conflict| (conflict.since, conflict.told));
        all
    }

    /// How parents were parents beside each other, by parent, each in order of the day.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.forms.values().flatten()
    }

    /// Calm periods, by who says so, each in order of the first day.
    pub fn calm(&self) -> impl Iterator<Item = &Calm> {
        self.calm.values().flatten()
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ConflictEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            ConflictEvent::ConflictNamed { conflict, between, about } => {
                let named = Conflict {
                    id: conflict,
                    between,
                    about,
                    since: on,
                    told: fact.revision,
                    stages: BTreeMap::new(),
                    energy: BTreeMap::new(),
                    network: BTreeMap::new(),
                    flare_ups: Vec::new(),
                    rests: Vec::new(),
                    fact: id,
                };
                self.by_id.entry(conflict).or_insert(named);
            }
            ConflictEvent::ParentingFormAssessed { person, form, basis, by } => {
                let form = Form { person, on, form, basis, by, fact: id };
                insert(self.forms.entry(person).or_default(), form, |form| form.on);
            }
            ConflictEvent::CalmPeriodReported { person, conflict, from, until, words } => {
                let calm = Calm { person, conflict, from, until, words, fact: id };
                insert(self.calm.entry(person).or_default(), calm, |calm| calm.from);
            }
            event => self.apply_to_conflict(event, on, id),
        }
    }

    /// What is said of a conflict that is not there (it was struck out) has no effect.
    fn apply_to_conflict(&mut self, event: ConflictEvent, on: CivilDay, fact: EventId) {
        let Some(conflict) = event.conflict().and_then(|conflict| self.by_id.get_mut(&conflict)) else { return };
        match event {
            ConflictEvent::GlaslStageAssessed { person, stage, observations, by, model, .. } => {
                let assessed = Assessed { on, stage, observations, by, model, fact };
                insert(conflict.stages.entry(person).or_default(), assessed, |one| one.on);
            }
            ConflictEvent::NetworkEffectAssessed { person, effect, basis, by, .. } => {
                let assessed = NetworkAssessed { on, effect, basis, by, fact };
                insert(conflict.network.entry(person).or_default(), assessed, |one| one.on);
            }
            ConflictEvent::FlareUpRecorded { medium, trigger, reactions, told_by, .. } => {
                let flare_up = FlareUp { on, medium, trigger, reactions, told_by, fact };
                insert(&mut conflict.flare_ups, flare_up, |one| one.on);
            }
            ConflictEvent::ConflictEnergyReported { person, percent, .. } => {
                let energy = Energy { on, percent, fact };
                insert(conflict.energy.entry(person).or_default(), energy, |one| one.on);
            }
            ConflictEvent::ConflictRested { kind, reason, .. } => {
                insert(&mut conflict.rests, Rest { on, kind, reason, fact }, |one| one.on);
            }
            ConflictEvent::ConflictNamed { .. }
            | ConflictEvent::ParentingFormAssessed { .. }
            | ConflictEvent::CalmPeriodReported { .. } => {}
        }
    }
}

/// Puts it in order of the day, behind what was told earlier about that day.
fn insert<T>(entries: &mut Vec<T>, entry: T, day: impl Fn(&T) -> CivilDay) {
    let place = entries.partition_point(|earlier| day(earlier) <= day(&entry));
    entries.insert(place, entry);
}
