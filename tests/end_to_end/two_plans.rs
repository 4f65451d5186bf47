//! From one family, one plan to two households, two plans: case 01 from 2026-03-27 on, 03, 06 and 08, and what is refused.

use serde_json::{Value, json};

use crate::client::{each, find};
use crate::family::made;
use crate::server::{Fresh, fresh, shared};

const OFFER: &str = "plans { twoPlans { advised { day words satRequestId } visions { day person { name } said effect }
    answers { day person { name } answer words } wishes { day person { name } wish }
    stillOpen { recognised visionKnown stillToHear { name } stillToAccept { name } } } }";
const PLANS: &str = "plans { topology
    family { frozen goals { words went { to household { label } day } } actions(over: true) { what went { to day } ended { outcome words } } }
    households { household { label } plan { goals(withdrawn: true) { words } actions { what } active { activated { day } asked { person { name } } } evaluations { day heard { name } } evaluationOverdue } }
    children { goals { words } actions { what overdue } }
    agreements { id topic channel between { name } ended }
    unowned { what } safeToShare { kind id } }";

/// Case 01, 2026-03-27 to 04-20: each of them heard it apart, and a no stays beside a later yes.
#[tokio::test]
async fn the_vision_sinks_in_and_a_no_stays_beside_the_yes() {
    let (demo, case) = (shared(), shared().case("01"));
    let anja = demo.as_("anja");
    let then = anja.about(&case, "2026-04-10", OFFER).await["plans"]["twoPlans"].clone();
    assert_eq!(each(&then["visions"], "day"), ["2026-03-27", "2026-03-30", "2026-04-01", "2026-04-01"]);
    assert_eq!(then["visions"][0]["said"], "Dan hoef ik niet meer te winnen.");
    assert_eq!(each(&then["answers"], "answer"), ["ACCEPTS", "DECLINES"]);
    let open = &then["stillOpen"];
    assert_eq!((&open["visionKnown"], each(&open["stillToAccept"], "name")), (&json!(true), vec![json!("Robert")]));
    let now = anja.case(&case, OFFER).await["plans"]["twoPlans"].clone();
    assert_eq!(each(&now["answers"], "answer"), ["ACCEPTS", "DECLINES", "ACCEPTS"]);
    assert_eq!(now["advised"][0]["satRequestId"], demo.id("01", "sat-maart"));
    let early = anja.about(&case, "2026-03-28", OFFER).await["plans"]["twoPlans"]["stillOpen"].clone();
    assert_eq!(each(&early["stillToHear"], "name"), ["Robert", "Morris", "Dave"]);
}

/// Case 01, 2026-04-21: one append gives everything a place.
#[tokio::test]
async fn everything_went_somewhere_and_the_family_plan_is_read() {
    let (demo, case) = (shared(), shared().case("01"));
    let anja = demo.as_("anja");
    let plans = anja.about(&case, "2026-04-21", PLANS).await["plans"].clone();
    assert_eq!((&plans["topology"], &plans["family"]["frozen"]), (&json!("PLAN_PER_HOUSEHOLD"), &json!(true)));
    let went = |words: &str| find(&plans["family"]["goals"], "words", words)["went"].clone();
    assert_eq!(went("de jongens ontspannen")["household"]["label"], "bij mama");
    assert_eq!(went("weekends zonder gedoe")["household"]["label"], "bij papa");
    let swims =
        find(&plans["family"]["actions"], "what", "De zwemles van de jongens loopt door, welk weekend het ook is.");
    assert_eq!(swims["went"]["to"], "CHILDREN");
    let training = find(&plans["family"]["actions"], "what", "Samen een gesprekstraining volgen.");
    assert_eq!((&training["went"], &training["ended"]["outcome"]), (&Value::Null, &json!("DROPPED")));
    assert_eq!(each(&plans["children"]["actions"], "what").len(), 1);
    let [agreement] = &plans["agreements"].as_array().unwrap()[..] else { panic!("one agreement: {plans}") };
    assert_eq!(
        (&agreement["channel"], each(&agreement["between"], "name")),
        (&json!("Schoolmail"), vec![json!("Ilse"), json!("Robert")])
    );
    assert_eq!(each(&plans["safeToShare"], "kind").len(), 2);
    assert_eq!(plans["unowned"], json!([]));
}

