//! What people do before the system tells or proposes something by itself: a short story for every line of the table, and for every
//! proposal. Told by hand and not worked out by the rules, so that a count can be held against them. Invented people only.
//!
//! The tests of the law play these, and so do those of the runner, over years: this file is read by both, and takes only what both see.

use domain::alert::{ProposalKind, Receiver};
use domain::application::{ApplicationCommand, ApplicationKind, ApplicationOutcome, NewApplication};
use domain::case::{Case, CaseCommand};
use domain::conference::{ConferenceCommand, ConferenceKind, NewAttendee, NewConference, NewGuest};
use domain::conflict::{ConflictCommand, EnergyPercent, GlaslStage, Medium, NewStage, ParentingForm};
use domain::consent::{ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use domain::contact::{ContactCommand, NewContact, NewPromise, PromiseEnd, PromiseKind};
use domain::correction::{CorrectedContent, CorrectionCommand};
use domain::crisisplan::{CrisisPlanCommand, NewCrisisAction, NewCrisisPlan};
use domain::decider::{DomainEvent as _, History};
use domain::divorce::episode::{DivorceTrack, EpisodeCommand, EpisodeStep, Feature, NewChoice, NewNoticedBy, NewSeen};
use domain::divorce::{
    DonsCommand, DonsConversationKind, FamilyRepresentative, NewDonsConversation, SatCommand, SatEnd, SatScope,
    SplitGround, TopologyCommand,
};
use domain::emergency::{EmergencyCommand, NewGround, ReviewOutcome};
use domain::fact::{Organisation, Role};
use domain::framework::{FrameworkCommand, NewCondition};
use domain::households::HouseholdCommand;
use domain::ids::{EventId, HouseholdId, LaneId, PersonId, WorkerId};
use domain::informal::{EndedBy, InformalCommand, NewMatch, SupportKind, SupportOutcome};
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::ownplan::{OwnPlanCommand, PlanMaker};
use domain::people::{AuthorityKind, FamilyRole, NewAuthority, NewPerson, PeopleCommand, Source};
use domain::plan::{ActionOutcome, Answer, EvaluationOutcome, Owner, PlanCommand, PlanRef, SaidBy};
use domain::reflection::{NewReflection, NewSaid, ReflectionCommand};
use domain::regie::{Agreed, NewParty, RegieCommand, RegieTask};
use domain::request::{NewRequest, RequestCommand, RequestOutcome, Requester};
use domain::ret::{NewRet, NewTold, RetCommand};
use domain::ruling::{NewRuling, RulingCommand, RulingDates, RulingKind};
use domain::safety::{Answers, NewSignal, SafetyCommand, SafetyKind, ScreeningOutcome, ToldLaterGround};
use domain::school::{NewQuestion, QuestionEnd, SchoolCommand};
use domain::text::{Line, Name, Text};
use domain::time::CivilDay;
use domain::trajectory::{ExtensionOutcome, NewTrajectory, TrajectoryCommand, TrajectoryEnding};
use domain::weighing::{NewJustification, WeighingCommand};
use uuid::Uuid;

use Receiver::{AccessWorkers, AttentionOfficer, Director, Owner as ByOwner, PrivacyOfficerAndManager, TeamLead};

const ACCESS: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x11));
const DIRECTOR: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x71));
const LEAD: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x72));
const HELPER: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x73));
const COLLEAGUE: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x74));
const OFFICER: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x75));

/// Of a plan that became active: it is reflected on half a year later.
const REFLECTED_ON: Told = told("reflection", 1, LED);
const LED: &[Receiver] = &[Director, TeamLead];
const OWNED: &[Receiver] = &[ByOwner, Director, TeamLead];
const OF_SAFETY: &[Receiver] = &[AttentionOfficer, TeamLead];

/// What somebody does: works out the command from the case as it stands, on that day.
pub type Deed = fn(&History<Case>, CivilDay) -> CaseCommand;

/// Somebody does something so many days after the story began.
#[derive(Clone, Copy)]
pub struct Step {
    /// How many days after.
    pub after: u64,
    /// Who.
    pub by: WorkerId,
    /// As what.
    pub role: Role,
    /// What.
    pub does: Deed,
}

/// What must have been told when nobody did what was waited for.
#[derive(Clone, Copy)]
pub struct Told {
    /// What was waited for.
    pub what: &'static str,
    /// How many times over, in a life of years.
    pub times: usize,
    /// Who each time, one after the other.
    pub to: &'static [Receiver],
}

/// A story.
pub struct Story {
    /// What it is called.
    pub name: &'static str,
    /// When the child was born, in a case that is opened on that day.
    pub born: fn(CivilDay) -> CivilDay,
    /// What is done.
    pub begin: Vec<Step>,
    /// What takes it away again.
    pub done: Vec<Step>,
    /// What is told when nobody does that; all of it in order of the table.
    pub tells: Vec<Told>,
    /// Whether what was done comes to wait anew by itself, another time.
    pub recurs: bool,
    /// What is proposed.
    pub proposes: Vec<ProposalKind>,
}

const fn told(what: &'static str, times: usize, to: &'static [Receiver]) -> Told {
    Told { what, times, to }
}

const fn on(after: u64, does: Deed) -> Step {
    Step { after, by: DIRECTOR, role: Role::CaseDirector, does }
}

impl Step {
    const fn by(self, by: WorkerId, role: Role) -> Self {
        Self { by, role, ..self }
    }
}

impl Story {
    fn new(name: &'static str, begin: Vec<Step>) -> Self {
        // Two years old: no birthday that counts comes within the years of any test.
        let born = |opened: CivilDay| opened.minus_days(800);
        Self { name, born, begin, done: Vec::new(), tells: Vec::new(), recurs: false, proposes: Vec::new() }
    }

    fn tells(self, tells: &[Told]) -> Self {
        Self { tells: tells.to_vec(), ..self }
    }

