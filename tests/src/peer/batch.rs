//! `BatchAppend`: a session with several writes in flight; a conflict is an error inside an answer.

use std::collections::HashMap;
use std::sync::Arc;

use prost_types::Timestamp;
use tokio::sync::mpsc;
use tonic::metadata::MetadataMap;
use tonic::{Request, Status, Streaming};

use super::decide::Expected;
use super::faults::{Fault, Loss};
use super::log::{Offered, Refused, Written};
use super::node::Node;
use super::refusals::{self, batched};
use super::wire::event_store::client::{AllStreamPosition, StreamIdentifier, Uuid as WireUuid};
use super::wire::google::rpc;
use super::wire::streams::batch_append_req::options::{DeadlineOption, ExpectedStreamPosition};
use super::wire::streams::batch_append_req::{Options, ProposedMessage};
use super::wire::streams::batch_append_resp::success::{CurrentRevisionOption, PositionOption};
use super::wire::streams::batch_append_resp::{Result as Outcome, Success};
use super::wire::streams::{BatchAppendReq, BatchAppendResp};
use super::write::{self, Late, Write};

/// The answers of a session.
pub(super) type Answers = mpsc::Receiver<Result<BatchAppendResp, Status>>;

/// Opens a session.
pub(super) fn open(node: Arc<Node>, request: Request<Streaming<BatchAppendReq>>) -> Answers {
    let (metadata, _, messages) = request.into_parts();
    let (answers, receiver) = mpsc::channel(64);
    tokio::spawn(Session { node, metadata, answers, partial: HashMap::new(), late: Vec::new() }.run(messages));
    receiver
}

struct Session {
    node: Arc<Node>,
    metadata: MetadataMap,
    answers: mpsc::Sender<Result<BatchAppendResp, Status>>,
    partial: HashMap<Vec<u8>, Write>,
    /// Committed when the session ends.
    late: Vec<Late>,
}

/// The session goes no further.
struct Over;

impl Session {
    async fn run(mut self, mut messages: Streaming<BatchAppendReq>) {
        loop {
            let message = tokio::select! {
                message = messages.message() => message,
                () = self.answers.closed() => return,
            };
            let Ok(Some(message)) = message else { return };
            if self.take(message).await.is_err() {
                return;
            }
        }
    }

    async fn take(&mut self, message: BatchAppendReq) -> Result<(), Over> {
        let key = prost::Message::encode_to_vec(&message.correlation_id.clone().unwrap_or_default());
        if let Some(options) = message.options {
            if expired(&options) {
                return self.refuse(message.correlation_id, "", batched::timeout()).await;
            }
            match begin(options) {
                Ok(write) => drop(self.partial.insert(key.clone(), write)),
                Err(status) => return self.refuse_badly(message.correlation_id, &status).await,
            }
        }
        let Some(mut write) = self.partial.remove(&key) else { return Ok(()) };
        for proposed in message.proposed_messages {
            match offer(proposed) {
                Ok(event) => write.offered.push(event),
                Err(status) => return self.refuse_badly(message.correlation_id, &status).await,
            }
        }
        let limit = self.node.options.max_append_size;
        if write.offered.iter().map(Offered::size).sum::<usize>() > limit {
            return self.refuse(message.correlation_id, &write.stream, batched::append_too_large(limit)).await;
        }
        if !message.is_final {
            self.partial.insert(key, write);
            return Ok(());
        }
        self.commit(message.correlation_id, write).await
    }

    async fn commit(&mut self, correlation: Option<WireUuid>, write: Write) -> Result<(), Over> {
        self.node.counters.batched();
        if self.node.faults.strikes(Fault::Hang) {
            return Ok(());
        }
        if let Err(status) = self.node.check_writable(&self.metadata) {
            return self.not_handled(correlation, &write.stream, status).await;
        }
        if self.node.faults.strikes(Fault::DelayCommit) {
            self.late.push(Late { node: Arc::clone(&self.node), write: Some(write) });
            return Ok(());
        }
        if self.node.faults.strikes(Fault::EndAppends) {
            return Err(Over);
        }
        let mut outcome = self.node.append(&write.stream, write.expected, write.offered);
        if let Ok(written) = &mut outcome
            && written.repeated
            && self.node.faults.strikes(Fault::ForgetPosition)
        {
            written.position = None;
        }
        if let Ok(Written { revision, repeated: true, .. }) = outcome
            && self.node.faults.strikes(Fault::ForgetIds)
        {
            outcome = Err(Refused::WrongExpectedVersion { current: revision });
        }
        match outcome.is_ok().then(|| self.node.faults.loss()).flatten() {
            None => self.answer(correlation, &write.stream, write.expected, outcome).await,
            Some(Loss::TimedOut) => self.refuse(correlation, &write.stream, batched::timeout()).await,
            Some(Loss::Unavailable) => self.end(refusals::unavailable()).await,
            Some(Loss::Silence) => Ok(()),
            Some(Loss::Connection) => {
                self.node.cut();
                Err(Over)
            }
        }
    }

