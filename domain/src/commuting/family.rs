//! People, households, protection, consent, life and corrections.

use uuid::Uuid;

use super::{By, Meeting, Pair, by_noor};
use crate::case::{Case, CaseEvent};
use crate::consent::{ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::fact::{Audience, Draft, Role};
use crate::households::{HouseholdCommand, HouseholdEvent};
use crate::ids::{HouseholdId, PersonId, RulingId, Subject};
use crate::life::{LifeCommand, Outcome};
use crate::people::{AuthorityKind, FamilyRole, NewAuthority, PeopleCommand, Source};
use crate::personal::Personal;
use crate::protection::ProtectionCommand;
use crate::regie::tests::{JOINING, PETRA, assign, join, open_case};
use crate::regie::{NewParty, RegieCommand};
use crate::ruling::{NewRuling, RulingCommand, RulingDates, RulingEvent, RulingKind};
use crate::testing::{Given, HELP, ILIAS, JOOST, LAYLA, SAMIRA, day, event_id, line, name, person, text};

const HOUSE: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0x41));
/// Ilias's sister, of whom the birth date is not known.
const AYA: PersonId = PersonId::from_uuid(Uuid::from_u128(0x9));

/// The open case with Aya and a household in which Ilias lives; the last facts are 6 (Aya), 7 (household) and 8 (membership).
fn given() -> Given<Case> {
    let label = Personal::ordinary(Subject::Household(HOUSE), line("bij mama"));
    let from = day("2026-03-02");
    let more: [CaseEvent; 3] = [
        person(AYA, "Aya", None, FamilyRole::Child),
        HouseholdEvent::HouseholdFormed { household: HOUSE, label, from }.into(),
        HouseholdEvent::MembershipRecorded { household: HOUSE, person: ILIAS, from, until: None }.into(),
    ];
    more.into_iter().fold(open_case(), |given, event| given.recorded([Draft::of(event)]))
}

fn pair(name: &'static str, meeting: Meeting, one: By, other: By) -> Pair {
    Pair { name, meeting, given: given(), on: "2026-03-09", one, other }
}

fn add(called: &str) -> By {
    let role = FamilyRole::NetworkMember;
    by_noor(PeopleCommand::AddPerson { name: name(called), birth_date: None, role, from: None })
}

fn rename(person: PersonId, called: &str) -> By {
    by_noor(PeopleCommand::RenamePerson { person, name: name(called), from: None })
}

fn born(person: PersonId, on: &str) -> By {
    by_noor(PeopleCommand::RecordBirthDate { person, birth_date: day(on), source: Source::Register })
}

fn authority(child: PersonId, kind: AuthorityKind, from: &str) -> By {
    let holders = if kind == AuthorityKind::OneParent { vec![WhoIs::Person(SAMIRA)] } else { Vec::new() };
    let child = WhoIs::Person(child);
    let new = NewAuthority { child, kind, holders, from: day(from), until: None, source: Source::Register };
    by_noor(PeopleCommand::RecordAuthority(new))
}

fn recognised(child: PersonId) -> By {
    by_noor(PeopleCommand::RecordRecognition {
        child,
        parent: SAMIRA,
        recognised: true,
        from: day("2020-01-01"),
        source: Source::Register,
    })
}

fn form(label: &str) -> By {
    by_noor(HouseholdCommand::FormHousehold { label: line(label), from: day("2026-03-02"), members: vec![SAMIRA] })
}

fn relabel(label: &str) -> By {
    by_noor(HouseholdCommand::RelabelHousehold { household: HOUSE, label: line(label) })
}

fn lives(person: PersonId) -> By {
    let from = day("2026-03-05");
    by_noor(HouseholdCommand::RecordMembership { household: HOUSE, person, from, until: None })
}

fn leaves(on: &str) -> By {
    by_noor(HouseholdCommand::EndMembership { household: HOUSE, person: ILIAS, last_day: day(on) })
}

fn protect(households: &[HouseholdId]) -> By {
    let (person, households) = (SAMIRA, households.to_vec());
    by_noor(ProtectionCommand::ProtectLocatingData { person, households, reason: text("veilig") })
}

fn propose() -> ProtectionCommand {
    ProtectionCommand::ProposeLifting { person: SAMIRA, agreed: text("mag weer") }
}

fn confirm() -> By {
    (JOOST, Role::Supporter, ProtectionCommand::ConfirmLifting { person: SAMIRA }.into())
}

