//! One case, as somebody may see it: now, as recorded on a date, or as now known about a date. Rights are always those of now.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::case::Case;
use domain::decider::History;
use domain::ids::{CaseId, PersonId, Subject};
use domain::life::Phase;
use domain::rejection::{Code, Detail};
use domain::time::CivilDay;
use eventstore::loader::Loaded;
use projections::views::divorce::DivorceView;
use projections::views::escalation::EscalationView;
use projections::views::households::HouseholdView;
use projections::views::life::LifeView;
use projections::views::people::PersonView;
use projections::views::plans::PlansView;
use projections::views::regie::RegieView;
use projections::views::shares::ShareView;
use projections::views::timeline::TimelineEntry;
use projections::views::{self, Kept, Reading};

use super::agenda::AgendaNode;
use super::alerts::{self, AlertNode, PendingNode, ProposalNode};
use super::assessments::{self, AssessmentNode, PartNode};
use super::conferences::{self, ConferenceNode};
use super::consents::{ConsentNode, ExceptionNode, QuestionNode};
use super::contacts::{self, BalanceNode, ContactNode, PromiseNode};
use super::coordination::{self, CoordinationNode};
use super::crisis_plan::{self, CrisisPlanNode};
use super::divorce::{self, DivorceNode, PlansNode};
use super::emergencies::EmergencyNode;
use super::enums::{LegalFramework, OpeningGround, Outcome};
use super::escalation::EscalationNode;
use super::exclusions::{self, ExclusionNode};
use super::expert_teams::{self, ExpertTeamNode};
use super::help::HelpNode;
use super::households::HouseholdNode;
use super::informal::{self, SupportNode};
use super::life::{DepartureNode, SignalCopyNode};
use super::misplaced::SetAsideNode;
use super::once::Views;
use super::people::PersonNode;
use super::references::{self, ReferenceNode};
use super::reflections::{self, ReflectionNode};
use super::refusal::Refusal;
use super::regie::{DirectorNode, RegieNode};
use super::representatives::{self, RepresentativeNode};
use super::requests::{self, RequestNode};
use super::rulings::{self, RulingNode};
use super::safety::SafetyNode;
use super::scalars::Day;
use super::schema::cost_of_rows;
use super::school::SchoolNode;
use super::session::Session;
use super::shares::SharingNode;
use super::show::{EVERYONE, id, organisation, plain, words};
use super::statements::{self, FindingNode, StatementNode};
use super::steps::{self, OwnOptionNode, TakenStepNode, TrustedContactNode};
use super::timeline::{self, TimelineEntryNode};
use super::voices::{self, ChildSignalNode, VoiceNode};
use crate::gate::{Act, Field, Mandate, Operation, Target, Topic};
use crate::trail::TrailDraft;

/// A day that has not come yet.
pub const DAY_IN_FUTURE: Code = Code("DAY_IN_FUTURE");
/// Neither day to look back at.
pub const NO_DAY_GIVEN: Code = Code("NO_DAY_GIVEN");
/// Codes of looking at a case.
pub const CODES: &[Code] = &[DAY_IN_FUTURE, NO_DAY_GIVEN];

const STATE: Field = Field::new("case.state", Topic::Status);
const QUESTION: Field = Field::new("case.question", Topic::Life);
const ENDING: Field = Field::new("case.ending", Topic::Life);

/// A case as one viewer may see it, at one moment of its history. Its id and revision can be read as they are; everything else goes
/// through [`CaseNode::mandate`] and [`CaseNode::read`], which tell the trail that the case was opened.
#[derive(Clone)]
pub struct CaseNode {
    case: CaseId,
    loaded: Arc<Loaded<Case>>,
    /// The history as looked back at; the whole one when nothing is said.
    cut: Option<Arc<History<Case>>>,
    mandate: Mandate,
    day: CivilDay,
    views: Views,
}

impl CaseNode {
    /// A case with a mandate to look at it.
    #[must_use]
    pub fn with(case: CaseId, loaded: Arc<Loaded<Case>>, mandate: Mandate, day: CivilDay) -> Self {
        Self { case, loaded, cut: None, mandate, day, views: Views::default() }
    }

