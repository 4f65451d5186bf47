//! The screen of whoever directs, in data: what is new since they last looked, what is for today, what comes; one case in one question;
//! the nine questions of working together; and what may be said while somebody is on the phone.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, Server, fresh, shared};
use crate::trail_files;

const NEWS: &str = "query($first: Int, $after: String) { caseload { sinceLastLooked(first: $first, after: $after) {
    totalCount seenUpTo pageInfo { hasNextPage endCursor }
    nodes { caseId factId corrected also recorded { id kind title occurredOn recordedBy { name } persons { name } } } } } }";

async fn news(person: &Person) -> Value {
    person.ask_with(NEWS, json!({})).await.data("caseload")["sinceLastLooked"].clone()
}

/// The kinds of what is new, in its order.
fn kinds(news: &Value) -> Vec<Value> {
    each(&json!(each(&news["nodes"], "recorded")), "kind")
}

async fn marks(person: &Person, up_to: &Value) -> Value {
    person.send_for("markCaseloadSeen", json!({"upTo": up_to}), "recorded repeated").await.data("markCaseloadSeen")
}

async fn section(person: &Person, section: &str) -> Vec<Value> {
    let fields = "caseId factId kind word text day overdue since persons { name } workers { name }";
    let question = format!("{{ caseload {{ {section}(first: 100) {{ totalCount nodes {{ {fields} }} }} }} }}");
    let found = person.ask(&question).await.data("caseload")[section].clone();
    let nodes = found["nodes"].as_array().unwrap().clone();
    assert_eq!(found["totalCount"], nodes.len());
    nodes
}

fn words(lines: &[Value]) -> Vec<(&str, &str)> {
    lines.iter().map(|line| (line["word"].as_str().unwrap(), line["day"].as_str().unwrap())).collect()
}

/// Anja directs; Petra helps the mother and records what she hears.
async fn helped() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    (server, family)
}

async fn speaks(server: &Server, family: &Family, key: &str, promises: Value) -> Value {
    let contact = json!({"with": [family.mother], "said": "Het gaat beter.", "promises": promises});
    server.as_(key).does("recordContact", family.input(contact)).await
}

#[tokio::test]
async fn what_others_recorded_is_new_until_it_is_marked_and_asking_marks_nothing() {
    let (server, family) = helped().await;
    let anja = server.as_("anja");
    let first = news(&anja).await;
    // All that Noor did on the day on which Anja came: opening the case is one act of several facts.
    assert_eq!(kinds(&first)[0], "CaseOpened");
    assert!(first["nodes"][0]["also"].as_u64().unwrap() > 3, "{first}");
    assert_eq!(first["totalCount"], first["nodes"].as_array().unwrap().len());
    assert_eq!(news(&anja).await, first, "asking changes nothing");
    assert_eq!(marks(&anja, &first["seenUpTo"]).await, json!({"recorded": true, "repeated": false}));
    let none = news(&anja).await;
    assert_eq!((&none["nodes"], &none["seenUpTo"], &none["totalCount"]), (&json!([]), &Value::Null, &json!(0)));
    server.tell("2026-11-17");
    speaks(&server, &family, "petra", json!([])).await;
    speaks(&server, &family, "anja", json!([])).await;
    let new = news(&anja).await;
    assert_eq!(kinds(&new), ["ContactRecorded"], "not what she recorded herself");
    let line = &new["nodes"][0];
    assert_eq!(line["recorded"]["recordedBy"]["name"], "Petra");
    assert_eq!((&line["caseId"], line["recorded"]["persons"].as_array().unwrap().len()), (&json!(family.case), 1));
    // An older page that was left open takes nothing away, and nothing is lost by it.
    assert_eq!(marks(&anja, &first["seenUpTo"]).await, json!({"recorded": false, "repeated": false}));
    assert_eq!(kinds(&news(&anja).await), ["ContactRecorded"]);
    marks(&anja, &new["seenUpTo"]).await;
    assert_eq!(kinds(&news(&anja).await), Vec::<Value>::new());
}

