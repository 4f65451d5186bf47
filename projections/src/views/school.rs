//! What is done with schools: intakes, what was weighed, and the questions of schools with who answers and by when.

use domain::ids::{IntakeId, PersonId, SchoolQuestionId, TriageId, WorkerId};
use domain::personal::Personal;
use domain::school::{Intake, QuestionEnd, SchoolQuestion, Side, Triage, TriageOutcome};
use domain::text::Text;
use domain::time::CivilDay;

use super::conferences::{AttendeeView, attendee};
use super::{Kept, Reading};

/// An intake with a school.
#[derive(Clone, PartialEq, Debug)]
pub struct IntakeView {
    /// The intake, with who may know of it.
    pub intake: Kept<IntakeId>,
    /// The day.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// Who was there, and from which side.
    pub present: Vec<(AttendeeView, Side)>,
    /// How they keep in touch.
    pub contact_forms: Option<Kept<Personal<Text>>>,
    /// When and how they look back together.
    pub feedback: Option<Kept<Personal<Text>>>,
    /// What each side expects.
    pub expectations: Vec<(Side, Kept<Personal<Text>>)>,
    /// What came out of it.
    pub words: Kept<Personal<Text>>,
}

/// What was weighed.
#[derive(Clone, PartialEq, Debug)]
pub struct TriageView {
    /// The weighing, with who may know of it.
    pub triage: Kept<TriageId>,
    /// The day.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// What the school can do.
    pub school_can: Kept<Personal<Text>>,
    /// What is asked beyond that.
    pub asked: Kept<Personal<Text>>,
    /// Whether there is a question at home as well.
    pub home_question: Kept<Personal<bool>>,
    /// What came of it.
    pub outcome: Kept<Personal<TriageOutcome>>,
    /// Of another route: which.
    pub route: Option<Kept<Personal<Text>>>,
}

/// A question of a school.
#[derive(Clone, PartialEq, Debug)]
pub struct SchoolQuestionView {
    /// The question, with who may know of it.
    pub question: Kept<SchoolQuestionId>,
    /// The day on which it was asked.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// Who asked.
    pub asked_by: AttendeeView,
    /// What was asked.
    pub words: Kept<Personal<Text>>,
    /// Whether somebody calls back.
    pub call_back: bool,
    /// Who answers, with who may know that.
    pub owner: Kept<WorkerId>,
    /// What was said when it was handed over last.
    pub note: Option<Kept<Personal<Text>>>,
    /// By which day.
    pub by: CivilDay,
    /// How it ended by the day.
    pub ended: Option<Kept<EndedView>>,
    /// Whether its day has passed while it waits.
    pub overdue: bool,
}

/// How a question ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedView {
    /// The day.
    pub day: CivilDay,
    /// How.
    pub how: QuestionEnd,
    /// Who answered.
    pub answered_by: WorkerId,
    /// The answer in words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// Every intake by the day, in the order of the days.
#[must_use]
pub fn intakes(reading: &Reading<'_>) -> Vec<IntakeView> {
    let held = reading.state().school.intakes().iter().filter(|held| held.day <= reading.day());
    let mut intakes: Vec<_> = held.map(|held| intake(reading, held)).collect();
    intakes.sort_by_key(|intake| intake.day);
    intakes
}

/// Everything that was weighed by the day, in the order of the days.
#[must_use]
pub fn triages(reading: &Reading<'_>) -> Vec<TriageView> {
    let weighed = reading.state().school.triages().iter().filter(|weighed| weighed.day <= reading.day());
    let mut triages: Vec<_> = weighed.map(|weighed| triage(reading, weighed)).collect();
    triages.sort_by_key(|triage| triage.day);
    triages
}

/// Every question asked by the day, in the order of the days.
#[must_use]
pub fn questions(reading: &Reading<'_>) -> Vec<SchoolQuestionView> {
    let asked = reading.state().school.questions().iter().filter(|asked| asked.day <= reading.day());
    let mut questions: Vec<_> = asked.map(|asked| question(reading, asked)).collect();
    questions.sort_by_key(|question| question.day);
    questions
}

