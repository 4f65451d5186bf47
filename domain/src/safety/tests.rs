//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conference::catalogue::EXPLANATION_WITHOUT_DEPARTURE;
use crate::conference::tests::{call, meeting, person_there};
use crate::conference::{ConferenceCommand, NewHeld};
use crate::conflict::tests::{PARENTS, assess, named};
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand, FACT_CANNOT_BE_STRUCK_OUT};
use crate::decider::{BACKDATED, DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{
    A, ANJA, FENNA, HUGO, ILSE, MORRIS, ROBERT, TESS, WIM, apart, closed, directed, fact_of, strike,
};
use crate::dues::open_dues;
use crate::fact::{Audience, NEUTRAL, Role};
use crate::ids::{LaneId, PersonId, ToldLaterId, WorkerId};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_NOT_OPEN, CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::personal::DataClass;
use crate::protection::{Locating, ProtectionCommand};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::statement::NewSpeaker;
use crate::testing::*;
use crate::trajectory::tests::check_catalogue;
use crate::voice::VOICE_KEEPS_AUDIENCE;

mod asked;
mod readers;

/// The aandachtsfunctionaris of these tests.
pub(crate) const OFFICER: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x7A));

pub(crate) fn screen(person: PersonId, outcome: ScreeningOutcome) -> SafetyCommand {
    SafetyCommand::RecordSafetyScreening {
        person,
        by: None,
        alone: true,
        control: true,
        outcome,
        words: text("rustig gesprek"),
        explanation: None,
        known_to: None,
    }
}

fn new(concerns: &[PersonId]) -> NewSignal {
    NewSignal {
        lane: None,
        concerns: concerns.to_vec(),
        kind: SafetyKind::Violence,
        facts: text("zegt bang te zijn sinds vrijdag"),
        judgement: Some(text("angst, geen letsel gezien")),
        reported_by: Some(NewSpeaker::Outside(line("een buurvrouw"))),
        observed_by: Some(NewSpeaker::Outside(line("haar zoon"))),
        told_by: Some(NewSpeaker::Outside(line("de wijkverpleegkundige"))),
        known_to: Some(team()),
    }
}

/// Whom the lanes of these tests are for.
fn team() -> Audience {
    Audience::Workers(vec![ANJA, OFFICER, TESS, HUGO, WIM, FENNA])
}

pub(crate) fn signal(concerns: &[PersonId]) -> SafetyCommand {
    signal_as(new(concerns))
}

fn signal_as(new: NewSignal) -> SafetyCommand {
    SafetyCommand::RecordSafetySignal(Box::new(new))
}

pub(crate) fn map(lane: LaneId) -> SafetyCommand {
    SafetyCommand::RecordSafetyMapping { lane, by: None, words: text("wat er bekend is") }
}

pub(crate) fn consult(lane: LaneId) -> SafetyCommand {
    SafetyCommand::RecordSafetyConsultation {
        lane,
        by: None,
        colleagues: vec![TESS],
        veilig_thuis: false,
        words: text("eerst het kind spreken"),
    }
}

pub(crate) fn judge(lane: LaneId, person: PersonId, safe: bool) -> SafetyCommand {
    SafetyCommand::JudgeSafetyTalk { lane, person, by: None, safe, words: text("er is een vaste plek om te slapen") }
}

pub(crate) fn talk(lane: LaneId, person: PersonId) -> SafetyCommand {
    SafetyCommand::RecordSafetyTalk {
        lane,
        person,
        by: None,
        alone: true,
        words: text("vertelt hoe het thuis gaat"),
        explanation: None,
        known_to: None,
    }
}

const fn calm() -> NewAnswers {
    Answers {
        suspected: true,
        acute: false,
        structural: false,
        can_help: Some(true),
        accepted: Some(true),
        lasting: None,
    }
}

fn weigh_as(lane: LaneId, answers: NewAnswers) -> SafetyCommand {
    let (with, officer, words) = (vec![], Some(OFFICER), text("geen acute dreiging"));
    SafetyCommand::WeighSafety { lane, by: None, with, officer, answers, words, explanation: None }
}

