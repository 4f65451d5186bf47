//! "Weekend cancelled" on 2026-11-16, by each who is something to it: the same questions, and nothing that leads to household A for
//! anybody but its director. What the others must not see is first seen by her, or the search for it would prove nothing.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::made;
use crate::server::{Fresh, Server, shared, weekend};
use crate::socket::Talk;
use crate::wide;

const CASE: &str = "01";
const MOTHER_BORN: &str = "1984-11-02";

/// What the wide query leaves out.
const MORE: &str =
    "emergencies { id workerId workerName organisation ground reason opened until review { outcome finding byName } }";

/// As it looked before protection, on its first day and after, both ways.
const LOOKS_BACK: [&str; 6] = [
    "recorded: \"2026-01-19\"",
    "recorded: \"2026-03-05\"",
    "recorded: \"2026-05-04\"",
    "about: \"2026-02-01\"",
    "about: \"2026-05-04\"",
    "recorded: \"2026-03-05\", about: \"2026-02-01\"",
];

const PURPOSES: [&str; 5] = ["coordination/1", "access/1", "advice/1", "oversight/1", "emergency/1"];

const FOUND: &str = "totalCount pageInfo { startCursor endCursor hasNextPage } edges { cursor node { case { id } person {
    id name birthDate households { id label address members { person { name } } } helpMissing { person { name } } } } }";

/// Everything that somebody gets who asks for everything by every road; refusals as they are.
async fn world(person: &Person, server: &Server) -> Vec<Value> {
    let case = server.case(CASE);
    let mut roads: Vec<(String, Value)> = vec![(wide::LISTS.to_owned(), json!({}))];
    let of_case = |fields: &str| (format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}"), json!({"id": case}));
    roads.push(of_case(&format!("revision {MORE} {}", wide::CASE)));
    roads.extend(LOOKS_BACK.map(|back| of_case(&format!("asOf({back}) {{ {MORE} {} }}", wide::CASE))));
    for search in [
        json!({"name": "Ilse"}),
        json!({"birthDate": MOTHER_BORN}),
        json!({"name": "Robert"}),
        json!({"name": "Morris"}),
        json!({"name": "Lindestraat"}),
    ] {
        let find = format!("query($search: PersonSearch!) {{ searchPeople(search: $search) {{ {FOUND} }} }}");
        roads.push((find, json!({"search": search})));
    }
    for label in ["ilse", "robert", "morris", "dave"] {
        let variables = json!({"id": case, "person": server.id(CASE, label)});
        let say = "query($id: ID!, $person: ID!) { whatMayISay(caseId: $id, person: $person) { person { id name }
            children { child { name } } households { id label address members { person { name } } } representedBy { name }
            mindLocating sentences } }";
        roads.push((say.to_owned(), variables.clone()));
        let card =
            "query($id: ID!, $person: ID!) { crisisCard(caseId: $id, child: $person) { name sleeps call printable } }";
        roads.push((card.to_owned(), variables));
    }
    let offered = "query($id: ID!) { handoverOffered(caseId: $id) { id summary } }";
    roads.push((offered.to_owned(), json!({"id": case})));
    let mut answers = Vec::new();
    for (query, variables) in roads {
        answers.push(person.ask_with(&query, variables).await.body);
    }
    for purpose in PURPOSES {
        let (query, variables) = of_case(wide::CASE);
        answers.push(person.with("Rustpunt-Purpose", purpose).ask_with(&query, variables).await.body);
    }
    let mut talk = Talk::of(person).await;
    let watch = format!("subscription($id: ID!) {{ caseChanged(caseId: $id) {{ {} }} }}", wide::CASE);
    talk.subscribe(&watch, json!({"id": case})).await;
    answers.push(talk.hear().await);
    answers
}

/// Words that lead to household A: its street and town, who coordinates it and joined for Ilse, and for which organisation.
fn locating_a(server: &Server) -> Vec<String> {
    let words = ["Lindestraat", "Bussum", "\"Wim\"", "gezinshulp-de-schakel"];
    words.into_iter().map(str::to_owned).chain([server.worker("wim")]).collect()
}

/// The same of household B, which is not protected: its plan is nobody's of A.
fn of_b(server: &Server) -> Vec<String> {
    let words = ["Havenweg", "Naarden", "\"Fenna\"", "gezinshulp-het-anker"];
    words.into_iter().map(str::to_owned).chain([server.worker("fenna")]).collect()
}

