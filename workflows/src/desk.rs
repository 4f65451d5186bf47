//! The desk: takes a command to a stream and brings its effect back.
//!
//! Load, judge, decide, append; again when somebody else wrote first. One command id has one effect and one answer, whatever is
//! repeated, lost or raced.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::decider::{Context, Decider, DomainCommand, Effect, History, Order, decide, everybody};
use domain::fact::{Actor, Draft, Fact, FileKind, Organisation};
use domain::ids::{CommandId, EventId, PersonId, Subject};
use domain::rejection::Rejection;
use domain::terms::TermsBook;
use domain::text::Name;
use domain::time::Timestamp;
use eventstore::clock::Clock;
use eventstore::codec::{Basis, Codec, CodecError, Provenance};
use eventstore::key::StreamKeys;
use eventstore::loader::{self, LoadError, Loaded};
use eventstore::metadata::{CorrelationId, Decision, FactRef};
use eventstore::port::{AppendError, Appended, EventStore, Expected, NewEvent, StoreFault, StreamName};
use lru::LruCache;
use uuid::Uuid;

use crate::queue::Queues;

#[cfg(test)]
mod tests;

/// How often a decision is made again after somebody else wrote first. On one node that never happens; between nodes rarely twice.
const ATTEMPTS: usize = 5;
/// How often the same bytes are sent again while nobody knows whether they arrived.
const RESENDS: usize = 5;
/// How long they are sent again: an engine may take its time before it says that it does not know, and somebody waits for an answer.
const RESENDING: Duration = Duration::from_secs(10);
/// Streams kept opened in memory. A case is some hundred facts of about a kilobyte.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1_023);

/// What every desk of a node shares.
#[derive(Clone)]
pub struct Office {
    /// Where facts are kept.
    pub store: Arc<dyn EventStore>,
    /// Seals and opens them.
    pub codec: Arc<Codec>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Municipal and legal policy.
    pub terms: Arc<TermsBook>,
    /// Source of new ids; seeded in tests.
    pub ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

/// Who does something, in which capacity and for what.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// The intention; the same id has one effect.
    pub command: CommandId,
    /// Which file the fact becomes part of.
    pub file: FileKind,
    /// The fact that caused this, when a reaction acts.
    pub cause: Option<FactRef>,
    /// Joins everything that follows from one request.
    pub correlation: CorrelationId,
    /// W3C trace id, when there is one.
    pub trace: Option<String>,
}

/// What a judge allows a command to rest on.
#[derive(Clone, Debug)]
pub struct Warrant {
    /// Why the actor may.
    pub decision: Decision,
    /// What for, by its stable name.
    pub purpose: String,
    /// The processing activity with its version.
    pub activity: String,
    /// The organisation whose record the fact becomes part of.
    pub holder: Organisation,
}

/// Allows commands or not, and decides what whoever gave one hears of the law's answer.
pub trait Judge<D: Decider> {
    /// What it says no with.
    type Refusal;

    /// Whether it would allow the command on this history, which may be a moment old. Leaves no note anywhere: it is asked before the
    /// command waits for its turn, and [`Judge::judge`] has the last word.
    fn would_allow(&self, history: &History<D>) -> bool;

    /// On what the command may rest. Asked each time a decision is made, also for a repeated command.
    ///
    /// # Errors
    /// Its refusal.
    fn judge(&self, history: &History<D>) -> Result<Warrant, Self::Refusal>;

    /// What whoever gave the command hears of what the law says on this history. A yes may become a no, where the yes would tell of
    /// something that is hidden from them; a no stays one.
    ///
    /// # Errors
    /// The law's no, as far as it may be told.
    fn tell(&self, _history: &History<D>, said: Result<(), Rejection>) -> Result<(), Rejection> {
        said
    }

    /// Whether whoever gave the command may know somebody of this history by this name ([`Context::knows`]).
    fn knows(&self, _history: &History<D>, person: PersonId, name: &Name) -> bool {
        everybody(person, name)
    }
}

/// A judge that has one question, and no secrets from whoever asks.
struct Plain<F>(F);

impl<D: Decider, R, F: Fn(&History<D>) -> Result<Warrant, R>> Judge<D> for Plain<F> {
    type Refusal = R;

    fn would_allow(&self, history: &History<D>) -> bool {
        (self.0)(history).is_ok()
    }

    fn judge(&self, history: &History<D>) -> Result<Warrant, R> {
        (self.0)(history)
    }
}

/// What came of a command.
#[derive(Debug)]
pub struct Receipt<D: Decider> {
    /// Everything in the stream, the effect included.
    pub loaded: Arc<Loaded<D>>,
    /// The effect; `None` when the command had nothing to write.
    pub effect: Option<Effect>,
    /// Whether the effect was there before.
    pub repeated: bool,
    /// Place in the store after which lists show the effect.
    pub position: Option<eventstore::port::Position>,
}

