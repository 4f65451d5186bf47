//! The consents of a case as they stand. A withdrawn one stays readable: it explains what was shared under it.

use std::collections::BTreeMap;

use super::asking::Asked;
use super::exceptions::Exception;
use super::notices::Notice;
use super::{Category, ConsentEvent, ConsentKind, Evidence, HELP_ENDS_OR_OTHER_GROUND, Standing};
use crate::case::CaseEvent;
use crate::dues::judged_on;
use crate::fact::{Due, Fact};
use crate::ids::{ConsentId, EventId, NoticeId, PersonId, Revision, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// When a word was said. Ordered: what was said on a later day comes later; on one day, what was told later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Said {
    /// The day.
    pub on: CivilDay,
    /// Its place in the history.
    pub told: Revision,
}

impl Said {
    pub(super) fn by(fact: &Fact<CaseEvent>) -> Self {
        Self { on: fact.occurred.day(), told: fact.revision }
    }
}

/// That a yes was withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// When. From that day on it no longer holds.
    pub said: Said,
    /// The event that says so.
    pub fact: EventId,
}

/// One word of one giver about one subject: a yes, with its dates, or a no.
#[derive(Clone, PartialEq, Debug)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Who spoke.
    pub giver: PersonId,
    /// In which capacity, as judged on the day; [`Standing::Undetermined`] for a giver's own refusal, where it does not matter.
    pub standing: Standing,
    /// Whose help or data.
    pub subject: PersonId,
    /// To what.
    pub kind: ConsentKind,
    /// Whether it is a no.
    pub refused: bool,
    /// What for.
    pub purpose: Option<Personal<Line>>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Which workers.
    pub recipients: Vec<WorkerId>,
    /// When it was said: which of two words is the last follows from this, never from the first day.
    pub said: Said,
    /// First day; for a refusal the day it was said.
    pub from: CivilDay,
    /// Last day, when agreed.
    pub until: Option<CivilDay>,
    /// What was explained; for a refusal the reason, in their words.
    pub words: Option<Personal<Text>>,
    /// How it was given.
    pub evidence: Option<Evidence>,
    /// Who spoke in the giver's place, as their representative.
    pub by: Option<WorkerId>,
    /// Whether this very word was withdrawn. What else ends it: [`Consents::valid`].
    pub withdrawn: Option<Withdrawn>,
    /// For a help consent that was withdrawn, and for a no that ended one: by when help ends or another ground is named (rule 32).
    pub help_ends: Option<Due>,
    /// The event that recorded it.
    pub fact: EventId,
}

impl Consent {
    /// Whether it is a yes that was said and begun, and had not ended on this day. Later words are another question.
    pub(super) fn within_its_days(&self, day: CivilDay) -> bool {
        let begun = self.said.on <= day && self.from <= day;
        !self.refused && begun && self.until.is_none_or(|until| day <= until)
    }

    /// Whether both are words of one voice about one subject: a giver's own, or their representative's.
    pub(super) fn is_of_one_voice(&self, other: &Self) -> bool {
        (self.giver, self.subject, self.by.is_some()) == (other.giver, other.subject, other.by.is_some())
    }

    /// Whether it is a no that counts: one's own always, a representative's when they spoke as one who may.
    pub(super) fn says_no(&self) -> bool {
        self.refused && (self.by.is_none() || self.standing != Standing::Undetermined)
    }

    /// Whether it is about sharing data of this category.
    pub(super) fn shares(&self, category: Category) -> bool {
        self.kind == ConsentKind::Sharing && self.categories.contains(&category)
    }

    /// Whether this worker may join under it.
    pub(super) fn names(&self, worker: WorkerId) -> bool {
        let named = self.recipients.contains(&worker);
        match self.kind {
            ConsentKind::Help | ConsentKind::Measuring => false,
            ConsentKind::Sharing => named,
            ConsentKind::Joining => named || self.recipients.is_empty(),
        }
    }
}

/// What became of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WordState {
    /// A yes that holds.
    Granted,
    /// A yes in whose place a later one like it holds.
    Renewed,
    /// A no.
    Refused,
    /// A yes that was withdrawn.
    Withdrawn,
    /// A yes whose agreed last day is past.
    Expired,
    /// A yes that a later no, or the withdrawal of another like it, took back.
    TakenBack,
    /// A yes that had not begun.
    NotYet,
}

/// This room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Consents {
    all: Vec<Consent>,
    pub(super) asked: Vec<Asked>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) notices: BTreeMap<NoticeId, Notice>,
}

impl Consents {
    /// All of them, in the order in which they were recorded.
    #[must_use]
    pub fn all(&self) -> &[Consent] {
        &self.all
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: ConsentId) -> Option<&Consent> {
        self.all.iter().find(|consent| consent.id == id)
    }

