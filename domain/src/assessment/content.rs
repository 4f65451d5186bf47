//! What somebody says in an assessment: each instrument has a form of its own, so that none can hold what belongs to another.
//!
//! Each text has a record of its own and can be destroyed alone. All of it says how somebody fares, so all of it is of class health.

use serde::{Deserialize, Serialize};

use super::InstrumentKind;
use crate::decider::Context;
use crate::ids::{PersonId, RecordId, Subject};
use crate::personal::{DataClass, Personal};
use crate::text::{Line, Text};

/// What a theme in a joint assessment is to who brings it up (003:3553-3557).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeKind {
    /// A strength (kracht).
    Strength,
    /// A concern (zorg).
    Concern,
    /// A need (behoefte).
    Need,
}

/// How much something weighs for who says it (003:3507-3509).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A little.
    Little,
    /// Some.
    Some,
    /// Much.
    Much,
}

/// What a factor does to what is hard (004:1198-1216).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It brings it about.
    Causes,
    /// It keeps it going.
    Keeps,
    /// It makes it worse.
    Worsens,
    /// It makes it less.
    Reduces,
}

/// How two people in a genogram are related, as the family tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// The first is a parent of the second.
    ParentOf,
    /// The first is a step-parent of the second.
    StepParentOf,
    /// The first is a grandparent of the second.
    GrandparentOf,
    /// Brother or sister.
    SiblingOf,
    /// Partners.
    PartnerOf,
    /// Former partners.
    FormerPartnerOf,
    /// Close, and not family.
    CloseTo,
    /// Another relation, said in words.
    Other,
}

/// How many points somebody scored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(pub u16);

/// What one person said, as the instrument asks for it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Of a joint assessment: themes, and which ones were left out at the family's wish (003:3562-3565).
    Themes {
        /// What was brought up.
        themes: Vec<Theme>,
        /// What was left out.
        left_out: Vec<Personal<Line>>,
    },
    /// Of an explanatory analysis: what is hard and how it came about, in own words.
    Story(Personal<Text>),
    /// Of a genogram: relations.
    Relations(Vec<Relation>),
    /// A draft of a lifeworld portrait.
    Portrait(Personal<Text>),
    /// A score.
    Score(Personal<Score>),
    /// A future plan as it stands.
    Future(Vec<FutureTopic>),
}

/// Something brought up in a joint assessment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Theme {
    /// Which theme: sleeping, money, hand-overs.
    pub theme: Personal<Line>,
    /// What it is to who says it.
    pub kind: Personal<ThemeKind>,
    /// In own words.
    pub words: Personal<Text>,
    /// How serious it is, when said.
    pub severity: Option<Personal<Weight>>,
    /// How urgent, when said.
    pub urgency: Option<Personal<Weight>>,
}

/// One end of a relation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Related {
    /// Somebody of the case.
    Person(PersonId),
    /// Somebody else.
    Other(Personal<Line>),
}

/// A relation as somebody tells it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// Who.
    pub from: Related,
    /// How they are related.
    pub kind: Personal<RelationKind>,
    /// To whom.
    pub to: Related,
    /// How it is between them, in own words.
    pub words: Option<Personal<Text>>,
}

/// One topic of a future plan. An unmet wish is nothing failed: how the plan stands now takes the place of how it stood.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FutureTopic {
    /// About what: living, school, money, people.
    pub topic: Personal<Line>,
    /// Whether it was discussed.
    pub state: TopicState,
}

/// Whether a topic of a future plan was discussed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopicState {
    /// Not yet.
    Open,
    /// It was, with what the young person wishes, when said.
    Discussed(Option<Personal<Text>>),
}

impl Part {
    /// The instrument that asks for this.
    #[must_use]
    pub const fn kind(&self) -> InstrumentKind {
        match self {
            Self::Themes { .. } => InstrumentKind::Giz,
            Self::Story(_) => InstrumentKind::ExplanatoryAnalysis,
            Self::Relations(_) => InstrumentKind::Genogram,
            Self::Portrait(_) => InstrumentKind::LifeworldPortrait,
            Self::Score(_) => InstrumentKind::Resilience,
            Self::Future(_) => InstrumentKind::FuturePlan,
        }
    }

    /// People of the case whom it speaks of by id.
    pub(super) fn persons(&self) -> Vec<PersonId> {
        let Self::Relations(relations) = self else { return Vec::new() };
        let ends = relations.iter().flat_map(|relation| [&relation.from, &relation.to]);
        let person = |end: &Related| match end {
            Related::Person(person) => Some(*person),
            Related::Other(_) => None,
        };
        ends.filter_map(person).collect()
    }

