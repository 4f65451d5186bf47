//! Mutations of safety: screening, signals, the steps of a lane, who is told later, clearing.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::safety::{NewAnswers, NewSignal, SafetyCommand};

use super::super::carry_out::on_case;
use super::super::enums::{SafetyKind, ScreeningOutcome, ToldLaterGround};
use super::super::input::{ActInput, AudienceInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::statement::SpeakerInput;

/// Records that somebody was screened for safety.
#[derive(InputObject)]
pub struct RecordSafetyScreeningInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who.
    person: ID,
    /// By whom; you when absent.
    by: Option<ID>,
    /// Whether nobody else was there. Not alone is recorded as a departure.
    alone: bool,
    /// Whether one-sided control was asked about as well. When not, that is recorded as a departure.
    one_sided_control: bool,
    /// What came out.
    outcome: ScreeningOutcome,
    /// In a sentence.
    words: String,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
    /// For whom it is: the director, or named workers. The director when absent.
    known_to: Option<AudienceInput>,
}

/// Records a safety signal.
#[derive(InputObject)]
pub struct RecordSafetySignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane that it joins. It opens one of its own when absent.
    lane: Option<ID>,
    /// Whom it concerns. The children among them are talked with first.
    concerns: Vec<ID>,
    /// About what, in broad words.
    kind: SafetyKind,
    /// The facts: what was seen, heard or said.
    facts: String,
    /// What somebody makes of them, apart from the facts.
    judgement: Option<String>,
    /// Who reported it; you when absent.
    reported_by: Option<SpeakerInput>,
    /// Who observed it, if another.
    observed_by: Option<SpeakerInput>,
    /// From whom whoever reported it had it.
    told_by: Option<SpeakerInput>,
    /// For whom the lane is: the director, or named workers; a second person who clears it must be one of them, or the deputy. The director
    /// when absent. A signal that joins is for whoever knows the lane.
    known_to: Option<AudienceInput>,
}

/// Records that what is known was mapped (meldcode, step 1).
#[derive(InputObject)]
pub struct RecordSafetyMappingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// By whom; you when absent.
    by: Option<ID>,
    /// What is known.
    words: String,
}

/// Records that somebody was consulted (meldcode, step 2).
#[derive(InputObject)]
pub struct RecordSafetyConsultationInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// Who asked; you when absent.
    by: Option<ID>,
    /// Which colleagues.
    #[graphql(default)]
    colleagues: Vec<ID>,
    /// Whether Veilig Thuis was consulted.
    #[graphql(default)]
    veilig_thuis: bool,
    /// What they advised.
    words: String,
}

/// Records whether somebody can be talked with safely.
#[derive(InputObject)]
pub struct JudgeSafetyTalkInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// With whom.
    person: ID,
    /// Who judged; you when absent.
    by: Option<ID>,
    /// Whether it is safe.
    safe: bool,
    /// Why.
    words: String,
}

/// Records that somebody was talked with (meldcode, step 3).
#[derive(InputObject)]
pub struct RecordSafetyTalkInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// With whom: a child first and alone, a parent only once that was judged safe.
    person: ID,
    /// Who talked with them; you when absent.
    by: Option<ID>,
    /// Whether nobody else was there.
    alone: bool,
    /// In a sentence. What a child said in its own words is recorded as its voice.
    words: String,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
    /// For whom it is: the director, or named workers. For whoever knows the lane when absent.
    known_to: Option<AudienceInput>,
}

/// Records that a safety signal was weighed (meldcode, step 4): the five questions.
#[derive(InputObject)]
pub struct WeighSafetyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// Who weighed; you when absent.
    by: Option<ID>,
    /// Who weighed along.
    #[graphql(default)]
    with: Vec<ID>,
    /// The aandachtsfunctionaris who weighed along.
    officer: Option<ID>,
    /// Whether violence, neglect or other unsafety is suspected.
    suspected: bool,
    /// Whether unsafety is acute.
    acute: bool,
    /// Whether unsafety is structural.
    structural: bool,
    /// Whether effective help can be given or organised. Absent when that cannot be said.
    can_help: Option<bool>,
    /// Whether those concerned accept it and take part. Absent when that cannot be said.
    accepted: Option<bool>,
    /// Whether it leads to lasting safety. Absent when that cannot be said.
    lasting: Option<bool>,
    /// Why.
    words: String,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records the two decisions (meldcode, step 5).
