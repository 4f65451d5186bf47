//! Mutations of the episodes of a divorce: from a signal to rest. What a person chooses for a family takes its grounds; what took place is
//! taken.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::divorce::DivorceCommand;
use domain::divorce::episode::{EpisodeCommand, EpisodeStep, NewChoice, NewNoticedBy, NewSeen};

use super::super::carry_out::on_case;
use super::super::enums::{DivorceTrack, Feature};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Who noticed something: exactly one of these.
#[derive(OneofObject)]
pub enum NoticedByInput {
    /// Somebody of the family or its network.
    Person(ID),
    /// A professional.
    Worker(ID),
    /// Somebody else, as described: the football trainer.
    Outside(String),
}

impl Read<NewNoticedBy> for NoticedByInput {
    fn read(&self, field: &'static str) -> Result<NewNoticedBy, Refusal> {
        Ok(match self {
            Self::Person(person) => NewNoticedBy::Person(person.read(field)?),
            Self::Worker(worker) => NewNoticedBy::Worker(worker.read(field)?),
            Self::Outside(who) => NewNoticedBy::Outside(who.read(field)?),
        })
    }
}

/// Records what somebody noticed of a divorce.
#[derive(InputObject)]
pub struct RecordDivorceSignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who noticed it.
    noticed_by: NoticedByInput,
    /// What, in one sentence that blames nobody.
    words: String,
}

/// Lets an episode settle.
#[derive(InputObject)]
pub struct SettleDivorceEpisodeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The day that was agreed to look back, once.
    look_back: Option<Day>,
    /// What shows it.
    words: String,
}

/// Records a strain that a parent named.
#[derive(InputObject)]
pub struct RecordNamedStrainInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The parent.
    person: ID,
    /// What that parent said, in their words.
    words: String,
}

/// That a professional saw a feature of a complex divorce.
#[derive(InputObject)]
pub struct SeenFeatureInput {
    /// Which.
    feature: Feature,
    /// Who saw it.
    seen_by: ID,
    /// What was seen or heard: acts, no judgement.
    what: Option<String>,
}

/// Recognises a complex divorce.
#[derive(InputObject)]
pub struct RecogniseComplexDivorceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What was seen, and by whom.
    seen: Vec<SeenFeatureInput>,
    /// How you came to it together.
    rationale: String,
}

/// Records that it was acknowledged to a parent.
#[derive(InputObject)]
pub struct AcknowledgeComplexDivorceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The parent.
    person: ID,
    /// Whether the parent could be spoken with.
    #[graphql(default = true)]
    reached: bool,
    /// How that went; of whom was not reached, what was tried.
    words: Option<String>,
}

/// A road that was weighed and not taken.
#[derive(InputObject)]
pub struct AlternativeInput {
    /// Which.
    track: DivorceTrack,
    /// Why not.
    reason: String,
}

/// Chooses a track.
#[derive(InputObject)]
pub struct DecideDivorceTriageInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The track.
    track: DivorceTrack,
    /// Why.
    reason: String,
    /// What was weighed beside it: at least one other track, with why not.
    alternatives: Vec<AlternativeInput>,
    /// The parents who were informed.
    informed: Vec<ID>,
    /// Why a parent was not informed.
    not_informed: Option<String>,
}

/// Goes over to another track.
#[derive(InputObject)]
pub struct SwitchDivorceTrackInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The other track.
    track: DivorceTrack,
    /// Why.
    reason: String,
    /// What was weighed beside it: at least one other track, with why not.
    alternatives: Vec<AlternativeInput>,
    /// The parents who were informed.
    informed: Vec<ID>,
    /// Why a parent was not informed.
    not_informed: Option<String>,
}

/// Records that it was looked back on, as agreed when it settled.
#[derive(InputObject)]
pub struct RecordLookBackInput {
    #[graphql(flatten)]
    act: ActInput,
    /// How it went.
    words: String,
}

/// Ends a track early: triage chooses again.
#[derive(InputObject)]
pub struct ReturnToDivorceTriageInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    words: String,
}

