//! Contacts, what children say, statements and requests from outside: what is recorded, who sees it, and what nobody sees a trace of.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, Server, fresh, shared};

/// A family directed by Anja, in which Petra works for the mother.
async fn home() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    (server, family)
}

async fn sees(server: &Server, who: &str, family: &Family, fields: &str) -> Value {
    server.as_(who).case(&family.case, fields).await
}

async fn texts_of(person: &Person, case: &str) -> String {
    let all = "timeline(first: 100) { totalCount nodes { kind words { text } persons { id } } } contacts { said } \
        childVoices { words } childSignals { steps { words } } statements { words } findings { words } outsideRequests { asked }";
    person.case(case, all).await.to_string()
}

const CONTACT: &str = "contacts { id day with { name } other worker { name } direction medium verified said asked answer \
    answered promises { id kind what by overdue ended endedOn } }";

#[tokio::test]
async fn a_contact_of_one_line_is_seen_by_who_works_for_whom_it_was_with() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let line = json!({"with": [family.mother], "said": "Kwartel vertelt dat het weekend goed ging."});
    server.as_("petra").does("recordContact", family.input(line)).await;
    let child = json!({"with": [family.son], "said": "Merel vertelt over school.", "medium": "TALK"});
    anja.does("recordContact", family.input(child)).await;
    let school = json!({"other": "De juf", "said": "Ekster overlegt."});
    anja.does("recordContact", family.input(school)).await;

    let seen = sees(&server, "anja", &family, CONTACT).await["contacts"].clone();
    assert_eq!(each(&seen, "said").len(), 3);
    assert_eq!((&seen[0]["worker"]["name"], &seen[0]["medium"]), (&json!("Petra"), &Value::Null));
    let hers = sees(&server, "petra", &family, CONTACT).await["contacts"].clone();
    assert_eq!(each(&hers, "said"), ["Kwartel vertelt dat het weekend goed ging."]);
    for (who, kept) in [("petra", &["Merel", "Ekster"][..]), ("noor", &["Kwartel", "Merel", "Ekster"])] {
        let texts = texts_of(&server.as_(who), &family.case).await;
        assert!(kept.iter().all(|word| !texts.contains(word)), "{who}: {texts}");
    }
    let only = anja.case(&family.case, &format!("contacts(person: \"{}\") {{ said }}", family.son)).await;
    assert_eq!(each(&only["contacts"], "said"), ["Merel vertelt over school."]);
    let nobody = json!({"said": "Met niemand."});
    assert_eq!(anja.refused("recordContact", family.input(nobody)).await, "CONTACT_WITH_NOBODY");
    let empty = json!({"with": [family.mother], "said": "  "});
    assert_eq!(anja.refused("recordContact", family.input(empty)).await, "TEXT_EMPTY");
}

#[tokio::test]
async fn the_balance_says_how_often_and_how_long_ago_and_counts_what_the_reader_may_know() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    for (day, with) in [("2026-10-01", &family.mother), ("2026-11-10", &family.mother), ("2026-11-02", &family.son)] {
        let contact = json!({"with": [with], "said": "Gesproken.", "occurred": {"day": day}});
        anja.does("recordContact", family.input(contact)).await;
    }
    let fields = "contactBalance { person { id } contacts last daysSince }";
    let seen = sees(&server, "anja", &family, fields).await["contactBalance"].clone();
    let of = |id: &str| json!({"person": {"id": id}});
    let row = |id: &str, contacts, last: &str, days| {
        let mut row = of(id);
        row["contacts"] = json!(contacts);
        row["last"] = json!(last);
        row["daysSince"] = json!(days);
        row
    };
    assert_eq!(seen, json!([row(&family.mother, 2, "2026-11-10", 6), row(&family.son, 1, "2026-11-02", 14)]));
    let petra = sees(&server, "petra", &family, fields).await["contactBalance"].clone();
    assert_eq!(petra[1]["contacts"], 0, "what was said with the child is not hers to count: {petra}");
    // Before the case was opened nobody was recorded as a parent yet: a child is one by its age.
    let then = anja.about(&family.case, "2026-11-09", fields).await["contactBalance"].clone();
    assert_eq!(then, json!([row(&family.son, 1, "2026-11-02", 7)]));
}

