//! What the system tells and proposes by itself, as those it is for see it; what others must not see, and what people answer.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const ALERTS: &str =
    "alerts { id word text day parties next persons { name } recorded { kind } steps { step to at worker { name } } }";
const PROPOSALS: &str = "proposals { id kind text day waits conflictId persons { name } recorded { kind } \
    answer { accepted words day by { name } } }";
const WORKLIST: &str = "{ worklist(first: 100) { nodes { kind caseId day text word alertId proposalId } } }";

async fn alerts(person: &Person, case: &str) -> Value {
    person.case(case, ALERTS).await["alerts"].clone()
}

async fn proposals(person: &Person, case: &str) -> Value {
    person.case(case, PROPOSALS).await["proposals"].clone()
}

/// Lines of what the system told or proposed.
async fn lines(person: &Person, kind: &str) -> Vec<Value> {
    let list = person.ask(WORKLIST).await.data("worklist")["nodes"].clone();
    list.as_array().unwrap().iter().filter(|line| line["kind"] == kind).cloned().collect()
}

/// The moment of a timestamp as an answer gives it, on the clock of Amsterdam.
fn clock(at: &Value) -> String {
    at.as_str().unwrap().parse::<domain::time::Timestamp>().unwrap().on_the_clock()
}

/// Case 05: two parties since 2026-03-02, three by the alert of 2026-03-10 at eight, which names them.
#[tokio::test]
async fn the_gap_of_case_05_was_told_on_10_march_with_three_parties() {
    let demo = shared();
    let (layla, case) = (demo.as_("layla"), demo.case("05"));
    let before = layla.recorded(&case, "2026-03-09", ALERTS).await;
    assert!(before["alerts"].as_array().unwrap().iter().all(|alert| alert["word"] != "gap"));
    let told = layla.recorded(&case, "2026-03-10", ALERTS).await["alerts"].clone();
    let gap = find(&told, "word", "gap");
    assert_eq!((&gap["parties"], &gap["day"]), (&json!(3), &json!("2026-03-09")));
    assert_eq!(
        (clock(&gap["steps"][0]["at"]).as_str(), &gap["steps"][0]["to"]),
        ("2026-03-10 08:00", &json!("ACCESS_WORKERS"))
    );
    let later = layla.recorded(&case, "2026-03-17", ALERTS).await["alerts"].clone();
    let steps = find(&later, "word", "gap")["steps"].clone();
    assert_eq!(each(&steps, "to"), ["ACCESS_WORKERS", "TEAM_LEAD"]);
    assert_eq!(clock(&steps[1]["at"]), "2026-03-17 08:00");
    // Once somebody directs, nothing waits.
    let filled = layla.recorded(&case, "2026-04-20", ALERTS).await["alerts"].clone();
    assert!(filled.as_array().unwrap().iter().all(|alert| alert["word"] != "gap"), "{filled}");
}

/// Case 05: the specialist's work was expected to end on 2026-10-01.
#[tokio::test]
async fn the_specialist_of_case_05_was_overdue_on_2_october() {
    let demo = shared();
    let (layla, case) = (demo.as_("layla"), demo.case("05"));
    let told = layla.recorded(&case, "2026-10-02", ALERTS).await["alerts"].clone();
    let specialist = find(&told, "word", "specialist");
    let step = &specialist["steps"][0];
    assert_eq!((clock(&step["at"]).as_str(), &step["to"]), ("2026-10-02 08:00", &json!("DIRECTOR")));
    let before = layla.recorded(&case, "2026-10-01", ALERTS).await["alerts"].clone();
    assert!(before.as_array().unwrap().iter().all(|alert| alert["word"] != "specialist"));
}

/// Case 01: 3 and 3, then 5 for Robert and 4 for Ilse: proposed on 2026-03-03, once, and accepted on 2026-03-13.
#[tokio::test]
async fn the_rise_of_case_01_was_proposed_on_once_and_accepted() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let made = proposals(&anja, &case).await;
    let consultations: Vec<_> =
        made.as_array().unwrap().iter().filter(|one| one["kind"] == "SAT_CONSULTATION").collect();
    let [proposal] = consultations[..] else { panic!("one proposal: {made}") };
    assert_eq!((&proposal["day"], &proposal["waits"]), (&json!("2026-03-03"), &json!(false)));
    assert_eq!(each(&proposal["persons"], "name"), ["Robert"]);
    assert_eq!((&proposal["answer"]["accepted"], &proposal["answer"]["day"]), (&json!(true), &json!("2026-03-13")));
    let then = anja.recorded(&case, "2026-03-03", PROPOSALS).await["proposals"][0].clone();
    assert_eq!((&then["waits"], &then["answer"]), (&json!(true), &Value::Null));
    // How one of two experiences it is for who directs: whoever coordinates a household sees no proposal, by no path.
    for who in ["wim", "fenna"] {
        let seen =
            demo.as_(who).case(&case, "proposals { id } timeline(first: 100) { nodes { kind } }").await.to_string();
        assert!(!seen.contains("PROPOSAL") && !seen.contains("Proposal"), "{who}: {seen}");
    }
}

