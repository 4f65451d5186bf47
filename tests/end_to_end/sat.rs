//! A divorce advice team through the API: its queue, one review with everything within the mandate, *not me*, advice on what was seen, the
//! answer, direct contact and interventions; what is refused, and who sees nothing.

use serde_json::{Value, json};

use crate::client::{Answer, Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, second_before_its_end, shared};

const TEAM: &str = "scheidingsadviesteam-gooi";
const QUEUE: &str = "{ satQueue { totalCount edges { node { caseId reviewId askedOn acceptBy adviseBy overdue advisedOn answeredOn followed \
    request { question anonymous } } } } }";

async fn queue(person: &Person) -> Vec<Value> {
    person.ask(QUEUE).await.data("satQueue")["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"].clone())
        .collect()
}

async fn review(person: &Person, review: &str) -> Answer {
    let fields = "caseId revision request { id question scope { name } mode advices { words advisor { name } } } people { name } \
        parentingForms { form } escalation { conflicts { sides { person { name } } } } donsProgress { minutes } \
        plans { goals { words } } earlier { id }";
    let query = format!("query($id: ID!) {{ satReview(id: $id) {{ {fields} }} }}");
    person.ask_with(&query, json!({"id": review})).await
}

/// A family directed by Anja, who asks the team anonymously.
async fn asked() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let ask = family.input(json!({"team": TEAM, "question": "Welk spoor past hier?"}));
    let review = made(&server.as_("anja").does("requestSat", ask).await, "REVIEW")[0].clone();
    (server, family, review)
}

/// The same by name: the mother lets the plan and the conflict be shared, the father nothing.
async fn asked_by_name() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let share = json!({"giver": family.mother, "subject": family.mother, "kind": "SHARING", "categories": ["PLAN", "ESCALATION"], "evidence": "SPOKEN"});
    anja.does("grantConsent", family.input(share)).await;
    let ask = family.input(json!({"team": TEAM, "question": "Welk spoor past hier?", "about": [family.mother]}));
    let review = made(&anja.does("requestSat", ask).await, "REVIEW")[0].clone();
    (server, family, review)
}

async fn accepted(server: &Fresh, family: &Family, review: &str) -> Person {
    let hugo = server.as_("hugo");
    hugo.does("acceptSat", family.input(json!({"review": review}))).await;
    hugo
}

#[tokio::test]
async fn the_queue_holds_open_questions_with_the_terms_left_and_ones_own_advices() {
    let (server, family, id) = asked().await;
    let hugo = server.as_("hugo");
    let [line] = &queue(&hugo).await[..] else { panic!("one question") };
    assert_eq!((&line["caseId"], &line["reviewId"]), (&json!(family.case), &json!(id)));
    assert_eq!(
        (&line["acceptBy"], &line["adviseBy"], &line["overdue"]),
        (&json!("2026-11-23"), &json!("2026-11-30"), &json!(false))
    );
    assert_eq!(line["request"], json!({"question": "Welk spoor past hier?", "anonymous": true}));
    // Who is in no team has no queue; who is in another sees nothing of this one.
    assert_eq!(queue(&server.as_("anja")).await, Vec::<Value>::new());
    assert_eq!(queue(&server.as_at("hugo", "scheidingsadviesteam-vecht")).await, Vec::<Value>::new());

    hugo.does("acceptSat", family.input(json!({"review": id}))).await;
    let advice = family.input(json!({"review": id, "words": "Blijf bij dit spoor."}));
    let advice = made(&hugo.does("giveSatAdvice", advice).await, "ADVICE")[0].clone();
    let answer = family.input(json!({"review": id, "advice": advice, "follows": false}));
    let refused = server.as_("anja").send("answerSatAdvice", answer).await;
    assert_eq!(refused.code(), "SAT_REASON_MISSING");
    assert_eq!(
        server
            .as_("hugo")
            .refused("answerSatAdvice", family.input(json!({"review": id, "advice": advice, "follows": true})))
            .await,
        "NOT_AVAILABLE"
    );
    let answer =
        family.input(json!({"review": id, "advice": advice, "follows": false, "reason": "De ouders kiezen anders."}));
    server.as_("anja").does("answerSatAdvice", answer).await;
    let [line] = &queue(&hugo).await[..] else { panic!("one's own advice") };
    assert_eq!(
        (&line["advisedOn"], &line["answeredOn"], &line["followed"]),
        (&json!("2026-11-16"), &json!("2026-11-16"), &json!(false))
    );
    assert_eq!(line["request"], Value::Null, "the access is over");
    assert_eq!(review(&hugo, &id).await.code(), "NOT_AVAILABLE");
}