#[tokio::test]
async fn a_correction_of_what_was_seen_is_new_and_pages_lose_nothing() {
    let (server, family) = helped().await;
    let anja = server.as_("anja");
    marks(&anja, &news(&anja).await["seenUpTo"]).await;
    for _ in 0..3 {
        speaks(&server, &family, "petra", json!([])).await;
    }
    let at_once = news(&anja).await;
    let (mut paged, mut after) = (Vec::new(), Value::Null);
    let mut marked = Vec::new();
    loop {
        let page = anja.ask_with(NEWS, json!({"first": 1, "after": after})).await.data("caseload");
        let page = page["sinceLastLooked"].clone();
        paged.extend(page["nodes"].as_array().unwrap().iter().cloned());
        marked.push(page["seenUpTo"].clone());
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(json!(paged), at_once["nodes"]);
    // Who read one page has not read the others.
    marks(&anja, &marked[0]).await;
    assert_eq!(news(&anja).await["nodes"], json!(paged[1..]));
    marks(&anja, &marked[2]).await;
    // What her deputy corrects is new to her, though she saw it before; what she corrects herself is not.
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    for (corrects, place) in [(server.as_("joost"), 0), (anja.clone(), 1)] {
        let strike = json!({"fact": paged[place]["factId"], "reason": "Verkeerde dag."});
        corrects.does("strikeOutFact", family.input(strike)).await;
    }
    let new = news(&anja).await;
    assert_eq!(each(&new["nodes"], "factId"), [paged[0]["factId"].clone()], "{new}");
    assert_eq!(new["nodes"][0]["corrected"], true);
    marks(&anja, &new["seenUpTo"]).await;
    assert_eq!(news(&anja).await["nodes"], json!([]));
}

#[tokio::test]
async fn only_what_was_given_to_its_reader_marks_anything() {
    let (server, _) = helped().await;
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    let up_to = news(&anja).await["seenUpTo"].clone();
    for (who, mark) in [(&noor, up_to.clone()), (&anja, json!("nonsense")), (&anja, json!(""))] {
        assert_eq!(who.send_for("markCaseloadSeen", json!({"upTo": mark}), "recorded").await.code(), "BAD_CURSOR");
    }
    let caseload = anja.ask("{ caseload { pageInfo { endCursor } } }").await.data("caseload");
    let cursor = json!({"upTo": caseload["pageInfo"]["endCursor"]});
    assert_eq!(anja.send_for("markCaseloadSeen", cursor, "recorded").await.code(), "BAD_CURSOR");
    let command = json!({"upTo": up_to, "commandId": uuid::Uuid::new_v4()});
    for repeated in [false, true] {
        let done = anja.send_for("markCaseloadSeen", command.clone(), "recorded repeated").await;
        assert_eq!(done.data("markCaseloadSeen"), json!({"recorded": true, "repeated": repeated}));
    }
}

#[tokio::test]
async fn a_call_back_is_ahead_then_for_today_then_overdue_then_settled() {
    let (server, family) = helped().await;
    let anja = server.as_("anja");
    let back = speaks(&server, &family, "anja", json!([{"kind": "CALL_BACK"}])).await;
    // Two working days from Monday.
    assert_eq!(words(&section(&anja, "nextDays").await), [("call_back", "2026-11-18")]);
    assert_eq!(words(&section(&anja, "today").await), []);
    server.tell("2026-11-18");
    let today = section(&anja, "today").await;
    assert_eq!(words(&today), [("call_back", "2026-11-18")]);
    assert_eq!(
        (&today[0]["overdue"], &today[0]["since"], &today[0]["text"]),
        (&json!(false), &json!("2026-11-16"), &json!("Bel terug."))
    );
    assert_eq!(today[0]["persons"].as_array().unwrap().len(), 1);
    server.tell("2026-11-19");
    assert_eq!(section(&anja, "today").await[0]["overdue"], true);
    let attention = async |who: &Person| {
        let rows = who.ask("{ caseload { nodes { attention { kind day number } } } }").await.data("caseload");
        rows["nodes"][0]["attention"].clone()
    };
    let overdue = json!({"kind": "TERMS_OVERDUE", "day": "2026-11-18", "number": 1});
    assert_eq!(*find(&attention(&anja).await, "kind", "TERMS_OVERDUE"), overdue);
    let waits = anja.ask("{ worklist { nodes { kind } } }").await.data("worklist");
    assert!(each(&waits["nodes"], "kind").contains(&json!("TERMS_OVERDUE")), "{waits}");
    // Noor opened the case and sees that it is directed, not what is promised in it.
    assert!(!each(&attention(&server.as_("noor")).await, "kind").contains(&json!("TERMS_OVERDUE")));
    let promise = made(&back, "PROMISE")[0].clone();
    anja.does("settlePromise", family.input(json!({"promise": promise, "how": "KEPT"}))).await;
    assert_eq!(words(&section(&anja, "today").await), []);
    assert!(!attention(&anja).await.to_string().contains("TERMS_OVERDUE"));
}

#[tokio::test]
async fn the_screen_is_for_who_directs_and_its_trail_names_whom_it_showed() {
    let (server, family) = helped().await;
    speaks(&server, &family, "petra", json!([{"kind": "CALL_BACK"}])).await;
    for key in ["noor", "petra", "joost", "gerda", "ravi"] {
        let question = "{ caseload { sinceLastLooked { totalCount nodes { factId } } today { totalCount } nextDays { totalCount } } }";
        let opening = server.as_(key).ask(question).await.data("caseload");
        let nothing = json!({"totalCount": 0});
        let none = json!({"sinceLastLooked": {"totalCount": 0, "nodes": []}, "today": nothing, "nextDays": nothing});
        assert_eq!(opening, none, "{key}");
    }
    let answer = server.as_("anja").ask("{ caseload { nextDays { nodes { persons { name } } } } }").await;
    let entry = trail_files::only(&server.folder, &answer.request).await;
    let subjects = entry["subjects"].to_string();
    assert!(subjects.contains(&format!("person:{}", family.mother)), "{entry}");
    assert!(!subjects.contains(&format!("person:{}", family.son)), "the talk was not with him: {entry}");
}

/// The list of a team lead shows where cases stand and who directs, and no content: not which terms of it ran out either.
#[tokio::test]
async fn the_list_of_a_team_lead_shows_no_content() {
    let (server, family) = helped().await;
    let lead = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "jeugd-en-gezin-gooi"});
    server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
    speaks(&server, &family, "anja", json!([{"kind": "CALL_BACK"}])).await;
    server.tell("2026-11-19");
    let gerda = server.as_at("gerda", "jeugd-en-gezin-gooi");
    let fields =
        "totalCount nodes { attention { kind } case { director { worker { name } } people { name } agenda { word }
        coordination { answered } contactBalance { contacts } } }";
    let question = format!("{{ caseload {{ {fields} today {{ totalCount }} sinceLastLooked {{ totalCount }} }} }}");
    let caseload = gerda.ask(&question).await.data("caseload");
    assert_eq!((&caseload["totalCount"], &caseload["today"]["totalCount"]), (&json!(1), &json!(0)), "{caseload}");
    assert_eq!(caseload["sinceLastLooked"]["totalCount"], 0);
    let case = &caseload["nodes"][0]["case"];
    assert_eq!(case["director"]["worker"]["name"], "Anja");
    for nothing in ["people", "agenda", "coordination", "contactBalance"] {
        assert_eq!(case[nothing], json!([]), "{nothing}");
    }
    assert!(!caseload["nodes"][0]["attention"].to_string().contains("TERMS_OVERDUE"), "{caseload}");
    assert_eq!(
        words(&section(&server.as_("anja"), "today").await),
        [("call_back", "2026-11-18")],
        "who directs sees it"
    );
}

