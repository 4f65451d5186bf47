//! That a version becomes the plan that is worked by (rule 9): a director is in place, and each of those whom it concerns endorsed it, or
//! was asked and the no stands beside it with the director's reason and the interest of the child (rule 18).

use super::catalogue::{
    DIRECTOR_DECIDES, PLAN_NOT_ANSWERED, REFUSAL_WITHOUT_REASON, VERSION_ACTIVE, VERSION_SUPERSEDED,
};
use super::goals::kept;
use super::plans::{asking, check_acts, directs};
use super::{EVALUATION_DUE, PlanCommand, PlanEvent, PlanRef, Plans, Version, draft, endorsement};
use crate::case::{CaseEvent, CaseState};
use crate::fact::{Audience, Due, Fact};
use crate::ids::{EventId, PersonId};
use crate::personal::Personal;
use crate::reflection;
use crate::regie::asked::{Answer, Asked, carried};
use crate::regie::check_present;
use crate::rejection::{Detail, Rejection};
use crate::terms::ConsentAges;
use crate::text::Text;
use crate::time::CivilDay;

/// That a version became active.
#[derive(Clone, PartialEq, Debug)]
pub struct Activated {
    /// From this day on.
    pub on: CivilDay,
    /// Who was asked and did not endorse it, in order.
    pub despite: Vec<PersonId>,
    /// Why all the same, in the director's words.
    pub reason: Option<Personal<Text>>,
    /// The interest of the child.
    pub interest: Option<Personal<Text>>,
    /// By when the plan is evaluated, from here.
    pub(super) evaluation: Option<Due>,
    /// By when those around the family reflect, from here.
    pub(crate) reflection: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Activated {
    /// By when the plan is evaluated, from here.
    #[must_use]
    pub fn evaluated_by(&self) -> Option<CivilDay> {
        self.evaluation.as_ref().map(|due| due.last_day)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> Answer {
    let PlanCommand::ActivatePlan { version, reason, interest } = command else { return Ok(Vec::new()) };
    let found = endorsement::find(asked, *version)?;
    check_acts(asked, found.plan)?;
    let day = asked.happened();
    check_present(asked, day)?;
    check_last(&asked.state.plans, found)?;
    let despite = check_answered(asked.state, found, day, asked.context.terms.consent_ages)?;
    check_weighed(asked, &despite, reason.is_some() && interest.is_some())?;
    let told = !despite.is_empty() || reason.is_some() || interest.is_some();
    let (reason, interest) = (kept(asked, reason.as_ref()), kept(asked, interest.as_ref()));
    let activated = draft(PlanEvent::PlanActivated { version: *version, despite, reason, interest });
    let activated = activated.with_due(due(asked, day)).with_due(reflection::due_after(asked.context.terms, day));
    // A parent's no and why it was passed over say something of that parent: the other household's workers do not learn it.
    let plain = !told || found.plan != PlanRef::Family;
    Ok(vec![if plain { activated } else { activated.for_audience(Audience::Director) }])
}

fn due(asked: &Asked<'_, '_>, day: CivilDay) -> Due {
    let terms = asked.context.terms;
    let term = terms.plan_evaluation;
    Due { what: EVALUATION_DUE.to_owned(), last_day: terms.last_day(term, day), at: terms.follows_at(term, day) }
}

fn check_last(plans: &Plans, version: &Version) -> Result<(), Rejection> {
    let refused =
        |code, day: CivilDay| Err(Rejection::new(code).with("version", Detail::id(version.id)).with("on", day));
    match plans.last_version(version.plan) {
        Some(last) if last.id != version.id => refused(VERSION_SUPERSEDED, last.offered),
        _ => match &version.activated {
            Some(activated) => refused(VERSION_ACTIVE, activated.on),
            None => Ok(()),
        },
    }
}

/// Who must have answered before this version is worked by: those whom it touches by who has authority on the day, in order.
#[must_use]
pub fn must_answer(state: &CaseState, version: &Version, day: CivilDay, ages: ConsentAges) -> Vec<PersonId> {
    let asking = asking(state, version.plan, day, ages);
    let touched = version.lines.iter().flat_map(|line| asking.touched(state.plans.concerned_by(line.item)));
    crate::once::each_once(&touched.collect::<Vec<_>>())
}

/// Who did not endorse, of those who must have answered on the day.
fn check_answered(
    state: &CaseState,
    version: &Version,
    day: CivilDay,
    ages: ConsentAges,
) -> Result<Vec<PersonId>, Rejection> {
    let needed = must_answer(state, version, day, ages);
    let answer = |person: &PersonId| state.plans.standing_answer(version.id, *person);
    let silent: Vec<_> = needed.iter().filter(|person| answer(person).is_none()).collect();
    if needed.is_empty() || !silent.is_empty() {
        return Err(Rejection::new(PLAN_NOT_ANSWERED).with("still_to_ask", Detail::ids(silent)));
    }
    // An answer that can no longer be read endorses nothing.
    let endorses = |person: &PersonId| {
        answer(person).and_then(|given| given.answer.known()).is_some_and(|answer| answer.endorses())
    };
    Ok(needed.into_iter().filter(|person| !endorses(person)).collect())
}

fn check_weighed(asked: &Asked<'_, '_>, despite: &[PersonId], weighed: bool) -> Result<(), Rejection> {
    if despite.is_empty() {
        return Ok(());
    }
    if !weighed {
        return Err(Rejection::new(REFUSAL_WITHOUT_REASON).with("persons", Detail::ids(despite)));
    }
    if !directs(asked) {
        return Err(Rejection::new(DIRECTOR_DECIDES));
    }
    Ok(())
}

pub(super) fn apply(plans: &mut Plans, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    let PlanEvent::PlanActivated { version, despite, reason, interest } = event else { return };
    let Some(version) = plans.versions.iter_mut().find(|offered| offered.id == *version) else { return };
    version.activated = Some(Activated {
        on: fact.occurred.day(),
        despite: despite.clone(),
        reason: reason.clone(),
        interest: interest.clone(),
        evaluation: carried(&fact.due, EVALUATION_DUE),
        reflection: carried(&fact.due, reflection::REFLECTION_DUE),
        fact: fact.id,
    });
}
