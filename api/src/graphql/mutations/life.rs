//! Mutations of the life of a case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::consent::NewConsent;
use domain::life::LifeCommand;
use domain::people::{NewAuthority, NewPerson};

use super::super::carry_out::{Opening, on_case, open_case};
use super::super::enums::{
    AuthorityKind, Category, ConsentKind, Evidence, FamilyRole, LegalFramework, OpeningGround, Outcome, Source,
};
use super::super::input::{ActInput, AudienceInput, Naming, Read, WhenInput, by_key, check_length, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Opens a case with its people, their authority and the consents that allow it, in one act.
#[derive(InputObject)]
pub struct OpenCaseInput {
    /// Names this intention: the same id opens one case, however often it is sent.
    command_id: Option<ID>,
    /// The responsible municipality or its executive service, by its short name (`gemeente-huizen`).
    municipality: String,
    /// Voluntary or compulsory.
    framework: LegalFramework,
    /// On what the case rests.
    ground: OpeningGround,
    /// The question, in a sentence.
    question: String,
    /// The signal it came from, if any.
    signal: Option<ID>,
    /// The family.
    people: Vec<NewPersonInput>,
    /// Who has authority over which child.
    #[graphql(default)]
    authority: Vec<AuthorityInput>,
    /// Who consented to what.
    #[graphql(default)]
    consents: Vec<ConsentInput>,
    /// When it happened, if not now.
    occurred: Option<WhenInput>,
    /// The day we were told, if later than it happened.
    learnt: Option<Day>,
}

/// Somebody of the family.
#[derive(InputObject)]
pub struct NewPersonInput {
    /// A word of your own by which `authority` and `consents` of this command name this person.
    key: String,
    /// As people call them.
    name: String,
    /// If known.
    birth_date: Option<Day>,
    /// Who they are in this family.
    role: FamilyRole,
}

/// Who has authority over a child.
#[derive(InputObject)]
pub struct AuthorityInput {
    /// The child: in `openCase` the key of somebody in `people`, otherwise a person's id.
    child: ID,
    /// Which kind.
    kind: AuthorityKind,
    /// Who has it, as many as the kind asks for, named as the child is.
    #[graphql(default)]
    holders: Vec<ID>,
    /// First day.
    from: Day,
    /// Last day, when known.
    until: Option<Day>,
    /// Where it comes from.
    source: Source,
}

/// A consent as somebody gave it.
#[derive(InputObject)]
pub struct ConsentInput {
    /// Who gives it: in `openCase` the key of somebody in `people`, otherwise a person's id.
    giver: ID,
    /// Whose help or data it is about, named as the giver is.
    subject: ID,
    /// To what.
    kind: ConsentKind,
    /// What for.
    purpose: Option<String>,
    /// Which data; for sharing.
    #[graphql(default)]
    categories: Vec<Category>,
    /// Which workers may receive or join.
    #[graphql(default)]
    recipients: Vec<ID>,
    /// First day; the day it was given when absent.
    from: Option<Day>,
    /// Last day, when agreed.
    until: Option<Day>,
    /// What was explained, and why it was asked.
    explained: Option<String>,
    /// How it was given.
    evidence: Evidence,
}

impl Read<NewPerson> for NewPersonInput {
    fn read(&self, _field: &'static str) -> Result<NewPerson, Refusal> {
        let key: domain::text::Line = self.key.read("people.key")?;
        Ok(NewPerson {
            key: key.as_str().to_owned(),
            name: self.name.read("people.name")?,
            birth_date: self.birth_date.map(|day| day.0),
            role: self.role.into(),
        })
    }
}

impl AuthorityInput {
    /// Reads it; people are named by key when the case opens, by id afterwards.
    pub fn read_by(&self, name: Naming) -> Result<NewAuthority, Refusal> {
        check_length("holders", self.holders.len())?;
        Ok(NewAuthority {
            child: name(&self.child, "child")?,
            kind: self.kind.into(),
            holders: self.holders.iter().map(|holder| name(holder, "holders")).collect::<Result<_, _>>()?,
            from: self.from.0,
            until: self.until.map(|day| day.0),
            source: self.source.into(),
        })
    }
}

impl ConsentInput {
    /// Reads it; people are named by key when the case opens, by id afterwards.
    pub fn read_by(&self, name: Naming) -> Result<NewConsent, Refusal> {
        check_length("categories", self.categories.len())?;
        Ok(NewConsent {
            giver: name(&self.giver, "giver")?,
            subject: name(&self.subject, "subject")?,
            kind: self.kind.into(),
            purpose: self.purpose.read("purpose")?,
            categories: self.categories.iter().map(|category| (*category).into()).collect(),
            recipients: self.recipients.read("recipients")?,
            from: self.from.map(|day| day.0),
            until: self.until.map(|day| day.0),
            explained: self.explained.read("explained")?,
            evidence: self.evidence.into(),
        })
    }
}

/// Links a signal to an open case.
#[derive(InputObject)]
pub struct LinkSignalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The signal.
    signal: ID,
}

