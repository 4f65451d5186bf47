//! `Append`: one call, one write; a conflict is an answer, not a status.

use std::future::pending;
use std::sync::Arc;

use ::uuid::Uuid;
use tonic::{Request, Response, Status, Streaming};

use super::decide::Expected;
use super::faults::{Fault, Loss};
use super::log::{Offered, Refused, Written};
use super::node::Node;
use super::refusals;
use super::service::Silence;
use super::wire::event_store::client::{Empty, Uuid as WireUuid, uuid};
use super::wire::streams::append_req::options::ExpectedStreamRevision;
use super::wire::streams::append_req::{Content, Options, ProposedMessage};
use super::wire::streams::append_resp::success::{CurrentRevisionOption, PositionOption};
use super::wire::streams::append_resp::wrong_expected_version::{
    CurrentRevisionOption as Current, CurrentRevisionOption2060 as Current2060, ExpectedRevisionOption as Asked,
    ExpectedRevisionOption2060 as Asked2060,
};
use super::wire::streams::append_resp::{Position, Result as Outcome, Success, WrongExpectedVersion};
use super::wire::streams::{AppendReq, AppendResp};

/// A write that has arrived whole.
pub(super) struct Write {
    pub stream: String,
    pub expected: Expected,
    pub offered: Vec<Offered>,
}

/// Commits its write when it is dropped: when the caller has gone.
pub(super) struct Late {
    pub node: Arc<Node>,
    pub write: Option<Write>,
}

impl Drop for Late {
    fn drop(&mut self) {
        if let Some(write) = self.write.take() {
            // Nobody is left to hear how it went.
            let _ = self.node.append(&write.stream, write.expected, write.offered);
        }
    }
}

pub(super) async fn append(
    node: Arc<Node>,
    request: Request<Streaming<AppendReq>>,
) -> Result<Response<AppendResp>, Status> {
    let (metadata, extensions, messages) = request.into_parts();
    let write = receive(&node, messages).await?;
    node.check_writable(&metadata)?;
    if node.faults.strikes(Fault::DelayCommit) {
        let _late = Late { node, write: Some(write) };
        return pending().await;
    }
    let (stream, expected) = (write.stream, write.expected);
    let outcome = node.append(&stream, expected, write.offered);
    if outcome.is_ok()
        && let Some(loss) = node.faults.loss()
    {
        return Err(lose(&node, loss, extensions.get()).await);
    }
    answer(&stream, expected, outcome)
}

async fn lose(node: &Node, loss: Loss, silence: Option<&Silence>) -> Status {
    match loss {
        Loss::TimedOut => return refusals::timed_out(),
        Loss::Unavailable => return refusals::unavailable(),
        Loss::Connection => node.cut(),
        Loss::Silence => {}
    }
    if let Some(silence) = silence {
        silence.keep();
    }
    pending().await
}

async fn receive(node: &Node, mut messages: Streaming<AppendReq>) -> Result<Write, Status> {
    let Some(AppendReq { content: Some(Content::Options(options)) }) = messages.message().await? else {
        return Err(Status::unknown("Exception was thrown by handler."));
    };
    let (stream, expected) = target(options)?;
    let (mut offered, mut size) = (Vec::new(), 0);
    while let Some(message) = messages.message().await? {
        let Some(Content::ProposedMessage(message)) = message.content else {
            return Err(Status::unknown("Exception was thrown by handler."));
        };
        let event = offer(message)?;
        size += event.size();
        if size > node.options.max_append_size {
            return Err(refusals::append_too_large(node.options.max_append_size));
        }
        offered.push(event);
    }
    Ok(Write { stream, expected, offered })
}

fn target(options: Options) -> Result<(String, Expected), Status> {
    let stream = name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
    let expected = match options.expected_stream_revision {
        Some(ExpectedStreamRevision::Revision(revision)) => Expected::Revision(revision),
        Some(ExpectedStreamRevision::NoStream(_)) => Expected::NoStream,
        Some(ExpectedStreamRevision::Any(_)) => Expected::Any,
        Some(ExpectedStreamRevision::StreamExists(_)) => Expected::StreamExists,
        None => return Err(Status::invalid_argument("'None' is not a valid expected revision")),
    };
    Ok((stream, expected))
}

pub(super) fn name(bytes: Option<Vec<u8>>) -> Result<String, Status> {
    let name = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|name| !name.is_empty());
    name.ok_or_else(|| Status::invalid_argument("a stream needs a name"))
}

pub(super) fn id(id: Option<WireUuid>) -> Result<Uuid, Status> {
    let parsed = match id.and_then(|id| id.value) {
        Some(uuid::Value::String(text)) => Uuid::parse_str(&text).ok(),
        Some(uuid::Value::Structured(halves)) => Some(Uuid::from_u64_pair(
            halves.most_significant_bits.cast_unsigned(),
            halves.least_significant_bits.cast_unsigned(),
        )),
        None => None,
    };
    parsed.filter(|id| !id.is_nil()).ok_or_else(|| Status::invalid_argument("Empty eventId provided."))
}

fn offer(mut message: ProposedMessage) -> Result<Offered, Status> {
    let property = |key: &str| refusals::metadata_missing(key);
    let event_type = message.metadata.remove("type").ok_or_else(|| property("type"))?;
    let content = message.metadata.remove("content-type").ok_or_else(|| property("content-type"))?;
    let json = content == "application/json";
    Ok(Offered { id: id(message.id)?, event_type, json, data: message.data, metadata: message.custom_metadata })
}

fn answer(stream: &str, expected: Expected, outcome: Result<Written, Refused>) -> Result<Response<AppendResp>, Status> {
    let result = match outcome {
        Ok(written) => Outcome::Success(success(written)),
        Err(Refused::WrongExpectedVersion { current }) => Outcome::WrongExpectedVersion(conflict(expected, current)),
        Err(Refused::StreamDeleted) => return Err(refusals::stream_deleted(stream)),
    };
    Ok(Response::new(AppendResp { result: Some(result) }))
}

fn success(written: Written) -> Success {
    let position = written
        .position
        .map(|position| PositionOption::Position(Position { commit_position: position, prepare_position: position }));
    let revision = written.revision.map(CurrentRevisionOption::CurrentRevision);
    Success {
        current_revision_option: Some(revision.unwrap_or(CurrentRevisionOption::NoStream(Empty {}))),
        position_option: Some(position.unwrap_or(PositionOption::NoPosition(Empty {}))),
    }
}

fn conflict(expected: Expected, current: Option<u64>) -> WrongExpectedVersion {
    let (asked, asked_2060) = match expected {
        Expected::Any => (Asked::ExpectedAny(Empty {}), Asked2060::Any2060(Empty {})),
        Expected::StreamExists => (Asked::ExpectedStreamExists(Empty {}), Asked2060::StreamExists2060(Empty {})),
        Expected::NoStream => (Asked::ExpectedNoStream(Empty {}), Asked2060::ExpectedRevision2060(u64::MAX)),
        Expected::Revision(revision) => (Asked::ExpectedRevision(revision), Asked2060::ExpectedRevision2060(revision)),
    };
    let (current, current_2060) = match current {
        Some(revision) => (Current::CurrentRevision(revision), Current2060::CurrentRevision2060(revision)),
        None => (Current::CurrentNoStream(Empty {}), Current2060::NoStream2060(Empty {})),
    };
    WrongExpectedVersion {
        current_revision_option_20_6_0: Some(current_2060),
        expected_revision_option_20_6_0: Some(asked_2060),
        current_revision_option: Some(current),
        expected_revision_option: Some(asked),
    }
}
