//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conference::catalogue::EXPLANATION_WITHOUT_DEPARTURE;
use crate::conference::tests::{call, meeting, person_there};
use crate::conference::{ConferenceCommand, NewHeld};
use crate::conflict::tests::{PARENTS, assess, named};
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand, FACT_CANNOT_BE_STRUCK_OUT};
use crate::decider::{BACKDATED, DomainCommand as _, OCCURRED_IN_FUTURE};
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
use crate::time::CivilDay;
use crate::trajectory::tests::check_catalogue;
use crate::voice::VOICE_KEEPS_AUDIENCE;

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
        known_to: None,
    }
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