pub(crate) fn weigh(lane: LaneId) -> SafetyCommand {
    weigh_as(lane, calm())
}

pub(crate) fn decide_on(lane: LaneId, report_needed: bool) -> SafetyCommand {
    SafetyCommand::DecideSafety {
        lane,
        decided_by: vec![],
        report_needed,
        help_possible: true,
        help: Some(text("samen met een tweede gezinswerker")),
        words: text("er is hulp die helpt"),
        explanation: None,
    }
}

pub(crate) fn report(lane: LaneId, at_once: bool) -> SafetyCommand {
    SafetyCommand::RecordReportToVeiligThuis { lane, by: None, at_once, words: text("gemeld"), explanation: None }
}

pub(crate) fn answer(lane: LaneId) -> SafetyCommand {
    SafetyCommand::RecordVeiligThuisAnswer {
        lane,
        established: day("2026-04-20"),
        source: line("brief VT-7"),
        words: text("geen verder onderzoek nodig"),
    }
}

pub(crate) fn later(lane: LaneId, person: PersonId, review: &str) -> SafetyCommand {
    SafetyCommand::DecideToTellLater {
        lane,
        person,
        ground: ToldLaterGround::ChildsInterest,
        decided_by: None,
        consulted: TESS,
        review: day(review),
        words: text("eerst een veilige plek"),
    }
}

pub(crate) fn told(told_later: ToldLaterId) -> SafetyCommand {
    SafetyCommand::RecordPersonTold { told_later, by: None, words: Some(text("schrok en luisterde")) }
}

fn look(told_later: ToldLaterId, review: &str) -> SafetyCommand {
    SafetyCommand::ReviewTellingLater { told_later, by: None, review: day(review), words: text("nog niet veilig") }
}

pub(crate) fn clear(lane: LaneId) -> SafetyCommand {
    SafetyCommand::ClearSafetyLane { lane, words: text("weer veilig genoeg") }
}

/// It is 2026-04-21, a Tuesday; a signal concerns Ilse and Morris.
pub(crate) fn signalled() -> (Given<Case>, LaneId) {
    let given = directed().when(signal(&[ILSE, MORRIS])).accepted();
    let lane = given.state().safety.lanes()[0].id;
    (given, lane)
}

/// Mapped, consulted, heard and weighed on the same day.
pub(crate) fn weighed() -> (Given<Case>, LaneId) {
    let (given, lane) = signalled();
    let given = given.when(map(lane)).accepted().when(consult(lane)).accepted();
    (given.when(talk(lane, MORRIS)).accepted().when(weigh(lane)).accepted(), lane)
}

fn lane_of(given: &Given<Case>) -> &Lane {
    &given.state().safety.lanes()[0]
}

fn waits(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    open_dues(given.state(), day(on)).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

fn rules(given: &Given<Case>) -> Vec<String> {
    given.history().facts().last().unwrap().departures.iter().map(|one| one.rule.clone()).collect()
}

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

/// Rule 19, case 01: the terms are 1, 3 and 5 working days; each goes when its step is taken, and all with the lane.
#[test]
fn a_signal_opens_a_lane_whose_steps_wait_until_each_is_taken() {
    let (given, lane) = signalled();
    let due = |what: &str, on: &str| (what.to_owned(), on.to_owned());
    let all = [
        due(MAP_DUE, "2026-04-22"),
        due(CONSULT_DUE, "2026-04-22"),
        due(TALK_DUE, "2026-04-24"),
        due(WEIGH_DUE, "2026-04-29"),
        due(DECIDE_DUE, "2026-04-29"),
    ];
    // King's day, 2026-04-27, is no working day.
    assert_eq!(waits(&given, "2026-04-21"), all);
    let given = given.when(map(lane)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), all[1..]);
    let given = given.when(consult(lane)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), all[2..]);
    let given = given.when(talk(lane, ILSE)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), all[2..], "the child was not heard yet");
    let given = given.when(talk(lane, MORRIS)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), all[3..]);
    let given = given.when(weigh(lane)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), all[4..]);
    let cleared = given.by(TESS, Role::Supporter).when(clear(lane)).accepted();
    assert_eq!(waits(&cleared, "2026-04-21"), []);
}

