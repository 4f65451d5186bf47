//! What the system proposes, and when (divorce.md, "What happens by itself"). Each rule is a function of the facts: it asks how things stood
//! when its cause was recorded, so that whoever asks later, or again, finds the same. One cause is proposed on once.

use super::waiting::not_before_told;
use super::{Proposal, ProposalAbout, ProposalKind};
use crate::case::{Case, CaseEvent, CaseState};
use crate::conference::Conference;
use crate::conflict::{Assessed, Conflict};
use crate::decider::History;
use crate::divorce::episode::{EpisodeState, step_back_proposed};
use crate::fact::Fact;
use crate::ids::{EventId, PersonId};
use crate::life::Phase;
use crate::people::FamilyRole;
use crate::plan::{Evaluation, PlanRef};
use crate::safety::safety_steps_asked_on;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// By how many stages a rise asks for a look from outside.
const RISE: u8 = 2;
/// The stage from which, reached from below, it does so too.
const HIGH: u8 = 5;
/// The highest stage at which it may be rest.
const CALM: u8 = 3;

/// Something that the system proposes once its moment has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwedProposal {
    /// What.
    pub kind: ProposalKind,
    /// About what.
    pub about: ProposalAbout,
    /// The fact that causes it.
    pub cause: EventId,
    /// Whom it concerns.
    pub persons: Vec<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// What is to be proposed in an open case and was not.
pub(super) fn owed(history: &History<Case>, now: Timestamp, terms: &Terms) -> Vec<OwedProposal> {
    let state = history.state();
    if !matches!(state.life.phase, Phase::Open(_)) {
        return Vec::new();
    }
    let mut found = consultations(history);
    found.extend(separate_conversations(history));
    found.extend(step_back(history, now.day()));
    found.extend(rest_review(history, now.day(), terms));
    let made = |one: &OwedProposal| {
        let mut all = state.alerts.proposals().iter();
        all.any(|made| (made.kind, made.about, made.cause) == (one.kind, one.about, one.cause))
    };
    found.retain(|one| !made(one));
    found
}

/// Whether a proposal still has something to rest on: what caused it stands, of a flare-up nobody said in the episode what follows, and of
/// a conference that was stopped it is still open that each is heard apart.
#[must_use]
pub fn still_rests(history: &History<Case>, made: &Proposal) -> bool {
    let cause = made.cause;
    let struck_out = |standing: &crate::decider::Standing<'_, _>| matches!(standing, crate::decider::Standing::Voided(fact, _) if fact.id == cause);
    let state = history.state();
    let seen_to = match made.kind {
        ProposalKind::StepBack => state
            .divorce
            .episodes()
            .iter()
            .flat_map(|episode| &episode.taken)
            .any(|step| step.flare_ups.contains(&cause)),
        ProposalKind::SeparateConversations => {
            let mut stopped = state.conferences.all().into_iter();
            stopped.any(|one| made.about == ProposalAbout::Conference(one.id) && is_listened_apart(one))
        }
        ProposalKind::SatConsultation | ProposalKind::RestReview => false,
    };
    !seen_to && history.fact(cause).is_some() && !history.standing().iter().any(struck_out)
}

/// Whether what was proposed after a stop was done, or nothing is left of it: everybody for whom a talk apart was planned was heard, or the
/// conference went on or was given up. A plan alone is no talk.
fn is_listened_apart(conference: &Conference) -> bool {
    let Some(stopped) = &conference.stopped else { return false };
    let planned = stopped.planned();
    let heard = |person| conference.heard.values().any(|heard| heard.person == person);
    let each_heard = !planned.is_empty() && planned.iter().all(|hearing| heard(hearing.person));
    each_heard || conference.resumed.is_some() || conference.not_resumed.is_some()
}

