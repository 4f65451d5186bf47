//! "Father without authority": what the rooms of rulings and consent carry of the narrative, as its director sees it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::server::{Server, before, shared};

const CASE: &str = "06";

fn bram() -> (&'static Server, Person, String) {
    let demo = shared();
    (demo, demo.as_("bram"), demo.case(CASE))
}

const NOAH: &str = "people { name
    authority { kind source rulingId personMustDecide holders { name } }
    recognitions { recognised from source parent { name } }
    helpMissing { refused personMustDecide person { name } } helpIncomplete { since runningUntil } }";

fn noah(seen: &Value) -> &Value {
    find(&seen["people"], "name", "Noah")
}

/// Recognised by deed on 04-08; that both declared that Kim alone has authority was entered a day later.
#[tokio::test]
async fn recognised_and_undetermined_until_it_is_entered_who_has_authority() {
    let (_, bram, case) = bram();
    let told = bram.recorded(&case, "2026-04-08", NOAH).await;
    let recognised = json!([{"recognised": true, "from": "2026-04-08", "source": "DEED", "parent": {"name": "Dion"}}]);
    assert_eq!(noah(&told)["recognitions"], recognised);
    assert_eq!(noah(&told)["authority"]["personMustDecide"], true);
    assert_eq!(
        noah(&told)["helpMissing"],
        json!([{"refused": false, "personMustDecide": true, "person": null}]),
        "every check says that a person must decide"
    );
    for entered in [
        bram.recorded(&case, "2026-04-09", NOAH).await,
        bram.about(&case, "2026-04-08", NOAH).await,
        bram.about(&case, "2026-04-07", NOAH).await,
    ] {
        let authority = &noah(&entered)["authority"];
        assert_eq!((&authority["personMustDecide"], &authority["holders"]), (&json!(false), &json!([{"name": "Kim"}])));
        assert_eq!(noah(&entered)["helpMissing"], json!([]));
    }
}

const RULINGS: &str =
    "rulings { id kind scope pronounced sent inForceFrom until inForce source person { name } others { name } }";

#[tokio::test]
async fn the_ruling_of_30_june_is_in_force_on_1_july_and_authority_cites_it() {
    let (demo, bram, case) = bram();
    let on = async |day: &str| bram.about(&case, day, &format!("{RULINGS} {NOAH}")).await;
    assert_eq!(on("2026-06-29").await["rulings"], json!([]));
    let pronounced = on("2026-06-30").await;
    let mut ruling = json!({"id": demo.id(CASE, "gezag-samen"), "kind": "AUTHORITY", "scope": "Moeder en vader hebben voortaan samen gezag.",
        "pronounced": "2026-06-30", "sent": "2026-06-30", "inForceFrom": "2026-07-01", "until": null, "inForce": false, "source": "COURT",
        "person": {"name": "Noah"}, "others": [{"name": "Kim"}, {"name": "Dion"}]});
    assert_eq!(pronounced["rulings"], json!([ruling]));
    assert_eq!(noah(&pronounced)["authority"]["holders"], json!([{"name": "Kim"}]));
    let after = on("2026-07-01").await;
    ruling["inForce"] = json!(true);
    assert_eq!(after["rulings"], json!([ruling]));
    let authority = &noah(&after)["authority"];
    assert_eq!(
        authority,
        &json!({"kind": "JOINT_PARENTS", "source": "COURT", "rulingId": ruling["id"], "personMustDecide": false,
            "holders": [{"name": "Kim"}, {"name": "Dion"}]})
    );
}

/// "Consents asked for 06-30 need Kim alone, for 07-01 both; Dion consents 07-06."
#[tokio::test]
async fn from_1_july_help_needs_both_and_lacks_dion_until_6_july() {
    let (_, bram, case) = bram();
    let dion = json!([{"refused": false, "personMustDecide": false, "person": {"name": "Dion"}}]);
    for (day, missing) in
        [("2026-06-30", json!([])), ("2026-07-01", dion.clone()), ("2026-07-05", dion), ("2026-07-06", json!([]))]
    {
        let seen = bram.about(&case, day, NOAH).await;
        // Help goes on for six weeks.
        let goes_on = if missing == json!([]) {
            Value::Null
        } else {
            json!({"since": "2026-07-01", "runningUntil": "2026-08-12"})
        };
        assert_eq!((&noah(&seen)["helpMissing"], &noah(&seen)["helpIncomplete"]), (&missing, &goes_on), "{day}");
    }
}

