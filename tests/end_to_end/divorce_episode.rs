//! The episode of a divorce (divorce.md, "States of a case's divorce episode"): what the cases say, what is refused and with which words,
//! who sees it and who does not.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, second_before_its_end, shared};

const DIVORCE: &str = "divorce {
    episode { number state } acknowledgements { on reached words person { name } } namedStrains { on words person { name } }
    parentingForms { on form person { name } }
    episodes { number state since track progress canFollow parents { name } history { on state }
      signals { on outside words worker { name } } settling { on lookBack words }
      recognition { on rationale seen { feature what seenBy { name } } stillToAcknowledge { name } by { name } }
      triage { on track switched reason alternatives { track reason } informed { name } notInformed by { name } }
      steps { on step words by { name } } open { what lastDay } stepBackProposed { to flareUps } } }";

async fn divorce(person: &Person, case: &str) -> Value {
    person.case(case, DIVORCE).await["divorce"].clone()
}

fn last(divorce: &Value) -> &Value {
    divorce["episodes"].as_array().unwrap().last().unwrap()
}

/// A family directed by Anja, with two parents; each of them and the son was screened alone. The id of the father.
async fn home() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    let added = json!({"name": "Ganzerik", "birthDate": "1980-01-01", "role": "PARENT"});
    let father = made(&anja.does("addPerson", family.input(added)).await, "PERSON")[0].clone();
    (server, family, father)
}

async fn screened(anja: &Person, family: &Family, persons: &[&String]) {
    for person in persons {
        let alone = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": "Alleen gesproken."});
        anja.does("recordSafetyScreening", family.input(alone)).await;
    }
}

/// Refused in both languages, each in its own words; the Dutch ones.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) -> String {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
    dutch.message()
}

fn signal() -> Value {
    json!({"noticedBy": {"outside": "De voetbaltrainer"}, "words": "Stil na elk weekend."})
}

fn seen(server: &Fresh, second: &str, by: &str) -> Value {
    json!({"rationale": "Samen gewogen.", "seen": [
        {"feature": "KEEPS_FLARING", "seenBy": server.worker("anja"), "what": "Het laait telkens op."},
        {"feature": second, "seenBy": server.worker(by)},
    ]})
}

fn chosen(track: &str, other: &str, informed: &[&String]) -> Value {
    json!({"track": track, "reason": "Eerst rust.", "alternatives": [{"track": other, "reason": "Past nu niet."}], "informed": informed})
}

fn words() -> Value {
    json!({"words": "Zo besproken met ieder."})
}

/// Case 01: the form on 2026-02-10, recognised on 03-09 by two, acknowledged to each parent on 03-12, triage on 03-25.
#[tokio::test]
async fn the_episode_of_case_01_goes_from_a_signal_to_a_plan_for_each_household() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let now = divorce(&anja, &case).await;
    assert_eq!(now["episode"]["number"], 1);
    let episode = last(&now);
    let history = json!([
        {"on": "2026-02-10", "state": "SIGNALLED"}, {"on": "2026-03-09", "state": "RECOGNISED"},
        {"on": "2026-03-12", "state": "ACKNOWLEDGED"}, {"on": "2026-03-25", "state": "APART"},
    ]);
    assert_eq!((&episode["history"], &episode["track"]), (&history, &json!("PLAN_PER_HOUSEHOLD")));
    assert_eq!(each(&now["parentingForms"], "form"), ["CONFLICT", "CONFLICT"]);
    let recognition = &episode["recognition"];
    assert_eq!(each(&recognition["seen"], "feature"), ["KEEPS_FLARING", "DESTRUCTIVE_COMMUNICATION"]);
    let by: Vec<Value> = each(&recognition["seen"], "seenBy").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(by, ["Anja", "Petra"]);
    assert_eq!(recognition["stillToAcknowledge"], json!([]));
    let told: Vec<_> =
        now["acknowledgements"].as_array().unwrap().iter().map(|one| (&one["person"]["name"], &one["on"])).collect();
    assert_eq!(told, [(&json!("Ilse"), &json!("2026-03-12")), (&json!("Robert"), &json!("2026-03-12"))]);
    let triage = &episode["triage"][0];
    assert_eq!((&triage["on"], &triage["alternatives"][0]["track"]), (&json!("2026-03-25"), &json!("DONS")));
    assert_eq!(each(&triage["informed"], "name"), ["Ilse", "Robert"]);
    // The flare-up of 15 August changed nothing, and proposes nothing: it lies not still.
    assert_eq!((&episode["stepBackProposed"], &episode["open"]), (&Value::Null, &json!([])));
    // As recorded then: recognised and acknowledged are two moments, and triage was due on 26 March.
    let before = anja.recorded(&case, "2026-03-10", DIVORCE).await["divorce"].clone();
    assert_eq!(last(&before)["state"], "RECOGNISED");
    assert_eq!(each(&last(&before)["recognition"]["stillToAcknowledge"], "name"), ["Ilse", "Robert"]);
    let between = anja.recorded(&case, "2026-03-20", DIVORCE).await["divorce"].clone();
    assert_eq!(last(&between)["open"], json!([{"what": "TRIAGE", "lastDay": "2026-03-26"}]));
    let can = last(&between)["canFollow"].clone();
    assert_eq!(can, json!(["decideDivorceTriage"]));
    assert_eq!(anja.recorded(&case, "2026-02-09", DIVORCE).await["divorce"]["episodes"], json!([]));
}

