//! Questions to a divorce advice team (SAT) as somebody may see them: what was asked, who accepted, what was advised and how that was
//! answered. The queue of a team and its review of one question stand beside it.

mod queue;
mod review;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::fact::Fact;
use domain::ids::{ReviewId, Revision, Subject, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;
use projections::views::Kept;
use projections::views::advice::{AdviceView, ModeView};
use projections::views::divorce::{AcceptedView, ReviewView};

pub use self::queue::SatQuery;
use super::case::CaseNode;
use super::enums::{SatEnd, SatMode, SatTrack};
use super::escalation::{EscalationKind, EscalationPoint};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, organisation, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What questions to a divorce advice team are about, for the policy.
const TOPIC: Topic = Topic::Sat;

const REVIEW: Field = Field::new("divorce.satRequest", TOPIC);
const QUESTION: Field = Field::new("divorce.satRequest.question", TOPIC);
const ACCEPTED: Field = Field::new("divorce.satRequest.accepted", TOPIC);
const ADVICE: Field = Field::new("divorce.satRequest.advice", TOPIC);
const ENDED: Field = Field::new("divorce.satRequest.ended", TOPIC);

fn worker(case: &CaseNode, worker: WorkerId) -> WorkerNode {
    WorkerNode::new(worker, case.mandate().clone())
}

/// Questions that the viewer may know of, in the order asked.
pub fn requests(session: &Session<'_>, case: &CaseNode) -> Vec<SatRequestNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    let reviews = case.divorce_view(session).reviews.iter().cloned();
    reviews.filter_map(|view| SatRequestNode::new(case, view)).collect()
}

/// One question, to who may know of it.
fn request(session: &Session<'_>, case: &CaseNode, review: ReviewId) -> Option<SatRequestNode> {
    requests(session, case).into_iter().find(|request| request.view.review.value == review)
}

/// A question to a divorce advice team.
pub struct SatRequestNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ReviewView>,
}

impl SatRequestNode {
    /// A question, for who may know that it was asked.
    fn new(case: &CaseNode, view: ReviewView) -> Option<Self> {
        let about: Vec<Subject> = std::iter::once(case.subject()).chain(case.reached(&view.scope)).collect();
        let view = granted(case.mandate(), REVIEW, &about, view, |view| &view.review)?;
        Some(Self { case: case.clone(), about, view })
    }

    /// What of the question stands on the axis of the escalation view: asked, accepted, advised and answered, when the team was there in
    /// another way, and that somebody ended it. One that was answered is over by its answer.
    pub fn points(&self) -> Vec<EscalationPoint> {
        let asked = EscalationPoint::new(EscalationKind::SatRequested, Day(self.view.asked), self.view.review.fact);
        let accepted = self.accepted().zip(self.view.accepted.as_ref());
        let accepted =
            accepted.map(|(seen, kept)| EscalationPoint::new(EscalationKind::SatAccepted, Day(seen.on), kept.fact));
        let ended = self.view.ended.as_ref();
        let ended = ended.and_then(|kept| {
            let seen = plain(self.case.mandate(), ENDED, &self.about, kept)?;
            let point = EscalationPoint::new(EscalationKind::SatEnded, Day(seen.on), kept.fact);
            Some(point.ended_so(seen.reason.into()))
        });
        let became = self.advice_points().into_iter().chain(self.mode_points());
        std::iter::once(asked).chain(accepted).chain(became).chain(ended).collect()
    }

    /// Each advice, and how it was answered.
    fn advice_points(&self) -> Vec<EscalationPoint> {
        let (mandate, about) = (self.case.mandate(), &self.about);
        let points = |kept: &Kept<AdviceView>| {
            let view = plain(mandate, ADVICE, about, kept)?;
            let given = EscalationPoint::new(EscalationKind::SatAdvised, Day(view.on), kept.fact);
            let answered = view.answer.as_ref().and_then(|kept| {
                let answer = plain(mandate, ADVICE, about, kept)?;
                let point = EscalationPoint::new(EscalationKind::SatAnswered, Day(answer.on), kept.fact);
                Some(point.answered(answer.follows))
            });
            Some(std::iter::once(given).chain(answered))
        };
        self.view.became.advices.iter().filter_map(points).flatten().collect()
    }

