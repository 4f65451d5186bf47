//! Conferences: why one was called, who was asked, who came, who decided and who informed, what was agreed.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{PersonId, Subject};
use domain::plan::Owner;
use domain::regie::Agreed;
use projections::views::Kept;
use projections::views::conferences::{
    AttendeeView, ConferenceView, GuestView, HeardView, HeldView, NotResumedView, PointView, StoppedView, conferences,
};

use super::case::CaseNode;
use super::enums::{ConferenceKind, ConferencePart};
use super::people::PersonNode;
use super::plans::{ActionOwner, Responsibility, ResponsibilityKind};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, organisation, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What conferences are about, for the policy.
pub const TOPIC: Topic = Topic::Conference;

const CONFERENCE: Field = Field::new("conference", TOPIC);
const WORDS: Field = Field::new("conference.words", TOPIC);
const CONSENT: Field = Field::new("conference.consent", TOPIC);
const HELD: Field = Field::new("conference.held", TOPIC);
const STOPPED: Field = Field::new("conference.stopped", TOPIC);
const HEARD: Field = Field::new("conference.heard", TOPIC);
const RESUMED: Field = Field::new("conference.resumed", TOPIC);
const NOT_RESUMED: Field = Field::new("conference.notResumed", TOPIC);

/// Conferences that the viewer may know of.
pub fn called(session: &Session<'_>, case: &CaseNode) -> Vec<ConferenceNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, conferences).into_iter().filter_map(|view| ConferenceNode::new(case, view)).collect()
}

/// What was agreed in conferences that the viewer may know of, as lines of the responsibility board: in the order of the conferences.
pub fn agreed(session: &Session<'_>, case: &CaseNode) -> Vec<Responsibility> {
    let held = |conference: ConferenceNode| conference.held_node().into_iter().chain(conference.resumed_node());
    called(session, case).into_iter().flat_map(held).flat_map(|held| held.responsibilities(session)).collect()
}

/// Somebody of the family or network, or a professional, or somebody from outside: exactly one of these.
pub struct Who {
    pub person: Option<PersonNode>,
    pub worker: Option<WorkerNode>,
    pub outside: Option<String>,
}

impl Who {
    /// As the viewer may see them.
    pub fn of(session: &Session<'_>, case: &CaseNode, field: Field, view: &AttendeeView) -> Self {
        let nobody = Self { person: None, worker: None, outside: None };
        match view {
            AttendeeView::Person(person) => Self { person: case.person(*person), ..nobody },
            AttendeeView::Worker(worker) => {
                Self { worker: Some(WorkerNode::new(*worker, case.mandate().clone())), ..nobody }
            }
            AttendeeView::Outside(who) => Self { outside: words(session, case.mandate(), field, who), ..nobody },
        }
    }
}

/// What somebody of the family said about somebody being there.
#[derive(SimpleObject)]
pub struct ConferenceWord {
    /// Who was asked.
    person: Option<PersonNode>,
    /// Whether they agree. Absent while there is no answer.
    agrees: Option<bool>,
}

/// Somebody who is asked to come to a conference, or came.
#[derive(SimpleObject)]
pub struct ConferenceGuest {
    /// Somebody of the family or its network.
    person: Option<PersonNode>,
    /// A professional.
    worker: Option<WorkerNode>,
    /// Somebody else who comes for an organisation.
    outside: Option<String>,
    /// Decides or informs.
    part: ConferencePart,
    /// What the family said about this one being there.
    consents: Vec<ConferenceWord>,
    /// Of whoever left before the end: how that went.
    left_early: Option<String>,
    /// For which organisation this one comes, by its short name.
    organisation: Option<String>,
}

/// Something that was agreed in a conference.
#[derive(SimpleObject)]
pub struct ConferencePoint {
    /// What.
    what: Option<String>,
    /// Who of the family or its network decided it.
    decided_by: Vec<PersonNode>,
    /// Which professionals decided it. In a network meeting the family decides: this shows as a departure.
    decided_by_workers: Vec<WorkerNode>,
    /// Who of the family or its network does it.
    owner: Option<PersonNode>,
    /// Which professional does it.
    owner_worker: Option<WorkerNode>,
    /// Whether nobody does it yet (nog niemand).
    nobody_yet: bool,
    /// By which day.
    by: Option<Day>,
}

/// Who will hear whom.
#[derive(SimpleObject)]
pub struct ConferenceHearing {
    /// Who is heard.
    person: Option<PersonNode>,
    /// By which colleague.
    listener: WorkerNode,
}

fn guest(session: &Session<'_>, case: &CaseNode, field: Field, view: &GuestView) -> ConferenceGuest {
    let Who { person, worker, outside } = Who::of(session, case, field, &view.who);
    let consents = view.words.iter().map(|word| ConferenceWord {
        person: case.person(word.person),
        agrees: word.agrees.as_ref().and_then(|kept| personal(case.mandate(), CONSENT, kept).known().copied()),
    });
    let left_early = view.left_early.as_ref().and_then(|kept| words(session, case.mandate(), field, kept));
    let organisation = view.organisation.as_ref().map(organisation);
    ConferenceGuest {
        person,
        worker,
        outside,
        part: view.part.into(),
        consents: consents.collect(),
        left_early,
        organisation,
    }
}

