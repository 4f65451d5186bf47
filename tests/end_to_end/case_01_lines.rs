//! "Weekend cancelled", line by line as its director sees each of them: who agreed, who was heard, on which day, in which words. What others
//! must not see of it is told elsewhere; here it is there to be seen.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{Server, shared, weekend_before};
use crate::trail_files;

const CASE: &str = "01";

fn anja() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("anja"), demo.case(CASE))
}

/// The value at these names of each of a list, with the name of the person of each.
fn by_name(list: &Value, field: &str) -> Vec<(Value, Value)> {
    let of = |one: &Value| (one["person"]["name"].clone(), one[field].clone());
    list.as_array().unwrap().iter().map(of).collect()
}

fn pairs<const N: usize>(told: [(&str, &str); N]) -> Vec<(Value, Value)> {
    told.map(|(one, other)| (json!(one), json!(other))).to_vec()
}

/// 2026-01-12 and 01-19: a signal without anybody in it; whose consent stands for what, and nothing missing from the first day.
#[tokio::test]
async fn the_signal_names_nobody_and_each_parent_consents_for_each() {
    let (demo, anja, case) = anja();
    let fields =
        "signals { topic place consentIds } consents { id kind giver { name } subject { name } purpose categories }
        people { name helpMissing { person { name } } }";
    let seen = anja.recorded(&case, "2026-01-19", fields).await;
    let signal = &seen["signals"][0];
    assert_eq!(signal["place"], "SCHOOL");
    let topic = signal["topic"].as_str().unwrap();
    assert_eq!(
        topic,
        "School merkt spanning bij het ophalen en brengen van twee kinderen van gescheiden ouders en wil overleggen."
    );
    assert!(["Ilse", "Robert", "Morris", "Dave", "Bussum", "Naarden"].iter().all(|word| !topic.contains(word)));
    let linked = ["signaal-morris-ilse", "signaal-morris-robert", "signaal-dave-ilse", "signaal-dave-robert"];
    let linked = linked.into_iter().chain(["signaal-ilse", "signaal-robert"]).map(|label| json!(demo.id(CASE, label)));
    let linked: Vec<Value> = linked.collect();
    assert_eq!(linked.len(), signal["consentIds"].as_array().unwrap().len());
    assert!(linked.iter().all(|id| signal["consentIds"].as_array().unwrap().contains(id)), "{signal}");
    for (label, giver, subject) in [
        ("help-morris-ilse", "Ilse", "Morris"),
        ("help-morris-robert", "Robert", "Morris"),
        ("help-dave-ilse", "Ilse", "Dave"),
        ("help-dave-robert", "Robert", "Dave"),
        ("help-ilse", "Ilse", "Ilse"),
        ("help-robert", "Robert", "Robert"),
    ] {
        let consent = find(&seen["consents"], "id", &demo.id(CASE, label));
        assert_eq!(
            (&consent["kind"], &consent["giver"]["name"], &consent["subject"]["name"]),
            (&json!("HELP"), &json!(giver), &json!(subject)),
            "{label}"
        );
    }
    let shares = seen["consents"].as_array().unwrap().iter().filter(|consent| consent["kind"] == "SHARING");
    let shares: Vec<&Value> = shares.collect();
    assert_eq!(shares.len(), 6);
    assert!(shares.iter().all(|share| share["categories"] == json!(["SIGNAL"])), "{shares:?}");
    assert_eq!(each(&seen["people"], "helpMissing"), [json!([]), json!([]), json!([]), json!([])]);
}

/// 2026-01-20: who directs, from when, which tasks, and who agreed.
#[tokio::test]
async fn anja_directs_from_20_january_with_the_tasks_to_which_both_parents_agreed() {
    let (_, anja, case) = anja();
    let fields =
        "director { since tasks worker { name } agreedBy { ... on Person { name } ... on Worker { who: name } } }";
    assert_eq!(anja.about(&case, "2026-01-19", fields).await["director"], Value::Null);
    for seen in [anja.about(&case, "2026-01-20", fields).await, anja.recorded(&case, "2026-01-20", fields).await] {
        assert_eq!(
            seen["director"],
            json!({"since": "2026-01-20", "tasks": ["OVERVIEW", "PLAN", "CONTACTS"], "worker": {"name": "Anja"},
                "agreedBy": [{"name": "Ilse"}, {"name": "Robert"}]})
        );
    }
}

const ESCALATION: &str = "escalation {
    conflicts { sides { person { name } stages { on stage observations } energy { on percent } }
      flareUps { on medium trigger toldBy { name } reactions { acts person { name } } } }
    parentingForms { on form basis person { name } assessedBy { name } } }";

