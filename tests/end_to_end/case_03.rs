//! "Sacha does not want to go": what the room of consent carries of the narrative, as its director sees it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{MUNICIPALITY, made};
use crate::server::{Server, fresh, shared};

const CASE: &str = "03";

fn anja() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("anja"), demo.case(CASE))
}

const SACHA: &str = "people { name helpMissing { refused person { name } } helpIncomplete { since runningUntil waysOpen { way text } } }";

fn sacha(seen: &Value) -> &Value {
    find(&seen["people"], "name", "Sacha")
}

/// "Asked for 04-02, 04-03, 04-09 and 04-10: complete, incomplete, incomplete, complete." Running help goes on for six weeks.
#[tokio::test]
async fn from_the_twelfth_birthday_help_is_incomplete_until_sacha_agrees() {
    let (_, anja, case) = anja();
    for (day, complete) in [("2026-04-02", true), ("2026-04-03", false), ("2026-04-09", false), ("2026-04-10", true)] {
        let seen = anja.with("Accept-Language", "nl").about(&case, day, SACHA).await;
        let incomplete = &sacha(&seen)["helpIncomplete"];
        if complete {
            assert_eq!((&sacha(&seen)["helpMissing"], incomplete), (&json!([]), &Value::Null), "{day}");
            continue;
        }
        assert_eq!(sacha(&seen)["helpMissing"], json!([{"refused": false, "person": {"name": "Sacha"}}]), "{day}");
        assert_eq!(
            (&incomplete["since"], &incomplete["runningUntil"]),
            (&json!("2026-04-03"), &json!("2026-05-15")),
            "{day}"
        );
        let ways = each(&incomplete["waysOpen"], "way");
        assert_eq!(
            ways,
            ["ASK_AGAIN", "ANONYMOUS_ADVICE", "UNABLE_TO_JUDGE", "URGENT", "VEILIG_THUIS", "RAAD"],
            "{day}"
        );
        assert_eq!(incomplete["waysOpen"][0]["text"], "Vraag het (opnieuw).");
    }
}

/// Sharing: the parents decide until 04-02, Sacha from 04-03. Erik's yes of 03-20 counts for nothing new from then on.
#[tokio::test]
async fn a_parents_yes_for_the_school_counts_until_the_birthday() {
    let (demo, anja, case) = anja();
    let fields = "consents { id state holds counts }";
    for (day, counts) in [("2026-03-20", true), ("2026-04-02", true), ("2026-04-03", false), ("2026-11-16", false)] {
        let seen = anja.about(&case, day, fields).await;
        let school = find(&seen["consents"], "id", &demo.id(CASE, "school-erik")).clone();
        assert_eq!(
            (&school["state"], &school["holds"], &school["counts"]),
            (&json!("GRANTED"), &json!(true), &json!(counts)),
            "{day}"
        );
    }
}

/// The question waits until Sacha answers.
#[tokio::test]
async fn what_sacha_was_asked_waits_until_the_answer() {
    let (_, anja, case) = anja();
    let fields = "consentQuestions { kind asked answerBy giver { name } explained }";
    let waits = anja.about(&case, "2026-04-09", fields).await["consentQuestions"].clone();
    assert_eq!(
        (&waits[0]["giver"]["name"], &waits[0]["asked"], &waits[0]["answerBy"]),
        (&json!("Sacha"), &json!("2026-03-16"), &json!("2026-04-10"))
    );
    assert!(waits[0]["explained"].as_str().unwrap().contains("nee zeggen mag"));
    assert_eq!(anja.about(&case, "2026-04-10", fields).await["consentQuestions"], json!([]));
}