/// Samira is protected, and Noor proposed to lift it.
fn proposed() -> Given<Case> {
    let protect = ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: text("veilig") };
    given().when(protect).accepted().when(propose()).accepted()
}

fn grant(subject: PersonId, kind: ConsentKind) -> By {
    by_noor(ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(SAMIRA),
        subject: WhoIs::Person(subject),
        kind,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    }))
}

fn refuse(subject: PersonId, kind: ConsentKind) -> By {
    by_noor(ConsentCommand::RefuseConsent { giver: SAMIRA, subject, kind, reason: None })
}

fn withdraw(consent: crate::ids::ConsentId) -> By {
    by_noor(ConsentCommand::WithdrawConsent { consent, reason: None })
}

/// Joining was withdrawn: everyone whom the consent named was told, and has not confirmed it.
fn told() -> Given<Case> {
    given().when(ConsentCommand::WithdrawConsent { consent: JOINING, reason: None }).accepted()
}

/// The notice to the receiver at this place among those who were told, as they confirm it.
fn confirm_notice(place: usize) -> By {
    let told = told();
    let notice = told.state().consents.notices()[place].clone();
    let confirm = ConsentCommand::ConfirmWithdrawalNotice { notice: notice.id };
    (notice.receiver, Role::Supporter, confirm.into())
}

fn close() -> By {
    by_noor(LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None })
}

fn reopen() -> By {
    by_noor(LifeCommand::ReopenCase { reason: text("nieuwe vraag") })
}

fn closed() -> Given<Case> {
    given().when(LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }).accepted()
}

fn depart() -> By {
    let (rule, what) = ("family_decides".to_owned(), text("een professional koos"));
    by_noor(LifeCommand::ReportDeparture { rule, what, persons: vec![SAMIRA] })
}

fn told_to(revision: u64, audience: Audience) -> By {
    by_noor(LifeCommand::ChangeAudience { target: event_id(revision), audience, reason: text("op verzoek") })
}

fn strike(revision: u64) -> By {
    by_noor(CorrectionCommand::StrikeOut { target: event_id(revision), reason: text("vergissing") })
}

fn aside(revision: u64) -> By {
    by_noor(CorrectionCommand::SetAside { targets: vec![event_id(revision)], reason: text("verkeerd dossier") })
}

fn correct(revision: u64, content: CorrectedContent) -> By {
    let (target, reason) = (event_id(revision), text("vergissing"));
    by_noor(CorrectionCommand::Correct { target, reason, occurred: None, content })
}

fn joins() -> By {
    by_noor(join(PETRA))
}

fn report() -> By {
    let party = NewParty { consents: vec![JOINING], ..crate::regie::tests::party(LAYLA) };
    by_noor(RegieCommand::ReportPartyJoined { last_day: None, party, explanation: None })
}

pub(super) fn pairs() -> Vec<Pair> {
    [people(), households_and_protection(), consents(), life(), corrections(), rulings()]
        .into_iter()
        .flatten()
        .collect()
}

const RULING: RulingId = RulingId::from_uuid(Uuid::from_u128(0x51));

fn rules(kind: RulingKind) -> By {
    by_noor(RulingCommand::RecordRuling(Box::new(NewRuling {
        person: AYA,
        others: Vec::new(),
        kind,
        scope: text("wie gezag heeft"),
        channel: None,
        reference: None,
        in_place: None,
        pronounced: None,
        dates: RulingDates { in_force: Some(day("2026-03-05")), ..RulingDates::default() },
        source: Source::Court,
        replaces: None,
        authority: None,
    })))
}

/// A ruling about contact is on record.
fn ruled() -> Given<Case> {
    let scope = Personal::ordinary(Subject::Person(ILIAS), text("om het weekend"));
    given().recorded([Draft::of(
        RulingEvent::RulingRecorded {
            ruling: RULING,
            person: ILIAS,
            others: Vec::new(),
            kind: Personal::ordinary(Subject::Person(ILIAS), RulingKind::Contact),
            scope,
            channel: None,
            reference: None,
            in_place: None,
            pronounced: None,
            dates: RulingDates { in_force: Some(day("2026-03-02")), ..RulingDates::default() },
            source: Source::Court,
            replaces: None,
        }
        .into(),
    )])
}

fn ruling_ends() -> By {
    by_noor(RulingCommand::EndRuling { ruling: RULING, last_day: None, reason: None })
}