/// Case 04: proposed when she went to six and he to five; dismissed with a reason; nothing on the way down.
#[tokio::test]
async fn the_rise_of_case_04_was_dismissed_with_a_reason() {
    let demo = shared();
    let (mehmet, case) = (demo.as_("mehmet"), demo.case("04"));
    let made = proposals(&mehmet, &case).await;
    assert_eq!(made.as_array().unwrap().len(), 1, "{made}");
    let answer = &made[0]["answer"];
    assert_eq!((&answer["accepted"], &answer["by"]["name"]), (&json!(false), &json!("Mehmet")));
    assert!(answer["words"].as_str().unwrap().contains("schriftelijk"));
}

/// Case 03: Sacha becomes 12 on 2026-04-03; the director is asked to speak with them on 2026-03-04.
#[tokio::test]
async fn the_director_was_asked_to_speak_with_sacha_before_the_birthday() {
    let demo = shared();
    let case = demo.case("03");
    let director = demo.as_("anja");
    let told = director.recorded(&case, "2026-03-04", ALERTS).await["alerts"].clone();
    let birthday = find(&told, "word", "birthday");
    assert_eq!(
        (&birthday["day"], clock(&birthday["steps"][0]["at"]).as_str()),
        (&json!("2026-04-03"), "2026-03-04 08:00")
    );
    assert_eq!(each(&birthday["persons"], "name"), ["Sacha"]);
}

/// Two parties and nobody who directs, since Monday 2026-11-16.
async fn gap() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    let party = json!({"worker": server.worker("wim"), "organisation": "zorg-bv", "specialist": false, "consents": [],
        "explanation": "Was er al."});
    server.as_("noor").does("reportPartyJoined", family.input(party)).await;
    (server, family)
}

/// Rule 2: told to the access workers, a week later to who leads them; each sees it on the worklist, and nobody before.
#[tokio::test]
async fn a_gap_goes_along_the_chain_and_stands_on_each_worklist() {
    let (server, family) = gap().await;
    let olivier = server.as_("olivier");
    let duty = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "uitvoeringsdienst-gooi"});
    olivier.send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    let (noor, gerda) = (server.as_("noor"), server.as_at("gerda", "uitvoeringsdienst-gooi"));
    let coming =
        noor.case(&family.case, "pendingDeadlines { at word step to recorded { kind } }").await["pendingDeadlines"]
            .clone();
    let of_gap = find(&coming, "word", "gap");
    assert_eq!((clock(&of_gap["at"]).as_str(), &of_gap["to"]), ("2026-11-24 08:00", &json!("ACCESS_WORKERS")));
    assert!(of_gap["recorded"]["kind"].is_string(), "why: {of_gap}");
    server.pass("2026-11-23").await;
    assert!(lines(&noor, "ALERT").await.is_empty(), "its term runs until today");
    server.pass("2026-11-24").await;
    let told = lines(&noor, "ALERT").await;
    assert_eq!((told.len(), &told[0]["word"], &told[0]["day"]), (1, &json!("gap"), &json!("2026-11-24")));
    assert!(lines(&gerda, "ALERT").await.is_empty(), "who leads them is next");
    server.pass("2026-12-01").await;
    let told = lines(&gerda, "ALERT").await;
    assert_eq!((told.len(), &told[0]["caseId"]), (1, &json!(family.case)));
    assert_eq!(each(&alerts(&noor, &family.case).await[0]["steps"], "to"), ["ACCESS_WORKERS", "TEAM_LEAD"]);
    // Somebody directs: nothing waits, for nobody.
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    assert!(lines(&noor, "ALERT").await.is_empty() && lines(&gerda, "ALERT").await.is_empty());
    assert_eq!(alerts(&server.as_("anja"), &family.case).await, json!([]));
}

/// Divorce.md, "director unavailable": the family is told within two working days; who recorded that hears no more of it.
#[tokio::test]
async fn that_the_family_is_told_of_a_deputy_is_waited_for_until_it_was() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, joost) = (server.as_("anja"), server.as_("joost"));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-12-11")).await;
    server.pass("2026-11-19").await;
    let told = lines(&joost, "ALERT").await;
    assert_eq!((told.len(), &told[0]["word"]), (1, &json!("family_told_of_deputy")));
    let input = json!({"deputy": server.worker("joost"), "persons": [family.mother]});
    joost.does("tellFamilyOfDeputy", family.input(input)).await;
    assert!(lines(&joost, "ALERT").await.is_empty() && lines(&anja, "ALERT").await.is_empty());
    let fields = "regie { deputy { tellFamilyBy familyTold { on persons { name } } } }";
    let deputy = anja.case(&family.case, fields).await["regie"]["deputy"].clone();
    assert_eq!(deputy["tellFamilyBy"], "2026-11-18");
    assert_eq!(deputy["familyTold"], json!([{"on": "2026-11-19", "persons": [{"name": "Wilhelmina"}]}]));
    server.pass("2026-12-10").await;
    assert!(lines(&anja, "ALERT").await.iter().all(|line| line["word"] != "family_told_of_deputy"));
}

