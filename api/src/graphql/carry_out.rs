//! From a mutation to the desk: read the input, find the stream, let the gate judge the history the decision rests on, run the
//! command, note for the trail what came of it.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_graphql::{Context, Error, ID, Result};
use domain::case::{Case, CaseCommand};
use domain::consent::NewConsent;
use domain::decider::{Decider, DomainCommand, DomainEvent as _, History, Order};
use domain::fact::{Audience, FileKind, Organisation};
use domain::ids::{CaseId, CommandId, PersonId, SignalId, Subject, WorkerId};
use domain::life::{LegalFramework, LifeCommand, LinkedSignal, OpeningGround};
use domain::people::{NewAuthority, NewPerson};
use domain::rejection::{Code, Detail, Rejection};
use domain::signal::{SIGNAL_UNKNOWN, Signal, SignalCommand};
use domain::text::{Name, Text};
use domain::time::{CivilDay, Occurred};
use domain::worker::{Worker, WorkerCommand};
use eventstore::loader::LoadError;
use eventstore::metadata::CorrelationId;
use eventstore::port::StoreFault;
use projections::views::Facts;
use uuid::Uuid;
use workflows::desk::{Act, DeskError, Judge, Receipt, Warrant};

use super::drafts;
use super::input::{ActInput, Read};
use super::payload::{CasePayload, SignalPayload};
use super::people::knows_name;
use super::refusal::Refusal;
use super::seals::persons_of;
use super::session::{Session, tells_presence};
use super::told::told;
use crate::gate::{self, Field, Mandate, Operation, Refused, Target, Topic};
use crate::trail::TrailDraft;

/// The command id was used before for something else.
pub const COMMAND_ID_REUSED: Code = Code("COMMAND_ID_REUSED");
/// What the caller may see has changed since the revision named.
pub const CHANGED_SINCE: Code = Code("CHANGED_SINCE");
/// Too many commands wait for this case, or others kept writing first.
pub const TRY_AGAIN: Code = Code("TRY_AGAIN");
/// Nobody knows yet whether it was recorded.
pub const OUTCOME_UNKNOWN: Code = Code("OUTCOME_UNKNOWN");
/// The system cannot write now.
pub const STORE_UNAVAILABLE: Code = Code("STORE_UNAVAILABLE");
/// The clock of the system is in doubt; nothing is recorded until an operator confirms the time.
pub const CLOCK_IN_DOUBT: Code = Code("CLOCK_IN_DOUBT");
/// The history of this case cannot be read; an operator has been told.
pub const DATA_UNAVAILABLE: Code = Code("DATA_UNAVAILABLE");
/// Codes of a command that was understood and could not be carried out.
pub const CODES: &[Code] = &[
    COMMAND_ID_REUSED,
    CHANGED_SINCE,
    TRY_AGAIN,
    OUTCOME_UNKNOWN,
    STORE_UNAVAILABLE,
    CLOCK_IN_DOUBT,
    DATA_UNAVAILABLE,
];

/// Most facts that a conflict names; more than that is a page to be looked at again anyway.
const MOST_CHANGES: usize = 20;

/// A fact that a conflict names.
const CHANGE: Field = Field::new("conflict.fact", Topic::Status);

const SIGNAL_TOPIC: Field = Field::new("signal.topic", Topic::Signal);

/// The namespace of stream ids that follow from who gave which command.
const STREAMS: Uuid = Uuid::from_u128(0x6d1c_2a0e_7b1f_4f0b_9d52_3c1f_8f6e_a001);

/// What a mutation that opens a case says.
pub struct Opening {
    /// The intention, when the client names it.
    pub command_id: Option<CommandId>,
    /// The signal it came from.
    pub signal: Option<SignalId>,
    /// When it happened.
    pub occurred: Option<Occurred>,
    /// When we were told.
    pub learnt: Option<CivilDay>,
    /// Whose case it is.
    pub municipality: Organisation,
    /// Voluntary or compulsory.
    pub framework: LegalFramework,
    /// On what it rests.
    pub ground: OpeningGround,
    /// The question.
    pub question: Text,
    /// The family.
    pub people: Vec<NewPerson>,
    /// Who has authority.
    pub authority: Vec<NewAuthority>,
    /// Who consented to what.
    pub consents: Vec<NewConsent>,
}

/// Why the judge says no: the gate, or a change since the revision the caller looked at.
enum Judged {
    /// By the gate.
    Refused(Refused),
    /// By what changed meanwhile.
    ChangedSince(Refusal),
}

