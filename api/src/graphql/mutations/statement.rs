//! Mutations of what people say and what authorities established.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::statement::{NewFinding, NewSpeaker, NewStatement, StatementCommand};

use super::super::carry_out::on_case;
use super::super::enums::{FindingAuthority, StatementRecognised};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Who said something.
#[derive(OneofObject)]
pub enum SpeakerInput {
    /// Somebody of the case.
    Person(ID),
    /// A professional: also an own reading, to be tested.
    Worker(ID),
    /// Somebody else.
    Outside(String),
}

impl Read<NewSpeaker> for SpeakerInput {
    fn read(&self, field: &'static str) -> Result<NewSpeaker, Refusal> {
        Ok(match self {
            Self::Person(person) => NewSpeaker::Person(person.read(field)?),
            Self::Worker(worker) => NewSpeaker::Worker(worker.read(field)?),
            Self::Outside(who) => NewSpeaker::Outside(who.read(field)?),
        })
    }
}

/// Records what somebody said.
#[derive(InputObject)]
pub struct RecordStatementInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who said it.
    speaker: SpeakerInput,
    /// About whom of the case.
    #[graphql(default)]
    about: Vec<ID>,
    /// The words.
    words: String,
    /// Which worker heard or read it; you when absent.
    heard_by: Option<ID>,
    /// Through whom of the case it was heard, when not from the speaker.
    told_by: Option<ID>,
    /// In which contact.
    contact: Option<ID>,
    /// The fact that it answers: then it is shown wherever that fact is shown.
    answers: Option<ID>,
}

/// Records that a statement was tested.
#[derive(InputObject)]
pub struct TestStatementInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The statement.
    statement: ID,
    /// With whom.
    with: ID,
    /// Whether they recognise it.
    recognised: StatementRecognised,
    /// In their words.
    words: Option<String>,
}

/// Records what an authority established.
#[derive(InputObject)]
pub struct RecordFindingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which kind of authority.
    authority: FindingAuthority,
    /// Which one.
    body: Option<String>,
    /// About whom of the case.
    about: Vec<ID>,
    /// What it established, in its words.
    words: String,
    /// The day on which it did.
    established: Day,
    /// Where that stands: a letter, a number.
    source: String,
}

/// What people say and what authorities established.
#[derive(Default)]
pub struct StatementMutation;

#[Object]
impl StatementMutation {
    /// Records what somebody said, as theirs. Nobody says whether it is true.
    async fn record_statement(&self, ctx: &Context<'_>, input: RecordStatementInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Statement(StatementCommand::RecordStatement(Box::new(NewStatement {
                speaker: input.speaker.read("speaker")?,
                about: input.about.read("about")?,
                words: input.words.read("words")?,
                heard_by: input.heard_by.read("heardBy")?,
                told_by: input.told_by.read("toldBy")?,
                contact: input.contact.read("contact")?,
                answers: input.answers.read("answers")?,
            }))))
        })
        .await
    }

    /// Records that a statement, or an own reading, was tested with somebody whom it is about.
    async fn test_statement(&self, ctx: &Context<'_>, input: TestStatementInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Statement(StatementCommand::TestStatement {
                statement: input.statement.read("statement")?,
                with: input.with.read("with")?,
                recognised: input.recognised.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records what an authority (Veilig Thuis, the Raad, a court, the police) established, as theirs, with the day and the source.
    async fn record_finding(&self, ctx: &Context<'_>, input: RecordFindingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Statement(StatementCommand::RecordFinding(Box::new(NewFinding {
                authority: input.authority.into(),
                body: input.body.read("body")?,
                about: input.about.read("about")?,
                words: input.words.read("words")?,
                established: input.established.0,
                source: input.source.read("source")?,
            }))))
        })
        .await
    }
}
