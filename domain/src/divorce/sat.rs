//! The divorce advice team (SAT): asked, often anonymously; accepted by one of its advisors; ended (divorce.md, "SAT"). With names the
//! advisor has access to what concerns those whose consent stands, for as long as it stands, until the end or the last day of the term.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Divorce;
use crate::case::{CaseEvent, CaseState};
use crate::consent::{self, Category, ConsentKind, Missing, To};
use crate::dues::judged_on;
use crate::fact::{Actor, Axis, Draft, Due, EventInfo, Fact, FieldInfo, Organisation, Role};
use crate::ids::{ConsentId, EventId, PersonId, ReviewId, Subject, WorkerId};
use crate::once::each_once;
use crate::people;
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, carried};
use crate::regie::{Period, Regie};
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

/// With names means: about somebody. Name them, or ask anonymously.
pub const SAT_SCOPE_EMPTY: Code = Code("SAT_SCOPE_EMPTY");
/// For none of the people named is the sharing consent complete: ask who is named in `still_to_ask`, or ask anonymously.
pub const SAT_CONSENT_MISSING: Code = Code("SAT_CONSENT_MISSING");
/// There is no such request in this case.
pub const SAT_UNKNOWN: Code = Code("SAT_UNKNOWN");
/// An advisor accepted this request already.
pub const SAT_ALREADY_ACCEPTED: Code = Code("SAT_ALREADY_ACCEPTED");
/// This request has ended.
pub const SAT_OVER: Code = Code("SAT_OVER");
/// A request is accepted by an advisor of the team that was asked.
pub const NOT_THE_SAT_TEAM: Code = Code("NOT_THE_SAT_TEAM");

/// By when the access of an advisor is over at the latest (PD 6 weeks after acceptance).
pub const SAT_ACCESS_DUE: &str = "sat_access";

/// No worker of any case: by a consent that names nobody they are told as well.
const NOBODY_NAMED: WorkerId = WorkerId::from_uuid(uuid::Uuid::nil());

/// What a SAT advisor is told about: the plan and the conflict, no notes.
const SAT_CATEGORIES: [Category; 2] = [Category::Escalation, Category::Plan];

/// About whom a team is asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SatScope {
    /// Nobody is named: a question only, no access, no consent.
    Anonymous,
    /// These people, as far as their consent stands.
    Named(Vec<PersonId>),
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatEnd {
    /// The advice was answered.
    Answered,
    /// It was no longer needed.
    NotNeeded,
    /// The advisor or the team said *not me*.
    NotMe,
}

/// What can happen to a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SatEvent {
    /// A team was asked.
    SatRequested {
        /// The request.
        review: ReviewId,
        /// Which team.
        team: Organisation,
        /// The question.
        question: Personal<Text>,
        /// Whether nobody is named.
        anonymous: bool,
        /// Those whose part is given: their consent was complete. Empty when anonymous.
        scope: Vec<PersonId>,
        /// Those whose part is kept back: a no hides that person's part, not the question.
        withheld: Vec<PersonId>,
        /// The sharing consents it rests on.
        consents: Vec<ConsentId>,
    },
    /// An advisor accepted: access begins.
    SatAccepted {
        /// The request.
        review: ReviewId,
        /// The advisor.
        advisor: WorkerId,
    },
    /// It ended: access ends at once.
    SatEnded {
        /// The request.
        review: ReviewId,
        /// How.
        reason: SatEnd,
        /// More about it.
        explanation: Option<Personal<Text>>,
    },
}

/// What can be asked about a request.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SatCommand {
    /// Ask a team.
    RequestSat {
        /// Which team.
        team: Organisation,
        /// The question.
        question: Text,
        /// About whom.
        scope: SatScope,
    },
    /// Accept, as an advisor of the team.
    AcceptSat {
        /// The request.
        review: ReviewId,
    },
    /// End it.
    EndSat {
        /// The request.
        review: ReviewId,
        /// How.
        reason: SatEnd,
        /// More about it.
        explanation: Option<Text>,
    },
}

const REVIEW: FieldInfo = FieldInfo::structure("review", "the request");

pub(super) const REQUESTED: EventInfo = EventInfo {
    name: "SatRequested",
    version: 1,
    outer: "SatRequested",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["requestSat"],
    meaning: "A divorce advice team was asked, anonymously or about those whose consent stands.",
    fields: &[
        REVIEW,
        FieldInfo::structure("team", "which team"),
        FieldInfo::personal("question", "the question"),
        FieldInfo::structure("anonymous", "whether nobody is named"),
        FieldInfo::structure("scope", "those whose part is given"),
        FieldInfo::structure("withheld", "those whose part is kept back, for want of consent"),
        FieldInfo::structure("consents", "the sharing consents it rests on"),
    ],
};

