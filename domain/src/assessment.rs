//! Assessments (rule 23): which instrument in which version, about whom, who took part, by whom, on which day, and per person what *they*
//! said. Joint assessment (GIZ; 003:3329-3622), explanatory analysis with hypotheses that are tested with the person (004:1196-1322),
//! genogram as the family tells it (004:1132), lifeworld portrait with recognition (004:4362-4486), resilience score (RS-NL; 000:332-343)
//! and future plan (004:4213-4286). How much energy a conflict takes is in `conflict`, what a measure of informal support says in
//! `informal`.
//!
//! All of it is a report. What one person said is a fact of its own with its own audience: a child's words inside a joint assessment are
//! shown to no parent's side unless the child said so (rule 16). A portrait is not finished until whom it is about recognises it, and a
//! hypothesis is a professional's reading until it was tested: both say so, nothing says who is right.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact};
use crate::ids::{AssessmentId, AssessmentPartId, HypothesisId, PersonId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::statement::Recognised;
use crate::text::Text;

pub(crate) mod catalogue;
mod content;
mod decide;
mod policy;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use catalogue::ASSESSMENT_KEEPS_AUDIENCE;
pub use catalogue::{
    ASSESSMENT_UNKNOWN, CATALOGUE, CODES, CONSENT_BEFORE_MEASURING, HYPOTHESIS_UNKNOWN, PORTRAIT_UNKNOWN,
};
pub use content::{
    Effect, FutureTopic, NewPart, NewRelated, NewRelation, NewTheme, NewThemes, NewTopic, Part, Related, Relation,
    RelationKind, Score, Theme, ThemeKind, TopicState, Weight,
};
pub use policy::{InstrumentPolicy, InstrumentVersion, InvalidInstrumentVersion};
pub use state::{Assessment, Assessments, Hypothesis, TestedBy, ToldPart};

/// In which depth a joint assessment (GIZ) was used (003:3397-3400).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GizVariant {
    /// To signal (signalering).
    Signalling,
    /// In full (uitgebreid).
    Extended,
    /// With several disciplines (multidisciplinair).
    Multidisciplinary,
}

/// With what was assessed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instrument {
    /// Joint assessment of care needs (GIZ).
    Giz(GizVariant),
    /// Explanatory analysis (verklarende analyse).
    ExplanatoryAnalysis,
    /// Genogram.
    Genogram,
    /// Lifeworld portrait (leefwereldportret).
    LifeworldPortrait,
    /// Resilience scale (RS-NL).
    Resilience,
    /// Future plan (toekomstplan), toward coming of age.
    FuturePlan,
}

/// The same, without how deep.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// Joint assessment of care needs (GIZ).
    Giz,
    /// Explanatory analysis (verklarende analyse).
    ExplanatoryAnalysis,
    /// Genogram.
    Genogram,
    /// Lifeworld portrait (leefwereldportret).
    LifeworldPortrait,
    /// Resilience scale (RS-NL).
    Resilience,
    /// Future plan (toekomstplan).
    FuturePlan,
}

impl Instrument {
    /// Which instrument, however deep.
    #[must_use]
    pub const fn kind(self) -> InstrumentKind {
        match self {
            Self::Giz(_) => InstrumentKind::Giz,
            Self::ExplanatoryAnalysis => InstrumentKind::ExplanatoryAnalysis,
            Self::Genogram => InstrumentKind::Genogram,
            Self::LifeworldPortrait => InstrumentKind::LifeworldPortrait,
            Self::Resilience => InstrumentKind::Resilience,
            Self::FuturePlan => InstrumentKind::FuturePlan,
        }
    }
}

impl InstrumentKind {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Giz => "giz",
            Self::ExplanatoryAnalysis => "explanatory_analysis",
            Self::Genogram => "genogram",
            Self::LifeworldPortrait => "lifeworld_portrait",
            Self::Resilience => "resilience",
            Self::FuturePlan => "future_plan",
        }
    }
}

/// What is tested with somebody: whether they recognise it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestedOn {
    /// A hypothesis of an explanatory analysis.
    Hypothesis(HypothesisId),
    /// A draft of a lifeworld portrait.
    Portrait(AssessmentPartId),
}