/// Forty cases, with a call-back in each: what the screen costs is printed, and each line stands on one page.
#[tokio::test]
async fn a_director_of_forty_cases_reads_each_line_once() {
    let server = fresh("2026-11-16");
    let anja = server.as_("anja");
    for number in 1..=40 {
        let family = Family::directed(&server).await;
        speaks(&server, &family, "anja", json!([{"kind": "CALL_BACK"}])).await;
        if [1, 10, 40].contains(&number) {
            let screen = "{ caseload(first: 1) { sinceLastLooked { totalCount } today { totalCount } nextDays(first: 25) { nodes {
                word day persons { name } } } } }";
            for look in ["first", "again"] {
                let started = std::time::Instant::now();
                anja.ask(screen).await.data("caseload");
                println!("{number} cases, {look}: {:?}", started.elapsed());
            }
        }
    }
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let question = "query($after: String) { caseload { nextDays(first: 15, after: $after) {
            totalCount pageInfo { hasNextPage endCursor } nodes { caseId word day } } } }";
        let page = anja.ask_with(question, json!({"after": after})).await.data("caseload")["nextDays"].clone();
        assert_eq!(page["totalCount"], 40);
        seen.extend(each(&page["nodes"], "caseId"));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    let cases: std::collections::BTreeSet<String> = seen.iter().map(ToString::to_string).collect();
    assert_eq!((seen.len(), cases.len()), (40, 40));
}

