//! Consent: one giver, one subject, one kind. A refusal is as much a fact as a grant. The minimum that opening a case and joining it
//! need; its stored form is complete, so that the full table of standing can follow without a new version (`privacy.md`). Whoever knew
//! something under a consent that is withdrawn is told so ([`Notice`]).

use serde::{Deserialize, Serialize};

mod asking;
mod book;
mod exceptions;
mod incomplete;
mod named;
mod notices;
mod open;
mod receiving;
mod refusing;
mod standing;
#[cfg(test)]
mod tests;
mod words;

pub use asking::{Asked, NewAsk};
pub use book::{Consent, Consents, Said, Withdrawn, WordState};
pub use exceptions::{Exception, ExceptionGround, NewException};
pub(crate) use incomplete::{
    CONSENT_BEFORE_HELP, check_help_may_start, help_without_consent, incomplete_by_child, incomplete_dues, next_turn,
};
pub use incomplete::{HELP_CONSENT_INCOMPLETE, HELP_CONSENT_MISSING, Incomplete, help_incomplete};
pub use named::named_on;
pub use notices::{Confirmed, NOTICE_ALREADY_CONFIRMED, NOTICE_UNKNOWN, Notice};
pub use open::{AfterNo, WayOpen, after_no, ways_open};
pub(crate) use open::{WAYS_FOR_SIGNALS, open_ways};
pub use receiving::{To, shared, still_shared};
use standing::capacity;
pub(crate) use standing::for_signals;
pub use standing::{
    Giver, HelpAsked, Missing, Voice, counts, help_asked, help_missing, joining_allowed, joining_missing,
    joining_subjects, measuring_missing, sharing_missing, standing,
};
pub use words::Word;

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo};
use crate::ids::{ConsentId, ExceptionId, NoticeId, PersonId, Subject, WorkerId};
use crate::people;
use crate::personal::Personal;
use crate::rejection::{Code, Rejection};
use crate::terms::TermsBook;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// What is consented to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentKind {
    /// Help (Jeugdwet 7.3.4, 7.3.5, 7.3.15).
    Help,
    /// Lifting secrecy: data of the subject go to the recipients (Jeugdwet 7.3.11).
    Sharing,
    /// A professional joins the case (002:2637).
    Joining,
    /// Somebody is measured with an instrument, apart from help (003:998-1010; case 06). Asked as for help (PD).
    Measuring,
}

/// In which capacity the giver speaks, as it was judged on that day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A parent with authority.
    Parent,
    /// A guardian (voogd).
    Guardian,
    /// The child, 12 to 15.
    Child,
    /// The young person, 16 or older, or an adult for what concerns that adult.
    Themself,
    /// Nobody with standing that we know of: recorded as said (rule 0), and this word counts for nothing, also later. Once somebody
    /// has found out that the giver had standing, or the giver comes to have it, the yes is asked and recorded again.
    Undetermined,
}

/// How consent was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Said in a talk.
    Spoken,
    /// Written or signed.
    Written,
}

/// A category of data that may be shared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Who is who.
    Identity,
    /// The plan and its goals.
    Plan,
    /// How school goes.
    School,
    /// Health.
    Health,
    /// Wellbeing.
    Wellbeing,
    /// The conflict and what is done about it.
    Escalation,
    /// What was signalled.
    Signal,
}

impl Category {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Plan => "plan",
            Self::School => "school",
            Self::Health => "health",
            Self::Wellbeing => "wellbeing",
            Self::Escalation => "escalation",
            Self::Signal => "signal",
        }
    }
}

