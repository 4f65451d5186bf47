//! What is marked of help as it runs, of what was weighed and of what was asked.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// Help of the child is the child's, of a grown-up their own, of both parents for whoever reaches both; what somebody says is their own.
    /// Which help it is tells of health and is shown to fewer: what is marked is why.
    pub(super) async fn help(&mut self) {
        const SERVICE: &[&str] = &["service"];
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        let started =
            self.of(json!({"product": "Begeleiding", "provider": "Zorg", "persons": [son], "until": "2027-05-01"}));
        let trajectory = made(&anja.does("startTrajectory", started).await, "HELP_TRAJECTORY")[0].clone();
        let reason = self.written(SERVICE, Place::Child("son"));
        let asked = self.of(json!({"trajectory": trajectory, "until": "2027-11-01", "reason": reason}));
        let extension = made(&anja.does("askExtension", asked).await, "EXTENSION")[0].clone();
        let reason = self.written(SERVICE, Place::Child("son"));
        let decided =
            json!({"extension": extension, "outcome": "REFUSED", "reason": reason, "decidedBy": "Het college"});
        anja.does("decideExtension", self.of(decided)).await;
        let words = self.written(SERVICE, Place::Own("father"));
        let objects = json!({"extension": extension, "person": father, "words": words});
        anja.does("objectToExtension", self.of(objects)).await;

        let reason = self.written(SERVICE, Place::Own("father"));
        let waits = json!({"persons": [father], "what": "Met een gesprek.", "reason": reason, "decided": [{"person": father}],
            "review": "2026-12-01"});
        anja.does("decideToWait", self.of(waits)).await;
        let harm = self.written(SERVICE, Place::Own("mother"));
        self.of_class("health");
        let justified = json!({"persons": [mother], "help": "Opname", "benefit": "Rust.", "harm": harm, "justification": "Lichter hielp niet.",
            "decided": [{"person": mother}]});
        anja.does("justifyHarmfulHelp", self.of(justified)).await;
        let concern = self.written(SERVICE, Place::PutTo("nobody"));
        let application = json!({"kind": "DECISION", "persons": [mother, father], "what": "Een beschikking.", "ofWhom": "Gemeente",
            "concern": concern});
        anja.does("makeApplication", self.of(application)).await;
        let doctor = self.written(SERVICE, Place::Own("father"));
        let referred =
            json!({"persons": [father], "by": "GP", "who": doctor, "provider": "Praktijk", "agreed": [father]});
        anja.does("recordReferral", self.of(referred)).await;
        let what = self.written(SERVICE, Place::Own("father"));
        let condition = json!({"persons": [father], "what": what, "why": "Voor de rust.", "setBy": "De gemeente", "until": "2027-01-31",
            "explained": [father]});
        let condition = made(&anja.does("setCondition", self.of(condition)).await, "CONDITION")[0].clone();
        let words = self.written(SERVICE, Place::Own("father"));
        let answer = json!({"condition": condition, "person": father, "accepts": true, "words": words});
        anja.does("answerCondition", self.of(answer)).await;
    }
}
