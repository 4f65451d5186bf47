//! What people answer to what the system proposes.

use super::{Meeting, Pair};
use crate::alert::AlertCommand;
use crate::alert::tests::fire;
use crate::case::Case;
use crate::conflict::tests::{PARENTS, assess, named};
use crate::divorce::tests::{ANJA, ILSE};
use crate::fact::Role;
use crate::testing::{Given, text};

/// A consultation was proposed.
fn proposed() -> Given<Case> {
    let given = named().when(assess(PARENTS, &[(ILSE, Some(6))])).accepted();
    let now = given.now();
    fire(given, now)
}

pub(super) fn pairs() -> Vec<Pair> {
    let proposal = proposed().state().alerts.proposals()[0].id;
    let accept = || (ANJA, Role::CaseDirector, AlertCommand::AcceptProposal { proposal, words: None }.into());
    let reason = text("Het team kijkt al mee.");
    let dismiss = (ANJA, Role::CaseDirector, AlertCommand::DismissProposal { proposal, reason }.into());
    let answered = |name, other| Pair {
        name,
        meeting: Meeting::Rivals,
        given: proposed(),
        on: "2026-05-04",
        one: accept(),
        other,
    };
    vec![
        answered("a proposal is accepted while it is dismissed", dismiss),
        answered("a proposal is accepted twice", accept()),
    ]
}