#[tokio::test]
async fn a_call_back_waits_with_its_day_and_who_does_it_until_it_is_done() {
    let (server, family) = home().await;
    server.as_("petra").ask("{ me { id } }").await;
    let (anja, petra) = (server.as_("anja"), server.worker("petra"));
    let promises = json!([{"kind": "CALL_BACK", "worker": petra}]);
    let contact = json!({"with": [family.mother], "said": "Zij vraagt om gebeld te worden.", "promises": promises});
    let payload = anja.does("recordContact", family.input(contact)).await;
    let promise = made(&payload, "PROMISE")[0].clone();
    let open = "openPromises { id kind by overdue worker { name } }";
    let waits = sees(&server, "anja", &family, open).await["openPromises"].clone();
    assert_eq!((&waits[0]["id"], &waits[0]["by"]), (&json!(promise), &json!("2026-11-18")));
    assert_eq!((&waits[0]["overdue"], &waits[0]["worker"]["name"]), (&json!(false), &json!("Petra")));

    let say = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) { lastPromise { id by ended } sentences } }";
    let variables = json!({"case": family.case, "person": family.mother});
    let english = anja.with("accept-language", "en");
    let said = english.ask_with(say, variables.clone()).await.data("whatMayISay");
    assert_eq!(said["lastPromise"]["id"], json!(promise));
    assert!(said["sentences"].to_string().contains("to call back. By 2026-11-18; it is still open"), "{said}");
    let other = json!({"case": family.case, "person": family.son});
    assert_eq!(anja.ask_with(say, other).await.data("whatMayISay")["lastPromise"], Value::Null);

    server.tell("2026-11-19");
    assert_eq!(sees(&server, "anja", &family, open).await["openPromises"][0]["overdue"], true);
    let done = family.input(json!({"promise": promise, "how": "KEPT"}));
    server.as_("petra").does("settlePromise", done.clone()).await;
    assert_eq!(sees(&server, "anja", &family, open).await["openPromises"], json!([]));
    assert_eq!(anja.refused("settlePromise", done).await, "PROMISE_ALREADY_SETTLED");
    let said = anja.ask_with(say, variables).await.data("whatMayISay");
    assert_eq!(said["lastPromise"]["ended"], "KEPT");
    let unknown = family.input(json!({"promise": Uuid::new_v4(), "how": "KEPT"}));
    assert_eq!(anja.refused("settlePromise", unknown).await, "PROMISE_UNKNOWN");
}

/// What is hidden reads as if it were not there: also whether it was settled.
#[tokio::test]
async fn a_promise_that_is_hidden_is_not_there() {
    let (server, family) = home().await;
    let contact = json!({"with": [family.son], "said": "Hij wil verder praten.", "promises": [{"kind": "CALL_BACK"}]});
    let payload = server.as_("anja").does("recordContact", family.input(contact)).await;
    let done = family.input(json!({"promise": made(&payload, "PROMISE")[0], "how": "KEPT"}));
    assert_eq!(server.as_("petra").refused("settlePromise", done.clone()).await, "PROMISE_UNKNOWN");
    server.as_("anja").does("settlePromise", done.clone()).await;
    assert_eq!(server.as_("petra").refused("settlePromise", done).await, "PROMISE_UNKNOWN");
}