#[tokio::test]
async fn while_the_register_is_investigated_a_person_must_decide() {
    let (_, bram, case) = bram();
    for (day, decides) in [("2026-08-09", false), ("2026-08-10", true), ("2026-08-18", true), ("2026-08-19", false)] {
        let seen = bram.about(&case, day, NOAH).await;
        assert_eq!(noah(&seen)["authority"]["personMustDecide"], decides, "{day}");
        let missing =
            if decides { json!([{"refused": false, "personMustDecide": true, "person": null}]) } else { json!([]) };
        assert_eq!(noah(&seen)["helpMissing"], missing, "{day}");
    }
}

/// While the father is on the phone the ruling is named.
#[tokio::test]
async fn what_may_be_said_names_the_ruling() {
    let (demo, bram, case) = bram();
    let query = format!(
        "query($id: ID!, $person: ID!) {{ whatMayISay(caseId: $id, person: $person) {{ sentences {RULINGS}
            children {{ authority mayHear }} }} }}"
    );
    let asked = json!({"id": case, "person": demo.id(CASE, "dion")});
    let said = bram.with("Accept-Language", "nl").ask_with(&query, asked).await.data("whatMayISay");
    assert_eq!(said["rulings"][0]["kind"], "AUTHORITY");
    assert_eq!(said["children"], json!([{"authority": "HOLDS", "mayHear": "YES"}]));
    let sentences = said["sentences"].to_string();
    assert!(
        sentences.contains("Er geldt een uitspraak over Noah (gezag): Moeder en vader hebben voortaan samen gezag."),
        "{sentences}"
    );
}

/// His supporter works for Noah, so knows what was ruled about Noah; a colleague who takes no part knows nothing.
#[tokio::test]
async fn who_works_for_noah_knows_of_the_ruling_and_who_does_not_knows_nothing() {
    let (demo, _, case) = bram();
    let seen = demo.as_("romy").case(&case, RULINGS).await;
    assert_eq!(seen["rulings"][0]["kind"], "AUTHORITY");
    let query = format!("query($id: ID!) {{ case(id: $id) {{ {RULINGS} }} }}");
    assert_eq!(demo.as_("daan").ask_with(&query, json!({"id": case})).await.code(), "NOT_AVAILABLE");
}

/// "19 from 2026-06-11."
#[tokio::test]
async fn kim_is_18_at_the_birth_and_19_from_11_june() {
    let (_, bram, case) = bram();
    for (day, age) in [("2026-02-09", 18), ("2026-06-10", 18), ("2026-06-11", 19)] {
        let people = bram.about(&case, day, "people { name age }").await["people"].clone();
        assert_eq!(find(&people, "name", "Kim")["age"], age, "{day}");
    }
}

const PLAN: &str = "plans { family { active { id } versions { goals { words } actions { what concerns { name } }
    asked { person { name } } others { person { name } answer { answer day words } } } } }";

/// "Endorses his own actions": whoever has authority is asked, she alone; what he says of his own is his, and recorded as his.
#[tokio::test]
async fn dion_endorses_his_own_action() {
    let (demo, bram, case) = bram();
    let plan = async |day: &str| bram.recorded(&case, day, PLAN).await["plans"]["family"].clone();
    let offered = plan("2026-02-18").await;
    assert_eq!((&offered["active"], &offered["versions"][0]["others"]), (&Value::Null, &json!([])));
    let active = plan("2026-02-19").await;
    assert_eq!(active["active"]["id"], demo.id(CASE, "plan-februari"));
    let version = &active["versions"][0];
    let his =
        version["actions"].as_array().unwrap().iter().filter(|action| action["concerns"] == json!([{"name": "Dion"}]));
    assert_eq!(his.map(|action| &action["what"]).collect::<Vec<_>>(), ["Na het werk mee-eten en de avond overnemen."]);
    assert_eq!(version["asked"], json!([{"person": {"name": "Kim"}}]));
    let answer = json!({"answer": "ENDORSED", "day": "2026-02-19", "words": "Dat doe ik graag."});
    assert_eq!(version["others"], json!([{"person": {"name": "Dion"}, "answer": answer}]));
}

/// "Attends": he is invited, comes, and owns what he said he would do.
#[tokio::test]
async fn dion_attends_the_network_meeting() {
    let (_, bram, case) = bram();
    let fields = "conferences { kind invited { person { name } } held { day came { person { name } worker { name } }
        agreed { what decidedBy { name } owner { name } } } }";
    let meeting = bram.case(&case, fields).await["conferences"][0].clone();
    assert_eq!((&meeting["kind"], &meeting["held"]["day"]), (&json!("NETWORK_MEETING"), &json!("2026-02-25")));
    let there = |guest: &&Value| guest["person"]["name"] == "Dion";
    for list in [&meeting["invited"], &meeting["held"]["came"]] {
        assert_eq!(list.as_array().unwrap().iter().filter(there).count(), 1, "{list}");
    }
    let point = &meeting["held"]["agreed"][0];
    assert_eq!(
        (each(&point["decidedBy"], "name"), &point["owner"]["name"]),
        (vec![json!("Kim"), json!("Dion")], &json!("Dion"))
    );
}

