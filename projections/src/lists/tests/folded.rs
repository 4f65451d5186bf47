//! Rows of real cases: sealed, stored, loaded, folded.

use std::sync::Arc;
use std::time::Duration;

use domain::case::CaseEvent;
use domain::consent::{ConsentCommand, ConsentKind};
use domain::correction::CorrectionCommand;
use domain::divorce::{CoordinatorEvent, DivorceEvent};
use domain::emergency::{EmergencyEvent, EmergencyGround};
use domain::exclusion::{ExclusionEvent, ExclusionGround};
use domain::fact::{Audience, Draft, Role};
use domain::ids::{EmergencyId, HouseholdId, PersonId, Subject, WorkerId};
use domain::life::{LifeCommand, Outcome};
use domain::people::{PeopleCommand, Source};
use domain::personal::Personal;
use domain::regie::{RegieCommand, RegieTask};
use domain::representation::{RepresentationEvent, RepresentativeKind};
use domain::terms::{NL_DEFAULT, TermsBook};
use domain::text::Name;
use domain::time::CivilDay;
use eventstore::clock::Clock;
use eventstore::port::EventStore;

use super::world::drain;
use crate::lists::blind::SearchKey;
use crate::lists::{Attention, FoldedRows, Lists, ListsSetup, PageRequest, Scope, SearchFor, StoredHistories};
use crate::relations::Relations;
use crate::testing::{JOOST, KOEN, LAYLA, NOOR, Office, PETRA, SAM, case, day, organisation, terms, text};

async fn lists_in(office: &Office, folder: std::path::PathBuf) -> Lists {
    lists_under(office, folder, TermsBook::nl_default().expect("terms")).await
}

async fn lists_under(office: &Office, folder: std::path::PathBuf, terms: TermsBook) -> Lists {
    let key = Arc::new(SearchKey::derive(&[5; 32]));
    let store = Arc::clone(&office.store) as Arc<dyn EventStore>;
    let rows = Arc::new(FoldedRows {
        histories: Arc::new(StoredHistories { store: Arc::clone(&store), codec: office.codec.clone() }),
        key: Arc::clone(&key),
        terms: Arc::new(terms),
    });
    let clock = Arc::clone(&office.clock) as Arc<dyn Clock>;
    let mut setup = ListsSetup::new(folder, store, rows, key, clock);
    setup.patience = Duration::ZERO;
    let lists = Lists::open(setup).await.expect("lists");
    lists.build_first().await.expect("a read database");
    lists
}

pub async fn lists(office: &Office) -> Lists {
    lists_in(office, office.folder.path().join("read")).await
}

async fn anew(office: &Office) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    lists_in(office, folder.path().to_path_buf()).await.dump().await.expect("a dump")
}

fn ten() -> PageRequest {
    PageRequest::first(10.try_into().expect("not zero"))
}

fn huizen() -> Scope {
    Scope::Municipality(organisation("gemeente-huizen"))
}

async fn words_for(lists: &Lists, scope: Scope) -> Vec<&'static str> {
    let page = lists.caseload(scope, ten()).await.expect("a page");
    page.rows.iter().flat_map(|(_, listed)| listed.attention.iter().map(|line| line.what.word())).collect()
}

pub async fn turn(office: &mut Office, lists: &Lists, text: &str) {
    office.on(text);
    drain(lists).await;
}

