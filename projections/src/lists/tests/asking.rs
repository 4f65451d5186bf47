//! Questions: scope, order, pages, what needs attention, search, and what the files give away.

use domain::fact::Organisation;
use domain::ids::CaseId;

use super::world::{World, case, day, drain, huizen, person, worker};
use crate::lists::{Attention, Cursor, Found, Listing, Lists, PageRequest, Scope, SearchFor, Standing, Tally};
use crate::relations::Relations;

fn first(number: u16) -> PageRequest {
    PageRequest::first(number.try_into().expect("not zero"))
}

async fn five_supporters() -> World {
    let world = World::new();
    for number in 1..=3 {
        world.record(number, "open").await;
    }
    world.record(1, "director 1 2026-03-02").await;
    world.record(2, "director 2 2026-03-02").await;
    world.record(2, "deputy 1 2026-04-01").await;
    world.record(3, "party 1").await;
    world.record(3, "party 2").await;
    world.record(3, "gap 2026-03-02").await;
    world.record(4, "in gemeente-elders").await;
    world.record(4, "gap 2026-03-01").await;
    world
}

#[tokio::test]
async fn the_scope_decides_what_is_shown_and_counted() {
    let lists = five_supporters().await.lists_and_world().await;
    let director = Scope::Worker(worker(1));
    let page = lists.0.caseload(director, first(10)).await.expect("a page");
    let cases: Vec<_> = page.rows.iter().map(|(cursor, _)| cursor.case).collect();
    assert_eq!((cases, page.total), (vec![case(1), case(2)], 2), "as director and as deputy");
    let stranger = lists.0.caseload(Scope::Worker(worker(9)), first(10)).await.expect("a page");
    assert_eq!((stranger.rows.len(), stranger.total), (0, 0));
    let here = lists.0.caseload(Scope::Municipality(huizen()), first(10)).await.expect("a page");
    assert_eq!(here.total, 3);
    let gaps = lists.0.gaps(Scope::Municipality(huizen()), first(10)).await.expect("a page");
    let [(_, row)] = &gaps.rows[..] else { panic!("one gap in this municipality") };
    let gap = row.gap.expect("a gap");
    assert_eq!((row.parties, gap.since, gap.last_day), (2, day("2026-03-02"), day("2026-03-09")));
}

impl World {
    async fn lists_and_world(self) -> (Lists, World) {
        (self.lists().await, self)
    }
}

#[tokio::test]
async fn pages_go_on_from_a_row_whatever_came_in_between() {
    let world = World::new();
    for number in [5, 1, 3, 2, 4] {
        world.record(number, "open").await;
    }
    let lists = world.lists().await;
    let scope = || Scope::Municipality(huizen());
    let one = lists.caseload(scope(), first(2)).await.expect("a page");
    assert!(one.more);
    let after: Option<Cursor> = one.rows.last().map(|(cursor, _)| cursor.clone());
    world.record(2, "close").await;
    drain(&lists).await;
    let two = lists.caseload(scope(), PageRequest { after, ..first(9) }).await.expect("a page");
    let cases: Vec<_> = two.rows.iter().map(|(cursor, _)| cursor.case).collect();
    assert_eq!((cases, two.more, two.total), (vec![case(3), case(4), case(5)], false, 4));
}

