//! Contacts, what children say, and requests from outside.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::contact::NewContact;
use crate::contact::tests::{call_back, record, settle, talk};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, close, directed};
use crate::fact::Role;
use crate::regie::{RegieCommand, RegieTask};
use crate::request::tests::{ask, of_raad, refuse};
use crate::testing::Given;
use crate::voice::tests::{anja_only, better, says, sleeps_badly};

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

/// Somebody waits to be called back, a child sleeps badly, the Raad asked, and all tasks of the director are back.
fn busy() -> Given<Case> {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    let contact = NewContact { promises: vec![call_back(None)], ..talk(&[ILSE], "Zij belt.") };
    let given = directed().when(record(contact)).accepted().when(sleeps_badly(MORRIS, anja_only())).accepted();
    given.when(ask(of_raad())).accepted().when(back).accepted()
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Commute, Rivals};
    let pair = |name, meeting, one, other| Pair { name, meeting, given: busy(), on: "2026-05-04", one, other };
    let (busy, contact) = (busy(), || by_anja(record(talk(&[ILSE], "Zij belt weer."))));
    let promise = busy.state().contacts.promises()[0].id;
    let signal = busy.state().voices.signals()[0].id;
    let request = busy.state().requests.all()[0].id;
    vec![
        pair("a contact is recorded while a promise is settled", Commute, contact(), by_anja(settle(promise))),
        pair("a promise is settled twice", Rivals, by_anja(settle(promise)), by_anja(settle(promise))),
        pair("closing meets a contact", Commute, by_anja(close()), contact()),
        pair(
            "a child is heard while a signal about it changes",
            Commute,
            by_anja(says(MORRIS, "Rust.", anja_only())),
            by_anja(better(signal)),
        ),
        pair("a request from outside is decided twice", Rivals, by_anja(refuse(request)), by_anja(refuse(request))),
    ]
}