/// A person's stage rose by two or more since that person's previous assessment, or reached five or more from below. Each assessment is
/// judged as things stood when it was recorded: one that came after it takes nothing away.
fn consultations(history: &History<Case>) -> Vec<OwedProposal> {
    let state = history.state();
    let made = consultations_made(history);
    let mut found: Vec<OwedProposal> = Vec::new();
    for conflict in state.conflicts.all() {
        let risen = conflict.stages.iter().flat_map(|(person, stages)| {
            let rises = rises(history, stages).into_iter();
            rises.map(|fact| (*person, fact))
        });
        // One rise asks for it; who rose as well is covered by the same proposal.
        let unseen = risen.filter(|(_, fact)| !was_seen_to(state, &made, conflict, fact));
        let Some((person, cause)) = unseen.min_by_key(|(_, fact)| fact.revision) else { continue };
        found.push(OwedProposal {
            kind: ProposalKind::SatConsultation,
            about: ProposalAbout::Conflict(conflict.id),
            cause: cause.id,
            persons: vec![person],
            at: cause.recorded_at,
        });
    }
    found
}

/// The consultations that were proposed and still have something to rest on: one whose cause was struck out covers no other rise.
fn consultations_made(history: &History<Case>) -> Vec<&Proposal> {
    let all = history.state().alerts.proposals().iter();
    all.filter(|made| made.kind == ProposalKind::SatConsultation && still_rests(history, made)).collect()
}

/// The assessments of one person that asked for a look from outside when they were recorded. Of a day before one that was already known it
/// is no rise.
fn rises<'h>(history: &'h History<Case>, stages: &[Assessed]) -> Vec<&'h Fact<CaseEvent>> {
    let recorded = stages.iter().filter_map(|one| Some((one, history.fact(one.fact)?)));
    let recorded: Vec<_> = recorded.collect();
    let mut risen = Vec::new();
    for (place, (one, fact)) in recorded.iter().enumerate() {
        let told_before = |other: &&(&Assessed, &Fact<CaseEvent>)| other.1.revision < fact.revision;
        let (earlier, later) = (&recorded[..place], &recorded[place + 1..]);
        let before = earlier.iter().rev().filter(told_before).find_map(|(before, _)| number(before));
        if !later.iter().any(|other| told_before(&other)) && number(one).is_some_and(|now| rose(before, now)) {
            risen.push(*fact);
        }
    }
    risen
}

/// The stage that was assessed, when it was said and can be read.
fn number(assessed: &Assessed) -> Option<u8> {
    assessed.stage.as_ref().and_then(|stage| stage.known()).map(|stage| stage.number())
}

/// Whether this asks for a look from outside. A first assessment does so from five.
fn rose(before: Option<u8>, now: u8) -> bool {
    before.map_or(HIGH <= now, |before| before.saturating_add(RISE) <= now || (before < HIGH && HIGH <= now))
}

/// Whether somebody had been asked, or it had been proposed, when this was recorded, or a proposal came after it.
fn was_seen_to(state: &CaseState, made: &[&Proposal], conflict: &Conflict, fact: &Fact<CaseEvent>) -> bool {
    let about = ProposalAbout::Conflict(conflict.id);
    let covers = |made: &&Proposal| made.about == about && (fact.revision < made.made || made.waited_at(fact.revision));
    made.iter().any(covers) || sat_asked_about(state, conflict, fact.recorded_at.day())
}

/// Whether a divorce advice team was asked about this conflict and that was open on the day. A request names people, not a conflict; an
/// anonymous one may be about any.
fn sat_asked_about(state: &CaseState, conflict: &Conflict, day: CivilDay) -> bool {
    let mut reviews = state.divorce.sat_reviews().iter().filter(|review| review.period.holds_on(day));
    reviews.any(|review| {
        review.anonymous || review.scope.iter().chain(&review.withheld).any(|person| conflict.between.contains(person))
    })
}

/// A conference was stopped, and nobody has said yet who hears whom and when it goes on.
fn separate_conversations(history: &History<Case>) -> Vec<OwedProposal> {
    let conferences = history.state().conferences.all().into_iter();
    let stopped = conferences.filter_map(|conference| {
        let stopped = conference.stopped.as_ref()?;
        let arranged = !stopped.hearings.is_empty() && stopped.resumes.is_some();
        let fact = history.fact(stopped.fact).filter(|_| !arranged && !is_listened_apart(conference))?;
        Some(OwedProposal {
            kind: ProposalKind::SeparateConversations,
            about: ProposalAbout::Conference(conference.id),
            cause: fact.id,
            persons: conference.about.clone(),
            at: fact.recorded_at,
        })
    });
    stopped.collect()
}

