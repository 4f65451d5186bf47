//! That a consent ended is told to whoever knew something under it (R02): who, once, and what they answer.

use super::*;
use crate::decider::DomainEvent as _;
use crate::divorce::tests::{
    HUGO, ILSE, MORRIS, ROBERT, TESS, consent_of, directed, refuse_sharing, share, strike, withdraw as take_back,
};
use crate::divorce::{SatCommand, SatScope};
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::ids::NoticeId;
use crate::ret::tests as ret;
use crate::sharing::tests::offer;

/// Who was told by which word, in the order told.
fn told(given: &Given<Case>) -> Vec<(ConsentId, WorkerId)> {
    given.state().consents.notices().into_iter().map(|notice| (notice.word, notice.receiver)).collect()
}

fn to(given: &Given<Case>) -> Vec<WorkerId> {
    told(given).into_iter().map(|(_, receiver)| receiver).collect()
}

fn last_notice(given: &Given<Case>) -> NoticeId {
    given.state().consents.notices().last().unwrap().id
}

const fn confirm(notice: NoticeId) -> ConsentCommand {
    ConsentCommand::ConfirmWithdrawalNotice { notice }
}

/// Layla is in under the consent of Erik, who alone has authority.
fn in_under(workers: &[WorkerId]) -> Given<Case> {
    layla_joins(erik_alone().when(joining_of(ERIK, workers)).accepted()).accepted()
}

#[test]
fn who_takes_part_is_told_in_the_same_append_and_the_director_may_know_it() {
    let given = in_under(&[LAYLA]).on("2026-03-01");
    let consent = last(&given).id;
    let when = given.when(withdraw(consent));
    assert_eq!(when.drafts().iter().map(|draft| draft.event.info().audience).collect::<Vec<_>>(), ["case", "director"]);
    let given = when.accepted();
    let notice = last_notice(&given);
    let [.., withdrawn, notified] = given.history().facts() else { panic!("two facts") };
    assert_eq!(withdrawn.event, ConsentEvent::ConsentWithdrawn { consent, reason: None }.into());
    assert_eq!(notified.event, ConsentEvent::WithdrawalNotified { notice, word: consent, receiver: LAYLA }.into());
    assert_eq!((&withdrawn.command.id, withdrawn.command.count), (&notified.command.id, 2), "one append");
    assert_eq!(given.state().consents.waiting_notices().len(), 1);
    assert_eq!(given.state().consents.notice(notice).map(|notice| notice.told.on), Some(day("2026-03-01")));
    // Whoever does it again has no second effect.
    let again = given.when(withdraw(consent)).refused_but(CONSENT_ALREADY_WITHDRAWN);
    assert_eq!(to(&again), [LAYLA]);
}

/// Who is named knows something, or may, also before they take part; who takes part under a consent that names nobody as well.
#[test]
fn whoever_a_consent_names_and_whoever_is_in_under_one_that_names_nobody() {
    let given = withdraw_last(erik_alone().when(joining_of(ERIK, &[LAYLA, JOOST])).accepted()).accepted();
    assert_eq!(to(&given), [JOOST, LAYLA], "each once, in order");
    assert_eq!(to(&withdraw_last(in_under(&[])).accepted()), [LAYLA]);
    let nobody = withdraw_last(erik_alone().when(joining_of(ERIK, &[])).accepted());
    assert_eq!(nobody.drafts().len(), 1, "without a receiver there is no notice");
}

/// Of joint consents one is enough to end it; the other one, taken back as well, is told of by itself.
#[test]
fn of_two_consents_that_are_withdrawn_each_makes_a_notice() {
    let both = joint().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted();
    let (eriks, nadias) = (both.state().consents.all()[0].id, both.state().consents.all()[1].id);
    let given = layla_joins(both).accepted().when(withdraw(nadias)).accepted();
    assert_eq!(told(&given), [(nadias, LAYLA)]);
    let given = given.when(withdraw(eriks)).accepted();
    assert_eq!(told(&given), [(nadias, LAYLA), (eriks, LAYLA)]);
}

