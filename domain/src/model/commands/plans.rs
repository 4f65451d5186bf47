//! Plans, their topology, their coordinators, and the family's own plan.

use crate::case::{CaseCommand, CaseEvent};
use crate::divorce::{
    CoordinatorCommand, DivorceEvent, Held, JoinAssign, NewAgreement, OfferAnswer, Shareable, SplitAssign, SplitGround,
    SplitTo, TopologyCommand, TopologyEvent, Wish,
};
use crate::model::scene::{A, B, Dice, Scene};
use crate::ownplan::{OwnPlanCommand, PlanMaker};
use crate::plan::{
    ActionOutcome, Answer, EvaluationOutcome, GoalHandling, GoalSubject, Item, Owner, PlanCommand, PlanEvent, PlanRef,
    SaidBy,
};
use crate::testing::*;

fn goals(scene: &Scene<'_>) -> Vec<crate::ids::GoalId> {
    scene.told(|event| match event {
        CaseEvent::Plan(PlanEvent::GoalProposed { goal, .. }) => Some(*goal),
        _ => None,
    })
}

fn actions(scene: &Scene<'_>) -> Vec<crate::ids::ActionId> {
    scene.told(|event| match event {
        CaseEvent::Plan(PlanEvent::ActionAgreed { action, .. }) => Some(*action),
        _ => None,
    })
}

fn agreements(scene: &Scene<'_>) -> Vec<crate::ids::AgreementId> {
    scene.told(|event| match event {
        CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::SharedAgreementMade { agreement, .. })) => {
            Some(*agreement)
        }
        _ => None,
    })
}

/// Mostly a plan that is worked by now.
fn plan(scene: &Scene<'_>, dice: &mut Dice) -> PlanRef {
    let apart = scene.state().divorce.split_on(scene.today()).is_some();
    let houses = [PlanRef::Household(A), PlanRef::Household(B), PlanRef::Child];
    let agreed = dice.any_of(&agreements(scene)).map(PlanRef::Agreement);
    match agreed {
        Some(agreed) if dice.once_in(8) => agreed,
        _ if apart != dice.once_in(8) => dice.one_of(&houses),
        _ => PlanRef::Family,
    }
}

fn owner(scene: &Scene<'_>, dice: &mut Dice) -> Owner {
    match dice.below(3) {
        0 => Owner::Nobody,
        1 => Owner::Person(scene.person(dice)),
        _ => Owner::Worker(dice.worker()),
    }
}

/// A plan of one house concerns who lives there.
fn concerned(scene: &Scene<'_>, plan: PlanRef, dice: &mut Dice) -> Vec<crate::ids::PersonId> {
    let here = match plan {
        PlanRef::Household(household) => scene.state().households.members_on(household, scene.today()),
        _ => scene.parents().into_iter().chain(scene.children()).collect(),
    };
    let mut some = dice.some_of(&here);
    some.extend(dice.any_of(&here));
    if dice.once_in(20) {
        some.push(scene.person(dice));
    }
    some.sort_unstable();
    some.dedup();
    some
}

pub(super) fn plans(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let plan = plan(scene, dice);
    let waits = scene.state().plans.versions().last().is_some_and(|version| version.activated.is_none());
    let command = match if waits && !dice.once_in(3) { 13 } else { dice.below(20) } {
        0..=2 => {
            let proposed_by = SaidBy::Person(scene.parent(dice));
            let concerns = concerned(scene, plan, dice);
            PlanCommand::ProposeGoal { plan, words: text("weekends zonder gedoe"), proposed_by, concerns }
        }
        3..=5 => PlanCommand::AgreeAction {
            plan,
            what: text("bellen op zondag"),
            owner: owner(scene, dice),
            due: scene.maybe_day(dice, 0, 40),
            goal: None,
            concerns: concerned(scene, plan, dice),
        },
        6..=9 => return item(scene, dice),
        10 | 11 => PlanCommand::OfferPlan { plan },
        12 if dice.once_in(2) => evaluation(scene, plan, dice),
        _ => return answered(scene, dice),
    };
    Some(command.into())
}