    fn done(self, done: Vec<Step>) -> Self {
        Self { done, ..self }
    }

    fn proposes(self, kind: ProposalKind) -> Self {
        Self { proposes: vec![kind], ..self }
    }
}

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn line(words: &str) -> Line {
    Line::new(words).unwrap()
}

fn organisation(short: &str) -> Organisation {
    Organisation::new(short).unwrap()
}

fn person(case: &History<Case>, place: usize) -> PersonId {
    case.state().people.iter().nth(place).unwrap().id
}

fn mother(case: &History<Case>) -> PersonId {
    person(case, 0)
}

fn father(case: &History<Case>) -> PersonId {
    person(case, 1)
}

fn child(case: &History<Case>) -> PersonId {
    person(case, 2)
}

/// The last fact of this kind.
fn fact_of(case: &History<Case>, name: &str) -> EventId {
    case.facts().iter().rfind(|fact| fact.event.info().name == name).unwrap().id
}

fn strike(case: &History<Case>, name: &str) -> CaseCommand {
    CorrectionCommand::StrikeOut { target: fact_of(case, name), reason: text("vergissing") }.into()
}

/// The case is opened around two parents and a child who was born on that day.
pub fn open(born: CivilDay) -> CaseCommand {
    let person = |key: &str, called: &str, born: CivilDay, role| NewPerson {
        key: key.to_owned(),
        name: Name::new(called).unwrap(),
        birth_date: Some(born),
        role,
    };
    let grown_up = CivilDay::from_ymd(1985, 3, 3).unwrap();
    LifeCommand::OpenCase {
        municipality: organisation("gemeente-huizen"),
        framework: LegalFramework::Voluntary,
        ground: OpeningGround::MeldcodeDecision,
        question: text("Hoe komt er rust?"),
        signal: None,
        people: vec![
            person("m", "Samira", grown_up, FamilyRole::Parent),
            person("v", "Karim", grown_up, FamilyRole::Parent),
            person("k", "Ilias", born, FamilyRole::Child),
        ],
        authority: Vec::new(),
        consents: Vec::new(),
    }
    .into()
}

/// Somebody directs.
fn directed() -> Step {
    let assign: Deed = |case, _| {
        RegieCommand::AssignCaseDirector {
            director: DIRECTOR,
            organisation: organisation("gemeente-huizen"),
            tasks: vec![RegieTask::Overview],
            agreed: vec![Agreed::Person(mother(case))],
            from: None,
        }
        .into()
    };
    on(0, assign).by(ACCESS, Role::AccessWorker)
}

/// In a case in which somebody directs.
fn story<const N: usize>(name: &'static str, begin: [Step; N]) -> Story {
    Story::new(name, [directed()].into_iter().chain(begin).collect())
}

fn joins(worker: WorkerId, specialist: bool) -> CaseCommand {
    let party = NewParty {
        worker,
        organisation: organisation("zorg-vecht"),
        expertise: None,
        specialist,
        expected_end: None,
        from: None,
        consents: Vec::new(),
    };
    RegieCommand::ReportPartyJoined { party, last_day: None, explanation: Some(text("Al begonnen.")) }.into()
}

fn yes(giver: PersonId, subject: PersonId, until: Option<CivilDay>) -> CaseCommand {
    ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until,
        explained: None,
        evidence: Evidence::Spoken,
    })
    .into()
}

fn authority(case: &History<Case>, kind: AuthorityKind, holders: &[PersonId], from: CivilDay) -> CaseCommand {
    PeopleCommand::RecordAuthority(NewAuthority {
        child: WhoIs::Person(child(case)),
        kind,
        holders: holders.iter().copied().map(WhoIs::Person).collect(),
        from,
        until: None,
        source: Source::Register,
    })
    .into()
}

fn screened(who: PersonId) -> CaseCommand {
    SafetyCommand::RecordSafetyScreening {
        person: who,
        by: None,
        alone: true,
        control: true,
        outcome: ScreeningOutcome::NoSignal,
        words: text("rustig gesprek"),
        explanation: None,
        known_to: None,
    }
    .into()
}

const SCREENED: [Step; 3] = [
    on(0, |case, _| screened(mother(case))),
    on(0, |case, _| screened(father(case))),
    on(0, |case, _| screened(child(case))),
];

fn noticed() -> CaseCommand {
    EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Worker(HELPER), words: text("Veel spanning.") }
        .into()
}

/// Triage: this track, and not that one.
fn chooses(case: &History<Case>, track: DivorceTrack, not: DivorceTrack) -> CaseCommand {
    EpisodeCommand::DecideDivorceTriage(NewChoice {
        track,
        reason: text("Eerst rust."),
        alternatives: vec![(not, text("Past nu niet."))],
        informed: vec![mother(case), father(case)],
        not_informed: None,
    })
    .into()
}

fn settles(look_back: Option<CivilDay>) -> CaseCommand {
    EpisodeCommand::SettleDivorceEpisode { look_back, words: text("Ieder op eigen wijze.") }.into()
}

fn parallel(case: &History<Case>) -> CaseCommand {
    ConflictCommand::AssessParentingForm {
        parents: vec![mother(case), father(case)],
        form: ParentingForm::Parallel,
        basis: text("Gesprekken met ieder apart."),
        by: None,
    }
    .into()
}

fn name_conflict(case: &History<Case>) -> CaseCommand {
    ConflictCommand::NameConflict { between: vec![mother(case), father(case)], about: text("het ophalen") }.into()
}

fn stages(case: &History<Case>, each: [u8; 2]) -> CaseCommand {
    let stage = |(person, number): (PersonId, u8)| NewStage {
        person,
        stage: Some(GlaslStage::new(number).unwrap()),
        observations: text("Zoals gehoord."),
    };
    let experienced = [mother(case), father(case)].into_iter().zip(each).map(stage).collect();
    ConflictCommand::AssessConflict { conflict: case.state().conflicts.all()[0].id, experienced, by: None }.into()
}