/// A no takes back every yes before it: one notice for each receiver, however many it ended, and told today although it was said before.
#[test]
fn a_no_in_place_of_a_yes_makes_a_notice_and_any_other_no_does_not() {
    let twice = in_under(&[LAYLA]).when(joining(ERIK)).accepted().on("2026-03-01");
    let given = twice.when_on("2026-02-20", refuse_joining(ERIK)).accepted();
    assert_eq!(told(&given), [(last(&given).id, LAYLA)]);
    assert_eq!(given.state().consents.notices()[0].told.on, day("2026-03-01"));
    let given = given.on("2026-03-02").when(refuse_joining(ERIK)).accepted();
    assert_eq!(to(&given), [LAYLA], "nothing was left that it ended");
    let given = erik_alone().when(refuse_joining(ERIK)).accepted();
    assert_eq!(to(&given), []);
    let given = in_under(&[LAYLA]).when(refuse(ERIK)).accepted();
    assert_eq!(to(&given), [], "a no to help ends no joining");
}

/// What ends by itself was agreed beforehand: nobody is told, also not when it is withdrawn afterwards.
#[test]
fn what_is_over_makes_no_notice() {
    let until = grant_from(ERIK, ConsentKind::Joining, "2026-02-16", Some("2026-02-28"));
    let ConsentCommand::GrantConsent(new) = until else { unreachable!() };
    let until = ConsentCommand::GrantConsent(NewConsent { recipients: vec![LAYLA], ..new });
    let given = layla_joins(erik_alone().when(until).accepted()).accepted().on("2026-03-02");
    assert_eq!(to(&given), []);
    assert_eq!(to(&withdraw_last(given).accepted()), []);
}

/// Sacha turns twelve on 2026-04-03: a birthday tells nobody, and what went on since ends with the withdrawal.
#[test]
fn a_birthday_tells_nobody_and_a_withdrawal_in_the_term_after_it_does() {
    let both = joint().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted();
    let given = layla_joins(both).accepted().on("2026-04-10");
    assert_eq!(to(&given), []);
    let party = given.state().consents.all()[1].id;
    assert_eq!(to(&given.when(withdraw(party)).accepted()), [LAYLA]);
}

/// Both let it go to Tess about Morris, and Ilse about herself.
fn shared() -> Given<Case> {
    let let_go = |giver, subject| share(giver, subject, &[Category::School], &[TESS]);
    let given = directed().when(let_go(ILSE, MORRIS)).accepted().when(let_go(ROBERT, MORRIS)).accepted();
    given.when(let_go(ILSE, ILSE)).accepted().when(offer(&[MORRIS, ILSE], &[Category::School])).accepted()
}

#[test]
fn who_received_something_is_told_for_each_consent_that_ends() {
    let given = shared();
    let (morris, own) = (consent_of(&given, ROBERT, MORRIS), consent_of(&given, ILSE, ILSE));
    let given = given.when(take_back(morris)).accepted().when(take_back(own)).accepted();
    assert_eq!(told(&given), [(morris, TESS), (own, TESS)]);
    let no = shared().when(refuse_sharing(ROBERT, MORRIS)).accepted();
    assert_eq!(to(&no), [TESS]);
}

#[test]
fn members_of_an_expert_team_are_told() {
    let given = ret::asked();
    let id = ret::id_of(&given);
    let given = given.when(ret::join(id, &[TESS, HUGO])).accepted();
    let consent = consent_of(&given, ROBERT, MORRIS);
    let told = to(&given.when(take_back(consent)).accepted());
    assert_eq!(told.len(), 2);
    assert!(told.contains(&TESS) && told.contains(&HUGO));
}

/// Asked about Ilse, whose consent names `recipients`.
fn asked(recipients: &[WorkerId]) -> Given<Case> {
    let given = directed().when(share(ILSE, ILSE, &[Category::Escalation], recipients)).accepted();
    given
        .when(SatCommand::RequestSat {
            team: organisation("sat-vecht"),
            question: text("welk spoor past hier"),
            scope: SatScope::Named(vec![ILSE]),
        })
        .accepted()
}

#[test]
fn an_advisor_is_told_and_of_a_team_that_was_asked_those_who_are_named() {
    let team = asked(&[]);
    let consent = consent_of(&team, ILSE, ILSE);
    assert_eq!(to(&team.when(take_back(consent)).accepted()), [], "nobody of the team by name");
    let named = asked(&[HUGO]);
    let consent = consent_of(&named, ILSE, ILSE);
    assert_eq!(to(&named.when(take_back(consent)).accepted()), [HUGO]);
    let accepted = asked(&[]);
    let (consent, review) = (consent_of(&accepted, ILSE, ILSE), accepted.state().divorce.sat_reviews()[0].id);
    let accepted = accepted.by(HUGO, Role::SatAdvisor).of("sat-vecht").when(SatCommand::AcceptSat { review });
    assert_eq!(to(&accepted.accepted().when(take_back(consent)).accepted()), [HUGO]);
}

