//! A small family in a case of its own, for tests that write: a mother with sole authority and her son.

use serde_json::{Value, json};
pub use tests::family::{MUNICIPALITY, opening};

use crate::client::{Answer, Person};
use crate::server::Server;

/// Another municipality.
pub const ELSEWHERE: &str = "gemeente-hilversum";

/// The ids of a family.
pub struct Family {
    pub case: String,
    pub mother: String,
    pub son: String,
}

/// Ids of this kind that a command made.
pub fn made(payload: &Value, kind: &str) -> Vec<String> {
    let created = payload["created"].as_array().unwrap().iter().filter(|created| created["kind"] == kind);
    created.map(|created| created["id"].as_str().unwrap().to_owned()).collect()
}

impl Family {
    /// Opened by Noor, without a director.
    pub async fn open(server: &Server) -> Self {
        let payload = server.as_("noor").does("openCase", opening()).await;
        let people = made(&payload, "PERSON");
        let [mother, son] = &people[..] else { panic!("two people: {people:?}") };
        Self { case: made(&payload, "CASE")[0].clone(), mother: mother.clone(), son: son.clone() }
    }

    /// Opened by Noor, directed by Anja.
    pub async fn directed(server: &Server) -> Self {
        let family = Self::open(server).await;
        server.as_("noor").does("assignCaseDirector", family.assigning(server, "anja")).await;
        family
    }

    /// A family of another municipality, opened by Marit, that Anja directs as well.
    pub async fn elsewhere(server: &Server) -> Self {
        let (mut opening, marit) = (opening(), server.as_("marit"));
        opening["municipality"] = json!(ELSEWHERE);
        let payload = marit.does("openCase", opening).await;
        let people = made(&payload, "PERSON");
        let [mother, son] = &people[..] else { panic!("two people: {people:?}") };
        let family = Self { case: made(&payload, "CASE")[0].clone(), mother: mother.clone(), son: son.clone() };
        marit.does("assignCaseDirector", family.assigning(server, "anja")).await;
        family
    }

    /// The two live in a household, recorded by Noor. Its id.
    pub async fn lives_together(&self, server: &Server) -> String {
        let formed = json!({"label": "bij mama", "from": "2026-11-16", "members": [self.mother, self.son]});
        made(&server.as_("noor").does("formHousehold", self.input(formed)).await, "HOUSEHOLD")[0].clone()
    }

    /// Shared parenting after divorce is offered: each was screened alone, something was noticed, and triage chose. By Anja, who directs.
    pub async fn is_offered_dons(&self, server: &Server) {
        let anja = server.as_("anja");
        for person in [&self.mother, &self.son] {
            let alone = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL",
                "words": "Alleen gesproken."});
            anja.does("recordSafetyScreening", self.input(alone)).await;
        }
        let noticed = json!({"noticedBy": {"outside": "De voetbaltrainer"}, "words": "Stil na elk weekend."});
        anja.does("recordDivorceSignal", self.input(noticed)).await;
        let chosen = json!({"track": "DONS", "reason": "Zij wil het proberen.",
            "alternatives": [{"track": "REDIRECTED", "reason": "Past nu niet."}], "informed": [self.mother]});
        anja.does("decideDivorceTriage", self.input(chosen)).await;
    }

    /// Petra, a professional, comes in about the mother.
    pub async fn helped_by_petra(&self, server: &Server) {
        let (noor, petra) = (server.as_("noor"), server.worker("petra"));
        let consent = json!({"giver": self.mother, "subject": self.mother, "kind": "JOINING", "evidence": "SPOKEN",
            "recipients": [petra]});
        let consent = made(&noor.does("grantConsent", self.input(consent)).await, "CONSENT")[0].clone();
        let party = json!({"worker": petra, "organisation": "zorg-bv", "specialist": false, "consents": [consent]});
        noor.does("joinParty", self.input(party)).await;
    }

    /// Input about the case.
    pub fn input(&self, mut fields: Value) -> Value {
        fields["caseId"] = json!(self.case);
        fields
    }

    /// What assigns this director.
    pub fn assigning(&self, server: &Server, director: &str) -> Value {
        self.input(json!({
            "director": server.worker(director), "organisation": "jeugd-en-gezin-gooi",
            "tasks": ["OVERVIEW", "PLAN"], "agreed": [{"person": self.mother}],
        }))
    }

    /// What offers the directorship to this successor.
    pub fn offering(&self, server: &Server, successor: &str, planned: &str) -> Value {
        self.input(json!({
            "successor": server.worker(successor), "organisation": "jeugd-en-gezin-gooi", "planned": planned,
            "reason": "Andere functie.", "summary": "Een vaste ochtend werkt goed.", "openTasks": ["Evaluatie plannen"],
        }))
    }

    /// What appoints a deputy from today on.
    pub fn deputising(&self, server: &Server, deputy: &str, until: &str) -> Value {
        self.input(json!({
            "deputy": server.worker(deputy), "organisation": "jeugd-en-gezin-gooi", "until": until, "reason": "Afwezig.",
        }))
    }

    /// A look at the case.
    pub async fn look(&self, person: &Person) -> Answer {
        person.ask_with("query($id: ID!) { case(id: $id) { id revision } }", json!({"id": self.case})).await
    }

    /// The revision as this person sees it.
    pub async fn revision(&self, person: &Person) -> String {
        self.look(person).await.data("case")["revision"].as_str().unwrap().to_owned()
    }
}
