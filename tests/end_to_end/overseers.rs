//! Who hears of what was not done in its term, and works with no family: the aandachtsfunctionaris, the privacy officer and the manager, and
//! who leads a divorce advice team (divorce.md, "What happens by itself"). Each reads that a term is over, and nothing of the people.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, MUNICIPALITY, made};
use crate::server::{Fresh, fresh};
use crate::socket::Talk;

const WORKLIST: &str = "{ worklist(first: 100) { nodes { kind caseId day text word alertId worker { name } } } }";
const WATCH: &str = "subscription { worklist { kind caseId word text } }";
const CASELOAD: &str = "{ caseload { totalCount nodes { case { id regie { director { worker { name } } } } attention { kind word text } } } }";
const DIRECTED_BY: &str = "jeugd-en-gezin-gooi";
const TEAM: &str = "scheidingsadviesteam-gooi";
/// Everything that could name somebody.
const ALL: &str = "query($id: ID!) { case(id: $id) { people { name birthDate } households { label } alerts { word text persons { name } }
    proposals { id } pendingDeadlines { word } timeline(first: 100) { nodes { kind words { text } persons { name } } }
    safety { lanes { id } } divorce { satRequests { id question scope { name } } } emergencies { id reason } regie { director { worker { name } } } } }";
/// What nobody of them reads.
const SECRETS: [&str; 6] = ["Wilhelmina", "Bartholomeus", "Kwartel", "Merel", "Lijster", "1990-05-05"];

async fn lines(person: &Person) -> Vec<Value> {
    person.ask(WORKLIST).await.data("worklist")["nodes"].as_array().unwrap().clone()
}

async fn leads(server: &Fresh, key: &str, organisation: &str) {
    let duty = json!({"worker": server.worker(key), "duty": "TEAM_LEAD", "organisation": organisation});
    server.as_("olivier").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
}

/// Whatever they ask, they read of nobody.
async fn reads_of_nobody(person: &Person, family: &Family) {
    let mut bytes = String::new();
    for query in
        [WORKLIST, CASELOAD, "{ gaps { totalCount nodes { case { id } } } }", "{ emergencies { nodes { reason } } }"]
    {
        bytes.push_str(&person.ask(query).await.body.to_string());
    }
    bytes.push_str(&person.ask_with(ALL, json!({"id": family.case})).await.body.to_string());
    for secret in SECRETS.iter().copied().chain([family.mother.as_str(), family.son.as_str()]) {
        assert!(!bytes.contains(secret), "{secret}: {bytes}");
    }
}

/// To them the case is not there.
async fn is_nothing(person: &Person, family: &Family) {
    assert_eq!(lines(person).await, [] as [Value; 0]);
    let caseload = person.ask(CASELOAD).await.data("caseload");
    assert_eq!(caseload, json!({"totalCount": 0, "nodes": []}));
    let answers =
        [family.case.clone(), Uuid::new_v4().to_string()].map(|case| person.ask_with(ALL, json!({"id": case})));
    let [there, absent] = answers;
    assert_eq!(there.await.body, absent.await.body);
}

/// The case stands in the caseload, which counts it, with who directs and no other line than what was told.
async fn lists(person: &Person, family: &Family, director: &Value) {
    let caseload = person.ask(CASELOAD).await.data("caseload");
    assert_eq!(caseload["totalCount"], 1, "{caseload}");
    let case = &caseload["nodes"][0];
    assert_eq!((&case["case"]["id"], &case["case"]["regie"]["director"]), (&json!(family.case), director));
    let others = case["attention"].as_array().unwrap().iter().filter(|line| line["kind"] != "ALERT");
    assert_eq!(others.count(), 0, "{case}");
}

/// A worry about the son, mapped by nobody: the term of that step is one working day, and ran out on Tuesday.
async fn worry() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    leads(&server, "gerda", DIRECTED_BY).await;
    let anja = server.as_("anja");
    let signal = json!({"concerns": [family.son], "kind": "VIOLENCE", "facts": "Kwartel vertelt wat er vrijdag gebeurde.",
        "judgement": "Merel lijkt bang."});
    let lane = made(&anja.does("recordSafetySignal", family.input(signal)).await, "SAFETY_LANE")[0].clone();
    let consulted = json!({"lane": lane, "colleagues": [server.worker("joost")], "words": "Lijster: eerst het kind."});
    anja.does("recordSafetyConsultation", family.input(consulted)).await;
    (server, family)
}

