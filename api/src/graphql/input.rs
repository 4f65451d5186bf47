//! From what was typed to what the domain takes in. Bad input gets a code, the field it stands in, and what to do.

use async_graphql::{ID, InputObject, OneofObject};
use domain::consent::WhoIs;
use domain::fact::{Audience, Organisation};
use domain::ids::{CaseId, CommandId, PersonId};
use domain::rejection::{Code, Detail};
use domain::text::{InvalidText, Line, Name, Text};
use domain::time::Occurred;

use super::refusal::Refusal;
use super::scalars::{Day, Moment};

/// An id that is not a UUID.
pub const BAD_ID: Code = Code("BAD_ID");
/// A text with nothing in it.
pub const TEXT_EMPTY: Code = Code("TEXT_EMPTY");
/// A text that is too long.
pub const TEXT_TOO_LONG: Code = Code("TEXT_TOO_LONG");
/// A text with a character that cannot be shown.
pub const TEXT_UNPRINTABLE: Code = Code("TEXT_UNPRINTABLE");
/// The short name of an organisation is not one.
pub const BAD_ORGANISATION: Code = Code("BAD_ORGANISATION");
/// A list with more entries than anyone would mean.
pub const LIST_TOO_LONG: Code = Code("LIST_TOO_LONG");
/// The version of an instrument is not named as one.
pub const BAD_VERSION: Code = Code("BAD_VERSION");
/// A choice that is made by saying true was sent as false.
pub const NOT_TRUE: Code = Code("NOT_TRUE");
/// Codes of input that the domain never gets to see.
pub const CODES: &[Code] =
    &[BAD_ID, TEXT_EMPTY, TEXT_TOO_LONG, TEXT_UNPRINTABLE, BAD_ORGANISATION, LIST_TOO_LONG, BAD_VERSION, NOT_TRUE];

/// Most entries of any list in an input.
pub const MOST_ENTRIES: usize = 100;

/// What every command about an existing case carries.
#[derive(InputObject, Debug)]
pub struct ActInput {
    /// The case.
    pub case_id: ID,
    /// Names this intention: the same id has one effect and one answer, however often it is sent. Made for you when absent.
    pub command_id: Option<ID>,
    /// The revision you looked at. Refused when something you may see has changed since.
    pub expected_revision: Option<String>,
    /// When it happened, if not now.
    pub occurred: Option<WhenInput>,
    /// The day we were told, if later than it happened.
    pub learnt: Option<Day>,
    /// Persons whose names stand in the free text of this command.
    #[graphql(default)]
    pub mentions: Vec<ID>,
}

/// When something happened: a day, or a moment when the moment matters.
#[derive(OneofObject, Debug, Clone, Copy)]
pub enum WhenInput {
    /// Some time on this day.
    Day(Day),
    /// At this moment.
    At(Moment),
}

impl From<WhenInput> for Occurred {
    fn from(when: WhenInput) -> Self {
        match when {
            WhenInput::Day(Day(day)) => Self::Day(day),
            WhenInput::At(Moment(moment)) => Self::At(moment),
        }
    }
}

/// Who may know a fact.
#[derive(OneofObject, Debug, Clone)]
pub enum AudienceInput {
    /// Everyone with a relation to the case. The value must be true.
    Case(bool),
    /// The case director and deputy only. The value must be true.
    Director(bool),
    /// The layer of this child.
    Child(ID),
    /// The layer of these households.
    Households(Vec<ID>),
    /// The personal layer of these family members.
    Persons(Vec<ID>),
    /// These workers only.
    Workers(Vec<ID>),
}

