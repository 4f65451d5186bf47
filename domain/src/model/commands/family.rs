//! Life of the case, its people, households, protection, what the law says of them, and consent.

use crate::case::CaseCommand;
use crate::case::CaseEvent;
use crate::consent::{
    Category, ConsentCommand, ConsentEvent, ConsentKind, Evidence, ExceptionGround, NewAsk, NewConsent, NewException,
    WhoIs,
};
use crate::emergency::{EmergencyCommand, EmergencyEvent, NewGround, ReviewOutcome};
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::fact::Audience;
use crate::households::HouseholdCommand;
use crate::ids::SignalId;
use crate::life::{LegalFramework, LifeCommand, LinkedSignal, OpeningGround, Outcome};
use crate::model::scene::{Dice, Scene, WORKERS};
use crate::people::{AuthorityKind, FamilyRole, NewAuthority, NewPerson, PeopleCommand, Source};
use crate::protection::ProtectionCommand;
use crate::representation::{RepresentationCommand, RepresentativeKind};
use crate::ruling::{NewRuling, RulingCommand, RulingDates, RulingEvent, RulingKind};
use crate::signal::PlaceKind;
use crate::testing::*;
use uuid::Uuid;

/// Everybody says yes to what they are asked: each for themself, and both parents for each child.
pub(in crate::model) fn all_consents(scene: &Scene<'_>) -> Vec<CaseCommand> {
    let (parents, children) = (scene.parents(), scene.children());
    let own = parents.iter().chain(&children).map(|person| (*person, *person));
    let for_child = children.iter().flat_map(|child| parents.iter().map(move |parent| (*parent, *child)));
    let pairs: Vec<_> = own.chain(for_child).collect();
    let kinds = [ConsentKind::Help, ConsentKind::Sharing, ConsentKind::Joining, ConsentKind::Measuring];
    let grant = |(giver, subject): (crate::ids::PersonId, crate::ids::PersonId), kind| {
        let shares = kind == ConsentKind::Sharing;
        let categories = if shares { vec![Category::Escalation, Category::Plan, Category::Signal] } else { Vec::new() };
        let (of, giver, subject) = (subject, WhoIs::Person(giver), WhoIs::Person(subject));
        // Who names nobody lets a team be told; a share needs a name.
        let recipients = if shares && scene.children().contains(&of) { Vec::new() } else { WORKERS.to_vec() };
        ConsentCommand::GrantConsent(NewConsent { giver, subject, kind, categories, recipients, ..help() }).into()
    };
    kinds.into_iter().flat_map(|kind| pairs.iter().map(move |pair| grant(*pair, kind))).collect()
}

const LABELS: [&str; 5] = ["huishouden A", "bij mama", "bij papa", "het andere huis", "huishouden E"];

fn key(key: &str) -> WhoIs {
    WhoIs::Key(key.to_owned())
}

/// Two parents with joint authority, and a child; the mother says yes to help.
pub(super) fn open() -> CaseCommand {
    let someone = |key: &str, called: &str, born: &str, role| NewPerson {
        key: key.to_owned(),
        name: name(called),
        birth_date: Some(day(born)),
        role,
    };
    let consent = |giver: &str| NewConsent { giver: key(giver), subject: key("k"), ..help() };
    LifeCommand::OpenCase {
        municipality: organisation("gemeente-huizen"),
        framework: LegalFramework::Voluntary,
        ground: OpeningGround::HelpConsent,
        question: text("rust in huis"),
        signal: None,
        people: vec![
            someone("m", "Marit", "1985-01-01", FamilyRole::Parent),
            someone("v", "Victor", "1984-01-01", FamilyRole::Parent),
            someone("k", "Kaj", "2014-05-20", FamilyRole::Child),
        ],
        authority: vec![NewAuthority {
            child: key("k"),
            kind: AuthorityKind::JointParents,
            holders: vec![key("m"), key("v")],
            from: day("2014-05-20"),
            until: None,
            source: Source::Register,
        }],
        consents: vec![consent("m"), consent("v")],
    }
    .into()
}

pub(super) fn reopen() -> CaseCommand {
    LifeCommand::ReopenCase { reason: text("nieuwe vraag") }.into()
}

