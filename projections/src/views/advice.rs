//! What became of a question to a divorce advice team: who said *not me*, what was advised and how that was answered, in which other ways
//! the team was there. Told to those to whom the question was put, and to who asked.

use domain::case::CaseEvent;
use domain::divorce::{
    DivorceEvent, SAT_ACCEPTANCE_DUE, SAT_ADVICE_DUE, SatAdvice, SatEvent, SatMode, SatModeHeld, SatReview, SatTrack,
};
use domain::ids::{AdviceId, EventId, PersonId, Revision, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;

use super::readers::PutTo;
use super::{Kept, Reading};

/// What became of a question by the day.
#[derive(Clone, PartialEq, Debug)]
pub struct BecameView {
    /// Who asked.
    pub asked_by: Kept<WorkerId>,
    /// Whether the duo of a `DOnS` trajectory asked.
    pub asked_by_duo: bool,
    /// The last day on which an advisor accepts in time, while that waits.
    pub accept_by: Option<CivilDay>,
    /// The last day on which the team advises in time, while that waits.
    pub advise_by: Option<CivilDay>,
    /// Who said *not me*, in the order told.
    pub not_me: Vec<Kept<NotMeView>>,
    /// Every advice, in the order told.
    pub advices: Vec<Kept<AdviceView>>,
    /// In which way the team is there on the day.
    pub mode: SatMode,
    /// In which other ways it is there, was or will be, in the order told.
    pub modes: Vec<Kept<ModeView>>,
}

/// That an advisor said *not me*.
#[derive(Clone, PartialEq, Debug)]
pub struct NotMeView {
    /// The advisor.
    pub advisor: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// Why.
    pub reason: Option<Kept<Personal<Text>>>,
}

/// An advice.
#[derive(Clone, PartialEq, Debug)]
pub struct AdviceView {
    /// The advice.
    pub advice: AdviceId,
    /// The advisor.
    pub advisor: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// The case as the advisor saw it: up to this fact and no further.
    pub position: Revision,
    /// Which track is recommended.
    pub recommended: Option<SatTrack>,
    /// On which conditions.
    pub conditions: Vec<Kept<Personal<Text>>>,
    /// The advice.
    pub words: Kept<Personal<Text>>,
    /// How it was answered by the day.
    pub answer: Option<Kept<AnswerView>>,
}

/// How an advice was answered.
#[derive(Clone, PartialEq, Debug)]
pub struct AnswerView {
    /// The day.
    pub on: CivilDay,
    /// Whether it is followed; else departed from.
    pub follows: bool,
    /// Why.
    pub reason: Option<Kept<Personal<Text>>>,
    /// Who answered.
    pub by: WorkerId,
    /// The case director who is told.
    pub told: Option<WorkerId>,
}

/// That the team is there in another way than by advising who asked.
#[derive(Clone, PartialEq, Debug)]
pub struct ModeView {
    /// In which way.
    pub mode: SatMode,
    /// First day.
    pub from: CivilDay,
    /// Last day, when agreed or ended.
    pub until: Option<CivilDay>,
    /// That last day by the fact that says so.
    pub ended: Option<Kept<CivilDay>>,
    /// With whom.
    pub persons: Vec<PersonId>,
}

/// What became of it.
pub(super) fn became(reading: &Reading<'_>, found: &SatReview) -> BecameView {
    let (day, to) = (reading.day(), PutTo::Review(found.id));
    let open = found.period.holds_on(day);
    let waits = |what| found.term(what).filter(|_| open).map(|due| due.last_day);
    let kept = |words: &Option<Personal<Text>>, fact| words.clone().map(|words| reading.told_words(words, fact, to));
    let not_me = found.not_me.iter().filter(|said| said.on <= day).map(|said| {
        let reason = kept(&said.reason, said.fact);
        reading.told(NotMeView { advisor: said.advisor, on: said.on, reason }, said.fact, to)
    });
    let advices = found.advices.iter().filter(|given| given.on <= day);
    let modes = found.modes.iter().map(|held| {
        let persons = reading.by_joining(&held.persons);
        let (from, until) = (held.period.since, held.period.until);
        let ended = until.map(|until| reading.told(until, ended_by(reading, found, held, until), to));
        let view = ModeView { mode: held.mode, from, until, ended, persons };
        reading.told(view, held.fact, to)
    });
    BecameView {
        asked_by: reading.told(found.asked_by, found.fact, to),
        asked_by_duo: found.asked_as_duo.is_some(),
        accept_by: waits(SAT_ACCEPTANCE_DUE),
        advise_by: waits(SAT_ADVICE_DUE),
        not_me: not_me.collect(),
        advices: advices.map(|given| reading.told(advice(reading, given, to), given.fact, to)).collect(),
        mode: found.mode_on(day),
        modes: modes.collect(),
    }
}

/// The fact by which it ended on this day: that it ended earlier than agreed, or else what was agreed.
fn ended_by(reading: &Reading<'_>, found: &SatReview, held: &SatModeHeld, until: CivilDay) -> EventId {
    let ends = |event: &CaseEvent| match event {
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatModeEnded { review, last_day, .. })) => {
            *review == found.id && *last_day == until
        }
        _ => false,
    };
    reading.stands().find(|fact| ends(&fact.event)).map_or(held.fact, |fact| fact.id)
}

fn advice(reading: &Reading<'_>, given: &SatAdvice, to: PutTo) -> AdviceView {
    let answer = given.answer.as_ref().filter(|answer| answer.on <= reading.day()).map(|answer| {
        let reason = answer.reason.clone().map(|words| reading.told_words(words, answer.fact, to));
        let view = AnswerView { on: answer.on, follows: answer.follows, reason, by: answer.by, told: answer.told };
        reading.told(view, answer.fact, to)
    });
    AdviceView {
        advice: given.id,
        advisor: given.advisor,
        on: given.on,
        position: given.position,
        recommended: given.recommended,
        conditions: given.conditions.iter().map(|words| reading.told_words(words.clone(), given.fact, to)).collect(),
        words: reading.told_words(given.words.clone(), given.fact, to),
        answer,
    }
}
