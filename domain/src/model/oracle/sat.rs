//! The divorce advice team: whoever accepted advises, on what they could see, and sees those who let it be shared.

use std::collections::BTreeSet;

use super::consents::Book;
use super::{After, Before};
use crate::case::CaseEvent;
use crate::divorce::{DivorceEvent, SatEvent, sat_access_on};
use crate::fact::Fact;
use crate::ids::{PersonId, ReviewId, Revision, WorkerId};

const fn told(fact: &Fact<CaseEvent>) -> Option<&SatEvent> {
    match &fact.event {
        CaseEvent::Divorce(DivorceEvent::Sat(event)) => Some(event),
        _ => None,
    }
}

/// Who accepted a request last and did not say *not me* since, and where.
fn acceptor<'f>(facts: impl Iterator<Item = &'f Fact<CaseEvent>>, of: ReviewId) -> Option<(WorkerId, Revision)> {
    let mut accepted = None;
    for fact in facts {
        match told(fact) {
            Some(SatEvent::SatAccepted { review, advisor }) if *review == of => {
                accepted = Some((*advisor, fact.revision));
            }
            Some(SatEvent::SatNotMeSaid { review, advisor, .. })
                if *review == of && accepted.is_some_and(|(who, _)| who == *advisor) =>
            {
                accepted = None;
            }
            _ => {}
        }
    }
    accepted
}

pub(super) fn advised_within_the_mandate(before: &Before, new: &[Fact<CaseEvent>]) {
    let earlier = before.history.standing();
    let standing = || {
        earlier.iter().filter_map(|standing| match standing {
            crate::decider::Standing::Original(fact) => Some(*fact),
            crate::decider::Standing::Replaced(fact, _) => Some(&**fact),
            crate::decider::Standing::Voided(..) => None,
        })
    };
    for fact in new {
        let Some(SatEvent::SatAdviceGiven { review, advisor, position, .. }) = told(fact) else { continue };
        let (who, since) = acceptor(standing(), *review).expect("advised and nobody accepted");
        assert_eq!((*advisor, fact.actor.worker), (who, who), "advised by somebody else");
        let asked = standing()
            .find(|fact| matches!(told(fact), Some(SatEvent::SatRequested { review: of, .. }) if of == review));
        let asked = asked.expect("advised and nobody asked");
        if matches!(told(asked), Some(SatEvent::SatRequested { anonymous: true, .. })) {
            assert_eq!(*position, asked.revision, "of an anonymous question nothing is seen but the question");
        } else {
            assert!(since <= *position && *position <= super::last(&before.history), "on what nobody could see");
        }
        let over =
            standing().any(|fact| matches!(told(fact), Some(SatEvent::SatEnded { review: of, .. }) if of == review));
        assert!(!over, "advised on what was over");
    }
}

/// An advisor sees those who were named, as long as somebody's yes about each stands.
pub(super) fn seen_within_the_mandate(after: &After<'_>) {
    let book = Book::of(after);
    for access in sat_access_on(after.state(), after.today(), after.world.terms()) {
        let (who, _) = acceptor(after.facts(), access.review).expect("seen and nobody accepted");
        assert_eq!(access.advisor, who);
        let named = named_in(after, access.review);
        assert!(access.scope.iter().all(|person| named.contains(person)), "more than was named");
        for consent in &access.consents {
            assert!(!book.is_dead(*consent, after.today()), "seen under a yes that does not stand");
        }
        let about: BTreeSet<_> = access.consents.iter().filter_map(|consent| book.about(*consent)).collect();
        assert!(access.scope.iter().all(|person| about.contains(person)), "seen without a yes");
    }
}

fn named_in(after: &After<'_>, of: ReviewId) -> Vec<PersonId> {
    let asked = after.facts().find_map(|fact| match told(fact) {
        Some(SatEvent::SatRequested { review, scope, .. }) if *review == of => Some(scope.clone()),
        _ => None,
    });
    asked.unwrap_or_default()
}