#[test]
fn terms_run_from_the_day_it_was_known_here() {
    let given = directed().when_on("2026-04-17", signal(&[MORRIS])).accepted();
    assert_eq!(waits(&given, "2026-04-21")[0].1, "2026-04-20");
    let order = crate::decider::Order {
        occurred: Some(crate::time::Occurred::Day(day("2026-04-10"))),
        learnt: Some(day("2026-04-20")),
        ..crate::decider::Order::now(signal(&[MORRIS]).into())
    };
    let given = directed().when_ordered(order).accepted();
    assert_eq!(waits(&given, "2026-04-21")[0].1, "2026-04-21");
    assert_eq!(lane_of(&given).since, day("2026-04-10"));
}

/// Case 01: while the lane is open nothing joint is offered; the day it is cleared it can be again.
#[test]
fn a_lane_is_open_until_a_second_person_clears_it() {
    let (given, lane) = weighed();
    let open = |given: &Given<Case>, on: &str| {
        let safety = &given.state().safety;
        assert_eq!(safety.lane_open_on(day(on)).map(|lane| lane.id), safety.joint_talks_barred_on(day(on)));
        safety.joint_talks_barred_on(day(on))
    };
    assert_eq!([open(&given, "2026-04-20"), open(&given, "2026-04-21")], [None, Some(lane)]);
    // Whoever opened it, weighed it or weighed it along is no second person; nor is who acts for them.
    let given = given.when(clear(lane)).refused_but(CLEARED_BY_ANOTHER);
    let given = given.by(OFFICER, Role::Supporter).when(clear(lane)).refused_but(CLEARED_BY_ANOTHER);
    let given = given.on("2026-04-23").by(TESS, Role::Supporter).when(clear(lane)).accepted();
    assert_eq!([open(&given, "2026-04-22"), open(&given, "2026-04-23")], [Some(lane), None]);
    assert_eq!(lane_of(&given).cleared.as_ref().unwrap().by, TESS);
    let given = given.when(clear(lane)).refused_but(LANE_CLEARED);
    // A new signal opens a new lane, it does not join one that was cleared.
    let given = given.when(signal_as(NewSignal { lane: Some(lane), ..new(&[MORRIS]) })).refused_but(LANE_CLEARED);
    // What took place is told late, of a lane that was cleared too.
    given.when_on("2026-04-22", map(lane)).accepted().when(answer(lane)).accepted();
}

/// Nobody clears what they cannot read: of a lane for the director, the deputy is the second person.
#[test]
fn whoever_clears_may_know_the_lane() {
    let given = directed().when(signal_as(NewSignal { known_to: None, ..new(&[MORRIS]) })).accepted();
    let lane = lane_of(&given).id;
    let given = given.when(consult(lane)).accepted().when(talk(lane, MORRIS)).accepted().when(weigh(lane)).accepted();
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).refused_but(LANE_UNKNOWN);
    let stands_in = crate::regie::RegieCommand::AppointDeputy {
        deputy: TESS,
        organisation: organisation("zorg-vecht"),
        from: None,
        until: day("2026-05-04"),
        reason: text("vakantie"),
    };
    let given = given.by(ANJA, Role::CaseDirector).when(stands_in).accepted();
    given.by(TESS, Role::CaseDirector).when(clear(lane)).accepted();
    let few = Audience::Workers(vec![ANJA, HUGO]);
    let given = directed().when(signal_as(NewSignal { known_to: Some(few), ..new(&[MORRIS]) })).accepted();
    let lane = lane_of(&given).id;
    given.by(TESS, Role::Supporter).when(clear(lane)).then_rejected(LANE_UNKNOWN);
}

