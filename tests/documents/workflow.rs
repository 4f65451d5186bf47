//! `docs/workflow.md`: the states of a divorce episode and what leads from one to another, drawn from the table that decides.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::divorce::episode::machine::{EpisodeState, IN_EVERY_STATE, TRANSITIONS, Transition};
use domain::divorce::episode::{ApartProgress, DonsProgress};

#[test]
fn the_workflow_is_what_the_code_says() {
    super::compare("docs/workflow.md", &workflow());
}

#[test]
fn every_step_is_a_mutation_of_the_schema() {
    let schema = api::graphql::sdl();
    let commands =
        TRANSITIONS.iter().map(|row| row.by.command()).chain(IN_EVERY_STATE.iter().map(|(command, _)| *command));
    for command in commands.collect::<BTreeSet<_>>() {
        assert!(schema.contains(&format!("\t{command}(")), "`{command}` is no mutation");
    }
}

fn workflow() -> String {
    let mut text = String::from(
        "# The workflow of a complex divorce\n\nGenerated from `domain/src/divorce/episode/machine.rs`, the table that decides \
         (`RUSTPUNT_WRITE=1 cargo test -p tests --test documents`).\n\n\
         An episode runs from a signal to rest; a case keeps every episode it had. Each step is taken by a person. Nothing makes one track \
         follow the other, and a flare-up changes nothing by itself: where it lies still it proposes a step back.\n\n",
    );
    drawing(&mut text);
    table(&mut text);
    every_state(&mut text);
    tracks(&mut text);
    text
}

fn words(state: &str) -> String {
    state.replace('_', " ")
}

/// A name that the drawing takes; quiet is where it begins.
const fn node(state: EpisodeState) -> &'static str {
    match state {
        EpisodeState::Quiet => "[*]",
        state => state.as_str(),
    }
}

fn drawing(text: &mut String) {
    text.push_str("```mermaid\nstateDiagram-v2\n");
    for state in EpisodeState::ALL.into_iter().filter(|state| *state != EpisodeState::Quiet) {
        line(text, &format!("    state \"{}\" as {}", words(state.as_str()), state.as_str()));
    }
    let dons: Vec<_> =
        DonsProgress::ALL.iter().filter(|one| **one != DonsProgress::Review).map(|one| one.as_str()).collect();
    inner(text, EpisodeState::Dons, &dons);
    let apart = ApartProgress::ALL.iter().filter(|one| **one != ApartProgress::Review);
    inner(text, EpisodeState::Apart, &apart.map(|one| one.as_str()).collect::<Vec<_>>());
    let mut drawn = BTreeSet::new();
    for row in TRANSITIONS {
        let arrow = format!("    {} --> {}: {}", node(row.from), node(row.to), row.by.command());
        if drawn.insert(arrow.clone()) {
            line(text, &arrow);
        }
    }
    text.push_str("```\n\n");
}

/// The steps of a track, in order, within its state.
fn inner(text: &mut String, state: EpisodeState, steps: &[&str]) {
    line(text, &format!("    state {} {{", state.as_str()));
    let name = |step: &str| format!("{}_{step}", state.as_str());
    for step in steps {
        line(text, &format!("        state \"{}\" as {}", words(step), name(step)));
    }
    if let Some(first) = steps.first() {
        line(text, &format!("        [*] --> {}", name(first)));
    }
    for (one, next) in steps.iter().zip(steps.iter().skip(1)) {
        line(text, &format!("        {} --> {}", name(one), name(next)));
    }
    line(text, "    }");
}

fn table(text: &mut String) {
    text.push_str("## What leads where\n\n| from | by | guard | to |\n| --- | --- | --- | --- |\n");
    for Transition { from, by, to, guards } in TRANSITIONS {
        let guards: Vec<_> = guards.iter().map(|guard| guard.words()).collect();
        let (from, to) = (words(from.as_str()), words(to.as_str()));
        line(text, &format!("| {from} | `{}` | {} | {to} |", by.command(), guards.join("; ")));
    }
}

fn every_state(text: &mut String) {
    text.push_str("\n## What is taken in every state and changes none\n\n| by | what |\n| --- | --- |\n");
    for (command, what) in IN_EVERY_STATE {
        line(text, &format!("| `{command}` | {what} |"));
    }
}

fn tracks(text: &mut String) {
    text.push_str("\n## How far a track is\n\nWorked out from the facts of the track; nobody keeps it by hand.\n\n");
    text.push_str("| track | how far | follows when |\n| --- | --- | --- |\n");
    for one in DonsProgress::ALL {
        line(text, &format!("| DOnS | {} | {} |", words(one.as_str()), one.follows_from()));
    }
    for one in ApartProgress::ALL {
        line(text, &format!("| plan per household | {} | {} |", words(one.as_str()), one.follows_from()));
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a string takes text");
}