fn side<'v>(conflict: &'v Value, name: &str) -> &'v Value {
    conflict["sides"].as_array().unwrap().iter().find(|side| side["person"]["name"] == name).unwrap()
}

/// 2026-02-10: the form, and three for each with what was heard.
#[tokio::test]
async fn on_10_february_the_form_and_each_stage_stand_with_what_was_heard() {
    let (_, anja, case) = anja();
    let seen = anja.about(&case, "2026-02-10", ESCALATION).await["escalation"].clone();
    for form in seen["parentingForms"].as_array().unwrap() {
        assert_eq!(
            (&form["on"], &form["form"], &form["assessedBy"]["name"]),
            (&json!("2026-02-10"), &json!("CONFLICT"), &json!("Anja"))
        );
        assert_eq!(form["basis"], "Gesprekken met ieder apart: afspraken over de jongens lopen steeds uit op strijd.");
    }
    assert_eq!(by_name(&seen["parentingForms"], "on"), pairs([("Ilse", "2026-02-10"), ("Robert", "2026-02-10")]));
    for (name, heard) in [
        ("Ilse", "Overlegt niet meer vooraf; regelt het en laat het dan weten."),
        ("Robert", "Zegt dat praten niets oplevert; doet wat hem goed lijkt."),
    ] {
        let stages = json!([{"on": "2026-02-10", "stage": 3, "observations": heard}]);
        assert_eq!(side(&seen["conflicts"][0], name)["stages"], stages, "{name}");
    }
}

/// 2026-02-27 and 08-15: what set it off and what each did; as he told it the first time, without reactions the second.
#[tokio::test]
async fn each_flare_up_says_what_set_it_off_and_what_each_did() {
    let (_, anja, case) = anja();
    let seen = anja.case(&case, ESCALATION).await["escalation"]["conflicts"][0]["flareUps"].clone();
    let first = json!({"on": "2026-02-27", "medium": "APP",
    "trigger": "Op vrijdagavond een bericht dat een van de jongens ziek is en dat beiden dit weekend blijven.",
    "toldBy": {"name": "Robert"}, "reactions": [
        {"acts": "Schreef dat hij de jongens toch kwam halen.", "person": {"name": "Robert"}},
        {"acts": "Schreef iets over drank en verbrak daarna het contact.", "person": {"name": "Ilse"}},
    ]});
    let second = json!({"on": "2026-08-15", "medium": "APP", "trigger": "Een bericht over wie de nieuwe schoenen betaalt.",
        "toldBy": null, "reactions": []});
    assert_eq!(seen, json!([first, second]));
}

/// What the conflict takes of each, on the days on which each said so.
#[tokio::test]
async fn what_the_conflict_takes_is_told_on_its_days() {
    let (_, anja, case) = anja();
    let conflict = anja.case(&case, ESCALATION).await["escalation"]["conflicts"][0].clone();
    let told = |days: &[(&str, i64)]| -> Value {
        days.iter().map(|(on, percent)| json!({"on": on, "percent": percent})).collect()
    };
    let robert = [("2026-05-11", 90), ("2026-07-06", 60), ("2026-09-07", 35), ("2026-11-02", 30)];
    let ilse = [("2026-05-11", 50), ("2026-08-10", 40), ("2026-11-02", 30)];
    assert_eq!(side(&conflict, "Robert")["energy"], told(&robert));
    assert_eq!(side(&conflict, "Ilse")["energy"], told(&ilse));
}

/// 2026-03-02 to 03-06: each boy heard alone, a colleague consulted, neither acute nor structural.
#[tokio::test]
async fn in_the_lane_each_boy_was_heard_alone_and_a_colleague_consulted() {
    let (_, anja, case) = anja();
    let fields = "safety { lanes { concerns { name } knownTo { name }
        signals { facts judgement } steps { kind on alone words person { name } colleagues { name } by { name }
          answers { suspected acute structural } } } }";
    let lane = anja.case(&case, fields).await["safety"]["lanes"][0].clone();
    assert_eq!(each(&lane["concerns"], "name"), ["Ilse", "Morris", "Dave"], "not whom she is afraid of");
    assert_eq!(each(&lane["knownTo"], "name"), ["Anja", "Noor"]);
    let steps = lane["steps"].as_array().unwrap();
    let heard: Vec<_> = steps
        .iter()
        .filter(|step| step["kind"] == "TALKED")
        .map(|step| (step["person"]["name"].clone(), step["alone"].clone(), step["on"].clone()))
        .collect();
    let alone = ["Morris", "Dave"].map(|name| (json!(name), json!(true), json!("2026-03-03")));
    assert_eq!(heard, alone);
    let consulted = find(&lane["steps"], "kind", "CONSULTED");
    assert_eq!((&consulted["on"], &consulted["colleagues"]), (&json!("2026-03-03"), &json!([{"name": "Joost"}])));
    let weighed = find(&lane["steps"], "kind", "WEIGHED");
    assert_eq!(weighed["answers"], json!({"suspected": true, "acute": false, "structural": false}));
    assert_eq!(find(&lane["steps"], "kind", "CLEARED")["by"], json!([{"name": "Noor"}]), "not who weighed it");
}