#[test]
fn who_acts_for_somebody_who_weighed_is_no_second_person() {
    let (given, lane) = signalled();
    let given = given.when(consult(lane)).accepted().when(talk(lane, MORRIS)).accepted();
    let by_hugo = SafetyCommand::WeighSafety {
        lane,
        by: Some(HUGO),
        with: vec![WIM],
        officer: None,
        answers: calm(),
        words: text("gewogen"),
        explanation: None,
    };
    let given = given.by(FENNA, Role::Supporter).when(by_hugo).accepted();
    for worker in [HUGO, WIM, FENNA, ANJA] {
        let given = given_again(&given).by(worker, Role::Supporter);
        given.when(clear(lane)).then_rejected(CLEARED_BY_ANOTHER);
    }
    given.by(TESS, Role::Supporter).when(clear(lane)).accepted();
}

/// The same case once more.
fn given_again(given: &Given<Case>) -> Given<Case> {
    let facts = given.history().facts().iter();
    let start = given_of::<Case>([]).on("2026-04-21");
    facts.fold(start, |again, fact| {
        let draft = crate::fact::Draft {
            event: fact.event.clone(),
            occurred: Some(fact.occurred),
            learnt: fact.learnt,
            audience: Some(fact.audience.clone()),
            due: fact.due.clone(),
            departures: fact.departures.clone(),
        };
        again.by(fact.actor.worker, fact.actor.role).recorded([draft])
    })
}

#[test]
fn a_lane_is_cleared_once_it_was_weighed_and_on_the_day_itself() {
    let (given, lane) = signalled();
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).refused_but(LANE_NOT_WEIGHED);
    let given = given.by(ANJA, Role::CaseDirector).when(consult(lane)).accepted();
    let given = given.when(talk(lane, MORRIS)).accepted().when(weigh(lane)).accepted().on("2026-04-23");
    let given = given.by(TESS, Role::Supporter);
    given.when_on("2026-04-22", clear(lane)).then_rejected(BACKDATED);
    let (given, lane) = weighed();
    let given = closed(given, "2026-05-01").by(TESS, Role::Supporter);
    let given = given.when(clear(lane)).refused_but(CASE_NOT_OPEN);
    given.when(map(lane)).accepted();
}

/// Case 08: cleared after Veilig Thuis answered.
#[test]
fn what_was_reported_is_answered_before_it_is_cleared_and_what_was_grave_is_reported() {
    let (given, lane) = weighed();
    let given = given.when(decide_on(lane, true)).accepted();
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).refused_but(REPORT_NOT_MADE);
    let given = given.by(ANJA, Role::CaseDirector).when(report(lane, false)).accepted();
    assert_eq!(rules(&given), [""; 0]);
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).refused_but(ANSWER_AWAITED);
    let given = given.when(answer(lane)).accepted();
    let answered = &lane_of(&given).answered[0];
    assert_eq!((answered.established, answered.words.class()), (day("2026-04-20"), Some(DataClass::Criminal)));
    given.when(clear(lane)).accepted();

    for grave in [Answers { acute: true, ..calm() }, Answers { structural: true, ..calm() }] {
        let (given, lane) = signalled();
        let given = given.when(consult(lane)).accepted().when(talk(lane, MORRIS)).accepted();
        let given = given.when(weigh_as(lane, grave)).accepted();
        let given = given.by(TESS, Role::Supporter).when(clear(lane)).refused_but(REPORT_NOT_MADE);
        // Weighed again: it is over.
        let given = given.by(ANJA, Role::CaseDirector).on("2026-04-22").when(weigh(lane)).accepted();
        given.by(TESS, Role::Supporter).when(clear(lane)).accepted();
    }
    // The last report is the one that is answered.
    let (given, lane) = weighed();
    let given = given.when_on("2026-04-21", report(lane, true)).accepted().when(answer(lane)).accepted();
    let given = given.on("2026-04-23").when(report(lane, true)).accepted();
    given.by(TESS, Role::Supporter).when(clear(lane)).then_rejected(ANSWER_AWAITED);
}

