//! The law of this room: about a child of the case; what was asked is not lost, and ends once.

use super::catalogue::{
    INTAKE_TOGETHER, INTAKE_WITH_NOBODY, QUESTION_AT_HOME, ROUTE_NAMED, SCHOOL_OF_A_CHILD, SCHOOL_QUESTION_OVER,
    SCHOOL_QUESTION_UNCHANGED, SCHOOL_QUESTION_UNKNOWN,
};
use super::{
    Expectation, NewIntake, NewQuestion, NewTriage, Present, SCHOOL_CALL_BACK_DUE, SCHOOL_QUESTION_DUE, SchoolCommand,
    SchoolEvent, SchoolQuestion, Side, TriageOutcome,
};
use crate::case::{Case, CaseEvent, CaseState};
use crate::conference::attendee;
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{IntakeId, PersonId, RecordId, SchoolQuestionId, Subject, TriageId};
use crate::layers::audience_of_all;
use crate::once::each_once;
use crate::people::{check_known, check_may_be_child, check_order};
use crate::personal::{DataClass, Personal};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(
    history: &History<Case>,
    on: CivilDay,
    command: &SchoolCommand,
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    match command {
        SchoolCommand::RecordIntake(new) => intake(state, on, new, context),
        SchoolCommand::TriageArrangement(new) => triage(state, on, new, context),
        SchoolCommand::AskSchoolQuestion(new) => ask(state, on, new, context),
        SchoolCommand::HandOverSchoolQuestion { question, to, note } => {
            let known = open(state, *question)?;
            if known.owner == *to {
                return Err(refused(SCHOOL_QUESTION_UNCHANGED, *question));
            }
            let note = kept(note.as_ref(), context);
            let event = SchoolEvent::SchoolQuestionHandedOver { question: *question, owner: *to, note };
            Ok(vec![draft(event).for_audience(audience_of(history, known))])
        }
        SchoolCommand::AnswerSchoolQuestion { question, how, answered_by, words } => {
            let known = open(state, *question)?;
            let event = SchoolEvent::SchoolQuestionEnded {
                question: *question,
                how: *how,
                answered_by: answered_by.unwrap_or(context.actor.worker),
                words: kept(words.as_ref(), context),
            };
            Ok(vec![draft(event).for_audience(audience_of(history, known))])
        }
    }
}

const fn draft(event: SchoolEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::School(event))
}

fn intake(state: &CaseState, on: CivilDay, new: &NewIntake, context: &mut Context<'_>) -> Answer {
    check_pupil(state, new.child, on, context)?;
    let persons: Vec<PersonId> = new.present.iter().filter_map(|(who, _)| who.person()).collect();
    persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
    if new.present.is_empty() {
        return Err(Rejection::new(INTAKE_WITH_NOBODY));
    }
    let apart = Side::ALL.iter().any(|side| !new.present.iter().any(|(_, from)| from == side));
    let present = new.present.iter().map(|(who, side)| Present { who: attendee(who, context), side: *side }).collect();
    let expected = new.expectations.iter();
    let expectations =
        expected.map(|(side, what)| Expectation { side: *side, what: context.in_record(what.clone()) }).collect();
    let event = SchoolEvent::IntakeHeld {
        intake: IntakeId::from_uuid(context.new_id()),
        child: new.child,
        present,
        contact_forms: kept(new.contact_forms.as_ref(), context),
        feedback: kept(new.feedback.as_ref(), context),
        expectations,
        words: context.in_record(new.words.clone()),
    };
    let named = each_once(&[persons.as_slice(), &[new.child]].concat());
    let audience = audience_of_all(state, &named, context.today(), context.terms.consent_ages);
    let draft = draft(event).for_audience(audience);
    Ok(vec![if apart { draft.departing(INTAKE_TOGETHER, None) } else { draft }])
}

fn triage(state: &CaseState, on: CivilDay, new: &NewTriage, context: &mut Context<'_>) -> Answer {
    check_pupil(state, new.child, on, context)?;
    let of_child = Subject::Person(new.child);
    let event = SchoolEvent::ArrangementTriaged {
        triage: TriageId::from_uuid(context.new_id()),
        child: new.child,
        school_can: of_health(&new.school_can, context),
        asked: of_health(&new.asked, context),
        home_question: Personal::new(of_child, DataClass::Health, new.home_question),
        outcome: Personal::new(of_child, DataClass::Health, new.outcome),
        route: new.route.as_ref().map(|route| of_health(route, context)),
    };
    let draft = draft(event).for_audience(Audience::Child(new.child));
    Ok(vec![match new.outcome {
        TriageOutcome::Arrangement if !new.home_question => draft.departing(QUESTION_AT_HOME, None),
        TriageOutcome::OtherRoute if new.route.is_none() => draft.departing(ROUTE_NAMED, None),
        TriageOutcome::SchoolAlone | TriageOutcome::Arrangement | TriageOutcome::OtherRoute => draft,
    }])
}

fn ask(state: &CaseState, on: CivilDay, new: &NewQuestion, context: &mut Context<'_>) -> Answer {
    check_pupil(state, new.child, on, context)?;
    new.asked_by.person().iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_order(on, new.by)?;
    let terms = context.terms;
    let (what, term) = if new.call_back {
        (SCHOOL_CALL_BACK_DUE, terms.call_back)
    } else {
        (SCHOOL_QUESTION_DUE, terms.school_question)
    };
    let by = new.by.unwrap_or_else(|| terms.last_day(term, on));
    let due = Due { what: what.to_owned(), last_day: by, at: terms.calendar.follows_at(by) };
    let event = SchoolEvent::SchoolQuestionAsked {
        question: SchoolQuestionId::from_uuid(context.new_id()),
        child: new.child,
        asked_by: attendee(&new.asked_by, context),
        words: context.in_record(new.words.clone()),
        call_back: new.call_back,
        owner: new.owner.unwrap_or(context.actor.worker),
        by,
    };
    Ok(vec![draft(event).for_audience(Audience::Child(new.child)).with_due(due)])
}

/// Pupils are children, and young people who still go to school: whoever may be a child on the day.
fn check_pupil(state: &CaseState, child: PersonId, on: CivilDay, context: &Context<'_>) -> Result<(), Rejection> {
    check_may_be_child(&state.people, child, on, context.terms.consent_ages, SCHOOL_OF_A_CHILD)
}

fn refused(code: Code, question: SchoolQuestionId) -> Rejection {
    Rejection::new(code).with("question", Detail::id(question))
}

fn open(state: &CaseState, question: SchoolQuestionId) -> Result<&SchoolQuestion, Rejection> {
    let known = state.school.question(question).ok_or_else(|| refused(SCHOOL_QUESTION_UNKNOWN, question))?;
    match &known.ended {
        Some(ended) => Err(refused(SCHOOL_QUESTION_OVER, question).with("on", ended.day)),
        None => Ok(known),
    }
}

/// Who may know what becomes of a question: whoever may know that it was asked.
fn audience_of(history: &History<Case>, known: &SchoolQuestion) -> Audience {
    let asked = history.fact(known.fact);
    asked.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

fn kept(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}

/// What help somebody needs says something of their health.
fn of_health(words: &Text, context: &mut Context<'_>) -> Personal<Text> {
    let owner = Subject::Record(RecordId::from_uuid(context.new_id()));
    Personal::new(owner, DataClass::Health, words.clone())
}
