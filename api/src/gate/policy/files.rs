//! The files of the policy, and the name that decisions call them by.

/// One file of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyFile {
    /// Its name, for whoever must change it.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Every file of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyFiles {
    /// Which words rules may use (Cedar schema).
    pub schema: PolicyFile,
    /// The version, and for which purposes somebody may work, by role (TOML).
    pub purposes: PolicyFile,
    /// The rules (Cedar), one file per kind of person.
    pub rules: Vec<PolicyFile>,
}

macro_rules! product_file {
    ($name:literal) => {
        PolicyFile { name: $name.to_owned(), text: include_str!(concat!("../../../policy/", $name)).to_owned() }
    };
}

impl PolicyFiles {
    /// The files in the product.
    #[must_use]
    pub fn product() -> Self {
        Self {
            schema: product_file!("schema.cedarschema"),
            purposes: product_file!("purposes.toml"),
            rules: vec![
                product_file!("locating.cedar"),
                product_file!("director.cedar"),
                product_file!("access.cedar"),
                product_file!("coordinators.cedar"),
                product_file!("supporters.cedar"),
                product_file!("sat.cedar"),
                product_file!("dons.cedar"),
                product_file!("receivers.cedar"),
                product_file!("notices.cedar"),
                product_file!("emergency.cedar"),
                product_file!("oversight.cedar"),
                product_file!("own.cedar"),
            ],
        }
    }

    /// SHA-256 over all of them in order, each name and text preceded by its length, in hex.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut bytes = Vec::new();
        for file in [&self.schema, &self.purposes].into_iter().chain(&self.rules) {
            for part in [&file.name, &file.text] {
                bytes.extend((part.len() as u64).to_be_bytes());
                bytes.extend(part.as_bytes());
            }
        }
        eventstore::chain::digest(&bytes).to_string()
    }
}
