use super::catalogue::*;
use super::*;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::decider::{BACKDATED, Decider as _, DomainCommand as _, decide, everybody};
use crate::divorce::tests::{A, B, FENNA, ILSE, ROBERT, WIM, apart, appoint, end_coordinator};
use crate::dues::open_dues;
use crate::exclusion::catalogue::WORKER_EXCLUDED;
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::fact::{Actor, NEUTRAL, Role};
use crate::households::HouseholdCommand;
use crate::ids::{HouseholdId, PersonId};
use crate::life::{CASE_UNKNOWN, LifeCommand, Outcome};
use crate::people::catalogue::NAMES_IN_TEXT;
use crate::protection::{Locating, ProtectionCommand};
use crate::regie::tests::{PETRA, SAM, with_director};
use crate::regie::{NewParty, RegieCommand};
use crate::terms::TermsBook;
use crate::testing::*;

/// On call; opens the case in the night.
const PIET: WorkerId = SAM;

fn open(hours: Option<u16>) -> EmergencyCommand {
    EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("Kind is weg, politie belt"),
        hours,
    }
}

fn six() -> SixAnswers<Text> {
    SixAnswers {
        consent_sought: text("Gevraagd, geen antwoord"),
        harm: text("Kind loopt gevaar"),
        conscience: text("Zwijgen kan niet"),
        subsidiarity: text("Niemand anders weet het"),
        effect: text("Dan kan er iemand heen"),
        proportionality: text("Alleen waar het kind slaapt"),
    }
}

fn end(emergency: EmergencyId) -> EmergencyCommand {
    EmergencyCommand::EndEmergencyAccess { emergency }
}

fn review(emergency: EmergencyId) -> EmergencyCommand {
    EmergencyCommand::ReviewEmergencyAccess {
        emergency,
        outcome: ReviewOutcome::Justified,
        finding: text("Nodig, en niet meer gezien dan nodig"),
    }
}

fn id(number: u128) -> EmergencyId {
    EmergencyId::from_uuid(fresh(number))
}

/// Wednesday 2026-08-19; Joost directs since March, Piet was on call and opened the case.
fn piet() -> Given<Case> {
    with_director().on("2026-08-19").by(PIET, Role::Supporter)
}

fn opened() -> (Given<Case>, EmergencyId) {
    let given = piet().when(open(None)).accepted();
    let id = given.state().emergency.all()[0].id;
    (given, id)
}

fn open_on(given: &Given<Case>, at: &str, hour: u32) -> Vec<WorkerId> {
    given.state().emergency.open_at(day(at).at(hour, 0)).map(|access| access.worker).collect()
}

fn waiting(given: &Given<Case>) -> Vec<(WorkerId, CivilDay)> {
    given.state().emergency.unreviewed().map(|(access, last_day)| (access.worker, last_day)).collect()
}

#[test]
fn it_is_open_for_hours_and_waits_for_a_review() {
    let when = piet().when(open(None));
    let due = &when.drafts()[0].due[0];
    assert_eq!((due.what.as_str(), due.last_day), (EMERGENCY_REVIEW_DUE, day("2026-08-21")));
    assert_eq!(due.at, day("2026-08-24").at(8, 0));
    let made = match &when.drafts()[0].event {
        CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { emergency, .. }) => *emergency,
        other => panic!("{other:?}"),
    };
    let reason = match &when.drafts()[0].event {
        CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { reason, .. }) => reason.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reason.known(), Some(&text("Kind is weg, politie belt")));
    let given = when.then([EmergencyEvent::EmergencyAccessOpened {
        emergency: made,
        worker: PIET,
        organisation: organisation("gemeente-huizen"),
        ground: EmergencyGround::VitalInterest,
        reason,
        until: day("2026-08-20").at(9, 0),
    }]);
    assert_eq!(open_on(&given, "2026-08-19", 8), []);
    assert_eq!(open_on(&given, "2026-08-19", 9), [PIET]);
    assert_eq!(open_on(&given, "2026-08-20", 8), [PIET]);
    assert_eq!(open_on(&given, "2026-08-20", 9), [], "at the moment it ends it is over");
    assert_eq!(waiting(&given), [(PIET, day("2026-08-21"))]);
    let overdue = |on| given.state().emergency.overdue_on(day(on)).count();
    assert_eq!((overdue("2026-08-21"), overdue("2026-08-22")), (0, 1));
}

#[test]
fn fewer_hours_may_be_asked_for_and_never_more() {
    let given = piet().when(open(Some(3))).accepted();
    assert_eq!((open_on(&given, "2026-08-19", 11), open_on(&given, "2026-08-19", 12)), (vec![PIET], vec![]));
    piet().when(open(Some(24))).accepted();
    piet().when(open(Some(25))).then_rejected(EMERGENCY_TOO_LONG);
    piet().when(open(Some(0))).then_rejected(EMERGENCY_TOO_LONG);
}

