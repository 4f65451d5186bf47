//! Which word counts: what somebody said last, up to a day, about one matter.
//!
//! A word is said on a day; two of one day are in the order in which they were told. Only then is asked whether what was said last
//! holds on the day. So an agreed first day in the future does not make a yes later than a no that followed it.
//!
//! - A *no* ends every yes of that giver to that kind of thing for that subject said before it: it names nobody, so it is for
//!   everyone, until the giver says yes again.
//! - A *withdrawal* is a word of the giver too: it ends every such yes said before it, as far as the withdrawn one reached. What was
//!   renewed, or recorded twice, is withdrawn whichever of them is named. A withdrawn yes that named workers or data ends an earlier
//!   one for those only; one that named none ends all of it. Withdrawing a yes to sharing does not end one to joining; withdrawing
//!   one to joining ends it also where it rests on a yes to sharing that names the worker.
//! - A *later yes* that has begun says until when: once it has ended, an earlier one does not come back for what both were about. One
//!   that has not begun says nothing yet, so what is renewed ahead of time goes on meanwhile.

use super::{Category, Consent, ConsentKind, Consents, Said, Standing};
use crate::ids::{PersonId, WorkerId};
use crate::time::CivilDay;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Matter {
    /// Whether help may start.
    Help,
    /// Whether data of this category may be shared.
    Sharing(Category),
    /// Whether data of this category, or of any when none is said, may go to this worker, who is named.
    SharingWith(Option<Category>, WorkerId),
    /// The same, also by a yes that names nobody: its purpose says who receives.
    SharingWithOrUnnamed(Category, WorkerId),
    /// Whether this worker may join: under a joining consent, or under a sharing consent that names the worker.
    Joining(WorkerId),
}

