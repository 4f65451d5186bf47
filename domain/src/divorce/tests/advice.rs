//! *Not me*, advice on what could be seen, its answer, and the ways in which a team is there.

use super::*;
use crate::divorce::sat::catalogue::*;
use crate::dues::open_dues;
use crate::ids::{AdviceId, ReviewId, Revision};
use crate::regie::asked::FROM_IN_PAST;

const TEAM: &str = "sat-vecht";

/// Everyone lets the conflict be shared with the team, which is asked about Ilse and Robert on 2026-04-21.
fn asked() -> (Given<Case>, ReviewId) {
    let share = |person| share(person, person, &[Category::Escalation], &[]);
    let given = directed().when(share(ILSE)).accepted().when(share(ROBERT)).accepted();
    let given = given.when(ask(SatScope::Named(vec![ILSE, ROBERT]))).accepted();
    let id = given.state().divorce.sat_reviews()[0].id;
    (given, id)
}

fn ask(scope: SatScope) -> SatCommand {
    SatCommand::RequestSat { team: organisation(TEAM), question: text("welk spoor past hier"), scope }
}

fn hugo(given: Given<Case>) -> Given<Case> {
    given.by(HUGO, Role::SatAdvisor).of(TEAM)
}

fn anja(given: Given<Case>) -> Given<Case> {
    given.by(ANJA, Role::CaseDirector)
}

/// Accepted by Hugo on 2026-04-23, who acts.
fn accepted() -> (Given<Case>, ReviewId) {
    let (given, review) = asked();
    (hugo(given.on("2026-04-23")).when(SatCommand::AcceptSat { review }).accepted(), review)
}

fn advice(review: ReviewId, position: Option<Revision>) -> SatCommand {
    SatCommand::GiveSatAdvice(Box::new(NewSatAdvice {
        review,
        position,
        recommended: Some(SatTrack::PlanPerHousehold),
        conditions: vec![text("eerst rust")],
        words: text("van een plan naar twee plannen"),
    }))
}

/// Advised by Hugo on 2026-04-28 on what he saw; Anja acts.
fn advised() -> (Given<Case>, ReviewId, AdviceId) {
    let (given, review) = accepted();
    let position = given.history().revision();
    let given = anja(given.on("2026-04-28").when(advice(review, position)).accepted());
    let id = given.state().divorce.sat_reviews()[0].advices[0].id;
    (given, review, id)
}

fn answer(review: ReviewId, advice: AdviceId, follows: bool, reason: Option<&str>) -> SatCommand {
    SatCommand::AnswerSatAdvice { review, advice, follows, reason: reason.map(text) }
}

fn has_access(given: &Given<Case>, on: &str) -> bool {
    !sat_access_on(given.state(), day(on), given.terms()).is_empty()
}

fn dues(given: &Given<Case>, on: &str) -> Vec<(String, CivilDay)> {
    let dues = open_dues(given.state(), day(on)).into_iter().filter(|due| due.what.starts_with("sat_"));
    dues.map(|due| (due.what, due.last_day)).collect()
}

#[test]
fn the_terms_run_from_the_request_until_somebody_accepts_and_advises() {
    let (given, review) = asked();
    let expected = [("sat_acceptance".to_owned(), day("2026-04-29")), ("sat_advice".to_owned(), day("2026-05-07"))];
    assert_eq!(dues(&given, "2026-04-21"), expected, "27 April and 5 May are free");
    let given = hugo(given.on("2026-04-23")).when(SatCommand::AcceptSat { review }).accepted();
    assert_eq!(dues(&given, "2026-04-23").first().unwrap().0, "sat_advice");
    let position = given.history().revision();
    let given = given.when(advice(review, position)).accepted();
    assert_eq!(dues(&given, "2026-04-23"), [("sat_access".to_owned(), day("2026-06-04"))]);
    let (given, review) = asked();
    let end = SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None };
    assert_eq!(dues(&given.when(end).accepted(), "2026-04-21"), []);
}

