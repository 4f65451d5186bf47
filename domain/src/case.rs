//! A case: the rooms of its law put together. One history, one state; each room decides on its own commands and keeps its own slice.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::alert::{self, AlertCommand, AlertEvent};
use crate::application::{self, ApplicationCommand, ApplicationEvent};
use crate::assessment::{self, AssessmentCommand, AssessmentEvent};
use crate::conference::{self, ConferenceCommand, ConferenceEvent};
use crate::conflict::{self, ConflictCommand, ConflictEvent};
use crate::consent::{self, ConsentCommand, ConsentEvent};
use crate::contact::{self, ContactCommand, ContactEvent};
use crate::correction::{self, CorrectionCommand, CorrectionEvent};
use crate::crisis::{self, CrisisCommand, CrisisEvent};
use crate::crisisplan::{self, CrisisPlanCommand, CrisisPlanEvent};
use crate::decider::{
    Context, Correction, Decider, DomainCommand, DomainEvent, History, Order, UnreadableEvent, read_tagged,
};
use crate::divorce::{self, DivorceCommand, DivorceEvent};
use crate::emergency::{self, EmergencyCommand, EmergencyEvent};
use crate::exclusion::{self, ExclusionCommand, ExclusionEvent};
use crate::fact::{Draft, EventInfo, Fact};
use crate::framework::{self, FrameworkCommand, FrameworkEvent};
use crate::households::{self, HouseholdCommand, HouseholdEvent};
use crate::ids::{EventId, Subject};
use crate::informal::{self, InformalCommand, InformalEvent};
use crate::life::{self, LifeCommand, LifeEvent, Phase};
use crate::ownplan::{self, OwnPlanCommand, OwnPlanEvent};
use crate::people::{self, PeopleCommand, PeopleEvent};
use crate::plan::{self, PlanCommand, PlanEvent};
use crate::protection::{self, ProtectionCommand, ProtectionEvent};
use crate::reference::{self, ReferenceCommand, ReferenceEvent};
use crate::referral::{self, ReferralCommand, ReferralEvent};
use crate::reflection::{self, ReflectionCommand, ReflectionEvent};
use crate::regie::{self, Directorship, RegieCommand, RegieEvent};
use crate::rejection::Rejection;
use crate::representation::{self, RepresentationCommand, RepresentationEvent};
use crate::request::{self, RequestCommand, RequestEvent};
use crate::ret::{self, RetCommand, RetEvent};
use crate::ruling::{self, RulingCommand, RulingEvent};
use crate::safety::{self, SafetyCommand, SafetyEvent};
use crate::school::{self, SchoolCommand, SchoolEvent};
use crate::service::{self, ServiceCommand, ServiceEvent};
use crate::sharing::{self, SharingCommand, SharingEvent};
use crate::statement::{self, StatementCommand, StatementEvent};
use crate::steps::{self, StepsCommand, StepsEvent};
use crate::time::CivilDay;
use crate::trajectory::{self, TrajectoryCommand, TrajectoryEvent};
use crate::voice::{self, VoiceCommand, VoiceEvent};
use crate::weighing::{self, WeighingCommand, WeighingEvent};

/// The decider of a case.
#[derive(Debug, Clone, Copy)]
pub struct Case;

