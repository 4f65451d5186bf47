//! *Verloop: spanning, hulp en rust*: how conflicts went on a day and before, per person, with what the text offers beside the ladder
//! (divorce.md, "Two ladders, one picture"; 004b 5.4). One look shows what came before what, and whether it calms. No ranking, no score, no
//! verdict, and no difference between people.

use domain::conflict::{
    self, Assessed, Conflict, EnergyPercent, GlaslStage, Medium, NetworkAssessed, NetworkEffect, ParentingForm,
    RestKind,
};
use domain::ids::{ConflictId, InvolvementId, PersonId, StepId, WorkerId};
use domain::personal::Personal;
use domain::regie::Agreed;
use domain::service::{self, Body, Environment, ServiceLevel, ServiceStep};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// How conflicts and help went.
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationView {
    /// Each conflict, in order of the day since which it is known.
    pub conflicts: Vec<ConflictView>,
    /// How parents were parents beside each other, in order of the day.
    pub forms: Vec<FormView>,
    /// What each of the network does to a conflict: by conflict, and then in order of joining.
    pub network: Vec<NetworkView>,
    /// Calm periods, in order of the first day.
    pub calm: Vec<CalmView>,
    /// How heavy help was, for each person in each environment.
    pub courses: Vec<CourseView>,
    /// Bodies that joined, in order of the day.
    pub involvements: Vec<InvolvementView>,
    /// What was advised, in order of the day.
    pub advices: Vec<AdviceView>,
}

/// How heavy help for somebody was in an environment.
#[derive(Clone, PartialEq, Debug)]
pub struct CourseView {
    /// Whose help.
    pub person: PersonId,
    /// Where.
    pub environment: Environment,
    /// Steps up and down, in order of the day. Ask [`CourseView::steps_to`].
    steps: Vec<ServiceStepView>,
}

/// That help went to a level.
#[derive(Clone, PartialEq, Debug)]
pub struct ServiceStepView {
    /// The step.
    pub step: Kept<StepId>,
    /// The day.
    pub on: CivilDay,
    /// The level since then.
    pub level: Kept<Personal<ServiceLevel>>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// Who of the family and network decided.
    pub decided_persons: Vec<PersonId>,
    /// Which professionals decided; their names may locate where the rest does not.
    pub decided_workers: Kept<Vec<WorkerId>>,
    /// Which programme, when known.
    pub programme: Option<Kept<Personal<Line>>>,
    /// Who provides it, when known.
    pub provider: Option<Kept<Personal<Line>>>,
    /// What each of the family wishes.
    pub wishes: Vec<(PersonId, Kept<Personal<Text>>)>,
}

/// That a body joined.
#[derive(Clone, PartialEq, Debug)]
pub struct InvolvementView {
    /// The involvement.
    pub involvement: Kept<InvolvementId>,
    /// Which body.
    pub body: Body,
    /// Of which region or organisation, when known.
    pub organisation: Option<Kept<Personal<Line>>>,
    /// About whom.
    pub persons: Vec<PersonId>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// What the family was told of what it does and does not do.
    pub family_told: Option<Kept<Personal<Text>>>,
    /// The day.
    pub since: CivilDay,
    /// That it left on a day, and why.
    pub left: Option<(Kept<CivilDay>, Kept<Personal<Text>>)>,
}

/// What was advised.
#[derive(Clone, PartialEq, Debug)]
pub struct AdviceView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// On which conflict.
    pub conflict: Option<ConflictId>,
    /// On which step.
    pub step: Option<StepId>,
    /// About whom.
    pub persons: Vec<PersonId>,
    /// Whose advice.
    pub source: Kept<Personal<Line>>,
    /// The advice.
    pub advice: Kept<Personal<Text>>,
}

impl CourseView {
    /// Every step that a reader knows who knows these facts, each with by how many levels it lies higher than the last one that can be
    /// read before it, or lower when negative.
    pub fn steps_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<(&ServiceStepView, Option<i32>)> {
        let mut before: Option<i32> = None;
        let told = self.steps.iter().filter(|step| knows(&step.step.bare()));
        let beside = |step| {
            let now = level(step);
            let change = now.zip(before).map(|(now, before)| now - before);
            before = now.or(before);
            (step, change)
        };
        told.map(beside).collect()
    }
}

fn level(step: &ServiceStepView) -> Option<i32> {
    step.level.value.known().map(|level| i32::from(level.number()))
}

