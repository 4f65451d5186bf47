//! What consent the help for a child lacks, as far as its reader may know what that rests on.

use domain::consent::{
    self, AfterNo, Consent, ConsentKind, HelpAsked, Incomplete, Missing, WayOpen, Word, help_asked, help_incomplete,
    help_missing, ways_open,
};
use domain::ids::{ExceptionId, PersonId, RulingId};
use domain::personal::Personal;
use domain::time::CivilDay;

use super::people::{birth_date, of_authority};
use super::{Kept, Reading};

/// Who must agree to help for a child, and what each of them said.
#[derive(Clone, PartialEq, Debug)]
pub struct HelpView {
    /// The facts that say who must be asked: that the child is there, authority over it, and its age.
    pub rests_on: Vec<Kept<()>>,
    /// What those say, by what became of it: where it was lost by a fault, what is missing is a guess.
    pub values: Vec<Kept<Personal<()>>>,
    /// What keeps it from being known.
    pub unclear: Vec<Missing>,
    /// Who must be asked, with the words that decide: for each whether it is a no.
    pub givers: Vec<(PersonId, Vec<Kept<bool>>)>,
    /// Since when something is missing, and until when help that was running may go on.
    pub incomplete: Option<Incomplete>,
    /// What stays open while something is missing (rule 32).
    pub ways_open: Vec<WayOpen>,
}

impl HelpView {
    /// Whether the reader may know who must be asked.
    pub fn is_known(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.rests_on.iter().all(knows)
    }

    /// What is missing, to a reader who knows these facts: as if the others had not been recorded. So a word that is not for the reader
    /// is no yes and no no, and who must be asked is for a person to decide when that is not for the reader.
    pub fn missing(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<Missing> {
        if !self.is_known(&knows) {
            return vec![Missing::AuthorityUnclear];
        }
        let lacks = |(giver, words): &(PersonId, Vec<Kept<bool>>)| match words.iter().find(|word| knows(&word.bare())) {
            None => Some(Missing::Consent(*giver)),
            Some(refused) if refused.value => Some(Missing::Refused(*giver)),
            Some(_) => None,
        };
        self.unclear.iter().copied().chain(self.givers.iter().filter_map(lacks)).collect()
    }

    /// Since when something is missing and what stays open, to a reader who may know all that it follows from.
    pub fn standing(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<(Incomplete, &[WayOpen])> {
        let words = || self.givers.iter().flat_map(|(_, words)| words);
        let all = self.is_known(&knows) && words().all(|word| knows(&word.bare()));
        self.incomplete.filter(|_| all).map(|incomplete| (incomplete, self.ways_open.as_slice()))
    }

    /// Whether something is missing, whoever may know it.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        !self.missing(|_| true).is_empty()
    }
}

/// What help for this child lacks on the day.
pub(super) fn help(
    reading: &Reading<'_>,
    child: PersonId,
    added: Kept<()>,
    born: Option<&Kept<Personal<CivilDay>>>,
) -> HelpView {
    let (state, day) = (reading.state(), reading.day());
    let HelpAsked { givers, unclear, court, exceptions } = help_asked(state, child, day, reading.terms);
    let missing = help_missing(state, child, day, reading.terms);
    let instead = of_others(reading, &court, &exceptions);
    let authority = state.people.authority_entry(child, day).map(|entry| reading.kept((), entry.fact));
    let words = |word| deciding(reading, &word);
    HelpView {
        rests_on: std::iter::once(added).chain(authority).chain(born.map(Kept::bare)).chain(instead).collect(),
        values: of_authority(reading, child, day).into_iter().chain(born.and_then(known_or_not)).collect(),
        unclear,
        givers: givers.into_iter().map(|(giver, said)| (giver, words(said))).collect(),
        incomplete: help_incomplete(state, child, day, reading.terms),
        ways_open: ways_open(state, child, ConsentKind::Help, day, reading.terms, &missing),
    }
}

/// The facts by which somebody is not asked: rulings by which a court says yes, and exceptions.
fn of_others(reading: &Reading<'_>, court: &[RulingId], exceptions: &[ExceptionId]) -> Vec<Kept<()>> {
    let state = reading.state();
    let ruled = court.iter().filter_map(|id| Some(state.rulings.get(*id)?.fact));
    let all = state.consents.exceptions().iter();
    let excepted = all.filter(|one| exceptions.contains(&one.id)).map(|one| one.fact);
    ruled.chain(excepted).map(|fact| reading.kept((), fact)).collect()
}

/// The words that decide, for each whether it is a no.
fn deciding(reading: &Reading<'_>, word: &Word<'_>) -> Vec<Kept<bool>> {
    let kept = |consent: &&Consent| reading.kept(consent.refused, consent.fact);
    match word {
        Word::Yes(all) => all.iter().map(kept).collect(),
        Word::No(last) => vec![kept(last)],
        Word::Silence => Vec::new(),
    }
}

/// What stays open after a no or a withdrawal, and what that follows from.
#[derive(Clone, PartialEq, Debug)]
pub struct AfterNoView {
    rests_on: Vec<Kept<()>>,
    ways_open: Vec<WayOpen>,
}

impl AfterNoView {
    /// What stays open, to a reader who may know all that it follows from; nothing to anybody else.
    pub fn ways_open(&self, knows: impl Fn(&Kept<()>) -> bool) -> &[WayOpen] {
        if self.rests_on.iter().all(knows) { &self.ways_open } else { &[] }
    }
}

/// What stays open on the day after this word, whatever kind of thing it was about (rule 32).
pub(super) fn after_no(reading: &Reading<'_>, word: &Consent) -> Option<AfterNoView> {
    let (state, day) = (reading.state(), reading.day());
    let AfterNo { asked, ways } = consent::after_no(state, word, day, reading.terms)?;
    let subject = state.people.person(word.subject)?;
    let authority = state.people.authority_entry(word.subject, day).map(|entry| entry.fact);
    let supervised = state.rulings.in_force(day).filter(|ruling| ruling.person == word.subject);
    let facts = [subject.added_by].into_iter().chain(authority).chain(supervised.map(|ruling| ruling.fact));
    let rests_on = facts.map(|fact| reading.kept((), fact));
    let born = birth_date(reading, subject).map(|born| born.bare());
    let instead = of_others(reading, &asked.court, &asked.exceptions);
    let said = asked.givers.iter().flat_map(|(_, word)| deciding(reading, word)).map(|word| word.bare());
    Some(AfterNoView { rests_on: rests_on.chain(born).chain(instead).chain(said).collect(), ways_open: ways })
}

/// A value by what became of it.
pub(super) fn known_or_not<T>(kept: &Kept<Personal<T>>) -> Option<Kept<Personal<()>>> {
    Some(kept.with(kept.value.derive(|_| Some(()))?))
}