#[test]
fn a_conflict_of_duties_gives_its_six_answers_each_to_be_destroyed_alone() {
    let asked = EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::ConflictOfDuties(Box::new(six())),
        reason: text("Weglopen"),
        hours: None,
    };
    let given = piet().when(asked).accepted();
    let access = &given.state().emergency.all()[0];
    let EmergencyGround::ConflictOfDuties { answers } = &access.ground else { panic!("{:?}", access.ground) };
    let said: Vec<_> = answers.each().map(|(_, answer)| answer.known().unwrap().clone()).into();
    assert_eq!(said, six().each().map(|(_, answer)| answer.clone()));
    let owners: std::collections::BTreeSet<_> =
        answers.each().iter().map(|(_, answer)| answer.owner()).chain([access.reason.owner()]).collect();
    assert_eq!(owners.len(), 7);
}

#[test]
fn one_at_a_time_for_each_worker() {
    let (given, first) = opened();
    let given = given.when(open(None)).refused_but(EMERGENCY_OPEN);
    let other = given.by(PETRA, Role::Supporter).when(open(None)).accepted();
    assert_eq!(open_on(&other, "2026-08-19", 9), [PIET, PETRA]);
    let ended = other.by(PIET, Role::Supporter).when(end(first)).accepted();
    assert_eq!(open_on(&ended, "2026-08-19", 10), [PETRA]);
    let again = ended.when(open(None)).accepted();
    assert_eq!(waiting(&again).len(), 3, "each is reviewed by itself");
    let (given, _) = opened();
    given.on("2026-08-20").when(open(None)).accepted();
}

#[test]
fn who_is_kept_out_opens_nothing_nor_who_acts_for_them() {
    let exclude = ExclusionCommand::ExcludeWorker {
        worker: PIET,
        ground: ExclusionGround::OwnFamily,
        reason: text("Eigen familie"),
    };
    let given = with_director().on("2026-08-19").when(exclude).accepted().by(PIET, Role::Supporter);
    given.when(open(None)).then_rejected(WORKER_EXCLUDED);
    let exclude = ExclusionCommand::ExcludeWorker {
        worker: PIET,
        ground: ExclusionGround::OwnFamily,
        reason: text("Eigen familie"),
    };
    let given = with_director().when(exclude).accepted();
    let behalf = Actor { on_behalf_of: Some(PIET), ..actor(PETRA, Role::Supporter) };
    assert_eq!(outcome(&given, &behalf, open(None)), Err(WORKER_EXCLUDED));
    let own = Actor { on_behalf_of: Some(LAYLA), ..actor(PETRA, Role::Supporter) };
    assert_eq!(outcome(&given, &own, open(None)), Ok(()));
}

fn lives(household: HouseholdId, person: PersonId) -> HouseholdCommand {
    HouseholdCommand::RecordMembership { household, person, from: day("2026-05-04"), until: None }
}

fn protect(person: PersonId, household: HouseholdId) -> ProtectionCommand {
    ProtectionCommand::ProtectLocatingData { person, households: vec![household], reason: text("Er is angst") }
}

fn barred(given: &Given<Case>, on: &str) -> Vec<WorkerId> {
    barred_on(given.state(), day(on)).into_iter().collect()
}

/// With a part of the family in hand an emergency would be the way round the protection of the other side, also long after.
#[test]
fn whoever_works_or_worked_for_a_part_of_a_protected_family_is_barred() {
    let party = NewParty { consents: Vec::new(), ..crate::regie::tests::party(PETRA) };
    let came = RegieCommand::ReportPartyJoined { party, last_day: None, explanation: Some(text("Was er al")) };
    let given = apart().when(lives(A, ILSE)).accepted().when(lives(B, ROBERT)).accepted();
    let given = given.when(appoint(A, WIM)).accepted().when(appoint(B, FENNA)).accepted().when(came).accepted();
    assert_eq!(barred(&given, "2026-05-04"), [], "nobody must not be found");
    let given = given.when(protect(ILSE, A)).accepted();
    let mut both = [FENNA, PETRA];
    both.sort_unstable();
    assert_eq!(barred(&given, "2026-05-04"), both, "who coordinates where she lives knows where that is");
    let given = given.when(end_coordinator(A, WIM, None)).accepted().when(end_coordinator(B, FENNA, None)).accepted();
    let given = given.on("2026-06-04").when(crate::regie::tests::leave(PETRA)).accepted();
    let mut all = [WIM, FENNA, PETRA];
    all.sort_unstable();
    assert_eq!(barred(&given, "2026-09-04"), all, "long after, whoever it was for");
}

