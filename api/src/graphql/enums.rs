//! The domain's closed lists as the API shows them. Each mirrors one enum of the domain; the compiler keeps them equal.

mod advised;
mod alerts;
mod assessed;
mod course;
mod episode;
mod help;
mod plan;
mod safety;
mod said;
mod steps;
mod together;
mod two_plans;

use async_graphql::Enum;

pub use self::advised::{BarrierKind, DonsConversationKind, DonsSubGoal, GoalStep, SatMode, SatTrack};
pub use self::alerts::{AlertReceiver, ProposalKind};
pub use self::assessed::{
    AssessmentEffect, AssessmentInstrument, AssessmentRelationKind, AssessmentThemeKind, AssessmentVariant,
    AssessmentWeight, ExternalRegister, SupportEndedBy, SupportKind, SupportMoment, SupportOutcome,
};
pub use self::course::{Body, Environment, Medium, NetworkEffect, ParentingForm, RestKind};
pub use self::episode::{DivorceOpen, DivorceProgress, DivorceTrack, EpisodeState, EpisodeStep, Feature};
pub use self::help::{
    ApplicationKind, ApplicationOutcome, ExtensionAdvice, ExtensionOutcome, Referrer, ReviewRole, TrajectoryEnding,
};
pub use self::plan::{ActionOutcome, EvaluationOutcome, GoalStanding, PlanAnswer, PlanMaker};
pub use self::safety::{SafetyKind, ScreeningOutcome, ToldLaterGround};
pub use self::said::{
    ChildSignalChange, ChildSignalDomain, ContactAnswer, ContactDirection, ContactMedium, ContactVerification,
    FindingAuthority, PromiseEnd, PromiseKind, RequestOutcome, RequesterKind, StatementRecognised,
};
pub use self::steps::{ConversationStep, OptionEffect};
pub use self::together::{ConferenceKind, ConferencePart, IntakeSide, QuestionEnd, TriageOutcome};
pub use self::two_plans::{
    GoalHandling, GoalSubject, GoalWarningKind, PlanPlace, SafeKind, TwoPlansAnswer, TwoPlansWish,
};

/// Whether help is voluntary or rests on a measure.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::life::LegalFramework")]
pub enum LegalFramework {
    /// The family chooses (vrijwillig kader).
    Voluntary,
    /// A measure binds the family (gedwongen kader).
    Compulsory,
}

/// On what a case may open.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::life::OpeningGround")]
pub enum OpeningGround {
    /// A help consent by somebody with standing, for each child.
    HelpConsent,
    /// A decision under the meldcode.
    MeldcodeDecision,
    /// A measure by a court.
    Measure,
}

/// How a case ended. No label about the family is needed.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::life::Outcome", name = "CaseOutcome")]
pub enum Outcome {
    /// Good enough, in the family's eyes.
    GoodEnough,
    /// No help was needed.
    NoHelpNeeded,
    /// The family was reassured.
    Reassured,
    /// The family moved to another municipality.
    Moved,
    /// The family ended the contact.
    EndedByFamily,
}

/// Kind of place a signal came from; never which one.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::signal::PlaceKind")]
pub enum PlaceKind {
    /// A school.
    School,
    /// A general practice, its youth worker included.
    GeneralPractice,
    /// A day nursery.
    Childcare,
    /// The police.
    Police,
    /// Neighbours or the street.
    Neighbourhood,
    /// Elsewhere.
    Elsewhere,
}

/// What is consented to.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::ConsentKind")]
pub enum ConsentKind {
    /// Help (Jeugdwet 7.3.4, 7.3.5).
    Help,
    /// Sharing data about the subject with the recipients (Jeugdwet 7.3.11).
    Sharing,
    /// A professional joins the case.
    Joining,
    /// Somebody is measured with an instrument, apart from help.
    Measuring,
}

/// In which capacity somebody gave consent, judged for that day.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::Standing", name = "ConsentStanding")]
pub enum Standing {
    /// A parent with authority.
    Parent,
    /// A guardian (voogd).
    Guardian,
    /// The child, 12 to 15 years old.
    Child,
    /// The young person from 16, or an adult for what concerns that adult.
    Themself,
    /// Nobody with standing that we know of: recorded as said, a person must decide.
    Undetermined,
}

/// How consent was given.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::Evidence", name = "ConsentEvidence")]
pub enum Evidence {
    /// Said in a talk.
    Spoken,
    /// Written or signed.
    Written,
}

