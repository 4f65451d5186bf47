//! `docs/events.md`: every event that can be written.

use std::fmt::Write as _;

use domain::fact::{Axis, EventInfo, FieldClass};

#[test]
fn the_event_catalogue_is_what_the_code_says() {
    super::compare("docs/events.md", &catalogue());
}

#[test]
fn every_cause_is_a_mutation_of_the_schema() {
    let schema = api::graphql::sdl();
    for info in domain::catalogue::events() {
        for cause in info.caused_by.iter().filter(|cause| !SYSTEM.contains(cause)) {
            assert!(schema.contains(&format!("\t{cause}(")), "{}: `{cause}` is no mutation", info.name);
        }
    }
}

/// Commands that the system gives itself.
const SYSTEM: [&str; 3] = ["introduceWorker", "raiseAlert", "makeProposal"];

fn catalogue() -> String {
    let mut text = String::from(
        "# Events\n\nEvery event that can be written, generated from the code \
         (`RUSTPUNT_WRITE=1 cargo test -p tests --test documents`).\n\n\
         *Clear type* is what stands unsealed; a neutral one hides what kind of fact it is. *Dated* facts are read at a date, *process* \
         facts happened once. *May precede*: whether `occurred` may lie on a day before recording. A *personal* field is sealed again, \
         under a key of its own subject; everything else in the data is sealed with the whole.\n",
    );
    for info in domain::catalogue::events() {
        write(&mut text, info);
    }
    text
}

fn write(text: &mut String, info: &EventInfo) {
    let axis = match info.axis {
        Axis::Dated => "dated",
        Axis::Process => "process",
    };
    let precede = if info.may_precede { "yes" } else { "no" };
    let causes = info.caused_by.iter().map(|cause| format!("`{cause}`")).collect::<Vec<_>>().join(", ");
    let wrote = write!(
        text,
        "\n## {} (version {})\n\n{}\n\nClear type `{}` · {axis} · may precede: {precede} · default audience: {} · caused by {causes}\n\n\
         | field | class | meaning |\n| --- | --- | --- |\n",
        info.name, info.version, info.meaning, info.outer, info.audience,
    );
    wrote.expect("a string takes text");
    for field in info.fields {
        let class = match field.class {
            FieldClass::Structure => "structure".to_owned(),
            FieldClass::Personal(class) => format!("personal, {}", class.as_str()),
        };
        let class = if field.optional { format!("{class}, optional") } else { class };
        writeln!(text, "| `{}` | {class} | {} |", field.name, field.meaning).expect("a string takes text");
    }
}
