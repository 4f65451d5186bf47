//! The episodes of a divorce, as somebody may see them: where a family stands on the way to rest, and what was decided on the way.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::divorce::episode::{LOOK_BACK_DUE, TRIAGE_DUE};
use domain::ids::{PersonId, Subject, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use projections::views::Kept;
use projections::views::episodes::{
    AcknowledgementView, ChosenView, EpisodeView, EpisodesView, RecognitionView, SeenView, SettlingView, SignalView,
    StrainView, TakenView, episodes,
};

use super::case::CaseNode;
use super::enums::{DivorceOpen, DivorceProgress, DivorceTrack, EpisodeState, EpisodeStep, Feature};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, knows, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What an episode is about, for the policy: what is said of both parents.
pub const TOPIC: Topic = Topic::Episode;
/// What concerns one parent, or flared up, is about: as what is told of a conflict.
const OF_ONE: Topic = Topic::Conflict;

const EPISODE: Field = Field::new("divorce.episode", TOPIC);
const STATE: Field = Field::new("divorce.episode.state", TOPIC);
const SIGNAL: Field = Field::new("divorce.episode.signal", TOPIC);
const SETTLING: Field = Field::new("divorce.episode.settling", TOPIC);
const RECOGNITION: Field = Field::new("divorce.episode.recognition", TOPIC);
const CHOICE: Field = Field::new("divorce.episode.choice", TOPIC);
const STEP: Field = Field::new("divorce.episode.step", TOPIC);
const OPEN: Field = Field::new("divorce.episode.open", TOPIC);
const PROPOSED: Field = Field::new("divorce.episode.proposed", OF_ONE);
const ACKNOWLEDGED: Field = Field::new("divorce.acknowledgement", OF_ONE);
const STRAIN: Field = Field::new("divorce.strain", OF_ONE);

fn of(person: PersonId) -> [Subject; 1] {
    [Subject::Person(person)]
}

/// Every episode, for a viewer who may know that it began, and what concerns one parent alone, for who may know that.
fn view(session: &Session<'_>, case: &CaseNode) -> EpisodesView {
    let covered = [TOPIC, OF_ONE].into_iter().any(|topic| case.mandate().covers(topic));
    if covered { case.read(session, episodes) } else { EpisodesView { episodes: Vec::new(), strains: Vec::new() } }
}

/// The episodes that the viewer may know of, in order.
pub fn known(session: &Session<'_>, case: &CaseNode) -> Vec<EpisodeNode> {
    view(session, case).episodes.into_iter().filter_map(|view| EpisodeNode::new(case, view)).collect()
}

/// The strains that parents named and of which the viewer may know.
pub fn strains(session: &Session<'_>, case: &CaseNode) -> Vec<NamedStrain> {
    let node = |view: StrainView| {
        let view = granted(case.mandate(), STRAIN, &of(view.person.value), view, |view| &view.person)?;
        Some(NamedStrain {
            fact_id: id(view.person.fact),
            person: case.person(view.person.value),
            on: Day(view.on),
            words: words(session, case.mandate(), STRAIN, &view.words),
        })
    };
    view(session, case).strains.into_iter().filter_map(node).collect()
}

/// What was acknowledged to whom, as far as the viewer may know: also to one parent alone.
pub fn acknowledgements(session: &Session<'_>, case: &CaseNode) -> Vec<DivorceAcknowledgement> {
    let all = view(session, case).episodes.into_iter().flat_map(|episode| episode.acknowledgements);
    all.filter_map(|one| acknowledgement(session, case, one)).collect()
}

fn acknowledgement(
    session: &Session<'_>,
    case: &CaseNode,
    view: AcknowledgementView,
) -> Option<DivorceAcknowledgement> {
    let about = of(view.person.value);
    let view = granted(case.mandate(), ACKNOWLEDGED, &about, view, |view| &view.person)?;
    Some(DivorceAcknowledgement {
        fact_id: id(view.person.fact),
        person: case.person(view.person.value),
        on: Day(view.on),
        reached: view.reached,
        words: view.words.as_ref().and_then(|kept| words(session, case.mandate(), ACKNOWLEDGED, kept)),
        by: worker(case, ACKNOWLEDGED, &about, &view.by),
    })
}

fn worker(case: &CaseNode, field: Field, about: &[Subject], kept: &Kept<WorkerId>) -> Option<WorkerNode> {
    plain(case.mandate(), field, about, kept).map(|worker| WorkerNode::new(worker, case.mandate().clone()))
}

/// A strain that a parent named.
#[derive(SimpleObject)]
pub struct NamedStrain {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The parent.
    person: Option<PersonNode>,
    /// The day.
    on: Day,
    /// In that parent's words.
    words: Option<String>,
}

/// What somebody noticed of a divorce.
#[derive(SimpleObject)]
pub struct DivorceSignal {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The day.
    on: Day,
    /// Who of the family or network noticed it.
    person: Option<PersonNode>,
    /// The professional who noticed it.
    worker: Option<WorkerNode>,
    /// Somebody else, as described.
    outside: Option<String>,
    /// What, in one sentence.
    words: Option<String>,
}

/// Where an episode came to stand.
#[derive(SimpleObject)]
pub struct DivorceEpisodeChange {
    /// The day.
    on: Day,
    /// Where it stands since then.
    state: EpisodeState,
    /// Names the fact that says so: the id of its timeline entry.
    fact_id: ID,
}

/// That an episode settled (komt tot rust).
#[derive(SimpleObject)]
pub struct DivorceSettling {
    /// Since this day.
    on: Day,
    /// The day that was agreed to look back, once.
    look_back: Option<Day>,
    /// What shows it.
    words: Option<String>,
}

/// That a professional saw a feature of a complex divorce.
#[derive(SimpleObject)]
pub struct SeenDivorceFeature {
    /// Which.
    feature: Option<Feature>,
    /// Who saw it.
    seen_by: Option<WorkerNode>,
    /// What was seen or heard.
    what: Option<String>,
}

/// That professionals recognised a complex divorce (herkend).
#[derive(SimpleObject)]
pub struct DivorceRecognition {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The day.
    on: Day,
    /// What they saw.
    seen: Vec<SeenDivorceFeature>,
    /// How they came to it.
    rationale: Option<String>,
    /// The parents to whom it was neither acknowledged nor tried yet.
    still_to_acknowledge: Vec<PersonNode>,
    /// Who recorded it.
    by: Option<WorkerNode>,
}

/// That it was acknowledged to one parent (erkend), or tried.
#[derive(SimpleObject)]
pub struct DivorceAcknowledgement {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The parent.
    person: Option<PersonNode>,
    /// The day.
    on: Day,
    /// Whether the parent could be spoken with.
    reached: bool,
    /// How that went, or what was tried.
    words: Option<String>,
    /// Who recorded it.
    by: Option<WorkerNode>,
}

/// A road that was weighed and not taken.
#[derive(SimpleObject)]
pub struct DivorceAlternative {
    /// Which.
    track: DivorceTrack,
    /// Why not.
    reason: Option<String>,
}

/// A track that was chosen.
#[derive(SimpleObject)]
pub struct DivorceTriage {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The day.
    on: Day,
    /// The track.
    track: DivorceTrack,
    /// Whether it took the place of another track at once.
    switched: bool,
    /// Why.
    reason: Option<String>,
    /// What was weighed beside it.
    alternatives: Vec<DivorceAlternative>,
    /// The parents who were informed.
    informed: Vec<PersonNode>,
    /// Why a parent was not.
    not_informed: Option<String>,
    /// Who recorded it.
    by: Option<WorkerNode>,
}

/// A step that somebody took.
#[derive(SimpleObject)]
pub struct DivorceStepTaken {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// The day.
    on: Day,
    /// Which.
    step: EpisodeStep,
    /// Why, or how it went.
    words: Option<String>,
    /// Who recorded it.
    by: Option<WorkerNode>,
}

/// What must follow, by when.
#[derive(SimpleObject)]
pub struct DivorceEpisodeOpen {
    /// What.
    what: DivorceOpen,
    /// Last day.
    last_day: Day,
}

/// That something flared up where it lay still: a step back is proposed, and a person decides.
#[derive(SimpleObject)]
pub struct DivorceStepBack {
    /// Where a step back would lead.
    to: EpisodeState,
    /// The days on which it flared up, since it lies still and was not asked about.
    flare_ups: Vec<Day>,
}

/// One episode of a divorce.
pub struct EpisodeNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<EpisodeView>,
}