pub(super) const ACCEPTED: EventInfo = EventInfo {
    name: "SatAccepted",
    outer: "SatAccepted",
    caused_by: &["acceptSat"],
    meaning: "An advisor of the team accepted the request; access begins, for a term.",
    fields: &[REVIEW, FieldInfo::structure("advisor", "the advisor")],
    ..REQUESTED
};

pub(super) const ENDED: EventInfo = EventInfo {
    name: "SatEnded",
    outer: "SatEnded",
    caused_by: &["endSat"],
    meaning: "The request ended, and with it the access.",
    fields: &[
        REVIEW,
        FieldInfo::structure("reason", "answered, not needed, or not me"),
        FieldInfo::personal("explanation", "more about it"),
    ],
    ..REQUESTED
};

impl SatEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        match self {
            Self::SatRequested { .. } => &REQUESTED,
            Self::SatAccepted { .. } => &ACCEPTED,
            Self::SatEnded { .. } => &ENDED,
        }
    }

    /// Whose part is kept back stays out: the request is not about them.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::SatRequested { question, scope, .. } => {
                scope.iter().copied().map(Subject::Person).chain([question.owner()]).collect()
            }
            Self::SatAccepted { .. } => Vec::new(),
            Self::SatEnded { explanation, .. } => explanation.iter().map(Personal::owner).collect(),
        }
    }

    /// Which request it is about.
    #[must_use]
    pub const fn review(&self) -> ReviewId {
        let (Self::SatRequested { review, .. } | Self::SatAccepted { review, .. } | Self::SatEnded { review, .. }) =
            self;
        *review
    }
}

impl SatCommand {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::RequestSat { .. } => "requestSat",
            Self::AcceptSat { .. } => "acceptSat",
            Self::EndSat { .. } => "endSat",
        }
    }
}

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
    /// The days on which it is open: from the request to the day before its end, or the day on which the case closed.
    pub period: Period,
    /// That an advisor accepted.
    pub accepted: Option<SatAcceptance>,
    /// How it ended, when somebody ended it.
    pub ended: Option<SatEnding>,
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

/// A team that was asked and of which nobody accepted yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatAsked {
    /// The team.
    pub organisation: Organisation,
    /// The request.
    pub review: ReviewId,
    /// Who of the team may read its words.
    pub readers: SatReaders,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// Who of a team may read the words of a request before one of them accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatReaders {
    /// Everyone of it: asked anonymously, or under a consent that names nobody.
    Team,
    /// Those whom a consent names that stands; nobody when none does.
    These(Vec<WorkerId>),
}

/// What an advisor may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatAccess {
    /// On which request.
    pub review: ReviewId,
    /// The advisor.
    pub advisor: WorkerId,
    /// About whom: those whose consent stands on the day. Empty on an anonymous question, or when nobody's stands any more.
    pub scope: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
    /// Whether the words of the request may be read: asked anonymously, or somebody's consent stands. A no hides that person's part, not
    /// the question; when nobody's part is left, neither is the question.
    pub told: bool,
}

impl SatAcceptance {
    /// Whether the term of the access runs on this day.
    fn runs_on(&self, day: CivilDay, terms: &Terms) -> bool {
        let last_day = || terms.last_day(terms.sat_access, self.on);
        self.on <= day && day <= self.access.as_ref().map_or_else(last_day, |due| due.last_day)
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

    /// Accesses of advisors that somebody must end, or see end (see [`crate::dues`]).
    pub(super) fn sat_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.reviews.iter().filter_map(move |review| {
            let due = review.accepted.as_ref()?.access.as_ref()?;
            review.period.holds_on(judged_on(due, today)).then(|| due.clone())
        })
    }
}

