//! Mutations of conferences: called, held, stopped, and what follows a stop.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::conference::{
    ConferenceCommand, Hearing, NewAttendee, NewConference, NewGuest, NewHeld, NewPoint, NewWord,
};

use super::super::carry_out::on_case;
use super::super::enums::{ConferenceKind, ConferencePart};
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;
use super::plan::{OwnerInput, owner};
use super::regie::AgreedInput;

/// Somebody: one of these.
#[derive(OneofObject)]
pub enum AttendeeInput {
    /// Somebody of the family or its network.
    Person(ID),
    /// A professional.
    Worker(ID),
    /// Somebody else who comes for an organisation: the teacher, the community police officer.
    Outside(String),
}

impl Read<NewAttendee> for AttendeeInput {
    fn read(&self, field: &'static str) -> Result<NewAttendee, Refusal> {
        Ok(match self {
            Self::Person(person) => NewAttendee::Person(person.read(field)?),
            Self::Worker(worker) => NewAttendee::Worker(worker.read(field)?),
            Self::Outside(who) => NewAttendee::Outside(who.read(field)?),
        })
    }
}

/// What somebody of the family said about somebody being there.
#[derive(InputObject)]
pub struct ConferenceWordInput {
    /// Who was asked.
    person: ID,
    /// Whether they agree; absent while there is no answer.
    agrees: Option<bool>,
}

/// Somebody who is asked to come, or came.
#[derive(InputObject)]
pub struct ConferenceGuestInput {
    /// Who.
    who: AttendeeInput,
    /// Decides or informs; the family decides and others inform when absent.
    part: Option<ConferencePart>,
    /// What the family said about this one being there.
    #[graphql(default)]
    consents: Vec<ConferenceWordInput>,
    /// Of whoever left before the end: how that went.
    left_early: Option<String>,
    /// For which organisation this one comes, by its short name: two of one organisation show.
    organisation: Option<String>,
}

/// Something that was agreed.
#[derive(InputObject)]
pub struct ConferencePointInput {
    /// What.
    what: String,
    /// Who decided it.
    #[graphql(default)]
    decided_by: Vec<AgreedInput>,
    /// Who does it; nobody yet (nog niemand) when absent.
    owner: Option<OwnerInput>,
    /// By which day.
    by: Option<Day>,
}

/// Who will hear whom.
#[derive(InputObject)]
pub struct ConferenceHearingInput {
    /// Who is heard.
    person: ID,
    /// By which colleague: for each a different one.
    listener: ID,
}

/// Calls a conference.
#[derive(InputObject)]
pub struct CallConferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which kind.
    kind: ConferenceKind,
    /// The occasion.
    occasion: String,
    /// The purpose. A consultation (MDO) states it.
    purpose: Option<String>,
    /// What it is to yield. A consultation (MDO) states it.
    expected: Option<String>,
    /// About whom of the case: at least one. Who may know of it follows from that, and from who of the family is asked.
    about: Vec<ID>,
    /// Who is asked.
    invited: Vec<ConferenceGuestInput>,
    /// Who keeps the peace (bemiddelaar in de kring).
    peacemaker: Option<ID>,
    /// The day for which it is planned.
    planned: Option<Day>,
    /// Who leads it.
    led_by: Option<ID>,
}

/// Records that a conference was held.
#[derive(InputObject)]
pub struct RecordConferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// Who came.
    came: Vec<ConferenceGuestInput>,
    /// Who kept the peace; who was to when absent.
    peacemaker: Option<ID>,
    /// What was agreed.
    #[graphql(default)]
    agreed: Vec<ConferencePointInput>,
    /// What it yielded, in a sentence.
    yielded: String,
    /// About whom nothing was discussed: they were asked along and have not answered.
    #[graphql(default)]
    not_discussed: Vec<ID>,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records that a conference was stopped.
#[derive(InputObject)]
pub struct StopConferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// What happened.
    reason: String,
    /// Who stopped it; you when absent.
    stopped_by: Option<ID>,
    /// Who will hear whom: each a different colleague.
    #[graphql(default)]
    hearings: Vec<ConferenceHearingInput>,
    /// The day for which it is planned to go on.
    resumes: Option<Day>,
}

/// Plans who will hear whom after a stop.
#[derive(InputObject)]
pub struct PlanHearingsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// Who will hear whom: each a different colleague, none of them who led or stopped it.
    hearings: Vec<ConferenceHearingInput>,
}

/// Records that somebody was heard apart.
#[derive(InputObject)]
pub struct RecordHearingInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// Who.
    person: ID,
    /// By whom; you when absent.
    listener: Option<ID>,
    /// What came up, in the person's words. Of a child it is for the director.
    words: Option<String>,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records that a stopped conference went on.
#[derive(InputObject)]
pub struct ResumeConferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// Who came: the colleagues who listened among them.
    came: Vec<ConferenceGuestInput>,
    /// Who kept the peace; who was to when absent.
    peacemaker: Option<ID>,
    /// What was agreed.
    #[graphql(default)]
    agreed: Vec<ConferencePointInput>,
    /// What it yielded, in a sentence.
    yielded: String,
    /// About whom nothing was discussed: they were asked along and have not answered.
    #[graphql(default)]
    not_discussed: Vec<ID>,
    /// Where it went otherwise than a rule says: why.
    explanation: Option<String>,
}

