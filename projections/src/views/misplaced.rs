//! That something was set aside because it belongs in another file (rule 28): by whom, when and why, and whether it was brought back. Of
//! what was set aside there is nothing to show.

use domain::case::CaseEvent;
use domain::correction::CorrectionEvent;
use domain::decider::Standing;
use domain::fact::{Audience, Fact};
use domain::ids::{EventId, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::Timestamp;

use super::{Kept, Reading, content_of};

/// That a fact was set aside.
#[derive(Clone, PartialEq, Debug)]
pub struct SetAsideView {
    /// The event that set it aside, with who may know of that: whoever the policy lets see who looked, whatever the audience of the fact.
    pub set_aside: Kept<EventId>,
    /// When.
    pub at: Timestamp,
    /// Who did.
    pub by: WorkerId,
    /// Why; for the director.
    pub reason: Kept<Personal<Text>>,
    /// That it was brought back.
    pub brought_back: Option<BroughtBackView>,
}

/// That a fact that was set aside was brought back.
#[derive(Clone, PartialEq, Debug)]
pub struct BroughtBackView {
    /// When.
    pub at: Timestamp,
    /// Who did.
    pub by: WorkerId,
    /// Why; for the director.
    pub reason: Kept<Personal<Text>>,
}

/// Everything that was ever set aside by the moment looked at, in the order told.
#[must_use]
pub fn set_aside(reading: &Reading<'_>) -> Vec<SetAsideView> {
    let view = |standing: &Standing<'_, CaseEvent>| {
        let fact = content_of(standing);
        let CaseEvent::Correction(CorrectionEvent::MisplacedFactSetAside { reason, .. }) = &fact.event else {
            return None;
        };
        let brought_back = match standing {
            Standing::Voided(_, by) => reading.facts.get(by).and_then(|fact| brought_back(reading, fact)),
            Standing::Original(_) | Standing::Replaced(..) => None,
        };
        Some(SetAsideView {
            set_aside: Kept { audience: Audience::Case, ..reading.kept(fact.id, fact.id) },
            at: fact.recorded_at,
            by: fact.actor.worker,
            reason: reading.kept_words(reason.clone(), fact.id),
            brought_back,
        })
    };
    reading.standing().iter().filter_map(view).collect()
}

fn brought_back(reading: &Reading<'_>, fact: &Fact<CaseEvent>) -> Option<BroughtBackView> {
    let CaseEvent::Correction(CorrectionEvent::SetAsideFactBroughtBack { reason, .. }) = &fact.event else {
        return None;
    };
    Some(BroughtBackView {
        at: fact.recorded_at,
        by: fact.actor.worker,
        reason: reading.kept_words(reason.clone(), fact.id),
    })
}