/// The teams that are asked on this day and of which nobody accepted yet.
#[must_use]
pub fn sat_asked_on(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<SatAsked> {
    let waits = |review: &&SatReview| {
        review.period.holds_on(day) && review.accepted.as_ref().is_none_or(|accepted| day < accepted.on)
    };
    let asked = |review: &SatReview| {
        let (readers, consents) = readers(state, review, day, terms);
        SatAsked { organisation: review.team.clone(), review: review.id, readers, consents }
    };
    state.divorce.reviews.iter().filter(waits).map(asked).collect()
}

/// Who of the team may read what was asked, by consents that stand: those that name nobody are for the team.
fn readers(state: &CaseState, review: &SatReview, day: CivilDay, terms: &Terms) -> (SatReaders, Vec<ConsentId>) {
    let (scope, consents) = part(state, review, NOBODY_NAMED, day, terms);
    if review.anonymous || !scope.is_empty() {
        return (SatReaders::Team, consents);
    }
    let named = review.consents.iter().filter_map(|consent| state.consents.get(*consent));
    let named: BTreeSet<WorkerId> = named.flat_map(|consent| consent.recipients.iter().copied()).collect();
    let (mut these, mut consents) = (Vec::new(), Vec::new());
    for worker in named {
        let (scope, standing) = part(state, review, worker, day, terms);
        if !scope.is_empty() {
            these.push(worker);
            consents.extend(standing);
        }
    }
    (SatReaders::These(these), each_once(&consents))
}

/// What advisors may see on this day: of each request that was accepted, has not ended and whose term runs, the part of everyone whose
/// consent stands. What was withdrawn closes that part at once; a consent given later opens no part again, but a new request does.
#[must_use]
pub fn sat_access_on(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<SatAccess> {
    let open = state.divorce.reviews.iter().filter(|review| review.period.holds_on(day));
    open.filter_map(|review| {
        let accepted = review.accepted.as_ref().filter(|accepted| accepted.runs_on(day, terms))?;
        let (scope, consents) = part(state, review, accepted.advisor, day, terms);
        let told = review.anonymous || !scope.is_empty();
        Some(SatAccess { review: review.id, advisor: accepted.advisor, scope, consents, told })
    })
    .collect()
}

/// Those whose consent that this worker is told of them still stands, and the consents that say so.
fn part(
    state: &CaseState,
    review: &SatReview,
    worker: WorkerId,
    day: CivilDay,
    terms: &Terms,
) -> (Vec<PersonId>, Vec<ConsentId>) {
    let (mut scope, mut consents) = (Vec::new(), Vec::new());
    for person in &review.scope {
        let carried = SAT_CATEGORIES.into_iter().filter_map(|category| {
            let about = (*person, category);
            consent::still_shared(state, about, To::NamedOrUnnamed(worker), &review.consents, day, terms)
        });
        let carried: Vec<_> = carried.collect();
        if !carried.is_empty() {
            scope.push(*person);
            consents.extend(carried.into_iter().flatten());
        }
    }
    (scope, each_once(&consents))
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &SatCommand) -> Answer {
    match command {
        SatCommand::RequestSat { team, question, scope } => request(asked, team, question, scope),
        SatCommand::AcceptSat { review } => accept(asked, *review),
        SatCommand::EndSat { review, reason, explanation } => {
            check_running(asked, *review)?;
            let explanation = explanation.as_ref().map(|words| asked.context.in_record(words.clone()));
            Ok(vec![draft(SatEvent::SatEnded { review: *review, reason: *reason, explanation })])
        }
    }
}

fn draft(event: SatEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into()))
}

/// Whose part may be given, on which consents, and whose is kept back.
#[derive(Default)]
struct Parts {
    scope: Vec<PersonId>,
    withheld: Vec<PersonId>,
    consents: Vec<ConsentId>,
}

fn request(asked: &mut Asked<'_, '_>, team: &Organisation, question: &Text, scope: &SatScope) -> Answer {
    let parts = match scope {
        SatScope::Anonymous => Parts::default(),
        SatScope::Named(persons) => parts(asked, persons)?,
    };
    let review = ReviewId::from_uuid(asked.context.new_id());
    let question = asked.context.in_record(question.clone());
    Ok(vec![draft(SatEvent::SatRequested {
        review,
        team: team.clone(),
        question,
        anonymous: *scope == SatScope::Anonymous,
        scope: parts.scope,
        withheld: parts.withheld,
        consents: each_once(&parts.consents),
    })])
}

