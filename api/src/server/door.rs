//! What every way in shares: the schema, who is believed, the limits.

use std::sync::Arc;

use poem::http::{HeaderMap, Uri};
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use super::limiter::{Limiter, Network, TooMuch};
use crate::config::ServerConfig;
use crate::gate::{Caller, Purpose, Trace};
use crate::health::Health;
use crate::identity::{Identity, TokenVerifier, Unauthenticated, bearer_in, bearer_of, token_in_query};
use crate::telemetry::Metrics;
use crate::trail::{OperationKind, Refusals};

/// The header by which a caller picks another of the roles in the token.
const ROLE_HEADER: &str = "Rustpunt-Role";

/// Gives a token for the name of an invented person: only the demo has this.
pub type PageTokens = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What every way in shares.
pub struct Door<E> {
    pub(super) executor: E,
    pub(super) config: Arc<ServerConfig>,
    pub(super) sockets: Arc<Semaphore>,
    pub(super) stop: watch::Receiver<bool>,
    pub(super) page: Option<PageTokens>,
    pub(super) limiter: Arc<Limiter>,
    verifier: Arc<TokenVerifier>,
    health: Arc<Health>,
    metrics: Metrics,
    refusals: Refusals,
}

impl<E: Clone> Clone for Door<E> {
    fn clone(&self) -> Self {
        Self {
            executor: self.executor.clone(),
            config: Arc::clone(&self.config),
            sockets: Arc::clone(&self.sockets),
            stop: self.stop.clone(),
            page: self.page.clone(),
            limiter: Arc::clone(&self.limiter),
            verifier: Arc::clone(&self.verifier),
            health: Arc::clone(&self.health),
            metrics: self.metrics.clone(),
            refusals: self.refusals.clone(),
        }
    }
}

impl<E> Door<E> {
    /// A door to this schema. Web sockets end when `stop` says so; who is known and refused here is noted in `refusals`.
    pub fn new(
        executor: E,
        verifier: Arc<TokenVerifier>,
        config: ServerConfig,
        health: Arc<Health>,
        metrics: Metrics,
        stop: watch::Receiver<bool>,
        refusals: Refusals,
    ) -> Self {
        let sockets = Arc::new(Semaphore::new(config.websocket_limit as usize));
        let config = Arc::new(config);
        let limiter = Arc::new(Limiter::new(Arc::clone(&config)));
        Self { executor, config, sockets, stop, page: None, limiter, verifier, health, metrics, refusals }
    }

    /// The same with a page to try it from, for the demo. Ignored unless the demo's own issuer is believed.
    #[must_use]
    pub fn with_page(mut self, tokens: PageTokens) -> Self {
        self.page = self.verifier.is_demo().then_some(tokens);
        self
    }

    pub(super) fn health(&self) -> Arc<Health> {
        Arc::clone(&self.health)
    }

