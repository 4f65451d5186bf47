//! Parties: professionals who joined with an organisation (rules 2, 3 and 12). The access worker who opened the case is none, and the
//! director as such is none: a director who also gives support joins as well.

use crate::case::{CaseEvent, CaseState};
use crate::consent::{self, CONSENT_UNKNOWN, ConsentKind, Missing};
use crate::fact::{Departure, Due, Fact, Organisation};
use crate::ids::{ConsentId, EventId, PersonId, WorkerId};
use crate::once::each_once;
use crate::people;
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::personal::Personal;
use crate::regie::asked::{self, Answer, Asked, draft};
use crate::regie::gap;
use crate::regie::slice::{Period, Regie, insert_ordered};
use crate::regie::{NewParty, RegieCommand, RegieEvent};
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::Terms;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// The family does not consent to this professional on that day, the first one or today: somebody was not asked, or said no. Ask who is
/// named in `still_to_ask`; what took place all the same is reported.
pub const CONSENT_TO_JOIN_MISSING: Code = Code("CONSENT_TO_JOIN_MISSING");
/// The professional is a party on some of those days already.
pub const PARTY_PRESENT: Code = Code("PARTY_PRESENT");
/// The professional is no party on that day.
pub const PARTY_ABSENT: Code = Code("PARTY_ABSENT");
/// Something is explained where nothing departs from a rule.
pub const NOTHING_TO_EXPLAIN: Code = Code("NOTHING_TO_EXPLAIN");

/// What follows when a specialist is still there after the expected end, or long after joining without one (rule 3).
pub const SPECIALIST_DUE: &str = "specialist";
/// The rule that a professional joins after consent (002:2637).
pub const CONSENT_BEFORE_JOINING: &str = "consent_before_joining";

