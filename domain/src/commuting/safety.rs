//! Safety signals, their lanes, who is told later, and joint conversations that wait.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::conference::tests::{call, meeting, person_there};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, ROBERT, TESS, close, directed};
use crate::fact::Role;
use crate::ids::LaneId;
use crate::regie::{RegieCommand, RegieTask};
use crate::safety::ScreeningOutcome;
use crate::safety::tests::{clear, decide_on, later, map, report, screen, signal, talk, told, weighed};
use crate::testing::Given;

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

/// Who clears is another than who opened and weighed.
fn by_tess(command: impl Into<CaseCommand>) -> By {
    (TESS, Role::Supporter, command.into())
}

fn pair(name: &'static str, meeting: Meeting, given: Given<Case>, one: By, other: By) -> Pair {
    Pair { name, meeting, given, on: "2026-05-04", one, other }
}

fn waiting() -> Given<Case> {
    let (given, lane) = weighed();
    given.when(later(lane, ROBERT, "2026-06-01")).accepted()
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let (given, lane): (_, LaneId) = weighed();
    drop(given);
    let weighed = || weighed().0;
    let untold = waiting().state().safety.lanes()[0].told_later[0].id;
    let both = || call(meeting(&[ILSE], vec![person_there(ILSE), person_there(ROBERT)]));
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    vec![
        pair("a lane is cleared twice", Rivals, weighed(), by_tess(clear(lane)), by_tess(clear(lane))),
        pair(
            "a report is decided on while a lane is cleared",
            Bars,
            weighed(),
            by_anja(decide_on(lane, true)),
            by_tess(clear(lane)),
        ),
        pair(
            "a report is made while a lane is cleared",
            Bars,
            weighed(),
            by_anja(report(lane, true)),
            by_tess(clear(lane)),
        ),
        pair("a lane is mapped while it is cleared", Commute, weighed(), by_anja(map(lane)), by_tess(clear(lane))),
        pair(
            "somebody is decided to be told later twice",
            Rivals,
            weighed(),
            by_anja(later(lane, ROBERT, "2026-06-01")),
            by_anja(later(lane, ROBERT, "2026-06-08")),
        ),
        pair(
            "somebody is told twice who was told later",
            Rivals,
            waiting(),
            by_anja(told(untold)),
            by_anja(told(untold)),
        ),
        pair(
            "a safety signal comes while both parents are called together",
            Bars,
            directed(),
            by_anja(signal(&[MORRIS])),
            by_anja(both()),
        ),
        pair("two safety signals come", Commute, directed(), by_anja(signal(&[MORRIS])), by_anja(signal(&[ILSE]))),
        pair(
            "two are screened",
            Commute,
            directed(),
            by_anja(screen(ILSE, ScreeningOutcome::NoSignal)),
            by_anja(screen(ROBERT, ScreeningOutcome::Signal)),
        ),
        pair("two are talked with in a lane", Commute, weighed(), by_anja(talk(lane, MORRIS)), by_anja(map(lane))),
        pair(
            "closing meets a safety signal",
            Commute,
            directed().when(back).accepted(),
            by_anja(close()),
            by_anja(signal(&[MORRIS])),
        ),
    ]
}