#[tokio::test]
async fn five_supporters_through_the_lists() {
    let mut office = Office::new();
    office.open(case(1)).await.join(case(1), PETRA, "zorg-vecht").await.join(case(1), SAM, "jeugd-gooi").await;
    let lists = lists(&office).await;
    let gaps = lists.gaps(huizen(), ten()).await.expect("a page");
    let (_, row) = &gaps.rows[0];
    let gap = row.gap.expect("a gap");
    assert_eq!((gap.since, row.parties, gap.last_day), (day("2026-03-02"), 2, day("2026-03-09")));
    assert_eq!(words_for(&lists, huizen()).await, ["gap"]);
    turn(&mut office, &lists, "2026-03-10").await;
    assert_eq!(words_for(&lists, huizen()).await, ["gap_overdue"]);
    office.on("2026-03-25").assign(case(1), JOOST).await;
    office.on("2026-04-20").join_as(case(1), KOEN, "jeugd-gooi", Some("2026-10-01")).await;
    drain(&lists).await;
    assert_eq!(lists.gaps(huizen(), ten()).await.expect("a page").total, 0);
    for supporter in [PETRA, SAM, KOEN] {
        assert_eq!(lists.caseload(Scope::Worker(supporter), ten()).await.expect("a page").total, 1, "each takes part");
    }
    assert_eq!(words_for(&lists, Scope::Worker(JOOST)).await, Vec::<&str>::new());
    office.offer_to_layla(case(1)).await;
    drain(&lists).await;
    assert_eq!(words_for(&lists, Scope::Worker(JOOST)).await, ["handover_waiting"]);
    assert_eq!(lists.waiting_for(LAYLA).await.expect("a list").0.len(), 1);
    assert_eq!(lists.caseload(Scope::Worker(LAYLA), ten()).await.expect("a page").total, 0, "not before acceptance");
    office.accept_by_layla(case(1)).await;
    drain(&lists).await;
    assert_eq!(lists.caseload(Scope::Worker(LAYLA), ten()).await.expect("a page").total, 1);
    assert_eq!(lists.caseload(Scope::Worker(JOOST), ten()).await.expect("a page").total, 0);
    turn(&mut office, &lists, "2026-10-01").await;
    assert_eq!(words_for(&lists, Scope::Worker(LAYLA)).await, Vec::<&str>::new());
    turn(&mut office, &lists, "2026-10-02").await;
    assert_eq!(words_for(&lists, Scope::Worker(LAYLA)).await, ["specialist_overdue"]);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

#[tokio::test]
async fn a_deputy_counts_only_on_the_days_that_were_agreed() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    office.on("2026-05-04").by(NOOR, Role::AccessWorker);
    let appoint = RegieCommand::AppointDeputy {
        deputy: LAYLA,
        organisation: organisation("gemeente-huizen"),
        from: Some(day("2026-05-06")),
        until: day("2026-05-15"),
        reason: text("ill"),
    };
    office.order(case(1), appoint).await;
    let lists = lists(&office).await;
    let total = async || lists.caseload(Scope::Worker(LAYLA), ten()).await.expect("a page").total;
    assert_eq!(total().await, 0, "announced is not yet");
    turn(&mut office, &lists, "2026-05-06").await;
    assert_eq!(total().await, 1);
    turn(&mut office, &lists, "2026-05-07").await;
    assert_eq!(words_for(&lists, Scope::Worker(LAYLA)).await, Vec::<&str>::new(), "eight days ahead");
    turn(&mut office, &lists, "2026-05-08").await;
    // The family was to be told within two working days.
    assert_eq!(words_for(&lists, Scope::Worker(LAYLA)).await, ["deputy_ending", "terms_overdue"]);
    let shorter = NL_DEFAULT.replace("deputy_ending_notice = \"7 days\"", "deputy_ending_notice = \"6 days\"");
    let shorter = TermsBook::parse(&shorter).expect("terms");
    let elsewhere = lists_under(&office, office.folder.path().join("shorter"), shorter).await;
    assert_eq!(words_for(&elsewhere, Scope::Worker(LAYLA)).await, ["terms_overdue"], "another notice");
    turn(&mut office, &lists, "2026-05-16").await;
    assert_eq!(total().await, 0);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

/// A worker of a number that nobody else has.
fn worker(number: u128) -> WorkerId {
    WorkerId::from_uuid(uuid::Uuid::from_u128(0xA000 + number))
}

async fn finds(lists: &Lists, who: WorkerId) -> bool {
    lists.caseload(Scope::Worker(who), ten()).await.expect("a page").total == 1
}

fn until(last_day: &str) -> (CivilDay, Option<CivilDay>) {
    (day("2026-05-01"), Some(day(last_day)))
}

/// Somebody of some kinds that have a relation for some days from 2026-05-01 on, each with the last one.
fn somebody_for_some_days(home: HouseholdId, ilias: PersonId) -> Vec<(WorkerId, &'static str, CaseEvent)> {
    let huizen = || organisation("gemeente-huizen");
    let words = || Personal::ordinary(Subject::Case(case(1)), text("as agreed"));
    let (from, last) = until("2026-05-03");
    let coordinator = CoordinatorEvent::PlanCoordinatorAppointed {
        household: home,
        worker: worker(1),
        organisation: huizen(),
        from,
        until: last,
    };
    let (from, last) = until("2026-05-04");
    let represents = RepresentationEvent::RepresentativeNamed {
        person: ilias,
        worker: worker(2),
        organisation: huizen(),
        kind: Personal::ordinary(Subject::Person(ilias), RepresentativeKind::Guardian),
        from,
        until: last,
        source: Source::Court,
    };
    let opened = EmergencyEvent::EmergencyAccessOpened {
        emergency: EmergencyId::from_uuid(uuid::Uuid::from_u128(5)),
        worker: worker(3),
        organisation: huizen(),
        ground: EmergencyGround::VitalInterest,
        reason: words(),
        until: day("2026-05-02").at(3, 0),
    };
    vec![
        (worker(1), "2026-05-03", DivorceEvent::from(coordinator).into()),
        (worker(2), "2026-05-04", represents.into()),
        (worker(3), "2026-05-02", opened.into()),
    ]
}

/// Whoever is something to a case finds it for as long as that lasts, without an event that ends it.
#[tokio::test]
async fn each_relation_holds_its_days_in_the_lists() {
    let mut office = Office::new();
    office.open(case(1)).await;
    let [samira, ilias] = ["Samira Boukhari", "Ilias Boukhari"].map(|name| office.person(case(1), name));
    office.on("2026-05-01");
    let home = office.at_mothers(case(1), samira, "2026-05-01").await;
    let each = somebody_for_some_days(home, ilias);
    let told = |event: &CaseEvent| Draft { audience: Some(Audience::Director), ..Draft::of(event.clone()) };
    office.record(case(1), each.iter().map(|(_, _, event)| told(event)).collect()).await;
    let lists = lists(&office).await;
    let page = lists.caseload(huizen(), ten()).await.expect("a page");
    let relations = &page.rows[0].1.row.relations;
    assert_eq!(relations.coordinators[0].members, [samira], "a child's own layer is not theirs by living there");
    assert_eq!(relations.emergencies[0].until, day("2026-05-02").at(3, 0), "whoever judges compares the moment");
    for today in ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"] {
        turn(&mut office, &lists, today).await;
        for (who, last_day, _) in &each {
            assert_eq!(finds(&lists, *who).await, day(today) <= day(last_day), "{last_day} on {today}");
        }
        assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
    }
}