/// Never across households: who coordinates one reads what was acknowledged to the parent who lives there, and nothing of both.
#[tokio::test]
async fn nothing_of_an_episode_crosses_to_the_other_household() {
    let demo = shared();
    let case = demo.case("01");
    let told = |divorce: &Value| {
        let told = divorce["acknowledgements"].as_array().unwrap().iter();
        told.map(|one| one["person"]["name"].clone()).collect::<Vec<_>>()
    };
    let anjas = divorce(&demo.as_("anja"), &case).await;
    assert_eq!(told(&anjas), ["Ilse", "Robert"], "the director sees both");
    for (key, whose) in [("wim", "Ilse"), ("fenna", "Robert")] {
        let seen = divorce(&demo.as_(key), &case).await;
        assert_eq!((told(&seen), &seen["episodes"]), (vec![json!(whose)], &json!([])), "{key}");
        let words =
            demo.as_(key).case(&case, "timeline(first: 100) { nodes { title words { text } } }").await.to_string();
        assert!(!words.contains("naast elkaar gelegd") && !words.contains("Eerst rust in ieder huis, zoals"), "{key}");
    }
    let noor = divorce(&demo.as_("noor"), &case).await;
    assert_eq!((told(&noor), &noor["episodes"]), (vec![], &json!([])), "since there is a director");
}

/// Case 02: `DOnS` from where it was signalled; review and rest on 2026-07-02, closed on 09-30.
#[tokio::test]
async fn the_episode_of_case_02_reaches_rest() {
    let demo = second_before_its_end();
    let (kees, case) = (demo.as_("kees"), demo.case("02"));
    let on = async |day: &str| kees.about(&case, day, DIVORCE).await["divorce"].clone();
    let offered = on("2025-11-24").await;
    let episode = last(&offered);
    assert_eq!((&episode["state"], &episode["progress"]), (&json!("DONS"), &json!("OFFERED")));
    assert_eq!((&episode["recognition"], &offered["acknowledgements"]), (&Value::Null, &json!([])));
    let alternatives = each(&episode["triage"][0]["alternatives"], "track");
    assert_eq!(alternatives, ["PLAN_PER_HOUSEHOLD", "REDIRECTED"]);
    assert_eq!(last(&on("2026-07-01").await)["state"], "DONS");
    let rest = on("2026-07-02").await;
    assert_eq!((&rest["episode"]["state"], &last(&rest)["track"]), (&json!("REST"), &json!("DONS")));
    assert_eq!(each(&last(&rest)["steps"], "step"), ["REVIEWED", "REST_REACHED"]);
    let over = on("2026-09-30").await;
    assert_eq!(
        (&over["episode"], &last(&over)["state"], &last(&over)["track"]),
        (&Value::Null, &json!("CLOSED"), &Value::Null)
    );
}

/// Case 06: parallel, so it settles; one look-back for March 2027, and no complex track.
#[tokio::test]
async fn the_episode_of_case_06_settles() {
    let demo = shared();
    let seen = divorce(&demo.as_("bram"), &demo.case("06")).await;
    let episode = last(&seen);
    assert_eq!((&episode["state"], &episode["track"]), (&json!("SETTLING"), &Value::Null));
    assert_eq!(episode["settling"]["lookBack"], "2027-03-25");
    assert_eq!(episode["open"], json!([{"what": "LOOK_BACK", "lastDay": "2027-03-25"}]));
    assert_eq!(each(&seen["parentingForms"], "form"), ["PARALLEL", "PARALLEL"]);
}

