//! What the system proposes, and what people answer.

use super::*;
use crate::conference::tests::stopped::{end, hear, plan, resume, stopped};
use crate::conference::tests::{called, held, person_there, stop};
use crate::conflict::tests::{PARENTS, assess, energy, flare_up, named};
use crate::divorce::episode::EpisodeStep;
use crate::divorce::episode::tests::{at_rest, flared, settling, step};
use crate::divorce::tests::{HUGO, MORRIS, TESS, fact_of, share, strike};
use crate::divorce::{SatCommand, SatScope};
use crate::plan::EvaluationOutcome;
use crate::plan::tests::{OF_A, OF_B, activate, last, offer, two_plans};
use crate::plan::{PlanCommand, PlanRef};

fn made(given: &Given<Case>) -> Vec<ProposalKind> {
    given.state().alerts.proposals().iter().map(|proposal| proposal.kind).collect()
}

/// Assessed on this day, and the system has its turn the same minute.
fn assessed(given: Given<Case>, on: &str, stages: &[(PersonId, Option<u8>)]) -> Given<Case> {
    let given = given.on(on).when(assess(PARENTS, stages)).accepted();
    let now = given.now();
    fire(given, now)
}

fn dismiss(given: &Given<Case>) -> AlertCommand {
    let proposal = given.state().alerts.proposals().last().unwrap().id;
    AlertCommand::DismissProposal { proposal, reason: text("Het team kijkt al mee.") }
}

fn accept(given: &Given<Case>) -> AlertCommand {
    AlertCommand::AcceptProposal { proposal: given.state().alerts.proposals().last().unwrap().id, words: None }
}

/// Case 01: 3 and 3, then 5 for Robert (a rise of 2) and 4 for Ilse.
#[test]
fn a_rise_of_two_proposes_a_consultation_once() {
    let given = assessed(named(), "2026-04-21", &[(ILSE, Some(3)), (ROBERT, Some(3))]);
    assert_eq!(made(&given), []);
    let given = assessed(given, "2026-05-06", &[(ROBERT, Some(5)), (ILSE, Some(4))]);
    let [proposal] = given.state().alerts.proposals() else { panic!("one proposal") };
    assert_eq!((proposal.kind, proposal.about), (ProposalKind::SatConsultation, ProposalAbout::Conflict(PARENTS)));
    assert_eq!((proposal.persons.as_slice(), proposal.at), (&[ROBERT][..], day("2026-05-06").at(9, 0)));
    let made_fact = given.history().fact(proposal.fact).unwrap();
    assert_eq!(made_fact.audience, Audience::Director, "how he experiences it is not for who works for her");
    let given = pass(given, "2026-12-31");
    assert_eq!(made(&given).len(), 1, "once");
    let words = Some(text("Met namen."));
    let id = given.state().alerts.proposals()[0].id;
    let given = given.when(AlertCommand::AcceptProposal { proposal: id, words }).accepted();
    let answer = given.state().alerts.proposals()[0].answer.clone().unwrap();
    assert_eq!((answer.accepted, answer.by, answer.words.is_some()), (true, ANJA, true));
    given
        .when(AlertCommand::DismissProposal { proposal: id, reason: text("toch niet") })
        .then_rejected(PROPOSAL_ANSWERED);
}

/// Case 04: 4 and 4, then 6 and 5; dismissed with a reason; then 5 and 5.
#[test]
fn one_for_both_who_rose_and_none_on_the_way_down() {
    let given = assessed(named(), "2026-06-02", &[(ILSE, Some(4)), (ROBERT, Some(4))]);
    assert_eq!(made(&given), []);
    let given = assessed(given, "2026-09-15", &[(ILSE, Some(6)), (ROBERT, Some(5))]);
    assert_eq!(made(&given).len(), 1, "one look from outside for both");
    let dismissed = dismiss(&given);
    let given = given.on("2026-09-16").when(dismissed).accepted();
    let given = pass(given, "2026-10-01");
    assert_eq!(made(&given).len(), 1, "who rose as well was covered by it");
    let given = assessed(given, "2026-10-19", &[(ILSE, Some(5)), (ROBERT, Some(5))]);
    assert_eq!(made(&given).len(), 1);
    // And up again: that is another rise.
    let given = assessed(given, "2026-11-02", &[(ILSE, Some(7))]);
    assert_eq!(made(&given).len(), 2);
    // While that waits, the other rises too.
    let given = assessed(given, "2026-11-03", &[(ROBERT, Some(7))]);
    assert_eq!(made(&given).len(), 2);
}

