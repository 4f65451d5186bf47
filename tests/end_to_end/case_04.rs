//! "The call about Lara": the same call, wrong and right, as its director sees each line, and as the supporter who picked up did.

use serde_json::{Value, json};

use crate::client::{Person, each};
use crate::server::{Server, shared};
use crate::trail_files;

const CASE: &str = "04";

fn mehmet() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("mehmet"), demo.case(CASE))
}

/// 2026-05-20: no contact, and information in writing through the director only, from 05-21 until 2027-05-20.
#[tokio::test]
async fn both_rulings_stand_until_20_may_2027() {
    let (_, mehmet, case) = mehmet();
    let fields = "rulings { kind scope channel pronounced inForceFrom until inForce person { name } others { name } }";
    let both = |in_force: bool| {
        let days = |kind: &str, scope: &str, channel: Value| {
            json!({"kind": kind, "scope": scope, "channel": channel, "pronounced": "2026-05-20", "inForceFrom": "2026-05-21",
                "until": "2027-05-20", "inForce": in_force, "person": {"name": "Lara"}, "others": [{"name": "Yvonne"}]})
        };
        json!([
            days("CONTACT", "Voorlopig geen contact tussen moeder en dochter.", Value::Null),
            days(
                "INFORMATION_RULE",
                "Moeder krijgt informatie over school en gezondheid.",
                json!("Schriftelijk, alleen via de regiehouder.")
            ),
        ])
    };
    for (day, in_force) in [("2026-05-20", false), ("2026-05-21", true), ("2026-11-16", true)] {
        assert_eq!(mehmet.about(&case, day, fields).await["rulings"], both(in_force), "{day}");
    }
}

/// 09-14 and 10-12: what was asked and answered, word by word: first refused and told all the same, then the way that is open.
#[tokio::test]
async fn each_call_says_what_was_asked_answered_and_said() {
    let (_, mehmet, case) = mehmet();
    let fields = "contacts { day asked answer answered said worker { name } with { name } about { name } }";
    let call = |day: &str, words: [&str; 3], answer: &str| {
        json!({"day": day, "asked": words[0], "answer": answer, "answered": words[1], "said": words[2],
            "worker": {"name": "Tess"}, "with": [{"name": "Yvonne"}], "about": [{"name": "Lara"}]})
    };
    let wrong = [
        "Hoe het gaat, en of zij elke week mag bellen.",
        "Verteld over school en stemming; elke week bellen geweigerd.",
        "Zij belde over haar dochter; het gesprek is afgebroken.",
    ];
    let right = [
        "Hoe het op school gaat.",
        "Niet telefonisch, door de uitspraak; wel schriftelijk, via de regiehouder.",
        "Erkend hoe zwaar het is; gevraagd wat eerder hielp.",
    ];
    assert_eq!(
        mehmet.case(&case, fields).await["contacts"],
        json!([call("2026-09-14", wrong, "REFUSED"), call("2026-10-12", right, "ANOTHER_WAY")])
    );
}

/// 09-15 and 09-16: a consultation of the advice team is proposed, and dismissed a day later with a reason; on the way down nothing is.
#[tokio::test]
async fn a_consultation_was_proposed_on_15_september_and_dismissed_a_day_later() {
    let (_, mehmet, case) = mehmet();
    let fields = "proposals { kind day waits persons { name } answer { accepted day words by { name } } }";
    assert_eq!(mehmet.recorded(&case, "2026-09-14", fields).await["proposals"], json!([]));
    let then = mehmet.recorded(&case, "2026-09-15", fields).await["proposals"].clone();
    assert_eq!(
        (each(&then, "kind"), each(&then, "day"), each(&then, "waits"), each(&then, "answer")),
        (vec![json!("SAT_CONSULTATION")], vec![json!("2026-09-15")], vec![json!(true)], vec![Value::Null])
    );
    let now = mehmet.case(&case, fields).await["proposals"].clone();
    assert_eq!((each(&now, "kind"), each(&now, "waits")), (vec![json!("SAT_CONSULTATION")], vec![json!(false)]));
    assert_eq!(
        now[0]["answer"],
        json!({"accepted": false, "day": "2026-09-16", "by": {"name": "Mehmet"},
            "words": "Eerst het gevraagde schriftelijk beantwoorden; daarna opnieuw bezien met beide ouders."})
    );
}