fn item(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (goal, action) = (dice.late_of(&goals(scene)), dice.late_of(&actions(scene)));
    let command = match dice.below(9) {
        0 => {
            let proposed_by = SaidBy::Person(scene.person(dice));
            PlanCommand::RewordGoal { goal: goal?, words: text("rustige avonden"), proposed_by }
        }
        1 => PlanCommand::ReachGoal { goal: goal?, said_by: scene.person(dice), words: None },
        2 => PlanCommand::WithdrawGoal { goal: goal?, words: None },
        3 => PlanCommand::ResumeGoal { goal: goal?, words: None },
        4 | 5 => {
            let subjects = [GoalSubject::Own, GoalSubject::Child, GoalSubject::OtherParent, GoalSubject::Contact];
            let handling = dice.one_of(&[None, Some(GoalHandling::Wish), Some(GoalHandling::Safety)]);
            PlanCommand::ChooseGoalSubject { goal: goal?, subject: dice.one_of(&subjects), handling }
        }
        6 => PlanCommand::OwnAction { action: action?, owner: owner(scene, dice) },
        7 => PlanCommand::MoveAction { action: action?, due: scene.day(dice, 0, 40), reason: None },
        _ => {
            let outcome = dice.one_of(&[ActionOutcome::Done, ActionOutcome::Dropped]);
            PlanCommand::EndAction { action: action?, outcome, words: None }
        }
    };
    Some(command.into())
}

/// What was offered and waits for answers, or for being worked by.
fn answered(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let plans = &scene.state().plans;
    let all: Vec<_> = plans.versions().collect();
    let waiting: Vec<_> = all.iter().copied().filter(|version| version.activated.is_none()).collect();
    let among = if dice.once_in(6) { all } else { waiting };
    let version = dice.late_of(&among)?;
    let silent = plans.still_to_ask(version);
    let version = version.id;
    if silent.is_empty() || dice.once_in(5) {
        let word = dice.once_in(2).then(|| text("het kind wacht te lang"));
        return Some(PlanCommand::ActivatePlan { version, reason: word.clone(), interest: word }.into());
    }
    let answer =
        dice.one_of(&[Answer::Endorsed, Answer::Endorsed, Answer::Endorsed, Answer::Refused, Answer::Reserved]);
    let words = (answer == Answer::Reserved).then(|| text("als het om de week is"));
    let person = if dice.once_in(8) { scene.person(dice) } else { dice.one_of(&silent) };
    Some(PlanCommand::AnswerPlan { version, person, answer, words }.into())
}

fn evaluation(scene: &Scene<'_>, plan: PlanRef, dice: &mut Dice) -> PlanCommand {
    PlanCommand::EvaluatePlan {
        plan,
        took_part: scene.parents(),
        workers: vec![dice.worker()],
        heard: dice.some_of(&scene.children()),
        outcome: EvaluationOutcome::GoesOn,
        words: text("samen gekeken"),
        next: scene.maybe_day(dice, 0, 90),
    }
}

fn agreement(scene: &Scene<'_>) -> NewAgreement {
    let between = scene.parents().into_iter().take(2).collect();
    NewAgreement { topic: text("overdracht op school"), channel: text("schoolmail"), between }
}

pub(super) fn topology(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let review = scene.state().divorce.sat_reviews().last().map(|review| review.id);
    let person = scene.parent(dice);
    let command = match dice.below(16) {
        0 => TopologyCommand::AdviseTwoPlans { review, words: text("twee plannen geven rust") },
        1..=3 => {
            let person = if dice.once_in(3) { scene.child(dice) } else { person };
            TopologyCommand::ShareVision { person, said: Some(text("dat geeft lucht")), effect: None }
        }
        4 | 5 => {
            let answer = dice.one_of(&[OfferAnswer::Accepts, OfferAnswer::Accepts, OfferAnswer::Declines]);
            TopologyCommand::AnswerTwoPlans { person, answer, words: None }
        }
        6 | 7 => {
            let wish = dice.one_of(&[Wish::Wishes, Wish::Wishes, Wish::NoLonger]);
            TopologyCommand::WishTwoPlans { person, wish, words: None }
        }
        8 => TopologyCommand::WorkWithTwoPlans { reason: text("rust"), households: vec![A, B] },
        9 | 10 => split(scene, dice),
        11 if dice.once_in(3) => join(scene, dice),
        12 => TopologyCommand::MakeSharedAgreement { agreement: agreement(scene) },
        13 => {
            let agreement = dice.late_of(&agreements(scene))?;
            TopologyCommand::EndSharedAgreement { agreement, words: None }
        }
        14 => TopologyCommand::MarkSafeToShare { what: shareable(scene, dice)? },
        _ => TopologyCommand::RevokeSafeToShare { what: dice.late_of(&marked(scene))?, reason: None },
    };
    Some(command.into())
}

