//! The rooms whose facts are relations, through the API: what each command records is what the case shows, also as it was.

use serde_json::{Value, json};

use crate::client::each;
use crate::family::{Family, made};
use crate::server::{fresh, second_before_its_end};

/// 02: two family representatives until the end; the question to the advice team names nobody.
#[tokio::test]
async fn a_duo_accompanies_both_parents_until_the_trajectory_ends_and_asks_anonymously() {
    let demo = second_before_its_end();
    let (kees, case) = (demo.as_("kees"), demo.case("02"));
    let fields = "divorce {
        donsDuo { trajectory since until representatives { worker { name } organisation } } earlierDuos { trajectory until }
        satRequests { anonymous question scope { name } withheld { name } acceptedBy { name } askedByDuo advices { answer { follows by { name } told { name } } } } }";
    let on = async |day: &str| kees.about(&case, day, fields).await["divorce"].clone();
    assert_eq!(on("2025-12-14").await["donsDuo"], Value::Null);
    let duo = on("2026-06-25").await["donsDuo"].clone();
    assert_eq!((&duo["trajectory"], &duo["since"]), (&json!(demo.id("02", "dons")), &json!("2025-12-15")));
    let names: Vec<Value> = each(&duo["representatives"], "worker").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["Petra", "Sam"]);
    let over = on("2026-06-26").await;
    assert_eq!((&over["donsDuo"], &over["earlierDuos"][0]["until"]), (&Value::Null, &json!("2026-06-25")));
    let [review] = &over["satRequests"].as_array().unwrap()[..] else { panic!("one question: {over}") };
    assert_eq!((&review["anonymous"], &review["scope"]), (&json!(true), &json!([])));
    assert_eq!((&review["acceptedBy"]["name"], &review["askedByDuo"]), (&json!("Hugo"), &json!(true)));
    let answer = &review["advices"][0]["answer"];
    assert_eq!(
        (&answer["follows"], &answer["by"]["name"], &answer["told"]["name"]),
        (&json!(false), &json!("Petra"), &json!("Kees"))
    );
}

#[tokio::test]
async fn a_coordinator_who_stops_is_one_of_before_and_the_next_takes_over() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let home = |label: &str| family.input(json!({"label": label, "from": "2026-11-16"}));
    let one = made(&anja.does("formHousehold", home("bij mama")).await, "HOUSEHOLD")[0].clone();
    let other = made(&anja.does("formHousehold", home("bij papa")).await, "HOUSEHOLD")[0].clone();
    let split = family.input(json!({"ground": "SAFETY", "reason": "Veiligheid.", "households": [one, other]}));
    anja.does("splitPlanPerHousehold", split.clone()).await;
    assert_eq!(anja.refused("splitPlanPerHousehold", split).await, "PLANS_ALREADY_SPLIT");
    let appoint =
        |key: &str| family.input(json!({"household": one, "worker": server.worker(key), "organisation": "zorg-bv"}));
    anja.does("appointPlanCoordinator", appoint("wim")).await;
    assert_eq!(anja.refused("appointPlanCoordinator", appoint("fenna")).await, "COORDINATOR_PRESENT");
    server.tell("2026-11-18");
    let end =
        json!({"household": one, "worker": server.worker("wim"), "lastDay": "2026-11-17", "reason": "Andere baan."});
    anja.does("endPlanCoordinator", family.input(end)).await;
    anja.does("appointPlanCoordinator", appoint("fenna")).await;

    let fields = "plans { ground households { coordinator { worker { name } since until } otherCoordinators { worker { name } until } } }";
    let now = anja.case(&family.case, fields).await["plans"].clone();
    assert_eq!(now["ground"], "SAFETY");
    let plan = &now["households"][0];
    assert_eq!(plan["coordinator"], json!({"worker": {"name": null}, "since": "2026-11-18", "until": null}));
    assert_eq!(plan["otherCoordinators"], json!([{"worker": {"name": null}, "until": "2026-11-17"}]));
    let before = anja.about(&family.case, "2026-11-17", fields).await["plans"]["households"][0].clone();
    assert_eq!(
        (&before["coordinator"]["since"], &before["coordinator"]["until"]),
        (&json!("2026-11-16"), &json!("2026-11-17"))
    );
}