/// Everything that can happen in a case, by room.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum CaseEvent {
    /// Its life.
    Life(LifeEvent),
    /// Consent.
    Consent(ConsentEvent),
    /// Its people.
    People(PeopleEvent),
    /// Its households.
    Households(HouseholdEvent),
    /// Protection of locating data.
    Protection(ProtectionEvent),
    /// Who directs, and the parties.
    Regie(RegieEvent),
    /// One plan or two, and who helps with the divorce.
    Divorce(DivorceEvent),
    /// What was shared with somebody outside.
    Sharing(SharingEvent),
    /// Corrections.
    Correction(CorrectionEvent),
    /// Workers who are kept out.
    Exclusion(ExclusionEvent),
    /// Who represents somebody of the case.
    Representation(RepresentationEvent),
    /// Emergency accesses.
    Emergency(EmergencyEvent),
    /// Crisis cards.
    Crisis(CrisisEvent),
    /// The one plan.
    Plan(PlanEvent),
    /// The family's own plan first.
    OwnPlan(OwnPlanEvent),
    /// Contact moments.
    Contact(ContactEvent),
    /// What children say and how they fare.
    Voice(VoiceEvent),
    /// What people say, and what authorities established.
    Statement(StatementEvent),
    /// Requests from outside.
    Request(RequestEvent),
    /// Conflicts between named people.
    Conflict(ConflictEvent),
    /// How heavy help is, and which bodies joined.
    Service(ServiceEvent),
    /// What a court ruled.
    Ruling(RulingEvent),
    /// Assessments of people of the case.
    Assessment(AssessmentEvent),
    /// References to registers elsewhere.
    Reference(ReferenceEvent),
    /// Informal support.
    Informal(InformalEvent),
    /// Conferences.
    Conference(ConferenceEvent),
    /// Reflection.
    Reflection(ReflectionEvent),
    /// What is done with a school.
    School(SchoolEvent),
    /// Trajectories of help by providers.
    Trajectory(TrajectoryEvent),
    /// What was weighed: help that may harm, deliberate waiting.
    Weighing(WeighingEvent),
    /// What was asked for the family and waits for an answer.
    Application(ApplicationEvent),
    /// Direct referrals.
    Referral(ReferralEvent),
    /// The legal framework, and conditions in voluntary help.
    Framework(FrameworkEvent),
    /// Safety: screening, signals and their lanes.
    Safety(SafetyEvent),
    /// Working with each person.
    Steps(StepsEvent),
    /// The crisis plan.
    CrisisPlan(CrisisPlanEvent),
    /// The regional expert team.
    Ret(RetEvent),
    /// What the system told and proposed by itself.
    Alert(AlertEvent),
}

/// Everything that can be asked about a case, by room.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CaseCommand {
    /// Its life.
    Life(LifeCommand),
    /// Consent.
    Consent(ConsentCommand),
    /// Its people.
    People(PeopleCommand),
    /// Its households.
    Households(HouseholdCommand),
    /// Protection of locating data.
    Protection(ProtectionCommand),
    /// Who directs, and the parties.
    Regie(RegieCommand),
    /// One plan or two, and who helps with the divorce.
    Divorce(DivorceCommand),
    /// What was shared with somebody outside.
    Sharing(SharingCommand),
    /// Corrections.
    Correction(CorrectionCommand),
    /// Workers who are kept out.
    Exclusion(ExclusionCommand),
    /// Who represents somebody of the case.
    Representation(RepresentationCommand),
    /// Emergency accesses.
    Emergency(EmergencyCommand),
    /// Crisis cards.
    Crisis(CrisisCommand),
    /// The one plan.
    Plan(PlanCommand),
    /// The family's own plan first.
    OwnPlan(OwnPlanCommand),
    /// Contact moments.
    Contact(ContactCommand),
    /// What children say and how they fare.
    Voice(VoiceCommand),
    /// What people say, and what authorities established.
    Statement(StatementCommand),
    /// Requests from outside.
    Request(RequestCommand),
    /// Conflicts between named people.
    Conflict(ConflictCommand),
    /// How heavy help is, and which bodies joined.
    Service(ServiceCommand),
    /// What a court ruled.
    Ruling(RulingCommand),
    /// Assessments of people of the case.
    Assessment(AssessmentCommand),
    /// References to registers elsewhere.
    Reference(ReferenceCommand),
    /// Informal support.
    Informal(InformalCommand),
    /// Conferences.
    Conference(ConferenceCommand),
    /// Reflection.
    Reflection(ReflectionCommand),
    /// What is done with a school.
    School(SchoolCommand),
    /// Trajectories of help by providers.
    Trajectory(TrajectoryCommand),
    /// What was weighed: help that may harm, deliberate waiting.
    Weighing(WeighingCommand),
    /// What was asked for the family and waits for an answer.
    Application(ApplicationCommand),
    /// Direct referrals.
    Referral(ReferralCommand),
    /// The legal framework, and conditions in voluntary help.
    Framework(FrameworkCommand),
    /// Safety: screening, signals and their lanes.
    Safety(SafetyCommand),
    /// Working with each person.
    Steps(StepsCommand),
    /// The crisis plan.
    CrisisPlan(CrisisPlanCommand),
    /// The regional expert team.
    Ret(RetCommand),
    /// What the system tells and proposes by itself, and what people answer.
    Alert(AlertCommand),
}

