//! Every episode of a case, in order, and where each stood on a day.

use super::super::Divorce;
use super::events::{DivorceTrack, EpisodeEvent, NoticedBy, SeenFeature, Weighed};
use super::machine::{By, EpisodeState, EpisodeStep, transition};
use crate::case::{CaseEvent, CaseState};
use crate::dues::judged_on;
use crate::fact::{Due, Fact};
use crate::ids::{EpisodeId, EventId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::text::Text;
use crate::time::CivilDay;

/// A day that was agreed to look back once on what settled.
pub const LOOK_BACK_DUE: &str = "divorce_look_back";
/// Acknowledged to the parents; triage must follow.
pub const TRIAGE_DUE: &str = "divorce_triage";

/// What somebody noticed.
#[derive(Clone, PartialEq, Debug)]
pub struct DivorceSignal {
    /// The day.
    pub on: CivilDay,
    /// Who noticed it.
    pub noticed_by: NoticedBy,
    /// What.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A strain that a parent named.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedStrain {
    /// The day.
    pub on: CivilDay,
    /// The parent.
    pub person: PersonId,
    /// What that parent said.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it settles.
#[derive(Clone, PartialEq, Debug)]
pub struct Settling {
    /// Since this day.
    pub on: CivilDay,
    /// The day that was agreed to look back.
    pub look_back: Option<CivilDay>,
    /// What shows it.
    pub words: Personal<Text>,
    /// By when looking back must follow.
    pub due: Option<Due>,
    /// On which day it was looked back on.
    pub looked_back: Option<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That professionals recognised a complex divorce.
#[derive(Clone, PartialEq, Debug)]
pub struct Recognition {
    /// The day.
    pub on: CivilDay,
    /// What they saw.
    pub seen: Vec<SeenFeature>,
    /// How they came to it.
    pub rationale: Personal<Text>,
    /// The parents to whom it must be acknowledged.
    pub parents: Vec<PersonId>,
    /// Who recorded it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it was acknowledged to a parent, or tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Acknowledgement {
    /// The day.
    pub on: CivilDay,
    /// The parent.
    pub person: PersonId,
    /// Whether the parent could be spoken with.
    pub reached: bool,
    /// How that went.
    pub words: Option<Personal<Text>>,
    /// Who recorded it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// A track that was chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Chosen {
    /// The day.
    pub on: CivilDay,
    /// The track.
    pub track: DivorceTrack,
    /// Whether it took the place of another at once.
    pub switched: bool,
    /// What was weighed.
    pub weighed: Weighed,
    /// Who recorded it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// A step that a person took.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// The day.
    pub on: CivilDay,
    /// Which.
    pub step: EpisodeStep,
    /// Why, or how it went.
    pub words: Personal<Text>,
    /// The flare-ups that it answers.
    pub flare_ups: Vec<EventId>,
    /// Who recorded it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

/// That an episode came to stand elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The day.
    pub on: CivilDay,
    /// Where it stands since then.
    pub to: EpisodeState,
    /// The fact that says so.
    pub fact: EventId,
}

/// One episode.
#[derive(Clone, PartialEq, Debug)]
pub struct Episode {
    /// The episode.
    pub id: EpisodeId,
    /// The first of the case is 1.
    pub number: u32,
    /// The parents as they were when it began.
    pub about: Vec<PersonId>,
    /// What was noticed, in order of the day.
    pub signals: Vec<DivorceSignal>,
    /// Where it stood, in order of the day; never nothing.
    pub changes: Vec<Change>,
    /// That it settled, last.
    pub settling: Option<Settling>,
    /// That a complex divorce was recognised.
    pub recognition: Option<Recognition>,
    /// That this was acknowledged, in order of the day.
    pub acknowledgements: Vec<Acknowledgement>,
    /// The tracks that were chosen, in order.
    pub chosen: Vec<Chosen>,
    /// The steps that were taken, in order.
    pub taken: Vec<Taken>,
    /// By when triage must follow on what was acknowledged.
    triage_due: Option<Due>,
}

impl Episode {
    /// Where it stands by everything that was told.
    #[must_use]
    pub fn state(&self) -> EpisodeState {
        self.changes.last().map_or(EpisodeState::Quiet, |change| change.to)
    }

    /// Where it stood on a day.
    #[must_use]
    pub fn state_on(&self, day: CivilDay) -> EpisodeState {
        self.change_on(day).map_or(EpisodeState::Quiet, |change| change.to)
    }

    /// Since when it stands where it stood on a day.
    #[must_use]
    pub fn change_on(&self, day: CivilDay) -> Option<&Change> {
        self.changes.iter().rfind(|change| change.on <= day)
    }

    /// The first day.
    #[must_use]
    pub fn since(&self) -> Option<CivilDay> {
        self.changes.first().map(|change| change.on)
    }

    /// The day of the last change.
    pub(super) fn last_change(&self) -> Option<CivilDay> {
        self.changes.last().map(|change| change.on)
    }

    /// The track that was chosen last and still holds on this day: not once triage chooses again, nor once it is closed.
    #[must_use]
    pub fn track_on(&self, day: CivilDay) -> Option<DivorceTrack> {
        use EpisodeState::{Closed, ContactRestoration, Rest, Review};
        match self.state_on(day) {
            Review | Rest | ContactRestoration => {
                self.changes.iter().rfind(|change| change.on <= day && change.to.track().is_some())?.to.track()
            }
            Closed => None,
            state => state.track(),
        }
    }

    /// The recognition, when it was there on this day.
    #[must_use]
    pub fn recognition_on(&self, day: CivilDay) -> Option<&Recognition> {
        self.recognition.as_ref().filter(|recognition| recognition.on <= day)
    }

    /// The parents who were neither told nor tried, of those to whom it must be acknowledged.
    #[must_use]
    pub fn not_acknowledged(&self) -> Vec<PersonId> {
        let parents = self.recognition.iter().flat_map(|recognition| &recognition.parents);
        let told = |person: &PersonId| self.acknowledgements.iter().any(|told| told.person == *person);
        parents.copied().filter(|person| !told(person)).collect()
    }

    /// Whether it was recognised and each parent was told or tried.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.recognition.is_some() && self.not_acknowledged().is_empty()
    }

    /// Since when it lies still: settling, or at rest with or without contact that is sought.
    pub(super) fn still_since(&self, day: CivilDay) -> Option<CivilDay> {
        let so_far = self.changes.iter().rev().skip_while(|change| change.on > day);
        so_far.take_while(|change| change.to.is_still()).last().map(|change| change.on)
    }

    fn answered(&self) -> impl Iterator<Item = EventId> + '_ {
        self.taken.iter().flat_map(|taken| taken.flare_ups.iter().copied())
    }

    /// What must follow as it stands on a day, and the fact that it rests on.
    #[must_use]
    pub fn open_on(&self, day: CivilDay) -> Vec<(&Due, EventId)> {
        let stands = self.change_on(day);
        let triage = stands.filter(|change| change.to == EpisodeState::Acknowledged);
        let triage = triage.and_then(|change| Some((self.triage_due.as_ref()?, change.fact)));
        let settling = stands.filter(|change| change.to == EpisodeState::Settling).and(self.settling.as_ref());
        let look_back = settling.filter(|settling| settling.looked_back.is_none_or(|on| day < on));
        let look_back = look_back.and_then(|settling| Some((settling.due.as_ref()?, settling.fact)));
        triage.into_iter().chain(look_back).collect()
    }

    fn open_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        let triage = self.triage_due.as_ref();
        let triage = triage.filter(|due| self.state_on(judged_on(due, today)) == EpisodeState::Acknowledged);
        let settling = self.settling.as_ref().filter(|settling| settling.looked_back.is_none());
        let look_back = settling.and_then(|settling| settling.due.as_ref());
        let look_back = look_back.filter(|due| self.state_on(judged_on(due, today)) == EpisodeState::Settling);
        [triage.cloned(), look_back.cloned()].into_iter().flatten()
    }

    /// Where this leads, by everything that was told: for `decide` and for `apply`.
    pub(super) fn target(&self, event: &EpisodeEvent) -> Option<(By, EpisodeState)> {
        Some(match event {
            EpisodeEvent::DivorceSignalRecorded { .. } => (By::Signal, EpisodeState::Signalled),
            EpisodeEvent::DivorceSettling { .. } => (By::Settle, EpisodeState::Settling),
            EpisodeEvent::ParentStrainNamed { .. } => return None,
            EpisodeEvent::ComplexDivorceRecognised { .. } => (By::Recognise, EpisodeState::Recognised),
            EpisodeEvent::ComplexDivorceAcknowledged { person, .. } => {
                let waits = self.not_acknowledged().iter().any(|parent| parent != person);
                let to = if waits { EpisodeState::Recognised } else { EpisodeState::Acknowledged };
                (By::Acknowledge, to)
            }
            EpisodeEvent::DivorceTriageDecided { track, .. } => (By::Triage, EpisodeState::of_track(*track)),
            EpisodeEvent::DivorceTrackSwitched { track, .. } => (By::Switch, EpisodeState::of_track(*track)),
            EpisodeEvent::DivorceEpisodeMoved { step, .. } => (By::Step(*step), self.after(*step)),
        })
    }

    /// Where a step leads from here.
    pub(super) fn after(&self, step: EpisodeStep) -> EpisodeState {
        match step {
            EpisodeStep::LookedBack | EpisodeStep::Stayed => self.state(),
            EpisodeStep::ReturnedToTriage if self.is_acknowledged() => EpisodeState::Acknowledged,
            EpisodeStep::ReturnedToTriage => EpisodeState::Signalled,
            EpisodeStep::TrackContinued => {
                self.chosen.last().map_or(EpisodeState::Review, |chosen| EpisodeState::of_track(chosen.track))
            }
            EpisodeStep::RestReached | EpisodeStep::ContactRestorationEnded => EpisodeState::Rest,
            EpisodeStep::ContactRestorationStarted => EpisodeState::ContactRestoration,
            EpisodeStep::SteppedBack if self.state() == EpisodeState::Settling => EpisodeState::Signalled,
            EpisodeStep::Reviewed | EpisodeStep::SteppedBack => EpisodeState::Review,
            EpisodeStep::Closed => EpisodeState::Closed,
        }
    }
}

