//! A real folder with terms of its own. Invented people only.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::Duration;

use domain::fact::Organisation;
use domain::terms::NL_DEFAULT;
use eventstore::key::{MasterKey, SystemEntropy};
use projections::lists::{PageRequest, Scope};
use serde_json::json;
use uuid::Uuid;

use super::super::backup;
use super::super::demo::InProcess;
use super::super::rebuild::rebuild;
use super::*;
use crate::demo::player::{Play as _, Request};
use crate::demo::staff::Staff;
use crate::node::{HISTORY, Node, VAULT};

const STAFF: &str = "[[staff]]\nkey = 'noor'\nname = 'Noor'\norganisation = 'dienst'\nroles = ['access_worker']\n";

/// A municipality where a child of five is asked for help beside the parent, and the files that say so.
struct Site {
    files: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let files = tempfile::tempdir().unwrap();
        let (terms, key) = (files.path().join("terms.toml"), files.path().join("key"));
        fs::write(&terms, NL_DEFAULT.replace("help_together = 12", "help_together = 4")).unwrap();
        MasterKey::create_file(&key, &SystemEntropy).unwrap();
        let config =
            json!({ "data": { "folder": files.path().join("data"), "master_key_file": key, "terms_file": terms } });
        fs::write(files.path().join("rustpunt.toml"), toml::to_string(&config).unwrap()).unwrap();
        fs::create_dir(files.path().join("data")).unwrap();
        Self { files }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }

    /// As the command line says it with the configuration.
    fn configured(&self) -> Place {
        Place { data: None, config: Some(self.path("rustpunt.toml")), master_key_file: None }
    }

    /// As the command line says it without.
    fn bare(&self) -> Place {
        Place { data: Some(self.path("data")), config: None, master_key_file: Some(self.path("key")) }
    }

    /// The server opened a case of a child of five, with its mother's consent.
    async fn served(&self) {
        let node = Node::open(self.options(), || {}).await.unwrap();
        let today = node.clock().now().day();
        let (born, mother_born) = (today.minus_days(2_000).to_string(), today.minus_days(12_000).to_string());
        let input = json!({
            "commandId": Uuid::from_u128(1), "municipality": "dienst", "framework": "VOLUNTARY", "ground": "HELP_CONSENT",
            "question": "Rust.",
            "people": [
                { "key": "hanna", "name": "Hanna", "birthDate": mother_born, "role": "PARENT" },
                { "key": "otis", "name": "Otis", "birthDate": born, "role": "CHILD" },
            ],
            "authority": [
                { "child": "otis", "kind": "ONE_PARENT", "holders": ["hanna"], "from": born, "source": "REGISTER" },
            ],
            "consents": [{ "giver": "hanna", "subject": "otis", "kind": "HELP", "evidence": "SPOKEN" }],
        });
        let staff = Staff::read(STAFF).unwrap();
        let request = Request {
            actor: staff.get("noor").unwrap(),
            name: "openCase",
            query: false,
            fields: "",
            variables: json!({ "input": input }),
        };
        InProcess::of(&node).perform(&request).await.unwrap();
        node.lists().when_processed(node.store().head().await.unwrap(), Duration::from_secs(20)).await.unwrap();
        node.close().await;
    }

    fn options(&self) -> NodeOptions {
        NodeOptions {
            folder: self.path("data"),
            kind: FolderKind::Real,
            history: crate::node::HistoryPlace::Folder,
            master_key_file: Some(self.path("key")),
            terms: TermsBook::parse(&fs::read_to_string(self.path("terms.toml")).unwrap()).unwrap(),
            clock: Arc::new(SystemClock::new()),
        }
    }

    /// The read databases that are there.
    fn databases(&self) -> BTreeSet<String> {
        let names = fs::read_dir(self.path("data").join("lists")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "db")).collect()
    }

    /// How many children lack a consent, as the lists have it.
    async fn incomplete(&self) -> u32 {
        let node = Node::open(self.options(), || {}).await.unwrap();
        let scope = Scope::Municipality(Organisation::new("dienst").unwrap());
        let page = node.lists().caseload(scope, PageRequest::first(NonZeroU16::MIN)).await.unwrap();
        node.close().await;
        page.rows.first().unwrap().1.row.incomplete_consents
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_follows_the_configured_terms_and_no_server_uses_rows_of_other_terms() {
    let site = Site::new();
    site.served().await;
    assert_eq!(site.incomplete().await, 1, "the child was not asked");
    rebuild(site.configured().settle(std::iter::empty()).unwrap()).await.unwrap();
    let made = site.databases();
    assert_eq!((site.incomplete().await, site.databases()), (1, made.clone()), "the server goes on from what was made");
    // The product's own terms ask nobody of five.
    rebuild(site.bare().settle(std::iter::empty()).unwrap()).await.unwrap();
    let other = site.databases();
    assert_eq!(site.incomplete().await, 1);
    assert!(site.databases() != other && other != made);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_without_a_server_copies_and_changes_nothing_else() {
    let site = Site::new();
    site.served().await;
    fs::remove_file(site.path("data").join("reactions.db")).unwrap();
    let lists = site.databases();
    // Also under other terms than the server's.
    for (place, copy) in [(site.configured(), "copy"), (site.bare(), "another")] {
        let (from, to) = (place.settle(std::iter::empty()).unwrap(), site.path(copy));
        tokio::task::spawn_blocking(move || backup::copy(from, &to, None).map(|_| ())).await.unwrap().unwrap();
        assert!(site.path(copy).join(HISTORY).exists() && site.path(copy).join(VAULT).exists());
        assert_eq!(site.databases(), lists);
        assert!(!site.path("data").join("reactions.db").exists(), "nothing followed the history");
    }
    assert_eq!(site.incomplete().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_served_is_opened_as_it_is_served() {
    let site = Site::new();
    site.served().await;
    let options = site.configured().settle(std::iter::empty()).unwrap().options().await.unwrap();
    assert_eq!((options.terms, options.master_key_file), (site.options().terms, site.options().master_key_file));
}

#[test]
fn the_command_line_wins_over_the_configuration_and_a_demo_has_its_own() {
    let site = Site::new();
    let unserved = site.configured().settle(std::iter::empty()).unwrap();
    assert_eq!(unserved.folder, site.path("data"));
    assert_eq!(unserved.data.terms_file, Some(site.path("terms.toml")));
    let other = Place { data: Some(site.path("other")), master_key_file: Some("k".into()), ..site.configured() };
    let unserved = other.settle(std::iter::empty()).unwrap();
    assert_eq!((unserved.folder, unserved.data.master_key_file.as_deref()), (site.path("other"), Some(Path::new("k"))));

    fs::write(site.path("data").join("DEMO"), "").unwrap();
    assert_eq!(site.configured().settle(std::iter::empty()).unwrap().data, DataConfig::default());
    let nowhere = Place { data: None, config: None, master_key_file: None };
    assert!(matches!(nowhere.settle(std::iter::empty()), Err(ConfigError::Missing { .. })));
}
