//! Runs the stories of a region: forward in time, with many callers at each moment.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::decider::Order;
use domain::fact::{Actor, FileKind, Organisation};
use domain::ids::CommandId;
use domain::rejection::Code;
use domain::terms::TermsBook;
use domain::time::Timestamp;
use domain::worker::WorkerCommand;
use eventstore::clock::Clock;
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::{EventStore, InvalidStreamName};
use eventstore::sqlite::SqliteStore;
use indicatif::ProgressBar;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;
use uuid::Uuid;
use workflows::desk::{Act, DeskError, Warrant};

use super::note::Note;
use super::region::Region;
use super::story::{Story, case_id};
use super::{Asked, SimulateError, Stop, Written, hours};
use crate::demo::Histories;
use crate::demo::clock::DemoClock;
use crate::demo::staff::StaffMember;
use crate::node::unserved::Desks;
use crate::node::{FolderKind, HISTORY, HistoryPlace, NodeOptions, VAULT_NOTES, prepare};

/// Commands that are on their way at once: enough for one sync to serve many.
const CALLERS: usize = 64;

/// How often it is noted how far the region is. What is lost is only looked at again.
const BETWEEN_NOTES: Duration = Duration::from_secs(2);

/// Cases whose stories are looked at to tell whether a folder was begun with the same ones.
const LOOKED_AT: u32 = 64;

tokio::task_local! {
    /// Where new ids come from while a command is decided: they follow from the command, whoever else is at work.
    static IDS: Ids;
}

struct Ids {
    command: Uuid,
    made: Cell<u64>,
}

impl Ids {
    fn next(&self) -> Uuid {
        self.made.set(self.made.get() + 1);
        Uuid::new_v5(&self.command, &self.made.get().to_be_bytes())
    }
}

/// A step that waits: when, of which case, which.
type Waiting = Reverse<(Timestamp, u32, usize)>;

pub(super) async fn write(
    folder: &Path,
    asked: Asked,
    bar: &ProgressBar,
    stop: &Stop,
) -> Result<Written, SimulateError> {
    let staff = Histories::of_the_project()?.staff;
    let region = Arc::new(Region::of(asked, &staff)?);
    let mut note = begin(folder, asked, stories(&region))?;
    let last = last_recorded(folder).await?;
    if !note.whole && last.is_some_and(|last| last > hours::end()) {
        return Err(SimulateError::PlayedOver);
    }
    let clock = Arc::new(DemoClock::at(last.unwrap_or_else(hours::beginning)));
    let told = Arc::clone(&clock) as Arc<dyn Clock>;
    let desks = Arc::new(Desks::open(options(folder, told)?, ids()).await?);
    let mut run = Run { folder, region, clock, desks: Arc::clone(&desks), last, refused: BTreeMap::new(), bar, stop };
    let done = run.through(&mut note).await;
    let facts = run.facts().await;
    let refused = std::mem::take(&mut run.refused);
    drop(run);
    if let Ok(desks) = Arc::try_unwrap(desks).map_err(drop) {
        desks.close().await;
    }
    done?;
    Ok(Written { facts: facts?, refused, whole: note.whole })
}

/// The note of a folder that may be written in; a new one for a new folder.
fn begin(folder: &Path, asked: Asked, stories: String) -> Result<Note, SimulateError> {
    if let Some(note) = Note::read(folder)? {
        note.check(asked, &stories)?;
        return Ok(note);
    }
    prepare(folder, FolderKind::Demo)?;
    if folder.join(HISTORY).exists() {
        return Err(SimulateError::HoldsDemo(folder.display().to_string()));
    }
    let note = Note::begun(asked, stories);
    // Before anything else: a folder without it would be a demo's.
    note.keep(folder)?;
    Ok(note)
}

fn options(folder: &Path, clock: Arc<dyn Clock>) -> Result<NodeOptions, SimulateError> {
    Ok(NodeOptions {
        folder: folder.to_path_buf(),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default()?,
        clock,
    })
}

fn ids() -> Arc<dyn Fn() -> Uuid + Send + Sync> {
    Arc::new(|| IDS.try_with(Ids::next).unwrap_or_else(|_| Uuid::new_v4()))
}

