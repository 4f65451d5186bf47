//! Requests as they were told: asked, accepted, advised on, answered; in which way the team is there; how they ended.

use super::{SatEnd, SatEvent, SatMode, SatTrack};
use crate::case::CaseEvent;
use crate::divorce::Divorce;
use crate::dues::judged_on;
use crate::fact::{Due, Fact, Organisation};
use crate::ids::{AdviceId, ConsentId, EventId, PersonId, ReviewId, Revision, TrajectoryId, WorkerId};
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::regie::{Period, Regie};
use crate::text::Text;
use crate::time::CivilDay;

/// By when the access of an advisor is over at the latest (PD 6 weeks after acceptance; of an intervention its last day).
pub const SAT_ACCESS_DUE: &str = "sat_access";
/// By when an advisor accepts (PD 5 working days after the request).
pub const SAT_ACCEPTANCE_DUE: &str = "sat_acceptance";
/// By when the team advises (PD 10 working days after the request).
pub const SAT_ADVICE_DUE: &str = "sat_advice";

/// A request to a divorce advice team.
#[derive(Clone, PartialEq, Debug)]
pub struct SatReview {
    /// The request.
    pub id: ReviewId,
    /// Which team.
    pub team: Organisation,
    /// The question.
    pub question: Personal<Text>,
    /// Whether nobody is named.
    pub anonymous: bool,
    /// Those whose part was given.
    pub scope: Vec<PersonId>,
    /// Those whose part was kept back.
    pub withheld: Vec<PersonId>,
    /// The sharing consents it rests on.
    pub consents: Vec<ConsentId>,
    /// Who asked.
    pub asked_by: WorkerId,
    /// As the duo of which `DOnS` trajectory, if so: then either of the two answers.
    pub asked_as_duo: Option<TrajectoryId>,
    /// The place of the request in the history.
    pub asked_at: Revision,
    /// By when an advisor accepts, by when the team advises, as far as the request said.
    pub terms: Vec<Due>,
    /// The days on which it is open: from the request to the day before its end, or the day on which the case closed.
    pub period: Period,
    /// Who said *not me*, in the order told.
    pub not_me: Vec<SatNotMe>,
    /// That an advisor accepted, and did not say *not me* since.
    pub accepted: Option<SatAcceptance>,
    /// Every advice, in the order told.
    pub advices: Vec<SatAdvice>,
    /// In which other ways the team is there or was, in the order told.
    pub modes: Vec<SatModeHeld>,
    /// How it ended, when somebody ended it.
    pub ended: Option<SatEnding>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That an advisor said *not me*.
#[derive(Clone, PartialEq, Debug)]
pub struct SatNotMe {
    /// The advisor.
    pub advisor: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// Why.
    pub reason: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That an advisor accepted a request.
#[derive(Clone, PartialEq, Debug)]
pub struct SatAcceptance {
    /// The advisor.
    pub advisor: WorkerId,
    /// From this day on.
    pub on: CivilDay,
    /// When the access is over at the latest.
    pub access: Option<Due>,
    /// The place of the acceptance in the history: from there on the advisor could see.
    pub at: Revision,
    /// The fact that says so.
    pub fact: EventId,
}

/// An advice.
#[derive(Clone, PartialEq, Debug)]
pub struct SatAdvice {
    /// The advice.
    pub id: AdviceId,
    /// The advisor.
    pub advisor: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// The case as the advisor saw it: up to this fact and no further.
    pub position: Revision,
    /// Which track is recommended.
    pub recommended: Option<SatTrack>,
    /// On which conditions.
    pub conditions: Vec<Personal<Text>>,
    /// The advice.
    pub words: Personal<Text>,
    /// How it was answered.
    pub answer: Option<SatAnswer>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How an advice was answered.
#[derive(Clone, PartialEq, Debug)]
pub struct SatAnswer {
    /// The day.
    pub on: CivilDay,
    /// Whether it is followed; else departed from.
    pub follows: bool,
    /// Why.
    pub reason: Option<Personal<Text>>,
    /// Who answered.
    pub by: WorkerId,
    /// The case director who is told.
    pub told: Option<WorkerId>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That the team is there in another way than by advising who asked.
#[derive(Clone, PartialEq, Debug)]
pub struct SatModeHeld {
    /// In which way.
    pub mode: SatMode,
    /// First and last day.
    pub period: Period,
    /// With whom.
    pub persons: Vec<PersonId>,
    /// The consents that said so.
    pub consents: Vec<ConsentId>,
    /// When the access of an intervention is over.
    pub access: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How a request ended.
#[derive(Clone, PartialEq, Debug)]
pub struct SatEnding {
    /// The day; from then on there is no access.
    pub on: CivilDay,
    /// How.
    pub reason: SatEnd,
    /// More about it.
    pub explanation: Option<Personal<Text>>,
    /// Who said so.
    pub by: WorkerId,
}

/// What a divorce advice team was to a `DOnS` trajectory, for the yearly picture: how often one was consulted, and stepped in (R34; 25 %
/// and 10 % in the pilot). A trajectory counts once, however often a team was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SatTrajectory {
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Its days.
    pub period: Period,
    /// The first day on which a team was asked while it ran.
    pub consulted: Option<CivilDay>,
    /// The first day on which a team spoke with parents itself or stepped in while it ran.
    pub intervened: Option<CivilDay>,
}

impl SatReview {
    /// In which way the team is there on a day.
    #[must_use]
    pub fn mode_on(&self, day: CivilDay) -> SatMode {
        self.modes.iter().rev().find(|held| held.period.holds_on(day)).map_or(SatMode::Consultation, |held| held.mode)
    }

