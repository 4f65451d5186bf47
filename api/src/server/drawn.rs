//! `/cases/{id}/escalation.svg`: the course of a case as a picture. It asks a GraphQL question as its caller and draws the answer, so
//! that gate, trail, limits and refusals are those of every other read; what the trail cannot take is not drawn.

use std::time::Duration;

use async_graphql::{Executor, Request as Operation, Response as Answer, Value, Variables};
use domain::rejection::Code;
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};
use serde_json::json;
use tracing::Instrument as _;
use uuid::Uuid;

use super::door::Door;
use super::http::{language, network, traceparent};
use super::security_headers::RequestId;
use super::wrong::{Unread, Wrong};
use crate::drawing::escalation;
use crate::gate::{Refused, Trace};
use crate::graphql::carry_out::STORE_UNAVAILABLE;
use crate::identity::Unauthenticated;
use crate::locale::Locale;
use crate::telemetry::trace_of;
use crate::trail::{DATA_UNAVAILABLE, OperationKind, TRAIL_UNAVAILABLE};

/// Where the picture of a case is.
pub(super) const ROUTE: &str = "/cases/:id/escalation.svg";

/// The parameters that an address may have.
const PARAMETERS: [&str; 2] = ["recorded", "about"];

const REFUSAL: &str = "application/json; charset=utf-8";

/// The picture of a case.
pub(super) struct Drawn<E> {
    door: Door<E>,
}

impl<E> Drawn<E> {
    pub(super) const fn new(door: Door<E>) -> Self {
        Self { door }
    }
}

impl<E: Executor> Endpoint for Drawn<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let locale = language(request.headers());
        let id = request.extensions().get::<RequestId>().map_or_else(Uuid::now_v7, |id| id.0);
        let span = tracing::info_span!("drawing request", request = %id, otel.kind = "server");
        let trace = trace_of(&span, traceparent(request.headers()));
        let answered = self.answer(&request, locale, (id, trace)).instrument(span).await;
        Ok(answered.unwrap_or_else(|wrong| wrong.answer(REFUSAL, locale)))
    }
}

impl<E: Executor> Drawn<E> {
    async fn answer(
        &self,
        request: &Request,
        locale: Locale,
        (id, trace): (Uuid, Trace),
    ) -> std::result::Result<Response, Wrong> {
        if request.method() != Method::GET {
            return Err(Wrong::drawn_by_get());
        }
        if !accepts_pictures(request.headers()) {
            return Err(Wrong::not_acceptable());
        }
        let from = network(request);
        let caller = self.door.caller(id, request.uri(), request.headers(), (trace, from)).await?;
        let operation = question(request)?;
        self.door.admit(&caller, OperationKind::Query)?;
        let limit: Duration = self.door.config.request_timeout();
        let executed = self.door.executor.execute(operation.data(caller).data(locale));
        let answer = tokio::time::timeout(limit, executed).await.map_err(|_| Wrong::slow_answer())?;
        Ok(respond(&answer, locale))
    }
}

fn accepts_pictures(headers: &HeaderMap) -> bool {
    let Some(accept) = headers.get(header::ACCEPT) else { return true };
    let mut kinds = accept.to_str().unwrap_or("").split(',').filter_map(|kind| kind.split(';').next()).map(str::trim);
    kinds.any(|kind| ["image/svg+xml", "image/*", "*/*"].iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// What is asked: of now, or of a day that the address names.
fn question(request: &Request) -> std::result::Result<Operation, Wrong> {
    let case: String = request.path_params().map_err(|_| Wrong::unread(Unread::Address))?;
    let said: Vec<(String, String)> = request.params().map_err(|_| Wrong::unread(Unread::Address))?;
    let mut variables = json!({"id": case});
    for (name, day) in &said {
        let known = PARAMETERS.iter().find(|known| *known == name);
        let known = known.filter(|known| variables.get(**known).is_none());
        let name = known.ok_or_else(|| Wrong::unread(Unread::Address))?;
        variables[*name] = json!(day);
    }
    let query = if said.is_empty() { escalation::QUERY } else { escalation::QUERY_LOOKING_BACK };
    Ok(Operation::new(query).variables(Variables::from_json(variables)))
}

/// The picture; or the refusal as GraphQL said it.
fn respond(answer: &Answer, locale: Locale) -> Response {
    if let Some(error) = answer.errors.first() {
        let body = json!({"errors": [{"message": error.message, "extensions": error.extensions}]});
        return Response::builder().status(status(answer)).content_type(REFUSAL).body(body.to_string());
    }
    let drawn = answer.data.clone().into_json().ok().and_then(|data| escalation::read(&data, locale));
    let Some(picture) = drawn else { return Wrong::internal().answer(REFUSAL, locale) };
    Response::builder()
        .content_type("image/svg+xml; charset=utf-8")
        .header(header::CONTENT_LANGUAGE, locale.tag())
        .body(escalation::draw(&picture, locale))
}

/// What is not there and what may not be seen are the same here as well.
fn status(answer: &Answer) -> StatusCode {
    let codes = answer.errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code"));
    let has = |wanted: &str| codes.clone().any(|code| matches!(code, Value::String(code) if code == wanted));
    let any = |wanted: &[Code]| wanted.iter().any(|code| has(code.0));
    if has(Unauthenticated::CODE) {
        return StatusCode::UNAUTHORIZED;
    }
    if has(TRAIL_UNAVAILABLE) || any(&[STORE_UNAVAILABLE]) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if has(DATA_UNAVAILABLE) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    if any(&Refused::CODES) { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST }
}
