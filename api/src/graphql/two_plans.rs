//! What goes with one plan becoming two: what was advised, heard, answered and wished, minimal shared agreements, what may be shared, and
//! each time before that the plans were apart.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::divorce::Shareable;
use domain::ids::{PersonId, Subject};
use domain::personal::Personal;
use domain::text::Text;
use projections::views::Kept;
use projections::views::two_plans::{
    AdvisedView, AgreementView, EarlierView, MarkView, SaidView, TwoPlansView, VisionView, WorkingApartView, two_plans,
};

use super::case::CaseNode;
use super::divorce::PLANS;
use super::enums::{SafeKind, SplitGround, TwoPlansAnswer, TwoPlansWish};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::Field;

const ADVICE: Field = Field::new("plans.twoPlans.advised", PLANS);
const VISION: Field = Field::new("plans.twoPlans.vision", PLANS);
const ANSWER: Field = Field::new("plans.twoPlans.answer", PLANS);
const WISH: Field = Field::new("plans.twoPlans.wish", PLANS);
const OPEN: Field = Field::new("plans.twoPlans.open", PLANS);
const PROFESSIONALS: Field = Field::new("plans.professionals", PLANS);
const AGREEMENT: Field = Field::new("plans.agreement", PLANS);
const MARK: Field = Field::new("plans.safeToShare", PLANS);
const EARLIER: Field = Field::new("plans.earlier", PLANS);

/// What goes with one plan becoming two.
pub struct TwoPlans {
    case: CaseNode,
    view: TwoPlansView,
}

impl TwoPlans {
    /// Of this case: what stands in it is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode, session: &Session<'_>) -> Self {
        Self { case: case.clone(), view: case.read(session, two_plans) }
    }

    /// Minimal shared agreements, those that ended too when asked for.
    pub(super) fn agreements(&self, ended: bool) -> Vec<AgreementNode> {
        let nodes = self.view.agreements.iter().filter_map(|view| AgreementNode::new(&self.case, view));
        nodes.filter(|node| ended || node.ended_on().is_none()).collect()
    }

    /// That the professionals work with a plan per household while a parent declines.
    pub(super) fn professionals(&self, session: &Session<'_>) -> Option<WorkingApart> {
        let view: &WorkingApartView = self.view.professionals.as_ref()?;
        let mandate = self.case.mandate();
        let since = plain(mandate, PROFESSIONALS, &[self.case.subject()], &view.on)?;
        Some(WorkingApart {
            since: Day(since),
            reason: words(session, mandate, PROFESSIONALS, &view.reason),
            invited: persons(&self.case, &view.invited),
        })
    }

    /// What is marked as safe to share.
    pub(super) fn marks(&self) -> Vec<SafeMark> {
        let mandate = self.case.mandate();
        let mark = |view: &MarkView| {
            let what = plain(mandate, MARK, &[self.case.subject()], &view.what)?;
            let (kind, id) = match what {
                Shareable::Director(worker) => (SafeKind::Director, id(worker)),
                Shareable::Goal(goal) => (SafeKind::Goal, id(goal)),
                Shareable::Action(action) => (SafeKind::Action, id(action)),
                Shareable::Agreement(agreement) => (SafeKind::Agreement, id(agreement)),
            };
            Some(SafeMark { kind, id, since: Day(view.on), by: WorkerNode::new(view.by, mandate.clone()) })
        };
        self.view.marks.iter().filter_map(mark).collect()
    }

    /// Each time before that the plans were apart.
    pub(super) fn earlier(&self, session: &Session<'_>) -> Vec<EarlierSplit> {
        let (mandate, about) = (self.case.mandate(), [self.case.subject()]);
        let earlier = |view: &EarlierView| {
            let since = plain(mandate, EARLIER, &about, &view.on)?;
            let until = plain(mandate, EARLIER, &about, &view.joined)?;
            Some(EarlierSplit {
                since: Day(since),
                ground: view.ground.into(),
                reason: words(session, mandate, EARLIER, &view.reason),
                joined_on: Day(until),
                why_joined: words(session, mandate, EARLIER, &view.why_joined),
                agreed: persons(&self.case, &view.agreed),
            })
        };
        self.view.earlier.iter().filter_map(earlier).collect()
    }

    fn said(&self, session: &Session<'_>, field: Field, kept: Option<&Kept<Personal<Text>>>) -> Option<String> {
        words(session, self.case.mandate(), field, kept?)
    }

    /// Something of one person on a day, as far as the viewer may know that.
    fn of_one(
        &self,
        field: Field,
        person: PersonId,
        on: &Kept<domain::time::CivilDay>,
    ) -> Option<(Day, Option<PersonNode>)> {
        let day = plain(self.case.mandate(), field, &[Subject::Person(person)], on)?;
        Some((Day(day), self.case.person(person)))
    }
}

