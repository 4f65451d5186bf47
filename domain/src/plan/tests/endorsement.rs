use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::people::catalogue::PERSON_UNKNOWN;

fn asks(given: &Given<Case>) -> Vec<PersonId> {
    given.state().plans.last_version(PlanRef::Family).unwrap().asks()
}

fn still(given: &Given<Case>) -> Vec<PersonId> {
    let plans = &given.state().plans;
    plans.still_to_ask(plans.last_version(PlanRef::Family).unwrap())
}

#[test]
fn a_version_asks_everyone_with_authority_whom_it_touches() {
    let given = offered();
    let version = given.state().plans.last_version(PlanRef::Family).unwrap();
    assert_eq!((version.asks(), version.lines.len()), (vec![ILSE, ROBERT], 2));
    let own = case().when(goal(PlanRef::Family, "slapen", ROBERT, &[ROBERT])).accepted();
    assert_eq!(asks(&own.when(offer(PlanRef::Family)).accepted()), [ROBERT]);
    case().when(offer(PlanRef::Family)).then_rejected(PLAN_EMPTY);
}

/// Rule 9: a household plan concerns the parents of that household.
#[test]
fn a_household_plan_asks_the_parents_who_live_there() {
    let given = two_plans().when(goal(OF_A, "rust", ILSE, &[ILSE, MORRIS])).accepted();
    let given = given.when(offer(OF_A)).accepted();
    assert_eq!(given.state().plans.last_version(OF_A).unwrap().asks(), [ILSE]);
    let nobody = crate::divorce::tests::apart().when(goal(OF_A, "rust", ILSE, &[ILSE])).accepted();
    nobody.when(offer(OF_A)).then_rejected(PLAN_ASKS_NOBODY);
}

#[test]
fn each_answers_for_themself_and_the_last_word_counts() {
    let given = offered();
    let version = last(&given, PlanRef::Family);
    let reserved = PlanCommand::AnswerPlan { version, person: ILSE, answer: Answer::Reserved, words: None };
    let given = given.when(reserved).refused_but(RESERVATION_WITHOUT_WORDS);
    let given = given.when(answer(version, ILSE, Answer::Reserved)).accepted();
    assert_eq!(still(&given), [ROBERT]);
    let given = given.when(answer(version, ILSE, Answer::Refused)).accepted();
    let said = |given: &Given<Case>| {
        given.state().plans.standing_answer(version, ILSE).and_then(|given| given.answer.known().copied())
    };
    assert_eq!(said(&given), Some(Answer::Refused));
    // A child is asked nothing, and what it says is recorded all the same.
    let given = given.when(answer(version, MORRIS, Answer::Endorsed)).accepted();
    assert_eq!(said(&given), Some(Answer::Refused));
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(answer(version, nobody, Answer::Endorsed)).refused_but(PERSON_UNKNOWN);
    let unknown = VersionId::from_uuid(fresh(77));
    given.when(answer(unknown, ILSE, Answer::Endorsed)).then_rejected(VERSION_UNKNOWN);
}

/// An earlier word that is told later does not undo a later one.
#[test]
fn words_count_by_the_day_they_were_said() {
    let given = offered().on("2026-04-24");
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let given = given.when_on("2026-04-22", answer(version, ILSE, Answer::Refused)).accepted();
    assert_eq!(given.state().plans.version(version).unwrap().answer_of(ILSE).unwrap().on, day("2026-04-24"));
}