fn ruling_until(until: &str) -> By {
    let dates = RulingDates { until: Some(day(until)), ..RulingDates::default() };
    by_noor(RulingCommand::RecordRulingDates { ruling: RULING, dates })
}

fn rulings() -> Vec<Pair> {
    use Meeting::{Bars, LastTold, Rivals};
    let on_ruling = |pair: Pair| Pair { given: ruled(), ..pair };
    vec![
        on_ruling(pair("a ruling ends twice", Rivals, ruling_ends(), ruling_ends())),
        on_ruling(pair(
            "the last day of a ruling is told twice",
            LastTold,
            ruling_until("2026-06-30"),
            ruling_until("2026-07-31"),
        )),
        // Once its last day is past it cannot end later.
        on_ruling(pair(
            "a ruling ends after the last day that is told",
            Bars,
            ruling_until("2026-03-08"),
            ruling_ends(),
        )),
        // Authority that was told before answers a ruling only from its first day on; told after, it knew the ruling.
        pair(
            "a ruling about authority meets authority",
            LastTold,
            rules(RulingKind::Authority),
            authority(AYA, AuthorityKind::OneParent, "2019-01-01"),
        ),
    ]
}

fn people() -> Vec<Pair> {
    use Meeting::{Commute, LastTold, Rivals};
    let one_parent = AuthorityKind::OneParent;
    vec![
        pair("one person is added twice", Rivals, add("Nadia"), add("nadia")),
        pair("two people are renamed", Commute, rename(ILIAS, "Ilyas"), rename(AYA, "Aïcha")),
        pair("one person is renamed twice on a day", LastTold, rename(ILIAS, "Ilyas"), rename(ILIAS, "Elias")),
        pair("a birth date is told twice", LastTold, born(AYA, "2019-01-01"), born(AYA, "2018-01-01")),
        pair(
            "a birth date comes while authority from before it is recorded",
            Rivals,
            born(AYA, "2019-01-01"),
            authority(AYA, one_parent, "2018-01-01"),
        ),
        pair("a birth date comes while a recognition is recorded", Commute, born(AYA, "2019-01-01"), recognised(AYA)),
        pair(
            "authority over two children is recorded",
            Commute,
            authority(AYA, one_parent, "2019-01-01"),
            authority(ILIAS, AuthorityKind::Undetermined, "2026-01-01"),
        ),
        pair(
            "authority over one child is recorded twice from one day",
            LastTold,
            authority(AYA, one_parent, "2019-01-01"),
            authority(AYA, AuthorityKind::UnderInvestigation, "2019-01-01"),
        ),
        // Authority recorded after the recognition answers what became of it; recorded before, it does not.
        pair("authority meets a recognition", LastTold, authority(AYA, one_parent, "2019-01-01"), recognised(AYA)),
        pair("somebody is renamed while a household is formed", Commute, rename(ILIAS, "Ilyas"), form("bij papa")),
    ]
}

fn households_and_protection() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let on_proposal = |pair: Pair| Pair { given: proposed(), ..pair };
    vec![
        pair("a household is formed while one moves into another", Commute, form("bij papa"), lives(AYA)),
        pair("one label for two households", Rivals, form("bij papa"), relabel("bij papa")),
        pair("one household gets two labels", LastTold, relabel("huishouden A"), relabel("huishouden B")),
        pair("two people come to live in a household", Commute, lives(AYA), lives(SAMIRA)),
        pair("one person comes to live there twice", Rivals, lives(AYA), lives(AYA)),
        pair("one moves out while another moves in", Commute, leaves("2026-03-08"), lives(AYA)),
        pair("somebody moves out twice", Rivals, leaves("2026-03-08"), leaves("2026-03-08")),
        pair("somebody is protected while another moves in", Commute, protect(&[HOUSE]), lives(AYA)),
        pair("somebody is protected twice", Rivals, protect(&[HOUSE]), protect(&[HOUSE])),
        pair("somebody is protected while one joins", Commute, protect(&[HOUSE]), joins()),
        on_proposal(pair("protecting again meets the confirmation of lifting", Bars, protect(&[]), confirm())),
        on_proposal(pair("lifting is confirmed while one joins", Commute, confirm(), joins())),
    ]
}

