//! The exceptions that the law makes to asking for consent, each a decision of a person with its ground and its days. Who is asked follows
//! from them on the days they hold; nothing about them is worked out by the system.

use serde::{Deserialize, Serialize};

use super::{Consent, ConsentEvent, Consents, Missing, Said, asking::Asked, help_missing};
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Axis, Draft, EventInfo, Fact, FieldClass, FieldInfo, NEUTRAL};
use crate::ids::{EventId, ExceptionId, PersonId, Subject};
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::{CivilDay, Occurred};

/// The ground of this exception asks for another age of the person.
pub const EXCEPTION_NOT_FOR_AGE: Code = Code("EXCEPTION_NOT_FOR_AGE");
/// That a child keeps wanting help excepts nobody who did not say no.
pub const EXCEPTION_WITHOUT_REFUSAL: Code = Code("EXCEPTION_WITHOUT_REFUSAL");
/// No such exception in this case.
pub const EXCEPTION_UNKNOWN: Code = Code("EXCEPTION_UNKNOWN");
/// The exception ended before, or will by then.
pub const EXCEPTION_OVER: Code = Code("EXCEPTION_OVER");

/// On which ground the law excepts somebody from being asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionGround {
    /// 12 to 15: help is evidently needed to prevent serious harm to the child (Jeugdwet 7.3.4(2)): whoever has authority need not agree.
    PreventSeriousHarm,
    /// 12 to 15: after a refusal the child keeps wanting the help, on good thought (Jeugdwet 7.3.4(2)).
    KeepsWanting,
    /// 12 or older and unable to judge its own interest in this: asked is as under 12 (Jeugdwet 7.3.15).
    UnableToJudge,
    /// No time to ask, to prevent serious harm (Jeugdwet 7.3.16(1)): nobody is asked for now.
    Urgent,
    /// A child protection measure, closed youth care or youth probation (Jeugdwet 7.3.4(1)): nobody is asked.
    Measure,
}

impl ExceptionGround {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PreventSeriousHarm => "prevent_serious_harm",
            Self::KeepsWanting => "keeps_wanting",
            Self::UnableToJudge => "unable_to_judge",
            Self::Urgent => "urgent",
            Self::Measure => "measure",
        }
    }

    /// Whether nobody is asked for help.
    pub(super) const fn asks_nobody(self) -> bool {
        matches!(self, Self::Urgent | Self::Measure)
    }

    /// Whether only the child is asked for help, and not who has authority.
    pub(super) const fn spares_holders(self) -> bool {
        matches!(self, Self::PreventSeriousHarm | Self::KeepsWanting)
    }
}

/// An exception as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewException {
    /// Whose help or data.
    pub subject: PersonId,
    /// On which ground.
    pub ground: ExceptionGround,
    /// Why the ground is there, in a sentence.
    pub reason: Text,
    /// First day; the day it happened when nothing is said.
    pub from: Option<CivilDay>,
    /// Last day, when known.
    pub until: Option<CivilDay>,
}

/// An exception as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Exception {
    /// Its id.
    pub id: ExceptionId,
    /// Whose help or data.
    pub subject: PersonId,
    /// On which ground.
    pub ground: Personal<ExceptionGround>,
    /// Why the ground is there.
    pub reason: Personal<Text>,
    /// First day.
    pub from: CivilDay,
    /// Last day, when known.
    pub until: Option<CivilDay>,
    /// When it was decided.
    pub(super) said: Said,
    /// The fact that says so.
    pub fact: EventId,
    /// The fact that ended it.
    pub ended_by: Option<EventId>,
}

