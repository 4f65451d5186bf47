//! What a mutation answers: what it made, and the case as the caller may see it, through the same gate.

use std::sync::Arc;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use domain::application::ApplicationEvent;
use domain::assessment::AssessmentEvent;
use domain::case::{Case, CaseEvent};
use domain::conference::ConferenceEvent;
use domain::conflict::ConflictEvent;
use domain::consent::ConsentEvent;
use domain::contact::ContactEvent;
use domain::divorce::{DivorceEvent, DonsEvent, SatEvent, TopologyEvent};
use domain::emergency::EmergencyEvent;
use domain::fact::Fact;
use domain::framework::FrameworkEvent;
use domain::households::HouseholdEvent;
use domain::ids::{CaseId, SignalId, Subject};
use domain::informal::InformalEvent;
use domain::life::LifeEvent;
use domain::ownplan::OwnPlanEvent;
use domain::people::PeopleEvent;
use domain::plan::PlanEvent;
use domain::plan::tone::{self, Blaming};
use domain::reference::ReferenceEvent;
use domain::referral::ReferralEvent;
use domain::reflection::ReflectionEvent;
use domain::regie::RegieEvent;
use domain::request::RequestEvent;
use domain::ret::RetEvent;
use domain::ruling::RulingEvent;
use domain::safety::SafetyEvent;
use domain::school::SchoolEvent;
use domain::service::ServiceEvent;
use domain::sharing::SharingEvent;
use domain::signal::Signal;
use domain::statement::StatementEvent;
use domain::steps::StepsEvent;
use domain::text::Text;
use domain::trajectory::TrajectoryEvent;
use domain::voice::VoiceEvent;
use domain::weighing::WeighingEvent;
use serde::{Deserialize, Serialize};
use workflows::desk::Receipt;

use super::case::CaseNode;
use super::session::Session;
use crate::gate::{Field, Mandate, Topic};

const WAITS: Field = Field::new("signal.waits", Topic::Signal);

/// A kind of thing that a command makes.
#[derive(Enum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreatedKind {
    /// A case.
    Case,
    /// A person.
    Person,
    /// A household.
    Household,
    /// A consent, or a refusal.
    Consent,
    /// A handover.
    Handover,
    /// A signal.
    Signal,
    /// A question to a divorce advice team (SAT).
    Review,
    /// A `DOnS` trajectory.
    Trajectory,
    /// Something shared with somebody outside the case.
    Share,
    /// An emergency access.
    Emergency,
    /// A minimal shared agreement between households.
    SharedAgreement,
    /// A goal of a plan.
    Goal,
    /// An action of a plan.
    Action,
    /// A version of a plan.
    PlanVersion,
    /// A plan that the family makes itself.
    OwnPlan,
    /// A contact moment.
    Contact,
    /// Something promised in a contact.
    Promise,
    /// A signal about how a child fares.
    ChildSignal,
    /// What somebody said.
    Statement,
    /// A request from outside.
    Request,
    /// A conflict between named people.
    Conflict,
    /// A step in help.
    Step,
    /// That a body joined.
    Involvement,
    /// A ruling.
    Ruling,
    /// An exception to asking for consent.
    Exception,
    /// An assessment.
    Assessment,
    /// What one person said in an assessment.
    AssessmentPart,
    /// What may explain what is hard.
    Hypothesis,
    /// A reference to a register elsewhere.
    ExternalReference,
    /// Informal support.
    InformalSupport,
    /// A conference.
    Conference,
    /// A reflection.
    Reflection,
    /// An intake with a school.
    Intake,
    /// A weighing of help in a school.
    Triage,
    /// A question of a school.
    SchoolQuestion,
    /// Help of a provider.
    HelpTrajectory,
    /// An extension of such help.
    Extension,
    /// Something that was weighed.
    Weighing,
    /// Something that was asked for and waits.
    Application,
    /// A direct referral.
    Referral,
    /// A condition in voluntary help.
    Condition,
    /// A conversation of a `DOnS` trajectory.
    DonsConversation,
    /// A goal of the parents.
    ParentGoal,
    /// Something that stands in the way.
    Barrier,
    /// An advice of a divorce advice team.
    Advice,
    /// A lane of safety.
    SafetyLane,
    /// That somebody is told of a safety lane later.
    ToldLater,
    /// What somebody thought of that they can do themself.
    Option,
    /// Somebody's familiar face.
    TrustedContact,
    /// An involvement of a regional expert team.
    Ret,
    /// A fact: what a correction may name.
    Fact,
}