#[test]
fn the_order_of_the_steps_is_advised_and_what_went_otherwise_is_marked() {
    let (given, lane) = signalled();
    let given = given.when(talk(lane, ILSE)).accepted();
    assert_eq!(rules(&given), [JUDGED_SAFE_FIRST, CHILD_FIRST]);
    assert_eq!(given.state().life.departures.len(), 2, "listed for the director");
    let given = given.when(weigh(lane)).accepted();
    assert_eq!(rules(&given), [MELDCODE_ORDER], "nobody was consulted, the child was not heard");
    let (given, lane) = signalled();
    let given = given.when(decide_on(lane, false)).accepted();
    assert_eq!(rules(&given), [MELDCODE_ORDER], "nothing was weighed");
    let given = given.when(report(lane, false)).accepted();
    assert_eq!(rules(&given), [DECIDED_BEFORE_REPORT]);
    let given = given.when_on("2026-04-21", report(lane, true)).accepted();
    assert_eq!(rules(&given), [""; 0], "acute unsafety is reported at once");
    let given = given.when(talk(lane, MORRIS)).accepted();
    assert_eq!(rules(&given), [""; 0], "the child comes first, also before a colleague is asked");
    // In the order advised.
    let (given, lane) = signalled();
    let given = given.when(talk(lane, MORRIS)).accepted().when(judge(lane, ROBERT, true)).accepted();
    let given = given.when(talk(lane, ROBERT)).accepted();
    assert_eq!(rules(&given), [""; 0]);
    let given = given.when(talk(lane, ILSE)).accepted();
    assert_eq!(rules(&given), [JUDGED_SAFE_FIRST], "of each parent apart");
    let given = given.when(judge(lane, ILSE, true)).accepted().when(judge(lane, ILSE, false)).accepted();
    let given = given.when(talk(lane, ILSE)).accepted();
    assert_eq!(rules(&given), [JUDGED_SAFE_FIRST], "the last judgement counts");
    let together = SafetyCommand::RecordSafetyTalk {
        lane,
        person: MORRIS,
        by: None,
        alone: false,
        words: text("met de juf erbij"),
        explanation: Some(text("dat wilde het kind zelf")),
        known_to: None,
    };
    let given = given.when(together).accepted();
    assert_eq!(rules(&given), [TALKED_ALONE]);
    assert!(given.history().facts().last().unwrap().departures[0].explanation.is_some());
    let nothing = SafetyCommand::RecordReportToVeiligThuis {
        lane,
        by: None,
        at_once: true,
        words: text("gemeld"),
        explanation: Some(text("zomaar")),
    };
    given.when(nothing).then_rejected(EXPLANATION_WITHOUT_DEPARTURE);
}

#[test]
fn a_second_signal_joins_an_open_lane_and_widens_whom_it_concerns() {
    let given = directed().when(signal(&[ILSE])).accepted();
    let lane = lane_of(&given).id;
    assert_eq!(lane_of(&given).children, []);
    let joins = NewSignal { lane: Some(lane), ..new(&[MORRIS]) };
    let given = given.when_on("2026-04-20", signal_as(joins)).accepted();
    let known = lane_of(&given);
    assert_eq!((known.signals.len(), given.state().safety.lanes().len()), (2, 1));
    assert_eq!((known.concerns.clone(), known.children.clone()), (vec![ILSE, MORRIS], vec![MORRIS]));
    assert_eq!(known.since, day("2026-04-20"), "it was open from the first thing that happened");
    let elsewhere = NewSignal { lane: Some(LaneId::from_uuid(Uuid::from_u128(0xBAD))), ..new(&[MORRIS]) };
    let given = given.when(signal_as(elsewhere)).refused_but(LANE_UNKNOWN);
    let wider = NewSignal { lane: Some(lane), known_to: Some(Audience::Workers(vec![TESS])), ..new(&[MORRIS]) };
    let given = given.when(signal_as(wider)).refused_but(SAFETY_AUDIENCE);
    // Another one may open a lane of its own.
    let given = given.when(signal(&[ROBERT])).accepted();
    assert_eq!(given.state().safety.lanes_open_on(day("2026-04-21")).count(), 2);
}