#[tokio::test]
async fn each_line_of_attention_is_one_act() {
    let world = World::new();
    world.record(1, "open").await;
    world.record(1, "gap 2026-03-02").await;
    world.record(1, "departure").await;
    world.record(2, "director 1 2026-03-02").await;
    world.record(2, "deputy 2 2026-03-16").await;
    world.record(2, "specialist 3 2026-03-08").await;
    world.record(2, "specialist 4 2026-03-09").await;
    for last_day in ["due 2026-03-07", "due 2026-03-08", "due 2026-03-08", "due 2026-03-09"] {
        world.record(2, last_day).await;
    }
    world.record(2, "handover 5 2026-03-20").await;
    world.record(3, "open").await;
    let lists = world.lists().await;
    let words = async || {
        let page = lists.caseload(Scope::Municipality(huizen()), first(10)).await.expect("a page");
        let of = |lines: &[crate::lists::AttentionLine]| lines.iter().map(|line| line.what.word()).collect::<Vec<_>>();
        page.rows.iter().map(|(_, listed)| of(&listed.attention)).collect::<Vec<_>>()
    };
    let turn = async |text: &str| {
        world.clock.set(day(text).at(9, 0));
        drain(&lists).await;
    };
    assert_eq!(words().await, [vec!["gap", "departures_unexplained"], vec!["handover_waiting"], vec!["no_director"]]);
    turn("2026-03-09").await;
    assert_eq!(words().await[0], ["gap", "departures_unexplained"], "the last day is still within the term");
    assert_eq!(words().await[1], ["handover_waiting", "deputy_ending", "specialist_overdue", "terms_overdue"]);
    let page = lists.caseload(Scope::Municipality(huizen()), first(10)).await.expect("a page");
    let overdue = Attention::TermsOverdue { last_day: day("2026-03-07"), terms: 3 };
    assert_eq!(page.rows[1].1.attention.last().map(|line| line.what), Some(overdue), "not the one of today");
    turn("2026-03-10").await;
    assert_eq!(words().await[0], ["gap_overdue", "departures_unexplained"]);
    let (waiting, _) = lists.waiting_for(worker(5)).await.expect("a list");
    let [line] = &waiting[..] else { panic!("one offer waits") };
    assert_eq!((line.case, line.what.day()), (case(2), Some(day("2026-03-20"))));
    assert!(matches!(line.what, Attention::HandoverWaiting { .. }));
    assert_eq!(lists.waiting_for(worker(1)).await.expect("a list"), (Vec::new(), Vec::new()));
}

/// An access worker who also directs a case elsewhere, and one here.
#[tokio::test]
async fn a_scope_of_two_parts_gives_each_case_once_in_one_order() {
    let world = World::new();
    for number in [5, 2, 4, 1, 3] {
        world.record(number, "open").await;
    }
    world.record(2, "in gemeente-elders").await;
    world.record(2, "director 1 2026-03-02").await;
    world.record(3, "director 1 2026-03-02").await;
    world.record(5, "in gemeente-elders").await;
    let lists = world.lists().await;
    let scope = || Scope::WorkerOrMunicipality(worker(1), huizen());
    let (mut request, mut cases) = (first(1), Vec::new());
    loop {
        let page = lists.caseload(scope(), request.clone()).await.expect("a page");
        assert_eq!(page.total, 4);
        cases.extend(page.rows.iter().map(|(_, listed)| listed.row.case));
        request.after = page.rows.last().map(|(cursor, _)| cursor.clone());
        if !page.more {
            break;
        }
    }
    assert_eq!(cases, [case(1), case(2), case(3), case(4)]);
    let tally = lists.caseload(scope(), first(1)).await.expect("a page").tally;
    let here = Standing { municipality: huizen(), director_organisation: None, ever_directed: false };
    assert_eq!((own_of(&tally), &tally.alike[..]), (vec![case(2), case(3)], &[(here, 2)][..]));
    assert!(tally.own.iter().all(|(_, relations)| relations.director == Some(worker(1))));
    assert_eq!(lists.tally(scope(), Listing::Caseload).await.expect("a tally"), tally);
    assert_eq!(lists.tally(scope(), Listing::Gaps).await.expect("a tally"), Tally::default());
    let elsewhere = lists.caseload(Scope::Worker(worker(9)), first(1)).await.expect("a page");
    assert_eq!((elsewhere.tally, elsewhere.total), (Tally::default(), 0));
}

fn own_of(tally: &Tally) -> Vec<CaseId> {
    tally.own.iter().map(|(case, _)| *case).collect()
}

async fn cases_of(lists: &Lists, scope: Scope) -> Vec<CaseId> {
    let page = lists.caseload(scope, first(9)).await.expect("a page");
    let cases: Vec<_> = page.rows.iter().map(|(cursor, _)| cursor.case).collect();
    assert_eq!(page.total, u64::try_from(cases.len()).expect("few"), "what is counted is what is there");
    cases
}