fn energy(case: &History<Case>, person: PersonId, percent: u8) -> CaseCommand {
    let percent = EnergyPercent::new(percent).unwrap();
    ConflictCommand::ReportConflictEnergy { conflict: case.state().conflicts.all()[0].id, person, percent }.into()
}

fn flares(case: &History<Case>) -> CaseCommand {
    ConflictCommand::RecordFlareUp {
        conflict: case.state().conflicts.all()[0].id,
        medium: Medium::App,
        trigger: text("een bericht op vrijdagavond"),
        reactions: Vec::new(),
        told_by: None,
    }
    .into()
}

fn seen(feature: Feature, by: WorkerId) -> NewSeen {
    NewSeen { feature, by, what: Some(text("Aan de deur loopt het op.")) }
}

fn acknowledged(person: PersonId) -> CaseCommand {
    EpisodeCommand::AcknowledgeComplexDivorce { person, reached: true, words: None }.into()
}

fn household(case: &History<Case>, place: usize) -> HouseholdId {
    case.state().households.iter().nth(place).unwrap().id
}

fn forms(case: &History<Case>, label: &str, parent: PersonId, today: CivilDay) -> CaseCommand {
    HouseholdCommand::FormHousehold { label: line(label), from: today, members: vec![parent, child(case)] }.into()
}

fn goal(plan: PlanRef, words: &str, by: PersonId) -> CaseCommand {
    PlanCommand::ProposeGoal { plan, words: text(words), proposed_by: SaidBy::Person(by), concerns: vec![by] }.into()
}

fn endorses(case: &History<Case>, plan: PlanRef, person: PersonId) -> CaseCommand {
    let version = case.state().plans.last_version(plan).unwrap().id;
    PlanCommand::AnswerPlan { version, person, answer: Answer::Endorsed, words: None }.into()
}

fn activates(case: &History<Case>, plan: PlanRef) -> CaseCommand {
    let version = case.state().plans.last_version(plan).unwrap().id;
    PlanCommand::ActivatePlan { version, reason: None, interest: None }.into()
}

fn evaluates(case: &History<Case>, plan: PlanRef, by: PersonId) -> CaseCommand {
    PlanCommand::EvaluatePlan {
        plan,
        took_part: vec![by],
        workers: Vec::new(),
        heard: vec![child(case)],
        outcome: EvaluationOutcome::GoesOn,
        words: text("Het gaat rustiger."),
        next: None,
    }
    .into()
}

/// The plan of the family, endorsed by both and active.
const ACTIVE: [Step; 5] = [
    on(0, |case, _| goal(PlanRef::Family, "rust in huis", mother(case))),
    on(0, |_, _| PlanCommand::OfferPlan { plan: PlanRef::Family }.into()),
    on(0, |case, _| endorses(case, PlanRef::Family, mother(case))),
    on(0, |case, _| endorses(case, PlanRef::Family, father(case))),
    on(0, |case, _| activates(case, PlanRef::Family)),
];

fn lane(case: &History<Case>) -> LaneId {
    case.state().safety.lanes()[0].id
}

fn signal(case: &History<Case>) -> CaseCommand {
    SafetyCommand::RecordSafetySignal(Box::new(NewSignal {
        lane: None,
        concerns: vec![mother(case), child(case)],
        kind: SafetyKind::Violence,
        facts: text("zegt bang te zijn sinds vrijdag"),
        judgement: None,
        reported_by: None,
        observed_by: None,
        told_by: None,
        known_to: None,
    }))
    .into()
}

/// The steps of the meldcode, all on one day.
const STEPS: [Step; 5] = [
    on(1, |case, _| SafetyCommand::RecordSafetyMapping { lane: lane(case), by: None, words: text("bekend") }.into()),
    on(1, |case, _| {
        SafetyCommand::RecordSafetyConsultation {
            lane: lane(case),
            by: None,
            colleagues: vec![HELPER],
            veilig_thuis: false,
            words: text("eerst het kind spreken"),
        }
        .into()
    }),
    on(1, |case, _| {
        SafetyCommand::RecordSafetyTalk {
            lane: lane(case),
            person: child(case),
            by: None,
            alone: true,
            words: text("vertelt hoe het gaat"),
            explanation: None,
            known_to: None,
        }
        .into()
    }),
    on(1, |case, _| {
        SafetyCommand::WeighSafety {
            lane: lane(case),
            by: None,
            with: Vec::new(),
            officer: Some(OFFICER),
            answers: Answers {
                suspected: true,
                acute: false,
                structural: false,
                can_help: Some(true),
                accepted: Some(true),
                lasting: None,
            },
            words: text("geen acute dreiging"),
            explanation: None,
        }
        .into()
    }),
    on(1, |case, _| {
        SafetyCommand::DecideSafety {
            lane: lane(case),
            decided_by: Vec::new(),
            report_needed: false,
            help_possible: true,
            help: Some(text("met een tweede gezinswerker")),
            words: text("er is hulp die helpt"),
            explanation: None,
        }
        .into()
    }),
];

const MELDCODE: [Told; 5] = [
    told("meldcode_map", 1, OF_SAFETY),
    told("meldcode_consult", 1, OF_SAFETY),
    told("meldcode_talk", 1, OF_SAFETY),
    told("meldcode_weigh", 1, OF_SAFETY),
    told("meldcode_decide", 1, OF_SAFETY),
];

fn helps(case: &History<Case>, until: CivilDay, may_harm: bool) -> CaseCommand {
    TrajectoryCommand::StartTrajectory(Box::new(NewTrajectory {
        product: line("ambulante begeleiding"),
        provider: line("zorggroep de esdoorn"),
        persons: vec![mother(case)],
        goals: Vec::new(),
        worker: None,
        from: None,
        until: Some(until),
        may_harm,
    }))
    .into()
}

