//! What stays open after a no, a withdrawal or while somebody was not asked (rule 32). Named, never chosen: a person decides.

use super::standing::asked_about;
use super::words::Matter;
use super::{Category, Consent, ConsentKind, HelpAsked, Missing, WordState};
use crate::case::CaseState;
use crate::ids::{PersonId, WorkerId};
use crate::rejection::Detail;
use crate::ruling::RulingKind;
use crate::terms::Terms;
use crate::time::CivilDay;

/// A way that is open, with its ground in law where it has one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WayOpen {
    /// Ask, or ask again.
    AskAgain,
    /// Ask for advice without naming anybody.
    AnonymousAdvice,
    /// Help for a child of 12 to 15 without who has authority, to prevent serious harm (Jeugdwet 7.3.4(2)).
    PreventSeriousHarm,
    /// The same, because the child keeps wanting it after a no (Jeugdwet 7.3.4(2)).
    KeepsWanting,
    /// Somebody who cannot judge this: asked is as under 12 (Jeugdwet 7.3.15).
    UnableToJudge,
    /// Help at once, to prevent serious harm (Jeugdwet 7.3.16).
    Urgent,
    /// Who is directly involved in this help gets what their work needs (Jeugdwet 7.3.11(2)).
    DirectlyInvolved,
    /// A duty to tell by law (Jeugdwet 7.3.11(1)).
    LegalDuty,
    /// The institution that carries out a supervision order (Jeugdwet 7.3.11(4)).
    ToTheInstitution,
    /// Telling in spite of secrecy, with the six questions answered.
    ConflictOfDuties,
    /// Ask the court to say yes in somebody's place (BW 1:253a, 1:265h).
    Court,
    /// Advice of or a report to Veilig Thuis (Wmo 2015 5.2.6).
    VeiligThuis,
    /// A request to the Raad voor de Kinderbescherming (Jeugdwet 3.1).
    Raad,
}

impl WayOpen {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AskAgain => "ask_again",
            Self::AnonymousAdvice => "anonymous_advice",
            Self::PreventSeriousHarm => "prevent_serious_harm",
            Self::KeepsWanting => "keeps_wanting",
            Self::UnableToJudge => "unable_to_judge",
            Self::Urgent => "urgent",
            Self::DirectlyInvolved => "directly_involved",
            Self::LegalDuty => "legal_duty",
            Self::ToTheInstitution => "to_the_institution",
            Self::ConflictOfDuties => "conflict_of_duties",
            Self::Court => "court",
            Self::VeiligThuis => "veilig_thuis",
            Self::Raad => "raad",
        }
    }
}

/// What stays open about somebody on a day while this is missing for that kind of thing; nothing when nothing is missing.
#[must_use]
pub fn ways_open(
    state: &CaseState,
    subject: PersonId,
    kind: ConsentKind,
    day: CivilDay,
    terms: &Terms,
    missing: &[Missing],
) -> Vec<WayOpen> {
    if missing.is_empty() {
        return Vec::new();
    }
    let (age, ages) = (state.people.age_on(subject, day), terms.consent_ages);
    let minor = age.is_none_or(|age| age < ages.adult());
    let between = age.is_some_and(|age| (ages.help_together()..ages.help_alone()).contains(&age));
    let asked = |who: PersonId| missing.iter().any(|lacks| lacks.person() == Some(who));
    let holder = |lacks: &&Missing| lacks.person().is_some_and(|who| who != subject);
    let holders: Vec<_> = missing.iter().filter(holder).collect();
    let said_no = holders.iter().any(|lacks| matches!(lacks, Missing::Refused(_)));
    let help = kind == ConsentKind::Help;
    let sharing = kind == ConsentKind::Sharing;
    let supervised = || {
        let is_order = |ruling: &crate::ruling::Ruling| ruling.kind.known() == Some(&RulingKind::Ots);
        state.rulings.in_force(day).any(|ruling| ruling.person == subject && is_order(ruling))
    };
    let ways = [
        (missing.iter().any(|lacks| lacks.person().is_some()), WayOpen::AskAgain),
        (true, WayOpen::AnonymousAdvice),
        (help && between && !holders.is_empty(), WayOpen::PreventSeriousHarm),
        (help && between && said_no, WayOpen::KeepsWanting),
        (minor && asked(subject), WayOpen::UnableToJudge),
        (help, WayOpen::Urgent),
        (sharing, WayOpen::DirectlyInvolved),
        (sharing, WayOpen::LegalDuty),
        (sharing && supervised(), WayOpen::ToTheInstitution),
        (sharing, WayOpen::ConflictOfDuties),
        (minor && !holders.is_empty(), WayOpen::Court),
        (true, WayOpen::VeiligThuis),
        (minor, WayOpen::Raad),
    ];
    ways.into_iter().filter_map(|(open, way)| open.then_some(way)).collect()
}

