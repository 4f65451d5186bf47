//! Assessments, as far as each part is for the viewer. Of what is not for the viewer no number, order or gap tells.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::assessment::{FutureTopic, Instrument, InstrumentKind, Part, Related, Relation, Theme, TopicState};
use domain::ids::{AssessmentId, PersonId, Subject};
use domain::personal::Personal;
use projections::views::Kept;
use projections::views::assessments::{self as views, AssessmentView, HypothesisView, PartView, TestView};

use super::case::CaseNode;
use super::enums::{
    AssessmentEffect, AssessmentInstrument, AssessmentRelationKind, AssessmentThemeKind, AssessmentVariant,
    AssessmentWeight, StatementRecognised,
};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, Said, granted, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
const TOPIC: Topic = Topic::Assessment;

const MADE: Field = Field::new("assessment", TOPIC);
const BY: Field = Field::new("assessment.by", TOPIC);
const OCCASION: Field = Field::new("assessment.occasion", TOPIC);
const PART: Field = Field::new("assessment.part", TOPIC);
const HYPOTHESIS: Field = Field::new("assessment.hypothesis", TOPIC);
const TEST: Field = Field::new("assessment.test", TOPIC);

fn views_of(session: &Session<'_>, case: &CaseNode) -> Vec<AssessmentView> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::assessments)
}

/// Every assessment that the viewer may know of.
pub fn made(session: &Session<'_>, case: &CaseNode) -> Vec<AssessmentNode> {
    views_of(session, case).into_iter().filter_map(|view| AssessmentNode::new(case, view)).collect()
}

/// What each said, as far as it is for the viewer, in the order of the days.
pub fn told(session: &Session<'_>, case: &CaseNode, of: Option<AssessmentId>, earlier: bool) -> Vec<PartNode> {
    let parts = views_of(session, case).into_iter().flat_map(|view| view.parts);
    let mut known: Vec<PartView> = parts.filter(|part| PartNode::is_known(case, part)).collect();
    known.sort_by_key(|part| part.on);
    // How a future plan stands now takes the place of how it stood, by what the viewer may know.
    let stands = |place: usize, part: &PartView| {
        let later = known.get(place + 1..).unwrap_or_default();
        !is_future(part) || !later.iter().any(|other| is_future(other) && other.person == part.person)
    };
    let asked = |part: &PartView| of.is_none_or(|assessment| part.assessment == assessment);
    let shown = known.iter().enumerate().filter(|(place, part)| asked(part) && (earlier || stands(*place, part)));
    shown.filter_map(|(place, part)| PartNode::new(case, part.clone(), stands(place, part))).collect()
}

fn is_future(part: &PartView) -> bool {
    part.instrument == Instrument::FuturePlan
}

/// An assessment.
pub struct AssessmentNode {
    case: CaseNode,
    view: Granted<AssessmentView>,
}

impl AssessmentNode {
    fn new(case: &CaseNode, view: AssessmentView) -> Option<Self> {
        let about: Vec<_> = case.reached(&view.about).collect();
        let view = granted(case.mandate(), MADE, &about, view, |view| &view.assessment)?;
        Some(Self { case: case.clone(), view })
    }

    fn people(&self, persons: &[PersonId]) -> Vec<PersonNode> {
        persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }
}

/// An assessment (inschatting): with what, in which version, about whom, who took part. What each said stands apart, each with its own readers.
#[Object(name = "Assessment")]
impl AssessmentNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.assessment.value)
    }

    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.assessment.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// With what.
    async fn instrument(&self) -> AssessmentInstrument {
        self.view.instrument.kind().into()
    }

    /// Of a joint assessment (GIZ): how deep.
    async fn variant(&self) -> Option<AssessmentVariant> {
        match self.view.instrument {
            Instrument::Giz(variant) => Some(variant.into()),
            _ => None,
        }
    }

    /// In which version of the instrument.
    async fn version(&self) -> &str {
        self.view.version.as_str()
    }

    /// About whom.
    async fn about(&self) -> Vec<PersonNode> {
        self.people(&self.view.about)
    }

    /// Who of the case took part.
    async fn took_part(&self) -> Vec<PersonNode> {
        self.people(&self.view.took_part)
    }

    /// By which workers.
    async fn by(&self) -> Vec<WorkerNode> {
        let mandate = self.case.mandate();
        let about: Vec<_> = self.case.reached(&self.view.about).collect();
        let workers = plain(mandate, BY, &about, &self.view.by).unwrap_or_default();
        workers.into_iter().map(|worker| WorkerNode::new(worker, mandate.clone())).collect()
    }

    /// Why it was done.
    async fn occasion(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.occasion.as_ref().and_then(|kept| words(&session, self.case.mandate(), OCCASION, kept)))
    }

    /// What each said in it, as far as it is for you.
    async fn parts(&self, ctx: &Context<'_>) -> Result<Vec<PartNode>> {
        let mut parts = told(&Session::of(ctx)?, &self.case, Some(self.view.assessment.value), true);
        parts.sort_by_key(|part| self.view.parts.iter().position(|own| own.part.value == part.view.part.value));
        Ok(parts)
    }

    /// What may explain what is hard, as professionals see it: a reading until it was tested.
    async fn hypotheses(&self) -> Vec<HypothesisNode> {
        self.view.hypotheses.iter().filter_map(|one| HypothesisNode::new(&self.case, one.clone())).collect()
    }
}

