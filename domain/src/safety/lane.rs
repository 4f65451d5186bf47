//! A lane of safety: what was signalled, which steps were taken, who is told later, and that it was cleared.

use super::{Answers, SafetyKind, ToldLaterGround};
use crate::fact::{Actor, Due};
use crate::ids::{EventId, LaneId, PersonId, ToldLaterId, WorkerId};
use crate::personal::Personal;
use crate::statement::Speaker;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A lane: it runs beside everything else from its first signal until it is cleared.
#[derive(Clone, PartialEq, Debug)]
pub struct Lane {
    /// The lane.
    pub id: LaneId,
    /// The day on which it opened.
    pub since: CivilDay,
    /// Whom its signals concern; each once.
    pub concerns: Vec<PersonId>,
    /// The children among them.
    pub children: Vec<PersonId>,
    /// What was signalled, in the order told; never nothing.
    pub signals: Vec<SafetySignal>,
    /// What was mapped (step 1).
    pub mapped: Vec<Mapped>,
    /// Who was consulted (step 2).
    pub consulted: Vec<Consulted>,
    /// Whether somebody could be talked with safely.
    pub judged: Vec<Judged>,
    /// Who was talked with (step 3).
    pub held: Vec<Held>,
    /// How it was weighed (step 4).
    pub weighed: Vec<Weighed>,
    /// What was decided (step 5).
    pub decided: Vec<Decided>,
    /// Reports to Veilig Thuis.
    pub reported: Vec<Reported>,
    /// What Veilig Thuis answered.
    pub answered: Vec<VtAnswer>,
    /// Who is told later.
    pub told_later: Vec<ToldLater>,
    /// That it was cleared; nothing while it is open.
    pub cleared: Option<Cleared>,
    /// What must follow, as the first signal said.
    pub(super) dues: Vec<Due>,
    /// Who recorded the signal that opened it.
    pub(super) opened_by: Actor,
    /// The fact that opened it.
    pub fact: EventId,
}

impl Lane {
    /// Whether it is open on a day: from its first day on until the day on which it was cleared.
    #[must_use]
    pub fn is_open_on(&self, day: CivilDay) -> bool {
        self.since <= day && self.cleared.as_ref().is_none_or(|cleared| cleared.on > day)
    }

    /// Whether each child whom it concerns was talked with alone by this day; where it concerns no child, whether anybody was.
    #[must_use]
    pub fn heard_by(&self, day: CivilDay) -> bool {
        self.heard(|talk| talk.on <= day)
    }

    pub(super) fn heard(&self, counts: impl Fn(&Held) -> bool) -> bool {
        let held = || self.held.iter().filter(|talk| counts(talk));
        if self.children.is_empty() {
            return held().next().is_some();
        }
        self.children.iter().all(|child| held().any(|talk| talk.person == *child && talk.alone))
    }

    /// Whether talking with somebody was judged safe, by the last that was said by this day.
    #[must_use]
    pub fn safe_to_talk(&self, person: PersonId, day: CivilDay) -> bool {
        let said = self.judged.iter().filter(|one| one.person == person && one.on <= day);
        said.max_by_key(|one| one.on).is_some_and(|one| one.safe.known() == Some(&true))
    }

    /// The last time that it was weighed.
    #[must_use]
    pub fn last_weighed(&self) -> Option<&Weighed> {
        self.weighed.iter().max_by_key(|one| one.on)
    }

    /// The last decisions.
    #[must_use]
    pub fn last_decided(&self) -> Option<&Decided> {
        self.decided.iter().max_by_key(|one| one.on)
    }

    /// Whether this person is told later on a day.
    #[must_use]
    pub fn kept_from(&self, person: PersonId, day: CivilDay) -> bool {
        self.told_later.iter().any(|one| one.person == person && one.is_kept_on(day))
    }
}