/// "From that day help consent is incomplete until Sacha agrees (04-10): new acts are blocked, running help goes on."
#[tokio::test]
async fn until_sacha_agrees_new_help_waits_and_running_help_goes_on() {
    const RUNNING: &str = "departures { rule } help { trajectories { product lastDay goals { words } } }";
    let server = fresh("2026-02-16");
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    let opened = noor.does("openCase", opening()).await;
    let (case, people) = (made(&opened, "CASE")[0].clone(), made(&opened, "PERSON"));
    let (erik, sacha) = (people[0].clone(), people[2].clone());
    let assign = json!({"caseId": case, "director": server.worker("anja"), "organisation": "jeugd-en-gezin-gooi",
        "tasks": ["PLAN"], "agreed": [{"person": erik}]});
    noor.does("assignCaseDirector", assign).await;
    let start = |product: &str, from: Option<&str>| json!({"caseId": case, "product": product, "provider": "Zorggroep", "persons": [sacha], "from": from});
    server.tell("2026-04-02");
    let running = made(&anja.does("startTrajectory", start("Praten", None)).await, "HELP_TRAJECTORY")[0].clone();
    assert_eq!(anja.refused("startTrajectory", start("Spelen", Some("2026-04-03"))).await, "HELP_CONSENT_MISSING");
    server.tell("2026-04-05");
    let head = server.head().await;
    for (language, words) in
        [("nl", "Nieuwe hulp wacht; hulp die al loopt gaat voorlopig door."), ("en", "New help waits")]
    {
        let refused = anja.with("Accept-Language", language).send("startTrajectory", start("Spelen", None)).await;
        assert_eq!(refused.code(), "HELP_CONSENT_MISSING");
        assert!(refused.message().contains(words), "{}", refused.message());
        let details = refused.details();
        assert_eq!((&details["still_to_ask"], &details["persons"]), (&json!([sacha]), &json!([sacha])));
        assert_eq!((&details["day"], &details["ways_open"][0]), (&json!("2026-04-05"), &json!("ask_again")));
    }
    assert_eq!(server.head().await, head, "nothing was written");
    let goal = json!({"caseId": case, "words": "Rustig slapen.", "proposedBy": {"person": sacha}, "concerns": [sacha]});
    let goal = made(&anja.does("proposeGoal", goal).await, "GOAL")[0].clone();
    anja.does("setTrajectoryGoals", json!({"caseId": case, "trajectory": running, "goals": [goal]})).await;
    let seen = anja.case(&case, RUNNING).await;
    let trajectories = &seen["help"]["trajectories"];
    assert_eq!((&trajectories[0]["lastDay"], trajectories.as_array().unwrap().len()), (&Value::Null, 1));
    assert_eq!(trajectories[0]["goals"], json!([{"words": "Rustig slapen."}]), "running help goes on");
    // What began all the same is reported, and listed for the director.
    anja.does("startTrajectory", start("Spelen", Some("2026-04-04"))).await;
    let rules = each(&anja.case(&case, RUNNING).await["departures"], "rule");
    assert!(rules.contains(&json!("consent_before_help")), "{rules:?}");
    server.tell("2026-04-10");
    let yes = json!({"caseId": case, "giver": sacha, "subject": sacha, "kind": "HELP", "evidence": "SPOKEN"});
    anja.does("grantConsent", yes).await;
    anja.does("startTrajectory", start("Muziek", None)).await;
}

/// The family of this case on its first day, for a test that acts between two lines of it.
fn opening() -> Value {
    let help = |giver: &str| json!({"giver": giver, "subject": "sacha", "kind": "HELP", "evidence": "SPOKEN"});
    json!({
        "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
        "question": "Het kind wil rust en van allebei kunnen houden.",
        "people": [
            {"key": "erik", "name": "Evert", "birthDate": "1985-06-11", "role": "PARENT"},
            {"key": "nadia", "name": "Noortje", "birthDate": "1986-10-28", "role": "PARENT"},
            {"key": "sacha", "name": "Sterre", "birthDate": "2014-04-03", "role": "CHILD"},
        ],
        "authority": [{"child": "sacha", "kind": "JOINT_PARENTS", "holders": ["erik", "nadia"], "from": "2014-04-03", "source": "REGISTER"}],
        "consents": [help("erik"), help("nadia")],
    })
}

