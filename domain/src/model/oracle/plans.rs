//! Plans: from one to two and back nothing is left over, and no answer of a parent is passed over (rules 7 and 9).

use std::collections::{BTreeMap, BTreeSet};

use super::{After, Before};
use crate::case::CaseEvent;
use crate::decider::Standing;
use crate::divorce::{DivorceEvent, PlanTopology, TopologyEvent};
use crate::fact::Fact;
use crate::ids::{PersonId, VersionId};
use crate::model::scene::{ILSE, ROBERT};
use crate::people::PeopleEvent;
use crate::plan::{Answer, Item, PlanEvent, PlanRef};

/// What runs in the plan of the family, told from the facts.
fn running<'f>(facts: impl Iterator<Item = &'f Fact<CaseEvent>>) -> BTreeSet<Item> {
    let mut running = BTreeSet::new();
    for fact in facts {
        match &fact.event {
            CaseEvent::Plan(event) => follow(&mut running, event),
            CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { .. })) => running.clear(),
            CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::PlansJoined { assignment, .. })) => {
                let back = assignment.iter().filter(|given| given.to == crate::divorce::Place::Family);
                running.extend(back.filter_map(|given| given.item.item()));
            }
            _ => {}
        }
    }
    running
}

fn follow(running: &mut BTreeSet<Item>, event: &PlanEvent) {
    match event {
        PlanEvent::GoalProposed { plan: PlanRef::Family, goal, .. } => {
            running.insert(Item::Goal(*goal));
        }
        PlanEvent::ActionAgreed { plan: PlanRef::Family, action, .. } => {
            running.insert(Item::Action(*action));
        }
        PlanEvent::GoalReached { goal, .. } | PlanEvent::GoalWithdrawn { goal, .. } => {
            running.remove(&Item::Goal(*goal));
        }
        PlanEvent::ActionEnded { action, .. } => {
            running.remove(&Item::Action(*action));
        }
        _ => {}
    }
}

/// A goal that was resumed runs again where it was: the plain model does not follow that.
fn is_simple(before: &Before) -> bool {
    let unusual = |fact: &Fact<CaseEvent>| {
        matches!(fact.event, CaseEvent::Plan(PlanEvent::GoalResumed { .. }) | CaseEvent::Correction(_))
            || fact.occurred.day() != fact.recorded_day()
    };
    !before.history.facts().iter().any(unusual)
}

pub(super) fn nothing_is_left_unassigned(before: &Before, after: &After<'_>, new: &[Fact<CaseEvent>]) {
    for fact in new {
        let CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::PlanSplitPerHousehold { assignment, .. })) =
            &fact.event
        else {
            continue;
        };
        let given: Vec<_> = assignment.iter().filter_map(|given| given.item.item()).collect();
        let each: BTreeSet<_> = given.iter().copied().collect();
        assert_eq!(each.len(), given.len(), "each gets one place");
        let ran = before.history.state().plans.running_items(|plan| plan == PlanRef::Family);
        assert_eq!(each, ran.into_iter().collect(), "everything gets a place");
        if is_simple(before) {
            let standing = before.history.standing();
            let told = standing.iter().filter_map(|standing| match standing {
                Standing::Original(fact) => Some(*fact),
                Standing::Replaced(..) | Standing::Voided(..) => None,
            });
            assert_eq!(each, running(told), "everything that was told to run gets a place");
        }
    }
    // A plan that became two is frozen: nothing runs in it any more, whatever was told since.
    let apart = after.state().divorce.topology_on(after.today()) == PlanTopology::PlanPerHousehold;
    if apart && !after.was_corrected() {
        assert_eq!(after.state().plans.running_items(|plan| plan == PlanRef::Family), [], "nothing is left over");
    }
}

/// Who refused exactly this version stands beside it with a reason and the child's interest, or it is not active.
pub(super) fn no_answer_is_passed_over(after: &After<'_>, new: &[Fact<CaseEvent>]) {
    for fact in new {
        let CaseEvent::Plan(PlanEvent::PlanActivated { version, despite, reason, interest }) = &fact.event else {
            continue;
        };
        let concerned = concerned_by(after, *version);
        for (person, answer) in answers_to(after, *version) {
            let no = answer == Answer::Refused;
            assert!(!(despite.contains(&person) && answer == Answer::Endorsed), "{person} endorsed it");
            assert!(despite.contains(&person) || !no || !concerned.contains(&person), "a no is passed over");
        }
        assert!(despite.is_empty() || (reason.is_some() && interest.is_some()), "a no asks for why, and for the child");
        assert!(after.state().regie.director_on(fact.occurred.day()).is_some(), "somebody directs");
    }
}

/// Whom a version of the plan of the family certainly concerns: parents named in what it holds, while the authority that both have from
/// the beginning was never touched.
fn concerned_by(after: &After<'_>, of: VersionId) -> BTreeSet<PersonId> {
    let authority = |fact: &&Fact<CaseEvent>| {
        matches!(
            fact.event,
            CaseEvent::People(
                PeopleEvent::AuthorityRecorded { .. }
                    | PeopleEvent::FamilyRoleRecorded { .. }
                    | PeopleEvent::RecognitionRecorded { .. }
            ) | CaseEvent::Ruling(_)
        )
    };
    let untouched = after.facts().filter(authority).count() <= 2 && !after.was_corrected();
    let offered = after.facts().find_map(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::PlanOffered { plan: PlanRef::Family, version, lines }) if *version == of => {
            Some(lines.iter().map(|line| line.item).collect::<BTreeSet<_>>())
        }
        _ => None,
    });
    let items = offered.filter(|_| untouched).unwrap_or_default();
    let concerned = after.facts().filter_map(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::GoalProposed { goal, concerns, .. }) => Some((Item::Goal(*goal), concerns)),
        CaseEvent::Plan(PlanEvent::ActionAgreed { action, concerns, .. }) => Some((Item::Action(*action), concerns)),
        _ => None,
    });
    let concerned = concerned.filter(|(item, _)| items.contains(item)).flat_map(|(_, concerns)| concerns);
    concerned.copied().filter(|person| [ILSE, ROBERT].contains(person)).collect()
}

/// What each said of a version last, in order of the day.
fn answers_to(after: &After<'_>, of: VersionId) -> BTreeMap<PersonId, Answer> {
    let mut told: Vec<_> = after.facts().collect();
    told.sort_by_key(|fact| (fact.occurred.day(), fact.revision));
    let answers = told.into_iter().filter_map(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::PlanAnswered { version, person, answer, .. }) if *version == of => {
            Some((*person, *answer.known()?))
        }
        _ => None,
    });
    answers.collect()
}