/// Each room's events and commands are events and commands of the case.
macro_rules! rooms {
    ($($room:ident: $event:ident, $command:ident;)*) => {$(
        impl From<$event> for CaseEvent {
            fn from(event: $event) -> Self {
                Self::$room(event)
            }
        }

        impl From<$command> for CaseCommand {
            fn from(command: $command) -> Self {
                Self::$room(command)
            }
        }
    )*};
}

rooms! {
    Life: LifeEvent, LifeCommand;
    Consent: ConsentEvent, ConsentCommand;
    People: PeopleEvent, PeopleCommand;
    Households: HouseholdEvent, HouseholdCommand;
    Protection: ProtectionEvent, ProtectionCommand;
    Regie: RegieEvent, RegieCommand;
    Divorce: DivorceEvent, DivorceCommand;
    Sharing: SharingEvent, SharingCommand;
    Correction: CorrectionEvent, CorrectionCommand;
    Exclusion: ExclusionEvent, ExclusionCommand;
    Representation: RepresentationEvent, RepresentationCommand;
    Emergency: EmergencyEvent, EmergencyCommand;
    Crisis: CrisisEvent, CrisisCommand;
    Plan: PlanEvent, PlanCommand;
    OwnPlan: OwnPlanEvent, OwnPlanCommand;
    Contact: ContactEvent, ContactCommand;
    Voice: VoiceEvent, VoiceCommand;
    Statement: StatementEvent, StatementCommand;
    Request: RequestEvent, RequestCommand;
    Conflict: ConflictEvent, ConflictCommand;
    Service: ServiceEvent, ServiceCommand;
    Ruling: RulingEvent, RulingCommand;
    Assessment: AssessmentEvent, AssessmentCommand;
    Reference: ReferenceEvent, ReferenceCommand;
    Informal: InformalEvent, InformalCommand;
    Conference: ConferenceEvent, ConferenceCommand;
    Reflection: ReflectionEvent, ReflectionCommand;
    School: SchoolEvent, SchoolCommand;
    Trajectory: TrajectoryEvent, TrajectoryCommand;
    Weighing: WeighingEvent, WeighingCommand;
    Application: ApplicationEvent, ApplicationCommand;
    Referral: ReferralEvent, ReferralCommand;
    Framework: FrameworkEvent, FrameworkCommand;
    Safety: SafetyEvent, SafetyCommand;
    Steps: StepsEvent, StepsCommand;
    CrisisPlan: CrisisPlanEvent, CrisisPlanCommand;
    Ret: RetEvent, RetCommand;
    Alert: AlertEvent, AlertCommand;
}

/// Each subject of the room of a divorce as well.
macro_rules! of_divorce {
    ($($event:ident, $command:ident;)*) => {$(
        impl From<divorce::$event> for CaseEvent {
            fn from(event: divorce::$event) -> Self {
                Self::Divorce(event.into())
            }
        }

        impl From<divorce::$command> for CaseCommand {
            fn from(command: divorce::$command) -> Self {
                Self::Divorce(command.into())
            }
        }
    )*};
}

of_divorce! {
    TopologyEvent, TopologyCommand;
    CoordinatorEvent, CoordinatorCommand;
    SatEvent, SatCommand;
    DonsEvent, DonsCommand;
    EpisodeEvent, EpisodeCommand;
}