/// Whoever has any relation to a case finds it; who is kept out of it does not, whatever else they are.
#[tokio::test]
async fn every_relation_leads_to_its_cases_and_who_is_kept_out_finds_nothing() {
    let world = World::new();
    world.record(1, "supporter 1").await;
    world.record(2, "emergency 1").await;
    world.record(3, "director 1 2026-03-02").await;
    world.record(3, "excluded 1").await;
    for number in [4, 5] {
        world.record(number, "gap 2026-03-02").await;
        world.record(number, "name 1 Samira Boukhari").await;
    }
    world.record(5, "excluded 1").await;
    let lists = world.lists().await;
    let own = || Scope::Worker(worker(1));
    assert_eq!(cases_of(&lists, own()).await, [case(1), case(2)]);
    let here = || Scope::WorkerOrMunicipality(worker(1), huizen());
    assert_eq!(cases_of(&lists, here()).await, [case(1), case(2), case(4)]);
    let tally = lists.tally(here(), Listing::Caseload).await.expect("a tally");
    assert_eq!((own_of(&tally), tally.alike.iter().map(|(_, cases)| cases).sum::<u64>()), (vec![case(1), case(2)], 1));
    let gaps = lists.gaps(here(), first(9)).await.expect("a page");
    assert_eq!((gaps.rows.len(), gaps.total, &gaps.tally.apart[..]), (1, 1, &[][..]));
    let hits = lists.search(here(), words("samira"), first(9)).await.expect("a page");
    assert_eq!(hits.rows.iter().map(|(_, found)| found.case).collect::<Vec<_>>(), [case(4)]);
    let waiting = lists.worklist(here(), first(9)).await.expect("a page");
    assert_eq!(waiting.rows.iter().map(|(cursor, _)| cursor.case).collect::<Vec<_>>(), [case(1), case(2), case(4)]);
    let colleague = Scope::WorkerOrMunicipality(worker(2), huizen());
    assert_eq!(cases_of(&lists, colleague).await.len(), 5, "others are not kept out");
}

/// In a gap somebody has a part of their own: what they may know of it, their relation says.
#[tokio::test]
async fn a_gap_in_which_the_worker_has_a_part_is_judged_by_itself() {
    let world = World::new();
    for number in [1, 2] {
        world.record(number, "gap 2026-03-02").await;
    }
    world.record(2, "supporter 1").await;
    let lists = world.lists().await;
    let page = lists.gaps(Scope::WorkerOrMunicipality(worker(1), huizen()), first(9)).await.expect("a page");
    assert_eq!((page.rows.len(), page.total), (2, 2));
    assert_eq!((page.tally.alike[0].1, page.tally.apart), (1, vec![case(2)]));
    let page = lists.gaps(Scope::Worker(worker(1)), first(9)).await.expect("a page");
    assert_eq!((page.rows.len(), page.tally.apart), (1, vec![case(2)]));
}

/// A team lead sees the cases that the organisation's directors direct, and as a municipality its own.
#[tokio::test]
async fn an_organisation_finds_what_its_directors_direct() {
    let world = World::new();
    for (number, organisation) in [(1, "zorg-vecht"), (2, "zorg-vecht"), (3, "jeugd-gooi")] {
        world.record(number, "director 7 2026-03-02").await;
        world.record(number, &format!("of {organisation}")).await;
    }
    world.record(2, "excluded 1").await;
    let lists = world.lists().await;
    let of = |name: &str| {
        let organisation = Organisation::new(name).expect("an organisation");
        Scope::WorkerOrOrganisation(worker(1), organisation)
    };
    assert_eq!(cases_of(&lists, of("zorg-vecht")).await, [case(1)]);
    let tally = lists.tally(of("zorg-vecht"), Listing::Caseload).await.expect("a tally");
    let vecht = Organisation::new("zorg-vecht").expect("an organisation");
    let theirs = Standing { municipality: huizen(), director_organisation: Some(vecht), ever_directed: true };
    assert_eq!(tally.alike, [(theirs, 1)]);
    assert_eq!(cases_of(&lists, of(huizen().as_str())).await, [case(1), case(3)]);
}

