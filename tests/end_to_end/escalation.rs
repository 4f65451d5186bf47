//! R10, and *verloop: spanning, hulp en rust*: the lines of cases 01, 04 and 06 about conflicts, each as the director sees it, and then what
//! everybody else sees of it: of one side of a conflict nothing reaches the other household.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{fresh, shared, weekend};

const ESCALATION: &str = "escalation {
    conflicts { id about since between { name } rest { since kind reason }
      sides { person { name } stageNow phaseNow wordsForFamily fittingInterventions { words from to source } daysInStage energy { on percent }
        stages { on stage change observations model assessedBy { name } } }
      flareUps { on medium trigger reactions { acts person { name } } toldBy { name } } }
    parentingForms { person { name } on form basis assessedBy { name } }
    calmPeriods { person { name } from until words }
    axis { on kind person { name } stage change energy medium form } }";

async fn seen(person: &Person, case: &str) -> Value {
    person.case(case, ESCALATION).await["escalation"].clone()
}

fn side<'v>(escalation: &'v Value, name: &str) -> &'v Value {
    let sides = escalation["conflicts"][0]["sides"].as_array().unwrap();
    sides.iter().find(|side| side["person"]["name"] == name).unwrap_or_else(|| panic!("{name} in {sides:?}"))
}

fn course(escalation: &Value, name: &str) -> Vec<(Value, Value, Value)> {
    let stages = side(escalation, name)["stages"].as_array().unwrap();
    stages.iter().map(|one| (one["on"].clone(), one["stage"].clone(), one["change"].clone())).collect()
}

fn told(day: &str, stage: u8, change: Option<i32>) -> (Value, Value, Value) {
    (json!(day), json!(stage), json!(change))
}

/// 2026-02-10 three for each, 03-03 five and four, 09-01 three, 11-02 two: Robert rose by two at once, Ilse did not.
#[tokio::test]
async fn the_director_sees_how_each_experienced_the_conflict_and_since_when() {
    let demo = shared();
    let escalation = seen(&demo.as_("anja"), &demo.case("01")).await;
    let conflict = &escalation["conflicts"][0];
    assert_eq!((&conflict["since"], &conflict["rest"]), (&json!("2026-02-10"), &Value::Null));
    assert_eq!(conflict["about"], "Hoe het ophalen en brengen van de jongens gaat.");
    assert_eq!(each(&conflict["between"], "name"), ["Ilse", "Robert"]);
    let days =
        [("2026-02-10", 3, None), ("2026-03-03", 5, Some(2)), ("2026-09-01", 3, Some(-2)), ("2026-11-02", 2, Some(-1))];
    assert_eq!(course(&escalation, "Robert"), days.map(|(day, stage, change)| told(day, stage, change)));
    let days =
        [("2026-02-10", 3, None), ("2026-03-03", 4, Some(1)), ("2026-09-01", 3, Some(-1)), ("2026-11-02", 2, Some(-1))];
    assert_eq!(course(&escalation, "Ilse"), days.map(|(day, stage, change)| told(day, stage, change)));
    let robert = side(&escalation, "Robert");
    assert_eq!((&robert["stageNow"], &robert["phaseNow"]), (&json!(2), &json!("TOGETHER")));
    assert_eq!(robert["stages"][1]["observations"], "Voelt zich te kijk gezet; noemt de ander niet meer bij de naam.");
    assert_eq!(
        (&robert["stages"][1]["assessedBy"]["name"], &robert["stages"][1]["model"]),
        (&json!("Anja"), &json!("glasl-9/1"))
    );
    let english = seen(&demo.as_("anja").with("Accept-Language", "en"), &demo.case("01")).await;
    assert_eq!(side(&english, "Robert")["wordsForFamily"], "together");
    // Advice with its source, in the language of the asker, and of the day looked at.
    let fitting = |words: &str| json!([{"words": words, "from": 1, "to": 3, "source": "streitvermittler-mediator.de"}]);
    assert_eq!(robert["fittingInterventions"], fitting("gespreksleiding"));
    assert_eq!(side(&english, "Robert")["fittingInterventions"], fitting("moderation"));
}

