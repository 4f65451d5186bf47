//! Reading the trail, newest first, over all months and all nodes whose files lie in the folder. Disposable indexes say where to look;
//! every entry is read from the trail itself, and its place in the chain is checked. What cannot be read is a fault, never a gap.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::Revision;
use domain::time::{CivilDay, Timestamp};
use eventstore::loader::hash_of;
use eventstore::port::{EventStore as _, Filter, Position, RecordedEvent, StoreFault};
use eventstore::sqlite::SqliteStore;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::entry::Entry;
use super::index::{Before, Index, IndexFault, Pointer};
use super::mark::TrailFilter;
use super::{APART_SINCE, ENTRY_TYPE, ENTRY_VERSION, TrailFault};

/// Entries that an index takes in at a time: memory stays flat, however long the file is.
const AT_A_TIME: usize = 500;

/// Where an entry stands among all others. It never changes: later entries come before the first of a page, never within it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TrailPlace {
    month: String,
    recorded: Timestamp,
    file: String,
    place: u64,
}

impl TrailPlace {
    /// As a cursor holds it.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}|{}|{}|{}", self.month, self.recorded.micros(), self.file, self.place)
    }

    /// What [`TrailPlace::to_text`] made.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let (month, recorded) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let (file, place) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let whole = parts.next().is_none();
        whole.then_some(Self { month, recorded: Timestamp::from_micros(recorded), file, place })
    }
}

/// An entry, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Where it stands.
    pub place: TrailPlace,
    /// The entry.
    pub entry: Entry,
}

/// Some entries, newest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TrailPage {
    /// The entries.
    pub found: Vec<Found>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Reads the files of one folder.
pub(super) struct Reader {
    folder: PathBuf,
    open: Mutex<BTreeMap<FileName, Arc<Mutex<Option<Opened>>>>>,
}

/// A file of the trail: `trail-2026-11.db`, or that of another node whose trail was laid beside it: `trail-2026-11.<any name>.db`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct FileName {
    month: String,
    name: String,
}

impl FileName {
    fn of(name: &str) -> Option<Self> {
        let stem = name.strip_prefix("trail-")?.strip_suffix(".db")?;
        let (month, label) = stem.split_once('.').unwrap_or((stem, ""));
        let index = label.rsplit('.').next() == Some("index");
        let valid = format!("{month}-01").parse::<CivilDay>().is_ok() && !name.contains('|');
        (valid && !index).then(|| Self { month: month.to_owned(), name: name.to_owned() })
    }
}

/// Whether a file in the folder of the trail is a part of it; the disposable indexes beside those parts are none.
#[must_use]
pub fn is_trail_file(name: &str) -> bool {
    FileName::of(name).is_some()
}

/// A file with its index.
#[derive(Clone)]
struct Opened {
    store: Arc<SqliteStore>,
    index: Index,
}

/// Why a question to one file failed.
enum Failed {
    /// Its index: made anew, once.
    Index(IndexFault),
    /// The file itself.
    Trail(TrailFault),
}

impl From<IndexFault> for Failed {
    fn from(fault: IndexFault) -> Self {
        Self::Index(fault)
    }
}

impl From<TrailFault> for Failed {
    fn from(fault: TrailFault) -> Self {
        Self::Trail(fault)
    }
}

impl From<Failed> for TrailFault {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Index(fault) => fault.into(),
            Failed::Trail(fault) => fault,
        }
    }
}

