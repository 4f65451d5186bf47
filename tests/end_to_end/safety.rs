//! Safety before everything (rule 19): screening, lanes with the steps of the meldcode, who is told later, clearing by a second person; what
//! is refused, who sees it and who does not.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const SAFETY: &str = "safety { barredSince unscreened { name } screenings { on alone oneSidedControl outcome words person { name } }
    stepsAsked { why on open laneId person { name } }
    lanes { id since open cleared concerns { name } knownTo { name } waiting { step lastDay }
      signals { kind facts judgement reportedBy { person { name } worker { name } outside } }
      steps { kind on words alone safe veiligThuis reportNeeded helpPossible atOnce established source person { name } by { name } officer { name }
        answers { suspected acute structural } }
      toldLater { id ground review told words person { name } decidedBy { name } consulted { name } looks { words } } } }";

/// A family directed by Anja, with two parents, in which Petra works for the mother. The id of the father.
async fn home() -> (Fresh, Family, String) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let added = json!({"name": "Ganzerik", "role": "PARENT"});
    let father = made(&server.as_("anja").does("addPerson", family.input(added)).await, "PERSON")[0].clone();
    (server, family, father)
}

/// Refused in both languages, each in its own words.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) -> Answer {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input.clone()).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
    english
}

async fn safety(person: &Person, case: &str) -> Value {
    person.case(case, SAFETY).await["safety"].clone()
}

/// A signal about these, known to these workers; for the director when none are named.
async fn signals(server: &Fresh, family: &Family, concerns: &[&String], known_to: &[&str]) -> String {
    let mut signal = json!({"concerns": concerns, "kind": "VIOLENCE", "facts": "Kwartel vertelt wat er vrijdag gebeurde.",
        "judgement": "Merel lijkt bang."});
    if !known_to.is_empty() {
        signal["knownTo"] = json!({"workers": known_to.iter().map(|key| server.worker(key)).collect::<Vec<_>>()});
    }
    let made_of = server.as_("anja").does("recordSafetySignal", family.input(signal)).await;
    made(&made_of, "SAFETY_LANE")[0].clone()
}

async fn consulted_heard_and_weighed(server: &Fresh, family: &Family, lane: &str) {
    let anja = server.as_("anja");
    let consulted = json!({"lane": lane, "colleagues": [server.worker("joost")], "words": "Eerst het kind."});
    anja.does("recordSafetyConsultation", family.input(consulted)).await;
    let heard = json!({"lane": lane, "person": family.son, "alone": true, "words": "Ekster vertelde over thuis."});
    anja.does("recordSafetyTalk", family.input(heard)).await;
    let weighed = json!({"lane": lane, "suspected": true, "acute": false, "structural": false, "words": "Niet acuut, niet structureel."});
    anja.does("weighSafety", family.input(weighed)).await;
}

fn together(family: &Family, persons: &[&String]) -> Value {
    let invited: Vec<_> = persons.iter().map(|person| json!({"who": {"person": person}})).collect();
    family.input(json!({"kind": "NETWORK_MEETING", "occasion": "De kring wil meedenken.", "about": [family.mother], "invited": invited}))
}

/// Case 01, 2026-02-10: each parent and each boy alone, no signal.
#[tokio::test]
async fn each_parent_and_each_boy_of_case_01_was_screened_alone() {
    let demo = shared();
    let seen = safety(&demo.as_("anja"), &demo.case("01")).await;
    let screened = &seen["screenings"];
    let who: Vec<_> = screened.as_array().unwrap().iter().map(|one| one["person"]["name"].clone()).collect();
    assert_eq!(who, ["Ilse", "Robert", "Morris", "Dave"]);
    for one in screened.as_array().unwrap() {
        let whole = (&one["on"], &one["alone"], &one["oneSidedControl"], &one["outcome"]);
        assert_eq!(whole, (&json!("2026-02-10"), &json!(true), &json!(true), &json!("NO_SIGNAL")));
    }
    assert_eq!(seen["unscreened"], json!([]));
    let before = demo.as_("anja").recorded(&demo.case("01"), "2026-02-09", SAFETY).await["safety"].clone();
    assert_eq!(each(&before["unscreened"], "name"), ["Ilse", "Robert", "Morris", "Dave"], "open until then");
}