#[test]
fn not_me_leaves_it_open_for_the_team() {
    let (given, review) = asked();
    let not_me = || SatCommand::SayNotMe { review, reason: Some(text("ken de familie")) };
    let given = given.when(not_me()).refused_but(NOT_THE_SAT_TEAM);
    let given = hugo(given).when(not_me()).then([SatEvent::SatNotMeSaid {
        review,
        advisor: HUGO,
        reason: Some(words(fresh(5), "ken de familie")),
    }]);
    assert_eq!(sat_asked_on(given.state(), day("2026-04-21"), given.terms()).len(), 1);
    let given = given.by(TESS, Role::SatAdvisor).of(TEAM).when(SatCommand::AcceptSat { review }).accepted();
    assert_eq!(given.state().divorce.sat_review(review).unwrap().accepted.as_ref().unwrap().advisor, TESS);
}

#[test]
fn who_accepted_and_says_not_me_loses_the_access_at_once() {
    let (given, review) = accepted();
    assert!(has_access(&given, "2026-04-23"));
    let given = given.when(SatCommand::SayNotMe { review, reason: None }).accepted();
    assert!(!has_access(&given, "2026-04-23"));
    assert_eq!(dues(&given, "2026-04-23")[0].0, "sat_acceptance", "that term waits again");
    given.by(TESS, Role::SatAdvisor).of(TEAM).when(SatCommand::AcceptSat { review }).accepted();
}

#[test]
fn an_advice_is_on_exactly_what_the_advisor_could_see() {
    let (given, review) = accepted();
    let head = given.history().revision().unwrap();
    let before = Revision::new(head.number() - 1);
    let given = given.when(advice(review, None)).refused_but(SAT_POSITION_UNSEEN);
    let given = given.when(advice(review, Some(before))).refused_but(SAT_POSITION_UNSEEN);
    let given = given.when(advice(review, Some(head.next()))).refused_but(SAT_POSITION_UNSEEN);
    let given = anja(given).when(advice(review, Some(head))).refused_but(NOT_THE_SAT_ADVISOR);
    hugo(given).when(advice(review, Some(head))).then([SatEvent::SatAdviceGiven {
        review,
        advice: AdviceId::from_uuid(fresh(5)),
        advisor: HUGO,
        position: head,
        recommended: Some(SatTrack::PlanPerHousehold),
        conditions: vec![words(fresh(6), "eerst rust")],
        words: words(fresh(7), "van een plan naar twee plannen"),
    }]);
    let (open, id) = asked();
    let given = hugo(open).when(advice(id, Some(head))).refused_but(SAT_NOT_ACCEPTED).when(advice(id, None));
    given.then_rejected(SAT_NOT_ACCEPTED);
}

#[test]
fn after_the_access_there_is_nothing_to_advise_on() {
    let (given, review) = accepted();
    let head = given.history().revision();
    given.on("2026-06-05").when(advice(review, head)).then_rejected(SAT_ACCESS_OVER);
}

#[test]
fn an_anonymous_question_is_advised_on_as_it_was_asked() {
    let given = directed().when(ask(SatScope::Anonymous)).accepted();
    let asked_at = given.history().revision().unwrap();
    let review = given.state().divorce.sat_reviews()[0].id;
    let given = hugo(given).when(SatCommand::AcceptSat { review }).accepted().when(advice(review, None)).accepted();
    assert_eq!(given.state().divorce.sat_reviews()[0].advices[0].position, asked_at);
}

#[test]
fn who_asked_answers_and_the_access_ends() {
    let (given, review, advice) = advised();
    let given = hugo(given).when(answer(review, advice, true, None)).refused_but(NOT_WHO_ASKED_SAT);
    let unknown = AdviceId::from_uuid(fresh(99));
    let given = anja(given.on("2026-04-29")).when(answer(review, unknown, true, None)).refused_but(SAT_ADVICE_UNKNOWN);
    let given = given.when(answer(review, advice, false, None)).refused_but(SAT_REASON_MISSING);
    let given = given.when(answer(review, advice, true, None)).then([SatEvent::SatAdviceAnswered {
        review,
        advice,
        follows: true,
        reason: None,
        told: Some(ANJA),
    }]);
    assert_eq!((has_access(&given, "2026-04-28"), has_access(&given, "2026-04-29")), (true, false));
    assert_eq!(dues(&given, "2026-04-29"), []);
    let given = given.when(answer(review, advice, true, None)).refused_but(SAT_ADVICE_ANSWERED);
    hugo(given).when(SatCommand::AcceptSat { review }).then_rejected(SAT_OVER);
}