/// A category of data that may be shared.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::Category", name = "DataCategory")]
pub enum Category {
    /// Who is who.
    Identity,
    /// The plan and its goals.
    Plan,
    /// How school goes.
    School,
    /// Health.
    Health,
    /// Wellbeing.
    Wellbeing,
    /// The conflict and what is done about it.
    Escalation,
    /// What was signalled.
    Signal,
}

/// Who somebody is in this family. Being involved is not having authority.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::people::FamilyRole")]
pub enum FamilyRole {
    /// Parent, with or without authority.
    Parent,
    /// Child.
    Child,
    /// Partner of a parent.
    StepParent,
    /// Somebody else who brings the child up.
    Carer,
    /// Guardian (voogd).
    Guardian,
    /// Foster parent (pleegouder).
    FosterParent,
    /// Sister, neighbour, friend.
    NetworkMember,
}

/// Who has authority (gezag) over a child, as the register says it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::people::AuthorityKind")]
pub enum AuthorityKind {
    /// Both parents together: two holders.
    JointParents,
    /// One parent: one holder.
    OneParent,
    /// A parent together with somebody else: two holders.
    JointWithOther,
    /// Guardians: as many as are known.
    Guardianship,
    /// Nobody for now: a person must decide.
    TemporarilyNone,
    /// It cannot be determined: a person must decide.
    Undetermined,
    /// The register is being investigated: a person must decide.
    UnderInvestigation,
}

/// Where a dated fact comes from.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::people::Source", name = "FactSource")]
pub enum Source {
    /// The register of persons or of authority.
    Register,
    /// A court.
    Court,
    /// A deed.
    Deed,
    /// Somebody's statement.
    Statement,
}

/// A task that belongs to the role of case director.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::regie::RegieTask")]
pub enum RegieTask {
    /// Keep the overview.
    Overview,
    /// Guard the course.
    Course,
    /// Guard calm.
    Calm,
    /// Keep the plan.
    Plan,
    /// Keep the contacts with and between those involved.
    Contacts,
    /// See to evaluations.
    Evaluation,
}

/// In which capacity a user of the system acts.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::fact::Role", name = "WorkerRole")]
pub enum Role {
    /// Access worker of a municipality (jeugdconsulent toegang).
    AccessWorker,
    /// Somebody who may be case director (regiehouder).
    CaseDirector,
    /// A professional who supports the family.
    Supporter,
    /// Member of a divorce advice team (SAT).
    SatAdvisor,
    /// Audits information sharing.
    PrivacyOfficer,
    /// Sees caseload and terms, no content.
    TeamLead,
    /// The aandachtsfunctionaris of the meldcode: hears when one of its steps was not taken in its term, no content.
    AttentionOfficer,
    /// The manager who decides: hears what nobody reviewed in time, no content. Not the privacy officer, who judges.
    Manager,
    /// Keeps the system running; sees no content.
    Operator,
    /// The system itself, carrying out what a person decided earlier.
    System,
}

/// How the plans of a case are laid out.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::PlanTopology")]
pub enum PlanTopology {
    /// One plan for the whole family.
    OneFamilyOnePlan,
    /// A plan for each household (van een gezin, een plan naar twee gezinnen, twee plannen).
    PlanPerHousehold,
}

/// On what one plan becomes a plan per household. One ground is enough.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::SplitGround")]
pub enum SplitGround {
    /// A complex divorce was recognised, the vision shared, and each parent accepted.
    Recognition,
    /// Both parents wish it.
    BothWish,
    /// Safety asks for it. Only the case director and deputy see that.
    Safety,
}

/// How a question to a divorce advice team ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::SatEnd", name = "SatEndReason")]
pub enum SatEnd {
    /// The advice was answered.
    Answered,
    /// It was no longer needed.
    NotNeeded,
    /// The team said: not us. An advisor who says *not me* leaves it open for the others.
    NotMe,
}

/// In which capacity somebody outside the case receives what is shared.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::sharing::Capacity", name = "ReceiverCapacity")]
pub enum Capacity {
    /// For a school.
    School,
    /// As a volunteer.
    Volunteer,
    /// As a professional who takes no part in the case.
    Professional,
}

/// Why a worker is kept out of a case.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::exclusion::ExclusionGround")]
pub enum ExclusionGround {
    /// It is the worker's own family.
    OwnFamily,
    /// The worker lives near the family.
    Neighbour,
    /// Somebody of the family objected, and that was upheld.
    ObjectionUpheld,
}