/// Records that it was reviewed whether rest was reached.
#[derive(InputObject)]
pub struct HoldDivorceReviewInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What was looked at, and with whom.
    words: String,
}

/// Lets the track go on after a review.
#[derive(InputObject)]
pub struct ContinueDivorceTrackInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    words: String,
}

/// Records that rest was reached.
#[derive(InputObject)]
pub struct RecordRestReachedInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What shows it.
    words: String,
}

/// Records that contact is sought again.
#[derive(InputObject)]
pub struct StartContactRestorationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who wishes it, and how.
    words: String,
}

/// Records that seeking contact is over.
#[derive(InputObject)]
pub struct EndContactRestorationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// How it went.
    words: String,
}

/// Takes a step back.
#[derive(InputObject)]
pub struct StepDivorceEpisodeBackInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    words: String,
}

/// Leaves an episode as it stands in spite of a flare-up.
#[derive(InputObject)]
pub struct KeepDivorceEpisodeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    words: String,
}

/// Closes an episode.
#[derive(InputObject)]
pub struct CloseDivorceEpisodeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    words: String,
}

fn of_episode(command: EpisodeCommand) -> CaseCommand {
    CaseCommand::Divorce(DivorceCommand::Episode(command))
}

fn seen(input: &SeenFeatureInput) -> Result<NewSeen, Refusal> {
    Ok(NewSeen { feature: input.feature.into(), by: input.seen_by.read("seenBy")?, what: input.what.read("what")? })
}

fn choice(
    (track, reason, alternatives): (DivorceTrack, &String, &[AlternativeInput]),
    (informed, not_informed): (&Vec<ID>, &Option<String>),
) -> Result<NewChoice, Refusal> {
    let alternative = |one: &AlternativeInput| Ok((one.track.into(), one.reason.read("reason")?));
    Ok(NewChoice {
        track: track.into(),
        reason: reason.read("reason")?,
        alternatives: each("alternatives", alternatives, alternative)?,
        informed: informed.read("informed")?,
        not_informed: not_informed.read("notInformed")?,
    })
}

/// Takes a step of an episode.
async fn take(ctx: &Context<'_>, act: &ActInput, step: EpisodeStep, words: &String) -> Result<CasePayload> {
    on_case(ctx, act, || Ok(of_episode(EpisodeCommand::TakeDivorceStep { step, words: words.read("words")? }))).await
}

/// The episodes of a divorce.
#[derive(Default)]
pub struct EpisodeMutation;

