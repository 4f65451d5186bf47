//! What is marked of the episode of a divorce.

use serde_json::json;

use super::Marked;
use crate::oracle::Place;

impl Marked {
    /// The word of something that is said of both parents: for whoever reaches both.
    fn of_both(&mut self) -> String {
        self.written(&["episode"], Place::PutTo("nobody"))
    }

    /// From a signal to a review: what is said of both parents, and what each of them hears or says alone.
    pub(super) async fn episode(&mut self) {
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        for person in [&mother, &father, &son] {
            let screened = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": "Alleen gesproken."});
            anja.does("recordSafetyScreening", self.of(screened)).await;
        }
        let [who, noticed, settles, back, rationale, saw, also] = std::array::from_fn(|_| self.of_both());
        let signal = json!({"noticedBy": {"outside": who}, "words": noticed});
        anja.does("recordDivorceSignal", self.of(signal)).await;
        let settled = json!({"lookBack": "2027-03-25", "words": settles});
        anja.does("settleDivorceEpisode", self.of(settled)).await;
        anja.does("stepDivorceEpisodeBack", self.of(json!({"words": back}))).await;
        let strain = self.written(&["conflict", "strain"], Place::Own("mother"));
        self.of_class("health");
        anja.does("recordNamedStrain", self.of(json!({"person": mother, "words": strain}))).await;
        let seen = json!([
            {"feature": "KEEPS_FLARING", "seenBy": self.server.worker("anja"), "what": saw},
            {"feature": "STRAIN_NAMED", "seenBy": self.server.worker("petra"), "what": also},
        ]);
        anja.does("recogniseComplexDivorce", self.of(json!({"seen": seen, "rationale": rationale}))).await;
        for (person, place) in [(&mother, Place::Own("mother")), (&father, Place::Own("father"))] {
            let words = self.written(&["conflict"], place);
            anja.does("acknowledgeComplexDivorce", self.of(json!({"person": person, "words": words}))).await;
        }
        let [why, beside, untold, again, not] = std::array::from_fn(|_| self.of_both());
        let chosen = json!({"track": "DONS", "reason": why, "alternatives": [{"track": "PLAN_PER_HOUSEHOLD", "reason": beside}],
            "informed": [father], "notInformed": untold});
        anja.does("decideDivorceTriage", self.of(chosen)).await;
        self.accompanied().await;
        let switched = json!({"track": "PLAN_PER_HOUSEHOLD", "reason": again, "alternatives": [{"track": "DONS", "reason": not}],
            "informed": [mother, father]});
        anja.does("switchDivorceTrack", self.of(switched)).await;
        let reviewed = self.of_both();
        anja.does("holdDivorceReview", self.of(json!({"words": reviewed}))).await;
    }
}
