//! The crisis plan (rule 21): who does what, whether it is complete, and until when it holds.

use domain::ids::{PersonId, WorkerId};
use domain::personal::Personal;
use domain::plan::Owner;
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// The crisis plan on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct CrisisPlanView {
    /// The day on which it was written, with who may know of it.
    pub written: Kept<CivilDay>,
    /// Of which children, in order of joining.
    pub children: Vec<PersonId>,
    /// What shows that it begins.
    pub signs: Option<Kept<Personal<Text>>>,
    /// Who does what.
    pub actions: Vec<CrisisActionView>,
    /// Who wrote it down.
    pub by: WorkerId,
    /// That it was looked at last, by the day.
    pub looked_at: Option<Kept<LookView>>,
    /// The last day on which it holds.
    pub holds_until: Option<CivilDay>,
    /// Whether an action has no owner.
    pub incomplete: bool,
    /// Whether nobody looked at it for the term.
    pub stale: bool,
    /// The days of the earlier ones, each with who may know of it.
    pub earlier: Vec<Kept<CivilDay>>,
}

/// What somebody does.
#[derive(Clone, PartialEq, Debug)]
pub struct CrisisActionView {
    /// What.
    pub what: Kept<Personal<Text>>,
    /// Who; nobody yet makes the plan incomplete.
    pub owner: Owner,
}

/// That it was looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct LookView {
    /// The day.
    pub day: CivilDay,
    /// What was found.
    pub words: Option<Kept<Personal<Text>>>,
    /// Who wrote it down.
    pub by: WorkerId,
}

/// The crisis plan as it stood on the day; `None` when there was none.
#[must_use]
pub fn crisis_plan(reading: &Reading<'_>) -> Option<CrisisPlanView> {
    let (plans, day) = (&reading.state().crisis_plan, reading.day());
    let plan = plans.written_by(day)?;
    let kept = |words: &Personal<Text>, fact| reading.kept(words.clone(), fact);
    let actions =
        plan.actions.iter().map(|action| CrisisActionView { what: kept(&action.what, plan.fact), owner: action.owner });
    let look = plans.looked_at(plan, day);
    let earlier = plans.versions_by(day).filter(|earlier| earlier.fact != plan.fact);
    Some(CrisisPlanView {
        written: reading.kept(plan.day, plan.fact),
        children: reading.by_joining(&plan.children),
        signs: plan.signs.as_ref().map(|signs| kept(signs, plan.fact)),
        actions: actions.collect(),
        by: plan.by,
        looked_at: look.map(|look| {
            let words = look.words.as_ref().map(|words| kept(words, look.fact));
            reading.kept(LookView { day: look.day, words, by: look.by }, look.fact)
        }),
        holds_until: plans.holds_until(day),
        incomplete: plan.is_incomplete(),
        stale: plans.is_stale(day),
        earlier: earlier.map(|earlier| reading.kept(earlier.day, earlier.fact)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use domain::crisisplan::{CrisisPlanCommand, NewCrisisAction, NewCrisisPlan};
    use domain::fact::Audience;

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    fn seen(office: &Office, today: &str) -> Option<CrisisPlanView> {
        on(office, today, crisis_plan)
    }

    #[tokio::test]
    async fn it_shows_whether_it_is_complete_and_until_when_it_holds() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let plan = |owner| {
            let action = NewCrisisAction { what: text("Belt de achterwacht."), owner };
            let new = NewCrisisPlan { children: vec![child], signs: None, actions: vec![action] };
            CrisisPlanCommand::WriteCrisisPlan(Box::new(new))
        };
        assert!(seen(&office, "2026-03-02").is_none());
        office.order(case(1), plan(Owner::Nobody)).await;
        let first = seen(&office, "2026-03-02").unwrap();
        assert_eq!((first.incomplete, first.stale, first.holds_until), (true, false, Some(day("2026-09-02"))));
        assert_eq!(first.written.audience, Audience::Director);
        office.on("2026-04-01").order(case(1), CrisisPlanCommand::ReviewCrisisPlan { words: None }).await;
        assert!(seen(&office, "2026-03-31").unwrap().looked_at.is_none());
        let looked = seen(&office, "2026-10-02").unwrap();
        assert_eq!((looked.looked_at.unwrap().value.day, looked.stale), (day("2026-04-01"), true));
        office.on("2026-10-05").order(case(1), plan(Owner::Worker(JOOST))).await;
        let now = seen(&office, "2026-10-05").unwrap();
        assert_eq!((now.incomplete, now.stale, now.earlier.len()), (false, false, 1));
    }
}