/// Rule 16; case 01, 2026-06-19: the listener keeps no access to what she wrote.
#[tokio::test]
async fn a_childs_words_are_seen_by_whom_the_child_named_and_leave_no_trace_for_others() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let deputy = family.deputising(&server, "layla", "2026-11-30");
    anja.does("appointDeputy", deputy).await;
    let looks = "revision timeline(first: 100) { totalCount nodes { id } }";
    let before = [sees(&server, "petra", &family, looks).await, sees(&server, "layla", &family, looks).await];
    let only_anja = json!({"workers": [server.worker("anja")]});
    let voice = json!({"child": family.son, "words": "Nachtegaal wil rust.", "setting": "Wielewaal, alleen.", "knownTo": only_anja});
    let payload =
        petra.send_for("recordChildVoice", family.input(voice), "case { childVoices { words } } created { id }").await;
    let payload = payload.data("recordChildVoice");
    assert_eq!(payload["case"]["childVoices"], json!([]), "who listened reads it no more");
    let signal = json!({"child": family.son, "domain": "SLEEPING", "change": "WORSE", "words": "Lijster slaapt slecht.",
        "toldBy": family.son, "knownTo": only_anja});
    let opened = made(&petra.does("openChildSignal", family.input(signal)).await, "CHILD_SIGNAL")[0].clone();

    let fields = "childVoices { id child { id } words setting listener { name } knownTo { name } familyMayKnow { id } } \
        childSignals { id domain opened closed steps { change words } toldBy { id } }";
    let seen = sees(&server, "anja", &family, fields).await;
    let [voice, told] = [&seen["childVoices"][0], &seen["childSignals"][0]];
    assert_eq!((&voice["words"], &voice["setting"]), (&json!("Nachtegaal wil rust."), &json!("Wielewaal, alleen.")));
    assert_eq!((&voice["listener"]["name"], &voice["knownTo"]), (&json!("Petra"), &json!([{"name": "Anja"}])));
    assert_eq!(voice["familyMayKnow"], json!([]));
    assert_eq!((&told["domain"], &told["steps"][0]["change"]), (&json!("SLEEPING"), &json!("WORSE")));
    assert!(texts_of(&anja, &family.case).await.contains("Nachtegaal"), "also in the director's timeline");

    for (who, before) in [("petra", &before[0]), ("layla", &before[1])] {
        assert_eq!(sees(&server, who, &family, looks).await, *before, "{who}: no count, no entry, no new revision");
        let seen = sees(&server, who, &family, fields).await;
        assert_eq!(seen, json!({"childVoices": [], "childSignals": []}), "{who}");
        let texts = texts_of(&server.as_(who), &family.case).await;
        assert!(["Nachtegaal", "Wielewaal", "Lijster"].iter().all(|word| !texts.contains(word)), "{who}: {texts}");
    }

    // Whoever reports goes on reporting without seeing, and hears nothing of what became of it.
    let better = family.input(json!({"signal": opened, "change": "BETTER"}));
    petra.does("changeChildSignal", better.clone()).await;
    anja.does("closeChildSignal", family.input(json!({"signal": opened, "words": "Slaapt goed."}))).await;
    petra.does("closeChildSignal", family.input(json!({"signal": opened}))).await;
    let closed = sees(&server, "anja", &family, "childSignals { closed steps { change } }").await;
    assert_eq!(closed["childSignals"][0]["closed"], "2026-11-16");

    // Nobody shows it to more people later, also who may read it.
    let wider = json!({"fact": voice["id"], "audience": {"child": family.son}, "reason": "Handig."});
    assert_eq!(anja.refused("changeAudience", family.input(wider)).await, "VOICE_KEEPS_AUDIENCE");
    for known_to in [json!({"case": true}), json!({"persons": [family.mother]}), json!({"workers": []})] {
        let voice = json!({"child": family.son, "words": "Rust.", "knownTo": known_to});
        assert_eq!(anja.refused("recordChildVoice", family.input(voice)).await, "AUDIENCE_NOT_THE_CHILDS");
    }
    let parent = json!({"child": family.mother, "words": "Rust.", "knownTo": only_anja});
    assert_eq!(anja.refused("recordChildVoice", family.input(parent)).await, "VOICE_OF_A_CHILD");
}

/// Rule 30: what somebody says in answer stands wherever the passage stands, for whoever sees the passage.
#[tokio::test]
async fn a_statement_that_answers_a_passage_is_shown_wherever_the_passage_is() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let passage = json!({"with": [family.mother], "said": "Zij zou te laat zijn geweest."});
    let contact = made(&petra.does("recordContact", family.input(passage)).await, "FACT")[0].clone();
    let answer = json!({"speaker": {"person": family.mother}, "words": "Het was zes uur.", "answers": contact});
    anja.does("recordStatement", family.input(answer.clone())).await;
    for who in ["anja", "petra"] {
        let fields =
            "contacts { answers { person { id } words } } timeline(first: 100) { nodes { id answers { words } } }";
        let seen = sees(&server, who, &family, fields).await;
        let said = json!({"person": {"id": family.mother}, "words": "Het was zes uur."});
        assert_eq!(seen["contacts"][0]["answers"], json!([said]), "{who}");
        let entry = find(&seen["timeline"]["nodes"], "id", &contact).clone();
        assert_eq!(entry["answers"], json!([{"words": "Het was zes uur."}]), "{who}");
    }
    let narrower = json!({"fact": contact, "audience": {"director": true}, "reason": "Vertrouwelijk."});
    anja.does("changeAudience", family.input(narrower)).await;
    assert_eq!(sees(&server, "petra", &family, "contacts { answers { words } }").await["contacts"], json!([]));
    assert_eq!(
        petra.refused("recordStatement", family.input(answer)).await,
        "FACT_UNKNOWN",
        "what is hidden is not there"
    );
    let by_worker =
        json!({"speaker": {"worker": server.worker("petra")}, "words": "Ik zag het anders.", "answers": contact});
    assert_eq!(anja.refused("recordStatement", family.input(by_worker)).await, "ANSWER_OF_A_PERSON");
}

