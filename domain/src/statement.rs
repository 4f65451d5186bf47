//! Statements (rule 17; 004b R39, R5): what somebody said, as theirs. No field says whether it is true, and none ever will: who is right is
//! not for the system. An own reading can be tested with whom it is about. What an authority *established* stands apart, as theirs, with
//! the day and the source.
//!
//! A person's own statement may answer a passage, any fact of the case: then it is shown wherever that passage is shown, to whoever may
//! know the passage (rule 30; Jeugdwet 7.3.9).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::correction::FACT_UNKNOWN;
use crate::decider::{Context, History, OCCURRED_IN_FUTURE, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact};
use crate::ids::{ContactId, EventId, PersonId, StatementId, Subject, WorkerId};
use crate::once::each_once;
use crate::people::check_known;
use crate::personal::{DataClass, Personal};
use crate::rejection::{Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
mod tests;

use catalogue::{ANSWER_OF_A_PERSON, FINDING_ABOUT_NOBODY};
pub use catalogue::{CATALOGUE, CODES, STATEMENT_UNKNOWN};
pub use state::{Finding, Statement, Statements, Tested};

/// Who said something.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// Somebody of the case.
    Person(PersonId),
    /// A professional: also an own reading, to be tested.
    Worker(WorkerId),
    /// Somebody else.
    Outside(Personal<Line>),
}

/// Whether whom it is about recognises a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// Yes.
    Yes,
    /// In part.
    Partly,
    /// No.
    No,
}

/// Which authority established something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EstablishedBy {
    /// Veilig Thuis.
    VeiligThuis,
    /// The child protection board (Raad voor de Kinderbescherming).
    Raad,
    /// A court.
    Court,
    /// The police.
    Police,
    /// A certified institution (GI).
    Gi,
    /// Another authority.
    Other,
}

/// What can happen about statements.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum StatementEvent {
    /// Somebody said something.
    StatementRecorded {
        /// The statement.
        statement: StatementId,
        /// Who said it.
        speaker: Speaker,
        /// About whom of the case; each once.
        about: Vec<PersonId>,
        /// The words.
        words: Personal<Text>,
        /// Which worker heard or read it.
        heard_by: WorkerId,
        /// Through whom of the case it was heard, when not from the speaker.
        told_by: Option<PersonId>,
        /// In which contact.
        contact: Option<ContactId>,
        /// The fact that it answers.
        answers: Option<EventId>,
    },
    /// A statement was tested with somebody whom it is about.
    StatementTested {
        /// The statement.
        statement: StatementId,
        /// With whom.
        with: PersonId,
        /// Whether they recognise it.
        recognised: Personal<Recognised>,
        /// In their words.
        words: Option<Personal<Text>>,
    },
    /// An authority established something.
    FindingRecorded {
        /// Which kind of authority.
        authority: EstablishedBy,
        /// Which one.
        body: Option<Personal<Line>>,
        /// About whom of the case; each once, never nobody.
        about: Vec<PersonId>,
        /// What it established, in its words.
        words: Personal<Text>,
        /// The day on which it did.
        established: CivilDay,
        /// Where that stands: a letter, a number.
        source: Personal<Line>,
    },
}

/// What can be asked about statements.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum StatementCommand {
    /// Record what somebody said.
    RecordStatement(Box<NewStatement>),
    /// Record that a statement was tested.
    TestStatement {
        /// The statement.
        statement: StatementId,
        /// With whom.
        with: PersonId,
        /// Whether they recognise it.
        recognised: Recognised,
        /// In their words.
        words: Option<Text>,
    },
    /// Record what an authority established.
    RecordFinding(Box<NewFinding>),
}

/// Who said something, as given in a command.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewSpeaker {
    /// Somebody of the case.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else.
    Outside(Line),
}

/// A statement as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewStatement {
    /// Who said it.
    pub speaker: NewSpeaker,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// The words.
    pub words: Text,
    /// Which worker heard or read it; who records it when nothing is said.
    pub heard_by: Option<WorkerId>,
    /// Through whom of the case it was heard, when not from the speaker.
    pub told_by: Option<PersonId>,
    /// In which contact.
    pub contact: Option<ContactId>,
    /// The fact that it answers.
    pub answers: Option<EventId>,
}

/// A finding as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewFinding {
    /// Which kind of authority.
    pub authority: EstablishedBy,
    /// Which one.
    pub body: Option<Line>,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// What it established, in its words.
    pub words: Text,
    /// The day on which it did.
    pub established: CivilDay,
    /// Where that stands.
    pub source: Line,
}

