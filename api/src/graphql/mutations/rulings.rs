//! Mutations about what courts ruled.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::ruling::{InPlace, NewRuling, RulingCommand, RulingDates};

use super::super::carry_out::on_case;
use super::super::enums::{ConsentKind, RulingKind, Source};
use super::super::input::{ActInput, Read, by_id, check_length};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::life::AuthorityInput;

/// In whose place a ruling puts the court or an institution when consent is asked.
#[derive(InputObject)]
pub struct StandsInInput {
    /// Of whom.
    of: Vec<ID>,
    /// For which kinds of consent.
    kinds: Vec<ConsentKind>,
}

/// Records what a court ruled about somebody.
#[derive(InputObject)]
pub struct RecordRulingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// About whom.
    person: ID,
    /// Whom else it names: whose contact, authority or nearness it is about.
    #[graphql(default)]
    others: Vec<ID>,
    /// About what.
    kind: RulingKind,
    /// What it decides, in a sentence.
    scope: String,
    /// By which way people communicate.
    channel: Option<String>,
    /// How the court names it.
    reference: Option<String>,
    /// Of a substitute consent: in whose place the court says yes. Of authority: whose part an institution has, so that its worker is asked.
    stands_in: Option<StandsInInput>,
    /// The day it was pronounced.
    pronounced: Option<Day>,
    /// The day it was sent.
    sent: Option<Day>,
    /// First day on which it is in force. Leave it out while an appeal holds it up.
    in_force_from: Option<Day>,
    /// The day from which nobody can appeal.
    final_on: Option<Day>,
    /// Last day, when it has one.
    until: Option<Day>,
    /// Where we know it from.
    source: Source,
    /// The earlier ruling whose place it takes.
    replaces: Option<ID>,
    /// Of a ruling about authority: who has it from then on. Left out, a person must decide from the first day until somebody records it.
    authority: Option<AuthorityInput>,
}

/// Records days of a ruling that became known, or changed. What is left out stays.
#[derive(InputObject)]
pub struct RecordRulingDatesInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    ruling: ID,
    /// The day it was sent.
    sent: Option<Day>,
    /// First day on which it is in force.
    in_force_from: Option<Day>,
    /// The day from which nobody can appeal.
    final_on: Option<Day>,
    /// Last day.
    until: Option<Day>,
}

/// Records that a ruling ended before its last day, or without one.
#[derive(InputObject)]
pub struct EndRulingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    ruling: ID,
    /// Last day; the day it happened when absent.
    last_day: Option<Day>,
    /// Why.
    reason: Option<String>,
}

/// Rulings.
#[derive(Default)]
pub struct RulingMutation;

fn dates(sent: Option<Day>, in_force: Option<Day>, final_on: Option<Day>, until: Option<Day>) -> RulingDates {
    let day = |day: Option<Day>| day.map(|day| day.0);
    RulingDates { sent: day(sent), in_force: day(in_force), final_on: day(final_on), until: day(until) }
}

impl RecordRulingInput {
    fn read(&self) -> Result<NewRuling, Refusal> {
        let in_place = |place: &StandsInInput| {
            check_length("kinds", place.kinds.len())?;
            let kinds = place.kinds.iter().map(|kind| (*kind).into()).collect();
            Ok::<_, Refusal>(InPlace { of: place.of.read("of")?, kinds })
        };
        Ok(NewRuling {
            person: self.person.read("person")?,
            others: self.others.read("others")?,
            kind: self.kind.into(),
            scope: self.scope.read("scope")?,
            channel: self.channel.read("channel")?,
            reference: self.reference.read("reference")?,
            in_place: self.stands_in.as_ref().map(in_place).transpose()?,
            pronounced: self.pronounced.map(|day| day.0),
            dates: dates(self.sent, self.in_force_from, self.final_on, self.until),
            source: self.source.into(),
            replaces: self.replaces.read("replaces")?,
            authority: self.authority.as_ref().map(|authority| authority.read_by(by_id)).transpose()?,
        })
    }
}

#[Object]
impl RulingMutation {
    /// Records what a court ruled about somebody, as it is. A ruling about authority may say at once who has it.
    async fn record_ruling(&self, ctx: &Context<'_>, input: RecordRulingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || Ok(CaseCommand::Ruling(RulingCommand::RecordRuling(Box::new(input.read()?))))).await
    }

    /// Records days of a ruling that became known, or changed.
    async fn record_ruling_dates(&self, ctx: &Context<'_>, input: RecordRulingDatesInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ruling(RulingCommand::RecordRulingDates {
                ruling: input.ruling.read("ruling")?,
                dates: dates(input.sent, input.in_force_from, input.final_on, input.until),
            }))
        })
        .await
    }

    /// Records that a ruling ended before its last day, or without one.
    async fn end_ruling(&self, ctx: &Context<'_>, input: EndRulingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Ruling(RulingCommand::EndRuling {
                ruling: input.ruling.read("ruling")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
