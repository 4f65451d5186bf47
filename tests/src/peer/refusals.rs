//! How the server says no (`RpcExceptions`, `Status`): the trailers are what clients read.

use prost_types::Any;
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Status};

use super::decide::Expected;
use super::wire::event_store::client as shared;
use super::wire::event_store::client::wrong_expected_version::{
    CurrentStreamRevisionOption, ExpectedStreamPositionOption,
};
use super::wire::google::rpc;

/// A status with the trailer `exception` and what goes with it.
fn exception(code: Code, message: impl Into<String>, trailers: &[(&'static str, &str)]) -> Status {
    let mut metadata = MetadataMap::new();
    for (key, value) in trailers {
        if let Ok(value) = MetadataValue::try_from(*value) {
            metadata.insert(*key, value);
        }
    }
    Status::with_metadata(code, message, metadata)
}

pub(super) fn not_leader(host: &str, port: u16) -> Status {
    let port = port.to_string();
    let trailers =
        [("exception", "not-leader"), ("leader-endpoint-host", host), ("leader-endpoint-port", port.as_str())];
    exception(Code::NotFound, "Leader info available", &trailers)
}

pub(super) fn no_leader() -> Status {
    Status::unknown("No leader info available in response")
}

pub(super) fn not_ready() -> Status {
    Status::unavailable("Server Is Not Ready")
}

pub(super) fn unavailable() -> Status {
    Status::unavailable("Server Is Too Busy")
}

pub(super) fn timed_out() -> Status {
    Status::aborted("Operation timed out: Commit phase timeout.")
}

pub(super) fn access_denied() -> Status {
    exception(Code::PermissionDenied, "Access Denied", &[("exception", "access-denied")])
}

pub(super) fn unauthenticated() -> Status {
    Status::unauthenticated("Bad gRPC response. HTTP status code: 401")
}

pub(super) fn stream_deleted(stream: &str) -> Status {
    let trailers = [("exception", "stream-deleted"), ("stream-name", stream)];
    exception(Code::FailedPrecondition, format!("Event stream '{stream}' is deleted."), &trailers)
}

pub(super) fn delete_conflict(stream: &str, expected: Expected, current: Option<u64>) -> Status {
    let expected = match expected {
        Expected::NoStream => "-1".to_owned(),
        Expected::Any => "-2".to_owned(),
        Expected::StreamExists => "-4".to_owned(),
        Expected::Revision(revision) => revision.to_string(),
    };
    let actual = current.map_or_else(|| "-1".to_owned(), |revision| revision.to_string());
    let message = format!(
        "Delete failed due to WrongExpectedVersion. Stream: {stream}, Expected version: {expected}, Actual version: {actual}"
    );
    let trailers = [
        ("exception", "wrong-expected-version"),
        ("stream-name", stream),
        ("expected-version", expected.as_str()),
        ("actual-version", actual.as_str()),
    ];
    exception(Code::FailedPrecondition, message, &trailers)
}

pub(super) fn append_too_large(limit: usize) -> Status {
    let size = limit.to_string();
    let trailers = [("exception", "maximum-append-size-exceeded"), ("maximum-append-size", size.as_str())];
    exception(Code::InvalidArgument, format!("Maximum Append Size of {limit} Exceeded."), &trailers)
}

pub(super) fn metadata_missing(property: &str) -> Status {
    let trailers =
        [("exception", "missing-required-metadata-property"), ("required-metadata-properties", "type,content-type")];
    exception(Code::InvalidArgument, format!("Required Metadata Property '{property}' is missing"), &trailers)
}

/// The same refusals inside a session of `BatchAppend`.
pub(super) mod batched {
    use super::{Any, CurrentStreamRevisionOption, Expected, ExpectedStreamPositionOption, rpc, shared};

    fn status(code: rpc::Code, message: &str, details: Any) -> rpc::Status {
        rpc::Status { code: code.into(), message: message.to_owned(), details: Some(details) }
    }

    fn details<M: prost::Message>(name: &str, message: &M) -> Any {
        let type_url = format!("type.googleapis.com/event_store.client.{name}");
        Any { type_url, value: message.encode_to_vec() }
    }

    pub fn wrong_expected_version(expected: Expected, current: Option<u64>) -> rpc::Status {
        let current = current.map_or(CurrentStreamRevisionOption::CurrentNoStream(()), |revision| {
            CurrentStreamRevisionOption::CurrentStreamRevision(revision)
        });
        let expected = match expected {
            Expected::Any => ExpectedStreamPositionOption::ExpectedAny(()),
            Expected::StreamExists => ExpectedStreamPositionOption::ExpectedStreamExists(()),
            Expected::NoStream => ExpectedStreamPositionOption::ExpectedNoStream(()),
            Expected::Revision(revision) => ExpectedStreamPositionOption::ExpectedStreamPosition(revision),
        };
        let conflict = shared::WrongExpectedVersion {
            current_stream_revision_option: Some(current),
            expected_stream_position_option: Some(expected),
        };
        status(rpc::Code::AlreadyExists, "WrongExpectedVersion", details("WrongExpectedVersion", &conflict))
    }

    pub fn stream_deleted(stream: &str) -> rpc::Status {
        let identifier = shared::StreamIdentifier { stream_name: stream.as_bytes().to_vec() };
        let deleted = shared::StreamDeleted { stream_identifier: Some(identifier) };
        status(rpc::Code::NotFound, "StreamDeleted", details("StreamDeleted", &deleted))
    }

    pub fn timeout() -> rpc::Status {
        status(rpc::Code::DeadlineExceeded, "Timeout", details("Timeout", &shared::Timeout {}))
    }

    pub fn append_too_large(limit: usize) -> rpc::Status {
        let exceeded = shared::MaximumAppendSizeExceeded { max_append_size: u32::try_from(limit).unwrap_or(u32::MAX) };
        let details = details("MaximumAppendSizeExceeded", &exceeded);
        status(rpc::Code::InvalidArgument, "MaximumAppendSizeExceeded", details)
    }

    pub fn bad_request(message: &str) -> rpc::Status {
        let bad = shared::BadRequest { message: message.to_owned() };
        status(rpc::Code::InvalidArgument, "BadRequest", details("BadRequest", &bad))
    }

    /// The server leaves the code of these at OK.
    pub fn not_handled(message: &str) -> rpc::Status {
        let details = Any { type_url: "type.googleapis.com/google.protobuf.Empty".to_owned(), value: Vec::new() };
        status(rpc::Code::Ok, message, details)
    }
}
