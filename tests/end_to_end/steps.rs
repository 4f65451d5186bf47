//! Working with each person: steps by name, options of their author, familiar faces; who sees it and who does not; cases 01 and 03.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const TAKEN: &str = "conversationSteps { factId step day words conflictId person { name } worker { name } }";
const OPTIONS: &str = "options { id day words person { name } worker { name } tried { day effect words presentIds } }";
const FACES: &str = "trustedContacts { id day outside words ended endedReason namedBy { name } person { name } worker { name } \
    presence { day on agrees words } }";

/// Refused in both languages, each in its own words.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) -> Answer {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
    english
}

async fn home() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    (server, family)
}

async fn texts_of(person: &Person, case: &str) -> String {
    let all =
        format!("timeline(first: 100) {{ totalCount nodes {{ kind words {{ text }} }} }} {TAKEN} {OPTIONS} {FACES}");
    person.case(case, &all).await.to_string()
}

/// 004b R45: an option comes from the person; what is refused says what to do instead.
#[tokio::test]
async fn an_option_nobody_authored_is_refused_with_what_to_do_instead() {
    let (server, family) = home().await;
    let petra = server.as_("petra");
    let option = |author: Value| {
        let mut input = json!({"person": family.mother, "words": "Een vaste dag afspreken."});
        if !author.is_null() {
            input["author"] = author;
        }
        family.input(input)
    };
    let answer = refuses(&petra, "recordOption", option(Value::Null), "OPTION_WITHOUT_AUTHOR").await;
    assert!(answer.message().contains("ask what this person sees"), "{}", answer.message());
    let own_idea = option(json!({"worker": server.worker("petra")}));
    let answer = refuses(&petra, "recordOption", own_idea, "OPTION_OF_ANOTHER").await;
    assert!(answer.message().contains("record it as a contact"), "{}", answer.message());
    refuses(&petra, "recordOption", option(json!({"person": family.son})), "OPTION_OF_ANOTHER").await;
    let made_one = petra.does("recordOption", option(json!({"person": family.mother}))).await;
    let id = made(&made_one, "OPTION")[0].clone();
    petra.does("recordOptionTried", family.input(json!({"option": id, "effect": "NO_CHANGE"}))).await;
    petra
        .does("recordOptionTried", family.input(json!({"option": id, "effect": "MORE_REST", "words": "Het hielp."})))
        .await;
    let seen = petra.case(&family.case, OPTIONS).await["options"].clone();
    assert_eq!(each(&seen[0]["tried"], "effect"), ["NO_CHANGE", "MORE_REST"]);
    assert_eq!((&seen[0]["worker"]["name"], &seen[0]["words"]), (&json!("Petra"), &json!("Een vaste dag afspreken.")));
    let unknown = family.input(json!({"option": Uuid::new_v4(), "effect": "MORE_STRIFE"}));
    refuses(&petra, "recordOptionTried", unknown, "OPTION_UNKNOWN").await;
}

