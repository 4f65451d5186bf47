//! A real case for tests: ordered through the law of a case, sealed, stored and loaded again. Invented people only.

use std::collections::HashMap;
use std::sync::Arc;

use domain::case::{Case, CaseCommand};
use domain::consent::{ConsentKind, Evidence, NewConsent, WhoIs};
use domain::decider::{Context, History, Order, decide, everybody};
use domain::fact::{Actor, Draft, Fact, FileKind, Organisation, Role};
use domain::households::HouseholdCommand;
use domain::ids::{CaseId, CommandId, ConsentId, EventId, HouseholdId, PersonId, Subject, WorkerId};
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::people::{AuthorityKind, FamilyRole, NewAuthority, NewPerson, Source};
use domain::regie::{Agreed, NewParty, RegieCommand, RegieTask};
use domain::terms::{Terms, TermsBook};
use domain::text::{Line, Name, Text};
use domain::time::{CivilDay, Occurred};
use eventstore::clock::{Clock, ToldClock};
use eventstore::codec::{Basis, Codec, Provenance};
use eventstore::key::{Key, MasterKey};
use eventstore::loader::{Loaded, extend};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::{EventStore, Expected, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use eventstore::upcast::Upcasters;
use eventstore::vault::{DecisionId, Vault};
use tempfile::TempDir;
use uuid::Uuid;

use domain::case::CaseEvent;

use crate::views::{Reading, Rights};

pub const NOOR: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x11));
pub const JOOST: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x12));
pub const LAYLA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x13));
pub const PETRA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x14));
pub const SAM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x15));
pub const KOEN: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x16));

pub fn day(text: &str) -> CivilDay {
    text.parse().expect("a day")
}

pub fn text(words: &str) -> Text {
    Text::new(words).expect("a text")
}

pub fn line(words: &str) -> Line {
    Line::new(words).expect("a line")
}

pub fn organisation(name: &str) -> Organisation {
    Organisation::new(name).expect("an organisation")
}

pub fn terms() -> Terms {
    book().terms_on(day("2026-03-02")).clone()
}

fn book() -> TermsBook {
    TermsBook::nl_default().expect("terms")
}

pub fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E_0000 + number))
}

