//! Facts in the wrong file (rule 28): gone from everywhere at once, of whatever day it is asked; that something was set aside stays.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, Server, fresh};
use crate::socket::Talk;

const WORD: &str = "Roerdomp";
const EVERYTHING: &str = "people { name birthDate } openPromises { what } contactBalance { contacts }
    contacts { said asked promises { what } } statements { words }
    timeline(first: 100) { totalCount nodes { id kind title words { text } persons { name } correction { reason earlierWords { text } } } }";
const SET_ASIDE: &str = "setAside { id at by { name } reason broughtBack { by { name } reason } }";
const OFFICER: &str =
    "query($id: ID!) { factsSetAside(caseId: $id) { id at by { id name } reason broughtBack { at reason } } }";

/// A family directed by Anja, in which Petra works for the mother.
async fn home() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    for key in ["anja", "petra", "layla", "ravi"] {
        server.as_(key).ask("{ me { id } }").await;
    }
    (server, family)
}

/// A talk of another family, with what was promised in it, recorded by Petra in this file; corrected, and then told to the director only.
async fn misplaced(server: &Server, family: &Family) -> String {
    let promises = json!([{"kind": "OTHER", "what": format!("{WORD} terugbellen."), "by": "2026-11-20"}]);
    let contact = json!({"with": [family.mother], "said": format!("{WORD} belde."), "promises": promises});
    let fact = made(&server.as_("petra").does("recordContact", family.input(contact)).await, "FACT")[0].clone();
    let corrected =
        json!({"fact": fact, "reason": "Beter gezegd.", "content": {"words": format!("{WORD} belde twee keer.")}});
    server.as_("anja").does("correctFact", family.input(corrected)).await;
    fact
}

async fn aside(who: &Person, family: &Family, facts: &[&String], reason: &str) -> Vec<String> {
    made(&who.does("setAsideFacts", family.input(json!({"facts": facts, "reason": reason}))).await, "FACT")
}

/// All that somebody reads of a case, now and of earlier days.
async fn read(who: &Person, family: &Family) -> String {
    let looked_back = ["2026-11-16", "2026-11-15"].map(|day| {
        let year = &day[8..];
        format!(
            "r{year}: asOf(recorded: \"{day}\") {{ {EVERYTHING} }} a{year}: asOf(about: \"{day}\") {{ {EVERYTHING} }}"
        )
    });
    who.case(&family.case, &format!("{EVERYTHING} {}", looked_back.join(" "))).await.to_string()
}

#[tokio::test]
async fn it_shows_nowhere_to_nobody_of_no_day_and_comes_back_when_it_was_no_mistake() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let fact = misplaced(&server, &family).await;
    for who in [&anja, &petra] {
        assert!(read(who, &family).await.matches(WORD).count() > 4, "first it is there");
    }
    let before = [family.revision(&anja).await, family.revision(&petra).await];
    server.tell("2026-11-17");
    let mut talk = Talk::of(&petra).await;
    let watching = "subscription($id: ID!) { caseChanged(caseId: $id) { contacts { said } } }";
    talk.subscribe(watching, json!({"id": family.case})).await;
    assert!(talk.delivery("caseChanged").await.to_string().contains(WORD));

    let aside = aside(&anja, &family, &[&fact], "Dit gesprek was met een ander gezin.").await;
    assert_eq!(aside.len(), 1);
    assert_eq!(talk.delivery("caseChanged").await, json!({"contacts": []}), "at once");
    for who in [&anja, &petra] {
        let seen = read(who, &family).await;
        assert!(!seen.contains(WORD) && !seen.contains("Beter gezegd"), "{seen}");
    }
    let after = [family.revision(&anja).await, family.revision(&petra).await];
    assert!(before[0] != after[0] && before[1] != after[1], "who could see it sees another case");
    // Nothing waits for it, and nothing can be done with it.
    assert_eq!(anja.case(&family.case, "openPromises { id }").await["openPromises"], json!([]));
    let on = |fact: &str| family.input(json!({"fact": fact, "reason": "Toch."}));
    assert_eq!(anja.refused("strikeOutFact", on(&fact)).await, "FACT_UNKNOWN");
    let again = family.input(json!({"facts": [fact], "reason": "Nog eens."}));
    assert_eq!(anja.refused("setAsideFacts", again).await, "FACT_UNKNOWN");

    server.tell("2026-11-18");
    let back = family.input(json!({"setAside": aside, "reason": "Het was toch dit gezin."}));
    anja.does("bringBackFacts", back.clone()).await;
    assert!(talk.delivery("caseChanged").await.to_string().contains(WORD));
    for who in [&anja, &petra] {
        assert!(read(who, &family).await.matches(WORD).count() > 4);
    }
    assert_eq!(anja.refused("bringBackFacts", back).await, "SET_ASIDE_UNKNOWN");
    assert_eq!(anja.refused("strikeOutFact", on(&aside[0])).await, "SET_ASIDE_STAYS");
}