    async fn answer(
        &self,
        correlation: Option<WireUuid>,
        stream: &str,
        expected: Expected,
        outcome: Result<Written, Refused>,
    ) -> Result<(), Over> {
        let result = match outcome {
            Ok(written) => Outcome::Success(success(written)),
            Err(Refused::WrongExpectedVersion { current }) => {
                Outcome::Error(batched::wrong_expected_version(expected, current))
            }
            Err(Refused::StreamDeleted) => Outcome::Error(batched::stream_deleted(stream)),
        };
        self.send(correlation, stream, result).await
    }

    /// A leader elsewhere ends the session; a server that is not ready answers each write.
    async fn not_handled(&self, correlation: Option<WireUuid>, stream: &str, status: Status) -> Result<(), Over> {
        if status.metadata().contains_key("leader-endpoint-host") {
            return self.end(status).await;
        }
        self.refuse(correlation, stream, batched::not_handled(status.message())).await
    }

    async fn refuse_badly(&self, correlation: Option<WireUuid>, status: &Status) -> Result<(), Over> {
        self.refuse(correlation, "", batched::bad_request(status.message())).await
    }

    async fn refuse(&self, correlation: Option<WireUuid>, stream: &str, error: rpc::Status) -> Result<(), Over> {
        self.send(correlation, stream, Outcome::Error(error)).await
    }

    async fn send(&self, correlation_id: Option<WireUuid>, stream: &str, result: Outcome) -> Result<(), Over> {
        let stream_identifier = Some(StreamIdentifier { stream_name: stream.as_bytes().to_vec() });
        let result = Some(result);
        // As the real server, which never fills in what was expected.
        let answer = BatchAppendResp { correlation_id, result, stream_identifier, expected_stream_position: None };
        self.answers.send(Ok(answer)).await.map_err(|_| Over)
    }

    async fn end(&self, status: Status) -> Result<(), Over> {
        let _ = self.answers.send(Err(status)).await;
        Err(Over)
    }
}

fn begin(options: Options) -> Result<Write, Status> {
    let stream = write::name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
    let expected = match options.expected_stream_position {
        Some(ExpectedStreamPosition::StreamPosition(revision)) => Expected::Revision(revision),
        Some(ExpectedStreamPosition::NoStream(())) => Expected::NoStream,
        Some(ExpectedStreamPosition::Any(())) => Expected::Any,
        Some(ExpectedStreamPosition::StreamExists(())) => Expected::StreamExists,
        None => return Err(Status::invalid_argument("'None' is not a valid expected position")),
    };
    Ok(Write { stream, expected, offered: Vec::new() })
}

fn expired(options: &Options) -> bool {
    match &options.deadline_option {
        Some(DeadlineOption::Deadline(left)) => left.seconds <= 0 && left.nanos <= 0,
        Some(DeadlineOption::Deadline21100(until)) => {
            let now = Timestamp::from(std::time::SystemTime::now());
            (until.seconds, until.nanos) <= (now.seconds, now.nanos)
        }
        None => false,
    }
}

fn offer(mut message: ProposedMessage) -> Result<Offered, Status> {
    let missing = || Status::invalid_argument("The given key was not present in the dictionary.");
    let event_type = message.metadata.remove("type").ok_or_else(missing)?;
    let content = message.metadata.remove("content-type").ok_or_else(missing)?;
    let (id, json) = (write::id(message.id)?, content == "application/json");
    Ok(Offered { id, event_type, json, data: message.data, metadata: message.custom_metadata })
}

fn success(written: Written) -> Success {
    let position = written.position.map(|position| {
        PositionOption::Position(AllStreamPosition { commit_position: position, prepare_position: position })
    });
    let revision = written.revision.map(CurrentRevisionOption::CurrentRevision);
    Success {
        current_revision_option: Some(revision.unwrap_or(CurrentRevisionOption::NoStream(()))),
        position_option: Some(position.unwrap_or(PositionOption::NoPosition(()))),
    }
}
