//! Consultations of several parties, and what follows a stop (rule 20; 004b R46): separate listening by different colleagues, going on with
//! them there; case 07.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const MEETING: &str = "conferences { id kind called planned purpose expected organisationsTwice ledBy { name } \
    invited { outside organisation consents { agrees person { name } } } \
    held { day yielded notDiscussed { name } } \
    stopped { day reason resumes stoppedBy { name } hearings { person { name } listener { name } } } \
    heard { day words person { name } listener { name } } \
    resumed { day yielded listenersMissing { name } notDiscussed { name } came { person { name } worker { name } } \
      agreed { what nobodyYet by owner { name } ownerWorker { name } } } \
    notResumed { day reason } }";

/// Refused in both languages, each in its own words.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) -> Answer {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
    english
}

/// An MDO about the mother and her son, stopped by Petra who led it.
async fn stopped() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    server.as_("petra").ask("{ me { id } }").await;
    let called = json!({"kind": "MDO", "occasion": "Naar school gaan lukt niet.", "purpose": "Samen afspreken.",
        "expected": "Haalbare afspraken.", "about": [family.mother, family.son], "ledBy": server.worker("petra"),
        "invited": [{"who": {"person": family.mother}}, {"who": {"worker": server.worker("petra")}, "organisation": "zorg-bv"},
            {"who": {"outside": "De collega"}, "organisation": "zorg-bv"}]});
    let conference = made(&anja.does("callConference", family.input(called)).await, "CONFERENCE")[0].clone();
    let stop = json!({"conference": conference, "reason": "Ruzie.", "stoppedBy": server.worker("petra")});
    anja.does("stopConference", family.input(stop)).await;
    (server, family, conference)
}

#[tokio::test]
async fn a_consultation_states_its_purpose_and_shows_two_of_one_organisation() {
    let (server, family, _) = stopped().await;
    let anja = server.as_("anja");
    let without = json!({"kind": "MDO", "occasion": "Zomaar.", "about": [family.mother], "invited": []});
    refuses(&anja, "callConference", family.input(without.clone()), "CONFERENCE_WITHOUT_PURPOSE").await;
    let mut past = family.input(without);
    past["occurred"] = json!({"day": "2026-11-01"});
    anja.does("callConference", past).await;
    let departures = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert_eq!(each(&departures, "rule"), ["purpose_stated"]);
    let seen = anja.case(&family.case, MEETING).await["conferences"].clone();
    let mdo = find(&seen, "purpose", "Samen afspreken.");
    assert_eq!((&mdo["organisationsTwice"], &mdo["ledBy"]["name"]), (&json!(["zorg-bv"]), &json!("Petra")));
}

