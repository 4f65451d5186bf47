//! Direct referrals, and where they stand in the one plan (rule 14).

use domain::ids::{PersonId, ReferralId};
use domain::personal::Personal;
use domain::plan::Item;
use domain::referral::{Referral, Referrer};
use domain::text::Line;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// A direct referral.
#[derive(Clone, PartialEq, Debug)]
pub struct ReferralView {
    /// The referral, with who may know of it.
    pub referral: Kept<ReferralId>,
    /// Of whom, in order of joining.
    pub persons: Vec<PersonId>,
    /// In which capacity somebody referred.
    pub by: Referrer,
    /// Who, when known.
    pub who: Option<Kept<Personal<Line>>>,
    /// To which provider.
    pub provider: Kept<Personal<Line>>,
    /// For which help, when known.
    pub help: Option<Kept<Personal<Line>>>,
    /// On which day, when known.
    pub referred: Option<CivilDay>,
    /// Who of the family agreed to record it, in order of joining.
    pub agreed: Vec<PersonId>,
    /// The day on which they did.
    pub on: CivilDay,
    /// As what it stands in the plan, in the order told.
    pub in_plan: Vec<Kept<Item>>,
}

/// Every direct referral by the day, in order of the day.
#[must_use]
pub fn referrals(reading: &Reading<'_>) -> Vec<ReferralView> {
    let mut known: Vec<_> = reading.state().referrals.all().iter().filter(|found| found.on <= reading.day()).collect();
    known.sort_by_key(|found| (found.on, reading.recorded(found.fact)));
    known.into_iter().map(|found| view(reading, found)).collect()
}

fn view(reading: &Reading<'_>, found: &Referral) -> ReferralView {
    let line = |line: &Personal<Line>| reading.kept_words(line.clone(), found.fact);
    let there = found.in_plan.iter().filter(|there| there.on <= reading.day());
    ReferralView {
        referral: reading.kept(found.id, found.fact),
        persons: reading.by_joining(&found.persons),
        by: found.by,
        who: found.who.as_ref().map(line),
        provider: line(&found.provider),
        help: found.help.as_ref().map(line),
        referred: found.referred,
        agreed: reading.by_joining(&found.agreed),
        on: found.on,
        in_plan: there.map(|there| reading.kept(there.item, there.fact)).collect(),
    }
}