#[tokio::test]
async fn who_is_kept_out_finds_nothing_whatever_they_are() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    let lists = lists(&office).await;
    assert!(finds(&lists, JOOST).await && finds(&lists, PETRA).await);
    let reason = || Personal::ordinary(Subject::Case(case(1)), text("a neighbour"));
    let ground = ExclusionGround::Neighbour;
    let out = [JOOST, PETRA, NOOR].map(|worker| ExclusionEvent::WorkerExcluded { worker, ground, reason: reason() });
    office.record(case(1), out.map(|event| Draft::of(event.into())).into()).await;
    drain(&lists).await;
    assert!(!finds(&lists, JOOST).await && !finds(&lists, PETRA).await && finds(&lists, SAM).await);
    let noor = Scope::WorkerOrMunicipality(NOOR, organisation("gemeente-huizen"));
    assert_eq!(lists.caseload(noor, ten()).await.expect("a page").total, 0);
    let typed = SearchFor { words: "samira".to_owned(), birth_date: None };
    assert_eq!(lists.search(Scope::Worker(JOOST), typed, ten()).await.expect("a page").total, 0);
    office
        .record(case(1), vec![Draft::of(ExclusionEvent::ExclusionLifted { worker: PETRA, reason: reason() }.into())])
        .await;
    drain(&lists).await;
    assert!(finds(&lists, PETRA).await);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

