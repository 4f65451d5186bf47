//! Mutations of questions to a divorce advice team: asked, accepted, *not me*, advised, answered, ended; direct contact and interventions.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::divorce::{DivorceCommand, NewSatAdvice, SatCommand, SatScope};
use domain::ids::{CaseId, Revision};

use super::super::carry_out::on_case;
use super::super::enums::{SatEnd, SatMode, SatTrack};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::super::session::Session;

/// Asks a divorce advice team.
#[derive(InputObject)]
pub struct RequestSatInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which team, by its short name.
    team: String,
    /// The question.
    question: String,
    /// About whom. Leave it out to ask anonymously: then nobody is named, and the team sees the question only.
    about: Option<Vec<ID>>,
}

/// Accepts a question, as an advisor of the team that was asked.
#[derive(InputObject)]
pub struct AcceptSatInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
}

/// Says *not me* to a question, as an advisor of the team that was asked.
#[derive(InputObject)]
pub struct SaySatNotMeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// Why.
    reason: Option<String>,
}

/// Advises, as the advisor who accepted.
#[derive(InputObject)]
pub struct GiveSatAdviceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// The case as you saw it: the `revision` of the case or of the review. Left out when the question was asked anonymously.
    position: Option<String>,
    /// Which track you recommend, if any.
    recommended: Option<SatTrack>,
    /// On which conditions.
    #[graphql(default)]
    conditions: Vec<String>,
    /// Your advice.
    words: String,
}

/// Answers an advice.
#[derive(InputObject)]
pub struct AnswerSatAdviceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// The advice.
    advice: ID,
    /// Whether it is followed; else departed from.
    follows: bool,
    /// Why. Whoever departs says why.
    reason: Option<String>,
}

/// Agrees on direct contact or an intervention of a divorce advice team.
#[derive(InputObject)]
pub struct AgreeSatModeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// In which way.
    mode: SatMode,
    /// First day; today when absent.
    from: Option<Day>,
    /// Last day. An intervention always has one.
    until: Option<Day>,
    /// With whom: the consent of each must stand.
    persons: Vec<ID>,
}

/// Records that direct contact or an intervention ended before its last day.
#[derive(InputObject)]
pub struct EndSatModeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// Why.
    reason: Option<String>,
}

/// Ends a question to a divorce advice team.
#[derive(InputObject)]
pub struct EndSatInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    review: ID,
    /// How it ended.
    reason: SatEnd,
    /// More about it.
    explanation: Option<String>,
}

fn sat(command: SatCommand) -> CaseCommand {
    CaseCommand::Divorce(DivorceCommand::Sat(command))
}

/// The place in the history that a revision of this viewer stands for: the last fact that the viewer saw then. Nothing when it is no
/// revision of this viewer.
async fn position(session: &Session<'_>, act: &ActInput, seen: Option<&str>) -> Result<Option<Revision>> {
    let Some(seen) = seen else { return Ok(None) };
    let case: CaseId = session.read(|| act.case_id.read("caseId"))?;
    let (loaded, mandate) = session.open(case, "giveSatAdvice").await?;
    Ok(session.seen_up_to(case, &loaded.history, &mandate, seen))
}

/// Questions to a divorce advice team.
#[derive(Default)]
pub struct SatMutation;

#[Object]
impl SatMutation {
    /// Asks a divorce advice team (SAT), anonymously or with names. With names the advisor sees the part of those whose sharing consent
    /// is complete; a no keeps that person's part back, not the question. The duo of a `DOnS` trajectory may ask too.
    async fn request_sat(&self, ctx: &Context<'_>, input: RequestSatInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let scope = match &input.about {
                Some(persons) => SatScope::Named(persons.read("about")?),
                None => SatScope::Anonymous,
            };
            Ok(sat(SatCommand::RequestSat {
                team: input.team.read("team")?,
                question: input.question.read("question")?,
                scope,
            }))
        })
        .await
    }

    /// Accepts a question, as an advisor of the team that was asked. From now on, for a term, you see the part of those whose consent
    /// stands.
    async fn accept_sat(&self, ctx: &Context<'_>, input: AcceptSatInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || Ok(sat(SatCommand::AcceptSat { review: input.review.read("review")? }))).await
    }

    /// Says *not me* to a question: it stays open for the others of the team. Had you accepted it, your access ends at once.
    async fn say_sat_not_me(&self, ctx: &Context<'_>, input: SaySatNotMeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let (review, reason) = (input.review.read("review")?, input.reason.read("reason")?);
            Ok(sat(SatCommand::SayNotMe { review, reason }))
        })
        .await
    }

    /// Advises, on the case exactly as you saw it: name the revision that you looked at.
    async fn give_sat_advice(&self, ctx: &Context<'_>, input: GiveSatAdviceInput) -> Result<CasePayload> {
        let session = Session::of(ctx)?;
        let position = position(&session, &input.act, input.position.as_deref()).await?;
        on_case(ctx, &input.act, || {
            Ok(sat(SatCommand::GiveSatAdvice(Box::new(NewSatAdvice {
                review: input.review.read("review")?,
                position,
                recommended: input.recommended.map(Into::into),
                conditions: each("conditions", &input.conditions, |words| words.read("conditions"))?,
                words: input.words.read("words")?,
            }))))
        })
        .await
    }

    /// Answers an advice, as who asked or as the case director: it is followed, or departed from with a reason. The access of the advisor
    /// ends, but for an intervention.
    async fn answer_sat_advice(&self, ctx: &Context<'_>, input: AnswerSatAdviceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(sat(SatCommand::AnswerSatAdvice {
                review: input.review.read("review")?,
                advice: input.advice.read("advice")?,
                follows: input.follows,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Agrees that a divorce advice team speaks with people itself, or steps in until a day, with the consent of each.
    async fn agree_sat_mode(&self, ctx: &Context<'_>, input: AgreeSatModeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(sat(SatCommand::AgreeSatMode {
                review: input.review.read("review")?,
                mode: input.mode.into(),
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                persons: input.persons.read("persons")?,
            }))
        })
        .await
    }

    /// Records that direct contact or an intervention ended before its last day.
    async fn end_sat_mode(&self, ctx: &Context<'_>, input: EndSatModeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(sat(SatCommand::EndSatMode {
                review: input.review.read("review")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Ends a question to a divorce advice team: answered, not needed any more, or not us. The advisor's access ends at once.
    async fn end_sat(&self, ctx: &Context<'_>, input: EndSatInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(sat(SatCommand::EndSat {
                review: input.review.read("review")?,
                reason: input.reason.into(),
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }
}
