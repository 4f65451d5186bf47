//! Where work with each person, the crisis plan and the regional expert team stand.

use super::LayersOf;
use crate::case::CaseEvent;
use crate::crisisplan::CrisisPlanEvent;
use crate::layers::{Layer, Layers};
use crate::ret::RetEvent;
use crate::steps::StepsEvent;

impl LayersOf<'_> {
    /// What is done with somebody is their own; of a child in its layer too, so that a worker of either household can be named: the
    /// audience says for whom it is.
    pub(super) fn of_steps(&self, event: &StepsEvent, before: usize) -> Layers {
        let told = |is_it: &dyn Fn(&StepsEvent) -> bool| {
            self.where_told(before, |event| match event {
                CaseEvent::Steps(event) => is_it(event),
                _ => false,
            })
        };
        match event {
            StepsEvent::ConversationStepTaken { person, .. }
            | StepsEvent::OptionAuthored { person, .. }
            | StepsEvent::TrustedContactNamed { person, .. } => Layers::of([self.own(*person), Layer::Person(*person)]),
            StepsEvent::OptionTried { option, .. } => told(
                &|event| matches!(event, StepsEvent::OptionAuthored { option: authored, .. } if authored == option),
            ),
            StepsEvent::TrustedPresenceAnswered { trusted, .. } | StepsEvent::TrustedContactEnded { trusted, .. } => {
                told(
                    &|event| matches!(event, StepsEvent::TrustedContactNamed { trusted: named, .. } if named == trusted),
                )
            }
        }
    }

    /// The regional expert team is asked about children: for whoever reaches each. What follows stands where the question does.
    pub(super) fn of_ret(&self, event: &RetEvent, before: usize) -> Layers {
        match event {
            RetEvent::RetAsked { children, .. } => self.of_each(children),
            RetEvent::RetFamilyTold { .. } | RetEvent::RetJoined { .. } | RetEvent::RetEnded { .. } => {
                self.where_told(before, |told| match told {
                    CaseEvent::Ret(asked @ RetEvent::RetAsked { .. }) => asked.ret() == event.ret(),
                    _ => false,
                })
            }
        }
    }

    /// A crisis plan is about its children: for whoever reaches each. That it was looked at stands where the plan does.
    pub(super) fn of_crisis_plan(&self, event: &CrisisPlanEvent, before: usize) -> Layers {
        match event {
            CrisisPlanEvent::CrisisPlanWritten { children, .. } => self.of_each(children),
            CrisisPlanEvent::CrisisPlanReviewed { .. } => self.where_told(before, |event| {
                matches!(event, CaseEvent::CrisisPlan(CrisisPlanEvent::CrisisPlanWritten { .. }))
            }),
        }
    }
}