/// What follows from everything that happened in a case.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CaseState {
    /// Its life.
    pub life: life::Life,
    /// Consents.
    pub consents: consent::Consents,
    /// Its people.
    pub people: people::People,
    /// Its households.
    pub households: households::Households,
    /// Protection of locating data.
    pub protection: protection::Protection,
    /// Who directs, and the parties.
    pub regie: regie::Regie,
    /// One plan or two, and who helps with the divorce.
    pub divorce: divorce::Divorce,
    /// What was shared with somebody outside.
    pub sharing: sharing::Sharing,
    /// Workers who are kept out.
    pub exclusions: exclusion::Exclusions,
    /// Who represents somebody of the case.
    pub representation: representation::Representations,
    /// Emergency accesses.
    pub emergency: emergency::Emergencies,
    /// Crisis cards.
    pub crisis: crisis::Crisis,
    /// The one plan, or one per household.
    pub plans: plan::Plans,
    /// Plans that the family makes itself.
    pub own_plans: ownplan::OwnPlans,
    /// Contact moments.
    pub contacts: contact::Contacts,
    /// What children say and how they fare.
    pub voices: voice::Voices,
    /// What people say, and what authorities established.
    pub statements: statement::Statements,
    /// Requests from outside.
    pub requests: request::OutsideRequests,
    /// Conflicts between named people.
    pub conflicts: conflict::Conflicts,
    /// How heavy help is, and which bodies joined.
    pub service: service::Service,
    /// What a court ruled.
    pub rulings: ruling::Rulings,
    /// Assessments of people of the case.
    pub assessments: assessment::Assessments,
    /// References to registers elsewhere.
    pub references: reference::References,
    /// Informal support.
    pub informal: informal::InformalSupport,
    /// Conferences.
    pub conferences: conference::Conferences,
    /// Reflection.
    pub reflections: reflection::Reflections,
    /// What is done with a school.
    pub school: school::School,
    /// Trajectories of help by providers.
    pub trajectories: trajectory::Trajectories,
    /// What was weighed: help that may harm, deliberate waiting.
    pub weighings: weighing::Weighings,
    /// What was asked for the family and waits for an answer.
    pub applications: application::Applications,
    /// Direct referrals.
    pub referrals: referral::Referrals,
    /// The legal framework, and conditions in voluntary help.
    pub conditions: framework::Conditions,
    /// Safety: screening, signals and their lanes.
    pub safety: safety::Safety,
    /// What was done with each person.
    pub steps: steps::Steps,
    /// The crisis plan.
    pub crisis_plan: crisisplan::CrisisPlans,
    /// Regional expert teams.
    pub ret: ret::Rets,
    /// What the system told and proposed by itself.
    pub alerts: alert::Alerts,
}

impl CaseState {
    /// Who answers for the case on this day: its director; of a closed case whoever directed it on its last day, until it is opened again.
    /// Closing ends every role, but somebody keeps the closed file, to answer for it (PD). `None` when nobody directs, or nobody did when
    /// it was closed.
    #[must_use]
    pub fn answering_director_on(&self, day: CivilDay) -> Option<&Directorship> {
        let directs = match self.life.phase {
            Phase::Closed(last_day) => last_day,
            Phase::Absent | Phase::Open(_) => day,
        };
        self.regie.director_on(directs)
    }
}

impl Decider for Case {
    type Event = CaseEvent;
    type Command = CaseCommand;
    type State = CaseState;
    const CATEGORY: &'static str = "case";