/// That something flared up where it lay still: a step back is proposed, and a person decides (divorce.md).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepBackProposed {
    /// The episode.
    pub episode: EpisodeId,
    /// Where it stands.
    pub from: EpisodeState,
    /// Where a step back would lead.
    pub to: EpisodeState,
    /// The flare-ups that nobody answered, in order of the day.
    pub flare_ups: Vec<EventId>,
    /// The day of the first of them.
    pub since: CivilDay,
}

/// What is proposed on this day, if anything.
#[must_use]
pub fn step_back_proposed(state: &CaseState, day: CivilDay) -> Option<StepBackProposed> {
    let episode = state.divorce.episode_on(day)?;
    let still = episode.still_since(day)?;
    let mut open: Vec<(CivilDay, EventId)> = state
        .conflicts
        .all()
        .into_iter()
        .flat_map(|conflict| &conflict.flare_ups)
        .filter(|flare_up| still <= flare_up.on && flare_up.on <= day)
        .filter(|flare_up| !episode.answered().any(|fact| fact == flare_up.fact))
        .map(|flare_up| (flare_up.on, flare_up.fact))
        .collect();
    open.sort_by_key(|(on, _)| *on);
    Some(StepBackProposed {
        episode: episode.id,
        from: episode.state_on(day),
        to: episode.after(EpisodeStep::SteppedBack),
        since: open.first()?.0,
        flare_ups: open.into_iter().map(|(_, fact)| fact).collect(),
    })
}

