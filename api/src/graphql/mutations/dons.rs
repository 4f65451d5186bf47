//! Mutations of a `DOnS` trajectory: its duo, conversations held and not held, goals of the parents, barriers, how it ends.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::divorce::{DivorceCommand, DonsCommand, FamilyRepresentative, NewDonsConversation};
use domain::ids::WorkerId;
use domain::time::{CivilDay, Occurred};
use domain::worker::Duty;

use super::super::carry_out::on_case;
use super::super::enums::{BarrierKind, DonsConversationKind, DonsSubGoal};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::super::session::Session;

/// A family representative (gezinsvertegenwoordiger).
#[derive(InputObject)]
pub struct FamilyRepresentativeInput {
    /// The worker: trained, as that organisation recorded.
    worker: ID,
    /// For which organisation, by its short name.
    organisation: String,
}

impl Read<FamilyRepresentative> for FamilyRepresentativeInput {
    fn read(&self, _field: &'static str) -> Result<FamilyRepresentative, Refusal> {
        Ok(FamilyRepresentative {
            worker: self.worker.read("worker")?,
            organisation: self.organisation.read("organisation")?,
        })
    }
}

/// Assigns both family representatives of a `DOnS` trajectory.
#[derive(InputObject)]
pub struct AssignDonsDuoInput {
    #[graphql(flatten)]
    act: ActInput,
    /// One of the two.
    one: FamilyRepresentativeInput,
    /// The other: somebody else.
    other: FamilyRepresentativeInput,
    /// First day; today when absent.
    from: Option<Day>,
}

/// Records that a `DOnS` trajectory ended early.
#[derive(InputObject)]
pub struct EndDonsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// Why.
    reason: String,
}

/// Records that a `DOnS` trajectory was completed. At least one of the three outcomes.
#[derive(InputObject)]
pub struct CompleteDonsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// What came of it for how the parents communicate.
    communication: Option<String>,
    /// What came of it for the contact with the children.
    contact: Option<String>,
    /// What was agreed.
    agreements: Option<String>,
}

/// Records a conversation that was held. The kind and who was present; all else may be left out.
#[derive(InputObject)]
pub struct RecordDonsConversationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Which kind.
    kind: DonsConversationKind,
    /// Who of the family was present.
    present: Vec<ID>,
    /// Whether they were spoken with one after the other.
    #[graphql(default)]
    apart: bool,
    /// Which workers were present; the duo when absent.
    #[graphql(default)]
    representatives: Vec<ID>,
    /// How long it lasted, in minutes.
    #[graphql(default)]
    minutes: u32,
    /// How long it took to prepare and write up, in minutes of both together.
    #[graphql(default)]
    preparation_minutes: u32,
    /// What it was about.
    #[graphql(default)]
    topics: Vec<String>,
    /// On which sub-goals it worked.
    #[graphql(default)]
    sub_goals: Vec<DonsSubGoal>,
    /// What came of it.
    words: Option<String>,
    /// Where it went otherwise than usual: why. Without it, the explanation waits.
    explanation: Option<String>,
}

/// Records a conversation that was planned and not held.
#[derive(InputObject)]
pub struct RecordDonsNotHeldInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Which kind.
    kind: DonsConversationKind,
    /// Who did not come.
    #[graphql(default)]
    absent: Vec<ID>,
    /// How long it took to prepare, in minutes.
    #[graphql(default)]
    preparation_minutes: u32,
    /// Why it was not held.
    reason: String,
}

/// Records a goal that the parents drafted.
#[derive(InputObject)]
pub struct DraftParentGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Whose goal; that of every parent when absent.
    #[graphql(default)]
    parents: Vec<ID>,
    /// In which conversation.
    conversation: Option<ID>,
    /// In their words.
    words: String,
}

/// Records that the parents adjusted a goal.
#[derive(InputObject)]
pub struct AdjustParentGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// In which conversation.
    conversation: Option<ID>,
    /// In their words, as it is now.
    words: String,
}

/// Records that the parents fixed a goal as it stands.
#[derive(InputObject)]
pub struct FixParentGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// In which conversation.
    conversation: Option<ID>,
}

/// Records that something stands in the way.
#[derive(InputObject)]
pub struct OpenBarrierInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What.
    kind: BarrierKind,
    /// For whom.
    #[graphql(default)]
    persons: Vec<ID>,
    /// More about it.
    words: Option<String>,
}

/// Records that something does not stand in the way any more.
#[derive(InputObject)]
pub struct LiftBarrierInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The barrier.
    barrier: ID,
    /// More about it.
    words: Option<String>,
}

fn dons(command: DonsCommand) -> CaseCommand {
    CaseCommand::Divorce(DivorceCommand::Dons(command))
}

