//! "The meeting that derails": what was proposed, who came, why it stopped and what was agreed, as its director sees it. What follows a stop
//! in general is in `conferences_stopped`.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::shared;

const CASE: &str = "07";

fn kees() -> (Person, String) {
    let demo = shared();
    (demo.as_("kees").with("accept-language", "nl"), demo.case(CASE))
}

/// "The system proposes separate listening": on the day of the stop; it waits until the second of the two was heard apart.
#[tokio::test]
async fn separate_listening_is_proposed_on_5_october_and_waits_until_both_were_heard() {
    let (kees, case) = kees();
    let fields = "proposals { kind text day waits conferenceId persons { name } answer { accepted } }";
    assert_eq!(kees.recorded(&case, "2026-10-04", fields).await["proposals"], json!([]));
    let made = kees.recorded(&case, "2026-10-05", fields).await["proposals"].clone();
    assert_eq!(made.as_array().unwrap().len(), 1, "{made}");
    let proposal = &made[0];
    assert_eq!(
        (&proposal["kind"], &proposal["day"], &proposal["waits"]),
        (&json!("SEPARATE_CONVERSATIONS"), &json!("2026-10-05"), &json!(true))
    );
    assert_eq!(proposal["conferenceId"], shared().id(CASE, "mdo"));
    assert_eq!(each(&proposal["persons"], "name"), ["Greet", "Robin"]);
    assert!(proposal["text"].as_str().unwrap().contains("apart"), "{proposal}");
    for (day, waits) in [("2026-10-07", true), ("2026-10-08", false), ("2026-10-12", false), ("2026-11-16", false)] {
        let then = kees.recorded(&case, day, fields).await["proposals"][0].clone();
        assert_eq!((&then["waits"], &then["answer"]), (&json!(waits), &Value::Null), "{day}");
    }
    let list = kees.ask("{ worklist(first: 100) { nodes { kind caseId } } }").await.data("worklist")["nodes"].clone();
    let waiting = list.as_array().unwrap().iter().find(|line| line["kind"] == "PROPOSAL" && line["caseId"] == case);
    assert_eq!(waiting, None, "nothing of it is left to answer");
}

/// Mother and father have joint authority, and he lives elsewhere.
#[tokio::test]
async fn both_parents_have_authority_and_the_father_lives_elsewhere() {
    let (kees, case) = kees();
    let fields = "people { name authority { kind holders { name } } households { label } }";
    let people = kees.about(&case, "2026-10-05", fields).await["people"].clone();
    let robin = find(&people, "name", "Robin");
    let authority = json!({"kind": "JOINT_PARENTS", "holders": [{"name": "Greet"}, {"name": "Stijn"}]});
    assert_eq!((&robin["authority"], &robin["households"]), (&authority, &json!([{"label": "bij mama"}])));
    assert_eq!(find(&people, "name", "Stijn")["households"], json!([{"label": "bij papa"}]));
}

/// Names of those who came: of the family, of the staff, from outside.
fn who(list: &Value) -> Vec<String> {
    let name = |guest: &Value| {
        let named = [&guest["person"]["name"], &guest["worker"]["name"], &guest["outside"]];
        named.into_iter().find_map(Value::as_str).unwrap().to_owned()
    };
    list.as_array().unwrap().iter().map(name).collect()
}

const FIVE: [&str; 5] = ["Greet", "Robin", "Hanna", "De jeugdverpleegkundige", "De mentor van school"];

#[tokio::test]
async fn five_came_and_it_stopped_over_friends() {
    let (kees, case) = kees();
    let guest = "person { name } worker { name } outside";
    let fields = format!(
        "conferences {{ occasion purpose expected invited {{ {guest} }} stopped {{ reason }}
            held {{ yielded came {{ {guest} leftEarly }} }} }}"
    );
    let mdo = kees.case(&case, &fields).await["conferences"][0].clone();
    assert_eq!(mdo["occasion"], "Naar school gaan lukt sinds de zomer bijna niet meer.");
    assert_eq!(mdo["purpose"], "Samen afspreken hoe het weer lukt om naar school te gaan.");
    assert_eq!(mdo["expected"], "Een paar haalbare afspraken, met wie ze doet.");
    assert_eq!(who(&mdo["invited"]), FIVE);
    assert_eq!(who(&mdo["held"]["came"]), FIVE);
    assert_eq!(mdo["held"]["came"][1]["leftEarly"], "Liep naar de gang toen het over vrienden ging.");
    assert_eq!(
        mdo["stopped"]["reason"],
        "Ruzie over vrienden die bij de een mogen komen en bij de ander niet; sussen hielp niet."
    );
    assert_eq!(mdo["held"]["yielded"], "Nog geen afspraken: het liep uit op ruzie over vrienden.");
}

