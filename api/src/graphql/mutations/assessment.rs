//! Mutations of assessments.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::assessment::{
    AssessmentCommand, InstrumentVersion, NewAssessment, NewContent, NewHypothesis, NewPart, NewRecognition,
    NewRelated, NewRelation, NewTheme, NewThemes, NewTopic, Score, TestedOn, Told,
};
use domain::case::CaseCommand;
use domain::text::Text;

use super::super::carry_out::on_case;
use super::super::enums::{
    AssessmentEffect, AssessmentRelationKind, AssessmentThemeKind, AssessmentVariant, AssessmentWeight,
    StatementRecognised,
};
use super::super::input::{ActInput, AudienceInput, BAD_VERSION, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;

/// Who says it, and for whom it is.
#[derive(InputObject)]
pub struct TellerInput {
    /// Who says it; of a portrait or score, whose it is.
    person: ID,
    /// For whom it is, exactly, as that person said. When absent: of a child the case director alone, of anybody else who works for that
    /// person. A child's words are for no parent's side unless the child said so.
    known_to: Option<AudienceInput>,
    /// Who of the family may know, as that person said. Nobody when absent.
    #[graphql(default)]
    family_may_know: Vec<ID>,
}

impl TellerInput {
    fn says<T>(&self, said: T) -> Result<Told<T>, Refusal> {
        Ok(Told {
            person: self.person.read("person")?,
            said,
            known_to: self.known_to.read("knownTo")?,
            family_may_know: self.family_may_know.read("familyMayKnow")?,
        })
    }
}

/// A theme that somebody brings up.
#[derive(InputObject)]
pub struct AssessmentThemeInput {
    /// Which: sleeping, money, hand-overs.
    theme: String,
    /// What it is to who brings it up.
    kind: AssessmentThemeKind,
    /// In own words.
    words: String,
    /// How serious it is to them, when said.
    severity: Option<AssessmentWeight>,
    /// How urgent, when said.
    urgency: Option<AssessmentWeight>,
}

/// What one person says in a joint assessment.
#[derive(InputObject)]
pub struct AssessmentThemesInput {
    #[graphql(flatten)]
    teller: TellerInput,
    /// What is brought up.
    #[graphql(default)]
    themes: Vec<AssessmentThemeInput>,
    /// Themes that are left out at their wish.
    #[graphql(default)]
    left_out: Vec<String>,
}

impl Read<Told<NewThemes>> for AssessmentThemesInput {
    fn read(&self, _field: &'static str) -> Result<Told<NewThemes>, Refusal> {
        let theme = |theme: &AssessmentThemeInput| {
            Ok(NewTheme {
                theme: theme.theme.read("theme")?,
                kind: theme.kind.into(),
                words: theme.words.read("words")?,
                severity: theme.severity.map(Into::into),
                urgency: theme.urgency.map(Into::into),
            })
        };
        let themes = each("themes", &self.themes, theme)?;
        self.teller.says(NewThemes { themes, left_out: self.left_out.read("leftOut")? })
    }
}

/// What one person says in a text: what is hard, or a draft of a portrait.
#[derive(InputObject)]
pub struct AssessmentWordsInput {
    #[graphql(flatten)]
    teller: TellerInput,
    /// In own words.
    words: String,
}

impl Read<Told<Text>> for AssessmentWordsInput {
    fn read(&self, _field: &'static str) -> Result<Told<Text>, Refusal> {
        self.teller.says(self.words.read("words")?)
    }
}

/// One end of a relation.
#[derive(OneofObject)]
pub enum AssessmentRelatedInput {
    /// Somebody of the case.
    Person(ID),
    /// Somebody else.
    Other(String),
}

impl Read<NewRelated> for AssessmentRelatedInput {
    fn read(&self, field: &'static str) -> Result<NewRelated, Refusal> {
        Ok(match self {
            Self::Person(person) => NewRelated::Person(person.read(field)?),
            Self::Other(who) => NewRelated::Other(who.read(field)?),
        })
    }
}

/// A relation as somebody tells it.
#[derive(InputObject)]
pub struct AssessmentRelationInput {
    /// Who.
    from: AssessmentRelatedInput,
    /// How they are related.
    kind: AssessmentRelationKind,
    /// To whom.
    to: AssessmentRelatedInput,
    /// How it is between them.
    words: Option<String>,
}

/// What one person says for a genogram.
#[derive(InputObject)]
pub struct AssessmentRelationsInput {
    #[graphql(flatten)]
    teller: TellerInput,
    /// Relations, as they tell them.
    relations: Vec<AssessmentRelationInput>,
}

impl Read<Told<Vec<NewRelation>>> for AssessmentRelationsInput {
    fn read(&self, _field: &'static str) -> Result<Told<Vec<NewRelation>>, Refusal> {
        let relation = |relation: &AssessmentRelationInput| {
            Ok(NewRelation {
                from: relation.from.read("from")?,
                kind: relation.kind.into(),
                to: relation.to.read("to")?,
                words: relation.words.read("words")?,
            })
        };
        self.teller.says(each("relations", &self.relations, relation)?)
    }
}

/// A score on a resilience scale.
#[derive(InputObject)]
pub struct AssessmentScoreInput {
    #[graphql(flatten)]
    teller: TellerInput,
    /// The score, in points.
    score: u16,
}

/// A topic of a future plan.
#[derive(InputObject)]
pub struct AssessmentTopicInput {
    /// About what: living, school, money, people.
    topic: String,
    /// Whether it was discussed.
    discussed: bool,
    /// What the young person wishes with it, when it was discussed and said.
    wish: Option<String>,
}

/// A future plan.
#[derive(InputObject)]
pub struct AssessmentFutureInput {
    #[graphql(flatten)]
    teller: TellerInput,
    /// What was and was not yet discussed.
    topics: Vec<AssessmentTopicInput>,
}

impl Read<Told<Vec<NewTopic>>> for AssessmentFutureInput {
    fn read(&self, _field: &'static str) -> Result<Told<Vec<NewTopic>>, Refusal> {
        let topic = |topic: &AssessmentTopicInput| {
            let about = topic.topic.read("topic")?;
            // A wish was discussed, whatever else is said.
            match (topic.discussed, topic.wish.read("wish")?) {
                (false, None) => Ok(NewTopic::Open(about)),
                (_, wish) => Ok(NewTopic::Discussed(about, wish)),
            }
        };
        self.teller.says(each("topics", &self.topics, topic)?)
    }
}

/// A joint assessment (GIZ).
#[derive(InputObject)]
pub struct AssessmentGizInput {
    /// How deep.
    variant: AssessmentVariant,
    /// About whom.
    about: Vec<ID>,
    /// What each says, each apart.
    told: Vec<AssessmentThemesInput>,
}

/// What may explain what is hard.
#[derive(InputObject)]
pub struct AssessmentHypothesisInput {
    /// What the factor does.
    effect: AssessmentEffect,
    /// In words.
    words: String,
}

impl Read<NewHypothesis> for AssessmentHypothesisInput {
    fn read(&self, _field: &'static str) -> Result<NewHypothesis, Refusal> {
        Ok(NewHypothesis { effect: self.effect.into(), words: self.words.read("words")? })
    }
}

/// An explanatory analysis (verklarende analyse).
#[derive(InputObject)]
pub struct AssessmentAnalysisInput {
    /// About whom.
    about: Vec<ID>,
    /// What each says of what is hard.
    #[graphql(default)]
    told: Vec<AssessmentWordsInput>,
    /// What may explain it.
    #[graphql(default)]
    hypotheses: Vec<AssessmentHypothesisInput>,
}

/// A genogram.
#[derive(InputObject)]
pub struct AssessmentGenogramInput {
    /// About whom.
    about: Vec<ID>,
    /// Relations, as each tells them.
    told: Vec<AssessmentRelationsInput>,
}

/// What an instrument holds: each has its own form.
#[derive(OneofObject)]
pub enum AssessmentContentInput {
    /// A joint assessment (GIZ).
    Giz(AssessmentGizInput),
    /// An explanatory analysis (verklarende analyse).
    ExplanatoryAnalysis(AssessmentAnalysisInput),
    /// A genogram.
    Genogram(AssessmentGenogramInput),
    /// A first draft of a lifeworld portrait (leefwereldportret).
    LifeworldPortrait(AssessmentWordsInput),
    /// A score on a resilience scale (RS-NL). Measuring has a consent of its own.
    Resilience(AssessmentScoreInput),
    /// A future plan (toekomstplan).
    FuturePlan(AssessmentFutureInput),
}

impl Read<NewContent> for AssessmentContentInput {
    fn read(&self, field: &'static str) -> Result<NewContent, Refusal> {
        Ok(match self {
            Self::Giz(AssessmentGizInput { variant, about, told }) => {
                NewContent::Giz { variant: (*variant).into(), about: about.read("about")?, told: told.read("told")? }
            }
            Self::ExplanatoryAnalysis(AssessmentAnalysisInput { about, told, hypotheses }) => {
                NewContent::ExplanatoryAnalysis {
                    about: about.read("about")?,
                    told: told.read("told")?,
                    hypotheses: hypotheses.read("hypotheses")?,
                }
            }
            Self::Genogram(AssessmentGenogramInput { about, told }) => {
                NewContent::Genogram { about: about.read("about")?, told: told.read("told")? }
            }
            Self::LifeworldPortrait(draft) => NewContent::LifeworldPortrait(draft.read(field)?),
            Self::Resilience(AssessmentScoreInput { teller, score }) => {
                NewContent::Resilience(teller.says(Score(*score))?)
            }
            Self::FuturePlan(plan) => NewContent::FuturePlan(plan.read(field)?),
        })
    }
}

/// Records an assessment.
#[derive(InputObject)]
pub struct RecordAssessmentInput {
    #[graphql(flatten)]
    act: ActInput,
    /// With what, and what it holds.
    content: AssessmentContentInput,
    /// In which version of the instrument; the usual one of the municipality when absent.
    version: Option<String>,
    /// Who of the case took part, besides who said something.
    #[graphql(default)]
    took_part: Vec<ID>,
    /// By which workers; you when absent.
    #[graphql(default)]
    by: Vec<ID>,
    /// Why it was done.
    occasion: Option<String>,
}

impl Read<InstrumentVersion> for String {
    fn read(&self, field: &'static str) -> Result<InstrumentVersion, Refusal> {
        InstrumentVersion::new(self).map_err(|_| Refusal::new(BAD_VERSION).with("field", field))
    }
}

/// What somebody said later.
#[derive(OneofObject)]
pub enum AssessmentPartInput {
    /// In a joint assessment.
    Themes(AssessmentThemesInput),
    /// In an explanatory analysis.
    Story(AssessmentWordsInput),
    /// For a genogram.
    Relations(AssessmentRelationsInput),
    /// The next draft of a portrait.
    Portrait(AssessmentWordsInput),
    /// A future plan as it stands now.
    FuturePlan(AssessmentFutureInput),
}

impl Read<Told<NewPart>> for AssessmentPartInput {
    fn read(&self, field: &'static str) -> Result<Told<NewPart>, Refusal> {
        fn part<T>(told: Told<T>, make: fn(T) -> NewPart) -> Told<NewPart> {
            let Told { person, said, known_to, family_may_know } = told;
            Told { person, said: make(said), known_to, family_may_know }
        }
        Ok(match self {
            Self::Themes(told) => part(told.read(field)?, NewPart::Themes),
            Self::Story(told) => part(told.read(field)?, NewPart::Story),
            Self::Relations(told) => part(told.read(field)?, NewPart::Relations),
            Self::Portrait(told) => part(told.read(field)?, NewPart::Portrait),
            Self::FuturePlan(told) => part(told.read(field)?, NewPart::Future),
        })
    }
}

/// Adds what somebody said later.
#[derive(InputObject)]
pub struct AddToAssessmentInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The assessment.
    assessment: ID,
    /// What, in the form of its instrument.
    part: AssessmentPartInput,
}

