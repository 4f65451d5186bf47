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
    /// The server holds less than it did: an older backup was put back under us.
    Rewound,
    /// What keeps the connection stopped, by a mistake of ours.
    Stopped,
}

impl Trouble {
    /// Why a connection was not made. That is known as text only; a certificate that is not believed hides in it.
    pub(super) fn of_connecting(what: &str) -> Self {
        let what = what.to_owned();
        let said = what.to_lowercase();
        match () {
            () if said.contains("certificaterequired") || said.contains("accessdenied") => Self::Credentials,
            () if said.contains("certificate") || said.contains("private key") => Self::Certificate(what),
            () if what.contains(NO_LEADER) => Self::NotLeader,
            () => Self::Unreachable(what),
        }
    }

    /// Whether only an operator can mend it: waiting longer does not.
    #[must_use]
    pub const fn needs_operator(&self) -> bool {
        matches!(self, Self::Credentials | Self::Certificate(_) | Self::Unsupported | Self::Rewound | Self::Stopped)
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
                write!(f, "a certificate is not believed or cannot be read ({what}): renew it, or name its authority with tlsCAFile")
            }
            Self::NotLeader => f.write_str(
                "the node reached may not write and names no leader that answers: name all nodes in the address",
            ),
            Self::Unsupported => f.write_str("it does not know a call we need: it must be 21.10 or later"),
            Self::Server(what) => write!(f, "it says that it cannot ({what}): see its own log"),
            Self::Silent => f.write_str("it did not answer in time: see its load and its disk"),
            Self::Rewound => f.write_str(
                "it holds less than it did, as when an older backup is put back: start this node again, so that its lists are made anew",
            ),
            Self::Stopped => f.write_str("it is no longer tried, by a mistake of ours: start this node again"),
        }
    }
}

impl From<Trouble> for StoreFault {
    fn from(trouble: Trouble) -> Self {
        Self::Unreachable(trouble.to_string())
    }
}

/// What a node says that knows of no leader; a batch is told so in the same words.
const NO_LEADER: &str = "No leader info available";

/// What the client says to everybody whose append was under way when another's failed.
const SESSION_OVER: &str = "Batch-append stream has been closed";

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
    /// Nobody knows whether it was done: the client ended the stream of appends over another's failure.
    Swept,
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
            Error::ServerError(what) if what.contains(SESSION_OVER) => Self::Swept,
            Error::ServerError(what) if what.contains("InvalidPosition") => Self::Invalid(NO_POSITION.to_owned()),
            Error::ServerError(what) => Self::Lost(Trouble::of_connecting(&what)),
            other => Self::Lost(Trouble::Server(other.to_string())),
        }
    }
}

const NO_POSITION: &str = "the position is none of this history, as when an older backup was put back; begin anew";

fn of_code(code: Code, message: String) -> Failure {
    match code {
        // Inside a batch, a write that was not begun has this code.
        Code::Ok if message.contains(NO_LEADER) => Failure::Refused(Trouble::NotLeader),
        Code::Ok => Failure::Refused(Trouble::Server(message)),
        Code::NotFound | Code::FailedPrecondition if message.contains("eleted") => Failure::Deleted,
        Code::InvalidArgument if message.contains("aximum") => {
            Failure::Invalid("it is larger than its MaxAppendSize, which is 1 MiB unless raised there".to_owned())
        }
        Code::InvalidArgument if message.contains("invalid position") => Failure::Invalid(NO_POSITION.to_owned()),
        // The client maps this code for single calls, and leaves it bare for batches.
        Code::AlreadyExists => Failure::Conflict,
        Code::InvalidArgument | Code::OutOfRange => Failure::Invalid(message),
        Code::Unauthenticated | Code::PermissionDenied => Failure::Refused(Trouble::Credentials),
        Code::Unimplemented => Failure::Refused(Trouble::Unsupported),
        Code::ResourceExhausted => Failure::Lost(Trouble::Server(message)),
        Code::DeadlineExceeded => Failure::Lost(Trouble::Silent),
        // Of the connection, not of the server.
        Code::Cancelled => Failure::Lost(Trouble::Unreachable(message)),
        _ => Failure::Lost(Trouble::Server(format!("{code:?}: {message}"))),
    }
}

impl From<Failure> for Trouble {
    /// What stood in the way of a call that should have met nothing else.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(trouble) | Failure::Lost(trouble) => trouble,
            Failure::Invalid(what) => Self::Server(what),
            Failure::Swept => Self::Silent,
            Failure::Conflict | Failure::Missing | Failure::Deleted | Failure::Closed => Self::Unsupported,
        }
    }
}