    /// When the team began to speak with people itself or stepped in, by the day looked at, and the last day of that once it has come.
    fn mode_points(&self) -> Vec<EscalationPoint> {
        let (mandate, about, day) = (self.case.mandate(), &self.about, self.case.day());
        let points = |kept: &Kept<ModeView>| {
            let view = plain(mandate, ACCEPTED, about, kept)?;
            let (mode, until) = (SatMode::from(view.mode), view.until.map(Day));
            let begun = EscalationPoint::new(EscalationKind::SatModeBegun, Day(view.from), kept.fact);
            let over = view.ended.as_ref().filter(|last| last.value <= day).and_then(|last| {
                let on = plain(mandate, ACCEPTED, about, last)?;
                let point = EscalationPoint::new(EscalationKind::SatModeEnded, Day(on), last.fact);
                Some(point.in_mode(mode, None))
            });
            Some(std::iter::once(begun.in_mode(mode, until)).chain(over))
        };
        let begun = |kept: &&Kept<ModeView>| kept.value.from <= day;
        self.view.became.modes.iter().filter(begun).filter_map(points).flatten().collect()
    }

    fn accepted(&self) -> Option<AcceptedView> {
        plain(self.case.mandate(), ACCEPTED, &self.about, self.view.accepted.as_ref()?)
    }

    fn persons(&self, persons: &[domain::ids::PersonId]) -> Vec<PersonNode> {
        persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }
}

impl SatRequestNode {
    fn advice(&self, session: &Session<'_>, view: &AdviceView) -> SatAdvice {
        let said = |kept: &Kept<Personal<Text>>| words(session, self.case.mandate(), ADVICE, kept);
        let answer = view.answer.as_ref().and_then(|kept| plain(self.case.mandate(), ADVICE, &self.about, kept));
        SatAdvice {
            id: id(view.advice),
            advisor: worker(&self.case, view.advisor),
            day: Day(view.on),
            case_on: self.recorded_on(view.position).map(Day),
            recommended: view.recommended.map(Into::into),
            conditions: view.conditions.iter().filter_map(said).collect(),
            words: said(&view.words),
            answer: answer.map(|answer| SatAnswer {
                day: Day(answer.on),
                follows: answer.follows,
                reason: answer.reason.as_ref().and_then(said),
                by: worker(&self.case, answer.by),
                told: answer.told.map(|told| worker(&self.case, told)),
            }),
        }
    }

    /// The day of the fact up to which the advisor saw the case.
    fn recorded_on(&self, position: Revision) -> Option<CivilDay> {
        let place = usize::try_from(position.number()).ok()?;
        self.case.history().facts().get(place).map(Fact::recorded_day)
    }
}

/// That an advisor said *not me*.
#[derive(SimpleObject)]
pub struct SatNotMe {
    /// The advisor.
    advisor: WorkerNode,
    /// The day.
    day: Day,
    /// Why.
    reason: Option<String>,
}

/// An advice of a divorce advice team, on the case exactly as the advisor saw it.
#[derive(SimpleObject)]
pub struct SatAdvice {
    /// Names the advice.
    id: ID,
    /// The advisor.
    advisor: WorkerNode,
    /// The day.
    day: Day,
    /// The case as the advisor saw it: up to a fact that was recorded on this day. Of an anonymous question, the question itself.
    case_on: Option<Day>,
    /// Which track is recommended.
    recommended: Option<SatTrack>,
    /// On which conditions.
    conditions: Vec<String>,
    /// The advice.
    words: Option<String>,
    /// How who asked answered it. Absent while nobody did.
    answer: Option<SatAnswer>,
}

/// How an advice was answered.
#[derive(SimpleObject)]
pub struct SatAnswer {
    /// The day.
    day: Day,
    /// Whether it is followed; else departed from, with a reason.
    follows: bool,
    /// Why.
    reason: Option<String>,
    /// Who answered.
    by: WorkerNode,
    /// The case director who is told.
    told: Option<WorkerNode>,
}

/// That a team speaks with people itself, or steps in.
#[derive(SimpleObject)]
pub struct SatModeHeld {
    /// In which way.
    mode: SatMode,
    /// First day.
    since: Day,
    /// Last day. An intervention always has one.
    until: Option<Day>,
    /// With whom.
    persons: Vec<PersonNode>,
}

/// How a question to a divorce advice team ended.
#[derive(SimpleObject)]
pub struct SatEnding {
    /// The day; from then on there is no access.
    day: Day,
    /// How.
    reason: SatEnd,
    /// More about it.
    explanation: Option<String>,
}

/// A question to a divorce advice team (SAT): asked anonymously, or about those whose consent stands.
#[Object(name = "SatRequest")]
impl SatRequestNode {
    /// Names the question.
    async fn id(&self) -> ID {
        id(self.view.review.value)
    }

