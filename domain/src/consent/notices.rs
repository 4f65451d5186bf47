//! That a word by which a consent ended is told to whoever knew something under that consent (R02; `privacy.md`, "Withdrawing … makes a notice
//! for each receiver"): what they know may not be used further, nor passed on. Access ended by itself, at once; the notice gives none.
//!
//! A receiver is whoever something rested on it for, at the moment before: a worker whom it named, who takes part under it, or whose access
//! the law derives from it that day. Told from what was carried before and is no longer carried after, so that a word which ends several
//! consents makes one notice for each receiver. What ends by its agreed day, or with a birthday, was agreed or known beforehand: it makes none.

use std::collections::BTreeSet;

use super::words::Matter;
use super::{Consent, ConsentEvent, ConsentKind, Consents, Said, named_on};
use crate::case::{Case, CaseEvent, CaseState};
use crate::decider::{Context, History, foresee};
use crate::divorce::{sat_access_on, sat_named_readers_on};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo};
use crate::ids::{ConsentId, EventId, NoticeId, WorkerId};
use crate::rejection::{Code, Detail, Rejection};
use crate::ret::ret_members_on;
use crate::sharing::shares_on;
use crate::terms::Terms;
use crate::time::{CivilDay, Occurred};

/// There is no such notice for whoever asks: not in this case, not to them, or not any more since what it tells of was struck out.
pub const NOTICE_UNKNOWN: Code = Code("NOTICE_UNKNOWN");
/// The receiver confirmed it before.
pub const NOTICE_ALREADY_CONFIRMED: Code = Code("NOTICE_ALREADY_CONFIRMED");