fn intake(reading: &Reading<'_>, held: &Intake) -> IntakeView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), held.fact);
    IntakeView {
        intake: reading.kept(held.id, held.fact),
        day: held.day,
        child: held.child,
        present: held.present.iter().map(|one| (attendee(reading, held.fact, &one.who), one.side)).collect(),
        contact_forms: held.contact_forms.as_ref().map(kept),
        feedback: held.feedback.as_ref().map(kept),
        expectations: held.expectations.iter().map(|expected| (expected.side, kept(&expected.what))).collect(),
        words: kept(&held.words),
    }
}

fn triage(reading: &Reading<'_>, weighed: &Triage) -> TriageView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), weighed.fact);
    TriageView {
        triage: reading.kept(weighed.id, weighed.fact),
        day: weighed.day,
        child: weighed.child,
        school_can: kept(&weighed.school_can),
        asked: kept(&weighed.asked),
        home_question: reading.kept(weighed.home_question.clone(), weighed.fact),
        outcome: reading.kept(weighed.outcome.clone(), weighed.fact),
        route: weighed.route.as_ref().map(kept),
    }
}

fn question(reading: &Reading<'_>, asked: &SchoolQuestion) -> SchoolQuestionView {
    let day = reading.day();
    let handed = asked.handed_over.iter().rev().find(|(on, ..)| *on <= day);
    let first = asked.first_owner();
    let (owner, note) = handed.map_or_else(
        || (reading.kept(first, asked.fact), None),
        |(_, owner, note, fact)| (reading.kept(*owner, *fact), note.clone().map(|note| reading.kept(note, *fact))),
    );
    let ended = asked.ended.as_ref().filter(|ended| ended.day <= day);
    SchoolQuestionView {
        question: reading.kept(asked.id, asked.fact),
        day: asked.day,
        child: asked.child,
        asked_by: attendee(reading, asked.fact, &asked.asked_by),
        words: reading.kept(asked.words.clone(), asked.fact),
        call_back: asked.call_back,
        owner,
        note,
        by: asked.by,
        overdue: ended.is_none() && asked.by < day,
        ended: ended.map(|ended| {
            let words = ended.words.clone().map(|words| reading.kept(words, ended.fact));
            let (day, how, answered_by) = (ended.day, ended.how, ended.answered_by);
            reading.kept(EndedView { day, how, answered_by, words }, ended.fact)
        }),
    }
}

#[cfg(test)]
mod tests {
    use domain::conference::NewAttendee;
    use domain::school::{NewQuestion, SchoolCommand};

    use super::*;
    use crate::testing::{JOOST, Office, PETRA, case, day, line, on, terms, text};

    fn seen(office: &Office, today: &str) -> SchoolQuestionView {
        on(office, today, questions).remove(0)
    }

    #[tokio::test]
    async fn a_question_shows_who_answers_on_the_day_and_is_overdue_until_it_ends() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let asked = NewQuestion {
            child,
            asked_by: NewAttendee::Outside(line("De juf")),
            words: text("Mogen wij bellen?"),
            call_back: false,
            owner: Some(JOOST),
            by: Some(day("2026-03-05")),
        };
        office.order(case(1), SchoolCommand::AskSchoolQuestion(Box::new(asked))).await;
        let question = seen(&office, "2026-03-02").question.value;
        let handed =
            SchoolCommand::HandOverSchoolQuestion { question, to: PETRA, note: Some(text("Zij kent school.")) };
        office.on("2026-03-04").order(case(1), handed).await;
        let answer = SchoolCommand::AnswerSchoolQuestion {
            question,
            how: QuestionEnd::Answered,
            answered_by: Some(PETRA),
            words: None,
        };
        office.on("2026-03-10").order(case(1), answer).await;
        assert_eq!((seen(&office, "2026-03-03").owner.value, seen(&office, "2026-03-04").owner.value), (JOOST, PETRA));
        assert!(!seen(&office, "2026-03-05").overdue && seen(&office, "2026-03-06").overdue);
        let ended = seen(&office, "2026-03-10");
        assert!(!ended.overdue);
        assert_eq!(ended.ended.unwrap().value.how, QuestionEnd::Answered);
    }
}