const SAY: &str = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) {
    children { child { name } authority } rulings { kind channel until } sentences } }";

/// 10-12: before picking up Tess asked what she may say: authority, yes; a ruling; in writing, through the director. That she asked stands
/// in the trail of that day.
#[tokio::test]
async fn before_picking_up_tess_asked_what_she_may_say() {
    let (demo, ..) = mehmet();
    let entries = trail_files::all(&demo.folder).await;
    let hers = |entry: &&Value| entry["who"] == demo.worker("tess") && entry.to_string().contains("whatMayISay");
    let then = |entry: &&Value| entry["at"].as_str().unwrap_or_default().starts_with("2026-10-12");
    let found: Vec<&Value> = entries.iter().filter(hers).filter(then).collect();
    let [entry] = found[..] else { panic!("asked once: {found:?}") };
    assert_eq!(entry["outcome"], "granted");
    assert!(entry.to_string().contains("coordination/1"), "{entry}");
    let subjects = entry["subjects"].to_string();
    for label in ["yvonne", "lara"] {
        assert!(subjects.contains(&format!("person:{}", demo.id(CASE, label))), "{label}: {subjects}");
    }
    // What she read: asked the same way today it says the same of authority and of both rulings.
    let variables = json!({"case": demo.case(CASE), "person": demo.id(CASE, "yvonne")});
    let said = demo.as_("tess").with("accept-language", "nl").ask_with(SAY, variables).await.data("whatMayISay");
    assert_eq!(said["children"], json!([{"child": {"name": "Lara"}, "authority": "HOLDS"}]));
    assert_eq!(
        said["rulings"],
        json!([
            {"kind": "CONTACT", "channel": null, "until": "2027-05-20"},
            {"kind": "INFORMATION_RULE", "channel": "Schriftelijk, alleen via de regiehouder.", "until": "2027-05-20"},
        ])
    );
    let sentences = said["sentences"].to_string();
    assert!(
        sentences.contains("Er geldt een uitspraak") && sentences.contains("Schriftelijk, alleen via de regiehouder."),
        "{sentences}"
    );
}

/// 10-12 and 10-16: what was asked by phone is refused, naming the ruling; what was asked by the open way is answered in writing.
#[tokio::test]
async fn the_question_is_refused_by_phone_and_answered_in_writing() {
    let (demo, mehmet, case) = mehmet();
    let fields = "outsideRequests { day inWriting article answerBy person { name } about { name } familyTold { name }
        decision { day outcome categories reason decidedBy { name } } }";
    assert_eq!(mehmet.about(&case, "2026-10-11", fields).await["outsideRequests"], json!([]));
    let then = mehmet.about(&case, "2026-10-12", fields).await["outsideRequests"].clone();
    assert_eq!(then[0]["decision"]["outcome"], "REFUSED");
    assert_eq!((&then[1]["decision"], &then[1]["answerBy"]), (&Value::Null, &json!("2026-10-19")), "it waits");
    let now = mehmet.case(&case, fields).await["outsideRequests"].clone();
    assert_eq!(each(&now, "day"), ["2026-10-12", "2026-10-12"]);
    assert_eq!(each(&now, "inWriting"), [false, true]);
    assert!(each(&now, "person").iter().all(|who| *who == json!({"name": "Yvonne"})));
    let decided = |place: usize| {
        let decision = now[place]["decision"].clone();
        let mut by = each(&decision["decidedBy"], "name");
        by.sort_by_key(ToString::to_string);
        assert_eq!(by, ["Mehmet", "Tess"], "never by the worker alone");
        decision
    };
    let (phone, paper) = (decided(0), decided(1));
    assert_eq!((&phone["day"], &phone["categories"]), (&json!("2026-10-12"), &json!([])));
    assert!(phone["reason"].as_str().unwrap().contains("de uitspraak van 20 mei"), "{phone}");
    assert_eq!(
        (&paper["day"], &paper["outcome"], &paper["categories"]),
        (&json!("2026-10-16"), &json!("GIVEN"), &json!(["SCHOOL", "HEALTH"]))
    );
    assert_eq!(now[1]["familyTold"], json!([{"name": "Henk"}, {"name": "Lara"}]));
    let tess = demo.as_("tess").case(&case, fields).await["outsideRequests"].clone();
    assert_eq!(tess, json!([]), "a request is the director's");
}