    /// Whether this is a yes that holds on this day: said, begun, not ended, and not taken back by a later word of the same giver, a
    /// no or the withdrawal of this yes or of another one like it. Whether its giver has standing is another question:
    /// [`super::counts`].
    #[must_use]
    pub fn valid(&self, id: ConsentId, day: CivilDay) -> bool {
        self.get(id).is_some_and(|consent| self.holds(consent, day))
    }

    /// Whether somebody with standing ever gave this yes or another one like it, which a withdrawal ends as well.
    pub(super) fn spoke_with_standing(&self, yes: &Consent) -> bool {
        let like = |word: &Consent| word.is_of_one_voice(yes) && word.kind == yes.kind;
        self.all.iter().any(|word| like(word) && word.standing != Standing::Undetermined)
    }

    /// Help consents that were withdrawn, or ended by a no, after which nothing followed: whoever said so did not say yes again (rule 32).
    pub(crate) fn open_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.all.iter().filter_map(move |consent| {
            let due = consent.help_ends.as_ref()?;
            let ended = if consent.refused { consent.said } else { consent.withdrawn?.said };
            let day = judged_on(due, today);
            let followed = self.said_yes_again(consent, ended, day) || self.other_ground(consent, ended, day);
            (!followed).then(|| due.clone())
        })
    }

    /// Whether this giver said yes again, after that, to what they no longer wanted, and it had begun by this day.
    fn said_yes_again(&self, ended: &Consent, since: Said, day: CivilDay) -> bool {
        let about = |other: &Consent| other.is_of_one_voice(ended) && other.kind == ended.kind;
        let again = |other: &Consent| !other.refused && other.said > since && other.from <= day;
        self.all.iter().any(|other| about(other) && again(other))
    }

    /// What became of a word by a day. An expiry is no event: it is read from the agreed last day.
    #[must_use]
    pub fn state_of(&self, word: &Consent, day: CivilDay) -> WordState {
        let like = |other: &&Consent| {
            let again = !other.refused && other.said > word.said && other.said.on <= day && other.from <= day;
            other.is_of_one_voice(word) && other.kind == word.kind && again && self.holds(other, day)
        };
        match word.withdrawn {
            _ if word.refused => WordState::Refused,
            Some(withdrawn) if withdrawn.said.on <= day => WordState::Withdrawn,
            _ if day < word.said.on || day < word.from => WordState::NotYet,
            _ if self.all.iter().any(|other| like(&other)) => WordState::Renewed,
            _ if word.until.is_some_and(|until| until < day) => WordState::Expired,
            _ if self.holds(word, day) => WordState::Granted,
            _ => WordState::TakenBack,
        }
    }

    /// Takes a fact in. Total: withdrawing what is not there has no effect.
    pub(super) fn take_in(&mut self, fact: &Fact<CaseEvent>, event: &ConsentEvent) {
        match event.clone() {
            ConsentEvent::ConsentGranted {
                consent,
                giver,
                standing,
                subject,
                kind,
                purpose,
                categories,
                recipients,
                from,
                until,
                explained,
                evidence,
                by,
            } => self.all.push(Consent {
                id: consent,
                giver,
                standing,
                subject,
                kind,
                refused: false,
                purpose,
                categories,
                recipients,
                said: Said::by(fact),
                from,
                until,
                words: explained,
                evidence: Some(evidence),
                by,
                withdrawn: None,
                help_ends: None,
                fact: fact.id,
            }),
            ConsentEvent::ConsentRefused { consent, giver, subject, kind, reason, by, standing } => {
                self.all.push(Consent {
                    id: consent,
                    giver,
                    standing: standing.unwrap_or(Standing::Undetermined),
                    subject,
                    kind,
                    refused: true,
                    purpose: None,
                    categories: Vec::new(),
                    recipients: Vec::new(),
                    said: Said::by(fact),
                    from: fact.occurred.day(),
                    until: None,
                    words: reason,
                    evidence: None,
                    by,
                    withdrawn: None,
                    help_ends: help_ends(fact),
                    fact: fact.id,
                });
            }
            ConsentEvent::ConsentWithdrawn { consent: id, .. } => {
                let open = |consent: &&mut Consent| consent.id == id && consent.withdrawn.is_none();
                if let Some(consent) = self.all.iter_mut().find(open) {
                    consent.withdrawn = Some(Withdrawn { said: Said::by(fact), fact: fact.id });
                    consent.help_ends = help_ends(fact);
                }
            }
            event @ (ConsentEvent::WithdrawalNotified { .. } | ConsentEvent::WithdrawalNoticeConfirmed { .. }) => {
                self.take_in_notice(fact, &event);
            }
            event => self.take_in_more(fact, event),
        }
    }
}

/// The term in which help ends, when the fact carries one.
fn help_ends(fact: &Fact<CaseEvent>) -> Option<Due> {
    fact.due.iter().find(|due| due.what == HELP_ENDS_OR_OTHER_GROUND).cloned()
}