/// Who coordinates one home knows of that one: somebody else who must not be found lives elsewhere.
#[test]
fn who_coordinates_the_home_of_one_who_is_protected_is_barred_when_another_lives_elsewhere() {
    let given = apart().when(lives(A, ILSE)).accepted().when(lives(B, ROBERT)).accepted();
    let given = given.when(appoint(A, WIM)).accepted().when(protect(ILSE, A)).accepted();
    assert_eq!(barred(&given, "2026-05-04"), []);
    let given = given.when(protect(ROBERT, B)).accepted();
    assert_eq!(barred(&given, "2026-05-04"), [WIM]);
    let given = given.when(appoint(B, WIM)).accepted();
    assert_eq!(barred(&given, "2026-05-04"), [], "of both");
}

/// What becomes of a command of this actor on 2026-08-20.
fn outcome(given: &Given<Case>, actor: &Actor, command: EmergencyCommand) -> Result<(), crate::rejection::Code> {
    let book = TermsBook::nl_default().unwrap();
    let mut context = Context {
        id: STREAM,
        now: day("2026-08-20").at(9, 0),
        actor,
        terms: book.terms_on(day("2026-08-20")),
        book: &book,
        ids: &mut || fresh(99),
        knows: &everybody,
    };
    decide(given.history(), &Order::now(command.into()), &mut context).map(|_| ()).map_err(|no| no.code)
}

#[test]
fn who_has_it_or_the_director_ends_it_early() {
    let (given, id) = opened();
    let given = given.by(PETRA, Role::Supporter).when(end(id)).refused_but(MAY_NOT_END_EMERGENCY);
    let ended = given.by(JOOST, Role::CaseDirector).when(end(id));
    let ended = ended.then([EmergencyEvent::EmergencyAccessEnded { emergency: id }]);
    assert_eq!(open_on(&ended, "2026-08-19", 9), []);
    assert_eq!(waiting(&ended), [(PIET, day("2026-08-21"))], "the review waits on");
    ended.when(end(id)).then_rejected(EMERGENCY_OVER);
    let (given, id) = opened();
    let given = given.on("2026-08-20").when(end(id)).refused_but(EMERGENCY_OVER);
    given.when(end(self::id(77))).then_rejected(EMERGENCY_UNKNOWN);
    let (given, id) = opened();
    let appoint = crate::regie::RegieCommand::AppointDeputy {
        deputy: PETRA,
        organisation: organisation("zorg-vecht"),
        from: None,
        until: day("2026-08-30"),
        reason: text("Vakantie"),
    };
    let given = given.by(JOOST, Role::CaseDirector).when(appoint).accepted();
    given.by(PETRA, Role::Supporter).when(end(id)).accepted();
}

#[test]
fn somebody_else_reviews_it_once_also_after_the_end() {
    let (given, id) = opened();
    let given = given.when(review(id)).refused_but(REVIEWED_BY_ANOTHER);
    let later = given.on("2026-08-21").by(LAYLA, Role::PrivacyOfficer);
    let later = later.when(review(self::id(77))).refused_but(EMERGENCY_UNKNOWN);
    let finding = text("Nodig, en niet meer gezien dan nodig");
    let reviewed = later.when(review(id)).accepted();
    let found = reviewed.state().emergency.access(id).unwrap().review.clone().unwrap();
    assert_eq!((found.outcome, found.by, found.day), (ReviewOutcome::Justified, LAYLA, day("2026-08-21")));
    assert_eq!(found.finding.known(), Some(&finding));
    assert_eq!(waiting(&reviewed), []);
    assert_eq!(reviewed.state().emergency.overdue_on(day("2026-09-01")).count(), 0);
    reviewed.by(NOOR, Role::PrivacyOfficer).when(review(id)).then_rejected(EMERGENCY_REVIEWED);
    let (given, id) = opened();
    given.by(LAYLA, Role::PrivacyOfficer).when(review(id)).accepted();
    let (given, id) = opened();
    let behalf = Actor { on_behalf_of: Some(PIET), ..actor(LAYLA, Role::PrivacyOfficer) };
    assert_eq!(outcome(&given, &behalf, review(id)), Err(REVIEWED_BY_ANOTHER));
}

#[test]
fn nothing_of_it_is_back_dated() {
    piet().when_on("2026-08-18", open(None)).then_rejected(BACKDATED);
    let (given, id) = opened();
    let given = given.on("2026-08-20").by(LAYLA, Role::PrivacyOfficer);
    given.when_on("2026-08-19", review(id)).then_rejected(BACKDATED);
}