const HELP_ENDS: Step = on(2, |case, _| {
    let trajectory = case.state().trajectories.all()[0].id;
    TrajectoryCommand::EndTrajectory { trajectory, last_day: None, how: TrajectoryEnding::Enough, words: None }.into()
});

fn justifies(case: &History<Case>, review: Option<CivilDay>) -> CaseCommand {
    WeighingCommand::JustifyHarmfulHelp(Box::new(NewJustification {
        persons: vec![mother(case)],
        help: line("opname met verlof"),
        trajectory: case.state().trajectories.all().first().map(|one| one.id),
        benefit: text("rust en een dagritme"),
        harm: text("weg van huis"),
        lighter: Some(text("dagbehandeling is geprobeerd")),
        justification: text("lichter hielp niet"),
        child_interest: None,
        decided: vec![Agreed::Person(mother(case)), Agreed::Worker(DIRECTOR)],
        review,
    }))
    .into()
}

fn looks_again(case: &History<Case>) -> CaseCommand {
    let weighing = case.state().weighings.all()[0].id;
    WeighingCommand::ReviewWeighing { weighing, goes_on: false, finding: text("het is rustiger"), next: None }.into()
}

fn asks_of_school(case: &History<Case>, words: &str, call_back: bool) -> CaseCommand {
    SchoolCommand::AskSchoolQuestion(Box::new(NewQuestion {
        child: child(case),
        asked_by: NewAttendee::Outside(line("De intern begeleider")),
        words: text(words),
        call_back,
        owner: Some(HELPER),
        by: None,
    }))
    .into()
}

fn answers_school(case: &History<Case>, place: usize) -> CaseCommand {
    let question = case.state().school.questions()[place].id;
    SchoolCommand::AnswerSchoolQuestion { question, how: QuestionEnd::Answered, answered_by: None, words: None }.into()
}

fn asks_from_outside(case: &History<Case>, answer_by: CivilDay) -> CaseCommand {
    RequestCommand::RecordOutsideRequest(Box::new(NewRequest {
        requester: Requester::Raad,
        person: None,
        who: Some(line("Raad voor de Kinderbescherming")),
        about: vec![child(case)],
        asked: text("Hoe gaat het op school?"),
        article: None,
        in_writing: true,
        answer_by: Some(answer_by),
    }))
    .into()
}

fn refuses(case: &History<Case>) -> CaseCommand {
    RequestCommand::DecideOutsideRequest {
        request: case.state().requests.all()[0].id,
        outcome: RequestOutcome::Refused,
        categories: Vec::new(),
        reason: text("Dat helpt het kind niet."),
        decided_by: vec![DIRECTOR, HELPER],
        weighing: None,
    }
    .into()
}

fn settled(case: &History<Case>, place: usize) -> CaseCommand {
    let promise = case.state().contacts.promises()[place].id;
    ContactCommand::SettlePromise { promise, how: PromiseEnd::Kept, note: None }.into()
}

fn matched(case: &History<Case>) -> CaseCommand {
    InformalCommand::MatchSupport(Box::new(NewMatch {
        kind: SupportKind::Buddy,
        persons: vec![child(case)],
        volunteer: line("mevrouw Kwartel"),
        organisation: None,
        question: text("samen iets leuks doen"),
        tasks: None,
    }))
    .into()
}

/// A buddy on trial.
const ON_TRIAL: [Step; 4] = [
    on(0, |case, _| matched(case)),
    on(0, |case, today| {
        let support = case.state().informal.all()[0].id;
        InformalCommand::RecordSupportCertificate { support, issued: today.minus_days(30) }.into()
    }),
    on(0, |case, _| {
        let support = case.state().informal.all()[0].id;
        InformalCommand::SignSupportHouseRules { support, signed_by: vec![mother(case)], rules: None }.into()
    }),
    on(0, |case, _| {
        InformalCommand::StartSupportTrial { support: case.state().informal.all()[0].id, until: None }.into()
    }),
];

const SUPPORT_ENDS: Step = on(2, |case, _| {
    InformalCommand::EndSupport {
        support: case.state().informal.all()[0].id,
        last_day: None,
        ended_by: EndedBy::Together,
        in_touch: None,
        words: None,
    }
    .into()
});

/// Every story.
pub fn stories() -> Vec<Story> {
    let mut all = of_the_regie();
    all.extend(of_the_divorce());
    all.extend(of_consent());
    all.extend(of_plans());
    all.extend(of_safety());
    all.extend(of_promises());
    all.extend(of_help());
    all.extend(of_support());
    all.extend(of_proposals());
    all
}

fn of_the_regie() -> Vec<Story> {
    let reports = |does| on(0, does).by(ACCESS, Role::AccessWorker);
    let gap = vec![reports(|_, _| joins(HELPER, false)), reports(|_, _| joins(COLLEAGUE, false))];
    vec![
        Story::new("several work there and nobody directs", gap)
            .tells(&[told("gap", 1, &[AccessWorkers, TeamLead])])
            .done(vec![Step { after: 1, ..directed() }]),
        story("a specialist stays", [on(0, |_, _| joins(HELPER, true))])
            .tells(&[told("specialist", 1, LED)])
            .done(vec![on(1, |_, _| RegieCommand::LeaveParty { worker: HELPER, last_day: None, reason: None }.into())]),
        story(
            "somebody stands in for the director",
            [on(0, |_, today| {
                RegieCommand::AppointDeputy {
                    deputy: COLLEAGUE,
                    organisation: organisation("gemeente-huizen"),
                    from: None,
                    until: today.plus_days(40),
                    reason: text("ziek"),
                }
                .into()
            })
            .by(LEAD, Role::TeamLead)],
        )
        .tells(&[told("family_told_of_deputy", 1, LED), told("deputy_ends", 1, &[TeamLead])])
        .done(vec![on(1, |_, _| RegieCommand::EndDeputy { last_day: None }.into())]),
        story(
            "somebody looks where it is not theirs",
            [on(0, |_, _| {
                EmergencyCommand::OpenEmergencyAccess {
                    ground: NewGround::VitalInterest,
                    reason: text("Kind is weg"),
                    hours: None,
                }
                .into()
            })
            .by(COLLEAGUE, Role::Supporter)],
        )
        .tells(&[told("emergency_review", 1, &[PrivacyOfficerAndManager])])
        .done(vec![
            on(1, |case, _| {
                EmergencyCommand::ReviewEmergencyAccess {
                    emergency: case.state().emergency.all()[0].id,
                    outcome: ReviewOutcome::NotJustified,
                    finding: text("Kon wachten"),
                }
                .into()
            })
            .by(OFFICER, Role::PrivacyOfficer),
        ]),
    ]
}