/// It flared up while the divorce was at rest or settling, and nobody said what follows: a step back is proposed, and a person decides. One
/// proposal at a time; once it was dismissed, the next flare-up makes another.
fn step_back(history: &History<Case>, today: CivilDay) -> Option<OwedProposal> {
    let state = history.state();
    let flared = step_back_proposed(state, today)?.flare_ups;
    let last = state.alerts.proposals().iter().rfind(|made| made.kind == ProposalKind::StepBack);
    if last.is_some_and(|made| made.answer.is_none() && flared.contains(&made.cause)) {
        return None;
    }
    let facts = flared.into_iter().filter_map(|flare_up| history.fact(flare_up));
    let since = facts.filter(|fact| last.is_none_or(|made| made.made < fact.revision));
    let fact = since.min_by_key(|fact| fact.revision)?;
    Some(OwedProposal {
        kind: ProposalKind::StepBack,
        about: ProposalAbout::Episode,
        cause: fact.id,
        persons: Vec::new(),
        at: fact.recorded_at,
    })
}

/// Two plans are active, and for the term since the later of that and the last flare-up it has been calm in every respect: then a review is
/// proposed for rest reached; when something was still missing, on the first working day on which all holds.
fn rest_review(history: &History<Case>, today: CivilDay, terms: &Terms) -> Option<OwedProposal> {
    let state = history.state();
    if is_at_rest(state, today) {
        return None;
    }
    let active = two_plans_active(state, today)?;
    let last_flare_up = last_flare_up(state, today);
    let (since, cause) = last_flare_up.filter(|(on, _)| active.0 <= *on).unwrap_or(active);
    let last_day = terms.last_day(terms.rest_review, since);
    let parents = parents(state, today);
    let evaluated = last_evaluations(state, today);
    let calm = !parents.is_empty()
        && parents.iter().all(|parent| energy_does_not_rise(state, *parent) && stage_is_low(state, *parent))
        && no_child_signal_open(state)
        && no_safety_signal_open(state, today)
        && each_child_was_heard(state, &evaluated, today, terms);
    if !calm {
        return None;
    }
    let words = last_words(state, &parents, &evaluated);
    let all_hold_since = words.iter().map(|(on, _)| *on).max()?.max(last_day);
    let at = terms.calendar.follows_at(all_hold_since);
    // What was told late is followed on the next working day, as of whatever the system tells.
    let rests_on = words.iter().map(|(_, fact)| *fact).chain([cause, active.1]);
    let told = rests_on.filter_map(|fact| history.fact(fact)).map(|fact| fact.recorded_at).max();
    Some(OwedProposal {
        kind: ProposalKind::RestReview,
        about: ProposalAbout::Episode,
        cause,
        persons: Vec::new(),
        at: not_before_told(told, at, terms),
    })
}

/// The day since which the plan of each household is active, with the fact that says so of the last.
fn two_plans_active(state: &CaseState, today: CivilDay) -> Option<(CivilDay, EventId)> {
    let split = state.divorce.split_on(today)?;
    let first = |household| {
        let versions = state.plans.versions_of(PlanRef::Household(household));
        let activated = versions.filter_map(|version| version.activated.as_ref());
        activated.min_by_key(|active| active.on).map(|active| (active.on, active.fact))
    };
    let each: Option<Vec<_>> = split.households.iter().map(|household| first(*household)).collect();
    each?.into_iter().max_by_key(|(on, _)| *on).filter(|(on, _)| *on <= today)
}

fn last_flare_up(state: &CaseState, today: CivilDay) -> Option<(CivilDay, EventId)> {
    let all = state.conflicts.all().into_iter().flat_map(|conflict| &conflict.flare_ups);
    all.filter(|one| one.on <= today).map(|one| (one.on, one.fact)).max_by_key(|(on, _)| *on)
}

/// The parents who are in a conflict.
fn parents(state: &CaseState, today: CivilDay) -> Vec<PersonId> {
    let conflicts = state.conflicts.all();
    let in_one = |person: PersonId| conflicts.iter().any(|conflict| conflict.between.contains(&person));
    let parents = state.people.iter().filter(|person| person.role_on(today) == Some(FamilyRole::Parent));
    parents.map(|person| person.id).filter(|person| in_one(*person)).collect()
}

