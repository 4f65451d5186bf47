//! What must hold after each step, by whatever way the case came there. Told naively: from the facts alone, as they read after
//! corrections, in the plainest way, so that it can be wrong in no way that the implementation is.

mod alerts;
mod consents;
mod history;
mod layers;
mod plans;
mod protection;
mod regie;
mod safety;
mod sat;
mod track;

use super::walk::Asked;
use crate::case::{Case, CaseEvent, CaseState};
use crate::decider::{History, Standing};
use crate::fact::Fact;
use crate::ids::Revision;
use crate::testing::world::World;
use crate::time::CivilDay;

/// The case before somebody asked something.
pub(super) struct Before {
    history: History<Case>,
    recorded: usize,
}

impl Before {
    pub(super) fn of(world: &World) -> Self {
        Self { history: world.history.clone(), recorded: world.all.len() }
    }
}

/// The case after it.
pub(super) struct After<'a> {
    world: &'a World,
    standing: Vec<Standing<'a, CaseEvent>>,
}

impl<'a> After<'a> {
    fn of(world: &'a World) -> Self {
        Self { world, standing: world.history.standing() }
    }

    fn state(&self) -> &'a CaseState {
        self.world.state()
    }

    fn today(&self) -> CivilDay {
        self.world.today()
    }

    /// What counts, in the order recorded.
    fn facts(&self) -> impl DoubleEndedIterator<Item = &Fact<CaseEvent>> {
        self.standing.iter().filter_map(counting)
    }

    /// Whether anything was ever corrected or set aside here.
    fn was_corrected(&self) -> bool {
        self.world.all.iter().any(|fact| matches!(fact.event, CaseEvent::Correction(_)))
    }

    /// Days around now: those that were, and those to come.
    fn days(&self) -> impl Iterator<Item = CivilDay> + use<> {
        let first = self.today().minus_days(40);
        (0..110).map(move |count| first.plus_days(count))
    }
}

/// A fact as it reads, if it counts.
fn counting<'s>(standing: &'s Standing<'_, CaseEvent>) -> Option<&'s Fact<CaseEvent>> {
    match standing {
        Standing::Original(fact) => Some(*fact),
        Standing::Replaced(fact, _) => Some(&**fact),
        Standing::Voided(..) => None,
    }
}

/// Everything that must hold after one step.
pub(super) fn check(before: &Before, asked: &Asked, world: &World) {
    let after = After::of(world);
    let new = &world.all[before.recorded..];
    history::refused_changes_nothing(before, asked, world);
    if new.is_empty() {
        return;
    }
    history::nothing_is_lost(before, world);
    history::reads_what_it_wrote(new);
    history::replay_is_state(world);
    regie::one_director_and_no_deputy_beside_nobody(&after);
    regie::joins_under_living_consents(&after, asked, new);
    consents::in_force_is_what_was_said(&after);
    consents::shared_under_a_living_yes(&after, new);
    consents::each_receiver_is_told(before, &after, new);
    layers::nothing_crosses(&after, new);
    plans::nothing_is_left_unassigned(before, &after, new);
    plans::no_answer_is_passed_over(&after, new);
    protection::covered_until_two_lift_it(&after, new);
    safety::lanes_are_as_told(&after);
    safety::cleared_by_a_second_person(&after, new);
    safety::nothing_joint_begins_while_a_lane_is_open(before, asked, new);
    sat::advised_within_the_mandate(before, new);
    sat::seen_within_the_mandate(&after);
    track::along_the_drawing(&after);
    track::a_duo_comes_on_its_track(before, asked, new);
    track::stages_are_of_the_ladder(new);
    alerts::each_once(&after);
    alerts::terms_are_open_or_answered(&after);
}

/// What is too much to look at after each step.
pub(super) fn check_whole(world: &World) {
    let after = After::of(world);
    layers::nothing_crosses(&after, world.history.facts());
    history::reads_the_same_from_the_store(world);
    history::looks_back_without_fail(world);
    assert_eq!(crate::correction::broken(&world.history), [], "what was accepted rests on what stands");
}

/// The place of the last fact.
fn last(history: &History<Case>) -> Revision {
    history.revision().unwrap_or(Revision::FIRST)
}