/// Whether anything in an answer says who lives in this household, or where it is.
fn tells_of_home(answer: &Value, household: &str) -> bool {
    match answer {
        Value::Object(fields) => {
            let is_it = fields.get("id").is_some_and(|id| id == household);
            let told =
                |field: &str| fields.get(field).is_some_and(|value| *value != Value::Null && *value != json!([]));
            let lives = |home: &Value| home["id"] == household;
            let person = fields.contains_key("birthDate")
                && fields.get("households").and_then(Value::as_array).is_some_and(|homes| homes.iter().any(lives));
            (is_it && (told("members") || told("address")))
                || person
                || fields.values().any(|value| tells_of_home(value, household))
        }
        Value::Array(values) => values.iter().any(|value| tells_of_home(value, household)),
        _ => false,
    }
}

#[track_caller]
fn assert_nothing_of(who: &str, answers: &[Value], words: &[String], household: &str) {
    for answer in answers {
        let text = answer.to_string();
        for word in words {
            let around = text.find(word.as_str()).map(|at| text[at.saturating_sub(300)..].chars().take(400).collect());
            assert_eq!(around, None::<String>, "{word} reaches {who}");
        }
        assert!(!tells_of_home(answer, household), "who lives where reaches {who}: {answer}");
    }
}

/// What stands in a page is what is counted, in every answer.
#[track_caller]
fn assert_counted(who: &str, answers: &[Value]) {
    for answer in answers {
        let Some(case) = answer.pointer("/data/case") else { continue };
        for timeline in [case.get("timeline"), case.pointer("/asOf/timeline")].into_iter().flatten() {
            let shown = timeline["edges"].as_array().unwrap().len();
            // A page holds a hundred.
            let total = usize::try_from(timeline["totalCount"].as_u64().unwrap()).unwrap();
            assert_eq!(total.min(100), shown, "{who}");
        }
    }
}

/// The whole of a case as it is now, in one's own purpose.
fn now(answers: &[Value]) -> &Value {
    &answers[1]["data"]["case"]
}

/// Who lives in a household, by name: a household keeps its people in no order.
fn living_in(household: &Value) -> Vec<String> {
    let people = each(&household["members"], "person");
    let mut names: Vec<String> = people.iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    names
}

fn kinds(case: &Value, kind: &str) -> usize {
    let edges = case["timeline"]["edges"].as_array().unwrap();
    edges.iter().filter(|edge| edge["node"]["kind"] == kind).count()
}