/// Case 01, 2026-03-02 to 03-06: the lane with its steps and terms, cleared by a second person; joint talks not offered until then.
#[tokio::test]
async fn the_lane_of_case_01_runs_from_2_march_until_a_second_person_clears_it() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let then = anja.recorded(&case, "2026-03-04", SAFETY).await["safety"].clone();
    let lane = &then["lanes"][0];
    assert_eq!((&then["barredSince"], &lane["open"]), (&json!("2026-03-02"), &json!(true)));
    let waiting = json!([{"step": "WEIGHED", "lastDay": "2026-03-09"}, {"step": "DECIDED", "lastDay": "2026-03-09"}]);
    assert_eq!(lane["waiting"], waiting);
    assert_eq!(lane["signals"][0]["reportedBy"]["person"]["name"], "Ilse");
    let now = safety(&anja, &case).await;
    let lane = &now["lanes"][0];
    assert_eq!((&now["barredSince"], &lane["cleared"]), (&Value::Null, &json!("2026-03-06")));
    let steps = lane["steps"].as_array().unwrap().iter().map(|step| (step["kind"].clone(), step["on"].clone()));
    let expected = [
        ("MAPPED", "2026-03-02"),
        ("CONSULTED", "2026-03-03"),
        ("TALKED", "2026-03-03"),
        ("TALKED", "2026-03-03"),
        ("WEIGHED", "2026-03-06"),
        ("CLEARED", "2026-03-06"),
    ];
    assert_eq!(steps.collect::<Vec<_>>(), expected.map(|(kind, on)| (json!(kind), json!(on))));
    let weighed = find(&lane["steps"], "kind", "WEIGHED");
    assert_eq!((&weighed["officer"]["name"], &weighed["answers"]["acute"]), (&json!("Marleen"), &json!(false)));
    assert_eq!(find(&lane["steps"], "kind", "CLEARED")["by"][0]["name"], "Noor");
    assert_eq!(lane["waiting"], json!([]), "the terms go with the lane");
    // Nobody else of the case hears of it: the coordinators, the advisor, and since protection neither does Noor.
    for key in ["wim", "fenna", "hugo", "noor"] {
        let seen = safety(&demo.as_(key), &case).await;
        assert_eq!((&seen["lanes"], &seen["screenings"]), (&json!([]), &json!([])), "{key}");
        let whole = demo.as_(key).case(&case, "timeline(first: 100) { nodes { words { text } } }").await.to_string();
        assert!(!whole.contains("bang sinds vrijdagavond"), "{key}");
    }
}

/// Case 02, 2025-11-17.
#[tokio::test]
async fn each_of_case_02_was_screened_before_anything_joint() {
    let demo = shared();
    let seen = safety(&demo.as_("kees"), &demo.case("02")).await;
    assert_eq!(each(&seen["screenings"], "on"), ["2025-11-17", "2025-11-17", "2025-11-17"]);
    assert_eq!((&seen["unscreened"], &seen["lanes"]), (&json!([]), &json!([])));
}

/// Case 04: no sign of violence, and no stage of 7 or more: nothing is asked for.
#[tokio::test]
async fn nothing_asks_for_the_safety_steps_in_case_04() {
    let demo = shared();
    let seen = safety(&demo.as_("mehmet"), &demo.case("04")).await;
    assert_eq!((&seen["stepsAsked"], &seen["lanes"]), (&json!([]), &json!([])));
}

