//! What people said, as theirs, what authorities established, and what somebody says in answer to a passage: shown wherever that passage is
//! shown, to whoever may know it (rule 30).

use std::collections::HashMap;

use domain::ids::{ContactId, EventId, PersonId, StatementId, WorkerId};
use domain::personal::Personal;
use domain::statement::{EstablishedBy, Finding, Recognised, Speaker, Statement};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// Who said something.
#[derive(Clone, PartialEq, Debug)]
pub enum SpokenBy {
    /// Somebody of the case.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else.
    Outside(Kept<Personal<Line>>),
}

impl SpokenBy {
    /// As this fact names them.
    pub(super) fn of(reading: &Reading<'_>, speaker: &Speaker, fact: EventId) -> Self {
        match speaker {
            Speaker::Person(person) => Self::Person(*person),
            Speaker::Worker(worker) => Self::Worker(*worker),
            Speaker::Outside(who) => Self::Outside(reading.kept(who.clone(), fact)),
        }
    }
}

/// What somebody said.
#[derive(Clone, PartialEq, Debug)]
pub struct StatementView {
    /// The statement, with who may know of it.
    pub statement: Kept<StatementId>,
    /// Who said it.
    pub speaker: SpokenBy,
    /// About whom, in order of joining.
    pub about: Vec<PersonId>,
    /// The words.
    pub words: Kept<Personal<Text>>,
    /// Which worker heard or read it.
    pub heard_by: WorkerId,
    /// Through whom of the case.
    pub told_by: Option<PersonId>,
    /// In which contact.
    pub contact: Option<ContactId>,
    /// The fact that it answers.
    pub answers: Option<EventId>,
    /// The day.
    pub day: CivilDay,
    /// With whom it was tested.
    pub tested: Vec<Kept<TestedView>>,
}

/// That a statement was tested.
#[derive(Clone, PartialEq, Debug)]
pub struct TestedView {
    /// With whom.
    pub with: PersonId,
    /// The day.
    pub day: CivilDay,
    /// Whether they recognise it.
    pub recognised: Kept<Personal<Recognised>>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// What an authority established.
#[derive(Clone, PartialEq, Debug)]
pub struct FindingView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// Which kind of authority.
    pub authority: EstablishedBy,
    /// Which one.
    pub body: Option<Kept<Personal<Line>>>,
    /// About whom, in order of joining.
    pub about: Vec<PersonId>,
    /// What it established.
    pub words: Kept<Personal<Text>>,
    /// The day on which it did.
    pub established: CivilDay,
    /// Where that stands.
    pub source: Kept<Personal<Line>>,
}

/// What somebody says in answer to a passage.
#[derive(Clone, PartialEq, Debug)]
pub struct AnswerView {
    /// The statement, for the readers of the passage.
    pub statement: Kept<StatementId>,
    /// Who says it.
    pub person: PersonId,
    /// The words, for the readers of the passage.
    pub words: Kept<Personal<Text>>,
    /// The day.
    pub day: CivilDay,
}

/// Every statement by the day, in the order of the days.
#[must_use]
pub fn statements(reading: &Reading<'_>) -> Vec<StatementView> {
    let mut said: Vec<_> = spoken(reading).map(|statement| view(reading, statement)).collect();
    said.sort_by_key(|statement| statement.day);
    said
}

/// Everything that was established by the day, in the order told.
#[must_use]
pub fn findings(reading: &Reading<'_>) -> Vec<FindingView> {
    let found = reading.state().statements.findings().iter();
    found.filter(|finding| finding.established <= reading.day()).map(|finding| established(reading, finding)).collect()
}

/// What people say in answer, by the fact that they answer. For whoever may know that fact now; what would lead to somebody protected by
/// its own words still does.
#[must_use]
pub fn answers(reading: &Reading<'_>) -> HashMap<EventId, Vec<AnswerView>> {
    let mut answers: HashMap<EventId, Vec<AnswerView>> = HashMap::new();
    for statement in spoken(reading) {
        let (Some(passage), Speaker::Person(person)) = (statement.answers, &statement.speaker) else { continue };
        let (own, read) = (reading.kept((), statement.fact), reading.kept((), passage));
        let shown = Kept { locating: own.locating || read.locating, ..read };
        answers.entry(passage).or_default().push(AnswerView {
            statement: shown.with(statement.id),
            person: *person,
            words: shown.with(statement.words.clone()),
            day: statement.day,
        });
    }
    answers
}

fn spoken<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Statement> {
    reading.state().statements.all().iter().filter(|statement| statement.day <= reading.day())
}

fn view(reading: &Reading<'_>, statement: &Statement) -> StatementView {
    let tested = statement.tested.iter().filter(|tested| tested.day <= reading.day());
    StatementView {
        statement: reading.kept(statement.id, statement.fact),
        speaker: SpokenBy::of(reading, &statement.speaker, statement.fact),
        about: reading.by_joining(&statement.about),
        words: reading.kept(statement.words.clone(), statement.fact),
        heard_by: statement.heard_by,
        told_by: statement.told_by,
        contact: statement.contact,
        answers: statement.answers,
        day: statement.day,
        tested: tested
            .map(|tested| {
                let recognised = reading.kept(tested.recognised.clone(), tested.fact);
                let words = tested.words.clone().map(|words| reading.kept(words, tested.fact));
                reading.kept(TestedView { with: tested.with, day: tested.day, recognised, words }, tested.fact)
            })
            .collect(),
    }
}

fn established(reading: &Reading<'_>, finding: &Finding) -> FindingView {
    FindingView {
        fact: reading.kept(finding.fact, finding.fact),
        authority: finding.authority,
        body: finding.body.clone().map(|body| reading.kept(body, finding.fact)),
        about: reading.by_joining(&finding.about),
        words: reading.kept(finding.words.clone(), finding.fact),
        established: finding.established,
        source: reading.kept(finding.source.clone(), finding.fact),
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::Audience;
    use domain::life::LifeCommand;
    use domain::statement::{NewSpeaker, NewStatement, StatementCommand};

    use super::*;
    use crate::testing::{JOOST, Office, case, on, text};

    /// Rule 30: also when the readers of the passage become fewer later.
    #[tokio::test]
    async fn an_answer_is_for_whoever_may_know_the_passage_now() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let people: Vec<_> = office.history(case(1)).state().people.iter().map(|person| person.id).collect();
        let passage = office.history(case(1)).facts()[0].id;
        let answer = StatementCommand::RecordStatement(Box::new(NewStatement {
            speaker: NewSpeaker::Person(people[0]),
            about: vec![],
            words: text("Zo heb ik het niet gevraagd."),
            heard_by: None,
            told_by: None,
            contact: None,
            answers: Some(passage),
        }));
        office.order(case(1), answer).await;
        let shown = |office: &Office| on(office, "2026-03-02", answers).remove(&passage).unwrap().remove(0);
        assert_eq!((shown(&office).person, shown(&office).words.audience), (people[0], Audience::Case));
        let narrow =
            LifeCommand::ChangeAudience { target: passage, audience: Audience::Director, reason: text("Anders.") };
        office.order(case(1), narrow).await;
        assert_eq!(shown(&office).words.audience, Audience::Director);
        assert_eq!(on(&office, "2026-03-02", statements).len(), 1);
        assert!(on(&office, "2026-03-01", answers).is_empty());
    }
}
