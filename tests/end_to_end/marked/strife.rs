//! What is marked of conflicts and of help.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// The word of something written about a conflict or about help: once somebody must not be found, it may tell where they are.
    pub(super) fn written(&mut self, topics: &'static [&'static str], place: Place) -> String {
        let word = self.word("case", topics, place);
        self.locates();
        word
    }

    /// A conflict between the parents: what is said of both is for whoever reaches both; what one of them tells is that one's.
    pub(super) async fn strife(&mut self) {
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        let about = self.written(&["conflict"], Place::PutTo("nobody"));
        let named = self.of(json!({"between": [mother, father], "about": about}));
        let conflict = made(&anja.does("nameConflict", named).await, "CONFLICT")[0].clone();
        let observed = ["mother", "father"].map(|parent| (parent, self.written(&["glasl"], Place::Own(parent))));
        let experienced =
            observed.map(|(parent, seen)| json!({"person": self.id(parent), "stage": 5, "observations": seen}));
        anja.does("assessConflict", self.of(json!({"conflict": conflict, "experienced": experienced}))).await;
        // Both rose to five: a consultation is proposed, and whoever directs says why it is not needed.
        self.server.settle().await;
        let proposed = anja.case(&self.case, "proposals { id }").await["proposals"][0]["id"].clone();
        let reason = self.written(&["alert"], Place::PutTo("nobody"));
        self.for_director();
        anja.does("dismissProposal", self.of(json!({"proposal": proposed, "reason": reason}))).await;
        for parent in ["mother", "father"] {
            let (trigger, acts) =
                (self.written(&["conflict"], Place::Own(parent)), self.written(&["conflict"], Place::Own(parent)));
            let told = json!({"conflict": conflict, "medium": "APP", "trigger": trigger, "toldBy": self.id(parent),
                "reactions": [{"person": self.id(parent), "acts": acts}]});
            anja.does("recordFlareUp", self.of(told)).await;
            let basis = self.written(&["conflict"], Place::Own(parent));
            let form = json!({"parents": [self.id(parent)], "form": "PARALLEL", "basis": basis});
            anja.does("assessParentingForm", self.of(form)).await;
            let quiet = self.written(&["conflict"], Place::Own(parent));
            let calm = json!({"person": self.id(parent), "from": "2026-11-01", "words": quiet});
            anja.does("reportCalmPeriod", self.of(calm)).await;
        }
        // Also of somebody who lives with the father: no more for who coordinates there than a stage of his.
        let basis = self.written(&["glasl"], Place::Own("carer"));
        let assessed = json!({"conflict": conflict, "person": self.id("carer"), "effect": "FEEDS", "basis": basis});
        anja.does("assessNetworkEffect", self.of(assessed)).await;
        let (reason, wish) =
            (self.written(&["service"], Place::Child("son")), self.written(&["service"], Place::Own("father")));
        let step = json!({"person": son, "environment": "FAMILY", "level": 3, "reason": reason, "decided": [{"person": mother}],
            "wishes": [{"person": father, "wish": wish}]});
        anja.does("takeServiceStep", self.of(step)).await;
        let reason = self.written(&["service"], Place::PutTo("nobody"));
        let joined = json!({"body": "VEILIG_THUIS", "persons": [mother, father], "reason": reason});
        anja.does("recordBodyJoined", self.of(joined)).await;
    }
}
