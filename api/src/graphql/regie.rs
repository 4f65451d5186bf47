//! Regie of a case: who directs, who stands in, who takes part, and what is open.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Union};
use domain::fact::Organisation;
use domain::ids::{Subject, WorkerId};
use domain::regie::Gap;
use projections::views::Kept;
use projections::views::regie::{
    DeputyView, DirectorView, FamilyWordView, HandedBackView, HandoverEnd, HandoverView, PartyView, RegieView, ToldView,
};

use super::case::CaseNode;
use super::enums::RegieTask;
use super::people::PersonNode;
use super::scalars::{Day, Moment};
use super::session::Session;
use super::show::{EVERYONE, Granted, granted, granted_to, id, knows, last_day, organisation, personal, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

const REGIE: Field = Field::new("regie", Topic::Regie);
const DIRECTOR: Field = Field::new("regie.director", Topic::Regie);
const AGREED: Field = Field::new("regie.director.agreedBy", Topic::Regie);
const DEPUTY: Field = Field::new("regie.deputy", Topic::Regie);
const FAMILY_TOLD: Field = Field::new("regie.deputy.familyTold", Topic::Regie);
const PARTIES: Field = Field::new("regie.parties", Topic::Regie);
const GAP: Field = Field::new("regie.gap", Topic::Regie);
const HANDED_BACK: Field = Field::new("regie.handedBack", Topic::Regie);
const HANDOVER: Field = Field::new("regie.handover", Topic::Handover);
const FAMILY_WORD: Field = Field::new("regie.handover.familyWord", Topic::Handover);

fn worker(case: &CaseNode, worker: WorkerId) -> WorkerNode {
    WorkerNode::new(worker, case.mandate().clone())
}

fn tasks(tasks: &[domain::regie::RegieTask]) -> Vec<RegieTask> {
    tasks.iter().map(|task| (*task).into()).collect()
}

/// Who directs, who stands in, who takes part, and what is open.
pub struct RegieNode {
    case: CaseNode,
    view: Granted<RegieView>,
}

impl RegieNode {
    /// Regie of this case, for a viewer who may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: RegieView) -> Option<Self> {
        let view = granted_to(case.mandate(), REGIE, &[case.subject()], &EVERYONE, view)?;
        Some(Self { case: case.clone(), view })
    }

    /// The parties that are in and said what they can and cannot offer.
    pub fn contributing(case: &CaseNode, session: &Session<'_>) -> Vec<PartyNode> {
        let Some(regie) = Self::new(case, case.regie_view(session).clone()) else { return Vec::new() };
        let parties = regie.view.parties_to(knows(case.mandate())).0;
        regie.parties_of(parties.into_iter().filter(|party| party.contribution.is_some()).collect())
    }

    fn parties_of(&self, views: Vec<&PartyView>) -> Vec<PartyNode> {
        let mandate = self.case.mandate();
        let overdue = |view| self.view.overdue(view, knows(mandate));
        views.into_iter().filter_map(|view| PartyNode::new(&self.case, view, overdue(view))).collect()
    }
}

/// An organisation with more than one party in: one of them may be enough.
#[derive(SimpleObject)]
pub struct DuplicateOrganisation {
    /// The organisation, by its short name.
    organisation: String,
    /// Its parties.
    workers: Vec<WorkerNode>,
}

/// Several parties, or one under a measure, and no case director.
#[derive(SimpleObject)]
pub struct GapNode {
    /// First day.
    since: Day,
    /// How many parties.
    parties: u32,
    /// Last day of the term within which there must be a director.
    last_day: Day,
    /// When the alert goes out if nothing changes.
    alert_at: Moment,
}

impl GapNode {
    fn new(gap: &Gap) -> Self {
        Self {
            since: Day(gap.since),
            parties: u32::try_from(gap.parties).unwrap_or(u32::MAX),
            last_day: Day(gap.last_day),
            alert_at: Moment(gap.alert_at),
        }
    }
}

/// Who directs, who stands in, who takes part, and what is open.
#[Object(name = "Regie")]
impl RegieNode {
    /// The case director. Absent: nobody yet.
    async fn director(&self) -> Option<DirectorNode> {
        self.view.director.clone().and_then(|view| DirectorNode::new(&self.case, view))
    }

    /// Who stands in for the director; both show.
    async fn deputy(&self) -> Option<DeputyNode> {
        self.view.deputy.clone().and_then(|view| DeputyNode::new(&self.case, view))
    }

