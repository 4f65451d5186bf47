//! Screenings and lanes, in the order of the day: this room's slice of the state.

use super::{
    CONSULT_DUE, Cleared, Consulted, DECIDE_DUE, Decided, Held, Judged, Lane, Look, MAP_DUE, Mapped, Reported,
    SafetyEvent, SafetySignal, ScreeningOutcome, TALK_DUE, TOLD_LATER_DUE, Told, ToldLater, VtAnswer, WEIGH_DUE,
    Weighed,
};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, LaneId, PersonId, ToldLaterId, WorkerId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::text::Text;
use crate::time::CivilDay;

/// That somebody was screened.
#[derive(Clone, PartialEq, Debug)]
pub struct Screening {
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
    pub outcome: Personal<ScreeningOutcome>,
    /// In a sentence.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Screening {
    /// Whether it counts as one: alone, with one-sided control in it.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.alone && self.control
    }
}

/// Screenings and lanes, in the order of the day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Safety {
    screenings: Vec<Screening>,
    lanes: Vec<Lane>,
}

impl Safety {
    /// Every screening.
    #[must_use]
    pub fn screenings(&self) -> &[Screening] {
        &self.screenings
    }

    /// Every lane, open or cleared.
    #[must_use]
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// This lane.
    #[must_use]
    pub fn lane(&self, lane: LaneId) -> Option<&Lane> {
        self.lanes.iter().find(|known| known.id == lane)
    }

    /// The lanes that are open on a day.
    pub fn lanes_open_on(&self, day: CivilDay) -> impl Iterator<Item = &Lane> {
        self.lanes.iter().filter(move |lane| lane.is_open_on(day))
    }

    /// The first lane that is open on a day: while there is one, an accusation of violence or neglect waits (divorce.md, "Safety before
    /// everything").
    #[must_use]
    pub fn lane_open_on(&self, day: CivilDay) -> Option<&Lane> {
        self.lanes_open_on(day).min_by_key(|lane| lane.since)
    }

    /// Because of which lane nothing joint is offered on a day (rule 19). For who may come together in one conversation, ask
    /// [`super::joint_talk_barred`].
    #[must_use]
    pub fn joint_talks_barred_on(&self, day: CivilDay) -> Option<LaneId> {
        self.lane_open_on(day).map(|lane| lane.id)
    }

    /// What is told later, by its id.
    #[must_use]
    pub fn told_later(&self, told_later: ToldLaterId) -> Option<(&Lane, &ToldLater)> {
        let mut all = self.lanes.iter().flat_map(|lane| lane.told_later.iter().map(move |one| (lane, one)));
        all.find(|(_, one)| one.id == told_later)
    }

    /// Everything that is kept from somebody on a day, each with its lane.
    pub fn kept_on(&self, day: CivilDay) -> impl Iterator<Item = (&Lane, &ToldLater)> {
        let all = self.lanes.iter().flat_map(|lane| lane.told_later.iter().map(move |one| (lane, one)));
        all.filter(move |(_, one)| one.is_kept_on(day))
    }

    /// Whether a lane is kept from this person on a day.
    #[must_use]
    pub fn is_kept_from(&self, lane: LaneId, person: PersonId, day: CivilDay) -> bool {
        self.lane(lane).is_some_and(|lane| lane.kept_from(person, day))
    }