impl StatementEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, who said it, and the record of the words.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::StatementRecorded { speaker, about, words, told_by, .. } => {
                let spoke = match speaker {
                    Speaker::Person(person) => Some(*person),
                    Speaker::Worker(_) | Speaker::Outside(_) => None,
                };
                let persons: Vec<_> = about.iter().copied().chain(spoke).chain(*told_by).collect();
                each_once(&persons).into_iter().map(Subject::Person).chain([words.owner()]).collect()
            }
            Self::StatementTested { with, .. } => vec![Subject::Person(*with)],
            Self::FindingRecorded { about, words, .. } => {
                about.iter().copied().map(Subject::Person).chain([words.owner()]).collect()
            }
        }
    }
}

impl StatementCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordStatement(_) => "recordStatement",
            Self::TestStatement { .. } => "testStatement",
            Self::RecordFinding(_) => "recordFinding",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &StatementCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let (event, audience) = match command {
        StatementCommand::RecordStatement(new) => recorded(history, new, context)?,
        StatementCommand::TestStatement { statement, with, recognised, words } => {
            check_known(&history.state().people, *with)?;
            let unknown = || Rejection::new(STATEMENT_UNKNOWN).with("statement", Detail::id(*statement));
            let known = history.state().statements.get(*statement).ok_or_else(unknown)?;
            let event = StatementEvent::StatementTested {
                statement: *statement,
                with: *with,
                recognised: Personal::ordinary(Subject::Person(*with), *recognised),
                words: words.clone().map(|words| context.in_record(words)),
            };
            (event, audience_of(history, known.fact))
        }
        StatementCommand::RecordFinding(new) => (established(history.state(), new, context)?, Audience::Director),
    };
    Ok(vec![Draft::of(CaseEvent::Statement(event)).for_audience(audience)])
}

/// What somebody says of themself and others is for the director and who works for that person; what others say through somebody, a
/// reading of a professional and what comes from outside is for the director (PD). What answers a passage is for whoever may know it.
fn recorded(
    history: &History<Case>,
    new: &NewStatement,
    context: &mut Context<'_>,
) -> Result<(StatementEvent, Audience), Rejection> {
    let people = &history.state().people;
    let spoke = match &new.speaker {
        NewSpeaker::Person(person) => Some(*person),
        NewSpeaker::Worker(_) | NewSpeaker::Outside(_) => None,
    };
    new.about.iter().chain(&spoke).chain(&new.told_by).try_for_each(|person| check_known(people, *person))?;
    let audience = match (new.answers, spoke, new.told_by) {
        (Some(_), None, _) => return Err(Rejection::new(ANSWER_OF_A_PERSON)),
        (Some(target), ..) => {
            history.fact(target).ok_or_else(|| Rejection::new(FACT_UNKNOWN).with("fact", Detail::id(target)))?;
            audience_of(history, target)
        }
        (None, Some(person), None) => Audience::Persons(vec![person]),
        (None, ..) => Audience::Director,
    };
    let speaker = match &new.speaker {
        NewSpeaker::Person(person) => Speaker::Person(*person),
        NewSpeaker::Worker(worker) => Speaker::Worker(*worker),
        NewSpeaker::Outside(who) => Speaker::Outside(context.in_record(who.clone())),
    };
    let event = StatementEvent::StatementRecorded {
        statement: StatementId::from_uuid(context.new_id()),
        speaker,
        about: each_once(&new.about),
        words: context.in_record(new.words.clone()),
        heard_by: new.heard_by.unwrap_or(context.actor.worker),
        told_by: new.told_by,
        contact: new.contact,
        answers: new.answers,
    };
    Ok((event, audience))
}

fn audience_of(history: &History<Case>, fact: EventId) -> Audience {
    let known = history.fact(fact);
    known.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

/// What an authority established is shown as if it were about crime (AVG 10): to the fewest.
fn established(state: &CaseState, new: &NewFinding, context: &mut Context<'_>) -> Result<StatementEvent, Rejection> {
    new.about.iter().try_for_each(|person| check_known(&state.people, *person))?;
    if new.about.is_empty() {
        return Err(Rejection::new(FINDING_ABOUT_NOBODY));
    }
    if new.established > context.today() {
        return Err(Rejection::new(OCCURRED_IN_FUTURE).with("occurred", new.established).with("now", context.now));
    }
    let words = context.in_record(new.words.clone());
    Ok(StatementEvent::FindingRecorded {
        authority: new.authority,
        body: new.body.clone().map(|body| context.in_record(body)),
        about: each_once(&new.about),
        words: Personal::new(words.owner(), DataClass::Criminal, new.words.clone()),
        established: new.established,
        source: context.in_record(new.source.clone()),
    })
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &StatementEvent) {
    state.statements.apply(fact, event);
}
