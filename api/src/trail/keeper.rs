//! Ties the trail to GraphQL: it stands around whatever executes operations. After an operation has run and before its answer goes to
//! the transport, its entry is made durable; if that fails, the answer is replaced by an error. A subscription leaves an entry per
//! delivery. It is no extension of the GraphQL library: every field of every answer would pass through that.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{
    Data, ErrorExtensionValues, Executor, PathSegment, Pos, Positioned, Request, Response, ServerError, ServerResult,
    Value,
};
use domain::rejection::Code;
use eventstore::clock::Clock;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use super::draft::FAULTS;
use super::root::only_field;
use super::{Ended, Entry, OperationKind, Outcome, ShownField, Trail, TrailDraft, TrailFault};
use crate::gate::Caller;
use crate::graphql::carry_out::{self, OUTCOME_UNKNOWN};
use crate::graphql::invalid;
use crate::graphql::refusal::Refusal;
use crate::graphql::weight::{self, Unread};
use crate::identity::Unauthenticated;
use crate::locale::Locale;

/// The code of an answer that was withheld because its trail entry could not be written.
pub const TRAIL_UNAVAILABLE: &str = "TRAIL_UNAVAILABLE";

/// The code of an answer that was withheld although its command was recorded: nobody may be told that nothing was.
pub const RECORDED_NOT_SHOWN: &str = "RECORDED_NOT_SHOWN";

/// The code of an answer that was withheld because a value in it is lost by a fault.
pub const DATA_UNAVAILABLE: &str = carry_out::DATA_UNAVAILABLE.0;

/// The one question that is answered also when the trail cannot be written.
pub const CRISIS_CARD: &str = "crisisCard";

/// Most faults of a request that are told at once: a request may have thousands.
const MOST_ERRORS: usize = 20;

/// Keeps the trail of operations.
#[derive(Clone)]
pub struct Keeper {
    trail: Arc<Trail>,
    clock: Arc<dyn Clock>,
}

impl Keeper {
    /// Keeps this trail; entries are dated by this clock.
    #[must_use]
    pub fn new(trail: Arc<Trail>, clock: Arc<dyn Clock>) -> Self {
        Self { trail, clock }
    }

    /// The trail itself, for whoever may read it.
    #[must_use]
    pub fn trail(&self) -> Arc<Trail> {
        Arc::clone(&self.trail)
    }

    /// Lets nothing run but under its eyes. Each request must carry a [`Caller`] in its data, or the connection's; resolvers find the
    /// [`TrailDraft`] of their operation in the context.
    #[must_use]
    pub const fn around<E>(self, executor: E) -> Kept<E> {
        Kept { keeper: self, executor }
    }
}

/// What executes operations, with the trail kept around it. There is no way to what is within.
#[derive(Clone)]
pub struct Kept<E> {
    keeper: Keeper,
    executor: E,
}

/// What a request says by itself, and what its connection says.
#[derive(Clone, Copy)]
struct Said<'a> {
    request: &'a Data,
    connection: Option<&'a Data>,
}

impl Said<'_> {
    fn find<T: Clone + 'static>(&self) -> Option<T> {
        let in_data = |data: &Data| data.get(&TypeId::of::<T>()).and_then(|found| found.downcast_ref::<T>()).cloned();
        in_data(self.request).or_else(|| self.connection.and_then(in_data))
    }
}

/// One operation under way.
#[derive(Default)]
struct Running {
    caller: Option<Caller>,
    draft: TrailDraft,
    locale: Locale,
    kind: Option<OperationKind>,
    /// Where a subscription stands that asks for several things.
    several: Option<Pos>,
    /// The one thing that the operation asks for; nothing when it asks for several.
    only: Option<String>,
}

impl<E: Executor> Executor for Kept<E> {
    async fn execute(&self, mut request: Request) -> Response {
        let (running, begun) = self.keeper.begin(&mut request, None);
        let answer = match begun {
            Ok(()) => self.executor.execute(request).await,
            Err(error) => Response::from_errors(vec![error]),
        };
        self.keeper.keep(&running, answer).await
    }