impl<D: Decider> Receipt<D> {
    /// The facts that the command wrote.
    pub fn facts(&self) -> impl Iterator<Item = &Fact<D::Event>> {
        let range = self.effect.as_ref().map(|effect| effect.first..=effect.last);
        self.loaded
            .history
            .facts()
            .iter()
            .filter(move |fact| range.as_ref().is_some_and(|range| range.contains(&fact.revision)))
    }
}

/// Why a command had no effect. `R` is the judge's refusal.
#[derive(Debug, thiserror::Error)]
pub enum DeskError<R> {
    /// The law of a case refuses.
    #[error(transparent)]
    Rejected(Rejection),
    /// The judge refuses.
    #[error("refused")]
    Refused(R),
    /// The command id was used before, by somebody else or for something else.
    #[error("command id {0} was used before for something else: use a new one")]
    CommandIdReused(CommandId),
    /// Too many commands wait for this stream.
    #[error("too many commands wait for this stream: try again")]
    Busy,
    /// Somebody else kept writing first.
    #[error("others kept writing to this stream: try again")]
    Contended,
    /// Nobody knows whether it was written. The same command id gives the answer later.
    #[error("it is not known whether this was recorded: repeat it with the same command id")]
    OutcomeUnknown,
    /// The history cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Values of this stream cannot be read by a fault: they may say why not. What happened can be reported meanwhile (rule 0), as far
    /// as it needs none of the lost keys.
    #[error(
        "{missing} keys of stream {stream} are missing and were never destroyed, so no act is decided on it: restore the vault; \
         what happened can be reported meanwhile"
    )]
    KeysMissing {
        /// The stream.
        stream: StreamName,
        /// How many keys.
        missing: usize,
    },
    /// The facts cannot be sealed.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The store cannot write.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Carries out commands on the streams of one decider.
pub struct Desk<D: Decider> {
    office: Office,
    subject: fn(Uuid) -> Subject,
    shelf: Mutex<Shelf<D>>,
    queues: Queues,
}

/// Opened streams, kept in memory.
struct Shelf<D: Decider> {
    kept: LruCache<StreamName, Arc<Loaded<D>>>,
    /// How often something was forgotten on demand. What was opened before the last time is not put back.
    forgotten: u64,
}

impl<D: Decider> Desk<D> {
    /// A desk in this office. `subject` names what a stream is about: its outer key belongs to that.
    #[must_use]
    pub fn new(office: Office, subject: fn(Uuid) -> Subject) -> Self {
        Self {
            office,
            subject,
            shelf: Mutex::new(Shelf { kept: LruCache::new(KEPT), forgotten: 0 }),
            queues: Queues::default(),
        }
    }

    /// The shared office.
    #[must_use]
    pub const fn office(&self) -> &Office {
        &self.office
    }

    /// The stream of one thing of this kind.
    #[must_use]
    pub fn stream(&self, id: Uuid) -> StreamName {
        StreamName::about(D::CATEGORY, id)
    }

    /// Everything in a stream, as of now; empty when it does not exist. Opened streams are kept and only brought up to date.
    ///
    /// # Errors
    /// When the stream cannot be read: a fault, damage, or an event this release does not know.
    pub async fn load(&self, id: Uuid) -> Result<Arc<Loaded<D>>, LoadError> {
        Ok(self.load_since(id).await?.0)
    }

    /// What can still be read of a stream that [`Desk::load`] refuses: only to tell whom the damage concerns.
    pub async fn load_readable(&self, id: Uuid) -> Loaded<D> {
        loader::load_readable(&*self.office.store, &self.office.codec, &self.stream(id)).await
    }

    /// Lets go of what is kept of a stream: after keys were destroyed, which moves no head. Whoever loads it from here on opens it
    /// anew; what others opened before and still hold is not put back.
    pub fn forget(&self, id: Uuid) {
        let stream = self.stream(id);
        let mut opened = self.shelf();
        opened.forgotten += 1;
        opened.kept.pop(&stream);
    }

    /// As [`Desk::load`], with what the shelf had forgotten when that began.
    async fn load_since(&self, id: Uuid) -> Result<(Arc<Loaded<D>>, u64), LoadError> {
        let stream = self.stream(id);
        let (kept, since) = {
            let mut opened = self.shelf();
            (opened.kept.get(&stream).cloned(), opened.forgotten)
        };
        let loaded = match kept {
            Some(loaded) => self.bring_up_to_date(&stream, loaded).await?,
            None => Arc::new(loader::load(&*self.office.store, &self.office.codec, &stream).await?),
        };
        if !loaded.history.is_empty() {
            self.keep(&stream, &loaded, since);
        }
        Ok((loaded, since))
    }

