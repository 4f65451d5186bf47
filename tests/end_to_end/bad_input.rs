//! The obvious, the hostile and the merely late: a clear code, a message in two languages, and nothing written.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person};
use crate::family::{Family, made, opening};
use crate::server::{Fresh, fresh};

/// A case directed by Anja, in which everyone was introduced.
async fn bench() -> (Fresh, Person, Family) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.ask("{ me { id } }").await;
    (server, anja, family)
}

/// Refused with this code, in Dutch and in English, and the history is as it was.
async fn refuses(server: &Fresh, person: &Person, mutation: &str, input: &Value, code: &str) -> Answer {
    let head = server.head().await;
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input.clone()).await;
    assert_eq!(
        (dutch.code(), english.code()),
        (code.to_owned(), code.to_owned()),
        "{mutation} {input}: {}",
        english.body
    );
    assert_eq!(dutch.details(), english.details());
    for message in [dutch.message(), english.message()] {
        assert!(message.len() > 10 && !message.contains(code), "{message}");
    }
    assert_ne!(dutch.message(), english.message(), "{mutation} {input}");
    assert_eq!(server.head().await, head, "{mutation} {input} wrote something");
    english
}

/// The same, and what each language says to do instead.
async fn refuses_with_a_way_on(
    server: &Fresh,
    person: &Person,
    (mutation, input, code): (&str, Value, &str),
    [dutch, english]: [&str; 2],
) {
    let told = refuses(server, person, mutation, &input, code).await.message();
    assert!(told.contains(english), "{code}: {told}");
    let told = person.with("accept-language", "nl").send(mutation, input).await.message();
    assert!(told.contains(dutch), "{code}: {told}");
}

const TODAY: &str = "2026-11-16";

/// A question of Anja to the divorce advice team that Hugo accepted, about these people or about nobody by name.
async fn asked_and_accepted(server: &Fresh, family: &Family, about: &[&String]) -> String {
    let mut ask = json!({"team": "scheidingsadviesteam-gooi", "question": "Welk spoor past hier?"});
    if !about.is_empty() {
        ask["about"] = json!(about);
    }
    let review = made(&server.as_("anja").does("requestSat", family.input(ask)).await, "REVIEW")[0].clone();
    server.as_("hugo").does("acceptSat", family.input(json!({"review": review}))).await;
    review
}

/// The bad inputs that the workflow of a divorce has to stand: each is refused with what to do instead.
#[tokio::test]
async fn six_bad_inputs_of_a_divorce_say_what_to_do_instead() {
    let (server, anja, family) = bench().await;
    let hugo = server.as_("hugo");
    let made_by = async |mutation: &str, input: Value, kind: &str| {
        made(&anja.does(mutation, family.input(input)).await, kind)[0].clone()
    };
    // Somebody answers what was withdrawn.
    let withdrawn = asked_and_accepted(&server, &family, &[]).await;
    let advice = family.input(json!({"review": withdrawn, "words": "Blijf bij dit spoor."}));
    let advice = made(&hugo.does("giveSatAdvice", advice).await, "ADVICE")[0].clone();
    anja.does("endSat", family.input(json!({"review": withdrawn, "reason": "NOT_NEEDED"}))).await;
    // Somebody advises on the case as another read it.
    let share = json!({"giver": family.mother, "subject": family.mother, "kind": "SHARING",
        "categories": ["PLAN", "ESCALATION"], "evidence": "SPOKEN"});
    anja.does("grantConsent", family.input(share)).await;
    let named = asked_and_accepted(&server, &family, &[&family.mother]).await;
    // An action runs, and two households can have a plan each.
    made_by("agreeAction", json!({"what": "De zwemles loopt door.", "concerns": [family.son]}), "ACTION").await;
    let of_mother = json!({"label": "bij mama", "from": TODAY, "members": [family.mother, family.son]});
    let homes = [
        made_by("formHousehold", of_mother, "HOUSEHOLD").await,
        made_by("formHousehold", json!({"label": "bij papa", "from": TODAY}), "HOUSEHOLD").await,
    ];
    let between = json!({"between": [family.mother, family.son], "about": "De telefoon."});
    let conflict = made_by("nameConflict", between, "CONFLICT").await;
    let unseen = family.revision(&anja).await;
    let one = json!({"worker": server.worker("hanna"), "organisation": "jeugd-en-gezin-gooi"});
    let experienced = json!([{"person": family.mother, "stage": 10, "observations": "Gehoord."}]);
    let switch = json!({"ground": "SAFETY", "reason": "Rust in ieder huis.", "households": homes, "assignment": []});
    for (person, mutation, input, code, words) in [
        (
            &anja,
            "assignDonsDuo",
            json!({"one": one, "other": one}),
            "DUO_IS_ONE_PERSON",
            ["Kies een tweede collega", "Choose a second colleague"],
        ),
        (
            &anja,
            "splitPlanPerHousehold",
            switch,
            "ITEM_UNASSIGNED",
            ["Geef elk doel en elke actie een huishouden", "Give each goal and action a household"],
        ),
        (
            &anja,
            "assessConflict",
            json!({"conflict": conflict, "experienced": experienced}),
            "STAGE_OUT_OF_RANGE",
            ["1 tot en met 9. Kies er een", "1 to 9. Choose one of them"],
        ),
        (
            &hugo,
            "giveSatAdvice",
            json!({"review": named, "position": unseen, "words": "Twee plannen."}),
            "SAT_POSITION_UNSEEN",
            ["Noem de revisie die u bekeek", "Name the revision that you looked at"],
        ),
        (
            &anja,
            "answerSatAdvice",
            json!({"review": withdrawn, "advice": advice, "follows": true}),
            "SAT_WITHDRAWN",
            ["stel zo nodig een nieuwe vraag", "ask a new one"],
        ),
        (
            &anja,
            "recordOption",
            json!({"person": family.mother, "words": "Een vaste dag afspreken."}),
            "OPTION_WITHOUT_AUTHOR",
            ["vraag dan wat deze persoon zelf ziet", "ask what this person sees"],
        ),
    ] {
        refuses_with_a_way_on(&server, person, (mutation, family.input(input), code), words).await;
    }
}

