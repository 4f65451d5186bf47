//! Who may consent, read from dated facts: authority, and age on the day. A birthday or a ruling changes the answer without any
//! event about consent; so it is computed for the day it speaks of (`privacy.md`, "Consent is a record").

use super::words::{Matter, Word};
use super::{Category, Consent, ConsentKind, Standing};
use crate::case::CaseState;
use crate::ids::{ConsentId, PersonId, WorkerId};
use crate::people::{Authority, Holders, People};
use crate::terms::{ConsentAges, Terms};
use crate::time::CivilDay;

/// What keeps the consent to help for a child, to a professional who joins, or to sharing, from being complete. Shown, never averaged;
/// it blocks the start of help, not the opening of a case (rule 22).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// This person has not said yes, or the yes no longer holds.
    Consent(PersonId),
    /// This person said no.
    Refused(PersonId),
    /// Who has authority is not known, is nobody, or is under investigation: a person must decide.
    AuthorityUnclear,
    /// The age is not known: whether the child must be asked cannot be said.
    AgeUnknown,
}

impl Missing {
    /// Who must still be asked, where that is known.
    #[must_use]
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Consent(person) | Self::Refused(person) => Some(person),
            Self::AuthorityUnclear | Self::AgeUnknown => None,
        }
    }
}

/// In which capacity this person speaks about the subject on this day.
///
/// - Help and joining (Jeugdwet 7.3.4, 7.3.5): under 16 whoever has authority, and from 12 the child too; from 16 the young person alone.
/// - Sharing (Jeugdwet 7.3.11): under 12 whoever has authority, from 12 the young person.
/// - Adults speak for themselves.
///
/// Where authority is undetermined, temporarily nobody's or under investigation a person must decide: [`Standing::Undetermined`].
#[must_use]
pub fn standing(
    people: &People,
    ages: ConsentAges,
    giver: PersonId,
    subject: PersonId,
    kind: ConsentKind,
    day: CivilDay,
) -> Standing {
    let age = people.age_on(subject, day);
    let minor = is_minor(people, subject, day, ages);
    let (together, alone) = speaking_ages(kind, ages);
    match (giver == subject, age) {
        (true, Some(age)) if age >= ages.help_alone() => Standing::Themself,
        (true, Some(age)) if age >= together => Standing::Child,
        (true, None) if !minor => Standing::Themself,
        (false, Some(age)) if age < alone => by_authority(people, giver, subject, day, ages),
        (false, None) if minor && kind != ConsentKind::Sharing => by_authority(people, giver, subject, day, ages),
        _ => Standing::Undetermined,
    }
}

/// From which age somebody speaks for themself, and from which alone.
const fn speaking_ages(kind: ConsentKind, ages: ConsentAges) -> (u32, u32) {
    match kind {
        ConsentKind::Sharing => (ages.sharing(), ages.sharing()),
        ConsentKind::Help | ConsentKind::Joining => (ages.help_together(), ages.help_alone()),
    }
}

fn by_authority(people: &People, giver: PersonId, child: PersonId, day: CivilDay, ages: ConsentAges) -> Standing {
    match people.holders_at(child, day, ages) {
        Holders::Known(holders) if holders.contains(&giver) => match people.authority_at(child, day) {
            Some(Authority::Guardianship(_)) => Standing::Guardian,
            _ => Standing::Parent,
        },
        _ => Standing::Undetermined,
    }
}

/// Who must say yes to this kind of thing for somebody on this day; and what keeps that from being known.
fn asked_of(
    state: &CaseState,
    subject: PersonId,
    kind: ConsentKind,
    day: CivilDay,
    ages: ConsentAges,
) -> (Vec<PersonId>, Vec<Missing>) {
    let (together, alone) = speaking_ages(kind, ages);
    let age = state.people.age_on(subject, day);
    let (mut givers, mut unclear) = (Vec::new(), Vec::new());
    match age {
        None if !is_minor(&state.people, subject, day, ages) => return (vec![subject], unclear),
        None => unclear.push(Missing::AgeUnknown),
        Some(age) if age >= together => givers.push(subject),
        Some(_) => {}
    }
    if age.is_none_or(|age| age < alone) {
        match state.people.holders_at(subject, day, ages) {
            Holders::Known(holders) => givers.extend(holders),
            Holders::PersonMustDecide(_) | Holders::Unknown => unclear.push(Missing::AuthorityUnclear),
        }
    }
    (givers, unclear)
}

