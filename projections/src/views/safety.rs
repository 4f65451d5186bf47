//! Safety as it stands (rule 19): who was screened, which lanes run with their steps and what is left of their terms, who is told later,
//! and what asks for the steps. Each step beside who may know it; nothing of it is counted.

use domain::fact::Audience;
use domain::ids::{EventId, LaneId, PersonId, ToldLaterId, WorkerId};
use domain::personal::Personal;
use domain::safety::{
    Answers, Lane, SafetyKind, SafetySignal, Screening, ScreeningOutcome, StepsAsked, ToldLater, ToldLaterGround, Why,
    safety_steps_asked_on, unscreened_on,
};
use domain::statement::Speaker;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::statements::SpokenBy;
use super::{Kept, Reading};

/// That somebody was screened.
#[derive(Clone, PartialEq, Debug)]
pub struct ScreeningView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// The day.
    pub on: CivilDay,
    /// Who.
    pub person: PersonId,
    /// By whom.
    pub by: WorkerId,
    /// Whether nobody else was there.
    pub alone: bool,
    /// Whether one-sided control was part of it.
    pub control: bool,
    /// What came out.
    pub outcome: Kept<Personal<ScreeningOutcome>>,
    /// In a sentence.
    pub words: Kept<Personal<Text>>,
}

/// A lane of safety.
#[derive(Clone, PartialEq, Debug)]
pub struct LaneView {
    /// The lane, with who may know of it.
    pub lane: Kept<LaneId>,
    /// The day on which it opened, and since which nothing joint is offered.
    pub since: CivilDay,
    /// Whom it concerns, in order of joining.
    pub concerns: Vec<PersonId>,
    /// For which workers only; none when it is for the director.
    pub known_to: Vec<WorkerId>,
    /// What was signalled.
    pub signals: Vec<SignalView>,
    /// The steps taken by the day, in order of the day.
    pub steps: Vec<StepView>,
    /// What must follow and had not by the day: a stable word and its last day.
    pub open: Vec<(String, CivilDay)>,
    /// Who is told later.
    pub told_later: Vec<ToldLaterView>,
    /// That it was cleared by the day.
    pub cleared: Option<Kept<CivilDay>>,
}

/// A safety signal.
#[derive(Clone, PartialEq, Debug)]
pub struct SignalView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// The day.
    pub on: CivilDay,
    /// Whom it concerns, in order of joining.
    pub concerns: Vec<PersonId>,
    /// About what.
    pub kind: Kept<Personal<SafetyKind>>,
    /// The facts.
    pub facts: Kept<Personal<Text>>,
    /// What somebody makes of them.
    pub judgement: Option<Kept<Personal<Text>>>,
    /// Who reported it.
    pub reported_by: SpokenBy,
    /// Who observed it, if another.
    pub observed_by: Option<SpokenBy>,
    /// From whom whoever reported it had it.
    pub told_by: Option<SpokenBy>,
}

/// A step that was taken.
#[derive(Clone, PartialEq, Debug)]
pub struct StepView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// The day.
    pub on: CivilDay,
    /// Which step, with what it says besides its sentence.
    pub what: StepWhat,
    /// Who took it.
    pub by: Vec<WorkerId>,
    /// The sentence.
    pub words: Kept<Personal<Text>>,
}

/// Which step was taken.
#[derive(Clone, PartialEq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "steps are few and short-lived; a box would only hide what stands in one"
)]
pub enum StepWhat {
    /// What is known was mapped.
    Mapped,
    /// Colleagues or Veilig Thuis were consulted.
    Consulted {
        /// Which colleagues.
        colleagues: Vec<WorkerId>,
        /// Whether Veilig Thuis was.
        veilig_thuis: bool,
    },
    /// It was judged whether somebody can be talked with safely.
    TalkJudged {
        /// With whom.
        person: PersonId,
        /// Whether it is safe.
        safe: Kept<Personal<bool>>,
    },
    /// Somebody was talked with.
    Talked {
        /// With whom.
        person: PersonId,
        /// Whether nobody else was there.
        alone: bool,
    },
    /// It was weighed.
    Weighed {
        /// Who weighed along.
        with: Vec<WorkerId>,
        /// The aandachtsfunctionaris who weighed along.
        officer: Option<WorkerId>,
        /// What was answered to the five questions.
        answers: Kept<Personal<Answers>>,
    },
    /// The two decisions.
    Decided {
        /// Whether a report is needed.
        report_needed: Kept<Personal<bool>>,
        /// Whether help is possible.
        help_possible: Kept<Personal<bool>>,
        /// Which help.
        help: Option<Kept<Personal<Text>>>,
    },
    /// A report to Veilig Thuis.
    Reported {
        /// Whether at once.
        at_once: bool,
    },
    /// What Veilig Thuis established.
    Answered {
        /// The day on which it did.
        established: CivilDay,
        /// Where that stands.
        source: Kept<Personal<Line>>,
    },
    /// A second person cleared it.
    Cleared,
}

