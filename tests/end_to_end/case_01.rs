//! "Weekend cancelled": the lines of the narrative that the rooms of a divorce and of sharing carry, as the director sees them: what
//! others must not see is there to be seen.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{Server, shared};
use crate::trail_files;

const CASE: &str = "01";

fn anja() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("anja"), demo.case(CASE))
}

const PLANS: &str = "plans { topology since ground reason households { household { label address } coordinator { worker { name } organisation since } otherCoordinators { since } } }";

#[tokio::test]
async fn one_plan_becomes_two_on_21_april_on_the_ground_that_it_was_recognised() {
    let (_, anja, case) = anja();
    let one =
        json!({"topology": "ONE_FAMILY_ONE_PLAN", "since": null, "ground": null, "reason": null, "households": []});
    for looked in [
        anja.about(&case, "2026-04-20", PLANS).await["plans"].clone(),
        anja.recorded(&case, "2026-04-20", PLANS).await["plans"].clone(),
    ] {
        assert_eq!(looked, one);
    }
    let two = anja.about(&case, "2026-04-21", PLANS).await["plans"].clone();
    assert_eq!(
        (&two["topology"], &two["since"], &two["ground"]),
        (&json!("PLAN_PER_HOUSEHOLD"), &json!("2026-04-21"), &json!("RECOGNITION"))
    );
    assert!(two["reason"].as_str().unwrap().starts_with("De complexe scheiding"));
    assert_eq!(each(&two["households"], "coordinator"), [Value::Null, Value::Null], "nobody yet");
}

/// The director sees where household A is and who works there; everything that locates it is in this answer.
#[tokio::test]
async fn wim_coordinates_household_a_and_fenna_household_b_from_4_may() {
    let (_, anja, case) = anja();
    assert_eq!(
        each(&anja.about(&case, "2026-05-03", PLANS).await["plans"]["households"], "coordinator"),
        [Value::Null, Value::Null]
    );
    for looked in [
        anja.case(&case, PLANS).await["plans"].clone(),
        anja.about(&case, "2026-05-04", PLANS).await["plans"].clone(),
        anja.recorded(&case, "2026-05-04", PLANS).await["plans"].clone(),
    ] {
        assert_eq!(
            looked["households"],
            json!([
                {
                    "household": {"label": "bij mama", "address": "Lindestraat 12, Bussum"},
                    "coordinator": {
                        "worker": {"name": "Wim"}, "organisation": "gezinshulp-de-schakel", "since": "2026-05-04",
                    },
                    "otherCoordinators": [],
                },
                {
                    "household": {"label": "bij papa", "address": "Havenweg 3, Naarden"},
                    "coordinator": {
                        "worker": {"name": "Fenna"}, "organisation": "gezinshulp-het-anker", "since": "2026-05-04",
                    },
                    "otherCoordinators": [],
                },
            ])
        );
    }
    let fields = "director { worker { name } } regie { parties { worker { name } } gap { since } }";
    let seen = anja.case(&case, fields).await;
    assert_eq!(seen["director"]["worker"]["name"], "Anja", "the director stays over the case");
    let mut parties: Vec<Value> =
        each(&seen["regie"]["parties"], "worker").iter().map(|worker| worker["name"].clone()).collect();
    parties.sort_by_key(ToString::to_string);
    assert_eq!((parties, &seen["regie"]["gap"]), (vec![json!("Fenna"), json!("Wim")], &Value::Null));
}

const SAT: &str = "divorce { satRequests { id team askedOn question anonymous scope { name } withheld { name } acceptedBy { name } acceptedOn until mode modes { mode since until persons { name } } advices { id day caseOn recommended conditions words advisor { name } answer { day follows reason by { name } told { name } } } ended { day reason explanation } } donsDuo { trajectory } earlierDuos { trajectory } }";