/// In which capacity somebody represents a person.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::representation::RepresentativeKind")]
pub enum RepresentativeKind {
    /// Guardian of a certified institution (voogd van de GI).
    Guardian,
    /// Curator of an adult (curator).
    Curator,
    /// Mentor of an adult (mentor).
    Mentor,
    /// Somebody the person authorised in writing (gemachtigde).
    Proxy,
    /// Worker of a certified institution under a measure (jeugdbeschermer).
    Jeugdbeschermer,
}

/// What became of a consent by the day looked at.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::WordState", name = "ConsentState")]
pub enum WordState {
    /// A yes that holds.
    Granted,
    /// A yes in whose place a later one like it holds.
    Renewed,
    /// A no.
    Refused,
    /// A yes that was withdrawn.
    Withdrawn,
    /// A yes whose agreed last day is past.
    Expired,
    /// A yes that a later no, or the withdrawal of another like it, took back.
    TakenBack,
    /// A yes that had not begun.
    NotYet,
}

/// On which ground the law excepts somebody from being asked for consent.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::ExceptionGround", name = "ConsentExceptionGround")]
pub enum ExceptionGround {
    /// 12 to 15: help is evidently needed to prevent serious harm to the child (Jeugdwet 7.3.4(2)).
    PreventSeriousHarm,
    /// 12 to 15: after a refusal the child keeps wanting the help, on good thought (Jeugdwet 7.3.4(2)).
    KeepsWanting,
    /// 12 or older and unable to judge this (Jeugdwet 7.3.15): asked is as under 12.
    UnableToJudge,
    /// No time to ask, to prevent serious harm (Jeugdwet 7.3.16).
    Urgent,
    /// A child protection measure, closed youth care or youth probation (Jeugdwet 7.3.4(1)).
    Measure,
}

/// What stays open after a no, a withdrawal, or while somebody was not asked.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::consent::WayOpen")]
pub enum WayOpen {
    /// Ask, or ask again.
    AskAgain,
    /// Ask for advice without naming anybody.
    AnonymousAdvice,
    /// Help for a child of 12 to 15, to prevent serious harm (Jeugdwet 7.3.4(2)).
    PreventSeriousHarm,
    /// Help for a child of 12 to 15 who keeps wanting it after a no (Jeugdwet 7.3.4(2)).
    KeepsWanting,
    /// Somebody who cannot judge this (Jeugdwet 7.3.15).
    UnableToJudge,
    /// Help at once, to prevent serious harm (Jeugdwet 7.3.16).
    Urgent,
    /// Who is directly involved in this help (Jeugdwet 7.3.11(2)).
    DirectlyInvolved,
    /// A duty to tell by law (Jeugdwet 7.3.11(1)).
    LegalDuty,
    /// The institution that carries out a supervision order (Jeugdwet 7.3.11(4)).
    ToTheInstitution,
    /// Telling in spite of secrecy, with the six questions answered.
    ConflictOfDuties,
    /// Ask the court to say yes in somebody's place.
    Court,
    /// Advice of or a report to Veilig Thuis (Wmo 2015 5.2.6).
    VeiligThuis,
    /// A request to the Raad voor de Kinderbescherming.
    Raad,
}

/// What a court ruled about.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::ruling::RulingKind")]
pub enum RulingKind {
    /// Who has authority (gezag), wholly or for a part.
    Authority,
    /// Where a child has its main residence (hoofdverblijf).
    Residence,
    /// Contact between a child and a parent or somebody else (omgang).
    Contact,
    /// Authority is suspended (schorsing).
    Suspension,
    /// Who is told what about a child (informatieregeling).
    InformationRule,
    /// Somebody may not come somewhere or near somebody (verbod).
    Ban,
    /// Supervision order (ondertoezichtstelling).
    Ots,
    /// Placing a child out of home, or closed youth care (machtiging).
    Authorisation,
    /// The court says yes in somebody's place (vervangende toestemming).
    SubstituteConsent,
}

/// What an organisation asks a worker to do across cases, for a time.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::worker::Duty", name = "WorkerDuty")]
pub enum Duty {
    /// Leads a team: sees caseload, terms and directors, no content.
    TeamLead,
    /// On call outside office hours (piket): reads crisis cards.
    OnCall,
    /// Trained as a family representative (gezinsvertegenwoordiger): may be one of a `DOnS` duo.
    FamilyRepresentative,
}

/// What a review of an emergency access came to.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::emergency::ReviewOutcome")]
pub enum ReviewOutcome {
    /// It was needed, and went no further than needed.
    Justified,
    /// It was not.
    NotJustified,
}