/// Without a birth date nobody knows whether a child is twelve, only that it is no adult. Fails closed: what was recorded and cannot be
/// read may have said that this is a child, under somebody's authority.
fn is_minor(people: &People, person: PersonId, day: CivilDay, ages: ConsentAges) -> bool {
    let under_authority = people.authority_entry(person, day).is_some();
    under_authority || people.person(person).is_none_or(|person| person.may_be_child_on(day, ages))
}

/// What somebody's words about a subject come to.
fn said<'a>(
    state: &'a CaseState,
    giver: PersonId,
    subject: PersonId,
    matter: Matter,
    day: CivilDay,
    terms: &Terms,
) -> Word<'a> {
    state.consents.word((giver, subject), matter, day, |yes| speaks(state, yes, day, terms))
}

/// What lacks when somebody said this.
const fn lacking(giver: PersonId, word: &Word<'_>) -> Option<Missing> {
    match word {
        Word::Yes(_) => None,
        Word::No(_) => Some(Missing::Refused(giver)),
        Word::Silence => Some(Missing::Consent(giver)),
    }
}

/// Who of these has no yes standing as the last word.
fn not_said(
    state: &CaseState,
    givers: Vec<PersonId>,
    subject: PersonId,
    matter: Matter,
    day: CivilDay,
    terms: &Terms,
) -> Vec<Missing> {
    givers.into_iter().filter_map(|giver| lacking(giver, &said(state, giver, subject, matter, day, terms))).collect()
}

/// The yes of everyone who must be asked, as far as it is among those that count for the asker.
///
/// # Errors
/// What is missing.
pub(super) fn every_yes(
    state: &CaseState,
    subject: PersonId,
    kind: ConsentKind,
    matter: Matter,
    day: CivilDay,
    terms: &Terms,
    among: impl Fn(ConsentId) -> bool,
) -> Result<Vec<ConsentId>, Vec<Missing>> {
    let (givers, mut missing) = asked_of(state, subject, kind, day, terms.consent_ages);
    let mut consents = Vec::new();
    for giver in givers {
        let before = consents.len();
        let word = said(state, giver, subject, matter, day, terms);
        missing.extend(lacking(giver, &word));
        if let Word::Yes(yes) = word {
            consents.extend(yes.iter().map(|yes| yes.id).filter(|id| among(*id)));
            missing.extend((consents.len() == before).then_some(Missing::Consent(giver)));
        }
    }
    if missing.is_empty() { Ok(consents) } else { Err(missing) }
}

/// Whether the giver of this yes had standing when it was said and has it on this day. A yes of nobody with standing never starts to
/// count by itself, by a birthday or a ruling: whoever comes to have standing is asked, and what was said before somebody had found out
/// about authority is recorded again, for the day it was said.
fn speaks(state: &CaseState, yes: &Consent, day: CivilDay, terms: &Terms) -> bool {
    let now = standing(&state.people, terms.consent_ages, yes.giver, yes.subject, yes.kind, day);
    yes.standing != Standing::Undetermined && now != Standing::Undetermined
}

/// Who must say yes to help for a child on a day, and what the words of each come to.
#[derive(Clone, PartialEq, Debug)]
pub struct HelpAsked<'a> {
    /// Who must be asked, with what they said up to the day.
    pub givers: Vec<(PersonId, Word<'a>)>,
    /// What keeps it from being known who must be asked.
    pub unclear: Vec<Missing>,
}

/// Who must say yes to help for this child on this day, and what the words of each come to.
#[must_use]
pub fn help_asked<'a>(state: &'a CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> HelpAsked<'a> {
    let (givers, unclear) = asked_of(state, child, ConsentKind::Help, day, terms.consent_ages);
    let word = |giver| (giver, said(state, giver, child, Matter::Help, day, terms));
    HelpAsked { givers: givers.into_iter().map(word).collect(), unclear }
}