/// Whoever leads a team finds what waits for its answer, each counted by itself: nothing else tells which of the cases that are alike it is.
#[tokio::test]
async fn an_organisation_finds_what_waits_for_its_answer() {
    let world = World::new();
    for number in 1..=5 {
        world.record(number, "in gemeente-elders").await;
    }
    for number in [1, 2, 3] {
        world.record(number, "asked sat-gooi").await;
    }
    world.record(2, "advised").await;
    world.record(3, "excluded 1").await;
    world.record(4, "asked sat-vecht").await;
    world.record(5, "asked sat-gooi").await;
    world.record(5, "gap 2026-03-02").await;
    let lists = world.lists().await;
    let of = |name: &str| Scope::WorkerOrOrganisation(worker(1), Organisation::new(name).expect("an organisation"));
    assert_eq!(cases_of(&lists, of("sat-gooi")).await, [case(1), case(5)]);
    let tally = lists.tally(of("sat-gooi"), Listing::Caseload).await.expect("a tally");
    assert_eq!((own_of(&tally), tally.alike), (vec![case(1), case(5)], Vec::new()));
    assert_eq!(lists.tally(of("sat-gooi"), Listing::Gaps).await.expect("a tally").apart, [case(5)]);
    let waiting = lists.worklist(of("sat-gooi"), first(9)).await.expect("a page");
    assert_eq!(waiting.rows.iter().map(|(cursor, _)| cursor.case).collect::<Vec<_>>(), [case(1), case(5)]);
    let advisor = Scope::WorkerOrAsked(worker(1), Organisation::new("sat-gooi").expect("an organisation"));
    assert_eq!(lists.worklist(advisor, first(9)).await.expect("a page").rows, waiting.rows);
    // The municipality that is asked nothing counts them as before; one that is asked something itself counts each once.
    assert_eq!(cases_of(&lists, of("gemeente-elders")).await, [case(1), case(2), case(4), case(5)]);
    world.record(4, "asked gemeente-elders").await;
    drain(&lists).await;
    assert_eq!(cases_of(&lists, of("gemeente-elders")).await, [case(1), case(2), case(4), case(5)]);
    assert_eq!(own_of(&lists.tally(of("gemeente-elders"), Listing::Caseload).await.expect("a tally")), [case(4)]);
}

/// Whoever watches over many cases finds those in which something waits that they were told of, and no other.
#[tokio::test]
async fn who_was_told_finds_where_and_nobody_else_does() {
    use domain::alert::Receiver;
    let world = World::new();
    for number in 1..=4 {
        world.record(number, "gap 2026-03-02").await;
    }
    for number in [1, 2, 3] {
        world.record(number, "told attention_officer zorg-vecht").await;
    }
    world.record(2, "excluded 1").await;
    world.record(3, "close").await;
    world.record(4, "told privacy_officer_and_manager gemeente-huizen").await;
    let lists = world.lists().await;
    let waiting = async |receiver, of: &str| {
        let scope = Scope::Told(worker(1), receiver, Organisation::new(of).expect("an organisation"));
        let page = lists.worklist(scope, first(9)).await.expect("a page");
        page.rows.iter().map(|(cursor, _)| cursor.case).collect::<Vec<_>>()
    };
    assert_eq!(waiting(Receiver::AttentionOfficer, "zorg-vecht").await, [case(1)]);
    assert_eq!(waiting(Receiver::AttentionOfficer, "gemeente-huizen").await, []);
    assert_eq!(waiting(Receiver::PrivacyOfficerAndManager, "gemeente-huizen").await, [case(4)]);
    assert_eq!(waiting(Receiver::PrivacyOfficerAndManager, "zorg-vecht").await, []);
    world.record(4, "supporter 1").await;
    drain(&lists).await;
    assert_eq!(waiting(Receiver::AttentionOfficer, "zorg-vecht").await, [case(1), case(4)], "and one's own");
}

