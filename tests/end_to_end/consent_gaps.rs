//! What stays open after a no to any kind of thing (rule 32), and a no that a representative says.

use serde_json::{Value, json};

use crate::client::{each, find};
use crate::family::Family;
use crate::server::fresh;

const CONSENTS: &str = "consents { id kind refused state giver { name } spokenBy { id } waysOpen { way text } }";

#[tokio::test]
async fn a_no_to_sharing_or_joining_shows_what_stays_open_until_a_yes() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let no = |kind: &str| json!({"giver": family.mother, "subject": family.son, "kind": kind});
    for kind in ["SHARING", "JOINING"] {
        anja.does("refuseConsent", family.input(no(kind))).await;
    }
    let seen = anja.case(&family.case, CONSENTS).await["consents"].clone();
    let refused = |kind: &str| {
        let refused = seen.as_array().unwrap().iter().find(|word| word["refused"] == true && word["kind"] == kind);
        refused.unwrap()["waysOpen"].clone()
    };
    assert_eq!(
        each(&refused("SHARING"), "way"),
        [
            "ASK_AGAIN",
            "ANONYMOUS_ADVICE",
            "DIRECTLY_INVOLVED",
            "LEGAL_DUTY",
            "CONFLICT_OF_DUTIES",
            "COURT",
            "VEILIG_THUIS",
            "RAAD"
        ]
    );
    assert_eq!(refused("SHARING")[0]["text"], "Vraag het (opnieuw).");
    assert_eq!(each(&refused("JOINING"), "way"), ["ASK_AGAIN", "ANONYMOUS_ADVICE", "COURT", "VEILIG_THUIS", "RAAD"]);
    // A yes says nothing of what stays open, and takes the other away.
    let mut yes = no("JOINING");
    yes["evidence"] = json!("SPOKEN");
    anja.does("grantConsent", family.input(yes)).await;
    let seen = anja.case(&family.case, CONSENTS).await["consents"].clone();
    for word in seen.as_array().unwrap().iter().filter(|word| word["kind"] == "JOINING") {
        assert_eq!(word["waysOpen"], json!([]), "{word}");
    }
    // Of a case that is not theirs nobody hears what stays open.
    assert_eq!(
        server
            .as_("petra")
            .ask_with("query($id: ID!) { case(id: $id) { consents { waysOpen { way } } } }", json!({"id": family.case}))
            .await
            .code(),
        "NOT_AVAILABLE"
    );
}

#[tokio::test]
async fn a_refused_question_to_the_advice_team_names_what_stays_open() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let ask = json!({"team": "sat-vecht", "question": "Welk spoor past hier?", "about": [family.son]});
    let refused = server.as_("anja").send("requestSat", family.input(ask)).await;
    assert_eq!(refused.code(), "SAT_CONSENT_MISSING");
    let ways = refused.details()["ways_open"].clone();
    assert!(ways.as_array().unwrap().contains(&json!("conflict_of_duties")), "{ways}");
}

#[tokio::test]
async fn a_representative_refuses_in_the_place_of_a_grown_up() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    server.as_("olga").ask("{ me { id } }").await;
    let olga = server.worker("olga");
    let named = json!({"person": family.mother, "worker": olga, "organisation": "gi-midden", "kind": "MENTOR", "from": "2026-11-16", "source": "COURT"});
    anja.does("nameRepresentative", family.input(named)).await;
    let no = json!({"giver": family.mother, "subject": family.mother, "kind": "SHARING", "spokenBy": olga});
    anja.does("refuseConsent", family.input(no)).await;
    let seen = anja.case(&family.case, CONSENTS).await["consents"].clone();
    let word = find(&seen, "state", "REFUSED").clone();
    assert_eq!((&word["spokenBy"]["id"], &word["kind"]), (&json!(olga), &json!("SHARING")));
    assert_ne!(word["waysOpen"], Value::Array(Vec::new()), "who must say yes said no: {word}");
}
