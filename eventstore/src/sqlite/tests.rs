//! What only the engine itself can show; the contract lies in `tests/store/`.

use std::future::Future as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::ids::{CommandId, EventId};
use domain::time::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::clock::{SystemClock, ToldClock};
use crate::port::CommandSlot;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn open(folder: &TempDir) -> SqliteStore {
    let clock = ToldClock::at(Timestamp::from_micros(1_000));
    SqliteStore::open(&folder.path().join("history.db"), SqliteOptions::new(Arc::new(clock))).unwrap()
}

fn stream(name: &str) -> StreamName {
    name.parse().unwrap()
}

fn event(n: u128, bytes: usize) -> NewEvent {
    NewEvent {
        id: EventId::from_uuid(Uuid::from_u128(n)),
        outer_type: "SomethingHappened".to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data: vec![7; bytes],
        command: Some(CommandSlot { id: CommandId::from_uuid(Uuid::from_u128(n)), index: 0 }),
    }
}

async fn limit_pages(store: &SqliteStore, pages: i64) {
    store.writing().unwrap().queue.send(Message::LimitPages(pages)).await.ok().unwrap();
}

#[tokio::test]
async fn a_kept_statement_keeps_its_plan_whatever_it_is_asked() {
    let folder = folder();
    let store = open(&folder);
    let names = ["case-1", "case-2", "case-3", "worker-4"].map(stream);
    for (number, name) in (1..).zip(&names) {
        store.append(name, Expected::NoStream, vec![event(number, 10)]).await.unwrap();
    }
    let connection = file::connect_reader(&folder.path().join("history.db")).unwrap();
    for name in &names {
        assert!(reader::stream_head(&connection, name).unwrap().is_some());
        assert_eq!(reader::read_stream(&connection, name, Revision::FIRST, 10).unwrap().len(), 1);
    }
    for sql in [include_str!("head.sql"), include_str!("read_stream.sql")] {
        let kept = connection.prepare_cached(sql).unwrap();
        assert_eq!(kept.get_status(rusqlite::StatementStatus::RePrepare), 0, "{sql}");
    }
}

#[tokio::test]
async fn there_are_soon_as_many_readers_as_look_at_once() {
    let folder = folder();
    let store = open(&folder);
    let readers = Arc::clone(&store.readers);
    let (most, meeting) = (4, Arc::new(std::sync::Barrier::new(4)));
    // All at once: none can have the connection of another.
    let looks = (0..most).map(|_| {
        let (readers, meeting) = (Arc::clone(&readers), Arc::clone(&meeting));
        std::thread::spawn(move || {
            let meet = move |_: &rusqlite::Connection| {
                meeting.wait();
                Ok(())
            };
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(readers.look_up(meet)).unwrap();
        })
    });
    for look in looks.collect::<Vec<_>>() {
        look.join().unwrap();
    }
    assert_eq!(readers.idle_now(), most);
}

#[tokio::test]
async fn a_full_disk_refuses_in_clear_words_and_the_store_recovers() {
    let folder = folder();
    let store = open(&folder);
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    limit_pages(&store, 1).await;
    let refused = store.append(&name, Expected::At(Revision::FIRST), vec![event(2, 500_000)]).await.unwrap_err();
    assert!(
        matches!(&refused, AppendError::Fault(StoreFault::Unwritable(what)) if what.contains("disk is full")),
        "{refused}"
    );
    assert_eq!(store.read_stream(&name, Revision::FIRST, 10).await.unwrap().len(), 1, "reading goes on");
    limit_pages(&store, 1_000_000).await;
    let appended = store.append(&name, Expected::At(Revision::FIRST), vec![event(2, 500_000)]).await.unwrap();
    assert_eq!((appended.position.token(), appended.repeated), (2, false));
}