impl Divorce {
    /// Every episode, in order.
    #[must_use]
    pub fn episodes(&self) -> &[Episode] {
        &self.episodes
    }

    /// This episode.
    #[must_use]
    pub fn episode(&self, id: EpisodeId) -> Option<&Episode> {
        self.episodes.iter().find(|episode| episode.id == id)
    }

    /// The episode that runs on this day: at most one does.
    #[must_use]
    pub fn episode_on(&self, day: CivilDay) -> Option<&Episode> {
        let runs = |state| !matches!(state, EpisodeState::Quiet | EpisodeState::Closed);
        self.episodes.iter().rfind(|episode| runs(episode.state_on(day)))
    }

    /// The episode that began last.
    pub(super) fn last_episode(&self) -> Option<&Episode> {
        self.episodes.last()
    }

    /// Whether a complex divorce is recognised on this day, in the episode that runs.
    #[must_use]
    pub fn recognised_on(&self, day: CivilDay) -> bool {
        self.episode_on(day).is_some_and(|episode| episode.recognition_on(day).is_some())
    }

    /// The track that holds on this day, in the episode that runs.
    #[must_use]
    pub fn track_on(&self, day: CivilDay) -> Option<DivorceTrack> {
        self.episode_on(day)?.track_on(day)
    }