/// A section costs what it is, beside any number of rows.
#[tokio::test]
async fn a_section_is_refused_when_it_alone_asks_too_much() {
    let (server, _) = helped().await;
    let anja = server.as_("anja");
    let fields = "id kind title occurredOn occurredAt learnt recordedAt terms departsFrom";
    let ask = |times: usize| {
        let many = (0..times).map(|number| format!("a{number}: recorded {{ {fields} }}")).collect::<Vec<_>>().join(" ");
        format!("{{ caseload(first: 100) {{ sinceLastLooked(first: 100) {{ nodes {{ {many} }} }} }} }}")
    };
    assert_eq!(anja.ask(&ask(30)).await.code(), "INVALID_REQUEST");
    anja.ask(&ask(2)).await.data("caseload");
}

/// A deputy directs as long as it lasts; who left sees nothing of it.
#[tokio::test]
async fn the_screen_follows_who_directs() {
    let (server, family) = helped().await;
    let joost = server.as_("joost");
    assert_eq!(news(&joost).await["totalCount"], 0);
    server.as_("anja").does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    speaks(&server, &family, "petra", json!([{"kind": "CALL_BACK"}])).await;
    assert!(kinds(&news(&joost).await).contains(&json!("ContactRecorded")));
    let ahead = section(&joost, "nextDays").await;
    assert!(words(&ahead).contains(&("deputy_ends", "2026-11-20")), "{ahead:?}");
    server.tell("2026-11-21");
    assert_eq!(news(&joost).await["totalCount"], 0);
    assert_eq!(words(&section(&joost, "today").await), []);
}

/// Case 05: the evaluation of 24 August is followed by one on 24 November; the specialist was expected to be done on 1 October.
#[tokio::test]
async fn layla_sees_the_next_evaluation_and_the_overdue_specialist() {
    let demo = shared();
    let (layla, case) = (demo.as_("layla"), demo.case("05"));
    let of_case =
        |lines: Vec<Value>| lines.into_iter().filter(|line| line["caseId"] == case.as_str()).collect::<Vec<_>>();
    let ahead = of_case(section(&layla, "nextDays").await);
    assert!(words(&ahead).contains(&("plan_evaluation", "2026-11-24")), "{ahead:?}");
    assert!(ahead.iter().all(|line| line["overdue"] == false));
    let today = of_case(section(&layla, "today").await);
    let specialist = today.iter().find(|line| line["word"] == "specialist").unwrap();
    assert_eq!((&specialist["day"], &specialist["overdue"]), (&json!("2026-10-01"), &json!(true)));
    assert_eq!(specialist["workers"].as_array().unwrap().len(), 1);
    let joost = section(&demo.as_("joost"), "today").await;
    assert!(of_case(joost).is_empty(), "he directs it no more");
}

/// Case 03: Sacha turns 12 on 2026-04-03; from then on Sacha decides as well.
#[tokio::test]
async fn a_birthday_that_changes_who_must_consent_comes_two_weeks_ahead() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("03"));
    let agenda = "agenda { kind word day text persons { name } }";
    for (day, told) in [("2026-03-19", false), ("2026-03-20", true), ("2026-04-03", true), ("2026-04-04", false)] {
        let lines = anja.about(&case, day, agenda).await["agenda"].clone();
        let birthday = lines.as_array().unwrap().iter().find(|line| line["kind"] == "BIRTHDAY");
        assert_eq!(birthday.is_some(), told, "{day}: {lines}");
        if let Some(birthday) = birthday {
            assert_eq!((&birthday["day"], &birthday["persons"][0]["name"]), (&json!("2026-04-03"), &json!("Sacha")));
            assert!(birthday["text"].as_str().unwrap().contains("12"));
        }
    }
}

