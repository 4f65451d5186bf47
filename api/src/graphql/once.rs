//! What is worked out once for an answer, however many of its fields ask for it.

use std::sync::{Arc, OnceLock};

use domain::ids::{EventId, PersonId};
use projections::views::Kept;
use projections::views::agenda::AgendaLine;
use projections::views::alerts::{AlertView, ProposalView};
use projections::views::consents::ConsentView;
use projections::views::contacts::ContactView;
use projections::views::divorce::DivorceView;
use projections::views::escalation::EscalationView;
use projections::views::exclusions::ExclusionView;
use projections::views::households::HouseholdView;
use projections::views::life::LifeView;
use projections::views::people::PersonView;
use projections::views::plans::PlansView;
use projections::views::regie::RegieView;
use projections::views::representatives::RepresentativeView;
use projections::views::rulings::RulingView;
use projections::views::shares::ShareView;
use projections::views::statements::AnswerView;
use projections::views::timeline::TimelineEntry;
use std::collections::HashMap;

/// Something that is worked out when it is first asked for, and once only: all clones share it.
pub struct Once<T>(Arc<OnceLock<T>>);

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Once<T> {
    /// What it is.
    pub fn get(&self, work_out: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(work_out)
    }
}

/// The views of one case at one moment of its history. They hold for every viewer: what each may see of them is judged value by value.
#[derive(Clone, Default)]
pub struct Views {
    /// Who is in it now, with who may know that.
    pub present: Once<HashMap<PersonId, Kept<()>>>,
    /// Its people.
    pub people: Once<Vec<PersonView>>,
    /// Its households.
    pub households: Once<Vec<HouseholdView>>,
    /// Its consents.
    pub consents: Once<Vec<ConsentView>>,
    /// Its regie.
    pub regie: Once<RegieView>,
    /// Its divorce.
    pub divorce: Once<DivorceView>,
    /// Its plans.
    pub plans: Once<PlansView>,
    /// How its conflicts went.
    pub escalation: Once<EscalationView>,
    /// What was shared.
    pub shares: Once<Vec<ShareView>>,
    /// Who represents whom.
    pub representatives: Once<Vec<RepresentativeView>>,
    /// What courts ruled.
    pub rulings: Once<Vec<RulingView>>,
    /// Who is kept out.
    pub exclusions: Once<Vec<ExclusionView>>,
    /// Its life.
    pub life: Once<LifeView>,
    /// Its contact moments.
    pub contacts: Once<Vec<ContactView>>,
    /// What people say in answer, by the fact that they answer.
    pub answers: Once<HashMap<EventId, Vec<AnswerView>>>,
    /// What comes.
    pub agenda: Once<Vec<AgendaLine>>,
    /// What was told and still waits.
    pub alerts: Once<Vec<AlertView>>,
    /// What was proposed.
    pub proposals: Once<Vec<ProposalView>>,
    /// Its timeline.
    pub timeline: Once<Vec<TimelineEntry>>,
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_clone_shares_what_was_worked_out_once() {
        let worked = AtomicUsize::new(0);
        let work_out = || worked.fetch_add(1, Ordering::Relaxed);
        let first = Once::default();
        let fields: Vec<_> = (0..10).map(|_| first.clone()).collect();
        assert!(fields.iter().all(|once| *once.get(work_out) == 0));
        assert_eq!(worked.load(Ordering::Relaxed), 1);
        Once::default().get(work_out);
        assert_eq!(worked.load(Ordering::Relaxed), 2, "another moment of the history has views of its own");
    }
}