/// A value of the domain read from a value on the wire.
pub trait Read<T>: Sized {
    /// Reads it; `field` names the input field for the refusal.
    ///
    /// # Errors
    /// A [`Refusal`] that names the field and what is wrong with it, never the value.
    fn read(&self, field: &'static str) -> Result<T, Refusal>;
}

macro_rules! read_id {
    ($($id:ty),*) => {$(
        impl Read<$id> for ID {
            fn read(&self, field: &'static str) -> Result<$id, Refusal> {
                self.as_str().parse().map_err(|_| Refusal::new(BAD_ID).with("field", field))
            }
        }
    )*};
}
read_id!(
    CaseId,
    PersonId,
    domain::ids::HouseholdId,
    domain::ids::SignalId,
    domain::ids::WorkerId,
    domain::ids::ConsentId,
    domain::ids::HandoverId,
    domain::ids::NoticeId,
    domain::ids::EmergencyId,
    domain::ids::ConflictId,
    domain::ids::StepId,
    domain::ids::InvolvementId,
    domain::ids::EventId,
    domain::ids::ReviewId,
    domain::ids::TrajectoryId,
    domain::ids::DonsConversationId,
    domain::ids::ParentGoalId,
    domain::ids::BarrierId,
    domain::ids::AdviceId,
    domain::ids::ShareId,
    domain::ids::GoalId,
    domain::ids::ActionId,
    domain::ids::AgreementId,
    domain::ids::VersionId,
    domain::ids::OwnPlanId,
    domain::ids::ContactId,
    domain::ids::PromiseId,
    domain::ids::ChildSignalId,
    domain::ids::StatementId,
    domain::ids::RequestId,
    domain::ids::RulingId,
    domain::ids::ExceptionId,
    domain::ids::AssessmentId,
    domain::ids::AssessmentPartId,
    domain::ids::HypothesisId,
    domain::ids::ReferenceId,
    domain::ids::SupportId,
    domain::ids::ConferenceId,
    domain::ids::SchoolQuestionId,
    domain::ids::HelpTrajectoryId,
    domain::ids::ExtensionId,
    domain::ids::WeighingId,
    domain::ids::ApplicationId,
    domain::ids::ReferralId,
    domain::ids::ConditionId,
    domain::ids::LaneId,
    domain::ids::ToldLaterId,
    domain::ids::OptionId,
    domain::ids::TrustedContactId,
    domain::ids::RetId,
    domain::ids::ProposalId,
    CommandId
);

fn bad_text(error: InvalidText, field: &'static str) -> Refusal {
    match error {
        InvalidText::Empty => Refusal::new(TEXT_EMPTY).with("field", field),
        InvalidText::TooLong { limit, given } => Refusal::new(TEXT_TOO_LONG)
            .with("field", field)
            .with("limit", Detail::Number(limit as u64))
            .with("given", Detail::Number(given as u64)),
        InvalidText::Unprintable { code, place } => Refusal::new(TEXT_UNPRINTABLE)
            .with("field", field)
            .with("character", Detail::Number(u64::from(code)))
            .with("place", Detail::Number(place as u64)),
    }
}

macro_rules! read_words {
    ($($words:ty),*) => {$(
        impl Read<$words> for String {
            fn read(&self, field: &'static str) -> Result<$words, Refusal> {
                <$words>::new(self).map_err(|error| bad_text(error, field))
            }
        }
    )*};
}
read_words!(Text, Name, Line);

impl Read<Organisation> for String {
    fn read(&self, field: &'static str) -> Result<Organisation, Refusal> {
        Organisation::new(self).map_err(|_| Refusal::new(BAD_ORGANISATION).with("field", field))
    }
}

/// How an input names people.
pub type Naming = fn(&ID, &'static str) -> Result<WhoIs, Refusal>;

/// By the key that the same command gave them.
///
/// # Errors
/// When the key is not a short line.
pub fn by_key(id: &ID, field: &'static str) -> Result<WhoIs, Refusal> {
    let key: Line = id.to_string().read(field)?;
    Ok(WhoIs::Key(key.as_str().to_owned()))
}

/// By id, as people of the case.
///
/// # Errors
/// When it is not an id.
pub fn by_id(id: &ID, field: &'static str) -> Result<WhoIs, Refusal> {
    id.read(field).map(WhoIs::Person)
}

/// Refuses a choice that was sent as false. One of several choices is made by naming it; a choice without anything more to say carries
/// `true`, and whoever sends `false` means something else than what naming it would do.
///
/// # Errors
/// `NOT_TRUE`, with the field.
pub fn said_true(said: bool, field: &'static str) -> Result<(), Refusal> {
    if said { Ok(()) } else { Err(Refusal::new(NOT_TRUE).with("field", field)) }
}

/// Refuses a list that nobody would mean.
///
/// # Errors
/// `LIST_TOO_LONG`, with how many fit.
pub fn check_length(field: &'static str, given: usize) -> Result<(), Refusal> {
    if given > MOST_ENTRIES {
        return Err(Refusal::new(LIST_TOO_LONG)
            .with("field", field)
            .with("limit", Detail::Number(MOST_ENTRIES as u64))
            .with("given", Detail::Number(given as u64)));
    }
    Ok(())
}

/// Reads each entry of a list.
///
/// # Errors
/// The first entry's refusal, or `LIST_TOO_LONG`.
pub fn each<I, T>(
    field: &'static str,
    given: &[I],
    read: impl Fn(&I) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    check_length(field, given.len())?;
    given.iter().map(read).collect()
}

impl Read<Audience> for AudienceInput {
    fn read(&self, field: &'static str) -> Result<Audience, Refusal> {
        Ok(match self {
            Self::Case(said) => said_true(*said, "case").map(|()| Audience::Case)?,
            Self::Director(said) => said_true(*said, "director").map(|()| Audience::Director)?,
            Self::Child(id) => Audience::Child(id.read(field)?),
            Self::Households(ids) => Audience::Households(ids.read(field)?),
            Self::Persons(ids) => Audience::Persons(ids.read(field)?),
            Self::Workers(ids) => Audience::Workers(ids.read(field)?),
        })
    }
}

impl<I: Read<T>, T> Read<Vec<T>> for Vec<I> {
    fn read(&self, field: &'static str) -> Result<Vec<T>, Refusal> {
        each(field, self, |entry| entry.read(field))
    }
}

impl<I: Read<T>, T> Read<Option<T>> for Option<I> {
    fn read(&self, field: &'static str) -> Result<Option<T>, Refusal> {
        self.as_ref().map(|value| value.read(field)).transpose()
    }
}