/// What has changed since, as far as the caller's timeline shows it: which facts, and of what kind. What shows elsewhere only (that a
/// case was closed, not why) is not named.
fn changed_since(
    session: &Session<'_>,
    case: CaseId,
    history: &History<Case>,
    mandate: &Mandate,
    seen: &str,
) -> Refusal {
    let viewer = session.caller().identity.actor.worker;
    let changes = session
        .services()
        .seals
        .changes_since(viewer, case, history, mandate, session.rights(), seen)
        .unwrap_or_default();
    let kept = Facts::of(history, session.rights());
    let shown = changes
        .into_iter()
        .filter(|fact| mandate.would_show(Topic::of(&fact.event), &kept.kept(fact), &persons_of(&fact.event)));
    let (mut facts, mut kinds) = (Vec::new(), Vec::new());
    for fact in shown.take(MOST_CHANGES) {
        mandate.note_made(CHANGE, &[Subject::Case(case)]);
        facts.push(Detail::Id(fact.id.to_string()));
        kinds.push(Detail::Word(fact.event.info().name));
    }
    let refusal = Refusal::new(CHANGED_SINCE);
    if facts.is_empty() {
        return refusal;
    }
    refusal.with("facts", Detail::List(facts)).with("kinds", Detail::List(kinds))
}

/// Runs a command on an existing case.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn on_case(
    ctx: &Context<'_>,
    input: &ActInput,
    command: impl FnOnce() -> Result<CaseCommand, Refusal>,
) -> Result<CasePayload> {
    let session = Session::of(ctx)?;
    let ordered = session.read(|| {
        let case: CaseId = input.case_id.read("caseId")?;
        let command_id: Option<CommandId> = input.command_id.read("commandId")?;
        let order = Order {
            command: command()?,
            occurred: input.occurred.map(Into::into),
            learnt: input.learnt.map(|day| day.0),
            mentions: input.mentions.read("mentions")?,
        };
        Ok((case, command_id, order))
    });
    let (case, command_id, order) = ordered?;
    run_on_case(&session, case, command_id, &order, input.expected_revision.as_deref()).await
}

/// Opens a case. The id of its stream follows from the actor and the command, so that the same command opens one case.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn open_case(ctx: &Context<'_>, opening: impl FnOnce() -> Result<Opening, Refusal>) -> Result<CasePayload> {
    let session = Session::of(ctx)?;
    let opening = session.read(opening)?;
    let command_id = opening.command_id.unwrap_or_else(|| session.new_command());
    let signal = match opening.signal {
        Some(signal) => Some(copy_of_signal(&session, signal).await?),
        None => None,
    };
    let order = Order {
        command: CaseCommand::Life(LifeCommand::OpenCase {
            municipality: opening.municipality,
            framework: opening.framework,
            ground: opening.ground,
            question: opening.question,
            signal,
            people: opening.people,
            authority: opening.authority,
            consents: opening.consents,
        }),
        occurred: opening.occurred,
        learnt: opening.learnt,
        mentions: Vec::new(),
    };
    let case = CaseId::from_uuid(stream_of(&session, command_id));
    run_on_case(&session, case, Some(command_id), &order, None).await
}

/// Links a signal to an open case, by copy.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn link_signal(ctx: &Context<'_>, input: &ActInput, signal: &ID) -> Result<CasePayload> {
    let session = Session::of(ctx)?;
    let signal: SignalId = session.read(|| signal.read("signalId"))?;
    let signal = copy_of_signal(&session, signal).await?;
    on_case(ctx, input, || Ok(CaseCommand::Life(LifeCommand::LinkSignal { signal }))).await
}

/// Raises a signal.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn raise_signal(
    ctx: &Context<'_>,
    command_id: Option<&ID>,
    command: impl FnOnce() -> Result<SignalCommand, Refusal>,
) -> Result<SignalPayload> {
    let session = Session::of(ctx)?;
    let (command_id, command) = session.read(|| {
        let id: Option<CommandId> = command_id.map(|id| id.read("commandId")).transpose()?;
        Ok((id, command()?))
    })?;
    let command_id = command_id.unwrap_or_else(|| session.new_command());
    let signal = SignalId::from_uuid(stream_of(&session, command_id));
    run_on_signal(&session, signal, command_id, command).await
}

