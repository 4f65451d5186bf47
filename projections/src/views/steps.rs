//! What was done with each person (divorce.md, "Working with each person"): the conversation steps by name, what somebody thought of and
//! what came of trying it, and their familiar faces. Each stands beside who may know it; nothing of it is counted.

use domain::ids::{ConflictId, EventId, OptionId, PersonId, TrustedContactId, WorkerId};
use domain::personal::Personal;
use domain::steps::{ConversationStep, OptionEffect, OwnOption, TakenStep, TrustedContact};
use domain::text::Text;
use domain::time::CivilDay;

use super::conferences::{AttendeeView, attendee};
use super::{Kept, Reading};

/// A step that was taken with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct TakenView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// With whom.
    pub person: PersonId,
    /// Which, by its name.
    pub step: ConversationStep,
    /// The day.
    pub day: CivilDay,
    /// By which worker.
    pub worker: WorkerId,
    /// What came up.
    pub words: Option<Kept<Personal<Text>>>,
    /// About which conflict, with who may know of that.
    pub conflict: Option<Kept<ConflictId>>,
}

/// What somebody thought of.
#[derive(Clone, PartialEq, Debug)]
pub struct OptionView {
    /// The option, with who may know of it.
    pub option: Kept<OptionId>,
    /// Who thought of it.
    pub person: PersonId,
    /// The day.
    pub day: CivilDay,
    /// With which worker they spoke.
    pub worker: WorkerId,
    /// What.
    pub words: Kept<Personal<Text>>,
    /// About which conflict, with who may know of that.
    pub conflict: Option<Kept<ConflictId>>,
    /// What came of trying it, in the order of the days.
    pub tried: Vec<TriedView>,
}

/// What came of trying an option.
#[derive(Clone, PartialEq, Debug)]
pub struct TriedView {
    /// The day.
    pub day: CivilDay,
    /// What came of it.
    pub effect: Kept<Personal<OptionEffect>>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
    /// Which familiar faces were there.
    pub present: Vec<TrustedContactId>,
}

/// Somebody's familiar face.
#[derive(Clone, PartialEq, Debug)]
pub struct TrustedView {
    /// The familiar face, with who may know of it.
    pub trusted: Kept<TrustedContactId>,
    /// By whom named.
    pub person: PersonId,
    /// Who it is.
    pub who: AttendeeView,
    /// Why this one.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub day: CivilDay,
    /// Whether this one may be there, in the order of the days.
    pub presence: Vec<PresenceView>,
    /// That it is over by the day, with why.
    pub ended: Option<Kept<EndedView>>,
}

/// Whether a familiar face may be there.
#[derive(Clone, PartialEq, Debug)]
pub struct PresenceView {
    /// The day on which it was said.
    pub day: CivilDay,
    /// For which day; each time when nothing is said.
    pub on: Option<CivilDay>,
    /// Yes or no.
    pub agrees: Kept<Personal<bool>>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That somebody is no familiar face any more.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedView {
    /// The day.
    pub day: CivilDay,
    /// Why.
    pub reason: Option<Kept<Personal<Text>>>,
}

/// Every step taken by the day, in the order of the days; of one day in the order told.
#[must_use]
pub fn taken(reading: &Reading<'_>) -> Vec<TakenView> {
    let mut taken: Vec<&TakenStep> = reading.state().steps.taken().filter(|step| step.day <= reading.day()).collect();
    taken.sort_by_key(|step| (step.day, reading.recorded(step.fact)));
    let view = |step: &TakenStep| TakenView {
        fact: reading.kept(step.fact, step.fact),
        person: step.person,
        step: step.step,
        day: step.day,
        worker: step.worker,
        words: kept(reading, step.words.as_ref(), step.fact),
        conflict: conflict(reading, step.conflict),
    };
    taken.into_iter().map(view).collect()
}

/// Everything that somebody thought of by the day, in the order of the days.
#[must_use]
pub fn options(reading: &Reading<'_>) -> Vec<OptionView> {
    let mut options: Vec<&OwnOption> =
        reading.state().steps.options().filter(|option| option.day <= reading.day()).collect();
    options.sort_by_key(|option| (option.day, reading.recorded(option.fact)));
    options.into_iter().map(|option| own_option(reading, option)).collect()
}

fn own_option(reading: &Reading<'_>, option: &OwnOption) -> OptionView {
    let mut tried: Vec<_> = option.tried.iter().filter(|tried| tried.day <= reading.day()).collect();
    tried.sort_by_key(|tried| tried.day);
    let tried = tried.into_iter().map(|tried| TriedView {
        day: tried.day,
        effect: reading.kept(tried.effect.clone(), tried.fact),
        words: kept(reading, tried.words.as_ref(), tried.fact),
        present: tried.present.clone(),
    });
    OptionView {
        option: reading.kept(option.id, option.fact),
        person: option.person,
        day: option.day,
        worker: option.worker,
        words: reading.kept(option.words.clone(), option.fact),
        conflict: conflict(reading, option.conflict),
        tried: tried.collect(),
    }
}

/// Every familiar face named by the day, in the order of the days.
#[must_use]
pub fn trusted_contacts(reading: &Reading<'_>) -> Vec<TrustedView> {
    let mut named: Vec<&TrustedContact> =
        reading.state().steps.trusted_contacts().filter(|face| face.day <= reading.day()).collect();
    named.sort_by_key(|face| (face.day, reading.recorded(face.fact)));
    named.into_iter().map(|face| trusted(reading, face)).collect()
}

fn trusted(reading: &Reading<'_>, face: &TrustedContact) -> TrustedView {
    let day = reading.day();
    let mut presence: Vec<_> = face.presence.iter().filter(|answer| answer.day <= day).collect();
    presence.sort_by_key(|answer| answer.day);
    let presence = presence.into_iter().map(|answer| PresenceView {
        day: answer.day,
        on: answer.on,
        agrees: reading.kept(answer.agrees.clone(), answer.fact),
        words: kept(reading, answer.words.as_ref(), answer.fact),
    });
    let ended = face.ended.as_ref().filter(|ended| ended.day <= day).map(|ended| {
        let reason = kept(reading, ended.reason.as_ref(), ended.fact);
        reading.kept(EndedView { day: ended.day, reason }, ended.fact)
    });
    TrustedView {
        trusted: reading.kept(face.id, face.fact),
        person: face.person,
        who: attendee(reading, face.fact, &face.who),
        words: kept(reading, face.words.as_ref(), face.fact),
        day: face.day,
        presence: presence.collect(),
        ended,
    }
}

/// A conflict is known to who may know of it, also where a step names it.
fn conflict(reading: &Reading<'_>, named: Option<ConflictId>) -> Option<Kept<ConflictId>> {
    let known = reading.state().conflicts.conflict(named?)?;
    Some(reading.kept(known.id, known.fact))
}

fn kept(reading: &Reading<'_>, words: Option<&Personal<Text>>, fact: EventId) -> Option<Kept<Personal<Text>>> {
    words.map(|words| reading.kept(words.clone(), fact))
}

#[cfg(test)]
mod tests {
    use domain::conference::NewAttendee;
    use domain::fact::Audience;
    use domain::plan::SaidBy;
    use domain::steps::{NewOption, NewTaken, StepsCommand};