/// Those of the two whom their organisation does not say to be trained on that day: their own streams say so.
async fn untrained(session: &Session<'_>, two: &[FamilyRepresentative; 2], day: CivilDay) -> Result<Vec<WorkerId>> {
    let mut without = Vec::new();
    for one in two {
        let duties = session.services().duties_of(one.worker, day).await;
        let duties = duties.map_err(|error| session.unreadable(&error))?;
        if !duties.contains(&(Duty::FamilyRepresentative, one.organisation.clone())) {
            without.push(one.worker);
        }
    }
    Ok(without)
}

/// A `DOnS` trajectory.
#[derive(Default)]
pub struct DonsMutation;

#[Object]
impl DonsMutation {
    /// Assigns two family representatives who accompany both parents: the `DOnS` trajectory (shared parenting after divorce) begins. Two
    /// different people, each trained as their organisation recorded.
    async fn assign_dons_duo(&self, ctx: &Context<'_>, input: AssignDonsDuoInput) -> Result<CasePayload> {
        let session = Session::of(ctx)?;
        let representatives: [FamilyRepresentative; 2] =
            session.read(|| Ok([input.one.read("one")?, input.other.read("other")?]))?;
        let happened = input.act.occurred.map(|when| Occurred::from(when).day());
        let day = input.from.map(|day| day.0).or(happened).unwrap_or_else(|| session.today());
        let untrained = untrained(&session, &representatives, day).await?;
        on_case(ctx, &input.act, || {
            let from = input.from.map(|day| day.0);
            Ok(dons(DonsCommand::AssignDonsDuo { representatives, from, untrained }))
        })
        .await
    }

    /// Records that a `DOnS` trajectory ended early: triage chooses again.
    async fn end_dons(&self, ctx: &Context<'_>, input: EndDonsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::EndDons {
                trajectory: input.trajectory.read("trajectory")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records that a `DOnS` trajectory was completed, with what came of it.
    async fn complete_dons(&self, ctx: &Context<'_>, input: CompleteDonsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::CompleteDons {
                trajectory: input.trajectory.read("trajectory")?,
                last_day: input.last_day.map(|day| day.0),
                communication: input.communication.read("communication")?,
                contact: input.contact.read("contact")?,
                agreements: input.agreements.read("agreements")?,
            }))
        })
        .await
    }

    /// Records a conversation as it was held: when it was stands in `occurred`. What went otherwise than usual is taken, marked, and asks
    /// for an explanation.
    async fn record_dons_conversation(
        &self,
        ctx: &Context<'_>,
        input: RecordDonsConversationInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::RecordDonsConversation(Box::new(NewDonsConversation {
                trajectory: input.trajectory.read("trajectory")?,
                kind: input.kind.into(),
                present: input.present.read("present")?,
                apart: input.apart,
                representatives: input.representatives.read("representatives")?,
                minutes: input.minutes,
                preparation: input.preparation_minutes,
                topics: each("topics", &input.topics, |topic| topic.read("topics"))?,
                sub_goals: each("subGoals", &input.sub_goals, |goal| Ok((*goal).into()))?,
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
            }))))
        })
        .await
    }

    /// Records a conversation that was planned and not held: it counts as neither held nor a deviation.
    async fn record_dons_not_held(&self, ctx: &Context<'_>, input: RecordDonsNotHeldInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::RecordDonsNotHeld {
                trajectory: input.trajectory.read("trajectory")?,
                kind: input.kind.into(),
                absent: input.absent.read("absent")?,
                preparation: input.preparation_minutes,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records a goal that the parents drafted, in their words.
    async fn draft_parent_goal(&self, ctx: &Context<'_>, input: DraftParentGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::DraftParentGoal {
                trajectory: input.trajectory.read("trajectory")?,
                parents: input.parents.read("parents")?,
                conversation: input.conversation.read("conversation")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that the parents adjusted a goal: its earlier wordings stay.
    async fn adjust_parent_goal(&self, ctx: &Context<'_>, input: AdjustParentGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::AdjustParentGoal {
                goal: input.goal.read("goal")?,
                conversation: input.conversation.read("conversation")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that the parents fixed a goal as it stands.
    async fn fix_parent_goal(&self, ctx: &Context<'_>, input: FixParentGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::FixParentGoal {
                goal: input.goal.read("goal")?,
                conversation: input.conversation.read("conversation")?,
            }))
        })
        .await
    }

    /// Records that something stands in the way of shared parenting: a court case, language, housing.
    async fn open_barrier(&self, ctx: &Context<'_>, input: OpenBarrierInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::OpenBarrier {
                kind: input.kind.into(),
                persons: input.persons.read("persons")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that something does not stand in the way any more.
    async fn lift_barrier(&self, ctx: &Context<'_>, input: LiftBarrierInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(dons(DonsCommand::LiftBarrier {
                barrier: input.barrier.read("barrier")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