/// What can happen to a consent.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ConsentEvent {
    /// It was given.
    ConsentGranted {
        /// This consent.
        consent: ConsentId,
        /// Who gave it.
        giver: PersonId,
        /// In which capacity.
        standing: Standing,
        /// Whose help or data it is about.
        subject: PersonId,
        /// To what.
        kind: ConsentKind,
        /// What for.
        purpose: Option<Personal<Line>>,
        /// Which data; for sharing.
        categories: Vec<Category>,
        /// Which workers may receive or join; empty means as the purpose says.
        recipients: Vec<WorkerId>,
        /// First day.
        from: CivilDay,
        /// Last day, when agreed.
        until: Option<CivilDay>,
        /// What was explained and why it was asked.
        explained: Option<Personal<Text>>,
        /// How it was given.
        evidence: Evidence,
        /// Who spoke in the giver's place, as their representative.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<WorkerId>,
    },
    /// It was refused.
    ConsentRefused {
        /// This consent.
        consent: ConsentId,
        /// Who refused.
        giver: PersonId,
        /// Whose help or data it is about.
        subject: PersonId,
        /// What was asked.
        kind: ConsentKind,
        /// In their words.
        reason: Option<Personal<Text>>,
        /// Who spoke in the giver's place, as their representative.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<WorkerId>,
        /// Of who spoke in the giver's place: in which capacity, as judged on that day. A giver's own no needs none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standing: Option<Standing>,
    },
    /// It was withdrawn, from now on.
    ConsentWithdrawn {
        /// Which.
        consent: ConsentId,
        /// In their words; nobody has to say why.
        reason: Option<Personal<Text>>,
    },
    /// Somebody who knew something under a consent is told that it ended.
    WithdrawalNotified {
        /// The notice.
        notice: NoticeId,
        /// By which word it ended: the consent that was withdrawn, or the no.
        word: ConsentId,
        /// Who is told.
        receiver: WorkerId,
    },
    /// The receiver of a notice confirmed it.
    WithdrawalNoticeConfirmed {
        /// The notice.
        notice: NoticeId,
    },
    /// It was asked; what the giver says to that kind of thing next is the answer.
    ConsentAsked {
        /// Who was asked.
        giver: PersonId,
        /// Whose help or data it is about.
        subject: PersonId,
        /// What was asked.
        kind: ConsentKind,
        /// What for.
        purpose: Option<Personal<Line>>,
        /// Which data; for sharing.
        categories: Vec<Category>,
        /// Which workers would receive or join.
        recipients: Vec<WorkerId>,
        /// What was explained and why it was asked.
        explained: Option<Personal<Text>>,
        /// The day by which an answer was asked for.
        answer_by: Option<CivilDay>,
    },
    /// The law excepts somebody from being asked about this person for a time.
    ConsentExceptionRecorded {
        /// This exception.
        exception: ExceptionId,
        /// Whose help or data it is about.
        subject: PersonId,
        /// On which ground; may say something about health.
        ground: Personal<ExceptionGround>,
        /// Why the ground is there, in a sentence.
        reason: Personal<Text>,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// An exception no longer holds.
    ConsentExceptionEnded {
        /// Which.
        exception: ExceptionId,
        /// Whose help or data it is about.
        subject: PersonId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// A consent as somebody gave it; people by key when the case opens, by id afterwards.
#[derive(Clone, Debug, Serialize)]
pub struct NewConsent {
    /// Who gives it.
    pub giver: WhoIs,
    /// Whose help or data.
    pub subject: WhoIs,
    /// To what.
    pub kind: ConsentKind,
    /// What for.
    pub purpose: Option<Line>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Which workers.
    pub recipients: Vec<WorkerId>,
    /// First day; the day it was given when nothing is said.
    pub from: Option<CivilDay>,
    /// Last day.
    pub until: Option<CivilDay>,
    /// What was explained.
    pub explained: Option<Text>,
    /// How it was given.
    pub evidence: Evidence,
}

/// A person of the case by id, or one who is added in the same command by the command's own key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoIs {
    /// Already in the case.
    Person(PersonId),
    /// Added by this command.
    Key(String),
}

/// What can be asked about consent.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ConsentCommand {
    /// Record that it was given.
    GrantConsent(NewConsent),
    /// Record that a representative gave it in the giver's place.
    GrantConsentFor {
        /// The representative.
        by: WorkerId,
        /// What they said.
        consent: NewConsent,
    },
    /// Record that it was asked.
    AskConsent(NewAsk),
    /// Record an exception that the law makes.
    RecordConsentException(NewException),
    /// Record that an exception no longer holds.
    EndConsentException {
        /// Which.
        exception: ExceptionId,
        /// Last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
    /// Record that it was refused.
    RefuseConsent {
        /// Who refused.
        giver: PersonId,
        /// Whose help or data.
        subject: PersonId,
        /// What was asked.
        kind: ConsentKind,
        /// In their words.
        reason: Option<Text>,
    },
    /// Record that a representative refused it in the giver's place.
    RefuseConsentFor {
        /// The representative.
        by: WorkerId,
        /// In whose place.
        giver: PersonId,
        /// Whose help or data.
        subject: PersonId,
        /// What was asked.
        kind: ConsentKind,
        /// In their words.
        reason: Option<Text>,
    },
    /// Withdraw it.
    WithdrawConsent {
        /// Which.
        consent: ConsentId,
        /// In their words.
        reason: Option<Text>,
    },
    /// Say, as its receiver, that a notice was read.
    ConfirmWithdrawalNotice {
        /// Which.
        notice: NoticeId,
    },
}

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    GRANTED,
    refusing::REFUSED,
    refusing::WITHDRAWN,
    notices::NOTIFIED,
    notices::CONFIRMED,
    asking::ASKED,
    exceptions::RECORDED,
    exceptions::ENDED,
];

