//! What comes to whoever directs a case: what is overdue, what is for today, what happens in the days ahead. Each line is judged by the
//! facts it rests on.

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::ids::{EventId, Subject};
use domain::rejection::Detail;
use domain::time::CivilDay;
use projections::views::agenda::{self as views, AgendaLine, Coming};
use projections::views::timeline::TimelineEntry;

use super::case::CaseNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, personal, plain};
use super::timeline::TimelineEntryNode;
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// The birth date that a birthday gives away.
const BORN: Field = Field::new("agenda.birthday", Topic::People);

/// What a line of the agenda is about.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgendaKind {
    /// A term ends: somebody is to do something by then.
    Term,
    /// An answer to a question for consent was asked by that day.
    AnswerAsked,
    /// The help of somebody who is in is expected to end.
    HelpEnds,
    /// A handover that waits for an answer is meant to pass.
    HandoverPlanned,
    /// A conference is planned.
    Conference,
    /// The time of the deputy ends.
    DeputyEnds,
    /// A ruling comes into force.
    RulingStarts,
    /// A consent runs out by its agreed last day.
    ConsentEnds,
    /// A crisis card can be relied on until then.
    CrisisCardExpires,
    /// Somebody reaches an age that changes who must consent.
    Birthday,
}

impl AgendaKind {
    const fn of(what: &Coming) -> Self {
        match what {
            Coming::Term(_) => Self::Term,
            Coming::AnswerAsked => Self::AnswerAsked,
            Coming::HelpEnds => Self::HelpEnds,
            Coming::HandoverPlanned => Self::HandoverPlanned,
            Coming::Conference => Self::Conference,
            Coming::DeputyEnds => Self::DeputyEnds,
            Coming::RulingStarts => Self::RulingStarts,
            Coming::ConsentEnds => Self::ConsentEnds,
            Coming::CrisisCardExpires => Self::CrisisCardExpires,
            Coming::Birthday(_) => Self::Birthday,
        }
    }
}

/// The topic of a fact of a case; of what no fact says the life of the case.
pub(super) fn topic_of(case: &CaseNode, fact: EventId) -> Topic {
    case.history().fact(fact).map_or(Topic::Life, |fact| Topic::of(&fact.event))
}

/// Whom a line is about; of nobody, the case.
fn about(case: &CaseNode, line: &AgendaLine) -> Vec<Subject> {
    let about: Vec<Subject> = line.persons.iter().map(|person| Subject::Person(*person)).collect();
    if about.is_empty() { vec![case.subject()] } else { about }
}

/// One thing that comes.
pub struct AgendaNode {
    case: CaseNode,
    line: Granted<AgendaLine>,
    topic: Topic,
    about: Vec<Subject>,
    today: CivilDay,
}

impl AgendaNode {
    /// A line, if its viewer may know the fact that says it, the one it is about, and of a birthday the birth date.
    #[must_use]
    pub fn new(case: &CaseNode, line: AgendaLine) -> Option<Self> {
        if !Self::would_show(case, &line) {
            return None;
        }
        let (about, mandate) = (about(case, &line), case.mandate());
        let topic = topic_of(case, line.said.fact);
        let line = granted(mandate, Field::new("agenda.line", topic), &about, line, |line| &line.said)?;
        if let Some(born) = &line.born {
            personal(mandate, BORN, born).known()?;
        }
        Some(Self { case: case.clone(), line, topic, about, today: case.day() })
    }

    /// Whether the viewer may know of it. Nothing is noted by asking.
    #[must_use]
    pub fn would_show(case: &CaseNode, line: &AgendaLine) -> bool {
        let (about, mandate) = (about(case, line), case.mandate());
        let said = mandate.would_show(topic_of(case, line.said.fact), &line.said, &about);
        let is_about = line.about.as_ref().is_none_or(|entry| shows(case, entry));
        let born = line.born.as_ref().is_none_or(|born| mandate.would_show(BORN.topic(), born, &[born.value.owner()]));
        said && is_about && born
    }

    /// Every line of a case that its viewer may know of, by the day.
    #[must_use]
    pub fn of_case(session: &Session<'_>, case: &CaseNode) -> Vec<Self> {
        case.agenda_view(session).iter().filter_map(|line| Self::new(case, line.clone())).collect()
    }

    fn text(&self, session: &Session<'_>) -> String {
        let locale = session.locale();
        let (key, other) = match &self.line.what {
            Coming::Term(_) => ("due", "due-other"),
            _ => ("agenda", "agenda-other"),
        };
        let key = format!("{key}-{}", self.line.what.word().replace('_', "-"));
        let mut details = vec![("day", Detail::Day(self.line.day))];
        if let Coming::Birthday(age) = self.line.what {
            details.push(("age", Detail::Number(u64::from(age))));
        }
        let said = locale.sentence(&key, &details);
        if said != key {
            return said;
        }
        // A term that has no words of its own yet is told by the fact it is about.
        let title = self.line.about.as_ref().map(|entry| super::timeline::title_of(locale, entry));
        details.push(("what", Detail::Id(title.unwrap_or_default())));
        locale.sentence(other, &details)
    }
}

/// Whether an entry of the timeline would stand there for the viewer.
pub(super) fn shows(case: &CaseNode, entry: &TimelineEntry) -> bool {
    let persons: Vec<Subject> = entry.content.persons.iter().map(|person| Subject::Person(*person)).collect();
    let about = if persons.is_empty() { vec![case.subject()] } else { persons };
    case.mandate().would_show(topic_of(case, entry.event), &entry.kept, &about)
}

