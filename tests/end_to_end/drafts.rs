//! Drafts (rule 28): with their author only, for a day, outside the history; gone with their key.

use std::fs;
use std::sync::Arc;

use domain::time::Timestamp;
use eventstore::drafts::Drafts;
use eventstore::key::MasterKey;
use eventstore::vault::Vault;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{Server, fresh};
use crate::trail_files;

const WORD: &str = "Zwartkopmees";
const MINE: &str = "{ myDrafts { id caseId mutation words begunAt until } }";
const SAVED: &str = "id caseId mutation words begunAt until";

async fn save(who: &Person, input: Value) -> Value {
    who.send_for("saveDraft", input, SAVED).await.data("saveDraft")
}

async fn mine(who: &Person) -> Value {
    who.ask(MINE).await.data("myDrafts")
}

fn tell(server: &Server, moment: &str) {
    server.clock.tell(Timestamp::given(moment).unwrap());
}

fn draft(family: &Family, words: &str) -> Value {
    json!({"caseId": family.case, "mutation": "recordContact", "words": words})
}

fn bytes_on_disk(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        bytes.extend(if path.is_dir() { bytes_on_disk(&path) } else { fs::read(&path).unwrap() });
    }
    bytes
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[tokio::test]
async fn a_draft_is_its_authors_alone_until_it_is_recorded_discarded_or_a_day_old() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    let others = ["noor", "petra", "layla", "hugo", "gerda", "ravi"];
    for key in others.iter().chain(&["anja"]) {
        server.as_(key).ask("{ me { id } }").await;
    }
    let head = server.head().await;
    let kept = save(&anja, draft(&family, &format!("{WORD} belde over"))).await;
    assert_eq!((&kept["mutation"], &kept["caseId"]), (&json!("recordContact"), &json!(family.case)));
    assert_eq!(
        (&kept["begunAt"], &kept["until"]),
        (&json!("2026-11-16T08:00:00.000000Z"), &json!("2026-11-17T08:00:00.000000Z"))
    );
    assert_eq!(mine(&anja).await, json!([kept]));
    for other in others {
        assert_eq!(mine(&server.as_(other)).await, json!([]), "{other}");
    }
    // Rewriting is the author's, and lengthens nothing.
    tell(&server, "2026-11-16T20:00:00Z");
    let id = kept["id"].clone();
    let again = json!({"draft": id, "caseId": family.case, "mutation": "recordContact", "words": format!("{WORD} belde over school.")});
    assert_eq!(save(&anja, again.clone()).await["until"], kept["until"]);
    let other = |draft: Value| json!({"draft": draft, "mutation": "recordContact", "words": "Van mij."});
    let theirs = noor.send_for("saveDraft", other(id.clone()), SAVED).await;
    let never = noor.send_for("saveDraft", other(json!(Uuid::from_u128(9))), SAVED).await;
    assert_eq!((never.code().as_str(), &theirs.body), ("NOT_AVAILABLE", &never.body));
    let theirs = noor.send_for("discardDraft", json!({"draft": id}), "id").await;
    let never = noor.send_for("discardDraft", json!({"draft": Uuid::from_u128(9)}), "id").await;
    assert_eq!((never.code().as_str(), &theirs.body), ("NOT_AVAILABLE", &never.body));
    assert_eq!(each(&mine(&anja).await, "words"), [format!("{WORD} belde over school.")]);
    assert_eq!(server.head().await, head, "nothing of it is in the history");

    // Recorded under its name it goes.
    let contact = |who: &str| json!({"caseId": family.case, "commandId": id, "with": [family.mother], "said": format!("{who} belde.")});
    anja.does("recordContact", contact("De school")).await;
    assert_eq!(mine(&anja).await, json!([]));

    let second = save(&anja, draft(&family, "Nog iets.")).await["id"].clone();
    anja.send_for("discardDraft", json!({"draft": second}), "id").await.data("discardDraft");
    assert_eq!(mine(&anja).await, json!([]));
    assert_eq!(anja.send_for("discardDraft", json!({"draft": second}), "id").await.code(), "NOT_AVAILABLE");

    save(&anja, draft(&family, "Morgen verder.")).await;
    tell(&server, "2026-11-17T19:59:59Z");
    assert_eq!(mine(&anja).await.as_array().unwrap().len(), 1);
    tell(&server, "2026-11-17T20:00:00Z");
    assert_eq!(mine(&anja).await, json!([]), "by the clock");
}