#[test]
fn a_first_assessment_counts_from_five_and_what_cannot_be_said_is_passed_over() {
    assert_eq!(made(&assessed(named(), "2026-05-01", &[(ILSE, Some(4))])), []);
    assert_eq!(made(&assessed(named(), "2026-05-01", &[(ILSE, Some(5))])).len(), 1);
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(3))]);
    let given = assessed(given, "2026-05-04", &[(ILSE, None)]);
    assert_eq!(made(&given), []);
    assert_eq!(made(&assessed(given, "2026-05-06", &[(ILSE, Some(5))])).len(), 1, "by what was known before");
    let four = assessed(named(), "2026-05-01", &[(ILSE, Some(4))]);
    assert_eq!(made(&assessed(four, "2026-05-04", &[(ILSE, Some(5))])).len(), 1, "five from below");
    // An earlier one that is told later is no rise.
    let five = assessed(named(), "2026-05-01", &[(ILSE, Some(2)), (ROBERT, Some(2))]);
    let late = five.on("2026-05-06").when_on("2026-04-21", assess(PARENTS, &[(ILSE, Some(8))])).accepted();
    let now = late.now();
    assert_eq!(made(&fire(late, now)), []);
}

/// The system stood still while it rose: whoever asks later finds the same.
#[test]
fn a_rise_is_proposed_on_also_when_it_was_assessed_again_before_the_system_had_its_turn() {
    for again in [5, 4, 2] {
        let given = assessed(named(), "2026-04-21", &[(ROBERT, Some(3))]);
        let given = given.on("2026-05-04").when(assess(PARENTS, &[(ROBERT, Some(5))])).accepted();
        let cause = fact_of(&given, "GlaslStageAssessed");
        let given = assessed(given, "2026-05-06", &[(ROBERT, Some(again))]);
        let [proposal] = given.state().alerts.proposals() else { panic!("one proposal, then {again}") };
        assert_eq!((proposal.kind, proposal.cause), (ProposalKind::SatConsultation, cause), "then {again}");
        assert_eq!(made(&pass(given, "2026-12-31")).len(), 1, "once");
    }
}

/// What covered another rise was a mistake: that other one is proposed on by itself.
#[test]
fn a_rise_that_was_covered_by_a_mistake_is_proposed_on_itself() {
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let out = strike(&given, "GlaslStageAssessed");
    let given = assessed(given, "2026-05-04", &[(ROBERT, Some(6))]);
    assert_eq!(made(&given).len(), 1, "covered");
    let rise = fact_of(&given, "GlaslStageAssessed");
    let given = given.when(out).accepted();
    let now = given.now();
    let given = fire(given, now);
    assert_eq!(given.state().alerts.proposals().iter().map(|made| made.cause).collect::<Vec<_>>()[1..], [rise]);
    assert_eq!(made(&pass(given, "2026-12-31")).len(), 2, "once");
}