    /// Its id.
    #[must_use]
    pub const fn case_id(&self) -> CaseId {
        self.case
    }

    /// The same case, for an answer whose trail entry is made elsewhere.
    #[must_use]
    pub fn noting_in(&self, draft: &TrailDraft) -> Self {
        Self { mandate: self.mandate.noting_in(draft), ..self.clone() }
    }

    /// A case for a caller who may have lost the right to see it.
    #[must_use]
    pub fn of(session: &Session<'_>, case: CaseId, loaded: Arc<Loaded<Case>>) -> Option<Self> {
        let looking = Operation::looking("case", Act::Read);
        let target = Target::Case(case, &loaded.history);
        let judged = session.services().gate.judge_row(session.caller(), looking, target, session.draft());
        judged.ok().map(|mandate| Self::with(case, loaded, mandate, session.today()))
    }

    /// Somebody of the case, for a viewer who may know that they are in it: the only way to a person from anything else.
    #[must_use]
    pub fn person(&self, person: PersonId) -> Option<PersonNode> {
        PersonNode::new(self, person, self.present().get(&person)?)
    }

    /// Whether the viewer may know that somebody is in the case. Nothing is noted by asking.
    #[must_use]
    pub fn knows_of(&self, person: PersonId) -> bool {
        let about = [Subject::Person(person)];
        self.present().get(&person).is_some_and(|added| self.mandate.would_show(Topic::People, added, &about))
    }

    /// Those of these people whom the viewer's part of the case is about: of whom something leaves when it is told about them.
    pub fn reached(&self, persons: &[PersonId]) -> impl Iterator<Item = Subject> {
        let subjects = persons.iter().copied().map(Subject::Person);
        subjects.filter(|subject| self.mandate.reach().is_of(*subject))
    }

    fn present(&self) -> &HashMap<PersonId, Kept<()>> {
        self.views.present.get(|| views::present(&self.loaded.history, self.day))
    }

    /// The same case as read, under another mandate of the same viewer.
    #[must_use]
    pub fn under(&self, mandate: &Mandate) -> Self {
        Self { mandate: mandate.clone(), ..self.clone() }
    }

    /// The mandate under which it is seen.
    #[must_use]
    pub fn mandate(&self) -> &Mandate {
        self.mandate.note_opened();
        &self.mandate
    }