    /// The intervention that is agreed for this day or a later one, if any.
    pub(super) fn intervention_from(&self, day: CivilDay) -> Option<&SatModeHeld> {
        self.modes.iter().rev().find(|held| held.mode == SatMode::Intervention && held.period.reaches(day))
    }

    /// The advices that wait for an answer.
    pub fn unanswered(&self) -> impl Iterator<Item = &SatAdvice> {
        self.advices.iter().filter(|advice| advice.answer.is_none())
    }

    /// The term of this name that the request carries, while it waits.
    #[must_use]
    pub fn term(&self, what: &str) -> Option<&Due> {
        let waits = match what {
            SAT_ACCEPTANCE_DUE => self.accepted.is_none() && self.advices.is_empty(),
            // Whoever steps in does so in place of an advice: divorce.md asks for that of what waits for one.
            _ => self.advices.is_empty() && self.modes.iter().all(|held| held.mode != SatMode::Intervention),
        };
        self.terms.iter().find(|due| waits && due.what == what)
    }

    /// Whether the team owes something on this day: that somebody accepts, or an advice.
    #[must_use]
    pub fn waits_on(&self, day: CivilDay) -> bool {
        let owed = |what| self.term(what).is_some();
        self.period.holds_on(day) && (owed(SAT_ACCEPTANCE_DUE) || owed(SAT_ADVICE_DUE))
    }

    /// When the access that runs is over at the latest.
    #[must_use]
    pub fn access_due(&self, day: CivilDay) -> Option<&Due> {
        let of_intervention = self.intervention_from(day).and_then(|held| held.access.as_ref());
        of_intervention.or_else(|| self.accepted.as_ref()?.access.as_ref())
    }
}

impl Divorce {
    /// Every request to a team, in the order told.
    #[must_use]
    pub fn sat_reviews(&self) -> &[SatReview] {
        &self.reviews
    }

    /// This request.
    #[must_use]
    pub fn sat_review(&self, review: ReviewId) -> Option<&SatReview> {
        self.reviews.iter().find(|known| known.id == review)
    }

    /// What a divorce advice team was to each `DOnS` trajectory, in order of the first day.
    #[must_use]
    pub fn sat_of_trajectories(&self) -> Vec<SatTrajectory> {
        let of = |(trajectory, period): (TrajectoryId, Period)| SatTrajectory {
            trajectory,
            period,
            consulted: self.reviews.iter().map(|review| review.period.since).filter(|on| period.holds_on(*on)).min(),
            intervened: {
                let modes = self.reviews.iter().flat_map(|review| &review.modes);
                modes.filter_map(|held| held.period.first_shared_day(period)).min()
            },
        };
        self.duos.iter().map(|duo| (duo.trajectory, duo.period)).map(of).collect()
    }

