//! Conversations of a trajectory, held and not held; goals of the parents; what stands in the way; how it ends.

use super::*;
use crate::conference::catalogue::EXPLANATION_WITHOUT_DEPARTURE;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::divorce::dons::catalogue::*;
use crate::dues::open_dues;
use crate::ids::{BarrierId, DonsConversationId, ParentGoalId, TrajectoryId};
use crate::people::PERSON_UNKNOWN;
use DonsConversationKind::{FourWay, Information, Preparatory, ProcessGuidance};

const BOTH: [PersonId; 2] = [ILSE, ROBERT];

/// Wim and Fenna accompany Ilse and Robert since 2026-04-21.
fn running() -> (Given<Case>, TrajectoryId) {
    let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![] };
    let given = offered(directed()).when(assign).accepted().by(WIM, Role::Supporter);
    let trajectory = given.state().divorce.duos()[0].trajectory;
    (given, trajectory)
}

fn talk(trajectory: TrajectoryId, kind: DonsConversationKind, present: &[PersonId]) -> NewDonsConversation {
    NewDonsConversation {
        trajectory,
        kind,
        present: present.to_vec(),
        apart: kind == Information,
        representatives: vec![],
        minutes: 60,
        preparation: 30,
        topics: vec![],
        sub_goals: vec![],
        words: None,
        explanation: None,
    }
}

fn held(new: NewDonsConversation) -> DonsCommand {
    DonsCommand::RecordDonsConversation(Box::new(new))
}

/// The usual way until the first four-way: information, each parent alone.
fn prepared() -> (Given<Case>, TrajectoryId) {
    let (given, trajectory) = running();
    let steps = [
        ("2026-04-23", Information, &BOTH[..]),
        ("2026-04-28", Preparatory, &[ILSE][..]),
        ("2026-04-30", Preparatory, &[ROBERT][..]),
    ];
    let step = |given: Given<Case>, (on, kind, present): (&str, DonsConversationKind, &[PersonId])| {
        let when = given.on(on).when(held(talk(trajectory, kind, present)));
        assert!(when.drafts()[0].departures.is_empty(), "{kind:?} is as usual");
        when.accepted()
    };
    (steps.into_iter().fold(given, step).on("2026-05-07"), trajectory)
}

fn marks(when: &When<Case>) -> Vec<&str> {
    when.drafts()[0].departures.iter().map(|mark| mark.rule.as_str()).collect()
}

fn progress(given: &Given<Case>, trajectory: TrajectoryId, on: &str) -> Vec<(u32, u32, u32)> {
    let progress = given.state().divorce.dons_progress(trajectory, day(on), &given.terms().dons);
    progress.kinds.iter().map(|kind| (kind.held, kind.not_held, kind.deviations)).collect()
}

#[test]
fn a_duo_is_trained_by_what_its_organisation_recorded() {
    let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![FENNA] };
    let rejection = offered(directed()).when(assign).then_rejected(DUO_UNTRAINED);
    assert!(rejection.details.contains(&("untrained", crate::rejection::Detail::ids([FENNA]))));
}

#[test]
fn a_conversation_is_kept_as_it_was_held() {
    let (given, trajectory) = running();
    let new = NewDonsConversation {
        topics: vec![line("wat DOnS is")],
        sub_goals: vec![DonsSubGoal::Ownership, DonsSubGoal::Transition, DonsSubGoal::Ownership],
        words: Some(text("beiden willen verder")),
        ..talk(trajectory, Information, &[ROBERT, ILSE, ROBERT])
    };
    let made = given.ids_made();
    given.when(held(new)).then([DonsEvent::DonsConversationHeld {
        conversation: DonsConversationId::from_uuid(fresh(made + 1)),
        trajectory,
        kind: Information,
        present: BOTH.to_vec(),
        apart: true,
        representatives: vec![WIM, FENNA],
        minutes: 60,
        preparation: 30,
        topics: vec![Personal::ordinary(words(fresh(made + 2), "w").owner(), line("wat DOnS is"))],
        sub_goals: vec![DonsSubGoal::Transition, DonsSubGoal::Ownership],
        words: Some(words(fresh(made + 3), "beiden willen verder")),
    }]);
}