/// R07: a change asks for new agreement only where it touches that parent.
#[test]
fn a_change_asks_again_only_those_it_touches() {
    let given = active().when(goal(PlanRef::Family, "zelf slapen", ROBERT, &[ROBERT])).accepted();
    let plans = &given.state().plans;
    let changes = plans.changes_since(plans.last_version(PlanRef::Family).unwrap());
    assert_eq!(changes, [given.history().facts().last().unwrap().id]);
    let given = given.when(offer(PlanRef::Family)).accepted();
    assert_eq!((asks(&given), still(&given)), (vec![ILSE, ROBERT], vec![ROBERT]));
    // Progress asks nobody again.
    let goal = given.state().plans.goals().find(|goal| goal.concerns == [MORRIS]).unwrap().id;
    let given = given.when(PlanCommand::ReachGoal { goal, said_by: ILSE, words: None }).accepted();
    assert_eq!(still(&given.when(offer(PlanRef::Family)).accepted()), [ROBERT]);
}

#[test]
fn who_was_not_touched_before_is_asked_whatever_they_said() {
    let given = case().when(goal(PlanRef::Family, "slapen", ROBERT, &[ROBERT])).accepted();
    let given = given.when(offer(PlanRef::Family)).accepted();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let given = given.when(goal(PlanRef::Family, "rust", ILSE, &[MORRIS])).accepted();
    assert_eq!(still(&given.when(offer(PlanRef::Family)).accepted()), [ILSE, ROBERT]);
}

#[test]
fn where_nobody_knows_who_has_authority_every_parent_is_asked() {
    let unknown = crate::testing::authority(MORRIS, crate::people::Authority::Undetermined, "2026-04-01");
    let given = case().recorded([Draft::of(unknown)]).when(goal(PlanRef::Family, "rust", ILSE, &[MORRIS])).accepted();
    assert_eq!(asks(&given.when(offer(PlanRef::Family)).accepted()), [ILSE, ROBERT]);
}

/// One step in the life of a plan.
#[derive(Clone, Copy, Debug)]
enum Step {
    Goal(usize),
    Reword(usize),
    Withdraw(usize),
    Reach(usize),
    Action(usize),
    Own(usize, bool),
    Drop(usize),
    Offer,
    Answer(bool),
}

/// Whom something may concern.
const ABOUT: [&[PersonId]; 4] = [&[ILSE], &[ROBERT], &[MORRIS], &[ILSE, ROBERT]];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..4_usize).prop_map(Step::Goal),
        (0..3_usize).prop_map(Step::Reword),
        (0..3_usize).prop_map(Step::Withdraw),
        (0..3_usize).prop_map(Step::Reach),
        (0..4_usize).prop_map(Step::Action),
        (0..3_usize, any::<bool>()).prop_map(|(which, robert)| Step::Own(which, robert)),
        (0..3_usize).prop_map(Step::Drop),
        Just(Step::Offer),
        Just(Step::Offer),
        any::<bool>().prop_map(Step::Answer),
        any::<bool>().prop_map(Step::Answer),
    ];
    prop::collection::vec(step, 1..40)
}

/// The same law told another way: a sheet of paper per offer, with a line per item and how often it was changed. Who got the same lines as
/// on the sheet before keeps their word.
#[derive(Default)]
struct Account {
    /// How often each item that is in the plan was changed, and whom it touches.
    items: BTreeMap<Item, (u32, BTreeSet<PersonId>)>,
    /// What the last sheet said to each.
    sheet: BTreeMap<PersonId, Vec<(Item, u32)>>,
    /// Whose word about the last sheet stands.
    settled: BTreeSet<PersonId>,
}

impl Account {
    fn sheet_for(&self, person: PersonId) -> Vec<(Item, u32)> {
        let lines = self.items.iter().filter(|(_, (_, touches))| touches.contains(&person));
        lines.map(|(item, (changes, _))| (*item, *changes)).collect()
    }

    fn offer(&mut self) {
        for person in [ILSE, ROBERT] {
            let lines = self.sheet_for(person);
            if lines.is_empty() || self.sheet.get(&person) != Some(&lines) {
                self.settled.remove(&person);
            }
            self.sheet.insert(person, lines);
        }
    }