/// Rule 17: attributed, tested with the person, never judged; and what an authority established apart.
#[tokio::test]
async fn statements_are_whose_they_are_and_findings_are_for_the_director() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let reading = json!({"speaker": {"worker": server.worker("anja")}, "about": [family.mother], "words": "Zij lijkt op te zien tegen het gesprek."});
    let statement = made(&anja.does("recordStatement", family.input(reading)).await, "STATEMENT")[0].clone();
    let test = json!({"statement": statement, "with": family.mother, "recognised": "PARTLY", "words": "Vooral tegen de ochtend."});
    anja.does("testStatement", family.input(test.clone())).await;
    let finding = json!({"authority": "VEILIG_THUIS", "about": [family.son], "words": "Specht stelt vast.", "established": "2026-11-09", "source": "Brief van 9 november"});
    anja.does("recordFinding", family.input(finding.clone())).await;
    let fields = "statements { professional { name } speaker { id } words tested { with { id } recognised words } } findings { authority words established source }";
    let seen = sees(&server, "anja", &family, fields).await;
    let tested = &seen["statements"][0]["tested"][0];
    assert_eq!(seen["statements"][0]["professional"]["name"], "Anja");
    assert_eq!((&tested["recognised"], &tested["with"]["id"]), (&json!("PARTLY"), &json!(family.mother)));
    assert_eq!(
        (&seen["findings"][0]["words"], &seen["findings"][0]["established"]),
        (&json!("Specht stelt vast."), &json!("2026-11-09"))
    );
    let petra = sees(&server, "petra", &family, "statements { words } findings { words }").await;
    assert_eq!(petra, json!({"statements": [], "findings": []}));
    assert_eq!(server.as_("petra").refused("testStatement", family.input(test)).await, "STATEMENT_UNKNOWN");
    let mut tomorrow = finding;
    tomorrow["established"] = json!("2026-11-17");
    assert_eq!(anja.refused("recordFinding", family.input(tomorrow)).await, "OCCURRED_IN_FUTURE");
}

/// Rule 31.
#[tokio::test]
async fn a_request_from_outside_is_decided_by_more_than_one_and_the_family_is_told_or_told_later() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let raad = json!({"requester": "RAAD", "who": "De Raad", "about": [family.son], "asked": "Roodborst vraagt hoe het gaat.",
        "article": "BW 1:240", "inWriting": true, "answerBy": "2026-11-30"});
    let request = made(&anja.does("recordOutsideRequest", family.input(raad)).await, "REQUEST")[0].clone();
    let decide = |by: Vec<Uuid>| {
        family.input(json!({"request": request, "outcome": "PARTLY_GIVEN", "categories": ["SCHOOL"], "reason": "Nodig voor het onderzoek.", "decidedBy": by}))
    };
    let [me, layla] = ["anja", "layla"].map(|key| Uuid::parse_str(&server.worker(key)).unwrap());
    assert_eq!(anja.refused("decideOutsideRequest", decide(vec![me])).await, "DECIDED_ALONE");
    let later = json!({"request": request, "ground": "Het onderzoek loopt.", "review": "2026-12-15"});
    anja.does("tellFamilyLater", family.input(later)).await;
    anja.does("decideOutsideRequest", decide(vec![me, layla])).await;
    assert_eq!(anja.refused("decideOutsideRequest", decide(vec![me, layla])).await, "REQUEST_ALREADY_DECIDED");
    let fields = "outsideRequests { requester who article inWriting answerBy overdue toldLater toldLaterReview familyToldOn familyTold { id } \
        decision { outcome categories decidedBy { name } } }";
    let seen = sees(&server, "anja", &family, fields).await["outsideRequests"][0].clone();
    assert_eq!(
        (&seen["who"], &seen["article"], &seen["toldLaterReview"]),
        (&json!("De Raad"), &json!("BW 1:240"), &json!("2026-12-15"))
    );
    assert_eq!(
        (&seen["decision"]["outcome"], &seen["decision"]["categories"]),
        (&json!("PARTLY_GIVEN"), &json!(["SCHOOL"]))
    );
    assert_eq!(each(&seen["decision"]["decidedBy"], "name").len(), 2);
    anja.does("tellFamilyOfRequest", family.input(json!({"request": request, "persons": [family.mother]}))).await;
    let seen = sees(&server, "anja", &family, fields).await["outsideRequests"][0].clone();
    assert_eq!((&seen["familyToldOn"], &seen["toldLater"]), (&json!("2026-11-16"), &Value::Null));
    assert_eq!(seen["familyTold"], json!([{"id": family.mother}]));
    for who in ["petra", "noor"] {
        assert!(!texts_of(&server.as_(who), &family.case).await.contains("Roodborst"), "{who}");
    }
    assert_eq!(server.as_("petra").refused("decideOutsideRequest", decide(vec![me, layla])).await, "NOT_AVAILABLE");
}

