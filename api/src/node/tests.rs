//! A folder in every bad state: a clear refusal, nothing altered, nothing called erased that is not.

use std::os::unix::fs::PermissionsExt as _;

use domain::ids::EventId;
use domain::time::CivilDay;
use eventstore::clock::ToldClock;
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{Expected, NewEvent};

use super::*;
use crate::identity::DemoIssuer;

fn options(folder: &Path, kind: FolderKind) -> NodeOptions {
    let day: CivilDay = "2026-11-16".parse().unwrap();
    NodeOptions {
        folder: folder.to_path_buf(),
        kind,
        history: super::HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: Arc::new(ToldClock::at(day.at(9, 0))),
    }
}

async fn demo(folder: &Path) -> Result<Node, OpenError> {
    Node::open(options(folder, FolderKind::Demo), || {}).await
}

async fn refusal(folder: &Path, kind: FolderKind) -> OpenError {
    match Node::open(options(folder, kind), || {}).await {
        Err(error) => error,
        Ok(_) => panic!("the node should have been refused"),
    }
}

async fn used() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path()).await.unwrap().close().await;
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_opens_closes_and_opens_again() {
    let folder = used().await;
    let node = demo(folder.path()).await.unwrap();
    node.lists().when_processed(node.store().head().await.unwrap(), std::time::Duration::from_secs(20)).await.unwrap();
    let found = node.health().examine().await;
    assert!(found.iter().all(|(_, finding)| finding.is_ok()), "{found:?}");
    let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["store", "vault", "read_database", "reactions", "trail", "clock"]);
    for file in [HISTORY, VAULT, MASTER_KEY, "node-id"] {
        let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
    node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_on_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let node = demo(folder.path()).await.unwrap();
    assert!(matches!(refusal(folder.path(), FolderKind::Demo).await, OpenError::Store(StoreFault::Locked(_))));
    node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_refuses_a_demo_folder_and_needs_a_key() {
    let folder = used().await;
    assert!(matches!(refusal(folder.path(), FolderKind::Real).await, OpenError::IsDemo(_)));
    let issuer_only = tempfile::tempdir().unwrap();
    DemoIssuer::open(issuer_only.path()).unwrap();
    assert!(matches!(refusal(issuer_only.path(), FolderKind::Real).await, OpenError::IsDemo(_)));
    let fresh = tempfile::tempdir().unwrap();
    assert!(matches!(refusal(fresh.path(), FolderKind::Real).await, OpenError::NoMasterKey));
    assert!(!fresh.path().join(HISTORY).exists(), "a folder without a key stays as it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_folder_is_no_demo() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(HISTORY), "").unwrap();
    assert!(matches!(refusal(folder.path(), FolderKind::Demo).await, OpenError::IsReal(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_or_wrong_master_key_is_named_and_none_is_made_in_its_place() {
    let folder = used().await;
    let key = folder.path().join(MASTER_KEY);
    std::fs::remove_file(&key).unwrap();
    assert!(matches!(refusal(folder.path(), FolderKind::Demo).await, OpenError::MasterKeyGone(_)));
    assert!(!key.exists());

    MasterKey::create_file(&key, &eventstore::key::SystemEntropy).unwrap();
    let wrong = refusal(folder.path(), FolderKind::Demo).await;
    assert!(matches!(wrong, OpenError::Vault(VaultFault::WrongMasterKey { .. })), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_vault_is_a_fault_today_and_tomorrow() {
    let folder = used().await;
    std::fs::remove_file(folder.path().join(VAULT)).unwrap();
    for _ in 0..2 {
        let lost = refusal(folder.path(), FolderKind::Demo).await;
        assert!(matches!(lost, OpenError::Vault(VaultFault::VaultLost { .. })), "{lost}");
    }
    assert!(!folder.path().join(VAULT).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_backup_is_not_left_in_the_way_of_the_next() {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let node = demo(folder.path()).await.unwrap();
    let (history, vault) = (copies.path().join(HISTORY), copies.path().join("vaults").join(VAULT));
    node.backup(&history, &vault).await.unwrap_err();
    assert!(!history.exists(), "the folder of the vault is not there yet");
    std::fs::create_dir(copies.path().join("vaults")).unwrap();
    node.backup(&history, &vault).await.unwrap();
    let beside = std::fs::read_dir(copies.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(beside.len(), 2, "nothing but the copy stands beside the folder of the vault: {beside:?}");
    node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_either_side_is_noticed() {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let node = demo(folder.path()).await.unwrap();
    let (history, vault) = (copies.path().join(HISTORY), copies.path().join(VAULT));
    node.backup(&history, &vault).await.unwrap();
    node.close().await;
    demo(folder.path()).await.unwrap().close().await;

    let keep = |name: &str| std::fs::copy(folder.path().join(name), copies.path().join(format!("new-{name}"))).unwrap();
    keep(HISTORY);
    keep(VAULT);
    std::fs::copy(&vault, folder.path().join(VAULT)).unwrap();
    let older = refusal(folder.path(), FolderKind::Demo).await;
    assert!(matches!(older, OpenError::Pair(PairFault::Vault(VaultFault::VaultOlder { .. }))), "{older}");

    std::fs::copy(copies.path().join(format!("new-{VAULT}")), folder.path().join(VAULT)).unwrap();
    std::fs::copy(&history, folder.path().join(HISTORY)).unwrap();
    let older = refusal(folder.path(), FolderKind::Demo).await;
    assert!(matches!(older, OpenError::Pair(PairFault::Vault(VaultFault::HistoryOlder { .. }))), "{older}");

    // Both copies together are of one age.
    std::fs::copy(&vault, folder.path().join(VAULT)).unwrap();
    demo(folder.path()).await.unwrap().close().await;
}

/// What a process that is killed now leaves: the files as they are, and nothing noted at the end. The lock is the living one's.
fn killed(folder: &Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    for found in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = found.file_name().into_string().unwrap();
        if found.file_type().unwrap().is_file() && !name.ends_with("-shm") {
            std::fs::copy(found.path(), left.path().join(name)).unwrap();
        }
    }
    left
}

/// Puts another history in the place of the one that is there.
fn restore(history: &Path, folder: &Path) {
    std::fs::copy(history, folder.join(HISTORY)).unwrap();
    // What was in its log goes with it.
    let _ = std::fs::remove_file(folder.join(format!("{HISTORY}-wal")));
}

async fn record(node: &Node, stream: &str) {
    let event = NewEvent {
        id: EventId::from_uuid(Uuid::now_v7()),
        outer_type: "Probe".to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data: Vec::new(),
        command: None,
    };
    node.store().append(&stream.parse().unwrap(), Expected::NoStream, vec![event]).await.unwrap();
}

/// Nothing closes in order here: the vault must have been told while the node ran.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_history_is_noticed_also_after_a_kill() {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let node = demo(folder.path()).await.unwrap();
    let copy = |name: &str| copies.path().join(name);
    let Engine::File(history) = &node.engine else { panic!("a history in the folder") };

    history.backup_to(&copy("before-the-beat"), |_, _| {}).await.unwrap();
    record(&node, "probe-beat").await;
    node.look(&Metrics::nowhere(), &node.health(), &mut std::collections::BTreeSet::new()).await;
    let after_beat = killed(folder.path());
    history.backup_to(&copy("before-the-backup"), |_, _| {}).await.unwrap();
    record(&node, "probe-backup").await;
    node.backup(&copy(HISTORY), &copy(VAULT)).await.unwrap();
    let after_backup = killed(folder.path());
    node.close().await;

    for (left, older) in [(after_beat, "before-the-beat"), (after_backup, "before-the-backup")] {
        let restored = killed(left.path());
        restore(&copy(older), restored.path());
        let refused = refusal(restored.path(), FolderKind::Demo).await;
        assert!(matches!(refused, OpenError::Pair(PairFault::Vault(VaultFault::HistoryOlder { .. }))), "{refused}");
        demo(left.path()).await.unwrap().close().await;
    }
}

/// An empty one in its place would be taken for an older copy, or part a history on a cluster in two.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_history_is_missing_and_none_is_made_in_its_place() {
    let folder = used().await;
    std::fs::remove_file(folder.path().join(HISTORY)).unwrap();
    let refused = refusal(folder.path(), FolderKind::Demo).await;
    assert!(matches!(&refused, OpenError::NoHistory(path) if path.contains(HISTORY)), "{refused}");
    assert!(refused.to_string().contains("data.store"), "{refused}");
    // A command that works on what is there makes nothing where nothing was ever either.
    let (empty, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [folder.path(), empty.path()] {
        let (history, vault) = (copies.path().join(HISTORY), copies.path().join(VAULT));
        let refused = unserved::copy(options(folder, FolderKind::Demo), &history, &vault).await.unwrap_err();
        assert!(matches!(refused, OpenError::NoHistory(_)), "{refused}");
        let refused = unserved::rebuild(options(folder, FolderKind::Demo), &|_| {}).await.unwrap_err();
        assert!(matches!(refused, OpenError::NoHistory(_)), "{refused}");
        assert!(!folder.join(HISTORY).exists() && !history.exists() && !vault.exists());
    }
    assert!(!empty.path().join(VAULT).exists());
}

/// A folder that an operator made with the usual rights, and an earlier release filled.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_reads_what_lies_in_a_folder_that_others_may_look_into() {
    let folder = tempfile::tempdir().unwrap();
    let open_to_all = || std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open_to_all()).unwrap();
    for name in [LISTS, TRAIL] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::set_permissions(folder.path().join(name), open_to_all()).unwrap();
    }
    let node = demo(folder.path()).await.unwrap();
    node.lists().when_processed(node.store().head().await.unwrap(), Duration::from_secs(20)).await.unwrap();
    let others = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    let mut seen = 0;
    for found in std::fs::read_dir(folder.path()).unwrap().map(|found| found.unwrap().path()) {
        let name = found.file_name().unwrap().to_str().unwrap().to_owned();
        if found.is_dir() || name.contains(".db") {
            assert_eq!(others(&found), 0, "{name}");
            seen += 1;
        }
    }
    // Two folders, and three databases with their logs.
    assert!(seen >= 8, "{seen}");
    node.close().await;
}

/// Lost while the node runs: no key could be found any more, and none kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_whose_vault_is_gone_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let node = demo(folder.path()).await.unwrap();
    std::fs::remove_file(folder.path().join(VAULT)).unwrap();
    let what = failing(&node, "vault").await;
    assert!(what.contains("is gone") && what.contains("put the vault back"), "{what}");
    node.close().await;
}

/// Nobody is asked: it is refused also when the cluster is away.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_history_of_its_own_is_refused_for_a_cluster() {
    let folder = used().await;
    let options = options(folder.path(), FolderKind::Demo);
    let cluster = KurrentOptions {
        address: "esdb://127.0.0.1:1?tls=false".parse().unwrap(),
        namespace: Namespace::default(),
        clock: Arc::clone(&options.clock),
        patience: Patience::default(),
    };
    let history = HistoryPlace::Cluster(Box::new(KurrentStore::connect(cluster)));
    let Err(refused) = Node::open(NodeOptions { history, ..options }, || {}).await else {
        panic!("two histories of one folder")
    };
    assert!(
        matches!(refused, OpenError::TwoHistories(_)) && refused.to_string().contains("rustpunt copy"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_or_foreign_history_is_refused() {
    let folder = used().await;
    std::fs::write(folder.path().join(HISTORY), "not a database").unwrap();
    let foreign = refusal(folder.path(), FolderKind::Demo).await;
    assert!(matches!(foreign, OpenError::Store(StoreFault::Unopenable(_))), "{foreign}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_makes_the_copies_a_command_line_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    makes_copies(folder.path()).await;
    // Longer than the path of a socket may be.
    let long = folder.path().join("a".repeat(60)).join("b".repeat(60));
    std::fs::create_dir_all(&long).unwrap();
    makes_copies(&long).await;
}

async fn makes_copies(folder: &Path) {
    let copies = tempfile::tempdir().unwrap();
    let asked = control::Asked::Backup { history: copies.path().join(HISTORY), vault: copies.path().join(VAULT) };
    assert!(control::ask(folder, &asked).unwrap().is_none(), "no server runs");
    let node = Arc::new(demo(folder).await.unwrap());
    let (stop, stopped) = watch::channel(false);
    let (hearing, place) = (Arc::clone(&node), folder.to_path_buf());
    let heard = tokio::spawn(async move { control::hear(&place, hearing, stopped).await });
    let place = folder.to_path_buf();
    let twice = tokio::task::spawn_blocking(move || {
        let first = loop {
            if let Some(answer) = control::ask(&place, &asked).unwrap() {
                break answer;
            }
            std::thread::yield_now();
        };
        (first, control::ask(&place, &asked).unwrap().unwrap())
    });
    let (first, second) = twice.await.unwrap();
    assert!(matches!(first, control::Answered::Done(super::Copied::Both)), "{first:?}");
    assert!(matches!(second, control::Answered::Failed(_)), "a copy is never overwritten");
    stop.send_replace(true);
    heard.await.unwrap();
    assert!(copies.path().join(HISTORY).exists() && copies.path().join(VAULT).exists());
}

/// The finding of one check, once it is not fine any more.
async fn failing(node: &Node, check: &str) -> String {
    let health = node.health();
    let look = async {
        loop {
            let found = health.examine().await;
            let (_, finding) = found.into_iter().find(|(name, _)| *name == check).unwrap();
            match finding {
                Err(what) => break what,
                Ok(_) => tokio::task::yield_now().await,
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), look).await.expect("a finding in time")
}

/// Lists that nobody moves on would be stale for ever, and a reaction would never come.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_with_a_follower_that_stopped_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let node = demo(folder.path()).await.unwrap();
    node.lists().when_processed(node.store().head().await.unwrap(), std::time::Duration::from_secs(20)).await.unwrap();
    assert!(node.health().examine().await.iter().all(|(_, finding)| finding.is_ok()));
    for (check, stops) in [("read_database", &node.following.lists), ("reactions", &node.following.reactions)] {
        // As after a panic.
        stops.abort();
        let what = failing(&node, check).await;
        assert!(what.contains("stopped following") && what.contains("start the server again"), "{what}");
    }
    node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_connects_and_says_nothing_stops_neither_a_backup_nor_the_server() {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let node = Arc::new(demo(folder.path()).await.unwrap());
    let (stop, stopped) = watch::channel(false);
    let (hearing, place) = (Arc::clone(&node), folder.path().to_path_buf());
    let heard = tokio::spawn(async move { control::hear(&place, hearing, stopped).await });
    let socket = folder.path().join("control.sock");
    let _silent = loop {
        match tokio::net::UnixStream::connect(&socket).await {
            Ok(stream) => break stream,
            Err(_) => tokio::task::yield_now().await,
        }
    };
    let asked = control::Asked::Backup { history: copies.path().join(HISTORY), vault: copies.path().join(VAULT) };
    let place = folder.path().to_path_buf();
    let backup = tokio::task::spawn_blocking(move || control::ask(&place, &asked).unwrap().unwrap());
    let patience = std::time::Duration::from_secs(8);
    let answered = tokio::time::timeout(patience, backup).await.expect("a copy while somebody is silent").unwrap();
    assert!(matches!(answered, control::Answered::Done(super::Copied::Both)), "{answered:?}");
    stop.send_replace(true);
    tokio::time::timeout(patience, heard).await.expect("a stop while somebody is silent").unwrap();
}