/// Case 02: 1 / 2 / 3 (one deviation) / 6; the four-way that was not held counts as neither.
#[test]
fn progress_counts_what_was_held_beside_what_is_usual() {
    let (given, trajectory) = prepared();
    let not_held = DonsCommand::RecordDonsNotHeld {
        trajectory,
        kind: FourWay,
        absent: vec![ROBERT],
        preparation: 20,
        reason: text("was ziek"),
    };
    let given = given.when(not_held).accepted();
    let mut given = given;
    for on in ["2026-05-11", "2026-06-02"] {
        given = given.on(on).when(held(talk(trajectory, FourWay, &BOTH))).accepted();
    }
    for _ in 0..6 {
        given = given.on("2026-06-09").when(held(talk(trajectory, ProcessGuidance, &[ILSE]))).accepted();
    }
    let third = NewDonsConversation { explanation: Some(text("zij vroegen erom")), ..talk(trajectory, FourWay, &BOTH) };
    let third = given.on("2026-06-18").when(held(third));
    assert_eq!(marks(&third), [DONS_PATTERN]);
    let given = third.accepted();
    assert_eq!(progress(&given, trajectory, "2026-06-18"), [(1, 0, 0), (2, 0, 0), (3, 1, 1), (6, 0, 0)]);
    assert_eq!(progress(&given, trajectory, "2026-05-08"), [(1, 0, 0), (2, 0, 0), (0, 1, 0), (0, 0, 0)]);
    let told = given.state().divorce.dons_progress(trajectory, day("2026-06-18"), &given.terms().dons);
    assert_eq!((told.minutes, told.usual_hours, told.parents_alone), (12 * 90 + 20, 40, BOTH.to_vec()));
}

#[test]
fn one_more_than_usual_or_too_early_is_taken_and_marked() {
    let (given, trajectory) = running();
    assert_eq!(marks(&given.when(held(talk(trajectory, FourWay, &BOTH)))), [DONS_PATTERN], "before anything else");
    let (given, trajectory) = prepared();
    let again = given.when(held(talk(trajectory, Information, &BOTH)));
    assert_eq!(marks(&again), [DONS_PATTERN]);
    let again = again.accepted().when(held(talk(trajectory, Preparatory, &[ILSE])));
    assert_eq!(marks(&again), [DONS_PATTERN]);
    let early = again.accepted().when(held(talk(trajectory, ProcessGuidance, &[ILSE])));
    assert_eq!(marks(&early), [DONS_PATTERN], "before a four-way");
    let mut given = early.accepted().when(held(talk(trajectory, FourWay, &BOTH))).accepted();
    for _ in 0..11 {
        let when = given.when(held(talk(trajectory, ProcessGuidance, &[ILSE])));
        assert_eq!(marks(&when), [] as [&str; 0]);
        given = when.accepted();
    }
    assert_eq!(marks(&given.when(held(talk(trajectory, ProcessGuidance, &[ILSE])))), [DONS_PATTERN], "the thirteenth");
}

