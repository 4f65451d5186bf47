//! What a refusal tells: its code and what to do; its details only to who may know them by any other way.

use serde_json::{Value, json};

use crate::client::{Answer, Person};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh};

/// Refused with this code and no details, in a whole sentence in both languages; nothing was written.
async fn hears_no_more_than(server: &Fresh, person: &Person, mutation: &str, input: Value, code: &str) -> Answer {
    let head = server.head().await;
    for locale in ["nl", "en"] {
        let answer = person.with("accept-language", locale).send(mutation, input.clone()).await;
        let shown = format!("{mutation} {input}: {}", answer.body);
        assert_eq!((answer.code().as_str(), answer.details()), (code, Value::Null), "{shown}");
        assert!(!answer.message().contains('{') && answer.message().ends_with('.'), "{shown}");
    }
    assert_eq!(server.head().await, head, "{mutation} wrote something");
    person.send(mutation, input).await
}

/// A family of which the mother is protected, and Petra, a professional who came in about her. Sam takes no part.
struct Guarded {
    server: Fresh,
    family: Family,
    household: String,
    stranger: String,
}

impl Guarded {
    async fn recorded() -> Self {
        let server = fresh("2026-11-16");
        let family = Family::open(&server).await;
        let noor = server.as_("noor");
        let household = family.lives_together(&server).await;
        let quinten = json!({"name": "Quinten", "role": "NETWORK_MEMBER"});
        let stranger = made(&noor.does("addPerson", family.input(quinten)).await, "PERSON")[0].clone();
        family.helped_by_petra(&server).await;
        let protecting = json!({"person": family.mother, "reason": "Angst."});
        noor.does("protectLocatingData", family.input(protecting)).await;
        Self { server, family, household, stranger }
    }

    async fn directed() -> Self {
        let guarded = Self::recorded().await;
        let assigning = guarded.family.assigning(&guarded.server, "anja");
        guarded.server.as_("noor").does("assignCaseDirector", assigning).await;
        guarded
    }

    /// What concerns this professional.
    fn party(&self, key: &str, mut fields: Value) -> Value {
        fields["worker"] = json!(self.server.worker(key));
        self.family.input(fields)
    }
}

/// Once there is a director, access sees no people: also not by trying which of them a text may not name. A name that is there and one that is
/// nowhere are taken alike; whoever may know of somebody is told.
#[tokio::test]
async fn a_name_in_a_text_tells_nobody_else_who_is_in_the_case() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, noor, layla) = (server.as_("anja"), server.as_("noor"), server.as_("layla"));
    let report = |name: &str| {
        family.input(json!({"rule": "family_decides", "what": format!("{name} was erbij toen het anders ging.")}))
    };
    for name in ["Bartholomeus", "Quirinus"] {
        let taken = noor.send("reportDeparture", report(name)).await;
        assert_eq!(taken.data("reportDeparture")["repeated"], false, "{name}: {}", taken.body);
    }
    let refused = anja.send("reportDeparture", report("Bartholomeus")).await;
    assert_eq!((refused.code().as_str(), &refused.details()["persons"]), ("NAMES_IN_TEXT", &json!([family.son])));
    anja.does("reportDeparture", report("Quirinus")).await;
    // What was written is for whom it was before: a departure for who directs.
    let query = "query($id: ID!) { case(id: $id) { timeline(first: 50) { nodes { words { text } } } } }";
    let reads = async |who: &Person| who.ask_with(query, json!({"id": family.case})).await.body.to_string();
    assert!(reads(&anja).await.contains("Bartholomeus was erbij"));
    assert!(!reads(&noor).await.contains("was erbij"));

    let offered = anja.does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    layla.ask("{ me { id } }").await.data("me");
    let handover = made(&offered, "HANDOVER")[0].clone();
    let word = json!({"handover": handover, "person": family.mother, "agrees": false, "toldDay": "2026-11-20"});
    anja.does("recordFamilyWord", family.input(word)).await;
    layla.does("readHandoverSummary", family.input(json!({"handover": handover}))).await;
    let accepting = family.input(json!({"handover": handover}));
    hears_no_more_than(&server, &layla, "acceptHandover", accepting, "FAMILY_SAID_NO").await;
    let declining = family.input(json!({"handover": handover, "reason": "Ik ken Bartholomeus."}));
    layla.does("endHandover", declining).await;
}

/// Who lives in the other household is that household's: who coordinates this one does not find it out by trying names.
#[tokio::test]
async fn who_lives_in_the_other_household_is_not_found_out_by_trying_names() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, fenna) = (server.as_("anja"), server.as_("fenna"));
    let home =
        |label: &str, members: Value| family.input(json!({"label": label, "from": "2026-11-16", "members": members}));
    let hers =
        made(&anja.does("formHousehold", home("bij mama", json!([family.mother]))).await, "HOUSEHOLD")[0].clone();
    let his = made(&anja.does("formHousehold", home("bij papa", json!([family.son]))).await, "HOUSEHOLD")[0].clone();
    let karel = family.input(json!({"name": "Karel", "role": "CARER"}));
    let karel = made(&anja.does("addPerson", karel).await, "PERSON")[0].clone();
    let lives = family.input(json!({"household": hers, "person": karel, "from": "2026-11-16"}));
    anja.does("recordMembership", lives).await;
    let split = family.input(json!({"ground": "SAFETY", "reason": "Veiligheid.", "households": [hers, his]}));
    anja.does("splitPlanPerHousehold", split).await;
    let appoint = json!({"household": his, "worker": server.worker("fenna"), "organisation": "zorg-bv"});
    anja.does("appointPlanCoordinator", family.input(appoint)).await;
    let known = fenna.case(&family.case, "people { name }").await.to_string();
    assert!(known.contains("Bartholomeus") && !known.contains("Karel"), "{known}");

    let talk = |name: &str| family.input(json!({"with": [family.son], "said": format!("{name} was er ook.")}));
    for name in ["Karel", "Quirijn"] {
        let taken = fenna.send("recordContact", talk(name)).await;
        assert_eq!(taken.data("recordContact")["repeated"], false, "{name}: {}", taken.body);
    }
    let hers_to_know = fenna.send("recordContact", talk("Bartholomeus")).await;
    assert_eq!(
        (hers_to_know.code().as_str(), &hers_to_know.details()["persons"]),
        ("NAMES_IN_TEXT", &json!([family.son]))
    );
    let director = anja.send("recordContact", talk("Karel")).await;
    assert_eq!((director.code().as_str(), &director.details()["persons"]), ("NAMES_IN_TEXT", &json!([karel])));
}