    fn execute_stream(&self, mut request: Request, connection: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let (running, begun) = self.keeper.begin(&mut request, connection.as_deref());
        let answers = match begun {
            Ok(()) => self.executor.execute_stream(request, connection),
            Err(error) => stream::once(async { Response::from_errors(vec![error]) }).boxed(),
        };
        let watched = (self.keeper.clone(), Arc::new(running));
        let kept = answers.scan(false, move |ended, answer| {
            let (keeper, running) = watched.clone();
            let over = std::mem::replace(ended, running.has_expired());
            let expires = *ended;
            async move {
                match (over, expires) {
                    (true, _) => None,
                    (false, true) => Some(unauthenticated(running.locale)),
                    (false, false) => Some(keeper.keep(&running, answer).await),
                }
            }
        });
        kept.boxed()
    }
}

impl Keeper {
    /// What is known of an operation before anything of it runs, and why nothing of it may.
    fn begin(&self, request: &mut Request, connection: Option<&Data>) -> (Running, ServerResult<()>) {
        let said = Said { request: &request.data, connection };
        let (locale, caller) = (said.find::<Locale>().unwrap_or_default(), said.find::<Caller>());
        let mut running = Running { caller, locale, ..Running::default() };
        let begun = self.prepare(&mut running, request);
        (running, begun)
    }

    fn prepare(&self, running: &mut Running, request: &mut Request) -> ServerResult<()> {
        let locale = running.locale;
        let Some(caller) = running.caller.clone() else { return Err(unauthenticated_error(locale)) };
        if running.has_expired() {
            return Err(unauthenticated_error(locale));
        }
        request.data.insert(caller);
        request.data.insert(locale);
        request.data.insert(running.draft.clone());
        let name = request.operation_name.clone();
        match weight::read(request) {
            Ok(document) => running.read(document, name.as_deref()),
            Err(Unread::NoRequest) => return Err(not_read(request, locale)),
            Err(why) => return Err(invalid::unread(why, locale)),
        }
        self.check_can_be_kept(running)
    }

    /// Refuses beforehand what the trail could not keep: a subscription to several things, whose notes would run together, and an act
    /// while the trail takes no entry. The refusal itself is an entry; when that is written, acts go on.
    fn check_can_be_kept(&self, running: &Running) -> ServerResult<()> {
        match (running.kind, running.several) {
            (Some(OperationKind::Subscription), Some(place)) => Err(invalid::not_one_field(place, running.locale)),
            (Some(OperationKind::Mutation), _) if !self.trail.is_healthy() => {
                Err(coded_error(TRAIL_UNAVAILABLE, running.locale))
            }
            _ => Ok(()),
        }
    }

    /// Writes the entry of one answer; gives the answer back, or what takes its place.
    async fn keep(&self, running: &Running, mut answer: Response) -> Response {
        let locale = running.locale;
        // From here on each error has a code.
        let (of_request, of_fields): (Vec<_>, Vec<_>) =
            answer.errors.into_iter().partition(|error| error.path.is_empty());
        let told = of_request.into_iter().take(MOST_ERRORS).chain(of_fields);
        answer.errors = told.map(|error| coded(error, locale)).collect();
        let Some(caller) = &running.caller else { return answer };
        let (lost, recorded) = (running.draft.is_unavailable(), running.draft.has_recorded());
        let code = answer.errors.iter().find_map(code_of);
        let ended = match code.as_deref() {
            _ if lost => Ended::Failed(DATA_UNAVAILABLE),
            None => Ended::Answered,
            Some(code) if FAULTS.contains(&code) => Ended::Failed(code),
            Some(code) => Ended::Invalid(code),
        };
        let kind = running.kind.unwrap_or(OperationKind::Unknown);
        let entries = running.draft.take(caller, self.clock.now(), kind, ended);
        let kept = self.commit(running, entries).await;
        let withheld = if kept { lost.then_some(DATA_UNAVAILABLE) } else { Some(TRAIL_UNAVAILABLE) };
        if withheld.is_some() {
            running.draft.note_withheld();
        }
        match withheld {
            Some(_) if recorded => recorded_not_shown(&answer, locale),
            Some(code) => refusal(code, locale),
            None => answer,
        }
    }