#[derive(InputObject)]
pub struct DecideSafetyInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// Who decided; you when nobody is named.
    #[graphql(default)]
    decided_by: Vec<ID>,
    /// Whether a report to Veilig Thuis is needed.
    report_needed: bool,
    /// Whether help can be given or organised.
    help_possible: bool,
    /// Which help, with whom.
    help: Option<String>,
    /// Why.
    words: String,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records a report to Veilig Thuis.
#[derive(InputObject)]
pub struct RecordReportToVeiligThuisInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// Who made it; you when absent.
    by: Option<ID>,
    /// Whether at once, for acute or structural unsafety: then it is recorded afterwards and nothing departs from a rule.
    #[graphql(default)]
    at_once: bool,
    /// What was reported, in a sentence.
    words: String,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records what Veilig Thuis answered.
#[derive(InputObject)]
pub struct RecordVeiligThuisAnswerInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// The day on which it established this.
    established: Day,
    /// Where that stands: a letter, a number.
    source: String,
    /// What it established, in its words.
    words: String,
}

/// Decides to tell somebody of a safety lane later.
#[derive(InputObject)]
pub struct DecideToTellLaterInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Of which lane.
    lane: ID,
    /// Whom.
    person: ID,
    /// On which ground.
    ground: ToldLaterGround,
    /// Who decided; you when absent.
    decided_by: Option<ID>,
    /// Which colleague was consulted.
    consulted: ID,
    /// The day on which somebody looks again.
    review: Day,
    /// Why.
    words: String,
}

/// Records that somebody looked again, and that a person is still told later.
#[derive(InputObject)]
pub struct ReviewTellingLaterInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What is told later.
    told_later: ID,
    /// Who looked; you when absent.
    by: Option<ID>,
    /// The next day on which somebody looks.
    review: Day,
    /// Why.
    words: String,
}

/// Records that a person who was told later was told.
#[derive(InputObject)]
pub struct RecordPersonToldInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What was told later.
    told_later: ID,
    /// By whom; you when absent.
    by: Option<ID>,
    /// How that went.
    words: Option<String>,
}

/// Clears a safety lane.
#[derive(InputObject)]
pub struct ClearSafetyLaneInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The lane.
    lane: ID,
    /// Why.
    words: String,
}

/// Screening, and the lanes of safety.
#[derive(Default)]
pub struct SafetyMutation;

