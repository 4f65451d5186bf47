//! Where conferences, reflection and schools stand: of what was done with several, for whoever reaches each of them.

use super::{LayersOf, of_identity, was, was_child};
use crate::case::CaseEvent;
use crate::conference::ConferenceEvent;
use crate::ids::PersonId;
use crate::layers::{Layer, Layers};
use crate::people::FamilyRole;
use crate::plan::SaidBy;
use crate::reflection::ReflectionEvent;
use crate::school::SchoolEvent;

impl LayersOf<'_> {
    /// A conference says something of everyone whom it is about and of each of the family who was asked or came: for whoever reaches all
    /// of them. What follows it, of those whom it names besides.
    pub(super) fn of_conference(&self, event: &ConferenceEvent, before: usize) -> Layers {
        let named = self.of_involved(&event.persons());
        match event {
            ConferenceEvent::ConferenceCalled { about, .. } => {
                Layers::each_of(about.iter().map(|person| self.own(*person))).meet(&named)
            }
            ConferenceEvent::ConferenceHeld { conference, .. }
            | ConferenceEvent::ConferenceStopped { conference, .. } => {
                let called = self.where_told(before, |event| match event {
                    CaseEvent::Conference(ConferenceEvent::ConferenceCalled { conference: called, .. }) => {
                        called == conference
                    }
                    _ => false,
                });
                called.meet(&named)
            }
        }
    }

    /// Of those who were there: for whoever reaches each; with nobody of the family, for who directs. What one said is that person's own;
    /// of a child in no layer that crosses. What a professional said stands where the whole stands.
    pub(super) fn of_reflection(&self, event: &ReflectionEvent, before: usize) -> Layers {
        match event {
            ReflectionEvent::ReflectionHeld { with, .. } if with.is_empty() => Layers::nobodys(),
            ReflectionEvent::ReflectionHeld { with, .. } => {
                Layers::each_of(with.iter().map(|person| self.own(*person)))
            }
            ReflectionEvent::ReflectionSaid { by: SaidBy::Person(person), .. } => Layers::of([Layer::Person(*person)]),
            ReflectionEvent::ReflectionSaid { reflection, by: SaidBy::Worker(_), .. } => {
                self.where_told(before, |event| match event {
                    CaseEvent::Reflection(ReflectionEvent::ReflectionHeld { reflection: held, .. }) => {
                        held == reflection
                    }
                    _ => false,
                })
            }
        }
    }

    /// A child's help and its providers: the child's; of an intake, for whoever reaches each of the family who was there besides.
    pub(super) fn of_school(&self, event: &SchoolEvent, before: usize) -> Layers {
        match event {
            SchoolEvent::IntakeHeld { .. } | SchoolEvent::SchoolQuestionAsked { .. } => {
                self.of_involved(&event.persons())
            }
            SchoolEvent::ArrangementTriaged { child, .. } => Layers::of([self.own(*child)]),
            SchoolEvent::SchoolQuestionHandedOver { question, .. }
            | SchoolEvent::SchoolQuestionEnded { question, .. } => self.where_told(before, |event| match event {
                CaseEvent::School(SchoolEvent::SchoolQuestionAsked { question: asked, .. }) => asked == question,
                _ => false,
            }),
        }
    }

    /// For whoever reaches each of these: of parents and children what is their own, of anybody else whoever may know that they are in the
    /// case.
    pub(super) fn of_involved(&self, persons: &[PersonId]) -> Layers {
        let of_family = |person: &PersonId| {
            let known = self.now.people.person(*person);
            known.is_none_or(|known| was_child(known) || was(known, FamilyRole::Parent))
        };
        let (family, others): (Vec<PersonId>, Vec<PersonId>) = persons.iter().copied().partition(of_family);
        let own = Layers::each_of(family.into_iter().map(|person| self.own(person)));
        others.into_iter().fold(own, |layers, person| layers.meet(&of_identity(self.now, person)))
    }
}
