//! Nothing leaves before its entry is durable; a trail that cannot be written shows nothing; the chain of a node never breaks.
#![expect(clippy::unused_async, reason = "a resolver is async, whether it waits or not")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use async_graphql::{Context, Executor as _, Object, Request, Response, Schema, Subscription};
use domain::case::Case;
use domain::decider::History;
use domain::fact::{Actor, Audience, Organisation, Role};
use domain::ids::{CaseId, PersonId, Subject, WorkerId};
use domain::personal::Personal;
use domain::text::Name;
use domain::time::Timestamp;
use eventstore::chain;
use eventstore::clock::ToldClock;
use eventstore::port::{Digest, EventStore as _, Filter, Position, RecordedEvent};
use eventstore::sqlite::{SqliteStore, nothing_more, verify};
use futures_util::{Stream, StreamExt as _, future, stream};
use projections::relations::Relations;
use uuid::Uuid;

use super::*;
use crate::gate::{Act, Caller, Field, Gate, Operation, Policy, Target, Topic, Trace};
use crate::identity::{Identity, Scope};

const READ: Operation = Operation::looking("case", Act::Read);
const NAME: Field = Field::new("person.name", Topic::People);

fn huizen() -> Organisation {
    Organisation::new("gemeente-huizen").unwrap()
}

fn caller() -> Caller {
    let actor = Actor {
        worker: WorkerId::from_uuid(Uuid::from_u128(1)),
        role: Role::AccessWorker,
        organisation: huizen(),
        on_behalf_of: None,
    };
    Caller {
        identity: Identity {
            actor,
            name: Name::new("Noor").unwrap(),
            roles: vec![Role::AccessWorker],
            scopes: vec![Scope::Read, Scope::Write],
            expires_at: Timestamp::from_micros(i64::MAX),
        },
        duties: Vec::new(),
        purpose: None,
        request: Uuid::from_u128(42),
        trace: Trace::new(),
    }
}

/// Somebody may look at a case of this municipality.
fn looked(municipality: &str) -> Noted {
    Noted::from(Decided {
        operation: "case",
        act: Act::Read,
        purpose: crate::gate::Purpose::Access,
        relation: crate::gate::Relation::AccessWorker,
        municipality: Some(Organisation::new(municipality).unwrap()),
        rules: Vec::new(),
        consents: Vec::new(),
        refused: None,
    })
}

fn samira() -> Subject {
    Subject::Person(PersonId::from_uuid(Uuid::from_u128(3)))
}

fn name(ctx: &Context<'_>, facts: &Relations, value: &Personal<Name>) -> async_graphql::Result<Option<String>> {
    let stream = "case-7".parse()?;
    let target = Target::Row { stream: &stream, revision: None, facts };
    let mandate = ctx.data::<Gate>()?.judge(ctx.data()?, READ, target, ctx.data()?)?;
    let seen = mandate.see(&Audience::Case, NAME, value);
    Ok(seen.known().map(|name| name.as_str().to_owned()))
}

fn carried() -> Relations {
    Relations { municipality: Some(huizen()), ..Relations::default() }
}

fn known() -> Personal<Name> {
    Personal::ordinary(samira(), Name::new("Samira").unwrap())
}

struct Query;

#[Object]
impl Query {
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        name(ctx, &carried(), &known())
    }

    async fn lost(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let lost = serde_json::from_value(serde_json::json!({"$personal": {"of": samira()}}))?;
        name(ctx, &carried(), &lost)
    }

    async fn unknown(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let case = CaseId::from_uuid(Uuid::from_u128(8));
        let history = History::<Case>::default();
        let judged = ctx.data::<Gate>()?.judge(ctx.data()?, READ, Target::Case(case, &history), ctx.data()?);
        Ok(judged.map(|_| true)?)
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn open(&self, ctx: &Context<'_>, show: bool) -> async_graphql::Result<Option<String>> {
        let open = Operation { name: "openCase", act: Act::Open, ..READ };
        let draft: &TrailDraft = ctx.data()?;
        let mandate = ctx.data::<Gate>()?.judge(ctx.data()?, open, Target::New(&huizen()), draft)?;
        draft.note_recorded();
        if show {
            return Ok(mandate.see(&Audience::Case, NAME, &known()).known().map(|name| name.as_str().to_owned()));
        }
        // Ids and revision leave without a note.
        Ok(Some("7".to_owned()))
    }

    async fn refused(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let draft: &TrailDraft = ctx.data()?;
        ctx.data::<Gate>()?.judge(ctx.data()?, Operation { act: Act::Open, ..READ }, Target::New(&huizen()), draft)?;
        draft.note_refusal("DIRECTOR_PRESENT");
        Err("refused".into())
    }
}

