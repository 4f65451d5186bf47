//! Conferences as they were called, held and stopped (rule 20): who was asked, who came, who decides and who informs, what was agreed.

use domain::conference::{
    Attendee, Came, Conference, ConferenceKind, Hearing, Held, Part, Point, StoppedConference, Word,
};
use domain::ids::{ConferenceId, EventId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::plan::Owner;
use domain::regie::Agreed;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// A conference.
#[derive(Clone, PartialEq, Debug)]
pub struct ConferenceView {
    /// The conference, with who may know of it.
    pub conference: Kept<ConferenceId>,
    /// Which kind.
    pub kind: ConferenceKind,
    /// The day on which it was called.
    pub called: CivilDay,
    /// The occasion.
    pub occasion: Kept<Personal<Text>>,
    /// The purpose.
    pub purpose: Option<Kept<Personal<Text>>>,
    /// What it is to yield.
    pub expected: Option<Kept<Personal<Text>>>,
    /// About whom of the case, in order of joining.
    pub about: Vec<PersonId>,
    /// Who is asked, in the order told.
    pub invited: Vec<GuestView>,
    /// Who keeps the peace.
    pub peacemaker: Option<PersonId>,
    /// The day for which it is planned.
    pub planned: Option<CivilDay>,
    /// That it was held by the day.
    pub held: Option<Kept<HeldView>>,
    /// That it was stopped by the day.
    pub stopped: Option<Kept<StoppedView>>,
}

/// Who is asked or came.
#[derive(Clone, PartialEq, Debug)]
pub enum AttendeeView {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else who comes for an organisation.
    Outside(Kept<Personal<Line>>),
}

/// Somebody who is asked to come, or came.
#[derive(Clone, PartialEq, Debug)]
pub struct GuestView {
    /// Who.
    pub who: AttendeeView,
    /// Decides or informs.
    pub part: Part,
    /// What the family said about this one being there.
    pub words: Vec<WordView>,
    /// Of whoever left before the end: how that went.
    pub left_early: Option<Kept<Personal<Text>>>,
}

/// What somebody of the family said about somebody being there.
#[derive(Clone, PartialEq, Debug)]
pub struct WordView {
    /// Who was asked.
    pub person: PersonId,
    /// Yes or no; nothing while there is no answer.
    pub agrees: Option<Kept<Personal<bool>>>,
}

/// That a conference was held.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldView {
    /// The day.
    pub day: CivilDay,
    /// Who came, in the order told.
    pub came: Vec<GuestView>,
    /// Who kept the peace.
    pub peacemaker: Option<PersonId>,
    /// What was agreed.
    pub agreed: Vec<PointView>,
    /// What it yielded.
    pub words: Kept<Personal<Text>>,
}

/// Something that was agreed.
#[derive(Clone, PartialEq, Debug)]
pub struct PointView {
    /// What.
    pub what: Kept<Personal<Text>>,
    /// Who decided it.
    pub decided_by: Vec<Agreed>,
    /// Who does it.
    pub owner: Owner,
    /// By which day.
    pub by: Option<CivilDay>,
}

/// That a conference was stopped.
#[derive(Clone, PartialEq, Debug)]
pub struct StoppedView {
    /// The day.
    pub day: CivilDay,
    /// What happened.
    pub reason: Kept<Personal<Text>>,
    /// Who stopped it.
    pub stopped_by: WorkerId,
    /// Who will hear whom.
    pub hearings: Vec<Hearing>,
    /// The day for which it is planned to go on.
    pub resumes: Option<CivilDay>,
}

/// Every conference called by the day, in the order of the days.
#[must_use]
pub fn conferences(reading: &Reading<'_>) -> Vec<ConferenceView> {
    let mut called = reading.state().conferences.all();
    called.retain(|conference| conference.called <= reading.day());
    called.sort_by_key(|conference| (conference.called, reading.recorded(conference.fact)));
    called.into_iter().map(|conference| view(reading, conference)).collect()
}

fn view(reading: &Reading<'_>, conference: &Conference) -> ConferenceView {
    let kept = |words: &Personal<Text>| reading.kept(words.clone(), conference.fact);
    let guest = |who, part, words| guest(reading, conference.fact, (who, part), words, None);
    let held = conference.held.as_ref().filter(|held| held.day <= reading.day());
    let stopped = conference.stopped.as_ref().filter(|stopped| stopped.day <= reading.day());
    ConferenceView {
        conference: reading.kept(conference.id, conference.fact),
        kind: conference.kind,
        called: conference.called,
        occasion: kept(&conference.occasion),
        purpose: conference.purpose.as_ref().map(kept),
        expected: conference.expected.as_ref().map(kept),
        about: reading.by_joining(&conference.about),
        invited: conference.invited.iter().map(|asked| guest(&asked.who, asked.part, &asked.words)).collect(),
        peacemaker: conference.peacemaker,
        planned: conference.planned,
        held: held.map(|held| reading.kept(as_held(reading, held), held.fact)),
        stopped: stopped.map(|stopped| reading.kept(as_stopped(reading, stopped), stopped.fact)),
    }
}

