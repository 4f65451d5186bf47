//! What is done with a school (004:2445-2497, 2526-2536, 1640-1643): an intake together, with what each expects; the weighing of what the
//! school can do and what is asked; and a question desk, where nothing that a school asks gets lost.
//!
//! All of it is a report and stands in the child's layer: the child's help and its providers. Facts about help say something of health:
//! their type in clear is neutral. A professional who works in a school is not of the school (004:2782): who may know follows from what
//! somebody is to the case, never from where they work. That a question was answered shares nothing by itself: what is told of the child
//! is a share with a ground of its own.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::conference::{Attendee, NewAttendee};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{IntakeId, PersonId, SchoolQuestionId, Subject, TriageId, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, SCHOOL_QUESTION_UNKNOWN};
pub use state::{AnsweredQuestion, Intake, School, SchoolQuestion, Triage};

/// What must follow: that the question of a school is answered.
pub const SCHOOL_QUESTION_DUE: &str = "school_question";
/// What must follow: that a school is called back.
pub const SCHOOL_CALL_BACK_DUE: &str = "school_call_back";

/// From which side somebody takes part in an intake.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The school.
    School,
    /// Whoever gives help.
    Provider,
    /// The parents, or who is there in their place.
    Parents,
    /// The pupil.
    Pupil,
}

impl Side {
    /// All four: an intake is held together (004:2449).
    pub const ALL: [Self; 4] = [Self::School, Self::Provider, Self::Parents, Self::Pupil];
}

/// What came of weighing what the school can do and what is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriageOutcome {
    /// What the school can do is enough.
    SchoolAlone,
    /// Help in the school (onderwijs-jeugdhulparrangement).
    Arrangement,
    /// Another route.
    OtherRoute,
}

/// How the question of a school ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionEnd {
    /// It was answered.
    Answered,
    /// The answer was no.
    Refused,
    /// Not this way; the way that is open was named.
    AnotherWay,
    /// It was no longer needed.
    NoLongerNeeded,
}

/// Somebody who was there at an intake.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub who: Attendee,
    /// From which side.
    pub side: Side,
}

/// What one side expects of the others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Expectation {
    /// Whose.
    pub side: Side,
    /// What.
    pub what: Personal<Text>,
}

/// What can happen with a school.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SchoolEvent {
    /// An intake was held, together or not.
    IntakeHeld {
        /// The intake.
        intake: IntakeId,
        /// The pupil.
        child: PersonId,
        /// Who was there.
        present: Vec<Present>,
        /// How they keep in touch: at home, by phone.
        contact_forms: Option<Personal<Text>>,
        /// When and how they look back together.
        feedback: Option<Personal<Text>>,
        /// What each side expects.
        expectations: Vec<Expectation>,
        /// What came out of it, in a sentence.
        words: Personal<Text>,
    },
    /// It was weighed what the school can do and what is asked.
    ArrangementTriaged {
        /// The weighing.
        triage: TriageId,
        /// The pupil.
        child: PersonId,
        /// What the school can do.
        school_can: Personal<Text>,
        /// What is asked beyond that.
        asked: Personal<Text>,
        /// Whether there is a question at home as well.
        home_question: Personal<bool>,
        /// What came of it.
        outcome: Personal<TriageOutcome>,
        /// Of another route: which.
        route: Option<Personal<Text>>,
    },
    /// A school asked something.
    SchoolQuestionAsked {
        /// The question.
        question: SchoolQuestionId,
        /// The pupil.
        child: PersonId,
        /// Who asked.
        asked_by: Attendee,
        /// What was asked.
        words: Personal<Text>,
        /// Whether somebody calls back.
        call_back: bool,
        /// Who answers.
        owner: WorkerId,
        /// By which day.
        by: CivilDay,
    },
    /// Somebody else answers it.
    SchoolQuestionHandedOver {
        /// The question.
        question: SchoolQuestionId,
        /// Who answers from now on.
        owner: WorkerId,
        /// What was said along.
        note: Option<Personal<Text>>,
    },
    /// It ended.
    SchoolQuestionEnded {
        /// The question.
        question: SchoolQuestionId,
        /// How.
        how: QuestionEnd,
        /// Who answered.
        answered_by: WorkerId,
        /// The answer in words.
        words: Option<Personal<Text>>,
    },
}

/// What can be asked about a school.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SchoolCommand {
    /// Record an intake.
    RecordIntake(Box<NewIntake>),
    /// Record what was weighed.
    TriageArrangement(Box<NewTriage>),
    /// Record what a school asked.
    AskSchoolQuestion(Box<NewQuestion>),
    /// Let somebody else answer it.
    HandOverSchoolQuestion {
        /// The question.
        question: SchoolQuestionId,
        /// Who answers from now on.
        to: WorkerId,
        /// What was said along.
        note: Option<Text>,
    },
    /// Say how it ended.
    AnswerSchoolQuestion {
        /// The question.
        question: SchoolQuestionId,
        /// How.
        how: QuestionEnd,
        /// Who answered; who records it when nothing is said.
        answered_by: Option<WorkerId>,
        /// The answer in words.
        words: Option<Text>,
    },
}

/// An intake as given in a command. The pupil, who was there and one sentence; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewIntake {
    /// The pupil.
    pub child: PersonId,
    /// Who was there, and from which side.
    pub present: Vec<(NewAttendee, Side)>,
    /// How they keep in touch.
    pub contact_forms: Option<Text>,
    /// When and how they look back together.
    pub feedback: Option<Text>,
    /// What each side expects.
    pub expectations: Vec<(Side, Text)>,
    /// What came out of it, in a sentence.
    pub words: Text,
}