    fn rule(
        history: &History<Self>,
        order: &Order<CaseCommand>,
        context: &mut Context<'_>,
    ) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
        life::check_open(history.state(), &order.command)?;
        people::check_names(history.state(), order, context)?;
        match &order.command {
            CaseCommand::Life(command) => life::decide(history, order, command, context),
            CaseCommand::Consent(command) => consent::decide(history, order, command, context),
            CaseCommand::People(command) => people::decide(history, order, command, context),
            CaseCommand::Households(command) => households::decide(history, order, command, context),
            CaseCommand::Protection(command) => protection::decide(history, order, command, context),
            CaseCommand::Regie(command) => regie::decide(history, order, command, context),
            CaseCommand::Divorce(command) => divorce::decide(history, order, command, context),
            CaseCommand::Sharing(command) => sharing::decide(history, order, command, context),
            CaseCommand::Correction(command) => correction::decide(history, order, command, context),
            CaseCommand::Exclusion(command) => exclusion::decide(history, order, command, context),
            CaseCommand::Representation(command) => representation::decide(history, order, command, context),
            CaseCommand::Emergency(command) => emergency::decide(history, order, command, context),
            CaseCommand::Crisis(command) => crisis::decide(history, order, command, context),
            CaseCommand::Plan(command) => plan::decide(history, order, command, context),
            CaseCommand::OwnPlan(command) => ownplan::decide(history, order, command, context),
            CaseCommand::Contact(command) => contact::decide(history, order, command, context),
            CaseCommand::Voice(command) => voice::decide(history, order, command, context),
            CaseCommand::Statement(command) => statement::decide(history, order, command, context),
            CaseCommand::Request(command) => request::decide(history, order, command, context),
            CaseCommand::Conflict(command) => conflict::decide(history, order, command, context),
            CaseCommand::Service(command) => service::decide(history, order, command, context),
            CaseCommand::Ruling(command) => ruling::decide(history, order, command, context),
            CaseCommand::Assessment(command) => assessment::decide(history, order, command, context),
            CaseCommand::Reference(command) => reference::decide(history, order, command, context),
            CaseCommand::Informal(command) => informal::decide(history, order, command, context),
            CaseCommand::Conference(command) => conference::decide(history, order, command, context),
            CaseCommand::Reflection(command) => reflection::decide(history, order, command, context),
            CaseCommand::School(command) => school::decide(history, order, command, context),
            CaseCommand::Trajectory(command) => trajectory::decide(history, order, command, context),
            CaseCommand::Weighing(command) => weighing::decide(history, order, command, context),
            CaseCommand::Application(command) => application::decide(history, order, command, context),
            CaseCommand::Referral(command) => referral::decide(history, order, command, context),
            CaseCommand::Framework(command) => framework::decide(history, order, command, context),
            CaseCommand::Safety(command) => safety::decide(history, order, command, context),
            CaseCommand::Steps(command) => steps::decide(history, order, command, context),
            CaseCommand::CrisisPlan(command) => crisisplan::decide(history, order, command, context),
            CaseCommand::Ret(command) => ret::decide(history, order, command, context),
            CaseCommand::Alert(command) => alert::decide(history, order, command, context),
        }
    }

    fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>) {
        life::list_departures(state, fact);
        match &fact.event {
            CaseEvent::Life(event) => life::apply(state, fact, event),
            CaseEvent::Consent(event) => consent::apply(state, fact, event),
            CaseEvent::People(event) => people::apply(state, fact, event),
            CaseEvent::Households(event) => households::apply(state, fact, event),
            CaseEvent::Protection(event) => protection::apply(state, fact, event),
            CaseEvent::Regie(event) => regie::apply(state, fact, event),
            CaseEvent::Divorce(event) => divorce::apply(state, fact, event),
            CaseEvent::Sharing(event) => sharing::apply(state, fact, event),
            // A correction works through the fold: it changes what the corrected fact says (`decider`).
            CaseEvent::Correction(_) => {}
            CaseEvent::Exclusion(event) => exclusion::apply(state, fact, event),
            CaseEvent::Representation(event) => representation::apply(state, fact, event),
            CaseEvent::Emergency(event) => emergency::apply(state, fact, event),
            CaseEvent::Crisis(event) => crisis::apply(state, fact, event),
            CaseEvent::Plan(event) => plan::apply(state, fact, event),
            CaseEvent::OwnPlan(event) => ownplan::apply(state, fact, event),
            CaseEvent::Contact(event) => contact::apply(state, fact, event),
            CaseEvent::Voice(event) => voice::apply(state, fact, event),
            CaseEvent::Statement(event) => statement::apply(state, fact, event),
            CaseEvent::Request(event) => request::apply(state, fact, event),
            CaseEvent::Conflict(event) => conflict::apply(state, fact, event),
            CaseEvent::Service(event) => service::apply(state, fact, event),
            CaseEvent::Ruling(event) => ruling::apply(state, fact, event),
            CaseEvent::Assessment(event) => assessment::apply(state, fact, event),
            CaseEvent::Reference(event) => reference::apply(state, fact, event),
            CaseEvent::Informal(event) => informal::apply(state, fact, event),
            CaseEvent::Conference(event) => conference::apply(state, fact, event),
            CaseEvent::Reflection(event) => reflection::apply(state, fact, event),
            CaseEvent::School(event) => school::apply(state, fact, event),
            CaseEvent::Trajectory(event) => trajectory::apply(state, fact, event),
            CaseEvent::Weighing(event) => weighing::apply(state, fact, event),
            CaseEvent::Application(event) => application::apply(state, fact, event),
            CaseEvent::Referral(event) => referral::apply(state, fact, event),
            CaseEvent::Framework(event) => framework::apply(state, fact, event),
            CaseEvent::Safety(event) => safety::apply(state, fact, event),
            CaseEvent::Steps(event) => steps::apply(state, fact, event),
            CaseEvent::CrisisPlan(event) => crisisplan::apply(state, fact, event),
            CaseEvent::Ret(event) => ret::apply(state, fact, event),
            CaseEvent::Alert(event) => alert::apply(state, fact, event),
        }
    }
}