#[tokio::test]
async fn a_batch_that_does_not_fit_spares_its_neighbours() {
    let folder = folder();
    let store = Arc::new(open(&folder));
    store.append(&stream("case-0"), Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    limit_pages(&store, 60).await;
    // Joined futures are polled in order before the writer thread answers, so they tend to share a transaction.
    let (small, large, other) = (stream("case-1"), stream("case-2"), stream("case-3"));
    let (one, two, three) = tokio::join!(
        store.append(&small, Expected::NoStream, vec![event(2, 10)]),
        store.append(&large, Expected::NoStream, vec![event(3, 5_000_000)]),
        store.append(&other, Expected::NoStream, vec![event(4, 10)]),
    );
    one.unwrap();
    two.unwrap_err();
    three.unwrap();
    let page = store.read_all(Position::START, &Filter::all(), 100).await.unwrap();
    assert_eq!(page.events.iter().map(|event| event.position.token()).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn a_refused_batch_does_not_spoil_its_neighbours_and_leaves_no_stream() {
    let folder = folder();
    let store = open(&folder);
    store.append(&stream("case-0"), Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    let (good, bad) = (stream("case-1"), stream("case-2"));
    let (one, two) = tokio::join!(
        // A known id in the middle: refused after the new stream and the first event were written.
        store.append(
            &bad,
            Expected::NoStream,
            vec![NewEvent { command: None, ..event(5, 1) }, NewEvent { command: None, ..event(1, 1) }]
        ),
        store.append(&good, Expected::NoStream, vec![event(2, 10)]),
    );
    assert!(matches!(one.unwrap_err(), AppendError::Invalid(_)));
    two.unwrap();
    let report = store.verify(nothing_more, |_, _| ()).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.events, report.streams), (2, 2));
}

#[tokio::test]
async fn a_suspect_clock_stops_recording_until_it_is_confirmed() {
    static WALL: AtomicI64 = AtomicI64::new(1_000_000_000);
    let clock = SystemClock::from_sources(|| Timestamp::from_micros(WALL.load(Ordering::SeqCst)), || Duration::ZERO);
    let clock = Arc::new(clock);
    let folder = folder();
    let store = SqliteStore::open(
        &folder.path().join("history.db"),
        SqliteOptions::new(Arc::<SystemClock<_, _>>::clone(&clock)),
    )
    .unwrap();
    let name = stream("case-1");
    let first = store.append(&name, Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    WALL.fetch_add(3_600_000_000, Ordering::SeqCst);
    let refused = store.append(&name, Expected::At(Revision::FIRST), vec![event(2, 10)]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::ClockStepped { seconds: 3_600 })), "{refused}");
    let again = store.append(&name, Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    assert_eq!((again.repeated, again.recorded_at), (true, first.recorded_at), "what is stored is still answered");
    clock.confirm();
    store.append(&name, Expected::At(Revision::FIRST), vec![event(2, 10)]).await.unwrap();
    store.close().await.unwrap();

    WALL.fetch_sub(3_600_000_000, Ordering::SeqCst);
    clock.confirm();
    let store = SqliteStore::open(
        &folder.path().join("history.db"),
        SqliteOptions::new(Arc::<SystemClock<_, _>>::clone(&clock)),
    )
    .unwrap();
    let refused = store.append(&name, Expected::At(Revision::new(1)), vec![event(3, 10)]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::ClockStepped { seconds: -3_600 })), "{refused}");
}

#[tokio::test]
async fn a_trail_goes_on_from_the_one_before() {
    let folder = folder();
    let store = open(&folder);
    let start = Digest([9; 32]);
    let first = stream("trail-north-2026-11-15");
    store.append_from(&first, Expected::NoStream, vec![event(1, 10)], start).await.unwrap();
    let again = store.append_from(&first, Expected::NoStream, vec![event(1, 10)], start).await.unwrap();
    assert!(again.repeated);
    let other = store.append_from(&first, Expected::NoStream, vec![event(1, 10)], Digest::ZERO).await.unwrap_err();
    assert!(matches!(other, AppendError::Invalid(_)), "another start is another event: {other}");
    let (_, head) = store.stream_head(&first).await.unwrap().unwrap();
    store
        .append_from(&stream("trail-south-2026-11-16"), Expected::NoStream, vec![event(2, 10)], Digest::ZERO)
        .await
        .unwrap();
    store.append_from(&stream("trail-north-2026-11-16"), Expected::NoStream, vec![event(3, 10)], head).await.unwrap();
    let report = store.verify(nothing_more, |_, _| ()).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.trail_starts, [(first, start), (stream("trail-south-2026-11-16"), Digest::ZERO)]);

    store.append(&stream("trail-north-2026-11-17"), Expected::NoStream, vec![event(4, 10)]).await.unwrap();
    let report = store.verify(nothing_more, |_, _| ()).await.unwrap();
    let bad = report.first_bad.unwrap();
    assert_eq!(bad.position, Some(Position::from_token(4)), "{bad}");
    let refused = store.append_from(&stream("case-1"), Expected::NoStream, vec![event(5, 10)], head).await.unwrap_err();
    assert!(matches!(refused, AppendError::Invalid(_)), "{refused}");
}