/// Which professionals came in about somebody protected is hidden: an answer does not tell whether one did, and what is hidden is not
/// changed by whom it is hidden from.
#[tokio::test]
async fn a_party_that_is_hidden_is_as_if_it_were_not_there() {
    let guarded = Guarded::directed().await;
    let (server, family) = (&guarded.server, &guarded.family);
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    anja.ask("{ me { id } }").await.data("me");
    for (mutation, fields, code) in [
        ("changeExpectedEnd", json!({"expectedEnd": "2026-11-01"}), "PARTY_ABSENT"),
        ("changeExpectedEnd", json!({"expectedEnd": "2027-01-01"}), "PARTY_ABSENT"),
        ("leaveParty", json!({}), "PARTY_ABSENT"),
        ("leaveParty", json!({"lastDay": "2026-11-16"}), "PARTY_ABSENT"),
        ("stateContribution", json!({"can": "Meedenken.", "cannot": "Rijden."}), "PARTY_ABSENT"),
        ("stateContribution", json!({"can": "Bartholomeus helpen.", "cannot": "Rijden."}), "PARTY_ABSENT"),
    ] {
        let hidden = hears_no_more_than(server, &noor, mutation, guarded.party("petra", fields.clone()), code).await;
        let absent = hears_no_more_than(server, &noor, mutation, guarded.party("sam", fields), code).await;
        assert_eq!(hidden.body, absent.body, "{mutation}");
    }
    for (mutation, key, code) in [
        ("joinParty", "petra", "PARTY_PRESENT"),
        ("reportPartyJoined", "petra", "PARTY_PRESENT"),
        ("joinParty", "sam", "CONSENT_TO_JOIN_MISSING"),
    ] {
        let joining = json!({"organisation": "zorg-bv", "specialist": false, "consents": []});
        hears_no_more_than(server, &noor, mutation, guarded.party(key, joining), code).await;
    }
    // Its director knows it, and hears why not.
    let early = anja.send("changeExpectedEnd", guarded.party("petra", json!({"expectedEnd": "2026-11-01"}))).await;
    assert_eq!(early.details(), json!({"from": "2026-11-16", "until": "2026-11-01"}));
    let again = json!({"organisation": "zorg-bv", "specialist": false, "consents": []});
    let present = anja.send("joinParty", guarded.party("petra", again.clone())).await;
    assert_eq!(present.details()["since"], "2026-11-16");
    assert_eq!(anja.send("joinParty", guarded.party("sam", again)).await.code(), "CONSENT_TO_JOIN_MISSING");
    anja.does("changeExpectedEnd", guarded.party("petra", json!({"expectedEnd": "2027-01-01"}))).await;

    // Where nobody is protected, access records parties as before.
    let open = Family::directed(server).await;
    let joined = json!({"worker": server.worker("sam"), "organisation": "zorg-bv", "specialist": false, "consents": [],
        "explanation": "Was er al."});
    noor.does("reportPartyJoined", open.input(joined)).await;
    noor.does("leaveParty", open.input(json!({"worker": server.worker("sam")}))).await;
    let protecting = family.input(json!({"person": family.mother, "reason": "Nog steeds."}));
    hears_no_more_than(server, &noor, "protectLocatingData", protecting.clone(), "ALREADY_PROTECTED").await;
    assert_eq!(anja.send("protectLocatingData", protecting).await.details(), json!({"person": family.mother}));
}

/// Who lives with somebody protected is hidden from the access workers, also while they carry the case.
#[tokio::test]
async fn where_somebody_protected_lives_is_not_found_out_by_trying() {
    let guarded = Guarded::recorded().await;
    let (server, family) = (&guarded.server, &guarded.family);
    let noor = server.as_("noor");
    let ending =
        |person: &str| family.input(json!({"household": guarded.household, "person": person, "lastDay": "2026-11-16"}));
    let hidden = hears_no_more_than(server, &noor, "endMembership", ending(&family.mother), "NOT_A_MEMBER").await;
    let absent = hears_no_more_than(server, &noor, "endMembership", ending(&guarded.stranger), "NOT_A_MEMBER").await;
    assert_eq!(hidden.body, absent.body);
    let living = json!({"household": guarded.household, "person": family.mother, "from": "2026-11-16"});
    hears_no_more_than(server, &noor, "recordMembership", family.input(living), "MEMBERSHIP_OVERLAPS").await;
    noor.does("assignCaseDirector", family.assigning(server, "anja")).await;
    server.as_("anja").does("endMembership", ending(&family.mother)).await;
}