impl StepWhat {
    /// Whom the step was with, if it was with one person.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::TalkJudged { person, .. } | Self::Talked { person, .. } => Some(*person),
            Self::Mapped
            | Self::Consulted { .. }
            | Self::Weighed { .. }
            | Self::Decided { .. }
            | Self::Reported { .. }
            | Self::Answered { .. }
            | Self::Cleared => None,
        }
    }
}

/// That somebody is told later.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldLaterView {
    /// What is told later, with who may know of it.
    pub told_later: Kept<ToldLaterId>,
    /// Since when.
    pub since: CivilDay,
    /// Who is told later.
    pub person: PersonId,
    /// On which ground.
    pub ground: ToldLaterGround,
    /// Who decided.
    pub decided_by: WorkerId,
    /// Which colleague was consulted.
    pub consulted: WorkerId,
    /// The day on which somebody looks again, as last said by the day.
    pub review: CivilDay,
    /// Why.
    pub words: Kept<Personal<Text>>,
    /// Why it was still told later, each time somebody looked.
    pub looks: Vec<(CivilDay, Kept<Personal<Text>>)>,
    /// The day on which the person was told, by the day.
    pub told: Option<Kept<CivilDay>>,
    /// How that went.
    pub told_words: Option<Kept<Personal<Text>>>,
}

/// Something that asks for the safety steps.
#[derive(Clone, PartialEq, Debug)]
pub struct AskedView {
    /// The fact that asks, with who may know of it.
    pub fact: Kept<EventId>,
    /// Why, since when, and the lane that answers it.
    pub asked: StepsAsked,
}

impl AskedView {
    /// Whom it is about.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self.asked.why {
            Why::Stage { person, .. } | Why::Screening { person } => person,
        }
    }
}

/// Everybody who was screened by the day, in order of the day.
#[must_use]
pub fn screenings(reading: &Reading<'_>) -> Vec<ScreeningView> {
    let mut all: Vec<&Screening> =
        reading.state().safety.screenings().iter().filter(|one| one.on <= reading.day()).collect();
    all.sort_by_key(|one| (one.on, reading.recorded(one.fact)));
    all.into_iter().map(|one| screening(reading, one)).collect()
}

fn screening(reading: &Reading<'_>, one: &Screening) -> ScreeningView {
    ScreeningView {
        fact: reading.kept(one.fact, one.fact),
        on: one.on,
        person: one.person,
        by: one.by,
        alone: one.alone,
        control: one.control,
        outcome: reading.kept(one.outcome.clone(), one.fact),
        words: reading.kept(one.words.clone(), one.fact),
    }
}

/// The parents and children of whom no whole screening was told by the day, in order of joining.
#[must_use]
pub fn unscreened(reading: &Reading<'_>) -> Vec<PersonId> {
    unscreened_on(reading.state(), reading.day(), reading.terms.consent_ages)
}

/// What asked for the safety steps by the day, in order of the day.
#[must_use]
pub fn steps_asked(reading: &Reading<'_>) -> Vec<AskedView> {
    let mut all = safety_steps_asked_on(reading.state(), reading.day());
    all.sort_by_key(|one| (one.on, reading.recorded(one.fact)));
    all.into_iter().map(|asked| AskedView { fact: reading.kept(asked.fact, asked.fact), asked }).collect()
}

/// Every lane that opened by the day, in order of the day.
#[must_use]
pub fn lanes(reading: &Reading<'_>) -> Vec<LaneView> {
    let mut opened: Vec<&Lane> =
        reading.state().safety.lanes().iter().filter(|lane| lane.since <= reading.day()).collect();
    opened.sort_by_key(|lane| (lane.since, reading.recorded(lane.fact)));
    opened.into_iter().map(|lane| view(reading, lane)).collect()
}