fn consents() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let (help, joining) = (ConsentKind::Help, ConsentKind::Joining);
    let on_told = |pair: Pair| Pair { given: told(), ..pair };
    vec![
        pair("joining is refused while one joins", Bars, refuse(ILIAS, joining), joins()),
        pair("consent to join is withdrawn while one joins", Bars, withdraw(JOINING), joins()),
        // Neither no names anybody, and whoever joins gets to know the family.
        pair("sharing is refused while one joins", Bars, refuse(ILIAS, ConsentKind::Sharing), joins()),
        // A withdrawal ends what was said before it; what is told after it is a new yes.
        pair("consent is withdrawn while one like it is given", LastTold, withdraw(HELP), grant(ILIAS, help)),
        pair("consent is withdrawn twice", Rivals, withdraw(HELP), withdraw(HELP)),
        pair("two consents are withdrawn", Commute, withdraw(HELP), withdraw(JOINING)),
        pair("a yes meets a no of the same person", LastTold, grant(ILIAS, help), refuse(ILIAS, help)),
        pair("consent is withdrawn while one is reported to have joined", Commute, withdraw(HELP), report()),
        pair("help is refused while a director is assigned", Commute, refuse(ILIAS, help), by_noor(assign(JOOST))),
        pair("help is refused while somebody is renamed", Commute, refuse(ILIAS, help), rename(AYA, "Aïcha")),
        on_told(pair("a notice is confirmed twice", Rivals, confirm_notice(0), confirm_notice(0))),
        on_told(pair("two confirm that they were told", Commute, confirm_notice(0), confirm_notice(1))),
        on_told(pair("consent is withdrawn while a notice is confirmed", Commute, withdraw(HELP), confirm_notice(0))),
        // In which capacity somebody speaks is judged when it is told.
        pair(
            "authority is recorded while its holder consents",
            LastTold,
            authority(AYA, AuthorityKind::OneParent, "2019-01-01"),
            grant(AYA, help),
        ),
    ]
}

fn life() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let on_closed = |pair: Pair| Pair { given: closed(), ..pair };
    vec![
        pair("a case is closed twice", Rivals, close(), close()),
        on_closed(pair("a case is opened again twice", Rivals, reopen(), reopen())),
        pair("closing meets somebody who joins", Bars, close(), joins()),
        pair("closing meets a director who is assigned", Rivals, close(), by_noor(assign(JOOST))),
        pair("closing meets a consent that is withdrawn", Commute, close(), withdraw(HELP)),
        pair("closing meets somebody who is protected", Commute, close(), protect(&[HOUSE])),
        pair("closing meets somebody who is added", Commute, close(), add("Nadia")),
        pair("closing meets a report of somebody who joined", Commute, close(), report()),
        pair("a departure is reported while a household is formed", Commute, depart(), form("bij papa")),
        pair(
            "the audience of a fact changes while it is corrected",
            Commute,
            told_to(8, Audience::Director),
            strike(8),
        ),
    ]
}

fn corrections() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let called = |to: &str| CorrectedContent::Name(name(to));
    vec![
        pair("two facts are corrected", Commute, correct(1, called("Sam")), correct(2, called("Ilyas"))),
        pair("one fact is corrected twice", LastTold, correct(2, called("Ilyas")), correct(2, called("Elias"))),
        pair("a fact is struck out twice", Rivals, strike(8), strike(8)),
        pair("a fact is struck out while it is corrected", Bars, strike(6), correct(6, called("Aïcha"))),
        pair("a person is struck out while moving in", Rivals, strike(6), lives(AYA)),
        pair("a stay in a household is struck out while it ends", Rivals, strike(8), leaves("2026-03-08")),
        pair("a consent is struck out while it is withdrawn", Rivals, strike(5), withdraw(JOINING)),
        pair("a consent is struck out while one joins under it", Rivals, strike(5), joins()),
        pair(
            "a birth date is told while an earlier name is corrected",
            Commute,
            born(AYA, "2019-01-01"),
            correct(6, called("Aïcha")),
        ),
        pair("a fact is set aside twice", Rivals, aside(8), aside(8)),
        pair("a fact is set aside while it is corrected", Bars, aside(6), correct(6, called("Aïcha"))),
        pair("a person is set aside while moving in", Rivals, aside(6), lives(AYA)),
        pair("two facts are set aside", Commute, aside(6), aside(8)),
        pair("a correction meets somebody who is protected", Commute, correct(2, called("Ilyas")), protect(&[HOUSE])),
    ]
}