#[tokio::test]
async fn each_is_heard_by_a_different_colleague_and_it_goes_on_with_them() {
    let (server, family, conference) = stopped().await;
    let anja = server.as_("anja");
    server.as_("olga").ask("{ me { id } }").await;
    let hearing = |person: &str, listener: &str| json!({"person": person, "listener": server.worker(listener)});
    let plan = |hearings: Value| family.input(json!({"conference": conference, "hearings": hearings}));
    let both = json!([hearing(&family.mother, "olga"), hearing(&family.son, "olga")]);
    let answer = refuses(&anja, "planHearings", plan(both), "LISTENER_TWICE").await;
    assert!(answer.message().contains("different colleague"), "{}", answer.message());
    refuses(&anja, "planHearings", plan(json!([hearing(&family.son, "petra")])), "LISTENER_WAS_THERE").await;
    refuses(&anja, "planHearings", plan(json!([])), "HEARING_OF_NOBODY").await;
    let apart = json!([hearing(&family.mother, "olga"), hearing(&family.son, "youssef")]);
    anja.does("planHearings", plan(apart)).await;
    let hear = |person: &str, listener: &str, words: &str| {
        family.input(
            json!({"conference": conference, "person": person, "listener": server.worker(listener), "words": words}),
        )
    };
    anja.does("recordHearing", hear(&family.mother, "olga", "Merel schrok van zichzelf.")).await;
    anja.does("recordHearing", hear(&family.son, "olga", "Kwartel wil rust.")).await;
    let departures = anja.case(&family.case, "departures { rule ruleText }").await["departures"].clone();
    assert_eq!(each(&departures, "rule"), ["different_listeners"], "had it happened it is recorded, and marked");
    // What each said apart is their own: a child's is the director's.
    let texts = "timeline(first: 100) { nodes { words { text } } } conferences { heard { words } }";
    let all = anja.case(&family.case, texts).await.to_string();
    assert!(all.contains("Merel") && all.contains("Kwartel"), "{all}");
    let petra = server.as_("petra").case(&family.case, texts).await.to_string();
    assert!(petra.contains("Merel") && !petra.contains("Kwartel"), "she works for the mother: {petra}");
    let access = server.as_("noor").case(&family.case, texts).await.to_string();
    assert!(!access.contains("Merel") && !access.contains("Kwartel"), "{access}");

    let alone =
        json!({"conference": conference, "came": [{"who": {"person": family.mother}}], "yielded": "Rustig verder."});
    anja.does("resumeConference", family.input(alone.clone())).await;
    let seen = anja.case(&family.case, MEETING).await["conferences"][0].clone();
    assert_eq!(seen["resumed"]["listenersMissing"][0]["name"], "Olga", "the warning: {seen}");
    let departures = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert!(each(&departures, "rule").contains(&json!("listeners_there")), "{departures}");
    refuses(&anja, "resumeConference", family.input(alone), "CONFERENCE_RESUMED").await;
    let end = json!({"conference": conference, "reason": "Klaar."});
    refuses(&anja, "endStoppedConference", family.input(end), "CONFERENCE_RESUMED").await;
}

#[tokio::test]
async fn one_that_will_not_go_on_says_so_and_one_that_was_not_stopped_has_nothing_to_go_on_with() {
    let (server, family, conference) = stopped().await;
    let anja = server.as_("anja");
    let lines = "agenda { word text day }";
    let waits = anja.case(&family.case, lines).await.to_string();
    assert!(waits.contains("conference_resume") && waits.contains("2026-11-23"), "a week later it goes on: {waits}");
    anja.does("endStoppedConference", family.input(json!({"conference": conference, "reason": "Apart uitgekomen."})))
        .await;
    let seen = anja.case(&family.case, MEETING).await["conferences"][0]["notResumed"].clone();
    assert_eq!(seen, json!({"day": "2026-11-16", "reason": "Apart uitgekomen."}));
    let called = json!({"kind": "NETWORK_MEETING", "occasion": "Zomaar.", "about": [family.mother],
        "invited": [{"who": {"person": family.mother}}]});
    let other = made(&anja.does("callConference", family.input(called)).await, "CONFERENCE")[0].clone();
    let hear = json!({"conference": other, "person": family.mother});
    refuses(&anja, "recordHearing", family.input(hear), "CONFERENCE_NOT_STOPPED").await;
    let unknown = json!({"conference": Uuid::new_v4(), "person": family.mother});
    refuses(&anja, "recordHearing", family.input(unknown), "CONFERENCE_UNKNOWN").await;
    let all_the_same = json!({"conference": other, "came": [{"who": {"person": family.mother}}], "yielded": "Gedaan.",
        "notDiscussed": [family.mother]});
    refuses(&anja, "recordConference", family.input(all_the_same), "DISCUSSED_ALL_THE_SAME").await;
}

