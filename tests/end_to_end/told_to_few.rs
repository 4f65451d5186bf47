//! What was told to a few shows to nobody else: not by itself, and not in what follows from it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Server, fresh};

const FACTS: &str = "timeline(first: 100) { nodes { id kind } }";
const WORKLIST: &str = "{ worklist { nodes { kind day handoverId worker { name } } } }";
const CASELOAD: &str = "{ caseload { nodes { attention { kind day number handoverId worker { name } } } } }";

/// The fact of this kind, told from now on to this audience only.
async fn tell_only(teller: &Person, family: &Family, kind: &str, audience: Value) {
    let facts = teller.case(&family.case, FACTS).await["timeline"]["nodes"].clone();
    let fact = find(&facts, "kind", kind)["id"].clone();
    let input = json!({"fact": fact, "audience": audience, "reason": "Op verzoek."});
    teller.does("changeAudience", family.input(input)).await;
}

async fn attention(person: &Person) -> Value {
    person.ask(CASELOAD).await.data("caseload")["nodes"][0]["attention"].clone()
}

async fn son(person: &Person, family: &Family, fields: &str) -> Value {
    let people = person.case(&family.case, &format!("people {{ id {fields} }}")).await["people"].clone();
    find(&people, "id", &family.son).clone()
}

async fn joins(server: &Server, family: &Family, key: &str, more: Value) -> String {
    let mut input = json!({"worker": server.worker(key), "organisation": "zorg-bv", "specialist": false, "consents": [],
        "explanation": "Was er al."});
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
    made(&server.as_("noor").does("reportPartyJoined", family.input(input)).await, "FACT")[0].clone()
}

/// An offer is for who offers it, its director and its successor: neither access nor the deputy reads in a list who was asked.
#[tokio::test]
async fn an_offer_stands_only_on_the_lists_of_whom_it_was_told() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-12-20")).await;
    anja.does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    assert_eq!(each(&attention(&anja).await, "kind"), ["HANDOVER_WAITING"]);
    let offered = server.as_("layla").ask(WORKLIST).await.data("worklist")["nodes"].clone();
    assert_eq!(each(&offered, "kind"), ["HANDOVER_WAITING"]);
    for key in ["noor", "joost"] {
        let person = server.as_(key);
        assert_eq!(attention(&person).await, json!([]), "{key}");
        assert_eq!(person.ask(WORKLIST).await.data("worklist")["nodes"], json!([]), "{key}");
    }
}

/// Once there is a director, access sees no people: also not through who agreed or to whom a task went back.
#[tokio::test]
async fn no_path_leads_from_regie_to_people() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    anja.does("handBackRegie", family.input(json!({"tasks": ["PLAN"], "to": family.mother}))).await;
    let person = "id authority { from until source personMustDecide } recognitions { from source parent { id } }";
    let fields = format!(
        "director {{ openTasks agreedBy {{ ... on Person {{ {person} }} }} }} regie {{ unownedTasks handedBack {{ task from to {{ {person} }} }} }}"
    );
    let seen = noor.case(&family.case, &fields).await;
    assert_eq!(seen["director"], json!({"openTasks": ["OVERVIEW"], "agreedBy": []}));
    assert_eq!(seen["regie"]["handedBack"], json!([{"task": "PLAN", "from": "2026-11-16", "to": null}]));
    let direct = anja.case(&family.case, &fields).await;
    assert_eq!(direct["regie"]["handedBack"][0]["to"]["id"], json!(family.mother));

    tell_only(&anja, &family, "RegieHandedBack", json!({"director": true})).await;
    let seen = noor.case(&family.case, &fields).await;
    assert_eq!(seen["regie"]["handedBack"], json!([]));
    assert_eq!(seen["director"]["openTasks"], json!(["OVERVIEW", "PLAN"]), "as if it had not gone back");
    assert_eq!(anja.case(&family.case, &fields).await["director"]["openTasks"], json!(["OVERVIEW"]));
}

/// Authority and recognition told to the director only show to others as not recorded, and so does what help lacks.
#[tokio::test]
async fn authority_that_is_not_told_is_as_if_it_were_not_recorded() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let recognised = json!({"child": family.son, "parent": family.mother, "recognised": true, "from": "2018-06-06", "source": "DEED"});
    noor.does("recordRecognition", family.input(recognised)).await;
    let fields = "authority { kind from until source personMustDecide holders { id } } recognitions { recognised from source parent { id } }
        helpMissing { refused personMustDecide person { id } }";
    let before = son(&noor, &family, fields).await;
    assert_eq!(before["authority"]["holders"], json!([{"id": family.mother}]));
    assert_eq!((&before["recognitions"][0]["from"], &before["helpMissing"]), (&json!("2018-06-06"), &json!([])));
    for kind in ["AuthorityRecorded", "RecognitionRecorded"] {
        tell_only(&noor, &family, kind, json!({"director": true})).await;
    }
    let after = son(&noor, &family, fields).await;
    let nothing =
        json!({"kind": null, "from": null, "until": null, "source": null, "personMustDecide": true, "holders": []});
    assert_eq!((&after["authority"], &after["recognitions"]), (&nothing, &json!([])));
    assert_eq!(after["helpMissing"], json!([{"refused": false, "personMustDecide": true, "person": null}]));
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    assert_eq!(son(&server.as_("anja"), &family, fields).await, before);
}

