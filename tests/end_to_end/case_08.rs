//! "Crisis without a plan": the crisis card and the night of 19 August, as the people in it see it. And the call of case 04.

use serde_json::{Value, json};

use crate::client::{each, find};
use crate::server::{Server, before, shared};

const CASE: &str = "08";
const FILE: &str = "08-crisis-without-plan";

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

/// "2026-06-02 08:00 stale: alert."
#[tokio::test]
async fn the_stale_crisis_plan_is_told_to_its_director_on_2_june_at_eight() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "alerts { word text day recorded { kind } steps { step to at } }";
    let fresh = lotte.recorded(&case, "2026-06-01", fields).await["alerts"].clone();
    assert!(fresh.as_array().unwrap().iter().all(|alert| alert["word"] != "crisis_plan"), "{fresh}");
    let told = lotte.with("accept-language", "nl").recorded(&case, "2026-06-02", fields).await["alerts"].clone();
    let stale = find(&told, "word", "crisis_plan");
    assert_eq!((&stale["day"], &stale["recorded"]["kind"]), (&json!("2026-06-01"), &json!("CrisisPlanWritten")));
    let step = &stale["steps"][0];
    let at: domain::time::Timestamp = step["at"].as_str().unwrap().parse().unwrap();
    assert_eq!((at.on_the_clock().as_str(), &step["to"]), ("2026-06-02 08:00", &json!("DIRECTOR")));
    assert_eq!(stale["text"], "Het crisisplan is een tijd niet bekeken: loop het samen na.");
    let revised = lotte.recorded(&case, "2026-10-01", fields).await["alerts"].clone();
    assert!(revised.as_array().unwrap().iter().all(|alert| alert["word"] != "crisis_plan"), "{revised}");
}

/// "Complex divorce recognised": each screened alone, seen by two, acknowledged to each parent apart, before there are two plans.
#[tokio::test]
async fn the_complex_divorce_is_recognised_by_two_and_acknowledged_to_each_parent() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "safety { unscreened { name } screenings { alone person { name } } }
        plans { topology } divorce { acknowledgements { person { name } on reached }
        episode { state track recognition { on seen { feature seenBy { name } } stillToAcknowledge { name } } } }";
    let seen = lotte.recorded(&case, "2025-11-03", fields).await;
    let screened = json!([{"alone": true, "person": {"name": "Monique"}}, {"alone": true, "person": {"name": "Ronald"}},
        {"alone": true, "person": {"name": "Jay"}}]);
    assert_eq!((&seen["safety"]["screenings"], &seen["safety"]["unscreened"]), (&screened, &json!([])));
    let recognition = json!({"on": "2025-10-20", "stillToAcknowledge": [], "seen": [
        {"feature": "KEEPS_FLARING", "seenBy": {"name": "Lotte"}}, {"feature": "DESTRUCTIVE_COMMUNICATION", "seenBy": {"name": "Femke"}}]});
    assert_eq!(
        seen["divorce"]["episode"],
        json!({"state": "APART", "track": "PLAN_PER_HOUSEHOLD", "recognition": recognition})
    );
    let each_apart =
        ["Monique", "Ronald"].map(|name| json!({"person": {"name": name}, "on": "2025-10-27", "reached": true}));
    assert_eq!(seen["divorce"]["acknowledgements"], json!(each_apart));
    assert_eq!(seen["plans"]["topology"], "ONE_FAMILY_ONE_PLAN");
    assert_eq!(lotte.recorded(&case, "2025-11-24", fields).await["plans"]["topology"], "PLAN_PER_HOUSEHOLD");
}

/// "16 from 2026-06-25": until then his parents consent beside him, from then on he alone.
#[tokio::test]
async fn jay_alone_consents_from_his_sixteenth_birthday() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields =
        "people { name age helpMissing { person { name } } } consents { kind counts giver { name } subject { name } }";
    for (day, age, counting) in [("2026-06-24", 15, vec!["Jay", "Monique", "Ronald"]), ("2026-06-25", 16, vec!["Jay"])]
    {
        let seen = lotte.about(&case, day, fields).await;
        let jay = find(&seen["people"], "name", "Jay");
        assert_eq!((&jay["age"], &jay["helpMissing"]), (&json!(age), &json!([])), "{day}");
        let consents = seen["consents"].as_array().unwrap();
        let of_help = consents.iter().filter(|one| one["kind"] == "HELP" && one["subject"]["name"] == "Jay");
        let count: Vec<&Value> = of_help.filter(|one| one["counts"] == true).map(|one| &one["giver"]["name"]).collect();
        assert_eq!(json!(count), json!(counting), "{day}");
    }
}