impl Reader {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), open: Mutex::default() }
    }

    /// As [`super::Trail::read`].
    pub(super) async fn read(
        &self,
        filter: &TrailFilter,
        after: Option<&TrailPlace>,
        most: usize,
    ) -> Result<TrailPage, TrailFault> {
        let beyond = most.saturating_add(1);
        let mut found = Vec::new();
        for (month, files) in self.months(filter)?.into_iter().rev() {
            if after.is_some_and(|after| month > after.month) {
                continue;
            }
            let mut of_month = Vec::new();
            for file in files {
                let before = after.map_or(Before::NOTHING, |after| before(after, &file));
                of_month.extend(self.of_file(&file, filter, before, beyond).await?);
            }
            of_month.sort_unstable_by(|a, b| b.place.cmp(&a.place));
            found.extend(of_month);
            if found.len() >= beyond {
                break;
            }
        }
        let more = found.len() > most;
        found.truncate(most);
        Ok(TrailPage { found, more })
    }

    /// As [`super::Trail::count`].
    pub(super) async fn count(&self, filter: &TrailFilter, most: usize) -> Result<usize, TrailFault> {
        let mut counted = 0;
        for file in self.months(filter)?.into_values().rev().flatten() {
            let left = most - counted;
            counted += match count(&self.ready(&file).await?, filter, left).await {
                Err(Failed::Index(fault)) => {
                    self.make_anew(&file, &fault).await?;
                    count(&self.ready(&file).await?, filter, left).await?
                }
                other => other?,
            };
            if counted >= most {
                break;
            }
        }
        Ok(counted)
    }

    /// Lets every file go.
    pub(super) async fn close(&self) {
        self.open.lock().await.clear();
    }

    /// The files that may hold what is asked for, by month. An entry is never in a file of an earlier month than its own; it is in one
    /// of a later month when the clock was set back.
    fn months(&self, filter: &TrailFilter) -> Result<BTreeMap<String, Vec<FileName>>, TrailFault> {
        let unreadable = |error| TrailFault::Unreadable(format!("{} ({error})", self.folder.display()));
        let first = filter.from.map(|from| from.day().to_string());
        let first = first.as_deref().and_then(|day| day.get(..7)).unwrap_or_default();
        let mut months: BTreeMap<String, Vec<FileName>> = BTreeMap::new();
        for found in fs::read_dir(&self.folder).map_err(unreadable)? {
            let name = found.map_err(unreadable)?.file_name();
            let Some(file) = name.to_str().and_then(FileName::of) else { continue };
            if file.month.as_str() >= first {
                months.entry(file.month.clone()).or_default().push(file);
            }
        }
        Ok(months)
    }

    async fn of_file(
        &self,
        file: &FileName,
        filter: &TrailFilter,
        before: Before,
        most: usize,
    ) -> Result<Vec<Found>, TrailFault> {
        match find(&self.ready(file).await?, file, filter, before, most).await {
            Err(Failed::Index(fault)) => {
                self.make_anew(file, &fault).await?;
                Ok(find(&self.ready(file).await?, file, filter, before, most).await?)
            }
            other => Ok(other?),
        }
    }

    /// A file whose index has everything that was durable when asked. An index that is wrong is thrown away, once.
    async fn ready(&self, file: &FileName) -> Result<Opened, TrailFault> {
        let place = self.place(file).await;
        let mut slot = place.lock().await;
        let path = self.folder.join(&file.name);
        match caught_up(slot.take(), &path).await {
            Err(Failed::Index(fault)) => {
                thrown_away(&path, &fault).await?;
                Ok(slot.insert(caught_up(None, &path).await?).clone())
            }
            other => Ok(slot.insert(other?).clone()),
        }
    }

    async fn make_anew(&self, file: &FileName, fault: &IndexFault) -> Result<(), TrailFault> {
        let place = self.place(file).await;
        let mut slot = place.lock().await;
        *slot = None;
        thrown_away(&self.folder.join(&file.name), fault).await
    }

    async fn place(&self, file: &FileName) -> Arc<Mutex<Option<Opened>>> {
        Arc::clone(self.open.lock().await.entry(file.clone()).or_default())
    }
}

async fn thrown_away(path: &Path, fault: &IndexFault) -> Result<(), TrailFault> {
    tracing::warn!(%fault, "an index of the trail is thrown away and made anew");
    let gone = path.to_path_buf();
    Ok(blocking(move || Index::throw_away(&gone)).await?)
}

/// How far back to begin in this file, for what stands after a place in the order of [`TrailPlace`].
fn before(after: &TrailPlace, file: &FileName) -> Before {
    if file.month < after.month {
        return Before::NOTHING;
    }
    let (all, moment) = (u64::MAX, after.recorded);
    match file.name.cmp(&after.file) {
        std::cmp::Ordering::Equal => Before { place: after.place, recorded: moment },
        std::cmp::Ordering::Less => Before { place: all, recorded: moment },
        std::cmp::Ordering::Greater => {
            Before { place: all, recorded: Timestamp::from_micros(moment.micros().saturating_sub(1)) }
        }
    }
}

async fn count(opened: &Opened, filter: &TrailFilter, most: usize) -> Result<usize, Failed> {
    let (index, wanted) = (opened.index.clone(), filter.clone());
    blocking(move || index.count(&wanted, most)).await
}

async fn find(
    opened: &Opened,
    file: &FileName,
    filter: &TrailFilter,
    before: Before,
    most: usize,
) -> Result<Vec<Found>, Failed> {
    let (index, wanted) = (opened.index.clone(), filter.clone());
    let pointers = blocking(move || index.find(&wanted, before, most)).await?;
    let mut found = Vec::new();
    for pointer in pointers {
        let entry = entry_at(&opened.store, &pointer).await?;
        if !filter.admits(&entry) {
            return Err(IndexFault::Foreign.into());
        }
        let Pointer { place, recorded, .. } = pointer;
        let place = TrailPlace { month: file.month.clone(), recorded, file: file.name.clone(), place };
        found.push(Found { place, entry });
    }
    Ok(found)
}

async fn caught_up(open_already: Option<Opened>, path: &Path) -> Result<Opened, Failed> {
    // Somebody may have deleted the index while it was open; nothing is lost by that.
    let opened = match open_already.filter(|_| Index::is_there(path)) {
        Some(opened) => opened,
        None => open(path).await?,
    };
    catch_up(&opened).await?;
    Ok(opened)
}

