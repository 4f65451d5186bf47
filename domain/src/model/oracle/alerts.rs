//! What the system does by itself: each alert and proposal once, and each term is open until it is answered.

use std::collections::{BTreeMap, BTreeSet};

use super::After;
use crate::alert::{AlertEvent, Next, pending};
use crate::application::ApplicationEvent;
use crate::case::CaseEvent;
use crate::contact::ContactEvent;
use crate::dues::open_dues;
use crate::fact::Role;
use crate::life::Phase;

/// Each step of each alert, and each proposal of each cause, stands at most once; all by the system, and it owes none of them again.
pub(super) fn each_once(after: &After<'_>) {
    let (mut steps, mut proposed) = (BTreeSet::new(), BTreeSet::new());
    for fact in after.facts() {
        let CaseEvent::Alert(event) = &fact.event else { continue };
        assert_eq!(event.is_by_itself(), fact.actor.role == Role::System, "the system tells, people answer");
        match event {
            AlertEvent::AlertRaised { what, said_by, last_day, own_day, persons, nth, step, .. } => {
                let own_day = own_day.as_ref().and_then(|day| day.known().copied());
                let told = (what.clone(), *said_by, *last_day, own_day, persons.clone(), *nth, *step);
                assert!(steps.insert(told), "step {step} of {what} is told twice");
            }
            AlertEvent::ProposalMade { kind, about, cause, .. } => {
                assert!(proposed.insert((*kind, *about, *cause)), "{kind:?} is proposed twice");
            }
            AlertEvent::ProposalAccepted { .. } | AlertEvent::ProposalDismissed { .. } => {}
        }
    }
    for next in pending(&after.world.history, after.world.now, after.world.terms()) {
        if let Next::Proposal(owed) = &next.next {
            assert!(!proposed.contains(&(owed.kind, owed.about, owed.cause)), "what was proposed is owed again");
        }
    }
    let mut answered = BTreeSet::new();
    for fact in after.facts() {
        if let CaseEvent::Alert(
            AlertEvent::ProposalAccepted { proposal, .. } | AlertEvent::ProposalDismissed { proposal, .. },
        ) = &fact.event
        {
            assert!(answered.insert(*proposal), "a proposal is answered twice");
        }
    }
}

/// What follows from the case as a whole is carried by no fact.
const COMPUTED: [&str; 1] = ["gap"];

/// Each term that is open was said by a fact, no more often than it was said, and what was answered waits no longer.
pub(super) fn terms_are_open_or_answered(after: &After<'_>) {
    let open = open_dues(after.state(), after.today());
    let (mut waits, mut said) = (BTreeMap::new(), BTreeMap::new());
    for due in open.iter().filter(|due| !COMPUTED.contains(&due.what.as_str())) {
        *waits.entry((due.what.as_str(), due.last_day)).or_insert(0) += 1;
    }
    for due in after.facts().flat_map(|fact| &fact.due) {
        *said.entry((due.what.as_str(), due.last_day)).or_insert(0) += 1;
    }
    for (term, count) in &waits {
        assert!(said.get(term).is_some_and(|said| count <= said), "{term:?} waits {count} times");
    }
    if matches!(after.state().life.phase, Phase::Open(_)) {
        let count = |words: &[&str]| open.iter().filter(|due| words.contains(&due.what.as_str())).count();
        assert_eq!(count(&["call_back", "promise"]), promised(after), "promises that wait");
        assert_eq!(count(&["application_answer"]), applied(after), "applications that wait");
    }
}

/// Promises with a day that nobody settled.
fn promised(after: &After<'_>) -> usize {
    let mut waits = BTreeSet::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Contact(ContactEvent::ContactRecorded { promises, .. }) => {
                waits.extend(promises.iter().filter(|one| one.by.is_some()).map(|one| one.promise));
            }
            CaseEvent::Contact(ContactEvent::PromiseSettled { promise, .. }) => {
                waits.remove(promise);
            }
            _ => {}
        }
    }
    waits.len()
}

/// Applications with a term that nobody answered.
fn applied(after: &After<'_>) -> usize {
    let mut waits = BTreeSet::new();
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Application(ApplicationEvent::ApplicationAnswered { application, .. }) => {
                waits.remove(application);
            }
            CaseEvent::Application(event) if !fact.due.is_empty() => {
                waits.insert(event.application());
            }
            _ => {}
        }
    }
    waits.len()
}