    /// The steps that no lane took yet, and what is told later: each gone once it is done, the steps also once the lane is cleared.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.waiting().map(|(due, ..)| due.clone())
    }

    /// The same, each with the fact that says so and the fact of what it is about.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (&Due, EventId, EventId)> {
        let open = self.lanes.iter().filter(|lane| lane.cleared.is_none());
        let steps = open.flat_map(|lane| lane.untaken(|_| true).into_iter().map(|due| (due, lane.fact, lane.fact)));
        let untold = self.lanes.iter().flat_map(|lane| &lane.told_later).filter(|one| one.told.is_none());
        let looks = untold.filter_map(|one| {
            let said_by = one.looks.last().map_or(one.fact, |look| look.fact);
            Some((one.due.as_ref()?, said_by, one.fact))
        });
        steps.chain(looks)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &SafetyEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            SafetyEvent::SafetyScreened { person, by, alone, control, outcome, words } => {
                self.screenings.push(Screening { on, person, by, alone, control, outcome, words, fact: id });
                self.screenings.sort_by_key(|one| (one.on, one.fact));
            }
            SafetyEvent::SafetySignalRecorded { .. } => self.signalled(fact, event),
            SafetyEvent::SafetyMapped { lane, by, words } => {
                self.change(lane, |lane| lane.mapped.push(Mapped { on, by, words, fact: id }));
            }
            SafetyEvent::SafetyConsulted { lane, by, colleagues, veilig_thuis, words } => self.change(lane, |lane| {
                lane.consulted.push(Consulted { on, by, colleagues, veilig_thuis, words, fact: id });
            }),
            SafetyEvent::SafetyTalkJudged { lane, person, by, safe, words } => {
                self.change(lane, |lane| lane.judged.push(Judged { on, person, by, safe, words, fact: id }));
            }
            SafetyEvent::SafetyTalkHeld { lane, person, child, alone, by, words } => {
                self.change(lane, |lane| lane.held.push(Held { on, person, child, alone, by, words, fact: id }));
            }
            SafetyEvent::SafetyWeighed { lane, by, with, officer, answers, words } => {
                let recorded_by = fact.actor.clone();
                self.change(lane, |lane| {
                    lane.weighed.push(Weighed { on, by, with, officer, answers, words, recorded_by, fact: id });
                });
            }
            SafetyEvent::SafetyDecided { lane, decided_by, report_needed, help_possible, help, words } => {
                self.change(lane, |lane| {
                    lane.decided.push(Decided { on, decided_by, report_needed, help_possible, help, words, fact: id });
                });
            }
            SafetyEvent::ReportedToVeiligThuis { lane, by, at_once, words } => {
                self.change(lane, |lane| lane.reported.push(Reported { on, by, at_once, words, fact: id }));
            }
            SafetyEvent::VeiligThuisAnswered { lane, established, source, words } => {
                self.change(lane, |lane| lane.answered.push(VtAnswer { on, established, source, words, fact: id }));
            }
            SafetyEvent::ToldLaterDecided { .. }
            | SafetyEvent::ToldLaterReviewed { .. }
            | SafetyEvent::PersonTold { .. } => self.told(fact, event),
            SafetyEvent::SafetyLaneCleared { lane, words } => {
                let by = fact.actor.worker;
                self.change(lane, |lane| lane.cleared = Some(Cleared { on, by, words, fact: id }));
            }
        }
    }

    fn signalled(&mut self, fact: &Fact<CaseEvent>, event: &SafetyEvent) {
        let SafetyEvent::SafetySignalRecorded {
            lane,
            opens,
            concerns,
            children,
            kind,
            facts,
            judgement,
            reported_by,
            observed_by,
            told_by,
        } = event.clone()
        else {
            return;
        };
        let (on, id) = (fact.occurred.day(), fact.id);
        let of_lane = (concerns.clone(), children);
        let signal = SafetySignal { on, concerns, kind, facts, judgement, reported_by, observed_by, told_by, fact: id };
        if opens {
            self.lanes.push(opened(lane, of_lane, signal, fact));
            self.lanes.sort_by_key(|lane| (lane.since, lane.id));
            return;
        }
        self.change(lane, |lane| {
            lane.concerns = each_once(&[lane.concerns.as_slice(), &of_lane.0].concat());
            lane.children = each_once(&[lane.children.as_slice(), &of_lane.1].concat());
            lane.since = lane.since.min(on);
            lane.signals.push(signal);
        });
        self.lanes.sort_by_key(|lane| (lane.since, lane.id));
    }

    fn told(&mut self, fact: &Fact<CaseEvent>, event: &SafetyEvent) {
        let (on, id, due) = (fact.occurred.day(), fact.id, carried(&fact.due, TOLD_LATER_DUE));
        match event.clone() {
            SafetyEvent::ToldLaterDecided {
                told_later,
                lane,
                person,
                ground,
                decided_by,
                consulted,
                review,
                words,
            } => self.change(lane, |lane| {
                lane.told_later.push(ToldLater {
                    id: told_later,
                    since: on,
                    person,
                    ground,
                    decided_by,
                    consulted,
                    review,
                    words,
                    looks: Vec::new(),
                    told: None,
                    due,
                    fact: id,
                });
            }),
            SafetyEvent::ToldLaterReviewed { told_later, by, review, words } => self.change_told(told_later, |one| {
                one.due = due;
                one.looks.push(Look { on, by, review, words, fact: id });
            }),
            SafetyEvent::PersonTold { told_later, by, words } => {
                self.change_told(told_later, |one| one.told = Some(Told { on, by, words, fact: id }));
            }
            _ => {}
        }
    }

    fn change(&mut self, id: LaneId, change: impl FnOnce(&mut Lane)) {
        if let Some(lane) = self.lanes.iter_mut().find(|lane| lane.id == id) {
            change(lane);
        }
    }

    fn change_told(&mut self, id: ToldLaterId, change: impl FnOnce(&mut ToldLater)) {
        let mut all = self.lanes.iter_mut().flat_map(|lane| &mut lane.told_later);
        if let Some(one) = all.find(|one| one.id == id) {
            change(one);
        }
    }
}

fn opened(
    id: LaneId,
    (concerns, children): (Vec<PersonId>, Vec<PersonId>),
    signal: SafetySignal,
    fact: &Fact<CaseEvent>,
) -> Lane {
    Lane {
        id,
        since: signal.on,
        concerns,
        children,
        signals: vec![signal],
        mapped: Vec::new(),
        consulted: Vec::new(),
        judged: Vec::new(),
        held: Vec::new(),
        weighed: Vec::new(),
        decided: Vec::new(),
        reported: Vec::new(),
        answered: Vec::new(),
        told_later: Vec::new(),
        cleared: None,
        dues: fact.due.clone(),
        opened_by: fact.actor.clone(),
        fact: fact.id,
    }
}

impl Lane {
    /// Which steps must follow and had not by a day.
    #[must_use]
    pub fn open_steps_on(&self, day: CivilDay) -> Vec<Due> {
        if !self.is_open_on(day) {
            return Vec::new();
        }
        self.untaken(|on| on <= day).into_iter().cloned().collect()
    }

    fn untaken(&self, counts: impl Fn(CivilDay) -> bool) -> Vec<&Due> {
        let taken = |what: &str| match what {
            MAP_DUE => self.mapped.iter().any(|one| counts(one.on)),
            CONSULT_DUE => self.consulted.iter().any(|one| counts(one.on)),
            TALK_DUE => self.heard(|talk| counts(talk.on)),
            WEIGH_DUE => self.weighed.iter().any(|one| counts(one.on)),
            DECIDE_DUE => self.decided.iter().any(|one| counts(one.on)),
            _ => false,
        };
        self.dues.iter().filter(|due| !taken(&due.what)).collect()
    }
}