    /// Everyone who directed, directs or will, in order of the first day.
    async fn directors(&self) -> Vec<DirectorNode> {
        self.view.directors.iter().filter_map(|view| DirectorNode::new(&self.case, view.clone())).collect()
    }

    /// Tasks of the role that are with nobody.
    async fn unowned_tasks(&self) -> Vec<RegieTask> {
        let mandate = self.case.mandate();
        let unowned = tasks(&self.view.unowned(knows(mandate)));
        mandate.see_plain(&EVERYONE, GAP, &[self.case.subject()], unowned).known().unwrap_or_default()
    }

    /// Tasks that went back to the family.
    async fn handed_back(&self) -> Vec<HandedBackNode> {
        self.view.handed_back.iter().filter_map(|view| HandedBackNode::new(&self.case, view.clone())).collect()
    }

    /// The parties that are in on the day looked at, as far as you may know who left.
    async fn parties(&self) -> Vec<PartyNode> {
        self.parties_of(self.view.parties_to(knows(self.case.mandate())).0)
    }

    /// Parties that left before, or join later.
    async fn other_parties(&self) -> Vec<PartyNode> {
        self.parties_of(self.view.parties_to(knows(self.case.mandate())).1)
    }

    /// Organisations with more than one party in.
    async fn duplicate_organisations(&self) -> Vec<DuplicateOrganisation> {
        let mandate = self.case.mandate();
        let duplicates = self.view.duplicates(knows(mandate));
        let seen = mandate.see_plain(&EVERYONE, PARTIES, &[self.case.subject()], duplicates).known();
        let node = |(name, workers): &(Organisation, Vec<WorkerId>)| DuplicateOrganisation {
            organisation: organisation(name),
            workers: workers.iter().map(|id| worker(&self.case, *id)).collect(),
        };
        seen.map(|duplicates| duplicates.iter().map(node).collect()).unwrap_or_default()
    }

    /// Several parties, or one under a measure, and no case director, with as many parties as you may know of.
    async fn gap(&self) -> Option<GapNode> {
        let gap = self.view.gap(knows(self.case.mandate()))?;
        self.case.mandate().see_plain(&EVERYONE, GAP, &[self.case.subject()], GapNode::new(&gap)).known()
    }

    /// The handover that waits for an answer, as far as you may know how it ended.
    async fn handover(&self) -> Option<HandoverNode> {
        let (waits, _) = self.view.offers_to(knows(self.case.mandate()));
        waits.cloned().and_then(|view| HandoverNode::new(&self.case, view))
    }

    /// Handovers that ended.
    async fn earlier_handovers(&self) -> Vec<HandoverNode> {
        let (_, ended) = self.view.offers_to(knows(self.case.mandate()));
        ended.into_iter().filter_map(|view| HandoverNode::new(&self.case, view.clone())).collect()
    }
}

/// A directorship.
pub struct DirectorNode {
    case: CaseNode,
    view: Granted<DirectorView>,
}

impl DirectorNode {
    /// A directorship, if the viewer may know it.
    #[must_use]
    pub fn new(case: &CaseNode, view: DirectorView) -> Option<Self> {
        let view = granted(case.mandate(), DIRECTOR, &[case.subject()], view, |view| &view.director)?;
        Some(Self { case: case.clone(), view })
    }
}

/// Who agreed: somebody of the family, or a professional.
#[derive(Union)]
pub enum AgreedBy {
    /// Somebody of the family or network.
    Person(PersonNode),
    /// A professional.
    Worker(WorkerNode),
}

/// A directorship: who guards course, calm and overview (regiehouder).
#[Object(name = "Director")]
impl DirectorNode {
    /// Who.
    async fn worker(&self) -> WorkerNode {
        worker(&self.case, self.view.director.value)
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Last day, when it ended or an end is known, and you may know what ended it.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), DIRECTOR, &[self.case.subject()], &self.view.until)
    }

    /// The tasks agreed to belong to the role.
    async fn tasks(&self) -> Vec<RegieTask> {
        tasks(&self.view.tasks)
    }

    /// Those still with the director on the day looked at.
    async fn open_tasks(&self) -> Vec<RegieTask> {
        tasks(&self.view.open_tasks(knows(self.case.mandate())))
    }

    /// Who agreed.
    async fn agreed_by(&self) -> Vec<AgreedBy> {
        let persons = self.view.agreed_persons.iter().filter_map(|person| self.case.person(*person));
        let told = plain(self.case.mandate(), AGREED, &[self.case.subject()], &self.view.agreed_workers);
        let workers = told.unwrap_or_default().into_iter().map(|id| worker(&self.case, id));
        persons.map(AgreedBy::Person).chain(workers.map(AgreedBy::Worker)).collect()
    }
}

