//! Replacing the director is a handover (rule 1): offered with a summary, the family asked and told the day, read and accepted by the
//! successor. Until acceptance the predecessor stays; on the day of acceptance the successor directs and the predecessor has no role.
//!
//! A no of the family stops this offer. The director ends it and may offer again, with the reason that every offer needs: then that
//! no stands beside the new offer and no longer stops it.
//!
//! What the family said is a report, and taken whenever it is told (rule 0). A word about a later day than was planned, or told when the
//! offer is over, departs from the rule that the family is asked before; told after the end it is kept and shown, and changes nothing.

use crate::case::CaseEvent;
use crate::fact::{Audience, Fact, Organisation, Role};
use crate::ids::{EventId, HandoverId, PersonId, Subject, WorkerId};
use crate::personal::{Personal, Presence};
use crate::regie::asked::{Answer, Asked, draft};
use crate::regie::directorship::{self, Directorship, check_present, check_vacant};
use crate::regie::slice::{Period, Regie};
use crate::regie::{Agreed, RegieCommand, RegieEvent, RegieTask};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A handover waits for an answer already.
pub const HANDOVER_OPEN: Code = Code("HANDOVER_OPEN");
/// There is no such handover in this case.
pub const HANDOVER_UNKNOWN: Code = Code("HANDOVER_UNKNOWN");
/// The handover was accepted or ended.
pub const HANDOVER_CLOSED: Code = Code("HANDOVER_CLOSED");
/// The successor directs already.
pub const SUCCESSOR_IS_DIRECTOR: Code = Code("SUCCESSOR_IS_DIRECTOR");
/// Only the director offers the directorship, or an access worker or team lead while a deputy stands in for the director.
pub const MAY_NOT_OFFER: Code = Code("MAY_NOT_OFFER");
/// Only the successor reads the summary and accepts.
pub const NOT_THE_SUCCESSOR: Code = Code("NOT_THE_SUCCESSOR");
/// Only the successor ends an offer (declines), or the director takes it back; while the director is unavailable the deputy or a team
/// lead does.
pub const MAY_NOT_END_HANDOVER: Code = Code("MAY_NOT_END_HANDOVER");
/// The day it is meant to pass lies in the past.
pub const PLANNED_IN_PAST: Code = Code("PLANNED_IN_PAST");
/// The successor has not read the summary.
pub const SUMMARY_NOT_READ: Code = Code("SUMMARY_NOT_READ");
/// Nobody of the family was asked about the successor.
pub const FAMILY_NOT_ASKED: Code = Code("FAMILY_NOT_ASKED");
/// What somebody of the family said cannot be read by a fault: it may have been a no. It waits until the operator restored the key.
pub const FAMILY_WORD_UNREADABLE: Code = Code("FAMILY_WORD_UNREADABLE");
/// Somebody of the family said no to this successor.
pub const FAMILY_SAID_NO: Code = Code("FAMILY_SAID_NO");

/// The rule that the family is asked about the successor, and told the day it passes (rule 1).
pub const FAMILY_ASKED: &str = "family_asked_about_successor";

/// One offer of the directorship to one successor.
#[derive(Clone, PartialEq, Debug)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Who directed when it was offered.
    pub predecessor: Option<WorkerId>,
    /// To whom.
    pub successor: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// The day it is meant to pass. It passes on the day of acceptance.
    pub planned: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// What the successor must know.
    pub summary: Personal<Text>,
    /// What stays to be done.
    pub open_tasks: Vec<Personal<Line>>,
    /// The day of the offer.
    pub offered: CivilDay,
    /// Who offered it.
    pub offered_by: WorkerId,
    /// What the family said, in the order told; a person's last word before the end counts.
    pub words: Vec<FamilyWord>,
    /// Who said no to an earlier offer to this successor: it was offered again all the same, with a reason.
    pub despite: Vec<PersonId>,
    /// The day the successor first read the summary.
    pub read: Option<CivilDay>,
    /// How it ended; `None` while it waits.
    pub outcome: Option<HandoverOutcome>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody of the family said about the successor.
#[derive(Clone, PartialEq, Debug)]
pub struct FamilyWord {
    /// Who.
    pub person: PersonId,
    /// Whether they agree.
    pub agrees: Personal<bool>,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day they were told it would pass.
    pub told_day: CivilDay,
    /// Whether it was told when the offer was over.
    pub late: bool,
    /// The fact that says so.
    pub fact: EventId,
}

