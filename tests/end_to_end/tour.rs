//! The README's tour, step by step: a newcomer sees what it promises.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::server::Server;

/// One step: who asks, what, and what the README says comes back.
struct Step {
    who: String,
    query: String,
    promised: Value,
}

fn steps() -> Vec<Step> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap();
    let tour = readme.split("## A tour").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut steps = Vec::new();
    let mut who = String::new();
    for block in tour.split("```graphql\n") {
        if let Some((query, rest)) = block.split_once("```") {
            let answer = rest.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
            if let Some(answer) = answer {
                let promised = serde_json::from_str(answer).expect("the README's answers are JSON");
                steps.push(Step { who: who.clone(), query: query.to_owned(), promised });
            }
        }
        if let Some(name) = block.rsplit("As `").next().and_then(|rest| rest.split('`').next()) {
            name.clone_into(&mut who);
        }
    }
    steps
}

/// R26: the commands of the README's tour, in its order, on a demo of their own.
#[tokio::test]
async fn r26_the_tour_of_the_readme_shows_what_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Server::demo(folder.path());
    let steps = steps();
    assert!(steps.len() >= 8, "the tour has {} steps", steps.len());
    for step in steps {
        let body = demo.as_(&step.who).with("accept-language", "en").ask(&step.query).await.body;
        let seen = match body["errors"].get(0) {
            Some(error) => json!({"error": {"code": error["extensions"]["code"], "message": error["message"]}}),
            None => body["data"].clone(),
        };
        assert_eq!(seen, step.promised, "as {}: {}", step.who, step.query);
    }
    demo.stop();
}