/// Case 07, line by line: 2026-10-05 stopped by Hanna, heard apart by Olga and Youssef, 2026-10-12 resumed with them, agreements with
/// owners, 2026-10-19 a condition; the framework stays voluntary.
#[tokio::test]
async fn the_meeting_of_case_07_derails_and_goes_on_a_week_later() {
    let demo = shared();
    let (kees, case) = (demo.as_("kees"), demo.case("07"));
    let seen = kees.case(&case, MEETING).await["conferences"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 1, "the one without a purpose was refused");
    let mdo = &seen[0];
    assert_eq!(
        (&mdo["kind"], &mdo["planned"], &mdo["ledBy"]["name"]),
        (&json!("MDO"), &json!("2026-10-05"), &json!("Hanna"))
    );
    assert!(mdo["purpose"].is_string() && mdo["expected"].is_string());
    let outside: Vec<&Value> =
        mdo["invited"].as_array().unwrap().iter().filter(|guest| guest["outside"].is_string()).collect();
    assert_eq!(outside.len(), 2, "the nurse and the school");
    for guest in outside {
        let said = |name: &str| {
            guest["consents"].as_array().unwrap().iter().find(|word| word["person"]["name"] == name).unwrap()["agrees"]
                .clone()
        };
        assert_eq!((said("Robin"), said("Greet"), said("Stijn")), (json!(true), json!(true), Value::Null));
    }
    let held = &mdo["held"];
    assert_eq!((&held["day"], &held["notDiscussed"][0]["name"]), (&json!("2026-10-05"), &json!("Stijn")));
    let stop = &mdo["stopped"];
    assert_eq!(
        (&stop["day"], &stop["stoppedBy"]["name"], &stop["resumes"]),
        (&json!("2026-10-05"), &json!("Hanna"), &json!("2026-10-12"))
    );
    let by: Vec<_> = stop["hearings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["person"]["name"].clone(), one["listener"]["name"].clone()))
        .collect();
    assert_eq!(by, [(json!("Greet"), json!("Olga")), (json!("Robin"), json!("Youssef"))]);
    let heard: Vec<_> = mdo["heard"].as_array().unwrap().iter().map(|one| one["listener"]["name"].clone()).collect();
    assert_eq!(heard, ["Olga", "Youssef"]);
    let on = &mdo["resumed"];
    assert_eq!((&on["day"], &on["listenersMissing"]), (&json!("2026-10-12"), &json!([])));
    let names: Vec<_> =
        on["came"].as_array().unwrap().iter().filter_map(|guest| guest["worker"]["name"].as_str()).collect();
    assert!(names.contains(&"Olga") && names.contains(&"Youssef"), "{names:?}");
    assert!(
        on["agreed"].as_array().unwrap().iter().all(|point| point["nobodyYet"] == false && point["by"].is_string())
    );
    let departures = kees.case(&case, "departures { rule }").await["departures"].clone();
    assert_eq!(departures, json!([]), "everything went as the rules say");
    // As it was known about the week between.
    let between = kees.about(&case, "2026-10-08", MEETING).await["conferences"][0].clone();
    assert_eq!((&between["resumed"], between["heard"].as_array().unwrap().len()), (&Value::Null, 2));
    assert_eq!(kees.case(&case, "framework").await["framework"], "VOLUNTARY");
    // Hanna works for Robin and her mother: what Greet said apart she may know, not what Robin said; that Stijn has not answered is his, and
    // so the meeting in which that stands is for who works for him too.
    let texts = "timeline(first: 100) { nodes { words { text } } } conferences { id }";
    let all = kees.case(&case, texts).await.to_string();
    assert!(
        all.contains("schrok van mezelf")
            && all.contains("niet met wie ik ben")
            && all.contains("Rustig verder gepraat")
    );
    let hanna = demo.as_("hanna").case(&case, texts).await;
    assert_eq!(hanna["conferences"], json!([]));
    let hanna = hanna.to_string();
    assert!(hanna.contains("schrok van mezelf"), "{hanna}");
    assert!(!hanna.contains("niet met wie ik ben") && !hanna.contains("Rustig verder gepraat"), "{hanna}");
}
