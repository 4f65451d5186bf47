//! How conflicts went, and how heavy help is.

use async_graphql::Enum;

/// How parents are parents beside each other.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conflict::ParentingForm")]
pub enum ParentingForm {
    /// Together, in consultation (coöperatief ouderschap).
    Cooperative,
    /// Each on their own, side by side (parallel of solo ouderschap).
    Parallel,
    /// Strife goes on (conflictouderschap).
    Conflict,
}

/// What somebody of the network does to a conflict.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conflict::NetworkEffect")]
pub enum NetworkEffect {
    /// It feeds the conflict (houdt het gaande).
    Feeds,
    /// It calms the conflict (brengt rust).
    Calms,
    /// It cannot be said.
    Unknown,
}

/// By which way a conflict flared up.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conflict::Medium", name = "FlareUpMedium")]
pub enum Medium {
    /// An app or text message.
    App,
    /// Mail.
    Mail,
    /// By telephone.
    Telephone,
    /// Face to face, at a hand-over for instance.
    FaceToFace,
    /// In a talk that somebody led.
    Meeting,
    /// Through the children.
    ThroughChildren,
    /// Through a lawyer or a court.
    Legal,
    /// Another way.
    Other,
}

/// How a conflict came to lie still.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conflict::RestKind", name = "ConflictRestKind")]
pub enum RestKind {
    /// It rests. A relapse is normal.
    Resting,
    /// It is over, in the eyes of those who are in it.
    Ended,
}

/// Where help is given: each environment has a level of its own.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::service::Environment", name = "ServiceEnvironment")]
pub enum Environment {
    /// Family and surroundings (gezin en omgeving).
    Family,
    /// Day nursery or playgroup (kinderopvang, peuterspeelzaal).
    Childcare,
    /// Primary school (primair onderwijs).
    PrimarySchool,
    /// Out-of-school care (buitenschoolse opvang).
    AfterSchoolCare,
    /// Secondary school (voortgezet onderwijs).
    SecondarySchool,
}

/// A body that can be called in.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::service::Body", name = "InvolvedBody")]
pub enum Body {
    /// The regional expert team, when regular help is stuck (RET). It fixes nothing by itself.
    Ret,
    /// Veilig Thuis.
    VeiligThuis,
    /// The council for child protection (Raad voor de Kinderbescherming).
    Raad,
    /// A certified institution (GI).
    Gi,
}