/// Case 08, 2026-07-20 to 09-04.
#[tokio::test]
async fn the_lane_of_case_08_takes_every_step_and_tells_the_father_later() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case("08"));
    let seen = safety(&lotte, &case).await;
    let lane = &seen["lanes"][0];
    let steps = lane["steps"].as_array().unwrap().iter().map(|step| (step["kind"].clone(), step["on"].clone()));
    let expected = [
        ("MAPPED", "2026-07-20"),
        ("TALKED", "2026-07-20"),
        ("CONSULTED", "2026-07-21"),
        ("TALK_JUDGED", "2026-07-22"),
        ("TALKED", "2026-07-22"),
        ("TALK_JUDGED", "2026-07-22"),
        ("TALKED", "2026-07-22"),
        ("WEIGHED", "2026-07-23"),
        ("DECIDED", "2026-07-24"),
        ("REPORTED", "2026-07-24"),
        ("ANSWERED", "2026-09-03"),
        ("CLEARED", "2026-09-04"),
    ];
    assert_eq!(steps.collect::<Vec<_>>(), expected.map(|(kind, on)| (json!(kind), json!(on))));
    assert_eq!(lane["signals"][0]["kind"], "VIOLENCE");
    let decided = find(&lane["steps"], "kind", "DECIDED");
    assert_eq!((&decided["reportNeeded"], &decided["helpPossible"]), (&json!(true), &json!(true)));
    let answered = find(&lane["steps"], "kind", "ANSWERED");
    assert_eq!(answered["established"], "2026-09-02", "as theirs, with the day and the source");
    assert!(answered["source"].as_str().unwrap().contains("Veilig Thuis"));
    assert_eq!(find(&lane["steps"], "kind", "CLEARED")["by"][0]["name"], "Femke");
    let later = &lane["toldLater"][0];
    assert_eq!((&later["person"]["name"], &later["review"]), (&json!("Ronald"), &json!("2026-07-31")));
    assert_eq!((&later["told"], &later["consulted"]["name"]), (&json!("2026-07-31"), &json!("Piet")));
    // Each parent was spoken to only once that was judged safe, after the child: nothing departs from a rule.
    let departures = lotte.case(&case, "departures { rule }").await["departures"].to_string();
    assert!(["judged_safe_first", "child_first", "meldcode_order"].iter().all(|rule| !departures.contains(rule)));
    // 2026-08-03, stage 7: the steps are asked for, and open already.
    let asked = &seen["stepsAsked"][0];
    assert_eq!((&asked["why"], &asked["on"]), (&json!("STAGE"), &json!("2026-08-03")));
    assert_eq!((&asked["open"], &asked["laneId"]), (&json!(false), &lane["id"]));
    // Until 2026-09-04 nothing joint was offered.
    let then = lotte.recorded(&case, "2026-09-03", SAFETY).await["safety"].clone();
    assert_eq!(then["barredSince"], "2026-07-20");
}

/// The privacy officer sees that something was told later, until when and on which ground: no content, and nobody by name.
#[tokio::test]
async fn the_privacy_officer_sees_what_is_told_later_without_what_it_is_about() {
    let demo = shared();
    let query = "query($id: ID!) { toldLater(caseId: $id) { id since ground review overdue told } }";
    let variables = json!({"id": demo.case("08")});
    let seen = demo.as_("selma").ask_with(query, variables.clone()).await.data("toldLater");
    let line = &seen[0];
    assert_eq!(
        (&line["since"], &line["review"], &line["told"], &line["overdue"], &line["ground"]),
        (&json!("2026-07-24"), &json!("2026-07-31"), &json!("2026-07-31"), &json!(false), &json!("CHILDS_INTEREST"))
    );
    assert_eq!(demo.as_("lotte").ask_with(query, variables.clone()).await.data("toldLater"), seen);
    for key in ["femke", "piet", "kees", "ravi"] {
        assert_eq!(demo.as_(key).ask_with(query, variables.clone()).await.code(), "NOT_AVAILABLE", "{key}");
    }
    let read = "query($id: ID!) { case(id: $id) { safety { lanes { id } } } }";
    assert_eq!(demo.as_("selma").ask_with(read, variables).await.code(), "NOT_AVAILABLE", "no content");
}