/// What one person said.
pub struct PartNode {
    case: CaseNode,
    view: Granted<PartView>,
    stands: bool,
}

/// A theme that somebody brought up in a joint assessment.
#[derive(SimpleObject)]
pub struct AssessmentTheme {
    /// Which.
    theme: Option<String>,
    /// What it is to who brings it up.
    kind: Option<AssessmentThemeKind>,
    /// In own words.
    words: Option<String>,
    /// How serious it is to them, when said.
    severity: Option<AssessmentWeight>,
    /// How urgent, when said.
    urgency: Option<AssessmentWeight>,
}

/// A relation as somebody tells it.
#[derive(SimpleObject)]
pub struct AssessmentRelation {
    /// Who, when in the case.
    from: Option<PersonNode>,
    /// Who else.
    from_other: Option<String>,
    /// How they are related.
    kind: Option<AssessmentRelationKind>,
    /// To whom, when in the case.
    to: Option<PersonNode>,
    /// To whom else.
    to_other: Option<String>,
    /// How it is between them.
    words: Option<String>,
}

/// A topic of a future plan.
#[derive(SimpleObject)]
pub struct AssessmentTopic {
    /// About what.
    topic: Option<String>,
    /// Whether it was discussed.
    discussed: bool,
    /// What the young person wishes with it, when said.
    wish: Option<String>,
}

impl PartNode {
    fn is_known(case: &CaseNode, view: &PartView) -> bool {
        case.mandate().would_show(TOPIC, &view.part, &[Subject::Person(view.person)])
    }

    fn new(case: &CaseNode, view: PartView, stands: bool) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), PART, &about, view, |view| &view.part)?;
        Some(Self { case: case.clone(), view, stands })
    }

    /// A value of this part, for its readers.
    fn kept<T: Clone>(&self, value: &Personal<T>) -> Kept<Personal<T>> {
        self.view.part.with(value.clone())
    }

    fn said<T: Said + Clone>(&self, session: &Session<'_>, value: &Personal<T>) -> Option<String> {
        words(session, self.case.mandate(), PART, &self.kept(value))
    }

    fn value<T: Clone>(&self, value: &Personal<T>) -> Option<T> {
        personal(self.case.mandate(), PART, &self.kept(value)).known().cloned()
    }

    fn end(&self, session: &Session<'_>, end: &Related) -> (Option<PersonNode>, Option<String>) {
        match end {
            Related::Person(person) => (self.case.person(*person), None),
            Related::Other(who) => (None, self.said(session, who)),
        }
    }

    fn theme(&self, session: &Session<'_>, theme: &Theme) -> AssessmentTheme {
        let weight =
            |weight: &Option<Personal<domain::assessment::Weight>>| self.value(weight.as_ref()?).map(Into::into);
        AssessmentTheme {
            theme: self.said(session, &theme.theme),
            kind: self.value(&theme.kind).map(Into::into),
            words: self.said(session, &theme.words),
            severity: weight(&theme.severity),
            urgency: weight(&theme.urgency),
        }
    }

    fn relation(&self, session: &Session<'_>, relation: &Relation) -> AssessmentRelation {
        let ((from, from_other), (to, to_other)) = (self.end(session, &relation.from), self.end(session, &relation.to));
        let words = relation.words.as_ref().and_then(|words| self.said(session, words));
        let kind = self.value(&relation.kind).map(Into::into);
        AssessmentRelation { from, from_other, kind, to, to_other, words }
    }

    fn topic(&self, session: &Session<'_>, topic: &FutureTopic) -> AssessmentTopic {
        let (discussed, wish) = match &topic.state {
            TopicState::Open => (false, None),
            TopicState::Discussed(wish) => (true, wish.as_ref().and_then(|wish| self.said(session, wish))),
        };
        AssessmentTopic { topic: self.said(session, &topic.topic), discussed, wish }
    }
}