/// That somebody said no in their own words is for the director; to others that person has not agreed.
#[tokio::test]
async fn a_no_that_is_not_told_is_no_yes_and_no_no() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let refused =
        json!({"giver": family.mother, "subject": family.son, "kind": "HELP", "reason": "Ik wil het niet meer."});
    noor.does("refuseConsent", family.input(refused)).await;
    let missing =
        async |who: &Person| son(who, &family, "helpMissing { refused person { id } }").await["helpMissing"].clone();
    assert_eq!(missing(&noor).await, json!([{"refused": false, "person": {"id": family.mother}}]));
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    assert_eq!(missing(&server.as_("anja")).await, json!([{"refused": true, "person": {"id": family.mother}}]));
}

/// Counts hold only what their reader may know: a gap of which one party is told is a case without a director.
#[tokio::test]
async fn a_party_that_is_not_told_counts_nowhere() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    joins(&server, &family, "petra", json!({"specialist": true, "expectedEnd": "2026-11-17"})).await;
    let hidden = joins(&server, &family, "sam", json!({})).await;
    server.tell("2026-11-18");
    let fields =
        "regie { parties { organisation } duplicateOrganisations { organisation workers { id } } gap { parties } }";
    let gaps = "{ gaps { totalCount nodes { parties } } }";
    let before = noor.case(&family.case, fields).await["regie"].clone();
    assert_eq!(
        (before["gap"]["parties"].clone(), before["duplicateOrganisations"][0]["workers"].as_array().unwrap().len()),
        (json!(2), 2)
    );
    assert_eq!(noor.ask(gaps).await.data("gaps"), json!({"totalCount": 1, "nodes": [{"parties": 2}]}));
    let kinds = each(&attention(&noor).await, "kind");
    assert!(kinds.contains(&json!("GAP")) && kinds.contains(&json!("SPECIALIST_OVERDUE")), "{kinds:?}");

    let hide = json!({"fact": hidden, "audience": {"director": true}, "reason": "Op verzoek."});
    noor.does("changeAudience", family.input(hide)).await;
    let after = noor.case(&family.case, fields).await["regie"].clone();
    assert_eq!(after, json!({"parties": [{"organisation": "zorg-bv"}], "duplicateOrganisations": [], "gap": null}));
    assert_eq!(noor.ask(gaps).await.data("gaps"), json!({"totalCount": 0, "nodes": []}));
    let kinds = each(&attention(&noor).await, "kind");
    assert!(kinds.contains(&json!("NO_DIRECTOR")) && !kinds.contains(&json!("GAP")), "{kinds:?}");

    tell_only(&noor, &family, "PartyJoined", json!({"director": true})).await;
    let kinds = each(&attention(&noor).await, "kind");
    assert!(!kinds.contains(&json!("SPECIALIST_OVERDUE")), "{kinds:?}");
}

/// A search finds by what the searcher may know; who was told more finds by more.
#[tokio::test]
async fn a_name_or_birth_date_that_is_not_told_finds_nobody() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let add = json!({"name": "Quirina", "birthDate": "1950-02-03", "role": "CARER"});
    noor.does("addPerson", family.input(add)).await;
    let found = async |person: &Person, search: Value| {
        let query = "query($search: PersonSearch!) { searchPeople(search: $search) { totalCount nodes { person { id name } } } }";
        person.ask_with(query, json!({"search": search})).await.data("searchPeople")["totalCount"].clone()
    };
    let (by_name, by_birth) = (json!({"name": "Quirina"}), json!({"birthDate": "1950-02-03"}));
    for search in [&by_name, &by_birth] {
        assert_eq!(found(&noor, search.clone()).await, 1);
    }
    tell_only(&noor, &family, "PersonAdded", json!({"director": true})).await;
    for search in [&by_name, &by_birth] {
        assert_eq!(found(&noor, search.clone()).await, 0);
    }
    let renamed = json!({"person": family.son, "name": "Bartje"});
    noor.does("renamePerson", family.input(renamed)).await;
    noor.does(
        "recordBirthDate",
        family.input(json!({"person": family.son, "birthDate": "2018-06-05", "source": "STATEMENT"})),
    )
    .await;
    tell_only(&noor, &family, "BirthDateRecorded", json!({"director": true})).await;
    let both = json!({"name": "Bartje", "birthDate": "2018-06-05"});
    assert_eq!(found(&noor, json!({"name": "Bartje"})).await, 1);
    assert_eq!(found(&noor, both.clone()).await, 0);
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    for search in [by_name, by_birth, both] {
        assert_eq!(found(&server.as_("anja"), search).await, 1);
    }
}

