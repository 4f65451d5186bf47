//! Consent (`privacy.md`, "Consent is a record"): who took a yes back is not counted, what never was said is never in force, on any day,
//! and no word is lost.

use super::{After, Before};
use crate::case::CaseEvent;
use crate::consent::{ConsentEvent, ConsentKind};
use crate::fact::Fact;
use crate::ids::{ConsentId, PersonId, Revision, WorkerId};
use crate::sharing::SharingEvent;
use crate::time::CivilDay;

/// A word of somebody about somebody. Another word of the same voice on the same matter follows on it.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Voice {
    giver: PersonId,
    subject: PersonId,
    kind: ConsentKind,
    by: Option<WorkerId>,
}

struct Word {
    id: ConsentId,
    voice: Voice,
    /// First and last day; none of a no.
    yes: Option<(CivilDay, Option<CivilDay>)>,
    said: (CivilDay, Revision),
}

/// What everybody said, in the order told.
pub(super) struct Book {
    words: Vec<Word>,
    /// What was taken back.
    back: Vec<(ConsentId, CivilDay, Revision)>,
}

impl Book {
    pub(super) fn of(after: &After<'_>) -> Self {
        Self::told(after.facts())
    }

    fn told<'f>(facts: impl Iterator<Item = &'f Fact<CaseEvent>>) -> Self {
        let mut book = Self { words: Vec::new(), back: Vec::new() };
        for fact in facts {
            let CaseEvent::Consent(event) = &fact.event else { continue };
            let said = (fact.occurred.day(), fact.revision);
            match event {
                ConsentEvent::ConsentGranted { consent, giver, subject, kind, from, until, by, .. } => {
                    let voice = Voice { giver: *giver, subject: *subject, kind: *kind, by: *by };
                    book.words.push(Word { id: *consent, voice, yes: Some((*from, *until)), said });
                }
                ConsentEvent::ConsentRefused { consent, giver, subject, kind, by, .. } => {
                    let voice = Voice { giver: *giver, subject: *subject, kind: *kind, by: *by };
                    book.words.push(Word { id: *consent, voice, yes: None, said });
                }
                ConsentEvent::ConsentWithdrawn { consent, .. } => book.back.push((*consent, said.0, said.1)),
                _ => {}
            }
        }
        book
    }

    fn word(&self, id: ConsentId) -> Option<&Word> {
        self.words.iter().find(|word| word.id == id)
    }

    /// Whether this certainly carries nothing on a day: never said, a no, not begun, over, or taken back by then.
    pub(super) fn is_dead(&self, id: ConsentId, day: CivilDay) -> bool {
        let Some(Word { yes: Some((from, until)), .. }) = self.word(id) else { return true };
        let taken_back = self.back.iter().any(|(taken, on, _)| *taken == id && *on <= day);
        day < *from || until.is_some_and(|until| until < day) || taken_back || self.refused_since(id, day)
    }

    /// The same voice said no to the same later, by that day.
    fn refused_since(&self, id: ConsentId, day: CivilDay) -> bool {
        let Some(word) = self.word(id) else { return true };
        // A representative's no counts only where they may speak: the oracle does not say.
        let own = |no: &Word| no.yes.is_none() && no.voice.by.is_none() && no.voice == word.voice;
        self.words.iter().any(|no| own(no) && no.said > word.said && no.said.0 <= day)
    }

    /// Whether this certainly stands: begun, not over, and its voice never took anything back, nor said later until when.
    fn is_alive(&self, id: ConsentId, day: CivilDay) -> bool {
        let Some(Word { voice, yes: Some((from, until)), said, .. }) = self.word(id) else { return false };
        let other_word = |word: &Word| word.voice.giver == voice.giver && word.voice.subject == voice.subject;
        let ever_no = self.words.iter().any(|word| other_word(word) && word.yes.is_none());
        let until_when = |word: &Word| word.yes.is_some_and(|(_, until)| until.is_some());
        let shorter = self.words.iter().any(|word| other_word(word) && word.id != id && until_when(word));
        let ever_back = self.back.iter().any(|(taken, ..)| self.word(*taken).is_some_and(other_word));
        let begun = *from <= day && said.0 <= day;
        begun && until.is_none_or(|until| day <= until) && !ever_no && !ever_back && !shorter
    }

    pub(super) fn about(&self, id: ConsentId) -> Option<PersonId> {
        self.word(id).map(|word| word.voice.subject)
    }
}