#[tokio::test]
async fn what_is_shared_outside_shows_until_when_and_that_it_was_withdrawn() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let share = family.input(json!({
        "recipient": server.worker("marloes"), "organisation": "basisschool-de-wilg", "capacity": "SCHOOL",
        "subjects": [family.son], "categories": ["SCHOOL"], "until": "2026-12-31", "offered": "Hoe het op school gaat.",
    }));
    assert_eq!(anja.refused("recordAcceptedShare", share.clone()).await, "SHARING_CONSENT_MISSING");
    let consent = json!({"giver": family.mother, "subject": family.son, "kind": "SHARING", "categories": ["SCHOOL"],
        "recipients": [server.worker("marloes")], "evidence": "SPOKEN"});
    let consent = made(&anja.does("grantConsent", family.input(consent)).await, "CONSENT")[0].clone();
    let id = made(&anja.does("recordAcceptedShare", share).await, "SHARE")[0].clone();
    let fields = "sharing { shares { id organisation capacity categories subjects { id } consentIds since until offered withdrawn { day reason } } }";
    let shown = anja.case(&family.case, fields).await["sharing"]["shares"].clone();
    assert_eq!(
        shown,
        json!([{
            "id": id, "organisation": "basisschool-de-wilg", "capacity": "SCHOOL", "categories": ["SCHOOL"],
            "subjects": [{"id": family.son}], "consentIds": [consent], "since": "2026-11-16", "until": "2026-12-31",
            "offered": "Hoe het op school gaat.", "withdrawn": null,
        }])
    );
    server.tell("2026-11-17");
    let withdraw = family.input(json!({"share": id, "reason": "Niet meer nodig."}));
    anja.does("withdrawShare", withdraw.clone()).await;
    assert_eq!(anja.refused("withdrawShare", withdraw).await, "SHARE_ALREADY_WITHDRAWN");
    let over = anja.case(&family.case, fields).await["sharing"]["shares"][0].clone();
    assert_eq!(over["withdrawn"], json!({"day": "2026-11-17", "reason": "Niet meer nodig."}));
    assert_eq!(over["until"], "2026-12-31", "what was agreed stays to be read");
    let then = anja.recorded(&family.case, "2026-11-16", fields).await["sharing"]["shares"][0].clone();
    assert_eq!(then["withdrawn"], Value::Null);
}

#[tokio::test]
async fn whoever_is_kept_out_shows_until_somebody_else_lifts_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, joost) = (server.as_("anja"), server.as_("joost"));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-30")).await;
    let worker = server.worker("petra");
    let out = family.input(json!({"worker": worker, "ground": "NEIGHBOUR", "reason": "Woont in de straat."}));
    anja.does("excludeWorker", out.clone()).await;
    assert_eq!(anja.refused("excludeWorker", out).await, "ALREADY_EXCLUDED");
    let fields = "exclusions { worker { id } ground since by { name } reason }";
    let shown = anja.case(&family.case, fields).await["exclusions"].clone();
    assert_eq!(
        shown,
        json!([{"worker": {"id": worker}, "ground": "NEIGHBOUR", "since": "2026-11-16", "by": {"name": "Anja"}, "reason": "Woont in de straat."}])
    );
    let lift = family.input(json!({"worker": worker, "reason": "Verhuisd."}));
    assert_eq!(anja.refused("liftExclusion", lift.clone()).await, "LIFTED_BY_ANOTHER");
    server.tell("2026-11-17");
    joost.does("liftExclusion", lift).await;
    assert_eq!(anja.case(&family.case, fields).await["exclusions"], json!([]));
    assert_eq!(anja.recorded(&family.case, "2026-11-16", fields).await["exclusions"], shown);
}