/// Somebody of whom only the director is told is nowhere for others: not among the people, and not through anything that names them.
#[tokio::test]
async fn somebody_told_to_few_is_not_there_for_others() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let added = noor.does("addPerson", family.input(json!({"name": "Quirina", "role": "CARER"}))).await;
    let carer = made(&added, "PERSON")[0].clone();
    noor.does("renamePerson", family.input(json!({"person": carer, "name": "Quirine"}))).await;
    let fields =
        "people { id protected helpMissing { refused } } timeline(first: 100) { nodes { kind persons { id } } }";
    let seen = async |who: &Person| {
        let case = who.case(&family.case, fields).await;
        let renamed = find(&case["timeline"]["nodes"], "kind", "PersonRenamed")["persons"].clone();
        (each(&case["people"], "id"), renamed)
    };
    let (everyone, named) = (json!([family.mother, family.son, carer]), json!([{"id": carer}]));
    assert_eq!(seen(&noor).await, (everyone.as_array().unwrap().clone(), named.clone()));
    tell_only(&noor, &family, "PersonAdded", json!({"director": true})).await;
    assert_eq!(seen(&noor).await, (vec![json!(family.mother), json!(family.son)], json!([])));
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    assert_eq!(seen(&server.as_("anja")).await, (everyone.as_array().unwrap().clone(), named));
}

/// Who must be asked is not half told: with a parent of whom the viewer is not told, a person must decide.
#[tokio::test]
async fn a_parent_who_is_not_told_is_not_asked() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let fields =
        "authority { kind personMustDecide holders { id } } helpMissing { refused personMustDecide person { id } }";
    let facts = noor.case(&family.case, "timeline(first: 100) { nodes { id kind persons { id } } }").await;
    let facts = facts["timeline"]["nodes"].as_array().unwrap().clone();
    let mother = json!([{"id": family.mother}]);
    let added = facts.iter().find(|fact| fact["kind"] == "PersonAdded" && fact["persons"] == mother).unwrap();
    let hide = json!({"fact": added["id"], "audience": {"director": true}, "reason": "Op verzoek."});
    noor.does("changeAudience", family.input(hide)).await;
    let after = son(&noor, &family, fields).await;
    assert_eq!(after["authority"], json!({"kind": "ONE_PARENT", "personMustDecide": true, "holders": []}));
    let refused = json!({"giver": family.mother, "subject": family.son, "kind": "HELP"});
    noor.does("refuseConsent", family.input(refused)).await;
    let lacks = json!([{"refused": false, "personMustDecide": true, "person": null}]);
    assert_eq!(son(&noor, &family, fields).await["helpMissing"], lacks);
}

/// The end of something is told by a fact of its own: whoever is not told of it reads no last day.
#[tokio::test]
async fn an_end_that_is_not_told_has_no_day() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    joins(&server, &family, "petra", json!({})).await;
    server.tell("2026-11-18");
    let petra = server.worker("petra");
    anja.does("leaveParty", family.input(json!({"worker": petra, "lastDay": "2026-11-17"}))).await;
    anja.does("endDirectorship", family.input(json!({"reason": "Andere functie."}))).await;
    let fields = "regie { directors { until } parties { until worker { id } } otherParties { until worker { id } } }";
    let before = noor.case(&family.case, fields).await["regie"].clone();
    let left = json!([{"until": "2026-11-17", "worker": {"id": petra}}]);
    assert_eq!(before, json!({"directors": [{"until": "2026-11-18"}], "parties": [], "otherParties": left}));
    for kind in ["PartyLeft", "DirectorEnded"] {
        tell_only(&anja, &family, kind, json!({"director": true})).await;
    }
    let stays = json!([{"until": null, "worker": {"id": petra}}]);
    let after = noor.case(&family.case, fields).await["regie"].clone();
    assert_eq!(after, json!({"directors": [{"until": null}], "parties": stays, "otherParties": []}));
    assert_eq!(anja.case(&family.case, fields).await["regie"], before);
}

/// That something was corrected shows to whoever may know the correcting fact; to others it just says what it says.
#[tokio::test]
async fn a_correction_that_is_not_told_does_not_show() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let renamed = noor.does("renamePerson", family.input(json!({"person": family.son, "name": "Bartje"}))).await;
    let target = made(&renamed, "FACT")[0].clone();
    let correct = json!({"fact": target, "reason": "Verkeerd verstaan.", "content": {"name": "Bart"}});
    noor.does("correctFact", family.input(correct)).await;
    let fields = "timeline(first: 100) { nodes { id correction { id struckOut at by { id } earlierWords { text } } } }";
    let correction = async |who: &Person| {
        let nodes = who.case(&family.case, fields).await["timeline"]["nodes"].clone();
        find(&nodes, "id", &target)["correction"].clone()
    };
    let before = correction(&noor).await;
    assert_eq!(before["earlierWords"], json!([{"text": "Bartje"}]));
    tell_only(&noor, &family, "FactCorrected", json!({"director": true})).await;
    assert_eq!(correction(&noor).await, json!(null));
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    assert_eq!(correction(&server.as_("anja")).await, before);
}
