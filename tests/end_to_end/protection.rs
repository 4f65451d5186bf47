//! Protection of locating data: setting it takes one worker, lifting it takes two and the protected person.

use serde_json::{Value, json};

use crate::client::{Person, find};
use crate::family::{Family, made};
use crate::server::fresh;

/// Whether the mother and her household are protected, as this person sees it.
async fn protected(person: &Person, family: &Family) -> (Value, Value) {
    let case = person.case(&family.case, "people { id protected } households { protected }").await;
    (find(&case["people"], "id", &family.mother)["protected"].clone(), case["households"][0]["protected"].clone())
}

#[tokio::test]
async fn one_worker_proposes_to_lift_protection_and_only_another_confirms() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, joost, noor) = (server.as_("anja"), server.as_("joost"), server.as_("noor"));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    let home = json!({"label": "bij mama", "from": "2026-11-16", "members": [family.mother, family.son]});
    let home = made(&anja.does("formHousehold", family.input(home)).await, "HOUSEHOLD")[0].clone();
    let protecting = json!({"person": family.mother, "households": [home], "reason": "Voelt zich niet veilig."});
    anja.does("protectLocatingData", family.input(protecting)).await;

    let person = || family.input(json!({"person": family.mother}));
    assert_eq!(joost.refused("confirmLiftingProtection", person()).await, "LIFTING_NOT_PROPOSED");
    let agreed = json!({"person": family.mother, "agreed": "Zegt dat het nu weer mag."});
    anja.does("proposeLiftingProtection", family.input(agreed.clone())).await;
    assert_eq!(joost.refused("proposeLiftingProtection", family.input(agreed)).await, "LIFTING_ALREADY_PROPOSED");

    // Whoever proposed is no second person, in no role; and whoever is nothing to the case is nobody.
    let head = server.head().await;
    for (locale, advice) in [("nl", "collega"), ("en", "colleague")] {
        for role in ["case_director", "supporter"] {
            let anja = anja.with("accept-language", locale).with("rustpunt-role", role);
            let refused = anja.send("confirmLiftingProtection", person()).await;
            assert_eq!(refused.code(), "SECOND_PERSON_NEEDED", "{}", refused.body);
            assert!(refused.message().contains(advice), "{}", refused.body);
        }
    }
    for stranger in [&noor, &server.as_("kees")] {
        assert_eq!(stranger.refused("confirmLiftingProtection", person()).await, "NOT_AVAILABLE");
    }
    assert_eq!(protected(&anja, &family).await, (json!(true), json!(true)), "a proposal lifts nothing");
    // Kees was introduced in the meantime; nothing else was recorded.
    assert_eq!(server.head().await, head + 1);

    let input = family.input(json!({"person": family.mother, "commandId": uuid::Uuid::new_v4()}));
    let confirmed = joost.does("confirmLiftingProtection", input.clone()).await;
    assert_eq!(made(&confirmed, "FACT").len(), 1);
    for person in [&anja, &joost] {
        assert_eq!(protected(person, &family).await, (json!(false), json!(false)));
    }
    let timeline = anja.case(&family.case, "timeline(first: 2) { nodes { kind recordedBy { id } } }").await;
    let recorded = |kind: &str| find(&timeline["timeline"]["nodes"], "kind", kind)["recordedBy"]["id"].clone();
    assert_eq!(
        (recorded("LiftingProposed"), recorded("ProtectionLifted")),
        (json!(server.worker("anja")), json!(server.worker("joost")))
    );
    assert_eq!(joost.does("confirmLiftingProtection", input).await["repeated"], true);
    assert_eq!(joost.refused("confirmLiftingProtection", person()).await, "NOT_PROTECTED");
}
