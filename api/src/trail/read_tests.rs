//! The trail is read newest first, whole or not at all; its indexes may be thrown away, and no entry ever changes its place.

use std::path::PathBuf;
use std::sync::Arc;

use domain::fact::{Organisation, Role};
use domain::ids::{CaseId, PersonId, Revision, Subject, WorkerId};
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::ToldClock;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::gate::{Purpose, Relation};

/// What somebody does to an index.
type Spoil = fn(&std::path::Path);

const NOVEMBER: &str = "trail-2026-11.db";

struct Bench {
    folder: TempDir,
    clock: Arc<ToldClock>,
    trail: Trail,
}

fn noon(day: &str) -> Timestamp {
    day.parse::<CivilDay>().unwrap().at(12, 0)
}

fn organisation(name: &str) -> Organisation {
    Organisation::new(name).unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(number))
}

/// A look by worker 1 at person 1 of case 1, as the request `number`.
fn look(number: u128, at: Timestamp) -> Entry {
    let judged = JudgementEntry {
        operation: "case".to_owned(),
        act: Some("read".to_owned()),
        purpose: Purpose::Coordination,
        relation: Relation::Director,
        rules: vec!["director.all".to_owned()],
        refused: None,
        consents: Vec::new(),
        at: vec![(format!("case-{}", case(1)), Some(Revision::new(4)))],
        shown: Vec::new(),
    };
    Entry {
        at,
        who: WorkerId::from_uuid(Uuid::from_u128(1)),
        role: Role::CaseDirector,
        organisation: organisation("jeugd-en-gezin-gooi"),
        on_behalf_of: None,
        kind: OperationKind::Query,
        outcome: Outcome::Granted,
        code: None,
        policy: None,
        judgements: vec![judged],
        subjects: vec![Subject::Person(person(1))],
        municipalities: vec![organisation("gemeente-huizen")],
        fields: Vec::new(),
        count: 1,
        late: false,
        request: Uuid::from_u128(number),
        trace: String::new(),
        parent: None,
        older: false,
    }
}

async fn opened(folder: &TempDir, clock: &Arc<ToldClock>) -> Trail {
    let node = NodeId::keep(folder.path()).unwrap();
    let clock = Arc::clone(clock) as Arc<dyn eventstore::clock::Clock>;
    Trail::open(&folder.path().join("trail"), clock, node, None).await.unwrap()
}

async fn bench(day: &str) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ToldClock::at(noon(day)));
    let trail = opened(&folder, &clock).await;
    Bench { folder, clock, trail }
}

impl Bench {
    /// Keeps looks as these requests, each at the time of the clock.
    async fn keep(&self, numbers: std::ops::RangeInclusive<u128>) {
        for number in numbers {
            self.keep_one(look(number, self.now())).await;
        }
    }

    async fn keep_one(&self, entry: Entry) {
        self.trail.commit(vec![entry]).await.unwrap();
    }

    fn now(&self) -> Timestamp {
        use eventstore::clock::Clock as _;
        self.clock.now()
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("trail").join(file)
    }

    /// The requests of all entries that fit, read in pages of this size.
    async fn walk(&self, filter: &TrailFilter, size: usize) -> Vec<u128> {
        let (mut walked, mut after) = (Vec::new(), None);
        loop {
            let page = self.trail.read(filter, after.as_ref(), size).await.unwrap();
            walked.extend(requests(&page));
            after = page.found.last().map(|found| found.place.clone());
            if !page.more {
                return walked;
            }
        }
    }

    async fn again(&mut self) {
        self.trail.close().await;
        self.trail = opened(&self.folder, &self.clock).await;
    }
}

fn requests(page: &TrailPage) -> Vec<u128> {
    page.found.iter().map(|found| found.entry.request.as_u128()).collect()
}

fn marked(marks: Vec<Mark>) -> TrailFilter {
    TrailFilter { marks, ..TrailFilter::default() }
}