/// Somebody who stands in for the director.
pub struct DeputyNode {
    case: CaseNode,
    view: Granted<DeputyView>,
}

impl DeputyNode {
    fn new(case: &CaseNode, view: DeputyView) -> Option<Self> {
        let view = granted(case.mandate(), DEPUTY, &[case.subject()], view, |view| &view.deputy)?;
        Some(Self { case: case.clone(), view })
    }
}

/// Somebody who stands in for the director (waarnemer), until a day.
#[Object(name = "Deputy")]
impl DeputyNode {
    /// Who.
    async fn worker(&self) -> WorkerNode {
        worker(&self.case, self.view.deputy.value)
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// For whom.
    async fn director(&self) -> Option<WorkerNode> {
        self.view.director.map(|id| worker(&self.case, id))
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Last day: the agreed one, or an earlier one when you may know what ended it.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), DEPUTY, &[self.case.subject()], &self.view.until)
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), DEPUTY, &self.view.reason))
    }

    /// The last day on which the family is told.
    async fn tell_family_by(&self) -> Option<Day> {
        self.view.tell_family_by.map(Day)
    }

    /// Who of the family was told, as far as you may know, in order of the day.
    async fn family_told(&self) -> Vec<DeputyTold> {
        let node = |told: &Kept<ToldView>| {
            let about: Vec<_> = told.value.persons.iter().copied().map(Subject::Person).collect();
            let told = granted(self.case.mandate(), FAMILY_TOLD, &about, told.clone(), |told| told)?;
            let persons = told.value.persons.iter().filter_map(|person| self.case.person(*person)).collect();
            Some(DeputyTold { on: Day(told.value.on), persons })
        };
        self.view.told.iter().filter_map(node).collect()
    }
}

/// That people of the family were told who stands in.
#[derive(SimpleObject)]
pub struct DeputyTold {
    /// The day.
    on: Day,
    /// Who.
    persons: Vec<PersonNode>,
}

/// A task that went back to the family.
pub struct HandedBackNode {
    case: CaseNode,
    view: Granted<HandedBackView>,
}

impl HandedBackNode {
    fn new(case: &CaseNode, view: HandedBackView) -> Option<Self> {
        let view = granted(case.mandate(), HANDED_BACK, &[case.subject()], view, |view| &view.task)?;
        Some(Self { case: case.clone(), view })
    }
}

/// A task that went back to the family.
#[Object(name = "HandedBack")]
impl HandedBackNode {
    /// Which.
    async fn task(&self) -> Option<RegieTask> {
        Some(self.view.task.value.into())
    }

    /// To whom.
    async fn to(&self) -> Option<PersonNode> {
        self.case.person(self.view.to)
    }

    /// From which day.
    async fn from(&self) -> Day {
        Day(self.view.from)
    }

    /// How it was agreed.
    async fn agreement(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.agreement.as_ref().and_then(|kept| words(&session, self.case.mandate(), HANDED_BACK, kept)))
    }
}

/// A professional who joined with an organisation.
pub struct PartyNode {
    case: CaseNode,
    overdue: Kept<bool>,
    view: Granted<PartyView>,
}

impl PartyNode {
    fn new(case: &CaseNode, view: &PartyView, overdue: Kept<bool>) -> Option<Self> {
        let view = granted(case.mandate(), PARTIES, &[case.subject()], view.clone(), |view| &view.worker)?;
        Some(Self { case: case.clone(), overdue, view })
    }
}

/// A professional who joined with an organisation.
#[Object(name = "Party")]
impl PartyNode {
    /// Who.
    async fn worker(&self) -> WorkerNode {
        worker(&self.case, self.view.worker.value)
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Last day, when known and you may know that they left.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), PARTIES, &[self.case.subject()], &self.view.until)
    }

    /// What they know about.
    async fn expertise(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.expertise.as_ref().and_then(|kept| words(&session, self.case.mandate(), PARTIES, kept)))
    }

    /// Whether brought in as a specialist: that never ends the directorship.
    async fn specialist(&self) -> bool {
        self.view.specialist
    }

    /// When the work is expected to end.
    async fn expected_end(&self) -> Option<Day> {
        let end = self.view.expected_end.as_ref()?;
        plain(self.case.mandate(), PARTIES, &[self.case.subject()], end).map(Day)
    }

    /// Whether that day has passed while they are still in.
    async fn overdue(&self) -> bool {
        plain(self.case.mandate(), PARTIES, &[self.case.subject()], &self.overdue).unwrap_or(false)
    }

    /// What they can offer, as last stated.
    async fn can(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let contribution = self.view.contribution.as_ref();
        Ok(contribution.and_then(|view| words(&session, self.case.mandate(), PARTIES, &view.can)))
    }

    /// What they cannot offer, as last stated.
    async fn cannot(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let contribution = self.view.contribution.as_ref();
        Ok(contribution.and_then(|view| words(&session, self.case.mandate(), PARTIES, &view.cannot)))
    }
}