/// "Jay runs away from father's house and is found at a friend's": on the day itself, as his mother and he tell it.
#[tokio::test]
async fn on_13_july_he_runs_away_and_is_found_at_a_friends() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "contacts { day said with { name } about { name } }";
    assert_eq!(lotte.recorded(&case, "2026-07-12", fields).await["contacts"], json!([]));
    let told = json!([
        {"day": "2026-07-13", "with": [{"name": "Monique"}], "about": [{"name": "Jay"}],
            "said": "Hij is aan het eind van de middag weggelopen uit het huis van zijn vader en neemt niet op."},
        {"day": "2026-07-13", "with": [{"name": "Jay"}], "about": [],
            "said": "Ik ben bij een vriend van school. Ik ga vannacht niet terug."},
    ]);
    assert_eq!(lotte.recorded(&case, "2026-07-13", fields).await["contacts"], told);
}

/// 2026-07-20 to 07-24, step by step: with whom, alone or not, by whom, and what was answered to the five questions.
#[tokio::test]
async fn the_lane_says_who_was_heard_alone_by_whom_and_what_was_weighed() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields =
        "safety { lanes { knownTo { name } signals { reportedBy { person { name } } } toldLater { decidedBy { name } }
        steps { kind on by { name } person { name } alone safe veiligThuis colleagues { name } officer { name } help
            answers { suspected acute structural canHelp accepted lasting } } } }";
    let lane = lotte.case(&case, fields).await["safety"]["lanes"][0].clone();
    assert_eq!(lane["signals"][0]["reportedBy"], json!({"person": {"name": "Jay"}}), "his words, as his");
    assert_eq!(each(&lane["knownTo"], "name"), ["Lotte", "Femke"]);
    let steps = lane["steps"].as_array().unwrap();
    let of = |kind: &str| steps.iter().filter(|step| step["kind"] == kind).collect::<Vec<_>>();
    let talks: Vec<_> =
        of("TALKED").iter().map(|talk| json!([talk["on"], talk["person"]["name"], talk["alone"]])).collect();
    assert_eq!(
        talks,
        [
            json!(["2026-07-20", "Jay", true]),
            json!(["2026-07-22", "Monique", true]),
            json!(["2026-07-22", "Ronald", true])
        ]
    );
    let judged: Vec<_> = of("TALK_JUDGED").iter().map(|one| json!([one["person"]["name"], one["safe"]])).collect();
    assert_eq!(judged, [json!(["Monique", true]), json!(["Ronald", true])]);
    let consulted = of("CONSULTED")[0];
    assert_eq!((&consulted["veiligThuis"], &consulted["colleagues"]), (&json!(true), &json!([{"name": "Piet"}])));
    let weighed = of("WEIGHED")[0];
    let five = json!({"suspected": true, "acute": false, "structural": true, "canHelp": false, "accepted": true, "lasting": false});
    assert_eq!((&weighed["answers"], &weighed["officer"]["name"]), (&five, &json!("Hilde")));
    assert_eq!(of("DECIDED")[0]["help"], "Samen met Veilig Thuis.");
    for kind in ["MAPPED", "TALKED", "CONSULTED", "TALK_JUDGED", "WEIGHED", "DECIDED", "REPORTED"] {
        assert!(of(kind).iter().all(|step| step["by"] == json!([{"name": "Lotte"}])), "{kind}");
    }
    assert_eq!(lane["toldLater"][0]["decidedBy"]["name"], "Lotte");
}

/// His own words are for whom he names: nobody of the expert team reads them, and nobody of the family may know.
#[tokio::test]
async fn what_jay_said_in_confidence_is_for_the_director_and_not_for_the_expert_team() {
    let demo = shared();
    let case = demo.case(CASE);
    let fields = "childVoices { words listener { name } knownTo { name } familyMayKnow { name } } timeline(first: 100) { nodes { words { text } } }";
    let lotte = demo.as_("lotte").case(&case, fields).await["childVoices"][0].clone();
    assert_eq!(lotte["words"], "Mijn vader heeft me geslagen en ik wil daar nu niet zijn.");
    assert_eq!(each(&lotte["knownTo"], "name"), ["Lotte", "Femke"]);
    assert_eq!((&lotte["listener"]["name"], &lotte["familyMayKnow"]), (&json!("Lotte"), &json!([])));
    for key in ["iris", "tobias"] {
        let seen = demo.as_(key).case(&case, fields).await;
        assert_eq!(seen["childVoices"], json!([]), "{key}");
        assert!(!seen.to_string().contains("geslagen"), "{key}: {seen}");
    }
}