    /// The subject of everything that is about the case as a whole.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject::Case(self.case)
    }

    /// The history as looked at.
    #[must_use]
    pub fn history(&self) -> &History<Case> {
        self.mandate.note_opened();
        self.cut.as_deref().unwrap_or(&self.loaded.history)
    }

    /// Reads the case: content of the moment looked at, rights of now.
    pub fn read<T>(&self, session: &Session<'_>, view: impl FnOnce(&Reading<'_>) -> T) -> T {
        let history = self.history();
        let terms = session.services().cases.office().terms.terms_on(self.day);
        view(&Reading::new(history, self.loaded.history.state(), self.day, terms, session.rights()))
    }

    /// Its people at the moment looked at, worked out once for the answer.
    pub fn people_view(&self, session: &Session<'_>) -> &[PersonView] {
        self.views.people.get(|| self.read(session, views::people::people))
    }

    /// Its households at the moment looked at, worked out once for the answer.
    pub fn households_view(&self, session: &Session<'_>) -> &[HouseholdView] {
        self.views.households.get(|| self.read(session, views::households::households))
    }

    /// Its regie at the moment looked at, worked out once for the answer.
    pub fn regie_view(&self, session: &Session<'_>) -> &RegieView {
        self.views.regie.get(|| self.read(session, views::regie::regie))
    }

    /// Its divorce at the moment looked at, worked out once for the answer.
    pub fn divorce_view(&self, session: &Session<'_>) -> &DivorceView {
        self.views.divorce.get(|| self.read(session, views::divorce::divorce))
    }

    /// Its plans at the moment looked at, worked out once for the answer.
    pub fn plans_view(&self, session: &Session<'_>) -> &PlansView {
        self.views.plans.get(|| self.read(session, views::plans::plans))
    }

    /// How its conflicts went by the moment looked at, worked out once for the answer.
    pub fn escalation_view(&self, session: &Session<'_>) -> &EscalationView {
        self.views.escalation.get(|| self.read(session, views::escalation::escalation))
    }

    /// The token that changes when something that the viewer may see changes.
    #[must_use]
    pub fn token(&self, session: &Session<'_>) -> String {
        session.revision_token(self.case, &self.loaded.history, &self.mandate)
    }

    /// The day looked at.
    #[must_use]
    pub const fn day(&self) -> CivilDay {
        self.day
    }

    /// What was shared by the moment looked at, worked out once for the answer.
    pub fn shares_view(&self, session: &Session<'_>) -> &[ShareView] {
        self.views.shares.get(|| self.read(session, views::shares::shares))
    }

    /// What is worked out once for the answer.
    pub(super) const fn views(&self) -> &Views {
        &self.views
    }

    /// Its timeline at the moment looked at, worked out once for the answer.
    pub fn timeline_view(&self, session: &Session<'_>) -> &[TimelineEntry] {
        self.views.timeline.get(|| self.read(session, views::timeline::timeline))
    }

    /// Its life at the moment looked at, worked out once for the answer.
    pub fn life_view(&self, session: &Session<'_>) -> &LifeView {
        self.views.life.get(|| self.read(session, views::life::life))
    }

    fn looking_back(&self, session: &Session<'_>, recorded: Option<Day>, about: Option<Day>) -> Result<Self> {
        let days = [recorded, about];
        let Some(last) = days.iter().flatten().map(|day| day.0).max() else {
            return Err(session.refuse_code(NO_DAY_GIVEN));
        };
        if last > session.today() {
            return Err(session.refusal(&Refusal::new(DAY_IN_FUTURE).with("day", Detail::Day(last))));
        }
        let mut history = self.history().clone();
        if let Some(Day(day)) = recorded {
            history = history.as_recorded_on(day);
        }
        if let Some(Day(day)) = about {
            history = history.as_known_about(day);
        }
        let day = about.or(recorded).map_or(self.day, |day| day.0);
        Ok(Self { cut: Some(Arc::new(history)), day, views: Views::default(), ..self.clone() })
    }
}

/// Where a case stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum CasePhase {
    /// Nothing was recorded by the day looked at.
    Absent,
    /// Open.
    Open,
    /// Closed (afgerond).
    Closed,
}

/// How a case ended.
#[derive(SimpleObject)]
pub struct Ending {
    /// The day.
    day: Day,
    /// How.
    outcome: Outcome,
    /// More about it.
    explanation: Option<String>,
}

/// One family system that needs coordination: one history, also across households.
#[Object(name = "Case")]
impl CaseNode {
    /// Names the case.
    async fn id(&self) -> ID {
        id(self.case)
    }

    /// A token that changes when something that you may see changes. Give it with a command as `expectedRevision` to be told when
    /// you look at an old page.
    async fn revision(&self, ctx: &Context<'_>) -> Result<String> {
        let session = Session::of(ctx)?;
        Ok(session.revision_token(self.case, &self.loaded.history, &self.mandate))
    }

    /// The day at which this is read.
    async fn as_of_day(&self) -> Day {
        self.mandate.note_opened();
        Day(self.day)
    }