/// Closes a case.
#[derive(InputObject)]
pub struct CloseCaseInput {
    #[graphql(flatten)]
    act: ActInput,
    /// How it ended.
    outcome: Outcome,
    /// More about it.
    explanation: Option<String>,
}

/// Opens a closed case again.
#[derive(InputObject)]
pub struct ReopenCaseInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why.
    reason: String,
}

/// Reports that something happened otherwise than a rule says.
#[derive(InputObject)]
pub struct ReportDepartureInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The rule, by its stable word (see `departureRules`).
    rule: String,
    /// What happened.
    what: String,
    /// About whom.
    #[graphql(default)]
    persons: Vec<ID>,
}

/// Changes who may know an earlier fact.
#[derive(InputObject)]
pub struct ChangeAudienceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The fact: the id of its timeline entry.
    fact: ID,
    /// Who may know it from now on.
    audience: AudienceInput,
    /// Why.
    reason: String,
}

/// The life of a case.
#[derive(Default)]
pub struct LifeMutation;

#[Object]
impl LifeMutation {
    /// Opens a case. What is still missing in consent is shown and blocks the start of help, not the opening.
    async fn open_case(&self, ctx: &Context<'_>, input: OpenCaseInput) -> Result<CasePayload> {
        open_case(ctx, || {
            Ok(Opening {
                command_id: input.command_id.read("commandId")?,
                signal: input.signal.read("signal")?,
                occurred: input.occurred.map(Into::into),
                learnt: input.learnt.map(|day| day.0),
                municipality: input.municipality.read("municipality")?,
                framework: input.framework.into(),
                ground: input.ground.into(),
                question: input.question.read("question")?,
                people: input.people.read("people")?,
                authority: each("authority", &input.authority, |given| given.read_by(by_key))?,
                consents: each("consents", &input.consents, |given| given.read_by(by_key))?,
            })
        })
        .await
    }

    /// Links a signal to an open case: what it said is copied into the case.
    async fn link_signal(&self, ctx: &Context<'_>, input: LinkSignalInput) -> Result<CasePayload> {
        super::super::carry_out::link_signal(ctx, &input.act, &input.signal).await
    }

    /// Closes a case. Refused while tasks of the case director are not handed back.
    async fn close_case(&self, ctx: &Context<'_>, input: CloseCaseInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Life(LifeCommand::CloseCase {
                outcome: input.outcome.into(),
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Opens a closed case again.
    async fn reopen_case(&self, ctx: &Context<'_>, input: ReopenCaseInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Life(LifeCommand::ReopenCase { reason: input.reason.read("reason")? }))
        })
        .await
    }

    /// Reports that something happened otherwise than a rule says. Never refused for that: a record that refuses reality gets
    /// false entries.
    async fn report_departure(&self, ctx: &Context<'_>, input: ReportDepartureInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let rule: domain::text::Line = input.rule.read("rule")?;
            Ok(CaseCommand::Life(LifeCommand::ReportDeparture {
                rule: rule.as_str().to_owned(),
                what: input.what.read("what")?,
                persons: input.persons.read("persons")?,
            }))
        })
        .await
    }

    /// Changes who may know an earlier fact.
    async fn change_audience(&self, ctx: &Context<'_>, input: ChangeAudienceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Life(LifeCommand::ChangeAudience {
                target: input.fact.read("fact")?,
                audience: input.audience.read("audience")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
