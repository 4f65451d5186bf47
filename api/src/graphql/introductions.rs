//! Takes over what the identity provider says about a worker, before the worker's first operation and whenever it says something
//! else: so that a timeline can name who recorded something, also years later.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest};
use async_graphql::{Data, Request, Response, ServerError, ServerResult};
use domain::decider::Order;
use domain::fact::{Actor, FileKind, Organisation, Role};
use domain::ids::{CommandId, WorkerId};
use domain::text::Name;
use domain::worker::{Duty, WorkerCommand};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::StoreFault;
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

/// The extension of the schema that introduces workers, and gives each answer the memory of those it names. It does both because every
/// field of every answer passes through every extension.
pub struct Introductions(Arc<Introducing>);

struct Introducing {
    services: Arc<Services>,
    known: Mutex<LruCache<WorkerId, Introduced>>,
}

impl Introductions {
    /// Introduces workers to these services.
    #[must_use]
    pub fn new(services: Arc<Services>) -> Self {
        Self(Arc::new(Introducing { services, known: Mutex::new(LruCache::new(REMEMBERED)) }))
    }
}

impl ExtensionFactory for Introductions {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::clone(&self.0) as Arc<dyn Extension>
    }
}

#[async_trait]
impl Extension for Introducing {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let stated = request.data.get(&std::any::TypeId::of::<Caller>()).and_then(|data| data.downcast_ref::<Caller>());
        if let Some(caller) = stated.or_else(|| ctx.data_opt::<Caller>()).cloned() {
            let locale = request.data.get(&std::any::TypeId::of::<Locale>()).and_then(|data| data.downcast_ref());
            let locale = locale.or_else(|| ctx.data_opt::<Locale>()).copied().unwrap_or_default();
            self.introduce(&caller, locale).await?;
            let duties = self.duties(caller.identity.actor.worker).await;
            request.data.insert(Caller { duties, ..caller });
        }
        next.run(ctx, request).await
    }

    /// Each delivery of a subscription is an answer of its own.
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut data = Data::default();
        data.insert(WorkersOfAnswer::default());
        next.run_with_data(ctx, operation_name, data).await
    }
}

impl Introducing {
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