/// A reader whom another consent names knows it by both.
#[test]
fn a_named_reader_is_told_of_the_consent_that_names_nobody() {
    let given = directed().when(share(ILSE, MORRIS, &[Category::Escalation], &[HUGO])).accepted();
    let given = given.when(share(ROBERT, MORRIS, &[Category::Escalation], &[])).accepted();
    let ask = SatCommand::RequestSat {
        team: organisation("sat-vecht"),
        question: text("welk spoor past hier"),
        scope: SatScope::Named(vec![MORRIS]),
    };
    let given = given.when(ask).accepted();
    let unnamed = consent_of(&given, ROBERT, MORRIS);
    assert_eq!(told(&given.when(take_back(unnamed)).accepted()), [(unnamed, HUGO)]);
}

#[test]
fn who_is_kept_out_had_no_access_that_could_end() {
    let out = ExclusionCommand::ExcludeWorker {
        worker: LAYLA,
        ground: ExclusionGround::Neighbour,
        reason: text("woont ernaast"),
    };
    let given = erik_alone().when(joining_of(ERIK, &[LAYLA, JOOST])).accepted().when(out).accepted();
    assert_eq!(to(&withdraw_last(given).accepted()), [JOOST]);
}

#[test]
fn the_receiver_confirms_once_and_nobody_else_does() {
    let given = withdraw_last(erik_alone().when(joining_of(ERIK, &[LAYLA, JOOST])).accepted()).accepted();
    let notice = last_notice(&given);
    let unknown = NoticeId::from_uuid(fresh(99));
    // Who directs, somebody else who was told, and an id that is nowhere: the same no.
    let given = given.when(confirm(notice)).refused_but(NOTICE_UNKNOWN);
    let given = given.by(JOOST, Role::Supporter).when(confirm(notice)).refused_but(NOTICE_UNKNOWN);
    let given = given.by(LAYLA, Role::Supporter).when(confirm(unknown)).refused_but(NOTICE_UNKNOWN);
    let given = given.on("2026-03-04").when(confirm(notice)).then([ConsentEvent::WithdrawalNoticeConfirmed { notice }]);
    let confirmed = given.state().consents.notice(notice).unwrap().confirmed.unwrap();
    assert_eq!(confirmed.on, day("2026-03-04"));
    assert_eq!(given.state().consents.waiting_notices().len(), 1, "Joost has not");
    given.when(confirm(notice)).then_rejected(NOTICE_ALREADY_CONFIRMED);
}

/// A notice of what turns out never to have been said waits no longer.
#[test]
fn a_withdrawal_that_is_struck_out_leaves_no_notice_waiting() {
    let given = withdraw_last(in_under(&[LAYLA])).accepted();
    let notice = last_notice(&given);
    let struck = strike(&given, "ConsentWithdrawn");
    let given = given.when(struck).accepted();
    assert_eq!(given.state().consents.waiting_notices(), Vec::<&Notice>::new());
    given.by(LAYLA, Role::Supporter).when(confirm(notice)).then_rejected(NOTICE_UNKNOWN);
}

/// What was confirmed was told: the notice is not struck out under it.
#[test]
fn a_confirmed_notice_stands() {
    let given = withdraw_last(in_under(&[LAYLA])).accepted();
    let notice = last_notice(&given);
    let given = given.by(LAYLA, Role::Supporter).when(confirm(notice)).accepted().by(NOOR, Role::AccessWorker);
    let struck = strike(&given, "WithdrawalNotified");
    given.when(struck).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
}

#[test]
fn a_closed_case_tells_and_is_answered_too() {
    let close = crate::life::LifeCommand::CloseCase { outcome: crate::life::Outcome::Moved, explanation: None };
    let given = erik_alone().when(joining_of(ERIK, &[LAYLA])).accepted().when(close).accepted();
    let given = withdraw_last(given).accepted();
    let notice = last_notice(&given);
    given.by(LAYLA, Role::Supporter).when(confirm(notice)).accepted();
}