/// What was complete goes on for the policy term after a birthday or a ruling changed who must be asked; then it ends by itself.
#[tokio::test]
async fn a_supporter_whose_consent_became_incomplete_goes_out_after_the_term() {
    let mut office = Office::new();
    office.open(case(1)).await.join(case(1), PETRA, "zorg-vecht").await;
    let lists = lists(&office).await;
    turn(&mut office, &lists, "2029-01-08").await;
    assert!(finds(&lists, PETRA).await, "Ilias is eleven");
    let last = terms().last_day(terms().incomplete_consent, day("2029-01-09"));
    turn(&mut office, &lists, &last.to_string()).await;
    assert!(finds(&lists, PETRA).await, "he is twelve, and not asked yet");
    turn(&mut office, &lists, &last.plus_days(1).to_string()).await;
    assert!(!finds(&lists, PETRA).await);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

#[tokio::test]
async fn a_withdrawn_consent_takes_the_case_out_of_the_list_at_once() {
    let mut office = Office::new();
    office.open(case(1)).await.join(case(1), PETRA, "zorg-vecht").await;
    let lists = lists(&office).await;
    assert!(finds(&lists, PETRA).await);
    let consent = office.consent(case(1), ConsentKind::Joining);
    office.order(case(1), ConsentCommand::WithdrawConsent { consent, reason: None }).await;
    drain(&lists).await;
    assert!(!finds(&lists, PETRA).await);
}

/// R02: an offered handover waits for its successor, and for nobody who is kept out of the case.
#[tokio::test]
async fn an_offer_waits_for_nobody_who_is_kept_out() {
    let mut office = Office::new();
    office.open(case(1)).await;
    office.on("2026-03-25").assign(case(1), JOOST).await;
    office.offer_to_layla(case(1)).await;
    let lists = lists(&office).await;
    assert_eq!(lists.waiting_for(LAYLA).await.expect("a list").0.len(), 1);
    let reason = || Personal::ordinary(Subject::Case(case(1)), text("woont ernaast"));
    let out = ExclusionEvent::WorkerExcluded { worker: LAYLA, ground: ExclusionGround::Neighbour, reason: reason() };
    office.record(case(1), vec![Draft::of(out.into())]).await;
    drain(&lists).await;
    assert_eq!(lists.waiting_for(LAYLA).await.expect("a list").0, []);
    assert_eq!(
        words_for(&lists, Scope::Worker(JOOST)).await,
        ["handover_waiting"],
        "who offered it sees that it waits"
    );
    let lifted = ExclusionEvent::ExclusionLifted { worker: LAYLA, reason: reason() };
    office.record(case(1), vec![Draft::of(lifted.into())]).await;
    drain(&lists).await;
    assert_eq!(lists.waiting_for(LAYLA).await.expect("a list").0.len(), 1);
}

/// R02: a notice waits for its receiver until they confirm it, also in a closed case, and for nobody who is kept out.
#[tokio::test]
async fn a_notice_waits_for_its_receiver_until_it_is_confirmed() {
    let mut office = Office::new();
    office.open(case(1)).await.join(case(1), PETRA, "zorg-vecht").await;
    let lists = lists(&office).await;
    let waits = async |worker| lists.waiting_for(worker).await.expect("a list").1;
    assert_eq!(waits(PETRA).await, []);
    let consent = office.consent(case(1), ConsentKind::Joining);
    office.on("2026-03-05").order(case(1), ConsentCommand::WithdrawConsent { consent, reason: None }).await;
    office.order(case(1), LifeCommand::CloseCase { outcome: Outcome::Moved, explanation: None }).await;
    drain(&lists).await;
    let [waiting] = waits(PETRA).await[..] else { panic!("one notice") };
    let Attention::WithdrawalNotice { on, notice } = waiting.line.what else { panic!("{waiting:?}") };
    assert_eq!((waiting.line.case, on), (case(1), day("2026-03-05")));
    assert_eq!(waits(NOOR).await, []);
    let related = Relations::of(office.history(case(1)).state(), day("2026-03-05"), &terms());
    assert_eq!(related.notified, [PETRA]);
    assert!(!related.workers().contains(&PETRA), "of the case she is nothing");
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
    let reason = || Personal::ordinary(Subject::Case(case(1)), text("woont ernaast"));
    let out = ExclusionEvent::WorkerExcluded { worker: PETRA, ground: ExclusionGround::Neighbour, reason: reason() };
    office.record(case(1), vec![Draft::of(out.into())]).await;
    drain(&lists).await;
    assert_eq!(waits(PETRA).await, []);
    let lifted = ExclusionEvent::ExclusionLifted { worker: PETRA, reason: reason() };
    office.record(case(1), vec![Draft::of(lifted.into())]).await;
    drain(&lists).await;
    assert_eq!(waits(PETRA).await.len(), 1);
    office.by(PETRA, Role::Supporter).order(case(1), ConsentCommand::ConfirmWithdrawalNotice { notice }).await;
    drain(&lists).await;
    assert_eq!(waits(PETRA).await, []);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

/// Whoever directed last keeps the closed file and answers for it, so also finds it.
#[tokio::test]
async fn the_last_director_of_a_closed_case_finds_who_was_in_it() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    let to = office.person(case(1), "Samira Boukhari");
    let tasks = vec![RegieTask::Overview, RegieTask::Plan];
    office.order(case(1), RegieCommand::HandBackRegie { tasks, to, agreement: None }).await;
    office.order(case(1), LifeCommand::CloseCase { outcome: Outcome::GoodEnough, explanation: None }).await;
    let lists = lists(&office).await;
    turn(&mut office, &lists, "2026-06-01").await;
    let typed = SearchFor { words: "samira".to_owned(), birth_date: None };
    let hits = lists.search(Scope::Worker(JOOST), typed, ten()).await.expect("a page");
    assert_eq!(hits.rows.iter().map(|(_, found)| found.related.director).collect::<Vec<_>>(), [Some(JOOST)]);
    assert_eq!(lists.caseload(Scope::Worker(JOOST), ten()).await.expect("a page").total, 0, "it is not open");
}

#[tokio::test]
async fn live_and_rebuilt_agree_also_after_a_correction() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    office.on("2026-04-21").open(case(2)).await;
    let lists = lists(&office).await;
    let before = lists.dump().await.expect("a dump");
    let samira = office.person(case(1), "Samira Boukhari");
    let (name, from) = (Name::new("Markerbloem").expect("a name"), None);
    let renamed = office.order(case(1), PeopleCommand::RenamePerson { person: samira, name, from }).await.remove(0);
    drain(&lists).await;
    let typed = || SearchFor { words: "marker".to_owned(), birth_date: None };
    assert_eq!(lists.search(huizen(), typed(), ten()).await.expect("a page").total, 1);
    let strike = CorrectionCommand::StrikeOut { target: renamed.id, reason: text("misheard") };
    office.order(case(1), strike).await;
    let what = LifeCommand::ReportDeparture {
        rule: domain::life::DEPARTURE_RULES[0].to_owned(),
        what: text("a professional decided"),
        persons: Vec::new(),
    };
    office.order(case(2), what).await;
    drain(&lists).await;
    assert_eq!(
        lists.search(huizen(), typed(), ten()).await.expect("a page").total,
        0,
        "a struck-out name finds nobody"
    );
    let live = lists.dump().await.expect("a dump");
    assert_ne!(live, before);
    assert_eq!(live, anew(&office).await);
    lists.rebuild(&|_| {}).await.expect("a rebuild");
    assert_eq!(lists.dump().await.expect("a dump"), live);
}

