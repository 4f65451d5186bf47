//! Assessments, references to registers elsewhere, informal support.

use super::{By, Meeting, Pair};
use crate::assessment::tests::{portrait, score};
use crate::case::{Case, CaseCommand};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, close, directed, fact_of};
use crate::fact::Role;
use crate::informal::tests::{certificate, matched, sign, stop, support};
use crate::reference::ReferenceCommand;
use crate::reference::tests::refer;
use crate::regie::{RegieCommand, RegieTask};
use crate::testing::{Given, text};

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

/// A child has a buddy, and something about it stands elsewhere; all tasks of the director are back.
fn helped() -> Given<Case> {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    directed().when(matched(&[MORRIS])).accepted().when(refer(MORRIS, "vi-1")).accepted().when(back).accepted()
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Commute, Rivals};
    let pair = |name, meeting, one, other| Pair { name, meeting, given: helped(), on: "2026-05-04", one, other };
    let helped = helped();
    let (buddy, reference) = (support(&helped), helped.state().references.all()[0].id);
    let over = || by_anja(ReferenceCommand::EndExternalReference { reference, last_day: None, reason: None });
    let strike = crate::correction::CorrectionCommand::StrikeOut {
        target: fact_of(&helped, "SupportMatched"),
        reason: text("verkeerd dossier"),
    };
    vec![
        pair("two people are assessed", Commute, by_anja(portrait("rustig")), by_anja(score(ILSE, 64))),
        pair("closing meets an assessment", Commute, by_anja(close()), by_anja(score(ILSE, 64))),
        pair(
            "one number in a register is recorded twice",
            Rivals,
            by_anja(refer(ILSE, "vi-2")),
            by_anja(refer(ILSE, "vi-2")),
        ),
        pair("a reference to a register ends twice", Rivals, over(), over()),
        pair(
            "house rules are signed while a certificate is seen",
            Commute,
            by_anja(sign(buddy)),
            by_anja(certificate(buddy)),
        ),
        pair(
            "informal support ends while house rules are signed",
            Commute,
            by_anja(stop(buddy, None)),
            by_anja(sign(buddy)),
        ),
        pair(
            "informal support is struck out while house rules are signed",
            Rivals,
            by_anja(strike),
            by_anja(sign(buddy)),
        ),
    ]
}
