//! What people say in the case of the walk.

use serde_json::json;

use super::Marked;
use crate::oracle::Place;

impl Marked {
    /// Contacts, a child's words, statements, and a request from outside.
    pub(super) async fn said(&mut self) {
        let anja = self.server.as_("anja");
        for (with, locating) in [("mother", true), ("father", false), ("son", true)] {
            let said = self.word("case", &["contact"], Place::Own(with));
            if locating {
                self.locates();
            }
            anja.does("recordContact", self.of(json!({"with": [self.id(with)], "said": said}))).await;
        }
        let words = self.word("case", &["voice"], Place::Child("son"));
        self.only_for("anja");
        self.locates();
        let only = json!({"workers": [self.server.worker("anja")]});
        let voice = json!({"child": self.id("son"), "words": words, "knownTo": only});
        self.server.as_("petra").does("recordChildVoice", self.of(voice)).await;
        let words = self.word("case", &["voice"], Place::Child("son"));
        self.locates();
        let layer = json!({"child": self.id("son")});
        let signal =
            json!({"child": self.id("son"), "domain": "MOOD", "change": "BETTER", "words": words, "knownTo": layer});
        anja.does("openChildSignal", self.of(signal)).await;

        let words = self.word("case", &["statement"], Place::Own("father"));
        let own = json!({"speaker": {"person": self.id("father")}, "words": words});
        anja.does("recordStatement", self.of(own)).await;
        let words = self.word("case", &["statement"], Place::PutTo("nobody"));
        self.for_director();
        self.locates();
        let through = json!({"speaker": {"person": self.id("father")}, "toldBy": self.id("son"), "words": words});
        anja.does("recordStatement", self.of(through)).await;
        let source = self.word("case", &["statement"], Place::Own("son"));
        self.for_director();
        self.locates();
        let finding = json!({"authority": "COURT", "about": [self.id("son")], "words": "Vastgesteld.", "established": "2026-11-16", "source": source});
        anja.does("recordFinding", self.of(finding)).await;
        let asked = self.word("case", &["request"], Place::Own("son"));
        self.for_director();
        self.locates();
        let request = json!({"requester": "RAAD", "who": "De Raad", "about": [self.id("son")], "asked": asked, "inWriting": true});
        anja.does("recordOutsideRequest", self.of(request)).await;
    }
}