#[tokio::test]
async fn a_week_later_two_things_are_agreed_each_with_an_owner_and_a_day() {
    let (kees, case) = kees();
    let fields = "conferences { resumed { listenersMissing { name } came { person { name } worker { name } outside }
        agreed { what by nobodyYet owner { name } ownerWorker { name } decidedBy { name } } } }";
    let on = kees.case(&case, fields).await["conferences"][0]["resumed"].clone();
    let there = ["Greet", "Robin", "Hanna", "Olga", "Youssef", "De jeugdverpleegkundige", "De mentor van school"];
    assert_eq!((who(&on["came"]), &on["listenersMissing"]), (there.map(str::to_owned).to_vec(), &json!([])));
    let agreed = json!([
        {"what": "Drie ochtenden per week naar school, te beginnen met twee.", "by": "2026-10-26", "nobodyYet": false,
            "owner": {"name": "Robin"}, "ownerWorker": null, "decidedBy": [{"name": "Robin"}, {"name": "Greet"}]},
        {"what": "De mentor belt elke vrijdag hoe het ging.", "by": "2026-10-16", "nobodyYet": false,
            "owner": null, "ownerWorker": {"name": "Hanna"}, "decidedBy": [{"name": "Greet"}]},
    ]);
    assert_eq!(on["agreed"], agreed);
}

/// What was agreed stands on the responsibility board, with who does it and by when; the day before it was agreed it does not.
#[tokio::test]
async fn what_was_agreed_stands_on_the_board_with_owner_and_day() {
    let (kees, case) = kees();
    let fields = "plans { responsibilities { kind due overdue agreed { what } owner { nobody person { name } worker { name } } } }";
    let agreed = |seen: Value| {
        let board = seen["plans"]["responsibilities"].as_array().unwrap().clone();
        board.into_iter().filter(|line| line["kind"] == "AGREEMENT").collect::<Vec<_>>()
    };
    let line = |what: &str, due: &str, overdue: bool, person: Value, worker: Value| {
        json!({"kind": "AGREEMENT", "due": due, "overdue": overdue, "agreed": {"what": what},
            "owner": {"nobody": false, "person": person, "worker": worker}})
    };
    let both = |overdue: bool| {
        [
            line(
                "Drie ochtenden per week naar school, te beginnen met twee.",
                "2026-10-26",
                overdue,
                json!({"name": "Robin"}),
                Value::Null,
            ),
            line(
                "De mentor belt elke vrijdag hoe het ging.",
                "2026-10-16",
                overdue,
                Value::Null,
                json!({"name": "Hanna"}),
            ),
        ]
    };
    assert_eq!(agreed(kees.about(&case, "2026-10-11", fields).await), Vec::<Value>::new());
    assert_eq!(agreed(kees.about(&case, "2026-10-12", fields).await), both(false));
    assert_eq!(agreed(kees.case(&case, fields).await), both(true), "nobody can say that it was done");
}

/// 2026-10-19: of whom, what, why, by whom and until when; it may be refused.
#[tokio::test]
async fn the_condition_says_of_whom_what_and_why() {
    let (kees, case) = kees();
    let fields = "help { conditions { persons { name } what why setBy on until mayBeRefused } }";
    assert_eq!(kees.recorded(&case, "2026-10-18", fields).await["help"]["conditions"], json!([]));
    let condition = json!({"persons": [{"name": "Robin"}], "what": "Drie ochtenden per week naar school, op te bouwen in overleg.",
        "why": "Zonder vaste ochtenden komt er geen rust en kan school geen plek vrijhouden.", "setBy": "Wijkteam Hilversum",
        "on": "2026-10-19", "until": "2027-01-31", "mayBeRefused": true});
    assert_eq!(kees.recorded(&case, "2026-10-19", fields).await["help"]["conditions"], json!([condition]));
}
