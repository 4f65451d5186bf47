//! The audits of the npm package `graphql-http`: what the draft of GraphQL over HTTP asks of a server. No MUST fails; what else fails is
//! explained in `docs/graphql-over-http.md`, and nothing stands there that is not so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tests::support::{program, skip};

use crate::server::shared;

/// Where `.ci/run` installs the package.
const PACKAGE: &str = "../target/node/graphql-http";

/// Level, result and reason of each audit, by its id.
type Audits = BTreeMap<String, (String, String, String)>;

#[tokio::test(flavor = "multi_thread")]
async fn no_must_of_graphql_over_http_fails_and_every_other_failure_is_explained() {
    let (place, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(env!("CARGO_MANIFEST_DIR")).join(PACKAGE));
    let Some(node) = program("node").filter(|_| folder.join("node_modules/graphql-http/package.json").is_file()) else {
        skip("graphql-http");
        return;
    };
    let found = tokio::task::spawn_blocking(move || run(&node, &folder)).await.unwrap();
    let told = table(&fs::read_to_string(place.join("../docs/graphql-over-http.md")).unwrap());
    let failing: Vec<_> = found.iter().filter(|(_, (level, result, _))| level == "MUST" && result != "ok").collect();
    assert!(failing.is_empty(), "{failing:?}");
    let short = |audits: &Audits| -> Vec<String> {
        audits.iter().map(|(id, (level, result, _))| format!("| {id} | {level} | {result} |")).collect()
    };
    assert_eq!(short(&found), short(&told), "docs/graphql-over-http.md says something else:\n{found:#?}");
    for (id, (level, result, why)) in &told {
        assert!(result == "ok" || why.len() > 20, "{id} {level}: say why it fails");
    }
}

/// What the audits find of the demo, asked as Anja.
fn run(node: &PathBuf, folder: &Path) -> Audits {
    let demo = shared();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("audits/graphql_over_http.mjs");
    let ran = Command::new(node)
        .arg(script)
        .arg(folder)
        .arg(format!("http://{}/graphql", demo.address))
        .env("RUSTPUNT_AUDIT_TOKEN", demo.as_("anja").token)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).unwrap();
    let audits: Audits = text.lines().map(|line| read(&serde_json::from_str(line).unwrap())).collect();
    assert!(audits.len() > 50, "{} audits ran", audits.len());
    audits
}

fn read(audit: &Value) -> (String, (String, String, String)) {
    let text = |field: &str| audit[field].as_str().unwrap_or_default().to_owned();
    let level = text("name").split(' ').next().unwrap().to_owned();
    let result = if audit["status"] == "ok" { "ok" } else { "fails" };
    (text("id"), (level, result.to_owned(), text("reason")))
}

/// The rows of the table in the document.
fn table(document: &str) -> Audits {
    let rows = document.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    let audits = cells.filter(|cells| cells.len() == 5 && ["MUST", "SHOULD", "MAY"].contains(&cells[1].as_str()));
    audits.map(|cells| (cells[0].clone(), (cells[1].clone(), cells[2].clone(), cells[4].clone()))).collect()
}