/// How a handover stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum HandoverState {
    /// The successor has not answered.
    Waiting,
    /// The directorship passed.
    Accepted,
    /// It was declined or taken back.
    Ended,
}

/// An offer of the directorship.
pub struct HandoverNode {
    case: CaseNode,
    view: Granted<HandoverView>,
}

impl HandoverNode {
    /// An offer, if the viewer may know it.
    #[must_use]
    pub fn new(case: &CaseNode, view: HandoverView) -> Option<Self> {
        let view = granted(case.mandate(), HANDOVER, &[case.subject()], view, |view| &view.handover)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What somebody of the family said about the successor.
pub struct FamilyWordNode {
    case: CaseNode,
    view: Granted<FamilyWordView>,
}

impl FamilyWordNode {
    fn new(case: &CaseNode, view: FamilyWordView) -> Option<Self> {
        let view = granted(case.mandate(), FAMILY_WORD, &[case.subject()], view, |view| &view.agrees)?;
        Some(Self { case: case.clone(), view })
    }
}

/// What somebody of the family said about the successor.
#[Object(name = "FamilyWord")]
impl FamilyWordNode {
    /// Who.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Whether they agree.
    async fn agrees(&self) -> Option<bool> {
        personal(self.case.mandate(), FAMILY_WORD, &self.view.agrees).known().copied()
    }

    /// In their words.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.words.as_ref().and_then(|kept| words(&session, self.case.mandate(), FAMILY_WORD, kept)))
    }

    /// The day they were told it would pass.
    async fn told_day(&self) -> Day {
        Day(self.view.told_day)
    }
}

/// An offer of the directorship to a successor.
#[Object(name = "Handover")]
impl HandoverNode {
    /// Names the handover.
    async fn id(&self) -> ID {
        id(self.view.handover.value)
    }

    /// Who directed when it was offered.
    async fn predecessor(&self) -> Option<WorkerNode> {
        self.view.predecessor.map(|id| worker(&self.case, id))
    }

    /// To whom.
    async fn successor(&self) -> WorkerNode {
        worker(&self.case, self.view.successor)
    }

    /// The day of the offer.
    async fn offered(&self) -> Day {
        Day(self.view.offered)
    }

    /// The day it is meant to pass.
    async fn planned(&self) -> Day {
        Day(self.view.planned)
    }

    /// How it stands, as far as you may know how it ended.
    async fn state(&self) -> HandoverState {
        match self.end() {
            None => HandoverState::Waiting,
            Some(HandoverEnd::Accepted(_)) => HandoverState::Accepted,
            Some(HandoverEnd::Ended { .. }) => HandoverState::Ended,
        }
    }

    /// The day it was accepted or ended.
    async fn ended(&self) -> Option<Day> {
        self.end().map(|end| Day(end.day()))
    }

    /// Why it is offered.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), HANDOVER, &self.view.reason))
    }

    /// What the successor must know: this, not the case, is what the successor reads before accepting.
    async fn summary(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), HANDOVER, &self.view.summary))
    }

    /// What stays to be done.
    async fn open_tasks(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let session = Session::of(ctx)?;
        let tasks = self.view.open_tasks.iter();
        Ok(tasks.filter_map(|kept| words(&session, self.case.mandate(), HANDOVER, kept)).collect())
    }

    /// What the family said about the successor.
    async fn family(&self) -> Vec<FamilyWordNode> {
        self.view.family.iter().filter_map(|view| FamilyWordNode::new(&self.case, view.clone())).collect()
    }

    /// The day the successor read the summary.
    async fn summary_read(&self) -> Option<Day> {
        plain(self.case.mandate(), HANDOVER, &[self.case.subject()], self.view.read.as_ref()?).map(Day)
    }
}

impl HandoverNode {
    fn end(&self) -> Option<HandoverEnd> {
        plain(self.case.mandate(), HANDOVER, &[self.case.subject()], self.view.ended.as_ref()?)
    }
}