#[tokio::test]
async fn a_birthday_makes_a_consent_incomplete_on_the_day_and_only_its_month_is_stored() {
    let mut office = Office::new();
    office.open(case(1)).await;
    let lists = lists(&office).await;
    let incomplete = async || lists.caseload(huizen(), ten()).await.expect("a page").rows[0].1.row.incomplete_consents;
    let dump = lists.dump().await.expect("a dump");
    assert!(dump.contains("changes_in_month=2029-01-01"), "{dump}");
    assert!(!dump.contains("2029-01-09") && !dump.contains("2017-01-09"));
    turn(&mut office, &lists, "2029-01-08").await;
    assert_eq!(incomplete().await, 0);
    turn(&mut office, &lists, "2029-01-09").await;
    assert_eq!(incomplete().await, 1);
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

/// The product's own terms, but that a child is asked for help from four.
fn asking_from_four() -> String {
    NL_DEFAULT.replace("help_together = 12", "help_together = 4")
}

async fn incomplete(lists: &Lists) -> u32 {
    lists.caseload(huizen(), ten()).await.expect("a page").rows[0].1.row.incomplete_consents
}

#[tokio::test]
async fn another_version_of_the_terms_changes_counts_on_its_first_day() {
    let mut office = Office::new();
    office.open(case(1)).await;
    let from_january = asking_from_four().replace("nl-default-1", "nl-default-2").replace("2015-01-01", "2027-01-01");
    let book = || TermsBook::parse(&format!("{NL_DEFAULT}\n{from_january}")).expect("two versions");
    let lists = lists_under(&office, office.folder.path().join("read"), book()).await;
    turn(&mut office, &lists, "2026-12-31").await;
    assert_eq!(incomplete(&lists).await, 0);
    turn(&mut office, &lists, "2027-01-01").await;
    assert_eq!(incomplete(&lists).await, 1);
    let anew = lists_under(&office, office.folder.path().join("anew"), book()).await;
    assert_eq!(lists.dump().await.expect("a dump"), anew.dump().await.expect("a dump"));
}

#[tokio::test]
async fn rows_made_under_other_terms_are_not_used() {
    let mut office = Office::new();
    office.open(case(1)).await;
    let folder = || office.folder.path().join("read");
    let before = lists_in(&office, folder()).await;
    assert_eq!(incomplete(&before).await, 0);
    drop(before);
    let changed = TermsBook::parse(&asking_from_four()).expect("terms");
    assert_eq!(incomplete(&lists_under(&office, folder(), changed).await).await, 1);
}

fn bytes(office: &Office) -> Vec<u8> {
    let entries = std::fs::read_dir(office.folder.path().join("read")).expect("a folder");
    entries.flat_map(|entry| std::fs::read(entry.expect("an entry").path()).expect("bytes")).collect()
}

#[tokio::test]
async fn no_value_of_a_real_case_stands_in_clear_and_erasing_takes_the_person_out_of_the_index() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    let lists = lists(&office).await;
    let found = bytes(&office);
    let holds = |marker: &str| found.windows(marker.len()).any(|window| window.eq_ignore_ascii_case(marker.as_bytes()));
    for marker in ["samira", "boukhari", "ilias", "karim", "1988-04-01", "2017-01-09", "rest at home", "upbringing"] {
        assert!(!holds(marker), "{marker} stands in the read database");
    }
    assert!(holds("gemeente-huizen"), "the test looks in the right place");
    let typed = || SearchFor { words: "samira".to_owned(), birth_date: None };
    let born = || SearchFor { words: String::new(), birth_date: Some(day("1988-04-01")) };
    assert_eq!(lists.search(huizen(), typed(), ten()).await.expect("a page").total, 1);
    assert_eq!(lists.search(huizen(), born(), ten()).await.expect("a page").total, 1);
    let samira = office.person(case(1), "Samira Boukhari");
    office.erase(case(1), samira).await;
    lists.refresh(case(1)).await.expect("a refresh");
    assert_eq!(lists.search(huizen(), typed(), ten()).await.expect("a page").total, 0);
    assert_eq!(lists.search(huizen(), born(), ten()).await.expect("a page").total, 0);
    let ilias = SearchFor { words: "ilias bou".to_owned(), birth_date: None };
    assert_eq!(lists.search(huizen(), ilias, ten()).await.expect("a page").total, 1, "others stay");
    assert_eq!(lists.dump().await.expect("a dump"), anew(&office).await);
}

#[tokio::test]
async fn bytes_that_cannot_be_read_set_the_case_aside_by_its_name_only() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    office.on("2026-04-21").open(case(2)).await;
    let lists = lists(&office).await;
    let stream = eventstore::port::StreamName::new("case", case(2)).expect("a name");
    let (revision, _) = office.store.stream_head(&stream).await.expect("a head").expect("a stream");
    let strange = eventstore::port::NewEvent {
        id: domain::ids::EventId::from_uuid(uuid::Uuid::now_v7()),
        outer_type: "FromTheFuture".to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data: b"Samira".to_vec(),
        command: None,
    };
    office.store.append(&stream, eventstore::port::Expected::At(revision), vec![strange]).await.expect("an append");
    drain(&lists).await;
    let [quarantined] = &lists.quarantined().await.expect("a list")[..] else { panic!("one stream") };
    assert_eq!(quarantined.stream, stream.as_str());
    assert!(!quarantined.reason.contains("Samira"), "{}", quarantined.reason);
    assert_eq!(lists.caseload(huizen(), ten()).await.expect("a page").total, 1, "others go on");
    assert!(matches!(lists.rebuild(&|_| {}).await, Err(crate::lists::ListsFault::Poisoned { .. })));
}
