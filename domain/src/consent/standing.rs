//! Who may consent, read from dated facts: authority, and age on the day. A birthday or a ruling changes the answer without any
//! event about consent; so it is computed for the day it speaks of (`privacy.md`, "Consent is a record").

use super::words::{Matter, Word};
use super::{Category, Consent, ConsentKind, ExceptionGround, Standing};
use crate::case::CaseState;
use crate::ids::{ConsentId, ExceptionId, PersonId, RulingId, WorkerId};
use crate::people::{Authority, AuthorityKind, Holders, People};
use crate::representation::RepresentativeKind;
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

/// By whose mouth a giver speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// Their own.
    Own,
    /// A representative's, who is asked instead.
    Represented,
    /// Their own; where that is silent, a representative's.
    OwnFirst,
}

/// Somebody who must say yes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Giver {
    /// Who; of a represented voice, in whose place.
    pub person: PersonId,
    /// By whose mouth.
    pub voice: Voice,
}

/// Who must say yes to a kind of thing for somebody on a day; and what keeps that from being known.
#[derive(Default)]
struct Whom {
    givers: Vec<Giver>,
    unclear: Vec<Missing>,
    court: Vec<RulingId>,
    exceptions: Vec<ExceptionId>,
}

impl Whom {
    fn ask(&mut self, person: PersonId, voice: Voice) {
        self.givers.push(Giver { person, voice });
    }

    /// Everyone who has authority; the court or an institution in their place, where a ruling in force says so.
    fn ask_holders(
        &mut self,
        state: &CaseState,
        subject: PersonId,
        kind: ConsentKind,
        day: CivilDay,
        ages: ConsentAges,
    ) {
        match state.people.holders_at(subject, day, ages) {
            Holders::Known(holders) => {
                for holder in holders {
                    if let Some(ruling) = state.rulings.says_yes_for(holder, subject, kind, day) {
                        self.court.push(ruling.id);
                    } else if state.rulings.asks_instead_of(holder, subject, kind, day).is_some() {
                        self.ask(holder, Voice::Represented);
                    } else {
                        self.ask(holder, Voice::Own);
                    }
                }
            }
            Holders::PersonMustDecide(AuthorityKind::Guardianship) if has_guardian(state, subject, day) => {
                self.ask(subject, Voice::Represented);
            }
            Holders::PersonMustDecide(_) | Holders::Unknown => self.unclear.push(Missing::AuthorityUnclear),
        }
    }
}

fn asked_of(state: &CaseState, subject: PersonId, kind: ConsentKind, day: CivilDay, ages: ConsentAges) -> Whom {
    let mut whom = Whom::default();
    let age = state.people.age_on(subject, day);
    let help = kind == ConsentKind::Help;
    let mut excepted = |is: fn(ExceptionGround) -> bool| {
        let found = state.consents.exceptions_on(subject, day).find(|(_, ground)| is(*ground));
        whom.exceptions.extend(found.map(|(one, _)| one.id));
        found.is_some()
    };
    if help && excepted(ExceptionGround::asks_nobody) {
        return whom;
    }
    let (mut together, mut alone) = speaking_ages(kind, ages);
    if age.is_some_and(|age| (together..ages.adult()).contains(&age))
        && excepted(|ground| ground == ExceptionGround::UnableToJudge)
    {
        (together, alone) = (ages.adult(), ages.adult());
    }
    let between = age.is_some_and(|age| (together..alone).contains(&age));
    let spared = help && between && excepted(ExceptionGround::spares_holders);
    match age {
        None if !is_minor(&state.people, subject, day, ages) => {
            whom.ask(subject, Voice::OwnFirst);
            return whom;
        }
        None => whom.unclear.push(Missing::AgeUnknown),
        Some(age) if age >= ages.adult() => whom.ask(subject, Voice::OwnFirst),
        Some(age) if age >= together => whom.ask(subject, Voice::Own),
        Some(_) => {}
    }
    if !spared && age.is_none_or(|age| age < alone) {
        whom.ask_holders(state, subject, kind, day, ages);
    }
    whom
}