fn of_the_divorce() -> Vec<Story> {
    let [one, two, three] = SCREENED;
    vec![
        story(
            "a complex divorce is recognised",
            [
                one,
                two,
                three,
                on(0, |_, _| noticed()),
                on(0, |_, _| {
                    let seen =
                        vec![seen(Feature::KeepsFlaring, DIRECTOR), seen(Feature::DestructiveCommunication, HELPER)];
                    EpisodeCommand::RecogniseComplexDivorce { seen, rationale: text("Samen gewogen.") }.into()
                }),
                on(0, |case, _| acknowledged(mother(case))),
                on(0, |case, _| acknowledged(father(case))),
            ],
        )
        .tells(&[told("divorce_triage", 1, LED)])
        .done(vec![on(1, |case, _| chooses(case, DivorceTrack::PlanPerHousehold, DivorceTrack::Dons))]),
        story(
            "it settles, and is looked back on",
            [
                one,
                two,
                three,
                on(0, |_, _| noticed()),
                on(0, |case, _| parallel(case)),
                on(0, |_, today| settles(Some(today.plus_days(90)))),
            ],
        )
        .tells(&[told("divorce_look_back", 1, LED)])
        .done(vec![on(1, |_, _| {
            EpisodeCommand::TakeDivorceStep { step: EpisodeStep::LookedBack, words: text("Het gaat goed.") }.into()
        })]),
        story(
            "a conversation went otherwise than usual",
            [
                one,
                two,
                three,
                on(0, |_, _| noticed()),
                on(0, |case, _| chooses(case, DivorceTrack::Dons, DivorceTrack::PlanPerHousehold)),
                on(0, |_, _| {
                    let of = |worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") };
                    let representatives = [of(HELPER), of(COLLEAGUE)];
                    DonsCommand::AssignDonsDuo { representatives, from: None, untrained: Vec::new() }.into()
                }),
                on(0, |case, _| {
                    DonsCommand::RecordDonsConversation(Box::new(NewDonsConversation {
                        trajectory: case.state().divorce.duos()[0].trajectory,
                        kind: DonsConversationKind::Information,
                        present: vec![mother(case), father(case)],
                        apart: false,
                        representatives: Vec::new(),
                        minutes: 60,
                        preparation: 30,
                        topics: Vec::new(),
                        sub_goals: Vec::new(),
                        words: None,
                        explanation: None,
                    }))
                    .into()
                }),
            ],
        )
        .tells(&[told("dons_explanation", 1, LED)])
        .done(vec![on(1, |case, _| {
            CorrectionCommand::Correct {
                target: fact_of(case, "DonsConversationHeld"),
                reason: text("later verteld"),
                occurred: None,
                content: CorrectedContent::Explanation(text("dat wilden zij zo")),
            }
            .into()
        })]),
        story(
            "a team is asked and says nothing",
            [on(0, |_, _| {
                SatCommand::RequestSat {
                    team: organisation("sat-gooi"),
                    question: text("Welk spoor past?"),
                    scope: SatScope::Anonymous,
                }
                .into()
            })],
        )
        .tells(&[
            told("sat_acceptance", 1, &[Receiver::Sat, Receiver::SatTeamLead]),
            told("sat_advice", 1, &[Receiver::Sat, Receiver::SatTeamLead]),
        ])
        .done(vec![on(1, |case, _| {
            let review = case.state().divorce.sat_reviews()[0].id;
            SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None }.into()
        })]),
    ]
}

fn of_consent() -> Vec<Story> {
    // Twelve a hundred days after the case was opened, and sixteen four years later.
    let turns_twelve = |opened: CivilDay| opened.plus_days(100).minus_days(4383);
    vec![
        story("a consent runs out", [on(0, |case, today| yes(mother(case), mother(case), Some(today.plus_days(120))))])
            .tells(&[told("consent_ends", 1, &[Director])])
            .done(vec![on(1, |case, _| yes(mother(case), mother(case), None))]),
        Story { born: turns_twelve, ..story("a child grows up", []) }.tells(&[told("birthday", 2, &[Director])]),
        story(
            "a court rules for a while",
            [on(0, |case, today| {
                let new = NewRuling {
                    person: father(case),
                    others: Vec::new(),
                    kind: RulingKind::Contact,
                    scope: text("om de week een weekend"),
                    channel: None,
                    reference: None,
                    in_place: None,
                    pronounced: Some(today),
                    dates: RulingDates {
                        in_force: Some(today.plus_days(40)),
                        until: Some(today.plus_days(120)),
                        ..RulingDates::default()
                    },
                    source: Source::Court,
                    replaces: None,
                    authority: None,
                };
                RulingCommand::RecordRuling(Box::new(new)).into()
            })],
        )
        .tells(&[told("ruling_starts", 1, &[Director]), told("ruling_ends", 1, &[Director])])
        .done(vec![on(1, |case, _| strike(case, "RulingRecorded"))]),
        story(
            "another parent comes to be asked",
            [
                on(0, |case, today| authority(case, AuthorityKind::OneParent, &[mother(case)], today.minus_days(400))),
                on(0, |case, _| yes(mother(case), child(case), None)),
                on(10, |case, today| {
                    authority(case, AuthorityKind::JointParents, &[mother(case), father(case)], today)
                }),
            ],
        )
        .tells(&[told("help_consent_incomplete", 1, LED)])
        .done(vec![on(11, |case, _| yes(father(case), child(case), None))]),
        story(
            "a grown-up takes a consent back",
            [
                on(0, |case, _| yes(mother(case), mother(case), None)),
                on(5, |case, _| {
                    let consent = case.state().consents.all()[0].id;
                    ConsentCommand::WithdrawConsent { consent, reason: None }.into()
                }),
            ],
        )
        .tells(&[told("help_ends_or_other_ground", 1, LED)])
        .done(vec![on(6, |case, _| yes(mother(case), mother(case), None))]),
    ]
}