/// How a room reads an event of its catalogue.
type Reads = fn(&str, Value) -> Result<CaseEvent, UnreadableEvent>;

fn reads<E: DeserializeOwned + Into<CaseEvent>>(type_name: &str, payload: Value) -> Result<CaseEvent, UnreadableEvent> {
    read_tagged::<E>(type_name, payload).map(Into::into)
}

/// The catalogues of the rooms, in the order of [`CaseEvent`], each with how it reads its own.
const ROOMS: [(&[EventInfo], Reads); 38] = [
    (life::CATALOGUE, reads::<LifeEvent>),
    (consent::CATALOGUE, reads::<ConsentEvent>),
    (people::CATALOGUE, reads::<PeopleEvent>),
    (households::CATALOGUE, reads::<HouseholdEvent>),
    (protection::CATALOGUE, reads::<ProtectionEvent>),
    (regie::CATALOGUE, reads::<RegieEvent>),
    (divorce::CATALOGUE, |type_name, payload| DivorceEvent::read(type_name, payload).map(CaseEvent::Divorce)),
    (sharing::CATALOGUE, reads::<SharingEvent>),
    (correction::CATALOGUE, reads::<CorrectionEvent>),
    (exclusion::CATALOGUE, reads::<ExclusionEvent>),
    (representation::CATALOGUE, reads::<RepresentationEvent>),
    (emergency::CATALOGUE, reads::<EmergencyEvent>),
    (crisis::CATALOGUE, reads::<CrisisEvent>),
    (plan::CATALOGUE, reads::<PlanEvent>),
    (ownplan::CATALOGUE, reads::<OwnPlanEvent>),
    (contact::CATALOGUE, reads::<ContactEvent>),
    (voice::CATALOGUE, reads::<VoiceEvent>),
    (statement::CATALOGUE, reads::<StatementEvent>),
    (request::CATALOGUE, reads::<RequestEvent>),
    (conflict::CATALOGUE, reads::<ConflictEvent>),
    (service::CATALOGUE, reads::<ServiceEvent>),
    (ruling::CATALOGUE, reads::<RulingEvent>),
    (assessment::CATALOGUE, reads::<AssessmentEvent>),
    (reference::CATALOGUE, reads::<ReferenceEvent>),
    (informal::CATALOGUE, reads::<InformalEvent>),
    (conference::CATALOGUE, reads::<ConferenceEvent>),
    (reflection::CATALOGUE, reads::<ReflectionEvent>),
    (school::CATALOGUE, reads::<SchoolEvent>),
    (trajectory::CATALOGUE, reads::<TrajectoryEvent>),
    (weighing::CATALOGUE, reads::<WeighingEvent>),
    (application::CATALOGUE, reads::<ApplicationEvent>),
    (referral::CATALOGUE, reads::<ReferralEvent>),
    (framework::CATALOGUE, reads::<FrameworkEvent>),
    (safety::CATALOGUE, reads::<SafetyEvent>),
    (steps::CATALOGUE, reads::<StepsEvent>),
    (crisisplan::CATALOGUE, reads::<CrisisPlanEvent>),
    (ret::CATALOGUE, reads::<RetEvent>),
    (alert::CATALOGUE, reads::<AlertEvent>),
];

