//! Ties the trail to GraphQL: after an operation has run and before its answer goes to the transport, its entry is made durable; if
//! that fails, the answer is replaced by an error. A subscription leaves an entry per delivery.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextPrepareRequest, NextRequest, NextSubscribe,
    NextValidation,
};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{
    ErrorExtensionValues, PathSegment, Pos, Positioned, Request, Response, ServerError, ServerResult, ValidationResult,
    Value, Variables,
};
use domain::rejection::Code;
use eventstore::clock::Clock;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;

use super::draft::FAULTS;
use super::root::only_field;
use super::{Ended, Entry, OperationKind, Outcome, ShownField, Trail, TrailDraft, TrailFault};
use crate::gate::Caller;
use crate::graphql::carry_out::OUTCOME_UNKNOWN;
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
pub const DATA_UNAVAILABLE: &str = "DATA_UNAVAILABLE";

/// The one question that is answered also when the trail cannot be written.
pub const CRISIS_CARD: &str = "crisisCard";

/// Most faults of a request that are told at once: a request may have thousands.
const MOST_ERRORS: usize = 20;

/// Makes the extension that a schema needs: `Schema::build(…).extension(TrailExtension::new(trail, clock))`. Each request must carry
/// a [`Caller`] in its data, or the connection's; resolvers find the [`TrailDraft`] of their operation in the context.
pub struct TrailExtension {
    trail: Arc<Trail>,
    clock: Arc<dyn Clock>,
}

impl TrailExtension {
    /// The extension over this trail; entries are dated by this clock.
    #[must_use]
    pub fn new(trail: Arc<Trail>, clock: Arc<dyn Clock>) -> Self {
        Self { trail, clock }
    }

    /// The trail itself, for whoever may read it.
    #[must_use]
    pub fn trail(&self) -> Arc<Trail> {
        Arc::clone(&self.trail)
    }
}

impl ExtensionFactory for TrailExtension {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Watch {
            trail: Arc::clone(&self.trail),
            clock: Arc::clone(&self.clock),
            running: Arc::new(Mutex::new(Running::default())),
        })
    }
}

/// One operation under way.
struct Watch {
    trail: Arc<Trail>,
    clock: Arc<dyn Clock>,
    running: Arc<Mutex<Running>>,
}

#[derive(Default)]
struct Running {
    caller: Option<Caller>,
    draft: TrailDraft,
    name: Option<String>,
    locale: Locale,
    kind: Option<OperationKind>,
    /// Where a subscription stands that asks for several things.
    several: Option<Pos>,
    /// The one thing that the operation asks for; nothing when it asks for several.
    only: Option<String>,
}

impl Watch {
    fn locale(&self) -> Locale {
        lock(&self.running).locale
    }
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Extension for Watch {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let answer = next.run(ctx).await;
        keep(&self.trail, self.clock.as_ref(), &self.running, answer).await
    }

    fn subscribe<'s>(
        &self,
        ctx: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        let watched = (Arc::clone(&self.trail), Arc::clone(&self.clock), Arc::clone(&self.running));
        let kept = next.run(ctx, stream).scan(false, move |ended, answer| {
            let (trail, clock, running) = watched.clone();
            let over = std::mem::replace(ended, expired(&running));
            let expires = *ended;
            async move {
                match (over, expires) {
                    (true, _) => None,
                    (false, true) => Some(unauthenticated(lock(&running).locale)),
                    (false, false) => Some(keep(&trail, clock.as_ref(), &running, answer).await),
                }
            }
        });
        kept.boxed()
    }

    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let stated = request.data.get(&std::any::TypeId::of::<Caller>()).and_then(|data| data.downcast_ref::<Caller>());
        let locale = request.data.get(&std::any::TypeId::of::<Locale>()).and_then(|data| data.downcast_ref());
        let locale = locale.or_else(|| ctx.data_opt::<Locale>()).copied().unwrap_or_default();
        let Some(caller) = stated.or_else(|| ctx.data_opt::<Caller>()).cloned() else {
            return Err(unauthenticated_error(locale));
        };
        let draft = TrailDraft::new();
        {
            let mut running = lock(&self.running);
            running.caller = Some(caller.clone());
            running.draft = draft.clone();
            running.name.clone_from(&request.operation_name);
            running.locale = locale;
        }
        if expired(&self.running) {
            return Err(unauthenticated_error(locale));
        }
        match weight::read(&mut request) {
            // What is no request is told by whoever reads it next.
            Ok(_) | Err(Unread::NoRequest) => {}
            Err(why) => return Err(invalid::unread(why, locale)),
        }
        request.data.insert(caller);
        request.data.insert(draft);
        next.run(ctx, request).await
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await;
        let document = document.map_err(|error| invalid::unreadable(error, self.locale()))?;
        let mut running = lock(&self.running);
        if let Some(operation) = operation(&document, running.name.as_deref()) {
            running.kind = Some(kind(&operation.node));
            let only = only_field(&document, &operation.node);
            running.several = only.is_none().then_some(operation.pos);
            running.only = only.map(ToString::to_string);
        }
        drop(running);
        Ok(document)
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let schema = &ctx.schema_env.registry;
        let unfit = |error| invalid::unfit(error, schema, self.locale());
        let valid = next.run(ctx).await;
        let valid = valid.map_err(|errors| errors.into_iter().take(MOST_ERRORS).map(unfit).collect::<Vec<_>>())?;
        self.check_can_be_kept().map_err(|error| vec![error])?;
        Ok(valid)
    }
}

