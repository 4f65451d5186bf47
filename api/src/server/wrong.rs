//! What is no request, or comes from nobody who may ask: refused before any operation is read, in the reader's language like every other
//! refusal.

use domain::rejection::{Code, Detail};
use poem::Response;
use poem::http::{StatusCode, header};
use serde_json::{Map, json};

use super::door::NotLetIn;
use super::limiter::TooMuch;
use crate::graphql::invalid::{INTERNAL, PURPOSE_UNKNOWN};
use crate::graphql::refusal::{Refusal, error};
use crate::identity::Unauthenticated;
use crate::locale::Locale;
use crate::trail::TRAIL_UNAVAILABLE;

/// The request cannot be read.
const BAD_REQUEST: Code = Code("BAD_REQUEST");
/// Another method than this request needs.
const METHOD_NOT_ALLOWED: Code = Code("METHOD_NOT_ALLOWED");
/// It took longer than a request may.
const TIMEOUT: Code = Code("TIMEOUT");
/// The body is larger than it may be.
const TOO_LARGE: Code = Code("TOO_LARGE");
/// The body is of a kind that is not read here.
const UNSUPPORTED_MEDIA_TYPE: Code = Code("UNSUPPORTED_MEDIA_TYPE");
/// The client takes none of the kinds that answers have.
const NOT_ACCEPTABLE: Code = Code("NOT_ACCEPTABLE");
/// The token does not name the role that was asked for.
const ROLE_NOT_HELD: Code = Code("ROLE_NOT_HELD");
/// The caller asks too much in a short time.
const RATE_LIMITED: Code = Code("RATE_LIMITED");
/// The server is starting.
const NOT_READY: Code = Code("NOT_READY");

/// Codes of the door.
pub const CODES: &[Code] = &[
    Code(Unauthenticated::CODE),
    BAD_REQUEST,
    METHOD_NOT_ALLOWED,
    TIMEOUT,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    NOT_ACCEPTABLE,
    ROLE_NOT_HELD,
    PURPOSE_UNKNOWN,
    RATE_LIMITED,
    NOT_READY,
    INTERNAL,
];

/// A request that is none, with the status of its answer.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) status: StatusCode,
    refusal: Refusal,
    /// When to try again, in seconds.
    again: Option<u32>,
    /// By which methods it can be asked.
    allows: &'static str,
}

/// What cannot be read of a request: a word that the sentence in the locale files goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unread {
    /// The body did not arrive.
    Body,
    /// The body is no request in JSON.
    Json,
    /// The address.
    Address,
    /// Variables stand in the address, where logs would keep them.
    Variables,
    /// There is no query.
    Query,
}

impl Unread {
    const fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Json => "json",
            Self::Address => "address",
            Self::Variables => "variables",
            Self::Query => "query",
        }
    }
}

impl Wrong {
    const fn new(status: StatusCode, code: Code) -> Self {
        Self { status, refusal: Refusal::new(code), again: None, allows: "GET, POST" }
    }

    fn what(self, what: &'static str) -> Self {
        Self { refusal: self.refusal.with("what", what), ..self }
    }

    pub(super) fn unread(what: Unread) -> Self {
        Self::new(StatusCode::BAD_REQUEST, BAD_REQUEST).what(what.word())
    }

    pub(super) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED).what("method")
    }

    pub(super) fn drawn_by_get() -> Self {
        Self { allows: "GET", ..Self::new(StatusCode::METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED) }.what("drawing")
    }

    pub(super) fn mutation_over_get() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED).what("mutation")
    }

    pub(super) fn slow_answer() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT).what("answer")
    }

    pub(super) fn slow_body() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, TIMEOUT).what("body")
    }

    pub(super) const fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE)
    }

    pub(super) fn compressed() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, UNSUPPORTED_MEDIA_TYPE).what("compressed")
    }

    pub(super) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, UNSUPPORTED_MEDIA_TYPE).what("kind")
    }

    pub(super) const fn not_acceptable() -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, NOT_ACCEPTABLE)
    }

    pub(super) fn not_ready() -> Self {
        Self { again: Some(2), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, NOT_READY) }
    }

    pub(super) fn rate_limited(refused: TooMuch) -> Self {
        let wrong = Self::new(StatusCode::TOO_MANY_REQUESTS, RATE_LIMITED);
        let refusal = wrong.refusal.with("seconds", Detail::Number(refused.seconds.into()));
        Self { refusal, again: Some(refused.seconds), ..wrong }
    }

    /// The server itself failed. It names nothing; the log does.
    pub(super) const fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL)
    }

    /// In words.
    pub(super) fn said(&self, locale: Locale) -> async_graphql::Error {
        error(&self.refusal, locale)
    }

    /// The answer: one error and no data.
    pub(super) fn answer(&self, content_type: &'static str, locale: Locale) -> Response {
        let said = self.said(locale);
        let mut one = Map::from_iter([("message".to_owned(), json!(said.message))]);
        if let Some(extensions) = said.extensions {
            one.insert("extensions".to_owned(), json!(extensions));
        }
        let body = json!({"errors": [one]});
        let mut response = Response::builder().status(self.status).content_type(content_type).body(body.to_string());
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, header::HeaderValue::from_static(value));
        }
        if let Some(seconds) = self.again {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn header(&self) -> Option<(header::HeaderName, &'static str)> {
        match self.status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, self.allows)),
            _ => None,
        }
    }
}

impl NotLetIn {
    pub(super) const fn code(self) -> Code {
        match self {
            Self::Unauthenticated => Code(Unauthenticated::CODE),
            Self::RoleNotHeld => ROLE_NOT_HELD,
            Self::UnknownPurpose => PURPOSE_UNKNOWN,
            Self::NotTrailed => Code(TRAIL_UNAVAILABLE),
            Self::RateLimited(_) => RATE_LIMITED,
        }
    }
}

impl From<NotLetIn> for Wrong {
    fn from(refused: NotLetIn) -> Self {
        let status = match refused {
            NotLetIn::Unauthenticated => StatusCode::UNAUTHORIZED,
            NotLetIn::RoleNotHeld => StatusCode::FORBIDDEN,
            NotLetIn::UnknownPurpose => StatusCode::BAD_REQUEST,
            NotLetIn::NotTrailed => StatusCode::SERVICE_UNAVAILABLE,
            NotLetIn::RateLimited(refused) => return Self::rate_limited(refused),
        };
        Self::new(status, refused.code())
    }
}
