//! Conflicts between named people.

use super::{By, Meeting, Pair};
use crate::case::CaseCommand;
use crate::conflict::tests::{PARENTS, ROOS, assess, energy, flare_up, name_conflict, named, network, with_neighbour};
use crate::conflict::{ConflictCommand, NetworkEffect, RestKind};
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
    let feeds = || network(ROOS, NetworkEffect::Feeds);
    let of_neighbour = |pair: Pair| Pair { given: with_neighbour(), ..pair };
    vec![
        of_neighbour(pair(
            "somebody in a conflict and somebody of the network are assessed",
            Commute,
            assess(PARENTS, &[(ILSE, Some(3))]),
            feeds(),
        )),
        of_neighbour(pair(
            "one of the network is assessed twice on a day",
            LastTold,
            feeds(),
            network(ROOS, NetworkEffect::Calms),
        )),
        of_neighbour(pair(
            "a conflict is struck out while somebody of the network is assessed",
            Rivals,
            strike.clone(),
            feeds(),
        )),
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