/// While a lane is open nothing joint is offered, in words that say what to do; one that took place is taken and marked.
#[tokio::test]
async fn nothing_joint_is_offered_while_a_lane_is_open() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let lane = signals(&server, &family, &[&family.mother, &family.son], &["anja", "petra"]).await;
    let both = together(&family, &[&family.mother, &father]);
    let answer = refuses(&anja, "callConference", both.clone(), "JOINT_TALK_BARRED").await;
    assert!(answer.message().contains("Speak with each apart"), "{}", answer.message());
    assert!(!answer.body.to_string().contains(&lane), "because of which lane is for who knows it");
    let with_child = together(&family, &[&family.mother, &family.son]);
    refuses(&anja, "callConference", with_child, "JOINT_TALK_BARRED").await;
    anja.does("callConference", together(&family, &[&family.mother])).await;
    server.tell("2026-11-18");
    let mut earlier = both.clone();
    earlier["occurred"] = json!({"day": "2026-11-17"});
    anja.does("callConference", earlier).await;
    let departures = anja.case(&family.case, "departures { rule ruleText }").await["departures"].clone();
    let marked = find(&departures, "rule", "safety_before_joint_talk");
    assert_eq!(marked["ruleText"], "eerst veiligheid, dan een gezamenlijk gesprek");
    // Once a second person cleared it, it can be offered.
    consulted_heard_and_weighed(&server, &family, &lane).await;
    let clears = family.input(json!({"lane": lane, "words": "Weer veilig genoeg."}));
    server.as_("petra").does("clearSafetyLane", clears).await;
    anja.does("callConference", both).await;
}

/// Before each was screened alone something joint of parents at odds is taken and marked, in words of its own; after that it is not.
#[tokio::test]
async fn parents_at_odds_who_come_together_unscreened_are_marked() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let between = json!({"between": [family.mother, father], "about": "Het ophalen en brengen."});
    anja.does("nameConflict", family.input(between)).await;
    let marks = async || {
        let marks = anja.case(&family.case, "departures { rule ruleText }").await["departures"].clone();
        marks
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["rule"] == "screened_before_joint")
            .cloned()
            .collect::<Vec<_>>()
    };
    anja.does("callConference", together(&family, &[&family.mother, &father])).await;
    let [marked] = &marks().await[..] else { panic!("one mark") };
    assert_eq!(marked["ruleText"], "eerst ieder alleen gescreend, dan iets gezamenlijks");
    // Who knows nothing of safety does not read from the mark that somebody was not screened.
    let asked = "departures { rule } timeline(first: 100) { nodes { kind departsFrom } }";
    let told = async |person: &Person| {
        let seen = person.case(&family.case, asked).await;
        [&seen["departures"], &seen["timeline"]].map(|part| part.to_string().contains("screened_before_joint"))
    };
    assert_eq!((told(&anja).await, told(&server.as_("petra")).await), ([true; 2], [false; 2]));
    for person in [&family.mother, &father, &family.son] {
        let alone = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": "Alleen gesproken."});
        anja.does("recordSafetyScreening", family.input(alone)).await;
    }
    anja.does("callConference", together(&family, &[&family.mother, &father])).await;
    assert_eq!(marks().await.len(), 1);
}