/// Who represents somebody on a day in one of these capacities; one that cannot be read is none.
fn represents(
    state: &CaseState,
    person: PersonId,
    day: CivilDay,
    by: Option<WorkerId>,
    fits: impl Fn(RepresentativeKind) -> bool,
) -> bool {
    let mut held = state.representation.of(person, day);
    held.any(|(worker, entry)| {
        by.is_none_or(|by| by == worker) && entry.value.kind.known().is_some_and(|kind| fits(*kind))
    })
}

fn has_guardian(state: &CaseState, child: PersonId, day: CivilDay) -> bool {
    represents(state, child, day, None, |kind| kind == RepresentativeKind::Guardian)
}

/// In which capacity a word is said about the subject on this day: by the giver, or by a representative in the giver's place. A curator,
/// mentor or proxy speaks for a grown-up about that grown-up; the guardian of an institution for a child under guardianship; a worker of an
/// institution in the place of who has authority, as far as a ruling in force gave it that part (BW 1:265e).
pub(super) fn capacity(
    state: &CaseState,
    ages: ConsentAges,
    (giver, by): (PersonId, Option<WorkerId>),
    subject: PersonId,
    kind: ConsentKind,
    day: CivilDay,
) -> Standing {
    let people = &state.people;
    let minor =
        people.age_on(subject, day).map_or_else(|| is_minor(people, subject, day, ages), |age| age < ages.adult());
    let Some(by) = by else {
        let unable =
            state.consents.exceptions_on(subject, day).any(|(_, ground)| ground == ExceptionGround::UnableToJudge);
        return match minor && unable {
            true if giver == subject => Standing::Undetermined,
            true => by_authority(people, giver, subject, day, ages),
            false => standing(people, ages, giver, subject, kind, day),
        };
    };
    let speaks = |fits: fn(RepresentativeKind) -> bool| represents(state, subject, day, Some(by), fits);
    match giver == subject {
        true if minor => {
            let under_guardianship =
                people.holders_at(subject, day, ages) == Holders::PersonMustDecide(AuthorityKind::Guardianship);
            let guards = under_guardianship && speaks(|kind| kind == RepresentativeKind::Guardian);
            if guards { Standing::Guardian } else { Standing::Undetermined }
        }
        true => {
            let for_grown_up = |kind| {
                matches!(kind, RepresentativeKind::Curator | RepresentativeKind::Mentor | RepresentativeKind::Proxy)
            };
            if speaks(for_grown_up) { Standing::Themself } else { Standing::Undetermined }
        }
        false => {
            let instead = state.rulings.asks_instead_of(giver, subject, kind, day).is_some();
            let of_institution =
                |kind| matches!(kind, RepresentativeKind::Jeugdbeschermer | RepresentativeKind::Guardian);
            if instead && speaks(of_institution) {
                by_authority(people, giver, subject, day, ages)
            } else {
                Standing::Undetermined
            }
        }
    }
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
    giver: Giver,
    subject: PersonId,
    matter: Matter,
    day: CivilDay,
    terms: &Terms,
) -> Word<'a> {
    let by = |represented| {
        state.consents.word((giver.person, represented), subject, matter, day, |yes| speaks(state, yes, day, terms))
    };
    match giver.voice {
        Voice::Own => by(false),
        Voice::Represented => by(true),
        // A representative's yes never stands in for somebody's own no.
        Voice::OwnFirst => match by(false) {
            Word::Silence => by(true),
            own => own,
        },
    }
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
    givers: Vec<Giver>,
    subject: PersonId,
    matter: Matter,
    day: CivilDay,
    terms: &Terms,
) -> Vec<Missing> {
    let lacks = |giver: Giver| lacking(giver.person, &said(state, giver, subject, matter, day, terms));
    givers.into_iter().filter_map(lacks).collect()
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
    let Whom { givers, unclear: mut missing, .. } = asked_of(state, subject, kind, day, terms.consent_ages);
    let mut consents = Vec::new();
    for giver in givers {
        let before = consents.len();
        let word = said(state, giver, subject, matter, day, terms);
        missing.extend(lacking(giver.person, &word));
        if let Word::Yes(yes) = word {
            consents.extend(yes.iter().map(|yes| yes.id).filter(|id| among(*id)));
            missing.extend((consents.len() == before).then_some(Missing::Consent(giver.person)));
        }
    }
    if missing.is_empty() { Ok(consents) } else { Err(missing) }
}