#[test]
fn whoever_should_be_there_and_is_not_shows() {
    let attended = |kind, present: &[PersonId], apart, representatives: &[WorkerId]| {
        let (given, trajectory) = prepared();
        let given = given.when(held(talk(trajectory, FourWay, &BOTH))).accepted();
        let new = talk(trajectory, kind, present);
        let when = given.when(held(NewDonsConversation { apart, representatives: representatives.to_vec(), ..new }));
        marks(&when).contains(&DONS_ATTENDANCE)
    };
    assert!(!attended(FourWay, &BOTH, false, &[]));
    assert!(attended(FourWay, &[ILSE], false, &[]), "a parent is absent");
    assert!(attended(FourWay, &BOTH, true, &[]), "four at one table");
    assert!(attended(FourWay, &BOTH, false, &[WIM]), "one of the duo is absent");
    assert!(attended(FourWay, &BOTH, false, &[WIM, TESS]), "somebody else stands in");
    assert!(attended(Information, &BOTH, false, &[]), "the parents together");
    assert!(attended(Information, &[ILSE], true, &[]), "one of them only");
    assert!(attended(Preparatory, &BOTH, false, &[]), "not alone");
    assert!(!attended(Preparatory, &BOTH, true, &[]), "one after the other");
    assert!(attended(ProcessGuidance, &[MORRIS], false, &[]), "no parent");
    assert!(!attended(ProcessGuidance, &[ROBERT, MORRIS], false, &[]));
}

#[test]
fn a_deviation_waits_for_its_explanation() {
    let waits = |given: &Given<Case>| {
        let dues = open_dues(given.state(), day("2026-05-07"));
        dues.into_iter().find(|due| due.what == "dons_explanation").map(|due| due.last_day)
    };
    let (given, trajectory) = prepared();
    let given = given.when(held(talk(trajectory, FourWay, &[ILSE]))).accepted();
    assert_eq!(waits(&given), Some(day("2026-05-18")), "five working days; 14 and 15 May are free");
    let target = fact_of(&given, "DonsConversationHeld");
    let content = CorrectedContent::Explanation(text("hij was ziek"));
    let explain = CorrectionCommand::Correct { target, reason: text("later verteld"), occurred: None, content };
    let given = given.when(explain).accepted();
    assert_eq!(waits(&given), None);
    let (given, trajectory) = prepared();
    let needless = NewDonsConversation { explanation: Some(text("zomaar")), ..talk(trajectory, FourWay, &BOTH) };
    given.when(held(needless)).then_rejected(EXPLANATION_WITHOUT_DEPARTURE);
}

#[test]
fn what_cannot_be_a_conversation_is_refused() {
    let (given, trajectory) = running();
    let other = TrajectoryId::from_uuid(fresh(99));
    let given = given.when(held(talk(other, Information, &BOTH))).refused_but(DONS_UNKNOWN);
    let given = given.when(held(talk(trajectory, Information, &[]))).refused_but(DONS_WITH_NOBODY);
    let nobody = PersonId::from_uuid(fresh(99));
    let given = given.when(held(talk(trajectory, Information, &[nobody]))).refused_but(PERSON_UNKNOWN);
    let long = NewDonsConversation { minutes: 1441, ..talk(trajectory, Information, &BOTH) };
    let given = given.when(held(long)).refused_but(DONS_TOO_LONG);
    let not_held = |trajectory| DonsCommand::RecordDonsNotHeld {
        trajectory,
        kind: FourWay,
        absent: vec![],
        preparation: 0,
        reason: text("sneeuw"),
    };
    let given = given.when(not_held(other)).refused_but(DONS_UNKNOWN);
    given.when(not_held(trajectory)).accepted();
}

#[test]
fn a_late_report_is_taken_also_of_a_day_after_the_end() {
    let (given, trajectory) = prepared();
    let end = DonsCommand::EndDons { trajectory, last_day: None, reason: text("rechtszaak") };
    let given = given.when(end).accepted().on("2026-05-12");
    assert_eq!(marks(&given.when_on("2026-05-11", held(talk(trajectory, FourWay, &BOTH)))), [DONS_PATTERN]);
    let (given, trajectory) = prepared();
    let given = closed(given.by(ANJA, Role::CaseDirector), "2026-06-01").on("2026-06-03");
    given.when_on("2026-05-28", held(talk(trajectory, FourWay, &BOTH))).accepted();
}