    /// What parents named as a strain of their own, in order of the day.
    #[must_use]
    pub fn strains(&self) -> &[NamedStrain] {
        &self.strains
    }

    pub(in crate::divorce) fn episode_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.episodes.iter().flat_map(move |episode| episode.open_dues(today))
    }
}

/// Takes a fact into the state. Total: what speaks of an episode that is not there has no effect.
pub(in crate::divorce) fn apply(divorce: &mut Divorce, fact: &Fact<CaseEvent>, event: &EpisodeEvent) {
    if let EpisodeEvent::ParentStrainNamed { person, words } = event {
        let strain = NamedStrain { on: fact.occurred.day(), person: *person, words: words.clone(), fact: fact.id };
        insert(&mut divorce.strains, strain, |strain| strain.on);
        return;
    }
    if let EpisodeEvent::DivorceSignalRecorded { episode, about, .. } = event
        && divorce.episode(*episode).is_none()
    {
        let number = u32::try_from(divorce.episodes.len()).unwrap_or(u32::MAX).saturating_add(1);
        divorce.episodes.push(begun(*episode, number, about.clone()));
    }
    let Some(id) = event.episode() else { return };
    let Some(episode) = divorce.episodes.iter_mut().find(|episode| episode.id == id) else { return };
    let target = episode.target(event);
    take(episode, fact, event);
    let day = fact.occurred.day();
    let change = |to, on| Change { on, to, fact: fact.id };
    match target {
        // A signal begins an episode once; an acknowledgement counts as long as nothing was chosen on it.
        Some((By::Signal, to)) if episode.changes.is_empty() => episode.changes.push(change(to, day)),
        Some((By::Signal, _)) | None => {}
        Some((By::Acknowledge, to)) => {
            if episode.state() == EpisodeState::Recognised && to == EpisodeState::Acknowledged {
                // Whichever was told first, it is the last talk that completes it.
                let last = episode.acknowledgements.last().map_or((day, fact.id), |told| (told.on, told.fact));
                let on = episode.last_change().map_or(last.0, |change| change.max(last.0));
                episode.changes.push(Change { on, to, fact: last.1 });
            }
        }
        Some((_, to)) if to == episode.state() => {}
        Some((_, to)) => episode.changes.push(change(to, day)),
    }
}