/// What is refused on the way, and what to do instead.
#[tokio::test]
async fn each_step_says_what_it_waits_for() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let of = |fields: Value| family.input(fields);
    let parents = [&family.mother, &father];
    let said = refuses(&anja, "settleDivorceEpisode", of(words()), "EPISODE_ABSENT").await;
    assert!(said.contains("Leg eerst vast wat iemand opmerkte"), "{said}");
    anja.does("recordDivorceSignal", of(signal())).await;
    let said = refuses(&anja, "settleDivorceEpisode", of(words()), "PARENTING_FORM_NOT_CALM").await;
    assert!(said.contains("Leg voor elke ouder vast"), "{said}");
    let third = seen(&server, "DESTRUCTIVE_COMMUNICATION", "petra");
    let said = refuses(&anja, "recogniseComplexDivorce", of(third.clone()), "NOT_ALL_SCREENED").await;
    assert!(said.contains("ieder alleen"), "{said}");
    refuses(&anja, "decideDivorceTriage", of(chosen("DONS", "REDIRECTED", &parents)), "NOT_ALL_SCREENED").await;
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    let alone = seen(&server, "DESTRUCTIVE_COMMUNICATION", "anja");
    let said = refuses(&anja, "recogniseComplexDivorce", of(alone), "FEATURES_TOO_FEW").await;
    assert!(said.contains("door 2 verschillende professionals"), "{said}");
    let strained = seen(&server, "STRAIN_NAMED", "petra");
    refuses(&anja, "recogniseComplexDivorce", of(strained), "STRAIN_NOT_NAMED").await;
    let accused = seen(&server, "MUTUAL_ACCUSATIONS", "petra");
    let said = refuses(&anja, "recogniseComplexDivorce", of(accused), "ACCUSATIONS_NOT_WEIGHED").await;
    assert!(said.contains("stappen van de meldcode"), "{said}");
    let apart = of(chosen("PLAN_PER_HOUSEHOLD", "DONS", &parents));
    let said = refuses(&anja, "decideDivorceTriage", apart.clone(), "RECOGNITION_MISSING").await;
    assert!(said.contains("Willen beide ouders twee plannen"), "{said}");
    refuses(&anja, "acknowledgeComplexDivorce", of(json!({"person": father})), "RECOGNITION_MISSING").await;
    anja.does("recogniseComplexDivorce", of(third)).await;
    let said = refuses(&anja, "decideDivorceTriage", apart.clone(), "ACKNOWLEDGE_FIRST").await;
    assert!(said.contains("ieder apart"), "{said}");
    refuses(&anja, "acknowledgeComplexDivorce", of(json!({"person": family.son})), "OF_A_PARENT").await;
    for parent in parents {
        anja.does("acknowledgeComplexDivorce", of(json!({"person": parent}))).await;
    }
    let bare = json!({"track": "DONS", "reason": "Zo.", "alternatives": [], "informed": parents});
    refuses(&anja, "decideDivorceTriage", of(bare), "ALTERNATIVES_MISSING").await;
    let one = of(chosen("DONS", "REDIRECTED", &[&father]));
    refuses(&anja, "decideDivorceTriage", one, "PARENTS_NOT_INFORMED").await;
    anja.does("decideDivorceTriage", apart.clone()).await;
    refuses(&anja, "switchDivorceTrack", apart, "TRACK_UNCHANGED").await;
    let said = refuses(&anja, "closeDivorceEpisode", of(words()), "EPISODE_STEP_NOT_OPEN").await;
    assert!(said.contains("een plan per huishouden. Houd een evaluatie"), "{said}");
    let early = json!({"words": "Gisteren al.", "occurred": {"day": "2026-11-15"}});
    refuses(&anja, "holdDivorceReview", of(early), "EPISODE_FURTHER").await;
    // Somebody else does nothing here: who supports the mother, or nobody of the case.
    for key in ["petra", "kees"] {
        assert_ne!(
            server.as_(key).send("recordDivorceSignal", of(signal())).await.body["errors"],
            Value::Null,
            "{key}"
        );
    }
}

