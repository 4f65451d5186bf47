//! `Delete` and `Tombstone`.

use tonic::{Response, Status};

use super::decide::Expected;
use super::log::Refused;
use super::node::Node;
use super::refusals;
use super::wire::streams::delete_req::options::ExpectedStreamRevision as DeleteExpected;
use super::wire::streams::delete_resp::{Position as DeletePosition, PositionOption as DeletePositionOption};
use super::wire::streams::tombstone_req::options::ExpectedStreamRevision as TombstoneExpected;
use super::wire::streams::tombstone_resp::{Position as TombstonePosition, PositionOption as TombstonePositionOption};
use super::wire::streams::{DeleteReq, DeleteResp, TombstoneReq, TombstoneResp};
use super::write;

pub(super) fn delete(node: &Node, request: DeleteReq) -> Result<Response<DeleteResp>, Status> {
    let options = request.options.ok_or_else(|| Status::invalid_argument("options are missing"))?;
    let stream = write::name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
    let expected = match options.expected_stream_revision {
        Some(DeleteExpected::Revision(revision)) => Expected::Revision(revision),
        Some(DeleteExpected::NoStream(_)) => Expected::NoStream,
        Some(DeleteExpected::StreamExists(_)) => Expected::StreamExists,
        Some(DeleteExpected::Any(_)) | None => Expected::Any,
    };
    let position = remove(node, &stream, expected, false)?;
    let position = DeletePosition { commit_position: position, prepare_position: position };
    Ok(Response::new(DeleteResp { position_option: Some(DeletePositionOption::Position(position)) }))
}

pub(super) fn tombstone(node: &Node, request: TombstoneReq) -> Result<Response<TombstoneResp>, Status> {
    let options = request.options.ok_or_else(|| Status::invalid_argument("options are missing"))?;
    let stream = write::name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
    let expected = match options.expected_stream_revision {
        Some(TombstoneExpected::Revision(revision)) => Expected::Revision(revision),
        Some(TombstoneExpected::NoStream(_)) => Expected::NoStream,
        Some(TombstoneExpected::StreamExists(_)) => Expected::StreamExists,
        Some(TombstoneExpected::Any(_)) | None => Expected::Any,
    };
    let position = remove(node, &stream, expected, true)?;
    let position = TombstonePosition { commit_position: position, prepare_position: position };
    Ok(Response::new(TombstoneResp { position_option: Some(TombstonePositionOption::Position(position)) }))
}

fn remove(node: &Node, stream: &str, expected: Expected, for_good: bool) -> Result<u64, Status> {
    node.cluster.log.remove(stream, expected, for_good).map_err(|refused| match refused {
        Refused::StreamDeleted => refusals::stream_deleted(stream),
        Refused::WrongExpectedVersion { current } => refusals::delete_conflict(stream, expected, current),
    })
}