#[tokio::test]
async fn a_lane_is_cleared_by_a_second_person_who_knows_it_once_it_was_weighed_and_answered() {
    let (server, family, _) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let lane = signals(&server, &family, &[&family.mother, &family.son], &["anja", "petra"]).await;
    let clears = || family.input(json!({"lane": lane, "words": "Weer veilig genoeg."}));
    refuses(&petra, "clearSafetyLane", clears(), "LANE_NOT_WEIGHED").await;
    consulted_heard_and_weighed(&server, &family, &lane).await;
    refuses(&anja, "clearSafetyLane", clears(), "CLEARED_BY_ANOTHER").await;
    let decided = json!({"lane": lane, "reportNeeded": true, "helpPossible": true, "words": "Melden."});
    anja.does("decideSafety", family.input(decided)).await;
    refuses(&petra, "clearSafetyLane", clears(), "REPORT_NOT_MADE").await;
    anja.does("recordReportToVeiligThuis", family.input(json!({"lane": lane, "words": "Gemeld."}))).await;
    refuses(&petra, "clearSafetyLane", clears(), "ANSWER_AWAITED").await;
    let answer =
        json!({"lane": lane, "established": "2026-11-16", "source": "Brief VT-7", "words": "Geen onderzoek nodig."});
    anja.does("recordVeiligThuisAnswer", family.input(answer)).await;
    petra.does("clearSafetyLane", clears()).await;
    refuses(&petra, "clearSafetyLane", clears(), "LANE_CLEARED").await;
    let again = json!({"lane": lane, "concerns": [family.son], "kind": "OTHER", "facts": "Nog iets."});
    refuses(&anja, "recordSafetySignal", family.input(again), "LANE_CLEARED").await;
    // Of a lane that does not name Petra she hears nothing, also not by clearing it.
    let hidden = signals(&server, &family, &[&family.son], &["anja", "joost"]).await;
    let none = family.input(json!({"lane": Uuid::new_v4(), "words": "Weg."}));
    let (hidden, none) = (
        petra.send("clearSafetyLane", family.input(json!({"lane": hidden, "words": "Weg."}))).await,
        petra.send("clearSafetyLane", none).await,
    );
    assert_eq!((hidden.code(), none.code()), ("LANE_UNKNOWN".to_owned(), "LANE_UNKNOWN".to_owned()));
}

#[tokio::test]
async fn the_steps_are_advised_and_what_went_otherwise_is_listed_with_its_words() {
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let lane = signals(&server, &family, &[&family.son, &father], &[]).await;
    let seen = safety(&anja, &family.case).await["lanes"][0].clone();
    let steps = ["MAPPED", "CONSULTED", "TALKED", "WEIGHED", "DECIDED"];
    assert_eq!(each(&seen["waiting"], "step"), steps);
    let days = ["2026-11-17", "2026-11-17", "2026-11-19", "2026-11-23", "2026-11-23"];
    assert_eq!(each(&seen["waiting"], "lastDay"), days);
    let agenda = anja.case(&family.case, "agenda { word day text }").await["agenda"].clone();
    let talk = find(&agenda, "word", "meldcode_talk");
    assert_eq!(talk["text"], "Praat over een veiligheidssignaal eerst met het kind, alleen.");

    let early = json!({"lane": lane, "person": father, "alone": false, "words": "Stond ineens op de stoep.",
        "explanation": "Hij kwam binnen toen de moeder er was."});
    anja.does("recordSafetyTalk", family.input(early)).await;
    let departures = anja.case(&family.case, "departures { rule ruleText explanation }").await["departures"].clone();
    for (rule, text) in [
        ("talked_alone", "ieder wordt alleen gesproken"),
        ("judged_safe_first", "eerst beoordelen of het veilig is, dan met een ouder praten"),
        ("child_first", "eerst met het kind praten"),
    ] {
        let listed = find(&departures, "rule", rule);
        assert_eq!((&listed["ruleText"], listed["explanation"].is_string()), (&json!(text), true));
    }
    let alone = json!({"lane": lane, "colleagues": [server.worker("anja")], "words": "Zelf bedacht."});
    refuses(&anja, "recordSafetyConsultation", family.input(alone), "CONSULTED_NOBODY").await;
    let wide = json!({"concerns": [family.son], "kind": "OTHER", "facts": "Iets.", "knownTo": {"case": true}});
    refuses(&anja, "recordSafetySignal", family.input(wide), "SAFETY_AUDIENCE").await;
    let nobody = json!({"concerns": [], "kind": "OTHER", "facts": "Iets."});
    refuses(&anja, "recordSafetySignal", family.input(nobody), "ABOUT_NOBODY").await;
    let named = json!({"lane": lane, "words": "Ganzerik schreeuwde."});
    refuses(&anja, "recordSafetyMapping", family.input(named), "NAMES_IN_TEXT").await;
    let fine = json!({"lane": lane, "atOnce": true, "words": "Gemeld.", "explanation": "Zomaar."});
    refuses(&anja, "recordReportToVeiligThuis", family.input(fine), "EXPLANATION_WITHOUT_DEPARTURE").await;
    let unknown = json!({"toldLater": Uuid::new_v4()});
    refuses(&anja, "recordPersonTold", family.input(unknown), "TOLD_LATER_UNKNOWN").await;
    refuses(
        &anja,
        "recordSafetyMapping",
        family.input(json!({"lane": Uuid::new_v4(), "words": "Iets."})),
        "LANE_UNKNOWN",
    )
    .await;
    // A screening with somebody else there stays open, marked and explained.
    let screened = json!({"person": father, "alone": false, "oneSidedControl": true, "outcome": "SIGNAL", "words": "Zijn broer zat erbij.",
        "explanation": "Hij wilde niet alleen."});
    anja.does("recordSafetyScreening", family.input(screened)).await;
    let seen = safety(&anja, &family.case).await;
    assert!(each(&seen["unscreened"], "name").contains(&json!("Ganzerik")));
    let asked = find(&seen["stepsAsked"], "why", "SCREENING");
    assert_eq!((&asked["open"], &asked["laneId"]), (&json!(false), &json!(lane)), "a lane is open already");
}

