//! What the state asks: who is still to be screened, what asks for the steps, which talk waits; who is told later.

use super::*;

#[test]
fn everybody_of_the_family_is_screened_alone_with_control_in_it() {
    let open = |given: &Given<Case>| unscreened_on(given.state(), day("2026-04-21"), ages());
    let given = directed();
    assert_eq!(open(&given), [ILSE, ROBERT, MORRIS]);
    let given = given.when(screen(ILSE, ScreeningOutcome::NoSignal)).accepted();
    let given = given.when(screen(MORRIS, ScreeningOutcome::NoSignal)).accepted();
    assert_eq!((open(&given), rules(&given)), (vec![ROBERT], vec![]));
    let other = |alone, control, explanation: Option<&str>| SafetyCommand::RecordSafetyScreening {
        person: ROBERT,
        by: None,
        alone,
        control,
        outcome: ScreeningOutcome::NoSignal,
        words: text("kort gesproken"),
        explanation: explanation.map(text),
        known_to: None,
    };
    let given = given.when(other(false, false, Some("zijn broer zat erbij"))).accepted();
    assert_eq!(rules(&given), [SCREENED_ALONE, CONTROL_SCREENED]);
    assert_eq!(open(&given), [ROBERT], "open until he was screened alone");
    let given = given.when(other(true, true, Some("zomaar"))).refused_but(EXPLANATION_WITHOUT_DEPARTURE);
    let given = given.when(screen(nobody(), ScreeningOutcome::Signal)).refused_but(PERSON_UNKNOWN);
    let given = given.when_on("2026-04-20", other(true, true, None)).accepted();
    assert!(screened_on(given.state(), day("2026-04-21"), ages()));
    assert!(!screened_on(given.state(), day("2026-04-19"), ages()), "as it was then");
    let screening = &given.state().safety.screenings()[0];
    assert_eq!((screening.by, screening.outcome.class()), (ANJA, Some(DataClass::Criminal)));
}

/// Stage 7, or a screening with a signal, asks for the steps until a lane opens; nothing opens by itself (CC-H2).
#[test]
fn a_high_stage_or_a_sign_asks_for_the_steps() {
    let asked = |given: &Given<Case>, on: &str| safety_steps_asked_on(given.state(), day(on));
    let low = named().when(assess(PARENTS, &[(ILSE, Some(6)), (ROBERT, None)])).accepted();
    assert_eq!(asked(&low, "2026-04-21"), []);
    let given = named().when_on("2026-04-01", assess(PARENTS, &[(ILSE, Some(7))])).accepted();
    let [only] = asked(&given, "2026-04-21")[..] else { panic!("one stage") };
    let why = Why::Stage { conflict: PARENTS, person: ILSE };
    assert_eq!((only.why, only.on, only.lane), (why, day("2026-04-01"), None));
    assert_eq!(asked(&given, "2026-03-31"), []);
    assert_eq!(given.state().safety.lanes(), []);
    let given = given.when(screen(MORRIS, ScreeningOutcome::Signal)).accepted();
    let lanes = |given: &Given<Case>, on: &str| asked(given, on).iter().map(|one| one.lane).collect::<Vec<_>>();
    assert_eq!(lanes(&given, "2026-04-21"), [None, None]);
    let given = given.when(signal(&[MORRIS])).accepted();
    let lane = lane_of(&given).id;
    assert_eq!(lanes(&given, "2026-04-21"), [Some(lane), Some(lane)]);
    assert_eq!(lanes(&given, "2026-04-20"), [None], "as it was then");
    // Case 08: a stage while a lane is open asks, and is answered already; one after it was cleared asks again.
    let given = given.when(consult(lane)).accepted().when(talk(lane, MORRIS)).accepted();
    let given = given.when(weigh(lane)).accepted().on("2026-04-24").by(TESS, Role::Supporter);
    let given = given.when(clear(lane)).accepted().on("2026-05-04");
    let given = given.by(ANJA, Role::CaseDirector).when_on("2026-04-23", assess(PARENTS, &[(ROBERT, Some(8))]));
    let given = given.accepted().when(assess(PARENTS, &[(ROBERT, Some(9))])).accepted();
    assert_eq!(lanes(&given, "2026-05-04"), [Some(lane), Some(lane), Some(lane), None]);
}

fn network(invited: &[PersonId]) -> ConferenceCommand {
    call(meeting(&[ILSE], invited.iter().map(|person| person_there(*person)).collect()))
}

#[test]
fn no_joint_conversation_is_offered_while_a_lane_is_open_and_one_that_took_place_is_marked() {
    let (given, lane) = signalled();
    let refused = given_again(&given).by(ANJA, Role::CaseDirector).when(network(&[ILSE, ROBERT]));
    let rejection = refused.then_rejected(JOINT_TALK_BARRED);
    assert!(format!("{rejection:?}").contains(&lane.to_string()));
    // The lane concerns Ilse and Morris: not together either; each of them with others is not joint.
    let given = given.when(network(&[ILSE, MORRIS])).refused_but(JOINT_TALK_BARRED);
    let given = given.when(network(&[ILSE])).accepted().when(network(&[ROBERT, MORRIS])).accepted();
    let barred = |people: &[PersonId], on: &str| joint_talk_barred(given.state(), day(on), people);
    assert_eq!(barred(&[ILSE, ILSE], "2026-04-21"), None, "one person named twice is alone");
    assert_eq!(barred(&[ILSE, ROBERT], "2026-04-20"), None);
    // What took place is taken as it went: called on an earlier day while the lane was open, or held.
    let given = given.on("2026-04-24").when_on("2026-04-22", network(&[ILSE, ROBERT])).accepted();
    assert_eq!(rules(&given), [JOINT_TALKS_WAIT]);
    let id = given.state().conferences.all()[0].id;
    let held = NewHeld {
        conference: id,
        came: vec![person_there(ILSE), person_there(ROBERT)],
        peacemaker: None,
        agreed: vec![],
        words: text("Beiden waren er."),
        not_discussed: vec![],
        explanation: Some(text("Vader kwam onverwacht binnen.")),
    };
    let given = given.when(ConferenceCommand::RecordConference(Box::new(held))).accepted();
    assert_eq!(rules(&given), [JOINT_TALKS_WAIT]);
    // Once it is cleared it can be offered again.
    let (given, lane) = weighed();
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).accepted();
    given.by(ANJA, Role::CaseDirector).when(network(&[ILSE, ROBERT])).accepted();
}