    use super::*;
    use crate::testing::{JOOST, NOOR, Office, case, on, text};

    #[tokio::test]
    async fn each_shows_as_it_stood_on_the_day_beside_who_may_know() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let mother = office.history(case(1)).state().people.iter().next().unwrap().id;
        let step = NewTaken {
            person: mother,
            step: ConversationStep::Reality,
            worker: Some(JOOST),
            words: Some(text("Zo is het.")),
            conflict: None,
            known_to: Some(Audience::Workers(vec![JOOST])),
        };
        office.order(case(1), StepsCommand::RecordConversationStep(Box::new(step))).await;
        let option = NewOption {
            person: mother,
            author: Some(SaidBy::Person(mother)),
            worker: None,
            words: text("Even wandelen."),
            conflict: None,
            known_to: None,
        };
        office.on("2026-03-10").order(case(1), StepsCommand::RecordOption(Box::new(option))).await;
        let id = on(&office, "2026-03-10", options)[0].option.value;
        let face = StepsCommand::NameTrustedContact {
            person: mother,
            who: NewAttendee::Worker(NOOR),
            words: None,
            known_to: None,
        };
        office.order(case(1), face).await;
        let face = on(&office, "2026-03-10", trusted_contacts)[0].trusted.value;
        let answer = StepsCommand::AnswerTrustedPresence { trusted: face, agrees: true, on: None, words: None };
        office.order(case(1), answer).await;
        let present = vec![face];
        let tried =
            StepsCommand::RecordOptionTried { option: id, effect: OptionEffect::MoreRest, words: None, present };
        office.on("2026-03-12").order(case(1), tried).await;
        office.on("2026-03-13").order(case(1), StepsCommand::EndTrustedContact { trusted: face, reason: None }).await;

        let [step] = &on(&office, "2026-03-02", taken)[..] else { panic!("one step") };
        assert_eq!((step.worker, &step.fact.audience), (JOOST, &Audience::Workers(vec![JOOST])));
        assert!(on(&office, "2026-03-09", options).is_empty());
        let then = on(&office, "2026-03-11", options).remove(0);
        assert!(then.tried.is_empty());
        assert_eq!(then.option.audience, Audience::Persons(vec![mother]));
        let now = on(&office, "2026-03-12", options).remove(0);
        assert_eq!(
            (now.tried[0].present.as_slice(), now.tried[0].effect.value.known()),
            (&[face][..], Some(&OptionEffect::MoreRest))
        );
        let faces = on(&office, "2026-03-12", trusted_contacts).remove(0);
        assert_eq!((faces.presence.len(), faces.ended), (1, None));
        assert!(on(&office, "2026-03-13", trusted_contacts)[0].ended.is_some());
    }
}