/// 2026-03-06: set on that day and not a day sooner; from then on it holds for every look back as well.
#[tokio::test]
async fn ilse_is_protected_from_6_march() {
    let (_, anja, case) = anja();
    let fields = "people { name protected } households { label protected }
        timeline(first: 100) { nodes { kind occurredOn } }";
    for (day, set) in [("2026-03-05", false), ("2026-03-06", true)] {
        let seen = anja.recorded(&case, day, fields).await;
        let facts = seen["timeline"]["nodes"].as_array().unwrap();
        let found = facts.iter().filter(|fact| fact["kind"] == "LocatingDataProtected");
        let days: Vec<Value> = found.map(|fact| fact["occurredOn"].clone()).collect();
        let expected: &[&str] = if set { &["2026-03-06"] } else { &[] };
        assert_eq!(days, expected, "{day}");
        assert_eq!(find(&seen["people"], "name", "Ilse")["protected"], true, "{day}");
        assert_eq!(find(&seen["people"], "name", "Robert")["protected"], false, "{day}");
        assert_eq!(find(&seen["households"], "label", "bij mama")["protected"], true, "{day}");
        assert_eq!(find(&seen["households"], "label", "bij papa")["protected"], false, "{day}");
    }
}

/// 2026-03-24: what he read stands in the trail, on the very state of the case on which he then advised: how the conflict went for each, no
/// notes, and nothing that locates anybody. What stands in the plan may say where Ilse is: nobody had marked it as safe, so he read none.
#[tokio::test]
async fn what_hugo_read_in_march_stands_in_the_trail() {
    let (demo, anja, case) = anja();
    let entries = trail_files::all(&demo.folder).await;
    let his = |entry: &&Value| entry["who"] == demo.worker("hugo") && entry.to_string().contains("\"satReview\"");
    let then = |entry: &&Value| entry["at"].as_str().unwrap_or_default().starts_with("2026-03-24");
    let found: Vec<&Value> = entries.iter().filter(his).filter(then).collect();
    let [entry] = found[..] else { panic!("one reading: {found:?}") };
    assert_eq!(entry["outcome"], "granted");
    let subjects = entry["subjects"].to_string();
    for label in ["ilse", "robert", "morris", "dave"] {
        assert!(subjects.contains(&format!("person:{}", demo.id(CASE, label))), "{label} in {subjects}");
    }
    let fields = entry["fields"].to_string().to_lowercase();
    for read in ["person.name", "escalation.stage", "divorce.satrequest"] {
        assert!(fields.contains(read), "{read} in {fields}");
    }
    for closed in ["contact", "statement", "voice", "reflection", "option", "address", "plan."] {
        assert!(!fields.contains(closed), "{closed} in {fields}");
    }
    let officer = demo.as_("ravi");
    let log = "query($filter: AccessLogFilter!) { accessLog(filter: $filter) { nodes { purposes fields { field }
        subjects { id } decisions { relation judgedOn { stream revision } } } } }";
    let filter =
        json!({"worker": demo.worker("hugo"), "operation": "satReview", "from": "2026-03-24", "until": "2026-03-24"});
    let told = officer.ask_with(log, json!({"filter": filter})).await.data("accessLog")["nodes"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told[0]["purposes"], json!(["advice/1"]));
    // Nothing was recorded between reading and advising: the last fact of the case before the advice is what he saw.
    let judged = &told[0]["decisions"][0]["judgedOn"][0];
    assert_eq!(judged["stream"], format!("case-{case}"));
    let timeline = "timeline(first: 100) { nodes { kind } }";
    let known = anja.recorded(&case, "2026-03-24", timeline).await["timeline"]["nodes"].clone();
    let places = known.as_array().unwrap();
    let advice = places.iter().position(|entry| entry["kind"] == "SatAdviceGiven").unwrap();
    let accepted = places.iter().position(|entry| entry["kind"] == "SatAccepted").unwrap();
    assert_eq!(advice.abs_diff(accepted), 1, "accepted, read, advised: {known}");
}

