//! Whose consent names a worker: those people's data the worker may know (`privacy.md`, "Three layers": a supporter sees the personal
//! layer of those whose consent names them). Asked for each request, so a withdrawal ends it on the next one (R02).

use super::standing::every_yes;
use super::words::Matter;
use super::{Consent, ConsentKind, Missing};
use crate::case::CaseState;
use crate::ids::{ConsentId, PersonId, WorkerId};
use crate::terms::Terms;
use crate::time::CivilDay;

/// The people whose joining or sharing consent names this worker on this day, each with the consents that say so, in order of the
/// person. A joining consent that names nobody names who is in under it. It must be complete: everyone who must be asked said yes, to
/// joining or to sharing, and nobody's last word is a no.
///
/// What was complete and lacks somebody since a birthday or a change of authority goes on for the policy term `incomplete_consent`
/// after that day; a no, a withdrawal or an agreed end ends it at once.
#[must_use]
pub fn named_on(state: &CaseState, worker: WorkerId, day: CivilDay, terms: &Terms) -> Vec<(PersonId, Vec<ConsentId>)> {
    let under = Under { state, worker, today: day, terms };
    let consents = state.consents.all().iter().filter(|consent| under.is_named_by(consent));
    let mut subjects: Vec<_> = consents.map(|consent| consent.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects.into_iter().filter_map(|subject| Some((subject, under.consents_of(subject)?))).collect()
}

/// Whom it is asked for, and when.
struct Under<'a> {
    state: &'a CaseState,
    worker: WorkerId,
    today: CivilDay,
    terms: &'a Terms,
}

/// What the words about somebody come to on a day.
enum Standing {
    /// Everyone said yes, by these.
    Complete(Vec<ConsentId>),
    /// Somebody has not said yes.
    Incomplete,
    /// Somebody said no.
    Refused,
}

impl Under<'_> {
    /// Whether this consent names the worker: by name, or because the worker is in under it.
    fn is_named_by(&self, consent: &Consent) -> bool {
        let in_under = || {
            let parties = self.state.regie.parties_on(self.today);
            parties.iter().any(|party| party.worker == self.worker && party.consents.contains(&consent.id))
        };
        match consent.kind {
            ConsentKind::Help | ConsentKind::Measuring => false,
            ConsentKind::Joining if consent.recipients.is_empty() => !consent.refused && in_under(),
            ConsentKind::Joining | ConsentKind::Sharing => consent.recipients.contains(&self.worker),
        }
    }

    fn consents_of(&self, subject: PersonId) -> Option<Vec<ConsentId>> {
        match self.on(subject, self.today) {
            Standing::Complete(consents) => Some(consents),
            Standing::Incomplete => self.going_on(subject),
            Standing::Refused => None,
        }
    }

    /// To joining or to sharing: at some ages not the same people are asked. A no to either is a no.
    fn on(&self, subject: PersonId, day: CivilDay) -> Standing {
        let said = |kind, matter| every_yes(self.state, subject, kind, matter, day, self.terms, |_| true);
        let ways = [
            said(ConsentKind::Joining, Matter::Joining(self.worker)),
            said(ConsentKind::Sharing, Matter::SharingWith(None, self.worker)),
        ];
        let is_no = |missing: &Missing| matches!(missing, Missing::Refused(_));
        if ways.iter().any(|way| way.as_ref().is_err_and(|missing| missing.iter().any(is_no))) {
            return Standing::Refused;
        }
        let mut consents: Vec<_> = ways.into_iter().filter_map(Result::ok).flatten().collect();
        consents.sort_unstable();
        consents.dedup();
        let named = |id: &ConsentId| self.state.consents.get(*id).is_some_and(|consent| self.is_named_by(consent));
        if consents.iter().any(named) { Standing::Complete(consents) } else { Standing::Incomplete }
    }

    /// What was complete goes on for the term after the first day on which it was not, as long as nobody took back a word it rests on.
    fn going_on(&self, subject: PersonId) -> Option<Vec<ConsentId>> {
        let mut changed = self.today;
        while self.today <= self.terms.last_day(self.terms.incomplete_consent, changed) {
            let before = changed.minus_days(1);
            if let Standing::Complete(consents) = self.on(subject, before) {
                return consents.iter().all(|id| self.is_kept(*id)).then_some(consents);
            }
            changed = before;
        }
        None
    }

    /// Whether what was said then still holds today as a word to this worker, whoever may say it now.
    fn is_kept(&self, id: ConsentId) -> bool {
        let consents = &self.state.consents;
        consents.get(id).is_some_and(|consent| consents.holds_for(consent, Matter::Joining(self.worker), self.today))
    }
}