/// A step of the meldcode that is late: the aandachtsfunctionaris of the director's organisation reads which and by when, and the team lead five
/// working days later only that a term is over.
#[tokio::test]
async fn a_late_step_of_the_meldcode_is_told_to_the_attention_officer_and_then_the_team_lead() {
    let (server, family) = worry().await;
    let (aleida, anja) = (server.as_("aleida"), server.as_("anja"));
    let gerda = server.as_at("gerda", DIRECTED_BY);
    let mut talk = Talk::of(&aleida).await;
    talk.subscribe(WATCH, json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    lists(&aleida, &family, &json!({"worker": {"name": "Anja"}})).await;
    server.pass("2026-11-17").await;
    assert_eq!(lines(&aleida).await, [] as [Value; 0], "its term runs until today");

    server.pass("2026-11-18").await;
    let told = lines(&aleida).await;
    let [line] = &told[..] else { panic!("one line: {told:?}") };
    assert_eq!((&line["kind"], &line["caseId"]), (&json!("ALERT"), &json!(family.case)));
    assert_eq!((&line["word"], &line["worker"]), (&json!("meldcode_map"), &Value::Null));
    let delivered = talk.delivery("worklist").await;
    assert_eq!(
        delivered,
        json!([{"kind": "ALERT", "caseId": family.case, "word": "meldcode_map", "text": line["text"]}])
    );
    let english = aleida.with("accept-language", "en").ask(WORKLIST).await.data("worklist")["nodes"][0]["text"].clone();
    assert!(line["text"].as_str().unwrap().contains("Meldcode") && english != line["text"], "in words: {line}");
    lists(&aleida, &family, &json!({"worker": {"name": "Anja"}})).await;
    reads_of_nobody(&aleida, &family).await;
    let seen = anja.case(&family.case, "alerts { word steps { to } }").await["alerts"].clone();
    let mapping = seen.as_array().unwrap().iter().find(|alert| alert["word"] == "meldcode_map").unwrap().clone();
    assert_eq!(each(&mapping["steps"], "to"), ["ATTENTION_OFFICER"]);
    assert!(lines(&anja).await.iter().any(|line| line["word"] == "meldcode_map"), "whoever directs knows at once");
    assert_eq!(
        lines(&gerda).await.iter().filter(|line| line["kind"] == "ALERT").count(),
        0,
        "who leads the team is next"
    );
    for other in [server.as_at("aleida", "wijkteam-hilversum"), server.as_at("aleida", MUNICIPALITY)] {
        is_nothing(&other, &family).await;
    }
    assert_eq!(lines(&server.as_("frits")).await, [] as [Value; 0], "not for the manager");
    assert_eq!(lines(&server.as_("ravi")).await, [] as [Value; 0], "nor for the privacy officer");

    server.pass("2026-11-25").await;
    let told: Vec<_> = lines(&gerda).await.into_iter().filter(|line| line["kind"] == "ALERT").collect();
    assert_eq!((told.len(), &told[0]["word"]), (1, &Value::Null), "that a term is over, not which: {told:?}");
    reads_of_nobody(&gerda, &family).await;
    // Kept out of the case, they hear nothing more of it.
    let out = json!({"worker": server.worker("aleida"), "ground": "NEIGHBOUR", "reason": "Woont naast het gezin."});
    anja.does("excludeWorker", family.input(out)).await;
    is_nothing(&aleida, &family).await;
}

/// R03: both are told, and neither reads the case. The manager reads on which ground and for how long; why, in words, and the review are not theirs.
#[tokio::test]
async fn an_emergency_access_that_nobody_reviewed_is_told_to_the_privacy_officer_and_the_manager() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    leads(&server, "gerda", DIRECTED_BY).await;
    let (ravi, frits) = (server.as_("ravi"), server.as_("frits"));
    let mut talk = Talk::of(&ravi).await;
    talk.subscribe(WATCH, json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    let input = json!({"ground": {"vitalInterest": true}, "reason": "Kwartel is weg en de politie zoekt.", "hours": 2});
    let opened = server.as_("joost").does("openEmergencyAccess", family.input(input)).await;
    let emergency = made(&opened, "EMERGENCY")[0].clone();
    server.pass("2026-11-18").await;
    for who in [&ravi, &frits] {
        assert_eq!(lines(who).await, [] as [Value; 0], "two working days to review it");
    }
    server.pass("2026-11-19").await;
    for who in [&ravi, &frits] {
        let told = lines(who).await;
        let [line] = &told[..] else { panic!("one line: {told:?}") };
        assert_eq!((&line["kind"], &line["caseId"]), (&json!("ALERT"), &json!(family.case)));
        assert_eq!(line["word"], "emergency_review");
    }
    assert_eq!(each(&talk.delivery("worklist").await, "word"), ["emergency_review"]);
    // The one reads no case, the other where it stands.
    let closed = ravi.ask_with(ALL, json!({"id": family.case})).await;
    assert_eq!(closed.code(), "NOT_AVAILABLE");
    assert_eq!(ravi.ask(CASELOAD).await.data("caseload"), json!({"totalCount": 0, "nodes": []}));
    // A colleague is known by name from the first time they look in.
    family.look(&server.as_("anja")).await;
    lists(&frits, &family, &json!({"worker": {"name": "Anja"}})).await;
    reads_of_nobody(&frits, &family).await;
    let list = "{ emergencies { totalCount nodes { id ground reason workerName reviewed overdue } } }";
    let seen = frits.ask(list).await.data("emergencies");
    let line = json!({"id": emergency, "ground": "VITAL_INTEREST", "reason": null, "workerName": "Joost", "reviewed": false, "overdue": true});
    assert_eq!(seen, json!({"totalCount": 1, "nodes": [line]}));

    is_nothing(&server.as_at("frits", "gemeente-hilversum"), &family).await;
    assert_eq!(lines(&server.as_at("ravi", "gemeente-hilversum")).await, [] as [Value; 0]);
    let review = family.input(json!({"emergency": emergency, "outcome": "JUSTIFIED", "finding": "Merel: nodig."}));
    assert_eq!(
        frits.refused("reviewEmergencyAccess", review.clone()).await,
        "NOT_AVAILABLE",
        "the one who judges does not close"
    );
    ravi.does("reviewEmergencyAccess", review).await;
    for who in [&ravi, &frits] {
        assert_eq!(lines(who).await, [] as [Value; 0]);
    }
    assert_eq!(talk.delivery("worklist").await, json!([]));
    reads_of_nobody(&frits, &family).await;
}

/// A question that nobody accepts: told to the team, and five working days later to who leads it, who reads neither the question nor of whom.
#[tokio::test]
async fn a_question_that_nobody_accepts_is_told_to_the_team_and_then_to_who_leads_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let jitske = server.as_("jitske");
    is_nothing(&jitske, &family).await;
    let ask = family.input(json!({"team": TEAM, "question": "Lijster: welk spoor past hier?"}));
    let review = made(&server.as_("anja").does("requestSat", ask).await, "REVIEW")[0].clone();
    is_nothing(&jitske, &family).await;
    leads(&server, "jitske", TEAM).await;
    lists(&jitske, &family, &Value::Null).await;
    let hugo = server.as_("hugo");
    server.pass("2026-11-24").await;
    let words = |lines: Vec<Value>| lines.into_iter().map(|line| line["word"].clone()).collect::<Vec<_>>();
    let told: Vec<_> = lines(&hugo).await.into_iter().filter(|line| line["kind"] == "ALERT").collect();
    assert_eq!((words(told.clone()), &told[0]["caseId"]), (vec![json!("sat_acceptance")], &json!(family.case)));
    assert_eq!(lines(&jitske).await, [] as [Value; 0], "who leads them is next");

    server.pass("2026-12-01").await;
    let told = lines(&jitske).await;
    assert_eq!((words(told.clone()), &told[0]["caseId"]), (vec![json!("sat_acceptance")], &json!(family.case)));
    let queue = "{ satQueue { totalCount edges { node { caseId reviewId askedOn acceptBy adviseBy overdue request { id } } } } }";
    let seen = jitske.ask(queue).await.data("satQueue");
    let line = json!({"caseId": family.case, "reviewId": review, "askedOn": "2026-11-16", "acceptBy": "2026-11-23",
        "adviseBy": "2026-11-30", "overdue": true, "request": null});
    assert_eq!(seen, json!({"totalCount": 1, "edges": [{"node": line}]}));
    reads_of_nobody(&jitske, &family).await;
    let asked = "query($id: ID!) { satReview(id: $id) { request { question } } }";
    let refused = jitske.ask_with(asked, json!({"id": review})).await.body;
    assert_eq!(refused, jitske.ask_with(asked, json!({"id": Uuid::new_v4()})).await.body);
    // Whoever leads another team, or none.
    for other in [server.as_("loes"), server.as_at("loes", TEAM), server.as_at("jitske", "scheidingsadviesteam-vecht")]
    {
        assert_eq!(lines(&other).await, [] as [Value; 0]);
        assert_eq!(other.ask(queue).await.data("satQueue")["totalCount"], 0);
    }
    is_nothing(&server.as_at("loes", TEAM), &family).await;

    server.pass("2026-12-08").await;
    assert_eq!(words(lines(&jitske).await), ["sat_acceptance", "sat_advice"]);
    hugo.does("acceptSat", family.input(json!({"review": review}))).await;
    assert_eq!(words(lines(&jitske).await), ["sat_advice"]);
    let advice = family.input(json!({"review": review, "words": "Merel: blijf bij dit spoor."}));
    hugo.does("giveSatAdvice", advice).await;
    is_nothing(&jitske, &family).await;
}

/// Whoever leads the team of one organisation counts what another directs no more than they see it.
#[tokio::test]
async fn a_caseload_counts_what_the_organisation_directs_and_nothing_that_another_does() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    leads(&server, "gerda", MUNICIPALITY).await;
    let (gerda, frits) = (server.as_("gerda"), server.as_("frits"));
    is_nothing(&gerda, &family).await;
    let gap = Family::open(&server).await;
    let caseload = gerda.ask(CASELOAD).await.data("caseload");
    assert_eq!((&caseload["totalCount"], &caseload["nodes"][0]["case"]["id"]), (&json!(1), &json!(gap.case)));
    let caseload = frits.ask(CASELOAD).await.data("caseload");
    assert_eq!(
        (&caseload["totalCount"], each(&caseload["nodes"], "case").len()),
        (&json!(2), 2),
        "all of the municipality"
    );
}
