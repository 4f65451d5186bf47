//! Safety first (rule 19): lanes are open as told, cleared by a second person, and joint work waits; who is told later is kept from.

use std::collections::{BTreeMap, BTreeSet};

use super::{After, Before};
use crate::alert::{AlertEvent, ProposalKind};
use crate::case::CaseEvent;
use crate::conference::{Attendee, ConferenceEvent};
use crate::decider::DomainEvent as _;
use crate::divorce::episode::{DivorceTrack, EpisodeStep};
use crate::divorce::{DivorceEvent, DonsEvent, EpisodeEvent, SatEvent};
use crate::fact::Fact;
use crate::ids::{LaneId, PersonId, ToldLaterId, WorkerId};
use crate::model::walk::Asked;
use crate::people::{FamilyRole, PeopleEvent};
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
    let so_far = before.history.facts();
    let was_open = lanes(so_far.iter()).values().any(|lane| !lane.cleared);
    let corrected = so_far.iter().any(|fact| matches!(fact.event, CaseEvent::Correction(_)));
    if !was_open || corrected || asked.order.occurred.is_some() {
        return;
    }
    for fact in new {
        assert!(!is_joint(&fact.event, so_far), "{} while a lane is open", fact.event.info().name);
    }
}

/// Whether this brings both parents together, or begins a road on which they are.
fn is_joint(event: &CaseEvent, so_far: &[Fact<CaseEvent>]) -> bool {
    match event {
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. })) => true,
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatModeAgreed { persons, .. })) => are_both(persons, so_far),
        CaseEvent::Divorce(DivorceEvent::Episode(step)) => leads_together(step, so_far),
        CaseEvent::Conference(ConferenceEvent::ConferenceCalled { invited, .. }) => {
            let persons: Vec<_> = invited.iter().filter_map(|guest| person_of(&guest.who)).collect();
            are_both(&persons, so_far)
        }
        CaseEvent::Alert(AlertEvent::ProposalMade { kind, .. }) => *kind == ProposalKind::RestReview,
        _ => false,
    }
}

fn leads_together(step: &EpisodeEvent, so_far: &[Fact<CaseEvent>]) -> bool {
    match step {
        EpisodeEvent::DivorceTriageDecided { track, .. } | EpisodeEvent::DivorceTrackSwitched { track, .. } => {
            *track == DivorceTrack::Dons
        }
        EpisodeEvent::DivorceEpisodeMoved { step: EpisodeStep::TrackContinued, .. } => {
            so_far.iter().filter_map(chosen).next_back() == Some(DivorceTrack::Dons)
        }
        EpisodeEvent::ComplexDivorceRecognised { .. }
        | EpisodeEvent::DivorceEpisodeMoved { step: EpisodeStep::ContactRestorationStarted, .. } => true,
        _ => false,
    }
}

/// The track that a fact chooses.
pub(super) fn chosen(fact: &Fact<CaseEvent>) -> Option<DivorceTrack> {
    match &fact.event {
        CaseEvent::Divorce(DivorceEvent::Episode(
            EpisodeEvent::DivorceTriageDecided { track, .. } | EpisodeEvent::DivorceTrackSwitched { track, .. },
        )) => Some(*track),
        _ => None,
    }
}

const fn person_of(who: &Attendee) -> Option<PersonId> {
    match who {
        Attendee::Person(person) => Some(*person),
        Attendee::Worker(_) | Attendee::Outside(_) => None,
    }
}

/// Whether two of these people were told to be parents.
fn are_both(persons: &[PersonId], so_far: &[Fact<CaseEvent>]) -> bool {
    let parent = |fact: &Fact<CaseEvent>| match &fact.event {
        CaseEvent::People(
            PeopleEvent::PersonAdded { person, role, .. } | PeopleEvent::FamilyRoleRecorded { person, role, .. },
        ) => (role.known() == Some(&FamilyRole::Parent)).then_some(*person),
        _ => None,
    };
    let parents: BTreeSet<_> = so_far.iter().filter_map(parent).filter(|parent| persons.contains(parent)).collect();
    parents.len() > 1
}
