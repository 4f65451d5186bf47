//! What keeps one WebSocket within bounds: whoever is gone loses their place, and nobody watches without end.

use std::any::TypeId;
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

use super::door::{Door, NotLetIn};
use super::kind::kind_of;
use super::wrong::Wrong;
use crate::gate::Caller;
use crate::graphql::refusal::{Refusal, error};
use crate::locale::Locale;

/// More subscriptions than one connection may have.
pub const TOO_MANY_SUBSCRIPTIONS: Code = Code("TOO_MANY_SUBSCRIPTIONS");

/// A message that is none: the library's code for it.
const UNREADABLE: u16 = 1002;

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
                // It repeats what was typed, which may be about a person.
                Some(WsMessage::Close(UNREADABLE, _)) => Message::close_with(UNREADABLE, "this is no message of the protocol"),
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

/// The schema, for one connection: so many subscriptions at a time and no more, and no more operations than its caller may ask.
pub(super) struct Bounded<E> {
    door: Door<E>,
    places: Arc<Semaphore>,
    locale: Locale,
}

impl<E: Clone> Clone for Bounded<E> {
    fn clone(&self) -> Self {
        Self { door: self.door.clone(), places: Arc::clone(&self.places), locale: self.locale }
    }
}

impl<E> Bounded<E> {
    pub(super) fn new(door: Door<E>, locale: Locale) -> Self {
        let places = Arc::new(Semaphore::new(door.config.subscription_limit as usize));
        Self { door, places, locale }
    }

    fn too_many(&self) -> Response {
        let limit = Detail::Number(self.door.config.subscription_limit.into());
        refused(error(&Refusal::new(TOO_MANY_SUBSCRIPTIONS).with("limit", limit), self.locale))
    }

    /// Counts an operation of whoever said who they are; without that the schema refuses.
    fn admit(&self, request: &mut Request, session: Option<&Data>) -> Result<(), NotLetIn> {
        let caller = session.and_then(|data| data.get(&TypeId::of::<Caller>())?.downcast_ref::<Caller>());
        let Some(caller) = caller else { return Ok(()) };
        self.door.begin(caller)?;
        self.door.admit(caller, kind_of(request))
    }
}

fn refused(said: async_graphql::Error) -> Response {
    Response::from_errors(vec![ServerError { extensions: said.extensions, ..ServerError::new(said.message, None) }])
}

impl<E: Executor> Executor for Bounded<E> {
    async fn execute(&self, request: Request) -> Response {
        self.door.executor.execute(request).await
    }

    fn execute_stream(&self, mut request: Request, session_data: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return stream::iter([self.too_many()]).boxed();
        };
        if let Err(limited) = self.admit(&mut request, session_data.as_deref()) {
            return stream::iter([refused(Wrong::from(limited).said(self.locale))]).boxed();
        }
        let answers = self.door.executor.execute_stream(request, session_data);
        answers
            .inspect(move |_| {
                // The place is given back when the stream goes.
                let _ = &place;
            })
            .boxed()
    }
}