/// Case 01, 2026-05-04 to 11-02: each household's plan, its evaluations, nothing overdue.
#[tokio::test]
async fn each_household_has_its_plan_and_its_evaluations() {
    let (demo, case) = (shared(), shared().case("01"));
    let plans = demo.as_("anja").case(&case, PLANS).await["plans"].clone();
    for (place, label, words) in [(0, "bij mama", "de jongens ontspannen"), (1, "bij papa", "weekends zonder gedoe")] {
        let household = &plans["households"][place];
        assert_eq!(household["household"]["label"], label);
        let plan = &household["plan"];
        assert!(each(&plan["goals"], "words").contains(&json!(words)));
        assert_eq!(plan["active"]["activated"]["day"], "2026-05-04");
        assert_eq!(plan["active"]["asked"].as_array().unwrap().len(), 1, "its own parent alone");
        assert_eq!(each(&plan["evaluations"], "day"), ["2026-08-03", "2026-11-02"]);
        assert_eq!(plan["evaluationOverdue"], false);
    }
    assert!(each(&plans["households"][1]["plan"]["goals"], "words").contains(&json!("ik weet waar ik aan toe ben")));
    assert_eq!(plans["children"]["actions"][0]["overdue"], false);
}

/// Fenna knows nothing of household A beyond the layer of the children, Wim nothing of B; both see the swimming lessons and the agreement,
/// which Anja marked as safe to share.
#[tokio::test]
async fn each_coordinator_sees_the_own_plan_and_what_is_shared() {
    let (demo, case) = (shared(), shared().case("01"));
    let seen = async |key: &str| demo.as_(key).case(&case, &format!("{PLANS} {OFFER}")).await["plans"].clone();
    let (fenna, wim) = (seen("fenna").await, seen("wim").await);
    for (plans, own, other) in [
        (&fenna, "weekends zonder gedoe", ["de jongens ontspannen", "Ilse", "Lindestraat", "Bussum"]),
        (&wim, "de jongens ontspannen", ["weekends zonder gedoe", "ik weet waar", "Havenweg", "Naarden"]),
    ] {
        assert_eq!(plans["topology"], "PLAN_PER_HOUSEHOLD");
        let told = plans.to_string();
        assert!(told.contains(own), "{told}");
        let shared = plans["children"]["actions"].as_array().unwrap();
        assert_eq!(shared.len(), 1, "swimming: {told}");
        assert_eq!(plans["agreements"][0]["channel"], "Schoolmail");
        assert_eq!(plans["safeToShare"], json!([]), "what is marked is the director's");
        assert_eq!(plans["twoPlans"]["stillOpen"], Value::Null);
        for word in other {
            let but_bound = plans["agreements"].to_string();
            assert!(!told.replace(&but_bound, "").contains(word), "{word} in {told}");
        }
    }
    assert!(!each(&fenna["twoPlans"]["answers"], "words").contains(&json!("Ik wil rust in ieder huis.")));
    assert!(
        each(&wim["twoPlans"]["answers"], "words").contains(&json!("Ik wil rust in ieder huis.")),
        "of whom lives there"
    );
    let of_other = fenna["households"].as_array().unwrap().iter().find(|one| one["household"]["label"] == "bij mama");
    if let Some(other) = of_other {
        assert_eq!((&other["plan"]["goals"], &other["plan"]["active"]), (&json!([]), &Value::Null));
    }
}