/// For the director, or for whom the lane names; never for who works for somebody else of the case, by any path.
#[tokio::test]
async fn a_lane_is_for_the_director_or_for_whom_it_names() {
    let (server, family, father) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let own = signals(&server, &family, &[&family.mother, &family.son], &["anja", "petra"]).await;
    // It names Petra, but concerns the father as well, for whom she does not work.
    let his = signals(&server, &family, &[&family.mother, &father], &["anja", "petra"]).await;
    let directors = signals(&server, &family, &[&family.son], &[]).await;
    let ids = |seen: &Value| each(&seen["lanes"], "id");
    let seen = safety(&anja, &family.case).await;
    let mut all = [own.clone(), his, directors].map(Value::String).to_vec();
    let mut known = ids(&seen);
    all.sort_by_key(ToString::to_string);
    known.sort_by_key(ToString::to_string);
    assert_eq!(known, all);
    let seen = safety(&petra, &family.case).await;
    assert_eq!(ids(&seen), [json!(own)]);
    assert_eq!(seen["lanes"][0]["signals"][0]["facts"], "Kwartel vertelt wat er vrijdag gebeurde.");
    assert_eq!(seen["unscreened"], json!([]), "who is open is for the director");
    for key in ["noor", "petra"] {
        let words = "timeline(first: 100) { totalCount nodes { kind words { text } } }";
        let texts = server.as_(key).case(&family.case, words).await.to_string();
        let expected = usize::from(key == "petra");
        assert_eq!(texts.matches("Kwartel").count(), expected, "{key}: {texts}");
    }
    assert_eq!(safety(&server.as_("noor"), &family.case).await["lanes"], json!([]));
    // Nobody opens it to a layer afterwards.
    let fact = anja.case(&family.case, "safety { lanes { id factId } }").await["safety"]["lanes"].clone();
    let fact = find(&fact, "id", &own)["factId"].clone();
    let wider = json!({"fact": fact, "audience": {"case": true}, "reason": "Makkelijk."});
    refuses(&anja, "changeAudience", family.input(wider), "SAFETY_AUDIENCE").await;
    let out = json!({"fact": fact, "reason": "Weg ermee."});
    refuses(&anja, "strikeOutFact", family.input(out), "FACT_CANNOT_BE_STRUCK_OUT").await;
}

