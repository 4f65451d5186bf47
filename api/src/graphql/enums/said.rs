//! Contacts, what children say, statements, requests from outside.

use async_graphql::Enum;

/// Who sought a contact.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::Direction")]
pub enum ContactDirection {
    /// They came to us.
    Incoming,
    /// We went to them.
    Outgoing,
    /// It was agreed before.
    Agreed,
}

/// By which way a contact went.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::Medium")]
pub enum ContactMedium {
    /// On the phone.
    Phone,
    /// By app or text message.
    App,
    /// By e-mail.
    Mail,
    /// By letter.
    Letter,
    /// By video.
    Video,
    /// At their home.
    Visit,
    /// In a talk elsewhere.
    Talk,
    /// Another way.
    Other,
}

/// How it was made sure who somebody was.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::Verified")]
pub enum ContactVerification {
    /// They met.
    Met,
    /// The voice or the hand is known.
    Known,
    /// Called back on the number on record.
    CalledBack,
    /// A control question was answered.
    ControlQuestion,
    /// A document was shown.
    Document,
    /// It was not.
    NotVerified,
}

/// What became of what was asked in a contact.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::Answer")]
pub enum ContactAnswer {
    /// It was given.
    Given,
    /// It was refused.
    Refused,
    /// Not this way; the way that is open was named.
    AnotherWay,
    /// An answer comes later.
    Later,
}

/// What kind of promise.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::PromiseKind")]
pub enum PromiseKind {
    /// To call back.
    CallBack,
    /// Anything else, in words.
    Other,
}

/// How a promise ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::contact::PromiseEnd")]
pub enum PromiseEnd {
    /// It was done.
    Kept,
    /// It was no longer needed.
    NoLongerNeeded,
    /// It did not come to it.
    NotKept,
}

/// About what a signal of a child is.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::voice::SignalDomain")]
pub enum ChildSignalDomain {
    /// Eating.
    Eating,
    /// Sleeping.
    Sleeping,
    /// Behaviour.
    Behaviour,
    /// Mood.
    Mood,
    /// Fear.
    Fear,
    /// The body: stomach ache, headache.
    Physical,
    /// Exhaustion.
    Exhaustion,
}

/// How a child fares since the last time.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::voice::Change")]
pub enum ChildSignalChange {
    /// Worse.
    Worse,
    /// As it was.
    Same,
    /// Better.
    Better,
}

/// Whether whom it is about recognises a statement.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::statement::Recognised")]
pub enum StatementRecognised {
    /// Yes.
    Yes,
    /// In part.
    Partly,
    /// No.
    No,
}

/// Which authority established something.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::statement::EstablishedBy")]
pub enum FindingAuthority {
    /// Veilig Thuis.
    VeiligThuis,
    /// The child protection board (Raad voor de Kinderbescherming).
    Raad,
    /// A court.
    Court,
    /// The police.
    Police,
    /// A certified institution (GI).
    Gi,
    /// Another authority.
    Other,
}

/// In which capacity somebody outside asks.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::request::Requester")]
pub enum RequesterKind {
    /// The child protection board (Raad voor de Kinderbescherming).
    Raad,
    /// A certified institution (GI).
    Gi,
    /// The police, or the public prosecutor.
    Police,
    /// A court.
    Court,
    /// An inspection.
    Inspection,
    /// The school attendance officer (leerplicht).
    Leerplicht,
    /// A lawyer.
    Lawyer,
    /// A parent without authority.
    ParentWithoutAuthority,
    /// Somebody else.
    Other,
}

/// What was decided on a request from outside.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::request::RequestOutcome")]
pub enum RequestOutcome {
    /// What was asked is given.
    Given,
    /// A part of it is given.
    PartlyGiven,
    /// It is refused.
    Refused,
}