/// 03 and 06: each wish is a fact of its own, and what is of the child stays with the child.
#[tokio::test]
async fn because_both_wish_it() {
    let demo = shared();
    let case = demo.case("03");
    let anja = demo.as_("anja");
    let fields = format!("{OFFER} {PLANS}");
    let sacha = anja.case(&case, &fields).await["plans"].clone();
    assert_eq!(each(&sacha["twoPlans"]["wishes"], "day"), ["2026-05-18", "2026-05-18"]);
    assert_eq!(sacha["children"]["actions"].as_array().unwrap().len(), 3);
    let bram = demo.as_("bram");
    let young = bram.case(&demo.case("06"), &fields).await["plans"].clone();
    assert_eq!(each(&young["twoPlans"]["wishes"], "wish"), ["WISHES", "WISHES"]);
    assert_eq!(young["topology"], "PLAN_PER_HOUSEHOLD");
}

/// A family of which everything is written anew: two parents, a child, a household of each.
struct Story {
    server: Fresh,
    case: String,
    ilse: String,
    robert: String,
    child: String,
    homes: [String; 2],
}

impl Story {
    async fn begun() -> Self {
        let server = fresh("2026-11-16");
        let noor = server.as_("noor");
        let help = |giver: &str, subject: &str| json!({"giver": giver, "subject": subject, "kind": "HELP", "evidence": "SPOKEN"});
        let opening = json!({
            "municipality": crate::family::MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
            "question": "Wat helpt om het rustig te krijgen?",
            "people": [
                {"key": "ilse", "name": "Imke", "birthDate": "1984-02-02", "role": "PARENT"},
                {"key": "robert", "name": "Ruben", "birthDate": "1983-03-03", "role": "PARENT"},
                {"key": "child", "name": "Mats", "birthDate": "2017-05-14", "role": "CHILD"},
            ],
            "authority": [{"child": "child", "kind": "JOINT_PARENTS", "holders": ["ilse", "robert"], "from": "2017-05-14", "source": "REGISTER"}],
            "consents": [help("ilse", "child"), help("robert", "child"), help("ilse", "ilse"), help("robert", "robert")],
        });
        let payload = noor.does("openCase", opening).await;
        let (case, people) = (made(&payload, "CASE")[0].clone(), made(&payload, "PERSON"));
        let of = |mut input: Value| {
            input["caseId"] = json!(case);
            input
        };
        let assign = of(json!({"director": server.worker("anja"), "organisation": "jeugd-en-gezin-gooi",
            "tasks": ["PLAN"], "agreed": [{"person": people[0]}]}));
        noor.does("assignCaseDirector", assign).await;
        let mut homes = Vec::new();
        for (label, parent) in [("bij mama", 0), ("bij papa", 1)] {
            let formed = of(json!({"label": label, "from": "2026-11-16", "members": [people[parent], people[2]]}));
            homes.push(made(&server.as_("anja").does("formHousehold", formed).await, "HOUSEHOLD")[0].clone());
        }
        let homes = homes.try_into().unwrap();
        let [ilse, robert, child] = <[String; 3]>::try_from(people).unwrap();
        Self { server, case, ilse, robert, child, homes }
    }

    fn of(&self, mut input: Value) -> Value {
        input["caseId"] = json!(self.case);
        input
    }

    fn split(&self, ground: &str, assignment: &Value) -> Value {
        self.of(json!({"ground": ground, "reason": "Rust in ieder huis.", "households": self.homes, "assignment": assignment}))
    }
}

