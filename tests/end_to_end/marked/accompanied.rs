//! What is marked of a `DOnS` trajectory.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// The word of something in a trajectory: while anybody is protected, it may lead to them.
    fn of_the_trajectory(&mut self) -> String {
        let word = self.written(&["dons"], Place::Case);
        self.locates();
        word
    }

    /// Hanna and Youssef accompany both parents: a conversation held and one not held, a goal, something that stands in the way.
    pub(super) async fn accompanied(&mut self) {
        let (anja, gerda) = (self.server.as_("anja"), self.server.as_("gerda"));
        let organisation = "jeugd-en-gezin-gooi";
        for key in ["hanna", "youssef"] {
            let trained = json!({"worker": self.server.worker(key), "duty": "FAMILY_REPRESENTATIVE", "organisation": organisation});
            gerda.send_for("assignDuty", trained, "repeated").await.data("assignDuty");
        }
        let [one, other] =
            ["hanna", "youssef"].map(|key| json!({"worker": self.server.worker(key), "organisation": organisation}));
        let duo = self.of(json!({"one": one, "other": other}));
        let trajectory = made(&anja.does("assignDonsDuo", duo).await, "TRAJECTORY")[0].clone();
        let [topic, words, why, absent, goal, barrier] = std::array::from_fn(|_| self.of_the_trajectory());
        let held = json!({"trajectory": trajectory, "kind": "FOUR_WAY", "present": [self.id("mother")], "topics": [topic],
            "words": words, "explanation": why, "minutes": 60});
        anja.does("recordDonsConversation", self.of(held)).await;
        let not_held =
            json!({"trajectory": trajectory, "kind": "FOUR_WAY", "absent": [self.id("father")], "reason": absent});
        anja.does("recordDonsNotHeld", self.of(not_held)).await;
        anja.does("draftParentGoal", self.of(json!({"trajectory": trajectory, "words": goal}))).await;
        let open = json!({"kind": "LANGUAGE", "persons": [self.id("father")], "words": barrier});
        anja.does("openBarrier", self.of(open)).await;
    }
}