/// Names the stories: what happens when, in the first cases.
fn stories(region: &Region) -> String {
    let mut digest = Sha256::new();
    for case in 0..region.cases.min(LOOKED_AT) {
        let story = Story::of(region, case);
        for step in 0..story.length() {
            digest.update(story.when(step).map_or(0, Timestamp::micros).to_be_bytes());
            digest.update(story.what(step));
        }
    }
    let [one, two, three, four, ..] = <[u8; 32]>::from(digest.finalize());
    format!("{one:02x}{two:02x}{three:02x}{four:02x}")
}

async fn last_recorded(folder: &Path) -> Result<Option<Timestamp>, SimulateError> {
    let path = folder.join(HISTORY);
    if !path.exists() {
        return Ok(None);
    }
    let store = SqliteStore::open_read_only(&path)?;
    Ok(store.last_event().await?.map(|event| event.recorded_at))
}

struct Run<'a> {
    folder: &'a Path,
    region: Arc<Region>,
    clock: Arc<DemoClock>,
    desks: Arc<Desks>,
    /// When something was recorded last before this run. What was to happen before that had its turn, with or without effect.
    last: Option<Timestamp>,
    refused: BTreeMap<Code, u64>,
    bar: &'a ProgressBar,
    stop: &'a Stop,
}

impl Run<'_> {
    async fn through(&mut self, note: &mut Note) -> Result<(), SimulateError> {
        if note.whole {
            return Ok(());
        }
        self.bar.set_length(hours::days_between(hours::beginning(), hours::end()));
        self.introduce().await?;
        // Time does not go back: a step that had nothing to do then would be asked again on a later day, and find something.
        let done = Timestamp::from_micros(note.done);
        let mut waiting = self.waiting(self.last.map_or(done, |last| last.max(done)));
        let mut noted = Instant::now();
        while let Some(Reverse((moment, ..))) = waiting.peek().copied() {
            if (self.stop)(moment) {
                note.done_before(moment);
                return note.keep(self.folder);
            }
            if noted.elapsed() > BETWEEN_NOTES {
                note.done_before(moment);
                note.keep(self.folder)?;
                self.bar.set_message(moment.day().to_string());
                noted = Instant::now();
            }
            self.bar.set_position(hours::days_between(hours::beginning(), moment));
            self.at(moment, &mut waiting).await?;
        }
        note.whole = true;
        note.keep(self.folder)
    }

    /// The first step of every case from this moment on.
    fn waiting(&self, from: Timestamp) -> BinaryHeap<Waiting> {
        let first = |case| Story::of(&self.region, case).first_from(from).map(|(step, at)| Reverse((at, case, step)));
        (0..self.region.cases).filter_map(first).collect()
    }

    /// Everything that happens at one moment: cases at once, steps of one case after each other.
    async fn at(&mut self, moment: Timestamp, waiting: &mut BinaryHeap<Waiting>) -> Result<(), SimulateError> {
        self.clock.tell(moment);
        let mut under_way = JoinSet::new();
        loop {
            while under_way.len() < CALLERS
                && let Some(Reverse((at, case, step))) = waiting.peek().copied()
                && at == moment
            {
                waiting.pop();
                let (desks, region) = (Arc::clone(&self.desks), Arc::clone(&self.region));
                let again = self.last == Some(moment);
                under_way.spawn(async move { take(&desks, &region, case, step, again).await });
            }
            let Some(done) = under_way.join_next().await else { return Ok(()) };
            let Taken { next, refused } = done.map_err(|_| SimulateError::Stopped)??;
            waiting.extend(next);
            if let Some(code) = refused {
                *self.refused.entry(code).or_default() += 1;
            }
        }
    }

    /// Everyone who works in the region is known by name from its first moment on.
    async fn introduce(&self) -> Result<(), SimulateError> {
        if self.last.is_some_and(|last| last > hours::beginning()) {
            return Ok(());
        }
        let mut under_way = JoinSet::new();
        for member in self.region.staff() {
            let (desks, member, seed) = (Arc::clone(&self.desks), member.clone(), self.region.seed);
            under_way.spawn(async move { introduce(&desks, &member, seed).await });
            while under_way.len() >= CALLERS
                && let Some(done) = under_way.join_next().await
            {
                done.map_err(|_| SimulateError::Stopped)??;
            }
        }
        while let Some(done) = under_way.join_next().await {
            done.map_err(|_| SimulateError::Stopped)??;
        }
        Ok(())
    }

    /// Facts in the cases: everything, without the staff and without what the history notes of its vault.
    async fn facts(&self) -> Result<u64, SimulateError> {
        let all = self.desks.store.head().await?.token();
        let notes = VAULT_NOTES.parse().map_err(|error: InvalidStreamName| SimulateError::Note {
            path: VAULT_NOTES.to_owned(),
            what: error.to_string(),
        })?;
        let notes = self.desks.store.stream_head(&notes).await?.map_or(0, |(last, _)| last.number() + 1);
        let staff = u64::try_from(self.region.staff().len()).unwrap_or(u64::MAX);
        Ok(all.saturating_sub(notes).saturating_sub(staff))
    }
}

