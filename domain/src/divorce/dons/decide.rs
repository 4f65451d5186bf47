//! The law of `DOnS`: a duo is assigned as the text says; what took place is taken as it went, and marked where it went otherwise.

use super::catalogue::{
    BARRIER_LIFTED, BARRIER_UNKNOWN, DONS_ABSENT, DONS_CONVERSATION_UNKNOWN, DONS_NOT_THE_TRACK, DONS_TOO_LONG,
    DONS_UNKNOWN, DONS_WITH_NOBODY, DONS_WITHOUT_OUTCOME, DUO_IS_ONE_PERSON, DUO_PRESENT, DUO_UNTRAINED,
    GOAL_OF_PARENTS, PARENT_GOAL_FIXED, PARENT_GOAL_UNKNOWN,
};
use super::pattern::{Conversation, departs};
use super::state::DONS_EXPLANATION_DUE;
use super::{
    BarrierKind, DonsCommand, DonsConversationKind, DonsEvent, Duo, FamilyRepresentative, GoalStep,
    NewDonsConversation, ParentGoal,
};
use crate::case::{CaseEvent, CaseState};
use crate::conference::catalogue::EXPLANATION_WITHOUT_DEPARTURE;
use crate::divorce::Divorce;
use crate::divorce::episode::{DivorceTrack, back_to_triage};
use crate::divorce::parents_on;
use crate::fact::{Draft, Due};
use crate::ids::{BarrierId, DonsConversationId, ParentGoalId, PersonId, TrajectoryId, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::people::check_known;
use crate::personal::Personal;
use crate::regie::Period;
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::catalogue::JOINT_TALK_BARRED;
use crate::safety::joint_talk_barred;
use crate::text::Text;
use crate::time::CivilDay;

/// The minutes of a day: what lasted longer was more than one conversation.
const A_DAY: u32 = 24 * 60;

pub(in crate::divorce) fn decide(asked: &mut Asked<'_, '_>, command: &DonsCommand) -> Answer {
    match command {
        DonsCommand::AssignDonsDuo { representatives, from, untrained } => {
            assign(asked, representatives, *from, untrained)
        }
        DonsCommand::EndDons { trajectory, last_day, reason } => {
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            end_early(asked, *trajectory, last_day, reason)
        }
        DonsCommand::CompleteDons { trajectory, last_day, communication, contact, agreements } => {
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            complete(asked, *trajectory, last_day, [communication, contact, agreements].map(Option::as_ref))
        }
        DonsCommand::RecordDonsConversation(new) => held(asked, new),
        DonsCommand::RecordDonsNotHeld { trajectory, kind, absent, preparation, reason } => {
            not_held(asked, (*trajectory, *kind), absent, *preparation, reason)
        }
        DonsCommand::DraftParentGoal { trajectory, parents, conversation, words } => {
            draft_goal(asked, *trajectory, parents, *conversation, words)
        }
        DonsCommand::AdjustParentGoal { goal, conversation, words } => {
            known_goal(asked, *goal, *conversation)?;
            let words = asked.context.in_record(words.clone());
            let (goal, conversation) = (*goal, *conversation);
            Ok(vec![draft(DonsEvent::ParentGoalAdjusted { goal, conversation, words })])
        }
        DonsCommand::FixParentGoal { goal, conversation } => fix_goal(asked, *goal, *conversation),
        DonsCommand::OpenBarrier { kind, persons, words } => open(asked, *kind, persons, words.as_ref()),
        DonsCommand::LiftBarrier { barrier, words } => lift(asked, *barrier, words.as_ref()),
    }
}

/// Ending early returns to triage, with the same reason (divorce.md, "`DOnS`"): in the same breath, unless the episode went elsewhere by then.
fn end_early(asked: &mut Asked<'_, '_>, trajectory: TrajectoryId, last_day: CivilDay, reason: &Text) -> Answer {
    check_runs(asked, trajectory, last_day)?;
    let kept = asked.context.in_record(reason.clone());
    let mut drafts = vec![draft(DonsEvent::DonsEnded { trajectory, last_day, reason: kept })];
    if last_day <= asked.happened() {
        drafts.extend(back_to_triage(asked, DivorceTrack::Dons, reason));
    }
    Ok(drafts)
}

fn draft(event: DonsEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into()))
}

fn kept(words: Option<&Text>, asked: &mut Asked<'_, '_>) -> Option<Personal<Text>> {
    words.map(|words| asked.context.in_record(words.clone()))
}

fn assign(
    asked: &mut Asked<'_, '_>,
    two: &[FamilyRepresentative; 2],
    from: Option<CivilDay>,
    untrained: &[WorkerId],
) -> Answer {
    let from = asked.start_of_act(from)?;
    two.iter().try_for_each(|one| asked.check_not_excluded(one.worker))?;
    check_duo(&asked.state.divorce, two, from)?;
    check_track(asked.state, from)?;
    let parents = parents_on(asked.state, from);
    if let Some(lane) = joint_talk_barred(asked.state, asked.today(), &parents) {
        return Err(Rejection::new(JOINT_TALK_BARRED).with("lane", Detail::id(lane)));
    }
    if !untrained.is_empty() {
        return Err(Rejection::new(DUO_UNTRAINED).with("untrained", Detail::ids(untrained)).with("day", from));
    }
    let trajectory = TrajectoryId::from_uuid(asked.context.new_id());
    Ok(vec![draft(DonsEvent::DonsDuoAssigned { trajectory, representatives: two.clone(), from })])
}