/// What is missing for help to start for this child on this day; empty when the consent is complete. Another ground (a measure, a
/// decision under the meldcode) may allow help all the same: that is for whoever asks.
#[must_use]
pub fn help_missing(state: &CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> Vec<Missing> {
    let HelpAsked { givers, unclear: mut missing } = help_asked(state, child, day, terms);
    missing.extend(givers.into_iter().filter_map(|(giver, word)| lacking(giver, &word)));
    missing
}

/// Whether this consent holds on this day, and its giver had standing when it was said and has it *on that day*: an earlier yes of a
/// parent stops counting when the subject comes to an age to speak, or when authority changes; a child's from before that age does not
/// start to count on the birthday.
#[must_use]
pub fn counts(state: &CaseState, consent: ConsentId, day: CivilDay, terms: &Terms) -> bool {
    let consent = state.consents.get(consent);
    consent.is_some_and(|consent| state.consents.holds(consent, day) && speaks(state, consent, day, terms))
}

/// Whether this giver's words on this day come to a yes to help: what a no would end.
pub(super) fn said_yes_to_help(
    state: &CaseState,
    giver: PersonId,
    subject: PersonId,
    day: CivilDay,
    terms: &Terms,
) -> bool {
    matches!(said(state, giver, subject, Matter::Help, day, terms), Word::Yes(_))
}

/// What is missing on this day for this worker to join for this subject; empty when everyone who must be asked said yes and nobody no.
/// Joint authority means every holder: one yes and one no is *incomplete*, and incomplete blocks new acts (`privacy.md`). Who is asked
/// is as for help: under 12 all who have authority, from 12 the child too, from 16 the young person alone, adults for themselves.
/// A yes is a joining consent for this worker or for whoever its purpose says, or a sharing consent that names the worker. A no to
/// either kind is a no.
#[must_use]
pub fn joining_missing(
    state: &CaseState,
    worker: WorkerId,
    subject: PersonId,
    day: CivilDay,
    terms: &Terms,
) -> Vec<Missing> {
    let (givers, mut missing) = asked_of(state, subject, ConsentKind::Joining, day, terms.consent_ages);
    missing.extend(not_said(state, givers, subject, Matter::Joining(worker), day, terms));
    missing
}

/// About whom these consents let this worker join at all: each subject of a consent that counts on the day and that names the worker.
#[must_use]
pub fn joining_subjects(
    state: &CaseState,
    worker: WorkerId,
    consents: &[ConsentId],
    day: CivilDay,
    terms: &Terms,
) -> Vec<PersonId> {
    let named = consents.iter().filter_map(|id| state.consents.get(*id)).filter(|consent| consent.names(worker));
    let mut subjects: Vec<_> =
        named.filter(|consent| counts(state, consent.id, day, terms)).map(|consent| consent.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects
}

/// Whether these consents let this worker join on this day (002:2637): for at least one person they are about, nothing is missing
/// ([`joining_missing`]). Who supports one of the family need not be asked of the others.
#[must_use]
pub fn joining_allowed(
    state: &CaseState,
    worker: WorkerId,
    consents: &[ConsentId],
    day: CivilDay,
    terms: &Terms,
) -> bool {
    let subjects = joining_subjects(state, worker, consents, day, terms);
    subjects.into_iter().any(|subject| joining_missing(state, worker, subject, day, terms).is_empty())
}

/// What is missing on this day for data of this category about somebody to be shared; empty when everyone who must be asked said yes and
/// nobody no (Jeugdwet 7.3.11): under 12 all who have authority, from 12 the young person, adults for themselves. Joint authority means
/// every holder here too: one yes and one no is *incomplete*. A no names no category: it holds for all until this giver says yes again.
#[must_use]
pub fn sharing_missing(
    state: &CaseState,
    category: Category,
    subject: PersonId,
    day: CivilDay,
    terms: &Terms,
) -> Vec<Missing> {
    let (givers, mut missing) = asked_of(state, subject, ConsentKind::Sharing, day, terms.consent_ages);
    missing.extend(not_said(state, givers, subject, Matter::Sharing(category), day, terms));
    missing
}

/// The consents under which a signal may come into the case on this day (rule 22): sharing, of the category *signal*, that count, about
/// somebody for whom nothing is missing ([`sharing_missing`]).
pub(crate) fn for_signals(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<ConsentId> {
    let signal = Category::Signal;
    let counting = |consent: &&Consent| {
        state.consents.holds_for(consent, Matter::Sharing(signal), day) && speaks(state, consent, day, terms)
    };
    let complete = |consent: &&Consent| sharing_missing(state, signal, consent.subject, day, terms).is_empty();
    state.consents.all().iter().filter(counting).filter(complete).map(|consent| consent.id).collect()
}
