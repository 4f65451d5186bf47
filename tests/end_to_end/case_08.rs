//! "Crisis without a plan": the crisis card and the night of 19 August, as the people in it see it. And the call of case 04.

use serde_json::json;

use crate::server::shared;

const CASE: &str = "08";

/// The access of Piet: opened at 23:40, over after 24 hours, reviewed on the 21st by somebody else.
#[tokio::test]
async fn the_night_of_19_august_has_a_ground_an_end_and_a_review_by_somebody_else() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "emergencies { workerName ground opened until open reviewed overdue review { outcome byName day } }";
    let seen = lotte.case(&case, fields).await["emergencies"].clone();
    let access = &seen[0];
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!((&access["workerName"], &access["ground"]), (&json!("Piet"), &json!("VITAL_INTEREST")));
    let moment = |field: &str| access[field].as_str().unwrap().parse::<domain::time::Timestamp>().unwrap();
    assert_eq!(moment("opened"), "2026-08-19T21:40:00Z".parse().unwrap(), "23:40 in Amsterdam");
    assert_eq!(moment("until"), "2026-08-20T21:40:00Z".parse().unwrap());
    assert_eq!(
        (&access["open"], &access["reviewed"], &access["overdue"]),
        (&json!(false), &json!(true), &json!(false))
    );
    assert_eq!(access["review"], json!({"outcome": "JUSTIFIED", "byName": "Selma", "day": "2026-08-21"}));
}

/// Nothing waits for the privacy officer any more, and who had the access sees nothing any more.
#[tokio::test]
async fn what_was_reviewed_waits_for_nobody_and_what_ended_opens_nothing() {
    let demo = shared();
    let waits = demo.as_("selma").ask("{ emergencies { totalCount } }").await;
    assert_eq!(waits.data("emergencies")["totalCount"], 0);
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    let piet = demo.as_("piet").ask_with(query, json!({"id": demo.case(CASE)})).await;
    assert_eq!(piet.code(), "NOT_AVAILABLE");
}

/// "The crisis card says where he sleeps."
#[tokio::test]
async fn the_crisis_card_says_where_he_sleeps_to_his_director() {
    let demo = shared();
    let query = "query($case: ID!, $child: ID!) { crisisCard(caseId: $case, child: $child) { name sleeps call expires expired } }";
    let variables = json!({"case": demo.case(CASE), "child": demo.id(CASE, "jay")});
    let card = demo.as_("lotte").ask_with(query, variables.clone()).await.data("crisisCard");
    assert_eq!(
        (&card["name"], &card["expires"], &card["expired"]),
        (&json!("Jay"), &json!("2026-12-31"), &json!(false))
    );
    assert!(card["sleeps"].as_str().unwrap().contains("vriend"));
    let refused = demo.as_("selma").ask_with(query, variables).await;
    assert_eq!(refused.code(), "NOT_AVAILABLE", "whoever guards privacy reads no content");
}

/// Case 04, right: before picking up, what may be said to Yvonne. Nobody here says what a ruling comes to: it is named, with the way that
/// is agreed, and a person decides.
#[tokio::test]
async fn before_picking_up_it_says_what_yvonne_may_hear() {
    let demo = shared();
    let query = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) {
        person { name } children { child { name } authority mayHear noes { kind } } households { label } mindLocating sentences } }";
    let variables = json!({"case": demo.case("04"), "person": demo.id("04", "yvonne")});
    let mehmet = demo.as_("mehmet").with("accept-language", "en");
    let say = mehmet.ask_with(query, variables.clone()).await;
    let may = say.data("whatMayISay");
    let lara = json!({"child": {"name": "Lara"}, "authority": "HOLDS", "mayHear": "PERSON_MUST_DECIDE", "noes": []});
    assert_eq!((&may["person"]["name"], &may["children"]), (&json!("Yvonne"), &json!([lara])));
    assert_eq!((&may["households"], &may["mindLocating"]), (&json!([{"label": "bij mama"}]), &json!(false)));
    let said: Vec<&str> = may["sentences"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(said.iter().any(|line| line.contains("Schriftelijk, alleen via de regiehouder.")), "the way: {said:?}");
    assert!(said.iter().any(|line| line.contains("geen contact tussen moeder en dochter")), "{said:?}");
    let entry = crate::trail_files::only(&demo.folder, &say.request).await;
    assert_eq!(entry["judgements"][0]["operation"], "whatMayISay");
    let dutch = demo.as_("mehmet").ask_with(query, variables.clone()).await.data("whatMayISay");
    assert!(dutch["sentences"].to_string().contains("Er geldt een uitspraak"), "{dutch}");
    let stranger = demo.as_("joost").ask_with(query, variables).await;
    assert_eq!(stranger.code(), "NOT_AVAILABLE");
}
