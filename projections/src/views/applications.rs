//! What was asked for a family and waits for an answer, with its waiting days beside the concern it leaves open (rule 27), as of any day.

use domain::application::{Answered, Application, ApplicationKind, ApplicationOutcome, Delay};
use domain::ids::{ApplicationId, HelpTrajectoryId, PersonId};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// An application. Ask [`ApplicationView::waited_to`] and [`ApplicationView::overdue_to`].
#[derive(Clone, PartialEq, Debug)]
pub struct ApplicationView {
    /// The application, with who may know of it.
    pub application: Kept<ApplicationId>,
    /// What for.
    pub kind: ApplicationKind,
    /// For whom, in order of joining.
    pub persons: Vec<PersonId>,
    /// What is needed.
    pub what: Kept<Personal<Text>>,
    /// Of whom it was asked.
    pub of_whom: Kept<Personal<Line>>,
    /// Which concern it leaves open.
    pub concern: Option<Kept<Personal<Text>>>,
    /// For which trajectory.
    pub trajectory: Option<HelpTrajectoryId>,
    /// The day it was asked.
    pub asked: CivilDay,
    /// The last day for an answer, as promised at first or by the law.
    due: Option<CivilDay>,
    /// Each time it was said to take longer.
    pub delays: Vec<DelayView>,
    /// What became of it; `None` while it waits.
    pub answered: Option<AnswerView>,
    day: CivilDay,
}

impl ApplicationView {
    /// Since when it is answered, to a reader who knows these facts.
    pub fn answered_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&AnswerView> {
        self.answered.as_ref().filter(|answered| knows(&answered.outcome.bare()))
    }

    /// How many days it waited by the day looked at, to a reader who knows these facts.
    pub fn waited_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> u64 {
        let until = self.answered_to(knows).map_or(self.day, |answered| answered.on);
        u64::try_from(until.days_since(self.asked)).unwrap_or_default()
    }

    /// The last day for an answer, as promised last or by the law, to a reader who knows these facts.
    pub fn due_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<CivilDay> {
        let mut promised = self.delays.iter().rev().filter(|delay| knows(&delay.on.bare()));
        promised.find_map(|delay| delay.answer_by).or(self.due)
    }

    /// Whether that day has passed while nobody answered, to a reader who knows these facts.
    pub fn overdue_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.answered_to(&knows).is_none() && self.due_to(&knows).is_some_and(|due| due < self.day)
    }
}

/// That it takes longer.
#[derive(Clone, PartialEq, Debug)]
pub struct DelayView {
    /// The day it was said.
    pub on: Kept<CivilDay>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// By when an answer is promised now.
    pub answer_by: Option<CivilDay>,
}

/// What became of an application.
#[derive(Clone, PartialEq, Debug)]
pub struct AnswerView {
    /// What.
    pub outcome: Kept<ApplicationOutcome>,
    /// The day.
    pub on: CivilDay,
    /// Why, or what of it.
    pub words: Option<Kept<Personal<Text>>>,
}

/// Every application by the day, in order of the day.
#[must_use]
pub fn applications(reading: &Reading<'_>) -> Vec<ApplicationView> {
    let day = reading.day();
    let mut known: Vec<_> = reading.state().applications.all().iter().filter(|found| found.asked <= day).collect();
    known.sort_by_key(|found| (found.asked, reading.recorded(found.fact)));
    known.into_iter().map(|found| view(reading, found)).collect()
}

fn view(reading: &Reading<'_>, found: &Application) -> ApplicationView {
    let day = reading.day();
    let answered = found.answered.as_ref().filter(|answered| answered.on <= day);
    let delay = |delay: &Delay| DelayView {
        on: reading.kept(delay.on, delay.fact),
        reason: reading.kept_words(delay.reason.clone(), delay.fact),
        answer_by: delay.answer_by,
    };
    let answer = |answered: &Answered| AnswerView {
        outcome: reading.kept(answered.outcome, answered.fact),
        on: answered.on,
        words: answered.words.clone().map(|words| reading.kept_words(words, answered.fact)),
    };
    ApplicationView {
        application: reading.kept(found.id, found.fact),
        kind: found.kind,
        persons: reading.by_joining(&found.persons),
        what: reading.kept_words(found.what.clone(), found.fact),
        of_whom: reading.kept_words(found.of_whom.clone(), found.fact),
        concern: found.concern.clone().map(|concern| reading.kept_words(concern, found.fact)),
        trajectory: found.trajectory,
        asked: found.asked,
        due: found.due_at_first(),
        delays: found.delays.iter().filter(|one| one.on <= day).map(delay).collect(),
        answered: answered.map(answer),
        day,
    }
}

#[cfg(test)]
mod tests {
    use domain::application::{ApplicationCommand, NewApplication};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, line, on, terms, text};

    fn seen(office: &Office, today: &str) -> Vec<ApplicationView> {
        on(office, today, applications)
    }

    /// Rule 27: to whoever may not know the answer it waits on.
    #[tokio::test]
    async fn it_waits_until_it_is_answered_as_far_as_the_reader_may_know() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let asked = ApplicationCommand::MakeApplication(Box::new(NewApplication {
            kind: ApplicationKind::Decision,
            persons: vec![child],
            what: text("begeleiding thuis"),
            of_whom: line("gemeente"),
            concern: Some(text("slaapt slecht")),
            trajectory: None,
            answer_by: None,
        }));
        office.order(case(1), asked).await;
        let waits = seen(&office, "2026-04-01").remove(0);
        assert_eq!((waits.waited_to(|_| true), waits.overdue_to(|_| true)), (30, false));
        assert_eq!(waits.due_to(|_| true), Some(day("2026-04-28")), "eight weeks, and the day after the King's day");
        let application = waits.application.value;
        let (reason, answer_by) = (text("wachtlijst"), Some(day("2026-03-20")));
        let delay = ApplicationCommand::DelayApplication { application, reason, answer_by };
        office.on("2026-03-09").order(case(1), delay).await;
        let late = seen(&office, "2026-04-01").remove(0);
        assert_eq!((late.overdue_to(|_| true), late.overdue_to(|_| false)), (true, false));
        let answer =
            ApplicationCommand::AnswerApplication { application, outcome: ApplicationOutcome::Given, words: None };
        office.on("2026-04-06").order(case(1), answer).await;
        let over = seen(&office, "2026-05-01").remove(0);
        assert_eq!((over.waited_to(|_| true), over.waited_to(|_| false)), (35, 60));
        assert!(over.answered_to(|_| false).is_none() && !over.overdue_to(|_| true));
        assert_eq!(seen(&office, "2026-03-31").remove(0).answered, None, "as it looked");
    }
}