#[test]
fn an_answer_to_what_was_withdrawn_is_refused_and_says_so() {
    let (given, review, advice) = advised();
    let withdrawn = SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None };
    let given = given.when(withdrawn).accepted();
    let given = given.when(answer(review, advice, true, None)).refused_but(SAT_WITHDRAWN);
    let head = given.history().revision();
    hugo(given).when(self::advice(review, head)).then_rejected(SAT_WITHDRAWN);
}

/// Case 02: asked by the duo, answered by the duo, the director told.
#[test]
fn a_duo_asks_and_either_of_the_two_answers() {
    let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![] };
    let given = offered(directed()).when(assign).accepted().by(WIM, Role::Supporter);
    let given = given.when(ask(SatScope::Anonymous)).accepted();
    let review = given.state().divorce.sat_reviews()[0].id;
    let given = hugo(given).when(SatCommand::AcceptSat { review }).accepted().when(advice(review, None)).accepted();
    let given_advice = given.state().divorce.sat_reviews()[0].advices[0].id;
    let given = given.by(TESS, Role::Supporter);
    let given = given.when(answer(review, given_advice, true, None)).refused_but(NOT_WHO_ASKED_SAT);
    let given =
        given.by(FENNA, Role::Supporter).when(answer(review, given_advice, false, Some("gaat door"))).accepted();
    let answered = given.state().divorce.sat_reviews()[0].advices[0].answer.clone().unwrap();
    assert_eq!((answered.by, answered.told, answered.follows), (FENNA, Some(ANJA), false));
}

fn agree(review: ReviewId, mode: SatMode, days: (Option<&str>, Option<&str>), persons: &[PersonId]) -> SatCommand {
    let (from, until) = (days.0.map(day), days.1.map(day));
    SatCommand::AgreeSatMode { review, mode, from, until, persons: persons.to_vec() }
}

/// Case 01, 2026-09-01: an intervention with the consent of both, until a day.
#[test]
fn an_intervention_has_an_end_and_the_access_ends_with_it() {
    let (given, review) = accepted();
    let given = anja(given);
    let both = [ILSE, ROBERT];
    let given = given
        .when(agree(review, SatMode::Intervention, (None, None), &both))
        .refused_but(SAT_MODE_WITHOUT_END)
        .when(agree(review, SatMode::Consultation, (None, None), &both))
        .refused_but(SAT_MODE_IS_CONSULTATION)
        .when(agree(review, SatMode::Intervention, (Some("2026-04-22"), Some("2026-12-31")), &both))
        .refused_but(FROM_IN_PAST)
        .when(agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &[]))
        .refused_but(SAT_SCOPE_EMPTY)
        .when(agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &[ILSE, MORRIS]))
        .refused_but(SAT_CONSENT_MISSING);
    let given = given.when(agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &both)).accepted();
    assert_eq!(given.state().divorce.sat_review(review).unwrap().mode_on(day("2026-09-01")), SatMode::Intervention);
    assert_eq!((has_access(&given, "2026-12-31"), has_access(&given, "2027-01-01")), (true, false));
    let access = dues(&given, "2026-06-10").into_iter().find(|(what, _)| what == "sat_access");
    assert_eq!(access.unwrap().1, day("2026-12-31"));
    given
        .when(agree(review, SatMode::DirectContact, (None, Some("2026-05-01")), &both))
        .then_rejected(SAT_MODE_PRESENT);
}

/// Rule 19: nobody brings both parents together while a lane is open; each alone may be spoken with. Before each was screened it is marked.
#[test]
fn a_team_brings_nobody_together_before_that_is_safe() {
    use crate::safety::SCREENED_BEFORE_JOINT;
    use crate::safety::catalogue::JOINT_TALK_BARRED;
    let (given, review) = accepted();
    let both = [ILSE, ROBERT];
    let contact = |persons: &[PersonId]| agree(review, SatMode::DirectContact, (None, Some("2026-05-01")), persons);
    let intervene = agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &both);
    let given = anja(given).when(crate::safety::tests::signal(&[MORRIS])).accepted();
    let given = given.when(contact(&both)).refused_but(JOINT_TALK_BARRED);
    let given = given.when(intervene.clone()).refused_but(JOINT_TALK_BARRED);
    given.when(contact(&[ILSE])).accepted();
    let marks = |given: Given<Case>| {
        let when = given.when(intervene.clone());
        when.drafts()[0].departures.iter().map(|mark| mark.rule.clone()).collect::<Vec<_>>()
    };
    let at_odds = |given| anja(given).when(crate::conflict::tests::name_conflict(&both)).accepted();
    assert_eq!(marks(at_odds(accepted().0)), [SCREENED_BEFORE_JOINT]);
    let screened = crate::divorce::episode::tests::screened(at_odds(accepted().0));
    assert_eq!(marks(screened), [""; 0]);
}