/// Whether the giver of this yes had standing when it was said and has it on this day. A yes of nobody with standing never starts to
/// count by itself, by a birthday or a ruling: whoever comes to have standing is asked, and what was said before somebody had found out
/// about authority is recorded again, for the day it was said.
fn speaks(state: &CaseState, yes: &Consent, day: CivilDay, terms: &Terms) -> bool {
    let now = capacity(state, terms.consent_ages, (yes.giver, yes.by), yes.subject, yes.kind, day);
    yes.standing != Standing::Undetermined && now != Standing::Undetermined
}

/// Who must say yes to help for a child, or to another thing, on a day, and what the words of each come to.
#[derive(Clone, PartialEq, Debug)]
pub struct HelpAsked<'a> {
    /// Who must be asked, with what they said up to the day.
    pub givers: Vec<(PersonId, Word<'a>)>,
    /// What keeps it from being known who must be asked.
    pub unclear: Vec<Missing>,
    /// The rulings by which a court says yes in somebody's place.
    pub court: Vec<RulingId>,
    /// The exceptions by which somebody need not be asked.
    pub exceptions: Vec<ExceptionId>,
}

/// Who must say yes to help for this child on this day, and what the words of each come to.
#[must_use]
pub fn help_asked<'a>(state: &'a CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> HelpAsked<'a> {
    asked_about(state, child, (ConsentKind::Help, Matter::Help), day, terms)
}

/// The same for any kind of thing.
pub(super) fn asked_about<'a>(
    state: &'a CaseState,
    subject: PersonId,
    (kind, matter): (ConsentKind, Matter),
    day: CivilDay,
    terms: &Terms,
) -> HelpAsked<'a> {
    let whom = asked_of(state, subject, kind, day, terms.consent_ages);
    let word = |giver: Giver| (giver.person, said(state, giver, subject, matter, day, terms));
    let Whom { givers, unclear, court, exceptions } = whom;
    HelpAsked { givers: givers.into_iter().map(word).collect(), unclear, court, exceptions }
}

impl HelpAsked<'_> {
    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let lacks = self.givers.iter().filter_map(|(giver, word)| lacking(*giver, word));
        self.unclear.iter().copied().chain(lacks).collect()
    }
}

/// Whether a court says yes on this day in the place of everyone who must be asked, so that nobody's own word carries it.
pub(super) fn court_alone(
    state: &CaseState,
    subject: PersonId,
    kind: ConsentKind,
    day: CivilDay,
    ages: ConsentAges,
) -> bool {
    let whom = asked_of(state, subject, kind, day, ages);
    whom.givers.is_empty() && whom.unclear.is_empty() && !whom.court.is_empty()
}

/// What is missing for help to start for this child on this day; empty when the consent is complete. Another ground (a measure, a
/// decision under the meldcode) may allow help all the same: that is for whoever asks.
#[must_use]
pub fn help_missing(state: &CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> Vec<Missing> {
    help_asked(state, child, day, terms).missing()
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
    giver: Giver,
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
    let whom = asked_of(state, subject, ConsentKind::Joining, day, terms.consent_ages);
    let Whom { givers, unclear: mut missing, .. } = whom;
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
    let whom = asked_of(state, subject, ConsentKind::Sharing, day, terms.consent_ages);
    let Whom { givers, unclear: mut missing, .. } = whom;
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