/// 03-20 and 06-05: the stomach ache before hand-over, and that it is gone; told by Sacha.
#[tokio::test]
async fn the_stomach_ache_of_20_march_is_gone_on_5_june() {
    let (_, anja, case) = anja();
    let fields =
        "childSignals { domain opened closed closingWords toldBy { name } child { name } steps { day change words } }";
    let now = anja.case(&case, fields).await["childSignals"].clone();
    let [signal] = &now.as_array().unwrap()[..] else { panic!("one signal: {now}") };
    assert_eq!(
        (&signal["domain"], &signal["opened"], &signal["closed"], &signal["closingWords"]),
        (&json!("PHYSICAL"), &json!("2026-03-20"), &json!("2026-06-05"), &json!("De buikpijn is weg."))
    );
    assert_eq!((&signal["toldBy"]["name"], &signal["child"]["name"]), (&json!("Sacha"), &json!("Sacha")));
    assert_eq!(
        signal["steps"][0],
        json!({"day": "2026-03-20", "change": "WORSE", "words": "Buikpijn voor het wisselen."})
    );
    let before = anja.about(&case, "2026-06-04", fields).await["childSignals"].clone();
    assert_eq!(before[0]["closed"], Value::Null);
    assert_eq!(anja.about(&case, "2026-03-19", fields).await["childSignals"], json!([]));
}

/// 04-10: what was said step by step, and the option in Sacha's own words; for the director alone.
#[tokio::test]
async fn the_steps_of_10_april_are_in_the_words_that_were_said() {
    let (demo, anja, case) = anja();
    let fields = "conversationSteps { step day words person { name } } options { day words person { name } tried { day effect words } }";
    let seen = anja.case(&case, fields).await;
    let said = [
        ("ACKNOWLEDGE", "Het is niet gek dat buikpijn komt als er ruzie is."),
        ("DYNAMICS", "De deur, een koude blik, opmerkingen over papa."),
        ("NEED_AND_DESIRE", "Ik wil gewoon rust."),
        ("REALITY", "Ze wonen niet meer samen, en dat blijft zo."),
        ("OPTIONS", "Wat kan helpen?"),
    ];
    let taken = said
        .map(|(step, words)| json!({"step": step, "day": "2026-04-10", "words": words, "person": {"name": "Sacha"}}));
    assert_eq!(seen["conversationSteps"], json!(taken));
    assert_eq!(
        seen["options"],
        json!([{"day": "2026-04-10", "words": "Met mama praten met jou of juf Carola erbij.", "person": {"name": "Sacha"},
            "tried": [{"day": "2026-04-24", "effect": "MORE_REST", "words": "We hebben gepraat en niemand werd boos."}]}])
    );
    let noor = demo.as_("noor").case(&case, fields).await;
    assert_eq!(noor, json!({"conversationSteps": [], "options": []}));
}

/// 04-24: the school gets nothing on paper; the refusal names whose yes is missing and which ways stay open.
#[tokio::test]
async fn nothing_is_shared_with_the_school_and_what_stays_open_is_named() {
    let (demo, anja, case) = anja();
    let share = json!({"caseId": case, "recipient": demo.worker("marloes"), "organisation": "basisschool-de-wilg", "capacity": "SCHOOL",
        "subjects": [demo.id(CASE, "sacha")], "categories": ["SCHOOL"], "offered": "Hoe het op school gaat."});
    let refused = anja.with("accept-language", "nl").send("recordAcceptedShare", share).await;
    assert_eq!(refused.code(), "SHARING_CONSENT_MISSING");
    let details = refused.details();
    assert!(details["still_to_ask"].as_array().unwrap().contains(&json!(demo.id(CASE, "sacha"))), "{details}");
    assert_eq!((&details["subject"], &details["category"]), (&json!(demo.id(CASE, "sacha")), &json!("school")));
    assert!(!details["ways_open"].as_array().unwrap().is_empty(), "{details}");
    let words = refused.message();
    assert!(
        words.starts_with("De toestemming om dit te delen is niet rond.") && words.contains("blijven open"),
        "{words}"
    );
    let shares = anja.case(&case, "sharing { shares { id } }").await["sharing"].clone();
    assert_eq!(shares["shares"], json!([]), "nothing went out");
}

