//! What is marked of safety.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// The word of something about safety, which is kept as if it were about a crime.
    fn grave(&mut self, place: Place) -> String {
        let word = self.written(&["safety"], place);
        self.of_class("criminal");
        word
    }

    /// The word of something about safety that is for the director alone.
    fn unsafe_for(&mut self, place: Place) -> String {
        let word = self.grave(place);
        self.for_director();
        word
    }

    /// A screening; a lane about both parents for the director; and one about the father that names Petra, and nobody else.
    pub(super) async fn safety(&mut self) {
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        for (person, place) in [(&mother, Place::Own("mother")), (&son, Place::Own("son"))] {
            let words = self.unsafe_for(place);
            let screened = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": words});
            anja.does("recordSafetyScreening", self.of(screened)).await;
        }
        let [facts, judgement, mapped, weighed, later] =
            std::array::from_fn(|_| self.unsafe_for(Place::PutTo("nobody")));
        let who = self.unsafe_for(Place::PutTo("nobody"));
        self.of_class("ordinary");
        let signal = json!({"concerns": [mother, father], "kind": "ONE_SIDED_CONTROL", "facts": facts, "judgement": judgement,
            "reportedBy": {"outside": who}});
        let lane = made(&anja.does("recordSafetySignal", self.of(signal)).await, "SAFETY_LANE")[0].clone();
        anja.does("recordSafetyMapping", self.of(json!({"lane": lane, "words": mapped}))).await;
        let talk = self.unsafe_for(Place::Own("father"));
        let talked = json!({"lane": lane, "person": father, "alone": true, "words": talk});
        anja.does("recordSafetyTalk", self.of(talked)).await;
        let weighing = json!({"lane": lane, "suspected": true, "acute": false, "structural": false, "words": weighed});
        anja.does("weighSafety", self.of(weighing)).await;
        let told = json!({"lane": lane, "person": father, "ground": "SERIOUS_HARM", "consulted": self.server.worker("layla"),
            "review": "2026-12-01", "words": later});
        let told_later = made(&anja.does("decideToTellLater", self.of(told)).await, "TOLD_LATER")[0].clone();
        // Its lines name nobody, and say something of him all the same.
        self.about.insert(told_later, vec![father.clone()]);

        let petra = json!({"workers": [self.server.worker("petra")]});
        let facts = self.grave(Place::Own("father"));
        self.only_for("petra");
        let signal = json!({"concerns": [father], "kind": "OTHER", "facts": facts, "knownTo": petra});
        let lane = made(&anja.does("recordSafetySignal", self.of(signal)).await, "SAFETY_LANE")[0].clone();
        let mapped = self.grave(Place::Own("father"));
        self.only_for("petra");
        // Whoever recorded it keeps no access to what names another: to her the lane is not there.
        let mapping = self.of(json!({"lane": lane, "words": mapped}));
        assert_eq!(anja.refused("recordSafetyMapping", mapping.clone()).await, "LANE_UNKNOWN");
        self.server.as_("petra").does("recordSafetyMapping", mapping).await;
    }
}