/// What became of a step.
struct Taken {
    /// The next step of the case.
    next: Option<Waiting>,
    /// The law refused the order.
    refused: Option<Code>,
}

async fn take(desks: &Desks, region: &Region, case: u32, step: usize, again: bool) -> Result<Taken, SimulateError> {
    let story = Story::of(region, case);
    let next = story.when(step + 1).map(|at| Reverse((at, case, step + 1)));
    let id = case_id(region.seed, case);
    let loaded = desks.cases.load(id).await?;
    // What was broken off went on at least as far as a later step of the case: then this one had its turn, with or without effect.
    let had_its_turn = || (step..story.length()).any(|step| loaded.history.effect(story.command(step)).is_some());
    if again && had_its_turn() {
        return Ok(Taken { next, refused: None });
    }
    let day = desks.cases.office().clock.now().day();
    let Some(given) = story.tell(step, &loaded.history, day, region.terms.terms_on(day)) else {
        return Ok(Taken { next, refused: None });
    };
    // While it is held here, what is written would make a copy of it.
    drop(loaded);
    let command = story.command(step);
    let act = act(&given.by, command, FileKind::Coordination);
    let holder = given.by.organisation.clone();
    let judge = |_: &_| Ok::<_, Infallible>(warrant(&holder));
    let ran = IDS.scope(numbered(command), desks.cases.run(id, &given.order, &act, judge)).await;
    match ran {
        Ok(_) => Ok(Taken { next, refused: None }),
        Err(DeskError::Rejected(rejection)) => Ok(Taken { next, refused: Some(rejection.code) }),
        Err(error) => Err(error.into()),
    }
}

async fn introduce(desks: &Desks, member: &StaffMember, seed: u64) -> Result<(), SimulateError> {
    let (name, organisation, roles) = (member.name.clone(), member.organisation.clone(), member.roles.clone());
    let order = Order::now(WorkerCommand::IntroduceWorker { name, organisation, roles });
    let worker = member.worker().as_uuid();
    let command = CommandId::from_uuid(Uuid::new_v5(&worker, format!("simulate/{seed}").as_bytes()));
    let act = act(&member.actor(), command, FileKind::Coordination);
    let judge = |_: &_| Ok::<_, Infallible>(warrant(&member.organisation));
    IDS.scope(numbered(command), desks.workers.run(worker, &order, &act, judge)).await?;
    Ok(())
}

const fn numbered(command: CommandId) -> Ids {
    Ids { command: command.as_uuid(), made: Cell::new(0) }
}

fn act(by: &Actor, command: CommandId, file: FileKind) -> Act {
    let correlation = CorrelationId::from_uuid(command.as_uuid());
    Act { actor: by.clone(), command, file, cause: None, correlation, trace: None }
}

/// No gate was asked: every fact says that it is part of a simulation.
fn warrant(holder: &Organisation) -> Warrant {
    Warrant {
        decision: Decision {
            policy: String::new(),
            rules: vec!["simulation.story".to_owned()],
            relation: "simulation".to_owned(),
            judged_at: None,
            consents: Vec::new(),
        },
        purpose: "coordination".to_owned(),
        activity: "coordination/1".to_owned(),
        holder: holder.clone(),
    }
}

/// How to open a region for its read database, once it was written.
///
/// # Errors
/// When the product's own terms cannot be read.
pub(super) fn at_its_end(folder: &Path) -> Result<NodeOptions, SimulateError> {
    options(folder, Arc::new(DemoClock::at(hours::end())))
}
