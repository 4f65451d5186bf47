//! How often an answer reads: a case once, a worker once, a list once, however much is in it and however deep it is asked.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::client::Person;
use crate::counted::{Looks, Reads, Site};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh};
use crate::wide;

/// Professionals who take part in a large case.
const PARTIES: [&str; 8] = ["petra", "sam", "wim", "fenna", "tess", "romy", "hanna", "olga"];

/// In memory already: only whether something was added.
const WARM: Looks = Looks { heads: 1, pages: 0 };

/// Looked at for its duties and once more for its name, in memory already.
const ASKS_AND_NAMED: Looks = Looks { heads: 2, pages: 0 };

/// Of a stream that is not in memory: the page that holds all of it, and the one that says that there is no more.
const COLD: Looks = Looks { heads: 0, pages: 2 };

/// Never introduced: there is nothing to keep in memory.
const NOTHING: Looks = Looks { heads: 0, pages: 1 };

/// A small and a large case, and a site to read them.
struct Scene {
    site: Site,
    anja: Person,
    noor: Person,
    small: Family,
    large: Family,
}

impl Scene {
    /// `directed` cases of Anja, the large one among them; `gaps` cases of Noor that have several parties and no director.
    async fn set(directed: usize, gaps: usize) -> Self {
        let server = fresh("2026-11-16");
        let large = Family::directed(&server).await;
        enlarge(&server, &large).await;
        let small = Family::directed(&server).await;
        for _ in 2..directed {
            Family::directed(&server).await;
        }
        for _ in 0..gaps {
            let family = Family::open(&server).await;
            join(&server, &server.as_("noor"), &family, &PARTIES[..2]).await;
        }
        let (anja, noor, clock) = (server.as_("anja"), server.as_("noor"), Arc::clone(&server.clock));
        Self { site: Site::open(server.stop(), clock).await, anja, noor, small, large }
    }
}

/// Twenty more people, four households that they live in, eight professionals, and so a long timeline.
async fn enlarge(server: &Fresh, family: &Family) {
    let anja = server.as_("anja");
    let letters = "abcdefghijklmnopqrst".chars();
    let mut households = Vec::new();
    for letter in ['a', 'b', 'c', 'd'] {
        let input = family.input(json!({"label": format!("bij tante {letter}"), "from": "2026-11-16"}));
        households.push(made(&anja.does("formHousehold", input).await, "HOUSEHOLD")[0].clone());
    }
    for (place, letter) in letters.enumerate() {
        let input = family.input(json!({"name": format!("Zwaluwe {letter}"), "role": "NETWORK_MEMBER"}));
        let person = made(&anja.does("addPerson", input).await, "PERSON")[0].clone();
        let household = &households[place % households.len()];
        let living = family.input(json!({"household": household, "person": person, "from": "2026-11-16"}));
        anja.does("recordMembership", living).await;
    }
    join(server, &anja, family, &PARTIES).await;
    // Half of them are known by name.
    for key in &PARTIES[..4] {
        server.as_(key).ask("{ me { id } }").await.data("me");
    }
}

async fn join(server: &Fresh, person: &Person, family: &Family, parties: &[&str]) {
    for key in parties {
        let party = json!({
            "worker": server.worker(key), "organisation": "jeugd-en-gezin-gooi", "specialist": true,
            "expectedEnd": "2026-11-16", "from": "2026-11-16", "explanation": "Was al betrokken.",
        });
        person.does("reportPartyJoined", family.input(party)).await;
    }
}

/// Each of these many cases was read in this way, and nothing but cases and workers.
#[track_caller]
fn each_case_once(reads: &Reads, cases: usize, looks: Looks) {
    assert_eq!(reads.cases.len(), cases, "{reads:?}");
    assert!(reads.cases.values().all(|seen| *seen == looks), "each case {looks:?}: {reads:?}");
    assert_eq!(reads.others, [""; 0], "{reads:?}");
}