/// A conflict between named people.
#[derive(Clone, PartialEq, Debug)]
pub struct ConflictView {
    /// The conflict, with who may know that it was named. Whoever knows something of one in it knows the conflict by that.
    pub conflict: Kept<ConflictId>,
    /// Between whom, in order of joining.
    pub between: Vec<PersonId>,
    /// About what.
    pub about: Kept<Personal<Text>>,
    /// The day since which it is known.
    pub since: CivilDay,
    /// What each experienced and said, in order of joining.
    pub sides: Vec<SideView>,
    /// When it flared up, in order of the day.
    pub flare_ups: Vec<FlareUpView>,
    /// When it came to rest, in order of the day.
    rests: Vec<RestView>,
}

/// What one person experienced of a conflict.
#[derive(Clone, PartialEq, Debug)]
pub struct SideView {
    /// Who.
    pub person: PersonId,
    /// Stages, in order of the day. Ask [`SideView::course_to`].
    stages: Vec<StageView>,
    /// What that person said of the energy it takes, in order of the day.
    pub energy: Vec<EnergyView>,
}

/// How somebody experienced a conflict on a day, as assessed.
#[derive(Clone, PartialEq, Debug)]
pub struct StageView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// The stage; nothing when it could not be said.
    pub stage: Option<Kept<Personal<GlaslStage>>>,
    /// What was seen or heard.
    pub observations: Kept<Personal<Text>>,
    /// Who assessed it; the name may locate where the rest does not.
    pub by: Kept<WorkerId>,
    /// By which version of the ladder.
    pub model: String,
}

/// A stage beside the last one that was known before.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step<'v> {
    /// The assessment.
    pub stage: &'v StageView,
    /// By how many stages it lies higher, or lower when negative; nothing for the first and for what could not be said.
    pub change: Option<i32>,
}

/// What somebody said of the energy a conflict takes.
#[derive(Clone, PartialEq, Debug)]
pub struct EnergyView {
    /// The day.
    pub on: CivilDay,
    /// Of a hundred.
    pub percent: Kept<Personal<EnergyPercent>>,
}

/// That a conflict flared up.
#[derive(Clone, PartialEq, Debug)]
pub struct FlareUpView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// By which way.
    pub medium: Kept<Personal<Medium>>,
    /// What set it off.
    pub trigger: Kept<Personal<Text>>,
    /// What each did.
    pub reactions: Vec<(PersonId, Kept<Personal<Text>>)>,
    /// Who of those in the conflict told it.
    pub told_by: Option<PersonId>,
}

/// That a conflict came to rest.
#[derive(Clone, PartialEq, Debug)]
pub struct RestView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// How.
    pub kind: RestKind,
    /// What shows it.
    pub reason: Kept<Personal<Text>>,
}

/// How a parent was a parent beside the other from a day on, as assessed.
#[derive(Clone, PartialEq, Debug)]
pub struct FormView {
    /// The parent.
    pub person: PersonId,
    /// The day.
    pub on: CivilDay,
    /// The form.
    pub form: Kept<Personal<ParentingForm>>,
    /// On what it rests.
    pub basis: Kept<Personal<Text>>,
    /// Who assessed it; the name may locate where the rest does not.
    pub by: Kept<WorkerId>,
}

/// What somebody of the network does to a conflict.
#[derive(Clone, PartialEq, Debug)]
pub struct NetworkView {
    /// The conflict.
    pub conflict: ConflictId,
    /// Who of the network.
    pub person: PersonId,
    /// What was assessed by the day, in order of the day: the last one counts.
    pub assessed: Vec<NetworkAssessedView>,
}

/// What somebody of the network does to a conflict, as assessed about a day.
#[derive(Clone, PartialEq, Debug)]
pub struct NetworkAssessedView {
    /// The day.
    pub on: CivilDay,
    /// Feeds it, calms it, or it could not be said.
    pub effect: Kept<Personal<NetworkEffect>>,
    /// On what it rests.
    pub basis: Kept<Personal<Text>>,
    /// Who assessed it; the name may locate where the rest does not.
    pub by: Kept<WorkerId>,
}

/// That it was calm, as somebody says.
#[derive(Clone, PartialEq, Debug)]
pub struct CalmView {
    /// Who says so.
    pub person: Kept<PersonId>,
    /// In which conflict, if one is meant.
    pub conflict: Option<ConflictId>,
    /// First day.
    pub from: CivilDay,
    /// Last day; nothing while it is still calm.
    pub until: Option<CivilDay>,
    /// What helped, or what it was like.
    pub words: Option<Kept<Personal<Text>>>,
}