#[tokio::test]
async fn not_me_leaves_the_question_in_the_queue() {
    let (server, family, id) = asked().await;
    let hugo = accepted(&server, &family, &id).await;
    hugo.does("saySatNotMe", family.input(json!({"review": id, "reason": "Ik ken de familie."}))).await;
    assert_eq!(queue(&hugo).await.len(), 1);
    let fields = "divorce { satRequests { acceptedBy { name } notMe { reason advisor { name } } } }";
    let request = server.as_("anja").case(&family.case, fields).await["divorce"]["satRequests"][0].clone();
    assert_eq!((&request["acceptedBy"], &request["notMe"][0]["reason"]), (&Value::Null, &json!("Ik ken de familie.")));
    accepted(&server, &family, &id).await;
}

#[tokio::test]
async fn a_review_gives_everything_within_the_mandate_and_nothing_more() {
    let (server, family, id) = asked_by_name().await;
    let anja = server.as_("anja");
    for (concerned, words) in [(&family.mother, "Zij wil rust."), (&family.son, "Hij wil overleg.")] {
        let goal = json!({"words": words, "proposedBy": {"person": concerned}, "concerns": [concerned]});
        anja.does("proposeGoal", family.input(goal)).await;
    }
    let hugo = accepted(&server, &family, &id).await;
    let seen = review(&hugo, &id).await.data("satReview");
    assert_eq!((&seen["request"]["id"], each(&seen["request"]["scope"], "name").len()), (&json!(id), 1));
    let all = seen.to_string();
    assert!(all.contains("Zij wil rust."), "her part: {all}");
    assert!(!all.contains("Hij wil overleg."), "not his");
    assert_eq!(each(&seen["people"], "name").len(), 1, "whom the question is about");
    assert_eq!(seen["earlier"], json!([]));
    // A question of which this reader may not know reads as one that is not there.
    let nowhere = review(&hugo, "019a0000-0000-7000-8000-00000000dead").await;
    let strange = review(&server.as_("petra"), &id).await;
    assert_eq!((nowhere.code(), nowhere.message()), (strange.code(), strange.message()));
}

#[tokio::test]
async fn an_advice_is_on_exactly_what_the_advisor_saw() {
    let (server, family, id) = asked_by_name().await;
    let hugo = accepted(&server, &family, &id).await;
    let advice = |position: Option<&str>| {
        family.input(
            json!({"review": id, "position": position, "words": "Twee plannen.", "recommended": "PLAN_PER_HOUSEHOLD"}),
        )
    };
    let refused = hugo.send("giveSatAdvice", advice(None)).await;
    assert_eq!(refused.code(), "SAT_POSITION_UNSEEN");
    assert!(refused.message().contains("revisie"), "{}", refused.message());
    let of_another = family.revision(&server.as_("anja")).await;
    assert_eq!(hugo.refused("giveSatAdvice", advice(Some(&of_another))).await, "SAT_POSITION_UNSEEN");
    let mine = review(&hugo, &id).await.data("satReview")["revision"].as_str().unwrap().to_owned();
    hugo.does("giveSatAdvice", advice(Some(&mine))).await;
    let seen = review(&hugo, &id).await.data("satReview");
    assert_eq!(each(&seen["request"]["advices"], "words"), ["Twee plannen."]);
}