const SAT: &str = "divorce { satRequests { id question advices { caseOn conditions words } } }";

/// As recorded on 2026-03-23 nothing was advised; the advice of a day later is on the case as it was on 03-17, with its conditions.
#[tokio::test]
async fn there_is_no_advice_on_23_march_and_one_on_what_was_seen_a_day_later() {
    let (_, anja, case) = anja();
    let before = anja.recorded(&case, "2026-03-23", SAT).await["divorce"]["satRequests"].clone();
    assert_eq!(each(&before, "advices"), [json!([])]);
    let after = anja.recorded(&case, "2026-03-24", SAT).await["divorce"]["satRequests"].clone();
    let advice = &after[0]["advices"][0];
    assert_eq!(
        advice,
        &json!({"caseOn": "2026-03-17",
            "conditions": ["Deel eerst de visie, met ieder apart.", "Vraag niemand om samen aan tafel te komen."],
            "words": "Maak er een plan per huishouden van: samen overleggen voedt het conflict nu."})
    );
}

/// Accepted, advised and answered within the terms: nobody is told that something waits.
#[tokio::test]
async fn nobody_was_told_that_the_advice_team_waits() {
    let (_, anja, case) = anja();
    for day in ["2026-03-25", "2026-03-26"] {
        let seen = anja.recorded(&case, day, "alerts { word } pendingDeadlines { word }").await;
        let sat =
            |list: &str| each(&seen[list], "word").into_iter().filter(|word| word.to_string().contains("sat_")).count();
        assert_eq!((sat("alerts"), seen["alerts"].as_array().unwrap().len()), (0, 0), "{day}: {seen}");
    }
    let waits = anja.recorded(&case, "2026-03-18", "pendingDeadlines { word }").await["pendingDeadlines"].clone();
    assert!(each(&waits, "word").contains(&json!("sat_advice")), "there was a term to keep: {waits}");
}

/// No notes: of what was said and written with the family nothing reaches the advisor, also not of a day in March.
#[tokio::test]
async fn hugo_reads_nothing_of_what_was_said_with_the_family() {
    let (demo, anja, case) = anja();
    let fields =
        "contacts { said } statements { words } conversationSteps { words } options { words } reflections { changes }
        childVoices { words } childSignals { domain } contactBalance { contacts }";
    let rooms =
        ["contacts", "statements", "conversationSteps", "options", "reflections", "childVoices", "childSignals"];
    let all = anja.case(&case, fields).await;
    let hugo = demo.as_("hugo");
    let (now, march) = (hugo.case(&case, fields).await, hugo.recorded(&case, "2026-03-20", fields).await);
    for room in rooms {
        assert_ne!(all[room], json!([]), "{room}: the director sees it");
        assert_eq!((&now[room], &march[room]), (&json!([]), &json!([])), "{room}");
    }
}

const ANSWERS: &str =
    "plans { twoPlans { answers { day answer words person { name } } visions { day said effect person { name } } } }";

/// 2026-03-27 to 04-20: with whom it was shared, and who answered what on which day.
#[tokio::test]
async fn each_heard_the_vision_and_answered_on_a_day() {
    let (_, anja, case) = anja();
    let seen = anja.case(&case, ANSWERS).await["plans"]["twoPlans"].clone();
    let visions = [("Ilse", "2026-03-27"), ("Robert", "2026-03-30"), ("Morris", "2026-04-01"), ("Dave", "2026-04-01")];
    assert_eq!(by_name(&seen["visions"], "day"), pairs(visions));
    let answers = json!([
        {"day": "2026-04-02", "answer": "ACCEPTS", "words": "Ik wil rust in ieder huis.", "person": {"name": "Ilse"}},
        {"day": "2026-04-09", "answer": "DECLINES", "words": "Ik wil eerst weten wat het voor de weekenden betekent.", "person": {"name": "Robert"}},
        {"day": "2026-04-20", "answer": "ACCEPTS", "words": "Als ik mijn eigen plan krijg, doe ik mee.", "person": {"name": "Robert"}},
    ]);
    assert_eq!(seen["answers"], answers);
}

/// 2026-04-10: on the day after his no, two plans are refused, and Robert alone is named.
#[tokio::test]
async fn two_plans_wait_for_robert_alone() {
    let server = weekend_before("splitPlanPerHousehold");
    let homes = ["huishouden-a", "huishouden-b"].map(|label| server.id(CASE, label));
    let split = json!({"caseId": server.case(CASE), "ground": "RECOGNITION", "reason": "De visie is gedeeld.", "households": homes});
    for (language, words) in [("nl", "dat iedere ouder het aanneemt"), ("en", "that each parent accepts")] {
        let refused =
            server.as_("anja").with("accept-language", language).send("splitPlanPerHousehold", split.clone()).await;
        assert_eq!(refused.code(), "TWO_PLANS_NOT_READY");
        let open = refused.details();
        assert_eq!(
            (&open["still_to_hear"], &open["still_to_accept"]),
            (&json!([]), &json!([server.id(CASE, "robert")]))
        );
        assert_eq!(open["open"], json!(["acceptance"]));
        assert!(refused.message().contains(words), "{}", refused.message());
    }
}

