//! "Sacha does not want to go": what the room of consent carries of the narrative, as its director sees it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{MUNICIPALITY, made};
use crate::server::{Server, fresh, shared};

const CASE: &str = "03";

fn anja() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("anja"), demo.case(CASE))
}

const SACHA: &str = "people { name helpMissing { refused person { name } } helpIncomplete { since runningUntil waysOpen { way text } } }";

fn sacha(seen: &Value) -> &Value {
    find(&seen["people"], "name", "Sacha")
}

/// "Asked for 04-02, 04-03, 04-09 and 04-10: complete, incomplete, incomplete, complete." Running help goes on for six weeks.
#[tokio::test]
async fn from_the_twelfth_birthday_help_is_incomplete_until_sacha_agrees() {
    let (_, anja, case) = anja();
    for (day, complete) in [("2026-04-02", true), ("2026-04-03", false), ("2026-04-09", false), ("2026-04-10", true)] {
        let seen = anja.with("Accept-Language", "nl").about(&case, day, SACHA).await;
        let incomplete = &sacha(&seen)["helpIncomplete"];
        if complete {
            assert_eq!((&sacha(&seen)["helpMissing"], incomplete), (&json!([]), &Value::Null), "{day}");
            continue;
        }
        assert_eq!(sacha(&seen)["helpMissing"], json!([{"refused": false, "person": {"name": "Sacha"}}]), "{day}");
        assert_eq!(
            (&incomplete["since"], &incomplete["runningUntil"]),
            (&json!("2026-04-03"), &json!("2026-05-15")),
            "{day}"
        );
        let ways = each(&incomplete["waysOpen"], "way");
        assert_eq!(
            ways,
            ["ASK_AGAIN", "ANONYMOUS_ADVICE", "UNABLE_TO_JUDGE", "URGENT", "VEILIG_THUIS", "RAAD"],
            "{day}"
        );
        assert_eq!(incomplete["waysOpen"][0]["text"], "Vraag het (opnieuw).");
    }
}

/// Sharing: the parents decide until 04-02, Sacha from 04-03. Erik's yes of 03-20 counts for nothing new from then on.
#[tokio::test]
async fn a_parents_yes_for_the_school_counts_until_the_birthday() {
    let (demo, anja, case) = anja();
    let fields = "consents { id state holds counts }";
    for (day, counts) in [("2026-03-20", true), ("2026-04-02", true), ("2026-04-03", false), ("2026-11-16", false)] {
        let seen = anja.about(&case, day, fields).await;
        let school = find(&seen["consents"], "id", &demo.id(CASE, "school-erik")).clone();
        assert_eq!(
            (&school["state"], &school["holds"], &school["counts"]),
            (&json!("GRANTED"), &json!(true), &json!(counts)),
            "{day}"
        );
    }
}

/// The question waits until Sacha answers.
#[tokio::test]
async fn what_sacha_was_asked_waits_until_the_answer() {
    let (_, anja, case) = anja();
    let fields = "consentQuestions { kind asked answerBy giver { name } explained }";
    let waits = anja.about(&case, "2026-04-09", fields).await["consentQuestions"].clone();
    assert_eq!(
        (&waits[0]["giver"]["name"], &waits[0]["asked"], &waits[0]["answerBy"]),
        (&json!("Sacha"), &json!("2026-03-16"), &json!("2026-04-10"))
    );
    assert!(waits[0]["explained"].as_str().unwrap().contains("nee zeggen mag"));
    assert_eq!(anja.about(&case, "2026-04-10", fields).await["consentQuestions"], json!([]));
}

