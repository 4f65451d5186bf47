//! Help of providers as it runs: for which goals, from when until when, and what became of each extension that was asked (rule 13).

use domain::fact::Audience;
use domain::ids::{ExtensionId, GoalId, HelpTrajectoryId, PersonId, WeighingId, WorkerId};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;
use domain::trajectory::{
    Decided, Ended, Extension, ExtensionAdvice, ExtensionOutcome, ReviewGoal, ReviewRole, ReviewSheet, Trajectory,
    TrajectoryEnding, sheet,
};
use domain::weighing::Weighed;

use super::{Kept, Reading};

/// Help of a provider. Ask [`TrajectoryView::until_to`].
#[derive(Clone, PartialEq, Debug)]
pub struct TrajectoryView {
    /// The trajectory, with who may know of it.
    pub trajectory: Kept<HelpTrajectoryId>,
    /// Which product.
    pub product: Kept<Personal<Line>>,
    /// By which provider.
    pub provider: Kept<Personal<Line>>,
    /// For whom, in order of joining.
    pub persons: Vec<PersonId>,
    /// Which professional gives it, when known.
    pub workers: Kept<Vec<WorkerId>>,
    /// The first day.
    pub from: CivilDay,
    /// The last day as agreed when it began.
    until: Option<CivilDay>,
    /// Whether it may harm, so that it needs a justification.
    pub may_harm: bool,
    /// What justifies it.
    pub justified_by: Vec<Kept<WeighingId>>,
    /// Which goals it served through time, the first ones first.
    pub goals: Vec<GoalsView>,
    /// Extensions that were asked, in the order told.
    pub extensions: Vec<ExtensionView>,
    /// How it ended.
    pub ended: Option<EndedView>,
}

/// Which goals a trajectory served from a day on.
#[derive(Clone, PartialEq, Debug)]
pub struct GoalsView {
    /// The goals.
    pub goals: Kept<Vec<GoalId>>,
    /// Why these.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// An extension that was asked.
#[derive(Clone, PartialEq, Debug)]
pub struct ExtensionView {
    /// The extension, with who may know of it.
    pub extension: Kept<ExtensionId>,
    /// The day it was asked.
    pub asked: CivilDay,
    /// Until when.
    pub until: CivilDay,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// Which goals had changed since the trajectory began.
    pub changed: Vec<GoalId>,
    /// What three roles see of it, under a pseudonym; for the director, who hands it to them.
    pub sheet: Option<SheetView>,
    /// The views of the roles, in the order told.
    pub views: Vec<RoleView>,
    /// By when the college decides.
    pub decide_by: Option<CivilDay>,
    /// What was decided, in the order told.
    pub decisions: Vec<DecisionView>,
    /// Who objected, in the order told.
    pub objections: Vec<ObjectionView>,
    day: CivilDay,
}

impl ExtensionView {
    /// How many days it waited for its first decision by the day looked at, to a reader who knows these facts.
    pub fn waited_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> u64 {
        let decided = self.decisions.iter().find(|decided| knows(&decided.outcome.bare()));
        let until = decided.map_or(self.day, |decided| decided.on);
        u64::try_from(until.days_since(self.asked)).unwrap_or_default()
    }
}

/// What three roles see of a trajectory: no names, no family, no provider.
#[derive(Clone, PartialEq, Debug)]
pub struct SheetView {
    /// The name under which they see it.
    pub pseudonym: Kept<String>,
    /// Which product.
    pub product: Kept<Personal<Line>>,
    /// The first day.
    pub from: CivilDay,
    /// The last day that was agreed before.
    pub until: Option<CivilDay>,
    /// The last day that is asked.
    pub asked_until: CivilDay,
    /// Every goal it ever served.
    pub goals: Vec<SheetGoalView>,
}

/// A goal as three roles see it.
#[derive(Clone, PartialEq, Debug)]
pub struct SheetGoalView {
    /// Its words through time, each with its first day.
    pub wordings: Vec<(CivilDay, Kept<Personal<Text>>)>,
    /// Since when the trajectory serves it.
    pub since: CivilDay,
    /// Since when it serves it no longer.
    pub left: Option<CivilDay>,
    /// On which day the family said that it was reached.
    pub reached: Option<CivilDay>,
    /// Whether it changed since the trajectory began.
    pub changed: bool,
}

/// The view of a role.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleView {
    /// What it advises.
    pub advice: Kept<ExtensionAdvice>,
    /// Which role.
    pub role: ReviewRole,
    /// Who spoke for it.
    pub workers: Kept<Vec<WorkerId>>,
    /// Why.
    pub view: Kept<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
}

