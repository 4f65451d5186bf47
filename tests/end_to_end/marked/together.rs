//! What is marked of conferences, of reflection and of what is done with a school.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// The word of something that once somebody must not be found may tell where they are.
    fn met(&mut self, topics: &'static [&'static str], place: Place) -> String {
        let word = self.word("case", topics, place);
        self.locates();
        word
    }

    /// A meeting about the father, and one about both parents; a reflection; an intake, a weighing and a question of a school.
    pub(super) async fn together(&mut self) {
        let anja = self.server.as_("anja");
        let (mother, father, son) =
            (self.id("mother").to_owned(), self.id("father").to_owned(), self.id("son").to_owned());
        for (about, place) in [
            (vec![father.clone()], Place::Own("father")),
            (vec![mother.clone(), father.clone()], Place::PutTo("nobody")),
        ] {
            let [occasion, purpose, expected, outside, words, agreed, left, reason] =
                std::array::from_fn(|_| self.met(&["conference"], place));
            let guests = json!([{"who": {"person": about[0]}}, {"who": {"outside": outside}}]);
            let called = json!({"kind": "NETWORK_MEETING", "occasion": occasion, "purpose": purpose, "expected": expected,
                "about": about, "invited": guests});
            let called = made(&anja.does("callConference", self.of(called)).await, "CONFERENCE")[0].clone();
            let came = json!([{"who": {"person": about[0]}, "leftEarly": left},
                {"who": {"outside": "De wijkagent"}, "consents": [{"person": about[0], "agrees": true}]}]);
            let point = json!([{"what": agreed, "decidedBy": [{"person": about[0]}], "owner": {"person": about[0]}}]);
            let held = json!({"conference": called, "came": came, "agreed": point, "yielded": words});
            anja.does("recordConference", self.of(held)).await;
            let hearings = json!([{"person": about[0], "listener": self.server.worker("olga")}]);
            let stopped = json!({"conference": called, "reason": reason, "hearings": hearings});
            anja.does("stopConference", self.of(stopped)).await;
            let whose = if about.len() == 1 { "father" } else { "mother" };
            let apart = self.met(&["conference"], Place::Own(whose));
            let heard = json!({"conference": called, "person": about[0], "listener": self.server.worker("olga"), "words": apart});
            anja.does("recordHearing", self.of(heard)).await;
            let again = self.met(&["conference"], place);
            let resumed = json!({"conference": called, "came": [{"who": {"person": about[0]}}], "yielded": again});
            anja.does("resumeConference", self.of(resumed)).await;
        }
        let changes = self.met(&["reflection"], Place::PutTo("nobody"));
        let his = self.met(&["reflection"], Place::Own("father"));
        let hers = self.met(&["reflection"], Place::Own("mother"));
        let childs = self.met(&["reflection"], Place::Own("son"));
        self.for_director();
        let said = json!([
            {"by": {"person": father}, "rightThing": his}, {"by": {"person": mother}, "together": hers},
            {"by": {"person": son}, "together": childs},
        ]);
        anja.does("recordReflection", self.of(json!({"said": said, "changes": changes}))).await;

        let [words, expects] = std::array::from_fn(|_| self.met(&["school"], Place::Child("son")));
        let present =
            json!([{"who": {"outside": "De juf"}, "side": "SCHOOL"}, {"who": {"person": son}, "side": "PUPIL"}]);
        let intake = json!({"child": son, "present": present, "expectations": [{"side": "SCHOOL", "what": expects}], "words": words});
        anja.does("recordIntake", self.of(intake)).await;
        let can = self.met(&["school"], Place::Child("son"));
        self.of_class("health");
        let triage = json!({"child": son, "schoolCan": can, "asked": "Hulp in de klas.", "homeQuestion": false, "outcome": "SCHOOL_ALONE"});
        anja.does("triageArrangement", self.of(triage)).await;
        let [asked, note, answer] = std::array::from_fn(|_| self.met(&["school"], Place::Child("son")));
        let question = json!({"child": son, "askedBy": {"outside": "De juf"}, "asked": asked});
        let question = made(&anja.does("askSchoolQuestion", self.of(question)).await, "SCHOOL_QUESTION")[0].clone();
        let over = json!({"question": question, "to": self.server.worker("layla"), "note": note});
        anja.does("handOverSchoolQuestion", self.of(over)).await;
        let ended = json!({"question": question, "how": "ANSWERED", "words": answer});
        anja.does("answerSchoolQuestion", self.of(ended)).await;
    }
}
