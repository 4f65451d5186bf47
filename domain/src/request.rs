//! Requests from outside (rule 31): who asks, by which article, in writing or not, what, by when; decided never by the worker alone, given
//! or refused; the family told, or later. A parent without authority asks here too (BW 1:377c): what is given is weighed first. Would
//! it be given to a parent with authority, and is it in the child's interest? Without a request on record nothing is decided on one.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::Category;
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::{PersonId, RequestId, Subject, WorkerId};
use crate::once::each_once;
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{
    DECIDED_ALONE, GIVEN_NOTHING, REQUEST_ABOUT_NOBODY, REQUEST_ALREADY_DECIDED, REQUEST_UNKNOWN, REQUESTER_MISSING,
    WEIGHING_MISSING,
};
pub use state::{DecidedRequest, FamilyTold, OutsideRequest, OutsideRequests};

/// That a request from outside is answered, by a day.
pub const REQUEST_DUE: &str = "outside_request";
/// That it is looked at again whether the family can be told.
pub const TELL_FAMILY_DUE: &str = "tell_family";

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requester {
    /// The child protection board (Raad voor de Kinderbescherming).
    Raad,
    /// A certified institution (GI).
    Gi,
    /// The police, or the public prosecutor.
    Police,
    /// A court.
    Court,
    /// An inspection.
    Inspection,
    /// The school attendance officer (leerplicht).
    Leerplicht,
    /// A lawyer.
    Lawyer,
    /// A parent without authority.
    ParentWithoutAuthority,
    /// Somebody else.
    Other,
}

/// What was decided on a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestOutcome {
    /// What was asked is given.
    Given,
    /// A part of it is given.
    PartlyGiven,
    /// It is refused.
    Refused,
}

/// How a request of a parent without authority was weighed (BW 1:377c).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Weighing<T> {
    /// Whether a parent with authority would be told the same.
    pub equally: bool,
    /// What the child's interest says.
    pub child_interest: T,
}

/// What can happen to a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum RequestEvent {
    /// Somebody outside asked for information.
    OutsideRequestRecorded {
        /// The request.
        request: RequestId,
        /// In which capacity.
        requester: Requester,
        /// Who, when of the case.
        person: Option<PersonId>,
        /// Who, when not of the case.
        who: Option<Personal<Line>>,
        /// About whom; each once, never nobody.
        about: Vec<PersonId>,
        /// What was asked.
        asked: Personal<Text>,
        /// By which article.
        article: Option<Personal<Line>>,
        /// Whether in writing.
        in_writing: bool,
        /// By when an answer is asked.
        answer_by: Option<CivilDay>,
    },
    /// It was decided.
    OutsideRequestDecided {
        /// The request.
        request: RequestId,
        /// What.
        outcome: RequestOutcome,
        /// Which data are given.
        categories: Vec<Category>,
        /// Why.
        reason: Personal<Text>,
        /// Who decided; never only who recorded it.
        decided_by: Vec<WorkerId>,
        /// How the request of a parent without authority was weighed.
        weighing: Option<Weighing<Personal<Text>>>,
    },
    /// The family was told of it.
    FamilyToldOfRequest {
        /// The request.
        request: RequestId,
        /// Who.
        persons: Vec<PersonId>,
    },
    /// The family is told later, and somebody looks at that again.
    FamilyToldLater {
        /// The request.
        request: RequestId,
        /// On which ground.
        ground: Personal<Text>,
        /// The day on which somebody looks at it again.
        review: CivilDay,
    },
}

/// What can be asked about requests.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum RequestCommand {
    /// Record that somebody outside asked for information.
    RecordOutsideRequest(Box<NewRequest>),
    /// Decide on it.
    DecideOutsideRequest {
        /// The request.
        request: RequestId,
        /// What.
        outcome: RequestOutcome,
        /// Which data are given.
        categories: Vec<Category>,
        /// Why.
        reason: Text,
        /// Who decided.
        decided_by: Vec<WorkerId>,
        /// How the request of a parent without authority was weighed.
        weighing: Option<Weighing<Text>>,
    },
    /// Record that the family was told.
    TellFamilyOfRequest {
        /// The request.
        request: RequestId,
        /// Who.
        persons: Vec<PersonId>,
    },
    /// Record that the family is told later.
    TellFamilyLater {
        /// The request.
        request: RequestId,
        /// On which ground.
        ground: Text,
        /// The day on which somebody looks at it again.
        review: CivilDay,
    },
}

/// A request as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewRequest {
    /// In which capacity.
    pub requester: Requester,
    /// Who, when of the case.
    pub person: Option<PersonId>,
    /// Who, when not of the case.
    pub who: Option<Line>,
    /// About whom.
    pub about: Vec<PersonId>,
    /// What was asked.
    pub asked: Text,
    /// By which article.
    pub article: Option<Line>,
    /// Whether in writing.
    pub in_writing: bool,
    /// By when an answer is asked.
    pub answer_by: Option<CivilDay>,
}