async fn open(path: &Path) -> Result<Opened, Failed> {
    let trail = path.to_path_buf();
    let store = spawn_blocking(move || SqliteStore::open_read_only(&trail)).await;
    let store = Arc::new(store.map_err(|_| stopped())?.map_err(|fault| unreadable(&fault))?);
    let (trail, source) = (path.to_path_buf(), store.source().to_owned());
    let index = blocking(move || Index::open(&trail, &source)).await?;
    let opened = Opened { store, index };
    goes_with_its_file(&opened).await?;
    Ok(opened)
}

/// Whether what the index holds is the beginning of what the file holds: an older copy of the file may have taken its place.
async fn goes_with_its_file(opened: &Opened) -> Result<(), Failed> {
    let index = opened.index.clone();
    let end = blocking(move || index.end()).await?;
    let Some(before) = end.place.checked_sub(1) else { return Ok(()) };
    let page = page(&opened.store, before, 1).await?;
    let same = page.first().is_some_and(|event| event.position.token() == end.place && event.hash == end.hash);
    if same { Ok(()) } else { Err(IndexFault::Foreign.into()) }
}

async fn catch_up(opened: &Opened) -> Result<(), Failed> {
    let head = opened.store.head().await.map_err(|fault| unreadable(&fault))?.token();
    loop {
        let index = opened.index.clone();
        let end = blocking(move || index.end()).await?;
        if end.place >= head {
            return Ok(());
        }
        let events = page(&opened.store, end.place, AT_A_TIME).await?;
        let entries: Result<Vec<_>, TrailFault> =
            events.into_iter().map(|event| read(&event).map(|entry| (event, entry))).collect();
        let (index, entries) = (opened.index.clone(), entries?);
        if entries.is_empty() {
            return Err(IndexFault::Foreign.into());
        }
        blocking(move || index.extend(end.place, &entries)).await?;
    }
}

async fn page(store: &SqliteStore, after: u64, most: usize) -> Result<Vec<RecordedEvent>, TrailFault> {
    let page = store.read_all(Position::from_token(after), &Filter::all(), most).await;
    Ok(page.and_then(eventstore::port::Page::whole).map_err(|fault| unreadable(&fault))?.events)
}

/// The entry that a pointer names, with the one before it: its place in the chain of its day is checked.
async fn entry_at(store: &SqliteStore, pointer: &Pointer) -> Result<Entry, Failed> {
    let Pointer { stream, revision, .. } = pointer;
    let before = revision.number().checked_sub(1);
    let from = Revision::new(before.unwrap_or_default());
    let events = store.read_stream(stream, from, 2).await.map_err(|fault| unreadable(&fault))?;
    let event = events.iter().find(|event| event.revision == *revision).ok_or(IndexFault::Foreign)?;
    let follows = before.is_none() || events.first().is_some_and(|first| first.hash == event.previous);
    if !follows {
        let what = format!("{stream} entry {}: it does not follow from the one before it", revision.number());
        return Err(TrailFault::Unreadable(what).into());
    }
    Ok(read(event)?)
}

/// An entry as stored, if its bytes are those of its hash.
fn read(event: &RecordedEvent) -> Result<Entry, TrailFault> {
    let bad =
        |what: &str| TrailFault::Unreadable(format!("{} entry {}: {what}", event.stream, event.revision.number()));
    if hash_of(event) != event.hash {
        return Err(bad("its bytes were changed"));
    }
    if event.outer_type != ENTRY_TYPE || event.version > ENTRY_VERSION {
        return Err(bad("a later release wrote it: read it with that one"));
    }
    let entry: Entry = serde_json::from_slice(&event.data).map_err(|_| bad("it has another shape"))?;
    Ok(Entry { older: event.version < APART_SINCE, ..entry })
}

fn unreadable(fault: &StoreFault) -> TrailFault {
    TrailFault::Unreadable(fault.to_string())
}

fn stopped() -> TrailFault {
    TrailFault::Unreadable("a reader stopped half-way".to_owned())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IndexFault> + Send + 'static,
) -> Result<T, Failed> {
    match spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(stopped().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_trail_is_told_from_its_index() {
        for (name, month) in [
            ("trail-2026-11.db", Some("2026-11")),
            ("trail-2026-11.north.db", Some("2026-11")),
            ("trail-2026-11.index.db", None),
            ("trail-2026-11.north.index.db", None),
            ("trail-2026-11.db-wal", None),
            ("trail-soon.db", None),
        ] {
            assert_eq!(FileName::of(name).map(|file| file.month), month.map(str::to_owned), "{name}");
        }
    }

    #[test]
    fn a_place_is_read_back_as_it_was_written() {
        let place = TrailPlace {
            month: "2026-11".to_owned(),
            recorded: Timestamp::from_micros(1_795_000_000_000_000),
            file: "trail-2026-11.db".to_owned(),
            place: 42,
        };
        assert_eq!(TrailPlace::from_text(&place.to_text()), Some(place));
        for wrong in ["", "2026-11|x|y|1", "2026-11|1|y", "2026-11|1|y|1|1"] {
            assert_eq!(TrailPlace::from_text(wrong), None, "{wrong}");
        }
    }
}
