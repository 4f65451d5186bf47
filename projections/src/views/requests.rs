//! Requests from outside, and what became of each (rule 31).

use domain::consent::Category;
use domain::ids::{PersonId, RequestId, WorkerId};
use domain::personal::Personal;
use domain::request::{DecidedRequest, FamilyTold, OutsideRequest, RequestOutcome, Requester};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// A request from outside.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestView {
    /// The request, with who may know of it.
    pub request: Kept<RequestId>,
    /// In which capacity.
    pub requester: Requester,
    /// Who, when of the case.
    pub person: Option<PersonId>,
    /// Who, when not of the case.
    pub who: Option<Kept<Personal<Line>>>,
    /// About whom, in order of joining.
    pub about: Vec<PersonId>,
    /// What was asked.
    pub asked: Kept<Personal<Text>>,
    /// By which article.
    pub article: Option<Kept<Personal<Line>>>,
    /// Whether in writing.
    pub in_writing: bool,
    /// By when an answer is asked.
    pub answer_by: Option<CivilDay>,
    /// The day on which it was asked.
    pub day: CivilDay,
    /// Whether that day has passed while nothing was decided.
    pub overdue: bool,
    /// What was decided.
    pub decided: Option<Kept<DecisionView>>,
    /// Whether the family knows; `None` while nothing was said of it.
    pub family: Option<Kept<FamilyView>>,
}

/// What was decided.
#[derive(Clone, PartialEq, Debug)]
pub struct DecisionView {
    /// The day.
    pub day: CivilDay,
    /// What.
    pub outcome: RequestOutcome,
    /// Which data are given.
    pub categories: Vec<Category>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// Who decided.
    pub decided_by: Vec<WorkerId>,
    /// Of a parent without authority: whether a parent with authority would be told the same.
    pub equally: Option<bool>,
    /// Of a parent without authority: what the child's interest says.
    pub child_interest: Option<Kept<Personal<Text>>>,
}

/// Whether the family knows.
#[derive(Clone, PartialEq, Debug)]
pub struct FamilyView {
    /// Who was told, in order of joining.
    pub told: Vec<PersonId>,
    /// On which day.
    pub on: Option<CivilDay>,
    /// On which ground it is told later.
    pub later: Option<Kept<Personal<Text>>>,
    /// The day on which somebody looks at that again.
    pub review: Option<CivilDay>,
}

/// Every request by the day, in the order of the days.
#[must_use]
pub fn requests(reading: &Reading<'_>) -> Vec<RequestView> {
    let asked = reading.state().requests.all().iter().filter(|request| request.day <= reading.day());
    let mut requests: Vec<_> = asked.map(|request| view(reading, request)).collect();
    requests.sort_by_key(|request| request.day);
    requests
}

fn view(reading: &Reading<'_>, request: &OutsideRequest) -> RequestView {
    let line = |line: &Personal<Line>| reading.kept(line.clone(), request.fact);
    let decided = request.decided.as_ref().filter(|decided| decided.day <= reading.day());
    RequestView {
        request: reading.kept(request.id, request.fact),
        requester: request.requester,
        person: request.person,
        who: request.who.as_ref().map(line),
        about: reading.by_joining(&request.about),
        asked: reading.kept(request.asked.clone(), request.fact),
        article: request.article.as_ref().map(line),
        in_writing: request.in_writing,
        answer_by: request.answer_by,
        day: request.day,
        overdue: decided.is_none() && request.answer_by.is_some_and(|by| by < reading.day()),
        decided: decided.map(|decided| reading.kept(decision(reading, decided), decided.fact)),
        family: request.told.as_ref().map(|told| family(reading, told)),
    }
}

fn decision(reading: &Reading<'_>, decided: &DecidedRequest) -> DecisionView {
    let weighing = decided.weighing.as_ref();
    DecisionView {
        day: decided.day,
        outcome: decided.outcome,
        categories: decided.categories.clone(),
        reason: reading.kept(decided.reason.clone(), decided.fact),
        decided_by: decided.decided_by.clone(),
        equally: weighing.map(|weighing| weighing.equally),
        child_interest: weighing.map(|weighing| reading.kept(weighing.child_interest.clone(), decided.fact)),
    }
}

fn family(reading: &Reading<'_>, told: &FamilyTold) -> Kept<FamilyView> {
    match told {
        FamilyTold::Told { persons, day, fact } => {
            let told = reading.by_joining(persons);
            reading.kept(FamilyView { told, on: Some(*day), later: None, review: None }, *fact)
        }
        FamilyTold::Later { ground, review, fact } => {
            let later = Some(reading.kept(ground.clone(), *fact));
            reading.kept(FamilyView { told: Vec::new(), on: None, later, review: Some(*review) }, *fact)
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::Audience;
    use domain::request::{NewRequest, RequestCommand};

    use super::*;
    use crate::testing::{JOOST, LAYLA, Office, case, day, line, on, terms, text};

    fn seen(office: &Office, today: &str) -> Vec<RequestView> {
        on(office, today, requests)
    }

    #[tokio::test]
    async fn a_request_is_overdue_until_it_is_decided_and_for_the_director() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let asked = RequestCommand::RecordOutsideRequest(Box::new(NewRequest {
            requester: Requester::Raad,
            person: None,
            who: Some(line("De Raad")),
            about: vec![child],
            asked: text("Hoe gaat het op school?"),
            article: None,
            in_writing: true,
            answer_by: Some(day("2026-03-09")),
        }));
        office.order(case(1), asked).await;
        let [waits] = &seen(&office, "2026-03-10")[..] else { panic!("one request") };
        assert!(waits.overdue && waits.decided.is_none() && waits.family.is_none());
        assert_eq!(waits.request.audience, Audience::Director);
        let decide = RequestCommand::DecideOutsideRequest {
            request: waits.request.value,
            outcome: RequestOutcome::Refused,
            categories: vec![],
            reason: text("Geen grond."),
            decided_by: vec![JOOST, LAYLA],
            weighing: None,
        };
        let request = waits.request.value;
        office.on("2026-03-12").order(case(1), decide).await;
        let ground = text("Onderzoek loopt.");
        office.order(case(1), RequestCommand::TellFamilyLater { request, ground, review: day("2026-04-01") }).await;
        let view = seen(&office, "2026-03-12").remove(0);
        assert!(!view.overdue);
        assert_eq!(view.decided.unwrap().value.outcome, RequestOutcome::Refused);
        assert_eq!(view.family.unwrap().value.review, Some(day("2026-04-01")));
        assert!(seen(&office, "2026-03-11")[0].decided.is_none(), "as it looked");
    }
}