    /// The case as it looked: as recorded by the end of a day, as now known about a day, or both. You see it under your rights of
    /// today.
    async fn as_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What had been recorded by the end of this day.")] recorded: Option<Day>,
        #[graphql(desc = "What is now known about this day.")] about: Option<Day>,
    ) -> Result<Self> {
        self.looking_back(&Session::of(ctx)?, recorded, about)
    }

    /// Where it stands.
    async fn phase(&self, ctx: &Context<'_>) -> Result<Option<CasePhase>> {
        let session = Session::of(ctx)?;
        let phase = match self.life_view(&session).phase {
            Phase::Absent => CasePhase::Absent,
            Phase::Open(_) => CasePhase::Open,
            Phase::Closed(_) => CasePhase::Closed,
        };
        Ok(self.mandate().see_plain(&EVERYONE, STATE, &[self.subject()], phase).known())
    }

    /// The day on which it was opened, or opened again; for a closed case the day it was closed.
    async fn since(&self, ctx: &Context<'_>) -> Result<Option<Day>> {
        let session = Session::of(ctx)?;
        let since = match self.life_view(&session).phase {
            Phase::Absent => None,
            Phase::Open(day) | Phase::Closed(day) => Some(Day(day)),
        };
        Ok(self.mandate().see_plain(&EVERYONE, STATE, &[self.subject()], since).known().flatten())
    }

    /// The responsible municipality or its executive service, by its short name.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let Some(opening) = &self.life_view(&session).opening else { return Ok(None) };
        let shown = organisation(&opening.municipality);
        Ok(self.mandate().see_plain(&EVERYONE, STATE, &[self.subject()], shown).known())
    }

    /// Voluntary or compulsory on the day looked at. When it changed stands under `help`.
    async fn framework(&self, ctx: &Context<'_>) -> Result<Option<LegalFramework>> {
        let session = Session::of(ctx)?;
        let Some(opening) = &self.life_view(&session).opening else { return Ok(None) };
        Ok(plain(self.mandate(), STATE, &[self.subject()], &opening.framework).map(Into::into))
    }

    /// On what it rests.
    async fn ground(&self, ctx: &Context<'_>) -> Result<Option<OpeningGround>> {
        let session = Session::of(ctx)?;
        let Some(opening) = &self.life_view(&session).opening else { return Ok(None) };
        Ok(plain(self.mandate(), STATE, &[self.subject()], &opening.ground).map(Into::into))
    }

    /// The question with which it began, in a sentence.
    async fn question(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let Some(opening) = &self.life_view(&session).opening else { return Ok(None) };
        Ok(words(&session, self.mandate(), QUESTION, &opening.question))
    }

    /// How it last ended.
    async fn ending(&self, ctx: &Context<'_>) -> Result<Option<Ending>> {
        let session = Session::of(ctx)?;
        let Some(ending) = &self.life_view(&session).ending else { return Ok(None) };
        let seen = plain(self.mandate(), ENDING, &[self.subject()], &ending.outcome);
        Ok(seen.map(|outcome| Ending {
            day: Day(ending.day),
            outcome: outcome.into(),
            explanation: ending.explanation.as_ref().and_then(|kept| words(&session, self.mandate(), ENDING, kept)),
        }))
    }

    /// Signals that were copied into it.
    async fn signals(&self, ctx: &Context<'_>) -> Result<Vec<SignalCopyNode>> {
        let session = Session::of(ctx)?;
        let signals = self.life_view(&session).signals.iter().cloned();
        Ok(signals.filter_map(|view| SignalCopyNode::new(self, view)).collect())
    }

    /// The people of the case, in order of joining.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<PersonNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::People) {
            return Ok(Vec::new());
        }
        let people = self.people_view(&session).iter();
        Ok(people.filter_map(|view| PersonNode::new(self, view.person, &view.added)).collect())
    }

    /// The households of the case.
    async fn households(&self, ctx: &Context<'_>) -> Result<Vec<HouseholdNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::Households) {
            return Ok(Vec::new());
        }
        let households = self.households_view(&session).iter().cloned();
        Ok(households.filter_map(|view| HouseholdNode::new(self, view)).collect())
    }

    /// Consents and refusals, in the order in which they were recorded.
    async fn consents(&self, ctx: &Context<'_>) -> Result<Vec<ConsentNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::Consent) {
            return Ok(Vec::new());
        }
        let consents = self.views.consents.get(|| self.read(&session, views::consents::consents)).iter().cloned();
        Ok(consents.filter_map(|view| ConsentNode::new(self, view)).collect())
    }

    /// Questions for consent that wait for an answer.
    async fn consent_questions(&self, ctx: &Context<'_>) -> Result<Vec<QuestionNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::Consent) {
            return Ok(Vec::new());
        }
        let all = self.read(&session, views::consents::questions);
        Ok(all.into_iter().filter_map(|view| QuestionNode::new(self, view)).collect())
    }

    /// The exceptions that the law makes to asking for consent, each on a ground that somebody found.
    async fn consent_exceptions(&self, ctx: &Context<'_>) -> Result<Vec<ExceptionNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::Consent) {
            return Ok(Vec::new());
        }
        let all = self.read(&session, views::consents::exceptions);
        Ok(all.into_iter().filter_map(|view| ExceptionNode::new(self, view)).collect())
    }

    /// The case director (regiehouder). Absent: nobody yet.
    async fn director(&self, ctx: &Context<'_>) -> Result<Option<DirectorNode>> {
        let session = Session::of(ctx)?;
        let director = self.regie_view(&session).director.clone();
        Ok(director.and_then(|view| DirectorNode::new(self, view)))
    }

    /// Who directs, who stands in, who takes part, and what is open.
    async fn regie(&self, ctx: &Context<'_>) -> Result<Option<RegieNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(Topic::Regie) {
            return Ok(None);
        }
        Ok(RegieNode::new(self, self.regie_view(&session).clone()))
    }

    /// One plan for the family, or a plan per household with who coordinates each.
    async fn plans(&self, ctx: &Context<'_>) -> Result<Option<PlansNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(divorce::PLANS) {
            return Ok(None);
        }
        Ok(PlansNode::new(self, self.divorce_view(&session).clone()))
    }

    /// Where the family stands on the way to rest, what was asked of a divorce advice team (SAT), and who accompanies both parents
    /// (`DOnS`).
    async fn divorce(&self) -> DivorceNode {
        DivorceNode::new(self)
    }

    /// How conflicts went (verloop: spanning, hulp en rust): what each experienced, flare-ups, energy, calm, on one time axis. Nothing in
    /// it ranks, scores or compares people.
    async fn escalation(&self) -> EscalationNode {
        EscalationNode::new(self)
    }

    /// Help as it runs: trajectories of providers and their extensions, what was weighed, what was asked and waits, direct referrals,
    /// conditions in voluntary help.
    async fn help(&self) -> HelpNode {
        HelpNode::new(self)
    }

    /// What was shared with somebody outside the case.
    async fn sharing(&self) -> SharingNode {
        SharingNode::new(self)
    }

    /// Contact moments, in the order of their days: with everyone, or with one person.
    async fn contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this person.")] person: Option<ID>,
    ) -> Result<Vec<ContactNode>> {
        contacts::all(&Session::of(ctx)?, self, person.as_ref())
    }

    /// What was promised in a contact and still waits, by its day: who does it, and by when.
    async fn open_promises(&self, ctx: &Context<'_>) -> Result<Vec<PromiseNode>> {
        Ok(contacts::open_promises(&Session::of(ctx)?, self))
    }

    /// How often there was contact with each parent and child, and how long ago the last was. Numbers and days: no score.
    async fn contact_balance(&self, ctx: &Context<'_>) -> Result<Vec<BalanceNode>> {
        Ok(contacts::balance(&Session::of(ctx)?, self))
    }

    /// What is overdue, what is for today and what comes in the next 14 days, by the day: each line one act.
    async fn agenda(&self, ctx: &Context<'_>) -> Result<Vec<AgendaNode>> {
        Ok(AgendaNode::of_case(&Session::of(ctx)?, self))
    }

    /// The nine questions of working together for a family (whose is the plan, who is in when, who carries the whole …), each answered by
    /// facts of the case or open. Empty for whoever may not know what they rest on.
    async fn coordination(&self, ctx: &Context<'_>) -> Result<Vec<CoordinationNode>> {
        Ok(coordination::asked(&Session::of(ctx)?, self))
    }

    /// What children said, in their own words, as far as it is for you.
    async fn child_voices(&self, ctx: &Context<'_>) -> Result<Vec<VoiceNode>> {
        Ok(voices::heard(&Session::of(ctx)?, self))
    }

    /// Signals about how children fare, as far as they are for you.
    async fn child_signals(&self, ctx: &Context<'_>) -> Result<Vec<ChildSignalNode>> {
        Ok(voices::signals(&Session::of(ctx)?, self))
    }

    /// What people said, as theirs. Nothing here says whether it is true.
    async fn statements(&self, ctx: &Context<'_>) -> Result<Vec<StatementNode>> {
        Ok(statements::said(&Session::of(ctx)?, self))
    }

    /// What authorities established, as theirs, with the day and the source.
    async fn findings(&self, ctx: &Context<'_>) -> Result<Vec<FindingNode>> {
        Ok(statements::found(&Session::of(ctx)?, self))
    }

    /// Requests from outside for information, and what became of each.
    async fn outside_requests(&self, ctx: &Context<'_>) -> Result<Vec<RequestNode>> {
        Ok(requests::asked(&Session::of(ctx)?, self))
    }

    /// Conferences, in the order of the days on which they were called: who was asked and came, who decided, what was agreed.
    async fn conferences(&self, ctx: &Context<'_>) -> Result<Vec<ConferenceNode>> {
        Ok(conferences::called(&Session::of(ctx)?, self))
    }

    /// Reflections of those around the family: still the right thing? how are we doing together?
    async fn reflections(&self, ctx: &Context<'_>) -> Result<Vec<ReflectionNode>> {
        Ok(reflections::held(&Session::of(ctx)?, self))
    }

    /// By which day those around the family reflect next. Absent while no plan became active and they never did.
    async fn next_reflection(&self, ctx: &Context<'_>) -> Result<Option<Day>> {
        Ok(reflections::next(&Session::of(ctx)?, self))
    }

    /// What waits and of which somebody was told by the system: a term that ran out, or a day that comes near.
    async fn alerts(&self, ctx: &Context<'_>) -> Result<Vec<AlertNode>> {
        Ok(alerts::raised(&Session::of(ctx)?, self))
    }

    /// What the system proposed: a person accepts or dismisses it.
    async fn proposals(&self, ctx: &Context<'_>) -> Result<Vec<ProposalNode>> {
        Ok(alerts::proposed(&Session::of(ctx)?, self))
    }

    /// What the system will tell or propose by itself, when, and why, if nothing changes.
    async fn pending_deadlines(&self, ctx: &Context<'_>) -> Result<Vec<PendingNode>> {
        Ok(alerts::pending(&Session::of(ctx)?, self))
    }

    /// What is done with schools.
    async fn school(&self) -> SchoolNode {
        SchoolNode::new(self)
    }

    /// Safety: who was screened, the lanes with the steps of the meldcode and what is left of their terms, who is told later, and what asks
    /// for the steps.
    async fn safety(&self) -> SafetyNode {
        SafetyNode::new(self)
    }

    /// The steps that were taken in conversations with each person, by their name, in the order of the days.
    async fn conversation_steps(&self, ctx: &Context<'_>) -> Result<Vec<TakenStepNode>> {
        Ok(steps::taken(&Session::of(ctx)?, self))
    }

    /// What people thought of that they can do themselves, and what came of trying it.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<OwnOptionNode>> {
        Ok(steps::options(&Session::of(ctx)?, self))
    }

    /// Familiar faces (vertrouwd gezicht) that people named, and whether each may be there.
    async fn trusted_contacts(&self, ctx: &Context<'_>) -> Result<Vec<TrustedContactNode>> {
        Ok(steps::trusted_contacts(&Session::of(ctx)?, self))
    }

    /// The crisis plan: who does what when things go wrong, whether it is complete and until when it holds. Absent when nobody wrote one.
    async fn crisis_plan(&self, ctx: &Context<'_>) -> Result<Option<CrisisPlanNode>> {
        Ok(crisis_plan::plan(&Session::of(ctx)?, self))
    }

    /// Regional expert teams (RET) that were asked because regular help is stuck.
    async fn expert_teams(&self, ctx: &Context<'_>) -> Result<Vec<ExpertTeamNode>> {
        Ok(expert_teams::asked(&Session::of(ctx)?, self))
    }

    /// Who represents somebody of the case on the day looked at: a guardian of an institution, a curator, a mentor, a proxy, a
    /// jeugdbeschermer.
    async fn representatives(&self, ctx: &Context<'_>) -> Result<Vec<RepresentativeNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(representatives::TOPIC) {
            return Ok(Vec::new());
        }
        let work_out = || self.read(&session, views::representatives::representatives);
        let all = self.views.representatives.get(work_out).iter().cloned();
        Ok(all.filter_map(|view| RepresentativeNode::new(self, view)).collect())
    }

    /// What courts ruled about the people of the case, by the day looked at, in the order told. Also what is over: it explains what was done.
    async fn rulings(&self, ctx: &Context<'_>) -> Result<Vec<RulingNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(rulings::TOPIC) {
            return Ok(Vec::new());
        }
        let all = self.views.rulings.get(|| self.read(&session, views::rulings::rulings)).iter().cloned();
        Ok(all.filter_map(|view| RulingNode::new(self, view)).collect())
    }

    /// Assessments: with what, about whom, who took part, and what each person said, as far as it is for you.
    async fn assessments(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentNode>> {
        Ok(assessments::made(&Session::of(ctx)?, self))
    }

    /// What each person said in an assessment, as far as it is for you, in the order of the days: also where you may not know of the
    /// assessment as a whole. How a future plan stood before is left out, unless you ask for it.
    async fn assessment_parts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Also how a future plan stood before.", default)] earlier: bool,
    ) -> Result<Vec<PartNode>> {
        Ok(assessments::told(&Session::of(ctx)?, self, None, earlier))
    }

    /// Where something about somebody stands elsewhere: in which register, under which number, and who keeps it. Never what it says.
    async fn external_references(&self, ctx: &Context<'_>) -> Result<Vec<ReferenceNode>> {
        Ok(references::all(&Session::of(ctx)?, self))
    }

    /// Informal support: a support family, a buddy, a volunteer at home; each from match to closing.
    async fn informal_support(&self, ctx: &Context<'_>) -> Result<Vec<SupportNode>> {
        Ok(informal::all(&Session::of(ctx)?, self))
    }

    /// Workers who are kept out of the case.
    async fn exclusions(&self, ctx: &Context<'_>) -> Result<Vec<ExclusionNode>> {
        let session = Session::of(ctx)?;
        if !self.mandate().covers(exclusions::TOPIC) {
            return Ok(Vec::new());
        }
        let all = self.views.exclusions.get(|| self.read(&session, views::exclusions::exclusions)).iter().cloned();
        Ok(all.filter_map(|view| ExclusionNode::new(self, view)).collect())
    }

    /// Emergency accesses of this case, in the order in which they were opened.
    async fn emergencies(&self, ctx: &Context<'_>) -> Result<Vec<EmergencyNode>> {
        Ok(EmergencyNode::of(&Session::of(ctx)?, self))
    }

    /// What was set aside because it belongs in another file: that it was, when and why, and whether it was brought back. Of what was set
    /// aside nothing is shown. For the case director and deputy.
    async fn set_aside(&self, ctx: &Context<'_>) -> Result<Vec<SetAsideNode>> {
        Ok(SetAsideNode::of(&Session::of(ctx)?, self))
    }

    /// What went otherwise than a rule says.
    async fn departures(&self, ctx: &Context<'_>) -> Result<Vec<DepartureNode>> {
        let session = Session::of(ctx)?;
        let departures = self.life_view(&session).departures.iter().cloned();
        Ok(departures.filter_map(|view| DepartureNode::new(self, view)).collect())
    }

    /// What was recorded, latest first: who, when, why, and how it was corrected.
    #[graphql(complexity = "cost_of_rows(first, timeline::USUAL_ROWS, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<super::lists::Rows<TimelineEntryNode>> {
        timeline::page(ctx, self, first, after.as_deref())
    }
}