pub(super) fn attendee(reading: &Reading<'_>, fact: EventId, who: &Attendee) -> AttendeeView {
    match who {
        Attendee::Person(person) => AttendeeView::Person(*person),
        Attendee::Worker(worker) => AttendeeView::Worker(*worker),
        Attendee::Outside(who) => AttendeeView::Outside(reading.kept(who.clone(), fact)),
    }
}

fn guest(
    reading: &Reading<'_>,
    fact: EventId,
    (who, part): (&Attendee, Part),
    words: &[Word],
    left_early: Option<&Personal<Text>>,
) -> GuestView {
    let word = |word: &Word| WordView {
        person: word.person,
        agrees: word.agrees.clone().map(|agrees| reading.kept(agrees, fact)),
    };
    GuestView {
        who: attendee(reading, fact, who),
        part,
        words: words.iter().map(word).collect(),
        left_early: left_early.map(|words| reading.kept(words.clone(), fact)),
    }
}

fn as_held(reading: &Reading<'_>, held: &Held) -> HeldView {
    let came = |came: &Came| guest(reading, held.fact, (&came.who, came.part), &came.words, came.left_early.as_ref());
    let point = |point: &Point| PointView {
        what: reading.kept(point.what.clone(), held.fact),
        decided_by: point.decided_by.clone(),
        owner: point.owner,
        by: point.by,
    };
    HeldView {
        day: held.day,
        came: held.came.iter().map(came).collect(),
        peacemaker: held.peacemaker,
        agreed: held.agreed.iter().map(point).collect(),
        words: reading.kept(held.words.clone(), held.fact),
    }
}

fn as_stopped(reading: &Reading<'_>, stopped: &StoppedConference) -> StoppedView {
    StoppedView {
        day: stopped.day,
        reason: reading.kept(stopped.reason.clone(), stopped.fact),
        stopped_by: stopped.stopped_by,
        hearings: stopped.hearings.clone(),
        resumes: stopped.resumes,
    }
}

#[cfg(test)]
mod tests {
    use domain::conference::{ConferenceCommand, NewAttendee, NewConference, NewGuest, NewHeld, NewPoint};

    use super::*;
    use crate::testing::{JOOST, Office, PETRA, case, day, on, text};

    fn there(who: NewAttendee) -> NewGuest {
        NewGuest { who, part: None, words: vec![], left_early: None }
    }

    fn seen(office: &Office, today: &str) -> Vec<ConferenceView> {
        on(office, today, conferences)
    }

    #[tokio::test]
    async fn a_meeting_shows_as_it_stood_on_the_day() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let mother = office.history(case(1)).state().people.iter().next().unwrap().id;
        let guests = || vec![there(NewAttendee::Person(mother)), there(NewAttendee::Worker(JOOST))];
        let call = NewConference {
            kind: ConferenceKind::NetworkMeeting,
            occasion: text("Er komen veel mensen."),
            purpose: None,
            expected: None,
            about: vec![mother],
            invited: guests(),
            peacemaker: None,
            planned: Some(day("2026-03-10")),
        };
        office.order(case(1), ConferenceCommand::CallConference(Box::new(call))).await;
        let id = seen(&office, "2026-03-02")[0].conference.value;
        let held = NewHeld {
            conference: id,
            came: guests(),
            peacemaker: Some(mother),
            agreed: vec![NewPoint {
                what: text("Zij belt."),
                decided_by: vec![Agreed::Person(mother)],
                owner: Owner::Person(mother),
                by: None,
            }],
            words: text("Er ligt een plan."),
            explanation: None,
        };
        office.on("2026-03-10").order(case(1), ConferenceCommand::RecordConference(Box::new(held))).await;
        let stop = ConferenceCommand::StopConference {
            conference: id,
            reason: text("Het liep vast."),
            stopped_by: None,
            hearings: vec![Hearing { person: mother, listener: PETRA }],
            resumes: None,
        };
        office.on("2026-03-11").order(case(1), stop).await;
        let [called] = &seen(&office, "2026-03-09")[..] else { panic!("one conference") };
        assert!(called.held.is_none() && called.stopped.is_none());
        assert_eq!(called.invited.len(), 2);
        assert_eq!(called.conference.audience, domain::fact::Audience::Persons(vec![mother]));
        let then = seen(&office, "2026-03-10").remove(0);
        let held = then.held.unwrap().value;
        assert_eq!((held.day, held.peacemaker, held.agreed.len()), (day("2026-03-10"), Some(mother), 1));
        assert!(then.stopped.is_none());
        assert_eq!(seen(&office, "2026-03-11")[0].stopped.as_ref().unwrap().value.hearings[0].listener, PETRA);
        assert!(seen(&office, "2026-03-01").is_empty());
    }
}