impl SideView {
    /// Every stage that a reader knows who knows these facts, each beside the last known one before: what is hidden or could not be said
    /// is passed over.
    pub fn course_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<Step<'_>> {
        let mut before: Option<i32> = None;
        let told = self.stages.iter().filter(|stage| knows(&stage.on.bare()));
        let step = |stage| {
            let now = number(stage);
            let change = now.zip(before).map(|(now, before)| now - before);
            before = now.or(before);
            Step { stage, change }
        };
        told.map(step).collect()
    }

    /// Since which day the stage holds that was known last, to a reader who knows these facts: the first day of an unbroken row of it.
    pub fn held_since(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<CivilDay> {
        let course = self.course_to(knows);
        let said: Vec<_> = course.iter().filter_map(|step| Some((step.stage, number(step.stage)?))).collect();
        let (_, last) = said.last()?;
        let row = said.iter().rev().take_while(|(_, number)| number == last);
        row.last().map(|(stage, _)| stage.on.value)
    }
}

fn number(stage: &StageView) -> Option<i32> {
    stage.stage.as_ref()?.value.known().map(|stage| i32::from(stage.number()))
}

impl ConflictView {
    /// That it lies still, to a reader who knows these facts: as long as it did not flare up since.
    pub fn rest_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&RestView> {
        let rest = self.rests.iter().rfind(|rest| knows(&rest.on.bare()))?;
        let again = |flare_up: &FlareUpView| rest.on.value < flare_up.on.value && knows(&flare_up.on.bare());
        (!self.flare_ups.iter().any(again)).then_some(rest)
    }

    /// Each time it came to rest.
    #[must_use]
    pub fn rests(&self) -> &[RestView] {
        &self.rests
    }
}

/// How conflicts went, by the day.
#[must_use]
pub fn escalation(reading: &Reading<'_>) -> EscalationView {
    let (conflicts, day) = (&reading.state().conflicts, reading.day());
    let known: Vec<_> = conflicts.all().into_iter().filter(|conflict| conflict.since <= day).collect();
    let mut forms: Vec<_> = conflicts.forms().filter(|form| form.on <= day).collect();
    forms.sort_by_key(|form| (form.on, reading.recorded(form.fact)));
    let mut calm: Vec<_> = conflicts.calm().filter(|calm| calm.from <= day).collect();
    calm.sort_by_key(|calm| (calm.from, reading.recorded(calm.fact)));
    let service = &reading.state().service;
    let mut courses: Vec<_> = service.course().map(|found| course(reading, found)).collect();
    courses.retain(|course| !course.steps.is_empty());
    courses.sort_by_key(|course| (reading.place_of(course.person), course.environment));
    let mut involvements = service.involvements();
    involvements.sort_by_key(|found| (found.since, reading.recorded(found.fact)));
    let mut advices = service.advices();
    advices.sort_by_key(|found| (found.on, reading.recorded(found.fact)));
    EscalationView {
        network: known.iter().flat_map(|found| network(reading, found)).collect(),
        conflicts: known.into_iter().map(|found| conflict(reading, found)).collect(),
        forms: forms.into_iter().map(|found| form(reading, found)).collect(),
        calm: calm.into_iter().map(|found| calm_of(reading, found)).collect(),
        courses,
        involvements: involvements
            .into_iter()
            .filter(|found| found.since <= day)
            .map(|found| involvement(reading, found))
            .collect(),
        advices: advices.into_iter().filter(|found| found.on <= day).map(|found| advice(reading, found)).collect(),
    }
}

fn course(
    reading: &Reading<'_>,
    (person, environment, steps): (PersonId, Environment, Vec<&ServiceStep>),
) -> CourseView {
    let begun = steps.into_iter().filter(|found| found.on <= reading.day());
    CourseView { person, environment, steps: begun.map(|found| service_step(reading, found)).collect() }
}

