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
        let tests: Vec<&str> =
            proof.split('`').skip(1).step_by(2).filter(|word| !word.contains([' ', '/', '.'])).collect();
        assert!(!tests.is_empty() || proof.contains("open"), "{name} names neither a test nor `open`");
        for test in tests {
            let name = test.rsplit("::").next().unwrap_or(test);
            let written = [format!("fn {name}("), format!("fn {name}<")];
            let found = sources.iter().any(|text| written.iter().any(|written| text.contains(written)));
            assert!(found, "R{number:02}: no test `{test}`");
        }
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