/// What is refused, with which code and which words, and what to do instead.
#[tokio::test]
async fn what_stays_open_is_named() {
    let story = Story::begun().await;
    let anja = story.server.as_("anja");
    let ready = anja.send("splitPlanPerHousehold", story.split("RECOGNITION", &json!([]))).await;
    assert_eq!(ready.code(), "TWO_PLANS_NOT_READY");
    let details = ready.details();
    assert_eq!(details["still_to_hear"], json!([story.ilse, story.robert, story.child]));
    assert_eq!(details["still_to_accept"], json!([story.ilse, story.robert]));
    assert!(ready.message().contains("Twee plannen op grond van herkenning kan nog niet"), "{}", ready.message());
    let work = story.of(json!({"reason": "Rust.", "households": story.homes}));
    assert_eq!(anja.refused("workWithTwoPlans", work.clone()).await, "NOBODY_DECLINES");
    let answer = json!({"person": story.child, "answer": "ACCEPTS"});
    assert_eq!(anja.refused("answerTwoPlans", story.of(answer)).await, "NOT_A_PARENT");
    anja.does("answerTwoPlans", story.of(json!({"person": story.robert, "answer": "DECLINES"}))).await;
    anja.does("workWithTwoPlans", work.clone()).await;
    assert_eq!(anja.refused("workWithTwoPlans", work).await, "PROFESSIONALS_ALREADY_APART");
    let seen = anja
        .case(
            &story.case,
            "plans { topology professionals { since invited { name } } households { household { label } } }",
        )
        .await;
    assert_eq!(seen["plans"]["topology"], "ONE_FAMILY_ONE_PLAN", "the family keeps its plan");
    assert_eq!(each(&seen["plans"]["professionals"]["invited"], "name"), ["Ruben"]);
    assert_eq!(seen["plans"]["households"].as_array().unwrap().len(), 2);
    let join = json!({"reason": "Weer samen.", "agreed": []});
    anja.does("joinPlans", story.of(join.clone())).await;
    assert_eq!(anja.refused("joinPlans", story.of(join)).await, "PLANS_NOT_APART");
}

