//! Every request from outside, and what became of it.

use super::{REQUEST_DUE, RequestEvent, RequestOutcome, Requester, TELL_FAMILY_DUE, Weighing};
use crate::case::CaseEvent;
use crate::consent::Category;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, RequestId, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A request from outside.
#[derive(Clone, PartialEq, Debug)]
pub struct OutsideRequest {
    /// The request.
    pub id: RequestId,
    /// In which capacity.
    pub requester: Requester,
    /// Who, when of the case.
    pub person: Option<PersonId>,
    /// Who, when not of the case.
    pub who: Option<Personal<Line>>,
    /// About whom.
    pub about: Vec<PersonId>,
    /// What was asked.
    pub asked: Personal<Text>,
    /// By which article.
    pub article: Option<Personal<Line>>,
    /// Whether in writing.
    pub in_writing: bool,
    /// By when an answer is asked.
    pub answer_by: Option<CivilDay>,
    /// The day on which it was asked.
    pub day: CivilDay,
    /// What was decided; `None` while it is open.
    pub decided: Option<DecidedRequest>,
    /// What the family was told, or that it is told later; `None` while nothing was said of it.
    pub told: Option<FamilyTold>,
    answer_due: Option<Due>,
    tell_due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What was decided on a request.
#[derive(Clone, PartialEq, Debug)]
pub struct DecidedRequest {
    /// The day.
    pub day: CivilDay,
    /// What.
    pub outcome: RequestOutcome,
    /// Which data are given.
    pub categories: Vec<Category>,
    /// Why.
    pub reason: Personal<Text>,
    /// Who decided.
    pub decided_by: Vec<WorkerId>,
    /// How it was weighed.
    pub weighing: Option<Weighing<Personal<Text>>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Whether the family knows.
#[derive(Clone, PartialEq, Debug)]
pub enum FamilyTold {
    /// They were told.
    Told {
        /// Who.
        persons: Vec<PersonId>,
        /// The day.
        day: CivilDay,
        /// The fact that says so.
        fact: EventId,
    },
    /// They are told later.
    Later {
        /// On which ground.
        ground: Personal<Text>,
        /// The day on which somebody looks at it again.
        review: CivilDay,
        /// The fact that says so.
        fact: EventId,
    },
}

/// Requests in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OutsideRequests {
    requests: Vec<OutsideRequest>,
}

impl OutsideRequests {
    /// Every request.
    #[must_use]
    pub fn all(&self) -> &[OutsideRequest] {
        &self.requests
    }

    /// This request.
    #[must_use]
    pub fn get(&self, request: RequestId) -> Option<&OutsideRequest> {
        self.requests.iter().find(|known| known.id == request)
    }

    /// What still waits for an answer by a day, or for a second look at whether the family can be told.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.waiting().map(|(due, ..)| due.clone())
    }

    /// The same, each with the fact that says so and the fact of the request.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (&Due, EventId, EventId)> {
        self.requests.iter().flat_map(|request| {
            let answer = request.answer_due.as_ref().filter(|_| request.decided.is_none());
            let later = match &request.told {
                Some(FamilyTold::Later { fact, .. }) => Some(*fact),
                Some(FamilyTold::Told { .. }) | None => None,
            };
            let tell = request.tell_due.as_ref().zip(later);
            let answer = answer.map(|due| (due, request.fact));
            answer.into_iter().chain(tell).map(|(due, said_by)| (due, said_by, request.fact))
        })
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &RequestEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        let due = |what: &str| fact.due.iter().find(|due| due.what == what).cloned();
        match event.clone() {
            RequestEvent::OutsideRequestRecorded {
                request,
                requester,
                person,
                who,
                about,
                asked,
                article,
                in_writing,
                answer_by,
            } => self.requests.push(OutsideRequest {
                id: request,
                requester,
                person,
                who,
                about,
                asked,
                article,
                in_writing,
                answer_by,
                day,
                decided: None,
                told: None,
                answer_due: due(REQUEST_DUE),
                tell_due: None,
                fact: id,
            }),
            RequestEvent::OutsideRequestDecided { request, outcome, categories, reason, decided_by, weighing } => {
                let decided = DecidedRequest { day, outcome, categories, reason, decided_by, weighing, fact: id };
                self.change(request, |known| known.decided = Some(decided));
            }
            RequestEvent::FamilyToldOfRequest { request, persons } => {
                self.change(request, |known| known.told = Some(FamilyTold::Told { persons, day, fact: id }));
            }
            RequestEvent::FamilyToldLater { request, ground, review } => {
                let tell_due = due(TELL_FAMILY_DUE);
                self.change(request, |known| {
                    known.told = Some(FamilyTold::Later { ground, review, fact: id });
                    known.tell_due = tell_due;
                });
            }
        }
    }

    fn change(&mut self, id: RequestId, change: impl FnOnce(&mut OutsideRequest)) {
        if let Some(request) = self.requests.iter_mut().find(|request| request.id == id) {
            change(request);
        }
    }
}