fn marked(scene: &Scene<'_>) -> Vec<Shareable> {
    scene.told(|event| match event {
        CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::SafeToShareMarked { what })) => Some(*what),
        _ => None,
    })
}

fn shareable(scene: &Scene<'_>, dice: &mut Dice) -> Option<Shareable> {
    let director = scene.state().regie.director_on(scene.today()).map(|held| Shareable::Director(held.worker));
    let (goal, action) = (dice.late_of(&goals(scene)), dice.late_of(&actions(scene)));
    match dice.below(3) {
        0 => goal.map(Shareable::Goal),
        1 => action.map(Shareable::Action),
        _ => dice.late_of(&agreements(scene)).map(Shareable::Agreement).or(director),
    }
}

/// With everything that runs given a place; now and then one is forgotten, or named twice.
fn split(scene: &Scene<'_>, dice: &mut Dice) -> TopologyCommand {
    let running = scene.state().plans.running_items(|plan| plan == PlanRef::Family);
    let place = |item: Item, dice: &mut Dice| {
        let closed = SplitTo::Closed(Some(text("niet meer nodig")));
        let houses = [SplitTo::Household(A), SplitTo::Household(B), SplitTo::Child, closed];
        let agreed = matches!(item, Item::Action(_)) && dice.once_in(4);
        let to = if agreed { SplitTo::Agreement(agreement(scene)) } else { dice.one_of(&houses) };
        SplitAssign { item, to }
    };
    let mut assignment: Vec<_> = running.into_iter().map(|item| place(item, dice)).collect();
    match dice.below(8) {
        0 => drop(assignment.pop()),
        1 => assignment.extend(assignment.first().cloned()),
        _ => {}
    }
    let ground = dice.one_of(&[SplitGround::Recognition, SplitGround::BothWish, SplitGround::Safety]);
    let wishes = if ground == SplitGround::BothWish { scene.parents() } else { Vec::new() };
    let households = vec![A, B];
    TopologyCommand::SplitPlanPerHousehold {
        ground,
        reason: text("eerst rust"),
        households,
        wishes,
        assignment,
        review: None,
    }
}

fn join(scene: &Scene<'_>, dice: &mut Dice) -> TopologyCommand {
    let apart = scene.state().plans.running_items(|plan| plan != PlanRef::Family);
    let items = apart.into_iter().map(|item| match item {
        Item::Goal(goal) => Held::Goal(goal),
        Item::Action(action) => Held::Action(action),
    });
    let stands = scene.state().divorce.agreements().iter().filter(|made| made.ended.is_none() && made.item.is_none());
    let mut assignment: Vec<_> = items
        .chain(stands.map(|made| Held::Agreement(made.id)))
        .map(|item| {
            let closed = (matches!(item, Held::Agreement(_)) || dice.once_in(3)).then_some(None);
            JoinAssign { item, closed }
        })
        .collect();
    if dice.once_in(6) {
        assignment.pop();
    }
    TopologyCommand::JoinPlans { reason: text("het is rustig"), agreed: scene.parents(), assignment }
}

pub(super) fn coordinators(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let held: Vec<_> = scene.state().divorce.coordinators().iter().map(|one| (one.household, one.worker)).collect();
    let command = match dice.late_of(&held) {
        Some((household, worker)) if dice.once_in(3) => CoordinatorCommand::EndPlanCoordinator {
            household,
            worker,
            last_day: scene.maybe_day(dice, 5, 5),
            reason: text("ander werk"),
        },
        _ => CoordinatorCommand::AppointPlanCoordinator {
            household: dice.one_of(&[A, B]),
            worker: dice.worker(),
            organisation: organisation("zorg-vecht"),
            from: scene.maybe_day(dice, 5, 5),
            until: scene.maybe_day(dice, 0, 60),
        },
    };
    Some(command.into())
}

pub(super) fn own_plan(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let parents = vec![scene.parent(dice)];
    let taken: Vec<_> = scene.state().own_plans.taken().iter().map(|plan| plan.id).collect();
    let command = match dice.below(4) {
        0 => OwnPlanCommand::ExplainOwnPlan { parents },
        1 => OwnPlanCommand::TakeOwnPlan { parents, agreed: scene.maybe_day(dice, 0, 60) },
        2 => OwnPlanCommand::PresentOwnPlan { own_plan: dice.late_of(&taken)?, words: None },
        _ => {
            let maker = dice.one_of(&[PlanMaker::Municipality, PlanMaker::Provider]);
            OwnPlanCommand::WaiveOwnPlan { parents, maker, reason: None }
        }
    };
    Some(command.into())
}