/// Whether it rests on what was told before it: of an episode that is there, from where the table leads on. Every decision sees to it; a
/// correction may take it away.
pub(in crate::divorce) fn stands(divorce: &Divorce, fact: &Fact<CaseEvent>, event: &EpisodeEvent) -> bool {
    let Some(id) = event.episode() else { return true };
    let day = fact.occurred.day();
    let known = divorce.episode(id);
    match event {
        EpisodeEvent::DivorceSignalRecorded { .. } => {
            let over = |last: &Episode| last.state() == EpisodeState::Closed;
            known.is_some() || divorce.last_episode().is_none_or(over)
        }
        EpisodeEvent::ComplexDivorceAcknowledged { person, .. } => {
            let recognition = known.and_then(|episode| episode.recognition_on(day));
            recognition.is_some_and(|recognition| recognition.parents.contains(person))
        }
        event => known.is_some_and(|episode| {
            let in_order = episode.last_change().is_some_and(|last| last <= day);
            let led = episode.target(event).and_then(|(by, to)| transition(episode.state(), by, to));
            in_order && led.is_some()
        }),
    }
}

const fn begun(id: EpisodeId, number: u32, about: Vec<PersonId>) -> Episode {
    Episode {
        id,
        number,
        about,
        signals: Vec::new(),
        changes: Vec::new(),
        settling: None,
        recognition: None,
        acknowledgements: Vec::new(),
        chosen: Vec::new(),
        taken: Vec::new(),
        triage_due: None,
    }
}

/// Keeps what the fact says.
fn take(episode: &mut Episode, fact: &Fact<CaseEvent>, event: &EpisodeEvent) {
    let (on, by, id) = (fact.occurred.day(), fact.actor.worker, fact.id);
    if let Some(due) = carried(&fact.due, TRIAGE_DUE) {
        episode.triage_due = Some(due);
    }
    match event.clone() {
        EpisodeEvent::DivorceSignalRecorded { noticed_by, words, .. } => {
            insert(&mut episode.signals, DivorceSignal { on, noticed_by, words, fact: id }, |signal| signal.on);
        }
        EpisodeEvent::DivorceSettling { look_back, words, .. } => {
            let due = carried(&fact.due, LOOK_BACK_DUE);
            episode.settling = Some(Settling { on, look_back, words, due, looked_back: None, fact: id });
        }
        EpisodeEvent::ParentStrainNamed { .. } => {}
        EpisodeEvent::ComplexDivorceRecognised { seen, rationale, parents, .. } => {
            episode.recognition = Some(Recognition { on, seen, rationale, parents, by, fact: id });
        }
        EpisodeEvent::ComplexDivorceAcknowledged { person, reached, words, .. } => {
            let told = Acknowledgement { on, person, reached, words, by, fact: id };
            // Told on one day, in the order in which they joined: ids say nothing.
            let parents = episode.recognition.as_ref().map(|found| found.parents.clone()).unwrap_or_default();
            let joined = |told: &Acknowledgement| parents.iter().position(|parent| *parent == told.person);
            insert(&mut episode.acknowledgements, told, |told| (told.on, joined(told)));
        }
        EpisodeEvent::DivorceTriageDecided { track, weighed, .. } => {
            episode.chosen.push(Chosen { on, track, switched: false, weighed, by, fact: id });
        }
        EpisodeEvent::DivorceTrackSwitched { track, weighed, .. } => {
            episode.chosen.push(Chosen { on, track, switched: true, weighed, by, fact: id });
        }
        EpisodeEvent::DivorceEpisodeMoved { step, words, flare_ups, .. } => {
            if let (EpisodeStep::LookedBack, Some(settling)) = (step, episode.settling.as_mut()) {
                settling.looked_back.get_or_insert(on);
            }
            episode.taken.push(Taken { on, step, words, flare_ups, by, fact: id });
        }
    }
}

/// Puts it in order, behind what was told earlier of the same place: by the day mostly.
fn insert<T, K: Ord>(entries: &mut Vec<T>, entry: T, key: impl Fn(&T) -> K) {
    let place = entries.partition_point(|earlier| key(earlier) <= key(&entry));
    entries.insert(place, entry);
}
