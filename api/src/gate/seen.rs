//! A value on its way out. [`Seen`] has no public constructor: only a mandate makes one.

use domain::case::CaseEvent;
use domain::conflict::ConflictEvent;
use domain::divorce::{DivorceEvent, DonsEvent, EpisodeEvent};
use domain::framework::FrameworkEvent;
use domain::life::LifeEvent;
use domain::personal::DataClass;
use domain::regie::RegieEvent;

/// What a value is about, as the policy names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// That the case is there: ids, phase, municipality, terms.
    Status,
    /// Who directs, the parties, gaps, what was handed back.
    Regie,
    /// What was written for a handover, and what the family says about it.
    Handover,
    /// Names of workers.
    Staff,
    /// Why the case was opened, closed, reopened; departures.
    Life,
    /// The people: names, birth dates, roles, authority, recognition.
    People,
    /// Households, membership, addresses.
    Households,
    /// Protection of locating data.
    Protection,
    /// Consents.
    Consent,
    /// That a consent ended, as it is told to whoever knew something under it.
    Notice,
    /// Signals.
    Signal,
    /// Crisis cards: where a child sleeps tonight, whom to call and whom not.
    Crisis,
    /// Conflicts between people: what each says and does, flare-ups, energy, calm.
    Conflict,
    /// How each experiences a conflict, on the ladder of Glasl, and what each of the network does to it: what is assessed of a person in it.
    Glasl,
    /// How heavy help is, who gives it until when, which bodies joined, what was weighed, asked and advised.
    Service,
    /// One plan or two, who coordinates which, `DOnS`.
    Divorce,
    /// Goals, actions, what each person says of a plan, evaluations, the family's own plan.
    Plan,
    /// Requests to a divorce advice team, and what became of them.
    Sat,
    /// What was shared with whom, on which ground.
    Sharing,
    /// Workers who are kept out, and why.
    Exclusion,
    /// Emergency accesses: who, on which ground, until when, whether somebody reviewed it.
    Emergency,
    /// Why an emergency access was opened, in words, and what its review found.
    EmergencyWords,
    /// Contact moments and what was promised in them.
    Contact,
    /// What children say and how they fare.
    Voice,
    /// What people say, and what authorities established.
    Statement,
    /// Requests from outside.
    Request,
    /// What courts ruled.
    Ruling,
    /// Assessments: what each person said in them.
    Assessment,
    /// Where something about somebody stands elsewhere.
    Reference,
    /// Informal support.
    Informal,
    /// Conferences: who was asked and came, who decided, what was agreed.
    Conference,
    /// Reflections of those around a family.
    Reflection,
    /// What is done with schools.
    School,
    /// Conversations, goals and barriers of a `DOnS` trajectory.
    Dons,
    /// Where a family stands in a divorce: signals, recognition, tracks, rest.
    Episode,
    /// Safety: screening, signals, the steps of the meldcode, who is told later.
    Safety,
    /// Working with each person: steps, what they thought of, familiar faces.
    Steps,
    /// The crisis plan: who does what.
    CrisisPlan,
    /// What the system told and proposed by itself.
    Alert,
    /// What a worker wrote about the own part.
    OwnReflection,
    /// Who looked, and why that was allowed.
    Trail,
    /// What somebody is writing and has not recorded: no part of any case.
    Draft,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 42] = [
        Self::Status,
        Self::Regie,
        Self::Handover,
        Self::Staff,
        Self::Life,
        Self::People,
        Self::Households,
        Self::Protection,
        Self::Consent,
        Self::Notice,
        Self::Signal,
        Self::Crisis,
        Self::Conflict,
        Self::Glasl,
        Self::Service,
        Self::Divorce,
        Self::Plan,
        Self::Sat,
        Self::Sharing,
        Self::Exclusion,
        Self::Emergency,
        Self::EmergencyWords,
        Self::Contact,
        Self::Voice,
        Self::Statement,
        Self::Request,
        Self::Ruling,
        Self::Assessment,
        Self::Reference,
        Self::Informal,
        Self::Conference,
        Self::Reflection,
        Self::School,
        Self::Dons,
        Self::Episode,
        Self::Safety,
        Self::Steps,
        Self::CrisisPlan,
        Self::Alert,
        Self::OwnReflection,
        Self::Trail,
        Self::Draft,
    ];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Regie => "regie",
            Self::Handover => "handover",
            Self::Staff => "staff",
            Self::Life => "life",
            Self::People => "people",
            Self::Households => "households",
            Self::Protection => "protection",
            Self::Consent => "consent",
            Self::Notice => "notice",
            Self::Signal => "signal",
            Self::Crisis => "crisis",
            Self::Conflict => "conflict",
            Self::Glasl => "glasl",
            Self::Service => "service",
            Self::Divorce => "divorce",
            Self::Plan => "plan",
            Self::Sat => "sat",
            Self::Sharing => "sharing",
            Self::Exclusion => "exclusion",
            Self::Emergency => "emergency",
            Self::EmergencyWords => "emergency_words",
            Self::Contact => "contact",
            Self::Voice => "voice",
            Self::Statement => "statement",
            Self::Request => "request",
            Self::Ruling => "ruling",
            Self::Assessment => "assessment",
            Self::Reference => "reference",
            Self::Informal => "informal",
            Self::Conference => "conference",
            Self::Reflection => "reflection",
            Self::School => "school",
            Self::Dons => "dons",
            Self::Episode => "episode",
            Self::Safety => "safety",
            Self::Steps => "steps",
            Self::CrisisPlan => "crisis_plan",
            Self::Alert => "alert",
            Self::OwnReflection => "own_reflection",
            Self::Trail => "trail",
            Self::Draft => "draft",
        }
    }

    /// Whether facts of a case can be about it: what a worker writes for themself is in none, and what is told of a notice shows on its
    /// receiver's own list alone.
    #[must_use]
    pub const fn is_of_cases(self) -> bool {
        !matches!(self, Self::OwnReflection | Self::Draft | Self::Notice)
    }

    /// What an event in the timeline is about. A correction may hold words of any room: it goes with the life of the case.
    #[must_use]
    pub const fn of(event: &CaseEvent) -> Self {
        match event {
            CaseEvent::Life(LifeEvent::SignalLinked { .. }) => Self::Signal,
            CaseEvent::Life(_)
            | CaseEvent::Correction(_)
            | CaseEvent::Framework(FrameworkEvent::LegalFrameworkChanged { .. }) => Self::Life,
            CaseEvent::Divorce(
                DivorceEvent::Topology(_)
                | DivorceEvent::Coordinators(_)
                | DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. }),
            ) => Self::Divorce,
            CaseEvent::Divorce(DivorceEvent::Dons(_)) => Self::Dons,
            CaseEvent::Divorce(DivorceEvent::Sat(_)) => Self::Sat,
            // What concerns one parent alone is as what that parent tells of a conflict.
            CaseEvent::Divorce(DivorceEvent::Episode(
                EpisodeEvent::ParentStrainNamed { .. } | EpisodeEvent::ComplexDivorceAcknowledged { .. },
            )) => Self::Conflict,
            CaseEvent::Divorce(DivorceEvent::Episode(_)) => Self::Episode,
            CaseEvent::Sharing(_) => Self::Sharing,
            CaseEvent::Exclusion(_) => Self::Exclusion,
            CaseEvent::Consent(_) => Self::Consent,
            CaseEvent::People(_) | CaseEvent::Representation(_) => Self::People,
            CaseEvent::Households(_) => Self::Households,
            CaseEvent::Protection(_) => Self::Protection,
            CaseEvent::Regie(
                RegieEvent::HandoverOffered { .. }
                | RegieEvent::FamilyWordRecorded { .. }
                | RegieEvent::HandoverSummaryRead { .. }
                | RegieEvent::HandoverEnded { .. },
            ) => Self::Handover,
            CaseEvent::Regie(_) => Self::Regie,
            CaseEvent::Emergency(_) => Self::EmergencyWords,
            CaseEvent::Crisis(_) => Self::Crisis,
            CaseEvent::Plan(_) | CaseEvent::OwnPlan(_) => Self::Plan,
            CaseEvent::Contact(_) => Self::Contact,
            CaseEvent::Voice(_) => Self::Voice,
            CaseEvent::Statement(_) => Self::Statement,
            CaseEvent::Request(_) => Self::Request,
            CaseEvent::Conflict(
                ConflictEvent::GlaslStageAssessed { .. } | ConflictEvent::NetworkEffectAssessed { .. },
            ) => Self::Glasl,
            CaseEvent::Conflict(_) => Self::Conflict,
            CaseEvent::Service(_)
            | CaseEvent::Trajectory(_)
            | CaseEvent::Weighing(_)
            | CaseEvent::Application(_)
            | CaseEvent::Referral(_)
            | CaseEvent::Framework(_)
            | CaseEvent::Ret(_) => Self::Service,
            CaseEvent::Ruling(_) => Self::Ruling,
            CaseEvent::Assessment(_) => Self::Assessment,
            CaseEvent::Reference(_) => Self::Reference,
            CaseEvent::Informal(_) => Self::Informal,
            CaseEvent::Conference(_) => Self::Conference,
            CaseEvent::Reflection(_) => Self::Reflection,
            CaseEvent::School(_) => Self::School,
            CaseEvent::Safety(_) => Self::Safety,
            CaseEvent::Steps(_) => Self::Steps,
            CaseEvent::CrisisPlan(_) => Self::CrisisPlan,
            CaseEvent::Alert(_) => Self::Alert,
        }
    }

    /// Whether anything of this event shows under one of the topics that `covers` names: what an event changes may show elsewhere than
    /// the event itself. Whoever sees where a case stands sees that it was closed, not why.
    #[must_use]
    pub fn touched_by(event: &CaseEvent, covers: impl Fn(Self) -> bool) -> bool {
        let elsewhere = match event {
            CaseEvent::Life(
                LifeEvent::CaseOpened { .. } | LifeEvent::CaseClosed { .. } | LifeEvent::CaseReopened { .. },
            )
            | CaseEvent::Framework(FrameworkEvent::LegalFrameworkChanged { .. }) => Some(Self::Status),
            CaseEvent::Life(LifeEvent::DepartureReported { .. }) => Some(Self::Regie),
            _ => None,
        };
        covers(Self::of(event)) || elsewhere.is_some_and(covers)
    }
}

