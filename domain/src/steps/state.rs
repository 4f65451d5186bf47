//! What was done with each person.

use std::collections::BTreeMap;

use super::{ConversationStep, OptionEffect, StepsEvent};
use crate::case::CaseEvent;
use crate::conference::Attendee;
use crate::fact::Fact;
use crate::ids::{ConflictId, EventId, OptionId, PersonId, TrustedContactId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// A step that was taken with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct TakenStep {
    /// With whom.
    pub person: PersonId,
    /// Which.
    pub step: ConversationStep,
    /// By which worker.
    pub worker: WorkerId,
    /// What came up.
    pub words: Option<Personal<Text>>,
    /// About which conflict.
    pub conflict: Option<ConflictId>,
    /// The day.
    pub day: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody thought of.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnOption {
    /// The option.
    pub id: OptionId,
    /// Who thought of it.
    pub person: PersonId,
    /// With which worker they spoke.
    pub worker: WorkerId,
    /// What.
    pub words: Personal<Text>,
    /// About which conflict.
    pub conflict: Option<ConflictId>,
    /// The day.
    pub day: CivilDay,
    /// What came of trying it, in the order told.
    pub tried: Vec<Tried>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What came of trying an option.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// The day.
    pub day: CivilDay,
    /// What came of it.
    pub effect: Personal<OptionEffect>,
    /// In words.
    pub words: Option<Personal<Text>>,
    /// Which familiar faces were there.
    pub present: Vec<TrustedContactId>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Somebody's familiar face.
#[derive(Clone, PartialEq, Debug)]
pub struct TrustedContact {
    /// The familiar face.
    pub id: TrustedContactId,
    /// By whom named.
    pub person: PersonId,
    /// Who it is.
    pub who: Attendee,
    /// Why this one.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub day: CivilDay,
    /// Whether this one may be there, in the order told.
    pub presence: Vec<PresenceAnswer>,
    /// That it is over.
    pub ended: Option<EndedContact>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Whether a familiar face may be there.
#[derive(Clone, PartialEq, Debug)]
pub struct PresenceAnswer {
    /// The day on which it was said.
    pub day: CivilDay,
    /// Yes or no.
    pub agrees: Personal<bool>,
    /// For which day; each time when nothing is said.
    pub on: Option<CivilDay>,
    /// In words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody is no familiar face any more.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedContact {
    /// The day.
    pub day: CivilDay,
    /// Why.
    pub reason: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl TrustedContact {
    /// Whether the person agreed that this one is there on this day: the last word said by then about that day, or about each time.
    #[must_use]
    pub fn may_be_there(&self, day: CivilDay) -> bool {
        let over = self.ended.as_ref().is_some_and(|ended| ended.day < day);
        let about = |answer: &&PresenceAnswer| answer.day <= day && answer.on.is_none_or(|on| on == day);
        let last = self.presence.iter().filter(about).max_by_key(|answer| answer.day);
        !over && last.is_some_and(|answer| answer.agrees.known() == Some(&true))
    }
}

/// What was done with each person: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Steps {
    taken: BTreeMap<EventId, TakenStep>,
    options: BTreeMap<OptionId, OwnOption>,
    trusted: BTreeMap<TrustedContactId, TrustedContact>,
}

impl Steps {
    /// Every step that was taken, in no order that says anything.
    pub fn taken(&self) -> impl Iterator<Item = &TakenStep> {
        self.taken.values()
    }

    /// Every option, in no order that says anything.
    pub fn options(&self) -> impl Iterator<Item = &OwnOption> {
        self.options.values()
    }

    /// Every familiar face, in no order that says anything.
    pub fn trusted_contacts(&self) -> impl Iterator<Item = &TrustedContact> {
        self.trusted.values()
    }

    /// This option.
    #[must_use]
    pub fn option(&self, option: OptionId) -> Option<&OwnOption> {
        self.options.get(&option)
    }

    /// This familiar face.
    #[must_use]
    pub fn trusted(&self, trusted: TrustedContactId) -> Option<&TrustedContact> {
        self.trusted.get(&trusted)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &StepsEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            StepsEvent::ConversationStepTaken { person, step, worker, words, conflict } => {
                self.taken.insert(id, TakenStep { person, step, worker, words, conflict, day, fact: id });
            }
            StepsEvent::OptionAuthored { option, person, worker, words, conflict } => {
                let tried = Vec::new();
                let own = OwnOption { id: option, person, worker, words, conflict, day, tried, fact: id };
                self.options.insert(option, own);
            }
            StepsEvent::OptionTried { option, effect, words, present } => {
                if let Some(own) = self.options.get_mut(&option) {
                    own.tried.push(Tried { day, effect, words, present, fact: id });
                }
            }
            StepsEvent::TrustedContactNamed { trusted, person, who, words } => {
                let (presence, ended) = (Vec::new(), None);
                let named = TrustedContact { id: trusted, person, who, words, day, presence, ended, fact: id };
                self.trusted.insert(trusted, named);
            }
            StepsEvent::TrustedPresenceAnswered { trusted, agrees, on, words } => {
                if let Some(named) = self.trusted.get_mut(&trusted) {
                    named.presence.push(PresenceAnswer { day, agrees, on, words, fact: id });
                }
            }
            StepsEvent::TrustedContactEnded { trusted, reason } => {
                if let Some(named) = self.trusted.get_mut(&trusted) {
                    named.ended = Some(EndedContact { day, reason, fact: id });
                }
            }
        }
    }
}
