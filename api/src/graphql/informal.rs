//! Informal support, each step of its life as far as it is for the viewer.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{PersonId, Subject};
use projections::views::informal::{self as views, MeasureView, ReviewView, SignedView, SupportView, TermView};

use super::case::CaseNode;
use super::enums::{SupportEndedBy, SupportKind, SupportMoment, SupportOutcome};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use crate::gate::{Field, Topic};

const TOPIC: Topic = Topic::Informal;
const SUPPORT: Field = Field::new("informal", TOPIC);
const STEP: Field = Field::new("informal.step", TOPIC);
const CERTIFICATE: Field = Field::new("informal.certificate", TOPIC);
const MEASURE: Field = Field::new("informal.measure", TOPIC);

/// All informal support that the viewer may know of.
pub fn all(session: &Session<'_>, case: &CaseNode) -> Vec<SupportNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::informal).into_iter().filter_map(|view| SupportNode::new(case, view)).collect()
}

/// Support of a volunteer.
pub struct SupportNode {
    case: CaseNode,
    view: Granted<SupportView>,
}

/// House rules that were signed.
#[derive(SimpleObject)]
pub struct InformalHouseRules {
    /// The day.
    day: Day,
    /// Who of the family signed.
    signed_by: Vec<PersonNode>,
    /// What they say that is not usual.
    rules: Option<String>,
}

/// That a certificate of conduct (VOG) was seen.
#[derive(SimpleObject)]
pub struct InformalCertificate {
    /// The day on which it was seen.
    seen: Day,
    /// The day on which it was issued.
    issued: Option<Day>,
}

/// That they try it.
#[derive(SimpleObject)]
pub struct InformalTrial {
    /// First day.
    from: Day,
    /// Last day.
    until: Day,
    /// The day on which it was looked at together. Absent while it waits.
    evaluated: Option<Day>,
    /// What came of it.
    outcome: Option<SupportOutcome>,
    /// In words.
    words: Option<String>,
}

/// A term for which it was agreed.
#[derive(SimpleObject)]
pub struct InformalTerm {
    /// First day.
    from: Day,
    /// Last day.
    until: Day,
    /// What was agreed by word of mouth.
    agreements: Option<String>,
}

/// That it was looked at together.
#[derive(SimpleObject)]
pub struct InformalReview {
    /// The day.
    day: Day,
    /// Who of the family took part.
    took_part: Vec<PersonNode>,
    /// What came of it.
    outcome: SupportOutcome,
    /// In words.
    words: Option<String>,
    /// The day by which it is looked at next.
    next: Option<Day>,
}

/// A measure for one person, as theirs.
#[derive(SimpleObject)]
pub struct InformalMeasure {
    /// The day.
    day: Day,
    /// Whose.
    person: Option<PersonNode>,
    /// When.
    moment: SupportMoment,
    /// Whether it does that person good.
    benefit: Option<bool>,
    /// Whether that person has formal help beside it.
    formal_help: Option<bool>,
    /// In own words.
    words: Option<String>,
}

/// How it ended.
#[derive(SimpleObject)]
pub struct InformalEnd {
    /// The last day.
    last_day: Day,
    /// Who ended it. Nobody has to say why.
    ended_by: SupportEndedBy,
    /// Whether they stay in touch.
    in_touch: Option<bool>,
    /// In words.
    words: Option<String>,
}

impl SupportNode {
    fn new(case: &CaseNode, view: SupportView) -> Option<Self> {
        let about: Vec<_> = case.reached(&view.persons).collect();
        let view = granted(case.mandate(), SUPPORT, &about, view, |view| &view.support)?;
        Some(Self { case: case.clone(), view })
    }

    fn about(&self) -> Vec<Subject> {
        self.case.reached(&self.view.persons).collect()
    }