#[tokio::test]
async fn the_figures_add_up() {
    let folder = folder();
    let store = open(&folder);
    for n in 0..5 {
        store.append(&stream(&format!("case-{n}")), Expected::NoStream, vec![event(n, 10)]).await.unwrap();
    }
    let figures = store.figures().unwrap();
    assert_eq!((figures.queued(), figures.commits(), figures.batches(), figures.events()), (0, 5, 5, 5));
    assert_eq!(figures.group_sizes(), [(1, 5)], "an idle writer commits at once");
    assert!(figures.commit_micros() >= figures.slowest_commit_micros());
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = folder();
    let store = open(&folder);
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    store.close().await.unwrap();
    store.close().await.unwrap();
    let refused = store.append(&name, Expected::At(Revision::FIRST), vec![event(2, 10)]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::Closed)), "{refused}");
    assert!(matches!(store.head().await, Ok(head) if head.token() == 1));
    assert!(matches!(store.read_stream(&name, Revision::FIRST, 1).await, Err(StoreFault::Closed)));
    assert!(!folder.path().join("history.db-wal").exists(), "the log is folded into the file");
}

#[tokio::test]
async fn what_is_queued_at_closing_is_written() {
    let folder = folder();
    let store = Arc::new(open(&folder));
    let appends: Vec<_> = (0..50)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                store.append(&stream(&format!("case-{n}")), Expected::NoStream, vec![event(n, 10)]).await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    store.close().await.unwrap();
    let mut acknowledged = 0;
    for append in appends {
        match append.await.unwrap() {
            Ok(_) => acknowledged += 1,
            Err(error) => assert!(matches!(error, AppendError::Fault(StoreFault::Closed)), "{error}"),
        }
    }
    let store = SqliteStore::open_read_only(&folder.path().join("history.db")).unwrap();
    assert_eq!(store.head().await.unwrap().token(), acknowledged);
}

#[tokio::test]
async fn read_all_ends_a_page_after_so_many_rows_and_remembers_where() {
    let folder = folder();
    let store = open(&folder);
    let rows = reader::MOST_EXAMINED as u128 + 500;
    for batch in 0..rows / 500 {
        let events = (0..500).map(|n| NewEvent { command: None, ..event(batch * 500 + n, 1) }).collect();
        store.append(&stream(&format!("case-{batch}")), Expected::NoStream, events).await.unwrap();
    }
    let filter = Filter::categories(["person"]);
    let first = store.read_all(Position::START, &filter, 10).await.unwrap();
    assert!(first.events.is_empty() && !first.at_head);
    assert_eq!(first.next.token(), reader::MOST_EXAMINED as u64);
    let second = store.read_all(first.next, &filter, 10).await.unwrap();
    assert!(second.events.is_empty() && second.at_head);
    assert_eq!(u128::from(second.next.token()), rows);
}

#[tokio::test]
async fn a_page_of_large_events_ends_early_and_goes_on() {
    let folder = folder();
    let store = open(&folder);
    for n in 0..5 {
        store.append(&stream(&format!("case-{n}")), Expected::NoStream, vec![event(n, 15_000_000)]).await.unwrap();
    }
    let first = store.read_all(Position::START, &Filter::all(), 100).await.unwrap();
    assert_eq!((first.events.len(), first.at_head), (3, false));
    let rest = store.read_all(first.next, &Filter::all(), 100).await.unwrap();
    assert_eq!((rest.events.len(), rest.at_head), (2, true));
}