/// Runs a command on an existing signal.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn on_signal(
    ctx: &Context<'_>,
    signal: &ID,
    command_id: Option<&ID>,
    command: impl FnOnce() -> Result<SignalCommand, Refusal>,
) -> Result<SignalPayload> {
    let session = Session::of(ctx)?;
    let (signal, command_id, command) = session.read(|| {
        let id: Option<CommandId> = command_id.map(|id| id.read("commandId")).transpose()?;
        Ok((signal.read("signalId")?, id, command()?))
    })?;
    let command_id = command_id.unwrap_or_else(|| session.new_command());
    run_on_signal(&session, signal, command_id, command).await
}

async fn run_on_case(
    session: &Session<'_>,
    case: CaseId,
    command_id: Option<CommandId>,
    order: &Order<CaseCommand>,
    expected: Option<&str>,
) -> Result<CasePayload> {
    let operation = Operation::commanding(order.command.name(), &order.command);
    let act = act(session, command_id, FileKind::Coordination);
    let judge = CaseJudge { session: *session, case, order, operation, command: act.command, expected };
    let started = Instant::now();
    let outcome = session.services().cases.run_before(case.as_uuid(), order, &act, &judge).await;
    count(session, order.command.name(), &outcome, started);
    let receipt = match outcome {
        Ok(receipt) => receipt,
        Err(DeskError::Load(error)) if judge.opens().is_none() && tells_presence(&error) => {
            return Err(session.closed(case, operation, &error).await);
        }
        Err(error) => return Err(failed(session, error)),
    };
    note(session, &receipt);
    drafts::recorded(session, act.command).await;
    Ok(CasePayload::new(case, &receipt))
}

/// The gate before a command on a case.
struct CaseJudge<'a> {
    session: Session<'a>,
    case: CaseId,
    order: &'a Order<CaseCommand>,
    operation: Operation,
    command: CommandId,
    expected: Option<&'a str>,
}

impl CaseJudge<'_> {
    /// The municipality in which it opens a case.
    const fn opens(&self) -> Option<&Organisation> {
        match &self.order.command {
            CaseCommand::Life(LifeCommand::OpenCase { municipality, .. }) => Some(municipality),
            _ => None,
        }
    }

    /// A repeated opening finds the case that it opened; the right to open is judged the same way.
    fn target<'h>(&'h self, history: &'h History<Case>) -> Target<'h> {
        self.opens().map_or(Target::Case(self.case, history), Target::New)
    }

    fn mandate(&self, session: &Session<'_>, history: &History<Case>) -> Result<Mandate, Refused> {
        session.judge(self.operation, self.target(history))
    }

    fn warrant(&self, session: &Session<'_>, history: &History<Case>) -> Result<Warrant, Judged> {
        let mandate = self.mandate(session, history).map_err(Judged::Refused)?;
        // What this command did itself is no news to who repeats it: the answer may have been lost.
        if let Some(seen) = self.expected.filter(|_| history.effect(self.command).is_none()) {
            self.check_unchanged(session, history, &mandate, seen)?;
        }
        let opened = history.state().life.opening.as_ref().map(|opening| &opening.municipality);
        Ok(warrant(&mandate, self.opens().or(opened)))
    }

    /// As whoever looks at the case, where they may.
    fn looked(&self, session: &Session<'_>, history: &History<Case>, mandate: &Mandate) -> Mandate {
        let quiet = TrailDraft::new();
        let looking = Operation::looking("case", gate::Act::Read);
        let looked = session.noting_in(&quiet).judge(looking, self.target(history));
        looked.map_or_else(|_| mandate.clone(), |looked| looked.noting_in(session.draft()))
    }

    /// The revision was made for somebody who looks. The act may rest on another relation (a successor who is an access worker as well),
    /// which sees another part of the case: its own mandate counts only where its holder may not look at all.
    fn check_unchanged(
        &self,
        session: &Session<'_>,
        history: &History<Case>,
        mandate: &Mandate,
        seen: &str,
    ) -> Result<(), Judged> {
        let looked = self.looked(session, history, mandate);
        if seen == session.revision_token(self.case, history, &looked) {
            return Ok(());
        }
        Err(Judged::ChangedSince(changed_since(session, self.case, history, &looked, seen)))
    }
}