/// What stays open when a signal may not come in: the same for every family, so that it tells nothing of this one to who may not know it.
pub(crate) const WAYS_FOR_SIGNALS: [WayOpen; 7] = [
    WayOpen::AskAgain,
    WayOpen::AnonymousAdvice,
    WayOpen::DirectlyInvolved,
    WayOpen::LegalDuty,
    WayOpen::ConflictOfDuties,
    WayOpen::VeiligThuis,
    WayOpen::Raad,
];

/// Who must say yes after a no or a withdrawal, and what stays open.
#[derive(Clone, PartialEq, Debug)]
pub struct AfterNo<'a> {
    /// Who must be asked, with what they said.
    pub asked: HelpAsked<'a>,
    /// What stays open.
    pub ways: Vec<WayOpen>,
}

/// What stays open on a day after this no, or after this yes was withdrawn, to whatever kind of thing it was; `None` for any other word, and
/// once whoever said it said yes again or need not be asked any more.
#[must_use]
pub fn after_no<'a>(state: &'a CaseState, word: &Consent, day: CivilDay, terms: &Terms) -> Option<AfterNo<'a>> {
    let said_no = matches!(state.consents.state_of(word, day), WordState::Refused | WordState::Withdrawn);
    if !said_no || day < word.said.on {
        return None;
    }
    matters(word).into_iter().find_map(|matter| {
        let asked = asked_about(state, word.subject, (word.kind, matter), day, terms);
        let missing = asked.missing();
        let still_theirs = missing.iter().any(|lacks| lacks.person() == Some(word.giver));
        let ways = ways_open(state, word.subject, word.kind, day, terms, &missing);
        still_theirs.then_some(AfterNo { asked, ways })
    })
}

/// What a word was about: of what it names each, of what it names nothing of all.
fn matters(word: &Consent) -> Vec<Matter> {
    const ALL: [Category; 7] = [
        Category::Identity,
        Category::Plan,
        Category::School,
        Category::Health,
        Category::Wellbeing,
        Category::Escalation,
        Category::Signal,
    ];
    const NOBODY_NAMED: WorkerId = WorkerId::from_uuid(uuid::Uuid::nil());
    match word.kind {
        ConsentKind::Help => vec![Matter::Help],
        ConsentKind::Measuring => vec![Matter::Measuring],
        ConsentKind::Joining if word.recipients.is_empty() => vec![Matter::Joining(NOBODY_NAMED)],
        ConsentKind::Joining => word.recipients.iter().map(|worker| Matter::Joining(*worker)).collect(),
        ConsentKind::Sharing => {
            let named = if word.categories.is_empty() { ALL.as_slice() } else { word.categories.as_slice() };
            let with = |category: Category| {
                let each = word.recipients.iter().map(move |worker| Matter::SharingWith(Some(category), *worker));
                each.chain(word.recipients.is_empty().then_some(Matter::Sharing(category)))
            };
            named.iter().copied().flat_map(with).collect()
        }
    }
}

/// The same as a detail of a refusal.
pub(crate) fn open_ways(
    state: &CaseState,
    about: &[PersonId],
    kind: ConsentKind,
    (day, terms): (CivilDay, &Terms),
    missing: impl Fn(PersonId) -> Vec<Missing>,
) -> Detail {
    let mut open: Vec<WayOpen> = Vec::new();
    for subject in about {
        for way in ways_open(state, *subject, kind, day, terms, &missing(*subject)) {
            if !open.contains(&way) {
                open.push(way);
            }
        }
    }
    Detail::List(open.into_iter().map(|way| Detail::Word(way.as_str())).collect())
}
