//! `Read` with a count: one stream or `$all`, forwards or backwards.

use std::sync::Arc;

use tokio::sync::mpsc;
use tonic::Status;

use super::faults::Fault;
use super::filter::Filter;
use super::log::{Found, LoggedEvent, PageSize, Place};
use super::node::Node;
use super::refusals;
use super::subscribe::Messages;
use super::wire::event_store::client::{AllStreamPosition, StreamIdentifier, Uuid as WireUuid, uuid};
use super::wire::streams::ReadResp;
use super::wire::streams::read_req::options::all_options::AllOption;
use super::wire::streams::read_req::options::stream_options::RevisionOption;
use super::wire::streams::read_req::options::{AllOptions, StreamOptions, UuidOption, uuid_option};
use super::wire::streams::read_resp::read_event::{Position, RecordedEvent};
use super::wire::streams::read_resp::{Content, ReadEvent, StreamNotFound};
use super::write;

/// How much, in which direction, and in which form.
pub(super) struct Extent {
    pub count: u64,
    pub backwards: bool,
    pub structured_ids: bool,
    /// Whether the caller wants to hear the first and last revision (`compatibility` of at least 1).
    pub bounds: bool,
}

pub(super) fn message(content: Content) -> ReadResp {
    ReadResp { content: Some(content) }
}

pub(super) fn structured(option: Option<UuidOption>) -> Result<bool, Status> {
    let option = option.ok_or_else(|| Status::invalid_argument(" `uuidOption` is a required argument"))?;
    Ok(!matches!(option.content, Some(uuid_option::Content::String(_))))
}

/// The events of one stream; a revision is inclusive in both directions.
pub(super) fn stream(node: &Node, options: StreamOptions, extent: &Extent) -> Result<Vec<ReadResp>, Status> {
    let name = write::name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
    let (events, first, last) = match node.cluster.log.stream(&name, node.hidden()) {
        Found::Missing => return Ok(vec![not_found(&name)]),
        Found::Tombstoned => return Err(refusals::stream_deleted(&name)),
        Found::Events { events, first, last } => (events, first, last),
    };
    let from = match options.revision_option {
        Some(RevisionOption::Revision(revision)) => revision,
        Some(RevisionOption::End(_)) => u64::MAX,
        Some(RevisionOption::Start(_)) | None => 0,
    };
    let limit = usize::try_from(extent.count).unwrap_or(usize::MAX);
    let chosen: Vec<_> = if extent.backwards {
        events.iter().rev().filter(|event| event.revision <= from).take(limit).cloned().collect()
    } else {
        events.iter().filter(|event| event.revision >= from).take(limit).cloned().collect()
    };
    let mut messages = pages(node, &chosen, extent.structured_ids);
    if extent.bounds {
        if from < first && !extent.backwards {
            messages.insert(0, message(Content::FirstStreamPosition(first)));
        }
        messages.push(message(Content::LastStreamPosition(last)));
    }
    if node.faults.strikes(Fault::SayMore) {
        messages.insert(0, message(Content::LastStreamPosition(last)));
    }
    Ok(messages)
}

/// The events of `$all`; a position is inclusive forwards and exclusive backwards. The server goes page by page, and says nothing about
/// pages in which nothing matches.
pub(super) fn all(
    node: Arc<Node>,
    options: AllOptions,
    filter: Option<Filter>,
    extent: Extent,
) -> Result<Messages, Status> {
    let from = match options.all_option {
        Some(AllOption::Position(position)) => (position.commit_position, position.prepare_position),
        Some(AllOption::End(_)) => (u64::MAX, u64::MAX),
        Some(AllOption::Start(_)) | None => (0, 0),
    };
    if !node.cluster.log.is_boundary(from.0, node.hidden()) {
        return Err(invalid_position(filter.is_some()));
    }
    let (messages, receiver) = mpsc::channel(32);
    tokio::spawn(async move {
        // It fails when the reader has gone.
        let _ = pages_of_all(&node, from, filter.as_ref(), &extent, &messages).await;
    });
    Ok(receiver)
}