/// Going apart and together again: everything has a place, each refusal says what is left.
#[tokio::test]
async fn the_plans_go_apart_and_are_joined_again() {
    let story = Story::begun().await;
    let anja = story.server.as_("anja");
    let agree = |what: &str, concerns: &[&String]| story.of(json!({"what": what, "concerns": concerns}));
    let swims = made(&anja.does("agreeAction", agree("Zwemles.", &[&story.child])).await, "ACTION")[0].clone();
    let talks = made(&anja.does("agreeAction", agree("Samen praten.", &[&story.ilse, &story.robert])).await, "ACTION")
        [0]
    .clone();
    for person in [&story.ilse, &story.robert] {
        anja.does("wishTwoPlans", story.of(json!({"person": person, "wish": "WISHES"}))).await;
    }
    let child = json!({"item": {"action": swims}, "to": {"children": true}});
    let left = anja.send("splitPlanPerHousehold", story.split("BOTH_WISH", &json!([child]))).await;
    assert_eq!((left.code(), left.details()["items"].clone()), ("ITEM_UNASSIGNED".to_owned(), json!([talks])));
    let to_child = json!({"item": {"action": talks}, "to": {"children": true}});
    let refused = anja.refused("splitPlanPerHousehold", story.split("BOTH_WISH", &json!([child, to_child]))).await;
    assert_eq!(refused, "CHILD_LAYER_WITHOUT_CHILD");
    let agreed = json!({"item": {"action": talks}, "to": {"agreement":
        {"topic": "Wie er haalt.", "channel": "Een schrift in de tas.", "between": [story.ilse, story.robert]}}});
    let payload = anja.does("splitPlanPerHousehold", story.split("BOTH_WISH", &json!([child, agreed]))).await;
    let agreement = made(&payload, "SHARED_AGREEMENT")[0].clone();
    let frozen = story.of(json!({"what": "Nog iets.", "concerns": [story.child]}));
    assert_eq!(anja.refused("agreeAction", frozen).await, "PLAN_FROZEN");
    let new = story.of(json!({"what": "Judo.", "concerns": [story.child], "children": true}));
    let judo = made(&anja.does("agreeAction", new).await, "ACTION")[0].clone();

    // Fenna, in the other household, sees what is the child's until somebody must not be found.
    let appoint =
        json!({"household": story.homes[1], "worker": story.server.worker("fenna"), "organisation": "zorg-bv"});
    anja.does("appointPlanCoordinator", story.of(appoint)).await;
    let fenna = story.server.as_("fenna");
    let fields = "plans { children { actions { what } } agreements { topic } }";
    let shown = async || fenna.case(&story.case, fields).await["plans"].clone();
    assert_eq!(each(&shown().await["children"]["actions"], "what"), ["Zwemles.", "Judo."]);
    let protect = json!({"person": story.ilse, "households": [story.homes[0]], "reason": "Er is angst."});
    anja.does("protectLocatingData", story.of(protect)).await;
    assert_eq!(shown().await, json!({"children": {"actions": []}, "agreements": []}), "unmarked is locating");
    let board =
        fenna.case(&story.case, "plans { responsibilities { kind sharedAgreement { topic } } }").await["plans"].clone();
    assert!(!each(&board["responsibilities"], "kind").contains(&json!("AGREEMENT")), "nor on the board: {board}");
    let over = |action: &String| story.of(json!({"action": action, "outcome": "DONE"}));
    let hidden = fenna.send("endAction", over(&swims)).await;
    let absent = fenna.send("endAction", over(&uuid::Uuid::new_v4().to_string())).await;
    assert_eq!((hidden.code(), hidden.message()), (absent.code(), absent.message()), "hidden reads as not there");
    for what in [json!({"action": swims}), json!({"agreement": agreement})] {
        anja.does("markSafeToShare", story.of(json!({"what": what}))).await;
        assert_eq!(anja.refused("markSafeToShare", story.of(json!({"what": what}))).await, "ALREADY_SAFE");
    }
    let marked = shown().await;
    assert_eq!(each(&marked["children"]["actions"], "what"), ["Zwemles."]);
    assert_eq!(each(&marked["agreements"], "topic"), ["Wie er haalt."]);
    anja.does("revokeSafeToShare", story.of(json!({"what": {"agreement": agreement}}))).await;
    assert_eq!(shown().await["agreements"], json!([]));

    // Together again: each parent agrees, and nothing is lost.
    let rest = json!([{"item": {"action": swims}}, {"item": {"action": talks}}, {"item": {"action": judo}, "closed": {"words": "Klaar."}}]);
    let join = |agreed: &[&String], assignment: &Value| {
        story.of(json!({"reason": "Het is rustig.", "agreed": agreed, "assignment": assignment}))
    };
    assert_eq!(anja.refused("joinPlans", join(&[&story.ilse], &rest)).await, "JOINING_NOT_AGREED");
    let both = [&story.ilse, &story.robert];
    let left = anja.send("joinPlans", join(&both, &json!([rest[0], rest[1]]))).await;
    assert_eq!((left.code(), left.details()["items"].clone()), ("ITEM_UNASSIGNED".to_owned(), json!([judo])));
    anja.does("joinPlans", join(&both, &rest)).await;
    let now = anja.case(&story.case, "plans { topology family { frozen actions { what } } earlier { since joinedOn agreed { name } } agreements { id } }").await["plans"].clone();
    assert_eq!((&now["topology"], &now["family"]["frozen"]), (&json!("ONE_FAMILY_ONE_PLAN"), &json!(false)));
    assert_eq!(each(&now["family"]["actions"], "what"), ["Zwemles.", "Samen praten."]);
    assert_eq!(each(&now["earlier"][0]["agreed"], "name"), ["Imke", "Ruben"]);
    assert_eq!(now["agreements"], json!([]), "what it came from is in the one plan again");
}