/// What a view says of a history on a day, as now known.
pub fn read<T>(history: &History<Case>, today: &str, view: impl FnOnce(&Reading<'_>) -> T) -> T {
    let terms = terms();
    let rights = Rights { today: day(today), ages: terms.consent_ages };
    view(&Reading::new(history, history.state(), day(today), &terms, rights))
}

/// What a view says of the first case on a day.
pub fn on<T>(office: &Office, today: &str, view: impl FnOnce(&Reading<'_>) -> T) -> T {
    read(office.history(case(1)), today, view)
}

fn codec_in(folder: &TempDir) -> Codec {
    let master = MasterKey::new(Key::from_bytes([3; 32]));
    let vault = Vault::open(&folder.path().join("vault.db"), master).expect("a vault");
    Codec::new(Arc::new(vault), Upcasters::none())
}

/// A history, a vault, and the hands that write.
pub struct Office {
    pub folder: TempDir,
    pub clock: Arc<ToldClock>,
    pub store: Arc<SqliteStore>,
    pub codec: Codec,
    actor: Actor,
    cases: HashMap<CaseId, Loaded<Case>>,
    fresh: u128,
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ToldClock::at(day("2026-03-02").at(9, 0)));
        let options = SqliteOptions::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let store = Arc::new(SqliteStore::open(&folder.path().join("history.db"), options).expect("a history"));
        let codec = codec_in(&folder);
        let actor = Actor {
            worker: NOOR,
            role: Role::AccessWorker,
            organisation: organisation("gemeente-huizen"),
            on_behalf_of: None,
        };
        Self { folder, clock, store, codec, actor, cases: HashMap::new(), fresh: 0 }
    }

    pub fn on(&mut self, text: &str) -> &mut Self {
        self.clock.set(day(text).at(9, 0));
        self
    }

    pub fn by(&mut self, worker: WorkerId, role: Role) -> &mut Self {
        self.actor.worker = worker;
        self.actor.role = role;
        self
    }

    pub fn history(&self, case: CaseId) -> &History<Case> {
        &self.cases.get(&case).expect("a case").history
    }

    pub fn person(&self, case: CaseId, name: &str) -> PersonId {
        let mut people = self.history(case).state().people.iter();
        let called = |name: &str, given: Option<&Name>| given.is_some_and(|given| given.as_str() == name);
        let today = self.clock.now().day();
        people.find(|person| called(name, person.name_on(today))).expect("somebody called so").id
    }

    /// The first consent of this kind.
    pub fn consent(&self, case: CaseId, kind: ConsentKind) -> ConsentId {
        let mut consents = self.history(case).state().consents.all().iter();
        consents.find(|consent| consent.kind == kind).expect("a consent").id
    }

    fn fresh(&mut self) -> Uuid {
        self.fresh += 1;
        Uuid::from_u128(0xF000_0000_0000 + self.fresh)
    }

    /// Somebody gives a command now, and it is accepted.
    pub async fn order(&mut self, case: CaseId, command: impl Into<CaseCommand>) -> Vec<Fact<CaseEvent>> {
        self.give(case, Order::now(command.into())).await
    }

    /// The same about an earlier day.
    pub async fn told(&mut self, case: CaseId, on: &str, command: impl Into<CaseCommand>) -> Vec<Fact<CaseEvent>> {
        let occurred = Some(Occurred::Day(day(on)));
        self.give(case, Order { occurred, ..Order::now(command.into()) }).await
    }

    async fn give(&mut self, case: CaseId, order: Order<CaseCommand>) -> Vec<Fact<CaseEvent>> {
        let (terms, book) = (terms(), book());
        let mut fresh = self.fresh;
        let mut ids = || {
            fresh += 1;
            Uuid::from_u128(0xF000_0000_0000 + fresh)
        };
        let now = self.clock.now();
        let id = case.as_uuid();
        let mut context =
            Context { id, now, actor: &self.actor, terms: &terms, book: &book, ids: &mut ids, knows: &everybody };
        let history = self.cases.entry(case).or_default().history.clone();
        let drafts = decide(&history, &order, &mut context);
        self.fresh = fresh;
        self.record(case, drafts.unwrap_or_else(|refused| panic!("refused: {refused:?}"))).await
    }

    /// Drafts are recorded as one command, whoever decided them.
    pub async fn record(&mut self, case: CaseId, drafts: Vec<Draft<CaseEvent>>) -> Vec<Fact<CaseEvent>> {
        let provenance = self.provenance();
        let mut fresh = self.fresh;
        let mut event_id = || {
            fresh += 1;
            EventId::from_uuid(Uuid::from_u128(0xE000_0000_0000 + fresh))
        };
        let loaded = self.cases.entry(case).or_default();
        let (before, mut keys) = (loaded.history.facts().len(), loaded.keys.clone());
        let now = self.clock.now();
        let batch =
            self.codec.encode_batch::<Case>(Subject::Case(case), &mut keys, drafts, &provenance, now, &mut event_id);
        self.fresh = fresh;
        let expected = loaded.history.revision().map_or(Expected::NoStream, Expected::At);
        let stream = StreamName::new("case", case).expect("a name");
        self.store.append(&stream, expected, batch.expect("sealed")).await.expect("an append");
        extend(loaded, &*self.store, &self.codec, &stream).await.expect("a load");
        loaded.history.facts().iter().skip(before).cloned().collect()
    }

    fn provenance(&mut self) -> Provenance {
        let command = CommandId::from_uuid(self.fresh());
        Provenance {
            actor: self.actor.clone(),
            holder: organisation("gemeente-huizen"),
            file: FileKind::Coordination,
            purpose: "coordination".to_owned(),
            activity: "coordination-1".to_owned(),
            decision: Decision {
                policy: "00".to_owned(),
                rules: Vec::new(),
                relation: "access_worker".to_owned(),
                judged_at: None,
                consents: Vec::new(),
            },
            command,
            digest: command.to_string(),
            causation: None,
            correlation: CorrelationId::from_uuid(command.as_uuid()),
            trace: None,
            terms: "nl-default-1".to_owned(),
            basis: Basis::default(),
        }
    }

    /// The keys of a person are destroyed, and the case is read again.
    pub async fn erase(&mut self, case: CaseId, person: PersonId) {
        let keys = self.cases.get(&case).expect("a case").keys.of(Subject::Person(person)).to_vec();
        let decision = DecisionId::from_uuid(self.fresh());
        self.codec.vault().destroy(&keys, decision, self.clock.now()).expect("destroyed");
        self.read_again(case).await;
    }

    /// The keys of a person are lost by a fault: no tombstone says that they were destroyed. The case is read again.
    pub async fn lose(&mut self, case: CaseId, person: PersonId) {
        let vault = rusqlite::Connection::open(self.folder.path().join("vault.db")).expect("a vault");
        for key in self.cases.get(&case).expect("a case").keys.of(Subject::Person(person)) {
            let gone = vault.execute("DELETE FROM key WHERE id = ?1", [key.as_uuid().as_bytes().as_slice()]);
            assert_eq!(gone.expect("a vault"), 1);
        }
        // What was read before stays in the memory of a vault.
        self.codec = codec_in(&self.folder);
        self.read_again(case).await;
    }

    async fn read_again(&mut self, case: CaseId) {
        let stream = StreamName::new("case", case).expect("a name");
        let mut loaded = Loaded::default();
        extend(&mut loaded, &*self.store, &self.codec, &stream).await.expect("a load");
        self.cases.insert(case, loaded);
    }

    /// Samira, Ilias and his father; opened by Noor with Samira's consents.
    pub async fn open(&mut self, case: CaseId) -> &mut Self {
        let key = |key: &str| WhoIs::Key(key.to_owned());
        let someone = |key: &str, name: &str, born: Option<&str>, role: FamilyRole| NewPerson {
            key: key.to_owned(),
            name: Name::new(name).expect("a name"),
            birth_date: born.map(day),
            role,
        };
        let consent = |kind: ConsentKind| NewConsent {
            giver: key("samira"),
            subject: key("ilias"),
            kind,
            purpose: None,
            categories: Vec::new(),
            recipients: Vec::new(),
            from: None,
            until: None,
            explained: Some(text("what will happen")),
            evidence: Evidence::Spoken,
        };
        let command = LifeCommand::OpenCase {
            municipality: organisation("gemeente-huizen"),
            framework: LegalFramework::Voluntary,
            ground: OpeningGround::HelpConsent,
            question: text("rest at home"),
            signal: None,
            people: vec![
                someone("samira", "Samira Boukhari", Some("1988-04-01"), FamilyRole::Parent),
                someone("ilias", "Ilias Boukhari", Some("2017-01-09"), FamilyRole::Child),
                someone("father", "Karim", None, FamilyRole::Parent),
            ],
            authority: vec![NewAuthority {
                child: key("ilias"),
                kind: AuthorityKind::OneParent,
                holders: vec![key("samira")],
                from: day("2017-01-09"),
                until: None,
                source: Source::Register,
            }],
            consents: vec![consent(ConsentKind::Help), consent(ConsentKind::Joining)],
        };
        self.order(case, command).await;
        self
    }

    pub async fn join(&mut self, case: CaseId, worker: WorkerId, of: &str) -> &mut Self {
        self.join_as(case, worker, of, None).await
    }

    pub async fn join_as(&mut self, case: CaseId, worker: WorkerId, of: &str, specialist: Option<&str>) -> &mut Self {
        let party = NewParty {
            worker,
            organisation: organisation(of),
            expertise: Some(line("upbringing")),
            specialist: specialist.is_some(),
            expected_end: specialist.map(day),
            from: None,
            consents: vec![self.consent(case, ConsentKind::Joining)],
        };
        self.order(case, RegieCommand::JoinParty(party)).await;
        self
    }

    pub async fn assign(&mut self, case: CaseId, director: WorkerId) -> &mut Self {
        let command = RegieCommand::AssignCaseDirector {
            director,
            organisation: organisation("gemeente-huizen"),
            tasks: vec![RegieTask::Overview, RegieTask::Plan],
            agreed: vec![Agreed::Person(self.person(case, "Samira Boukhari")), Agreed::Worker(PETRA)],
            from: None,
        };
        self.order(case, command).await;
        self
    }

    /// The first weeks of five supporters: two join, Joost directs from 2026-03-25, a specialist comes in.
    pub async fn five_supporters(&mut self, case: CaseId) {
        self.on("2026-03-02").by(NOOR, Role::AccessWorker);
        self.open(case).await.join(case, PETRA, "zorg-vecht").await.join(case, SAM, "jeugd-gooi").await;
        self.on("2026-03-25").assign(case, JOOST).await;
        self.on("2026-04-20").join_as(case, KOEN, "jeugd-gooi", Some("2026-10-01")).await;
    }

    /// A household in which the mother lives from a day on. Its id.
    pub async fn at_mothers(&mut self, case: CaseId, mother: PersonId, from: &str) -> HouseholdId {
        let form = HouseholdCommand::FormHousehold { label: line("bij mama"), from: day(from), members: vec![mother] };
        self.order(case, form).await;
        self.history(case).state().households.iter().next().expect("a household").id
    }

    /// Joost offers the directorship to Layla.
    pub async fn offer_to_layla(&mut self, case: CaseId) {
        self.on("2026-06-19").by(JOOST, Role::CaseDirector);
        let offer = RegieCommand::OfferHandover {
            successor: LAYLA,
            organisation: organisation("gemeente-huizen"),
            planned: day("2026-06-26"),
            reason: text("another job"),
            summary: text("what matters most"),
            open_tasks: vec![line("call the school")],
        };
        self.order(case, offer).await;
    }

    /// The family says yes, Layla reads and accepts.
    pub async fn accept_by_layla(&mut self, case: CaseId) {
        let handover = self.history(case).state().regie.open_handover().expect("an offer").id;
        let person = self.person(case, "Samira Boukhari");
        self.on("2026-06-23").by(NOOR, Role::AccessWorker);
        let word = RegieCommand::RecordFamilyWord {
            handover,
            person,
            agrees: true,
            words: Some(text("fine with me")),
            told_day: day("2026-06-26"),
        };
        self.order(case, word).await;
        self.on("2026-06-26").by(LAYLA, Role::CaseDirector);
        self.order(case, RegieCommand::ReadHandoverSummary { handover }).await;
        self.order(case, RegieCommand::AcceptHandover { handover }).await;
    }
}
