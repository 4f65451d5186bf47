//! What is done with schools.

use super::{Expectation, Present, QuestionEnd, SchoolEvent, TriageOutcome};
use crate::case::CaseEvent;
use crate::conference::Attendee;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, IntakeId, PersonId, SchoolQuestionId, TriageId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// An intake with a school.
#[derive(Clone, PartialEq, Debug)]
pub struct Intake {
    /// The intake.
    pub id: IntakeId,
    /// The day.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// Who was there.
    pub present: Vec<Present>,
    /// How they keep in touch.
    pub contact_forms: Option<Personal<Text>>,
    /// When and how they look back together.
    pub feedback: Option<Personal<Text>>,
    /// What each side expects.
    pub expectations: Vec<Expectation>,
    /// What came out of it.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What was weighed.
#[derive(Clone, PartialEq, Debug)]
pub struct Triage {
    /// The weighing.
    pub id: TriageId,
    /// The day.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// What the school can do.
    pub school_can: Personal<Text>,
    /// What is asked beyond that.
    pub asked: Personal<Text>,
    /// Whether there is a question at home as well.
    pub home_question: Personal<bool>,
    /// What came of it.
    pub outcome: Personal<TriageOutcome>,
    /// Of another route: which.
    pub route: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A question of a school.
#[derive(Clone, PartialEq, Debug)]
pub struct SchoolQuestion {
    /// The question.
    pub id: SchoolQuestionId,
    /// The day on which it was asked.
    pub day: CivilDay,
    /// The pupil.
    pub child: PersonId,
    /// Who asked.
    pub asked_by: Attendee,
    /// What was asked.
    pub words: Personal<Text>,
    /// Whether somebody calls back.
    pub call_back: bool,
    /// Who was to answer when it was asked.
    first_owner: WorkerId,
    /// Who answers now.
    pub owner: WorkerId,
    /// By which day.
    pub by: CivilDay,
    /// To whom it went, in the order told: the day, who, what was said along, the fact.
    pub handed_over: Vec<(CivilDay, WorkerId, Option<Personal<Text>>, EventId)>,
    /// How it ended; `None` while it waits.
    pub ended: Option<AnsweredQuestion>,
    /// Its term.
    due: Option<Due>,
    /// The fact that it was asked.
    pub fact: EventId,
}

impl SchoolQuestion {
    /// Who was to answer when it was asked.
    #[must_use]
    pub const fn first_owner(&self) -> WorkerId {
        self.first_owner
    }
}

/// How a question ended.
#[derive(Clone, PartialEq, Debug)]
pub struct AnsweredQuestion {
    /// The day.
    pub day: CivilDay,
    /// How.
    pub how: QuestionEnd,
    /// Who answered.
    pub answered_by: WorkerId,
    /// The answer in words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What is done with schools, in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct School {
    intakes: Vec<Intake>,
    triages: Vec<Triage>,
    questions: Vec<SchoolQuestion>,
}

impl School {
    /// Every intake.
    #[must_use]
    pub fn intakes(&self) -> &[Intake] {
        &self.intakes
    }

    /// Everything that was weighed.
    #[must_use]
    pub fn triages(&self) -> &[Triage] {
        &self.triages
    }

    /// Every question.
    #[must_use]
    pub fn questions(&self) -> &[SchoolQuestion] {
        &self.questions
    }

    /// This question.
    #[must_use]
    pub fn question(&self, question: SchoolQuestionId) -> Option<&SchoolQuestion> {
        self.questions.iter().find(|known| known.id == question)
    }

    /// The questions that wait.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.questions.iter().filter(|question| question.ended.is_none()).filter_map(|question| question.due.clone())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &SchoolEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            SchoolEvent::IntakeHeld { intake, child, present, contact_forms, feedback, expectations, words } => {
                let held =
                    Intake { id: intake, day, child, present, contact_forms, feedback, expectations, words, fact: id };
                self.intakes.push(held);
            }
            SchoolEvent::ArrangementTriaged { triage, child, school_can, asked, home_question, outcome, route } => {
                let weighed =
                    Triage { id: triage, day, child, school_can, asked, home_question, outcome, route, fact: id };
                self.triages.push(weighed);
            }
            SchoolEvent::SchoolQuestionAsked { question, child, asked_by, words, call_back, owner, by } => {
                self.questions.push(SchoolQuestion {
                    id: question,
                    day,
                    child,
                    asked_by,
                    words,
                    call_back,
                    first_owner: owner,
                    owner,
                    by,
                    handed_over: Vec::new(),
                    ended: None,
                    due: fact.due.first().cloned(),
                    fact: id,
                });
            }
            SchoolEvent::SchoolQuestionHandedOver { question, owner, note } => self.change(question, |known| {
                known.handed_over.push((day, owner, note, id));
                known.owner = owner;
            }),
            SchoolEvent::SchoolQuestionEnded { question, how, answered_by, words } => {
                let ended = AnsweredQuestion { day, how, answered_by, words, fact: id };
                self.change(question, |known| known.ended = Some(ended));
            }
        }
    }

    fn change(&mut self, id: SchoolQuestionId, change: impl FnOnce(&mut SchoolQuestion)) {
        if let Some(known) = self.questions.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}