impl Judge<Case> for CaseJudge<'_> {
    type Refusal = Judged;

    fn would_allow(&self, history: &History<Case>) -> bool {
        let quiet = TrailDraft::new();
        self.warrant(&self.session.noting_in(&quiet), history).is_ok()
    }

    fn judge(&self, history: &History<Case>) -> Result<Warrant, Judged> {
        self.warrant(&self.session, history)
    }

    fn tell(&self, history: &History<Case>, said: Result<(), Rejection>) -> Result<(), Rejection> {
        let quiet = TrailDraft::new();
        let mandate = self.mandate(&self.session.noting_in(&quiet), history).ok();
        told(mandate.as_ref(), history, self.order, self.session.rights(), said)
    }

    fn knows(&self, history: &History<Case>, person: PersonId, name: &Name) -> bool {
        let quiet = TrailDraft::new();
        let session = self.session.noting_in(&quiet);
        let Ok(mandate) = self.mandate(&session, history) else { return false };
        knows_name(&session, history, &self.looked(&session, history, &mandate), person, name)
    }
}

async fn run_on_signal(
    session: &Session<'_>,
    signal: SignalId,
    command_id: CommandId,
    command: SignalCommand,
) -> Result<SignalPayload> {
    let order = Order::now(command);
    let operation = Operation::signalling(order.command.name());
    let act = act(session, Some(command_id), FileKind::Signal);
    let allowed: Mutex<Option<Mandate>> = Mutex::new(None);
    let judge = |history: &History<Signal>| {
        let municipality = match &order.command {
            SignalCommand::RaiseSignal { municipality, .. } => Some(municipality),
            _ => municipality_of(history),
        };
        let mandate = if let SignalCommand::RaiseSignal { municipality, .. } = &order.command {
            session.judge(operation, Target::New(municipality))
        } else {
            session.judge_signal(operation, signal, municipality, history.revision())
        };
        let mandate = mandate.map_err(Judged::Refused)?;
        let warrant = warrant(&mandate, municipality);
        *allowed.lock().unwrap_or_else(PoisonError::into_inner) = Some(mandate);
        Ok(warrant)
    };
    let started = Instant::now();
    let outcome = session.services().signals.run(signal.as_uuid(), &order, &act, judge).await;
    count(session, order.command.name(), &outcome, started);
    let receipt = match outcome {
        Ok(receipt) => receipt,
        Err(DeskError::Load(error)) if tells_presence(&error) => {
            return Err(session.closed_signal(signal, operation, &error).await);
        }
        Err(error) => return Err(failed(session, error)),
    };
    note(session, &receipt);
    drafts::recorded(session, act.command).await;
    let allowed = allowed.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(SignalPayload::new(signal, &receipt, allowed))
}

/// Runs a command on the stream of a worker; `holder` is the organisation whose record it enters, when that is not the caller's own.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub(super) async fn on_worker(
    session: &Session<'_>,
    worker: WorkerId,
    command_id: Option<CommandId>,
    order: &Order<WorkerCommand>,
    operation: Operation,
    target: Target<'_>,
    holder: Option<&Organisation>,
) -> Result<Receipt<Worker>> {
    let act = act(session, command_id, FileKind::Coordination);
    let judge = |_: &History<Worker>| {
        let mandate = session.judge(operation, target).map_err(Judged::Refused)?;
        Ok(warrant(&mandate, holder))
    };
    let started = Instant::now();
    let outcome = session.services().workers.run(worker.as_uuid(), order, &act, judge).await;
    count(session, order.command.name(), &outcome, started);
    let receipt = outcome.map_err(|error| failed(session, error))?;
    note(session, &receipt);
    drafts::recorded(session, act.command).await;
    Ok(receipt)
}

/// Reads a signal, so that a case can copy what it says.
async fn copy_of_signal(session: &Session<'_>, signal: SignalId) -> Result<LinkedSignal> {
    let operation = Operation::signalling("linkSignal");
    let loaded = match session.services().signals.load(signal.as_uuid()).await {
        Ok(loaded) => loaded,
        Err(error) => return Err(session.closed_signal(signal, operation, &error).await),
    };
    let mandate = session
        .judge_signal(operation, signal, municipality_of(&loaded.history), loaded.history.revision())
        .map_err(|refused| session.refuse(refused))?;
    let raised = loaded.history.state().raised.as_ref().ok_or_else(|| session.refuse_code(SIGNAL_UNKNOWN))?;
    let topic = mandate.see(&Audience::Case, SIGNAL_TOPIC, &raised.topic).known().cloned();
    Ok(LinkedSignal {
        signal,
        topic: topic.ok_or_else(|| session.refuse_code(DATA_UNAVAILABLE))?,
        place: raised.place,
        raised_at: raised.at,
    })
}

