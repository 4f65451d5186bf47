//! The nine questions that whoever works together for a family must be able to answer (002:1173-1188), each with the facts that answer it
//! in this case. What no fact answers is open: it is for the people to agree, the system only shows that nobody did.

use domain::consent::ConsentKind;
use domain::ids::EventId;
use domain::plan::{Answer, Version, is_frozen};
use domain::regie::{Directorship, RegieTask};

use super::timeline::{TimelineEntry, entry_of};
use super::{Reading, regie};

/// One of the nine, in the order of the source note.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// Whose is the plan?
    PlanOwner,
    /// Who is in the family when?
    WhoWhen,
    /// Who manages the agendas?
    Agendas,
    /// Who registers all effort and keeps everyone informed?
    Informing,
    /// How is privacy looked after?
    Privacy,
    /// How are method and priorities aligned?
    Alignment,
    /// To whom is accounted for what is done?
    Accountability,
    /// How does each organisation answer for its own part?
    OwnResponsibility,
    /// Who carries the whole, and may address others bindingly?
    Whole,
}

impl Question {
    /// All nine, in their order.
    pub const ALL: [Self; 9] = [
        Self::PlanOwner,
        Self::WhoWhen,
        Self::Agendas,
        Self::Informing,
        Self::Privacy,
        Self::Alignment,
        Self::Accountability,
        Self::OwnResponsibility,
        Self::Whole,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlanOwner => "plan_owner",
            Self::WhoWhen => "who_when",
            Self::Agendas => "agendas",
            Self::Informing => "informing",
            Self::Privacy => "privacy",
            Self::Alignment => "alignment",
            Self::Accountability => "accountability",
            Self::OwnResponsibility => "own_responsibility",
            Self::Whole => "whole",
        }
    }
}

/// One question of a case on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct CoordinationView {
    /// Which.
    pub question: Question,
    /// What must be answered for the question to be: of each the facts of which any one does. Nothing to answer is open too.
    pub needs: Vec<Vec<TimelineEntry>>,
}

impl CoordinationView {
    /// Whether it is answered, to a reader who knows these facts.
    pub fn is_answered(&self, knows: impl Fn(&TimelineEntry) -> bool) -> bool {
        !self.needs.is_empty() && self.needs.iter().all(|any| any.iter().any(&knows))
    }
}

/// The nine questions, in their order.
#[must_use]
pub fn coordination(reading: &Reading<'_>) -> Vec<CoordinationView> {
    let view = |question| {
        let needs = needs(reading, question).into_iter();
        let entries = |facts: Vec<EventId>| facts.into_iter().filter_map(|fact| entry_of(reading, fact)).collect();
        CoordinationView { question, needs: needs.map(entries).collect() }
    };
    Question::ALL.into_iter().map(view).collect()
}

fn needs(reading: &Reading<'_>, question: Question) -> Vec<Vec<EventId>> {
    match question {
        Question::PlanOwner => endorsed(reading),
        Question::WhoWhen => parties(reading),
        Question::Agendas => task(reading, RegieTask::Contacts),
        Question::Informing => task(reading, RegieTask::Overview),
        Question::Privacy => shared(reading),
        Question::Alignment => active(reading),
        Question::Accountability => accounted(reading),
        Question::OwnResponsibility => contributed(reading),
        Question::Whole => directing(reading).map(|found| vec![found.fact]).into_iter().collect(),
    }
}

fn directing<'a>(reading: &Reading<'a>) -> Option<&'a Directorship> {
    reading.state().regie.director_on(reading.day())
}

/// The plan is the family's when each version in force was endorsed by somebody of it.
fn endorsed(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    let plans = &reading.state().plans;
    let yes = |version: &Version| {
        let asked = version.asks();
        let said = asked.into_iter().filter_map(|person| plans.standing_answer(version.id, person));
        let endorsed = said.filter(|said| matches!(said.answer.known(), Some(Answer::Endorsed | Answer::Reserved)));
        endorsed.map(|said| said.fact).collect()
    };
    in_force(reading).map(yes).collect()
}

/// The version in force of each plan that was not frozen when the plans went apart.
fn in_force<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a Version> {
    let (state, day) = (reading.state(), reading.day());
    let living = state.plans.active_plans().filter(move |plan| !is_frozen(state, *plan, day));
    living.filter_map(|plan| state.plans.active_version(plan))
}

/// Everybody who is in has a day on which they came.
fn parties(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    reading.state().regie.parties_on(reading.day()).into_iter().map(|party| vec![party.fact]).collect()
}

/// A task is somebody's: of the director who has it, or of the family to whom it went back.
fn task(reading: &Reading<'_>, task: RegieTask) -> Vec<Vec<EventId>> {
    let (regie, day) = (&reading.state().regie, reading.day());
    let director = directing(reading);
    let since = director.map(|found| found.period.since);
    let mut back = regie.handed_back().iter().rev().filter(|back| back.task == task && back.from <= day);
    let back = back.find(|back| since.is_none_or(|since| since <= back.from)).map(|back| back.fact);
    let has = director.filter(|found| found.tasks.contains(&task)).map(|found| found.fact);
    back.or(has).map(|fact| vec![fact]).into_iter().collect()
}

/// Of every child somebody said whether data may be shared.
fn shared(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    let (state, day) = (reading.state(), reading.day());
    let children = state.people.children_on(day, reading.terms.consent_ages);
    let said = |child| {
        let about = state.consents.all().iter().filter(|word| word.subject == child && word.said.on <= day);
        about.filter(|word| word.kind == ConsentKind::Sharing).map(|word| word.fact).collect()
    };
    children.into_iter().map(said).collect()
}

/// A plan that is in force says what comes first and who does what.
fn active(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    in_force(reading).filter_map(|version| version.activated.as_ref()).map(|active| vec![active.fact]).collect()
}

/// To the municipality whose case it is, and to the family in an evaluation.
fn accounted(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    use domain::case::CaseEvent;
    use domain::life::LifeEvent;
    let opened = reading.last_fact(|event| matches!(event, CaseEvent::Life(LifeEvent::CaseOpened { .. })));
    let plans = &reading.state().plans;
    let evaluated = in_force(reading).flat_map(|version| plans.evaluations_of(version.plan));
    let evaluated = evaluated.map(|held| held.fact).collect();
    vec![opened.into_iter().collect(), evaluated]
}

/// Everybody who is in said what they can and cannot do (rule 12).
fn contributed(reading: &Reading<'_>) -> Vec<Vec<EventId>> {
    let regie = regie::regie(reading);
    let stated = |party: &regie::PartyView| party.contribution.iter().map(|stated| stated.can.fact).collect();
    regie.parties.iter().map(stated).collect()
}

#[cfg(test)]
mod tests;