/// A professional who joined with an organisation.
#[derive(Clone, PartialEq, Debug)]
pub struct Party {
    /// The professional.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// First and last day.
    pub period: Period,
    /// What they know about.
    pub expertise: Option<Personal<Line>>,
    /// Whether brought in as a specialist.
    pub specialist: bool,
    /// When the work is expected to end.
    pub expected_end: Option<CivilDay>,
    /// The consents it rests on.
    pub consents: Vec<ConsentId>,
    /// What the professional can and cannot offer, as last stated.
    pub contribution: Option<Contribution>,
    /// For a specialist: the last day before somebody asks whether they are still needed.
    pub review: Option<Due>,
    /// The term that runs if this joining opened a gap.
    pub(super) gap: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What a professional can and cannot offer (rule 12).
#[derive(Clone, PartialEq, Debug)]
pub struct Contribution {
    /// Can.
    pub can: Personal<Text>,
    /// Cannot.
    pub cannot: Personal<Text>,
    /// The day it was stated.
    pub stated: CivilDay,
}

/// The due dates that belong to an event by its own dates: what a correction of those dates writes anew.
pub(crate) fn dues_by_dates(event: &RegieEvent, terms: &Terms) -> Vec<Due> {
    match event {
        RegieEvent::PartyJoined { specialist, from, expected_end, .. } => {
            dues_of_joining(terms, *specialist, *from, *expected_end)
        }
        RegieEvent::DirectorEnded { last_day, .. } => vec![gap::due_after(terms, *last_day)],
        _ => Vec::new(),
    }
}

/// The marks of a fact with this event in its place: a joining that starts on another day is judged anew, by the consents as they are
/// known now and the policy it was decided under; an explanation that was given stays.
pub(crate) fn departures_by_dates(
    event: &RegieEvent,
    (recorded, stands): (&Fact<CaseEvent>, &Fact<CaseEvent>),
    state: &CaseState,
    terms: &Terms,
) -> Vec<Departure> {
    let (RegieEvent::PartyJoined { worker, from, consents, .. }, Some(before)) = (event, first_day(stands)) else {
        return stands.departures.clone();
    };
    if before == *from {
        return stands.departures.clone();
    }
    let of_joining = |departure: &&Departure| departure.rule == CONSENT_BEFORE_JOINING;
    let mut departures: Vec<_> = stands.departures.iter().filter(|mark| !of_joining(mark)).cloned().collect();
    if !consent::joining_allowed(state, *worker, consents, *from, terms) {
        let told = stands.departures.iter().find(of_joining).or_else(|| recorded.departures.iter().find(of_joining));
        let unexplained = || Departure { rule: CONSENT_BEFORE_JOINING.to_owned(), explanation: None };
        departures.push(told.cloned().unwrap_or_else(unexplained));
    }
    departures
}

fn first_day(fact: &Fact<CaseEvent>) -> Option<CivilDay> {
    match &fact.event {
        CaseEvent::Regie(RegieEvent::PartyJoined { from, .. }) => Some(*from),
        _ => None,
    }
}

/// The due dates of a professional who joins: what `apply` reads back.
fn dues_of_joining(terms: &Terms, specialist: bool, from: CivilDay, expected_end: Option<CivilDay>) -> Vec<Due> {
    let mut dues = vec![gap::due(terms, from)];
    if specialist {
        dues.push(review(terms, from, expected_end));
    }
    dues
}

/// A specialist is looked at again after the expected end; without one after the term of rule 3.
fn review(terms: &Terms, from: CivilDay, expected_end: Option<CivilDay>) -> Due {
    let last_day = expected_end.unwrap_or_else(|| terms.last_day(terms.specialist_warning, from));
    Due { what: SPECIALIST_DUE.to_owned(), last_day, at: terms.calendar.follows_at(last_day) }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &RegieCommand) -> Answer {
    match command {
        RegieCommand::JoinParty(party) => join(asked, party),
        RegieCommand::ReportPartyJoined { party, last_day, explanation } => {
            report_joined(asked, party, *last_day, explanation.as_ref())
        }
        RegieCommand::LeaveParty { worker, last_day, reason } => leave(asked, *worker, *last_day, reason.as_ref()),
        RegieCommand::StateContribution { worker, can, cannot } => state_contribution(asked, *worker, can, cannot),
        RegieCommand::ChangeExpectedEnd { worker, expected_end, reason } => {
            change_expected_end(asked, *worker, *expected_end, reason.as_ref())
        }
        _ => Ok(Vec::new()),
    }
}

/// An act: refused without the consent it needs, on the first day and today. A consent that ended meanwhile carries no act, also not one
/// that is told late; who came in before it ended is reported.
fn join(asked: &mut Asked<'_, '_>, party: &NewParty) -> Answer {
    let from = asked.start_of_act(party.from)?;
    asked.check_not_excluded(party.worker)?;
    check_joining(asked, party, Period::since(from))?;
    for day in [from, from.max(asked.today())] {
        check_consent(asked, party, day)?;
    }
    let dues = dues_of_joining(asked.context.terms, party.specialist, from, party.expected_end);
    let mut draft = draft(joined(asked, party, from));
    draft.due = dues;
    Ok(vec![draft])
}

/// A report: somebody joined, whatever was asked of whom (rule 0). Of a stay that is over the end is told along.
fn report_joined(
    asked: &mut Asked<'_, '_>,
    party: &NewParty,
    last_day: Option<CivilDay>,
    explanation: Option<&Text>,
) -> Answer {
    let from = party.from.unwrap_or_else(|| asked.happened());
    asked.check_report_in_case(from)?;
    people::check_order(from, last_day)?;
    let stay = asked.regie().within_the_case(Period { since: from, until: last_day });
    check_joining(asked, party, stay)?;
    let stands = consent_stands(asked, party, from);
    if stands && explanation.is_some() {
        // The words would have no place to be kept; the reporter is told that nothing departed.
        return Err(Rejection::new(NOTHING_TO_EXPLAIN).with("worker", Detail::id(party.worker)));
    }
    let dues = dues_of_joining(asked.context.terms, party.specialist, from, party.expected_end);
    let mut draft = draft(joined(asked, party, from));
    draft.due = dues;
    if !stands {
        let explanation = explanation.map(|words| asked.context.in_record(words.clone()));
        draft = draft.departing(CONSENT_BEFORE_JOINING, explanation);
    }
    // What a closing ended before that needs no end of its own.
    let left = last_day.filter(|last_day| stay.holds_on(*last_day));
    let left = left.map(|last_day| RegieEvent::PartyLeft { worker: party.worker, last_day, reason: None });
    Ok([draft].into_iter().chain(left.map(asked::draft)).collect())
}

fn check_consent(asked: &Asked<'_, '_>, party: &NewParty, day: CivilDay) -> Result<(), Rejection> {
    if consent_stands(asked, party, day) {
        return Ok(());
    }
    Err(Rejection::new(CONSENT_TO_JOIN_MISSING)
        .with("worker", Detail::id(party.worker))
        .with("day", day)
        .with("consents", Detail::ids(&party.consents))
        .with("still_to_ask", Detail::ids(still_to_ask(asked, party, day)))
        .with("ways_open", ways_open(asked, party, day)))
}

/// What stays open (rule 32) about those whom the consents named are about.
fn ways_open(asked: &Asked<'_, '_>, party: &NewParty, day: CivilDay) -> Detail {
    let (state, terms) = (asked.state, asked.context.terms);
    let named = party.consents.iter().filter_map(|id| state.consents.get(*id));
    let about = each_once(&named.map(|consent| consent.subject).collect::<Vec<_>>());
    let missing = |subject| consent::joining_missing(state, party.worker, subject, day, terms);
    consent::open_ways(state, &about, ConsentKind::Joining, (day, terms), missing)
}

fn consent_stands(asked: &Asked<'_, '_>, party: &NewParty, from: CivilDay) -> bool {
    consent::joining_allowed(asked.state, party.worker, &party.consents, from, asked.context.terms)
}

/// Whose yes is missing beside the consents named: who was not asked, or said no. Nobody when no consent named lets the worker join.
fn still_to_ask(asked: &Asked<'_, '_>, party: &NewParty, from: CivilDay) -> Vec<PersonId> {
    let (state, terms) = (asked.state, asked.context.terms);
    let subjects = consent::joining_subjects(state, party.worker, &party.consents, from, terms);
    let missing = |subject| consent::joining_missing(state, party.worker, subject, from, terms);
    let mut persons: Vec<_> = subjects.into_iter().flat_map(missing).filter_map(Missing::person).collect();
    persons.sort_unstable();
    persons.dedup();
    persons
}

fn check_joining(asked: &Asked<'_, '_>, party: &NewParty, stay: Period) -> Result<(), Rejection> {
    people::check_order(stay.since, party.expected_end)?;
    if let Some(unknown) = party.consents.iter().find(|id| asked.state.consents.get(**id).is_none()) {
        return Err(Rejection::new(CONSENT_UNKNOWN).with("consent", Detail::id(unknown)));
    }
    let at_once = |other: &&Party| other.worker == party.worker && other.period.first_shared_day(stay).is_some();
    let present = asked.regie().parties.iter().find(at_once);
    let Some(present) = present else { return Ok(()) };
    let rejection =
        Rejection::new(PARTY_PRESENT).with("worker", Detail::id(party.worker)).with("since", present.period.since);
    Err(match present.period.until {
        Some(until) => rejection.with("until", until),
        None => rejection,
    })
}

fn joined(asked: &mut Asked<'_, '_>, party: &NewParty, from: CivilDay) -> RegieEvent {
    RegieEvent::PartyJoined {
        worker: party.worker,
        organisation: party.organisation.clone(),
        expertise: party.expertise.clone().map(|line| asked.context.in_record(line)),
        specialist: party.specialist,
        expected_end: party.expected_end,
        from,
        consents: party.consents.clone(),
    }
}

fn leave(asked: &mut Asked<'_, '_>, worker: WorkerId, last_day: Option<CivilDay>, reason: Option<&Text>) -> Answer {
    let last_day = last_day.unwrap_or_else(|| asked.happened());
    check_party(asked, worker, last_day)?;
    let reason = reason.map(|words| asked.context.in_record(words.clone()));
    Ok(vec![draft(RegieEvent::PartyLeft { worker, last_day, reason })])
}

fn state_contribution(asked: &mut Asked<'_, '_>, worker: WorkerId, can: &Text, cannot: &Text) -> Answer {
    check_party(asked, worker, asked.happened())?;
    let (can, cannot) = (asked.context.in_record(can.clone()), asked.context.in_record(cannot.clone()));
    Ok(vec![draft(RegieEvent::ContributionStated { worker, can, cannot })])
}

fn change_expected_end(
    asked: &mut Asked<'_, '_>,
    worker: WorkerId,
    expected_end: CivilDay,
    reason: Option<&Text>,
) -> Answer {
    let party = check_party(asked, worker, asked.happened())?;
    if expected_end < party.period.since {
        return Err(Rejection::new(UNTIL_BEFORE_FROM).with("from", party.period.since).with("until", expected_end));
    }
    let review = party.specialist.then(|| review(asked.context.terms, party.period.since, Some(expected_end)));
    let reason = reason.map(|words| asked.context.in_record(words.clone()));
    let mut draft = draft(RegieEvent::ExpectedEndChanged { worker, expected_end, reason });
    draft.due.extend(review);
    Ok(vec![draft])
}

fn check_party<'a>(asked: &Asked<'a, '_>, worker: WorkerId, day: CivilDay) -> Result<&'a Party, Rejection> {
    let found = asked.regie().parties.iter().find(|party| party.worker == worker && party.period.holds_on(day));
    found.ok_or_else(|| Rejection::new(PARTY_ABSENT).with("worker", Detail::id(worker)).with("day", day))
}

pub(super) fn apply(regie: &mut Regie, fact: &Fact<CaseEvent>, event: &RegieEvent) {
    match event {
        RegieEvent::PartyJoined { worker, organisation, expertise, specialist, expected_end, from, consents } => {
            let party = Party {
                worker: *worker,
                organisation: organisation.clone(),
                period: regie.within_the_case(Period::since(*from)),
                expertise: expertise.clone(),
                specialist: *specialist,
                expected_end: *expected_end,
                consents: consents.clone(),
                contribution: None,
                review: asked::carried(&fact.due, SPECIALIST_DUE),
                gap: gap::carried(&fact.due),
                fact: fact.id,
            };
            insert_ordered(&mut regie.parties, party, |party| (party.period.since, party.worker));
        }
        RegieEvent::PartyLeft { worker, last_day, .. } => {
            if let Some(party) = party_on(regie, *worker, *last_day) {
                party.period.end(*last_day);
            }
        }
        RegieEvent::ContributionStated { worker, can, cannot } => {
            let stated = fact.occurred.day();
            if let Some(party) = party_on(regie, *worker, stated) {
                party.contribution = Some(Contribution { can: can.clone(), cannot: cannot.clone(), stated });
            }
        }
        RegieEvent::ExpectedEndChanged { worker, expected_end, .. } => {
            if let Some(party) = party_on(regie, *worker, fact.occurred.day()) {
                party.expected_end = Some(*expected_end);
                party.review = asked::carried(&fact.due, SPECIALIST_DUE);
            }
        }
        _ => {}
    }
}

fn party_on(regie: &mut Regie, worker: WorkerId, day: CivilDay) -> Option<&mut Party> {
    regie.parties.iter_mut().find(|party| party.worker == worker && party.period.holds_on(day))
}
