//! The one plan: goals, actions, what each says of a version, evaluations.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, ROBERT, close, split_to};
use crate::divorce::{SplitGround, SplitTo};
use crate::fact::Role;
use crate::plan::tests::{action, activate, answer, goal, last, offer, offered, the_action, the_goal};
use crate::plan::{ActionOutcome, Answer, EvaluationOutcome, Owner, PlanCommand, PlanRef, SaidBy};
use crate::regie::{RegieCommand, RegieTask};
use crate::testing::{Given, text};

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

/// Two goals and an action that nobody owns, offered and endorsed by both parents; all tasks of the director are back.
fn endorsed() -> Given<Case> {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    let given = offered().when(action(PlanRef::Family, Owner::Nobody, None, &[MORRIS])).accepted();
    let given = given.when(offer(PlanRef::Family)).accepted();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    given.when(answer(version, ROBERT, Answer::Endorsed)).accepted().when(back).accepted()
}

fn pair(name: &'static str, meeting: Meeting, one: By, other: By) -> Pair {
    Pair { name, meeting, given: endorsed(), on: "2026-04-22", one, other }
}

pub(super) fn pairs() -> Vec<Pair> {
    [items(), versions()].into_iter().flatten().collect()
}

fn items() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let (goal_id, action_id) = (the_goal(&endorsed()), the_action(&endorsed()));
    let propose = || by_anja(goal(PlanRef::Family, "rust", ILSE, &[ILSE]));
    let reword = |words| {
        let (words, proposed_by) = (text(words), SaidBy::Person(ILSE));
        by_anja(PlanCommand::RewordGoal { goal: goal_id, words, proposed_by })
    };
    let reach = by_anja(PlanCommand::ReachGoal { goal: goal_id, said_by: ILSE, words: None });
    let withdraw = by_anja(PlanCommand::WithdrawGoal { goal: goal_id, words: None });
    let own = |owner| by_anja(PlanCommand::OwnAction { action: action_id, owner });
    let end = |outcome| by_anja(PlanCommand::EndAction { action: action_id, outcome, words: None });
    let apart = by_anja(split_to(&endorsed(), SplitGround::BothWish, &SplitTo::Closed(None)));
    vec![
        pair("two goals are proposed", Commute, propose(), propose()),
        pair("one goal is reworded twice", LastTold, reword("rust"), reword("vrede")),
        pair("a goal is reached while it is withdrawn", Rivals, reach, withdraw),
        pair("two own one action", LastTold, own(Owner::Person(ILSE)), own(Owner::Person(ROBERT))),
        pair("an action is over twice", Rivals, end(ActionOutcome::Done), end(ActionOutcome::Dropped)),
        pair("the plans go apart while a goal is proposed", Rivals, apart, propose()),
        pair("closing meets a goal that is proposed", Bars, by_anja(close()), propose()),
    ]
}

fn versions() -> Vec<Pair> {
    use Meeting::{Commute, LastTold, Rivals};
    let version = last(&endorsed(), PlanRef::Family);
    let says = |person, said| by_anja(answer(version, person, said));
    let evaluate = |outcome| {
        by_anja(PlanCommand::EvaluatePlan {
            plan: PlanRef::Family,
            took_part: vec![ILSE],
            workers: vec![],
            heard: vec![MORRIS],
            outcome,
            words: text("goed"),
            next: None,
        })
    };
    vec![
        pair("two people answer about a plan", Commute, says(ILSE, Answer::Refused), says(ROBERT, Answer::Endorsed)),
        pair("one answers twice about a plan", LastTold, says(ILSE, Answer::Refused), says(ILSE, Answer::Endorsed)),
        pair("a plan becomes active twice", Rivals, by_anja(activate(version)), by_anja(activate(version))),
        pair(
            "one answers while a plan is offered anew",
            Commute,
            says(ILSE, Answer::Refused),
            by_anja(offer(PlanRef::Family)),
        ),
        pair(
            "a plan is evaluated twice on a day",
            LastTold,
            evaluate(EvaluationOutcome::GoesOn),
            evaluate(EvaluationOutcome::Adjusted),
        ),
    ]
}