/// As recorded on 2026-03-23: five and four. About a day before: three and three. Days in a stage count on the day looked at.
#[tokio::test]
async fn it_is_asked_of_any_day_as_recorded_and_as_now_known() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let recorded = anja.recorded(&case, "2026-03-23", ESCALATION).await["escalation"].clone();
    let now = |escalation: &Value, name: &str| {
        (side(escalation, name)["stageNow"].clone(), side(escalation, name)["daysInStage"].clone())
    };
    assert_eq!((now(&recorded, "Robert"), now(&recorded, "Ilse")), ((json!(5), json!(20)), (json!(4), json!(20))));
    assert_eq!(side(&recorded, "Robert")["phaseNow"], "HELP_FROM_OUTSIDE");
    assert_eq!(side(&recorded, "Robert")["energy"], json!([]), "nothing of what came later");
    let about = anja.about(&case, "2026-03-02", ESCALATION).await["escalation"].clone();
    assert_eq!((now(&about, "Robert"), now(&about, "Ilse")), ((json!(3), json!(20)), (json!(3), json!(20))));
    assert_eq!(about["conflicts"][0]["flareUps"].as_array().unwrap().len(), 1);
    let before = anja.about(&case, "2026-02-09", ESCALATION).await["escalation"].clone();
    assert_eq!((&before["conflicts"], &before["axis"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn one_axis_tells_what_came_before_what() {
    let demo = shared();
    let escalation = seen(&demo.as_("anja"), &demo.case("01")).await;
    let points = escalation["axis"].as_array().unwrap();
    let days: Vec<&str> = points.iter().map(|point| point["on"].as_str().unwrap()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let of_kind = |kind: &str| points.iter().filter(|point| point["kind"] == kind).count();
    assert_eq!([of_kind("STAGE"), of_kind("FLARE_UP"), of_kind("ENERGY"), of_kind("PLANS_APART")], [8, 2, 7, 1]);
    assert_eq!(of_kind("PARENTING_FORM"), 2);
    let forms = &escalation["parentingForms"];
    assert_eq!(each(forms, "form"), ["CONFLICT", "CONFLICT"]);
    let flare_up = &escalation["conflicts"][0]["flareUps"][0];
    assert_eq!(
        (&flare_up["on"], &flare_up["medium"], &flare_up["toldBy"]["name"]),
        (&json!("2026-02-27"), &json!("APP"), &json!("Robert"))
    );
    assert_eq!(
        flare_up["reactions"][0],
        json!({"acts": "Schreef dat hij de jongens toch kwam halen.", "person": {"name": "Robert"}})
    );
    assert_eq!(escalation["conflicts"][0]["flareUps"][1]["on"], "2026-08-15");
    let energy = |name| {
        side(&escalation, name)["energy"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["percent"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!((energy("Robert"), energy("Ilse")), (vec![90, 60, 35, 30], vec![50, 40, 30]));
}

/// Two plans stand and Ilse must not be found: each coordinator reads what the own parent told, and of the other nothing at all. What was
/// written may say where she is, so that stays with the director.
#[tokio::test]
async fn a_coordinator_reads_the_own_side_and_nothing_of_the_other() {
    let demo = shared();
    let case = demo.case("01");
    let robert = seen(&demo.as_("fenna"), &case).await;
    let conflict = &robert["conflicts"][0];
    assert_eq!(each(&conflict["between"], "name"), ["Robert"]);
    assert_eq!((&conflict["about"], &conflict["since"]), (&Value::Null, &Value::Null));
    assert_eq!(each(&conflict["sides"], "person"), [json!({"name": "Robert"})]);
    assert_eq!(each(&side(&robert, "Robert")["energy"], "percent"), [90, 60, 35, 30]);
    assert_eq!((&side(&robert, "Robert")["stages"], &side(&robert, "Robert")["stageNow"]), (&json!([]), &Value::Null));
    assert_eq!(side(&robert, "Robert")["fittingInterventions"], json!([]), "a stage would be read from what fits");
    assert_eq!(each(&conflict["flareUps"], "on"), ["2026-02-27"], "what he told");
    assert_eq!(
        (&conflict["flareUps"][0]["trigger"], &conflict["flareUps"][0]["medium"]),
        (&Value::Null, &json!("APP"))
    );
    assert_eq!(each(&robert["parentingForms"], "person"), [json!({"name": "Robert"})]);
    assert_eq!(robert["parentingForms"][0]["basis"], Value::Null);
    let ilse = seen(&demo.as_("wim"), &case).await;
    let conflict = &ilse["conflicts"][0];
    assert_eq!((each(&conflict["between"], "name"), &conflict["flareUps"]), (vec![json!("Ilse")], &json!([])));
    assert_eq!(each(&side(&ilse, "Ilse")["energy"], "percent"), [50, 40, 30]);
    for (other, all) in [("Ilse", &robert), ("Robert", &ilse)] {
        assert!(!all.to_string().contains(other), "{other}: {all}");
    }
    for back in ["recorded: \"2026-03-05\"", "recorded: \"2026-08-20\"", "about: \"2026-03-05\""] {
        let fields =
            format!("asOf({back}) {{ {ESCALATION} timeline(first: 100) {{ nodes {{ kind words {{ text }} }} }} }}");
        let look = demo.as_("fenna").case(&case, &fields).await["asOf"].to_string();
        assert!(
            !look.contains("GlaslStageAssessed") && !look.contains("drank") && !look.contains("Zoekt steun"),
            "{look}"
        );
    }
}

/// The advisor reads both sides as long as both consents stand, no words that may lead to Ilse; a consent that is withdrawn closes that
/// side at once, and with it what is said of both.
#[tokio::test]
async fn an_advisor_reads_the_stages_of_those_whose_consent_stands() {
    let server = weekend(false);
    let (hugo, case) = (server.as_("hugo"), server.case("01"));
    let both = seen(&hugo, &case).await;
    let conflict = &both["conflicts"][0];
    assert_eq!(
        (each(&conflict["between"], "name"), &conflict["since"]),
        (vec![json!("Ilse"), json!("Robert")], &json!("2026-02-10"))
    );
    assert_eq!((&conflict["about"], &side(&both, "Ilse")["stages"][0]["observations"]), (&Value::Null, &Value::Null));
    assert_eq!((&side(&both, "Robert")["stageNow"], &side(&both, "Ilse")["stageNow"]), (&json!(2), &json!(2)));
    assert_eq!(each(&conflict["flareUps"], "on"), ["2026-02-27", "2026-08-15"]);
    let withdraw = json!({"caseId": case, "consent": server.id("01", "interventie-robert-robert")});
    server.as_("anja").does("withdrawConsent", withdraw).await;
    let hers = seen(&hugo, &case).await;
    let conflict = &hers["conflicts"][0];
    assert_eq!((each(&conflict["between"], "name"), &conflict["since"]), (vec![json!("Ilse")], &Value::Null));
    assert_eq!((&side(&hers, "Ilse")["stageNow"], &conflict["flareUps"]), (&json!(2), &json!([])));
    assert!(!hers.to_string().contains("Robert"), "{hers}");
}

/// A neighbour who passes messages on feeds the conflict, and later keeps out of it and calms it: for the director, of any day. Who
/// coordinates for a parent reads nothing of it, nor does the advisor, who was asked about others.
#[tokio::test]
async fn what_a_neighbour_does_to_the_conflict_is_for_the_director_as_of_any_day() {
    let server = weekend(false);
    let (anja, case) = (server.as_("anja"), server.case("01"));
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let added = anja.does("addPerson", of(json!({"name": "Wietske", "role": "NETWORK_MEMBER"}))).await;
    let neighbour = made(&added, "PERSON")[0].clone();
    let assessed = |person: &str, effect: &str, basis: &str| {
        of(json!({"conflict": server.id("01", "ouders"), "person": person, "effect": effect, "basis": basis}))
    };
    let mut earlier = assessed(&neighbour, "FEEDS", "Stuurt berichten door.");
    earlier["occurred"] = json!({"day": "2026-08-20"});
    anja.does("assessNetworkEffect", earlier).await;
    anja.does("assessNetworkEffect", assessed(&neighbour, "CALMS", "Past op en houdt zich erbuiten.")).await;
    let of_ilse = anja.send("assessNetworkEffect", assessed(&server.id("01", "ilse"), "FEEDS", "Gehoord.")).await;
    assert_eq!(of_ilse.code(), "EFFECT_OF_NETWORK");
    assert!(of_ilse.message().contains("iemand uit het netwerk"), "{}", of_ilse.message());

    let fields = "escalation { networkEffects { conflictId person { name } now
        assessments { on effect basis assessedBy { name } } } axis { kind networkEffect } }";
    let effects = |seen: &Value| seen["escalation"]["networkEffects"].clone();
    let now = anja.case(&case, fields).await;
    let effect = &effects(&now)[0];
    assert_eq!(
        (&effect["person"]["name"], &effect["conflictId"], &effect["now"]),
        (&json!("Wietske"), &json!(server.id("01", "ouders")), &json!("CALMS"))
    );
    assert_eq!(each(&effect["assessments"], "effect"), ["FEEDS", "CALMS"]);
    let first = json!({"on": "2026-08-20", "effect": "FEEDS", "basis": "Stuurt berichten door.", "assessedBy": {"name": "Anja"}});
    assert_eq!(effect["assessments"][0], first);
    let points = now["escalation"]["axis"].as_array().unwrap().iter();
    let points: Vec<_> = points.filter(|point| point["kind"] == "NETWORK_EFFECT").collect();
    assert_eq!(points.iter().map(|point| &point["networkEffect"]).collect::<Vec<_>>(), ["FEEDS", "CALMS"]);
    let then = effects(&anja.about(&case, "2026-08-25", fields).await);
    assert_eq!((&then[0]["now"], each(&then[0]["assessments"], "effect")), (&json!("FEEDS"), vec![json!("FEEDS")]));
    assert_eq!(effects(&anja.about(&case, "2026-08-19", fields).await), json!([]));
    let drawn = anja.get(&format!("/cases/{case}/escalation.svg")).send().await.unwrap().text().await.unwrap();
    assert!(drawn.contains("Wietske: uitwerking op het conflict. 20 aug 2026: houdt het gaande; "), "{drawn}");

    for key in ["fenna", "wim", "hugo"] {
        let seen = server.as_(key).case(&case, fields).await;
        assert_eq!(effects(&seen), json!([]), "{key}");
        assert!(!seen.to_string().contains("NETWORK_EFFECT"), "{key}: {seen}");
        let refused = server.as_(key).refused("assessNetworkEffect", assessed(&neighbour, "FEEDS", "Gehoord.")).await;
        assert_eq!(refused, "NOT_AVAILABLE", "{key}");
    }
}

/// 04: from four and four to six and five, then five and five. The supporter whom everybody's consent names reads what was told, and no
/// stage: those are for director and advice team.
#[tokio::test]
async fn the_call_about_lara_makes_it_rise_and_the_right_answer_does_not() {
    let demo = shared();
    let case = demo.case("04");
    let escalation = seen(&demo.as_("mehmet"), &case).await;
    let yvonne = [("2026-06-02", 4, None), ("2026-09-15", 6, Some(2)), ("2026-10-19", 5, Some(-1))];
    assert_eq!(course(&escalation, "Yvonne"), yvonne.map(|(day, stage, change)| told(day, stage, change)));
    let henk = [("2026-06-02", 4, None), ("2026-09-15", 5, Some(1)), ("2026-10-19", 5, Some(0))];
    assert_eq!(course(&escalation, "Henk"), henk.map(|(day, stage, change)| told(day, stage, change)));
    assert_eq!(escalation["conflicts"][0]["flareUps"][0]["on"], "2026-09-14", "the day of the call, told a day later");
    let tess = seen(&demo.as_("tess"), &case).await;
    let conflict = &tess["conflicts"][0];
    assert_eq!(conflict["flareUps"][0]["trigger"], "Een telefoongesprek over hoe het met de dochter gaat.");
    assert_eq!(each(&conflict["sides"], "stages"), [json!([]), json!([])]);
    assert!(tess["axis"].as_array().unwrap().iter().all(|point| point["kind"] != "STAGE"), "{tess}");
}

/// 06: side by side, each on their own: no conflict is named for it.
#[tokio::test]
async fn parents_who_part_can_be_parents_side_by_side() {
    let demo = shared();
    let case = demo.case("06");
    let escalation = seen(&demo.as_("bram"), &case).await;
    assert_eq!(each(&escalation["parentingForms"], "form"), ["PARALLEL", "PARALLEL"]);
    assert_eq!(each(&escalation["parentingForms"], "on"), ["2026-09-25", "2026-09-25"]);
    assert_eq!(escalation["conflicts"], json!([]));
}

/// The families' access workers, team leads and privacy officers, a school and whoever is on call read nothing of it.
#[tokio::test]
async fn nobody_else_reads_anything_of_a_conflict() {
    let demo = shared();
    let case = demo.case("01");
    for (key, purpose) in [("noor", "access/1"), ("gerda", "oversight/1")] {
        let person = demo.as_(key).with("Rustpunt-Purpose", purpose);
        let answer = person
            .ask_with(&format!("query($id: ID!) {{ case(id: $id) {{ {ESCALATION} }} }}"), json!({"id": case}))
            .await;
        let none = json!({"conflicts": [], "parentingForms": [], "calmPeriods": [], "axis": []});
        let seen = &answer.body["data"]["case"]["escalation"];
        assert!(seen.is_null() || *seen == none, "{key}: {}", answer.body);
    }
    for key in ["wim", "fenna", "hugo"] {
        let input =
            json!({"caseId": case, "between": [demo.id("01", "ilse"), demo.id("01", "robert")], "about": "Iets."});
        assert_eq!(demo.as_(key).refused("nameConflict", input).await, "NOT_AVAILABLE", "{key}");
    }
}

/// What makes no sense is refused with what to do, in both languages; what came late is taken.
#[tokio::test]
async fn bad_input_is_refused_and_late_input_taken() {
    let server = weekend(true);
    let (anja, case) = (server.as_("anja"), server.case("01"));
    let (ilse, dave, conflict) = (server.id("01", "ilse"), server.id("01", "dave"), server.id("01", "ouders"));
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let stage = |stage: i64| {
        of(json!({"conflict": conflict, "experienced": [{"person": ilse, "stage": stage, "observations": "Gehoord."}]}))
    };
    for number in [0, 10, -1, 300] {
        let refused = anja.send("assessConflict", stage(number)).await;
        assert_eq!(
            (refused.code(), refused.details()),
            ("STAGE_OUT_OF_RANGE".to_owned(), json!({"lowest": 1, "highest": 9}))
        );
        assert!(refused.message().contains("1 tot en met 9"), "{}", refused.message());
    }
    let energy = of(json!({"conflict": conflict, "person": ilse, "percent": 101}));
    assert_eq!(anja.refused("reportConflictEnergy", energy).await, "ENERGY_OUT_OF_RANGE");
    let stranger = of(json!({"conflict": conflict, "person": dave, "percent": 10}));
    assert_eq!(anja.refused("reportConflictEnergy", stranger).await, "NOT_IN_CONFLICT");
    let alone = of(json!({"between": [ilse], "about": "Iets."}));
    assert_eq!(anja.refused("nameConflict", alone).await, "CONFLICT_NEEDS_TWO");
    let unknown = of(json!({"conflict": ilse, "kind": "RESTING", "reason": "Rust."}));
    assert_eq!(anja.refused("restConflict", unknown).await, "CONFLICT_UNKNOWN");
    let empty = of(json!({"conflict": conflict, "kind": "RESTING", "reason": "  "}));
    assert_eq!(anja.refused("restConflict", empty).await, "TEXT_EMPTY");
    let named = of(json!({"conflict": conflict, "kind": "RESTING", "reason": "Ilse lacht weer."}));
    assert_eq!(anja.refused("restConflict", named).await, "NAMES_IN_TEXT");
    let soon = of(json!({"person": ilse, "from": "2027-01-01"}));
    assert_eq!(anja.refused("reportCalmPeriod", soon).await, "CALM_NOT_BEGUN");

    let late = of(
        json!({"conflict": conflict, "experienced": [{"person": ilse, "observations": "Was niet te zeggen."}], "occurred": {"day": "2025-12-01"}}),
    );
    let taken = anja.does("assessConflict", late).await;
    let calm = of(
        json!({"person": ilse, "conflict": conflict, "from": "2026-09-10", "until": "2026-10-10", "words": "Er hoefde niets."}),
    );
    anja.does("reportCalmPeriod", calm).await;
    let rest =
        of(json!({"conflict": conflict, "kind": "RESTING", "reason": "Drie maanden zonder bericht in de avond."}));
    anja.does("restConflict", rest).await;
    let escalation = seen(&anja, &case).await;
    assert_eq!(side(&escalation, "Ilse")["stages"][0]["stage"], Value::Null);
    assert_eq!(escalation["conflicts"][0]["rest"]["kind"], "RESTING");
    assert_eq!(escalation["calmPeriods"][0]["until"], "2026-10-10");
    let strike = of(json!({"fact": made(&taken, "FACT")[0], "reason": "Verkeerde dag."}));
    anja.does("strikeOutFact", strike).await;
    let escalation = seen(&anja, &case).await;
    assert_eq!(course(&escalation, "Ilse").len(), 4);
    let entries = anja.case(&case, "timeline(first: 100) { nodes { kind title correction { struckOut } } }").await["timeline"]["nodes"].clone();
    assert_eq!(find(&entries, "kind", "ConflictRested")["title"], "Een conflict kwam tot rust");
}

const HELP: &str = "escalation {
    services { person { id } environment levelNow steps { id on level change reason programme provider decidedBy { id }
      decidedByWorkers { name } wishes { wish person { id } } } }
    bodies { id body organisation since left reason leftReason familyTold persons { id } }
    advices { on stepId conflictId source advice persons { id } }
    axis { kind on level change environment body } }
    departures { rule ruleText }";

/// Opschalen and afschalen, a body that joins and leaves, and an advice with its source, as the director sees them; then by a supporter
/// who came in about the mother: of the son's help what it is, of wishes hers alone.
#[tokio::test]
async fn help_goes_up_and_down_with_its_reason_and_each_reads_the_own_part() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    let step = |level: i64, reason: &str| {
        family.input(json!({"person": family.son, "environment": "FAMILY", "level": level, "reason": reason,
            "decided": [{"person": family.mother}, {"worker": server.worker("anja")}], "programme": "Ambulante begeleiding",
            "provider": "Gezinshulp", "wishes": [{"person": family.mother, "wish": "Niet te vaak."}, {"person": family.son, "wish": "Thuis."}]}))
    };
    let mut up = step(5, "Kort helpt niet genoeg.");
    up["occurred"] = json!({"day": "2026-10-01"});
    anja.does("takeServiceStep", up).await;
    let down = anja.does("takeServiceStep", step(3, "Het gaat beter.")).await;
    let joined = family
        .input(json!({"body": "RET", "organisation": "Regio", "persons": [family.son], "reason": "Het loopt vast."}));
    let involvement = made(&anja.does("recordBodyJoined", joined).await, "INVOLVEMENT")[0].clone();
    let left = family.input(json!({"involvement": involvement, "reason": "Het loopt weer."}));
    anja.does("recordBodyLeft", left.clone()).await;
    let advice =
        json!({"on": {"step": made(&down, "STEP")[0]}, "source": "Gedragswetenschapper", "advice": "Houd het licht."});
    anja.does("recordAdvice", family.input(advice)).await;

    let seen = anja.case(&family.case, HELP).await;
    let (course, all) = (&seen["escalation"]["services"][0], &seen["escalation"]);
    assert_eq!((&course["levelNow"], each(&course["steps"], "change")), (&json!(3), vec![Value::Null, json!(-2)]));
    assert_eq!(course["steps"][0]["on"], "2026-10-01");
    assert_eq!(
        (&course["steps"][0]["programme"], course["steps"][0]["wishes"].as_array().unwrap().len()),
        (&json!("Ambulante begeleiding"), 2)
    );
    assert_eq!(course["steps"][1]["decidedByWorkers"], json!([{"name": "Anja"}]));
    assert_eq!((&all["bodies"][0]["body"], &all["bodies"][0]["left"]), (&json!("RET"), &json!("2026-11-16")));
    assert_eq!(
        (&all["advices"][0]["source"], &all["advices"][0]["advice"]),
        (&json!("Gedragswetenschapper"), &json!("Houd het licht."))
    );
    assert_eq!(each(&all["axis"], "kind"), ["SERVICE_STEP", "SERVICE_STEP", "BODY_JOINED", "BODY_LEFT", "ADVICE"]);
    assert_eq!(seen["departures"][0]["ruleText"], "het gezin hoort wat het expertteam wel en niet doet");

    let helper = server.as_("petra").case(&family.case, HELP).await["escalation"].clone();
    let course = &helper["services"][0];
    assert_eq!((&course["levelNow"], &course["steps"][0]["reason"]), (&json!(3), &json!("Kort helpt niet genoeg.")));
    assert_eq!(
        course["steps"][0]["wishes"],
        json!([{"wish": "Niet te vaak.", "person": {"id": family.mother}}]),
        "the son's is his own"
    );
    assert_eq!(helper["bodies"][0]["body"], "RET");

    for (name, input, code) in [
        ("takeServiceStep", step(0, "Iets."), "LEVEL_OUT_OF_RANGE"),
        ("takeServiceStep", step(11, "Iets."), "LEVEL_OUT_OF_RANGE"),
        ("recordBodyLeft", left, "INVOLVEMENT_OVER"),
        ("recordBodyLeft", family.input(json!({"involvement": family.son, "reason": "Iets."})), "INVOLVEMENT_UNKNOWN"),
        ("recordBodyJoined", family.input(json!({"body": "GI", "persons": [], "reason": "Iets."})), "ABOUT_NOBODY"),
        (
            "recordAdvice",
            family.input(json!({"on": {"step": family.son}, "source": "RET", "advice": "Iets."})),
            "STEP_UNKNOWN",
        ),
    ] {
        assert_eq!(anja.refused(name, input).await, code, "{name}");
    }
    let mut nobody = step(3, "Iets.");
    nobody["decided"] = json!([]);
    assert_eq!(anja.refused("takeServiceStep", nobody).await, "DECIDED_BY_NOBODY");
}

/// What calmed stands there as plainly as what rose: how long there was no flare-up, since when a stage is lower, how long it was calm.
#[tokio::test]
async fn calming_is_told_as_plainly_as_rising() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let calming = "escalation { conflicts { daysSinceFlareUp sides { person { name } lowerSince } } }";
    let now = anja.about(&case, "2026-11-16", calming).await["escalation"].clone();
    assert_eq!(now["conflicts"][0]["daysSinceFlareUp"], 93);
    assert_eq!(
        (&side(&now, "Robert")["lowerSince"], &side(&now, "Ilse")["lowerSince"]),
        (&json!("2026-11-02"), &json!("2026-11-02"))
    );
    let risen = anja.about(&case, "2026-03-10", calming).await["escalation"].clone();
    assert_eq!(
        (&risen["conflicts"][0]["daysSinceFlareUp"], &side(&risen, "Robert")["lowerSince"]),
        (&json!(11), &Value::Null)
    );
    let before = anja.about(&case, "2026-02-20", calming).await["escalation"].clone();
    assert_eq!(before["conflicts"][0]["daysSinceFlareUp"], Value::Null);
    let fenna = demo.as_("fenna").case(&case, calming).await["escalation"].clone();
    assert_eq!(
        fenna["conflicts"][0]["daysSinceFlareUp"].as_i64().map(|days| days > 200),
        Some(true),
        "of what he told"
    );
    assert_eq!(side(&fenna, "Robert")["lowerSince"], Value::Null);
}