/// Case 01, 2026-02-27: one contact, and the hint is her statement; no field says whether it is true.
#[tokio::test]
async fn the_evening_of_27_february_is_a_contact_and_the_hint_is_her_statement() {
    let (demo, case) = (shared(), shared().case("01"));
    let anja = demo.as_("anja");
    let seen = anja.about(&case, "2026-02-28", CONTACT).await["contacts"].clone();
    let contact = &seen[0];
    assert_eq!((&contact["day"], &contact["with"]), (&json!("2026-02-27"), &json!([{"name": "Robert"}])));
    assert_eq!((&contact["promises"][0]["by"], &contact["promises"][0]["ended"]), (&json!("2026-03-02"), &Value::Null));
    let now = anja
        .case(&case, "statements { speaker { name } toldBy { name } about { name } words tested { recognised } }")
        .await;
    let hint = &now["statements"][0];
    assert_eq!((&hint["speaker"]["name"], &hint["toldBy"]["name"]), (&json!("Ilse"), &json!("Robert")));
    assert!(hint["words"].as_str().unwrap().starts_with("Een toespeling"));
    for who in ["wim", "fenna", "noor"] {
        let texts = texts_of(&demo.as_(who), &case).await;
        assert!(!texts.contains("toespeling") && !texts.contains("appje"), "{who}");
    }
    let balance = anja.case(&case, "contactBalance { person { name } contacts last }").await["contactBalance"].clone();
    assert_eq!(each(&balance, "contacts"), [0, 1, 0, 0], "Ilse, Robert, Morris, Dave");
}

/// Case 01, 2026-06-19 and 10-05: for Anja alone; Fenna, who listened, keeps no access to what she wrote.
#[tokio::test]
async fn what_dave_told_fenna_is_for_anja_alone() {
    let (demo, case) = (shared(), shared().case("01"));
    let fields = "childVoices { child { name } words listener { name } knownTo { name } } childSignals { child { name } domain opened closed }";
    let seen = demo.as_("anja").case(&case, fields).await;
    let voice = &seen["childVoices"][0];
    assert_eq!((&voice["child"]["name"], &voice["listener"]["name"]), (&json!("Dave"), &json!("Fenna")));
    assert!(voice["words"].as_str().unwrap().contains("wakker"));
    let signal =
        json!([{"child": {"name": "Dave"}, "domain": "SLEEPING", "opened": "2026-06-19", "closed": "2026-10-05"}]);
    assert_eq!(seen["childSignals"], signal);
    let then = demo.as_("anja").about(&case, "2026-10-04", "childSignals { closed }").await;
    assert_eq!(then["childSignals"][0]["closed"], Value::Null);
    for who in ["fenna", "wim", "noor", "hugo"] {
        let texts = texts_of(&demo.as_(who), &case).await;
        assert!(
            !texts.contains("wakker") && !texts.contains("Slaapt") && !texts.contains("ChildVoice"),
            "{who}: {texts}"
        );
        assert_eq!(demo.as_(who).case(&case, fields).await, json!({"childVoices": [], "childSignals": []}), "{who}");
    }
}

