//! One request, as resolvers see it: who asks, in which language, the gate, the trail entry in the making, and the services behind.

use std::fmt;
use std::sync::Arc;

use async_graphql::{Context, Error, Result};
use domain::case::Case;
use domain::decider::History;
use domain::fact::Organisation;
use domain::ids::{CaseId, CommandId, Revision, SignalId};
use domain::rejection::Code;
use domain::signal::Signal;
use domain::time::{CivilDay, Timestamp};
use eventstore::loader::{LoadError, Loaded};
use eventstore::port::StreamName;
use projections::relations::Relations;
use projections::views::Rights;

use super::carry_out::DATA_UNAVAILABLE;
use super::refusal::{Refusal, error};
use super::services::Services;
use crate::gate::{Act, Caller, Mandate, Operation, Refused, Target};
use crate::locale::Locale;
use crate::telemetry::Metrics;
use crate::trail::{TrailDraft, TrailFault};

/// One request.
#[derive(Clone, Copy)]
pub struct Session<'a> {
    services: &'a Arc<Services>,
    caller: &'a Caller,
    draft: &'a TrailDraft,
    locale: Locale,
    metrics: &'a Metrics,
}

impl<'a> Session<'a> {
    /// The session of a running operation.
    ///
    /// # Errors
    /// When the server forgot to say who asks: nothing is answered without that.
    pub fn of(ctx: &Context<'a>) -> Result<Self> {
        Ok(Self {
            services: ctx.data::<Arc<Services>>()?,
            caller: ctx.data::<Caller>()?,
            draft: ctx.data::<TrailDraft>()?,
            locale: ctx.data_opt::<Locale>().copied().unwrap_or_default(),
            metrics: ctx.data::<Metrics>()?,
        })
    }