#[test]
fn where_a_team_was_asked_nothing_is_proposed_about_that() {
    let asked = || {
        let ask = SatCommand::RequestSat {
            team: organisation("sat-gooi"),
            question: text("Welk spoor past?"),
            scope: SatScope::Anonymous,
        };
        assessed(named(), "2026-05-01", &[(ILSE, Some(3))]).when(ask).accepted()
    };
    let given = assessed(asked(), "2026-05-04", &[(ILSE, Some(6))]);
    assert_eq!(made(&given), []);
    // Nor once that request ended: it was there when she was assessed.
    let review = given.state().divorce.sat_reviews()[0].id;
    let end = SatCommand::EndSat { review, reason: crate::divorce::SatEnd::Answered, explanation: None };
    let given = given.on("2026-05-20").when(end).accepted();
    let given = pass(given, "2026-12-31");
    assert_eq!(made(&given), []);
    let given = assessed(given.on("2027-01-04"), "2027-01-04", &[(ILSE, Some(8))]);
    assert_eq!(made(&given).len(), 1);
    // One by name about others keeps nothing back.
    let consent = share(ROBERT, ROBERT, &[crate::consent::Category::Escalation, crate::consent::Category::Plan], &[]);
    let named_other = SatCommand::RequestSat {
        team: organisation("sat-gooi"),
        question: text("Welk spoor past?"),
        scope: SatScope::Named(vec![ROBERT]),
    };
    let given = named().when(consent).accepted().when(named_other).accepted();
    assert_eq!(made(&assessed(given, "2026-05-01", &[(ILSE, Some(6))])), [], "he is in the same conflict");
}

/// What caused it was a mistake: then nobody needs to answer.
#[test]
fn a_proposal_lapses_with_what_it_rests_on_and_with_the_case() {
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let (accepts, out) = (accept(&given), strike(&given, "GlaslStageAssessed"));
    let lapsed = given.when(out).accepted();
    lapsed.when(accepts).then_rejected(PROPOSAL_LAPSED);
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let dismisses = dismiss(&given);
    let closed = crate::divorce::tests::closed(given, "2026-05-04");
    closed.when(dismisses).then_rejected(PROPOSAL_LAPSED);
    // An answer that was a mistake is struck out, and it waits again.
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let dismisses = dismiss(&given);
    let given = given.when(dismisses.clone()).accepted();
    let out = strike(&given, "ProposalDismissed");
    given.when(out).accepted().when(dismisses).accepted();
}

/// What was assessed belongs in another file: what was proposed on it goes with it, also when somebody had answered.
#[test]
fn what_a_proposal_rests_on_can_be_set_aside_after_it_was_answered() {
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let (dismisses, target) = (dismiss(&given), fact_of(&given, "GlaslStageAssessed"));
    let given = given.when(dismisses).accepted();
    let aside = CorrectionCommand::SetAside { targets: vec![target], reason: text("verkeerde zaak") };
    assert_eq!(made(&given.when(aside).accepted()), []);
}

#[test]
fn an_answer_names_nobody_without_saying_so() {
    let given = assessed(named(), "2026-05-01", &[(ILSE, Some(6))]);
    let proposal = given.state().alerts.proposals()[0].id;
    let named_in = AlertCommand::DismissProposal { proposal, reason: text("Robert wil niet") };
    let given = given.when(named_in).refused_but(NAMES_IN_TEXT);
    let named_in = AlertCommand::AcceptProposal { proposal, words: Some(text("Robert wil")) };
    given.when(named_in).then_rejected(NAMES_IN_TEXT);
}

/// Case 07.
#[test]
fn a_conference_that_was_stopped_proposes_to_hear_each_apart() {
    let (given, id) = called();
    let given = given.when(stop(id, &[])).accepted();
    let now = given.now();
    let given = fire(given, now);
    let [proposal] = given.state().alerts.proposals() else { panic!("one proposal") };
    assert_eq!((proposal.kind, proposal.about), (ProposalKind::SeparateConversations, ProposalAbout::Conference(id)));
    assert_eq!(made(&pass(given, "2026-12-31")).len(), 1);
    // Who hears whom was said already: that is what would be proposed.
    let (given, id) = called();
    let arranged = crate::conference::ConferenceCommand::StopConference {
        conference: id,
        reason: text("Het liep op."),
        stopped_by: None,
        hearings: vec![
            crate::conference::Hearing { person: ILSE, listener: TESS },
            crate::conference::Hearing { person: ROBERT, listener: HUGO },
        ],
        resumes: Some(day("2026-05-11")),
    };
    assert_eq!(made(&pass(given.when(arranged).accepted(), "2026-12-31")), []);
}

