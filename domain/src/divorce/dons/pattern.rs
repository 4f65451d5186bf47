//! What is usual in a trajectory (004b:5971-5976), and where a conversation went otherwise.

use serde::Deserialize;

use super::{DonsConversationKind, DonsTrajectory, Duo};
use crate::case::CaseState;
use crate::divorce::parents_on;
use crate::ids::{PersonId, TrajectoryId, WorkerId};
use crate::safety::{JOINT_TALKS_WAIT, joint_talk_barred};
use crate::time::CivilDay;

/// A conversation is held as usual: no more of a kind, in the usual order, within the days of the trajectory.
pub const DONS_PATTERN: &str = "dons_pattern";
/// Everyone is there whom a conversation of that kind is with, and apart or alone where that is how it is done.
pub const DONS_ATTENDANCE: &str = "dons_attendance";

/// How many conversations of a kind are usual.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "UsualData")]
pub struct Usual {
    least: u32,
    most: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualData {
    least: u32,
    most: u32,
}

/// Fewer at most than at least.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("what is usual must be ordered: least <= most")]
struct OutOfOrder;

impl TryFrom<UsualData> for Usual {
    type Error = OutOfOrder;

    fn try_from(UsualData { least, most }: UsualData) -> Result<Self, OutOfOrder> {
        if least <= most { Ok(Self { least, most }) } else { Err(OutOfOrder) }
    }
}

impl Usual {
    /// At least this many.
    #[must_use]
    pub const fn least(self) -> u32 {
        self.least
    }

    /// At most this many.
    #[must_use]
    pub const fn most(self) -> u32 {
        self.most
    }
}

/// The usual pattern of a trajectory, as versioned policy data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DonsPattern {
    /// About how many hours a trajectory takes: shown as information, no limit.
    pub hours: u32,
    /// Information, the parents apart.
    pub information: Usual,
    /// Preparatory, each parent alone.
    pub preparatory: Usual,
    /// Four-way, both parents and both representatives.
    pub four_way: Usual,
    /// Process guidance.
    pub process_guidance: Usual,
}

impl DonsPattern {
    /// How many of this kind are usual.
    #[must_use]
    pub const fn usual(&self, kind: DonsConversationKind) -> Usual {
        match kind {
            DonsConversationKind::Information => self.information,
            DonsConversationKind::Preparatory => self.preparatory,
            DonsConversationKind::FourWay => self.four_way,
            DonsConversationKind::ProcessGuidance => self.process_guidance,
        }
    }
}

/// A conversation that was held, as far as it decides whether it went as usual.
pub(super) struct Conversation<'a> {
    pub trajectory: TrajectoryId,
    pub kind: DonsConversationKind,
    pub day: CivilDay,
    pub present: &'a [PersonId],
    pub apart: bool,
    pub representatives: &'a [WorkerId],
}

/// Which rules it did not follow, as the case stood when it was told.
pub(super) fn departs(state: &CaseState, of: &Conversation<'_>, pattern: &DonsPattern) -> Vec<&'static str> {
    let divorce = &state.divorce;
    let Some(duo) = divorce.duo(of.trajectory) else { return Vec::new() };
    let trajectory = divorce.dons_on(of.trajectory, of.day);
    let unusual =
        !duo.period.holds_on(of.day) || is_one_more(of, &trajectory, pattern) || is_too_early(of, &trajectory);
    let alone = !is_attended(&parents_on(state, of.day), duo, of);
    let together = if of.apart { &[][..] } else { of.present };
    let unsafe_yet = joint_talk_barred(state, of.day, together).is_some();
    let marks = [(unusual, DONS_PATTERN), (alone, DONS_ATTENDANCE), (unsafe_yet, JOINT_TALKS_WAIT)];
    marks.into_iter().filter_map(|(departs, rule)| departs.then_some(rule)).collect()
}

fn is_one_more(of: &Conversation<'_>, trajectory: &DonsTrajectory<'_>, pattern: &DonsPattern) -> bool {
    trajectory.held(of.kind).count() >= usize::try_from(pattern.usual(of.kind).most()).unwrap_or(usize::MAX)
}

/// Information, then preparatory, then four-way, then process guidance (R31).
fn is_too_early(of: &Conversation<'_>, trajectory: &DonsTrajectory<'_>) -> bool {
    let before = match of.kind {
        DonsConversationKind::Information => return false,
        DonsConversationKind::Preparatory => DonsConversationKind::Information,
        DonsConversationKind::FourWay => DonsConversationKind::Preparatory,
        DonsConversationKind::ProcessGuidance => DonsConversationKind::FourWay,
    };
    trajectory.held(before).next().is_none()
}

/// Each parent alone or apart; both parents and both representatives at a four-way; at least one parent on the way.
fn is_attended(parents: &[PersonId], duo: &Duo, of: &Conversation<'_>) -> bool {
    let there: Vec<_> = parents.iter().filter(|parent| of.present.contains(parent)).collect();
    let together = there.len() > 1 && !of.apart;
    match of.kind {
        DonsConversationKind::Information => there.len() == parents.len() && !together,
        DonsConversationKind::Preparatory => !there.is_empty() && !together,
        DonsConversationKind::FourWay => {
            let duo = duo.representatives.iter().all(|one| of.representatives.contains(&one.worker));
            there.len() == parents.len() && !of.apart && duo
        }
        DonsConversationKind::ProcessGuidance => !there.is_empty(),
    }
}