#[Object]
impl EpisodeMutation {
    /// Records who noticed what of a divorce, in one sentence: an episode begins, or one that runs has a signal more. Never refused for what
    /// it says.
    async fn record_divorce_signal(&self, ctx: &Context<'_>, input: RecordDivorceSignalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(of_episode(EpisodeCommand::RecordDivorceSignal {
                noticed_by: input.noticed_by.read("noticedBy")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Lets an episode settle (komt tot rust): each parent is a parent together with the other or beside them. One day to look back may be
    /// agreed; it may be closed at once.
    async fn settle_divorce_episode(&self, ctx: &Context<'_>, input: SettleDivorceEpisodeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(of_episode(EpisodeCommand::SettleDivorceEpisode {
                look_back: input.look_back.map(|day| day.0),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records a strain that a parent names, in that parent's words: for whoever works with that parent. What somebody else thinks of a
    /// personality or a trauma is recorded nowhere.
    async fn record_named_strain(&self, ctx: &Context<'_>, input: RecordNamedStrainInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(of_episode(EpisodeCommand::RecordNamedStrain {
                person: input.person.read("person")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Recognises a complex divorce (herkend): what was seen, by how many professionals as policy asks, after each parent and each child was
    /// screened for safety alone. Waits while a safety lane is open.
    async fn recognise_complex_divorce(
        &self,
        ctx: &Context<'_>,
        input: RecogniseComplexDivorceInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(of_episode(EpisodeCommand::RecogniseComplexDivorce {
                seen: each("seen", &input.seen, seen)?,
                rationale: input.rationale.read("rationale")?,
            }))
        })
        .await
    }

    /// Records that it was acknowledged to one parent (erkend), or that this was tried in vain: another moment than that it was recognised,
    /// each parent on a day of their own.
    async fn acknowledge_complex_divorce(
        &self,
        ctx: &Context<'_>,
        input: AcknowledgeComplexDivorceInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(of_episode(EpisodeCommand::AcknowledgeComplexDivorce {
                person: input.person.read("person")?,
                reached: input.reached,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Chooses a track: shared parenting (`DOnS`, also from where it was signalled), a plan for each household, or pointing elsewhere. With what
    /// was weighed beside it, and the parents informed.
    async fn decide_divorce_triage(&self, ctx: &Context<'_>, input: DecideDivorceTriageInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let weighed = (input.track, &input.reason, input.alternatives.as_slice());
            let choice = choice(weighed, (&input.informed, &input.not_informed))?;
            Ok(of_episode(EpisodeCommand::DecideDivorceTriage(choice)))
        })
        .await
    }

    /// Goes over from one track to another, with a reason. Nothing makes one track follow the other.
    async fn switch_divorce_track(&self, ctx: &Context<'_>, input: SwitchDivorceTrackInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let weighed = (input.track, &input.reason, input.alternatives.as_slice());
            let choice = choice(weighed, (&input.informed, &input.not_informed))?;
            Ok(of_episode(EpisodeCommand::SwitchDivorceTrack(choice)))
        })
        .await
    }

    /// Records that it was looked back on, as agreed when it settled (komt tot rust). Once; it goes on settling.
    async fn record_look_back(&self, ctx: &Context<'_>, input: RecordLookBackInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::LookedBack, &input.words).await
    }

    /// Ends a track early, with a reason: triage chooses again. What was recognised and acknowledged stays.
    async fn return_to_divorce_triage(
        &self,
        ctx: &Context<'_>,
        input: ReturnToDivorceTriageInput,
    ) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::ReturnedToTriage, &input.words).await
    }

    /// Records that it was reviewed, with the family, whether rest was reached. Say next that it was, or that the track goes on.
    async fn hold_divorce_review(&self, ctx: &Context<'_>, input: HoldDivorceReviewInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::Reviewed, &input.words).await
    }

    /// Lets the same track go on after a review: there is strife still.
    async fn continue_divorce_track(&self, ctx: &Context<'_>, input: ContinueDivorceTrackInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::TrackContinued, &input.words).await
    }

    /// Records that rest was reached, after a review. A person decides this, never the system.
    async fn record_rest_reached(&self, ctx: &Context<'_>, input: RecordRestReachedInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::RestReached, &input.words).await
    }

    /// Records that, at rest, contact is sought again (contactherstel). Never required of anybody; not while a safety lane is open.
    async fn start_contact_restoration(
        &self,
        ctx: &Context<'_>,
        input: StartContactRestorationInput,
    ) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::ContactRestorationStarted, &input.words).await
    }

    /// Records that seeking contact is over: it is at rest, with or without contact.
    async fn end_contact_restoration(
        &self,
        ctx: &Context<'_>,
        input: EndContactRestorationInput,
    ) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::ContactRestorationEnded, &input.words).await
    }

    /// Takes a step back, after a flare-up for instance: from settling to signalled, from rest to a review. Relapse is normal; a person decides.
    async fn step_divorce_episode_back(
        &self,
        ctx: &Context<'_>,
        input: StepDivorceEpisodeBackInput,
    ) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::SteppedBack, &input.words).await
    }

    /// Leaves it as it stands in spite of a flare-up, with a reason. The next flare-up is asked about again.
    async fn keep_divorce_episode(&self, ctx: &Context<'_>, input: KeepDivorceEpisodeInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::Stayed, &input.words).await
    }

    /// Closes an episode that settles, rests, or in which the parents were pointed elsewhere. A new signal begins another; nothing is lost.
    async fn close_divorce_episode(&self, ctx: &Context<'_>, input: CloseDivorceEpisodeInput) -> Result<CasePayload> {
        take(ctx, &input.act, EpisodeStep::Closed, &input.words).await
    }
}