fn persons(case: &CaseNode, persons: &[PersonId]) -> Vec<PersonNode> {
    persons.iter().filter_map(|person| case.person(*person)).collect()
}

/// That two plans were advised.
#[derive(SimpleObject)]
pub struct TwoPlansAdvice {
    /// The day.
    day: Day,
    /// The question to the divorce advice team (SAT) that it rests on.
    sat_request_id: Option<ID>,
    /// The advice.
    words: Option<String>,
}

/// That somebody heard the vision of two households, two plans.
#[derive(SimpleObject)]
pub struct VisionHeard {
    /// The day.
    day: Day,
    /// Who.
    person: Option<PersonNode>,
    /// What that person said, in their words.
    said: Option<String>,
    /// What it did to them.
    effect: Option<String>,
}

/// What a parent answered to the offer of two plans.
#[derive(SimpleObject)]
pub struct TwoPlansAnswerGiven {
    /// The day.
    day: Day,
    /// Who.
    person: Option<PersonNode>,
    /// What.
    answer: Option<TwoPlansAnswer>,
    /// In their words.
    words: Option<String>,
}

/// Whether a parent wishes two plans.
#[derive(SimpleObject)]
pub struct TwoPlansWishSaid {
    /// The day.
    day: Day,
    /// Who.
    person: Option<PersonNode>,
    /// What.
    wish: Option<TwoPlansWish>,
    /// In their words.
    words: Option<String>,
}

/// What stays open before two plans on the ground of recognition. For the case director and deputy.
#[derive(SimpleObject)]
pub struct TwoPlansStillOpen {
    /// Whether a complex divorce is recognised.
    recognised: bool,
    /// Whether each parent and each child heard the vision.
    vision_known: bool,
    /// Which parents and children have not heard the vision yet.
    still_to_hear: Vec<PersonNode>,
    /// Which parents have not accepted.
    still_to_accept: Vec<PersonNode>,
}

/// That the professionals work with a plan per household while a parent declines.
#[derive(SimpleObject)]
pub struct WorkingApart {
    /// From this day on.
    since: Day,
    /// Why, in the case director's words.
    reason: Option<String>,
    /// The parents who decline and stay invited.
    invited: Vec<PersonNode>,
}

/// Something that the case director marked as safe to share: it gives away nobody who must not be found.
#[derive(SimpleObject)]
pub struct SafeMark {
    /// What kind of thing.
    kind: SafeKind,
    /// Which.
    id: ID,
    /// From this day on.
    since: Day,
    /// Who said so.
    by: WorkerNode,
}

/// A time before that there was a plan per household.
#[derive(SimpleObject)]
pub struct EarlierSplit {
    /// From this day on.
    since: Day,
    /// On what it rested.
    ground: SplitGround,
    /// Why, in the case director's words.
    reason: Option<String>,
    /// The day from which there was one plan again.
    joined_on: Day,
    /// Why the plans were joined.
    why_joined: Option<String>,
    /// The parents who agreed to that.
    agreed: Vec<PersonNode>,
}

/// What goes before two plans: advised, never imposed.
#[Object(name = "TwoPlans")]
impl TwoPlans {
    /// When two plans were advised.
    async fn advised(&self, ctx: &Context<'_>) -> Result<Vec<TwoPlansAdvice>> {
        let session = Session::of(ctx)?;
        let node = |view: &AdvisedView| {
            let day = plain(self.case.mandate(), ADVICE, &[self.case.subject()], &view.on)?;
            let words = self.said(&session, ADVICE, Some(&view.words));
            Some(TwoPlansAdvice { day: Day(day), sat_request_id: view.review.map(id), words })
        };
        Ok(self.view.advised.iter().filter_map(node).collect())
    }

