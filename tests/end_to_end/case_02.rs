//! "`DOnS` to the end", line by line as its director sees each of them before the case was closed.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{second_before_its_end, shared};

const CASE: &str = "02";

fn kees() -> (Person, String) {
    let demo = second_before_its_end();
    (demo.as_("kees"), demo.case(CASE))
}

fn names(list: &Value) -> Vec<Value> {
    each(list, "name")
}

/// 2025-11-03 and 11-10: the signal, the opening, who directs and who agreed; Mila's yes is missing and comes on 11-14.
#[tokio::test]
async fn it_begins_with_a_signal_an_opening_and_a_director() {
    let (kees, case) = kees();
    let fields = "phase since signals { place topic } director { since worker { name } agreedBy { ... on Person { name } ... on Worker { who: name } } }
        consents { id kind from giver { name } subject { name } } people { name helpMissing { person { name } } }";
    let seen = kees.about(&case, "2025-11-14", fields).await;
    assert_eq!((&seen["phase"], &seen["since"]), (&json!("OPEN"), &json!("2025-11-10")));
    let signal = &seen["signals"][0];
    assert_eq!(signal["place"], "GENERAL_PRACTICE");
    let topic = signal["topic"].as_str().unwrap();
    assert!(topic.starts_with("De jeugdwerker van de huisarts") && !topic.contains("Mila"), "{topic}");
    assert_eq!(
        seen["director"],
        json!({"since": "2025-11-10", "worker": {"name": "Kees"}, "agreedBy": [{"name": "Farida"}, {"name": "Joris"}]})
    );
    let own = find(&seen["consents"], "id", &second_before_its_end().id(CASE, "help-mila"));
    assert_eq!(
        (&own["from"], &own["giver"]["name"], &own["subject"]["name"]),
        (&json!("2025-11-14"), &json!("Mila"), &json!("Mila"))
    );
    let before = kees.about(&case, "2025-11-10", fields).await;
    let missing = find(&before["people"], "name", "Mila")["helpMissing"].clone();
    assert_eq!(missing, json!([{"person": {"name": "Mila"}}]), "hers alone");
    assert_eq!(find(&seen["people"], "name", "Mila")["helpMissing"], json!([]));
}

