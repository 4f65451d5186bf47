//! Every statement, and what authorities established.

use super::{EstablishedBy, Recognised, Speaker, StatementEvent};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{ContactId, EventId, PersonId, StatementId, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// What somebody said.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// The statement.
    pub id: StatementId,
    /// Who said it.
    pub speaker: Speaker,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// The words.
    pub words: Personal<Text>,
    /// Which worker heard or read it.
    pub heard_by: WorkerId,
    /// Through whom of the case it was heard.
    pub told_by: Option<PersonId>,
    /// In which contact.
    pub contact: Option<ContactId>,
    /// The fact that it answers.
    pub answers: Option<EventId>,
    /// The day.
    pub day: CivilDay,
    /// With whom it was tested, in the order told.
    pub tested: Vec<Tested>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a statement was tested.
#[derive(Clone, PartialEq, Debug)]
pub struct Tested {
    /// With whom.
    pub with: PersonId,
    /// Whether they recognise it.
    pub recognised: Personal<Recognised>,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub day: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// What an authority established.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which kind of authority.
    pub authority: EstablishedBy,
    /// Which one.
    pub body: Option<Personal<Line>>,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// What it established.
    pub words: Personal<Text>,
    /// The day on which it did.
    pub established: CivilDay,
    /// Where that stands.
    pub source: Personal<Line>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Statements and findings in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Statements {
    statements: Vec<Statement>,
    findings: Vec<Finding>,
}

impl Statements {
    /// Every statement.
    #[must_use]
    pub fn all(&self) -> &[Statement] {
        &self.statements
    }

    /// This statement.
    #[must_use]
    pub fn get(&self, statement: StatementId) -> Option<&Statement> {
        self.statements.iter().find(|known| known.id == statement)
    }

    /// What people say in answer to this fact.
    pub fn answers_to(&self, fact: EventId) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |statement| statement.answers == Some(fact))
    }

    /// What authorities established.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &StatementEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            StatementEvent::StatementRecorded {
                statement,
                speaker,
                about,
                words,
                heard_by,
                told_by,
                contact,
                answers,
            } => self.statements.push(Statement {
                id: statement,
                speaker,
                about,
                words,
                heard_by,
                told_by,
                contact,
                answers,
                day,
                tested: Vec::new(),
                fact: id,
            }),
            StatementEvent::StatementTested { statement, with, recognised, words } => {
                let tested = Tested { with, recognised, words, day, fact: id };
                if let Some(known) = self.statements.iter_mut().find(|known| known.id == statement) {
                    known.tested.push(tested);
                }
            }
            StatementEvent::FindingRecorded { authority, body, about, words, established, source } => {
                self.findings.push(Finding { authority, body, about, words, established, source, fact: id });
            }
        }
    }
}
