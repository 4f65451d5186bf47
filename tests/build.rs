//! Generates KurrentDB's messages and services for the protocol peer, from the protobuf definitions inside the package of the
//! official client: nothing is copied into this repository, and no `protoc` is needed.

use std::env;
use std::error::Error;
use std::path::PathBuf;

use cargo_metadata::{CargoOpt, MetadataCommand};

/// What the peer speaks.
const DEFINITIONS: [&str; 6] =
    ["streams.proto", "gossip.proto", "serverfeatures.proto", "shared.proto", "status.proto", "code.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let folder = definitions()?;
    let files = protox::compile(DEFINITIONS, [&folder])?;
    tonic_build::configure().emit_rerun_if_changed(false).include_file("kurrentdb.rs").compile_fds(files)?;
    Ok(())
}

/// The folder with the definitions, in the package directory of the client that Cargo has already resolved.
fn definitions() -> Result<PathBuf, Box<dyn Error>> {
    let metadata = MetadataCommand::new()
        .features(CargoOpt::AllFeatures)
        .other_options(["--offline", "--locked", "--filter-platform", &env::var("HOST")?].map(str::to_owned))
        .exec()?;
    let client = metadata.packages.iter().find(|package| package.name.as_str() == "kurrentdb");
    let manifest = &client.ok_or("the package `kurrentdb` is not among the dependencies")?.manifest_path;
    let folder = manifest.parent().ok_or("the package `kurrentdb` has no directory")?.join("protos");
    Ok(folder.into_std_path_buf())
}