fn of_plans() -> Vec<Story> {
    let recurs = |story: Story| Story { recurs: true, ..story };
    vec![
        recurs(story("a plan became active", ACTIVE).tells(&[told("plan_evaluation", 1, LED), REFLECTED_ON]).done(
            vec![on(1, |case, _| evaluates(case, PlanRef::Family, mother(case))), on(1, |case, _| reflects(case))],
        )),
        recurs(
            story(
                "a crisis plan grows old",
                [on(0, |case, _| {
                    CrisisPlanCommand::WriteCrisisPlan(Box::new(NewCrisisPlan {
                        children: vec![child(case)],
                        signs: None,
                        actions: vec![NewCrisisAction {
                            what: text("Belt de achterwacht."),
                            owner: Owner::Worker(HELPER),
                        }],
                    }))
                    .into()
                })],
            )
            .tells(&[told("crisis_plan", 1, LED)])
            .done(vec![on(1, |_, _| CrisisPlanCommand::ReviewCrisisPlan { words: None }.into())]),
        ),
        recurs(
            story("they stop and ask together", [on(0, |case, _| reflects(case))])
                .tells(&[REFLECTED_ON])
                .done(vec![on(1, |case, _| reflects(case))]),
        ),
        story(
            "the family makes its own plan",
            [
                on(0, |case, _| OwnPlanCommand::ExplainOwnPlan { parents: vec![mother(case), father(case)] }.into()),
                on(0, |case, _| {
                    OwnPlanCommand::TakeOwnPlan { parents: vec![mother(case), father(case)], agreed: None }.into()
                }),
            ],
        )
        .tells(&[told("own_plan", 1, LED)])
        .done(vec![on(1, |case, _| {
            OwnPlanCommand::PresentOwnPlan { own_plan: case.state().own_plans.taken()[0].id, words: None }.into()
        })]),
        story(
            "the family leaves the plan to helpers",
            [
                on(0, |case, _| OwnPlanCommand::ExplainOwnPlan { parents: vec![mother(case), father(case)] }.into()),
                on(0, |case, _| {
                    OwnPlanCommand::WaiveOwnPlan {
                        parents: vec![mother(case), father(case)],
                        maker: PlanMaker::Provider,
                        reason: None,
                    }
                    .into()
                }),
            ],
        )
        .tells(&[told("help_plan_written", 1, LED), told("help_plan_fixed", 1, LED)])
        .done(vec![on(1, |case, _| strike(case, "OwnPlanWaived"))]),
        story(
            "an action is agreed",
            [on(0, |case, today| {
                PlanCommand::AgreeAction {
                    plan: PlanRef::Family,
                    what: text("bellen op zondag"),
                    owner: Owner::Worker(HELPER),
                    due: Some(today.plus_days(12)),
                    goal: None,
                    concerns: vec![mother(case)],
                }
                .into()
            })],
        )
        .tells(&[told("action", 1, OWNED)])
        .done(vec![on(1, |case, _| {
            let action = case.state().plans.actions().next().unwrap().id;
            PlanCommand::EndAction { action, outcome: ActionOutcome::Done, words: None }.into()
        })]),
    ]
}

fn reflects(case: &History<Case>) -> CaseCommand {
    let said = NewSaid { by: SaidBy::Person(mother(case)), right_thing: Some(text("Dit past nog.")), together: None };
    let new = NewReflection { with: Vec::new(), workers: Vec::new(), said: vec![said], changes: None, next: None };
    ReflectionCommand::RecordReflection(Box::new(new)).into()
}

fn of_safety() -> Vec<Story> {
    let mut later = MELDCODE.to_vec();
    later.push(told("told_later_review", 1, &[Director, PrivacyOfficerAndManager]));
    let mut told_now = STEPS.to_vec();
    told_now.push(on(2, |case, _| {
        let told_later = case.state().safety.lanes()[0].told_later[0].id;
        SafetyCommand::RecordPersonTold { told_later, by: None, words: None }.into()
    }));
    vec![
        story("there is a sign of unsafety", [on(0, |case, _| signal(case))]).tells(&MELDCODE).done(STEPS.to_vec()),
        story(
            "somebody is told of it later",
            [
                on(0, |case, _| signal(case)),
                on(0, |case, today| {
                    SafetyCommand::DecideToTellLater {
                        lane: lane(case),
                        person: father(case),
                        ground: ToldLaterGround::ChildsInterest,
                        decided_by: None,
                        consulted: HELPER,
                        review: today.plus_days(40),
                        words: text("eerst een veilige plek"),
                    }
                    .into()
                }),
            ],
        )
        .tells(&later)
        .done(told_now),
    ]
}