impl DomainEvent for CaseEvent {
    fn catalogue() -> Vec<&'static EventInfo> {
        ROOMS.iter().flat_map(|(room, _)| room.iter()).collect()
    }

    fn info(&self) -> &'static EventInfo {
        match self {
            Self::Life(event) => event.info(),
            Self::Consent(event) => event.info(),
            Self::People(event) => event.info(),
            Self::Households(event) => event.info(),
            Self::Protection(event) => event.info(),
            Self::Regie(event) => event.info(),
            Self::Divorce(event) => event.info(),
            Self::Sharing(event) => event.info(),
            Self::Correction(event) => event.info(),
            Self::Exclusion(event) => event.info(),
            Self::Representation(event) => event.info(),
            Self::Emergency(event) => event.info(),
            Self::Crisis(event) => event.info(),
            Self::Plan(event) => event.info(),
            Self::OwnPlan(event) => event.info(),
            Self::Contact(event) => event.info(),
            Self::Voice(event) => event.info(),
            Self::Statement(event) => event.info(),
            Self::Request(event) => event.info(),
            Self::Conflict(event) => event.info(),
            Self::Service(event) => event.info(),
            Self::Ruling(event) => event.info(),
            Self::Assessment(event) => event.info(),
            Self::Reference(event) => event.info(),
            Self::Informal(event) => event.info(),
            Self::Conference(event) => event.info(),
            Self::Reflection(event) => event.info(),
            Self::School(event) => event.info(),
            Self::Trajectory(event) => event.info(),
            Self::Weighing(event) => event.info(),
            Self::Application(event) => event.info(),
            Self::Referral(event) => event.info(),
            Self::Framework(event) => event.info(),
            Self::Safety(event) => event.info(),
            Self::Steps(event) => event.info(),
            Self::CrisisPlan(event) => event.info(),
            Self::Ret(event) => event.info(),
            Self::Alert(event) => event.info(),
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::Life(event) => event.subjects(),
            Self::Consent(event) => event.subjects(),
            Self::People(event) => event.subjects(),
            Self::Households(event) => event.subjects(),
            Self::Protection(event) => event.subjects(),
            Self::Regie(event) => event.subjects(),
            Self::Divorce(event) => event.subjects(),
            Self::Sharing(event) => event.subjects(),
            Self::Correction(event) => event.subjects(),
            Self::Exclusion(event) => event.subjects(),
            Self::Representation(event) => event.subjects(),
            Self::Emergency(event) => event.subjects(),
            Self::Crisis(event) => event.subjects(),
            Self::Plan(event) => event.subjects(),
            Self::OwnPlan(event) => event.subjects(),
            Self::Contact(event) => event.subjects(),
            Self::Voice(event) => event.subjects(),
            Self::Statement(event) => event.subjects(),
            Self::Request(event) => event.subjects(),
            Self::Conflict(event) => event.subjects(),
            Self::Service(event) => event.subjects(),
            Self::Ruling(event) => event.subjects(),
            Self::Assessment(event) => event.subjects(),
            Self::Reference(event) => event.subjects(),
            Self::Informal(event) => event.subjects(),
            Self::Conference(event) => event.subjects(),
            Self::Reflection(event) => event.subjects(),
            Self::School(event) => event.subjects(),
            Self::Trajectory(event) => event.subjects(),
            Self::Weighing(event) => event.subjects(),
            Self::Application(event) => event.subjects(),
            Self::Referral(event) => event.subjects(),
            Self::Framework(event) => event.subjects(),
            Self::Safety(event) => event.subjects(),
            Self::Steps(event) => event.subjects(),
            Self::CrisisPlan(event) => event.subjects(),
            Self::Ret(event) => event.subjects(),
            Self::Alert(event) => event.subjects(),
        }
    }

    fn to_payload(&self) -> Result<Value, serde_json::Error> {
        crate::decider::payload_of(self)
    }

    fn from_payload(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent> {
        let its_room = ROOMS.iter().find(|(room, _)| room.iter().any(|info| info.name == type_name));
        let unknown = || UnreadableEvent { type_name: type_name.to_owned(), reason: "unknown type".to_owned() };
        let (_, reads) = its_room.ok_or_else(unknown)?;
        reads(type_name, payload)
    }

    fn correction(&self) -> Option<Correction<Self>> {
        match self {
            Self::Correction(event) => Some(event.correction()),
            _ => None,
        }
    }

    fn remarks_on(&self) -> Option<EventId> {
        match self {
            Self::Correction(CorrectionEvent::FactCorrected { target, .. })
            | Self::Life(LifeEvent::AudienceChanged { target, .. }) => Some(*target),
            Self::Alert(event) => event.rests_on(),
            _ => None,
        }
    }
}

