//! What the system told, proposed and will do by itself (divorce.md, "What happens by itself"): what waits, for whom, since when, and why.
//!
//! Whoever may know the fact that something rests on may know that it was told. A day that follows from a birth date is judged by that
//! birth date.

use std::collections::BTreeSet;

use domain::alert::table::line;
use domain::alert::{self, AlertKey, Ground, Next, ProposalAbout, ProposalKind, RaisedAlert, Receiver, Waits};
use domain::case::Case;
use domain::decider::History;
use domain::ids::{AlertId, EventId, PersonId, ProposalId, WorkerId};
use domain::life::Phase;
use domain::personal::Personal;
use domain::regie::GAP_DUE;
use domain::terms::Terms;
use domain::text::Text;
use domain::time::{CivilDay, Timestamp};

use super::people::birth_date;
use super::timeline::{TimelineEntry, entry_of};
use super::{Kept, NO_FACT, Reading};

/// The day that somebody is told of, by what says it.
#[derive(Clone, PartialEq, Debug)]
pub enum DayView {
    /// A fact said it.
    Said(CivilDay),
    /// It follows from somebody's birth date.
    Own(Kept<Personal<CivilDay>>),
}

/// What something rests on that was told, or will be.
#[derive(Clone, PartialEq, Debug)]
pub struct GroundView {
    /// What is waited for: a stable word.
    pub what: String,
    /// Whether the word may be told to who sees no content.
    pub plain: bool,
    /// Who of those who see no content reads the word all the same.
    pub named_to: &'static [Receiver],
    /// The last day, or the day that comes.
    pub day: DayView,
    /// The fact that says so.
    pub said: Kept<()>,
    /// The fact it is about.
    pub about: Option<TimelineEntry>,
    /// Whom it concerns, in order of joining.
    pub persons: Vec<PersonId>,
    /// Of a gap: how many parties are in.
    pub parties: Option<usize>,
}

/// An alert.
#[derive(Clone, PartialEq, Debug)]
pub struct AlertView {
    /// The alert.
    pub id: AlertId,
    /// What it tells.
    pub ground: GroundView,
    /// Who was told, in order; never empty.
    pub steps: Vec<StepView>,
    /// When the next in the chain is told, if it still waits then.
    pub next: Option<Timestamp>,
}

/// That somebody was told.
#[derive(Clone, PartialEq, Debug)]
pub struct StepView {
    /// Which step, from 1.
    pub step: u32,
    /// Who.
    pub to: Receiver,
    /// At the step of the owner: which professional.
    pub owner: Option<WorkerId>,
    /// When.
    pub at: Timestamp,
    /// The fact.
    pub fact: EventId,
}

/// A proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct ProposalView {
    /// The proposal, with who may know of it.
    pub proposal: Kept<ProposalId>,
    /// What.
    pub kind: ProposalKind,
    /// About what.
    pub about: ProposalAbout,
    /// Whom it concerns, in order of joining, as far as may be known who caused it.
    pub persons: Kept<Vec<PersonId>>,
    /// The fact that caused it.
    pub cause: Option<TimelineEntry>,
    /// The day.
    pub on: CivilDay,
    /// What a person answered.
    pub answer: Option<AnswerView>,
    /// Whether it waits for an answer.
    pub waits: bool,
}

/// What a person answered to a proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct AnswerView {
    /// Whether it was accepted, with who may know that; else it was dismissed.
    pub accepted: Kept<bool>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
    /// Who.
    pub by: Kept<WorkerId>,
    /// The day.
    pub on: CivilDay,
}

/// What the system will do by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct PendingView {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: PendingWhat,
}

/// What comes.
#[derive(Clone, PartialEq, Debug)]
pub enum PendingWhat {
    /// Somebody is told.
    Alert {
        /// What it tells.
        ground: Box<GroundView>,
        /// Which step of the chain, from 1.
        step: u32,
        /// Who.
        to: Receiver,
    },
    /// Something is proposed.
    Proposal {
        /// What.
        kind: ProposalKind,
        /// The fact that causes it, with who may know it.
        cause: Kept<()>,
    },
}

/// The alerts of what still waits, in the order in which they were first told.
#[must_use]
pub fn alerts(reading: &Reading<'_>) -> Vec<AlertView> {
    let waiting = alert::waiting(reading.history, reading.day(), reading.terms);
    let raised = reading.state().alerts.raised().iter();
    raised.filter_map(|raised| view(reading, raised, alert::still_waits(raised, &waiting)?)).collect()
}