/// What the words of one person about one matter come to, with the words that decide it.
#[derive(Clone, PartialEq, Debug)]
pub enum Word<'a> {
    /// A yes that holds; every one that does.
    Yes(Vec<&'a Consent>),
    /// A no.
    No(&'a Consent),
    /// Nothing was said, or what was said no longer holds.
    Silence,
}

/// One thing that a yes lets happen: with data of this category, for this worker; whichever and whoever where none is named.
type Piece = (Option<Category>, Option<WorkerId>);

impl Matter {
    /// Whether this word says something about it.
    fn heard_in(self, word: &Consent) -> bool {
        match self {
            Self::Help => word.kind == ConsentKind::Help,
            Self::Sharing(_) | Self::SharingWith(..) | Self::SharingWithOrUnnamed(..) if word.refused => {
                word.kind == ConsentKind::Sharing
            }
            Self::Sharing(category) => word.shares(category),
            Self::SharingWith(category, worker) => {
                category.map_or(word.kind == ConsentKind::Sharing, |category| word.shares(category))
                    && word.recipients.contains(&worker)
            }
            Self::SharingWithOrUnnamed(category, worker) => {
                word.shares(category) && (word.recipients.is_empty() || word.recipients.contains(&worker))
            }
            // Whoever joins gets to know the family, so a no to sharing is heard too. Neither no names anybody.
            Self::Joining(_) if word.refused => word.kind != ConsentKind::Help,
            Self::Joining(worker) => word.names(worker),
        }
    }
}

impl Consents {
    /// What this giver's words about this subject come to on this day; of each yes `speaks` tells whether it is one by somebody who may
    /// give it.
    pub(super) fn word(
        &self,
        (giver, represented): (PersonId, bool),
        subject: PersonId,
        matter: Matter,
        day: CivilDay,
        speaks: impl Fn(&Consent) -> bool,
    ) -> Word<'_> {
        let heard = |word: &&Consent| {
            let theirs = (word.giver, word.subject, word.by.is_some()) == (giver, subject, represented);
            theirs && word.said.on <= day && matter.heard_in(word)
        };
        let words = || self.all().iter().filter(heard);
        let holding: Vec<_> = words().filter(|yes| self.holds_for(yes, matter, day) && speaks(yes)).collect();
        if !holding.is_empty() {
            return Word::Yes(holding);
        }
        let begun = |word: &&Consent| if word.refused { word.says_no() } else { word.from <= day && speaks(word) };
        match words().filter(begun).max_by_key(|word| word.said) {
            Some(last) if last.refused => Word::No(last),
            _ => Word::Silence,
        }
    }

    /// Whether this is a yes that holds on this day: said, begun, not ended, and not wholly taken back by a later word. Taking back
    /// works at once, so the day of it no longer counts.
    pub(super) fn holds(&self, yes: &Consent, day: CivilDay) -> bool {
        self.is_left(yes, yes.kind, (&each(&yes.categories), &each(&yes.recipients)), day)
    }

    /// Whether something of this yes holds on this day as a yes to this kind of thing, for one of these categories and workers.
    fn is_left(
        &self,
        yes: &Consent,
        to: ConsentKind,
        (categories, workers): (&[Option<Category>], &[Option<WorkerId>]),
        day: CivilDay,
    ) -> bool {
        let takers: Vec<_> = self.takers(yes, to, day).collect();
        let left = |piece| !takers.iter().any(|taker| reaches(taker, piece));
        let mut pieces = categories.iter().flat_map(|category| workers.iter().map(|worker| (*category, *worker)));
        yes.within_its_days(day) && pieces.any(left)
    }

    /// Whether this is a yes about that matter that holds on this day.
    pub(super) fn holds_for(&self, yes: &Consent, matter: Matter, day: CivilDay) -> bool {
        let (categories, workers) = (each(&yes.categories), each(&yes.recipients));
        let left = match matter {
            Matter::Help => self.holds(yes, day),
            Matter::Sharing(category) => self.is_left(yes, ConsentKind::Sharing, (&[Some(category)], &workers), day),
            Matter::SharingWith(category, worker) => {
                let categories = category.map_or(categories, |category| vec![Some(category)]);
                self.is_left(yes, ConsentKind::Sharing, (&categories, &[Some(worker)]), day)
            }
            Matter::SharingWithOrUnnamed(category, worker) => {
                self.is_left(yes, ConsentKind::Sharing, (&[Some(category)], &[Some(worker)]), day)
            }
            Matter::Joining(worker) => self.is_left(yes, ConsentKind::Joining, (&categories, &[Some(worker)]), day),
        };
        matter.heard_in(yes) && left
    }

    /// The words by which this giver, up to this day, took back something said before in this yes, as far as it is one to this kind of
    /// thing: a sharing yes that names a worker is a yes to joining as well.
    fn takers<'a>(&'a self, yes: &'a Consent, to: ConsentKind, day: CivilDay) -> impl Iterator<Item = &'a Consent> {
        self.all().iter().filter(|word| word.is_of_one_voice(yes)).filter(move |word| takes_back(word, yes, to, day))
    }
}

fn takes_back(word: &Consent, yes: &Consent, to: ConsentKind, day: CivilDay) -> bool {
    // Its own withdrawal ends it, whatever a correction made of the days.
    let reached = |by: Said| by.on <= day && (word.id == yes.id || yes.said < by);
    let of_kind = word.kind == yes.kind || word.kind == to;
    let withdrawn = of_kind && word.withdrawn.is_some_and(|withdrawn| reached(withdrawn.said));
    // Whoever joins gets to know the family, so a no to sharing is a no to joining too.
    let refused = word.says_no() && (of_kind || (to, word.kind) == (ConsentKind::Joining, ConsentKind::Sharing));
    let over = word.from <= day && word.until.is_some_and(|until| until < day);
    // What was said without standing counts for nothing: it puts no end to what counted.
    let over = over && word.kind == yes.kind && word.standing != Standing::Undetermined;
    let later = yes.said < word.said && word.said.on <= day;
    withdrawn || (later && (refused || over))
}

/// Whether taking this back takes that back. Of joining it matters who joins; no data are named.
fn reaches(taker: &Consent, (category, worker): Piece) -> bool {
    let data = taker.kind == ConsentKind::Joining || within(&taker.categories, category);
    data && within(&taker.recipients, worker)
}

fn within<T: PartialEq>(named: &[T], asked: Option<T>) -> bool {
    named.is_empty() || asked.is_some_and(|asked| named.contains(&asked))
}

fn each<T: Copy>(named: &[T]) -> Vec<Option<T>> {
    if named.is_empty() { vec![None] } else { named.iter().copied().map(Some).collect() }
}