#[test]
fn an_answered_advice_does_not_end_an_intervention() {
    let (given, review, advice) = advised();
    let intervene = agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &[ILSE, ROBERT]);
    let given = given.when(intervene).accepted().on("2026-05-01");
    let given = given.when(answer(review, advice, true, None)).accepted();
    assert!(has_access(&given, "2026-10-01"));
    let end = SatCommand::EndSatMode { review, last_day: None, reason: Some(text("rust")) };
    let given = given.on("2026-10-01").when(end).accepted();
    assert_eq!((has_access(&given, "2026-10-01"), has_access(&given, "2026-10-02")), (true, false));
    let again = SatCommand::EndSatMode { review, last_day: Some(day("2026-10-02")), reason: None };
    given.on("2026-10-02").when(again).then_rejected(SAT_MODE_ABSENT);
}

/// Case 01, 2026-11-10.
#[test]
fn during_an_intervention_a_withdrawn_consent_closes_that_part() {
    let (given, review) = accepted();
    let intervene = agree(review, SatMode::Intervention, (None, Some("2026-12-31")), &[ILSE, ROBERT]);
    let waits = |given: &Given<Case>| {
        given.state().divorce.sat_review(review).and_then(|found| found.term("sat_advice").cloned()).is_some()
    };
    assert!(waits(&given));
    let given = anja(given).when(intervene).accepted();
    assert!(!waits(&given), "who steps in is not asked for an advice any more");
    let given = given.on("2026-11-10");
    let own = consent_of(&given, ROBERT, ROBERT);
    let given = given.when(withdraw(own)).accepted();
    let scope = |on| sat_access_on(given.state(), day(on), given.terms())[0].scope.clone();
    assert_eq!((scope("2026-11-09"), scope("2026-11-10")), (vec![ILSE, ROBERT], vec![ILSE]));
}

#[test]
fn nobody_is_spoken_with_whom_nobody_named() {
    let given = directed().when(ask(SatScope::Anonymous)).accepted();
    let review = given.state().divorce.sat_reviews()[0].id;
    let given = given.when(agree(review, SatMode::DirectContact, (None, None), &[ILSE])).refused_but(SAT_NOT_ACCEPTED);
    let given = anja(hugo(given).when(SatCommand::AcceptSat { review }).accepted());
    given.when(agree(review, SatMode::DirectContact, (None, None), &[ILSE])).then_rejected(SAT_ANONYMOUS);
}

/// The yearly picture counts a trajectory once, and only what fell in its days.
#[test]
fn a_trajectory_tells_whether_a_team_was_consulted_and_stepped_in() {
    let (given, review) = accepted();
    let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![] };
    let given = offered(anja(given).on("2026-05-01")).when(assign).accepted();
    let of = |given: &Given<Case>| given.state().divorce.sat_of_trajectories()[0];
    assert_eq!((of(&given).consulted, of(&given).intervened), (None, None), "asked before it began");
    let intervene = agree(review, SatMode::Intervention, (Some("2026-05-04"), Some("2026-06-30")), &[ILSE]);
    let given = given.when(intervene).accepted().when(ask(SatScope::Anonymous)).accepted();
    assert_eq!((of(&given).consulted, of(&given).intervened), (Some(day("2026-05-01")), Some(day("2026-05-04"))));
}

#[test]
fn corrections_leave_an_answer_its_advice() {
    let (given, review, advice) = advised();
    let given = given.when(answer(review, advice, true, None)).accepted();
    let given_advice = strike(&given, "SatAdviceGiven");
    given.when(given_advice).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
}