    fn people(&self, persons: &[PersonId]) -> Vec<PersonNode> {
        persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    fn measure(&self, session: &Session<'_>, view: &MeasureView) -> Option<InformalMeasure> {
        let mandate = self.case.mandate();
        if !mandate.makes(&view.fact, MEASURE, &[Subject::Person(view.person)]) {
            return None;
        }
        let yes = |kept: &Option<projections::views::Kept<domain::personal::Personal<bool>>>| {
            personal(mandate, MEASURE, kept.as_ref()?).known().copied()
        };
        Some(InformalMeasure {
            day: Day(view.on),
            person: self.case.person(view.person),
            moment: view.moment.into(),
            benefit: yes(&view.benefit),
            formal_help: yes(&view.formal_help),
            words: view.words.as_ref().and_then(|kept| words(session, mandate, MEASURE, kept)),
        })
    }
}

/// Informal support: a support family, a buddy, a volunteer at home. Of the volunteer nothing is asked about the family.
#[Object(name = "InformalSupport")]
impl SupportNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.support.value)
    }

    /// Of which kind.
    async fn kind(&self) -> SupportKind {
        self.view.kind.into()
    }

    /// Whom it is for.
    async fn persons(&self) -> Vec<PersonNode> {
        self.people(&self.view.persons)
    }

    /// Who gives it.
    async fn volunteer(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), SUPPORT, &self.view.volunteer))
    }

    /// By way of which organisation.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.organisation.as_ref().and_then(|kept| words(&session, self.case.mandate(), SUPPORT, kept)))
    }

    /// What it is for, in the family's words.
    async fn question(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), SUPPORT, &self.view.question))
    }

    /// What the volunteer does, and what not.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.tasks.as_ref().and_then(|kept| words(&session, self.case.mandate(), SUPPORT, kept)))
    }

    /// The day of the match.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// House rules that were signed, each time.
    async fn house_rules(&self, ctx: &Context<'_>) -> Result<Vec<InformalHouseRules>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let seen = self.view.signed.iter().filter_map(|kept| plain(mandate, STEP, &self.about(), kept));
        let node = |SignedView { on, by, rules }: SignedView| InformalHouseRules {
            day: Day(on),
            signed_by: self.people(&by),
            rules: rules.and_then(|kept| words(&session, mandate, STEP, &kept)),
        };
        Ok(seen.map(node).collect())
    }

    /// The certificate of conduct (VOG) that was seen last. For the case director.
    async fn certificate(&self) -> Option<InformalCertificate> {
        let (seen, issued) = self.view.certificate.as_ref()?;
        let seen = plain(self.case.mandate(), CERTIFICATE, &self.about(), seen)?;
        let issued = personal(self.case.mandate(), CERTIFICATE, issued).known().map(|issued| Day(*issued));
        Some(InformalCertificate { seen: Day(seen), issued })
    }

    /// The trial.
    async fn trial(&self, ctx: &Context<'_>) -> Result<Option<InformalTrial>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let Some(trial) = &self.view.trial else { return Ok(None) };
        let Some(from) = plain(mandate, STEP, &self.about(), &trial.from) else { return Ok(None) };
        let evaluated = trial.evaluated.as_ref().and_then(|kept| plain(mandate, STEP, &self.about(), kept));
        Ok(Some(InformalTrial {
            from: Day(from),
            until: Day(trial.until),
            evaluated: evaluated.map(|(on, _)| Day(on)),
            outcome: evaluated.map(|(_, outcome)| outcome.into()),
            words: trial.words.as_ref().and_then(|kept| words(&session, mandate, STEP, kept)),
        }))
    }

    /// The terms for which it was agreed.
    async fn terms(&self, ctx: &Context<'_>) -> Result<Vec<InformalTerm>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let seen = self.view.terms.iter().filter_map(|kept| plain(mandate, STEP, &self.about(), kept));
        let node = |TermView { from, until, agreements }: TermView| InformalTerm {
            from: Day(from),
            until: Day(until),
            agreements: agreements.and_then(|kept| words(&session, mandate, STEP, &kept)),
        };
        Ok(seen.map(node).collect())
    }

    /// When it was looked at together.
    async fn reviews(&self, ctx: &Context<'_>) -> Result<Vec<InformalReview>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let seen = self.view.reviews.iter().filter_map(|kept| plain(mandate, STEP, &self.about(), kept));
        let node = |ReviewView { on, took_part, outcome, words: said, next }: ReviewView| InformalReview {
            day: Day(on),
            took_part: self.people(&took_part),
            outcome: outcome.into(),
            words: words(&session, mandate, STEP, &said),
            next: next.map(Day),
        };
        Ok(seen.map(node).collect())
    }

    /// What it does for each person, as far as it is for you.
    async fn measures(&self, ctx: &Context<'_>) -> Result<Vec<InformalMeasure>> {
        let session = Session::of(ctx)?;
        Ok(self.view.measures.iter().filter_map(|view| self.measure(&session, view)).collect())
    }

    /// How it ended. Absent while it goes on.
    async fn ended(&self, ctx: &Context<'_>) -> Result<Option<InformalEnd>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let seen = self.view.ended.as_ref().and_then(|kept| plain(mandate, STEP, &self.about(), kept));
        Ok(seen.map(|end| InformalEnd {
            last_day: Day(end.last_day),
            ended_by: end.by.into(),
            in_touch: end.in_touch,
            words: end.words.and_then(|kept| words(&session, mandate, STEP, &kept)),
        }))
    }
}