#[tokio::test]
async fn ids_that_name_nothing_here() {
    let (server, anja, family) = bench().await;
    let nobody = || json!(Uuid::new_v4());
    for (mutation, input, code) in [
        ("renamePerson", json!({"person": nobody(), "name": "Quinten"}), "PERSON_UNKNOWN"),
        (
            "recordBirthDate",
            json!({"person": nobody(), "birthDate": "1990-01-01", "source": "STATEMENT"}),
            "PERSON_UNKNOWN",
        ),
        (
            "recordAuthority",
            json!({"child": nobody(), "kind": "ONE_PARENT", "holders": [family.mother], "from": TODAY, "source": "COURT"}),
            "PERSON_UNKNOWN",
        ),
        (
            "recordRecognition",
            json!({"child": family.son, "parent": nobody(), "recognised": true, "from": TODAY, "source": "DEED"}),
            "PERSON_UNKNOWN",
        ),
        (
            "grantConsent",
            json!({"giver": nobody(), "subject": family.son, "kind": "HELP", "evidence": "SPOKEN"}),
            "PERSON_UNKNOWN",
        ),
        ("withdrawConsent", json!({"consent": nobody()}), "CONSENT_UNKNOWN"),
        ("relabelHousehold", json!({"household": nobody(), "label": "bij oma"}), "HOUSEHOLD_UNKNOWN"),
        (
            "recordAddress",
            json!({"household": nobody(), "address": "Dorp 1", "from": TODAY, "source": "REGISTER"}),
            "HOUSEHOLD_UNKNOWN",
        ),
        ("protectLocatingData", json!({"person": nobody(), "reason": "Angst."}), "PERSON_UNKNOWN"),
        ("leaveParty", json!({"worker": nobody()}), "PARTY_ABSENT"),
        (
            "recordFamilyWord",
            json!({"handover": nobody(), "person": family.mother, "agrees": true, "toldDay": TODAY}),
            "HANDOVER_UNKNOWN",
        ),
        ("strikeOutFact", json!({"fact": nobody(), "reason": "Verschreven."}), "FACT_UNKNOWN"),
        (
            "changeAudience",
            json!({"fact": nobody(), "audience": {"director": true}, "reason": "Vertrouwelijk."}),
            "AUDIENCE_FACT_UNKNOWN",
        ),
        ("reportDeparture", json!({"rule": "no_such_rule", "what": "Anders."}), "DEPARTURE_RULE_UNKNOWN"),
        (
            "reportDeparture",
            json!({"rule": "family_decides", "what": "Anders.", "mentions": [nobody()]}),
            "PERSON_UNKNOWN",
        ),
        ("linkSignal", json!({"signal": nobody()}), "NOT_AVAILABLE"),
        ("closeCase", json!({"outcome": "GOOD_ENOUGH", "commandId": "not-an-id"}), "BAD_ID"),
        ("renamePerson", json!({"person": "'; DROP TABLE event; --", "name": "Quinten"}), "BAD_ID"),
    ] {
        refuses(&server, &anja, mutation, &family.input(input), code).await;
    }
    refuses(&server, &anja, "closeCase", &json!({"caseId": "1 OR 1=1", "outcome": "GOOD_ENOUGH"}), "BAD_ID").await;
    refuses(
        &server,
        &server.as_("noor"),
        "setSignalAside",
        &json!({"signal": nobody(), "reason": "Niet nodig."}),
        "NOT_AVAILABLE",
    )
    .await;
}

