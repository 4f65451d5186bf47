//! What is marked of rulings.

use serde_json::json;

use super::Marked;
use crate::oracle::Place;

impl Marked {
    /// Of the son for who works for him, of the mother for who works for her, and a ban for the director.
    pub(super) async fn ruled(&mut self) {
        let anja = self.server.as_("anja");
        for (owner, place, kind) in [
            ("son", Place::Child("son"), "CONTACT"),
            ("mother", Place::Own("mother"), "AUTHORITY"),
            ("son", Place::Child("son"), "BAN"),
        ] {
            let mut words = Vec::new();
            for _ in 0..3 {
                words.push(self.word(owner, &["ruling"], place));
                self.locates();
                if kind == "BAN" {
                    self.for_director();
                }
            }
            let ruling = json!({"person": self.id(owner), "kind": kind, "scope": words[0], "channel": words[1], "reference": words[2],
                "inForceFrom": "2026-11-16", "source": "COURT"});
            anja.does("recordRuling", self.of(ruling)).await;
        }
    }
}
