//! Mutations that correct an earlier fact. Nothing is removed; the timeline shows both.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::correction::{CorrectedContent, CorrectionCommand};

use super::super::carry_out::on_case;
use super::super::enums::{LegalFramework, OpeningGround};
use super::super::input::{ActInput, Read, WhenInput, by_id, check_length};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::life::AuthorityInput;

/// Strikes a fact out.
#[derive(InputObject)]
pub struct StrikeOutFactInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The fact: the id of its timeline entry.
    fact: ID,
    /// Why.
    reason: String,
}

/// Puts other content in the place of a fact.
#[derive(InputObject)]
pub struct CorrectFactInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The fact: the id of its timeline entry.
    fact: ID,
    /// Why.
    reason: String,
    /// When it really happened, if that was wrong.
    really_occurred: Option<WhenInput>,
    /// What should have stood there.
    content: CorrectedContentInput,
}

/// Sets facts aside that belong in another file.
#[derive(InputObject)]
pub struct SetAsideFactsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The facts: the ids of their timeline entries. What rests on them goes in the same command.
    facts: Vec<ID>,
    /// Why they do not belong here.
    reason: String,
}

/// Brings back facts that were set aside by mistake.
#[derive(InputObject)]
pub struct BringBackFactsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What set them aside: the ids that `setAside` of the case shows.
    set_aside: Vec<ID>,
    /// Why they belong here.
    reason: String,
}

/// What should have stood there. It must be of the kind of the fact.
#[derive(OneofObject)]
pub enum CorrectedContentInput {
    /// The name of a person.
    Name(String),
    /// A birth date.
    BirthDate(Day),
    /// Who has authority over the child.
    Authority(AuthorityInput),
    /// Whether the parent recognised the child.
    Recognition(CorrectedRecognitionInput),
    /// From when until when somebody lived in a household.
    Membership(CorrectedMembershipInput),
    /// From when a professional took part.
    Party(CorrectedPartyInput),
    /// The first day of a director.
    DirectorFrom(Day),
    /// The last day of a director, deputy or professional, or of somebody in a household.
    LastDay(Day),
    /// On what the case opened.
    Opening(CorrectedOpeningInput),
    /// The words of a text.
    Words(String),
    /// Why it went otherwise than a rule says: for a fact that departs from one.
    Explanation(String),
}

/// Whether the parent recognised the child, and since when.
#[derive(InputObject)]
pub struct CorrectedRecognitionInput {
    /// Whether recognised.
    recognised: bool,
    /// First day.
    from: Day,
}

/// From when until when somebody lived in a household.
#[derive(InputObject)]
pub struct CorrectedMembershipInput {
    /// First day.
    from: Day,
    /// Last day.
    until: Option<Day>,
}

/// From when a professional took part, and the expected end.
#[derive(InputObject)]
pub struct CorrectedPartyInput {
    /// First day.
    from: Day,
    /// Expected end.
    expected_end: Option<Day>,
}

/// On what the case opened, and whether help is voluntary.
#[derive(InputObject)]
pub struct CorrectedOpeningInput {
    /// Voluntary or compulsory.
    framework: LegalFramework,
    /// On what the case rests.
    ground: OpeningGround,
}

impl Read<CorrectedContent> for CorrectedContentInput {
    fn read(&self, _field: &'static str) -> Result<CorrectedContent, Refusal> {
        Ok(match self {
            Self::Name(name) => CorrectedContent::Name(name.read("content.name")?),
            Self::BirthDate(day) => CorrectedContent::BirthDate(day.0),
            Self::Authority(authority) => CorrectedContent::Authority(authority.read_by(by_id)?),
            Self::Recognition(input) => {
                CorrectedContent::Recognition { recognised: input.recognised, from: input.from.0 }
            }
            Self::Membership(input) => {
                CorrectedContent::Membership { from: input.from.0, until: input.until.map(|day| day.0) }
            }
            Self::Party(input) => {
                CorrectedContent::Party { from: input.from.0, expected_end: input.expected_end.map(|day| day.0) }
            }
            Self::DirectorFrom(day) => CorrectedContent::Director { from: day.0 },
            Self::LastDay(day) => CorrectedContent::LastDay { last_day: day.0 },
            Self::Opening(input) => {
                CorrectedContent::Opening { framework: input.framework.into(), ground: input.ground.into() }
            }
            Self::Words(words) => CorrectedContent::Words(words.read("content.words")?),
            Self::Explanation(words) => CorrectedContent::Explanation(words.read("content.explanation")?),
        })
    }
}

/// Corrections.
#[derive(Default)]
pub struct CorrectionMutation;

#[Object]
impl CorrectionMutation {
    /// Strikes a fact out: it should not have been recorded. It stays readable in the timeline, with the reason.
    async fn strike_out_fact(&self, ctx: &Context<'_>, input: StrikeOutFactInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Correction(CorrectionCommand::StrikeOut {
                target: input.fact.read("fact")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Sets facts aside that belong in another file: from now on nothing of them shows here, to anybody, of any day, nor of what was said of
    /// them. That something was set aside stays, with the reason. They are not destroyed by this.
    async fn set_aside_facts(&self, ctx: &Context<'_>, input: SetAsideFactsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            check_length("facts", input.facts.len())?;
            Ok(CaseCommand::Correction(CorrectionCommand::SetAside {
                targets: input.facts.read("facts")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Brings back facts that were set aside by mistake: they belong here after all.
    async fn bring_back_facts(&self, ctx: &Context<'_>, input: BringBackFactsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            check_length("setAside", input.set_aside.len())?;
            Ok(CaseCommand::Correction(CorrectionCommand::BringBack {
                set_aside: input.set_aside.read("setAside")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Puts other content in the place of a fact. Views show the corrected state, the timeline shows both.
    async fn correct_fact(&self, ctx: &Context<'_>, input: CorrectFactInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Correction(CorrectionCommand::Correct {
                target: input.fact.read("fact")?,
                reason: input.reason.read("reason")?,
                occurred: input.really_occurred.map(Into::into),
                content: input.content.read("content")?,
            }))
        })
        .await
    }
}
