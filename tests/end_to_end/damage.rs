//! One case whose bytes were changed on the disk: the others go on, and nobody learns from it that the case is there.

use std::path::Path;
use std::sync::Arc;

use api::node::{HISTORY, MASTER_KEY, VAULT};
use domain::case::Case;
use domain::decider::Decider as _;
use domain::ids::Subject;
use eventstore::codec::Codec;
use eventstore::key::MasterKey;
use eventstore::loader::load;
use eventstore::port::StreamName;
use eventstore::sqlite::SqliteStore;
use eventstore::upcast::Upcasters;
use eventstore::vault::Vault;
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::each;
use crate::family::Family;
use crate::server::{Server, fresh};

/// Changes the last event of a case, past the triggers, as somebody would who knows the file.
fn damage(folder: &Path, case: &str, change: &str) {
    let connection = Connection::open(folder.join(HISTORY)).unwrap();
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let triggers: Vec<(String, String)> = triggers.map(Result::unwrap).collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let changed = connection
        .execute(
            &format!(
                "UPDATE events SET {change} WHERE position = (SELECT max(position) FROM events
                 WHERE stream = (SELECT id FROM streams WHERE name = ?1))"
            ),
            [format!("case-{case}")],
        )
        .unwrap();
    assert_eq!(changed, 1);
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

struct Damaged {
    server: Server,
    bad: Family,
    good: Family,
    _files: tempfile::TempDir,
}

/// Two families of Anja; after a restart the case of the first one cannot be read any more, and its row still stands in the lists.
async fn damaged() -> Damaged {
    let server = fresh("2026-11-16");
    let (bad, good) = (Family::directed(&server).await, Family::directed(&server).await);
    let quinten = bad.input(json!({"name": "Quinten", "role": "PARENT"}));
    server.as_("anja").does("addPerson", quinten).await;
    server.as_("anja").ask("{ caseload { totalCount } }").await.data("caseload");
    let files = server.stop();
    damage(files.path(), &bad.case, "data = CAST(x'00' || data AS BLOB)");
    Damaged { server: Server::empty(files.path(), "2026-11-16"), bad, good, _files: files }
}

async fn lists_say(server: &Server) -> Value {
    let ready = server.as_("anja").get("/readyz").send().await.unwrap();
    assert_eq!(ready.status().as_u16(), 200, "one bad case stops nobody");
    let found: Value = serde_json::from_str(&ready.text().await.unwrap()).unwrap();
    found["checks"]["read_database"].clone()
}

#[tokio::test]
async fn a_case_that_cannot_be_read_is_left_out_of_every_list_and_the_operator_sees_it() {
    let Damaged { server, good, _files, .. } = damaged().await;
    assert_eq!(lists_say(&server).await["quarantined"], 0, "nobody has noticed yet");
    for key in ["anja", "noor"] {
        let person = server.as_(key);
        let caseload = person.ask("{ caseload { totalCount nodes { case { id } } } }").await.data("caseload");
        assert_eq!(each(&json!(each(&caseload["nodes"], "case")), "id"), [json!(good.case)], "{key}");
        assert_eq!(caseload["totalCount"], 1, "{key}");
        let search = "{ searchPeople(search: {name: \"Wilhelmina\"}) { totalCount nodes { case { id } } } }";
        let expected = u32::from(key == "anja");
        assert_eq!(person.ask(search).await.data("searchPeople")["totalCount"], expected, "{key}");
        person.ask("{ worklist { nodes { caseId } } gaps { nodes { case { id } } } }").await.data("worklist");
    }
    let said = lists_say(&server).await;
    assert_eq!((&said["quarantined"], &said["names_missing"]), (&json!(1), &json!(0)));
    server.stop();
}

#[tokio::test]
async fn only_who_has_a_relation_hears_that_a_case_cannot_be_read() {
    let Damaged { server, bad, _files, .. } = damaged().await;
    let (anja, kees) = (server.as_("anja"), server.as_("kees"));
    let absent = Uuid::new_v4().to_string();
    assert_eq!(bad.look(&anja).await.code(), "DATA_UNAVAILABLE");
    let nobody = Family { case: absent.clone(), mother: bad.mother.clone(), son: bad.son.clone() };
    assert_eq!(bad.look(&kees).await.body, nobody.look(&kees).await.body);
    let offered = "query($id: ID!) { handoverOffered(caseId: $id) { id } }";
    let closed = |(name, _): &(&str, serde_json::Value)| !crate::access::OPEN_TO_OUTSIDERS.contains(name);
    for (mutation, input) in crate::access::mutations(&bad.case).into_iter().filter(closed) {
        assert_eq!(kees.refused(mutation, input).await, "NOT_AVAILABLE", "{mutation}");
    }
    for id in [&bad.case, &absent] {
        assert_eq!(kees.ask_with(offered, json!({"id": id})).await.code(), "NOT_AVAILABLE");
    }
    let adding = bad.input(json!({"name": "Roderick", "role": "PARENT"}));
    assert_eq!(anja.refused("addPerson", adding).await, "DATA_UNAVAILABLE");
    server.stop();
}

