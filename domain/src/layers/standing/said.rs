//! Where contacts, what children say, statements and requests from outside stand.

use super::{LayersOf, each_personal};
use crate::case::CaseEvent;
use crate::contact::ContactEvent;
use crate::layers::{Layer, Layers};
use crate::request::RequestEvent;
use crate::statement::{Speaker, StatementEvent};
use crate::voice::VoiceEvent;

impl LayersOf<'_> {
    /// A talk is personal to whom it was with, of a child too; one with several is for whoever reaches each.
    pub(super) fn of_contact(&self, event: &ContactEvent, before: usize) -> Layers {
        match event {
            ContactEvent::ContactRecorded { with, .. } => each_personal(with),
            ContactEvent::PromiseSettled { promise, .. } => self.where_told(before, |event| match event {
                CaseEvent::Contact(ContactEvent::ContactRecorded { promises, .. }) => {
                    promises.iter().any(|made| made.promise == *promise)
                }
                _ => false,
            }),
        }
    }

    /// Its audience says for whom a child's words are; in the child's layer, so that a named worker of either household is reached.
    pub(super) fn of_voice(&self, event: &VoiceEvent, before: usize) -> Layers {
        match event {
            VoiceEvent::ChildVoiceRecorded { child, .. } | VoiceEvent::ChildSignalOpened { child, .. } => {
                Layers::of([self.own(*child), Layer::Person(*child)])
            }
            VoiceEvent::ChildSignalChanged { signal, .. } | VoiceEvent::ChildSignalClosed { signal, .. } => self
                .where_told(before, |event| match event {
                    CaseEvent::Voice(VoiceEvent::ChildSignalOpened { signal: opened, .. }) => opened == signal,
                    _ => false,
                }),
        }
    }

    /// What answers a passage stands where the passage stands. Else it is the speaker's own; through somebody, nobody's.
    pub(super) fn of_statement(&self, event: &StatementEvent, before: usize) -> Layers {
        match event {
            StatementEvent::StatementRecorded { answers: Some(target), .. } => self.stands_earlier(*target, before),
            StatementEvent::StatementRecorded { speaker: Speaker::Person(person), told_by: None, .. } => {
                each_personal(&[*person])
            }
            StatementEvent::StatementRecorded { .. } => Layers::nobodys(),
            StatementEvent::StatementTested { statement, .. } => self.where_told(before, |event| match event {
                CaseEvent::Statement(StatementEvent::StatementRecorded { statement: said, .. }) => said == statement,
                _ => false,
            }),
            StatementEvent::FindingRecorded { about, .. } => each_personal(about),
        }
    }

    pub(super) fn of_request(&self, event: &RequestEvent, before: usize) -> Layers {
        match event {
            RequestEvent::OutsideRequestRecorded { about, .. } => each_personal(about),
            RequestEvent::OutsideRequestDecided { .. }
            | RequestEvent::FamilyToldOfRequest { .. }
            | RequestEvent::FamilyToldLater { .. } => self.where_told(before, |told| match told {
                CaseEvent::Request(asked @ RequestEvent::OutsideRequestRecorded { .. }) => {
                    asked.request() == event.request()
                }
                _ => false,
            }),
        }
    }
}