impl Exception {
    fn holds_on(&self, day: CivilDay) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// May tell of health or danger, so nothing in clear tells of any.
pub(super) const RECORDED: EventInfo = EventInfo {
    name: "ConsentExceptionRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Dated,
    may_precede: true,
    audience: "director",
    caused_by: &["recordConsentException"],
    meaning: "The law excepts somebody from being asked about this person for a time, on a ground that a person found.",
    fields: &[
        FieldInfo::structure("exception", "this exception"),
        FieldInfo::structure("subject", "whose help or data it is about"),
        FieldInfo {
            class: FieldClass::Personal(DataClass::Health),
            ..FieldInfo::personal("ground", "on which ground")
        },
        FieldInfo::personal("reason", "why the ground is there"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when known"),
    ],
};

pub(super) const ENDED: EventInfo = EventInfo {
    name: "ConsentExceptionEnded",
    caused_by: &["endConsentException"],
    meaning: "An exception to asking for consent no longer holds.",
    fields: &[
        FieldInfo::structure("exception", "which exception"),
        FieldInfo::structure("subject", "whose help or data it is about"),
        FieldInfo::structure("last_day", "last day"),
        FieldInfo::personal("reason", "why"),
    ],
    ..RECORDED
};

impl Consents {
    /// Every exception, in the order told.
    #[must_use]
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// The exceptions that hold about somebody on a day, with their grounds. One whose ground cannot be read excepts nobody.
    pub fn exceptions_on(
        &self,
        subject: PersonId,
        day: CivilDay,
    ) -> impl Iterator<Item = (&Exception, ExceptionGround)> {
        let held = self.exceptions.iter().filter(move |one| one.subject == subject && one.holds_on(day));
        held.filter_map(|one| Some((one, *one.ground.known()?)))
    }

    /// Whether another ground for help was named after a help consent ended, that holds on this day (rule 32).
    pub(super) fn other_ground(&self, ended: &Consent, since: Said, day: CivilDay) -> bool {
        self.exceptions_on(ended.subject, day)
            .any(|(one, ground)| one.said > since && ground != ExceptionGround::UnableToJudge)
    }

    /// Takes in what is asked and what is excepted. Total.
    pub(super) fn take_in_more(&mut self, fact: &Fact<CaseEvent>, event: ConsentEvent) {
        let said = Said::by(fact);
        match event {
            ConsentEvent::ConsentAsked {
                giver,
                subject,
                kind,
                purpose,
                categories,
                recipients,
                explained,
                answer_by,
            } => self.asked.push(Asked {
                giver,
                subject,
                kind,
                purpose,
                categories,
                recipients,
                explained,
                answer_by,
                on: said.on,
                told: said.told,
                fact: fact.id,
            }),
            ConsentEvent::ConsentExceptionRecorded { exception: id, subject, ground, reason, from, until } => {
                let (fact, ended_by) = (fact.id, None);
                self.exceptions.push(Exception { id, subject, ground, reason, from, until, said, fact, ended_by });
            }
            ConsentEvent::ConsentExceptionEnded { exception, last_day, .. } => {
                if let Some(one) = self.exceptions.iter_mut().find(|one| one.id == exception) {
                    one.until = Some(one.until.map_or(last_day, |until| until.min(last_day)));
                    one.ended_by = Some(fact.id);
                }
            }
            ConsentEvent::ConsentGranted { .. }
            | ConsentEvent::ConsentRefused { .. }
            | ConsentEvent::ConsentWithdrawn { .. }
            | ConsentEvent::WithdrawalNotified { .. }
            | ConsentEvent::WithdrawalNoticeConfirmed { .. } => {}
        }
    }
}

pub(super) fn record(
    state: &CaseState,
    order: &Order<CaseCommand>,
    new: &NewException,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    check_known(&state.people, new.subject)?;
    let from = new.from.or(order.occurred.map(Occurred::day)).unwrap_or(context.today());
    check_order(from, new.until)?;
    check_age(state, new, from, context)?;
    if new.ground == ExceptionGround::KeepsWanting {
        let missing = help_missing(state, new.subject, from, context.terms);
        let said_no = |missing: &Missing| matches!(missing, Missing::Refused(who) if *who != new.subject);
        if !missing.iter().any(said_no) {
            return Err(Rejection::new(EXCEPTION_WITHOUT_REFUSAL).with("day", from));
        }
    }
    let event = ConsentEvent::ConsentExceptionRecorded {
        exception: ExceptionId::from_uuid(context.new_id()),
        subject: new.subject,
        ground: Personal::new(Subject::Person(new.subject), DataClass::Health, new.ground),
        reason: context.in_record(new.reason.clone()),
        from,
        until: new.until,
    };
    Ok(vec![Draft::of(CaseEvent::Consent(event)).for_audience(Audience::Director)])
}

fn check_age(state: &CaseState, new: &NewException, from: CivilDay, context: &Context<'_>) -> Result<(), Rejection> {
    let (age, ages) = (state.people.age_on(new.subject, from), context.terms.consent_ages);
    let fits = match new.ground {
        ground if ground.spares_holders() => {
            age.is_some_and(|age| (ages.help_together()..ages.help_alone()).contains(&age))
        }
        ExceptionGround::UnableToJudge => age.is_some_and(|age| age >= ages.help_together().min(ages.sharing())),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    Err(Rejection::new(EXCEPTION_NOT_FOR_AGE).with("ground", new.ground.as_str()).with("day", from))
}

pub(super) fn end(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    (exception, last_day): (ExceptionId, Option<CivilDay>),
    reason: Option<&Text>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let refused = |code| Rejection::new(code).with("exception", Detail::id(exception));
    let known = state.consents.exceptions().iter().find(|one| one.id == exception);
    let known = known.ok_or_else(|| refused(EXCEPTION_UNKNOWN))?;
    let last_day = last_day.unwrap_or_else(|| order.happened(context.today()));
    if known.ended_by.is_some() || known.until.is_some_and(|until| until < last_day) {
        return Err(refused(EXCEPTION_OVER).with("day", last_day));
    }
    let reason = reason.cloned().map(|words| context.in_record(words));
    let event = ConsentEvent::ConsentExceptionEnded { exception, subject: known.subject, last_day, reason };
    let readers = history.fact(known.fact).map(|fact| state.life.audience_of(fact).clone());
    Ok(vec![Draft::of(CaseEvent::Consent(event)).for_audience(readers.unwrap_or(Audience::Director))])
}