pub(super) fn in_force_is_what_was_said(after: &After<'_>) {
    let (book, consents) = (Book::of(after), &after.state().consents);
    let known: Vec<_> = consents.all().iter().map(|consent| consent.id).collect();
    assert_eq!(known.len(), book.words.len(), "every word is kept");
    for word in &book.words {
        assert!(known.contains(&word.id), "{} is lost", word.id);
        for day in [-30_i8, -7, -1, 0, 1, 7, 45].map(|days| shifted(after.today(), days)) {
            let holds = consents.valid(word.id, day);
            assert!(!(holds && book.is_dead(word.id, day)), "{} is in force on {day}", word.id);
            assert!(holds || !book.is_alive(word.id, day), "{} is not in force on {day}", word.id);
            let counts = crate::consent::counts(after.state(), word.id, day, after.world.terms());
            assert!(!counts || holds, "{} counts and does not hold on {day}", word.id);
        }
    }
}

fn shifted(day: CivilDay, days: i8) -> CivilDay {
    let by = u64::from(days.unsigned_abs());
    if days < 0 { day.minus_days(by) } else { day.plus_days(by) }
}

/// Nothing goes to anybody outside but under a yes that names them, the subject and the data, and that stands today.
pub(super) fn shared_under_a_living_yes(after: &After<'_>, new: &[Fact<CaseEvent>]) {
    let book = Book::of(after);
    for fact in new {
        let CaseEvent::Sharing(SharingEvent::ShareAccepted { recipient: to, subjects, categories: shared, .. }) =
            &fact.event
        else {
            continue;
        };
        for (person, category) in subjects.iter().flat_map(|person| shared.iter().map(move |one| (person, one))) {
            let named = after.facts().any(|fact| match &fact.event {
                CaseEvent::Consent(ConsentEvent::ConsentGranted {
                    consent,
                    subject,
                    kind: ConsentKind::Sharing,
                    categories,
                    recipients,
                    ..
                }) => {
                    let covers = subject == person && categories.contains(category) && recipients.contains(to);
                    covers && !book.is_dead(*consent, after.today())
                }
                _ => false,
            });
            assert!(named, "shared without a yes about {person}");
        }
    }
}

/// R02: a yes that certainly stood and is taken back is told to each worker whom it named, once, with the withdrawal itself. Nobody is told
/// of anything but a word that was just said, nobody twice, and nobody who is kept out.
pub(super) fn each_receiver_is_told(before: &Before, after: &After<'_>, new: &[Fact<CaseEvent>]) {
    let mut told = Vec::new();
    let mut ended = Vec::new();
    for fact in new {
        match &fact.event {
            CaseEvent::Consent(ConsentEvent::WithdrawalNotified { word, receiver, .. }) => {
                assert!(!told.contains(&(*word, *receiver)), "{receiver} is told twice");
                assert!(ended.contains(word), "{receiver} is told of what nobody said");
                assert!(!after.state().exclusions.is_excluded(*receiver), "{receiver} is kept out");
                told.push((*word, *receiver));
            }
            CaseEvent::Consent(
                ConsentEvent::ConsentWithdrawn { consent, .. } | ConsentEvent::ConsentRefused { consent, .. },
            ) => ended.push(*consent),
            _ => {}
        }
    }
    let standing = before.history.standing();
    let book = Book::told(standing.iter().filter_map(super::counting));
    for consent in ended.into_iter().filter(|consent| book.is_alive(*consent, after.today())) {
        let named = after.state().consents.get(consent).map(|yes| yes.recipients.clone()).unwrap_or_default();
        let open = named.into_iter().filter(|worker| !after.state().exclusions.is_excluded(*worker));
        for worker in open {
            assert!(told.contains(&(consent, worker)), "{worker} was not told that {consent} was withdrawn");
        }
    }
}
