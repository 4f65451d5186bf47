//! Conferences, reflection, and what is done with a school.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::conference::ConferenceCommand;
use crate::conference::tests::stopped::{end, hear, plan, resume, stopped};
use crate::conference::tests::{call_one, called, held, person_there, record, stop};
use crate::crisisplan::tests::{look, owned, plan as crisis, write};
use crate::divorce::tests::{ANJA, FENNA, ILSE, ROBERT, TESS, WIM, close, directed};
use crate::fact::Role;
use crate::plan::{Owner, SaidBy};
use crate::reflection::tests::{record as reflected, reflect, said};
use crate::regie::{RegieCommand, RegieTask};
use crate::ret::tests::{ask as ret_ask, asked, end as ret_end, id_of, join as ret_join, question as ret_question};
use crate::school::tests::{answer, ask, hand_over, hold, intake, question};
use crate::steps::tests::{author, end_face, face_of, name_face, option, option_of, take, taken, tried};
use crate::steps::{ConversationStep, OptionEffect, StepsCommand};
use crate::testing::{Given, day};

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
    .into_iter()
    .chain(after_a_stop())
    .chain(with_each_person())
    .collect()
}

/// What follows a conference that was stopped.
fn after_a_stop() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let (_, id) = stopped(&[]);
    let pair = |name, meeting, one: ConferenceCommand, other: ConferenceCommand| Pair {
        given: stopped(&[]).0,
        ..pair(name, meeting, one, other)
    };
    let on = || resume(held(id, vec![person_there(ILSE)]));
    vec![
        pair("one colleague is planned to hear two", Rivals, plan(id, &[(ILSE, WIM)]), plan(id, &[(ROBERT, WIM)])),
        pair("two are heard apart", Commute, hear(id, ILSE, WIM), hear(id, ROBERT, TESS)),
        pair("a stopped conference goes on twice", Rivals, on(), on()),
        pair("a stopped conference goes on while it ends", Rivals, on(), end(id)),
        pair("a stopped conference goes on while it is planned who listens", Bars, on(), plan(id, &[(ILSE, WIM)])),
    ]
}

/// Working with each person, and the crisis plan.
fn with_each_person() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let given = || {
        let given = directed().when(author(option(ROBERT, "Even wandelen."))).accepted();
        given.when(name_face(ROBERT, None)).accepted().when(owned()).accepted().on("2026-05-04")
    };
    let (id, face) = (option_of(&given()), face_of(&given()));
    let pair = |name, meeting, one: CaseCommand, other: CaseCommand| Pair {
        given: given(),
        ..pair(name, meeting, one, other)
    };
    let step = |person| take(taken(person, ConversationStep::Reality)).into();
    let answer = |agrees| StepsCommand::AnswerTrustedPresence { trusted: face, agrees, on: None, words: None };
    vec![
        pair("a step is taken with two people", Commute, step(ILSE), step(ROBERT)),
        pair(
            "an option is tried twice on a day",
            LastTold,
            tried(id, OptionEffect::NoChange).into(),
            tried(id, OptionEffect::MoreRest).into(),
        ),
        Pair {
            given: asked().on("2026-05-04"),
            ..pair(
                "a regional team joins while it ends",
                Bars,
                ret_end(id_of(&asked())).into(),
                ret_join(id_of(&asked()), &[TESS]).into(),
            )
        },
        Pair {
            given: directed(),
            ..pair(
                "a regional team is asked twice",
                Rivals,
                ret_ask(ret_question()).into(),
                ret_ask(ret_question()).into(),
            )
        },
        pair("a familiar face ends twice", Rivals, end_face(face).into(), end_face(face).into()),
        pair("it is said twice whether a familiar face may come", LastTold, answer(true).into(), answer(false).into()),
        pair(
            "a crisis plan is written twice on a day",
            LastTold,
            owned().into(),
            write(crisis(&[Owner::Nobody])).into(),
        ),
        pair("a crisis plan is written while it is looked at", LastTold, owned().into(), look().into()),
        pair(
            "a familiar face ends while it is asked whether it may come later",
            Bars,
            end_face(face).into(),
            StepsCommand::AnswerTrustedPresence {
                trusted: face,
                agrees: true,
                on: Some(day("2026-06-01")),
                words: None,
            }
            .into(),
        ),
    ]
}