/// One thing that comes: what it is, whom it concerns, by when.
#[Object(name = "AgendaLine")]
impl AgendaNode {
    /// In which case.
    async fn case_id(&self) -> ID {
        id(self.case.case_id())
    }

    /// The fact it is about. Absent for what follows from a birth date or from no fact alone.
    async fn fact_id(&self) -> Option<ID> {
        self.line.about.as_ref().map(|entry| id(entry.event))
    }

    /// What it is.
    async fn kind(&self) -> AgendaKind {
        AgendaKind::of(&self.line.what)
    }

    /// What it is, as a stable word: of a term which one, such as `call_back`.
    async fn word(&self) -> &str {
        self.line.what.word()
    }

    /// What to do or what happens, in a sentence.
    #[graphql(name = "text")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.text(&Session::of(ctx)?))
    }

    /// The day it takes place, or the last day to do it.
    async fn day(&self) -> Day {
        Day(self.line.day)
    }

    /// Whether that day has passed while it still waits.
    async fn overdue(&self) -> bool {
        self.line.is_overdue(self.today)
    }

    /// Since when it is so: the day of the fact it is about.
    async fn since(&self) -> Option<Day> {
        self.line.about.as_ref().map(|entry| Day(entry.content.occurred.day()))
    }

    /// Whom it concerns.
    async fn persons(&self) -> Vec<PersonNode> {
        self.line.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// The professionals it is about.
    async fn workers(&self) -> Vec<WorkerNode> {
        let Some(entry) = &self.line.about else { return Vec::new() };
        let field = Field::new("agenda.workers", self.topic);
        let seen = plain(self.case.mandate(), field, &self.about, &entry.content.workers).unwrap_or_default();
        seen.into_iter().map(|worker| WorkerNode::new(worker, self.case.mandate().clone())).collect()
    }

    /// What was recorded of it.
    async fn recorded(&self) -> Option<TimelineEntryNode> {
        let entry = self.line.about.clone()?;
        let topic = topic_of(&self.case, entry.event);
        TimelineEntryNode::new(&self.case, entry, topic, true)
    }
}

impl CaseNode {
    /// What comes, worked out once for the answer.
    pub fn agenda_view(&self, session: &Session<'_>) -> &[AgendaLine] {
        self.views().agenda.get(|| self.read(session, views::agenda))
    }
}

#[cfg(test)]
mod tests {
    use domain::consent::HELP_ENDS_OR_OTHER_GROUND;
    use domain::contact::{CALL_BACK_DUE, PROMISE_DUE};
    use domain::divorce::episode::{LOOK_BACK_DUE, TRIAGE_DUE};
    use domain::divorce::{DONS_EXPLANATION_DUE, SAT_ACCEPTANCE_DUE, SAT_ACCESS_DUE, SAT_ADVICE_DUE};
    use domain::emergency::EMERGENCY_REVIEW_DUE;
    use domain::ownplan::{HELP_PLAN_FIXED_DUE, HELP_PLAN_WRITTEN_DUE, OWN_PLAN_DUE};
    use domain::plan::{ACTION_DUE, EVALUATION_DUE};
    use domain::regie::{DEPUTY_TOLD_DUE, SPECIALIST_DUE};
    use domain::request::{REQUEST_DUE, TELL_FAMILY_DUE};
    use domain::ruling::RULING_ENDS_DUE;

    use super::*;
    use crate::locale::Locale;

    /// A term that is not named here is told by the fact it is about.
    #[test]
    fn terms_and_days_have_words_in_both_languages() {
        let terms = [
            HELP_ENDS_OR_OTHER_GROUND,
            CALL_BACK_DUE,
            PROMISE_DUE,
            SAT_ACCESS_DUE,
            SAT_ACCEPTANCE_DUE,
            SAT_ADVICE_DUE,
            DONS_EXPLANATION_DUE,
            EMERGENCY_REVIEW_DUE,
            HELP_PLAN_FIXED_DUE,
            HELP_PLAN_WRITTEN_DUE,
            OWN_PLAN_DUE,
            ACTION_DUE,
            EVALUATION_DUE,
            DEPUTY_TOLD_DUE,
            SPECIALIST_DUE,
            REQUEST_DUE,
            TELL_FAMILY_DUE,
            RULING_ENDS_DUE,
            TRIAGE_DUE,
            LOOK_BACK_DUE,
            domain::conference::CONFERENCE_RESUME_DUE,
            domain::crisisplan::CRISIS_PLAN_DUE,
            domain::ret::RET_ASKED_DUE,
            "other",
        ];
        let days = [
            Coming::AnswerAsked,
            Coming::HelpEnds,
            Coming::HandoverPlanned,
            Coming::Conference,
            Coming::DeputyEnds,
            Coming::RulingStarts,
            Coming::ConsentEnds,
            Coming::CrisisCardExpires,
            Coming::Birthday(12),
            Coming::Term("other".to_owned()),
        ];
        let terms = terms.map(|word| format!("due-{}", word.replace('_', "-")));
        let days = days.map(|what| format!("agenda-{}", what.word().replace('_', "-")));
        for key in terms.into_iter().chain(days) {
            for locale in Locale::ALL {
                let details = [("age", Detail::Number(12)), ("what", Detail::Id("Iets".to_owned()))];
                assert_ne!(locale.sentence(&key, &details), key, "add {key} to api/locales/{}.ftl", locale.tag());
            }
        }
    }
}
