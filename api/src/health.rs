//! Whether the process lives (`/healthz`) and whether it can do its work (`/readyz`, with named checks).

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, join_all};
use poem::http::StatusCode;
use poem::{Endpoint, Request, Response, Result};
use serde_json::{Map, Value, json};

/// How long one check may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a check found: fine, with figures to show, or not, with what to do. Never a value about a person.
pub type Finding = std::result::Result<Map<String, Value>, String>;

type Check = Box<dyn Fn() -> BoxFuture<'static, Finding> + Send + Sync>;

/// The checks of a node, by name.
#[derive(Default)]
pub struct Health {
    checks: Vec<(&'static str, Check)>,
}

impl Health {
    /// No checks yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a check.
    #[must_use]
    pub fn with(
        mut self,
        name: &'static str,
        check: impl Fn() -> BoxFuture<'static, Finding> + Send + Sync + 'static,
    ) -> Self {
        self.checks.push((name, Box::new(check)));
        self
    }

    /// Runs every check.
    pub async fn examine(&self) -> Vec<(&'static str, Finding)> {
        let checks = self.checks.iter().map(|(name, check)| async move {
            let found = tokio::time::timeout(PATIENCE, check()).await;
            (*name, found.unwrap_or_else(|_| Err("the check took too long".to_owned())))
        });
        join_all(checks).await
    }
}

/// `/healthz`: the process answers.
pub(crate) struct Alive;

impl Endpoint for Alive {
    type Output = Response;

    async fn call(&self, _: Request) -> Result<Response> {
        Ok(answer(StatusCode::OK, &json!({"status": "alive"})))
    }
}

/// `/readyz`: the checks.
pub(crate) struct Ready {
    health: Arc<Health>,
}

impl Ready {
    pub(crate) const fn new(health: Arc<Health>) -> Self {
        Self { health }
    }
}

impl Endpoint for Ready {
    type Output = Response;

    async fn call(&self, _: Request) -> Result<Response> {
        let found = self.health.examine().await;
        let ready = found.iter().all(|(_, finding)| finding.is_ok());
        let checks: Map<String, Value> =
            found.into_iter().map(|(name, finding)| (name.to_owned(), shown(finding))).collect();
        let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        Ok(answer(status, &json!({"status": if ready { "ready" } else { "not ready" }, "checks": checks})))
    }
}

fn shown(finding: Finding) -> Value {
    match finding {
        Ok(mut figures) => {
            figures.insert("ok".to_owned(), Value::Bool(true));
            Value::Object(figures)
        }
        Err(what) => json!({"ok": false, "what": what}),
    }
}

fn answer(status: StatusCode, body: &Value) -> Response {
    Response::builder().status(status).content_type("application/json").body(body.to_string())
}