/// The way on which the family stands is this one: offered by triage, or switched to. Where nothing was signalled nobody chose a way, and
/// nobody was screened for it.
fn check_track(state: &CaseState, from: CivilDay) -> Result<(), Rejection> {
    match state.divorce.track_on(from) {
        Some(DivorceTrack::Dons) => Ok(()),
        other => {
            let track = other.map_or("none", DivorceTrack::as_str);
            Err(Rejection::new(DONS_NOT_THE_TRACK).with("track", track))
        }
    }
}

fn check_duo(divorce: &Divorce, two: &[FamilyRepresentative; 2], from: CivilDay) -> Result<(), Rejection> {
    let [one, other] = two;
    if one.worker == other.worker {
        return Err(Rejection::new(DUO_IS_ONE_PERSON).with("worker", Detail::id(one.worker)));
    }
    match divorce.duo_within(Period::since(from)) {
        Some(present) => Err(Rejection::new(DUO_PRESENT)
            .with("trajectory", Detail::id(present.trajectory))
            .with("since", present.period.since)),
        None => Ok(()),
    }
}

fn of_trajectory(code: Code, trajectory: TrajectoryId) -> Rejection {
    Rejection::new(code).with("trajectory", Detail::id(trajectory))
}

fn check_runs(asked: &Asked<'_, '_>, trajectory: TrajectoryId, day: CivilDay) -> Result<(), Rejection> {
    let runs = |duo: &Duo| duo.trajectory == trajectory && duo.ended.is_none() && duo.period.holds_on(day);
    if asked.state.divorce.duos().iter().any(runs) {
        return Ok(());
    }
    Err(of_trajectory(DONS_ABSENT, trajectory).with("day", day))
}

fn known<'a>(asked: &Asked<'a, '_>, trajectory: TrajectoryId) -> Result<&'a Duo, Rejection> {
    asked.state.divorce.duo(trajectory).ok_or_else(|| of_trajectory(DONS_UNKNOWN, trajectory))
}

fn check_people(asked: &Asked<'_, '_>, persons: &[PersonId]) -> Result<(), Rejection> {
    persons.iter().try_for_each(|person| check_known(&asked.state.people, *person))
}

fn check_minutes(minutes: u32) -> Result<(), Rejection> {
    if minutes <= A_DAY {
        return Ok(());
    }
    Err(Rejection::new(DONS_TOO_LONG).with("minutes", u64::from(minutes)).with("most", u64::from(A_DAY)))
}

fn complete(
    asked: &mut Asked<'_, '_>,
    trajectory: TrajectoryId,
    last_day: CivilDay,
    outcomes: [Option<&Text>; 3],
) -> Answer {
    check_runs(asked, trajectory, last_day)?;
    if outcomes.iter().all(Option::is_none) {
        return Err(of_trajectory(DONS_WITHOUT_OUTCOME, trajectory));
    }
    let [communication, contact, agreements] = outcomes.map(|words| kept(words, asked));
    Ok(vec![draft(DonsEvent::DonsCompleted { trajectory, last_day, communication, contact, agreements })])
}

fn held(asked: &mut Asked<'_, '_>, new: &NewDonsConversation) -> Answer {
    let duo = known(asked, new.trajectory)?;
    check_people(asked, &new.present)?;
    if new.present.is_empty() {
        return Err(of_trajectory(DONS_WITH_NOBODY, new.trajectory));
    }
    check_minutes(new.minutes)?;
    check_minutes(new.preparation)?;
    let day = asked.happened();
    let present = each_once(&new.present);
    let both = || duo.representatives.iter().map(|one| one.worker).collect();
    let representatives: Vec<WorkerId> =
        if new.representatives.is_empty() { both() } else { each_once_in_order(&new.representatives) };
    let of = Conversation {
        trajectory: new.trajectory,
        kind: new.kind,
        day,
        present: &present,
        apart: new.apart,
        representatives: &representatives,
    };
    let rules = departs(asked.state, &of, &asked.context.terms.dons);
    if rules.is_empty() && new.explanation.is_some() {
        return Err(of_trajectory(EXPLANATION_WITHOUT_DEPARTURE, new.trajectory));
    }
    let event = DonsEvent::DonsConversationHeld {
        conversation: DonsConversationId::from_uuid(asked.context.new_id()),
        trajectory: new.trajectory,
        kind: new.kind,
        present,
        apart: new.apart,
        representatives,
        minutes: new.minutes,
        preparation: new.preparation,
        topics: new.topics.iter().map(|topic| asked.context.in_record(topic.clone())).collect(),
        sub_goals: each_once(&new.sub_goals),
        words: kept(new.words.as_ref(), asked),
    };
    Ok(vec![marked(draft(event), rules, new.explanation.as_ref(), asked)])
}