const GRANTED: EventInfo = EventInfo {
    name: "ConsentGranted",
    version: 1,
    outer: "ConsentGranted",
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &["openCase", "grantConsent"],
    meaning: "Somebody gave consent; whether it counts follows from the capacity in which they spoke.",
    fields: &[
        FieldInfo::structure("consent", "this consent"),
        FieldInfo::structure("giver", "who gave it"),
        FieldInfo::structure("standing", "in which capacity, as judged on the day it was given"),
        FieldInfo::structure("subject", "whose help or data it is about"),
        FieldInfo::structure("kind", "help, sharing or joining"),
        FieldInfo::personal("purpose", "what for"),
        FieldInfo::structure("categories", "which data may be shared"),
        FieldInfo::structure("recipients", "which workers may receive or join"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when agreed"),
        FieldInfo::personal("explained", "what was explained and why it was asked"),
        FieldInfo::structure("evidence", "how it was given"),
        FieldInfo::structure("by", "who spoke in the giver's place, as their representative").optional(),
    ],
};

/// No such consent in this case.
pub const CONSENT_UNKNOWN: Code = Code("CONSENT_UNKNOWN");
/// It was withdrawn before.
pub const CONSENT_ALREADY_WITHDRAWN: Code = Code("CONSENT_ALREADY_WITHDRAWN");
/// It was refused: there is nothing to withdraw.
pub const CONSENT_NOT_GRANTED: Code = Code("CONSENT_NOT_GRANTED");
/// A consent cannot hold before it was given.
pub const CONSENT_BEFORE_GIVEN: Code = Code("CONSENT_BEFORE_GIVEN");

/// Every code this room refuses with.
pub const CODES: &[Code] = &[
    CONSENT_UNKNOWN,
    CONSENT_ALREADY_WITHDRAWN,
    CONSENT_NOT_GRANTED,
    CONSENT_BEFORE_GIVEN,
    NOTICE_UNKNOWN,
    NOTICE_ALREADY_CONFIRMED,
    exceptions::EXCEPTION_NOT_FOR_AGE,
    exceptions::EXCEPTION_WITHOUT_REFUSAL,
    exceptions::EXCEPTION_UNKNOWN,
    exceptions::EXCEPTION_OVER,
    HELP_CONSENT_MISSING,
];

/// What must follow a help consent that was withdrawn, or ended by a no (rule 32): help ends, or another ground is named.
pub const HELP_ENDS_OR_OTHER_GROUND: &str = "help_ends_or_other_ground";

impl ConsentEvent {
    /// What holds for this event's type.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        match self {
            Self::ConsentGranted { .. } => &GRANTED,
            Self::ConsentRefused { .. } => &refusing::REFUSED,
            Self::ConsentWithdrawn { .. } => &refusing::WITHDRAWN,
            Self::WithdrawalNotified { .. } => &notices::NOTIFIED,
            Self::WithdrawalNoticeConfirmed { .. } => &notices::CONFIRMED,
            Self::ConsentAsked { .. } => &asking::ASKED,
            Self::ConsentExceptionRecorded { .. } => &exceptions::RECORDED,
            Self::ConsentExceptionEnded { .. } => &exceptions::ENDED,
        }
    }

    /// Everyone and everything it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let (giver, subject, recipients) = match self {
            Self::ConsentGranted { giver, subject, recipients, .. }
            | Self::ConsentAsked { giver, subject, recipients, .. } => (giver, subject, recipients.as_slice()),
            Self::ConsentExceptionRecorded { subject, .. } | Self::ConsentExceptionEnded { subject, .. } => {
                return vec![Subject::Person(*subject)];
            }
            Self::ConsentRefused { giver, subject, .. } => (giver, subject, [].as_slice()),
            // The consent itself says about whom.
            Self::ConsentWithdrawn { .. } | Self::WithdrawalNoticeConfirmed { .. } => return Vec::new(),
            Self::WithdrawalNotified { receiver, .. } => return vec![Subject::Worker(*receiver)],
        };
        let mut subjects = vec![Subject::Person(*giver)];
        if subject != giver {
            subjects.push(Subject::Person(*subject));
        }
        subjects.extend(recipients.iter().copied().map(Subject::Worker));
        subjects
    }
}