#[test]
fn a_closed_case_opens_to_it_and_the_review_waits_there_too() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let closed = given(crate::testing::opened()).when(close).accepted().on("2026-08-19").by(PIET, Role::Supporter);
    let given = closed.when(open(None)).accepted();
    let waits = |given: &Given<Case>| open_dues(given.state(), day("2026-08-19")).len();
    assert_eq!(waits(&given), 1);
    let id = given.state().emergency.all()[0].id;
    assert_eq!(waits(&given.by(LAYLA, Role::PrivacyOfficer).when(review(id)).accepted()), 0);
    given_of::<Case>([]).when(open(None)).then_rejected(CASE_UNKNOWN);
}

/// A key that is missing by a fault, or a consent that is, does not keep anybody from a child in danger.
#[test]
fn it_waits_for_no_consent_and_no_key() {
    assert!(!CaseCommand::from(open(None)).needs_all());
    let (_, id) = opened();
    assert!(!CaseCommand::from(end(id)).needs_all());
}

#[test]
fn what_was_opened_stays_on_record() {
    let (given, id) = opened();
    let reviewed = given.by(LAYLA, Role::PrivacyOfficer).when(review(id)).accepted();
    let facts: Vec<_> = reviewed
        .history()
        .facts()
        .iter()
        .filter(|fact| matches!(fact.event, CaseEvent::Emergency(_)))
        .map(|fact| fact.id)
        .collect();
    let mut given = reviewed.by(JOOST, Role::CaseDirector);
    for target in facts {
        let strike = CorrectionCommand::StrikeOut { target, reason: text("Vergissing") };
        given = given.when(strike).refused_but(EMERGENCY_STAYS);
        let words = CorrectedContent::Words(text("Anders"));
        let correct = CorrectionCommand::Correct { target, reason: text("Anders"), occurred: None, content: words };
        given = given.when(correct).refused_but(EMERGENCY_STAYS);
    }
}

/// In an emergency nothing may stand in the way, also not the name of somebody of whom the writer does not know that they are in the case.
#[test]
fn why_it_is_opened_may_name_anybody() {
    let named = || text("Ilias loopt gevaar bij {person:wie?}");
    let answers = SixAnswers {
        consent_sought: named(),
        harm: named(),
        conscience: named(),
        subsidiarity: named(),
        effect: named(),
        proportionality: named(),
    };
    for ground in [NewGround::VitalInterest, NewGround::ConflictOfDuties(Box::new(answers))] {
        let given =
            piet().when(EmergencyCommand::OpenEmergencyAccess { ground, reason: named(), hours: None }).accepted();
        let kept = given.state().emergency.all().last().unwrap();
        assert_eq!(kept.reason.known(), Some(&named()), "as written");
        assert!(matches!(kept.reason.owner(), Subject::Record(_)), "in a record of its own");
    }
}

/// A review is written at leisure, by somebody who was told.
#[test]
fn what_a_review_found_names_nobody_unsaid() {
    let (given, emergency) = opened();
    let finding = text("Ilias was in gevaar");
    let review = EmergencyCommand::ReviewEmergencyAccess { emergency, outcome: ReviewOutcome::Justified, finding };
    given.by(LAYLA, Role::PrivacyOfficer).when(review).then_rejected(NAMES_IN_TEXT);
}

#[test]
fn nothing_in_clear_tells_what_happened_and_its_words_may_lead_to_somebody_protected() {
    let (given, id) = opened();
    let given = given.by(LAYLA, Role::PrivacyOfficer).when(review(id)).accepted();
    let given = given.by(PIET, Role::Supporter).when(end(id)).accepted();
    let facts = |given: &Given<Case>| -> Vec<CaseEvent> {
        let facts = given.history().facts().iter().map(|fact| fact.event.clone());
        facts.filter(|event| matches!(event, CaseEvent::Emergency(_))).collect()
    };
    assert_eq!(facts(&given).len(), 3);
    for event in facts(&given) {
        let CaseEvent::Emergency(event) = event else { continue };
        assert_eq!((event.info().outer, event.info().audience), (NEUTRAL, "director"));
        assert!(event.subjects().is_empty());
    }
    let leads = |given: &Given<Case>| -> Vec<bool> {
        let locating = Locating::on(given.history(), day("2026-08-19"));
        facts(given).iter().map(|event| locating.leads(event)).collect()
    };
    assert_eq!(leads(&given), [false, false, false], "nobody is protected");
    let protect =
        ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: text("Voor de rust") };
    assert_eq!(leads(&given.when(protect).accepted()), [true, true, false]);
}

#[test]
fn the_state_follows_from_the_facts() {
    let (given, id) = opened();
    let given = given.by(LAYLA, Role::PrivacyOfficer).when(review(id)).accepted();
    let mut state = CaseState::default();
    given.history().facts().iter().for_each(|fact| Case::apply(&mut state, fact));
    assert_eq!(state, *given.state());
}