pub(super) fn life(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let command = match dice.below(6) {
        0 if dice.once_in(2) || scene.state().regie.open_tasks(scene.today()).is_empty() => {
            LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }
        }
        0 => return Some(reopen()),
        1 => return Some(open()),
        2 => LifeCommand::LinkSignal { signal: linked(scene, dice) },
        3 => {
            let (rule, what) = ("family_decides".to_owned(), text("een professional koos"));
            LifeCommand::ReportDeparture { rule, what, persons: vec![scene.person(dice)] }
        }
        _ => {
            let target = dice.any_of(&scene.facts(|_| true))?;
            let household = Audience::Households(vec![scene.household(dice)]);
            let few = Audience::Workers(dice.some_of(&WORKERS));
            let one = Audience::Persons(vec![scene.person(dice)]);
            let child = Audience::Child(scene.child(dice));
            let audience =
                dice.one_of(&[Audience::Director, Audience::Director, household, few, one, child, Audience::Case]);
            LifeCommand::ChangeAudience { target, audience, reason: text("op verzoek") }
        }
    };
    Some(command.into())
}

fn linked(scene: &Scene<'_>, dice: &mut Dice) -> LinkedSignal {
    LinkedSignal {
        signal: SignalId::from_uuid(Uuid::from_u128(0x5160 + dice.below(6) as u128)),
        topic: text("zorgen op het plein"),
        place: PlaceKind::School,
        raised_at: scene.today().minus_days(3).at(9, 0),
    }
}

pub(super) fn people(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (who, from) = (scene.person(dice), scene.day(dice, 60, 20));
    let source = dice.one_of(&[Source::Register, Source::Court, Source::Deed, Source::Statement]);
    let command = match dice.below(8) {
        0 => PeopleCommand::AddPerson {
            name: name(dice.one_of(&["Kwint", "Lotte", "Merijn", "Noud", "Pleun"])),
            birth_date: scene.maybe_day(dice, 6000, 0),
            role: dice.one_of(&[FamilyRole::NetworkMember, FamilyRole::Child, FamilyRole::Carer]),
            from: None,
        },
        1 => PeopleCommand::RenamePerson {
            person: who,
            name: name(dice.one_of(&["Tijn", "Vos", "Wout"])),
            from: Some(from),
        },
        2 => PeopleCommand::RecordBirthDate { person: who, birth_date: scene.day(dice, 6000, 0), source },
        3 => {
            let role = dice.one_of(&[FamilyRole::NetworkMember, FamilyRole::StepParent, FamilyRole::Carer]);
            PeopleCommand::RecordFamilyRole { person: who, role, from, until: scene.maybe_day(dice, 0, 90) }
        }
        4 | 5 => PeopleCommand::RecordAuthority(authority_of(scene, dice)),
        6 => {
            let ruling = dice.any_of(&rulings(scene))?;
            PeopleCommand::RecordAuthorityUnder { ruling, authority: authority_of(scene, dice) }
        }
        _ => PeopleCommand::RecordRecognition {
            child: scene.child(dice),
            parent: scene.parent(dice),
            recognised: !dice.once_in(3),
            from,
            source,
        },
    };
    Some(command.into())
}

fn authority_of(scene: &Scene<'_>, dice: &mut Dice) -> NewAuthority {
    use AuthorityKind as K;
    let parents = scene.parents();
    // Mostly both: else no consent would ever be whole.
    let kind = dice.one_of(&[K::JointParents, K::JointParents, K::JointParents, K::OneParent, K::UnderInvestigation]);
    let holders = match kind {
        K::JointParents => parents.iter().take(2).copied().collect(),
        K::OneParent => vec![scene.parent(dice)],
        _ => Vec::new(),
    };
    NewAuthority {
        child: WhoIs::Person(scene.child(dice)),
        kind,
        holders: holders.into_iter().map(WhoIs::Person).collect(),
        from: scene.day(dice, 30, 10),
        until: None,
        source: Source::Register,
    }
}

pub(super) fn households(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (household, person) = (scene.household(dice), scene.person(dice));
    let (label, from) = (line(dice.one_of(&LABELS)), scene.day(dice, 40, 10));
    let command = match dice.below(7) {
        0 => HouseholdCommand::FormHousehold { label, from, members: scene.persons(dice) },
        1 => HouseholdCommand::RelabelHousehold { household, label },
        2 | 3 => HouseholdCommand::RecordMembership { household, person, from, until: scene.maybe_day(dice, 0, 60) },
        4 => HouseholdCommand::EndMembership { household, person, last_day: scene.day(dice, 20, 0) },
        _ => {
            let address = line(dice.one_of(&["Dorpsweg 1", "Kade 12", "Laan 3"]));
            HouseholdCommand::RecordAddress { household, address, from, source: Source::Statement }
        }
    };
    Some(command.into())
}

