//! When something ended. The end of something is a fact of its own, often for fewer than its beginning was.

use domain::case::CaseEvent;
use domain::fact::Fact;
use domain::households::HouseholdEvent;
use domain::ids::EventId;
use domain::life::LifeEvent;
use domain::people::PeopleEvent;
use domain::regie::Period;
use domain::representation::RepresentationEvent;
use domain::time::CivilDay;
use domain::timeline::{Entry, Timeline};

use super::{Kept, NO_FACT, Reading};

/// The last day of something, by each fact that ends it: the earliest is the last day. A reader who may not know one of these facts
/// reads as if it had not been recorded: the thing ended by the facts known to them, or runs still.
#[derive(Clone, PartialEq, Debug)]
pub struct Ends(Vec<Kept<CivilDay>>);

impl Ends {
    /// The last day, to a reader who knows these facts; `None` when nothing they may know ended it.
    pub fn until(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&Kept<CivilDay>> {
        self.0.iter().filter(|end| knows(&end.bare())).min_by_key(|end| end.value)
    }

    /// Whether the day is not past the last one, to such a reader.
    pub fn reach(&self, day: CivilDay, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.until(knows).is_none_or(|until| day <= until.value)
    }

    /// By these facts.
    pub(super) fn by(reading: &Reading<'_>, ends: impl Iterator<Item = (CivilDay, EventId)>) -> Self {
        Self(ends.map(|(day, fact)| reading.kept(day, fact)).collect())
    }

    /// Of a dated value: the end that was told with it, the fact that ended it, and what came in its place.
    pub(super) fn of_entry<T>(reading: &Reading<'_>, timeline: &Timeline<T>, entry: &Entry<T>) -> Self {
        let told = told_until(reading, entry.fact).map(|until| (until, entry.fact));
        let ended = entry.until.zip(entry.ended_by);
        let next = timeline.entries().iter().find(|next| entry.from < next.from);
        let replaced = next.map(|next| (next.from.minus_days(1), next.fact));
        Self([told, ended, replaced].into_iter().flatten().map(|(day, fact)| reading.kept(day, fact)).collect())
    }

    /// Of a role in the case: what `says` of a fact that it ended by, as far as it did; each closing of the case from then on; and the
    /// end that was `agreed` with it.
    pub(super) fn of_role(
        reading: &Reading<'_>,
        period: Period,
        agreed: Option<(CivilDay, EventId)>,
        says: impl Fn(&CaseEvent) -> Option<CivilDay>,
    ) -> Self {
        let agreed = agreed.map(|(day, fact)| reading.kept(day, fact));
        let Some(until) = period.until else { return Self(agreed.into_iter().collect()) };
        let ended = |fact: &Fact<CaseEvent>| {
            let closed = closed_on(fact).filter(|day| until <= *day);
            closed.or_else(|| says(&fact.event).or_else(|| reopened_after(fact)).filter(|day| *day == until))
        };
        let ends = reading.stands().filter_map(|fact| Some(reading.kept(ended(fact)?, fact.id)));
        let mut ends: Vec<_> = agreed.into_iter().chain(ends).collect();
        if ends.iter().all(|end| end.value != until) {
            ends.push(reading.kept(until, NO_FACT));
        }
        Self(ends)
    }
}

/// The last day that a fact told with what it started.
fn told_until(reading: &Reading<'_>, fact: EventId) -> Option<CivilDay> {
    let told = reading.stands().find(|stands| stands.id == fact)?;
    match &told.event {
        CaseEvent::People(
            PeopleEvent::FamilyRoleRecorded { until, .. } | PeopleEvent::AuthorityRecorded { until, .. },
        )
        | CaseEvent::Households(HouseholdEvent::MembershipRecorded { until, .. })
        | CaseEvent::Representation(RepresentationEvent::RepresentativeNamed { until, .. }) => *until,
        _ => None,
    }
}

/// Closing a case ends every role in it.
pub(super) fn closed_on(fact: &Fact<CaseEvent>) -> Option<CivilDay> {
    matches!(fact.event, CaseEvent::Life(LifeEvent::CaseClosed { .. })).then(|| fact.occurred.day())
}

/// What started while it was closed ends the day before it is opened again.
fn reopened_after(fact: &Fact<CaseEvent>) -> Option<CivilDay> {
    matches!(fact.event, CaseEvent::Life(LifeEvent::CaseReopened { .. })).then(|| fact.occurred.day().minus_days(1))
}