/// What the college decided.
#[derive(Clone, PartialEq, Debug)]
pub struct DecisionView {
    /// What.
    pub outcome: Kept<ExtensionOutcome>,
    /// Until when help goes on, when granted.
    pub until: Option<CivilDay>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// Who decided.
    pub decided_by: Kept<Personal<Line>>,
    /// The day.
    pub on: CivilDay,
    /// Until and with this day objection is open.
    pub objection_until: CivilDay,
    /// Whether it is open on the day looked at.
    pub objection_open: bool,
}

/// That somebody objected.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectionView {
    /// Who.
    pub person: Kept<PersonId>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// How a trajectory ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedView {
    /// The last day.
    pub last_day: Kept<CivilDay>,
    /// How.
    pub how: TrajectoryEnding,
    /// More about it.
    pub words: Option<Kept<Personal<Text>>>,
}

impl TrajectoryView {
    /// The agreed last day, to a reader who knows these facts: as it began, or as it was extended since.
    pub fn until_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<CivilDay> {
        let granted = self.extensions.iter().filter_map(|extension| {
            let decided = extension.decisions.iter().rev().find(|decided| knows(&decided.outcome.bare()));
            decided.and_then(|decided| decided.until)
        });
        self.until.map(|agreed| granted.fold(agreed, CivilDay::max))
    }
}

/// Every trajectory that had begun by the day or was told of by then, in order of the first day.
#[must_use]
pub fn trajectories(reading: &Reading<'_>) -> Vec<TrajectoryView> {
    let day = reading.day();
    let all = reading.state().trajectories.all().iter();
    let mut known: Vec<_> = all.filter(|found| found.from <= day || found.told <= day).collect();
    known.sort_by_key(|found| (found.from, reading.recorded(found.fact)));
    known.into_iter().map(|found| view(reading, found)).collect()
}

fn view(reading: &Reading<'_>, found: &Trajectory) -> TrajectoryView {
    let ended = found.ended.as_ref().filter(|ended| ended.last_day <= reading.day() || ended.on <= reading.day());
    let sets = found.goals.iter().map(|set| GoalsView {
        goals: reading.kept(set.goals.clone(), set.fact),
        words: set.words.clone().map(|words| reading.kept_words(words, set.fact)),
        on: set.on,
    });
    TrajectoryView {
        trajectory: reading.kept(found.id, found.fact),
        product: reading.kept_words(found.product.clone(), found.fact),
        provider: reading.kept_words(found.provider.clone(), found.fact),
        persons: reading.by_joining(&found.persons),
        workers: reading.kept_workers(found.worker.into_iter().collect(), found.fact),
        from: found.from,
        until: found.until,
        may_harm: found.may_harm,
        justified_by: justified_by(reading, found.id),
        goals: sets.collect(),
        extensions: found.extensions.iter().map(|extension| extended(reading, found, extension)).collect(),
        ended: ended.map(|ended| end(reading, ended)),
    }
}

fn justified_by(reading: &Reading<'_>, justified: HelpTrajectoryId) -> Vec<Kept<WeighingId>> {
    let of = |what: &Weighed| matches!(what, Weighed::Harm { trajectory: Some(one), .. } if *one == justified);
    let weighed = reading.state().weighings.all().iter().filter(|known| of(&known.what));
    weighed.map(|known| reading.kept(known.id, known.fact)).collect()
}

fn end(reading: &Reading<'_>, ended: &Ended) -> EndedView {
    EndedView {
        last_day: reading.kept(ended.last_day, ended.fact),
        how: ended.how,
        words: ended.words.clone().map(|words| reading.kept_words(words, ended.fact)),
    }
}

