//! GraphQL over HTTP, as the draft of that name asks: `POST` with JSON; `GET` for queries without variables, so that nothing personal
//! gets into an address; no mutation over `GET`; 4xx for what is no valid request.

use std::collections::BTreeMap;
use std::time::Duration;

use async_graphql::{Executor, Request as Operation, Response as Answer, ServerError, Value};
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Body, Endpoint, Request, Response, Result};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use tracing::Instrument as _;
use uuid::Uuid;

use super::door::Door;
use super::kind::kind_of;
use super::limiter::Network;
use super::security_headers::RequestId;
use super::wrong::{Unread, Wrong};
use crate::gate::Trace;
use crate::graphql::carry_out::STORE_UNAVAILABLE;
use crate::identity::Unauthenticated;
use crate::locale::Locale;
use crate::telemetry::trace_of;
use crate::trail::{DATA_UNAVAILABLE, OperationKind, TRAIL_UNAVAILABLE};

/// `/graphql`.
pub(super) struct GraphQl<E> {
    door: Door<E>,
}

impl<E> GraphQl<E> {
    pub(super) const fn new(door: Door<E>) -> Self {
        Self { door }
    }
}

/// In which of the two media types an answer goes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Media {
    /// `application/graphql-response+json`: the status says whether it was a request at all.
    Response,
    /// `application/json`: 200 for every well-formed request.
    Json,
}

impl Media {
    /// What the client accepts; JSON when it says nothing.
    fn accepted(headers: &HeaderMap) -> Option<Self> {
        let Some(accept) = headers.get(header::ACCEPT) else { return Some(Self::Json) };
        let kinds =
            || accept.to_str().unwrap_or("").split(',').filter_map(|kind| kind.split(';').next()).map(str::trim);
        if kinds().any(|kind| kind.eq_ignore_ascii_case("application/graphql-response+json")) {
            return Some(Self::Response);
        }
        let any = ["application/json", "application/*", "*/*"];
        kinds().any(|kind| any.iter().any(|any| kind.eq_ignore_ascii_case(any))).then_some(Self::Json)
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The language of the answer.
pub(super) fn language(headers: &HeaderMap) -> Locale {
    Locale::from_header(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// What the client says the request is part of; nothing when it says more than one thing.
pub(super) fn traceparent(headers: &HeaderMap) -> Option<&str> {
    let mut said = headers.get_all("traceparent").iter();
    let only = said.next().filter(|_| said.next().is_none())?;
    only.to_str().ok()
}

impl<E: Executor> Endpoint for GraphQl<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let (media, locale) = (Media::accepted(request.headers()), language(request.headers()));
        let id = request.extensions().get::<RequestId>().map_or_else(Uuid::now_v7, |id| id.0);
        // The span that traces hang on; ids and names only, never what was asked.
        let span = tracing::info_span!("graphql request", request = %id, otel.kind = "server");
        let trace = trace_of(&span, traceparent(request.headers()));
        let answered = match media {
            Some(media) => self.answer(request, media, locale, (id, trace)).instrument(span).await,
            None => Err(Wrong::not_acceptable()),
        };
        let media = media.unwrap_or(Media::Json);
        Ok(answered.unwrap_or_else(|wrong| wrong.answer(media.content_type(), locale)))
    }
}

impl<E: Executor> GraphQl<E> {
    async fn answer(
        &self,
        mut request: Request,
        media: Media,
        locale: Locale,
        (id, trace): (Uuid, Trace),
    ) -> std::result::Result<Response, Wrong> {
        let from = network(&request);
        let caller = self.door.caller(id, request.uri(), request.headers(), (trace, from)).await?;
        let limit = self.door.config.request_timeout();
        let mut operation = if request.method() == Method::GET {
            from_address(&request)?
        } else if request.method() == Method::POST {
            check_content(request.headers())?;
            self.read_body(request.take_body(), limit).await?
        } else {
            return Err(Wrong::method());
        };
        self.door.admit(&caller, kind_of(&mut operation))?;
        let executed =
            tokio::time::timeout(limit, self.door.executor.execute(operation.data(caller).data(locale))).await;
        let answer = executed.map_err(|_| Wrong::slow_answer())?;
        Ok(respond(media, &answer))
    }

    async fn read_body(&self, body: Body, limit: Duration) -> std::result::Result<Operation, Wrong> {
        let read = tokio::time::timeout(limit, body.into_bytes_limit(self.door.config.body_limit())).await;
        let bytes = match read {
            Err(_) => return Err(Wrong::slow_body()),
            Ok(Err(poem::error::ReadBodyError::PayloadTooLarge)) => return Err(Wrong::too_large()),
            Ok(Err(_)) => return Err(Wrong::unread(Unread::Body)),
            Ok(Ok(bytes)) => bytes,
        };
        read_request(&bytes).ok_or_else(|| Wrong::unread(Unread::Json))
    }
}

/// The request in the body of a `POST`; nothing when it is none. What it asks is not read yet.
#[must_use]
pub fn read_request(body: &[u8]) -> Option<Operation> {
    serde_json::from_slice::<Asked>(body).ok().map(Operation::from)
}

/// The body of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, serde_json::Value>>,
    #[serde(default, rename = "extensions")]
    _extensions: Option<Map<String, serde_json::Value>>,
}

impl From<Asked> for Operation {
    fn from(asked: Asked) -> Self {
        let mut operation = Self::new(asked.query);
        operation.operation_name = asked.operation_name;
        let variables = serde_json::Value::Object(asked.variables.unwrap_or_default());
        operation.variables(async_graphql::Variables::from_json(variables))
    }
}

fn check_content(headers: &HeaderMap) -> std::result::Result<(), Wrong> {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("").to_lowercase());
    if text(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Wrong::compressed());
    }
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let (kind, rest) = kind.split_once(';').unwrap_or((&kind, ""));
    let charset = rest.split_once("charset=").map(|(_, charset)| charset.trim_matches(['"', ' ']));
    let charset = charset.map(|charset| charset.split(';').next().unwrap_or("").trim().trim_matches('"'));
    if kind.trim() != "application/json" || charset.is_some_and(|charset| charset != "utf-8" && charset != "utf8") {
        return Err(Wrong::not_json());
    }
    Ok(())
}