impl Watch {
    /// Refuses beforehand what the trail could not keep: a subscription to several things, whose notes would run together, and an act
    /// while the trail takes no entry. The refusal itself is an entry; when that is written, acts go on.
    fn check_can_be_kept(&self) -> ServerResult<()> {
        let running = lock(&self.running);
        match (running.kind, running.several) {
            (Some(OperationKind::Subscription), Some(place)) => Err(invalid::not_one_field(place, running.locale)),
            (Some(OperationKind::Mutation), _) if !self.trail.is_healthy() => {
                Err(coded_error(TRAIL_UNAVAILABLE, running.locale))
            }
            _ => Ok(()),
        }
    }
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

/// Writes the entry of one answer; gives the answer back, or what takes its place.
async fn keep(trail: &Trail, clock: &dyn Clock, running: &Mutex<Running>, mut answer: Response) -> Response {
    let locale = lock(running).locale;
    // From here on each error has a code.
    answer.errors = answer.errors.into_iter().map(|error| coded(error, locale)).collect();
    let (entry, lost, recorded) = {
        let running = lock(running);
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
        (running.draft.take(caller, clock.now(), kind, ended), lost, recorded)
    };
    let kept = match entry {
        Some(entry) => commit(trail, running, entry).await,
        None => true,
    };
    let withheld = if kept { lost.then_some(DATA_UNAVAILABLE) } else { Some(TRAIL_UNAVAILABLE) };
    if withheld.is_some() {
        lock(running).draft.note_withheld();
    }
    match withheld {
        Some(_) if recorded => recorded_not_shown(&answer, locale),
        Some(code) => refusal(code, locale),
        None => answer,
    }
}

/// Whether an entry is kept: in the trail, or, of the one thing that is shown all the same, until the trail can take it.
async fn commit(trail: &Trail, running: &Mutex<Running>, entry: Entry) -> bool {
    let late = is_card_alone(&lock(running), &entry).then(|| entry.clone());
    match (trail.commit(entry).await, late) {
        (Ok(()), _) => true,
        (Err(TrailFault::Unwritable(_)), Some(entry)) => trail.defer(entry).await,
        (Err(_), _) => false,
    }
}

/// Whether an operation showed a crisis card and nothing beside it: by what it asked for, and by what it noted. Whoever is called in the
/// night reads it also when the trail cannot be written (`privacy.md`, "Reading is an act too").
fn is_card_alone(running: &Running, entry: &Entry) -> bool {
    let of_card = |field: &ShownField| field.field.split('.').next() == Some(CRISIS_CARD);
    running.kind == Some(OperationKind::Query)
        && running.only.as_deref() == Some(CRISIS_CARD)
        && entry.outcome == Outcome::Granted
        && entry.judgements.iter().all(|judged| judged.operation == CRISIS_CARD)
        && entry.fields.iter().all(of_card)
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

/// The library's own errors have no code, and say what was typed; clients count on the one, and nobody may see the other.
fn coded(error: ServerError, locale: Locale) -> ServerError {
    if code_of(&error).is_some() { error } else { invalid::unusable(error, locale) }
}

fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}

fn expired(running: &Mutex<Running>) -> bool {
    lock(running).caller.as_ref().is_some_and(|caller| caller.identity.has_ended())
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
