//! "Five supporters, nobody in charge": every line of the narrative that the three rooms carry, as the people in it see it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{Server, shared};

const CASE: &str = "05";

fn layla() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("layla"), demo.case(CASE))
}

/// Names of the workers in a list of things that have one.
fn workers(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry["worker"]["name"].as_str().unwrap().to_owned()).collect()
}

/// Domain rules 1 and 2 (004:2271): none directs, and two parties are in.
#[tokio::test]
async fn the_gap_begins_on_the_day_the_second_party_joins() {
    let (_, layla, case) = layla();
    let gap = "regie { gap { since parties lastDay alertAt } director { since } }";
    let first_day = layla.about(&case, "2026-03-02", gap).await;
    let expected =
        json!({"since": "2026-03-02", "parties": 2, "lastDay": "2026-03-09", "alertAt": "2026-03-10T07:00:00Z"});
    let mut found = first_day["regie"]["gap"].clone();
    let alert: domain::time::Timestamp = found["alertAt"].as_str().unwrap().parse().unwrap();
    assert_eq!(alert, "2026-03-10T07:00:00Z".parse().unwrap(), "08:00 in Amsterdam");
    found["alertAt"] = expected["alertAt"].clone();
    assert_eq!(found, expected);
    assert_eq!(first_day["regie"]["director"], Value::Null);
}

#[tokio::test]
async fn the_alert_of_10_march_names_three_parties_and_the_gap_grows_to_five() {
    let (_, layla, case) = layla();
    for (day, parties) in
        [("2026-03-04", 2), ("2026-03-10", 3), ("2026-03-18", 3), ("2026-03-19", 4), ("2026-03-20", 5)]
    {
        for looked in [
            layla.about(&case, day, "regie { gap { since parties } }").await,
            layla.recorded(&case, day, "regie { gap { since parties } }").await,
        ] {
            assert_eq!(looked["regie"]["gap"], json!({"since": "2026-03-02", "parties": parties}), "{day}");
        }
    }
}

#[tokio::test]
async fn the_gap_closes_with_the_director_and_one_party_is_none() {
    let (_, layla, case) = layla();
    for day in ["2026-03-01", "2026-03-25", "2026-06-26", "2026-11-16"] {
        assert_eq!(layla.about(&case, day, "regie { gap { since } }").await["regie"]["gap"], Value::Null, "{day}");
    }
}

/// Domain rule 1: from the assignment on there is never a moment without a director, and never one with two (R09).
#[tokio::test]
async fn no_day_has_two_directors_and_none_after_25_march_has_none() {
    let (_, layla, case) = layla();
    let mut day: domain::time::CivilDay = "2026-03-02".parse().unwrap();
    let (assigned, handed_over, last): (domain::time::CivilDay, domain::time::CivilDay, domain::time::CivilDay) =
        ("2026-03-25".parse().unwrap(), "2026-06-26".parse().unwrap(), "2026-07-31".parse().unwrap());
    while day <= last {
        let seen = layla
            .about(&case, &day.to_string(), "director { worker { name } } regie { directors { since until } }")
            .await;
        let expected = match () {
            () if day < assigned => Value::Null,
            () if day < handed_over => json!("Joost"),
            () => json!("Layla"),
        };
        assert_eq!(seen["director"]["worker"]["name"], expected, "{day}");
        let text = day.to_string();
        let holds = |held: &&Value| {
            held["since"].as_str().unwrap() <= text.as_str()
                && held["until"].as_str().is_none_or(|until| text.as_str() <= until)
        };
        assert!(seen["regie"]["directors"].as_array().unwrap().iter().filter(holds).count() <= 1, "{day}: {seen}");
        day = day.plus_days(1);
    }
}