const ALL: &str = "people { name } contacts { said } consents { giver { name } subject { name } } outsideRequests { asked }
    assessments { id } conferences { id } plans { family { goals { words } } } timeline(first: 100) { nodes { kind words { text } } }";

/// "He sees his own data, nothing else": there is no log-in for him; whoever speaks for him reads what is his, and of Kim and Noah nothing.
#[tokio::test]
async fn who_speaks_for_dion_sees_what_is_his_and_nothing_else() {
    let (demo, bram, case) = bram();
    let hers = ["Ik slaap slecht", "Ik wil mijn eigen plan.", "hoe wij hem troosten", "Hoe groeit hij"];
    let all = bram.case(&case, ALL).await.to_string();
    assert!(hers.iter().all(|words| all.contains(words)), "the director reads it all: {all}");
    let milan = demo.as_("milan").case(&case, ALL).await;
    assert_eq!(milan["people"], json!([{"name": "Dion"}]));
    for list in ["contacts", "outsideRequests", "assessments", "conferences"] {
        assert_eq!(milan[list], json!([]), "{list}");
    }
    let consents = milan["consents"].as_array().unwrap();
    assert!(!consents.is_empty() && consents.iter().all(|one| one["subject"]["name"] == "Dion"), "{milan}");
    let text = milan.to_string();
    assert!(
        text.contains("Dat doe ik graag.") && text.contains("Ik ook, en dat het rustig blijft."),
        "his own words: {text}"
    );
    assert!(
        hers.iter().all(|words| !text.contains(words)) && !text.contains("Kim") && !text.contains("Noah"),
        "{text}"
    );
}

/// "A worker asking on his behalf for more is refused, in the trail": on 03-10 a look showed of the case him alone, and an act about her
/// was refused.
#[tokio::test]
async fn who_asks_on_his_behalf_for_more_is_refused_and_that_stands_in_the_trail() {
    let (demo, _, case) = bram();
    let entries = crate::trail_files::all(&demo.folder).await;
    let his = demo.worker("milan");
    let at = |moment: &str| {
        let then = |entry: &&Value| entry["who"] == his && entry["at"].as_str().unwrap_or_default().starts_with(moment);
        let found: Vec<&Value> = entries.iter().filter(then).collect();
        let [entry] = found[..] else { panic!("one entry at {moment}: {found:?}") };
        entry.clone()
    };
    let look = at("2026-03-10T10:05");
    assert_eq!(look["judgements"][0]["relation"], "representative");
    assert_eq!(look["subjects"], json!([format!("person:{}", demo.id(CASE, "dion"))]), "he alone: {look}");
    let act = at("2026-03-10T10:10");
    assert_eq!((&act["outcome"], &act["code"]), (&json!("refused"), &json!("NOT_AVAILABLE")));
    assert_eq!(act["judgements"][0]["operation"], "recordContact");
    // What may be said to her is nothing of his: absent, and that question stands in the trail as well.
    let query = "query($id: ID!, $person: ID!) { whatMayISay(caseId: $id, person: $person) { sentences } }";
    let asked = demo.as_("milan").ask_with(query, json!({"id": case, "person": demo.id(CASE, "kim")})).await;
    assert_eq!(asked.data("whatMayISay"), Value::Null);
    let entry = crate::trail_files::only(&demo.folder, &asked.request).await;
    assert_eq!((&entry["judgements"][0]["operation"], &entry["subjects"]), (&json!("whatMayISay"), &json!([])));
}

/// What may be said to Dion about Noah: on the day of the deed a person must decide, then nothing that takes authority, since July all of it.
#[tokio::test]
async fn what_may_be_said_to_dion_follows_his_authority() {
    const FILE: &str = "06-father-without-authority";
    let query = "query($id: ID!, $person: ID!) { whatMayISay(caseId: $id, person: $person) { children { mayHear } } }";
    let said = async |server: &Server| {
        let asked = json!({"id": server.case(CASE), "person": server.id(CASE, "dion")});
        server.as_("bram").ask_with(query, asked).await.data("whatMayISay")["children"].clone()
    };
    assert_eq!(said(&before(FILE, "recordAuthority")).await, json!([{"mayHear": "PERSON_MUST_DECIDE"}]));
    assert_eq!(said(&before(FILE, "recordRuling")).await, json!([{"mayHear": "NO_AUTHORITY"}]));
    assert_eq!(said(shared()).await, json!([{"mayHear": "YES"}]));
}

