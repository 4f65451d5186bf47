//! What happens in a case, as much of it as anybody wants: opened with three people and two consents, a professional joins, a director
//! is assigned, and from then on the professional says what can and cannot be offered. Invented people only.
#![expect(clippy::expect_used, reason = "helpers of tests stop at the first surprise")]

use domain::case::{Case, CaseCommand};
use domain::consent::{ConsentKind, Evidence, NewConsent, WhoIs};
use domain::decider::{History, Order};
use domain::fact::Organisation;
use domain::ids::WorkerId;
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::people::{AuthorityKind, FamilyRole, NewAuthority, NewPerson, Source};
use domain::regie::{Agreed, NewParty, RegieCommand, RegieTask};
use domain::text::{Line, Name, Text};
use domain::time::CivilDay;
use uuid::Uuid;

/// The professional.
pub const PETRA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x14));
/// The case director.
pub const JOOST: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x12));

/// What is ordered next in a case.
#[must_use]
pub fn next(history: &History<Case>) -> Order<CaseCommand> {
    let state = history.state();
    if history.is_empty() {
        return Order::now(CaseCommand::Life(opening()));
    }
    if state.regie.parties().is_empty() {
        return Order::now(CaseCommand::Regie(joining(history)));
    }
    if state.regie.directorships().is_empty() {
        return Order::now(CaseCommand::Regie(assigning(history)));
    }
    contribution()
}

/// The municipality whose cases these are.
///
/// # Panics
/// Never: it has a name that may be.
#[must_use]
pub fn organisation() -> Organisation {
    Organisation::new("gemeente-huizen").expect("a name")
}

fn day(year: i32) -> CivilDay {
    CivilDay::from_ymd(year, 1, 9).expect("a day")
}

fn opening() -> LifeCommand {
    let key = |key: &str| WhoIs::Key(key.to_owned());
    let someone = |key: &str, name: &str, born: i32, role: FamilyRole| NewPerson {
        key: key.to_owned(),
        name: Name::new(name).expect("a name"),
        birth_date: Some(day(born)),
        role,
    };
    let consent = |kind: ConsentKind| NewConsent {
        giver: key("parent"),
        subject: key("child"),
        kind,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: Some(text("What will happen, who will know, and that it can be taken back.")),
        evidence: Evidence::Spoken,
    };
    LifeCommand::OpenCase {
        municipality: organisation(),
        framework: LegalFramework::Voluntary,
        ground: OpeningGround::HelpConsent,
        question: text("Rest at home, and a plan for the weekends that holds."),
        signal: None,
        people: vec![
            someone("parent", "Samira Boukhari", 1988, FamilyRole::Parent),
            someone("child", "Ilias Boukhari", 2017, FamilyRole::Child),
            someone("father", "Karim Haddad", 1986, FamilyRole::Parent),
        ],
        authority: vec![NewAuthority {
            child: key("child"),
            kind: AuthorityKind::OneParent,
            holders: vec![key("parent")],
            from: day(2017),
            until: None,
            source: Source::Register,
        }],
        consents: vec![consent(ConsentKind::Help), consent(ConsentKind::Joining)],
    }
}

fn joining(history: &History<Case>) -> RegieCommand {
    let consents = history.state().consents.all().iter().filter(|consent| consent.kind == ConsentKind::Joining);
    RegieCommand::JoinParty(NewParty {
        worker: PETRA,
        organisation: Organisation::new("zorg-vecht").expect("a name"),
        expertise: Some(Line::new("upbringing").expect("a line")),
        specialist: false,
        expected_end: None,
        from: None,
        consents: consents.map(|consent| consent.id).collect(),
    })
}

fn assigning(history: &History<Case>) -> RegieCommand {
    let parent = history.state().people.iter().next().expect("the opening added people").id;
    RegieCommand::AssignCaseDirector {
        director: JOOST,
        organisation: organisation(),
        tasks: vec![RegieTask::Overview, RegieTask::Plan],
        agreed: vec![Agreed::Person(parent), Agreed::Worker(PETRA)],
        from: None,
    }
}

/// The professional says what can and cannot be offered: an order that may be given over and over once somebody joined.
#[must_use]
pub fn contribution() -> Order<CaseCommand> {
    Order::now(CaseCommand::Regie(RegieCommand::StateContribution {
        worker: PETRA,
        can: text("Comes every Tuesday after school and every second weekend; calls both homes the evening before."),
        cannot: text("Does not come in the holidays; cannot be reached at night."),
    }))
}

fn text(words: &str) -> Text {
    Text::new(words).expect("a text")
}
