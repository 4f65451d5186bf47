//! What was shared with somebody outside the case: with whom, about whom, on which consents (`privacy.md`).

use domain::case::CaseEvent;
use domain::consent::Category;
use domain::fact::Organisation;
use domain::ids::{ConsentId, PersonId, ShareId, WorkerId};
use domain::personal::Personal;
use domain::sharing::{Capacity, Share, SharingEvent};
use domain::text::Text;
use domain::time::CivilDay;

use super::readers::PutTo;
use super::{Kept, Reading};

/// One thing that was shared.
#[derive(Clone, PartialEq, Debug)]
pub struct ShareView {
    /// The share, with who may know of it.
    pub share: Kept<ShareId>,
    /// Who receives.
    pub recipient: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which capacity.
    pub capacity: Capacity,
    /// About whom.
    pub subjects: Vec<PersonId>,
    /// Which data.
    pub categories: Vec<Category>,
    /// The sharing consents it rests on: not for the receiver.
    pub consents: Kept<Vec<ConsentId>>,
    /// First day.
    pub since: CivilDay,
    /// Last day, when agreed.
    pub until: Option<CivilDay>,
    /// What is shared and why the receiver needs to know it.
    pub offered: Kept<Personal<Text>>,
    /// That it was withdrawn.
    pub withdrawn: Option<Kept<WithdrawnView>>,
}

/// That something shared was withdrawn.
#[derive(Clone, PartialEq, Debug)]
pub struct WithdrawnView {
    /// The day from which it may not be used further.
    pub on: CivilDay,
    /// Why.
    pub reason: Kept<Personal<Text>>,
}

/// Everything that was shared by the day, in the order told.
#[must_use]
pub fn shares(reading: &Reading<'_>) -> Vec<ShareView> {
    let begun = reading.state().sharing.all().iter().filter(|share| share.period.since <= reading.day());
    begun.map(|share| view(reading, share)).collect()
}

fn view(reading: &Reading<'_>, share: &Share) -> ShareView {
    let accepted = reading.stands().find(|fact| fact.id == share.fact);
    let until = accepted.and_then(|fact| match &fact.event {
        CaseEvent::Sharing(SharingEvent::ShareAccepted { until, .. }) => *until,
        _ => None,
    });
    let to = PutTo::Share(share.id);
    ShareView {
        share: reading.told(share.id, share.fact, to),
        recipient: share.recipient,
        organisation: share.organisation.clone(),
        capacity: share.capacity,
        subjects: reading.by_joining(&share.subjects),
        categories: share.categories.clone(),
        consents: reading.kept(in_order_told(reading, &share.consents), share.fact),
        since: share.period.since,
        until,
        offered: reading.told_words(share.offered.clone(), share.fact, to),
        withdrawn: share.withdrawn.as_ref().filter(|withdrawn| withdrawn.on <= reading.day()).map(|withdrawn| {
            let reason = reading.told_words(withdrawn.reason.clone(), withdrawn.fact, to);
            reading.told(WithdrawnView { on: withdrawn.on, reason }, withdrawn.fact, to)
        }),
    }
}

fn in_order_told(reading: &Reading<'_>, consents: &[ConsentId]) -> Vec<ConsentId> {
    let told = reading.state().consents.all().iter().map(|consent| consent.id);
    told.filter(|id| consents.contains(id)).collect()
}