/// A gap of which not everyone may know stands in its list, and is counted by itself.
#[tokio::test]
async fn a_gap_that_was_told_to_few_is_counted_apart() {
    let world = World::new();
    for number in [1, 2, 3] {
        world.record(number, "gap 2026-03-02").await;
    }
    world.record(2, "untold").await;
    let lists = world.lists().await;
    let page = lists.gaps(Scope::Municipality(huizen()), first(9)).await.expect("a page");
    assert_eq!((page.rows.len(), page.total), (3, 3));
    assert_eq!((page.tally.alike[0].1, page.tally.apart), (2, vec![case(2)]));
}

/// What the worklist leaves out has no line of attention, and nothing else is left out.
#[tokio::test]
async fn a_worklist_holds_exactly_the_cases_with_a_line() {
    let world = World::new();
    let facts = [
        "director 1 2026-03-02",
        "gap 2026-03-02",
        "departure",
        "deputy 2 2026-03-16",
        "deputy 2 2026-06-16",
        "specialist 3 2026-03-08",
        "specialist 3 2026-03-09",
        "due 2026-03-09",
        "handover 5 2026-03-20",
        "birthday 2026-03-09",
        "close",
    ];
    for (number, fact) in (1_u128..).zip(facts) {
        world.record(number, "director 1 2026-03-02").await;
        world.record(number, fact).await;
    }
    world.record(99, "open").await;
    let lists = world.lists().await;
    for (day_of_looking, with_line) in [("2026-03-02", 4), ("2026-03-09", 7), ("2026-03-10", 9), ("2026-06-12", 9)] {
        world.clock.set(day(day_of_looking).at(9, 0));
        drain(&lists).await;
        let scope = || Scope::Municipality(huizen());
        let mut all = lists.caseload(scope(), first(99)).await.expect("a page").rows;
        all.retain(|(_, listed)| !listed.attention.is_empty());
        let waiting = lists.worklist(scope(), first(99)).await.expect("a page").rows;
        assert_eq!(waiting, all, "{day_of_looking}");
        assert_eq!(waiting.len(), with_line, "{day_of_looking}");
    }
}

/// What a gate goes by stands in the row, and with each hit: whoever may not look in a case is told nothing without opening it.
#[tokio::test]
async fn what_people_are_to_a_case_is_told_without_its_history() {
    let world = World::new();
    world.record(1, "director 1 2026-03-02").await;
    world.record(1, "deputy 2 2026-03-16").await;
    world.record(1, "handover 5 2026-03-20").await;
    world.record(1, "name 1 Samira Boukhari").await;
    let lists = world.lists().await;
    let related = Relations {
        municipality: Some(huizen()),
        director: Some(worker(1)),
        deputy: Some(worker(2)),
        successor: Some(worker(5)),
        ever_directed: true,
        ..Relations::default()
    };
    let page = lists.caseload(Scope::Worker(worker(1)), first(9)).await.expect("a page");
    assert_eq!(page.rows[0].1.row.relations, related);
    let hits = lists.search(Scope::Worker(worker(1)), words("samira"), first(9)).await.expect("a page");
    assert_eq!(hits.rows[0].1.related, related);
    world.record(2, "open").await;
    assert_eq!(lists.relation(case(1)).await.expect("an answer"), Some(related), "also while the lists are behind");
    assert_eq!(lists.relation(case(2)).await.expect("an answer"), None);
}

/// Of one case some lines may have been shown: a page goes on with that case.
#[tokio::test]
async fn a_place_before_a_case_leads_to_that_case() {
    let world = World::new();
    for number in 1..=3 {
        world.record(number, "open").await;
    }
    let lists = world.lists().await;
    let after = Some(Cursor::before("2026-03-02".to_owned(), case(2)));
    let request = PageRequest { after, ..first(9) };
    let page = lists.worklist(Scope::Municipality(huizen()), request).await.expect("a page");
    assert_eq!(page.rows.iter().map(|(cursor, _)| cursor.case).collect::<Vec<_>>(), [case(2), case(3)]);
}

fn words(words: &str) -> SearchFor {
    SearchFor { words: words.to_owned(), birth_date: None }
}