    /// Carries out a command. `judge` sees the history the decision rests on, each time it is made, also for a repeated command.
    ///
    /// # Errors
    /// See [`DeskError`]; nothing is written then, except that [`DeskError::OutcomeUnknown`] means what it says.
    pub async fn run<R>(
        &self,
        id: Uuid,
        order: &Order<D::Command>,
        act: &Act,
        judge: impl Fn(&History<D>) -> Result<Warrant, R>,
    ) -> Result<Receipt<D>, DeskError<R>> {
        self.run_before(id, order, act, &Plain(judge)).await
    }

    /// Carries out a command before this judge.
    ///
    /// # Errors
    /// As [`Desk::run`].
    #[tracing::instrument(name = "command", skip_all, fields(command = order.command.name()))]
    pub async fn run_before<J: Judge<D>>(
        &self,
        id: Uuid,
        order: &Order<D::Command>,
        act: &Act,
        judge: &J,
    ) -> Result<Receipt<D>, DeskError<J::Refusal>> {
        let stream = self.stream(id);
        let started = Instant::now();
        self.look_first(id, &stream, judge).await?;
        let _turn = self.queues.turn(&stream).await.ok_or(DeskError::Busy)?;
        for attempt in 0..ATTEMPTS {
            let loaded = self.load_since(id).await?;
            match self.attempt(id, &stream, loaded, order, act, judge).await? {
                Some(receipt) => {
                    tracing::info!(
                        command = order.command.name(),
                        attempts = attempt + 1,
                        repeated = receipt.repeated,
                        duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
                        "command carried out"
                    );
                    return Ok(receipt);
                }
                // Somebody else wrote first: what is kept is behind.
                None => self.take_off(&stream),
            }
        }
        Err(DeskError::Contended)
    }

    /// Who may not give the command takes no place in the line, and does not hear that there is one. Whoever may by what is kept only
    /// waits; a refusal is never given on what may be behind.
    async fn look_first<J: Judge<D>>(
        &self,
        id: Uuid,
        stream: &StreamName,
        judge: &J,
    ) -> Result<(), DeskError<J::Refusal>> {
        // Held for the question alone: who holds a history while it grows has it copied.
        let allowed = |kept: Option<Arc<Loaded<D>>>| kept.is_some_and(|kept| judge.would_allow(&kept.history));
        let kept = self.shelf().kept.get(stream).cloned();
        if allowed(kept) {
            return Ok(());
        }
        let loaded = self.load(id).await?;
        judge.judge(&loaded.history).map(drop).map_err(DeskError::Refused)
    }

    async fn attempt<J: Judge<D>>(
        &self,
        id: Uuid,
        stream: &StreamName,
        (loaded, since): (Arc<Loaded<D>>, u64),
        order: &Order<D::Command>,
        act: &Act,
        judge: &J,
    ) -> Result<Option<Receipt<D>>, DeskError<J::Refusal>> {
        let warrant = judge.judge(&loaded.history).map_err(DeskError::Refused)?;
        let subject = (self.subject)(id);
        let mut keys = loaded.keys.clone();
        let digest = self.office.codec.command_digest(subject, &mut keys, order)?;
        if let Some(effect) = loaded.history.effect(act.command) {
            if effect.digest != digest || effect.actor.worker != act.actor.worker {
                return Err(DeskError::CommandIdReused(act.command));
            }
            let effect = Some(effect.clone());
            return Ok(Some(Receipt { loaded, effect, repeated: true, position: None }));
        }

        check_readable(stream, &keys, order)?;
        let now = self.office.clock.now();
        let knows = |person: PersonId, name: &Name| judge.knows(&loaded.history, person, name);
        let decided = self.decide((id, now), &loaded.history, order, act, &knows);
        let said = decided.as_ref().map(|_| ()).map_err(Clone::clone);
        judge.tell(&loaded.history, said).map_err(DeskError::Rejected)?;
        let drafts = decided.map_err(DeskError::Rejected)?;
        let provenance = self.provenance(act, warrant, digest, now);
        let batch = self.office.codec.encode_batch::<D>(subject, &mut keys, drafts, &provenance, now, &mut event_id)?;
        if batch.is_empty() {
            return Ok(Some(Receipt { loaded, effect: None, repeated: false, position: None }));
        }
        let expected = loaded.history.revision().map_or(Expected::NoStream, Expected::At);
        match self.append(stream, expected, batch).await {
            Ok(appended) => {
                // It is recorded; what to answer cannot be read now, and the same command id gives it later.
                let loaded = self.bring_up_to_date(stream, loaded).await.map_err(|error| {
                    tracing::error!(%stream, %error, "a command was recorded and its effect could not be read back");
                    DeskError::OutcomeUnknown
                })?;
                self.keep(stream, &loaded, since);
                let effect = loaded.history.effect(act.command).cloned();
                Ok(Some(Receipt { loaded, effect, repeated: false, position: Some(appended.position) }))
            }
            Err(AppendError::Conflict { .. } | AppendError::CommandTaken { .. }) => Ok(None),
            Err(AppendError::Unknown(_)) => Err(DeskError::OutcomeUnknown),
            Err(AppendError::Invalid(what)) => Err(DeskError::Store(StoreFault::Other(what))),
            Err(AppendError::Fault(fault)) => Err(DeskError::Store(fault)),
        }
    }