#[tokio::test]
async fn dates_in_the_wrong_order() {
    let (server, anja, family) = bench().await;
    let (before, after) = ("2026-11-01", "2026-10-01");
    let household = made(
        &anja.does("formHousehold", family.input(json!({"label": "bij mama", "from": before}))).await,
        "HOUSEHOLD",
    )[0]
    .clone();
    for (mutation, input, code) in [
        (
            "addPerson",
            json!({"name": "Quinten", "role": "PARENT", "occurred": {"day": "2026-11-17"}}),
            "OCCURRED_IN_FUTURE",
        ),
        (
            "addPerson",
            json!({"name": "Quinten", "role": "PARENT", "occurred": {"day": before}, "learnt": after}),
            "LEARNT_OUT_OF_ORDER",
        ),
        ("addPerson", json!({"name": "Quinten", "role": "CHILD", "birthDate": "2030-01-01"}), "BIRTH_DATE_IMPOSSIBLE"),
        (
            "recordFamilyRole",
            json!({"person": family.mother, "role": "CARER", "from": before, "until": after}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "recordAuthority",
            json!({"child": family.son, "kind": "ONE_PARENT", "holders": [family.mother], "from": before, "until": after, "source": "COURT"}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "recordRecognition",
            json!({"child": family.son, "parent": family.mother, "recognised": true, "from": "2001-01-01", "source": "DEED"}),
            "RECOGNITION_BEFORE_BIRTH",
        ),
        (
            "recordMembership",
            json!({"household": household, "person": family.son, "from": before, "until": after}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "grantConsent",
            json!({"giver": family.mother, "subject": family.son, "kind": "HELP", "evidence": "SPOKEN", "from": TODAY, "until": after}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "appointDeputy",
            json!({"deputy": server.worker("joost"), "organisation": "jeugd-en-gezin-gooi", "from": "2026-11-20", "until": "2026-11-18", "reason": "Afwezig."}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "offerHandover",
            json!({"successor": server.worker("layla"), "organisation": "jeugd-en-gezin-gooi", "planned": after, "reason": "Anders.", "summary": "Rust."}),
            "PLANNED_IN_PAST",
        ),
    ] {
        refuses(&server, &anja, mutation, &family.input(input), code).await;
    }
}

#[tokio::test]
async fn texts_that_are_empty_too_long_or_cannot_be_shown() {
    let (server, anja, family) = bench().await;
    let long = "a".repeat(4_001);
    let texts = [
        ("   ", "TEXT_EMPTY"),
        (long.as_str(), "TEXT_TOO_LONG"),
        ("a\u{0007}b", "TEXT_UNPRINTABLE"),
        ("a\u{202E}b", "TEXT_UNPRINTABLE"),
        ("a\u{0000}b", "TEXT_UNPRINTABLE"),
        ("a\u{200B}b", "TEXT_UNPRINTABLE"),
    ];
    for (text, code) in texts {
        for (mutation, input) in [
            ("addPerson", json!({"name": text, "role": "PARENT"})),
            ("formHousehold", json!({"label": text, "from": TODAY})),
            ("reportDeparture", json!({"rule": "family_decides", "what": text})),
            ("refuseConsent", json!({"giver": family.mother, "subject": family.son, "kind": "HELP", "reason": text})),
            ("endDirectorship", json!({"reason": text})),
            ("protectLocatingData", json!({"person": family.mother, "reason": text})),
            (
                "offerHandover",
                family
                    .offering(&server, "layla", "2026-11-20")
                    .as_object()
                    .map(|input| {
                        let mut input = input.clone();
                        input.insert("summary".into(), json!(text));
                        Value::Object(input)
                    })
                    .unwrap(),
            ),
            ("strikeOutFact", json!({"fact": Uuid::new_v4(), "reason": text})),
            ("closeCase", json!({"outcome": "GOOD_ENOUGH", "explanation": text})),
        ] {
            let answer = refuses(&server, &anja, mutation, &family.input(input), code).await;
            assert!(answer.details()["field"].is_string(), "{mutation}: {}", answer.body);
        }
    }
    for organisation in ["", "Jeugd & Gezin", "../etc", "jeugd\u{202E}", &"a".repeat(400)] {
        let mut input = family.assigning(&server, "layla");
        input["organisation"] = json!(organisation);
        refuses(&server, &anja, "assignCaseDirector", &input, "BAD_ORGANISATION").await;
    }
}

/// A choice without anything more to say is made by saying true. Who sends false does not mean it: nothing is published, no access opens,
/// and nothing goes to the layer of the children.
#[tokio::test]
async fn a_choice_that_says_false_is_refused() {
    let (server, anja, family) = bench().await;
    let nobody = || json!(Uuid::new_v4());
    let audience = |audience: Value| family.input(json!({"fact": nobody(), "audience": audience, "reason": "Ruim."}));
    let assignment = json!([{"item": {"action": nobody()}, "to": {"children": false}}]);
    for (mutation, input, field) in [
        ("changeAudience", audience(json!({"case": false})), "case"),
        ("changeAudience", audience(json!({"director": false})), "director"),
        (
            "splitPlanPerHousehold",
            family.input(json!({"ground": "BOTH_WISH", "reason": "Rust.", "households": [nobody(), nobody()], "assignment": assignment})),
            "children",
        ),
    ] {
        let answer = refuses(&server, &anja, mutation, &input, "NOT_TRUE").await;
        assert_eq!(answer.details()["field"], field, "{mutation}: {}", answer.body);
    }
    let joost = server.as_("joost");
    joost.ask("{ me { id } }").await;
    let opening = family.input(json!({"ground": {"vitalInterest": false}, "reason": "Een kind is weg."}));
    let answer = refuses(&server, &joost, "openEmergencyAccess", &opening, "NOT_TRUE").await;
    assert_eq!(answer.details()["field"], "vitalInterest", "{}", answer.body);
    assert_eq!(family.look(&joost).await.code(), "NOT_AVAILABLE", "no access was opened");
}

/// What is searched for is bounded as a name is; nothing typed is no search.
#[tokio::test]
async fn words_to_search_for_are_bounded() {
    let (_server, anja, _) = bench().await;
    let query = "query($search: PersonSearch!) { searchPeople(search: $search) { totalCount } }";
    let long = "a".repeat(121);
    for (search, code) in [
        (json!({"name": long}), "TEXT_TOO_LONG"),
        (json!({"name": long, "birthDate": TODAY}), "TEXT_TOO_LONG"),
        (json!({"name": "a\u{202E}b"}), "TEXT_UNPRINTABLE"),
        (json!({"name": "  "}), "NOTHING_TO_SEARCH"),
        (json!({}), "NOTHING_TO_SEARCH"),
    ] {
        let answer = anja.ask_with(query, json!({"search": search})).await;
        assert_eq!(answer.code(), code, "{search}");
        assert_eq!(answer.details()["field"] == "name", code.starts_with("TEXT"), "{}", answer.body);
    }
    let found = anja.ask_with(query, json!({"search": {"name": "  ", "birthDate": "1990-05-05"}})).await;
    assert_eq!(found.data("searchPeople")["totalCount"], 1);
}

/// Privacy: names stay with the person they are of, also in what others write.
#[tokio::test]
async fn a_name_in_a_text_is_refused_with_the_persons_found_until_it_says_so() {
    let (server, anja, family) = bench().await;
    let what = "Bartholomeus was erbij toen het anders ging.";
    let input = family.input(json!({"rule": "family_decides", "what": what}));
    let answer = refuses(&server, &anja, "reportDeparture", &input, "NAMES_IN_TEXT").await;
    assert_eq!(answer.details()["persons"], json!([family.son]));
    assert!(!answer.body.to_string().contains("Bartholomeus"), "{}", answer.body);
    let mentioned = family.input(json!({"rule": "family_decides", "what": what, "mentions": [family.son]}));
    anja.does("reportDeparture", mentioned).await;
    let referred =
        family.input(json!({"rule": "family_decides", "what": format!("{{person:{}}} was erbij.", family.son)}));
    anja.does("reportDeparture", referred).await;
    let mut named = opening();
    named["question"] = json!("Bartholomeus wil rust.");
    let refused = refuses(&server, &server.as_("noor"), "openCase", &named, "NAMES_IN_TEXT").await;
    assert_eq!(refused.details()["people"], json!([2]));
}

#[tokio::test]
async fn acts_that_come_too_late() {
    let (server, anja, family) = bench().await;
    let consent = made(
        &anja
            .does(
                "grantConsent",
                family.input(
                    json!({"giver": family.mother, "subject": family.mother, "kind": "HELP", "evidence": "SPOKEN"}),
                ),
            )
            .await,
        "CONSENT",
    )[0]
    .clone();
    anja.does("withdrawConsent", family.input(json!({"consent": consent}))).await;
    let handover =
        made(&anja.does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await, "HANDOVER")[0].clone();
    let layla = server.as_("layla");
    layla.ask("{ me { id } }").await;
    let accepting = family.input(json!({"handover": handover}));
    refuses(&server, &layla, "acceptHandover", &accepting, "FAMILY_NOT_ASKED").await;
    let word = json!({"handover": handover, "person": family.mother, "agrees": true, "toldDay": "2026-11-20"});
    anja.does("recordFamilyWord", family.input(word)).await;
    refuses(&server, &layla, "acceptHandover", &accepting, "SUMMARY_NOT_READ").await;
    anja.does("endHandover", family.input(json!({"handover": handover, "reason": "Toch niet."}))).await;
    for (mutation, input, code) in [
        ("withdrawConsent", json!({"consent": consent}), "CONSENT_ALREADY_WITHDRAWN"),
        ("endHandover", json!({"handover": handover}), "HANDOVER_CLOSED"),
        ("endDeputy", json!({}), "DEPUTY_ABSENT"),
        ("tellFamilyOfDeputy", json!({"deputy": server.worker("kees"), "persons": [family.mother]}), "DEPUTY_UNKNOWN"),
        ("reopenCase", json!({"reason": "Toch niet klaar."}), "CASE_NOT_CLOSED"),
        ("assignCaseDirector", family.assigning(&server, "joost"), "DIRECTOR_PRESENT"),
        ("confirmLiftingProtection", json!({"person": family.mother}), "NOT_PROTECTED"),
        ("closeCase", json!({"outcome": "GOOD_ENOUGH"}), "REGIE_NOT_HANDED_BACK"),
    ] {
        refuses(&server, &anja, mutation, &family.input(input), code).await;
    }
    anja.does("handBackRegie", family.input(json!({"tasks": ["OVERVIEW", "PLAN"], "to": family.mother}))).await;
    anja.does("closeCase", family.input(json!({"outcome": "GOOD_ENOUGH"}))).await;
    for (mutation, input) in [
        ("closeCase", json!({"outcome": "GOOD_ENOUGH"})),
        ("assignCaseDirector", family.assigning(&server, "joost")),
        ("appointDeputy", family.deputising(&server, "joost", "2026-11-20")),
    ] {
        refuses(&server, &anja, mutation, &family.input(input), "CASE_NOT_OPEN").await;
    }
}

/// What the schema itself refuses. Nothing is written, and the client is told that it is the request that is wrong.
#[tokio::test]
async fn input_that_does_not_fit_the_schema() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    for (mutation, input) in [
        ("addPerson", json!({"name": 7, "role": "PARENT"})),
        ("addPerson", json!({"name": "Quinten", "role": "KING"})),
        ("addPerson", json!({"name": "Quinten"})),
        ("addPerson", json!({"name": "Quinten", "role": "PARENT", "colour": "red"})),
        ("addPerson", json!({"name": "Quinten", "role": "PARENT", "birthDate": "2026-02-30"})),
        ("addPerson", json!({"name": "Quinten", "role": "PARENT", "birthDate": 20_000})),
        ("addPerson", json!({"name": null, "role": "PARENT"})),
        (
            "addPerson",
            json!({"name": "Quinten", "role": "PARENT", "occurred": {"day": TODAY, "at": "2026-11-16T08:00:00Z"}}),
        ),
        ("addPerson", json!({"name": "Quinten", "role": "PARENT", "mentions": [[]]})),
        ("correctFact", json!({"fact": Uuid::new_v4(), "reason": "Fout.", "content": {}})),
        (
            "recordRecognition",
            json!({"child": family.son, "parent": family.mother, "recognised": "yes", "from": TODAY, "source": "DEED"}),
        ),
    ] {
        let strict = anja.with("accept", "application/graphql-response+json");
        let answer = strict.send(mutation, family.input(input.clone())).await;
        assert_eq!(answer.code(), "INVALID_REQUEST", "{input}: {}", answer.body);
        // A value that only its own type can judge is read when the field runs: that is an answer, without data.
        let expected = if answer.body["errors"][0]["path"].is_array() { 200 } else { 400 };
        assert_eq!((answer.status.as_u16(), answer.body["data"].is_null()), (expected, true), "{}", answer.body);
        assert!(!answer.body.to_string().contains("Quinten"), "what was typed is not repeated: {}", answer.body);
    }
    assert_eq!(server.head().await, head);
}

#[tokio::test]
async fn queries_that_are_too_deep_too_wide_or_name_what_is_not_there() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    let deep = format!(
        "{{ case(id: \"{}\") {{ {} id {} }} }}",
        family.case,
        "asOf(about: \"2026-11-16\") { ".repeat(20),
        "}".repeat(20)
    );
    // A list costs its fields once for each row asked for.
    let wide = (0..210).map(|n| format!("a{n}: id")).collect::<Vec<_>>().join(" ");
    let wide = format!("{{ case(id: \"{}\") {{ timeline(first: 100) {{ nodes {{ {wide} }} }} }} }}", family.case);
    let nested = format!("{}{}", "{".repeat(5_000), "}".repeat(5_000));
    for query in [deep, wide, "{ nonsense }".to_owned(), "{ me { password } }".to_owned(), nested, String::new()] {
        let answer = anja.with("accept", "application/graphql-response+json").ask(&query).await;
        assert_eq!((answer.status.as_u16(), answer.body.get("data")), (400, None), "{query:.40}: {}", answer.body);
        let code = answer.body["errors"][0]["extensions"]["code"].clone();
        assert_eq!(code, "INVALID_REQUEST", "{query:.40}: {}", answer.body);
    }
    assert_eq!(server.head().await, head);
}

async fn status(request: RequestBuilder) -> (u16, String) {
    let answer = Answer::of(request).await;
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn requests_that_are_none() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    let json = |body: String| anja.post().header("content-type", "application/json").body(body);
    assert_eq!(status(json("{".to_owned())).await, (400, "BAD_REQUEST".to_owned()));
    assert_eq!(status(json("[]".to_owned())).await, (400, "BAD_REQUEST".to_owned()));
    assert_eq!(status(json("x".repeat(300 * 1024))).await, (413, "TOO_LARGE".to_owned()));
    let text = anja.post().header("content-type", "text/plain").body("{\"query\":\"{me{id}}\"}");
    assert_eq!(status(text).await, (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()));
    let mutation = format!(
        "/graphql?query=mutation%7BcloseCase(input%3A%7BcaseId%3A%22{}%22%2Coutcome%3AGOOD_ENOUGH%7D)%7Brepeated%7D%7D",
        family.case
    );
    assert_eq!(status(anja.get(&mutation)).await, (405, "METHOD_NOT_ALLOWED".to_owned()));
    assert_eq!(
        status(anja.get("/graphql?query=%7Bme%7Bid%7D%7D&variables=%7B%22a%22%3A1%7D")).await,
        (400, "BAD_REQUEST".to_owned())
    );
    assert_eq!(server.head().await, head);
}