    /// Whose the values in it are.
    pub(super) fn owners(&self) -> Vec<Subject> {
        match self {
            Self::Themes { themes, left_out } => {
                let said = themes.iter().flat_map(|theme| [theme.theme.owner(), theme.words.owner()]);
                said.chain(left_out.iter().map(Personal::owner)).collect()
            }
            Self::Story(words) | Self::Portrait(words) => vec![words.owner()],
            Self::Relations(relations) => relations.iter().flat_map(Relation::owners).collect(),
            Self::Score(score) => vec![score.owner()],
            Self::Future(topics) => topics.iter().flat_map(FutureTopic::owners).collect(),
        }
    }

    /// The words of a part that is one text.
    pub(crate) const fn text_mut(&mut self) -> Option<&mut Personal<Text>> {
        match self {
            Self::Story(words) | Self::Portrait(words) => Some(words),
            Self::Themes { .. } | Self::Relations(_) | Self::Score(_) | Self::Future(_) => None,
        }
    }
}

impl Relation {
    fn owners(&self) -> Vec<Subject> {
        let end = |end: &Related| match end {
            Related::Person(_) => None,
            Related::Other(who) => Some(who.owner()),
        };
        let ends = [end(&self.from), end(&self.to), self.words.as_ref().map(Personal::owner)];
        ends.into_iter().flatten().chain([self.kind.owner()]).collect()
    }
}

impl FutureTopic {
    fn owners(&self) -> Vec<Subject> {
        let wish = match &self.state {
            TopicState::Discussed(Some(wish)) => Some(wish.owner()),
            TopicState::Open | TopicState::Discussed(None) => None,
        };
        std::iter::once(self.topic.owner()).chain(wish).collect()
    }
}

/// Themes as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewThemes {
    /// What was brought up.
    pub themes: Vec<NewTheme>,
    /// What was left out at the family's wish.
    pub left_out: Vec<Line>,
}

/// A theme as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewTheme {
    /// Which theme.
    pub theme: Line,
    /// What it is to who says it.
    pub kind: ThemeKind,
    /// In own words.
    pub words: Text,
    /// How serious, when said.
    pub severity: Option<Weight>,
    /// How urgent, when said.
    pub urgency: Option<Weight>,
}

/// One end of a relation as given in a command.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewRelated {
    /// Somebody of the case.
    Person(PersonId),
    /// Somebody else.
    Other(Line),
}

/// A relation as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewRelation {
    /// Who.
    pub from: NewRelated,
    /// How they are related.
    pub kind: RelationKind,
    /// To whom.
    pub to: NewRelated,
    /// How it is between them.
    pub words: Option<Text>,
}

/// A topic as given in a command.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewTopic {
    /// Not discussed yet.
    Open(Line),
    /// Discussed, with what the young person wishes, when said.
    Discussed(Line, Option<Text>),
}

/// What somebody said later, as given in a command. A score is measured again as an assessment of its own.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewPart {
    /// Themes of a joint assessment.
    Themes(NewThemes),
    /// What is hard, in own words.
    Story(Text),
    /// Relations of a genogram.
    Relations(Vec<NewRelation>),
    /// The next draft of a portrait.
    Portrait(Text),
    /// A future plan as it stands now.
    Future(Vec<NewTopic>),
}

impl NewThemes {
    pub(super) fn texts(&self) -> Vec<&str> {
        let Self { themes, left_out } = self;
        let themes = themes.iter().flat_map(|theme| {
            let NewTheme { theme, kind: _, words, severity: _, urgency: _ } = theme;
            [theme.as_str(), words.as_str()]
        });
        themes.chain(left_out.iter().map(Line::as_str)).collect()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.themes.is_empty() && self.left_out.is_empty()
    }
}

impl NewRelation {
    pub(super) fn texts(&self) -> Vec<&str> {
        let Self { from, kind: _, to, words } = self;
        let ends = [from, to].into_iter().filter_map(|end| match end {
            NewRelated::Person(_) => None,
            NewRelated::Other(who) => Some(who.as_str()),
        });
        ends.chain(words.iter().map(Text::as_str)).collect()
    }

    pub(super) fn persons(&self) -> impl Iterator<Item = PersonId> {
        [&self.from, &self.to].into_iter().filter_map(|end| match end {
            NewRelated::Person(person) => Some(*person),
            NewRelated::Other(_) => None,
        })
    }
}