fn of_promises() -> Vec<Story> {
    vec![
        story(
            "somebody promises",
            [on(0, |case, today| {
                let promise = |kind, by| NewPromise {
                    kind,
                    what: (kind == PromiseKind::Other).then(|| text("zoekt het adres op")),
                    by,
                    worker: Some(HELPER),
                };
                ContactCommand::RecordContact(Box::new(NewContact {
                    with: vec![mother(case)],
                    other: None,
                    about: Vec::new(),
                    worker: None,
                    direction: None,
                    medium: None,
                    verified: None,
                    said: text("Vraagt om iemand die terugbelt."),
                    asked: None,
                    answer: None,
                    answered: None,
                    promises: vec![
                        promise(PromiseKind::Other, Some(today.plus_days(8))),
                        promise(PromiseKind::CallBack, None),
                    ],
                }))
                .into()
            })],
        )
        .tells(&[told("promise", 1, OWNED), told("call_back", 1, OWNED)])
        .done(vec![on(1, |case, _| settled(case, 0)), on(1, |case, _| settled(case, 1))]),
        story(
            "a school asks",
            [
                on(0, |case, _| asks_of_school(case, "Mogen wij de ouders bellen?", false)),
                on(0, |case, _| asks_of_school(case, "Belt u terug?", true)),
            ],
        )
        .tells(&[told("school_question", 1, OWNED), told("school_call_back", 1, OWNED)])
        .done(vec![on(1, |case, _| answers_school(case, 0)), on(1, |case, _| answers_school(case, 1))]),
        story("the court's advisors ask", [on(0, |case, today| asks_from_outside(case, today.plus_days(10)))])
            .tells(&[told("outside_request", 1, LED)])
            .done(vec![on(1, |case, _| refuses(case))]),
        story(
            "the family is told of it later",
            [
                on(0, |case, today| asks_from_outside(case, today.plus_days(10))),
                on(0, |case, _| refuses(case)),
                on(0, |case, today| {
                    let request = case.state().requests.all()[0].id;
                    let review = today.plus_days(25);
                    RequestCommand::TellFamilyLater { request, ground: text("dat kan nu niet"), review }.into()
                }),
            ],
        )
        .tells(&[told("tell_family", 1, LED)])
        .done(vec![on(1, |case, _| {
            let request = case.state().requests.all()[0].id;
            RequestCommand::TellFamilyOfRequest { request, persons: vec![mother(case)] }.into()
        })]),
        story(
            "a team is asked to look along",
            [on(0, |case, _| {
                RetCommand::AskRet(Box::new(NewRet {
                    organisation: organisation("ret-gooi"),
                    children: vec![child(case)],
                    stuck: text("Niemand ziet een weg."),
                    told: Some(NewTold { persons: vec![mother(case), father(case)], words: text("Zij kijken mee.") }),
                }))
                .into()
            })],
        )
        .tells(&[told("ret_asked", 1, LED)])
        .done(vec![on(1, |case, _| {
            RetCommand::EndRet { ret: case.state().ret.all()[0].id, words: text("Het lukt zo.") }.into()
        })]),
    ]
}

fn of_help() -> Vec<Story> {
    vec![
        story("help comes to its end", [on(0, |case, today| helps(case, today.plus_days(90), false))])
            .tells(&[told("trajectory_end", 1, LED)])
            .done(vec![HELP_ENDS]),
        story(
            "more help is asked",
            [
                on(0, |case, today| helps(case, today.plus_days(90), false)),
                on(1, |case, today| {
                    TrajectoryCommand::AskExtension {
                        trajectory: case.state().trajectories.all()[0].id,
                        until: today.plus_days(200),
                        reason: text("er is een nieuw doel"),
                    }
                    .into()
                }),
            ],
        )
        .tells(&[told("trajectory_end", 1, LED), told("extension_decision", 1, LED)])
        .done(vec![
            on(2, |case, _| {
                TrajectoryCommand::DecideExtension {
                    extension: case.state().trajectories.all()[0].extensions[0].id,
                    outcome: ExtensionOutcome::Refused,
                    until: None,
                    reason: text("het gaat lichter verder"),
                    decided_by: line("college van burgemeester en wethouders"),
                }
                .into()
            }),
            HELP_ENDS,
        ]),
        story("help may harm", [on(0, |case, today| helps(case, today.plus_days(90), true))])
            .tells(&[told("trajectory_end", 1, LED), told("harm_justification", 1, LED)])
            .done(vec![on(1, |case, _| justifies(case, None)), HELP_ENDS]),
        story("help that harms is justified", [on(0, |case, today| justifies(case, Some(today.plus_days(30))))])
            .tells(&[told("harm_review", 1, LED)])
            .done(vec![on(1, |case, _| looks_again(case))]),
        story(
            "they wait on purpose",
            [on(0, |case, today| {
                WeighingCommand::DecideToWait {
                    persons: vec![child(case)],
                    what: text("met nieuwe hulp"),
                    reason: text("eerst rust"),
                    decided: vec![Agreed::Worker(DIRECTOR)],
                    review: today.plus_days(30),
                }
                .into()
            })],
        )
        .tells(&[told("waiting_review", 1, LED)])
        .done(vec![on(1, |case, _| looks_again(case))]),
        story(
            "a decision is asked for",
            [on(0, |case, _| {
                ApplicationCommand::MakeApplication(Box::new(NewApplication {
                    kind: ApplicationKind::Decision,
                    persons: vec![child(case)],
                    what: text("een beschikking voor begeleiding"),
                    of_whom: line("gemeente"),
                    concern: None,
                    trajectory: None,
                    answer_by: None,
                }))
                .into()
            })],
        )
        .tells(&[told("application_answer", 1, LED)])
        .done(vec![on(1, |case, _| {
            let application = case.state().applications.all()[0].id;
            ApplicationCommand::AnswerApplication { application, outcome: ApplicationOutcome::Given, words: None }
                .into()
        })]),
        story(
            "a condition is set",
            [on(0, |case, today| {
                FrameworkCommand::SetCondition(Box::new(NewCondition {
                    persons: vec![mother(case)],
                    what: text("naar school gaan"),
                    why: text("anders komt er geen rust"),
                    set_by: line("toegang van de gemeente"),
                    until: today.plus_days(60),
                    explained: vec![mother(case)],
                }))
                .into()
            })],
        )
        .tells(&[told("condition_end", 1, LED)])
        .done(vec![on(1, |case, _| {
            let condition = case.state().conditions.all()[0].id;
            FrameworkCommand::EndCondition { condition, reason: text("het gaat vanzelf") }.into()
        })]),
    ]
}