fn all() -> TrailFilter {
    marked(vec![Mark::Municipality(organisation("gemeente-huizen"))])
}

#[tokio::test]
async fn entries_are_read_newest_first_over_days_months_and_restarts() {
    let mut bench = bench("2026-11-29").await;
    bench.keep(1..=3).await;
    bench.clock.set(noon("2026-11-30"));
    bench.keep(4..=5).await;
    bench.clock.set(noon("2026-12-01"));
    bench.keep(6..=8).await;
    let newest_first: Vec<u128> = (1..=8).rev().collect();
    for size in [1, 2, 3, 8, 50] {
        assert_eq!(bench.walk(&all(), size).await, newest_first, "pages of {size}");
        assert_eq!(bench.walk(&TrailFilter::default(), size).await, newest_first, "without any mark");
    }
    bench.again().await;
    bench.keep(9..=9).await;
    assert_eq!(bench.walk(&all(), 4).await, (1..=9).rev().collect::<Vec<_>>());
    assert_eq!(bench.trail.count(&all(), 100).await.unwrap(), 9);
    assert_eq!(bench.trail.count(&all(), 5).await.unwrap(), 5, "counted no further");
}

#[tokio::test]
async fn later_entries_shift_no_page() {
    let bench = bench("2026-11-29").await;
    bench.keep(1..=6).await;
    let first = bench.trail.read(&all(), None, 2).await.unwrap();
    assert_eq!((requests(&first), first.more), (vec![6, 5], true));
    bench.keep(7..=9).await;
    bench.clock.set(noon("2026-12-02"));
    bench.keep(10..=10).await;
    let second = bench.trail.read(&all(), Some(&first.found[1].place), 3).await.unwrap();
    assert_eq!((requests(&second), second.more), (vec![4, 3, 2], true));
    assert_eq!(requests(&bench.trail.read(&all(), None, 2).await.unwrap()), [10, 9]);
}

#[tokio::test]
async fn everything_durable_when_asked_is_there() {
    let bench = bench("2026-11-29").await;
    for number in 1..=20 {
        bench.keep(number..=number).await;
        assert_eq!(requests(&bench.trail.read(&all(), None, 1).await.unwrap()), [number]);
    }
}

