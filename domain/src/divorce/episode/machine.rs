//! The states of an episode and the steps between them, in one table. `decide` follows it, corrections are judged by it, and
//! `docs/workflow.md` is drawn from it: nothing else says what may follow what (divorce.md, "States of a case's divorce episode").

use serde::{Deserialize, Serialize};

use super::events::DivorceTrack;

/// Where an episode stands. Without an episode it is quiet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EpisodeState {
    /// Nothing was signalled, or not yet.
    Quiet,
    /// Somebody noticed something.
    Signalled,
    /// The parents are parents together or beside each other: it settles.
    Settling,
    /// Professionals recognised a complex divorce.
    Recognised,
    /// It was acknowledged to each parent.
    Acknowledged,
    /// The track is shared parenting after divorce.
    Dons,
    /// The track is a plan for each household.
    Apart,
    /// The parents were pointed to something else.
    Redirected,
    /// It is looked at whether rest was reached.
    Review,
    /// Rest was reached.
    Rest,
    /// At rest, the parents or children seek contact again.
    ContactRestoration,
    /// The episode is over. A new signal begins another.
    Closed,
}

impl EpisodeState {
    /// Every state, in the order of the drawing.
    pub const ALL: [Self; 12] = [
        Self::Quiet,
        Self::Signalled,
        Self::Settling,
        Self::Recognised,
        Self::Acknowledged,
        Self::Dons,
        Self::Apart,
        Self::Redirected,
        Self::Review,
        Self::Rest,
        Self::ContactRestoration,
        Self::Closed,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Signalled => "signalled",
            Self::Settling => "settling",
            Self::Recognised => "recognised",
            Self::Acknowledged => "acknowledged",
            Self::Dons => "track_dons",
            Self::Apart => "track_plan_per_household",
            Self::Redirected => "track_redirected",
            Self::Review => "review",
            Self::Rest => "rest",
            Self::ContactRestoration => "contact_restoration",
            Self::Closed => "closed",
        }
    }

    /// The track that runs in this state.
    #[must_use]
    pub const fn track(self) -> Option<DivorceTrack> {
        match self {
            Self::Dons => Some(DivorceTrack::Dons),
            Self::Apart => Some(DivorceTrack::PlanPerHousehold),
            Self::Redirected => Some(DivorceTrack::Redirected),
            _ => None,
        }
    }

    /// The state in which this track runs.
    #[must_use]
    pub const fn of_track(track: DivorceTrack) -> Self {
        match track {
            DivorceTrack::Dons => Self::Dons,
            DivorceTrack::PlanPerHousehold => Self::Apart,
            DivorceTrack::Redirected => Self::Redirected,
        }
    }

    /// Whether it lies still: a flare-up then proposes a step back.
    #[must_use]
    pub const fn is_still(self) -> bool {
        matches!(self, Self::Settling | Self::Rest | Self::ContactRestoration)
    }
}

/// A step that a person takes in an episode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpisodeStep {
    /// While it settles, it was looked back on as agreed.
    LookedBack,
    /// The track ended early: triage chooses again.
    ReturnedToTriage,
    /// It was reviewed whether rest was reached.
    Reviewed,
    /// The review found strife still: the track goes on.
    TrackContinued,
    /// Rest was reached, somebody says.
    RestReached,
    /// Contact is sought again.
    ContactRestorationStarted,
    /// That is over; it is at rest.
    ContactRestorationEnded,
    /// A step back, after a flare-up for instance.
    SteppedBack,
    /// In spite of a flare-up it stays as it is.
    Stayed,
    /// The episode is over.
    Closed,
}