/// A field of the API that shows something: its name for the trail, and what it is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Field {
    name: &'static str,
    topic: Topic,
}

impl Field {
    /// A field, such as `Field::new("person.name", Topic::People)`. Names stay: the trail is read years later.
    #[must_use]
    pub const fn new(name: &'static str, topic: Topic) -> Self {
        Self { name, topic }
    }

    /// Its name in the trail.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is about.
    #[must_use]
    pub const fn topic(self) -> Topic {
        self.topic
    }
}

/// How sensitive a shown value is, for the trail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Shown {
    /// Ids, days and states.
    Structure,
    /// A personal value.
    Personal(DataClass),
}

impl Shown {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Personal(class) => class.as_str(),
        }
    }
}

/// A value that passed the gate, or why there is none. Only a [`super::Mandate`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct Seen<T>(Sight<T>);

/// What there is to see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sight<T> {
    /// The value.
    Known(T),
    /// Destroyed by decision.
    Erased,
    /// Lost by a fault. The whole answer will be refused.
    Unavailable,
    /// Not for this viewer.
    Withheld,
}

impl<T> Seen<T> {
    pub(super) const fn new(sight: Sight<T>) -> Self {
        Self(sight)
    }

    /// What there is to see.
    pub fn into_sight(self) -> Sight<T> {
        self.0
    }

    /// What there is to see, borrowed.
    pub const fn sight(&self) -> &Sight<T> {
        &self.0
    }

    /// The value, if it may be seen and is there.
    pub fn known(self) -> Option<T> {
        match self.0 {
            Sight::Known(value) => Some(value),
            Sight::Erased | Sight::Unavailable | Sight::Withheld => None,
        }
    }

    /// The same sight of something made of the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Seen<U> {
        Seen(match self.0 {
            Sight::Known(value) => Sight::Known(make(value)),
            Sight::Erased => Sight::Erased,
            Sight::Unavailable => Sight::Unavailable,
            Sight::Withheld => Sight::Withheld,
        })
    }
}

impl<T> std::fmt::Debug for Seen<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Sight::Known(_) => "Seen(known)",
            Sight::Erased => "Seen(erased)",
            Sight::Unavailable => "Seen(unavailable)",
            Sight::Withheld => "Seen(withheld)",
        })
    }
}
