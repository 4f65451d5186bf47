//! Protection of locating data: what shows where somebody is, and that one worker cannot undo it.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh};
use crate::wide;

const STREET: &str = "Zeisterweg 7";

/// A family whose household Noor recorded, with its address and a party that came in about the mother; nobody directs yet.
struct Home {
    server: Fresh,
    family: Family,
    /// The fact that holds the address.
    address: String,
}

impl Home {
    async fn recorded() -> Self {
        let server = fresh("2026-11-16");
        let family = Family::open(&server).await;
        let noor = server.as_("noor");
        let household = family.lives_together(&server).await;
        let address = json!({"household": household, "address": STREET, "from": "2026-11-16", "source": "REGISTER"});
        let address = made(&noor.does("recordAddress", family.input(address)).await, "FACT")[0].clone();
        family.helped_by_petra(&server).await;
        Self { server, family, address }
    }

    async fn protect(&self) {
        let noor = self.server.as_("noor");
        noor.does("protectLocatingData", self.family.input(json!({"person": self.family.mother, "reason": "Angst."})))
            .await;
    }

    async fn wide(&self, who: &Person) -> Value {
        who.case(&self.family.case, wide::CASE).await
    }

    fn change(&self, audience: &Value) -> Value {
        self.family.input(json!({"fact": self.address, "audience": audience, "reason": "Handig."}))
    }
}

/// Everyone who is not the director or the deputy sees that there is protection, and no more of where somebody is.
#[tokio::test]
async fn what_leads_to_somebody_protected_is_for_the_director() {
    let home = Home::recorded().await;
    let noor = home.server.as_("noor");
    noor.does("changeAudience", home.change(&json!({"case": true}))).await;
    let before = home.wide(&noor).await;
    assert!(before.to_string().contains(STREET));
    assert_eq!(before["households"][0]["members"].as_array().unwrap().len(), 2);
    assert_eq!(before["regie"]["parties"][0]["organisation"], "zorg-bv");
    let revision = home.family.revision(&noor).await;

    home.protect().await;
    let after = home.wide(&noor).await;
    assert!(!after.to_string().contains(STREET));
    assert!(!after.to_string().contains("zorg-bv") && !after.to_string().contains(&home.server.worker("petra")));
    let household = &after["households"][0];
    assert_eq!((&household["members"], &household["protected"]), (&json!([]), &json!(true)));
    assert_eq!(household["label"], "bij mama");
    for person in after["people"].as_array().unwrap() {
        assert_eq!(person["households"], json!([]));
    }
    let nodes: Vec<Value> = after["timeline"]["edges"].as_array().unwrap().iter().map(|e| e["node"].clone()).collect();
    let kinds = each(&json!(nodes), "kind");
    for kind in ["MembershipRecorded", "AddressRecorded", "PartyJoined"] {
        assert!(!kinds.contains(&json!(kind)), "{kind}");
    }
    assert_eq!(find(&json!(nodes), "kind", "HouseholdFormed")["words"][0]["text"], "bij mama");
    assert_eq!(after["timeline"]["totalCount"], json!(nodes.len()));
    let told = noor.recorded(&home.family.case, "2026-11-16", wide::CASE).await;
    assert!(!told.to_string().contains(STREET), "content of then, rights of now");
    assert_ne!(home.family.revision(&noor).await, revision);

    noor.does("assignCaseDirector", home.family.assigning(&home.server, "anja")).await;
    let seen = home.wide(&home.server.as_("anja")).await;
    assert_eq!(seen["households"][0]["address"], STREET);
    assert_eq!(seen["households"][0]["members"].as_array().unwrap().len(), 2);
    assert_eq!(seen["regie"]["parties"][0]["organisation"], "zorg-bv");
    let left = noor.case(&home.family.case, "regie { parties { organisation } }").await;
    assert_eq!(left["regie"]["parties"], json!([]));
}

/// Lifting takes two workers and the protected person: neither the worker who recorded the address nor the director shows it to more.
#[tokio::test]
async fn one_worker_does_not_show_what_is_protected() {
    let home = Home::recorded().await;
    home.protect().await;
    let noor = home.server.as_("noor");
    for audience in [json!({"case": true}), json!({"workers": [home.server.worker("noor")]})] {
        assert_eq!(noor.refused("changeAudience", home.change(&audience)).await, "AUDIENCE_PROTECTED");
    }
    assert!(!home.wide(&noor).await.to_string().contains(STREET));
    noor.does("assignCaseDirector", home.family.assigning(&home.server, "anja")).await;
    let anja = home.server.as_("anja");
    assert_eq!(anja.refused("changeAudience", home.change(&json!({"case": true}))).await, "AUDIENCE_PROTECTED");
    anja.does("changeAudience", home.change(&json!({"director": true}))).await;
}