impl CreatedKind {
    /// The kind by its GraphQL name (`PERSON`); `None` for one that is not there.
    #[must_use]
    pub fn from_graphql(name: &str) -> Option<Self> {
        Self::items().iter().find(|item| item.name == name).map(|item| item.value)
    }
}

/// Something that the command made.
#[derive(SimpleObject, Clone, Debug)]
pub struct Created {
    /// What it is.
    kind: CreatedKind,
    /// Its id.
    id: ID,
}

/// The answer to a command about a case.
pub struct CasePayload {
    case: CaseId,
    created: Vec<Created>,
    repeated: bool,
    blaming: Vec<Blaming>,
}

/// Words that may blame somebody: a warning, no refusal.
#[derive(SimpleObject, Clone, Debug)]
pub struct ToneWarning {
    /// The words that were found.
    phrase: String,
    /// How it can be said otherwise, in the language of those words.
    suggestion: String,
    /// The language, as a tag such as `nl`.
    language: String,
    /// The version of the list of words.
    list: String,
}

impl CasePayload {
    /// Of what came of the command.
    pub fn new(case: CaseId, receipt: &Receipt<Case>) -> Self {
        let recorded = |fact: &Fact<CaseEvent>| Created { kind: CreatedKind::Fact, id: ID(fact.id.to_string()) };
        Self {
            case,
            created: receipt
                .facts()
                .flat_map(|fact| {
                    made(case, &fact.event).into_iter().chain(promised(&fact.event)).chain([recorded(fact)])
                })
                .collect(),
            repeated: receipt.repeated,
            blaming: Vec::new(),
        }
    }

    /// The same, with what these words may blame somebody for.
    #[must_use]
    pub fn minding(self, words: &str) -> Self {
        Self { blaming: Text::new(words).map(|words| tone::blaming(&words)).unwrap_or_default(), ..self }
    }
}

impl CasePayload {
    /// Whether the command had been carried out before.
    #[must_use]
    pub const fn is_repeated(&self) -> bool {
        self.repeated
    }
}

/// What was promised in a contact.
fn promised(event: &CaseEvent) -> Vec<Created> {
    let CaseEvent::Contact(ContactEvent::ContactRecorded { promises, .. }) = event else { return Vec::new() };
    let created =
        |made: &domain::contact::Promise| Created { kind: CreatedKind::Promise, id: ID(made.promise.to_string()) };
    promises.iter().map(created).collect()
}