/// 05-11: Nadia asks for Sacha's own words. Refused by two, with ground, way and remedy; both parents get the same letter, and nothing of
/// what was told stands in it.
#[tokio::test]
async fn what_nadia_asks_is_not_passed_on_and_erik_gets_the_same_letter() {
    let (demo, anja, case) = anja();
    let fields = "outsideRequests { requester day article familyTold { name } person { name } about { name } asked
        decision { day outcome categories reason decidedBy { name } } }
        contacts { day medium direction said with { name } } childVoices { words }";
    let open = anja.about(&case, "2026-05-10", fields).await;
    assert_eq!((&open["outsideRequests"], &open["contacts"]), (&json!([]), &json!([])));
    let seen = anja.case(&case, fields).await;
    let [request] = &seen["outsideRequests"].as_array().unwrap()[..] else { panic!("one request: {seen}") };
    assert_eq!(
        (&request["day"], &request["person"]["name"], &request["about"]),
        (&json!("2026-05-11"), &json!("Nadia"), &json!([{"name": "Sacha"}]))
    );
    let decision = &request["decision"];
    assert_eq!(
        (&decision["day"], &decision["outcome"], &decision["categories"]),
        (&json!("2026-05-11"), &json!("REFUSED"), &json!([]))
    );
    let mut by = each(&decision["decidedBy"], "name");
    by.sort_by_key(ToString::to_string);
    assert_eq!(by, ["Anja", "Joost"], "never by the worker alone");
    let reason = decision["reason"].as_str().unwrap();
    assert!(["7.3.11, derde lid", "Wel open", "een klacht"].iter().all(|part| reason.contains(part)), "{reason}");
    assert_eq!(request["familyTold"], json!([{"name": "Erik"}, {"name": "Nadia"}]));
    let letters = seen["contacts"].as_array().unwrap();
    let with: Vec<_> = letters.iter().map(|one| (one["with"][0]["name"].clone(), one["medium"].clone())).collect();
    assert_eq!(with, ["Nadia", "Erik"].map(|name| (json!(name), json!("LETTER"))));
    assert_eq!(letters[0]["said"], letters[1]["said"], "Erik gets the same");
    let told = seen["childVoices"][0]["words"].as_str().unwrap();
    assert!(told.contains("Bij de deur kijkt mama koud"), "the director knows them");
    let letter = letters[0]["said"].as_str().unwrap();
    assert!(letter.contains("7.3.11, derde lid") && letter.contains("een klacht"), "{letter}");
    assert!(["deur", "koud", "rust", "papa"].iter().all(|word| !letter.contains(word)), "{letter}");
    // Who has no right to it sees no trace: neither that it was asked nor that there is anything to ask for.
    let noor = demo
        .as_("noor")
        .case(&case, &format!("{fields} timeline(first: 100) {{ nodes {{ kind words {{ text }} }} }}"))
        .await;
    assert_eq!(
        (&noor["outsideRequests"], &noor["contacts"], &noor["childVoices"]),
        (&json!([]), &json!([]), &json!([]))
    );
    let kinds = noor["timeline"].to_string();
    assert!(!kinds.contains("OutsideRequest") && !kinds.contains("ChildVoice") && !kinds.contains("7.3.11"), "{kinds}");
}

