//! Takes over what the identity provider says about a worker, before the worker's first operation and whenever it says something
//! else: so that a timeline can name who recorded something, also years later.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest};
use async_graphql::{Request, ServerError, ServerResult};
use domain::decider::Order;
use domain::fact::{Actor, FileKind, Organisation, Role};
use domain::ids::{CommandId, WorkerId};
use domain::text::Name;
use domain::worker::WorkerCommand;
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::StoreFault;
use lru::LruCache;
use workflows::desk::{Act, DeskError, Warrant};

use super::services::Services;
use crate::gate::Caller;

/// Workers whose last introduction is remembered in memory; whoever drops out is compared with the history once more.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4_095);

/// What the identity provider said last.
#[derive(Clone, PartialEq, Eq)]
struct Introduced {
    name: Name,
    organisation: Organisation,
    roles: Vec<Role>,
}

/// The extension of the schema that introduces workers.
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
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let stated = request.data.get(&std::any::TypeId::of::<Caller>()).and_then(|data| data.downcast_ref::<Caller>());
        if let Some(caller) = stated.or_else(|| ctx.data_opt::<Caller>()).cloned() {
            self.introduce(&caller).await?;
        }
        next.run(ctx, request).await
    }
}

impl Introducing {
    async fn introduce(&self, caller: &Caller) -> ServerResult<()> {
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
        let warrant = |_: &_| Ok::<_, std::convert::Infallible>(own_word(&identity.actor));
        match self.services.workers.run(worker.as_uuid(), &order, &act, warrant).await {
            Ok(_) | Err(DeskError::Rejected(_)) => {
                self.known().put(worker, said);
                Ok(())
            }
            // Nothing is recorded until an operator confirms the time; looking goes on. The next request tries again.
            Err(DeskError::Store(StoreFault::ClockStepped { .. })) => Ok(()),
            Err(error) => {
                tracing::error!(%error, %worker, "a worker could not be introduced");
                Err(failed())
            }
        }
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
        },
        purpose: "coordination".to_owned(),
        activity: "coordination/1".to_owned(),
        holder: actor.organisation.clone(),
    }
}

fn failed() -> ServerError {
    let mut error = ServerError::new("the system cannot record now; try again", None);
    let mut extensions = async_graphql::ErrorExtensionValues::default();
    extensions.set("code", "STORE_UNAVAILABLE");
    error.extensions = Some(extensions);
    error
}