/// The same through all pages.
async fn of_kind(person: &Person, case: &str, kind: &str) -> usize {
    let page = "query($id: ID!, $after: String) { case(id: $id) { timeline(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { kind } } } }";
    let (mut after, mut found) = (Value::Null, 0);
    loop {
        let next = person.ask_with(page, json!({"id": case, "after": after})).await.data("case")["timeline"].clone();
        found += next["nodes"].as_array().unwrap().iter().filter(|node| node["kind"] == kind).count();
        if next["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = next["pageInfo"]["endCursor"].clone();
    }
}

/// Without this the rest proves nothing.
#[tokio::test]
async fn anja_sees_what_the_others_must_not() {
    let server = shared();
    let answers = world(&server.as_("anja"), server).await;
    for word in locating_a(server).iter().chain(&of_b(server)) {
        assert!(now(&answers).to_string().contains(word.as_str()), "{word}");
    }
    let home = find(&now(&answers)["households"], "label", "bij mama").clone();
    let live = living_in(&home);
    assert_eq!(live, ["Dave", "Ilse", "Morris"]);
    let plans = now(&answers)["plans"]["households"].clone();
    assert_eq!(plans[0]["coordinator"]["worker"]["name"], "Wim");
    let consents = now(&answers)["consents"].clone();
    for label in ["help-ilse", "deelname-ilse", "sat-ilse-ilse", "interventie-ilse-ilse"] {
        let own = find(&consents, "id", &server.id(CASE, label));
        assert_eq!((&own["giver"]["name"], &own["subject"]["name"]), (&json!("Ilse"), &json!("Ilse")));
    }
    assert_eq!(of_kind(&server.as_("anja"), &server.case(CASE), "MembershipRecorded").await, 6);
    // Each look back shows it as well, from the day it was told.
    for (at, back) in LOOKS_BACK.iter().enumerate() {
        let then = &answers[2 + at]["data"]["case"]["asOf"];
        assert!(then.to_string().contains("Lindestraat"), "{back}");
        assert!(tells_of_home(then, &server.id(CASE, "huishouden-a")), "{back}");
    }
    let found = answers.iter().filter(|answer| answer.pointer("/data/searchPeople").is_some());
    let totals: Vec<&Value> = found.map(|answer| &answer["data"]["searchPeople"]["totalCount"]).collect();
    assert_eq!(totals, [1, 1, 1, 1, 0]);
    assert!(answers.last().unwrap().to_string().contains("Lindestraat"), "the subscription");
    assert_counted("anja", &answers);
}

/// 01: from 6 March on nothing that locates household A reaches anybody but its director, by any road.
#[tokio::test]
async fn nothing_that_leads_to_household_a_reaches_anybody_else() {
    let server = shared();
    let (words, home) = (locating_a(server), server.id(CASE, "huishouden-a"));
    for who in ["fenna", "hugo", "ravi", "noor", "gerda", "joost", "kees", "petra", "olivier"] {
        let answers = world(&server.as_(who), server).await;
        assert_nothing_of(who, &answers, &words, &home);
        assert_counted(who, &answers);
    }
}

/// Of household A its coordinator sees what there is to see, also where it is. Nothing of B's household layer is his.
#[tokio::test]
async fn wim_sees_the_children_and_household_a_and_nothing_of_household_b() {
    let server = shared();
    let answers = world(&server.as_("wim"), server).await;
    let people = each(&now(&answers)["people"], "name");
    assert_eq!(people, ["Ilse", "Robert", "Morris", "Dave"]);
    let consents = each(&now(&answers)["consents"], "id");
    let has = |label: &str| consents.contains(&json!(server.id(CASE, label)));
    assert!(has("help-ilse") && has("deelname-ilse") && has("help-morris-robert") && has("help-dave-ilse"));
    assert!(!has("help-robert") && !has("deelname-robert") && !has("interventie-robert-robert"));
    for answer in &answers {
        let text = answer.to_string();
        for word in of_b(server) {
            assert!(!text.contains(word.as_str()), "{word}: {text}");
        }
    }
    let home = find(&now(&answers)["households"], "label", "bij mama");
    assert_eq!(
        (living_in(home), &home["address"]),
        (vec!["Dave".to_owned(), "Ilse".to_owned(), "Morris".to_owned()], &json!("Lindestraat 12, Bussum"))
    );
    assert_eq!(now(&answers)["plans"]["households"][0]["coordinator"]["worker"]["name"], "Wim");
    assert_eq!(
        each(&now(&answers)["regie"]["parties"], "organisation"),
        ["gezinshulp-de-schakel"],
        "who came in for Ilse"
    );
    for (at, back) in LOOKS_BACK.iter().enumerate() {
        assert!(answers[2 + at].to_string().contains("Lindestraat"), "then, by the rights of now: {back}");
    }
    let live = living_in(find(&now(&answers)["households"], "label", "bij papa"));
    assert_eq!(live, ["Dave", "Morris"], "where the boys live, everyone who works for them knows");
    assert_counted("wim", &answers);
}

/// Where Ilse went is not his to see: she lives there no more, by what is known today. Nor is anything once he coordinates no more.
#[tokio::test]
async fn wim_finds_those_who_live_in_his_household_today_and_nobody_else() {
    let server = weekend(true);
    let (anja, wim, case) = (server.as_("anja"), server.as_("wim"), server.case(CASE));
    let id = |label: &str| server.id(CASE, label);
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let homes = async |who: &Person| {
        let seen = who.case(&case, "households { label address members { person { name } } }").await;
        let home = |label: &str| {
            let home = find(&seen["households"], "label", label).clone();
            (home["address"].clone(), living_in(&home).len())
        };
        (home("bij mama"), home("bij papa"))
    };
    let (mama, papa) = (json!("Lindestraat 12, Bussum"), json!("Havenweg 3, Naarden"));
    // Robert must not be found either: each coordinator finds the own household's people.
    anja.does(
        "protectLocatingData",
        of(json!({"person": id("robert"), "households": [id("huishouden-b")], "reason": "Ook daar is angst."})),
    )
    .await;
    assert_eq!(homes(&wim).await, ((mama.clone(), 3), (Value::Null, 0)));
    assert_eq!(homes(&server.as_("fenna")).await, ((Value::Null, 0), (papa.clone(), 3)));
    assert_eq!(homes(&anja).await, ((mama, 3), (papa, 3)));

    anja.does(
        "endMembership",
        of(json!({"household": id("huishouden-a"), "person": id("ilse"), "lastDay": "2026-11-15"})),
    )
    .await;
    let shelter = json!({"label": "elders", "from": "2026-11-16", "members": [id("ilse")]});
    let shelter = made(&anja.does("formHousehold", of(shelter)).await, "HOUSEHOLD")[0].clone();
    let address =
        json!({"household": shelter, "address": "Heidelaan 4, Laren", "from": "2026-11-16", "source": "STATEMENT"});
    anja.does("recordAddress", of(address)).await;
    for who in ["wim", "fenna"] {
        let answers = world(&server.as_(who), &server).await;
        for word in ["Lindestraat", "Heidelaan", "Laren"] {
            assert!(!json!(answers).to_string().contains(word), "{word} reaches {who}");
        }
        assert!(answers.iter().all(|answer| !tells_of_home(answer, &shelter)), "{who}");
    }
    assert!(json!(world(&anja, &server).await).to_string().contains("Heidelaan"));
}

#[tokio::test]
async fn whoever_stops_coordinating_finds_nobody_on_the_next_request() {
    let server = weekend(true);
    let (anja, wim, case) = (server.as_("anja"), server.as_("wim"), server.case(CASE));
    let home = server.id(CASE, "huishouden-a");
    assert!(json!(world(&wim, &server).await).to_string().contains("Lindestraat"));
    let ends = json!({"caseId": case, "household": home, "worker": server.worker("wim"), "lastDay": "2026-11-15", "reason": "Andere baan."});
    anja.does("endPlanCoordinator", ends).await;
    let answers = world(&wim, &server).await;
    assert_nothing_of("wim", &answers, &["Lindestraat".to_owned(), "Bussum".to_owned()], &home);
}

#[tokio::test]
async fn fenna_sees_the_children_her_own_household_and_its_grown_up() {
    let server = shared();
    let answers = world(&server.as_("fenna"), server).await;
    let seen = now(&answers);
    assert_eq!(each(&seen["people"], "name"), ["Ilse", "Robert", "Morris", "Dave"]);
    let live = living_in(find(&seen["households"], "label", "bij papa"));
    assert_eq!(live, ["Dave", "Morris", "Robert"]);
    let plans = seen["plans"]["households"].clone();
    assert_eq!((&plans[0]["coordinator"], &plans[1]["coordinator"]["worker"]["name"]), (&Value::Null, &json!("Fenna")));
    let consents = each(&seen["consents"], "id");
    let has = |label: &str| consents.contains(&json!(server.id(CASE, label)));
    assert!(has("help-robert") && has("deelname-robert") && has("help-morris-ilse") && has("interventie-dave-robert"));
    for label in ["help-ilse", "signaal-ilse", "sat-ilse-ilse", "deelname-ilse", "interventie-ilse-ilse"] {
        assert!(!has(label), "{label}");
    }
    assert_eq!(kinds(seen, "MembershipRecorded"), 3);
    let found = answers.iter().filter(|answer| answer.pointer("/data/searchPeople").is_some());
    let totals: Vec<&Value> = found.map(|answer| &answer["data"]["searchPeople"]["totalCount"]).collect();
    assert_eq!(totals, [1, 1, 1, 1, 0], "that there is a mother is no secret");
}

/// "The intervention without Robert's part": neither he nor anything of him, and no gap where he was.
#[tokio::test]
async fn hugo_sees_the_intervention_without_robert() {
    let server = shared();
    let answers = world(&server.as_("hugo"), server).await;
    let seen = now(&answers);
    assert_eq!(each(&seen["people"], "name"), ["Ilse", "Morris", "Dave"]);
    let robert = server.id(CASE, "robert");
    for answer in &answers {
        assert!(!answer.to_string().contains("\"Robert\""), "{answer}");
        assert!(!answer.to_string().contains(&robert), "{answer}");
    }
    assert_counted("hugo", &answers);
}

/// Petra helps Robert, Olga is his mentor, school has what was shared of Morris and him, and Layla is on call.
async fn with_more(server: &Fresh) {
    let (anja, case) = (server.as_("anja"), server.case(CASE));
    let id = |label: &str| server.id(CASE, label);
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let joining = json!({"giver": id("robert"), "subject": id("robert"), "kind": "JOINING", "recipients": [server.worker("petra")], "evidence": "SPOKEN"});
    let joining = made(&anja.does("grantConsent", of(joining)).await, "CONSENT")[0].clone();
    anja.does("joinParty", of(json!({"worker": server.worker("petra"), "organisation": "scheidingspunt", "specialist": false, "consents": [joining]}))).await;
    anja.does(
        "nameRepresentative",
        of(json!({"person": id("robert"), "worker": server.worker("olga"), "organisation": "wijkteam-hilversum",
        "kind": "MENTOR", "from": "2026-11-01", "source": "COURT"})),
    )
    .await;
    for (giver, subject) in [("robert", "robert"), ("robert", "morris"), ("ilse", "morris")] {
        let sharing = json!({"giver": id(giver), "subject": id(subject), "kind": "SHARING", "categories": ["IDENTITY", "PLAN"],
            "recipients": [server.worker("marloes")], "evidence": "SPOKEN"});
        anja.does("grantConsent", of(sharing)).await;
    }
    anja.does("recordAcceptedShare", of(json!({"recipient": server.worker("marloes"), "organisation": "basisschool-de-wilg",
        "capacity": "SCHOOL", "subjects": [id("robert"), id("morris")], "categories": ["IDENTITY", "PLAN"], "offered": "Wie het kind haalt."}))).await;
    let duty = json!({"worker": server.worker("layla"), "duty": "ON_CALL", "organisation": "uitvoeringsdienst-gooi", "until": "2026-11-20"});
    server.as_("gerda").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
}

/// Whatever else somebody may be to the case.
#[tokio::test]
async fn nothing_that_leads_to_household_a_reaches_whoever_works_for_robert() {
    let server = weekend(true);
    with_more(&server).await;
    let (words, home) = (locating_a(&server), server.id(CASE, "huishouden-a"));
    for who in ["petra", "olga", "marloes", "layla"] {
        let answers = world(&server.as_(who), &server).await;
        let person =
            server.as_(who).with("Rustpunt-Purpose", if who == "layla" { "emergency/1" } else { "coordination/1" });
        let opens =
            person.ask_with("query($id: ID!) { case(id: $id) { phase } }", json!({"id": server.case(CASE)})).await;
        assert_eq!(opens.data("case")["phase"], "OPEN", "{who} is something to the case");
        assert_nothing_of(who, &answers, &words, &home);
        assert_counted(who, &answers);
    }
    let names = |answers: &[Value]| each(&now(answers)["people"], "name");
    assert_eq!(names(&world(&server.as_("petra"), &server).await), ["Ilse", "Robert", "Morris", "Dave"]);
    assert_eq!(names(&world(&server.as_("olga"), &server).await), ["Robert"]);
    assert_eq!(names(&world(&server.as_("marloes"), &server).await), ["Robert", "Morris"]);
}

/// What happens in household A changes nothing for the others: no revision, no conflict, no delivery.
#[tokio::test]
async fn what_happens_in_household_a_is_no_news_to_the_others() {
    let server = weekend(true);
    with_more(&server).await;
    let (anja, fenna, case) = (server.as_("anja"), server.as_("fenna"), server.case(CASE));
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let others = ["fenna", "petra", "olga", "marloes", "hugo", "noor"];
    let revisions = async || {
        let mut seen = Vec::new();
        for who in others {
            seen.push(server.as_(who).case(&case, "revision timeline(first: 1) { totalCount edges { cursor } }").await);
        }
        seen
    };
    let before = revisions().await;
    let watch = format!("subscription($id: ID!) {{ caseChanged(caseId: $id) {{ revision {} }} }}", wide::CASE);
    let mut talk = Talk::of(&fenna).await;
    talk.subscribe(&watch, json!({"id": case})).await;
    talk.delivery("caseChanged").await;

    let home = server.id(CASE, "huishouden-a");
    let moved =
        json!({"household": home, "address": "Heidelaan 4, Laren", "from": "2026-11-16", "source": "STATEMENT"});
    anja.does("recordAddress", of(moved)).await;
    let ends = json!({"household": home, "worker": server.worker("wim"), "reason": "Andere baan."});
    anja.does("endPlanCoordinator", of(ends)).await;
    assert_eq!(revisions().await, before);
    let seen = before[0]["revision"].clone();
    let said = json!({"rule": "family_decides", "what": "Het ging anders.", "expectedRevision": seen});
    fenna.does("reportDeparture", of(said.clone())).await;

    // Something everyone may know, and then a conflict that names that alone.
    anja.does("relabelHousehold", of(json!({"household": server.id(CASE, "huishouden-b"), "label": "bij vader"})))
        .await;
    let delivered = talk.delivery("caseChanged").await;
    assert!(delivered.to_string().contains("bij vader"), "the change before it was no news");
    let conflict = fenna.send("reportDeparture", of(said)).await;
    assert_eq!(conflict.code(), "CHANGED_SINCE");
    assert_eq!(conflict.details()["kinds"], json!(["HouseholdRelabelled"]));
    let mut words = locating_a(&server);
    words.extend(["Heidelaan".to_owned(), "Laren".to_owned()]);
    assert_nothing_of("fenna", &[delivered, conflict.body], &words, &home);
}

/// What Wim writes about a boy is for everyone who works for the boy; that it was Wim would say who works for Ilse.
#[tokio::test]
async fn who_wrote_about_a_child_does_not_lead_to_household_a() {
    let server = weekend(true);
    let (wim, case) = (server.as_("wim"), server.case(CASE));
    let id = |label: &str| server.id(CASE, label);
    let consent = json!({"caseId": case, "giver": id("ilse"), "subject": id("morris"), "kind": "HELP", "explained": "Zij wil dat het zo blijft.", "evidence": "SPOKEN"});
    let fact = made(&wim.does("grantConsent", consent).await, "FACT")[0].clone();
    let recorded_by = async |who: &str| {
        let nodes = server.as_(who).case(&case, "timeline(first: 5) { nodes { id recordedBy { name } } }").await;
        find(&nodes["timeline"]["nodes"], "id", &fact)["recordedBy"].clone()
    };
    for who in ["anja", "wim"] {
        assert_eq!(recorded_by(who).await, json!({"name": "Wim"}), "{who}");
    }
    assert_eq!(recorded_by("fenna").await, Value::Null);
    let answers = world(&server.as_("fenna"), &server).await;
    assert_nothing_of("fenna", &answers, &locating_a(&server), &id("huishouden-a"));
}

/// A cursor of the director opens nothing for another, and a page further on holds no more than the whole.
#[tokio::test]
async fn pages_and_cursors_tell_no_more_than_the_whole() {
    let server = shared();
    let (anja, fenna, case) = (server.as_("anja"), server.as_("fenna"), server.case(CASE));
    let page = "query($id: ID!, $first: Int, $after: String) { case(id: $id) { timeline(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { id } } } }";
    let ask = async |who: &Person, first: u32, after: Value| {
        who.ask_with(page, json!({"id": case, "first": first, "after": after})).await
    };
    let whole = ask(&fenna, 100, Value::Null).await.data("case")["timeline"].clone();
    let (mut after, mut walked) = (Value::Null, Vec::new());
    loop {
        let next = ask(&fenna, 7, after.clone()).await.data("case")["timeline"].clone();
        assert_eq!(next["totalCount"], whole["totalCount"]);
        walked.extend(each(&next["nodes"], "id"));
        after = next["pageInfo"]["endCursor"].clone();
        if next["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(walked, each(&whole["nodes"], "id"));
    // Of an entry that both see: the cursor is hers, not the entry.
    let edges =
        anja.case(&case, "timeline(first: 100) { edges { cursor node { id } } }").await["timeline"]["edges"].clone();
    let both = edges.as_array().unwrap().iter().find(|edge| edge["node"]["id"] == walked[0]).unwrap();
    assert_eq!(ask(&fenna, 3, both["cursor"].clone()).await.code(), "BAD_CURSOR");
}