impl EpisodeStep {
    /// Every step.
    pub const ALL: [Self; 10] = [
        Self::LookedBack,
        Self::ReturnedToTriage,
        Self::Reviewed,
        Self::TrackContinued,
        Self::RestReached,
        Self::ContactRestorationStarted,
        Self::ContactRestorationEnded,
        Self::SteppedBack,
        Self::Stayed,
        Self::Closed,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LookedBack => "looked_back",
            Self::ReturnedToTriage => "returned_to_triage",
            Self::Reviewed => "reviewed",
            Self::TrackContinued => "track_continued",
            Self::RestReached => "rest_reached",
            Self::ContactRestorationStarted => "contact_restoration_started",
            Self::ContactRestorationEnded => "contact_restoration_ended",
            Self::SteppedBack => "stepped_back",
            Self::Stayed => "stayed",
            Self::Closed => "closed",
        }
    }

    /// The command that takes it, by its name in the API.
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Self::LookedBack => "recordLookBack",
            Self::ReturnedToTriage => "returnToDivorceTriage",
            Self::Reviewed => "holdDivorceReview",
            Self::TrackContinued => "continueDivorceTrack",
            Self::RestReached => "recordRestReached",
            Self::ContactRestorationStarted => "startContactRestoration",
            Self::ContactRestorationEnded => "endContactRestoration",
            Self::SteppedBack => "stepDivorceEpisodeBack",
            Self::Stayed => "keepDivorceEpisode",
            Self::Closed => "closeDivorceEpisode",
        }
    }
}

/// What leads from one state to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// A signal was recorded.
    Signal,
    /// It settles.
    Settle,
    /// A complex divorce was recognised.
    Recognise,
    /// It was acknowledged to a parent.
    Acknowledge,
    /// Triage chose a track.
    Triage,
    /// Another track was chosen.
    Switch,
    /// A person took a step.
    Step(EpisodeStep),
}

impl By {
    /// The command, by its name in the API.
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Self::Signal => "recordDivorceSignal",
            Self::Settle => "settleDivorceEpisode",
            Self::Recognise => "recogniseComplexDivorce",
            Self::Acknowledge => "acknowledgeComplexDivorce",
            Self::Triage => "decideDivorceTriage",
            Self::Switch => "switchDivorceTrack",
            Self::Step(step) => step.command(),
        }
    }
}

/// What must hold before a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Guard {
    /// A person takes it, never the system.
    APerson,
    /// Somebody directs the case.
    Director,
    /// Each parent's form of parenthood, as last assessed, is cooperative or parallel.
    CalmForms,
    /// An agreed day to look back is not in the past.
    LookBackAhead,
    /// The look-back that was agreed was not held yet.
    LookBackAgreed,
    /// Each parent and each child was screened for safety, alone.
    Screened,
    /// No safety lane is open.
    NoSafetyLane,
    /// Safety does not bar joint talks.
    JointTalksAllowed,
    /// The features that policy asks for were seen, by as many professionals as it asks for.
    FeaturesSeen,
    /// Mutual accusations count only after the meldcode steps weighed them.
    AccusationsWeighed,
    /// That a strain was named counts only when a parent named one.
    StrainNamed,
    /// Each parent was told, or it was tried in vain.
    EachAcknowledged,
    /// Not every parent was told or tried yet.
    NotYetEach,
    /// At least one other track was weighed, each once, with why not.
    AlternativesWeighed,
    /// Each parent was informed, or it is said why not.
    ParentsInformed,
    /// No complex divorce was recognised in this episode.
    NotRecognised,
    /// A complex divorce was recognised and acknowledged in this episode.
    RecognisedBefore,
    /// This track was the one that ran before.
    RanBefore,
    /// There was a flare-up that nobody answered yet.
    FlareUpOpen,
}

