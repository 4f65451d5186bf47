//! What is marked of work with each person, of the crisis plan and of the expert team.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// Steps with each parent and with their son; an option of the father, tried; his familiar face; the crisis plan; the expert team.
    pub(super) async fn each_person(&mut self) {
        let anja = self.server.as_("anja");
        let (father, mother, son) =
            (self.id("father").to_owned(), self.id("mother").to_owned(), self.id("son").to_owned());
        for (whose, person, locating) in [("father", &father, false), ("mother", &mother, true)] {
            let words = self.word("case", &["steps"], Place::Own(whose));
            if locating {
                self.locates();
            }
            let step = json!({"person": person, "step": "DYNAMICS", "words": words});
            anja.does("recordConversationStep", self.of(step)).await;
        }
        let words = self.word("case", &["steps"], Place::Child("son"));
        self.locates();
        let step = json!({"person": son, "step": "NEED_AND_DESIRE", "words": words, "knownTo": {"child": son}});
        anja.does("recordConversationStep", self.of(step)).await;
        let own = self.word("case", &["steps"], Place::Own("father"));
        let option = json!({"person": father, "author": {"person": father}, "words": own});
        let option = made(&anja.does("recordOption", self.of(option)).await, "OPTION")[0].clone();
        let face = self.word("case", &["steps"], Place::Own("father"));
        self.locates();
        let face = json!({"person": father, "who": {"outside": face}});
        let face = made(&anja.does("nameTrustedContact", self.of(face)).await, "TRUSTED_CONTACT")[0].clone();
        let may = self.word("case", &["steps"], Place::Own("father"));
        self.locates();
        let answer = json!({"trusted": face, "agrees": true, "words": may});
        anja.does("answerTrustedPresence", self.of(answer)).await;
        let came = self.word("case", &["steps"], Place::Own("father"));
        let tried = json!({"option": option, "effect": "MORE_REST", "words": came, "present": [face]});
        anja.does("recordOptionTried", self.of(tried)).await;

        let signs = self.word("case", &["crisis_plan"], Place::Child("son"));
        self.for_director();
        self.locates();
        // On the crisis card stands who does what by the plan.
        let what = self.word("case", &["crisis_plan", "crisis"], Place::Child("son"));
        self.for_director();
        self.locates();
        let action = json!({"what": what, "owner": {"worker": self.server.worker("anja")}});
        let plan = json!({"children": [son], "signs": signs, "actions": [action]});
        anja.does("writeCrisisPlan", self.of(plan)).await;
        let found = self.word("case", &["crisis_plan"], Place::Child("son"));
        self.for_director();
        self.locates();
        anja.does("reviewCrisisPlan", self.of(json!({"words": found}))).await;

        let stuck = self.word("case", &["service"], Place::Child("son"));
        self.locates();
        let told = self.word("case", &["service"], Place::Child("son"));
        self.locates();
        let asked = json!({"organisation": "ret-gooi", "children": [son], "stuck": stuck, "told": {"persons": [mother], "words": told}});
        let ret = made(&anja.does("askRet", self.of(asked)).await, "RET")[0].clone();
        let result = self.word("case", &["service"], Place::Child("son"));
        self.locates();
        anja.does("endRet", self.of(json!({"ret": ret, "words": result}))).await;
    }
}