/// 2026-06-19: for Anja alone, in Dave's words; nobody of his family may know.
#[tokio::test]
async fn what_dave_told_is_kept_for_whom_he_said() {
    let (_, anja, case) = anja();
    let fields = "childVoices { day words child { name } knownTo { name } familyMayKnow { name } }
        childSignals { opened toldBy { name } steps { day change words } closed closingWords }";
    let seen = anja.case(&case, fields).await;
    assert_eq!(
        seen["childVoices"],
        json!([{"day": "2026-06-19", "words": "Ik lig wakker als ik de volgende dag moet wisselen.", "child": {"name": "Dave"},
            "knownTo": [{"name": "Anja"}], "familyMayKnow": []}])
    );
    let signal = &seen["childSignals"][0];
    assert_eq!(
        (&signal["opened"], &signal["toldBy"]["name"], &signal["steps"][0]["change"]),
        (&json!("2026-06-19"), &json!("Dave"), &json!("WORSE"))
    );
    assert_eq!(
        (&signal["closed"], &signal["closingWords"]),
        (&json!("2026-10-05"), &json!("Slaapt goed, ook voor het wisselen."))
    );
}

/// 2026-08-03 and 11-02: with the parent of each household, and both boys heard.
#[tokio::test]
async fn each_evaluation_was_with_a_parent_and_heard_both_boys() {
    let (_, anja, case) = anja();
    let fields =
        "plans { households { household { label } plan { evaluations { day outcome tookPart { name } workers { name }
        heard { name } notHeard { name } } } } }";
    let seen = anja.case(&case, fields).await["plans"]["households"].clone();
    for (place, label, parent, worker) in [(0, "bij mama", "Ilse", "Wim"), (1, "bij papa", "Robert", "Fenna")] {
        assert_eq!(seen[place]["household"]["label"], label);
        let held = ["2026-08-03", "2026-11-02"].map(|day| {
            json!({"day": day, "outcome": "GOES_ON", "tookPart": [{"name": parent}], "workers": [{"name": worker}],
                "heard": [{"name": "Morris"}, {"name": "Dave"}], "notHeard": []})
        });
        assert_eq!(seen[place]["plan"]["evaluations"], json!(held));
    }
}

/// 2026-11-16: three months since 08-15 ended on Sunday; on Monday at eight a review for rest was proposed, and waits for Anja alone.
#[tokio::test]
async fn a_review_for_rest_waits_for_anja_since_this_morning() {
    let (demo, anja, case) = anja();
    let fields = "proposals { id kind day waits answer { day } }";
    let rest = |seen: &Value| {
        let all = seen["proposals"].as_array().unwrap().iter();
        all.filter(|one| one["kind"] == "REST_REVIEW").cloned().collect::<Vec<_>>()
    };
    assert_eq!(rest(&anja.recorded(&case, "2026-11-15", fields).await), Vec::<Value>::new());
    for seen in [anja.case(&case, fields).await, anja.recorded(&case, "2026-11-16", fields).await] {
        let [proposal] = &rest(&seen)[..] else { panic!("one proposal: {seen}") };
        assert_eq!(
            (&proposal["day"], &proposal["waits"], &proposal["answer"]),
            (&json!("2026-11-16"), &json!(true), &Value::Null)
        );
    }
    let list = "{ worklist(first: 100) { nodes { kind caseId word proposalId } } }";
    let id = rest(&anja.case(&case, fields).await)[0]["id"].clone();
    let waits = anja.ask(list).await.data("worklist")["nodes"].clone();
    assert!(
        waits.as_array().unwrap().iter().any(|line| line["kind"] == "PROPOSAL" && line["proposalId"] == id),
        "{waits}"
    );
    for key in ["wim", "fenna", "hugo", "noor"] {
        let lines = demo.as_(key).ask(list).await.data("worklist")["nodes"].clone();
        assert!(lines.as_array().unwrap().iter().all(|line| line["proposalId"] != id), "{key}: {lines}");
        let seen = demo.as_(key).case(&case, "proposals { id }").await;
        assert_eq!(seen["proposals"], json!([]), "{key}");
    }
}