    /// Whether the entries are kept: in the trail, or, of the one thing that is shown all the same, until the trail can take them.
    async fn commit(&self, running: &Running, entries: Vec<Entry>) -> bool {
        let card = entries.iter().all(|entry| running.is_card_alone(entry));
        let late = card.then(|| entries.clone());
        match (self.trail.commit(entries).await, late) {
            (Ok(()), _) => true,
            (Err(TrailFault::Unwritable(_)), Some(entries)) => self.trail.defer(entries).await,
            (Err(_), _) => false,
        }
    }
}

impl Running {
    /// Takes what the text of the request says.
    fn read(&mut self, document: &ExecutableDocument, name: Option<&str>) {
        let Some(operation) = operation(document, name) else { return };
        self.kind = Some(kind(&operation.node));
        let only = only_field(document, &operation.node);
        self.several = only.is_none().then_some(operation.pos);
        self.only = only.map(ToString::to_string);
    }

    fn has_expired(&self) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.identity.has_ended())
    }

    /// Whether the operation showed a crisis card and nothing beside it: by what it asked for, and by what it noted. Whoever is called in
    /// the night reads it also when the trail cannot be written (`privacy.md`, "Reading is an act too").
    fn is_card_alone(&self, entry: &Entry) -> bool {
        let of_card = |field: &ShownField| field.field.split('.').next() == Some(CRISIS_CARD);
        self.kind == Some(OperationKind::Query)
            && self.only.as_deref() == Some(CRISIS_CARD)
            && entry.outcome == Outcome::Granted
            && entry.judgements.iter().all(|judged| judged.operation == CRISIS_CARD)
            && entry.fields.iter().all(of_card)
    }
}

/// Why a text is no request: where it stops being one.
fn not_read(request: &mut Request, locale: Locale) -> ServerError {
    let why = request.parsed_query().err();
    why.map_or_else(|| invalid::unread(Unread::NoRequest, locale), |error| invalid::unreadable(error, locale))
}

/// The operation that a request runs.
fn operation<'d>(document: &'d ExecutableDocument, name: Option<&str>) -> Option<&'d Positioned<OperationDefinition>> {
    match &document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => match name {
            Some(name) => operations.get(name),
            None => operations.values().next(),
        },
    }
}

const fn kind(operation: &OperationDefinition) -> OperationKind {
    match operation.ty {
        OperationType::Query => OperationKind::Query,
        OperationType::Mutation => OperationKind::Mutation,
        OperationType::Subscription => OperationKind::Subscription,
    }
}

/// What takes the place of an answer that may not leave after its command was recorded. Where another command of the operation was not
/// carried out, which of them were is not known to the caller.
fn recorded_not_shown(answer: &Response, locale: Locale) -> Response {
    let code = if answer.errors.is_empty() { RECORDED_NOT_SHOWN } else { OUTCOME_UNKNOWN.0 };
    // It ran: the error stands at the field, as for any field whose value cannot be given.
    let field = match &answer.data {
        Value::Object(fields) => fields.keys().next().map(|field| PathSegment::Field(field.to_string())),
        _ => answer.errors.iter().find_map(|error| error.path.first().cloned()),
    };
    let error = coded_error(code, locale).with_path(field.into_iter().collect());
    Response::from_errors(vec![error])
}

/// The library's own errors have no code, and say what was typed; clients count on the one, and nobody may see the other. Outside a field
/// the request did not fit.
fn coded(error: ServerError, locale: Locale) -> ServerError {
    match code_of(&error) {
        Some(_) => error,
        None if error.path.is_empty() => invalid::unfit(error, locale),
        None => invalid::unusable(error, locale),
    }
}

fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}

fn unauthenticated(locale: Locale) -> Response {
    Response::from_errors(vec![unauthenticated_error(locale)])
}

fn unauthenticated_error(locale: Locale) -> ServerError {
    coded_error(Unauthenticated::CODE, locale)
}

fn refusal(code: &'static str, locale: Locale) -> Response {
    Response::from_errors(vec![coded_error(code, locale)])
}

fn coded_error(code: &'static str, locale: Locale) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    let message = locale.refusal(&Refusal::new(Code(code)));
    ServerError { extensions: Some(extensions), ..ServerError::new(message, None) }
}