/// While a lane is open recognition waits, and so does everything joint; the refusal says nothing of the lane.
#[tokio::test]
async fn safety_comes_first() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let of = |fields: Value| family.input(fields);
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    anja.does("recordDivorceSignal", of(signal())).await;
    let raised = json!({"concerns": [family.mother], "kind": "VIOLENCE", "facts": "Wat er vrijdag gebeurde."});
    let lane = made(&anja.does("recordSafetySignal", of(raised)).await, "SAFETY_LANE")[0].clone();
    let third = seen(&server, "DESTRUCTIVE_COMMUNICATION", "petra");
    let said = refuses(&anja, "recogniseComplexDivorce", of(third), "SAFETY_FIRST").await;
    assert!(said.starts_with("Eerst veiligheid.") && !said.contains(&lane), "{said}");
    refuses(&anja, "decideDivorceTriage", of(chosen("DONS", "REDIRECTED", &[&family.mother, &father])), "SAFETY_FIRST")
        .await;
}

/// Shared parenting that ran does not go on after its review while a lane is open.
#[tokio::test]
async fn shared_parenting_does_not_go_on_while_a_lane_is_open() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let of = |fields: Value| family.input(fields);
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    anja.does("recordDivorceSignal", of(signal())).await;
    anja.does("decideDivorceTriage", of(chosen("DONS", "REDIRECTED", &[&family.mother, &father]))).await;
    anja.does("holdDivorceReview", of(words())).await;
    let raised = json!({"concerns": [family.mother], "kind": "VIOLENCE", "facts": "Wat er vrijdag gebeurde."});
    anja.does("recordSafetySignal", of(raised)).await;
    refuses(&anja, "continueDivorceTrack", of(words()), "SAFETY_FIRST").await;
}

/// From rest a flare-up proposes a step back and a person decides; closed, a new signal begins another episode and keeps the first.
#[tokio::test]
async fn rest_is_reached_by_a_person_and_relapse_is_normal() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let of = |fields: Value| family.input(fields);
    let parents = [&family.mother, &father];
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    anja.does("recordDivorceSignal", of(signal())).await;
    anja.does("decideDivorceTriage", of(chosen("DONS", "REDIRECTED", &parents))).await;
    anja.does("returnToDivorceTriage", of(words())).await;
    anja.does("decideDivorceTriage", of(chosen("REDIRECTED", "DONS", &parents))).await;
    anja.does("switchDivorceTrack", of(chosen("DONS", "REDIRECTED", &parents))).await;
    anja.does("holdDivorceReview", of(words())).await;
    anja.does("continueDivorceTrack", of(words())).await;
    anja.does("holdDivorceReview", of(words())).await;
    anja.does("recordRestReached", of(words())).await;
    anja.does("startContactRestoration", of(words())).await;
    anja.does("endContactRestoration", of(words())).await;
    let state = async || last(&divorce(&anja, &family.case).await).clone();
    let resting = state().await;
    assert_eq!(
        (&resting["state"], &resting["track"], &resting["stepBackProposed"]),
        (&json!("REST"), &json!("DONS"), &Value::Null)
    );
    assert_eq!(each(&resting["triage"], "switched"), [false, false, true]);
    refuses(&anja, "keepDivorceEpisode", of(words()), "FLARE_UP_NOT_OPEN").await;
    let named = json!({"between": parents, "about": "De vakanties."});
    let conflict = made(&anja.does("nameConflict", of(named)).await, "CONFLICT")[0].clone();
    let flared = of(json!({"conflict": conflict, "medium": "APP", "trigger": "Een bericht."}));
    anja.does("recordFlareUp", flared.clone()).await;
    let proposed = json!({"to": "REVIEW", "flareUps": ["2026-11-16"]});
    assert_eq!(state().await["stepBackProposed"], proposed);
    anja.does("keepDivorceEpisode", of(words())).await;
    assert_eq!((&state().await["state"], &state().await["stepBackProposed"]), (&json!("REST"), &Value::Null));
    anja.does("recordFlareUp", flared).await;
    anja.does("stepDivorceEpisodeBack", of(words())).await;
    assert_eq!(state().await["state"], "REVIEW");
    anja.does("recordRestReached", of(words())).await;
    anja.does("closeDivorceEpisode", of(words())).await;
    refuses(&anja, "recordRestReached", of(words()), "EPISODE_ABSENT").await;
    anja.does("recordDivorceSignal", of(signal())).await;
    let seen = divorce(&anja, &family.case).await;
    assert_eq!(each(&seen["episodes"], "state"), ["CLOSED", "SIGNALLED"]);
    assert_eq!(seen["episode"]["number"], 2);
}