fn view(reading: &Reading<'_>, raised: &RaisedAlert, waits: &Waits) -> Option<AlertView> {
    let told = raised.steps.iter().map(|step| StepView {
        step: step.step,
        to: step.to,
        owner: step.owner,
        at: step.at,
        fact: step.fact,
    });
    Some(AlertView {
        id: raised.id,
        ground: ground(reading, &waits.key, waits.day, waits.about)?,
        steps: told.collect(),
        next: raised.steps.last().and_then(|step| step.next),
    })
}

fn ground(reading: &Reading<'_>, key: &AlertKey, day: CivilDay, about: Option<EventId>) -> Option<GroundView> {
    let (said, day, persons) = match key.ground {
        Ground::Said { by, .. } => {
            let fact = by.or(about).unwrap_or(NO_FACT);
            (reading.kept((), fact), DayView::Said(day), Vec::new())
        }
        Ground::Of(person) => {
            let known = reading.state().people.person(person)?;
            let born = birth_date(reading, known)?;
            let own = born.with(born.value.derive(|_| Some(day))?);
            (born.bare(), DayView::Own(own), vec![person])
        }
    };
    let about = about.and_then(|about| entry_of(reading, about));
    let of_fact = about.as_ref().map(|entry| entry.content.persons.clone()).unwrap_or_default();
    let told = line(&key.what);
    let gap = (key.what == GAP_DUE).then(|| reading.state().regie.parties_on(reading.day()).len());
    Some(GroundView {
        what: key.what.clone(),
        plain: told.plain,
        named_to: told.named_to,
        day,
        said,
        about,
        persons: if persons.is_empty() { of_fact } else { persons },
        parties: gap,
    })
}

/// Every proposal, in the order made.
#[must_use]
pub fn proposals(reading: &Reading<'_>) -> Vec<ProposalView> {
    let state = reading.state();
    let made = state.alerts.proposals().iter().filter(|made| made.at.day() <= reading.day());
    made.map(|made| {
        let answer = made.answer.as_ref().map(|answer| AnswerView {
            accepted: reading.kept(answer.accepted, answer.fact),
            words: answer.words.clone().map(|words| reading.kept_words(words, answer.fact)),
            by: reading.kept_author(answer.by, answer.fact),
            on: answer.on,
        });
        let open = matches!(state.life.phase, Phase::Open(_));
        ProposalView {
            proposal: reading.kept(made.id, made.fact),
            kind: made.kind,
            about: made.about,
            persons: reading.kept(reading.by_joining(&made.persons), made.cause),
            cause: entry_of(reading, made.cause),
            on: made.at.day(),
            waits: open && answer.is_none() && alert::proposals::still_rests(reading.history, made),
            answer,
        }
    })
    .collect()
}

/// What the system will do by itself, in order of the moment.
#[must_use]
pub fn pending(reading: &Reading<'_>) -> Vec<PendingView> {
    let now = reading.day().at(8, 0);
    let coming = alert::pending(reading.history, now, reading.terms).into_iter();
    let view = |pending: alert::Pending| {
        let what = match pending.next {
            Next::Alert { key, day, step, to, .. } => {
                let ground = Box::new(ground(reading, &key, day, pending.about)?);
                PendingWhat::Alert { ground, step, to }
            }
            Next::Proposal(owed) => PendingWhat::Proposal { kind: owed.kind, cause: reading.kept((), owed.cause) },
        };
        Some(PendingView { at: pending.at, what })
    };
    coming.filter_map(view).collect()
}

/// What waits for somebody of what was told and proposed: for the lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    /// How many alerts and proposals.
    pub lines: usize,
    /// Who was told of one of these alerts.
    pub receivers: BTreeSet<Receiver>,
}

/// What waits for somebody, and who was told.
#[must_use]
pub fn waiting(history: &History<Case>, day: CivilDay, terms: &Terms) -> Told {
    let (alerts, life) = (&history.state().alerts, &history.state().life);
    let unanswered = alerts.proposals().iter().filter(|made| made.answer.is_none());
    let open = matches!(life.phase, Phase::Open(_));
    let proposed = unanswered.filter(|made| open && alert::proposals::still_rests(history, made)).count();
    if alerts.raised().is_empty() {
        return Told { lines: proposed, receivers: BTreeSet::new() };
    }
    let waits = alert::waiting(history, day, terms);
    let still = || alerts.raised().iter().filter(|raised| alert::still_waits(raised, &waits).is_some());
    let receivers = still().flat_map(|raised| raised.steps.iter().map(|step| step.to)).collect();
    Told { lines: proposed + still().count(), receivers }
}
