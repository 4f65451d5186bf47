//! The words of what people do together: conferences, reflection, schools.

use domain::conference::{Attendee, ConferenceEvent};
use domain::reflection::ReflectionEvent;
use domain::school::SchoolEvent;

use super::{Labelled, line, maybe, process_day, text};

fn outside(label: &'static str, who: &Attendee) -> Option<Labelled> {
    match who {
        Attendee::Outside(who) => Some(line(label, who)),
        Attendee::Person(_) | Attendee::Worker(_) => None,
    }
}

/// What the family said about each who comes shows with the conference: yes or no, no words of somebody.
pub(super) fn of_conference(event: &ConferenceEvent) -> Vec<Labelled> {
    match event {
        ConferenceEvent::ConferenceCalled { occasion, purpose, expected, invited, planned, .. } => {
            let more = [("purpose", purpose.as_ref()), ("expected", expected.as_ref())];
            let more = more.into_iter().flat_map(|(label, words)| maybe(label, words));
            let guests = invited.iter().filter_map(|guest| outside("invited", &guest.who));
            let day = planned.map(|day| process_day("planned", day));
            std::iter::once(text("occasion", occasion)).chain(more).chain(guests).chain(day).collect()
        }
        ConferenceEvent::ConferenceHeld { came, agreed, words, .. } => {
            let guests = came.iter().filter_map(|guest| outside("came", &guest.who));
            let left = came.iter().filter_map(|guest| guest.left_early.as_ref()).map(|words| text("left_early", words));
            let points = agreed.iter().flat_map(|point| {
                std::iter::once(text("agreed", &point.what)).chain(point.by.map(|by| process_day("due", by)))
            });
            std::iter::once(text("words", words)).chain(points).chain(guests).chain(left).collect()
        }
        ConferenceEvent::ConferenceStopped { reason, resumes, .. } => {
            std::iter::once(text("reason", reason)).chain(resumes.map(|day| process_day("resumes", day))).collect()
        }
    }
}

pub(super) fn of_reflection(event: &ReflectionEvent) -> Vec<Labelled> {
    match event {
        ReflectionEvent::ReflectionHeld { changes, next, .. } => {
            maybe("changes", changes.as_ref()).into_iter().chain([process_day("next", *next)]).collect()
        }
        ReflectionEvent::ReflectionSaid { right_thing, together, .. } => {
            let words = [("right_thing", right_thing.as_ref()), ("together", together.as_ref())];
            words.into_iter().flat_map(|(label, words)| maybe(label, words)).collect()
        }
    }
}

pub(super) fn of_school(event: &SchoolEvent) -> Vec<Labelled> {
    match event {
        SchoolEvent::IntakeHeld { present, contact_forms, feedback, expectations, words, .. } => {
            let more = [("contact_forms", contact_forms.as_ref()), ("feedback", feedback.as_ref())];
            let more = more.into_iter().flat_map(|(label, words)| maybe(label, words));
            let expected = expectations.iter().map(|expectation| text("expectation", &expectation.what));
            let outside = present.iter().filter_map(|present| outside("present", &present.who));
            std::iter::once(text("words", words)).chain(more).chain(expected).chain(outside).collect()
        }
        SchoolEvent::ArrangementTriaged { school_can, asked, route, .. } => {
            [text("school_can", school_can), text("asked", asked)]
                .into_iter()
                .chain(maybe("route", route.as_ref()))
                .collect()
        }
        SchoolEvent::SchoolQuestionAsked { asked_by, words, by, .. } => {
            [text("asked", words), process_day("answer_by", *by)]
                .into_iter()
                .chain(outside("asked_by", asked_by))
                .collect()
        }
        SchoolEvent::SchoolQuestionHandedOver { note, .. } => maybe("note", note.as_ref()),
        SchoolEvent::SchoolQuestionEnded { words, .. } => maybe("answered", words.as_ref()),
    }
}