fn made(case: CaseId, event: &CaseEvent) -> Option<Created> {
    let created = |kind, id: String| Some(Created { kind, id: ID(id) });
    match event {
        CaseEvent::Life(LifeEvent::CaseOpened { .. }) => created(CreatedKind::Case, case.to_string()),
        CaseEvent::People(PeopleEvent::PersonAdded { person, .. }) => created(CreatedKind::Person, person.to_string()),
        CaseEvent::Households(HouseholdEvent::HouseholdFormed { household, .. }) => {
            created(CreatedKind::Household, household.to_string())
        }
        CaseEvent::Consent(
            ConsentEvent::ConsentGranted { consent, .. } | ConsentEvent::ConsentRefused { consent, .. },
        ) => created(CreatedKind::Consent, consent.to_string()),
        CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { emergency, .. }) => {
            created(CreatedKind::Emergency, emergency.to_string())
        }
        CaseEvent::Regie(RegieEvent::HandoverOffered { handover, .. }) => {
            created(CreatedKind::Handover, handover.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatRequested { review, .. })) => {
            created(CreatedKind::Review, review.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { trajectory, .. })) => {
            created(CreatedKind::Trajectory, trajectory.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::SharedAgreementMade { agreement, .. })) => {
            created(CreatedKind::SharedAgreement, agreement.to_string())
        }
        CaseEvent::Conflict(ConflictEvent::ConflictNamed { conflict, .. }) => {
            created(CreatedKind::Conflict, conflict.to_string())
        }
        CaseEvent::Service(ServiceEvent::ServiceStepTaken { step, .. }) => created(CreatedKind::Step, step.to_string()),
        CaseEvent::Service(ServiceEvent::BodyJoined { involvement, .. }) => {
            created(CreatedKind::Involvement, involvement.to_string())
        }
        CaseEvent::Consent(ConsentEvent::ConsentExceptionRecorded { exception, .. }) => {
            created(CreatedKind::Exception, exception.to_string())
        }
        CaseEvent::Trajectory(TrajectoryEvent::TrajectoryStarted { trajectory, .. }) => {
            created(CreatedKind::HelpTrajectory, trajectory.to_string())
        }
        CaseEvent::Trajectory(TrajectoryEvent::ExtensionAsked { extension, .. }) => {
            created(CreatedKind::Extension, extension.to_string())
        }
        CaseEvent::Weighing(
            WeighingEvent::HarmfulHelpJustified { weighing, .. } | WeighingEvent::WaitingDecided { weighing, .. },
        ) => created(CreatedKind::Weighing, weighing.to_string()),
        CaseEvent::Application(ApplicationEvent::ApplicationMade { application, .. }) => {
            created(CreatedKind::Application, application.to_string())
        }
        CaseEvent::Referral(ReferralEvent::ReferralRecorded { referral, .. }) => {
            created(CreatedKind::Referral, referral.to_string())
        }
        CaseEvent::Framework(FrameworkEvent::ConditionSet { condition, .. }) => {
            created(CreatedKind::Condition, condition.to_string())
        }
        CaseEvent::Ruling(RulingEvent::RulingRecorded { ruling, .. }) => {
            created(CreatedKind::Ruling, ruling.to_string())
        }
        CaseEvent::Sharing(SharingEvent::ShareAccepted { share, .. }) => created(CreatedKind::Share, share.to_string()),
        CaseEvent::Plan(PlanEvent::GoalProposed { goal, .. }) => created(CreatedKind::Goal, goal.to_string()),
        CaseEvent::Plan(PlanEvent::ActionAgreed { action, .. }) => created(CreatedKind::Action, action.to_string()),
        CaseEvent::Plan(PlanEvent::PlanOffered { version, .. }) => {
            created(CreatedKind::PlanVersion, version.to_string())
        }
        CaseEvent::OwnPlan(OwnPlanEvent::OwnPlanTaken { own_plan, .. }) => {
            created(CreatedKind::OwnPlan, own_plan.to_string())
        }
        CaseEvent::Contact(ContactEvent::ContactRecorded { contact, .. }) => {
            created(CreatedKind::Contact, contact.to_string())
        }
        CaseEvent::Voice(VoiceEvent::ChildSignalOpened { signal, .. }) => {
            created(CreatedKind::ChildSignal, signal.to_string())
        }
        CaseEvent::Statement(StatementEvent::StatementRecorded { statement, .. }) => {
            created(CreatedKind::Statement, statement.to_string())
        }
        CaseEvent::Request(RequestEvent::OutsideRequestRecorded { request, .. }) => {
            created(CreatedKind::Request, request.to_string())
        }
        _ => made_with_others(event),
    }
}