/// What a worker wrote or marked for themself stands in no case: its draft goes all the same.
#[tokio::test]
async fn recorded_in_the_stream_of_a_worker_it_goes_too() {
    let server = fresh("2026-11-16");
    Family::directed(&server).await;
    let anja = server.as_("anja");
    let kept = save(&anja, json!({"mutation": "writeOwnReflection", "words": "Ik liep te hard."})).await;
    save(&anja, json!({"mutation": "writeOwnReflection", "words": "Nog niet af."})).await;
    let reflection = json!({"commandId": kept["id"], "words": "Ik liep te hard vooruit."});
    anja.send_for("writeOwnReflection", reflection, "repeated").await.data("writeOwnReflection");
    assert_eq!(each(&mine(&anja).await, "words"), ["Nog niet af."], "the one that was recorded, and no other");
    let news =
        anja.ask("{ caseload { sinceLastLooked { seenUpTo } } }").await.data("caseload")["sinceLastLooked"].clone();
    let kept = save(&anja, json!({"mutation": "markCaseloadSeen", "words": "Gelezen."})).await;
    let seen = json!({"commandId": kept["id"], "upTo": news["seenUpTo"]});
    anja.send_for("markCaseloadSeen", seen, "recorded").await.data("markCaseloadSeen");
    assert_eq!(each(&mine(&anja).await, "words"), ["Nog niet af."]);
}

#[tokio::test]
async fn it_survives_a_restart_and_after_its_day_no_copy_of_the_file_opens() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::empty(folder.path(), "2026-11-16");
    let family = Family::directed(&server).await;
    let kept = save(&server.as_("anja"), draft(&family, &format!("{WORD} belde."))).await;
    server.stop();
    assert!(!holds(&bytes_on_disk(folder.path()), WORD), "never in clear");
    let copy = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("drafts.db"), copy.path().join("drafts.db")).unwrap();

    let server = Server::empty(folder.path(), "2026-11-16");
    assert_eq!(mine(&server.as_("anja")).await, json!([kept]));
    server.stop();
    // Closed on the next day: what ended meanwhile goes before anybody asks.
    let server = Server::empty(folder.path(), "2026-11-18");
    assert_eq!(mine(&server.as_("anja")).await, json!([]));
    let worker = server.worker("anja").parse().unwrap();
    server.stop();
    let master = MasterKey::from_file(&folder.path().join("master.key")).unwrap();
    let keys = Arc::new(Vault::open(&folder.path().join("draft-keys.db"), master).unwrap());
    let older = Drafts::open(&copy.path().join("drafts.db"), keys).unwrap();
    let then = Timestamp::given("2026-11-16T09:00:00Z").unwrap();
    assert_eq!(older.count(worker, then), Ok(1), "the row is in the copy");
    assert_eq!(older.of(worker, then), Ok(Vec::new()), "and its key is nowhere");
}

#[tokio::test]
async fn the_look_is_in_the_trail_and_not_the_words() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    save(&anja, draft(&family, &format!("{WORD} belde."))).await;
    let looked = anja.ask(MINE).await;
    let entry = trail_files::only(&server.folder, &looked.request).await;
    let fields = entry["fields"].to_string();
    assert!(fields.contains("draft.words") && fields.contains("ordinary"), "{entry}");
    assert!(entry["subjects"].to_string().contains(&family.case), "{entry}");
    let all = json!(trail_files::all(&server.folder).await).to_string();
    assert!(all.contains("saveDraft") && !all.contains(WORD));
}

#[tokio::test]
async fn what_is_no_draft_is_refused_and_a_case_of_others_is_as_one_that_is_not_there() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, kees) = (server.as_("anja"), server.as_("kees"));
    for (mutation, words, code) in [
        ("", "Iets.", "DRAFT_FOR_NOTHING"),
        ("Record contact", "Iets.", "DRAFT_FOR_NOTHING"),
        ("recordContact", "   ", "TEXT_EMPTY"),
    ] {
        let input = json!({"mutation": mutation, "words": words});
        assert_eq!(anja.send_for("saveDraft", input, "id").await.code(), code);
    }
    let theirs = kees.send_for("saveDraft", draft(&family, "Iets."), "id").await;
    let mut nowhere = draft(&family, "Iets.");
    nowhere["caseId"] = json!(Uuid::from_u128(9));
    assert_eq!(theirs.code(), "NOT_AVAILABLE");
    assert_eq!(theirs.body, kees.send_for("saveDraft", nowhere, "id").await.body);
    // Without a case it is a note for oneself; of no case that was lost.
    save(&kees, json!({"mutation": "raiseSignal", "words": "Een zorg."})).await;
    assert_eq!(each(&mine(&kees).await, "mutation"), ["raiseSignal"]);
    save(&anja, draft(&family, "Iets.")).await;
    let out =
        family.input(json!({"worker": server.worker("anja"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."}));
    server.as_("noor").ask("{ me { id } }").await;
    let deputy = family.deputising(&server, "layla", "2026-11-20");
    made(&anja.does("appointDeputy", deputy).await, "FACT");
    server.as_("layla").does("excludeWorker", out).await;
    assert_eq!(mine(&anja).await, json!([]), "who may not look at the case any more");
    for place in 0..100 {
        let answer = kees
            .send_for("saveDraft", json!({"mutation": "raiseSignal", "words": format!("Zorg {place}.")}), "id")
            .await;
        if place == 99 {
            assert_eq!((answer.code().as_str(), &answer.details()["limit"]), ("TOO_MANY_DRAFTS", &json!(100)));
        }
    }
}