/// What can happen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum AssessmentEvent {
    /// Somebody was assessed.
    AssessmentRecorded {
        /// The assessment.
        assessment: AssessmentId,
        /// With what.
        instrument: Instrument,
        /// In which version.
        version: InstrumentVersion,
        /// About whom; each once, never nobody.
        about: Vec<PersonId>,
        /// Who of the case took part; each once.
        took_part: Vec<PersonId>,
        /// By which workers; each once, never nobody.
        by: Vec<WorkerId>,
        /// Why it was done.
        occasion: Option<Personal<Text>>,
    },
    /// What one person said in it.
    AssessmentPartTold {
        /// In which assessment.
        assessment: AssessmentId,
        /// This part of it.
        part: AssessmentPartId,
        /// Who said it; of a portrait or score, whose it is.
        person: PersonId,
        /// What, as the instrument asks for it.
        content: Part,
        /// Who of the family may know, as that person said.
        family_may_know: Vec<PersonId>,
    },
    /// Professionals stated what may explain what is hard.
    HypothesisStated {
        /// In which assessment.
        assessment: AssessmentId,
        /// The hypothesis.
        hypothesis: HypothesisId,
        /// What the factor does.
        effect: Personal<Effect>,
        /// In words.
        words: Personal<Text>,
    },
    /// A hypothesis or a portrait was tested with somebody.
    AssessmentTested {
        /// In which assessment.
        assessment: AssessmentId,
        /// What.
        tested: TestedOn,
        /// With whom.
        person: PersonId,
        /// Whether they recognise it.
        recognised: Personal<Recognised>,
        /// In their words.
        words: Option<Personal<Text>>,
    },
}

/// What somebody said in an assessment, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct Told<T> {
    /// Who.
    pub person: PersonId,
    /// What.
    pub said: T,
    /// For whom it is, exactly. When nothing is said: of a child the director alone, of anybody else who works for that person.
    pub known_to: Option<Audience>,
    /// Who of the family may know, as that person said.
    pub family_may_know: Vec<PersonId>,
}

impl<T> Told<T> {
    fn map<U>(self, make: impl FnOnce(T) -> U) -> Told<U> {
        let Self { person, said, known_to, family_may_know } = self;
        Told { person, said: make(said), known_to, family_may_know }
    }
}

/// What an instrument holds, as given in a command: each has its own form.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewContent {
    /// A joint assessment: themes per person.
    Giz {
        /// How deep.
        variant: GizVariant,
        /// About whom.
        about: Vec<PersonId>,
        /// What each said.
        told: Vec<Told<NewThemes>>,
    },
    /// An explanatory analysis: what each says, and what may explain it.
    ExplanatoryAnalysis {
        /// About whom.
        about: Vec<PersonId>,
        /// What each said.
        told: Vec<Told<Text>>,
        /// What may explain it.
        hypotheses: Vec<NewHypothesis>,
    },
    /// A genogram: relations as each tells them.
    Genogram {
        /// About whom.
        about: Vec<PersonId>,
        /// What each said.
        told: Vec<Told<Vec<NewRelation>>>,
    },
    /// A first draft of a lifeworld portrait.
    LifeworldPortrait(Told<Text>),
    /// A resilience score.
    Resilience(Told<Score>),
    /// A future plan.
    FuturePlan(Told<Vec<NewTopic>>),
}

/// What may explain what is hard, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewHypothesis {
    /// What the factor does.
    pub effect: Effect,
    /// In words.
    pub words: Text,
}

/// An assessment as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewAssessment {
    /// What it holds.
    pub content: NewContent,
    /// In which version; the one that policy names first when nothing is said.
    pub version: Option<InstrumentVersion>,
    /// Who took part, besides who said something.
    pub took_part: Vec<PersonId>,
    /// By which workers; who records it when nothing is said.
    pub by: Vec<WorkerId>,
    /// Why it was done.
    pub occasion: Option<Text>,
}

/// What can be asked.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum AssessmentCommand {
    /// Record an assessment.
    RecordAssessment(Box<NewAssessment>),
    /// Add what somebody said later; of a portrait the next draft, of a future plan how it stands now.
    AddToAssessment {
        /// The assessment.
        assessment: AssessmentId,
        /// What.
        told: Told<NewPart>,
    },
    /// State what may explain what is hard.
    StateHypothesis {
        /// The explanatory analysis.
        assessment: AssessmentId,
        /// The hypothesis.
        hypothesis: NewHypothesis,
    },
    /// Record whether somebody recognises a hypothesis or a portrait.
    TestAssessment {
        /// What was tested.
        tested: TestedOn,
        /// With whom, whether they recognise it, for whom that is.
        told: Told<NewRecognition>,
    },
}

