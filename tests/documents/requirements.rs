//! `docs/requirements.md`: each number stands there once, and each test it names exists.

use std::fs;
use std::path::Path;

#[test]
fn r25_every_requirement_names_tests_that_exist() {
    let page = fs::read_to_string(super::path("docs/requirements.md")).expect("the page");
    let sources = sources(&super::path("."));
    for number in 1..=30 {
        let name = format!("| R{number:02} |");
        let row = page.lines().find(|line| line.starts_with(&name)).unwrap_or_else(|| panic!("{name} is missing"));
        let proof = row.split('|').nth(3).unwrap_or_default();
        check_proof(&name, proof, &sources);
    }
}

/// Each line of a case that is not wholly proven says so, and names the tests of the part that is.
#[test]
fn every_open_line_of_the_cases_says_so_and_names_tests_that_exist() {
    let page = fs::read_to_string(super::path("docs/requirements.md")).expect("the page");
    let (_, lines) = page.split_once("## Lines of the cases that are open").expect("the lines of the cases");
    let sources = sources(&super::path("."));
    let mut cases = Vec::new();
    for row in lines.lines().filter(|row| row.starts_with("| 0")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, line, says, proof, _] = cells[..] else { panic!("four bars: {row}") };
        assert!(!says.is_empty() && (proof == "open" || proof.starts_with("in part (")), "{row}");
        check_proof(line, proof, &sources);
        cases.push(line.get(..2).unwrap_or_default());
    }
    cases.dedup();
    assert_eq!(cases, ["01", "02", "03", "04", "06", "08"], "in order; nothing of 05 and 07 is open");
}

fn check_proof(row: &str, proof: &str, sources: &[String]) {
    let tests: Vec<&str> = proof.split('`').skip(1).step_by(2).filter(|word| !word.contains([' ', '/', '.'])).collect();
    assert!(!tests.is_empty() || proof.contains("open"), "{row} names neither a test nor `open`");
    for test in tests {
        let name = test.rsplit("::").next().unwrap_or(test);
        let written = [format!("fn {name}("), format!("fn {name}<")];
        let found = sources.iter().any(|text| written.iter().any(|written| text.contains(written)));
        assert!(found, "{row}: no test `{test}`");
    }
}

/// The text of every Rust file of the project.
fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(fs::read_to_string(&path).expect("a file"));
        }
    }
    texts
}
