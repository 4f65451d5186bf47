//! What things cost, in one command: `cargo bench -p tests --bench measure` (`-- --quick`, `-- --runs 9`, `-- append desk`).
//!
//! Prints tables; asserts nothing about time. `docs/measure.md` says what each figure means.
#![expect(clippy::unwrap_used, reason = "a measurement stops at the first surprise")]
// The answer to every field of the schema is one future within another.
#![recursion_limit = "256"]

mod append;
mod bare;
mod cluster;
mod desk;
mod http;
mod law;
mod region;
mod stored;

use tests::measure::{Options, folder, print_conditions};
use tokio::runtime::Runtime;

fn main() {
    let options = Options::from_arguments();
    let runtime = Runtime::new().unwrap();
    print_conditions(&options, folder().unwrap().path()).unwrap();
    if options.wants("append") {
        append::measure(&options, &runtime);
    }
    if options.wants("stored") {
        stored::measure(&options, &runtime);
    }
    if options.wants("law") {
        law::measure(&options, &runtime);
    }
    if options.wants("desk") {
        desk::measure(&options, &runtime);
    }
    if options.wants("length") {
        desk::measure_by_length(&options, &runtime);
    }
    if options.wants("cases") {
        desk::measure_by_cases(&options, &runtime);
    }
    if options.wants("http") {
        http::measure(&options, &runtime);
        http::costs::measure(&options, &runtime);
    }
    if options.wants("cpu") {
        http::cpu::measure(&options, &runtime);
    }
    if options.wants("cluster") {
        cluster::measure(&options, &runtime);
    }
    if options.wants("flat") {
        http::flat::measure(&options, &runtime);
    }
    if options.wants(region::REGION) || options.wants(region::REBUILD) {
        region::measure(&options, &runtime);
    }
}
