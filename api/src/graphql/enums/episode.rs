//! Where a family stands on the way to rest.

use async_graphql::Enum;
use domain::divorce::episode::{ApartProgress, DonsProgress, Progress};

/// Where an episode of a divorce stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::episode::EpisodeState", name = "DivorceEpisodeState")]
pub enum EpisodeState {
    /// Nothing was signalled (rustig).
    Quiet,
    /// Somebody noticed something (gesignaleerd).
    Signalled,
    /// The parents are parents together or beside each other (komt tot rust).
    Settling,
    /// Professionals recognised a complex divorce (herkend).
    Recognised,
    /// It was acknowledged to each parent (erkend).
    Acknowledged,
    /// The track is shared parenting after divorce (`DOnS`).
    Dons,
    /// The track is a plan for each household (van één plan naar twee plannen).
    Apart,
    /// The parents were pointed to something else (doorverwezen).
    Redirected,
    /// It is looked at whether rest was reached.
    Review,
    /// Rest was reached (rust).
    Rest,
    /// At rest, contact is sought again (contactherstel).
    ContactRestoration,
    /// The episode is over (afgerond). A new signal begins another.
    Closed,
}

/// A step that somebody took in an episode.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::episode::EpisodeStep", name = "DivorceEpisodeStep")]
pub enum EpisodeStep {
    /// While it settled, it was looked back on as agreed.
    LookedBack,
    /// The track ended early: triage chooses again.
    ReturnedToTriage,
    /// It was reviewed whether rest was reached.
    Reviewed,
    /// There was strife still: the track goes on.
    TrackContinued,
    /// Rest was reached, somebody says.
    RestReached,
    /// Contact is sought again.
    ContactRestorationStarted,
    /// That is over; it is at rest.
    ContactRestorationEnded,
    /// A step back, after a flare-up for instance. Relapse is normal.
    SteppedBack,
    /// In spite of a flare-up it stays as it is.
    Stayed,
    /// The episode is over.
    Closed,
}

/// The road that triage chooses. Nothing makes one follow the other.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::episode::DivorceTrack")]
pub enum DivorceTrack {
    /// Shared parenting after divorce (`DOnS`): both parents at one table.
    Dons,
    /// Rest by going apart: a plan for each household.
    PlanPerHousehold,
    /// Other help or information fits better (doorverwezen).
    Redirected,
}

/// What professionals see of a complex divorce.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::episode::Feature", name = "DivorceFeature")]
pub enum Feature {
    /// There is no balance; the conflict keeps flaring.
    KeepsFlaring,
    /// A parent named a strain of their own. What somebody else thinks of it is recorded nowhere.
    StrainNamed,
    /// They talk in a way that destroys.
    DestructiveCommunication,
    /// Each says of the other that there is violence or neglect. Counts only once the steps of the meldcode weighed it.
    MutualAccusations,
}

/// How far the track is, worked out from what was recorded of it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DivorceProgress {
    /// `DOnS`: offered to the parents.
    Offered,
    /// `DOnS`: a duo is there; it begins with information, to the parents apart.
    Information,
    /// `DOnS`: a talk with each parent alone prepares.
    Preparation,
    /// `DOnS`: the parents and the duo meet.
    FourWay,
    /// `DOnS`: the duo guides.
    Guidance,
    /// Plan per household: advised to the parents.
    Advised,
    /// Plan per household: the vision was shared with each parent and the children.
    VisionKnown,
    /// Plan per household: each parent accepted.
    Switching,
    /// Plan per household: the plans went apart; each household makes its own.
    PlansDrafting,
    /// Plan per household: each household's plan is active.
    PlansActive,
    /// It is reviewed.
    Review,
}

impl From<Progress> for DivorceProgress {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Dons(DonsProgress::Offered) => Self::Offered,
            Progress::Dons(DonsProgress::Information) => Self::Information,
            Progress::Dons(DonsProgress::Preparation) => Self::Preparation,
            Progress::Dons(DonsProgress::FourWay) => Self::FourWay,
            Progress::Dons(DonsProgress::Guidance) => Self::Guidance,
            Progress::Apart(ApartProgress::Advised) => Self::Advised,
            Progress::Apart(ApartProgress::VisionKnown) => Self::VisionKnown,
            Progress::Apart(ApartProgress::Switching) => Self::Switching,
            Progress::Apart(ApartProgress::PlansDrafting) => Self::PlansDrafting,
            Progress::Apart(ApartProgress::PlansActive) => Self::PlansActive,
            Progress::Dons(DonsProgress::Review) | Progress::Apart(ApartProgress::Review) => Self::Review,
        }
    }
}

/// What must follow in an episode.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DivorceOpen {
    /// Triage chooses a track.
    Triage,
    /// It is looked back on what settled, as agreed.
    LookBack,
}
