//! Mutations of what is done with schools.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::conference::NewAttendee;
use domain::school::{NewIntake, NewQuestion, NewTriage, SchoolCommand, Side};
use domain::text::Text;

use super::super::carry_out::on_case;
use super::super::enums::{IntakeSide, QuestionEnd, TriageOutcome};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::conference::AttendeeInput;

/// Somebody who was there at an intake.
#[derive(InputObject)]
pub struct IntakePresentInput {
    /// Who.
    who: AttendeeInput,
    /// From which side.
    side: IntakeSide,
}

/// What one side expects of the others.
#[derive(InputObject)]
pub struct IntakeExpectationInput {
    /// Whose.
    side: IntakeSide,
    /// What.
    what: String,
}

/// Records an intake with a school.
#[derive(InputObject)]
pub struct RecordIntakeInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The pupil.
    child: ID,
    /// Who was there, and from which side: school, provider, parents and pupil together.
    present: Vec<IntakePresentInput>,
    /// How they keep in touch: at home, by phone.
    contact_forms: Option<String>,
    /// When and how they look back together.
    feedback: Option<String>,
    /// What each side expects of the others.
    #[graphql(default)]
    expectations: Vec<IntakeExpectationInput>,
    /// What came out of it, in a sentence.
    words: String,
}

/// Records what was weighed between what a school can do and what is asked.
#[derive(InputObject)]
pub struct TriageArrangementInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The pupil.
    child: ID,
    /// What the school can do.
    school_can: String,
    /// What is asked beyond that.
    asked: String,
    /// Whether there is a question at home as well: only then is there help in the school.
    home_question: bool,
    /// What came of it.
    outcome: TriageOutcome,
    /// Of another route: which.
    route: Option<String>,
}

/// Records a question of a school.
#[derive(InputObject)]
pub struct AskSchoolQuestionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The pupil.
    child: ID,
    /// Who asked.
    asked_by: AttendeeInput,
    /// What was asked.
    asked: String,
    /// Whether somebody calls back.
    #[graphql(default)]
    call_back: bool,
    /// Who answers; you when absent.
    owner: Option<ID>,
    /// By which day; by the term of the municipality when absent.
    by: Option<Day>,
}

/// Lets somebody else answer a question of a school.
#[derive(InputObject)]
pub struct HandOverSchoolQuestionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    question: ID,
    /// Who answers from now on.
    to: ID,
    /// What is said along.
    note: Option<String>,
}

/// Says how a question of a school ended.
#[derive(InputObject)]
pub struct AnswerSchoolQuestionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question.
    question: ID,
    /// How.
    how: QuestionEnd,
    /// Who answered; you when absent.
    answered_by: Option<ID>,
    /// The answer in words.
    words: Option<String>,
}

fn present(given: &IntakePresentInput) -> Result<(NewAttendee, Side), Refusal> {
    Ok((given.who.read("who")?, given.side.into()))
}

fn expectation(given: &IntakeExpectationInput) -> Result<(Side, Text), Refusal> {
    Ok((given.side.into(), given.what.read("what")?))
}

/// Schools.
#[derive(Default)]
pub struct SchoolMutation;

#[Object]
impl SchoolMutation {
    /// Records an intake with a school, as it was held.
    async fn record_intake(&self, ctx: &Context<'_>, input: RecordIntakeInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::School(SchoolCommand::RecordIntake(Box::new(NewIntake {
                child: input.child.read("child")?,
                present: each("present", &input.present, present)?,
                contact_forms: input.contact_forms.read("contactForms")?,
                feedback: input.feedback.read("feedback")?,
                expectations: each("expectations", &input.expectations, expectation)?,
                words: input.words.read("words")?,
            }))))
        })
        .await
    }

    /// Records what was weighed between what a school can do and what is asked, and what came of it.
    async fn triage_arrangement(&self, ctx: &Context<'_>, input: TriageArrangementInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::School(SchoolCommand::TriageArrangement(Box::new(NewTriage {
                child: input.child.read("child")?,
                school_can: input.school_can.read("schoolCan")?,
                asked: input.asked.read("asked")?,
                home_question: input.home_question,
                outcome: input.outcome.into(),
                route: input.route.read("route")?,
            }))))
        })
        .await
    }

    /// Records a question of a school, so that it does not get lost: who answers, and by when.
    async fn ask_school_question(&self, ctx: &Context<'_>, input: AskSchoolQuestionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::School(SchoolCommand::AskSchoolQuestion(Box::new(NewQuestion {
                child: input.child.read("child")?,
                asked_by: input.asked_by.read("askedBy")?,
                words: input.asked.read("asked")?,
                call_back: input.call_back,
                owner: input.owner.read("owner")?,
                by: input.by.map(|day| day.0),
            }))))
        })
        .await
    }

    /// Lets somebody else answer a question of a school. The term goes on.
    async fn hand_over_school_question(
        &self,
        ctx: &Context<'_>,
        input: HandOverSchoolQuestionInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::School(SchoolCommand::HandOverSchoolQuestion {
                question: input.question.read("question")?,
                to: input.to.read("to")?,
                note: input.note.read("note")?,
            }))
        })
        .await
    }

    /// Says how a question of a school ended. What was told of the pupil is a share with a ground of its own.
    async fn answer_school_question(&self, ctx: &Context<'_>, input: AnswerSchoolQuestionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::School(SchoolCommand::AnswerSchoolQuestion {
                question: input.question.read("question")?,
                how: input.how.into(),
                answered_by: input.answered_by.read("answeredBy")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
