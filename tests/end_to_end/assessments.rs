//! Assessments (rule 23), references to registers elsewhere and informal support (rule 24) over HTTP: what each person said is for whom that
//! person said, measuring has a consent of its own, and of what is hidden no answer tells.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

/// A family directed by Anja, in which Petra works for the mother.
async fn home() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    (server, family)
}

const SCORES: &str =
    "assessments { day instrument version about { name } by { name } parts { score stands person { name } } }
    assessmentParts { score day } departures { rule }";

async fn scores(person: &Person, case: &str) -> Vec<(Value, Value)> {
    let seen = person.case(case, SCORES).await;
    seen["assessmentParts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["day"].clone(), part["score"].clone()))
        .collect()
}

/// Case 06: RS-NL Kim 2026-02-20: 64, 2026-09-18: 79; consent for measuring, separate from help.
#[tokio::test]
async fn kims_resilience_is_measured_twice_under_a_consent_of_its_own() {
    let demo = shared();
    let (bram, case) = (demo.as_("bram"), demo.case("06"));
    let expected = [("2026-02-20", 64), ("2026-09-18", 79)].map(|(day, score)| (json!(day), json!(score)));
    assert_eq!(scores(&bram, &case).await, expected);
    let first = bram.case(&case, SCORES).await["assessments"][0].clone();
    assert_eq!((&first["instrument"], &first["version"]), (&json!("RESILIENCE"), &json!("rs-nl-25")));
    assert_eq!((each(&first["about"], "name"), each(&first["by"], "name")), (vec![json!("Kim")], vec![json!("Romy")]));
    let consents =
        bram.case(&case, "consents { kind state giver { name } subject { name } }").await["consents"].clone();
    let measuring: Vec<_> =
        consents.as_array().unwrap().iter().filter(|consent| consent["kind"] == "MEASURING").collect();
    assert_eq!(
        measuring,
        [&json!({"kind": "MEASURING", "state": "GRANTED", "giver": {"name": "Kim"}, "subject": {"name": "Kim"}})]
    );
    let rules = each(&bram.case(&case, SCORES).await["departures"], "rule");
    assert!(!rules.contains(&json!("consent_before_measuring")), "{rules:?}");
    // As recorded between both, and about a day before the first.
    let between = bram.recorded(&case, "2026-09-17", SCORES).await;
    assert_eq!(each(&between["assessmentParts"], "score"), [64]);
    assert_eq!(bram.about(&case, "2026-02-19", SCORES).await["assessmentParts"], json!([]));
    // Her supporter knows; who leads families to help, and who takes no part, find no trace.
    assert_eq!(scores(&demo.as_("romy"), &case).await, expected);
    let access = demo.as_("sjef").case(&case, SCORES).await;
    assert_eq!((&access["assessments"], &access["assessmentParts"]), (&json!([]), &json!([])));
    let timeline = demo.as_("sjef").case(&case, "timeline(first: 100) { nodes { kind } }").await.to_string();
    assert!(!timeline.contains("Assessment"), "{timeline}");
}

#[tokio::test]
async fn what_was_measured_without_a_consent_is_taken_and_listed() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let score =
        |points: u32| family.input(json!({"content": {"resilience": {"person": family.mother, "score": points}}}));
    for points in [0, 24, 101] {
        assert_eq!(anja.refused("recordAssessment", score(points)).await, "SCORE_OUT_OF_RANGE");
    }
    let no = anja.with("Accept-Language", "nl").send("recordAssessment", score(101)).await;
    assert_eq!(no.message(), "Deze schaal loopt van 25 tot en met 100. Controleer de score.");
    anja.does("recordAssessment", score(64)).await;
    let seen = anja.with("Accept-Language", "nl").case(&family.case, "departures { rule ruleText }").await;
    assert_eq!(
        seen["departures"],
        json!([{"rule": "consent_before_measuring", "ruleText": "eerst toestemming, dan meten"}])
    );
}

const PARTS: &str = "assessments { id tookPart { id } parts { id themes { words severity } } }
    assessmentParts(earlier: true) { id stands themes { theme kind words severity } leftOut story portrait person { id } knownTo { name } }";

