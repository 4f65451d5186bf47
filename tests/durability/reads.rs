//! R12: each read waits for one sync of the trail and no more; reads that come together share theirs.

use std::path::Path;
use std::sync::Arc;

use api::gate::{Caller, Trace};
use api::graphql::{Limits, RustpuntSchema, build};
use api::identity::{Identity, Scope};
use api::node::{FolderKind, HistoryPlace, Node, NodeOptions};
use api::telemetry::Metrics;
use api::trail::Keeper;
use async_graphql::{Executor as _, Request};
use domain::fact::{Actor, Organisation, Role};
use domain::ids::WorkerId;
use domain::terms::TermsBook;
use domain::text::Name;
use domain::time::Timestamp;
use eventstore::clock::ToldClock;
use tests::archive::{self, HISTORY};
use uuid::Uuid;

use crate::child::Plan;
use crate::said::Said;
use crate::trace::Call;
use crate::traced::trace;

/// In the reading process: readers who read at once, each so many times, over the whole of a node. The first read is not among those
/// that are counted: the worker is introduced by it, and the log of the trail begun.
pub async fn read(folder: &Path, readers: u64, reads: u64) {
    let options = NodeOptions {
        folder: folder.join("node"),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: Arc::new(ToldClock::at(archive::moment())),
    };
    let node = Node::open(options, || {}).await.unwrap();
    let keeper = Keeper::new(node.trail(), node.clock());
    let schema = build(node.services(), keeper, Limits::default(), Metrics::nowhere());
    look(&schema).await;
    Said::Ready.say();
    let reader = |schema: RustpuntSchema| async move {
        for _ in 0..reads {
            look(&schema).await;
        }
    };
    let readers: Vec<_> = (0..readers).map(|_| tokio::spawn(reader(schema.clone()))).collect();
    for reader in readers {
        reader.await.unwrap();
    }
    Said::Listed(reads).say();
    drop(schema);
    node.close().await;
}

async fn look(schema: &RustpuntSchema) {
    let answer = schema.execute(Request::new("{ caseload { totalCount } }").data(noor())).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
}

fn noor() -> Caller {
    let actor = Actor {
        worker: WorkerId::from_uuid(Uuid::from_u128(7)),
        role: Role::AccessWorker,
        organisation: Organisation::new("gemeente-huizen").unwrap(),
        on_behalf_of: None,
    };
    Caller {
        duties: Vec::new(),
        identity: Identity {
            actor,
            name: Name::new("Noor").unwrap(),
            roles: vec![Role::AccessWorker],
            scopes: vec![Scope::Read, Scope::Write],
            expires_at: Timestamp::from_micros(i64::MAX),
        },
        purpose: None,
        request: Uuid::new_v4(),
        trace: Trace::new(),
    }
}

/// The syncs between the two things said: of the trail, and of the history.
fn syncs(calls: &[Call]) -> (usize, usize) {
    let said = |wanted: fn(&Said) -> bool| {
        calls.iter().position(|call| {
            let pipe = call.writes() && call.file.starts_with("pipe:");
            pipe && Said::hear(&String::from_utf8_lossy(&call.bytes)).is_some_and(|said| wanted(&said))
        })
    };
    let began = said(|said| matches!(said, Said::Ready)).expect("the reads began");
    let ended = said(|said| matches!(said, Said::Listed(_))).expect("the reads ended");
    let of = |name: &str| calls[began..ended].iter().filter(|call| call.syncs() && call.file.contains(name)).count();
    (of("/trail/trail-"), of(&format!("/{HISTORY}")))
}

fn traced(readers: u64, reads: u64) -> Option<(usize, usize)> {
    let folder = tempfile::tempdir().unwrap();
    let calls = trace(folder.path(), &Plan::Read { readers, reads })?;
    Some(syncs(&calls))
}

#[test]
fn r12_one_read_waits_for_one_sync_and_no_more() {
    let Some(syncs) = traced(1, 40) else { return };
    assert_eq!(syncs, (40, 0));
}

#[test]
fn r12_reads_under_load_share_their_syncs() {
    let Some((trail, history)) = traced(64, 8) else { return };
    println!("512 reads, {trail} syncs");
    assert!((1..256).contains(&trail), "512 reads of 64 readers took {trail} syncs");
    assert_eq!(history, 0);
}
