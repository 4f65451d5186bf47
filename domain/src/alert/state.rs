//! The alerts that were raised and the proposals that were made, with what became of them.

use super::{AlertEvent, AlertKey, Ground, ProposalAbout, ProposalKind, Receiver};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{AlertId, EventId, PersonId, ProposalId, Revision, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::{CivilDay, Timestamp};

/// An alert through all its steps.
#[derive(Clone, PartialEq, Debug)]
pub struct RaisedAlert {
    /// The alert.
    pub id: AlertId,
    /// What is waited for.
    pub what: String,
    /// The fact that said so, if one did.
    pub said_by: Option<EventId>,
    /// The last day, as that fact said it.
    pub last_day: Option<CivilDay>,
    /// The day, where it follows from somebody's birth date.
    pub own_day: Option<Personal<CivilDay>>,
    /// Whom it concerns, where no fact says so.
    pub persons: Vec<PersonId>,
    /// Of several that are alike: which one, from 0.
    pub nth: u32,
    /// Who was told, in order; never empty.
    pub steps: Vec<AlertStep>,
}

/// That somebody was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertStep {
    /// Which step of the chain, from 1.
    pub step: u32,
    /// Who.
    pub to: Receiver,
    /// At the step of the owner: which professional.
    pub owner: Option<WorkerId>,
    /// When.
    pub at: Timestamp,
    /// When the next step follows if it still waits then.
    pub next: Option<Timestamp>,
    /// The fact.
    pub fact: EventId,
}

impl RaisedAlert {
    /// The last day, as far as it can be read.
    #[must_use]
    pub fn day(&self) -> Option<CivilDay> {
        self.last_day.or_else(|| self.own_day.as_ref().and_then(Personal::known).copied())
    }

    /// Whether this was raised under this key for this day. A day that can no longer be read may be that day: rather one alert too few
    /// than the same one twice.
    pub(super) fn is_of(&self, key: &AlertKey, day: CivilDay) -> bool {
        let alike = self.what == key.what;
        alike
            && match key.ground {
                Ground::Said { by, last_day } => {
                    self.own_day.is_none() && (self.said_by, self.last_day, self.nth) == (by, Some(last_day), key.nth)
                }
                Ground::Of(person) => self.persons == [person] && self.day().is_none_or(|own| own == day),
            }
    }
}

/// Something that was proposed.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// The proposal.
    pub id: ProposalId,
    /// What.
    pub kind: ProposalKind,
    /// About what.
    pub about: ProposalAbout,
    /// The fact that caused it.
    pub cause: EventId,
    /// Whom it concerns.
    pub persons: Vec<PersonId>,
    /// When it was made.
    pub at: Timestamp,
    /// Its place in the history.
    pub made: Revision,
    /// What a person answered.
    pub answer: Option<Answer>,
    /// The fact that it was made.
    pub fact: EventId,
}

/// What a person answered to a proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Whether it was accepted; else it was dismissed.
    pub accepted: bool,
    /// In words; why, when dismissed.
    pub words: Option<Personal<Text>>,
    /// Who.
    pub by: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// Its place in the history.
    pub told: Revision,
    /// The fact.
    pub fact: EventId,
}

impl Proposal {
    /// Whether nobody had answered it before this place in the history, and it had been made.
    #[must_use]
    pub fn waited_at(&self, place: Revision) -> bool {
        self.made < place && self.answer.as_ref().is_none_or(|answer| place < answer.told)
    }
}

/// Alerts and proposals: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Alerts {
    raised: Vec<RaisedAlert>,
    proposals: Vec<Proposal>,
}

impl Alerts {
    /// Every alert that was raised, in order of its first step.
    #[must_use]
    pub fn raised(&self) -> &[RaisedAlert] {
        &self.raised
    }

    /// Every proposal, in the order made.
    #[must_use]
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// This proposal.
    #[must_use]
    pub fn proposal(&self, proposal: ProposalId) -> Option<&Proposal> {
        self.proposals.iter().find(|known| known.id == proposal)
    }

    /// The alert that was raised under this key for this day.
    pub(super) fn under(&self, key: &AlertKey, day: CivilDay) -> Option<&RaisedAlert> {
        self.raised.iter().find(|raised| raised.is_of(key, day))
    }

    /// How many alerts of this kind were raised about somebody for another day.
    pub(super) fn for_other_days(&self, what: &str, person: PersonId, day: CivilDay) -> u32 {
        let others = self.raised.iter().filter(|raised| raised.what == what && raised.persons == [person]);
        u32::try_from(others.filter(|raised| raised.day().is_some_and(|own| own != day)).count()).unwrap_or(u32::MAX)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &AlertEvent) {
        match event.clone() {
            AlertEvent::AlertRaised {
                alert,
                what,
                said_by,
                last_day,
                own_day,
                persons,
                nth,
                step,
                to,
                owner,
                next,
            } => {
                let told = AlertStep { step, to, owner, at: fact.recorded_at, next, fact: fact.id };
                match self.raised.iter_mut().find(|raised| raised.id == alert) {
                    Some(raised) => raised.steps.push(told),
                    None => self.raised.push(RaisedAlert {
                        id: alert,
                        what,
                        said_by,
                        last_day,
                        own_day,
                        persons,
                        nth,
                        steps: vec![told],
                    }),
                }
            }
            AlertEvent::ProposalMade { proposal, kind, about, cause, persons } => self.proposals.push(Proposal {
                id: proposal,
                kind,
                about,
                cause,
                persons,
                at: fact.recorded_at,
                made: fact.revision,
                answer: None,
                fact: fact.id,
            }),
            AlertEvent::ProposalAccepted { proposal, words } => self.answer(proposal, fact, true, words),
            AlertEvent::ProposalDismissed { proposal, reason } => self.answer(proposal, fact, false, Some(reason)),
        }
    }

    /// The first answer counts.
    fn answer(&mut self, id: ProposalId, fact: &Fact<CaseEvent>, accepted: bool, words: Option<Personal<Text>>) {
        let waiting = |proposal: &&mut Proposal| proposal.id == id && proposal.answer.is_none();
        if let Some(proposal) = self.proposals.iter_mut().find(waiting) {
            proposal.answer = Some(Answer {
                accepted,
                words,
                by: fact.actor.worker,
                on: fact.occurred.day(),
                told: fact.revision,
                fact: fact.id,
            });
        }
    }
}