/// States what may explain what is hard.
#[derive(InputObject)]
pub struct StateHypothesisInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The explanatory analysis.
    assessment: ID,
    /// What the factor does.
    effect: AssessmentEffect,
    /// In words.
    words: String,
}

/// What was tested.
#[derive(OneofObject)]
pub enum AssessmentTestedInput {
    /// A hypothesis of an explanatory analysis.
    Hypothesis(ID),
    /// A draft of a lifeworld portrait: the id of that part.
    Portrait(ID),
}

/// Records whether somebody recognises a hypothesis or a portrait.
#[derive(InputObject)]
pub struct TestAssessmentInput {
    #[graphql(flatten)]
    act: ActInput,
    #[graphql(flatten)]
    teller: TellerInput,
    /// What was tested.
    tested: AssessmentTestedInput,
    /// Whether they recognise it.
    recognised: StatementRecognised,
    /// In their words.
    words: Option<String>,
}

/// Assessments.
#[derive(Default)]
pub struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Records an assessment: with what, about whom, and what each person said, each for whom that person said.
    async fn record_assessment(&self, ctx: &Context<'_>, input: RecordAssessmentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Assessment(AssessmentCommand::RecordAssessment(Box::new(NewAssessment {
                content: input.content.read("content")?,
                version: input.version.read("version")?,
                took_part: input.took_part.read("tookPart")?,
                by: input.by.read("by")?,
                occasion: input.occasion.read("occasion")?,
            }))))
        })
        .await
    }

    /// Adds what somebody said later: of a portrait the next draft, of a future plan how it stands now.
    async fn add_to_assessment(&self, ctx: &Context<'_>, input: AddToAssessmentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let (assessment, told) = (input.assessment.read("assessment")?, input.part.read("part")?);
            Ok(CaseCommand::Assessment(AssessmentCommand::AddToAssessment { assessment, told }))
        })
        .await
    }

    /// States what may explain what is hard: a reading of professionals, for the case director until it was tested.
    async fn state_hypothesis(&self, ctx: &Context<'_>, input: StateHypothesisInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let hypothesis = NewHypothesis { effect: input.effect.into(), words: input.words.read("words")? };
            let assessment = input.assessment.read("assessment")?;
            Ok(CaseCommand::Assessment(AssessmentCommand::StateHypothesis { assessment, hypothesis }))
        })
        .await
    }

    /// Records whether somebody recognises a hypothesis, or themselves or another in a portrait.
    async fn test_assessment(&self, ctx: &Context<'_>, input: TestAssessmentInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let tested = match &input.tested {
                AssessmentTestedInput::Hypothesis(id) => TestedOn::Hypothesis(id.read("hypothesis")?),
                AssessmentTestedInput::Portrait(id) => TestedOn::Portrait(id.read("portrait")?),
            };
            let said = NewRecognition { recognised: input.recognised.into(), words: input.words.read("words")? };
            let told = input.teller.says(said)?;
            Ok(CaseCommand::Assessment(AssessmentCommand::TestAssessment { tested, told }))
        })
        .await
    }
}
