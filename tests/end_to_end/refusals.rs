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

/// Once there is a director, access sees no people: also not which of them a text named.
#[tokio::test]
async fn a_name_in_a_text_tells_nobody_else_who_is_in_the_case() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let what = "Bartholomeus was erbij toen het anders ging.";
    let report = family.input(json!({"rule": "family_decides", "what": what}));
    let (anja, noor, layla) = (server.as_("anja"), server.as_("noor"), server.as_("layla"));
    hears_no_more_than(&server, &noor, "reportDeparture", report.clone(), "NAMES_IN_TEXT").await;
    assert_eq!(anja.send("reportDeparture", report).await.details()["persons"], json!([family.son]));

    let offered = anja.does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    layla.ask("{ me { id } }").await.data("me");
    let handover = made(&offered, "HANDOVER")[0].clone();
    let declining = family.input(json!({"handover": handover, "reason": "Ik ken Bartholomeus."}));
    hears_no_more_than(&server, &layla, "endHandover", declining, "NAMES_IN_TEXT").await;
    let word = json!({"handover": handover, "person": family.mother, "agrees": false, "toldDay": "2026-11-20"});
    anja.does("recordFamilyWord", family.input(word)).await;
    layla.does("readHandoverSummary", family.input(json!({"handover": handover}))).await;
    let accepting = family.input(json!({"handover": handover}));
    hears_no_more_than(&server, &layla, "acceptHandover", accepting, "FAMILY_SAID_NO").await;
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
        ("stateContribution", json!({"can": "Bartholomeus helpen.", "cannot": "Rijden."}), "NAMES_IN_TEXT"),
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