/// T R36, R38: pointed at with another way to say it, never refused.
#[tokio::test]
async fn a_goal_about_the_other_is_pointed_at() {
    let story = Story::begun().await;
    let anja = story.server.as_("anja");
    anja.does("splitPlanPerHousehold", story.split("SAFETY", &json!([]))).await;
    let goal = json!({"household": story.homes[1], "words": "zij belt op tijd", "proposedBy": {"person": story.robert},
        "concerns": [story.ilse]});
    let goal = made(&anja.does("proposeGoal", story.of(goal)).await, "GOAL")[0].clone();
    let fields = "plans { households { plan { goals { subject handling warning { kind suggestion } } } } }";
    let shown = async || anja.case(&story.case, fields).await["plans"]["households"][1]["plan"]["goals"][0].clone();
    let first = shown().await;
    assert_eq!(first["warning"]["kind"], "ABOUT_OTHER_PARENT");
    assert!(first["warning"]["suggestion"].as_str().unwrap().starts_with("Dit vraagt iets van de andere ouder."));
    let choose = |more: Value| {
        let mut input = json!({"goal": goal, "subject": "CONTACT"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        story.of(input)
    };
    anja.does("chooseGoalSubject", choose(json!({}))).await;
    assert_eq!(shown().await["warning"]["kind"], "CONTACT_BEFORE_REST");
    anja.does("chooseGoalSubject", choose(json!({"handling": "WISH"}))).await;
    assert_eq!(shown().await, json!({"subject": "CONTACT", "handling": "WISH", "warning": null}));
    // For safety only the director knows; who coordinates a household knows its plan all the same.
    let appoint =
        json!({"household": story.homes[1], "worker": story.server.worker("fenna"), "organisation": "zorg-bv"});
    anja.does("appointPlanCoordinator", story.of(appoint)).await;
    let fenna = story
        .server
        .as_("fenna")
        .case(&story.case, "plans { topology ground reason households { household { label } } }")
        .await;
    assert_eq!(
        fenna["plans"],
        json!({"topology": "PLAN_PER_HOUSEHOLD", "ground": null, "reason": null, "households": [{"household": {"label": "bij papa"}}]})
    );
}

/// A minimal agreement between the two homes is made and ended on its own, after the plans went apart.
#[tokio::test]
async fn an_agreement_between_the_homes_is_made_and_ended() {
    let story = Story::begun().await;
    let anja = story.server.as_("anja");
    for person in [&story.ilse, &story.robert] {
        anja.does("wishTwoPlans", story.of(json!({"person": person, "wish": "WISHES"}))).await;
    }
    anja.does("splitPlanPerHousehold", story.split("BOTH_WISH", &json!([]))).await;
    let new = json!({"agreement": {"topic": "Wie er naar de tandarts gaat.", "channel": "Mail.", "between": [story.ilse, story.robert]}});
    let payload = anja.does("makeSharedAgreement", story.of(new)).await;
    let agreement = made(&payload, "SHARED_AGREEMENT")[0].clone();
    let seen = anja.case(&story.case, "plans { agreements { topic ended } }").await["plans"]["agreements"].clone();
    assert_eq!(seen, json!([{"topic": "Wie er naar de tandarts gaat.", "ended": null}]));
    let board = async || {
        let fields = "plans { responsibilities { kind owner { nobody } sharedAgreement { id between { name } } } }";
        let board = anja.case(&story.case, fields).await["plans"]["responsibilities"].as_array().unwrap().clone();
        board.into_iter().filter(|line| line["kind"] == "AGREEMENT").collect::<Vec<_>>()
    };
    let lines = board().await;
    assert_eq!((lines.len(), &lines[0]["sharedAgreement"]["id"]), (1, &json!(agreement)));
    assert_eq!(lines[0]["owner"], Value::Null, "it binds both");
    assert_eq!(lines[0]["sharedAgreement"]["between"].as_array().unwrap().len(), 2);
    anja.does("endSharedAgreement", story.of(json!({"agreement": agreement, "words": "Gedaan."}))).await;
    assert_eq!(
        anja.refused("endSharedAgreement", story.of(json!({"agreement": agreement}))).await,
        "AGREEMENT_UNKNOWN"
    );
    assert_eq!(board().await, Vec::<Value>::new(), "what ended binds nobody any more");
}
