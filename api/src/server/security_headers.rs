//! What stands on every answer, errors included: the headers of the API rules (standards D), the version, and the request's id. Also
//! the one place where a request is logged: method, route, status and time; never an address with its query, never a body.

use std::time::Instant;

use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};
use serde_json::json;
use uuid::Uuid;

use super::drawn;
use crate::telemetry::Metrics;

/// The version of the API, on every answer.
pub const API_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Nothing may be loaded, framed or sent from an answer that is data.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The id of a request, made here: what a client sends under that name is not taken over.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestId(pub(super) Uuid);

/// Puts the headers on.
pub(super) struct SecurityHeaders {
    metrics: Metrics,
}

impl SecurityHeaders {
    pub(super) const fn new(metrics: Metrics) -> Self {
        Self { metrics }
    }
}

impl<E: Endpoint> Middleware<E> for SecurityHeaders {
    type Output = Covered<E>;

    fn transform(&self, inner: E) -> Covered<E> {
        Covered { inner, metrics: self.metrics.clone() }
    }
}

/// An endpoint whose every answer carries the headers.
pub(super) struct Covered<E> {
    inner: E,
    metrics: Metrics,
}

impl<E: Endpoint> Endpoint for Covered<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let started = Instant::now();
        let id = Uuid::now_v7();
        request.extensions_mut().insert(RequestId(id));
        let route = route(request.uri().path());
        let method = request.method().clone();
        let mut response = match self.inner.call(request).await {
            Ok(output) => output.into_response(),
            Err(error) => problem(error.status()),
        };
        let took = started.elapsed();
        let status = response.status().as_u16();
        self.metrics.request_answered(route, status, took);
        let duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(request = %id, %method, route, status, duration_us, "request answered");
        cover(&mut response, id);
        Ok(response)
    }
}

/// A route by its name; what is none of ours is not repeated.
fn route(path: &str) -> &'static str {
    if path.starts_with("/cases/") && path.ends_with("/escalation.svg") {
        return drawn::ROUTE;
    }
    ["/graphql", "/graphql/ws", "/healthz", "/readyz", "/"].into_iter().find(|known| *known == path).unwrap_or("other")
}

/// Puts them on one answer.
pub(super) fn cover(response: &mut Response, id: Uuid) {
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("api-version"), API_VERSION),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(DATA_POLICY));
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// An error outside GraphQL (RFC 9457).
fn problem(status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({"type": "about:blank", "status": status.as_u16(), "title": title});
    Response::builder().status(status).content_type("application/problem+json").body(body.to_string())
}