#[test]
fn a_goal_is_drafted_adjusted_and_fixed_and_keeps_its_history() {
    let (given, trajectory) = prepared();
    let given = given.when(held(talk(trajectory, FourWay, &BOTH))).accepted();
    let conversation = given.state().divorce.dons_conversations().last().map(|one| one.id);
    let draft = |parents: &[PersonId], conversation| DonsCommand::DraftParentGoal {
        trajectory,
        parents: parents.to_vec(),
        conversation,
        words: text("nieuws tegelijk"),
    };
    let given = given.when(draft(&[MORRIS], None)).refused_but(GOAL_OF_PARENTS);
    let unheld = Some(DonsConversationId::from_uuid(fresh(99)));
    let given = given.when(draft(&[], unheld)).refused_but(DONS_CONVERSATION_UNKNOWN);
    let given = given.when(draft(&[], conversation)).accepted();
    let goal = given.state().divorce.parent_goals()[0].id;
    assert_eq!(given.state().divorce.parent_goals()[0].parents, BOTH);
    let adjust = |goal| DonsCommand::AdjustParentGoal { goal, conversation: None, words: text("van ons allebei") };
    let unknown = ParentGoalId::from_uuid(fresh(99));
    let given = given.when(adjust(unknown)).refused_but(PARENT_GOAL_UNKNOWN).when(adjust(goal)).accepted();
    let fix = |goal| DonsCommand::FixParentGoal { goal, conversation: None };
    let given = given.on("2026-05-20").when(fix(goal)).accepted().when(fix(goal)).refused_but(PARENT_GOAL_FIXED);
    let steps = |given: &Given<Case>| {
        let goal = given.state().divorce.parent_goal(goal).unwrap();
        goal.steps.iter().map(|step| (step.step, step.words.known().unwrap().as_str().to_owned())).collect::<Vec<_>>()
    };
    let expected = [
        (GoalStep::Drafted, "nieuws tegelijk".to_owned()),
        (GoalStep::Adjusted, "van ons allebei".to_owned()),
        (GoalStep::Fixed, "van ons allebei".to_owned()),
    ];
    assert_eq!(steps(&given), expected);
    let given = given.when(adjust(goal)).accepted();
    assert_eq!(steps(&given).last().unwrap().0, GoalStep::Adjusted, "what was fixed may be taken up again");
}

#[test]
fn what_stands_in_the_way_is_lifted_once() {
    let (given, _) = running();
    let open = |persons: &[PersonId]| DonsCommand::OpenBarrier {
        kind: BarrierKind::CourtCase,
        persons: persons.to_vec(),
        words: Some(text("alimentatie")),
    };
    let nobody = PersonId::from_uuid(fresh(99));
    let given = given.when(open(&[nobody])).refused_but(PERSON_UNKNOWN).when(open(&[ILSE])).accepted();
    let barrier = given.state().divorce.barriers()[0].id;
    let lift = |barrier| DonsCommand::LiftBarrier { barrier, words: None };
    let given = given.when(lift(BarrierId::from_uuid(fresh(99)))).refused_but(BARRIER_UNKNOWN);
    let given = given.on("2026-05-20").when(lift(barrier)).accepted().when(lift(barrier)).refused_but(BARRIER_LIFTED);
    assert_eq!(given.state().divorce.barriers()[0].lifted.as_ref().unwrap().0, day("2026-05-20"));
}

#[test]
fn it_is_completed_with_what_came_of_it_or_ends_early_with_a_reason() {
    let (given, trajectory) = prepared();
    let complete = |outcome: Option<&str>| DonsCommand::CompleteDons {
        trajectory,
        last_day: None,
        communication: outcome.map(text),
        contact: None,
        agreements: None,
    };
    let given = given.when(complete(None)).refused_but(DONS_WITHOUT_OUTCOME);
    let given = given.when(complete(Some("zij overleggen"))).accepted();
    assert!(matches!(given.state().divorce.duos()[0].ended, Some(DonsEnding::Completed { .. })));
    assert_eq!(given.state().divorce.duo_on(day("2026-05-08")), None);
    given.on("2026-05-08").when(complete(Some("nog eens"))).then_rejected(DONS_ABSENT);
    let (given, trajectory) = prepared();
    let given = given.when(DonsCommand::EndDons { trajectory, last_day: None, reason: text("rechtszaak") }).accepted();
    assert!(matches!(given.state().divorce.duos()[0].ended, Some(DonsEnding::Early { .. })));
}

