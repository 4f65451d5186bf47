//! The consents of a case as they stand. A withdrawn one stays readable: it explains what was shared under it.

use super::{Category, ConsentEvent, ConsentKind, Evidence, HELP_ENDS_OR_OTHER_GROUND, Standing};
use crate::case::CaseEvent;
use crate::dues::judged_on;
use crate::fact::{Due, Fact};
use crate::ids::{ConsentId, EventId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// One word of one giver about one subject: a yes, with its dates, or a no.
#[derive(Clone, PartialEq, Debug)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Who spoke.
    pub giver: PersonId,
    /// In which capacity, as judged on the day; [`Standing::Undetermined`] for a refusal, where it does not matter.
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
    /// First day; for a refusal the day it was said.
    pub from: CivilDay,
    /// Last day, when agreed.
    pub until: Option<CivilDay>,
    /// What was explained; for a refusal the reason, in their words.
    pub words: Option<Personal<Text>>,
    /// How it was given.
    pub evidence: Option<Evidence>,
    /// The day from which it no longer holds, and the event that says so.
    pub withdrawn: Option<(CivilDay, EventId)>,
    /// For a withdrawn help consent: by when help ends or another ground is named (rule 32).
    pub help_ends: Option<Due>,
    /// The event that recorded it.
    pub fact: EventId,
}

impl Consent {
    /// Whether it is a yes that holds on this day: given, begun, not ended, not withdrawn. Withdrawing works at once, so the day of
    /// a withdrawal no longer counts.
    #[must_use]
    pub fn holds_on(&self, day: CivilDay) -> bool {
        let withdrawn = self.withdrawn.is_some_and(|(since, _)| since <= day);
        !self.refused && self.from <= day && self.until.is_none_or(|until| day <= until) && !withdrawn
    }

    /// Whether this worker may join under it.
    pub(super) fn names(&self, worker: WorkerId) -> bool {
        let named = self.recipients.contains(&worker);
        match self.kind {
            ConsentKind::Help => false,
            ConsentKind::Sharing => named,
            ConsentKind::Joining => named || self.recipients.is_empty(),
        }
    }
}

/// This room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Consents {
    all: Vec<Consent>,
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

    /// Whether this consent holds on this day. Whether its giver has standing is another question: [`super::counts`].
    #[must_use]
    pub fn valid(&self, id: ConsentId, day: CivilDay) -> bool {
        self.get(id).is_some_and(|consent| consent.holds_on(day))
    }

    /// The last word of this giver about this subject up to this day: a yes that holds then, or a no. The last told counts when two
    /// are of one day.
    pub(super) fn last_word(
        &self,
        giver: PersonId,
        subject: PersonId,
        kind: ConsentKind,
        day: CivilDay,
    ) -> Option<&Consent> {
        let spoken = |consent: &&Consent| {
            (consent.giver, consent.subject, consent.kind) == (giver, subject, kind)
                && (consent.holds_on(day) || (consent.refused && consent.from <= day))
        };
        self.all.iter().filter(spoken).max_by_key(|consent| consent.from)
    }

    /// Withdrawn help consents after which nothing followed: whoever withdrew did not say yes again (rule 32).
    pub(crate) fn open_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.all.iter().filter_map(move |consent| {
            let (due, (since, _)) = (consent.help_ends.as_ref()?, consent.withdrawn?);
            (!self.said_yes_again(consent, since, judged_on(due, today))).then(|| due.clone())
        })
    }

    /// Whether this giver said yes by this day to what they withdrew, then or by another consent that went on.
    fn said_yes_again(&self, withdrawn: &Consent, since: CivilDay, day: CivilDay) -> bool {
        let about = |consent: &Consent| (consent.giver, consent.subject, consent.kind);
        self.all.iter().any(|other| {
            let later = other.from >= since && other.from <= day;
            let yes = !other.refused && other.id != withdrawn.id && about(other) == about(withdrawn);
            yes && (later || other.holds_on(day))
        })
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
                from,
                until,
                words: explained,
                evidence: Some(evidence),
                withdrawn: None,
                help_ends: None,
                fact: fact.id,
            }),
            ConsentEvent::ConsentRefused { consent, giver, subject, kind, reason } => self.all.push(Consent {
                id: consent,
                giver,
                standing: Standing::Undetermined,
                subject,
                kind,
                refused: true,
                purpose: None,
                categories: Vec::new(),
                recipients: Vec::new(),
                from: fact.occurred.day(),
                until: None,
                words: reason,
                evidence: None,
                withdrawn: None,
                help_ends: None,
                fact: fact.id,
            }),
            ConsentEvent::ConsentWithdrawn { consent: id, .. } => {
                let open = |consent: &&mut Consent| consent.id == id && consent.withdrawn.is_none();
                if let Some(consent) = self.all.iter_mut().find(open) {
                    consent.withdrawn = Some((fact.occurred.day(), fact.id));
                    consent.help_ends = fact.due.iter().find(|due| due.what == HELP_ENDS_OR_OTHER_GROUND).cloned();
                }
            }
        }
    }
}