fn service_step(reading: &Reading<'_>, found: &ServiceStep) -> ServiceStepView {
    let line = |line: &Option<Personal<Line>>| line.clone().map(|line| reading.kept_words(line, found.fact));
    let (mut persons, mut workers) = (Vec::new(), Vec::new());
    for agreed in &found.decided {
        match agreed {
            Agreed::Person(person) => persons.push(*person),
            Agreed::Worker(worker) => workers.push(*worker),
        }
    }
    let wish =
        |(person, wish): (&PersonId, &service::Wish)| (*person, reading.kept_words(wish.words.clone(), wish.fact));
    let mut wishes: Vec<_> = found.wishes.iter().collect();
    wishes.sort_by_key(|(person, _)| reading.place_of(**person));
    ServiceStepView {
        step: reading.kept(found.id, found.fact),
        on: found.on,
        level: reading.kept(found.level.clone(), found.fact),
        reason: reading.kept_words(found.reason.clone(), found.fact),
        decided_persons: reading.by_joining(&persons),
        decided_workers: reading.kept_workers(workers, found.fact),
        programme: line(&found.programme),
        provider: line(&found.provider),
        wishes: wishes.into_iter().map(wish).collect(),
    }
}

fn involvement(reading: &Reading<'_>, found: &service::Involvement) -> InvolvementView {
    let left = found.left.as_ref().filter(|(on, ..)| *on <= reading.day());
    InvolvementView {
        involvement: reading.kept(found.id, found.fact),
        body: found.body,
        organisation: found.organisation.clone().map(|line| reading.kept_words(line, found.fact)),
        persons: reading.by_joining(&found.persons),
        reason: reading.kept_words(found.reason.clone(), found.fact),
        family_told: found.family_told.clone().map(|words| reading.kept_words(words, found.fact)),
        since: found.since,
        left: left.map(|(on, reason, fact)| (reading.kept(*on, *fact), reading.kept_words(reason.clone(), *fact))),
    }
}

fn advice(reading: &Reading<'_>, found: &service::Advice) -> AdviceView {
    AdviceView {
        on: reading.kept(found.on, found.fact),
        conflict: found.conflict,
        step: found.step,
        persons: reading.by_joining(&found.persons),
        source: reading.kept_words(found.source.clone(), found.fact),
        advice: reading.kept_words(found.advice.clone(), found.fact),
    }
}

fn conflict(reading: &Reading<'_>, found: &Conflict) -> ConflictView {
    let day = reading.day();
    let between = reading.by_joining(&found.between);
    let rest = |rest: &conflict::Rest| RestView {
        on: reading.kept(rest.on, rest.fact),
        kind: rest.kind,
        reason: reading.kept_words(rest.reason.clone(), rest.fact),
    };
    ConflictView {
        conflict: reading.kept(found.id, found.fact),
        sides: between.iter().map(|person| side(reading, found, *person)).collect(),
        between,
        about: reading.kept_words(found.about.clone(), found.fact),
        since: found.since,
        flare_ups: found.flare_ups.iter().filter(|one| one.on <= day).map(|one| flare_up(reading, one)).collect(),
        rests: found.rests.iter().filter(|one| one.on <= day).map(rest).collect(),
    }
}

fn side(reading: &Reading<'_>, found: &Conflict, person: PersonId) -> SideView {
    let day = reading.day();
    let energy = found.energy.get(&person).into_iter().flatten().filter(|one| one.on <= day);
    let energy = energy.map(|one| EnergyView { on: one.on, percent: reading.kept(one.percent.clone(), one.fact) });
    let stages = found.stages_of(person, day).map(|one| stage(reading, one));
    SideView { person, stages: stages.collect(), energy: energy.collect() }
}

fn stage(reading: &Reading<'_>, found: &Assessed) -> StageView {
    StageView {
        on: reading.kept(found.on, found.fact),
        stage: found.stage.clone().map(|stage| reading.kept(stage, found.fact)),
        observations: reading.kept_words(found.observations.clone(), found.fact),
        by: reading.kept_workers(vec![found.by], found.fact).with(found.by),
        model: found.model.clone(),
    }
}

fn flare_up(reading: &Reading<'_>, found: &conflict::FlareUp) -> FlareUpView {
    let reactions = found.reactions.iter();
    FlareUpView {
        on: reading.kept(found.on, found.fact),
        medium: reading.kept(found.medium.clone(), found.fact),
        trigger: reading.kept_words(found.trigger.clone(), found.fact),
        reactions: reactions.map(|one| (one.person, reading.kept_words(one.acts.clone(), found.fact))).collect(),
        told_by: found.told_by,
    }
}

