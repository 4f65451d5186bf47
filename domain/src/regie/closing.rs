//! What opening, closing and opening again do to the roles in a case. A closed case has no director, no deputy and no parties, so
//! closing ends what runs, on that day; and when the case is opened again nobody is in until asked anew. No event of this room says
//! so: it follows from the closing, and with the closing struck out everybody is back.

use crate::case::CaseState;
use crate::fact::Due;
use crate::ids::WorkerId;
use crate::life::LegalFramework;
use crate::regie::handover::HandoverOutcome;
use crate::regie::slice::{Measure, Period, Regie};
use crate::time::CivilDay;

/// A time in which the case was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Closing {
    /// The day it closed: the last one of every role.
    on: CivilDay,
    /// The day it was opened again.
    reopened: Option<CivilDay>,
}

impl Regie {
    /// This period, told now, as far as it falls in a case that is open: it ends with the first closing after its start. What starts
    /// while the case is closed (only a report says so) ends before the case opens again. A case that was closed and opened again on
    /// one day was open at its end: what is told after that starts in the new time.
    pub(crate) fn within_the_case(&self, mut period: Period) -> Period {
        for closing in &self.closings {
            cut(&mut period, *closing);
        }
        period
    }

    /// A role that another room keeps, when the case was closed or opened again: it ends as the roles of this room do.
    pub(crate) fn ended_with_the_case(&self, mut period: Period) -> Period {
        let Some(last) = self.closings.last() else { return period };
        cut(&mut period, *last);
        if last.reopened.is_none() && period.since > last.on {
            period.end(last.on);
        }
        period
    }

    /// Whether the case was closed on this day.
    pub(super) fn closed_on(&self, day: CivilDay) -> bool {
        self.closings.iter().any(|closing| closing.on == day)
    }

    /// Whether the case is closed: the last closing has no reopening.
    pub(crate) fn is_closed(&self) -> bool {
        self.closings.last().is_some_and(|closing| closing.reopened.is_none())
    }

    /// Whether the case was opened again later than this day. Directing is an act: it starts in a case that is open.
    pub(crate) fn opened_again_after(&self, day: CivilDay) -> bool {
        self.closings.iter().any(|closing| closing.reopened.is_some_and(|reopened| day < reopened))
    }

    /// What was to start after this day does not start: it ends before it begins, and holds on no day.
    fn cut_announced(&mut self, day: CivilDay) {
        let parties = self.parties.iter_mut().map(|party| &mut party.period);
        let directorships = self.directorships.iter_mut().map(|directorship| &mut directorship.period);
        let deputyships = self.deputyships.iter_mut().map(|deputyship| &mut deputyship.period);
        for period in parties.chain(directorships).chain(deputyships).filter(|period| period.since > day) {
            period.end(day);
        }
    }

    fn cut_all(&mut self, closing: Closing) {
        self.parties.iter_mut().for_each(|party| cut(&mut party.period, closing));
        self.directorships.iter_mut().for_each(|directorship| cut(&mut directorship.period, closing));
        self.deputyships.iter_mut().for_each(|deputyship| cut(&mut deputyship.period, closing));
    }
}

fn cut(period: &mut Period, closing: Closing) {
    if closing.reopened.is_some_and(|reopened| reopened <= period.since) {
        return;
    }
    if period.since <= closing.on {
        period.end(closing.on);
    } else if let Some(reopened) = closing.reopened {
        period.end(reopened.minus_days(1));
    }
}

/// The case was opened: nothing in it starts earlier, and under a measure nobody in charge is sooner a gap.
pub(crate) fn case_opened(state: &mut CaseState, day: CivilDay) {
    let opening = state.life.opening.as_ref();
    state.regie.opened = Some(day);
    state.regie.compulsory = opening.is_some_and(|opening| opening.framework == LegalFramework::Compulsory);
}

/// A measure came or ended: from that day on nobody in charge is sooner or later a gap.
pub(crate) fn framework_changed(state: &mut CaseState, from: CivilDay, framework: LegalFramework, gap: Option<Due>) {
    let compulsory = framework == LegalFramework::Compulsory;
    state.regie.measures.push(Measure { from, compulsory, gap });
}

/// The case was closed: every role ends with this day, what was announced does not come, and an offered handover is over.
pub(crate) fn case_closed(state: &mut CaseState, day: CivilDay, by: WorkerId) {
    let regie = &mut state.regie;
    let closing = Closing { on: day, reopened: None };
    regie.cut_all(closing);
    regie.cut_announced(day);
    regie.closings.push(closing);
    for handover in regie.handovers.iter_mut().filter(|handover| handover.outcome.is_none()) {
        handover.outcome = Some(HandoverOutcome::Ended { on: day, by, reason: None });
    }
}

/// The case was opened again: who was reported to have joined meanwhile is asked anew like everybody else.
pub(crate) fn case_reopened(state: &mut CaseState, day: CivilDay) {
    let regie = &mut state.regie;
    let Some(last) = regie.closings.last_mut() else { return };
    last.reopened = Some(day);
    let closing = *last;
    regie.cut_all(closing);
}
