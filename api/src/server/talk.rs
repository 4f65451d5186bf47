//! What keeps one WebSocket within bounds: whoever is gone loses their place, and nobody watches without end.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_graphql::http::WsMessage;
use async_graphql::{Data, Executor, Request, Response, ServerError};
use domain::rejection::{Code, Detail};
use futures_util::stream::{self, BoxStream};
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use poem::web::websocket::Message;
use tokio::sync::Semaphore;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use crate::graphql::refusal::{Refusal, error};
use crate::locale::Locale;

/// More subscriptions than one connection may have.
pub const TOO_MANY_SUBSCRIPTIONS: Code = Code("TOO_MANY_SUBSCRIPTIONS");

/// Pings go out so many times in the longest silence, so that one that is lost ends nothing.
const PINGS: u32 = 3;

/// When something was last heard from the other side.
#[derive(Clone)]
pub(super) struct Heard(Arc<Mutex<Instant>>);

impl Heard {
    pub(super) fn now() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(super) fn again(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn ago(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// Carries what is said to the other side, and pings it; ends with the session, and when the other side is silent for too long or
/// takes nothing any more. A connection that broke without a word would otherwise be served for ever.
pub(super) async fn converse(
    session: impl Stream<Item = WsMessage>,
    sink: impl Sink<Message>,
    heard: &Heard,
    silence: Duration,
) {
    let (mut session, mut sink) = (pin!(session), pin!(sink));
    let mut pings = interval(silence / PINGS);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            // First: looking for what to say takes in what was heard.
            biased;
            said = session.next() => match said {
                Some(WsMessage::Text(text)) => Message::text(text),
                Some(WsMessage::Close(code, reason)) => Message::close_with(code, reason),
                None => return,
            },
            _ = pings.tick() => {
                if heard.ago() > silence {
                    return;
                }
                Message::ping(Vec::new())
            }
        };
        if !matches!(timeout(silence, sink.send(message)).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// The schema, for one connection: so many subscriptions at a time and no more.
#[derive(Clone)]
pub(super) struct Bounded<E> {
    executor: E,
    places: Arc<Semaphore>,
    limit: u32,
    locale: Locale,
}

impl<E> Bounded<E> {
    pub(super) fn new(executor: E, limit: u32, locale: Locale) -> Self {
        Self { executor, places: Arc::new(Semaphore::new(limit as usize)), limit, locale }
    }

    fn too_many(&self) -> Response {
        let said =
            error(&Refusal::new(TOO_MANY_SUBSCRIPTIONS).with("limit", Detail::Number(self.limit.into())), self.locale);
        let refused = ServerError { extensions: said.extensions, ..ServerError::new(said.message, None) };
        Response::from_errors(vec![refused])
    }
}

impl<E: Executor> Executor for Bounded<E> {
    async fn execute(&self, request: Request) -> Response {
        self.executor.execute(request).await
    }

    fn execute_stream(&self, request: Request, session_data: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return stream::iter([self.too_many()]).boxed();
        };
        let answers = self.executor.execute_stream(request, session_data);
        answers
            .inspect(move |_| {
                // The place is given back when the stream goes.
                let _ = &place;
            })
            .boxed()
    }
}