/// "Every check that rests on authority answers: a person must decide": a referral is not recorded on those days, in words that say so, and
/// is once it is known who has authority.
#[tokio::test]
async fn while_authority_is_unclear_a_referral_waits_for_a_person_to_decide() {
    let (demo, bram, case) = bram();
    let refused: Vec<_> =
        demo.refused.iter().filter(|step| step.case.starts_with(CASE) && step.name == "recordReferral").collect();
    assert_eq!(refused.len(), 2, "on 04-08 and on 08-11");
    for step in refused {
        assert_eq!(step.refusal.code, "REFERRAL_NOT_AGREED");
        assert!(step.refusal.message.contains("is het gezag onduidelijk, dan beslist eerst een mens"));
    }
    let seen = bram.case(&case, "help { referrals { on agreed { name } } }").await["help"]["referrals"].clone();
    let once_known = json!([{"on": "2026-04-10", "agreed": [{"name": "Kim"}]},
        {"on": "2026-08-20", "agreed": [{"name": "Kim"}, {"name": "Dion"}]}]);
    assert_eq!(seen, once_known);
}

/// "Consents asked for 06-30 need Kim alone, for 07-01 both."
#[tokio::test]
async fn on_30_june_kim_is_asked_and_from_1_july_dion_as_well() {
    let (_, bram, case) = bram();
    let asked = async |day: &str| {
        let seen = bram.recorded(&case, day, "consentQuestions { kind asked giver { name } subject { name } }").await;
        seen["consentQuestions"].clone()
    };
    let question = |giver: &str, kind: &str, day: &str| json!({"kind": kind, "asked": day, "giver": {"name": giver}, "subject": {"name": "Noah"}});
    let hers = question("Kim", "SHARING", "2026-06-30");
    let his = |kind| question("Dion", kind, "2026-07-01");
    assert_eq!(asked("2026-06-30").await, json!([hers]));
    assert_eq!(asked("2026-07-01").await, json!([hers, his("SHARING"), his("HELP")]));
    assert_eq!(asked("2026-07-06").await, json!([]), "each answered");
}

/// 2026-09-25, the day and the words: two households, two plans because each wishes it, side by side, one look-back, no complex track.
#[tokio::test]
async fn on_25_september_the_parents_part_each_in_their_own_words() {
    let (_, bram, case) = bram();
    let fields =
        "households { label } plans { topology since ground reason twoPlans { wishes { day words person { name } } } }
        divorce { parentingForms { on form basis person { name } }
            episode { state track recognition { on } signals { on words } settling { on lookBack words } } }";
    let eve = bram.recorded(&case, "2026-09-24", fields).await;
    assert_eq!(
        (&eve["households"], &eve["plans"]["topology"]),
        (&json!([{"label": "huishouden A"}]), &json!("ONE_FAMILY_ONE_PLAN"))
    );
    let day = bram.recorded(&case, "2026-09-25", fields).await;
    assert_eq!(day["households"], json!([{"label": "bij Kim"}, {"label": "bij Dion"}]));
    let wish = |name: &str, words: &str| json!({"day": "2026-09-25", "words": words, "person": {"name": name}});
    let plans = json!({"topology": "PLAN_PER_HOUSEHOLD", "since": "2026-09-25", "ground": "BOTH_WISH",
        "reason": "De ouders gaan uit elkaar en willen ieder een eigen plan.",
        "twoPlans": {"wishes": [wish("Kim", "Ik wil mijn eigen plan."), wish("Dion", "Ik ook, en dat het rustig blijft.")]}});
    assert_eq!(day["plans"], plans);
    let form = |name: &str| {
        json!({"on": "2026-09-25", "form": "PARALLEL", "person": {"name": name},
        "basis": "Ieder regelt het zelf op de eigen dagen; overleg is kort en gaat over het kind."})
    };
    assert_eq!(day["divorce"]["parentingForms"], json!([form("Kim"), form("Dion")]));
    let episode = json!({"state": "SETTLING", "track": null, "recognition": null,
        "signals": [{"on": "2026-09-25", "words": "De ouders gaan uit elkaar; ieder zorgt op de eigen dagen."}],
        "settling": {"on": "2026-09-25", "lookBack": "2027-03-25",
            "words": "Ieder is ouder op eigen wijze, naast de ander. Over een half jaar kijken zij samen terug."}});
    assert_eq!(day["divorce"]["episode"], episode);
}