/// Whoever asks more often, or starts anew, tells nothing twice.
#[tokio::test]
async fn it_is_told_once_however_often_the_system_looks() {
    let (server, family) = gap().await;
    server.pass("2026-11-24").await;
    for _ in 0..3 {
        server.settle().await;
    }
    let kinds =
        server.as_("noor").case(&family.case, "timeline(first: 100) { nodes { kind } }").await["timeline"]["nodes"]
            .clone();
    assert_eq!(each(&kinds, "kind").iter().filter(|kind| **kind == "AlertRaised").count(), 1, "{kinds}");
}

/// A family directed by Anja with a conflict that rose by three, and the proposal that followed.
async fn risen() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let named = anja
        .does("nameConflict", family.input(json!({"between": [family.mother, family.son], "about": "De telefoon."})))
        .await;
    let conflict = made(&named, "CONFLICT")[0].clone();
    for stage in [2, 5] {
        let experienced = json!([{"person": family.mother, "stage": stage, "observations": "Zwaluw: zoals gehoord."}]);
        anja.does("assessConflict", family.input(json!({"conflict": conflict, "experienced": experienced}))).await;
        server.settle().await;
    }
    let proposal = proposals(&anja, &family.case).await[0]["id"].as_str().unwrap().to_owned();
    (server, family, proposal)
}

/// Refused in both languages, each in its own words.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input.clone()).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
}

#[tokio::test]
async fn a_proposal_is_answered_once_by_who_directs() {
    let (server, family, proposal) = risen().await;
    let anja = server.as_("anja");
    let waits = lines(&anja, "PROPOSAL").await;
    assert_eq!((waits.len(), &waits[0]["proposalId"]), (1, &json!(proposal)));
    assert!(waits[0]["text"].as_str().unwrap().contains("SAT"));
    let dismiss = |reason: &str| family.input(json!({"proposal": proposal, "reason": reason}));
    for who in ["noor", "petra", "gerda", "hugo"] {
        assert_eq!(server.as_(who).refused("dismissProposal", dismiss("Niet nodig.")).await, "NOT_AVAILABLE", "{who}");
    }
    refuses(&anja, "acceptProposal", family.input(json!({"proposal": Uuid::new_v4()})), "PROPOSAL_UNKNOWN").await;
    refuses(&anja, "dismissProposal", dismiss(" "), "TEXT_EMPTY").await;
    anja.does("dismissProposal", dismiss("Merel: het team kijkt al mee.")).await;
    refuses(&anja, "acceptProposal", family.input(json!({"proposal": proposal})), "PROPOSAL_ANSWERED").await;
    let answered = proposals(&anja, &family.case).await[0]["answer"].clone();
    assert_eq!((&answered["accepted"], &answered["words"]), (&json!(false), &json!("Merel: het team kijkt al mee.")));
    assert!(lines(&anja, "PROPOSAL").await.is_empty());
    // Nobody who does not direct reads of it, by no path.
    for who in ["noor", "petra"] {
        let person = server.as_(who);
        let seen = person.ask_with(
            "query($id: ID!) { case(id: $id) { proposals { id } timeline(first: 100) { nodes { kind words { text } } } } }",
            json!({"id": family.case}),
        );
        let seen = seen.await.body.to_string();
        assert!(!seen.contains("Merel") && !seen.contains("Proposal"), "{who}: {seen}");
    }
}

#[tokio::test]
async fn a_proposal_lapses_with_what_it_rests_on_and_stays_as_it_was_said() {
    let (server, family, proposal) = risen().await;
    let anja = server.as_("anja");
    let nodes =
        anja.case(&family.case, "timeline(first: 100) { nodes { id kind } }").await["timeline"]["nodes"].clone();
    let last = |kind: &str| {
        let found = nodes.as_array().unwrap().iter().find(|node| node["kind"] == kind);
        found.unwrap_or_else(|| panic!("{kind}: {nodes}"))["id"].clone()
    };
    let strike = |fact: Value| family.input(json!({"fact": fact, "reason": "Vergissing."}));
    refuses(&anja, "strikeOutFact", strike(last("ProposalMade")), "BY_ITSELF_STAYS").await;
    anja.does("strikeOutFact", strike(last("GlaslStageAssessed"))).await;
    assert_eq!(proposals(&anja, &family.case).await[0]["waits"], false);
    refuses(&anja, "acceptProposal", family.input(json!({"proposal": proposal})), "PROPOSAL_LAPSED").await;
}