/// Case 04: the ruling of 20 May is in force from the 21st, and until 2027-05-20.
#[tokio::test]
async fn a_ruling_that_comes_into_force_is_told_ahead() {
    let demo = shared();
    let (mehmet, case) = (demo.as_("mehmet"), demo.case("04"));
    let lines =
        mehmet.about(&case, "2026-05-20", "agenda { kind day factId recorded { kind } }").await["agenda"].clone();
    let starts = find(&lines, "kind", "RULING_STARTS");
    assert_eq!((&starts["day"], &starts["recorded"]["kind"]), (&json!("2026-05-21"), &json!("RulingRecorded")));
}

/// A conference that is planned comes, is for today, and waits to be recorded; who does not see conferences is told of none.
#[tokio::test]
async fn a_planned_conference_is_told_ahead_until_it_was_held() {
    let (server, family) = helped().await;
    let anja = server.as_("anja");
    let invited = json!([{"who": {"person": family.mother}, "part": "DECIDES"}]);
    let call = |planned: &str| {
        family.input(json!({"kind": "NETWORK_MEETING", "occasion": "Het gaat nog niet.", "about": [family.son],
            "invited": invited, "planned": planned}))
    };
    anja.does("callConference", call("2026-12-01")).await;
    let called = made(&anja.does("callConference", call("2026-11-25")).await, "CONFERENCE")[0].clone();
    let ahead = section(&anja, "nextDays").await;
    assert_eq!(words(&ahead), [("conference", "2026-11-25")], "the other is more than two weeks ahead");
    assert_eq!(ahead[0]["kind"], "CONFERENCE");
    assert!(each(&ahead[0]["persons"], "name").contains(&json!("Bartholomeus")), "{:?}", ahead[0]);
    for (language, text) in [("nl", "Een overleg is gepland"), ("en", "A conference is planned")] {
        let line = section(&anja.with("Accept-Language", language), "nextDays").await[0]["text"].clone();
        assert!(line.as_str().unwrap().starts_with(text), "{line}");
    }
    let noor = server.as_("noor").case(&family.case, "agenda { kind }").await["agenda"].clone();
    assert_eq!(noor, json!([]), "she sees that it is directed, not what is planned in it");
    server.tell("2026-11-26");
    let late = section(&anja, "today").await;
    assert_eq!((words(&late), &late[0]["overdue"]), (vec![("conference", "2026-11-25")], &json!(true)));
    let held = json!({"conference": called, "came": [{"who": {"person": family.mother}, "part": "DECIDES"}], "yielded": "Rust.",
        "occurred": {"day": "2026-11-25"}});
    anja.does("recordConference", family.input(held)).await;
    assert_eq!(words(&section(&anja, "today").await), []);
}

const SCREEN: &str = "query($id: ID!) { case(id: $id) {
    id revision phase since municipality framework question
    director { worker { name } since }
    people { id name birthDate households { id label } }
    households { id label }
    regie { parties { worker { name } since expectedEnd } unownedTasks gap { since } }
    plans { family { goals { words } actions { what due owner { __typename } } versions { offered } } }
    consents { kind from until } rulings { id }
    agenda { kind word text day overdue persons { name } }
    contactBalance { person { name } contacts last daysSince }
    openPromises { what by } coordination { question text answered answeredBy { kind occurredOn } }
    childSignals { id } statements { id } outsideRequests { id } escalation { conflicts { id } }
    timeline(first: 20) { totalCount nodes { title occurredOn } } } }";

/// graphql.md, "Case director": one case on one screen, asked at once, with one entry in the trail.
#[tokio::test]
async fn one_case_is_one_question() {
    let demo = shared();
    let (layla, case) = (demo.as_("layla"), demo.case("05"));
    let answer = layla.ask_with(SCREEN, json!({"id": case})).await;
    let seen = answer.data("case");
    assert_eq!(seen["director"]["worker"]["name"], "Layla");
    for list in ["people", "consents", "agenda", "contactBalance", "coordination"] {
        assert!(!seen[list].as_array().unwrap().is_empty(), "{list}: {seen}");
    }
    assert!(seen["timeline"]["totalCount"].as_u64().unwrap() > 20);
    trail_files::only(&demo.folder, &answer.request).await;
}