    /// The same session, for one round of a subscription: what it notes is kept only if there is something to deliver.
    #[must_use]
    pub const fn noting_in<'b>(&self, draft: &'b TrailDraft) -> Session<'b>
    where
        'a: 'b,
    {
        Session { services: self.services, caller: self.caller, draft, locale: self.locale, metrics: self.metrics }
    }

    /// The same session, asked by the same caller as they are now.
    #[must_use]
    pub const fn asked_by<'b>(&self, caller: &'b Caller) -> Session<'b>
    where
        'a: 'b,
    {
        Session { services: self.services, caller, draft: self.draft, locale: self.locale, metrics: self.metrics }
    }

    /// Who asks, with the duties of now: for whoever goes on for longer. Where they cannot be read there are none.
    pub async fn caller_now(&self) -> Caller {
        let duties = self.services.duties_of(self.caller.identity.actor.worker, self.today()).await;
        Caller { duties: duties.unwrap_or_default(), ..self.caller.clone() }
    }

    /// The services.
    #[must_use]
    pub fn services(&self) -> &'a Arc<Services> {
        self.services
    }

    /// Who asks.
    #[must_use]
    pub const fn caller(&self) -> &'a Caller {
        self.caller
    }

    /// Where figures go.
    #[must_use]
    pub const fn metrics(&self) -> &'a Metrics {
        self.metrics
    }

    /// The trail entry in the making.
    #[must_use]
    pub const fn draft(&self) -> &'a TrailDraft {
        self.draft
    }

    /// The language of the answer.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The day by which dated facts and relations are read when nothing else is said.
    #[must_use]
    pub fn today(&self) -> CivilDay {
        self.services.gate.today()
    }

    /// This moment, by which an emergency access is open or over.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.services.cases.office().clock.now()
    }

    /// By which day rights are judged: today, whatever day is looked at.
    #[must_use]
    pub fn rights(&self) -> Rights {
        Rights::on(self.today(), &self.services.cases.office().terms)
    }

    /// A command id for a client that names none: every send is then an intention of its own.
    #[must_use]
    pub fn new_command(&self) -> CommandId {
        CommandId::from_uuid((self.services.cases.office().ids)())
    }

    /// Reads input; a refusal is noted and put into words.
    ///
    /// # Errors
    /// The refusal.
    pub fn read<T>(&self, read: impl FnOnce() -> Result<T, Refusal>) -> Result<T> {
        read().map_err(|refusal| self.refusal(&refusal))
    }

    /// Asks the gate.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn judge(&self, operation: Operation, target: Target<'_>) -> Result<Mandate, Refused> {
        self.services.gate.judge(self.caller, operation, target, self.draft)
    }

    /// Asks the gate about a signal: it belongs to the access workers of its municipality.
    ///
    /// # Errors
    /// The gate's refusal; a signal that does not exist takes the same path.
    pub fn judge_signal(
        &self,
        operation: Operation,
        signal: SignalId,
        municipality: Option<&Organisation>,
        revision: Option<Revision>,
    ) -> Result<Mandate, Refused> {
        let stream = StreamName::about(<Signal as domain::decider::Decider>::CATEGORY, signal.as_uuid());
        let facts = Relations { municipality: municipality.cloned(), ..Relations::default() };
        self.judge(operation, Target::Row { stream: &stream, revision, facts: &facts })
    }

    /// Asks the gate about one's own work: a list, a search before its hits.
    ///
    /// # Errors
    /// The gate's refusal, in words.
    pub fn own(&self, operation: &'static str, act: Act) -> Result<Mandate> {
        self.judge(Operation::looking(operation, act), Target::Own).map_err(|refused| self.refuse(refused))
    }

    /// A case as of now, with a mandate to look at it. A case that does not exist takes the same path as one that the caller may
    /// not know about.
    ///
    /// # Errors
    /// `NOT_AVAILABLE`, or that its history cannot be read.
    pub async fn open(&self, case: CaseId, operation: &'static str) -> Result<(Arc<Loaded<Case>>, Mandate)> {
        self.open_for(case, Operation::looking(operation, Act::Read)).await
    }

    /// A case as of now, with a mandate for this operation.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub async fn open_for(&self, case: CaseId, operation: Operation) -> Result<(Arc<Loaded<Case>>, Mandate)> {
        let loaded = match self.services.cases.load(case.as_uuid()).await {
            Ok(loaded) => loaded,
            Err(error) => return Err(self.closed(case, operation, &error).await),
        };
        let mandate =
            self.judge(operation, Target::Case(case, &loaded.history)).map_err(|refused| self.refuse(refused))?;
        Ok((loaded, mandate))
    }

    /// A case that cannot be read. Whoever has a relation to it, as far as that can still be told, hears that there is a fault;
    /// everybody else hears the same as of a case that does not exist.
    pub async fn closed(&self, case: CaseId, operation: Operation, error: &LoadError) -> Error {
        if !tells_presence(error) {
            return self.unreadable(error);
        }
        let part = match error {
            // Without the vault no case can be opened.
            LoadError::Vault(_) => None,
            _ => Some(self.services.cases.load_readable(case.as_uuid()).await),
        };
        let judged = match part.filter(|part| part.history.revision().is_some()) {
            Some(part) => self.judge(operation, Target::Case(case, &part.history)),
            None => self.judge_by_row(case, operation).await,
        };
        match judged {
            Ok(_) => self.unreadable(error),
            Err(refused) => self.withheld(refused, error),
        }
    }

    /// Asks the gate about a case by its row in the lists alone. Without a row it is as if there were no case.
    async fn judge_by_row(&self, case: CaseId, operation: Operation) -> Result<Mandate, Refused> {
        let related = self.services.lists.relation(case).await.unwrap_or_else(|fault| {
            tracing::error!(%fault, request = %self.caller.request, "what people are to a case cannot be read");
            None
        });
        let facts = related.unwrap_or_default();
        let stream = self.services.cases.stream(case.as_uuid());
        self.judge(operation, Target::Row { stream: &stream, revision: None, facts: &facts })
    }

    /// As [`Session::closed`], of a signal. Signals have no row: without the vault there is none for anybody.
    pub async fn closed_signal(&self, signal: SignalId, operation: Operation, error: &LoadError) -> Error {
        if !tells_presence(error) {
            return self.unreadable(error);
        }
        let part = self.services.signals.load_readable(signal.as_uuid()).await.history;
        let municipality = part.state().raised.as_ref().map(|raised| &raised.municipality);
        match self.judge_signal(operation, signal, municipality, part.revision()) {
            Ok(_) => self.unreadable(error),
            Err(refused) => self.withheld(refused, error),
        }
    }

    /// The operator hears of the damage, whoever asked; the caller only that it is not available.
    fn withheld(&self, refused: Refused, error: &LoadError) -> Error {
        tracing::error!(%error, request = %self.caller.request, "a stream cannot be read; its caller has no relation to it");
        self.refuse(refused)
    }

    /// The revision of a case as this viewer may see it.
    #[must_use]
    pub fn revision_token(&self, case: CaseId, history: &History<Case>, mandate: &Mandate) -> String {
        self.services.seals.revision(self.caller.identity.actor.worker, case, history, mandate, self.rights())
    }

    /// The place in the history that a revision of this viewer stands for: that of the last fact that the viewer saw then.
    #[must_use]
    pub fn seen_up_to(&self, case: CaseId, history: &History<Case>, mandate: &Mandate, seen: &str) -> Option<Revision> {
        let viewer = self.caller.identity.actor.worker;
        self.services.seals.seen_up_to(viewer, case, history, mandate, self.rights(), seen)
    }

    /// A refusal, noted for the trail and in words.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> Error {
        self.draft.note_refusal(refusal.code.0);
        error(refusal, self.locale)
    }

    /// A refusal with this code and nothing more.
    #[must_use]
    pub fn refuse_code(&self, code: Code) -> Error {
        self.refusal(&Refusal::new(code))
    }

    /// A refusal by the gate.
    #[must_use]
    pub fn refuse(&self, refused: Refused) -> Error {
        // The gate noted it already.
        error(&Refusal::new(Code(refused.code())), self.locale)
    }

    /// A trail that cannot be read: then nothing of it is told.
    #[must_use]
    pub fn unread(&self, fault: &TrailFault) -> Error {
        self.fault(DATA_UNAVAILABLE, fault)
    }

    /// A history that cannot be read: quarantined, destroyed or lost. The operator hears what; the caller only that it is so.
    #[must_use]
    pub fn unreadable(&self, error: &LoadError) -> Error {
        self.fault(DATA_UNAVAILABLE, error)
    }

    /// A fault of the system, logged here once.
    #[must_use]
    pub fn fault(&self, code: Code, error: &dyn fmt::Display) -> Error {
        tracing::error!(%error, code = code.0, request = %self.caller.request, "an operation failed");
        self.refuse_code(code)
    }
}

/// Whether a stream that is not there would have been answered otherwise: then only who has a relation to it may hear of the fault. A
/// store that cannot be reached fails for what is there and what is not.
#[must_use]
pub const fn tells_presence(error: &LoadError) -> bool {
    error.is_of_one_stream() || matches!(error, LoadError::Vault(_))
}