/// A notice to one receiver.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// By which word something ended: the consent that was withdrawn, or the no.
    pub word: ConsentId,
    /// Who is told.
    pub receiver: WorkerId,
    /// When.
    pub told: Said,
    /// That the receiver confirmed it.
    pub confirmed: Option<Confirmed>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a receiver confirmed a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Confirmed {
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

const NOTICE: FieldInfo = FieldInfo::structure("notice", "the notice");

pub(super) const NOTIFIED: EventInfo = EventInfo {
    name: "WithdrawalNotified",
    version: 1,
    outer: "WithdrawalNotified",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["withdrawConsent", "refuseConsent"],
    meaning: "Somebody who knew something under a consent is told that it ended: what they know may not be used further, nor passed on.",
    fields: &[
        NOTICE,
        FieldInfo::structure("word", "by which word it ended: the consent that was withdrawn, or the no"),
        FieldInfo::structure("receiver", "who is told"),
    ],
};

pub(super) const CONFIRMED: EventInfo = EventInfo {
    name: "WithdrawalNoticeConfirmed",
    outer: "WithdrawalNoticeConfirmed",
    caused_by: &["confirmWithdrawalNotice"],
    meaning: "The receiver of a notice confirmed it.",
    fields: &[NOTICE],
    ..NOTIFIED
};

impl Consents {
    /// Every notice, in the order told.
    #[must_use]
    pub fn notices(&self) -> Vec<&Notice> {
        let mut notices: Vec<_> = self.notices.values().collect();
        notices.sort_by_key(|notice| notice.told);
        notices
    }

    /// One of them.
    #[must_use]
    pub fn notice(&self, id: NoticeId) -> Option<&Notice> {
        self.notices.get(&id)
    }

    /// The notices that wait for their receivers, in the order told.
    #[must_use]
    pub fn waiting_notices(&self) -> Vec<&Notice> {
        let mut waiting = self.notices();
        waiting.retain(|notice| notice.confirmed.is_none() && self.still_true(notice));
        waiting
    }

    /// Whether what a notice tells of is so: the withdrawal, or the no, was not struck out.
    #[must_use]
    pub fn still_true(&self, notice: &Notice) -> bool {
        self.get(notice.word).is_some_and(|word| word.refused || word.withdrawn.is_some())
    }

    /// Takes a notice in, or that it was confirmed. Total: confirming what is not there has no effect.
    pub(super) fn take_in_notice(&mut self, fact: &Fact<CaseEvent>, event: &ConsentEvent) {
        match event {
            ConsentEvent::WithdrawalNotified { notice: id, word, receiver } => {
                let (told, confirmed) = (Said::by(fact), None);
                let notice = Notice { id: *id, word: *word, receiver: *receiver, told, confirmed, fact: fact.id };
                self.notices.insert(*id, notice);
            }
            ConsentEvent::WithdrawalNoticeConfirmed { notice } => {
                if let Some(notice) = self.notices.get_mut(notice).filter(|notice| notice.confirmed.is_none()) {
                    notice.confirmed = Some(Confirmed { on: fact.occurred.day(), fact: fact.id });
                }
            }
            _ => {}
        }
    }
}

/// The fact by which a consent may end, with a notice for each receiver for whom something ended by it.
pub(super) fn with_notices(
    history: &History<Case>,
    word: ConsentId,
    (ended_by, occurred): (Draft<CaseEvent>, Option<Occurred>),
    context: &mut Context<'_>,
) -> Vec<Draft<CaseEvent>> {
    let receivers = receivers(history, Draft { occurred, ..ended_by.clone() }, context);
    let mut drafts = vec![ended_by];
    drafts.extend(receivers.into_iter().map(|receiver| {
        let notice = NoticeId::from_uuid(context.new_id());
        let event = CaseEvent::Consent(ConsentEvent::WithdrawalNotified { notice, word, receiver });
        // A no may be told late; somebody is told now.
        Draft { occurred: Some(Occurred::At(context.now)), ..Draft::of(event) }
    }));
    drafts
}

/// The receiver says that they read it.
pub(super) fn confirm(
    state: &CaseState,
    id: NoticeId,
    context: &Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let refused = |code| Rejection::new(code).with("notice", Detail::id(id));
    let consents = &state.consents;
    let own = |notice: &&Notice| notice.receiver == context.actor.worker && consents.still_true(notice);
    let notice = consents.notice(id).filter(own).ok_or_else(|| refused(NOTICE_UNKNOWN))?;
    if notice.confirmed.is_some() {
        return Err(refused(NOTICE_ALREADY_CONFIRMED));
    }
    Ok(vec![Draft::of(CaseEvent::Consent(ConsentEvent::WithdrawalNoticeConfirmed { notice: id }))])
}

/// Those for whom something was carried before and is not after, each once, in order.
fn receivers(history: &History<Case>, ended_by: Draft<CaseEvent>, context: &Context<'_>) -> BTreeSet<WorkerId> {
    let before = Carried::on(history.state(), context.today(), context.terms);
    if before.0.is_empty() {
        return BTreeSet::new();
    }
    let after = foresee(history, &[ended_by], context);
    let after = Carried::on(after.state(), context.today(), context.terms);
    before.0.difference(&after.0).map(|(worker, ..)| *worker).collect()
}

/// What consents carry on a day: for whom, by which consent, and of which kind of data where the consent names any.
struct Carried(BTreeSet<(WorkerId, ConsentId, &'static str)>);

impl Carried {
    fn on(state: &CaseState, day: CivilDay, terms: &Terms) -> Self {
        let mut carried = Self(BTreeSet::new());
        carried.named(state, day);
        let parties = state.regie.parties_on(day);
        for party in &parties {
            let holding = party.consents.iter().copied().filter(|consent| state.consents.valid(*consent, day));
            carried.rests(party.worker, holding);
            carried.rests(party.worker, named_on(state, party.worker, day, terms).into_iter().flat_map(|(_, ids)| ids));
        }
        for member in ret_members_on(state, day, terms) {
            carried.rests(member.worker, member.consents);
        }
        for access in sat_access_on(state, day, terms) {
            carried.rests(access.advisor, access.consents);
        }
        for (worker, consents) in sat_named_readers_on(state, day, terms) {
            carried.rests(worker, consents);
        }
        for open in shares_on(state, day, terms) {
            carried.rests(open.share.recipient, open.consents);
        }
        // Who is kept out has no access that could end.
        carried.0.retain(|(worker, ..)| !state.exclusions.is_excluded(*worker));
        carried
    }

    fn rests(&mut self, worker: WorkerId, consents: impl IntoIterator<Item = ConsentId>) {
        self.0.extend(consents.into_iter().map(|consent| (worker, consent, "")));
    }

    /// Those whom a consent names, as far as it holds for them.
    fn named(&mut self, state: &CaseState, day: CivilDay) {
        for consent in state.consents.all() {
            for worker in &consent.recipients {
                let kinds = kinds(&state.consents, consent, *worker, day);
                self.0.extend(kinds.into_iter().map(|kind| (*worker, consent.id, kind)));
            }
        }
    }
}

/// For which kinds of data a consent holds for a worker whom it names; of one that names no data a word that says so.
fn kinds(consents: &Consents, consent: &Consent, worker: WorkerId, day: CivilDay) -> Vec<&'static str> {
    let whole = |matter| if consents.holds_for(consent, matter, day) { vec!["whole"] } else { Vec::new() };
    match consent.kind {
        ConsentKind::Help => whole(Matter::Help),
        ConsentKind::Measuring => whole(Matter::Measuring),
        ConsentKind::Joining => whole(Matter::Joining(worker)),
        ConsentKind::Sharing if consent.categories.is_empty() => whole(Matter::SharingWith(None, worker)),
        ConsentKind::Sharing => {
            let holds = |category| consents.holds_for(consent, Matter::SharingWith(Some(category), worker), day);
            let categories = consent.categories.iter().filter(|category| holds(**category));
            categories.map(|category| category.as_str()).collect()
        }
    }
}