/// A query in the address. Variables would stand in logs: they are refused here.
fn from_address(request: &Request) -> std::result::Result<Operation, Wrong> {
    let pairs: Vec<(String, String)> = request.params().map_err(|_| Wrong::unread(Unread::Address))?;
    let one = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    if one("variables").is_some_and(|variables| !variables.is_empty()) {
        return Err(Wrong::unread(Unread::Variables));
    }
    let text = one("query").ok_or_else(|| Wrong::unread(Unread::Query))?;
    let name = one("operationName").filter(|name| !name.is_empty());
    let mut operation = Operation::new(text);
    operation.operation_name = name;
    match kind_of(&mut operation) {
        OperationKind::Mutation | OperationKind::Subscription => Err(Wrong::mutation_over_get()),
        OperationKind::Query | OperationKind::CommandLine | OperationKind::Unknown => Ok(operation),
    }
}

/// Where a request comes from.
pub(super) fn network(request: &Request) -> Option<Network> {
    request.remote_addr().as_socket_addr().map(|address| Network::from(address.ip()))
}

fn respond(media: Media, answer: &Answer) -> Response {
    let executed = answer.data != Value::Null || answer.errors.iter().any(|error| !error.path.is_empty());
    let status = if executed || answer.errors.is_empty() { StatusCode::OK } else { status(media, answer) };
    // In the order in which it was asked, which a JSON map of the library would lose.
    let body = Envelope {
        errors: &answer.errors,
        data: (executed || answer.errors.is_empty()).then_some(&answer.data),
        extensions: &answer.extensions,
    };
    serde_json::to_string(&body).map_or_else(|_| internal_error(), |body| write(media, status, body))
}

/// An answer on the wire: no `data` when nothing ran, no `errors` when there are none.
#[derive(Serialize)]
struct Envelope<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// The status of an answer that has only errors.
fn status(media: Media, answer: &Answer) -> StatusCode {
    let codes = answer.errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code"));
    let has = |wanted: &str| codes.clone().any(|code| matches!(code, Value::String(code) if code == wanted));
    if has(Unauthenticated::CODE) {
        return StatusCode::UNAUTHORIZED;
    }
    match media {
        Media::Json => StatusCode::OK,
        Media::Response if has(TRAIL_UNAVAILABLE) || has(STORE_UNAVAILABLE.0) => StatusCode::SERVICE_UNAVAILABLE,
        Media::Response if has(DATA_UNAVAILABLE) => StatusCode::INTERNAL_SERVER_ERROR,
        Media::Response => StatusCode::BAD_REQUEST,
    }
}

fn write(media: Media, status: StatusCode, body: String) -> Response {
    Response::builder().status(status).content_type(media.content_type()).body(body)
}

/// The answer when the server itself failed, to whoever asked: in which language is not known any more.
pub(super) fn internal_error() -> Response {
    Wrong::internal().answer(Media::Json.content_type(), Locale::default())
}