fn parts(asked: &Asked<'_, '_>, persons: &[PersonId]) -> Result<Parts, Rejection> {
    let persons = each_once(persons);
    persons.iter().try_for_each(|person| people::check_known(&asked.state.people, *person))?;
    if persons.is_empty() {
        return Err(Rejection::new(SAT_SCOPE_EMPTY));
    }
    let mut parts = Parts::default();
    let (mut still_to_ask, mut lacks) = (Vec::new(), BTreeMap::new());
    for person in persons {
        match consents_of(asked, person) {
            Ok(consents) => {
                parts.scope.push(person);
                parts.consents.extend(consents);
            }
            Err(missing) => {
                parts.withheld.push(person);
                still_to_ask.extend(missing.iter().copied().filter_map(Missing::person));
                lacks.insert(person, missing);
            }
        }
    }
    if parts.scope.is_empty() {
        let (kind, when) = (ConsentKind::Sharing, (asked.today(), asked.context.terms));
        let lacks = |person| lacks.get(&person).cloned().unwrap_or_default();
        return Err(Rejection::new(SAT_CONSENT_MISSING)
            .with("withheld", Detail::ids(&parts.withheld))
            .with("still_to_ask", Detail::ids(each_once(&still_to_ask)))
            .with("ways_open", consent::open_ways(asked.state, &parts.withheld, kind, when, lacks)));
    }
    Ok(parts)
}

/// The consents under which this person's part may be given today: for the conflict, for the plan, or both.
fn consents_of(asked: &Asked<'_, '_>, person: PersonId) -> Result<Vec<ConsentId>, Vec<Missing>> {
    let (state, day, terms) = (asked.state, asked.today(), asked.context.terms);
    let shared = SAT_CATEGORIES.map(|category| consent::shared(state, (person, category), To::Anybody, day, terms));
    if shared.iter().any(Result::is_ok) {
        return Ok(shared.into_iter().filter_map(Result::ok).flatten().collect());
    }
    // Either will do: whoever is asked is asked for the one that lacks least.
    Err(shared.into_iter().filter_map(Result::err).min_by_key(Vec::len).unwrap_or_default())
}

fn accept(asked: &Asked<'_, '_>, id: ReviewId) -> Answer {
    let review = check_running(asked, id)?;
    if !is_advisor_of(asked.context.actor, &review.team) {
        return Err(Rejection::new(NOT_THE_SAT_TEAM).with("review", Detail::id(id)));
    }
    if let Some(accepted) = &review.accepted {
        let refused = Rejection::new(SAT_ALREADY_ACCEPTED).with("advisor", Detail::id(accepted.advisor));
        return Err(refused.with("on", accepted.on));
    }
    let terms = asked.context.terms;
    let due = Due {
        what: SAT_ACCESS_DUE.to_owned(),
        last_day: terms.last_day(terms.sat_access, asked.today()),
        at: terms.follows_at(terms.sat_access, asked.today()),
    };
    let advisor = asked.context.actor.worker;
    Ok(vec![draft(SatEvent::SatAccepted { review: id, advisor }).with_due(due)])
}

fn is_advisor_of(actor: &Actor, team: &Organisation) -> bool {
    actor.role == Role::SatAdvisor && actor.organisation == *team
}

fn check_running<'a>(asked: &Asked<'a, '_>, id: ReviewId) -> Result<&'a SatReview, Rejection> {
    let refused = |code| Rejection::new(code).with("review", Detail::id(id));
    let review = asked.state.divorce.sat_review(id).ok_or_else(|| refused(SAT_UNKNOWN))?;
    if review.period.holds_on(asked.today()) { Ok(review) } else { Err(refused(SAT_OVER)) }
}

pub(super) fn apply(divorce: &mut Divorce, regie: &Regie, fact: &Fact<CaseEvent>, event: &SatEvent) {
    let day = fact.occurred.day();
    match event.clone() {
        SatEvent::SatRequested { review, team, question, anonymous, scope, withheld, consents } => {
            divorce.reviews.push(SatReview {
                id: review,
                team,
                question,
                anonymous,
                scope,
                withheld,
                consents,
                period: regie.within_the_case(Period::since(day)),
                accepted: None,
                ended: None,
                fact: fact.id,
            });
        }
        SatEvent::SatAccepted { review, advisor } => change(divorce, review, |known| {
            let access = carried(&fact.due, SAT_ACCESS_DUE);
            known.accepted.get_or_insert(SatAcceptance { advisor, on: day, access, fact: fact.id });
        }),
        SatEvent::SatEnded { review, reason, explanation } => change(divorce, review, |known| {
            known.period.end(day.minus_days(1));
            known.ended.get_or_insert(SatEnding { on: day, reason, explanation, by: fact.actor.worker });
        }),
    }
}

fn change(divorce: &mut Divorce, review: ReviewId, change: impl FnOnce(&mut SatReview)) {
    if let Some(known) = divorce.reviews.iter_mut().find(|known| known.id == review) {
        change(known);
    }
}
