//! One fact and what reactions do after it: open the case, ask the reactions, act through the desks as the system.

use std::convert::Infallible;
use std::sync::Arc;

use domain::case::{Case, CaseEvent};
use domain::decider::{Decider, History, Order};
use domain::fact::{Actor, Fact, FileKind, Role};
use domain::ids::{CaseId, CommandId};
use domain::signal::Signal;
use eventstore::metadata::{Decision, FactRef, Metadata};
use eventstore::port::{RecordedEvent, StreamName};
use uuid::Uuid;

use super::{Call, Reaction, SYSTEM};
use crate::desk::{Act, Desk, DeskError, Receipt, Warrant};
use crate::fault::{FollowerFault, LeftOut, after_acting, after_loading};

/// The namespace of command ids that follow from a fact, a reaction and a target.
const COMMANDS: Uuid = Uuid::from_u128(0x2f94_0b6e_5d17_4c83_b0aa_6e31_9c5d_0002);

/// What an operator does once what is broken was repaired. A reaction acts with a command id of its own, so beginning anew does nothing
/// twice.
pub(super) const BEGIN_ANEW: &str =
    "repair it (for a missing key: restore the vault), then remove the checkpoint file of reactions and start again";

/// The desks that reactions read and act through.
pub(super) struct Desks {
    pub cases: Arc<Desk<Case>>,
    pub signals: Arc<Desk<Signal>>,
}

/// A fact that reactions act on, and the clear part of it.
struct Cause<'a> {
    event: &'a RecordedEvent,
    metadata: Metadata,
}

impl Desks {
    /// Does what these reactions do after this event. What cannot be done, ever, is left out and logged; others go on.
    ///
    /// # Errors
    /// When another try may help; acts done before that are done again, without effect.
    pub async fn act_on(&self, event: &RecordedEvent, reactions: &[Box<dyn Reaction>]) -> Result<(), FollowerFault> {
        let interested: Vec<_> = reactions.iter().filter(|reaction| reaction.interested(event)).collect();
        if interested.is_empty() {
            return Ok(());
        }
        let Some((id, fact)) = self.open(event).await? else { return Ok(()) };
        let Ok(metadata) = Metadata::from_bytes(&event.metadata) else {
            left_out(event, &LeftOut::Broken("its metadata cannot be read".to_owned()));
            return Ok(());
        };
        let cause = Cause { event, metadata };
        for reaction in interested {
            for call in reaction.react(&fact, id) {
                self.carry_out(&cause, reaction.name(), call).await?;
            }
        }
        Ok(())
    }

    /// The fact itself, from the whole stream: a stream that does not verify moves nobody.
    async fn open(&self, event: &RecordedEvent) -> Result<Option<(CaseId, Fact<CaseEvent>)>, FollowerFault> {
        let Ok(case) = event.stream.id().parse::<CaseId>() else {
            left_out(event, &LeftOut::Broken("its name does not hold the id of a case".to_owned()));
            return Ok(None);
        };
        let loaded = match self.cases.load(case.as_uuid()).await {
            Ok(loaded) => loaded,
            Err(error) => {
                left_out(event, &after_loading(error)?);
                return Ok(None);
            }
        };
        let fact = loaded.history.facts().iter().find(|fact| fact.id == event.id).cloned();
        // What was set aside since belongs in another file: nothing follows from it here.
        if fact.is_none() && !loaded.history.is_set_aside(event.id) {
            left_out(event, &LeftOut::Broken("it is not in its own stream".to_owned()));
        }
        Ok(fact.map(|fact| (case, fact)))
    }

    async fn carry_out(&self, cause: &Cause<'_>, name: &str, call: Call) -> Result<(), FollowerFault> {
        let outcome = match call {
            Call::Signal(signal, command) => {
                let act = cause.act(name, &self.signals.stream(signal.as_uuid()), FileKind::Signal);
                let judge = |history: &History<Signal>| {
                    let raised = history.state().raised.as_ref();
                    let holder = raised.map_or(&cause.metadata.holder, |raised| &raised.municipality).clone();
                    let stream = self.signals.stream(signal.as_uuid());
                    Ok(cause.warrant(name, history.revision().map(|revision| FactRef { stream, revision }), holder))
                };
                done(self.signals.run(signal.as_uuid(), &Order::now(command), &act, judge).await)
            }
        };
        match outcome {
            Ok(repeated) => {
                tracing::debug!(reaction = name, cause = %cause.event.id, repeated, "reaction carried out");
                Ok(())
            }
            Err(error) => {
                undone(cause.event, name, &after_acting(error)?);
                Ok(())
            }
        }
    }
}

fn done<D: Decider>(outcome: Result<Receipt<D>, DeskError<Infallible>>) -> Result<bool, DeskError<Infallible>> {
    outcome.map(|receipt| receipt.repeated)
}

impl Cause<'_> {
    fn act(&self, name: &str, target: &StreamName, file: FileKind) -> Act {
        let organisation = self.metadata.holder.clone();
        Act {
            actor: Actor { worker: SYSTEM, role: Role::System, organisation, on_behalf_of: None },
            command: command_id(self.event, name, target),
            file,
            cause: Some(FactRef { stream: self.event.stream.clone(), revision: self.event.revision }),
            correlation: self.metadata.correlation,
            trace: self.metadata.trace.clone(),
        }
    }

    /// No policy decides again: a person was allowed to do what caused this, and that decision stands in the cause. Purpose and
    /// activity are those of the cause.
    fn warrant(&self, name: &str, judged_at: Option<FactRef>, holder: domain::fact::Organisation) -> Warrant {
        let (policy, relation) = (String::new(), "system".to_owned());
        Warrant {
            decision: Decision {
                policy,
                rules: vec![format!("reaction.{name}")],
                relation,
                judged_at,
                consents: Vec::new(),
            },
            purpose: self.metadata.purpose.clone(),
            activity: self.metadata.activity.clone(),
            holder,
        }
    }
}

/// Follows from the causing fact, the reaction and the target, so that every try is the same command.
pub(super) fn command_id(cause: &RecordedEvent, reaction: &str, target: &StreamName) -> CommandId {
    let of_cause = Uuid::new_v5(&COMMANDS, cause.id.as_uuid().as_bytes());
    CommandId::from_uuid(Uuid::new_v5(&of_cause, format!("{reaction}/{target}").as_bytes()))
}

/// A fact that no reaction can act on.
fn left_out(event: &RecordedEvent, why: &LeftOut) {
    match why {
        LeftOut::Refused(reason) => tracing::warn!(
            stream = %event.stream,
            revision = %event.revision,
            reason,
            "reactions left out a fact: there is nothing to act on any more"
        ),
        LeftOut::Broken(reason) => tracing::error!(
            stream = %event.stream,
            revision = %event.revision,
            reason,
            alert = true,
            act = BEGIN_ANEW,
            "reactions left out a fact they cannot read"
        ),
    }
}

/// An act of one reaction that its target does not take.
fn undone(event: &RecordedEvent, reaction: &str, why: &LeftOut) {
    match why {
        LeftOut::Refused(reason) => {
            tracing::warn!(reaction, cause = %event.id, reason, "a reaction was left out: its target refuses");
        }
        LeftOut::Broken(reason) => tracing::error!(
            reaction,
            cause = %event.id,
            reason,
            alert = true,
            act = BEGIN_ANEW,
            "a reaction was left out: its target cannot be read or written"
        ),
    }
}