/// Whether the last two readings of this parent's energy, in each conflict in which there are any, do not rise; there are two at least.
fn energy_does_not_rise(state: &CaseState, parent: PersonId) -> bool {
    let mut readings = state.conflicts.all().into_iter().filter_map(|conflict| conflict.energy.get(&parent)).peekable();
    let falls = |readings: &Vec<crate::conflict::Energy>| match readings.as_slice() {
        [.., before, last] => match (before.percent.known(), last.percent.known()) {
            (Some(before), Some(last)) => last.number() <= before.number(),
            _ => false,
        },
        _ => false,
    };
    readings.peek().is_some() && readings.all(falls)
}

/// Whether this parent's latest stage is three at most, in each conflict in which this parent is.
fn stage_is_low(state: &CaseState, parent: PersonId) -> bool {
    let of_parent = |conflict: &&Conflict| conflict.between.contains(&parent);
    state.conflicts.all().into_iter().filter(of_parent).all(|conflict| {
        let last = conflict.stages.get(&parent).and_then(|stages| stages.last());
        let experienced = last.and_then(|last| last.stage.as_ref()).and_then(|level| level.known());
        experienced.is_some_and(|level| level.number() <= CALM)
    })
}

fn no_child_signal_open(state: &CaseState) -> bool {
    state.voices.signals().iter().all(|signal| signal.closed.is_some())
}

/// Whether rest was reached, or the last episode is closed: then there is no rest to look for.
fn is_at_rest(state: &CaseState, today: CivilDay) -> bool {
    use EpisodeState::{Closed, ContactRestoration, Rest};
    let stands = state.divorce.episodes().last().map(|episode| episode.state_on(today));
    matches!(stands, Some(Rest | ContactRestoration | Closed))
}

/// Whether no safety signal is open on this day: no lane of one, and nothing that asked for the safety steps still waits for a lane.
fn no_safety_signal_open(state: &CaseState, today: CivilDay) -> bool {
    let answered = || safety_steps_asked_on(state, today).iter().all(|asked| asked.lane.is_some());
    state.safety.lane_open_on(today).is_none() && answered()
}

/// Whether each child was heard in the last evaluation of the plan of a household: each household is evaluated on a day of its own.
fn each_child_was_heard(state: &CaseState, evaluated: &[&Evaluation], today: CivilDay, terms: &Terms) -> bool {
    let heard = |child: &PersonId| evaluated.iter().any(|evaluation| evaluation.heard.contains(child));
    !evaluated.is_empty() && state.people.children_on(today, terms.consent_ages).iter().all(heard)
}

/// The last evaluation of the plan of each household that was evaluated.
fn last_evaluations(state: &CaseState, today: CivilDay) -> Vec<&Evaluation> {
    let households = state.divorce.split_on(today).into_iter().flat_map(|split| &split.households);
    households.filter_map(|household| state.plans.last_evaluation(PlanRef::Household(*household))).collect()
}

/// The last words on which the rule rests, each with its day: an assessment, a reading, a signal that closed, a lane that was cleared, an
/// evaluation.
fn last_words(state: &CaseState, parents: &[PersonId], evaluated: &[&Evaluation]) -> Vec<(CivilDay, EventId)> {
    let conflicts = state.conflicts.all();
    let of_parents = conflicts.iter().flat_map(|conflict| {
        parents.iter().flat_map(|parent| {
            let assessed = conflict.stages.get(parent).and_then(|all| all.last()).map(|one| (one.on, one.fact));
            let energy = conflict.energy.get(parent).and_then(|readings| readings.last()).map(|one| (one.on, one.fact));
            [assessed, energy].into_iter().flatten()
        })
    });
    let closed = state.voices.signals().iter().filter_map(|signal| signal.closed.as_ref());
    let closed = closed.map(|closed| (closed.day, closed.fact));
    let cleared = state.safety.lanes().iter().filter_map(|lane| lane.cleared.as_ref());
    let cleared = cleared.map(|cleared| (cleared.on, cleared.fact));
    let evaluated = evaluated.iter().map(|evaluation| (evaluation.on, evaluation.fact));
    of_parents.chain(closed).chain(cleared).chain(evaluated).collect()
}
