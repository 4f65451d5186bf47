//! One case whose moment has come: what is owed there, done through the desk as the system.

use std::convert::Infallible;
use std::sync::Arc;

use domain::alert::{AlertCommand, Look, Next, Pending, owed_or_next, pending};
use domain::case::{Case, CaseCommand};
use domain::decider::{DomainEvent as _, History, Order};
use domain::fact::{Actor, FileKind, NEUTRAL, Organisation, Role};
use domain::ids::{CaseId, CommandId};
use domain::time::Timestamp;
use eventstore::loader::Loaded;
use eventstore::metadata::{CorrelationId, Decision, FactRef};
use uuid::Uuid;

use crate::desk::{Act, Desk, Warrant};
use crate::fault::{FollowerFault, LeftOut, after_acting, after_loading};
use crate::reactions::SYSTEM;

/// The namespace of command ids that follow from a case and what is told or proposed in it. It never changes.
const COMMANDS: Uuid = Uuid::from_u128(0x7b1e_55d0_2a9f_4f0c_9d4e_c8a1_3e60_0003);

/// What stands in clear for whatever is told: what is told of, and to whom, is sealed.
const PURPOSE: &str = "coordination";
const ACTIVITY: &str = "coordination/1";

/// What an operator does once what is broken was repaired. What is told has a command id of its own, so beginning anew tells nothing twice.
pub(super) const BEGIN_ANEW: &str =
    "repair it (for a missing key: restore the vault), then remove the index of deadlines and start again";

/// A case after its moment: how much was written, and when to look again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub written: usize,
    pub next: Option<Look>,
}

/// When this case is next, as it stands.
pub(super) async fn next_of(cases: &Desk<Case>, case: CaseId) -> Result<Option<Look>, FollowerFault> {
    let Some(loaded) = open(cases, case).await? else { return Ok(None) };
    let office = cases.office();
    let now = office.clock.now();
    let terms = office.terms.terms_on(now.day());
    let (owed, next) = owed_or_next(&loaded.history, now, terms);
    Ok(if owed { Some(Look { at: now, of_birth: false }) } else { next })
}

/// Does everything whose moment has come in this case.
///
/// # Errors
/// When another try may help; what was done before that is done again, without effect.
pub(super) async fn act_in(cases: &Desk<Case>, case: CaseId, now: Timestamp) -> Result<Done, FollowerFault> {
    let Some(loaded) = open(cases, case).await? else { return Ok(Done { written: 0, next: None }) };
    let terms = cases.office().terms.terms_on(now.day());
    let mut written = 0;
    for owed in pending(&loaded.history, now, terms).into_iter().take_while(|one| one.at <= now) {
        written += usize::from(carry_out(cases, case, &loaded.history, &owed).await?);
    }
    let Some(loaded) = open(cases, case).await? else { return Ok(Done { written, next: None }) };
    Ok(Done { written, next: when_again(&loaded.history, now, terms) })
}

/// The next moment that lies ahead. What was tried now and still stands there is tried again on the next working day, not at once.
fn when_again(history: &History<Case>, now: Timestamp, terms: &domain::terms::Terms) -> Option<Look> {
    let (owed, next) = owed_or_next(history, now, terms);
    let stuck = owed.then(|| Look { at: terms.calendar.follows_at(now.day()), of_birth: false });
    [next, stuck].into_iter().flatten().min()
}

/// The case; nothing when it cannot be read, now or ever: that is said, and others go on.
async fn open(cases: &Desk<Case>, case: CaseId) -> Result<Option<Arc<Loaded<Case>>>, FollowerFault> {
    match cases.load(case.as_uuid()).await {
        Ok(loaded) => Ok(Some(loaded)),
        Err(error) => {
            left_out(case, &after_loading(error)?);
            Ok(None)
        }
    }
}