async fn texts_of(person: &Person, case: &str) -> String {
    let all = format!("timeline(first: 100) {{ totalCount nodes {{ kind words {{ text }} persons {{ id }} }} }} {PARTS}
        externalReferences {{ keeper number }} informalSupport {{ volunteer certificate {{ seen }} measures {{ words }} }}");
    person.case(case, &all).await.to_string()
}

/// Rule 16: a child's words inside a joint assessment are for nobody but whom the child said.
#[tokio::test]
async fn a_childs_words_inside_a_joint_assessment_reach_no_parents_side() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let said = |words: &str| json!([{"theme": "slapen", "kind": "CONCERN", "words": words, "severity": "MUCH"}]);
    let told = json!([{"person": family.mother, "themes": said("Kwartel slaapt slecht."), "leftOut": ["geld"]},
        {"person": family.son, "themes": said("Merel vertelt iets.")}]);
    let giz = json!({"giz": {"variant": "EXTENDED", "about": [family.son], "told": told}});
    let payload = petra.does("recordAssessment", family.input(json!({"content": giz}))).await;
    let assessment = made(&payload, "ASSESSMENT")[0].clone();
    assert_eq!(made(&payload, "ASSESSMENT_PART").len(), 2);

    let seen = texts_of(&anja, &family.case).await;
    assert!(seen.contains("Kwartel") && seen.contains("Merel"), "the director sees both: {seen}");
    let hers = texts_of(&petra, &family.case).await;
    assert!(hers.contains("Kwartel"), "{hers}");
    assert!(!hers.contains("Merel") && !hers.contains(&made(&payload, "ASSESSMENT_PART")[1]), "{hers}");
    let noors = texts_of(&server.as_("noor"), &family.case).await;
    assert!(!noors.contains("Kwartel") && !noors.contains("slapen") && !noors.contains("Assessment"), "{noors}");

    // Nobody widens it later; the child may.
    let part = json!({"themes": {"person": family.son, "themes": said("Ekster mag het weten."), "knownTo": {"workers": [server.worker("petra")]}}});
    let added = anja.does("addToAssessment", family.input(json!({"assessment": assessment, "part": part}))).await;
    let now = texts_of(&petra, &family.case).await;
    assert!(now.contains("Ekster") && !now.contains("Merel"), "{now}");
    assert!(!texts_of(&anja, &family.case).await.contains("Ekster"), "the child named Petra alone");
    let fact = made(&payload, "FACT")[2].clone();
    let widen = |audience: Value| family.input(json!({"fact": fact, "audience": audience, "reason": "Handig."}));
    for audience in [json!({"child": family.son}), json!({"case": true}), json!({"workers": [server.worker("petra")]})]
    {
        assert_eq!(anja.refused("changeAudience", widen(audience)).await, "ASSESSMENT_KEEPS_AUDIENCE");
    }
    for audience in [json!({"persons": [family.mother]}), json!({"case": true})] {
        let part = json!({"themes": {"person": family.son, "themes": said("Nee."), "knownTo": audience}});
        let refused =
            anja.refused("addToAssessment", family.input(json!({"assessment": assessment, "part": part}))).await;
        assert_eq!(refused, "AUDIENCE_NOT_THE_CHILDS");
    }
    assert_eq!(made(&added, "ASSESSMENT_PART").len(), 1);
}