#[tokio::test]
async fn a_dropped_store_writes_what_was_queued() {
    let folder = folder();
    let store = open(&folder);
    let name = stream("case-1");
    let mut append = Box::pin(store.append(&name, Expected::NoStream, vec![event(1, 10)]));
    // Polled once: the batch is queued. Then the caller goes away, and so does the store.
    std::future::poll_fn(|context| std::task::Poll::Ready(append.as_mut().poll(context).is_ready())).await;
    drop(append);
    let mut head = store.watch_head();
    drop(store);
    head.wait_for(|head| head.token() == 1).await.unwrap();
}

/// Whoever hears that it is closed may open it again at once, also the second who asked.
#[tokio::test]
async fn everyone_who_closes_it_waits_until_it_is_closed() {
    let folder = folder();
    let store = Arc::new(open(&folder));
    let name = stream("case-1");
    let busy = store.append(&name, Expected::NoStream, vec![event(1, 4_000_000)]);
    let close = || async {
        store.close().await.unwrap();
        FolderLock::take(folder.path()).unwrap();
    };
    let (appended, ()) = tokio::join!(busy, async {
        tokio::join!(close(), close());
    });
    appended.unwrap();
    close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn every_file_is_its_owners_only_from_the_first_moment_on() {
    use std::os::unix::fs::PermissionsExt as _;
    let others = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    let folder = folder();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let store = open(&folder);
    store.append(&stream("case-1"), Expected::NoStream, vec![event(1, 10)]).await.unwrap();
    for file in ["history.db", "history.db-wal", "history.db-shm"] {
        assert_eq!(others(&folder.path().join(file)), 0, "{file}");
    }
    let (copy, draft) = (folder.path().join("copy.db"), folder.path().join("copy.db.part"));
    store.backup_to(&copy, move |_, _| assert_eq!(others(&draft), 0)).await.unwrap();
    assert_eq!(others(&copy), 0);
}

/// One bad entry concerns its stream: whoever follows everything goes on past it, and hears which stream that is.
#[tokio::test]
async fn read_all_goes_on_past_an_entry_that_is_none_and_names_it() {
    let folder = folder();
    let path = folder.path().join("history.db");
    let store = open(&folder);
    for n in 0..3 {
        store.append(&stream(&format!("case-{n}")), Expected::NoStream, vec![event(n, 10)]).await.unwrap();
    }
    drop(store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let trigger = "SELECT sql FROM sqlite_schema WHERE name = 'events_refuse_update'";
    let trigger: String = connection.query_row(trigger, [], |row| row.get(0)).unwrap();
    for (column, change) in [("data", "data = NULL"), ("hash", "data = zeroblob(10), hash = x'00'")] {
        let damage = format!("UPDATE events SET {change} WHERE position = 2");
        connection.execute_batch("DROP TRIGGER events_refuse_update").unwrap();
        assert_eq!(connection.execute(&damage, []).unwrap(), 1);
        connection.execute_batch(&trigger).unwrap();
        let store = SqliteStore::open_read_only(&path).unwrap();
        let page = store.read_all(Position::START, &Filter::categories(["case"]), 100).await.unwrap();
        assert_eq!(page.events.iter().map(|event| event.position.token()).collect::<Vec<_>>(), [1, 3]);
        assert_eq!((page.next.token(), page.at_head), (3, true));
        let named: Vec<_> = page.damaged.iter().map(|entry| (entry.stream.as_str(), entry.revision)).collect();
        assert_eq!(named, [("case-1", Revision::FIRST)], "{column}");
        assert!(page.damaged[0].what.contains(column), "{}", page.damaged[0].what);
        assert!(matches!(page.whole(), Err(StoreFault::Damaged { stream, .. }) if stream.as_str() == "case-1"));
    }
}