/// Case 03: told in confidence on 04-10; the stomach ache of 03-20 is gone on 06-05.
#[tokio::test]
async fn what_sacha_told_in_confidence_is_for_the_director() {
    let (demo, case) = (shared(), shared().case("03"));
    let fields =
        "childVoices { day words knownTo { name } familyMayKnow { name } } childSignals { domain opened closed }";
    let seen = demo.as_("anja").case(&case, fields).await;
    let voice = &seen["childVoices"][0];
    assert_eq!((&voice["day"], &voice["knownTo"]), (&json!("2026-04-10"), &json!([{"name": "Anja"}])));
    assert_eq!(voice["familyMayKnow"], json!([]), "neither parent");
    assert!(voice["words"].as_str().unwrap().contains("gewoon rust"));
    assert_eq!(seen["childSignals"], json!([{"domain": "PHYSICAL", "opened": "2026-03-20", "closed": "2026-06-05"}]));
    let texts = texts_of(&demo.as_("noor"), &case).await;
    assert!(!texts.contains("rust.") && !texts.contains("Buikpijn") && !texts.contains("Child"), "{texts}");
}

/// Case 04: the call that goes wrong and the same call, right: acts only, and the way that is open with who writes by when.
#[tokio::test]
async fn both_calls_about_lara_are_contacts_with_what_was_asked_and_answered() {
    let (demo, case) = (shared(), shared().case("04"));
    let seen = demo.as_("mehmet").case(&case, CONTACT).await["contacts"].clone();
    assert_eq!(each(&seen, "day"), ["2026-09-14", "2026-10-12"]);
    assert_eq!(each(&seen, "answer"), ["REFUSED", "ANOTHER_WAY"]);
    assert_eq!(each(&seen, "verified"), ["KNOWN", "CALLED_BACK"]);
    let promise = &seen[1]["promises"][0];
    assert_eq!(
        (&promise["by"], &promise["ended"], &promise["endedOn"]),
        (&json!("2026-10-19"), &json!("KEPT"), &json!("2026-10-16"))
    );
    let tess = demo.as_("tess").case(&case, CONTACT).await["contacts"].clone();
    assert_eq!(each(&tess, "day"), ["2026-09-14", "2026-10-12"], "she works for the mother, and had both");
    let query = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) { lastPromise { what ended } sentences } }";
    let variables = json!({"case": case, "person": demo.id("04", "yvonne")});
    let tess = demo.as_("tess").with("accept-language", "en");
    let say = tess.ask_with(query, variables).await.data("whatMayISay");
    assert_eq!(say["lastPromise"]["ended"], "KEPT");
    assert!(say["sentences"].to_string().contains("Last promised to Yvonne, on 2026-10-12"), "{say}");
}

/// Case 06, 2026-05-06 to 11: asked, weighed, answered with health and development; the mother is told.
#[tokio::test]
async fn the_fathers_request_is_weighed_and_answered() {
    let (demo, case) = (shared(), shared().case("06"));
    let fields = "outsideRequests { requester person { name } about { name } day article answerBy familyTold { name } \
        decision { day outcome categories equally childInterest decidedBy { name } } }";
    let bram = demo.as_("bram");
    let open = bram.about(&case, "2026-05-10", fields).await["outsideRequests"].clone();
    assert_eq!((&open[0]["day"], &open[0]["decision"]), (&json!("2026-05-06"), &Value::Null));
    let seen = bram.case(&case, fields).await["outsideRequests"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 1);
    let (request, decision) = (&seen[0], &seen[0]["decision"]);
    assert_eq!(
        (&request["requester"], &request["person"]["name"]),
        (&json!("PARENT_WITHOUT_AUTHORITY"), &json!("Dion"))
    );
    assert_eq!((&request["article"], &request["familyTold"]), (&json!("BW 1:377c"), &json!([{"name": "Kim"}])));
    assert_eq!(
        (&decision["day"], &decision["outcome"], &decision["equally"]),
        (&json!("2026-05-11"), &json!("GIVEN"), &json!(true))
    );
    assert_eq!(decision["categories"], json!(["HEALTH", "WELLBEING"]));
    let mut names = each(&decision["decidedBy"], "name");
    names.sort_by_key(ToString::to_string);
    assert_eq!(names, ["Bram", "Romy"]);
    let texts = texts_of(&demo.as_("romy"), &case).await;
    assert!(!texts.contains("Hoe groeit hij"), "a request is for the director: {texts}");
}