fn view(reading: &Reading<'_>, lane: &Lane) -> LaneView {
    let day = reading.day();
    let id = reading.kept(lane.id, lane.fact);
    let known_to = match &id.audience {
        Audience::Workers(workers) => workers.clone(),
        _ => Vec::new(),
    };
    let cleared = lane.cleared.as_ref().filter(|cleared| cleared.on <= day);
    LaneView {
        lane: id,
        since: lane.since,
        concerns: reading.by_joining(&lane.concerns),
        known_to,
        signals: lane.signals.iter().filter(|one| one.on <= day).map(|one| signal(reading, one)).collect(),
        steps: steps(reading, lane),
        open: lane.open_steps_on(day).into_iter().map(|due| (due.what, due.last_day)).collect(),
        told_later: lane.told_later.iter().filter(|one| one.since <= day).map(|one| told_later(reading, one)).collect(),
        cleared: cleared.map(|cleared| reading.kept(cleared.on, cleared.fact)),
    }
}

fn signal(reading: &Reading<'_>, one: &SafetySignal) -> SignalView {
    let spoke = |speaker: &Speaker| SpokenBy::of(reading, speaker, one.fact);
    SignalView {
        fact: reading.kept(one.fact, one.fact),
        on: one.on,
        concerns: reading.by_joining(&one.concerns),
        kind: reading.kept(one.kind.clone(), one.fact),
        facts: reading.kept(one.facts.clone(), one.fact),
        judgement: one.judgement.clone().map(|words| reading.kept(words, one.fact)),
        reported_by: spoke(&one.reported_by),
        observed_by: one.observed_by.as_ref().map(spoke),
        told_by: one.told_by.as_ref().map(spoke),
    }
}

fn step(
    reading: &Reading<'_>,
    (on, fact): (CivilDay, EventId),
    what: StepWhat,
    by: Vec<WorkerId>,
    words: &Personal<Text>,
) -> StepView {
    StepView { fact: reading.kept(fact, fact), on, what, by, words: reading.kept(words.clone(), fact) }
}

fn steps(reading: &Reading<'_>, lane: &Lane) -> Vec<StepView> {
    let step = |on, fact, what, by, words: &Personal<Text>| step(reading, (on, fact), what, by, words);
    let mapped = lane.mapped.iter().map(|one| step(one.on, one.fact, StepWhat::Mapped, vec![one.by], &one.words));
    let consulted = lane.consulted.iter().map(|one| {
        let what = StepWhat::Consulted { colleagues: one.colleagues.clone(), veilig_thuis: one.veilig_thuis };
        step(one.on, one.fact, what, vec![one.by], &one.words)
    });
    let judged = lane.judged.iter().map(|one| {
        let what = StepWhat::TalkJudged { person: one.person, safe: reading.kept(one.safe.clone(), one.fact) };
        step(one.on, one.fact, what, vec![one.by], &one.words)
    });
    let held = lane.held.iter().map(|one| {
        let what = StepWhat::Talked { person: one.person, alone: one.alone };
        step(one.on, one.fact, what, vec![one.by], &one.words)
    });
    let weighed = lane.weighed.iter().map(|one| {
        let answers = reading.kept(one.answers.clone(), one.fact);
        let what = StepWhat::Weighed { with: one.with.clone(), officer: one.officer, answers };
        step(one.on, one.fact, what, vec![one.by], &one.words)
    });
    let cleared = lane.cleared.iter();
    let cleared = cleared.map(|one| step(one.on, one.fact, StepWhat::Cleared, vec![one.by], &one.words));
    let taken = mapped.chain(consulted).chain(judged).chain(held).chain(weighed).chain(cleared);
    let mut steps: Vec<_> = taken.chain(outward(reading, lane)).filter(|step| step.on <= reading.day()).collect();
    steps.sort_by_key(|step| (step.on, reading.recorded(step.fact.fact)));
    steps
}

/// What was decided, reported and answered.
fn outward(reading: &Reading<'_>, lane: &Lane) -> Vec<StepView> {
    let step = |on, fact, what, by, words: &Personal<Text>| step(reading, (on, fact), what, by, words);
    let decided = lane.decided.iter().map(|one| {
        let what = StepWhat::Decided {
            report_needed: reading.kept(one.report_needed.clone(), one.fact),
            help_possible: reading.kept(one.help_possible.clone(), one.fact),
            help: one.help.clone().map(|words| reading.kept(words, one.fact)),
        };
        step(one.on, one.fact, what, one.decided_by.clone(), &one.words)
    });
    let reported = lane
        .reported
        .iter()
        .map(|one| step(one.on, one.fact, StepWhat::Reported { at_once: one.at_once }, vec![one.by], &one.words));
    let answered = lane.answered.iter().map(|one| {
        let source = reading.kept(one.source.clone(), one.fact);
        step(one.on, one.fact, StepWhat::Answered { established: one.established, source }, Vec::new(), &one.words)
    });
    decided.chain(reported).chain(answered).collect()
}