#[tokio::test]
async fn each_filter_finds_its_own_and_together_they_narrow() {
    let bench = bench("2026-11-29").await;
    let plain = look(1, bench.now());
    let mut refused = Entry { outcome: Outcome::Refused, subjects: Vec::new(), ..look(2, bench.now()) };
    refused.judgements[0].refused = Some("NOT_AVAILABLE".to_owned());
    refused.judgements[0].at = vec![(format!("case-{}", case(2)), None)];
    let mut search = look(3, bench.now());
    search.judgements[0].operation = "searchPeople".to_owned();
    search.judgements[0].purpose = Purpose::Access;
    search.subjects = vec![Subject::Person(person(2)), Subject::Case(case(3))];
    let other = Entry {
        who: WorkerId::from_uuid(Uuid::from_u128(2)),
        on_behalf_of: Some(WorkerId::from_uuid(Uuid::from_u128(3))),
        organisation: organisation("zorg-bv"),
        municipalities: vec![organisation("gemeente-laren"), organisation("gemeente-huizen")],
        ..look(4, noon("2026-11-01"))
    };
    // As an earlier release wrote it.
    let older =
        Entry { municipalities: Vec::new(), organisation: organisation("gemeente-laren"), ..look(5, bench.now()) };
    for entry in [plain, refused, search, other, older] {
        bench.keep_one(entry).await;
    }
    let worker = |number| Mark::Worker(WorkerId::from_uuid(Uuid::from_u128(number)));
    let laren = Mark::Municipality(organisation("gemeente-laren"));
    for (marks, expected) in [
        (vec![], vec![5, 4, 3, 2, 1]),
        (vec![Mark::Municipality(organisation("gemeente-huizen"))], vec![4, 3, 2, 1]),
        (vec![laren.clone()], vec![5, 4]),
        (vec![Mark::Person(person(2))], vec![3]),
        (vec![Mark::Person(person(9))], vec![]),
        (vec![Mark::Case(case(2))], vec![2]),
        (vec![Mark::Case(case(3))], vec![3]),
        (vec![worker(2)], vec![4]),
        (vec![worker(3)], vec![4]),
        (vec![Mark::Organisation(organisation("zorg-bv"))], vec![4]),
        (vec![Mark::Operation("searchPeople".to_owned())], vec![3]),
        (vec![Mark::Purpose(Purpose::Access)], vec![3]),
        (vec![Mark::Refused], vec![2]),
        (vec![Mark::Outcome(Outcome::Granted)], vec![5, 4, 3, 1]),
        (vec![Mark::Request(Uuid::from_u128(4))], vec![4]),
        (vec![Mark::Emergency], vec![]),
        (vec![worker(1), Mark::Case(case(1)), laren], vec![5]),
    ] {
        assert_eq!(bench.walk(&marked(marks.clone()), 2).await, expected, "{marks:?}");
        let counted = bench.trail.count(&marked(marks.clone()), 100).await.unwrap();
        assert_eq!(counted, expected.len(), "{marks:?}");
    }
    let day = |text: &str| text.parse::<CivilDay>().unwrap();
    let first_day = TrailFilter { until: Some(day("2026-11-01").end()), ..TrailFilter::default() };
    assert_eq!(bench.walk(&first_day, 9).await, [4]);
    let last_day = TrailFilter { from: Some(day("2026-11-29").at(0, 0)), ..TrailFilter::default() };
    assert_eq!(bench.walk(&last_day, 9).await, [5, 3, 2, 1]);
    let later = TrailFilter { from: Some(day("2026-12-01").at(0, 0)), ..TrailFilter::default() };
    assert_eq!(bench.walk(&later, 9).await, Vec::<u128>::new());
}

/// Deleted while open or closed, spoilt, made from another file, or with an entry missing: the answers are the same.
#[tokio::test]
async fn an_index_that_is_gone_or_wrong_is_made_anew() {
    let mut bench = bench("2026-11-29").await;
    // More than an index takes in at a time.
    let commits = (1..=1_100).map(|number| bench.trail.commit(vec![look(number, bench.now())]));
    assert!(futures_util::future::join_all(commits).await.iter().all(Result::is_ok));
    let expected = bench.walk(&all(), 700).await;
    assert_eq!(expected.len(), 1_100);
    let index = bench.path("trail-2026-11.index.db");
    std::fs::remove_file(&index).unwrap();
    assert_eq!(bench.walk(&all(), 700).await, expected, "deleted while open");
    let spoilt: [(&str, Spoil); 5] = [
        ("deleted", |path| std::fs::remove_file(path).unwrap()),
        ("no database", |path| std::fs::write(path, "nothing of the kind").unwrap()),
        ("empty", |path| std::fs::write(path, "").unwrap()),
        ("an entry is missing", |path| {
            Connection::open(path).unwrap().execute("DELETE FROM entries WHERE place = 7", []).unwrap();
        }),
        ("of another file", |path| {
            let foreign = "UPDATE indexed SET last = zeroblob(32)";
            Connection::open(path).unwrap().execute(foreign, []).unwrap();
        }),
    ];
    for (what, spoil) in spoilt {
        bench.trail.close().await;
        spoil(&index);
        bench.again().await;
        assert_eq!(bench.walk(&all(), 700).await, expected, "{what}");
        assert_eq!(bench.trail.count(&all(), 5_000).await.unwrap(), 1_100, "{what}");
    }
}