#[tokio::test]
async fn an_intervention_takes_the_consent_of_each_and_has_an_end() {
    let (server, family, id) = asked_by_name().await;
    let anja = server.as_("anja");
    let agree = |until: Option<&str>, persons: &[&String]| {
        family.input(json!({"review": id, "mode": "INTERVENTION", "until": until, "persons": persons}))
    };
    assert_eq!(anja.refused("agreeSatMode", agree(Some("2026-12-31"), &[&family.mother])).await, "SAT_NOT_ACCEPTED");
    accepted(&server, &family, &id).await;
    assert_eq!(anja.refused("agreeSatMode", agree(None, &[&family.mother])).await, "SAT_MODE_WITHOUT_END");
    let without = anja.send("agreeSatMode", agree(Some("2026-12-31"), &[&family.mother, &family.son])).await;
    assert_eq!(without.code(), "SAT_CONSENT_MISSING");
    anja.does("agreeSatMode", agree(Some("2026-12-31"), &[&family.mother])).await;
    assert_eq!(
        server.as_("hugo").refused("agreeSatMode", agree(Some("2027-01-31"), &[&family.mother])).await,
        "NOT_AVAILABLE"
    );
    let fields = "divorce { satRequests { mode until modes { mode until } } }";
    let request = anja.case(&family.case, fields).await["divorce"]["satRequests"][0].clone();
    assert_eq!((&request["mode"], &request["until"]), (&json!("INTERVENTION"), &json!("2026-12-31")));
    anja.does("endSatMode", family.input(json!({"review": id, "reason": "Het loopt."}))).await;
    server.tell("2026-11-17");
    let request = anja.case(&family.case, fields).await["divorce"]["satRequests"][0].clone();
    assert_eq!((&request["mode"], &request["modes"][0]["until"]), (&json!("CONSULTATION"), &json!("2026-11-16")));
    assert_eq!(anja.refused("endSatMode", family.input(json!({"review": id}))).await, "SAT_MODE_ABSENT");
    // On the axis: from the day it began until the day it ended, by the fact that said so.
    let fields = "escalation { axis { kind on until satMode factId } } timeline(first: 100) { nodes { id kind } }";
    let seen = anja.case(&family.case, fields).await;
    let axis = &seen["escalation"]["axis"];
    let point = |kind: &str| {
        let point = find(axis, "kind", kind);
        (point["on"].clone(), point["until"].clone(), point["satMode"].clone())
    };
    let day = json!("2026-11-16");
    assert_eq!(point("SAT_MODE_BEGUN"), (day.clone(), day.clone(), json!("INTERVENTION")));
    assert_eq!(point("SAT_MODE_ENDED"), (day, Value::Null, json!("INTERVENTION")));
    let said = find(&seen["timeline"]["nodes"], "kind", "SatModeEnded");
    assert_eq!(find(axis, "kind", "SAT_MODE_ENDED")["factId"], said["id"]);
}

#[tokio::test]
async fn an_answer_to_a_withdrawn_question_says_what_to_do() {
    let (server, family, id) = asked().await;
    let hugo = accepted(&server, &family, &id).await;
    let advice = family.input(json!({"review": id, "words": "Blijf bij dit spoor."}));
    let advice = made(&hugo.does("giveSatAdvice", advice).await, "ADVICE")[0].clone();
    let anja = server.as_("anja");
    anja.does("endSat", family.input(json!({"review": id, "reason": "NOT_NEEDED"}))).await;
    let answer = family.input(json!({"review": id, "advice": advice, "follows": true}));
    let refused = anja.send("answerSatAdvice", answer).await;
    assert_eq!(refused.code(), "SAT_WITHDRAWN");
    assert!(refused.message().contains("nieuwe vraag"), "{}", refused.message());
}

/// Case 01 on 2026-11-16: Hugo sees the intervention without Robert's part, and his advice of March was followed.
#[tokio::test]
async fn hugo_sees_the_intervention_without_roberts_part() {
    let demo = shared();
    let hugo = demo.as_("hugo");
    let seen = review(&hugo, &demo.id("01", "sat-interventie")).await.data("satReview");
    assert_eq!((&seen["request"]["mode"], &seen["request"]["question"]), (&json!("INTERVENTION"), &Value::Null));
    assert_eq!(each(&seen["request"]["scope"], "name"), ["Ilse", "Morris", "Dave"]);
    assert!(!seen.to_string().contains("Robert"));
    let march = demo.id("01", "sat-maart");
    let lines = queue(&hugo).await;
    let of_march = lines.iter().find(|line| line["reviewId"] == march).unwrap();
    assert_eq!(
        (&of_march["advisedOn"], &of_march["answeredOn"], &of_march["followed"], &of_march["request"]),
        (&json!("2026-03-24"), &json!("2026-03-25"), &json!(true), &Value::Null)
    );
    assert_eq!(review(&hugo, &march).await.code(), "NOT_AVAILABLE", "answered: the access is over");
}

/// Case 02: one consultation over one trajectory.
#[tokio::test]
async fn the_picture_of_a_year_counts_trajectories_once() {
    let demo = second_before_its_end();
    let picture = async |person: &str, year: i32| {
        let query = format!("{{ satPicture(year: {year}) {{ year trajectories consulted intervened }} }}");
        demo.as_(person).ask(&query).await.data("satPicture")
    };
    assert_eq!(picture("hugo", 2026).await, json!({"year": 2026, "trajectories": 1, "consulted": 1, "intervened": 0}));
    assert_eq!(picture("hugo", 2025).await, json!({"year": 2025, "trajectories": 1, "consulted": 0, "intervened": 0}));
    assert_eq!(picture("kees", 2026).await, Value::Null, "for the team alone");
}