#[tokio::test]
async fn a_representative_shows_on_the_days_it_holds() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let named = json!({"person": family.mother, "worker": server.worker("hanna"), "organisation": "zorg-bv", "kind": "MENTOR",
        "from": "2026-11-01", "source": "COURT"});
    anja.does("nameRepresentative", family.input(named.clone())).await;
    assert_eq!(anja.refused("nameRepresentative", family.input(named)).await, "REPRESENTATIVE_PRESENT");
    let fields = "representatives { person { id } organisation kind since until source }";
    let on = async |day: &str| anja.about(&family.case, day, fields).await["representatives"].clone();
    let held = json!({"person": {"id": family.mother}, "organisation": "zorg-bv", "kind": "MENTOR", "since": "2026-11-01",
        "until": null, "source": "COURT"});
    assert_eq!(anja.case(&family.case, fields).await["representatives"], json!([held]));
    let end = json!({"person": family.mother, "worker": server.worker("hanna"), "lastDay": "2026-11-10", "reason": "Uitspraak."});
    anja.does("endRepresentative", family.input(end)).await;
    assert_eq!(anja.case(&family.case, fields).await["representatives"], json!([]));
    assert_eq!(on("2026-11-10").await[0]["until"], "2026-11-10");
}

/// Who is on call is said by who leads a team there; who leads a team, by the operator; nobody says so of themself.
#[tokio::test]
async fn duties_are_given_by_who_may_and_end() {
    let server = fresh("2026-11-16");
    let (olivier, gerda, noor) = (server.as_("olivier"), server.as_("gerda"), server.as_("noor"));
    let fields = "workerId repeated duties { duty organisation }";
    let org = "uitvoeringsdienst-gooi";
    let lead = |key: &str| json!({"worker": server.worker(key), "duty": "TEAM_LEAD", "organisation": org});
    let on_call = |key: &str, until: &str| json!({"worker": server.worker(key), "duty": "ON_CALL", "organisation": org, "until": until});
    for who in [&gerda, &noor, &olivier] {
        assert_eq!(who.send_for("assignDuty", on_call("noor", "2026-11-20"), fields).await.code(), "NOT_AVAILABLE");
    }
    for who in [&gerda, &noor] {
        assert_eq!(who.send_for("assignDuty", lead("gerda"), fields).await.code(), "NOT_AVAILABLE");
    }
    assert_eq!(olivier.send_for("assignDuty", lead("olivier"), fields).await.code(), "SELF_ASSIGNED_DUTY");
    let given = olivier.send_for("assignDuty", lead("gerda"), fields).await.data("assignDuty");
    assert_eq!(given["duties"], json!([{"duty": "TEAM_LEAD", "organisation": org}]));

    assert_eq!(gerda.send_for("assignDuty", on_call("noor", "2027-01-31"), fields).await.code(), "DUTY_TOO_LONG");
    let mut input = on_call("noor", "2026-11-20");
    input["commandId"] = json!("11111111-2222-4333-8444-555555555555");
    let given = gerda.send_for("assignDuty", input.clone(), fields).await.data("assignDuty");
    assert_eq!((&given["repeated"], &given["workerId"]), (&json!(false), &json!(server.worker("noor"))));
    assert_eq!(given["duties"], json!([{"duty": "ON_CALL", "organisation": org}]));
    assert_eq!(gerda.send_for("assignDuty", input, fields).await.data("assignDuty")["repeated"], true);
    let elsewhere = json!({"worker": server.worker("noor"), "duty": "ON_CALL", "organisation": "gemeente-laren", "until": "2026-11-20"});
    assert_eq!(gerda.send_for("assignDuty", elsewhere, fields).await.code(), "NOT_AVAILABLE", "not of her team");

    server.tell("2026-11-17");
    let end = json!({"worker": server.worker("noor"), "duty": "ON_CALL", "organisation": org, "lastDay": "2026-11-16"});
    assert_eq!(gerda.send_for("endDuty", end, fields).await.data("endDuty")["duties"], json!([]));
    let late = json!({"worker": server.worker("noor"), "duty": "ON_CALL", "organisation": org});
    assert_eq!(gerda.send_for("endDuty", late, fields).await.code(), "DUTY_ABSENT");
    let stop =
        json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": org, "lastDay": "2026-11-16"});
    olivier.send_for("endDuty", stop, fields).await.data("endDuty");
    let after = gerda.send_for("assignDuty", on_call("noor", "2026-11-20"), fields).await;
    assert_eq!(after.code(), "NOT_AVAILABLE", "it ends on the next request");
}
