//! "Sacha does not want to go": what the room of consent carries of the narrative, as its director sees it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{Server, shared};

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
