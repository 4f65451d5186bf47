//! What is marked of plans.

use serde_json::json;

use super::Marked;
use crate::family::made;
use crate::oracle::Place;

impl Marked {
    /// A plan of this household: a goal, an action, what the grown-up says of both, an evaluation. All of it stays in that household.
    pub(super) async fn planned(&mut self, home: &'static str, grown_up: &'static str) {
        let anja = self.server.as_("anja");
        let word = |marked: &mut Self| marked.word(home, &["plan"], Place::Home(home));
        let (household, person) = (self.id(home).to_owned(), self.id(grown_up).to_owned());
        let goal = json!({"household": household, "words": word(self), "proposedBy": {"person": person}, "concerns": [person]});
        anja.does("proposeGoal", self.of(goal)).await;
        let action = json!({"household": household, "what": word(self), "owner": {"person": person}, "concerns": [self.id("son")]});
        anja.does("agreeAction", self.of(action)).await;
        let offered = anja.does("offerPlan", self.of(json!({"household": household}))).await;
        let version = made(&offered, "PLAN_VERSION")[0].clone();
        let answer = json!({"version": version, "person": person, "answer": "RESERVED", "words": word(self)});
        anja.does("answerPlan", self.of(answer)).await;
        anja.does("activatePlan", self.of(json!({"version": version}))).await;
        let evaluated =
            json!({"household": household, "tookPart": [person], "outcome": "GOES_ON", "words": word(self)});
        anja.does("evaluatePlan", self.of(evaluated)).await;
    }
}
