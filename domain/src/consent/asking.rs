//! That consent was asked: of whom, what for, why, and what was explained (`privacy.md`, "Consent is a record"). The answer is whatever the
//! giver says next to that kind of thing for that subject: a yes, a no. Until then the question waits.

use serde::Serialize;

use super::{Category, ConsentEvent, ConsentKind, Consents, WhoIs, known_person};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::{Axis, Draft, EventInfo, FieldInfo};
use crate::ids::{EventId, PersonId, Revision, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A question as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewAsk {
    /// Who was asked.
    pub giver: PersonId,
    /// Whose help or data.
    pub subject: PersonId,
    /// To what.
    pub kind: ConsentKind,
    /// What for.
    pub purpose: Option<Line>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Which workers.
    pub recipients: Vec<WorkerId>,
    /// What was explained and why it was asked.
    pub explained: Option<Text>,
    /// The day by which an answer was asked for.
    pub answer_by: Option<CivilDay>,
}

/// A question that was put.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// Who was asked.
    pub giver: PersonId,
    /// Whose help or data.
    pub subject: PersonId,
    /// To what.
    pub kind: ConsentKind,
    /// What for.
    pub purpose: Option<Personal<Line>>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Which workers.
    pub recipients: Vec<WorkerId>,
    /// What was explained and why it was asked.
    pub explained: Option<Personal<Text>>,
    /// The day by which an answer was asked for.
    pub answer_by: Option<CivilDay>,
    /// The day it was asked.
    pub on: CivilDay,
    pub(super) told: Revision,
    /// The fact that says so.
    pub fact: EventId,
}

pub(super) const ASKED: EventInfo = EventInfo {
    name: "ConsentAsked",
    version: 1,
    outer: "ConsentAsked",
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &["askConsent"],
    meaning: "Somebody was asked for consent; what they say next to that kind of thing is the answer.",
    fields: &[
        FieldInfo::structure("giver", "who was asked"),
        FieldInfo::structure("subject", "whose help or data it is about"),
        FieldInfo::structure("kind", "help, sharing or joining"),
        FieldInfo::personal("purpose", "what for"),
        FieldInfo::structure("categories", "which data would be shared"),
        FieldInfo::structure("recipients", "which workers would receive or join"),
        FieldInfo::personal("explained", "what was explained and why it was asked"),
        FieldInfo::structure("answer_by", "the day by which an answer was asked for"),
    ],
};

impl Consents {
    /// Every question, in the order told.
    #[must_use]
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// Whether a question still waits on a day: the giver said neither yes nor no to that kind of thing since it was put.
    #[must_use]
    pub fn waits(&self, asked: &Asked, day: CivilDay) -> bool {
        let answers = |word: &super::Consent| {
            let about = (word.giver, word.subject, word.kind) == (asked.giver, asked.subject, asked.kind);
            let later = (word.said.on, word.said.told) > (asked.on, asked.told);
            about && later && word.said.on <= day
        };
        asked.on <= day && !self.all().iter().any(answers)
    }
}

pub(super) fn decide(
    state: &CaseState,
    ask: &NewAsk,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    known_person(state, &WhoIs::Person(ask.giver))?;
    known_person(state, &WhoIs::Person(ask.subject))?;
    let event = ConsentEvent::ConsentAsked {
        giver: ask.giver,
        subject: ask.subject,
        kind: ask.kind,
        purpose: ask.purpose.clone().map(|words| context.in_record(words)),
        categories: ask.categories.clone(),
        recipients: ask.recipients.clone(),
        explained: ask.explained.clone().map(|words| context.in_record(words)),
        answer_by: ask.answer_by,
    };
    Ok(vec![Draft::of(CaseEvent::Consent(event))])
}
