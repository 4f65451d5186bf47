//! What visitors ask: a case opened by the real mutations, a command, a look at a case. Invented people only.

use serde_json::{Value, json};
use tests::cases::{JOOST, PETRA};
use uuid::Uuid;

use super::site::{Visitor, body};

const OPEN: &str = "mutation($input: OpenCaseInput!) { openCase(input: $input) { created { kind id } } }";
const FORM: &str = "mutation($input: FormHouseholdInput!) { formHousehold(input: $input) { created { kind id } } }";
const JOIN: &str = "mutation($input: JoinPartyInput!) { joinParty(input: $input) { repeated } }";
const ASSIGN: &str = "mutation($input: AssignCaseDirectorInput!) { assignCaseDirector(input: $input) { repeated } }";
/// The command that is measured.
const STATE: &str = "mutation($input: StateContributionInput!) { stateContribution(input: $input) { repeated } }";

/// The look at a case that is measured: people with authority, households with members, regie with director and parties.
const CASE: &str = "query($input: ID!) { case(id: $input) { revision phase \
    people { id name birthDate role authority { kind from holders { id } } } \
    households { id label since members { person { id } from until } } \
    regie { director { worker { id name } organisation since tasks } \
            parties { worker { id name } organisation since expertise can cannot } gap { since parties } } } }";

/// Passes the door and runs in the schema, and asks for nothing that the gate or the trail would meet.
pub const NOTHING: &str = "{ __typename }";

/// Opens a case in five commands: people, authority and consents at once; two households; a professional; a director.
pub async fn open_case(noor: &Visitor) -> Uuid {
    let opened = noor.ask(OPEN, opening()).await;
    let created = |kind: &str| -> Vec<&str> {
        let all = opened["data"]["openCase"]["created"].as_array().unwrap();
        all.iter().filter(|made| made["kind"] == kind).map(|made| made["id"].as_str().unwrap()).collect()
    };
    let (case, people, consents) = (created("CASE")[0], created("PERSON"), created("CONSENT"));
    let (mother, child, father) = (people[0], people[1], people[2]);
    for (label, adult) in [("bij mama", mother), ("bij papa", father)] {
        let household = json!({"caseId": case, "label": label, "from": "2026-01-09", "members": [adult, child]});
        noor.ask(FORM, household).await;
    }
    let party = json!({"caseId": case, "worker": PETRA.as_uuid(), "organisation": "zorg-vecht", "expertise": "upbringing",
        "consents": consents.get(1)});
    noor.ask(JOIN, party).await;
    let director = json!({"caseId": case, "director": JOOST.as_uuid(), "organisation": "gemeente-huizen",
        "tasks": ["OVERVIEW", "PLAN"], "agreed": [{"person": mother}, {"worker": PETRA.as_uuid()}]});
    noor.ask(ASSIGN, director).await;
    case.parse().unwrap()
}

fn opening() -> Value {
    let someone =
        |key, name, born, role| json!({"key": key, "name": name, "birthDate": format!("{born}-01-09"), "role": role});
    let consent = |kind| {
        json!({"giver": "parent", "subject": "child", "kind": kind, "evidence": "SPOKEN",
            "explained": "What will happen, who will know, and that it can be taken back."})
    };
    json!({"municipality": "gemeente-huizen", "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
        "question": "Rest at home, and a plan for the weekends that holds.",
        "people": [someone("parent", "Samira Boukhari", 1988, "PARENT"), someone("child", "Ilias Boukhari", 2017, "CHILD"),
            someone("father", "Karim Haddad", 1986, "PARENT")],
        "authority": [{"child": "child", "kind": "ONE_PARENT", "holders": ["parent"], "from": "2017-01-09",
            "source": "REGISTER"}],
        "consents": [consent("HELP"), consent("JOINING")]})
}

/// The professional says what can and cannot be offered, as `tests::cases::contribution` does.
pub fn contribution_input(case: Uuid) -> Value {
    json!({"caseId": case, "worker": PETRA.as_uuid(),
        "can": "Comes every Tuesday after school and every second weekend; calls both homes the evening before.",
        "cannot": "Does not come in the holidays; cannot be reached at night."})
}

/// The document of [`contribution_input`].
pub const fn contribution_document() -> &'static str {
    STATE
}

/// The document that looks at a case; its one variable is the case.
pub const fn case_document() -> &'static str {
    CASE
}

/// A body that states a contribution.
pub fn contribution(case: Uuid) -> String {
    body(STATE, contribution_input(case))
}

/// A body that looks at a case.
pub fn look(case: Uuid) -> String {
    body(CASE, json!(case))
}