/// Takes the keys of somebody out of the vault, without a tombstone that says that they were destroyed.
async fn lose(folder: &Path, family: &Family, person: &str) {
    let master = MasterKey::from_file(&folder.join(MASTER_KEY)).unwrap();
    let vault = Vault::open(&folder.join(VAULT), master).unwrap();
    let store = SqliteStore::open_read_only(&folder.join(HISTORY)).unwrap();
    let stream = StreamName::about(Case::CATEGORY, family.case.parse().unwrap());
    let codec = Codec::new(Arc::new(vault), Upcasters::none());
    let loaded = load::<Case>(&store, &codec, &stream).await.unwrap();
    let connection = Connection::open(folder.join(VAULT)).unwrap();
    for key in loaded.keys.of(Subject::Person(person.parse().unwrap())) {
        let gone = connection.execute("DELETE FROM key WHERE id = ?1", [key.as_uuid().as_bytes().as_slice()]);
        assert_eq!(gone.unwrap(), 1);
    }
}

/// A missing key is a fault and no silence: nothing that follows from the lost value is answered, whichever field asks for it.
#[tokio::test]
async fn what_follows_from_a_lost_value_is_refused() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let files = server.stop();
    lose(files.path(), &family, &family.son).await;
    let server = Server::empty(files.path(), "2026-11-16");
    let anja = server.as_("anja");
    for fields in [
        "people { birthDate }",
        "people { age }",
        "people { helpMissing { personMustDecide } }",
        "people { authority { personMustDecide } }",
        "people { authority { holders { id } } }",
        "consents { counts }",
    ] {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}");
        assert_eq!(anja.ask_with(&query, json!({"id": family.case})).await.code(), "DATA_UNAVAILABLE", "{fields}");
    }
    let readable = anja.case(&family.case, "people { id } director { since } consents { id }").await;
    assert_eq!(each(&readable["people"], "id"), [json!(family.mother), json!(family.son)]);
    server.stop();
}

/// No key of the vault opens any more, so no case does. Who may know of a case is still told by its row in the lists.
#[tokio::test]
async fn with_the_whole_vault_damaged_a_stranger_hears_the_same_of_a_case_as_of_none() {
    let server = fresh("2026-11-16");
    // Whoever was never there before can still be introduced: with keys of the time after.
    let family = Family::directed(&server).await;
    server.as_("noor").ask("{ caseload { totalCount } }").await.data("caseload");
    let files = server.stop();
    let vault = Connection::open(files.path().join(VAULT)).unwrap();
    assert!(vault.execute("UPDATE key SET wrapped = randomblob(60)", []).unwrap() > 0);
    drop(vault);
    let server = Server::empty(files.path(), "2026-11-16");
    let (anja, kees) = (server.as_("anja"), server.as_("kees"));
    let absent = Family { case: Uuid::new_v4().to_string(), mother: family.mother.clone(), son: family.son.clone() };
    assert_eq!(family.look(&anja).await.code(), "DATA_UNAVAILABLE");
    let adding = |family: &Family| family.input(json!({"name": "Roderick", "role": "PARENT"}));
    assert_eq!(anja.refused("addPerson", adding(&family)).await, "DATA_UNAVAILABLE");
    let (present, none) = (family.look(&kees).await, absent.look(&kees).await);
    assert_eq!((present.code().as_str(), &present.body), ("NOT_AVAILABLE", &none.body));
    let (present, none) =
        (kees.send("addPerson", adding(&family)).await, kees.send("addPerson", adding(&absent)).await);
    assert_eq!((present.code().as_str(), &present.body), ("NOT_AVAILABLE", &none.body));
    server.stop();
}

/// Not even the form of an entry is left: the lists and the reactions go on past it.
#[tokio::test]
async fn an_entry_that_is_none_stops_no_list_of_others() {
    for change in ["data = NULL", "hash = x'00'"] {
        let server = fresh("2026-11-16");
        let (bad, good) = (Family::directed(&server).await, Family::directed(&server).await);
        let files = server.stop();
        damage(files.path(), &bad.case, change);
        // Followed anew: past the bad entry.
        std::fs::remove_dir_all(files.path().join("lists")).unwrap();
        let server = Server::empty(files.path(), "2026-11-16");
        let anja = server.as_("anja");
        let caseload = anja.ask("{ caseload { totalCount nodes { case { id } } } }").await.data("caseload");
        assert_eq!(caseload, json!({"totalCount": 1, "nodes": [{"case": {"id": good.case}}]}), "{change}");
        assert_eq!(lists_say(&server).await["quarantined"], 1, "{change}");
        let later = Family::directed(&server).await;
        assert_eq!(anja.ask("{ caseload { totalCount } }").await.data("caseload")["totalCount"], 2, "{change}");
        assert_eq!(later.look(&anja).await.data("case")["id"], later.case);
        server.stop();
    }
}