#[tokio::test]
async fn that_something_was_set_aside_is_for_who_directs_and_the_privacy_officer() {
    let (server, family) = home().await;
    let (anja, ravi) = (server.as_("anja"), server.as_("ravi"));
    let fact = misplaced(&server, &family).await;
    let reason = "Dit gesprek was met een ander gezin.";
    let aside = aside(&anja, &family, &[&fact], reason).await;
    let seen = anja.case(&family.case, SET_ASIDE).await["setAside"].clone();
    assert_eq!((&seen[0]["id"], &seen[0]["by"]["name"]), (&json!(aside[0]), &json!("Anja")));
    assert_eq!((&seen[0]["reason"], &seen[0]["broughtBack"]), (&json!(reason), &Value::Null));
    assert!(!seen.to_string().contains(&fact), "nothing names the fact");
    let entries = anja.case(&family.case, "timeline { nodes { kind title words { text } } }").await;
    let entry = find(&entries["timeline"]["nodes"], "kind", "MisplacedFactSetAside").clone();
    assert_eq!(entry["words"][0]["text"], reason);

    let variables = json!({"id": family.case});
    let answer = ravi.ask_with(OFFICER, variables.clone()).await;
    let officer = answer.data("factsSetAside");
    assert_eq!((&officer[0]["id"], &officer[0]["by"]["id"]), (&json!(aside[0]), &json!(server.worker("anja"))));
    assert_eq!((&officer[0]["reason"], officer.as_array().unwrap().len()), (&Value::Null, 1), "why is the director's");
    let entry = crate::trail_files::only(&server.folder, &answer.request).await;
    assert!(entry["fields"].to_string().contains("setAside"), "the look is in the trail: {entry}");
    assert!(!entry["fields"].to_string().contains("reason"), "{entry}");
    for other in ["petra", "noor", "gerda", "selma", "kees", "anja"] {
        let answer = server.as_(other).ask_with(OFFICER, variables.clone()).await;
        assert_eq!(answer.code(), "NOT_AVAILABLE", "{other}");
        let absent = server.as_(other).ask_with(OFFICER, json!({"id": Uuid::from_u128(9)})).await;
        assert_eq!(absent.body, answer.body, "{other}: as of a case that is not there");
    }
    let petra = server.as_("petra").case(&family.case, &format!("{SET_ASIDE} timeline {{ nodes {{ kind }} }}")).await;
    assert_eq!(petra["setAside"], json!([]));
    assert!(!petra.to_string().contains("SetAside\""), "{petra}");
    let back = family.input(json!({"setAside": aside, "reason": "Het was toch dit gezin."}));
    anja.does("bringBackFacts", back).await;
    let seen = anja.case(&family.case, SET_ASIDE).await["setAside"].clone();
    assert_eq!(seen[0]["broughtBack"]["reason"], "Het was toch dit gezin.");
    let officer = ravi.ask_with(OFFICER, variables).await.data("factsSetAside");
    assert_eq!(officer[0]["broughtBack"]["reason"], Value::Null);
    assert!(officer[0]["broughtBack"]["at"].is_string());
}

/// Who works for somebody learns nothing from what they may not know being set aside.
#[tokio::test]
async fn who_could_not_see_it_notices_nothing() {
    let (server, family) = home().await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let contact = json!({"with": [family.son], "said": format!("{WORD} vertelt over school.")});
    let fact = made(&anja.does("recordContact", family.input(contact)).await, "FACT")[0].clone();
    let look = format!("query($id: ID!) {{ case(id: $id) {{ revision {EVERYTHING} {SET_ASIDE} }} }}");
    let before = petra.ask_with(&look, json!({"id": family.case})).await.body;
    aside(&anja, &family, &[&fact], "Van een ander kind.").await;
    assert_eq!(petra.ask_with(&look, json!({"id": family.case})).await.body, before);
}