/// Case 07: what was proposed waits as long as it is not done. A plan to listen is no talk; once each was heard apart, or it went on or was
/// given up, nothing of it is left to answer.
#[test]
fn separate_listening_waits_until_each_was_heard_or_the_conference_went_on_or_was_given_up() {
    let waits = |given: &Given<Case>| {
        let [made] = given.state().alerts.proposals() else { panic!("one proposal") };
        super::super::proposals::still_rests(given.history(), made)
    };
    let proposed = || {
        let (given, id) = stopped(&[]);
        let now = given.now();
        (fire(given, now), id)
    };
    let planned = || {
        let (given, id) = proposed();
        (given.when(plan(id, &[(ILSE, TESS), (ROBERT, HUGO)])).accepted(), id)
    };
    assert!(waits(&proposed().0) && waits(&planned().0));
    let (given, id) = planned();
    let one = given.when(hear(id, ILSE, TESS)).accepted();
    assert!(waits(&one), "one of the two was heard");
    let both = one.when(hear(id, ROBERT, HUGO)).accepted();
    assert!(!waits(&both));
    let accepts = accept(&both);
    both.when(accepts).then_rejected(PROPOSAL_LAPSED);

    let (given, id) = proposed();
    let on = given.when(resume(held(id, vec![person_there(ILSE)]))).accepted();
    assert!(!waits(&on), "it went on");
    assert_eq!(made(&pass(on, "2026-12-31")).len(), 1);
    let (given, id) = proposed();
    assert!(!waits(&given.when(end(id)).accepted()), "it was given up");
    // Gone on before the system had its turn: nothing is proposed any more.
    let (given, id) = stopped(&[]);
    let on = given.when(resume(held(id, vec![person_there(ILSE)]))).accepted();
    assert_eq!(made(&pass(on, "2026-12-31")), []);
}

fn evaluated(given: Given<Case>, heard: &[PersonId]) -> Given<Case> {
    [OF_A, OF_B].into_iter().fold(given, |given, plan| given.when(evaluate(plan, heard)).accepted())
}

fn evaluate(plan: PlanRef, heard: &[PersonId]) -> PlanCommand {
    PlanCommand::EvaluatePlan {
        plan,
        took_part: vec![if plan == OF_A { ILSE } else { ROBERT }],
        workers: vec![],
        heard: heard.to_vec(),
        outcome: EvaluationOutcome::GoesOn,
        words: text("Het gaat rustiger."),
        next: None,
    }
}

/// Two plans since 2026-05-04, a flare-up on 2026-08-15; calm in every respect by 2026-11-02.
fn calming() -> Given<Case> {
    let given = two_plans().when(crate::conflict::tests::name_conflict(&[ROBERT, ILSE])).accepted();
    let conflict = given.state().conflicts.all()[0].id;
    let given = [OF_A, OF_B].into_iter().fold(given, |given, plan| {
        let who = if plan == OF_A { ILSE } else { ROBERT };
        let given = given.when(crate::plan::tests::goal(plan, "rust in huis", who, &[who])).accepted();
        let given = given.when(offer(plan)).accepted();
        let version = last(&given, plan);
        let given = given.when(crate::plan::tests::answer(version, who, crate::plan::Answer::Endorsed)).accepted();
        given.when(activate(version)).accepted()
    });
    let given = given.on("2026-08-15").when(flare_up(conflict, None)).accepted();
    let energies = |given: Given<Case>, on: &str, percent: u8| {
        let given = given.on(on).when(energy(conflict, ILSE, percent)).accepted();
        given.when(energy(conflict, ROBERT, percent)).accepted()
    };
    let given = energies(energies(given, "2026-09-07", 40), "2026-10-12", 30);
    let given = evaluated(given.on("2026-11-02"), &[MORRIS]);
    given.when(assess(conflict, &[(ILSE, Some(2)), (ROBERT, Some(2))])).accepted()
}

