//! Every direct referral, and where it stands in the plan.

use super::{ReferralEvent, Referrer};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, ReferralId};
use crate::personal::Personal;
use crate::plan::Item;
use crate::text::Line;
use crate::time::CivilDay;

/// A direct referral.
#[derive(Clone, PartialEq, Debug)]
pub struct Referral {
    /// The referral.
    pub id: ReferralId,
    /// Of whom.
    pub persons: Vec<PersonId>,
    /// In which capacity somebody referred.
    pub by: Referrer,
    /// Who, when known.
    pub who: Option<Personal<Line>>,
    /// To which provider.
    pub provider: Personal<Line>,
    /// For which help, when known.
    pub help: Option<Personal<Line>>,
    /// On which day, when known.
    pub referred: Option<CivilDay>,
    /// Who of the family agreed to record it.
    pub agreed: Vec<PersonId>,
    /// The day on which they did.
    pub on: CivilDay,
    /// Where it stands in the plan, in the order told; empty while it was not brought there.
    pub in_plan: Vec<InPlan>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a referral was brought into the plan.
#[derive(Clone, PartialEq, Debug)]
pub struct InPlan {
    /// As what.
    pub item: Item,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// Referrals in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Referrals {
    referrals: Vec<Referral>,
}

impl Referrals {
    /// Every referral.
    #[must_use]
    pub fn all(&self) -> &[Referral] {
        &self.referrals
    }

    /// This referral.
    #[must_use]
    pub fn get(&self, referral: ReferralId) -> Option<&Referral> {
        self.referrals.iter().find(|known| known.id == referral)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ReferralEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            ReferralEvent::ReferralRecorded { referral, persons, by, who, provider, help, referred, agreed } => {
                let in_plan = Vec::new();
                let known = Referral {
                    id: referral,
                    persons,
                    by,
                    who,
                    provider,
                    help,
                    referred,
                    agreed,
                    on,
                    in_plan,
                    fact: id,
                };
                self.referrals.push(known);
            }
            ReferralEvent::ReferralPlanned { referral, item } => {
                if let Some(known) = self.referrals.iter_mut().find(|known| known.id == referral) {
                    known.in_plan.push(InPlan { item, on, fact: id });
                }
            }
        }
    }
}