    /// With whom the vision was shared, each time: it needs to sink in.
    async fn visions(&self, ctx: &Context<'_>) -> Result<Vec<VisionHeard>> {
        let session = Session::of(ctx)?;
        let node = |view: &VisionView| {
            let (day, person) = self.of_one(VISION, view.person, &view.on)?;
            let said = self.said(&session, VISION, view.said.as_ref());
            Some(VisionHeard { day, person, said, effect: self.said(&session, VISION, view.effect.as_ref()) })
        };
        Ok(self.view.visions.iter().filter_map(node).collect())
    }

    /// What each parent answered to the offer, each time: a no stays beside a later yes.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<TwoPlansAnswerGiven>> {
        let session = Session::of(ctx)?;
        let node = |view: &SaidView<domain::divorce::OfferAnswer>| {
            let (day, person) = self.of_one(ANSWER, view.person, &view.on)?;
            let answer = personal(self.case.mandate(), ANSWER, &view.said).known().copied().map(Into::into);
            let words = self.said(&session, ANSWER, view.words.as_ref());
            Some(TwoPlansAnswerGiven { day, person, answer, words })
        };
        Ok(self.view.answers.iter().filter_map(node).collect())
    }

    /// Which parents said to wish two plans, or to wish them no longer, each time.
    async fn wishes(&self, ctx: &Context<'_>) -> Result<Vec<TwoPlansWishSaid>> {
        let session = Session::of(ctx)?;
        let node = |view: &SaidView<domain::divorce::Wish>| {
            let (day, person) = self.of_one(WISH, view.person, &view.on)?;
            let wish = personal(self.case.mandate(), WISH, &view.said).known().copied().map(Into::into);
            let words = self.said(&session, WISH, view.words.as_ref());
            Some(TwoPlansWishSaid { day, person, wish, words })
        };
        Ok(self.view.wishes.iter().filter_map(node).collect())
    }

    /// What stays open before two plans on the ground of recognition. Absent: not for you to know.
    async fn still_open(&self) -> Option<TwoPlansStillOpen> {
        let open = plain(self.case.mandate(), OPEN, &[self.case.subject()], &self.view.open)?;
        Some(TwoPlansStillOpen {
            recognised: !open.unrecognised,
            vision_known: open.vision_known(),
            still_to_hear: persons(&self.case, &open.to_hear),
            still_to_accept: persons(&self.case, &open.to_accept),
        })
    }
}

/// A minimal shared agreement.
pub struct AgreementNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<AgreementView>,
}

impl AgreementNode {
    /// For whoever may know of it.
    pub(super) fn new(case: &CaseNode, view: &AgreementView) -> Option<Self> {
        let about: Vec<_> =
            std::iter::once(case.subject()).chain(view.between.iter().copied().map(Subject::Person)).collect();
        let view = granted(case.mandate(), AGREEMENT, &about, view.clone(), |view| &view.agreement)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn ended_on(&self) -> Option<Day> {
        plain(self.case.mandate(), AGREEMENT, &self.about, self.view.ended.as_ref()?).map(Day)
    }

    /// About what, and by which way, when the viewer may read both.
    pub(super) fn said(&self, session: &Session<'_>) -> Option<(String, String)> {
        let read = |kept| words(session, self.case.mandate(), AGREEMENT, kept);
        Some((read(&self.view.topic)?, read(&self.view.channel)?))
    }
}

/// A minimal shared agreement between households: one topic, and the channel by which they tell each other.
#[Object(name = "SharedAgreement")]
impl AgreementNode {
    /// Names the agreement.
    async fn id(&self) -> ID {
        id(self.view.agreement.value)
    }

    /// From this day on.
    async fn since(&self) -> Day {
        Day(self.view.on)
    }

    /// About what.
    async fn topic(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), AGREEMENT, &self.view.topic))
    }

    /// By which way the households tell each other.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), AGREEMENT, &self.view.channel))
    }

    /// Whom it binds.
    async fn between(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.between)
    }

    /// The day it ended.
    async fn ended(&self) -> Option<Day> {
        self.ended_on()
    }

    /// More about how it ended.
    async fn ended_because(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), AGREEMENT, kept)))
    }
}