/// 2025-11-17: each alone, one-sided control asked as well; conflict, and stage 2 for each with what was heard.
#[tokio::test]
async fn on_17_november_each_was_screened_alone_and_is_at_stage_2() {
    let (kees, case) = kees();
    let fields = "safety { screenings { on alone oneSidedControl outcome person { name } } }
        escalation { conflicts { since about between { name } sides { person { name } stages { on stage change observations } } }
          parentingForms { on form person { name } } }";
    let seen = kees.case(&case, fields).await;
    let screened = ["Farida", "Joris", "Mila"].map(|name| {
        json!({"on": "2025-11-17", "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "person": {"name": name}})
    });
    assert_eq!(seen["safety"]["screenings"], json!(screened));
    let escalation = &seen["escalation"];
    let forms =
        ["Farida", "Joris"].map(|name| json!({"on": "2025-11-17", "form": "CONFLICT", "person": {"name": name}}));
    assert_eq!(escalation["parentingForms"], json!(forms));
    let [conflict] = &escalation["conflicts"].as_array().unwrap()[..] else { panic!("one conflict: {escalation}") };
    assert_eq!(
        (&conflict["since"], &conflict["about"], names(&conflict["between"])),
        (&json!("2025-11-17"), &json!("Geld, en wie welk weekend heeft."), vec![json!("Farida"), json!("Joris")])
    );
    let side = |name: &str, heard: &str| json!({"person": {"name": name}, "stages": [{"on": "2025-11-17", "stage": 2, "change": null, "observations": heard}]});
    assert_eq!(
        conflict["sides"],
        json!([
            side("Farida", "Wil het bespreken, en merkt dat het op gelijk krijgen uitloopt."),
            side("Joris", "Legt uit waarom het anders moet, en luistert nog."),
        ])
    );
}

/// 2025-11-24: why this track, what was weighed beside it, and who was informed.
#[tokio::test]
async fn the_triage_of_24_november_has_reasons_and_informed_both_parents() {
    let (kees, case) = kees();
    let fields = "divorce { episodes { triage { on track reason alternatives { track reason } informed { name } by { name } } } }";
    let triage = kees.case(&case, fields).await["divorce"]["episodes"][0]["triage"].clone();
    assert_eq!(
        triage,
        json!([{"on": "2025-11-24", "track": "DONS",
            "reason": "Beide ouders willen samen ouder blijven en kunnen met hulp aan één tafel.",
            "alternatives": [
                {"track": "PLAN_PER_HOUSEHOLD", "reason": "Er is nog genoeg overleg om op te bouwen."},
                {"track": "REDIRECTED", "reason": "Alleen informatie is te weinig zolang de rechtszaak loopt."},
            ],
            "informed": [{"name": "Farida"}, {"name": "Joris"}], "by": {"name": "Kees"}}])
    );
}

const CONVERSATIONS: &str =
    "divorce { donsConversations { kind day held apart minutes present { name } representatives { name } reason } }";

/// Each conversation on its day: the parents apart first, each alone, four-ways of 95 and 80 minutes, six times process guidance.
#[tokio::test]
async fn each_conversation_stands_on_its_day() {
    let (kees, case) = kees();
    let all = kees.case(&case, CONVERSATIONS).await["divorce"]["donsConversations"].clone();
    let of = |kind: &str| -> Vec<Value> {
        all.as_array().unwrap().iter().filter(|one| one["kind"] == kind).cloned().collect()
    };
    let information = of("INFORMATION");
    assert_eq!(
        (each(&json!(information), "day"), each(&json!(information), "apart")),
        (vec![json!("2026-01-08")], vec![json!(true)])
    );
    let preparatory = json!(of("PREPARATORY"));
    assert_eq!(each(&preparatory, "day"), ["2026-01-15", "2026-01-22"]);
    assert_eq!(each(&preparatory, "present"), [json!([{"name": "Farida"}]), json!([{"name": "Joris"}])]);
    let four = json!(of("FOUR_WAY"));
    assert_eq!(each(&four, "day"), ["2026-02-05", "2026-02-12", "2026-04-30", "2026-06-18"]);
    assert_eq!(each(&four, "held"), [false, true, true, true]);
    assert_eq!(each(&four, "minutes"), [Value::Null, json!(95), json!(80), json!(90)]);
    assert_eq!(four[0]["reason"], "Kwam niet; belde dat de zaak hem te veel bezighield.");
    assert!(each(&four, "present")[1..].iter().all(|present| names(present) == ["Farida", "Joris"]));
    assert_eq!(
        each(&json!(of("PROCESS_GUIDANCE")), "day"),
        ["2026-02-26", "2026-03-12", "2026-03-26", "2026-04-16", "2026-05-07", "2026-05-28"]
    );
}

/// 02-12, 03-12 and 03-26: the goal in the parents' words from the start, and each step with the words it had then.
#[tokio::test]
async fn the_goal_says_tegelijk_from_the_start() {
    let (kees, case) = kees();
    let goals =
        kees.case(&case, "divorce { parentGoals { fixed words parents { name } steps { step day words } } }").await;
    let goal = goals["divorce"]["parentGoals"][0].clone();
    let (drafted, adjusted) = (
        "Mila hoort nieuws van ons allebei tegelijk.",
        "Mila hoort nieuws van ons allebei tegelijk, op een rustig moment.",
    );
    assert_eq!(goal["steps"].as_array().unwrap().len(), 3);
    for (place, step, day, words) in [(0, "DRAFTED", "2026-02-12", drafted), (1, "ADJUSTED", "2026-03-12", adjusted)] {
        assert_eq!(goal["steps"][place], json!({"step": step, "day": day, "words": words}));
    }
    let fixed = &goal["steps"][2];
    assert_eq!((&fixed["step"], &fixed["day"]), (&json!("FIXED"), &json!("2026-03-26")));
    assert_eq!((&goal["fixed"], &goal["words"]), (&json!(true), &json!(adjusted)), "fixed as it stood");
    assert_eq!(names(&goal["parents"]), ["Farida", "Joris"]);
    let then = kees.about(&case, "2026-03-11", "divorce { parentGoals { words fixed } }").await;
    assert_eq!(then["divorce"]["parentGoals"], json!([{"words": drafted, "fixed": false}]));
}

/// 02-12 and 05-28: acts, by name, and nobody is given a role; for the director, and for nobody who was not there.
#[tokio::test]
async fn what_was_seen_at_the_table_is_a_contact_of_acts() {
    let (kees, case) = kees();
    let fields = "contacts { day said medium with { name } about { name } worker { name } }";
    let seen = kees.case(&case, fields).await["contacts"].clone();
    let both = json!([{"name": "Farida"}, {"name": "Joris"}]);
    assert_eq!(
        seen,
        json!([
            {"day": "2026-02-12", "said": "Joris verwijt, Farida neemt het voor Mila op.", "medium": "TALK", "with": both,
                "about": [{"name": "Mila"}], "worker": {"name": "Sam"}},
            {"day": "2026-05-28", "said": "Joris zegt dat het hem raakt, Farida zegt wat zij nodig heeft.", "medium": "TALK",
                "with": both, "about": [], "worker": {"name": "Sam"}},
        ])
    );
    assert_eq!(kees.about(&case, "2026-02-11", fields).await["contacts"], json!([]));
    let access = shared().as_("marit").case(&shared().case(CASE), fields).await["contacts"].clone();
    assert_eq!(access, json!([]), "access since there is a director");
}

/// 03-19, 03-24, 03-31 and 04-02: asked without a name, advised, and departed from with a reason that Kees is told.
#[tokio::test]
async fn the_question_to_the_advice_team_has_its_days_and_its_reason() {
    let (kees, case) = kees();
    let fields = "divorce { satRequests { anonymous askedOn acceptedOn question
        advices { day words conditions answer { day follows reason by { name } told { name } } } } }";
    let asked = kees.case(&case, fields).await["divorce"]["satRequests"].clone();
    assert_eq!(
        asked,
        json!([{"anonymous": true, "askedOn": "2026-03-19", "acceptedOn": "2026-03-24",
            "question": "Een zaak over alimentatie loopt nog. Hoe voorkom je dat die het gesprek tussen de ouders stilzet?",
            "advices": [{"day": "2026-03-31", "words": "Leg de gesprekken stil tot de zaak is afgerond.",
                "conditions": ["Vertel beide ouders op dezelfde dag waarom."],
                "answer": {"day": "2026-04-02", "follows": false,
                    "reason": "De gesprekken gaan goed; beide ouders willen doorgaan naast de zaak.",
                    "by": {"name": "Petra"}, "told": {"name": "Kees"}}}]}])
    );
}