fn conflict_of(given: &Given<Case>) -> ConflictId {
    given.state().conflicts.all()[0].id
}

fn reviews(given: &Given<Case>) -> Vec<String> {
    let all = given.state().alerts.proposals().iter().filter(|made| made.kind == ProposalKind::RestReview);
    all.map(|made| made.at.on_the_clock()).collect()
}

/// Case 01: three months since Saturday 2026-08-15 end on Sunday 2026-11-15; the proposal comes on Monday at eight.
#[test]
fn three_months_of_calm_in_every_respect_propose_a_review_for_rest() {
    let given = calming();
    let coming = pending(given.history(), given.now(), given.terms());
    let rest =
        coming.iter().find(|one| matches!(&one.next, Next::Proposal(owed) if owed.kind == ProposalKind::RestReview));
    assert_eq!(
        rest.map(|rest| (rest.at, rest.about)),
        Some((day("2026-11-16").at(8, 0), Some(fact_of(&given, "FlareUpRecorded"))))
    );
    assert_eq!(reviews(&pass(calming(), "2026-12-31")), ["2026-11-16 08:00"]);
}

#[test]
fn while_something_is_missing_no_review_is_proposed_and_then_on_the_first_working_day() {
    let keeps = |given: Given<Case>| assert_eq!(reviews(&pass(given, "2026-12-31")), [""; 0]);
    let given = calming();
    let conflict = conflict_of(&given);
    keeps(given.on("2026-11-09").when(energy(conflict, ROBERT, 45)).accepted());
    keeps(calming().on("2026-11-09").when(assess(conflict, &[(ILSE, Some(4))])).accepted());
    keeps(evaluated(calming().on("2026-11-09"), &[]));
    keeps(calming().on("2026-11-09").when(flare_up(conflict, None)).accepted());
    let worried =
        calming().on("2026-11-09").when(crate::voice::tests::sleeps_badly(MORRIS, Audience::Director)).accepted();
    let signal = worried.state().voices.signals()[0].id;
    let given = pass(worried, "2026-11-27");
    assert_eq!(reviews(&given), [""; 0]);
    // It closes on Friday 2026-11-27: then all holds, and Monday is the first working day after.
    let given = given.when(crate::voice::tests::over(signal)).accepted();
    assert_eq!(reviews(&pass(given, "2026-12-31")), ["2026-11-30 08:00"]);
}

/// What was dismissed is not proposed again for the same calm; after another flare-up it may be.
#[test]
fn a_review_is_proposed_once_for_one_calm() {
    let given = pass(calming(), "2026-11-16");
    let dismisses = dismiss(&given);
    let given = pass(given.when(dismisses).accepted(), "2027-01-31");
    assert_eq!(reviews(&given).len(), 1);
    let conflict = conflict_of(&given);
    let given = pass(given.when(flare_up(conflict, None)).accepted(), "2027-04-30");
    assert_eq!(reviews(&given).len(), 1);
    assert_eq!(reviews(&pass(given, "2027-05-31")), ["2026-11-16 08:00", "2027-05-03 08:00"]);
}

/// A lane of safety that is open is not rest; nor is anything proposed where rest was reached.
#[test]
fn no_review_for_rest_is_proposed_while_a_safety_lane_is_open() {
    let signalled = calming().on("2026-11-09").when(crate::safety::tests::signal(&[MORRIS])).accepted();
    let lane = signalled.state().safety.lanes()[0].id;
    let given = pass(signalled, "2026-11-27");
    assert_eq!(reviews(&given), [""; 0]);
    assert!(given.state().safety.lane_open_on(day("2026-11-27")).is_some_and(|open| open.id == lane));
}

