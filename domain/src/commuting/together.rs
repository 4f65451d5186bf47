//! Conferences, reflection, and what is done with a school.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::conference::tests::{call_one, called, record, stop};
use crate::divorce::tests::{ANJA, FENNA, ILSE, ROBERT, WIM, close, directed};
use crate::fact::Role;
use crate::plan::SaidBy;
use crate::reflection::tests::{record as reflected, reflect, said};
use crate::regie::{RegieCommand, RegieTask};
use crate::school::tests::{answer, ask, hand_over, hold, intake, question};
use crate::testing::Given;

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

/// A conference was called, and a school asked something.
fn busy() -> Given<Case> {
    let (given, _) = called();
    given.when(ask(question())).accepted()
}

fn pair(name: &'static str, meeting: Meeting, one: impl Into<CaseCommand>, other: impl Into<CaseCommand>) -> Pair {
    Pair { name, meeting, given: busy(), on: "2026-05-04", one: by_anja(one), other: by_anja(other) }
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let given = busy();
    let meeting = given.state().conferences.all()[0].id;
    let asked = given.state().school.questions()[0].id;
    let reflects = |who| reflected(reflect(vec![said(SaidBy::Person(who), "Ja, dit past nog.")]));
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    let closing = Pair {
        given: directed().when(back).accepted(),
        ..pair("closing meets a conference that is called", Commute, close(), call_one())
    };
    vec![
        closing,
        pair("two conferences are called", Commute, call_one(), call_one()),
        pair("a conference is recorded twice", Rivals, record(meeting), record(meeting)),
        pair("a conference is stopped twice", Rivals, stop(meeting, &[]), stop(meeting, &[])),
        pair("a conference is recorded while it is stopped", Commute, record(meeting), stop(meeting, &[(ILSE, WIM)])),
        pair("two reflect on a day", Commute, reflects(ILSE), reflects(ROBERT)),
        pair("a question of a school is answered twice", Rivals, answer(asked), answer(asked)),
        pair("a question of a school is answered while it is handed over", Bars, answer(asked), hand_over(asked, WIM)),
        pair("a question of a school is handed over to two", LastTold, hand_over(asked, WIM), hand_over(asked, FENNA)),
        pair("an intake is held while a school asks something", Commute, hold(intake()), ask(question())),
    ]
}