async fn pages_of_all(
    node: &Node,
    mut from: Place,
    filter: Option<&Filter>,
    extent: &Extent,
    messages: &mpsc::Sender<Result<ReadResp, Status>>,
) -> Result<(), mpsc::error::SendError<Result<ReadResp, Status>>> {
    let mut left = usize::try_from(extent.count).unwrap_or(usize::MAX);
    let window = filter.map_or(usize::MAX, |filter| filter.window as usize);
    let wants = |event: &LoggedEvent| filter.is_none_or(|filter| filter.wants(event));
    if node.faults.strikes(Fault::SayMore) {
        let position = AllStreamPosition { commit_position: from.0, prepare_position: from.1 };
        messages.send(Ok(message(Content::LastAllStreamPosition(position)))).await?;
    }
    while left > 0 && !messages.is_closed() {
        let size = PageSize { matches: node.options.page_size.max(1).min(left), window };
        let (log, hidden) = (&node.cluster.log, node.hidden());
        let hop = if extent.backwards {
            log.backwards(from, size, hidden, wants)
        } else {
            log.forwards(from, size, hidden, wants)
        };
        if filter.is_some() {
            node.counters.hopped(hop.looked_at);
            node.faults.hop().await;
        }
        left -= hop.events.len();
        for message in page(node, &hop.events, extent.structured_ids) {
            node.faults.delivery().await;
            messages.send(Ok(message)).await?;
        }
        if hop.end {
            break;
        }
        from = hop.next;
    }
    Ok(())
}

/// The server has no name for it when a filter is set.
pub(super) fn invalid_position(filtered: bool) -> Status {
    if filtered {
        return Status::unknown("Unexpected FilteredReadAllResult: InvalidPosition");
    }
    Status::invalid_argument("Trying to read from an invalid position.")
}

fn pages(node: &Node, events: &[Arc<LoggedEvent>], structured_ids: bool) -> Vec<ReadResp> {
    events.chunks(node.options.page_size.max(1)).flat_map(|events| page(node, events, structured_ids)).collect()
}

/// A page, whose last event may come twice.
fn page(node: &Node, events: &[Arc<LoggedEvent>], structured_ids: bool) -> Vec<ReadResp> {
    let mut messages: Vec<_> = events.iter().map(|event| appeared(event, structured_ids)).collect();
    if let Some(last) = events.last()
        && node.faults.strikes(Fault::DuplicateEvents)
    {
        messages.push(appeared(last, structured_ids));
    }
    messages
}

fn not_found(name: &str) -> ReadResp {
    let stream_identifier = Some(StreamIdentifier { stream_name: name.as_bytes().to_vec() });
    message(Content::StreamNotFound(StreamNotFound { stream_identifier }))
}

pub(super) fn appeared(event: &LoggedEvent, structured_ids: bool) -> ReadResp {
    let content_type = if event.json { "application/json" } else { "application/octet-stream" };
    let metadata = [
        ("type", event.event_type.clone()),
        ("created", event.created.to_string()),
        ("content-type", content_type.to_owned()),
    ];
    let recorded = RecordedEvent {
        id: Some(wire_id(event, structured_ids)),
        stream_identifier: Some(StreamIdentifier { stream_name: event.stream.as_bytes().to_vec() }),
        stream_revision: event.revision,
        prepare_position: event.position,
        commit_position: event.position,
        metadata: metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        custom_metadata: event.metadata.clone(),
        data: event.data.clone(),
    };
    let position = Some(Position::CommitPosition(event.position));
    message(Content::Event(ReadEvent { event: Some(recorded), link: None, position }))
}

fn wire_id(event: &LoggedEvent, structured: bool) -> WireUuid {
    let (high, low) = event.id.as_u64_pair();
    let value = if structured {
        uuid::Value::Structured(uuid::Structured {
            most_significant_bits: high.cast_signed(),
            least_significant_bits: low.cast_signed(),
        })
    } else {
        uuid::Value::String(event.id.to_string())
    };
    WireUuid { value: Some(value) }
}
