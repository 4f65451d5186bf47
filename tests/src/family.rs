//! What opens a case of a small family, for servers of any kind: a mother with sole authority and her son.

use serde_json::{Value, json};

/// The municipality of access worker Noor.
pub const MUNICIPALITY: &str = "uitvoeringsdienst-gooi";

/// What opens the case.
#[must_use]
pub fn opening() -> Value {
    json!({
        "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
        "question": "Er is behoefte aan rust en overzicht.",
        "people": [
            {"key": "mother", "name": "Wilhelmina", "birthDate": "1990-05-05", "role": "PARENT"},
            {"key": "son", "name": "Bartholomeus", "birthDate": "2018-06-06", "role": "CHILD"},
        ],
        "authority": [{"child": "son", "kind": "ONE_PARENT", "holders": ["mother"], "from": "2018-06-06", "source": "REGISTER"}],
        "consents": [{"giver": "mother", "subject": "son", "kind": "HELP", "evidence": "SPOKEN"}],
    })
}
