//! The history itself: refused is nothing, nothing is lost, and the state is what the facts say, from memory as from the store.

use super::Before;
use crate::case::{Case, CaseEvent};
use crate::decider::{DomainEvent as _, History};
use crate::fact::Fact;
use crate::model::walk::Asked;
use crate::personal::codec_scope;
use crate::testing::world::World;

pub(super) fn refused_changes_nothing(before: &Before, asked: &Asked, world: &World) {
    let written = asked.outcome.as_ref().map_or(0, Vec::len);
    assert_eq!(world.all.len(), before.recorded + written, "as many facts as were decided");
    if written == 0 {
        assert_eq!(world.state(), before.history.state(), "nothing written, nothing changed");
    }
}

/// Each fact stays, in its place: it is read, or it was set aside. Not even a consent goes.
pub(super) fn nothing_is_lost(before: &Before, world: &World) {
    let (read, mut kept) = (world.history.facts(), 0);
    for fact in &world.all {
        if read.get(kept).is_some_and(|known| known == fact) {
            kept += 1;
        } else {
            assert!(world.history.is_set_aside(fact.id), "{} is gone", fact.event.info().name);
        }
    }
    assert_eq!(kept, read.len(), "and nothing came from nowhere");
    assert!(super::last(&world.history) >= super::last(&before.history));
}

fn stored(event: &CaseEvent) -> CaseEvent {
    let payload = codec_scope(|| event.to_payload()).unwrap();
    CaseEvent::from_payload(event.info().name, payload).unwrap()
}

pub(super) fn reads_what_it_wrote(new: &[Fact<CaseEvent>]) {
    for fact in new {
        assert_eq!(stored(&fact.event), fact.event, "reads what it wrote");
        let on_its_day = fact.occurred.day() >= fact.recorded_day();
        assert!(on_its_day || fact.event.info().may_precede, "{} was told of an earlier day", fact.event.info().name);
    }
}

/// `apply` is total: whatever was accepted folds, and to the same.
pub(super) fn replay_is_state(world: &World) {
    let replayed = History::<Case>::fold(world.all.clone());
    assert!(replayed.state() == world.state(), "replay is not the state");
}

pub(super) fn reads_the_same_from_the_store(world: &World) {
    let reread = |fact: &Fact<CaseEvent>| Fact { event: stored(&fact.event), ..fact.clone() };
    let replayed = History::<Case>::fold(world.all.iter().map(reread).collect());
    assert!(replayed.state() == world.state(), "what was stored does not read the same");
}

/// The past can be asked of any day, as recorded and as now known, and the last day is now.
pub(super) fn looks_back_without_fail(world: &World) {
    for ago in [0, 3, 30, 200] {
        let day = world.today().minus_days(ago);
        let (then, about) = (world.history.as_recorded_on(day), world.history.as_known_about(day));
        // What was set aside then, and brought back since, was not read then.
        let told = world.history.facts().iter().filter(|fact| fact.recorded_at <= day.end()).count();
        let set_aside = world.all.iter().any(|fact| matches!(fact.event, CaseEvent::Correction(_)));
        assert!(then.facts().len() <= told && (set_aside || then.facts().len() == told), "as recorded on {day}");
        assert_eq!(about.facts(), world.history.facts(), "the facts stay those of now");
        assert!(ago > 0 || then.state() == world.state(), "as recorded today is as it stands");
    }
}