impl EpisodeNode {
    fn new(case: &CaseNode, view: EpisodeView) -> Option<Self> {
        let about: Vec<Subject> = view.about.iter().copied().map(Subject::Person).collect();
        let view = granted(case.mandate(), EPISODE, &about, view, |view| &view.episode)?;
        Some(Self { case: case.clone(), about, view })
    }

    /// Whether it runs, as far as the viewer may know.
    #[must_use]
    pub fn runs(&self) -> bool {
        !matches!(self.stands(), Some(domain::divorce::episode::EpisodeState::Closed))
    }

    fn stands(&self) -> Option<domain::divorce::episode::EpisodeState> {
        let stands = self.view.stands_to(knows(self.case.mandate()))?;
        plain(self.case.mandate(), STATE, &self.about, stands).map(|(_, state)| state)
    }

    fn say(&self, session: &Session<'_>, field: Field, kept: &Kept<Personal<Text>>) -> Option<String> {
        words(session, self.case.mandate(), field, kept)
    }

    fn persons(&self, persons: &[PersonId]) -> Vec<PersonNode> {
        persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    fn day<T: Clone>(&self, field: Field, kept: &Kept<T>) -> Option<T> {
        plain(self.case.mandate(), field, &self.about, kept)
    }

    fn signal(&self, session: &Session<'_>, view: &SignalView) -> Option<DivorceSignal> {
        Some(DivorceSignal {
            fact_id: id(view.on.fact),
            on: Day(self.day(SIGNAL, &view.on)?),
            person: view.person.and_then(|person| self.case.person(person)),
            worker: view.worker.as_ref().and_then(|kept| worker(&self.case, SIGNAL, &self.about, kept)),
            outside: view.outside.as_ref().and_then(|kept| words(session, self.case.mandate(), SIGNAL, kept)),
            words: self.say(session, SIGNAL, &view.words),
        })
    }

    fn settled(&self, session: &Session<'_>, view: &SettlingView) -> Option<DivorceSettling> {
        Some(DivorceSettling {
            on: Day(self.day(SETTLING, &view.on)?),
            look_back: view.look_back.map(Day),
            words: self.say(session, SETTLING, &view.words),
        })
    }

    fn seen(&self, session: &Session<'_>, view: &SeenView) -> SeenDivorceFeature {
        let feature = personal(self.case.mandate(), RECOGNITION, &view.feature).known();
        SeenDivorceFeature {
            feature: feature.copied().map(Feature::from),
            seen_by: worker(&self.case, RECOGNITION, &self.about, &view.by),
            what: view.what.as_ref().and_then(|kept| self.say(session, RECOGNITION, kept)),
        }
    }

    fn recognised(&self, session: &Session<'_>, view: &RecognitionView) -> Option<DivorceRecognition> {
        Some(DivorceRecognition {
            fact_id: id(view.on.fact),
            on: Day(self.day(RECOGNITION, &view.on)?),
            seen: view.seen.iter().map(|one| self.seen(session, one)).collect(),
            rationale: self.say(session, RECOGNITION, &view.rationale),
            still_to_acknowledge: self.persons(&view.waiting),
            by: worker(&self.case, RECOGNITION, &self.about, &view.by),
        })
    }

    fn choice(&self, session: &Session<'_>, view: &ChosenView) -> Option<DivorceTriage> {
        let alternative = |(track, reason): &(domain::divorce::episode::DivorceTrack, Kept<Personal<Text>>)| {
            DivorceAlternative { track: (*track).into(), reason: self.say(session, CHOICE, reason) }
        };
        Some(DivorceTriage {
            fact_id: id(view.on.fact),
            on: Day(self.day(CHOICE, &view.on)?),
            track: view.track.into(),
            switched: view.switched,
            reason: self.say(session, CHOICE, &view.reason),
            alternatives: view.alternatives.iter().map(alternative).collect(),
            informed: self.persons(&view.informed),
            not_informed: view.not_informed.as_ref().and_then(|kept| self.say(session, CHOICE, kept)),
            by: worker(&self.case, CHOICE, &self.about, &view.by),
        })
    }

    fn step(&self, session: &Session<'_>, view: &TakenView) -> Option<DivorceStepTaken> {
        Some(DivorceStepTaken {
            fact_id: id(view.on.fact),
            on: Day(self.day(STEP, &view.on)?),
            step: view.step.into(),
            words: self.say(session, STEP, &view.words),
            by: worker(&self.case, STEP, &self.about, &view.by),
        })
    }
}

/// One episode of a divorce: from a signal to rest. Every episode of a case is kept.
#[Object(name = "DivorceEpisode")]
impl EpisodeNode {
    /// Names the episode.
    async fn id(&self) -> ID {
        id(self.view.episode.value)
    }