/// A conference.
pub struct ConferenceNode {
    case: CaseNode,
    view: Granted<ConferenceView>,
}

impl ConferenceNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ConferenceView) -> Option<Self> {
        let about = persons(&view.about);
        let view = granted(case.mandate(), CONFERENCE, &about, view, |view| &view.conference)?;
        Some(Self { case: case.clone(), view })
    }

    fn about(&self) -> Vec<Subject> {
        persons(&self.view.about)
    }

    fn held_node(&self) -> Option<HeldNode> {
        let kept = self.view.held.clone()?;
        let view = granted(self.case.mandate(), HELD, &self.about(), kept, |kept| kept)?;
        Some(HeldNode { case: self.case.clone(), view })
    }

    fn resumed_node(&self) -> Option<HeldNode> {
        let kept = self.view.resumed.clone()?;
        let view = granted(self.case.mandate(), RESUMED, &self.about(), kept, |kept| kept)?;
        Some(HeldNode { case: self.case.clone(), view })
    }
}

fn persons(ids: &[PersonId]) -> Vec<Subject> {
    ids.iter().copied().map(Subject::Person).collect()
}

/// A conference: a network meeting (netwerkberaad), in which the family decides and professionals inform, or a consultation of several
/// parties (MDO). One that derails is stopped; each is then heard apart by a different colleague, and it goes on with those there.
#[Object(name = "Conference")]
impl ConferenceNode {
    /// Names the conference.
    async fn id(&self) -> ID {
        id(self.view.conference.value)
    }

    /// Names the fact that it was called: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.conference.fact)
    }

    /// Which kind.
    async fn kind(&self) -> ConferenceKind {
        self.view.kind.into()
    }

    /// The day on which it was called.
    async fn called(&self) -> Day {
        Day(self.view.called)
    }

    /// The occasion.
    async fn occasion(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), WORDS, &self.view.occasion))
    }

    /// The purpose.
    async fn purpose(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.purpose.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// What it is to yield.
    async fn expected(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.expected.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// About whom of the case.
    #[graphql(name = "about")]
    async fn about_whom(&self) -> Vec<PersonNode> {
        self.view.about.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Who is asked.
    async fn invited(&self, ctx: &Context<'_>) -> Result<Vec<ConferenceGuest>> {
        let session = Session::of(ctx)?;
        Ok(self.view.invited.iter().map(|view| guest(&session, &self.case, WORDS, view)).collect())
    }

    /// Who keeps the peace (bemiddelaar in de kring).
    async fn peacemaker(&self) -> Option<PersonNode> {
        self.case.person(self.view.peacemaker?)
    }

    /// The day for which it is planned.
    async fn planned(&self) -> Option<Day> {
        self.view.planned.map(Day)
    }

    /// Who leads it.
    async fn led_by(&self) -> Option<WorkerNode> {
        self.view.led_by.map(|worker| WorkerNode::new(worker, self.case.mandate().clone()))
    }

    /// Organisations for which more than one of those asked comes, by their short names: colleagues who may not know of each other.
    async fn organisations_twice(&self) -> Vec<String> {
        self.view.twice_there.iter().map(organisation).collect()
    }

    /// After a stop: who was heard apart, as far as it is for you.
    async fn heard(&self) -> Vec<HeardNode> {
        let heard = |view: &HeardView| {
            let about = [Subject::Person(view.person)];
            let view = granted(self.case.mandate(), HEARD, &about, view.clone(), |view| &view.fact)?;
            Some(HeardNode { case: self.case.clone(), view })
        };
        self.view.heard.iter().filter_map(heard).collect()
    }

    /// After a stop: that it went on. Absent while it did not.
    async fn resumed(&self) -> Option<HeldNode> {
        self.resumed_node()
    }

    /// After a stop: that it will not go on.
    async fn not_resumed(&self, ctx: &Context<'_>) -> Result<Option<ConferenceNotResumed>> {
        let session = Session::of(ctx)?;
        let kept = self.view.not_resumed.as_ref();
        let ended = kept.and_then(|kept| plain(self.case.mandate(), NOT_RESUMED, &self.about(), kept));
        Ok(ended.map(|NotResumedView { day, reason }| ConferenceNotResumed {
            day: Day(day),
            reason: words(&session, self.case.mandate(), NOT_RESUMED, &reason),
        }))
    }

    /// That it was held. Absent while it was not.
    async fn held(&self) -> Option<HeldNode> {
        self.held_node()
    }

    /// That it was stopped because it derailed.
    async fn stopped(&self) -> Option<StoppedNode> {
        let kept = self.view.stopped.clone()?;
        let view = granted(self.case.mandate(), STOPPED, &self.about(), kept, |kept| kept)?;
        Some(StoppedNode { case: self.case.clone(), view })
    }
}

/// That a stopped conference will not go on.
#[derive(SimpleObject)]
pub struct ConferenceNotResumed {
    /// The day on which that was said.
    day: Day,
    /// Why.
    reason: Option<String>,
}

/// That somebody was heard apart.
pub struct HeardNode {
    case: CaseNode,
    view: Granted<HeardView>,
}

/// That somebody was heard apart after a conference was stopped. What was said is that person's own.
#[Object(name = "HeardApart")]
impl HeardNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// Who.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// By which colleague.
    async fn listener(&self) -> WorkerNode {
        WorkerNode::new(self.view.listener, self.case.mandate().clone())
    }

    /// What came up, in the person's words.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), HEARD, kept)))
    }
}

