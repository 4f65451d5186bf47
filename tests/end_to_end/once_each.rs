//! Commands that no other test sees succeed: each once, over HTTP, with what its reader sees of it.

use serde_json::json;

use crate::family::{Family, made};
use crate::server::fresh;

#[tokio::test]
async fn a_deputy_stops_before_the_last_day() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    server.tell("2026-11-17");
    anja.does("endDeputy", family.input(json!({}))).await;
    let deputy = "regie { deputy { worker { name } until } }";
    assert_eq!(anja.case(&family.case, deputy).await["regie"]["deputy"]["until"], "2026-11-17");
    server.tell("2026-11-18");
    assert_eq!(anja.case(&family.case, deputy).await["regie"]["deputy"], json!(null));
    assert_eq!(family.look(&server.as_("joost")).await.code(), "NOT_AVAILABLE");
    assert_eq!(anja.refused("endDeputy", family.input(json!({}))).await, "DEPUTY_ABSENT");
}

#[tokio::test]
async fn a_role_in_the_family_changes_from_a_day_on() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let added = anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "NETWORK_MEMBER"}))).await;
    let quinten = made(&added, "PERSON")[0].clone();
    let carer = json!({"person": quinten, "role": "CARER", "from": "2026-11-17"});
    anja.does("recordFamilyRole", family.input(carer)).await;
    let roles = "people { id role }";
    for (day, role) in [("2026-11-16", "NETWORK_MEMBER"), ("2026-11-17", "CARER")] {
        server.tell(day);
        let people = anja.case(&family.case, roles).await["people"].clone();
        assert_eq!(crate::client::find(&people, "id", &quinten)["role"], role, "{day}");
    }
}
