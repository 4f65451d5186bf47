//! Rulings through the API: what is recorded, what changed later, what contradicts itself, and who may know a ban.

use serde_json::json;

use crate::family::{Family, made};
use crate::server::fresh;

const FIELDS: &str = "rulings { id kind scope channel reference pronounced sent inForceFrom finalOn until inForce endedBecause replaces replacedBy
    standsIn { kinds of { id } } }";

#[tokio::test]
async fn a_ruling_is_told_its_days_change_another_takes_its_place_and_it_ends() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let told = json!({"person": family.son, "kind": "CONTACT", "scope": "Om het weekend.", "channel": "Per schoolmail.",
        "reference": "C/00/000001", "pronounced": "2026-11-10", "sent": "2026-11-11", "source": "COURT"});
    let id = made(&anja.does("recordRuling", family.input(told)).await, "RULING")[0].clone();
    let seen = anja.case(&family.case, FIELDS).await["rulings"][0].clone();
    assert_eq!(
        (&seen["inForce"], &seen["inForceFrom"], &seen["channel"], &seen["reference"]),
        (&json!(false), &json!(null), &json!("Per schoolmail."), &json!("C/00/000001"))
    );
    let days = json!({"ruling": id, "inForceFrom": "2026-11-12", "finalOn": "2026-11-12", "until": "2027-05-11"});
    anja.does("recordRulingDates", family.input(days)).await;
    let seen = anja.case(&family.case, FIELDS).await["rulings"][0].clone();
    assert_eq!(
        (&seen["inForce"], &seen["sent"], &seen["until"]),
        (&json!(true), &json!("2026-11-11"), &json!("2027-05-11"))
    );
    let later = json!({"person": family.son, "kind": "CONTACT", "scope": "Elke woensdag.", "pronounced": "2026-11-16",
        "inForceFrom": "2026-12-01", "source": "COURT", "replaces": id});
    let next = made(&anja.does("recordRuling", family.input(later)).await, "RULING")[0].clone();
    let seen = anja.case(&family.case, FIELDS).await["rulings"].clone();
    assert_eq!((&seen[0]["replacedBy"], &seen[0]["until"]), (&json!(next), &json!("2026-11-30")));
    assert_eq!((&seen[1]["replaces"], &seen[1]["inForce"]), (&json!(id), &json!(false)));
    server.tell("2026-12-02");
    let end = family.input(json!({"ruling": next, "reason": "Ingetrokken verzoek."}));
    anja.does("endRuling", end.clone()).await;
    let again = anja.with("Accept-Language", "nl").send("endRuling", end).await;
    assert_eq!(again.code(), "RULING_OVER");
    assert!(again.message().starts_with("Deze uitspraak is dan al voorbij."), "{}", again.message());
    server.tell("2026-12-03");
    let seen = anja.case(&family.case, FIELDS).await["rulings"][1].clone();
    assert_eq!(
        (&seen["inForce"], &seen["until"], &seen["endedBecause"]),
        (&json!(false), &json!("2026-12-02"), &json!("Ingetrokken verzoek."))
    );
    let then = anja.recorded(&family.case, "2026-11-16", FIELDS).await["rulings"].clone();
    assert_eq!(then[1]["until"], json!(null), "as it was recorded then");
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_with_its_words() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let base = || json!({"person": family.son, "kind": "CONTACT", "scope": "Om het weekend.", "source": "COURT"});
    let with = |more: serde_json::Value| {
        let mut input = base();
        for (field, value) in more.as_object().unwrap() {
            input[field] = value.clone();
        }
        family.input(input)
    };
    let authority = json!({"child": family.son, "kind": "ONE_PARENT", "holders": [family.mother], "from": "2026-11-16", "source": "COURT"});
    for (input, code) in [
        (with(json!({"pronounced": "2026-11-17"})), "RULING_NOT_PRONOUNCED"),
        (with(json!({"pronounced": "2026-11-10", "sent": "2026-11-09"})), "RULING_DATES_OUT_OF_ORDER"),
        (with(json!({"inForceFrom": "2026-11-10", "until": "2026-11-09"})), "UNTIL_BEFORE_FROM"),
        (with(json!({"standsIn": {"of": [family.mother], "kinds": ["HELP"]}})), "RULING_IN_PLACE_UNFIT"),
        (with(json!({"replaces": uuid::Uuid::new_v4()})), "RULING_UNKNOWN"),
        (with(json!({"authority": authority})), "RULING_NOT_ABOUT_AUTHORITY"),
        (with(json!({"scope": " "})), "TEXT_EMPTY"),
    ] {
        for language in ["nl", "en"] {
            let refused = anja.with("Accept-Language", language).send("recordRuling", input.clone()).await;
            assert_eq!(refused.code(), code);
            assert!(refused.message().ends_with('.') && !refused.message().contains('{'), "{}", refused.message());
        }
    }
    let told = made(&anja.does("recordRuling", family.input(base())).await, "RULING")[0].clone();
    let mut cites = authority.clone();
    cites["ruling"] = json!(told);
    assert_eq!(anja.refused("recordAuthority", family.input(cites)).await, "RULING_NOT_ABOUT_AUTHORITY");
}

/// A ban may tell where somebody is: the director knows, whoever else works for the child does not.
#[tokio::test]
async fn a_ban_is_for_the_director_and_any_other_ruling_for_who_works_for_the_child() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let joining = json!({"giver": family.mother, "subject": family.son, "kind": "JOINING", "recipients": [server.worker("petra")],
        "evidence": "SPOKEN"});
    let joining = made(&anja.does("grantConsent", family.input(joining)).await, "CONSENT")[0].clone();
    let party = json!({"worker": server.worker("petra"), "organisation": "scheidingspunt", "specialist": false, "consents": [joining]});
    anja.does("joinParty", family.input(party)).await;
    for kind in ["CONTACT", "BAN"] {
        let ruling = json!({"person": family.son, "kind": kind, "scope": "Wat er is beslist.", "inForceFrom": "2026-11-16", "source": "COURT"});
        anja.does("recordRuling", family.input(ruling)).await;
    }
    let kinds = |seen: &serde_json::Value| crate::client::each(&seen["rulings"], "kind");
    assert_eq!(kinds(&anja.case(&family.case, FIELDS).await), ["CONTACT", "BAN"]);
    assert_eq!(kinds(&server.as_("petra").case(&family.case, FIELDS).await), ["CONTACT"]);
    // To the mother, who has authority: a ban may forbid it, so a person must decide; who may not read the ban hears no more than that.
    let query = "query($id: ID!, $person: ID!) { whatMayISay(caseId: $id, person: $person) { rulings { kind } children { mayHear } sentences } }";
    let asked = json!({"id": family.case, "person": family.mother});
    for (who, rulings) in
        [("anja", json!([{"kind": "CONTACT"}, {"kind": "BAN"}])), ("petra", json!([{"kind": "CONTACT"}]))]
    {
        let said = server.as_(who).ask_with(query, asked.clone()).await.data("whatMayISay");
        assert_eq!(
            (&said["rulings"], &said["children"]),
            (&rulings, &json!([{"mayHear": "PERSON_MUST_DECIDE"}])),
            "{who}"
        );
    }
}