impl DomainCommand for CaseCommand {
    fn name(&self) -> &'static str {
        match self {
            Self::Life(command) => command.name(),
            Self::Consent(command) => command.name(),
            Self::People(command) => command.name(),
            Self::Households(command) => command.name(),
            Self::Protection(command) => command.name(),
            Self::Regie(command) => command.name(),
            Self::Divorce(command) => command.name(),
            Self::Sharing(command) => command.name(),
            Self::Correction(command) => command.name(),
            Self::Exclusion(command) => command.name(),
            Self::Representation(command) => command.name(),
            Self::Emergency(command) => command.name(),
            Self::Crisis(command) => command.name(),
            Self::Plan(command) => command.name(),
            Self::OwnPlan(command) => command.name(),
            Self::Contact(command) => command.name(),
            Self::Voice(command) => command.name(),
            Self::Statement(command) => command.name(),
            Self::Request(command) => command.name(),
            Self::Conflict(command) => command.name(),
            Self::Service(command) => command.name(),
            Self::Ruling(command) => command.name(),
            Self::Assessment(command) => command.name(),
            Self::Reference(command) => command.name(),
            Self::Informal(command) => command.name(),
            Self::Conference(command) => command.name(),
            Self::Reflection(command) => command.name(),
            Self::School(command) => command.name(),
            Self::Trajectory(command) => command.name(),
            Self::Weighing(command) => command.name(),
            Self::Application(command) => command.name(),
            Self::Referral(command) => command.name(),
            Self::Framework(command) => command.name(),
            Self::Safety(command) => command.name(),
            Self::Steps(command) => command.name(),
            Self::CrisisPlan(command) => command.name(),
            Self::Ret(command) => command.name(),
            Self::Alert(command) => command.name(),
        }
    }

    fn needs_all(&self) -> bool {
        use ProtectionCommand::{ConfirmLifting, ProposeLifting};
        let lifts = matches!(
            self,
            Self::Protection(ProposeLifting { .. } | ConfirmLifting { .. })
                | Self::Exclusion(ExclusionCommand::LiftExclusion { .. })
        );
        lifts || life::is_act(self)
    }
}