    /// The first of the case is 1.
    async fn number(&self) -> u32 {
        self.view.number
    }

    /// The parents as they were when it began.
    async fn parents(&self) -> Vec<PersonNode> {
        self.persons(&self.view.about)
    }

    /// Where it stands on the day looked at.
    async fn state(&self) -> Option<EpisodeState> {
        self.stands().map(EpisodeState::from)
    }

    /// Since when it stands there.
    async fn since(&self) -> Option<Day> {
        let stands = self.view.stands_to(knows(self.case.mandate()))?;
        self.day(STATE, stands).map(|(on, _)| Day(on))
    }

    /// Where it stood, in order of the day.
    async fn history(&self) -> Vec<DivorceEpisodeChange> {
        let change = |kept: &Kept<_>| {
            let (on, state): (_, domain::divorce::episode::EpisodeState) = self.day(STATE, kept)?;
            Some(DivorceEpisodeChange { on: Day(on), state: state.into(), fact_id: id(kept.fact) })
        };
        self.view.changes.iter().filter_map(change).collect()
    }

    /// The commands that can follow from there.
    async fn can_follow(&self) -> Vec<String> {
        let stands = self.stands();
        stands.map(EpisodeView::leads_on).unwrap_or_default().into_iter().map(str::to_owned).collect()
    }

