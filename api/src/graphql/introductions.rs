//! Takes over what the identity provider says about a worker, before the worker's first operation and whenever it says something
//! else: so that a timeline can name who recorded something, also years later. It stands around the schema, as the trail does.

use std::any::TypeId;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Data, Executor, Request, Response, ServerError, ServerResult};
use domain::decider::Order;
use domain::fact::{Actor, FileKind, Organisation, Role};
use domain::ids::{CommandId, WorkerId};
use domain::text::Name;
use domain::worker::{Duty, WorkerCommand};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::StoreFault;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use lru::LruCache;
use workflows::desk::{Act, DeskError, Warrant};

use super::carry_out::code_of;
use super::refusal::{Refusal, error};
use super::services::Services;
use super::workers::WorkersOfAnswer;
use crate::gate::Caller;
use crate::locale::Locale;

/// Workers whose last introduction is remembered in memory; whoever drops out is compared with the history once more.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4_095);

/// What the identity provider said last.
#[derive(Clone, PartialEq, Eq)]
struct Introduced {
    name: Name,
    organisation: Organisation,
    roles: Vec<Role>,
}

/// What executes operations, with its callers introduced first. Each answer gets the memory of the workers it names.
#[derive(Clone)]
pub struct Introduces<E> {
    introducing: Arc<Introducing>,
    executor: E,
}

struct Introducing {
    services: Arc<Services>,
    known: Mutex<LruCache<WorkerId, Introduced>>,
}

impl<E> Introduces<E> {
    /// Introduces workers to these services before this executor runs what they ask.
    #[must_use]
    pub fn new(services: Arc<Services>, executor: E) -> Self {
        let known = Mutex::new(LruCache::new(REMEMBERED));
        Self { introducing: Arc::new(Introducing { services, known }), executor }
    }
}

impl<E: Executor> Executor for Introduces<E> {
    async fn execute(&self, request: Request) -> Response {
        match self.introducing.prepare(request).await {
            Ok((request, _)) => self.executor.execute(request).await,
            Err(error) => Response::from_errors(vec![error]),
        }
    }

    fn execute_stream(&self, request: Request, connection: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let Self { introducing, executor } = self.clone();
        let begun = async move {
            match introducing.prepare(request).await {
                // Each delivery of a subscription is an answer of its own.
                Ok((request, workers)) => {
                    let answers = executor.execute_stream(request, connection);
                    answers.inspect(move |_| workers.forget()).boxed()
                }
                Err(error) => stream::once(async { Response::from_errors(vec![error]) }).boxed(),
            }
        };
        begun.flatten_stream().boxed()
    }
}

impl Introducing {
    /// The request of a caller who is introduced, with the duties of the day and the memory of its answer.
    async fn prepare(&self, mut request: Request) -> ServerResult<(Request, Arc<WorkersOfAnswer>)> {
        let data = &request.data;
        let caller = data.get(&TypeId::of::<Caller>()).and_then(|data| data.downcast_ref::<Caller>()).cloned();
        let locale = data.get(&TypeId::of::<Locale>()).and_then(|data| data.downcast_ref()).copied();
        if let Some(caller) = caller {
            self.introduce(&caller, locale.unwrap_or_default()).await?;
            let duties = self.duties(caller.identity.actor.worker).await;
            request.data.insert(Caller { duties, ..caller });
        }
        let workers = Arc::new(WorkersOfAnswer::default());
        request.data.insert(Arc::clone(&workers));
        Ok((request, workers))
    }

    async fn introduce(&self, caller: &Caller, locale: Locale) -> ServerResult<()> {
        let identity = &caller.identity;
        let said = Introduced {
            name: identity.name.clone(),
            organisation: identity.actor.organisation.clone(),
            roles: identity.roles.clone(),
        };
        let worker = identity.actor.worker;
        if self.known().get(&worker) == Some(&said) {
            return Ok(());
        }
        let order = Order::now(WorkerCommand::IntroduceWorker {
            name: said.name.clone(),
            organisation: said.organisation.clone(),
            roles: said.roles.clone(),
        });
        // Each introduction is an intention of its own; the decider writes nothing when nothing changed.
        let command = CommandId::from_uuid((self.services.workers.office().ids)());
        let act = Act {
            actor: identity.actor.clone(),
            command,
            file: FileKind::Coordination,
            cause: None,
            correlation: CorrelationId::from_uuid(caller.request),
            trace: Some(caller.trace.id.clone()),
        };
        let warrant = |_: &_| Ok::<_, Infallible>(own_word(&identity.actor));
        match self.services.workers.run(worker.as_uuid(), &order, &act, warrant).await {
            Ok(_) | Err(DeskError::Rejected(_)) => {
                self.known().put(worker, said);
                Ok(())
            }
            // Nothing is recorded until an operator confirms the time; looking goes on. The next request tries again.
            Err(DeskError::Store(StoreFault::ClockStepped { .. })) => Ok(()),
            Err(fault) => {
                tracing::error!(error = %fault, %worker, "a worker could not be introduced");
                Err(failed(&fault, locale))
            }
        }
    }

    /// The duties of the day, from the worker's own stream: one that ended counts no more from the next operation on. Where they cannot be
    /// read there are none: whoever has no need of them works on.
    async fn duties(&self, worker: WorkerId) -> Vec<(Duty, Organisation)> {
        let today = self.services.gate.today();
        self.services.duties_of(worker, today).await.unwrap_or_else(|fault| {
            tracing::warn!(error = %fault, %worker, "the duties of a worker cannot be read");
            Vec::new()
        })
    }

    fn known(&self) -> std::sync::MutexGuard<'_, LruCache<WorkerId, Introduced>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker's own stream takes what the identity provider vouches for; no policy of a case is asked.
fn own_word(actor: &Actor) -> Warrant {
    Warrant {
        decision: Decision {
            policy: String::new(),
            rules: vec!["identity.own-introduction".to_owned()],
            relation: "self".to_owned(),
            judged_at: None,
            consents: Vec::new(),
        },
        purpose: "coordination".to_owned(),
        activity: "coordination/1".to_owned(),
        holder: actor.organisation.clone(),
    }
}

/// Busy, damaged or away: each has its own code, in the caller's language.
fn failed(fault: &DeskError<Infallible>, locale: Locale) -> ServerError {
    let said = error(&Refusal::new(code_of(fault)), locale);
    ServerError { extensions: said.extensions, ..ServerError::new(said.message, None) }
}

#[cfg(test)]
mod tests {
    use eventstore::loader::LoadError;

    use super::*;

    #[test]
    fn what_keeps_a_worker_from_being_introduced_is_said_by_its_own_code_in_two_languages() {
        let stream = "worker-1".parse().unwrap();
        let damaged = StoreFault::Damaged { stream, revision: domain::ids::Revision::FIRST, what: "torn".to_owned() };
        for (fault, code, dutch, english) in [
            (DeskError::Busy, "TRY_AGAIN", "druk", "busy"),
            (DeskError::OutcomeUnknown, "OUTCOME_UNKNOWN", "zeker", "certain"),
            (DeskError::Load(LoadError::Fault(damaged)), "DATA_UNAVAILABLE", "storing", "fault"),
            (DeskError::Store(StoreFault::Closed), "STORE_UNAVAILABLE", "storing", "fault"),
        ] {
            for (locale, word) in [(Locale::Dutch, dutch), (Locale::English, english)] {
                let said = failed(&fault, locale);
                let found = said.extensions.as_ref().and_then(|extensions| extensions.get("code")).cloned();
                assert_eq!(found, Some(code.into()));
                assert!(said.message.contains(word), "{}", said.message);
            }
        }
    }
}