pub(super) fn protection(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let guarded: Vec<_> = scene.state().protection.protected_persons().collect();
    let known = dice.any_of(&guarded);
    let command = match (dice.below(6), known) {
        (0 | 1, Some(person)) => ProtectionCommand::ProposeLifting { person, agreed: text("mag weer") },
        (2 | 3, Some(person)) => ProtectionCommand::ConfirmLifting { person },
        (4, _) => ProtectionCommand::ConfirmLifting { person: scene.person(dice) },
        _ if guarded.len() < 2 || dice.once_in(3) => {
            let households = if dice.once_in(2) { vec![scene.household(dice)] } else { Vec::new() };
            ProtectionCommand::ProtectLocatingData { person: scene.person(dice), households, reason: text("veilig") }
        }
        _ => return None,
    };
    Some(command.into())
}

fn rulings(scene: &Scene<'_>) -> Vec<crate::ids::RulingId> {
    scene.told(|event| match event {
        CaseEvent::Ruling(RulingEvent::RulingRecorded { ruling, .. }) => Some(*ruling),
        _ => None,
    })
}

/// Rulings, representatives, workers who are kept out, and emergencies.
pub(super) fn law(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    match dice.below(4) {
        0 => ruling(scene, dice),
        1 => Some(representation(scene, dice).into()),
        2 => Some(exclusion(scene, dice).into()),
        _ => emergency(scene, dice).map(Into::into),
    }
}

fn ruling(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (known, until) = (dice.any_of(&rulings(scene)), scene.maybe_day(dice, 0, 200));
    let dates = RulingDates { in_force: Some(scene.day(dice, 30, 5)), until, ..RulingDates::default() };
    let command = match (dice.below(4), known) {
        (0, Some(ruling)) => RulingCommand::RecordRulingDates { ruling, dates },
        (1, Some(ruling)) => RulingCommand::EndRuling { ruling, last_day: scene.maybe_day(dice, 10, 0), reason: None },
        _ => RulingCommand::RecordRuling(Box::new(NewRuling {
            person: scene.child(dice),
            others: Vec::new(),
            kind: dice.one_of(&[RulingKind::Contact, RulingKind::Authority, RulingKind::Authority, RulingKind::Ots]),
            scope: text("wat de rechter zei"),
            channel: None,
            reference: None,
            in_place: None,
            pronounced: None,
            dates,
            source: Source::Court,
            replaces: None,
            authority: None,
        })),
    };
    Some(command.into())
}

fn representation(scene: &Scene<'_>, dice: &mut Dice) -> RepresentationCommand {
    let held: Vec<_> = scene.state().representation.through_time().map(|(held, _)| *held).collect();
    match dice.any_of(&held) {
        Some((person, worker)) if dice.once_in(2) => {
            RepresentationCommand::EndRepresentative { person, worker, last_day: None, reason: None }
        }
        _ => RepresentationCommand::NameRepresentative {
            person: scene.person(dice),
            worker: dice.worker(),
            organisation: organisation("gi-midden"),
            kind: dice.one_of(&[RepresentativeKind::Jeugdbeschermer, RepresentativeKind::Mentor]),
            from: scene.day(dice, 20, 5),
            until: scene.maybe_day(dice, 10, 90),
            source: Source::Court,
        },
    }
}

fn exclusion(scene: &Scene<'_>, dice: &mut Dice) -> ExclusionCommand {
    let excluded: Vec<_> = scene.state().exclusions.excluded().collect();
    match dice.any_of(&excluded) {
        // Let in again sooner than kept out: else nobody would be left.
        Some(worker) if !dice.once_in(4) => ExclusionCommand::LiftExclusion { worker, reason: text("verhuisd") },
        _ => {
            let (worker, ground) = (dice.worker(), ExclusionGround::Neighbour);
            ExclusionCommand::ExcludeWorker { worker, ground, reason: text("woont ernaast") }
        }
    }
}

/// Whether an access is open: it lasts hours, so it is ended soon or never.
pub(super) fn is_emergency(scene: &Scene<'_>) -> bool {
    let now = scene.world.now;
    scene.state().emergency.all().last().is_some_and(|one| one.since <= now && now < one.until && one.ended.is_none())
}