fn extended(reading: &Reading<'_>, of: &Trajectory, found: &Extension) -> ExtensionView {
    let day = reading.day();
    let views = found.views.iter().map(|given| RoleView {
        advice: reading.kept(given.advice, given.fact),
        role: given.role,
        workers: reading.kept_workers(vec![given.worker], given.fact),
        view: reading.kept_words(given.view.clone(), given.fact),
        on: given.on,
    });
    let objections = found.objections.iter().map(|made| ObjectionView {
        person: reading.kept(made.person, made.fact),
        words: made.words.clone().map(|words| reading.kept_words(words, made.fact)),
        on: made.on,
    });
    ExtensionView {
        extension: reading.kept(found.id, found.fact),
        asked: found.asked,
        until: found.until,
        reason: reading.kept_words(found.reason.clone(), found.fact),
        changed: found.changed.clone(),
        sheet: sheet(reading.state(), of, found, day).map(|sheet| of_sheet(reading, found, sheet)),
        views: views.collect(),
        decide_by: found.decide_by(),
        decisions: found.decisions.iter().map(|decided| decision(reading, decided)).collect(),
        objections: objections.collect(),
        day,
    }
}

fn decision(reading: &Reading<'_>, decided: &Decided) -> DecisionView {
    DecisionView {
        outcome: reading.kept(decided.outcome, decided.fact),
        until: decided.until,
        reason: reading.kept_words(decided.reason.clone(), decided.fact),
        decided_by: reading.kept_words(decided.decided_by.clone(), decided.fact),
        on: decided.on,
        objection_until: decided.objection_until,
        objection_open: reading.day() <= decided.objection_until,
    }
}

/// The sheet holds goals of any plan, so it is for the director alone, who hands it to the three.
fn of_sheet(reading: &Reading<'_>, found: &Extension, sheet: ReviewSheet) -> SheetView {
    let ReviewSheet { pseudonym, product, from, until, asked_until, goals } = sheet;
    SheetView {
        pseudonym: for_director(reading, pseudonym, found),
        product: for_director(reading, product, found),
        from,
        until,
        asked_until,
        goals: goals.into_iter().map(|goal| of_sheet_goal(reading, found, goal)).collect(),
    }
}

fn of_sheet_goal(reading: &Reading<'_>, found: &Extension, goal: ReviewGoal) -> SheetGoalView {
    let ReviewGoal { goal: _, wordings, since, left, reached, changed } = goal;
    let wordings = wordings.into_iter().map(|(on, words)| (on, for_director(reading, words, found)));
    SheetGoalView { wordings: wordings.collect(), since, left, reached, changed }
}

fn for_director<T>(reading: &Reading<'_>, value: T, found: &Extension) -> Kept<T> {
    Kept { audience: Audience::Director, ..reading.kept_words(value, found.fact) }
}

#[cfg(test)]
mod tests {
    use domain::trajectory::{NewTrajectory, TrajectoryCommand};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, line, on, terms, text};

    fn seen(office: &Office, today: &str) -> Vec<TrajectoryView> {
        on(office, today, trajectories)
    }

    #[tokio::test]
    async fn it_runs_until_its_agreed_day_or_as_it_was_extended_and_the_sheet_is_the_directors() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let start = TrajectoryCommand::StartTrajectory(Box::new(NewTrajectory {
            product: line("begeleiding"),
            provider: line("zorggroep"),
            persons: vec![child],
            goals: vec![],
            worker: None,
            from: Some(day("2026-03-09")),
            until: Some(day("2026-06-01")),
            may_harm: false,
        }));
        office.order(case(1), start).await;
        assert_eq!(seen(&office, "2026-03-01"), []);
        let view = seen(&office, "2026-03-02").remove(0);
        assert_eq!(view.until_to(|_| true), Some(day("2026-06-01")), "told of, and not begun");
        let trajectory = view.trajectory.value;
        let ask = TrajectoryCommand::AskExtension { trajectory, until: day("2026-09-01"), reason: text("meer tijd") };
        office.on("2026-05-04").order(case(1), ask).await;
        let asked = seen(&office, "2026-05-06").remove(0).extensions.remove(0);
        assert_eq!((asked.waited_to(|_| true), &asked.sheet), (2, &None), "no goal changed");
        let decide = TrajectoryCommand::DecideExtension {
            extension: asked.extension.value,
            outcome: ExtensionOutcome::Granted,
            until: None,
            reason: text("het helpt"),
            decided_by: line("college"),
        };
        office.on("2026-05-11").order(case(1), decide).await;
        let view = seen(&office, "2026-05-12").remove(0);
        assert_eq!(view.until_to(|_| true), Some(day("2026-09-01")));
        assert_eq!(view.until_to(|_| false), Some(day("2026-06-01")), "who may not know the decision");
        assert_eq!(view.extensions[0].waited_to(|_| true), 7);
        assert!(view.extensions[0].decisions[0].objection_open);
    }
}