fn municipality_of(history: &History<Signal>) -> Option<&Organisation> {
    history.state().raised.as_ref().map(|raised| &raised.municipality)
}

fn act(session: &Session<'_>, command_id: Option<CommandId>, file: FileKind) -> Act {
    let caller = session.caller();
    Act {
        actor: caller.identity.actor.clone(),
        command: command_id.unwrap_or_else(|| session.new_command()),
        file,
        cause: None,
        correlation: CorrelationId::from_uuid(caller.request),
        trace: Some(caller.trace.id.clone()),
    }
}

/// On what the command rests: the gate's decision, and the organisation whose record it enters (the actor's own, as long as there
/// is no case).
fn warrant(mandate: &Mandate, holder: Option<&Organisation>) -> Warrant {
    let purpose = mandate.purpose();
    Warrant {
        decision: mandate.decision().into(),
        purpose: purpose.name().to_owned(),
        activity: purpose.as_str().to_owned(),
        holder: holder.unwrap_or(&mandate.actor().organisation).clone(),
    }
}

fn stream_of(session: &Session<'_>, command: CommandId) -> Uuid {
    let worker = session.caller().identity.actor.worker.as_uuid();
    Uuid::new_v5(&Uuid::new_v5(&STREAMS, worker.as_bytes()), command.as_uuid().as_bytes())
}

fn note<D: Decider>(session: &Session<'_>, receipt: &Receipt<D>) {
    match (&receipt.effect, receipt.repeated) {
        (Some(_), false) => session.draft().note_recorded(),
        (Some(_), true) => session.draft().note_recorded_before(),
        (None, _) => session.draft().note_nothing_recorded(),
    }
}

/// Counts a command with how it ended, as a stable word.
fn count<D: Decider>(
    session: &Session<'_>,
    command: &'static str,
    outcome: &Result<Receipt<D>, DeskError<Judged>>,
    started: Instant,
) {
    let word = match outcome {
        Ok(receipt) if receipt.repeated => "repeated",
        Ok(receipt) if receipt.effect.is_some() => "appended",
        Ok(_) => "nothing",
        Err(DeskError::Rejected(_) | DeskError::CommandIdReused(_)) => "rejected",
        Err(DeskError::Refused(_)) => "refused",
        Err(_) => "failed",
    };
    session.metrics().command_handled(command, word, started.elapsed());
}

fn failed(session: &Session<'_>, error: DeskError<Judged>) -> Error {
    match error {
        DeskError::Rejected(rejection) => session.refusal(&rejection),
        DeskError::Refused(Judged::Refused(refused)) => session.refuse(refused),
        DeskError::Refused(Judged::ChangedSince(refusal)) => session.refusal(&refusal),
        DeskError::CommandIdReused(_) | DeskError::Busy | DeskError::Contended | DeskError::OutcomeUnknown => {
            session.refuse_code(code_of(&error))
        }
        DeskError::Load(_) | DeskError::KeysMissing { .. } | DeskError::Codec(_) | DeskError::Store(_) => {
            session.fault(code_of(&error), &error)
        }
    }
}

/// The code of a command that had no effect. What a judge refuses with has a code of its own: nothing is available without it.
pub(super) fn code_of<R>(error: &DeskError<R>) -> Code {
    match error {
        DeskError::Rejected(rejection) => rejection.code,
        DeskError::Refused(_) => Refused::NOT_AVAILABLE,
        DeskError::CommandIdReused(_) => COMMAND_ID_REUSED,
        DeskError::Busy | DeskError::Contended => TRY_AGAIN,
        DeskError::OutcomeUnknown => OUTCOME_UNKNOWN,
        DeskError::Load(LoadError::Fault(StoreFault::Unreachable(_))) => STORE_UNAVAILABLE,
        DeskError::Load(_) | DeskError::KeysMissing { .. } => DATA_UNAVAILABLE,
        DeskError::Store(StoreFault::ClockStepped { .. }) => CLOCK_IN_DOUBT,
        DeskError::Codec(_) | DeskError::Store(_) => STORE_UNAVAILABLE,
    }
}

impl fmt::Debug for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "refused",
            Self::ChangedSince(_) => "changed since",
        })
    }
}
