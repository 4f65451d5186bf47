//! Mutations of signals: concerns raised before anyone may be named.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::signal::SignalCommand;

use super::super::carry_out::{on_signal, raise_signal};
use super::super::enums::PlaceKind;
use super::super::input::Read;
use super::super::payload::SignalPayload;

/// Raises a signal that names nobody.
#[derive(InputObject)]
pub struct RaiseSignalInput {
    /// Names this intention: the same id raises one signal, however often it is sent.
    command_id: Option<ID>,
    /// The responsible municipality or its executive service, by its short name.
    municipality: String,
    /// Kind of place it came from.
    place: PlaceKind,
    /// What is of concern, naming nobody.
    topic: String,
}

/// Sets a signal aside.
#[derive(InputObject)]
pub struct SetSignalAsideInput {
    /// The signal.
    signal: ID,
    /// Names this intention.
    command_id: Option<ID>,
    /// Why.
    reason: String,
}

/// Signals.
#[derive(Default)]
pub struct SignalMutation;

#[Object]
impl SignalMutation {
    /// Raises a signal: a concern that names nobody. Linking it to a case later needs sharing consent or a meldcode decision.
    async fn raise_signal(&self, ctx: &Context<'_>, input: RaiseSignalInput) -> Result<SignalPayload> {
        raise_signal(ctx, input.command_id.as_ref(), || {
            Ok(SignalCommand::RaiseSignal {
                municipality: input.municipality.read("municipality")?,
                place: input.place.into(),
                topic: input.topic.read("topic")?,
            })
        })
        .await
    }

    /// Sets a signal aside: nothing more to do.
    async fn set_signal_aside(&self, ctx: &Context<'_>, input: SetSignalAsideInput) -> Result<SignalPayload> {
        on_signal(ctx, &input.signal, input.command_id.as_ref(), || {
            Ok(SignalCommand::SetSignalAside { reason: input.reason.read("reason")? })
        })
        .await
    }
}