struct Deliveries;

#[Subscription]
impl Deliveries {
    async fn names(&self) -> impl Stream<Item = Delivered> {
        stream::iter([Delivered, Delivered])
    }
}

struct Delivered;

#[Object]
impl Delivered {
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        name(ctx, &carried(), &known())
    }
}

struct Bench {
    folder: tempfile::TempDir,
    clock: Arc<ToldClock>,
    trail: Arc<Trail>,
    schema: Kept<Schema<Query, Mutation, Deliveries>>,
}

fn noon(day: &str) -> Timestamp {
    day.parse::<domain::time::CivilDay>().unwrap().at(12, 0)
}

async fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ToldClock::at(noon("2026-11-29")));
    let trail = Arc::new(open(folder.path(), &clock).await);
    let terms = Arc::new(domain::terms::TermsBook::nl_default().unwrap());
    let gate = Gate::new(Policy::product().unwrap(), terms, Arc::clone(&clock) as Arc<dyn eventstore::clock::Clock>);
    let keeper = Keeper::new(Arc::clone(&trail), Arc::clone(&clock) as Arc<dyn eventstore::clock::Clock>);
    let schema = keeper.around(Schema::build(Query, Mutation, Deliveries).data(gate).finish());
    Bench { folder, clock, trail, schema }
}

async fn open(folder: &Path, clock: &Arc<ToldClock>) -> Trail {
    let node = NodeId::keep(folder).unwrap();
    Trail::open(&folder.join("trail"), Arc::clone(clock) as Arc<dyn eventstore::clock::Clock>, node, None)
        .await
        .unwrap()
}

impl Bench {
    async fn ask(&self, query: &str) -> Response {
        self.schema.execute(Request::new(query).data(caller())).await
    }

    async fn stored(&self, month: &str) -> Vec<RecordedEvent> {
        let store = SqliteStore::open_read_only(&self.file(month)).unwrap();
        store.read_all(Position::START, &Filter::all(), 1_000).await.unwrap().events
    }

    async fn entries(&self) -> Vec<Entry> {
        let stored = self.stored("2026-11").await;
        stored.iter().map(|event| serde_json::from_slice(&event.data).unwrap()).collect()
    }

    fn file(&self, month: &str) -> std::path::PathBuf {
        self.folder.path().join(format!("trail/trail-{month}.db"))
    }
}