    fn take_in(&mut self, event: &PlanEvent) {
        match event {
            PlanEvent::GoalProposed { goal, concerns, .. } => {
                self.items.insert(Item::Goal(*goal), (0, touched(concerns)));
            }
            PlanEvent::ActionAgreed { action, concerns, .. } => {
                self.items.insert(Item::Action(*action), (0, touched(concerns)));
            }
            PlanEvent::GoalReworded { goal, .. } => self.items.get_mut(&Item::Goal(*goal)).unwrap().0 += 1,
            PlanEvent::ActionOwned { action, .. } => self.items.get_mut(&Item::Action(*action)).unwrap().0 += 1,
            PlanEvent::GoalWithdrawn { goal, .. } => {
                self.items.remove(&Item::Goal(*goal));
            }
            PlanEvent::ActionEnded { action, outcome: ActionOutcome::Dropped, .. } => {
                self.items.remove(&Item::Action(*action));
            }
            PlanEvent::PlanOffered { .. } => self.offer(),
            PlanEvent::PlanAnswered { person, .. } => {
                self.settled.insert(*person);
            }
            _ => {}
        }
    }

    fn still(&self) -> Vec<PersonId> {
        let asked = self.sheet.iter().filter(|(person, lines)| !lines.is_empty() && !self.settled.contains(person));
        asked.map(|(person, _)| *person).collect()
    }
}

fn touched(concerns: &[PersonId]) -> BTreeSet<PersonId> {
    if concerns.contains(&MORRIS) { [ILSE, ROBERT].into() } else { concerns.iter().copied().collect() }
}

fn command(given: &Given<Case>, step: Step) -> Option<PlanCommand> {
    let plans = &given.state().plans;
    let open = |goal: &&Goal| goal.standing() == GoalStanding::Open;
    let goal_of = |which: usize| plans.goals().filter(open).nth(which).map(|goal| goal.id);
    let runs = |action: &&Action| action.ended.is_none();
    let action_of = |which: usize| plans.actions().filter(runs).nth(which).map(|action| action.id);
    let said = SaidBy::Person(ILSE);
    Some(match step {
        Step::Goal(about) => goal(PlanRef::Family, "rust", ILSE, ABOUT[about]),
        Step::Action(about) => action(PlanRef::Family, Owner::Nobody, None, ABOUT[about]),
        Step::Reword(which) => {
            PlanCommand::RewordGoal { goal: goal_of(which)?, words: text("anders"), proposed_by: said }
        }
        Step::Withdraw(which) => PlanCommand::WithdrawGoal { goal: goal_of(which)?, words: None },
        Step::Reach(which) => PlanCommand::ReachGoal { goal: goal_of(which)?, said_by: ILSE, words: None },
        Step::Own(which, robert) => PlanCommand::OwnAction {
            action: action_of(which)?,
            owner: Owner::Person(if robert { ROBERT } else { ILSE }),
        },
        Step::Drop(which) => {
            PlanCommand::EndAction { action: action_of(which)?, outcome: ActionOutcome::Dropped, words: None }
        }
        Step::Offer => offer(PlanRef::Family),
        Step::Answer(robert) => {
            let version = plans.last_version(PlanRef::Family)?.id;
            answer(version, if robert { ROBERT } else { ILSE }, Answer::Endorsed)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// R07: whatever happens to a plan, those are asked whose part of it is not what it was when they last answered, and nobody else.
    #[test]
    fn exactly_those_are_asked_again_whom_a_change_touches(steps in steps()) {
        let mut given = case();
        let mut account = Account::default();
        for step in steps {
            let Some(order) = command(&given, step) else { continue };
            let before = given.history().facts().len();
            given = given.when(order).settled();
            for fact in &given.history().facts()[before..] {
                let CaseEvent::Plan(event) = &fact.event else { panic!("a fact of this room") };
                account.take_in(event);
            }
            if given.state().plans.last_version(PlanRef::Family).is_some() {
                prop_assert_eq!(still(&given), account.still());
            }
        }
    }
}