#[test]
fn what_makes_no_sense_is_refused() {
    directed().when(signal(&[])).then_rejected(ABOUT_NOBODY);
    directed().when(signal(&[nobody()])).then_rejected(PERSON_UNKNOWN);
    let spoken = NewSignal { observed_by: Some(NewSpeaker::Person(nobody())), ..new(&[ILSE]) };
    directed().when(signal_as(spoken)).then_rejected(PERSON_UNKNOWN);
    directed().when_on("2026-04-22", signal(&[ILSE])).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(signal(&[ILSE])).then_rejected(CASE_UNKNOWN);
    let nowhere = LaneId::from_uuid(Uuid::from_u128(0xBAD));
    for command in [map(nowhere), consult(nowhere), judge(nowhere, ILSE, true), talk(nowhere, ILSE), weigh(nowhere)] {
        directed().when(command).then_rejected(LANE_UNKNOWN);
    }
    for command in [decide_on(nowhere, true), report(nowhere, true), answer(nowhere), clear(nowhere)] {
        directed().when(command).then_rejected(LANE_UNKNOWN);
    }
    let (given, lane) = signalled();
    let given = given.when(talk(lane, nobody())).refused_but(PERSON_UNKNOWN);
    let given = given.when(judge(lane, nobody(), true)).refused_but(PERSON_UNKNOWN);
    let alone = |colleagues: Vec<WorkerId>, veilig_thuis| SafetyCommand::RecordSafetyConsultation {
        lane,
        by: None,
        colleagues,
        veilig_thuis,
        words: text("advies"),
    };
    let given = given.when(alone(vec![], false)).refused_but(CONSULTED_NOBODY);
    let given = given.when(alone(vec![ANJA], false)).refused_but(CONSULTED_NOBODY);
    let given = given.when(alone(vec![], true)).accepted();
    let tomorrow = SafetyCommand::RecordVeiligThuisAnswer {
        lane,
        established: day("2026-04-22"),
        source: line("brief"),
        words: text("onderzocht"),
    };
    given.when(tomorrow).then_rejected(OCCURRED_IN_FUTURE);
}

#[test]
fn all_of_it_is_a_report_but_the_clearing() {
    let (given, lane) = weighed();
    for command in [signal(&[ILSE]), map(lane), consult(lane), talk(lane, ILSE), weigh(lane), report(lane, true)] {
        assert!(!CaseCommand::from(command).needs_all());
    }
    assert!(CaseCommand::from(clear(lane)).needs_all());
    let over = closed(given, "2026-05-01");
    let over = over.when(signal(&[ILSE])).accepted().when(screen(ILSE, ScreeningOutcome::Signal)).accepted();
    over.when(later(lane, ROBERT, "2026-06-01")).accepted();
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert");
    for new in [
        NewSignal { facts: named(), ..new(&[ILSE]) },
        NewSignal { judgement: Some(named()), ..new(&[ILSE]) },
        NewSignal { reported_by: Some(NewSpeaker::Outside(line("Robert"))), ..new(&[ILSE]) },
    ] {
        directed().when(signal_as(new)).then_rejected(NAMES_IN_TEXT);
    }
    let (_, lane) = signalled();
    let refuses = |command: SafetyCommand| signalled().0.when(command).then_rejected(NAMES_IN_TEXT);
    refuses(SafetyCommand::RecordSafetyMapping { lane, by: None, words: named() });
    refuses(SafetyCommand::JudgeSafetyTalk { lane, person: ILSE, by: None, safe: true, words: named() });
    refuses(SafetyCommand::ClearSafetyLane { lane, words: named() });
    refuses(SafetyCommand::DecideSafety {
        lane,
        decided_by: vec![],
        report_needed: true,
        help_possible: true,
        help: Some(named()),
        words: text("ja"),
        explanation: None,
    });
}