/// 002:1173-1188: each answered by facts with their days, or open.
#[tokio::test]
async fn the_nine_questions_of_case_05_are_answered_or_open() {
    let demo = shared();
    let (layla, case) = (demo.as_("layla"), demo.case("05"));
    let fields = "coordination { question text answered answeredBy { kind occurredOn } }";
    let now = layla.case(&case, fields).await["coordination"].clone();
    assert_eq!(now.as_array().unwrap().len(), 9);
    let whole = find(&now, "question", "WHOLE");
    assert_eq!(whole["answered"], true);
    assert_eq!(whole["text"], "Wie draagt het geheel en mag anderen bindend aanspreken?");
    assert_eq!(whole["answeredBy"], json!([{"kind": "HandoverAccepted", "occurredOn": "2026-06-26"}]));
    for question in ["PLAN_OWNER", "WHO_WHEN", "INFORMING", "ALIGNMENT", "ACCOUNTABILITY"] {
        assert_eq!(find(&now, "question", question)["answered"], true, "{now}");
    }
    let before = layla.about(&case, "2026-03-20", fields).await["coordination"].clone();
    let open: Vec<Value> = each(&before, "answered");
    assert_eq!(find(&before, "question", "WHO_WHEN")["answered"], true);
    assert_eq!(open.iter().filter(|answered| **answered == true).count(), 1, "nobody directs yet: {before}");
    let english = layla.with("accept-language", "en").case(&case, fields).await["coordination"].clone();
    assert_eq!(find(&english, "question", "PLAN_OWNER")["text"], "Whose is the plan?");
}

/// Team lead and supporters: no question is told as open that they may not know the answer of.
#[tokio::test]
async fn who_may_not_know_what_the_questions_rest_on_is_not_asked_them() {
    let (server, family) = helped().await;
    for key in ["petra", "noor"] {
        let seen = server.as_(key).case(&family.case, "coordination { answered answeredBy { kind } }").await;
        for question in seen["coordination"].as_array().unwrap() {
            assert!(question["answeredBy"].is_array(), "{key}");
        }
    }
    assert_eq!(server.as_("noor").case(&family.case, "coordination { answered }").await["coordination"], json!([]));
}

/// What stands open between the family and a caller, beside authority and rulings.
#[tokio::test]
async fn what_may_be_said_holds_promises_noes_requests_and_protection() {
    let (server, family) = helped().await;
    let anja = server.as_("anja");
    let refuse = json!({"giver": family.mother, "subject": family.son, "kind": "SHARING"});
    anja.does("refuseConsent", family.input(refuse)).await;
    for by in ["2026-11-18", "2026-11-20"] {
        speaks(&server, &family, "anja", json!([{"kind": "CALL_BACK", "by": by}])).await;
    }
    let asks = json!({"requester": "OTHER", "person": family.mother, "about": [family.son], "asked": "Hoe gaat het op school?",
        "inWriting": false});
    anja.does("recordOutsideRequest", family.input(asks)).await;
    let question = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) {
        noes { kind since withdrawn about { id } } openPromises { by } lastPromise { by } openRequests { asked } isProtected protected { id } sentences } }";
    let say = async |person: &str| {
        let asked = json!({"case": family.case, "person": person});
        anja.ask_with(question, asked).await.data("whatMayISay")
    };
    let said = say(&family.mother).await;
    let no = json!([{"kind": "SHARING", "since": "2026-11-16", "withdrawn": false, "about": {"id": family.son}}]);
    assert_eq!(said["noes"], no);
    assert_eq!(each(&said["openPromises"], "by"), ["2026-11-20", "2026-11-18"]);
    assert_eq!(said["lastPromise"]["by"], "2026-11-20");
    assert_eq!(each(&said["openRequests"], "asked"), ["Hoe gaat het op school?"]);
    assert_eq!((&said["isProtected"], &said["protected"]), (&json!(false), &json!([])));
    let sentences = said["sentences"].to_string();
    assert!(sentences.contains("zei op 16-11-2026 nee tegen delen met anderen"), "{sentences}");
    assert!(sentences.contains("vroeg op 16-11-2026 om informatie"), "{sentences}");
    let protect = json!({"person": family.mother, "reason": "Dreiging."});
    anja.does("protectLocatingData", family.input(protect)).await;
    let said = say(&family.mother).await;
    assert_eq!(said["isProtected"], true);
    assert!(said["sentences"].to_string().contains("mag niet gevonden worden"));
    let son = say(&family.son).await;
    assert_eq!((&son["isProtected"], &son["protected"]), (&json!(false), &json!([{"id": family.mother}])));
}