/// A safety signal.
#[derive(Clone, PartialEq, Debug)]
pub struct SafetySignal {
    /// The day.
    pub on: CivilDay,
    /// Whom it concerns.
    pub concerns: Vec<PersonId>,
    /// About what, in broad words.
    pub kind: Personal<SafetyKind>,
    /// The facts.
    pub facts: Personal<Text>,
    /// What somebody makes of them.
    pub judgement: Option<Personal<Text>>,
    /// Who reported it.
    pub reported_by: Speaker,
    /// Who observed it, if another.
    pub observed_by: Option<Speaker>,
    /// From whom whoever reported it had it.
    pub told_by: Option<Speaker>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That what is known was mapped.
#[derive(Clone, PartialEq, Debug)]
pub struct Mapped {
    /// The day.
    pub on: CivilDay,
    /// By whom.
    pub by: WorkerId,
    /// What is known.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody was consulted.
#[derive(Clone, PartialEq, Debug)]
pub struct Consulted {
    /// The day.
    pub on: CivilDay,
    /// Who asked.
    pub by: WorkerId,
    /// Which colleagues.
    pub colleagues: Vec<WorkerId>,
    /// Whether Veilig Thuis was.
    pub veilig_thuis: bool,
    /// What they advised.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Whether somebody could be talked with safely.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The day.
    pub on: CivilDay,
    /// With whom.
    pub person: PersonId,
    /// Who judged.
    pub by: WorkerId,
    /// Whether it is safe.
    pub safe: Personal<bool>,
    /// Why.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody was talked with.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// The day.
    pub on: CivilDay,
    /// With whom.
    pub person: PersonId,
    /// Whether that was a child then.
    pub child: bool,
    /// Whether nobody else was there.
    pub alone: bool,
    /// Who talked with them.
    pub by: WorkerId,
    /// In a sentence.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How it was weighed.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighed {
    /// The day.
    pub on: CivilDay,
    /// Who weighed.
    pub by: WorkerId,
    /// Who weighed along.
    pub with: Vec<WorkerId>,
    /// The aandachtsfunctionaris who weighed along.
    pub officer: Option<WorkerId>,
    /// What was answered to the five questions.
    pub answers: Personal<Answers>,
    /// Why.
    pub words: Personal<Text>,
    /// Who recorded it.
    pub(super) recorded_by: Actor,
    /// The fact that says so.
    pub fact: EventId,
}

/// The two decisions.
#[derive(Clone, PartialEq, Debug)]
pub struct Decided {
    /// The day.
    pub on: CivilDay,
    /// Who decided.
    pub decided_by: Vec<WorkerId>,
    /// Whether a report to Veilig Thuis is needed.
    pub report_needed: Personal<bool>,
    /// Whether help can be given or organised.
    pub help_possible: Personal<bool>,
    /// Which help, with whom.
    pub help: Option<Personal<Text>>,
    /// Why.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A report to Veilig Thuis.
#[derive(Clone, PartialEq, Debug)]
pub struct Reported {
    /// The day.
    pub on: CivilDay,
    /// Who made it.
    pub by: WorkerId,
    /// Whether at once, for acute or structural unsafety.
    pub at_once: bool,
    /// What was reported.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What Veilig Thuis answered.
#[derive(Clone, PartialEq, Debug)]
pub struct VtAnswer {
    /// The day on which it was known here.
    pub on: CivilDay,
    /// The day on which it established this.
    pub established: CivilDay,
    /// Where that stands.
    pub source: Personal<Line>,
    /// In its words.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody is told later.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldLater {
    /// What is told later.
    pub id: ToldLaterId,
    /// Since when it is kept from this person.
    pub since: CivilDay,
    /// Who is told later.
    pub person: PersonId,
    /// On which ground.
    pub ground: ToldLaterGround,
    /// Who decided.
    pub decided_by: WorkerId,
    /// Which colleague was consulted.
    pub consulted: WorkerId,
    /// The day on which somebody looks again, as said at first.
    pub review: CivilDay,
    /// Why.
    pub words: Personal<Text>,
    /// Who looked again, in the order told.
    pub looks: Vec<Look>,
    /// That the person was told.
    pub told: Option<Told>,
    /// That somebody looks again.
    pub(super) due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

impl ToldLater {
    /// Whether it is kept from the person on a day: from the day of the decision until the person was told.
    #[must_use]
    pub fn is_kept_on(&self, day: CivilDay) -> bool {
        self.since <= day && self.told.as_ref().is_none_or(|told| told.on > day)
    }
}

/// That somebody looked again at whether a person can be told.
#[derive(Clone, PartialEq, Debug)]
pub struct Look {
    /// The day.
    pub on: CivilDay,
    /// Who looked.
    pub by: WorkerId,
    /// The next day on which somebody looks.
    pub review: CivilDay,
    /// Why.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That the person was told.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The day.
    pub on: CivilDay,
    /// By whom.
    pub by: WorkerId,
    /// How that went.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a lane was cleared.
#[derive(Clone, PartialEq, Debug)]
pub struct Cleared {
    /// The day.
    pub on: CivilDay,
    /// Who cleared it.
    pub by: WorkerId,
    /// Why.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}
