//! One case whose bytes were changed on the disk: the others go on, and nobody learns from it that the case is there.

use std::path::Path;

use api::node::HISTORY;
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::each;
use crate::family::Family;
use crate::server::{Server, fresh};

/// Flips a byte in the last event of a case, past the triggers, as somebody would who knows the file.
fn damage(folder: &Path, case: &str) {
    let connection = Connection::open(folder.join(HISTORY)).unwrap();
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let triggers: Vec<(String, String)> = triggers.map(Result::unwrap).collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let changed = connection
        .execute(
            "UPDATE events SET data = CAST(x'00' || data AS BLOB) WHERE position = (SELECT max(position) FROM events
             WHERE stream = (SELECT id FROM streams WHERE name = ?1))",
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
    damage(files.path(), &bad.case);
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
        person.ask("{ worklist { caseId } gaps { nodes { case { id } } } }").await.data("worklist");
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
    for (mutation, input) in crate::access::mutations(&bad.case) {
        assert_eq!(kees.refused(mutation, input).await, "NOT_AVAILABLE", "{mutation}");
    }
    for id in [&bad.case, &absent] {
        assert_eq!(kees.ask_with(offered, json!({"id": id})).await.code(), "NOT_AVAILABLE");
    }
    let adding = bad.input(json!({"name": "Roderick", "role": "PARENT"}));
    assert_eq!(anja.refused("addPerson", adding).await, "DATA_UNAVAILABLE");
    server.stop();
}