impl ConsentCommand {
    /// Its name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::GrantConsent(_) | Self::GrantConsentFor { .. } => "grantConsent",
            Self::AskConsent(_) => "askConsent",
            Self::RecordConsentException(_) => "recordConsentException",
            Self::EndConsentException { .. } => "endConsentException",
            Self::RefuseConsent { .. } | Self::RefuseConsentFor { .. } => "refuseConsent",
            Self::WithdrawConsent { .. } => "withdrawConsent",
            Self::ConfirmWithdrawalNotice { .. } => "confirmWithdrawalNotice",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ConsentCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    match command {
        ConsentCommand::GrantConsent(new) => grant(state, order, new, None, context),
        ConsentCommand::GrantConsentFor { by, consent } => grant(state, order, consent, Some(*by), context),
        ConsentCommand::AskConsent(ask) => asking::decide(state, ask, context),
        ConsentCommand::RecordConsentException(new) => exceptions::record(state, order, new, context),
        ConsentCommand::EndConsentException { exception, last_day, reason } => {
            exceptions::end(history, order, (*exception, *last_day), reason.as_ref(), context)
        }
        ConsentCommand::RefuseConsent { giver, subject, kind, reason } => {
            refusing::refuse(history, order, (*giver, None, *subject), (*kind, reason.as_ref()), context)
        }
        ConsentCommand::RefuseConsentFor { by, giver, subject, kind, reason } => {
            refusing::refuse(history, order, (*giver, Some(*by), *subject), (*kind, reason.as_ref()), context)
        }
        ConsentCommand::WithdrawConsent { consent, reason } => {
            refusing::withdraw(history, *consent, reason.as_ref(), context)
        }
        ConsentCommand::ConfirmWithdrawalNotice { notice } => notices::confirm(state, *notice, context),
    }
}

fn grant(
    state: &CaseState,
    order: &Order<CaseCommand>,
    new: &NewConsent,
    by: Option<WorkerId>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let giver = known_person(state, &new.giver)?;
    let subject = known_person(state, &new.subject)?;
    let said = order.happened(context.today());
    Ok(vec![Draft::of(said_by(state, new, (giver, by, subject), said, context)?)])
}

/// The event of a consent given on a day by and about persons who are already in `state`. Whoever gave it, it is recorded as said
/// (rule 0); its standing says whether it counts.
///
/// # Errors
/// When its dates contradict each other.
pub(crate) fn granted(
    state: &CaseState,
    new: &NewConsent,
    (giver, subject): (PersonId, PersonId),
    said: CivilDay,
    context: &mut Context<'_>,
) -> Result<CaseEvent, Rejection> {
    said_by(state, new, (giver, None, subject), said, context)
}

fn said_by(
    state: &CaseState,
    new: &NewConsent,
    (giver, by, subject): (PersonId, Option<WorkerId>, PersonId),
    said: CivilDay,
    context: &mut Context<'_>,
) -> Result<CaseEvent, Rejection> {
    let from = new.from.unwrap_or(said);
    if from < said {
        return Err(Rejection::new(CONSENT_BEFORE_GIVEN).with("from", from).with("given", said));
    }
    people::check_order(from, new.until)?;
    Ok(CaseEvent::Consent(ConsentEvent::ConsentGranted {
        consent: ConsentId::from_uuid(context.new_id()),
        giver,
        standing: capacity(state, context.terms.consent_ages, (giver, by), subject, new.kind, said),
        subject,
        kind: new.kind,
        purpose: new.purpose.clone().map(|purpose| context.in_record(purpose)),
        categories: new.categories.clone(),
        recipients: new.recipients.clone(),
        from,
        until: new.until,
        explained: new.explained.clone().map(|explained| context.in_record(explained)),
        evidence: new.evidence,
        by,
    }))
}

/// Judges anew in which capacity a word was said, now that it turns out to have been said on another day: by what is known about that day
/// now, and by the ages of its policy.
pub(crate) fn said_on_another_day(event: &mut ConsentEvent, said: CivilDay, state: &CaseState, book: &TermsBook) {
    let ages = book.terms_on(said).consent_ages;
    match event {
        ConsentEvent::ConsentGranted { giver, subject, kind, standing, by, .. } => {
            *standing = capacity(state, ages, (*giver, *by), *subject, *kind, said);
        }
        ConsentEvent::ConsentRefused { giver, subject, kind, standing, by: by @ Some(_), .. } => {
            *standing = Some(capacity(state, ages, (*giver, *by), *subject, *kind, said));
        }
        _ => {}
    }
}

fn known_person(state: &CaseState, who: &WhoIs) -> Result<PersonId, Rejection> {
    match who {
        WhoIs::Person(person) => people::check_known(&state.people, *person).map(|()| *person),
        // Keys live within the command that opens a case.
        WhoIs::Key(_) => Err(Rejection::new(people::PERSON_UNKNOWN).with("person", "key")),
    }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ConsentEvent) {
    state.consents.take_in(fact, event);
}
