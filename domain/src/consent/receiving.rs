//! Under which consents data about somebody may go to somebody (Jeugdwet 7.3.11; `privacy.md`, "Sharing is an act with a ground").

use super::standing::{court_alone, every_yes};
use super::words::Matter;
use super::{Category, ConsentKind, Missing};
use crate::case::CaseState;
use crate::ids::{ConsentId, PersonId, WorkerId};
use crate::terms::Terms;
use crate::time::CivilDay;

/// To whom data about somebody go, as far as a consent says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// To whoever the consent is for: nobody in particular is asked after.
    Anybody,
    /// To this worker, by a consent that names them.
    Named(WorkerId),
    /// To this worker, by a consent that names them, or nobody: then its purpose says who receives.
    NamedOrUnnamed(WorkerId),
}

impl To {
    const fn matter(self, category: Category) -> Matter {
        match self {
            Self::Anybody => Matter::Sharing(category),
            Self::Named(worker) => Matter::SharingWith(Some(category), worker),
            Self::NamedOrUnnamed(worker) => Matter::SharingWithOrUnnamed(category, worker),
        }
    }
}

/// The consents under which data of this category about somebody may go there on this day: the yes of everyone who must be asked.
///
/// # Errors
/// What is missing, as [`super::sharing_missing`] says it.
pub fn shared(
    state: &CaseState,
    (subject, category): (PersonId, Category),
    to: To,
    day: CivilDay,
    terms: &Terms,
) -> Result<Vec<ConsentId>, Vec<Missing>> {
    every_yes(state, subject, ConsentKind::Sharing, to.matter(category), day, terms, |_| true)
}

/// Which of the consents that something rests on still carry it on this day: for everyone who must be asked that day, one of them; none
/// where a court says yes in the place of everybody. `None` when it is no longer carried. A yes that was said again later is not among
/// them: access that ended with a withdrawal does not come back by itself.
#[must_use]
pub fn still_shared(
    state: &CaseState,
    (subject, category): (PersonId, Category),
    to: To,
    rests_on: &[ConsentId],
    day: CivilDay,
    terms: &Terms,
) -> Option<Vec<ConsentId>> {
    let (kind, among) = (ConsentKind::Sharing, |consent: ConsentId| rests_on.contains(&consent));
    let carried = every_yes(state, subject, kind, to.matter(category), day, terms, among).ok()?;
    (!carried.is_empty() || court_alone(state, subject, kind, day, terms.consent_ages)).then_some(carried)
}