fn told_later(reading: &Reading<'_>, one: &ToldLater) -> ToldLaterView {
    let day = reading.day();
    let looks: Vec<_> = one.looks.iter().filter(|look| look.on <= day).collect();
    let told = one.told.as_ref().filter(|told| told.on <= day);
    ToldLaterView {
        told_later: reading.kept(one.id, one.fact),
        since: one.since,
        person: one.person,
        ground: one.ground,
        decided_by: one.decided_by,
        consulted: one.consulted,
        review: looks.last().map_or(one.review, |look| look.review),
        words: reading.kept(one.words.clone(), one.fact),
        looks: looks.iter().map(|look| (look.on, reading.kept(look.words.clone(), look.fact))).collect(),
        told: told.map(|told| reading.kept(told.on, told.fact)),
        told_words: told.and_then(|told| Some(reading.kept(told.words.clone()?, told.fact))),
    }
}

#[cfg(test)]
mod tests {
    use domain::safety::{NewSignal, SafetyCommand};

    use super::*;
    use crate::testing::{JOOST, NOOR, Office, case, day, terms, text};
    use crate::views::Rights;

    fn on<T>(office: &Office, today: &str, read: impl FnOnce(&Reading<'_>) -> T) -> T {
        let (history, terms) = (office.history(case(1)), terms());
        let rights = Rights { today: day(today), ages: terms.consent_ages };
        read(&Reading::new(history, history.state(), day(today), &terms, rights))
    }

    async fn signalled() -> (Office, PersonId, LaneId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let new = NewSignal {
            lane: None,
            concerns: vec![child],
            kind: SafetyKind::Neglect,
            facts: text("Komt zonder jas."),
            judgement: None,
            reported_by: None,
            observed_by: None,
            told_by: None,
            known_to: Some(Audience::Workers(vec![JOOST, NOOR])),
        };
        office.order(case(1), SafetyCommand::RecordSafetySignal(Box::new(new))).await;
        let lane = office.history(case(1)).state().safety.lanes()[0].id;
        (office, child, lane)
    }

    #[tokio::test]
    async fn a_lane_shows_what_is_left_as_of_the_day() {
        let (mut office, child, lane) = signalled().await;
        let seen = |office: &Office, today: &str| on(office, today, lanes).remove(0);
        let view = seen(&office, "2026-03-02");
        assert_eq!((view.since, view.known_to.as_slice()), (day("2026-03-02"), &[JOOST, NOOR][..]));
        assert_eq!((view.open.len(), view.steps.len(), view.signals.len()), (5, 0, 1));
        assert_eq!(on(&office, "2026-03-01", lanes), []);
        let mapped = SafetyCommand::RecordSafetyMapping { lane, by: None, words: text("Wat er bekend is.") };
        office.on("2026-03-04").order(case(1), mapped).await;
        let talked = SafetyCommand::RecordSafetyTalk {
            lane,
            person: child,
            by: None,
            alone: true,
            words: text("Vertelt over thuis."),
            explanation: None,
            known_to: None,
        };
        office.order(case(1), talked).await;
        let then = seen(&office, "2026-03-03");
        assert_eq!((then.open.len(), then.steps.len()), (5, 0), "as it was then");
        let now = seen(&office, "2026-03-04");
        assert_eq!((now.open.len(), now.steps.len()), (3, 2));
        assert_eq!(now.steps[1].what.person(), Some(child));
    }

    #[tokio::test]
    async fn it_says_who_was_not_screened_yet() {
        let (mut office, child, _) = signalled().await;
        assert!(on(&office, "2026-03-02", unscreened).contains(&child));
        let screened = SafetyCommand::RecordSafetyScreening {
            person: child,
            by: None,
            alone: true,
            control: true,
            outcome: ScreeningOutcome::Signal,
            words: text("Praat zacht."),
            explanation: None,
            known_to: None,
        };
        office.order(case(1), screened).await;
        assert!(!on(&office, "2026-03-02", unscreened).contains(&child));
        assert_eq!(on(&office, "2026-03-02", screenings)[0].person, child);
        let asked = on(&office, "2026-03-02", steps_asked).remove(0);
        assert_eq!((asked.person(), asked.asked.lane.is_some()), (child, true));
    }
}