pub(super) fn emergency(scene: &Scene<'_>, dice: &mut Dice) -> Option<EmergencyCommand> {
    let open = |hours| EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("kind is weg"),
        hours,
    };
    let opened = scene.told(|event| match event {
        CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { emergency, .. }) => Some(*emergency),
        _ => None,
    });
    let known = dice.late_of(&opened);
    // An access lasts hours: what was opened today can still be ended.
    Some(match (if is_emergency(scene) { dice.below(2) } else { dice.below(3) }, known) {
        (0, Some(emergency)) => EmergencyCommand::EndEmergencyAccess { emergency },
        (1, Some(emergency)) => {
            let (outcome, finding) = (ReviewOutcome::Justified, text("nodig, en niet meer gezien dan nodig"));
            EmergencyCommand::ReviewEmergencyAccess { emergency, outcome, finding }
        }
        _ => open(None),
    })
}

fn help() -> NewConsent {
    NewConsent {
        giver: key(""),
        subject: key(""),
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    }
}

/// Who speaks about whom, and to what. A parent for a child, or somebody for themself.
fn spoken(scene: &Scene<'_>, dice: &mut Dice) -> NewConsent {
    let giver = scene.parent(dice);
    let subject = if dice.once_in(3) { giver } else { scene.child(dice) };
    let giver = if dice.once_in(3) { subject } else { giver };
    let kinds =
        [ConsentKind::Help, ConsentKind::Sharing, ConsentKind::Sharing, ConsentKind::Joining, ConsentKind::Measuring];
    let kind = dice.one_of(&kinds);
    let shares = kind == ConsentKind::Sharing;
    let categories = [Category::Escalation, Category::Plan, Category::Signal];
    NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind,
        categories: if shares { vec![dice.one_of(&categories), Category::Escalation] } else { Vec::new() },
        recipients: if dice.once_in(2) { Vec::new() } else { dice.some_of(&WORKERS) },
        from: scene.maybe_day(dice, 10, 10),
        until: dice.once_in(2).then(|| scene.day(dice, 0, 120)),
        ..help()
    }
}

pub(super) fn consent(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (consent, by) = (spoken(scene, dice), dice.worker());
    let (WhoIs::Person(giver), WhoIs::Person(subject)) = (&consent.giver, &consent.subject) else { return None };
    let (giver, subject, kind) = (*giver, *subject, consent.kind);
    let granted = scene.told(|event| match event {
        CaseEvent::Consent(ConsentEvent::ConsentGranted { consent, .. }) => Some(*consent),
        _ => None,
    });
    let command = match dice.below(18) {
        0..=7 => ConsentCommand::GrantConsent(consent),
        8 => ConsentCommand::GrantConsentFor { by: represents(scene, giver).unwrap_or(by), consent },
        9 => ConsentCommand::AskConsent(NewAsk {
            giver,
            subject,
            kind,
            purpose: None,
            categories: consent.categories,
            recipients: consent.recipients,
            explained: None,
            answer_by: scene.maybe_day(dice, 0, 30),
        }),
        10 => ConsentCommand::RefuseConsent { giver, subject, kind, reason: None },
        11 => {
            let by = represents(scene, giver).unwrap_or(by);
            ConsentCommand::RefuseConsentFor { by, giver, subject, kind, reason: None }
        }
        12 => return Some(exception(scene, dice).into()),
        13 | 14 => {
            let notices: Vec<_> = scene.state().consents.notices().into_iter().map(|notice| notice.id).collect();
            ConsentCommand::ConfirmWithdrawalNotice { notice: dice.any_of(&notices)? }
        }
        _ => ConsentCommand::WithdrawConsent { consent: dice.any_of(&granted)?, reason: None },
    };
    Some(command.into())
}

fn represents(scene: &Scene<'_>, person: crate::ids::PersonId) -> Option<crate::ids::WorkerId> {
    scene.state().representation.of(person, scene.today()).next().map(|(worker, _)| worker)
}

fn exception(scene: &Scene<'_>, dice: &mut Dice) -> ConsentCommand {
    let known: Vec<_> = scene.state().consents.exceptions().iter().map(|one| one.id).collect();
    match dice.any_of(&known) {
        Some(exception) if dice.once_in(2) => {
            ConsentCommand::EndConsentException { exception, last_day: None, reason: None }
        }
        _ => ConsentCommand::RecordConsentException(NewException {
            subject: scene.child(dice),
            ground: dice.one_of(&[ExceptionGround::PreventSeriousHarm, ExceptionGround::Urgent]),
            reason: text("er is haast bij"),
            from: None,
            until: scene.maybe_day(dice, 0, 30),
        }),
    }
}
