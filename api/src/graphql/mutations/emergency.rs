//! Mutations of an emergency: opening a case for oneself, ending that, reviewing it afterwards; and the crisis card.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::crisis::{CrisisCommand, NewCard};
use domain::emergency::{EMERGENCY_TOO_LONG, EmergencyCommand, NewGround, SixAnswers};

use super::super::carry_out::on_case;
use super::super::enums::ReviewOutcome;
use super::super::input::{ActInput, Read, said_true};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::super::session::Session;

/// On what an emergency access rests.
#[derive(OneofObject)]
pub enum EmergencyGroundInput {
    /// Somebody's life or health is in danger now. The value must be true.
    VitalInterest(bool),
    /// A conflict of duties: keeping silent against preventing harm, weighed by its six questions.
    ConflictOfDuties(SixAnswersInput),
}

/// The six questions of a conflict of duties, each answered.
#[derive(InputObject)]
pub struct SixAnswersInput {
    /// What was done to get consent.
    consent_sought: String,
    /// Which serious harm keeping silent would do.
    harm: String,
    /// Why keeping silent is not possible in conscience.
    conscience: String,
    /// Why there is no other way.
    subsidiarity: String,
    /// How breaking the silence prevents or limits the harm.
    effect: String,
    /// Why no more is looked at than is needed.
    proportionality: String,
}

impl Read<NewGround> for EmergencyGroundInput {
    fn read(&self, _field: &'static str) -> Result<NewGround, Refusal> {
        Ok(match self {
            Self::VitalInterest(said) => said_true(*said, "vitalInterest").map(|()| NewGround::VitalInterest)?,
            Self::ConflictOfDuties(answers) => NewGround::ConflictOfDuties(Box::new(SixAnswers {
                consent_sought: answers.consent_sought.read("consentSought")?,
                harm: answers.harm.read("harm")?,
                conscience: answers.conscience.read("conscience")?,
                subsidiarity: answers.subsidiarity.read("subsidiarity")?,
                effect: answers.effect.read("effect")?,
                proportionality: answers.proportionality.read("proportionality")?,
            })),
        })
    }
}

/// Opens a case for yourself in an emergency.
#[derive(InputObject)]
pub struct OpenEmergencyAccessInput {
    #[graphql(flatten)]
    act: ActInput,
    /// On which ground.
    ground: EmergencyGroundInput,
    /// Why.
    reason: String,
    /// For how many hours; as many as policy allows when nothing is said, never more.
    hours: Option<i32>,
}

/// Ends an emergency access before its time.
#[derive(InputObject)]
pub struct EndEmergencyAccessInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    emergency: ID,
}

/// Reviews an emergency access of somebody else.
#[derive(InputObject)]
pub struct ReviewEmergencyAccessInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which.
    emergency: ID,
    /// What it came to.
    outcome: ReviewOutcome,
    /// In words.
    finding: String,
}

/// Writes the crisis card of a child.
#[derive(InputObject)]
pub struct WriteCrisisCardInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The child.
    child: ID,
    /// Where the child sleeps.
    sleeps: Option<String>,
    /// Whom to call, with numbers.
    call: String,
    /// Whom not to call.
    do_not_call: Option<String>,
    /// What was agreed for a crisis.
    agreements: Option<String>,
    /// Which rulings are in force.
    rulings: Option<String>,
    /// The last day on which it can be relied on.
    expires: Day,
}

/// What happens in an emergency.
#[derive(Default)]
pub struct EmergencyMutation;

#[Object]
impl EmergencyMutation {
    /// Opens a case for yourself when somebody is in danger: on a ground, with a reason, for hours. The privacy officer sees it at once,
    /// and somebody else reviews it. A case that does not exist and one that you are kept out of give the same answer.
    async fn open_emergency_access(&self, ctx: &Context<'_>, input: OpenEmergencyAccessInput) -> Result<CasePayload> {
        let session = Session::of(ctx)?;
        let terms = session.services().cases.office().terms.terms_on(session.today());
        let longest = terms.emergency_access_hours;
        let payload = on_case(ctx, &input.act, || {
            Ok(CaseCommand::Emergency(EmergencyCommand::OpenEmergencyAccess {
                ground: input.ground.read("ground")?,
                reason: input.reason.read("reason")?,
                hours: input.hours.map(|hours| within(hours, longest)).transpose()?,
            }))
        })
        .await?;
        if !payload.is_repeated() {
            tracing::warn!(
                request = %session.caller().request,
                alert = true,
                "an emergency access was opened; the privacy officer of the municipality has it on the list `emergencies`"
            );
        }
        Ok(payload)
    }

    /// Ends an emergency access before its time: whoever has it, the case director or the deputy.
    async fn end_emergency_access(&self, ctx: &Context<'_>, input: EndEmergencyAccessInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let emergency = input.emergency.read("emergency")?;
            Ok(CaseCommand::Emergency(EmergencyCommand::EndEmergencyAccess { emergency }))
        })
        .await
    }

    /// Reviews an emergency access of somebody else: the privacy officer, or a team lead.
    async fn review_emergency_access(
        &self,
        ctx: &Context<'_>,
        input: ReviewEmergencyAccessInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Emergency(EmergencyCommand::ReviewEmergencyAccess {
                emergency: input.emergency.read("emergency")?,
                outcome: input.outcome.into(),
                finding: input.finding.read("finding")?,
            }))
        })
        .await
    }

    /// Writes the crisis card of a child: what whoever is on call must know in the night. It takes the place of an earlier one.
    async fn write_crisis_card(&self, ctx: &Context<'_>, input: WriteCrisisCardInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Crisis(CrisisCommand::WriteCrisisCard(Box::new(NewCard {
                child: input.child.read("child")?,
                sleeps: input.sleeps.read("sleeps")?,
                call: input.call.read("call")?,
                do_not_call: input.do_not_call.read("doNotCall")?,
                agreements: input.agreements.read("agreements")?,
                rulings: input.rulings.read("rulings")?,
                expires: input.expires.0,
            }))))
        })
        .await
    }
}

/// Judged before any case is looked for: otherwise an answer about hours would tell that a case is there.
fn within(hours: i32, longest: u16) -> Result<u16, Refusal> {
    let hours = u16::try_from(hours).ok().filter(|hours| (1..=longest).contains(hours));
    hours.ok_or_else(|| Refusal::new(EMERGENCY_TOO_LONG).with("hours_allowed", u64::from(longest)))
}
