use std::collections::BTreeSet;

use super::*;
use crate::decider::DomainEvent;
use crate::fact::FieldClass;
use crate::personal::{MARK, codec_scope};

/// Every type of event of this room and of own plans, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let given = active();
    let goal = the_goal(&given);
    let words = || Some(text("meer"));
    let plan = PlanRef::Family;
    let given = given
        .when(PlanCommand::RewordGoal { goal, words: text("rust"), proposed_by: SaidBy::Worker(ANJA) })
        .accepted()
        .when(PlanCommand::ChooseGoalSubject {
            goal,
            subject: GoalSubject::Contact,
            handling: Some(GoalHandling::Wish),
        })
        .accepted()
        .when(PlanCommand::ReachGoal { goal, said_by: ILSE, words: words() })
        .accepted()
        .when(PlanCommand::ResumeGoal { goal, words: words() })
        .accepted()
        .when(PlanCommand::WithdrawGoal { goal, words: words() })
        .accepted()
        .when(action(plan, Owner::Person(ILSE), Some("2026-05-01"), &[MORRIS]))
        .accepted();
    let run = the_action(&given);
    let given = given
        .when(PlanCommand::OwnAction { action: run, owner: Owner::Worker(ANJA) })
        .accepted()
        .when(PlanCommand::MoveAction { action: run, due: day("2026-06-01"), reason: words() })
        .accepted()
        .when(PlanCommand::EndAction { action: run, outcome: ActionOutcome::Dropped, words: words() })
        .accepted()
        .when(offer(plan))
        .accepted();
    let version = last(&given, plan);
    let given = given
        .when(answer(version, ILSE, Answer::Reserved))
        .accepted()
        .when(answer(version, ROBERT, Answer::Refused))
        .accepted()
        .when(PlanCommand::ActivatePlan { version, reason: words(), interest: words() })
        .accepted()
        .when(PlanCommand::EvaluatePlan {
            plan,
            took_part: vec![ILSE],
            workers: vec![ANJA],
            heard: vec![MORRIS],
            outcome: EvaluationOutcome::Enough,
            words: text("goed"),
            next: None,
        })
        .accepted();
    let given = crate::ownplan::tests::through(given);
    let facts = given.history().facts().iter();
    let of_these = |event: &CaseEvent| matches!(event, CaseEvent::Plan(_) | CaseEvent::OwnPlan(_));
    facts.map(|fact| fact.event.clone()).filter(of_these).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_and_their_classes() {
    let (mut seen, mut marked) = (BTreeSet::new(), BTreeSet::new());
    for event in every_event() {
        let info = event.info();
        seen.insert(info.name);
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: BTreeSet<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(), "{}", info.name);
        for field in info.fields {
            let personal = stored.get(field.name).is_some_and(|value| value.to_string().contains(MARK));
            assert!(!personal || matches!(field.class, FieldClass::Personal(_)), "{}.{}", info.name, field.name);
            if personal {
                marked.insert((info.name, field.name));
            }
        }
        assert_eq!(CaseEvent::from_payload(info.name, stored).unwrap(), event, "reads what it wrote");
    }
    let all: Vec<_> = CATALOGUE.iter().chain(crate::ownplan::CATALOGUE).collect();
    assert_eq!(seen, all.iter().map(|info| info.name).collect());
    let personal = |info: &&&crate::fact::EventInfo| {
        let fields = info.fields.iter().filter(|field| matches!(field.class, FieldClass::Personal(_)));
        fields.map(|field| (info.name, field.name)).collect::<Vec<_>>()
    };
    assert_eq!(marked, all.iter().flat_map(|info| personal(&info)).collect(), "each that is said to be personal is");
}

#[test]
fn every_owner_of_a_value_is_a_subject() {
    for event in every_event() {
        let stored = codec_scope(|| event.to_payload()).unwrap().to_string();
        let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
        for owner in owners {
            assert!(subjects.iter().any(|subject| subject == owner), "{owner} of {}", event.info().name);
        }
    }
}

/// Every free text of a command is looked through for names.
#[test]
fn every_text_names_nobody() {
    let words = || Some(text("Morris"));
    let given = active();
    let version = last(&given, PlanRef::Family);
    let goal = the_goal(&given);
    for command in [
        PlanCommand::ReachGoal { goal, said_by: ILSE, words: words() },
        PlanCommand::WithdrawGoal { goal, words: words() },
        PlanCommand::ResumeGoal { goal, words: words() },
        PlanCommand::RewordGoal { goal, words: text("Morris"), proposed_by: SaidBy::Person(ILSE) },
        PlanCommand::AnswerPlan { version, person: ILSE, answer: Answer::Refused, words: words() },
        PlanCommand::ActivatePlan { version, reason: words(), interest: None },
        PlanCommand::ActivatePlan { version, reason: None, interest: words() },
    ] {
        active().when(command).then_rejected(crate::people::catalogue::NAMES_IN_TEXT);
    }
}
