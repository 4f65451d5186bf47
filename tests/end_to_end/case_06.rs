//! "Father without authority": what the rooms of rulings and consent carry of the narrative, as its director sees it.

use serde_json::{Value, json};

use crate::client::{Person, find};
use crate::server::{Server, shared};

const CASE: &str = "06";

fn bram() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("bram"), demo.case(CASE))
}

const NOAH: &str = "people { name
    authority { kind source rulingId personMustDecide holders { name } }
    recognitions { recognised from source parent { name } }
    helpMissing { refused personMustDecide person { name } } helpIncomplete { since runningUntil } }";

fn noah(seen: &Value) -> &Value {
    find(&seen["people"], "name", "Noah")
}

/// Recognised by deed on 04-08; that both declared that Kim alone has authority was entered a day later.
#[tokio::test]
async fn recognised_and_undetermined_until_it_is_entered_who_has_authority() {
    let (_, bram, case) = bram();
    let told = bram.recorded(&case, "2026-04-08", NOAH).await;
    let recognised = json!([{"recognised": true, "from": "2026-04-08", "source": "DEED", "parent": {"name": "Dion"}}]);
    assert_eq!(noah(&told)["recognitions"], recognised);
    assert_eq!(noah(&told)["authority"]["personMustDecide"], true);
    assert_eq!(
        noah(&told)["helpMissing"],
        json!([{"refused": false, "personMustDecide": true, "person": null}]),
        "every check says that a person must decide"
    );
    for entered in [
        bram.recorded(&case, "2026-04-09", NOAH).await,
        bram.about(&case, "2026-04-08", NOAH).await,
        bram.about(&case, "2026-04-07", NOAH).await,
    ] {
        let authority = &noah(&entered)["authority"];
        assert_eq!((&authority["personMustDecide"], &authority["holders"]), (&json!(false), &json!([{"name": "Kim"}])));
        assert_eq!(noah(&entered)["helpMissing"], json!([]));
    }
}

const RULINGS: &str =
    "rulings { id kind scope pronounced sent inForceFrom until inForce source person { name } others { name } }";

#[tokio::test]
async fn the_ruling_of_30_june_is_in_force_on_1_july_and_authority_cites_it() {
    let (demo, bram, case) = bram();
    let on = async |day: &str| bram.about(&case, day, &format!("{RULINGS} {NOAH}")).await;
    assert_eq!(on("2026-06-29").await["rulings"], json!([]));
    let before = on("2026-06-30").await;
    let mut ruling = json!({"id": demo.id(CASE, "gezag-samen"), "kind": "AUTHORITY", "scope": "Moeder en vader hebben voortaan samen gezag.",
        "pronounced": "2026-06-30", "sent": "2026-06-30", "inForceFrom": "2026-07-01", "until": null, "inForce": false, "source": "COURT",
        "person": {"name": "Noah"}, "others": [{"name": "Kim"}, {"name": "Dion"}]});
    assert_eq!(before["rulings"], json!([ruling]));
    assert_eq!(noah(&before)["authority"]["holders"], json!([{"name": "Kim"}]));
    let after = on("2026-07-01").await;
    ruling["inForce"] = json!(true);
    assert_eq!(after["rulings"], json!([ruling]));
    let authority = &noah(&after)["authority"];
    assert_eq!(
        authority,
        &json!({"kind": "JOINT_PARENTS", "source": "COURT", "rulingId": ruling["id"], "personMustDecide": false,
            "holders": [{"name": "Kim"}, {"name": "Dion"}]})
    );
}

/// "Consents asked for 06-30 need Kim alone, for 07-01 both; Dion consents 07-06."
#[tokio::test]
async fn from_1_july_help_needs_both_and_lacks_dion_until_6_july() {
    let (_, bram, case) = bram();
    let dion = json!([{"refused": false, "personMustDecide": false, "person": {"name": "Dion"}}]);
    for (day, missing) in
        [("2026-06-30", json!([])), ("2026-07-01", dion.clone()), ("2026-07-05", dion), ("2026-07-06", json!([]))]
    {
        let seen = bram.about(&case, day, NOAH).await;
        // Help goes on for six weeks.
        let goes_on = if missing == json!([]) {
            Value::Null
        } else {
            json!({"since": "2026-07-01", "runningUntil": "2026-08-12"})
        };
        assert_eq!((&noah(&seen)["helpMissing"], &noah(&seen)["helpIncomplete"]), (&missing, &goes_on), "{day}");
    }
}

#[tokio::test]
async fn while_the_register_is_investigated_a_person_must_decide() {
    let (_, bram, case) = bram();
    for (day, decides) in [("2026-08-09", false), ("2026-08-10", true), ("2026-08-18", true), ("2026-08-19", false)] {
        let seen = bram.about(&case, day, NOAH).await;
        assert_eq!(noah(&seen)["authority"]["personMustDecide"], decides, "{day}");
        let missing =
            if decides { json!([{"refused": false, "personMustDecide": true, "person": null}]) } else { json!([]) };
        assert_eq!(noah(&seen)["helpMissing"], missing, "{day}");
    }
}

/// While the father is on the phone the ruling is named.
#[tokio::test]
async fn what_may_be_said_names_the_ruling() {
    let (demo, bram, case) = bram();
    let query = format!(
        "query($id: ID!, $person: ID!) {{ whatMayISay(caseId: $id, person: $person) {{ sentences {RULINGS}
            children {{ authority mayHear }} }} }}"
    );
    let asked = json!({"id": case, "person": demo.id(CASE, "dion")});
    let said = bram.with("Accept-Language", "nl").ask_with(&query, asked).await.data("whatMayISay");
    assert_eq!(said["rulings"][0]["kind"], "AUTHORITY");
    assert_eq!(said["children"], json!([{"authority": "HOLDS", "mayHear": "YES"}]));
    let sentences = said["sentences"].to_string();
    assert!(
        sentences.contains("Er geldt een uitspraak over Noah (gezag): Moeder en vader hebben voortaan samen gezag."),
        "{sentences}"
    );
}

/// His supporter works for Noah, so knows what was ruled about Noah; a colleague who takes no part knows nothing.
#[tokio::test]
async fn who_works_for_noah_knows_of_the_ruling_and_who_does_not_knows_nothing() {
    let (demo, _, case) = bram();
    let seen = demo.as_("romy").case(&case, RULINGS).await;
    assert_eq!(seen["rulings"][0]["kind"], "AUTHORITY");
    let query = format!("query($id: ID!) {{ case(id: $id) {{ {RULINGS} }} }}");
    assert_eq!(demo.as_("daan").ask_with(&query, json!({"id": case})).await.code(), "NOT_AVAILABLE");
}