    /// What somebody must accept, advise on or see end (see [`crate::dues`]).
    pub(in crate::divorce) fn sat_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.reviews.iter().flat_map(move |review| {
            let access = review.access_due(today).filter(|_| review.accepted.is_some());
            let dues = [review.term(SAT_ACCEPTANCE_DUE), review.term(SAT_ADVICE_DUE), access];
            dues.into_iter().flatten().filter(move |due| review.period.holds_on(judged_on(due, today))).cloned()
        })
    }
}

/// Takes a fact into the state. Total.
pub(in crate::divorce) fn apply(divorce: &mut Divorce, regie: &Regie, fact: &Fact<CaseEvent>, event: &SatEvent) {
    let (day, id) = (fact.occurred.day(), fact.id);
    match event.clone() {
        SatEvent::SatRequested { review, team, question, anonymous, scope, withheld, consents } => {
            let by = fact.actor.worker;
            let accompanies = |duo: &&crate::divorce::Duo| duo.representatives.iter().any(|one| one.worker == by);
            let asked_as_duo = divorce.duo_on(day).filter(accompanies).map(|duo| duo.trajectory);
            divorce.reviews.push(SatReview {
                id: review,
                team,
                question,
                anonymous,
                scope,
                withheld,
                consents,
                asked_by: by,
                asked_as_duo,
                asked_at: fact.revision,
                terms: fact.due.clone(),
                period: regie.within_the_case(Period::since(day)),
                not_me: Vec::new(),
                accepted: None,
                advices: Vec::new(),
                modes: Vec::new(),
                ended: None,
                fact: id,
            });
        }
        SatEvent::SatAccepted { review, advisor } => change(divorce, review, |known| {
            let access = carried(&fact.due, SAT_ACCESS_DUE);
            known.accepted.get_or_insert(SatAcceptance { advisor, on: day, access, at: fact.revision, fact: id });
        }),
        SatEvent::SatEnded { review, reason, explanation } => change(divorce, review, |known| {
            known.period.end(day.minus_days(1));
            known.ended.get_or_insert(SatEnding { on: day, reason, explanation, by: fact.actor.worker });
        }),
        SatEvent::SatNotMeSaid { review, advisor, reason } => change(divorce, review, |known| {
            known.accepted.take_if(|accepted| accepted.advisor == advisor);
            known.not_me.push(SatNotMe { advisor, on: day, reason, fact: id });
        }),
        SatEvent::SatAdviceGiven { review, advice, advisor, position, recommended, conditions, words } => {
            change(divorce, review, |known| {
                let answer = None;
                let given = SatAdvice {
                    id: advice,
                    advisor,
                    on: day,
                    position,
                    recommended,
                    conditions,
                    words,
                    answer,
                    fact: id,
                };
                known.advices.push(given);
            });
        }
        SatEvent::SatAdviceAnswered { review, advice, follows, reason, told } => change(divorce, review, |known| {
            let answer = SatAnswer { on: day, follows, reason, by: fact.actor.worker, told, fact: id };
            answered(known, advice, answer);
        }),
        SatEvent::SatModeAgreed { review, mode, from, until, persons, consents } => change(divorce, review, |known| {
            let access = carried(&fact.due, SAT_ACCESS_DUE);
            let period = regie.within_the_case(Period { since: from, until });
            known.modes.push(SatModeHeld { mode, period, persons, consents, access, fact: id });
        }),
        SatEvent::SatModeEnded { review, last_day, .. } => change(divorce, review, |known| {
            if let Some(held) = known.modes.iter_mut().rev().find(|held| held.period.holds_on(last_day)) {
                held.period.end(last_day);
                held.access = None;
            }
        }),
    }
}

/// With the last advice answered the request is over, unless the team steps in until a later day.
fn answered(known: &mut SatReview, advice: AdviceId, answer: SatAnswer) {
    let day = answer.on;
    if let Some(given) = known.advices.iter_mut().find(|given| given.id == advice) {
        given.answer.get_or_insert(answer);
    }
    if known.unanswered().next().is_none() && known.intervention_from(day).is_none() {
        known.period.end(day.minus_days(1));
    }
}

fn change(divorce: &mut Divorce, review: ReviewId, change: impl FnOnce(&mut SatReview)) {
    if let Some(known) = divorce.reviews.iter_mut().find(|known| known.id == review) {
        change(known);
    }
}