fn of_support() -> Vec<Story> {
    let [a, b, c, d] = ON_TRIAL;
    vec![
        story("a buddy begins on trial", [a, b, c, d]).tells(&[told("support_trial", 1, LED)]).done(vec![SUPPORT_ENDS]),
        story(
            "a buddy stays",
            [
                a,
                b,
                c,
                d,
                on(1, |case, _| {
                    InformalCommand::EvaluateSupportTrial {
                        support: case.state().informal.all()[0].id,
                        outcome: SupportOutcome::GoesOn,
                        words: text("het klikt"),
                    }
                    .into()
                }),
                on(1, |case, _| {
                    InformalCommand::AgreeSupportTerm {
                        support: case.state().informal.all()[0].id,
                        from: None,
                        until: None,
                        agreements: None,
                    }
                    .into()
                }),
            ],
        )
        .tells(&[told("support_review", 1, LED), told("support_term", 1, LED)])
        .done(vec![SUPPORT_ENDS]),
    ]
}

fn of_proposals() -> Vec<Story> {
    let [one, two, three] = SCREENED;
    vec![
        story(
            "a conference is stopped",
            [
                on(0, |case, _| {
                    let there = |person| NewGuest {
                        who: NewAttendee::Person(person),
                        part: None,
                        words: Vec::new(),
                        left_early: None,
                        organisation: None,
                    };
                    ConferenceCommand::CallConference(Box::new(NewConference {
                        kind: ConferenceKind::Mdo,
                        occasion: text("Het loopt vast."),
                        purpose: Some(text("Samen afspreken hoe het verder gaat.")),
                        expected: Some(text("Afspraken.")),
                        about: vec![mother(case)],
                        invited: vec![there(mother(case)), there(father(case))],
                        peacemaker: None,
                        planned: None,
                        led_by: None,
                    }))
                    .into()
                }),
                on(0, |case, _| {
                    ConferenceCommand::StopConference {
                        conference: case.state().conferences.all()[0].id,
                        reason: text("Ruzie; sussen hielp niet."),
                        stopped_by: None,
                        hearings: Vec::new(),
                        resumes: None,
                    }
                    .into()
                }),
            ],
        )
        .tells(&[told("conference_resume", 1, LED)])
        .proposes(ProposalKind::SeparateConversations)
        .done(vec![on(1, |case, _| {
            let conference = case.state().conferences.all()[0].id;
            ConferenceCommand::EndStoppedConference { conference, reason: text("Ieder is er apart uit.") }.into()
        })]),
        story(
            "a conflict rises and rises on",
            [
                on(0, |case, _| name_conflict(case)),
                on(1, |case, _| stages(case, [3, 3])),
                on(20, |case, _| stages(case, [4, 5])),
                on(21, |case, _| stages(case, [4, 5])),
            ],
        )
        .proposes(ProposalKind::SatConsultation),
        story(
            "it flares up after it settled",
            [
                one,
                two,
                three,
                on(0, |_, _| noticed()),
                on(0, |case, _| parallel(case)),
                on(0, |_, _| settles(None)),
                on(1, |case, _| name_conflict(case)),
                on(30, |case, _| flares(case)),
                on(35, |case, _| flares(case)),
            ],
        )
        .proposes(ProposalKind::StepBack),
        story("it is calm for three months", rest())
            .tells(&[told("plan_evaluation", 2, LED), REFLECTED_ON])
            .proposes(ProposalKind::RestReview),
    ]
}

/// Two plans, a flare-up, and then calm in every respect.
const fn rest() -> [Step; 20] {
    [
        on(0, |case, today| forms(case, "huishouden A", mother(case), today)),
        on(0, |case, today| forms(case, "huishouden B", father(case), today)),
        on(0, |case, _| {
            TopologyCommand::SplitPlanPerHousehold {
                ground: SplitGround::BothWish,
                reason: text("eerst rust in ieder huis"),
                households: vec![household(case, 0), household(case, 1)],
                wishes: vec![mother(case), father(case)],
                assignment: Vec::new(),
                review: None,
            }
            .into()
        }),
        on(1, |case, _| name_conflict(case)),
        on(1, |case, _| goal(PlanRef::Household(household(case, 0)), "rust in huis", mother(case))),
        on(1, |case, _| PlanCommand::OfferPlan { plan: PlanRef::Household(household(case, 0)) }.into()),
        on(1, |case, _| endorses(case, PlanRef::Household(household(case, 0)), mother(case))),
        on(1, |case, _| activates(case, PlanRef::Household(household(case, 0)))),
        on(1, |case, _| goal(PlanRef::Household(household(case, 1)), "vaste dagen", father(case))),
        on(1, |case, _| PlanCommand::OfferPlan { plan: PlanRef::Household(household(case, 1)) }.into()),
        on(1, |case, _| endorses(case, PlanRef::Household(household(case, 1)), father(case))),
        on(1, |case, _| activates(case, PlanRef::Household(household(case, 1)))),
        on(5, |case, _| flares(case)),
        on(10, |case, _| energy(case, mother(case), 40)),
        on(10, |case, _| energy(case, father(case), 40)),
        on(40, |case, _| energy(case, mother(case), 30)),
        on(40, |case, _| energy(case, father(case), 30)),
        on(50, |case, _| evaluates(case, PlanRef::Household(household(case, 0)), mother(case))),
        on(60, |case, _| evaluates(case, PlanRef::Household(household(case, 1)), father(case))),
        on(60, |case, _| stages(case, [2, 2])),
    ]
}