fn code(answer: &Response) -> String {
    let error = answer.errors.first().expect("an error");
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code")).expect("a code");
    code.clone().into_json().unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_was_shown_is_in_the_trail_when_the_answer_is_there() {
    let bench = bench().await;
    let answer = bench.ask("{ name }").await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    assert_eq!(answer.data.into_json().unwrap()["name"], "Samira");
    let entries = bench.entries().await;
    let [entry] = entries.as_slice() else { panic!("one entry, not {}", entries.len()) };
    assert_eq!((entry.kind, entry.outcome, entry.count), (OperationKind::Query, Outcome::Granted, 1));
    assert_eq!(entry.subjects, vec![samira()]);
    assert_eq!(entry.fields, vec![ShownField { field: "person.name".to_owned(), class: "ordinary".to_owned() }]);
    assert_eq!(entry.judgements[0].rules, ["access.all-until-director", "access.sees-until-director"]);
    assert_eq!(entry.judgements[0].at, vec![("case-7".to_owned(), None)]);
    assert!(!serde_json::to_string(entry).unwrap().contains("Samira"));
}

#[tokio::test]
async fn one_entry_per_operation_and_none_when_nothing_was_asked_or_the_events_say_it() {
    let bench = bench().await;
    bench.ask("{ a: name b: name __typename }").await;
    bench.ask("{ __typename }").await;
    bench.ask("mutation { open(show: false) }").await;
    assert_eq!(bench.entries().await.len(), 1);
    bench.ask("mutation { open(show: true) }").await;
    bench.ask("mutation { refused }").await;
    bench.ask("{ unknown }").await;
    bench.ask("{ nonsense }").await;
    let ended: Vec<_> = bench.entries().await.into_iter().map(|entry| (entry.outcome, entry.code)).collect();
    let coded = |outcome, code: &str| (outcome, Some(code.to_owned()));
    assert_eq!(
        ended,
        vec![
            (Outcome::Granted, None),
            (Outcome::Granted, None),
            coded(Outcome::Refused, "DIRECTOR_PRESENT"),
            coded(Outcome::Refused, "NOT_AVAILABLE"),
            coded(Outcome::Invalid, "INVALID_REQUEST"),
        ]
    );
}

#[tokio::test]
async fn a_trail_that_cannot_be_written_shows_nothing_until_it_can() {
    let bench = bench().await;
    // The next month's file is somebody else's.
    std::fs::write(bench.file("2026-12"), "not a database").unwrap();
    bench.clock.set(noon("2026-12-01"));
    for query in ["{ name }", "mutation { open(show: true) }"] {
        let answer = bench.ask(query).await;
        assert_eq!(code(&answer), TRAIL_UNAVAILABLE, "{query}");
        assert_eq!(answer.data, async_graphql::Value::Null);
    }
    let delivered: Vec<Response> = bench
        .schema
        .execute_stream(Request::new("subscription { names { name } }").data(caller()), None)
        .collect()
        .await;
    assert!(delivered.iter().all(|answer| code(answer) == TRAIL_UNAVAILABLE), "{delivered:?}");
    assert!(!bench.trail.is_healthy());

    std::fs::remove_file(bench.file("2026-12")).unwrap();
    assert!(bench.ask("{ name }").await.errors.is_empty());
    assert!(bench.trail.is_healthy());
}

/// What is recorded is recorded: nobody hears that nothing could be. While the trail takes no entry, nothing more is carried out.
#[tokio::test]
async fn a_recorded_command_is_never_said_not_to_be() {
    let bench = bench().await;
    std::fs::write(bench.file("2026-12"), "not a database").unwrap();
    bench.clock.set(noon("2026-12-01"));
    let answer = bench.ask("mutation { first: open(show: true) }").await;
    assert_eq!(code(&answer), RECORDED_NOT_SHOWN);
    assert!(answer.errors[0].message.contains("vastgelegd") && answer.data == async_graphql::Value::Null);
    assert_eq!(answer.errors[0].path, [async_graphql::PathSegment::Field("first".to_owned())], "it ran");
    assert!(!bench.trail.is_healthy());
    for mutation in ["mutation { open(show: true) }", "mutation { open(show: false) }"] {
        let refused = bench.ask(mutation).await;
        assert_eq!(code(&refused), TRAIL_UNAVAILABLE);
        assert!(refused.errors[0].path.is_empty(), "it did not run");
    }
    // The entry of a refusal is the proof that the trail can be written again.
    std::fs::remove_file(bench.file("2026-12")).unwrap();
    assert_eq!(code(&bench.ask("mutation { open(show: true) }").await), TRAIL_UNAVAILABLE);
    assert!(bench.ask("mutation { open(show: true) }").await.errors.is_empty());
}

#[tokio::test]
async fn of_two_commands_of_which_one_was_refused_nobody_says_that_both_were_recorded() {
    let bench = bench().await;
    std::fs::write(bench.file("2026-12"), "not a database").unwrap();
    bench.clock.set(noon("2026-12-01"));
    assert_eq!(code(&bench.ask("mutation { open(show: true) refused }").await), "OUTCOME_UNKNOWN");
}

/// One draft serves an operation: a second stream would write over the notes of the first.
#[tokio::test]
async fn a_subscription_follows_one_thing() {
    let bench = bench().await;
    for query in [
        "subscription { a: names { name } b: names { name } }",
        "subscription { names { name } names { name } }",
        "subscription { names { name } ...F } fragment F on Deliveries { names { name } }",
        "subscription { names { name } ... { x: names { name } } }",
    ] {
        let request = Request::new(query).data(caller()).data(crate::locale::Locale::English);
        let delivered: Vec<Response> = bench.schema.execute_stream(request, None).collect().await;
        let [refused] = &delivered[..] else { panic!("one refusal: {delivered:?}") };
        assert_eq!(code(refused), "INVALID_REQUEST", "{query}");
        assert!(refused.errors[0].message.contains("exactly one field"), "{}", refused.errors[0].message);
    }
    assert!(bench.entries().await.iter().all(|entry| entry.outcome == Outcome::Invalid));
}

#[tokio::test]
async fn what_is_shown_leaves_an_entry_also_when_no_judgement_was_noted() {
    let draft = TrailDraft::new();
    let at = noon("2026-11-29");
    assert!(draft.take(&caller(), at, OperationKind::Subscription, Ended::Answered).is_empty());
    draft.note_shown(&looked("gemeente-huizen"), None, (&[samira()], NAME, crate::gate::Shown::Structure));
    let entries = draft.take(&caller(), at, OperationKind::Subscription, Ended::Answered);
    let [entry] = &entries[..] else { panic!("an entry: {entries:?}") };
    assert_eq!((&entry.subjects, entry.count), (&vec![samira()], 1));
}

#[tokio::test]
async fn a_closed_trail_shows_nothing() {
    let bench = bench().await;
    bench.trail.close().await;
    assert_eq!(code(&bench.ask("{ name }").await), TRAIL_UNAVAILABLE);
    assert!(!bench.trail.is_healthy());
}

#[tokio::test]
async fn a_value_lost_by_a_fault_fails_the_whole_answer() {
    let bench = bench().await;
    let answer = bench.ask("{ name lost }").await;
    assert_eq!(code(&answer), DATA_UNAVAILABLE);
    assert_eq!(answer.data, async_graphql::Value::Null);
    let entries = bench.entries().await;
    assert_eq!((entries[0].outcome, entries[0].code.as_deref()), (Outcome::Failed, Some(DATA_UNAVAILABLE)));
}

#[tokio::test]
async fn a_subscription_leaves_an_entry_per_delivery() {
    let bench = bench().await;
    let request = Request::new("subscription { names { name } }").data(caller());
    let mut deliveries = bench.schema.execute_stream(request, None);
    for delivered in 1..=2 {
        assert!(deliveries.next().await.expect("a delivery").errors.is_empty());
        let entries = bench.entries().await;
        assert_eq!((entries.len(), entries[delivered - 1].kind), (delivered, OperationKind::Subscription));
    }
    assert!(deliveries.next().await.is_none());
}

#[tokio::test]
async fn nobody_and_an_ended_token_get_nothing() {
    let bench = bench().await;
    let nobody = bench.schema.execute(Request::new("{ name }")).await;
    assert_eq!(code(&nobody), "UNAUTHENTICATED");
    let mut ended = caller();
    ended.identity.expires_at = Timestamp::from_micros(1);
    let answer = bench.schema.execute(Request::new("{ name }").data(ended.clone())).await;
    assert_eq!(code(&answer), "UNAUTHENTICATED");
    let request = Request::new("subscription { names { name } }").data(ended);
    let delivered: Vec<Response> = bench.schema.execute_stream(request, None).collect().await;
    assert_eq!(delivered.iter().map(code).collect::<Vec<_>>(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn the_chain_goes_on_over_days_months_and_restarts() {
    let bench = bench().await;
    bench.ask("{ name }").await;
    bench.clock.set(noon("2026-11-30"));
    bench.ask("{ name }").await;
    bench.ask("{ name }").await;
    bench.trail.close().await;

    let again = open(bench.folder.path(), &bench.clock).await;
    assert_eq!(again.node(), bench.trail.node());
    let entry = bench.entries().await.remove(0);
    again.commit(vec![entry.clone()]).await.unwrap();
    bench.clock.set(noon("2026-12-02"));
    again.commit(vec![entry.clone()]).await.unwrap();
    // The clock may step back; the chain does not.
    bench.clock.set(noon("2026-12-01"));
    again.commit(vec![entry]).await.unwrap();
    again.close().await;

    let (november, december) = (bench.stored("2026-11").await, bench.stored("2026-12").await);
    let streams = |events: &[RecordedEvent]| -> Vec<String> {
        events.iter().map(|event| event.stream.as_str().rsplitn(4, '-').take(3).collect::<Vec<_>>().join(".")).collect()
    };
    assert_eq!(streams(&november), ["29.11.2026", "30.11.2026", "30.11.2026", "30.11.2026"]);
    assert_eq!(streams(&december), ["02.12.2026", "02.12.2026"]);
    let mut last = Digest::ZERO;
    for event in november.iter().chain(&december) {
        assert_eq!(event.previous, last, "each entry names the one before it, also in another file");
        last = event.hash;
        assert_eq!(chain::digest(&event.metadata), chain::digest(b"{}"));
    }
    for month in ["2026-11", "2026-12"] {
        let report = verify(&bench.file(month), nothing_more, |_, _| {}).unwrap();
        assert!(report.is_sound(), "{report:?}");
    }
}

#[tokio::test]
async fn entries_that_wait_share_a_sync() {
    let bench = bench().await;
    bench.ask("{ name }").await;
    let entry = bench.entries().await.remove(0);
    let all = future::join_all((0..64).map(|_| bench.trail.commit(vec![entry.clone()]))).await;
    assert!(all.iter().all(Result::is_ok));
    let mut batches = 0;
    let count = |found: &eventstore::sqlite::Entry| {
        batches += u32::from(found.ends_batch);
        Ok(())
    };
    assert!(verify(&bench.file("2026-11"), count, |_, _| {}).unwrap().is_sound());
    assert!(batches < 33, "65 entries took {batches} syncs");
}

#[tokio::test]
async fn the_trail_is_the_owners_alone() {
    let bench = bench().await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&bench.folder.path().join("trail")), 0o700);
    assert_eq!(mode(&bench.file("2026-11")), 0o600);
    assert_eq!(mode(&bench.folder.path().join("node-id")), 0o600);
}