impl Guard {
    /// In words, for the generated document.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::APerson => "a person, never the system",
            Self::Director => "somebody directs the case",
            Self::CalmForms => "each parent's last parenting form is cooperative or parallel",
            Self::LookBackAhead => "an agreed day to look back lies ahead",
            Self::LookBackAgreed => "a look-back was agreed and not held yet",
            Self::Screened => "each parent and each child was screened for safety alone",
            Self::NoSafetyLane => "no safety lane is open",
            Self::JointTalksAllowed => "safety does not bar joint talks",
            Self::FeaturesSeen => "the features that policy asks for were seen, by as many professionals",
            Self::AccusationsWeighed => "mutual accusations count only once the meldcode steps weighed them",
            Self::StrainNamed => "a strain counts only when a parent named one",
            Self::EachAcknowledged => "each parent was told, or it was tried in vain",
            Self::NotYetEach => "not each parent was told or tried yet",
            Self::AlternativesWeighed => "another track was weighed, with why not",
            Self::ParentsInformed => "each parent was informed, or it is said why not",
            Self::NotRecognised => "nothing was recognised in this episode",
            Self::RecognisedBefore => "recognised and acknowledged in this episode",
            Self::RanBefore => "the track that ran before",
            Self::FlareUpOpen => "a flare-up since then that nobody answered yet",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// From here.
    pub from: EpisodeState,
    /// By this.
    pub by: By,
    /// To here; the same state when it stays.
    pub to: EpisodeState,
    /// What must hold, in the order in which it is asked.
    pub guards: &'static [Guard],
}

const fn row(from: EpisodeState, by: By, to: EpisodeState, guards: &'static [Guard]) -> Transition {
    Transition { from, by, to, guards }
}

const PERSON: &[Guard] = &[Guard::APerson];
const RECOGNISED: &[Guard] = &[
    Guard::APerson,
    Guard::NoSafetyLane,
    Guard::Screened,
    Guard::AccusationsWeighed,
    Guard::StrainNamed,
    Guard::FeaturesSeen,
];
const CHOSEN: &[Guard] = &[Guard::APerson, Guard::Director, Guard::AlternativesWeighed, Guard::ParentsInformed];
const CHOSEN_APART: &[Guard] =
    &[Guard::APerson, Guard::Director, Guard::RecognisedBefore, Guard::AlternativesWeighed, Guard::ParentsInformed];
const CHOSEN_DONS: &[Guard] = &[
    Guard::APerson,
    Guard::Director,
    Guard::JointTalksAllowed,
    Guard::Screened,
    Guard::AlternativesWeighed,
    Guard::ParentsInformed,
];
const BACK_UNRECOGNISED: &[Guard] = &[Guard::APerson, Guard::NotRecognised];
const BACK_RECOGNISED: &[Guard] = &[Guard::APerson, Guard::RecognisedBefore];
const GOES_ON: &[Guard] = &[Guard::APerson, Guard::RanBefore];
const GOES_ON_DONS: &[Guard] = &[Guard::APerson, Guard::RanBefore, Guard::JointTalksAllowed];
const JOINT: &[Guard] = &[Guard::APerson, Guard::JointTalksAllowed];
const FLARED: &[Guard] = &[Guard::APerson, Guard::FlareUpOpen];