async fn sat_on(anja: &Person, case: &str, day: &str) -> Vec<Value> {
    anja.about(case, day, SAT).await["divorce"]["satRequests"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_advice_team_is_asked_by_name_accepts_and_is_answered() {
    let (demo, anja, case) = anja();
    assert_eq!(sat_on(&anja, &case, "2026-03-12").await, Vec::<Value>::new());
    let asked = sat_on(&anja, &case, "2026-03-13").await;
    let [review] = &asked[..] else { panic!("one question: {asked:?}") };
    assert_eq!((&review["id"], &review["anonymous"]), (&json!(demo.id(CASE, "sat-maart")), &json!(false)));
    assert_eq!((&review["team"], &review["askedOn"]), (&json!("scheidingsadviesteam-gooi"), &json!("2026-03-13")));
    assert_eq!(each(&review["scope"], "name"), ["Ilse", "Robert", "Morris", "Dave"]);
    assert_eq!(review["withheld"], json!([]));
    assert_eq!((&review["acceptedBy"], &review["ended"]), (&Value::Null, &Value::Null));

    let accepted = sat_on(&anja, &case, "2026-03-17").await[0].clone();
    assert_eq!(
        (&accepted["acceptedBy"]["name"], &accepted["acceptedOn"], &accepted["ended"]),
        (&json!("Hugo"), &json!("2026-03-17"), &Value::Null)
    );
    assert_eq!(accepted["until"], "2026-04-28", "six weeks");
    let answered = sat_on(&anja, &case, "2026-03-25").await[0].clone();
    let [advice] = &answered["advices"].as_array().unwrap()[..] else { panic!("one advice: {answered}") };
    assert_eq!(
        (&advice["advisor"]["name"], &advice["day"], &advice["recommended"]),
        (&json!("Hugo"), &json!("2026-03-24"), &json!("PLAN_PER_HOUSEHOLD"))
    );
    assert_eq!(
        advice["caseOn"], "2026-03-17",
        "the case as it stood when he read it: nothing was recorded since he accepted"
    );
    assert_eq!(
        advice["conditions"],
        json!(["Deel eerst de visie, met ieder apart.", "Vraag niemand om samen aan tafel te komen."])
    );
    let answer = &advice["answer"];
    assert_eq!(
        (&answer["day"], &answer["follows"], &answer["by"]["name"], &answer["told"]["name"]),
        (&json!("2026-03-25"), &json!(true), &json!("Anja"), &json!("Anja"))
    );
}

/// As recorded on 2026-03-23: one plan, the advice team asked and accepted, no answer yet.
#[tokio::test]
async fn as_recorded_on_23_march_there_is_one_plan_and_no_answer_yet() {
    let (_, anja, case) = anja();
    let seen = anja.recorded(&case, "2026-03-23", &format!("{PLANS} {SAT}")).await;
    assert_eq!(seen["plans"]["topology"], "ONE_FAMILY_ONE_PLAN");
    let reviews = seen["divorce"]["satRequests"].as_array().unwrap();
    let review = &reviews[0];
    assert_eq!((reviews.len(), each(&review["scope"], "name").len()), (1, 4));
    assert!(review["question"].as_str().unwrap().starts_with("Welk traject past hier"));
    assert_eq!((&review["acceptedBy"]["name"], &review["ended"]), (&json!("Hugo"), &Value::Null));
    assert_eq!((&seen["divorce"]["donsDuo"], &seen["divorce"]["earlierDuos"]), (&Value::Null, &json!([])));
}

/// One axis tells it beside the rest: what was advised on 24 March and answered a day later, and that the team steps in from 1 September
/// until the end of the year. Of an earlier day nothing of what came after it; for who coordinates a household nothing at all.
#[tokio::test]
async fn the_advice_of_24_march_and_the_intervention_from_1_september_stand_on_the_axis() {
    let (demo, anja, case) = anja();
    let fields = "escalation { axis { on kind until satMode satFollowed } }";
    let of_team = |seen: &Value| {
        let points = seen["escalation"]["axis"].as_array().unwrap().iter().cloned();
        points.filter(|point| point["kind"].as_str().unwrap().starts_with("SAT_")).collect::<Vec<_>>()
    };
    let named = |points: &[Value]| {
        let name = |point: &Value| format!("{} {}", point["on"].as_str().unwrap(), point["kind"].as_str().unwrap());
        points.iter().map(name).collect::<Vec<_>>()
    };
    let now = of_team(&anja.case(&case, fields).await);
    let march =
        ["2026-03-13 SAT_REQUESTED", "2026-03-17 SAT_ACCEPTED", "2026-03-24 SAT_ADVISED", "2026-03-25 SAT_ANSWERED"];
    let september = ["2026-09-01 SAT_REQUESTED", "2026-09-01 SAT_ACCEPTED", "2026-09-01 SAT_MODE_BEGUN"];
    assert_eq!(named(&now), [march.as_slice(), &september].concat());
    assert_eq!(now[3]["satFollowed"], true);
    assert_eq!((&now[6]["satMode"], &now[6]["until"]), (&json!("INTERVENTION"), &json!("2026-12-31")));
    assert_eq!(named(&of_team(&anja.about(&case, "2026-08-31", fields).await)), march);
    assert_eq!(named(&of_team(&anja.about(&case, "2026-03-24", fields).await)), march[..3]);
    assert_eq!(named(&of_team(&anja.recorded(&case, "2026-03-23", fields).await)), march[..2]);
    for key in ["fenna", "wim"] {
        assert_eq!(of_team(&demo.as_(key).case(&case, fields).await), Vec::<Value>::new(), "{key}");
    }
}

/// The record of that day, by the rights of now. Of the question of March nothing is Hugo's any more: it was answered. Of the one that he
/// advises on now he sees that it was put to him, without Robert, who withdrew since, and without its words, because Ilse is protected.
#[tokio::test]
async fn looking_back_hugo_sees_what_was_recorded_by_the_rights_of_now() {
    let (demo, _, case) = anja();
    let hugo = demo.as_("hugo");
    let march = hugo.recorded(&case, "2026-03-23", &format!("{PLANS} {SAT} people {{ name }}")).await;
    assert_eq!((&march["plans"], &march["divorce"]["satRequests"]), (&Value::Null, &json!([])));
    assert_eq!(each(&march["people"], "name"), ["Ilse", "Morris", "Dave"]);
    let (then, now) = (hugo.recorded(&case, "2026-09-01", SAT).await, hugo.case(&case, SAT).await);
    for seen in [then, now] {
        let reviews = seen["divorce"]["satRequests"].as_array().unwrap().clone();
        let [review] = &reviews[..] else { panic!("one question: {reviews:?}") };
        assert_eq!((&review["id"], &review["question"]), (&json!(demo.id(CASE, "sat-interventie")), &Value::Null));
        assert_eq!(
            (each(&review["scope"], "name"), &review["withheld"]),
            (vec![json!("Ilse"), json!("Morris"), json!("Dave")], &json!([]))
        );
        assert_eq!((&review["acceptedBy"]["name"], &review["ended"]), (&json!("Hugo"), &Value::Null));
    }
    let asked = hugo.recorded(&case, "2026-08-31", SAT).await;
    assert_eq!(asked["divorce"]["satRequests"], json!([]), "not asked yet");
}

#[tokio::test]
async fn the_intervention_is_a_question_of_its_own_and_robert_withdraws_his_part() {
    let (demo, anja, case) = anja();
    let reviews = sat_on(&anja, &case, "2026-11-16").await;
    let labels = ["sat-maart", "sat-interventie"];
    assert_eq!(each(&json!(reviews), "id"), labels.map(|label| json!(demo.id(CASE, label))));
    assert_eq!(each(&json!(reviews), "acceptedBy"), [0; 2].map(|_| json!({"name": "Hugo"})));
    assert_eq!(each(&json!(reviews), "acceptedOn"), ["2026-03-17", "2026-09-01"]);
    assert_eq!(
        each(&json!(reviews), "until"),
        ["2026-04-28", "2026-12-31"],
        "six weeks; until the end of an intervention"
    );
    assert_eq!((&reviews[1]["mode"], &reviews[1]["ended"]), (&json!("INTERVENTION"), &Value::Null));
    assert_eq!(each(&reviews[1]["modes"][0]["persons"], "name"), ["Ilse", "Robert"]);
    let consents = "consents { id withdrawn counts giver { name } subject { name } recipients { name } }";
    for (day, counts) in [("2026-11-09", true), ("2026-11-10", false)] {
        let seen = anja.about(&case, day, consents).await["consents"].clone();
        let of_robert = find(&seen, "id", &demo.id(CASE, "interventie-robert-robert")).clone();
        assert_eq!((&of_robert["counts"], &of_robert["giver"]["name"]), (&json!(counts), &json!("Robert")), "{day}");
        assert_eq!(of_robert["recipients"], json!([{"name": "Hugo"}]));
        let of_ilse = find(&seen, "id", &demo.id(CASE, "interventie-ilse-ilse")).clone();
        assert_eq!((&of_ilse["counts"], &of_ilse["withdrawn"]), (&json!(true), &Value::Null), "hers stays: {day}");
    }
    // What was shared in March stays explained.
    let march = anja.case(&case, consents).await["consents"].clone();
    let stood = find(&march, "id", &demo.id(CASE, "sat-robert-robert")).clone();
    assert_eq!((&stood["withdrawn"], &stood["counts"]), (&Value::Null, &json!(true)));
}

/// The kinds of everything that these rooms recorded stand in the director's timeline, with their words.
#[tokio::test]
async fn the_timeline_of_the_director_tells_it_all() {
    let (_, anja, case) = anja();
    let fields = "timeline(first: 100) { nodes { kind title words { label text } workers { name } } }";
    let entries = anja.case(&case, fields).await["timeline"]["nodes"].clone();
    for (kind, times) in [
        ("SatRequested", 2),
        ("SatAccepted", 2),
        ("SatAdviceGiven", 1),
        ("SatAdviceAnswered", 1),
        ("SatModeAgreed", 1),
        ("PlanSplitPerHousehold", 1),
        ("PlanCoordinatorAppointed", 2),
        ("ConsentWithdrawn", 1),
    ] {
        let found = entries.as_array().unwrap().iter().filter(|entry| entry["kind"] == kind);
        assert_eq!(found.count(), times, "{kind}");
    }
    let words = find(&entries, "kind", "ConsentWithdrawn")["words"].clone();
    assert_eq!(words[0]["text"], "Ik wil dit nu zelf doen.");
}

/// 04: the supporter's search for Lara stands in the trail, with its purpose, and not the name.
#[tokio::test]
async fn the_search_for_lara_stands_in_the_trail_with_its_purpose() {
    let demo = shared();
    let entries = trail_files::all(&demo.folder).await;
    let hers = |entry: &&Value| entry["who"] == demo.worker("tess") && entry.to_string().contains("searchPeople");
    // Other tests ask as her today; this is what was played.
    let then = |entry: &&Value| entry["at"].as_str().unwrap_or_default().starts_with("2026-10-13");
    let found: Vec<&Value> = entries.iter().filter(hers).filter(then).collect();
    let [entry] = found[..] else { panic!("one search: {found:?}") };
    assert_eq!(entry["outcome"], "granted");
    assert!(entry.to_string().contains("coordination/1"), "{entry}");
    assert!(!entry.to_string().contains("Lara"), "{entry}");
}

/// 06: somebody who takes no part asks for the case on the father's behalf: refused, and in the trail.
#[tokio::test]
async fn a_worker_who_asks_for_more_on_the_fathers_behalf_is_refused_and_that_stands_in_the_trail() {
    let demo = shared();
    let entries = trail_files::all(&demo.folder).await;
    let his: Vec<&Value> = entries.iter().filter(|entry| entry["who"] == demo.worker("daan")).collect();
    let then = |entry: &&&Value| entry["at"].as_str().unwrap_or_default().starts_with("2026-03-10");
    let refused = his.iter().filter(then).filter(|entry| entry["outcome"] == "refused");
    assert_eq!(refused.count(), 1, "{his:?}");
}

/// 06 and 08: two plans because both parents wish it; in 08 the divorce is recognised as complex as well.
#[tokio::test]
async fn two_plans_rest_on_one_ground_each() {
    let demo = shared();
    let fields = "plans { topology since ground wishes { name } households { household { label } } }";
    let young = demo.as_("bram").case(&demo.case("06"), fields).await["plans"].clone();
    assert_eq!((&young["since"], &young["ground"]), (&json!("2026-09-25"), &json!("BOTH_WISH")));
    assert_eq!(young["wishes"], json!([{"name": "Kim"}, {"name": "Dion"}]));
    assert_eq!(young["households"], json!([{"household": {"label": "bij Kim"}}, {"household": {"label": "bij Dion"}}]));
    let crisis = demo.as_("lotte").case(&demo.case("08"), fields).await["plans"].clone();
    assert_eq!((&crisis["since"], &crisis["ground"]), (&json!("2025-11-24"), &json!("BOTH_WISH")));
}

/// "Schoolmail" is the way by which the parents tell each other: said of both, before anyone picks up the phone.
#[tokio::test]
async fn what_may_be_said_names_the_way_the_parents_agreed_on() {
    let (demo, anja, case) = anja();
    let query = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) { agreements { topic channel ended } sentences } }";
    for parent in ["ilse", "robert"] {
        let asked = json!({"case": case, "person": demo.id(CASE, parent)});
        let said = anja.with("accept-language", "nl").ask_with(query, asked).await.data("whatMayISay");
        let agreed =
            json!([{"topic": "De overdracht van de jongens op school.", "channel": "Schoolmail", "ended": null}]);
        assert_eq!(said["agreements"], agreed, "{parent}");
        assert!(said["sentences"].to_string().contains("contact loopt zo: Schoolmail"), "{said}");
    }
}