/// Of a child it is for whom the child said; of a grown-up for who works for them. Nobody else sees a trace of it, by any path.
#[tokio::test]
async fn what_is_said_with_somebody_is_theirs() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let step = |person: &str, words: &str, known_to: Value| {
        let mut input = json!({"person": person, "step": "NEED_AND_DESIRE", "words": words});
        if !known_to.is_null() {
            input["knownTo"] = known_to;
        }
        family.input(input)
    };
    refuses(&anja, "recordConversationStep", step(&family.son, "Rust.", Value::Null), "STEPS_AUDIENCE").await;
    let to_all = json!({"case": true});
    refuses(&anja, "recordConversationStep", step(&family.son, "Rust.", to_all), "STEPS_AUDIENCE").await;
    let only_anja = json!({"workers": [server.worker("anja")]});
    anja.does("recordConversationStep", step(&family.son, "Kwartel: ik wil gewoon rust.", only_anja.clone())).await;
    anja.does("recordConversationStep", step(&family.mother, "Merel: tijd voor mezelf.", Value::Null)).await;
    let to_her = json!({"child": family.son});
    anja.does("recordConversationStep", step(&family.son, "Reiger: voor wie voor mij werkt.", to_her)).await;
    let option = json!({"person": family.son, "author": {"person": family.son}, "words": "Ekster: met mama praten.", "knownTo": only_anja});
    let option = made(&anja.does("recordOption", family.input(option)).await, "OPTION")[0].clone();
    let face = json!({"person": family.son, "who": {"outside": "Juf Specht"}, "knownTo": only_anja});
    let face = made(&anja.does("nameTrustedContact", family.input(face)).await, "TRUSTED_CONTACT")[0].clone();

    let all = texts_of(&anja, &family.case).await;
    assert!(["Kwartel", "Merel", "Reiger", "Ekster", "Specht"].iter().all(|word| all.contains(word)), "{all}");
    let hers = texts_of(&petra, &family.case).await;
    assert!(hers.contains("Merel") && hers.contains("Reiger"), "{hers}");
    assert!(["Kwartel", "Ekster", "Specht"].iter().all(|word| !hers.contains(word)), "{hers}");
    let access = texts_of(&server.as_("noor"), &family.case).await;
    assert!(["Kwartel", "Merel", "Reiger", "Ekster", "Specht"].iter().all(|word| !access.contains(word)), "{access}");
    // To her what is not hers is not there.
    let tried = family.input(json!({"option": option, "effect": "MORE_REST"}));
    refuses(&petra, "recordOptionTried", tried, "OPTION_UNKNOWN").await;
    let answer = family.input(json!({"trusted": face, "agrees": true}));
    refuses(&petra, "answerTrustedPresence", answer, "TRUSTED_CONTACT_UNKNOWN").await;
    // And nobody widens it later.
    let taken = anja.case(&family.case, TAKEN).await["conversationSteps"].clone();
    let of_son =
        taken.as_array().unwrap().iter().find(|step| step["words"].to_string().contains("Kwartel")).unwrap().clone();
    let widen = json!({"fact": of_son["factId"], "audience": {"child": family.son}, "reason": "Handig."});
    refuses(&anja, "changeAudience", family.input(widen), "STEPS_KEEP_AUDIENCE").await;
}

/// A familiar face is there when the person agreed; had it been otherwise it is recorded, marked and listed.
#[tokio::test]
async fn a_familiar_face_is_there_when_the_person_agreed() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let option = json!({"person": family.mother, "author": {"person": family.mother}, "words": "Samen naar school."});
    let option = made(&anja.does("recordOption", family.input(option)).await, "OPTION")[0].clone();
    let face = json!({"person": family.mother, "who": {"outside": "De buurvrouw"}, "words": "Zij kent ons."});
    let face = made(&anja.does("nameTrustedContact", family.input(face)).await, "TRUSTED_CONTACT")[0].clone();
    let tried = family.input(json!({"option": option, "effect": "MORE_REST", "present": [face]}));
    anja.does("recordOptionTried", tried.clone()).await;
    let departures = anja.case(&family.case, "departures { rule ruleText }").await["departures"].clone();
    assert_eq!(each(&departures, "rule"), ["presence_agreed"]);
    anja.does("answerTrustedPresence", family.input(json!({"trusted": face, "agrees": true}))).await;
    anja.does("recordOptionTried", tried).await;
    let departures = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert_eq!(departures.as_array().unwrap().len(), 1, "agreed: nothing more is marked");
    anja.does("endTrustedContact", family.input(json!({"trusted": face, "reason": "Verhuisd."}))).await;
    let seen = anja.case(&family.case, FACES).await["trustedContacts"][0].clone();
    assert_eq!((&seen["outside"], &seen["ended"]), (&json!("De buurvrouw"), &json!("2026-11-16")));
    assert_eq!((&seen["endedReason"], &seen["presence"][0]["agrees"]), (&json!("Verhuisd."), &json!(true)));
    let again = family.input(json!({"trusted": face}));
    refuses(&anja, "endTrustedContact", again, "TRUSTED_CONTACT_OVER").await;
    let own = json!({"person": family.mother, "who": {"person": family.mother}});
    refuses(&anja, "nameTrustedContact", family.input(own), "TRUSTED_CONTACT_OWN").await;
}