/// 004:4472-4484: a portrait is not finished until it is recognised; a hypothesis is a reading until it was tested.
#[tokio::test]
async fn a_portrait_and_a_hypothesis_are_tested_with_the_person() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let draft = json!({"lifeworldPortrait": {"person": family.mother, "words": "Altijd druk."}});
    let first = anja
        .does("recordAssessment", family.input(json!({"content": draft, "occasion": "Om haar te leren kennen."})))
        .await;
    let (assessment, portrait) = (made(&first, "ASSESSMENT")[0].clone(), made(&first, "ASSESSMENT_PART")[0].clone());
    let test = |tested: Value, recognised: &str| {
        family.input(
            json!({"tested": tested, "person": family.mother, "recognised": recognised, "words": "Zo ben ik niet."}),
        )
    };
    petra.does("testAssessment", test(json!({"portrait": portrait}), "NO")).await;
    let next = json!({"portrait": {"person": family.mother, "words": "Zoekt rust."}});
    let next = petra.does("addToAssessment", family.input(json!({"assessment": assessment, "part": next}))).await;
    petra.does("testAssessment", test(json!({"portrait": made(&next, "ASSESSMENT_PART")[0]}), "PARTLY")).await;
    let fields = "assessmentParts { portrait stands tested { recognised words person { id } } }";
    for person in [&anja, &petra] {
        let seen = person.case(&family.case, fields).await["assessmentParts"].clone();
        assert_eq!(each(&seen, "portrait"), ["Altijd druk.", "Zoekt rust."]);
        assert_eq!(
            (&seen[0]["tested"][0]["recognised"], &seen[1]["tested"][0]["recognised"]),
            (&json!("NO"), &json!("PARTLY"))
        );
    }

    let hypothesis = json!([{"effect": "KEEPS", "words": "Wielewaal denkt aan het wisselen."}]);
    let analysis = json!({"explanatoryAnalysis": {"about": [family.mother], "hypotheses": hypothesis}});
    let stated = anja.does("recordAssessment", family.input(json!({"content": analysis}))).await;
    let analysis = made(&stated, "ASSESSMENT")[0].clone();
    let more = json!({"assessment": analysis, "effect": "REDUCES", "words": "Er is een oma dichtbij."});
    let second = made(&anja.does("stateHypothesis", family.input(more)).await, "HYPOTHESIS").len();
    assert_eq!(second, 1, "a reading beside the first");
    let hypothesis = made(&stated, "HYPOTHESIS")[0].clone();
    let fields = "assessments { hypotheses { effect words tested { recognised } } }";
    assert!(anja.case(&family.case, fields).await.to_string().contains("Wielewaal"));
    assert!(!petra.case(&family.case, fields).await.to_string().contains("Wielewaal"), "a reading is for the director");
    // To whoever it is hidden from it is as if it were not there.
    let hidden = petra.send("testAssessment", test(json!({"hypothesis": hypothesis}), "YES")).await;
    let nowhere = petra.send("testAssessment", test(json!({"hypothesis": Uuid::new_v4()}), "YES")).await;
    assert_eq!((hidden.code(), hidden.message()), ("HYPOTHESIS_UNKNOWN".to_owned(), nowhere.message()));
    anja.does("testAssessment", test(json!({"hypothesis": hypothesis}), "YES")).await;
    let unfit = json!({"assessment": assessment, "part": {"story": {"person": family.mother, "words": "Nee."}}});
    assert_eq!(anja.refused("addToAssessment", family.input(unfit)).await, "PART_DOES_NOT_FIT");
}

/// 004b C12: a wish that went is nothing failed, and is not shown unless somebody asks for it.
#[tokio::test]
async fn a_future_plan_shows_how_it_stands() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let plan = |wish: Option<&str>| {
        let topics = json!([{"topic": "wonen", "discussed": wish.is_some(), "wish": wish}, {"topic": "geld", "discussed": false}]);
        json!({"futurePlan": {"person": family.son, "topics": topics}})
    };
    let payload =
        anja.does("recordAssessment", family.input(json!({"content": plan(Some("Op kamers in de stad."))}))).await;
    let assessment = made(&payload, "ASSESSMENT")[0].clone();
    let next = json!({"assessment": assessment, "part": plan(Some("Thuis blijven."))});
    anja.does("addToAssessment", family.input(next)).await;
    let topics = "topics { topic discussed wish }";
    let seen =
        anja.case(&family.case, &format!("assessmentParts {{ stands {topics} }}")).await["assessmentParts"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(seen[0]["topics"][0], json!({"topic": "wonen", "discussed": true, "wish": "Thuis blijven."}));
    assert_eq!(seen[0]["topics"][1]["discussed"], false);
    let all = anja.case(&family.case, "assessmentParts(earlier: true) { stands }").await["assessmentParts"].clone();
    assert_eq!(each(&all, "stands"), [false, true]);
}

#[tokio::test]
async fn a_reference_leads_elsewhere_and_says_nothing() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let refer = |person: &str, number: &str| {
        family
            .input(json!({"person": person, "register": "REFERRAL_INDEX", "number": number, "keeper": "De Torenvalk"}))
    };
    for (number, code) in [
        ("bekend met zorgen", "REFERENCE_NOT_OPAQUE"),
        ("", "REFERENCE_NOT_OPAQUE"),
        ("111222333", "REFERENCE_LEADS_TO_PERSON"),
        ("0612345678", "REFERENCE_LEADS_TO_PERSON"),
    ] {
        assert_eq!(anja.refused("recordExternalReference", refer(&family.son, number)).await, code);
    }
    let payload = anja.does("recordExternalReference", refer(&family.mother, "vi-7")).await;
    let reference = made(&payload, "EXTERNAL_REFERENCE")[0].clone();
    anja.does("recordExternalReference", refer(&family.son, "vi-8")).await;
    assert_eq!(anja.refused("recordExternalReference", refer(&family.mother, "vi-7")).await, "REFERENCE_PRESENT");
    let fields = "externalReferences { register number keeper since until reason }";
    let numbers =
        async |person: &Person| each(&person.case(&family.case, fields).await["externalReferences"], "number");
    assert_eq!(numbers(&anja).await, ["vi-7", "vi-8"]);
    assert_eq!(numbers(&petra).await, ["vi-7"], "of whom she works for");
    assert_eq!(numbers(&server.as_("noor")).await, [] as [Value; 0]);
    assert_eq!(petra.refused("recordExternalReference", refer(&family.mother, "vi-9")).await, "NOT_AVAILABLE");
    let end = family.input(json!({"reference": reference, "reason": "Afgesloten."}));
    anja.does("endExternalReference", end.clone()).await;
    assert_eq!(anja.refused("endExternalReference", end).await, "REFERENCE_ENDED");
    let seen = anja.case(&family.case, fields).await["externalReferences"][0].clone();
    assert_eq!((&seen["until"], &seen["reason"]), (&json!("2026-11-16"), &json!("Afgesloten.")));
}