#[tokio::test]
async fn the_consultant_joins_only_after_samira_agreed() {
    let (_, layla, case) = layla();
    for (day, in_already) in [("2026-03-16", false), ("2026-03-18", false), ("2026-03-19", true)] {
        let parties =
            layla.about(&case, day, "regie { parties { worker { name } } }").await["regie"]["parties"].clone();
        assert_eq!(workers(&parties).contains(&"Chantal".to_owned()), in_already, "{day}");
    }
    let consents =
        layla.case(&case, "consents { kind from giver { name } subject { name } recipients { name } }").await;
    let given: Vec<Value> = consents["consents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|consent| consent["recipients"] == json!([{"name": "Chantal"}]))
        .cloned()
        .collect();
    assert_eq!(each(&json!(given), "from"), ["2026-03-18", "2026-03-18"]);
    assert!(given.iter().all(|consent| consent["giver"]["name"] == "Samira" && consent["kind"] == "JOINING"));
}

/// Domain rule 0: what happened can always be recorded.
#[tokio::test]
async fn the_point_a_professional_decided_is_listed_as_a_departure() {
    let (_, layla, case) = layla();
    let seen = layla.case(&case, "departures { rule day explained explanation }").await;
    let departure = find(&seen["departures"], "rule", "family_decides");
    assert_eq!(departure["day"], "2026-03-25");
    assert_eq!(departure["explained"], true);
    assert!(departure["explanation"].as_str().unwrap().starts_with("In het netwerkberaad"));
}

/// Domain rule 12 (003:2303).
#[tokio::test]
async fn each_says_what_they_can_and_cannot_do() {
    let (_, layla, case) = layla();
    let fields = "regie { parties { worker { name } can cannot } otherParties { worker { name } can cannot until } }";
    let regie = layla.about(&case, "2026-03-26", fields).await["regie"].clone();
    let all: Vec<Value> =
        ["parties", "otherParties"].iter().flat_map(|list| regie[*list].as_array().unwrap().clone()).collect();
    let spoke = all.iter().filter(|party| party["can"].is_string() && party["cannot"].is_string());
    assert_eq!(spoke.count(), 5, "{regie}");
    let esra = all.iter().find(|party| party["worker"]["name"] == "Esra").unwrap();
    assert_eq!(esra["cannot"], "In het weekend komen.");
}

/// Domain rule 12: duplicate organisations in one case are shown.
#[tokio::test]
async fn the_organisation_that_came_twice_shows_until_one_of_the_two_left() {
    let (_, layla, case) = layla();
    let twice = "regie { duplicateOrganisations { organisation workers { name } } }";
    assert_eq!(layla.about(&case, "2026-03-19", twice).await["regie"]["duplicateOrganisations"], json!([]));
    let shown = layla.about(&case, "2026-03-20", twice).await["regie"]["duplicateOrganisations"].clone();
    assert_eq!(
        shown,
        json!([{"organisation": "jeugdhulp-de-linde", "workers": [{"name": "Esra"}, {"name": "Willem"}]}])
    );
    assert_eq!(layla.about(&case, "2026-03-26", twice).await["regie"]["duplicateOrganisations"], json!([]));
}

#[tokio::test]
async fn joost_directs_because_the_family_and_the_others_agreed() {
    let (_, layla, case) = layla();
    let fields = "director { worker { name } since tasks agreedBy { __typename ... on Person { name } ... on Worker { who: name } } }";
    let director = layla.about(&case, "2026-03-25", fields).await["director"].clone();
    assert_eq!(director["worker"]["name"], "Joost");
    assert_eq!(director["tasks"].as_array().unwrap().len(), 6);
    let agreed = director["agreedBy"].as_array().unwrap();
    let names: Vec<&str> = agreed.iter().map(|by| by["name"].as_str().or(by["who"].as_str()).unwrap()).collect();
    assert_eq!(names, ["Samira", "Yasmina", "Ria", "Marloes", "Esra", "Chantal"]);
}

/// Domain rule 3: bringing a specialist in never ends the directorship.
#[tokio::test]
async fn the_specialist_comes_in_beside_joost_and_is_overdue_after_the_expected_end() {
    let (_, layla, case) = layla();
    let fields = "director { worker { name } } regie { parties { worker { name } specialist expectedEnd overdue } }";
    for (day, overdue) in [("2026-04-20", false), ("2026-10-01", false), ("2026-10-02", true)] {
        let seen = layla.about(&case, day, fields).await;
        let parties = seen["regie"]["parties"].as_array().unwrap();
        let renske = parties.iter().find(|party| party["worker"]["name"] == "Renske").unwrap();
        assert_eq!(renske["overdue"], overdue, "{day}");
        assert_eq!((&renske["specialist"], &renske["expectedEnd"]), (&json!(true), &json!("2026-10-01")));
    }
    assert_eq!(layla.about(&case, "2026-04-20", fields).await["director"]["worker"]["name"], "Joost");
}

#[tokio::test]
async fn the_overdue_specialist_stands_on_the_caseload_of_layla_and_of_noor() {
    let (demo, _, case) = layla();
    for key in ["layla", "noor"] {
        let answer = demo
            .as_(key)
            .ask("{ caseload(first: 100) { nodes { case { id } attention { kind day worker { name } } } } }")
            .await;
        let rows = answer.data("caseload")["nodes"].clone();
        let row = rows.as_array().unwrap().iter().find(|row| row["case"]["id"] == case).unwrap();
        let line = find(&row["attention"], "kind", "SPECIALIST_OVERDUE");
        assert_eq!((&line["day"], &line["worker"]["name"]), (&json!("2026-10-01"), &json!("Renske")), "{key}");
    }
    let joost = demo.as_("joost").ask("{ caseload { totalCount nodes { case { id } } } }").await.data("caseload");
    assert!(!joost.to_string().contains(&case), "{joost}");
}

/// Domain rule 1: the family is asked about the successor and told the day; the successor reads the summary before accepting.
#[tokio::test]
async fn the_handover_has_all_its_steps() {
    let (_, layla, case) = layla();
    let fields = "id offered planned state ended reason summary openTasks summaryRead predecessor { name } successor { name } family { person { name } agrees words toldDay }";
    let waiting =
        layla.about(&case, "2026-06-24", &format!("regie {{ handover {{ {fields} }} }}")).await["regie"]["handover"]
            .clone();
    assert_eq!(
        (&waiting["state"], &waiting["offered"], &waiting["planned"]),
        (&json!("WAITING"), &json!("2026-06-19"), &json!("2026-06-26"))
    );
    assert_eq!((&waiting["predecessor"]["name"], &waiting["successor"]["name"]), (&json!("Joost"), &json!("Layla")));
    assert_eq!((&waiting["summaryRead"], waiting["openTasks"].as_array().unwrap().len()), (&Value::Null, 2));
    let word = &waiting["family"][0];
    assert_eq!(
        (&word["person"]["name"], &word["agrees"], &word["toldDay"]),
        (&json!("Samira"), &json!(true), &json!("2026-06-26"))
    );

    let done =
        layla.case(&case, &format!("regie {{ handover {{ id }} earlierHandovers {{ {fields} }} }}")).await["regie"]
            .clone();
    let ended = &done["earlierHandovers"][0];
    assert_eq!(
        (&ended["state"], &ended["ended"], &ended["summaryRead"]),
        (&json!("ACCEPTED"), &json!("2026-06-26"), &json!("2026-06-25"))
    );
    assert_eq!(done["handover"], Value::Null);
}

/// R17: losing the relation ends access on the next request.
#[tokio::test]
async fn after_the_handover_joost_is_refused_and_layla_is_let_in() {
    let (demo, layla, case) = layla();
    let refused = demo.as_("joost").ask_with("query($id: ID!) { case(id: $id) { id } }", json!({"id": case})).await;
    assert_eq!(refused.code(), "NOT_AVAILABLE");
    assert_eq!(layla.case(&case, "director { worker { name } }").await["director"]["worker"]["name"], "Layla");
}

/// R19: a correction points at what it corrects; views show the corrected, the timeline both, and the past as it was recorded.
#[tokio::test]
async fn the_corrected_birth_date_can_be_read_as_it_is_and_as_it_was_recorded() {
    let (_, layla, case) = layla();
    let people = "people { name birthDate }";
    let born = |seen: &Value| find(&seen["people"], "name", "Karim")["birthDate"].clone();
    assert_eq!(born(&layla.case(&case, people).await), "1986-05-17");
    assert_eq!(born(&layla.recorded(&case, "2026-03-03", people).await), "1988-05-17");
    assert_eq!(born(&layla.recorded(&case, "2026-03-04", people).await), "1986-05-17");
    assert_eq!(born(&layla.about(&case, "2026-03-03", people).await), "1986-05-17");

    let timeline = "timeline(first: 100) { nodes { kind recordedAt words { label text } correction { struckOut reason by { name } earlierWords { label text } } } }";
    let entries = layla.case(&case, timeline).await["timeline"]["nodes"].clone();
    let corrected: Vec<&Value> =
        entries.as_array().unwrap().iter().filter(|entry| entry["correction"].is_object()).collect();
    let [entry] = corrected[..] else { panic!("one corrected entry: {corrected:?}") };
    assert_eq!(entry["kind"], "BirthDateRecorded");
    assert!(entry["words"].to_string().contains("1986-05-17"), "{entry}");
    assert!(entry["correction"]["earlierWords"].to_string().contains("1988-05-17"), "{entry}");
    assert_eq!(
        (&entry["correction"]["struckOut"], &entry["correction"]["by"]["name"]),
        (&json!(false), &json!("Noor"))
    );
    assert!(entry["correction"]["reason"].as_str().unwrap().starts_with("Verschreven"));
}

/// "No authority, has not recognised": Samira alone decides; Karim is known and nothing more.
#[tokio::test]
async fn samira_alone_has_authority_and_karim_has_not_recognised() {
    let (_, layla, case) = layla();
    let fields = "people { name role authority { kind holders { name } } recognitions { recognised parent { name } } \
        helpMissing { person { name } } }";
    for day in ["2026-03-02", "2026-11-16"] {
        let people = layla.about(&case, day, fields).await["people"].clone();
        let ilias = find(&people, "name", "Ilias");
        let (authority, not_recognised) = (
            json!({"kind": "ONE_PARENT", "holders": [{"name": "Samira"}]}),
            json!([{"recognised": false, "parent": {"name": "Karim"}}]),
        );
        assert_eq!((&ilias["authority"], &ilias["recognitions"]), (&authority, &not_recognised), "{day}");
        assert_eq!(ilias["helpMissing"], json!([]), "his father is not asked");
        assert_eq!(find(&people, "name", "Karim")["role"], "PARENT");
    }
}

/// "Two leave": Willem, of the organisation that came twice, and Dirk.
#[tokio::test]
async fn willem_and_dirk_leave_on_25_march_and_three_stay() {
    let (_, layla, case) = layla();
    let fields = "regie { parties { worker { name } } otherParties { worker { name } until } }";
    let before = layla.about(&case, "2026-03-25", fields).await["regie"].clone();
    assert_eq!(workers(&before["parties"]).len(), 5, "{before}");
    let after = layla.about(&case, "2026-03-26", fields).await["regie"].clone();
    assert_eq!(workers(&after["parties"]), ["Marloes", "Esra", "Chantal"]);
    for name in ["Willem", "Dirk"] {
        let left = after["otherParties"].as_array().unwrap().iter().find(|party| party["worker"]["name"] == name);
        assert_eq!(left.unwrap()["until"], "2026-03-25", "{name}");
    }
}

/// What the access worker hears while nobody directs.
#[tokio::test]
async fn noor_heard_that_there_is_no_director_yet() {
    let (demo, _, case) = layla();
    let noor = demo.as_("noor").with("accept-language", "nl");
    let told = noor.recorded(&case, "2026-03-10", "alerts { word text }").await["alerts"].clone();
    let gap = find(&told, "word", "gap")["text"].as_str().unwrap().to_owned();
    assert!(gap.starts_with("Nog geen regiehouder: 3 professionals betrokken"), "{gap}");
}

/// "Samira is asked about Layla, agrees 06-23": not a day before.
#[tokio::test]
async fn samira_had_not_agreed_on_22_june_and_had_on_the_23rd() {
    let (_, layla, case) = layla();
    let fields = "regie { handover { state family { agrees toldDay words person { name } } } }";
    let before = layla.recorded(&case, "2026-06-22", fields).await["regie"]["handover"].clone();
    assert_eq!((&before["state"], &before["family"]), (&json!("WAITING"), &json!([])));
    let after = layla.recorded(&case, "2026-06-23", fields).await["regie"]["handover"].clone();
    let word = json!([{"agrees": true, "toldDay": "2026-06-26", "person": {"name": "Samira"},
        "words": "Dat is goed. Als ik maar niet alles opnieuw hoef te vertellen."}]);
    assert_eq!((&after["state"], &after["family"]), (&json!("WAITING"), &word));
}

/// The college decides on 26 October, on the views of three who do not take part; then help goes down a step.
#[tokio::test]
async fn three_who_take_no_part_reviewed_it_the_college_refused_and_help_went_down() {
    let (_, layla, case) = layla();
    let fields = "help { trajectories { extensions { views { role advice on worker { name } }
        decisions { outcome on decidedBy reason } } } } escalation { services { levelNow steps { on level change reason } } }
        regie { parties { worker { name } } otherParties { worker { name } } }";
    let seen = layla.case(&case, fields).await;
    let extension = &seen["help"]["trajectories"][0]["extensions"][0];
    let views = json!([
        {"role": "CORE_TEAM", "advice": "DO_NOT_EXTEND", "on": "2026-10-19", "worker": {"name": "Bas"}},
        {"role": "CONTRACT_MANAGER", "advice": "DO_NOT_EXTEND", "on": "2026-10-20", "worker": {"name": "Gerda"}},
        {"role": "LEGAL_ADVISER", "advice": "EXTEND_SHORTER", "on": "2026-10-21", "worker": {"name": "Ineke"}},
    ]);
    assert_eq!(extension["views"], views);
    let parties: Vec<String> =
        ["parties", "otherParties"].iter().flat_map(|list| workers(&seen["regie"][*list])).collect();
    assert!(["Bas", "Gerda", "Ineke"].iter().all(|name| !parties.contains(&(*name).to_owned())), "{parties:?}");
    let decided = &extension["decisions"][0];
    assert_eq!((&decided["outcome"], &decided["on"]), (&json!("REFUSED"), &json!("2026-10-26")));
    assert_eq!(decided["decidedBy"], "College van burgemeester en wethouders");
    assert!(decided["reason"].as_str().unwrap().starts_with("Het doel van dit traject is bereikt."));
    let steps = seen["escalation"]["services"][0]["steps"].clone();
    assert_eq!(each(&steps, "level"), [3, 2]);
    assert_eq!((&steps[1]["on"], &steps[1]["change"]), (&json!("2026-11-09"), &json!(-1)));
    assert_eq!(steps[1]["reason"], "De begeleiding thuis stopt; de sportclub en de buurvrouw blijven.");
}