/// Each rule it did not follow, with the explanation; without one, when that is to follow (rule 0).
fn marked(
    mut draft: Draft<CaseEvent>,
    rules: Vec<&'static str>,
    explanation: Option<&Text>,
    asked: &mut Asked<'_, '_>,
) -> Draft<CaseEvent> {
    if !rules.is_empty() && explanation.is_none() {
        let (terms, today) = (asked.context.terms, asked.today());
        draft = draft.with_due(Due {
            what: DONS_EXPLANATION_DUE.to_owned(),
            last_day: terms.last_day(terms.rest_of_fact, today),
            at: terms.follows_at(terms.rest_of_fact, today),
        });
    }
    for rule in rules {
        draft = draft.departing(rule, kept(explanation, asked));
    }
    draft
}

fn not_held(
    asked: &mut Asked<'_, '_>,
    (trajectory, kind): (TrajectoryId, DonsConversationKind),
    absent: &[PersonId],
    preparation: u32,
    reason: &Text,
) -> Answer {
    known(asked, trajectory)?;
    check_people(asked, absent)?;
    check_minutes(preparation)?;
    let conversation = DonsConversationId::from_uuid(asked.context.new_id());
    let (absent, reason) = (each_once(absent), asked.context.in_record(reason.clone()));
    let event = DonsEvent::DonsConversationNotHeld { conversation, trajectory, kind, absent, preparation, reason };
    Ok(vec![draft(event)])
}

fn check_conversation(asked: &Asked<'_, '_>, conversation: Option<DonsConversationId>) -> Result<(), Rejection> {
    let Some(conversation) = conversation else { return Ok(()) };
    let held = asked.state.divorce.dons_conversation(conversation).and_then(|one| one.held());
    let unknown = || Rejection::new(DONS_CONVERSATION_UNKNOWN).with("conversation", Detail::id(conversation));
    held.map(|_| ()).ok_or_else(unknown)
}

fn draft_goal(
    asked: &mut Asked<'_, '_>,
    trajectory: TrajectoryId,
    parents: &[PersonId],
    conversation: Option<DonsConversationId>,
    words: &Text,
) -> Answer {
    known(asked, trajectory)?;
    check_people(asked, parents)?;
    check_conversation(asked, conversation)?;
    let all = parents_on(asked.state, asked.happened());
    if let Some(other) = parents.iter().find(|person| !all.contains(person)) {
        return Err(Rejection::new(GOAL_OF_PARENTS).with("person", Detail::id(*other)));
    }
    let parents = each_once(if parents.is_empty() { &all } else { parents });
    let goal = ParentGoalId::from_uuid(asked.context.new_id());
    let words = asked.context.in_record(words.clone());
    Ok(vec![draft(DonsEvent::ParentGoalDrafted { goal, trajectory, parents, conversation, words })])
}

fn known_goal<'a>(
    asked: &Asked<'a, '_>,
    goal: ParentGoalId,
    conversation: Option<DonsConversationId>,
) -> Result<&'a ParentGoal, Rejection> {
    check_conversation(asked, conversation)?;
    let unknown = || Rejection::new(PARENT_GOAL_UNKNOWN).with("goal", Detail::id(goal));
    asked.state.divorce.parent_goal(goal).ok_or_else(unknown)
}

fn fix_goal(asked: &Asked<'_, '_>, goal: ParentGoalId, conversation: Option<DonsConversationId>) -> Answer {
    let known = known_goal(asked, goal, conversation)?;
    if let Some(fixed) = known.now().filter(|step| step.step == GoalStep::Fixed) {
        return Err(Rejection::new(PARENT_GOAL_FIXED).with("goal", Detail::id(goal)).with("on", fixed.day));
    }
    Ok(vec![draft(DonsEvent::ParentGoalFixed { goal, conversation })])
}

fn open(asked: &mut Asked<'_, '_>, kind: BarrierKind, persons: &[PersonId], words: Option<&Text>) -> Answer {
    check_people(asked, persons)?;
    let barrier = BarrierId::from_uuid(asked.context.new_id());
    let (kind, words) = (asked.context.in_record(kind), kept(words, asked));
    Ok(vec![draft(DonsEvent::BarrierOpened { barrier, kind, persons: each_once(persons), words })])
}

fn lift(asked: &mut Asked<'_, '_>, barrier: BarrierId, words: Option<&Text>) -> Answer {
    let refused = |code| Rejection::new(code).with("barrier", Detail::id(barrier));
    let known = asked.state.divorce.barrier(barrier).ok_or_else(|| refused(BARRIER_UNKNOWN))?;
    if let Some((on, ..)) = &known.lifted {
        return Err(refused(BARRIER_LIFTED).with("on", *on));
    }
    let words = kept(words, asked);
    Ok(vec![draft(DonsEvent::BarrierLifted { barrier, words })])
}
