//! What was weighed: help that may harm, and deliberate waiting (rule 11), each with who looked again.

use domain::ids::{HelpTrajectoryId, PersonId, WeighingId, WorkerId};
use domain::personal::Personal;
use domain::regie::Agreed;
use domain::text::{Line, Text};
use domain::time::CivilDay;
use domain::weighing::{Look, Weighed, Weighing};

use super::{Kept, Reading};

/// Something that was weighed. Ask [`WeighingView::review_to`].
#[derive(Clone, PartialEq, Debug)]
pub struct WeighingView {
    /// The weighing, with who may know of it.
    pub weighing: Kept<WeighingId>,
    /// What.
    pub what: WeighedView,
    /// Whom it concerns, in order of joining.
    pub persons: Vec<PersonId>,
    /// Who of the family and network decided, in order of joining.
    pub decided_persons: Vec<PersonId>,
    /// Which professionals decided.
    pub decided_workers: Kept<Vec<WorkerId>>,
    /// The day.
    pub on: CivilDay,
    /// The day on which somebody looks again, as said at first.
    review: Option<CivilDay>,
    /// Who looked again, in the order told.
    pub looks: Vec<LookView>,
    day: CivilDay,
}

/// What was weighed.
#[derive(Clone, PartialEq, Debug)]
pub enum WeighedView {
    /// Help that may harm.
    Harm(Box<HarmView>),
    /// A deliberate wait.
    Waiting(Box<WaitingView>),
}

/// A deliberate wait.
#[derive(Clone, PartialEq, Debug)]
pub struct WaitingView {
    /// With what.
    pub what: Kept<Personal<Text>>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
}

/// Help that may harm.
#[derive(Clone, PartialEq, Debug)]
pub struct HarmView {
    /// Which help.
    pub help: Kept<Personal<Line>>,
    /// The trajectory it is.
    pub trajectory: Option<HelpTrajectoryId>,
    /// What it may bring.
    pub benefit: Kept<Personal<Text>>,
    /// What harm it may do.
    pub harm: Kept<Personal<Text>>,
    /// Which lighter help was weighed.
    pub lighter: Option<Kept<Personal<Text>>>,
    /// Why it is done all the same.
    pub justification: Kept<Personal<Text>>,
    /// The interest of the child.
    pub child_interest: Option<Kept<Personal<Text>>>,
}

/// That somebody looked again.
#[derive(Clone, PartialEq, Debug)]
pub struct LookView {
    /// Whether it goes on.
    pub goes_on: Kept<bool>,
    /// The day.
    pub on: CivilDay,
    /// What was found.
    pub finding: Kept<Personal<Text>>,
    /// The next day on which somebody looks.
    pub next: Option<CivilDay>,
}

impl WeighingView {
    /// Whether it goes on, to a reader who knows these facts.
    pub fn goes_on_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.looks.iter().all(|look| look.goes_on.value || !knows(&look.goes_on.bare()))
    }

    /// The day on which somebody looks again, to a reader who knows these facts, and whether it has passed.
    pub fn review_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<(CivilDay, bool)> {
        if !self.goes_on_to(&knows) {
            return None;
        }
        let last = self.looks.iter().rev().find(|look| knows(&look.goes_on.bare()));
        let review = last.map_or(self.review, |look| look.next)?;
        Some((review, review < self.day))
    }
}

/// Everything that was weighed by the day, in order of the day.
#[must_use]
pub fn weighings(reading: &Reading<'_>) -> Vec<WeighingView> {
    let mut known: Vec<_> = reading.state().weighings.all().iter().filter(|found| found.on <= reading.day()).collect();
    known.sort_by_key(|found| (found.on, reading.recorded(found.fact)));
    known.into_iter().map(|found| view(reading, found)).collect()
}

fn view(reading: &Reading<'_>, found: &Weighing) -> WeighingView {
    let (mut persons, mut workers) = (Vec::new(), Vec::new());
    for agreed in &found.decided {
        match agreed {
            Agreed::Person(person) => persons.push(*person),
            Agreed::Worker(worker) => workers.push(*worker),
        }
    }
    WeighingView {
        weighing: reading.kept(found.id, found.fact),
        what: weighed(reading, found),
        persons: reading.by_joining(&found.persons),
        decided_persons: reading.by_joining(&persons),
        decided_workers: reading.kept_workers(workers, found.fact),
        on: found.on,
        review: found.review,
        looks: found.looks.iter().filter(|one| one.on <= reading.day()).map(|one| look(reading, one)).collect(),
        day: reading.day(),
    }
}

fn weighed(reading: &Reading<'_>, found: &Weighing) -> WeighedView {
    let text = |words: &Personal<Text>| reading.kept_words(words.clone(), found.fact);
    match &found.what {
        Weighed::Harm { help, trajectory, benefit, harm, lighter, justification, child_interest } => {
            WeighedView::Harm(Box::new(HarmView {
                help: reading.kept_words(help.clone(), found.fact),
                trajectory: *trajectory,
                benefit: text(benefit),
                harm: text(harm),
                lighter: lighter.as_ref().map(text),
                justification: text(justification),
                child_interest: child_interest.as_ref().map(text),
            }))
        }
        Weighed::Waiting { what, reason } => {
            WeighedView::Waiting(Box::new(WaitingView { what: text(what), reason: text(reason) }))
        }
    }
}

fn look(reading: &Reading<'_>, one: &Look) -> LookView {
    LookView {
        goes_on: reading.kept(one.goes_on, one.fact),
        on: one.on,
        finding: reading.kept_words(one.finding.clone(), one.fact),
        next: one.next,
    }
}

#[cfg(test)]
mod tests {
    use domain::weighing::WeighingCommand;

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    fn seen(office: &Office, today: &str) -> WeighingView {
        on(office, today, weighings).remove(0)
    }

    #[tokio::test]
    async fn a_wait_is_looked_at_again_by_what_was_said_last_and_known() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let wait = WeighingCommand::DecideToWait {
            persons: vec![child],
            what: text("met nieuwe hulp"),
            reason: text("eerst rust"),
            decided: vec![Agreed::Worker(JOOST)],
            review: day("2026-03-09"),
        };
        office.order(case(1), wait).await;
        let view = seen(&office, "2026-03-10");
        assert_eq!(view.review_to(|_| true), Some((day("2026-03-09"), true)));
        let look = |weighing, next: Option<&str>| WeighingCommand::ReviewWeighing {
            weighing,
            goes_on: next.is_some(),
            finding: text("rustiger"),
            next: next.map(day),
        };
        let weighing = view.weighing.value;
        office.on("2026-03-10").order(case(1), look(weighing, Some("2026-03-20"))).await;
        let view = seen(&office, "2026-03-10");
        assert_eq!(view.review_to(|_| true), Some((day("2026-03-20"), false)));
        assert_eq!(view.review_to(|_| false), Some((day("2026-03-09"), true)), "who may not know of the second look");
        office.on("2026-03-20").order(case(1), look(weighing, None)).await;
        let over = seen(&office, "2026-03-20");
        assert_eq!((over.goes_on_to(|_| true), over.review_to(|_| true)), (false, None));
        assert!(over.goes_on_to(|_| false));
    }
}