#[test]
fn what_others_rest_on_is_not_struck_out() {
    let (given, trajectory) = prepared();
    let strike_duo = strike(&given, "DonsDuoAssigned");
    let given = given.by(ANJA, Role::CaseDirector).when(strike_duo).refused_but(CORRECTION_BREAKS_HISTORY);
    let given = given.when(held(talk(trajectory, FourWay, &BOTH))).accepted();
    let conversation = given.state().divorce.dons_conversations().last().map(|one| one.id);
    let words = text("nieuws tegelijk");
    let given =
        given.when(DonsCommand::DraftParentGoal { trajectory, parents: vec![], conversation, words }).accepted();
    let strike_talk = strike(&given, "DonsConversationHeld");
    given.when(strike_talk).then_rejected(CORRECTION_BREAKS_HISTORY);
}

/// Rule 19: nothing joint is offered while a lane is open; that it was held all the same is told.
#[test]
fn while_it_is_not_clear_that_it_is_safe_nobody_is_brought_together() {
    let (given, trajectory) = prepared();
    let given = given.by(ANJA, Role::CaseDirector).when(crate::safety::tests::signal(&[ILSE])).accepted();
    assert_eq!(marks(&given.when(held(talk(trajectory, FourWay, &BOTH)))), [crate::safety::JOINT_TALKS_WAIT]);
    let (given, trajectory) = prepared();
    let given = given.by(ANJA, Role::CaseDirector).when(crate::safety::tests::signal(&[ILSE])).accepted();
    let given = given.when(held(talk(trajectory, Preparatory, &[ILSE])));
    assert_eq!(marks(&given), [DONS_PATTERN], "alone is no joint talk");
    let given = offered(directed()).when(crate::safety::tests::signal(&[ILSE])).accepted();
    let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![] };
    given.when(assign).then_rejected(crate::safety::catalogue::JOINT_TALK_BARRED);
}

/// No way around what goes before it: signal, screening, other roads weighed, a director.
#[test]
fn a_duo_comes_on_the_track_that_was_chosen() {
    use crate::divorce::episode::tests::{signal, signalled, step, switch, triage};
    use crate::divorce::episode::{DivorceTrack, EpisodeStep};
    let refused = |given: Given<Case>, track: &'static str| {
        let two = [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
        let assign = DonsCommand::AssignDonsDuo { representatives: two, from: None, untrained: vec![] };
        let rejection = given.when(assign).then_rejected(DONS_NOT_THE_TRACK);
        assert!(rejection.details.contains(&("track", crate::rejection::Detail::Word(track))), "{rejection:?}");
    };
    refused(directed(), "none");
    refused(directed().when(signal("het wisselen gaat met ruzie")).accepted(), "none");
    refused(signalled().when(triage(DivorceTrack::Redirected)).accepted(), "redirected");
    refused(offered(directed()).when(switch(DivorceTrack::Redirected)).accepted(), "redirected");
    let over = offered(directed()).when(switch(DivorceTrack::Redirected)).accepted();
    refused(over.when(step(EpisodeStep::Closed)).accepted(), "none");
}

/// How far the track is follows from what was held.
#[test]
fn what_was_held_leads_from_information_to_guidance() {
    let (given, trajectory) = prepared();
    let alone = |on| given.state().divorce.dons_spoken_alone(trajectory, day(on));
    assert_eq!((alone("2026-04-28"), alone("2026-04-30")), (vec![ILSE], BOTH.to_vec()));
    assert_eq!(given.state().divorce.dons_held(trajectory, Information, day("2026-04-22")), 0);
    assert_eq!(given.state().divorce.dons_held(trajectory, Information, day("2026-04-23")), 1);
}
