//! Mutations of what children say and how they fare.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::voice::VoiceCommand;

use super::super::carry_out::on_case;
use super::super::enums::{ChildSignalChange, ChildSignalDomain};
use super::super::input::{ActInput, AudienceInput, Read};
use super::super::payload::CasePayload;

/// Records what a child said.
#[derive(InputObject)]
pub struct RecordChildVoiceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The child.
    child: ID,
    /// What the child said, in its own words.
    words: String,
    /// Who listened; you when absent.
    listener: Option<ID>,
    /// How it came about.
    setting: Option<String>,
    /// For whom it is, exactly, as the child said: workers, the director, or at the widest the layer of this child. Whoever is not named
    /// cannot read it afterwards, also you.
    known_to: AudienceInput,
    /// Who of the family may know, as the child said. Nobody when absent.
    #[graphql(default)]
    family_may_know: Vec<ID>,
}

/// Opens a signal about how a child fares.
#[derive(InputObject)]
pub struct OpenChildSignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The child.
    child: ID,
    /// About what.
    domain: ChildSignalDomain,
    /// How it goes.
    change: ChildSignalChange,
    /// In words.
    words: Option<String>,
    /// Who of the family told it.
    told_by: Option<ID>,
    /// Which worker noticed or was told; you when absent.
    worker: Option<ID>,
    /// For whom it is, exactly: workers, the director, or at the widest the layer of this child.
    known_to: AudienceInput,
}

/// Says how a child fares now.
#[derive(InputObject)]
pub struct ChangeChildSignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The signal.
    signal: ID,
    /// How it goes.
    change: ChildSignalChange,
    /// In words.
    words: Option<String>,
}

/// Says that a signal about a child is over.
#[derive(InputObject)]
pub struct CloseChildSignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The signal.
    signal: ID,
    /// In words.
    words: Option<String>,
}

/// What children say and how they fare.
#[derive(Default)]
pub struct VoiceMutation;

#[Object]
impl VoiceMutation {
    /// Records what a child said, in its own words, for whom the child said and nobody else.
    async fn record_child_voice(&self, ctx: &Context<'_>, input: RecordChildVoiceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Voice(VoiceCommand::RecordChildVoice {
                child: input.child.read("child")?,
                words: input.words.read("words")?,
                listener: input.listener.read("listener")?,
                setting: input.setting.read("setting")?,
                known_to: input.known_to.read("knownTo")?,
                family_may_know: input.family_may_know.read("familyMayKnow")?,
            }))
        })
        .await
    }

    /// Opens a signal about how a child fares: sleeping, eating, mood.
    async fn open_child_signal(&self, ctx: &Context<'_>, input: OpenChildSignalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Voice(VoiceCommand::OpenChildSignal {
                child: input.child.read("child")?,
                domain: input.domain.into(),
                change: input.change.into(),
                words: input.words.read("words")?,
                told_by: input.told_by.read("toldBy")?,
                worker: input.worker.read("worker")?,
                known_to: input.known_to.read("knownTo")?,
            }))
        })
        .await
    }

    /// Says how a child fares now: worse, the same or better. A signal that was over is open again.
    async fn change_child_signal(&self, ctx: &Context<'_>, input: ChangeChildSignalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Voice(VoiceCommand::ChangeChildSignal {
                signal: input.signal.read("signal")?,
                change: input.change.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Says that a signal about a child is over.
    async fn close_child_signal(&self, ctx: &Context<'_>, input: CloseChildSignalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Voice(VoiceCommand::CloseChildSignal {
                signal: input.signal.read("signal")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