/// "From that day help consent is incomplete until Sacha agrees (04-10): new acts are blocked, running help goes on."
#[tokio::test]
async fn until_sacha_agrees_new_help_waits_and_running_help_goes_on() {
    const RUNNING: &str = "departures { rule } help { trajectories { product lastDay goals { words } } }";
    let server = fresh("2026-02-16");
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    let opened = noor.does("openCase", opening()).await;
    let (case, people) = (made(&opened, "CASE")[0].clone(), made(&opened, "PERSON"));
    let (erik, sacha) = (people[0].clone(), people[2].clone());
    let assign = json!({"caseId": case, "director": server.worker("anja"), "organisation": "jeugd-en-gezin-gooi",
        "tasks": ["PLAN"], "agreed": [{"person": erik}]});
    noor.does("assignCaseDirector", assign).await;
    let start = |product: &str, from: Option<&str>| json!({"caseId": case, "product": product, "provider": "Zorggroep", "persons": [sacha], "from": from});
    server.tell("2026-04-02");
    let running = made(&anja.does("startTrajectory", start("Praten", None)).await, "HELP_TRAJECTORY")[0].clone();
    assert_eq!(anja.refused("startTrajectory", start("Spelen", Some("2026-04-03"))).await, "HELP_CONSENT_MISSING");
    server.tell("2026-04-05");
    let head = server.head().await;
    for (language, words) in
        [("nl", "Nieuwe hulp wacht; hulp die al loopt gaat voorlopig door."), ("en", "New help waits")]
    {
        let refused = anja.with("Accept-Language", language).send("startTrajectory", start("Spelen", None)).await;
        assert_eq!(refused.code(), "HELP_CONSENT_MISSING");
        assert!(refused.message().contains(words), "{}", refused.message());
        let details = refused.details();
        assert_eq!((&details["still_to_ask"], &details["persons"]), (&json!([sacha]), &json!([sacha])));
        assert_eq!((&details["day"], &details["ways_open"][0]), (&json!("2026-04-05"), &json!("ask_again")));
    }
    assert_eq!(server.head().await, head, "nothing was written");
    let goal = json!({"caseId": case, "words": "Rustig slapen.", "proposedBy": {"person": sacha}, "concerns": [sacha]});
    let goal = made(&anja.does("proposeGoal", goal).await, "GOAL")[0].clone();
    anja.does("setTrajectoryGoals", json!({"caseId": case, "trajectory": running, "goals": [goal]})).await;
    let seen = anja.case(&case, RUNNING).await;
    let trajectories = &seen["help"]["trajectories"];
    assert_eq!((&trajectories[0]["lastDay"], trajectories.as_array().unwrap().len()), (&Value::Null, 1));
    assert_eq!(trajectories[0]["goals"], json!([{"words": "Rustig slapen."}]), "running help goes on");
    // What began all the same is reported, and listed for the director.
    anja.does("startTrajectory", start("Spelen", Some("2026-04-04"))).await;
    let rules = each(&anja.case(&case, RUNNING).await["departures"], "rule");
    assert!(rules.contains(&json!("consent_before_help")), "{rules:?}");
    server.tell("2026-04-10");
    let yes = json!({"caseId": case, "giver": sacha, "subject": sacha, "kind": "HELP", "evidence": "SPOKEN"});
    anja.does("grantConsent", yes).await;
    anja.does("startTrajectory", start("Muziek", None)).await;
}

/// The family of this case on its first day, for a test that acts between two lines of it.
fn opening() -> Value {
    let help = |giver: &str| json!({"giver": giver, "subject": "sacha", "kind": "HELP", "evidence": "SPOKEN"});
    json!({
        "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
        "question": "Het kind wil rust en van allebei kunnen houden.",
        "people": [
            {"key": "erik", "name": "Evert", "birthDate": "1985-06-11", "role": "PARENT"},
            {"key": "nadia", "name": "Noortje", "birthDate": "1986-10-28", "role": "PARENT"},
            {"key": "sacha", "name": "Sterre", "birthDate": "2014-04-03", "role": "CHILD"},
        ],
        "authority": [{"child": "sacha", "kind": "JOINT_PARENTS", "holders": ["erik", "nadia"], "from": "2014-04-03", "source": "REGISTER"}],
        "consents": [help("erik"), help("nadia")],
    })
}