    pub(super) fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }

    /// Refuses somebody from where too many came without a valid token.
    pub(super) fn looks_at(&self, from: Option<Network>) -> Result<(), NotLetIn> {
        from.map_or(Ok(()), |from| self.limiter.looks_at(from)).map_err(|refused| self.limited(refused))
    }

    /// Refuses a message of somebody who asks too much, whatever it holds.
    pub(super) fn begin(&self, caller: &Caller) -> Result<(), NotLetIn> {
        self.limiter.begins(caller.identity.actor.worker).map_err(|refused| self.limited(refused))
    }

    /// Refuses an operation of this kind when its caller asks too much.
    pub(super) fn admit(&self, caller: &Caller, kind: OperationKind) -> Result<(), NotLetIn> {
        self.limiter.runs(caller.identity.actor.worker, kind).map_err(|refused| self.limited(refused))
    }

    fn limited(&self, refused: TooMuch) -> NotLetIn {
        self.metrics.rate_limited(refused.kind);
        NotLetIn::RateLimited(refused)
    }

    /// The caller of an HTTP request, which belongs to this trace and comes from there.
    pub(super) async fn caller(
        &self,
        request: Uuid,
        uri: &Uri,
        headers: &HeaderMap,
        (trace, from): (Trace, Option<Network>),
    ) -> Result<Caller, NotLetIn> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let token = token_in_query(uri.query()).and_then(|()| bearer_in(headers));
        let caller = self.known(request, token, (trace, from)).await?;
        let said = Said { role: text(ROLE_HEADER), purpose: text(Purpose::HEADER) };
        self.let_in(caller, &said, OperationKind::Unknown).await
    }

    /// The caller of a WebSocket, from its first message: `{"token": …, "purpose": …, "role": …, "traceparent": …}`. The names of the
    /// headers are understood as well, in the letters they have there.
    pub(super) async fn caller_of_socket(
        &self,
        request: Uuid,
        payload: &serde_json::Value,
        from: Option<Network>,
    ) -> Result<Caller, NotLetIn> {
        let text = |name: &str| payload.get(name).and_then(serde_json::Value::as_str);
        let header = text("Authorization").or_else(|| text("authorization"));
        let token = text("token").map_or_else(|| bearer_of(header), Ok);
        let caller = self.known(request, token, (Trace::from_header(text("traceparent")), from)).await?;
        let said = Said {
            role: text("role").or_else(|| text(ROLE_HEADER)),
            purpose: text("purpose").or_else(|| text(Purpose::HEADER)),
        };
        self.let_in(caller, &said, OperationKind::Subscription).await
    }

    /// Who shows this token; nobody who shows none is noted, only counted. So is whoever asks too much.
    async fn known(
        &self,
        request: Uuid,
        token: Result<&str, Unauthenticated>,
        (trace, from): (Trace, Option<Network>),
    ) -> Result<Caller, NotLetIn> {
        self.looks_at(from)?;
        let verified = match token {
            Ok(token) => self.verifier.verify(token).await,
            Err(refused) => Err(refused),
        };
        let identity = verified.map_err(|refused| {
            self.metrics.unauthenticated(refused.reason.as_str());
            if let Some(from) = from {
                self.limiter.failed(from);
            }
            NotLetIn::Unauthenticated
        })?;
        let caller = Caller { identity, duties: Vec::new(), purpose: None, request, trace };
        self.begin(&caller)?;
        Ok(caller)
    }

    /// The caller in the role and for the purpose that they say. A refusal is in the trail before anybody hears it.
    async fn let_in(&self, caller: Caller, said: &Said<'_>, kind: OperationKind) -> Result<Caller, NotLetIn> {
        match said.of(&caller) {
            Ok(caller) => Ok(caller),
            Err(refused) => {
                let kept = self.refusals.keep(&caller, kind, refused.code().0).await;
                Err(kept.map_or(NotLetIn::NotTrailed, |()| refused))
            }
        }
    }
}

fn in_role(identity: Identity, role: Option<&str>) -> Result<Identity, NotLetIn> {
    let Some(role) = role else { return Ok(identity) };
    let held = identity.roles.iter().copied().find(|held| held.as_str() == role.trim());
    held.and_then(|role| identity.acting_as(role)).ok_or(NotLetIn::RoleNotHeld)
}

/// What a caller says beside the token.
struct Said<'a> {
    role: Option<&'a str>,
    purpose: Option<&'a str>,
}

impl Said<'_> {
    fn of(&self, caller: &Caller) -> Result<Caller, NotLetIn> {
        let identity = in_role(caller.identity.clone(), self.role)?;
        let purpose = self.purpose.map(str::parse).transpose().map_err(|_| NotLetIn::UnknownPurpose)?;
        Ok(Caller { identity, purpose, ..caller.clone() })
    }
}

/// Why somebody does not come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NotLetIn {
    /// No valid token.
    Unauthenticated,
    /// A role that the token does not name.
    RoleNotHeld,
    /// A purpose that is none.
    UnknownPurpose,
    /// A refusal that the trail could not take.
    NotTrailed,
    /// They ask too much.
    RateLimited(TooMuch),
}