/// The table.
pub const TRANSITIONS: &[Transition] = {
    use By::{Acknowledge, Recognise, Settle, Signal, Step, Switch, Triage};
    use EpisodeState::{
        Acknowledged, Apart, Closed, ContactRestoration, Dons, Quiet, Recognised, Redirected, Rest, Review, Settling,
        Signalled,
    };
    use EpisodeStep as S;
    &[
        row(Quiet, Signal, Signalled, &[]),
        row(Signalled, Settle, Settling, &[Guard::APerson, Guard::CalmForms, Guard::LookBackAhead]),
        row(Signalled, Recognise, Recognised, RECOGNISED),
        row(Recognised, Acknowledge, Recognised, &[Guard::NotYetEach]),
        row(Recognised, Acknowledge, Acknowledged, &[Guard::EachAcknowledged]),
        row(Signalled, Triage, Dons, CHOSEN_DONS),
        row(Signalled, Triage, Redirected, CHOSEN),
        row(Acknowledged, Triage, Dons, CHOSEN_DONS),
        row(Acknowledged, Triage, Apart, CHOSEN_APART),
        row(Acknowledged, Triage, Redirected, CHOSEN),
        row(Dons, Switch, Apart, CHOSEN_APART),
        row(Dons, Switch, Redirected, CHOSEN),
        row(Apart, Switch, Dons, CHOSEN_DONS),
        row(Apart, Switch, Redirected, CHOSEN),
        row(Redirected, Switch, Dons, CHOSEN_DONS),
        row(Redirected, Switch, Apart, CHOSEN_APART),
        row(Dons, Step(S::ReturnedToTriage), Signalled, BACK_UNRECOGNISED),
        row(Dons, Step(S::ReturnedToTriage), Acknowledged, BACK_RECOGNISED),
        row(Apart, Step(S::ReturnedToTriage), Acknowledged, BACK_RECOGNISED),
        row(Redirected, Step(S::ReturnedToTriage), Signalled, BACK_UNRECOGNISED),
        row(Redirected, Step(S::ReturnedToTriage), Acknowledged, BACK_RECOGNISED),
        row(Review, Step(S::ReturnedToTriage), Signalled, BACK_UNRECOGNISED),
        row(Review, Step(S::ReturnedToTriage), Acknowledged, BACK_RECOGNISED),
        row(Dons, Step(S::Reviewed), Review, PERSON),
        row(Apart, Step(S::Reviewed), Review, PERSON),
        row(Redirected, Step(S::Reviewed), Review, PERSON),
        row(Review, Step(S::TrackContinued), Dons, GOES_ON_DONS),
        row(Review, Step(S::TrackContinued), Apart, GOES_ON),
        row(Review, Step(S::TrackContinued), Redirected, GOES_ON),
        row(Review, Step(S::RestReached), Rest, PERSON),
        row(Rest, Step(S::ContactRestorationStarted), ContactRestoration, JOINT),
        row(ContactRestoration, Step(S::ContactRestorationEnded), Rest, PERSON),
        row(Settling, Step(S::LookedBack), Settling, &[Guard::APerson, Guard::LookBackAgreed]),
        row(Settling, Step(S::Stayed), Settling, FLARED),
        row(Rest, Step(S::Stayed), Rest, FLARED),
        row(ContactRestoration, Step(S::Stayed), ContactRestoration, FLARED),
        row(Settling, Step(S::SteppedBack), Signalled, PERSON),
        row(Rest, Step(S::SteppedBack), Review, PERSON),
        row(ContactRestoration, Step(S::SteppedBack), Review, PERSON),
        row(Settling, Step(S::Closed), Closed, PERSON),
        row(Redirected, Step(S::Closed), Closed, PERSON),
        row(Rest, Step(S::Closed), Closed, PERSON),
        row(Closed, Signal, Signalled, &[]),
    ]
};

/// What leads from a state to another, when the table has it.
#[must_use]
pub fn transition(from: EpisodeState, by: By, to: EpisodeState) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|row| (row.from, row.by, row.to) == (from, by, to))
}

/// The commands that lead on from this state; each once, in the order of the table.
#[must_use]
pub fn open_from(state: EpisodeState) -> Vec<&'static str> {
    let mut commands: Vec<&'static str> = Vec::new();
    for row in TRANSITIONS.iter().filter(|row| row.from == state) {
        if !commands.contains(&row.by.command()) {
            commands.push(row.by.command());
        }
    }
    commands
}

/// What is taken in every state of an episode and changes none: its command, and what it does.
pub const IN_EVERY_STATE: &[(&str, &str)] = &[
    ("recordDivorceSignal", "one signal more in the episode that runs"),
    ("acknowledgeComplexDivorce", "once recognised: acknowledged late, or again"),
    ("recordNamedStrain", "a strain that a parent names, kept with that parent alone"),
    ("assessParentingForm", "how each parent is a parent beside the other, by date"),
    ("recordFlareUp", "relapse is normal; where it lies still a step back is proposed, and a person decides"),
    ("recordSafetySignal", "opens the safety lane beside the episode"),
];
