//! `rustpunt token`: a bearer for an invented person.

use std::path::Path;

use super::{Done, Outcome};
use crate::demo::Histories;
use crate::demo::staff::StaffMember;
use crate::identity::{DemoIssuer, DemoPerson};
use crate::node::FolderKind;

pub(super) fn run(folder: &Path, name: &str) -> Done {
    if FolderKind::of(folder) != Some(FolderKind::Demo) {
        return Err(format!("{} is no demo folder: start `rustpunt demo --data` on it first", folder.display()).into());
    }
    let histories = Histories::of_the_project()?;
    let Some(member) = histories.staff.get(name) else {
        let names: Vec<&str> = histories.staff.iter().map(|member| member.key.as_str()).collect();
        return Err(format!("nobody in the demo is called `{name}`; there are {}", names.join(", ")).into());
    };
    println!("{}", DemoIssuer::open(folder)?.token(&person_of(member))?);
    Ok(Outcome::Fine)
}

/// A member of staff as the issuer knows them.
pub(super) fn person_of(member: &StaffMember) -> DemoPerson {
    DemoPerson {
        worker: member.worker(),
        name: member.name.clone(),
        organisation: member.organisation.clone(),
        roles: member.roles.clone(),
    }
}
