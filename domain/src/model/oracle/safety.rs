//! Safety first (rule 19): lanes are open as told, cleared by a second person, and joint work waits; who is told later is kept from.

use std::collections::{BTreeMap, BTreeSet};

use super::{After, Before};
use crate::case::CaseEvent;
use crate::decider::DomainEvent as _;
use crate::divorce::episode::EpisodeStep;
use crate::divorce::{DivorceEvent, DonsEvent, EpisodeEvent};
use crate::fact::Fact;
use crate::ids::{LaneId, PersonId, ToldLaterId, WorkerId};
use crate::model::walk::Asked;
use crate::safety::SafetyEvent;

/// A lane: whether it is open, and who opened or weighed it.
#[derive(Default)]
struct Lane {
    cleared: bool,
    judged: BTreeSet<WorkerId>,
}

fn lanes<'f>(facts: impl Iterator<Item = &'f Fact<CaseEvent>>) -> BTreeMap<LaneId, Lane> {
    let mut lanes: BTreeMap<LaneId, Lane> = BTreeMap::new();
    for fact in facts {
        match &fact.event {
            CaseEvent::Safety(SafetyEvent::SafetySignalRecorded { lane, opens: true, .. }) => {
                lanes.entry(*lane).or_default().judged.insert(fact.actor.worker);
            }
            CaseEvent::Safety(SafetyEvent::SafetyWeighed { lane, by, with, officer, .. }) => {
                let known = lanes.entry(*lane).or_default();
                known.judged.extend(with.iter().chain(officer).chain([by, &fact.actor.worker]));
            }
            CaseEvent::Safety(SafetyEvent::SafetyLaneCleared { lane, .. }) => {
                lanes.entry(*lane).or_default().cleared = true;
            }
            _ => {}
        }
    }
    lanes
}

pub(super) fn lanes_are_as_told(after: &After<'_>) {
    let told = lanes(after.facts());
    let open: BTreeSet<_> = after.state().safety.lanes_open_on(after.today()).map(|lane| lane.id).collect();
    assert_eq!(open, told.iter().filter(|(_, lane)| !lane.cleared).map(|(id, _)| *id).collect(), "lanes that are open");
    let kept = kept(after);
    for lane in after.state().safety.lanes() {
        for person in after.state().people.iter().map(|person| person.id) {
            let is_kept = after.state().safety.is_kept_from(lane.id, person, after.today());
            assert_eq!(is_kept, kept.contains(&(lane.id, person)), "what is kept from {person}");
        }
    }
}

/// What is kept from whom, until they are told.
fn kept(after: &After<'_>) -> BTreeSet<(LaneId, PersonId)> {
    let mut kept: BTreeMap<ToldLaterId, (LaneId, PersonId)> = BTreeMap::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Safety(SafetyEvent::ToldLaterDecided { told_later, lane, person, .. }) => {
                kept.insert(*told_later, (*lane, *person));
            }
            CaseEvent::Safety(SafetyEvent::PersonTold { told_later, .. }) => {
                kept.remove(told_later);
            }
            _ => {}
        }
    }
    kept.into_values().collect()
}

pub(super) fn cleared_by_a_second_person(after: &After<'_>, new: &[Fact<CaseEvent>]) {
    for fact in new {
        let CaseEvent::Safety(SafetyEvent::SafetyLaneCleared { lane, .. }) = &fact.event else { continue };
        let told = lanes(after.facts());
        let judged = &told[lane].judged;
        assert!(!judged.contains(&fact.actor.worker), "cleared by who opened or weighed it");
        let weighed = |fact: &Fact<CaseEvent>| matches!(&fact.event, CaseEvent::Safety(SafetyEvent::SafetyWeighed { lane: of, .. }) if of == lane);
        assert!(after.facts().any(weighed), "cleared unweighed");
    }
}

/// Of now; of an earlier day it is reported what was done then.
pub(super) fn nothing_joint_begins_while_a_lane_is_open(before: &Before, asked: &Asked, new: &[Fact<CaseEvent>]) {
    let was_open = lanes(before.history.facts().iter()).values().any(|lane| !lane.cleared);
    let corrected = before.history.facts().iter().any(|fact| matches!(fact.event, CaseEvent::Correction(_)));
    if !was_open || corrected || asked.order.occurred.is_some() {
        return;
    }
    for fact in new {
        let joint = match &fact.event {
            CaseEvent::Divorce(
                DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. })
                | DivorceEvent::Episode(
                    EpisodeEvent::ComplexDivorceRecognised { .. }
                    | EpisodeEvent::DivorceEpisodeMoved { step: EpisodeStep::ContactRestorationStarted, .. },
                ),
            ) => true,
            CaseEvent::Alert(crate::alert::AlertEvent::ProposalMade { kind, .. }) => {
                *kind == crate::alert::ProposalKind::RestReview
            }
            _ => false,
        };
        assert!(!joint, "{} while a lane is open", fact.event.info().name);
    }
}