/// Whether something was written.
async fn carry_out(
    cases: &Desk<Case>,
    case: CaseId,
    history: &History<Case>,
    owed: &Pending,
) -> Result<bool, FollowerFault> {
    let Some(opening) = &history.state().life.opening else { return Ok(false) };
    let holder = opening.municipality.clone();
    let (command, name) = command_of(&owed.next);
    let id = command_id(case, &name);
    let act = Act {
        actor: Actor { worker: SYSTEM, role: Role::System, organisation: holder.clone(), on_behalf_of: None },
        command: id,
        file: FileKind::Coordination,
        cause: cause(cases, case, history, owed),
        correlation: CorrelationId::from_uuid(id.as_uuid()),
        trace: None,
    };
    let stream = cases.stream(case.as_uuid());
    let judge = |history: &History<Case>| {
        let judged_at = history.revision().map(|revision| FactRef { stream: stream.clone(), revision });
        Ok::<_, Infallible>(warrant(rule_of(&owed.next), judged_at, holder.clone()))
    };
    let order = Order::now(CaseCommand::Alert(command));
    match cases.run(case.as_uuid(), &order, &act, judge).await {
        Ok(receipt) => Ok(receipt.effect.is_some() && !receipt.repeated),
        Err(error) => {
            undone(case, rule_of(&owed.next), &after_acting(error)?);
            Ok(false)
        }
    }
}

/// The command, and a name that is the same whoever gives it and however often.
fn command_of(next: &Next) -> (AlertCommand, String) {
    match next {
        Next::Alert { key, step, .. } => {
            (AlertCommand::RaiseAlert { key: key.clone(), step: *step }, format!("alert/{}/{step}", key.name()))
        }
        Next::Proposal(owed) => {
            let name = format!("proposal/{}/{}", owed.kind.as_str(), owed.cause);
            (AlertCommand::MakeProposal { kind: owed.kind, about: owed.about, cause: owed.cause }, name)
        }
    }
}

const fn rule_of(next: &Next) -> &'static str {
    match next {
        Next::Alert { .. } => "deadline.alert",
        Next::Proposal(_) => "deadline.proposal",
    }
}

/// Follows from the case and what is told or proposed.
pub(super) fn command_id(case: CaseId, name: &str) -> CommandId {
    CommandId::from_uuid(Uuid::new_v5(&Uuid::new_v5(&COMMANDS, case.as_uuid().as_bytes()), name.as_bytes()))
}

/// The fact that caused it, in clear; not one about safety, health or crime: that a term rests on such a fact would say so.
fn cause(cases: &Desk<Case>, case: CaseId, history: &History<Case>, owed: &Pending) -> Option<FactRef> {
    let fact = history.fact(owed.about?).filter(|fact| fact.event.info().outer != NEUTRAL)?;
    Some(FactRef { stream: cases.stream(case.as_uuid()), revision: fact.revision })
}

/// No policy decides: what the system tells and proposes stands in the law of a case.
fn warrant(rule: &str, judged_at: Option<FactRef>, holder: Organisation) -> Warrant {
    Warrant {
        decision: Decision {
            policy: String::new(),
            rules: vec![rule.to_owned()],
            relation: "system".to_owned(),
            judged_at,
            consents: Vec::new(),
        },
        purpose: PURPOSE.to_owned(),
        activity: ACTIVITY.to_owned(),
        holder,
    }
}

/// A case in which nobody can be told of anything.
fn left_out(case: CaseId, why: &LeftOut) {
    match why {
        LeftOut::Refused(reason) => tracing::warn!(%case, reason, "no deadline is kept in a case that is not there"),
        LeftOut::Broken(reason) => tracing::error!(
            %case,
            reason,
            alert = true,
            act = BEGIN_ANEW,
            "no deadline is kept in a case that cannot be read"
        ),
    }
}

/// One thing that was owed and not written.
fn undone(case: CaseId, rule: &str, why: &LeftOut) {
    match why {
        LeftOut::Refused(reason) => tracing::warn!(%case, rule, reason, "a deadline was left out: the case refuses"),
        LeftOut::Broken(reason) => tracing::error!(
            %case,
            rule,
            reason,
            alert = true,
            act = BEGIN_ANEW,
            "a deadline was left out: the case cannot be read or written"
        ),
    }
}
