//! The staff of the demo, as `api/cases/people.toml` lists them.

use domain::fact::{Actor, Organisation, Role};
use domain::ids::WorkerId;
use domain::text::Name;
use serde::Deserialize;
use uuid::Uuid;

use super::script::{Problem, ScriptError};

/// Under this namespace a worker's id is made from the key, so that it is the same in every folder and every run.
const WORKERS: Uuid = Uuid::from_u128(0x7d0b_6c1e_52f4_4b0a_9a57_2f6d_0c3e_8a11);

/// Somebody who acts in the case histories.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    /// Short name: `as = "noor"`, `@noor` and `rustpunt token --as noor`.
    pub key: String,
    /// As people call them.
    pub name: Name,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which roles; the first is the one they act in.
    pub roles: Vec<Role>,
}

impl StaffMember {
    /// The worker's id.
    #[must_use]
    pub fn worker(&self) -> WorkerId {
        WorkerId::from_uuid(Uuid::new_v5(&WORKERS, self.key.as_bytes()))
    }

    /// The worker in the first of the roles.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let role = self.roles.first().copied().unwrap_or(Role::Supporter);
        Actor { worker: self.worker(), role, organisation: self.organisation.clone(), on_behalf_of: None }
    }
}

/// Everyone who acts.
#[derive(Clone, Debug)]
pub struct Staff(Vec<StaffMember>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffFile {
    staff: Vec<StaffMember>,
}

impl Staff {
    /// Reads and checks the list.
    ///
    /// # Errors
    /// When it is no TOML of this shape, a key occurs twice, or somebody has no role, no name or an impossible organisation.
    pub fn read(content: &str) -> Result<Self, ScriptError> {
        let file: StaffFile = toml::from_str(content).map_err(|error| ScriptError::toml("people", &error))?;
        for (index, member) in file.staff.iter().enumerate() {
            let twice = file.staff.iter().take(index).any(|earlier| earlier.key == member.key);
            let problem = match member {
                _ if twice => Some(Problem::LabelTwice(member.key.clone())),
                _ if Organisation::new(member.organisation.as_str()).is_err() => Some(Problem::Organisation),
                _ if Name::new(member.name.as_str()).is_err() => Some(Problem::NoName),
                _ if member.roles.is_empty() => Some(Problem::NoRole(member.key.clone())),
                _ => None,
            };
            if let Some(problem) = problem {
                return Err(ScriptError::step("people", index + 1, problem));
            }
        }
        Ok(Self(file.staff))
    }

    /// Somebody by key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&StaffMember> {
        self.0.iter().find(|member| member.key == key)
    }

    /// Everyone, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &StaffMember> {
        self.0.iter()
    }
}