/// 004b 0.7: a step has a name; nothing in the contract holds a number.
#[test]
fn no_field_of_the_contract_holds_the_number_of_a_step() {
    let sdl = api::graphql::sdl();
    for of in ["type ConversationStepTaken", "type OwnOption ", "type OptionTried", "input RecordConversationStepInput"]
    {
        let fields = sdl.split(of).nth(1).unwrap().split("\n}").next().unwrap();
        assert!(!fields.contains("Int") && !fields.contains("Float"), "{of}: {fields}");
    }
}

/// Case 01: all six steps by name with Robert; his option "niet meteen reageren": more rest, "rustig bellen": no change.
#[tokio::test]
async fn fenna_works_with_robert_and_wim_with_ilse() {
    let demo = shared();
    let (fenna, case) = (demo.as_("fenna"), demo.case("01"));
    let taken = fenna.case(&case, TAKEN).await["conversationSteps"].clone();
    let steps: BTreeSet<String> = each(&taken, "step").into_iter().map(|step| step.to_string()).collect();
    assert_eq!(steps.len(), 6, "{taken}");
    assert!(
        taken.as_array().unwrap().iter().all(|step| step["person"]["name"] == "Robert"),
        "nothing of Ilse: {taken}"
    );
    assert_eq!(taken[0]["worker"]["name"], "Fenna");
    let options = fenna.case(&case, OPTIONS).await["options"].clone();
    let rest = find(&options, "words", "Niet meteen reageren.");
    assert_eq!((&rest["tried"][0]["effect"], &rest["person"]["name"]), (&json!("MORE_REST"), &json!("Robert")));
    assert_eq!(find(&options, "words", "Rustig bellen.")["tried"][0]["effect"], "NO_CHANGE");
    assert_eq!(options.as_array().unwrap().len(), 2, "what nobody authored was refused");
    let before = fenna.about(&case, "2026-08-31", OPTIONS).await["options"].clone();
    assert!(find(&before, "words", "Niet meteen reageren.")["tried"].as_array().unwrap().is_empty());
    // Wim sees what was done with Ilse, and nothing of Robert's.
    let wim = demo.as_("wim").case(&case, &format!("{TAKEN} {OPTIONS}")).await;
    let with: Vec<_> =
        wim["conversationSteps"].as_array().unwrap().iter().map(|step| step["person"]["name"].clone()).collect();
    assert_eq!(with, ["Ilse"], "{wim}");
    assert!(wim["options"].as_array().unwrap().is_empty());
    let anja = demo.as_("anja").case(&case, TAKEN).await["conversationSteps"].as_array().unwrap().len();
    assert_eq!(anja, 7);
}

/// Case 03: a child as the person, a familiar face named by the child, and what came of the child's own option.
#[tokio::test]
async fn sacha_is_the_person_and_names_juf_carola() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("03"));
    let seen = anja.case(&case, &format!("{TAKEN} {OPTIONS} {FACES}")).await;
    assert_eq!(
        each(&seen["conversationSteps"], "step"),
        ["ACKNOWLEDGE", "DYNAMICS", "NEED_AND_DESIRE", "REALITY", "OPTIONS"]
    );
    assert!(seen["conversationSteps"].as_array().unwrap().iter().all(|step| step["day"] == "2026-04-10"));
    let face = &seen["trustedContacts"][0];
    assert_eq!((&face["outside"], &face["namedBy"]["name"]), (&json!("Juf Carola"), &json!("Sacha")));
    let presence = json!([{"day": "2026-04-10", "on": "2026-04-24", "agrees": true, "words": null}]);
    assert_eq!(face["presence"], presence);
    let tried = &seen["options"][0]["tried"][0];
    assert_eq!((&tried["day"], &tried["effect"]), (&json!("2026-04-24"), &json!("MORE_REST")));
    assert_eq!(tried["presentIds"][0], face["id"]);
    let departures = anja.case(&case, "departures { rule }").await.to_string();
    assert!(!departures.contains("presence_agreed"), "the child agreed: {departures}");
    // The familiar face is no user: nothing of it reaches the school, and no other worker.
    for other in ["marloes", "joost"] {
        let answer = demo.as_(other).ask_with("query($id: ID!) { case(id: $id) { id } }", json!({"id": case})).await;
        assert_eq!(answer.code(), "NOT_AVAILABLE", "{other}");
    }
}