/// Until told, the overview shows nothing of the lane to whom it is kept from; others hear of the same look.
#[tokio::test]
async fn an_overview_shows_nothing_of_what_is_told_later() {
    const OVERVIEW: &str = "query($case: ID!, $person: ID!) { subjectOverview(caseId: $case, personId: $person) { text looks { day data classes times } } }";
    let (server, family, father) = home().await;
    let anja = server.as_("anja");
    let lane = signals(&server, &family, &[&family.son, &father], &[]).await;
    let later = json!({"lane": lane, "person": father, "ground": "CHILDS_INTEREST", "consulted": server.worker("joost"),
        "review": "2026-11-23", "words": "Eerst een veilige plek."});
    let later = made(&anja.does("decideToTellLater", family.input(later)).await, "TOLD_LATER")[0].clone();
    let twice = json!({"lane": lane, "person": father, "ground": "SERIOUS_HARM", "consulted": server.worker("joost"),
        "review": "2026-11-30", "words": "Nog eens."});
    refuses(&anja, "decideToTellLater", family.input(twice), "TOLD_LATER_ALREADY").await;
    server.tell("2026-11-18");
    let facts = anja.case(&family.case, "safety { lanes { id signals { facts kind } } }").await;
    assert!(facts.to_string().contains("Kwartel"));
    let looked = |who: String| {
        let (anja, case) = (anja.clone(), family.case.clone());
        async move {
            let seen = anja.ask_with(OVERVIEW, json!({"case": case, "person": who})).await.data("subjectOverview");
            let looks = seen["looks"].as_array().unwrap().clone();
            looks.into_iter().filter(|look| look["day"] == "2026-11-18").collect::<Vec<_>>()
        }
    };
    let shows = |looks: &[Value]| looks.iter().any(|look| look["data"].to_string().contains("COURSE"));
    assert!(shows(&looked(family.son.clone()).await), "the son hears that somebody looked at the course");
    let his = looked(father.clone()).await;
    assert!(!shows(&his) && !json!(his).to_string().contains("criminal"), "{his:?}");
    let agenda = anja.case(&family.case, "agenda { word day }").await["agenda"].clone();
    assert_eq!(find(&agenda, "word", "told_later_review")["day"], "2026-11-23");
    // Whoever is about to phone him is warned, and hears it no more once he was told.
    let sentences = |who: Person, person: String, case: String| async move {
        let query = "query($id: ID!, $person: ID!) { whatMayISay(caseId: $id, person: $person) { sentences toldLater { id } } }";
        let asked = who.with("Accept-Language", "en").ask_with(query, json!({"id": case, "person": person})).await;
        let said = asked.data("whatMayISay");
        (said["sentences"].to_string().contains("Say nothing of it"), each(&said["toldLater"], "id").len())
    };
    let asks = |person: &String| sentences(anja.clone(), person.clone(), family.case.clone());
    assert_eq!(asks(&father).await, (true, 1));
    assert_eq!(asks(&family.mother).await, (false, 0), "nothing is kept from her");
    let look = json!({"toldLater": later, "review": "2026-11-27", "words": "Nog niet veilig."});
    anja.does("reviewTellingLater", family.input(look)).await;
    anja.does("recordPersonTold", family.input(json!({"toldLater": later, "words": "Verteld, apart."}))).await;
    assert!(shows(&looked(father.clone()).await), "once told, he hears of that look as well");
    assert_eq!(asks(&father).await, (false, 0));
    let again = json!({"toldLater": later});
    refuses(&anja, "recordPersonTold", family.input(again), "TOLD_ALREADY").await;
    let seen = safety(&anja, &family.case).await["lanes"][0]["toldLater"][0].clone();
    assert_eq!((&seen["told"], &seen["review"]), (&json!("2026-11-18"), &json!("2026-11-27")));
}