impl RequestEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the record of the words. What follows a request leaves to it about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::OutsideRequestRecorded { person, about, asked, .. } => {
                let persons: Vec<_> = about.iter().copied().chain(*person).collect();
                each_once(&persons).into_iter().map(Subject::Person).chain([asked.owner()]).collect()
            }
            Self::OutsideRequestDecided { reason, .. } => vec![reason.owner()],
            Self::FamilyToldOfRequest { persons, .. } => persons.iter().copied().map(Subject::Person).collect(),
            Self::FamilyToldLater { ground, .. } => vec![ground.owner()],
        }
    }

    /// Which request.
    #[must_use]
    pub const fn request(&self) -> RequestId {
        let (Self::OutsideRequestRecorded { request, .. }
        | Self::OutsideRequestDecided { request, .. }
        | Self::FamilyToldOfRequest { request, .. }
        | Self::FamilyToldLater { request, .. }) = self;
        *request
    }
}

impl RequestCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordOutsideRequest(_) => "recordOutsideRequest",
            Self::DecideOutsideRequest { .. } => "decideOutsideRequest",
            Self::TellFamilyOfRequest { .. } => "tellFamilyOfRequest",
            Self::TellFamilyLater { .. } => "tellFamilyLater",
        }
    }
}

/// Decides. Requests come about a closed case too.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RequestCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let on = order.happened(context.today());
    let (event, due) = match command {
        RequestCommand::RecordOutsideRequest(new) => recorded(state, new, on, context)?,
        RequestCommand::DecideOutsideRequest { request, outcome, categories, reason, decided_by, weighing } => {
            let known = check_open(state, *request)?;
            check_decision(known, *outcome, (categories, decided_by), weighing.is_some(), context)?;
            let event = RequestEvent::OutsideRequestDecided {
                request: *request,
                outcome: *outcome,
                categories: categories.clone(),
                reason: context.in_record(reason.clone()),
                decided_by: each_once(decided_by),
                weighing: weighing.as_ref().map(|weighing| Weighing {
                    equally: weighing.equally,
                    child_interest: context.in_record(weighing.child_interest.clone()),
                }),
            };
            (event, None)
        }
        RequestCommand::TellFamilyOfRequest { request, persons } => {
            check_request(state, *request)?;
            persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
            (RequestEvent::FamilyToldOfRequest { request: *request, persons: each_once(persons) }, None)
        }
        RequestCommand::TellFamilyLater { request, ground, review } => {
            check_request(state, *request)?;
            check_order(on, Some(*review))?;
            let ground = context.in_record(ground.clone());
            let event = RequestEvent::FamilyToldLater { request: *request, ground, review: *review };
            (event, Some(due_on(TELL_FAMILY_DUE, *review, context)))
        }
    };
    let draft = Draft::of(CaseEvent::Request(event));
    Ok(vec![due.into_iter().fold(draft, Draft::with_due)])
}

fn recorded(
    state: &CaseState,
    new: &NewRequest,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Result<(RequestEvent, Option<Due>), Rejection> {
    new.about.iter().chain(&new.person).try_for_each(|person| check_known(&state.people, *person))?;
    let by_parent = new.requester == Requester::ParentWithoutAuthority;
    if (by_parent && new.person.is_none()) || (new.person.is_none() && new.who.is_none()) {
        return Err(Rejection::new(REQUESTER_MISSING));
    }
    if new.about.is_empty() {
        return Err(Rejection::new(REQUEST_ABOUT_NOBODY));
    }
    check_order(on, new.answer_by)?;
    let due = new.answer_by.map(|day| due_on(REQUEST_DUE, day, context));
    let event = RequestEvent::OutsideRequestRecorded {
        request: RequestId::from_uuid(context.new_id()),
        requester: new.requester,
        person: new.person,
        who: new.who.clone().map(|who| context.in_record(who)),
        about: each_once(&new.about),
        asked: context.in_record(new.asked.clone()),
        article: new.article.clone().map(|article| context.in_record(article)),
        in_writing: new.in_writing,
        answer_by: new.answer_by,
    };
    Ok((event, due))
}

fn due_on(what: &str, last_day: CivilDay, context: &Context<'_>) -> Due {
    Due { what: what.to_owned(), last_day, at: context.terms.calendar.follows_at(last_day) }
}

fn check_request(state: &CaseState, request: RequestId) -> Result<&OutsideRequest, Rejection> {
    state.requests.get(request).ok_or_else(|| refused(REQUEST_UNKNOWN, request))
}

fn check_open(state: &CaseState, request: RequestId) -> Result<&OutsideRequest, Rejection> {
    let known = check_request(state, request)?;
    match &known.decided {
        Some(decided) => Err(refused(REQUEST_ALREADY_DECIDED, request).with("on", decided.day)),
        None => Ok(known),
    }
}

fn check_decision(
    known: &OutsideRequest,
    outcome: RequestOutcome,
    (categories, decided_by): (&[Category], &[WorkerId]),
    weighed: bool,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    if decided_by.iter().all(|worker| context.actor.is_or_acts_for(*worker)) {
        return Err(refused(DECIDED_ALONE, known.id));
    }
    let gives = outcome != RequestOutcome::Refused;
    if gives == categories.is_empty() {
        return Err(refused(GIVEN_NOTHING, known.id));
    }
    if gives && known.requester == Requester::ParentWithoutAuthority && !weighed {
        return Err(refused(WEIGHING_MISSING, known.id));
    }
    Ok(())
}

fn refused(code: Code, request: RequestId) -> Rejection {
    Rejection::new(code).with("request", Detail::id(request))
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &RequestEvent) {
    state.requests.apply(fact, event);
}