    /// Which team, by its short name.
    async fn team(&self) -> String {
        organisation(&self.view.team)
    }

    /// The day it was asked.
    async fn asked_on(&self) -> Day {
        Day(self.view.asked)
    }

    /// The question. While somebody of the case must not be found, for the case director and deputy only.
    async fn question(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), QUESTION, &self.view.question))
    }

    /// Whether nobody is named.
    async fn anonymous(&self) -> bool {
        self.view.anonymous
    }

    /// Those whose part was given. Whoever withdraws the consent closes that part at once. For an advisor from the day of acceptance on.
    async fn scope(&self) -> Vec<PersonNode> {
        self.persons(&self.view.scope)
    }

    /// Those whose part was kept back, for want of consent: not for those who were asked.
    async fn withheld(&self) -> Vec<PersonNode> {
        let withheld = plain(self.case.mandate(), REVIEW, &self.about, &self.view.withheld);
        self.persons(&withheld.unwrap_or_default())
    }

    /// The advisor who accepted.
    async fn accepted_by(&self) -> Option<WorkerNode> {
        self.accepted().map(|accepted| worker(&self.case, accepted.advisor))
    }

    /// The day from which the advisor has access.
    async fn accepted_on(&self) -> Option<Day> {
        self.accepted().map(|accepted| Day(accepted.on))
    }

    /// The last day of that access at the latest.
    async fn until(&self) -> Option<Day> {
        self.accepted()?.until.map(Day)
    }

    /// Who asked.
    async fn asked_by(&self) -> Option<WorkerNode> {
        let asked = plain(self.case.mandate(), REVIEW, &self.about, &self.view.became.asked_by);
        asked.map(|by| worker(&self.case, by))
    }

    /// Whether the duo of a `DOnS` trajectory asked: then either of the two answers.
    async fn asked_by_duo(&self) -> bool {
        self.view.became.asked_by_duo
    }

    /// The last day on which an advisor accepts in time. Absent once that does not wait.
    async fn accept_by(&self) -> Option<Day> {
        self.view.became.accept_by.map(Day)
    }

    /// The last day on which the team advises in time. Absent once that does not wait.
    async fn advise_by(&self) -> Option<Day> {
        self.view.became.advise_by.map(Day)
    }

    /// Who said *not me*: the question stays open for the others of the team.
    async fn not_me(&self, ctx: &Context<'_>) -> Result<Vec<SatNotMe>> {
        let session = Session::of(ctx)?;
        let seen = |kept| plain(self.case.mandate(), ACCEPTED, &self.about, kept);
        let said = self.view.became.not_me.iter().filter_map(seen).map(|said| SatNotMe {
            advisor: worker(&self.case, said.advisor),
            day: Day(said.on),
            reason: said.reason.as_ref().and_then(|kept| words(&session, self.case.mandate(), ADVICE, kept)),
        });
        Ok(said.collect())
    }

    /// What was advised, in the order told, and how it was answered.
    async fn advices(&self, ctx: &Context<'_>) -> Result<Vec<SatAdvice>> {
        let session = Session::of(ctx)?;
        let seen = |kept| plain(self.case.mandate(), ADVICE, &self.about, kept);
        Ok(self.view.became.advices.iter().filter_map(seen).map(|view| self.advice(&session, &view)).collect())
    }

    /// In which way the team is there on the day looked at.
    async fn mode(&self) -> SatMode {
        self.view.became.mode.into()
    }

    /// Direct contact and interventions, in the order told.
    async fn modes(&self) -> Vec<SatModeHeld> {
        let seen = |kept| plain(self.case.mandate(), ACCEPTED, &self.about, kept);
        let held = self.view.became.modes.iter().filter_map(seen).map(|view| SatModeHeld {
            mode: view.mode.into(),
            since: Day(view.from),
            until: view.until.map(Day),
            persons: self.persons(&view.persons),
        });
        held.collect()
    }

    /// How it ended.
    async fn ended(&self, ctx: &Context<'_>) -> Result<Option<SatEnding>> {
        let session = Session::of(ctx)?;
        let Some(kept) = &self.view.ended else { return Ok(None) };
        let seen = plain(self.case.mandate(), ENDED, &self.about, kept);
        Ok(seen.map(|ended| SatEnding {
            day: Day(ended.on),
            reason: ended.reason.into(),
            explanation: ended.explanation.as_ref().and_then(|kept| words(&session, self.case.mandate(), ENDED, kept)),
        }))
    }
}
