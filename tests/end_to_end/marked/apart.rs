//! What goes before two plans: the vision and the answer of each, their own; the advice, the director's. Once somebody must not be found,
//! nobody knows what they say of her.

use serde_json::json;

use super::Marked;
use crate::oracle::Place;

impl Marked {
    pub async fn towards_two_plans(&mut self) {
        let anja = self.server.as_("anja");
        let advice = self.word("case", &["divorce"], Place::Case);
        self.for_director();
        self.locates();
        anja.does("adviseTwoPlans", self.of(json!({"words": advice}))).await;
        for parent in ["mother", "father"] {
            let mut word = || {
                let word = self.word(parent, &["divorce"], Place::Own(parent));
                self.locates();
                word
            };
            let (said, effect, answer, wish) = (word(), word(), word(), word());
            let person = self.id(parent).to_owned();
            anja.does("shareVision", self.of(json!({"person": person, "said": said, "effect": effect}))).await;
            let answers = json!({"person": person, "answer": "ACCEPTS", "words": answer});
            anja.does("answerTwoPlans", self.of(answers)).await;
            anja.does("wishTwoPlans", self.of(json!({"person": person, "wish": "WISHES", "words": wish}))).await;
        }
    }
}