/// 003:998-1205: from match to closing, each step a fact; what came in another order is taken and listed.
#[tokio::test]
async fn informal_support_has_a_life_of_its_own() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let matched = json!({"kind": "HOME_VISITOR", "persons": [family.mother], "volunteer": "Mevrouw Torenvalk", "question": "Even op adem komen."});
    let support = made(&anja.does("matchSupport", family.input(matched)).await, "INFORMAL_SUPPORT")[0].clone();
    let of = |mut fields: Value| {
        fields["support"] = json!(support);
        family.input(fields)
    };
    anja.does("startSupportTrial", of(json!({"until": "2026-12-14"}))).await;
    let rules = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert_eq!(each(&rules, "rule"), ["certificate_before_trial", "house_rules_before_trial"]);
    anja.does("signSupportHouseRules", of(json!({"signedBy": [family.mother], "rules": "Geen foto's."}))).await;
    anja.does("recordSupportCertificate", of(json!({"issued": "2026-10-05"}))).await;
    assert_eq!(
        anja.refused("recordSupportCertificate", of(json!({"issued": "2026-11-17"}))).await,
        "CERTIFICATE_FROM_FUTURE"
    );
    anja.does("evaluateSupportTrial", of(json!({"outcome": "GOES_ON", "words": "Het klikt."}))).await;
    anja.does("agreeSupportTerm", of(json!({"agreements": "Elke dinsdagochtend."}))).await;
    let measure = json!({"person": family.mother, "moment": "BASELINE", "benefit": true, "words": "Het geeft lucht."});
    anja.does("measureSupport", of(measure)).await;
    anja.does(
        "reviewSupport",
        of(json!({"tookPart": [family.mother], "outcome": "ADJUSTED", "words": "Liever op woensdag."})),
    )
    .await;
    let fields = "informalSupport { kind volunteer since persons { id } houseRules { rules signedBy { id } } certificate { seen issued }
        trial { until outcome words } terms { from until agreements } reviews { outcome next } measures { moment benefit words }
        ended { lastDay endedBy inTouch } }";
    let seen = anja.case(&family.case, fields).await["informalSupport"][0].clone();
    assert_eq!((&seen["certificate"]["issued"], &seen["trial"]["outcome"]), (&json!("2026-10-05"), &json!("GOES_ON")));
    assert_eq!((&seen["terms"][0]["until"], &seen["reviews"][0]["next"]), (&json!("2027-11-16"), &json!("2027-02-16")));
    assert_eq!((&seen["measures"][0]["benefit"], &seen["ended"]), (&json!(true), &Value::Null));
    // Who works for her sees it, but for the certificate: that is for the director.
    let hers = petra.case(&family.case, fields).await["informalSupport"][0].clone();
    assert_eq!((&hers["volunteer"], &hers["certificate"]), (&json!("Mevrouw Torenvalk"), &Value::Null));
    assert_eq!(hers["measures"][0]["words"], "Het geeft lucht.");
    let noors = texts_of(&server.as_("noor"), &family.case).await;
    assert!(!noors.contains("Torenvalk") && !noors.contains("\"Support"), "{noors}");
    assert_eq!(petra.refused("endSupport", of(json!({"endedBy": "FAMILY"}))).await, "NOT_AVAILABLE");
    anja.does("endSupport", of(json!({"endedBy": "FAMILY", "inTouch": true}))).await;
    let ended = anja.case(&family.case, fields).await["informalSupport"][0]["ended"].clone();
    assert_eq!(ended, json!({"lastDay": "2026-11-16", "endedBy": "FAMILY", "inTouch": true}));
    server.tell("2026-11-20");
    assert_eq!(anja.refused("startSupportTrial", of(json!({}))).await, "SUPPORT_OVER");
}