#[tokio::test]
async fn search_finds_within_the_scope_only_and_every_word_must_fit_one_person() {
    let world = World::new();
    world.record(1, "director 1 2026-03-02").await;
    world.record(1, "name 1 Samira Boukhari").await;
    world.record(1, "name 2 Ilias Boukhari").await;
    world.record(1, "born 2 2017-01-09").await;
    world.record(2, "director 2 2026-03-02").await;
    world.record(2, "name 3 Samira de Wit").await;
    world.record(3, "in gemeente-elders").await;
    world.record(3, "director 1 2026-03-02").await;
    world.record(3, "name 4 Samira Jansen").await;
    let lists = world.lists().await;
    let found = async |scope: Scope, search: SearchFor| {
        let page = lists.search(scope, search, first(10)).await.expect("a page");
        page.rows.into_iter().map(|(_, Found { case, person, .. })| (case, person)).collect::<Vec<_>>()
    };
    let anja = || Scope::Worker(worker(1));
    let here = || Scope::Municipality(huizen());
    assert_eq!(found(anja(), words("sam")).await, [(case(1), person(1)), (case(3), person(4))]);
    assert_eq!(found(here(), words("SAMIRA")).await, [(case(1), person(1)), (case(2), person(3))]);
    assert_eq!(found(anja(), words("samira bouk")).await, [(case(1), person(1))]);
    assert_eq!(found(anja(), words("ilias samira")).await, [], "one person has both words");
    let born = |text: &str, words: &str| SearchFor { words: words.to_owned(), birth_date: Some(day(text)) };
    assert_eq!(found(anja(), born("2017-01-09", "")).await, [(case(1), person(2))]);
    assert_eq!(found(anja(), born("2017-01-09", "samira")).await, []);
    assert_eq!(found(anja(), words(" - ")).await, [], "nothing typed finds nobody");
    assert_eq!(found(Scope::Worker(worker(9)), words("samira")).await, []);
    let elsewhere = Scope::Municipality(Organisation::new("gemeente-nergens").expect("an organisation"));
    assert_eq!(found(elsewhere, words("samira")).await, []);
    let one = lists.search(anja(), words("samira"), first(1)).await.expect("a page");
    assert_eq!((one.more, one.total), (true, 2));
    let after = one.rows.last().map(|(cursor, _)| cursor.clone());
    let two = lists.search(anja(), words("samira"), PageRequest { after, ..first(1) }).await.expect("a page");
    assert_eq!((two.rows[0].1.case, two.more, two.total), (case(3), false, 2));
}

/// Every byte of every file of the read database.
fn bytes(world: &World) -> Vec<u8> {
    let entries = std::fs::read_dir(world.lists_folder()).expect("a folder");
    entries.flat_map(|entry| std::fs::read(entry.expect("an entry").path()).expect("bytes")).collect()
}

fn holds(bytes: &[u8], marker: &[u8]) -> bool {
    bytes.windows(marker.len()).any(|window| window == marker)
}

#[tokio::test]
async fn no_personal_value_stands_in_clear_and_an_erased_person_leaves_no_token() {
    let world = World::new();
    world.record(1, "director 1 2026-03-02").await;
    world.record(1, "name 1 Markerbloem Zevenster").await;
    world.record(1, "born 1 2017-01-09").await;
    let lists = world.lists().await;
    let scope = || Scope::Worker(worker(1));
    let before = lists.search(scope(), words("markerbloem"), first(9)).await.expect("a page");
    assert_eq!(before.total, 1);
    for marker in ["arkerbloem", "ARKERBLOEM", "evenster", "2017-01-09", "Samira"] {
        assert!(!holds(&bytes(&world), marker.as_bytes()), "{marker} stands in the read database");
    }
    let key = crate::lists::blind::SearchKey::derive(&super::world::VAULT_KEY);
    let tokens = key.typed_tokens(&huizen(), "markerbloem");
    let token = tokens.first().expect("a token");
    assert!(holds(&bytes(&world), &token.0), "the test looks in the right place");
    world.words.erased.lock().expect("a lock").insert(person(1));
    lists.refresh(case(1)).await.expect("a refresh");
    assert!(!holds(&bytes(&world), &token.0), "a token outlived the person");
    let after = lists.search(scope(), words("markerbloem"), first(9)).await.expect("a page");
    assert_eq!(after.total, 0);
}