/// Each household is evaluated on a day of its own: a child who was heard in one of them was heard.
#[test]
fn a_child_who_was_heard_in_one_household_was_heard_also_when_the_other_was_evaluated_later() {
    let given = calming().on("2026-11-09").when(evaluate(OF_B, &[])).accepted();
    assert_eq!(reviews(&pass(given, "2026-12-31")), ["2026-11-16 08:00"]);
    let given = calming().on("2026-11-05").when(evaluate(OF_A, &[])).accepted();
    let given = given.on("2026-11-09").when(evaluate(OF_B, &[])).accepted();
    assert_eq!(reviews(&pass(given, "2026-12-31")), [""; 0], "in neither");
}

/// What asked for the safety steps and has no lane yet is open, whoever is to open one.
#[test]
fn no_review_for_rest_is_proposed_while_something_asks_for_the_safety_steps() {
    use crate::safety::ScreeningOutcome;
    use crate::safety::tests::screen;
    let screened = calming().on("2026-11-09").when(screen(ILSE, ScreeningOutcome::Signal)).accepted();
    assert_eq!(reviews(&pass(screened, "2026-12-31")), [""; 0]);
    let calm = calming().on("2026-11-09").when(screen(ILSE, ScreeningOutcome::NoSignal)).accepted();
    assert_eq!(reviews(&pass(calm, "2026-12-31")), ["2026-11-16 08:00"]);
    // Seven once, and calm since: nobody answered that.
    let conflict = conflict_of(&calming());
    let high = calming().on("2026-11-09").when_on("2026-09-20", assess(conflict, &[(ILSE, Some(7))])).accepted();
    assert_eq!(reviews(&pass(high, "2026-12-31")), [""; 0]);
}

/// Told late on a Saturday night: not in that minute, but on Monday at eight.
#[test]
fn a_last_word_that_is_told_late_proposes_on_the_next_working_day() {
    let given = evaluated(calming().on("2026-11-09"), &[]);
    let given = pass(given, "2026-11-27").at(day("2026-11-28").at(23, 0));
    let given = given.when_on("2026-11-10", evaluate(OF_A, &[MORRIS])).accepted();
    let now = given.now();
    let given = fire(given, now);
    assert_eq!(reviews(&given), [""; 0]);
    assert_eq!(reviews(&pass(given, "2026-12-31")), ["2026-11-30 08:00"]);
}

fn step_backs(given: &Given<Case>) -> Vec<(EventId, bool)> {
    let all = given.state().alerts.proposals().iter().filter(|made| made.kind == ProposalKind::StepBack);
    all.map(|made| (made.cause, super::super::proposals::still_rests(given.history(), made))).collect()
}

fn flared_again(given: Given<Case>) -> Given<Case> {
    let given = flared(given);
    let now = given.now();
    fire(given, now)
}

/// Each waits for an answer, or for the step in the episode itself.
#[test]
fn a_flare_up_at_rest_proposes_a_step_back_one_at_a_time() {
    for still in [at_rest as fn() -> Given<Case>, settling] {
        let given = flared_again(still());
        let first = fact_of(&given, "FlareUpRecorded");
        assert_eq!(step_backs(&given), [(first, true)]);
        let given = flared_again(given);
        assert_eq!(step_backs(&given), [(first, true)], "one waits");
        let dismisses = dismiss(&given);
        let anew = flared_again(given.when(dismisses.clone()).accepted());
        assert_eq!(step_backs(&anew).len(), 2, "the next makes another");
        // Who stays, or steps back, in the episode answered it there.
        let stayed = || flared_again(still()).when(step(EpisodeStep::Stayed)).accepted();
        let (given, dismisses) = (stayed(), dismiss(&stayed()));
        stayed().when(dismisses).then_rejected(PROPOSAL_LAPSED);
        assert_eq!(step_backs(&given).iter().map(|made| made.1).collect::<Vec<_>>(), [false]);
        assert_eq!(step_backs(&flared_again(given)).iter().map(|made| made.1).collect::<Vec<_>>(), [false, true]);
        let back = flared_again(still()).when(step(EpisodeStep::SteppedBack)).accepted();
        assert_eq!(step_backs(&flared_again(back)).len(), 1);
    }
}
