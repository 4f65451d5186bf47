//! Where assessments, references to registers elsewhere and informal support stand.

use super::LayersOf;
use crate::assessment::{AssessmentEvent, TestedOn};
use crate::case::CaseEvent;
use crate::ids::{AssessmentId, PersonId, ReferenceId, SupportId};
use crate::informal::InformalEvent;
use crate::layers::{Layer, Layers};
use crate::reference::ReferenceEvent;

impl LayersOf<'_> {
    /// That somebody was assessed stands where whom it is about stands; what each said in it is their own, of a child in its layer for whom
    /// the audience names. What somebody says of the portrait of another is for whoever reaches both.
    pub(super) fn of_assessment(&self, event: &AssessmentEvent, before: usize) -> Layers {
        match event {
            AssessmentEvent::AssessmentRecorded { about, .. } => {
                Layers::each_of(about.iter().map(|person| self.own(*person)))
            }
            AssessmentEvent::AssessmentPartTold { person, .. } => self.of_own_words(*person),
            AssessmentEvent::HypothesisStated { assessment, .. } => self.of_recorded(*assessment, before),
            AssessmentEvent::AssessmentTested { tested: TestedOn::Hypothesis(_), person, .. } => {
                self.of_own_words(*person)
            }
            AssessmentEvent::AssessmentTested { tested: TestedOn::Portrait(draft), person, .. } => {
                let portrait = self.where_told(before, |event| match event {
                    CaseEvent::Assessment(AssessmentEvent::AssessmentPartTold { part, .. }) => part == draft,
                    _ => false,
                });
                portrait.meet(&self.of_own_words(*person))
            }
        }
    }

    /// Of a child in its layer too, so that a named worker of either household is reached: the audience says the rest.
    fn of_own_words(&self, person: PersonId) -> Layers {
        Layers::of([self.own(person), Layer::Person(person)])
    }

    /// Where it stands that this assessment was made.
    fn of_recorded(&self, assessment: AssessmentId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Assessment(AssessmentEvent::AssessmentRecorded { assessment: made, .. }) => *made == assessment,
            _ => false,
        })
    }

    /// That something about somebody stands elsewhere is personal, of a child too.
    pub(super) fn of_reference(&self, event: &ReferenceEvent, before: usize) -> Layers {
        match event {
            ReferenceEvent::ExternalReferenceRecorded { person, .. } => Layers::of([Layer::Person(*person)]),
            ReferenceEvent::ExternalReferenceEnded { reference, .. } => self.of_recorded_reference(*reference, before),
        }
    }

    fn of_recorded_reference(&self, reference: ReferenceId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Reference(ReferenceEvent::ExternalReferenceRecorded { reference: told, .. }) => {
                *told == reference
            }
            _ => false,
        })
    }

    /// Support for a child is the child's, for a grown-up personal, for several for whoever reaches each. What one says of it is their own.
    pub(super) fn of_informal(&self, event: &InformalEvent, before: usize) -> Layers {
        match event {
            InformalEvent::SupportMatched { persons, .. } => {
                Layers::each_of(persons.iter().map(|person| self.own(*person)))
            }
            InformalEvent::SupportMeasured { person, .. } => Layers::of([Layer::Person(*person)]),
            InformalEvent::SupportHouseRulesSigned { .. }
            | InformalEvent::SupportCertificateSeen { .. }
            | InformalEvent::SupportTrialStarted { .. }
            | InformalEvent::SupportTrialEvaluated { .. }
            | InformalEvent::SupportTermAgreed { .. }
            | InformalEvent::SupportReviewed { .. }
            | InformalEvent::SupportEnded { .. } => self.of_matched(event.support(), before),
        }
    }

    fn of_matched(&self, support: SupportId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Informal(InformalEvent::SupportMatched { support: matched, .. }) => *matched == support,
            _ => false,
        })
    }
}