/// What somebody is told of the looks at their data between the report and the day on which he was told.
async fn overview(demo: &Server, of: &str) -> (Vec<Value>, String) {
    let query = "query($case: ID!, $person: ID!) { subjectOverview(caseId: $case, personId: $person,
        period: {from: \"2026-07-24\", until: \"2026-07-30\"}) { text looks { day data } } }";
    let variables = json!({"case": demo.case(CASE), "person": demo.id(CASE, of)});
    let told = demo.as_("lotte").with("accept-language", "nl").ask_with(query, variables).await.data("subjectOverview");
    (told["looks"].as_array().unwrap().clone(), told["text"].as_str().unwrap().to_owned())
}

/// "Until then his overview shows nothing": the director read the lane on 07-28; he hears of that look once he was told.
#[tokio::test]
async fn until_he_is_told_the_fathers_overview_shows_nothing_of_the_look_at_the_lane() {
    let look = json!({"day": "2026-07-28", "data": ["COURSE"]});
    let untold = before(FILE, "recordPersonTold");
    let (looks, text) = overview(&untold, "ronald").await;
    assert_eq!((looks, text.as_str()), (vec![], "In deze tijd keek niemand naar deze gegevens."));
    let (his_sons, _) = overview(&untold, "jay").await;
    assert_eq!(his_sons, std::slice::from_ref(&look), "there was something to hear of");
    let (looks, text) = overview(shared(), "ronald").await;
    assert_eq!(looks, [look]);
    assert!(text.contains("Op 28-07-2026 keek Lotte"), "{text}");
}

const REASON: &str = "De politie belt: een jongen van zestien is op straat en wil nergens heen. Wie heeft de regie, en waar kan hij vannacht slapen?";

/// "Reason written; the privacy officer sees it at once": before anybody reviewed it, it stands in her list with its ground and reason.
#[tokio::test]
async fn the_privacy_officer_sees_the_night_of_19_august_with_its_reason_before_it_is_reviewed() {
    let unreviewed = before(FILE, "reviewEmergencyAccess");
    let list = "{ emergencies { nodes { id workerName ground reason opened reviewed } } }";
    let nodes = unreviewed.as_("selma").ask(list).await.data("emergencies")["nodes"].clone();
    let night = json!([{"id": unreviewed.id(CASE, "noodtoegang-piet"), "workerName": "Piet", "ground": "VITAL_INTEREST",
        "reason": REASON, "opened": "2026-08-19T21:40:00.000000Z", "reviewed": false}]);
    assert_eq!(nodes, night);
    let demo = shared();
    let seen = demo.as_("lotte").case(&demo.case(CASE), "emergencies { reason }").await["emergencies"].clone();
    assert_eq!(seen, json!([{"reason": REASON}]));
}

/// "Ends after 24 hours": with the access he read who they are; the next night the same question shows nothing of them.
#[tokio::test]
async fn after_24_hours_the_same_question_shows_nothing_any_more() {
    let demo = shared();
    let entries = crate::trail_files::all(&demo.folder).await;
    let piet = demo.worker("piet");
    let shown = |moment: &str| {
        let then =
            |entry: &&Value| entry["who"] == piet && entry["at"].as_str().unwrap_or_default().starts_with(moment);
        let found: Vec<&Value> = entries.iter().filter(then).collect();
        let [entry] = found[..] else { panic!("one look at {moment}: {found:?}") };
        (entry["judgements"][0]["relation"].clone(), entry["count"].clone(), entry["fields"].to_string())
    };
    let (relation, count, fields) = shown("2026-08-19T21:43");
    assert_eq!((relation, count), (json!("emergency"), json!(5)));
    assert!(fields.contains("person.name"), "{fields}");
    assert_eq!(shown("2026-08-20T21:46"), (json!("on_call"), json!(0), "[]".to_owned()));
}

/// "Stage 7 as mother experiences it", and not as anybody else.
#[tokio::test]
async fn stage_7_is_how_monique_experiences_it() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "escalation { conflicts { sides { person { name } stages { on stage } } } }";
    let sides = lotte.case(&case, fields).await["escalation"]["conflicts"][0]["sides"].clone();
    assert_eq!(find_side(&sides, "Monique")["stages"], json!([{"on": "2026-08-03", "stage": 7}]));
    assert_eq!(find_side(&sides, "Ronald")["stages"], json!([]));
}

fn find_side<'a>(sides: &'a Value, name: &str) -> &'a Value {
    sides.as_array().unwrap().iter().find(|side| side["person"]["name"] == name).unwrap()
}

/// "Joint conversations not offered until cleared 2026-09-04": from that day nothing bars them, and one is called.
#[tokio::test]
async fn once_cleared_a_joint_talk_is_offered_again() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case(CASE));
    let fields = "safety { barredSince } conferences { kind called invited { person { name } } }";
    for (day, since) in [("2026-07-19", Value::Null), ("2026-09-03", json!("2026-07-20")), ("2026-09-04", Value::Null)]
    {
        assert_eq!(lotte.about(&case, day, fields).await["safety"]["barredSince"], since, "{day}");
    }
    let joint = lotte.case(&case, fields).await["conferences"].clone();
    let joint = find(&joint, "kind", "NETWORK_MEETING");
    let three = json!([{"person": {"name": "Jay"}}, {"person": {"name": "Monique"}}, {"person": {"name": "Ronald"}}]);
    assert_eq!((&joint["called"], &joint["invited"]), (&json!("2026-09-10"), &three));
}
