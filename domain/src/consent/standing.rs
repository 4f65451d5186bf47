//! Who may consent, read from dated facts: authority, and age on the day. A birthday or a ruling changes the answer without any
//! event about consent; so it is computed for the day it speaks of (`privacy.md`, "Consent is a record").

use super::{Category, Consent, ConsentKind, Standing};
use crate::case::CaseState;
use crate::ids::{ConsentId, PersonId, WorkerId};
use crate::people::{Authority, Holders, People};
use crate::terms::{ConsentAges, Terms};
use crate::time::CivilDay;

/// What keeps the help consent for a child from being complete. Shown, never averaged; it blocks the start of help, not the opening
/// of a case (rule 22).
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
    // Without a birth date nobody knows whether a child is twelve, only that it is no adult.
    let minor = people.authority_at(subject, day).is_some()
        || people.person(subject).is_some_and(|person| person.is_child_on(day));
    let (together, alone) = match kind {
        ConsentKind::Sharing => (ages.sharing(), ages.sharing()),
        ConsentKind::Help | ConsentKind::Joining => (ages.help_together(), ages.help_alone()),
    };
    match (giver == subject, age) {
        (true, Some(age)) if age >= ages.help_alone() => Standing::Themself,
        (true, Some(age)) if age >= together => Standing::Child,
        (true, None) if !minor => Standing::Themself,
        (false, Some(age)) if age < alone => by_authority(people, giver, subject, day),
        (false, None) if minor && kind != ConsentKind::Sharing => by_authority(people, giver, subject, day),
        _ => Standing::Undetermined,
    }
}

fn by_authority(people: &People, giver: PersonId, child: PersonId, day: CivilDay) -> Standing {
    match people.holders_at(child, day) {
        Holders::Known(holders) if holders.contains(&giver) => match people.authority_at(child, day) {
            Some(Authority::Guardianship(_)) => Standing::Guardian,
            _ => Standing::Parent,
        },
        _ => Standing::Undetermined,
    }
}

/// What is missing for help to start for this child on this day; empty when the consent is complete. Another ground (a measure, a
/// decision under the meldcode) may allow help all the same: that is for whoever asks.
#[must_use]
pub fn help_missing(state: &CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> Vec<Missing> {
    let ages = terms.consent_ages;
    let age = state.people.age_on(child, day);
    let mut missing = Vec::new();
    let mut givers = Vec::new();
    match age {
        None => missing.push(Missing::AgeUnknown),
        Some(age) if age >= ages.help_together() => givers.push(child),
        Some(_) => {}
    }
    if age.is_none_or(|age| age < ages.help_alone()) {
        match state.people.holders_at(child, day) {
            Holders::Known(holders) => givers.extend(holders),
            Holders::PersonMustDecide(_) | Holders::Unknown => missing.push(Missing::AuthorityUnclear),
        }
    }
    let word = |giver| state.consents.last_word(giver, child, ConsentKind::Help, day);
    missing.extend(givers.into_iter().filter_map(|giver| match word(giver) {
        None => Some(Missing::Consent(giver)),
        Some(consent) if consent.refused => Some(Missing::Refused(giver)),
        Some(_) => None,
    }));
    missing
}

/// Whether this consent holds on this day and its giver has standing *on that day*: an earlier yes of a parent stops counting when
/// the subject comes to an age to speak, or when authority changes.
#[must_use]
pub fn counts(state: &CaseState, consent: ConsentId, day: CivilDay, terms: &Terms) -> bool {
    state.consents.get(consent).is_some_and(|consent| {
        let now = standing(&state.people, terms.consent_ages, consent.giver, consent.subject, consent.kind, day);
        consent.holds_on(day) && now != Standing::Undetermined
    })
}

/// As [`super::Consents::allows_joining`], with standing judged on the day of joining.
#[must_use]
pub fn joining_allowed(
    state: &CaseState,
    worker: WorkerId,
    consents: &[ConsentId],
    day: CivilDay,
    terms: &Terms,
) -> bool {
    let named = |id: &ConsentId| state.consents.get(*id).is_some_and(|consent| consent.names(worker));
    consents.iter().any(|id| named(id) && counts(state, *id, day, terms))
}

/// The consents under which a signal may come into the case on this day: sharing, of the category *signal*, and they count
/// (rule 22).
pub(crate) fn for_signals(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<ConsentId> {
    let shares =
        |consent: &&Consent| consent.kind == ConsentKind::Sharing && consent.categories.contains(&Category::Signal);
    let counting = |consent: &&Consent| counts(state, consent.id, day, terms);
    state.consents.all().iter().filter(shares).filter(counting).map(|consent| consent.id).collect()
}