/// Whether somebody recognises something, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewRecognition {
    /// Whether.
    pub recognised: Recognised,
    /// In their words.
    pub words: Option<Text>,
}

impl AssessmentEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::AssessmentRecorded { occasion, .. } => occasion.iter().map(Personal::owner).collect(),
            Self::AssessmentPartTold { content, .. } => content.owners(),
            Self::HypothesisStated { effect, words, .. } => vec![effect.owner(), words.owner()],
            Self::AssessmentTested { words, .. } => words.iter().map(Personal::owner).collect(),
        };
        let mut subjects: Vec<_> = self.persons().into_iter().map(Subject::Person).chain(records).collect();
        let mut seen = Vec::new();
        subjects.retain(|subject| {
            let first = !seen.contains(subject);
            seen.push(*subject);
            first
        });
        subjects
    }

    /// The people that it names itself.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        let mut persons = match self {
            Self::AssessmentRecorded { about, took_part, .. } => [about.as_slice(), took_part].concat(),
            Self::AssessmentPartTold { person, content, .. } => {
                std::iter::once(*person).chain(content.persons()).collect()
            }
            Self::HypothesisStated { .. } => Vec::new(),
            Self::AssessmentTested { person, .. } => vec![*person],
        };
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::AssessmentRecorded { by, .. } => by.clone(),
            Self::AssessmentPartTold { .. } | Self::HypothesisStated { .. } | Self::AssessmentTested { .. } => {
                Vec::new()
            }
        }
    }

    /// Of which assessment.
    #[must_use]
    pub const fn assessment(&self) -> AssessmentId {
        match self {
            Self::AssessmentRecorded { assessment, .. }
            | Self::AssessmentPartTold { assessment, .. }
            | Self::HypothesisStated { assessment, .. }
            | Self::AssessmentTested { assessment, .. } => *assessment,
        }
    }
}

impl AssessmentCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordAssessment(_) => "recordAssessment",
            Self::AddToAssessment { .. } => "addToAssessment",
            Self::StateHypothesis { .. } => "stateHypothesis",
            Self::TestAssessment { .. } => "testAssessment",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordAssessment(new) => {
                let NewAssessment { content, version: _, took_part: _, by: _, occasion } = &**new;
                let told = match content {
                    NewContent::Giz { variant: _, about: _, told } => {
                        told.iter().flat_map(|told| told.said.texts()).collect()
                    }
                    NewContent::ExplanatoryAnalysis { about: _, told, hypotheses } => {
                        let stated = hypotheses.iter().map(|NewHypothesis { effect: _, words }| words.as_str());
                        told.iter().map(|told| told.said.as_str()).chain(stated).collect()
                    }
                    NewContent::Genogram { about: _, told } => {
                        told.iter().flat_map(|told| told.said.iter().flat_map(NewRelation::texts)).collect()
                    }
                    NewContent::LifeworldPortrait(told) => vec![told.said.as_str()],
                    NewContent::Resilience(_) => Vec::new(),
                    NewContent::FuturePlan(told) => told.said.iter().flat_map(NewTopic::texts).collect::<Vec<_>>(),
                };
                occasion.iter().map(Text::as_str).chain(told).collect()
            }
            Self::AddToAssessment { assessment: _, told } => told.said.texts(),
            Self::StateHypothesis { assessment: _, hypothesis } => vec![hypothesis.words.as_str()],
            Self::TestAssessment { tested: _, told } => told.said.words.iter().map(Text::as_str).collect(),
        }
    }
}

/// Whether it is what one person said, whose audience that person chose.
pub(crate) const fn is_own_words(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::Assessment(AssessmentEvent::AssessmentPartTold { .. } | AssessmentEvent::AssessmentTested { .. })
    )
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &AssessmentCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history, order, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &AssessmentEvent) {
    state.assessments.apply(fact, event);
}

/// Whether a fact speaks of an assessment, a part or a hypothesis that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &AssessmentEvent) -> bool {
    let known = state.assessments.get(event.assessment());
    match event {
        AssessmentEvent::AssessmentRecorded { .. } => false,
        AssessmentEvent::AssessmentPartTold { .. } | AssessmentEvent::HypothesisStated { .. } => known.is_none(),
        AssessmentEvent::AssessmentTested { tested, .. } => known.is_none_or(|known| !known.holds(*tested)),
    }
}