/// A person of another family is not found by name, nor in a list; what rests on them is named, and goes in the same step.
#[tokio::test]
async fn a_person_of_another_family_is_gone_from_lists_and_search() {
    let (server, family) = home().await;
    let anja = server.as_("anja");
    let added = json!({"name": WORD, "birthDate": "2018-01-02", "role": "CHILD"});
    let added = anja.does("addPerson", family.input(added)).await;
    let (person, fact) = (made(&added, "PERSON")[0].clone(), made(&added, "FACT")[0].clone());
    let told = json!({"child": person, "kind": "UNDETERMINED", "from": "2018-01-02", "source": "REGISTER"});
    let authority = made(&anja.does("recordAuthority", family.input(told)).await, "FACT")[0].clone();
    let search = format!("{{ searchPeople(search: {{ name: \"{WORD}\" }}) {{ totalCount }} }}");
    assert_eq!(anja.ask(&search).await.data("searchPeople")["totalCount"], 1);
    let caseload = "{ caseload { nodes { case { people { name } } attention { kind } } } }";
    assert!(anja.ask(caseload).await.body.to_string().contains(WORD));

    let alone = family.input(json!({"facts": [fact], "reason": "Ander gezin."}));
    let refused = anja.with("Accept-Language", "en").send("setAsideFacts", alone).await;
    assert_eq!(
        (refused.code().as_str(), &refused.details()["facts"]),
        ("CORRECTION_BREAKS_HISTORY", &json!([authority]))
    );
    assert!(refused.message().contains("set them aside in the same step"), "{}", refused.message());
    let both = aside(&anja, &family, &[&fact, &authority], "Ander gezin.").await;
    assert_eq!(both.len(), 2);
    assert_eq!(anja.ask(&search).await.data("searchPeople")["totalCount"], 0);
    assert!(!anja.ask(caseload).await.body.to_string().contains(WORD));
    let named = json!({"person": person, "name": "Anders"});
    assert_eq!(anja.refused("renamePerson", family.input(named)).await, "PERSON_UNKNOWN");
    let seen = anja.recorded(&family.case, "2026-11-16", "people { name }").await;
    assert_eq!(each(&seen["people"], "name").len(), 2);
}

#[tokio::test]
async fn only_who_directs_sets_aside_and_the_words_are_checked() {
    let (server, family) = home().await;
    let fact = misplaced(&server, &family).await;
    let input = |facts: Value, reason: &str| family.input(json!({"facts": facts, "reason": reason}));
    for other in ["petra", "noor", "ravi", "gerda", "kees"] {
        let refused = server.as_(other).refused("setAsideFacts", input(json!([fact]), "Ander gezin.")).await;
        assert_eq!(refused, "NOT_AVAILABLE", "{other}");
        let back = family.input(json!({"setAside": [fact], "reason": "Toch."}));
        assert_eq!(server.as_(other).refused("bringBackFacts", back).await, "NOT_AVAILABLE", "{other}");
    }
    let anja = server.as_("anja");
    for (facts, reason, code) in [
        (json!([]), "Ander gezin.", "NOTHING_SET_ASIDE"),
        (json!([Uuid::from_u128(7)]), "Ander gezin.", "FACT_UNKNOWN"),
        (json!(["zomaar"]), "Ander gezin.", "BAD_ID"),
        (json!([fact]), "  ", "TEXT_EMPTY"),
        (json!([fact]), "Wilhelmina hoort hier niet.", "NAMES_IN_TEXT"),
    ] {
        assert_eq!(anja.refused("setAsideFacts", input(facts, reason)).await, code);
    }
    assert!(read(&anja, &family).await.contains(WORD), "nothing went");
    // The same command again has one effect.
    let mut once = input(json!([fact]), "Ander gezin.");
    once["commandId"] = json!(Uuid::from_u128(0x5e7));
    anja.does("setAsideFacts", once.clone()).await;
    assert_eq!(anja.does("setAsideFacts", once).await["repeated"], true);
}
