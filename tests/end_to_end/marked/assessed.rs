//! What is marked of assessments, of references to registers elsewhere and of informal support.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// A word that leads to the mother once she must not be found: what stands here may say where somebody is.
    fn kept(&mut self, topics: &'static [&'static str], place: Place) -> String {
        let word = self.word("case", topics, place);
        self.locates();
        if topics != ["informal"] {
            self.of_class("health");
        }
        word
    }

    /// Each says something about the son, each for another; where something stands elsewhere; and who comes by.
    pub(super) async fn assessed(&mut self) {
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        let theme = |words: &str| json!([{"theme": "slapen", "kind": "CONCERN", "words": words, "severity": "MUCH"}]);
        let occasion = self.kept(&["assessment"], Place::Child("son"));
        let (hers, his) =
            (self.kept(&["assessment"], Place::Own("mother")), self.kept(&["assessment"], Place::Own("father")));
        let childs = self.kept(&["assessment"], Place::Child("son"));
        self.for_director();
        let told = json!([{"person": mother, "themes": theme(&hers)}, {"person": father, "themes": theme(&his)},
            {"person": son, "themes": theme(&childs)}]);
        let giz = json!({"giz": {"variant": "EXTENDED", "about": [son], "told": told}});
        anja.does("recordAssessment", self.of(json!({"content": giz, "occasion": occasion}))).await;

        let draft = self.kept(&["assessment"], Place::Child("son"));
        self.only_for("anja");
        let portrait = json!({"lifeworldPortrait": {"person": son, "words": draft, "knownTo": {"workers": [self.server.worker("anja")]}}});
        anja.does("recordAssessment", self.of(json!({"content": portrait}))).await;

        let hypothesis = self.kept(&["assessment"], Place::Child("son"));
        self.for_director();
        let stated = json!([{"effect": "KEEPS", "words": hypothesis}]);
        let analysis = json!({"explanatoryAnalysis": {"about": [son], "hypotheses": stated}});
        let analysed = anja.does("recordAssessment", self.of(json!({"content": analysis}))).await;
        let tested = self.kept(&["assessment"], Place::Own("father"));
        let test = json!({"tested": {"hypothesis": made(&analysed, "HYPOTHESIS")[0]}, "person": father, "recognised": "PARTLY", "words": tested});
        anja.does("testAssessment", self.of(test)).await;

        for person in ["mother", "father"] {
            let keeper = self.kept(&["reference"], Place::Own(person));
            let reference =
                json!({"person": self.id(person), "register": "MUNICIPALITY", "number": "wmo-7", "keeper": keeper});
            anja.does("recordExternalReference", self.of(reference)).await;
        }
        for (person, place) in [("son", Place::Child("son")), ("father", Place::Own("father"))] {
            let (volunteer, rules) = (self.kept(&["informal"], place), self.kept(&["informal"], place));
            let matched = json!({"kind": "BUDDY", "persons": [self.id(person)], "volunteer": volunteer, "question": "Samen op pad."});
            let support = made(&anja.does("matchSupport", self.of(matched)).await, "INFORMAL_SUPPORT")[0].clone();
            anja.does("signSupportHouseRules", self.of(json!({"support": support, "rules": rules}))).await;
            let words = self.kept(&["informal"], Place::Own("mother"));
            self.of_class("health");
            let measure =
                json!({"support": support, "person": mother, "moment": "BASELINE", "benefit": true, "words": words});
            anja.does("measureSupport", self.of(measure)).await;
        }
    }
}