#[Object]
impl SafetyMutation {
    /// Records that a parent or a child was screened for safety: alone, one-sided control included.
    async fn record_safety_screening(
        &self,
        ctx: &Context<'_>,
        input: RecordSafetyScreeningInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordSafetyScreening {
                person: input.person.read("person")?,
                by: input.by.read("by")?,
                alone: input.alone,
                control: input.one_sided_control,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
                known_to: input.known_to.read("knownTo")?,
            }))
        })
        .await
    }

    /// Records a safety signal, facts apart from judgement. It opens a lane with the steps of the meldcode and their terms. While a lane is
    /// open nothing joint is offered.
    async fn record_safety_signal(&self, ctx: &Context<'_>, input: RecordSafetySignalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordSafetySignal(Box::new(NewSignal {
                lane: input.lane.read("lane")?,
                concerns: input.concerns.read("concerns")?,
                kind: input.kind.into(),
                facts: input.facts.read("facts")?,
                judgement: input.judgement.read("judgement")?,
                reported_by: input.reported_by.read("reportedBy")?,
                observed_by: input.observed_by.read("observedBy")?,
                told_by: input.told_by.read("toldBy")?,
                known_to: input.known_to.read("knownTo")?,
            }))))
        })
        .await
    }

    /// Records that what is known of a safety signal was mapped (meldcode, step 1).
    async fn record_safety_mapping(&self, ctx: &Context<'_>, input: RecordSafetyMappingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordSafetyMapping {
                lane: input.lane.read("lane")?,
                by: input.by.read("by")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a colleague or Veilig Thuis was consulted (meldcode, step 2).
    async fn record_safety_consultation(
        &self,
        ctx: &Context<'_>,
        input: RecordSafetyConsultationInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordSafetyConsultation {
                lane: input.lane.read("lane")?,
                by: input.by.read("by")?,
                colleagues: input.colleagues.read("colleagues")?,
                veilig_thuis: input.veilig_thuis,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records whether somebody can be talked with safely: a judgement of its own, with who judged.
    async fn judge_safety_talk(&self, ctx: &Context<'_>, input: JudgeSafetyTalkInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::JudgeSafetyTalk {
                lane: input.lane.read("lane")?,
                person: input.person.read("person")?,
                by: input.by.read("by")?,
                safe: input.safe,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that somebody was talked with (meldcode, step 3): the child first and alone, a parent only once that was judged safe. What
    /// went otherwise is taken as it went, and marked.
    async fn record_safety_talk(&self, ctx: &Context<'_>, input: RecordSafetyTalkInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordSafetyTalk {
                lane: input.lane.read("lane")?,
                person: input.person.read("person")?,
                by: input.by.read("by")?,
                alone: input.alone,
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
                known_to: input.known_to.read("knownTo")?,
            }))
        })
        .await
    }

    /// Records that a safety signal was weighed by the five questions of the meldcode (step 4).
    async fn weigh_safety(&self, ctx: &Context<'_>, input: WeighSafetyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::WeighSafety {
                lane: input.lane.read("lane")?,
                by: input.by.read("by")?,
                with: input.with.read("with")?,
                officer: input.officer.read("officer")?,
                answers: NewAnswers {
                    suspected: input.suspected,
                    acute: input.acute,
                    structural: input.structural,
                    can_help: input.can_help,
                    accepted: input.accepted,
                    lasting: input.lasting,
                },
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Records the two decisions (meldcode, step 5): is a report to Veilig Thuis needed, and is help possible?
    async fn decide_safety(&self, ctx: &Context<'_>, input: DecideSafetyInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::DecideSafety {
                lane: input.lane.read("lane")?,
                decided_by: input.decided_by.read("decidedBy")?,
                report_needed: input.report_needed,
                help_possible: input.help_possible,
                help: input.help.read("help")?,
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Records a report to Veilig Thuis that was made. Acute or structural unsafety is reported at once and recorded after.
    async fn record_report_to_veilig_thuis(
        &self,
        ctx: &Context<'_>,
        input: RecordReportToVeiligThuisInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordReportToVeiligThuis {
                lane: input.lane.read("lane")?,
                by: input.by.read("by")?,
                at_once: input.at_once,
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Records what Veilig Thuis established after a report, as theirs, with the day and the source.
    async fn record_veilig_thuis_answer(
        &self,
        ctx: &Context<'_>,
        input: RecordVeiligThuisAnswerInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordVeiligThuisAnswer {
                lane: input.lane.read("lane")?,
                established: input.established.0,
                source: input.source.read("source")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Decides that somebody is told of a safety lane later (uitgesteld): with a ground, a colleague who was consulted and a day on which
    /// somebody looks again. Until told, that person's overview shows nothing of it.
    async fn decide_to_tell_later(&self, ctx: &Context<'_>, input: DecideToTellLaterInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::DecideToTellLater {
                lane: input.lane.read("lane")?,
                person: input.person.read("person")?,
                ground: input.ground.into(),
                decided_by: input.decided_by.read("decidedBy")?,
                consulted: input.consulted.read("consulted")?,
                review: input.review.0,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that somebody looked again at whether a person can be told, and that it is still told later.
    async fn review_telling_later(&self, ctx: &Context<'_>, input: ReviewTellingLaterInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::ReviewTellingLater {
                told_later: input.told_later.read("toldLater")?,
                by: input.by.read("by")?,
                review: input.review.0,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a person who was told later was told.
    async fn record_person_told(&self, ctx: &Context<'_>, input: RecordPersonToldInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::RecordPersonTold {
                told_later: input.told_later.read("toldLater")?,
                by: input.by.read("by")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Clears a safety lane, so that joint conversations can be offered again. By a second person who may know the lane: not who opened it
    /// and nobody who weighed it; once it was weighed, and after Veilig Thuis answered when a report was made.
    async fn clear_safety_lane(&self, ctx: &Context<'_>, input: ClearSafetyLaneInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Safety(SafetyCommand::ClearSafetyLane {
                lane: input.lane.read("lane")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