/// How a handover ended.
#[derive(Clone, PartialEq, Debug)]
pub enum HandoverOutcome {
    /// The directorship passed on this day.
    Accepted(CivilDay),
    /// It was declined or taken back.
    Ended {
        /// The day.
        on: CivilDay,
        /// Who ended it.
        by: WorkerId,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

impl Handover {
    /// Whether it waited for an answer at the end of this day.
    #[must_use]
    pub fn is_open_on(&self, day: CivilDay) -> bool {
        let closed = match &self.outcome {
            Some(HandoverOutcome::Accepted(on) | HandoverOutcome::Ended { on, .. }) => *on <= day,
            None => false,
        };
        self.offered <= day && !closed
    }

    /// Who agrees, and who does not, by each person's last word. An erased word counts as neither.
    fn last_word(&self, agrees: bool) -> Vec<PersonId> {
        self.last_words(|word| word.known() == Some(&agrees))
    }

    /// Whose last word cannot be read by a fault.
    fn unreadable(&self) -> Vec<PersonId> {
        self.last_words(|word| word.presence() == Presence::Unavailable)
    }

    fn last_words(&self, is: impl Fn(&Personal<bool>) -> bool) -> Vec<PersonId> {
        let in_time: Vec<_> = self.words.iter().filter(|word| !word.late).collect();
        let later = |index: usize, person: PersonId| in_time.iter().skip(index + 1).any(|word| word.person == person);
        let words = in_time.iter().enumerate();
        let last = words.filter(|(index, word)| !later(*index, word.person) && is(&word.agrees));
        last.map(|(_, word)| word.person).collect()
    }

    /// Who said no, by each person's last word before the end: what stays visible beside the offer.
    #[must_use]
    pub fn said_no(&self) -> Vec<PersonId> {
        self.last_word(false)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &RegieCommand) -> Answer {
    match command {
        RegieCommand::OfferHandover { successor, organisation, planned, reason, summary, open_tasks } => {
            let director = check_offer(asked, *successor, *planned)?;
            let event = RegieEvent::HandoverOffered {
                handover: HandoverId::from_uuid(asked.context.new_id()),
                successor: *successor,
                organisation: organisation.clone(),
                planned: *planned,
                reason: asked.context.in_record(reason.clone()),
                summary: asked.context.in_record(summary.clone()),
                open_tasks: open_tasks.iter().map(|task| asked.context.in_record(task.clone())).collect(),
            };
            let readers = readers(director, *successor, asked.context.actor.worker);
            Ok(vec![draft(event).for_audience(readers)])
        }
        RegieCommand::RecordFamilyWord { handover, person, agrees, words, told_day } => {
            let offer = check_known(asked, *handover)?;
            asked.check_person(*person)?;
            let departs = offer.outcome.is_some() || *told_day > offer.planned;
            let words = words.as_ref().map(|words| asked.context.in_record(words.clone()));
            let draft = draft(RegieEvent::FamilyWordRecorded {
                handover: *handover,
                person: *person,
                agrees: Personal::ordinary(Subject::Person(*person), *agrees),
                words,
                told_day: *told_day,
            });
            Ok(vec![if departs { draft.departing(FAMILY_ASKED, None) } else { draft }])
        }
        RegieCommand::ReadHandoverSummary { handover } => {
            let offer = check_open(asked, *handover)?;
            check_successor(asked, offer)?;
            // Who reads it again says nothing new.
            let first = offer.read.is_none();
            Ok(first.then(|| draft(RegieEvent::HandoverSummaryRead { handover: *handover })).into_iter().collect())
        }
        RegieCommand::AcceptHandover { handover } => accept(asked, *handover),
        RegieCommand::EndHandover { handover, reason } => {
            let offer = check_open(asked, *handover)?;
            check_may_end(asked, offer)?;
            let reason = reason.as_ref().map(|words| asked.context.in_record(words.clone()));
            Ok(vec![draft(RegieEvent::HandoverEnded { handover: *handover, reason })])
        }
        _ => Ok(Vec::new()),
    }
}

/// The successor reads the summary before having any relation to the case; nobody else needs it yet.
fn readers(director: WorkerId, successor: WorkerId, author: WorkerId) -> Audience {
    let mut readers = vec![director, successor];
    if author != director {
        readers.push(author);
    }
    Audience::Workers(readers)
}

fn check_offer(asked: &Asked<'_, '_>, successor: WorkerId, planned: CivilDay) -> Result<WorkerId, Rejection> {
    let director = check_present(asked, asked.today())?.worker;
    let actor = asked.context.actor;
    let for_the_director =
        is_unavailable(asked.regie(), asked.today()) && matches!(actor.role, Role::AccessWorker | Role::TeamLead);
    if actor.worker != director && !for_the_director {
        return Err(Rejection::new(MAY_NOT_OFFER).with("director", Detail::id(director)));
    }
    if successor == director {
        return Err(Rejection::new(SUCCESSOR_IS_DIRECTOR).with("director", Detail::id(director)));
    }
    asked.check_not_excluded(successor)?;
    if let Some(open) = asked.regie().open_handover() {
        return Err(Rejection::new(HANDOVER_OPEN).with("handover", Detail::id(open.id)));
    }
    if planned < asked.today() {
        return Err(Rejection::new(PLANNED_IN_PAST).with("planned", planned).with("today", asked.today()));
    }
    Ok(director)
}

fn check_known<'a>(asked: &Asked<'a, '_>, id: HandoverId) -> Result<&'a Handover, Rejection> {
    asked.regie().handover(id).ok_or_else(|| Rejection::new(HANDOVER_UNKNOWN).with("handover", Detail::id(id)))
}

fn check_open<'a>(asked: &Asked<'a, '_>, id: HandoverId) -> Result<&'a Handover, Rejection> {
    let handover = check_known(asked, id)?;
    if handover.outcome.is_some() {
        return Err(Rejection::new(HANDOVER_CLOSED).with("handover", Detail::id(id)));
    }
    Ok(handover)
}

fn check_successor(asked: &Asked<'_, '_>, handover: &Handover) -> Result<(), Rejection> {
    if asked.context.actor.worker == handover.successor {
        return Ok(());
    }
    Err(Rejection::new(NOT_THE_SUCCESSOR).with("successor", Detail::id(handover.successor)))
}

/// Unavailable is a director with a deputy, and one who stopped.
fn is_unavailable(regie: &Regie, today: CivilDay) -> bool {
    regie.director_on(today).is_none() || regie.deputy_on(today).is_some()
}

fn check_may_end(asked: &Asked<'_, '_>, handover: &Handover) -> Result<(), Rejection> {
    let (actor, today) = (asked.context.actor, asked.today());
    let director = asked.regie().director_on(today).map(|directorship| directorship.worker);
    let deputy = asked.regie().deputy_on(today).map(|deputyship| deputyship.worker);
    let unavailable = is_unavailable(asked.regie(), today);
    let involved = [Some(handover.successor), director, deputy].contains(&Some(actor.worker));
    if involved || (unavailable && actor.role == Role::TeamLead) {
        return Ok(());
    }
    Err(Rejection::new(MAY_NOT_END_HANDOVER).with("handover", Detail::id(handover.id)))
}

fn accept(asked: &mut Asked<'_, '_>, id: HandoverId) -> Answer {
    let offer = check_open(asked, id)?;
    check_successor(asked, offer)?;
    asked.check_not_excluded(offer.successor)?;
    check_answered(offer)?;
    let from = asked.today();
    let present = asked.regie().director_on(from).filter(|present| Some(present.worker) == offer.predecessor);
    check_vacant(asked.regie(), from, present.map(|present| present.fact))?;
    Ok(vec![draft(RegieEvent::HandoverAccepted {
        handover: id,
        director: offer.successor,
        organisation: offer.organisation.clone(),
        tasks: tasks_that_pass(asked.regie(), offer, from),
        from,
    })])
}

/// Before it is accepted the family was asked and the successor read the summary.
pub(super) fn check_answered(offer: &Handover) -> Result<(), Rejection> {
    check_family(offer)?;
    if offer.read.is_none() {
        return Err(Rejection::new(SUMMARY_NOT_READ).with("handover", Detail::id(offer.id)));
    }
    Ok(())
}

fn check_family(offer: &Handover) -> Result<(), Rejection> {
    if offer.words.is_empty() {
        return Err(Rejection::new(FAMILY_NOT_ASKED).with("handover", Detail::id(offer.id)));
    }
    let unreadable = offer.unreadable();
    if !unreadable.is_empty() {
        return Err(Rejection::new(FAMILY_WORD_UNREADABLE)
            .with("handover", Detail::id(offer.id))
            .with("persons", Detail::ids(unreadable)));
    }
    let unweighed: Vec<_> = offer.said_no().into_iter().filter(|person| !offer.despite.contains(person)).collect();
    if unweighed.is_empty() {
        return Ok(());
    }
    Err(Rejection::new(FAMILY_SAID_NO).with("handover", Detail::id(offer.id)).with("persons", Detail::ids(unweighed)))
}

/// What was still with the predecessor on the last day: a predecessor who stopped meanwhile hands over the same.
fn tasks_that_pass(regie: &Regie, offer: &Handover, from: CivilDay) -> Vec<RegieTask> {
    let last = regie
        .directorships
        .iter()
        .rev()
        .find(|directorship| Some(directorship.worker) == offer.predecessor)
        .map_or(from, |directorship| directorship.period.until.map_or(from, |until| until.min(from)));
    regie.open_tasks(last)
}

pub(super) fn apply(regie: &mut Regie, fact: &Fact<CaseEvent>, event: &RegieEvent) {
    match event {
        RegieEvent::HandoverOffered { handover, successor, organisation, planned, reason, summary, open_tasks } => {
            let offered = fact.occurred.day();
            let handover = Handover {
                id: *handover,
                predecessor: regie.director_on(offered).map(|directorship| directorship.worker),
                successor: *successor,
                organisation: organisation.clone(),
                planned: *planned,
                reason: reason.clone(),
                summary: summary.clone(),
                open_tasks: open_tasks.clone(),
                offered,
                offered_by: fact.actor.worker,
                words: Vec::new(),
                despite: earlier_no(regie, *successor),
                read: None,
                outcome: None,
                fact: fact.id,
            };
            regie.handovers.push(handover);
        }
        RegieEvent::FamilyWordRecorded { handover, person, agrees, words, told_day } => {
            if let Some(handover) = handover_mut(regie, *handover) {
                handover.words.push(FamilyWord {
                    person: *person,
                    agrees: agrees.clone(),
                    words: words.clone(),
                    told_day: *told_day,
                    late: handover.outcome.is_some(),
                    fact: fact.id,
                });
            }
        }
        RegieEvent::HandoverSummaryRead { handover } => {
            if let Some(handover) = handover_mut(regie, *handover) {
                handover.read.get_or_insert(fact.occurred.day());
            }
        }
        RegieEvent::HandoverAccepted { handover, director, organisation, tasks, from } => {
            let agreed = agreement(regie.handover(*handover), *director);
            end_predecessor(regie, *handover, *from);
            directorship::begin(
                regie,
                Directorship {
                    worker: *director,
                    organisation: organisation.clone(),
                    period: Period::since(*from),
                    tasks: tasks.clone(),
                    agreed,
                    handover: Some(*handover),
                    gap: None,
                    fact: fact.id,
                },
            );
            if let Some(handover) = handover_mut(regie, *handover) {
                handover.outcome = Some(HandoverOutcome::Accepted(*from));
            }
        }
        RegieEvent::HandoverEnded { handover, reason } => {
            let (on, by) = (fact.occurred.day(), fact.actor.worker);
            if let Some(handover) = handover_mut(regie, *handover) {
                handover.outcome = Some(HandoverOutcome::Ended { on, by, reason: reason.clone() });
            }
        }
        _ => {}
    }
}

fn handover_mut(regie: &mut Regie, id: HandoverId) -> Option<&mut Handover> {
    regie.handovers.iter_mut().find(|handover| handover.id == id)
}

/// Who said no to this successor before, now or in the offers before that.
fn earlier_no(regie: &Regie, successor: WorkerId) -> Vec<PersonId> {
    let mut persons: Vec<PersonId> = regie
        .handovers
        .iter()
        .filter(|handover| handover.successor == successor && handover.outcome.is_some())
        .flat_map(Handover::said_no)
        .collect();
    persons.sort_unstable();
    persons.dedup();
    persons
}

fn agreement(handover: Option<&Handover>, director: WorkerId) -> Vec<Agreed> {
    let family = handover.map(|handover| handover.last_word(true)).unwrap_or_default();
    family.into_iter().map(Agreed::Person).chain([Agreed::Worker(director)]).collect()
}

/// The successor's day wins: the predecessor's last day is the day before, so that no day is without a director and none has two.
fn end_predecessor(regie: &mut Regie, handover: HandoverId, from: CivilDay) {
    let predecessor = regie.handover(handover).and_then(|handover| handover.predecessor);
    let whose = |worker| predecessor.is_none_or(|predecessor| predecessor == worker);
    directorship::end_on(regie, from, whose, from.minus_days(1));
}
