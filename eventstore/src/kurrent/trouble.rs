//! What can stand between us and the server, in words for an operator; and what a call's end says about what was done.

use std::fmt;

use kurrentdb::Error;
use tonic::Code;

use crate::port::StoreFault;

/// Why the server does not do what we ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Nobody answers, or the connection breaks.
    Unreachable(String),
    /// The server does not take our name and password, or user certificate.
    Credentials,
    /// The server's certificate is not one we believe: expired, of another name, or of an unknown authority.
    Certificate(String),
    /// We reached a node that may not write, and it knows of no leader that answers.
    NotLeader,
    /// The server is too old, or something between us and it speaks another protocol.
    Unsupported,
    /// The server answers that it cannot: not ready, no room, an internal error.
    Server(String),
    /// The server did not answer in time.
    Silent,
}

impl Trouble {
    /// Why a connection was not made. That is known as text only; a certificate that is not believed hides in it.
    pub(super) fn of_connecting(what: &str) -> Self {
        let what = what.to_owned();
        if what.contains("certificate") { Self::Certificate(what) } else { Self::Unreachable(what) }
    }

    /// Whether only an operator can mend it: waiting longer does not.
    #[must_use]
    pub const fn needs_operator(&self) -> bool {
        matches!(self, Self::Credentials | Self::Certificate(_) | Self::Unsupported)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(what) => write!(f, "it does not answer ({what}): check that it runs and can be reached"),
            Self::Credentials => {
                f.write_str("it refuses our name and password or user certificate: correct them in the address")
            }
            Self::Certificate(what) => {
                write!(f, "its certificate is not believed ({what}): renew it, or name its authority with tlsCAFile")
            }
            Self::NotLeader => f.write_str(
                "the node reached may not write and names no leader that answers: name all nodes in the address",
            ),
            Self::Unsupported => f.write_str("it does not know a call we need: it must be 21.10 or later"),
            Self::Server(what) => write!(f, "it says that it cannot ({what}): see its own log"),
            Self::Silent => f.write_str("it did not answer in time: see its load and its disk"),
        }
    }
}

impl From<Trouble> for StoreFault {
    fn from(trouble: Trouble) -> Self {
        Self::Unreachable(trouble.to_string())
    }
}

/// How a call ended without what was asked.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// The stream is not at the expected revision.
    Conflict,
    /// There is no such stream.
    Missing,
    /// The stream was deleted on the server.
    Deleted,
    /// The server will never take these bytes.
    Invalid(String),
    /// Nothing was done.
    Refused(Trouble),
    /// Nobody knows whether it was done.
    Lost(Trouble),
    /// The store was closed.
    Closed,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongExpectedVersion { .. } | Error::ResourceAlreadyExists => Self::Conflict,
            Error::ResourceNotFound => Self::Missing,
            Error::ResourceDeleted => Self::Deleted,
            Error::AccessDenied => Self::Refused(Trouble::Credentials),
            Error::NotLeaderException(_) => Self::Refused(Trouble::NotLeader),
            Error::UnsupportedFeature => Self::Refused(Trouble::Unsupported),
            Error::ConnectionClosed => Self::Refused(Trouble::Unreachable("the connection is closed".to_owned())),
            Error::GrpcConnectionError(error) => Self::Refused(Trouble::of_connecting(&error.to_string())),
            Error::Grpc { code, message } => of_code(code, message),
            Error::DeadlineExceeded => Self::Lost(Trouble::Silent),
            Error::ServerError(what) => Self::Lost(Trouble::of_connecting(&what)),
            other => Self::Lost(Trouble::Server(other.to_string())),
        }
    }
}

fn of_code(code: Code, message: String) -> Failure {
    match code {
        // The client maps this code for single calls, and leaves it bare for batches.
        Code::AlreadyExists => Failure::Conflict,
        Code::InvalidArgument | Code::OutOfRange => Failure::Invalid(message),
        Code::Unauthenticated | Code::PermissionDenied => Failure::Refused(Trouble::Credentials),
        Code::Unimplemented => Failure::Refused(Trouble::Unsupported),
        Code::ResourceExhausted => Failure::Lost(Trouble::Server(message)),
        Code::FailedPrecondition if message.contains("deleted") => Failure::Deleted,
        Code::DeadlineExceeded => Failure::Lost(Trouble::Silent),
        _ => Failure::Lost(Trouble::Server(format!("{code:?}: {message}"))),
    }
}

impl From<Failure> for Trouble {
    /// What stood in the way of a call that should have met nothing else.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(trouble) | Failure::Lost(trouble) => trouble,
            Failure::Invalid(what) => Self::Server(what),
            Failure::Conflict | Failure::Missing | Failure::Deleted | Failure::Closed => Self::Unsupported,
        }
    }
}