/// A weighing as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewTriage {
    /// The pupil.
    pub child: PersonId,
    /// What the school can do.
    pub school_can: Text,
    /// What is asked beyond that.
    pub asked: Text,
    /// Whether there is a question at home as well.
    pub home_question: bool,
    /// What came of it.
    pub outcome: TriageOutcome,
    /// Of another route: which.
    pub route: Option<Text>,
}

/// A question by a school as given in a command. The pupil, who asked and what; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewQuestion {
    /// The pupil.
    pub child: PersonId,
    /// Who asked.
    pub asked_by: NewAttendee,
    /// What was asked.
    pub words: Text,
    /// Whether somebody calls back.
    pub call_back: bool,
    /// Who answers; who records it when nothing is said.
    pub owner: Option<WorkerId>,
    /// By which day; by the term when nothing is said.
    pub by: Option<CivilDay>,
}

impl SchoolEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone of the case whom it names itself; each once.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::IntakeHeld { child, present, .. } => {
                let persons = present.iter().filter_map(|present| present.who.person());
                each_once(&persons.chain([*child]).collect::<Vec<_>>())
            }
            Self::ArrangementTriaged { child, .. } => vec![*child],
            Self::SchoolQuestionAsked { child, asked_by, .. } => {
                each_once(&asked_by.person().into_iter().chain([*child]).collect::<Vec<_>>())
            }
            Self::SchoolQuestionHandedOver { .. } | Self::SchoolQuestionEnded { .. } => Vec::new(),
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::IntakeHeld { present, .. } => present.iter().filter_map(|present| present.who.worker()).collect(),
            Self::ArrangementTriaged { .. } => Vec::new(),
            Self::SchoolQuestionAsked { asked_by, owner, .. } => {
                each_once_in_order(&asked_by.worker().into_iter().chain([*owner]).collect::<Vec<_>>())
            }
            Self::SchoolQuestionHandedOver { owner: worker, .. }
            | Self::SchoolQuestionEnded { answered_by: worker, .. } => vec![*worker],
        }
    }

    /// The people it is about, and the records it holds. What follows a question leaves to the question about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::IntakeHeld { present, contact_forms, feedback, expectations, words, .. } => {
                let texts = [contact_forms, feedback].into_iter().flatten().map(Personal::owner);
                let expected = expectations.iter().map(|expectation| expectation.what.owner());
                let outside = present.iter().filter_map(|present| present.who.record());
                texts.chain(expected).chain(outside).chain([words.owner()]).collect()
            }
            Self::ArrangementTriaged { school_can, asked, route, .. } => {
                route.as_ref().map(Personal::owner).into_iter().chain([school_can.owner(), asked.owner()]).collect()
            }
            Self::SchoolQuestionAsked { asked_by, words, .. } => {
                asked_by.record().into_iter().chain([words.owner()]).collect()
            }
            Self::SchoolQuestionHandedOver { note: words, .. } | Self::SchoolQuestionEnded { words, .. } => {
                words.as_ref().map(Personal::owner).into_iter().collect()
            }
        };
        self.persons().into_iter().map(Subject::Person).chain(records).collect()
    }
}

impl SchoolCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordIntake(_) => "recordIntake",
            Self::TriageArrangement(_) => "triageArrangement",
            Self::AskSchoolQuestion(_) => "askSchoolQuestion",
            Self::HandOverSchoolQuestion { .. } => "handOverSchoolQuestion",
            Self::AnswerSchoolQuestion { .. } => "answerSchoolQuestion",
        }
    }

    /// The earlier question that it names.
    #[must_use]
    pub const fn question(&self) -> Option<SchoolQuestionId> {
        match self {
            Self::RecordIntake(_) | Self::TriageArrangement(_) | Self::AskSchoolQuestion(_) => None,
            Self::HandOverSchoolQuestion { question, .. } | Self::AnswerSchoolQuestion { question, .. } => {
                Some(*question)
            }
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordIntake(new) => {
                let NewIntake { child: _, present, contact_forms, feedback, expectations, words } = &**new;
                let texts = [contact_forms, feedback].into_iter().flatten().map(Text::as_str);
                let expected = expectations.iter().map(|(_, what)| what.as_str());
                let outside = present.iter().filter_map(|(who, _)| who.outside());
                texts.chain(expected).chain(outside).chain([words.as_str()]).collect()
            }
            Self::TriageArrangement(new) => {
                let NewTriage { child: _, school_can, asked, home_question: _, outcome: _, route } = &**new;
                [school_can, asked].into_iter().chain(route).map(Text::as_str).collect()
            }
            Self::AskSchoolQuestion(new) => {
                let NewQuestion { child: _, asked_by, words, call_back: _, owner: _, by: _ } = &**new;
                asked_by.outside().into_iter().chain([words.as_str()]).collect()
            }
            Self::HandOverSchoolQuestion { question: _, to: _, note: words }
            | Self::AnswerSchoolQuestion { question: _, how: _, answered_by: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &SchoolCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history, on, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &SchoolEvent) {
    state.school.apply(fact, event);
}

/// Whether the question is not there of which this says what became.
pub(crate) fn missing(state: &CaseState, event: &SchoolEvent) -> bool {
    match event {
        SchoolEvent::IntakeHeld { .. }
        | SchoolEvent::ArrangementTriaged { .. }
        | SchoolEvent::SchoolQuestionAsked { .. } => false,
        SchoolEvent::SchoolQuestionHandedOver { question, .. } | SchoolEvent::SchoolQuestionEnded { question, .. } => {
            state.school.question(*question).is_none()
        }
    }
}