    /// What was noticed, in order of the day.
    async fn signals(&self, ctx: &Context<'_>) -> Result<Vec<DivorceSignal>> {
        let session = Session::of(ctx)?;
        Ok(self.view.signals.iter().filter_map(|view| self.signal(&session, view)).collect())
    }

    /// That it settled (komt tot rust).
    async fn settling(&self, ctx: &Context<'_>) -> Result<Option<DivorceSettling>> {
        let session = Session::of(ctx)?;
        Ok(self.view.settling.as_ref().and_then(|view| self.settled(&session, view)))
    }

    /// That a complex divorce was recognised (herkend).
    async fn recognition(&self, ctx: &Context<'_>) -> Result<Option<DivorceRecognition>> {
        let session = Session::of(ctx)?;
        Ok(self.view.recognition.as_ref().and_then(|view| self.recognised(&session, view)))
    }

    /// The tracks that were chosen, with what was weighed beside each, in order.
    async fn triage(&self, ctx: &Context<'_>) -> Result<Vec<DivorceTriage>> {
        let session = Session::of(ctx)?;
        Ok(self.view.chosen.iter().filter_map(|view| self.choice(&session, view)).collect())
    }

    /// The track that holds on the day looked at.
    async fn track(&self) -> Option<DivorceTrack> {
        self.view.track_in(self.stands()?).map(DivorceTrack::from)
    }

    /// How far the track is, worked out from what was recorded of it.
    async fn progress(&self) -> Option<DivorceProgress> {
        self.stands()?;
        self.view.progress.map(DivorceProgress::from)
    }

    /// The steps that were taken, in order.
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<DivorceStepTaken>> {
        let session = Session::of(ctx)?;
        Ok(self.view.taken.iter().filter_map(|view| self.step(&session, view)).collect())
    }

    /// What must follow, by when.
    async fn open(&self) -> Vec<DivorceEpisodeOpen> {
        let open = |kept: &Kept<domain::fact::Due>| {
            let due = self.day(OPEN, kept)?;
            let what = match due.what.as_str() {
                TRIAGE_DUE => DivorceOpen::Triage,
                LOOK_BACK_DUE => DivorceOpen::LookBack,
                _ => return None,
            };
            Some(DivorceEpisodeOpen { what, last_day: Day(due.last_day) })
        };
        self.view.open.iter().filter_map(open).collect()
    }

    /// That a step back is proposed: it flared up where it lay still. Relapse is normal; a person decides.
    async fn step_back_proposed(&self) -> Option<DivorceStepBack> {
        let (to, flare_ups) = self.view.proposed.as_ref()?;
        let days: Vec<_> = flare_ups.iter().filter_map(|kept| self.day(PROPOSED, kept)).map(Day).collect();
        (!days.is_empty()).then(|| DivorceStepBack { to: (*to).into(), flare_ups: days })
    }
}