/// What may be said on the phone: "help and the talk with Carola are child layer, seen by both parents until Sacha is 16"; and that what
/// Nadia asked for on 05-11 was refused holds there too, with why and what is possible.
#[tokio::test]
async fn on_the_phone_both_parents_hear_the_childs_layer_and_the_refusal_holds() {
    let (demo, anja, case) = anja();
    let query = "query($case: ID!, $person: ID!) { whatMayISay(caseId: $case, person: $person) {
        children { child { name } authority mayHear }
        openRequests { id } lastDecidedRequest { day decision { outcome reason } } sentences } }";
    let say = async |who: &str| {
        let asked = json!({"case": case, "person": demo.id(CASE, who)});
        anja.with("accept-language", "nl").ask_with(query, asked).await.data("whatMayISay")
    };
    let (erik, nadia) = (say("erik").await, say("nadia").await);
    for parent in [&erik, &nadia] {
        let hears = json!([{"child": {"name": "Sacha"}, "authority": "HOLDS", "mayHear": "YES"}]);
        assert_eq!((&parent["children"], &parent["openRequests"]), (&hears, &json!([])));
    }
    assert_eq!(erik["lastDecidedRequest"], Value::Null, "he asked nothing");
    let request = &nadia["lastDecidedRequest"];
    assert_eq!((&request["day"], &request["decision"]["outcome"]), (&json!("2026-05-11"), &json!("REFUSED")));
    let sentences = nadia["sentences"].to_string();
    for words in ["Op 11-05-2026 is dat geweigerd", "Wel open: praten over hoe het gaat", "mag horen over hulp"] {
        assert!(sentences.contains(words), "{words}: {sentences}");
    }
}

/// 05-18: two plans because both wish it; Sacha lives in both, and what is Sacha's is the children's.
#[tokio::test]
async fn two_plans_because_both_parents_wish_it_and_sacha_is_in_both() {
    let (_, anja, case) = anja();
    let fields = "households { label members { person { name } } }
        plans { topology since ground twoPlans { wishes { day wish words person { name } } } households { household { label } }
          children { actions { what owner { person { name } worker { name } } concerns { name } } } }";
    assert_eq!(anja.about(&case, "2026-05-17", fields).await["plans"]["topology"], "ONE_FAMILY_ONE_PLAN");
    let seen = anja.about(&case, "2026-05-18", fields).await;
    let plans = &seen["plans"];
    assert_eq!(
        (&plans["topology"], &plans["since"], &plans["ground"]),
        (&json!("PLAN_PER_HOUSEHOLD"), &json!("2026-05-18"), &json!("BOTH_WISH"))
    );
    let wish = |name: &str, words: &str| json!({"day": "2026-05-18", "wish": "WISHES", "words": words, "person": {"name": name}});
    assert_eq!(
        plans["twoPlans"]["wishes"],
        json!([wish("Erik", "Ieder een eigen plan geeft rust."), wish("Nadia", "Dat wil ik ook.")])
    );
    let labels: Vec<_> =
        plans["households"].as_array().unwrap().iter().map(|one| one["household"]["label"].clone()).collect();
    assert_eq!(labels, ["bij papa", "bij mama"]);
    for household in seen["households"].as_array().unwrap() {
        let members = household["members"].to_string();
        assert!(members.contains("Sacha"), "{household}");
    }
    let owned = |what: &str, person: Value, worker: Value| json!({"what": what, "owner": {"person": person, "worker": worker}, "concerns": [{"name": "Sacha"}]});
    assert_eq!(
        plans["children"]["actions"],
        json!([
            owned("Zwemles op woensdag.", json!({"name": "Erik"}), Value::Null),
            owned("Elke twee weken een gesprek, om het hoofd leeg te maken.", Value::Null, json!({"name": "Anja"})),
            owned("Praten met de juf erbij als het wisselen moeilijk is.", json!({"name": "Sacha"}), Value::Null),
        ])
    );
}