    /// What the law says.
    fn decide(
        &self,
        (id, now): (Uuid, Timestamp),
        history: &History<D>,
        order: &Order<D::Command>,
        act: &Act,
        knows: &dyn Fn(PersonId, &Name) -> bool,
    ) -> Result<Vec<Draft<D::Event>>, Rejection> {
        let book = &*self.office.terms;
        let mut new_id = || (self.office.ids)();
        let terms = book.terms_on(now.day());
        let mut context = Context { id, now, actor: &act.actor, terms, book, ids: &mut new_id, knows };
        decide::<D>(history, order, &mut context)
    }

    fn provenance(&self, act: &Act, warrant: Warrant, digest: String, now: Timestamp) -> Provenance {
        Provenance {
            actor: act.actor.clone(),
            holder: warrant.holder,
            file: act.file,
            purpose: warrant.purpose,
            activity: warrant.activity,
            decision: warrant.decision,
            command: act.command,
            digest,
            causation: act.cause.clone(),
            correlation: act.correlation,
            trace: act.trace.clone(),
            terms: self.office.terms.terms_on(now.day()).version.to_string(),
            basis: Basis::default(),
        }
    }

    /// Appends; the same bytes again while the outcome is unknown, so that they are stored once or not at all. What a later send says of
    /// itself is no word about the first: once unknown, only the store's own yes or a conflict ends the doubt.
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let started = Instant::now();
        let mut sent_before = false;
        for sends_left in (0..=RESENDS).rev() {
            match self.office.store.append(stream, expected, batch.clone()).await {
                Err(AppendError::Unknown(reason)) if sends_left > 0 && started.elapsed() < RESENDING => {
                    tracing::warn!(%stream, reason, "outcome of an append is unknown; sending the same bytes again");
                    sent_before = true;
                }
                Err(AppendError::Fault(fault)) if sent_before => return Err(AppendError::Unknown(fault.to_string())),
                known => return known,
            }
        }
        Err(AppendError::Unknown("every send ended in doubt".to_owned()))
    }

    async fn bring_up_to_date(
        &self,
        stream: &StreamName,
        mut loaded: Arc<Loaded<D>>,
    ) -> Result<Arc<Loaded<D>>, LoadError> {
        let head = self.office.store.stream_head(stream).await.map_err(LoadError::Fault)?;
        if head != loaded.head {
            // Off the shelf first: while the shelf holds it too, `make_mut` would copy the whole history.
            self.take_off(stream);
            loader::extend(Arc::make_mut(&mut loaded), &*self.office.store, &self.office.codec, stream).await?;
        }
        Ok(loaded)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf<D>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what was opened, unless something was forgotten since. What could not be read as a whole is read again next time:
    /// somebody may have restored the vault.
    fn keep(&self, stream: &StreamName, loaded: &Arc<Loaded<D>>, since: u64) {
        if !loaded.keys.missing().is_empty() {
            return;
        }
        let mut opened = self.shelf();
        if opened.forgotten == since {
            opened.kept.put(stream.clone(), Arc::clone(loaded));
        }
    }

    fn take_off(&self, stream: &StreamName) {
        self.shelf().kept.pop(stream);
    }
}

/// Unavailable is a fault, never a silence (architecture.md): an act is refused, and a report is taken with an alarm.
fn check_readable<C: DomainCommand, R>(
    stream: &StreamName,
    keys: &StreamKeys,
    order: &Order<C>,
) -> Result<(), DeskError<R>> {
    let missing = keys.missing().len();
    if missing == 0 {
        return Ok(());
    }
    if order.command.needs_all() {
        return Err(DeskError::KeysMissing { stream: stream.clone(), missing });
    }
    tracing::error!(%stream, missing, "keys are missing and were never destroyed; recorded all the same: restore the vault");
    Ok(())
}

fn event_id() -> EventId {
    EventId::from_uuid(Uuid::now_v7())
}