/// Settling: one look-back, agreed and held once.
#[tokio::test]
async fn what_settles_is_looked_back_on_once() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let of = |fields: Value| family.input(fields);
    anja.does("recordDivorceSignal", of(signal())).await;
    let forms = json!({"parents": [family.mother, father], "form": "COOPERATIVE", "basis": "Zij overleggen."});
    anja.does("assessParentingForm", of(forms)).await;
    let past = json!({"words": "Het loopt.", "lookBack": "2026-11-16"});
    refuses(&anja, "settleDivorceEpisode", of(past), "LOOK_BACK_NOT_AHEAD").await;
    anja.does("settleDivorceEpisode", of(json!({"words": "Het loopt.", "lookBack": "2027-03-01"}))).await;
    assert_eq!(last(&divorce(&anja, &family.case).await)["open"][0]["lastDay"], "2027-03-01");
    anja.does("recordLookBack", of(words())).await;
    refuses(&anja, "recordLookBack", of(words()), "LOOK_BACK_NOT_AGREED").await;
    assert_eq!(last(&divorce(&anja, &family.case).await)["open"], json!([]));
    anja.does("closeDivorceEpisode", of(words())).await;
}

/// What concerns one parent is that parent's: whoever works for the mother reads her strain, and not the father's, nor what is of both.
#[tokio::test]
async fn a_strain_that_a_parent_names_is_that_parents_own() {
    let (server, family, father) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let of = |fields: Value| family.input(fields);
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    anja.does("recordDivorceSignal", of(signal())).await;
    for (person, words) in [(&family.mother, "Ik slaap al maanden slecht."), (&father, "Ik pieker over het huis.")] {
        anja.does("recordNamedStrain", of(json!({"person": person, "words": words}))).await;
    }
    anja.does("recogniseComplexDivorce", of(seen(&server, "STRAIN_NAMED", "petra"))).await;
    for parent in [&family.mother, &father] {
        anja.does("acknowledgeComplexDivorce", of(json!({"person": parent, "words": "Besproken."}))).await;
    }
    let all = divorce(&anja, &family.case).await;
    assert_eq!(each(&all["namedStrains"], "words"), ["Ik slaap al maanden slecht.", "Ik pieker over het huis."]);
    let hers = divorce(&petra, &family.case).await;
    assert_eq!(each(&hers["namedStrains"], "words"), ["Ik slaap al maanden slecht."]);
    assert_eq!((hers["acknowledgements"].as_array().unwrap().len(), &hers["episodes"]), (1, &json!([])));
    // The timeline has words of its own for it.
    let dutch = anja.with("accept-language", "nl");
    let timeline =
        dutch.case(&family.case, "timeline(first: 50) { nodes { title } }").await["timeline"]["nodes"].clone();
    find(&timeline, "title", "Een ouder noemde een belasting");
}

/// An advisor sees within the scope: with both parents the episode, with one of them nothing of both.
#[tokio::test]
async fn an_advisor_sees_the_episode_within_the_scope() {
    let (server, family, father) = home().await;
    let (anja, hugo) = (server.as_("anja"), server.as_("hugo"));
    let of = |fields: Value| family.input(fields);
    screened(&anja, &family, &[&family.mother, &father, &family.son]).await;
    anja.does("recordDivorceSignal", of(signal())).await;
    anja.does("decideDivorceTriage", of(chosen("DONS", "REDIRECTED", &[&family.mother, &father]))).await;
    let asked = async |about: &[&String]| {
        for person in about {
            let consent = json!({"giver": person, "subject": person, "kind": "SHARING", "categories": ["ESCALATION", "PLAN"],
                "recipients": [server.worker("hugo")], "evidence": "SPOKEN"});
            anja.does("grantConsent", of(consent)).await;
        }
        let question = json!({"team": "scheidingsadviesteam-gooi", "question": "Wat past hier?", "about": about});
        let review = made(&anja.does("requestSat", of(question)).await, "REVIEW")[0].clone();
        hugo.does("acceptSat", of(json!({"review": review}))).await;
        divorce(&hugo, &family.case).await
    };
    let one = asked(&[&father]).await;
    assert_eq!(one["episodes"], json!([]));
    let both = asked(&[&family.mother, &father]).await;
    assert_eq!((&last(&both)["state"], &last(&both)["track"]), (&json!("DONS"), &json!("DONS")));
    assert_eq!(last(&both)["triage"][0]["reason"], "Eerst rust.");
}