/// Each is screened alone before anything joint is offered (divorce.md): otherwise is taken, and marked where both parents of a divorce or
/// a conflict come together.
#[test]
fn both_parents_who_are_at_odds_come_together_screened_or_marked() {
    use crate::divorce::episode::tests as episode;
    let both = || network(&[ILSE, ROBERT]);
    let quiet = directed().when(both()).accepted();
    assert_eq!(rules(&quiet), [""; 0], "nothing is known between them");
    for at_odds in [named(), directed().when(episode::signal("het wisselen gaat met ruzie")).accepted()] {
        let given = at_odds.when(network(&[ILSE])).accepted();
        assert_eq!(rules(&given), [""; 0], "each apart");
        let given = given.when(both()).accepted();
        assert_eq!(rules(&given), [SCREENED_BEFORE_JOINT]);
        let id = given.state().conferences.all().last().unwrap().id;
        let came = vec![person_there(ILSE), person_there(ROBERT)];
        let explained = Some(text("Zij wilden niet wachten."));
        let held = NewHeld { explanation: explained, ..crate::conference::tests::held(id, came) };
        let given = given.when(crate::conference::tests::hold(held)).accepted();
        assert_eq!(rules(&given), [SCREENED_BEFORE_JOINT]);
        // Each child too.
        let given = given.when(screen(ILSE, ScreeningOutcome::NoSignal)).accepted();
        let given = given.when(screen(ROBERT, ScreeningOutcome::NoSignal)).accepted().when(both()).accepted();
        assert_eq!(rules(&given), [SCREENED_BEFORE_JOINT]);
        let given = given.when(screen(MORRIS, ScreeningOutcome::NoSignal)).accepted().when(both()).accepted();
        assert_eq!(rules(&given), [""; 0]);
    }
    let closed = episode::over().when(both()).accepted();
    assert_eq!(rules(&closed), [""; 0], "screened, and the divorce is over");
}

/// Case 08: told later until 07-31; looked at again before.
#[test]
fn somebody_is_told_later_until_told_with_a_day_on_which_somebody_looks() {
    let (given, lane) = weighed();
    let given = given.when(decide_on(lane, false)).accepted().when(later(lane, ROBERT, "2026-05-01")).accepted();
    let id = lane_of(&given).told_later[0].id;
    let kept = |given: &Given<Case>, on: &str| given.state().safety.is_kept_from(lane, ROBERT, day(on));
    assert!(kept(&given, "2026-04-21") && !given.state().safety.is_kept_from(lane, ILSE, day("2026-04-21")));
    let due = |on: &str| [(TOLD_LATER_DUE.to_owned(), on.to_owned())];
    assert_eq!(waits(&given, "2026-04-21"), due("2026-05-01"));
    let given = given.when(later(lane, ROBERT, "2026-05-01")).refused_but(TOLD_LATER_ALREADY);
    let given = given.on("2026-05-01").when(look(id, "2026-05-15")).accepted();
    assert_eq!(waits(&given, "2026-05-01"), due("2026-05-15"));
    assert_eq!(lane_of(&given).told_later[0].looks[0].review, day("2026-05-15"));
    let given = given.when(look(id, "2026-04-30")).refused_but(UNTIL_BEFORE_FROM);
    let given = given.on("2026-05-04").when(told(id)).accepted();
    assert_eq!([kept(&given, "2026-05-03"), kept(&given, "2026-05-04")], [true, false]);
    assert_eq!(waits(&given, "2026-05-04"), []);
    assert_eq!(given.state().safety.kept_on(day("2026-05-04")).count(), 0);
    let given = given.when(told(id)).refused_but(TOLD_ALREADY).when(look(id, "2026-06-01")).refused_but(TOLD_ALREADY);
    // Told, and later again.
    given.when(later(lane, ROBERT, "2026-06-01")).accepted();
}

#[test]
fn telling_later_has_a_colleague_a_person_and_a_day() {
    let (given, lane) = signalled();
    let given = given.when(later(lane, nobody(), "2026-05-01")).refused_but(PERSON_UNKNOWN);
    let given = given.when(later(lane, ROBERT, "2026-04-20")).refused_but(UNTIL_BEFORE_FROM);
    let given = given.by(TESS, Role::Supporter).when(later(lane, ROBERT, "2026-05-01")).refused_but(CONSULTED_NOBODY);
    let given = given.when(later(LaneId::from_uuid(Uuid::from_u128(0xBAD)), ROBERT, "2026-05-01"));
    let given = given.refused_but(LANE_UNKNOWN);
    let nothing = ToldLaterId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(told(nothing)).refused_but(TOLD_LATER_UNKNOWN);
    given.when(look(nothing, "2026-05-01")).then_rejected(TOLD_LATER_UNKNOWN);
}