/// 06-25: what came of it; 10-01: regie back to the family, task by task, to whom and how it was agreed.
#[tokio::test]
async fn it_ends_with_what_came_of_it_and_regie_back_in_the_family() {
    let (kees, case) = kees();
    let fields = "divorce { earlierDuos { ended { completed lastDay communication contact agreements } } }
        regie { handedBack { task from agreement to { name } } }";
    let seen = kees.case(&case, fields).await;
    assert_eq!(
        seen["divorce"]["earlierDuos"],
        json!([{"ended": {"completed": true, "lastDay": "2026-06-25",
            "communication": "De ouders overleggen elke zondag, kort en op papier.",
            "contact": "Hun dochter is om en om een week in elk huis.",
            "agreements": "Nieuws vertellen zij samen; de vakanties liggen een jaar vooruit vast."}}])
    );
    let back = seen["regie"]["handedBack"].as_array().unwrap();
    let mut tasks: Vec<_> = back.iter().map(|one| (one["to"]["name"].clone(), one["task"].clone())).collect();
    tasks.sort_by_key(|(to, task)| format!("{to}{task}"));
    let expected = [
        ("Farida", "COURSE"),
        ("Farida", "OVERVIEW"),
        ("Farida", "PLAN"),
        ("Joris", "CALM"),
        ("Joris", "CONTACTS"),
        ("Joris", "EVALUATION"),
    ];
    assert_eq!(tasks, expected.map(|(to, task)| (json!(to), json!(task))));
    for one in back {
        assert_eq!(one["from"], "2026-10-01");
        assert_eq!(one["agreement"], "Samen afgesproken wie waarop let; de afspraken hangen in beide huizen.");
    }
    assert_eq!(kees.about(&case, "2026-09-30", fields).await["regie"]["handedBack"], json!([]));
}