/// No worker was looked at twice, but for who asks: first for the duties they have now, then as one of those whom the answer names.
#[track_caller]
fn each_worker_once(reads: &Reads, looks: Looks) {
    let twice = reads.workers.values().filter(|seen| **seen == ASKS_AND_NAMED).count();
    let once = reads.workers.values().filter(|seen| [looks, WARM, NOTHING].contains(seen)).count();
    assert!(twice <= 1 && once + twice == reads.workers.len(), "each worker once: {reads:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_read_once_and_each_worker_once_however_much_is_in_it() {
    let scene = Scene::set(2, 0).await;
    let query = format!(
        "query($id: ID!) {{ case(id: $id) {{ {} asOf(about: \"2026-11-16\") {{ {} }} }} }}",
        wide::CASE,
        wide::CASE
    );
    for (case, least, workers) in [(&scene.small, 5, 2), (&scene.large, 50, 10)] {
        let server = scene.site.serve().await;
        let anja = server.visitor(&scene.anja).await;
        let (answer, cold) = server.reads(&anja, &query, json!({"id": case.case})).await;
        assert!(answer.data("case")["timeline"]["totalCount"].as_u64().unwrap() >= least, "{}", answer.body);
        each_case_once(&cold, 1, COLD);
        each_worker_once(&cold, COLD);
        assert_eq!((cold.workers.len(), cold.questions), (workers, 0), "{cold:?}");
        let (again, warm) = server.reads(&anja, &query, json!({"id": case.case})).await;
        assert_eq!(again.body, answer.body);
        each_case_once(&warm, 1, WARM);
        each_worker_once(&warm, WARM);
        assert_eq!((warm.workers.len(), warm.questions), (workers, 0), "{warm:?}");
    }
}

/// A page with everything of its cases.
fn page(list: &str, own: &str) -> String {
    format!(
        "query($first: Int) {{ {list}(first: $first) {{ totalCount edges {{ cursor node {{ {own} case {{ {} }} }} }} }} }}",
        wide::CASE
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_a_list_asks_the_list_once_and_reads_each_case_and_worker_once() {
    let scene = Scene::set(20, 20).await;
    let attention = "attention { kind text day number worker { id name organisation roles } }";
    let caseload = page("caseload", attention);
    let gaps = page("gaps", "since lastDay parties");
    for (person, query, list, rows) in [
        (&scene.anja, &caseload, "caseload", 2),
        (&scene.anja, &caseload, "caseload", 20),
        (&scene.noor, &gaps, "gaps", 2),
        (&scene.noor, &gaps, "gaps", 20),
    ] {
        let server = scene.site.serve().await;
        let person = server.visitor(person).await;
        for looks in [COLD, WARM] {
            let (answer, reads) = server.reads(&person, query, json!({"first": rows})).await;
            assert_eq!(answer.data(list)["edges"].as_array().unwrap().len(), rows, "{}", answer.body);
            // One case more than is shown tells whether another page follows.
            each_case_once(&reads, (rows + 1).min(20), looks);
            each_worker_once(&reads, looks);
            assert_eq!(reads.questions, 1, "{reads:?}");
            assert!(reads.workers.len() <= PARTIES.len() + 2, "{reads:?}");
        }
    }
    a_worklist_asks_twice(&scene).await;
    a_page_of_a_worklist_reads_only_what_it_shows(&scene).await;
    what_may_not_be_seen_is_not_read(&scene).await;
}

async fn a_page_of_a_worklist_reads_only_what_it_shows(scene: &Scene) {
    let server = scene.site.serve().await;
    let noor = server.visitor(&scene.noor).await;
    let (answer, reads) = server.reads(&noor, "{ worklist(first: 1) { nodes { caseId } } }", json!({})).await;
    assert_eq!(answer.data("worklist")["nodes"].as_array().unwrap().len(), 1);
    assert!((1..=2).contains(&reads.cases.len()), "the line, and the one that follows: {reads:?}");
}

/// Forty cases are open in her municipality; for the purpose of helping she may look in the twenty that never had a director. How long
/// an answer takes says nothing about the others.
async fn what_may_not_be_seen_is_not_read(scene: &Scene) {
    for query in [
        "{ caseload(first: 100) { totalCount nodes { case { people { name } } } } }",
        "{ searchPeople(search: {name: \"Bartholomeus\"}, first: 100) { totalCount nodes { person { name } } } }",
    ] {
        let server = scene.site.serve().await;
        let noor = server.visitor(&scene.noor).await.with("Rustpunt-Purpose", "coordination/1");
        let (answer, reads) = server.reads(&noor, query, json!({})).await;
        assert!(answer.body.to_string().contains("\"totalCount\":20"), "{}", answer.body);
        each_case_once(&reads, 20, COLD);
    }
    // For access she may look in all of them, and see people in twenty.
    let server = scene.site.serve().await;
    let noor = server.visitor(&scene.noor).await;
    let query = "{ searchPeople(search: {name: \"Bartholomeus\"}, first: 100) { totalCount } }";
    let (answer, reads) = server.reads(&noor, query, json!({})).await;
    assert_eq!(answer.data("searchPeople")["totalCount"], 20);
    each_case_once(&reads, 20, COLD);
}

async fn a_worklist_asks_twice(scene: &Scene) {
    let server = scene.site.serve().await;
    // Of her municipality forty cases are open; twenty of them wait for something.
    let noor = server.visitor(&scene.noor).await;
    let query = "{ worklist(first: 100) { nodes { caseId kind text day number handoverId worker { id name organisation roles } } } }";
    for looks in [COLD, WARM] {
        let (_, reads) = server.reads(&noor, query, json!({})).await;
        each_case_once(&reads, 20, looks);
        each_worker_once(&reads, looks);
        assert_eq!(reads.questions, 2, "waiting handovers, and the cases: {reads:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_reads_each_case_once_however_many_are_found_in_it() {
    let scene = Scene::set(2, 0).await;
    let query = format!(
        "query($name: String) {{ searchPeople(search: {{name: $name}}, first: 100) {{ totalCount nodes {{ person {{ id name households {{ id label }} }} case {{ {} }} }} }} }}",
        wide::CASE
    );
    for (name, found, cases) in [("Zwaluwe", 20, 1), ("Bartholomeus", 2, 2)] {
        let server = scene.site.serve().await;
        let anja = server.visitor(&scene.anja).await;
        for looks in [COLD, WARM] {
            let (answer, reads) = server.reads(&anja, &query, json!({"name": name})).await;
            assert_eq!(answer.data("searchPeople")["totalCount"], Value::from(found), "{}", answer.body);
            each_case_once(&reads, cases, looks);
            each_worker_once(&reads, looks);
            assert_eq!(reads.questions, 1, "{reads:?}");
        }
    }
}