/// The same of what is done together: assessments, informal support, conferences, reflection, schools.
fn made_with_others(event: &CaseEvent) -> Option<Created> {
    let created = |kind, id: String| Some(Created { kind, id: ID(id) });
    match event {
        CaseEvent::Assessment(AssessmentEvent::AssessmentRecorded { assessment, .. }) => {
            created(CreatedKind::Assessment, assessment.to_string())
        }
        CaseEvent::Assessment(AssessmentEvent::AssessmentPartTold { part, .. }) => {
            created(CreatedKind::AssessmentPart, part.to_string())
        }
        CaseEvent::Assessment(AssessmentEvent::HypothesisStated { hypothesis, .. }) => {
            created(CreatedKind::Hypothesis, hypothesis.to_string())
        }
        CaseEvent::Reference(ReferenceEvent::ExternalReferenceRecorded { reference, .. }) => {
            created(CreatedKind::ExternalReference, reference.to_string())
        }
        CaseEvent::Informal(InformalEvent::SupportMatched { support, .. }) => {
            created(CreatedKind::InformalSupport, support.to_string())
        }
        CaseEvent::Steps(StepsEvent::OptionAuthored { option, .. }) => created(CreatedKind::Option, option.to_string()),
        CaseEvent::Steps(StepsEvent::TrustedContactNamed { trusted, .. }) => {
            created(CreatedKind::TrustedContact, trusted.to_string())
        }
        CaseEvent::Ret(RetEvent::RetAsked { ret, .. }) => created(CreatedKind::Ret, ret.to_string()),
        CaseEvent::Conference(ConferenceEvent::ConferenceCalled { conference, .. }) => {
            created(CreatedKind::Conference, conference.to_string())
        }
        CaseEvent::Reflection(ReflectionEvent::ReflectionHeld { reflection, .. }) => {
            created(CreatedKind::Reflection, reflection.to_string())
        }
        CaseEvent::School(SchoolEvent::IntakeHeld { intake, .. }) => created(CreatedKind::Intake, intake.to_string()),
        CaseEvent::School(SchoolEvent::ArrangementTriaged { triage, .. }) => {
            created(CreatedKind::Triage, triage.to_string())
        }
        CaseEvent::School(SchoolEvent::SchoolQuestionAsked { question, .. }) => {
            created(CreatedKind::SchoolQuestion, question.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Dons(
            DonsEvent::DonsConversationHeld { conversation, .. }
            | DonsEvent::DonsConversationNotHeld { conversation, .. },
        )) => created(CreatedKind::DonsConversation, conversation.to_string()),
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::ParentGoalDrafted { goal, .. })) => {
            created(CreatedKind::ParentGoal, goal.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::BarrierOpened { barrier, .. })) => {
            created(CreatedKind::Barrier, barrier.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatAdviceGiven { advice, .. })) => {
            created(CreatedKind::Advice, advice.to_string())
        }
        CaseEvent::Safety(SafetyEvent::SafetySignalRecorded { lane, opens: true, .. }) => {
            created(CreatedKind::SafetyLane, lane.to_string())
        }
        CaseEvent::Safety(SafetyEvent::ToldLaterDecided { told_later, .. }) => {
            created(CreatedKind::ToldLater, told_later.to_string())
        }
        _ => None,
    }
}

/// The answer to a command about a case.
#[Object]
impl CasePayload {
    /// The case as you may see it now. Absent when you may not see it any more.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<CaseNode>> {
        let session = Session::of(ctx)?;
        let loaded = session.services().cases.load(self.case.as_uuid()).await.map_err(|e| session.unreadable(&e))?;
        Ok(CaseNode::of(&session, self.case, Arc::clone(&loaded)))
    }

    /// What the command made, in order, with the facts that it recorded.
    async fn created(&self) -> &[Created] {
        &self.created
    }

    /// Whether the command had been carried out before: this is the answer of then, read now.
    async fn repeated(&self) -> bool {
        self.repeated
    }

    /// Words you wrote that may blame somebody, each with another way to say it. They are recorded as you wrote them.
    async fn warnings(&self) -> Vec<ToneWarning> {
        let warning = |found: &Blaming| ToneWarning {
            phrase: found.phrase.to_owned(),
            suggestion: found.suggestion.to_owned(),
            language: found.language.to_owned(),
            list: found.list.to_owned(),
        };
        self.blaming.iter().map(warning).collect()
    }
}

/// The answer to a command about a signal.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct SignalPayload {
    /// What the command made.
    created: Vec<Created>,
    /// The signal.
    signal_id: ID,
    #[graphql(skip)]
    waits: bool,
    #[graphql(skip)]
    signal: SignalId,
    /// By which the command was allowed: what is told of the signal is noted under it.
    #[graphql(skip)]
    mandate: Option<Mandate>,
    /// Whether the command had been carried out before.
    repeated: bool,
}

impl SignalPayload {
    /// Of what came of the command, by the mandate that allowed it.
    pub fn new(signal: SignalId, receipt: &Receipt<Signal>, mandate: Option<Mandate>) -> Self {
        let id = ID(signal.to_string());
        let raised = receipt.facts().any(|fact| matches!(fact.event, domain::signal::SignalEvent::SignalRaised { .. }));
        Self {
            created: raised.then(|| Created { kind: CreatedKind::Signal, id: id.clone() }).into_iter().collect(),
            waits: receipt.loaded.history.state().waits(),
            signal_id: id,
            signal,
            mandate,
            repeated: receipt.repeated,
        }
    }
}

#[ComplexObject]
impl SignalPayload {
    /// Whether it still waits for somebody.
    async fn waits(&self) -> bool {
        if let Some(mandate) = &self.mandate {
            mandate.note_made(WAITS, &[Subject::Signal(self.signal)]);
        }
        self.waits
    }
}
