//! Conflicts between named people.

use super::{By, Meeting, Pair};
use crate::case::CaseCommand;
use crate::conflict::tests::{PARENTS, assess, energy, flare_up, name_conflict, named};
use crate::conflict::{ConflictCommand, RestKind};
use crate::correction::CorrectionCommand;
use crate::divorce::tests::{ANJA, ILSE, ROBERT};
use crate::fact::Role;
use crate::testing::text;

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

fn pair(name: &'static str, meeting: Meeting, one: impl Into<CaseCommand>, other: impl Into<CaseCommand>) -> Pair {
    Pair { name, meeting, given: named(), on: "2026-05-04", one: by_anja(one), other: by_anja(other) }
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Commute, LastTold, Rivals};
    let rests = ConflictCommand::RestConflict { conflict: PARENTS, kind: RestKind::Resting, reason: text("rustig") };
    let named_fact = named().history().facts().last().map(|fact| fact.id).unwrap();
    let strike = CorrectionCommand::StrikeOut { target: named_fact, reason: text("verkeerd dossier") };
    vec![
        pair("two conflicts are named", Commute, name_conflict(&[ILSE, ROBERT]), name_conflict(&[ILSE, ROBERT])),
        pair(
            "two people of a conflict are assessed",
            Commute,
            assess(PARENTS, &[(ILSE, Some(3))]),
            assess(PARENTS, &[(ROBERT, Some(5))]),
        ),
        pair(
            "one person of a conflict is assessed twice on a day",
            LastTold,
            assess(PARENTS, &[(ILSE, Some(3))]),
            assess(PARENTS, &[(ILSE, Some(4))]),
        ),
        pair("a conflict flares up while it comes to rest", Commute, flare_up(PARENTS, None), rests),
        pair(
            "two say how much energy a conflict takes",
            Commute,
            energy(PARENTS, ILSE, 40),
            energy(PARENTS, ROBERT, 60),
        ),
        pair(
            "a conflict is struck out while somebody in it is assessed",
            Rivals,
            strike,
            assess(PARENTS, &[(ILSE, Some(3))]),
        ),
    ]
}