fn form(reading: &Reading<'_>, found: &conflict::Form) -> FormView {
    FormView {
        person: found.person,
        on: found.on,
        form: reading.kept(found.form.clone(), found.fact),
        basis: reading.kept_words(found.basis.clone(), found.fact),
        by: reading.kept_workers(vec![found.by], found.fact).with(found.by),
    }
}

fn network(reading: &Reading<'_>, found: &Conflict) -> Vec<NetworkView> {
    let persons: Vec<_> = found.network.keys().copied().collect();
    let of = |person| NetworkView {
        conflict: found.id,
        person,
        assessed: found.effects_of(person, reading.day()).map(|one| network_assessed(reading, one)).collect(),
    };
    let mut all: Vec<_> = reading.by_joining(&persons).into_iter().map(of).collect();
    all.retain(|view| !view.assessed.is_empty());
    all
}

fn network_assessed(reading: &Reading<'_>, found: &NetworkAssessed) -> NetworkAssessedView {
    NetworkAssessedView {
        on: found.on,
        effect: reading.kept(found.effect.clone(), found.fact),
        basis: reading.kept_words(found.basis.clone(), found.fact),
        by: reading.kept_workers(vec![found.by], found.fact).with(found.by),
    }
}

fn calm_of(reading: &Reading<'_>, found: &conflict::Calm) -> CalmView {
    CalmView {
        person: reading.kept(found.person, found.fact),
        conflict: found.conflict,
        from: found.from,
        until: found.until.filter(|until| *until <= reading.day()),
        words: found.words.clone().map(|words| reading.kept_words(words, found.fact)),
    }
}

#[cfg(test)]
mod tests {
    use domain::conflict::{ConflictCommand, NewStage};

    use super::*;
    use crate::testing::{JOOST, Office, PETRA, case, day, text};

    async fn assessed(steps: &[(&str, Option<u8>)]) -> (Office, PersonId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let people: Vec<_> = office.history(case(1)).state().people.iter().map(|person| person.id).take(2).collect();
        let name = ConflictCommand::NameConflict { between: people.clone(), about: text("de ochtend") };
        office.order(case(1), name).await;
        let conflict = office.history(case(1)).state().conflicts.all()[0].id;
        for (on, number) in steps {
            let stage = number.map(|number| GlaslStage::new(number).expect("a stage"));
            let experienced = vec![NewStage { person: people[0], stage, observations: text("gehoord") }];
            let command = ConflictCommand::AssessConflict { conflict, experienced, by: Some(PETRA) };
            office.told(case(1), on, command).await;
        }
        (office, people[0])
    }

    fn look<T>(office: &Office, on: &str, view: impl FnOnce(&EscalationView) -> T) -> T {
        crate::testing::on(office, on, |reading| view(&escalation(reading)))
    }

    #[tokio::test]
    async fn a_stage_stands_beside_the_one_before_and_since_the_day_it_holds() {
        let steps = [("2026-02-10", Some(3)), ("2026-02-20", None), ("2026-02-27", Some(5)), ("2026-03-01", Some(5))];
        let (office, _) = assessed(&steps).await;
        look(&office, "2026-03-02", |view| {
            let side = &view.conflicts[0].sides[0];
            let course: Vec<_> = side.course_to(|_| true).iter().map(|step| step.change).collect();
            assert_eq!(course, [None, None, Some(2), Some(0)]);
            assert_eq!(side.held_since(|_| true), Some(day("2026-02-27")));
            let hidden = side.course_to(|kept| kept.fact != side.stages[2].on.fact);
            assert_eq!(hidden.iter().map(|step| step.change).collect::<Vec<_>>(), [None, None, Some(2)], "passed over");
            assert_eq!(side.held_since(|_| false), None);
        });
    }

    #[tokio::test]
    async fn a_calm_period_has_not_ended_yet_to_whoever_looks_back_at_a_day_in_it() {
        let (mut office, person) = assessed(&[]).await;
        let (from, until) = (day("2026-02-01"), Some(day("2026-02-20")));
        let calm = ConflictCommand::ReportCalmPeriod { person, conflict: None, from, until, words: None };
        office.order(case(1), calm).await;
        let until = |on| look(&office, on, |view| view.calm.iter().map(|calm| calm.until).collect::<Vec<_>>());
        assert_eq!(until("2026-01-31"), []);
        assert_eq!(until("2026-02-10"), [None]);
        assert_eq!(until("2026-02-20"), [Some(day("2026-02-20"))]);
    }
}
