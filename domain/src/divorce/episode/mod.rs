//! An episode of a divorce: from a signal to rest, and what a person decided on the way (divorce.md, "States of a case's divorce episode";
//! 004b 5.3). The states and the steps between them stand in [`machine`]; nothing follows by itself. Every episode of a case is kept.
//!
//! What a person chooses for a family is an act and may be refused: recognising, choosing a track, saying that rest was reached. That
//! somebody noticed something, that a parent named a strain, that something was acknowledged to a parent took place and is taken (rule 0).

use serde::{Deserialize, Serialize};

mod catalogue;
mod decide;
mod events;
mod guards;
pub mod machine;
mod progress;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{
    ACCUSATIONS_NOT_WEIGHED, ACKNOWLEDGE_FIRST, ALTERNATIVES_MISSING, CODES, DECIDED_BY_A_PERSON, EPISODE_ABSENT,
    EPISODE_FURTHER, EPISODE_STEP_NOT_OPEN, FEATURES_TOO_FEW, FLARE_UP_NOT_OPEN, LOOK_BACK_NOT_AGREED,
    LOOK_BACK_NOT_AHEAD, NOT_ALL_SCREENED, OF_A_PARENT, PARENTING_FORM_NOT_CALM, PARENTS_NOT_INFORMED,
    RECOGNITION_MISSING, SAFETY_FIRST, STRAIN_NOT_NAMED, TRACK_UNCHANGED,
};
pub(super) use catalogue::{
    ACKNOWLEDGED, CATALOGUE, MOVED, RECOGNISED, SETTLING, SIGNAL, STRAIN, SWITCHED, TRIAGE, info,
};
pub(super) use decide::{back_to_triage, decide};
pub use events::{
    Alternative, DivorceTrack, EpisodeCommand, EpisodeEvent, Feature, NewChoice, NewNoticedBy, NewSeen, NoticedBy,
    SeenFeature, Weighed,
};
pub use machine::{EpisodeState, EpisodeStep};
pub use progress::{ApartProgress, DonsProgress, Progress, progress_on};
pub use state::{
    Acknowledgement, Change, Chosen, DivorceSignal, Episode, LOOK_BACK_DUE, NamedStrain, Recognition, Settling,
    StepBackProposed, TRIAGE_DUE, Taken, step_back_proposed,
};
pub(super) use state::{apply, stands};

/// What policy asks before a complex divorce is recognised (divorce.md, PD: the first feature plus one other, by two professionals).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognitionPolicy {
    /// The features that must be among those seen.
    pub must: Vec<Feature>,
    /// How many others must be seen besides.
    pub besides: usize,
    /// How many different professionals must have seen something.
    pub professionals: usize,
}