/// What one person said in an assessment, as theirs: for whom that person said, and nobody else.
#[Object(name = "AssessmentPart")]
impl PartNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.part.value)
    }

    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.part.fact)
    }

    /// In which assessment.
    async fn assessment_id(&self) -> ID {
        id(self.view.assessment)
    }

    /// With what.
    async fn instrument(&self) -> AssessmentInstrument {
        InstrumentKind::into(self.view.instrument.kind())
    }

    /// Who said it; of a portrait or score, whose it is.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// Whether it stands: how a future plan stood before no longer does. A wish that went is nothing failed.
    async fn stands(&self) -> bool {
        self.stands
    }

    /// Of a joint assessment: what was brought up.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentTheme>> {
        let session = Session::of(ctx)?;
        let Part::Themes { themes, .. } = &self.view.content else { return Ok(Vec::new()) };
        Ok(themes.iter().map(|theme| self.theme(&session, theme)).collect())
    }

    /// Of a joint assessment: themes that were left out at their wish.
    async fn left_out(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let session = Session::of(ctx)?;
        let Part::Themes { left_out, .. } = &self.view.content else { return Ok(Vec::new()) };
        Ok(left_out.iter().filter_map(|theme| self.said(&session, theme)).collect())
    }

    /// Of an explanatory analysis: what is hard, in own words.
    async fn story(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let Part::Story(story) = &self.view.content else { return Ok(None) };
        Ok(self.said(&session, story))
    }

    /// Of a genogram: relations, as they tell them.
    async fn relations(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentRelation>> {
        let session = Session::of(ctx)?;
        let Part::Relations(relations) = &self.view.content else { return Ok(Vec::new()) };
        Ok(relations.iter().map(|relation| self.relation(&session, relation)).collect())
    }

    /// Of a lifeworld portrait: this draft of it.
    async fn portrait(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let Part::Portrait(portrait) = &self.view.content else { return Ok(None) };
        Ok(self.said(&session, portrait))
    }

    /// Of a resilience scale: the score.
    async fn score(&self) -> Option<i32> {
        let Part::Score(score) = &self.view.content else { return None };
        self.value(score).map(|score| i32::from(score.0))
    }

    /// Of a future plan: what was and was not yet discussed.
    async fn topics(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentTopic>> {
        let session = Session::of(ctx)?;
        let Part::Future(topics) = &self.view.content else { return Ok(Vec::new()) };
        Ok(topics.iter().map(|topic| self.topic(&session, topic)).collect())
    }

    /// For which workers only. None: for the director, or for who works for that person.
    async fn known_to(&self) -> Vec<WorkerNode> {
        self.view.known_to.iter().map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// Who of the family may know, as that person said.
    async fn family_may_know(&self) -> Vec<PersonNode> {
        self.view.family_may_know.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Of a portrait: who recognises themselves or the other in it.
    async fn tested(&self) -> Vec<TestNode> {
        self.view.tested.iter().filter_map(|test| TestNode::new(&self.case, test.clone())).collect()
    }
}

/// What may explain what is hard.
pub struct HypothesisNode {
    case: CaseNode,
    view: Granted<HypothesisView>,
}

impl HypothesisNode {
    fn new(case: &CaseNode, view: HypothesisView) -> Option<Self> {
        let view = granted(case.mandate(), HYPOTHESIS, &[], view, |view| &view.hypothesis)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What may explain what is hard (hypothese): a professional's reading, with who recognises it.
#[Object(name = "AssessmentHypothesis")]
impl HypothesisNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.hypothesis.value)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// What the factor does.
    async fn effect(&self) -> Option<AssessmentEffect> {
        personal(self.case.mandate(), HYPOTHESIS, &self.view.effect).known().map(|effect| (*effect).into())
    }

    /// In words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), HYPOTHESIS, &self.view.words))
    }

    /// With whom it was tested.
    async fn tested(&self) -> Vec<TestNode> {
        self.view.tested.iter().filter_map(|test| TestNode::new(&self.case, test.clone())).collect()
    }
}

/// Whether somebody recognises it.
pub struct TestNode {
    case: CaseNode,
    view: Granted<TestView>,
}

impl TestNode {
    fn new(case: &CaseNode, view: TestView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), TEST, &about, view, |view| &view.recognised)?;
        Some(Self { case: case.clone(), view })
    }
}

/// That something was tested with somebody: whether they recognise it. Nothing here says who is right.
#[Object(name = "AssessmentTest")]
impl TestNode {
    /// With whom.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// Whether they recognise it.
    async fn recognised(&self) -> Option<StatementRecognised> {
        personal(self.case.mandate(), TEST, &self.view.recognised).known().map(|recognised| (*recognised).into())
    }

    /// In their words.
    #[graphql(name = "words")]
    async fn own_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), TEST, kept)))
    }
}