/// Records that a stopped conference will not go on.
#[derive(InputObject)]
pub struct EndStoppedConferenceInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The conference.
    conference: ID,
    /// Why.
    reason: String,
}

fn guest(given: &ConferenceGuestInput) -> Result<NewGuest, Refusal> {
    let word = |word: &ConferenceWordInput| Ok(NewWord { person: word.person.read("person")?, agrees: word.agrees });
    Ok(NewGuest {
        who: given.who.read("who")?,
        part: given.part.map(Into::into),
        words: each("consents", &given.consents, word)?,
        left_early: given.left_early.read("leftEarly")?,
        organisation: given.organisation.read("organisation")?,
    })
}

fn point(given: &ConferencePointInput) -> Result<NewPoint, Refusal> {
    Ok(NewPoint {
        what: given.what.read("what")?,
        decided_by: given.decided_by.read("decidedBy")?,
        owner: owner(given.owner.as_ref())?,
        by: given.by.map(|day| day.0),
    })
}

fn hearing(given: &ConferenceHearingInput) -> Result<Hearing, Refusal> {
    Ok(Hearing { person: given.person.read("person")?, listener: given.listener.read("listener")? })
}

/// Conferences.
#[derive(Default)]
pub struct ConferenceMutation;

#[Object]
impl ConferenceMutation {
    /// Calls a conference: why, for what, and who is asked. In a network meeting (netwerkberaad) the family decides and professionals inform;
    /// a consultation of several parties (MDO) states its purpose and what it is to yield.
    async fn call_conference(&self, ctx: &Context<'_>, input: CallConferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::CallConference(Box::new(NewConference {
                kind: input.kind.into(),
                occasion: input.occasion.read("occasion")?,
                purpose: input.purpose.read("purpose")?,
                expected: input.expected.read("expected")?,
                about: input.about.read("about")?,
                invited: each("invited", &input.invited, guest)?,
                peacemaker: input.peacemaker.read("peacemaker")?,
                planned: input.planned.map(|day| day.0),
                led_by: input.led_by.read("ledBy")?,
            }))))
        })
        .await
    }

    /// Records that a conference was held, as it went. What went otherwise than a rule says is recorded too, and listed.
    async fn record_conference(&self, ctx: &Context<'_>, input: RecordConferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::RecordConference(Box::new(NewHeld {
                conference: input.conference.read("conference")?,
                came: each("came", &input.came, guest)?,
                peacemaker: input.peacemaker.read("peacemaker")?,
                agreed: each("agreed", &input.agreed, point)?,
                words: input.yielded.read("yielded")?,
                not_discussed: input.not_discussed.read("notDiscussed")?,
                explanation: input.explanation.read("explanation")?,
            }))))
        })
        .await
    }

    /// Plans who will hear whom after a stop: each a different colleague, none of them who led or stopped it.
    async fn plan_hearings(&self, ctx: &Context<'_>, input: PlanHearingsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::PlanHearings {
                conference: input.conference.read("conference")?,
                hearings: each("hearings", &input.hearings, hearing)?,
            }))
        })
        .await
    }

    /// Records that somebody was heard apart after a stop, as it went. What was said is that person's own.
    async fn record_hearing(&self, ctx: &Context<'_>, input: RecordHearingInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::RecordHearing {
                conference: input.conference.read("conference")?,
                person: input.person.read("person")?,
                listener: input.listener.read("listener")?,
                words: input.words.read("words")?,
                explanation: input.explanation.read("explanation")?,
            }))
        })
        .await
    }

    /// Records that a stopped conference went on. Without a colleague who listened it is recorded and marked: the warning.
    async fn resume_conference(&self, ctx: &Context<'_>, input: ResumeConferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::ResumeConference(Box::new(NewHeld {
                conference: input.conference.read("conference")?,
                came: each("came", &input.came, guest)?,
                peacemaker: input.peacemaker.read("peacemaker")?,
                agreed: each("agreed", &input.agreed, point)?,
                words: input.yielded.read("yielded")?,
                not_discussed: input.not_discussed.read("notDiscussed")?,
                explanation: input.explanation.read("explanation")?,
            }))))
        })
        .await
    }

    /// Records that a stopped conference will not go on.
    async fn end_stopped_conference(&self, ctx: &Context<'_>, input: EndStoppedConferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::EndStoppedConference {
                conference: input.conference.read("conference")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records that a conference was stopped because it derailed, and who will hear whom.
    async fn stop_conference(&self, ctx: &Context<'_>, input: StopConferenceInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Conference(ConferenceCommand::StopConference {
                conference: input.conference.read("conference")?,
                reason: input.reason.read("reason")?,
                stopped_by: input.stopped_by.read("stoppedBy")?,
                hearings: each("hearings", &input.hearings, hearing)?,
                resumes: input.resumes.map(|day| day.0),
            }))
        })
        .await
    }
}
