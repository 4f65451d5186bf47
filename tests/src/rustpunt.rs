//! The `rustpunt` binary, for tests of this package that need it beside them.

use std::process::ExitCode;

fn main() -> ExitCode {
    api::cli::run()
}