/// That a conference was held, or went on.
pub struct HeldNode {
    case: CaseNode,
    view: Granted<Kept<HeldView>>,
}

impl HeldNode {
    /// What was agreed, with who does it and by when. Whether the day has passed is all that is known of it afterwards.
    fn responsibilities(&self, session: &Session<'_>) -> Vec<Responsibility> {
        let line = |view: &PointView| Responsibility {
            due: view.by.map(Day),
            overdue: view.by.is_some_and(|by| by < self.case.day()),
            agreed: Some(self.point(session, view)),
            ..Responsibility::of(ResponsibilityKind::Agreement, Some(ActionOwner::of(&self.case, view.owner)))
        };
        self.view.value.agreed.iter().map(line).collect()
    }

    fn point(&self, session: &Session<'_>, view: &PointView) -> ConferencePoint {
        let mandate = self.case.mandate();
        let worker = |worker| WorkerNode::new(worker, mandate.clone());
        let (mut decided_by, mut decided_by_workers) = (Vec::new(), Vec::new());
        for by in &view.decided_by {
            match by {
                Agreed::Person(person) => decided_by.extend(self.case.person(*person)),
                Agreed::Worker(by) => decided_by_workers.push(worker(*by)),
            }
        }
        ConferencePoint {
            what: words(session, mandate, HELD, &view.what),
            decided_by,
            decided_by_workers,
            owner: view.owner.person().and_then(|person| self.case.person(person)),
            owner_worker: view.owner.worker().map(worker),
            nobody_yet: view.owner == Owner::Nobody,
            by: view.by.map(Day),
        }
    }
}

/// That a conference was held, or went on after a stop.
#[Object(name = "HeldConference")]
impl HeldNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.value.day)
    }

    /// Who came.
    async fn came(&self, ctx: &Context<'_>) -> Result<Vec<ConferenceGuest>> {
        let session = Session::of(ctx)?;
        Ok(self.view.value.came.iter().map(|view| guest(&session, &self.case, HELD, view)).collect())
    }

    /// Who kept the peace (bemiddelaar in de kring).
    async fn peacemaker(&self) -> Option<PersonNode> {
        self.case.person(self.view.value.peacemaker?)
    }

    /// What was agreed.
    async fn agreed(&self, ctx: &Context<'_>) -> Result<Vec<ConferencePoint>> {
        let session = Session::of(ctx)?;
        Ok(self.view.value.agreed.iter().map(|view| self.point(&session, view)).collect())
    }

    /// About whom nothing was discussed: they were asked along and have not answered.
    async fn not_discussed(&self) -> Vec<PersonNode> {
        self.view.value.not_discussed.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Of one that went on after a stop: the colleagues who listened and were not there. A warning.
    async fn listeners_missing(&self) -> Vec<WorkerNode> {
        let missing = self.view.value.listeners_missing.iter();
        missing.map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// What it yielded, in a sentence.
    #[graphql(name = "yielded")]
    async fn in_a_sentence(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), HELD, &self.view.value.words))
    }
}

/// That a conference was stopped.
pub struct StoppedNode {
    case: CaseNode,
    view: Granted<Kept<StoppedView>>,
}

/// That a conference was stopped because it derailed: each is heard by a different colleague.
#[Object(name = "StoppedConference")]
impl StoppedNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.value.day)
    }

    /// What happened.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), STOPPED, &self.view.value.reason))
    }

    /// Who stopped it.
    async fn stopped_by(&self) -> WorkerNode {
        WorkerNode::new(self.view.value.stopped_by, self.case.mandate().clone())
    }

    /// Who will hear whom, by what was planned last.
    async fn hearings(&self) -> Vec<ConferenceHearing> {
        let hearings = self.view.value.hearings.iter();
        let hearing = |hearing: &domain::conference::Hearing| ConferenceHearing {
            person: self.case.person(hearing.person),
            listener: WorkerNode::new(hearing.listener, self.case.mandate().clone()),
        };
        hearings.map(hearing).collect()
    }

    /// The day for which it is planned to go on.
    async fn resumes(&self) -> Option<Day> {
        self.view.value.resumes.map(Day)
    }
}
