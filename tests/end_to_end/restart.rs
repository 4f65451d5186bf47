//! Stopped and started on the same folder: everything reads the same.

use std::fs;

use serde_json::{Value, json};

use crate::client::Person;
use crate::server::{Server, shared};
use crate::wide;

/// What each of three people sees of everything, in one value.
async fn everything(server: &Server) -> Value {
    let mut seen = json!({});
    for key in ["anja", "noor", "layla"] {
        let person = server.as_(key);
        seen[key]["lists"] = person.ask(wide::LISTS).await.body;
        for case in ["01", "03", "05"] {
            seen[key][case] = look(&person, &server.case(case)).await;
        }
    }
    seen
}

async fn look(person: &Person, case: &str) -> Value {
    let query = format!("query($id: ID!) {{ case(id: $id) {{ revision {} }} }}", wide::CASE);
    person.ask_with(&query, json!({"id": case})).await.body
}

/// R20, R26: what was played is not played again; lists that were thrown away come back the same.
#[tokio::test]
async fn after_a_restart_everything_reads_the_same_also_with_lists_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::demo(folder.path());
    let (steps, before, head) = (first.steps.unwrap(), everything(&first).await, first.head().await);
    assert_eq!(steps.before, 0);
    tells_the_same_story_as(shared(), &first).await;
    assert!(before["layla"]["05"]["data"]["case"]["people"].as_array().unwrap().len() > 3);
    first.stop();

    let second = Server::demo(folder.path());
    let again = second.steps.unwrap();
    assert_eq!((again.now, again.before), (0, steps.now));
    assert_eq!(everything(&second).await, before);
    let noted = second.head().await - head;
    assert!(noted <= 1, "nothing but the note about the vault: {noted}");
    second.stop();

    fs::remove_dir_all(folder.path().join("lists")).unwrap();
    let third = Server::demo(folder.path());
    assert_eq!(everything(&third).await, before);
    third.stop();
}

/// Another folder, played by itself, tells the same story: ids differ, and nothing else does.
async fn tells_the_same_story_as(one: &Server, other: &Server) {
    let fields = "people { name birthDate age } households { label address }
        regie { gap { since } directors { worker { name } since until } }";
    for (case, key) in [("01", "anja"), ("05", "layla"), ("06", "bram")] {
        let (here, there) = (one.as_(key), other.as_(key));
        assert_eq!(here.case(&one.case(case), fields).await, there.case(&other.case(case), fields).await);
    }
}