impl NewTopic {
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Open(topic) => vec![topic.as_str()],
            Self::Discussed(topic, wish) => {
                std::iter::once(topic.as_str()).chain(wish.iter().map(Text::as_str)).collect()
            }
        }
    }
}

impl NewPart {
    /// The instrument that asks for this.
    #[must_use]
    pub const fn kind(&self) -> InstrumentKind {
        match self {
            Self::Themes(_) => InstrumentKind::Giz,
            Self::Story(_) => InstrumentKind::ExplanatoryAnalysis,
            Self::Relations(_) => InstrumentKind::Genogram,
            Self::Portrait(_) => InstrumentKind::LifeworldPortrait,
            Self::Future(_) => InstrumentKind::FuturePlan,
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Themes(themes) => themes.texts(),
            Self::Story(words) | Self::Portrait(words) => vec![words.as_str()],
            Self::Relations(relations) => relations.iter().flat_map(NewRelation::texts).collect(),
            Self::Future(topics) => topics.iter().flat_map(NewTopic::texts).collect(),
        }
    }

    /// Whether nothing is said in it.
    pub(super) const fn is_empty(&self) -> bool {
        match self {
            Self::Themes(themes) => themes.is_empty(),
            Self::Story(_) | Self::Portrait(_) => false,
            Self::Relations(relations) => relations.is_empty(),
            Self::Future(topics) => topics.is_empty(),
        }
    }

    /// People of the case whom it speaks of by id.
    pub(super) fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::Relations(relations) => relations.iter().flat_map(NewRelation::persons).collect(),
            Self::Themes(_) | Self::Story(_) | Self::Portrait(_) | Self::Future(_) => Vec::new(),
        }
    }

    /// The same as it is kept, as said by this person.
    pub(super) fn keep(self, person: PersonId, context: &mut Context<'_>) -> Part {
        match self {
            Self::Themes(NewThemes { themes, left_out }) => Part::Themes {
                themes: themes.into_iter().map(|theme| keep_theme(theme, person, context)).collect(),
                left_out: left_out.into_iter().map(|line| in_record(line, context)).collect(),
            },
            Self::Story(words) => Part::Story(in_record(words, context)),
            Self::Portrait(words) => Part::Portrait(in_record(words, context)),
            Self::Relations(relations) => {
                Part::Relations(relations.into_iter().map(|one| keep_relation(one, person, context)).collect())
            }
            Self::Future(topics) => Part::Future(topics.into_iter().map(|topic| keep_topic(topic, context)).collect()),
        }
    }
}

fn keep_theme(new: NewTheme, person: PersonId, context: &mut Context<'_>) -> Theme {
    Theme {
        theme: in_record(new.theme, context),
        kind: of_person(person, new.kind),
        words: in_record(new.words, context),
        severity: new.severity.map(|weight| of_person(person, weight)),
        urgency: new.urgency.map(|weight| of_person(person, weight)),
    }
}

fn keep_relation(new: NewRelation, person: PersonId, context: &mut Context<'_>) -> Relation {
    let mut end = |end: NewRelated| match end {
        NewRelated::Person(person) => Related::Person(person),
        NewRelated::Other(who) => Related::Other(in_record(who, context)),
    };
    let (from, to) = (end(new.from), end(new.to));
    Relation { from, kind: of_person(person, new.kind), to, words: new.words.map(|words| in_record(words, context)) }
}

fn keep_topic(new: NewTopic, context: &mut Context<'_>) -> FutureTopic {
    match new {
        NewTopic::Open(topic) => FutureTopic { topic: in_record(topic, context), state: TopicState::Open },
        NewTopic::Discussed(topic, wish) => {
            let topic = in_record(topic, context);
            FutureTopic { topic, state: TopicState::Discussed(wish.map(|wish| in_record(wish, context))) }
        }
    }
}

/// A text of its own: the unit that can be destroyed alone.
pub(super) fn in_record<T>(words: T, context: &mut Context<'_>) -> Personal<T> {
    let owner = Subject::Record(RecordId::from_uuid(context.new_id()));
    Personal::new(owner, DataClass::Health, words)
}

/// How somebody fares is health (AVG 9).
pub(super) const fn of_person<T>(person: PersonId, value: T) -> Personal<T> {
    Personal::new(Subject::Person(person), DataClass::Health, value)
}