/// An index that points at the wrong entry shows nothing that was not asked for.
#[tokio::test]
async fn an_index_is_never_believed() {
    let bench = bench("2026-11-29").await;
    bench.keep(1..=3).await;
    let elsewhere = Entry { municipalities: vec![organisation("gemeente-laren")], ..look(4, bench.now()) };
    bench.keep_one(elsewhere).await;
    assert_eq!(bench.walk(&all(), 9).await, [3, 2, 1]);
    let index = Connection::open(bench.path("trail-2026-11.index.db")).unwrap();
    index.execute("INSERT INTO marks (mark, place) VALUES ('municipality:gemeente-huizen', 4)", []).unwrap();
    drop(index);
    assert_eq!(bench.walk(&all(), 9).await, [3, 2, 1]);
}

/// What cannot be read is a fault that is said, also for what stands elsewhere: nobody takes a part for the whole.
#[tokio::test]
async fn a_trail_that_cannot_be_read_is_a_fault_and_never_a_gap() {
    let bench = bench("2026-11-29").await;
    bench.keep(1..=5).await;
    let other = bench.path("trail-2026-10.db");
    std::fs::write(&other, "not a database").unwrap();
    let unreadable = bench.trail.read(&all(), None, 9).await.expect_err("October cannot be read");
    assert!(matches!(&unreadable, TrailFault::Unreadable(_)), "{unreadable}");
    let november = TrailFilter { from: Some(noon("2026-11-01")), ..all() };
    assert_eq!(bench.walk(&november, 9).await.len(), 5, "October is not asked for");
    std::fs::remove_file(&other).unwrap();
    assert_eq!(bench.walk(&all(), 9).await.len(), 5);
}

/// R14: SQL on the file changes nothing; whoever takes the guard away as well is found out by whoever reads.
#[tokio::test]
async fn r14_sql_on_the_trail_is_refused_and_what_gets_around_it_is_found() {
    let bench = bench("2026-11-29").await;
    bench.keep(1..=5).await;
    let file = Connection::open(bench.path(NOVEMBER)).unwrap();
    for sql in [
        "UPDATE events SET data = x'00' WHERE position = 2",
        "DELETE FROM events WHERE position = 2",
        "DELETE FROM events",
        "UPDATE streams SET name = 'trail-x'",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 2",
    ] {
        let refused = file.execute_batch(sql).expect_err(sql);
        assert!(refused.to_string().contains("never"), "{sql}: {refused}");
    }
    assert_eq!(bench.walk(&all(), 2).await, [5, 4, 3, 2, 1]);
    file.execute_batch("DROP TRIGGER events_refuse_update").unwrap();
    file.execute(
        "UPDATE events SET data = CAST(replace(data, 'case_director', 'supporter') AS BLOB) WHERE position = 2",
        [],
    )
    .unwrap();
    drop(file);
    let page = bench.trail.read(&all(), None, 2).await.unwrap();
    assert_eq!(requests(&page), [5, 4], "what stands before it is whole");
    let found_out = bench.trail.read(&all(), None, 9).await.expect_err("an entry was changed");
    assert!(matches!(found_out, TrailFault::Unreadable(_)));
}

/// The trail of a node whose folder came here, and one that was laid beside ours.
#[tokio::test]
async fn trails_of_several_nodes_in_one_folder_are_read_together() {
    let north = bench("2026-11-28").await;
    north.keep(1..=2).await;
    north.clock.set(noon("2026-11-30"));
    north.keep(3..=4).await;
    north.trail.close().await;
    let mut south = bench("2026-11-27").await;
    south.keep(11..=11).await;
    south.clock.set(noon("2026-11-29"));
    south.keep(12..=13).await;
    // Another node in the same folder: its entries go into the same file, in streams of its own.
    std::fs::remove_file(south.folder.path().join("node-id")).unwrap();
    south.clock.set(noon("2026-12-01"));
    south.again().await;
    south.keep(14..=14).await;
    std::fs::copy(north.path(NOVEMBER), south.path("trail-2026-11.north.db")).unwrap();
    for size in [1, 2, 3, 50] {
        assert_eq!(south.walk(&all(), size).await, [14, 4, 3, 13, 12, 2, 1, 11], "pages of {size}");
    }
}
